//! The inputs kept from fuzzing, read again with every run of the tests: the laws are the very ones
//! that the fuzz targets check, for the file is the same.
#![expect(clippy::disallowed_methods, reason = "a test may read what is kept beside it")]
#![expect(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

#[path = "../../fuzz/src/check.rs"]
#[expect(
    unreachable_pub,
    clippy::expect_used,
    reason = "the fuzz targets see it as a library, whose laws end at a breach"
)]
mod check;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use check::{OTHERS, READERS, Target, check};

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn targets() -> impl Iterator<Item = &'static str> {
    static ALL: (&[Target], &[Target]) = (&READERS, &OTHERS);
    ALL.0.iter().chain(ALL.1).map(|target| target.name)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn every_input_kept_is_read_by_the_laws() {
    let mut read = 0;
    for name in targets() {
        let before = read;
        for kind in ["seeds", "kept"] {
            let folder = workspace().join("fuzz").join(kind).join(name);
            for file in if folder.is_dir() { files(&folder) } else { Vec::new() } {
                check(name, &fs::read(&file).unwrap());
                read += 1;
            }
        }
        assert!(read > before, "{name} has no input");
    }
    println!("{read} inputs of {} targets", targets().count());
}

#[test]
fn inputs_stand_under_the_name_of_a_target_and_stay_small() {
    let mut bytes = 0;
    for kind in ["seeds", "kept"] {
        for folder in files(&workspace().join("fuzz").join(kind)) {
            let name = folder.file_name().unwrap().to_str().unwrap();
            assert!(targets().any(|target| target == name), "{} has no target", folder.display());
            bytes += files(&folder).iter().map(|file| fs::metadata(file).unwrap().len()).sum::<u64>();
        }
    }
    assert!(bytes < 1 << 20, "{bytes} bytes of inputs");
}

#[test]
fn every_reader_has_a_target() {
    let source = fs::read_to_string(workspace().join("asa-failover-core/src/show/facts.rs")).unwrap();
    let known: BTreeSet<_> =
        source.split("read(super::").skip(1).map(|rest| rest.split(',').next().unwrap()).collect();
    let fuzzed: BTreeSet<_> = READERS.iter().map(|target| target.name).collect();
    assert_eq!(fuzzed, known, "the readers that `show::parse` knows");
    let manifest = fs::read_to_string(workspace().join("fuzz/Cargo.toml")).unwrap();
    let built = manifest.split("[[bin]]\nname = \"").skip(1).map(|rest| rest.split('"').next().unwrap());
    assert_eq!(built.collect::<Vec<_>>(), targets().collect::<Vec<_>>(), "the targets of fuzz/Cargo.toml");
}

#[test]
fn the_laws_can_be_broken() {
    let broken = |name: &str, input: &[u8]| std::panic::catch_unwind(|| check(name, input)).is_err();
    assert!(broken("no_such_target", b""));
    assert!(!broken("failover", b"Failover Off\n\xff\n"), "damaged UTF-8 is replaced");
}
