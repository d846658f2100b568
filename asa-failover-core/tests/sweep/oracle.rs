//! What each answer has to be: every hop judged by the published rules as `tables` reads them, and a
//! breadth-first search over them.

use std::collections::VecDeque;

use asa_failover_core::compat::RuleSet;
use asa_failover_core::{AsaVersion, Train};

use crate::tables::{Effect, FailsOver, Model, Row, Tables};

/// What is expected of one answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Expected {
    Same,
    Refused,
    Unknown,
    Downgrade,
    /// A way of so many hops, so many of them interrupting.
    Way(Cost),
}

/// What a way costs; less is better, from the first field on.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Cost {
    unknown: u32,
    pub(crate) interrupting: u32,
    pub(crate) hops: u32,
}

/// What is to be said of one hop.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Edge {
    Forbidden,
    Unknown,
    Interrupting,
    Clean,
}

/// One class of models under one rule set.
pub(crate) struct Oracle<'t> {
    fails_over: FailsOver,
    rules: RuleSet,
    rows: Vec<&'t Row>,
    trains: Vec<Train>,
    /// The releases that it runs, oldest first: known builds and stops.
    nodes: Vec<AsaVersion>,
    /// By node: whether a way may stop there.
    stops: Vec<bool>,
    /// By node: whether a way could stop there if every known build would do.
    anywhere: Vec<bool>,
    /// From each node to each.
    edges: Vec<Vec<Edge>>,
}

/// The cheapest ways from one release to every node.
pub(crate) struct Ways {
    from: AsaVersion,
    over_stops: Vec<Option<Cost>>,
    over_anything: Vec<Option<Cost>>,
}

impl<'t> Oracle<'t> {
    pub(crate) fn new(tables: &'t Tables, name: &str, model: &Model, rules: RuleSet) -> Self {
        let rows: Vec<&Row> = tables.rows.iter().filter(|row| row.is_for(name, model)).collect();
        let trains = tables.trains.iter().map(|(train, _)| *train);
        let trains: Vec<Train> = trains.filter(|train| tables.has_train(model, *train)).collect();
        let of_trains = tables.trains.iter().filter_map(|(train, releases)| {
            let fits = |release: &AsaVersion| tables.runs(model, *release);
            let preferred = tables.preferred_stops.iter().copied().find(|stop| stop.train() == *train);
            let highest =
                releases.iter().copied().filter(|release| release.maintenance > 0 && fits(release)).max();
            preferred.filter(fits).or(highest)
        });
        let of_rows = rows.iter().filter_map(|row| row.through).filter(|stop| tables.runs(model, *stop));
        let stops: Vec<AsaVersion> = of_trains.chain(of_rows).collect();
        let known = tables.builds.iter().copied().filter(|build| tables.runs(model, *build));
        let mut nodes: Vec<AsaVersion> = known.chain(stops.iter().copied()).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let mut oracle = Self {
            fails_over: model.fails_over,
            rules,
            rows,
            trains,
            stops: nodes.iter().map(|node| stops.contains(node)).collect(),
            anywhere: nodes.iter().map(|node| !node.is_pre_release()).collect(),
            nodes,
            edges: Vec::new(),
        };
        oracle.edges = oracle
            .nodes
            .iter()
            .map(|from| oracle.nodes.iter().map(|to| oracle.hop(*from, *to)).collect())
            .collect();
        oracle
    }

    /// One hop upwards.
    pub(crate) fn hop(&self, from: AsaVersion, to: AsaVersion) -> Edge {
        if to <= from {
            return Edge::Forbidden;
        }
        let met =
            |effect: Effect| self.rows.iter().any(|row| row.effect == effect && row.speaks_of(from, to));
        if met(Effect::Refused) || met(Effect::Through) {
            return Edge::Forbidden;
        }
        let (old, new) = (from.train(), to.train());
        let later = match self.rules {
            RuleSet::Strict => false,
            RuleSet::Current => to >= AsaVersion::new(9, 1, 3, 0),
            _ => new >= Train::new(9, 2),
        };
        let next_door = !self.trains.iter().any(|train| old < *train && *train < new);
        let unknown = if later {
            old != new && old < Train::new(9, 2) && !met(Effect::Direct)
        } else if old == new || next_door {
            false
        } else {
            return Edge::Forbidden;
        };
        if unknown || met(Effect::Unknown) {
            Edge::Unknown
        } else if met(Effect::NotHitless) {
            Edge::Interrupting
        } else {
            Edge::Clean
        }
    }

    fn place(&self, build: AsaVersion) -> Option<usize> {
        self.nodes.binary_search(&build).ok()
    }

    /// The cheapest ways from a release, if it is one of the model's.
    pub(crate) fn ways(&self, from: AsaVersion) -> Ways {
        let search = |stops: &[bool]| match self.place(from) {
            Some(start) => self.search(start, stops),
            None => vec![None; self.nodes.len()],
        };
        Ways { from, over_stops: search(&self.stops), over_anything: search(&self.anywhere) }
    }

    /// Level by level. A release is passed again where a longer way to it is the safer one.
    fn search(&self, start: usize, stops: &[bool]) -> Vec<Option<Cost>> {
        let mut best: Vec<Option<Cost>> = vec![None; self.nodes.len()];
        let mut queue = VecDeque::from([(start, Cost { unknown: 0, interrupting: 0, hops: 0 })]);
        while let Some((at, cost)) = queue.pop_front() {
            for to in at + 1..self.nodes.len() {
                let mut next = Cost { hops: cost.hops + 1, ..cost };
                match self.edges[at][to] {
                    Edge::Forbidden => continue,
                    Edge::Unknown => next.unknown += 1,
                    Edge::Interrupting => next.interrupting += 1,
                    Edge::Clean => {}
                }
                if best[to].is_none_or(|known| next < known) {
                    best[to] = Some(next);
                    if stops[to] {
                        queue.push_back((to, next));
                    }
                }
            }
        }
        best
    }

    /// What the answer has to be.
    pub(crate) fn expected(&self, ways: &Ways, to: AsaVersion) -> Expected {
        let from = ways.from;
        let row =
            |effect: Effect| self.rows.iter().any(|row| row.effect == effect && row.speaks_of(from, to));
        if from == to {
            return Expected::Same;
        }
        if from.is_pre_release() {
            return Expected::Unknown;
        }
        if to.is_pre_release() || row(Effect::Refused) || self.fails_over == FailsOver::No {
            return Expected::Refused;
        }
        if self.fails_over == FailsOver::Unknown || self.place(from).is_none() {
            return Expected::Unknown;
        }
        let Some(target) = self.place(to) else { return Expected::Refused };
        if to < from {
            return if row(Effect::Unknown) { Expected::Unknown } else { Expected::Downgrade };
        }
        match ways.over_stops[target] {
            None => Expected::Refused,
            Some(cost) if cost.unknown > 0 => Expected::Unknown,
            Some(cost) => Expected::Way(cost),
        }
    }

    /// A cheaper way over a known build that is no stop.
    pub(crate) fn cheaper(&self, ways: &Ways, to: AsaVersion) -> Option<(Option<Cost>, Cost)> {
        let target = self.place(to)?;
        let (over_stops, over_anything) = (ways.over_stops[target], ways.over_anything[target]?);
        over_stops.is_none_or(|cost| over_anything < cost).then_some((over_stops, over_anything))
    }

    /// Whether a way may stop there.
    pub(crate) fn stops_at(&self, build: AsaVersion) -> bool {
        self.place(build).is_some_and(|place| self.stops[place])
    }
}
