//! What surprises a client: roles that are refused, sessions that hang, failover that is off.

use super::super::oracle::OffenceKind;
use super::super::{
    Address, Cause, Fault, Landing, PreemptAfterMove, ReloadStandbyOnOwner, RoleWhenNotReady, SessionEnd,
    Spec, What,
};
use super::{Client, NEW, OLD, standby};
use crate::unit::{GroupId, Role};

#[test]
fn a_session_to_the_active_address_ends_at_the_switch_and_the_address_is_at_the_mate() {
    let mut client = Client::at(standby(), Address::Active);
    let other = client.pair.connect(Address::Standby).unwrap();
    assert_eq!(client.say("no failover active"), "no failover active\n");
    client.wait(3.0);
    assert!(!client.is_open() && !client.pair.read(other).open);
    client.login(Address::Active);
    assert_eq!(client.say(""), "\nfw/sec/act# ");
}

#[test]
fn a_session_may_hang_instead() {
    let mut spec = standby();
    spec.session_end = SessionEnd::Hang;
    let mut client = Client::at(spec, Address::Active);
    client.say("no failover active");
    assert_eq!((client.wait(600.0).as_str(), client.say("show failover").as_str()), ("", ""));
    assert!(client.is_open());
}

#[test]
fn the_taker_may_claim_the_role() {
    let mut client = Client::at(standby(), Address::Standby);
    client.say("failover active");
    client.pass(5);
    let report = client.pair.report();
    assert_eq!(
        (client.active(), report.gaps.len(), report.is_clean()),
        (Some(Role::Secondary), 1, true),
        "{report}"
    );
}

#[test]
fn a_role_command_without_effect_is_seen() {
    let mut client = Client::at(standby(), Address::Standby);
    assert_eq!(client.say("no failover active"), "no failover active\nfw/sec/stby# ");
    let report = client.pair.report();
    assert_eq!(
        report.offences.first().map(|offence| &offence.kind),
        Some(&OffenceKind::RoleCommandWithoutEffect)
    );
}

#[test]
fn a_unit_may_refuse_to_hand_over_to_a_mate_that_is_not_ready() {
    let mut spec = standby();
    spec.role_when_not_ready = RoleWhenNotReady::Refuse;
    let mut client = Client::at(spec, Address::Active);
    client.say("write standby");
    client.wait(5.0);
    assert!(client.say("no failover active").contains("\nERROR: the other unit is not ready\n"));
    assert_eq!(client.active(), Some(Role::Primary));
}

#[test]
fn reload_standby_of_a_unit_that_owns_a_group_takes_the_group_down() {
    let spec = Spec::active_active("ASA5525", OLD);
    let mut client = Client::at(spec.clone(), Address::Active);
    client.say("changeto system");
    client.say("failover reload-standby");
    client.wait(60.0);
    let report = client.pair.report();
    assert!(report.gaps.iter().any(|gap| gap.group == GroupId::new(2) && !gap.is_expected()), "{report}");
    let mut refusing = spec;
    refusing.reload_standby_on_owner = ReloadStandbyOnOwner::Refuse;
    let mut client = Client::at(refusing, Address::Active);
    client.say("changeto system");
    assert!(client.say("failover reload-standby").contains("\nERROR: the other unit is active"));
    client.wait(60.0);
    assert!(client.pair.report().is_clean());
}

#[test]
fn failover_switched_off_keeps_roles_until_the_standby_reboots_and_comes_back_active() {
    let mut client = Client::at(standby(), Address::Active);
    client.say("configure terminal");
    assert!(client.say("no failover").ends_with("fw/pri/actNoFailover(config)# "));
    client.say("end");
    client.say("write memory");
    client.wait(1.0);
    assert!(client.say("failover exec standby show failover").contains("\nFailover Off (pseudo-Standby)\n"));
    client.pair.inject(Fault::Crash(Role::Secondary));
    client.wait(600.0);
    assert_eq!(client.pair.report().doubles.len(), 1);
    client.say("configure terminal");
    client.say("failover");
    client.say("end");
    client.wait(5.0);
    assert!(client.say("show failover").contains("\nFailover On \n"));
}

#[test]
fn a_failed_unit_is_reset() {
    let mut client = Client::at(standby(), Address::Active);
    client.pair.inject(Fault::ReturnsFailed(Role::Secondary));
    client.say("failover reload-standby");
    client.wait(600.0);
    assert!(client.say("show failover").contains("Secondary - Failed "));
    assert!(client.say("failover exec mate show version").contains("unable to communicate with mate"));
    client.say("failover reset");
    client.wait(60.0);
    assert!(client.say("show failover").contains("Secondary - Standby Ready "));
}

#[test]
fn a_fresh_unit_wants_an_enable_password_set() {
    let mut spec = standby();
    spec.landing = Landing::EnableUnset;
    let mut client = Client::of(spec);
    client.line = Some(client.pair.connect(Address::Active).unwrap());
    client.heard();
    assert_eq!(
        client.say("enable"),
        "enable\nThe enable password is not set.  Please set it now.\nEnter  Password: "
    );
    assert_eq!(client.say("abc"), "***\nRepeat Password: ");
    assert_eq!(client.say("abc"), "***\nfw/pri/act# ");
}

