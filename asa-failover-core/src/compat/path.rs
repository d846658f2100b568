//! The way from one release to another: fewest interruptions, fewest hops, fewest conditions.

use std::iter;

use super::judge::{Allowed, Judge, Judgement};
use super::verdict::{Reason, Skip};
use crate::AsaVersion;

/// The way found, or why there is none.
#[derive(Debug)]
pub(super) enum Way {
    /// The hops in order.
    Hops(Vec<Allowed>),
    /// No chain of allowed hops leads there.
    None(Reason),
    /// A chain exists only over hops that nobody can judge.
    Unknown(Reason),
}

/// What a chain of hops costs; less is better, compared from the first field on.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
struct Cost {
    unknown: usize,
    interrupting: usize,
    hops: usize,
    conditions: usize,
}

/// The cheapest chain to a release: its cost, the release before it, and the last hop.
#[derive(Clone, Debug)]
struct Reached {
    at: AsaVersion,
    cost: Cost,
    before: Option<(usize, Judgement)>,
}

impl Judge<'_> {
    /// The best way over stops of the search's own choice. Of two equal ways the one whose last stop
    /// is the older release is taken.
    pub(super) fn way(&self, from: AsaVersion, to: AsaVersion) -> Way {
        let why = match self.unhindered(from, to) {
            Ok(allowed) => return Way::Hops(vec![allowed]),
            Err(why) => why,
        };
        let mut reached = vec![Reached { at: from, cost: Cost::default(), before: None }];
        for at in self.stops(from, to).into_iter().chain(iter::once(to)) {
            let last_hops = reached.iter().enumerate().filter_map(|(index, earlier)| {
                let judged = self.hop(earlier.at, at);
                let cost = earlier.cost.and(&judged)?;
                Some(Reached { at, cost, before: Some((index, judged)) })
            });
            let best = last_hops.min_by_key(|reached| reached.cost);
            reached.extend(best);
        }
        let Some(mut last) = reached.last().filter(|last| last.at == to) else { return Way::None(why) };
        let mut chain = Vec::new();
        while let Some((index, judged)) = &last.before {
            match judged {
                Judgement::Allowed(allowed) => chain.push(Allowed::clone(allowed)),
                Judgement::Unknown(why) | Judgement::Forbidden(why) => return Way::Unknown(why.clone()),
            }
            let Some(earlier) = reached.get(*index) else { break };
            last = earlier;
        }
        chain.reverse();
        Way::Hops(chain)
    }

    /// The releases a way may stop at, oldest first: the preferred stop of each train, and what the
    /// exceptions and the path table name.
    fn stops(&self, from: AsaVersion, to: AsaVersion) -> Vec<AsaVersion> {
        let preferred = self.compat.stops_of(self.model);
        let named = self.compat.restrictions.iter().filter(|row| row.speaks_of(self.model));
        let named = named.filter_map(|row| row.through).filter(|stop| self.compat.has(self.model, *stop));
        let mut stops: Vec<AsaVersion> =
            preferred.chain(named).filter(|stop| from < *stop && *stop < to).collect();
        stops.sort_unstable();
        stops.dedup();
        stops
    }

    /// The hop, where it is allowed and interrupts nothing; else what stands against it.
    fn unhindered(&self, from: AsaVersion, to: AsaVersion) -> Result<Allowed, Reason> {
        match self.hop(from, to) {
            Judgement::Forbidden(why) | Judgement::Unknown(why) => Err(why),
            Judgement::Allowed(allowed) => match allowed.hop.interrupts.clone() {
                Some(why) => Err(why),
                None => Ok(*allowed),
            },
        }
    }

    /// Why the stops of a way are needed: the whole way in one hop, and each stop left out.
    pub(super) fn skips(&self, nodes: &[AsaVersion]) -> Vec<Skip> {
        let mut skips: Vec<Skip> = Vec::new();
        let whole = nodes.first().copied().zip(nodes.last().copied());
        let around = nodes.windows(3).filter_map(|three| match three {
            [before, _, after] => Some((*before, *after)),
            _ => None,
        });
        for (from, to) in whole.into_iter().chain(around) {
            let Err(why) = self.unhindered(from, to) else { continue };
            if !skips.iter().any(|skip| (skip.from, skip.to) == (from, to)) {
                skips.push(Skip { from, to, why });
            }
        }
        skips
    }
}

impl Cost {
    /// The cost with one more hop; `None` where the hop is forbidden.
    fn and(self, judged: &Judgement) -> Option<Self> {
        let hops = self.hops + 1;
        match judged {
            Judgement::Forbidden(_) => None,
            Judgement::Unknown(_) => Some(Self { unknown: self.unknown + 1, hops, ..self }),
            Judgement::Allowed(allowed) => Some(Self {
                interrupting: self.interrupting + usize::from(allowed.hop.interrupts.is_some()),
                hops,
                conditions: self.conditions + allowed.conditions.len(),
                ..self
            }),
        }
    }
}
