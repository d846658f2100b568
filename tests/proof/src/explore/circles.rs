//! A circle of waits: what a run that loses patience makes of it.
//!
//! A run that is patient for ever goes round in a circle where what it waits for does not come about. The shipped run does
//! the same, word for word, up to where a deadline or another limit ends it (the module `patience`). So it is sent round until
//! it ends, with all its patience, since with less it ends no later. If it never does, it is stuck.

use super::next::{Deed, Next, State, Ways};
use super::runs::{Node, Runs, Temper};
use super::search::Search;

/// Steps after which a run is called stuck: no deadline is longer than a few polls, nor a round than a few readings.
const MOST: usize = 1_000;

/// Which of the ways on is taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Follow {
    /// Nothing happens that need not.
    Quiet,
    /// All goes well.
    Kind,
}

impl Follow {
    /// The place of the one that is taken, of those that cost nothing. What is due comes, before a sleep ends.
    pub(super) fn choice(self, next: &[Next]) -> Option<usize> {
        let is_due = |next: &Next| matches!(next.deed, Deed::Moves(what) if what.is_due());
        match self {
            Self::Quiet => next
                .iter()
                .rposition(|next| matches!(next.deed, Deed::Answers(_)))
                .or_else(|| next.iter().position(is_due)),
            Self::Kind => (!next.is_empty()).then_some(0),
        }
    }
}

impl Search<'_> {
    /// How the shipped run ends that stands in this state of a circle and has waited for nothing yet; none: it does not,
    /// or it does something else than the patient one.
    pub(super) fn waited_out(&mut self, mut state: State, follow: Follow) -> Option<String> {
        let mut shipped = match self.shipped.take() {
            Some(shipped) => shipped,
            None => Runs::new(self.case, Temper::AsShipped).ok()?,
        };
        let mut node = shipped.adopted(&self.runs, state.node);
        let mut next: Vec<Next> = Vec::new();
        let mut end = None;
        for _ in 0..MOST {
            next.clear();
            if follow == Follow::Quiet {
                self.successors(&state, Ways::Answers, &mut next);
            }
            if follow.choice(&next).is_none() {
                self.successors(&state, Ways::Free, &mut next);
            }
            let Some(step) = follow.choice(&next).and_then(|choice| next.get(choice)) else { break };
            if let Deed::Answers(answer) = step.deed {
                (node, _) = shipped.step(node, Node::NONE, answer);
            }
            state = step.state;
            end = shipped.end(node);
            if end.is_some() || shipped.act(node) != self.runs.act(state.node) {
                break;
            }
        }
        self.shipped = Some(shipped);
        end
    }
}
