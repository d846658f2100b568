//! The published rules, and the judgement of one hop by them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Which published text a hop is judged by.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RuleSet {
    /// The founding text: any maintenance release of a train, the next minor of the model's trains,
    /// a major only from the last train of the previous one.
    Strict,
    /// The later guidance: no special requirement except named exceptions and the vendor's path
    /// table. It speaks of targets from 9.1(3) on; earlier targets stay with [`RuleSet::Strict`].
    Current,
    /// The rule set published with the target: `Strict` up to 9.1, `Current` from 9.2 on.
    #[default]
    Auto,
}

impl fmt::Display for RuleSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Strict => "strict",
            Self::Current => "current",
            Self::Auto => "auto",
        })
    }
}

impl FromStr for RuleSet {
    type Err = ParseRuleSetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Strict, Self::Current, Self::Auto]
            .into_iter()
            .find(|set| set.to_string() == text)
            .ok_or_else(|| ParseRuleSetError(text.to_owned()))
    }
}

/// Why a text names no rule set.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("expected strict, current or auto, found {0:?}")]
pub struct ParseRuleSetError(String);
