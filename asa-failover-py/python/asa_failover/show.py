"""The readers, one function a command, for output as it comes off a terminal, and what they read.

Each function returns a :class:`~asa_failover.Reading` of the command's own class and raises
:class:`~asa_failover.ParseError`. An object keeps what was read in the native half and makes a value when
its attribute is asked for. Roles, standings and the like are the device's words; a number of a failover
group is ``0`` for the unit itself.

>>> from asa_failover import show
>>> mode = show.mode("Security context mode: multiple\\n").value
>>> mode.mode, mode.to_dict()
('multiple', {'mode': 'multiple'})
"""

from __future__ import annotations

from ._core.failover import (
    Application, Failover, FailoverDescriptor, FailoverExec, FailoverHistory, FailoverHistoryDetails,
    FailoverInterface, FailoverState, FailoverStatistics, Group, GroupConfig, GroupHost, GroupState,
    GroupUnitState, HistoryEntry, Host, Interface, InterfaceDescriptor, InterfaceIp, Link, LinkAddresses,
    LinkPort, Module, MonitorConfig, MonitoredInterfaces, Queue, Queues, RunningFailover,
    RunningMonitorInterface, Serials, Statistic, UnitState, Versions,
)  # fmt: skip
from ._core.traffic import (
    Arp, ArpEntry, BgpNeighbor, BgpSummary, BriefInterface, ConnCount, InterfaceBrief, Log, LogMessage,
    OspfNeighbor, OspfNeighbors, PreserveConnection, RouteSource, RouteSummary, VpnSession, VpnSessions,
    VpnTunnel, VpnTunnelTotals, XlateCount,
)  # fmt: skip
from ._core.unit import (
    AllocatedInterface, AsdmImage, Bootvar, Checksum, Clock, Context, ContextConfig, Contexts, CpuUsage,
    CryptoKey, CryptoKeys, Curpriv, Dir, FlashFile, Inventory, InventoryItem, LicenseSummary, LicenseUse,
    Memory, Mode, Modules, Reload, RunningBoot, RunningContext, RunningSsh, SlotModule, SshAllowed, StartupBoot,
    StartupErrors, StartupReport, Verify, Version,
)  # fmt: skip
from ._core.readings import Reading, parse

__all__ = [
    "AllocatedInterface",
    "Application",
    "Arp",
    "ArpEntry",
    "AsdmImage",
    "BgpNeighbor",
    "BgpSummary",
    "Bootvar",
    "BriefInterface",
    "Checksum",
    "Clock",
    "ConnCount",
    "Context",
    "ContextConfig",
    "Contexts",
    "CpuUsage",
    "CryptoKey",
    "CryptoKeys",
    "Curpriv",
    "Dir",
    "Facts",
    "Failover",
    "FailoverDescriptor",
    "FailoverExec",
    "FailoverHistory",
    "FailoverHistoryDetails",
    "FailoverInterface",
    "FailoverState",
    "FailoverStatistics",
    "FlashFile",
    "Group",
    "GroupConfig",
    "GroupHost",
    "GroupState",
    "GroupUnitState",
    "HistoryEntry",
    "Host",
    "Interface",
    "InterfaceBrief",
    "InterfaceDescriptor",
    "InterfaceIp",
    "Inventory",
    "InventoryItem",
    "LicenseSummary",
    "LicenseUse",
    "Link",
    "LinkAddresses",
    "LinkPort",
    "Log",
    "LogMessage",
    "Memory",
    "Mode",
    "Module",
    "Modules",
    "MonitorConfig",
    "MonitoredInterfaces",
    "OspfNeighbor",
    "OspfNeighbors",
    "PreserveConnection",
    "Queue",
    "Queues",
    "Reload",
    "RouteSource",
    "RouteSummary",
    "RunningBoot",
    "RunningContext",
    "RunningFailover",
    "RunningMonitorInterface",
    "RunningSsh",
    "Serials",
    "SlotModule",
    "SshAllowed",
    "StartupBoot",
    "StartupErrors",
    "StartupReport",
    "Statistic",
    "UnitState",
    "Verify",
    "Version",
    "Versions",
    "VpnSession",
    "VpnSessions",
    "VpnTunnel",
    "VpnTunnelTotals",
    "XlateCount",
    "arp",
    "asdm_image",
    "bgp_summary",
    "bootvar",
    "checksum",
    "clock",
    "conn_count",
    "context",
    "cpu_usage",
    "crypto_keys",
    "curpriv",
    "dir",
    "failover",
    "failover_descriptor",
    "failover_exec",
    "failover_history",
    "failover_history_details",
    "failover_interface",
    "failover_state",
    "failover_statistics",
    "interface_ip_brief",
    "inventory",
    "license_summary",
    "log",
    "memory",
    "mode",
    "module",
    "ospf_neighbor",
    "reload",
    "route_summary",
    "running_boot",
    "running_context",
    "running_failover",
    "running_monitor_interface",
    "running_ssh",
    "startup_boot",
    "startup_errors",
    "verify",
    "version",
    "vpn_sessiondb",
    "xlate_count",
]

