//! Rows that say something about single hops: named exceptions and the vendor's path table.

use semver::VersionReq;
use serde::Deserialize;

use super::model::Model;
use super::source::Basis;
use super::verdict::{Condition, Reason};
use crate::AsaVersion;
use crate::table::{Row, TableError};

/// One row of `exceptions.csv` or `upgrade_path.csv`.
#[derive(Clone, Debug)]
pub(super) struct Restriction {
    pub(super) id: String,
    pub(super) effect: Effect,
    families: Vec<String>,
    from: Builds,
    to: Builds,
    /// The release to stop at, of a row with [`Effect::Through`].
    pub(super) through: Option<AsaVersion>,
    pub(super) text: String,
    pub(super) basis: Basis,
    pub(super) sources: Vec<String>,
}

/// What a row does to a hop it fits.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Effect {
    /// The path table allows the hop.
    Direct,
    /// The hop must stop on the way.
    Through,
    /// The hop interrupts traffic.
    NotHitless,
    /// The hop must not be done.
    Refused,
    /// Nobody knows.
    Unknown,
    /// The hop is allowed under a condition.
    Condition,
    /// Worth knowing.
    Note,
}

/// Builds by a range over `major.minor.maintenance` and a range of interims.
#[derive(Clone, Debug)]
struct Builds {
    releases: VersionReq,
    least: u16,
    most: u16,
}

impl Builds {
    fn read(row: &Row<'_>, releases: &str, interims: &str) -> Result<Self, TableError> {
        let text = row.text(interims)?;
        let number = |digits: &str, open: u16| match digits {
            "" => Ok(open),
            digits => digits.parse().map_err(|_| {
                row.error(interims, format!("expected an interim such as 0, 1.. or ..5, found {text:?}"))
            }),
        };
        let (least, most) = text.split_once("..").unwrap_or((text, text));
        Ok(Self { releases: row.range(releases)?, least: number(least, 0)?, most: number(most, u16::MAX)? })
    }

    fn has(&self, build: AsaVersion) -> bool {
        (self.least..=self.most).contains(&build.interim) && self.releases.matches(&build.to_semver())
    }
}

impl Restriction {
    pub(super) fn read(row: &Row<'_>) -> Result<Self, TableError> {
        let (effect, basis) = (row.word("effect")?, row.word("basis")?);
        let through = row.optional("through")?;
        if (effect == Effect::Through) != through.is_some() {
            return Err(row.error("through", "expected a release for the effect through, and for no other"));
        }
        if effect == Effect::Direct && basis == Basis::Memory {
            return Err(row.error("basis", "expected a source for a row that permits, found memory"));
        }
        Ok(Self {
            id: row.text("id")?.to_owned(),
            effect,
            families: row.list("families")?,
            from: Builds::read(row, "from", "from_interim")?,
            to: Builds::read(row, "to", "to_interim")?,
            through,
            text: row.text("text")?.to_owned(),
            basis,
            sources: row.sources("source")?,
        })
    }

    /// Whether the row speaks of this hop. A row for some families needs the model to be named.
    pub(super) fn fits(&self, from: AsaVersion, to: AsaVersion, model: Option<&Model>) -> bool {
        self.speaks_of(model) && self.from.has(from) && self.to.has(to)
    }

    pub(super) fn speaks_of(&self, model: Option<&Model>) -> bool {
        self.families.is_empty() || model.is_some_and(|model| self.families.contains(&model.family))
    }

    pub(super) fn reason(&self) -> Reason {
        Reason {
            id: self.id.clone(),
            text: self.text.clone(),
            basis: self.basis,
            sources: self.sources.clone(),
        }
    }

    pub(super) fn condition(&self) -> Condition {
        let id = match self.basis {
            Basis::Memory => format!("remembered.{}", self.id),
            _ => self.id.clone(),
        };
        Condition { id, text: self.text.clone(), basis: self.basis, sources: self.sources.clone() }
    }
}
