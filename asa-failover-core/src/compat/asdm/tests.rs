//! Each row of the table on its own: what it does, seen by taking it away.

use std::collections::BTreeSet;

use super::*;
use crate::compat::Tables;

const FILE: &str = Tables::BUNDLED.asdm;

fn read(asdm: &str) -> Result<Compat, String> {
    Compat::read(Tables { asdm, ..Tables::BUNDLED }).map_err(|error| error.to_string())
}

/// The table without the lines that a test names, the header being line 0.
fn without(gone: impl Fn(usize, &str) -> bool) -> Compat {
    let kept: Vec<&str> =
        FILE.lines().enumerate().filter(|(at, line)| !gone(*at, line)).map(|(_, line)| line).collect();
    read(&kept.join("\n")).unwrap()
}

fn version(text: &str) -> AsaVersion {
    text.parse().unwrap()
}

/// The first release of each train, and the releases at which a row begins or holds.
fn targets() -> Vec<AsaVersion> {
    let named = [
        "7.0(8)",
        "7.2(5)",
        "8.6(1)2",
        "9.8(4)",
        "9.12(4)",
        "9.14(4)13",
        "9.14(4)14",
        "9.14(5)",
        "9.16(3)18",
        "9.16(3)19",
        "9.16(4)",
        "9.17(1)12",
        "9.17(1)13",
        "9.17(2)",
        "9.18(1)56",
        "9.18(2)",
        "9.20(4)",
        "9.25(1)",
    ];
    Compat::bundled().releases().map(|release| release.first).chain(named.map(version)).collect()
}

const PRESENT: [&str; 16] = [
    "5.0(1)",
    "5.1(1)",
    "5.2(1)",
    "6.0(1)",
    "6.3(1)",
    "6.6(1)",
    "7.1(1)",
    "7.5(2)",
    "7.6(1)",
    "7.12(1)",
    "7.15(1)",
    "7.18(1)",
    "7.18(1)152",
    "7.20(1)",
    "7.24(1)",
    "9.16(1)",
];

/// Every answer that the rows lead to, over the targets and what may be present.
fn answers(compat: &Compat) -> Vec<Asdm> {
    let present: Vec<Option<AsaVersion>> =
        PRESENT.iter().map(|text| Some(version(text))).chain([None]).collect();
    targets()
        .into_iter()
        .flat_map(|target| present.iter().map(move |present| (target, *present)))
        .map(|(target, present)| compat.asdm(target, present))
        .collect()
}

fn jumps(compat: &Compat) -> Vec<AsdmSteps> {
    let way = [("7.0(8)", "7.2(5)"), ("7.2(5)", "7.0(8)")];
    way.map(|(from, to)| compat.asdm_steps(version(from), &[version(to)], None)).into()
}

#[test]
fn every_row_with_an_effect_changes_an_answer_and_every_other_changes_none() {
    let (all, orders) = (answers(Compat::bundled()), jumps(Compat::bundled()));
    let mut idle = Vec::new();
    for (at, line) in FILE.lines().enumerate().skip(1) {
        let compat = without(|other, _| other == at);
        if answers(&compat) == all && jumps(&compat) == orders {
            idle.push(line.split(',').next().unwrap());
        }
    }
    assert_eq!(idle, ["asdm.signature.older"]);
}

#[test]
fn each_pair_is_the_companion_of_its_train_alone() {
    for (at, line) in FILE.lines().enumerate().filter(|(_, line)| line.contains(",pair,")) {
        let train: Train =
            line.split(',').next().unwrap().strip_prefix("asdm.pair.").unwrap().parse().unwrap();
        let compat = without(|other, _| other == at);
        for release in compat.releases() {
            let companion = compat.asdm(release.first, None).companion;
            assert_eq!(companion.is_none(), release.train == train, "{release:?} without {line}");
        }
    }
}

