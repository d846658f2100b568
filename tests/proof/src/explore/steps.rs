//! The steps that runs have taken: a step is a function of the run and its answer, so each is taken once.

use super::lines::Answer;
use super::runs::{Node, Step};
use super::store::NONE;

/// Steps by their run, in a list each: a run has few, and all of them together are more than anything else is but states.
#[derive(Debug, Default)]
pub(super) struct Steps {
    /// The last step that was taken by each run.
    last: Vec<u32>,
    all: Vec<Taken>,
}

#[derive(Clone, Copy, Debug)]
struct Taken {
    answer: Answer,
    step: Step,
    /// The one before of the same run.
    before: u32,
}

impl Steps {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn get(&self, node: Node, answer: Answer) -> Option<Step> {
        self.of(node).find(|taken| taken.answer == answer).map(|taken| taken.step)
    }

    pub(super) fn insert(&mut self, node: Node, answer: Answer, step: Step) {
        let place = node.0 as usize;
        if place >= self.last.len() {
            self.last.resize(place + 1, NONE);
        }
        let new = u32::try_from(self.all.len()).unwrap_or(NONE);
        if let Some(last) = self.last.get_mut(place) {
            self.all.push(Taken { answer, step, before: std::mem::replace(last, new) });
        }
    }

    /// Every step: the run, its answer, and where that leads.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Node, Answer, Step)> {
        let nodes = (0..self.last.len()).filter_map(|at| u32::try_from(at).ok()).map(Node);
        nodes.flat_map(|node| self.of(node).map(move |taken| (node, taken.answer, taken.step)))
    }

    fn of(&self, node: Node) -> impl Iterator<Item = &Taken> {
        let taken = |at: u32| self.all.get(at as usize);
        let last = self.last.get(node.0 as usize).copied().unwrap_or(NONE);
        std::iter::successors(taken(last), move |step| taken(step.before))
    }
}
