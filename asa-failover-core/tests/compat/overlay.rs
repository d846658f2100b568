//! A site's own rows: what they forbid, add and pin, how an answer names them, and what is wrong with one.
#![expect(clippy::unwrap_used, reason = "what a test expects fails the test")]

use asa_failover_core::compat::{Basis, Compat, Downgrade, RuleSet, Verdict, VerdictKind};

const HEADER: &str = "action,versions,models,text\n";

#[track_caller]
fn over(compat: &Compat, rows: &str) -> Compat {
    compat.overlaid("site.csv", &format!("{HEADER}{rows}")).unwrap()
}

#[track_caller]
fn site(rows: &str) -> Compat {
    over(Compat::bundled(), rows)
}

fn broken(text: &str) -> String {
    Compat::bundled().overlaid("site.csv", text).unwrap_err().to_string()
}

#[track_caller]
fn ask(compat: &Compat, from: &str, to: &str, model: &str) -> Verdict {
    compat.between(from.parse().unwrap(), to.parse().unwrap(), Some(model), RuleSet::Auto)
}

fn way(verdict: &Verdict) -> String {
    let hops: Vec<String> = verdict.path.iter().map(|hop| hop.to.to_string()).collect();
    hops.join(" ")
}

#[track_caller]
fn refused(verdict: &Verdict, text: &str, line: u64) {
    let VerdictKind::Refused(why) = &verdict.kind else { panic!("{verdict}") };
    let key = format!("site.csv line {line}");
    assert_eq!((&*why.id, &*why.text, &*why.action), ("site.forbid", text, "choose another release"));
    assert_eq!((why.basis, why.sources.as_ref()), (Basis::Site, [key.clone()].as_slice()));
    assert_eq!(verdict.cited.iter().map(|source| source.key.as_str()).collect::<Vec<_>>(), [key.as_str()]);
    assert_eq!(verdict.cited.first().unwrap().title, "a row of the site's own file");
    assert_eq!(verdict.path, []);
    assert!(verdict.to_string().contains(&key), "{verdict}");
}

#[test]
fn a_build_a_train_and_a_range_are_forbidden_as_targets() {
    let compat = site(
        "forbid,9.12(4)67,,it drops our VPN users\nforbid,9.9,,\nforbid,\">=9.13.0, <9.15.0\",,not tested\n",
    );
    let text = "this site forbids 9.12(4)67: it drops our VPN users";
    refused(&ask(&compat, "9.8(4)", "9.12(4)67", "ASA5525"), text, 2);
    refused(&ask(&compat, "9.8(4)", "9.9(2)", "ASA5525"), "this site forbids 9.9", 3);
    let text = "this site forbids >=9.13.0, <9.15.0: not tested";
    refused(&ask(&compat, "9.8(4)", "9.14(4)23", "ASA5525"), text, 4);
    // Neighbours of each are as they were.
    for to in ["9.12(4)62", "9.12(4)", "9.10(1)"] {
        let bundled = ask(Compat::bundled(), "9.8(4)", to, "ASA5525");
        assert!(bundled.is_hitless(), "{bundled}");
        assert_eq!(ask(&compat, "9.8(4)", to, "ASA5525"), bundled);
    }
}

#[test]
fn what_is_forbidden_for_a_model_or_a_family_binds_no_other() {
    let compat = site("forbid,9.12(4),ASA5525,\nforbid,9.10(1),fpr2100;ISA 3000,\n");
    refused(&ask(&compat, "9.8(4)", "9.12(4)", "ASA 5525-X"), "this site forbids 9.12(4)", 2);
    assert!(ask(&compat, "9.8(4)", "9.12(4)", "ASA5545").is_hitless());
    for model in ["FPR-2130", "FPR-2110", "ISA3000"] {
        refused(&ask(&compat, "9.8(4)", "9.10(1)", model), "this site forbids 9.10(1)", 3);
    }
    assert!(ask(&compat, "9.8(4)", "9.10(1)", "ASAv").is_hitless());
    // Nobody named his model: the models differ.
    let verdict = compat.between("9.8(4)".parse().unwrap(), "9.12(4)".parse().unwrap(), None, RuleSet::Auto);
    assert_eq!(verdict.rule(), Some("model.needed"), "{verdict}");
}

