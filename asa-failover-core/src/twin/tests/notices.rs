//! What a unit prints by itself, what it logs, and the reasons in its history.

use super::super::{Address, Fault, Mismatch, NoAnswer, Spec, Wording};
use super::{Client, NEW, OLD, standby};
use crate::unit::{GroupId, Role};

fn monitored(mut spec: Spec) -> Spec {
    spec.monitor = true;
    spec
}

#[track_caller]
fn heard(said: &str, texts: &[&str]) {
    for text in texts {
        assert!(said.contains(text), "no {text:?} in: {said}");
    }
    // Each message of the log is one that the core knows; the sixth session is none of failover.
    let table = include_str!("../../../data/syslog.csv");
    for line in said.lines().filter(|line| line.starts_with("%ASA-")) {
        let [severity, id] = [1, 2].map(|part| line.split(['-', ':']).nth(part).unwrap());
        let listed = table.lines().any(|row| row.starts_with(&format!("{id},{severity},")));
        assert!(listed || id == "710004", "{line}");
    }
}

#[test]
fn both_units_tell_of_a_sync() {
    let mut spec = monitored(standby().with_staged(NEW));
    spec.unit_mut(Role::Secondary).startup_boot = vec!["asa984-48-smp-k8.bin".to_owned()];
    let mut client = Client::at(spec, Address::Active);
    client.say("failover reload-standby");
    let said = client.wait(600.0);
    heard(
        &said,
        &[
            "%ASA-1-103001: (Primary) No response from other firewall (reason code = 1).\n",
            "%ASA-1-105005: (Primary) Lost Failover communications with mate on interface inside\n",
            "\n   Mate version 9.8(4)48 is not identical with ours 9.8(4)\n***",
            "%ASA-1-103007: (Primary) Mate version 9.8(4)48 is not identical with ours 9.8(4)\n",
            "\nBeginning configuration replication: Sending to mate.\n",
            "\nEnd Configuration Replication to mate\n",
        ],
    );
}

#[test]
fn the_history_names_who_was_told_and_who_was_wanted() {
    let history = |client: &mut Client| client.say("show failover history");
    let mut client = Client::at(monitored(standby()), Address::Active);
    client.say("no failover active");
    client.pass(5);
    client.login(Address::Standby);
    let told = "Active                     Standby Ready              Set by the config command\n";
    assert!(history(&mut client).contains(told));
    client.login(Address::Active);
    let wanted = "Active Config Applied      Active                     Other unit wants me Active\n";
    assert!(history(&mut client).contains(wanted));
    // The taker says that it was told when it was.
    client.login(Address::Standby);
    client.say("failover active");
    client.pass(5);
    client.login(Address::Active);
    let told = "Active Config Applied      Active                     Set by the config command\n";
    assert!(history(&mut client).contains(told));
    client.login(Address::Standby);
    let wanted = "Active                     Standby Ready              Other unit wants me Standby\n";
    assert!(history(&mut client).contains(wanted));
}

#[test]
fn a_change_of_role_is_logged_with_its_reason() {
    // In a pair with groups the session stays where group 1 is.
    let mut client = Client::at(monitored(Spec::active_active("ASA5525", OLD)), Address::Active);
    client.say("changeto system");
    let mut said = client.say("failover active group 2");
    said += &client.wait(5.0);
    said += &client.say("no failover active group 2");
    said += &client.wait(5.0);
    client.pair.inject(Fault::SpontaneousFailover(GroupId::new(2)));
    said += &client.wait(5.0);
    heard(
        &said,
        &[
            "%ASA-1-104001: (Primary) Switching to ACTIVE - Interface check.\n",
            "%ASA-1-104001: (Primary) Switching to ACTIVE - Set by the config command.\n",
            "%ASA-1-104002: (Primary) Switching to STANDBY - Set by the config command.\n",
        ],
    );
}

#[test]
fn the_mate_that_is_wanted_logs_it() {
    let logged = |wording: Wording| {
        let mut spec = monitored(Spec::active_active("ASA5525", OLD));
        spec.wording = wording;
        let mut client = Client::at(spec, Address::Active);
        client.pair.inject(Fault::Console(Role::Secondary, "no failover active group 2".to_owned()));
        client.wait(5.0)
    };
    heard(
        &logged(Wording::Believed),
        &[
            "%ASA-1-104001: (Primary) Switching to ACTIVE - mate want me Active.\n",
            "\n\tSwitching to Active\n",
        ],
    );
    heard(
        &logged(Wording::Other),
        &["ACTIVE - other unit set to active by CLI config command fail active.\n"],
    );
}

#[test]
fn a_failed_unit_says_so_and_does_not_become_active() {
    let mut client = Client::at(monitored(standby()), Address::Active);
    client.pair.inject(Fault::ReturnsFailed(Role::Secondary));
    client.say("failover reload-standby");
    client.wait(600.0);
    client.login(Address::Standby);
    let said = client.say("failover active");
    heard(&said, &["%ASA-1-104002: (Secondary) Switching to STANDBY - in failed state, cannot be active\n"]);
    let history = client.say("show failover history");
    assert!(
        history.contains("Negotiation                Failed                     Interface check\n"),
        "{history}"
    );
    let state = client.say("show failover state");
    assert!(
        state.contains("This host  -   Secondary\n               Failed         Ifc Failure "),
        "{state}"
    );
    let said = client.say("failover reset");
    heard(&said, &["%ASA-1-104004: (Secondary) Switching to OK.\n"]);
}

