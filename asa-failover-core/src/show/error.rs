//! Why an output is not read: place, expectation, and what stands there instead.

use std::fmt;
use std::ops::Range;

use thiserror::Error;

/// A known line that is malformed, a needed line that is missing or printed twice, a command that
/// the device refused, or input beyond the limits.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{command}, line {line}: expected {expected}, found {found:?}")]
#[non_exhaustive]
pub struct ParseError {
    /// The command whose output it is: `show failover`.
    pub command: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// The bytes in the captured text.
    pub span: Range<usize>,
    /// What would have been right there.
    pub expected: Expected,
    /// What stands there, cut after 200 bytes.
    pub found: String,
}

/// What a reader expected; a noun phrase.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Expected {
    /// A line or value of this description.
    Phrase(&'static str),
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phrase(phrase) => f.write_str(phrase),
        }
    }
}
