//! `dir`

use asa_failover_core::show::{FileKind, dir};
use serde_json::json;

use crate::{capture, error, facts, json, unread};

#[test]
fn a_file_system_is_read() {
    let facts = facts(dir, capture!("dir-asa5516-9.16"));
    assert_eq!(facts.filesystem, "disk0:/");
    let rows: Vec<_> = facts.files.iter().map(|file| (&*file.name, file.size, file.kind)).collect();
    assert_eq!(
        rows,
        [
            ("asa9-12-4-37-lfbff-k8.SPA", 108_563_072, FileKind::File),
            (".boot_string", 63, FileKind::File),
            ("log", 4096, FileKind::Dir),
        ]
    );
    assert_eq!((facts.total_bytes, facts.free_bytes), (Some(7_365_472_256), Some(3_847_725_056)));
}

#[test]
fn one_file_is_read() {
    assert_eq!(
        json(dir, capture!("dir-asa5520-8.4")),
        json!({
            "filesystem": "disk0:/asa841-k8.bin",
            "files": [{"name": "asa841-k8.bin", "size": 24_809_472, "modified": "02:58:32 May 17 2011", "kind": "file"}],
            "total_bytes": 255_426_560, "free_bytes": 180_527_104,
        })
    );
}

#[test]
fn a_row_without_a_date_and_an_output_without_totals_are_read() {
    let facts = facts(dir, "fw# dir\n\n\nDirectory of disk0:/\n\n123456789 -rw-  15183868      a.bin\n");
    assert_eq!((facts.files[0].modified.as_deref(), facts.files[0].name.as_str()), (None, "a.bin"));
    assert_eq!((facts.total_bytes, facts.free_bytes), (None, None));
}

#[test]
fn an_unknown_line_is_kept() {
    assert_eq!(unread(dir, "Directory of disk0:/\nQuota exceeded\n"), ["Quota exceeded"]);
}

#[test]
fn what_is_malformed_missing_or_printed_twice_is_an_error() {
    for (text, message) in [
        (
            "Directory of disk0:/\n97 -rwx big 06:43:00 Jun 30 2018 a\n",
            "line 2: expected a file: index, flags, size, date and name, found \"big 06:43:00 Jun 30 2018 a\"",
        ),
        (
            "Directory of disk0:/\n97 -rwx 63\n",
            "line 2: expected a file: index, flags, size, date and name, found the end of the line",
        ),
        (
            "Directory of disk0:/\nmany bytes total (none)\n",
            "line 2: expected the form `N bytes total (N bytes free)`, found \"many bytes total (none)\"",
        ),
        (
            "Directory of disk0:/\n97 -rwx 63 06:43:00 Jun 30 20\n",
            "line 2: expected a date or a file name, found \"06:43:00 Jun 30 20\"",
        ),
        ("97 -rwx 63 a\n", "line 1: expected the line `Directory of disk0:/`, found the end of the output"),
        (
            "Directory of disk0:/\nDirectory of disk1:/\n",
            "line 2: expected `Directory of disk0:/` only once, found \"Directory of disk1:/\"",
        ),
    ] {
        assert_eq!(error(dir, text).0, format!("dir, {message}"));
    }
}
