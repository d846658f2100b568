//! `show license summary`: whether a unit with smart licensing is registered and authorised.
//!
//! Knows the blocks `Registration` and `License Authorization`, whose lines are those that a capture shows
//! for the licensing part of the technical support output; the table of use is remembered. Units without smart
//! licensing refuse the command. Dates of renewal are no facts: they change by themselves.

use serde::{Deserialize, Serialize};

use super::token::squeezed;
use super::walk::Walk;
use super::words::words;
use super::{Expected, ParseError, Reading};

/// What `show license summary` says.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LicenseSummary {
    /// Whether smart licensing is enabled.
    pub enabled: Option<bool>,
    /// Whether the unit is registered.
    pub registration: Option<LicenseStatus>,
    /// Whether its use is authorised.
    pub authorization: Option<LicenseStatus>,
    /// Whether strong encryption may be used, as printed: `Allowed`.
    pub export_controlled: Option<String>,
    /// What it uses, in the order printed.
    pub usage: Vec<LicenseUse>,
}

/// A licence in use.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LicenseUse {
    /// Its name, with its tag in parentheses as printed.
    pub license: String,
    /// How many.
    pub count: u64,
    /// Whether that is authorised.
    pub status: LicenseStatus,
}

/// A state of smart licensing.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LicenseStatus {
    /// `REGISTERED`
    Registered,
    /// `UNREGISTERED`
    Unregistered,
    /// `AUTHORIZED`
    Authorized,
    /// `UNAUTHORIZED`
    Unauthorized,
    /// `OUT OF COMPLIANCE`
    OutOfCompliance,
    /// `EVAL MODE`
    EvalMode,
    /// `No Licenses in Use`
    NoneInUse,
    /// Any other words, as printed.
    Other(String),
}

words!(
    LicenseStatus: Registered = "REGISTERED",
    Unregistered = "UNREGISTERED",
    Authorized = "AUTHORIZED",
    Unauthorized = "UNAUTHORIZED",
    OutOfCompliance = "OUT OF COMPLIANCE",
    EvalMode = "EVAL MODE",
    NoneInUse = "No Licenses in Use",
);

const FIRST: &str = "Smart Licensing is ENABLED";

/// The block that the lines stand in.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Block {
    None,
    Registration,
    Authorization,
    Usage,
}

/// Reads the output of `show license summary`.
///
/// The lines it knows:
///
/// ```text
/// Smart Licensing is ENABLED
/// Registration:
///   Status: REGISTERED
///   Smart Account: Example
///   Virtual Account: Firewalls
///   Export-Controlled Functionality: Allowed
///   Last Renewal Attempt: None
///   Next Renewal Attempt: Feb 04 17:08:41 2018 UTC
/// License Authorization:
///   Status: AUTHORIZED on Aug 08 17:08:45 2017 UTC
///   Last Communication Attempt: SUCCEEDED
///   Next Communication Attempt: Sep 07 17:08:44 2017 UTC
/// License Usage:
///   License                 Entitlement tag               Count Status
///   -----------------------------------------------------------------
///   Firepower 2100 ASA Standard (FIREPOWER_2100_ASA_STANDARD)    1 AUTHORIZED
/// ```
///
/// Known from a capture as far as the module says.
///
/// # Errors
///
/// [`ParseError`] where nothing says whether smart licensing is enabled, where a state is printed twice,
/// and where the device refused the command.
pub fn license_summary(text: &str) -> Result<Reading<LicenseSummary>, ParseError> {
    let mut walk = Walk::new("show license summary", text)?;
    let mut facts = LicenseSummary::default();
    let mut block = Block::None;
    while let Some(line) = walk.line()? {
        let (key, value) = line.text.split_once(':').unwrap_or((line.text, ""));
        let stated = !value.trim_ascii().is_empty();
        if let Some(word) = line.text.strip_prefix("Smart Licensing is ") {
            let enabled = match word {
                "ENABLED" => true,
                "DISABLED" => false,
                _ => return Err(line.error(Expected::Phrase("ENABLED or DISABLED"), word)),
            };
            line.put(&mut facts.enabled, FIRST, enabled)?;
            continue;
        }
        match (key, block) {
            ("Registration", _) if !stated => block = Block::Registration,
            ("License Authorization", _) if !stated => block = Block::Authorization,
            ("License Usage", _) if !stated => block = Block::Usage,
            ("Status", Block::Registration) if stated => {
                line.put(&mut facts.registration, "Registration Status", status(value))?;
            }
            ("Status", Block::Authorization) if stated => {
                line.put(&mut facts.authorization, "License Authorization Status", status(value))?;
            }
            ("Export-Controlled Functionality", Block::Registration) => {
                line.put(&mut facts.export_controlled, "Export-Controlled Functionality", squeezed(value))?;
            }
            // Whose licences they are, and when they are renewed.
            (
                "Smart Account"
                | "Virtual Account"
                | "Initial Registration"
                | "Last Renewal Attempt"
                | "Next Renewal Attempt"
                | "Registration Expires",
                Block::Registration,
            )
            | (
                "Last Communication Attempt" | "Next Communication Attempt" | "Communication Deadline",
                Block::Authorization,
            ) => {
                walk.without_fact(true);
            }
            (_, Block::Usage) if is_head(line.text) => {}
            (_, Block::Usage) => match usage(line.text) {
                Some(row) => facts.usage.push(row),
                None => walk.unclaimed(line)?,
            },
            _ => walk.unclaimed(line)?,
        }
    }
    if facts.enabled.is_none() {
        return Err(walk.missing(FIRST));
    }
    walk.reading(facts)
}

/// `REGISTERED`, `AUTHORIZED on Aug 08 17:08:45 2017 UTC`
fn status(value: &str) -> LicenseStatus {
    let value = squeezed(value);
    LicenseStatus::of(value.split(" on ").next().unwrap_or_default())
}

/// `License                 Entitlement tag               Count Status`, and the rule below it.
fn is_head(text: &str) -> bool {
    (text.starts_with("License") && text.ends_with("Count Status"))
        || text.bytes().all(|b| matches!(b, b'-' | b' ' | b'='))
}

/// `Firepower 2100 ASA Standard (FIREPOWER_2100_ASA_STANDARD)    1 AUTHORIZED`
fn usage(text: &str) -> Option<LicenseUse> {
    let words: Vec<_> = text.split_ascii_whitespace().collect();
    let at = words.iter().rposition(|word| word.bytes().all(|b| b.is_ascii_digit()))?;
    let (name, behind) = words.split_at_checked(at)?;
    let (count, status) = behind.split_first()?;
    let whole = !name.is_empty() && !status.is_empty();
    Some(LicenseUse {
        license: name.join(" "),
        count: count.parse().ok()?,
        status: LicenseStatus::of(&status.join(" ")),
    })
    .filter(|_| whole)
}
