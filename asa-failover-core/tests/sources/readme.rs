//! The tables of the README against the sources they speak of: no id missing, none invented.
#![expect(clippy::disallowed_methods, reason = "a test may read the sources")]
#![expect(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const README: &str = include_str!("../../../README.md");

/// The rows of the table under a heading: what stands in the first cell, and the last but one.
fn table(heading: &str) -> BTreeMap<String, Vec<String>> {
    let section = README.split(&format!("\n## {heading}\n")).nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.flat_map(|line| {
        let cells: Vec<String> =
            line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        let ids: Vec<String> =
            cells.first().unwrap().split('`').skip(1).step_by(2).map(str::to_owned).collect();
        ids.into_iter().map(move |id| (id, cells.clone()))
    })
    .collect()
}

fn source(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path)).unwrap()
}

/// Every id of a finding in the sources of the checks, with whether a goal may accept it.
fn findings() -> BTreeMap<String, bool> {
    let mut found = BTreeMap::new();
    let checks = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check")).unwrap();
    let checks = checks.map(|file| format!("check/{}", file.unwrap().file_name().display()));
    let plans = ["plan/back.rs", "plan/brief.rs", "plan/unroll.rs"].map(str::to_owned);
    for file in checks.chain(plans) {
        let text = source(&file);
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let code = code.join("\n");
        for (at, literal) in code.split('"').enumerate().filter(|(at, _)| at % 2 == 1) {
            let is_id = literal.contains('.')
                && literal.starts_with(|c: char| c.is_ascii_lowercase())
                && literal.split('.').all(|part| !part.is_empty())
                && literal.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '.' | '-' | '0'..='9'));
            if is_id {
                let before = code.split('"').nth(at - 1).unwrap().trim_end();
                let acceptable = before.ends_with(".condition(");
                *found.entry(literal.to_owned()).or_insert(false) |= acceptable;
            }
        }
    }
    found
}

#[test]
fn every_finding_is_explained_and_none_is_invented() {
    let (explained, found) = (table("Findings"), findings());
    assert!(found.contains_key("failover.off"), "the scan finds nothing: {found:?}");
    let missing: Vec<_> = found.keys().filter(|id| !explained.contains_key(*id)).collect();
    assert!(missing.is_empty(), "not in the README: {missing:?}");
    let invented: Vec<_> = explained.keys().filter(|id| !found.contains_key(*id)).collect();
    assert!(invented.is_empty(), "in the README alone: {invented:?}");
    for (id, acceptable) in found {
        let cells = explained.get(&id).unwrap();
        let says = cells.get(1).unwrap().contains("may be accepted");
        assert_eq!(says, acceptable, "whether {id} may be accepted: the README says {cells:?}");
    }
}

#[test]
fn every_halt_code_is_explained_and_none_is_invented() {
    let text = source("decide/halt.rs");
    let codes = text.split("pub const fn code").nth(1).unwrap();
    let mut codes: Vec<&str> = codes.split('"').skip(1).step_by(2).collect();
    codes.sort_unstable();
    assert!(codes.contains(&"deadline"), "the scan finds nothing: {codes:?}");
    assert_eq!(table("Halts").keys().map(String::as_str).collect::<Vec<_>>(), codes);
}

/// The example in C is a program of the C suite, which compiles and runs it.
#[test]
fn the_example_in_c_is_the_program_of_the_suite() {
    let program =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/c/readme.c")).unwrap();
    let shown = README.split("```c\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(shown, program);
}
