//! The answers that a change window rests on, each with its way, rule and conditions.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what a test expects fails the test")]

use asa_failover_core::compat::{
    Ability, Basis, BootProcedure, Compat, Downgrade, GuidelineKind, HopKind, RuleSet, Suits, Verdict,
    VerdictKind, abilities,
};
use asa_failover_core::image::ImageName;

#[track_caller]
fn by(rules: RuleSet, from: &str, to: &str, model: &str) -> Verdict {
    let model = Some(model).filter(|model| !model.is_empty());
    Compat::bundled().between(from.parse().unwrap(), to.parse().unwrap(), model, rules)
}

#[track_caller]
fn auto(from: &str, to: &str, model: &str) -> Verdict {
    by(RuleSet::Auto, from, to, model)
}

fn way(verdict: &Verdict) -> String {
    let hops = verdict.path.iter().map(|hop| format!(" {} {}", hop.rule, hop.to));
    format!("{}{}", verdict.from, hops.collect::<String>())
}

fn conditions(verdict: &Verdict) -> Vec<&str> {
    verdict.conditions.iter().map(|condition| condition.id.as_str()).collect()
}

/// A yes without any condition, over this way.
#[track_caller]
fn plain(verdict: &Verdict, kind: &VerdictKind, expected: &str) {
    assert_eq!((&verdict.kind, way(verdict).as_str()), (kind, expected));
    assert_eq!(conditions(verdict), [""; 0]);
}

/// No yes, and this rule or row says so.
#[track_caller]
fn no(verdict: &Verdict, kind: &str, id: &str, text: &str) {
    let json = serde_json::to_value(verdict).unwrap();
    let why = verdict.reason().unwrap();
    assert_eq!(
        (json["kind"].as_str(), why.id.as_str(), why.text.as_str()),
        (Some(kind), id, text),
        "{verdict}"
    );
    assert!(!verdict.is_hitless());
}

const MAINTENANCE: VerdictKind = VerdictKind::Hitless(HopKind::Maintenance);
const MINOR: VerdictKind = VerdictKind::Hitless(HopKind::Minor);
const MAJOR: VerdictKind = VerdictKind::Hitless(HopKind::Major);
const DIRECT: VerdictKind = VerdictKind::Hitless(HopKind::Direct);

#[test]
fn the_examples_of_the_founding_text() {
    for (rules, model) in [(RuleSet::Strict, "ASA5520"), (RuleSet::Auto, "PIX-525")] {
        plain(&by(rules, "7.0(1)", "7.0(4)", model), &MAINTENANCE, "7.0(1) strict.maintenance 7.0(4)");
        plain(&by(rules, "7.0(8)", "7.1(1)", model), &MINOR, "7.0(8) strict.minor.next 7.1(1)");
        plain(&by(rules, "7.2(5)", "8.0(4)", model), &MAJOR, "7.2(5) strict.major.last-to-first 8.0(4)");
        let verdict = by(rules, "7.0(8)", "7.2(5)", model);
        let expected = "7.0(8) strict.minor.next 7.1(2) strict.minor.next 7.2(5)";
        plain(&verdict, &VerdictKind::NeedsStops, expected);
        assert_eq!(verdict.sources(), ["seed-111867", "cg72-zd", "cg84-zd"]);
        let [skip] = verdict.skips.as_slice() else { panic!("{:?}", verdict.skips) };
        assert_eq!((skip.from.to_string(), skip.to.to_string()), ("7.0(8)".into(), "7.2(5)".into()));
        assert_eq!(
            skip.why.text,
            "7.1 lies between 7.0 and 7.2; a minor upgrade goes to the next minor train, never over one"
        );
    }
}

#[test]
fn the_everyday_upgrades_come_without_conditions() {
    plain(&auto("9.8(4)", "9.8(4)48", "ASA5525-X"), &MAINTENANCE, "9.8(4) current.maintenance 9.8(4)48");
    plain(&auto("9.8(4)", "9.12(4)", "ASA5525"), &DIRECT, "9.8(4) current.direct 9.12(4)");
    plain(&auto("9.2(2)4", "9.4(4)", "ASA 5545-X"), &DIRECT, "9.2(2)4 current.direct 9.4(4)");
    plain(&auto("9.8(4)", "9.9(2)", "ASAv"), &MINOR, "9.8(4) current.direct 9.9(2)");
    plain(&auto("9.10(1)", "9.12(4)", "ASAv"), &MINOR, "9.10(1) current.direct 9.12(4)");
    plain(&auto("8.2(5)", "8.2(5)59", "asa5510"), &MAINTENANCE, "8.2(5) strict.maintenance 8.2(5)59");
    plain(&auto("9.1(7)32", "9.2(4)", "ASA5545"), &MINOR, "9.1(7)32 current.table 9.2(4)");
}

