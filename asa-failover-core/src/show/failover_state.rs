//! `show failover state`: both units' state, and why each last failed.

use std::collections::BTreeMap;

use nom::Parser;
use nom::character::complete::{char, u8};
use nom::combinator::{map, verify};
use nom::error::context;
use nom::sequence::{delimited, preceded};
use serde::{Deserialize, Serialize};

use super::failover::Side;
use super::noise;
use super::token::{blanks, is_time, role, space, squeezed};
use super::walk::{Line, Walk};
use super::{Expected, ParseError, Reading};
use crate::unit::{GroupId, Role, Standing};

/// What `show failover state` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FailoverState {
    /// The unit that printed.
    pub this_host: UnitState,
    /// Its mate.
    pub other_host: UnitState,
    /// The lines of the configuration state: `Sync Done`. They are history, the last one is now.
    pub configuration_state: Vec<String>,
    /// The lines of the communication state: `Mac set`.
    pub communication_state: Vec<String>,
    /// The failover groups; `None` in Active/Standby.
    pub groups: Option<BTreeMap<GroupId, GroupState>>,
}

/// A unit; in Active/Active all but its role is `None`, since each group has its own.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UnitState {
    /// Which box it is by configuration.
    pub role: Role,
    /// What it is right now.
    pub state: Option<Standing>,
    /// Why it last failed; `None` for `None`. It stays after recovery.
    pub last_failure_reason: Option<String>,
    /// When it last failed, as printed.
    pub last_failure_at: Option<String>,
    /// The interfaces that failed then, as printed: `PROM inside: Failed`.
    pub failed_interfaces: Option<Vec<String>>,
}

/// A failover group on both units.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GroupState {
    /// The group on the unit that printed.
    pub this_host: GroupUnitState,
    /// The group on its mate.
    pub other_host: GroupUnitState,
}

/// A failover group on one unit; the state is `None` where that unit does not name the group.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GroupUnitState {
    /// What the unit is for this group right now.
    pub state: Option<Standing>,
    /// Why the group last failed there; `None` for `None`.
    pub last_failure_reason: Option<String>,
    /// When it last failed there, as printed.
    pub last_failure_at: Option<String>,
    /// The interfaces that failed then, as printed.
    pub failed_interfaces: Vec<String>,
}

const THIS_HOST: &str = "This host  -   ROLE";
const OTHER_HOST: &str = "Other host -   ROLE";
const STATE: &str = "STATE  REASON  DATE";
/// The letters of the longest state, `Active Applying Config`.
const LONGEST: usize = 22;
const ROW: &str = "a state, the reason of the last failure, and its time";

