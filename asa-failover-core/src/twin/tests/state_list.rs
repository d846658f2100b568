//! Every state that is known of a pair and its parts, and a scene in which the simulated one shows it.

use std::time::Duration;

use super::super::{
    Address, ConfigStates, Doubt, Fault, InterfaceFault, MacState, NoAnswer, RoleWhenNotReady, Spec,
};
use super::{Client, standby, texts as scenes};
use crate::unit::{GroupId, Role, Standing};

type Scene = fn() -> String;

/// What is shown, and where it comes about.
const ROWS: [(&str, &str, Scene); 48] = [
    (
        "Disabled",
        "Active                     Disabled                   Set by the config command",
        off_and_on,
    ),
    ("Not Detected", "        Other host: Primary - Not Detected ", scenes::alone),
    ("Negotiation", "        This host: Secondary - Negotiation ", negotiating),
    ("Cold Standby", "Other host: Secondary - Cold Standby ", resync),
    ("App Sync", "Other host: Secondary - App Sync ", resync),
    ("Sync Config", "Other host: Secondary - Sync Config ", resync),
    ("Sync File System", "Other host: Secondary - Sync File System ", stuck_files),
    ("Bulk Sync", "Other host: Secondary - Bulk Sync ", resync),
    ("Standby Ready", "Other host: Secondary - Standby Ready ", resync),
    ("Just Active", "Standby Ready              Just Active ", taken_over),
    ("Active Drain", "Just Active                Active Drain ", taken_over),
    ("Active Applying Config", "Active Drain               Active Applying Config ", taken_over),
    ("Active Config Applied", "Active Applying Config     Active Config Applied ", taken_over),
    ("Active", "Active Config Applied      Active ", taken_over),
    ("Failed", "Other host: Secondary - Failed ", || interface("9.8(4)", InterfaceFault::NoLink, 6)),
    ("Failover Off", "Failover Off \n", off_and_on),
    ("Failover Off (pseudo-Standby)", "Failover Off (pseudo-Standby)\n", off_and_on),
    ("act", "fw/pri/act# ", off_and_on),
    ("stby", "fw/sec/stby# ", off_and_on),
    ("actNoFailover", "fw/pri/actNoFailover# ", off_and_on),
    ("stbyNoFailover", "fw/sec/stbyNoFailover# ", off_and_on),
    ("nego", "fw/sec/nego# ", negotiating),
    ("Group N State: X", "  Group 2       State:          Active\n", groups),
    (
        "group 0 of a history",
        "    0     Active Config Applied      Active                     No Active",
        groups_alone,
    ),
    ("Interface: Unknown", "): Unknown (Waiting)\n", scenes::alone),
    ("Interface: Unknown (Monitored)", "): Unknown (Monitored)\n", mate_gone),
    ("Interface: Normal", "): Normal \n", || interface("8.2(5)", InterfaceFault::NoLink, 0)),
    ("Interface: Normal (Waiting)", "): Normal (Waiting)\n", || {
        interface("9.8(4)", InterfaceFault::NoLink, 0)
    }),
    ("Interface: Normal (Monitored)", "): Normal (Monitored)\n", || {
        interface("9.8(4)", InterfaceFault::NoLink, 0)
    }),
    ("Interface: Normal (Not-Monitored)", "): Normal (Not-Monitored)\n", not_monitored),
    ("Interface: Testing", "): Testing \n", || interface("8.2(5)", InterfaceFault::NoTraffic, 20)),
    ("Interface: Link Down", "): Link Down (Waiting)\n", || interface("9.8(4)", InterfaceFault::ShutDown, 0)),
    ("Interface: No Link", "): No Link (Waiting)\n", || interface("9.8(4)", InterfaceFault::NoLink, 0)),
    ("Interface: Failed", "): Failed \n", || interface("9.8(4)", InterfaceFault::NoTraffic, 120)),
    ("Interface: Failed (Waiting)", "): Failed (Waiting)\n", || {
        interface("9.8(4)", InterfaceFault::NoTraffic, 26)
    }),
    ("Interface: No Traffic", "): No Traffic (Waiting)\n", || {
        interface("9.23(1)", InterfaceFault::NoTraffic, 26)
    }),
    ("Slot (Up Sys)", "slot 0: ASA5525 hw/sw rev (1.0/9.8(4)) status (Up Sys)\n", module),
    ("Slot (Up/Up)", "rev (N/A/5.3.1-152) status (Up/Up)\n", module),
    ("Slot (Init/Up)", "rev (N/A/) status (Init/Up)\n", module),
    ("Slot (Unresponsive/Up)", "rev (N/A/) status (Unresponsive/Up)\n", module),
    ("Sync Done", "====Configuration State===\n\tSync Done\n", sync_words),
    ("Sync Done - STANDBY", "\tSync Done - STANDBY\n", sync_words),
    ("Sync Skipped", "\tSync Skipped - STANDBY\n", sync_words),
    ("Config Syncing", "\tConfig Syncing\n", sync_words),
    ("Interface Config Syncing", "\tInterface Config Syncing - STANDBY\n", sync_words_in_full),
    ("Config Sync Ready", "\tConfig Sync Ready - STANDBY\n", sync_words_in_full),
    (
        "Mac set and Updated Mac",
        "Communication State===\n\tUpdated Mac\n|Communication State===\n\tMac set\n",
        macs,
    ),
    ("reloading (no login)", "no unit answers at the address", reloading),
];

