//! Readers: what the device printed, as typed facts, with every line not understood kept.

use std::fmt;
use std::ops::Range;

use serde::Serialize;
use thiserror::Error;

/// Facts of one command's output, and what was not understood of it.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reading<T> {
    /// What the output says.
    pub value: T,
    /// Every line that no rule claimed, in the order printed.
    pub unread: Vec<Unread>,
}

/// A line that no rule claimed.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Unread {
    /// Its number in the captured text, from 1.
    pub line: usize,
    /// The line as captured, without its end.
    pub text: String,
}

/// A known line that is malformed, a needed line that is missing, or input beyond the limits.
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
    /// What stands there.
    pub found: String,
}

/// What a reader expected; a noun phrase.
#[derive(Clone, Debug, Eq, PartialEq)]
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
