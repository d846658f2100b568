//! What a model runs, how it is told what to boot, and whether a plan can drive that.
//!
//! The releases of most models are remembered, and what is remembered limits. So the answer to
//! "does it run this" is that a release lies inside of these limits or outside, never a promise.

use std::fmt;

use serde::Serialize;

use super::Compat;
use super::model::{Ability, BootProcedure, Model, Suits};
use super::source::Basis;
use super::verdict::Reason;
use crate::AsaVersion;
use crate::table::{Row, TableError};

/// A mode that a model may run in, as a row of `boot_modes.csv`. Which one a unit runs in, its model
/// does not say.
///
/// As JSON: `mode`, `since`, `boot`, `text`, `basis`, `sources`.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BootMode {
    /// The mode: `platform`, `appliance`, `hypervisor`, `public-cloud`.
    pub mode: String,
    /// The first release that has it. `None` where all have.
    pub since: Option<AsaVersion>,
    /// How a unit in this mode is told what to boot.
    pub boot: BootProcedure,
    /// One sentence.
    pub text: String,
    /// What the row rests on.
    pub basis: Basis,
    /// Keys of its sources.
    pub sources: Vec<String>,
}

/// Whether a release lies inside of what a model is known to run.
///
/// As JSON: `answer` (`within`, `outside` or `unknown`) and `why`, a reason.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "answer", content = "why", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Runs {
    /// Between the first and the last release, in a train of the model. No promise: see the basis.
    Within(Reason),
    /// Before the first, after the last, or in a train that was not made for it.
    Outside(Reason),
    /// The tables do not say.
    Unknown(Reason),
}

/// Whether a plan can drive the way in which a model is told what to boot.
///
/// As JSON: `answer` (`yes`, `no` or `depends`) and `why`.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "answer", content = "why", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Driven {
    /// By its list of `boot system` lines.
    Yes,
    /// No, and why.
    No(String),
    /// On a mode that the model does not tell.
    Depends(String),
}

impl BootProcedure {
    /// Whether a plan drives it.
    pub const fn is_driven(self) -> bool {
        matches!(self, Self::BootList)
    }
}

impl BootMode {
    /// Reads a row into the models of its family.
    pub(super) fn read(row: &Row<'_>, models: &mut [Model]) -> Result<(), TableError> {
        let mode = Self {
            mode: row.text("mode")?.to_owned(),
            since: row.optional("since")?,
            boot: row.word("boot")?,
            text: row.text("text")?.to_owned(),
            basis: row.word("basis")?,
            sources: row.sources("source")?,
        };
        let family = row.text("family")?;
        let mut of_family = models.iter_mut().filter(|model| model.family == family).peekable();
        if of_family.peek().is_none() {
            return Err(row.error("family", format!("expected a family of models.csv, found {family:?}")));
        }
        for model in of_family {
            model.modes.push(mode.clone());
        }
        Ok(())
    }
}

impl Model {
    /// The modes that a unit with this release may run in; empty where the model has one way.
    ///
    /// ```
    /// use asa_failover_core::compat::{BootProcedure, Compat, Driven};
    ///
    /// let model = Compat::bundled().model("FPR-2130").ok_or("not in the tables")?;
    /// let modes = |release: &str| Ok::<_, Box<dyn std::error::Error>>(
    ///     model.modes_at(release.parse()?).map(|mode| mode.mode.as_str()).collect::<Vec<_>>());
    /// assert_eq!(modes("9.12(4)")?, ["platform"]);
    /// assert_eq!(modes("9.16(4)")?, ["platform", "appliance"]);
    /// assert!(matches!(model.driven("9.16(4)".parse()?), Driven::No(_)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn modes_at(&self, release: AsaVersion) -> impl Iterator<Item = &BootMode> {
        self.modes.iter().filter(move |mode| mode.since.is_none_or(|since| since <= release))
    }

    /// Whether a plan can drive a unit of this model that runs this release.
    pub fn driven(&self, release: AsaVersion) -> Driven {
        let mut modes = self.modes_at(release).peekable();
        if modes.peek().is_none() {
            return if self.boot.is_driven() {
                Driven::Yes
            } else {
                Driven::No(format!("the {} is told what to boot by {}", self.name, self.boot))
            };
        }
        let (driven, other): (Vec<&BootMode>, Vec<&BootMode>) = modes.partition(|mode| mode.boot.is_driven());
        let why = || other.iter().map(|mode| mode.text.as_str()).collect::<Vec<_>>().join("; ");
        match (driven.is_empty(), other.is_empty()) {
            (_, true) => Driven::Yes,
            (true, false) => Driven::No(why()),
            (false, false) => Driven::Depends(why()),
        }
    }

    /// A reason that this row of the models gives.
    pub(super) fn reason(&self, id: &str, text: String, action: String) -> Reason {
        Reason {
            id: id.into(),
            text: text.into(),
            action: action.into(),
            basis: self.basis,
            sources: self.sources.clone().into(),
        }
    }
}

