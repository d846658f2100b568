//! ASDM: which one goes with a release, whether the present one still does, and in which order.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what a test expects fails the test")]

use asa_failover_core::AsaVersion;
use asa_failover_core::compat::{Asdm, AsdmFit, AsdmSteps, Basis, Compat, RuleSet};
use asa_failover_core::image::{ImageName, ImageReading};
use proptest::prelude::*;

fn version(text: &str) -> AsaVersion {
    text.parse().unwrap()
}

#[track_caller]
fn asdm(target: &str, present: &str) -> Asdm {
    let present = Some(present).filter(|present| !present.is_empty()).map(version);
    Compat::bundled().asdm(version(target), present)
}

#[track_caller]
fn steps(way: &[&str], present: &str) -> AsdmSteps {
    let way: Vec<AsaVersion> = way.iter().map(|text| version(text)).collect();
    let present = Some(present).filter(|present| !present.is_empty()).map(version);
    Compat::bundled().asdm_steps(way[0], &way[1..], present)
}

/// What is staged at each hop: `5.1(1)`, or `-` where the ASDM in place stays.
fn staged(steps: &AsdmSteps) -> Vec<String> {
    let of_step = |stage: &[AsaVersion]| match stage {
        [] => "-".to_owned(),
        stage => stage.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    };
    steps.steps.iter().map(|step| of_step(&step.stage)).collect()
}

#[test]
fn the_founding_texts_example_goes_by_increments_only() {
    let up = steps(&["7.0(8)", "7.1(2)", "7.2(5)"], "5.0(9)");
    assert_eq!((staged(&up), up.is_in_order()), (vec!["5.1(1)".into(), "5.2(1)".into()], true));
    let down = steps(&["7.2(5)", "7.1(2)", "7.0(8)"], "5.2(4)");
    assert_eq!((staged(&down), down.is_in_order()), (vec!["5.1(1)".into(), "5.0(1)".into()], true));
    for way in [["7.0(8)", "7.2(5)"], ["7.2(5)", "7.0(8)"]] {
        let direct = steps(&way, if way[0] == "7.0(8)" { "5.0(9)" } else { "5.2(4)" });
        assert_eq!((staged(&direct), direct.is_in_order()), (vec!["-".into()], false));
        let why = direct.steps[0].jump.as_ref().unwrap();
        assert_eq!((why.id.as_str(), why.basis), ("asdm.incremental", Basis::Vendor));
        assert_eq!(*why.sources, ["seed-111867"]);
        assert_eq!(
            why.text,
            "stepping ASA 7.0 to 7.2 or ASDM 5.0 to 5.2 in one go breaks ASDM, up or down: go 7.0, 7.1, 7.2 \
             and 5.0, 5.1, 5.2"
        );
    }
}

#[test]
fn asdm_alone_may_not_jump_either() {
    let jump = |from: &str, to: &str| Compat::bundled().asdm_jump(version(from), version(to));
    assert_eq!(jump("5.0(9)", "5.2(4)").unwrap().id, "asdm.incremental");
    assert_eq!(jump("5.2(4)", "5.0(9)").unwrap().id, "asdm.incremental");
    for (from, to) in [("5.0(9)", "5.1(2)"), ("5.1(2)", "5.2(4)"), ("5.2(4)", "6.0(3)"), ("7.0(2)", "7.2(1)")]
    {
        assert_eq!(jump(from, to), None, "{from} to {to}");
    }
    // An ASDM that was left behind passes through the middle one.
    assert_eq!(staged(&steps(&["7.1(2)", "7.2(5)"], "5.0(9)")), ["5.1(1) 5.2(1)"]);
}

#[test]
fn the_way_of_a_verdict_is_gone_with_its_stops() {
    let compat = Compat::bundled();
    let between =
        |from: &str, to: &str, model| compat.between(version(from), version(to), Some(model), RuleSet::Auto);
    let verdict = between("7.0(8)", "7.2(5)", "ASA5520");
    let along = compat.asdm_for(&verdict, Some(version("5.0(9)")));
    assert_eq!(along, steps(&["7.0(8)", "7.1(2)", "7.2(5)"], "5.0(9)"));
    let verdict = between("9.8(4)", "9.8(4)", "ASA5525");
    let same = compat.asdm_for(&verdict, Some(version("7.24(1)")));
    assert_eq!((same.steps.len(), same.to, same.target.fit), (0, version("9.8(4)"), Some(AsdmFit::Works)));
    let verdict = between("9.12(4)", "9.16(4)", "ASA5525");
    let refused = compat.asdm_for(&verdict, Some(version("7.12(2)")));
    assert_eq!((refused.steps.len(), refused.to), (0, version("9.16(4)")));
    assert_eq!((refused.target.asa, refused.target.fit), (version("9.16(4)"), Some(AsdmFit::TooOld)));
}

