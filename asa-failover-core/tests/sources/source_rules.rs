//! Rules on the sources that no lint knows: their length, and where `unsafe` may stand.
#![expect(clippy::disallowed_methods, reason = "a test may read the sources")]
#![expect(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use std::fs;
use std::path::{Path, PathBuf};

const MOST_LINES: usize = 600;

/// What is built, installed or generated is nobody's to read.
const NOT_OURS: [&str; 7] = ["target", ".venv", ".venv-bench", "include", ".git", "__pycache__", "build"];

fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            if !path.is_symlink() && !NOT_OURS.contains(&name) {
                found.extend(files(&path, endings));
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

#[test]
fn no_file_is_too_long_to_be_read_at_once() {
    let files = files(workspace(), &[".rs", ".py", ".pyi", ".c", ".h"]);
    assert!(files.iter().any(|file| file.ends_with("src/drive.rs")), "the walk finds nothing: {files:?}");
    let long: Vec<String> = files
        .iter()
        .map(|file| (file, fs::read_to_string(file).unwrap().lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(file, lines)| format!("{}: {lines} lines", file.display()))
        .collect();
    assert!(long.is_empty(), "split by concept:\n{}", long.join("\n"));
}

/// The compiler holds `forbid(unsafe_code)`; this holds that it stays there, and that nothing is
/// smuggled in beside it (a build script, a test).
#[test]
fn unsafe_stands_in_the_c_abi_alone() {
    for part in ["asa-failover-core", "asa-failover-py"] {
        let folder = workspace().join(part);
        let root = fs::read_to_string(folder.join("src/lib.rs")).unwrap();
        assert!(root.contains("#![forbid(unsafe_code)]"), "{part} does not forbid it");
        let word = ["un", "safe"].concat();
        let unsafe_in = |file: &PathBuf| {
            let text = fs::read_to_string(file).unwrap();
            let code = text.lines().map(|line| line.split("//").next().unwrap());
            code.into_iter()
                .any(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|token| token == word))
        };
        let found: Vec<PathBuf> = files(&folder, &[".rs"]).into_iter().filter(unsafe_in).collect();
        assert!(found.is_empty(), "{word} code outside of the C ABI: {found:?}");
    }
}

/// What the build says to set for old devices is what this workspace sets.
#[test]
fn the_flags_for_old_devices_are_told_as_they_are_set() {
    let read = |file: &str| fs::read_to_string(workspace().join(file)).unwrap();
    let names = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        words
            .map(|word| word.trim_start_matches('D'))
            .filter(|word| word.starts_with("LIBSSH2_") && word.ends_with("_ENABLE"))
            .map(str::to_owned)
            .collect()
    };
    let set = names(&read(".cargo/config.toml"));
    assert!(!set.is_empty());
    assert_eq!(names(&read("asa-failover-core/build.rs")), set);
}
