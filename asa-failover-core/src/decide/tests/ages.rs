//! Ages that no decision tells apart are one age: each field up to the last age that a question asks for.

use super::super::Removed;
use super::*;
use crate::goal::Preempt;

/// Late enough that everything can be as old as a test wants it.
const LATE: Elapsed = Elapsed::from_secs(100_000);
const NEVER: u64 = u64::MAX;

fn ago(millis: u64) -> Elapsed {
    Elapsed::from_millis(LATE.as_millis() - millis)
}

fn age(at: Elapsed) -> u64 {
    millis(LATE.since(at))
}

/// Everything read so many milliseconds ago.
fn old(mut scene: Scene, millis: u64) -> Scene {
    for unit in &mut scene.observed {
        unit.silent = Some(At::new(ago(millis), "no answer".to_owned()));
        unit.shift(&|_| ago(millis));
        unit.build.as_mut().unwrap().value.uptime = Some((20, 80));
    }
    scene.memory.calm = None;
    scene
}

fn saturated(mut scene: Scene, never_ms: u64, uptimes: Uptimes) -> Scene {
    saturate(&scene.brief, &mut scene.observed, &mut scene.memory, LATE, never_ms, uptimes);
    scene
}

fn exact(scene: Scene) -> Scene {
    saturated(scene, NEVER, Uptimes::Exact)
}

/// Sight, build, flash, digest, running boot list, preempt, startup boot list, reload, connections, silence.
fn ages(scene: &Scene) -> [u64; 10] {
    let unit = pair_of(&scene.observed, Role::Secondary);
    [
        unit.sight.as_ref().unwrap().at,
        unit.build.as_ref().unwrap().at,
        unit.flash[&0].at,
        unit.digests.values().next().unwrap().at,
        unit.running_boot.as_ref().unwrap().at,
        unit.running_preempt.as_ref().unwrap().at,
        unit.startup_boot.as_ref().unwrap().at,
        unit.reload_scheduled.as_ref().unwrap().at,
        unit.connections.as_ref().unwrap().at,
        unit.silent.as_ref().unwrap().at,
    ]
    .map(age)
}

fn open(scene: &mut Scene, command: Command, millis: u64) {
    let target = if command == Command::ReloadStandby { Role::Secondary } else { Role::Primary };
    let send = Send { rung: 1, unit: Role::Primary, via: Via::Direct, target, command };
    scene.memory.intent = Some(Open::new(1, &send, &scene.observed, ago(millis)));
}

fn copy() -> Command {
    let (from, to) = ("tftp://198.51.100.10/a.bin".parse().unwrap(), "disk0:/a.bin".parse().unwrap());
    Command::Copy { from, to }
}

/// A reading is told to the first age at which nothing goes by it any more.
#[test]
fn a_reading_is_as_old_as_its_questions_ask() {
    let slow = 300_001;
    let all = [5_000, slow, slow, 0, slow, slow, slow, slow, 10_001, 5_000];
    assert_eq!(ages(&exact(old(active_standby(), 900_000))), all);
    assert_eq!(ages(&exact(old(active_standby(), slow))), all);
    let young = [4_000, 4_000, 4_000, 0, 4_000, 4_000, 4_000, 4_000, 4_000, 4_000];
    assert_eq!(ages(&exact(old(active_standby(), 4_000))), young);

    // Where a slow reading is never too old, what a copy or a save may have changed is asked for all the same.
    let hours = |scene| ages(&saturated(old(scene, 900_000), 200_000, Uptimes::InHours));
    // What a reload rests on is asked for within half a minute.
    let staged = [5_000, 30_001, 30_001, 0, 0, 30_001, 30_001, 30_001, 10_001, 5_000];
    assert_eq!(hours(active_standby()), staged);
    let never_staged = || {
        let mut scene = active_standby();
        scene.brief.policy.staged_read_s = 300;
        scene
    };
    let never = [5_000, 1, 0, 0, 0, 0, 0, 1, 10_001, 5_000];
    assert_eq!(hours(never_staged()), never);
    let opened = |command| {
        let mut scene = never_staged();
        open(&mut scene, command, 0);
        hours(scene)
    };
    assert_eq!(opened(copy()), [5_000, 1, 5_001, 0, 0, 0, 0, 1, 10_001, 5_000]);
    for save in [Command::WriteMemory, Command::WriteMemoryAll] {
        assert_eq!(opened(save), [5_000, 1, 0, 0, 0, 0, 5_001, 1, 10_001, 5_000]);
    }
    // Whether a reading of preempt is young is asked where it is taken away, or was.
    let mut removes = never_staged();
    removes.brief.policy.preempt = Preempt::Remove;
    assert_eq!(hours(removes)[5], 10_001);
    let mut taken = never_staged();
    taken.memory.removed.insert(TWO, Removed { delay_s: 30, seen: true });
    assert_eq!(hours(taken)[5], 10_001);
    // The release of a unit that was told to reload is asked for at each look.
    assert_eq!(opened(Command::ReloadStandby)[1], 5_000);
    assert_eq!(opened(Command::Reload)[1], 1, "of its mate nobody asks it");
    // An uptime to the second grows with the age of its reading, for ever.
    let exact = ages(&saturated(old(active_standby(), 900_000), 200_000, Uptimes::Exact));
    assert_eq!(exact[1], 900_000);
}

