//! What nobody knew when the plan was made, or what was not well then, is no drift and no news; and what is told of
//! no command, or of no hop, changes nothing.

use asa_failover_core::command::Command;
use asa_failover_core::decide::{Decision, Effected, Health, Open, Reason};
use asa_failover_core::unit::Role;

use super::pairs::situation::{OLD, Situation, before_first_reload, before_switch, but, halts, sends};
use super::pairs::v;

/// An interface or a module that was not well before is not waited for, whatever has become of it.
#[test]
fn what_was_not_healthy_is_no_news() {
    let is_sent = |decision: Decision| assert!(matches!(decision, Decision::Send(_)), "{decision:?}");
    for start in [before_first_reload, before_switch] {
        for role in Role::BOTH {
            for (before, now) in [
                (Health::Waiting, Some(Health::Other)),
                (Health::Other, Some(Health::Waiting)),
                (Health::Waiting, None),
                (Health::Other, Some(Health::Normal)),
            ] {
                is_sent(but(start, |s| {
                    let (name, _) = s.brief.interfaces[&role].first_key_value().unwrap();
                    let name = name.clone();
                    s.brief.interfaces.get_mut(&role).unwrap().insert(name.clone(), before);
                    s.sight(role).interfaces.remove(&name);
                    s.sight(role).interfaces.extend(now.map(|now| (name, now)));
                }));
            }
            is_sent(but(start, |s| {
                s.brief.modules.entry(role).or_default().insert("1 SFR5525".into(), false);
            }));
        }
    }
}

/// Where a run does not know where a group was, or what a unit ran, it has not moved.
#[test]
fn what_was_not_known_has_not_moved() {
    let mut situation = before_switch();
    situation.memory.versions.clear();
    situation.memory.homes.clear();
    assert!(matches!(situation.decide(), Decision::Send(_)), "{:?}", situation.decide());
}

/// A boot list that was not read when the plan was made is brought into order; one that was is drift.
#[test]
fn a_boot_list_that_was_not_known_is_put_right() {
    let listed = |s: &mut Situation| s.unit(Role::Primary).running_boot.as_mut().unwrap().value.reverse();
    assert_eq!(halts(but(before_first_reload, listed)).code(), "boot-list-moved");
    let mut situation = before_first_reload();
    situation.memory.boot = None;
    listed(&mut situation);
    let old = "disk0:/asa984-smp-k8.bin".parse().unwrap();
    sends(&situation, Role::Primary, &Command::NoBootSystem(old));

    for role in Role::BOTH {
        let saved = |s: &mut Situation| s.unit(role).startup_boot.as_mut().unwrap().value.clear();
        let reason = halts(but(before_first_reload, saved));
        assert!(matches!(reason, Reason::BootListMoved { unit, .. } if unit == role), "{reason}");
        let mut situation = before_first_reload();
        situation.memory.startup.remove(&role);
        saved(&mut situation);
        sends(&situation, Role::Primary, &Command::WriteMemory);
    }
}

/// An outcome is one of the open command. Where none is open nothing has come of it.
#[test]
fn an_outcome_of_no_command_changes_nothing() {
    let mut situation = before_switch();
    let before = situation.memory.clone();
    for effect in [Effected::Yes, Effected::No, Effected::NotSent] {
        situation.memory.resolve(&situation.brief, effect, situation.now);
        assert_eq!(situation.memory, before);
    }
}

/// A unit is expected on the release of the hop that it was reloaded for, where there is such a hop.
#[test]
fn a_reload_for_no_hop_leaves_the_release_unknown() {
    for (rung, expected) in [(0, OLD), (1, "9.8(4)48"), (2, OLD)] {
        let mut situation = before_first_reload();
        let mut send = sends(&situation, Role::Primary, &Command::ReloadStandby);
        send.rung = rung;
        situation.memory.begin(Open::new(1, &send, &situation.observed, situation.now));
        situation.memory.resolve(&situation.brief, Effected::Yes, situation.now);
        assert_eq!(situation.memory.reloads, [(rung, Role::Secondary)].into());
        assert_eq!(situation.memory.versions[&Role::Secondary], v(expected), "{rung}");
    }
}
