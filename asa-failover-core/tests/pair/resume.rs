//! A run killed at any write of its journal goes on from it to the same end, and nothing that could
//! harm is done twice.

use std::time::Duration;

use crate::pairs::bench::{Bench, Mortal};
use crate::pairs::v;
use asa_failover_core::goal::{Pause, Policy};
use asa_failover_core::run::Outcome;
use asa_failover_core::twin::Spec;

/// Kills the first run at this write, lets time pass, and lets a second one go on.
fn killed_at(bench: &Bench, write: usize, keeps_last: bool, pause: Duration) {
    let mut journal = Mortal { dies_at: Some(write), keeps_last, ..Mortal::default() };
    let first = journal.run(bench);
    let Outcome::Halted(halt) = &first else { panic!("killed at write {write}, but {first}") };
    assert_eq!(halt.code, "journal-failed");
    bench.pass(pause);
    journal.dies_at = None;
    let second = journal.run(bench);
    let context = format!("killed at write {write} (kept: {keeps_last}), resumed after {pause:?}");
    bench.flawless(&second, &context);
}

fn every_write(bench: &Bench) {
    let mut whole = Mortal::default();
    let outcome = whole.run(&bench.again());
    assert!(matches!(outcome, Outcome::Completed(_)), "{outcome}");
    // The last write says that the goal is reached; there is nothing to go on to behind it.
    for write in 1..whole.writes {
        for keeps_last in [false, true] {
            // At once, or a quarter of an hour later, by turns.
            let later = (write + usize::from(keeps_last)).is_multiple_of(2);
            killed_at(&bench.again(), write, keeps_last, Duration::from_secs(if later { 900 } else { 0 }));
        }
    }
    println!("killed at each of {} writes", whole.writes);
}

#[test]
fn active_standby_goes_on_from_every_write() {
    every_write(&Bench::active_standby());
}

#[test]
fn active_active_goes_on_from_every_write() {
    every_write(&Bench::active_active());
}

#[test]
fn a_journal_of_another_plan_is_refused() {
    let bench = Bench::active_standby();
    let spec = Spec::active_standby("ASA5525", v("9.8(4)"));
    let paused = Bench::staged(spec, &Policy::default().with_pause(Pause::BeforeSwitch));
    let mut journal = Mortal { dies_at: Some(3), keeps_last: true, ..Mortal::default() };
    journal.run(&bench);
    let kept = journal.text.clone();
    journal.dies_at = None;
    let Outcome::Halted(halt) = journal.run(&paused) else { panic!("another plan went on") };
    let why = format!(
        "the journal does not belong to this plan: it is of plan {}, this is plan {}",
        bench.plan.id(),
        paused.plan.id()
    );
    assert_eq!((halt.code.as_str(), halt.reason.to_string()), ("journal-differs", why));
    let next = "read the pair and make a new plan with a new journal; it begins with what it finds";
    assert!(halt.safe.contains(next), "{}", halt.safe);
    assert!(paused.lines().is_empty(), "nothing was sent");
    assert_eq!(journal.text, kept, "nothing was written into another plan's journal");
}

#[test]
fn a_journal_is_resumed_five_times_and_no_more() {
    let bench = Bench::active_standby();
    let mut journal = Mortal { keeps_last: true, ..Mortal::default() };
    for _ in 0..6 {
        journal.dies_at = Some(journal.writes + 2);
        journal.run(&bench);
    }
    journal.dies_at = None;
    let Outcome::Halted(halt) = journal.run(&bench) else { panic!("resumed a sixth time") };
    assert_eq!(halt.reason.to_string(), "the journal was resumed 5 times; read the pair and plan again");
}
