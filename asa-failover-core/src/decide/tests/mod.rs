//! What stands behind the decisions, part by part: where every situation in which a line is sent has passed
//! another guard already, and where a run would have to be waited for.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what a test starts from is there, or the test has failed"
)]

mod ages;
mod begun;
mod noted;
mod unknown;
mod window;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use super::brief::are_printed;
use super::observed::Forget;
use super::view::View;
use super::*;
use crate::compat::Compat;
use crate::elapsed::At;
use crate::flash::DiskFile;
use crate::goal::{Goal, Image, Policy};
use crate::link::Reach;
use crate::live;
use crate::plan::plan;
use crate::session::Login;
use crate::transport::Terminals;
use crate::twin::{self, Spec};
use crate::unit::{GroupId, Standing};
use crate::version::AsaVersion;

const ONE: GroupId = GroupId::new(1);
const TWO: GroupId = GroupId::new(2);
const NOW: Elapsed = Elapsed::from_secs(60);

fn v(text: &str) -> AsaVersion {
    text.parse().unwrap()
}

/// A pair that was read at [`NOW`], and has been calm for a minute.
#[derive(Clone)]
struct Scene {
    brief: Brief,
    observed: [Observed; 2],
    memory: Memory,
}

fn scene(spec: Spec) -> Scene {
    let spec = spec.with_staged(v("9.8(4)48"));
    let file = spec.image(v("9.8(4)48"));
    let image = Image::new(format!("disk0:/{}", file.name).parse().unwrap())
        .with_size(file.size)
        .with_digest(file.sha512.parse().unwrap());
    let goal = Goal::new(v("9.8(4)48")).with_image(image);
    let pair = Rc::new(RefCell::new(twin::Pair::new(spec, 1)));
    let mut transport = Terminals::new(crate::transport::memory::Memory::new(pair), Login::default());
    let facts = live::read(&mut transport, Reach::BothAddresses, &[]).unwrap();
    let plan = plan(&facts, &goal, Compat::bundled(), &Policy::default()).unwrap();
    let brief = plan.brief().clone();
    let observed = Role::BOTH.map(|role| {
        let unit = plan.pair().unit(role);
        let read = |list: &[String]| Some(At::new(NOW, list.to_vec().into()));
        Observed {
            sight: Some(At::new(NOW, Sight::of(&unit.failover).into())),
            build: Some(At::new(NOW, Build::of(&unit.version.value))),
            flash: [(0, At::new(NOW, Flash::of(unit.listing(0).unwrap())))].into_iter().collect(),
            digests: [("disk0:/a.bin".parse().unwrap(), At::new(NOW, Checked::default()))]
                .into_iter()
                .collect(),
            running_boot: read(&unit.running_boot.as_ref().unwrap().system),
            running_preempt: Some(At::new(NOW, brief.groups.keys().map(|group| (*group, None)).collect())),
            preempt_doubted: false,
            startup_boot: read(&unit.startup_boot.as_ref().unwrap().system),
            reload_scheduled: Some(At::new(NOW, false)),
            connections: Some(At::new(NOW, 1_000)),
            silent: None,
        }
    });
    let mut memory = Memory::new(&brief);
    memory.calm = Some(Calm { since: Elapsed::ZERO, last: NOW, polls: 13 });
    Scene { brief, observed, memory }
}

fn active_standby() -> Scene {
    scene(Spec::active_standby("ASA5525", v("9.8(4)")))
}

/// Group 1 on the primary, group 2 on the secondary.
fn active_active() -> Scene {
    scene(Spec::active_active("ASA5525", v("9.8(4)")))
}

impl Scene {
    fn view(&self) -> View<'_> {
        View::new(&self.brief, &self.observed, &self.memory, NOW)
    }

    fn passes(&self, unit: Role, target: Role, command: Command) -> bool {
        let send = Send { rung: 1, unit, via: Via::Direct, target, command };
        match self.view().send(send.clone()) {
            Ok(Decision::Send(passed)) => {
                assert_eq!(passed, send);
                true
            }
            Err(Decision::Wait { awaited: Awaited::Settled, why, .. }) => {
                assert_eq!(why, format!("a guard of {} does not hold", send.command));
                false
            }
            other => panic!("{other:?}"),
        }
    }
}