#[test]
fn nothing_stops_at_what_is_forbidden() {
    let from_to = |compat: &Compat| ask(compat, "7.0(8)", "7.2(5)", "ASA5520");
    assert_eq!(way(&from_to(Compat::bundled())), "7.1(2) 7.2(5)");
    // Another release of the train does, but none that is in doubt (7.1(5)) or excepted (8.4(6)).
    assert_eq!(way(&from_to(&site("forbid,7.1(2),,\n"))), "7.1(1) 7.2(5)");
    let verdict = from_to(&site("forbid,7.1,,\n"));
    assert_eq!(
        (verdict.rule(), verdict.path.as_slice()),
        (Some("strict.minor.next"), [].as_slice()),
        "{verdict}"
    );
    let verdict = ask(&site("forbid,8.4(7),,\n"), "8.3(2)", "9.0(4)", "ASA5520");
    assert_eq!((verdict.is_hitless(), way(&verdict).as_str()), (true, "8.4(5) 9.0(4)"), "{verdict}");
    let verdict = from_to(&site("forbid,7.1(2),,\nstop,7.1(2)49,,\n"));
    assert_eq!((&verdict.kind, way(&verdict).as_str()), (&VerdictKind::NeedsStops, "7.1(2)49 7.2(5)"));
    // A pinned stop is one as well.
    let pinned = ["7.1(2)".parse().unwrap()];
    let compat = site("forbid,7.1(2),,\n");
    let (from, to) = ("7.0(8)".parse().unwrap(), "7.2(5)".parse().unwrap());
    let verdict = compat.between_over(from, to, &pinned, Some("ASA5520"), RuleSet::Auto);
    refused(&verdict, "this site forbids 7.1(2)", 2);
}

#[test]
fn what_runs_and_is_forbidden_may_be_left() {
    let compat = site("forbid,9.8(4),,\nforbid,9.8,,\n");
    assert_eq!(
        ask(&compat, "9.8(4)", "9.12(4)", "ASA5525"),
        ask(Compat::bundled(), "9.8(4)", "9.12(4)", "ASA5525")
    );
    let verdict = ask(&compat, "9.8(4)", "9.8(4)", "ASA5525");
    assert_eq!((&verdict.kind, verdict.notes.as_slice()), (&VerdictKind::Same, [].as_slice()));
}

#[test]
fn a_way_back_to_what_is_forbidden_is_refused() {
    let compat = site("forbid,9.8(4),,\n");
    refused(&ask(&compat, "9.12(4)", "9.8(4)", "ASA5525"), "this site forbids 9.8(4)", 2);
    refused(&ask(&compat, "9.8(4)48", "9.8(4)", "ASA5525"), "this site forbids 9.8(4)", 2);
    let verdict = ask(&compat, "9.8(4)48", "9.8(4)40", "ASA5525");
    assert_eq!(verdict.kind, VerdictKind::Downgrade(Downgrade::ByMaintenanceRule));
}

#[test]
fn a_build_of_a_known_train_is_known_then() {
    let unheard = "9.12(4)99 is not among the known builds: judged by its train";
    let before = ask(Compat::bundled(), "9.8(4)", "9.12(4)99", "ASA5525");
    assert_eq!(before.notes, [unheard]);
    let verdict = ask(&site("release,9.12(4)99,,\n"), "9.8(4)", "9.12(4)99", "ASA5525");
    assert!(verdict.is_hitless(), "{verdict}");
    assert_eq!(verdict.notes, ["9.12(4)99 is a release of this site: site.csv line 2"]);
    let hop = verdict.path.first().unwrap();
    assert_eq!((hop.basis, hop.sources.last().unwrap().as_str()), (Basis::Site, "site.csv line 2"));
    assert_eq!(verdict.cited.last().unwrap().key, "site.csv line 2");
    assert_eq!(verdict.basis(), Some(Basis::Site));
}

#[test]
fn a_new_train_needs_to_say_who_runs_it() {
    let before = ask(Compat::bundled(), "9.24(1)", "9.26(1)", "ISA3000");
    assert_eq!(before.rule(), Some("release.beyond"), "{before}");
    let compat = site("release,9.26(1),ISA 3000;sf1200,\n");
    for model in ["ISA3000", "CSF-1230", "CSF-1210CE"] {
        let verdict = ask(&compat, "9.24(1)", "9.26(1)", model);
        assert!(verdict.is_hitless() && way(&verdict) == "9.26(1)", "{verdict}");
        assert_eq!(verdict.notes, ["9.26(1) is a release of this site: site.csv line 2"]);
    }
    let verdict = ask(&compat, "9.24(1)", "9.26(1)", "ASAv");
    assert_eq!(verdict.rule(), Some("model.train"), "{verdict}");
    assert!(matches!(verdict.kind, VerdictKind::Refused(_)));
    let released = |row: &str| broken(&format!("{HEADER}{row}\n"));
    assert_eq!(
        released("release,9.26(1),,"),
        "site.csv, line 2, column models: expected the models that run 9.26, which the tables do not have"
    );
    assert_eq!(
        released("release,9.21(1),ISA 3000,"),
        "site.csv, line 2, column versions: expected a train of the tables or one after 9.24, found 9.21"
    );
    assert_eq!(
        released("release,9.26(0)12,ISA 3000,"),
        "site.csv, line 2, column versions: expected a release, found the pre-release build 9.26(0)12"
    );
    assert_eq!(
        released("release,9.26(1),ISA 3000;FPR-2130,"),
        "site.csv, line 2, column models: the releases of the Firepower 2130 end with 9.20"
    );
    assert_eq!(
        released("release,9.16(1),ASA5525,"),
        "site.csv, line 2, column models: the releases of the ASA 5525-X end with 9.14(4)"
    );
}

