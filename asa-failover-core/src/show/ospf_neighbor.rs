//! `show ospf neighbor`: the routers that a unit exchanges routes with by OSPF.

use serde::{Deserialize, Serialize};

use super::token::{is_time, squeezed};
use super::walk::{Line, Walk};
use super::words::words;
use super::{Expected, ParseError, Reading};

/// What `show ospf neighbor` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OspfNeighbors {
    /// The neighbors, in the order printed; empty where there are none.
    pub neighbors: Vec<OspfNeighbor>,
}

/// A neighbor.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OspfNeighbor {
    /// Its router id.
    pub id: String,
    /// Its priority.
    pub priority: u64,
    /// How far the two are.
    pub state: OspfState,
    /// Its role on the network, as printed: `DR`, `BDR`, `DROTHER`, `-`.
    pub role: String,
    /// Time until it counts as gone, as printed.
    pub dead_time: String,
    /// Its address.
    pub address: String,
    /// The interface name it is behind.
    pub interface: String,
}

/// How far a unit and its neighbor are.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum OspfState {
    /// `DOWN`
    Down,
    /// `ATTEMPT`
    Attempt,
    /// `INIT`
    Init,
    /// `2WAY`
    TwoWay,
    /// `EXSTART`
    Exstart,
    /// `EXCHANGE`
    Exchange,
    /// `LOADING`
    Loading,
    /// `FULL`
    Full,
    /// Any other word, as printed.
    Other(String),
}

words!(
    OspfState: Down = "DOWN",
    Attempt = "ATTEMPT",
    Init = "INIT",
    TwoWay = "2WAY",
    Exstart = "EXSTART",
    Exchange = "EXCHANGE",
    Loading = "LOADING",
    Full = "FULL",
);

const HEAD: &str = "Neighbor ID Pri State Dead Time Address Interface";
const ROW: &str = "id, priority, state, dead time, address and interface";

/// Reads the output of `show ospf neighbor`.
///
/// No line is needed: a unit without neighbors prints none.
///
/// The lines it knows:
///
/// ```text
/// Neighbor ID     Pri   State           Dead Time   Address         Interface
/// 192.0.2.9         0   FULL/  -        0:00:07    192.0.2.9       outside
/// ```
///
/// Known from captures.
///
/// # Errors
///
/// [`ParseError`] where a row below the table's head is malformed, and where the device refused the
/// command.
pub fn ospf_neighbor(text: &str) -> Result<Reading<OspfNeighbors>, ParseError> {
    let mut walk = Walk::new("show ospf neighbor", text)?;
    let (mut inside, mut neighbors) = (false, Vec::new());
    while let Some(line) = walk.line()? {
        // Each process may print a head of its own.
        if squeezed(line.text) == HEAD {
            inside = true;
        } else if !inside || !line.text.starts_with(|c: char| c.is_ascii_digit()) {
            walk.unclaimed(line)?;
        } else {
            neighbors.push(row(&line)?);
        }
    }
    walk.reading(OspfNeighbors { neighbors })
}

/// `192.0.2.9         0   FULL/  -        0:00:07    192.0.2.9       outside`
fn row(line: &Line<'_>) -> Result<OspfNeighbor, ParseError> {
    let broken = || line.error(Expected::Phrase(ROW), line.text);
    let words: Vec<_> = line.text.split_ascii_whitespace().collect();
    let [id, priority, state @ .., time, address, interface] = words.as_slice() else {
        return Err(broken());
    };
    let state = state.concat();
    let (state, role) = state.split_once('/').ok_or_else(broken)?;
    let timed = is_time(time) || is_time(&format!("0{time}"));
    if !timed || role.is_empty() {
        return Err(broken());
    }
    Ok(OspfNeighbor {
        id: (*id).to_owned(),
        priority: priority.parse().map_err(|_| broken())?,
        state: OspfState::of(state),
        role: role.to_owned(),
        dead_time: (*time).to_owned(),
        address: (*address).to_owned(),
        interface: (*interface).to_owned(),
    })
}
