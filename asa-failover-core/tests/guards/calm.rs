//! I7: since when, and for how long, a pair has been calm.

use std::collections::BTreeMap;

use asa_failover_core::command::Command;
use asa_failover_core::decide::{Awaited, Decision, Health};
use asa_failover_core::elapsed::{At, Elapsed};
use asa_failover_core::goal::OnDrift;
use asa_failover_core::unit::{GroupId, Role, Standing};

use super::pairs::situation::{Situation, before_switch, sends};

/// I7: behind more than two polls without a look a unit may have lost its readiness and got it back.
#[test]
fn calm_is_proven_anew_behind_a_gap() {
    for (gap, polls) in [(10_000, 2), (10_001, 1)] {
        let mut situation = before_switch();
        let began = situation.now.as_millis();
        situation.memory.calm = None;
        for at in [began, began + gap].map(Elapsed::from_millis) {
            for role in Role::BOTH {
                situation.unit(role).sight.as_mut().unwrap().at = at;
            }
            situation.memory.saw(&situation.brief, &situation.observed, at);
        }
        assert_eq!(situation.memory.calm.unwrap().polls, polls, "{gap} ms");
    }
}

/// I7: ready for long enough is told by readings of both units from then on, and looked for as soon as it may be.
#[test]
fn a_calm_pair_is_looked_at_again_when_the_time_is_up() {
    let calm_for = |seconds: u64| {
        let mut situation = before_switch();
        let calm = situation.memory.calm.as_mut().unwrap();
        (calm.since, calm.last) = (Elapsed::from_secs(60 - seconds), situation.now);
        situation
    };
    let until = |situation: &Situation| match situation.decide() {
        Decision::Wait { awaited: Awaited::Ready, until, .. } => until,
        other => panic!("{other:?}"),
    };
    assert_eq!(until(&calm_for(20)), Elapsed::from_secs(65), "a poll from now");
    assert_eq!(until(&calm_for(25)), Elapsed::from_secs(65));
    let mut due = calm_for(27);
    assert_eq!(until(&due), Elapsed::from_secs(63), "as soon as it is ready for half a minute");
    due.now = Elapsed::from_secs(63);
    for role in Role::BOTH {
        let reads = Decision::Read { unit: role, command: Command::ShowFailover };
        // What was read before the time was up tells nothing, be it as young as a guard asks for.
        due.memory.saw(&due.brief, &due.observed, due.now);
        assert_eq!(due.decide(), reads);
        due.unit(role).sight.as_mut().unwrap().at = due.now;
    }
    due.memory.saw(&due.brief, &due.observed, due.now);
    sends(&due, Role::Primary, &Command::NoFailoverActive(GroupId::UNIT));
    // Too few looks are too few, however long it took.
    let mut seldom = due.clone();
    seldom.memory.calm.as_mut().unwrap().polls = 2;
    assert_eq!(until(&seldom), Elapsed::from_secs(68));
}

/// I7: a group that moved between two looks was somewhere else in between, so that the calm begins anew.
#[test]
fn a_move_ends_the_calm() {
    let moves = |s: &mut Situation| {
        s.stand(Role::Primary, GroupId::UNIT, &Standing::StandbyReady);
        s.stand(Role::Secondary, GroupId::UNIT, &Standing::Active);
    };
    for on_drift in [OnDrift::Halt, OnDrift::Adapt] {
        let mut situation = before_switch();
        situation.brief.policy.on_drift = on_drift;
        situation.memory.homes.insert(GroupId::UNIT, At::new(Elapsed::ZERO, Role::Primary));
        moves(&mut situation);
        situation.memory.saw(&situation.brief, &situation.observed, situation.now);
        let polls = situation.memory.calm.unwrap().polls;
        assert_eq!(polls == 1, on_drift == OnDrift::Adapt, "{on_drift:?}: {polls}");
    }
}

/// I7, I9: a group that left and came back between two looks shows in nothing but the time of its last change.
#[test]
fn a_change_that_no_look_fell_into_ends_the_calm() {
    let changed = |role: Role, text: Option<&str>| {
        let mut situation = before_switch();
        let (was, text) = ("10:00:00 UTC Apr 20 2024".into(), text.map(Into::into));
        situation.memory.back.clear();
        situation.memory.changed.insert((role, GroupId::UNIT), was);
        situation.sight(role).groups.get_mut(&GroupId::UNIT).unwrap().changed = text;
        situation.memory.saw(&situation.brief, &situation.observed, situation.now);
        let remembered = situation.memory.changed[&(role, GroupId::UNIT)].to_string();
        (situation.memory.calm.unwrap().polls == 1, situation.memory.back, remembered)
    };
    for role in Role::BOTH {
        let (anew, back, remembered) = changed(role, Some("10:00:01 UTC Apr 20 2024"));
        assert!(anew, "{role}");
        assert_eq!(back, BTreeMap::from([(role, Elapsed::from_secs(60))]), "preempt begins anew");
        assert_eq!(remembered, "10:00:01 UTC Apr 20 2024");
        // What is printed no more may have changed, and what is printed again is compared with what was.
        for (text, is_anew) in [(Some("10:00:00 UTC Apr 20 2024"), false), (None, true)] {
            let (anew, back, remembered) = changed(role, text);
            assert_eq!((anew, !back.is_empty()), (is_anew, is_anew), "{role} {text:?}");
            assert_eq!(remembered, "10:00:00 UTC Apr 20 2024");
        }
        // What is printed for the first time tells of no change.
        let mut first = before_switch();
        first.memory.changed.clear();
        first.memory.back.clear();
        let (calm, flaps) = (first.memory.calm.unwrap().polls, first.memory.flaps);
        first.memory.saw(&first.brief, &first.observed, first.now);
        assert_eq!((first.memory.calm.unwrap().polls, first.memory.flaps), (calm, flaps));
        assert!(first.memory.back.is_empty() && first.memory.changed.len() == 2);
    }
}

/// I7: a mate that is down answers nobody, and is ready again a poll later; that the other unit said so counts.
#[test]
fn what_one_unit_says_ends_the_calm_too() {
    let looks = |change: fn(&mut Situation), role: Role| {
        let mut situation = before_switch();
        situation.unit(role.mate()).sight.as_mut().unwrap().at = Elapsed::from_secs(55);
        change(&mut situation);
        situation.memory.saw(&situation.brief, &situation.observed, situation.now);
        (situation.memory.calm.is_some(), situation.memory.flaps)
    };
    for role in Role::BOTH {
        assert_eq!(looks(|_| (), role), (true, 0), "{role}");
    }
    let failed = |s: &mut Situation| s.stand(Role::Secondary, GroupId::UNIT, &Standing::Failed);
    let alone = |s: &mut Situation| s.stand(Role::Primary, GroupId::UNIT, &Standing::StandbyReady);
    let off = |s: &mut Situation| s.sight(Role::Primary).enabled = false;
    let cut = |s: &mut Situation| s.sight(Role::Primary).lan_up = false;
    let worse = |s: &mut Situation| {
        s.sight(Role::Primary).interfaces.insert("inside".into(), Health::Other);
    };
    for change in [failed, alone, off, cut, worse] {
        assert_eq!(looks(change, Role::Primary), (false, 1));
    }
    // What is too old says nothing.
    let mut old = before_switch();
    failed(&mut old);
    for unit in &mut old.observed {
        unit.sight.as_mut().unwrap().at = Elapsed::from_secs(55);
    }
    old.memory.saw(&old.brief, &old.observed, old.now);
    assert!(old.memory.calm.is_some());
}