/// What a remembered row says takes a yes away or warns: without it there are no fewer.
#[test]
fn no_yes_rests_on_a_remembered_row() {
    let works = |compat: &Compat| -> BTreeSet<(AsaVersion, Option<AsaVersion>)> {
        let answers = answers(compat).into_iter().filter(|asdm| asdm.fit == Some(AsdmFit::Works));
        answers.map(|asdm| (asdm.asa, asdm.present)).collect()
    };
    let bundled = works(Compat::bundled());
    assert!(bundled.contains(&(version("9.8(4)"), Some(version("7.15(1)")))), "{bundled:?}");
    let remembered = |line: &str| line.contains(",memory,");
    for (at, line) in FILE.lines().enumerate().filter(|(_, line)| remembered(line)) {
        let fewer = without(|other, _| other == at);
        assert!(works(&fewer).is_superset(&bundled), "a yes rests on {line}");
    }
    assert!(works(&without(|_, line| remembered(line))).is_superset(&bundled));
    let sourced = |line: &str| line.contains(",pair,") && !remembered(line);
    assert_eq!(works(&without(|_, line| sourced(line))), BTreeSet::new());
}

#[test]
fn without_the_rule_a_newer_asdm_is_not_called_good() {
    let compat = without(|_, line| line.starts_with("asdm.newer,"));
    let asdm = compat.asdm(version("9.12(4)"), Some(version("7.24(1)")));
    assert_eq!(asdm.fit, Some(AsdmFit::Unknown));
    assert_eq!(
        asdm.why[0].text,
        "7.24(1) is newer than the companion of 9.12(4), and no rule says that it manages it"
    );
}

#[test]
fn without_the_doubt_the_companion_would_do_for_every_release_of_its_train() {
    let asdm = |compat: &Compat| compat.asdm(version("9.12(4)"), Some(version("7.12(1)"))).fit;
    assert_eq!(asdm(Compat::bundled()), Some(AsdmFit::Unknown));
    assert_eq!(asdm(&without(|_, line| line.starts_with("asdm.later-minimum,"))), Some(AsdmFit::Works));
}

#[test]
fn without_the_single_platform_row_a_newer_asdm_would_do_for_them_too() {
    for train in ["8.5(1)", "8.6(1)", "8.7(1)"] {
        let asdm = |compat: &Compat| compat.asdm(version(train), Some(version("7.24(1)"))).fit;
        assert_eq!(asdm(Compat::bundled()), Some(AsdmFit::Unknown));
        assert_eq!(asdm(&without(|_, line| line.starts_with("asdm.single-platform,"))), Some(AsdmFit::Works));
    }
}

#[test]
fn without_the_step_row_any_order_would_do() {
    let compat = without(|_, line| line.starts_with("asdm.incremental,"));
    assert!(jumps(&compat).iter().all(AsdmSteps::is_in_order));
    assert_eq!(compat.asdm_jump(version("5.0(1)"), version("5.2(1)")), None);
    let steps = compat.asdm_steps(version("7.1(2)"), &[version("7.2(5)")], Some(version("5.0(1)")));
    assert_eq!(steps.steps[0].stage, [version("5.2(1)")]);
}

#[test]
fn a_broken_cell_is_named() {
    let broken = |piece: &str, by: &str| {
        assert!(FILE.contains(piece), "{piece}");
        read(&FILE.replacen(piece, by, 1)).unwrap_err()
    };
    assert_eq!(
        broken(",19..,", ",nineteen,"),
        "asdm.csv, line 38, column asa_interim: expected an interim such as 0, 1.. or ..5, found \"nineteen\""
    );
    assert_eq!(
        broken("asdm;asdm-openjre", "asdm;asdm-open"),
        "asdm.csv, line 50, column images: expected asdm or asdm-openjre, found \"asdm-open\""
    );
    assert_eq!(
        broken(
            "a newer ASDM manages older ASA releases,vendor",
            "a newer ASDM manages older ASA releases,memory"
        ),
        "asdm.csv, line 44, column basis: expected a source for a row that permits, found memory"
    );
    assert_eq!(
        broken("asdm.pair.9.24,pair", "asdm.pair.9.24,couple"),
        "asdm.csv, line 35, column kind: unknown variant `couple`, expected one of `pair`, `minimum`, `newer`, \
         `lag`, `exact`, `step`, `client`, `warning`, `note`"
    );
}
