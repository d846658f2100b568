//! The decision itself: when each line comes, and what keeps it back.

use std::collections::BTreeMap;

use asa_failover_core::command::Command;
use asa_failover_core::decide::{Awaited, Decision, Effected, Open, Removed, Tried};
use asa_failover_core::elapsed::{At, Elapsed};
use asa_failover_core::goal::{OnDrift, Preempt};
use asa_failover_core::twin::Spec;
use asa_failover_core::unit::{GroupId, Role, Standing};

use super::pairs::situation::{NEW, OLD, Situation, before_first_reload, halts, sends, waits};
use super::pairs::v;
use super::{TWO, policy};

const REMOVE: Command = Command::NoPreempt { group: TWO, was_s: 30 };
const RESTORE: Command = Command::Preempt { group: TWO, delay_s: 30 };

fn shows(situation: &mut Situation, primary: Option<u32>, secondary: Option<u32>) {
    let now = situation.now;
    for (role, delay) in [(Role::Primary, primary), (Role::Secondary, secondary)] {
        let delay = delay.map(|delay_s| (Role::Secondary, delay_s));
        let groups = BTreeMap::from([(GroupId::new(1), None), (TWO, delay)]);
        situation.unit(role).running_preempt = Some(At::new(now, groups.into()));
    }
}

fn situation(is_saved: bool) -> Situation {
    let mut spec = Spec::active_active("ASA5525", v(OLD)).with_preempt(TWO, 30).with_staged(v(NEW));
    let file = spec.image(v(NEW));
    for role in Role::BOTH {
        let unit = spec.unit_mut(role);
        unit.running_boot.insert(0, file.name.clone());
        if is_saved {
            unit.startup_boot.insert(0, file.name.clone());
        }
    }
    let mut situation = Situation::of(spec, &policy());
    shows(&mut situation, Some(30), Some(30));
    situation
}

#[track_caller]
fn reads(situation: &Situation, unit: Role) {
    let Decision::Read { unit: found, command } = situation.decide() else {
        panic!("{:?}", situation.decide())
    };
    assert_eq!((found, command), (unit, Command::ShowRunningFailover));
}

/// Behind the save and before anything that disrupts, on the unit that leads, by readings of both.
#[test]
fn it_is_removed_once_the_boot_list_is_saved() {
    sends(&situation(false), Role::Primary, &Command::WriteMemoryAll);
    let mut saved = situation(true);
    sends(&saved, Role::Primary, &REMOVE);
    shows(&mut saved, None, None);
    saved.memory.removed.insert(TWO, removed(true));
    sends(&saved, Role::Secondary, &Command::NoFailoverActive(TWO));
    // One unit alone does not do.
    for [primary, secondary] in [[Some(30), None], [None, Some(30)]] {
        shows(&mut saved, primary, secondary);
        sends(&saved, Role::Primary, &REMOVE);
    }
    for role in Role::BOTH {
        let mut unread = situation(true);
        unread.unit(role).running_preempt = None;
        reads(&unread, role);
        // Nor does a reading that is too old.
        let mut old = situation(true);
        old.brief.policy.slow_read_s = 20;
        old.unit(role).running_preempt.as_mut().unwrap().at = Elapsed::from_secs(30);
        reads(&old, role);
    }
}

fn removed(seen: bool) -> Removed {
    serde_json::from_value(serde_json::json!({ "delay_s": 30, "seen": seen })).unwrap()
}

/// A pair that is not whole is not configured either.
#[test]
fn a_pair_that_is_not_settled_keeps_it() {
    let mut torn = situation(true);
    torn.stand(Role::Secondary, GroupId::new(1), &Standing::BulkSync);
    let Decision::Wait { why, .. } = torn.decide() else { panic!("{:?}", torn.decide()) };
    assert!(why.contains("Bulk Sync"), "{why}");
}

