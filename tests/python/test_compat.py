"""Verdicts: kind, path, rule, sources, conditions."""

from __future__ import annotations

import json

import pytest

import asa_failover as asaf

COMPAT = asaf.Compat()


def test_the_founding_texts_own_example() -> None:
    verdict = COMPAT.between("7.0(4)", "7.2(1)", model="ASA5520", rules="auto")
    assert verdict.kind == "needs_stops" and verdict.is_hitless and verdict.reason is None
    assert [(str(hop.frm), str(hop.to), hop.kind) for hop in verdict.path] == [
        ("7.0(4)", "7.1(2)", "minor"),
        ("7.1(2)", "7.2(1)", "minor"),
    ]
    hop = verdict.path[0]
    assert (hop.rule, hop.rules, hop.interrupts, hop.basis) == ("strict.minor.next", "strict", None, "vendor")
    assert hop.sources and set(hop.sources) <= set(verdict.sources)
    assert verdict.stops == [asaf.AsaVersion("7.1(2)")]
    assert verdict.rule == "strict.minor.next"
    assert str(verdict).startswith("7.0(4) to 7.2(1) (ASA 5520, auto rules): hitless over stops\n")
    assert repr(verdict) == "<Verdict 7.0(4) to 7.2(1): needs_stops>"


def test_a_verdict_as_plain_values() -> None:
    verdict = COMPAT.between(asaf.AsaVersion("9.8(4)"), "9.8(4)48", model="asa 5525-x")
    plain = verdict.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert (plain["schema"], plain["kind"], plain["model"]) == (1, "hitless", "ASA 5525-X")
    assert plain["notes"] == verdict.guidelines
    assert verdict == COMPAT.between("9.8(4)", "9.8(4)48", model="ASA5525")
    assert hash(verdict) == hash(COMPAT.between("9.8(4)", "9.8(4)48", model="ASA5525"))


@pytest.mark.parametrize(
    ("frm", "to", "model", "kind"),
    [
        ("9.8(4)", "9.8(4)", "ASA5525", "same"),
        ("9.8(4)48", "9.8(4)", "ASA5525", "downgrade"),
        ("9.12(4)", "9.16(4)", "ASA5525", "refused"),
        ("9.8(4)", "9.8(4)48", "ASA9999", "unknown"),
    ],
)
def test_kinds(frm: str, to: str, model: str, kind: str) -> None:
    assert COMPAT.between(frm, to, model=model).kind == kind


def test_what_may_only_go_with_a_condition_says_so() -> None:
    verdict = COMPAT.between("8.2(5)", "8.4(7)", model="ASA5520")
    condition = next(condition for condition in verdict.conditions if condition.id == "migration.8.3")
    assert condition.text and condition.basis and isinstance(condition.sources, list)
    assert repr(condition).startswith("<Condition migration.8.3: ")


def test_stops_may_be_pinned() -> None:
    verdict = COMPAT.between("7.0(4)", "7.2(1)", "ASA5520", stops=["7.1(1)"])
    assert verdict.stops == [asaf.AsaVersion("7.1(1)")]


def test_wrong_arguments_are_named() -> None:
    with pytest.raises(asaf.ParseError, match='found "nine"'):
        COMPAT.between("nine", "9.8(4)")
    with pytest.raises(asaf.ParseError, match="lenient"):
        COMPAT.between("9.8(4)", "9.8(4)48", rules="lenient")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        COMPAT.between(9.8, "9.8(4)48")  # type: ignore[arg-type]


def test_the_tables_have_a_name() -> None:
    assert len(COMPAT.table_hash) == 64
    assert repr(COMPAT) == f"<Compat {COMPAT.table_hash[:16]}>"
