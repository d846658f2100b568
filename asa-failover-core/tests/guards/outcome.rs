//! What became of the open command: read of the units, each in its own words, and never guessed.

use asa_failover_core::command::Command;
use asa_failover_core::decide::{Awaited, Decision, Effected, Heard, Open, Reason, Send};
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::link::Via;
use asa_failover_core::unit::{GroupId, Role, Standing};

use super::pairs::situation::{
    NEW, OLD, Situation, before_first_reload, before_switch, gathered, halts, waits,
};
use super::pairs::{URL, v};

const FILE: &str = "disk0:/asa984-48-smp-k8.bin";
const NAME: &str = "asa984-48-smp-k8.bin";

const YES: Decision = Decision::Resolve(Effected::Yes);
const NO: Decision = Decision::Resolve(Effected::No);

/// The primary was told this when the situation was read.
fn told(situation: &mut Situation, command: Command) -> &mut Open {
    let (rung, unit, via) = (1, Role::Primary, Via::Direct);
    let target = if command == Command::ReloadStandby { unit.mate() } else { unit };
    let mut send = sends_anything(situation);
    (send.rung, send.unit, send.via, send.target, send.command) = (rung, unit, via, target, command);
    situation.memory.begin(Open::new(1, &send, &situation.observed, situation.now));
    situation.memory.intent.as_mut().unwrap()
}

fn sends_anything(situation: &Situation) -> Send {
    let mut calm = situation.clone();
    calm.memory.intent = None;
    let Decision::Send(send) = calm.decide() else { panic!("{:?}", calm.decide()) };
    send
}

/// So much later, with readings of then.
fn later(situation: &mut Situation, millis: u64) {
    situation.now = Elapsed::from_millis(situation.now.as_millis() + millis);
    read_now(situation);
}

fn read_now(situation: &mut Situation) {
    let now = situation.now;
    for unit in &mut situation.observed {
        unit.sight.as_mut().unwrap().at = now;
        unit.build.as_mut().unwrap().at = now;
        unit.startup_boot.as_mut().unwrap().at = now;
        unit.flash.get_mut(&0).unwrap().at = now;
    }
}

fn reads(decision: &Decision, unit: Role, command: Command) {
    assert_eq!(*decision, Decision::Read { unit, command });
}

/// By the list, and not by the answer.
#[test]
fn a_boot_entry_is_there_or_it_is_not() {
    let other = || "disk0:/asa982-smp-k8.bin".parse().unwrap();
    for (command, expected) in [
        (Command::BootSystem(FILE.parse().unwrap()), YES),
        (Command::BootSystem(other()), NO),
        (Command::NoBootSystem(FILE.parse().unwrap()), NO),
        (Command::NoBootSystem(other()), YES),
    ] {
        let mut situation = before_first_reload();
        told(&mut situation, command.clone());
        assert_eq!(situation.decide(), expected, "{command}");
    }
}

/// The startup configuration of both units holds the list, read within a poll.
#[test]
fn a_save_is_proven_on_each_unit() {
    for role in Role::BOTH {
        let mut situation = before_first_reload();
        told(&mut situation, Command::WriteMemory);
        situation.unit(role).startup_boot.as_mut().unwrap().value.clear();
        waits(&situation.decide(), Awaited::Answer(role), &format!("{role} has not saved the boot list yet"));
        later(&mut situation, 59_999);
        waits(&situation.decide(), Awaited::Answer(role), "has not saved");
        later(&mut situation, 1);
        assert_eq!(situation.decide(), NO);

        let mut situation = before_first_reload();
        told(&mut situation, Command::WriteMemory);
        later(&mut situation, 5_000);
        situation.unit(role).startup_boot.as_mut().unwrap().at = Elapsed::from_secs(60);
        assert_eq!(situation.decide(), YES);
        situation.now = Elapsed::from_millis(65_001);
        reads(&situation.decide(), role, Command::ShowStartupBoot);
    }
}

/// On the way home the boot list was right before, so that only the unit's own word tells of the save.
#[test]
fn a_save_on_the_way_home_is_believed_when_it_was_heard() {
    for (heard, expected) in [
        (Some(Heard::Prompt), YES),
        (Some(Heard::Error("no [OK] in the answer".to_owned())), NO),
        (Some(Heard::Nothing), NO),
        (None, NO),
    ] {
        let mut situation = before_first_reload();
        let open = told(&mut situation, Command::WriteMemory);
        open.heard.clone_from(&heard);
        assert_eq!(situation.decide(), YES, "{heard:?}, on the way up");
        situation.memory.intent.as_mut().unwrap().rung = 2;
        assert_eq!(situation.decide(), expected, "{heard:?}");
    }
}

