//! Interfaces and modules that fail: how each is shown, by release, and what it does to a standing.

use super::super::{Address, Cause, Fault, FaultKind, InterfaceFault, Spec, What, Wording};
use super::{Client, standby};
use crate::unit::{GroupId, Role, Standing};

fn down(role: Role, name: &str, how: InterfaceFault) -> Fault {
    Fault::InterfaceDown(role, name.to_owned(), how)
}

fn up(role: Role, name: &str) -> Fault {
    Fault::InterfaceUp(role, name.to_owned())
}

fn on(version: &str) -> Spec {
    Spec::active_standby("ASA5525", version.parse().unwrap())
}

/// How a unit shows its own interface and that of its mate.
fn shown(client: &mut Client, name: &str) -> [String; 2] {
    let text = client.say("show failover");
    let head = format!("Interface {name} (");
    let mut lines = text.lines().filter_map(|line| Some(line.split_once(&head)?.1.split_once("): ")?.1));
    [lines.next(), lines.next()].map(|state| state.expect("the interface is shown").to_owned())
}

fn mate(client: &mut Client) -> String {
    let text = client.say("show failover");
    text.lines().find_map(|line| line.trim().strip_prefix("Other host: ")).unwrap().trim().to_owned()
}

#[test]
fn a_link_that_is_lost_fails_its_unit_after_five_seconds_and_is_mended() {
    let mut client = Client::at(standby(), Address::Active);
    client.pair.inject(down(Role::Secondary, "inside", InterfaceFault::NoLink));
    assert_eq!(shown(&mut client, "inside"), ["Normal (Waiting)", "No Link (Waiting)"]);
    assert_eq!(shown(&mut client, "outside"), ["Normal (Monitored)"; 2]);
    client.wait(4.9);
    assert_eq!(mate(&mut client), "Secondary - Standby Ready");
    client.wait(0.2);
    assert_eq!(mate(&mut client), "Secondary - Failed");
    assert!(client.say("failover exec mate show mode").contains("unable to communicate with mate"));
    client.pair.inject(up(Role::Secondary, "inside"));
    assert_eq!(shown(&mut client, "inside"), ["Normal (Monitored)", "Normal (Waiting)"]);
    client.wait(10.1);
    assert_eq!(mate(&mut client), "Secondary - Standby Ready");
    assert_eq!(shown(&mut client, "inside"), ["Normal (Monitored)"; 2]);
    let standings: Vec<_> = client
        .pair
        .history()
        .iter()
        .filter_map(|happening| match &happening.what {
            What::Standing { to, cause: Cause::Fault, .. } => Some((happening.role, to.clone())),
            _ => None,
        })
        .collect();
    assert_eq!(standings, [(Role::Secondary, Standing::Failed), (Role::Secondary, Standing::StandbyReady)]);
}

#[test]
fn silence_is_tested_and_then_a_failure_that_each_release_shows_in_its_words() {
    for (version, normal, testing, failed) in [
        ("8.2(5)", "Normal ", "Testing ", ["Failed (Waiting)", "Failed "]),
        ("9.8(4)", "Normal (Monitored)", "Testing (Waiting)", ["Failed (Waiting)", "Failed "]),
        ("9.23(1)", "Normal (Monitored)", "Testing (Waiting)", ["No Traffic (Waiting)"; 2]),
    ] {
        let mut client = Client::at(on(version), Address::Active);
        assert_eq!(shown(&mut client, "inside")[1], normal);
        client.pair.inject(down(Role::Secondary, "inside", InterfaceFault::NoTraffic));
        for (wait, state) in
            [(0.0, "Normal (Waiting)"), (13.0, testing), (12.0, failed[0]), (60.0, failed[1])]
        {
            client.wait(wait);
            assert_eq!(shown(&mut client, "inside")[1], state, "{version}");
        }
        assert_eq!(mate(&mut client), "Secondary - Failed");
    }
}

