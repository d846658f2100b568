//! The steps that runs have taken: a step is a function of the run and its answer, so each is taken once.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::lines::Answer;
use super::runs::{Node, Step};
use super::store::NONE;

/// Steps by their run. At every transition one is looked for, and what the run asks for just before: so the first step of a
/// run, which most have no other than, stands beside that, where the memory of a processor reads both at once.
#[derive(Debug, Default)]
pub(super) struct Steps {
    runs: Vec<Asking>,
    taken: usize,
    /// All but the first of each run, by the run and its answer, in the table itself.
    more: HashTable<(Node, Taken)>,
}

#[derive(Clone, Copy, Debug)]
struct Asking {
    act: u32,
    first: Option<Taken>,
}

#[derive(Clone, Copy, Debug)]
struct Taken {
    answer: Answer,
    step: Step,
}

impl Steps {
    pub(super) fn len(&self) -> usize {
        self.taken
    }

    /// The next run, or one that is there already, asks for this.
    pub(super) fn begin(&mut self, node: Node, act: u32) {
        if node.0 as usize == self.runs.len() {
            self.runs.push(Asking { act, first: None });
        }
    }

    /// The number of what a run asks for.
    pub(super) fn act(&self, node: Node) -> u32 {
        self.runs.get(node.0 as usize).map_or(NONE, |run| run.act)
    }

    pub(super) fn get(&self, node: Node, answer: Answer) -> Option<Step> {
        let first = self.runs.get(node.0 as usize)?.first?;
        if first.answer == answer {
            return Some(first.step);
        }
        let is = |(other, taken): &(Node, Taken)| *other == node && taken.answer == answer;
        self.more.find(hash(node, answer), is).map(|(_, taken)| taken.step)
    }

    /// Keeps a step that was not taken before.
    pub(super) fn insert(&mut self, node: Node, answer: Answer, step: Step) {
        let Some(run) = self.runs.get_mut(node.0 as usize) else { return };
        self.taken += 1;
        let taken = Taken { answer, step };
        if run.first.is_none() {
            run.first = Some(taken);
        } else {
            let rehash = |(node, taken): &(Node, Taken)| hash(*node, taken.answer);
            self.more.insert_unique(hash(node, answer), (node, taken), rehash);
        }
    }

    /// Every step: the run, its answer, and where that leads.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Node, Answer, Step)> {
        let nodes = (0..).map(Node).zip(&self.runs);
        let first = nodes.filter_map(|(node, run)| run.first.map(|first| (node, first)));
        first.chain(self.more.iter().copied()).map(|(node, taken)| (node, taken.answer, taken.step))
    }
}

fn hash(node: Node, answer: Answer) -> u64 {
    FxBuildHasher.hash_one((node, answer))
}
