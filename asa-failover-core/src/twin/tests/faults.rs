//! Every fault, seen in the text that a unit prints, and what makes it strike.

use std::time::Duration;

use super::super::{
    Address, AfterMismatch, Cause, CopyRefusal, Cut, Fault, FaultKind, FlashFile, LinkLoss, Loss, Mismatch,
    NoAnswer, Pair, Spec, What, When,
};
use super::{Client, NEW, OLD, standby};
use crate::unit::{GroupId, Role, Standing};

fn struck(pair: &Pair) -> Vec<FaultKind> {
    let kinds = pair.history().iter().filter_map(|happening| match happening.what {
        What::Struck { fault } => Some(fault),
        _ => None,
    });
    kinds.collect()
}

fn with(fault: Fault) -> Client {
    let mut client = Client::at(standby(), Address::Active);
    client.pair.inject(fault);
    client
}

/// The mate is reloaded, and then what the active unit shows so many seconds later.
fn reloaded(fault: Fault, seconds: f64) -> Client {
    let mut client = with(fault);
    client.say("failover reload-standby");
    client.wait(seconds);
    client
}

#[test]
fn a_unit_may_come_back_on_its_second_image() {
    let mut spec = standby().with_staged(NEW);
    for unit in &mut spec.units {
        unit.startup_boot.insert(0, "asa984-48-smp-k8.bin".to_owned());
        unit.running_boot.clone_from(&unit.startup_boot);
    }
    let back = |fault: Option<Fault>| {
        let mut client = Client::at(spec.clone(), Address::Active);
        if let Some(fault) = fault {
            client.pair.inject(fault);
        }
        client.say("failover reload-standby");
        client.wait(600.0);
        (client.say("show failover"), struck(&client.pair))
    };
    let (text, kinds) = back(None);
    assert!(text.contains("\nVersion: Ours 9.8(4), Mate 9.8(4)48\n") && kinds.is_empty(), "{text}");
    let (text, kinds) = back(Some(Fault::ReturnsOld(Role::Secondary)));
    assert!(text.contains("\nVersion: Ours 9.8(4), Mate 9.8(4)\n"), "{text}");
    assert_eq!(kinds, [FaultKind::ReturnsOld]);
}

#[test]
fn a_synchronisation_that_the_link_cut_short_begins_anew() {
    for standing in [Standing::SyncConfig, Standing::BulkSync] {
        let mut spec = standby();
        let stands = |after| When::Stands {
            role: Role::Secondary,
            standing: standing.clone(),
            nth: 1,
            after: Duration::from_millis(after),
        };
        // Out for less than the hold time: neither unit takes the other for failed.
        spec.faults = vec![(stands(500), Fault::FailoverLinkDown), (stands(2_500), Fault::FailoverLinkUp)];
        let mut client = Client::at(spec, Address::Active);
        client.say("failover reload-standby");
        client.wait_for(&format!("Other host: Secondary - {standing} "));
        client.wait(6.0);
        client.wait_for("Other host: Secondary - Standby Ready ");
        let times = client.pair.history().iter().filter(|happening| {
            matches!(&happening.what, What::Standing { to, .. } if *to == standing)
                && happening.role == Role::Secondary
        });
        assert_eq!(times.count(), 2, "{standing}");
        assert_eq!(struck(&client.pair), [FaultKind::FailoverLinkDown, FaultKind::FailoverLinkUp]);
    }
}

#[test]
fn a_unit_may_be_stuck_in_every_standing_of_its_way_back() {
    for standing in [
        Standing::ColdStandby,
        Standing::AppSync,
        Standing::SyncConfig,
        Standing::SyncFileSystem,
        Standing::BulkSync,
    ] {
        let mut spec = standby();
        spec.timings.app_sync = Duration::from_secs(4);
        let mut client = Client::at(spec, Address::Active);
        client.pair.inject(Fault::StuckIn(Role::Secondary, standing.clone()));
        client.say("failover reload-standby");
        client.wait(3_000.0);
        let text = client.say("show failover");
        assert!(text.contains(&format!("\n        Other host: Secondary - {standing} \n")), "{text}");
        assert_eq!(struck(&client.pair), [FaultKind::StuckIn]);
    }
    let mut client = reloaded(Fault::StuckIn(Role::Secondary, Standing::Negotiation), 3_000.0);
    let text = client.say("show failover");
    assert!(text.contains("\n        Other host: Secondary - Failed \n"), "{text}");
    assert_eq!(client.pair.connect(Address::Standby), Err(NoAnswer::Timeout));
}

