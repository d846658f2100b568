//! The way to the target: the verdict, its conditions, and whether this platform can be driven.

use super::flash::image_of;
use super::{Findings, condition};
use crate::compat::RuleSet;
use crate::compat::{AsdmFit, Basis, BootProcedure, Compat, Driven, Verdict, VerdictKind};
use crate::decide::has_failover_exec;
use crate::goal::{Goal, Policy, Procedure};
use crate::link::Reach;
use crate::pair::{Pair, Unit};
use crate::show::{Product, Side};
use crate::unit::{Role, Standing};
use crate::version::AsaVersion;

const VERSION: Option<&str> = Some("show version");

/// What `show version` calls the hardware.
pub(super) fn model_name(pair: &Pair) -> Option<&str> {
    pair.primary.version.value.hardware.as_deref()
}

fn versions(pair: &Pair) -> Option<(AsaVersion, AsaVersion)> {
    let of = |role| pair.unit(role).version.value.version.value().copied();
    let (primary, secondary) = (of(Role::Primary)?, of(Role::Secondary)?);
    Some((primary.min(secondary), primary.max(secondary)))
}

/// The verdict for this pair; a pair found half upgraded is judged from its older release over its newer one.
fn verdict(pair: &Pair, goal: &Goal, compat: &Compat) -> Option<Verdict> {
    let (low, high) = versions(pair)?;
    let stops: Vec<AsaVersion> = if high > low && high < goal.target && !goal.stops.contains(&high) {
        std::iter::once(high).chain(goal.stops.iter().copied()).collect()
    } else {
        goal.stops.clone()
    };
    let stops: Vec<AsaVersion> = stops.into_iter().filter(|stop| *stop > low).collect();
    Some(if stops.is_empty() {
        compat.between(low, goal.target, model_name(pair), RuleSet::Auto)
    } else {
        compat.between_over(low, goal.target, &stops, model_name(pair), RuleSet::Auto)
    })
}

/// What an upgrade would have seen to as well, on a pair that runs the target.
fn left_to_do(pair: &Pair, goal: &Goal) -> Vec<String> {
    let mut left = Vec::new();
    for (group, owner) in &goal.owners {
        let is_active =
            |unit: &&Unit| unit.failover.value.standing(Side::This, *group) == Some(&Standing::Active);
        if let Some(active) = pair.units().find(is_active).filter(|unit| unit.role != *owner) {
            left.push(format!("{group} is active on {} and wanted on {owner}", active.role));
        }
    }
    let file = image_of(goal, goal.target).map(|image| image.file.to_string());
    for unit in pair.units() {
        let first = unit.startup_boot.as_ref().and_then(|boot| boot.system.first());
        if let (Some(file), Some(first)) = (&file, first)
            && file != first
        {
            left.push(format!("the startup configuration of {} boots {first} first", unit.role));
        }
    }
    left
}

pub(super) fn check(
    pair: &Pair,
    goal: &Goal,
    compat: &Compat,
    policy: &Policy,
    findings: &mut Findings<'_>,
) -> Option<Verdict> {
    product(pair, findings);
    let Some((low, high)) = versions(pair) else {
        for unit in pair.units().filter(|unit| unit.version.value.version.value().is_none()) {
            let text = format!("the release {:?} is not understood", unit.version.value.version.as_str());
            findings.block("version.unknown", Some(unit.role), text, VERSION);
        }
        return None;
    };
    if high == goal.target && low == goal.target {
        let left = left_to_do(pair, goal);
        let rest = if left.is_empty() {
            "there is nothing to do".to_owned()
        } else {
            format!("there is nothing to upgrade, but {}", left.join(", and "))
        };
        let text = format!("both units run {} already; {rest}", goal.target);
        findings.block("target.same", None, text, VERSION);
    }
    for stop in goal.stops.iter().filter(|stop| **stop <= low) {
        let text = format!("the stop {stop} lies behind: the pair runs {low}");
        findings.warn("goal.stop", None, text, VERSION);
    }
    let verdict = verdict(pair, goal, compat)?;
    kind(&verdict, findings);
    if low != high {
        half_upgraded(low, high, &verdict, findings);
    }
    condition::check(pair, &verdict, findings);
    for note in &verdict.notes {
        findings.note("version.note", None, note.clone(), None);
    }
    platform(pair, low, compat, findings);
    asdm(pair, goal, compat, findings);
    reach(low, policy, findings);
    Some(verdict)
}

/// The units run software of which this library knows how it is upgraded.
fn product(pair: &Pair, findings: &mut Findings<'_>) {
    for unit in pair.units() {
        let text = match unit.version.value.product {
            Product::Asa | Product::Pix => continue,
            Product::Ftd => {
                "runs Firepower Threat Defense, which is upgraded by its manager; use that manager's own procedure"
            }
            Product::Fwsm => "is a Firewall Services Module, whose upgrade is not modelled",
        };
        findings.block("platform.product", Some(unit.role), text, VERSION);
    }
}

