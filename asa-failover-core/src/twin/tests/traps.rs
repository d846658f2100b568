//! The traps of the published procedure: scripts that follow it literally, and the outage each causes
//! on a pair without any fault (C1 to C4).

use super::super::oracle::OffenceKind;
use super::super::{Address, Cause, Fault, RoleWhenNotReady, Spec};
use super::{Client, NEW, OLD, standby};
use crate::unit::{GroupId, Role};

const IMAGE: &str = "disk0:/asa984-48-smp-k8.bin";
const FORMER: &str = "disk0:/asa984-smp-k8.bin";

/// Puts the new image first in the boot list, and saves it if told to.
fn prepare(client: &mut Client, save: bool) {
    for line in ["configure terminal", &format!("no boot system {FORMER}"), &format!("boot system {IMAGE}")] {
        client.say(line);
    }
    client.say(&format!("boot system {FORMER}"));
    client.say("end");
    if save {
        client.say("write memory");
        client.wait(1.0);
    }
}

fn staged() -> Spec {
    standby().with_staged(NEW)
}

#[test]
fn c1_standby_ready_is_stale_and_the_role_goes_to_a_dead_unit() {
    let mut client = Client::at(staged(), Address::Active);
    prepare(&mut client, true);
    client.say("failover reload-standby");
    client.wait(5.0);
    assert!(client.say("show failover").contains("Other host: Secondary - Standby Ready \n"));
    client.say("no failover active");
    client.pass(60);
    let report = client.pair.report();
    let [gap] = report.gaps.as_slice() else { panic!("{report}") };
    assert_eq!((gap.cause, gap.after), (Cause::CommandedSwitch, Some(Role::Primary)));
    assert!(gap.length.as_secs() >= 10 && !gap.is_expected() && !report.is_clean(), "{report}");
}

#[test]
fn c1_nothing_happens_where_the_unit_knows_better_after_the_hold_time() {
    for reading in [RoleWhenNotReady::Refuse, RoleWhenNotReady::Ignore] {
        let mut spec = staged();
        spec.role_when_not_ready = reading;
        let mut client = Client::at(spec, Address::Active);
        client.say("failover reload-standby");
        client.wait(30.0);
        assert!(client.say("show failover").contains("Other host: Secondary - Failed \n"));
        client.say("no failover active");
        client.pass(60);
        assert_eq!(client.pair.report().gaps, []);
    }
}

/// The answer of the taker tells what the display does not within the hold time.
#[test]
fn c1_nothing_happens_within_the_hold_time_where_the_unit_asks_its_mate() {
    for (reading, gaps) in [(RoleWhenNotReady::Refuse, 1), (RoleWhenNotReady::Confirm, 0)] {
        for fault in [Fault::Crash(Role::Secondary), Fault::FailoverLinkDown] {
            let mut spec = staged();
            spec.role_when_not_ready = reading;
            let mut client = Client::at(spec, Address::Active);
            client.pair.inject(fault);
            assert!(client.say("show failover").contains("Other host: Secondary - Standby Ready \n"));
            let refused = client.say("no failover active").contains("the other unit is not ready");
            client.pass(60);
            let report = client.pair.report();
            assert_eq!((refused, report.gaps.len()), (gaps == 0, gaps), "{reading:?}: {report}");
        }
    }
}

#[test]
fn c2_a_switch_into_a_synchronising_mate_loses_its_state() {
    let mut client = Client::at(staged(), Address::Active);
    prepare(&mut client, true);
    client.say("failover reload-standby");
    client.wait(20.0);
    client.wait_for("Other host: Secondary - Bulk Sync");
    client.say("no failover active");
    client.pass(60);
    let report = client.pair.report();
    assert!(
        report.offences.iter().any(|offence| offence.kind == OffenceKind::StateLost(GroupId::UNIT)),
        "{report}"
    );
    assert_eq!(client.active(), Some(Role::Secondary));
    assert!(!report.is_clean());
}

#[test]
fn c3_an_unsaved_boot_entry_boots_the_old_image() {
    let mut client = Client::at(staged(), Address::Active);
    prepare(&mut client, false);
    client.say("failover reload-standby");
    client.wait(60.0);
    client.wait_for("Other host: Secondary - Standby Ready");
    assert!(client.say("show failover").contains("\nVersion: Ours 9.8(4), Mate 9.8(4)\n"));
}

#[test]
fn c4_the_address_moved_and_reload_reaches_the_new_active_unit() {
    let mut client = Client::at(staged(), Address::Active);
    prepare(&mut client, true);
    client.say("failover reload-standby");
    client.wait(60.0);
    client.wait_for("Other host: Secondary - Standby Ready");
    client.say("no failover active");
    client.pass(5);
    // "The former active unit" is still sought at the address where it was.
    client.login(Address::Active);
    client.say("reload");
    client.type_raw("\r");
    client.pass(60);
    let report = client.pair.report();
    let reload = OffenceKind::ReloadOfActiveUnit("reload".to_owned());
    assert!(
        report.offences.iter().any(|offence| offence.kind == reload && offence.role == Role::Secondary),
        "{report}"
    );
    assert!(report.gaps.iter().any(|gap| gap.cause == Cause::Reload), "{report}");
    assert!(report.to_string().contains("NOT clean"));
}

#[test]
fn c6_preempt_moves_a_group_home_before_the_script_looks() {
    let spec = Spec::active_active("ASA5525", OLD).with_staged(NEW).with_preempt(GroupId::new(2), 30);
    let mut client = Client::at(spec, Address::Active);
    client.say("changeto system");
    prepare(&mut client, true);
    client.say("failover active");
    client.wait(5.0);
    client.say("failover reload-standby");
    client.wait(60.0);
    client.wait_for("Other host:   Secondary\n  Group 1       State:          Standby Ready\n");
    client.wait(40.0);
    let text = client.say("show failover");
    assert!(text.contains("  Group 2       State:          Active\n"), "{text}");
    assert!(text.split_once("Other host").unwrap().1.contains("Group 2       State:          Active\n"));
    assert!(client.pair.report().is_clean(), "{}", client.pair.report());
}

#[test]
fn c1_a_switch_before_the_shutdown_reaches_a_unit_that_is_about_to_go_down() {
    let mut client = Client::at(staged(), Address::Active);
    prepare(&mut client, true);
    client.say("failover reload-standby");
    client.say("no failover active");
    client.pass(60);
    let report = client.pair.report();
    assert!(
        !report.is_clean() && report.gaps.iter().any(|gap| gap.cause == Cause::ReloadStandby),
        "{report}"
    );
    let went = OffenceKind::ActiveUnitWentDown(Cause::ReloadStandby);
    assert!(report.offences.iter().any(|offence| offence.kind == went), "{report}");
}
