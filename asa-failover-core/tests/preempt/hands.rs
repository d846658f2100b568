//! Somebody else changes preempt meanwhile, or the journal is gone.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::decide::Question;
use asa_failover_core::drive::{Forgetful, Operator, drive};
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::goal::{OnDrift, Policy};
use asa_failover_core::rehearse::VirtualClock;
use asa_failover_core::run::{Action, Answer, Event, Outcome, Records, Run};
use asa_failover_core::session::Login;
use asa_failover_core::transport::Terminals;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::twin::{self, Address, Fault};
use asa_failover_core::unit::Role;

use super::pairs::bench::Bench;
use super::pairs::read;
use super::{by_hand, configured, policy, spec, typed_at};

const RESTORES: [&str; 4] = ["configure terminal", "failover group 2", "preempt 30", "end"];
const REMOVES: [&str; 4] = ["configure terminal", "failover group 2", "no preempt", "end"];
const CHANGES: [&str; 4] = ["configure terminal", "failover group 2", "preempt 90", "end"];
const SHOWS: &str = "show running-config failover";
const TURNS: [&str; 4] = ["configure terminal", "failover group 2", "primary", "end"];
const HASTENS: [&str; 4] = ["configure terminal", "failover group 2", "preempt 9", "end"];

/// Does something to the pair just before the run types a line for the nth time.
struct Hand<F> {
    pair: Rc<RefCell<twin::Pair>>,
    before: &'static str,
    nth: usize,
    does: Option<F>,
}

impl<F: FnOnce(&mut twin::Pair)> Operator for Hand<F> {
    fn ask(&mut self, _: &Question) -> Answer {
        Answer::Go
    }

    fn saw(&mut self, _: Elapsed, _: &Event, action: &Action, _: &Run) {
        if !matches!(action, Action::Send { command, .. } if command.to_string() == self.before) {
            return;
        }
        self.nth = self.nth.saturating_sub(1);
        if self.nth == 0
            && let Some(does) = self.does.take()
        {
            does(&mut self.pair.borrow_mut());
        }
    }
}

fn bench(on_drift: OnDrift) -> Bench {
    Bench::staged(spec([None, Some(30)]), &policy().with_on_drift(on_drift))
}

fn meddled(bench: &Bench, before: &'static str, nth: usize, does: impl FnOnce(&mut twin::Pair)) -> Outcome {
    let mut transport = Terminals::new(Memory::new(Rc::clone(&bench.pair)), Login::default());
    let mut clock = VirtualClock::new(Rc::clone(&bench.pair));
    let mut hand = Hand { pair: Rc::clone(&bench.pair), before, nth, does: Some(does) };
    let mut run = Run::new(&bench.plan);
    drive(&mut run, Records::default(), &mut transport, &mut clock, &mut Forgetful, &mut hand)
}

fn code(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Completed(_) => "completed",
        Outcome::Halted(halt) => &halt.code,
    }
}

/// Who restores it in the middle keeps it: nothing removes it again in this hop, and the report says so.
#[test]
fn preempt_that_is_restored_by_hand_is_not_fought() {
    for on_drift in [OnDrift::Halt, OnDrift::Adapt] {
        let bench = bench(on_drift);
        let before = configured(&bench.pair.borrow());
        let outcome = meddled(&bench, "failover reload-standby", 2, |pair| by_hand(pair, &RESTORES));
        let Outcome::Completed(report) = &outcome else { panic!("{on_drift:?}: {outcome}") };
        assert_eq!(
            report.differences,
            [
                "preempt of group 2 was there again while this run had it removed, by somebody else or by a start of both units"
            ]
        );
        assert_eq!(configured(&bench.pair.borrow()), before);
        let removals = bench.lines().iter().filter(|(_, line)| line == "no preempt").count();
        assert_eq!(removals, 1, "{:?}", bench.lines());
        assert!(bench.pair.borrow().report().is_clean());
    }
}