#[test]
fn delete_asks_twice_and_may_reach_both_units() {
    let mut client = Client::at(standby().with_staged(NEW), Address::Active);
    assert!(
        client
            .say("delete /replicate disk0:/asa984-48-smp-k8.bin")
            .ends_with("\nDelete filename [asa984-48-smp-k8.bin]? ")
    );
    assert_eq!(client.say(""), "\n\nDelete disk0:/asa984-48-smp-k8.bin? [confirm]");
    assert_eq!(client.type_raw("\r"), "\nfw/pri/act# ");
    let gone = "%Error opening disk0:/asa984-48-smp-k8.bin (No such file or directory)\n";
    assert!(client.say("dir disk0:/asa984-48-smp-k8.bin").contains(gone));
    assert!(client.say("failover exec mate dir disk0:/asa984-48-smp-k8.bin").contains(gone));
}

#[test]
fn failover_exec_answers_no_question_and_changes_no_context() {
    let mut client = Client::at(Spec::active_active("ASA5525", OLD), Address::Active);
    client.say("changeto system");
    assert!(client.say("failover exec mate changeto context admin").contains("Invalid input detected"));
    assert!(client.say("failover exec mate reload").ends_with("\nfw/pri/act# "));
    client.wait(10.0);
    assert_eq!(client.pair.report().reboots, [0, 0]);
    assert!(client.say("show conn count").contains("Invalid input detected"));
}

#[test]
fn an_exec_before_8_0_is_unknown() {
    let mut client = Client::at(Spec::active_standby("ASA5520", "7.2(5)".parse().unwrap()), Address::Active);
    assert!(client.say("failover exec mate show version").contains("Invalid input detected"));
    assert!(client.say("verify /sha-512 disk0:/asa725-k8.bin").contains("Invalid input detected"));
}

#[test]
fn the_state_link_counts_what_it_lost() {
    let mut client = Client::at(standby(), Address::Active);
    client.pair.inject(Fault::StateLinkDown);
    client.wait(20.0);
    let text = client.say("show failover");
    assert!(text.contains("Link : statelink GigabitEthernet0/4 (down)"), "{text}");
    assert!(
        text.contains("\n        General         33082      10         33082      0         \n"),
        "{text}"
    );
}

#[test]
fn multiple_mode_saves_every_context_and_asks_about_the_system() {
    let mut client = Client::at(Spec::active_active("ASA5525", OLD), Address::Active);
    client.say("changeto system");
    client.say("configure terminal");
    client.say("failover group 2");
    assert_eq!(client.say("preempt 100"), "preempt 100\nfw/pri/act(config-fover-group)# ");
    client.say("end");
    assert!(
        client.say("show running-config failover").contains("failover group 2\n  secondary\n  preempt 100\n")
    );
    assert!(client.say("reload").ends_with("Save? [Y]es/[N]o/[S]ave all/[C]ancel: "));
    assert_eq!(client.say("C"), "C\nfw/pri/act# ");
    client.say("write memory all");
    assert_eq!(client.wait(1.0).matches("[OK]").count(), 4);
    assert!(client.say("failover exec mate show startup-config").contains("  preempt 100\n"));
}

#[test]
fn a_save_that_fails_has_no_ok() {
    let mut client = Client::at(standby(), Address::Active);
    client.pair.inject(Fault::SaveFails(Role::Primary));
    client.say("write memory");
    let said = client.wait(1.0);
    assert!(
        said.contains("%Error opening disk0:/.private/startup-config") && !said.contains("[OK]"),
        "{said}"
    );
}

#[test]
fn preempt_may_undo_a_commanded_move() {
    let mut spec = Spec::active_active("ASA5525", OLD).with_preempt(GroupId::new(2), 20);
    spec.preempt_after_move = PreemptAfterMove::Returns;
    let mut client = Client::at(spec, Address::Active);
    client.say("changeto system");
    client.say("failover active");
    client.wait(10.0);
    let text = client.say("show failover");
    let here = text.split_once("Other host:").unwrap().0;
    assert!(here.contains("  Group 2       State:          Active\n"), "{text}");
    client.wait(20.0);
    let causes: Vec<_> = client.pair.report().gaps.iter().map(|gap| gap.cause).collect();
    assert_eq!(causes, [Cause::CommandedSwitch, Cause::Preempt]);
}

#[test]
fn a_notice_comes_after_the_finished_prompt_on_a_fresh_line() {
    let mut client = Client::at(standby(), Address::Active);
    client.pair.inject(Fault::Notice(Role::Primary, "Crashinfo is NOT enabled".to_owned()));
    assert_eq!(client.heard(), "\nCrashinfo is NOT enabled\n");
}

#[test]
fn an_operator_at_the_console_is_no_offence_of_ours() {
    let mut client = Client::at(standby(), Address::Active);
    client.pair.inject(Fault::Console(Role::Primary, "failover reload-standby".to_owned()));
    client.wait(60.0);
    assert_eq!(client.pair.report().reboots, [0, 1]);
    assert_eq!(client.pair.state_changing_lines(), []);
}

#[test]
fn an_election_is_called_off_when_a_unit_took_the_group() {
    let mut client = Client::at(standby(), Address::Active);
    client.say("no failover active");
    client.pair.advance_to(std::time::Duration::from_millis(14_950));
    client.login(Address::Active);
    client.say("no failover active");
    // What the first switch would have brought about, had nobody taken over, falls close to the second.
    client.pass(10);
    let began: Vec<_> = client
        .pair
        .history()
        .iter()
        .filter_map(|happening| match happening.what {
            What::ForwardingBegan { cause, .. } => Some(cause),
            _ => None,
        })
        .collect();
    assert_eq!(began, [Cause::CommandedSwitch; 2]);
}
