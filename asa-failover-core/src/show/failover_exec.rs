//! `show failover exec`: in which mode commands sent to a unit with `failover exec` run there.
//!
//! The form is remembered from the command's documentation: neither its text nor a capture was at hand, so
//! nothing may rest on these facts.

use nom::Parser;
use nom::bytes::complete::{tag, take_until1};
use nom::combinator::rest;
use nom::sequence::separated_pair;
use serde::{Deserialize, Serialize};

use super::token::squeezed;
use super::walk::Walk;
use super::words::words;
use super::{ParseError, Reading};

/// What `show failover exec` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FailoverExec {
    /// The unit, by what it is now, as printed: `Active`, `Standby`.
    pub unit: String,
    /// The mode.
    pub mode: ExecMode,
}

/// The mode that commands run in.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ExecMode {
    /// `config mode`: global configuration, the default.
    Config,
    /// Any other words, as printed: `interface sub-command mode`.
    Other(String),
}

words!(ExecMode: Config = "config mode");

const LINE: &str = "UNIT unit Failover EXEC is at MODE";

/// Reads the output of `show failover exec active`, `standby` or `mate`.
///
/// The lines it knows:
///
/// ```text
/// Active unit Failover EXEC is at config mode
/// ```
///
/// Remembered, as the module says.
///
/// # Errors
///
/// [`ParseError`] where the line is missing or printed twice, and where the device refused the command.
pub fn failover_exec(text: &str) -> Result<Reading<FailoverExec>, ParseError> {
    let mut walk = Walk::new("show failover exec", text)?;
    let mut exec = None;
    while let Some(line) = walk.line()? {
        if line.text.contains(" unit Failover EXEC ") {
            let (unit, mode) = line.form(line.text, LINE, |i| {
                let middle = " unit Failover EXEC is at ";
                separated_pair(take_until1(middle), tag(middle), rest).parse(i)
            })?;
            let (unit, mode) = (squeezed(unit), ExecMode::of(&squeezed(mode)));
            line.put(&mut exec, LINE, FailoverExec { unit, mode })?;
        } else {
            walk.unclaimed(line)?;
        }
    }
    let exec = exec.ok_or_else(|| walk.missing(LINE))?;
    walk.reading(exec)
}