#[test]
fn a_sync_that_fails_is_logged_on_both() {
    for (fault, texts) in [
        (
            Fault::RebootsAgain(Role::Secondary),
            ["%ASA-1-105020: (Primary) Incomplete/slow config replication\n", "reason code = 5"],
        ),
        (Fault::SyncLocked(Role::Secondary), ["%ASA-1-105020: (Primary) ", "reason code = 5"]),
    ] {
        let mut client = Client::at(monitored(standby()), Address::Active);
        client.pair.inject(fault);
        client.say("failover reload-standby");
        let said = client.wait(760.0);
        heard(&said, &texts);
    }
    // The one that takes it logs why on its console alone.
    let mut client = Client::at(monitored(Spec::active_active("ASA5525", OLD)), Address::Standby);
    client.pair.inject(Fault::SyncLocked(Role::Secondary));
    client.pair.inject(Fault::Console(Role::Primary, "write standby".to_owned()));
    client.wait(4.0);
    assert!(!client.is_open(), "its sessions end with the old configuration");
}

#[test]
fn the_failover_link_goes_and_comes() {
    let mut client = Client::at(monitored(standby()), Address::Active);
    client.pair.inject(Fault::FailoverLinkDown);
    let said = client.wait(5.0);
    heard(&said, &["%ASA-1-105032: (Primary) LAN Failover interface is down\n"]);
    client.pair.inject(Fault::FailoverLinkUp);
    let said = client.heard();
    let back = [
        "%ASA-1-105031: (Primary) Failover LAN interface is up\n",
        "\nFailover LAN became OK\nSwitchover enabled\n",
    ];
    heard(&said, &back);
}

#[test]
fn what_two_units_differ_in_has_its_number() {
    for (mismatch, texts) in [
        (
            Mismatch::Version,
            [
                "\nMate version 9.8(4) is not compatible with ours 9.8(4)\n",
                "%ASA-1-103006: (Primary) Mate version 9.8(4) is not compatible with ours 9.8(4)\n",
                "%ASA-1-105040: (Primary) Mate failover version is not compatible.\n",
            ],
        ),
        (
            Mismatch::Licence,
            [
                "\nMate's license (3DES-AES Enabled) is not compatible with my license (3DES-AES Disabled). Failover",
                "%ASA-1-105045: (Primary) Mate license (2 contexts) is not compatible with my license (5 contexts).",
                "%ASA-1-105001: (Primary) Disabling failover.\n",
            ],
        ),
        (
            Mismatch::Mode,
            ["%ASA-1-105044: (Primary) Mate operational mode (Multi) is not", "\nMate oper", "105001"],
        ),
        (
            Mismatch::Chassis,
            ["%ASA-1-105046: (Primary) Mate has a different chassis\n", "\nMate has a d", "105001"],
        ),
        (
            Mismatch::Card,
            ["%ASA-1-105047: (Primary) Mate has a SSM-4GE card in slot 1", "\nMate has a S", "105001"],
        ),
        (
            Mismatch::ServiceModule,
            ["%ASA-1-105048: (Primary) Mate's service module (SFR)", "\nMate's ser", "105001"],
        ),
    ] {
        let mut client = Client::at(monitored(standby()), Address::Active);
        client.pair.inject(Fault::Mismatched(Role::Secondary, mismatch));
        client.say("failover reload-standby");
        let said = client.wait(600.0);
        heard(&said, &texts);
        client.login(Address::Standby);
        let history = client.say("show failover history");
        assert!(
            history.contains("Negotiation                Disabled                   Failover state check"),
            "{history}"
        );
    }
}

#[test]
fn a_unit_may_come_back_with_failover_off_and_is_active() {
    let mut client = Client::at(standby(), Address::Active);
    client.pair.inject(Fault::StaysOff(Role::Secondary));
    client.say("failover reload-standby");
    client.wait(600.0);
    assert_eq!(client.pair.report().doubles.len(), 1, "both forward");
    assert!(client.say("show running-config failover").contains("\nfailover\n"), "this unit's is on");
    assert!(client.say("show failover").contains("Other host: Secondary - Failed "), "it is not heard");
    client.pair.inject(Fault::Console(Role::Secondary, "failover".to_owned()));
    client.wait(60.0);
    assert!(client.say("show failover").contains("Other host: Secondary - Standby Ready "));
}