/// A copy to the secondary was told, and the file has this size there now.
fn copied(heard: Option<Heard>, size: Option<u64>, is_published: bool) -> Situation {
    let mut situation = before_first_reload();
    let command = Command::Copy { from: URL.parse().unwrap(), to: FILE.parse().unwrap() };
    let open = told(&mut situation, command);
    (open.unit, open.target, open.heard) = (Role::Secondary, Role::Secondary, heard);
    let files = &mut situation.unit(Role::Secondary).flash.get_mut(&0).unwrap().value.files;
    let whole = files.remove(NAME).unwrap();
    if let Some(size) = size {
        files.insert(NAME.to_owned(), if size == 0 { whole } else { size });
    }
    if !is_published {
        situation.brief.stops[1].image.size = None;
    }
    situation
}

const WHOLE: Option<u64> = Some(0);
const PART: Option<u64> = Some(4_096);

/// Done when the whole file is there; without a published size, when the unit said so and a file is there.
#[test]
fn a_copy_is_the_whole_file() {
    let error = || Heard::Error("%Error opening tftp://198.51.100.10 (Timed out)".to_owned());
    let question = || Heard::Question("Overwrite?".to_owned());
    for (heard, size, is_published, expected) in [
        (Heard::Prompt, WHOLE, true, YES),
        (Heard::Prompt, PART, true, NO),
        (Heard::Prompt, None, true, NO),
        (Heard::Prompt, PART, false, YES),
        (Heard::Prompt, None, false, NO),
        (error(), WHOLE, true, YES),
        (error(), PART, true, NO),
        (error(), WHOLE, false, NO),
        (error(), None, false, NO),
        (question(), WHOLE, true, YES),
        (question(), WHOLE, false, NO),
        (Heard::Nothing, WHOLE, true, YES),
    ] {
        let context = format!("{heard:?} {size:?} {is_published}");
        assert_eq!(copied(Some(heard), size, is_published).decide(), expected, "{context}");
    }
    assert_eq!(copied(None, WHOLE, true).decide(), YES);
}

/// A file that does not begin to come is given up sooner than one that may still grow.
#[test]
fn a_copy_whose_reply_was_lost_may_still_be_running() {
    for heard in [None, Some(Heard::Nothing)] {
        for (size, is_published, most_s) in [(None, true, 60), (PART, true, 3_600), (WHOLE, false, 3_600)] {
            let mut situation = copied(heard.clone(), size, is_published);
            let why = "the reply of the copy was lost; looking at the flash";
            waits(&situation.decide(), Awaited::Copy(Role::Secondary), why);
            later(&mut situation, most_s * 1000 - 1);
            waits(&situation.decide(), Awaited::Copy(Role::Secondary), why);
            later(&mut situation, 1);
            assert_eq!(situation.decide(), NO, "{size:?}");
        }
    }
}

/// The flash is read within a poll while a copy is open.
#[test]
fn a_listing_from_before_the_copy_proves_nothing() {
    let mut situation = copied(Some(Heard::Prompt), WHOLE, true);
    situation.now = Elapsed::from_millis(65_001);
    reads(&situation.decide(), Role::Secondary, Command::Dir { disk: 0 });
}

/// The primary told the secondary to reload, a moment before the readings.
fn reloading() -> Situation {
    let mut situation = before_first_reload();
    told(&mut situation, Command::ReloadStandby);
    later(&mut situation, 1_000);
    situation
}

/// It is back on the new release, and the pair is calm.
fn back() -> Situation {
    let mut situation = reloading();
    situation.runs(Role::Secondary, NEW);
    for _ in 0..12 {
        later(&mut situation, 5_000);
        situation.memory.saw(&situation.brief, &situation.observed, situation.now);
    }
    situation
}

#[test]
fn a_reload_took_effect_when_the_unit_is_ready_on_the_new_release() {
    assert_eq!(back().decide(), YES);
    let mut restless = back();
    restless.memory.calm = None;
    waits(
        &restless.decide(),
        Awaited::Ready,
        "Secondary is back on the new release; good readings so far: 0",
    );
    let mut torn = back();
    torn.stand(Role::Secondary, GroupId::UNIT, &Standing::BulkSync);
    waits(&torn.decide(), Awaited::Bulk(Role::Secondary), "Secondary is Bulk Sync");
    let mut cold = back();
    cold.stand(Role::Secondary, GroupId::UNIT, &Standing::ColdStandby);
    waits(&cold.decide(), Awaited::Sync(Role::Secondary), "Secondary is Cold Standby");
}