#[test]
fn the_next_minor_is_the_models_own() {
    plain(&auto("8.0(4)", "8.2(5)", "ASA5510"), &MINOR, "8.0(4) strict.minor.next 8.2(5)");
    no(
        &auto("8.0(4)", "8.2(5)", ""),
        "unknown",
        "model.needed",
        "the models differ: refused, the releases of the PIX 515 end with 8.0(4) for PIX 515, PIX 515E, PIX 525 \
         and 1 more; not hitless, the ASA 5505 fails over without state: every connection drops at each switchover for ASA \
         5505; hitless for ASA 5510, ASA 5520, ASA 5540 and 1 more",
    );
    let verdict = by(RuleSet::Strict, "9.8(4)", "9.12(4)", "ASA5525");
    let expected = "9.8(4) strict.minor.next 9.9(2) strict.minor.next 9.10(1) strict.minor.next 9.12(4)";
    plain(&verdict, &VerdictKind::NeedsStops, expected);
}

#[test]
fn where_an_answer_leans_on_memory_that_is_a_condition() {
    let verdict = auto("8.4(7)", "9.0(4)", "ASA5510");
    assert_eq!((&verdict.kind, verdict.basis()), (&MAJOR, Some(Basis::Memory)));
    assert_eq!(conditions(&verdict), ["remembered.releases.8.6", "remembered.releases.8.7"]);
    assert_eq!(verdict.conditions[0].text, "that 8.6 was never made for the ASA 5510 is only remembered");
    assert_eq!(conditions(&auto("8.6(1)", "9.0(4)", "ASA5525")), ["remembered.releases.8.7"]);
    let verdict = auto("8.2(5)", "8.4(7)", "ASA5585-SSP-40");
    let expected = ["ssh.default-user.8.4", "remembered.gaps.asa5585x", "migration.8.3"];
    assert_eq!(conditions(&verdict), expected);
    assert_eq!(conditions(&auto("9.2(2)4", "9.5(2)", "ASA5525")), ["remembered.CSCuv92371.9.5.2"]);
    assert_eq!(conditions(&auto("9.7(1)4", "9.8(4)", "ASA5525")), ["remembered.CSCvc83062"]);
    let expected = ["CSCvd78303", "remembered.CSCvc83062"];
    assert_eq!(conditions(&auto("9.7(1)", "9.8(4)", "ASA5525")), expected);
}

#[test]
fn what_a_platform_adds_is_a_condition_with_its_source() {
    let verdict = auto("9.12(4)", "9.14(4)", "FPR4K-SM-44S");
    assert_eq!((conditions(&verdict), verdict.basis()), (vec!["fxos.pairing"], Some(Basis::Vendor)));
    let stateless = "the ASA 5505 fails over without state: every connection drops at each switchover";
    no(&auto("9.1(7)32", "9.2(4)33", "ASA 5505"), "not_hitless", "failover.stateless", stateless);
    assert_eq!(
        conditions(&auto("8.2(5)", "8.3(2)", "ASA5520")),
        ["migration.8.3", "memory.8.3.asa5520-5540"]
    );
    assert_eq!(conditions(&auto("8.2(5)", "8.3(2)", "ASA5510")), ["migration.8.3", "memory.8.3.asa5510"]);
    assert_eq!(conditions(&auto("8.2(5)", "8.3(2)", "ASA5550")), ["migration.8.3"]);
}

/// What a step may do to whoever logs in comes first.
#[test]
fn a_way_over_9_16_asks_for_keys_and_crypto_first() {
    let verdict = auto("9.12(4)", "9.16(4)57", "ASA5516");
    assert_eq!((&verdict.kind, way(&verdict).as_str()), (&DIRECT, "9.12(4) current.direct 9.16(4)57"));
    let expected = [
        "remembered.crypto.removed.9.15",
        "remembered.rsa.small.9.16",
        "remembered.ssh.host-key.9.16",
        "remembered.snmp.v3.9.16",
    ];
    assert_eq!(conditions(&verdict), expected);
    let first: Vec<&str> = verdict.guidelines.iter().take(4).map(|guideline| guideline.id.as_str()).collect();
    assert_eq!(first, ["crypto.removed.9.15", "rsa.small.9.16", "ssh.host-key.9.16", "snmp.v3.9.16"]);
    assert!(verdict.guidelines.iter().any(|guideline| guideline.kind == GuidelineKind::Procedure));
    let command = verdict.conditions[1].command.as_deref();
    assert_eq!((command, verdict.conditions[1].fact), (Some("show crypto ca certificates"), None));
}

