//! The machine's clock, for a real run; it can be run faster for a simulated pair.

#![expect(clippy::disallowed_methods, reason = "this is the shell's clock; decisions are told the time")]

use std::thread;
use std::time::Duration;

use crate::drive::Clock;
use crate::elapsed::Elapsed;
use crate::machine;

/// How long a sleep lasts at most before the loop looks whether it shall stop.
const SLICE: Duration = Duration::from_millis(200);

/// How long a session of a simulated pair may take at least, if it may as long in the pair's time.
const LEAST: Duration = Duration::from_secs(1);

/// The clock of this machine. It never goes back, and goes on while the machine sleeps.
#[derive(Clone, Debug)]
pub struct SystemClock {
    began: Duration,
    scale: u32,
}

impl SystemClock {
    /// A run that begins now.
    pub fn new() -> Self {
        Self::scaled(1)
    }

    /// A run that begins now, whose time passes so many times faster: for a simulated pair that does
    /// the same.
    pub fn scaled(scale: u32) -> Self {
        Self { began: machine::time(), scale: scale.max(1) }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Elapsed {
        Elapsed::ZERO.after(machine::time().saturating_sub(self.began).saturating_mul(self.scale))
    }

    fn sleep(&mut self, until: Elapsed) {
        thread::sleep((until.since(self.now()) / self.scale).min(SLICE));
    }

    fn real(&self, span: Duration) -> Duration {
        // A session on this machine takes its own time, however fast that of the pair passes.
        (span / self.scale).max(span.min(LEAST))
    }
}
