//! Which ASDM goes with an ASA release, and whether the one that is there still manages it.
//!
//! Knows the companion trains, the minima that were found, the rule that a newer ASDM manages older
//! ASA releases, and the order in which ASDM 5.x goes. The vendor's table of the minimum for each
//! release was not found. So the first release of the companion train is a floor: what lies below it
//! is too old, what lies above it is only called good where a sourced row carries that. A remembered
//! row raises the floor or takes a yes away, and never gives one. None of this stops an upgrade: an
//! ASDM that does not fit cannot manage the ASA, and that is all.

mod fit;
mod render;
mod row;
mod steps;

use serde::Serialize;

pub use steps::{AsdmStep, AsdmSteps};

pub(super) use row::Statement;

use row::Says;

use super::Compat;
use super::source::Basis;
use super::verdict::Reason;
use crate::image::{ImageFamily, ImageName};
use crate::{AsaVersion, Train};

/// What is known of ASDM for one ASA release, and of the one that is there now.
///
/// As JSON: `schema`, `asa`, `companion`, `minima`, `present`, `fit`, `why`, `stage`, `images`,
/// `clients`, `notes`, each as the field of that name; versions, trains and file names are text. `fit`
/// is `works`, `too_old` or `unknown`, or null where no present ASDM was given. Keys are added, never
/// renamed, while `schema` stays the same.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Asdm {
    /// Version of the JSON form, [`Asdm::SCHEMA`].
    pub schema: u32,
    /// The ASA release.
    pub asa: AsaVersion,
    /// The train made together with it. `None` where the tables have none.
    pub companion: Option<AsdmCompanion>,
    /// Every minimum that was found, lowest first; see [`Asdm::minimum`].
    pub minima: Vec<AsdmMinimum>,
    /// The ASDM that was asked about.
    pub present: Option<AsaVersion>,
    /// Whether that one manages the release.
    pub fit: Option<AsdmFit>,
    /// What `fit` rests on; empty without one.
    pub why: Vec<Reason>,
    /// The least ASDM to put there instead. `None` where the present one stays, or none is known.
    pub stage: Option<AsaVersion>,
    /// The file names of that ASDM by the vendor's pattern. That a file of this name was published
    /// is not known from here.
    pub images: Vec<ImageName>,
    /// What the administrator's side needs for it, or for the present one that stays.
    pub clients: Vec<Reason>,
    /// How much a bad fit weighs.
    pub notes: Vec<Reason>,
}

/// The ASDM train made together with an ASA train.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AsdmCompanion {
    /// The train: 7.16 for 9.16.
    pub train: Train,
    /// The row that pairs them.
    pub why: Reason,
}

/// An ASDM release below which a row puts "too old".
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AsdmMinimum {
    /// The release: 7.18(1)152.
    pub version: AsaVersion,
    /// The row, with what it rests on; [`Basis::Memory`] where it is only remembered.
    pub why: Reason,
}

/// Whether an ASDM manages an ASA release.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AsdmFit {
    /// It does.
    Works,
    /// It is older than a minimum: a warning, never a block.
    TooOld,
    /// No row with a source carries either answer.
    Unknown,
}

impl Asdm {
    /// The version of the JSON form.
    pub const SCHEMA: u32 = 1;

    /// The highest minimum that was found, remembered ones included.
    pub fn minimum(&self) -> Option<&AsdmMinimum> {
        self.minima.last()
    }
}

impl AsdmMinimum {
    /// Whether no source was found for it.
    pub fn is_remembered(&self) -> bool {
        self.why.basis == Basis::Memory
    }
}

