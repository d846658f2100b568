//! Each guard refuses by itself: from a situation in which a command would be sent, one fact is
//! changed, and it is not sent.
#![cfg(feature = "twin")]
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what a test starts from is there, or the test has failed"
)]

mod calm;
mod outcome;
mod polls;
mod remembered;
mod staging;
mod unknown;
mod waits;

#[path = "../pairs/mod.rs"]
mod pairs;

use asa_failover_core::command::Command;
use asa_failover_core::decide::{
    Awaited, Decision, Effected, Health, Heard, Observed, Open, Reason, Send, StateLink, Unsettled,
};
use asa_failover_core::elapsed::{At, Elapsed};
use asa_failover_core::goal::{OnDrift, Procedure};
use asa_failover_core::link::Via;
use asa_failover_core::unit::{GroupId, Role, Standing};
use pairs::situation::{
    NEW, OLD, Situation, before_first_reload, before_switch, but, gathered, halts, sends, waits,
};
use pairs::v;

#[test]
fn the_commands_that_all_guards_let_pass() {
    let send = sends(&before_first_reload(), Role::Primary, &Command::ReloadStandby);
    assert_eq!((send.target, send.rung, send.via), (Role::Secondary, 1, Via::Direct));
    let send = sends(&before_switch(), Role::Primary, &Command::NoFailoverActive(GroupId::UNIT));
    assert_eq!(send.target, Role::Secondary);
}

/// G3, G4, G14: both units are read again, and within W.
#[test]
fn an_old_reading_of_either_unit_is_read_again() {
    for start in [before_first_reload, before_switch] {
        for role in Role::BOTH {
            let aged = but(start, |s| s.unit(role).sight.as_mut().unwrap().at = Elapsed::from_millis(57_999));
            assert_eq!(aged, Decision::Read { unit: role, command: Command::ShowFailover });
            let fresh =
                but(start, |s| s.unit(role).sight.as_mut().unwrap().at = Elapsed::from_millis(58_000));
            assert!(matches!(fresh, Decision::Send(_)), "{fresh:?}");
        }
    }
}

/// I8: what a unit boots may be changed by somebody else, so that it is read a moment before it reloads.
#[test]
fn what_a_reload_rests_on_is_read_again() {
    let second = || {
        let mut situation = before_first_reload();
        situation.runs(Role::Secondary, NEW);
        situation.stand(Role::Primary, GroupId::UNIT, &Standing::StandbyReady);
        situation.stand(Role::Secondary, GroupId::UNIT, &Standing::Active);
        for role in Role::BOTH {
            situation.memory.homes.insert(GroupId::UNIT, At::new(situation.now, role));
        }
        situation
    };
    let starts: [(fn() -> Situation, Role); 2] =
        [(before_first_reload, Role::Secondary), (second, Role::Primary)];
    for (start, target) in starts {
        let age = |role: Role, what: &Command, seconds: u64| {
            but(start, |s| {
                let (at, unit) = (Elapsed::from_secs(60 - seconds), s.unit(role));
                match what {
                    Command::Dir { .. } => unit.flash.get_mut(&0).unwrap().at = at,
                    Command::ShowStartupBoot => unit.startup_boot.as_mut().unwrap().at = at,
                    Command::ShowVersion => unit.build.as_mut().unwrap().at = at,
                    _ => unit.reload_scheduled.as_mut().unwrap().at = at,
                }
            })
        };
        for what in
            [Command::Dir { disk: 0 }, Command::ShowStartupBoot, Command::ShowVersion, Command::ShowReload]
        {
            for role in Role::BOTH {
                let is_sent = |decision: Decision| matches!(decision, Decision::Send(_));
                assert!(is_sent(age(role, &what, 30)), "{what} of {role}");
                if role == target || what == Command::ShowReload {
                    assert_eq!(age(role, &what, 31), Decision::Read { unit: role, command: what.clone() });
                } else {
                    assert!(is_sent(age(role, &what, 31)), "{what} of {role}");
                }
            }
        }
    }
    // A switch rests on nobody's having scheduled a reload alone.
    let old = |s: &mut Situation| s.unit(Role::Secondary).flash.get_mut(&0).unwrap().at = Elapsed::ZERO;
    assert!(matches!(but(before_switch, old), Decision::Send(_)));
    for role in Role::BOTH {
        let old = |s: &mut Situation| {
            s.unit(role).reload_scheduled.as_mut().unwrap().at = Elapsed::from_secs(29);
        };
        let reads = Decision::Read { unit: role, command: Command::ShowReload };
        assert_eq!(but(before_switch, old), reads);
        // Before the pair is ready as well, not only once it is.
        let unready = |s: &mut Situation| {
            old(s);
            s.memory.calm = None;
        };
        assert_eq!(but(before_switch, unready), reads);
        assert_eq!(but(before_first_reload, unready), reads);
    }
}

