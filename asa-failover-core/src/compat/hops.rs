//! Which hops a row speaks of: from some builds to some builds, on some platforms.

use super::builds::{Builds, ordinal};
use super::model::Model;
use crate::AsaVersion;
use crate::table::{Row, TableError};

/// The hops of a row with the columns `families`, `from`, `from_interim`, `to` and `to_interim`.
#[derive(Clone, Debug)]
pub(super) struct Hops {
    families: Vec<String>,
    from: Builds,
    to: Builds,
}

impl Hops {
    pub(super) fn read(row: &Row<'_>) -> Result<Self, TableError> {
        Ok(Self {
            families: row.list("families")?,
            from: Builds::read(row, "from", "from_interim")?,
            to: Builds::read(row, "to", "to_interim")?,
        })
    }

    /// Hops of some families or models (none named: of all) to these builds, from wherever.
    pub(super) const fn to(families: Vec<String>, to: Builds) -> Self {
        Self { families, from: Builds::ALL, to }
    }

    #[inline]
    pub(super) const fn have(&self, from: AsaVersion, to: AsaVersion) -> bool {
        self.from.has(ordinal(from)) && self.to.has(ordinal(to))
    }

    /// Whether a hop between releases of a range could be meant.
    #[inline]
    pub(super) const fn may_lie(&self, first: AsaVersion, last: AsaVersion) -> bool {
        let (first, last) = (ordinal(first), ordinal(last));
        self.from.touches(first, last) && self.to.touches(first, last)
    }

    /// Whether every hop of every platform is meant.
    pub(super) fn are_all(&self) -> bool {
        self.families.is_empty() && self.from == Builds::ALL && self.to == Builds::ALL
    }

    /// Whether every hop to a build is meant, wherever it comes from.
    pub(super) fn are_all_to(&self, build: AsaVersion) -> bool {
        self.from == Builds::ALL && self.to.hold(build)
    }

    /// Whether every hop is meant, of the platforms that are.
    pub(super) fn are_of_any_release(&self) -> bool {
        self.from == Builds::ALL && self.to == Builds::ALL
    }

    /// Whether it matters where a hop goes to, within bounds, and not where it comes from.
    pub(super) fn are_of_target(&self) -> bool {
        self.from == Builds::ALL && self.to.is_bounded()
    }

    /// Whether a model is meant.
    pub(super) fn speak_of(&self, model: &Model) -> bool {
        model.is_named_by(&self.families)
    }
}