/// With preempt the start of the unit that a group prefers counts as long as preempt may take, while the group is away.
#[test]
fn a_build_tells_a_start_as_long_as_preempt_asks_for_it() {
    let mut scene = active_active();
    scene.brief.policy.slow_read_s = 10;
    scene.brief.groups.get_mut(&ONE).unwrap().preempt = Some((Role::Primary, 500));
    scene.memory.homes.insert(ONE, At::new(Elapsed::ZERO, Role::Secondary));
    let told = |scene: &Scene| ages(&exact(old(scene.clone(), 900_000)))[1];
    assert_eq!(told(&scene), 10_001, "it prefers the other unit");
    scene.brief.groups.get_mut(&TWO).unwrap().preempt = Some((Role::Secondary, 30));
    assert_eq!(told(&scene), 10_001, "it is at home");
    // 30 s and the 120 of the policy, less the 20 that it was up for when it was read.
    scene.memory.homes.insert(TWO, At::new(Elapsed::ZERO, Role::Primary));
    assert_eq!(told(&scene), 130_000);
    // If it was seen on its way up later, or the group left later, preempt waits from then on.
    for (later, expected) in [(149_000, 129_000), (150_000, 130_000), (400_000, 130_000), (15_000, 10_001)] {
        let mut came = scene.clone();
        came.memory.back = [(Role::Secondary, ago(later)), (Role::Primary, ago(1))].into();
        assert_eq!(told(&came), expected, "{later}");
        let mut left = scene.clone();
        left.memory.homes.insert(TWO, At::new(ago(later), Role::Primary));
        assert_eq!(told(&left), expected, "{later}");
    }
}

/// Whether the uptime of the secondary unit, read so long ago, is still told apart.
fn tells_uptime(scene: &Scene, millis: u64) -> bool {
    let scene = saturated(old(scene.clone(), millis), NEVER, Uptimes::InHours);
    let uptime = pair_of(&scene.observed, Role::Secondary).build.as_ref().unwrap().value.uptime;
    assert!([Some((20, 80)), Some((u64::MAX, u64::MAX))].contains(&uptime), "{uptime:?}");
    let again = saturated(scene.clone(), NEVER, Uptimes::InHours);
    assert_eq!((&again.observed, &again.memory), (&scene.observed, &scene.memory));
    uptime == Some((20, 80))
}

