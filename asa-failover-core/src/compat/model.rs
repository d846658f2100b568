//! Hardware and virtual models: what they run, how they boot, what their failover can do.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::source::Basis;
use crate::AsaVersion;
use crate::image::ImageFamily;

/// One model, as a row of `models.csv`.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Model {
    /// The name people use: `ASA 5525-X`.
    pub name: String,
    /// The family that shares trains and images: `asa5525x-5545x-5555x`.
    pub family: String,
    /// The first release it ran.
    pub first: Option<AsaVersion>,
    /// The last release it runs; its interims are inside. `None` where no end is known.
    pub last: Option<AsaVersion>,
    /// The image files it is upgraded with; empty where they are not known.
    pub images: Vec<ImageFamily>,
    /// What the image column rests on.
    pub images_basis: Basis,
    /// How it is told what to boot.
    pub boot: BootProcedure,
    /// What the boot column rests on.
    pub boot_basis: Basis,
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
    pub(super) names: Vec<String>,
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
#[derive(Clone, Debug, Eq, PartialEq)]
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
    /// Whether an image file is made for this model, by its name. The version in it is not judged.
    pub fn suits(&self, image: &crate::image::ImageName) -> Suits {
        Suits::Unknown(format!("{image} on {}", self.name))
    }
}