# What an output says, of whatever command: for annotations and `isinstance`.
Facts = (
    Failover
    | FailoverState
    | Version
    | Mode
    | RunningBoot
    | StartupBoot
    | Bootvar
    | Dir
    | Verify
    | RunningFailover
    | Reload
    | ConnCount
    | FailoverHistory
    | FailoverHistoryDetails
    | FailoverInterface
    | Contexts
    | RunningContext
    | Inventory
    | Modules
    | VpnSessions
    | AsdmImage
    | Arp
    | BgpSummary
    | Checksum
    | Clock
    | CpuUsage
    | CryptoKeys
    | Curpriv
    | FailoverDescriptor
    | FailoverExec
    | FailoverStatistics
    | InterfaceBrief
    | LicenseSummary
    | Memory
    | OspfNeighbors
    | RouteSummary
    | RunningMonitorInterface
    | RunningSsh
    | StartupErrors
    | XlateCount
    | Log
)


def failover(text: str | bytes) -> Reading[Failover]:
    """Reads the output of ``show failover``."""
    return parse("show failover", text)


def failover_state(text: str | bytes) -> Reading[FailoverState]:
    """Reads the output of ``show failover state``."""
    return parse("show failover state", text)


def version(text: str | bytes) -> Reading[Version]:
    """Reads the output of ``show version``."""
    return parse("show version", text)


def mode(text: str | bytes) -> Reading[Mode]:
    """Reads the output of ``show mode``."""
    return parse("show mode", text)


def running_boot(text: str | bytes) -> Reading[RunningBoot]:
    """Reads the output of ``show running-config boot``."""
    return parse("show running-config boot", text)


def startup_boot(text: str | bytes) -> Reading[StartupBoot]:
    """Reads the boot lines of ``show startup-config``."""
    return parse("show startup-config", text)


def bootvar(text: str | bytes) -> Reading[Bootvar]:
    """Reads the output of ``show bootvar``."""
    return parse("show bootvar", text)


def dir(text: str | bytes) -> Reading[Dir]:
    """Reads the output of ``dir``."""
    return parse("dir", text)


def verify(text: str | bytes) -> Reading[Verify]:
    """Reads the output of ``verify``."""
    return parse("verify", text)


def running_failover(text: str | bytes) -> Reading[RunningFailover]:
    """Reads the output of ``show running-config failover``."""
    return parse("show running-config failover", text)


def reload(text: str | bytes) -> Reading[Reload]:
    """Reads the output of ``show reload``."""
    return parse("show reload", text)


def conn_count(text: str | bytes) -> Reading[ConnCount]:
    """Reads the output of ``show conn count``."""
    return parse("show conn count", text)


def arp(text: str | bytes) -> Reading[Arp]:
    """Reads the output of ``show arp``."""
    return parse("show arp", text)


def asdm_image(text: str | bytes) -> Reading[AsdmImage]:
    """Reads the output of ``show asdm image``."""
    return parse("show asdm image", text)


def bgp_summary(text: str | bytes) -> Reading[BgpSummary]:
    """Reads the output of ``show bgp summary``."""
    return parse("show bgp summary", text)


def checksum(text: str | bytes) -> Reading[Checksum]:
    """Reads the output of ``show checksum``."""
    return parse("show checksum", text)


