//! The zero-fault traps of the published text, from our side: what brings a literal script down (the
//! scripts stand with the simulated pair, `twin::tests::traps`) does not bring the run down.
#![cfg(feature = "twin")]

mod doubts;
mod health;
mod list;
#[path = "../pairs/mod.rs"]
mod pairs;

use std::time::Duration;

use asa_failover_core::decide::Reason;
use asa_failover_core::goal::{Goal, Policy, Procedure};
use asa_failover_core::run::Outcome;
use asa_failover_core::twin::{Cause, Fault, Happening, RoleWhenNotReady, SessionEnd, Spec, What};
use asa_failover_core::unit::{GroupId, Role, Standing};
use pairs::{image, upgrade, v};

fn staged() -> Spec {
    Spec::active_standby("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"))
}

fn goal(spec: &Spec) -> Goal {
    Goal::new(v("9.8(4)48")).with_image(image(spec, v("9.8(4)48")))
}

/// Both procedures: the guards are the same, whatever the commands.
fn procedures() -> [Policy; 2] {
    [Procedure::Hardened, Procedure::Published].map(|procedure| Policy::default().with_procedure(procedure))
}

fn typed(history: &[Happening], line: &str) -> Vec<(Duration, Role)> {
    let is =
        |happening: &&Happening| matches!(&happening.what, What::Typed { line: typed, .. } if typed == line);
    history.iter().filter(is).map(|happening| (happening.at, happening.role)).collect()
}

/// C1 and C2: the display of the mate lags, and Standby Ready comes only after the bulk of the state.
/// The switch waits until the mate itself said so on the new release, whatever a switch that comes
/// too early would do.
#[test]
fn c1_c2_no_switch_to_a_mate_that_is_not_ready() {
    for policy in procedures() {
        for reading in [
            RoleWhenNotReady::AcceptAndDrop,
            RoleWhenNotReady::Ignore,
            RoleWhenNotReady::Refuse,
            RoleWhenNotReady::Confirm,
        ] {
            let mut spec = staged();
            spec.role_when_not_ready = reading;
            // A slow mate: the display stays stale as long as it can, and the state takes its time.
            spec.timings.shutdown = (Duration::from_secs(10), Duration::from_secs(12));
            spec.timings.bulk_sync = Duration::from_secs(240);
            let goal = goal(&spec);
            let (_, rehearsal) = upgrade(spec, 5, &goal, &policy);
            assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
            assert!(rehearsal.oracle.is_clean(), "{}", rehearsal.oracle);
            let ready = |role: Role| {
                rehearsal.history.iter().find(|happening| {
                    happening.role == role
                        && matches!(
                            &happening.what,
                            What::Standing { to: Standing::StandbyReady, cause: Cause::Boot, .. }
                        )
                })
            };
            let ready = ready(Role::Secondary).expect("the mate came back");
            let (switched, _) = typed(&rehearsal.history, "no failover active")[0];
            assert!(
                switched > ready.at + Duration::from_secs(30),
                "switched {switched:?}, ready {:?}",
                ready.at
            );
        }
    }
}

/// C3: a boot entry that is not saved is found in the startup configuration before any reload.
#[test]
fn c3_no_reload_on_an_unsaved_boot_list() {
    for policy in procedures() {
        let mut spec = staged();
        // Somebody put the entries in order already and did not save.
        for role in Role::BOTH {
            spec.unit_mut(role).running_boot.insert(0, "asa984-48-smp-k8.bin".to_owned());
        }
        spec.modified = true;
        let goal = goal(&spec);
        let (_, rehearsal) = upgrade(spec, 5, &goal, &policy);
        assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
        let (saved, _) = typed(&rehearsal.history, "write memory")[0];
        let (reloaded, _) = typed(&rehearsal.history, "failover reload-standby")[0];
        assert!(saved < reloaded);
    }
}

/// C3 with a flash that does not take the save: the run halts before anything reboots.
#[test]
fn c3_a_save_that_fails_on_the_standby_halts_before_any_reload() {
    for unit in Role::BOTH {
        let spec = staged().with_fault(Duration::ZERO, Fault::SaveFails(unit));
        let goal = goal(&spec);
        let (_, rehearsal) = upgrade(spec, 5, &goal, &Policy::default());
        let Outcome::Halted(halt) = &rehearsal.outcome else { panic!("{}", rehearsal.outcome) };
        assert!(
            matches!(&halt.reason, Reason::NoEffect { command, .. } if command == "write memory"),
            "{}",
            halt.reason
        );
        assert_eq!(rehearsal.oracle.reboots, [0, 0]);
        assert!(rehearsal.oracle.is_clean());
    }
}

/// C4: the address moved with the standing. A unit is known by its serial number in each session.
#[test]
fn c4_no_reload_through_an_address_that_moved() {
    for policy in procedures() {
        for end in [SessionEnd::Close, SessionEnd::Hang] {
            let mut spec = staged();
            spec.session_end = end;
            let goal = goal(&spec);
            let (plan, rehearsal) = upgrade(spec, 5, &goal, &policy);
            assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
            assert!(rehearsal.oracle.is_clean(), "{}", rehearsal.oracle);
            assert_eq!(rehearsal.lines, plan.lines());
        }
    }
}

/// C6: preempt moves a group before anyone looks. That is a normal end of the wait, not an endless one.
#[test]
fn c6_preempt_is_not_waited_for_in_vain() {
    for policy in procedures() {
        for delay in [0, 30, 600] {
            let spec = Spec::active_active("ASA5525", v("9.8(4)"))
                .with_staged(v("9.8(4)48"))
                .with_preempt(GroupId::new(2), delay);
            let goal = goal(&spec);
            let (_, rehearsal) = upgrade(spec, 5, &goal, &policy);
            assert!(
                matches!(rehearsal.outcome, Outcome::Completed(_)),
                "preempt {delay}: {}",
                rehearsal.outcome
            );
            assert!(rehearsal.oracle.is_clean(), "{}", rehearsal.oracle);
        }
    }
}
