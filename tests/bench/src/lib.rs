//! What the programs of the bench share: how a call is timed, and how the figures are handed on.
//!
//! A program is given files and prints one row for each, tab-separated: `time`, the nanoseconds of a call, whether it
//! gave facts (`1` or `0`), the file; then `peak` with the most memory the process held, in KiB. The programs in C and
//! Python print the same rows, so that one script can put them side by side.
#![expect(clippy::disallowed_methods, reason = "a bench reads its captures")]

use std::fs;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// How long a batch of calls lasts at least: longer than reading the clock by far.
const BATCH: Duration = Duration::from_micros(200);
const BATCHES: usize = 41;

/// What a piece of work takes of the processor, and what it gives. Not what passes on the wall meanwhile: the machine may
/// have other work.
pub fn spent<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let now = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default();
    let began = now();
    let made = work();
    (now().saturating_sub(began), made)
}

/// Median nanoseconds of one call, over batches.
#[expect(clippy::cast_precision_loss, reason = "a figure is for reading")]
pub fn median_ns(mut call: impl FnMut()) -> f64 {
    let mut batch = |calls: u32| spent(|| (0..calls).for_each(|_| call())).0;
    let mut calls = 1;
    while batch(calls) < BATCH {
        calls *= 2;
    }
    let mut batches: Vec<f64> =
        (0..BATCHES).map(|_| batch(calls).as_nanos() as f64 / f64::from(calls)).collect();
    batches.sort_by(f64::total_cmp);
    batches.get(BATCHES / 2).copied().unwrap_or(f64::NAN)
}

/// Times a parser on each file and prints the rows. `parse` says whether it gave facts.
///
/// # Panics
///
/// Where a file is not UTF-8 text that can be read.
pub fn rows(files: &[String], mut parse: impl FnMut(&str) -> bool) {
    for file in files {
        let text = fs::read_to_string(file).unwrap_or_else(|why| panic!("{file}: {why}"));
        let parsed = parse(&text);
        let ns = median_ns(|| {
            parse(std::hint::black_box(&text));
        });
        println!("time\t{ns:.1}\t{}\t{file}", u8::from(parsed));
    }
    println!("peak\t{}", peak_kib());
}

/// The most memory this process held at a time, in KiB; 0 where the system does not say.
pub fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(0)
}
