//! Readers: what the device printed, as typed facts, with every line not understood kept.
//!
//! One function reads one command's output; [`parse`] finds it by the command's name. A reader
//! takes the text as it comes off a terminal: echoed command, prompts, `\r`, remains of the pager,
//! the unit's own notices in between, tabs or flattened indentation. It knows the line shapes of
//! releases 7.0 to today and never guesses at others: a line that no rule claims is kept in
//! [`Reading::unread`], a known line that is malformed is a [`ParseError`] with its place, and so
//! is a needed line that is missing or stands there twice. What the facts *mean* for an upgrade is
//! not decided here.

mod asdm_image;
mod boot;
mod conn_count;
mod context;
mod error;
mod facts;
mod failover;
mod failover_history;
mod failover_interface;
mod failover_state;
mod flash;
mod inventory;
mod mode;
mod module;
mod noise;
mod printed;
mod reload;
mod running_context;
mod running_failover;
mod syslog;
mod token;
mod verify;
mod version;
mod vpn_sessiondb;
mod walk;
mod words;

use serde::{Deserialize, Serialize};

pub use asdm_image::{AsdmImage, asdm_image};
pub use boot::{Bootvar, RunningBoot, StartupBoot, bootvar, running_boot, startup_boot};
pub use conn_count::{ConnCount, PreserveConnection, conn_count};
pub use context::{Context, ContextState, Contexts, FirewallMode, context};
pub use error::{Expected, Limit, ParseError, ReadError};
pub use facts::{Facts, parse};
pub use failover::{
    Application, Failover, Group, GroupHost, Host, Interface, Link, Module, MonitoredInterfaces, Monitoring,
    Queue, Queues, Serials, Side, Statistic, Versions, failover,
};
pub use failover_history::{
    FailoverHistory, FailoverHistoryDetails, HistoryEntry, SwitchReason, failover_history,
    failover_history_details,
};
pub use failover_interface::{FailoverInterface, LinkAddresses, failover_interface};
pub use failover_state::{FailoverState, GroupState, GroupUnitState, UnitState, failover_state};
pub use flash::{Dir, FileKind, FlashFile, dir};
pub use inventory::{Inventory, InventoryItem, inventory};
pub use mode::{Mode, SecurityMode, mode};
pub use module::{ModuleStatus, Modules, SlotModule, module};
pub use printed::Printed;
pub use reload::{Reload, reload};
pub use running_context::{AllocatedInterface, ContextConfig, RunningContext, running_context};
pub use running_failover::{GroupConfig, InterfaceIp, LinkPort, RunningFailover, running_failover};
pub use syslog::{Log, LogMessage, log};
pub(crate) use syslog::{Parts, parts};
pub use verify::{Verification, Verify, verify};
pub use version::{Product, Space, Version, version};
pub use vpn_sessiondb::{VpnSession, VpnSessions, VpnTunnel, VpnTunnelTotals, vpn_sessiondb};

/// Facts of one command's output, and what was not understood of it.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reading<T> {
    /// What the output says.
    pub value: T,
    /// Every line that no rule claimed, in the order printed.
    pub unread: Vec<Unread>,
}

/// A line that no rule claimed.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Unread {
    /// Its number in the captured text, from 1.
    pub line: usize,
    /// The line as captured, without its end.
    pub text: String,
    /// Which part of the output it stands in.
    pub block: Block,
}

/// The part of an output that a line stands in.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Block {
    /// Below `This host` or `Other host` of `show failover`, down to the statistics: its groups,
    /// interfaces and modules. What is not understood there blocks a guard.
    Host,
    /// Anywhere else, and everywhere in the output of other commands. A finding, not a block.
    Elsewhere,
}