def clock(text: str | bytes) -> Reading[Clock]:
    """Reads the output of ``show clock``."""
    return parse("show clock", text)


def context(text: str | bytes) -> Reading[Contexts]:
    """Reads the output of ``show context`` or ``show context detail``."""
    return parse("show context", text)


def cpu_usage(text: str | bytes) -> Reading[CpuUsage]:
    """Reads the output of ``show cpu usage``."""
    return parse("show cpu usage", text)


def crypto_keys(text: str | bytes) -> Reading[CryptoKeys]:
    """Reads the output of ``show crypto key mypubkey``."""
    return parse("show crypto key mypubkey", text)


def curpriv(text: str | bytes) -> Reading[Curpriv]:
    """Reads the output of ``show curpriv``."""
    return parse("show curpriv", text)


def failover_descriptor(text: str | bytes) -> Reading[FailoverDescriptor]:
    """Reads the output of ``show failover descriptor``."""
    return parse("show failover descriptor", text)


def failover_exec(text: str | bytes) -> Reading[FailoverExec]:
    """Reads the output of ``show failover exec active``, ``standby`` or ``mate``."""
    return parse("show failover exec mate", text)


def failover_history(text: str | bytes) -> Reading[FailoverHistory]:
    """Reads the output of ``show failover history``."""
    return parse("show failover history", text)


def failover_history_details(text: str | bytes) -> Reading[FailoverHistoryDetails]:
    """Reads the output of ``show failover history details``."""
    return parse("show failover history details", text)


def failover_interface(text: str | bytes) -> Reading[FailoverInterface]:
    """Reads the output of ``show failover interface``."""
    return parse("show failover interface", text)


def failover_statistics(text: str | bytes) -> Reading[FailoverStatistics]:
    """Reads the output of ``show failover statistics``."""
    return parse("show failover statistics", text)


def interface_ip_brief(text: str | bytes) -> Reading[InterfaceBrief]:
    """Reads the output of ``show interface ip brief``."""
    return parse("show interface ip brief", text)


def inventory(text: str | bytes) -> Reading[Inventory]:
    """Reads the output of ``show inventory``."""
    return parse("show inventory", text)


def license_summary(text: str | bytes) -> Reading[LicenseSummary]:
    """Reads the output of ``show license summary``."""
    return parse("show license summary", text)


def memory(text: str | bytes) -> Reading[Memory]:
    """Reads the output of ``show memory``."""
    return parse("show memory", text)


def module(text: str | bytes) -> Reading[Modules]:
    """Reads the output of ``show module``."""
    return parse("show module", text)


def ospf_neighbor(text: str | bytes) -> Reading[OspfNeighbors]:
    """Reads the output of ``show ospf neighbor``."""
    return parse("show ospf neighbor", text)


def route_summary(text: str | bytes) -> Reading[RouteSummary]:
    """Reads the output of ``show route summary``."""
    return parse("show route summary", text)


def running_context(text: str | bytes) -> Reading[RunningContext]:
    """Reads the output of ``show running-config context``."""
    return parse("show running-config context", text)


def running_monitor_interface(text: str | bytes) -> Reading[RunningMonitorInterface]:
    """Reads the output of ``show running-config monitor-interface``."""
    return parse("show running-config monitor-interface", text)


def running_ssh(text: str | bytes) -> Reading[RunningSsh]:
    """Reads the output of ``show running-config ssh``."""
    return parse("show running-config ssh", text)


def startup_errors(text: str | bytes) -> Reading[StartupErrors]:
    """Reads the output of ``show startup-config errors``."""
    return parse("show startup-config errors", text)


def vpn_sessiondb(text: str | bytes) -> Reading[VpnSessions]:
    """Reads the output of ``show vpn-sessiondb summary``."""
    return parse("show vpn-sessiondb summary", text)


def xlate_count(text: str | bytes) -> Reading[XlateCount]:
    """Reads the output of ``show xlate count``."""
    return parse("show xlate count", text)


def log(text: str | bytes) -> Reading[Log]:
    """Reads the failover messages of a log, a message a line."""
    return parse("syslog", text)