/// A line took effect once both units show it; the reply alone, or one of them, is not believed.
#[test]
fn a_line_is_believed_by_what_both_units_show() {
    let remove = sends(&situation(true), Role::Primary, &REMOVE);
    let mut unsaved = situation(false);
    unsaved.memory.removed.insert(TWO, removed(true));
    shows(&mut unsaved, None, None);
    let restore = sends(&unsaved, Role::Primary, &RESTORE);
    for (send, before, after) in [(remove, Some(30), None), (restore, None, Some(30))] {
        let command = &send.command;
        let open = |primary, secondary, waited_s: u64| {
            let mut situation = situation(true);
            shows(&mut situation, primary, secondary);
            let began = Elapsed::from_secs(60 - waited_s);
            situation.memory.begin(Open::new(1, &send, &situation.observed, began));
            situation
        };
        assert_eq!(open(after, after, 0).decide(), Decision::Resolve(Effected::Yes), "{command}");
        for (primary, secondary, lacks) in [(after, before, Role::Secondary), (before, after, Role::Primary)]
        {
            let decided = open(primary, secondary, 5).decide();
            waits(&decided, Awaited::Answer(lacks), &format!("{lacks} does not show {command}"));
            let decided = open(primary, secondary, 60).decide();
            assert_eq!(decided, Decision::Resolve(Effected::No), "{command}");
        }
        for role in Role::BOTH {
            let mut old = open(after, after, 30);
            old.unit(role).running_preempt.as_mut().unwrap().at = Elapsed::from_secs(54);
            reads(&old, role);
        }
    }
}

/// No save comes before it is there again, with the delay that was found.
#[test]
fn it_is_restored_before_a_save() {
    let mut unsaved = situation(false);
    unsaved.memory.removed.insert(TWO, removed(true));
    shows(&mut unsaved, None, None);
    sends(&unsaved, Role::Primary, &RESTORE);
    shows(&mut unsaved, Some(30), None);
    sends(&unsaved, Role::Primary, &RESTORE);
    shows(&mut unsaved, Some(30), Some(30));
    sends(&unsaved, Role::Primary, &Command::WriteMemoryAll);
}

/// That somebody put it back is believed by readings of both units that are young, and of no time before one of them was
/// not ready: what synchronises takes the configuration of its mate.
#[test]
fn it_is_believed_to_be_back_by_what_both_units_say_now() {
    let at = |read_s: u64, back_s: Option<u64>, role: Role| {
        let mut situation = situation(false);
        situation.memory.removed.insert(TWO, removed(true));
        situation.unit(role).running_preempt.as_mut().unwrap().at = Elapsed::from_secs(read_s);
        if let Some(back_s) = back_s {
            situation.memory.back.insert(role, Elapsed::from_secs(back_s));
        }
        let (brief, observed, now) = (situation.brief.clone(), situation.observed.clone(), situation.now);
        situation.memory.saw(&brief, &observed, now);
        situation
    };
    for role in Role::BOTH {
        for (read_s, back_s) in [(50, None), (60, None), (55, Some(55)), (55, Some(54))] {
            let back = at(read_s, back_s, role);
            assert!(back.memory.removed.is_empty(), "read at {read_s} s, back at {back_s:?}");
            assert_eq!(back.memory.put_back.len(), 1);
            sends(&back, Role::Primary, &Command::WriteMemoryAll);
        }
        for (read_s, back_s) in [(49, None), (55, Some(56))] {
            let unsure = at(read_s, back_s, role);
            assert_eq!(unsure.memory.removed.len(), 1, "read at {read_s} s, back at {back_s:?}");
            reads(&unsure, role);
            let mut torn = unsure;
            torn.stand(Role::Secondary, GroupId::new(1), &Standing::BulkSync);
            assert!(matches!(torn.decide(), Decision::Wait { .. }), "{:?}", torn.decide());
        }
    }
}

