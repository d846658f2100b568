//! The controller dies at each write of its journal: what goes on restores what was removed, and while nothing
//! goes on the startup configuration of both units has it.

use std::time::Duration;

use asa_failover_core::goal::Pause;
use asa_failover_core::run::record::decode;
use asa_failover_core::run::{Outcome, Record};
use asa_failover_core::unit::Role;

use super::pairs::bench::{Bench, Mortal};
use super::{bench, configured, groups, never_saved_without, policy, spec};

/// Kills the first run at this write, and lets a second one go on; whether preempt was out of a running
/// configuration in between.
fn killed_at(bench: &Bench, write: usize, keeps_last: bool, pause: Duration) -> bool {
    let context = format!("killed at write {write} (kept: {keeps_last}), resumed after {pause:?}");
    let before = configured(&bench.pair.borrow());
    let [saved, _] = groups(&bench.pair.borrow(), "startup-config");
    let mut journal = Mortal { dies_at: Some(write), keeps_last, ..Mortal::default() };
    let Outcome::Halted(halt) = journal.run(bench) else { panic!("{context}: not killed") };
    bench.pass(pause);
    let now = configured(&bench.pair.borrow());
    let [running, startup] = &now;
    let is_removed = running != startup;
    assert_eq!(*startup, [saved.clone(), saved], "{context}: the startup configuration never lacks it");
    let restores = halt.commands.iter().filter(|line| line.line.starts_with("preempt")).count();
    assert!(!is_removed || restores > 0, "{context}: {:?}", halt.commands);
    journal.dies_at = None;
    let outcome = journal.run(bench);
    bench.flawless(&outcome, &context);
    assert_eq!(configured(&bench.pair.borrow()), before, "{context}");
    never_saved_without(&bench.lines(), &context);
    is_removed
}

#[test]
fn a_run_goes_on_from_every_write_and_restores_it() {
    let bench = bench();
    let mut whole = Mortal::default();
    let outcome = whole.run(&bench.again());
    bench_completed(&outcome);
    let (mut deaths, mut removed) = (0, 0);
    let (records, ..) = decode(&whole.text).unwrap();
    let is_of_preempt = |record: &Record| matches!(record, Record::Intent { intent, .. } if intent.command.to_string().contains("preempt"));
    let lines: Vec<usize> = (1..=whole.writes)
        .filter(|write| records.records.get(write - 1).is_some_and(is_of_preempt))
        .collect();
    for write in 1..whole.writes {
        // Each write of a line that removes or restores it and around it, and some of the others.
        if !write.is_multiple_of(6) && lines.iter().all(|line| !(line - 1..=line + 3).contains(&write)) {
            continue;
        }
        for keeps_last in [false, true] {
            let later = (write + usize::from(keeps_last)).is_multiple_of(2);
            let pause = Duration::from_secs(if later { 900 } else { 0 });
            removed += usize::from(killed_at(&bench.again(), write, keeps_last, pause));
            deaths += 1;
        }
    }
    println!("killed {deaths} times, {removed} of them with preempt removed");
    assert!(removed > deaths / 4, "{removed} of {deaths}");
}

#[track_caller]
fn bench_completed(outcome: &Outcome) {
    assert!(matches!(outcome, Outcome::Completed(_)), "{outcome}");
}

/// A journal that nothing goes on from says what its run took away, and how to put it back; of another pair, nothing.
#[test]
fn a_journal_of_another_plan_says_what_was_removed() {
    let bench = bench();
    let before = configured(&bench.pair.borrow());
    let is_out = |record: &Record| matches!(record, Record::Intent { intent, .. } if intent.command.to_string().starts_with("failover reload"));
    let mut whole = Mortal::default();
    bench_completed(&whole.run(&bench.again()));
    let (records, ..) = decode(&whole.text).unwrap();
    let write = records.records.iter().position(is_out).unwrap() + 1;
    let mut journal = Mortal { dies_at: Some(write), ..Mortal::default() };
    let Outcome::Halted(_) = journal.run(&bench) else { panic!("not killed") };
    assert_ne!(configured(&bench.pair.borrow()), before, "it is removed");
    journal.dies_at = None;
    let delays = spec([Some(45), Some(0)]);
    let mut replaced = delays.clone();
    replaced.unit_mut(Role::Secondary).serial = "JAF9999ZZZZ".to_owned();
    for (spec, lines) in [
        (delays, vec!["failover group 1", "preempt 45", "failover group 2", "preempt"]),
        (replaced, Vec::new()),
    ] {
        let other = Bench::staged(spec, &policy().with_pause(Pause::BeforeSwitch));
        let Outcome::Halted(halt) = journal.run(&other) else { panic!("another plan went on") };
        assert_eq!(halt.code, "journal-differs");
        let told: Vec<&str> = halt.commands.iter().map(|line| line.line.as_str()).collect();
        let told: Vec<&str> = told
            .into_iter()
            .filter(|line| line.starts_with("failover g") || line.starts_with("preempt"))
            .collect();
        assert_eq!(told, lines);
        let nobody = "no run of this plan with this journal restores preempt of group 1 and group 2: restore it with the lines below";
        assert_eq!(halt.safe.contains(nobody), !lines.is_empty(), "{}", halt.safe);
    }
}

/// The record of the line that removes it says what to put back.
#[test]
fn the_journal_says_what_was_removed() {
    let bench = bench();
    let mut journal = Mortal::default();
    bench_completed(&journal.run(&bench));
    let (records, ..) = decode(&journal.text).unwrap();
    let kept: Vec<String> = records
        .records
        .iter()
        .filter_map(|record| match record {
            Record::Intent { intent, .. } => Some(serde_json::to_string(&intent.command).unwrap()),
            _ => None,
        })
        .filter(|command| command.contains("preempt"))
        .collect();
    assert_eq!(
        kept,
        [
            r#"{"no-preempt":{"group":1,"was_s":45}}"#,
            r#"{"no-preempt":{"group":2,"was_s":0}}"#,
            r#"{"preempt":{"group":1,"delay_s":45}}"#,
            r#"{"preempt":{"group":2,"delay_s":0}}"#,
        ]
    );
}
