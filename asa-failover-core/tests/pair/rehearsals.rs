//! What a rehearsal is asked: a fault that cannot befall the pair is refused, and one that did nothing is named.

use std::time::Duration;

use crate::pairs::{plan_of, v};
use asa_failover_core::drive::Unattended;
use asa_failover_core::goal::{Pause, Policy};
use asa_failover_core::rehearse::{RehearsalError, rehearse, rehearse_with};
use asa_failover_core::run::Outcome;
use asa_failover_core::twin::{Fault, FaultError, FaultKind, Settings, SettingsError, Spec, When};
use asa_failover_core::unit::Role;

#[test]
fn what_the_pair_has_not_is_refused_by_its_place() {
    let plan =
        plan_of(Spec::active_standby("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48")), &Policy::default());
    let faults = [
        (When::At(Duration::ZERO), Fault::Modified(Role::Primary)),
        (When::At(Duration::ZERO), Fault::ModuleDown(Role::Primary)),
    ];
    let why = rehearse(&plan, 1, &faults, &mut Unattended).unwrap_err();
    assert_eq!(why, RehearsalError::Fault { at: 1, why: FaultError::Module });
    assert_eq!(why.to_string(), "faults[1]: the pair has no service module");
    // Settings come first: a fault may need what they give.
    let with = |json: &str| {
        let settings: Settings = serde_json::from_str(json).unwrap();
        rehearse_with(&plan, plan.pair(), &settings, 1, &faults, &mut Unattended)
    };
    assert!(with(r#"{"module": "SFR5525"}"#).is_ok());
    let why = with(r#"{"unmonitored": ["dmz"]}"#).unwrap_err();
    assert_eq!(why, RehearsalError::Settings(SettingsError::Interface("dmz".to_owned())));
}

/// On the way back as well, whose faults count from where it turns round.
#[test]
fn faults_that_did_nothing_are_named() {
    let plan =
        plan_of(Spec::active_standby("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48")), &Policy::default());
    let back = plan.way_back(1, Pause::BeforeSwitch).unwrap();
    let faults = [
        (When::typed("write erase"), Fault::Crash(Role::Primary)),
        (When::typed("write erase"), Fault::Modified(Role::Secondary)),
        (When::At(Duration::ZERO), Fault::Modified(Role::Primary)),
    ];
    for plan in [&plan, &back] {
        let rehearsal = rehearse(plan, 1, &faults, &mut Unattended).unwrap();
        assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
        assert_eq!(rehearsal.unstruck, [FaultKind::Crash], "one of its kind struck");
        assert_eq!(rehearse(plan, 1, &[], &mut Unattended).unwrap().unstruck, []);
    }
}