#[test]
fn every_state_has_its_scene() {
    for (state, text, scene) in ROWS {
        let shown = scene();
        for text in text.split('|') {
            assert!(shown.contains(text), "{state}: no {text:?} in {shown}");
        }
    }
}

/// What a session on the active unit is shown, a look every half second.
fn watched(mut client: Client, seconds: u32) -> String {
    let mut shown = String::new();
    for _ in 0..seconds * 2 {
        shown += &client.say("show failover");
        client.wait(0.5);
    }
    shown
}

fn resync() -> String {
    let mut spec = standby();
    spec.timings.app_sync = Duration::from_secs(2);
    let mut client = Client::at(spec, Address::Active);
    client.say("write standby");
    watched(client, 60)
}

fn stuck_files() -> String {
    let mut client = Client::at(standby(), Address::Active);
    client.pair.inject(Fault::StuckIn(Role::Secondary, Standing::SyncFileSystem));
    client.say("write standby");
    client.wait(60.0);
    client.say("show failover")
}

fn taken_over() -> String {
    let mut client = Client::at(standby(), Address::Active);
    client.say("no failover active");
    client.pass(5);
    client.login(Address::Active);
    client.say("show failover history")
}

/// Failover is switched off on both by the active unit: both prompts, both forms of the first line.
fn off_and_on() -> String {
    let mut client = Client::at(standby(), Address::Active);
    let mut shown = client.say("");
    for line in ["configure terminal", "no failover", "end", "show failover", "show failover history"] {
        shown += &client.say(line);
    }
    client.login(Address::Standby);
    shown += &client.say("show failover");
    client.pair.inject(Fault::Console(Role::Primary, "failover".to_owned()));
    client.wait(60.0);
    client.login(Address::Standby);
    shown + &client.say("")
}

/// The standby alone was switched off, and is switched on again: it looks for its mate.
fn negotiating() -> String {
    let mut client = Client::at(standby(), Address::Standby);
    for line in ["configure terminal", "no failover", "failover", "end"] {
        client.say(line);
    }
    let shown = client.say("show failover");
    client.wait(7.0);
    assert!(client.say("show failover").contains("This host: Secondary - Cold Standby "));
    shown
}

fn groups() -> String {
    let mut client = Client::at(scenes::active_active(), Address::Active);
    client.say("changeto system");
    client.say("failover active");
    client.wait(5.0);
    client.say("show failover")
}

/// A unit that boots alone: the unit itself is active, then group 1 two seconds later, group 2 three.
fn groups_alone() -> String {
    let mut client = Client::at(scenes::active_active(), Address::Active);
    client.pair.inject(Fault::NeverReturns(Role::Secondary));
    for role in Role::BOTH {
        client.pair.inject(Fault::Crash(role));
    }
    client.pass(600);
    let began: Vec<_> = client
        .pair
        .history()
        .iter()
        .filter_map(|happening| match &happening.what {
            super::super::What::ForwardingBegan { group, .. } => Some((*group, happening.at)),
            _ => None,
        })
        .collect();
    let [.., (one, first), (two, second)] = began.as_slice() else { panic!("{began:?}") };
    assert_eq!((*one, *two), (GroupId::new(1), GroupId::new(2)));
    assert_eq!(*second, *first + Duration::from_secs(1));
    client.login(Address::Active);
    client.say("changeto system");
    client.say("show failover history")
}

