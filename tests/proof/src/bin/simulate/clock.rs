//! How long a campaign takes: by the wall, and by the processor that this thread had.

use std::time::Duration;

#[expect(clippy::disallowed_types, reason = "a campaign says how long it took")]
pub(crate) fn stopwatch() -> std::time::Instant {
    std::time::Instant::now()
}

/// What this thread had of a processor so far; none where the system does not tell.
#[expect(clippy::disallowed_methods, reason = "a campaign says what it cost")]
pub(crate) fn processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