/// The release is read since the pair is calm, and the pair is looked at within a poll.
#[test]
fn a_reload_is_judged_by_young_readings() {
    let mut situation = back();
    situation.unit(Role::Secondary).build.as_mut().unwrap().at = Elapsed::from_secs(62);
    reads(&situation.decide(), Role::Secondary, Command::ShowVersion);

    // What is left of the pair is looked at first, whatever else is due.
    let mut situation = reloading();
    for unit in &mut situation.observed {
        unit.build = None;
    }
    situation.now = Elapsed::from_millis(65_999);
    reads(&situation.decide(), Role::Secondary, Command::ShowVersion);
    situation.now = Elapsed::from_secs(66);
    reads(&situation.decide(), Role::Primary, Command::ShowFailover);
}

/// The new release stays proven; the old one is asked for again, and so is one from before the line.
#[test]
fn an_old_release_is_read_again_at_each_look() {
    for (version, read_ms, again) in
        [(NEW, 60_000, false), (NEW, 59_999, true), (OLD, 60_000, true), (OLD, 66_000, false)]
    {
        let mut situation = reloading();
        situation.runs(Role::Secondary, version);
        later(&mut situation, 5_000);
        situation.unit(Role::Secondary).build.as_mut().unwrap().at = Elapsed::from_millis(read_ms);
        let decided = situation.decide();
        let asks = Decision::Read { unit: Role::Secondary, command: Command::ShowVersion };
        assert_eq!(decided == asks, again, "{version} read at {read_ms} ms: {decided:?}");
    }
}

/// A unit that is reloaded to the release it runs says nothing by running it.
#[test]
fn the_release_that_a_unit_ran_before_proves_no_reload() {
    let mut situation = back();
    situation.memory.intent.as_mut().unwrap().version = Some(v(NEW));
    situation.unit(Role::Secondary).build.as_mut().unwrap().value.uptime = None;
    assert_eq!(situation.decide(), NO, "a minute has passed, and nothing was seen of a restart");
    situation.memory.intent.as_mut().unwrap().begun = true;
    let reason = halts(situation.decide());
    assert_eq!(reason, Reason::StillOld { unit: Role::Secondary, version: v(NEW) });
}

/// It restarted, and what it runs is not what it was to run: never again by us.
#[test]
fn a_restart_on_another_release_halts() {
    let mut situation = reloading();
    situation.unit(Role::Secondary).build.as_mut().unwrap().value.uptime = Some((0, 0));
    let reason = halts(situation.decide());
    assert_eq!(reason, Reason::StillOld { unit: Role::Secondary, version: v(OLD) });
    situation.unit(Role::Secondary).build.as_mut().unwrap().value.version = None;
    assert_eq!(
        halts(situation.decide()).to_string(),
        "Secondary runs a release that is not understood, which is not on the way of this plan"
    );
}

/// Who goes on with a reload asks the mate how long ago it was told, and without that waits.
#[test]
fn a_reload_that_was_carried_over_is_no_guess() {
    let mut situation = reloading();
    situation.memory.intent.as_mut().unwrap().resumed = true;
    for unit in &mut situation.observed {
        unit.build.as_mut().unwrap().value.uptime = None;
    }
    situation.unit(Role::Primary).build = None;
    reads(&situation.decide(), Role::Primary, Command::ShowVersion);
    situation.unit(Role::Primary).build = reloading().unit(Role::Primary).build.clone();
    later(&mut situation, 120_000);
    situation.unit(Role::Primary).build.as_mut().unwrap().value.uptime = None;
    waits(
        &situation.decide(),
        Awaited::Quiet,
        "nothing tells whether Secondary restarted since it was told to, before the resume",
    );
    // Within one run the quiet time tells.
    situation.memory.intent.as_mut().unwrap().resumed = false;
    assert_eq!(situation.decide(), NO);
}

/// A unit that may be on its way down is given its quiet time, and a pair that is not whole proves nothing.
#[test]
fn a_reload_without_effect_is_proven_by_quiet_and_a_whole_pair() {
    let mut situation = reloading();
    later(&mut situation, 58_999);
    waits(&situation.decide(), Awaited::Quiet, "Secondary still answers on the old release");
    later(&mut situation, 1);
    assert_eq!(situation.decide(), NO);
    situation.stand(Role::Secondary, GroupId::UNIT, &Standing::Failed);
    waits(&situation.decide(), Awaited::Quiet, "Secondary still answers on the old release");
    let mut old = reloading();
    later(&mut old, 59_000);
    old.unit(Role::Secondary).sight.as_mut().unwrap().at = Elapsed::from_secs(115);
    reads(&old.decide(), Role::Secondary, Command::ShowFailover);
}

/// The primary was told to give its one group.
fn switching() -> Situation {
    let mut situation = before_switch();
    told(&mut situation, Command::NoFailoverActive(GroupId::UNIT));
    situation
}

