//! The judgement of one hop: the rule that allows it, or what stands against it.

use std::fmt;

use super::Compat;
use super::guideline::Guideline;
use super::lane::Lane;
use super::model::Model;
use super::restriction::{Effect, Restriction};
use super::rule::{Rule, RuleSet, has_later_guidance};
use super::source::Basis;
use super::verdict::{Condition, Hop, HopKind, Reason};
use crate::{AsaVersion, Train};

/// What may be said of one hop.
#[derive(Clone, Copy, Debug)]
pub(super) enum Judgement<'c> {
    /// A rule allows it.
    Allowed(Allowed<'c>),
    /// It must not be one hop.
    Forbidden(Why<'c>),
    /// The tables do not carry an answer.
    Unknown(Why<'c>),
}

/// An allowed hop: by which rule, and what weakens it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowed<'c> {
    pub(super) from: AsaVersion,
    pub(super) to: AsaVersion,
    rule: &'c Rule,
    rules: RuleSet,
    kind: HopKind,
    /// The row of the path table that the rule rests on.
    row: Option<&'c Restriction>,
    /// What makes the hop interrupt traffic.
    pub(super) interrupts: Option<&'c Restriction>,
}

/// What stands against a hop. Put in words only where somebody reads it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Why<'c> {
    /// A row says so.
    Row(&'c Restriction),
    /// Trains lie between that the rule does not let a hop pass.
    Between { rule: &'c Rule, trains: &'c [Train], old: Train, new: Train },
    /// The path table has no row for the release.
    NoRow(&'c Rule, AsaVersion),
}

/// Judges upgrade hops for one model by one rule set.
#[derive(Clone, Copy)]
pub(super) struct Judge<'c> {
    pub(super) compat: &'c Compat,
    pub(super) model: &'c Model,
    pub(super) lane: &'c Lane,
    pub(super) rules: RuleSet,
}

impl<'c> Judge<'c> {
    /// The rows that decide about a hop.
    pub(super) fn rows(&self, from: AsaVersion, to: AsaVersion) -> impl Iterator<Item = &'c Restriction> {
        self.lane.rows.iter().map(AsRef::as_ref).filter(move |row: &&Restriction| row.hops.have(from, to))
    }

    /// The conditions among the guidelines that a hop meets.
    pub(super) fn conditions_met(
        &self,
        from: AsaVersion,
        to: AsaVersion,
    ) -> impl Iterator<Item = &'c Guideline> {
        let met = self.lane.conditions.iter().filter(move |row| row.hops.have(from, to));
        met.map(|row| row.guideline.as_ref())
    }

    /// Whether a pair may go there in one hop.
    pub(super) fn hop(&self, from: AsaVersion, to: AsaVersion) -> Judgement<'c> {
        let judged = match self.rules.judging(to) {
            RuleSet::Current => self.current(from, to),
            _ => self.strict(from, to),
        };
        if let Judgement::Forbidden(_) = judged {
            return judged;
        }
        let (mut interrupts, mut unknown) = (None, None);
        for row in self.rows(from, to) {
            match row.effect {
                Effect::Refused | Effect::Through => return Judgement::Forbidden(Why::Row(row)),
                Effect::NotHitless => interrupts = Some(row),
                Effect::Unknown => unknown = Some(row),
                Effect::Direct | Effect::None => {}
            }
        }
        match (judged, unknown) {
            (Judgement::Allowed(_), Some(row)) => Judgement::Unknown(Why::Row(row)),
            (Judgement::Allowed(allowed), None) => Judgement::Allowed(Allowed { interrupts, ..allowed }),
            (other, _) => other,
        }
    }

    /// What stands against a hop, a row before the rule: it says more of these two releases.
    pub(super) fn against(&self, from: AsaVersion, to: AsaVersion) -> Option<Why<'c>> {
        let row = self.rows(from, to).find(|row| matches!(row.effect, Effect::Refused | Effect::Through));
        if let Some(row) = row {
            return Some(Why::Row(row));
        }
        match self.hop(from, to) {
            Judgement::Forbidden(why) | Judgement::Unknown(why) => Some(why),
            Judgement::Allowed(allowed) => allowed.interrupts.map(Why::Row),
        }
    }

    /// The founding text: inside the train, or to the very next train of this model.
    fn strict(&self, from: AsaVersion, to: AsaVersion) -> Judgement<'c> {
        let rules = &self.compat.rules;
        let (old, new) = (from.train(), to.train());
        if old == new {
            return allowed(&rules.strict_maintenance, RuleSet::Strict, HopKind::Maintenance, from, to);
        }
        let (rule, kind) = if old.major == new.major {
            (&rules.strict_minor, HopKind::Minor)
        } else {
            (&rules.strict_major, HopKind::Major)
        };
        let trains = self.lane.between(old, new);
        if !trains.is_empty() {
            return Judgement::Forbidden(Why::Between { rule, trains, old, new });
        }
        allowed(rule, RuleSet::Strict, kind, from, to)
    }

    /// The later guidance: straight on, unless the path table has a stop.
    fn current(&self, from: AsaVersion, to: AsaVersion) -> Judgement<'c> {
        let rules = &self.compat.rules;
        let (old, new) = (from.train(), to.train());
        if old == new {
            return allowed(&rules.current_maintenance, RuleSet::Current, HopKind::Maintenance, from, to);
        }
        let kind = match (self.lane.between(old, new).is_empty(), old.major == new.major) {
            (false, _) => HopKind::Direct,
            (true, true) => HopKind::Minor,
            (true, false) => HopKind::Major,
        };
        // From 9.2 on the running release's own guide is the later guidance; an older one needs a row
        // of the path table.
        if has_later_guidance(from) {
            return allowed(&rules.current_direct, RuleSet::Current, kind, from, to);
        }
        let row = self.rows(from, to).find(|row| row.effect == Effect::Direct);
        match (row, allowed(&rules.current_table, RuleSet::Current, kind, from, to)) {
            (Some(row), Judgement::Allowed(allowed)) => {
                Judgement::Allowed(Allowed { row: Some(row), ..allowed })
            }
            _ => Judgement::Unknown(Why::NoRow(&rules.current_table, from)),
        }
    }

    /// What must hold or be accepted for an allowed hop.
    pub(super) fn conditions(&self, allowed: &Allowed<'c>) -> impl Iterator<Item = Condition> {
        self.remembered_trains(allowed)
            .map(|(model, train)| self.remembered(model, train))
            .chain(self.conditions_met(allowed.from, allowed.to).map(Guideline::condition))
    }

    /// How many they are.
    pub(super) fn condition_count(&self, allowed: &Allowed<'c>) -> usize {
        self.remembered_trains(allowed).count() + self.conditions_met(allowed.from, allowed.to).count()
    }

    /// The trains that a strict hop passes over because the model never ran them, where only memory says
    /// so.
    fn remembered_trains(&self, allowed: &Allowed<'c>) -> impl Iterator<Item = (&'c Model, Train)> {
        let (old, new) = (allowed.from.train(), allowed.to.train());
        let (compat, model) = (self.compat, self.model);
        let remembered =
            move |train: &Train| compat.only(*train).is_none_or(|only| only.basis == Basis::Memory);
        let strict = (allowed.rules == RuleSet::Strict).then(|| compat.trains_between(old, new));
        strict.into_iter().flatten().filter(remembered).map(move |train| (model, train))
    }

    fn remembered(&self, model: &Model, train: Train) -> Condition {
        let (id, sources) = if let Some(only) = self.compat.only(train) {
            (format!("releases.{train}"), only.sources.clone())
        } else {
            let unlisted = vec!["derived".to_owned(), "unverified-memory".to_owned()];
            (format!("gaps.{}", model.family), unlisted)
        };
        Condition {
            id: format!("remembered.{id}"),
            text: format!("that {train} was never made for the {} is only remembered", model.name),
            action: format!("look for a release of {train} for the {} before you pass over it", model.name),
            lockout: false,
            command: None,
            fact: None,
            basis: Basis::Memory,
            sources,
        }
    }
}