/// A reading that is young but older than the unit's silence is none.
#[test]
fn a_unit_that_fell_silent_is_waited_for() {
    for role in Role::BOTH {
        let silent =
            |s: &mut Situation| s.unit(role).silent = Some(At::new(s.now, "the session was lost".to_owned()));
        waits(&but(before_switch, silent), Awaited::Answer(role), "the session was lost");
    }
}

/// G5: what a unit says of its mate is not what the mate says of itself.
#[test]
fn the_display_of_the_mate_is_not_the_mate() {
    let lagging = |s: &mut Situation| {
        s.sight(Role::Secondary).groups.get_mut(&GroupId::UNIT).unwrap().own = Standing::BulkSync;
    };
    waits(&but(before_switch, lagging), Awaited::Bulk(Role::Secondary), "Secondary is Bulk Sync");
    let failed = |s: &mut Situation| {
        s.sight(Role::Primary).groups.get_mut(&GroupId::UNIT).unwrap().mate = Standing::Failed;
    };
    waits(&but(before_switch, failed), Awaited::Settled, "Primary displays its mate otherwise");
}

/// I1, I2, I16: no standing but Standby Ready is ready, least of all an unknown word.
#[test]
fn only_standby_ready_is_ready() {
    let words =
        ["Failed", "Cold Standby", "Sync Config", "Just Active", "Standby Ready?", "standby ready", ""];
    for start in [before_first_reload, before_switch] {
        for word in words {
            let decided = but(start, |s| s.stand(Role::Secondary, GroupId::UNIT, &Standing::of(word)));
            let phase =
                if word == "Sync Config" { Awaited::Config(Role::Secondary) } else { Awaited::Settled };
            waits(&decided, phase, "Secondary is");
        }
        let both = but(start, |s| s.stand(Role::Secondary, GroupId::UNIT, &Standing::Active));
        waits(&both, Awaited::Settled, "both units are active");
        let none = but(start, |s| s.stand(Role::Primary, GroupId::UNIT, &Standing::StandbyReady));
        waits(&none, Awaited::Settled, "no unit is active");
    }
}

/// I7: ready once is not ready for a while.
#[test]
fn a_pair_that_is_ready_only_now_is_waited_for() {
    for start in [before_first_reload, before_switch] {
        waits(&but(start, |s| s.memory.calm = None), Awaited::Ready, "good readings");
        let late = |s: &mut Situation| {
            // Nobody looked for a quarter of a minute and more.
            s.now = Elapsed::from_secs(81);
            for unit in &mut s.observed {
                unit.sight.as_mut().unwrap().at = s.now;
            }
        };
        waits(&but(start, late), Awaited::Ready, "good readings");
    }
}

/// I6: what a unit ran before it was last unsettled is not what it runs.
#[test]
fn a_release_is_read_since_the_pair_is_calm() {
    for start in [before_first_reload, before_switch] {
        for role in Role::BOTH {
            let rebooted = but(start, |s| {
                let mut calm = s.memory.calm.unwrap();
                calm.since = Elapsed::from_secs(20);
                s.memory.calm = Some(calm);
                s.unit(role).build.as_mut().unwrap().at = Elapsed::from_secs(19);
            });
            assert_eq!(rebooted, Decision::Read { unit: role, command: Command::ShowVersion });
        }
    }
}

