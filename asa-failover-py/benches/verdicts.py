#!/usr/bin/env python3
"""How long verdicts take from Python: a fleet's worth of them, and one of each kind.

Prints the time for all of the first, and for each of the others its median and the ratio to a direct pair. What the
same questions take without Python is printed by ``cargo bench --bench verdicts``. Use an optimised wheel.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable

import asa_failover as asaf

FLEET = 100_000
BATCHES, CALLS = 31, 200

# As of the benchmark in Rust.
QUESTIONS = [
    ("9.8(4)", "9.12(4)", "ASA5525"),
    ("9.8(4)", "9.8(4)48", "ASA5525"),
    ("9.12(4)", "9.16(4)57", "ASA5516"),
    ("7.0(8)", "7.2(5)", "ASA5520"),
    ("7.2(5)", "9.1(7)32", "ASA5540"),
    ("9.12(4)", "9.16(4)", "ASA5525"),
    ("9.12(4)", "9.20(2)", "ASAv"),
]


def median_ns(call: Callable[[], object]) -> float:
    """Nanoseconds of one call, over batches."""
    batches = []
    for _ in range(BATCHES):
        began = time.perf_counter_ns()
        for _ in range(CALLS):
            call()
        batches.append((time.perf_counter_ns() - began) / CALLS)
    return statistics.median(batches)


def main() -> None:
    compat = asaf.Compat()
    began = time.perf_counter()
    hitless = 0
    for frm, to, model in itertools.islice(itertools.cycle(QUESTIONS), FLEET):
        hitless += compat.between(frm, to, model=model).kind == "hitless"
    took = time.perf_counter() - began
    print(f"{FLEET} verdicts of {len(QUESTIONS)} kinds: {took:.2f} s, {took / FLEET * 1e6:.1f} us each, {hitless} hitless")

    frm, to, model = QUESTIONS[0]
    parsed = asaf.AsaVersion(frm), asaf.AsaVersion(to)
    verdict = compat.between(frm, to, model=model)
    direct = median_ns(lambda: compat.between(frm, to, model=model))
    rows = [
        ("direct pair, 9.8(4) to 9.12(4)", direct),
        ("of parsed releases", median_ns(lambda: compat.between(*parsed, model=model))),
        ("with kind, path and conditions", median_ns(lambda: parts(compat.between(frm, to, model=model)))),
        ("with to_dict()", median_ns(lambda: compat.between(frm, to, model=model).to_dict())),
        ("with str()", median_ns(lambda: str(compat.between(frm, to, model=model)))),
        ("to_dict() alone", median_ns(verdict.to_dict)),
        ("over stops, 7.2(5) to 9.1(7)32", median_ns(lambda: compat.between("7.2(5)", "9.1(7)32", model="ASA5540"))),
        ("no model named", median_ns(lambda: compat.between(frm, to))),
    ]
    print(f"{'verdict':<42} {'ns':>12} {'to direct pair':>16}")
    for what, ns in rows:
        print(f"{what:<42} {ns:>12.0f} {ns / direct:>15.1f}x")


def parts(verdict: asaf.Verdict) -> object:
    return verdict.kind, verdict.path, verdict.conditions


if __name__ == "__main__":
    main()
