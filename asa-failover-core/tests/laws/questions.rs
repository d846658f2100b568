//! Questions drawn at random, most of them of releases that the model runs.

use asa_failover_core::AsaVersion;
use asa_failover_core::compat::{Compat, RuleSet, Runs, Verdict};
use proptest::prelude::*;
use proptest::sample::{Index, select};

const BUILDS: &str = include_str!("../../data/builds.csv");

#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) from: AsaVersion,
    pub(crate) to: AsaVersion,
    pub(crate) model: Option<&'static str>,
    pub(crate) rules: RuleSet,
}

impl Question {
    pub(crate) fn ask(&self, compat: &Compat) -> Verdict {
        compat.between(self.from, self.to, self.model, self.rules)
    }
}

pub(crate) fn builds() -> Vec<AsaVersion> {
    let mut reader = csv::Reader::from_reader(BUILDS.as_bytes());
    reader.records().map(|record| record.unwrap().get(0).unwrap().parse().unwrap()).collect()
}

pub(crate) fn names() -> Vec<&'static str> {
    Compat::bundled().models().map(|model| model.name.as_str()).collect()
}

/// Upgrades; of one in ten no model is named.
pub(crate) fn questions() -> impl Strategy<Value = Question> {
    let compat = Compat::bundled();
    let all = builds();
    let mut kinds: Vec<(Option<&'static str>, Vec<AsaVersion>)> = compat
        .models()
        .map(|model| {
            let within = |build: &AsaVersion| matches!(compat.runs_on(model, *build), Runs::Within(_));
            (Some(model.name.as_str()), all.iter().copied().filter(within).collect())
        })
        .collect();
    kinds.retain(|(_, builds): &(_, Vec<AsaVersion>)| builds.len() > 1);
    kinds.extend(vec![(None, all); kinds.len() / 9]);
    let rules = select(vec![RuleSet::Strict, RuleSet::Current, RuleSet::Auto]);
    (select(kinds), any::<(Index, Index)>(), rules).prop_map(|((model, builds), (a, b), rules)| {
        let (a, b) = (*a.get(&builds), *b.get(&builds));
        Question { from: a.min(b), to: a.max(b), model, rules }
    })
}
