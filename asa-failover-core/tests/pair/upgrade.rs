//! Fault-free upgrades on the simulated pair: every one completes, does what its plan says, and
//! nothing else.

use crate::pairs::{URL, WAYS, fetching, goal, image, policy, upgrade, v};
use asa_failover_core::goal::{Goal, Pause, Policy};
use asa_failover_core::plan::Plan;
use asa_failover_core::rehearse::Rehearsal;
use asa_failover_core::run::Outcome;
use asa_failover_core::twin::{Spec, What};
use asa_failover_core::unit::{GroupId, Role};

/// Completed, clean by the oracle's word, one reboot a unit and hop, and the lines are the plan's.
#[track_caller]
fn flawless(plan: &Plan, rehearsal: &Rehearsal, hops: u32) {
    assert!(
        matches!(rehearsal.outcome, Outcome::Completed(_)),
        "{}\n{}",
        plan.to_markdown(),
        rehearsal.outcome
    );
    assert!(rehearsal.oracle.is_clean(), "{}", rehearsal.oracle);
    assert_eq!(rehearsal.oracle.reboots, [hops, hops]);
    assert_eq!(rehearsal.lines, plan.lines());
    let stops = &plan.brief().stops;
    let names = stops.iter().rev().take(2).map(|stop| stop.image.file.name().to_owned());
    let want: Vec<String> = names.collect();
    for role in Role::BOTH {
        let saved = rehearsal.history.iter().rev().find_map(|happening| match &happening.what {
            What::Saved { boot } if happening.role == role => Some(boot),
            _ => None,
        });
        assert_eq!(saved, Some(&want), "{role} boots the new image first and the old one second");
    }
}

#[test]
fn active_standby_in_every_way() {
    for way in WAYS {
        for active in Role::BOTH {
            for seed in 0..4 {
                let spec = Spec::active_standby("ASA5525", v("9.8(4)"))
                    .with_staged(v("9.8(4)48"))
                    .with_active(GroupId::UNIT, active);
                let goal = goal(&spec);
                let (plan, rehearsal) = upgrade(spec, seed, &goal, &policy(way));
                flawless(&plan, &rehearsal, 1);
                let gaps: Vec<u128> =
                    rehearsal.oracle.gaps.iter().map(|gap| gap.length.as_millis()).collect();
                println!(
                    "{way:?}, {active} active, seed {seed}: not forwarded for {gaps:?} ms at the switches"
                );
                assert_eq!(gaps.len(), 2, "one switch over and one back");
            }
        }
    }
}

#[test]
fn active_active_in_every_way() {
    for way in WAYS {
        for homes in [
            [Role::Primary, Role::Secondary],
            [Role::Secondary, Role::Secondary],
            [Role::Primary, Role::Primary],
        ] {
            for preempt in [None, Some(0), Some(60)] {
                let [first, second] = homes;
                let mut spec = Spec::active_active("ASA5525", v("9.8(4)"))
                    .with_staged(v("9.8(4)48"))
                    .with_active(GroupId::new(1), first)
                    .with_active(GroupId::new(2), second);
                if let Some(delay) = preempt {
                    spec = spec.with_preempt(GroupId::new(2), delay);
                }
                let goal = goal(&spec);
                let (plan, rehearsal) = upgrade(spec, 7, &goal, &policy(way));
                println!("{way:?}, groups on {homes:?}, preempt {preempt:?}: {}", rehearsal.oracle);
                flawless(&plan, &rehearsal, 1);
            }
        }
    }
}

/// The founding text's own example. That era has no `failover exec` and no `verify`.
#[test]
fn two_hops_from_7_0_to_7_2() {
    let spec = Spec::active_standby("ASA5520", v("7.0(8)")).with_staged(v("7.1(2)")).with_staged(v("7.2(5)"));
    let goal = Goal::new(v("7.2(5)"))
        .with_image(image(&spec, v("7.1(2)")))
        .with_image(image(&spec, v("7.2(5)")))
        .with_accepted("image.hash.unavailable");
    let (plan, rehearsal) = upgrade(spec, 1, &goal, &Policy::default());
    flawless(&plan, &rehearsal, 2);
    assert_eq!(plan.verdict().stops().collect::<Vec<_>>(), [v("7.1(2)")]);
}

/// Each unit fetches the image itself, the mate through `failover exec mate`.
#[test]
fn images_are_fetched_by_the_units() {
    for way in WAYS {
        let (spec, goal) = fetching();
        let (plan, rehearsal) = upgrade(spec, 3, &goal, &policy(way));
        flawless(&plan, &rehearsal, 1);
        let copies: Vec<&str> = plan
            .steps()
            .iter()
            .filter_map(|step| step.typed.as_deref())
            .filter(|typed| typed.contains("copy"))
            .collect();
        assert_eq!(
            copies,
            [
                format!("copy /noconfirm {URL} disk0:/asa984-48-smp-k8.bin"),
                format!("failover exec mate copy /noconfirm {URL} disk0:/asa984-48-smp-k8.bin")
            ]
        );
    }
}

/// A pair found half upgraded is finished from where it is.
#[test]
fn a_half_upgraded_pair_is_finished() {
    for ahead in Role::BOTH {
        for active in Role::BOTH {
            let mut spec = Spec::active_standby("ASA5525", v("9.8(4)"))
                .with_staged(v("9.8(4)48"))
                .with_active(GroupId::UNIT, active);
            let file = spec.image(v("9.8(4)48"));
            for role in Role::BOTH {
                let unit = spec.unit_mut(role);
                unit.running_boot.insert(0, file.name.clone());
                unit.startup_boot.insert(0, file.name.clone());
            }
            let unit = spec.unit_mut(ahead);
            unit.version = v("9.8(4)48");
            unit.image.clone_from(&file.name);
            let goal = goal(&spec);
            let (plan, rehearsal) = upgrade(spec, 1, &goal, &Policy::default());
            assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
            assert!(rehearsal.oracle.is_clean(), "{}", rehearsal.oracle);
            assert_eq!(rehearsal.lines, plan.lines());
            let reboots = if ahead == Role::Primary { [0, 1] } else { [1, 0] };
            assert_eq!(rehearsal.oracle.reboots, reboots);
        }
    }
}

/// Another owner in the end is a switch that is left out.
#[test]
fn an_owner_may_be_named() {
    let spec = Spec::active_standby("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"));
    let goal = Goal::new(v("9.8(4)48"))
        .with_image(image(&spec, v("9.8(4)48")))
        .with_owner(GroupId::UNIT, Role::Secondary);
    let (plan, rehearsal) = upgrade(spec, 1, &goal, &Policy::default());
    flawless(&plan, &rehearsal, 1);
    assert_eq!(rehearsal.oracle.gaps.len(), 1);
}

#[test]
fn pauses_stand_in_the_plan() {
    let spec = Spec::active_standby("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"));
    let goal = goal(&spec);
    let policy = Policy::default().with_pause(Pause::BeforeSwitch).with_pause(Pause::BeforeSecondReload);
    let (plan, rehearsal) = upgrade(spec, 1, &goal, &policy);
    flawless(&plan, &rehearsal, 1);
    let pauses = plan.steps().iter().filter(|step| step.expect.starts_with("the operator says go")).count();
    assert_eq!(pauses, 2);
}
