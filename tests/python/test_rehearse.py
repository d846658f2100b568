"""Rehearsals: the plan's own lines, a clean oracle, faults, callbacks."""

from __future__ import annotations

import itertools
import json
from typing import Any, Literal

import pytest

import asa_failover as asaf
from conftest import captured, ids, image_of, pair_of


def test_an_active_standby_upgrade(plan: asaf.Plan, pair: asaf.Pair) -> None:
    rehearsal = asaf.rehearse(plan, pair, seed=1)
    assert isinstance(rehearsal, asaf.Outcome)
    assert (rehearsal.kind, rehearsal.code, rehearsal.reason, rehearsal.safe) == ("completed", None, None, None)
    assert rehearsal.lines == plan.lines
    assert rehearsal.oracle.is_clean and rehearsal.oracle.is_blameless, str(rehearsal.oracle)
    assert str(rehearsal).startswith("Completed in ") and "Secondary runs 9.8(4)48" in str(rehearsal)
    report = rehearsal.to_dict()["completed"]
    assert report["versions"] == [["Primary", "9.8(4)48"], ["Secondary", "9.8(4)48"]]
    oracle = rehearsal.oracle.to_dict()
    assert [gap["cause"] for gap in oracle["gaps"]] == ["commanded-switch", "commanded-switch"]
    assert (oracle["doubles"], oracle["offences"], oracle["reboots"]) == ([], [], [1, 1])
    assert str(rehearsal.oracle).startswith("clean\n") and repr(rehearsal.oracle) == "<Oracle clean>"
    judgement = rehearsal.judgement
    assert judgement.is_innocent and judgement.excuses == {} and judgement == asaf.rehearse(plan, pair).judgement
    assert judgement.to_dict() == {"violations": [], "excused": []}
    assert str(judgement) == "0 violations, 0 excused\n" and repr(judgement) == "<Judgement 0 violations, 0 excused>"


def test_an_active_active_upgrade() -> None:
    captures = captured("asa5525-aa-9.8.4")
    plan = asaf.plan(pair_of(captures), asaf.Goal("9.8(4)48", images=[image_of(captures)]))
    rehearsal = asaf.rehearse(plan)
    assert rehearsal.kind == "completed", str(rehearsal)
    assert rehearsal.lines == plan.lines
    assert rehearsal.oracle.is_clean, str(rehearsal.oracle)
    assert ("Primary", "write memory all /noconfirm") in plan.lines


def test_preempt_is_removed_and_restored() -> None:
    captures = captured("asa5525-aa-9.8.4")
    goal = asaf.Goal("9.8(4)48", images=[image_of(captures)])
    plan = asaf.plan(pair_of(captures), goal, policy=asaf.Policy(preempt="remove"))
    typed = [step.command for step in plan.steps if step.phase == "preempt"]
    assert typed == ["failover group 2", "no preempt", "failover group 2", "preempt 30"]
    assert [line for _, line in plan.lines if line in ("failover group 2", "no preempt", "preempt 30")] == typed
    rehearsal = asaf.rehearse(plan)
    assert (rehearsal.kind, rehearsal.lines) == ("completed", plan.lines), str(rehearsal)
    assert {gap["cause"] for gap in rehearsal.oracle.to_dict()["gaps"]} == {"commanded-switch"}
    dies = ({"typed": {"head": "failover reload-standby"}}, {"never-returns": "Secondary"})
    halted = asaf.rehearse(plan, faults=[dies])
    assert (halted.kind, halted.code) == ("halted", "deadline")
    restoring = ["configure terminal", "failover group 2", "preempt 30", "end"]
    assert [line for unit, line in halted.commands or [] if unit == "Primary" and line in restoring] == restoring
    published = asaf.Policy(preempt="remove", procedure="published")
    with pytest.raises(asaf.Refused) as refused:
        asaf.plan(pair_of(captures), goal, policy=published)
    assert [finding.id for finding in refused.value.findings if finding.severity == "block"] == ["policy.preempt"]


