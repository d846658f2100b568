//! Findings: everything that is wrong with a pair or a goal, all at once, each with its evidence.
//!
//! What may be accepted is accepted by id in the goal; it stays in the list as a warning. What may
//! not be accepted says so.

mod condition;
mod failover;
mod flash;
mod policy;
mod way;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::compat::{Compat, Verdict};
use crate::goal::{Goal, Policy};
use crate::pair::Pair;
use crate::unit::Role;

pub(crate) use flash::{algorithm, booted_file, image_of};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "it blocks, it warns, or it informs")]
pub enum Severity {
    /// There is no plan while this stands.
    Block,
    /// Somebody should know.
    Warn,
    /// For the record.
    Note,
}

/// One finding.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// A stable id: `failover.off`, `image.hash.unavailable`.
    pub id: String,
    /// How much it weighs.
    pub severity: Severity,
    /// The unit it was found on; `None` for the pair or the goal.
    pub unit: Option<Role>,
    /// What was found, what was expected, and what to do.
    pub text: String,
    /// The command whose output shows it.
    pub command: Option<String>,
    /// Whether the goal may accept it by its id.
    pub acceptable: bool,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Block => "BLOCK",
            Severity::Warn => "warn",
            Severity::Note => "note",
        };
        write!(f, "{severity:5} {}: ", self.id)?;
        if let Some(unit) = self.unit {
            write!(f, "{unit}: ")?;
        }
        f.write_str(&self.text)?;
        if let Some(command) = &self.command {
            write!(f, " [{command}]")?;
        }
        if self.acceptable && self.severity == Severity::Block {
            write!(f, " (may be accepted as {})", self.id)?;
        }
        Ok(())
    }
}

/// Everything found, in the order of the checks.
pub(crate) struct Findings<'a> {
    goal: &'a Goal,
    found: Vec<Finding>,
}

impl Findings<'_> {
    fn push(
        &mut self,
        severity: Severity,
        id: &str,
        unit: Option<Role>,
        text: String,
        command: Option<&str>,
        acceptable: bool,
    ) {
        let accepted = acceptable && self.goal.accepted.contains(id);
        self.found.push(Finding {
            id: id.to_owned(),
            severity: if accepted { severity.max(Severity::Warn) } else { severity },
            unit,
            text: if accepted { format!("{text} (accepted)") } else { text },
            command: command.map(str::to_owned),
            acceptable,
        });
    }

    /// There is no plan while this stands.
    pub(crate) fn block(
        &mut self,
        id: &str,
        unit: Option<Role>,
        text: impl Into<String>,
        command: Option<&str>,
    ) {
        self.push(Severity::Block, id, unit, text.into(), command, false);
    }

    /// There is no plan until this is gone or accepted by its id.
    pub(crate) fn condition(
        &mut self,
        id: &str,
        unit: Option<Role>,
        text: impl Into<String>,
        command: Option<&str>,
    ) {
        self.push(Severity::Block, id, unit, text.into(), command, true);
    }

    pub(crate) fn warn(
        &mut self,
        id: &str,
        unit: Option<Role>,
        text: impl Into<String>,
        command: Option<&str>,
    ) {
        self.push(Severity::Warn, id, unit, text.into(), command, false);
    }

    pub(crate) fn note(
        &mut self,
        id: &str,
        unit: Option<Role>,
        text: impl Into<String>,
        command: Option<&str>,
    ) {
        self.push(Severity::Note, id, unit, text.into(), command, false);
    }
}

/// Checks a pair against a goal. Nothing is left out because of an earlier finding.
pub fn check(pair: &Pair, goal: &Goal, compat: &Compat, policy: &Policy) -> Vec<Finding> {
    checked(pair, goal, compat, policy).0
}

/// The findings and the verdict they rest on.
pub(crate) fn checked(
    pair: &Pair,
    goal: &Goal,
    compat: &Compat,
    policy: &Policy,
) -> (Vec<Finding>, Option<Verdict>) {
    let mut findings = Findings { goal, found: Vec::new() };
    policy::figures(policy, &mut findings);
    failover::units(pair, &mut findings);
    failover::state(pair, &mut findings);
    failover::preempt(pair, goal, policy, &mut findings);
    let verdict = way::check(pair, goal, compat, policy, &mut findings);
    if let Some(verdict) = &verdict {
        flash::images(pair, goal, compat, verdict, &mut findings);
    }
    flash::boot(pair, &mut findings);
    unused_acceptances(goal, &mut findings);
    (findings.found, verdict)
}

/// An accepted id that nothing asked for is likely a typing error.
fn unused_acceptances(goal: &Goal, findings: &mut Findings<'_>) {
    for id in &goal.accepted {
        // What is accepted of a transport is asked for only when there is one.
        let of_transport = id.starts_with("transport.");
        if !of_transport && !findings.found.iter().any(|finding| finding.acceptable && finding.id == *id) {
            let text = if findings.found.iter().any(|finding| finding.id == *id) {
                format!("{id} is not an id that may be accepted; the finding stands")
            } else {
                format!("{id} is accepted but was not found; is it spelled right?")
            };
            findings.warn("goal.accepted", None, text, None);
        }
    }
}
