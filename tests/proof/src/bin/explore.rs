//! Explores every case with so many faults, those of one topology, or one: `explore --help`.
#![expect(clippy::disallowed_types, reason = "it says how long an exploration took")]

use std::process::ExitCode;
use std::time::Instant;

use asa_failover_core::goal::{Preempt, Procedure};
use asa_failover_proof::explore::case::{Case, Choice, Topology};
use asa_failover_proof::explore::search::Search;
use clap::{Parser, ValueEnum};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// States of one case, at some 20 bytes of memory each, runs apart, and 12 of a file: beyond that it says so and ends.
const MOST: usize = 1_000_000_000;

/// Explores every order of events on a small model of a pair, under the run that is shipped.
#[derive(Parser)]
struct Asked {
    /// How many faults may befall the pair.
    #[arg(long)]
    faults: u8,
    /// 0 for Active/Standby, 1 for Active/Active, 2 with preempt on one group, 3 on both; all of them by default.
    #[arg(long, value_parser = topology)]
    case: Option<Topology>,
    /// `removing` is the hardened procedure with preempt removed; hardened and published by default.
    #[arg(long)]
    procedure: Option<Way>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Way {
    Hardened,
    Published,
    Removing,
}

/// A topology by its number.
fn topology(number: &str) -> Result<Topology, String> {
    let at = number.parse::<usize>().ok().and_then(|at| Topology::ALL.get(at));
    at.copied().ok_or_else(|| {
        let all = Topology::ALL.iter().enumerate().map(|(at, topology)| format!("{at} {topology}"));
        format!("expected one of {}", all.collect::<Vec<_>>().join(", "))
    })
}

impl Asked {
    fn choices(&self) -> Vec<Choice> {
        let topologies = self.case.map_or_else(|| Topology::ALL.to_vec(), |one| vec![one]);
        let ways = self.procedure.map_or_else(|| vec![Way::Hardened, Way::Published], |one| vec![one]);
        let choice = |topology, way: &Way| match way {
            Way::Hardened => Choice::new(topology, Procedure::Hardened),
            Way::Published => Choice::new(topology, Procedure::Published),
            Way::Removing => {
                Choice { preempt: Preempt::Remove, ..Choice::new(topology, Procedure::Hardened) }
            }
        };
        topologies.iter().flat_map(|topology| ways.iter().map(|way| choice(*topology, way))).collect()
    }
}

fn main() -> ExitCode {
    let asked = Asked::parse();
    let (faults, choices) = (asked.faults, asked.choices());
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
