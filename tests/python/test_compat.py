"""Verdicts: kind, path, rule, sources, what they ask for; and the tables they rest on."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Sequence
from typing import Any

import pytest

import asa_failover as asaf
from conftest import Captures, ids, image_of, pair_of

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
    assert "next minor" in hop.text and hop.caveat is None and repr(hop) == "<Hop 7.0(4) to 7.1(2), strict.minor.next>"
    assert hop.sources and set(hop.sources) <= set(verdict.sources)
    assert verdict.stops == [asaf.AsaVersion("7.1(2)")]
    assert verdict.rule == "strict.minor.next"
    assert str(verdict).startswith("7.0(4) to 7.2(1) (ASA 5520, auto rules): hitless over 7.1(2)\n")
    assert repr(verdict) == "<Verdict 7.0(4) to 7.2(1): needs_stops>"


def test_a_verdict_as_plain_values() -> None:
    verdict = COMPAT.between(asaf.AsaVersion("9.8(4)"), "9.8(4)48", model="asa 5525-x")
    plain = verdict.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert (plain["schema"], plain["kind"], plain["model"]) == (1, "hitless", "ASA 5525-X")
    assert (plain["from"], plain["to"]) == (str(verdict.frm), str(verdict.to)) == ("9.8(4)", "9.8(4)48")
    assert (verdict.model, verdict.rules, verdict.boot, verdict.basis) == ("ASA 5525-X", "auto", "boot-list", "vendor")
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


def test_a_verdict_has_what_its_dict_has() -> None:
    def plain(part: Any, names: Sequence[str]) -> dict[str, Any]:
        return {name: getattr(part, name) for name in names}

    verdict = COMPAT.between("7.2(5)", "9.1(7)32", model="ASA5540")
    values = verdict.to_dict()
    assert set(values) == {
        *("schema", "from", "to", "model", "rules", "kind", "path", "skips", "alternative", "conditions"),
        *("guidelines", "by_model", "notes", "cited", "boot"),
    }
    assert verdict.notes == values["notes"]
    assert [plain(source, ["key", "title", "url", "kind", "trust"]) for source in verdict.cited] == values["cited"]
    condition = ["id", "text", "action", "lockout", "command", "fact", "basis", "sources"]
    assert [plain(found, condition) for found in verdict.conditions] == values["conditions"] != []
    guideline = ["id", "kind", "lockout", "general", "of_target", "topic", "text", "action", "command", "fact"]
    guideline += ["checks", "basis", "sources"]
    assert [plain(found, guideline) for found in verdict.guidelines] == values["guidelines"] != []
    reason = ["id", "text", "action", "basis", "sources"]
    assert [
        {"from": str(skip.frm), "to": str(skip.to), "why": plain(skip.why, reason)} for skip in verdict.skips
    ] == values["skips"] != []
    assert verdict.alternative is not None
    hop = ["kind", "rule", "text", "rules", "interrupts", "sources", "basis", "caveat"]
    for path, expected in (
        (verdict.path, values["path"]),
        (verdict.alternative.path, values["alternative"]["path"]),
    ):
        assert [{"from": str(h.frm), "to": str(h.to), **plain(h, hop)} for h in path] == expected != []
    assert verdict.alternative.rules == values["alternative"]["rules"] == "current"


def test_what_may_only_go_with_a_condition_says_so() -> None:
    verdict = COMPAT.between("8.2(5)", "8.4(7)", model="ASA5520")
    conditions = {condition.id: condition for condition in verdict.conditions}
    condition = conditions["migration.8.3"]
    assert (condition.basis, condition.lockout, condition.command, condition.fact) == ("vendor", False, None, None)
    assert "redesigns NAT" in condition.text and condition.action.startswith("rehearse the migration")
    assert set(condition.sources) <= {"mig83", "mig83-scan", "comm83"}
    assert repr(condition).startswith("<Condition migration.8.3: ")
    memory = conditions["memory.8.3.asa5520-5540"]
    assert (memory.command, memory.fact) == ("show version", "ram-mib>=2048,<4096")
    assert verdict.conditions[0].lockout, "what may lock the operator out stands first"
    again = COMPAT.between("8.2(5)", "8.4(7)", model="ASA5520").conditions
    assert again == verdict.conditions and {*again} == {*verdict.conditions}


def test_the_guidelines_that_a_way_meets() -> None:
    verdict = COMPAT.between("9.12(4)", "9.16(4)", model="ASA5516")
    guidelines = verdict.guidelines
    assert guidelines[0].lockout and not guidelines[0].general
    assert guidelines[-1].general and not guidelines[-1].lockout
    assert {guideline.kind for guideline in guidelines} >= {"condition", "procedure"}
    small = next(guideline for guideline in guidelines if guideline.id == "rsa.small.9.16")
    assert (small.kind, small.lockout, small.fact, small.basis) == ("condition", True, None, "memory")
    assert "remembered.rsa.small.9.16" in [condition.id for condition in verdict.conditions]
    assert verdict.basis == "memory"
    hashed = next(guideline for guideline in guidelines if guideline.id == "image.hash")
    assert hashed.kind == "procedure" and hashed.checks and all(isinstance(check, str) for check in hashed.checks)
    assert repr(small).startswith("<Guideline rsa.small.9.16: ")
    assert {*guidelines} <= {*COMPAT.guidelines()} and len(COMPAT.guidelines()) > len(guidelines)


def test_a_refusal_says_what_to_do_next() -> None:
    verdict = COMPAT.between("9.12(4)", "9.16(4)", model="ASA5525")
    reason = verdict.reason
    assert reason is not None and verdict.rule == reason.id == "model.last"
    assert str(reason) == reason.text and "ASA 5525-X" in reason.text and reason.action
    assert repr(reason) == f"<Reason model.last: {reason.text}>"
    assert reason.basis == verdict.basis and reason.sources == verdict.sources
    detail = verdict.to_dict()["detail"]
    assert (detail["text"], detail["action"]) == (reason.text, reason.action)
    assert [source.key for source in verdict.cited] == verdict.sources


def test_a_hop_that_interrupts_says_why() -> None:
    verdict = COMPAT.between("8.4(5)", "8.4(6)", model="ASA5520")
    why = verdict.path[0].interrupts
    assert verdict.kind == "not_hitless" and why is not None
    assert (why.id, why.action) == ("exception.CSCug88962", "take 8.4(5) or 8.4(7)")
    assert verdict.reason == why and hash(verdict.reason) == hash(why)


def test_where_models_differ_their_answers_are_listed() -> None:
    verdict = COMPAT.between("9.12(4)", "9.16(4)")
    assert verdict.kind == "unknown" and verdict.reason is not None and verdict.reason.id == "model.needed"
    answers = {name: answer for answer in verdict.by_model for name in answer.models}
    assert (answers["ASA 5516-X"].kind, answers["ASA 5516-X"].reason) == ("hitless", None)
    refused = answers["ASA 5525-X"]
    assert refused.kind == "refused" and refused.reason is not None and refused.reason.id == "model.last"
    assert repr(refused) == f"<ByModel {refused}>" and str(refused).startswith("refused, ")
    stops = [answer.stops for answer in COMPAT.between("8.0(5)", "9.1(7)", rules="strict").by_model]
    assert all(isinstance(stop, asaf.AsaVersion) for way in stops for stop in way)
    assert COMPAT.between("9.12(4)", "9.16(4)", model="ASA5516").by_model == []


def test_a_source_by_its_key() -> None:
    source = COMPAT.source("mig83")
    assert source is not None and (source.key, source.kind) == ("mig83", "vendor")
    assert source.title and source.trust and source.url.startswith("http")
    assert repr(source) == f"<Source mig83: {source.title}>"
    assert COMPAT.source("nobody") is None


SITE = """action,versions,models,text
forbid,9.16(4)57,,it drops our VPN users
stop,9.12(4)67,ASA 5516-X,tested in our lab
"""


def test_a_site_lays_its_rows_over_the_tables(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "site.csv"
    path.write_text(SITE)
    for compat in (asaf.Compat(overlay=path), asaf.Compat(overlay=str(path)), COMPAT.overlaid(str(path), SITE)):
        verdict = compat.between("9.8(4)", "9.16(4)57", model="ASA5516")
        assert verdict.kind == "refused" and verdict.reason is not None
        assert verdict.reason.text == "this site forbids 9.16(4)57: it drops our VPN users"
        assert (verdict.basis, verdict.sources) == ("site", [f"{path} line 2"])
        assert [source.kind for source in verdict.cited] == ["site"]
    assert COMPAT.between("9.8(4)", "9.16(4)57", model="ASA5516").is_hitless, "the tables themselves stay as they are"


def test_tables_differ_by_what_is_laid_over_them() -> None:
    site = COMPAT.overlaid("site.csv", SITE)
    twice = site.overlaid("lab.csv", "action,versions,models,text\nforbid,9.17,,\n")
    hashes = [tables.table_hash for tables in (asaf.Compat(overlay=None), site, twice)]
    assert hashes[0] == COMPAT.table_hash and len({*hashes}) == 3
    assert COMPAT.model("ASA5516") == asaf.Compat().model("ASA5516") != site.model("ASA5516")
    reason = twice.between("9.12(4)", "9.17(1)", model="ASA5516").reason
    assert reason is not None and reason.sources == ["lab.csv line 2"]


def test_an_overlay_that_does_not_read_is_named(tmp_path: pathlib.Path) -> None:
    missing, latin, broken, marked = (tmp_path / name for name in ("missing.csv", "latin.csv", "broken.csv", "marked.csv"))
    with pytest.raises(FileNotFoundError) as lost:
        asaf.Compat(overlay=missing)
    assert lost.value.filename == str(missing)
    with pytest.raises(IsADirectoryError, match=str(tmp_path)):
        asaf.Compat(overlay=tmp_path)
    latin.write_bytes(b"action,versions,models,text\nforbid,9.17,,f\xfcr uns\n")
    with pytest.raises(asaf.ParseError) as wrong:
        asaf.Compat(overlay=latin)
    assert str(wrong.value) == f"{latin}: expected UTF-8, found something else at byte 42"
    broken.write_text(SITE + "forbid,nine,,\n")
    with pytest.raises(asaf.ParseError) as wrong:
        asaf.Compat(overlay=broken)
    assert str(wrong.value).startswith(f"{broken}, line 4, column versions: ") and wrong.value.line == 4
    marked.write_bytes(b"\xef\xbb\xbf" + SITE.encode())
    assert asaf.Compat(overlay=marked).between("9.8(4)", "9.16(4)57", model="ASA5516").kind == "refused"
    with pytest.raises(TypeError):
        asaf.Compat("site.csv")  # type: ignore[misc]


def test_checks_and_plans_take_a_sites_rows(captures: Captures) -> None:
    pair, goal = pair_of(captures), asaf.Goal("9.8(4)48", images=[image_of(captures)])
    forbidding = COMPAT.overlaid("site.csv", "action,versions,models,text\nforbid,9.8(4)48,,\n")
    findings = asaf.check(pair, goal, compat=forbidding)
    assert ids(findings) == ["version.verdict"] and ids(asaf.check(pair, goal)) == []
    with pytest.raises(asaf.Refused, match=r"this site forbids 9\.8\(4\)48"):
        asaf.plan(pair, goal, compat=forbidding)
    knowing = COMPAT.overlaid("site.csv", "action,versions,models,text\nrelease,9.8(4)99,,\n")
    plan = asaf.plan(pair, goal, compat=knowing)
    assert asaf.Plan.from_json(plan.to_json(), compat=knowing).id == plan.id
    with pytest.raises(asaf.ParseError, match="compatibility tables"):
        asaf.Plan.from_json(plan.to_json())


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
