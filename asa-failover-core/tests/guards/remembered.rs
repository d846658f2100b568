//! What a run remembers between two decisions: from each look at the pair, and from each command that ended.

use std::collections::BTreeMap;

use asa_failover_core::command::Command;
use asa_failover_core::decide::{Effected, Heard, Memory, Open, Send};
use asa_failover_core::elapsed::{At, Elapsed};
use asa_failover_core::goal::OnDrift;
use asa_failover_core::link::Via;
use asa_failover_core::unit::{GroupId, Role, Standing};

use super::pairs::situation::{NEW, OLD, Situation, before_first_reload, before_switch, gathered};
use super::pairs::{URL, v};

const ONE: GroupId = GroupId::new(1);
const TWO: GroupId = GroupId::new(2);
const NEW_FILE: &str = "disk0:/asa984-48-smp-k8.bin";
const OLD_FILE: &str = "disk0:/asa984-smp-k8.bin";

/// The pair is seen as it stands, so many milliseconds after it was read.
fn seen(situation: &mut Situation, millis: u64) {
    let at = Elapsed::from_millis(60_000 + millis);
    situation.now = at;
    for unit in &mut situation.observed {
        unit.sight.as_mut().unwrap().at = at;
    }
    situation.memory.saw(&situation.brief, &situation.observed, at);
}

fn calm(memory: &Memory) -> Option<(u64, u64, u32)> {
    memory.calm.map(|calm| (calm.since.as_millis(), calm.last.as_millis(), calm.polls))
}

/// A look counts once a poll, and a pair that is not whole has to begin anew.
#[test]
fn calm_is_counted_by_polls() {
    let mut situation = before_switch();
    situation.memory.calm = None;
    seen(&mut situation, 0);
    assert_eq!(calm(&situation.memory), Some((60_000, 60_000, 1)));
    seen(&mut situation, 4_999);
    assert_eq!(calm(&situation.memory), Some((60_000, 60_000, 1)), "less than a poll");
    seen(&mut situation, 5_000);
    assert_eq!(calm(&situation.memory), Some((60_000, 65_000, 2)));
    seen(&mut situation, 15_000);
    assert_eq!(calm(&situation.memory), Some((60_000, 75_000, 3)), "two polls without a look");
    seen(&mut situation, 25_001);
    assert_eq!(calm(&situation.memory), Some((85_001, 85_001, 1)), "a millisecond more");
    assert_eq!(situation.memory.flaps, 0);
}

/// Readings of both units, both young: one that is older says nothing of now.
#[test]
fn a_look_is_of_both_units() {
    for role in Role::BOTH {
        for (age_ms, counts) in [(2_000, true), (2_001, false)] {
            let mut situation = before_switch();
            situation.memory.calm = None;
            situation.unit(role).sight.as_mut().unwrap().at = Elapsed::from_millis(60_000 - age_ms);
            situation.memory.saw(&situation.brief, &situation.observed, situation.now);
            assert_eq!(situation.memory.calm.is_some(), counts, "{role} {age_ms}");
        }
        let mut unread = before_switch();
        let before = unread.memory.clone();
        unread.unit(role).sight = None;
        unread.memory.saw(&unread.brief, &unread.observed, unread.now);
        assert_eq!(unread.memory, before);
    }
}

/// As often as calm that had lasted is lost; a first look is no calm yet.
#[test]
fn calm_that_is_lost_again_is_a_flap() {
    for (polls, flaps) in [(1, 0), (2, 1), (3, 1)] {
        let mut situation = before_switch();
        situation.memory.calm = None;
        for look in 0..polls {
            seen(&mut situation, look * 5_000);
        }
        situation.sight(Role::Secondary).lan_up = false;
        seen(&mut situation, polls * 5_000);
        assert_eq!((situation.memory.flaps, situation.memory.calm), (flaps, None), "{polls} polls");
        seen(&mut situation, polls * 5_000 + 5_000);
        assert_eq!(situation.memory.flaps, flaps, "once");
    }
}