#[test]
fn a_synchronisation_that_makes_no_progress_ends_in_a_second_reboot() {
    for (fault, kind, held) in [
        (Fault::RebootsAgain(Role::Secondary), FaultKind::RebootsAgain, 60),
        (Fault::SyncLocked(Role::Secondary), FaultKind::SyncLocked, 300),
    ] {
        let mut client = with(fault);
        client.say("failover reload-standby");
        client.wait(30.0);
        client.wait_for("Other host: Secondary - Sync Config ");
        client.wait(f64::from(held) + 20.0);
        let text = client.say("show failover");
        assert!(text.contains("Other host: Secondary - Failed "), "{text}");
        client.wait_for("Other host: Secondary - Standby Ready ");
        assert_eq!((client.pair.report().reboots, struck(&client.pair)), ([0, 2], vec![kind]));
    }
}

#[test]
fn units_that_differ_switch_failover_off() {
    let cases = [
        (Mismatch::Version, "Mate failover version is not compatible."),
        (
            Mismatch::Licence,
            "is not compatible with my license (3DES-AES Disabled). Failover will be disabled.",
        ),
        (Mismatch::Mode, "Mate operational mode (Multi) is not compatible with my mode (Single)."),
        (Mismatch::Chassis, "Mate has a different chassis"),
        (Mismatch::Card, "card in slot 1 which is different from my"),
        (Mismatch::ServiceModule, "Mate's service module (SFR) is different from mine"),
    ];
    for (mismatch, words) in cases {
        let mut client = with(Fault::Mismatched(Role::Secondary, mismatch));
        client.say("failover reload-standby");
        let said = client.wait(600.0);
        assert!(said.contains(words), "{mismatch:?}: {said}");
        let text = client.say("show failover");
        assert!(text.contains("\nFailover Off \n"), "{text}");
        client.login(Address::Standby);
        let text = client.say("show failover");
        assert!(text.contains("\nFailover Off (pseudo-Standby)\n"), "{text}");
        assert!(text.ends_with("fw/sec/stbyNoFailover# "), "{text}");
        assert!(client.pair.report().doubles.is_empty());
    }
    let mut spec = standby();
    spec.after_mismatch = AfterMismatch::Active;
    let mut client = Client::at(spec, Address::Active);
    client.pair.inject(Fault::Mismatched(Role::Secondary, Mismatch::Version));
    client.say("failover reload-standby");
    client.wait(600.0);
    assert_eq!(client.pair.report().doubles.len(), 1);
}

#[test]
fn a_history_tells_where_failover_is_off() {
    let turned = |faults: &[Fault], line: &str| {
        let mut client =
            Client::at(Spec { link_loss: LinkLoss::StandbyClaims, ..standby() }, Address::Active);
        for fault in faults {
            client.pair.inject(fault.clone());
            client.wait(20.0);
        }
        client.say(line);
        for fault in [Fault::FailoverLinkDown, Fault::FailoverLinkUp] {
            client.wait(600.0);
            client.pair.inject(fault);
        }
        client.wait(600.0);
        let turns = client.pair.history().iter().filter_map(|happening| match happening.what {
            What::Failover(on) => Some((happening.role, on)),
            _ => None,
        });
        turns.collect::<Vec<_>>()
    };
    let (pri, sec) = (Role::Primary, Role::Secondary);
    let (reload, give) = ("failover reload-standby", "no failover active");
    let typed = |line: &str| Fault::Console(sec, line.to_owned());
    assert_eq!(turned(&[], reload), []);
    assert_eq!(turned(&[typed("no failover"), typed("failover")], reload), [(sec, false), (sec, true)]);
    assert_eq!(turned(&[Fault::StaysOff(sec)], reload).first(), Some(&(sec, false)));
    // It gives way to a mate that was active too, and the mate's configuration switches it on.
    assert_eq!(turned(&[typed("clear configure failover")], give), [(sec, false), (sec, true)]);
    let parted = turned(&[Fault::Mismatched(sec, Mismatch::Version)], reload);
    assert_eq!(parted.len(), 2, "{parted:?}");
    assert!(parted.contains(&(pri, false)) && parted.contains(&(sec, false)), "{parted:?}");
}

