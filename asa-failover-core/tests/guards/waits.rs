//! What is waited for, for how long, and what has to fit into the change window: each at its limit.

use std::collections::BTreeMap;

use asa_failover_core::command::Command;
use asa_failover_core::decide::{Awaited, Decision, Reason, StateLink};
use asa_failover_core::elapsed::{At, Elapsed};
use asa_failover_core::goal::{OnDrift, Pause, Procedure};
use asa_failover_core::unit::{GroupId, Role, Standing};

use super::pairs::situation::{
    NEW, OLD, Situation, before_first_reload, before_switch, but, gathered, halts, sends, waits,
};
use super::pairs::v;

const TWO: GroupId = GroupId::new(2);

#[track_caller]
fn reads(decision: &Decision, unit: Role, command: Command) {
    assert_eq!(*decision, Decision::Read { unit, command });
}

#[track_caller]
fn waited(decision: &Decision, until_ms: u64) {
    let Decision::Wait { until, .. } = decision else { panic!("{decision:?}") };
    assert_eq!(until.as_millis(), until_ms);
}

/// The groups moved to the secondary, which runs the new release: the next command is the second reload.
fn before_second_reload() -> Situation {
    let mut situation = before_switch();
    situation.stand(Role::Secondary, GroupId::UNIT, &Standing::Active);
    situation.stand(Role::Primary, GroupId::UNIT, &Standing::StandbyReady);
    situation.memory.homes.insert(GroupId::UNIT, At::new(Elapsed::ZERO, Role::Secondary));
    situation
}

/// Both units run the new release and forward as they did.
fn arrived() -> Situation {
    let mut situation = before_switch();
    situation.runs(Role::Primary, NEW);
    situation.memory.saved = true;
    situation
}

fn ago(situation: &Situation, millis: u64) -> Elapsed {
    Elapsed::from_millis(situation.now.as_millis() - millis)
}

#[test]
fn the_soak_lasts_as_long_as_the_policy_says() {
    let mut situation = before_second_reload();
    situation.brief.policy.soak_s = 30;
    situation.memory.switched = Some(ago(&situation, 30_000));
    sends(&situation, Role::Secondary, &Command::ReloadStandby);
    situation.memory.switched = Some(ago(&situation, 29_999));
    waits(&situation.decide(), Awaited::Soak, "the new release forwards; 1 s of the soak left");
    waited(&situation.decide(), 60_001);
    situation.memory.switched = Some(ago(&situation, 10_000));
    waits(&situation.decide(), Awaited::Soak, "20 s of the soak left");
    waited(&situation.decide(), 65_000);
}

/// Up to its age a probe is believed, and never asked for more often than once a poll.
#[test]
fn a_probe_is_asked_for_when_it_is_too_old() {
    for (probe_s, most_ms) in [(20, 20_000), (1, 5_000)] {
        let mut situation = before_second_reload();
        situation.brief.policy.probe_s = Some(probe_s);
        assert_eq!(situation.decide(), Decision::Probe, "none was made");
        situation.memory.probed = Some(ago(&situation, most_ms));
        assert_eq!(situation.decide(), Decision::Probe);
        situation.memory.probed = Some(ago(&situation, most_ms - 1));
        sends(&situation, Role::Secondary, &Command::ReloadStandby);
    }
}

/// The share of connections that the mate has to carry, at its limit, and where they cannot be compared.
#[test]
fn connections_are_compared_where_both_can_be_counted() {
    let counted = |theirs: u64, ours: u64| {
        let mut situation = before_switch();
        situation.sight(Role::Primary).http_replication = true;
        let now = situation.now;
        situation.unit(Role::Secondary).connections = Some(At::new(now, theirs));
        situation.unit(Role::Primary).connections = Some(At::new(now, ours));
        situation
    };
    let gives = Command::NoFailoverActive(GroupId::UNIT);
    assert_eq!(counted(0, 0).brief.policy.caught_up_percent, 80);
    sends(&counted(800, 1_000), Role::Primary, &gives);
    waits(&counted(799, 1_000).decide(), Awaited::CaughtUp, "Secondary carries 799 of 1000 connections");
    sends(&counted(0, 0), Role::Primary, &gives);

    let mut contexts = counted(1, 1_000);
    contexts.brief.multiple = true;
    sends(&contexts, Role::Primary, &gives);
    let mut stateless = counted(1, 1_000);
    stateless.brief.state_link = StateLink::Absent;
    for role in Role::BOTH {
        stateless.sight(role).state_link = StateLink::Absent;
    }
    sends(&stateless, Role::Primary, &gives);
    let mut by_half = counted(1, 1_000);
    by_half.sight(Role::Primary).http_replication = false;
    by_half.sight(Role::Secondary).http_replication = true;
    sends(&by_half, Role::Primary, &gives);

    for role in Role::BOTH {
        let mut unread = counted(1_000, 1_000);
        unread.unit(role).connections.as_mut().unwrap().at = Elapsed::from_secs(50);
        sends(&unread, Role::Primary, &gives);
        unread.unit(role).connections.as_mut().unwrap().at = Elapsed::from_millis(49_999);
        reads(&unread.decide(), role, Command::ShowConnCount);
    }
}

