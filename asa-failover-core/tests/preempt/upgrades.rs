//! Whole upgrades without a fault: what was configured is configured again, and nothing moved by itself.

use std::cell::RefCell;
use std::rc::Rc;

use asa_failover_core::compat::Compat;
use asa_failover_core::drive::{Forgetful, Unattended};
use asa_failover_core::goal::{Goal, Pause, Policy, Preempt, Procedure};
use asa_failover_core::link::Reach;
use asa_failover_core::plan::{Phase, Plan, plan};
use asa_failover_core::rehearse::rehearse;
use asa_failover_core::run::{Outcome, Records};
use asa_failover_core::twin::{self, Cause, PreemptAfterMove, Spec};
use asa_failover_core::unit::Role;

use super::pairs::bench::Bench;
use super::pairs::{image, read, v};
use super::{ONE, TWO, bench, configured, everywhere, never_saved_without, policy, spec, typed_at};

/// Completed by the lines of the plan, with the configuration as it was, and nothing moved by itself.
#[track_caller]
fn restores(bench: &Bench, context: &str) {
    let before = configured(&bench.pair.borrow());
    let outcome = bench.run(Records::default(), &mut Forgetful);
    let Outcome::Completed(report) = &outcome else {
        panic!("{context}: {}\n{outcome}", bench.plan.to_markdown())
    };
    assert_eq!(report.differences, [""; 0], "{context}");
    assert_eq!(bench.lines(), bench.plan.lines(), "{context}");
    let pair = bench.pair.borrow();
    assert_eq!(configured(&pair), before, "{context}");
    never_saved_without(&bench.lines(), context);
    let report = pair.report();
    assert!(report.is_clean(), "{context}: {report}");
    let moved = report.gaps.iter().filter(|gap| gap.cause == Cause::Preempt).count();
    assert_eq!(moved, 0, "{context}: {report}");
}

#[test]
fn preempt_is_as_it_was_in_every_way() {
    for reach in [Reach::BothAddresses, Reach::ActiveOnly] {
        for delays in [[None, Some(60)], [Some(45), Some(0)], [Some(0), None], [Some(1_200), Some(30)]] {
            for active in [[Role::Primary, Role::Secondary], [Role::Secondary, Role::Secondary]] {
                for moves in [PreemptAfterMove::Stays, PreemptAfterMove::Returns] {
                    let [first, _] = delays;
                    let strays = active == [Role::Secondary; 2] && first.is_some();
                    if moves == PreemptAfterMove::Returns && strays {
                        // Where preempt returns a group at any time, none with preempt is away from its home.
                        continue;
                    }
                    let mut spec = spec(delays);
                    for (group, role) in [ONE, TWO].into_iter().zip(active) {
                        spec = spec.with_active(group, role);
                    }
                    spec.preempt_after_move = moves;
                    let bench = Bench::staged(spec, &policy().with_reach(reach));
                    restores(&bench, &format!("{reach:?}, {delays:?}, {active:?}, {moves:?}"));
                }
            }
        }
    }
}

/// With preempt that undoes a commanded move no group can be gathered while it is there.
#[test]
fn preempt_that_undoes_a_move_is_a_reason_to_remove_it() {
    let mut spec = spec([Some(20), Some(20)]);
    spec.preempt_after_move = PreemptAfterMove::Returns;
    let waits = Bench::staged(spec.clone(), &Policy::default());
    let Outcome::Halted(halt) = waits.run(Records::default(), &mut Forgetful) else { panic!("completed") };
    assert_eq!(halt.code, "undone");
    assert!(halt.safe.contains("a new plan, which can remove preempt for its time"), "{}", halt.safe);
    restores(&Bench::staged(spec, &policy()), "removed");
}

/// A twin of 7.0, whose units have neither `verify` nor `failover exec`.
fn two_hops(moves: PreemptAfterMove) -> Bench {
    let mut spec = Spec::active_active("ASA5520", v("7.0(8)"))
        .with_staged(v("7.1(2)"))
        .with_staged(v("7.2(5)"))
        .with_preempt(ONE, 45)
        .with_preempt(TWO, 0);
    spec.preempt_after_move = moves;
    let goal = Goal::new(v("7.2(5)"))
        .with_image(image(&spec, v("7.1(2)")))
        .with_image(image(&spec, v("7.2(5)")))
        .with_accepted("image.hash.unavailable");
    Bench::new(spec, &goal, &policy())
}

/// Between two hops it is there for the time of a save, so that the startup configuration never lacks it.
#[test]
fn each_hop_removes_and_restores_it() {
    let bench = two_hops(PreemptAfterMove::Stays);
    assert_eq!(
        configured(&bench.pair.borrow()),
        {
            let text = "failover group 1\n  preempt 45\nfailover group 2\n  secondary\n  preempt\n";
            everywhere(text)
        },
        "what the other tests compare with"
    );
    restores(&bench, "two hops");
    let count = |line: &str| bench.lines().iter().filter(|(_, typed)| typed == line).count();
    let counts = ["no preempt", "preempt 45", "preempt", "write memory all /noconfirm"].map(count);
    assert_eq!(counts, [4, 2, 2, 3], "{:?}", bench.lines());
    // Where preempt acts on being configured it may move a group in between: that is no harm, and no end.
    let bench = two_hops(PreemptAfterMove::Returns);
    let before = configured(&bench.pair.borrow());
    let outcome = bench.run(Records::default(), &mut Forgetful);
    assert!(matches!(outcome, Outcome::Completed(_)), "{outcome}");
    assert_eq!(configured(&bench.pair.borrow()), before);
    assert!(bench.pair.borrow().report().is_clean());
}