#[test]
fn each_train_has_its_companion() {
    for (asa, train, basis) in [
        ("7.0(8)", "5.0", Basis::Vendor),
        ("7.1(2)", "5.1", Basis::Memory),
        ("8.3(2)", "6.3", Basis::Vendor),
        ("8.4(7)", "6.4", Basis::Memory),
        ("9.1(7)32", "7.1", Basis::Vendor),
        ("9.5(3)", "7.5", Basis::Measured),
        ("9.12(4)", "7.12", Basis::Vendor),
        ("9.22(1)1", "7.22", Basis::Vendor),
        ("9.24(1)", "7.24", Basis::Vendor),
    ] {
        let companion = asdm(asa, "").companion.unwrap();
        assert_eq!((companion.train.to_string().as_str(), companion.why.basis), (train, basis), "{asa}");
    }
    for (asa, text) in [("9.25(1)", "no minimum is known"), ("9.11(1)", "no minimum is known")] {
        let unpaired = asdm(asa, "");
        assert_eq!(unpaired.companion, None);
        assert!(unpaired.to_string().contains(text), "{unpaired}");
    }
}

/// Target, present, answer, the row that decides.
const FITS: &[(&str, &str, AsdmFit, &str)] = &[
    // The first release of a train, with the first of its companion, as two guides pair them.
    ("9.12(1)", "7.12(1)", AsdmFit::Works, "asdm.pair.9.12"),
    ("9.24(1)", "7.24(1)", AsdmFit::Works, "asdm.pair.9.24"),
    // A later release asks for an ASDM that was not found: near ones are not called good enough.
    ("9.12(4)", "7.12(2)", AsdmFit::Unknown, "asdm.later-minimum"),
    ("9.12(4)", "7.14(1)", AsdmFit::Unknown, "asdm.later-minimum"),
    ("9.8(4)", "7.10(1)", AsdmFit::Unknown, "asdm.later-minimum"),
    ("9.18(4)", "7.18(1)152", AsdmFit::Unknown, "asdm.later-minimum"),
    ("9.22(2)14", "7.18(1)152", AsdmFit::TooOld, "asdm.pair.9.22"),
    // A much newer one manages the older release.
    ("9.8(4)", "7.12(1)", AsdmFit::Works, "asdm.newer"),
    ("9.16(4)85", "7.23(1)", AsdmFit::Works, "asdm.newer"),
    ("9.1(7)32", "7.24(1)", AsdmFit::Works, "asdm.newer"),
    ("9.20(4)", "7.25(1)", AsdmFit::Unknown, "asdm.beyond"),
    // And the companion of a newer train the first release of an older one, even of a remembered pair.
    ("9.19(1)", "7.20(1)", AsdmFit::Works, "asdm.newer"),
    ("9.19(1)", "7.19(1)", AsdmFit::Unknown, "asdm.pair.9.19"),
    ("9.0(1)", "7.0(2)", AsdmFit::Unknown, "asdm.pair.9.0"),
    // Older than the companion.
    ("9.1(7)32", "6.4(7)", AsdmFit::TooOld, "asdm.pair.9.1"),
    ("9.16(4)", "7.15(1)", AsdmFit::TooOld, "asdm.pair.9.16"),
    ("8.0(5)", "5.2(4)", AsdmFit::TooOld, "asdm.pair.8.0"),
    // The signature check.
    ("9.18(2)", "7.18(1)", AsdmFit::TooOld, "asdm.signature.9.18"),
    ("9.18(1)", "7.18(1)", AsdmFit::Works, "asdm.pair.9.18"),
    ("9.16(3)19", "7.17(1)", AsdmFit::TooOld, "asdm.signature.9.16"),
    ("9.16(3)18", "7.17(1)", AsdmFit::Unknown, "asdm.later-minimum"),
    ("9.16(4)", "7.17(1)", AsdmFit::TooOld, "asdm.signature.9.16"),
    ("9.14(4)14", "7.17(1)", AsdmFit::TooOld, "asdm.signature.9.14"),
    ("9.14(4)13", "7.17(1)", AsdmFit::Unknown, "asdm.later-minimum"),
    ("9.17(1)13", "7.17(1)155", AsdmFit::TooOld, "asdm.signature.9.17"),
    ("9.17(1)12", "7.17(1)155", AsdmFit::Unknown, "asdm.pair.9.17"),
    // Trains of one platform.
    ("8.6(1)", "7.1(1)", AsdmFit::Unknown, "asdm.single-platform"),
    ("8.6(1)", "6.6(1)", AsdmFit::Unknown, "asdm.pair.8.6"),
    ("8.7(1)", "6.6(1)", AsdmFit::TooOld, "asdm.pair.8.7"),
    // Before 8.0 no rule speaks of a newer ASDM.
    ("7.0(1)", "5.0(1)", AsdmFit::Works, "asdm.pair.7.0"),
    ("7.0(1)", "5.2(1)", AsdmFit::Unknown, "asdm.no-rule"),
    ("7.2(1)", "6.3(1)", AsdmFit::Unknown, "asdm.no-rule"),
    // Beyond the tables, and what is no release.
    ("9.25(1)", "7.24(1)", AsdmFit::Unknown, "asdm.no-train"),
    ("9.11(1)", "7.24(1)", AsdmFit::Unknown, "asdm.no-train"),
    ("9.24(1)", "7.99(1)", AsdmFit::Unknown, "asdm.beyond"),
    ("7.0(1)", "5.1(1)", AsdmFit::Unknown, "asdm.no-rule"),
    ("7.2(1)", "6.0(1)", AsdmFit::Unknown, "asdm.no-rule"),
    ("9.12(1)", "9.12(1)", AsdmFit::Unknown, "asdm.beyond"),
    ("9.12(0)17", "7.24(1)", AsdmFit::Unknown, "asdm.pre-release"),
    ("9.12(1)", "7.24(0)9", AsdmFit::Unknown, "asdm.pre-release"),
];

