"""`Run` without any IO, against captured outputs."""

from __future__ import annotations

import json
from typing import Any

import pytest

import asa_failover as asaf
from conftest import Captures

PROMPTS = {"active": "fw/pri/act#", "standby": "fw/sec/stby# "}
UNITS = {"active": "primary", "standby": "secondary"}


class Player:
    """A pair that answers every read with what was captured on it."""

    def __init__(self, captures: Captures) -> None:
        self.captures = captures
        self.sessions: dict[int, str] = {}
        self.records: list[dict[str, Any]] = []
        self.typed: list[tuple[str, str]] = []

    def answer(self, action: asaf.Action) -> asaf.Event:
        if action.kind == "connect":
            assert action.endpoint is not None and action.by_ms is not None
            session = len(self.sessions) + 1
            self.sessions[session] = action.endpoint
            return asaf.Event.connected(session, PROMPTS[action.endpoint])
        if action.kind == "record":
            assert action.record is not None
            self.records.append(action.record)
            return asaf.Event.recorded()
        if action.kind == "sleep":
            return asaf.Event.timed_out()
        assert action.kind == "send" and action.session is not None and action.line is not None
        assert action.enter_by_ms is None, "a line that changes nothing runs whenever it is shown"
        endpoint = self.sessions[action.session]
        self.typed.append((endpoint, action.line))
        if action.line == "configure terminal":
            return asaf.Event.replied(action.session, "", "fw/pri/act(config)# ")
        output = self.captures[UNITS[endpoint]][self.command(action.line)]
        return asaf.Event.replied(action.session, output, PROMPTS[endpoint])

    @staticmethod
    def command(line: str) -> str:
        if line.startswith("dir "):
            return "dir"
        if line.startswith("verify "):
            return f"verify verify-{line.rpartition('/')[2]}"
        return line.partition(" |")[0]


def until_a_change(run: asaf.Run, player: Player, event: asaf.Event) -> tuple[int, asaf.Action]:
    """Answers actions until one would change the pair, or the run is over."""
    now = 0
    for _ in range(500):
        action = run.step(now, event)
        if action.kind in ("finish", "ask") or action.effect in ("changes", "disrupts"):
            return now, action
        now = max(now + 20, action.by_ms or 0) if action.kind == "sleep" else now + 20
        event = player.answer(action)
    raise AssertionError("no change in 500 steps")


def test_a_run_reads_both_units_and_records_before_it_changes_anything(
    plan: asaf.Plan, captures: Captures
) -> None:
    run, player = asaf.Run(plan, owner="operator@host"), Player(captures)
    now, action = until_a_change(run, player, asaf.Event.start())
    unit, line = plan.lines[0]
    assert (action.kind, action.effect, action.line, action.permitted) == (
        "send",
        "changes",
        line,
        [("Configuration syncing is in progress", "no\r")],
    )
    assert action.session is not None and player.sessions[action.session] == "active" and unit == "Primary"
    assert [next(iter(record)) for record in player.records] == ["header", "plan", "baseline", "intent"]
    assert player.records[0]["header"]["owner"] == "operator@host"
    assert player.records[0]["header"]["plan"] == plan.id
    assert [stop["version"] for stop in player.records[1]["plan"]["brief"]["stops"]] == ["9.8(4)", "9.8(4)48"]
    assert player.records[3]["intent"]["intent"]["command"] == {"no-boot-system": "disk0:/asa984-smp-k8.bin"}
    assert player.typed[-1] == ("active", "configure terminal")
    assert {endpoint for endpoint, _ in player.typed} == {"active", "standby"}
    assert ("standby", "show version") in player.typed
    assert json.loads(json.dumps(player.records)) == player.records
    progress = run.progress(now)
    assert progress.at_ms == now and progress.command == line

    unsent = run.step(now, asaf.Event.not_sent())
    assert unsent.kind == "record" and unsent.record == {"result": {"seq": 1, "effect": "not-sent"}}
    assert run.step(now, asaf.Event.recorded()).effect == "reads", "it is decided anew"
    halted = run.step(now, asaf.Event.stop())
    assert halted.kind == "record" and halted.record is not None and "halt" in halted.record
    finish = run.step(now, asaf.Event.recorded())
    assert finish.kind == "finish" and finish.outcome is not None
    assert (finish.outcome.kind, finish.outcome.code) == ("halted", "stopped")
    assert run.step(now, asaf.Event.timed_out()).kind == "finish", "and again for ever"


