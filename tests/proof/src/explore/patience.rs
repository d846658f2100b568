//! What of a run's memory only ever makes it give up.
//!
//! How much of each deadline is spent, how often a line was tried, how often calm was lost and how often the journal was
//! resumed: each is compared with a limit, and past that the run halts; no decision reads it otherwise. So of two
//! runs that are alike but for these, the one with less of each does all that the other does, word for word, up to where the
//! other halts. A halt touches no device and is an end, so whatever harm the impatient one can bring about the
//! patient one can too, and a wait without end of the one is one of the other. Where the patient one
//! stands in the same state of the pair, with as many faults to come, the impatient one need not be explored.

use std::collections::BTreeMap;

use asa_failover_core::command::Command;
use asa_failover_core::decide::{Awaited, Memory, Tried};
use asa_failover_core::unit::Role;

/// What of a memory is compared with limits, and with nothing else.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Patience {
    spent: BTreeMap<Awaited, u64>,
    tries: BTreeMap<(usize, Role, Command), Tried>,
    flaps: u32,
    resumes: u32,
}

/// Whether that a line was tried is asked for otherwise than by how often: of copies and of preempt.
const fn is_asked_for(command: &Command) -> bool {
    matches!(command, Command::Copy { .. } | Command::Preempt { .. } | Command::NoPreempt { .. })
}

impl Patience {
    /// Takes it out of a memory.
    pub(super) fn taken_from(memory: &mut Memory) -> Self {
        let (asked_for, tries) = std::mem::take(&mut memory.tries)
            .into_iter()
            .partition(|((_, _, command), _)| is_asked_for(command));
        memory.tries = asked_for;
        Self {
            spent: std::mem::take(&mut memory.spent),
            tries,
            flaps: std::mem::take(&mut memory.flaps),
            resumes: std::mem::take(&mut memory.resumes),
        }
    }

    /// The memory that it was taken from.
    pub(super) fn given_back(&self, to: &Memory) -> Memory {
        let mut memory = to.clone();
        memory.spent.clone_from(&self.spent);
        memory.tries.extend(self.tries.iter().map(|(line, tried)| (line.clone(), tried.clone())));
        (memory.flaps, memory.resumes) = (self.flaps, self.resumes);
        memory
    }

    /// Whether no limit is nearer here than there.
    pub(super) fn outlasts(&self, other: &Self) -> bool {
        self.flaps <= other.flaps
            && self.resumes <= other.resumes
            && self
                .spent
                .iter()
                .all(|(awaited, ms)| other.spent.get(awaited).is_some_and(|other| ms <= other))
            && self.tries.iter().all(|(line, tried)| {
                let other = other.tries.get(line);
                other
                    .is_some_and(|other| tried.times <= other.times && tried.took_effect <= other.took_effect)
            })
    }

    /// What time was spent on.
    pub(super) fn awaited(&self) -> impl Iterator<Item = Awaited> {
        self.spent.keys().copied()
    }

    /// The same with more time spent on a wait.
    pub(super) fn spent(&self, awaited: Awaited, ms: u64) -> Self {
        let mut less = self.clone();
        *less.spent.entry(awaited).or_default() += ms;
        less
    }

    /// The same with every line tried so many times more, to an effect and to none.
    pub(super) fn tried_more(&self, times: u32) -> Self {
        let mut less = self.clone();
        for tried in less.tries.values_mut() {
            (tried.times, tried.took_effect) = (tried.times + times, tried.took_effect + times);
        }
        less
    }

    /// The same with calm lost and the journal resumed more often.
    pub(super) fn with_more(&self, flaps: u32, resumes: u32) -> Self {
        Self { flaps: self.flaps + flaps, resumes: self.resumes + resumes, ..self.clone() }
    }
}