/// G6, G7, I8: image, boot list and save, on each unit.
#[test]
fn what_is_not_staged_is_not_booted() {
    for role in Role::BOTH {
        let unsaved = |s: &mut Situation| {
            let old = vec!["disk0:/asa984-smp-k8.bin".to_owned()];
            s.unit(role).startup_boot.as_mut().unwrap().value = old.clone().into();
            s.memory.startup.insert(role, old);
        };
        let decided = but(before_first_reload, unsaved);
        let Decision::Send(Send { unit, command: Command::WriteMemory, .. }) = decided else {
            panic!("{decided:?}")
        };
        assert_eq!(unit, Role::Primary);

        let gone = |s: &mut Situation| s.unit(role).flash.get_mut(&0).unwrap().value.files.clear();
        let file = "disk0:/asa984-48-smp-k8.bin".to_owned();
        assert_eq!(
            halts(but(before_first_reload, gone)),
            Reason::ImageMissing { unit: role, file: file.clone() }
        );

        let shorter = |s: &mut Situation| {
            *s.unit(role).flash.get_mut(&0).unwrap().value.files.get_mut("asa984-48-smp-k8.bin").unwrap() -=
                1;
        };
        assert_eq!(halts(but(before_first_reload, shorter)).code(), "image-differs");

        let other_digest = |s: &mut Situation| {
            let checked = s.unit(role).digests.values_mut().next().unwrap();
            checked.value.digest = Some("0".repeat(128).parse().unwrap());
        };
        assert_eq!(halts(but(before_first_reload, other_digest)).code(), "image-differs");
    }
}

/// A digest belongs to the file it was computed of.
#[test]
fn a_file_of_another_size_is_verified_again() {
    let replaced = |s: &mut Situation| {
        s.brief.stops[1].image.size = None;
        *s.unit(Role::Secondary)
            .flash
            .get_mut(&0)
            .unwrap()
            .value
            .files
            .get_mut("asa984-48-smp-k8.bin")
            .unwrap() += 9;
    };
    let decided = but(before_first_reload, replaced);
    let Decision::Read { unit: Role::Secondary, command: Command::Verify { .. } } = decided else {
        panic!("{decided:?}")
    };
}

/// A file on another disk is another file.
#[test]
fn a_listing_of_another_disk_proves_nothing() {
    let moved =
        |s: &mut Situation| s.brief.stops[1].image.file = "disk1:/asa984-48-smp-k8.bin".parse().unwrap();
    let listing = Decision::Read { unit: Role::Primary, command: Command::Dir { disk: 1 } };
    assert_eq!(but(before_first_reload, moved), listing);
}

/// G8, I4: both links, by the word of both units.
#[test]
fn a_link_that_one_unit_does_not_see_stops_everything() {
    for start in [before_first_reload, before_switch] {
        for role in Role::BOTH {
            waits(&but(start, |s| s.sight(role).lan_up = false), Awaited::Settled, "failover link");
            for state_link in [StateLink::Down, StateLink::Absent] {
                waits(&but(start, |s| s.sight(role).state_link = state_link), Awaited::Settled, "state link");
            }
            waits(&but(start, |s| s.sight(role).enabled = false), Awaited::Settled, "failover is off");
            waits(&but(start, |s| s.sight(role).garbled = true), Awaited::Settled, "not understood");
            waits(&but(start, |s| s.sight(role).role = None), Awaited::Settled, "does not call itself");
            waits(&but(start, |s| s.sight(role).groups.clear()), Awaited::Settled, "other failover groups");
            let sick = |s: &mut Situation| {
                *s.sight(role).interfaces.values_mut().next().unwrap() = Health::Waiting;
            };
            waits(&but(start, sick), Awaited::Settled, "was Normal and is not now");
            let hidden = |s: &mut Situation| s.sight(role).interfaces.clear();
            waits(&but(start, hidden), Awaited::Settled, "was Normal and is not now");
        }
    }
}

/// I3: the unit that speaks has the serial number of the plan.
#[test]
fn another_serial_number_is_another_unit() {
    let other = |s: &mut Situation| s.sight(Role::Secondary).serials = Some(("JAD000000A9".into(), None));
    waits(&but(before_switch, other), Awaited::Settled, "Secondary does not call itself Secondary");
}