/// A release of a known train that is named for nobody belongs to whoever has the train.
#[test]
fn a_known_release_moves_no_end_of_a_model() {
    let compat = site("release,9.16(4)99,,\n");
    let verdict = ask(&compat, "9.12(4)", "9.16(4)99", "ASA5525");
    assert_eq!(verdict.rule(), Some("model.last"), "{verdict}");
    assert!(ask(&compat, "9.12(4)", "9.16(4)99", "ASA5516").is_hitless());
}

#[test]
fn a_pinned_stop_is_for_whom_it_names() {
    let compat = site("stop,8.0(4),asa5510-5520-5540,tested in our lab\n");
    let ask = |model| ask(&compat, "7.2(4)", "8.2(5)", model);
    let verdict = ask("ASA5520");
    assert_eq!(way(&verdict), "8.0(4) 8.2(5)");
    assert!(
        verdict.notes.contains(&"8.0(4) is a stop of this site: site.csv line 2".to_owned()),
        "{:?}",
        verdict.notes
    );
    let of_hops: Vec<&str> = verdict.path.iter().map(|hop| hop.sources.last().unwrap().as_str()).collect();
    assert_eq!(of_hops, ["site.csv line 2", "site.csv line 2"]);
    assert_eq!(way(&ask("ASA5550")), "8.0(5) 8.2(5)");
    // One that its model does not run is passed over.
    let compat = site("stop,9.16(4),,\nstop,9.14(4)28,,\n");
    let verdict = compat.between(
        "9.12(4)".parse().unwrap(),
        "9.14(4)28".parse().unwrap(),
        Some("ASA5525"),
        RuleSet::Strict,
    );
    assert_eq!(way(&verdict), "9.13(1) 9.14(4)28");
    assert_eq!(
        broken(&format!("{HEADER}stop,9.21(1),,\n")),
        "site.csv, line 2, column versions: expected a release of a known train, found 9.21(1)"
    );
}

/// What the vendor excepts stays excepted, whoever wants to stop there.
#[test]
fn a_stop_of_a_site_permits_nothing() {
    let compat = site("stop,8.4(6),,our favourite\nstop,9.6(3),,\n");
    assert_eq!(way(&ask(&compat, "8.2(5)", "9.0(4)", "ASA5520")), "8.3(2) 8.4(7) 9.0(4)");
    let (from, to) = ("9.5(3)".parse().unwrap(), "9.7(1)24".parse().unwrap());
    let verdict = compat.between(from, to, Some("ASA5525"), RuleSet::Strict);
    assert_eq!((verdict.is_hitless(), way(&verdict).as_str()), (true, "9.6(4) 9.7(1)24"), "{verdict}");
}

#[test]
fn overlays_are_laid_in_turn() {
    let bundled = Compat::bundled();
    let of_company = bundled.overlaid("company.csv", &format!("{HEADER}forbid,9.9,,company\n")).unwrap();
    let both = of_company.overlaid("branch.csv", &format!("{HEADER}forbid,9.10,,branch\n")).unwrap();
    let why = |to| ask(&both, "9.8(4)", to, "ASA5525").reason().unwrap().text.to_string();
    assert_eq!(why("9.9(2)"), "this site forbids 9.9: company");
    assert_eq!(why("9.10(1)"), "this site forbids 9.10: branch");
    assert!(ask(&of_company, "9.8(4)", "9.10(1)", "ASA5525").is_hitless());
    assert!(ask(bundled, "9.8(4)", "9.9(2)", "ASA5525").is_hitless());
    // The later stop is the one that counts.
    let twice = over(&site("stop,8.0(4),,\n"), "stop,8.0(3),,\n");
    assert_eq!(way(&ask(&twice, "7.2(4)", "8.2(5)", "ASA5520")), "8.0(3) 8.2(5)");
    let hashes = [bundled, &of_company, &both, &twice].map(|compat| compat.table_hash().to_owned());
    for (place, hash) in hashes.iter().enumerate() {
        assert!(!hashes.iter().skip(place + 1).any(|other| other == hash), "{hashes:?}");
    }
    // The same rows by another name are other rows to whoever reads an answer.
    let renamed = bundled.overlaid("other.csv", &format!("{HEADER}forbid,9.9,,company\n")).unwrap();
    assert_ne!(renamed.table_hash(), of_company.table_hash());
}

