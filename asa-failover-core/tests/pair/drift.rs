//! What moves by itself while a line of ours is under way, or is about to be.
#![expect(clippy::unwrap_used, reason = "what a test starts from is there, or the test has failed")]

use crate::pairs::situation::{NEW, Situation, before_switch, gathered, halts, sends, waits};
use asa_failover_core::command::Command;
use asa_failover_core::decide::{Awaited, Decision, Effected, Open};
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::goal::OnDrift;
use asa_failover_core::unit::{GroupId, Role, Standing};

const ONE: GroupId = GroupId::new(1);
const TWO: GroupId = GroupId::new(2);

/// The pair as it is now, seen at this second.
fn look(situation: &mut Situation, second: u64) {
    situation.now = Elapsed::from_secs(second);
    for unit in &mut situation.observed {
        unit.sight.as_mut().unwrap().at = situation.now;
    }
    situation.memory.saw(&situation.brief, &situation.observed, situation.now);
}

/// The switch is under way. `seen`: the secondary says that it is active, before all is as it was.
fn undone(seen: bool, on_drift: OnDrift) -> Situation {
    let mut situation = before_switch();
    situation.brief.policy.on_drift = on_drift;
    let send = sends(&situation, Role::Primary, &Command::NoFailoverActive(GroupId::UNIT));
    situation.memory.begin(Open::new(1, &send, &situation.observed, situation.now));
    if seen {
        situation.stand(Role::Secondary, GroupId::UNIT, &Standing::Active);
        look(&mut situation, 61);
        situation.stand(Role::Secondary, GroupId::UNIT, &Standing::StandbyReady);
    }
    look(&mut situation, 180);
    situation
}

/// A switch that took effect, and that somebody or something undid before both units agreed on it, is drift
/// and no line to type again. One that nobody saw may be tried again.
#[test]
fn a_switch_that_was_seen_and_undone_is_drift() {
    for on_drift in [OnDrift::Halt, OnDrift::Adapt] {
        for (seen, expected) in [(true, Effected::Yes), (false, Effected::No)] {
            let mut situation = undone(seen, on_drift);
            assert_eq!(situation.decide(), Decision::Resolve(expected), "seen: {seen}");
            situation.memory.resolve(&situation.brief, expected, situation.now);
            if seen && on_drift == OnDrift::Halt {
                situation.calm();
                assert_eq!(halts(situation.decide()).code(), "moved-unasked");
            }
        }
    }
}

/// The giver's own word counts as the taker's does, and a look from before the line counts for nothing.
#[test]
fn only_a_look_since_the_line_shows_its_effect() {
    for (second, begun) in [(59, false), (60, true)] {
        let mut situation = before_switch();
        let send = sends(&situation, Role::Primary, &Command::NoFailoverActive(GroupId::UNIT));
        situation.memory.begin(Open::new(1, &send, &situation.observed, situation.now));
        situation.stand(Role::Primary, GroupId::UNIT, &Standing::StandbyReady);
        look(&mut situation, second);
        assert_eq!(situation.memory.intent.as_ref().unwrap().begun, begun, "looked at {second} s");
    }
}

/// I5: while preempt may still move one group, no line moves the other one either.
#[test]
fn no_group_is_moved_while_preempt_may_move_another() {
    let mut situation = gathered();
    situation.runs(Role::Secondary, NEW);
    situation.calm();
    sends(&situation, Role::Primary, &Command::NoFailoverActive(ONE));
    situation.prefers(TWO, Some((Role::Secondary, 30)));
    waits(&situation.decide(), Awaited::Preempt(TWO), "preempt may move group 2 to Secondary");
}

/// What the caller's probe said before a group moved, it said of other traffic.
#[test]
fn a_probe_is_worth_nothing_once_a_group_moved() {
    let mut situation = before_switch();
    situation.brief.policy.probe_s = Some(300);
    situation.brief.policy.on_drift = OnDrift::Adapt;
    situation.memory.probed = Some(situation.now);
    situation.stand(Role::Primary, GroupId::UNIT, &Standing::StandbyReady);
    situation.stand(Role::Secondary, GroupId::UNIT, &Standing::Active);
    situation.calm();
    assert_eq!(situation.memory.homes[&GroupId::UNIT].value, Role::Secondary);
    assert_eq!(situation.decide(), Decision::Probe);
    situation.memory.probed = Some(situation.now);
    situation.brief.policy.soak_s = 0;
    assert!(matches!(situation.decide(), Decision::Send(_)), "{:?}", situation.decide());
}
