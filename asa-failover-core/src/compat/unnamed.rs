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
        let mut answers: Vec<ByModel> = Vec::new();
        for (model, lane) in self.lanes() {
            if !lane.has(Some(model), verdict.from) || !lane.has(Some(model), verdict.to) {
                continue;
            }
            let judge = Judge { compat: self, model: Some(model), lane, rules: verdict.rules };
            let mut own = Verdict::asked(verdict.from, verdict.to, None, verdict.rules);
            self.answer(&judge, &mut own, stops);
            let stops: Vec<AsaVersion> = own.stops().collect();
            let alike = |answer: &&mut ByModel| answer.is_alike(&own.kind, &stops);
            match answers.iter_mut().find(alike) {
                Some(answer) => answer.models.push(model.name.clone()),
                None => answers.push(ByModel { models: vec![model.name.clone()], kind: own.kind, stops }),
            }
        }
        let stops: Vec<AsaVersion> = verdict.stops().collect();
        if !answers.is_empty() && answers.iter().all(|answer| answer.is_alike(&verdict.kind, &stops)) {
            return;
        }
        let texts: Vec<String> = answers.iter().map(ToString::to_string).collect();
        let text = match texts.as_slice() {
            [] => "no model of the tables runs both releases".to_owned(),
            texts => format!("name the model: {}", texts.join("; ")),
        };
        let mut unknown = Verdict::asked(verdict.from, verdict.to, None, verdict.rules);
        unknown.kind = VerdictKind::Unknown(Reason::by_tables("model.needed", text));
        unknown.by_model = answers;
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
            (NotHitless(a), NotHitless(b)) | (Refused(a), Refused(b)) | (Unknown(a), Unknown(b)) => a.id == b.id,
            (a, b) => a == b,
        };
        same && self.stops == stops
    }
}
