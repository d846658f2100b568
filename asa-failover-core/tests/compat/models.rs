//! Models: what they run, which image they boot and how, what their failover can do.
#![expect(clippy::unwrap_used, reason = "what a test expects fails the test")]

use asa_failover_core::AsaVersion;
use asa_failover_core::compat::{Ability, Basis, BootProcedure, Compat, Driven, Model, Runs, Suits};
use asa_failover_core::image::ImageName;

#[track_caller]
fn model(name: &str) -> &'static Model {
    Compat::bundled().model(name).unwrap()
}

fn version(text: &str) -> AsaVersion {
    text.parse().unwrap()
}

fn runs(name: &str, release: &str) -> Runs {
    Compat::bundled().runs_on(model(name), version(release))
}

#[track_caller]
fn outside(name: &str, release: &str, id: &str, text: &str) {
    let Runs::Outside(why) = runs(name, release) else { panic!("{}", runs(name, release)) };
    assert_eq!((why.id.as_str(), why.text.as_str()), (id, text));
}

#[track_caller]
fn unknown(name: &str, release: &str, id: &str, text: &str) {
    let Runs::Unknown(why) = runs(name, release) else { panic!("{}", runs(name, release)) };
    assert_eq!((why.id.as_str(), why.text.as_str()), (id, text));
}

#[test]
fn a_model_runs_from_its_first_release_to_its_last() {
    for (name, release) in [
        ("ASA5525", "8.6(1)"),
        ("ASA5525", "9.14(4)28"),
        ("ASA5505", "9.2(4)33"),
        ("PIX-525", "8.0(4)32"),
        ("ASA5516", "9.16(4)92"),
        ("FPR-2130", "9.20(4)"),
        ("FPR9K-SM-44", "9.18(4)"),
        ("CSF-1210CE", "9.22(1)1"),
        ("ASAv", "9.24(1)"),
    ] {
        assert!(matches!(runs(name, release), Runs::Within(_)), "{}", runs(name, release));
    }
    outside("ASA5525", "9.16(4)", "model.last", "the releases of the ASA 5525-X end with 9.14(4)");
    outside("ASA5525", "8.4(7)", "model.first", "the releases of the ASA 5525-X begin with 8.6(1)");
    outside("FPR-2130", "9.22(2)", "model.last", "the releases of the Firepower 2130 end with 9.20");
    outside("ASA5510", "9.2(4)", "model.last", "the releases of the ASA 5510 end with 9.1(7)");
    outside(
        "CSF-1210CE",
        "9.22(1)",
        "model.first",
        "the releases of the Secure Firewall 1210CE begin with 9.22(1)1",
    );
    outside("ASA5520", "8.1(2)", "model.train", "8.1 was never made for the ASA 5520");
    outside("ASA5585", "8.3(2)", "model.train", "8.3 was never made for the ASA 5585-X");
    unknown("ASAv", "9.25(1)", "release.unknown", "the tables have no train 9.25");
    unknown(
        "ASAv",
        "9.16(0)7",
        "release.pre-release",
        "9.16(0)7 is a pre-release build, of which no row speaks",
    );
    unknown("PIX 501", "7.0(1)", "model.trains", "which trains the PIX 501 runs is not known");
}

/// The ends of most models are remembered, and so an answer carries what it rests on.
#[test]
fn what_a_model_runs_says_what_it_rests_on() {
    let Runs::Within(why) = runs("ASA5525", "9.12(4)") else { panic!("{}", runs("ASA5525", "9.12(4)")) };
    assert_eq!((why.id.as_str(), why.basis), ("model.releases", Basis::Memory));
    assert_eq!(why.text.as_str(), "the ASA 5525-X has releases from 8.6(1), to 9.14(4)");
    assert_eq!(
        runs("CSF-6160", "9.24(1)").to_string(),
        "within, the Secure Firewall 6160 has releases from 9.24(1), without a known end [vendor text: intro-924]"
    );
}

#[test]
fn every_model_and_release_has_one_answer_that_the_verdicts_share() {
    let compat = Compat::bundled();
    for model in compat.models() {
        let answers: Vec<(AsaVersion, Runs)> = compat
            .releases()
            .flat_map(|release| release.maintenance.iter())
            .map(|release| (*release, compat.runs_on(model, *release)))
            .collect();
        let within = answers.iter().filter(|(_, runs)| matches!(runs, Runs::Within(_))).count();
        assert_eq!(within == 0, model.active_standby == Ability::No, "{}", model.name);
        for (release, runs) in answers {
            let limited = model.begins_after(release) || model.ends_before(release);
            assert!(!limited || matches!(runs, Runs::Outside(_)), "{} {release}: {runs}", model.name);
        }
    }
}

#[test]
fn an_image_suits_a_model_by_its_name() {
    let suits = |image: &str, name: &str| model(name).suits(&image.parse::<ImageName>().unwrap());
    assert_eq!(suits("asa9-16-4-57-lfbff-k8.SPA", "ISA3000-2C2F").to_string(), "yes");
    assert_eq!(
        suits("asdm-7181-152.bin", "ASA5525").to_string(),
        "no, asdm-7181-152.bin is the device manager, not an image to boot"
    );
    assert_eq!(
        suits("pix804.bin", "PIX-525").to_string(),
        "unknown, that the PIX 525 boots pix....bin is only remembered"
    );
    let json = serde_json::to_value(suits("asav962-7.qcow2", "ASAv")).unwrap();
    let why = "asav962-7.qcow2 is the disk of a new virtual machine, not an upgrade";
    assert_eq!(json, serde_json::json!({"answer": "no", "why": why}));
    assert_eq!(serde_json::to_value(Suits::Yes).unwrap(), serde_json::json!({"answer": "yes"}));
}

