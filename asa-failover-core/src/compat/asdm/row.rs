//! The rows of `asdm.csv`, each as what it says.

use std::fmt::Display;

use semver::VersionReq;
use serde::Deserialize;

use crate::AsaVersion;
use crate::compat::source::Basis;
use crate::compat::verdict::Reason;
use crate::image::ImageFamily;
use crate::table::{Row, TableError};

/// One row: what it says, and what that rests on.
#[derive(Clone, Debug)]
pub(in crate::compat) struct Statement {
    pub(super) says: Says,
    pub(super) why: Reason,
}

/// What a row says, by its kind.
#[derive(Clone, Debug)]
pub(super) enum Says {
    /// These ASA releases have a companion train, which begins with this ASDM.
    Pair { asa: Range, first: AsaVersion },
    /// These ASA releases refuse an older ASDM than this one.
    Minimum { asa: Range, least: AsaVersion },
    /// These ASA releases are managed by newer ASDM releases too.
    Newer { asa: Range },
    /// After the first release of a train, an ASDM of so many trains later is beyond doubt.
    Lag { asa: Range, trains: usize },
    /// These ASA releases need their companion train and no other.
    Exact { asa: Range },
    /// Neither may go from one end to the other in one go, up or down.
    Step { asa: [Range; 2], asdm: [Range; 2], through: AsaVersion },
    /// What these ASDM releases need on the administrator's side, and as which files they come.
    Client { asdm: Range, images: Vec<ImageFamily> },
    /// What an ASDM that does not fit does, and does not.
    Warning { asa: Range },
    /// Worth keeping; nothing rests on it.
    Note,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Pair,
    Minimum,
    Newer,
    Lag,
    Exact,
    Step,
    Client,
    Warning,
    Note,
}

/// Releases by a range over `major.minor.maintenance` and the least interim: the one place that knows
/// how this table writes ranges.
#[derive(Clone, Debug)]
pub(super) struct Range {
    releases: VersionReq,
    least: u16,
}

impl Range {
    fn read(row: &Row<'_>, releases: &str) -> Result<Self, TableError> {
        Ok(Self { releases: row.range(releases)?, least: 0 })
    }

    /// With the column `<releases>_interim`: `19..`, or empty for any.
    fn read_with_interim(row: &Row<'_>, releases: &str) -> Result<Self, TableError> {
        let column = format!("{releases}_interim");
        let text = row.text(&column)?;
        let least = match text {
            "" => 0,
            text => {
                let digits = text.strip_suffix("..").and_then(|digits| digits.parse().ok());
                digits.ok_or_else(|| {
                    row.error(&column, format!("expected a least interim such as 19.., found {text:?}"))
                })?
            }
        };
        Ok(Self { least, ..Self::read(row, releases)? })
    }

    pub(super) fn has(&self, version: AsaVersion) -> bool {
        version.interim >= self.least && self.releases.matches(&version.to_semver())
    }
}

impl Statement {
    pub(in crate::compat) fn read(row: &Row<'_>) -> Result<Self, TableError> {
        let kind: Kind = row.word("kind")?;
        let basis = row.word("basis")?;
        if kind == Kind::Newer && basis == Basis::Memory {
            return Err(row.error("basis", "expected a source for a row that permits, found memory"));
        }
        let asa = || Range::read_with_interim(row, "asa");
        let says = match kind {
            Kind::Pair => Says::Pair { asa: asa()?, first: row.parse("minimum")? },
            Kind::Minimum => Says::Minimum { asa: asa()?, least: row.parse("minimum")? },
            Kind::Newer => Says::Newer { asa: asa()? },
            Kind::Lag => Says::Lag { asa: asa()?, trains: row.parse("trains")? },
            Kind::Exact => Says::Exact { asa: asa()? },
            Kind::Step => Says::Step {
                asa: [Range::read(row, "asa")?, Range::read(row, "asa_to")?],
                asdm: [Range::read(row, "asdm")?, Range::read(row, "asdm_to")?],
                through: row.parse("through")?,
            },
            Kind::Client => Says::Client { asdm: Range::read(row, "asdm")?, images: images(row)? },
            Kind::Warning => Says::Warning { asa: asa()? },
            Kind::Note => Says::Note,
        };
        let why = Reason {
            id: row.text("id")?.to_owned(),
            text: row.text("text")?.to_owned(),
            basis,
            sources: row.sources("source")?,
        };
        Ok(Self { says, why })
    }

    /// Whether the row has a source, so that a yes may rest on it.
    pub(super) fn permits(&self) -> bool {
        self.why.basis != Basis::Memory
    }
}

fn images(row: &Row<'_>) -> Result<Vec<ImageFamily>, TableError> {
    let word = |word: &str| match word {
        "asdm" => Ok(ImageFamily::Asdm),
        "asdm-openjre" => Ok(ImageFamily::AsdmOpenjre),
        other => Err(row.error("images", format!("expected asdm or asdm-openjre, found {other:?}"))),
    };
    row.list("images")?.iter().map(|name| word(name)).collect()
}

/// A reason that stands in no row: what was computed from them, or what none of them says.
pub(super) fn computed(id: &str, text: impl Display) -> Reason {
    Reason {
        id: id.to_owned(),
        text: text.to_string(),
        basis: Basis::Derived,
        sources: vec!["derived".to_owned()],
    }
}