#[test]
fn named_exceptions_hold_under_every_rule_set() {
    for rules in [RuleSet::Strict, RuleSet::Current, RuleSet::Auto] {
        no(
            &by(rules, "8.4(5)", "8.4(6)", "ASA5520"),
            "not_hitless",
            "exception.CSCug88962",
            "CSCug88962: no zero-downtime upgrade to 8.4(6)",
        );
        no(
            &by(rules, "9.1(5)", "9.1(7)", "NOSUCH"),
            "unknown",
            "model.unknown",
            "the tables have no model \"NOSUCH\"",
        );
        let verdict = by(rules, "9.1(1)", "9.1(7)32", "ASA5525");
        let way: Vec<String> = verdict.path.iter().map(|hop| hop.to.to_string()).collect();
        assert_eq!(way, ["9.1(2)", "9.1(7)32"]);
        assert_eq!(verdict.path[0].interrupts.as_ref().unwrap().id, "exception.CSCug88962");
        assert_eq!(verdict.path[1].interrupts, None);
        assert!(matches!(verdict.kind, VerdictKind::NotHitless(_)), "{verdict}");
        assert_eq!(verdict.skips[0].why.id, "exception.CSCuh25271");
        no(
            &by(rules, "9.6(2)", "9.6(3)", "ASA5525"),
            "refused",
            "exception.withdrawn.9.6.3",
            "9.6(3) was withdrawn because of CSCvd78303; take 9.6(4)",
        );
        no(
            &by(rules, "9.20(2)", "9.22(1)", "ASAv"),
            "refused",
            "exception.unpublished.9.22.1",
            "9.22(1) was never published; the first release of the train is 9.22(1)1",
        );
    }
    no(
        &auto("9.1(5)", "9.1(5)21", "FPR-9999"),
        "unknown",
        "model.unknown",
        "the tables have no model \"FPR-9999\"",
    );
    no(
        &auto("9.0(4)", "9.1(3)2", "ASA5525"),
        "unknown",
        "exception.CSCug88962.interim",
        "CSCug88962 rules out 9.1(3); whether its interims carry the fix was not found",
    );
    no(
        &auto("9.22(1)", "9.22(2)", "ASAv"),
        "unknown",
        "exception.unpublished.9.22.1",
        "9.22(1) was never published, so what runs here is not known",
    );
}

#[test]
fn the_path_table_adds_its_stops() {
    let stops = |verdict: &Verdict| verdict.stops().map(|stop| stop.to_string()).collect::<Vec<_>>();
    let verdict = auto("8.6(1)", "9.8(4)", "ASA5545");
    assert_eq!((&verdict.kind, stops(&verdict)), (&VerdictKind::NeedsStops, vec!["9.0(4)".to_owned()]));
    assert_eq!(verdict.path[1].rule, "current.table");
    assert_eq!((verdict.path[1].basis, &verdict.path[1].sources[0]), (Basis::Copy, &"path2015".to_owned()));
    plain(
        &auto("9.0(1)", "9.1(7)32", "ASA5545"),
        &VerdictKind::NeedsStops,
        "9.0(1) strict.maintenance 9.0(4) strict.minor.next 9.1(7)32",
    );
    plain(
        &auto("8.4(2)", "9.2(4)", "ASA5585"),
        &VerdictKind::NeedsStops,
        "8.4(2) strict.maintenance 8.4(7) current.table 9.2(4)",
    );
    assert_eq!(stops(&auto("8.2(5)", "9.2(4)", "ASA5505")), ["8.3(2)", "8.4(7)"]);
}

#[test]
fn a_shorter_way_of_the_later_guidance_is_named() {
    let verdict = auto("8.4(7)", "9.1(7)32", "ASA5510");
    assert_eq!(way(&verdict), "8.4(7) strict.major.last-to-first 9.0(4) strict.minor.next 9.1(7)32");
    let alternative = verdict.alternative.unwrap();
    let hops: Vec<&str> = alternative.path.iter().map(|hop| hop.rule.as_str()).collect();
    assert_eq!((alternative.rules, hops), (RuleSet::Current, vec!["current.table"]));
    let verdict = by(RuleSet::Current, "8.4(7)", "9.1(7)32", "ASA5510");
    plain(&verdict, &DIRECT, "8.4(7) current.table 9.1(7)32");
    // The later guidance does not speak of targets before 9.1(3): the founding text stays.
    assert_eq!(
        way(&by(RuleSet::Current, "7.0(8)", "7.2(5)", "ASA5520")),
        "7.0(8) strict.minor.next 7.1(2) strict.minor.next 7.2(5)"
    );
}

