//! A controller that died with a reload open finds the unit on the old release: it may have restarted
//! and come back so, or the reload may never have reached it. It is not reloaded again on a guess.
#![expect(clippy::unwrap_used, reason = "what a test starts from is there, or the test has failed")]

use std::time::Duration;

use crate::pairs::bench::{Bench, Mortal};
use crate::pairs::{URL, v};
use asa_failover_core::command::Command;
use asa_failover_core::goal::Policy;
use asa_failover_core::run::record::decode;
use asa_failover_core::run::{Outcome, Record};
use asa_failover_core::twin::{Fault, Spec, What};
use asa_failover_core::unit::Role;

const DAYS: u64 = 40 * 86_400;
const ON_FLASH: &str = "disk0:/asa984-48-smp-k8.bin";

/// A pair whose units have been up for so many seconds, the primary first.
fn up_for([primary, secondary]: [u64; 2]) -> Bench {
    let mut spec = Spec::active_standby("ASA5525", v("9.8(4)"));
    spec.unit_mut(Role::Primary).uptime = Duration::from_secs(primary);
    spec.unit_mut(Role::Secondary).uptime = Duration::from_secs(secondary);
    let file = spec.image(v("9.8(4)48"));
    Bench::staged(spec.with_remote(URL, file), &Policy::default())
}

/// Where the controller dies.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Death {
    /// The intent is durable, the line is not sent.
    BeforeTheLine,
    /// The unit answered the line.
    AfterTheLine,
    /// The unit was seen down.
    AfterSeenDown,
}

/// Kills the run around the first reload, and says what the journal holds then.
fn killed(bench: &Bench, death: Death) -> Mortal {
    let mut whole = Mortal::default();
    whole.run(&bench.again());
    let records = decode(&whole.text).unwrap().0.records;
    let reload = |record: &Record| matches!(record, Record::Intent { intent, .. } if intent.command == Command::ReloadStandby);
    let last = match death {
        Death::BeforeTheLine => records.iter().position(reload),
        Death::AfterTheLine => records.iter().position(reload).map(|intent| intent + 1),
        Death::AfterSeenDown => records.iter().position(|record| matches!(record, Record::Begun { .. })),
    };
    let mut journal = Mortal { dies_at: last.map(|last| last + 1), keeps_last: true, ..Mortal::default() };
    journal.run(bench);
    journal.dies_at = None;
    if death == Death::BeforeTheLine {
        assert_eq!(bench.pair.borrow().report().reboots, [0, 0]);
    }
    journal
}

/// The target loses its new image on its way down and comes back on the old release, the image is put back,
/// more than an hour passes, and a second controller goes on.
fn comes_back_old(bench: &Bench, death: Death) -> Outcome {
    let reloaded = {
        let whole = bench.again();
        Mortal::default().run(&whole);
        let pair = whole.pair.borrow();
        pair.history()
            .iter()
            .find(|happening| matches!(happening.what, What::ReloadRequested { .. }))
            .unwrap()
            .at
    };
    let say = |line: String| Fault::Console(Role::Secondary, line);
    let lost = say(format!("delete /noconfirm {ON_FLASH}"));
    bench.pair.borrow_mut().foresee(reloaded + Duration::from_millis(500), lost);
    let mut journal = killed(bench, death);
    bench.pass(Duration::from_secs(3600));
    bench.pair.borrow_mut().inject(say(format!("copy /noconfirm {URL} {ON_FLASH}")));
    bench.pass(Duration::from_secs(600));
    let outcome = journal.run(bench);
    let pair = bench.pair.borrow();
    let up = pair.history().iter().filter_map(|happening| match happening.what {
        What::Up { version } if happening.role == Role::Secondary => Some(version),
        _ => None,
    });
    assert_eq!(up.collect::<Vec<_>>(), [v("9.8(4)")], "it came back once, and on the old release");
    outcome
}

#[track_caller]
fn halted(outcome: &Outcome, code: &str, reason: &str) {
    match outcome {
        Outcome::Halted(halt) if halt.code == code => assert_eq!(halt.reason.to_string(), reason),
        other => panic!("expected {code}: {other}"),
    }
}

const STILL_OLD: &str = "Secondary restarted and still runs 9.8(4); it is not reloaded again";

/// Its uptime has long outgrown what it showed before the reload, and the mate's tells days only: what
/// proves the restart is that the first controller saw it down.
#[test]
fn a_unit_seen_down_and_back_on_the_old_release_is_not_reloaded_again() {
    for uptimes in [[DAYS, DAYS], [DAYS, 300], [900, 300]] {
        let bench = up_for(uptimes);
        let outcome = comes_back_old(&bench, Death::AfterSeenDown);
        halted(&outcome, "still-old", STILL_OLD);
        assert_eq!(bench.pair.borrow().report().reboots, [0, 1], "up for {uptimes:?}");
    }
}

/// Nobody saw it down. A long uptime that is short now tells, and so does the mate's where it is told in
/// minutes; else nothing does, and nothing is sent.
#[test]
fn a_unit_that_nobody_saw_down_is_judged_by_both_uptimes() {
    let unknown = "a reload showed no effect within 360 s: nothing tells whether Secondary restarted since it \
                   was told to, before the resume";
    for (uptimes, code, reason) in [
        ([DAYS, DAYS], "still-old", STILL_OLD),
        ([900, 300], "still-old", STILL_OLD),
        ([DAYS, 300], "deadline", unknown),
    ] {
        let bench = up_for(uptimes);
        let outcome = comes_back_old(&bench, Death::AfterTheLine);
        halted(&outcome, code, reason);
        assert_eq!(bench.pair.borrow().report().reboots, [0, 1], "up for {uptimes:?}");
    }
}

/// The line never went out: where the uptimes prove that it did not, it goes out now.
#[test]
fn a_reload_that_was_never_sent_is_sent_where_no_restart_is_proven() {
    for (uptimes, completes) in [([DAYS, DAYS], true), ([900, 300], true), ([DAYS, 300], false)] {
        let bench = up_for(uptimes);
        let mut journal = killed(&bench, Death::BeforeTheLine);
        bench.pass(Duration::from_secs(900));
        let outcome = journal.run(&bench);
        let context = format!("up for {uptimes:?}");
        if completes {
            bench.flawless(&outcome, &context);
        } else {
            assert!(
                matches!(&outcome, Outcome::Halted(halt) if halt.code == "deadline"),
                "{context}: {outcome}"
            );
            assert_eq!(bench.pair.borrow().report().reboots, [0, 0], "{context}");
        }
    }
}
