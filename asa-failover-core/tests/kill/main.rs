//! The controller is killed, with SIGKILL, at each write, sync and rename of its journal, at each piece
//! of a line that it sends, and while it waits. What goes on from the file reaches the same end, and
//! nothing that could harm is done twice.
//!
//! The simulated pair and its time are in this process, so that they outlive the controller. The
//! controller is another one: it has the journal, as a file, and reaches the pair over its standard
//! input and output. It says where it is before each step, and waits to be told to go on, or is killed.
#![cfg(feature = "twin")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test starts from is there, or the test has failed"
)]
#![expect(clippy::disallowed_methods, reason = "a test may start a process, and threads to share the work")]

mod controller;
mod warden;
mod wire;

#[path = "../pairs/mod.rs"]
mod pairs;

use std::path::Path;
use std::thread;
use std::time::Duration;

use asa_failover_core::goal::{Policy, Preempt};
use asa_failover_core::run::Outcome;
use asa_failover_core::store::Journal;
use asa_failover_core::twin::Spec;
use asa_failover_core::unit::GroupId;
use pairs::bench::Bench;
use pairs::v;
use warden::{Fate, Warden};

/// Processes that may be at work at a time.
const AT_A_TIME: usize = 2;

/// The controller, once it is started with the right input; see [`warden`].
#[test]
#[ignore = "the other tests start it, and kill it"]
fn controller() {
    controller::run();
}

/// Goes on in this process from what the file holds.
fn gone_on_with(bench: &Bench, journal: &Path) -> Outcome {
    let (mut journal, records) = Journal::open(journal).unwrap();
    bench.run(records, &mut journal)
}

/// Kills a controller at the `at`th of its steps. Every fourth time a quarter of an hour passes; every
/// eighth time the one that goes on is killed, too, somewhere.
fn killed_at(bench: &Bench, at: usize, expected: &str) {
    let bench = bench.again();
    let folder = warden::folder();
    let path = folder.path().join("fw1.journal");
    let warden = Warden::new(&bench, &path);
    assert_eq!(warden.run(Fate::DiesAt(at)), Ok(expected.to_owned()), "the steps are always the same");
    let mut context = vec![format!("killed at step {at}, {expected}")];
    if at.is_multiple_of(4) {
        bench.pass(Duration::from_secs(900));
        context.push("gone on a quarter of an hour later".to_owned());
    }
    if at % 8 == 3 {
        let again = 1 + at * 7 % 60;
        context.push(match warden.run(Fate::DiesAt(again)) {
            Ok(step) => format!("killed again at its step {again}, {step}"),
            Err(outcome) => format!("{outcome} the second time"),
        });
    }
    let outcome = gone_on_with(&bench, &path);
    bench.flawless(&outcome, &context.join(", "));
}

/// Every step of an upgrade, in order, from a controller that nobody kills.
fn steps(bench: &Bench) -> Vec<String> {
    let bench = bench.again();
    let folder = warden::folder();
    let warden = Warden::new(&bench, &folder.path().join("fw1.journal"));
    let outcome = warden.run(Fate::Lives).unwrap_err();
    bench.flawless(&outcome, "not killed");
    warden.steps()
}

fn at_every_step(bench: fn() -> Bench) {
    let steps = steps(&bench());
    // What is behind the last record, that the goal is reached, has nothing to go on to.
    let last = steps.iter().rposition(|step| step == "before write").unwrap();
    let steps = &steps[..=last];
    thread::scope(|scope| {
        for first in 0..AT_A_TIME {
            scope.spawn(move || {
                let bench = bench();
                for at in (first..steps.len()).step_by(AT_A_TIME) {
                    killed_at(&bench, at + 1, &steps[at]);
                }
            });
        }
    });
    let mut kinds: Vec<&str> = steps.iter().map(String::as_str).collect();
    kinds.sort_unstable();
    let counted = kinds.chunk_by(|one, other| one == other).map(|same| format!("{} {}", same.len(), same[0]));
    println!("killed at {} steps: {}", steps.len(), counted.collect::<Vec<_>>().join(", "));
    assert!(steps.len() >= 60, "{} steps", steps.len());
    for kind in ["before lock", "in a write", "before sync", "before rename", "before sync folder", "kept"] {
        assert!(kinds.contains(&kind), "no step {kind}");
    }
    for kind in ["before a line", "in a line", "before enter", "after enter", "waiting"] {
        assert!(kinds.contains(&kind), "no step {kind}");
    }
}

/// Preempt of both groups is removed and restored: at each step of the lines for it and of the save behind it.
#[test]
fn preempt_that_is_removed_is_restored_by_who_goes_on() {
    let bench = || {
        let spec = Spec::active_active("ASA5525", v("9.8(4)"));
        let spec = spec.with_preempt(GroupId::new(1), 45).with_preempt(GroupId::new(2), 30);
        Bench::staged(spec, &Policy::default().with_preempt(Preempt::Remove))
    };
    let steps = steps(&bench());
    let sent: Vec<usize> = (0..steps.len()).filter(|at| steps[*at] == "before a line").collect();
    let lines = bench().plan.lines();
    let typed = lines.iter().filter(|(_, line)| !line.starts_with("failover group "));
    let mut of_preempt = Vec::new();
    for (at, (_, line)) in sent.iter().zip(typed) {
        if line.contains("preempt") {
            // From the intent before it to what is kept behind it.
            of_preempt.extend(at.saturating_sub(4)..=at + 8);
        }
    }
    of_preempt.dedup();
    thread::scope(|scope| {
        for first in 0..AT_A_TIME {
            let (steps, of_preempt) = (&steps, &of_preempt);
            scope.spawn(move || {
                let bench = bench();
                for at in of_preempt.iter().skip(first).step_by(AT_A_TIME) {
                    killed_at(&bench, at + 1, &steps[*at]);
                }
            });
        }
    });
    println!("killed at {} steps of {}", of_preempt.len(), steps.len());
    assert!((40..=60).contains(&of_preempt.len()), "{} steps", of_preempt.len());
}

#[test]
fn active_standby_is_killed_at_every_step() {
    at_every_step(Bench::active_standby);
}

#[test]
fn active_active_with_preempt_is_killed_at_every_step() {
    at_every_step(Bench::active_active);
}
