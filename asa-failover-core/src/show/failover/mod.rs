//! `show failover`: both units as one of them sees the pair.
//!
//! The output is one unit's view: its mate's lines are what the failover link last said, and stay
//! as they were until the hold time is over. A user context's own form (`This context: Active`) is
//! not read: it speaks of that context's group and not of the unit.

mod read;
mod rule;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::token::text;
use super::{Block, Printed, Reading, Unread};
use crate::text::Text;
use crate::unit::{GroupId, Role, Serial, Standing};
use crate::version::AsaVersion;

pub use read::failover;

/// What `show failover` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Failover {
    /// `Failover On` or `Failover Off`, whatever follows it.
    pub enabled: bool,
    /// The role of the unit that printed.
    pub unit: Option<Role>,
    /// The failover link; `None` where it is not configured.
    pub lan_link: Option<Link>,
    /// The `Link :` line of the statistics; `None` without stateful failover.
    pub state_link: Option<Link>,
    /// Milliseconds between two hellos on the failover link.
    pub unit_poll_ms: Option<u64>,
    /// Milliseconds without a hello after which the mate counts as failed.
    pub unit_hold_ms: Option<u64>,
    /// Milliseconds between two hellos on a monitored interface.
    pub interface_poll_ms: Option<u64>,
    /// Milliseconds without a hello after which an interface counts as failed.
    pub interface_hold_ms: Option<u64>,
    /// How many interfaces must fail for a failover: `1`, `25%`.
    pub interface_policy: Option<Text>,
    /// How many interfaces are monitored.
    pub monitored_interfaces: Option<MonitoredInterfaces>,
    /// Whether `failover replication http` is printed.
    pub http_replication: bool,
    /// The release of each unit.
    pub versions: Option<Versions>,
    /// The serial number of each unit.
    pub serials: Option<Serials>,
    /// When this unit's standing last changed, as printed; Active/Active has it per group.
    pub last_failover: Option<Text>,
    /// The unit that printed.
    pub this_host: Option<Host>,
    /// Its mate.
    pub other_host: Option<Host>,
    /// The failover groups; `None` in Active/Standby.
    pub groups: Option<BTreeMap<GroupId, Group>>,
    /// The monitored interfaces of both units, in the order printed.
    pub interfaces: Vec<Interface>,
    /// The modules of both units, in the order printed.
    pub modules: Vec<Module>,
    /// The applications on those modules, in the order printed.
    pub applications: Vec<Application>,
    /// The rows of the `Stateful Obj` table, in the order printed.
    pub statistics: Vec<Statistic>,
    /// The logical update queues; `None` where that table is not shown.
    pub queues: Option<Queues>,
}

/// Which of the two units a line of an output speaks of.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "a pair has two units")]
pub enum Side {
    /// The unit that printed.
    This,
    /// Its mate.
    Other,
}

impl Side {
    /// Both sides, the unit that printed first.
    pub const BOTH: [Self; 2] = [Self::This, Self::Other];
}

/// A failover or state link.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Link {
    /// The interface name.
    pub name: Text,
    /// The hardware port.
    pub port: Text,
    /// The words in parentheses: `up`, `down`, `administratively down`.
    pub status: Text,
}

/// `Monitored Interfaces 3 of 1049 maximum`
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MonitoredInterfaces {
    /// How many are monitored.
    pub count: u32,
    /// How many could be.
    pub limit: u32,
}

/// The release of each unit.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Versions {
    /// Of the unit that printed.
    pub ours: Printed<AsaVersion>,
    /// Of its mate; `None` for `Unknown`.
    pub mate: Option<Printed<AsaVersion>>,
}

/// The serial number of each unit.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Serials {
    /// Of the unit that printed.
    pub ours: Printed<Serial>,
    /// Of its mate; `None` for `Unknown`.
    pub mate: Option<Printed<Serial>>,
}

/// A unit: the `This host` or `Other host` line and the active time below it.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Host {
    /// Which box it is by configuration.
    pub role: Role,
    /// What it is right now; `None` in Active/Active, where each group has its own.
    pub state: Option<Standing>,
    /// Seconds for which it was active; `None` in Active/Active.
    pub active_seconds: Option<u64>,
}

/// A failover group on both units.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Group {
    /// When the standing of the unit that printed last changed in this group, as printed.
    pub last_failover: Option<Text>,
    /// The group on the unit that printed.
    pub this_host: GroupHost,
    /// The group on its mate.
    pub other_host: GroupHost,
}

/// A failover group on one unit; both `None` where that unit's block does not name the group.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GroupHost {
    /// What the unit is for this group right now.
    pub state: Option<Standing>,
    /// Seconds for which the unit was active for this group.
    pub active_seconds: Option<u64>,
}

/// A monitored interface of one unit.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Interface {
    /// Whose interface it is.
    pub host: Side,
    /// The context in front of `Interface`; `None` without one.
    pub context: Option<Text>,
    /// The interface name.
    pub name: Text,
    /// The IPv4 address, as printed.
    pub ip: Option<Text>,
    /// The IPv6 address, as printed.
    pub ipv6: Option<Text>,
    /// Its state.
    pub status: InterfaceStatus,
    /// The word in the trailing parentheses; `None` where none is printed.
    pub monitoring: Option<Monitoring>,
}

/// The state of a monitored interface.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum InterfaceStatus {
    /// `Normal`: it passes traffic. With [`Monitoring::Waiting`] that is not known yet.
    Normal,
    /// `Testing`: hellos were missed, and tests are under way.
    Testing,
    /// `Failed`: the tests failed.
    Failed,
    /// `Link Down`: the interface is shut down.
    LinkDown,
    /// `No Link`: the port has no link.
    NoLink,
    /// `No Traffic`: the link is up and nothing comes in.
    NoTraffic,
    /// `Unknown`: nothing is known of it yet.
    Unknown,
    /// Any other words, as printed.
    Other(String),
}

