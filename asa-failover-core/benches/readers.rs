//! How long a reader takes over an output of about 4 KB, and how it grows with the size of the text.
//!
//! Prints the median of each, and its ratio to a walk over the lines of the same text.
#![expect(clippy::disallowed_types, reason = "a benchmark reads the clock")]
#![expect(clippy::cast_precision_loss, reason = "a ratio is for reading")]
#![expect(clippy::unwrap_used, reason = "a benchmark ends at what it did not expect")]

use std::hint::black_box;
use std::time::Instant;

use asa_failover_core::show;

const FAILOVER: &str = include_str!("../../tests/captures/asa5525-aa-9.8.4/primary/show-failover.txt");
const FAILOVER_AS: &str = include_str!("../../tests/captures/asa5525-9.8.4/primary/show-failover.txt");
const VERSION: &str = include_str!("../../tests/captures/asa5525-9.8.4/primary/show-version.txt");

/// Median nanoseconds of one call, over batches.
fn median(calls: usize, mut call: impl FnMut()) -> u128 {
    let mut batches: Vec<u128> = (0..31)
        .map(|_| {
            let began = Instant::now();
            (0..calls).for_each(|_| call());
            began.elapsed().as_nanos() / calls as u128
        })
        .collect();
    batches.sort_unstable();
    *batches.get(batches.len() / 2).unwrap()
}

fn main() {
    println!("{:<42} {:>8} {:>12} {:>14}", "reader", "bytes", "ns", "to line walk");
    let row = |what: &str, text: &str, read: &dyn Fn(&str)| {
        let floor = median(300, || {
            black_box(black_box(text).lines().map(str::len).sum::<usize>());
        });
        let ns = median(300, || read(black_box(text)));
        println!("{what:<42} {:>8} {ns:>12} {:>13.1}x", text.len(), ns as f64 / floor as f64);
    };
    row("show failover, Active/Active", FAILOVER, &|text| drop(black_box(show::failover(text).unwrap())));
    row("show failover, Active/Standby", FAILOVER_AS, &|text| drop(black_box(show::failover(text).unwrap())));
    row("show version", VERSION, &|text| drop(black_box(show::version(text).unwrap())));
}
