#!/usr/bin/env python3
"""Counts the instructions of calls of ours under callgrind and holds them to ``instructions.csv``.

Seconds depend on the machine and on what else it does; instructions hardly do. What is left: the compiler, the C
library (it allocates) and whether the processor has AVX2 (memchr and the C library choose by it). The file names the
three it was counted with. Where they are the same, a call may cost ``SAME`` more than is written there; where one
differs, ``OTHER`` more, which still catches a pass too many over the text; on another architecture nothing is held.
A count is the difference of two runs of the same program, so that start-up and reading the file cancel out.

Usage: instructions.py BUILT, the folder with bench-ours and bench-c. With BLESS=1 the file is written anew.
"""

from __future__ import annotations

import csv
import os
import platform
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COUNTS = HERE / "instructions.csv"

# How much more a call may cost, and how much less it may before the file should be written anew.
SAME, OTHER, LESS = 0.05, 0.25, 0.10
FEW, MANY = 20, 120

AS, AA = "asa5525-9.8.4", "asa5525-aa-9.8.4"
# Name, program with its way, command, pair and file of the capture.
CALLS = [
    ("show failover, Active/Standby", ["bench-ours", "run", "direct"], "show failover", AS, "show-failover"),
    ("show failover, Active/Active", ["bench-ours", "run", "direct"], "show failover", AA, "show-failover"),
    ("show failover, by its name", ["bench-ours", "run", "name"], "show failover", AS, "show-failover"),
    ("show failover, asaf_parse", ["bench-c", "run"], "show failover", AS, "show-failover"),
    ("show failover state", ["bench-ours", "run", "direct"], "show failover state", AS, "show-failover-state"),
    ("show version", ["bench-ours", "run", "direct"], "show version", AS, "show-version"),
    ("show version, by its name", ["bench-ours", "run", "name"], "show version", AS, "show-version"),
    ("line ends of show failover", ["bench-ours", "run", "lines"], "show failover", AS, "show-failover"),
]


def counted_with() -> dict[str, str]:
    """What counts depend on beside the code."""
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    cpu = Path("/proc/cpuinfo")
    avx2 = cpu.exists() and " avx2 " in cpu.read_text()
    libc = " ".join(platform.libc_ver()).strip() or "unknown"
    return {"machine": platform.machine(), "rustc": rustc, "libc": libc, "avx2": "yes" if avx2 else "no"}


def collected(command: list[str]) -> int:
    """The instructions of a whole run."""
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    # Where the environment or a path is longer, the stack starts elsewhere; nothing else of it is seen.
    done = subprocess.run(valgrind + command, capture_output=True, text=True, cwd=ROOT, env={"PATH": os.environ["PATH"]})
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or found is None:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr}")
    return int(found.group(1))


def per_call(built: str, call: tuple[str, list[str], str, str, str]) -> int:
    _, (program, *way), command, pair, name = call
    capture = f"tests/captures/{pair}/primary/{name}.txt"
    run = [str(Path(built).resolve() / program), *way, command, capture]
    few, many = (collected([*run, str(calls)]) for calls in (FEW, MANY))
    return round((many - few) / (MANY - FEW))


def written() -> tuple[dict[str, str], dict[str, int]]:
    """What the file says it was counted with, and its counts."""
    with COUNTS.open(newline="") as file:
        rows = dict(csv.reader(line for line in file if not line.startswith("#")))
    rows.pop("call")
    given = {key: rows.pop(key) for key in ("machine", "rustc", "libc", "avx2")}
    return given, {call: int(count) for call, count in rows.items()}


def write(now: dict[str, str], counts: dict[str, int]) -> None:
    with COUNTS.open("w", newline="") as file:
        file.write("# Instructions of one call, and what they were counted with. Written by `make instructions BLESS=1`.\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["call", "instructions"])
        writer.writerows([*now.items(), *counts.items()])


def main() -> int:
    built = sys.argv[1]
    now = counted_with()
    with ThreadPoolExecutor(max_workers=2) as pool:
        counts = dict(zip((call[0] for call in CALLS), pool.map(lambda call: per_call(built, call), CALLS)))
    if os.environ.get("BLESS") == "1":
        write(now, counts)
        print(f"{COUNTS.relative_to(ROOT)} is written anew")
    given, before = written()
    other = [f"{key} {now[key]}, counted with {given[key]}" for key in now if now[key] != given[key]]
    most = OTHER if other else SAME
    if before.keys() != counts.keys():
        print(f"the file and this script do not name the same calls: {sorted(before.keys() ^ counts.keys())}")
        return 1
    more, less = [], []
    print(f"{'call':<34} {'instructions':>12} {'written':>10} {'change':>8}")
    for call, count in counts.items():
        change = count / before[call] - 1
        print(f"{call:<34} {count:>12} {before[call]:>10} {change:>+8.1%}")
        if change > most:
            more.append(call)
        elif change < -LESS:
            less.append(call)
    if other:
        print(f"held to +{OTHER:.0%}, not to +{SAME:.0%}: {'; '.join(other)}")
    if now["machine"] != given["machine"]:
        return 0
    if less and not other:
        print(f"notice: more than {LESS:.0%} fewer; keep it with `make instructions BLESS=1`: {', '.join(less)}")
    if more:
        print(f"more than {most:.0%} more instructions: {', '.join(more)}")
        print("if that is meant, keep it with `make instructions BLESS=1`")
    return 1 if more else 0


if __name__ == "__main__":
    sys.exit(main())