impl Compat {
    /// Whether a release lies inside of what a model is known to run.
    ///
    /// ```
    /// use asa_failover_core::compat::{Compat, Runs};
    ///
    /// let compat = Compat::bundled();
    /// let model = compat.model("ASA5525").ok_or("not in the tables")?;
    /// let Runs::Outside(why) = compat.runs_on(model, "9.16(4)".parse()?) else { unreachable!() };
    /// assert_eq!((why.id.as_str(), why.text.as_str()), ("model.last", "the releases of the ASA 5525-X end with 9.14(4)"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn runs_on(&self, model: &Model, release: AsaVersion) -> Runs {
        let (name, train) = (&model.name, release.train());
        if let Some(last) = model.last.filter(|_| model.ends_before(release)) {
            let text = format!("the releases of the {name} end with {last}");
            let action = format!("choose a release up to {last}, or replace the hardware");
            return Runs::Outside(model.reason("model.last", text, action));
        }
        if let Some(first) = model.first.filter(|_| model.begins_after(release)) {
            let text = format!("the releases of the {name} begin with {first}");
            return Runs::Outside(model.reason(
                "model.first",
                text,
                format!("choose a release from {first} on"),
            ));
        }
        let ask = || "ask the vendor".to_owned();
        if self.release(train).is_none() {
            let text = format!("the tables have no train {train}");
            return Runs::Unknown(model.reason("release.unknown", text, ask()));
        }
        if release.is_pre_release() {
            let text = format!("{release} is a pre-release build, of which no row speaks");
            return Runs::Unknown(model.reason("release.pre-release", text, ask()));
        }
        let trains = self.named(name).map(|(_, lane)| lane.trains.as_slice()).unwrap_or_default();
        if trains.is_empty() {
            let text = format!("which trains the {name} runs is not known");
            return Runs::Unknown(model.reason("model.trains", text, ask()));
        }
        if !trains.contains(&train) {
            let action = format!("choose a release of another train than {train}");
            let text = format!("{train} was never made for the {name}");
            return Runs::Outside(model.reason("model.train", text, action));
        }
        let since =
            model.first.map_or_else(|| "since when is not known".to_owned(), |first| format!("from {first}"));
        let until = model.last.map_or_else(|| "without a known end".to_owned(), |last| format!("to {last}"));
        let text = format!("the {name} has releases {since}, {until}");
        Runs::Within(model.reason("model.releases", text, "look at its release notes".to_owned()))
    }
}

impl fmt::Display for Suits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yes => f.write_str("yes"),
            Self::No(why) => write!(f, "no, {why}"),
            Self::Unknown(why) => write!(f, "unknown, {why}"),
        }
    }
}

impl fmt::Display for Driven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yes => f.write_str("yes"),
            Self::No(why) => write!(f, "no, {why}"),
            Self::Depends(why) => write!(f, "depends: {why}"),
        }
    }
}

impl fmt::Display for Runs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (answer, why) = match self {
            Self::Within(why) => ("within", why),
            Self::Outside(why) => ("outside", why),
            Self::Unknown(why) => ("unknown", why),
        };
        write!(f, "{answer}, {} [{}: {}]", why.text, why.basis, why.sources.join(", "))
    }
}

impl fmt::Display for Ability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Yes => "yes",
            Self::Licensed => "with a licence",
            Self::No => "no",
            Self::Unknown => "unknown",
        })
    }
}

/// The releases with what they rest on; image and boot procedure; what failover can do.
impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.name)?;
        match (self.first, self.last) {
            (Some(first), Some(last)) => write!(f, "{first} to {last}")?,
            (Some(first), None) => write!(f, "{first} and later")?,
            (None, Some(last)) => write!(f, "until {last}")?,
            (None, None) => f.write_str("releases not known")?,
        }
        write!(f, " [{}: {}]", self.basis, self.sources.join(", "))?;
        match self.image {
            Some(image) => write!(f, "\nimage {image} [{}]", self.image_basis)?,
            None => f.write_str("\nimage not known")?,
        }
        if self.modes.is_empty() {
            write!(f, "; told what to boot by {} [{}]", self.boot, self.boot_basis)?;
        }
        for mode in &self.modes {
            write!(f, "; {} mode", mode.mode)?;
            if let Some(since) = mode.since {
                write!(f, " (from {since})")?;
            }
            write!(f, " by {} [{}]", mode.boot, mode.basis)?;
        }
        write!(
            f,
            "\nActive/Standby: {}; connections survive: {}; Active/Active: {}",
            self.active_standby, self.stateful, self.active_active
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::compat::{Compat, Tables};

    fn read(boot_modes: &str) -> Result<Compat, String> {
        Compat::read(Tables { boot_modes, ..Tables::BUNDLED }).map_err(|error| error.to_string())
    }

    #[test]
    fn every_row_of_the_boot_modes_is_one_of_its_family() {
        let lines: Vec<&str> = Tables::BUNDLED.boot_modes.lines().collect();
        for gone in 1..lines.len() {
            let kept: Vec<&str> =
                lines.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, line)| *line).collect();
            let compat = read(&kept.join("\n")).unwrap();
            for model in Compat::bundled().models() {
                let fewer = compat.model(&model.name).unwrap().modes.len();
                let lost = lines[gone].starts_with(&format!("{},", model.family));
                assert_eq!(
                    fewer + usize::from(lost),
                    model.modes.len(),
                    "{} without {}",
                    model.name,
                    lines[gone]
                );
            }
        }
    }

    #[test]
    fn a_mode_of_no_family_is_named() {
        let text = Tables::BUNDLED.boot_modes.replacen("asav,hypervisor", "asaw,hypervisor", 1);
        assert_eq!(
            read(&text).unwrap_err(),
            "boot_modes.csv, line 4, column family: expected a family of models.csv, found \"asaw\""
        );
    }
}
