//! `show interface ip brief`: addresses and states of the interfaces.

use serde::{Deserialize, Serialize};

use super::token::squeezed;
use super::walk::{Line, Walk};
use super::words::words;
use super::{Expected, ParseError, Reading};

/// What `show interface ip brief` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InterfaceBrief {
    /// The interfaces, in the order printed.
    pub interfaces: Vec<BriefInterface>,
}

/// An interface.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BriefInterface {
    /// Its hardware name.
    pub name: String,
    /// Its address; `None` for `unassigned`.
    pub ip: Option<String>,
    /// Where the address comes from, as printed: `CONFIG`, `DHCP`, `unset`.
    pub method: String,
    /// Whether the interface is up.
    pub status: LineStatus,
    /// Whether its line protocol is up.
    pub protocol: LineStatus,
}

/// Whether an interface is up.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LineStatus {
    /// `up`
    Up,
    /// `down`
    Down,
    /// `administratively down`: shut down in the configuration.
    AdministrativelyDown,
    /// `admin down`: the same, as some releases word it.
    AdminDown,
    /// Any other words, as printed.
    Other(String),
}

words!(
    LineStatus: Up = "up",
    Down = "down",
    AdministrativelyDown = "administratively down",
    AdminDown = "admin down",
);

const HEAD: &str = "Interface IP-Address OK? Method Status Protocol";
const ROW: &str = "name, address, YES or NO, method, status and protocol";

/// Reads the output of `show interface ip brief`.
///
/// The lines it knows:
///
/// ```text
/// Interface                  IP-Address      OK? Method Status                Protocol
/// GigabitEthernet0/0         192.0.2.1       YES CONFIG up                    up
/// GigabitEthernet0/2         unassigned      YES unset  administratively down up
/// ```
///
/// Known from captures.
///
/// # Errors
///
/// [`ParseError`] where the table's head is missing or printed twice, where a row is malformed, and where
/// the device refused the command.
pub fn interface_ip_brief(text: &str) -> Result<Reading<InterfaceBrief>, ParseError> {
    let mut walk = Walk::new("show interface ip brief", text)?;
    let (mut head, mut interfaces) = (None, Vec::new());
    while let Some(line) = walk.line()? {
        if squeezed(line.text) == HEAD {
            line.put(&mut head, HEAD, ())?;
        } else if head.is_none() {
            walk.unclaimed(line)?;
        } else if !walk.noise(line)? {
            match row(&line)? {
                Some(row) => interfaces.push(row),
                None => walk.unclaimed(line)?,
            }
        }
    }
    if head.is_none() {
        return Err(walk.missing(HEAD));
    }
    walk.reading(InterfaceBrief { interfaces })
}

/// `GigabitEthernet0/2   unassigned        YES unset  administratively down up`: a row has `YES` or `NO`
/// in its third column.
fn row(line: &Line<'_>) -> Result<Option<BriefInterface>, ParseError> {
    let words: Vec<_> = line.text.split_ascii_whitespace().collect();
    let [name, ip, "YES" | "NO", rest @ ..] = words.as_slice() else { return Ok(None) };
    let [method, status @ .., protocol] = rest else {
        return Err(line.error(Expected::Phrase(ROW), line.text));
    };
    if status.is_empty() {
        return Err(line.error(Expected::Phrase(ROW), line.text));
    }
    Ok(Some(BriefInterface {
        name: (*name).to_owned(),
        ip: Some((*ip).to_owned()).filter(|ip| ip != "unassigned"),
        method: (*method).to_owned(),
        status: LineStatus::of(&status.join(" ")),
        protocol: LineStatus::of(protocol),
    }))
}