/// Anything else that somebody makes of it is drift, before the run removes it and after it restored it.
#[test]
fn preempt_that_is_changed_by_hand_is_drift() {
    let cases = [
        // Before it is removed: gone already, or another delay.
        ("dir disk0:/", 1, &REMOVES, "no preempt", "preempt-moved"),
        ("dir disk0:/", 1, &CHANGES, "preempt 90", "preempt-moved"),
        // While it is removed, restored with another delay.
        ("failover reload-standby", 2, &CHANGES, "preempt 90", "preempt-moved"),
        ("failover reload-standby", 2, &HASTENS, "preempt 9", "preempt-moved"),
    ];
    for (before, nth, types, found, expected) in cases {
        let halts = bench(OnDrift::Halt);
        let outcome = meddled(&halts, before, nth, |pair| by_hand(pair, types));
        assert_eq!(code(&outcome), expected, "{types:?}: {outcome}");
        let Outcome::Halted(halt) = &outcome else { panic!("{outcome}") };
        let text = format!(
            "preempt of group 2 was changed on Primary by somebody else: expected \"preempt 30\", found {found:?}"
        );
        assert_eq!(halt.reason.to_string().replace("Secondary", "Primary"), text);
        assert!(halt.back.is_none());
        assert!(halt.safe.contains("find out who or what changed preempt"), "{}", halt.safe);
        let typed: Vec<&str> =
            halt.commands.iter().filter(|line| line.changes).map(|line| line.line.as_str()).collect();
        assert_eq!(typed, RESTORES, "{types:?}");

        let adapts = bench(OnDrift::Adapt);
        let outcome = meddled(&adapts, before, nth, |pair| by_hand(pair, types));
        if *types == CHANGES {
            // With the delay that the plan found, a group that moves by itself would be waited for too short.
            assert_eq!(code(&outcome), expected, "{types:?}: {outcome}");
            continue;
        }
        let Outcome::Completed(report) = &outcome else { panic!("{types:?}: {outcome}") };
        let [running, startup] = configured(&adapts.pair.borrow());
        assert_eq!(running, startup, "what somebody made of it stays, and is saved");
        let has = if found == "no preempt" {
            "failover group 2\n  secondary\n".to_owned()
        } else {
            format!("  {found}\n")
        };
        assert!(running.iter().all(|text| text.ends_with(&has)), "{running:?}");
        let told = format!("group 2 had preempt 30 on Secondary, now {found}; this run did not change it so");
        assert!(report.differences.contains(&told), "{:?}", report.differences);
    }
}

/// What a plan knew of preempt that stays may be old news when it is run: nothing is sent on it.
#[test]
fn preempt_that_was_changed_since_the_plan_was_made_is_found_first() {
    for (delays, types, expected, found) in [
        ([None, None], &CHANGES, "no preempt", "preempt 90"),
        ([None, Some(30)], &CHANGES, "preempt 30", "preempt 90"),
        ([None, Some(30)], &REMOVES, "preempt 30", "no preempt"),
        ([None, Some(30)], &TURNS, "secondary, preempt 30", "primary, preempt 30"),
    ] {
        let stays = Bench::staged(spec(delays), &Policy::default());
        by_hand(&mut stays.pair.borrow_mut(), types);
        let before = stays.lines().len();
        let outcome = stays.run(Records::default(), &mut Forgetful);
        let Outcome::Halted(halt) = &outcome else { panic!("{outcome}") };
        let text = format!(
            "preempt of group 2 was changed on Primary by somebody else: expected {expected:?}, found {found:?}"
        );
        assert_eq!((halt.code.as_str(), halt.reason.to_string()), ("preempt-moved", text));
        assert_eq!(stays.lines().len(), before, "nothing was sent: {:?}", stays.lines());
        assert!(halt.back.is_none());
    }
}

