//! The pair's time, as a multiple of the real one.
#![expect(clippy::disallowed_types, reason = "the pair behind a server lives in real time")]

use std::time::{Duration, Instant};

#[derive(Clone, Copy)]
pub(super) struct Clock {
    started: Instant,
    /// The pair's time at the start.
    zero: Duration,
    scale: u32,
}

impl Clock {
    pub(super) fn start(zero: Duration, scale: u32) -> Self {
        Self { started: Instant::now(), zero, scale }
    }

    /// What the pair's time is now.
    pub(super) fn now(self) -> Duration {
        self.zero + self.started.elapsed() * self.scale
    }
}
