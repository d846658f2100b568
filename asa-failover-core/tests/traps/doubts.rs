//! What Cisco's texts leave open: a plan ends well under every reading of it.

use asa_failover_core::run::Outcome;
use asa_failover_core::twin::{Doubt, Fault, Loss, Spec, When};
use asa_failover_core::unit::{Role, Standing};

use super::pairs::{upgrade, v};
use super::{goal, procedures, staged};

#[test]
fn every_reading_ends_right_in_both_topologies() {
    let with_groups = Spec::active_active("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"));
    for doubt in Doubt::READINGS {
        for (policy, spec) in procedures().into_iter().zip([staged(), with_groups.clone()]) {
            let spec = spec.with_doubt(*doubt);
            let goal = goal(&spec);
            let (plan, rehearsal) = upgrade(spec, 5, &goal, &policy);
            let said = format!("{doubt:?}: {}", rehearsal.outcome);
            assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{said}");
            assert!(rehearsal.judgement.is_innocent(), "{said}: {}", rehearsal.judgement);
            assert_eq!(rehearsal.lines, plan.lines(), "{said}");
        }
    }
}

/// Where the question comes up at all: each reading is met by the fault that raises it.
#[test]
fn every_reading_is_met_without_harm_where_its_question_comes_up() {
    let ready = || When::stands(Role::Secondary, Standing::StandbyReady);
    let console = |role, line: &str| Fault::Console(role, line.to_owned());
    let raised = |doubt: &Doubt| match doubt {
        Doubt::RoleWhenNotReady(_) => {
            (When::typed("no failover active"), console(Role::Primary, "write standby"))
        }
        Doubt::AlreadyThere(_) => {
            (When::typed("no failover active"), Fault::LoseReply(Role::Primary, Loss::After))
        }
        Doubt::ReloadStandbyOnOwner(_) => {
            (When::typed("failover reload-standby"), console(Role::Secondary, "failover active"))
        }
        Doubt::ReloadNoconfirm(_) => (ready(), console(Role::Secondary, "reload noconfirm")),
        Doubt::LinkLoss(_) => (ready(), Fault::FailoverLinkDown),
        Doubt::AfterMismatch(_) => (
            When::typed("failover reload-standby"),
            Fault::Mismatched(Role::Secondary, asa_failover_core::twin::Mismatch::Version),
        ),
        Doubt::DeleteReplicates(_) => {
            (ready(), console(Role::Primary, "delete /noconfirm disk0:/asa984-smp-k8.bin"))
        }
        Doubt::Wording(_) | Doubt::RefusedAs(_) => {
            (ready(), Fault::AuthorizationFails("show failover".to_owned()))
        }
        _ => (ready(), Fault::Crash(Role::Secondary)),
    };
    for (at, doubt) in Doubt::READINGS.iter().enumerate() {
        let policy = &procedures()[at / 2 % 2];
        let mut spec = staged().with_doubt(*doubt);
        spec.faults.push(raised(doubt));
        let goal = goal(&spec);
        let (_, rehearsal) = upgrade(spec, 5, &goal, policy);
        assert!(
            rehearsal.judgement.is_innocent(),
            "{doubt:?}: {}: {}",
            rehearsal.outcome,
            rehearsal.judgement
        );
    }
}
