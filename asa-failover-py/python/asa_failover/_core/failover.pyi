from typing import Any, Final, Literal, final

from typing_extensions import TypeAlias

__all__ = [
    "Application", "Failover", "FailoverDescriptor", "FailoverExec", "FailoverHistory",
    "FailoverHistoryDetails", "FailoverInterface", "FailoverState", "FailoverStatistics", "Group",
    "GroupConfig", "GroupHost", "GroupState", "GroupUnitState", "HistoryEntry", "Host", "Interface",
    "InterfaceDescriptor", "InterfaceIp", "Link", "LinkAddresses", "LinkPort", "Module", "MonitorConfig",
    "MonitoredInterfaces", "Queue", "Queues", "RunningFailover", "RunningMonitorInterface", "Serials",
    "Statistic", "UnitState", "Versions",
]  # fmt: skip

_Role: TypeAlias = Literal["Primary", "Secondary"]
_Side: TypeAlias = Literal["this", "other"]

@final
class Failover:
    enabled: Final[bool]
    unit: Final[_Role | None]
    lan_link: Final[Link | None]
    state_link: Final[Link | None]
    unit_poll_ms: Final[int | None]
    unit_hold_ms: Final[int | None]
    interface_poll_ms: Final[int | None]
    interface_hold_ms: Final[int | None]
    interface_policy: Final[str | None]
    monitored_interfaces: Final[MonitoredInterfaces | None]
    http_replication: Final[bool]
    versions: Final[Versions | None]
    serials: Final[Serials | None]
    last_failover: Final[str | None]
    this_host: Final[Host | None]
    other_host: Final[Host | None]
    groups: Final[dict[int, Group] | None]
    interfaces: Final[list[Interface]]
    modules: Final[list[Module]]
    applications: Final[list[Application]]
    statistics: Final[list[Statistic]]
    queues: Final[Queues | None]
    def host(self, side: _Side) -> Host | None: ...
    def group_ids(self) -> list[int]: ...
    def standing(self, side: _Side, group: int = 0) -> str | None: ...
    def to_dict(self) -> dict[str, Any]: ...

@final
class Link:
    name: Final[str]
    port: Final[str]
    status: Final[str]
    def to_dict(self) -> dict[str, Any]: ...

@final
class MonitoredInterfaces:
    count: Final[int]
    limit: Final[int]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Versions:
    ours: Final[str]
    mate: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Serials:
    ours: Final[str]
    mate: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Host:
    role: Final[_Role]
    state: Final[str | None]
    active_seconds: Final[int | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Group:
    last_failover: Final[str | None]
    this_host: Final[GroupHost]
    other_host: Final[GroupHost]
    def host(self, side: _Side) -> GroupHost: ...
    def to_dict(self) -> dict[str, Any]: ...

@final
class GroupHost:
    state: Final[str | None]
    active_seconds: Final[int | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Interface:
    host: Final[_Side]
    context: Final[str | None]
    name: Final[str]
    ip: Final[str | None]
    ipv6: Final[str | None]
    status: Final[str]
    monitoring: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Module:
    host: Final[_Side]
    slot: Final[int]
    model: Final[str | None]
    hw_rev: Final[str | None]
    sw_rev: Final[str | None]
    status: Final[str]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Application:
    host: Final[_Side]
    slot: Final[int]
    name: Final[str]
    version: Final[str]
    status: Final[str]
    monitoring: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Statistic:
    name: Final[str]
    xmit: Final[int]
    xerr: Final[int]
    rcv: Final[int]
    rerr: Final[int]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Queues:
    recv: Final[Queue | None]
    xmit: Final[Queue | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Queue:
    cur: Final[int]
    max: Final[int]
    total: Final[int]
    def to_dict(self) -> dict[str, Any]: ...

@final
class FailoverState:
    this_host: Final[UnitState]
    other_host: Final[UnitState]
    configuration_state: Final[list[str]]
    communication_state: Final[list[str]]
    groups: Final[dict[int, GroupState] | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class UnitState:
    role: Final[_Role]
    state: Final[str | None]
    last_failure_reason: Final[str | None]
    last_failure_at: Final[str | None]
    failed_interfaces: Final[list[str] | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class GroupState:
    this_host: Final[GroupUnitState]
    other_host: Final[GroupUnitState]
    def to_dict(self) -> dict[str, Any]: ...

@final
class GroupUnitState:
    state: Final[str | None]
    last_failure_reason: Final[str | None]
    last_failure_at: Final[str | None]
    failed_interfaces: Final[list[str]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class FailoverHistory:
    entries: Final[list[HistoryEntry]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class FailoverHistoryDetails:
    entries: Final[list[HistoryEntry]]
    peer_entries: Final[list[HistoryEntry]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class HistoryEntry:
    at: Final[str]
    group: Final[int | None]
    frm: Final[str]
    to: Final[str]
    reason: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class FailoverInterface:
    links: Final[list[LinkAddresses]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class LinkAddresses:
    name: Final[str]
    port: Final[str | None]
    system_ip: Final[str | None]
    my_ip: Final[str | None]
    other_ip: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class FailoverDescriptor:
    interfaces: Final[list[InterfaceDescriptor]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class InterfaceDescriptor:
    name: Final[str]
    send: Final[str]
    receive: Final[str]
    def to_dict(self) -> dict[str, Any]: ...

@final
class FailoverExec:
    unit: Final[str]
    mode: Final[str]
    def to_dict(self) -> dict[str, Any]: ...

@final
class FailoverStatistics:
    tx: Final[int]
    rx: Final[int]
    def to_dict(self) -> dict[str, Any]: ...

@final
class RunningFailover:
    enabled: Final[bool | None]
    unit: Final[_Role | None]
    lan_link: Final[LinkPort | None]
    state_link: Final[LinkPort | None]
    unit_poll_ms: Final[int | None]
    unit_hold_ms: Final[int | None]
    interface_poll_ms: Final[int | None]
    interface_hold_ms: Final[int | None]
    interface_ips: Final[list[InterfaceIp]]
    http_replication: Final[bool | None]
    key_configured: Final[bool | None]
    groups: Final[list[GroupConfig]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class LinkPort:
    name: Final[str]
    port: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class InterfaceIp:
    name: Final[str]
    active: Final[str]
    mask: Final[str | None]
    standby: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class GroupConfig:
    number: Final[int]
    role: Final[_Role | None]
    preempt: Final[bool]
    preempt_delay_seconds: Final[int | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class RunningMonitorInterface:
    interfaces: Final[list[MonitorConfig]]
    service_module: Final[bool | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class MonitorConfig:
    name: Final[str]
    monitored: Final[bool]
    def to_dict(self) -> dict[str, Any]: ...