/// I1, I2: whatever asks for it, no line is sent to a unit that its guard does not hold for. No decision asks for
/// one; this is what stands between a fault in one of them and a firewall.
#[test]
fn each_line_has_a_guard_of_its_own() {
    use Role::{Primary, Secondary};
    let one = active_standby();
    for (unit, target, command, passes) in [
        (Primary, Secondary, Command::NoFailoverActive(GroupId::UNIT), true),
        (Secondary, Primary, Command::NoFailoverActive(GroupId::UNIT), false),
        (Secondary, Secondary, Command::FailoverActive(GroupId::UNIT), true),
        (Primary, Primary, Command::FailoverActive(GroupId::UNIT), false),
        (Primary, Secondary, Command::ReloadStandby, true),
        (Secondary, Primary, Command::ReloadStandby, false),
        // A line that reboots the mate is no line for the unit itself, and the other way round.
        (Secondary, Secondary, Command::ReloadStandby, false),
        (Secondary, Secondary, Command::Reload, true),
        (Primary, Primary, Command::Reload, false),
        (Primary, Secondary, Command::Reload, false),
        (Primary, Primary, Command::WriteMemory, true),
    ] {
        let line = format!("{command} on {unit}");
        assert_eq!(one.passes(unit, target, command), passes, "{line}");
    }
    let two = active_active();
    for (unit, target, command, passes) in [
        (Primary, Secondary, Command::NoFailoverActive(ONE), true),
        (Primary, Secondary, Command::NoFailoverActive(TWO), false),
        (Secondary, Primary, Command::NoFailoverActive(TWO), true),
        (Primary, Primary, Command::FailoverActive(TWO), true),
        (Primary, Primary, Command::FailoverActive(ONE), false),
        // A unit that is active for one of two groups does not reboot, whoever is told so.
        (Primary, Secondary, Command::ReloadStandby, false),
        (Secondary, Primary, Command::ReloadStandby, false),
        (Secondary, Secondary, Command::Reload, false),
        // Groups that are there already are no hindrance to the others.
        (Primary, Secondary, Command::NoFailoverActiveAll, true),
        (Secondary, Secondary, Command::FailoverActiveAll, true),
        (Secondary, Primary, Command::NoFailoverActiveAll, true),
        (Primary, Primary, Command::FailoverActiveAll, true),
    ] {
        let line = format!("{command} on {unit}");
        assert_eq!(two.passes(unit, target, command), passes, "{line}");
    }
}

/// A group that preempt prefers elsewhere, and that was at home when it was last looked at, has only just left: that it
/// was seen there long ago is no proof that preempt is over.
#[test]
fn a_group_that_has_just_left_home_may_be_taken_back() {
    let mut scene = active_active();
    scene.brief.groups.get_mut(&TWO).unwrap().preempt = Some((Role::Primary, 0));
    scene.brief.policy.preempt_s = 20;
    scene.memory.homes.insert(TWO, At::new(Elapsed::from_secs(40), Role::Secondary));
    assert_eq!(scene.view().unpreempted(), Ok(()), "it has been away for 20 s");
    scene.memory.homes.insert(TWO, At::new(Elapsed::from_millis(40_001), Role::Secondary));
    let waits = |scene: &Scene| {
        matches!(scene.view().unpreempted(), Err(Decision::Wait { awaited: Awaited::Preempt(TWO), .. }))
    };
    assert!(waits(&scene), "for less than 20 s");
    scene.memory.homes.insert(TWO, At::new(Elapsed::ZERO, Role::Primary));
    assert!(waits(&scene), "it was at home a minute ago");
    scene.memory.homes.remove(&TWO);
    assert!(waits(&scene), "nobody has looked");
    scene.brief.groups.get_mut(&TWO).unwrap().preempt = Some((Role::Secondary, 0));
    assert_eq!(scene.view().unpreempted(), Ok(()), "it is at home");
}

