"""Syslog messages: attributes and plain values, what is known of an id, lines that are none."""

from __future__ import annotations

import json

import pytest

import asa_failover as asaf

LINE = (
    "<166>Nov 26 2026 10:00:00 fw1 : %ASA-6-720012: (VPN-Secondary) Failed to update IPsec failover runtime data "
    "on the standby unit.\r\n"
)


def test_each_part_of_a_line() -> None:
    message = asaf.syslog.parse(LINE)
    assert (message.pri, message.at, message.host) == (166, "Nov 26 2026 10:00:00", "fw1")
    assert (message.product, message.message_class) == ("asa", None)
    assert (message.severity, message.id) == (6, 720012)
    assert (message.unit, message.role, message.group) == ("VPN-Secondary", "Secondary", None)
    assert message.text == "Failed to update IPsec failover runtime data on the standby unit."
    assert str(message) == f"%ASA-6-720012: (VPN-Secondary) {message.text}"
    assert repr(message) == f"<SyslogMessage {message}>"


def test_the_emblem_form_and_a_group() -> None:
    message = asaf.syslog.parse(":Nov 26 10:00:00 UTC: %ASA-ha-1-104002: (Primary_group_1) Switching to STANDBY")
    assert (message.at, message.message_class) == ("Nov 26 10:00:00 UTC", "ha")
    assert (message.unit, message.role, message.group) == ("Primary_group_1", "Primary", 1)


def test_a_message_is_a_value() -> None:
    message = asaf.syslog.parse(LINE)
    assert message == asaf.syslog.parse(LINE.rstrip()) and hash(message) == hash(asaf.syslog.parse(LINE))
    assert message != asaf.syslog.parse(str(message)), "the header is part of it"
    assert asaf.syslog.parse(str(message)).text == message.text
    with pytest.raises(AttributeError):
        message.severity = 1  # type: ignore[misc]


def test_a_message_as_plain_values() -> None:
    message = asaf.syslog.parse(LINE)
    plain = message.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    entry = plain.pop("entry")
    assert message.entry is not None and entry == message.entry.to_dict()
    assert plain == {
        "pri": 166, "at": "Nov 26 2026 10:00:00", "host": "fw1", "product": "asa", "class": None, "severity": 6,
        "id": 720012, "unit": "VPN-Secondary", "role": "Secondary", "group": None, "text": message.text,
    }  # fmt: skip


def test_what_is_known_of_the_message_that_upgrades_are_known_for() -> None:
    entry = asaf.syslog.known(720012)
    assert entry is not None and entry == asaf.syslog.parse(LINE).entry
    assert (entry.id, entry.severity, entry.older_severity) == (720012, 6, 5)
    assert (entry.message_class, entry.planner_use, entry.basis) == ("vpnfo", "information", "vendor")
    assert entry.template.startswith("(VPN-unit) Failed to update IPsec")
    assert "no effect on the unit" in entry.meaning
    assert "CSCtj58420 and CSCtn56517" in entry.advice and "never sent by this library" in entry.advice
    assert entry.sources == ["seed-111867", "sys-asa-sev", "qa-117906"]
    assert repr(entry) == "<SyslogEntry 720012: information>"
    assert hash(entry) == hash(asaf.syslog.known(720012)) and entry != asaf.syslog.known(720013)


def test_every_entry_has_advice() -> None:
    entries = asaf.syslog.entries()
    assert len(entries) == 187 and [entry.id for entry in entries] == sorted(entry.id for entry in entries)
    assert all(entry.advice and entry.meaning and entry.sources for entry in entries)
    assert {entry.planner_use for entry in entries} == {"expected-marker", "information", "warning", "abort"}
    assert [entry.id for entry in entries if entry.basis == "memory"] == [199006]


@pytest.mark.parametrize("line", ["%ASA-6-302013: Built inbound TCP connection", "%FTD-1-104003: (Primary) x"])
def test_what_is_not_known_is_kept_without_advice(line: str) -> None:
    message = asaf.syslog.parse(line)
    assert message.entry is None and message.to_dict()["entry"] is None
    assert message.text and asaf.syslog.known(302013) is None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "see %ASA-1-104001: (Primary) Switching to ACTIVE",
        "Nov 26 10:00:00 web1 sshd[7]: %ASA-1-104001: (Primary) Switching to ACTIVE",
        "fw1(config)# %ASA-1-104001: (Primary) Switching to ACTIVE",
        "%SYS-5-CONFIG_I: Configured from console",
        "%ASA-8-104001: (Primary) Switching to ACTIVE",
    ],
)
def test_a_line_that_is_no_message(line: str) -> None:
    with pytest.raises(asaf.ParseError, match="expected a message such as %ASA-1-104001:") as caught:
        asaf.syslog.parse(line)
    assert (caught.value.command, caught.value.line) == ("syslog", 1)
    assert caught.value.span is not None and caught.value.span[1] == len(line)


def test_an_id_is_a_number() -> None:
    with pytest.raises(OverflowError):
        asaf.syslog.known(-1)
    assert asaf.syslog.known(0) is None
