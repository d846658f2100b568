//! `show failover interface`: the addresses of the failover link and the state link.
//!
//! A pair without failover prints no link, and its text is not known; it is then an error that no link
//! was found, never an empty list.

use nom::Parser;
use nom::combinator::{opt, rest};
use nom::error::context;
use nom::sequence::preceded;
use serde::{Deserialize, Serialize};

use super::token::{Parsed, blanks, squeezed, word};
use super::walk::Walk;
use super::{ParseError, Reading};

/// What `show failover interface` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FailoverInterface {
    /// The links, in the order printed.
    pub links: Vec<LinkAddresses>,
}

/// The addresses of a link.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LinkAddresses {
    /// The interface name.
    pub name: String,
    /// The hardware port; `None` where none is printed.
    pub port: Option<String>,
    /// The address configured for the link, as printed with its mask or prefix length.
    pub system_ip: Option<String>,
    /// The address of the unit that printed.
    pub my_ip: Option<String>,
    /// The address of its peer.
    pub other_ip: Option<String>,
}

const LINK: &str = "interface NAME PORT";

/// Reads the output of `show failover interface`.
///
/// The lines it knows:
///
/// ```text
///         interface folink GigabitEthernet0/2
///                 System IP Address: 192.0.2.1 255.255.255.252
///                 My IP Address    : 192.0.2.2
///                 Other IP Address : 192.0.2.1
/// ```
///
/// Known from a capture of a virtual pair, whose links have IPv6 addresses, and from guides.
///
/// # Errors
///
/// [`ParseError`] where no link is printed, where a link is malformed or says an address twice, and
/// where the device refused the command.
pub fn failover_interface(text: &str) -> Result<Reading<FailoverInterface>, ParseError> {
    let mut walk = Walk::new("show failover interface", text)?;
    let mut links = Vec::<LinkAddresses>::new();
    while let Some(line) = walk.line()? {
        if let Some(rest) = line.text.strip_prefix("interface ") {
            links.push(line.all(rest.trim_ascii_start(), "a name and a port", link)?);
            continue;
        }
        let (Some((key, value)), Some(link)) = (line.text.split_once(':'), links.last_mut()) else {
            walk.unclaimed(line)?;
            continue;
        };
        let (slot, name) = match key.trim_ascii_end() {
            "System IP Address" => (&mut link.system_ip, "System IP Address"),
            "My IP Address" => (&mut link.my_ip, "My IP Address"),
            "Other IP Address" => (&mut link.other_ip, "Other IP Address"),
            _ => {
                walk.unclaimed(line)?;
                continue;
            }
        };
        let address = line.all(value.trim_ascii_start(), "an address", address)?;
        line.put(slot, name, squeezed(address))?;
    }
    if links.is_empty() {
        return Err(walk.missing(LINK));
    }
    walk.reading(FailoverInterface { links })
}

/// `folink GigabitEthernet0/2`, behind `interface`.
fn link(i: &str) -> Parsed<'_, LinkAddresses> {
    let (i, name) = context("an interface name", word).parse(i)?;
    let (i, port) = opt(preceded(blanks, rest)).parse(i)?;
    let port = port.map(squeezed);
    Ok((i, LinkAddresses { name: name.to_owned(), port, system_ip: None, my_ip: None, other_ip: None }))
}

/// `192.0.2.1 255.255.255.252`, `2001:db8::1/127`
fn address(i: &str) -> Parsed<'_, &str> {
    let address = |text: &&str| text.starts_with(|c: char| c.is_ascii_hexdigit() || c == ':');
    context("an address", nom::combinator::verify(rest, address)).parse(i)
}
