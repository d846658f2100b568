//! What of a run's memory only ever makes it give up.
//!
//! What is waited for and since when, how much of each deadline is spent, how often a line was tried, how often calm was
//! lost and how often the journal was resumed: each is compared with a limit, and past that the run halts; no decision
//! reads it otherwise. (One answer is judged by what is waited for: a login that is refused, and no address refuses one
//! here.) So a run with less patience does all that one does which has all of it, word for word, up to where it
//! halts. A halt touches no device and is an end, so whatever harm the impatient one can bring about the
//! patient one can too. A run that never loses patience covers all that do, whatever their deadlines are, and need
//! alone be explored. Only that a wait has an end is to be asked of the impatient one: see `circles`.

use std::collections::BTreeMap;

use asa_failover_core::command::Command;
use asa_failover_core::decide::{Awaited, Memory, Tried, Waiting};
use asa_failover_core::unit::Role;

/// What of a memory is compared with limits, and with nothing else.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Patience {
    spent: BTreeMap<Awaited, u64>,
    waiting: Option<Waiting>,
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
            waiting: memory.waiting.take(),
            tries,
            flaps: std::mem::take(&mut memory.flaps),
            resumes: std::mem::take(&mut memory.resumes),
        }
    }

    /// Gives it back to the memory that it was taken from.
    pub(super) fn give_back(&self, memory: &mut Memory) {
        memory.spent.clone_from(&self.spent);
        memory.waiting = self.waiting;
        memory.tries.extend(self.tries.iter().map(|(line, tried)| (line.clone(), tried.clone())));
        (memory.flaps, memory.resumes) = (self.flaps, self.resumes);
    }

    /// What time was or is spent on.
    pub(super) fn awaited(&self) -> impl Iterator<Item = Awaited> {
        self.spent.keys().copied().chain(self.waiting.map(|waiting| waiting.awaited))
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
