//! A question that names no model: answered where every model that it can be about answers alike.

use std::sync::Arc;

use super::Compat;
use super::guideline::Guideline;
use super::judge::Judge;
use super::model::{Ability, Model};
use super::rule::RuleSet;
use super::verdict::{ByModel, Condition, Reason, Verdict, VerdictKind};
use crate::AsaVersion;

impl Compat {
    /// Asks every model that runs the first release and has failover. If all say the same, that is the
    /// answer, with what any of them asks for; if not, it is not known, and theirs are listed.
    pub(super) fn by_model(&self, verdict: &mut Verdict, stops: &[AsaVersion]) {
        let mut answers: Vec<(ByModel, Verdict)> = Vec::new();
        for alike in &self.alike {
            let Some((model, lane)) = alike.first().and_then(|place| self.at(*place)) else { continue };
            if model.active_standby == Ability::No || !lane.has(model, verdict.from) {
                continue;
            }
            let mut own = Verdict::asked(verdict.from, verdict.to, None, verdict.rules);
            Judge { compat: self, model, lane, rules: verdict.rules }.answer(&mut own, stops);
            let names =
                alike.iter().filter_map(|place| self.models.get(*place)).map(|model| model.name.clone());
            let stops: Vec<AsaVersion> = own.stops().collect();
            match answers.iter_mut().find(|(answer, _)| answer.is_alike(&own.kind, &stops)) {
                Some((answer, first)) => {
                    answer.models.extend(names);
                    merge(&mut first.conditions, own.conditions);
                    merge_guidelines(&mut first.guidelines, own.guidelines);
                }
                None => {
                    answers.push((ByModel { models: names.collect(), kind: own.kind.clone(), stops }, own));
                }
            }
        }
        let from = verdict.from;
        if let [(_, common)] = answers.as_mut_slice()
            && !self.passes_over_platforms(common)
        {
            std::mem::swap(verdict, common);
            verdict.kind.speak_for_all(from);
            verdict.notes.push(format!("no model was named: every model that runs {from} gets this answer"));
            return;
        }
        let texts: Vec<String> = answers.iter().map(|(answer, _)| answer.to_string()).collect();
        let (text, action) = match texts.as_slice() {
            [] => (format!("no model of the tables runs {from}"), "read the release off both units again"),
            [text] => (format!("the way passes over trains of other platforms: {text}"), "name the model"),
            texts => (format!("the models differ: {}", texts.join("; ")), "name the model"),
        };
        verdict.kind = VerdictKind::Unknown(Reason::by_tables("model.needed", text, action));
        verdict.by_model = answers.into_iter().map(|(answer, _)| answer).collect();
    }

    /// Whether a strict hop of a verdict passes over a train that some platforms have alone: who does not
    /// name his model may be one of these.
    fn passes_over_platforms(&self, verdict: &Verdict) -> bool {
        verdict.path.iter().filter(|hop| hop.rules == RuleSet::Strict).any(|hop| {
            let mut between = self.trains_between(hop.from.train(), hop.to.train());
            between.any(|train| self.only(train).is_some())
        })
    }

    /// The places of models that no row and no release tells apart: one of each is asked.
    pub(super) fn tell_apart(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (place, (model, lane)) in self.lanes().enumerate() {
            let ends = |model: &Model| (model.first, model.last, model.active_standby);
            let is_alike = |group: &&mut Vec<usize>| {
                let first = group.first().and_then(|place| self.at(*place));
                first.is_some_and(|(other, lane_of)| ends(other) == ends(model) && lane_of.is_alike(lane))
            };
            match groups.iter_mut().find(is_alike) {
                Some(group) => group.push(place),
                None => groups.push(vec![place]),
            }
        }
        groups
    }
}

/// Who does not name his model has to look at what any of them asks for.
fn merge(conditions: &mut Vec<Condition>, others: Vec<Condition>) {
    for other in others {
        if conditions.iter().all(|known| (&known.id, &known.text) != (&other.id, &other.text)) {
            conditions.push(other);
        }
    }
    conditions.sort_by_key(|condition| !condition.lockout);
}

/// In the order that a named model gets them in.
fn merge_guidelines(guidelines: &mut Vec<Arc<Guideline>>, others: Vec<Arc<Guideline>>) {
    for other in others {
        if !guidelines.iter().any(|known| known.says_the_same(&other)) {
            guidelines.push(other);
        }
    }
    guidelines.sort_by_key(|row| (!row.lockout, row.general, row.kind));
}

impl VerdictKind {
    /// Words a reason that was found for one model as what holds for each.
    fn speak_for_all(&mut self, from: AsaVersion) {
        if let Self::Refused(why) | Self::Unknown(why) = self
            && why.id.starts_with("model.")
        {
            why.text = format!("no model that runs {from} gets there, for one thing {}", why.text).into();
        }
    }
}

impl ByModel {
    /// Whether another answer is the same to a reader: as good or bad, over the same stops. What kind of
    /// step a hop is may differ.
    fn is_alike(&self, kind: &VerdictKind, stops: &[AsaVersion]) -> bool {
        use VerdictKind::{Hitless, NotHitless, Refused, Unknown};
        let same = match (&self.kind, kind) {
            (Hitless(_), Hitless(_)) => true,
            (NotHitless(a), NotHitless(b)) | (Refused(a), Refused(b)) | (Unknown(a), Unknown(b)) => {
                a.id == b.id
            }
            (a, b) => a == b,
        };
        same && self.stops == stops
    }
}
