from typing import Any, Final, Literal, final

__all__ = [
    "AllocatedInterface", "AsdmImage", "Bootvar", "Checksum", "Clock", "Context", "ContextConfig", "Contexts",
    "CpuUsage", "CryptoKey", "CryptoKeys", "Curpriv", "Dir", "FlashFile", "Inventory", "InventoryItem",
    "LicenseSummary", "LicenseUse", "Memory", "Mode", "Modules", "Reload", "RunningBoot", "RunningContext",
    "RunningSsh", "SlotModule", "SshAllowed", "StartupBoot", "StartupErrors", "StartupReport", "Verify",
    "Version",
]  # fmt: skip

@final
class Version:
    product: Final[Literal["asa", "pix", "fwsm", "ftd"]]
    version: Final[str]
    space: Final[Literal["system", "context"] | None]
    asdm: Final[str | None]
    platform_os: Final[str | None]
    image: Final[str | None]
    config_at_boot: Final[str | None]
    hostname: Final[str | None]
    uptime_seconds: Final[int | None]
    failover_cluster_uptime_seconds: Final[int | None]
    hardware: Final[str | None]
    model_id: Final[str | None]
    serial: Final[str | None]
    ram_mb: Final[int | None]
    licensed_failover: Final[str | None]
    config_register: Final[str | None]
    config_modified: Final[str | None]
    def uptime_range(self) -> tuple[int, int] | None: ...
    def config_register_next(self) -> str | None: ...
    def to_dict(self) -> dict[str, Any]: ...

@final
class Mode:
    mode: Final[Literal["single", "multiple"]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class RunningBoot:
    system: Final[list[str]]
    config: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class StartupBoot:
    system: Final[list[str]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Bootvar:
    boot: Final[list[str] | None]
    current_boot: Final[list[str] | None]
    config_file: Final[str | None]
    current_config_file: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Dir:
    filesystem: Final[str]
    files: Final[list[FlashFile]]
    total_bytes: Final[int | None]
    free_bytes: Final[int | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class FlashFile:
    name: Final[str]
    size: Final[int]
    modified: Final[str | None]
    kind: Final[Literal["file", "dir"]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Verify:
    algorithm: Final[str | None]
    file: Final[str]
    digest: Final[str | None]
    result: Final[Literal["computed", "verified", "failed"]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Reload:
    scheduled: Final[bool]
    text: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Inventory:
    items: Final[list[InventoryItem]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class InventoryItem:
    name: Final[str | None]
    descr: Final[str | None]
    pid: Final[str | None]
    vid: Final[str | None]
    serial: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Modules:
    modules: Final[list[SlotModule]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class SlotModule:
    slot: Final[str]
    card_type: Final[str | None]
    model: Final[str | None]
    serial: Final[str | None]
    mac_first: Final[str | None]
    mac_last: Final[str | None]
    hw_version: Final[str | None]
    fw_version: Final[str | None]
    sw_version: Final[str | None]
    application: Final[str | None]
    application_status: Final[str | None]
    application_version: Final[str | None]
    status: Final[str | None]
    data_plane_status: Final[str | None]
    compatibility: Final[str | None]
    license: Final[str | None]
    license_status: Final[str | None]
    license_time_remaining: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class AsdmImage:
    image: Final[str]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Checksum:
    checksum: Final[str]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Clock:
    now: Final[str]
    source: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class CpuUsage:
    five_seconds: Final[int]
    one_minute: Final[int]
    five_minutes: Final[int]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Memory:
    free_bytes: Final[int]
    used_bytes: Final[int]
    total_bytes: Final[int]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Curpriv:
    username: Final[str]
    level: Final[int]
    modes: Final[list[str]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class LicenseSummary:
    enabled: Final[bool | None]
    registration: Final[str | None]
    authorization: Final[str | None]
    export_controlled: Final[str | None]
    usage: Final[list[LicenseUse]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class LicenseUse:
    license: Final[str]
    count: Final[int]
    status: Final[str]
    def to_dict(self) -> dict[str, Any]: ...

@final
class CryptoKeys:
    keys: Final[list[CryptoKey]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class CryptoKey:
    generated_at: Final[str | None]
    name: Final[str | None]
    type: Final[str | None]
    usage: Final[str | None]
    bits: Final[int | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class StartupErrors:
    reports: Final[list[StartupReport]]
    rest: Final[list[str]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class StartupReport:
    config_line: Final[int]
    context: Final[str | None]
    command: Final[str]
    said: Final[list[str]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Contexts:
    contexts: Final[list[Context]]
    total: Final[int | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Context:
    name: Final[str]
    admin: Final[bool | None]
    state: Final[str | None]
    resource_class: Final[str | None]
    interfaces: Final[list[str]]
    more_interfaces: Final[bool]
    mapped_interfaces: Final[list[str] | None]
    mode: Final[str | None]
    config_url: Final[str | None]
    flags: Final[str | None]
    id: Final[int | None]
    failover_group: Final[int | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class RunningContext:
    admin_context: Final[str | None]
    contexts: Final[list[ContextConfig]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class ContextConfig:
    name: Final[str]
    resource_class: Final[str | None]
    interfaces: Final[list[AllocatedInterface]]
    config_url: Final[str | None]
    failover_group: Final[int | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class AllocatedInterface:
    port: Final[str]
    mapped: Final[str | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class RunningSsh:
    allowed: Final[list[SshAllowed]]
    timeout_minutes: Final[int | None]
    version: Final[str | None]
    key_exchange_group: Final[str | None]
    host_key: Final[str | None]
    cipher_encryption: Final[str | None]
    cipher_integrity: Final[str | None]
    scopy: Final[bool | None]
    strict_host_key_check: Final[bool | None]
    ciscossh_stack: Final[bool | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class SshAllowed:
    address: Final[str]
    mask: Final[str | None]
    interface: Final[str]
    def to_dict(self) -> dict[str, Any]: ...