/// A line for all groups needs each of them, and it does so by itself: the guard does not lean on the pair having been
/// found whole before.
#[test]
fn a_line_for_all_groups_needs_each_of_them() {
    let (giver, taker) = (Role::Primary, Role::Secondary);
    for (unit, command) in [(giver, Command::NoFailoverActiveAll), (taker, Command::FailoverActiveAll)] {
        let send = Send { rung: 1, unit, via: Via::Direct, target: taker, command: command.clone() };
        let mut scene = active_active();
        assert!(scene.view().holds(&send), "{command}");
        for (role, group, standing) in [
            (taker, ONE, Standing::BulkSync),
            (giver, ONE, Standing::Failed),
            (taker, TWO, Standing::StandbyReady),
        ] {
            let sight = pair_of_mut(&mut scene.observed, role).sight.as_mut().unwrap();
            let own = &mut sight.value.groups.get_mut(&group).unwrap().own;
            let before = std::mem::replace(own, standing);
            assert!(!scene.view().holds(&send), "{command}: {role} for {group}");
            let sight = pair_of_mut(&mut scene.observed, role).sight.as_mut().unwrap();
            sight.value.groups.get_mut(&group).unwrap().own = before;
        }
    }
}

/// The taker ready *and* the giver active, each in its own words, whatever else is so.
#[test]
fn a_switch_needs_both_units() {
    let ready = active_standby();
    assert!(guard::may_switch(&ready.observed, GroupId::UNIT, Role::Secondary));
    assert!(!guard::may_switch(&ready.observed, GroupId::UNIT, Role::Primary));
    for (role, standing) in [
        (Role::Primary, Standing::StandbyReady),
        (Role::Primary, Standing::Failed),
        (Role::Secondary, Standing::Active),
        (Role::Secondary, Standing::BulkSync),
    ] {
        let mut torn = active_standby();
        let sight = pair_of_mut(&mut torn.observed, role).sight.as_mut().unwrap();
        sight.value.groups.get_mut(&GroupId::UNIT).unwrap().own = standing.clone();
        assert!(!guard::may_switch(&torn.observed, GroupId::UNIT, Role::Secondary), "{role} {standing}");
        assert!(!guard::may_reload(&torn.brief, &torn.observed, Role::Secondary), "{role} {standing}");
    }
    let spread = active_active();
    assert!(guard::may_switch(&spread.observed, ONE, Role::Secondary));
    assert!(!guard::may_reload(&spread.brief, &spread.observed, Role::Secondary), "active for group 2");
}

/// What a line for preempt rests on is two polls old at most, or the time of a few lines.
#[test]
fn preempt_is_read_within_two_polls() {
    let mut policy = Policy::default();
    assert_eq!((policy.poll_s, preempt::young(&policy)), (5, Duration::from_secs(10)));
    policy.poll_s = 20;
    assert_eq!(preempt::young(&policy), Duration::from_secs(40));
    policy.poll_s = 1;
    assert_eq!(preempt::young(&policy), Duration::from_secs(10));
}

/// What is begun is ended first: a line that restores preempt, on this rung and of any group.
#[test]
fn restoring_is_told_by_its_own_lines() {
    let mut scene = active_active();
    let restore = Command::Preempt { group: TWO, delay_s: 30 };
    assert!(!preempt::is_putting_back(&scene.view(), 2));
    scene
        .memory
        .tries
        .insert((2, Role::Primary, Command::NoPreempt { group: TWO, was_s: 30 }), Tried::default());
    scene.memory.tries.insert((1, Role::Primary, restore.clone()), Tried::default());
    assert!(!preempt::is_putting_back(&scene.view(), 2));
    assert!(preempt::is_putting_back(&scene.view(), 1));
    scene.memory.tries.insert((2, Role::Primary, restore), Tried::default());
    assert!(preempt::is_putting_back(&scene.view(), 2));
}

