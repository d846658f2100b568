//! Upgrades done right by hand, the links, and what follows from a seed.

use std::time::Duration;

use sha2::{Digest, Sha512};

use super::super::{Address, Cause, Fault, FaultKind, Happening, LineId, Pair, Spec, What};
use super::{Client, NEW, OLD, standby};
use crate::unit::{GroupId, Role, Standing};

const PREPARE: [&str; 6] = [
    "configure terminal",
    "no boot system disk0:/asa984-smp-k8.bin",
    "boot system disk0:/asa984-48-smp-k8.bin",
    "boot system disk0:/asa984-smp-k8.bin",
    "end",
    "write memory",
];

/// Upgrades an Active/Standby pair from its active address.
fn upgrade(spec: Spec, seed: u64) -> Pair {
    let mut client = Client { pair: Pair::new(spec, seed), line: None };
    client.login(Address::Active);
    for line in PREPARE {
        client.say(line);
    }
    client.wait(1.0);
    for _ in 0..2 {
        client.say("failover reload-standby");
        client.wait(60.0);
        client.wait_for("Failed");
        client.wait_for(" - Standby Ready ");
        client.wait(30.0);
        client.say("no failover active");
        client.pass(5);
        client.login(Address::Active);
    }
    client.pair
}

#[test]
fn an_active_standby_upgrade_is_clean() {
    let pair = upgrade(standby().with_staged(NEW), 1);
    let report = pair.report();
    assert!(report.is_clean(), "{report}");
    assert_eq!(report.reboots, [1, 1]);
    assert_eq!(report.gaps.len(), 2);
    assert!(report.gaps.iter().all(|gap| (200..=1_500).contains(&gap.length.as_millis())), "{report}");
    let ups: Vec<_> = pair
        .history()
        .iter()
        .filter_map(|happening| match happening.what {
            What::Up { version } => Some((happening.role, version)),
            _ => None,
        })
        .collect();
    assert_eq!(ups, [(Role::Secondary, NEW), (Role::Primary, NEW)]);
    let lines = pair.state_changing_lines();
    assert_eq!(
        lines,
        [
            (Role::Primary, "no boot system disk0:/asa984-smp-k8.bin"),
            (Role::Primary, "boot system disk0:/asa984-48-smp-k8.bin"),
            (Role::Primary, "boot system disk0:/asa984-smp-k8.bin"),
            (Role::Primary, "write memory"),
            (Role::Primary, "failover reload-standby"),
            (Role::Primary, "no failover active"),
            (Role::Secondary, "failover reload-standby"),
            (Role::Secondary, "no failover active"),
        ]
    );
}

#[test]
fn equal_seeds_give_equal_histories_and_others_do_not() {
    let spec = standby().with_staged(NEW);
    let [first, again, other] = [3, 3, 4].map(|seed| upgrade(spec.clone(), seed));
    assert_eq!(first.history(), again.history());
    assert_ne!(first.history(), other.history());
    let mut twins = [first.clone(), first];
    for twin in &mut twins {
        twin.inject(Fault::Crash(Role::Primary));
        twin.advance_to(twin.now() + Duration::from_secs(600));
    }
    let [one, two] = twins;
    assert_eq!(one.history(), two.history());
}

