//! Syslog advice: one line of a log as a typed message, with what it means for an upgrade.
//!
//! Knows what the table `data/syslog.csv` says of the failover messages; how the firewalls word the head
//! of a message, and how relays and the unit itself wrap it, is known to the readers of [`crate::show`],
//! which also take a whole log ([`crate::show::log`]). It refuses to know what a message of another id
//! means, and never looks for a message inside a text: a line is one only where nothing but priority,
//! time and host stands in front of `%ASA-1-104001:`. What a log says is told
//! by whoever wrote the log, so nothing here is a fact of a pair, and no guard rests on it.
//!
//! ```
//! use asa_failover_core::syslog::{self, PlannerUse};
//!
//! let line = "<166>Nov 26 2026 10:00:00 fw1 : %ASA-6-720012: (VPN-Secondary) Failed to update IPsec \
//!             failover runtime data on the standby unit.\r\n";
//! let message = syslog::parse(line)?;
//! assert_eq!((message.id, message.severity), (720_012, 6));
//! assert_eq!(message.unit.as_deref(), Some("VPN-Secondary"));
//! let entry = message.entry.expect("a failover message");
//! assert_eq!(entry.planner_use, PlannerUse::Information);
//! assert!(entry.advice.starts_with("Informational: no action is needed."));
//! # Ok::<(), asa_failover_core::show::ParseError>(())
//! ```

mod message;
mod table;

pub use message::{Message, parse};
pub use table::{Entry, PlannerUse, entries, known};

#[cfg(test)]
mod tests;