/// Reads the output of `show failover state`.
///
/// The Active/Active form, with `Group N` in front of each state, is the one that the guides show;
/// no capture of it is at hand.
///
/// The lines it knows, form by form:
///
/// ```text
///                State          Last Failure Reason      Date/Time
/// This host  -   Primary
///                Active         Ifc Failure              07:14:34 UTC Oct 10 2023
///                               PROM inside: Failed
/// Other host -   Secondary
///                Standby Ready  None
/// ====Configuration State===
///         Sync Done
/// ====Communication State===
///         Mac set
/// ```
///
/// ```text
///                State          Last Failure Reason      Date/Time
/// This host  -   Primary
///     Group 1    Active         None
/// Other host -   Secondary
///     Group 1    Standby Ready  None
/// ```
///
/// Active/Standby is known from captures, Active/Active from guides.
///
/// # Errors
///
/// [`ParseError`] where a host or its state is missing or printed twice, where one is malformed,
/// and where the device refused the command.
pub fn failover_state(text: &str) -> Result<Reading<FailoverState>, ParseError> {
    let mut walk = Walk::new("show failover state", text)?;
    let mut hosts = [None, None];
    let (mut configuration, mut communication) = (None, None);
    let mut place = Place::Head;
    while let Some(line) = walk.line()? {
        let claimed = if let Some((side, host)) = Host::of(&line)? {
            let (slot, name) = side.pick(&mut hosts);
            line.put(slot, name, host)?;
            match (place, side) {
                (Place::Head, Side::This) | (Place::Host(Side::This), Side::Other) => {}
                (_, Side::This) => return Err(line.error(Expected::Phrase("this host in front"), line.text)),
                (_, Side::Other) => return Err(line.error(Expected::Line(THIS_HOST), line.text)),
            }
            place = Place::Host(side);
            true
        } else if line.text.starts_with("====Configuration State") {
            line.put(&mut configuration, "====Configuration State===", Vec::new())?;
            place = Place::Configuration;
            true
        } else if line.text.starts_with("====Communication State") {
            line.put(&mut communication, "====Communication State===", Vec::new())?;
            place = Place::Communication;
            true
        } else if walk.noise(line)? {
            if hosts.iter().any(Option::is_some) && noise::prompt(line.text).is_some() {
                place = Place::Left;
            }
            true
        } else {
            let push = |lines: &mut Option<Vec<String>>| {
                lines.get_or_insert_default().push(squeezed(line.text));
                true
            };
            match place {
                _ if line.text.starts_with("====") => false,
                Place::Head => line.text.starts_with("State ") && line.text.contains("Last Failure Reason"),
                Place::Configuration => push(&mut configuration),
                Place::Communication => push(&mut communication),
                Place::Host(side) => match side.pick(&mut hosts).0 {
                    Some(host) => host.take(&line)?,
                    None => false,
                },
                Place::Left => false,
            }
        };
        if !claimed {
            walk.unclaimed(line)?;
        }
    }
    let [this, other] = hosts;
    let this = this.ok_or_else(|| walk.missing(THIS_HOST))?;
    let other = other.ok_or_else(|| walk.missing(OTHER_HOST))?;
    let groups = groups(&this, &other)?;
    let unit = |host: Host<'_>| match (&groups, host.own) {
        (Some(_), _) => Ok(UnitState::of_groups(host.role)),
        (None, Some((_, own))) => Ok(UnitState::of_unit(host.role, own)),
        (None, None) => Err(walk.missing(STATE)),
    };
    let (this_host, other_host) = (unit(this)?, unit(other)?);
    let configuration_state = configuration.unwrap_or_default();
    let communication_state = communication.unwrap_or_default();
    walk.reading(FailoverState { this_host, other_host, configuration_state, communication_state, groups })
}

/// What the lines below speak of.
#[derive(Clone, Copy)]
enum Place {
    Head,
    Host(Side),
    Configuration,
    Communication,
    /// A prompt came: what follows is not this output.
    Left,
}

impl Side {
    fn pick<T>(self, hosts: &mut [T; 2]) -> (&mut T, &'static str) {
        let [this, other] = hosts;
        match self {
            Self::This => (this, THIS_HOST),
            Self::Other => (other, OTHER_HOST),
        }
    }
}

/// A host's block as far as it was read.
struct Host<'t> {
    role: Role,
    own: Option<(Line<'t>, GroupUnitState)>,
    groups: BTreeMap<GroupId, GroupUnitState>,
    last_group: Option<GroupId>,
}

impl<'t> Host<'t> {
    /// `This host  -   Primary`
    fn of(line: &Line<'t>) -> Result<Option<(Side, Self)>, ParseError> {
        let (side, rest) = if let Some(rest) = line.text.strip_prefix("This host") {
            (Side::This, rest)
        } else if let Some(rest) = line.text.strip_prefix("Other host") {
            (Side::Other, rest)
        } else {
            return Ok(None);
        };
        let role =
            line.all(rest, "`-` and a role", |i| preceded((space, char('-'), space), role).parse(i))?;
        Ok(Some((side, Self { role, own: None, groups: BTreeMap::new(), last_group: None })))
    }

