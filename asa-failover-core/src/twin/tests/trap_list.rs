//! The twenty traps that every tool for an upgrade falls into, each as the simulated pair lays it. What the
//! controller does there stands in the test of the same name, `tests/trap_list.rs`.

use std::time::Duration;

use super::super::{Address, Fault, FaultKind, FlashFile, PromptStyle, Spec, What};
use super::{Client, NEW, OLD, standby};
use crate::unit::{GroupId, Role, Standing};

const IMAGE: &str = "disk0:/asa984-48-smp-k8.bin";

fn active() -> Client {
    Client::at(standby(), Address::Active)
}

fn configure(client: &mut Client, lines: &[&str]) {
    client.say("configure terminal");
    for line in lines {
        client.say(line);
    }
    client.say("end");
}

#[test]
fn trap_01_the_prompt_comes_back_before_the_shutdown_is_told() {
    let mut client = Client::at(standby(), Address::Standby);
    client.say("reload");
    assert_eq!(client.type_raw("\r"), "\nfw/sec/stby# ");
    assert!(client.is_open());
    assert!(client.wait(4.0).starts_with("\n\n\n***\n*** --- START GRACEFUL SHUTDOWN ---\n"));
}

#[test]
fn trap_02_reload_standby_says_and_asks_nothing() {
    let mut client = active();
    assert_eq!(client.say("failover reload-standby"), "failover reload-standby\nfw/pri/act# ");
    client.wait(4.0);
    assert_eq!(client.pair.report().reboots, [0, 1]);
}

#[test]
fn trap_03_a_mate_that_is_gone_is_ready_for_the_whole_hold_time() {
    for hold in [1_u32, 15, 45] {
        let mut spec = standby();
        spec.timings.hold = Duration::from_secs(hold.into());
        let mut client = Client::at(spec, Address::Active);
        client.pair.inject(Fault::Crash(Role::Secondary));
        client.wait(f64::from(hold) - 0.1);
        assert!(client.say("show failover").contains("Other host: Secondary - Standby Ready "));
        client.wait(0.2);
        assert!(client.say("show failover").contains("Other host: Secondary - Failed "));
    }
}

#[test]
fn trap_04_a_switch_ends_the_session_and_turns_the_prompt_of_one_that_survives() {
    let mut client = active();
    client.say("no failover active");
    client.wait(3.0);
    assert!(!client.is_open());
    // Where another group moves the session stays, and its prompt turns without a login.
    let mut client = Client::at(Spec::active_active("ASA5525", OLD), Address::Active);
    client.say("changeto context ctx2");
    assert_eq!(client.say(""), "\nfw/pri/stby/ctx2# ");
    client.pair.inject(Fault::SpontaneousFailover(GroupId::new(2)));
    client.wait(3.0);
    assert_eq!(client.say(""), "\nfw/pri/act/ctx2# ");
}

#[test]
fn trap_05_each_unit_has_a_view_of_its_own() {
    let mut client = active();
    client.pair.inject(Fault::FailoverLinkDown);
    client.wait(20.0);
    let seen = client.say("show failover");
    assert!(
        seen.contains("This host: Primary - Active ") && seen.contains("Other host: Secondary - Failed ")
    );
    client.login(Address::Standby);
    let seen = client.say("show failover");
    assert!(seen.contains("This host: Secondary - Standby Ready "), "{seen}");
    assert!(seen.contains("Other host: Primary - Failed "), "{seen}");
}

#[test]
fn trap_06_a_boot_entry_reaches_the_mate_and_its_file_does_not() {
    let mut spec = standby();
    let file = spec.image(NEW);
    spec.unit_mut(Role::Primary).flash.push(file);
    let mut client = Client::at(spec, Address::Active);
    let former = "boot system disk0:/asa984-smp-k8.bin";
    configure(&mut client, &[&format!("no {former}"), &format!("boot system {IMAGE}"), former]);
    client.say("write memory");
    client.wait(1.0);
    let mate = client.say("failover exec mate show running-config boot");
    assert!(mate.contains(&format!("\nboot system {IMAGE}\n{former}\n")), "{mate}");
    assert!(client.say(&format!("failover exec mate dir {IMAGE}")).contains("No such file or directory"));
    client.say("failover reload-standby");
    client.wait_for("Other host: Secondary - Failed ");
    client.wait_for("Other host: Secondary - Standby Ready ");
    assert!(client.say("show failover").contains("\nVersion: Ours 9.8(4), Mate 9.8(4)\n"));
}