/// Each pause once a hop, when the pair is ready, with the way back that was planned for it.
#[test]
fn a_pause_asks_once_a_hop() {
    for (start, pause) in [
        (before_switch as fn() -> Situation, Pause::BeforeSwitch),
        (before_second_reload, Pause::BeforeSecondReload),
    ] {
        let mut situation = start();
        situation.brief.policy.pauses.insert(pause);
        let Decision::Ask(question) = situation.decide() else { panic!("{:?}", situation.decide()) };
        assert_eq!((question.hop, question.pause), (1, pause));
        let planned: Vec<_> = situation.brief.backs.iter().filter(|back| back.pause == pause).collect();
        assert_eq!(planned.len(), 1);
        assert_eq!(question.back, planned[0].lines);
        assert!(!question.back.is_empty());
        let mut restless = situation.clone();
        restless.memory.calm = None;
        waits(&restless.decide(), Awaited::Ready, "good readings");
        situation.memory.passed.insert((2, pause));
        assert!(matches!(situation.decide(), Decision::Ask(_)), "the answer of another hop");
        situation.memory.passed.insert((1, pause));
        assert!(matches!(situation.decide(), Decision::Send(_)), "{:?}", situation.decide());
    }
}

/// One hop at a time: a unit that is two releases ahead of its mate is not on the way.
#[test]
fn a_unit_that_is_two_hops_ahead_halts() {
    for ahead in Role::BOTH {
        let mut situation = before_first_reload();
        let mut between = situation.brief.stops[1].clone();
        between.version = v("9.8(4)20");
        situation.brief.stops.insert(1, between);
        situation.runs(ahead, NEW);
        assert_eq!(halts(situation.decide()), Reason::OffTheWay { unit: ahead, found: NEW.to_owned() });
    }
}

/// What nobody of ours moved is drift, but for the unit that preempt prefers.
#[test]
fn a_group_at_the_unit_it_prefers_was_moved_by_preempt() {
    let (to, home) = (Role::Secondary, Role::Primary);
    for (prefers, moves) in [(None, true), (Some(to), false), (Some(home), true)] {
        let mut situation = gathered();
        for group in [GroupId::new(1), TWO] {
            situation.stand(to, group, &Standing::Active);
            situation.stand(home, group, &Standing::StandbyReady);
            situation.prefers(group, prefers.map(|prefers| (prefers, 0)));
        }
        if moves {
            let group = GroupId::new(1);
            assert_eq!(halts(situation.decide()), Reason::MovedUnasked { group, to });
            situation.brief.policy.on_drift = OnDrift::Adapt;
            assert!(!matches!(situation.decide(), Decision::Halt(_)), "{:?}", situation.decide());
        } else {
            sends(&situation, Role::Secondary, &Command::ReloadStandby);
        }
    }
}

