//! `show failover state`: both units' state, and why each last failed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
