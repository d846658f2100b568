//! A plan as JSON, and back: `from_json` plans again and compares.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Plan, Refusal, Step, plan};
use crate::check::Finding;
use crate::compat::{Compat, Verdict};
use crate::decide::Back;
use crate::goal::{Goal, Pause, Policy};
use crate::pair::Pair;

/// The version of the JSON form. Keys are added, never renamed, while it stays the same.
pub(crate) const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    schema: u32,
    plan: &'a str,
    tables: &'a str,
    goal: &'a Goal,
    policy: &'a Policy,
    facts: &'a Pair,
    verdict: &'a Verdict,
    findings: &'a [Finding],
    steps: &'a [Step],
    ways_back: &'a [Back],
    #[serde(skip_serializing_if = "Option::is_none")]
    turns: Option<Turn>,
}

/// Of the plan of a way back, where it turns round.
#[derive(Deserialize, Serialize)]
struct Turn {
    hop: usize,
    pause: Pause,
}

#[derive(Deserialize)]
struct Read {
    schema: u32,
    plan: String,
    tables: String,
    goal: Goal,
    policy: Policy,
    facts: Pair,
    turns: Option<Turn>,
}

impl Plan {
    /// The plan as JSON: schema version, hash, tables, goal, policy, facts, verdict, findings, steps and the
    /// ways back; of a way back also where it turns round.
    pub fn to_json(&self) -> String {
        let written = Written {
            schema: SCHEMA,
            plan: &self.id,
            tables: &self.tables,
            goal: &self.goal,
            policy: &self.policy,
            facts: &self.pair,
            verdict: &self.verdict,
            findings: &self.findings,
            steps: &self.steps,
            ways_back: &self.brief.backs,
            turns: self.turns_at().map(|(hop, pause)| Turn { hop, pause }),
        };
        // Every key of these types is text, so serialising cannot fail.
        serde_json::to_string_pretty(&written).unwrap_or_default()
    }

    /// Plans again from the facts, goal and policy of a JSON form, and compares.
    ///
    /// # Errors
    ///
    /// The text is no plan of this schema, the checks refuse now, or the plan comes out otherwise:
    /// the tables or the planner changed, or the text was edited.
    pub fn from_json(text: &str, compat: &Compat) -> Result<Self, PlanJsonError> {
        let schema = serde_json::from_str::<serde_json::Value>(text)
            .map_err(|why| PlanJsonError::Syntax(why.to_string()))?
            .get("schema")
            .and_then(serde_json::Value::as_u64);
        if schema != Some(SCHEMA.into()) {
            return Err(PlanJsonError::Schema { found: schema });
        }
        let read: Read = serde_json::from_str(text).map_err(|why| PlanJsonError::Syntax(why.to_string()))?;
        debug_assert_eq!(read.schema, SCHEMA);
        let mut again = plan(&read.facts, &read.goal, compat, &read.policy)?;
        if let Some(Turn { hop, pause }) = read.turns {
            again = again.way_back(hop, pause)?;
        }
        if again.id == read.plan {
            return Ok(again);
        }
        let why = if again.tables == read.tables {
            "facts, goal, policy or planner"
        } else {
            "compatibility tables"
        };
        Err(PlanJsonError::Differs { why, written: read.plan, now: again.id })
    }
}

/// Why a text is no plan that still holds.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum PlanJsonError {
    /// The text is no plan.
    #[error("expected a plan as JSON: {0}")]
    Syntax(String),
    /// The plan is of another schema.
    #[error("expected a plan of schema {SCHEMA}, found {}", found.map_or_else(|| "none".to_owned(), |n| n.to_string()))]
    Schema {
        /// The schema of the text.
        found: Option<u64>,
    },
    /// The checks refuse now.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Planning again gives another plan.
    #[error("planning again gives plan {now}, not {written}: the {why} changed; review the new plan")]
    Differs {
        /// What changed.
        why: &'static str,
        /// The hash in the text.
        written: String,
        /// The hash now.
        now: String,
    },
}