/// Errors of the state link that grow mean that state is lost; a counter that was cleared is no error.
#[test]
fn errors_of_the_state_link_that_grow_end_the_calm() {
    for role in Role::BOTH {
        for (errors, ends) in [(8, true), (7, false), (0, false)] {
            let mut situation = before_switch();
            for unit in Role::BOTH {
                situation.sight(unit).state_errors = 7;
            }
            seen(&mut situation, 5_000);
            seen(&mut situation, 10_000);
            situation.sight(role).state_errors = errors;
            seen(&mut situation, 15_000);
            assert_eq!(situation.memory.calm.is_none(), ends, "{errors} on {role}");
            seen(&mut situation, 20_000);
            assert!(situation.memory.calm.is_some(), "what was there before is no news");
        }
    }
}

/// Often enough, long enough, and up to now.
#[test]
fn a_pair_is_ready_when_it_was_calm_for_long_enough() {
    let gives = Command::NoFailoverActive(GroupId::UNIT);
    for (polls, since_ms, last_ms, ready) in [
        (4, 30_000, 60_000, true),
        (3, 30_000, 60_000, true),
        (2, 30_000, 60_000, false),
        (4, 30_001, 60_000, false),
        (4, 20_000, 50_000, true),
        (4, 19_999, 49_999, false),
    ] {
        let mut situation = before_switch();
        assert_eq!((situation.brief.policy.ready_polls, situation.brief.policy.ready_for_s), (3, 30));
        for unit in &mut situation.observed {
            unit.build.as_mut().unwrap().at = situation.now;
        }
        let calm = situation.memory.calm.as_mut().unwrap();
        (calm.since, calm.last) = (Elapsed::from_millis(since_ms), Elapsed::from_millis(last_ms));
        calm.polls = polls;
        let decided = situation.decide();
        let sent =
            matches!(&decided, asa_failover_core::decide::Decision::Send(send) if send.command == gives);
        assert_eq!(sent, ready, "{polls} polls from {since_ms} to {last_ms}: {decided:?}");
    }
}

/// A unit that is neither active nor ready is on its way up: preempt begins anew with it.
#[test]
fn a_unit_that_is_not_ready_is_remembered() {
    for (standing, is_back) in [
        (Standing::BulkSync, true),
        (Standing::ColdStandby, true),
        (Standing::Failed, true),
        (Standing::StandbyReady, false),
        (Standing::Active, false),
    ] {
        let mut situation = gathered();
        situation.memory.back.clear();
        situation.memory.looked = None;
        situation.stand(Role::Secondary, TWO, &standing);
        situation.sight(Role::Primary).lan_up = false;
        seen(&mut situation, 1_000);
        let expected: BTreeMap<_, _> =
            is_back.then_some((Role::Secondary, Elapsed::from_secs(61))).into_iter().collect();
        assert_eq!(situation.memory.back, expected, "{standing}");
    }
}

/// A look that was missed counts as if both had come back; the first look misses none.
#[test]
fn a_missed_look_is_remembered_for_both_units() {
    for (looked, back) in [(None, 0), (Some(50_001), 0), (Some(50_000), 2)] {
        let mut situation = gathered();
        situation.memory.back.clear();
        situation.memory.looked = looked.map(Elapsed::from_millis);
        seen(&mut situation, 0);
        assert_eq!(situation.memory.back.len(), back, "{looked:?}");
        assert_eq!(situation.memory.looked, Some(situation.now));
    }
}

/// A group that moved is expected there where preempt or a policy that adapts explains it, and not while a command
/// is open.
#[test]
fn a_group_that_moved_is_expected_where_it_is_explained() {
    let home = Some((Role::Secondary, 30));
    let away = Some((Role::Primary, 30));
    for (preempt, on_drift, open, moved) in [
        (None, OnDrift::Halt, false, false),
        (away, OnDrift::Halt, false, false),
        (home, OnDrift::Halt, false, true),
        (None, OnDrift::Adapt, false, true),
        (home, OnDrift::Adapt, true, false),
    ] {
        let mut situation = gathered();
        situation.prefers(TWO, preempt);
        situation.brief.policy.on_drift = on_drift;
        situation.memory.probed = Some(situation.now);
        situation.stand(Role::Secondary, TWO, &Standing::Active);
        situation.stand(Role::Primary, TWO, &Standing::StandbyReady);
        if open {
            begin(&mut situation, 1, Role::Primary, Command::WriteMemory);
        }
        seen(&mut situation, 1_000);
        let (to, at) = if moved { (Role::Secondary, 61) } else { (Role::Primary, 0) };
        let context = format!("{preempt:?} {on_drift:?} {open}");
        assert_eq!(situation.memory.homes[&TWO], At::new(Elapsed::from_secs(at), to), "{context}");
        assert_eq!(situation.memory.homes[&ONE].value, Role::Primary);
        assert_eq!(situation.memory.switched.is_some(), moved, "{context}");
        assert_eq!(situation.memory.probed.is_none(), moved, "traffic forwards elsewhere: {context}");
    }
}