/// On the way home too: the groups first, then preempt, then the save.
#[test]
fn it_is_restored_on_the_way_home() {
    let mut home = situation(true);
    for role in Role::BOTH {
        home.runs(role, NEW);
    }
    home.memory.removed.insert(TWO, removed(true));
    shows(&mut home, None, None);
    sends(&home, Role::Primary, &RESTORE);
    home.memory.removed.clear();
    shows(&mut home, Some(30), Some(30));
    sends(&home, Role::Primary, &Command::WriteMemoryAll);
    // A unit fell back behind the last save, and it was removed once more.
    home.memory.saved = true;
    home.memory.removed.insert(TWO, removed(true));
    shows(&mut home, None, None);
    sends(&home, Role::Primary, &RESTORE);
}

/// G12 stays on: a unit that starts reads its startup configuration first, which has it.
#[test]
fn a_group_away_from_home_is_waited_for_all_the_same() {
    let mut gathered = situation(true);
    for role in Role::BOTH {
        let standing = if role == Role::Primary { Standing::Active } else { Standing::StandbyReady };
        gathered.stand(role, TWO, &standing);
    }
    gathered.memory.homes.insert(TWO, At::new(gathered.now, Role::Primary));
    gathered.memory.removed.insert(TWO, removed(true));
    shows(&mut gathered, None, None);
    let awaited = Awaited::Preempt(TWO);
    waits(&gathered.decide(), awaited, "preempt may move group 2 to Secondary by itself");
}

/// Who puts it back by hand is seen before a unit reboots, and before a group moves: both units were asked a moment ago.
#[test]
fn it_is_asked_for_once_more_before_anything_disrupts() {
    let mut scattered = situation(true);
    scattered.memory.removed.insert(TWO, removed(true));
    shows(&mut scattered, None, None);
    let mut gathered = scattered.clone();
    for role in Role::BOTH {
        let standing = if role == Role::Primary { Standing::Active } else { Standing::StandbyReady };
        gathered.stand(role, TWO, &standing);
    }
    gathered.brief.policy.preempt_s = 0;
    gathered.memory.homes.insert(TWO, At::new(Elapsed::ZERO, Role::Primary));
    // Nor is it taken for granted where it stays.
    let stays = |mut situation: Situation| {
        situation.brief.policy.preempt = Preempt::Wait;
        situation.memory.removed.clear();
        shows(&mut situation, Some(30), Some(30));
        situation
    };
    for (whole, unit, command) in [
        (stays(scattered.clone()), Role::Secondary, Command::NoFailoverActive(TWO)),
        (stays(gathered.clone()), Role::Primary, Command::ReloadStandby),
        (scattered, Role::Secondary, Command::NoFailoverActive(TWO)),
        (gathered, Role::Primary, Command::ReloadStandby),
    ] {
        sends(&whole, unit, &command);
        for role in Role::BOTH {
            let mut old = whole.clone();
            old.unit(role).running_preempt.as_mut().unwrap().at = Elapsed::from_secs(60 - 30);
            sends(&old, unit, &command);
            old.unit(role).running_preempt.as_mut().unwrap().at = Elapsed::from_secs(60 - 31);
            reads(&old, role);
        }
    }
}

/// What is taken away once in a hop and is there again was restored by somebody, and stays.
#[test]
fn it_is_removed_once_a_hop() {
    let mut again = situation(true);
    let mut tried = Tried::default();
    tried.took_effect = 1;
    again.memory.tries.insert((1, Role::Secondary, REMOVE), tried.clone());
    sends(&again, Role::Secondary, &Command::NoFailoverActive(TWO));
    again.memory.tries.clear();
    again.memory.tries.insert((2, Role::Secondary, REMOVE), tried);
    sends(&again, Role::Primary, &REMOVE);
}