    /// `Active         Ifc Failure              07:14:34 UTC Oct 10 2023`, with `Group 1` in front in
    /// Active/Active, and below it `PROM inside: Failed`.
    fn take(&mut self, line: &Line<'t>) -> Result<bool, ParseError> {
        if let Some(rest) = line.text.strip_prefix("Group ") {
            let (id, row) = line.all(rest, "a group's number", |i| {
                let number = context("a group's number", verify(u8, |number| *number > 0));
                let rest = nom::combinator::rest;
                (map(delimited(space, number, blanks), GroupId::new), rest).parse(i)
            })?;
            let row = row_of(line, row)?;
            if self.groups.insert(id, row).is_some() {
                return Err(line.error(Expected::Once("Group N STATE"), line.text));
            }
            self.last_group = Some(id);
            return Ok(true);
        }
        let last = match self.last_group.and_then(|id| self.groups.get_mut(&id)) {
            Some(row) => Some(row),
            None => self.own.as_mut().map(|(_, row)| row),
        };
        match last {
            None => {
                let row = row_of(line, line.text)?;
                self.own = Some((*line, row));
            }
            Some(row) if line.text.contains(": ") => row.failed_interfaces.push(squeezed(line.text)),
            Some(_) => return Ok(false),
        }
        Ok(true)
    }
}

/// The groups of both hosts; a group is on both or on none.
fn groups(this: &Host<'_>, other: &Host<'_>) -> Result<Option<BTreeMap<GroupId, GroupState>>, ParseError> {
    if this.groups.is_empty() && other.groups.is_empty() {
        return Ok(None);
    }
    if let Some((line, _)) = this.own.as_ref().or(other.own.as_ref()) {
        return Err(line.error(Expected::Line("Group N STATE  REASON  DATE"), line.text));
    }
    let mut groups = BTreeMap::<GroupId, GroupState>::new();
    for (id, row) in &this.groups {
        groups.entry(*id).or_default().this_host = row.clone();
    }
    for (id, row) in &other.groups {
        groups.entry(*id).or_default().other_host = row.clone();
    }
    Ok(Some(groups))
}

/// `Active         Ifc Failure              07:14:34 UTC Oct 10 2023`: columns, which a copy may have
/// flattened; then the state is the longest that is known.
fn row_of(line: &Line<'_>, row: &str) -> Result<GroupUnitState, ParseError> {
    let at = row.split_ascii_whitespace().find(|word| is_time(word)).and_then(|word| row.find(word));
    let (left, at) = at.map_or((row, None), |at| {
        let (left, at) = row.split_at(at);
        (left.trim_ascii_end(), Some(squeezed(at)))
    });
    let known = |state: &str| !matches!(Standing::of(state), Standing::Other(_));
    let columns = left.split_once("  ").or_else(|| left.split_once('\t'));
    // A long state may fill its column to the first letter of the reason: `Active Config AppliedNone`.
    let ends =
        left.char_indices().map(|(at, letter)| at + letter.len_utf8()).take_while(|end| *end <= LONGEST);
    let flat = || {
        let states = ends.filter_map(|end| left.split_at_checked(end)).filter(|(state, _)| known(state));
        states.last().filter(|(_, reason)| {
            reason.starts_with(' ') && reason.trim_ascii_start().starts_with(char::is_alphabetic)
        })
    };
    let Some((state, reason)) = columns.or_else(flat).filter(|(_, reason)| !reason.trim_ascii().is_empty())
    else {
        return Err(line.error(Expected::Phrase(ROW), row));
    };
    let reason = squeezed(reason);
    Ok(GroupUnitState {
        state: Some(Standing::of(&squeezed(state))),
        last_failure_reason: (reason != "None").then_some(reason),
        last_failure_at: at,
        failed_interfaces: Vec::new(),
    })
}

impl UnitState {
    fn of_unit(role: Role, own: GroupUnitState) -> Self {
        Self {
            role,
            state: own.state,
            last_failure_reason: own.last_failure_reason,
            last_failure_at: own.last_failure_at,
            failed_interfaces: Some(own.failed_interfaces),
        }
    }

    const fn of_groups(role: Role) -> Self {
        Self { role, state: None, last_failure_reason: None, last_failure_at: None, failed_interfaces: None }
    }
}
