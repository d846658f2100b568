//! The same exploration without any reduction: every state apart by all there is, its journal and what is left of the budget too.
//!
//! It is slow and keeps no way. What it is for is to be compared with: whatever can happen here can happen there.

use std::collections::BTreeSet;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::case::Case;
use super::found::Found;
use super::monitor::{self, Rule};
use super::next::{Deed, Next, State, Ways};
use super::runs::{Act, Runs, Temper};
use super::search::Search;
use super::world::World;

/// Every state, with what is left of the budget.
pub(super) type States = IndexSet<(State, u8), FxBuildHasher>;

/// What can happen.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Verdict {
    /// The harms that nothing excuses.
    pub unexcused: BTreeSet<Rule>,
    /// All harms, excused or not.
    pub harms: BTreeSet<String>,
    /// How runs end; of those that end since they have no patience left, some may be covered by others.
    pub ends: BTreeSet<String>,
    /// Whether a pair that does nothing more is waited for without end from any state.
    pub is_stuck: bool,
}

impl From<&Found> for Verdict {
    fn from(found: &Found) -> Self {
        let unexcused: BTreeSet<Rule> = found.violations.keys().copied().collect();
        let harms = unexcused.iter().map(ToString::to_string).chain(found.excused.keys().cloned()).collect();
        Self { unexcused, harms, ends: found.ends.keys().cloned().collect(), is_stuck: found.stuck > 0 }
    }
}

/// Visits every state; what can happen, and how many there are.
///
/// # Errors
///
/// See [`Search::new`].
pub fn explore(case: &Case, faults: u8) -> Result<(Verdict, usize), String> {
    let (verdict, states) = visited(&mut Search::of(case, Temper::AsShipped)?, faults);
    Ok((verdict, states.len()))
}

/// Visits every state; every run that was met, also those that do no more than another does too.
///
/// # Errors
///
/// See [`Search::new`].
pub fn runs(case: &Case, faults: u8) -> Result<Runs<'_>, String> {
    let mut search = Search::of(case, Temper::AsShipped)?;
    visited(&mut search, faults);
    Ok(search.runs)
}

/// Visits every state, each with what is left of the budget.
pub(super) fn visited(search: &mut Search<'_>, faults: u8) -> (Verdict, States) {
    let mut verdict = Verdict::default();
    let mut states = States::default();
    let mut quiet: Vec<Option<usize>> = Vec::new();
    let mut next: Vec<Next> = Vec::new();
    states.insert((search.start(), faults));
    while let Some((state, left)) = states.get_index(quiet.len()).copied() {
        match &*search.runs.act(state.node) {
            Act::Completed => {
                let world = World::unpack(state.world);
                verdict.note(monitor::completed(&world, search.case.owners, search.case.groups));
                verdict.ends.insert("completed".to_owned());
            }
            Act::Halted(code) => drop(verdict.ends.insert(code.clone())),
            _ => {}
        }
        next.clear();
        search.successors(&state, if left > 0 { Ways::All } else { Ways::Free }, &mut next);
        let mut goes_on = None;
        for step in &next {
            verdict.note(step.finding);
            let (index, _) = states.insert_full((step.state, left - u8::from(step.deed.is_fault())));
            match step.deed {
                Deed::Answers(_) => goes_on = Some(index),
                Deed::Moves(what) if what.is_due() && goes_on.is_none() => goes_on = Some(index),
                _ => {}
            }
        }
        quiet.push(goes_on);
    }
    verdict.is_stuck = goes_round(&quiet);
    (verdict, states)
}

impl Verdict {
    fn note(&mut self, finding: Option<monitor::Finding>) {
        let Some(finding) = finding else { return };
        self.harms.insert(finding.rule.to_string());
        if !finding.excused {
            self.unexcused.insert(finding.rule);
        }
    }
}

/// Whether a chain of successors comes to a state again: those that end are taken away, up to where nothing changes.
fn goes_round(next: &[Option<usize>]) -> bool {
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); next.len()];
    let mut ended: Vec<usize> = Vec::new();
    for (at, next) in next.iter().enumerate() {
        match next {
            Some(next) => before.get_mut(*next).into_iter().for_each(|before| before.push(at)),
            None => ended.push(at),
        }
    }
    let mut left = next.len();
    while let Some(at) = ended.pop() {
        left -= 1;
        ended.extend(before.get(at).into_iter().flatten());
    }
    left > 0
}
