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
mod along;
mod answer;
mod asdm;
mod builds;
mod guideline;
mod hardware;
mod hops;
mod judge;
mod lane;
mod model;
mod overlay;
mod path;
mod release;
mod render;
mod restriction;
mod rule;
mod source;
mod unnamed;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, LazyLock};

use sha2::{Digest, Sha256};

pub use crate::table::TableError;
pub use asdm::{Asdm, AsdmCompanion, AsdmFit, AsdmMinimum, AsdmStep, AsdmSteps};
pub use guideline::{Fact, Guideline, GuidelineKind};
pub use hardware::{BootMode, Driven, Runs};
pub use model::{Ability, BootProcedure, LastRelease, Model, Suits};
pub use release::{Only, Release};
pub use rule::{ParseRuleSetError, RuleSet};
pub use source::{Basis, Source};
pub use verdict::{
    Alternative, ByModel, Condition, Downgrade, Hop, HopKind, Reason, Skip, Verdict, VerdictKind,
};

use crate::table::read;
use guideline::Published;
use lane::{Gap, Ground, Lane};
use overlay::OfSite;
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
    gaps = "gaps.csv",
    guidelines = "guidelines.csv",
    upgrade_path = "upgrade_path.csv",
    asdm = "asdm.csv",
    boot_modes = "boot_modes.csv",
}

/// The tables, and the questions they answer: [`Compat::between`] above all.
#[derive(Clone)]
pub struct Compat {
    sources: BTreeMap<String, Arc<Source>>,
    rules: Rules,
    releases: Vec<Release>,
    builds: BTreeSet<AsaVersion>,
    /// Stops by the names of models and families they are for; the first that fits is taken.
    preferred_stops: Vec<(Vec<String>, AsaVersion)>,
    models: Vec<Model>,
    /// Models by the names they answer to.
    names: BTreeMap<String, usize>,
    gaps: Vec<Gap>,
    restrictions: Vec<Arc<Restriction>>,
    published: Vec<Arc<Published>>,
    /// Builds and stops that a site's own rows name, with the row.
    site: Vec<OfSite>,
    /// What the tables say to each model, by its place among them.
    lanes: Vec<Lane>,
    /// The places of models that no row tells apart.
    alike: Vec<Vec<usize>>,
    asdm: Vec<asdm::Statement>,
    hash: String,
}

/// Names the tables by their hash: they are long.
impl fmt::Debug for Compat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compat").field("table_hash", &self.hash).finish_non_exhaustive()
    }
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
        self.named(name).map(|(model, _)| model)
    }

    /// Every model of the tables.
    pub fn models(&self) -> impl Iterator<Item = &Model> {
        self.models.iter()
    }

    /// Every release train of the tables, oldest first.
    pub fn releases(&self) -> impl Iterator<Item = &Release> {
        self.releases.iter()
    }

    /// Every published guideline of the tables: first what may lock the operator out, then what speaks of
    /// some releases, then the rest, each by kind.
    pub fn guidelines(&self) -> impl Iterator<Item = &Guideline> {
        self.published.iter().map(|row| row.guideline.as_ref())
    }

    /// What stands behind a source key.
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.sources.get(key).map(AsRef::as_ref)
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
                Ok((Vec::new(), version))
            } else {
                Err(row.error("version", format!("expected a release of {train}, found {version}")))
            }
        })?;
        let mut models = read("models.csv", tables.models, Model::read)?;
        read("boot_modes.csv", tables.boot_modes, |row| BootMode::read(row, &mut models))?;
        let gaps = read("gaps.csv", tables.gaps, |row| Gap::read(row, &releases))?;
        let mut restrictions = read("upgrade_path.csv", tables.upgrade_path, Restriction::read)?;
        let mut published = Vec::new();
        for (row, restriction) in read("guidelines.csv", tables.guidelines, Published::read)? {
            published.push(Arc::new(row));
            restrictions.extend(restriction);
        }
        published.sort_by_key(|row| (!row.guideline.lockout, row.guideline.general, row.guideline.kind));
        let compat = Self {
            rules: Rules::read("rules.csv", tables.rules)?,
            sources: sources.into_iter().map(|source| (source.key.clone(), Arc::new(source))).collect(),
            releases,
            builds: builds.into_iter().collect(),
            preferred_stops,
            models,
            names: BTreeMap::new(),
            gaps,
            restrictions: restrictions.into_iter().map(Arc::new).collect(),
            published,
            site: Vec::new(),
            lanes: Vec::new(),
            alike: Vec::new(),
            asdm: read("asdm.csv", tables.asdm, asdm::Statement::read)?,
            hash: Self::hash_of(tables.named()),
        };
        Ok(compat.indexed())
    }

    /// SHA-256 over texts with their names.
    fn hash_of<'n, 't>(texts: impl Iterator<Item = (&'n str, &'t str)>) -> String {
        let mut hash = Sha256::new();
        for (name, text) in texts {
            hash.update(format!("{name} {}\n", text.len()));
            hash.update(text);
        }
        format!("{:x}", hash.finalize())
    }

    /// Works out what every question would have to search for.
    fn indexed(mut self) -> Self {
        self.names = BTreeMap::new();
        for (place, model) in self.models.iter().enumerate() {
            for name in &model.names {
                self.names.entry(name.clone()).or_insert(place);
            }
        }
        let ground = Ground {
            releases: &self.releases,
            preferred_stops: &self.preferred_stops,
            gaps: &self.gaps,
            rows: &self.restrictions,
            published: &self.published,
        };
        self.lanes = self.models.iter().map(|model| Lane::of(model, ground)).collect();
        self.alike = self.tell_apart();
        self
    }

    /// A model by its place in the tables, with what they say to it.
    fn at(&self, place: usize) -> Option<(&Model, &Lane)> {
        self.models.get(place).zip(self.lanes.get(place))
    }

    /// A model by its name, with what the tables say to it.
    fn named(&self, name: &str) -> Option<(&Model, &Lane)> {
        self.names.get(&model::key(name)).and_then(|place| self.at(*place))
    }

    fn lanes(&self) -> impl Iterator<Item = (&Model, &Lane)> {
        self.models.iter().zip(&self.lanes)
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
}

#[cfg(test)]
mod tests;
