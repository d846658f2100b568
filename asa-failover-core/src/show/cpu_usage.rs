//! `show cpu usage`: how busy a unit is.

use nom::Parser;
use nom::bytes::complete::tag;
use nom::sequence::{delimited, preceded};
use serde::{Deserialize, Serialize};

use super::token::{Parsed, number};
use super::walk::Walk;
use super::{ParseError, Reading};

/// What `show cpu usage` says, in percent.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CpuUsage {
    /// Over the last five seconds.
    pub five_seconds: u64,
    /// Over the last minute.
    pub one_minute: u64,
    /// Over the last five minutes.
    pub five_minutes: u64,
}

const LINE: &str = "CPU utilization for 5 seconds = N%; 1 minute: N%; 5 minutes: N%";

/// Reads the output of `show cpu usage`.
///
/// The lines it knows:
///
/// ```text
/// CPU utilization for 5 seconds = 12%; 1 minute: 9%; 5 minutes: 8%
/// ```
///
/// Known from captures.
///
/// # Errors
///
/// [`ParseError`] where the line is missing, malformed or printed twice, and where the device refused the
/// command.
pub fn cpu_usage(text: &str) -> Result<Reading<CpuUsage>, ParseError> {
    let mut walk = Walk::new("show cpu usage", text)?;
    let mut usage = None;
    while let Some(line) = walk.line()? {
        if line.text.starts_with("CPU utilization for 5 seconds") {
            line.put(&mut usage, LINE, line.form(line.text, LINE, percents)?)?;
        } else {
            walk.unclaimed(line)?;
        }
    }
    let usage = usage.ok_or_else(|| walk.missing(LINE))?;
    walk.reading(usage)
}

/// `CPU utilization for 5 seconds = 12%; 1 minute: 9%; 5 minutes: 8%`
fn percents(i: &str) -> Parsed<'_, CpuUsage> {
    let first = delimited(tag("CPU utilization for 5 seconds = "), number, tag("%; "));
    let second = delimited(tag("1 minute: "), number, tag("%; "));
    let third = preceded(tag("5 minutes: "), nom::sequence::terminated(number, tag("%")));
    let (i, (five_seconds, one_minute, five_minutes)) = (first, second, third).parse(i)?;
    Ok((i, CpuUsage { five_seconds, one_minute, five_minutes }))
}
