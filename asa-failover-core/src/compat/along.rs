//! The way itself: forward over stops, or back, with what comes with each hop.

use super::judge::{Allowed, Judge};
use super::path::Way;
use super::restriction::{Effect, Restriction};
use super::rule::RuleSet;
use super::verdict::{Alternative, Condition, Downgrade, Hop, HopKind, Reason, Verdict, VerdictKind};
use crate::AsaVersion;

/// Minutes that one hop takes at the least and at the most: each unit restarts (3 to 12 minutes by model,
/// which is only remembered) and synchronises (42 seconds in the sample of `qa-117906`, more with a large
/// configuration). A plan says more, from the pair itself.
const HOP_MINUTES: (usize, usize) = (10, 30);

impl Judge<'_> {
    /// A way back: covered inside the train, by the rule that names no direction.
    pub(super) fn back(&self, verdict: &mut Verdict) {
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
            let (old, new) = (from.train(), to.train());
            let action = "plan an outage, and restore the configuration that was saved on the old release";
            Some(Reason {
                action: action.into(),
                ..rule.reason(format_args!("no rule speaks of a way back from {old} to {new}"))
            })
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
            text: rule.text.clone(),
            rules: RuleSet::Strict,
            interrupts: exception.map(Restriction::reason),
            sources: rule.sources.clone(),
            basis: rule.basis,
            caveat: rule.caveat.clone(),
        });
        for guideline in self.conditions_met(from, to) {
            add(&mut verdict.conditions, guideline.condition());
        }
    }

    /// A way forward, over the pinned stops and those the search adds.
    pub(super) fn forth(&self, verdict: &mut Verdict, pinned: &[AsaVersion]) {
        let mut nodes = vec![verdict.from];
        nodes.extend(pinned.iter().copied().filter(|stop| *stop != verdict.from && *stop != verdict.to));
        nodes.push(verdict.to);
        if let Some(stop) = self.misplaced(&nodes) {
            verdict.kind = VerdictKind::Refused(Reason::by_tables(
                "path.pinned",
                format!("the pinned stop {stop} is no release on the way"),
                "pin releases between the two that this model runs, oldest first",
            ));
            return;
        }
        let mut hops: Vec<Allowed<'_>> = Vec::new();
        for pair in nodes.windows(2) {
            let [from, to] = *pair else { continue };
            match self.way(from, to) {
                Way::Hops(way) => hops.extend(way),
                Way::None(why) => {
                    verdict.kind = VerdictKind::Refused(why.reason());
                    return;
                }
                Way::Unknown(why) => {
                    verdict.kind = VerdictKind::Unknown(why.reason());
                    return;
                }
            }
        }
        verdict.path.reserve(hops.len());
        for allowed in &hops {
            let mut hop = allowed.hop();
            if hop.interrupts.is_none() {
                hop.interrupts = self.lane.always.as_deref().map(Restriction::reason);
            }
            verdict.path.push(hop);
            self.conditions(allowed).for_each(|condition| add(&mut verdict.conditions, condition));
        }
        // What may lock the operator out comes first.
        verdict.conditions.sort_by_key(|condition| !condition.lockout);
        let interrupts = verdict.path.iter().find_map(|hop| hop.interrupts.clone());
        verdict.kind = match (interrupts, verdict.path.as_slice()) {
            (Some(why), _) => VerdictKind::NotHitless(why),
            (None, [hop]) => VerdictKind::Hitless(hop.kind),
            (None, _) => VerdictKind::NeedsStops,
        };
        let count = verdict.path.len();
        if count > 1 {
            let first = verdict.path.first().map(|hop| hop.from);
            let nodes: Vec<AsaVersion> =
                first.into_iter().chain(verdict.path.iter().map(|hop| hop.to)).collect();
            verdict.skips = self.skips(&nodes);
            verdict.notes.push(effort(count));
        }
        if self.rules == RuleSet::Auto && pinned.is_empty() {
            verdict.alternative = self.shorter(verdict);
        }
    }

    /// A shorter hitless way that the later guidance allows already.
    fn shorter(&self, verdict: &Verdict) -> Option<Alternative> {
        if verdict.path.len() < 2 {
            return None;
        }
        let current = Judge { rules: RuleSet::Current, ..*self };
        let Way::Hops(hops) = current.way(verdict.from, verdict.to) else { return None };
        let hitless = self.lane.always.is_none() && hops.iter().all(|allowed| allowed.interrupts.is_none());
        let shorter = hitless && hops.len() < verdict.path.len();
        let path = || hops.iter().map(Allowed::hop).collect();
        shorter.then(|| Alternative { rules: RuleSet::Current, path: path() })
    }

    /// The first pinned stop that is not younger than the release before it, or that this pair cannot
    /// stop at.
    fn misplaced(&self, nodes: &[AsaVersion]) -> Option<AsaVersion> {
        let (last, stops) = nodes.split_last()?;
        stops.windows(2).find_map(|pair| match *pair {
            [before, stop] => {
                let on_the_way = before < stop && stop < *last;
                let fits = !stop.is_pre_release() && self.lane.has(self.model, stop);
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

/// How much work a way of several hops is.
pub(super) fn effort(hops: usize) -> String {
    let (least, most) = HOP_MINUTES;
    let hours = |minutes: usize| format!("{}.{}", minutes / 60, minutes % 60 * 10 / 60);
    format!(
        "{hops} hops of two reloads each: about {} to {} hours by remembered boot times, without copying images",
        hours(hops * least),
        hours(hops * most)
    )
}
