//! Explores every case with so many faults, those of one topology, or one:
//! `explore FAULTS [TOPOLOGY [hardened|published|removing]]`, of which the last is the hardened procedure with preempt removed.
#![expect(clippy::disallowed_types, reason = "it says how long an exploration took")]

use std::process::ExitCode;
use std::time::Instant;

use asa_failover_core::goal::{Preempt, Procedure};
use asa_failover_proof::explore::case::{Case, Choice, Topology};
use asa_failover_proof::explore::search::Search;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// States of one case, at some 20 bytes of memory each, runs apart, and 12 of a file: beyond that it says so and ends.
const MOST: usize = 1_000_000_000;

/// What the words ask for; none: they ask for nothing that there is.
fn asked(words: &[String]) -> Option<(u8, Vec<Choice>)> {
    let (faults, topology, procedure) = match words {
        [faults] => (faults, None, None),
        [faults, topology] => (faults, Some(topology), None),
        [faults, topology, procedure] => (faults, Some(topology), Some(procedure)),
        _ => return None,
    };
    let topologies = match topology {
        None => Topology::ALL.to_vec(),
        Some(at) => vec![*Topology::ALL.get(at.parse::<usize>().ok()?)?],
    };
    let procedures = match procedure.map(String::as_str) {
        None => vec![Procedure::Hardened, Procedure::Published],
        Some("hardened" | "removing") => vec![Procedure::Hardened],
        Some("published") => vec![Procedure::Published],
        Some(_) => return None,
    };
    let removes = procedure.is_some_and(|procedure| procedure == "removing");
    let preempt = if removes { Preempt::Remove } else { Preempt::Wait };
    let choices = topologies.into_iter().flat_map(|topology| {
        procedures.iter().map(move |procedure| Choice { preempt, ..Choice::new(topology, *procedure) })
    });
    Some((faults.parse().ok()?, choices.collect()))
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some((faults, choices)) = asked(&words) else {
        let topologies = Topology::ALL.iter().enumerate().map(|(at, topology)| format!("{at} {topology}"));
        eprintln!("explore FAULTS [TOPOLOGY [hardened|published|removing]]; found: {}", words.join(" "));
        eprintln!("FAULTS is a number, TOPOLOGY one of: {}", topologies.collect::<Vec<_>>().join(", "));
        return ExitCode::FAILURE;
    };
    let mut bad = 0;
    for choice in choices {
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
    if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
