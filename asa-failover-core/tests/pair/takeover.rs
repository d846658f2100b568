//! A pair that somebody else has been at: the run takes it over from what it finds, or halts and says
//! why. By hand any number of the plan's own steps were done, the roles were swapped, a unit was
//! replaced; before the run, between two runs, or in its midst.
//!
//! Without leave to adapt, whatever our lines do not explain halts before the next line (I23). With it,
//! and with a new plan, the pair is finished from where it is, and no unit reboots twice.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test starts from is there, or the test has failed"
)]

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use crate::pairs::bench::{Bench, Mortal};
use crate::pairs::{image, read, v};
use asa_failover_core::compat::Compat;
use asa_failover_core::drive::{Forgetful, Keeper};
use asa_failover_core::goal::{Goal, OnDrift, Policy, Procedure};
use asa_failover_core::plan::plan;
use asa_failover_core::run::record::decode;
use asa_failover_core::run::{Outcome, Record, Records};
use asa_failover_core::twin::{self, Fault, Spec};
use asa_failover_core::unit::{GroupId, Role};

const PROCEDURES: [Procedure; 2] = [Procedure::Hardened, Procedure::Published];

fn shapes() -> [(&'static str, Spec); 3] {
    let standby = Spec::active_standby("ASA5525", v("9.8(4)"));
    let active = Spec::active_active("ASA5525", v("9.8(4)"));
    [("A/S", standby), ("A/A", active.clone()), ("A/A, preempt", active.with_preempt(GroupId::new(2), 30))]
}

fn policy(procedure: Procedure, on_drift: OnDrift) -> Policy {
    Policy::default().with_procedure(procedure).with_on_drift(on_drift)
}

/// Types a line on a unit's console, and waits for what comes of it.
fn by_hand(bench: &Bench, (role, line): &(Role, String)) {
    bench.pair.borrow_mut().inject(Fault::Console(*role, line.clone()));
    bench.pass(Duration::from_secs(if line.contains("reload") { 900 } else { 120 }));
}

fn is_reload(line: &str) -> bool {
    line.contains("reload")
}

fn is_move(line: &str) -> bool {
    line.contains("failover active")
}

fn code(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Completed(_) => "completed",
        Outcome::Halted(halt) => &halt.code,
    }
}

/// Completed, no harm by the oracle's word, and one reboot a unit in all, whoever ordered it.
#[track_caller]
fn finished(bench: &Bench, outcome: &Outcome, context: &str) {
    assert_eq!(code(outcome), "completed", "{context}: {outcome}");
    let report = bench.pair.borrow().report();
    assert!(report.is_clean(), "{context}: {report}");
    assert_eq!(report.reboots, [1, 1], "{context}");
}

/// Runs every shape, procedure and number of steps done by hand before the run begins.
fn with_steps_done(on_drift: OnDrift, judge: impl Fn(&Bench, &[(Role, String)], usize, &str)) {
    for (shape, spec) in shapes() {
        for procedure in PROCEDURES {
            let bench = Bench::staged(spec.clone(), &policy(procedure, on_drift));
            let lines = bench.plan.lines();
            let found = bench.again();
            for done in 0..=lines.len() {
                if let Some(last) = done.checked_sub(1) {
                    by_hand(&found, &lines[last]);
                }
                let context = format!("{shape}, {procedure:?}, done by hand: {:?}", &lines[..done]);
                judge(&found.again(), &lines, done, &context);
            }
        }
    }
}

#[test]
fn steps_done_by_hand_before_an_old_plan_halt_it() {
    with_steps_done(OnDrift::Halt, |bench, lines, done, context| {
        let done = &lines[..done];
        let before = bench.pair.borrow().history().len();
        let outcome = bench.run(Records::default(), &mut Forgetful);
        let expected = if done.is_empty() {
            "completed"
        } else if done.iter().any(|(_, line)| is_reload(line)) {
            "release-moved"
        } else if done.iter().any(|(_, line)| is_move(line)) {
            "moved-unasked"
        } else {
            "boot-list-moved"
        };
        assert_eq!(code(&outcome), expected, "{context}: {outcome}");
        if let Outcome::Halted(halt) = &outcome {
            let next = "find out who or what changed the pair; then read it and make a new plan, which begins with what it finds";
            assert!(halt.safe.contains(next), "{context}: {}", halt.safe);
            let pair = bench.pair.borrow();
            let since = twin::oracle::state_changing_lines(&pair.history()[before..]);
            assert_eq!(since, [], "{context}: nothing is sent");
        }
    });
}