/// Uptimes are compared by reloads, which rest on what was read in a calm: no others are told apart.
#[test]
fn an_uptime_is_told_for_a_reload() {
    let scene = active_standby();
    assert!(tells_uptime(&scene, 0), "a calm may begin now");
    assert!(!tells_uptime(&scene, 1), "before a calm it is read anew");
    let in_calm = |scene: &Scene, since, read| {
        let mut scene = old(scene.clone(), read);
        scene.memory.calm = Some(Calm { since: ago(since), last: ago(0), polls: 2 });
        let scene = saturated(scene, NEVER, Uptimes::InHours);
        scene.observed.map(|unit| unit.build.unwrap().value.uptime == Some((20, 80)))
    };
    assert_eq!([in_calm(&scene, 50, 50), in_calm(&scene, 50, 51)], [[true; 2], [false; 2]]);
    // No unit is reloaded twice: behind the last reload of the last hop none is compared any more.
    let mut reloaded = scene.clone();
    for (hop, role, told) in [(1, Role::Secondary, true), (0, Role::Primary, true), (1, Role::Primary, false)]
    {
        reloaded.memory.reloads.insert((hop, role));
        assert_eq!(in_calm(&reloaded, 50, 50), [told; 2], "{hop} {role}");
    }

    let opened = |command, ago| {
        let mut scene = scene.clone();
        open(&mut scene, command, ago);
        scene
    };
    // Of the unit that is told to reload up to a poll from before the line on, until the new release is proven.
    let poll = millis(scene.brief.policy.poll());
    let ordered = opened(Command::ReloadStandby, 3 * poll);
    for (read, told) in [(1, true), (3 * poll, true), (3 * poll + 1, false)] {
        assert_eq!(tells_uptime(&ordered, read), told, "{read}");
    }
    let just_now = opened(Command::ReloadStandby, 1);
    assert_eq!([poll - 1, poll].map(|read| tells_uptime(&just_now, read)), [true, false]);
    let runs = |mut scene: Scene, version| {
        let unit = pair_of_mut(&mut scene.observed, Role::Secondary);
        unit.build.as_mut().unwrap().value.version = version;
        scene
    };
    let aim = scene.brief.stops[1].version;
    assert!(tells_uptime(&runs(ordered.clone(), None), 1));
    assert!(!tells_uptime(&runs(ordered.clone(), Some(aim)), 1), "it is proven");
    let mut ran_it = runs(ordered, Some(aim));
    ran_it.memory.intent.as_mut().unwrap().version = Some(aim);
    assert!(tells_uptime(&ran_it, 1), "it ran that before");
    // Of its mate where the run was resumed, and of nobody where the line reloads nobody.
    let mut mates = opened(Command::Reload, 9);
    assert!(!tells_uptime(&mates, 1));
    mates.memory.intent.as_mut().unwrap().resumed = true;
    assert!(tells_uptime(&mates, 1));
    assert!(!tells_uptime(&opened(Command::NoFailoverActiveAll, 9), 1));
}

/// With preempt an uptime tells when the unit started, if that is later than all else that may have had a group moved.
#[test]
fn an_uptime_is_told_for_preempt() {
    let mut scene = active_active();
    scene.brief.groups.get_mut(&TWO).unwrap().preempt = Some((Role::Secondary, 30));
    assert!(!tells_uptime(&scene, 5_000), "the group is at home");
    // Read 5 s ago, started 25 s ago: after the group had left, or not.
    for (left, told) in [(25_001, true), (25_000, false), (9, false)] {
        let mut scene = scene.clone();
        scene.memory.homes.insert(TWO, At::new(ago(left), Role::Primary));
        assert_eq!(tells_uptime(&scene, 5_000), told, "{left}");
        scene.memory.back.insert(Role::Secondary, ago(9));
        assert!(!tells_uptime(&scene, 5_000), "it was on its way up since");
    }
    // As long as preempt may take.
    scene.memory.homes.insert(TWO, At::new(Elapsed::ZERO, Role::Primary));
    assert_eq!([129_999, 130_000].map(|read| tells_uptime(&scene, read)), [true, false]);
}

/// Calm is as long as is asked for and as old as a gap may be; what was read in it stays in it.
#[test]
fn a_calm_keeps_what_was_read_in_it() {
    let calm = |since, last, read| {
        let mut scene = old(active_standby(), read);
        scene.memory.calm = Some(Calm { since: ago(since), last: ago(last), polls: 9 });
        scene.memory.saved = true;
        let scene = exact(scene);
        let calm = scene.memory.calm.unwrap();
        let [_, build, .., reload, _, _] = ages(&scene);
        [age(calm.since), age(calm.last), build, reload]
    };
    assert_eq!(calm(90_000, 50_000, 100), [40_001, 10_001, 100, 100], "30 s of it");
    assert_eq!(calm(20_000, 5_000, 100), [20_000, 5_000, 100, 100]);
    assert_eq!(calm(90_000, 5_000, 80_000), [80_000, 5_000, 80_000, 80_000], "read since it began");
    assert_eq!(calm(90_000, 5_000, 90_000), [90_000, 5_000, 90_000, 90_000], "at that moment");
    assert_eq!(calm(90_000, 5_000, 90_001), [35_000, 5_000, 90_001, 90_001], "read before");
    assert_eq!(calm(900_000, 500_000, 900_001), [40_001, 10_001, 300_001, 300_001]);
    assert_eq!(calm(900_000, 899_000, 900_001), [11_001, 10_001, 300_001, 300_001]);
    assert_eq!(calm(500_000, 499_999, 700_000)[..2], [10_002, 10_001]);
}

