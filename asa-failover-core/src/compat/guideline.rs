//! Published guidelines: what a hop meets on its way, and what each asks of the operator.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::hops::Hops;
use super::restriction::Restriction;
use super::source::Basis;
use super::verdict::Condition;
use crate::table::{Row, TableError};
use crate::version::as_text;

/// One guideline, as a row of `guidelines.csv`.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Guideline {
    /// Stable id: `rsa-keys.9.16`, `exception.CSCug88962`.
    pub id: String,
    /// What it does to a plan.
    pub kind: GuidelineKind,
    /// Whether the step may lock the operator out of the device.
    pub lockout: bool,
    /// Whether it speaks of every hop rather than of some releases.
    pub general: bool,
    /// Whether it speaks of single releases to go to, from wherever.
    pub of_target: bool,
    /// What it is about, in a few words.
    pub topic: String,
    /// What is so, in one sentence.
    pub text: String,
    /// What to do, in one sentence; empty where there is nothing to do.
    pub action: String,
    /// The command that shows whether a condition is met.
    pub command: Option<String>,
    /// The fact that meets a condition. `None` where this library has no reader for it: then the
    /// condition has to be accepted.
    pub fact: Option<Fact>,
    /// The findings and guards that check a procedure.
    pub checks: Vec<String>,
    /// What it rests on.
    pub basis: Basis,
    /// Keys of its sources.
    pub sources: Vec<String>,
}

/// What a guideline does to a plan.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum GuidelineKind {
    /// The verdict is no yes.
    Unconditional,
    /// A plan is refused until a fact of the pair meets it or the caller accepts its id.
    Condition,
    /// The plan and its controller check it always.
    Procedure,
    /// Worth knowing.
    Note,
}

/// A fact of a pair that meets a condition.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Fact {
    /// Both units have at least so much memory, in MiB, and less than so much where more does harm.
    RamMib {
        /// At least this much.
        least: u32,
        /// Less than this.
        below: Option<u32>,
    },
    /// Both units have been up for less than this many days.
    UptimeDays(u32),
}

/// As the table writes it: `ram-mib>=1024`, `ram-mib>=2048,<4096`, `uptime-days<212`.
impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RamMib { least, below: None } => write!(f, "ram-mib>={least}"),
            Self::RamMib { least, below: Some(below) } => write!(f, "ram-mib>={least},<{below}"),
            Self::UptimeDays(limit) => write!(f, "uptime-days<{limit}"),
        }
    }
}

impl FromStr for Fact {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |digits: &str| digits.parse().ok();
        let ram = |text: &str| {
            let (least, below) = match text.split_once(",<") {
                Some((least, below)) => (least, Some(number(below)?)),
                None => (text, None),
            };
            Some(Self::RamMib { least: number(least)?, below })
        };
        text.strip_prefix("ram-mib>=")
            .and_then(ram)
            .or_else(|| text.strip_prefix("uptime-days<").and_then(number).map(Self::UptimeDays))
            .ok_or_else(|| {
                format!("expected a fact such as ram-mib>=1024 or uptime-days<212, found {text:?}")
            })
    }
}

as_text!(Fact);

/// A guideline with the hops it speaks of.
#[derive(Clone, Debug)]
pub(super) struct Published {
    pub(super) guideline: Arc<Guideline>,
    pub(super) hops: Hops,
}

impl Published {
    /// Reads a row. One that is unconditional restricts hops as well.
    pub(super) fn read(row: &Row<'_>) -> Result<(Self, Option<Restriction>), TableError> {
        let (kind, basis): (GuidelineKind, Basis) = (row.word("kind")?, row.word("basis")?);
        let hops = Hops::read(row)?;
        let text = |column: &str| row.text(column).map(str::to_owned);
        let filled = |column: &str| Ok(Some(text(column)?).filter(|text| !text.is_empty()));
        let lockout = match row.text("lockout")? {
            "" => false,
            "yes" => true,
            found => return Err(row.error("lockout", format!("expected yes or nothing, found {found:?}"))),
        };
        let guideline = Guideline {
            id: text("id")?,
            kind,
            lockout,
            general: hops.are_all(),
            of_target: hops.are_of_target(),
            topic: text("topic")?,
            text: text("text")?,
            action: text("action")?,
            command: filled("command")?,
            fact: row.optional("fact")?,
            checks: row.list("check")?,
            basis,
            sources: row.sources("source")?,
        };
        if (kind == GuidelineKind::Procedure) == guideline.checks.is_empty() {
            return Err(row.error("check", "expected what checks it beside a procedure, and beside no other"));
        }
        if guideline.fact.is_some() && (kind != GuidelineKind::Condition || guideline.command.is_none()) {
            return Err(row.error("fact", "expected a condition with the command that shows the fact"));
        }
        if (kind == GuidelineKind::Unconditional) == row.text("effect")?.is_empty() {
            return Err(
                row.error("effect", "expected an effect beside an unconditional row, and beside no other")
            );
        }
        let restriction =
            (kind == GuidelineKind::Unconditional).then(|| Restriction::read(row)).transpose()?;
        Ok((Self { guideline: Arc::new(guideline), hops }, restriction))
    }
}

impl Guideline {
    /// Whether another row says the same of other hops.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        self.id == other.id && self.text == other.text
    }

    /// As a condition of a verdict. What is only remembered says so by its id.
    pub(super) fn condition(&self) -> Condition {
        let id = match self.basis {
            Basis::Memory => format!("remembered.{}", self.id),
            _ => self.id.clone(),
        };
        Condition {
            id,
            text: self.text.clone(),
            action: self.action.clone(),
            lockout: self.lockout,
            command: self.command.clone(),
            fact: self.fact,
            basis: self.basis,
            sources: self.sources.clone(),
        }
    }
}
