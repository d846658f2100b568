//! The answer to one question: may this pair go from one release to another without downtime.

use std::sync::Arc;

use serde::Serialize;

use super::guideline::{Fact, Guideline};
use super::model::BootProcedure;
use super::rule::RuleSet;
use super::source::{Basis, Source};
use crate::AsaVersion;
use crate::text::Text;

/// The answer for one pair of releases, with everything it rests on.
///
/// As JSON: `schema`, `from`, `to`, `model`, `rules`, `kind`, `detail`, `path`, `skips`,
/// `alternative`, `conditions`, `guidelines`, `by_model`, `notes`, `cited`, `boot`, each as the field of that
/// name; versions are text.
/// `kind` is `same`, `hitless`, `needs_stops`, `not_hitless`, `refused`, `downgrade` or `unknown`;
/// `detail` is the hop's kind, or a reason with `id`, `text`, `action`, `basis` and `sources`, or for a way back
/// `covered` and `why`. Keys are added, never renamed, while `schema` stays the same.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Verdict {
    /// Version of the JSON form, [`Verdict::SCHEMA`].
    pub schema: u32,
    /// The release that runs now.
    pub from: AsaVersion,
    /// The release that is wanted.
    pub to: AsaVersion,
    /// The model as the tables name it, or as it was asked for where they do not know it.
    pub model: Option<String>,
    /// The rule set that was asked for; each hop names the one that judged it.
    pub rules: RuleSet,
    /// The answer. In JSON `kind` is its name and `detail` what it carries.
    #[serde(flatten)]
    pub kind: VerdictKind,
    /// The hops in order; empty where there is no way, or none is needed.
    pub path: Vec<Hop>,
    /// Why no stop may be left out: the hops that a shorter path would need, each with its reason.
    pub skips: Vec<Skip>,
    /// A shorter way that another published text allows.
    pub alternative: Option<Alternative>,
    /// What must hold or be accepted, by id, before anyone acts on this answer.
    pub conditions: Vec<Condition>,
    /// The published guidelines that the hops meet, conditions among them: first what may lock the
    /// operator out, then what speaks of these releases, then what holds of every upgrade. Where there
    /// is no path, those of the whole step.
    pub guidelines: Vec<Arc<Guideline>>,
    /// The answers of the models, where none was named and they differ.
    pub by_model: Vec<ByModel>,
    /// What a reader should know and nothing depends on.
    pub notes: Vec<String>,
    /// The sources that the answer itself rests on, by the keys that its reason and its hops name.
    pub cited: Vec<Arc<Source>>,
    /// How this model is told what to boot. Whether a step is *allowed* and whether this platform
    /// can be *driven* are two answers; this is the second one's fact.
    pub boot: Option<BootProcedure>,
}

/// The answer in one word, with its reason.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(tag = "kind", content = "detail", rename_all = "snake_case")]
#[non_exhaustive]
pub enum VerdictKind {
    /// The release wanted is the one that runs.
    Same,
    /// One hop, without downtime.
    Hitless(HopKind),
    /// Without downtime over the stops in [`Verdict::path`].
    NeedsStops,
    /// The way exists, but at least one hop of it interrupts traffic.
    NotHitless(Reason),
    /// No: this must not be done at all.
    Refused(Reason),
    /// The release wanted is older than the one that runs.
    Downgrade(Downgrade),
    /// The tables do not carry an answer.
    Unknown(Reason),
}

/// How a way back stands to the rules, which speak of upgrades.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(tag = "covered", content = "why", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Downgrade {
    /// Inside one train: "any maintenance release to any other" covers it.
    ByMaintenanceRule,
    /// No rule covers it.
    ByNoRule(Reason),
}

/// What kind of step a hop is, by its two release numbers.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HopKind {
    /// Inside one train.
    Maintenance,
    /// To the next train of the same major.
    Minor,
    /// From the last train of a major to the first of the next.
    Major,
    /// Over trains in between.
    Direct,
}

/// One step of a path: one release to the next, both units.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Hop {
    /// The release before the hop.
    pub from: AsaVersion,
    /// The release after it: a stop, or the release wanted.
    pub to: AsaVersion,
    /// What kind of step it is.
    pub kind: HopKind,
    /// The rule that allows it: `strict.maintenance`, `strict.minor.next`,
    /// `strict.major.last-to-first`, `current.maintenance`, `current.direct`.
    pub rule: Text,
    /// What the rule says, in one sentence.
    pub text: Text,
    /// The rule set the hop was judged by, `Strict` or `Current`.
    pub rules: RuleSet,
    /// Why this hop interrupts traffic, where it does.
    pub interrupts: Option<Reason>,
    /// Keys of the sources of the rule.
    pub sources: Arc<[String]>,
    /// What the rule rests on.
    pub basis: Basis,
    /// What weakens it, where something does: one excerpt, a dated copy.
    pub caveat: Option<Text>,
}

/// A hop that is not allowed, and so a stop is needed.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Skip {
    /// The release before the hop that is not allowed.
    pub from: AsaVersion,
    /// The release after it.
    pub to: AsaVersion,
    /// Why not.
    pub why: Reason,
}