impl Compat {
    /// Which ASDM goes with an ASA release, and whether the present one still manages it.
    ///
    /// The answer for a release alone; along a way, see [`Compat::asdm_steps`] and
    /// [`Compat::asdm_for`].
    ///
    /// ```
    /// use asa_failover_core::compat::{AsdmFit, Compat};
    ///
    /// let asdm = Compat::bundled().asdm("9.18(4)".parse()?, Some("7.16(1)".parse()?));
    /// assert_eq!(asdm.fit, Some(AsdmFit::TooOld));
    /// assert_eq!(asdm.minimum().map(|least| least.version.to_string()).as_deref(), Some("7.18(1)152"));
    /// assert_eq!(asdm.images.first().map(|image| image.as_str()), Some("asdm-7181-152.bin"));
    ///
    /// let asdm = Compat::bundled().asdm("9.16(4)".parse()?, Some("7.22(1)".parse()?));
    /// assert_eq!((asdm.fit, asdm.stage), (Some(AsdmFit::Works), None));
    /// # Ok::<(), asa_failover_core::version::ParseVersionError>(())
    /// ```
    pub fn asdm(&self, target: AsaVersion, present: Option<AsaVersion>) -> Asdm {
        let minima = self.asdm_minima(target);
        let judged = present.map(|present| self.asdm_fit(target, present, &minima));
        let (fit, why) = judged.map_or((None, Vec::new()), |(fit, why)| (Some(fit), why));
        let stays = present.filter(|present| self.asdm_stays(target, *present, fit, &minima));
        let stage = if stays.is_some() { None } else { minima.last().map(|least| least.version) };
        let used = stage.or(present);
        Asdm {
            schema: Asdm::SCHEMA,
            asa: target,
            companion: self
                .asdm_pair(target)
                .map(|(row, first)| AsdmCompanion { train: first.train(), why: row.why.clone() }),
            minima,
            present,
            fit,
            why,
            stage,
            images: stage.map_or_else(Vec::new, |stage| self.asdm_images(stage)),
            clients: used.map_or_else(Vec::new, |used| self.asdm_clients(used)),
            notes: match fit {
                Some(AsdmFit::TooOld | AsdmFit::Unknown) => self.asdm_warnings(target),
                Some(AsdmFit::Works) | None => Vec::new(),
            },
        }
    }

    /// The row that pairs an ASA release, with the first ASDM of its companion train.
    fn asdm_pair(&self, target: AsaVersion) -> Option<(&Statement, AsaVersion)> {
        self.asdm.iter().find_map(|row| match &row.says {
            Says::Pair { asa, first } if asa.hold(target) => Some((row, *first)),
            _ => None,
        })
    }

    fn asdm_minima(&self, target: AsaVersion) -> Vec<AsdmMinimum> {
        // Of a train that nobody knows nothing is the minimum.
        if self.release(target.train()).is_none() {
            return Vec::new();
        }
        let floor = self.asdm_pair(target).map(|(row, first)| {
            let train = first.train();
            let mut why = row.why.clone();
            why.text =
                format!("{first} is the first release of ASDM {train}, the companion of this train").into();
            if row.permits() {
                why.basis = Basis::Derived;
                why.sources = why.sources.iter().cloned().chain(["derived".to_owned()]).collect();
            }
            AsdmMinimum { version: first, why }
        });
        let named = self.asdm.iter().filter_map(|row| match &row.says {
            Says::Minimum { asa, least } if asa.hold(target) => {
                Some(AsdmMinimum { version: *least, why: row.why.clone() })
            }
            _ => None,
        });
        let mut minima: Vec<AsdmMinimum> = floor.into_iter().chain(named).collect();
        minima.sort_by_key(|least| least.version);
        minima
    }

    fn asdm_images(&self, asdm: AsaVersion) -> Vec<ImageName> {
        let mut families = vec![ImageFamily::Asdm];
        for row in &self.asdm {
            if let Says::Client { asdm: range, images } = &row.says
                && range.hold(asdm)
            {
                families.extend(images);
            }
        }
        families.dedup();
        families.into_iter().filter_map(|family| ImageName::asdm(asdm, family)).collect()
    }

    fn asdm_clients(&self, asdm: AsaVersion) -> Vec<Reason> {
        let rows = self
            .asdm
            .iter()
            .filter(|row| matches!(&row.says, Says::Client { asdm: range, .. } if range.hold(asdm)));
        rows.map(|row| row.why.clone()).collect()
    }

    fn asdm_warnings(&self, target: AsaVersion) -> Vec<Reason> {
        let rows =
            self.asdm.iter().filter(|row| matches!(&row.says, Says::Warning { asa } if asa.hold(target)));
        rows.map(|row| row.why.clone()).collect()
    }
}

#[cfg(test)]
mod tests;
