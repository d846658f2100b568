//! The tables of the README that are made from the data: what the library knows, and the conditions.
//! `BLESS=1 cargo test --test sources readme_tables` writes them anew.
#![expect(clippy::disallowed_methods, reason = "a test may read and write the README")]
#![expect(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use asa_failover_core::compat::{Basis, Compat, GuidelineKind};

type Rows = Vec<BTreeMap<String, String>>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn rows(file: &str) -> Rows {
    let mut reader = csv::Reader::from_path(folder().join("data").join(file)).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// How many rows there are, and how many of them do not rest on memory alone.
fn counted(rows: &Rows, basis: &str) -> (usize, usize) {
    let with_source = rows.iter().filter(|row| row.get(basis).unwrap() != "memory").count();
    (rows.len(), with_source)
}

fn what_it_knows() -> String {
    let mut table = "| table | rows | whole row has a source | |\n| --- | ---: | ---: | --- |\n".to_owned();
    let mut line = |name: &str,
                    file: &str,
                    basis: &str,
                    keep: &dyn Fn(&BTreeMap<String, String>) -> bool,
                    what: String| {
        let kept: Rows = rows(file).into_iter().filter(keep).collect();
        let (all, sourced) = counted(&kept, basis);
        assert!(all > 0, "{name} counts nothing");
        writeln!(table, "| {name} | {all} | {} % | {what} |", sourced * 100 / all).unwrap();
    };
    let every = |_: &BTreeMap<String, String>| true;
    let of_kind = |kind: &'static str| move |row: &BTreeMap<String, String>| row.get("kind").unwrap() == kind;
    let (trains, models) = (rows("releases.csv"), rows("models.csv"));
    let ends = [trains.first(), trains.last()].map(|row| row.unwrap().get("train").unwrap().clone());
    let families: BTreeSet<&String> = models.iter().map(|row| row.get("family").unwrap()).collect();
    line("release trains", "releases.csv", "basis", &every, ends.join(" to "));
    line(
        "builds",
        "builds.csv",
        "basis",
        &every,
        "each that was met; others are judged by their train".into(),
    );
    line(
        "models",
        "models.csv",
        "basis",
        &every,
        format!("in {} families; the releases of most are remembered", families.len()),
    );
    line(
        "gaps",
        "gaps.csv",
        "basis",
        &every,
        "trains that a family never had, beside its ends and the trains of single platforms".into(),
    );
    line("rules", "rules.csv", "basis", &every, "two published texts, by id".into());
    let effective = |row: &BTreeMap<String, String>| row.get("effect").unwrap() != "none";
    line(
        "path table",
        "upgrade_path.csv",
        "basis",
        &effective,
        "stops and direct steps of the vendor's table".into(),
    );
    line(
        "path table, for the record",
        "upgrade_path.csv",
        "basis",
        &|row| !effective(row),
        "change no verdict".into(),
    );
    line(
        "exceptions",
        "guidelines.csv",
        "basis",
        &of_kind("unconditional"),
        "the step is no plain yes".into(),
    );
    line(
        "conditions",
        "guidelines.csv",
        "basis",
        &of_kind("condition"),
        "met by a fact of the pair, or accepted".into(),
    );
    line("procedures", "guidelines.csv", "basis", &of_kind("procedure"), "checked by every plan".into());
    line("notes", "guidelines.csv", "basis", &of_kind("note"), "worth knowing on the way".into());
    line("ASDM", "asdm.csv", "basis", &every, "companions, minima, order, clients".into());
    line("syslog messages", "syslog.csv", "basis", &every, "of failover, with what to do".into());
    writeln!(table, "| sources | {} | | each row names its own |", rows("sources.csv").len()).unwrap();
    table
}

fn conditions() -> String {
    let mut table = "| id | asked | what to do | seen by |\n| --- | --- | --- | --- |\n".to_owned();
    let mut said = BTreeSet::new();
    for guideline in Compat::bundled().guidelines().filter(|row| row.kind == GuidelineKind::Condition) {
        let prefix = if guideline.basis == Basis::Memory { "remembered." } else { "" };
        let id = format!("{prefix}{}", guideline.id);
        if said.insert(id.clone()) {
            let lockout = if guideline.lockout { " (may lock out)" } else { "" };
            let seen = match (&guideline.command, &guideline.fact) {
                (Some(command), Some(_)) => {
                    format!("`{command}`, by the library", command = command.replace('|', "\\|"))
                }
                (Some(command), None) => format!("`{}`", command.replace('|', "\\|")),
                (None, _) => "nothing".to_owned(),
            };
            writeln!(table, "| `{id}` | {}{lockout} | {} | {seen} |", guideline.topic, guideline.action)
                .unwrap();
        }
    }
    let other = "| `remembered.releases.<train>` `remembered.gaps.<family>` | a train that is passed over | look whether the model ever had it | nothing |\n";
    table.push_str(other);
    table
}

#[test]
fn the_tables_of_the_readme_are_those_of_the_data() {
    let path = folder().join("../README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let mut made = readme.clone();
    for (name, table) in [("what it knows", what_it_knows()), ("conditions", conditions())] {
        let (begin, end) = (format!("<!-- made from data: {name} -->\n"), "<!-- end -->");
        let (before, rest) = made.split_once(&begin).unwrap_or_else(|| panic!("the README has no {begin}"));
        let (_, after) = rest.split_once(end).unwrap();
        made = format!("{before}{begin}{table}{end}{after}");
    }
    if env::var_os("BLESS").is_some() {
        fs::write(&path, &made).unwrap();
    } else {
        assert_eq!(readme, made, "BLESS=1 cargo test --test sources readme_tables writes the README anew");
    }
}