#[test]
fn the_present_asdm_works_or_is_too_old_or_nobody_knows() {
    for (target, present, fit, id) in FITS {
        let answer = asdm(target, present);
        assert_eq!(
            (answer.fit, answer.why[0].id.as_str()),
            (Some(*fit), *id),
            "ASA {target} with ASDM {present}: {answer}"
        );
        let warned = answer.notes.iter().any(|note| note.id == "asdm.warning");
        assert_eq!(warned, *fit != AsdmFit::Works, "a bad fit is a warning, never a block: {answer}");
    }
    assert_eq!(asdm("9.12(4)", "").fit, None);
}

#[test]
fn a_minimum_says_what_it_rests_on() {
    let least = |target: &str| {
        let minimum = asdm(target, "").minimum().unwrap().clone();
        (minimum.version.to_string(), minimum.why.id.to_string(), minimum.why.basis, minimum.is_remembered())
    };
    let expected =
        |version: &str, id: &str, basis| (version.to_owned(), id.to_owned(), basis, basis == Basis::Memory);
    assert_eq!(least("9.12(4)"), expected("7.12(1)", "asdm.pair.9.12", Basis::Derived));
    assert_eq!(least("9.19(1)"), expected("7.19(1)", "asdm.pair.9.19", Basis::Memory));
    assert_eq!(least("9.18(4)"), expected("7.18(1)152", "asdm.signature.9.18", Basis::Measured));
    assert_eq!(least("9.16(4)"), expected("7.18(1)152", "asdm.signature.9.16", Basis::Memory));
    assert_eq!(least("9.16(3)18"), expected("7.16(1)", "asdm.pair.9.16", Basis::Derived));
    assert_eq!(least("9.20(1)"), expected("7.20(1)", "asdm.pair.9.20", Basis::Derived));
    let minima = asdm("9.16(4)", "").minima;
    assert_eq!(
        minima.iter().map(|least| least.version.to_string()).collect::<Vec<_>>(),
        ["7.16(1)", "7.18(1)152"]
    );
    assert_eq!(*minima[0].why.sources, ["code-9162", "derived"]);
}