#[test]
fn trains_and_builds_that_the_tables_do_not_have() {
    let gap = "there is no train 9.11: 9.10 is followed by 9.12";
    no(&auto("9.10(1)", "9.11(1)", ""), "refused", "release.no-train", gap);
    let gap = "there is no train 9.21: 9.20 is followed by 9.22";
    no(&auto("9.20(1)", "9.21(1)", "ASAv"), "refused", "release.no-train", gap);
    for (to, text) in [
        ("9.25(1)", "the train 9.25 is beyond the tables"),
        ("10.1(1)", "the train 10.1 is beyond the tables"),
        ("6.3(5)", "the train 6.3 is beyond the tables"),
    ] {
        no(&auto("9.24(1)", to, "ASA5525"), "unknown", "release.beyond", text);
    }
    let running = "the tables have no train 99.16, which runs here";
    no(&auto("99.16(1)222", "9.16(4)", ""), "unknown", "release.running", running);
    let pre = "7.2(0)55 is a pre-release build, of which no rule speaks";
    no(&auto("7.2(0)55", "7.2(5)", ""), "unknown", "release.running", pre);
    let pre = "7.2(0)55 is a pre-release build, which is never a target";
    no(&auto("7.1(2)", "7.2(0)55", ""), "refused", "release.pre-release", pre);
    let verdict = auto("9.16(4)", "9.16(4)123", "ASA5516");
    assert_eq!(verdict.kind, MAINTENANCE);
    assert!(
        verdict.notes.contains(&"9.16(4)123 is not among the known builds: judged by its train".to_owned()),
        "{:?}",
        verdict.notes
    );
    let doubt = "only one record knows 7.1(5): its existence is in doubt".to_owned();
    assert!(auto("7.0(8)", "7.1(5)", "ASA5520").notes.contains(&doubt));
}

#[test]
fn a_model_limits_what_it_runs() {
    let end = "the releases of the ASA 5525-X end with 9.14(4)";
    let verdict = auto("9.12(4)", "9.16(4)", "ASA5525");
    no(&verdict, "refused", "model.last", end);
    assert_eq!(verdict.basis(), Some(Basis::Memory));
    no(&auto("9.14(4)", "9.14(5)", "ASA5525"), "refused", "model.last", end);
    let end = "the releases of the PIX 525 end with 8.0(4)";
    no(&auto("8.0(4)", "8.0(5)", "PIX-525"), "refused", "model.last", end);
    plain(&auto("9.12(4)", "9.14(4)24", "ASA5525"), &DIRECT, "9.12(4) current.direct 9.14(4)24");
    no(
        &auto("9.16(4)", "9.22(2)", "FPR-2130"),
        "refused",
        "model.last",
        "the releases of the Firepower 2130 end with 9.20",
    );
    no(
        &auto("8.2(5)", "8.3(2)", "ASA5585"),
        "refused",
        "model.train",
        "8.3 was never made for the ASA 5585-X",
    );
    no(
        &auto("9.2(4)", "9.4(4)", "ASA5516"),
        "unknown",
        "model.running",
        "9.2(4) runs here, and the tables do not have it for the ASA 5516-X, whose releases begin with 9.4(1)",
    );
    no(&auto("7.0(1)", "7.0(4)", "PIX-501"), "refused", "model.no-failover", "the PIX 501 has no failover");
    let unknown = "whether the Secure Firewall 6160 can fail over was not found";
    no(&auto("9.24(1)", "9.24(1)5", "CSF-6160"), "unknown", "model.failover", unknown);
}