#[test]
fn steps_done_by_hand_before_an_old_plan_are_taken_up_where_it_adapts() {
    with_steps_done(OnDrift::Adapt, |bench, _, _, context| {
        let outcome = bench.run(Records::default(), &mut Forgetful);
        finished(bench, &outcome, context);
    });
}

#[test]
fn steps_done_by_hand_are_taken_up_by_a_new_plan() {
    with_steps_done(OnDrift::Halt, |bench, lines, done, context| {
        let facts = read(&bench.pair, bench.plan.policy().reach);
        let reloads = lines[..done].iter().filter(|(_, line)| is_reload(line)).count();
        match plan(&facts, bench.plan.goal(), Compat::bundled(), bench.plan.policy()) {
            Ok(plan) => {
                let anew = Bench { pair: Rc::clone(&bench.pair), plan };
                let before = anew.lines().len();
                let outcome = anew.run(Records::default(), &mut Forgetful);
                finished(&anew, &outcome, context);
                assert_eq!(anew.lines()[before..], anew.plan.lines(), "{context}");
            }
            Err(refusal) => {
                assert_eq!(reloads, 2, "{context}: {refusal}");
                let ids: Vec<String> = refusal.blocking().map(|finding| finding.id.clone()).collect();
                assert_eq!(ids, ["target.same"], "{context}");
            }
        }
    });
}

/// The run is stopped behind each of its lines, and the operator does the next one by hand.
fn next_step_by_hand(on_drift: OnDrift, judge: impl Fn(&Bench, &str, &Outcome, &str)) {
    for (shape, spec) in shapes() {
        for procedure in PROCEDURES {
            let bench = Bench::staged(spec.clone(), &policy(procedure, on_drift));
            let lines = bench.plan.lines();
            let mut whole = Mortal::default();
            whole.run(&bench.again());
            let records = decode(&whole.text).unwrap().0.records;
            let mut ends =
                records.iter().enumerate().filter(|(_, record)| matches!(record, Record::Result { .. }));
            for line in lines.windows(2) {
                let (at, _) = ends.next().unwrap();
                let bench = bench.again();
                let mut journal = Mortal { dies_at: Some(at + 1), keeps_last: true, ..Mortal::default() };
                journal.run(&bench);
                by_hand(&bench, &line[1]);
                journal.dies_at = None;
                let outcome = journal.run(&bench);
                let context = format!("{shape}, {procedure:?}, {:?} by hand behind {:?}", line[1], line[0]);
                judge(&bench, &line[1].1, &outcome, &context);
            }
        }
    }
}

#[test]
fn a_step_done_by_hand_between_two_runs_halts_unless_it_is_a_save() {
    next_step_by_hand(OnDrift::Halt, |bench, line, outcome, context| {
        let expected = if is_reload(line) {
            "release-moved"
        } else if is_move(line) {
            "moved-unasked"
        } else if line.contains("boot system") {
            "boot-list-moved"
        } else {
            "completed"
        };
        assert_eq!(code(outcome), expected, "{context}: {outcome}");
        if expected == "completed" {
            finished(bench, outcome, context);
        }
    });
}

#[test]
fn a_step_done_by_hand_between_two_runs_is_taken_up_where_the_policy_adapts() {
    next_step_by_hand(OnDrift::Adapt, |bench, _, outcome, context| finished(bench, outcome, context));
}

/// Who is active has changed since the plan was made.
#[test]
fn roles_that_were_swapped_before_the_run() {
    for procedure in PROCEDURES {
        for on_drift in [OnDrift::Halt, OnDrift::Adapt] {
            let spec = Spec::active_standby("ASA5525", v("9.8(4)"));
            let bench = Bench::staged(spec, &policy(procedure, on_drift));
            by_hand(&bench, &(Role::Primary, "no failover active".to_owned()));
            let outcome = bench.run(Records::default(), &mut Forgetful);
            let context = format!("{procedure:?}, {on_drift:?}");
            if on_drift == OnDrift::Adapt {
                finished(&bench, &outcome, &context);
                continue;
            }
            let Outcome::Halted(halt) = &outcome else { panic!("{context}: {outcome}") };
            let why = "the pair moved to Secondary without a command of this run";
            assert_eq!((halt.code.as_str(), halt.reason.to_string()), ("moved-unasked", why.to_owned()));
            assert!(bench.lines().is_empty(), "{context}");
        }
    }
}

