//! Every function of the ABI stands behind the guard, is documented, and is in the header.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "the test reads the sources")]

use std::fs;
use std::path::Path;

/// Each exported function: its name, and its text from the attribute to the closing brace.
fn functions() -> Vec<(String, String)> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for entry in fs::read_dir(sources).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for (at, _) in text.match_indices("extern \"C\" fn ") {
            let rest = &text[at + "extern \"C\" fn ".len()..];
            if rest.starts_with('(') {
                continue; // the type of a callback
            }
            let name = rest.split('(').next().unwrap().to_owned();
            let start = text[..at].rfind("\n\n").unwrap_or(0);
            let end = at + text[at..].find("\n}\n").expect("a function ends at the margin");
            found.push((name, text[start..end].to_owned()));
        }
    }
    found
}

#[test]
fn no_function_is_without_the_guard() {
    let functions = functions();
    assert!(functions.len() > 70, "only {} functions found: is the scan right?", functions.len());
    for (name, text) in &functions {
        assert!(name.starts_with("asaf_"), "{name} has no prefix");
        assert!(text.contains("#[unsafe(no_mangle)]"), "{name} is not exported");
        assert!(text.trim_start().starts_with("///"), "{name} is not documented");
        let guarded = text.lines().find(|line| {
            let line = line.trim_start();
            line.starts_with("guard(") || line.starts_with("guard_value(")
        });
        assert!(guarded.is_some(), "{name} is without the guard");
    }
}

#[test]
fn nothing_stands_before_the_guard_or_behind_it() {
    for (name, text) in functions() {
        let signature_end = text.find(" {\n").unwrap();
        let body: Vec<&str> = text[signature_end + 3..].lines().map(str::trim_end).collect();
        let code: Vec<&&str> = body.iter().filter(|line| !line.trim_start().starts_with("//")).collect();
        let first = code.first().unwrap().trim_start();
        assert!(
            first.starts_with("guard(") || first.starts_with("guard_value("),
            "{name} begins with {first}"
        );
        let last = code.last().unwrap();
        let alone = code.len() == 1;
        assert!(alone || *last == &"    })", "{name} goes on behind its guard: {last}");
    }
}

#[test]
fn every_function_is_in_the_header() {
    let header = Path::new(env!("CARGO_MANIFEST_DIR")).join("../include/asa_failover.h");
    let header = fs::read_to_string(header).unwrap();
    for (name, _) in functions() {
        assert!(header.contains(&format!("{name}(")), "{name} is not in the header");
    }
}

#[test]
fn every_function_is_called_by_the_c_suite() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/c");
    let programs = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let programs: Vec<String> = programs.map(|path| fs::read_to_string(path).unwrap()).collect();
    for (name, _) in functions() {
        let call = format!("{name}(");
        assert!(programs.iter().any(|program| program.contains(&call)), "{name} is called by no C program");
    }
}
