//! Explores every case with so many faults, or those of one topology: `explore [FAULTS [0..3]]`.
#![expect(clippy::disallowed_types, reason = "it says how long an exploration took")]

use std::process::ExitCode;
use std::time::Instant;

use asa_failover_core::goal::Procedure;
use asa_failover_proof::explore::case::{Case, Choice, Topology};
use asa_failover_proof::explore::search::Search;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// States of one case, at some 20 bytes of memory each, runs apart, and 12 of a file: beyond that it says so and ends.
const MOST: usize = 1_000_000_000;

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let faults = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
    let only: Option<usize> = words.next().and_then(|word| word.parse().ok());
    let mut bad = 0;
    for (at, topology) in Topology::ALL.into_iter().enumerate() {
        for procedure in [Procedure::Hardened, Procedure::Published] {
            if only.is_some_and(|only| only != at) {
                continue;
            }
            let choice = Choice::new(topology, procedure);
            let case = match Case::new(choice) {
                Ok(case) => case,
                Err(why) => {
                    println!("{choice}: {why}");
                    return ExitCode::FAILURE;
                }
            };
            let began = Instant::now();
            let mut search = match Search::new(&case) {
                Ok(search) => search,
                Err(why) => {
                    println!("{choice}: {why}");
                    return ExitCode::FAILURE;
                }
            };
            search.told = |faults, states| eprintln!("with {faults} faults: {states} states so far");
            let found = search.explore(faults, MOST);
            println!("{choice}, {faults} faults, {:.1} s: {found}", began.elapsed().as_secs_f64());
            bad += found.violations.len() + found.stuck + usize::from(!found.is_whole);
        }
    }
    if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
