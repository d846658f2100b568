//! The campaign: random pairs with random faults, the shipped run and records, judged by the oracle.
//!
//! `simulate run --runs N --first SEED` flies the N seeds from SEED on, `simulate replay --seed SEED` tells one, byte for
//! byte, or with `--runs N` as many from there on.
//! A seed is all there is: it stands for the pair, the plan, the faults, the deaths and every chance.

mod ages;
mod choice;
mod clock;
mod draw;
mod faults;
mod fly;
mod overhead;
mod recoverable;
mod tally;

use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, value_parser};
use draw::Block;
use fly::{Flight, Level, fly};
use overhead::Overhead;
use tally::{Dear, Tally};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Seeds that share a plan.
const BLOCK: u64 = 512;
/// One run in so many goes through sessions and text.
const THROUGH_TEXT: u64 = 100;

#[expect(clippy::disallowed_methods, reason = "a campaign uses what processors there are")]
fn campaign(count: u64, first: u64) -> ExitCode {
    let began = clock::stopwatch();
    let last = first.saturating_add(count);
    let workers = 2;
    let tallies = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..workers).map(|worker| scope.spawn(move || leg(first, last, worker, workers))).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect::<Vec<_>>()
    });
    let mut all = Tally::default();
    let joined = u64::try_from(tallies.len()).unwrap_or_default();
    for tally in tallies {
        all.add(tally);
    }
    println!("seeds {first} to {}", last.saturating_sub(1));
    println!("{}", all.told(began.elapsed(), workers));
    let overhead = Overhead::measured();
    println!("{overhead}");
    let mut failures = all.failures();
    failures.extend(overhead.failure());
    if joined != workers {
        failures.push("a thread broke off".to_owned());
    }
    for failure in &failures {
        println!("FAILED: {failure}");
    }
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The blocks of one worker.
fn leg(first: u64, last: u64, worker: u64, workers: u64) -> Tally {
    let mut tally = Tally::default();
    let began = clock::stopwatch();
    // Without a clock of the processor the wall has to do.
    let spent = || clock::processor().unwrap_or_else(|| began.elapsed());
    for number in (first / BLOCK)..=(last.saturating_sub(1) / BLOCK) {
        if number % workers != worker {
            continue;
        }
        let mut since = spent();
        let block = Block::new(number);
        for seed in (number * BLOCK).max(first)..((number + 1) * BLOCK).min(last) {
            // The clock is dear: it is asked where the level changes.
            let text = seed.is_multiple_of(THROUGH_TEXT);
            if text {
                tally.took(Dear::Values, settle(&mut since, spent()));
            }
            let flight = one(&block, seed);
            tally.count(seed, &block, &flight);
            if text {
                tally.took(Dear::Text, settle(&mut since, spent()));
            }
        }
        tally.took(Dear::Values, settle(&mut since, spent()));
    }
    tally
}

/// What passed since the clock was last asked.
fn settle(since: &mut Duration, now: Duration) -> Duration {
    now.saturating_sub(std::mem::replace(since, now))
}

/// The flight of a seed.
fn one(block: &Block, seed: u64) -> Flight {
    let mut chance = draw::chance(seed);
    let scene = block.scene(seed, &mut chance);
    let level = if seed.is_multiple_of(THROUGH_TEXT) { Level::Text(seed) } else { Level::Glance };
    fly(&block.plan, scene, level, &mut chance)
}

/// Whether the run of a seed, told in full, broke no rule.
fn replay(seed: u64) -> bool {
    let block = Block::new(seed / BLOCK);
    println!("seed {seed}: {}", block.name);
    for (when, fault) in &block.scene(seed, &mut draw::chance(seed)).faults {
        println!("  {when:?}: {fault:?}");
    }
    let flight = one(&block, seed);
    print!("{flight}");
    flight.judgement.is_innocent()
}

/// Flies random pairs with random faults under the run that is shipped, and judges it by the oracle.
#[derive(Parser)]
enum Asked {
    /// Flies so many seeds.
    Run {
        /// How many.
        #[arg(long, value_parser = value_parser!(u64).range(1..))]
        runs: u64,
        /// The first of them.
        #[arg(long)]
        first: u64,
    },
    /// Tells the whole history of one, or of some.
    Replay {
        /// Which, as a campaign prints it.
        #[arg(long)]
        seed: u64,
        /// How many from there on.
        #[arg(long, default_value_t = 1)]
        runs: u64,
    },
}

fn main() -> ExitCode {
    match Asked::parse() {
        Asked::Run { runs, first } => campaign(runs, first),
        Asked::Replay { seed, runs } => {
            let guilty = (seed..seed.saturating_add(runs)).filter(|seed| !replay(*seed)).count();
            if guilty == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
    }
}

#[cfg(test)]
mod tests {
    use asa_failover_core::run::Outcome;

    use super::*;

    #[test]
    fn a_seed_without_faults_completes_at_both_levels() {
        for number in [0, 1, 2] {
            let block = Block::new(number);
            let seed = number * BLOCK;
            for level in [Level::Glance, Level::Text(seed)] {
                let mut chance = draw::chance(seed);
                let scene = block.scene(seed, &mut chance);
                assert!(scene.faults.is_empty());
                let flight = fly(&block.plan, scene, level, &mut chance);
                assert!(matches!(flight.outcome, Some(Outcome::Completed(_))), "{}: {flight}", block.name);
                assert!(flight.judgement.is_innocent(), "{}: {flight}", block.name);
            }
        }
    }

    /// A fault that cannot befall its pair would be drawn for nothing.
    #[test]
    fn every_fault_that_is_drawn_fits_its_pair() {
        for number in 0..20 {
            let block = Block::new(number);
            for seed in number * BLOCK..(number + 1) * BLOCK {
                let scene = block.scene(seed, &mut draw::chance(seed));
                assert!(scene.faults.is_empty() || scene.faults.len() >= 3, "seed {seed}");
                for (when, fault) in &scene.faults {
                    assert_eq!(block.spec.fits(when, fault), Ok(()), "seed {seed}: {fault:?}");
                }
            }
        }
    }

    #[test]
    fn a_seed_is_the_same_flight_each_time() {
        let block = Block::new(3);
        for seed in 3 * BLOCK..3 * BLOCK + 12 {
            let told = [(); 2].map(|()| one(&block, seed).to_string());
            assert_eq!(told[0], told[1], "seed {seed}");
        }
    }
}