/// What no line of ours explains is drift, whichever unit shows it.
#[test]
fn what_no_line_of_ours_explains_is_drift() {
    for (primary, secondary, text) in [
        (
            None,
            Some(30),
            "preempt of group 2 was changed on Primary by somebody else: expected \"preempt 30\", found \"no preempt\"",
        ),
        (
            Some(30),
            None,
            "preempt of group 2 was changed on Secondary by somebody else: expected \"preempt 30\", found \"no preempt\"",
        ),
        (
            Some(0),
            Some(30),
            "preempt of group 2 was changed on Primary by somebody else: expected \"preempt 30\", found \"preempt\"",
        ),
        (
            Some(900),
            Some(900),
            "preempt of group 2 was changed on Primary by somebody else: expected \"preempt 30\", found \"preempt 900\"",
        ),
    ] {
        let mut moved = situation(true);
        shows(&mut moved, primary, secondary);
        let reason = halts(moved.decide());
        assert_eq!((reason.code(), reason.to_string().as_str()), ("preempt-moved", text));
        moved.brief.policy.on_drift = OnDrift::Adapt;
        let delay = primary.or(secondary).unwrap();
        if delay > 30 {
            assert_eq!(halts(moved.decide()), reason, "a group would not be waited for long enough");
        } else {
            sends(&moved, Role::Primary, &Command::NoPreempt { group: TWO, was_s: delay });
        }
    }
}

/// Where preempt stays, what is waited for is what the plan found: it is read before anything is sent. A run that adapts
/// goes on where it waits long enough all the same.
#[test]
fn preempt_that_stays_is_as_the_plan_found_it() {
    let sent = |situation: &Situation| matches!(situation.decide(), Decision::Send(_));
    for role in Role::BOTH {
        let mut unread = situation(false);
        unread.brief.policy.preempt = Preempt::Wait;
        assert!(sent(&unread), "{:?}", unread.decide());
        unread.unit(role).running_preempt = None;
        reads(&unread, role);
    }
    let home = |delay_s| Some((Role::Secondary, delay_s));
    let away = |delay_s| Some((Role::Primary, delay_s));
    for (one, two, adapts) in [
        (None, None, true),
        (None, home(29), true),
        (None, home(31), false),
        (None, away(30), false),
        (None, away(29), false),
        (away(0), home(30), false),
        (away(0), None, false),
    ] {
        for role in Role::BOTH {
            let mut moved = situation(false);
            moved.brief.policy.preempt = Preempt::Wait;
            let groups = BTreeMap::from([(GroupId::new(1), one), (TWO, two)]);
            moved.unit(role).running_preempt.as_mut().unwrap().value = groups.into();
            let reason = halts(moved.decide());
            assert_eq!(reason.code(), "preempt-moved", "{one:?} {two:?} {reason}");
            moved.brief.policy.on_drift = OnDrift::Adapt;
            if adapts {
                assert!(sent(&moved), "{one:?} {two:?} {:?}", moved.decide());
            } else {
                assert_eq!(halts(moved.decide()), reason);
            }
        }
    }
    // What prefers the other unit is said so.
    let mut moved = situation(false);
    moved.unit(Role::Primary).running_preempt.as_mut().unwrap().value.insert(TWO, away(30));
    assert_eq!(
        halts(moved.decide()).to_string(),
        "preempt of group 2 was changed on Primary by somebody else: expected \"secondary, preempt 30\", found \"primary, preempt 30\""
    );
    // While it is removed by us, nobody else may make more of it.
    let mut taken = situation(true);
    taken.memory.removed.insert(TWO, removed(true));
    shows(&mut taken, None, Some(31));
    assert_eq!(halts(taken.decide()).code(), "preempt-moved");
    shows(&mut taken, None, Some(30));
    sends(&taken, Role::Primary, &REMOVE);
    // Active/Standby has none, and is not asked.
    let mut standby = before_first_reload();
    for unit in &mut standby.observed {
        unit.running_preempt = None;
    }
    sends(&standby, Role::Primary, &Command::ReloadStandby);
}
