//! How long an answer takes: a direct pair, the longest way, a question that names no model, loading.
//!
//! Prints the median of each, and its ratio to the direct pair of the same run.
#![expect(clippy::disallowed_types, reason = "a benchmark reads the clock")]
#![expect(clippy::cast_precision_loss, reason = "a ratio is for reading")]
#![expect(clippy::unwrap_used, reason = "a benchmark ends at what it did not expect")]

use std::hint::black_box;
use std::time::Instant;

use asa_failover_core::compat::{Compat, RuleSet};

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
    let began = Instant::now();
    let compat = Compat::bundled();
    let load = began.elapsed().as_nanos();
    let ask = |from: &str, to: &str, model: Option<&str>, rules| {
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        median(200, || drop(black_box(compat.between(black_box(from), to, model, rules))))
    };
    let direct = ask("9.8(4)", "9.12(4)", Some("ASA5525"), RuleSet::Auto);
    let rows = [
        ("direct pair, 9.8(4) to 9.12(4)", direct),
        ("interim, 9.8(4) to 9.8(4)48", ask("9.8(4)", "9.8(4)48", Some("ASA5525"), RuleSet::Auto)),
        ("over 9.16, with conditions", ask("9.12(4)", "9.16(4)57", Some("ASA5516"), RuleSet::Auto)),
        ("8 hops, 7.0(8) to 9.1(7)32", ask("7.0(8)", "9.1(7)32", Some("ASA5540"), RuleSet::Strict)),
        ("14 hops, 9.2(1) to 9.24(1) strict", ask("9.2(1)", "9.24(1)", Some("ASAv"), RuleSet::Strict)),
        ("with a shorter way, 7.2(5) to 9.1(7)32", ask("7.2(5)", "9.1(7)32", Some("ASA5540"), RuleSet::Auto)),
        ("refused, 9.12(4) to 9.16(4)", ask("9.12(4)", "9.16(4)", Some("ASA5525"), RuleSet::Auto)),
        ("no model named, 9.8(4) to 9.12(4)", ask("9.8(4)", "9.12(4)", None, RuleSet::Auto)),
        ("loading the tables, once", load),
    ];
    println!("{:<42} {:>12} {:>16}", "verdict", "ns", "to direct pair");
    for (what, ns) in rows {
        println!("{what:<42} {ns:>12} {:>15.1}x", ns as f64 / direct as f64);
    }
}
