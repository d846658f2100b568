//! May a pair go from one release to another without downtime, by which published rule, over which stops.
//!
//! Knows what the tables in `data/` say, row by row with source and basis, and judges only by them.
//! Permission comes from rows with a source; a remembered row adds a stop, a condition or a limit,
//! and never a yes. What the tables do not carry is [`VerdictKind::Unknown`].
//!
//! ```
//! use asa_failover_core::compat::{Compat, RuleSet};
//!
//! let compat = Compat::bundled();
//! let verdict = compat.between("7.0(8)".parse()?, "7.2(5)".parse()?, Some("ASA5520"), RuleSet::Auto);
//! let stops: Vec<String> = verdict.stops().map(|stop| stop.to_string()).collect();
//! assert_eq!(stops, ["7.1(2)"]);
//! assert_eq!(verdict.rule(), Some("strict.minor.next"));
//! assert!(verdict.is_hitless() && verdict.conditions.is_empty());
//! # Ok::<(), asa_failover_core::version::ParseVersionError>(())
//! ```

pub mod abilities;
mod answer;
mod asdm;
mod hardware;
mod judge;
mod model;
mod path;
mod release;
mod render;
mod restriction;
mod rule;
mod source;
mod verdict;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

pub use crate::table::TableError;
pub use asdm::{Asdm, AsdmCompanion, AsdmFit, AsdmMinimum, AsdmStep, AsdmSteps};
pub use hardware::{BootMode, Driven, Runs};
pub use model::{Ability, BootProcedure, LastRelease, Model, Suits};
pub use release::{Only, Release};
pub use rule::{ParseRuleSetError, RuleSet};
pub use source::{Basis, Source};
pub use verdict::{Alternative, Condition, Downgrade, Hop, HopKind, Reason, Skip, Verdict, VerdictKind};

use crate::table::read;
use restriction::Restriction;
use rule::Rules;

use crate::{AsaVersion, Train};

macro_rules! tables {
    ($($name:ident = $file:literal),+ $(,)?) => {
        /// The text of each table.
        #[derive(Clone, Copy)]
        struct Tables<'t> { $($name: &'t str),+ }

        impl Tables<'static> {
            const BUNDLED: Self = Self {
                $($name: include_str!(concat!("../../data/", $file))),+
            };
        }

        impl Tables<'_> {
            /// Each table with its file name, in a fixed order.
            fn named(&self) -> impl Iterator<Item = (&'static str, &str)> {
                [$(($file, self.$name)),+].into_iter()
            }
        }
    };
}
tables! {
    sources = "sources.csv",
    rules = "rules.csv",
    releases = "releases.csv",
    builds = "builds.csv",
    preferred_stops = "preferred_stops.csv",
    models = "models.csv",
    branches = "branches.csv",
    exceptions = "exceptions.csv",
    upgrade_path = "upgrade_path.csv",
    asdm = "asdm.csv",
    boot_modes = "boot_modes.csv",
}

/// The tables, and the questions they answer: [`Compat::between`] above all.
#[derive(Clone, Debug)]
pub struct Compat {
    sources: Vec<Source>,
    rules: Rules,
    releases: Vec<Release>,
    builds: BTreeSet<AsaVersion>,
    preferred_stops: Vec<AsaVersion>,
    models: Vec<Model>,
    branches: BTreeSet<(String, Train)>,
    restrictions: Vec<Restriction>,
    asdm: Vec<asdm::Statement>,
    hash: String,
}