#[test]
fn an_active_unit_gives_way_to_a_mate_that_is_ready_and_to_no_other() {
    let mut client = Client::at(standby(), Address::Active);
    client.pair.inject(down(Role::Primary, "outside", InterfaceFault::NoLink));
    client.pass(10);
    assert_eq!(client.active(), Some(Role::Secondary));
    let report = client.pair.report();
    assert!(report.is_blameless() && report.gaps.len() == 1, "{report}");
    assert_eq!((report.gaps[0].cause, report.gaps[0].before), (Cause::Fault, Role::Primary));
    client.login(Address::Active);
    assert_eq!(shown(&mut client, "outside"), ["Normal (Waiting)", "No Link (Waiting)"]);
    let state = client.say("show failover state");
    let line = "Other host -   Primary\n               Failed         Ifc Failure              ";
    assert!(
        state.contains(line) && state.contains("\n                              outside: Failed\n"),
        "{state}"
    );
    assert!(
        client
            .say("show failover history")
            .contains("Active Config Applied      Active                     Interface check")
    );
    // Mended, it is standby and no role moves.
    client.pair.inject(up(Role::Primary, "outside"));
    client.pass(60);
    assert_eq!((client.active(), client.pair.report().gaps.len()), (Some(Role::Secondary), 1));
    assert_eq!(mate(&mut client), "Primary - Standby Ready");
    // Each is worse than the other by one: neither has anybody to give way to, until one is mended.
    client.pair.inject(down(Role::Primary, "inside", InterfaceFault::NoLink));
    client.pass(10);
    client.pair.inject(down(Role::Secondary, "outside", InterfaceFault::NoLink));
    client.pass(60);
    assert_eq!(client.active(), Some(Role::Secondary));
    client.pair.inject(up(Role::Primary, "inside"));
    client.pass(20);
    assert_eq!(client.active(), Some(Role::Primary));
}

#[test]
fn what_both_have_lost_and_what_nobody_watches_does_not_count() {
    let mut spec = standby();
    spec.interfaces[0].monitored = false;
    let mut client = Client::at(spec, Address::Active);
    for role in Role::BOTH {
        client.pair.inject(down(role, "inside", InterfaceFault::NoLink));
    }
    client.pair.inject(down(Role::Secondary, "outside", InterfaceFault::NoLink));
    client.pair.inject(down(Role::Primary, "outside", InterfaceFault::NoTraffic));
    client.wait(60.0);
    assert_eq!(mate(&mut client), "Secondary - Standby Ready");
    assert_eq!(shown(&mut client, "inside"), ["No Link (Waiting)"; 2]);
    assert_eq!(shown(&mut client, "outside"), ["Normal (Not-Monitored)", "No Link (Not-Monitored)"]);
    client.pair.inject(down(Role::Secondary, "dmz", InterfaceFault::NoLink));
    let last = client.pair.history().iter().filter(|of| matches!(of.what, What::Struck { .. })).count();
    assert_eq!(last, 4, "there is no such interface");
    // Without the failover link nothing is compared.
    let mut client = Client::at(standby(), Address::Active);
    client.pair.inject(Fault::FailoverLinkDown);
    client.pair.inject(down(Role::Secondary, "inside", InterfaceFault::NoLink));
    client.pass(60);
    client.login(Address::Standby);
    assert!(client.say("show failover").contains("This host: Secondary - Standby Ready "));
    client.pair.inject(Fault::FailoverLinkUp);
    client.pass(5);
    assert!(client.say("show failover").contains("This host: Secondary - Failed "));
}

#[test]
fn an_interface_is_shut_down_on_both_by_the_active_unit_and_on_one_by_the_other() {
    let mut client = Client::at(standby(), Address::Active);
    client.pair.inject(down(Role::Primary, "inside", InterfaceFault::ShutDown));
    client.wait(60.0);
    assert_eq!(shown(&mut client, "inside"), ["Link Down (Waiting)"; 2]);
    assert_eq!(mate(&mut client), "Secondary - Standby Ready");
    assert!(client.say("show running-config").contains("\n shutdown\n nameif inside\n"));
    client.pair.inject(up(Role::Primary, "inside"));
    client.wait(11.0);
    assert_eq!(shown(&mut client, "inside"), ["Normal (Monitored)"; 2]);
    client.pair.inject(down(Role::Secondary, "inside", InterfaceFault::ShutDown));
    client.wait(6.0);
    assert_eq!(mate(&mut client), "Secondary - Failed");
    // It was not saved, and a configuration that is taken anew has it not.
    client.say("write standby");
    client.wait(60.0);
    assert_eq!(mate(&mut client), "Secondary - Standby Ready");
}

#[test]
fn a_group_fails_by_the_interfaces_of_its_own_contexts() {
    let two = GroupId::new(2);
    let spec = Spec::active_active("ASA5525", "9.8(4)".parse().unwrap());
    let mut client = Client::at(spec, Address::Active);
    client.say("changeto system");
    client.pair.inject(down(Role::Secondary, "ctx2/outside", InterfaceFault::NoLink));
    client.wait(10.0);
    let standing = |client: &Client, role| client.pair.unit(role).standing(two).clone();
    assert_eq!(standing(&client, Role::Secondary), Standing::Failed);
    assert_eq!(standing(&client, Role::Primary), Standing::Active);
    assert_eq!(*client.pair.unit(Role::Secondary).standing(GroupId::new(1)), Standing::StandbyReady);
    let text = client.say("show failover state");
    assert!(text.contains("    Group 2    Failed         Ifc Failure"), "{text}");
    assert!(text.contains("\n                              ctx2 outside: Failed\n"), "{text}");
    // A reset does not last while the cause does.
    client.say("failover reset group 2");
    assert_eq!(standing(&client, Role::Secondary), Standing::StandbyReady);
    client.wait(6.0);
    assert_eq!(standing(&client, Role::Secondary), Standing::Failed);
}

