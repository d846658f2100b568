//! A question that names no model: answered where every model that runs both releases answers alike.

use super::Compat;
use super::judge::Judge;
use super::verdict::{ByModel, Reason, Verdict, VerdictKind};
use crate::AsaVersion;

impl Compat {
    /// Takes an answer back on which the models do not agree, and lists theirs. A model that does not
    /// run both releases has no say.
    pub(super) fn by_model(&self, verdict: &mut Verdict, stops: &[AsaVersion]) {
        if !matches!(
            verdict.kind,
            VerdictKind::Hitless(_) | VerdictKind::NeedsStops | VerdictKind::NotHitless(_)
        ) && verdict.rule() != Some("model.needed")
        {
            return;
        }
        let mut answers: Vec<(ByModel, Verdict)> = Vec::new();
        for (model, lane) in self.lanes() {
            if !lane.has(Some(model), verdict.from) || !lane.has(Some(model), verdict.to) {
                continue;
            }
            let judge = Judge { compat: self, model: Some(model), lane, rules: verdict.rules };
            let mut own = Verdict::asked(verdict.from, verdict.to, None, verdict.rules);
            self.answer(&judge, &mut own, stops);
            let stops: Vec<AsaVersion> = own.stops().collect();
            match answers.iter_mut().find(|(answer, _)| answer.is_alike(&own.kind, &stops)) {
                Some((answer, first)) => {
                    answer.models.push(model.name.clone());
                    // Who does not name his model has to look at what any of them asks for.
                    for condition in own.conditions {
                        if first.conditions.iter().all(|known| known.id != condition.id) {
                            first.conditions.push(condition);
                        }
                    }
                }
                None => {
                    let answer = ByModel { models: vec![model.name.clone()], kind: own.kind.clone(), stops };
                    answers.push((answer, own));
                }
            }
        }
        let stops: Vec<AsaVersion> = verdict.stops().collect();
        if let [(answer, common)] = answers.as_mut_slice() {
            if !answer.is_alike(&verdict.kind, &stops) {
                std::mem::swap(verdict, common);
            }
            return;
        }
        let texts: Vec<String> = answers.iter().map(|(answer, _)| answer.to_string()).collect();
        let (text, action) = match texts.as_slice() {
            [] => ("no model of the tables runs both releases".to_owned(), "look at both releases again"),
            texts => (format!("the models differ: {}", texts.join("; ")), "name the model"),
        };
        let mut unknown = Verdict::asked(verdict.from, verdict.to, None, verdict.rules);
        unknown.kind = VerdictKind::Unknown(Reason::by_tables("model.needed", text, action));
        unknown.by_model = answers.into_iter().map(|(answer, _)| answer).collect();
        unknown.guidelines = std::mem::take(&mut verdict.guidelines);
        *verdict = unknown;
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
