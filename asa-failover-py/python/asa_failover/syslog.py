"""Syslog messages: what a line of a log says, and what it means for an upgrade.

>>> from asa_failover import syslog
>>> message = syslog.parse("Nov 26 2026 10:00:00 fw1 : %ASA-1-104001: (Secondary) Switching to ACTIVE - state check.")
>>> message.host, message.id, message.role
('fw1', 104001, 'Secondary')
>>> message.entry.planner_use
'expected-marker'
"""

from __future__ import annotations

from ._core import SyslogEntry, SyslogMessage

__all__ = ["entries", "known", "parse"]


def parse(line: str) -> SyslogMessage:
    """Reads one line of a log, wrapped as the unit or a relay does it.

    Priority, time, host and the EMBLEM form are known. A message that is quoted inside a text is none.

    Raises:
        ParseError: the line is no message of an ASA, PIX, FWSM or FTD.
    """
    return SyslogMessage.parse(line)


def known(id: int) -> SyslogEntry | None:
    """What is known of the message of this id, ``None`` where nothing is.

    >>> from asa_failover import syslog
    >>> syslog.known(103006).planner_use
    'abort'
    """
    return SyslogEntry.known(id)


def entries() -> list[SyslogEntry]:
    """Every message something is known of, lowest id first."""
    return SyslogEntry.entries()
