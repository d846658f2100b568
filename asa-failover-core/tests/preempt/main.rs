//! Preempt that the policy has removed: out of the way while units reboot, and back with its delay on both
//! units, running and saved, whatever happens to the controller meanwhile.
#![cfg(feature = "twin")]
#![expect(clippy::unwrap_used, reason = "what a test starts from is there, or the test has failed")]

mod deaths;
mod decisions;
mod halts;
mod hands;
mod sessions;
mod upgrades;

#[path = "../pairs/mod.rs"]
mod pairs;

use std::time::Duration;

use asa_failover_core::goal::{Policy, Preempt};
use asa_failover_core::twin::{self, Address, Glance, Shown, Spec};
use asa_failover_core::unit::{GroupId, Role};
use pairs::bench::Bench;
use pairs::v;

const ONE: GroupId = GroupId::new(1);
const TWO: GroupId = GroupId::new(2);

fn policy() -> Policy {
    Policy::default().with_preempt(Preempt::Remove)
}

/// An Active/Active pair with preempt of each group after so many seconds, 0: `preempt` alone.
fn spec(delays: [Option<u32>; 2]) -> Spec {
    let mut spec = Spec::active_active("ASA5525", v("9.8(4)"));
    for (group, delay) in [ONE, TWO].into_iter().zip(delays) {
        if let Some(delay) = delay {
            spec = spec.with_preempt(group, delay);
        }
    }
    spec
}

/// Both groups, 45 and 0 seconds, to be upgraded by one hop.
fn bench() -> Bench {
    Bench::staged(spec([Some(45), Some(0)]), &policy())
}

/// Types lines on the unit at an address, in the system space; what each answers.
fn typed_at(pair: &mut twin::Pair, address: Address, lines: &[&str]) -> Vec<String> {
    // A unit that starts, or takes over, answers in a while.
    let session = (0..200).find_map(|_| {
        let later = pair.now() + Duration::from_secs(10);
        pair.glance_open(address).map_err(|_| pair.advance_to(later)).ok()
    });
    let session = session.unwrap();
    let mut answers = Vec::new();
    for line in ["changeto system"].iter().chain(lines) {
        let until = pair.now() + Duration::from_secs(60);
        match pair.glance(session, line, until) {
            Glance::Shown { shown: Shown::Text(text), .. } => answers.push(text),
            other => panic!("{line}: {other:?}"),
        }
    }
    pair.hang_up(session);
    answers.split_off(1)
}

/// Types lines on the unit that leads, as an operator would.
fn by_hand(pair: &mut twin::Pair, lines: &[&str]) {
    typed_at(pair, Address::Active, lines);
}

/// The lines of the groups in a configuration of each unit, as it is saved or runs.
fn groups(pair: &twin::Pair, of: &str) -> [String; 2] {
    Role::BOTH.map(|role| {
        let leads = pair.who_has(Address::Active) == Some(role);
        let address = if leads { Address::Active } else { Address::Standby };
        let text = typed_at(&mut pair.clone(), address, &[&format!("show {of}")]).remove(0);
        let lines = text.lines().skip_while(|line| !line.starts_with("failover group"));
        let lines = lines.take_while(|line| line.starts_with("failover group") || line.starts_with("  "));
        lines.flat_map(|line| [line, "\n"]).collect()
    })
}

/// The groups as both units have them, running and saved.
fn configured(pair: &twin::Pair) -> [[String; 2]; 2] {
    ["running-config", "startup-config"].map(|of| groups(pair, of))
}

/// What all of these are where each unit has the same.
fn everywhere(text: &str) -> [[String; 2]; 2] {
    [[text.to_owned(), text.to_owned()], [text.to_owned(), text.to_owned()]]
}

/// No save of ours comes while preempt is removed.
#[track_caller]
fn never_saved_without(lines: &[(Role, String)], context: &str) {
    let (mut removed, mut group) = (Vec::new(), String::new());
    for (_, line) in lines {
        match line.as_str() {
            line if line.starts_with("failover group ") => line.clone_into(&mut group),
            "no preempt" => removed.push(group.clone()),
            line if line.starts_with("preempt") => removed.retain(|of| *of != group),
            line if line.starts_with("write memory") => {
                assert!(removed.is_empty(), "{context}: saved while {removed:?} are without: {lines:?}");
            }
            _ => {}
        }
    }
    assert!(removed.is_empty(), "{context}: not restored: {lines:?}");
}
