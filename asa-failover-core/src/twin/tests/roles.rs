//! A pair that flaps, a synchronisation without end, units whose interfaces are not the same in number, and
//! lines of a configuration that are never taken.

use super::super::{Address, Fault, Mismatch, Spec};
use super::{Client, OLD, standby, texts};
use crate::unit::{GroupId, Role, Standing};

fn monitored(mut spec: Spec) -> Spec {
    spec.monitor = true;
    spec
}

#[test]
fn a_group_that_goes_to_and_fro_is_logged() {
    let mut client = Client::at(monitored(texts::active_active()), Address::Active);
    client.say("changeto system");
    let two = GroupId::new(2);
    let mut said = String::new();
    for _ in 0..3 {
        client.pair.inject(Fault::SpontaneousFailover(two));
        said += &client.wait(5.0);
    }
    assert!(!said.contains("105037"), "{said}");
    client.wait(61.0);
    for _ in 0..4 {
        client.pair.inject(Fault::SpontaneousFailover(two));
        said += &client.wait(5.0);
    }
    let flaps = "%ASA-1-105037: (Primary) Both units are switching back and forth as the active unit\n";
    assert_eq!(said.matches(flaps).count(), 1, "{said}");
}

#[test]
fn a_synchronisation_that_does_not_end_within_six_hours_ends_in_a_reload() {
    let mut client = Client::at(monitored(standby()), Address::Active);
    client.pair.inject(Fault::StuckIn(Role::Secondary, Standing::SyncConfig));
    client.say("write standby");
    client.wait(6.0 * 3_600.0);
    assert_eq!(client.pair.report().reboots, [0, 0], "it began two seconds later");
    let said = client.wait(3.0);
    assert!(said.contains("%ASA-1-105020: (Primary) Incomplete/slow config replication\n"), "{said}");
    assert_eq!(client.pair.report().reboots, [0, 1]);
    assert!(client.pair.report().is_clean(), "{}", client.pair.report());
    let mut spec = standby();
    spec.timings.sync_config = std::time::Duration::from_secs(7 * 3_600);
    let mut client = Client::at(spec, Address::Active);
    client.say("write standby");
    client.wait(6.0 * 3_600.0 + 10.0);
    assert_eq!(client.pair.report().reboots, [0, 1], "whatever makes it slow");
}

/// Failover stays on. The configuration names interfaces that are not there, and its synchronisation comes to
/// no end, each time.
#[test]
fn a_unit_with_fewer_interfaces_is_never_ready() {
    let mut client = Client::at(monitored(standby()), Address::Active);
    client.pair.inject(Fault::Mismatched(Role::Secondary, Mismatch::Interfaces));
    client.say("failover reload-standby");
    let said = client.wait(900.0);
    for text in [
        "%ASA-1-103008: (Primary) Mate hwdib index 3 is not identical with ours.\n",
        "%ASA-1-105041: cmd failed during sync\n",
        "%ASA-1-105020: (Primary) Incomplete/slow config replication\n",
    ] {
        assert!(said.contains(text), "no {text:?} in {said}");
    }
    assert!(client.pair.report().reboots[1] >= 2, "{}", client.pair.report());
    assert!(client.say("show failover").starts_with("show failover\nFailover On \n"));
    assert!(client.pair.report().is_clean());
}

#[test]
fn lines_that_are_never_taken_say_so() {
    let mut client = Client::at(texts::active_active(), Address::Active);
    client.say("configure terminal");
    let said = client.say("no object-group network SERVERS");
    assert!(said.contains("\nRemoving object-group (SERVERS) failed; it does not exist\n"), "{said}");
    let mut client = Client::at(texts::active_active(), Address::Active);
    client.say("changeto system");
    client.say("configure terminal");
    assert_eq!(client.say("config-url disk0:/ctx1.cfg"), "config-url disk0:/ctx1.cfg\nfw/pri/act(config)# ");
    client.say("no failover active group 2");
    client.say("failover active group 2");
    client.wait(5.0);
    client.pair.inject(Fault::Console(Role::Primary, "write standby".to_owned()));
    client.wait(3.0);
    let said = client.say("config-url disk0:/ctx1.cfg");
    assert!(said.contains("\nCommand Failed. Configuration in progress...\n"), "{said}");
    // In single mode there is no context, and so no such line.
    let mut client = Client::at(Spec::active_standby("ASA5525", OLD), Address::Active);
    client.say("configure terminal");
    assert!(client.say("config-url disk0:/ctx1.cfg").contains("Invalid input"));
}

/// Help comes at once, without Enter, and the line stands again behind its prompt.
#[test]
fn a_question_mark_asks_for_help() {
    let mut client = Client::at(standby(), Address::Active);
    let said = client.type_raw("show failover ?");
    let help = "show failover ?\n  <cr>\n  group\n  history\n  state\nfw/pri/act# show failover ";
    assert_eq!(said, help);
    assert!(client.type_raw("state\r").contains("====Configuration State==="));
    assert!(client.type_raw("bogus ?\u{15}").contains("\nERROR: % Unrecognized command\n"));
}

/// Every scene of this file that prints a text of the table.
pub(super) fn every_scene() {
    for scene in [
        a_group_that_goes_to_and_fro_is_logged,
        a_synchronisation_that_does_not_end_within_six_hours_ends_in_a_reload,
        a_unit_with_fewer_interfaces_is_never_ready,
        lines_that_are_never_taken_say_so,
        a_question_mark_asks_for_help,
    ] {
        scene();
    }
}
