//! Readers: what the device printed, as typed facts, with every line not understood kept.
//!
//! One function reads one command's output; [`parse`] finds it by the command's name. A reader
//! takes the text as it comes off a terminal: echoed command, prompts, `\r`, remains of the pager,
//! the unit's own notices in between, tabs or flattened indentation. It knows the line shapes of
//! releases 7.0 to today and never guesses at others: a line that no rule claims is kept in
//! [`Reading::unread`], a known line that is malformed is a [`ParseError`] with its place, and so
//! is a needed line that is missing or stands there twice. A line with a character inside that prints
//! nothing, or that stands for a damaged byte ([`text_of`]), is never claimed. A log of several commands
//! is cut by [`transcript`]. What the facts *mean* for an upgrade is not decided here.
//!
//! Each reader's documentation shows the lines it knows, and what its form rests on: captures, texts that
//! show the form, or memory. On a form from memory nothing may rest.

mod arp;
mod asdm_image;
mod bgp_summary;
mod boot;
mod checksum;
mod clock;
mod conn_count;
mod context;
mod cpu_usage;
mod crypto_keys;
mod curpriv;
mod error;
mod facts;
mod failover;
mod failover_descriptor;
mod failover_exec;
mod failover_history;
mod failover_interface;
mod failover_state;
mod failover_statistics;
mod flash;
mod interface_ip_brief;
mod inventory;
mod license_summary;
mod memory;
mod mode;
mod module;
mod noise;
mod ospf_neighbor;
mod printed;
mod reload;
mod route_summary;
mod running_context;
mod running_failover;
mod running_monitor_interface;
mod running_ssh;
mod startup_errors;
mod syslog;
mod terminal;
mod token;
mod transcript;
mod verify;
mod version;
mod vpn_sessiondb;
mod walk;
mod words;
mod xlate_count;

use serde::{Deserialize, Serialize};

pub use arp::{Arp, ArpEntry, arp};
pub use asdm_image::{AsdmImage, asdm_image};
pub use bgp_summary::{BgpNeighbor, BgpState, BgpSummary, bgp_summary};
pub use boot::{Bootvar, RunningBoot, StartupBoot, bootvar, running_boot, startup_boot};
pub use checksum::{Checksum, checksum};
pub use clock::{Clock, clock};
pub use conn_count::{ConnCount, PreserveConnection, conn_count};
pub use context::{Context, ContextState, Contexts, FirewallMode, context};
pub use cpu_usage::{CpuUsage, cpu_usage};
pub use crypto_keys::{CryptoKey, CryptoKeys, crypto_keys};
pub use curpriv::{Curpriv, curpriv};
pub use error::{Expected, Limit, ParseError, ReadError};
pub use facts::{Facts, parse};
pub use failover::{
    Application, Failover, Group, GroupHost, Host, Interface, InterfaceStatus, Link, Module,
    MonitoredInterfaces, Monitoring, Queue, Queues, Serials, Side, Statistic, Versions, failover,
};
pub use failover_descriptor::{FailoverDescriptor, InterfaceDescriptor, failover_descriptor};
pub use failover_exec::{ExecMode, FailoverExec, failover_exec};
pub use failover_history::{
    FailoverHistory, FailoverHistoryDetails, HistoryEntry, SwitchReason, failover_history,
    failover_history_details,
};
pub use failover_interface::{FailoverInterface, LinkAddresses, failover_interface};
pub use failover_state::{FailoverState, GroupState, GroupUnitState, UnitState, failover_state};
pub use failover_statistics::{FailoverStatistics, failover_statistics};
pub use flash::{Dir, FileKind, FlashFile, dir};
pub use interface_ip_brief::{BriefInterface, InterfaceBrief, LineStatus, interface_ip_brief};
pub use inventory::{Inventory, InventoryItem, inventory};
pub use license_summary::{LicenseStatus, LicenseSummary, LicenseUse, license_summary};
pub use memory::{Memory, memory};
pub use mode::{Mode, SecurityMode, mode};
pub use module::{ModuleStatus, Modules, SlotModule, module};
pub use ospf_neighbor::{OspfNeighbor, OspfNeighbors, OspfState, ospf_neighbor};
pub use printed::Printed;
pub use reload::{Reload, reload};
pub use route_summary::{RouteSource, RouteSummary, route_summary};
pub use running_context::{AllocatedInterface, ContextConfig, RunningContext, running_context};
pub use running_failover::{GroupConfig, InterfaceIp, LinkPort, RunningFailover, running_failover};
pub use running_monitor_interface::{MonitorConfig, RunningMonitorInterface, running_monitor_interface};
pub use running_ssh::{RunningSsh, SshAllowed, running_ssh};
pub use startup_errors::{StartupErrors, StartupReport, startup_errors};
pub use syslog::{Log, LogMessage, log};
pub(crate) use syslog::{Parts, parts};
pub use terminal::text_of;
pub use transcript::{Piece, Prompt, PromptMode, PromptState, Transcript, transcript};
pub use verify::{Verification, Verify, verify};
pub use version::{Product, Space, Version, version};
pub use vpn_sessiondb::{VpnSession, VpnSessions, VpnTunnel, VpnTunnelTotals, vpn_sessiondb};
pub use xlate_count::{XlateCount, xlate_count};

/// Facts of one command's output, and what was not understood of it.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reading<T> {
    /// What the output says.
    pub value: T,
    /// Every line that no rule claimed, in the order printed.
    pub unread: Vec<Unread>,
    /// What became of every line.
    #[serde(default)]
    pub lines: Lines,
}

/// What became of the lines of a captured text. Each line that has something on it is counted once, so that
/// the three add up to all of them.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Lines {
    /// Lines that a rule claimed: they state facts, or head or rule off those that do.
    pub claimed: usize,
    /// Lines that are known and left out on purpose: prompts, echoes, notices, remains of the pager, lines
    /// that state no fact, and those of a configuration that may hold secrets.
    pub ignored: usize,
    /// Lines in [`Reading::unread`].
    pub unread: usize,
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