#[test]
fn both_units_are_active_where_the_pair_is_torn() {
    let mut client = with(Fault::SplitBrain);
    client.wait(20.0);
    let text = client.say("show failover");
    assert!(
        text.contains(" (Failed - No Switchover)\n") && text.contains("This host: Primary - Active "),
        "{text}"
    );
    assert!(text.contains("Other host: Secondary - Failed "), "{text}");
    assert_eq!(client.pair.report().doubles.len(), 1);
    client.pair.inject(Fault::FailoverLinkUp);
    client.wait(60.0);
    assert!(client.say("show failover").contains("Other host: Secondary - Standby Ready "));
    assert_eq!(struck(&client.pair), [FaultKind::SplitBrain, FaultKind::FailoverLinkUp]);
}

#[test]
fn a_standby_unit_may_claim_the_role_when_the_link_is_lost() {
    for (reading, doubles) in [(LinkLoss::BothStay, 0), (LinkLoss::StandbyClaims, 1)] {
        let mut spec = standby();
        spec.link_loss = reading;
        let mut client = Client::at(spec, Address::Active);
        client.pair.inject(Fault::FailoverLinkDown);
        client.pass(60);
        assert_eq!(client.pair.report().doubles.len(), doubles, "{reading:?}");
    }
}

#[test]
fn preempt_comes_when_it_is_told_to_and_only_where_it_is_configured() {
    let moved = Spec::active_active("ASA5525", OLD).with_active(GroupId::new(2), Role::Primary);
    for (spec, causes) in
        [(moved.clone(), vec![]), (moved.with_preempt(GroupId::new(2), 900), vec![Cause::Preempt])]
    {
        let mut client = Client::at(spec, Address::Active);
        client.pair.inject(Fault::Preempt(GroupId::new(2)));
        client.wait(5.0);
        let gaps: Vec<_> = client.pair.report().gaps.iter().map(|gap| gap.cause).collect();
        assert_eq!(gaps, causes);
        assert_eq!(struck(&client.pair).len(), causes.len());
    }
}

#[test]
fn a_ready_unit_may_take_over_by_itself() {
    let mut client = Client::at(standby(), Address::Active);
    client.say("write standby");
    client.pair.inject(Fault::SpontaneousFailover(GroupId::UNIT));
    client.wait(60.0);
    assert_eq!((client.active(), struck(&client.pair)), (Some(Role::Primary), vec![]), "nobody was ready");
    client.pair.inject(Fault::SpontaneousFailover(GroupId::UNIT));
    client.pass(5);
    client.login(Address::Active);
    let text = client.say("show failover history");
    assert!(text.ends_with("fw/sec/act# ") && text.contains("Interface check"), "{text}");
    assert_eq!(struck(&client.pair), [FaultKind::SpontaneousFailover]);
}

#[test]
fn a_reload_that_someone_scheduled_is_shown_and_comes() {
    let mut client = with(Fault::ScheduledReload(Role::Primary, Duration::from_secs(120)));
    let text = client.say("show reload");
    assert!(
        text.contains("\nReload scheduled for 10:02:00 UTC Sat Apr 20 2024 (in 0 hours and 2 minutes)\n")
    );
    client.wait(140.0);
    assert_eq!(client.pair.report().reboots, [1, 0]);
    assert_eq!(struck(&client.pair), [FaultKind::ScheduledReload], "it was there to be seen");
}

#[test]
fn a_copy_may_be_refused_at_its_start() {
    let url = "tftp://198.51.100.10/x.bin";
    for (how, words) in [
        (CopyRefusal::TimedOut, "%Error opening tftp://198.51.100.10/x.bin (Timed out)\n"),
        (CopyRefusal::NoFile, "%Error opening tftp://198.51.100.10/x.bin (No such file or directory)\n"),
        (
            CopyRefusal::NotEnoughSpace,
            "%Error copying tftp://198.51.100.10/x.bin (Not enough space on device)\n",
        ),
    ] {
        let mut client =
            Client::at(standby().with_remote(url, FlashFile::image("x.bin", NEW)), Address::Active);
        client.pair.inject(Fault::CopyRefused(Role::Primary, how));
        let copy = format!("copy /noconfirm {url} disk0:/x.bin");
        assert!(client.say(&copy).contains(words), "{how:?}");
        client.say(&copy);
        assert!(client.wait(400.0).contains(" bytes copied in "), "only the next one is refused");
    }
}

