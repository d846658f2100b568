"""Readings: facts as attributes and as plain values, unread lines, errors with their place."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import Any

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

# What no pair of the captures printed: command, function, text, and one fact of it.
SMALL: list[tuple[str, Callable[[str], asaf.Reading], str, tuple[str, Any]]] = [
    ("show arp", asaf.show.arp, "inside 192.0.2.9 0050.5600.0001 -", ("entries", 1)),
    ("show asdm image", asaf.show.asdm_image, "Device Manager image file, disk0:/a.bin", ("image", "disk0:/a.bin")),
    ("show bgp summary", asaf.show.bgp_summary, "BGP router identifier 192.0.2.1, local AS number 1",
     ("router_id", "192.0.2.1")),
    ("show checksum", asaf.show.checksum, "Cryptochecksum: 00000001 00000002 00000003 00000004",
     ("checksum", "00000001 00000002 00000003 00000004")),
    ("show clock", asaf.show.clock, "15:48:33.799 UTC Wed Aug 16 2017", ("now", "15:48:33.799 UTC Wed Aug 16 2017")),
    ("show context", asaf.show.context, 'Context "a", has been created', ("contexts", 1)),
    ("show cpu usage", asaf.show.cpu_usage, "CPU utilization for 5 seconds = 1%; 1 minute: 2%; 5 minutes: 3%",
     ("five_minutes", 3)),
    ("show crypto key mypubkey rsa", asaf.show.crypto_keys, "Key pair was generated at: now", ("keys", 1)),
    ("show curpriv", asaf.show.curpriv, "Username : a\nCurrent privilege level : 15\nCurrent Mode/s : P_PRIV",
     ("level", 15)),
    ("show failover descriptor", asaf.show.failover_descriptor, "inside send: 20 receive: 21", ("interfaces", 1)),
    ("show failover exec mate", asaf.show.failover_exec, "Active unit Failover EXEC is at config mode",
     ("mode", "config mode")),
    ("show failover history", asaf.show.failover_history, "From State  To State  Reason", ("entries", 0)),
    ("show failover history details", asaf.show.failover_history_details, "From State  To State  Reason",
     ("peer_entries", 0)),
    ("show failover interface", asaf.show.failover_interface, "interface folink Vlan1", ("links", 1)),
    ("show failover statistics", asaf.show.failover_statistics, "tx:1\nrx:2", ("rx", 2)),
    ("show interface ip brief", asaf.show.interface_ip_brief,
     "Interface IP-Address OK? Method Status Protocol\nVlan1 unassigned YES unset down down", ("interfaces", 1)),
    ("show inventory", asaf.show.inventory, 'Name: "Chassis", DESCR: ""\nPID: A, VID: N/A, SN:', ("items", 1)),
    ("show license summary", asaf.show.license_summary, "Smart Licensing is ENABLED", ("enabled", True)),
    ("show memory", asaf.show.memory, "Free memory: 1 bytes\nUsed memory: 2 bytes\nTotal memory: 3 bytes",
     ("total_bytes", 3)),
    ("show module", asaf.show.module,
     "Mod Card Type Model Serial No.\n--- --------- ----- ----------\n  0 An ASA    ASA   JAD000000A1", ("modules", 1)),
    ("show ospf neighbor", asaf.show.ospf_neighbor, "", ("neighbors", 0)),
    ("show route summary", asaf.show.route_summary,
     "Route Source Networks Subnets Replicates Overhead Memory (bytes)\nTotal 1 2 3 4 5", ("total_subnets", 2)),
    ("show running-config context", asaf.show.running_context, "context a", ("contexts", 1)),
    ("show running-config monitor-interface", asaf.show.running_monitor_interface, "no monitor-interface a",
     ("interfaces", 1)),
    ("show running-config ssh", asaf.show.running_ssh, "ssh timeout 5", ("timeout_minutes", 5)),
    ("show startup-config errors", asaf.show.startup_errors, '*** Output from config line 1, "failover"',
     ("reports", 1)),
    ("show vpn-sessiondb summary", asaf.show.vpn_sessiondb, "No sessions to display.", ("capacity", None)),
    ("show xlate count", asaf.show.xlate_count, "1 in use, 2 most used", ("most_used", 2)),
    ("syslog", asaf.show.log, "%ASA-1-104001: (Primary) Switching to ACTIVE", ("messages", 1)),
]


@pytest.mark.parametrize(("command", "read", "text", "fact"), SMALL, ids=[command for command, *_ in SMALL])
def test_every_other_command_by_name_and_by_function(
    command: str, read: Callable[[str], asaf.Reading], text: str, fact: tuple[str, Any]
) -> None:
    named, direct = asaf.parse(command, text), read(text)
    assert named.value == direct.value and named.unread == direct.unread == []
    name, expected = fact
    value = named.value.to_dict()[name]
    assert (len(value) if isinstance(value, list) else value) == expected
    found = getattr(direct.value, name)
    assert (len(found) if isinstance(found, list) else found) == expected


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
    readers = [name for name in asaf.show.__all__ if inspect.isfunction(getattr(asaf.show, name))]
    assert sorted(readers) == sorted(read.__name__ for read in [row[1] for row in READERS] + [row[1] for row in SMALL])


def test_facts_are_attributes_and_plain_values(captures: Captures) -> None:
    facts = asaf.show.version(captures["primary"]["show version"]).value
    assert (facts.version, facts.serial, facts.hardware) == ("9.8(4)", "JAD000000A1", "ASA5525")
    assert "hardware" in dir(facts)
    facts.to_dict()["version"] = "changed"
    assert facts.version == "9.8(4)"
    with pytest.raises(AttributeError, match="no attribute 'colour'"):
        _ = facts.colour  # type: ignore[attr-defined]


def test_the_states_of_an_active_active_pair() -> None:
    text = captured("asa5525-aa-9.8.4")["primary"]["show failover"]
    groups = asaf.show.failover(text).value.groups
    assert groups is not None and list(groups) == [1, 2]


def test_a_line_that_is_not_understood_is_kept(captures: Captures) -> None:
    text = captures["primary"]["show failover"].replace("Reconnect timeout", "Reconnect mood", 1)
    (unread,) = asaf.parse("show failover", text).unread
    assert (unread.line, unread.text.strip(), unread.block) == (4, "Reconnect mood 0:00:00", "elsewhere")
    assert repr(unread).startswith("<Unread line 4: ")


def test_every_line_is_counted_once() -> None:
    reading = asaf.parse("show mode", "fw# show mode\nSecurity context mode: single\nWhat is this?\n\nfw# ")
    assert (reading.lines.claimed, reading.lines.ignored, reading.lines.unread) == (1, 2, 1)
    assert reading.to_dict()["lines"] == {"claimed": 1, "ignored": 2, "unread": 1}
    assert repr(reading.lines) == "<Lines: 1 claimed, 2 ignored, 1 unread>"


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
