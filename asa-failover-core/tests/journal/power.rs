//! Power lost before any call of the disk, and everything that may be left then.

use std::time::Duration;

use asa_failover_core::run::record::decode;

use crate::pairs::bench::Bench;
use crate::platter::{Drive, Mishap, whole};

/// Loses power at each call. Whatever may be left of the last write, the records are those that were
/// durable, or those and the last one; and the run goes on from each of the two to the same end.
fn every_call(bench: &Bench) {
    let (_, records) = whole(bench);
    let calls = {
        let drive = Drive::default();
        drive.run(&bench.again()).unwrap();
        drive.0.borrow().calls.clone()
    };
    let (mut found, mut resumed) = (0, 0);
    // The last calls put on record that the goal is reached; there is nothing to go on to behind them.
    for at in 1..calls.len() - 1 {
        let lost = bench.again();
        let drive = Drive::default().with_mishap(at, Mishap::Power);
        drive.run(&lost).ok();
        let mut kept: Vec<(usize, Option<Vec<u8>>)> = Vec::new();
        for left in drive.0.borrow().after_loss() {
            let (read, ..) = decode(left.as_deref().unwrap_or_default()).unwrap();
            let count = read.records.len();
            assert_eq!(read.records, records[..count], "before call {at}, {}", calls[at - 1]);
            found += 1;
            if kept.iter().all(|(known, _)| *known != count) {
                kept.push((count, left));
            }
        }
        assert!(kept.len() <= 2, "before call {at}, {}: {:?} records", calls[at - 1], kept.len());
        for (count, left) in kept {
            let rest = lost.again();
            rest.pass(Duration::from_secs(if at.is_multiple_of(4) { 900 } else { 0 }));
            let context = format!("power lost before call {at}, {}; {count} records left", calls[at - 1]);
            let outcome = Drive::holding(left).run(&rest).unwrap_or_else(|why| panic!("{context}: {why}"));
            rest.flawless(&outcome, &context);
            resumed += 1;
        }
    }
    println!("{} calls of the disk, {found} remains read, {resumed} gone on from", calls.len());
}

#[test]
fn active_standby_loses_power_at_every_call_of_the_disk() {
    every_call(&Bench::active_standby());
}

#[test]
fn active_active_loses_power_at_every_call_of_the_disk() {
    every_call(&Bench::active_active());
}

/// The torn tail is cut off before a new line goes behind it, and power may go at that too.
#[test]
fn power_may_go_while_a_torn_tail_is_cut_off() {
    let bench = Bench::active_standby();
    let (text, records) = whole(&bench);
    let torn = text[..text.len() - 5].to_vec();
    let drive = Drive::holding(Some(torn.clone()));
    drive.run(&bench.again()).unwrap();
    let calls = drive.0.borrow().calls.clone();
    assert_eq!(calls[..7], ["lock", "sign", "make room", "load", "cut", "sync", "write"]);
    for at in 1..=7 {
        let drive = Drive::holding(Some(torn.clone())).with_mishap(at, Mishap::Power);
        drive.run(&bench.again()).ok();
        for left in drive.0.borrow().after_loss() {
            let (read, ..) = decode(&left.unwrap()).unwrap();
            assert_eq!(read.records, records[..records.len() - 1], "before {}", calls[at - 1]);
        }
    }
}
