//! The whole answer: what stands before a path, the path, and what a reader of it must know.

use super::judge::{Allowed, Judge};
use super::model::{Ability, Model};
use super::path::Way;
use super::restriction::{Effect, Restriction};
use super::rule::RuleSet;
use super::source::Basis;
use super::verdict::{Alternative, Condition, Downgrade, Hop, HopKind, Reason, Verdict, VerdictKind};
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
        let known = model.map(|name| self.model(name).ok_or(name));
        let mut verdict = Verdict {
            schema: Verdict::SCHEMA,
            from,
            to,
            model: known.map(|known| known.map_or_else(str::to_owned, |model| model.name.clone())),
            rules,
            kind: VerdictKind::Same,
            path: Vec::new(),
            skips: Vec::new(),
            alternative: None,
            conditions: Vec::new(),
            notes: Vec::new(),
            boot: known.and_then(Result::ok).map(|model| model.boot),
        };
        if from == to {
            return verdict;
        }
        let judge = match known {
            Some(Err(name)) => {
                verdict.kind = VerdictKind::Unknown(by_tables(
                    "model.unknown",
                    format!("the tables have no model {name:?}"),
                ));
                return verdict;
            }
            Some(Ok(model)) => Judge { compat: self, model: Some(model), rules },
            None => Judge { compat: self, model: None, rules },
        };
        if let Err(kind) = self.before_any_path(&judge, from, to) {
            verdict.kind = kind;
            return verdict;
        }
        if to < from {
            judge.back(&mut verdict);
        } else {
            judge.forth(&mut verdict, stops);
        }
        self.notes(&judge, &mut verdict);
        verdict
    }

    /// What makes every path pointless: releases and models that the tables do not know or exclude.
    fn before_any_path(
        &self,
        judge: &Judge<'_>,
        from: AsaVersion,
        to: AsaVersion,
    ) -> Result<(), VerdictKind> {
        let running = |text: String| VerdictKind::Unknown(by_tables("release.running", text));
        if self.release(from.train()).is_none() {
            return Err(running(format!("the tables have no train {}, which runs here", from.train())));
        }
        if from.is_pre_release() {
            return Err(running(format!("{from} is a pre-release build, of which no rule speaks")));
        }
        if self.release(to.train()).is_none() {
            return Err(self.no_train(to));
        }
        if to.is_pre_release() {
            let text = format!("{to} is a pre-release build, which is never a target");
            return Err(VerdictKind::Refused(by_tables("release.pre-release", text)));
        }
        if let Some(row) = judge.rows(from, to).find(|row| row.effect == Effect::Refused) {
            return Err(VerdictKind::Refused(row.reason()));
        }
        judge.model.map_or(Ok(()), |model| self.model_allows(model, from, to))
    }

    /// A train that is not in the tables: between known ones it never existed, beyond them who knows.
    fn no_train(&self, to: AsaVersion) -> VerdictKind {
        let train = to.train();
        let (older, newer): (Vec<&Release>, Vec<&Release>) =
            self.releases.iter().partition(|release| release.train < train);
        match (older.last(), newer.first()) {
            (Some(older), Some(newer)) => VerdictKind::Refused(by_tables(
                "release.no-train",
                format!("there is no train {train}: {} is followed by {}", older.train, newer.train),
            )),
            _ => VerdictKind::Unknown(by_tables(
                "release.beyond",
                format!("the train {train} is beyond the tables"),
            )),
        }
    }

    fn model_allows(&self, model: &Model, from: AsaVersion, to: AsaVersion) -> Result<(), VerdictKind> {
        let by_model = |id: &str, text: String| Reason {
            id: id.to_owned(),
            text,
            basis: model.basis,
            sources: model.sources.clone(),
        };
        let name = &model.name;
        match model.active_standby {
            Ability::Yes | Ability::Licensed => {}
            Ability::No => {
                let text = format!("the {name} has no failover");
                return Err(VerdictKind::Refused(by_model("model.no-failover", text)));
            }
            Ability::Unknown => {
                let text = format!("whether the {name} can fail over was not found");
                return Err(VerdictKind::Unknown(by_model("model.failover", text)));
            }
        }
        if !self.has(Some(model), from) {
            let text = format!("{from} runs here, and the tables do not have it for the {name}");
            return Err(VerdictKind::Unknown(by_model("model.running", text)));
        }
        if let Some(last) = model.last.filter(|_| model.ends_before(to)) {
            let text = format!("the releases of the {name} end with {last}");
            return Err(VerdictKind::Refused(by_model("model.last", text)));
        }
        if let Some(first) = model.first.filter(|_| model.begins_after(to)) {
            let text = format!("the releases of the {name} begin with {first}");
            return Err(VerdictKind::Refused(by_model("model.first", text)));
        }
        if !self.runs(model, to.train()) {
            let text = format!("{} was never made for the {name}", to.train());
            return Err(VerdictKind::Refused(by_model("model.train", text)));
        }
        Ok(())
    }

    /// What a reader should know of the two releases.
    fn notes(&self, judge: &Judge<'_>, verdict: &mut Verdict) {
        let (from, to) = (verdict.from, verdict.to);
        let mut notes = Vec::new();
        for build in [from, to] {
            if !self.builds.contains(&build) {
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
        if judge.model.is_none() {
            notes.push("no model was named: what the platform runs is not judged".to_owned());
        }
        verdict.notes.append(&mut notes);
    }
}

impl Judge<'_> {
    /// A way back: covered inside the train, by the rule that names no direction.
    fn back(&self, verdict: &mut Verdict) {
        let (from, to) = (verdict.from, verdict.to);
        if let Some(row) = self.rows(from, to).find(|row| row.effect == Effect::Unknown) {
            verdict.kind = VerdictKind::Unknown(row.reason());
            return;
        }
        let rule = &self.compat.rules.strict_maintenance;
        let exception = self.rows(from, to).find(|row| row.effect == Effect::NotHitless);
        let why = if from.train() == to.train() {
            exception.map(Restriction::reason)
        } else {
            Some(rule.reason(&format!(
                "no rule speaks of a way back from {} to {}",
                from.train(),
                to.train()
            )))
        };
        verdict.kind = VerdictKind::Downgrade(match why {
            Some(why) => Downgrade::ByNoRule(why),
            None => Downgrade::ByMaintenanceRule,
        });
        if from.train() != to.train() {
            return;
        }
        verdict.path.push(Hop {
            from,
            to,
            kind: HopKind::Maintenance,
            rule: rule.id.clone(),
            rules: RuleSet::Strict,
            interrupts: exception.map(Restriction::reason),
            sources: rule.sources.clone(),
            basis: rule.basis,
            caveat: rule.caveat.clone(),
        });
        for row in self.rows(from, to) {
            match row.effect {
                Effect::Condition => add(&mut verdict.conditions, row.condition()),
                Effect::Note => verdict.notes.push(row.text.clone()),
                _ => {}
            }
        }
    }

    /// A way forward, over the pinned stops and those the search adds.
    fn forth(&self, verdict: &mut Verdict, pinned: &[AsaVersion]) {
        let mut nodes = vec![verdict.from];
        nodes.extend(pinned.iter().copied().filter(|stop| *stop != verdict.from && *stop != verdict.to));
        nodes.push(verdict.to);
        if let Some(stop) = self.misplaced(&nodes) {
            let text = format!("the pinned stop {stop} is no release on the way");
            verdict.kind = VerdictKind::Refused(by_tables("path.pinned", text));
            return;
        }
        let mut hops: Vec<Allowed> = Vec::new();
        for pair in nodes.windows(2) {
            let [from, to] = *pair else { continue };
            match self.way(from, to) {
                Way::Hops(way) => hops.extend(way),
                Way::None(why) => {
                    verdict.kind = VerdictKind::Refused(why);
                    return;
                }
                Way::Unknown(why) => {
                    verdict.kind = VerdictKind::Unknown(why);
                    return;
                }
            }
        }
        for allowed in hops {
            verdict.path.push(allowed.hop);
            allowed.conditions.into_iter().for_each(|condition| add(&mut verdict.conditions, condition));
            for note in allowed.notes {
                if !verdict.notes.contains(&note) {
                    verdict.notes.push(note);
                }
            }
        }
        let interrupts = verdict.path.iter().find_map(|hop| hop.interrupts.clone());
        verdict.kind = match (interrupts, verdict.path.as_slice()) {
            (Some(why), _) => VerdictKind::NotHitless(why),
            (None, [hop]) => VerdictKind::Hitless(hop.kind),
            (None, _) => VerdictKind::NeedsStops,
        };
        if let Some(first) = verdict.path.first().filter(|_| verdict.path.len() > 1) {
            let mut nodes = vec![first.from];
            nodes.extend(verdict.path.iter().map(|hop| hop.to));
            verdict.skips = self.skips(&nodes);
        }
        if self.rules == RuleSet::Auto && pinned.is_empty() {
            verdict.alternative = self.shorter(verdict);
        }
    }

    /// A shorter hitless way that the later guidance allows already.
    fn shorter(&self, verdict: &Verdict) -> Option<Alternative> {
        let current = Judge { rules: RuleSet::Current, ..*self };
        let Way::Hops(hops) = current.way(verdict.from, verdict.to) else { return None };
        let path: Vec<Hop> = hops.into_iter().map(|allowed| allowed.hop).collect();
        let hitless = path.iter().all(|hop| hop.interrupts.is_none());
        (hitless && path.len() < verdict.path.len()).then_some(Alternative { rules: RuleSet::Current, path })
    }

    /// The first pinned stop that is not younger than the release before it, or that this pair cannot
    /// stop at.
    fn misplaced(&self, nodes: &[AsaVersion]) -> Option<AsaVersion> {
        let (last, stops) = nodes.split_last()?;
        stops.windows(2).find_map(|pair| match *pair {
            [before, stop] => {
                let on_the_way = before < stop && stop < *last;
                let fits = !stop.is_pre_release() && self.compat.has(self.model, stop);
                (!on_the_way || !fits).then_some(stop)
            }
            _ => None,
        })
    }
}

fn add(conditions: &mut Vec<Condition>, condition: Condition) {
    if !conditions.contains(&condition) {
        conditions.push(condition);
    }
}

fn by_tables(id: &str, text: String) -> Reason {
    Reason { id: id.to_owned(), text, basis: Basis::Derived, sources: Vec::new() }
}