fn switched(situation: &mut Situation) {
    situation.stand(Role::Secondary, GroupId::UNIT, &Standing::Active);
    situation.stand(Role::Primary, GroupId::UNIT, &Standing::StandbyReady);
}

#[test]
fn a_switch_took_effect_when_both_units_say_so_since() {
    let mut situation = switching();
    switched(&mut situation);
    assert_eq!(situation.decide(), YES);
    for role in Role::BOTH {
        let mut before = situation.clone();
        before.unit(role).sight.as_mut().unwrap().at = Elapsed::from_millis(59_999);
        waits(&before.decide(), Awaited::Switch, "the pair not active on Secondary for both units yet");
        before.now = Elapsed::from_secs(65);
        reads(&before.decide(), Role::Primary, Command::ShowFailover);
    }
    let mut both = situation.clone();
    both.stand(Role::Primary, GroupId::UNIT, &Standing::Active);
    waits(&both.decide(), Awaited::Switch, "not active on Secondary for both units yet");
}

/// A group that has not moved is given its time; one that moved and went back is not moved again.
#[test]
fn a_switch_without_effect_is_proven_by_time_and_a_mate_that_is_ready() {
    let mut situation = switching();
    later(&mut situation, 59_999);
    waits(&situation.decide(), Awaited::Switch, "not active on Secondary");
    later(&mut situation, 1);
    assert_eq!(situation.decide(), NO);
    let mut undone = situation.clone();
    undone.memory.intent.as_mut().unwrap().begun = true;
    assert_eq!(undone.decide(), YES);
    let mut torn = situation.clone();
    torn.stand(Role::Secondary, GroupId::UNIT, &Standing::BulkSync);
    waits(&torn.decide(), Awaited::Switch, "not active on Secondary");
    let mut nobody = situation;
    nobody.stand(Role::Primary, GroupId::UNIT, &Standing::StandbyReady);
    waits(&nobody.decide(), Awaited::Switch, "not active on Secondary");
}

/// Two groups were told to move to the secondary, and preempt takes one of them home to the primary at once.
#[test]
fn a_switch_of_all_groups_that_preempt_took_back_in_part_took_effect() {
    let (one, two) = (GroupId::new(1), GroupId::new(2));
    for (moved, home, expected) in [
        (Some(one), Some((two, Role::Primary)), YES),
        (Some(one), Some((two, Role::Secondary)), NO),
        (Some(one), None, NO),
        (None, Some((two, Role::Primary)), NO),
    ] {
        let mut situation = gathered();
        told(&mut situation, Command::NoFailoverActiveAll);
        if let Some(group) = moved {
            situation.stand(Role::Secondary, group, &Standing::Active);
            situation.stand(Role::Primary, group, &Standing::StandbyReady);
        }
        if let Some((group, home)) = home {
            situation.prefers(group, Some((home, 30)));
        }
        later(&mut situation, 59_999);
        waits(&situation.decide(), Awaited::Switch, "group 1 and group 2 not active on Secondary");
        later(&mut situation, 1);
        assert_eq!(situation.decide(), expected, "{moved:?} {home:?}");
    }
}

/// Which unit takes which groups, by the line and the unit that was told it.
#[test]
fn each_line_that_moves_groups_names_its_taker() {
    let two = GroupId::new(2);
    for (command, unit, taker) in [
        (Command::NoFailoverActive(two), Role::Primary, Role::Secondary),
        (Command::FailoverActive(two), Role::Secondary, Role::Secondary),
        (Command::FailoverActive(two), Role::Primary, Role::Primary),
        (Command::NoFailoverActiveAll, Role::Secondary, Role::Primary),
        (Command::FailoverActiveAll, Role::Primary, Role::Primary),
        (Command::FailoverActiveAll, Role::Secondary, Role::Secondary),
    ] {
        let mut situation = gathered();
        let open = told(&mut situation, command.clone());
        open.unit = unit;
        let decided = situation.decide();
        if taker == Role::Primary {
            assert_eq!(decided, YES, "{command}");
            continue;
        }
        let of = if command.to_string().contains("group 2") { "group 2" } else { "group 1 and group 2" };
        waits(&decided, Awaited::Switch, &format!("{of} not active on Secondary for both units yet"));
    }
}

/// A line that only reads or moves the session has no effect to look for.
#[test]
fn a_line_that_changes_nothing_has_no_effect() {
    for command in [Command::ShowVersion, Command::ConfigureTerminal, Command::End] {
        let mut situation = before_first_reload();
        told(&mut situation, command);
        assert_eq!(situation.decide(), NO);
    }
}
