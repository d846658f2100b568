//! Release trains in their order, and the release to stop at in each.

use super::source::Basis;
use crate::table::{Row, TableError};
use crate::{AsaVersion, Train};

/// One train, as a row of `releases.csv`.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Release {
    /// The train: 9.16.
    pub train: Train,
    /// The first release met.
    pub first: AsaVersion,
    /// The maintenance releases met, interim 0 but where the train began with an interim.
    pub maintenance: Vec<AsaVersion>,
    /// Those of them that only one record knows.
    pub doubtful: Vec<AsaVersion>,
    /// The highest build met.
    pub last_seen: AsaVersion,
    /// The platform families it was made for, where it was made for these alone.
    pub only: Option<Only>,
    /// What the row rests on.
    pub basis: Basis,
    /// Keys of its sources.
    pub sources: Vec<String>,
}

/// The restriction of a train to some platform families.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Only {
    /// The families.
    pub families: Vec<String>,
    /// What the restriction rests on.
    pub basis: Basis,
    /// Keys of its sources.
    pub sources: Vec<String>,
}

impl Release {
    pub(super) fn read(row: &Row<'_>) -> Result<Self, TableError> {
        let families = row.list("only_families")?;
        let only = if families.is_empty() {
            None
        } else {
            Some(Only { families, basis: row.word("only_basis")?, sources: row.sources("only_source")? })
        };
        let train: Train = row.parse("train")?;
        let first: AsaVersion = row.parse("first_release")?;
        if first.train() != train {
            return Err(row.error("first_release", format!("expected a release of {train}, found {first}")));
        }
        Ok(Self {
            train,
            first,
            maintenance: versions(row, "maintenance")?,
            doubtful: versions(row, "doubtful")?,
            last_seen: row.parse("last_version_seen")?,
            only,
            basis: row.word("basis")?,
            sources: row.sources("source")?,
        })
    }

    /// The highest maintenance release without doubt that fits.
    pub(super) fn highest(&self, fits: impl Fn(AsaVersion) -> bool) -> Option<AsaVersion> {
        let sure = |version: &AsaVersion| !self.doubtful.contains(version) && !version.is_pre_release();
        self.maintenance.iter().copied().filter(sure).filter(|version| fits(*version)).max()
    }
}

fn versions(row: &Row<'_>, column: &str) -> Result<Vec<AsaVersion>, TableError> {
    row.text(column)?
        .split_whitespace()
        .map(|word| word.parse().map_err(|error| row.error(column, error)))
        .collect()
}