/// What 40 seeds with three faults each tell, byte for byte. A change of the simulated pair may change it;
/// a compiler, its options and the machine may not.
#[test]
fn a_seed_tells_the_same_story_in_every_build() {
    let mut told = Sha512::new();
    for seed in 0..40 {
        let mut pair = Pair::new(standby().with_staged(NEW), seed);
        let kind = |nth: u64| FaultKind::ALL[usize::try_from(seed * 3 + nth).unwrap() % FaultKind::ALL.len()];
        let role = if seed % 2 == 0 { Role::Primary } else { Role::Secondary };
        for nth in 0..3 {
            let name = serde_json::to_string(&kind(nth)).unwrap();
            let forms = [
                name.clone(),
                format!("{{{name}: 0}}"),
                format!("{{{name}: \"{role}\"}}"),
                format!("{{{name}: [\"{role}\", 4]}}"),
                format!("{{{name}: [\"{role}\", \"write standby\"]}}"),
            ];
            let fault = forms.iter().find_map(|text| serde_json::from_str::<Fault>(text).ok());
            if let Some(fault) = fault {
                pair.foresee(Duration::from_secs(5 + 40 * nth), fault);
            }
        }
        let mut client = Client { pair, line: None };
        for line in PREPARE.into_iter().chain(["failover reload-standby", "no failover active"]) {
            if client.line.is_none() && client.pair.who_has(Address::Active).is_some() {
                client.line = client.pair.connect(Address::Active).ok();
                client.line.iter().for_each(|line| client.pair.write(*line, b"enable\r\r"));
            }
            if client.line.is_some() {
                let answer = client.say(line);
                told.update(answer);
            }
            client.pass(if line.starts_with("failover") { 500 } else { 9 });
            if client.line.is_some() && !client.is_open() {
                client.line = None;
            }
        }
        told.update(serde_json::to_string(client.pair.history()).unwrap());
    }
    let digest = told.finalize().iter().take(8).fold(0, |all: u64, byte| (all << 8) | u64::from(*byte));
    assert_eq!(digest, 0x41e7_ff24_38c5_f974);
}

#[test]
fn an_active_active_upgrade_with_preempt_is_clean() {
    let spec = Spec::active_active("ASA5525", OLD)
        .with_staged(NEW)
        .with_preempt(GroupId::new(1), 60)
        .with_preempt(GroupId::new(2), 60);
    let mut client = Client::at(spec, Address::Active);
    client.say("changeto system");
    for line in PREPARE {
        client.say(line);
    }
    client.wait(1.0);
    client.say("failover active group 2");
    client.wait(5.0);
    client.say("failover reload-standby");
    // Group 2 goes home by itself, on the new release.
    client.wait(700.0);
    let text = client.say("show failover");
    assert!(text.contains("\nVersion: Ours 9.8(4), Mate 9.8(4)48\n"), "{text}");
    client.say("no failover active group 1");
    client.pass(5);
    client.login(Address::Active);
    client.say("changeto system");
    assert!(client.say("failover reload-standby").ends_with("fw/sec/act# "));
    client.wait(700.0);
    client.pass(60);
    let report = client.pair.report();
    assert!(report.is_clean(), "{report}");
    assert_eq!(client.active(), Some(Role::Primary));
    let preempts = report.gaps.iter().filter(|gap| gap.cause == Cause::Preempt).count();
    assert_eq!((preempts, report.gaps.len(), report.reboots), (2, 4, [1, 1]), "{report}");
}