/// What is read before a moment stays before it, also where both are as old as one can be.
#[test]
fn a_reading_from_before_the_calm_stays_before_it() {
    let mut scene = old(active_standby(), 400_000);
    scene.memory.calm = Some(Calm { since: ago(350_000), last: ago(1_000), polls: 60 });
    scene.memory.saved = true;
    pair_of_mut(&mut scene.observed, Role::Primary).build.as_mut().unwrap().at = ago(340_000);
    let scene = exact(scene);
    let since = scene.memory.calm.unwrap().since;
    let [primary, secondary] = &scene.observed;
    assert!(primary.build.as_ref().unwrap().at >= since, "in the calm");
    assert!(secondary.build.as_ref().unwrap().at < since, "before it");
    assert!(primary.reload_scheduled.as_ref().unwrap().at < since);
    assert_eq!(age(secondary.build.as_ref().unwrap().at), age(since) + 1);
}

/// Whether a reload was scheduled is asked of the calm behind the last save, and of none before.
#[test]
fn no_calm_before_the_last_save_asks_for_a_scheduled_reload() {
    for (saved, reload, since) in [(true, 20_001, 20_000), (false, 1, 20_000)] {
        let mut scene = old(active_standby(), 60_000);
        (scene.brief.policy.slow_read_s, scene.brief.policy.staged_read_s) = (3_600, 3_600);
        scene.memory.calm = Some(Calm { since: ago(20_000), last: ago(5_000), polls: 3 });
        scene.memory.saved = saved;
        let scene = saturated(scene, 200_000, Uptimes::InHours);
        assert_eq!((ages(&scene)[7], age(scene.memory.calm.unwrap().since)), (reload, since), "{saved}");
    }
}

/// A command is as old as its patience; a reload is compared with uptimes, which know no end.
#[test]
fn a_command_is_as_old_as_its_patience() {
    let file = || "disk0:/a.bin".parse().unwrap();
    for (command, most) in [
        (copy(), 3_600_000),
        (Command::NoFailoverActive(ONE), 60_000),
        (Command::FailoverActive(ONE), 60_000),
        (Command::NoFailoverActiveAll, 60_000),
        (Command::FailoverActiveAll, 60_000),
        (Command::BootSystem(file()), 70_000),
        (Command::WriteMemory, 70_000),
        (Command::ReloadStandby, 9_000_000),
        (Command::Reload, 9_000_000),
    ] {
        let mut scene = old(active_active(), 100);
        scene.brief.policy.t_quiet_s = 70;
        open(&mut scene, command.clone(), 9_000_000);
        scene.memory.listened = Some(ago(8_000_000));
        let memory = exact(scene).memory;
        assert_eq!(age(memory.intent.unwrap().at), most, "{command}");
        // Quiet is counted from its answer, of a reload too.
        let patience = if most == 9_000_000 { 70_000 } else { most };
        assert_eq!(memory.listened.map(age), Some(patience), "{command}");
    }
    // A copy that is given no longer than quiet takes has the time of that.
    let mut scene = old(active_active(), 100);
    (scene.brief.policy.t_quiet_s, scene.brief.policy.copy_s) = (70, 60);
    open(&mut scene, copy(), 9_000_000);
    assert_eq!(age(exact(scene).memory.intent.unwrap().at), 70_000);
    // A release that was read before the reload was told stays read before it.
    for (command, target) in [(Command::ReloadStandby, Role::Secondary), (Command::Reload, Role::Primary)] {
        for (told, expected) in [(400_000, 400_001), (800_000, 300_001)] {
            let mut scene = old(active_standby(), 700_000);
            open(&mut scene, command.clone(), told);
            let scene = exact(scene);
            let of = |role| age(pair_of(&scene.observed, role).build.as_ref().unwrap().at);
            assert_eq!(of(target), expected, "{command} told {told} ms ago");
            assert_eq!(of(target.mate()), 300_001, "nobody asks it of the mate");
        }
    }
}

