//! `Elapsed`: time since a run began, and `At`, a value with the time it was read.
//!
//! The core never asks a clock. It is told the time with every event, so that a journal of events
//! can be replayed and a test can let an hour pass in a microsecond.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Milliseconds since the run began, on a clock that never goes back.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Elapsed(u64);

impl Elapsed {
    /// The beginning of the run.
    pub const ZERO: Self = Self(0);

    /// So many milliseconds since the run began.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// So many seconds since the run began.
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs.saturating_mul(1000))
    }

    /// Milliseconds since the run began.
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// The time that has passed since `earlier`; nothing if that lies ahead.
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// This time and `span` after it.
    pub fn after(self, span: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(span.as_millis()).unwrap_or(u64::MAX)))
    }
}

impl fmt::Display for Elapsed {
    /// `1:02:03` since the run began.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secs = self.0 / 1000;
        f.pad(&format!("{}:{:02}:{:02}", secs / 3600, secs / 60 % 60, secs % 60))
    }
}

/// A value and the time at which its reading was asked for: its age counts the way to the unit too.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "a value with its time and nothing else")]
pub struct At<T> {
    /// When the reading was asked for.
    pub at: Elapsed,
    /// What was read.
    pub value: T,
}

impl<T> At<T> {
    /// A value read at this time.
    pub const fn new(at: Elapsed, value: T) -> Self {
        Self { at, value }
    }

    /// How old the value is.
    pub const fn age(&self, now: Elapsed) -> Duration {
        now.since(self.at)
    }
}