fn allowed(rule: &Rule, rules: RuleSet, kind: HopKind, from: AsaVersion, to: AsaVersion) -> Judgement<'_> {
    Judgement::Allowed(Allowed { from, to, rule, rules, kind, row: None, interrupts: None })
}

impl Allowed<'_> {
    /// The hop as a verdict shows it.
    pub(super) fn hop(&self) -> Hop {
        let (sources, basis) = match self.row {
            Some(row) => (&row.sources, row.basis),
            None => (&self.rule.sources, self.rule.basis),
        };
        Hop {
            from: self.from,
            to: self.to,
            kind: self.kind,
            rule: self.rule.id.clone(),
            text: self.rule.text.clone(),
            rules: self.rules,
            interrupts: self.interrupts.map(Restriction::reason),
            sources: sources.clone(),
            basis,
            caveat: self.rule.caveat.clone(),
        }
    }
}

impl Why<'_> {
    /// In words, with what it rests on.
    pub(super) fn reason(self) -> Reason {
        match self {
            Self::Row(row) => row.reason(),
            Self::Between { rule, trains, old, new } => {
                rule.reason(format_args!("{} between {old} and {new}", Lying(trains)))
            }
            Self::NoRow(rule, from) => {
                rule.reason(format_args!("the copies of the vendor's path table have no row for {from}"))
            }
        }
    }
}

/// `7.1 lies`; of many trains the first are named.
struct Lying<'t>(&'t [Train]);

impl fmt::Display for Lying<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMED: usize = 3;
        for (place, train) in self.0.iter().take(NAMED).enumerate() {
            let joint = if place == 0 { "" } else { ", " };
            write!(f, "{joint}{train}")?;
        }
        match self.0.len() {
            1 => f.write_str(" lies"),
            count if count <= NAMED => f.write_str(" lie"),
            count => write!(f, " and {} more trains lie", count - NAMED),
        }
    }
}