impl Compat {
    /// The tables that are compiled in.
    ///
    /// # Panics
    ///
    /// Where a compiled-in table does not read, which a test of this crate excludes.
    pub fn bundled() -> &'static Self {
        static BUNDLED: LazyLock<Compat> = LazyLock::new(|| match Compat::read(Tables::BUNDLED) {
            Ok(compat) => compat,
            Err(error) => panic!("the compiled-in tables do not read: {error}"),
        });
        &BUNDLED
    }

    /// The model by a name people type (`ASA 5525-X`, `asa5525-x`) or one that the `Hardware:` line of
    /// `show version` prints (`ASA5525`, `FPR-2130`).
    ///
    /// ```
    /// use asa_failover_core::compat::{BootProcedure, Compat};
    ///
    /// let compat = Compat::bundled();
    /// assert_eq!(compat.model("ASA5525").map(|model| model.name.as_str()), Some("ASA 5525-X"));
    /// assert_eq!(compat.model("asa 5520").map(|model| model.name.as_str()), Some("ASA 5520"));
    /// assert_eq!(compat.model("FPR-2130").map(|model| model.boot), Some(BootProcedure::Chassis));
    /// assert_eq!(compat.model("WS-SVC-FWM-1"), None);
    /// ```
    pub fn model(&self, name: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.answers_to(name))
    }

    /// Every model of the tables.
    pub fn models(&self) -> impl Iterator<Item = &Model> {
        self.models.iter()
    }

    /// Every release train of the tables, oldest first.
    pub fn releases(&self) -> impl Iterator<Item = &Release> {
        self.releases.iter()
    }

    /// What stands behind a source key.
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.key == key)
    }

    /// SHA-256 over the text of all tables, in lower-case hex: names the knowledge an answer rests on.
    pub fn table_hash(&self) -> &str {
        &self.hash
    }

    fn read(tables: Tables<'_>) -> Result<Self, TableError> {
        let sources = read("sources.csv", tables.sources, |row| {
            Ok(Source {
                key: row.text("key")?.to_owned(),
                title: row.text("title")?.to_owned(),
                url: row.text("url")?.to_owned(),
                kind: row.text("kind")?.to_owned(),
                trust: row.text("trust")?.to_owned(),
            })
        })?;
        let mut oldest = None;
        let releases =
            read("releases.csv", tables.releases, |row| {
                let release = Release::read(row)?;
                match oldest.replace(release.train) {
                    Some(before) if before >= release.train => Err(row
                        .error("train", format!("expected a train after {before}, found {}", release.train))),
                    _ => Ok(release),
                }
            })?;
        let builds = read("builds.csv", tables.builds, |row| row.parse("version"))?;
        let preferred_stops = read("preferred_stops.csv", tables.preferred_stops, |row| {
            let (train, version): (Train, AsaVersion) = (row.parse("train")?, row.parse("version")?);
            if version.train() == train {
                Ok(version)
            } else {
                Err(row.error("version", format!("expected a release of {train}, found {version}")))
            }
        })?;
        let mut models = read("models.csv", tables.models, Model::read)?;
        read("boot_modes.csv", tables.boot_modes, |row| BootMode::read(row, &mut models))?;
        let branches = read("branches.csv", tables.branches, |row| {
            let train = row.parse("train")?;
            if releases.iter().any(|release| release.train == train) {
                Ok((row.text("family")?.to_owned(), train))
            } else {
                Err(row.error("train", format!("expected a train of releases.csv, found {train}")))
            }
        })?;
        let mut restrictions = read("exceptions.csv", tables.exceptions, Restriction::read)?;
        restrictions.extend(read("upgrade_path.csv", tables.upgrade_path, Restriction::read)?);
        let mut hash = Sha256::new();
        for (file, text) in tables.named() {
            hash.update(format!("{file} {}\n", text.len()));
            hash.update(text);
        }
        Ok(Self {
            rules: Rules::read("rules.csv", tables.rules)?,
            sources,
            releases,
            builds: builds.into_iter().collect(),
            preferred_stops,
            models,
            branches: branches.into_iter().collect(),
            restrictions,
            asdm: read("asdm.csv", tables.asdm, asdm::Statement::read)?,
            hash: format!("{:x}", hash.finalize()),
        })
    }

    fn release(&self, train: Train) -> Option<&Release> {
        self.releases.iter().find(|release| release.train == train)
    }

    /// The platforms a train is kept for, where it is kept for some.
    fn only(&self, train: Train) -> Option<&Only> {
        self.release(train)?.only.as_ref()
    }

    /// The trains of the tables between two others.
    fn trains_between(&self, old: Train, new: Train) -> impl Iterator<Item = Train> {
        self.releases.iter().map(|release| release.train).filter(move |train| old < *train && *train < new)
    }

    /// Whether a train is one of a model's, between its first and its last release.
    fn runs(&self, model: &Model, train: Train) -> bool {
        let begun = model.first.is_none_or(|first| first.train() <= train);
        let ended = model.ends_before(AsaVersion::new(train.major, train.minor, 0, 0));
        begun && !ended && self.branches.contains(&(model.family.clone(), train))
    }

    /// Whether a model (or, with none named, anything that is not kept for one platform) runs a release.
    fn has(&self, model: Option<&Model>, version: AsaVersion) -> bool {
        match model {
            None => self.release(version.train()).is_some_and(|release| release.only.is_none()),
            Some(model) => {
                self.runs(model, version.train())
                    && !model.ends_before(version)
                    && !model.begins_after(version)
            }
        }
    }

    /// The release to stop at in each train: the preferred one, else the highest maintenance without
    /// doubt, as far as the model runs it.
    fn stops_of(&self, model: Option<&Model>) -> impl Iterator<Item = AsaVersion> {
        self.releases.iter().filter_map(move |release| {
            let fits = |version| self.has(model, version);
            let preferred = self.preferred_stops.iter().copied().find(|stop| stop.train() == release.train);
            preferred.filter(|stop| fits(*stop)).or_else(|| release.highest(fits))
        })
    }
}

#[cfg(test)]
mod tests;
