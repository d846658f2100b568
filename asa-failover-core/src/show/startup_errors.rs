//! `show startup-config errors`: what the unit had to say of its configuration when it booted.
//!
//! Each report is one or more lines of text, and below them the line of the configuration that they are
//! about. What is printed where there are none is not known; a text without a report is an error.

use nom::Parser;
use nom::bytes::complete::{tag, take_until1};
use nom::character::complete::char;
use nom::combinator::{opt, rest, verify};
use nom::sequence::{delimited, preceded, terminated};
use serde::{Deserialize, Serialize};

use super::token::{Parsed, number, squeezed};
use super::walk::Walk;
use super::{Expected, ParseError, Reading};

/// What `show startup-config errors` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StartupErrors {
    /// The reports, in the order printed.
    pub reports: Vec<StartupReport>,
    /// Lines below the last report, which belong to none.
    pub rest: Vec<String>,
}

/// What was said of one line of the configuration.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StartupReport {
    /// The number of that line.
    pub config_line: u64,
    /// The context whose configuration it is; `None` for the unit's own.
    pub context: Option<String>,
    /// The line itself, as far as it is printed: `failover`, `arp permit-nonconnect...`; cut behind a word
    /// that a secret follows.
    pub command: String,
    /// What was said of it, line by line.
    pub said: Vec<String>,
}

const LINE: &str = "*** Output from config line N, \"TEXT\"";

/// Reads the output of `show startup-config errors`.
///
/// The lines it knows:
///
/// ```text
/// Reading from flash...
/// WARNING: Failover cannot be enabled
/// *** Output from config line 477, "failover"
/// ERROR: this line is not understood
/// *** Output from config line 12, context 'admin', " protocol esp integrity ..."
/// ```
///
/// Known from captures.
///
/// # Errors
///
/// [`ParseError`] where no report is printed or one is malformed, and where the device refused the command.
pub fn startup_errors(text: &str) -> Result<Reading<StartupErrors>, ParseError> {
    let mut walk = Walk::new("show startup-config errors", text)?;
    let (mut reports, mut said) = (Vec::new(), Vec::new());
    // An error that the configuration met looks like a refusal of this command, and is one where no
    // report comes.
    let mut first_error = None;
    while let Some(line) = walk.line()? {
        if let Some(rest) = line.text.strip_prefix("*** Output from config line ") {
            let (config_line, context, command) = line.form(rest, LINE, report)?;
            let said = std::mem::take(&mut said);
            reports.push(StartupReport { config_line, context, command, said });
        } else if line.text.starts_with("ERROR: ") {
            first_error.get_or_insert(line);
            said.push(squeezed(line.text));
        } else if !walk.without_fact(line.text == "Reading from flash...") && !walk.noise(line)? {
            said.push(squeezed(line.text));
        }
    }
    match first_error {
        _ if !reports.is_empty() => walk.reading(StartupErrors { reports, rest: said }),
        Some(line) => Err(line.error(Expected::Output, line.text)),
        None => Err(walk.missing(LINE)),
    }
}

/// `477, context 'admin', " protocol esp integrity ..."`
fn report(i: &str) -> Parsed<'_, (u64, Option<String>, String)> {
    let context = delimited(tag("context '"), take_until1("'"), tag("', "));
    let command = verify(rest, |text: &str| text.len() > 1 && text.ends_with('"'));
    let (i, (line, context, command)) =
        (terminated(number, tag(", ")), opt(context), preceded(char('"'), command)).parse(i)?;
    Ok((i, (line, context.map(str::to_owned), without_secret(command.trim_end_matches('"')))))
}

/// `failover key`, of ` failover key s3cr3t`
fn without_secret(command: &str) -> String {
    let secret = |word: &str| {
        ["key", "passw", "secret", "community", "credential"].iter().any(|part| word.contains(part))
    };
    let words: Vec<_> = command.split_ascii_whitespace().collect();
    let end = words.iter().position(|word| secret(word)).map_or(words.len(), |at| at + 1);
    words.get(..end).unwrap_or_default().join(" ")
}
