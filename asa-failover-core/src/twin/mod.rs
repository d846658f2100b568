//! The simulated pair: two units with virtual time that speak text as a device does.
//!
//! A [`Pair`] is told the time and never asks for it; equal specs and seeds give equal histories. It
//! knows what a client sees (terminals, dialogs, formats by release) and what a pair does (boots,
//! standings, replication, addresses that move). It shares no code with the readers or the controller.

pub mod fault;
pub mod flash;
pub mod history;
pub mod spec;
pub mod timing;

use std::time::Duration;

use thiserror::Error;

pub use fault::Fault;
pub use flash::FlashFile;
pub use history::{Cause, Happening, Via, What};
pub use spec::{
    ContextSpec, GroupSpec, InterfaceSpec, Landing, PromptStyle, ReloadStandbyOnOwner, RoleWhenNotReady,
    SessionEnd, Spec, UnitSpec, image_name,
};
pub use timing::Timings;

/// A management address of the pair.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_enums, reason = "a pair has two addresses")]
pub enum Address {
    /// Follows the unit that is active (for group 1 in Active/Active).
    Active,
    /// Follows the other unit.
    Standby,
}

/// A session to a unit.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct LineId(u32);

/// Why a connection was not made.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum NoAnswer {
    /// No unit answers at the address now.
    #[error("no unit answers at the address")]
    Timeout,
    /// Five sessions are open on the unit already.
    #[error("the unit has five sessions already")]
    SessionLimit,
}

/// What came from a session since the last read.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Received {
    /// The bytes, as they are on the wire.
    pub bytes: Vec<u8>,
    /// Whether more may come.
    pub open: bool,
}

/// Two simulated units.
#[derive(Clone, Debug)]
pub struct Pair {
    spec: Spec,
    now: Duration,
    history: Vec<Happening>,
}

impl Pair {
    /// A pair at virtual time zero. Equal specs and seeds give equal pairs.
    pub fn new(spec: Spec, _seed: u64) -> Self {
        Self { spec, now: Duration::ZERO, history: Vec::new() }
    }

    /// Virtual time since the start.
    pub const fn now(&self) -> Duration {
        self.now
    }

    /// Lets time pass until `at`; a time in the past changes nothing.
    pub fn advance_to(&mut self, at: Duration) {
        self.now = self.now.max(at);
    }

    /// When something will happen by itself next, if anything will.
    pub fn next_wake(&self) -> Option<Duration> {
        self.spec.faults.first().map(|(at, _)| *at)
    }

    /// Opens a session to the unit that has this address now.
    ///
    /// # Errors
    /// When no unit has the address, or the unit has no session left.
    pub fn connect(&mut self, _address: Address) -> Result<LineId, NoAnswer> {
        Err(NoAnswer::Timeout)
    }

    /// Types bytes on a session. On a session that ended they are lost.
    pub fn write(&mut self, _line: LineId, _bytes: &[u8]) {}

    /// Takes what came from a session since the last read.
    pub fn read(&mut self, _line: LineId) -> Received {
        Received { bytes: Vec::new(), open: false }
    }

    /// Ends a session without a word.
    pub fn hang_up(&mut self, _line: LineId) {}

    /// Lets something go wrong now.
    pub fn inject(&mut self, _fault: Fault) {}

    /// All that happened so far.
    pub fn history(&self) -> &[Happening] {
        &self.history
    }
}
