//! Who may use whom inside the core, as data. An arrow the wrong way fails here, which no lint sees.
#![expect(clippy::disallowed_methods, reason = "a test may read the sources")]
#![expect(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Every top-level module with what it may use, from the leaves up. A module uses only what stands
/// above it here, so there is no circle.
const MAY_USE: [(&str, &[&str]); 29] = [
    ("text", &[]),
    ("shared", &[]),
    ("version", &[]),
    ("elapsed", &[]),
    ("image", &["version"]),
    ("unit", &["text", "version"]),
    ("flash", &["version"]),
    ("link", &[]),
    // The time, for what acts.
    ("machine", &[]),
    ("command", &["flash", "link", "unit"]),
    ("show", &["text", "unit", "version"]),
    ("table", &[]),
    ("compat", &["image", "table", "text", "version"]),
    ("syslog", &["compat", "show", "table", "unit"]),
    // The simulated pair speaks text, as a device does. It shares names with the core, no sense.
    ("twin", &["text", "unit", "version"]),
    ("goal", &["command", "flash", "link", "unit", "version"]),
    ("pair", &["show", "unit", "version"]),
    (
        "decide",
        &["command", "elapsed", "flash", "goal", "link", "pair", "shared", "show", "text", "unit", "version"],
    ),
    // Findings are stated with the words of the guards, so that a plan is refused for what would halt its run.
    (
        "check",
        &["command", "compat", "decide", "flash", "goal", "image", "link", "pair", "show", "unit", "version"],
    ),
    (
        "plan",
        &[
            "check", "command", "compat", "decide", "elapsed", "flash", "goal", "link", "pair", "show",
            "unit", "version",
        ],
    ),
    ("session", &["command", "link"]),
    // `session` lends the form of a prompt (which unit, which level) that a reply ends with.
    (
        "run",
        &[
            "command", "decide", "elapsed", "flash", "goal", "link", "plan", "session", "shared", "show",
            "unit", "version",
        ],
    ),
    // `transport::memory` is the simulated pair at the other end of the line.
    ("transport", &["command", "link", "machine", "session", "twin"]),
    ("drive", &["decide", "elapsed", "link", "run", "transport"]),
    ("clock", &["drive", "elapsed", "machine"]),
    ("store", &["drive", "run"]),
    ("live", &["command", "compat", "flash", "link", "pair", "show", "transport", "unit", "version"]),
    (
        "rehearse",
        &[
            "check",
            "command",
            "decide",
            "drive",
            "elapsed",
            "goal",
            "image",
            "pair",
            "plan",
            "run",
            "session",
            "show",
            "transport",
            "twin",
            "unit",
            "version",
        ],
    ),
    // Prose only.
    ("design", &[]),
];

#[test]
fn arrows_point_one_way() {
    for (at, (module, uses)) in MAY_USE.iter().enumerate() {
        for used in *uses {
            let known = MAY_USE.iter().position(|(name, _)| name == used);
            assert!(known.is_some_and(|place| place < at), "{module} may use {used}, which is not above it");
        }
    }
}

#[test]
fn modules_use_what_they_may() {
    let allowed: BTreeMap<&str, BTreeSet<&str>> =
        MAY_USE.iter().map(|(module, uses)| (*module, uses.iter().copied().collect())).collect();
    let mut wrong = Vec::new();
    let mut arrows = BTreeSet::new();
    for (file, text) in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "") {
        let module = file.split('/').next().unwrap().trim_end_matches(".rs");
        if module == "lib" {
            continue;
        }
        let depth = file.trim_end_matches("/mod.rs").split('/').count();
        for (used, line) in used_modules(&text, depth) {
            arrows.insert((module.to_owned(), used.clone()));
            if used != module && !allowed.get(module).is_some_and(|uses| uses.contains(used.as_str())) {
                wrong.push(format!("{file}:{line} uses {used}"));
            }
        }
    }
    assert!(arrows.contains(&("run".to_owned(), "decide".to_owned())), "the scan sees nothing: {arrows:?}");
    assert!(wrong.is_empty(), "against the direction of the design:\n{}", wrong.join("\n"));
}

#[test]
fn the_scan_sees_every_way_to_write_a_use() {
    let text = "use crate::{drive, store::Journal, AsaVersion};\nfn f(x: crate::live::Read) {}\n\
                // crate::clock\npub(in crate::run) fn g() {}\nuse super::super::twin;\nuse super::pair;\n\
                #[cfg(test)]\nmod tests {\n    use crate::rehearse;\n}\n";
    let seen: Vec<(String, usize)> = used_modules(text, 2).into_iter().collect();
    let expected = [("drive", 1), ("live", 2), ("store", 1), ("twin", 5), ("version", 1)];
    assert_eq!(seen, expected.map(|(module, line)| (module.to_owned(), line)));
}

/// The top-level modules that a source uses outside of its tests, each with the first line it does so in.
/// `depth` is how many `super` lead from it to the root.
fn used_modules(text: &str, depth: usize) -> BTreeMap<String, usize> {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let text = text.replace("in crate::", "").replace(&"super::".repeat(depth), "crate::");
    let lines: Vec<&str> = text.lines().map(|line| line.split("//").next().unwrap()).collect();
    let code = lines.join("\n");
    let mut seen = BTreeMap::new();
    let mut note = |name: &str, offset: usize| {
        let line = code.get(..offset).unwrap().matches('\n').count() + 1;
        // What the root re-exports belongs to the module it comes from.
        let module = if matches!(name, "AsaVersion" | "Train") { "version" } else { name };
        seen.entry(module.to_owned()).or_insert(line);
    };
    for (offset, _) in code.match_indices("crate::") {
        let rest = code.get(offset + "crate::".len()..).unwrap();
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0_i32;
            let end = group.find(|c| {
                depth += i32::from(c == '{') - i32::from(c == '}');
                depth < 0
            });
            let mut depth = 0_i32;
            let parts = group.get(..end.unwrap()).unwrap().split(|c| {
                depth += i32::from(c == '{') - i32::from(c == '}');
                c == ',' && depth == 0
            });
            parts.map(first_word).filter(|word| !word.is_empty()).for_each(|word| note(word, offset));
        } else {
            note(first_word(rest), offset);
        }
    }
    seen
}

fn first_word(text: &str) -> &str {
    text.trim_start().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()
}

/// Every source that is no test, by its path under `folder`.
fn sources(folder: &Path, prefix: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && name != "tests" {
            found.extend(sources(&path, &format!("{prefix}{name}/")));
        } else if path.extension().is_some_and(|ending| ending == "rs") && name != "tests.rs" {
            found.push((format!("{prefix}{name}"), fs::read_to_string(&path).unwrap()));
        }
    }
    found
}
