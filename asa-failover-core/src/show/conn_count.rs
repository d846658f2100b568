//! `show conn count`: how many connections a unit carries.

use nom::Parser;
use nom::bytes::complete::{tag, tag_no_case};
use nom::sequence::{delimited, terminated};
use serde::{Deserialize, Serialize};

use super::token::{Parsed, number, space};
use super::walk::Walk;
use super::{ParseError, Reading};

/// What `show conn count` says.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ConnCount {
    /// Connections now.
    pub in_use: u64,
    /// The most since the unit booted or the counter was cleared.
    pub most_used: u64,
    /// The preserve-connection line; `None` where it is absent.
    pub preserve_connection: Option<PreserveConnection>,
}

/// Connections that Snort preserves.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PreserveConnection {
    /// Enabled now.
    pub enabled: u64,
    /// In effect now.
    pub in_effect: u64,
    /// The most that were enabled.
    pub most_enabled: u64,
    /// The most that were in effect.
    pub most_in_effect: u64,
}

const LINE: &str = "N in use, N most used";

/// Reads the output of `show conn count`.
///
/// The lines it knows:
///
/// ```text
/// 54 in use, 123 most used
/// Inspect Snort:
///         preserve-connection: 15 enabled, 7 in effect, 62 most enabled, 18 most in effect
/// ```
///
/// Known from captures.
///
/// # Errors
///
/// [`ParseError`] where the count is missing, malformed or printed twice, and where the device
/// refused the command.
pub fn conn_count(text: &str) -> Result<Reading<ConnCount>, ParseError> {
    let mut walk = Walk::new("show conn count", text)?;
    let (mut used, mut preserve_connection) = (None, None);
    while let Some(line) = walk.line()? {
        let text = line.text;
        if text.contains(" in use, ") && text.starts_with(|c: char| c.is_ascii_digit()) {
            line.put(&mut used, LINE, line.form(text, LINE, in_use)?)?;
        } else if text.get(..20).is_some_and(|head| head.eq_ignore_ascii_case("preserve-connection:")) {
            const COUNTS: &str =
                "preserve-connection: N enabled, N in effect, N most enabled, N most in effect";
            line.put(&mut preserve_connection, COUNTS, line.form(text, COUNTS, preserved)?)?;
        } else if !walk.without_fact(text == "Inspect Snort:") {
            walk.unclaimed(line)?;
        }
    }
    let (in_use, most_used) = used.ok_or_else(|| walk.missing(LINE))?;
    walk.reading(ConnCount { in_use, most_used, preserve_connection })
}

/// `51 in use, 1753679 most used`
fn in_use(i: &str) -> Parsed<'_, (u64, u64)> {
    (terminated(number, tag(" in use, ")), terminated(number, tag(" most used"))).parse(i)
}

/// `preserve-connection: 15 enabled, 7 in effect, 62 most enabled, 18 most in effect`
fn preserved(i: &str) -> Parsed<'_, PreserveConnection> {
    let (i, _) = (tag_no_case("preserve-connection:"), space).parse(i)?;
    let (i, enabled) = terminated(number, tag(" enabled, ")).parse(i)?;
    let (i, in_effect) = terminated(number, tag(" in effect, ")).parse(i)?;
    let (i, most_enabled) = terminated(number, tag(" most enabled, ")).parse(i)?;
    let (i, most_in_effect) = delimited(space, number, tag(" most in effect")).parse(i)?;
    Ok((i, PreserveConnection { enabled, in_effect, most_enabled, most_in_effect }))
}
