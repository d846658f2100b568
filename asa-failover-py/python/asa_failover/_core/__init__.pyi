from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike
from typing import Any, Final, Literal, Protocol, final

from typing_extensions import TypeAlias, disjoint_base

from . import failover as failover, readings as readings, traffic as traffic, unit as unit
from .readings import Reading

# Attributes are read-only. What compares and hashes does so as `object` declares it.

__all__ = [
    "Action", "Alternative", "AsaVersion", "Asdm", "AsdmStep", "AsdmSteps", "ByModel", "Compat", "Condition",
    "Event", "Finding", "Goal", "Guideline", "Hop", "Image", "ImageName", "Judgement", "Model", "Oracle", "Outcome",
    "Pair", "Piece", "Plan", "Policy", "Progress", "Question", "Reason", "Rehearsal", "Run", "Skip", "Source", "Ssh",
    "Step", "SyslogEntry", "SyslogMessage", "Train", "Verdict", "__version__", "check", "failover", "plan",
    "read", "readings", "rehearse", "run", "traffic", "transcript", "unit",
]  # fmt: skip

__version__: Final[str]

_Release: TypeAlias = AsaVersion | str
_Role: TypeAlias = Literal["Primary", "Secondary"]
_Rules: TypeAlias = Literal["auto", "strict", "current"]
_Basis: TypeAlias = Literal["vendor", "copy", "measured", "derived", "site", "memory"]
_Boot: TypeAlias = Literal["boot-list", "single-boot-entry", "chassis", "unknown"]
_Kind: TypeAlias = Literal["same", "hitless", "needs_stops", "not_hitless", "refused", "downgrade", "unknown"]
_Pause: TypeAlias = Literal["before-switch", "before-second-reload"]
_Ability: TypeAlias = Literal["yes", "licensed", "no", "unknown"]
_Fault: TypeAlias = str | Mapping[str, Any]

class _Stop(Protocol):
    def is_set(self) -> bool: ...

@final
class AsaVersion:
    def __new__(cls, text: str, /) -> AsaVersion: ...
    major: Final[int]
    minor: Final[int]
    maintenance: Final[int]
    interim: Final[int]
    train: Final[Train]
    def __lt__(self, other: AsaVersion, /) -> bool: ...
    def __le__(self, other: AsaVersion, /) -> bool: ...
    def __gt__(self, other: AsaVersion, /) -> bool: ...
    def __ge__(self, other: AsaVersion, /) -> bool: ...
    def __getnewargs__(self) -> tuple[str]: ...

@final
class Train:
    def __new__(cls, text: str, /) -> Train: ...
    major: Final[int]
    minor: Final[int]
    def __lt__(self, other: Train, /) -> bool: ...
    def __le__(self, other: Train, /) -> bool: ...
    def __gt__(self, other: Train, /) -> bool: ...
    def __ge__(self, other: Train, /) -> bool: ...
    def __getnewargs__(self) -> tuple[str]: ...

@final
class ImageName:
    def __new__(cls, text: str, /) -> ImageName: ...
    version: Final[AsaVersion | None]
    versions: Final[list[AsaVersion]]
    family: Final[str]
    def __getnewargs__(self) -> tuple[str]: ...

@final
class Compat:
    table_hash: Final[str]
    def __new__(cls, *, overlay: str | PathLike[str] | None = None) -> Compat: ...
    def overlaid(self, name: str, text: str) -> Compat: ...
    def between(
        self,
        frm: _Release,
        to: _Release,
        model: str | None = None,
        rules: _Rules = "auto",
        stops: Sequence[_Release] = (),
    ) -> Verdict: ...
    def asdm(self, target: _Release, present: _Release | None = None) -> Asdm: ...
    def asdm_steps(
        self, frm: _Release, path: Sequence[_Release], present: _Release | None = None
    ) -> AsdmSteps: ...
    def asdm_for(self, verdict: Verdict, present: _Release | None = None) -> AsdmSteps: ...
    def asdm_jump(self, frm: _Release, to: _Release) -> str | None: ...
    def model(self, name: str) -> Model | None: ...
    def models(self) -> list[Model]: ...
    def guidelines(self) -> list[Guideline]: ...
    def source(self, key: str) -> Source | None: ...

