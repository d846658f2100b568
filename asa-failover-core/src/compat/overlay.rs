//! A site's own rows over the tables: a release it forbids, one it knows, a stop it wants.
//!
//! A row of a site is a source like any other, named by file and line. It may forbid anything; what it adds
//! is judged by the same rules, exceptions and ends of models as everything else.

use std::sync::Arc;

use serde::Deserialize;

use super::Compat;
use super::builds::{Builds, ordinal};
use super::hops::Hops;
use super::model::Model;
use super::release::{Only, Release};
use super::restriction::{Effect, Restriction};
use super::source::{Basis, Source};
use super::verdict::Verdict;
use crate::table::{Row, TableError, read_with};
use crate::{AsaVersion, Train};

/// The id of what a site forbids.
const FORBID: &str = "site.forbid";

/// What a row of a site does.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Action {
    /// No pair goes to these releases, nor stops at them.
    Forbid,
    /// There is such a release.
    Release,
    /// The way through a train stops here.
    Stop,
}

/// Builds that a row of a site speaks of, and which row that is.
#[derive(Clone, Debug)]
pub(super) struct OfSite {
    builds: Builds,
    action: &'static str,
    key: String,
}

impl Compat {
    /// These tables with a site's own rows over them: CSV with the columns `action`, `versions`,
    /// `models` and `text`. `file` is the name by which verdicts and errors speak of the rows.
    ///
    /// * `forbid`: `versions` is a build (`9.18(2)`: that one alone; `=9.18.2` is it with its interims), a
    ///   train (`9.17`) or a range (`>=9.18.0, <9.20.0`).
    ///   No pair goes there or stops there; `text` says why.
    /// * `release`: `versions` is a build that the tables do not have. Of a train they do not have
    ///   either, `models` has to name what runs it.
    /// * `stop`: `versions` is the build to stop at on the way through its train.
    ///
    /// `models` holds names as [`Compat::model`] takes them, or families, apart by `;`. Empty: all.
    ///
    /// # Errors
    ///
    /// The first cell that does not read or contradicts the tables, by line and column.
    ///
    /// ```
    /// use asa_failover_core::compat::{Basis, Compat, RuleSet};
    ///
    /// let site = "action,versions,models,text\n\
    ///             forbid,9.16(4)57,,it drops our VPN users\n\
    ///             stop,9.12(4)67,ASA 5516-X,tested in our lab\n";
    /// let compat = Compat::bundled().overlaid("site.csv", site)?;
    /// let verdict = compat.between("9.8(4)".parse()?, "9.16(4)57".parse()?, Some("ASA5516"), RuleSet::Auto);
    /// let why = verdict.reason().expect("a refusal");
    /// assert_eq!(why.text, "this site forbids 9.16(4)57: it drops our VPN users");
    /// assert_eq!((why.basis, why.sources[0].as_str()), (Basis::Site, "site.csv line 2"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn overlaid(&self, file: &str, text: &str) -> Result<Self, TableError> {
        let mut compat = self.clone();
        read_with(file, text, &["action", "versions", "models", "text"], |row| compat.lay(file, row))?;
        compat.hash = Self::hash_of([("below", self.hash.as_str()), (file, text)].into_iter());
        Ok(compat.indexed())
    }

    fn lay(&mut self, file: &str, row: &Row<'_>) -> Result<(), TableError> {
        let key = format!("{file} line {}", row.line());
        let names = self.names_in(row)?;
        match row.word("action")? {
            Action::Forbid => self.forbid(row, names, &key)?,
            Action::Release => self.add(row, &names, &key)?,
            Action::Stop => {
                let stop = build(row)?;
                if self.release(stop.train()).is_none() {
                    let problem = format!("expected a release of a known train, found {stop}");
                    return Err(row.error("versions", problem));
                }
                self.site.push(OfSite { builds: Builds::only(stop), action: "stop", key: key.clone() });
                self.preferred_stops.insert(0, (names, stop));
            }
        }
        let source = Source {
            key: key.clone(),
            title: "a row of the site's own file".to_owned(),
            url: String::new(),
            kind: "site".to_owned(),
            trust: "as far as the site goes".to_owned(),
        };
        self.sources.insert(key, Arc::new(source));
        Ok(())
    }

    fn forbid(&mut self, row: &Row<'_>, names: Vec<String>, key: &str) -> Result<(), TableError> {
        let text = row.text("versions")?;
        let known = |builds: Builds| self.builds.iter().any(|build| builds.has(ordinal(*build)));
        let builds = if let Ok(build) = text.parse::<AsaVersion>() {
            if !known(Builds::release(build)) {
                let problem = format!("expected a known release with its interim, found {build}");
                return Err(row.error("versions", problem));
            }
            Builds::only(build)
        } else {
            let builds = match text.parse::<Train>() {
                Ok(train) => Builds::train(train),
                Err(_) => Builds::of(text).map_err(|problem| row.error("versions", problem))?,
            };
            if !known(builds) {
                return Err(
                    row.error("versions", format!("expected a range with a known build, found {text}"))
                );
            }
            builds
        };
        let why = match row.text("text")? {
            "" => format!("this site forbids {text}"),
            why => format!("this site forbids {text}: {why}"),
        };
        self.restrictions.push(Arc::new(Restriction {
            id: FORBID.into(),
            effect: Effect::Refused,
            hops: Hops::to(names, builds),
            through: None,
            text: why.into(),
            action: "choose another release".into(),
            basis: Basis::Site,
            sources: [key.to_owned()].into(),
        }));
        Ok(())
    }

    fn add(&mut self, row: &Row<'_>, names: &[String], key: &str) -> Result<(), TableError> {
        let build = build(row)?;
        let train = build.train();
        let is_new = self.release(train).is_none();
        if is_new {
            let youngest = self.releases.last().map(|release| release.train);
            if let Some(youngest) = youngest.filter(|youngest| train < *youngest) {
                let problem =
                    format!("expected a train of the tables or one after {youngest}, found {train}");
                return Err(row.error("versions", problem));
            }
            if names.is_empty() {
                let problem = format!("expected the models that run {train}, which the tables do not have");
                return Err(row.error("models", problem));
            }
            self.releases.push(Release {
                train,
                first: build,
                maintenance: vec![build],
                doubtful: Vec::new(),
                last_seen: build,
                only: Some(Only {
                    families: names.to_vec(),
                    basis: Basis::Site,
                    sources: vec![key.to_owned()],
                }),
                basis: Basis::Site,
                sources: vec![key.to_owned()],
            });
        }
        for model in self.models.iter().filter(|model| !names.is_empty() && model.is_named_by(names)) {
            let name = &model.name;
            let problem = if let Some(last) = model.last.filter(|_| model.ends_before(build)) {
                format!("the releases of the {name} end with {last}")
            } else if let Some(first) = model.first.filter(|_| model.begins_after(build)) {
                format!("the releases of the {name} begin with {first}")
            } else if is_new || self.named(name).is_some_and(|(_, lane)| lane.runs(train)) {
                continue;
            } else {
                format!("the tables say that {train} was never made for the {name}")
            };
            return Err(row.error("models", problem));
        }
        self.builds.insert(build);
        self.site.push(OfSite { builds: Builds::only(build), action: "release", key: key.to_owned() });
        Ok(())
    }

    /// The models of a row as the tables name them, or their families.
    fn names_in(&self, row: &Row<'_>) -> Result<Vec<String>, TableError> {
        let known = |name: &String| {
            let of_name = |model: &&Model| model.family.eq_ignore_ascii_case(name);
            if let Some(model) = self.models.iter().find(of_name) {
                return Some(model.family.clone());
            }
            let model = self.model(name)?;
            // `ASA 5585-X` is what people call every size of it.
            let sizes = |other: &&Model| {
                let behind = other.name.strip_prefix(&model.name);
                let is_size = behind.is_some_and(|rest| {
                    rest.starts_with([' ', '-']) || rest.starts_with(|c: char| c.is_ascii_digit())
                });
                other.family == model.family && is_size
            };
            Some(if self.models.iter().any(|other| sizes(&other)) {
                model.family.clone()
            } else {
                model.name.clone()
            })
        };
        let problem = |name: &String| format!("expected a model or a family of the tables, found {name:?}");
        let names = row.list("models")?;
        names.iter().map(|name| known(name).ok_or_else(|| row.error("models", problem(name)))).collect()
    }

    /// Adds to a verdict which rows of a site it rests on, and to a no what the site forbids on the way.
    pub(super) fn name_site(&self, verdict: &mut Verdict) {
        let decided = verdict.rule() == Some(FORBID);
        if !verdict.is_hitless() && !decided {
            let forbidden = self.restrictions.iter().filter(|row| row.id == FORBID);
            for row in forbidden.filter(|row| row.hops.may_lie(verdict.from, verdict.to)) {
                verdict.notes.push(format!("{} ({})", row.text, row.sources.join(", ")));
            }
        }
        for row in &self.site {
            for hop in &mut verdict.path {
                let ends = [hop.from, hop.to];
                let Some(build) = ends.into_iter().find(|build| row.builds.has(ordinal(*build))) else {
                    continue;
                };
                hop.sources = hop.sources.iter().chain([&row.key]).cloned().collect();
                hop.basis = hop.basis.max(Basis::Site);
                let note = format!("{build} is a {} of this site: {}", row.action, row.key);
                if !verdict.notes.contains(&note) {
                    verdict.notes.push(note);
                }
            }
        }
    }
}

impl Model {
    /// Whether names of models and families mean this one; none mean all.
    pub(super) fn is_named_by(&self, names: &[String]) -> bool {
        names.is_empty() || names.iter().any(|name| *name == self.family || *name == self.name)
    }
}

/// The build of a row, which has to be a release.
fn build(row: &Row<'_>) -> Result<AsaVersion, TableError> {
    let build: AsaVersion = row.parse("versions")?;
    if build.is_pre_release() {
        return Err(row.error("versions", format!("expected a release, found the pre-release build {build}")));
    }
    Ok(build)
}
