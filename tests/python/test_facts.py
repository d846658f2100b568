"""The classes of facts: each attribute says what the plain values say, and is of the type its stub names."""

from __future__ import annotations

import ast
import inspect
import sys
import threading
from typing import Any

import pytest

import asa_failover as asaf
from asa_failover import show
from conftest import ROOT
from samples import PRIMARY, SAMPLES

STUBS = ROOT / "asa-failover-py" / "python" / "asa_failover" / "_core"
# A key that is a keyword of Python has another name as an attribute.
KEYS = {"frm": "from", "resource_class": "class"}

IDS = [f"{number}-{command}" for number, (command, _) in enumerate(SAMPLES)]


def classes() -> dict[str, type]:
    found = {name: getattr(show, name) for name in show.__all__}
    return {name: thing for name, thing in found.items() if inspect.isclass(thing)}


def attributes(of: type) -> list[str]:
    return [name for name, member in vars(of).items() if inspect.isgetsetdescriptor(member)]


def stubbed() -> dict[str, dict[str, str]]:
    """What the stubs say of each attribute, by class."""
    found: dict[str, dict[str, str]] = {}
    for name in ("failover", "traffic", "unit"):
        for part in ast.parse((STUBS / f"{name}.pyi").read_text()).body:
            if isinstance(part, ast.ClassDef):
                found[part.name] = {
                    row.target.id: ast.unparse(row.annotation)
                    for row in part.body
                    if isinstance(row, ast.AnnAssign) and isinstance(row.target, ast.Name)
                }
    return found


# What stands in an annotation and is no class of facts.
NAMES: dict[str, Any] = {
    "Final": "Final", "Literal": "Literal", "_Role": ("Primary", "Secondary"), "_Side": ("this", "other"),
    "str": str, "int": int, "bool": bool, "list": list, "dict": dict,
}  # fmt: skip


def fits(value: object, annotation: ast.expr) -> bool:
    """Whether a value is of the type that an annotation in a stub names."""
    if isinstance(annotation, ast.BinOp):
        return fits(value, annotation.left) or fits(value, annotation.right)
    if isinstance(annotation, ast.Constant):
        return annotation.value is None and value is None
    if isinstance(annotation, ast.Name):
        known = NAMES.get(annotation.id) or getattr(show, annotation.id)
        return value in known if isinstance(known, tuple) else type(value) is known
    assert isinstance(annotation, ast.Subscript) and isinstance(annotation.value, ast.Name)
    inner = annotation.slice
    if annotation.value.id == "Final":
        return fits(value, inner)
    if annotation.value.id == "Literal":
        return value in ast.literal_eval(inner)
    if annotation.value.id == "list":
        return isinstance(value, list) and all(fits(item, inner) for item in value)
    assert annotation.value.id == "dict" and isinstance(inner, ast.Tuple)
    key, item = inner.elts
    return isinstance(value, dict) and all(fits(k, key) and fits(v, item) for k, v in value.items())


def agree(value: object, plain: object, met: dict[str, object]) -> None:
    """An object and its plain form say the same, all the way down."""
    if isinstance(plain, list):
        assert isinstance(value, list) and len(value) == len(plain)
        for one, other in zip(value, plain):
            agree(one, other, met)
    elif isinstance(value, dict):
        assert isinstance(plain, dict) and {str(key) for key in value} == set(plain)
        for key, item in value.items():
            agree(item, plain[str(key)], met)
    elif isinstance(plain, dict):
        name = type(value).__name__
        met[name] = value
        assert getattr(show, name) is type(value) and type(value).__module__ == "asa_failover.show"
        assert {KEYS.get(key, key) for key in attributes(type(value))} == set(plain)
        assert value.to_dict() == plain  # type: ignore[attr-defined]
        for key in attributes(type(value)):
            agree(getattr(value, key), plain[KEYS.get(key, key)], met)
    else:
        assert type(value) is type(plain) and value == plain


def everything() -> dict[str, object]:
    """An object of each class."""
    met: dict[str, object] = {}
    for command, text in SAMPLES:
        value = asaf.parse(command, text).value
        agree(value, value.to_dict(), met)
    return met


