//! `show failover descriptor`: the numbers by which the units know each other's interfaces.
//!
//! The form is remembered from the command's documentation: neither its text nor a capture was at hand, so
//! nothing may rest on these facts.

use serde::{Deserialize, Serialize};

use super::walk::Walk;
use super::{Expected, ParseError, Reading};

/// What `show failover descriptor` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FailoverDescriptor {
    /// The interfaces, in the order printed.
    pub interfaces: Vec<InterfaceDescriptor>,
}

/// The two numbers of an interface.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InterfaceDescriptor {
    /// The interface name.
    pub name: String,
    /// The number sent to the peer, in hexadecimal digits.
    pub send: String,
    /// The number that the peer sends.
    pub receive: String,
}

const ROW: &str = "NAME send: HEX receive: HEX";

/// Reads the output of `show failover descriptor`.
///
/// The lines it knows:
///
/// ```text
/// outside send: 20001 receive: 20001
/// ```
///
/// Remembered, as the module says.
///
/// # Errors
///
/// [`ParseError`] where no interface is printed or one is malformed, and where the device refused the
/// command.
pub fn failover_descriptor(text: &str) -> Result<Reading<FailoverDescriptor>, ParseError> {
    let mut walk = Walk::new("show failover descriptor", text)?;
    let mut interfaces = Vec::new();
    while let Some(line) = walk.line()? {
        let words: Vec<_> = line.text.split_ascii_whitespace().collect();
        let hex = |word: &str| word.bytes().all(|b| b.is_ascii_hexdigit());
        match words.as_slice() {
            [name, "send:", send, "receive:", receive] if hex(send) && hex(receive) => {
                interfaces.push(InterfaceDescriptor {
                    name: (*name).to_owned(),
                    send: (*send).to_owned(),
                    receive: (*receive).to_owned(),
                });
            }
            [_, "send:", ..] => return Err(line.error(Expected::Form(ROW), line.text)),
            _ => walk.unclaimed(line)?,
        }
    }
    if interfaces.is_empty() {
        return Err(walk.missing(ROW));
    }
    walk.reading(FailoverDescriptor { interfaces })
}
