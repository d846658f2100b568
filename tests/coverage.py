#!/usr/bin/env python3
"""Which lines and branches of the run, and of what it decides, the tests of the core reach.

By hand: it needs the nightly compiler for branches, with its llvm-tools, and cargo-llvm-cov, and says how each is
installed. Prints lines and branches by file of ``src/run`` and ``src/decide``. Fails where a line is not reached that
``coverage.csv`` does not name with its reason, and where that file names a line that is reached or gone. Branches are
printed and not held: the compiler counts ``?``, ``matches!`` and a match with a guard otherwise from release to release.

Usage: coverage.py [TEST...]: the tests of the core that drive runs and decisions, or these alone. What is left out
(the exploration, the campaign, sessions over SSH) reaches no line of its own in these folders.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SOURCES = "asa-failover-core/src/"
FOLDERS = (SOURCES + "run/", SOURCES + "decide/")
EXCUSED = HERE / "coverage.csv"
CORE = ["-p", "asa-failover-core", "--no-default-features", "--features", "twin"]
TESTS = (
    "back conditions drift faults foreign glance guards guards_run journal laws policy preempt questions readme "
    "refusals restart resume takeover tickets traps upgrade"
).split()
# What is missing, by the command that tells, and how it is had.
NEEDED = {
    "cargo +nightly --version": "the nightly compiler; install it with: rustup toolchain install nightly",
    "cargo llvm-cov --version": "cargo-llvm-cov; install it with: cargo install cargo-llvm-cov --locked",
}
TOOLS = "llvm-tools; install them with: rustup component add llvm-tools --toolchain nightly"


def said(command: str) -> str | None:
    """What a command prints; ``None`` where it is not there or fails."""
    try:
        done = subprocess.run(command.split(), capture_output=True, text=True, cwd=ROOT, check=False)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None


def missing() -> list[str]:
    what = [name for command, name in NEEDED.items() if said(command) is None]
    if not what and "llvm-tools" not in (said("rustup component list --installed --toolchain nightly") or ""):
        what.append(TOOLS)
    return what


def measured(tests: list[str]) -> str:
    """Runs the tests anew and reports in the format of lcov."""
    cov = ["cargo", "+nightly", "llvm-cov"]
    subprocess.run([*cov, "clean", "--profraw-only"], cwd=ROOT, check=True)
    named = [part for test in tests for part in ("--test", test)]
    run = [*cov, "--branch", "--no-report", *CORE, "--lib", *named, "--", "--skip", "compat::", "--skip", "show::"]
    subprocess.run(run, cwd=ROOT, check=True)
    report = [*cov, "report", "--branch", "--lcov"]
    return subprocess.run(report, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def counts(lcov: str) -> tuple[dict[str, dict[int, int]], dict[str, dict[str, int]]]:
    """How often each line and each branch was taken, by file of the two folders that is no test."""
    lines: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    branches: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    name = None
    for record in lcov.splitlines():
        kind, _, rest = record.partition(":")
        if kind == "SF":
            path = Path(rest).relative_to(ROOT).as_posix() if Path(rest).is_relative_to(ROOT) else ""
            name = path if path.startswith(FOLDERS) and not path.endswith("tests.rs") else None
        elif name and kind == "DA":
            line, count = rest.split(",")[:2]
            lines[name][int(line)] += int(count)
        elif name and kind == "BRDA":
            where, _, count = rest.rpartition(",")
            branches[name][where] += 0 if count == "-" else int(count)
    return lines, branches


def share(reached: int, of: int) -> str:
    return f"{reached:5}/{of:<5} {100 * reached / of if of else 100:6.2f} %"


def judged(lines: dict[str, dict[int, int]], branches: dict[str, dict[str, int]]) -> list[str]:
    """Prints the figures; what is wrong with them."""
    with EXCUSED.open(newline="") as file:
        excused = {(row["file"], row["line"]): row["why"] for row in csv.DictReader(file)}
    wrong, used, sums = [], set(), [0, 0, 0, 0]
    print(f"{'file':36} {'lines':>20} {'branches':>20}")
    for name in sorted(lines):
        reached, of = sum(map(bool, lines[name].values())), len(lines[name])
        taken, all_of = sum(map(bool, branches[name].values())), len(branches[name])
        sums = [one + other for one, other in zip(sums, (reached, of, taken, all_of))]
        print(f"{name.removeprefix(SOURCES):36} {share(reached, of):>20} {share(taken, all_of):>20}")
        text = (ROOT / name).read_text().splitlines()
        for number, count in sorted(lines[name].items()):
            line = text[number - 1].strip()
            key = (name.removeprefix(SOURCES), line)
            if count == 0 and key in excused:
                used.add(key)
            elif count == 0:
                wrong.append(f"{name}:{number} is not reached: {line}")
        for where in (where for where, count in branches[name].items() if count == 0):
            number = int(where.split(",")[0])
            print(f"  branch not taken: {name.removeprefix(SOURCES)}:{number} {text[number - 1].strip()}")
    print(f"{'all':36} {share(*sums[:2]):>20} {share(*sums[2:]):>20}")
    stale = sorted(excused.keys() - used)
    return wrong + [f"{EXCUSED.name} names what is reached or gone: {name}: {line}" for name, line in stale]


def main() -> int:
    if what := missing():
        for name in what:
            print(f"missing: {name}", file=sys.stderr)
        return 1
    wrong = judged(*counts(measured(sys.argv[1:] or TESTS)))
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
