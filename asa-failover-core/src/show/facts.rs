//! Facts of any command, for callers that know it by name only.

use std::sync::Arc;

use serde::Serialize;

use super::{
    Arp, AsdmImage, BgpSummary, Bootvar, Checksum, Clock, ConnCount, Contexts, CpuUsage, CryptoKeys, Curpriv,
    Dir, Failover, FailoverDescriptor, FailoverExec, FailoverHistory, FailoverHistoryDetails,
    FailoverInterface, FailoverState, FailoverStatistics, InterfaceBrief, Inventory, LicenseSummary, Log,
    Memory, Mode, Modules, OspfNeighbors, ParseError, ReadError, Reading, Reload, RouteSummary, RunningBoot,
    RunningContext, RunningFailover, RunningMonitorInterface, RunningSsh, StartupBoot, StartupErrors, Verify,
    Version, VpnSessions, XlateCount,
};

/// What some command says.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Facts {
    /// `show failover`; behind a pointer, since it is the largest and goes through many hands.
    Failover(Arc<Failover>),
    /// `show failover state`
    FailoverState(FailoverState),
    /// `show version`
    Version(Version),
    /// `show mode`
    Mode(Mode),
    /// `show running-config boot`
    RunningBoot(RunningBoot),
    /// `show startup-config`, its boot lines
    StartupBoot(StartupBoot),
    /// `show bootvar`
    Bootvar(Bootvar),
    /// `dir`
    Dir(Dir),
    /// `verify`
    Verify(Verify),
    /// `show running-config failover`
    RunningFailover(RunningFailover),
    /// `show reload`
    Reload(Reload),
    /// `show conn count`
    ConnCount(ConnCount),
    /// `show failover history`
    FailoverHistory(FailoverHistory),
    /// `show failover history details`
    FailoverHistoryDetails(FailoverHistoryDetails),
    /// `show failover interface`
    FailoverInterface(FailoverInterface),
    /// `show context`, `show context detail`
    Contexts(Contexts),
    /// `show running-config context`
    RunningContext(RunningContext),
    /// `show inventory`
    Inventory(Inventory),
    /// `show module`
    Modules(Modules),
    /// `show vpn-sessiondb summary`
    VpnSessions(VpnSessions),
    /// `show asdm image`
    AsdmImage(AsdmImage),
    /// `show arp`
    Arp(Arp),
    /// `show bgp summary`
    BgpSummary(BgpSummary),
    /// `show checksum`
    Checksum(Checksum),
    /// `show clock`
    Clock(Clock),
    /// `show cpu usage`
    CpuUsage(CpuUsage),
    /// `show crypto key mypubkey`
    CryptoKeys(CryptoKeys),
    /// `show curpriv`
    Curpriv(Curpriv),
    /// `show failover descriptor`
    FailoverDescriptor(FailoverDescriptor),
    /// `show failover exec`
    FailoverExec(FailoverExec),
    /// `show failover statistics`
    FailoverStatistics(FailoverStatistics),
    /// `show interface ip brief`
    InterfaceBrief(InterfaceBrief),
    /// `show license summary`
    LicenseSummary(LicenseSummary),
    /// `show memory`
    Memory(Memory),
    /// `show ospf neighbor`
    OspfNeighbors(OspfNeighbors),
    /// `show route summary`
    RouteSummary(RouteSummary),
    /// `show running-config monitor-interface`
    RunningMonitorInterface(RunningMonitorInterface),
    /// `show running-config ssh`
    RunningSsh(RunningSsh),
    /// `show startup-config errors`
    StartupErrors(StartupErrors),
    /// `show xlate count`
    XlateCount(XlateCount),
    /// A log, by the name `syslog`.
    Log(Log),
}