/// G9, G10, I5, I10: with a command open nothing is sent, and without a reading nothing is decided.
#[test]
fn an_open_command_bars_every_other() {
    let mut situation = before_first_reload();
    let send = sends(&situation, Role::Primary, &Command::ReloadStandby);
    situation.memory.begin(Open::new(1, &send, &situation.observed, situation.now));
    for unit in &mut situation.observed {
        *unit = Observed::default();
    }
    // The unit that is left is looked at first.
    let read = Decision::Read { unit: Role::Primary, command: Command::ShowFailover };
    assert_eq!(situation.decide(), read);
    // Everything looks as it did before, again and again: that is no proof until it has lasted.
    let calm = before_first_reload();
    for second in 61..119 {
        situation.now = Elapsed::from_secs(second);
        situation.observed.clone_from(&calm.observed);
        for unit in &mut situation.observed {
            unit.sight.as_mut().unwrap().at = situation.now;
            unit.build.as_mut().unwrap().at = situation.now;
        }
        situation.memory.saw(&situation.brief, &situation.observed, situation.now);
        waits(&situation.decide(), Awaited::Quiet, "still answers on the old release");
    }
    situation.now = Elapsed::from_secs(120);
    for unit in &mut situation.observed {
        unit.sight.as_mut().unwrap().at = situation.now;
        unit.build.as_mut().unwrap().at = situation.now;
    }
    assert_eq!(situation.decide(), Decision::Resolve(Effected::No));
}

/// G11, I6: one effective reload a unit and hop.
#[test]
fn a_unit_is_reloaded_once() {
    let reloaded = |s: &mut Situation| {
        s.memory.reloads.insert((1, Role::Secondary));
    };
    assert_eq!(halts(but(before_first_reload, reloaded)), Reason::ReloadedAlready(Role::Secondary));
    let done = but(before_switch, reloaded);
    assert!(matches!(done, Decision::Send(_)), "it runs the new release: {done:?}");
}

/// G11, I6: a hop that cannot end moves no group and takes no unit out of service first.
#[test]
fn a_hop_that_cannot_end_disrupts_nothing() {
    for role in Role::BOTH {
        let reloaded = |s: &mut Situation| {
            s.memory.reloads.insert((1, role));
        };
        assert_eq!(halts(but(before_first_reload, reloaded)), Reason::ReloadedAlready(role));
        let scattered = || {
            let mut situation = gathered();
            situation.stand(Role::Secondary, GroupId::new(2), &Standing::Active);
            situation.stand(Role::Primary, GroupId::new(2), &Standing::StandbyReady);
            situation.memory.homes.insert(GroupId::new(2), At::new(Elapsed::ZERO, Role::Secondary));
            situation
        };
        assert_eq!(halts(but(scattered, reloaded)), Reason::ReloadedAlready(role));
    }
    let old = |s: &mut Situation| {
        s.memory.reloads.insert((1, Role::Primary));
    };
    assert_eq!(halts(but(before_switch, old)), Reason::ReloadedAlready(Role::Primary));
    let other_hop = |s: &mut Situation| {
        s.memory.reloads.insert((0, Role::Primary));
    };
    assert!(matches!(but(before_switch, other_hop), Decision::Send(_)));
}

/// G12, I9: a group that preempt may still take to the unit that is about to reboot.
#[test]
fn preempt_is_waited_out() {
    let preempt = |s: &mut Situation| {
        s.prefers(GroupId::new(2), Some((Role::Secondary, 30)));
    };
    waits(
        &but(gathered, preempt),
        Awaited::Preempt(GroupId::new(2)),
        "preempt may move group 2 to Secondary",
    );
    let mut later = gathered();
    preempt(&mut later);
    later.brief.policy.preempt_s = 20;
    assert!(matches!(later.decide(), Decision::Send(_)), "30 + 20 s have passed since the beginning");
    later.memory.back.insert(Role::Secondary, Elapsed::from_secs(20));
    waits(&later.decide(), Awaited::Preempt(GroupId::new(2)), "preempt may move");
    later.memory.back.clear();
    later.unit(Role::Secondary).build.as_mut().unwrap().value.uptime = Some((30, 31));
    waits(&later.decide(), Awaited::Preempt(GroupId::new(2)), "preempt may move");
}