#[test]
fn a_way_back_is_a_downgrade_and_never_hitless() {
    let verdict = auto("9.8(4)48", "9.8(4)", "ASA5525");
    assert_eq!(verdict.kind, VerdictKind::Downgrade(Downgrade::ByMaintenanceRule));
    assert_eq!(way(&verdict), "9.8(4)48 strict.maintenance 9.8(4)");
    assert!(!verdict.is_hitless());
    let verdict = auto("9.12(4)", "9.8(4)", "ASA5525");
    assert!(verdict.path.is_empty());
    no(
        &verdict,
        "downgrade",
        "strict.maintenance",
        "no rule speaks of a way back from 9.12 to 9.8; any maintenance release of a train may run beside \
         any other of the same train",
    );
    let exception = "CSCug88962: no zero-downtime upgrade to 9.0(2)";
    no(&auto("9.0(4)", "9.0(2)", "ASA5525"), "downgrade", "exception.CSCug88962", exception);
    let one_way = "the virtual appliance cannot leave 9.24 downwards";
    no(&auto("9.24(1)", "9.22(2)", "ASAv30"), "refused", "exception.asav.9.24.one-way", one_way);
    let verdict = auto("9.4(1)200", "9.4(1)13", "ASAv");
    assert!(verdict.notes.contains(&"a higher interim is not always the younger build".to_owned()));
    assert_eq!(auto("9.8(4)", "9.8(4)", "ASA5525").kind, VerdictKind::Same);
}

#[test]
fn stops_may_be_pinned() {
    let compat = Compat::bundled();
    let over = |stops: &[&str]| {
        let stops: Vec<_> = stops.iter().map(|stop| stop.parse().unwrap()).collect();
        let (from, to) = ("9.8(4)".parse().unwrap(), "9.14(4)".parse().unwrap());
        compat.between_over(from, to, &stops, Some("ASA5525"), RuleSet::Auto)
    };
    plain(
        &over(&["9.10(1)44", "9.12(4)"]),
        &VerdictKind::NeedsStops,
        "9.8(4) current.direct 9.10(1)44 current.direct 9.12(4) current.direct 9.14(4)",
    );
    plain(&over(&["9.8(4)", "9.14(4)"]), &DIRECT, "9.8(4) current.direct 9.14(4)");
    for stops in [&["9.12(4)", "9.10(1)"][..], &["9.16(4)"], &["9.6(4)"], &["9.12(0)3"], &["9.11(1)"]] {
        let stop = stops.last().unwrap();
        let text = format!("the pinned stop {stop} is no release on the way");
        no(&over(stops), "refused", "path.pinned", &text);
    }
}

#[test]
fn models_answer_to_what_devices_print_and_people_type() {
    let compat = Compat::bundled();
    for (name, model) in [
        ("ASA5525", "ASA 5525-X"),
        ("ASA5525-X", "ASA 5525-X"),
        ("Cisco ASA 5525-X", "ASA 5525-X"),
        ("5525-x", "ASA 5525-X"),
        ("ASA5520", "ASA 5520"),
        ("ASA5516", "ASA 5516-X"),
        ("ASA5506W", "ASA 5506W-X"),
        ("ASA5585-SSP-40", "ASA 5585-X SSP-40"),
        ("ASAv", "ASAv"),
        ("asav30", "ASAv30"),
        ("FPR-2130", "Firepower 2130"),
        ("Firepower 1010", "Firepower 1010"),
        ("FPR4K-SM-12", "Firepower 4110"),
        ("PIX-525", "PIX 525"),
        ("pix 515e", "PIX 515E"),
    ] {
        assert_eq!(compat.model(name).map(|model| model.name.as_str()), Some(model), "{name}");
    }
    for name in ["ASA5520-X", "ASA5599", "", "ASA", "WS-SVC-FWM-1"] {
        assert_eq!(compat.model(name), None, "{name}");
    }
}

#[test]
fn release_and_executability_are_two_answers() {
    let verdict = auto("9.12(4)", "9.14(4)", "FPR-2130");
    plain(&verdict, &DIRECT, "9.12(4) current.direct 9.14(4)");
    assert_eq!(verdict.boot, Some(BootProcedure::Chassis));
    let boot = |name: &str| Compat::bundled().model(name).unwrap().boot;
    assert_eq!(boot("FPR-1150"), BootProcedure::SingleBootEntry);
    assert_eq!(boot("ASA5525"), BootProcedure::BootList);
    assert_eq!(boot("FPR9K-SM-44"), BootProcedure::Chassis);
    assert_eq!(boot("CSF-220"), BootProcedure::Unknown);
}

