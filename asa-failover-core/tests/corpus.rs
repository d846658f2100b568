//! The readers against a corpus of captures with expected facts, where one is at hand.
//!
//! `ASA_FAILOVER_CORPUS` names its folder; without it, `shared/corpus` beside the project is taken.
//! Each folder in it holds the captures of one command, `SLUG.txt`, and what they state,
//! `SLUG.expected.json`.
#![expect(clippy::disallowed_methods, reason = "a test may read files and its environment")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends at what it did not expect")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use asa_failover_core::show;
use serde_json::Value;

/// The commands that have a reader and a folder of captures.
const COMMANDS: [&str; 18] = [
    "dir",
    "show asdm image",
    "show bootvar",
    "show conn count",
    "show context",
    "show failover",
    "show failover history",
    "show failover interface",
    "show failover state",
    "show inventory",
    "show mode",
    "show module",
    "show running-config context",
    "show running-config failover",
    "show version",
    "show vpn-sessiondb summary",
    "syslog",
    "verify",
];

fn corpus() -> PathBuf {
    std::env::var_os("ASA_FAILOVER_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus"), PathBuf::from)
}

/// One entry a fact; a row of a table is one fact.
fn flat(prefix: &str, facts: &Value, into: &mut BTreeMap<String, Value>) {
    for (key, value) in facts.as_object().into_iter().flatten() {
        if matches!(key.as_str(), "completeness" | "unreadable") {
            continue;
        }
        let key = format!("{prefix}{key}");
        match value {
            Value::Array(rows) if rows.iter().all(Value::is_object) => {
                into.extend(rows.iter().enumerate().map(|(n, row)| (format!("{key}[{n}]"), row.clone())));
            }
            Value::Object(_) => flat(&format!("{key}."), value, into),
            Value::Null => {}
            _ => {
                into.insert(key, value.clone());
            }
        }
    }
}

/// What is wrong with the reading of one capture.
fn judge(command: &str, capture: &Path, right: &mut usize, unread: &mut usize) -> Vec<String> {
    let text = String::from_utf8_lossy(&fs::read(capture).unwrap()).into_owned();
    let expected = fs::read_to_string(capture.with_extension("expected.json")).ok();
    let expected: Value = expected.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap());
    let truncated = expected["completeness"] == "truncated";
    let reading = match show::parse(command, &text) {
        Ok(reading) => reading,
        Err(_) if truncated => return Vec::new(),
        Err(error) => return vec![error.to_string()],
    };
    *unread += reading.unread.len();
    for line in &reading.unread {
        println!("{}: unread {:?}", capture.display(), line.text);
    }
    if expected.is_null() {
        return Vec::new();
    }
    let (mut want, mut got) = (BTreeMap::new(), BTreeMap::new());
    flat("", &expected, &mut want);
    flat("", &reading.value.to_json(), &mut got);
    let mut faults = Vec::new();
    for key in want.keys().chain(got.keys().filter(|key| !want.contains_key(*key))) {
        match (want.get(key), got.get(key)) {
            (Some(want), Some(got)) if want == got => *right += 1,
            (Some(_), Some(_)) => faults.push(format!("{key} is wrong: {:?} for {:?}", got[key], want[key])),
            _ if truncated => {}
            (want, got) => faults.push(format!("{key}: {got:?} for {want:?}")),
        }
    }
    faults
}

#[test]
fn every_fact_of_the_corpus_is_right() {
    let corpus = corpus();
    if !corpus.is_dir() {
        println!("LEFT OUT: no corpus of captures at {}", corpus.display());
        return;
    }
    let (mut captures, mut right, mut unread, mut faults) = (0, 0, 0, Vec::new());
    for command in COMMANDS {
        let Ok(entries) = fs::read_dir(corpus.join(command.replace(' ', "-"))) else { continue };
        for entry in entries {
            let capture = entry.unwrap().path();
            if capture.extension().is_some_and(|extension| extension == "txt") {
                captures += 1;
                let found = judge(command, &capture, &mut right, &mut unread);
                faults.extend(found.into_iter().map(|fault| format!("{}: {fault}", capture.display())));
            }
        }
    }
    println!("{captures} captures read, {right} facts right, {unread} lines unread");
    assert!(captures > 0, "the corpus at {} has captures", corpus.display());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
