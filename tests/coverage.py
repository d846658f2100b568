#!/usr/bin/env python3
"""Which lines and branches of the run, and of what it decides, the tests of the core reach.

By hand: it needs the nightly compiler for branches, with its llvm-tools, and cargo-llvm-cov, and says how each is
installed. Prints lines and branches by file of ``src/run`` and ``src/decide``. Fails where a line is not reached, or a
branch not taken, that ``coverage.csv`` does not name with its reason, and where that file names one that is reached,
taken or gone. A row without ``way`` names a line by its text; one with ``way`` (true or false) a branch by the text of
its condition.

A branch is one way, true or false, of what stands at one place of the source: of an ``if``, a ``while``, an ``if
let``, a ``let ... else``, the guard of an arm, and of each operand of ``&&`` and ``||`` among them. What a generic
function or a closure was compiled to more than once is one place, and its counts are one sum; so are the library as
it is and as its own tests compile it. Not counted as branches, since the compiler counts none there: the arms of a
``match`` and ``?`` (their lines are), a condition that is one macro and nothing else (``if matches!(...)``; its
lines are), the last operand of a condition that is a value, and what combinators are given (their closures' lines
are). Neither lines nor branches are counted of tests that stand in the files. What only random events reach is
reached by chance, so that the tests that draw them are left out.

Usage: coverage.py [TEST...]: the tests of the core that drive runs and decisions, or these alone. What is left out
(the exploration, the campaign, sessions over SSH) reaches no line of its own in these folders.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SOURCES = "asa-failover-core/src/"
FOLDERS = (SOURCES + "run/", SOURCES + "decide/")
EXCUSED = HERE / "coverage.csv"
CORE = ["-p", "asa-failover-core", "--no-default-features", "--features", "twin"]
TESTS = "compat faults guards guards_run journal laws pair preempt questions sources traps".split()
# What is missing, by the command that tells, and how it is had.
NEEDED = {
    "cargo +nightly --version": "the nightly compiler; install it with: rustup toolchain install nightly",
    "cargo llvm-cov --version": "cargo-llvm-cov; install it with: cargo install cargo-llvm-cov --locked",
}
# Readers and tables have tests of their own; the others draw events at random.
SKIPPED = "compat:: show:: a_run_takes_any_event_and_can_be_replayed the_canonical_form_does_the_same".split()
# Where the tests of a file begin that stand in it.
TESTS_BEGIN = re.compile(r"^#\[cfg\(.*\btest\b.*\)\]\nmod \w+ \{$", re.MULTILINE)
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


Place = tuple[int, int, int, int]  # From line and column to line and column, from 1.
Lines = dict[str, dict[int, int]]
Branches = dict[str, dict[Place, list[int]]]


def measured(tests: list[str]) -> tuple[str, dict]:
    """Runs the tests anew and reports lines in the format of lcov, and branches with their places."""
    cov = ["cargo", "+nightly", "llvm-cov"]
    subprocess.run([*cov, "clean", "--profraw-only"], cwd=ROOT, check=True)
    named = [part for test in tests for part in ("--test", test)]
    skipped = [part for test in SKIPPED for part in ("--skip", test)]
    run = [*cov, "--branch", "--no-report", *CORE, "--lib", *named, "--", *skipped]
    subprocess.run(run, cwd=ROOT, check=True)
    lcov, whole = (
        subprocess.run(
            [*cov, "report", "--branch", form], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout
        for form in ("--lcov", "--json")
    )
    return lcov, json.loads(whole)


def ours(path: str) -> str | None:
    """The name of a file of the two folders that is no test."""
    name = Path(path).relative_to(ROOT).as_posix() if Path(path).is_relative_to(ROOT) else ""
    is_test = name.endswith("tests.rs") or "/tests/" in name
    return name if name.startswith(FOLDERS) and not is_test else None


def untested(name: str) -> int:
    """How many lines of a file stand before its tests."""
    text = (ROOT / name).read_text()
    begin = TESTS_BEGIN.search(text)
    return text.count("\n", 0, begin.start() if begin else len(text))


def counts(lcov: str, whole: dict) -> tuple[Lines, Branches]:
    """How often each line, and each way of each branch, was taken, by file."""
    lines: Lines = defaultdict(lambda: defaultdict(int))
    name, most = None, 0
    for record in lcov.splitlines():
        kind, _, rest = record.partition(":")
        if kind == "SF":
            name = ours(rest)
            most = untested(name) if name else 0
        elif name and kind == "DA":
            line, count = map(int, rest.split(",")[:2])
            if line <= most:
                lines[name][line] += count
    branches: Branches = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for function in (function for data in whole["data"] for function in data["functions"]):
        for *place, true, false, file, _, _ in function["branches"]:
            name = ours(function["filenames"][file])
            if name and place[0] <= untested(name):
                ways = branches[name][tuple(place)]
                ways[0] += true
                ways[1] += false
    return lines, branches


def share(reached: int, of: int) -> str:
    return f"{reached:5}/{of:<5} {100 * reached / of if of else 100:6.2f} %"


def quoted(text: list[str], place: Place) -> str:
    """What stands at a place, on one line."""
    first, begin, last, end = place
    parts = text[first - 1 : last]
    parts[-1] = parts[-1][: end - 1]
    parts[0] = parts[0][begin - 1 :]
    return " ".join(part.strip() for part in parts)


def judged(lines: Lines, branches: Branches) -> list[str]:
    """Prints the figures; what is wrong with them."""
    with EXCUSED.open(newline="") as file:
        excused = Counter((row["file"], row["line"], row["way"]) for row in csv.DictReader(file))
    named, wrong, sums = excused.total(), [], [0, 0, 0, 0]

    def missed(key: tuple[str, str, str], what: str) -> None:
        """A row excuses one place: another with the same text needs another row."""
        if excused[key]:
            excused[key] -= 1
        else:
            wrong.append(what)

    print(f"{'file':36} {'lines':>20} {'branches':>20}")
    for name in sorted(lines):
        short, text = name.removeprefix(SOURCES), (ROOT / name).read_text().splitlines()
        ways = [count for both in branches[name].values() for count in both]
        of = (sum(map(bool, lines[name].values())), len(lines[name]), sum(map(bool, ways)), len(ways))
        sums = [one + other for one, other in zip(sums, of)]
        print(f"{short:36} {share(*of[:2]):>20} {share(*of[2:]):>20}")
        for number in (number for number, count in sorted(lines[name].items()) if count == 0):
            line = text[number - 1].strip()
            missed((short, line, ""), f"{name}:{number} is not reached: {line}")
        for place, both in sorted(branches[name].items()):
            condition = quoted(text, place)
            for way in (way for way, count in zip(("true", "false"), both) if count == 0):
                missed((short, condition, way), f"{name}:{place[0]} is never {way}: {condition}")
    print(f"{'all':36} {share(*sums[:2]):>20} {share(*sums[2:]):>20}")
    stale = [", ".join(key) for key in excused.elements()]
    print(f"named with a reason in {EXCUSED.name}: {named - len(stale)}")
    return wrong + [f"{EXCUSED.name} names what is reached or gone: {row}" for row in stale]


def main() -> int:
    if what := missing():
        for name in what:
            print(f"missing: {name}", file=sys.stderr)
        return 1
    wrong = judged(*counts(*measured(sys.argv[1:] or TESTS)))
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
