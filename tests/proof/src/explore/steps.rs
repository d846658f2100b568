//! The steps that runs have taken: a step is a function of the run and its answer, so each is taken once.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::lines::Answer;
use super::runs::{Node, Step};

/// Steps by their run and its answer, in the table itself: at every transition one is looked for.
#[derive(Debug, Default)]
pub(super) struct Steps(HashTable<Taken>);

#[derive(Clone, Copy, Debug)]
struct Taken {
    node: Node,
    answer: Answer,
    step: Step,
}

impl Steps {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, node: Node, answer: Answer) -> Option<Step> {
        let is = |taken: &Taken| taken.node == node && taken.answer == answer;
        self.0.find(hash(node, answer), is).map(|taken| taken.step)
    }

    /// Keeps a step that was not taken before.
    pub(super) fn insert(&mut self, node: Node, answer: Answer, step: Step) {
        let rehash = |taken: &Taken| hash(taken.node, taken.answer);
        self.0.insert_unique(hash(node, answer), Taken { node, answer, step }, rehash);
    }

    /// Every step: the run, its answer, and where that leads.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Node, Answer, Step)> {
        self.0.iter().map(|taken| (taken.node, taken.answer, taken.step))
    }
}

fn hash(node: Node, answer: Answer) -> u64 {
    FxBuildHasher.hash_one((node, answer))
}