/// A group that went to the unit it prefers is where preempt explains it, not drift.
#[test]
fn a_group_that_preempt_moved_before_the_run_is_no_drift() {
    for procedure in PROCEDURES {
        let group = GroupId::new(2);
        let spec = Spec::active_active("ASA5525", v("9.8(4)"))
            .with_active(group, Role::Primary)
            .with_preempt(group, 30);
        let bench = Bench::staged(spec, &policy(procedure, OnDrift::Halt));
        by_hand(&bench, &(Role::Primary, "no failover active group 2".to_owned()));
        let outcome = bench.run(Records::default(), &mut Forgetful);
        finished(&bench, &outcome, &format!("{procedure:?}"));
    }
}

/// The pair of this shape, with another unit in the place of one.
fn with_another(spec: &Spec, role: Role) -> Spec {
    let mut spec = spec.clone();
    "JAD000000Z9".clone_into(&mut spec.unit_mut(role).serial);
    spec.with_staged(v("9.8(4)48"))
}

#[track_caller]
fn wrong_unit(bench: &Bench, outcome: &Outcome, lines: usize, context: &str) {
    let Outcome::Halted(halt) = outcome else { panic!("{context}: {outcome}") };
    let why = "the unit with serial number JAD000000Z9 answers, which is not of this pair";
    assert_eq!((halt.code.as_str(), halt.reason.to_string().as_str()), ("wrong-unit", why), "{context}");
    let next = "compare the serial numbers of both units with those of the plan; a unit that was replaced needs a new plan";
    assert!(halt.safe.contains(next), "{context}: {}", halt.safe);
    assert_eq!(bench.lines().len(), lines, "{context}: nothing is sent");
}

#[test]
fn a_unit_that_was_replaced_before_the_run_halts_it() {
    for (shape, spec) in shapes() {
        for procedure in PROCEDURES {
            for role in Role::BOTH {
                for on_drift in [OnDrift::Halt, OnDrift::Adapt] {
                    let bench = Bench::staged(spec.clone(), &policy(procedure, on_drift));
                    let pair = twin::Pair::new(with_another(&spec, role), 11);
                    let found = Bench { pair: Rc::new(RefCell::new(pair)), plan: bench.plan };
                    let outcome = found.run(Records::default(), &mut Forgetful);
                    wrong_unit(&found, &outcome, 0, &format!("{shape}, {procedure:?}, {role}, {on_drift:?}"));
                }
            }
        }
    }
}

/// A keeper under which a unit is replaced: once it was seen down, another pair stands in this one's place.
struct Replaced {
    pair: Rc<RefCell<twin::Pair>>,
    other: Option<twin::Pair>,
}

impl Keeper for Replaced {
    fn keep(&mut self, record: &Record) -> Result<(), String> {
        if matches!(record, Record::Begun { .. })
            && let Some(mut other) = self.other.take()
        {
            other.advance_to(self.pair.borrow().now());
            *self.pair.borrow_mut() = other;
        }
        Ok(())
    }
}

/// The unit that was told to reload does not come back; another one stands in its place, and even runs the
/// new release.
#[test]
fn a_unit_that_is_replaced_during_its_reload_halts_the_run() {
    for active in Role::BOTH {
        for procedure in PROCEDURES {
            let reloaded = active.mate();
            let spec = Spec::active_standby("ASA5525", v("9.8(4)")).with_active(GroupId::UNIT, active);
            let bench = Bench::staged(spec.clone(), &policy(procedure, OnDrift::Adapt));
            let mut other = with_another(&spec, reloaded);
            let file = other.image(v("9.8(4)48"));
            for role in Role::BOTH {
                let unit = other.unit_mut(role);
                unit.running_boot.insert(0, file.name.clone());
                unit.startup_boot.insert(0, file.name.clone());
            }
            other.unit_mut(reloaded).version = v("9.8(4)48");
            other.unit_mut(reloaded).image = file.name;
            let other = Some(twin::Pair::new(other, 11));
            let mut keeper = Replaced { pair: Rc::clone(&bench.pair), other };
            let outcome = bench.run(Records::default(), &mut keeper);
            assert!(keeper.other.is_none(), "the unit was seen down");
            // The history is that of the other pair: nothing was sent to it.
            wrong_unit(&bench, &outcome, 0, &format!("{active} active, {procedure:?}"));
        }
    }
}

