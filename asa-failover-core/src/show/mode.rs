//! `show mode`: single or multiple context.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::combinator::value;
use serde::{Deserialize, Serialize};

use super::walk::Walk;
use super::{ParseError, Reading};

/// What `show mode` says.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Mode {
    /// Whether the unit is divided into contexts.
    pub mode: SecurityMode,
}

/// Whether a unit is divided into contexts.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "a unit has one context or several")]
pub enum SecurityMode {
    /// One context, the unit itself.
    Single,
    /// Several contexts, beside the system execution space.
    Multiple,
}

const LINE: &str = "Security context mode: single|multiple";

/// Reads the output of `show mode`.
///
/// ```
/// use asa_failover_core::show::{self, SecurityMode};
///
/// let reading = show::mode("fw/pri/act# show mode\r\nSecurity context mode: multiple \r\n")?;
/// assert_eq!(reading.value.mode, SecurityMode::Multiple);
/// # Ok::<(), show::ParseError>(())
/// ```
///
/// The lines it knows:
///
/// ```text
/// Security context mode: multiple
/// ```
///
/// Known from captures.
///
/// # Errors
///
/// [`ParseError`] where the line is missing, malformed or printed twice, and where the device
/// refused the command.
pub fn mode(text: &str) -> Result<Reading<Mode>, ParseError> {
    let mut walk = Walk::new("show mode", text)?;
    let mut mode = None;
    while let Some(line) = walk.line()? {
        match line.text.strip_prefix("Security context mode:") {
            Some(rest) => {
                let word = line.all(rest.trim_ascii_start(), "single or multiple", |i| {
                    alt((
                        value(SecurityMode::Single, tag("single")),
                        value(SecurityMode::Multiple, tag("multiple")),
                    ))
                    .parse(i)
                })?;
                line.put(&mut mode, LINE, word)?;
            }
            None => walk.unclaimed(line)?,
        }
    }
    let mode = mode.ok_or_else(|| walk.missing(LINE))?;
    walk.reading(Mode { mode })
}
