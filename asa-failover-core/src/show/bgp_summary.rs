//! `show bgp summary`: the routers that a unit exchanges routes with by BGP.

use nom::Parser;
use nom::bytes::complete::{tag, take_till1};
use nom::sequence::{preceded, separated_pair};
use serde::{Deserialize, Serialize};

use super::token::{Parsed, squeezed, word};
use super::walk::{Line, Walk};
use super::words::words;
use super::{Expected, ParseError, Reading};

/// What `show bgp summary` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BgpSummary {
    /// The unit's router id.
    pub router_id: String,
    /// The unit's own system, as printed: `65101`, `1.10`.
    pub local_as: String,
    /// The neighbors, in the order printed.
    pub neighbors: Vec<BgpNeighbor>,
}

/// A neighbor.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BgpNeighbor {
    /// Its address.
    pub address: String,
    /// Its system, as printed.
    pub remote_as: String,
    /// Messages from it.
    pub received: u64,
    /// Messages to it.
    pub sent: u64,
    /// How long it has been in its state, as printed: `4w6d`, `never`.
    pub up_down: String,
    /// Its state, where the last column has one: a count of prefixes stands for an established session.
    pub state: BgpState,
    /// How many prefixes it sent; `None` unless established.
    pub prefixes: Option<u64>,
}

/// How far a unit and its neighbor are.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum BgpState {
    /// A count of prefixes is printed in the place of a state.
    Established,
    /// `Idle`
    Idle,
    /// `Connect`
    Connect,
    /// `Active`: it tries to connect; it is not up.
    Active,
    /// `OpenSent`
    OpenSent,
    /// `OpenConfirm`
    OpenConfirm,
    /// Any other words, as printed: `Idle (Admin)`.
    Other(String),
}

words!(
    BgpState: Established = "Established",
    Idle = "Idle",
    Connect = "Connect",
    Active = "Active",
    OpenSent = "OpenSent",
    OpenConfirm = "OpenConfirm",
);

const FIRST: &str = "BGP router identifier ID, local AS number N";
const HEAD: &str = "Neighbor V AS MsgRcvd MsgSent TblVer InQ OutQ Up/Down State/PfxRcd";
const ROW: &str = "a neighbor in the columns of the table's head";

/// Reads the output of `show bgp summary`.
///
/// The lines it knows:
///
/// ```text
/// BGP router identifier 192.0.2.1, local AS number 65101
/// BGP table version is 9, main routing table version 9
/// 8 path entries using 640 bytes of memory
/// BGP activity 12/4 prefixes, 14/6 paths, scan interval 60 secs
/// Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd
/// 192.0.2.9       4        65101 961784  961836         9    0    0 4w6d     1
/// 192.0.2.10      4        65102 10      12             1    0    0 00:01:02 Idle (Admin)
/// ```
///
/// Known from captures.
///
/// # Errors
///
/// [`ParseError`] where the first line is missing or printed twice, where it or a row is malformed, and
/// where the device refused the command.
pub fn bgp_summary(text: &str) -> Result<Reading<BgpSummary>, ParseError> {
    let mut walk = Walk::new("show bgp summary", text)?;
    let (mut first, mut inside, mut neighbors) = (None, false, Vec::new());
    while let Some(line) = walk.line()? {
        let text = line.text;
        if let Some(rest) = text.strip_prefix("BGP router identifier ") {
            line.put(&mut first, FIRST, line.all(rest, "a router id and a system", identity)?)?;
        } else if squeezed(text) == HEAD {
            inside = true;
        } else if inside && text.starts_with(|c: char| c.is_ascii_hexdigit()) && is_address(text) {
            neighbors.push(row(&line)?);
        } else if !walk.without_fact(is_counter(text)) {
            walk.unclaimed(line)?;
        }
    }
    let (router_id, local_as) = first.ok_or_else(|| walk.missing(FIRST))?;
    walk.reading(BgpSummary { router_id, local_as, neighbors })
}

/// Memory and activity, which are no facts: `8 path entries using 640 bytes of memory`.
fn is_counter(text: &str) -> bool {
    let counts = text.starts_with(|c: char| c.is_ascii_digit()) || text.starts_with("BGP using ");
    counts && text.ends_with(" bytes of memory")
        || text.starts_with("BGP table version is ")
        || text.starts_with("BGP activity ")
}

fn is_address(text: &str) -> bool {
    text.split_ascii_whitespace().next().is_some_and(|word| word.parse::<std::net::IpAddr>().is_ok())
}

/// `192.0.2.1, local AS number 65101`
fn identity(i: &str) -> Parsed<'_, (String, String)> {
    let id = take_till1(|c| c == ',');
    let (i, (id, system)) =
        separated_pair(id, tag(", "), preceded(tag("local AS number "), word)).parse(i)?;
    Ok((i, (id.to_owned(), system.to_owned())))
}

/// `192.0.2.9     4        65101 961784  961836         9    0    0 4w6d  1`
fn row(line: &Line<'_>) -> Result<BgpNeighbor, ParseError> {
    let broken = || line.error(Expected::Phrase(ROW), line.text);
    let words: Vec<_> = line.text.split_ascii_whitespace().collect();
    let [address, version, remote_as, received, sent, table, inq, outq, up_down, state @ ..] =
        words.as_slice()
    else {
        return Err(broken());
    };
    let count = |word: &str| word.parse::<u64>().map_err(|_| broken());
    for word in [version, table, inq, outq] {
        count(word)?;
    }
    let state = state.join(" ");
    let prefixes = state.parse().ok();
    // A session that is established has a count here, never the word.
    if state.is_empty() || state == "Established" {
        return Err(broken());
    }
    Ok(BgpNeighbor {
        address: (*address).to_owned(),
        remote_as: (*remote_as).to_owned(),
        received: count(received)?,
        sent: count(sent)?,
        up_down: (*up_down).to_owned(),
        state: prefixes.map_or_else(|| BgpState::of(&state), |_| BgpState::Established),
        prefixes,
    })
}