/// Behind a look that was missed a unit may have lost its readiness and got it back: preempt, which begins anew
/// with that, would move a group to the unit that is being reloaded. Found by the exploration of all orders of events.
#[test]
fn a_look_that_was_missed_is_no_proof_that_preempt_is_over() {
    for (looked_s, waits_again) in [(50, true), (51, false)] {
        let mut situation = gathered();
        situation.prefers(GroupId::new(2), Some((Role::Secondary, 30)));
        situation.brief.policy.preempt_s = 20;
        assert!(matches!(situation.decide(), Decision::Send(_)), "30 + 20 s have passed since the beginning");
        situation.memory.looked = Some(Elapsed::from_secs(looked_s));
        situation.memory.saw(&situation.brief, &situation.observed, situation.now);
        if waits_again {
            waits(
                &situation.decide(),
                Awaited::Preempt(GroupId::new(2)),
                "preempt may move group 2 to Secondary",
            );
        } else {
            assert!(
                matches!(situation.decide(), Decision::Send(_)),
                "less than two polls lie between two looks"
            );
        }
    }
}

/// G13, I14: no wait without an end.
#[test]
fn every_wait_reaches_its_deadline() {
    let endless = |awaited: Awaited, spoil: &dyn Fn(&mut Situation)| {
        let reason = halts(but(before_switch, |s| {
            spoil(s);
            s.memory.spent.insert(awaited, 24 * 3_600_000);
        }));
        assert!(matches!(&reason, Reason::Deadline { awaited: found, .. } if *found == awaited), "{reason}");
    };
    endless(Awaited::Settled, &|s| s.sight(Role::Primary).lan_up = false);
    endless(Awaited::Ready, &|s| s.memory.calm = None);
    endless(Awaited::Answer(Role::Secondary), &|s| {
        s.unit(Role::Secondary).silent = Some(At::new(s.now, "no answer".to_owned()));
    });
    endless(Awaited::CaughtUp, &|s| {
        s.sight(Role::Primary).http_replication = true;
        s.unit(Role::Secondary).connections = Some(At::new(s.now, 10));
    });
}

/// The mate carries the connections before it takes over.
#[test]
fn a_mate_that_lacks_connections_is_waited_for() {
    let behind = |s: &mut Situation| {
        s.sight(Role::Primary).http_replication = true;
        s.unit(Role::Secondary).connections = Some(At::new(s.now, 799));
    };
    waits(&but(before_switch, behind), Awaited::CaughtUp, "Secondary carries 799 of 1000 connections");
}

/// I23: what nobody of ours changed is as it was, or the run halts; adapting is a choice.
#[test]
fn drift_halts_unless_the_policy_adapts() {
    let upgraded = |s: &mut Situation| {
        s.unit(Role::Secondary).build.as_mut().unwrap().value.version = Some(v(NEW));
    };
    let reason = halts(but(before_first_reload, upgraded));
    assert_eq!(reason, Reason::ReleaseMoved { unit: Role::Secondary, expected: v(OLD), found: v(NEW) });

    let relisted = |s: &mut Situation| s.unit(Role::Primary).running_boot.as_mut().unwrap().value.reverse();
    assert_eq!(halts(but(before_first_reload, relisted)).code(), "boot-list-moved");
    let resaved = |s: &mut Situation| s.unit(Role::Secondary).startup_boot.as_mut().unwrap().value.clear();
    assert_eq!(halts(but(before_first_reload, resaved)).code(), "boot-list-moved");

    let moved = |s: &mut Situation| {
        s.stand(Role::Secondary, GroupId::UNIT, &Standing::Active);
        s.stand(Role::Primary, GroupId::UNIT, &Standing::StandbyReady);
    };
    let reason = halts(but(before_first_reload, moved));
    assert_eq!(reason, Reason::MovedUnasked { group: GroupId::UNIT, to: Role::Secondary });

    let mut adapting = before_first_reload();
    adapting.brief.policy.on_drift = OnDrift::Adapt;
    moved(&mut adapting);
    sends(&adapting, Role::Secondary, &Command::ReloadStandby);
    let mut adapting = before_first_reload();
    adapting.brief.policy.on_drift = OnDrift::Adapt;
    relisted(&mut adapting);
    assert!(matches!(adapting.decide(), Decision::Send(Send { command: Command::NoBootSystem(_), .. })));
}

