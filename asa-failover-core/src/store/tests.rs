//! What the file system may hold under the name of a journal, and beside it.

#![expect(clippy::disallowed_methods, reason = "a test may look at the files that it is about")]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use super::*;
use crate::run::record::SCHEMA;

fn resumed(times: u32) -> Record {
    Record::Resumed { times }
}

fn header(owner: &str) -> Record {
    let (tool, plan, owner) = ("0.1.0".to_owned(), "plan".to_owned(), owner.to_owned());
    Record::Header { schema: SCHEMA, tool, plan, serials: Vec::new(), owner }
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fw1.journal");
    (folder, path)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}{ending}", path.display()))
}

fn refused(path: &Path) -> String {
    Journal::open(path).unwrap_err().to_string()
}

#[test]
fn what_was_kept_is_read_back_and_goes_on() {
    let (_folder, path) = folder();
    let (mut journal, records) = Journal::open(&path).unwrap();
    assert!(records.records.is_empty() && !path.exists(), "a new journal appears with its first record");
    journal.keep(&resumed(1)).unwrap();
    drop(journal);
    let (mut journal, records) = Journal::open(&path).unwrap();
    assert_eq!(records.records, [resumed(1)]);
    journal.keep(&resumed(2)).unwrap();
    drop(journal);
    let text = fs::read(&path).unwrap();
    fs::write(&path, &text[..text.len() - 3]).unwrap();
    let (mut journal, records) = Journal::open(&path).unwrap();
    assert_eq!((records.records.as_slice(), records.torn), ([resumed(1)].as_slice(), true));
    journal.keep(&resumed(2)).unwrap();
    drop(journal);
    let (_, records) = Journal::open(&path).unwrap();
    assert_eq!((records.records.as_slice(), records.torn), ([resumed(1), resumed(2)].as_slice(), false));
}

#[test]
fn a_second_controller_is_refused_and_told_who_is_at_work() {
    let (_folder, path) = folder();
    let (mut journal, _) = Journal::open_for(&path, "netops@jump1").unwrap();
    let held = format!(
        "journal {}: another run holds it (\"netops@jump1\", process {}); a pair has one run at a time",
        path.display(),
        std::process::id()
    );
    assert_eq!(refused(&path), held, "both begin on the same new path");
    journal.keep(&header("netops@jump1")).unwrap();
    assert_eq!(refused(&path), held, "the first one has begun");
    journal.keep(&resumed(1)).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 2, "the second one changed nothing");
    drop(journal);
    let (_, records) = Journal::open(&path).unwrap();
    assert_eq!(records.records, [header("netops@jump1"), resumed(1)]);
}

#[test]
fn a_controller_without_a_name_is_told_by_its_process() {
    let (_folder, path) = folder();
    let (_journal, _) = Journal::open(&path).unwrap();
    let process = format!("another run holds it (process {}); ", std::process::id());
    assert!(refused(&path).contains(&process), "{}", refused(&path));
}

#[test]
fn a_name_in_a_lock_is_shown_as_text_and_obeyed_by_no_terminal() {
    let (_folder, path) = folder();
    let (_journal, _) = Journal::open_for(&path, "net\u{1b}[2Jops\u{202e}\n").unwrap();
    assert!(refused(&path).contains(r#"("net\u{1b}[2Jops\u{202e}\n", process"#), "{}", refused(&path));
}

#[test]
fn a_lock_that_was_taken_away_leaves_the_one_on_the_journal() {
    let (_folder, path) = folder();
    let (mut journal, _) = Journal::open_for(&path, "netops").unwrap();
    journal.keep(&header("netops")).unwrap();
    fs::remove_file(beside(&path, ".lock")).unwrap();
    assert!(refused(&path).contains("another run holds it (\"netops\"); "), "{}", refused(&path));
    journal.keep(&resumed(1)).unwrap();
    drop(journal);
    assert!(Journal::open(&path).is_ok());
}

#[test]
fn a_lock_of_a_process_that_is_gone_is_taken_over() {
    let (_folder, path) = folder();
    for left in ["", "{\"owner\":\"net", "{\"owner\":\"netops\",\"process\":1}", "not ours at all"] {
        fs::write(beside(&path, ".lock"), left).unwrap();
        let (journal, _) = Journal::open_for(&path, "second").unwrap();
        assert!(refused(&path).contains("(\"second\", process "), "{}", refused(&path));
        drop(journal);
        assert!(!beside(&path, ".lock").exists(), "a run that ends takes its lock away");
    }
}

#[test]
fn nothing_stays_behind_but_the_journal() {
    let (folder, path) = folder();
    fs::write(beside(&path, ".new"), "what a killed process left").unwrap();
    let (mut journal, _) = Journal::open(&path).unwrap();
    journal.keep(&resumed(1)).unwrap();
    drop(journal);
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["fw1.journal"]);
}

#[test]
fn a_file_that_was_taken_away_is_noticed_before_the_next_line() {
    let (_folder, path) = folder();
    let (mut journal, _) = Journal::open(&path).unwrap();
    journal.keep(&resumed(1)).unwrap();
    fs::remove_file(&path).unwrap();
    let why = journal.keep(&resumed(2)).unwrap_err();
    assert_eq!(why, format!("{}: the file was removed or replaced under the run", path.display()));
    assert_eq!(journal.keep(&resumed(3)).unwrap_err(), "an earlier write failed", "a failed write is final");
}

#[test]
fn a_file_that_appears_under_a_run_is_not_overwritten() {
    let (_folder, path) = folder();
    let (mut journal, _) = Journal::open(&path).unwrap();
    fs::write(&path, "somebody else's").unwrap();
    let why = journal.keep(&resumed(1)).unwrap_err();
    assert!(why.contains("File exists"), "{why}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "somebody else's");
}

#[test]
fn a_folder_that_is_not_there_or_not_writable_is_named() {
    assert_eq!(
        refused(Path::new("/nonexistent/fw1.journal")),
        "journal /nonexistent/fw1.journal: its folder cannot be written: No such file or directory (os error 2)"
    );
    let why = refused(Path::new("/proc/fw1.journal"));
    assert!(why.starts_with("journal /proc/fw1.journal: its folder cannot be written: "), "{why}");
}

#[test]
fn a_link_is_not_followed() {
    let (_folder, path) = folder();
    symlink("/dev/null", &path).unwrap();
    assert_eq!(refused(&path), format!("journal {}: expected a plain file of this user", path.display()));
    fs::remove_file(&path).unwrap();
    let (target, lock) = (beside(&path, ".target"), beside(&path, ".lock"));
    fs::write(&target, "untouched").unwrap();
    symlink(&target, &lock).unwrap();
    assert_eq!(refused(&path), format!("journal {}: expected a plain file of this user", lock.display()));
    assert_eq!(fs::read_to_string(&target).unwrap(), "untouched");
}

#[test]
fn a_journal_that_lost_all_its_records_is_no_new_one() {
    let (_folder, path) = folder();
    for left in ["", "0123abcd {\"seq\":1,"] {
        fs::write(&path, left).unwrap();
        assert_eq!(
            refused(&path),
            format!(
                "journal {}: it holds no whole record; if no run began with it remove it, else read the pair \
                 and make a new plan with a new journal",
                path.display()
            )
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), left, "it is kept as it is");
    }
}