#[test]
fn a_unit_that_was_replaced_has_another_serial_and_another_host_key_until_it_synchronised() {
    let mut spec = standby();
    spec.timings.cold = std::time::Duration::from_secs(30);
    let mut client = Client::at(spec, Address::Active);
    let keys = |pair: &super::super::Pair| [Address::Active, Address::Standby].map(|at| pair.host_key(at));
    assert_eq!(keys(&client.pair), [Some(1), Some(1)]);
    client.pair.inject(Fault::Replaced(Role::Secondary, "JAD000000A9".to_owned()));
    client.say("failover reload-standby");
    client.wait_for("Cold Standby");
    assert_eq!(keys(&client.pair), [Some(1), Some(2)]);
    client.wait_for("Serial Number: Ours JAD000000A1, Mate JAD000000A9\n");
    client.wait_for("Other host: Secondary - Standby Ready ");
    assert_eq!(keys(&client.pair), [Some(1), Some(1)], "the pair's own");
}

#[test]
fn noise_comes_with_a_configuration_on_a_virtual_unit() {
    let mut spec = Spec::active_standby("ASAv", OLD);
    spec.interfaces[1].addresses[1] = "0.0.0.0".to_owned();
    let mut client = Client::at(spec, Address::Standby);
    let waits = "Interface inside (0.0.0.0): Normal (Waiting)\n";
    assert!(client.say("show failover").contains(waits));
    client.pair.inject(Fault::Console(Role::Primary, "write standby".to_owned()));
    client.wait(60.0);
    // Its sessions were dropped before; only the console has it.
    assert!(!client.is_open());
    assert!(client.pair.connect(Address::Standby).is_ok());
}

#[test]
fn a_sixth_session_is_logged() {
    let mut client = Client::at(monitored(standby()), Address::Active);
    for _ in 0..4 {
        client.pair.connect(Address::Active).unwrap();
    }
    assert_eq!(client.pair.connect(Address::Active), Err(NoAnswer::SessionLimit));
    let said = client.heard();
    heard(
        &said,
        &["TCP connection limit exceeded from 192.0.2.10/50022 to outside:192.0.2.1/ssh", "= 5/5)\n"],
    );
}

#[test]
fn a_reload_is_told_on_every_terminal() {
    let mut client = Client::at(standby(), Address::Standby);
    client.pair.inject(Fault::Console(Role::Primary, "failover reload-standby".to_owned()));
    heard(&client.wait(4.0), &["*** Message to all terminals:\n***\n***   requested by active unit\n"]);
    let mut client = Client::at(Spec::active_active("ASA5525", OLD), Address::Active);
    client.say("changeto system");
    client.say("reload");
    client.type_raw("\r");
    heard(
        &client.wait(4.0),
        &["*** --- START GRACEFUL SHUTDOWN ---\nShutting down isakmp\nShutting down webvpn\n"],
    );
    client.pass(600);
    client.login(Address::Standby);
    client.say("changeto system");
    let history = client.say("show failover history");
    heard(
        &history,
        &[
            "    0     Disabled                   Negotiation                Failover state check\n",
            "    1     Disabled                   Negotiation                Failover state check\n",
            "    0     Bulk Sync                  Standby Ready              Detected an Active mate\n",
        ],
    );
}

#[test]
fn a_unit_that_boots_alone_found_no_active_unit() {
    let mut client = Client::at(standby(), Address::Active);
    client.pair.inject(Fault::NeverReturns(Role::Primary));
    client.pair.inject(Fault::Crash(Role::Primary));
    client.pair.inject(Fault::Crash(Role::Secondary));
    client.pass(600);
    client.login(Address::Active);
    let history = client.say("show failover history");
    heard(
        &history,
        &[
            "Not Detected               Negotiation                No Error\n",
            "Negotiation                Just Active                No Active unit found\n",
        ],
    );
    let mut client = Client::at(standby(), Address::Standby);
    client.pair.inject(Fault::Crash(Role::Primary));
    client.pass(20);
    client.login(Address::Active);
    heard(&client.say("show failover history"), &["Active                     HELLO not heard from mate\n"]);
}

#[test]
fn a_forced_resync_is_a_mismatch_of_the_configuration() {
    for (wording, reason) in [
        (Wording::Believed, "Configuration mismatch\n"),
        (Wording::Other, "mismatch due to wr standby in active\n"),
    ] {
        let mut spec = standby();
        spec.wording = wording;
        let mut client = Client::at(spec, Address::Active);
        client.say("write standby");
        client.wait(60.0);
        client.login(Address::Standby);
        let history = client.say("show failover history");
        assert_eq!(history.matches(reason).count(), 5, "{history}");
    }
}

/// Every scene of this file, for the test that looks for texts that never come.
pub(super) fn every_scene() {
    for scene in [
        both_units_tell_of_a_sync,
        the_history_names_who_was_told_and_who_was_wanted,
        a_change_of_role_is_logged_with_its_reason,
        the_mate_that_is_wanted_logs_it,
        a_failed_unit_says_so_and_does_not_become_active,
        a_sync_that_fails_is_logged_on_both,
        the_failover_link_goes_and_comes,
        what_two_units_differ_in_has_its_number,
        a_unit_may_come_back_with_failover_off_and_is_active,
        noise_comes_with_a_configuration_on_a_virtual_unit,
        a_sixth_session_is_logged,
        a_reload_is_told_on_every_terminal,
        a_unit_that_boots_alone_found_no_active_unit,
        a_forced_resync_is_a_mismatch_of_the_configuration,
    ] {
        scene();
    }
}