#[test]
fn trap_07_a_boot_entry_is_appended() {
    let mut client = Client::at(standby().with_staged(NEW), Address::Active);
    configure(&mut client, &[&format!("boot system {IMAGE}")]);
    let list = format!("\nboot system disk0:/asa984-smp-k8.bin\nboot system {IMAGE}\n");
    assert!(client.say("show running-config boot system").contains(&list));
}

#[test]
fn trap_08_the_width_of_the_terminal_is_a_change_of_the_configuration() {
    let mut client = active();
    assert!(client.say("reload").ends_with("Proceed with reload? [confirm] "));
    client.type_raw("n");
    configure(&mut client, &["terminal width 511"]);
    assert!(client.say("reload").ends_with("System config has been modified. Save? [Y]es/[N]o: "));
    client.say("N");
    client.type_raw("n");
    assert!(client.say("failover exec mate show running-config").contains("\nterminal width 511\n"));
}

#[test]
fn trap_09_the_question_about_saving_has_two_forms_and_comes_for_each_context() {
    let mut client = active();
    client.pair.inject(Fault::Modified(Role::Primary));
    assert!(client.say("reload").ends_with("Save? [Y]es/[N]o: "));
    let mut spec = Spec::active_active("ASA5525", OLD);
    spec.contexts[1].modified = true;
    let mut client = Client::at(spec, Address::Active);
    client.say("changeto system");
    client.pair.inject(Fault::Modified(Role::Primary));
    let more = "config has been modified. Save? [Y]es/[N]o/[S]ave all/[C]ancel: ";
    assert!(client.say("reload").ends_with(&format!("\nSystem {more}")));
    assert!(client.say("N").ends_with(&format!("\nctx1 {more}")));
    assert!(client.say("N").ends_with("Proceed with reload? [confirm] "));
}

#[test]
fn trap_10_write_standby_saves_nothing_and_synchronises_anew() {
    let mut client = active();
    configure(&mut client, &["hostname edge"]);
    let other = client.pair.connect(Address::Standby).unwrap();
    assert!(client.say("write standby").contains("\n[OK]\n"));
    assert!(client.say("show failover").contains("Other host: Secondary - Cold Standby "));
    client.wait(5.0);
    assert!(!client.pair.read(other).open, "its sessions are dropped");
    client.wait_for("Other host: Secondary - Standby Ready ");
    let saved = client.say("failover exec mate show startup-config");
    assert!(saved.contains("\nhostname fw\n"), "{saved}");
}

#[test]
fn trap_11_a_standby_lets_itself_be_configured_and_keeps_it_to_itself() {
    let mut client = Client::at(standby(), Address::Standby);
    assert!(
        client.say("configure terminal").contains("**** WARNING ****\n\tConfiguration Replication is NOT")
    );
    client.say("hostname edge");
    client.say("end");
    assert!(client.say("show running-config").contains("\nhostname edge\n"));
    assert!(client.say("failover exec mate show running-config").contains("\nhostname fw\n"));
}

#[test]
fn trap_12_notices_stand_in_the_output_and_behind_the_prompt() {
    let mut client = active();
    client.pair.inject(Fault::NoticeIn(Role::Primary, 40, "\tSwitching to Standby".to_owned()));
    let said = client.say("show failover");
    assert!(said.contains("\n\tSwitching to Standby\n") && said.ends_with("\nfw/pri/act# "), "{said}");
    client.pair.inject(Fault::Notice(Role::Primary, "Switchover enabled".to_owned()));
    assert_eq!(client.heard(), "\nSwitchover enabled\n", "and no prompt behind it");
}

#[test]
fn trap_13_the_enable_password_echoes_as_asterisks_or_not_at_all() {
    for (version, echo) in [("9.8(4)", "******"), ("7.2(5)", "")] {
        let spec = Spec::active_standby("ASA5520", version.parse().unwrap()).with_enable_secret("s3cret");
        let mut client = Client::of(spec);
        client.line = Some(client.pair.connect(Address::Active).unwrap());
        client.heard();
        client.say("enable");
        assert_eq!(client.say("s3cret"), format!("{echo}\nfw/pri/act# "));
    }
}

#[test]
fn trap_14_the_echo_of_a_long_line_is_cut() {
    let mut client = active();
    let line = format!("failover exec mate verify /md5 {IMAGE} 0123456789abcdef0123456789abcdef");
    let echo = client.type_raw(&line);
    assert!(echo.ends_with("\u{8}$") && !echo.contains("abcdef0123456789abcdef"), "{echo}");
}

