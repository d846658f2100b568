//! The table as such: it reads, and what is wrong with one is said by place.

use super::table::{TEXT, rows};
use super::*;
use crate::compat::{Basis, Compat};

/// What is said of the table with one piece replaced.
#[track_caller]
fn broken(piece: &str, by: &str) -> String {
    assert!(TEXT.contains(piece), "{piece:?}");
    rows(&TEXT.replacen(piece, by, 1)).unwrap_err().to_string()
}

#[test]
fn a_broken_cell_is_named_by_file_line_and_column() {
    assert_eq!(
        broken("101001,1,", "101001,8,"),
        "syslog.csv, line 2, column severity: expected a severity of 0 to 7, found 8"
    );
    assert_eq!(
        broken("720012,6,5,", "720012,6,9,"),
        "syslog.csv, line 105, column older_severity: expected a severity of 0 to 7, found 9"
    );
    assert_eq!(
        broken("101002,1,", "1002,1,"),
        "syslog.csv, line 3, column id: expected six digits, found 1002"
    );
    assert_eq!(
        broken("101002,1,", "101001,1,"),
        "syslog.csv, line 3, column id: expected an id above 101001, found 101001"
    );
    assert_eq!(
        broken("Nothing to do.,information,", ",information,"),
        "syslog.csv, line 2, column advice: expected sentences, found \"\""
    );
    assert_eq!(
        broken(",information,", ",info,"),
        "syslog.csv, line 2, column planner_use: unknown variant `info`, expected one of \
         `expected-marker`, `information`, `warning`, `abort`"
    );
    assert_eq!(
        broken(",vendor,sys-zh;sys-ftd-sev", ",rumour,sys-zh;sys-ftd-sev"),
        "syslog.csv, line 2, column basis: unknown variant `rumour`, expected one of `vendor`, `copy`, \
         `measured`, `derived`, `site`, `memory`"
    );
    assert_eq!(
        broken(",vendor,sys-zh;sys-ftd-sev", ",vendor,"),
        "syslog.csv, line 2, column source: expected a source key, found none"
    );
}

#[test]
fn the_basis_of_a_row_is_that_of_its_best_source() {
    let compat = Compat::bundled();
    let basis_of = |key: &str| match compat.source(key).unwrap().kind.as_str() {
        "vendor" | "vendor-scan" | "vendor-forum" | "vendor (repository copy)" => Basis::Vendor,
        "vendor copy" | "third-party copy" | "third-party" => Basis::Copy,
        "none" => Basis::Memory,
        other => panic!("{key}: {other}"),
    };
    for entry in entries() {
        let best = entry.sources.iter().map(|key| basis_of(key)).min();
        assert_eq!(Some(entry.basis), best, "{}", entry.id);
    }
    let remembered: Vec<u32> = entries().filter(|e| e.basis == Basis::Memory).map(|e| e.id).collect();
    assert_eq!(remembered, [199_006]);
}