fn standings(history: &[Happening], role: Role) -> Vec<Standing> {
    history
        .iter()
        .filter(|happening| happening.role == role)
        .filter_map(|happening| match &happening.what {
            What::Standing { to, .. } => Some(to.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_reloaded_standby_passes_every_state_and_its_sessions_end() {
    let mut client = Client::at(standby(), Address::Active);
    let watcher: LineId = client.pair.connect(Address::Standby).unwrap();
    assert_eq!(client.say("failover reload-standby"), "failover reload-standby\nfw/pri/act# ");
    client.wait(5.0);
    let seen = client.pair.read(watcher);
    let text = String::from_utf8(seen.bytes).unwrap().replace('\r', "");
    assert!(text.ends_with(
        "*** --- SHUTDOWN NOW ---\n***\n*** Message to all terminals:\n***\n***   requested by active unit\n"
    ));
    assert!(!seen.open);
    client.pass(600);
    assert_eq!(
        standings(client.pair.history(), Role::Secondary),
        [
            Standing::Disabled,
            Standing::Negotiation,
            Standing::ColdStandby,
            Standing::SyncConfig,
            Standing::SyncFileSystem,
            Standing::BulkSync,
            Standing::StandbyReady
        ]
    );
    assert!(
        client
            .say("show failover history")
            .contains("From State                 To State                   Reason")
    );
}

#[test]
fn a_crash_of_the_active_unit_is_healed_after_the_hold_time() {
    let mut client = Client::of(standby().with_fault(Duration::from_secs(10), Fault::Crash(Role::Primary)));
    client.pass(60);
    let report = client.pair.report();
    assert_eq!(client.active(), Some(Role::Secondary));
    let [gap] = report.gaps.as_slice() else { panic!("{report}") };
    assert_eq!((gap.cause, gap.length), (Cause::Fault, Duration::from_secs(15)));
}

#[test]
fn a_boot_without_the_failover_link_splits_the_brain_until_it_returns() {
    let mut client = Client::of(standby());
    client.pair.inject(Fault::FailoverLinkDown);
    client.pair.inject(Fault::Crash(Role::Secondary));
    client.pass(600);
    assert_eq!(client.pair.report().doubles.len(), 1);
    client.pair.inject(Fault::FailoverLinkUp);
    client.pass(120);
    let report = client.pair.report();
    assert!(report.doubles.first().is_some_and(|double| double.length.as_secs() > 100), "{report}");
    client.login(Address::Active);
    assert!(client.say("show failover").contains("Other host: Secondary - Standby Ready"));
}

#[test]
fn a_unit_without_anything_to_boot_is_dead_and_a_corrupt_image_is_passed_over() {
    let mut spec = standby().with_staged(NEW);
    let unit = spec.unit_mut(Role::Secondary);
    unit.startup_boot = vec!["asa984-48-smp-k8.bin".to_owned(), "asa984-smp-k8.bin".to_owned()];
    unit.flash = unit
        .flash
        .iter()
        .map(|file| if file.image == Some(NEW) { file.corrupted() } else { file.clone() })
        .collect();
    let mut client = Client::of(spec.clone());
    client.pair.inject(Fault::Crash(Role::Secondary));
    client.pass(600);
    assert!(client.pair.history().iter().any(|happening| happening.what == What::Up { version: OLD }));
    spec.unit_mut(Role::Secondary).flash.clear();
    let mut client = Client::of(spec);
    client.pair.inject(Fault::Crash(Role::Secondary));
    client.pass(600);
    assert!(client.pair.history().iter().any(|happening| happening.what == What::Dead));
}

#[test]
fn faults_of_a_reboot_keep_the_unit_from_being_ready() {
    let cases = [
        (Fault::NeverReturns(Role::Secondary), "Other host: Secondary - Failed "),
        (Fault::ReturnsFailed(Role::Secondary), "Other host: Secondary - Failed "),
        (Fault::StuckIn(Role::Secondary, Standing::SyncConfig), "Other host: Secondary - Sync Config "),
    ];
    for (fault, text) in cases {
        let mut client = Client::at(standby(), Address::Active);
        client.pair.inject(fault);
        client.say("failover reload-standby");
        client.wait(900.0);
        assert!(client.say("show failover").contains(text), "{text}");
        assert!(client.pair.report().is_clean());
    }
}

#[test]
fn a_mate_that_is_away_does_not_execute() {
    let mut client = Client::at(standby(), Address::Active);
    client.say("failover reload-standby");
    client.wait(5.0);
    let said = client.say("failover exec mate show version");
    client.wait(20.0);
    assert!(
        client.say("failover exec mate show version").contains("unable to communicate with mate"),
        "{said}"
    );
}

#[test]
fn units_that_boot_together_agree_on_one_active_unit() {
    let mut client = Client::of(standby());
    for role in Role::BOTH {
        client.pair.inject(Fault::Crash(role));
    }
    client.pass(900);
    let report = client.pair.report();
    assert!(report.doubles.is_empty() && report.gaps.len() == 1, "{report}");
    client.login(Address::Active);
    assert!(client.say("show failover").contains(" - Standby Ready "));
}

#[test]
fn a_history_is_told_in_milliseconds() {
    let mut client = Client::at(standby(), Address::Active);
    client.wait(1.5);
    client.say("write memory");
    let told = serde_json::to_value(client.pair.history().last()).unwrap();
    assert_eq!(told["at_ms"], 1_500);
    assert_eq!(told["what"]["saved"]["boot"][0], "asa984-smp-k8.bin");
}