#[test]
fn a_boot_procedure_is_driven_or_not_by_model_mode_and_release() {
    let driven = |name: &str, release: &str| model(name).driven(version(release));
    for name in ["ASA5525", "ASA5505", "ASA5585", "ASA5516", "ISA3000-4C", "ASA-SM1", "PIX-525"] {
        let known = Compat::bundled().model(name);
        assert!(known.is_none_or(|model| model.driven(version("9.8(4)")) == Driven::Yes), "{name}");
    }
    let one = "is told what to boot by one boot system line";
    for (name, full) in [
        ("FPR-1010", "Firepower 1010"),
        ("FPR-3110", "Secure Firewall 3110"),
        ("CSF-4215", "Secure Firewall 4215"),
        ("CSF-1230", "Secure Firewall 1230"),
    ] {
        assert_eq!(driven(name, "9.23(1)"), Driven::No(format!("the {full} {one}")));
    }
    for (name, full) in [("FPR4K-SM-44S", "Firepower 4145"), ("FPR9K-SM-44", "Firepower 9300 SM-44")] {
        let why = format!("the {full} is told what to boot by the chassis (FXOS)");
        assert_eq!(driven(name, "9.16(4)"), Driven::No(why));
    }
    let why = "the Secure Firewall 6160 is told what to boot by a procedure that is not known";
    assert_eq!(driven("CSF-6160", "9.24(1)"), Driven::No(why.to_owned()));
}

#[test]
fn the_firepower_2100_has_a_mode_and_neither_is_driven() {
    let firepower = model("FPR-2130");
    let modes = |release: &str| -> Vec<(&str, BootProcedure, Basis)> {
        let possible = firepower.modes_at(version(release));
        possible.map(|mode| (mode.mode.as_str(), mode.boot, mode.basis)).collect()
    };
    let platform = ("platform", BootProcedure::Chassis, Basis::Vendor);
    assert_eq!(modes("9.8(4)"), [platform]);
    assert_eq!(modes("9.12(4)67"), [platform]);
    let appliance = ("appliance", BootProcedure::SingleBootEntry, Basis::Memory);
    assert_eq!(modes("9.13(1)"), [platform, appliance]);
    let text = "in platform mode, the only one until 9.12, the bundle is installed through FXOS on each unit";
    assert_eq!(firepower.driven(version("9.8(4)")), Driven::No(text.to_owned()));
    let both =
        format!("{text}; in appliance mode, possible from 9.13, one boot system line unpacks the bundle");
    assert_eq!(firepower.driven(version("9.20(4)")), Driven::No(both));
}

#[test]
fn a_virtual_appliance_depends_on_where_it_runs() {
    for name in ["ASAv", "ASAv5", "ASAv30", "ASAv100"] {
        let why = "how a virtual appliance in a public cloud is told what to boot was not found";
        assert_eq!(model(name).driven(version("9.16(4)")), Driven::Depends(why.to_owned()));
        assert_eq!(model(name).boot, BootProcedure::BootList);
    }
}

#[test]
fn what_failover_can_do_is_said_per_model() {
    let able = |name| {
        let model = model(name);
        (model.active_standby, model.stateful, model.active_active)
    };
    assert_eq!(able("ASA5505"), (Ability::Licensed, Ability::No, Ability::No));
    assert_eq!(able("FPR-1010"), (Ability::Licensed, Ability::Yes, Ability::No));
    assert_eq!(able("ISA3000-4C"), (Ability::Licensed, Ability::Yes, Ability::No));
    assert_eq!(able("FPR-2130"), (Ability::Yes, Ability::Yes, Ability::Yes));
    assert_eq!(able("PIX 506E"), (Ability::No, Ability::No, Ability::No));
    assert_eq!(able("CSF-1230"), (Ability::Yes, Ability::Yes, Ability::Unknown));
    let active_active = Compat::bundled().models().filter(|model| model.active_active == Ability::No);
    let families: std::collections::BTreeSet<&str> =
        active_active.map(|model| model.family.as_str()).collect();
    let expected = ["asa1000v", "asa5505", "asa5506x", "asav", "fpr1000", "isa3000", "pix5xx-small"];
    assert_eq!(families.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn a_model_as_lines_and_as_json() {
    assert_eq!(
        model("ASA5505").to_string(),
        "ASA 5505: 7.2(1) to 9.2(4) [memory: pyntc, comm83, aa-91336, cmdref-fo, smp-5505, unverified-memory]\n\
         image asa...-k8.bin [measured]; told what to boot by a list of boot system lines [vendor text]\n\
         Active/Standby: with a licence; connections survive: no; Active/Active: no"
    );
    let lines = model("FPR-2130").to_string();
    let expected = "image cisco-asa-fp2k....SPA [measured]; platform mode by the chassis (FXOS) [vendor text]; \
                    appliance mode (from 9.13(1)) by one boot system line [memory]";
    assert_eq!(lines.lines().nth(1), Some(expected));
    assert!(model("CSF-6160").to_string().contains("\nimage not known; told what to boot by a procedure"));
    let json = serde_json::to_value(model("FPR-2130")).unwrap();
    assert_eq!(
        (&json["last"], &json["image"], &json["boot"]),
        (&"9.20".into(), &"fp2k".into(), &"chassis".into())
    );
    assert_eq!(json["modes"][1]["since"], "9.13(1)");
    assert_eq!(json["names"], serde_json::Value::Null);
    let keys = json.as_object().unwrap().len();
    assert_eq!(keys, 14);
    for model in Compat::bundled().models() {
        assert_eq!(model.to_string().lines().count(), 3, "{model}");
    }
}
