"""Pairs, goals, policies and plans; every refusal by its message."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
import re

import pytest

import asa_failover as asaf
from conftest import TARGET, Captures, captured, ids, image_of, pair_of


def refusal(captures: Captures, goal: asaf.Goal, policy: asaf.Policy | None = None) -> asaf.Refused:
    with pytest.raises(asaf.Refused) as caught:
        asaf.plan(pair_of(captures), goal, policy=policy)
    assert isinstance(caught.value, asaf.AsaFailoverError)
    assert str(caught.value).startswith("no plan:\n  BLOCK ")
    return caught.value


def both(captures: Captures, command: str, old: str, new: str) -> Captures:
    """The captures with a text replaced in the output of one command, on both units."""
    changed = copy.deepcopy(captures)
    for unit in changed.values():
        assert old in unit[command]
        unit[command] = unit[command].replace(old, new)
    return changed


def test_a_plan_says_everything(plan: asaf.Plan, pair: asaf.Pair, goal: asaf.Goal) -> None:
    assert plan.pair == pair and plan.goal == goal and plan.policy == asaf.Policy()
    assert plan.goal.target == asaf.AsaVersion("9.8(4)48")
    assert plan.verdict.kind == "hitless"
    assert ids(plan.findings) == []
    assert plan.lines == [
        ("Primary", "no boot system disk0:/asa984-smp-k8.bin"),
        ("Primary", f"boot system disk0:/{TARGET}"),
        ("Primary", "boot system disk0:/asa984-smp-k8.bin"),
        ("Primary", "write memory"),
        ("Primary", "failover reload-standby"),
        ("Primary", "no failover active"),
        ("Secondary", "failover reload-standby"),
        ("Secondary", "no failover active"),
        ("Primary", "write memory"),
    ]
    changing = [step for step in plan.steps if step.changes]
    assert [(step.unit, step.command) for step in changing] == plan.lines
    reload = next(step for step in plan.steps if step.phase == "reload")
    assert (reload.hop, reload.typed) == (asaf.AsaVersion("9.8(4)48"), "failover reload-standby")
    assert 0 < reload.typical_s <= reload.worst_s and "Secondary restarts" in reload.expect
    assert reload.to_dict()["number"] == reload.number
    assert repr(reload) == f"<Step {reload.number}: failover reload-standby on Primary>"
    assert re.fullmatch(r"<Plan [0-9a-f]{16} to 9\.8\(4\)48, \d+ steps>", repr(plan))
    markdown = plan.to_markdown()
    assert markdown.startswith("# Upgrade of fw to 9.8(4)48\n") and "## Way back" in markdown


def test_a_plan_survives_json(plan: asaf.Plan) -> None:
    text = plan.to_json()
    again = asaf.Plan.from_json(text, compat=asaf.Compat())
    assert (again.id, again.lines, again.to_json()) == (plan.id, plan.lines, text)
    assert again == plan and hash(again) == hash(plan) and len({plan, again}) == 1
    assert len(plan.id) == 64


def test_plans_differ_where_one_is_more_careful(plan: asaf.Plan) -> None:
    careful = asaf.plan(plan.pair, plan.goal, policy=asaf.Policy(soak_s=600))
    assert careful != plan and len({plan, careful}) == 2
    assert plan.way_back(1, "before-switch") != plan


def test_an_edited_plan_is_not_taken(plan: asaf.Plan) -> None:
    edited = json.loads(plan.to_json())
    edited["policy"]["soak_s"] = 0
    with pytest.raises(asaf.ParseError, match="the facts, goal, policy or planner changed; review the new plan"):
        asaf.Plan.from_json(json.dumps(edited))
    with pytest.raises(asaf.ParseError, match="expected a plan of schema 1, found none"):
        asaf.Plan.from_json("{}")
    with pytest.raises(asaf.ParseError, match="expected a plan as JSON"):
        asaf.Plan.from_json("plan")
    edited["goal"]["images"] = []
    with pytest.raises(asaf.Refused) as caught:
        asaf.Plan.from_json(json.dumps(edited))
    assert ids(caught.value.findings) == ["image.none"]


def test_handles_are_made_in_one_way_and_not_pickled(plan: asaf.Plan, pair: asaf.Pair) -> None:
    with pytest.raises(TypeError):
        asaf.Plan()
    for handle in (plan, pair, asaf.Run(plan), asaf.Ssh(["192.0.2.1"], user="u", password="p")):
        with pytest.raises(TypeError):
            pickle.dumps(handle)


def test_a_finding(pair: asaf.Pair) -> None:
    goal = asaf.Goal("9.8(4)48", images=[asaf.Image(f"disk0:/{TARGET}")])
    findings = asaf.check(pair, goal, compat=asaf.Compat(), policy=asaf.Policy())
    finding = next(finding for finding in findings if finding.severity == "block")
    assert (finding.id, finding.unit, finding.command, finding.acceptable) == ("image.digest.none", None, None, True)
    assert str(finding).endswith("(may be accepted as image.digest.none)")
    assert finding.to_dict()["text"] == finding.text
    again = next(f for f in asaf.check(pair, goal) if f.id == finding.id)
    assert finding == again and hash(finding) == hash(again)


def test_a_condition_is_accepted_by_its_id(pair: asaf.Pair) -> None:
    image = asaf.Image(f"disk0:/{TARGET}")
    plan = asaf.plan(pair, asaf.Goal("9.8(4)48", images=[image], accept=["image.digest.none"]))
    assert [finding.severity for finding in plan.findings if finding.id == "image.digest.none"] == ["warn"]


def test_an_unknown_release_text() -> None:
    with pytest.raises(asaf.ParseError, match=r'expected an ASA version such as 9.16\(4\)57, found "9.8.latest"'):
        asaf.Goal("9.8.latest")


def test_an_image_of_the_wrong_platform(captures: Captures) -> None:
    image = asaf.Image("disk0:/asa984-48-lfbff-k8.SPA", sha512="0" * 128, url="tftp://198.51.100.10/a.SPA")
    refused = refusal(captures, asaf.Goal("9.8(4)48", images=[image]))
    finding = next(finding for finding in refused.findings if finding.id == "image.platform")
    assert finding.text.startswith("disk0:/asa984-48-lfbff-k8.SPA does not fit ASA 5525-X: ")


def test_a_file_that_is_missing_on_the_standby(captures: Captures, goal: asaf.Goal) -> None:
    listing = captures["secondary"]["dir"]
    captures["secondary"]["dir"] = "".join(
        line for line in listing.splitlines(keepends=True) if TARGET not in line
    )
    refused = refusal(captures, goal)
    (finding,) = [finding for finding in refused.findings if finding.severity == "block"]
    assert (finding.id, finding.unit, finding.command) == ("image.absent", "Secondary", "dir")
    assert finding.text == (
        f"disk0:/{TARGET} is not on flash; copy it there, or give an address to fetch it from"
    )


def test_a_wrong_hash(captures: Captures) -> None:
    size = image_of(captures).to_dict()["size"]
    goal = asaf.Goal("9.8(4)48", images=[asaf.Image(f"disk0:/{TARGET}", sha512="ab" * 64, size=size)])
    refused = refusal(captures, goal)
    assert ids(refused.findings) == ["image.digest", "image.digest"]
    finding = next(finding for finding in refused.findings if finding.id == "image.digest")
    assert finding.text.startswith(f"disk0:/{TARGET} has the SHA-512 c9c08829")
    assert finding.text.endswith(f"the published image has {'ab' * 64}; replace the file")


def test_a_full_flash(captures: Captures) -> None:
    image = image_of(captures).to_dict()
    for unit in captures.values():
        lines = [line for line in unit["dir"].splitlines(keepends=True) if TARGET not in line]
        unit["dir"] = re.sub(r"\d+ bytes free", "1000 bytes free", "".join(lines))
        del unit[f"verify verify-{TARGET}"]
    url = f"tftp://198.51.100.10/{TARGET}"
    fetched = asaf.Image(image["file"], sha512=image["sha512"], size=image["size"], url=url)
    refused = refusal(captures, asaf.Goal("9.8(4)48", images=[fetched]))
    assert ids(refused.findings) == ["flash.full", "flash.full"]
    finding = next(finding for finding in refused.findings if finding.id == "flash.full")
    assert finding.text.startswith("1000 bytes are free, ") and finding.text.endswith("; make room")


def test_failover_off(captures: Captures, goal: asaf.Goal) -> None:
    off = "Failover Off \nFailover unit {}\nFailover LAN Interface: folink GigabitEthernet0/3 (up)\n"
    captures["primary"]["show failover"] = off.format("Primary")
    captures["secondary"]["show failover"] = off.format("Secondary")
    refused = refusal(captures, goal)
    assert ids(refused.findings).count("failover.off") == 2
    assert "failover is off; nothing would take over" in str(refused)


def test_a_failed_mate(captures: Captures, goal: asaf.Goal) -> None:
    changed = both(captures, "show failover", "Secondary - Standby Ready", "Secondary - Failed")
    finding = next(f for f in refusal(changed, goal).findings if f.id == "failover.standing")
    assert finding.text == (
        "Primary is Active and Secondary is Failed for the pair, expected one Active and one Standby Ready"
    )


def test_the_target_that_runs_already(captures: Captures) -> None:
    refused = refusal(captures, asaf.Goal("9.8(4)"))
    blocking = [finding for finding in refused.findings if finding.severity == "block"]
    assert blocking and all("9.8(4)" in finding.text for finding in blocking), str(refused)


def test_a_capture_of_the_other_unit_and_a_missing_one(captures: Captures) -> None:
    captures["primary"]["show failover"] = captures["secondary"]["show failover"]
    del captures["secondary"]["show version"]
    with pytest.raises(asaf.ParseError) as caught:
        pair_of(captures)
    assert caught.value.problems == [
        "the captures given for Primary were taken on Secondary",
        "Secondary: no capture of show version",
    ]
    assert str(caught.value) == "\n".join(caught.value.problems)


def test_a_capture_that_cannot_be_read_has_a_place(captures: Captures) -> None:
    captures["primary"]["show mode"] = "Security context mode: triple\n"
    with pytest.raises(asaf.ParseError) as caught:
        pair_of(captures)
    assert (caught.value.command, caught.value.line) == ("show mode", 1)
    assert str(caught.value).startswith("Primary: show mode, line 1: ")


def test_captures_that_a_plan_needs_are_asked_for(captures: Captures, goal: asaf.Goal) -> None:
    del captures["primary"]["show reload"]
    finding = next(f for f in refusal(captures, goal).findings if f.id == "pair.capture")
    assert (finding.unit, finding.command) == ("Primary", "show reload")
    assert finding.text == "no capture of show reload; without it a plan would guess"


def test_a_pair_as_plain_values(pair: asaf.Pair, captures: Captures) -> None:
    plain = pair.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert [plain[unit]["serial"] for unit in ("primary", "secondary")] == ["JAD000000A1", "JAD000000A2"]
    assert pair == pair_of(captures) and hash(pair) == hash(pair_of(captures))
    assert repr(pair) == "<Pair Primary JAD000000A1 9.8(4), Secondary JAD000000A2 9.8(4)>"
    assert not pair.is_multiple and pair_of(captured("asa5525-aa-9.8.4")).is_multiple


def test_images() -> None:
    image = asaf.Image("flash:/a.bin", md5="0" * 32, size=7, url="tftp://198.51.100.10/a.bin;int=mgmt")
    assert image.to_dict() == {
        "file": "disk0:/a.bin",
        "size": 7,
        "sha512": None,
        "md5": "0" * 32,
        "from": "tftp://198.51.100.10/a.bin;int=mgmt",
    }
    assert repr(image) == "<Image disk0:/a.bin>"
    with pytest.raises(asaf.ParseError, match="expected a file on flash such as"):
        asaf.Image("a.bin")
    with pytest.raises(asaf.ParseError, match="expected SHA-512 digits, found those of MD5"):
        asaf.Image("disk0:/a.bin", sha512="0" * 32)
    with pytest.raises(asaf.ParseError, match="expected a SHA-512 of 128 or an MD5 of 32 hexadecimal digits"):
        asaf.Image("disk0:/a.bin", sha512="xyz")
    with pytest.raises(asaf.ParseError, match="expected an address without user name and password") as caught:
        asaf.Image("disk0:/a.bin", url="ftp://u:hunter2@198.51.100.10/a.bin")
    assert "hunter2" not in str(caught.value)


def test_goals() -> None:
    goal = asaf.Goal("7.2(5)", stops=["7.1(2)"], owners={0: "secondary"}, accept=["a", "b"])
    plain = goal.to_dict()
    assert (plain["target"], plain["stops"], plain["owners"], plain["accepted"]) == (
        "7.2(5)",
        ["7.1(2)"],
        {"0": "Secondary"},
        ["a", "b"],
    )
    assert goal == asaf.Goal(asaf.AsaVersion("7.2(5)"), stops=["7.1(2)"], owners={0: "Secondary"}, accept=["b", "a"])
    assert repr(goal) == "<Goal 7.2(5)>"
    with pytest.raises(asaf.ParseError, match='expected Primary or Secondary, found "third"'):
        asaf.Goal("7.2(5)", owners={1: "third"})


def test_policy_defaults_are_those_of_the_signature() -> None:
    parameters = inspect.signature(asaf.Policy).parameters
    defaults = {name: parameter.default for name, parameter in parameters.items()}
    plain = asaf.Policy().to_dict()
    assert list(defaults) == list(plain)
    assert {**plain, "pauses": tuple(plain["pauses"])} == defaults


def test_policies() -> None:
    policy = asaf.Policy(soak_s=0, pauses={"before-switch"}, window_s=3600, procedure="published")
    assert policy.to_dict()["pauses"] == ["before-switch"]
    assert repr(policy) == "Policy(soak_s=0, procedure='published', pauses=['before-switch'], window_s=3600)"
    assert eval(repr(policy), vars(asaf)) == policy and hash(eval(repr(policy), vars(asaf))) == hash(policy)
    with pytest.raises(TypeError, match=r"Policy\(\) got an unexpected keyword argument 'patience'"):
        asaf.Policy(patience=1)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="soak_s: invalid value: integer `-1`"):
        asaf.Policy(soak_s=-1)
    with pytest.raises(ValueError, match="procedure: unknown variant `brave`"):
        asaf.Policy(procedure="brave")  # type: ignore[arg-type]
    assert repr(asaf.Policy(preempt="remove")) == "Policy(preempt='remove')"
    with pytest.raises(ValueError, match="preempt: unknown variant `forget`"):
        asaf.Policy(preempt="forget")  # type: ignore[arg-type]


def test_the_policy_and_the_owner_shape_the_plan(pair: asaf.Pair, goal: asaf.Goal) -> None:
    through_mate = asaf.plan(pair, goal, policy=asaf.Policy(reach="active-only", pauses=["before-switch"]))
    assert "pause" in [step.phase for step in through_mate.steps]
    both_addresses = asaf.plan(pair, goal)
    assert through_mate.id != both_addresses.id