def test_preempt_that_was_changed_since_the_plan_was_made() -> None:
    captures = captured("asa5525-aa-9.8.4")
    goal = asaf.Goal("9.8(4)48", images=[image_of(captures)])
    plan = asaf.plan(pair_of(captures), goal)
    command = "show running-config failover"
    for unit in ("primary", "secondary"):
        assert "preempt 30" in captures[unit][command]
        captures[unit][command] = captures[unit][command].replace("preempt 30", "preempt 90")
        if unit == "primary":
            with pytest.raises(asaf.Refused) as refused:
                asaf.plan(pair_of(captures), goal)
            assert ids(refused.value.findings) == ["failover.preempt"]
    halted = asaf.rehearse(plan, pair_of(captures))
    assert (halted.kind, halted.code, halted.lines) == ("halted", "preempt-moved", [])
    assert halted.reason is not None and 'expected "preempt 30", found "preempt 90"' in halted.reason


def test_two_hops_from_7_0_to_7_2() -> None:
    captures = captured("asa5520-7.0.8")
    images = [image_of(captures, name) for name in ("asa712-k8.bin", "asa725-k8.bin")]
    goal = asaf.Goal("7.2(5)", images=images, accept=["image.hash.unavailable"])
    plan = asaf.plan(pair_of(captures), goal)
    assert plan.verdict.stops == [asaf.AsaVersion("7.1(2)")]
    rehearsal = asaf.rehearse(plan)
    assert (rehearsal.kind, rehearsal.lines) == ("completed", plan.lines), str(rehearsal)
    assert rehearsal.oracle.is_clean and rehearsal.oracle.to_dict()["reboots"] == [2, 2]


def test_the_history_is_plain_and_the_same_for_the_same_seed(plan: asaf.Plan) -> None:
    history = asaf.rehearse(plan, seed=7).history
    assert history == asaf.rehearse(plan, seed=7).history
    assert json.loads(json.dumps(history)) == history
    assert history[0]["at_ms"] == 0 and "began" in history[0]["what"]
    typed = [happening["what"]["typed"]["line"] for happening in history if "typed" in happening["what"]]
    assert "failover reload-standby" in typed


def test_a_unit_that_never_returns_is_a_halt_with_a_way_on(plan: asaf.Plan) -> None:
    rehearsal = asaf.rehearse(plan, faults=[(0, {"never-returns": "Secondary"})])
    assert (rehearsal.kind, rehearsal.code) == ("halted", "deadline")
    assert rehearsal.reason is not None and rehearsal.reason.startswith("Secondary did not come back within ")
    assert rehearsal.safe is not None and rehearsal.safe.startswith("do not type failover reload-standby again")
    assert "do not reload, switch or disconnect Primary" in rehearsal.safe
    assert rehearsal.now is not None and rehearsal.commands is not None
    assert "Primary forwards the pair; Secondary does not answer, so there is no redundancy known" in rehearsal.now
    assert rehearsal.commands[:2] == [("Primary", "show failover"), ("Secondary", "show failover")]
    assert ("Secondary", "show bootvar") in rehearsal.commands
    assert rehearsal.oracle.is_blameless
    assert rehearsal.lines == plan.lines[:5]
    assert rehearsal.to_dict()["halted"]["code"] == "deadline"
    assert repr(rehearsal).startswith("<Outcome Halted: ")


