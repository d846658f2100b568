#!/usr/bin/env python3
"""Judges a whole fleet: may each pair go from the release it runs to the one wanted, without downtime?

FLEET is CSV in UTF-8 with the columns name, model, from and to, one pair a line; other columns are left out.
A model may be empty: then only what holds for every model is a yes. What comes out has those columns, and kind,
path, conditions (their ids), basis and reason (why it is no plain yes).

A line that does not read comes out with the kind "error" and is named after the counts. Exit code 1: there are
such lines.

    fleet_verdicts.py fleet.csv > verdicts.csv
"""

from __future__ import annotations

import argparse
import collections
import csv
import io
import pathlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Optional

import asa_failover as asaf

GIVEN = ["name", "model", "from", "to"]
ANSWERED = ["kind", "path", "conditions", "basis", "reason"]
KINDS = ["hitless", "needs_stops", "not_hitless", "refused", "downgrade", "unknown", "same", "error"]
PROGRESS_EVERY = 200

Rules = Literal["auto", "strict", "current"]


class Line(NamedTuple):
    """A line of the file, with its number from 1."""

    number: int
    text: str


class Broken(Exception):
    """What is wrong with a line, and with which column where it is one."""

    def __init__(self, line: Line, problem: str, column: Optional[str] = None) -> None:
        super().__init__(f"line {line.number}{', column ' + column if column else ''}: {problem}")


@dataclass
class Summary:
    """What the answers come to."""

    kinds: collections.Counter[str] = field(default_factory=collections.Counter)
    with_conditions: int = 0
    with_lockout: int = 0
    broken: list[str] = field(default_factory=list)

    def add(self, verdict: asaf.Verdict) -> None:
        self.kinds[verdict.kind] += 1
        self.with_conditions += bool(verdict.conditions)
        self.with_lockout += any(condition.lockout for condition in verdict.conditions)

    def __str__(self) -> str:
        counts = [f"{kind} {self.kinds[kind]}" for kind in KINDS if self.kinds[kind]]
        lines = [f"{sum(self.kinds.values())} pairs" + (f": {', '.join(counts)}" if counts else "")]
        if self.with_conditions:
            lines.append(
                f"{self.with_conditions} with conditions to meet or accept, {self.with_lockout} of them with one "
                "that may lock the operator out"
            )
        return "\n".join([*lines, *self.broken])


def cells_of(line: Line) -> list[str]:
    """The cells of one line. None goes on in the next line, so that a stray quote breaks its own line only."""
    try:
        cells = next(csv.reader([line.text], strict=True), [])
    except csv.Error as wrong:
        raise Broken(line, f"expected CSV: {wrong}") from None
    return [cell.strip() for cell in cells]


def columns_of(line: Line) -> list[str]:
    """The columns that the first line names."""
    columns = [cell.lower() for cell in cells_of(line)]
    if any(columns.count(column) != 1 for column in GIVEN):
        raise Broken(line, f"expected the columns {', '.join(GIVEN)}, found {', '.join(columns) or 'none'}")
    return columns


def is_text(cell: str) -> bool:
    """Whether a cell was UTF-8 in the file."""
    try:
        cell.encode()
    except UnicodeEncodeError:
        return False
    return True


def release(line: Line, given: dict[str, str], column: str) -> asaf.AsaVersion:
    try:
        return asaf.AsaVersion(given[column])
    except asaf.ParseError as wrong:
        raise Broken(line, str(wrong), column) from None


def judged(compat: asaf.Compat, rules: Rules, line: Line, given: dict[str, str]) -> asaf.Verdict:
    for column in GIVEN:
        if column not in given:
            raise Broken(line, "expected a cell, found the end of the line", column)
        if not is_text(given[column]):
            raise Broken(line, "expected UTF-8", column)
    frm, to = (release(line, given, column) for column in ("from", "to"))
    return compat.between(frm, to, model=given["model"] or None, rules=rules)


def answer(verdict: asaf.Verdict) -> dict[str, str]:
    """A verdict as cells."""
    way = [verdict.frm, *(hop.to for hop in verdict.path)] if verdict.path else []
    return {
        "kind": verdict.kind,
        "path": " -> ".join(map(str, way)),
        "conditions": "; ".join(condition.id for condition in verdict.conditions),
        "basis": verdict.basis or "",
        "reason": str(verdict.reason or ""),
    }


def judge_all(
    compat: asaf.Compat, rules: Rules, columns: list[str], lines: Sequence[Line], out: csv.DictWriter[str]
) -> Summary:
    """Writes a row for each line, and tells a terminal how far it has come."""
    summary = Summary()
    is_watched = sys.stderr.isatty()
    for at, line in enumerate(lines, 1):
        # A line that is no CSV is kept whole.
        given = {"name": line.text.strip()}
        try:
            cells = cells_of(line)
            given = {column: cell for column, cell in zip(columns, cells) if column in GIVEN}
            if len(cells) > len(columns):
                raise Broken(line, f"expected {len(columns)} cells, found {len(cells)}")
            verdict = judged(compat, rules, line, given)
        except Broken as wrong:
            summary.kinds["error"] += 1
            summary.broken.append(str(wrong))
            out.writerow({**given, "kind": "error", "reason": str(wrong)})
        else:
            summary.add(verdict)
            out.writerow({**given, **answer(verdict)})
        if is_watched and at % PROGRESS_EVERY == 0:
            print(f"\r{at} of {len(lines)}", end="", file=sys.stderr, flush=True)
    if is_watched:
        print("\r\033[K", end="", file=sys.stderr)
    return summary


def main(arguments: Optional[Sequence[str]] = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fleet", type=pathlib.Path, help="the pairs: name, model, from, to")
    parser.add_argument("--rules", choices=["auto", "strict", "current"], default="auto")
    parser.add_argument("--overlay", type=pathlib.Path, help="a file with a site's own rows over the tables")
    options = parser.parse_args(arguments)
    try:
        compat = asaf.Compat(overlay=options.overlay)
        # What is no UTF-8 goes through as it is, so that its row still names its pair.
        with options.fleet.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            lines = [Line(number, text) for number, text in enumerate(file, 1) if text.strip()]
    except (OSError, asaf.ParseError) as wrong:
        parser.error(str(wrong))
    header, *pairs = lines or [Line(1, "")]
    try:
        columns = columns_of(header)
    except Broken as wrong:
        parser.error(f"{options.fleet}, {wrong}")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
    out = csv.DictWriter(sys.stdout, [*GIVEN, *ANSWERED], restval="", lineterminator="\n")
    out.writeheader()
    summary = judge_all(compat, options.rules, columns, pairs, out)
    print(summary, file=sys.stderr)
    return 1 if summary.broken else 0


if __name__ == "__main__":
    sys.exit(main())