/// The boot list of a stop is its own image first and that of the stop before second, each once.
#[test]
fn a_boot_list_holds_each_image_once() {
    let mut brief = active_standby().brief;
    let [old, new]: [DiskFile; 2] =
        ["disk0:/asa984-smp-k8.bin", "disk0:/asa984-48-smp-k8.bin"].map(|text| text.parse().unwrap());
    assert_eq!(brief.boot_list(0), [&old]);
    assert_eq!(brief.boot_list(1), [&new, &old]);
    assert_eq!(brief.boot_list(2), [&new], "behind the summit");
    brief.stops[0].image.file = new.clone();
    assert_eq!(brief.boot_list(1), [&new]);
}

/// What a unit prints is its boot list where it is each file of it, whole and in order, and nothing else.
#[test]
fn a_printed_boot_list_is_compared_whole_and_in_order() {
    let [one, two]: [DiskFile; 2] = ["disk0:/a.bin", "disk1:/b.bin"].map(|text| text.parse().unwrap());
    let printed =
        |list: &[&str]| are_printed(&[&one, &two], &list.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert!(printed(&["disk0:/a.bin", "disk1:/b.bin"]));
    for other in [
        &["disk1:/b.bin", "disk0:/a.bin"][..],
        &["disk0:/a.bin"],
        &["disk0:/a.bin", "disk1:/b.bin", "disk0:/a.bin"],
        &["disk1:/a.bin", "disk1:/b.bin"],
        &["disk0:/a.bin", "disk1:/b.bin2"],
        &["disk0:/a.bin", "b.bin"],
        &[],
    ] {
        assert!(!printed(other), "{other:?}");
    }
}

/// I9: whatever disrupts waits for preempt; what only configures does not.
#[test]
fn preempt_keeps_back_what_disrupts() {
    let mut scene = active_active();
    scene.brief.groups.get_mut(&TWO).unwrap().preempt = Some((Role::Primary, 300));
    assert!(scene.passes(Role::Primary, Role::Primary, Command::WriteMemoryAll));
    for command in [Command::NoFailoverActive(ONE), Command::NoFailoverActiveAll] {
        let send = Send { rung: 1, unit: Role::Primary, via: Via::Direct, target: Role::Secondary, command };
        let Err(Decision::Wait { awaited, .. }) = scene.view().send(send) else { panic!("it was sent") };
        assert_eq!(awaited, Awaited::Preempt(TWO));
    }
}

/// What a line may have changed, and nothing else, is read again before it is believed.
#[test]
fn what_a_line_may_have_changed_is_forgotten() {
    const SIGHT: &str = "sight";
    const EVERYTHING: [&str; 8] =
        [SIGHT, "build", "flash", "running boot", "preempt", "startup", "scheduled", "connections"];
    let kept = |unit: &Observed| {
        [
            unit.sight.is_some(),
            unit.build.is_some(),
            !unit.flash.is_empty(),
            unit.running_boot.is_some(),
            unit.running_preempt.is_some(),
            unit.startup_boot.is_some(),
            unit.reload_scheduled.is_some(),
            unit.connections.is_some(),
        ]
    };
    let file = || "disk0:/a.bin".parse().unwrap();
    let copy = Command::Copy { from: "tftp://198.51.100.10/a.bin".parse().unwrap(), to: file() };
    let standing = &[SIGHT, "connections"][..];
    let (primary, secondary) = (Role::Primary, Role::Secondary);
    for (command, target, [on_primary, on_secondary]) in [
        (Command::BootSystem(file()), primary, [&["running boot"][..]; 2]),
        (Command::NoBootSystem(file()), primary, [&["running boot"]; 2]),
        (Command::WriteMemory, primary, [&["startup"]; 2]),
        (Command::WriteMemoryAll, primary, [&["startup"]; 2]),
        (Command::NoPreempt { group: ONE, was_s: 0 }, primary, [&["preempt"]; 2]),
        (Command::Preempt { group: ONE, delay_s: 0 }, primary, [&["preempt"]; 2]),
        (copy.clone(), primary, [&["flash"], &[]]),
        (Command::ReloadStandby, secondary, [standing, &EVERYTHING]),
        (Command::Reload, primary, [&EVERYTHING, standing]),
        (Command::NoFailoverActive(ONE), secondary, [standing; 2]),
        (Command::FailoverActive(ONE), primary, [standing; 2]),
        (Command::NoFailoverActiveAll, secondary, [standing; 2]),
        (Command::FailoverActiveAll, primary, [standing; 2]),
        (Command::ShowVersion, primary, [&[]; 2]),
    ] {
        let mut observed = active_standby().observed;
        let send = Send { rung: 1, unit: primary, via: Via::Direct, target, command: command.clone() };
        forget(&mut observed, &send);
        for (unit, forgotten) in observed.iter().zip([on_primary, on_secondary]) {
            let expected = EVERYTHING.map(|part| !forgotten.contains(&part));
            assert_eq!(kept(unit), expected, "{command}");
            // A file on flash survives a reboot as it is; one that is written anew has another digest.
            assert_eq!(unit.digests.is_empty(), forgotten == ["flash"], "{command}");
        }
    }
    let mut other = active_standby().observed;
    pair_of_mut(&mut other, primary).forget(Forget::Flash("disk1:/b.bin".parse().unwrap()));
    assert_eq!(kept(pair_of(&other, primary)), [true; 8], "another disk");
}

/// Time goes on for all that was seen and all that is remembered, alike.
#[test]
fn ages_are_told_from_any_moment_on() {
    let mut scene = active_standby();
    let send = Send {
        rung: 1,
        unit: Role::Primary,
        via: Via::Direct,
        target: Role::Secondary,
        command: Command::ReloadStandby,
    };
    scene.memory.intent = Some(Open::new(1, &send, &scene.observed, Elapsed::from_secs(1)));
    scene.memory.back.insert(Role::Primary, Elapsed::from_secs(2));
    scene.memory.looked = Some(Elapsed::from_secs(3));
    scene.memory.switched = Some(Elapsed::from_secs(4));
    scene.memory.probed = Some(Elapsed::from_secs(5));
    let (since, noted, last) = (Elapsed::from_secs(6), Elapsed::from_secs(7), Elapsed::from_secs(8));
    scene.memory.waiting = Some(Waiting { awaited: Awaited::Settled, since, noted, last });
    let mut shifted = scene.memory.clone();
    let later = |at: Elapsed| at.after(Duration::from_secs(100));
    shifted.shift(&later);
    let open = |memory: &Memory| memory.intent.as_ref().unwrap().at;
    assert_eq!(open(&shifted), Elapsed::from_secs(101));
    assert_eq!(shifted.back[&Role::Primary], Elapsed::from_secs(102));
    assert_eq!(shifted.looked, Some(Elapsed::from_secs(103)));
    assert_eq!(shifted.switched, Some(Elapsed::from_secs(104)));
    assert_eq!(shifted.probed, Some(Elapsed::from_secs(105)));
    let waiting = shifted.waiting.unwrap();
    assert_eq!([waiting.since, waiting.noted, waiting.last], [106, 107, 108].map(Elapsed::from_secs));
    let calm = shifted.calm.unwrap();
    assert_eq!([calm.since, calm.last], [100, 160].map(Elapsed::from_secs));
    assert_eq!(shifted.homes[&GroupId::UNIT].at, Elapsed::from_secs(100));

    let unit = pair_of_mut(&mut scene.observed, Role::Primary);
    unit.silent = Some(At::new(NOW, "no answer".to_owned()));
    unit.shift(&later);
    let then = Elapsed::from_secs(160);
    let at = |value: Option<Elapsed>| assert_eq!(value, Some(then));
    at(unit.sight.as_ref().map(|value| value.at));
    at(unit.build.as_ref().map(|value| value.at));
    at(unit.running_boot.as_ref().map(|value| value.at));
    at(unit.running_preempt.as_ref().map(|value| value.at));
    at(unit.startup_boot.as_ref().map(|value| value.at));
    at(unit.reload_scheduled.as_ref().map(|value| value.at));
    at(unit.connections.as_ref().map(|value| value.at));
    at(unit.silent.as_ref().map(|value| value.at));
    at(unit.flash.values().next().map(|value| value.at));
    at(unit.digests.values().next().map(|value| value.at));
}

/// An uptime goes on between its reading and now, and what began at the latest then is told from it.
#[test]
fn an_uptime_goes_on_behind_its_reading() {
    let mut scene = active_standby();
    let build = pair_of_mut(&mut scene.observed, Role::Primary).build.as_mut().unwrap();
    build.value.uptime = Some((20, 80));
    assert_eq!(build.started_by(), Elapsed::from_secs(40));
    assert_eq!(build.uptime_at(NOW), Some((20, 80)));
    assert_eq!(build.uptime_at(Elapsed::from_millis(61_500)), Some((21, 82)));
    build.value.uptime = None;
    assert_eq!(build.started_by(), NOW);
    assert_eq!(build.uptime_at(NOW), None);
}

/// A wait that is gone on with goes on; one that is left for another keeps its time, up to a look behind its end.
#[test]
fn the_time_of_a_wait_is_kept_and_no_other() {
    let Scene { brief, mut memory, .. } = active_standby();
    let look = millis(brief.policy.longest_look());
    let at = |millis: u64| Elapsed::from_millis(100_000 + millis);
    memory.calm = None;
    memory.wait(&brief, Awaited::Settled, at(0));
    assert_eq!(memory.waited(&brief, Awaited::Settled, at(2_000)), 2_000);
    assert_eq!(memory.waited(&brief, Awaited::Ready, at(2_000)), 0, "another wait");
    memory.wait(&brief, Awaited::Settled, at(look));
    let since = |memory: &Memory| memory.waiting.unwrap().since;
    assert_eq!(since(&memory), at(0), "a look later it goes on");
    memory.wait(&brief, Awaited::Settled, at(2 * look + 1));
    assert_eq!(since(&memory), at(2 * look + 1), "something else was done meanwhile");
    assert_eq!(memory.spent[&Awaited::Settled], 2 * look, "and counts as long as a look may take");
    memory.wait(&brief, Awaited::Ready, at(2 * look + 501));
    assert_eq!(memory.spent[&Awaited::Settled], 2 * look + 500);
    assert_eq!(memory.waited(&brief, Awaited::Settled, at(2 * look + 900)), 2 * look + 500);
    assert_eq!(memory.waited(&brief, Awaited::Ready, at(9 * look)), look, "nobody waited for longer");
}

/// Only a unit that is on its way up is given time to take a login.
#[test]
fn a_restart_is_awaited_in_each_of_its_phases() {
    let mut memory = active_standby().memory;
    assert!(!awaits_restart(&memory));
    let unit = Role::Secondary;
    for (awaited, expected) in [
        (Awaited::Boot(unit), true),
        (Awaited::Sync(unit), true),
        (Awaited::Config(unit), true),
        (Awaited::Bulk(unit), true),
        (Awaited::Answer(unit), false),
        (Awaited::Module(unit), false),
        (Awaited::Settled, false),
    ] {
        memory.waiting = Some(Waiting { awaited, since: NOW, noted: NOW, last: NOW });
        assert_eq!(awaits_restart(&memory), expected, "{awaited:?}");
    }
}

/// Each wait that takes longer than usual has a meaning, a unit, and something to look at; not a moment earlier.
#[test]
fn each_wait_that_takes_long_has_a_meaning() {
    let scene = active_standby();
    // The wait is about the unit that it names, or about the one that does not forward.
    let (unit, mate) = (Role::Primary, Role::Secondary);
    let told = |awaited, waited_ms| symptom(&scene.brief, &scene.observed, awaited, waited_ms);
    let reload_s = scene.brief.reload_s;
    for (awaited, typical_s, means, at, line) in [
        (Awaited::Answer(unit), 60, "the way to its management address", unit, "show ssh sessions"),
        (Awaited::Boot(unit), reload_s, "it asks something on its console", unit, "show version"),
        (Awaited::Config(unit), 300, "a large configuration", unit, "show startup-config errors"),
        (Awaited::Bulk(unit), 120, "many connections", mate, "show conn count"),
        (Awaited::Module(unit), 900, "the service module starts more slowly", unit, "show module"),
        (Awaited::Copy(unit), 210, "a slow way to the server", unit, "dir disk0:/"),
        (Awaited::Quiet, 60, "the reload was not taken", mate, "show version"),
        (Awaited::Switch, 10, "the unit did not take the switch", mate, "show failover history"),
        (Awaited::CaughtUp, 60, "the state link does not carry", mate, "show failover"),
    ] {
        assert_eq!(told(awaited, typical_s * 1000), None, "{awaited:?}");
        let symptom = told(awaited, typical_s * 1000 + 1).unwrap();
        assert_eq!((symptom.awaited, symptom.typical_s, symptom.waited_s), (awaited, typical_s, typical_s));
        assert!(symptom.meaning.starts_with(means), "{}", symptom.meaning);
        assert!(symptom.look.contains(&(at, line.to_owned())), "{awaited:?}: {:?}", symptom.look);
    }
    for awaited in [Awaited::Ready, Awaited::Preempt(TWO), Awaited::Soak] {
        assert_eq!(told(awaited, 86_400_000), None, "it takes the time that the policy gives it");
    }
}

/// The standing of the unit that is not ready says more than that it is not.
#[test]
fn a_standing_has_a_meaning() {
    let mut scene = active_standby();
    let day = 86_400_000;
    let off = "failover is off";
    let link = "it does not hear its mate on the failover link";
    let begins = "it found its mate, and synchronisation does not begin";
    let sick = "monitored interfaces or a module of it are not healthy";
    for (standing, expected) in [
        (Standing::Disabled, Some((0, off))),
        (Standing::Negotiation, Some((15, link))),
        (Standing::NotDetected, Some((15, link))),
        (Standing::ColdStandby, Some((60, begins))),
        (Standing::AppSync, Some((60, begins))),
        (Standing::Failed, Some((75, sick))),
        (Standing::StandbyReady, None),
        (Standing::BulkSync, None),
    ] {
        let unit = pair_of_mut(&mut scene.observed, Role::Secondary);
        unit.sight.as_mut().unwrap().value.groups.get_mut(&GroupId::UNIT).unwrap().own = standing.clone();
        for awaited in [Awaited::Settled, Awaited::Sync(Role::Secondary)] {
            let symptom = symptom(&scene.brief, &scene.observed, awaited, day);
            let told = symptom.map(|symptom| (symptom.typical_s, symptom.meaning));
            assert_eq!(told.map(|(typical_s, _)| typical_s), expected.map(|(typical_s, _)| typical_s));
            assert!(told.is_none_or(|(_, meaning)| meaning.starts_with(expected.unwrap().1)), "{standing}");
        }
    }
    let unit = pair_of_mut(&mut scene.observed, Role::Secondary);
    unit.sight.as_mut().unwrap().value.enabled = false;
    let told = symptom(&scene.brief, &scene.observed, Awaited::Settled, 1).unwrap();
    assert!(told.meaning.starts_with(off), "{}", told.meaning);
    pair_of_mut(&mut scene.observed, Role::Secondary).sight = None;
    assert_eq!(symptom(&scene.brief, &scene.observed, Awaited::Settled, day), None, "nobody has looked");
}