/// A group that is where it is expected has not moved, whenever it is looked at.
#[test]
fn a_group_that_stays_keeps_its_time() {
    let mut situation = gathered();
    situation.brief.policy.on_drift = OnDrift::Adapt;
    seen(&mut situation, 5_000);
    assert!(situation.memory.homes.values().all(|home| home.at == Elapsed::ZERO));
    assert_eq!(situation.memory.switched, None);
}

fn begin(situation: &mut Situation, rung: usize, unit: Role, command: Command) {
    let target = if command == Command::ReloadStandby { unit.mate() } else { unit };
    let mut send: Send = serde_json::from_value(serde_json::json!({
        "rung": rung, "unit": unit, "via": Via::Direct, "target": target, "command": "show-version",
    }))
    .unwrap();
    send.command = command;
    situation.memory.begin(Open::new(7, &send, &situation.observed, situation.now));
}

fn ended(situation: &mut Situation, rung: usize, command: Command, effect: Effected) {
    begin(situation, rung, Role::Primary, command);
    situation.memory.resolve(&situation.brief, effect, situation.now);
}

/// A command begins with nothing waited for, and what it was told to a unit that ran this.
#[test]
fn a_command_begins_anew() {
    let mut situation = before_first_reload();
    situation.unit(Role::Secondary).build.as_mut().unwrap().value.uptime = Some((100, 160));
    situation.unit(Role::Primary).build.as_mut().unwrap().value.uptime = Some((500, 560));
    situation.now = Elapsed::from_millis(70_500);
    begin(&mut situation, 1, Role::Primary, Command::ReloadStandby);
    let memory = &situation.memory;
    assert_eq!((memory.calm, memory.waiting), (None, None));
    let open = memory.intent.as_ref().unwrap();
    assert_eq!((open.seq, open.at, open.version), (7, situation.now, Some(v(OLD))));
    assert_eq!((open.uptime, open.mate_uptime), (Some((110, 171)), Some((510, 571))));
    assert_eq!((open.resumed, open.begun, open.heard.clone()), (false, false, None));
}

/// A switch shows on the groups that it moves, by the word of either unit; what another group does is another matter.
#[test]
fn a_switch_shows_on_its_own_groups() {
    for (command, group, moves) in [
        (Command::NoFailoverActive(TWO), TWO, true),
        (Command::NoFailoverActive(TWO), ONE, false),
        (Command::NoFailoverActiveAll, ONE, true),
        (Command::WriteMemory, TWO, false),
    ] {
        for (role, standing) in [(Role::Secondary, Standing::Active), (Role::Primary, Standing::StandbyReady)]
        {
            let mut situation = gathered();
            begin(&mut situation, 1, Role::Primary, command.clone());
            seen(&mut situation, 1_000);
            assert!(!situation.memory.intent.as_ref().unwrap().begun, "{command}");
            let own = &mut situation.sight(role).groups.get_mut(&group).unwrap().own;
            own.clone_from(&standing);
            seen(&mut situation, 2_000);
            assert_eq!(
                situation.memory.intent.as_ref().unwrap().begun,
                moves,
                "{command} on {group} by {role}"
            );
        }
    }
    // A group that was at the taker before proves nothing by being there.
    let mut there = gathered();
    begin(&mut there, 1, Role::Primary, Command::FailoverActiveAll);
    seen(&mut there, 1_000);
    assert!(!there.memory.intent.unwrap().begun);
}

