//! The published rules by name.

use std::fmt::{self, Write as _};
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::source::Basis;
use super::verdict::Reason;
use crate::table::{Row, TableError, read};
use crate::text::Text;
use crate::{AsaVersion, Train};

/// Which published text a hop is judged by.
///
/// Named exceptions and the stops of the vendor's path table hold under each: they only narrow.
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

/// The first train whose own guide carries the later guidance.
const LATER_GUIDANCE: Train = Train::new(9, 2);
/// The first target that the vendor's path table speaks of.
const PATH_TABLE: AsaVersion = AsaVersion::new(9, 1, 3, 0);

impl RuleSet {
    /// The rule set that judges a hop to this release: never `Auto`.
    pub fn judging(self, to: AsaVersion) -> Self {
        let later = match self {
            Self::Strict => false,
            Self::Current => to >= PATH_TABLE,
            Self::Auto => has_later_guidance(to),
        };
        if later { Self::Current } else { Self::Strict }
    }
}

/// Whether the guide of this release carries the later guidance.
pub(super) fn has_later_guidance(release: AsaVersion) -> bool {
    release.train() >= LATER_GUIDANCE
}

/// One rule, as a row of `rules.csv`.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) id: Text,
    pub(super) text: Text,
    pub(super) basis: Basis,
    pub(super) caveat: Option<Text>,
    pub(super) sources: Arc<[String]>,
}

/// The rules that judge hops.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) strict_maintenance: Rule,
    pub(super) strict_minor: Rule,
    pub(super) strict_major: Rule,
    pub(super) current_maintenance: Rule,
    pub(super) current_direct: Rule,
    pub(super) current_table: Rule,
}

impl Rules {
    pub(super) fn read(file: &str, text: &str) -> Result<Self, TableError> {
        let rules = read(file, text, Rule::read)?;
        let rule = |id: &str| {
            rules.iter().find(|rule| *rule.id == *id).cloned().ok_or_else(|| TableError {
                file: file.to_owned(),
                line: 1,
                column: "id".to_owned(),
                problem: format!("expected a row {id}, found none"),
            })
        };
        Ok(Self {
            strict_maintenance: rule("strict.maintenance")?,
            strict_minor: rule("strict.minor.next")?,
            strict_major: rule("strict.major.last-to-first")?,
            current_maintenance: rule("current.maintenance")?,
            current_direct: rule("current.direct")?,
            current_table: rule("current.table")?,
        })
    }
}

/// What to do where a rule forbids a hop.
static OVER_STOPS: LazyLock<Text> = LazyLock::new(|| "go over stops, or plan an outage".into());

impl Rule {
    /// Why something is so by this rule: what was found, and what the rule says.
    pub(super) fn reason(&self, found: fmt::Arguments<'_>) -> Reason {
        let mut text = String::with_capacity(64 + self.text.len());
        // Writing to a text cannot fail.
        let _ = write!(text, "{found}; {}", self.text);
        Reason {
            id: self.id.clone(),
            text: text.into(),
            action: OVER_STOPS.clone(),
            basis: self.basis,
            sources: self.sources.clone(),
        }
    }

    pub(super) fn read(row: &Row<'_>) -> Result<Self, TableError> {
        let basis = row.word("basis")?;
        if basis == Basis::Memory {
            return Err(row.error("basis", "expected a source for a row that permits, found memory"));
        }
        Ok(Self {
            id: row.text("id")?.into(),
            text: row.text("text")?.into(),
            basis,
            caveat: row.optional::<String>("caveat")?.map(Into::into),
            sources: row.sources("source")?.into(),
        })
    }
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