/// In Active/Active the primary keeps the groups, unless the secondary has them all.
#[test]
fn who_keeps_the_groups_of_active_active() {
    sends(&gathered(), Role::Primary, &Command::ReloadStandby);
    let mut spread = gathered();
    spread.stand(Role::Secondary, TWO, &Standing::Active);
    spread.stand(Role::Primary, TWO, &Standing::StandbyReady);
    spread.memory.homes.insert(TWO, At::new(Elapsed::ZERO, Role::Secondary));
    sends(&spread, Role::Secondary, &Command::NoFailoverActive(TWO));
    spread.brief.policy.procedure = Procedure::Published;
    sends(&spread, Role::Primary, &Command::FailoverActiveAll);
    // Not the unit that leads: that is the secondary here, which forwards for group 1 alone.
    let mut turned = gathered();
    let one = GroupId::new(1);
    turned.stand(Role::Secondary, one, &Standing::Active);
    turned.stand(Role::Primary, one, &Standing::StandbyReady);
    turned.memory.homes.insert(one, At::new(Elapsed::ZERO, Role::Secondary));
    sends(&turned, Role::Secondary, &Command::NoFailoverActive(one));
    spread.stand(Role::Secondary, one, &Standing::Active);
    spread.stand(Role::Primary, one, &Standing::StandbyReady);
    spread.memory.homes.insert(one, At::new(Elapsed::ZERO, Role::Secondary));
    sends(&spread, Role::Secondary, &Command::ReloadStandby);
}

/// The lines of the published procedure, by kind of pair and by reload.
#[test]
fn the_published_procedure_has_lines_of_its_own() {
    let mut both = gathered();
    both.runs(Role::Secondary, NEW);
    both.brief.policy.procedure = Procedure::Published;
    sends(&both, Role::Primary, &Command::NoFailoverActiveAll);
    both.brief.policy.procedure = Procedure::Hardened;
    sends(&both, Role::Primary, &Command::NoFailoverActive(GroupId::new(1)));

    let mut first = before_first_reload();
    first.brief.policy.procedure = Procedure::Published;
    sends(&first, Role::Primary, &Command::ReloadStandby);
    let mut second = before_second_reload();
    let hardened = sends(&second, Role::Secondary, &Command::ReloadStandby);
    assert_eq!(hardened.target, Role::Primary);
    second.brief.policy.procedure = Procedure::Published;
    let published = sends(&second, Role::Primary, &Command::Reload);
    assert_eq!(published.target, Role::Primary);
}

/// The way home is a rung of its own, above the last release.
#[test]
fn the_way_home_is_behind_the_last_hop() {
    let mut away = arrived();
    away.stand(Role::Secondary, GroupId::UNIT, &Standing::Active);
    away.stand(Role::Primary, GroupId::UNIT, &Standing::StandbyReady);
    away.memory.homes.insert(GroupId::UNIT, At::new(Elapsed::ZERO, Role::Secondary));
    let gives = sends(&away, Role::Secondary, &Command::NoFailoverActive(GroupId::UNIT));
    assert_eq!((gives.rung, gives.target), (2, Role::Primary));
    away.brief.policy.procedure = Procedure::Published;
    let takes = sends(&away, Role::Primary, &Command::FailoverActive(GroupId::UNIT));
    assert_eq!((takes.rung, takes.target), (2, Role::Primary));
    let mut unsaved = arrived();
    unsaved.memory.saved = false;
    assert_eq!(sends(&unsaved, Role::Primary, &Command::WriteMemory).rung, 2);
}

/// The last word belongs to readings since the pair is calm.
#[test]
fn the_end_is_proven_by_young_readings() {
    assert_eq!(arrived().decide(), Decision::Complete);
    for role in Role::BOTH {
        let mut early = arrived();
        early.memory.calm.as_mut().unwrap().since = Elapsed::from_secs(20);
        early.unit(role).reload_scheduled.as_mut().unwrap().at = Elapsed::from_millis(19_999);
        reads(&early.decide(), role, Command::ShowReload);
        early.unit(role).reload_scheduled.as_mut().unwrap().at = Elapsed::from_secs(20);
        assert_eq!(early.decide(), Decision::Complete);
        let mut old = arrived();
        old.unit(role).sight.as_mut().unwrap().at = Elapsed::from_millis(57_999);
        reads(&old.decide(), role, Command::ShowFailover);
    }
}

