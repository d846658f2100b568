"""The readers, one function a command, for output as it comes off a terminal.

Each returns a :class:`~asa_failover.Reading` and raises :class:`~asa_failover.ParseError`.

>>> from asa_failover import show
>>> show.mode("Security context mode: multiple\\n").value.to_dict()
{'mode': 'multiple'}
"""

from __future__ import annotations

from ._core import Reading, parse

__all__ = [
    "bootvar",
    "conn_count",
    "dir",
    "failover",
    "failover_state",
    "mode",
    "reload",
    "running_boot",
    "running_failover",
    "startup_boot",
    "verify",
    "version",
]


def failover(text: str) -> Reading:
    """Reads the output of ``show failover``."""
    return parse("show failover", text)


def failover_state(text: str) -> Reading:
    """Reads the output of ``show failover state``."""
    return parse("show failover state", text)


def version(text: str) -> Reading:
    """Reads the output of ``show version``."""
    return parse("show version", text)


def mode(text: str) -> Reading:
    """Reads the output of ``show mode``."""
    return parse("show mode", text)


def running_boot(text: str) -> Reading:
    """Reads the output of ``show running-config boot``."""
    return parse("show running-config boot", text)


def startup_boot(text: str) -> Reading:
    """Reads the boot lines of ``show startup-config``."""
    return parse("show startup-config", text)


def bootvar(text: str) -> Reading:
    """Reads the output of ``show bootvar``."""
    return parse("show bootvar", text)


def dir(text: str) -> Reading:
    """Reads the output of ``dir``."""
    return parse("dir", text)


def verify(text: str) -> Reading:
    """Reads the output of ``verify``."""
    return parse("verify", text)


def running_failover(text: str) -> Reading:
    """Reads the output of ``show running-config failover``."""
    return parse("show running-config failover", text)


def reload(text: str) -> Reading:
    """Reads the output of ``show reload``."""
    return parse("show reload", text)


def conn_count(text: str) -> Reading:
    """Reads the output of ``show conn count``."""
    return parse("show conn count", text)