/// A unit that was told to reload is down when it does not answer, and its mate, asked since, does not hear it.
#[test]
fn a_reload_shows_by_silence_and_by_the_mate() {
    for (silent_ms, looked_ms, shown, down) in [
        (Some(61_000), 61_000, Standing::Failed, true),
        (Some(61_000), 61_000, Standing::NotDetected, true),
        (Some(61_000), 61_000, Standing::StandbyReady, false),
        (Some(61_000), 60_999, Standing::Failed, false),
        (Some(59_000), 59_999, Standing::Failed, false),
        (Some(59_000), 60_000, Standing::Failed, true),
        (None, 61_000, Standing::Failed, false),
    ] {
        for command in [Command::ReloadStandby, Command::Reload] {
            let mut situation = before_first_reload();
            let unit = if command == Command::Reload { Role::Secondary } else { Role::Primary };
            begin(&mut situation, 1, unit, command);
            let silent = silent_ms.map(|ms| At::new(Elapsed::from_millis(ms), "no answer".to_owned()));
            situation.unit(Role::Secondary).silent = silent;
            situation.sight(Role::Primary).groups.get_mut(&GroupId::UNIT).unwrap().mate = shown.clone();
            situation.unit(Role::Primary).sight.as_mut().unwrap().at = Elapsed::from_millis(looked_ms);
            situation.now = Elapsed::from_secs(61);
            situation.memory.saw(&situation.brief, &situation.observed, situation.now);
            let begun = situation.memory.intent.unwrap().begun;
            assert_eq!(begun, down, "{silent_ms:?} {looked_ms} {shown}");
        }
    }
}

/// What was never sent leaves no trace, and what had no effect is a try.
#[test]
fn a_try_is_remembered_with_what_was_heard() {
    let mut situation = before_first_reload();
    let before = situation.memory.clone();
    ended(&mut situation, 1, Command::WriteMemory, Effected::NotSent);
    assert_eq!(situation.memory.tries, before.tries);
    ended(&mut situation, 1, Command::WriteMemory, Effected::No);
    begin(&mut situation, 1, Role::Primary, Command::WriteMemory);
    situation.memory.intent.as_mut().unwrap().heard = Some(Heard::Error("no [OK] in the answer".to_owned()));
    situation.memory.resolve(&situation.brief, Effected::No, situation.now);
    let key = (1, Role::Primary, Command::WriteMemory);
    let tried = &situation.memory.tries[&key];
    assert_eq!((tried.times, tried.took_effect), (2, 0));
    assert_eq!(tried.heard, "\"no [OK] in the answer\"");
    for _ in 0..2 {
        ended(&mut situation, 1, Command::WriteMemory, Effected::Yes);
    }
    assert_eq!(situation.memory.tries[&key].took_effect, 2);
    for (heard, text) in [
        (None, "nothing was heard"),
        (Some(Heard::Prompt), "a prompt, no error, and no effect"),
        (Some(Heard::Question("Save?".to_owned())), "the question \"Save?\", which is not answered"),
        (Some(Heard::Nothing), "the reply was lost"),
    ] {
        begin(&mut situation, 1, Role::Primary, Command::WriteMemory);
        situation.memory.intent.as_mut().unwrap().heard = heard;
        situation.memory.resolve(&situation.brief, Effected::No, situation.now);
        assert_eq!(situation.memory.tries[&key].heard, text);
    }
}

/// A line that nobody listened to counts as a try where what it does is seen on the unit; a save and a line of a
/// group may be repeated.
#[test]
fn what_nobody_listened_to_counts_where_its_effect_is_seen() {
    let copy = Command::Copy { from: URL.parse().unwrap(), to: NEW_FILE.parse().unwrap() };
    for (command, resumed, heard, counts) in [
        (Command::WriteMemory, true, None, false),
        (Command::WriteMemoryAll, true, None, false),
        (Command::Preempt { group: TWO, delay_s: 30 }, true, None, false),
        (copy.clone(), true, None, true),
        (Command::BootSystem(NEW_FILE.parse().unwrap()), true, None, true),
        (Command::WriteMemory, false, None, true),
        (Command::WriteMemory, true, Some(Heard::Prompt), true),
        (copy, false, None, true),
    ] {
        let mut situation = gathered();
        situation.memory.tries.clear();
        begin(&mut situation, 1, Role::Primary, command.clone());
        let open = situation.memory.intent.as_mut().unwrap();
        (open.resumed, open.heard) = (resumed, heard);
        situation.memory.resolve(&situation.brief, Effected::No, situation.now);
        assert_eq!(!situation.memory.tries.is_empty(), counts, "{command} {resumed}");
        // An effect is remembered in any case.
        begin(&mut situation, 1, Role::Primary, command.clone());
        situation.memory.intent.as_mut().unwrap().resumed = resumed;
        situation.memory.resolve(&situation.brief, Effected::Yes, situation.now);
        let tried = situation.memory.tries.values().next().unwrap();
        assert_eq!(tried.took_effect, 1, "{command}");
    }
}