#[test]
fn a_save_may_lack_its_ok_ask_first_or_not_reach_the_mate() {
    let mut client = with(Fault::SaveUnconfirmed(Role::Primary));
    client.say("write memory");
    let said = client.wait(1.0);
    assert!(said.contains(" bytes copied in ") && !said.contains("[OK]"), "{said}");
    client.say("write memory");
    assert!(client.wait(1.0).contains("[OK]"));

    let mut client = with(Fault::SaveAsks(Role::Primary));
    assert!(client.say("write memory").ends_with("\nOverwrite the previous NVRAM configuration?[confirm]"));
    assert_eq!(client.type_raw("y"), "y\nBuilding configuration...\n");
    assert!(client.wait(1.0).contains("[OK]"));

    let mut client = with(Fault::SaveNotReplicated(Role::Secondary));
    client.say("configure terminal");
    client.say("boot system disk0:/x.bin");
    client.say("end");
    client.say("write memory");
    assert!(client.wait(1.0).contains("[OK]"));
    assert!(client.say("show startup-config").contains("\nboot system disk0:/x.bin\n"));
    let mate = client.say("failover exec mate show startup-config");
    assert!(!mate.contains("x.bin"), "{mate}");
    assert_eq!(struck(&client.pair), [FaultKind::SaveNotReplicated]);
}

#[test]
fn a_session_is_cut_at_any_byte() {
    let whole = Client::at(standby(), Address::Active).say("show failover").len();
    for bytes in [0, 5, 18, 400] {
        for (how, open) in [(Cut::Reset, false), (Cut::Hang, true)] {
            let mut client = with(Fault::CutAfter(Role::Primary, bytes, how));
            let line = client.line.unwrap();
            client.pair.write(line, b"show failover\r");
            let received = client.pair.read(line);
            assert_eq!(received.bytes.len(), usize::try_from(bytes).unwrap(), "of {whole}");
            assert_eq!(client.is_open(), open);
            assert_eq!(client.say("show version"), "");
            assert_eq!(struck(&client.pair), [FaultKind::CutAfter]);
        }
    }
}

/// A cut behind the last byte of a prompt leaves nothing out that the unit had to say.
#[test]
fn an_answer_is_lost_where_a_cut_leaves_some_of_it_out() {
    let ask = |bytes: usize, how: Cut| {
        let mut client = with(Fault::CutAfter(Role::Primary, u32::try_from(bytes).unwrap(), how));
        let line = client.line.unwrap();
        client.pair.write(line, b"show reload\r");
        let received = client.pair.read(line).bytes.len();
        (received, client.pair.history().iter().any(|happening| happening.what == What::AnswerLost))
    };
    let (whole, _) = ask(10_000, Cut::Hang);
    for how in [Cut::Hang, Cut::Reset] {
        assert_eq!(ask(whole, how), (whole, false));
        assert_eq!(ask(whole - 1, how), (whole - 1, true));
        assert_eq!(ask(14, how), (14, true));
    }
}

#[test]
fn a_reply_is_lost_before_or_after_the_line_arrived() {
    for (way, arrives) in [(Loss::Before, false), (Loss::After, true)] {
        let mut client = with(Fault::LoseReply(Role::Primary, way));
        assert_eq!(client.say("failover reload-standby"), "failover reload-standby\n");
        client.wait(5.0);
        assert!(!client.is_open());
        assert_eq!(client.pair.report().reboots, [0, u32::from(arrives)], "{way:?}");
        assert_eq!(client.pair.state_changing_lines().len(), usize::from(arrives));
        assert_eq!(struck(&client.pair), [FaultKind::LoseReply]);
    }
}

#[test]
fn a_notice_stands_anywhere_in_what_a_session_gets() {
    let notice = "%ASA-1-104002: (Primary) Switching to STANDBY - Other unit wants me Standby.";
    let whole = Client::at(standby(), Address::Active).say("show mode");
    for at in [0, 4, 11, 30] {
        let mut client = with(Fault::NoticeIn(Role::Primary, at, notice.to_owned()));
        let text = client.say("show mode");
        assert_eq!(text.replacen(&format!("\n{notice}\n"), "", 1), whole, "{text}");
        assert_eq!(text.matches(notice).count(), 1);
    }
}

#[test]
fn the_pager_comes_back_in_an_open_session() {
    let mut client = with(Fault::PagerOn(Role::Primary));
    assert!(client.say("show failover").ends_with("\n<--- More --->"));
}

#[test]
fn sessions_of_others_leave_none() {
    let mut client = with(Fault::SessionsTaken(Role::Secondary, 5));
    assert_eq!(client.pair.connect(Address::Standby), Err(NoAnswer::SessionLimit));
    client.pair.inject(Fault::SessionsTaken(Role::Secondary, 4));
    client.pair.connect(Address::Standby).unwrap();
    assert_eq!(client.pair.connect(Address::Standby), Err(NoAnswer::SessionLimit));
    assert_eq!(struck(&client.pair), [FaultKind::SessionsTaken; 2]);
}

