//! `show xlate count`: how many translations a unit carries.

use nom::Parser;
use nom::bytes::complete::tag;
use nom::sequence::terminated;
use serde::{Deserialize, Serialize};

use super::token::{Parsed, number};
use super::walk::Walk;
use super::{ParseError, Reading};

/// What `show xlate count` says.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct XlateCount {
    /// Translations now.
    pub in_use: u64,
    /// The most since the unit booted or the counter was cleared.
    pub most_used: u64,
}

const LINE: &str = "N in use, N most used";

/// Reads the output of `show xlate count`.
///
/// The lines it knows:
///
/// ```text
/// 943 in use, 7120 most used
/// ```
///
/// Known from captures.
///
/// # Errors
///
/// [`ParseError`] where the count is missing, malformed or printed twice, and where the device refused
/// the command.
pub fn xlate_count(text: &str) -> Result<Reading<XlateCount>, ParseError> {
    let mut walk = Walk::new("show xlate count", text)?;
    let mut count = None;
    while let Some(line) = walk.line()? {
        if line.text.contains(" in use, ") && line.text.starts_with(|c: char| c.is_ascii_digit()) {
            line.put(&mut count, LINE, line.form(line.text, LINE, in_use)?)?;
        } else {
            walk.unclaimed(line)?;
        }
    }
    let count = count.ok_or_else(|| walk.missing(LINE))?;
    walk.reading(count)
}

/// `943 in use, 7120 most used`
fn in_use(i: &str) -> Parsed<'_, XlateCount> {
    let counts = (terminated(number, tag(" in use, ")), terminated(number, tag(" most used")));
    counts.map(|(in_use, most_used)| XlateCount { in_use, most_used }).parse(i)
}