/// A hop begins when all of it fits into what is left of the window, to the millisecond.
#[test]
fn a_hop_that_does_not_fit_is_not_begun() {
    let spread = || {
        let mut situation = gathered();
        situation.stand(Role::Secondary, TWO, &Standing::Active);
        situation.stand(Role::Primary, TWO, &Standing::StandbyReady);
        situation.memory.homes.insert(TWO, At::new(Elapsed::ZERO, Role::Secondary));
        situation
    };
    let preferring = || {
        let mut situation = gathered();
        situation.prefers(TWO, Some((Role::Primary, 30)));
        situation
    };
    let further = || {
        let mut situation = before_first_reload();
        let mut beyond = situation.brief.stops[1].clone();
        beyond.version = v("9.8(4)60");
        situation.brief.stops.push(beyond);
        situation
    };
    // Two reloads and the soak in each; a switch takes 10 s and what "ready" takes behind it, a save 5 s.
    for (name, situation, switches, rest_s) in [
        ("one group, and home again", before_first_reload(), 2, 5),
        ("one group, on the way to another hop", further(), 1, 0),
        ("two groups, and home again", gathered(), 4, 5),
        ("two groups, one of them to be gathered", spread(), 5, 5),
        ("preempt moves one of them", preferring(), 4, 5 + 2 * (30 + 120)),
    ] {
        let policy = &situation.brief.policy;
        let reload_s = situation.brief.reload_s + policy.ready_for_s;
        let needs_s = 2 * reload_s + switches * (10 + policy.ready_for_s) + policy.soak_s + rest_s;
        let mut fits = situation.clone();
        fits.brief.policy.window_s = Some(62 + needs_s);
        fits.memory.before_ms = 2_000;
        assert!(matches!(fits.decide(), Decision::Send(_)), "{name}: {:?}", fits.decide());
        fits.memory.before_ms = 2_001;
        assert_eq!(halts(fits.decide()), Reason::WindowShort { needs_s, left_s: needs_s - 1 }, "{name}");
    }
}

/// Each line that disrupts needs the time until the pair is whole again, and the window has an end.
#[test]
fn a_line_that_does_not_fit_is_not_sent() {
    let reload_s = before_first_reload().brief.reload_s + 30;
    for (start, needs_s) in
        [(before_switch as fn() -> Situation, 40), (before_second_reload as fn() -> Situation, reload_s)]
    {
        let with = |window_s: u64, before_ms: u64| {
            let mut situation = start();
            situation.brief.policy.window_s = Some(window_s);
            situation.memory.before_ms = before_ms;
            situation.decide()
        };
        assert!(matches!(with(61 + needs_s, 1_000), Decision::Send(_)));
        assert_eq!(halts(with(61 + needs_s, 1_001)), Reason::WindowShort { needs_s, left_s: needs_s - 1 });
        assert_eq!(halts(with(61, 1_000)), Reason::WindowOver(61));
        assert_eq!(halts(with(61, 999)), Reason::WindowShort { needs_s, left_s: 0 });
    }
    // Behind the last reload nothing disrupts any more, however late it is.
    let mut late = arrived();
    late.memory.saved = false;
    late.brief.policy.window_s = Some(1);
    sends(&late, Role::Primary, &Command::WriteMemory);
}

/// As often as the policy bears it a pair may lose its readiness.
#[test]
fn a_pair_that_flaps_halts() {
    let most = before_switch().brief.policy.flaps;
    for (flaps, halted) in [(most, false), (most + 1, true)] {
        let decided = but(before_switch, |s| {
            s.memory.flaps = flaps;
            s.sight(Role::Primary).lan_up = false;
        });
        let why = "Primary does not show the failover link up".to_owned();
        if halted {
            assert_eq!(halts(decided), Reason::Flaps { times: flaps, why });
        } else {
            waits(&decided, Awaited::Settled, &why);
        }
    }
}

fn silent(situation: &mut Situation, role: Role, at: Elapsed) {
    situation.unit(role).silent = Some(At::new(at, format!("{role} does not answer")));
}

/// A unit that does not answer is read again a poll later.
#[test]
fn a_silent_unit_is_read_again_after_a_poll() {
    for role in Role::BOTH {
        let mut situation = before_switch();
        silent(&mut situation, role, Elapsed::from_millis(55_001));
        waits(&situation.decide(), Awaited::Answer(role), &format!("{role} does not answer"));
        waited(&situation.decide(), 65_000);
        silent(&mut situation, role, Elapsed::from_secs(55));
        assert!(matches!(situation.decide(), Decision::Read { unit, .. } if unit == role));
    }
}

