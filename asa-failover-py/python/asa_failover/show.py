"""The readers, one function a command, for output as it comes off a terminal.

Each returns a :class:`~asa_failover.Reading` and raises :class:`~asa_failover.ParseError`.

>>> from asa_failover import show
>>> show.mode("Security context mode: multiple\\n").value.to_dict()
{'mode': 'multiple'}
"""

from __future__ import annotations

from ._core import Reading, parse

__all__ = [
    "arp",
    "asdm_image",
    "bgp_summary",
    "bootvar",
    "checksum",
    "clock",
    "conn_count",
    "context",
    "cpu_usage",
    "crypto_keys",
    "curpriv",
    "dir",
    "failover",
    "failover_descriptor",
    "failover_exec",
    "failover_history",
    "failover_history_details",
    "failover_interface",
    "failover_state",
    "failover_statistics",
    "interface_ip_brief",
    "inventory",
    "license_summary",
    "log",
    "memory",
    "mode",
    "module",
    "ospf_neighbor",
    "reload",
    "route_summary",
    "running_boot",
    "running_context",
    "running_failover",
    "running_monitor_interface",
    "running_ssh",
    "startup_boot",
    "startup_errors",
    "verify",
    "version",
    "vpn_sessiondb",
    "xlate_count",
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


def arp(text: str) -> Reading:
    """Reads the output of ``show arp``."""
    return parse("show arp", text)


def asdm_image(text: str) -> Reading:
    """Reads the output of ``show asdm image``."""
    return parse("show asdm image", text)


def bgp_summary(text: str) -> Reading:
    """Reads the output of ``show bgp summary``."""
    return parse("show bgp summary", text)


def checksum(text: str) -> Reading:
    """Reads the output of ``show checksum``."""
    return parse("show checksum", text)


def clock(text: str) -> Reading:
    """Reads the output of ``show clock``."""
    return parse("show clock", text)


def context(text: str) -> Reading:
    """Reads the output of ``show context`` or ``show context detail``."""
    return parse("show context", text)


def cpu_usage(text: str) -> Reading:
    """Reads the output of ``show cpu usage``."""
    return parse("show cpu usage", text)


def crypto_keys(text: str) -> Reading:
    """Reads the output of ``show crypto key mypubkey``."""
    return parse("show crypto key mypubkey", text)


def curpriv(text: str) -> Reading:
    """Reads the output of ``show curpriv``."""
    return parse("show curpriv", text)


def failover_descriptor(text: str) -> Reading:
    """Reads the output of ``show failover descriptor``."""
    return parse("show failover descriptor", text)


def failover_exec(text: str) -> Reading:
    """Reads the output of ``show failover exec active``, ``standby`` or ``mate``."""
    return parse("show failover exec mate", text)


def failover_history(text: str) -> Reading:
    """Reads the output of ``show failover history``."""
    return parse("show failover history", text)


def failover_history_details(text: str) -> Reading:
    """Reads the output of ``show failover history details``."""
    return parse("show failover history details", text)


def failover_interface(text: str) -> Reading:
    """Reads the output of ``show failover interface``."""
    return parse("show failover interface", text)


def failover_statistics(text: str) -> Reading:
    """Reads the output of ``show failover statistics``."""
    return parse("show failover statistics", text)


def interface_ip_brief(text: str) -> Reading:
    """Reads the output of ``show interface ip brief``."""
    return parse("show interface ip brief", text)


def inventory(text: str) -> Reading:
    """Reads the output of ``show inventory``."""
    return parse("show inventory", text)


def license_summary(text: str) -> Reading:
    """Reads the output of ``show license summary``."""
    return parse("show license summary", text)


def memory(text: str) -> Reading:
    """Reads the output of ``show memory``."""
    return parse("show memory", text)


def module(text: str) -> Reading:
    """Reads the output of ``show module``."""
    return parse("show module", text)


def ospf_neighbor(text: str) -> Reading:
    """Reads the output of ``show ospf neighbor``."""
    return parse("show ospf neighbor", text)


def route_summary(text: str) -> Reading:
    """Reads the output of ``show route summary``."""
    return parse("show route summary", text)


def running_context(text: str) -> Reading:
    """Reads the output of ``show running-config context``."""
    return parse("show running-config context", text)


def running_monitor_interface(text: str) -> Reading:
    """Reads the output of ``show running-config monitor-interface``."""
    return parse("show running-config monitor-interface", text)


def running_ssh(text: str) -> Reading:
    """Reads the output of ``show running-config ssh``."""
    return parse("show running-config ssh", text)


def startup_errors(text: str) -> Reading:
    """Reads the output of ``show startup-config errors``."""
    return parse("show startup-config errors", text)


def vpn_sessiondb(text: str) -> Reading:
    """Reads the output of ``show vpn-sessiondb summary``."""
    return parse("show vpn-sessiondb summary", text)


def xlate_count(text: str) -> Reading:
    """Reads the output of ``show xlate count``."""
    return parse("show xlate count", text)


def log(text: str) -> Reading:
    """Reads the failover messages of a log, a message a line."""
    return parse("syslog", text)
