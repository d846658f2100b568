//! The judgement of one hop: the rule that allows it, or what stands against it.

use super::Compat;
use super::model::Model;
use super::restriction::{Effect, Restriction};
use super::rule::{Rule, RuleSet, has_later_guidance};
use super::source::Basis;
use super::verdict::{Condition, Hop, HopKind, Reason};
use crate::{AsaVersion, Train};

/// What may be said of one hop.
#[derive(Clone, Debug)]
pub(super) enum Judgement {
    /// A rule allows it. The hop itself says whether it interrupts traffic.
    Allowed(Box<Allowed>),
    /// It must not be one hop.
    Forbidden(Reason),
    /// The tables do not carry an answer.
    Unknown(Reason),
}

/// An allowed hop and what comes with it.
#[derive(Clone, Debug)]
pub(super) struct Allowed {
    pub(super) hop: Hop,
    pub(super) conditions: Vec<Condition>,
    pub(super) notes: Vec<String>,
}

/// Judges upgrade hops for one model (or none named) by one rule set.
#[derive(Clone, Copy)]
pub(super) struct Judge<'c> {
    pub(super) compat: &'c Compat,
    pub(super) model: Option<&'c Model>,
    pub(super) rules: RuleSet,
}

impl<'c> Judge<'c> {
    /// The rows that speak of a hop.
    pub(super) fn rows(&self, from: AsaVersion, to: AsaVersion) -> impl Iterator<Item = &'c Restriction> {
        let model = self.model;
        self.compat.restrictions.iter().filter(move |row| row.fits(from, to, model))
    }

    /// Whether a pair may go there in one hop.
    pub(super) fn hop(&self, from: AsaVersion, to: AsaVersion) -> Judgement {
        let (mut interrupts, mut unknown) = (None, None);
        let (mut conditions, mut notes) = (Vec::new(), Vec::new());
        for row in self.rows(from, to) {
            match row.effect {
                Effect::Refused | Effect::Through => return Judgement::Forbidden(row.reason()),
                Effect::NotHitless => interrupts = Some(row.reason()),
                Effect::Unknown => unknown = Some(row.reason()),
                Effect::Condition => conditions.push(row.condition()),
                Effect::Note => notes.push(row.text.clone()),
                Effect::Direct => {}
            }
        }
        let judged = match self.rules.judging(to) {
            RuleSet::Current => self.current(from, to),
            _ => self.strict(from, to),
        };
        match (judged, unknown) {
            (Judgement::Allowed(_), Some(why)) => Judgement::Unknown(why),
            (Judgement::Allowed(mut allowed), None) => {
                allowed.hop.interrupts = interrupts;
                allowed.conditions.append(&mut conditions);
                allowed.notes.append(&mut notes);
                Judgement::Allowed(allowed)
            }
            (other, _) => other,
        }
    }

    /// The founding text: inside the train, or to the very next train of this model.
    fn strict(&self, from: AsaVersion, to: AsaVersion) -> Judgement {
        let (old, new) = (from.train(), to.train());
        if old == new {
            return allowed(&self.compat.rules.strict_maintenance, RuleSet::Strict, from, to);
        }
        let rules = &self.compat.rules;
        let rule = if old.major == new.major { &rules.strict_minor } else { &rules.strict_major };
        let (here, elsewhere): (Vec<Train>, Vec<Train>) =
            self.compat.trains_between(old, new).partition(|train| self.runs(*train));
        if let Some(reason) = self.needs_model(old, new, &here, &elsewhere) {
            return Judgement::Unknown(reason);
        }
        if !here.is_empty() {
            let between: Vec<String> = here.iter().map(Train::to_string).collect();
            let lie = if between.len() == 1 { "lies" } else { "lie" };
            let found = format!("{} {lie} between {old} and {new}", between.join(", "));
            return Judgement::Forbidden(rule.reason(&found));
        }
        let mut judged = allowed(rule, RuleSet::Strict, from, to);
        if let (Judgement::Allowed(allowed), Some(model)) = (&mut judged, self.model) {
            let leaning = elsewhere.iter().filter_map(|train| self.remembered(model, *train));
            allowed.conditions.extend(leaning);
        }
        judged
    }

    /// The later guidance: straight on, unless the path table has a stop.
    fn current(&self, from: AsaVersion, to: AsaVersion) -> Judgement {
        let (old, new) = (from.train(), to.train());
        if old == new {
            return allowed(&self.compat.rules.current_maintenance, RuleSet::Current, from, to);
        }
        let (here, elsewhere): (Vec<Train>, Vec<Train>) =
            self.compat.trains_between(old, new).partition(|train| self.runs(*train));
        if let Some(reason) = self.platform_train(old).or_else(|| self.platform_train(new)) {
            return Judgement::Unknown(reason);
        }
        let kind = if here.is_empty() { self.kind(old, new, &elsewhere) } else { HopKind::Direct };
        // From 9.2 on the running release's own guide is the later guidance; an older one needs a row
        // of the path table.
        if has_later_guidance(from) {
            return allowed_as(&self.compat.rules.current_direct, RuleSet::Current, kind, from, to);
        }
        let Some(row) = self.rows(from, to).find(|row| row.effect == Effect::Direct) else {
            let found = format!("the copies of the vendor's path table have no row for {from}");
            return Judgement::Unknown(self.compat.rules.current_table.reason(&found));
        };
        let mut judged = allowed_as(&self.compat.rules.current_table, RuleSet::Current, kind, from, to);
        if let Judgement::Allowed(allowed) = &mut judged {
            allowed.hop.sources.clone_from(&row.sources);
            allowed.hop.basis = row.basis;
        }
        judged
    }

    fn kind(&self, old: Train, new: Train, elsewhere: &[Train]) -> HopKind {
        let for_others = |train: &Train| self.model.is_some() || self.compat.only(*train).is_some();
        match (old.major == new.major, elsewhere.iter().all(for_others)) {
            (true, true) => HopKind::Minor,
            (false, true) => HopKind::Major,
            (_, false) => HopKind::Direct,
        }
    }

    /// Whether a train counts as one that a pair could stop in. With no model named, every train
    /// counts that is not kept for some platform.
    fn runs(&self, train: Train) -> bool {
        match self.model {
            Some(model) => self.compat.runs(model, train),
            None => self.compat.only(train).is_none(),
        }
    }

    fn needs_model(&self, old: Train, new: Train, here: &[Train], elsewhere: &[Train]) -> Option<Reason> {
        if self.model.is_some() {
            return None;
        }
        let skipped = || elsewhere.iter().find_map(|train| self.platform_train(*train));
        self.platform_train(old)
            .or_else(|| self.platform_train(new))
            .or_else(|| if here.is_empty() { skipped() } else { None })
    }

    /// Why a train that is kept for some platform cannot be judged while no model is named.
    fn platform_train(&self, train: Train) -> Option<Reason> {
        let only = self.compat.only(train).filter(|_| self.model.is_none())?;
        Some(Reason {
            id: "model.needed".to_owned(),
            text: format!("{train} exists for {} only: name the model", only.families.join(", ")),
            basis: only.basis,
            sources: only.sources.clone(),
        })
    }

    /// The condition of passing over a train of which only memory says that this model never ran it.
    fn remembered(&self, model: &Model, train: Train) -> Option<Condition> {
        let unlisted = vec!["derived".to_owned(), "unverified-memory".to_owned()];
        let (id, basis, sources) = if let Some(only) = self.compat.only(train) {
            (format!("releases.{train}"), only.basis, only.sources.clone())
        } else {
            (format!("branches.{}", model.family), Basis::Memory, unlisted)
        };
        (basis == Basis::Memory).then(|| Condition {
            id: format!("remembered.{id}"),
            text: format!("that {train} was never made for the {} is only remembered", model.name),
            basis,
            sources,
        })
    }
}

fn allowed(rule: &Rule, rules: RuleSet, from: AsaVersion, to: AsaVersion) -> Judgement {
    let kind = match (from.train() == to.train(), from.major == to.major) {
        (true, _) => HopKind::Maintenance,
        (false, true) => HopKind::Minor,
        (false, false) => HopKind::Major,
    };
    allowed_as(rule, rules, kind, from, to)
}

fn allowed_as(rule: &Rule, rules: RuleSet, kind: HopKind, from: AsaVersion, to: AsaVersion) -> Judgement {
    let hop = Hop {
        from,
        to,
        kind,
        rule: rule.id.clone(),
        rules,
        interrupts: None,
        sources: rule.sources.clone(),
        basis: rule.basis,
        caveat: rule.caveat.clone(),
    };
    Judgement::Allowed(Box::new(Allowed { hop, conditions: Vec::new(), notes: Vec::new() }))
}
