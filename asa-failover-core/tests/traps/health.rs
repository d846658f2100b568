//! An interface or a service module that fails on the way: the run waits for it, halts, and names it.

use std::time::Duration;

use asa_failover_core::goal::{OnDrift, Policy};
use asa_failover_core::rehearse::Rehearsal;
use asa_failover_core::run::Outcome;
use asa_failover_core::twin::{Fault, InterfaceFault, Spec, When};
use asa_failover_core::unit::{Role, Standing};

use super::pairs::upgrade;
use super::{goal, procedures, staged};

fn rehearsed(mut spec: Spec, policy: &Policy, faults: &[(When, Fault)]) -> Rehearsal {
    spec.faults.extend(faults.iter().cloned());
    let goal = goal(&spec);
    let (_, rehearsal) = upgrade(spec, 5, &goal, policy);
    assert!(rehearsal.judgement.is_innocent(), "{}: {}", rehearsal.outcome, rehearsal.judgement);
    assert!(rehearsal.oracle.is_blameless(), "{}: {}", rehearsal.outcome, rehearsal.oracle);
    rehearsal
}

fn down(role: Role, name: &str, how: InterfaceFault) -> Fault {
    Fault::InterfaceDown(role, name.to_owned(), how)
}

fn up(role: Role, name: &str) -> Fault {
    Fault::InterfaceUp(role, name.to_owned())
}

fn returned(after: u64) -> When {
    When::Stands {
        role: Role::Secondary,
        standing: Standing::StandbyReady,
        nth: 1,
        after: Duration::from_secs(after),
    }
}

#[track_caller]
fn halted(rehearsal: &Rehearsal) -> (String, String) {
    let Outcome::Halted(halt) = &rehearsal.outcome else { panic!("{}", rehearsal.outcome) };
    (halt.code.clone(), halt.reason.to_string())
}

/// A unit that came back without one of its links gets no traffic, whichever way the link is lost.
#[test]
fn a_unit_that_came_back_without_a_link_is_not_switched_to() {
    for policy in procedures() {
        for how in [InterfaceFault::NoLink, InterfaceFault::NoTraffic, InterfaceFault::ShutDown] {
            let fault = (returned(1), down(Role::Secondary, "inside", how));
            let rehearsal = rehearsed(staged(), &policy, &[fault]);
            let (code, reason) = halted(&rehearsal);
            assert_eq!(code, "deadline", "{how:?}: {reason}");
            assert!(reason.contains("Secondary"), "{how:?}: {reason}");
            assert_eq!((rehearsal.oracle.reboots, rehearsal.oracle.gaps.len()), ([0, 1], 0), "{how:?}");
        }
    }
}

/// An interface that nobody monitors fails no unit. It was well when the plan was made, and is not now.
#[test]
fn an_interface_that_nobody_monitors_is_missed_as_well() {
    let mut spec = staged();
    spec.interfaces[1].monitored = false;
    let fault = (returned(1), down(Role::Secondary, "inside", InterfaceFault::NoLink));
    let rehearsal = rehearsed(spec, &Policy::default(), &[fault]);
    let (code, reason) = halted(&rehearsal);
    assert_eq!(code, "deadline", "{reason}");
    assert!(reason.contains("interface inside of Secondary was Normal and is not now"), "{reason}");
    assert_eq!((rehearsal.oracle.reboots, rehearsal.oracle.gaps.len()), ([0, 1], 0));
}

#[test]
fn a_link_that_is_mended_in_time_is_waited_for() {
    for policy in procedures() {
        let lost = (returned(1), down(Role::Secondary, "inside", InterfaceFault::NoLink));
        let rehearsal = rehearsed(staged(), &policy, &[lost, (returned(90), up(Role::Secondary, "inside"))]);
        assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
        assert_eq!(rehearsal.oracle.reboots, [1, 1]);
    }
}

/// The active unit gives way to its mate by itself, and has failed until its link is mended. Then that is a
/// drift, which is the operator's to judge, or one that the plan adapts to.
#[test]
fn an_active_unit_that_gives_way_by_itself_is_a_drift() {
    let faults = |mends: bool| {
        let lost = (returned(20), down(Role::Primary, "outside", InterfaceFault::NoLink));
        let mended = (returned(60), up(Role::Primary, "outside"));
        [Some(lost), mends.then_some(mended)].into_iter().flatten().collect::<Vec<_>>()
    };
    let rehearsal = rehearsed(staged(), &Policy::default(), &faults(false));
    let (code, reason) = halted(&rehearsal);
    assert_eq!(code, "deadline", "{reason}");
    assert!(reason.ends_with(": Primary is Failed for the pair"), "{reason}");
    assert_eq!(rehearsal.oracle.reboots, [0, 1], "a mate that has failed is not reloaded");
    let rehearsal = rehearsed(staged(), &Policy::default(), &faults(true));
    let (code, reason) = halted(&rehearsal);
    assert_eq!((code.as_str(), reason.contains("moved to Secondary")), ("moved-unasked", true), "{reason}");
    let adapting = Policy::default().with_on_drift(OnDrift::Adapt);
    let rehearsal = rehearsed(staged(), &adapting, &faults(true));
    assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
}

#[test]
fn a_service_module_that_does_not_answer_is_missed() {
    let mut spec = staged();
    spec.module = Some("SFR5525".to_owned());
    let dies = (When::typed("failover reload-standby"), Fault::ModuleDown(Role::Secondary));
    let rehearsal = rehearsed(spec.clone(), &Policy::default(), std::slice::from_ref(&dies));
    let (code, reason) = halted(&rehearsal);
    assert_eq!((code.as_str(), rehearsal.oracle.gaps.len()), ("deadline", 0), "{reason}");
    assert!(reason.contains("Secondary"), "{reason}");
    let starts = (returned(30), Fault::ModuleUp(Role::Secondary));
    let rehearsal = rehearsed(spec, &Policy::default(), &[dies, starts]);
    assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
}
