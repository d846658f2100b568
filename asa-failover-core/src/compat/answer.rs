//! The whole answer: what stands before a path, the path, and what a reader of it must know.

use std::sync::Arc;

use super::guideline::Published;
use super::hardware::Runs;
use super::judge::Judge;
use super::model::Ability;
use super::restriction::Effect;
use super::rule::RuleSet;
use super::source::Basis;
use super::verdict::{Reason, Verdict, VerdictKind};
use super::{Compat, Release};
use crate::AsaVersion;

/// From this interim on builds were special ones, numbered out of the order of time.
const SPECIAL_INTERIM: u16 = 100;

impl Compat {
    /// May a pair of this model go from one release to the other without downtime.
    ///
    /// The model is a name as [`Compat::model`] takes it. With none named only the releases are
    /// judged, and what depends on the platform is [`VerdictKind::Unknown`].
    ///
    /// ```
    /// use asa_failover_core::compat::{Compat, HopKind, RuleSet, VerdictKind};
    ///
    /// let compat = Compat::bundled();
    /// let ask = |from: &str, to: &str| {
    ///     Ok(compat.between(from.parse()?, to.parse()?, Some("ASA5525"), RuleSet::Auto))
    /// };
    /// let verdict = ask("9.8(4)", "9.8(4)48")?;
    /// assert_eq!(verdict.kind, VerdictKind::Hitless(HopKind::Maintenance));
    ///
    /// let verdict = ask("9.12(4)", "9.16(4)")?;
    /// assert_eq!(verdict.rule(), Some("model.last"));
    /// assert!(matches!(verdict.kind, VerdictKind::Refused(_)));
    /// # Ok::<(), asa_failover_core::version::ParseVersionError>(())
    /// ```
    pub fn between(&self, from: AsaVersion, to: AsaVersion, model: Option<&str>, rules: RuleSet) -> Verdict {
        self.between_over(from, to, &[], model, rules)
    }

    /// As [`Compat::between`], over stops that the caller pins, oldest first. The way between two of
    /// them is still searched; a way back has none.
    pub fn between_over(
        &self,
        from: AsaVersion,
        to: AsaVersion,
        stops: &[AsaVersion],
        model: Option<&str>,
        rules: RuleSet,
    ) -> Verdict {
        let known = model.map(|name| self.named(name).ok_or(name));
        let named = known.map(|known| known.map_or_else(str::to_owned, |(model, _)| model.name.clone()));
        let mut verdict = Verdict::asked(from, to, named, rules);
        verdict.boot = known.and_then(Result::ok).map(|(model, _)| model.boot);
        if from == to {
            return verdict;
        }
        if let Some(Err(name)) = known {
            let text = format!("the tables have no model {name:?}");
            let action = "name the model as the Hardware line of show version does";
            verdict.kind = VerdictKind::Unknown(Reason::by_tables("model.unknown", text, action));
            return verdict;
        }
        if let Err(kind) = self.releases_allow(from, to) {
            verdict.kind = kind;
        } else if let Some(Ok((model, lane))) = known {
            Judge { compat: self, model, lane, rules }.answer(&mut verdict, stops);
        } else {
            self.by_model(&mut verdict, stops);
        }
        self.notes(&mut verdict);
        self.name_site(&mut verdict);
        verdict.cited =
            verdict.sources().into_iter().filter_map(|key| self.sources.get(key).cloned()).collect();
        verdict
    }

    /// What makes every path pointless whatever the model: releases that the tables do not have.
    fn releases_allow(&self, from: AsaVersion, to: AsaVersion) -> Result<(), VerdictKind> {
        let running = |text: String| {
            let action = "read the release off both units again, and ask the vendor";
            VerdictKind::Unknown(Reason::by_tables("release.running", text, action))
        };
        if self.release(from.train()).is_none() {
            return Err(running(format!("the tables have no train {}, which runs here", from.train())));
        }
        for build in [from, to] {
            // Of a train that only a site knows, only what it names is there.
            if self.release(build.train()).is_some_and(|release| release.basis == Basis::Site)
                && !self.builds.contains(&build)
            {
                let text =
                    format!("{build} is not among the builds of {} that the site names", build.train());
                let action = "name the build in a release row of the site's file";
                return Err(VerdictKind::Unknown(Reason::by_tables("site.release", text, action)));
            }
        }
        if from.is_pre_release() {
            return Err(running(format!("{from} is a pre-release build, of which no rule speaks")));
        }
        if self.release(to.train()).is_none() {
            return Err(self.no_train(to));
        }
        if to.is_pre_release() {
            let text = format!("{to} is a pre-release build, which is never a target");
            let action = format!("choose a release of {}, from maintenance 1 on", to.train());
            return Err(VerdictKind::Refused(Reason::by_tables("release.pre-release", text, action)));
        }
        Ok(())
    }

