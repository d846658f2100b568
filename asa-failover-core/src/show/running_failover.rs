//! `show running-config failover`: roles, links and preempt as configured.

use serde::{Deserialize, Serialize};

use crate::unit::{GroupId, Role};

/// What `show running-config failover` says. A failover key is never a fact.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RunningFailover {
    /// `failover` or `no failover`; `None` for a filtered output with neither.
    pub enabled: Option<bool>,
    /// The role of the unit that printed.
    pub unit: Option<Role>,
    /// The failover link.
    pub lan_link: Option<LinkPort>,
    /// The state link.
    pub state_link: Option<LinkPort>,
    /// Milliseconds between two hellos on the failover link; `None` for the default.
    pub unit_poll_ms: Option<u64>,
    /// Milliseconds without a hello after which the mate counts as failed.
    pub unit_hold_ms: Option<u64>,
    /// Milliseconds between two hellos on a monitored interface; `None` for the default.
    pub interface_poll_ms: Option<u64>,
    /// Milliseconds without a hello after which an interface counts as failed.
    pub interface_hold_ms: Option<u64>,
    /// The addresses of the links, in the order printed.
    pub interface_ips: Vec<InterfaceIp>,
    /// Whether HTTP connections are replicated; `None` for a filtered output.
    pub http_replication: Option<bool>,
    /// Whether a failover key is configured; `None` for a filtered output.
    pub key_configured: Option<bool>,
    /// The failover groups, in the order printed; empty in Active/Standby.
    pub groups: Vec<GroupConfig>,
}

/// A link as configured.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LinkPort {
    /// The interface name.
    pub name: String,
    /// The hardware port.
    pub port: String,
}

/// The addresses of a link.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InterfaceIp {
    /// The link's interface name.
    pub name: String,
    /// The primary unit's address; an IPv6 address with its prefix length.
    pub active: String,
    /// The IPv4 mask; `None` for IPv6.
    pub mask: Option<String>,
    /// The secondary unit's address.
    pub standby: Option<String>,
}

/// A failover group as configured.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GroupConfig {
    /// The group's number.
    pub number: GroupId,
    /// The unit it prefers; `None` where no line says so, which is the primary.
    pub role: Option<Role>,
    /// Whether the group returns to that unit by itself once the unit is ready.
    pub preempt: bool,
    /// Seconds that it waits before it does; `None` for no delay.
    pub preempt_delay_seconds: Option<u64>,
}
