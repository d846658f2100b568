"""ASDM: companion, minimum, fit, what to stage, and the order along a way."""

from __future__ import annotations

import json

import pytest

import asa_failover as asaf

COMPAT = asaf.Compat()


def test_the_founding_texts_example_goes_by_increments_only() -> None:
    steps = COMPAT.asdm_steps("7.0(8)", ["7.1(2)", "7.2(5)"], present="5.0(9)")
    assert steps.is_in_order
    assert [[str(asdm) for asdm in step.stage] for step in steps.steps] == [["5.1(1)"], ["5.2(1)"]]
    first = steps.steps[0]
    assert (str(first.frm), str(first.to), str(first.before), first.jump) == ("7.0(8)", "7.1(2)", "5.0(9)", None)
    assert first.asdm == COMPAT.asdm("7.1(2)", "5.0(9)")
    assert repr(first) == "<AsdmStep 7.0(8) to 7.1(2): 5.1(1) for 7.1(2)>"
    for frm, to in (("7.0(8)", "7.2(5)"), ("7.2(5)", "7.0(8)")):
        direct = COMPAT.asdm_steps(frm, [to])
        assert not direct.is_in_order
        assert direct.steps[0].jump is not None and "in one go breaks ASDM, up or down" in direct.steps[0].jump
        assert direct.to_dict()["steps"][0]["jump"]["id"] == "asdm.incremental"
        assert "not allowed, asdm.incremental" in str(direct)


def test_asdm_alone_may_not_jump_either() -> None:
    assert "5.0, 5.1, 5.2" in (COMPAT.asdm_jump("5.2(4)", "5.0(9)") or "")
    assert COMPAT.asdm_jump("5.0(9)", "5.1(2)") is None


def test_the_way_of_a_verdict() -> None:
    verdict = COMPAT.between("7.0(8)", "7.2(5)", model="ASA5520")
    along = COMPAT.asdm_for(verdict, present="5.0(9)")
    assert along == COMPAT.asdm_steps("7.0(8)", ["7.1(2)", "7.2(5)"], "5.0(9)")
    assert hash(along) == hash(COMPAT.asdm_for(verdict, asaf.AsaVersion("5.0(9)")))
    assert repr(along) == "<AsdmSteps 7.0(8) to 7.2(5)>"
    assert (along.start.fit, along.target.fit) == ("unknown", "too_old")
    plain = along.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert (plain["schema"], plain["from"], plain["to"]) == (1, "7.0(8)", "7.2(5)")
    refused = COMPAT.asdm_for(COMPAT.between("9.12(4)", "9.16(4)", model="ASA5525"))
    assert refused.steps == [] and str(refused.target.asa) == "9.16(4)"


@pytest.mark.parametrize(
    ("target", "present", "fit"),
    [
        ("9.16(4)", "7.22(1)", "works"),
        ("9.12(1)", "7.12(1)", "works"),
        ("9.16(4)", "7.15(1)", "too_old"),
        ("9.18(2)", "7.18(1)", "too_old"),
        ("9.12(4)", "7.12(2)", "unknown"),
        ("9.25(1)", "7.24(1)", "unknown"),
    ],
)
def test_fits(target: str, present: str, fit: str) -> None:
    asdm = COMPAT.asdm(target, present)
    assert asdm.fit == fit and asdm.reasons
    assert any(note["id"] == "asdm.warning" for note in asdm.to_dict()["notes"]) == (fit != "works")


def test_an_answer_and_its_parts() -> None:
    asdm = COMPAT.asdm("9.16(4)")
    assert (asdm.fit, asdm.present, asdm.reasons) == (None, None, [])
    assert (asdm.companion, asdm.minimum) == (asaf.Train("7.16"), asaf.AsaVersion("7.18(1)152"))
    assert asdm.is_remembered and asdm.stage == asdm.minimum
    assert asdm.images == [asaf.ImageName("asdm-7181-152.bin")]
    assert asdm.clients == ["ASDM before 7.24 needs Java 8"]
    assert repr(asdm) == "<Asdm for 9.16(4)>"
    assert repr(COMPAT.asdm("9.16(4)", "7.1(1)")) == "<Asdm for 9.16(4), too old>"
    assert asdm == COMPAT.asdm(asaf.AsaVersion("9.16(4)")) and hash(asdm) == hash(COMPAT.asdm("9.16(4)"))
    assert not COMPAT.asdm("9.18(4)").is_remembered
    assert str(asdm).startswith("ASDM for ASA 9.16(4): at least 7.18(1)152; ")
    unpaired = COMPAT.asdm("9.11(1)")
    assert (unpaired.companion, unpaired.minimum, unpaired.stage, unpaired.images) == (None, None, None, [])


def test_the_name_that_two_releases_share() -> None:
    [image] = COMPAT.asdm("9.22(1)1").images
    assert str(image) == "asdm-7221.bin" and asaf.AsaVersion("7.22(1)") in image.versions


def test_wrong_arguments_are_named() -> None:
    with pytest.raises(asaf.ParseError, match='found "nine"'):
        COMPAT.asdm("nine")
    with pytest.raises(asaf.ParseError, match='found "seven"'):
        COMPAT.asdm("9.8(4)", "seven")
    with pytest.raises(TypeError):
        COMPAT.asdm_for("9.8(4)")  # type: ignore[arg-type]