    /// A train that is not in the tables: between known ones it never existed, beyond them who knows.
    fn no_train(&self, to: AsaVersion) -> VerdictKind {
        let train = to.train();
        let (older, newer): (Vec<&Release>, Vec<&Release>) =
            self.releases.iter().partition(|release| release.train < train);
        match (older.last(), newer.first()) {
            (Some(older), Some(newer)) => VerdictKind::Refused(Reason::by_tables(
                "release.no-train",
                format!("there is no train {train}: {} is followed by {}", older.train, newer.train),
                format!("choose a release of {} or {}", older.train, newer.train),
            )),
            _ => VerdictKind::Unknown(Reason::by_tables(
                "release.beyond",
                format!("the train {train} is beyond the tables"),
                "take newer tables, or name the release and who runs it in a site's own rows",
            )),
        }
    }

    /// What a reader should know of the two releases.
    fn notes(&self, verdict: &mut Verdict) {
        let (from, to) = (verdict.from, verdict.to);
        let mut notes = Vec::new();
        for build in [from].into_iter().chain(verdict.stops()).chain([to]) {
            if self.release(build.train()).is_some() && !self.builds.contains(&build) {
                notes.push(format!("{build} is not among the known builds: judged by its train"));
            }
            if self.release(build.train()).is_some_and(|release| release.doubtful.contains(&build)) {
                notes.push(format!("only one record knows {build}: its existence is in doubt"));
            }
        }
        if from.train() == to.train() && (from.interim, to.interim) != (0, 0) {
            notes.push("the rule speaks of maintenance releases; interims are judged as such".to_owned());
            let special = from.interim.max(to.interim) >= SPECIAL_INTERIM;
            if from.maintenance == to.maintenance && special {
                notes.push("a higher interim is not always the younger build".to_owned());
            }
        }
        verdict.notes.append(&mut notes);
    }
}

impl Judge<'_> {
    /// The answer of one judge: a kind, and where there is a way, the way.
    pub(super) fn answer(&self, verdict: &mut Verdict, stops: &[AsaVersion]) {
        let (from, to) = (verdict.from, verdict.to);
        if let Some(row) = self.rows(from, to).find(|row| row.effect == Effect::Refused) {
            verdict.kind = VerdictKind::Refused(row.reason());
        } else if let Err(kind) = self.model_allows(from, to) {
            verdict.kind = kind;
        } else if to < from {
            self.back(verdict);
        } else {
            self.forth(verdict, stops);
        }
        self.published(verdict);
    }

    /// Whether the model has failover and runs both releases.
    fn model_allows(&self, from: AsaVersion, to: AsaVersion) -> Result<(), VerdictKind> {
        let model = self.model;
        let name = &model.name;
        match model.active_standby {
            Ability::Yes | Ability::Licensed => {}
            Ability::No => {
                let text = format!("the {name} has no failover");
                let action = "upgrade each unit by itself, in an outage".to_owned();
                return Err(VerdictKind::Refused(model.reason("model.no-failover", text, action)));
            }
            Ability::Unknown => {
                let text = format!("whether the {name} can fail over was not found");
                let action = "ask the vendor".to_owned();
                return Err(VerdictKind::Unknown(model.reason("model.failover", text, action)));
            }
        }
        if !self.lane.has(model, from) {
            let begun =
                model.first.map_or_else(String::new, |first| format!(", whose releases begin with {first}"));
            let text = format!("{from} runs here, and the tables do not have it for the {name}{begun}");
            let action = "read the model and the release off both units again".to_owned();
            return Err(VerdictKind::Unknown(model.reason("model.running", text, action)));
        }
        if self.lane.has(model, to) {
            return Ok(());
        }
        match self.compat.runs_on(model, to) {
            Runs::Within(_) => Ok(()),
            Runs::Outside(why) => Err(VerdictKind::Refused(why)),
            Runs::Unknown(why) => Err(VerdictKind::Unknown(why)),
        }
    }

    /// The guidelines that the hops of a verdict meet; where there is no path, those of the whole step.
    fn published(&self, verdict: &mut Verdict) {
        let whole = [(verdict.from, verdict.to)];
        let hops: Vec<(AsaVersion, AsaVersion)> = verdict.path.iter().map(|hop| (hop.from, hop.to)).collect();
        let hops = if hops.is_empty() { whole.as_slice() } else { hops.as_slice() };
        let met = |row: &Published| hops.iter().any(|(from, to)| row.hops.have(*from, *to));
        // Of a long way most rows meet no hop at all, which its ends tell.
        let (first, last) = (verdict.from.min(verdict.to), verdict.from.max(verdict.to));
        for row in self.lane.published.iter().filter(|row| row.hops.may_lie(first, last) && met(row)) {
            // A guideline that needs several rows for its ranges is said once: they stand side by side.
            if verdict.guidelines.last().is_none_or(|last| !last.says_the_same(&row.guideline)) {
                verdict.guidelines.push(Arc::clone(&row.guideline));
            }
        }
    }
}