fn mate_gone() -> String {
    let mut client = Client::at(standby(), Address::Active);
    client.pair.inject(Fault::Crash(Role::Secondary));
    client.wait(20.0);
    client.say("show failover")
}

/// An interface of the standby so long after something befell it.
fn interface(version: &str, how: InterfaceFault, seconds: u32) -> String {
    let spec = Spec::active_standby("ASA5525", version.parse().unwrap());
    let mut client = Client::at(spec, Address::Active);
    client.pair.inject(Fault::InterfaceDown(Role::Secondary, "inside".to_owned(), how));
    client.wait(f64::from(seconds));
    client.say("show failover")
}

fn not_monitored() -> String {
    let mut spec = standby();
    spec.interfaces[0].monitored = false;
    Client::at(spec, Address::Active).say("show failover")
}

fn module() -> String {
    let mut spec = standby();
    spec.module = Some("SFR5525".to_owned());
    let mut client = Client::at(spec, Address::Active);
    let mut shown = client.say("show failover");
    for fault in [Fault::ModuleDown(Role::Secondary), Fault::ModuleUp(Role::Secondary)] {
        client.pair.inject(fault);
        shown += &client.say("show failover");
    }
    shown
}

/// What both units say of their configuration while one takes it, by the words of these readings.
fn configuration(doubt: Doubt, version: &str) -> String {
    let spec = Spec::active_standby("ASA5525", version.parse().unwrap()).with_doubt(doubt);
    let mut client = Client::at(spec, Address::Active);
    let mut shown = String::new();
    client.say("write standby");
    for _ in 0..25 {
        shown += &client.say("show failover state");
        shown += &client.say("failover exec mate show failover state");
        client.wait(2.0);
    }
    shown
}

fn sync_words() -> String {
    let few = Doubt::ConfigStates(ConfigStates::Few);
    let shown = configuration(few, "9.8(4)") + &configuration(few, "9.16(4)");
    assert!(!shown.contains("Interface Config Syncing") && !shown.contains("Config Sync Ready"), "{shown}");
    shown
}

fn sync_words_in_full() -> String {
    configuration(Doubt::ConfigStates(ConfigStates::All), "9.8(4)")
}

fn macs() -> String {
    let mut shown = String::new();
    for reading in [MacState::Set, MacState::UpdatedFirst] {
        let mut client = Client::at(standby().with_doubt(Doubt::MacState(reading)), Address::Active);
        client.say("no failover active");
        client.pass(3);
        client.login(Address::Active);
        shown += &client.say("show failover state");
        client.wait(5.0);
        assert!(client.say("show failover state").contains("\tMac set\n"));
    }
    shown
}

fn reloading() -> String {
    let mut client = Client::at(standby(), Address::Active);
    client.say("failover reload-standby");
    client.wait(10.0);
    let refused: NoAnswer = client.pair.connect(Address::Standby).unwrap_err();
    refused.to_string()
}

/// Each role command has readings of its own, and one for both.
#[test]
fn what_a_claim_does_is_open_apart_from_what_a_step_down_does() {
    let spec = standby()
        .with_doubt(Doubt::RoleWhenNotReady(RoleWhenNotReady::Refuse))
        .with_doubt(Doubt::ClaimWhenNotReady(RoleWhenNotReady::AcceptAndDrop));
    let mut client = Client::at(spec, Address::Active);
    client.pair.inject(Fault::StuckIn(Role::Secondary, Standing::BulkSync));
    client.say("write standby");
    client.wait(60.0);
    assert!(client.say("no failover active").contains("ERROR: the other unit is not ready\n"));
    client.login(Address::Standby);
    client.say("failover active");
    client.pass(5);
    assert_eq!(client.active(), Some(Role::Secondary));
}