/// Somebody else's reload, and a unit that would not read its configuration.
#[test]
fn a_unit_that_may_reboot_otherwise_is_left_alone() {
    for role in Role::BOTH {
        let scheduled = |s: &mut Situation| s.unit(role).reload_scheduled.as_mut().unwrap().value = true;
        assert_eq!(halts(but(before_switch, scheduled)), Reason::ReloadScheduled(role));
        let register = |s: &mut Situation| s.unit(role).build.as_mut().unwrap().value.register_good = false;
        assert_eq!(halts(but(before_switch, register)), Reason::Register(role));
        let unknown = |s: &mut Situation| s.unit(role).build.as_mut().unwrap().value.version = None;
        assert_eq!(halts(but(before_switch, unknown)).code(), "off-the-way");
    }
}

/// No command is tried without end, whether it has no effect or is undone.
#[test]
fn a_command_is_not_repeated_for_ever() {
    let mut situation = before_switch();
    let send = sends(&situation, Role::Primary, &Command::NoFailoverActive(GroupId::UNIT));
    for times in 1..=2 {
        let now = situation.now;
        situation.memory.begin(Open::new(times, &send, &situation.observed, now));
        situation.memory.resolve(&situation.brief, Effected::No, now);
        situation.calm();
    }
    assert_eq!(halts(situation.decide()).code(), "no-effect");

    let mut situation = before_switch();
    for times in 1..=2 {
        let now = situation.now;
        situation.memory.begin(Open::new(times, &send, &situation.observed, now));
        situation.memory.resolve(&situation.brief, Effected::Yes, now);
        situation.memory.homes.insert(GroupId::UNIT, At::new(now, Role::Primary));
        situation.calm();
    }
    let reason = halts(situation.decide());
    assert_eq!(
        reason.to_string(),
        "no failover active on Primary took effect 2 times and was undone each time"
    );
}

/// A save that the controller died over was answered to nobody, so that it says nothing of the unit; one
/// that was heard to fail counts.
#[test]
fn a_save_that_nobody_listened_to_is_no_try() {
    for (resumed, heard, counted) in [
        (true, None, false),
        (false, None, true),
        (true, Some(Heard::Error("no [OK] in the answer".to_owned())), true),
    ] {
        let mut situation = before_switch();
        let send = sends(&situation, Role::Primary, &Command::NoFailoverActive(GroupId::UNIT));
        let mut open = Open::new(1, &send, &situation.observed, situation.now);
        (open.command, open.resumed, open.heard) = (Command::WriteMemory, resumed, heard);
        situation.memory.begin(open);
        situation.memory.resolve(&situation.brief, Effected::No, situation.now);
        assert_eq!(situation.memory.tries.len(), usize::from(counted), "resumed: {resumed}");
    }
}

/// The window ends for whatever disrupts.
#[test]
fn nothing_disrupts_behind_the_window() {
    let over = |s: &mut Situation| s.brief.policy.window_s = Some(60);
    assert_eq!(halts(but(before_switch, over)), Reason::WindowOver(60));
}

/// The published procedure has the same guards.
#[test]
fn the_published_procedure_is_guarded_the_same() {
    let mut situation = before_switch();
    situation.brief.policy.procedure = Procedure::Published;
    sends(&situation, Role::Primary, &Command::NoFailoverActive(GroupId::UNIT));
    situation.stand(Role::Secondary, GroupId::UNIT, &Standing::BulkSync);
    let why = Unsettled::NotReady(GroupId::UNIT, Role::Secondary, Standing::BulkSync).to_string();
    waits(&situation.decide(), Awaited::Bulk(Role::Secondary), &why);
}
