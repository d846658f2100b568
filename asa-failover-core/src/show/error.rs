//! Why an output is not read: place, expectation, and what stands there instead.

use std::fmt;
use std::ops::Range;

use thiserror::Error;

/// A known line that is malformed, a needed line that is missing or printed twice, a command that
/// the device refused, or input beyond the limits.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{command}, line {line}: expected {expected}, found {}", Found(self))]
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
    /// What stands there, cut after 200 characters; empty at the end of a line or of the text.
    pub found: String,
}

impl ParseError {
    /// Whether the device refused the command, so that there is no output to read.
    ///
    /// [`ParseError::found`] is then the device's own text.
    pub fn is_refusal(&self) -> bool {
        self.expected == Expected::Output
    }
}

/// What a reader expected; a noun phrase.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Expected {
    /// A value of this description, inside a line.
    Phrase(&'static str),
    /// A line, or the end of one, of this form; it came in another.
    Form(&'static str),
    /// This line, which never came.
    Line(&'static str),
    /// This line once; it came again.
    Once(&'static str),
    /// The command's output; the device refused the command.
    Output,
    /// The rest of the output; the pager was left before its end.
    Rest,
    /// Input within this limit.
    Within(Limit),
}

/// How much text a reader takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Limit {
    /// 8 MiB of text.
    Text,
    /// 200,000 lines.
    Lines,
    /// 16 KiB in a line.
    Line,
}

impl Limit {
    /// The limit as a number, of bytes or lines.
    pub const fn value(self) -> usize {
        match self {
            Self::Text => 8 << 20,
            Self::Lines => 200_000,
            Self::Line => 16 << 10,
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phrase(phrase) => f.write_str(phrase),
            Self::Form(form) => write!(f, "the form `{form}`"),
            Self::Line(line) => write!(f, "the line `{line}`"),
            Self::Once(line) => write!(f, "`{line}` only once"),
            Self::Output => f.write_str("the command's output"),
            Self::Rest => f.write_str("the rest of the output behind the pager"),
            Self::Within(Limit::Text) => f.write_str("at most 8 MiB of text"),
            Self::Within(Limit::Lines) => f.write_str("at most 200,000 lines"),
            Self::Within(Limit::Line) => f.write_str("at most 16 KiB in a line"),
        }
    }
}

struct Found<'e>(&'e ParseError);

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.found.as_str(), self.0.expected) {
            ("", Expected::Line(_) | Expected::Rest) => f.write_str("the end of the output"),
            ("", _) => f.write_str("the end of the line"),
            (found, _) => write!(f, "{found:?}"),
        }
    }
}

impl ReadError {
    /// The command whose output was not taken.
    pub fn command(&self) -> &str {
        match self {
            Self::UnknownCommand { command } => command,
            Self::Parse(why) => why.command,
        }
    }
}

/// Why [`super::parse`] gives no reading.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ReadError {
    /// No reader knows this command.
    #[error("no reader for {command:?}")]
    UnknownCommand {
        /// The command as given.
        command: String,
    },
    /// The reader of that command does not take the text.
    #[error(transparent)]
    Parse(#[from] ParseError),
}