/// A look at the pair since the mate fell silent stays one, and one from before stays before.
#[test]
fn a_look_since_the_mate_fell_silent_stays_one() {
    for (looked, fell, since) in
        [(900, 1_000, true), (1_000, 1_000, true), (1_001, 1_000, false), (80_000, 70_000, false)]
    {
        let mut scene = old(active_standby(), 100);
        pair_of_mut(&mut scene.observed, Role::Primary).silent = None;
        pair_of_mut(&mut scene.observed, Role::Primary).sight.as_mut().unwrap().at = ago(looked);
        pair_of_mut(&mut scene.observed, Role::Secondary).silent.as_mut().unwrap().at = ago(fell);
        let scene = exact(scene);
        let sight = pair_of(&scene.observed, Role::Primary).sight.as_ref().unwrap().at;
        let silent = pair_of(&scene.observed, Role::Secondary).silent.as_ref().unwrap().at;
        assert_eq!(sight >= silent, since, "{looked} {fell}");
        assert!(age(sight) <= 5_001);
    }
}

/// A wait has lasted for its deadline at most, and is as old as a look may take.
#[test]
fn a_wait_is_as_long_as_its_deadline() {
    let look = millis(active_standby().brief.policy.longest_look());
    let waits = |awaited, since, last, noted| {
        let mut scene = old(active_standby(), 100);
        scene.memory.waiting =
            Some(Waiting { awaited, since: ago(since), noted: ago(noted), last: ago(last) });
        let waiting = exact(scene).memory.waiting.unwrap();
        [age(waiting.since), age(waiting.last), age(waiting.noted)]
    };
    // It counts up to a look behind its end.
    assert_eq!(waits(Awaited::Settled, 50_000, 1_000, 40_000), [50_000, 1_000, 40_000]);
    let ended = waits(Awaited::Settled, 900_000, 700_000, 800_000);
    assert_eq!(ended[1], look + 1);
    assert_eq!(ended[0], 200_000 + look + 1, "200 s and a look, of which one has passed since");
    let deadline_ms = 3_600_000;
    assert_eq!(waits(Awaited::Settled, 9_000_000, 0, 1_000)[0], deadline_ms);
    // What ends before it is put on record has no time of that.
    let short = |switch_s: u64| {
        let mut scene = old(active_standby(), 100);
        (scene.brief.policy.switch_s, scene.brief.policy.silence_s) = (switch_s, 0);
        let awaited = Awaited::Switch;
        scene.memory.waiting = Some(Waiting { awaited, since: ago(30_000), noted: ago(5_000), last: ago(0) });
        let waiting = exact(scene).memory.waiting.unwrap();
        [age(waiting.since), age(waiting.noted)]
    };
    assert_eq!(short(59), [30_000, 30_000]);
    assert_eq!(short(60), [30_000, 5_000]);
    let mut scene = old(active_standby(), 100);
    scene.memory.spent = [(Awaited::Settled, 9_000_000), (Awaited::Ready, 7), (Awaited::Quiet, 0)].into();
    let spent = exact(scene).memory.spent;
    assert_eq!(spent, [(Awaited::Settled, deadline_ms), (Awaited::Ready, 7)].into());
}