#[test]
fn a_unit_on_a_release_off_the_way_halts_an_old_plan() {
    for role in Role::BOTH {
        for on_drift in [OnDrift::Halt, OnDrift::Adapt] {
            let spec = Spec::active_standby("ASA5525", v("9.8(4)"));
            let bench = Bench::staged(spec.clone(), &policy(Procedure::Hardened, on_drift));
            let mut off = spec.with_staged(v("9.8(4)48"));
            off.unit_mut(role).version = v("9.8(3)");
            let pair = Rc::new(RefCell::new(twin::Pair::new(off, 11)));
            let found = Bench { pair, plan: bench.plan };
            let outcome = found.run(Records::default(), &mut Forgetful);
            let Outcome::Halted(halt) = &outcome else { panic!("{outcome}") };
            let why = format!("{role} runs 9.8(3), which is not on the way of this plan");
            assert_eq!((halt.code.as_str(), halt.reason.to_string()), ("off-the-way", why));
            assert!(found.lines().is_empty());
        }
    }
}

/// Where the operator switched by hand, the new release forwards since it was first seen to: the soak is
/// kept from then on.
#[test]
fn a_switch_by_hand_is_soaked_like_ours() {
    let policy = policy(Procedure::Hardened, OnDrift::Adapt);
    let bench = Bench::staged(Spec::active_standby("ASA5525", v("9.8(4)")), &policy);
    let lines = bench.plan.lines();
    let switch = lines.iter().position(|(_, line)| is_move(line)).unwrap();
    for line in &lines[..=switch] {
        by_hand(&bench, line);
    }
    let began = bench.pair.borrow().now();
    let outcome = bench.run(Records::default(), &mut Forgetful);
    finished(&bench, &outcome, "switched by hand");
    let pair = bench.pair.borrow();
    let reload = pair
        .history()
        .iter()
        .rev()
        .find(|happening| matches!(&happening.what, twin::What::ReloadRequested { .. }));
    let waited = reload.unwrap().at.saturating_sub(began);
    assert!(waited >= Duration::from_secs(120), "the second reload followed after {waited:?}");
}

/// Nothing is left to upgrade, but not all is as it shall be: the refusal says what is not.
#[test]
fn a_pair_that_runs_the_target_is_told_what_is_left() {
    let file = "disk0:/asa984-48-smp-k8.bin";
    for (active, saved, text) in [
        (Role::Primary, file, "there is nothing to do"),
        (
            Role::Secondary,
            file,
            "there is nothing to upgrade, but the pair is active on Secondary and wanted on Primary",
        ),
        (
            Role::Primary,
            "disk0:/asa984-smp-k8.bin",
            "there is nothing to upgrade, but the startup configuration of Secondary boots \
             disk0:/asa984-smp-k8.bin first",
        ),
    ] {
        let mut spec = Spec::active_standby("ASA5525", v("9.8(4)48")).with_active(GroupId::UNIT, active);
        spec.unit_mut(Role::Primary).startup_boot = vec![file.trim_start_matches("disk0:/").to_owned()];
        spec.unit_mut(Role::Secondary).startup_boot = vec![saved.trim_start_matches("disk0:/").to_owned()];
        let goal = Goal::new(v("9.8(4)48"))
            .with_image(image(&spec, v("9.8(4)48")))
            .with_owner(GroupId::UNIT, Role::Primary);
        let pair = Rc::new(RefCell::new(twin::Pair::new(spec, 11)));
        let facts = read(&pair, Policy::default().reach);
        let refusal = plan(&facts, &goal, Compat::bundled(), &Policy::default()).unwrap_err();
        let found = refusal.blocking().find(|finding| finding.id == "target.same").unwrap();
        assert_eq!(found.text, format!("both units run 9.8(4)48 already; {text}"));
    }
}
