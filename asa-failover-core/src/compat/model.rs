//! Hardware and virtual models: what they run, how they boot, what their failover can do.

use std::str::FromStr;
use std::{fmt, iter};

use serde::{Deserialize, Serialize};

use super::hardware::BootMode;
use super::source::Basis;
use crate::image::{ImageFamily, ImageName};
use crate::table::{Row, TableError};
use crate::version::{ParseVersionError, as_text};
use crate::{AsaVersion, Train};

/// One model, as a row of `models.csv`.
///
/// As JSON: `name`, `family`, `first`, `last`, `image`, `image_basis`, `boot`, `boot_basis`, `modes`,
/// `active_standby`, `stateful`, `active_active`, `basis`, `sources`, each as the field of that name;
/// releases are text. Keys are added, never renamed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Model {
    /// The name people use: `ASA 5525-X`.
    pub name: String,
    /// The family that shares trains and images: `asa5525x-5545x-5555x`.
    pub family: String,
    /// The first release it ran.
    pub first: Option<AsaVersion>,
    /// The last release it runs. `None` where no end is known.
    pub last: Option<LastRelease>,
    /// The kind of image file it is upgraded with. `None` where it is not known.
    pub image: Option<ImageFamily>,
    /// What the image column rests on.
    pub image_basis: Basis,
    /// How it is told what to boot.
    pub boot: BootProcedure,
    /// What the boot column rests on.
    pub boot_basis: Basis,
    /// The modes it may run in, where they differ in how it is told what to boot.
    pub modes: Vec<BootMode>,
    /// Active/Standby failover.
    pub active_standby: Ability,
    /// Connections survive a switchover (with a state link).
    pub stateful: Ability,
    /// Active/Active failover (multiple context mode).
    pub active_active: Ability,
    /// What the release and failover columns rest on.
    pub basis: Basis,
    /// Keys of the row's sources.
    pub sources: Vec<String>,
    /// Normalised names it is found by.
    #[serde(skip)]
    pub(super) names: Vec<String>,
}

/// Where the releases of a model end.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LastRelease {
    /// With a train, whatever its maintenance: `9.20`.
    Train(Train),
    /// With a maintenance release and all its interims: `9.14(4)`.
    Maintenance(AsaVersion),
}

/// How a unit is told what to boot, which decides whether a plan can drive it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum BootProcedure {
    /// Up to four `boot system` lines, tried in order: the procedure a plan drives.
    BootList,
    /// One `boot system` line that unpacks a bundle.
    SingleBootEntry,
    /// The chassis (FXOS) installs the image.
    Chassis,
    /// Not known.
    Unknown,
}

/// Whether a model can do something.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Ability {
    /// Yes.
    Yes,
    /// Yes, with a licence (Security Plus).
    Licensed,
    /// No.
    No,
    /// Not known.
    Unknown,
}

/// Whether an image file is made for a model.
///
/// As JSON: `answer` (`yes`, `no` or `unknown`) and `why`.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "answer", content = "why", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Suits {
    /// It is.
    Yes,
    /// It is not, and why.
    No(String),
    /// The tables do not say, and why.
    Unknown(String),
}

impl fmt::Display for BootProcedure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::BootList => "a list of boot system lines",
            Self::SingleBootEntry => "one boot system line",
            Self::Chassis => "the chassis (FXOS)",
            Self::Unknown => "a procedure that is not known",
        })
    }
}

impl Model {
    /// Whether an image file is made for this model, as its name says. The version is not judged.
    pub fn suits(&self, image: &ImageName) -> Suits {
        let family = image.family();
        if family.is_asdm() {
            return Suits::No(format!("{image} is the device manager, not an image to boot"));
        }
        if family == ImageFamily::AsavDisk {
            return Suits::No(format!("{image} is the disk of a new virtual machine, not an upgrade"));
        }
        let Some(made_for) = self.image else {
            return Suits::Unknown(format!("which image files the {} boots is not known", self.name));
        };
        if made_for != family {
            return Suits::No(format!("the {} boots {made_for}, and {image} is {family}", self.name));
        }
        if self.image_basis == Basis::Memory {
            return Suits::Unknown(format!("that the {} boots {family} is only remembered", self.name));
        }
        Suits::Yes
    }

    /// Whether the releases of this model end before this one.
    pub fn ends_before(&self, version: AsaVersion) -> bool {
        match self.last {
            None => false,
            Some(LastRelease::Train(train)) => version.train() > train,
            Some(LastRelease::Maintenance(last)) => {
                (version.train(), version.maintenance) > (last.train(), last.maintenance)
            }
        }
    }

    /// Whether the releases of this model begin after this one.
    pub fn begins_after(&self, version: AsaVersion) -> bool {
        self.first.is_some_and(|first| version < first)
    }

    pub(super) fn read(row: &Row<'_>) -> Result<Self, TableError> {
        let name = row.text("model")?.to_owned();
        let names = iter::once(name.clone()).chain(row.list("aliases")?).map(|name| key(&name)).collect();
        let image = if row.text("image")?.is_empty() { None } else { Some(row.word("image")?) };
        Ok(Self {
            name,
            family: row.text("family")?.to_owned(),
            first: row.optional("first_release")?,
            last: row.optional("last_release")?,
            image,
            image_basis: row.word("image_basis")?,
            boot: row.word("boot")?,
            boot_basis: row.word("boot_basis")?,
            modes: Vec::new(),
            active_standby: row.word("active_standby")?,
            stateful: row.word("stateful")?,
            active_active: row.word("active_active")?,
            basis: row.word("basis")?,
            sources: row.sources("source")?,
            names,
        })
    }
}

/// A name without case, blanks and signs, and without the vendor in front: `ASA 5525-X`, `asa5525x`.
pub(super) fn key(name: &str) -> String {
    let key: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let key = key.to_ascii_uppercase();
    key.strip_prefix("CISCO").unwrap_or(&key).to_owned()
}

impl FromStr for LastRelease {
    type Err = ParseVersionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            Ok(train) => Ok(Self::Train(train)),
            Err(_) => text.parse().map(Self::Maintenance),
        }
    }
}

as_text!(LastRelease);

impl fmt::Display for LastRelease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Train(train) => train.fmt(f),
            Self::Maintenance(version) => version.fmt(f),
        }
    }
}