/// As spreadsheets write them.
#[test]
fn every_way_to_write_csv_reads_the_same() {
    let plain = "action,versions,models,text\nforbid,9.9,ASA 5525-X,\"no, thanks\"\n";
    let expected = "this site forbids 9.9: no, thanks";
    for text in [
        plain.to_owned(),
        plain.replace('\n', "\r\n"),
        format!("\u{feff}{plain}"),
        format!("\u{feff}{}", plain.replace('\n', "\r\n")),
        plain.trim_end().to_owned(),
        "\"action\",\"versions\",\"models\",\"text\"\n\"forbid\",\"9.9\",\"ASA 5525-X\",\"no, thanks\"\n"
            .to_owned(),
        "text,models,versions,action,who\n\"no, thanks\",ASA 5525-X,9.9,forbid,me\n".to_owned(),
        " action , versions , models , text \n forbid , 9.9 , ASA 5525-X ,\"no, thanks\"\n".to_owned(),
    ] {
        let compat = Compat::bundled().overlaid("site.csv", &text).unwrap();
        refused(&ask(&compat, "9.8(4)", "9.9(2)", "ASA5525"), expected, 2);
    }
    let compat = site("forbid,9.9,,\"says \"\"no\"\"\"\n");
    refused(&ask(&compat, "9.8(4)", "9.9(2)", "ASA5525"), "this site forbids 9.9: says \"no\"", 2);
}

/// The line is the one that an editor shows, whatever stands before it.
#[test]
fn lines_are_counted_as_an_editor_does() {
    for (end, before) in [("\n", ""), ("\r\n", ""), ("\n", "\n\n"), ("\r\n", "\r\n\r\n")] {
        let text = format!("{}{before}forbid,9.9,,{end}forbid,9.13,,{end}", HEADER.replace('\n', end));
        let first = 2 + u64::try_from(before.matches('\n').count()).unwrap();
        let compat = Compat::bundled().overlaid("site.csv", &text).unwrap();
        refused(&ask(&compat, "9.8(4)", "9.9(2)", "ASA5525"), "this site forbids 9.9", first);
        refused(&ask(&compat, "9.8(4)", "9.13(1)", "ASA5525"), "this site forbids 9.13", first + 1);
        let wrong = format!("{text}forbid,9.x,,{end}");
        let message = broken(&wrong);
        assert!(
            message.starts_with(&format!("site.csv, line {}, column versions: ", first + 2)),
            "{text:?}: {message}"
        );
    }
}

#[test]
fn what_is_wrong_is_named_by_its_place() {
    assert_eq!(
        broken("action,versions,text\nforbid,9.9,\n"),
        "site.csv, line 1, column models: expected this column, found the header \"action,versions,text\""
    );
    assert_eq!(
        broken("action;versions;models;text\nforbid;9.9;;\n"),
        "site.csv, line 1, column action: expected this column, found the header \"action;versions;models;text\""
    );
    assert_eq!(
        broken(&format!("{HEADER}forbid,9.9,,\nallow,9.10(1),,\n")),
        "site.csv, line 3, column action: unknown variant `allow`, expected one of `forbid`, `release`, `stop`"
    );
    assert_eq!(
        broken(&format!("{HEADER}forbid,9.9,ASA 5525-X;ASA 9999,\n")),
        "site.csv, line 2, column models: expected a model or a family of the tables, found \"ASA 9999\""
    );
    assert_eq!(
        broken(&format!("{HEADER}release,9.26,ISA 3000,\n")),
        "site.csv, line 2, column versions: expected an ASA version such as 9.16(4)57, found \"9.26\""
    );
    assert_eq!(
        broken(&format!("{HEADER}forbid,~9.16.4,,\n")),
        "site.csv, line 2, column versions: expected a range such as *, =9.1.7 or >=8.3.0, <8.4.0, found \"~9.16.4\""
    );
    assert_eq!(
        broken(&format!("{HEADER}forbid,,,\n")),
        "site.csv, line 2, column versions: expected a range such as *, =9.1.7 or >=8.3.0, <8.4.0, found \"\": \
         unexpected end of input while parsing major version number"
    );
    let uneven = broken(&format!("{HEADER}forbid,9.9,,\nforbid,9.9\n"));
    assert_eq!(uneven, "site.csv, line 3, column -: expected 4 cells as in the header, found 2");
}