/// A notice inside a line makes another preempt of one, or none: what would end the run is asked for once more.
#[test]
fn a_notice_in_what_is_said_of_preempt_ends_no_run() {
    let bench = || Bench::staged(spec([None, Some(30)]), &Policy::default());
    // Abbreviated, for its text: in full it is answered by values.
    let typed = SHOWS.replacen("show", "sho", 1);
    let text = typed_at(&mut bench().pair.borrow_mut(), Address::Active, &[&typed]).remove(0);
    let before = text.find("  secondary").unwrap();
    let echo = SHOWS.len() + "\r\n".len();
    let at = echo + before + text[..before].matches('\n').count();
    let times_asked = |pair: &twin::Pair| {
        let lines = pair
            .history()
            .iter()
            .filter(|it| matches!(&it.what, twin::What::Typed { line, .. } if line == SHOWS));
        lines.count()
    };
    let mut asked = 0;
    for at in (at..at + "  secondary\r\n  preempt 30".len()).step_by(2) {
        let noticed = bench();
        let notice = Fault::NoticeIn(Role::Primary, u32::try_from(at).unwrap(), "\tSwitching".to_owned());
        let outcome = meddled(&noticed, SHOWS, 1, |pair| pair.inject(notice));
        assert_eq!(code(&outcome), "completed", "{at}: {outcome}");
        let pair = noticed.pair.borrow();
        asked = asked.max(times_asked(&pair));
        assert!(pair.report().is_clean());
    }
    let undisturbed = bench();
    assert!(matches!(undisturbed.run(Records::default(), &mut Forgetful), Outcome::Completed(_)));
    assert!(times_asked(&undisturbed.pair.borrow()) < asked, "no answer was damaged");
}

/// Whoever goes on with an old plan and without its journal finds preempt gone, and cannot know why.
#[test]
fn a_lost_journal_is_told_and_the_lines_mend_it() {
    let found = bench(OnDrift::Halt);
    let before = configured(&found.pair.borrow());
    by_hand(&mut found.pair.borrow_mut(), &REMOVES);
    let outcome = found.run(Records::default(), &mut Forgetful);
    let Outcome::Halted(halt) = &outcome else { panic!("{outcome}") };
    assert_eq!(halt.code, "preempt-moved", "{outcome}");
    assert_eq!(found.lines().len(), REMOVES.len() - 2, "nothing was sent: {:?}", found.lines());
    assert!(
        halt.safe.contains(
            "if it shall be as the plan found it, restore it with the lines below while no reload is open"
        ),
        "{}",
        halt.safe
    );
    let lines: Vec<&str> =
        halt.commands.iter().filter(|line| line.changes).map(|line| line.line.as_str()).collect();
    by_hand(&mut found.pair.borrow_mut(), &lines);
    let outcome = found.run(Records::default(), &mut Forgetful);
    assert_eq!(code(&outcome), "completed", "{outcome}");
    assert_eq!(configured(&found.pair.borrow()), before);
    // A plan made anew takes what it finds for what shall be.
    by_hand(&mut found.pair.borrow_mut(), &REMOVES);
    let facts = read(&found.pair, found.plan.policy().reach);
    assert!(facts.primary.running_failover.unwrap().groups.iter().all(|group| !group.preempt));
}

/// A pair that loses its power while preempt is removed starts with it: nobody has to restore anything.
#[test]
fn a_pair_that_starts_anew_has_it_again() {
    let bench = bench(OnDrift::Adapt);
    let before = configured(&bench.pair.borrow());
    let mut lost = None;
    // The switch behind the first reload: it is gone with both units.
    let outcome = meddled(&bench, "failover reload-standby", 1, |pair| {
        lost = Some(configured(pair));
        for role in Role::BOTH {
            pair.inject(Fault::Crash(role));
        }
    });
    assert_ne!(lost.unwrap(), before, "it was removed when the power went");
    bench.pass(Duration::from_secs(1_200));
    println!("{outcome}");
    assert_eq!(configured(&bench.pair.borrow()), before);
    let outcome = bench.run(Records::default(), &mut Forgetful);
    assert_eq!(code(&outcome), "completed", "{outcome}");
    assert_eq!(configured(&bench.pair.borrow()), before);
}