@pytest.mark.parametrize(("command", "text"), SAMPLES, ids=IDS)
def test_each_attribute_says_what_the_plain_values_say(command: str, text: str) -> None:
    reading = asaf.parse(command, text)
    assert isinstance(reading.value, show.Facts)
    said = {"claimed": reading.lines.claimed, "ignored": reading.lines.ignored, "unread": 0}
    assert reading.to_dict() == {"value": reading.value.to_dict(), "unread": [], "lines": said}
    met: dict[str, object] = {}
    agree(reading.value, reading.to_dict()["value"], met)
    stubs = stubbed()
    for name, value in met.items():
        for key, annotation in stubs[name].items():
            kind = ast.parse(annotation, mode="eval").body
            assert fits(getattr(value, key), kind), f"{name}.{key}: {annotation}, found {getattr(value, key)!r}"


def test_each_class_is_met_in_some_output() -> None:
    assert set(everything()) == set(classes()) == set(stubbed())
    assert {command for command, _ in SAMPLES} >= {"show failover", "syslog", "verify"}


def test_each_command_that_the_stub_names_gives_the_class_it_names() -> None:
    texts = {type(asaf.parse(command, text).value).__name__: text for command, text in SAMPLES}
    named = 0
    for part in ast.parse((STUBS / "readings.pyi").read_text()).body:
        if isinstance(part, ast.FunctionDef) and part.name == "parse":
            command, returns = part.args.args[0].annotation, part.returns
            if isinstance(command, ast.Subscript) and isinstance(returns, ast.Subscript):
                names = ast.literal_eval(command.slice)
                for name in [names] if isinstance(names, str) else names:
                    found = asaf.parse(name, texts[ast.unparse(returns.slice)]).value
                    assert type(found).__name__ == ast.unparse(returns.slice), name
                    named += 1
    assert named > 50


def test_a_value_is_one_object_that_compares_and_never_changes() -> None:
    for command, text in SAMPLES:
        one, other = asaf.parse(command, text), asaf.parse(command, text)
        assert one.value is one.value
        assert one == other and one.value == other.value and one.value is not other.value
        assert hash(one) == hash(other) and hash(one.value) == hash(other.value)
        assert one != asaf.parse("show clock", "15:48:33.799 UTC Wed Aug 16 2017")
    for name, value in everything().items():
        for key in attributes(type(value)):
            with pytest.raises(AttributeError):
                setattr(value, key, None)
        assert repr(value).startswith(f"<{name} ") and repr(value).endswith(">")
        with pytest.raises(TypeError):
            type(value)()


def test_what_an_object_shows() -> None:
    reading = show.failover(PRIMARY["show failover"])
    assert repr(reading) == "<Reading of Failover, 0 lines unread>"
    assert repr(reading.value.lan_link) == "<Link name='folink' port='GigabitEthernet0/3' status='up'>"
    assert repr(reading.value.queues).startswith("<Queues recv=<Queue cur=0 max=")
    entry = show.failover_history(dict(SAMPLES)["show failover history"]).value.entries[0]
    assert repr(entry).startswith("<HistoryEntry at=") and " frm='" in repr(entry)
    with pytest.raises(AttributeError, match='there are no facts "Colour"'):
        getattr(asaf._core.failover, "Colour")


def test_a_reading_can_be_annotated_with_its_facts() -> None:
    assert asaf.Reading[show.Failover].__origin__ is asaf.Reading  # type: ignore[attr-defined]


def test_the_hosts_and_groups_of_a_pair() -> None:
    standby = show.failover(PRIMARY["show failover"]).value
    assert standby.group_ids() == [0] and standby.groups is None
    assert (standby.standing("this"), standby.standing("other", 0)) == ("Active", "Standby Ready")
    assert standby.standing("this", group=1) is None
    assert standby.host("this") == standby.this_host and standby.host("other") == standby.other_host
    assert standby.host("this") != standby.host("other")

    both = show.failover(dict(SAMPLES)["show failover"]).value
    assert both.group_ids() == [1, 2] and both.groups is not None
    assert (both.standing("this", 1), both.standing("this", 2)) == ("Active", "Standby Ready")
    assert both.standing("this") is None and both.standing("other", 3) is None
    assert both.groups[2].host("other") == both.groups[2].other_host
    assert both.groups[2].host("other").state == "Active"
    with pytest.raises(ValueError, match='expected "this" or "other", found "mate"'):
        both.standing("mate", 1)  # type: ignore[arg-type]
    with pytest.raises(OverflowError):
        both.standing("this", -1)


