#!/usr/bin/env python3
"""One parser in Python on the captures of one command: prints the rows of the bench, as the programs in Rust and C do.

Usage: parser.py PARSER COMMAND FILE..., or parser.py --import PARSER for the milliseconds that importing it takes.
What can be made once for all texts (a compiled template) is made once.
"""

from __future__ import annotations

import importlib
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

# As of the programs in Rust.
BATCH_NS, BATCHES = 200_000, 41

Parse = Callable[[str], object]


def ours(command: str) -> Parse:
    asaf = importlib.import_module("asa_failover")
    return lambda text: asaf.parse(command, text)


def textfsm(command: str) -> Parse:
    package = importlib.import_module("textfsm")
    with template(command).open() as file:
        fsm = package.TextFSM(file)

    def parse(text: str) -> object:
        fsm.Reset()
        return fsm.ParseText(text)

    return parse


def ntc_templates(command: str) -> Parse:
    package = importlib.import_module("ntc_templates.parse")
    return lambda text: package.parse_output(platform="cisco_asa", command=command, data=text)


def genie(command: str) -> Parse:
    name = command.replace(" ", "_")
    module = importlib.import_module(f"genie.libs.parser.asa.{name}")
    parser = getattr(module, "".join(word.capitalize() for word in command.split()))
    return lambda text: parser(device=None).parse(output=text)


# Each parser, and what a script that uses it imports.
PARSERS: dict[str, tuple[Callable[[str], Parse], str]] = {
    "asa_failover": (ours, "asa_failover"),
    "textfsm": (textfsm, "textfsm"),
    "ntc-templates": (ntc_templates, "ntc_templates.parse"),
    "Genie": (genie, "genie.libs.parser.asa.show_failover"),
}


def template(command: str) -> Path:
    """The template of ntc-templates, as installed."""
    package = importlib.import_module("ntc_templates")
    name = f"cisco_asa_{command.replace(' ', '_')}.textfsm"
    return Path(str(package.__file__)).with_name("templates") / name


def median_ns(call: Callable[[], object]) -> float:
    """What one call takes of the processor, in nanoseconds, over batches."""

    def batch(calls: int) -> int:
        began = time.thread_time_ns()
        for _ in range(calls):
            call()
        return time.thread_time_ns() - began

    calls = 1
    while batch(calls) < BATCH_NS:
        calls *= 2
    return statistics.median(batch(calls) / calls for _ in range(BATCHES))


def peak_kib() -> int:
    """The most memory this process held at a time; 0 where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def main() -> None:
    if sys.argv[1] == "--import":
        began = time.perf_counter_ns()
        importlib.import_module(PARSERS[sys.argv[2]][1])
        print((time.perf_counter_ns() - began) / 1e6)
        return
    name, command, *files = sys.argv[1:]
    parse = PARSERS[name][0](command)
    for file in files:
        text = Path(file).read_bytes().decode()
        # Whatever it raises: it gives no facts. What a text costs is measured all the same.
        refused: list[str] = []

        def call(text: str = text, refused: list[str] = refused) -> object:
            try:
                return parse(text)
            except Exception as why:
                refused[:] = [type(why).__name__]
                return None

        parsed = bool(call()) and not refused
        print(f"time\t{median_ns(call):.1f}\t{int(parsed)}\t{file}")
    print(f"peak\t{peak_kib()}")


if __name__ == "__main__":
    main()