#[test]
fn what_to_stage_is_a_file() {
    let images = |target: &str, present: &str| -> Vec<String> {
        asdm(target, present).images.iter().map(ToString::to_string).collect()
    };
    assert_eq!(images("9.18(4)", "7.16(1)"), ["asdm-7181-152.bin"]);
    assert_eq!(images("9.15(1)", ""), ["asdm-7151.bin", "asdm-openjre-7151.bin"]);
    assert_eq!(images("9.6(1)", ""), ["asdm-761.bin"]);
    assert_eq!(images("9.24(1)", "7.20(1)"), ["asdm-7241.bin", "asdm-openjre-7241.bin"]);
    assert_eq!(images("9.12(4)", "7.24(1)"), [""; 0]);
    // Four digits that two releases fit: the one that is meant is among them.
    let image = asdm("9.22(1)1", "").images[0].clone();
    let ImageReading::Undecided { wide, narrow } = image.reading() else { panic!("{image}") };
    assert_eq!((wide, narrow), (version("7.22(1)"), version("7.2(2)1")));
}

#[test]
fn the_client_is_that_of_the_asdm_to_use() {
    let clients = |target: &str, present: &str| -> Vec<String> {
        asdm(target, present).clients.iter().map(|client| client.id.to_string()).collect()
    };
    assert_eq!(clients("9.24(1)", "7.20(1)"), ["asdm.client.7.24"]);
    assert_eq!(clients("9.12(4)", "7.24(1)"), ["asdm.client.7.24"]);
    assert_eq!(clients("9.15(1)", ""), ["asdm.client.7.15", "asdm.client.before-7.24"]);
    assert_eq!(clients("9.6(1)", ""), ["asdm.client.7.6", "asdm.client.before-7.24"]);
    assert_eq!(clients("9.18(4)", ""), ["asdm.client.before-7.24"]);
    assert_eq!(clients("8.4(7)", ""), [""; 0]);
    assert_eq!(
        asdm("9.24(1)", "").clients[0].text,
        "ASDM 7.24 needs Oracle JDK 11, or is the OpenJRE build; there is no client for Linux"
    );
}

#[test]
fn an_asdm_that_may_stay_is_not_staged_over() {
    assert_eq!(staged(&steps(&["9.8(4)", "9.12(4)", "9.16(4)"], "7.24(1)")), ["-", "-"]);
    assert_eq!(staged(&steps(&["9.8(4)", "9.12(4)", "9.16(4)"], "7.8(2)")), ["7.12(1)", "7.18(1)152"]);
    assert_eq!(staged(&steps(&["9.8(4)", "9.12(4)"], "")), ["7.12(1)"]);
    // One that is not proven is not staged over by one that is no better.
    assert_eq!(staged(&steps(&["9.14(3)", "9.16(4)"], "7.18(1)152")), ["-"]);
    // Before 8.0 the companion is needed both ways.
    assert_eq!(staged(&steps(&["8.0(5)", "7.2(5)"], "6.1(5)")), ["5.2(1)"]);
    assert_eq!(staged(&steps(&["8.4(7)", "8.6(1)"], "7.1(1)")), ["6.6(1)"]);
}

#[test]
fn an_answer_fits_into_a_change_ticket() {
    assert_eq!(
        asdm("9.18(4)", "7.16(1)").to_string(),
        "ASDM for ASA 9.18(4): at least 7.18(1)152; ASDM images are signature-checked from 9.18(2): an older \
         ASDM than 7.18(1)152 is refused [measured: cve-2022-20829, staystay]\n\
         7.16(1), present now: too old; ASDM images are signature-checked from 9.18(2): an older ASDM than \
         7.18(1)152 is refused [measured: cve-2022-20829, staystay]; 7.18(1) is the first release of ASDM \
         7.18, the companion of this train [derived: sccfm, asdm-scan, derived]; an ASDM that does not fit \
         stops neither boot nor traffic, it only cannot manage the ASA: a warning, never a block [measured: \
         smp-5550, smp-fpr4k, smp-misc, smp-fp2130, smp-5505]\n\
         stage 7.18(1)152 or newer: asdm-7181-152.bin; ASDM before 7.24 needs Java 8 [vendor text: asdm-724, \
         asdm-notes]"
    );
    assert_eq!(
        steps(&["7.0(8)", "7.1(2)", "7.2(5)"], "5.0(9)").to_string(),
        "ASDM from ASA 7.0(8) to 7.2(5): 5.1(1) for 7.1(2); 5.2(1) for 7.2(5)\n\
         5.0(9), present now, with 7.2(5): too old; 5.2(1) is the first release of ASDM 5.2, the companion of \
         this train [derived: seed-111867, derived]"
    );
    let direct = steps(&["7.0(8)", "7.2(5)"], "").to_string();
    assert_eq!(
        direct,
        "ASDM from ASA 7.0(8) to 7.2(5): not in order for 7.2(5)\n\
         not allowed, asdm.incremental: stepping ASA 7.0 to 7.2 or ASDM 5.0 to 5.2 in one go breaks ASDM, up \
         or down: go 7.0, 7.1, 7.2 and 5.0, 5.1, 5.2 [vendor text: seed-111867]"
    );
    let stays = steps(&["9.14(3)", "9.16(4)", "9.18(4)"], "7.18(1)152").to_string();
    assert!(stays.starts_with(
        "ASDM from ASA 9.14(3) to 9.18(4): 7.18(1)152 stays for 9.16(4) (not proven); 7.18(1)152 stays for \
         9.18(4) (not proven)\n"
    ));
}

