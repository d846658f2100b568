#!/usr/bin/env python3
"""Plans an upgrade from captures of a real pair: prints findings, verdict and plan, or every reason why not.

FOLDER holds the output of each unit, one file a command, in primary/ and secondary/. A file is named
after its command, with dashes: show-version.txt, show-failover.txt, show-failover-state.txt,
show-mode.txt, show-running-config-boot.txt, show-startup-config.txt (its boot lines are enough),
show-bootvar.txt, dir.txt, show-running-config-failover.txt, show-reload.txt, show-conn-count.txt, and
verify-NAME.txt for each file whose digest was computed. Exit code 1: there is no plan.
"""

from __future__ import annotations

import argparse
import pathlib
import sys
from collections.abc import Sequence
from typing import Optional

import asa_failover as asaf

COMMANDS = [
    "show version",
    "show failover",
    "show failover state",
    "show mode",
    "show running-config boot",
    "show startup-config",
    "show bootvar",
    "dir",
    "show running-config failover",
    "show reload",
    "show conn count",
]
FILES = {command.replace(" ", "-"): command for command in COMMANDS}


def captures(folder: pathlib.Path) -> dict[str, str]:
    """The output of one unit by the command that printed it."""
    found = {}
    if not folder.is_dir():
        print(f"{folder}: no such folder", file=sys.stderr)
    for path in sorted(folder.glob("*.txt")):
        command = f"verify {path.stem}" if path.stem.startswith("verify") else FILES.get(path.stem)
        if command is None:
            print(f"{path}: left out, no reader for it", file=sys.stderr)
        else:
            found[command] = path.read_bytes().decode("utf-8", "replace")
    return found


def size(text: str) -> int:
    """A number of bytes."""
    value = int(text)
    if value < 0:
        raise ValueError(text)
    return value


def goal(options: argparse.Namespace) -> asaf.Goal:
    """What is wanted; each image with the digest and size that stand at its place."""
    count = len(options.image)
    given = {name: getattr(options, name) for name in ("sha512", "md5", "size", "url")}
    for name, values in given.items():
        if len(values) not in (0, count):
            raise ValueError(f"--{name} is given once for each --image, or not at all")
    images = [
        asaf.Image(file, **{name: values[at] for name, values in given.items() if values})
        for at, file in enumerate(options.image)
    ]
    return asaf.Goal(options.target, images=images, stops=options.stop, accept=options.accept)


def planned(options: argparse.Namespace, goal: asaf.Goal) -> asaf.Plan:
    """Reads the captures, and plans."""
    primary, secondary = (captures(options.folder / unit) for unit in ("primary", "secondary"))
    pair = asaf.Pair.from_captures(primary, secondary)
    return asaf.plan(pair, goal, policy=asaf.Policy(reach=options.reach, procedure=options.procedure))


def show(findings: Sequence[asaf.Finding]) -> None:
    print("findings:")
    for finding in findings:
        print("  " + str(finding).replace("\n", "\n    "))


def main(arguments: Optional[Sequence[str]] = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, help="captures of the pair")
    parser.add_argument("--target", required=True, help="the release both units shall run, 9.8(4)48")
    parser.add_argument("--image", action="append", default=[], help="image of the target or of a stop, disk0:/...")
    parser.add_argument("--sha512", action="append", default=[], help="its published SHA-512")
    parser.add_argument("--md5", action="append", default=[], help="its published MD5")
    parser.add_argument("--size", action="append", default=[], type=size, help="its size in bytes")
    parser.add_argument("--url", action="append", default=[], help="where a unit that lacks it fetches it from")
    parser.add_argument("--stop", action="append", default=[], help="a release to stop at, oldest first")
    parser.add_argument("--accept", action="append", default=[], help="id of a condition that is accepted")
    parser.add_argument("--reach", choices=["both-addresses", "active-only"], default="both-addresses")
    parser.add_argument("--procedure", choices=["hardened", "published"], default="hardened")
    options = parser.parse_args(arguments)
    try:
        wanted = goal(options)
    except ValueError as wrong:
        parser.error(str(wrong))
    try:
        plan = planned(options, wanted)
    except asaf.Refused as refused:
        show(refused.findings)
        blocking = sum(finding.severity == "block" for finding in refused.findings)
        print(f"\nno plan: {blocking} of these findings block")
        return 1
    except asaf.ParseError as wrong:
        print("no plan:")
        for problem in wrong.problems:
            print(f"  {problem}")
        return 1
    show(plan.findings)
    print("\nverdict:\n  " + str(plan.verdict).replace("\n", "\n  ") + "\n")
    print(plan.to_markdown(), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
