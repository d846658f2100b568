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
