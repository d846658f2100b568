//! Rows that decide about single hops: named exceptions, the vendor's path table, a site's own rows.

use std::sync::Arc;

use serde::Deserialize;

use super::hops::Hops;
use super::source::Basis;
use super::verdict::Reason;
use crate::AsaVersion;
use crate::table::{Row, TableError};
use crate::text::Text;

/// One row of `upgrade_path.csv`, an unconditional one of `guidelines.csv`, or one of a site.
#[derive(Clone, Debug)]
pub(super) struct Restriction {
    pub(super) id: Text,
    pub(super) effect: Effect,
    pub(super) hops: Hops,
    /// The release to stop at, of a row with [`Effect::Through`].
    pub(super) through: Option<AsaVersion>,
    pub(super) text: Text,
    /// What to do about it.
    pub(super) action: Text,
    pub(super) basis: Basis,
    pub(super) sources: Arc<[String]>,
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
    /// Nothing: the row is kept for the record.
    None,
}

impl Restriction {
    pub(super) fn read(row: &Row<'_>) -> Result<Self, TableError> {
        let (effect, basis) = (row.word("effect")?, row.word("basis")?);
        let through = row.optional("through")?;
        if effect == Effect::Through && through.is_none() {
            return Err(row.error("through", "expected the release to stop at"));
        }
        if !matches!(effect, Effect::Through | Effect::None) && through.is_some() {
            return Err(row.error("through", "expected no release but for the effect through"));
        }
        if effect == Effect::Direct && basis == Basis::Memory {
            return Err(row.error("basis", "expected a source for a row that permits, found memory"));
        }
        Ok(Self {
            id: row.text("id")?.into(),
            effect,
            hops: Hops::read(row)?,
            through,
            text: row.text("text")?.into(),
            action: match (effect, through) {
                (_, Some(stop)) => format!("stop at {stop} on the way").into(),
                (Effect::Direct | Effect::None, None) => "".into(),
                _ => row.text("action")?.into(),
            },
            basis,
            sources: row.sources("source")?.into(),
        })
    }

    pub(super) fn reason(&self) -> Reason {
        Reason {
            id: self.id.clone(),
            text: self.text.clone(),
            action: self.action.clone(),
            basis: self.basis,
            sources: self.sources.clone(),
        }
    }
}
