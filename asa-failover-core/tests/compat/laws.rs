//! What holds of every verdict, whatever was asked: checked over builds and models drawn at random.

use asa_failover_core::AsaVersion;
use asa_failover_core::compat::{Basis, Compat, HopKind, RuleSet, Verdict, VerdictKind};
use proptest::prelude::*;

const BUILDS: &str = include_str!("../../data/builds.csv");

fn build() -> impl Strategy<Value = AsaVersion> {
    let known: Vec<AsaVersion> = BUILDS
        .lines()
        .filter_map(|line| line.split(',').next())
        .filter_map(|version| version.parse().ok())
        .collect();
    prop_oneof![
        9 => proptest::sample::select(known),
        1 => (7..=10_u16, 0..=26_u16, 0..=9_u16, 0..=90_u16)
            .prop_map(|(major, minor, maintenance, interim)| AsaVersion::new(major, minor, maintenance, interim)),
    ]
}

fn model() -> impl Strategy<Value = Option<&'static str>> {
    let names: Vec<&'static str> = Compat::bundled().models().map(|model| model.name.as_str()).collect();
    proptest::option::weighted(0.9, proptest::sample::select(names))
}

/// Without a model a hop alone is asked of more models than the whole way is.
fn named() -> impl Strategy<Value = Option<&'static str>> {
    model().prop_filter("a model", Option::is_some)
}

fn rules() -> impl Strategy<Value = RuleSet> {
    proptest::sample::select(vec![RuleSet::Strict, RuleSet::Current, RuleSet::Auto])
}

/// Releases of which the 9.2 guide says that no pair goes there without downtime.
fn excepted(version: AsaVersion) -> bool {
    let release = (version.major, version.minor, version.maintenance);
    [(8, 4, 6), (9, 0, 2), (9, 1, 2), (9, 1, 3)].contains(&release)
}

fn connected(verdict: &Verdict) -> bool {
    let nodes = verdict.path.windows(2).all(|pair| match pair {
        [hop, next] => hop.to == next.from && hop.from < hop.to,
        _ => true,
    });
    let ends = (verdict.path.first().map(|hop| hop.from), verdict.path.last().map(|hop| hop.to));
    nodes && ends == (Some(verdict.from), Some(verdict.to))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn a_yes_is_a_chain_of_allowed_hops(from in build(), to in build(), model in model(), rules in rules()) {
        let verdict = Compat::bundled().between(from, to, model, rules);
        prop_assert_eq!(verdict.to_string().lines().count().clamp(1, 3), verdict.to_string().lines().count());
        if !verdict.is_hitless() {
            return Ok(());
        }
        prop_assert!(from < to && connected(&verdict), "{}", verdict);
        prop_assert!(verdict.reason().is_none());
        prop_assert_eq!(verdict.path.len() == 1, matches!(verdict.kind, VerdictKind::Hitless(_)));
        for hop in &verdict.path {
            prop_assert!(hop.interrupts.is_none() && !excepted(hop.to), "{}", verdict);
            prop_assert!(hop.basis != Basis::Memory && !hop.sources.is_empty(), "{}", verdict);
            prop_assert_eq!(hop.kind == HopKind::Maintenance, hop.from.train() == hop.to.train());
            prop_assert!(!hop.to.is_pre_release());
            let strict = hop.rules == RuleSet::Strict;
            prop_assert!(!strict || hop.kind != HopKind::Direct, "{}", verdict);
            prop_assert!(strict || hop.to >= AsaVersion::new(9, 1, 3, 0), "{}", verdict);
        }
        let model = model.and_then(|name| Compat::bundled().model(name));
        prop_assert!(!model.is_some_and(|model| model.ends_before(to) || model.begins_after(from)));
    }

    #[test]
    fn each_stop_is_needed(from in build(), to in build(), model in named(), rules in rules()) {
        let compat = Compat::bundled();
        let verdict = compat.between(from, to, model, rules);
        if verdict.kind != VerdictKind::NeedsStops {
            return Ok(());
        }
        let whole = verdict.skips.first().map(|skip| (skip.from, skip.to));
        prop_assert_eq!(whole, Some((from, to)), "{}", verdict);
        for skip in &verdict.skips {
            let one_hop = compat.between(skip.from, skip.to, model, rules);
            prop_assert!(!matches!(one_hop.kind, VerdictKind::Hitless(_)), "{}\n{}", verdict, one_hop);
        }
        for hop in &verdict.path {
            let one_hop = compat.between(hop.from, hop.to, model, rules);
            prop_assert_eq!(one_hop.kind, VerdictKind::Hitless(hop.kind), "{}", verdict);
        }
    }

    #[test]
    fn a_way_back_is_never_a_yes(from in build(), to in build(), model in model(), rules in rules()) {
        let verdict = Compat::bundled().between(from.max(to), from.min(to), model, rules);
        prop_assert!(!verdict.is_hitless(), "{}", verdict);
    }
}

#[test]
fn what_is_handed_out_may_cross_threads() {
    fn crosses<T: Send + Sync + 'static>() {}
    crosses::<Compat>();
    crosses::<Verdict>();
    crosses::<asa_failover_core::compat::Model>();
    crosses::<asa_failover_core::compat::TableError>();
    crosses::<asa_failover_core::image::ImageName>();
}