/// Where nothing is to be removed nothing is typed for it.
#[test]
fn a_pair_without_preempt_is_upgraded_as_ever() {
    let standby = Spec::active_standby("ASA5525", v("9.8(4)"));
    for spec in [standby, spec([None, None])] {
        let plans = [Policy::default(), policy()].map(|policy| Bench::staged(spec.clone(), &policy));
        let [waits, removes] = plans.each_ref().map(|bench| bench.plan.lines());
        assert_eq!(waits, removes);
        restores(&plans[1], "nothing to remove");
    }
}

/// The plan shows each line, what it guards, and what a change board should know.
#[test]
fn the_plan_shows_what_is_removed_and_restored() {
    let plan = bench().plan;
    let lines: Vec<String> = plan
        .steps()
        .iter()
        .filter(|step| step.phase == Phase::Preempt)
        .map(|step| format!("{} {}: {}", step.unit.unwrap(), step.command.as_ref().unwrap(), step.expect))
        .collect();
    let removed = |group: u8, line: &str| {
        [
            format!("Primary failover group {group}: the settings of the group"),
            format!(
                "Primary no preempt: no answer; read back on both units: group {group} has no {line} any more, so that it stays where it is put; the startup configuration keeps it"
            ),
        ]
    };
    let restored = |group: u8, line: &str| {
        [
            format!("Primary failover group {group}: the settings of the group"),
            format!(
                "Primary {line}: no answer; read back on both units: group {group} has {line} again, before anything is saved"
            ),
        ]
    };
    let expected =
        [removed(1, "preempt 45"), removed(2, "preempt"), restored(1, "preempt 45"), restored(2, "preempt")];
    assert_eq!(lines, expected.concat());
    assert!(plan.steps().iter().filter(|step| step.phase == Phase::Preempt).all(|step| step.changes));
    let text = plan.to_markdown();
    for told in [
        "preempt of group 2, to Secondary after 0 s, is removed by the plan and restored",
        "group 1 prefers Primary: its preempt 45 is removed while units reboot, and restored with every save",
        "a plan made anew does not: restore it by hand first",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
    assert!(!text.contains("between two hops"), "{text}");
    assert!(
        two_hops(PreemptAfterMove::Stays).plan.to_markdown().contains("between two hops preempt is there")
    );
    // It is read back by planning again, with the policy.
    let again = Plan::from_json(&plan.to_json(), Compat::bundled()).unwrap();
    assert_eq!((again.id(), again.policy().preempt), (plan.id(), Preempt::Remove));
}

/// From each pause the way back knows what is removed, and restores it.
#[test]
fn a_way_back_restores_it_too() {
    for hop in [1, 2] {
        for pause in [Pause::BeforeSwitch, Pause::BeforeSecondReload] {
            let bench = two_hops(PreemptAfterMove::Stays);
            let back = bench.plan.way_back(hop, pause).unwrap();
            assert_eq!(back.brief().removed, [(ONE, 45), (TWO, 0)].into());
            let rehearsal = rehearse(&back, 3, &[], &mut Unattended).unwrap();
            let Outcome::Completed(report) = &rehearsal.outcome else { panic!("{}", rehearsal.outcome) };
            assert!(
                !report.differences.iter().any(|text| text.contains("preempt")),
                "{:?}",
                report.differences
            );
            assert_eq!(rehearsal.lines, back.lines());
            assert!(rehearsal.oracle.is_clean(), "{}", rehearsal.oracle);
            let mut removed = vec![(Role::Primary, "failover group 1".to_owned())];
            removed.push((Role::Primary, "no preempt".to_owned()));
            removed.push((Role::Primary, "failover group 2".to_owned()));
            removed.push((Role::Primary, "no preempt".to_owned()));
            removed.extend(rehearsal.lines);
            never_saved_without(&removed, &format!("hop {hop}, {pause:?}"));
        }
    }
}

/// Where it could not be restored, or would be in the way, there is no plan.
#[test]
fn what_cannot_be_removed_and_restored_is_refused() {
    let refused = |policy: &Policy, change: fn(&mut twin::Pair)| {
        let spec = spec([None, Some(60)]).with_staged(v("9.8(4)48"));
        let goal = Goal::new(v("9.8(4)48")).with_image(image(&spec, v("9.8(4)48")));
        let pair = Rc::new(RefCell::new(twin::Pair::new(spec, 1)));
        change(&mut pair.borrow_mut());
        let facts = read(&pair, policy.reach);
        let refusal = plan(&facts, &goal, Compat::bundled(), policy).unwrap_err();
        let blocking: Vec<_> =
            refusal.blocking().map(|finding| (finding.id.clone(), finding.text.clone())).collect();
        blocking
    };
    let of = |text: &str| vec![("policy.preempt".to_owned(), text.to_owned())];
    let published = policy().with_procedure(Procedure::Published);
    assert_eq!(
        refused(&published, |_| ()),
        of(
            "preempt is to be removed, but the published procedure types reload on a unit, which asks to save the configuration without it; choose the hardened procedure, or let preempt stay"
        )
    );
    let alone = |pair: &mut twin::Pair| {
        let lines = ["configure terminal", "failover group 2", "no preempt", "end"];
        typed_at(pair, twin::Address::Standby, &lines);
    };
    for policy in [policy(), Policy::default()] {
        let text = "the units do not show the same preempt, so that nobody knows what moves a group: make them alike first";
        assert_eq!(refused(&policy, alone), [("failover.preempt".to_owned(), text.to_owned())]);
    }
}
