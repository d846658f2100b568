//! The rows of `asdm.csv`, each as what it says.

use std::fmt::Display;

use serde::Deserialize;

use crate::AsaVersion;
use crate::compat::builds::Builds;
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
    Pair { asa: Builds, first: AsaVersion },
    /// These ASA releases refuse an older ASDM than this one.
    Minimum { asa: Builds, least: AsaVersion },
    /// These ASA releases are managed by newer ASDM releases too.
    Newer { asa: Builds },
    /// After the first release of a train, an ASDM of so many trains later is beyond doubt.
    Lag { asa: Builds, trains: usize },
    /// These ASA releases need their companion train and no other.
    Exact { asa: Builds },
    /// Neither may go from one end to the other in one go, up or down.
    Step { asa: [Builds; 2], asdm: [Builds; 2], through: AsaVersion },
    /// What these ASDM releases need on the administrator's side, and as which files they come.
    Client { asdm: Builds, images: Vec<ImageFamily> },
    /// What an ASDM that does not fit does, and does not.
    Warning { asa: Builds },
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

impl Statement {
    pub(in crate::compat) fn read(row: &Row<'_>) -> Result<Self, TableError> {
        let kind: Kind = row.word("kind")?;
        let basis = row.word("basis")?;
        if kind == Kind::Newer && basis == Basis::Memory {
            return Err(row.error("basis", "expected a source for a row that permits, found memory"));
        }
        let asa = || Builds::read(row, "asa", "asa_interim");
        let range =
            |column: &str| Builds::of(row.text(column)?).map_err(|problem| row.error(column, problem));
        let says = match kind {
            Kind::Pair => Says::Pair { asa: asa()?, first: row.parse("minimum")? },
            Kind::Minimum => Says::Minimum { asa: asa()?, least: row.parse("minimum")? },
            Kind::Newer => Says::Newer { asa: asa()? },
            Kind::Lag => Says::Lag { asa: asa()?, trains: row.parse("trains")? },
            Kind::Exact => Says::Exact { asa: asa()? },
            Kind::Step => Says::Step {
                asa: [range("asa")?, range("asa_to")?],
                asdm: [range("asdm")?, range("asdm_to")?],
                through: row.parse("through")?,
            },
            Kind::Client => Says::Client { asdm: range("asdm")?, images: images(row)? },
            Kind::Warning => Says::Warning { asa: asa()? },
            Kind::Note => Says::Note,
        };
        let why = Reason {
            id: row.text("id")?.into(),
            text: row.text("text")?.into(),
            action: match &says {
                Says::Pair { first: least, .. } | Says::Minimum { least, .. } => {
                    format!("stage ASDM {least} or later").into()
                }
                Says::Step { through, .. } => format!("go over ASDM {through}").into(),
                _ => "".into(),
            },
            basis,
            sources: row.sources("source")?.into(),
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
        id: id.into(),
        text: text.to_string().into(),
        action: "look the pair up in the vendor's ASDM compatibility table".into(),
        basis: Basis::Derived,
        sources: ["derived".to_owned()].into(),
    }
}