@final
class Asdm:
    asa: Final[AsaVersion]
    companion: Final[Train | None]
    minimum: Final[AsaVersion | None]
    is_remembered: Final[bool]
    present: Final[AsaVersion | None]
    fit: Final[Literal["works", "too_old", "unknown"] | None]
    reasons: Final[list[str]]
    stage: Final[AsaVersion | None]
    images: Final[list[ImageName]]
    clients: Final[list[str]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class AsdmStep:
    frm: Final[AsaVersion]
    to: Final[AsaVersion]
    before: Final[AsaVersion | None]
    stage: Final[list[AsaVersion]]
    jump: Final[str | None]
    asdm: Final[Asdm]

@final
class AsdmSteps:
    start: Final[Asdm]
    steps: Final[list[AsdmStep]]
    target: Final[Asdm]
    is_in_order: Final[bool]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Model:
    name: Final[str]
    family: Final[str]
    first: Final[AsaVersion | None]
    last: Final[str | None]
    image: Final[str | None]
    boot: Final[_Boot]
    active_standby: Final[_Ability]
    stateful: Final[_Ability]
    active_active: Final[_Ability]
    def suits(self, image: ImageName | str) -> dict[str, str]: ...
    def runs(self, release: _Release) -> dict[str, Any]: ...
    def driven(self, release: _Release) -> dict[str, str]: ...
    def to_dict(self) -> dict[str, Any]: ...

@final
class Verdict:
    frm: Final[AsaVersion]
    to: Final[AsaVersion]
    model: Final[str | None]
    rules: Final[_Rules]
    kind: Final[_Kind]
    is_hitless: Final[bool]
    reason: Final[Reason | None]
    path: Final[list[Hop]]
    stops: Final[list[AsaVersion]]
    skips: Final[list[Skip]]
    alternative: Final[Alternative | None]
    rule: Final[str | None]
    sources: Final[list[str]]
    cited: Final[list[Source]]
    basis: Final[_Basis | None]
    conditions: Final[list[Condition]]
    guidelines: Final[list[Guideline]]
    by_model: Final[list[ByModel]]
    notes: Final[list[str]]
    boot: Final[_Boot | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Hop:
    frm: Final[AsaVersion]
    to: Final[AsaVersion]
    kind: Final[Literal["maintenance", "minor", "major", "direct"]]
    rule: Final[str]
    text: Final[str]
    rules: Final[Literal["strict", "current"]]
    interrupts: Final[Reason | None]
    sources: Final[list[str]]
    basis: Final[_Basis]
    caveat: Final[str | None]

@final
class Skip:
    frm: Final[AsaVersion]
    to: Final[AsaVersion]
    why: Final[Reason]

@final
class Alternative:
    rules: Final[Literal["strict", "current"]]
    path: Final[list[Hop]]

@final
class ByModel:
    models: Final[list[str]]
    kind: Final[_Kind]
    reason: Final[Reason | None]
    stops: Final[list[AsaVersion]]

@final
class Reason:
    id: Final[str]
    text: Final[str]
    action: Final[str]
    basis: Final[_Basis]
    sources: Final[list[str]]

@final
class Condition:
    id: Final[str]
    text: Final[str]
    action: Final[str]
    lockout: Final[bool]
    command: Final[str | None]
    fact: Final[str | None]
    basis: Final[_Basis]
    sources: Final[list[str]]

@final
class Guideline:
    id: Final[str]
    kind: Final[Literal["unconditional", "condition", "procedure", "note"]]
    lockout: Final[bool]
    general: Final[bool]
    of_target: Final[bool]
    topic: Final[str]
    text: Final[str]
    action: Final[str]
    command: Final[str | None]
    fact: Final[str | None]
    checks: Final[list[str]]
    basis: Final[_Basis]
    sources: Final[list[str]]

@final
class Source:
    key: Final[str]
    title: Final[str]
    url: Final[str]
    kind: Final[str]
    trust: Final[str]

@final
class Piece:
    prompt: Final[str | None]
    hostname: Final[str | None]
    context: Final[str | None]
    role: Final[_Role | None]
    state: Final[Literal["act", "stby", "actNoFailover", "stbyNoFailover", "nego"] | None]
    mode: Final[str | None]
    typed: Final[str]
    command: Final[str | None]
    line: Final[int]
    span: Final[tuple[int, int]]
    output: Final[str]
    output_line: Final[int]
    output_start: Final[int]
    def read(self) -> Reading: ...

def transcript(log: str | bytes) -> list[Piece]: ...

@final
class SyslogMessage:
    @staticmethod
    def parse(line: str) -> SyslogMessage: ...
    pri: Final[int | None]
    at: Final[str | None]
    host: Final[str | None]
    product: Final[Literal["asa", "pix", "fwsm", "ftd"]]
    message_class: Final[str | None]
    severity: Final[int]
    id: Final[int]
    unit: Final[str | None]
    role: Final[_Role | None]
    group: Final[int | None]
    text: Final[str]
    entry: Final[SyslogEntry | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class SyslogEntry:
    @staticmethod
    def known(id: int) -> SyslogEntry | None: ...
    @staticmethod
    def entries() -> list[SyslogEntry]: ...
    id: Final[int]
    severity: Final[int]
    older_severity: Final[int | None]
    message_class: Final[str]
    template: Final[str]
    meaning: Final[str]
    advice: Final[str]
    planner_use: Final[Literal["expected-marker", "information", "warning", "abort"]]
    basis: Final[_Basis]
    sources: Final[list[str]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Pair:
    @staticmethod
    def from_captures(primary: Mapping[str, str], secondary: Mapping[str, str]) -> Pair: ...
    is_multiple: Final[bool]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Image:
    def __new__(
        cls,
        file: str,
        *,
        sha512: str | None = None,
        md5: str | None = None,
        size: int | None = None,
        url: str | None = None,
    ) -> Image: ...
    def to_dict(self) -> dict[str, Any]: ...

@final
class Goal:
    def __new__(
        cls,
        target: _Release,
        *,
        images: Sequence[Image] = (),
        stops: Sequence[_Release] = (),
        owners: Mapping[int, str] = {},
        accept: Sequence[str] = (),
    ) -> Goal: ...
    target: Final[AsaVersion]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Policy:
    def __new__(
        cls,
        *,
        w_ms: int = 2000,
        slow_read_s: int = 300,
        staged_read_s: int = 30,
        t_quiet_s: int = 60,
        ready_polls: int = 3,
        ready_for_s: int = 30,
        poll_s: int = 5,
        soak_s: int = 120,
        probe_s: int | None = None,
        boot_s: int = 1800,
        boot_with_module_s: int = 2700,
        sync_config_s: int = 3600,
        bulk_sync_s: int = 3600,
        module_s: int = 2700,
        sync_s: int = 3600,
        copy_s: int = 3600,
        verify_s: int = 600,
        save_s: int = 300,
        switch_s: int = 60,
        preempt_s: int = 120,
        reply_s: int = 30,
        connect_s: int = 30,
        silence_s: int = 300,
        caught_up_percent: int = 80,
        flaps: int = 3,
        resumes: int = 5,
        on_drift: Literal["halt", "adapt"] = "halt",
        procedure: Literal["hardened", "published"] = "hardened",
        preempt: Literal["wait", "remove"] = "wait",
        pauses: Iterable[_Pause] = (),
        window_s: int | None = None,
        reach: Literal["both-addresses", "active-only"] = "both-addresses",
    ) -> Policy: ...
    def to_dict(self) -> dict[str, Any]: ...

@final
class Finding:
    id: Final[str]
    severity: Final[Literal["block", "warn", "note"]]
    unit: Final[_Role | None]
    text: Final[str]
    command: Final[str | None]
    acceptable: Final[bool]
    def to_dict(self) -> dict[str, Any]: ...

def check(
    pair: Pair, goal: Goal, compat: Compat | None = None, policy: Policy | None = None
) -> list[Finding]: ...

@final
class Step:
    number: Final[int]
    phase: Final[Literal["stage", "boot", "reload", "switch", "preempt", "await", "pause", "finish"]]
    hop: Final[AsaVersion | None]
    unit: Final[_Role | None]
    command: Final[str | None]
    typed: Final[str | None]
    changes: Final[bool]
    expect: Final[str]
    typical_s: Final[int]
    worst_s: Final[int]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Plan:
    @staticmethod
    def from_json(text: str, compat: Compat | None = None) -> Plan: ...
    id: Final[str]
    pair: Final[Pair]
    goal: Final[Goal]
    policy: Final[Policy]
    verdict: Final[Verdict]
    findings: Final[list[Finding]]
    steps: Final[list[Step]]
    lines: Final[list[tuple[_Role, str]]]
    turns_at: Final[tuple[int, _Pause] | None]
    def way_back(self, hop: int, pause: _Pause) -> Plan: ...
    def to_json(self) -> str: ...
    def to_markdown(self) -> str: ...

def plan(pair: Pair, goal: Goal, compat: Compat | None = None, policy: Policy | None = None) -> Plan: ...

@disjoint_base
class Outcome:
    kind: Final[Literal["completed", "halted"]]
    code: Final[str | None]
    reason: Final[str | None]
    now: Final[list[str] | None]
    safe: Final[str | None]
    commands: Final[list[tuple[_Role, str]] | None]
    back: Final[list[tuple[_Role, str]] | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Oracle:
    is_clean: Final[bool]
    is_blameless: Final[bool]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Judgement:
    is_innocent: Final[bool]
    excuses: Final[dict[str, int]]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Rehearsal(Outcome):
    history: Final[list[dict[str, Any]]]
    oracle: Final[Oracle]
    judgement: Final[Judgement]
    lines: Final[list[tuple[_Role, str]]]
    unstruck: Final[list[str]]

def rehearse(
    plan: Plan,
    pair: Pair | None = None,
    seed: int = 1,
    faults: Sequence[tuple[float | Mapping[str, Any], _Fault]] = (),
    doubts: Sequence[Mapping[str, Any]] = (),
    on_event: Callable[[Progress], object] | None = None,
    on_question: Callable[[Question], object] | None = None,
    on_probe: Callable[[], object] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Rehearsal: ...

@final
class Progress:
    at_ms: Final[int]
    command: Final[str | None]
    unit: Final[_Role | None]
    why: Final[str | None]
    symptom: Final[dict[str, Any] | None]
    waited_ms: Final[int | None]
    def to_dict(self) -> dict[str, Any]: ...

@final
class Question:
    hop: Final[int]
    pause: Final[_Pause]
    back: Final[list[tuple[_Role, str]]]

@final
class Ssh:
    def __new__(
        cls,
        addresses: Sequence[str],
        *,
        user: str,
        password: str | None = None,
        key: str | PathLike[str] | None = None,
        passphrase: str | None = None,
        known_hosts: str | PathLike[str] | None = None,
        enable: str | None = None,
        fallback_user: str | None = None,
        fallback_password: str | None = None,
        legacy: bool = False,
    ) -> Ssh: ...

def read(ssh: Ssh, verify: Sequence[str] = (), *, time_scale: int = 1) -> Pair: ...
def run(
    plan: Plan,
    transport: Ssh,
    journal: str | PathLike[str],
    *,
    on_event: Callable[[Progress], object] | None = None,
    on_question: Callable[[Question], object] | None = None,
    on_probe: Callable[[], object] | None = None,
    stop: _Stop | None = None,
    owner: str = "",
    time_scale: int = 1,
) -> Outcome: ...

@final
class Run:
    def __new__(cls, plan: Plan, *, owner: str = "") -> Run: ...
    def step(self, elapsed_ms: int, event: Event, /) -> Action: ...
    def progress(self, elapsed_ms: int, /) -> Progress: ...

@final
class Action:
    kind: Final[Literal["connect", "send", "record", "sleep", "ask", "probe", "finish"]]
    endpoint: Final[Literal["active", "standby"] | None]
    by_ms: Final[int | None]
    enter_by_ms: Final[int | None]
    session: Final[int | None]
    line: Final[str | None]
    effect: Final[Literal["reads", "moves", "changes", "disrupts"] | None]
    permitted: Final[list[tuple[str, str]] | None]
    record: Final[dict[str, Any] | None]
    question: Final[Question | None]
    outcome: Final[Outcome | None]

@final
class Event:
    @staticmethod
    def start() -> Event: ...
    @staticmethod
    def resume(records: Sequence[Mapping[str, Any]]) -> Event: ...
    @staticmethod
    def connected(session: int, prompt: str) -> Event: ...
    @staticmethod
    def refused(
        endpoint: Literal["active", "standby"], why: str, *, waiting_may_help: bool
    ) -> Event: ...
    @staticmethod
    def replied(session: int, output: str, prompt: str) -> Event: ...
    @staticmethod
    def questioned(session: int, question: str) -> Event: ...
    @staticmethod
    def dropped(session: int) -> Event: ...
    @staticmethod
    def timed_out() -> Event: ...
    @staticmethod
    def recorded() -> Event: ...
    @staticmethod
    def record_failed(why: str) -> Event: ...
    @staticmethod
    def answered(go: bool) -> Event: ...
    @staticmethod
    def probed(why: str | None = None) -> Event: ...
    @staticmethod
    def not_sent() -> Event: ...
    @staticmethod
    def stop() -> Event: ...