#[test]
fn trap_15_a_pair_with_groups_has_its_standings_below_and_lives_in_the_system_space() {
    let spec = Spec::active_active("ASA5525", OLD).with_preempt(GroupId::new(2), 30);
    let mut client = Client::at(spec, Address::Active);
    assert!(client.say("failover reload-standby").contains("Command not valid"));
    client.say("changeto system");
    let text = client.say("show failover");
    assert!(text.contains("\n  This host:    Primary\n  Group 1       State:          Active\n"), "{text}");
    client.say("failover active");
    client.wait(5.0);
    client.say("failover reload-standby");
    client.wait(600.0);
    let causes: Vec<_> = client.pair.report().gaps.iter().map(|gap| gap.cause).collect();
    assert_eq!(causes.last(), Some(&super::super::Cause::Preempt), "{causes:?}");
}

#[test]
fn trap_16_a_pseudo_standby_keeps_its_addresses_until_it_reboots() {
    let mut client = active();
    configure(&mut client, &["no failover"]);
    client.say("write memory");
    client.wait(1.0);
    assert_eq!(client.pair.who_has(Address::Standby), Some(Role::Secondary));
    client.login(Address::Standby);
    let text = client.say("show failover");
    assert!(
        text.contains("\nFailover Off (pseudo-Standby)\n") && text.ends_with("fw/sec/stbyNoFailover# "),
        "{text}"
    );
    client.pair.inject(Fault::Crash(Role::Secondary));
    client.pass(600);
    assert_eq!(client.pair.who_has(Address::Standby), None);
    assert_eq!(client.pair.report().doubles.len(), 1, "it came back active");
}

#[test]
fn trap_17_a_page_of_the_configuration_makes_a_synchronising_standby_reload() {
    let page = Fault::Console(Role::Secondary, "show running-config".to_owned());
    let mut client = active();
    client.pair.inject(Fault::Console(Role::Primary, "write standby".to_owned()));
    client.wait(10.0);
    assert!(client.say("show failover").contains("Other host: Secondary - Sync Config "));
    client.pair.inject(page.clone());
    client.wait(290.0);
    assert!(client.say("show failover").contains("Other host: Secondary - Sync Config "), "it waits");
    client.wait(60.0);
    assert_eq!(client.pair.report().reboots, [0, 1]);
    let by: Vec<_> = client
        .pair
        .history()
        .iter()
        .filter(|happening| {
            happening.what == What::Struck { fault: FaultKind::Console } && happening.role == Role::Secondary
        })
        .collect();
    assert_eq!(by.len(), 1, "whoever paged brought it about");
    // One who goes on in time lets it go on, and one who pages on a ready unit holds up nothing.
    let mut client = active();
    client.pair.inject(page);
    client.wait(400.0);
    client.pair.inject(Fault::Console(Role::Primary, "write standby".to_owned()));
    client.wait(100.0);
    client.pair.inject(Fault::Console(Role::Secondary, "show failover".to_owned()));
    client.wait(60.0);
    assert!(client.say("show failover").contains("Other host: Secondary - Standby Ready "));
    assert_eq!(client.pair.report().reboots, [0, 0]);
}

#[test]
fn trap_18_the_uptime_of_the_pair_is_none_of_the_unit() {
    let mut client = active();
    client.say("failover reload-standby");
    client.wait(600.0);
    let text = client.say("failover exec mate show version");
    let line = |head: &str| text.lines().find(|line| line.starts_with(head)).map(str::to_owned);
    assert!(line("fw up ").is_some_and(|line| line.contains(" mins ")), "{text}");
    assert_eq!(line("failover cluster up ").as_deref(), Some("failover cluster up 41 days"));
}

#[test]
fn trap_19_both_units_have_one_name() {
    let mut spec = standby();
    spec.prompt = PromptStyle::Plain;
    let mut client = Client::at(spec.clone(), Address::Active);
    assert_eq!(client.say(""), "\nfw# ");
    let mut client = Client::at(spec, Address::Standby);
    assert_eq!(client.say(""), "\nfw# ");
}

#[test]
fn trap_20_a_copy_of_less_than_a_second_has_no_rate() {
    for (millis, words) in
        [(290, "8009 bytes copied in 0.290 secs\n"), (2_400, "in 2.400 secs (4004 bytes/sec)\n")]
    {
        let mut spec = standby();
        spec.timings.save = Duration::from_millis(millis);
        let mut client = Client::at(spec, Address::Active);
        client.say("write memory");
        let said = client.wait(3.0);
        assert!(said.contains(words), "{said}");
    }
}