#[test]
fn a_dead_module_fails_its_unit_within_two_seconds_and_keeps_no_line_away() {
    for (wording, reason) in
        [(Wording::Believed, "Backplane Failure"), (Wording::Other, "Service card failure")]
    {
        let mut spec = standby();
        spec.wording = wording;
        spec.module = Some("SFR5525".to_owned());
        let mut client = Client::at(spec, Address::Active);
        client.pair.inject(Fault::ModuleDown(Role::Secondary));
        let dead = "\n                slot 1: SFR5525 hw/sw rev (N/A/) status (Unresponsive/Up)\n";
        assert!(client.say("show failover").contains(dead));
        client.wait(2.1);
        assert_eq!(mate(&mut client), "Secondary - Failed");
        assert!(
            client.say("failover exec mate show mode").contains("mode: single"),
            "but for a service card"
        );
        assert!(client.say("show failover state").contains(reason), "{reason}");
        client.pair.inject(Fault::ModuleUp(Role::Secondary));
        client.wait(1.0);
        assert!(client.say("show failover").contains("status (Init/Up)"));
        client.wait(421.0);
        assert_eq!(mate(&mut client), "Secondary - Standby Ready");
        assert_eq!(client.say("show failover").matches("status (Up/Up)").count(), 2);
    }
    let mut client = Client::at(standby(), Address::Active);
    client.pair.inject(Fault::ModuleDown(Role::Primary));
    assert!(client.pair.history().iter().all(|of| !matches!(of.what, What::Struck { .. })), "there is none");
}

#[test]
fn what_fails_is_logged_on_both_units() {
    let mut spec = standby();
    spec.monitor = true;
    spec.module = Some("SFR5525".to_owned());
    let mut client = Client::at(spec, Address::Active);
    let mut said = String::new();
    for (fault, wait) in [
        (down(Role::Primary, "inside", InterfaceFault::NoTraffic), 20.0),
        (up(Role::Primary, "inside"), 20.0),
        (down(Role::Secondary, "outside", InterfaceFault::NoLink), 20.0),
        (up(Role::Secondary, "outside"), 20.0),
        (Fault::ModuleDown(Role::Secondary), 20.0),
        (Fault::ModuleUp(Role::Secondary), 500.0),
        (down(Role::Primary, "inside", InterfaceFault::NoTraffic), 24.9),
    ] {
        client.pair.inject(fault);
        said += &client.wait(wait);
    }
    for text in [
        "%ASA-1-105005: (Primary) Lost Failover communications with mate on interface inside\n",
        "%ASA-1-105008: (Primary) Testing Interface inside\n",
        "%ASA-1-105006: (Primary) Link status 'Up' on interface inside\n",
        "%ASA-1-103003: (Primary) Other firewall network interface 0 failed.\n",
        "%ASA-1-103002: (Primary) Other firewall network interface 0 OK.\n",
        "%ASA-1-103005: (Primary) Other firewall reporting failure. Reason: SSM card failure\n",
    ] {
        assert!(said.contains(text), "no {text:?} in: {said}");
    }
    client.pass(1);
    assert_eq!(client.active(), Some(Role::Secondary));
    client.login(Address::Active);
    let history = client.say("show failover history");
    assert!(history.contains("Failed                     Detect service card failure"), "{history}");
    let mut kinds: Vec<_> = client
        .pair
        .history()
        .iter()
        .filter_map(|happening| match happening.what {
            What::Struck { fault } => Some(fault),
            _ => None,
        })
        .collect();
    // What strikes later than it was let loose is told when it does.
    assert_eq!(kinds.pop(), Some(FaultKind::InterfaceDown));
    assert_eq!(kinds.pop(), Some(FaultKind::InterfaceDown));
}

/// Every scene of this file that logs, for the test that looks for texts that never come.
pub(super) fn every_scene() {
    for scene in [
        a_dead_module_fails_its_unit_within_two_seconds_and_keeps_no_line_away,
        what_fails_is_logged_on_both_units,
    ] {
        scene();
    }
}