#[test]
fn an_answer_as_json() {
    let json = serde_json::to_value(asdm("9.18(4)", "7.16(1)")).unwrap();
    let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "asa",
        "clients",
        "companion",
        "fit",
        "images",
        "minima",
        "notes",
        "present",
        "schema",
        "stage",
        "why",
    ];
    assert_eq!(keys.iter().filter(|key| expected.contains(key)).count(), keys.len());
    assert_eq!(keys.len(), expected.len());
    assert_eq!((&json["fit"], &json["stage"]), (&"too_old".into(), &"7.18(1)152".into()));
    assert_eq!(
        (&json["companion"]["train"], &json["images"][0]),
        (&"7.18".into(), &"asdm-7181-152.bin".into())
    );
    let json = serde_json::to_value(steps(&["7.0(8)", "7.2(5)"], "")).unwrap();
    assert_eq!(json["steps"][0]["jump"]["id"], "asdm.incremental");
    assert_eq!(
        (&json["present"], &json["target"]["fit"]),
        (&serde_json::Value::Null, &serde_json::Value::Null)
    );
}

prop_compose! {
    fn any_version(major: u16)(
        minor in 0..=26_u16, maintenance in 0..=5_u16, interim in prop_oneof![Just(0), 0..=160_u16],
    ) -> AsaVersion {
        AsaVersion::new(major, minor, maintenance, interim)
    }
}

proptest! {
    #[test]
    fn every_answer_keeps_its_word(
        target in prop_oneof![any_version(7), any_version(8), any_version(9)],
        present in prop_oneof![any_version(5), any_version(6), any_version(7), any_version(9)],
    ) {
        let answer = Compat::bundled().asdm(target, Some(present));
        let below = answer.minima.iter().any(|least| present < least.version);
        prop_assert_eq!(answer.fit == Some(AsdmFit::TooOld), below);
        prop_assert!(!answer.why.is_empty());
        if answer.fit == Some(AsdmFit::Works) {
            prop_assert!(answer.why.iter().all(|why| why.basis != Basis::Memory));
            prop_assert_eq!(answer.stage, None);
        }
        if let Some(stage) = answer.stage {
            prop_assert!(answer.minima.iter().all(|least| least.version <= stage));
            for image in &answer.images {
                let read: ImageName = image.as_str().parse().unwrap();
                let holds = match read.reading() {
                    ImageReading::One(one) => one == stage,
                    ImageReading::Undecided { wide, narrow } => [wide, narrow].contains(&stage),
                    _ => false,
                };
                prop_assert!(holds, "{} for {}", image, stage);
            }
        }
        prop_assert!(answer.to_string().lines().count() <= 3);
    }

    /// What works for a release works with every newer ASDM of the tables too, from 8.0 on.
    #[test]
    fn a_newer_asdm_is_never_worse(
        target in prop_oneof![any_version(8), any_version(9)],
        minor in 0..=24_u16, later in 0..=24_u16,
    ) {
        let fit = |minor| Compat::bundled().asdm(target, Some(AsaVersion::new(7, minor, 1, 0))).fit;
        if fit(minor) == Some(AsdmFit::Works) && later >= minor {
            prop_assert_eq!(fit(later), Some(AsdmFit::Works), "{} with 7.{}(1) and 7.{}(1)", target, minor, later);
        }
    }
}