#[test]
fn a_prompt_changes_under_an_open_session_and_a_changed_configuration_is_asked_about() {
    let mut client = with(Fault::PromptBecomes(Role::Primary, "edge-7".to_owned()));
    assert_eq!(client.say(""), "\nedge-7/pri/act# ");
    let mut client = with(Fault::Modified(Role::Primary));
    assert!(client.say("reload").ends_with("\nSystem config has been modified. Save? [Y]es/[N]o: "));
}

#[test]
fn a_fault_strikes_at_the_line_it_waits_for() {
    let foresee = |when: When, fault: Fault| {
        let mut client = Client::at(standby(), Address::Active);
        client.pair.foresee_when(when, fault);
        client
    };
    // Before the line is carried out: it is lost with the session, or with the unit.
    let mut client = foresee(When::typed("failover reload"), Fault::SessionLoss(Role::Primary));
    client.say("show mode");
    assert_eq!(client.say("failover reload-standby"), "failover reload-standby\n");
    client.wait(10.0);
    assert_eq!(client.pair.report().reboots, [0, 0]);
    let mut client = foresee(When::typed("failover reload"), Fault::Crash(Role::Primary));
    client.say("failover reload-standby");
    client.wait(10.0);
    assert_eq!(client.pair.report().reboots, [1, 0]);

    // The second such line, and a moment behind it.
    let when = When::Typed {
        role: Some(Role::Primary),
        head: "show failover".to_owned(),
        nth: 2,
        after: Duration::from_millis(300),
    };
    let mut client = foresee(when, Fault::StateLinkDown);
    client.say("show failover");
    client.wait(1.0);
    assert!(client.say("show failover").contains("Link : statelink GigabitEthernet0/4 (up)"));
    client.wait(0.2);
    assert_eq!(struck(&client.pair), []);
    client.wait(0.1);
    assert!(client.say("show failover").contains("Link : statelink GigabitEthernet0/4 (down)"));
    client.pair.inject(Fault::StateLinkUp);
    assert!(client.say("show failover").contains("Link : statelink GigabitEthernet0/4 (up)"));
}

#[test]
fn a_fault_strikes_at_a_standing_and_behind_a_reading() {
    let mut client = Client::at(standby(), Address::Active);
    let at = When::stands(Role::Secondary, Standing::BulkSync);
    client.pair.foresee_when(at, Fault::Crash(Role::Secondary));
    client.say("failover reload-standby");
    client.wait(900.0);
    assert_eq!(client.pair.report().reboots, [0, 2]);

    let mut client = Client::at(standby(), Address::Active);
    let read = When::Read { role: Role::Secondary, nth: 1 };
    client.pair.foresee_when(read, Fault::Crash(Role::Secondary));
    client.say("show failover");
    assert_eq!(client.pair.report().reboots, [0, 0]);
    let said = client.say("failover exec mate show failover");
    assert!(said.contains("This host: Secondary - Standby Ready"), "it was answered: {said}");
    client.say("failover reload-standby");
    assert_eq!(client.pair.report().reboots, [0, 1], "and the next line comes too late");
}

#[test]
fn a_line_on_a_console_counts_only_where_it_did_something_and_again_when_the_unit_goes_down() {
    let mut client = with(Fault::Console(Role::Primary, "show version".to_owned()));
    assert_eq!(struck(&client.pair), []);
    client.pair.inject(Fault::Console(Role::Secondary, "reload".to_owned()));
    client.wait(10.0);
    let told: Vec<_> = client.pair.history().iter().rev().take(20).map(|happening| &happening.what).collect();
    let down = told.iter().position(|what| matches!(what, What::Down { .. })).unwrap();
    assert_eq!(told[down + 1], &What::Struck { fault: FaultKind::Console });
    assert_eq!(struck(&client.pair), [FaultKind::Console; 2]);
}

#[test]
fn every_kind_of_fault_strikes_in_one_of_these_tests() {
    let source = [
        include_str!("faults.rs"),
        include_str!("dialogs.rs"),
        include_str!("health.rs"),
        include_str!("manners.rs"),
        include_str!("notices.rs"),
        include_str!("upgrades.rs"),
    ]
    .concat();
    for kind in FaultKind::ALL {
        assert!(source.contains(&format!("Fault::{kind:?}")), "no test has Fault::{kind:?}");
    }
}
