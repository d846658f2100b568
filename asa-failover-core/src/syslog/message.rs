//! `Message`, and `parse`.

use std::fmt;

use serde::Serialize;

use super::table::{Entry, known};
use crate::show::{Expected, Limit, ParseError, Parts, Product, parts};
use crate::unit::{GroupId, Role};

/// One message, and what is known of its id.
///
/// It prints as the unit words it, without what stood in front; that text reads back to the same
/// message but for `pri`, `at` and `host`.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Message {
    /// The priority of the syslog protocol, 0 to 191.
    pub pri: Option<u8>,
    /// The time in front as printed, with its zone. Where a relay and the unit both print one, it is
    /// the unit's.
    pub at: Option<String>,
    /// The name or address in front. Where a relay and the unit both print one, it is the unit's.
    pub host: Option<String>,
    /// The software that names itself in the message.
    pub product: Product,
    /// The class, which the EMBLEM form prints: `ha`.
    pub class: Option<String>,
    /// The severity of this line, 0 to 7, which an administrator may have changed; the table's stands
    /// in [`Message::entry`].
    pub severity: u8,
    /// The six digits that name the message.
    pub id: u32,
    /// The words in parentheses behind the id: `Primary`, `VPN-Secondary`, `Primary_group_1`.
    pub unit: Option<String>,
    /// The unit that these words name.
    pub role: Option<Role>,
    /// The failover group that these words name.
    pub group: Option<GroupId>,
    /// The rest of the line, a run of blanks counted as one.
    pub text: String,
    /// What is known of this id: `None` where the table has no row, and for FTD, which it is not about.
    pub entry: Option<&'static Entry>,
}

const MESSAGE: &str =
    "a message such as %ASA-1-104001: with at most a priority, times and hosts in front of it";

/// Reads one line of a log.
///
/// The line may have its end (`\r\n`) on it and may be wrapped as the unit or a relay does it:
/// priority, time (RFC 3164 or 5424, with year and zone or without), host name or address,
/// `fw1 : %ASA-...`, the EMBLEM form with its colon in front and the class in the message. The first
/// message of the line counts, and only in this place: what is quoted in a text, what follows another
/// program's name or a prompt is none. A word alone in front (`see %ASA-1-104001: ...`) is no host.
///
/// ```
/// use asa_failover_core::syslog;
/// use asa_failover_core::unit::Role;
///
/// let message = syslog::parse(":Nov 26 10:00:00 UTC: %ASA-ha-1-104001: (Primary) Switching to ACTIVE - state check.")?;
/// assert_eq!(message.at.as_deref(), Some("Nov 26 10:00:00 UTC"));
/// assert_eq!((message.class.as_deref(), message.role), (Some("ha"), Some(Role::Primary)));
/// assert_eq!(message.text, "Switching to ACTIVE - state check.");
///
/// let quoted = "Nov 26 10:00:00 web1 sshd[7]: banner %ASA-1-104001: (Primary) Switching to ACTIVE";
/// assert!(syslog::parse(quoted).is_err());
/// # Ok::<(), asa_failover_core::show::ParseError>(())
/// ```
///
/// # Errors
///
/// [`ParseError`] where the line is no message of an ASA, PIX, FWSM or FTD, is longer than
/// [`Limit::Line`], or is more than one line.
pub fn parse(line: &str) -> Result<Message, ParseError> {
    let trimmed = line.trim_ascii_end();
    let error = |expected, rest: &str, found: &str| ParseError {
        command: "syslog",
        line: 1,
        span: trimmed.len() - rest.len().min(trimmed.len())..trimmed.len(),
        expected,
        found: found.chars().take(200).collect(),
    };
    if line.len() > Limit::Line.value() {
        return Err(error(Expected::Within(Limit::Line), trimmed, &line.len().to_string()));
    }
    if let Some((_, next)) =
        trimmed.split_once(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
    {
        return Err(error(Expected::Phrase("one line"), next, next));
    }
    let text = trimmed.trim_start_matches('\u{feff}');
    let parts = parts(text).map_err(|rest| error(Expected::Phrase(MESSAGE), rest, rest))?;
    Ok(Message::new(&parts))
}

impl Message {
    fn new(parts: &Parts<'_>) -> Self {
        let Parts { header, form, unit, role, group, text } = *parts;
        Self {
            pri: header.pri,
            at: header.at.map(squeezed),
            host: header.host.map(str::to_owned),
            product: form.product,
            class: form.class.map(str::to_owned),
            severity: form.severity,
            id: form.id,
            unit: unit.map(squeezed),
            role,
            group,
            text: squeezed(text),
            entry: known(form.id).filter(|_| form.product != Product::Ftd),
        }
    }

    /// The message as JSON: every key is there, with `null` for what the line does not state.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// A run of blanks counts as one.
fn squeezed(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let product = match self.product {
            Product::Asa => "ASA",
            Product::Pix => "PIX",
            Product::Fwsm => "FWSM",
            Product::Ftd => "FTD",
        };
        write!(f, "%{product}-")?;
        if let Some(class) = &self.class {
            write!(f, "{class}-")?;
        }
        write!(f, "{}-{}:", self.severity, self.id)?;
        if let Some(unit) = &self.unit {
            write!(f, " ({unit})")?;
        }
        if self.text.is_empty() { Ok(()) } else { write!(f, " {}", self.text) }
    }
}
