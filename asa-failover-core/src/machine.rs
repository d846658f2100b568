//! The time on this machine, for what acts: clocks and sessions. What decides is told the time.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// The clock that goes on while the machine sleeps: a reading from before is as old as it is on the unit.
#[cfg(any(target_os = "linux", target_os = "android"))]
const AWAKE_OR_ASLEEP: ClockId = ClockId::Boottime;
/// On macOS it is the monotonic one that does; of others it is the best there is.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const AWAKE_OR_ASLEEP: ClockId = ClockId::Monotonic;

/// Time from some beginning: it never goes back, and goes on while the machine sleeps.
pub(crate) fn time() -> Duration {
    // A time before the beginning there is not; if there were, all that was read before it would be old.
    Duration::try_from(clock_gettime(AWAKE_OR_ASLEEP)).unwrap_or(Duration::MAX)
}