def test_what_an_uptime_and_a_register_stand_for() -> None:
    version = show.version(PRIMARY["show version"]).value
    assert version.uptime_seconds is not None
    least, most = version.uptime_range() or (0, 0)
    assert least == version.uptime_seconds < most
    assert (version.config_register, version.config_register_next()) == ("0x1", "0x1")
    changed = PRIMARY["show version"].replace("register is 0x1", "register is 0x1 (will be 0x41 at next reload)")
    assert show.version(changed).value.config_register_next() == "0x41"


def test_lines_unread_in_the_block_of_a_host() -> None:
    text = PRIMARY["show failover"].replace("Active time:", "Active mood:", 1).replace("Reconnect", "Recollect", 1)
    reading = show.failover(text)
    assert [line.block for line in reading.unread] == ["elsewhere", "host"]
    (line,) = reading.unread_in_host_blocks
    assert line == reading.unread[1] and hash(line) == hash(reading.unread[1]) and "Active mood" in line.text
    assert reading.to_dict()["unread"][1] == {"line": line.line, "text": line.text, "block": "host"}


def test_bytes_are_read_as_text() -> None:
    text = PRIMARY["show failover"]
    assert show.failover(text.encode()) == asaf.parse("show failover", text.encode()) == show.failover(text)
    damaged = asaf.parse("show mode", b"Security context mode: single\r\nnot \xff text\r\n")
    assert (damaged.value.mode, damaged.unread[0].text) == ("single", "not \ufffd text\r")
    halves = show.mode("Security context mode: single\nnot \udcff text\n")
    assert (halves.value.mode, halves.unread[0].text) == ("single", f"not {3 * chr(0xFFFD)} text")
    for wrong in (None, 7, bytearray(b""), ["show mode"]):
        with pytest.raises(TypeError, match="expected str or bytes, found "):
            asaf.parse("show mode", wrong)  # type: ignore[call-overload]


def test_many_captures_are_read_in_one_call() -> None:
    captures: list[tuple[str, str | bytes]] = [*SAMPLES, ("show mode", b"Security context mode: triple"), ("show tech", "")]
    read = asaf.parse_many(captures)
    assert read[: len(SAMPLES)] == [asaf.parse(command, text) for command, text in SAMPLES]
    triple, tech = read[len(SAMPLES) :]
    assert isinstance(triple, asaf.ParseError) and isinstance(tech, asaf.ParseError)
    assert (triple.command, triple.line, tech.command, tech.line) == ("show mode", 1, "show tech", None)
    assert str(tech) == 'no reader for "show tech"'
    assert asaf.parse_many(iter(captures[:1])) == read[:1] and asaf.parse_many({}.items()) == []
    for wrong in ([("show mode",)], [("show mode", None)], ["show mode"], 7):
        with pytest.raises((TypeError, ValueError)):
            asaf.parse_many(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("many", [False, True], ids=["parse", "parse_many"])
def test_other_threads_run_while_a_text_is_read(many: bool) -> None:
    """No thread is made to give way for a minute, so this one goes on only where the other lets it."""
    text = "outside 192.0.2.9 0050.5600.0001 2\n" * 150_000
    state = "waiting"
    ready = threading.Event()

    def read() -> None:
        nonlocal state
        state = "reading"
        ready.set()
        asaf.parse_many([("show arp", text)]) if many else asaf.parse("show arp", text)
        state = "read"

    interval = sys.getswitchinterval()
    reader = threading.Thread(target=read)
    try:
        sys.setswitchinterval(60)
        reader.start()
        ready.wait()
        seen = state
    finally:
        sys.setswitchinterval(interval)
        reader.join()
    assert (seen, state) == ("reading", "read")
