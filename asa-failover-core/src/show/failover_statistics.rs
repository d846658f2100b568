//! `show failover statistics`: packets over the failover link.
//!
//! `tx:` and `rx:` are remembered from the command's documentation: neither its text nor a capture was at
//! hand, so nothing may rest on these facts. Further counters, under names of their own, are kept as unread.

use serde::{Deserialize, Serialize};

use super::token::number;
use super::walk::Walk;
use super::{ParseError, Reading};

/// What `show failover statistics` says.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FailoverStatistics {
    /// Packets sent.
    pub tx: u64,
    /// Packets received.
    pub rx: u64,
}

const TX: &str = "tx:N";
const RX: &str = "rx:N";

/// Reads the output of `show failover statistics`.
///
/// The lines it knows:
///
/// ```text
///         tx:320875
///         rx:166719
/// ```
///
/// Remembered, as the module says.
///
/// # Errors
///
/// [`ParseError`] where one of the two lines is missing, malformed or printed twice, and where the device
/// refused the command.
pub fn failover_statistics(text: &str) -> Result<Reading<FailoverStatistics>, ParseError> {
    let mut walk = Walk::new("show failover statistics", text)?;
    let (mut tx, mut rx) = (None, None);
    while let Some(line) = walk.line()? {
        let (slot, name, value) = match line.text.split_once(':') {
            Some(("tx", value)) => (&mut tx, TX, value),
            Some(("rx", value)) => (&mut rx, RX, value),
            _ => {
                walk.unclaimed(line)?;
                continue;
            }
        };
        let packets = line.all(value.trim_ascii_start(), "a number of packets", number)?;
        line.put(slot, name, packets)?;
    }
    let tx = tx.ok_or_else(|| walk.missing(TX))?;
    let rx = rx.ok_or_else(|| walk.missing(RX))?;
    walk.reading(FailoverStatistics { tx, rx })
}