impl Facts {
    /// The facts as JSON: every key is there, with `null` or `[]` for what the output does not state.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// More words than the longest command has with all its arguments.
const MOST_WORDS: usize = 16;

/// The words of `failover exec mate` in front of them.
const SENT_ON: usize = 3;

/// Reads the output of a command that is known by name.
///
/// The command is spelled in full: `show failover`. Arguments are taken where they leave the output
/// as it is (`dir disk0:/`, `verify /sha-512 disk0:/x`, `show running-config boot system`), and so
/// is `failover exec mate` (or `active`, or `standby`) in front: the reply comes as if printed here.
/// A filter is taken for the boot lines of the startup configuration only (`show startup-config |
/// include boot system`): elsewhere it would hide the line that matters. A log has the name `syslog`.
/// Bytes that may be damaged become a text by [`super::text_of`], a console log becomes pieces by
/// [`super::transcript`].
///
/// `show failover group N` is not read: guides name the command and show the head of its output (`State:
/// Active` below `This host: Primary`), but neither a whole example nor a capture was at hand, and
/// `show failover` says the same of every group.
///
/// ```
/// let reading = asa_failover_core::show::parse("show mode", "Security context mode: single\n")?;
/// assert_eq!(reading.value.to_json(), serde_json::json!({"mode": "single"}));
/// # Ok::<(), asa_failover_core::show::ReadError>(())
/// ```
///
/// # Errors
///
/// [`ReadError::UnknownCommand`] where no reader knows the command, [`ReadError::Parse`] where its
/// reader does not take the text.
pub fn parse(command: &str, text: &str) -> Result<Reading<Facts>, ReadError> {
    fn read<T>(
        reader: fn(&str) -> Result<Reading<T>, ParseError>,
        facts: fn(T) -> Facts,
        text: &str,
    ) -> Result<Reading<Facts>, ReadError> {
        let Reading { value, unread, lines } = reader(text)?;
        Ok(Reading { value: facts(value), unread, lines })
    }
    let unknown = || Err(ReadError::UnknownCommand { command: command.to_owned() });
    let (mut words, mut typed) = ([""; SENT_ON + MOST_WORDS], command.split_ascii_whitespace());
    let count = words.iter_mut().zip(typed.by_ref()).map(|(place, word)| *place = word).count();
    let mut words = words.get(..count).unwrap_or_default();
    if let ["failover", "exec", "active" | "mate" | "standby", rest @ ..] = words {
        words = rest;
    }
    if words.len() > MOST_WORDS || typed.next().is_some() {
        return unknown();
    }
    match words {
        ["show", "failover"] | ["show", "failover", "details"] => {
            read(super::failover, |failover| Facts::Failover(Arc::new(failover)), text)
        }
        ["show", "failover", "state"] => read(super::failover_state, Facts::FailoverState, text),
        ["show", "version"] => read(super::version, Facts::Version, text),
        ["show", "mode"] => read(super::mode, Facts::Mode, text),
        ["show", "running-config", "boot"] | ["show", "running-config", "boot", "system"] => {
            read(super::running_boot, Facts::RunningBoot, text)
        }
        ["show", "startup-config"]
        | ["show", "startup-config", "|", "include" | "grep", "boot"]
        | ["show", "startup-config", "|", "include" | "grep", "boot", "system"] => {
            read(super::startup_boot, Facts::StartupBoot, text)
        }
        ["show", "bootvar"] => read(super::bootvar, Facts::Bootvar, text),
        ["dir", arguments @ ..] if !arguments.contains(&"|") => read(super::dir, Facts::Dir, text),
        ["verify", arguments @ ..] if !arguments.contains(&"|") => read(super::verify, Facts::Verify, text),
        ["show", "running-config", "failover"] => read(super::running_failover, Facts::RunningFailover, text),
        ["show", "reload"] => read(super::reload, Facts::Reload, text),
        ["show", "conn", "count"] => read(super::conn_count, Facts::ConnCount, text),
        ["show", "failover", "history"] => read(super::failover_history, Facts::FailoverHistory, text),
        ["show", "failover", "history", "details"] => {
            read(super::failover_history_details, Facts::FailoverHistoryDetails, text)
        }
        ["show", "failover", "interface"] => read(super::failover_interface, Facts::FailoverInterface, text),
        ["show", "context"] | ["show", "context", "detail"] | ["show", "context", "detail", _] => {
            read(super::context, Facts::Contexts, text)
        }
        ["show", "running-config", "context"] => read(super::running_context, Facts::RunningContext, text),
        ["show", "inventory"] => read(super::inventory, Facts::Inventory, text),
        ["show", "module"] | ["show", "module", "all"] => read(super::module, Facts::Modules, text),
        ["show", "vpn-sessiondb"] | ["show", "vpn-sessiondb", "summary"] => {
            read(super::vpn_sessiondb, Facts::VpnSessions, text)
        }
        ["show", "asdm", "image"] => read(super::asdm_image, Facts::AsdmImage, text),
        ["show", "arp"] => read(super::arp, Facts::Arp, text),
        ["show", "bgp", "summary"] => read(super::bgp_summary, Facts::BgpSummary, text),
        ["show", "checksum"] => read(super::checksum, Facts::Checksum, text),
        ["show", "clock"] | ["show", "clock", "detail"] => read(super::clock, Facts::Clock, text),
        ["show", "cpu"] | ["show", "cpu", "usage"] => read(super::cpu_usage, Facts::CpuUsage, text),
        ["show", "crypto", "key", "mypubkey"]
        | ["show", "crypto", "key", "mypubkey", "all" | "ec" | "ecdsa" | "eddsa" | "rsa"] => {
            read(super::crypto_keys, Facts::CryptoKeys, text)
        }
        ["show", "curpriv"] => read(super::curpriv, Facts::Curpriv, text),
        ["show", "failover", "descriptor"] => {
            read(super::failover_descriptor, Facts::FailoverDescriptor, text)
        }
        ["show", "failover", "exec", "active" | "mate" | "standby"] => {
            read(super::failover_exec, Facts::FailoverExec, text)
        }
        ["show", "failover", "statistics"] => {
            read(super::failover_statistics, Facts::FailoverStatistics, text)
        }
        ["show", "interface", "ip", "brief"] => read(super::interface_ip_brief, Facts::InterfaceBrief, text),
        ["show", "license", "summary"] => read(super::license_summary, Facts::LicenseSummary, text),
        ["show", "memory"] => read(super::memory, Facts::Memory, text),
        ["show", "ospf", "neighbor"] => read(super::ospf_neighbor, Facts::OspfNeighbors, text),
        ["show", "route", "summary"] => read(super::route_summary, Facts::RouteSummary, text),
        ["show", "running-config", "monitor-interface"] => {
            read(super::running_monitor_interface, Facts::RunningMonitorInterface, text)
        }
        ["show", "running-config", "ssh"] => read(super::running_ssh, Facts::RunningSsh, text),
        ["show", "startup-config", "errors"] => read(super::startup_errors, Facts::StartupErrors, text),
        ["show", "xlate", "count"] => read(super::xlate_count, Facts::XlateCount, text),
        ["syslog"] => read(super::log, Facts::Log, text),
        _ => unknown(),
    }
}