def test_a_run_goes_on_from_records(plan: asaf.Plan, captures: Captures) -> None:
    player = Player(captures)
    until_a_change(asaf.Run(plan), player, asaf.Event.start())
    records = json.loads(json.dumps(player.records))

    again = Player(captures)
    _, action = until_a_change(asaf.Run(plan), again, asaf.Event.resume(records))
    assert again.records[0] == {"resumed": {"times": 1}}
    assert action.kind == "send" and action.line == plan.lines[0][1], "the intent was not carried out: once more"


def test_records_of_another_plan_are_refused(plan: asaf.Plan, pair: asaf.Pair, goal: asaf.Goal) -> None:
    other = asaf.plan(pair, goal, policy=asaf.Policy(soak_s=1))
    header = asaf.Run(other).step(0, asaf.Event.start()).record
    assert header is not None
    run = asaf.Run(plan)
    action = run.step(0, asaf.Event.resume([header]))
    while action.kind == "record":
        action = run.step(0, asaf.Event.recorded())
    assert action.outcome is not None and action.outcome.code == "journal-differs"
    assert other.id in (action.outcome.reason or "")


def test_a_refused_login_ends_the_run_and_a_silent_address_does_not(plan: asaf.Plan) -> None:
    def connecting() -> asaf.Run:
        run = asaf.Run(plan)
        assert "header" in (run.step(0, asaf.Event.start()).record or {})
        assert "plan" in (run.step(0, asaf.Event.recorded()).record or {})
        action = run.step(0, asaf.Event.recorded())
        assert (action.kind, action.endpoint, action.line, action.permitted) == ("connect", "standby", None, None)
        assert repr(action) == "<Action connect standby>"
        return run

    run = connecting()
    action = run.step(1, asaf.Event.refused("standby", "password not accepted", waiting_may_help=False))
    assert action.record is not None
    action = run.step(1, asaf.Event.recorded())
    assert action.outcome is not None and action.outcome.code == "no-session"
    assert action.outcome.reason == "no session: standby address: password not accepted"
    action = connecting().step(1, asaf.Event.refused("standby", "no route to host", waiting_may_help=True))
    assert action.kind != "finish"


def test_a_record_that_is_not_durable_ends_the_run(plan: asaf.Plan) -> None:
    run = asaf.Run(plan)
    run.step(0, asaf.Event.start())
    action = run.step(0, asaf.Event.record_failed("no space left on device"))
    assert action.kind == "finish" and action.outcome is not None
    assert action.outcome.reason == "the journal cannot be written: no space left on device"


def test_an_event_that_does_not_fit_ends_the_run(plan: asaf.Plan) -> None:
    run = asaf.Run(plan)
    run.step(0, asaf.Event.start())
    action = run.step(0, asaf.Event.answered(True))
    while action.kind == "record":
        action = run.step(0, asaf.Event.recorded())
    assert action.outcome is not None and action.outcome.code == "unexpected"


def test_events() -> None:
    assert asaf.Event.connected(1, "fw#") == asaf.Event.connected(1, "fw# ")
    assert asaf.Event.dropped(1) != asaf.Event.dropped(2)
    assert repr(asaf.Event.questioned(1, "Proceed with reload? [confirm]")) == "<Event questioned>"
    with pytest.raises(asaf.ParseError, match='expected a prompt such as fw/pri/act#, found "Password:"'):
        asaf.Event.replied(1, "", "Password:")
    with pytest.raises(ValueError, match="unknown variant `third`"):
        asaf.Event.refused("third", "", waiting_may_help=True)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        asaf.Event.resume([{"noise": {}}])