/// A reload that took effect: once a hop, to the release of its rung, and preempt and errors begin anew.
#[test]
fn a_reload_is_remembered() {
    let mut situation = before_first_reload();
    situation.memory.flaps = 3;
    situation.memory.errors = BTreeMap::from([(Role::Primary, 1), (Role::Secondary, 2)]).into();
    ended(&mut situation, 1, Command::ReloadStandby, Effected::No);
    assert!(situation.memory.reloads.is_empty());
    assert_eq!(situation.memory.flaps, 3);
    ended(&mut situation, 1, Command::ReloadStandby, Effected::Yes);
    let memory = &situation.memory;
    assert_eq!(memory.reloads.iter().copied().collect::<Vec<_>>(), [(1, Role::Secondary)]);
    assert_eq!(memory.versions[&Role::Secondary], v(NEW));
    assert_eq!(memory.versions[&Role::Primary], v(OLD));
    assert_eq!(memory.back[&Role::Secondary], situation.now);
    assert_eq!(*memory.errors, BTreeMap::from([(Role::Primary, 1)]));
    assert_eq!(memory.flaps, 0);
    ended(&mut situation, 1, Command::Reload, Effected::Yes);
    assert_eq!(situation.memory.versions[&Role::Primary], v(NEW));
}

/// The boot list that our own lines explain, and what a save makes of it.
#[test]
fn boot_lines_and_saves_are_remembered() {
    let mut situation = before_first_reload();
    let list = |memory: &Memory| memory.boot.as_deref().unwrap().clone();
    assert_eq!(list(&situation.memory), [NEW_FILE, OLD_FILE]);
    ended(&mut situation, 1, Command::NoBootSystem(NEW_FILE.parse().unwrap()), Effected::Yes);
    assert_eq!(list(&situation.memory), [OLD_FILE]);
    ended(&mut situation, 1, Command::BootSystem(NEW_FILE.parse().unwrap()), Effected::Yes);
    assert_eq!(list(&situation.memory), [OLD_FILE, NEW_FILE]);
    for role in Role::BOTH {
        assert_eq!(situation.memory.startup[&role], [NEW_FILE, OLD_FILE], "it was not saved yet");
    }
    for (command, rung, saved) in [
        (Command::WriteMemory, 1, false),
        (Command::WriteMemoryAll, 1, false),
        (Command::WriteMemory, 2, true),
        (Command::WriteMemoryAll, 2, true),
    ] {
        situation.memory.saved = false;
        ended(&mut situation, rung, command.clone(), Effected::Yes);
        assert_eq!(situation.memory.saved, saved, "{command} on rung {rung}");
        for role in Role::BOTH {
            assert_eq!(situation.memory.startup[&role], [OLD_FILE, NEW_FILE]);
        }
    }
}

/// Each line that moves groups, by what it names; a probe of before is worth nothing behind it.
#[test]
fn a_switch_is_remembered_by_group() {
    for (command, one, two) in [
        (Command::NoFailoverActive(TWO), Role::Primary, Role::Secondary),
        (Command::NoFailoverActiveAll, Role::Secondary, Role::Secondary),
        (Command::FailoverActive(TWO), Role::Primary, Role::Primary),
        (Command::FailoverActiveAll, Role::Primary, Role::Primary),
    ] {
        let mut situation = gathered();
        situation.memory.probed = Some(situation.now);
        ended(&mut situation, 1, command.clone(), Effected::Yes);
        let homes: Vec<Role> = situation.memory.homes.values().map(|home| home.value).collect();
        assert_eq!(homes, [one, two], "{command}");
        assert_eq!(situation.memory.homes[&TWO].at, situation.now);
        assert_eq!(situation.memory.switched, Some(situation.now));
        assert_eq!(situation.memory.probed, None);
        let spared = situation.memory.homes[&ONE].at == Elapsed::ZERO;
        assert_eq!(spared, command.to_string().contains("group 2"), "{command}");
    }
}

