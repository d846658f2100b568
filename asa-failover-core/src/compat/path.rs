//! The way from one release to another: fewest interruptions, fewest hops, fewest conditions.

use std::iter;

use super::judge::{Allowed, Judge, Judgement, Why};
use super::verdict::Skip;
use crate::AsaVersion;

/// The way found, or why there is none.
#[derive(Debug)]
pub(super) enum Way<'c> {
    /// The hops in order.
    Hops(Vec<Allowed<'c>>),
    /// No chain of allowed hops leads there.
    None(Why<'c>),
    /// A chain exists only over hops that nobody can judge.
    Unknown(Why<'c>),
}

/// What a chain of hops costs; less is better, compared from the first field on.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
struct Cost {
    unknown: usize,
    interrupting: usize,
    hops: usize,
    conditions: usize,
}

/// The cheapest chain to a release: its cost and where the release before it was reached.
#[derive(Clone, Copy, Debug)]
struct Reached {
    at: AsaVersion,
    cost: Cost,
    before: usize,
}

impl<'c> Judge<'c> {
    /// The best way over stops of the search's own choice. Of two equal ways the one whose last stop
    /// is the older release is taken.
    pub(super) fn way(&self, from: AsaVersion, to: AsaVersion) -> Way<'c> {
        let why = match self.hop(from, to) {
            Judgement::Forbidden(why) | Judgement::Unknown(why) => why,
            Judgement::Allowed(allowed) => match allowed.interrupts {
                None => return Way::Hops(vec![allowed]),
                Some(row) => Why::Row(row),
            },
        };
        let stops = self.lane.stops_between(from, to);
        let mut reached = Vec::with_capacity(stops.len() + 2);
        reached.push(Reached { at: from, cost: Cost::default(), before: 0 });
        for at in stops.iter().copied().chain(iter::once(to)) {
            let mut best: Option<Reached> = None;
            for (before, earlier) in reached.iter().enumerate().rev() {
                let judged = self.hop(earlier.at, at);
                // Trains that lie between lie between an even older release as well.
                if let Judgement::Forbidden(Why::Between { .. }) = judged {
                    break;
                }
                let Some(cost) = self.after(earlier.cost, judged) else { continue };
                if best.is_none_or(|best| cost <= best.cost) {
                    best = Some(Reached { at, cost, before });
                }
            }
            reached.extend(best);
        }
        let Some(mut last) = reached.last().filter(|last| last.at == to) else {
            return Way::None(self.against(from, to).unwrap_or(why));
        };
        let mut chain = Vec::with_capacity(last.cost.hops);
        while last.at != from {
            let Some(earlier) = reached.get(last.before) else { break };
            match self.hop(earlier.at, last.at) {
                Judgement::Allowed(allowed) => chain.push(allowed),
                Judgement::Unknown(why) | Judgement::Forbidden(why) => return Way::Unknown(why),
            }
            last = earlier;
        }
        chain.reverse();
        Way::Hops(chain)
    }

    /// The cost with one more hop; `None` where the hop is forbidden.
    fn after(&self, cost: Cost, judged: Judgement<'c>) -> Option<Cost> {
        let hops = cost.hops + 1;
        match judged {
            Judgement::Forbidden(_) => None,
            Judgement::Unknown(_) => Some(Cost { unknown: cost.unknown + 1, hops, ..cost }),
            Judgement::Allowed(allowed) => Some(Cost {
                interrupting: cost.interrupting + usize::from(allowed.interrupts.is_some()),
                hops,
                conditions: cost.conditions + self.condition_count(&allowed),
                ..cost
            }),
        }
    }

    /// Why the stops of a way are needed: the whole way in one hop, and each stop left out.
    pub(super) fn skips(&self, nodes: &[AsaVersion]) -> Vec<Skip> {
        let mut skips: Vec<Skip> = Vec::with_capacity(nodes.len());
        let whole = nodes.first().copied().zip(nodes.last().copied());
        let around = nodes.windows(3).filter_map(|three| match three {
            [before, _, after] => Some((*before, *after)),
            _ => None,
        });
        for (from, to) in whole.into_iter().chain(around) {
            let Some(why) = self.against(from, to) else { continue };
            if !skips.iter().any(|skip| (skip.from, skip.to) == (from, to)) {
                skips.push(Skip { from, to, why: why.reason() });
            }
        }
        skips
    }
}