@pytest.mark.parametrize(
    "fault",
    [
        "failover-link-down",
        "failover-link-up",
        "state-link-down",
        "state-link-up",
        {"spontaneous-failover": 0},
        {"crash": "Primary"},
        {"session-loss": "Primary"},
        {"never-returns": "Primary"},
        {"returns-failed": "Primary"},
        {"stuck-in": ["Primary", "Sync Config"]},
        {"copy-aborts": "Primary"},
        {"flash-full": "Primary"},
        {"corrupt-copy": "Primary"},
        {"save-fails": "Primary"},
        {"authorization-fails": "write"},
        {"scheduled-reload": ["Primary", 600]},
        {"silent": "Primary"},
        {"heard": "Primary"},
        {"notice": ["Primary", "Beginning configuration replication"]},
        {"console": ["Primary", "no failover"]},
        "split-brain",
        {"preempt": 0},
        {"returns-old": "Secondary"},
        {"stays-off": "Secondary"},
        {"replaced": ["Secondary", "JAD000000A9"]},
        {"reboots-again": "Secondary"},
        {"sync-locked": "Secondary"},
        {"mismatched": ["Secondary", "licence"]},
        {"mismatched": ["Secondary", "interfaces"]},
        {"copy-refused": ["Primary", "not-enough-space"]},
        {"save-unconfirmed": "Primary"},
        {"save-asks": "Primary"},
        {"save-not-replicated": "Secondary"},
        {"cut-after": ["Primary", 120, "hang"]},
        {"lose-reply": ["Primary", "after"]},
        {"notice-in": ["Primary", 7, "\tSwitching to Standby"]},
        {"pager-on": "Primary"},
        {"sessions-taken": ["Secondary", 5]},
        {"prompt-becomes": ["Primary", "edge-7"]},
        {"modified": "Primary"},
        {"interface-down": ["Secondary", "inside", "no-link"]},
        {"interface-up": ["Secondary", "inside"]},
        {"module-down": "Secondary"},
        {"module-up": "Secondary"},
    ],
    ids=str,
)
def test_every_fault_ends_in_an_outcome_without_harm_of_ours(
    plan: asaf.Plan, fault: str | dict[str, object]
) -> None:
    rehearsal = asaf.rehearse(plan, faults=[(90.5, fault)], settings={"module": "SFR5525"})
    assert rehearsal.kind in ("completed", "halted")
    assert rehearsal.judgement.is_innocent, str(rehearsal.judgement)
    offences = rehearsal.oracle.to_dict()["offences"]
    assert not any("reload-of-active-unit" in str(offence) for offence in offences), str(rehearsal.oracle)


