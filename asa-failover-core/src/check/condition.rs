//! The conditions of a verdict against the facts of the pair: met by one, or left to be accepted.

use super::Findings;
use crate::compat::{Condition, Fact, Guideline, GuidelineKind, Verdict};
use crate::pair::{Pair, Unit};

pub(super) fn check(pair: &Pair, verdict: &Verdict, findings: &mut Findings<'_>) {
    for condition in &verdict.conditions {
        let command = condition.command.as_deref();
        match condition.fact.map(|fact| shown(pair, fact)) {
            Some(Ok(shown)) => {
                findings.note(
                    "version.condition",
                    None,
                    format!("{} is met: {shown}", condition.id),
                    command,
                );
            }
            Some(Err(shown)) => findings.condition(&condition.id, None, text(condition, &shown), command),
            None => {
                let shown = match command {
                    Some(_) => "this library does not read that output, so look and accept the id",
                    None => "nothing on a unit shows it, so accept the id",
                };
                findings.condition(&condition.id, None, text(condition, shown), command);
            }
        }
    }
    for guideline in verdict.guidelines.iter().filter(|guideline| is_said(guideline)) {
        let Guideline { text, action, basis, .. } = guideline.as_ref();
        let separator = if action.is_empty() { "" } else { "; " };
        findings.note("version.note", None, format!("{text}{separator}{action} (basis: {basis})"), None);
    }
}

/// Notes on the releases of this way; those that hold for every upgrade are for a reader of the tables.
fn is_said(guideline: &Guideline) -> bool {
    guideline.kind == GuidelineKind::Note && !guideline.general
}

fn text(condition: &Condition, shown: &str) -> String {
    let Condition { text, action, basis, .. } = condition;
    format!("{text}; {action}; {shown} (basis: {basis})")
}

/// What the units show of a fact: `Ok` where it is met by both, `Err` with what is in the way.
fn shown(pair: &Pair, fact: Fact) -> Result<String, String> {
    let each = |met: &dyn Fn(&Unit) -> Result<String, String>| {
        let shown: Vec<String> = pair
            .units()
            .map(|unit| met(unit).map(|is| format!("{} {is}", unit.role)))
            .collect::<Result<_, _>>()?;
        Ok(shown.join(", "))
    };
    match fact {
        Fact::RamMib { least, below } => each(&|unit| match unit.version.value.ram_mb {
            Some(ram) if (u64::from(least)..below.map_or(u64::MAX, u64::from)).contains(&ram) => {
                Ok(format!("has {ram} MB"))
            }
            Some(ram) => Err(format!("{} has {ram} MB", unit.role)),
            None => Err(format!("{} does not show its memory", unit.role)),
        }),
        Fact::UptimeDays(limit) => each(&|unit| match unit.version.value.uptime_range() {
            Some((_, most)) if most < u64::from(limit) * DAY => {
                Ok(format!("is up for less than {limit} days"))
            }
            Some(_) => Err(format!("{} may be up for {limit} days or more", unit.role)),
            None => Err(format!("{} does not show its uptime", unit.role)),
        }),
    }
}

const DAY: u64 = 24 * 60 * 60;