fn kind(verdict: &Verdict, findings: &mut Findings<'_>) {
    match &verdict.kind {
        VerdictKind::Hitless(_) | VerdictKind::NeedsStops => {
            findings.note("version.verdict", None, verdict.to_string(), None);
        }
        // Named by `target.same`, with what both units run.
        VerdictKind::Same => {}
        // A platform that drops every connection at each switch may still be upgraded, by whoever accepts it.
        VerdictKind::NotHitless(_)
            if verdict
                .path
                .iter()
                .filter_map(|hop| hop.interrupts.as_ref())
                .all(|why| why.id == "failover.stateless") =>
        {
            findings.condition("failover.stateless", None, verdict.to_string(), None);
        }
        VerdictKind::Downgrade(_) => {
            let text = format!("{verdict}; no plan goes back, whether a rule covers it or not");
            findings.block("version.verdict", None, text, None);
        }
        _ => findings.block("version.verdict", None, verdict.to_string(), None),
    }
    if verdict.path.iter().any(|hop| hop.basis == Basis::Memory) {
        findings.block("version.basis", None, "a hop of the way rests on memory alone", None);
    }
}

fn half_upgraded(low: AsaVersion, high: AsaVersion, verdict: &Verdict, findings: &mut Findings<'_>) {
    if verdict.path.first().is_some_and(|hop| hop.to == high) {
        findings.warn(
            "version.half",
            None,
            format!("the pair is half upgraded, {low} and {high}; the plan goes on from there"),
            VERSION,
        );
    } else {
        let text = format!("the units run {low} and {high}, and {high} is no stop on the way to the target");
        findings.block("version.half", None, text, VERSION);
    }
}

/// Whether the boot procedure of the platform is one that a plan can drive.
fn platform(pair: &Pair, low: AsaVersion, compat: &Compat, findings: &mut Findings<'_>) {
    let Some(name) = model_name(pair) else {
        findings.block("platform.model", None, "show version names no hardware", VERSION);
        return;
    };
    let Some(model) = compat.model(name) else {
        findings.block("platform.model", None, format!("the model {name} is not in the tables"), VERSION);
        return;
    };
    let text = match (model.boot, model.driven(low)) {
        (BootProcedure::BootList, Driven::Yes) => return,
        (BootProcedure::BootList, Driven::Depends(why)) => {
            let text = format!("whether a plan can drive {name} depends on where it runs: {why}");
            findings.condition("platform.boot-mode", None, text, VERSION);
            return;
        }
        (BootProcedure::SingleBootEntry, _) => format!(
            "{name} keeps a single boot system entry that unpacks a bundle, which is not driven yet; follow the manual procedure \"Upgrade an Active/Standby Failover Pair\" of the Cisco ASA Upgrade Guide"
        ),
        (BootProcedure::Chassis, _) => format!(
            "{name} is upgraded by its chassis (FXOS), which is not driven yet; follow the manual procedure \"Upgrade the Firepower 4100/9300\" or \"Firepower 2100 in Platform Mode\" of the Cisco ASA Upgrade Guide"
        ),
        _ => format!("how {name} is told what to boot is not known"),
    };
    findings.block("platform.boot-procedure", None, text, VERSION);
}

/// Whether the ASDM that is there still manages the target. It never stands in the way of an upgrade.
fn asdm(pair: &Pair, goal: &Goal, compat: &Compat, findings: &mut Findings<'_>) {
    for unit in pair.units() {
        let Some(present) = unit.version.value.asdm.as_ref().and_then(|asdm| asdm.value().copied()) else {
            continue;
        };
        let answer = compat.asdm(goal.target, Some(present));
        match answer.fit {
            Some(AsdmFit::TooOld) => findings.warn("asdm.fit", Some(unit.role), answer.to_string(), VERSION),
            Some(AsdmFit::Unknown) => findings.note("asdm.fit", Some(unit.role), answer.to_string(), VERSION),
            _ => {}
        }
    }
}

/// Seconds between two looks within which no unit restarts and is ready again: half of what the fastest takes,
/// of whose boots no document tells.
const MOST_POLL_S: u64 = 60;

/// Whether the addresses suffice for the procedure, the release and the looks.
fn reach(low: AsaVersion, policy: &Policy, findings: &mut Findings<'_>) {
    if policy.reach == Reach::BothAddresses {
        return;
    }
    if !has_failover_exec(low) {
        let text = format!(
            "{low} has no failover exec (8.0 and later), so the address of the standby unit is needed too"
        );
        findings.block("reach.failover-exec", None, text, VERSION);
    }
    if policy.procedure == Procedure::Published {
        let text = "the published procedure reloads a unit from its own session, so the address of the standby unit is needed too";
        findings.block("reach.published", None, text, None);
    }
    if policy.poll_s > MOST_POLL_S {
        let text = format!(
            "the standby unit is read through its mate, so that its restart shows in these looks alone; poll_s is {}, at most {MOST_POLL_S} is shorter than any restart",
            policy.poll_s
        );
        findings.block("reach.polls", None, text, None);
    }
}