#[test]
fn what_failover_can_do_differs_by_model() {
    let able = |name: &str| {
        let model = Compat::bundled().model(name).unwrap();
        (model.active_standby, model.stateful, model.active_active)
    };
    assert_eq!(able("ASA5525"), (Ability::Yes, Ability::Yes, Ability::Yes));
    assert_eq!(able("ASA5505"), (Ability::Licensed, Ability::No, Ability::No));
    assert_eq!(able("ASA5510"), (Ability::Licensed, Ability::Yes, Ability::Licensed));
    assert_eq!(able("ASAv"), (Ability::Yes, Ability::Yes, Ability::No));
    assert_eq!(able("CSF-1230").2, Ability::Unknown);
}

#[test]
fn an_image_suits_a_model_or_the_reason_is_said() {
    let suits = |image: &str, model: &str| {
        Compat::bundled().model(model).unwrap().suits(&image.parse::<ImageName>().unwrap())
    };
    for (image, model) in [
        ("asa984-48-smp-k8.bin", "ASA5525"),
        ("asa725-k8.bin", "ASA5520"),
        ("asa9-16-4-57-lfbff-k8.SPA", "ASA5516"),
        ("asa9162-smp-k8.bin", "ASAv"),
        ("cisco-asa-fp2k.9.12.4.SPA", "FPR-2130"),
    ] {
        assert_eq!(suits(image, model), Suits::Yes, "{image} on {model}");
    }
    for (image, model, why) in [
        (
            "asa984-48-lfbff-k8.SPA",
            "ASA5525",
            "the ASA 5525-X boots asa...-smp-k8.bin, and asa984-48-lfbff-k8.SPA is asa...-lfbff-k8.SPA",
        ),
        (
            "asa917-25-smp-k8.bin",
            "ASA5520",
            "the ASA 5520 boots asa...-k8.bin, and asa917-25-smp-k8.bin is asa...-smp-k8.bin",
        ),
        ("asav962-7.qcow2", "ASAv", "asav962-7.qcow2 is the disk of a new virtual machine, not an upgrade"),
        ("asdm-7221.bin", "ASA5525", "asdm-7221.bin is the device manager, not an image to boot"),
    ] {
        assert_eq!(suits(image, model), Suits::No(why.to_owned()));
    }
    let why = "that the PIX 525 boots pix....bin is only remembered".to_owned();
    assert_eq!(suits("pix804.bin", "PIX-525"), Suits::Unknown(why));
    let why = "which image files the Secure Firewall 6160 boots is not known".to_owned();
    assert_eq!(suits("cisco-asa-fp3k.9.24.1.SPA", "CSF-6160"), Suits::Unknown(why));
}

#[test]
fn a_verdict_as_json_keeps_its_keys() {
    let json = |mut verdict: Verdict| {
        verdict.guidelines.truncate(1);
        serde_json::to_string_pretty(&verdict).unwrap()
    };
    insta::assert_snapshot!("verdict_json", json(auto("9.8(4)", "9.8(4)48", "ASA5525")));
    let keys = |verdict: Verdict| {
        let json = serde_json::to_value(verdict).unwrap();
        (json["kind"].as_str().unwrap().to_owned(), json["detail"].clone())
    };
    let (kind, detail) = keys(auto("9.8(4)48", "9.8(4)", "ASA5525"));
    assert_eq!((kind.as_str(), detail["covered"].as_str()), ("downgrade", Some("by_maintenance_rule")));
    let (kind, detail) = keys(auto("9.24(1)", "9.25(1)", ""));
    assert_eq!((kind.as_str(), detail["id"].as_str()), ("unknown", Some("release.beyond")));
    let (kind, detail) = keys(auto("9.8(4)", "9.8(4)", ""));
    assert_eq!((kind.as_str(), detail.is_null()), ("same", true));
}

#[test]
fn rule_sets_read_and_print() {
    for rules in [RuleSet::Strict, RuleSet::Current, RuleSet::Auto] {
        assert_eq!(rules.to_string().parse(), Ok(rules));
    }
    let error = "Strict".parse::<RuleSet>().unwrap_err().to_string();
    assert_eq!(error, "expected strict, current or auto, found \"Strict\"");
}

#[test]
fn abilities_name_what_they_rest_on() {
    let since = |since: abilities::Since| (since.release.to_string(), since.basis);
    assert_eq!(since(abilities::FAILOVER_EXEC), ("8.0(2)".to_owned(), Basis::Memory));
    assert_eq!(since(abilities::VERIFY), ("7.2(1)".to_owned(), Basis::Memory));
    assert_eq!(since(abilities::VERIFY_SHA512), ("9.1(5)".to_owned(), Basis::Measured));
    for source in abilities::VERIFY_SHA512.sources {
        assert!(Compat::bundled().source(source).is_some(), "{source}");
    }
}
