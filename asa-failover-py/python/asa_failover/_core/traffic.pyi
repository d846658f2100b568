from typing import Any, Final, final

__all__ = [
    "Arp", "ArpEntry", "BgpNeighbor", "BgpSummary", "BriefInterface", "ConnCount", "InterfaceBrief", "Log",
    "LogMessage", "OspfNeighbor", "OspfNeighbors", "PreserveConnection", "RouteSource", "RouteSummary",
    "VpnSession", "VpnSessions", "VpnTunnel", "VpnTunnelTotals", "XlateCount",
]  # fmt: skip

@final
class ConnCount:
    in_use: Final[int]
    most_used: Final[int]
    preserve_connection: Final[PreserveConnection | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class PreserveConnection:
    enabled: Final[int]
    in_effect: Final[int]
    most_enabled: Final[int]
    most_in_effect: Final[int]
    def to_dict(self) -> dict[str, Any]: ...

@final
class XlateCount:
    in_use: Final[int]
    most_used: Final[int]
    def to_dict(self) -> dict[str, Any]: ...

@final
class VpnSessions:
    sessions: Final[list[VpnSession]]
    total_active_and_inactive: Final[int | None]
    total_cumulative: Final[int | None]
    capacity: Final[int | None]
    load_percent: Final[int | None]
    tunnels: Final[list[VpnTunnel]]
    tunnel_totals: Final[VpnTunnelTotals | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class VpnSession:
    type: Final[str]
    parent: Final[str | None]
    active: Final[int]
    cumulative: Final[int]
    peak: Final[int]
    inactive: Final[int | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class VpnTunnel:
    type: Final[str]
    active: Final[int]
    cumulative: Final[int]
    peak: Final[int]
    def to_dict(self) -> dict[str, Any]: ...

@final
class VpnTunnelTotals:
    active: Final[int]
    cumulative: Final[int]
    def to_dict(self) -> dict[str, Any]: ...

@final
class InterfaceBrief:
    interfaces: Final[list[BriefInterface]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class BriefInterface:
    name: Final[str]
    ip: Final[str | None]
    method: Final[str]
    status: Final[str]
    protocol: Final[str]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Arp:
    entries: Final[list[ArpEntry]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class ArpEntry:
    interface: Final[str]
    ip: Final[str]
    mac: Final[str]
    age_seconds: Final[int | None]
    mark: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class RouteSummary:
    sources: Final[list[RouteSource]]
    total_networks: Final[int]
    total_subnets: Final[int]
    def to_dict(self) -> dict[str, Any]: ...

@final
class RouteSource:
    source: Final[str]
    networks: Final[int]
    subnets: Final[int | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class OspfNeighbors:
    neighbors: Final[list[OspfNeighbor]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class OspfNeighbor:
    id: Final[str]
    priority: Final[int]
    state: Final[str]
    role: Final[str]
    dead_time: Final[str]
    address: Final[str]
    interface: Final[str]
    def to_dict(self) -> dict[str, Any]: ...

@final
class BgpSummary:
    router_id: Final[str]
    local_as: Final[str]
    neighbors: Final[list[BgpNeighbor]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class BgpNeighbor:
    address: Final[str]
    remote_as: Final[str]
    received: Final[int]
    sent: Final[int]
    up_down: Final[str]
    state: Final[str]
    prefixes: Final[int | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Log:
    messages: Final[list[LogMessage]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class LogMessage:
    severity: Final[int]
    id: Final[int]
    unit: Final[str | None]
    text: Final[str]
    at: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...