/// A shorter way by another rule set than the one that judged.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Alternative {
    /// The rule set to ask for.
    pub rules: RuleSet,
    /// Its way.
    pub path: Vec<Hop>,
}

/// Why something is so, with what that rests on.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reason {
    /// Rule or row: `strict.minor.next`, `exception.CSCug88962`, `model.last`.
    pub id: Text,
    /// One sentence.
    pub text: Text,
    /// What to do next, in one sentence.
    pub action: Text,
    /// What it rests on.
    pub basis: Basis,
    /// Keys of its sources.
    pub sources: Arc<[String]>,
}

/// The answer of some models, to a question that named none.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ByModel {
    /// The models, by name.
    pub models: Vec<String>,
    /// Their answer; in JSON as `kind` and `detail`.
    #[serde(flatten)]
    pub kind: VerdictKind,
    /// Their stops.
    pub stops: Vec<AsaVersion>,
}

/// Something that must hold, or be accepted by its id.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Condition {
    /// Stable id by which it is accepted: `migration.8.3`, `remembered.releases.8.6`.
    pub id: String,
    /// One sentence.
    pub text: String,
    /// What to do about it, in one sentence.
    pub action: String,
    /// Whether the step may lock the operator out of the device.
    pub lockout: bool,
    /// The command that shows whether it is met.
    pub command: Option<String>,
    /// The fact of a pair that meets it. `None` where this library has no reader for it: then it has to
    /// be accepted.
    pub fact: Option<Fact>,
    /// What it rests on.
    pub basis: Basis,
    /// Keys of its sources.
    pub sources: Vec<String>,
}

impl Reason {
    /// A reason that the tables give by what they have and have not.
    pub(super) fn by_tables(id: &str, text: String, action: impl Into<Text>) -> Self {
        Self {
            id: id.into(),
            text: text.into(),
            action: action.into(),
            basis: Basis::Derived,
            sources: [].into(),
        }
    }
}

impl VerdictKind {
    /// Its name in JSON: `hitless`, `needs_stops`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Hitless(_) => "hitless",
            Self::NeedsStops => "needs_stops",
            Self::NotHitless(_) => "not_hitless",
            Self::Refused(_) => "refused",
            Self::Downgrade(_) => "downgrade",
            Self::Unknown(_) => "unknown",
        }
    }

    /// The reason that it carries, where it is not a plain yes.
    pub const fn reason(&self) -> Option<&Reason> {
        match self {
            Self::NotHitless(why)
            | Self::Refused(why)
            | Self::Unknown(why)
            | Self::Downgrade(Downgrade::ByNoRule(why)) => Some(why),
            Self::Same
            | Self::Hitless(_)
            | Self::NeedsStops
            | Self::Downgrade(Downgrade::ByMaintenanceRule) => None,
        }
    }
}

impl Verdict {
    /// The version of the JSON form.
    pub const SCHEMA: u32 = 1;

    /// A question that has no answer yet.
    pub(super) fn asked(from: AsaVersion, to: AsaVersion, model: Option<String>, rules: RuleSet) -> Self {
        Self {
            schema: Self::SCHEMA,
            from,
            to,
            model,
            rules,
            kind: VerdictKind::Same,
            path: Vec::new(),
            skips: Vec::new(),
            alternative: None,
            conditions: Vec::new(),
            guidelines: Vec::new(),
            by_model: Vec::new(),
            notes: Vec::new(),
            cited: Vec::new(),
            boot: None,
        }
    }

    /// Whether every hop of the path keeps traffic flowing. A way back is never called hitless here,
    /// and neither is an answer that is not known.
    pub fn is_hitless(&self) -> bool {
        matches!(self.kind, VerdictKind::Hitless(_) | VerdictKind::NeedsStops)
    }

    /// The releases between the one that runs and the one wanted.
    pub fn stops(&self) -> impl Iterator<Item = AsaVersion> {
        self.path.iter().skip(1).map(|hop| hop.from)
    }

    /// The reason that the answer carries, where it is not a plain yes.
    pub fn reason(&self) -> Option<&Reason> {
        self.kind.reason()
    }

    /// The rule or row that decided: of the reason, else of the last hop.
    pub fn rule(&self) -> Option<&str> {
        let of_hop = || self.path.last().map(|hop| &*hop.rule);
        self.reason().map(|why| &*why.id).or_else(of_hop)
    }

    /// The keys of all sources that the answer rests on, in the order they were met.
    pub fn sources(&self) -> Vec<&str> {
        let hops = self.path.iter().flat_map(|hop| hop.sources.iter());
        let mut sources: Vec<&str> = Vec::new();
        for key in self.reason().into_iter().flat_map(|why| why.sources.iter()).chain(hops) {
            if !sources.contains(&key.as_str()) {
                sources.push(key);
            }
        }
        sources
    }

    /// What the answer rests on at its weakest place, conditions included.
    pub fn basis(&self) -> Option<Basis> {
        self.own_basis().max(self.conditions.iter().map(|condition| condition.basis).max())
    }

    /// What its reason and its hops rest on.
    pub(super) fn own_basis(&self) -> Option<Basis> {
        let hops = self.path.iter().map(|hop| hop.basis);
        self.reason().into_iter().map(|why| why.basis).chain(hops).max()
    }
}
