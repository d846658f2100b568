//! A campaign of faults on the simulated pair: whatever goes wrong, and whenever the program that
//! drives the run dies, no command of ours does harm that its guards could have seen coming, every
//! run ends, and "completed" means it.
//!
//! Each run follows from its seed. `ASA_FAILOVER_CAMPAIGN=100000` runs so many seeds,
//! `ASA_FAILOVER_SEED=7` that one with all it did.
#![cfg(feature = "twin")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test starts from is there, or the test has failed"
)]

mod journey;
mod judge;
#[path = "../pairs/mod.rs"]
mod pairs;
mod scene;
mod shaky;

use std::collections::BTreeMap;

use asa_failover_core::run::Outcome;
use journey::{Ended, travel};
use scene::Scene;

/// Seeds of a run of the tests. A campaign takes more.
const SEEDS: u64 = 60;

#[derive(Default)]
struct Tally {
    runs: u64,
    faults: BTreeMap<String, u64>,
    ends: BTreeMap<String, u64>,
    kills: u64,
    mishaps: u64,
    excused: u64,
    guilty: Vec<String>,
}

#[expect(clippy::disallowed_methods, reason = "how long a campaign is, the caller says")]
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

fn one(seed: u64, tally: &mut Tally) {
    let scene = Scene::new(seed);
    let journey = travel(&scene);
    tally.runs += 1;
    tally.kills += u64::from(journey.kills);
    tally.mishaps += journey.mishaps;
    for (_, fault) in &scene.faults {
        let name = format!("{fault:?}");
        let name = name.split(['(', '{']).next().unwrap_or_default().to_owned();
        *tally.faults.entry(name).or_default() += 1;
    }
    let end = match &journey.ended {
        Ended::Outcome(Outcome::Completed(_)) => "completed".to_owned(),
        Ended::Outcome(Outcome::Halted(halt)) => {
            let text = halt.reason.to_string();
            let head: Vec<&str> = text.split(' ').filter(|word| !word.contains("ary")).take(4).collect();
            format!("{}: {}", halt.code, head.join(" "))
        }
        Ended::Endless => "ENDLESS".to_owned(),
    };
    *tally.ends.entry(end).or_default() += 1;
    let verdict = judge::judge(&scene, &journey);
    tally.excused += verdict.excused;
    if number("ASA_FAILOVER_SEED").is_some() {
        println!("{scene}\n{journey}");
    }
    for charge in verdict.charges {
        tally.guilty.push(format!("seed {seed}: {charge}\n{scene}\n{}", journey.ended));
    }
}

#[test]
fn no_fault_makes_a_command_of_ours_harmful() {
    let mut tally = Tally::default();
    if let Some(seed) = number("ASA_FAILOVER_SEED") {
        one(seed, &mut tally);
    } else {
        let first = number("ASA_FAILOVER_FIRST").unwrap_or(0);
        for seed in first..first + number("ASA_FAILOVER_CAMPAIGN").unwrap_or(SEEDS) {
            one(seed, &mut tally);
        }
    }
    println!(
        "{} runs, killed {} times, {} lost or damaged replies, {} harms excused by a fault in the last seconds\nfaults: {:?}\nends: {:?}",
        tally.runs, tally.kills, tally.mishaps, tally.excused, tally.faults, tally.ends
    );
    assert!(
        tally.guilty.is_empty(),
        "{} of {} runs:\n{}",
        tally.guilty.len(),
        tally.runs,
        tally.guilty.iter().take(12).cloned().collect::<Vec<_>>().join("\n\n")
    );
}
