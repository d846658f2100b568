from collections.abc import Iterable
from types import GenericAlias
from typing import Any, Final, Generic, Literal, final, overload

from typing_extensions import TypeVar

from .._errors import ParseError
from ..show import Facts
from .failover import (
    Failover, FailoverDescriptor, FailoverExec, FailoverHistory, FailoverHistoryDetails, FailoverInterface,
    FailoverState, FailoverStatistics, RunningFailover, RunningMonitorInterface,
)  # fmt: skip
from .traffic import (
    Arp, BgpSummary, ConnCount, InterfaceBrief, Log, OspfNeighbors, RouteSummary, VpnSessions, XlateCount,
)  # fmt: skip
from .unit import (
    AsdmImage, Bootvar, Checksum, Clock, Contexts, CpuUsage, CryptoKeys, Curpriv, Dir, Inventory,
    LicenseSummary, Memory, Mode, Modules, Reload, RunningBoot, RunningContext, RunningSsh, StartupBoot,
    StartupErrors, Verify, Version,
)  # fmt: skip

__all__ = ["Lines", "Reading", "Unread", "parse", "parse_many"]

_F_co = TypeVar("_F_co", covariant=True, default=Facts)

@final
class Lines:
    claimed: Final[int]
    ignored: Final[int]
    unread: Final[int]

@final
class Unread:
    line: Final[int]
    text: Final[str]
    block: Final[Literal["host", "elsewhere"]]

@final
class Reading(Generic[_F_co]):
    @property
    def value(self) -> _F_co: ...
    unread: Final[list[Unread]]
    unread_in_host_blocks: Final[list[Unread]]
    lines: Final[Lines]
    def to_dict(self) -> dict[str, Any]: ...
    @classmethod
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@overload
def parse(
    command: Literal["show failover", "show failover details"],
    text: str | bytes,
) -> Reading[Failover]: ...
@overload
def parse(command: Literal["show failover state"], text: str | bytes) -> Reading[FailoverState]: ...
@overload
def parse(command: Literal["show version"], text: str | bytes) -> Reading[Version]: ...
@overload
def parse(command: Literal["show mode"], text: str | bytes) -> Reading[Mode]: ...
@overload
def parse(
    command: Literal["show running-config boot", "show running-config boot system"],
    text: str | bytes,
) -> Reading[RunningBoot]: ...
@overload
def parse(
    command: Literal["show startup-config", "show startup-config | include boot", "show startup-config | include boot system"],
    text: str | bytes,
) -> Reading[StartupBoot]: ...
@overload
def parse(command: Literal["show bootvar"], text: str | bytes) -> Reading[Bootvar]: ...
@overload
def parse(command: Literal["dir"], text: str | bytes) -> Reading[Dir]: ...
@overload
def parse(command: Literal["verify"], text: str | bytes) -> Reading[Verify]: ...
@overload
def parse(command: Literal["show running-config failover"], text: str | bytes) -> Reading[RunningFailover]: ...
@overload
def parse(command: Literal["show reload"], text: str | bytes) -> Reading[Reload]: ...
@overload
def parse(command: Literal["show conn count"], text: str | bytes) -> Reading[ConnCount]: ...
@overload
def parse(command: Literal["show failover history"], text: str | bytes) -> Reading[FailoverHistory]: ...
@overload
def parse(
    command: Literal["show failover history details"],
    text: str | bytes,
) -> Reading[FailoverHistoryDetails]: ...
@overload
def parse(command: Literal["show failover interface"], text: str | bytes) -> Reading[FailoverInterface]: ...
@overload
def parse(command: Literal["show context", "show context detail"], text: str | bytes) -> Reading[Contexts]: ...
@overload
def parse(command: Literal["show running-config context"], text: str | bytes) -> Reading[RunningContext]: ...
@overload
def parse(command: Literal["show inventory"], text: str | bytes) -> Reading[Inventory]: ...
@overload
def parse(command: Literal["show module", "show module all"], text: str | bytes) -> Reading[Modules]: ...
@overload
def parse(
    command: Literal["show vpn-sessiondb", "show vpn-sessiondb summary"],
    text: str | bytes,
) -> Reading[VpnSessions]: ...
@overload
def parse(command: Literal["show asdm image"], text: str | bytes) -> Reading[AsdmImage]: ...
@overload
def parse(command: Literal["show arp"], text: str | bytes) -> Reading[Arp]: ...
@overload
def parse(command: Literal["show bgp summary"], text: str | bytes) -> Reading[BgpSummary]: ...
@overload
def parse(command: Literal["show checksum"], text: str | bytes) -> Reading[Checksum]: ...
@overload
def parse(command: Literal["show clock", "show clock detail"], text: str | bytes) -> Reading[Clock]: ...
@overload
def parse(command: Literal["show cpu", "show cpu usage"], text: str | bytes) -> Reading[CpuUsage]: ...
@overload
def parse(
    command: Literal["show crypto key mypubkey", "show crypto key mypubkey rsa", "show crypto key mypubkey all"],
    text: str | bytes,
) -> Reading[CryptoKeys]: ...
@overload
def parse(command: Literal["show curpriv"], text: str | bytes) -> Reading[Curpriv]: ...
@overload
def parse(command: Literal["show failover descriptor"], text: str | bytes) -> Reading[FailoverDescriptor]: ...
@overload
def parse(
    command: Literal["show failover exec active", "show failover exec mate", "show failover exec standby"],
    text: str | bytes,
) -> Reading[FailoverExec]: ...
@overload
def parse(command: Literal["show failover statistics"], text: str | bytes) -> Reading[FailoverStatistics]: ...
@overload
def parse(command: Literal["show interface ip brief"], text: str | bytes) -> Reading[InterfaceBrief]: ...
@overload
def parse(command: Literal["show license summary"], text: str | bytes) -> Reading[LicenseSummary]: ...
@overload
def parse(command: Literal["show memory"], text: str | bytes) -> Reading[Memory]: ...
@overload
def parse(command: Literal["show ospf neighbor"], text: str | bytes) -> Reading[OspfNeighbors]: ...
@overload
def parse(command: Literal["show route summary"], text: str | bytes) -> Reading[RouteSummary]: ...
@overload
def parse(
    command: Literal["show running-config monitor-interface"],
    text: str | bytes,
) -> Reading[RunningMonitorInterface]: ...
@overload
def parse(command: Literal["show running-config ssh"], text: str | bytes) -> Reading[RunningSsh]: ...
@overload
def parse(command: Literal["show startup-config errors"], text: str | bytes) -> Reading[StartupErrors]: ...
@overload
def parse(command: Literal["show xlate count"], text: str | bytes) -> Reading[XlateCount]: ...
@overload
def parse(command: Literal["syslog"], text: str | bytes) -> Reading[Log]: ...
@overload
def parse(command: str, text: str | bytes) -> Reading: ...
def parse_many(captures: Iterable[tuple[str, str | bytes]]) -> list[Reading | ParseError]: ...
