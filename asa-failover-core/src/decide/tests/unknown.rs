//! What a decision comes to where a part of what it looks at is not there, or counts for nothing, and when it
//! gives up waiting.

use super::*;

/// Each wait ends, at the time that the policy has for it and for no other.
#[test]
fn each_wait_has_a_deadline_of_its_own() {
    let mut scene = active_active();
    let policy = &mut scene.brief.policy;
    (policy.silence_s, policy.sync_s, policy.sync_config_s, policy.bulk_sync_s) = (1, 20, 300, 4_000);
    (policy.module_s, policy.boot_s, policy.copy_s, policy.soak_s) = (50_000, 60_000, 700_000, 800_000);
    (policy.t_quiet_s, policy.switch_s, policy.preempt_s, policy.ready_for_s) = (70, 80, 90, 100);
    scene.brief.groups.get_mut(&TWO).unwrap().preempt = Some((Role::Secondary, 5));
    let unit = Role::Secondary;
    for (awaited, deadline_s) in [
        (Awaited::Answer(unit), 1),
        (Awaited::Settled, 20),
        (Awaited::Sync(unit), 20),
        (Awaited::CaughtUp, 20),
        (Awaited::Config(unit), 300),
        (Awaited::Bulk(unit), 4_000),
        (Awaited::Module(unit), 50_000),
        (Awaited::Boot(unit), 60_000),
        (Awaited::Copy(unit), 700_001),
        (Awaited::Soak, 800_001),
        (Awaited::Quiet, 71),
        (Awaited::Switch, 81),
        (Awaited::Preempt(TWO), 90 + 5 + 20),
        (Awaited::Preempt(ONE), 90 + 20),
        (Awaited::Ready, 400),
    ] {
        assert_eq!(scene.view().deadline_s(awaited), deadline_s, "{awaited:?}");
    }
    scene.brief.policy.silence_s = 401;
    assert_eq!(scene.view().deadline_s(Awaited::Ready), 401, "a unit may be silent for as long meanwhile");
}

/// A pair of which one unit was never read is not settled, whatever the other says.
#[test]
fn a_unit_that_was_not_read_is_named() {
    for role in Role::BOTH {
        let mut scene = active_standby();
        assert_eq!(settled(&scene.brief, &scene.observed), Ok(()));
        pair_of_mut(&mut scene.observed, role).sight = None;
        let why = settled(&scene.brief, &scene.observed).unwrap_err();
        assert_eq!(why, Unsettled::Unseen(role));
        assert_eq!(why.to_string(), format!("{role} was not read"));
    }
}

/// Beyond the last stop there is no image to be proven, and no yes.
#[test]
fn there_is_no_way_on_from_the_last_stop() {
    let scene = active_standby();
    let (unit, found) = (Role::Primary, "9.8(4)".to_owned());
    let halts = Err(Decision::Halt(Reason::OffTheWay { unit, found }));
    assert_eq!(stage::ready(&scene.view(), 2), halts);
    assert_eq!(stage::still(&scene.view(), 2, unit), halts);
    assert_eq!(stage::still(&scene.view(), 1, unit), Ok(()));
    let mut unlisted = scene;
    pair_of_mut(&mut unlisted.observed, unit).flash.clear();
    let reads = Err(Decision::Read { unit, command: Command::Dir { disk: 0 } });
    assert_eq!(stage::ready(&unlisted.view(), 1), reads);
    assert_eq!(stage::still(&unlisted.view(), 1, unit), reads);
}

/// Of two rows for one module the worse counts, in whichever order they are printed.
#[test]
fn a_module_that_is_printed_twice_is_up_where_both_rows_say_so() {
    let up = |rows: [&str; 2]| {
        let rows = rows.map(|status| {
            format!("                slot 1: SFR5525 hw/sw rev (N/A/5.3.1-152) status ({status})\n")
        });
        let text = format!(
            "Failover On \nFailover unit Primary\nFailover LAN Interface: folink GigabitEthernet0/7 (up)\n\
             \x20       This host: Primary - Active \n                Active time: 34 (sec)\n{}\
             \x20       Other host: Secondary - Standby Ready \n                Active time: 0 (sec)\n",
            rows.concat()
        );
        Sight::of(&crate::show::failover(&text).unwrap()).modules.get("1 SFR5525").copied()
    };
    assert_eq!(up(["Up/Up", "Up/Up"]), Some(true));
    assert_eq!(up(["Up/Up", "Down/Up"]), Some(false));
    assert_eq!(up(["Down/Up", "Up/Up"]), Some(false));
    assert_eq!(up(["Down/Up", "Down/Up"]), Some(false));
}
