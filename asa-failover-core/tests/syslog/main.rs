//! Syslog advice: every wrapping, every id of the table, and lines that only look like messages.
#![expect(clippy::disallowed_methods, reason = "a test may read files and its environment")]

mod corpus;
mod hostile;
mod table;
mod wrappings;

use asa_failover_core::syslog::{self, Message};

#[track_caller]
fn message(line: &str) -> Message {
    syslog::parse(line).unwrap_or_else(|why| panic!("{line:?}: {why}"))
}

/// A second message behind any line break is not text of the first.
#[test]
fn two_lines_are_no_message() {
    for end in ["\n", "\r", "\r\n", "\u{b}", "\u{85}", "\u{2028}"] {
        let line = format!("%ASA-1-104001: (Primary) x{end}%ASA-1-104003: (Primary) Switching to FAILED.");
        let error = syslog::parse(&line).unwrap_err().to_string();
        assert!(error.contains("one line"), "{end:?}: {error}");
    }
}
