//! `show arp`: which hardware address answers for which address.

use serde::{Deserialize, Serialize};

use super::walk::Walk;
use super::{Expected, ParseError, Reading};

/// What `show arp` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Arp {
    /// The entries, in the order printed; empty where there are none.
    pub entries: Vec<ArpEntry>,
}

/// An entry.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ArpEntry {
    /// The interface name.
    pub interface: String,
    /// The address, as printed.
    pub ip: String,
    /// The hardware address: `0050.5600.0001`.
    pub mac: String,
    /// Its age in seconds; `None` for an entry that does not age.
    pub age_seconds: Option<u64>,
    /// What is printed in the place of an age: `-` for a static entry, `alias` for one that the unit
    /// answers for.
    pub mark: Option<String>,
}

const ROW: &str = "an interface, an address, a hardware address and an age";

/// Reads the output of `show arp`.
///
/// No line is needed: a unit without entries prints none.
///
/// The lines it knows:
///
/// ```text
///         outside 192.0.2.9 0050.5600.0001 2
///         outside 192.0.2.10 0050.5600.0002 -
///         dmz 192.0.2.11 0050.5600.0003 alias
/// ```
///
/// Known from captures.
///
/// # Errors
///
/// [`ParseError`] where an entry is malformed, and where the device refused the command.
pub fn arp(text: &str) -> Result<Reading<Arp>, ParseError> {
    let mut walk = Walk::new("show arp", text)?;
    let mut entries = Vec::new();
    while let Some(line) = walk.line()? {
        let words: Vec<_> = line.text.split_ascii_whitespace().collect();
        let [interface, ip, mac, rest @ ..] = words.as_slice() else {
            walk.unclaimed(line)?;
            continue;
        };
        if !is_mac(mac) {
            walk.unclaimed(line)?;
            continue;
        }
        let (age_seconds, mark) = match rest {
            [age] if age.bytes().all(|b| b.is_ascii_digit()) => (age.parse().ok(), None),
            [mark @ ("-" | "alias")] => (None, Some((*mark).to_owned())),
            _ => return Err(line.error(Expected::Phrase(ROW), line.text)),
        };
        if age_seconds.is_none() && mark.is_none() {
            return Err(line.error(Expected::Phrase(ROW), line.text));
        }
        let (interface, ip, mac) = ((*interface).to_owned(), (*ip).to_owned(), (*mac).to_owned());
        entries.push(ArpEntry { interface, ip, mac, age_seconds, mark });
    }
    walk.reading(Arp { entries })
}

/// `0050.5600.0001`
fn is_mac(word: &str) -> bool {
    let part = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_hexdigit());
    word.split('.').count() == 3 && word.split('.').all(part)
}
