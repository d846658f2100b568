//! `show memory`: how much memory a unit has left.

use nom::Parser;
use nom::bytes::complete::tag;
use nom::combinator::opt;
use nom::sequence::{delimited, preceded, terminated};
use serde::{Deserialize, Serialize};

use super::token::{Parsed, number, space};
use super::walk::Walk;
use super::{ParseError, Reading};

/// What `show memory` says.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Memory {
    /// Bytes that are free.
    pub free_bytes: u64,
    /// Bytes in use.
    pub used_bytes: u64,
    /// Bytes of it all, as printed.
    pub total_bytes: u64,
}

const FREE: &str = "Free memory: N bytes (N%)";
const USED: &str = "Used memory: N bytes (N%)";
const TOTAL: &str = "Total memory: N bytes (100%)";

/// Reads the output of `show memory`.
///
/// The lines it knows:
///
/// ```text
/// Free memory:        5318377472 bytes (34%)
/// Used memory:       10255417344 bytes (66%)
/// -------------     ------------------
/// Total memory:      15573794816 bytes (100%)
/// Note: Free memory is the free system memory.
/// ```
///
/// Known from captures.
///
/// # Errors
///
/// [`ParseError`] where one of the three lines is missing, malformed or printed twice, and where the
/// device refused the command.
pub fn memory(text: &str) -> Result<Reading<Memory>, ParseError> {
    let mut walk = Walk::new("show memory", text)?;
    let (mut free, mut used, mut total, mut note) = (None, None, None, false);
    while let Some(line) = walk.line()? {
        let (slot, name, value) = match line.text.split_once(" memory:") {
            Some(("Free", value)) => (&mut free, FREE, value),
            Some(("Used", value)) => (&mut used, USED, value),
            Some(("Total", value)) => (&mut total, TOTAL, value),
            _ => {
                // A note is prose to its end.
                note |= line.text.starts_with("Note: ");
                let rule = line.text.starts_with("---")
                    && line.text.bytes().all(|b| matches!(b, b'-' | b' ' | b'\t'));
                if !(walk.without_fact(rule) || walk.noise(line)? || walk.without_fact(note)) {
                    walk.unclaimed(line)?;
                }
                continue;
            }
        };
        line.put(slot, name, line.all(value.trim_ascii_start(), "a number of bytes", bytes)?)?;
    }
    let free_bytes = free.ok_or_else(|| walk.missing(FREE))?;
    let used_bytes = used.ok_or_else(|| walk.missing(USED))?;
    let total_bytes = total.ok_or_else(|| walk.missing(TOTAL))?;
    walk.reading(Memory { free_bytes, used_bytes, total_bytes })
}

/// `5318377472 bytes (34%)`
fn bytes(i: &str) -> Parsed<'_, u64> {
    let percent = delimited(tag("("), number, tag("%)"));
    terminated(number, (tag(" bytes"), opt(preceded(space, percent)))).parse(i)
}