/// Every standing that `show failover` and its history can name comes about.
#[test]
fn every_standing_comes_about() {
    let mut spec = standby().with_remote("tftp://198.51.100.10/x", FlashFile::other("x", 1));
    spec.timings.app_sync = Duration::from_secs(4);
    let mut client = Client::at(spec, Address::Active);
    let mut shown = String::new();
    client.pair.inject(Fault::ReturnsFailed(Role::Primary));
    client.say("failover reload-standby");
    for _ in 0..500 {
        shown += &client.say("show failover");
        client.wait(1.0);
    }
    client.say("no failover active");
    client.pass(5);
    client.login(Address::Active);
    client.say("failover reload-standby");
    client.pass(600);
    let mut alone = active();
    alone.pair.inject(Fault::FailoverLinkDown);
    alone.pair.inject(Fault::Crash(Role::Secondary));
    alone.pair.inject(Fault::NeverReturns(Role::Primary));
    alone.pair.inject(Fault::Crash(Role::Primary));
    alone.pass(600);
    alone.login(Address::Active);
    shown += &alone.say("show failover");
    shown += &alone.say("show failover history");
    for address in [Address::Active, Address::Standby] {
        client.login(address);
        shown += &client.say("show failover");
        shown += &client.say("show failover history");
    }
    for standing in [
        Standing::Disabled,
        Standing::NotDetected,
        Standing::Negotiation,
        Standing::ColdStandby,
        Standing::AppSync,
        Standing::SyncConfig,
        Standing::SyncFileSystem,
        Standing::BulkSync,
        Standing::StandbyReady,
        Standing::JustActive,
        Standing::ActiveDrain,
        Standing::ActiveApplyingConfig,
        Standing::ActiveConfigApplied,
        Standing::Active,
        Standing::Failed,
    ] {
        let word = standing.to_string();
        assert!(shown.contains(&word) || word == "Disabled", "{word}");
    }
    client.login(Address::Active);
    configure(&mut client, &["no failover"]);
    assert!(
        client
            .say("show failover history")
            .contains("Active                     Disabled                   Set by")
    );
}

#[test]
fn a_service_module_comes_up_after_its_unit_did() {
    let mut spec = standby();
    spec.module = Some("SFR5525".to_owned());
    let mut client = Client::at(spec, Address::Active);
    let up = "\n                slot 1: SFR5525 hw/sw rev (N/A/5.3.1-152) status (Up/Up)\n                  \
              ASA FirePOWER, 5.3.1-152, Up, (Monitored)\n";
    assert_eq!(client.say("show failover").matches(up).count(), 2);
    client.say("failover reload-standby");
    client.wait_for("Other host: Secondary - Failed ");
    client.wait_for("Other host: Secondary - Standby Ready ");
    let text = client.say("show failover");
    assert!(text.contains("\n                slot 1: SFR5525 hw/sw rev (N/A/) status (Init/Up)\n"), "{text}");
    client.wait(420.0);
    assert_eq!(client.say("show failover").matches(up).count(), 2);
}

#[test]
fn a_unit_has_failed_by_an_interface_that_both_show() {
    for (version, state) in [("9.8(4)", "Failed (Waiting)"), ("9.23(1)", "No Traffic (Waiting)")] {
        let mut client = Client::at(Spec::active_standby("ASAv", version.parse().unwrap()), Address::Active);
        client.pair.inject(Fault::ReturnsFailed(Role::Secondary));
        client.say("failover reload-standby");
        client.wait(300.0);
        let line = format!("\n                  Interface outside (203.0.113.2): {state}\n");
        assert!(client.say("show failover").contains(&line));
        client.login(Address::Standby);
        assert!(client.say("show failover").contains(&line));
    }
}

/// What a unit says of its configuration is what once came to its end, and what goes on.
#[test]
fn the_state_of_the_configuration_is_kept() {
    let state = |client: &mut Client| {
        let text = client.say("show failover state");
        let (_, rest) = text.split_once("====Configuration State===\n").unwrap();
        rest.split_once("====").unwrap().0.to_owned()
    };
    let mut client = active();
    assert_eq!(state(&mut client), "\tSync Done\n");
    client.say("write standby");
    client.wait(3.0);
    assert_eq!(state(&mut client), "\tConfig Syncing\n");
    client.wait(60.0);
    client.say("no failover active");
    client.pass(5);
    client.login(Address::Standby);
    assert_eq!(state(&mut client), "\tSync Done\n\tSync Done - STANDBY\n", "it was both");
    client.say("failover exec mate write standby");
    assert_eq!(state(&mut client), "\tSync Done\n\tSync Required - STANDBY\n");
    let mut client = Client::at(Spec::active_standby("ASA5525", "9.16(4)".parse().unwrap()), Address::Active);
    client.say("write standby");
    client.wait(60.0);
    client.login(Address::Standby);
    assert_eq!(state(&mut client), "\tSync Skipped - STANDBY\n", "it had the same");
}