/// Where groups are and since when counts as long as the soak, a probe or preempt ask for it.
#[test]
fn moves_are_as_old_as_their_questions_ask() {
    let scene = || {
        let mut scene = old(active_active(), 100);
        scene.brief.policy.probe_s = Some(60);
        scene.brief.policy.window_s = Some(9_000);
        scene.memory.before_ms = 77;
        scene.memory.homes.values_mut().for_each(|home| home.at = ago(900_000));
        scene
    };
    let kept = |change: &dyn Fn(&mut Memory)| {
        let mut scene = scene();
        change(&mut scene.memory);
        exact(scene).memory
    };
    for (millis, is_kept) in [(119_999, true), (120_000, false), (500_000, false)] {
        assert_eq!(kept(&|memory| memory.switched = Some(ago(millis))).switched.is_some(), is_kept);
    }
    for (millis, is_kept) in [(59_999, true), (60_000, false), (90_000, false)] {
        assert_eq!(kept(&|memory| memory.probed = Some(ago(millis))).probed.is_some(), is_kept);
    }
    assert_eq!(kept(&|memory| memory.looked = Some(ago(1))).looked, None, "without preempt nobody asks");
    assert_eq!(kept(&|_| ()).before_ms, 77);
    assert!(kept(&|_| ()).homes.values().all(|home| home.at == LATE), "no preempt asks since when");

    let mut preempting = scene();
    preempting.brief.groups.get_mut(&ONE).unwrap().preempt = Some((Role::Primary, 30));
    preempting.brief.groups.get_mut(&TWO).unwrap().preempt = Some((Role::Primary, 80));
    preempting.brief.policy.window_s = None;
    for (millis, is_kept) in [(199_999, true), (200_000, false), (300_000, false)] {
        let mut scene = preempting.clone();
        scene.memory.back = [(Role::Primary, ago(millis)), (Role::Secondary, ago(100))].into();
        let back = exact(scene).memory.back;
        assert_eq!(back.contains_key(&Role::Primary), is_kept, "{millis}");
        assert!(!back.contains_key(&Role::Secondary), "no group prefers it");
    }
    // What was read of preempt before that is not of now, as long as it is young.
    for (read, back, is_kept) in
        [(100, 99, true), (100, 100, false), (10_000, 5, true), (10_001, 5, false), (10_000, 10_000, false)]
    {
        let mut scene = preempting.clone();
        scene.brief.policy.preempt = Preempt::Remove;
        pair_of_mut(&mut scene.observed, Role::Secondary).running_preempt.as_mut().unwrap().at = ago(read);
        scene.memory.back = [(Role::Secondary, ago(back))].into();
        let mut stays = scene.clone();
        assert_eq!(exact(scene).memory.back.contains_key(&Role::Secondary), is_kept, "{read} {back}");
        stays.brief.policy.preempt = Preempt::Wait;
        assert!(!exact(stays).memory.back.contains_key(&Role::Secondary), "nobody asks for what is young");
    }
    // So is what it was read to have before its session was lost.
    for (read, removes, is_kept) in [(10_000, true, true), (10_001, true, false), (10_000, false, false)] {
        let mut scene = preempting.clone();
        scene.brief.policy.preempt = if removes { Preempt::Remove } else { Preempt::Wait };
        let unit = pair_of_mut(&mut scene.observed, Role::Secondary);
        unit.running_preempt.as_mut().unwrap().at = ago(read);
        unit.preempt_doubted = true;
        let doubted = exact(scene).observed.map(|unit| unit.preempt_doubted);
        assert_eq!(doubted, [false, is_kept], "{read} {removes}");
    }
    for (millis, told) in [(9_000, 9_000), (10_000, 10_000), (10_001, 10_000), (50_000, 10_000)] {
        let mut scene = preempting.clone();
        scene.memory.looked = Some(ago(millis));
        assert_eq!(exact(scene).memory.looked.map(age), Some(told));
    }
    // A group that left home before its unit came back has preempt wait from then on.
    for (back, told) in [(59_999, 200_000), (60_000, 60_000), (60_001, 60_000), (200_000, 60_000)] {
        let mut scene = preempting.clone();
        scene.memory.homes.values_mut().for_each(|home| home.at = ago(60_000));
        scene.memory.back = [(Role::Primary, ago(back)), (Role::Secondary, ago(1))].into();
        let memory = exact(scene).memory;
        let homes: Vec<u64> = memory.homes.values().map(|home| age(home.at)).collect();
        assert_eq!(homes, [0, told], "{back}");
        assert_eq!(
            memory.back.contains_key(&Role::Primary),
            told == 200_000,
            "before the group left: {back}"
        );
    }
    // One that left as its unit came back waits from then on as it is.
    let mut both = preempting.clone();
    both.memory.homes.insert(ONE, At::new(ago(70_000), Role::Secondary));
    both.memory.homes.insert(TWO, At::new(ago(60_000), Role::Secondary));
    both.memory.back = [(Role::Primary, ago(60_000))].into();
    let homes: Vec<u64> = exact(both).memory.homes.values().map(|home| age(home.at)).collect();
    assert_eq!(homes, [200_000, 60_000]);
    // What is at home does not wait for when its unit came back.
    let mut home = preempting.clone();
    home.brief.groups.get_mut(&TWO).unwrap().preempt = None;
    home.memory.back = [(Role::Primary, ago(1))].into();
    assert!(exact(home).memory.back.is_empty());
    let memory = exact(preempting).memory;
    assert_eq!(memory.before_ms, 0, "without a window nobody asks");
    let homes: Vec<u64> = memory.homes.values().map(|home| age(home.at)).collect();
    assert_eq!(homes, [0, 200_000], "group 1 is at home, group 2 is not: as long as the longest of its unit");
}
