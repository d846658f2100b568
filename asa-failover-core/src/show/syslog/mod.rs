//! A log: the failover messages in it, as facts.
//!
//! Knows how a message begins and what may stand in front of it; what a message means and
//! asks for is said elsewhere, by the table of known ones. A failover message is one of the classes that
//! the vendor lists for failover: 101 to 105, 210, 311 and 709, and 720 and 721 for that of VPN. A
//! message of another class is known and left out on purpose; a line that carries no message (the rest
//! of a message that a copy broke, another program's text) is unread. What a log says is told by whoever
//! wrote it, so no guard rests on it.

mod form;
mod header;
mod line;
mod stamp;

use serde::{Deserialize, Serialize};

pub(crate) use line::{Parts, parts};

use super::token::squeezed;
use super::walk::Walk;
use super::{ParseError, Reading};

/// What a log says of failover.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Log {
    /// The failover messages, in the order printed.
    pub messages: Vec<LogMessage>,
}

/// A failover message of a log.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LogMessage {
    /// The severity of this line, 0 to 7, which an administrator may have changed.
    pub severity: u8,
    /// The six digits that name the message.
    pub id: u32,
    /// The words in parentheses behind the id: `Primary`, `VPN-Secondary`, `Primary_group_1`.
    pub unit: Option<String>,
    /// The rest of the line.
    pub text: String,
    /// The date and time in front, as printed.
    pub at: Option<String>,
}

const MESSAGE: &str = "%ASA-1-104001: ...";

/// Reads a log, of one unit or of several: a message a line, wrapped as a unit or a relay does it.
///
/// ```
/// use asa_failover_core::show;
///
/// let log = "Nov 26 2026 10:00:00 fw1 : %ASA-1-104001: (Secondary) Switching to ACTIVE - HELLO not heard from mate.\n";
/// let message = &show::log(log)?.value.messages[0];
/// assert_eq!((message.id, message.at.as_deref()), (104_001, Some("Nov 26 2026 10:00:00")));
/// # Ok::<(), show::ParseError>(())
/// ```
///
/// The lines it knows:
///
/// ```text
/// %ASA-1-104001: (Secondary) Switching to ACTIVE - HELLO not heard from mate.
/// <161>Nov 26 2026 10:00:00 fw1 : %ASA-1-105009: (Primary) Testing on interface inside Failed
/// <161>:Nov 26 10:00:00 UTC: %ASA-ha-1-104002: (Primary_group_1) Switching to STANDBY - Other unit wants me Standby.
/// Nov 26 10:00:00 192.0.2.1 %ASA-6-302014: Teardown TCP connection 1 for outside
/// ```
///
/// Known from the vendor's guides and from captures of logs, wrapped in more ways than these.
///
/// # Errors
///
/// [`ParseError`] where no line carries a message of any class.
pub fn log(text: &str) -> Result<Reading<Log>, ParseError> {
    let mut walk = Walk::new("syslog", text)?;
    let (mut log, mut any) = (Log::default(), false);
    while let Some(line) = walk.line()? {
        match parts(line.text) {
            Ok(parts) => {
                any = true;
                if !walk.without_fact(!of_failover(parts.form.id)) {
                    log.messages.push(LogMessage::of(&parts));
                }
            }
            // What reads as a refusal here is another program's line.
            Err(_) if walk.noise(line).is_ok_and(|noise| noise) => {}
            Err(_) => walk.keep(line),
        }
    }
    if !any {
        return Err(walk.missing(MESSAGE));
    }
    walk.reading(log)
}

/// Whether a message is one of the vendor's classes `ha`, `vpnfo` and `webvpn-fo`.
const fn of_failover(id: u32) -> bool {
    matches!(id / 1000, 101..=105 | 210 | 311 | 709 | 720 | 721)
}

impl LogMessage {
    fn of(parts: &Parts<'_>) -> Self {
        Self {
            severity: parts.form.severity,
            id: parts.form.id,
            unit: parts.unit.map(squeezed),
            text: squeezed(parts.text),
            at: parts.header.at.map(squeezed),
        }
    }
}