def test_a_fault_strikes_at_an_occasion(plan: asaf.Plan) -> None:
    when = {"stands": {"role": "Secondary", "standing": "Bulk Sync", "after_ms": 500}}
    history = asaf.rehearse(plan, faults=[(when, {"crash": "Secondary"})]).history
    struck = [happening["role"] for happening in history if happening["what"] == {"struck": {"fault": "crash"}}]
    assert struck == ["Secondary"]
    before = {"typed": {"head": "failover reload-standby"}}
    rehearsal = asaf.rehearse(plan, faults=[(before, {"lose-reply": ["Primary", "before"]})])
    assert {"struck": {"fault": "lose-reply"}} in [happening["what"] for happening in rehearsal.history]
    assert (rehearsal.kind, rehearsal.lines) == ("completed", plan.lines), "it was read, and typed again"
    assert rehearsal.unstruck == []


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (({"someday": 1}, "split-brain"), r"faults\[1\]: \{'someday': 1\} is none: unknown variant `someday`"),
        ((-1, "split-brain"), r"faults\[1\]: -1 is none: .*negative"),
        ((0, "crash"), r"faults\[1\]: 'crash' is none: .*; help\(asa_failover.rehearse\) names each"),
        ((0, {"interface-down": ["Secondary", "dmz", "no-link"]}), r"faults\[1\]: the pair has no interface dmz"),
        ((0, {"interface-up": ["Secondary", "dmz"]}), r"faults\[1\]: the pair has no interface dmz"),
        ((0, {"preempt": 9}), r"faults\[1\]: the pair has no failover group 9"),
        ((0, {"module-down": "Secondary"}), r"faults\[1\]: the pair has no service module"),
        ((0, {"stuck-in": ["Secondary", "Bulk"]}), r"faults\[1\]: no unit is stuck in Bulk; expected one of: Nego"),
        ((0, {"sessions-taken": ["Primary", 6]}), r"faults\[1\]: a unit has 5 sessions, not 6"),
        (({"typed": {"head": "failover", "nth": 0}}, "split-brain"), r"faults\[1\]: nth: occasions are counted from 1"),
        (
            ({"stands": {"role": "Primary", "standing": "Bulk"}}, "split-brain"),
            r"faults\[1\]: no unit stands in Bulk: that is no state of `show failover`",
        ),
    ],
    ids=str,
)
def test_a_fault_that_cannot_strike_is_refused_by_its_place(plan: asaf.Plan, fault: tuple[Any, Any], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        asaf.rehearse(plan, faults=[(0, "failover-link-up"), fault])


def test_a_fault_that_did_nothing_is_named(plan: asaf.Plan) -> None:
    never = ({"typed": {"head": "write erase"}}, {"crash": "Primary"})
    rehearsal = asaf.rehearse(plan, faults=[never, (0, {"modified": "Primary"})])
    assert (rehearsal.kind, rehearsal.unstruck) == ("completed", ["crash"])


@pytest.mark.parametrize(
    "doubt",
    [
        {"role-when-not-ready": "refuse"},
        {"already-there": "error"},
        {"reload-standby-on-owner": "ignore"},
        {"reload-noconfirm": "saves"},
        {"preempt-after-move": "returns"},
        {"link-loss": "standby-claims"},
        {"after-mismatch": "active"},
        {"session-end": "hang"},
        {"delete-replicates": True},
        {"wording": "other"},
        {"standby-warns": "everything"},
        {"crlf": "two"},
        {"refused-as": "enable15"},
        {"host-keys": "stay"},
        {"claim-when-not-ready": "refuse"},
        {"mac-state": "updated-first"},
        {"config-states": "all"},
    ],
    ids=str,
)
def test_a_plan_ends_well_under_every_reading(plan: asaf.Plan, doubt: dict[str, object]) -> None:
    rehearsal = asaf.rehearse(plan, doubts=[doubt])
    assert (rehearsal.kind, rehearsal.lines) == ("completed", plan.lines)
    assert rehearsal.judgement.is_innocent, str(rehearsal.judgement)


def test_an_interface_that_goes_down_is_missed_by_name(plan: asaf.Plan) -> None:
    returned = {"stands": {"role": "Secondary", "standing": "Standby Ready", "after_ms": 1000}}
    lost = (returned, {"interface-down": ["Secondary", "inside", "no-link"]})
    rehearsal = asaf.rehearse(plan, faults=[lost], settings={"unmonitored": ["inside"]})
    assert (rehearsal.kind, rehearsal.code) == ("halted", "deadline")
    assert rehearsal.reason is not None
    assert "interface inside of Secondary was Normal and is not now" in rehearsal.reason
    assert rehearsal.oracle.is_blameless and rehearsal.oracle.to_dict()["reboots"] == [0, 1]
    mended = {"stands": {"role": "Secondary", "standing": "Standby Ready", "after_ms": 60_000}}
    again = asaf.rehearse(plan, faults=[lost, (mended, {"interface-up": ["Secondary", "inside"]})])
    assert again.kind == "completed" and again.judgement.is_innocent, str(again)


def test_settings_of_the_simulated_pair(plan: asaf.Plan) -> None:
    timings = {"switch_ms": [900, 901], "boot_ms": 60_000}
    settings = {"timings": timings, "hostname": "edge", "doubts": [{"wording": "other"}], "host_keys": {"Primary": 4}}
    rehearsal = asaf.rehearse(plan, settings=settings)
    assert (rehearsal.kind, rehearsal.lines) == ("completed", plan.lines), str(rehearsal)
    gaps = rehearsal.oracle.to_dict()["gaps"]
    assert gaps and all(gap["length_ms"] in (900, 901) for gap in gaps)
    assert rehearsal.history[-1]["at_ms"] < asaf.rehearse(plan).history[-1]["at_ms"], "it boots in a minute"


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"modul": "SFR5525"}, "settings: unknown field `modul`"),
        ({"timings": {"boot_s": 3}}, "unknown field `boot_s`"),
        ({"prompt": "loud"}, "unknown variant `loud`"),
        ({"unmonitored": ["dmz"]}, "the pair has no interface dmz"),
        ({"modified_contexts": ["ctx7"]}, "the pair has no context ctx7"),
        ({"timings": {"switch_ms": [2, 1]}}, "switch_ms: the shortest time is longer than the longest"),
    ],
    ids=str,
)
def test_what_is_no_setting_is_named(plan: asaf.Plan, settings: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        asaf.rehearse(plan, settings=settings)


def test_what_is_no_reading_is_named(plan: asaf.Plan) -> None:
    with pytest.raises(ValueError, match=r"doubts\[0\]: \{'wording': 'loud'\} is none: unknown variant `loud`"):
        asaf.rehearse(plan, doubts=[{"wording": "loud"}])


def test_what_is_no_fault_is_named(plan: asaf.Plan) -> None:
    with pytest.raises(ValueError, match="unknown variant `earthquake`"):
        asaf.rehearse(plan, faults=[(1, "earthquake")])
    with pytest.raises(ValueError, match="Third"):
        asaf.rehearse(plan, faults=[(1, {"crash": "Third"})])


def test_progress_is_told(plan: asaf.Plan) -> None:
    seen: list[asaf.Progress] = []
    asaf.rehearse(plan, on_event=seen.append)
    times = [progress.at_ms for progress in seen]
    assert times == sorted(times) and times[-1] > 600_000
    waiting = next(progress for progress in seen if progress.waited_ms)
    assert waiting.why and "waiting" in str(waiting)
    assert {progress.command for progress in seen} >= {"write memory", "failover reload-standby"}
    reloads = {progress.unit for progress in seen if progress.command == "failover reload-standby"}
    assert reloads == {"Primary", "Secondary"}, "each reloads its mate"
    assert {progress.unit for progress in seen if progress.command is None} == {None}
    last = seen[-1].to_dict()
    assert [unit["version"] for unit in last["units"]] == ["9.8(4)48", "9.8(4)48"]
    assert json.loads(json.dumps(last)) == last
    assert repr(waiting) == f"<Progress {waiting}>" and waiting == waiting


def test_an_exception_of_a_callback_stops_the_run_in_good_order(plan: asaf.Plan) -> None:
    commands: list[str | None] = []

    def fail(progress: asaf.Progress) -> None:
        commands.append(progress.command)
        if progress.command == "write memory":
            raise RuntimeError("the pager is out of order")

    with pytest.raises(RuntimeError, match="the pager is out of order"):
        asaf.rehearse(plan, on_event=fail)
    assert "failover reload-standby" not in commands


def test_a_wait_that_takes_longer_than_usual_is_named_early(plan: asaf.Plan) -> None:
    symptoms: list[tuple[int, dict[str, object]]] = []

    def watch(progress: asaf.Progress) -> None:
        if progress.symptom is not None:
            symptoms.append((progress.at_ms, progress.symptom))

    rehearsal = asaf.rehearse(plan, faults=[(0, {"stuck-in": ["Secondary", "Sync Config"]})], on_event=watch)
    assert rehearsal.reason is not None
    assert rehearsal.reason.startswith("Secondary did not synchronise its configuration within 3600 s")
    _, first = symptoms[0]
    assert first["awaited"] == {"config": "Secondary"} and first["typical_s"] == 300
    assert "lines that the other release does not take" in str(first["meaning"])
    assert ["Secondary", "show startup-config errors"] in first["look"]  # type: ignore[operator]
    assert symptoms[-1][0] - symptoms[0][0] > 3_000_000


def test_ctrl_c_is_a_halt(plan: asaf.Plan) -> None:
    def interrupt(progress: asaf.Progress) -> None:
        if progress.command == "failover reload-standby":
            raise KeyboardInterrupt

    rehearsal = asaf.rehearse(plan, on_event=interrupt)
    assert (rehearsal.kind, rehearsal.code, rehearsal.reason) == ("halted", "stopped", "stopped by the operator")
    assert rehearsal.safe is not None
    assert rehearsal.safe.endswith("to go on, run the same plan with the same journal; it begins with what it finds")


def test_the_operator_is_asked_at_each_pause(pair: asaf.Pair, goal: asaf.Goal) -> None:
    policy = asaf.Policy(pauses=["before-switch", "before-second-reload"])
    plan = asaf.plan(pair, goal, policy=policy)
    asked: list[asaf.Question] = []

    def answer(question: asaf.Question) -> bool:
        asked.append(question)
        return question.pause == "before-switch"

    rehearsal = asaf.rehearse(plan, on_question=answer)
    assert [(question.hop, question.pause) for question in asked] == [
        (1, "before-switch"),
        (1, "before-second-reload"),
    ]
    assert repr(asked[0]) == "<Question before-switch of hop 1>" and len(set(asked)) == 2
    assert (rehearsal.kind, rehearsal.code) == ("halted", "declined")
    assert [question.back for question in asked] == [
        plan.way_back(1, "before-switch").lines,
        plan.way_back(1, "before-second-reload").lines,
    ]
    assert rehearsal.back == asked[1].back
    assert asaf.rehearse(plan).kind == "completed"


@pytest.mark.parametrize("pause", ["before-switch", "before-second-reload"])
def test_a_way_back_is_a_plan_that_is_rehearsed_from_where_it_turns(
    plan: asaf.Plan, pause: Literal["before-switch", "before-second-reload"]
) -> None:
    back = plan.way_back(1, pause)
    assert back.turns_at == (1, pause) and plan.turns_at is None and back.id != plan.id
    rehearsal = asaf.rehearse(back)
    assert rehearsal.kind == "completed" and rehearsal.oracle.is_clean, str(rehearsal)
    assert rehearsal.lines == back.lines
    versions = {unit: version for unit, version in rehearsal.to_dict()["completed"]["versions"]}
    assert versions == {"Primary": "9.8(4)", "Secondary": "9.8(4)"}
    assert asaf.Plan.from_json(back.to_json()).id == back.id
    assert back.to_markdown().startswith("# Way back of ")
    with pytest.raises(asaf.Refused, match="a way back has none of its own"):
        back.way_back(1, pause)
    with pytest.raises(asaf.Refused, match="does not come by the point"):
        plan.way_back(2, pause)


def test_the_callers_probe_decides_whether_the_second_reload_comes(pair: asaf.Pair, goal: asaf.Goal) -> None:
    plan = asaf.plan(pair, goal, policy=asaf.Policy(probe_s=30))
    asked: list[int] = []

    def well() -> None:
        asked.append(1)

    assert asaf.rehearse(plan, on_probe=well).kind == "completed" and len(asked) >= 4
    assert asaf.rehearse(plan, on_probe=lambda: True).kind == asaf.rehearse(plan).kind == "completed"
    for word, why in ((False, "the probe says no"), ("no answer from 203.0.113.10",) * 2):
        said = itertools.repeat(word)
        halted = asaf.rehearse(plan, on_probe=said.__next__)
        assert halted.code == "unhealthy" and halted.reason is not None and halted.reason.endswith(why)
        assert halted.back == plan.way_back(1, "before-second-reload").lines

    def broken() -> None:
        raise LookupError("no such host")

    with pytest.raises(LookupError, match="no such host"):
        asaf.rehearse(plan, on_probe=broken)
    assert repr(asaf.Event.probed("why")) == "<Event probed>" and asaf.Event.probed() != asaf.Event.probed("why")