/// A no that a site is a part of says so, whichever rule decides.
#[test]
fn a_no_names_what_the_site_forbids_on_the_way() {
    let site = format!("{HEADER}forbid,9.9,,does not boot here\n");
    let compat = Compat::bundled().overlaid("site.csv", &site).unwrap();
    let verdict = compat.between(
        "9.8(4)".parse().unwrap(),
        "9.10(1)".parse().unwrap(),
        Some("ASA5525"),
        RuleSet::Strict,
    );
    assert!(!verdict.is_hitless());
    let note = "this site forbids 9.9: does not boot here (site.csv line 2)".to_owned();
    assert!(verdict.notes.contains(&note), "{:?}", verdict.notes);
}

#[test]
fn rows_of_another_table_are_no_overlay() {
    assert_eq!(
        broken("train,version\n"),
        "site.csv, line 1, column action: expected this column, found the header \"train,version\""
    );
}

/// The sizes of a model are meant by the name people call all of them.
#[test]
fn a_name_for_every_size_means_the_family() {
    for (row, model) in [
        ("forbid,9.16(4)57,ASAv,bad", "ASAv30"),
        ("forbid,9.16(4)57,ASAV,bad", "ASAv30"),
        ("forbid,9.12(4),ASA 5585-X,bad", "ASA5585-SSP-10"),
        ("forbid,9.1(7),5580,bad", "ASA 5580-20"),
    ] {
        let compat = Compat::bundled().overlaid("site.csv", &format!("{HEADER}{row}\n")).unwrap();
        let to = row.split(',').nth(1).unwrap().parse().unwrap();
        let verdict = compat.between("9.0(4)".parse().unwrap(), to, Some(model), RuleSet::Auto);
        assert!(!verdict.is_hitless(), "{row}: {verdict}");
    }
}

#[test]
fn a_release_row_contradicts_no_table() {
    for (row, problem) in [
        ("release,8.1(2)60,ASA 5520,x", "models: the tables say that 8.1 was never made for the ASA 5520"),
        ("release,9.1(7)33,asav,x", "models: the releases of the ASAv begin with 9.2(1)"),
        ("release,8.3(3),ASA 5585-X,x", "models: the tables say that 8.3 was never made for the ASA 5585-X"),
    ] {
        let message = broken(&format!("{HEADER}{row}\n"));
        assert_eq!(message, format!("site.csv, line 2, column {problem}"));
    }
    // Of a new train there is what the site names, and nothing else.
    let compat = Compat::bundled().overlaid("site.csv", &format!("{HEADER}release,9.25(1),asav,\n")).unwrap();
    let ask = |to: &str| {
        compat.between("9.24(1)".parse().unwrap(), to.parse().unwrap(), Some("ASAv"), RuleSet::Auto)
    };
    assert!(ask("9.25(1)").is_hitless());
    assert_eq!(ask("9.25(3)").rule(), Some("site.release"));
}

#[test]
fn what_would_forbid_less_than_it_says_is_refused() {
    for (row, problem) in [
        (
            "forbid,\"=9.18.2, =9.18.3\",,",
            "versions: expected a range such as *, =9.1.7 or >=8.3.0, <8.4.0, found \"=9.18.2, =9.18.3\"",
        ),
        (
            "forbid,<9.16.4-57,,",
            "versions: expected a range such as *, =9.1.7 or >=8.3.0, <8.4.0, found \"<9.16.4-57\"",
        ),
        (
            "forbid,<9.16.4+57,,",
            "versions: expected a range such as *, =9.1.7 or >=8.3.0, <8.4.0, found \"<9.16.4+57\"",
        ),
        ("forbid,9.61,,", "versions: expected a range with a known build, found 9.61"),
        ("forbid,9.16.457,,", "versions: expected a known release with its interim, found 9.16(457)"),
    ] {
        assert_eq!(broken(&format!("{HEADER}{row}\n")), format!("site.csv, line 2, column {problem}"));
    }
    assert_eq!(
        broken(&format!("{HEADER}forbid,9.18(2),,\"open\nforbid,9.18(3),,x\n")),
        "site.csv, line 2, column text: expected a cell of one line, found a line break: is a quote left open?"
    );
    assert_eq!(
        broken("action,versions,models,text,versions\n"),
        "site.csv, line 1, column versions: expected each column once, found it again as column 5"
    );
}
