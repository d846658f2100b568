//! The plan: the exact, guarded sequence, made before anything is touched.
//!
//! A plan is [`crate::decide::derive`] unrolled over an ideal pair, one that does at once what it is
//! told. What the change board reads is therefore what the run will send. There is no other way to
//! hold a [`Plan`] than [`plan`] and [`Plan::from_json`], which plans again: holding one proves that
//! the checks were made.

mod back;
mod brief;
mod durations;
mod ideal;
mod json;
mod markdown;
mod step;
mod unroll;

use std::fmt::{self, Write as _};

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::check::{Finding, Severity, checked};
use crate::compat::{Compat, Verdict};
use crate::decide::Brief;
use crate::goal::{Goal, Pause, Policy};
use crate::pair::Pair;
use crate::unit::Role;

use ideal::Ideal;
pub use json::PlanJsonError;
pub use step::{Phase, Step};

/// An upgrade that passed every check.
///
/// ```compile_fail
/// // There is no constructor but `plan` and `Plan::from_json`.
/// let plan = asa_failover_core::plan::Plan {};
/// ```
#[derive(Clone, Debug)]
pub struct Plan {
    id: String,
    pair: Pair,
    goal: Goal,
    policy: Policy,
    tables: String,
    verdict: Verdict,
    findings: Vec<Finding>,
    brief: Brief,
    steps: Vec<Step>,
    turned: Option<Box<back::Turned>>,
}

/// Plans an upgrade.
///
/// # Errors
///
/// A [`Refusal`] with every finding, if one of them blocks.
pub fn plan(pair: &Pair, goal: &Goal, compat: &Compat, policy: &Policy) -> Result<Plan, Refusal> {
    let (mut findings, verdict) = checked(pair, goal, compat, policy);
    let blocked = |findings: &[Finding]| findings.iter().any(|finding| finding.severity == Severity::Block);
    let (Some(verdict), false) = (verdict, blocked(&findings)) else { return Err(Refusal { findings }) };
    let mut brief = match brief::brief(pair, goal, policy, &verdict) {
        Ok(brief) => brief,
        Err(finding) => {
            findings.push(finding);
            return Err(Refusal { findings });
        }
    };
    brief.backs = back::ways(&brief, pair);
    let steps = match unroll::steps(&brief, Ideal::new(&brief, pair)) {
        Ok(steps) => steps,
        Err(finding) => {
            findings.push(finding);
            return Err(Refusal { findings });
        }
    };
    let tables = compat.table_hash().to_owned();
    let id = identity(pair, goal, policy, &tables, &steps, None);
    Ok(Plan {
        id,
        pair: pair.clone(),
        goal: goal.clone(),
        policy: policy.clone(),
        tables,
        verdict,
        findings,
        brief,
        steps,
        turned: None,
    })
}

/// The hash that names a plan: facts, goal, policy, tables and steps; of a way back also the plan it
/// turns from, and where.
fn identity(
    pair: &Pair,
    goal: &Goal,
    policy: &Policy,
    tables: &str,
    steps: &[Step],
    of: Option<(&str, usize, Pause)>,
) -> String {
    #[derive(Serialize)]
    struct Named<'a>(&'a Pair, &'a Goal, &'a Policy, &'a str, &'a [Step]);
    let named = Named(pair, goal, policy, tables, steps);
    // Serialising to text cannot fail for these types; an empty text would still name the plan by nothing.
    let text = match of {
        None => serde_json::to_string(&named),
        Some(of) => serde_json::to_string(&(named, of)),
    };
    let text = text.unwrap_or_default();
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl Plan {
    /// The hash that names this plan.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The facts it rests on.
    pub const fn pair(&self) -> &Pair {
        &self.pair
    }

    /// What is wanted.
    pub const fn goal(&self) -> &Goal {
        &self.goal
    }

    /// How carefully.
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Why the way is allowed.
    pub const fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// The findings that do not block: warnings, notes, and what was accepted.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What every decision of its run rests on.
    pub const fn brief(&self) -> &Brief {
        &self.brief
    }

    /// The steps, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The state-changing lines, in order, each with the unit that runs it. `failover group N`, which leads to
    /// the settings of a group, is among them: what is typed there does not name the group.
    pub fn lines(&self) -> Vec<(Role, String)> {
        self.steps.iter().filter_map(Step::line).collect()
    }
}

/// Why there is no plan: every finding, those that block and those that do not.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub struct Refusal {
    /// Everything found, in the order of the checks.
    pub findings: Vec<Finding>,
}

impl Refusal {
    /// The findings that block.
    pub fn blocking(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Block)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no plan:")?;
        for finding in self.blocking() {
            write!(f, "\n  {finding}")?;
        }
        Ok(())
    }
}