super::words::words!(
    InterfaceStatus: Normal = "Normal",
    Testing = "Testing",
    Failed = "Failed",
    LinkDown = "Link Down",
    NoLink = "No Link",
    NoTraffic = "No Traffic",
    Unknown = "Unknown",
);

impl InterfaceStatus {
    /// Reads the words as they stand in a line.
    fn printed(words: &str) -> Self {
        Self::known(words.trim_ascii()).unwrap_or_else(|| Self::of(&text(words)))
    }
}

/// How an interface is watched: the word in the trailing parentheses, in lower case.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Monitoring {
    /// `(Monitored)`: hellos go to and fro.
    Monitored,
    /// `(Not-Monitored)`: its failure does not cause a failover.
    NotMonitored,
    /// `(Waiting)`: no hello came yet.
    Waiting,
    /// Any other word.
    Other(String),
}

impl Monitoring {
    /// Reads the word in either case; any text is one, at worst an unknown one.
    pub fn of(word: &str) -> Self {
        match word {
            "Monitored" => return Self::Monitored,
            "Not-Monitored" => return Self::NotMonitored,
            "Waiting" => return Self::Waiting,
            _ => {}
        }
        [Self::Monitored, Self::NotMonitored, Self::Waiting]
            .into_iter()
            .find(|known| known.word().eq_ignore_ascii_case(word))
            .unwrap_or_else(|| Self::Other(word.to_ascii_lowercase()))
    }

    fn word(&self) -> &str {
        match self {
            Self::Monitored => "monitored",
            Self::NotMonitored => "not-monitored",
            Self::Waiting => "waiting",
            Self::Other(word) => word,
        }
    }
}

impl fmt::Display for Monitoring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl Serialize for Monitoring {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Monitoring {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|word| Self::of(&word))
    }
}

/// A module of one unit: a `slot` line.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Module {
    /// Whose module it is.
    pub host: Side,
    /// The slot's number. A slot may be printed twice.
    pub slot: u32,
    /// The module's name; `None` for an empty slot.
    pub model: Option<Text>,
    /// The hardware revision.
    pub hw_rev: Option<Text>,
    /// The software revision.
    pub sw_rev: Option<Text>,
    /// Its state: `Up Sys`, `Up/Up`, `empty`.
    pub status: Text,
}

/// An application on a module: `ASA FirePOWER, 5.4.1-211, Up, (Monitored)`.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Application {
    /// Whose module it runs on.
    pub host: Side,
    /// The slot of that module.
    pub slot: u32,
    /// The application's name.
    pub name: Text,
    /// Its version.
    pub version: Text,
    /// Its state: `Up`.
    pub status: Text,
    /// The word in the trailing parentheses; `None` where none is printed.
    pub monitoring: Option<Monitoring>,
}

/// A row of the `Stateful Obj` table.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Statistic {
    /// What is counted: `TCP conn`.
    pub name: Text,
    /// Sent to the mate.
    pub xmit: u64,
    /// Not sent, for an error.
    pub xerr: u64,
    /// Received from the mate.
    pub rcv: u64,
    /// Received with an error.
    pub rerr: u64,
}

/// The logical update queues.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Queues {
    /// `Recv Q`
    pub recv: Option<Queue>,
    /// `Xmit Q`
    pub xmit: Option<Queue>,
}

/// The length of a queue.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Queue {
    /// Now.
    pub cur: u64,
    /// At its longest.
    pub max: u64,
    /// Everything that went through.
    pub total: u64,
}

impl Failover {
    /// The block of one unit.
    pub const fn host(&self, side: Side) -> Option<&Host> {
        match side {
            Side::This => self.this_host.as_ref(),
            Side::Other => self.other_host.as_ref(),
        }
    }

    /// The groups of the pair, in order: [`GroupId::UNIT`] alone in Active/Standby.
    pub fn group_ids(&self) -> Vec<GroupId> {
        self.groups.as_ref().map_or_else(|| vec![GroupId::UNIT], |groups| groups.keys().copied().collect())
    }

    /// What one unit is for a group; `None` where the output does not say so.
    ///
    /// In Active/Standby only [`GroupId::UNIT`] is a group, in Active/Active only the others.
    pub fn standing(&self, side: Side, group: GroupId) -> Option<&Standing> {
        match &self.groups {
            Some(groups) => groups.get(&group)?.host(side).state.as_ref(),
            None if group == GroupId::UNIT => self.host(side)?.state.as_ref(),
            None => None,
        }
    }

    /// When the standing of the unit that printed last changed in a group, as printed; `None` where it is not.
    pub fn changed(&self, group: GroupId) -> Option<&Text> {
        match &self.groups {
            Some(groups) => groups.get(&group)?.last_failover.as_ref(),
            None => self.last_failover.as_ref(),
        }
    }
}

impl Group {
    /// The group on one unit.
    pub const fn host(&self, side: Side) -> &GroupHost {
        match side {
            Side::This => &self.this_host,
            Side::Other => &self.other_host,
        }
    }
}

impl Reading<Failover> {
    /// The lines not understood that stand among a unit's groups, interfaces and modules.
    ///
    /// A guard must not rest on a reading that has any: such a line may be the very one that says
    /// that the unit is not ready.
    pub fn unread_in_host_blocks(&self) -> impl Iterator<Item = &Unread> {
        self.unread.iter().filter(|unread| unread.block == Block::Host)
    }
}
