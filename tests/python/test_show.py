"""Readings: facts as attributes and as plain values, unread lines, errors with their place."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

import asa_failover as asaf
from conftest import Captures, captured

READERS: list[tuple[str, Callable[[str], asaf.Reading]]] = [
    ("show failover", asaf.show.failover),
    ("show failover state", asaf.show.failover_state),
    ("show version", asaf.show.version),
    ("show mode", asaf.show.mode),
    ("show running-config boot", asaf.show.running_boot),
    ("show startup-config", asaf.show.startup_boot),
    ("show bootvar", asaf.show.bootvar),
    ("dir", asaf.show.dir),
    ("show running-config failover", asaf.show.running_failover),
    ("show reload", asaf.show.reload),
    ("show conn count", asaf.show.conn_count),
    ("verify verify-asa984-48-smp-k8.bin", asaf.show.verify),
]


@pytest.mark.parametrize(("command", "read"), READERS, ids=[command for command, _ in READERS])
def test_every_command_by_name_and_by_function(
    command: str, read: Callable[[str], asaf.Reading], captures: Captures
) -> None:
    text = captures["primary"][command]
    named, direct = asaf.parse(command, text), read(text)
    assert named.value == direct.value and named.value.to_dict()
    assert named.unread == direct.unread == []
    assert json.loads(json.dumps(named.value.to_dict())) == named.value.to_dict()


def test_every_reader_is_public() -> None:
    assert sorted(asaf.show.__all__) == sorted(read.__name__ for _, read in READERS)


def test_facts_are_attributes_and_plain_values(captures: Captures) -> None:
    facts = asaf.show.version(captures["primary"]["show version"]).value
    assert (facts.version, facts.serial, facts.hardware) == ("9.8(4)", "JAD000000A1", "ASA5525")
    assert "hardware" in dir(facts)
    facts.to_dict()["version"] = "changed"
    assert facts.version == "9.8(4)"
    with pytest.raises(AttributeError, match='there is no fact "colour" in this output'):
        _ = facts.colour


def test_the_states_of_an_active_active_pair() -> None:
    text = captured("asa5525-aa-9.8.4")["primary"]["show failover"]
    groups = asaf.show.failover(text).value.groups
    assert list(groups) == ["1", "2"]


def test_a_line_that_is_not_understood_is_kept(captures: Captures) -> None:
    text = captures["primary"]["show failover"].replace("Reconnect timeout", "Reconnect mood", 1)
    (unread,) = asaf.parse("show failover", text).unread
    assert (unread.line, unread.text.strip(), unread.block) == (4, "Reconnect mood 0:00:00", "elsewhere")
    assert repr(unread).startswith("<Unread line 4: ")


def test_an_error_has_a_place() -> None:
    with pytest.raises(asaf.ParseError) as caught:
        asaf.parse("show mode", "Security context mode: triple\n")
    error = caught.value
    assert (error.command, error.line) == ("show mode", 1)
    assert error.span is not None and 0 <= error.span[0] <= error.span[1] <= 30
    assert str(error).startswith("show mode, line 1: expected ") and "triple" in str(error)
    assert error.problems == [str(error)]


def test_a_command_without_a_reader_is_named() -> None:
    with pytest.raises(asaf.ParseError) as caught:
        asaf.parse("show tech-support", "")
    assert str(caught.value) == 'no reader for "show tech-support"'
    assert (caught.value.command, caught.value.line) == ("show tech-support", None)


def test_a_filter_that_hides_lines_is_not_taken(captures: Captures) -> None:
    with pytest.raises(asaf.ParseError, match="no reader for"):
        asaf.parse("show failover | include host", captures["primary"]["show failover"])