/// Progress ends every wait, with the time that was spent on it; a failure does not.
#[test]
fn progress_clears_what_was_waited() {
    for (effect, cleared) in [(Effected::Yes, true), (Effected::No, false)] {
        let mut situation = before_first_reload();
        let awaited = asa_failover_core::decide::Awaited::Settled;
        situation.memory.spent.insert(awaited, 5);
        ended(&mut situation, 1, Command::WriteMemory, effect);
        assert_eq!(situation.memory.spent.is_empty(), cleared, "{effect:?}");
    }
}

/// Preempt that is taken away, on one unit or on both, is remembered until it is put back.
#[test]
fn removed_preempt_is_remembered() {
    let away = || Command::NoPreempt { group: TWO, was_s: 30 };
    for (effect, again, seen) in [
        (Effected::Yes, Effected::No, true),
        (Effected::No, Effected::No, false),
        (Effected::No, Effected::Yes, true),
    ] {
        let mut situation = gathered();
        situation.prefers(TWO, Some((Role::Secondary, 30)));
        ended(&mut situation, 1, away(), effect);
        ended(&mut situation, 1, away(), again);
        let removed = situation.memory.removed[&TWO];
        assert_eq!((removed.delay_s, removed.seen), (30, seen), "{effect:?} {again:?}");
        situation.memory.back.clear();
        ended(&mut situation, 1, Command::Preempt { group: TWO, delay_s: 30 }, Effected::No);
        assert!(situation.memory.removed.contains_key(&TWO) && situation.memory.back.is_empty());
        ended(&mut situation, 1, Command::Preempt { group: TWO, delay_s: 30 }, Effected::Yes);
        assert!(situation.memory.removed.is_empty());
        assert_eq!(situation.memory.back[&Role::Secondary], situation.now, "it may move its group now");
    }
}

/// Preempt that both units show again was put back by somebody else, if it was seen to be gone and no line of ours
/// is under way; what never went was never put back.
#[test]
fn preempt_that_is_there_again_is_remembered() {
    let restore = Some(Command::Preempt { group: TWO, delay_s: 30 });
    for (seen, open, by_somebody) in [
        (true, None, true),
        (false, None, false),
        (true, restore.clone(), false),
        (true, Some(Command::Preempt { group: ONE, delay_s: 30 }), true),
        (true, Some(Command::WriteMemoryAll), true),
        (false, restore, false),
    ] {
        let mut situation = gathered();
        situation.prefers(TWO, Some((Role::Secondary, 30)));
        let removed = serde_json::json!({ "delay_s": 30, "seen": seen });
        situation.memory.removed.insert(TWO, serde_json::from_value(removed).unwrap());
        if let Some(command) = open.clone() {
            begin(&mut situation, 1, Role::Primary, command);
        }
        situation.memory.back.clear();
        let shows = |situation: &mut Situation, role: Role, delay: Option<u32>| {
            let delay = delay.map(|delay_s| (Role::Secondary, delay_s));
            let groups = BTreeMap::from([(ONE, None), (TWO, delay)]);
            let now = situation.now;
            situation.unit(role).running_preempt = Some(At::new(now, groups.into()));
        };
        shows(&mut situation, Role::Primary, Some(30));
        shows(&mut situation, Role::Secondary, None);
        situation.memory.saw(&situation.brief, &situation.observed, situation.now);
        assert!(situation.memory.removed.contains_key(&TWO), "one unit alone shows it");
        shows(&mut situation, Role::Secondary, Some(30));
        situation.memory.saw(&situation.brief, &situation.observed, situation.now);
        assert!(situation.memory.removed.is_empty());
        assert_eq!(situation.memory.put_back.contains(&TWO), by_somebody, "{seen} {open:?}");
        assert_eq!(situation.memory.back[&Role::Secondary], situation.now);
    }
}