/// Its mate is asked which phase it is in, by a look since it fell silent.
#[test]
fn the_mate_tells_the_phase_of_a_silent_unit() {
    let role = Role::Secondary;
    let fell = Elapsed::from_secs(59);
    for (shown, phase) in [
        (Standing::Failed, Awaited::Boot(role)),
        (Standing::NotDetected, Awaited::Boot(role)),
        (Standing::SyncConfig, Awaited::Config(role)),
        (Standing::SyncFileSystem, Awaited::Config(role)),
        (Standing::BulkSync, Awaited::Bulk(role)),
        (Standing::ColdStandby, Awaited::Answer(role)),
        (Standing::StandbyReady, Awaited::Answer(role)),
    ] {
        let mut situation = before_switch();
        silent(&mut situation, role, fell);
        situation.sight(Role::Primary).groups.get_mut(&GroupId::UNIT).unwrap().mate = shown.clone();
        waits(&situation.decide(), phase, "Secondary does not answer");
        situation.unit(Role::Primary).sight.as_mut().unwrap().at = fell;
        waits(&situation.decide(), phase, "Secondary does not answer");
        situation.unit(Role::Primary).sight.as_mut().unwrap().at = Elapsed::from_millis(58_999);
        reads(&situation.decide(), Role::Primary, Command::ShowFailover);
    }
}

/// Where neither answers there is nobody to ask, and the one that was asked last is asked again a poll later.
#[test]
fn a_pair_that_is_silent_is_waited_for() {
    let mut situation = before_switch();
    let now = situation.now;
    silent(&mut situation, Role::Secondary, now);
    situation.unit(Role::Secondary).build = None;
    let failed = |s: &mut Situation| {
        s.sight(Role::Primary).groups.get_mut(&GroupId::UNIT).unwrap().mate = Standing::Failed;
    };
    failed(&mut situation);
    situation.unit(Role::Primary).silent = None;
    waits(&situation.decide(), Awaited::Boot(Role::Secondary), "Secondary does not answer");
    for (at_ms, again) in [(55_001, false), (55_000, true)] {
        let mut both = before_switch();
        silent(&mut both, Role::Primary, now);
        silent(&mut both, Role::Secondary, Elapsed::from_millis(at_ms));
        if again {
            reads(&both.decide(), Role::Secondary, Command::ShowFailover);
        } else {
            waits(&both.decide(), Awaited::Answer(Role::Primary), "Primary does not answer");
        }
    }
}

/// A service module that was up is waited for with a deadline of its own.
#[test]
fn a_module_that_is_down_is_a_phase() {
    let mut situation = before_switch();
    let up = BTreeMap::from([("1 SFR5525".into(), true)]);
    for role in Role::BOTH {
        situation.brief.modules.insert(role, up.clone());
        situation.sight(role).modules.clone_from(&up);
    }
    sends(&situation, Role::Primary, &Command::NoFailoverActive(GroupId::UNIT));
    situation.sight(Role::Secondary).modules.insert("1 SFR5525".into(), false);
    let why = "module 1 SFR5525 of Secondary was up and is not now";
    waits(&situation.decide(), Awaited::Module(Role::Secondary), why);
    // What was down before is no news.
    situation.brief.modules.get_mut(&Role::Secondary).unwrap().insert("1 SFR5525".into(), false);
    sends(&situation, Role::Primary, &Command::NoFailoverActive(GroupId::UNIT));
    assert_eq!(situation.unit(Role::Primary).version(), Some(v(OLD)));
}

/// Each wait ends at its own deadline, to the millisecond, and a chassis with a module boots for longer.
#[test]
fn a_wait_ends_at_its_deadline() {
    let after = |modules: &[&str], spent_ms: u64| {
        let mut situation = before_switch();
        let modules: BTreeMap<_, _> = modules.iter().map(|name| ((*name).into(), false)).collect();
        situation.brief.modules.insert(Role::Primary, modules);
        let at = situation.now;
        silent(&mut situation, Role::Secondary, at);
        situation.sight(Role::Primary).groups.get_mut(&GroupId::UNIT).unwrap().mate = Standing::Failed;
        situation.memory.spent.insert(Awaited::Boot(Role::Secondary), spent_ms);
        situation.decide()
    };
    for (modules, deadline_s) in
        [(&[][..], 1_800), (&["0 ASA5525"][..], 1_800), (&["0 ASA5525", "1 SFR5525"][..], 2_700)]
    {
        waits(&after(modules, deadline_s * 1000 - 1), Awaited::Boot(Role::Secondary), "does not answer");
        let halted = halts(after(modules, deadline_s * 1000));
        let text = format!("Secondary did not come back within {deadline_s} s: Secondary does not answer");
        assert_eq!(halted.to_string(), text);
    }
}
