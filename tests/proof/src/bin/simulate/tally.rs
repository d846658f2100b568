//! The figures of a campaign.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use asa_failover_core::run::Outcome;
use asa_failover_core::twin::{FaultKind, What};

use crate::draw::Block;
use crate::fly::{Flight, Level};

/// Violations that are told in full.
const TOLD: usize = 12;

/// Seeds that are told of each rule.
const SEEDS: usize = 8;

/// A charge without its unit.
fn rule_of(charge: &str) -> &str {
    charge.trim_start_matches("Primary ").trim_start_matches("Secondary ")
}

/// What was counted so far.
#[derive(Default)]
pub(crate) struct Tally {
    runs: u64,
    through_text: u64,
    steps: u64,
    kills: u64,
    quiet: u64,
    /// By end, how many runs had it and the seeds of some.
    ends: BTreeMap<String, Seen>,
    struck: BTreeMap<FaultKind, u64>,
    excuses: BTreeMap<FaultKind, u64>,
    guilty: u64,
    /// By rule, how many runs broke it and the seeds of some.
    broken: BTreeMap<String, Seen>,
    told: Vec<String>,
}

/// How many runs had something, and the seeds of some.
#[derive(Default)]
struct Seen {
    times: u64,
    seeds: Vec<u64>,
}

impl Seen {
    fn count(&mut self, seed: u64) {
        self.times += 1;
        if self.seeds.len() < SEEDS {
            self.seeds.push(seed);
        }
    }

    fn add(&mut self, other: Self) {
        self.times += other.times;
        self.seeds.extend(other.seeds);
        self.seeds.sort_unstable();
        self.seeds.truncate(SEEDS);
    }
}

impl Tally {
    pub(crate) fn count(&mut self, seed: u64, block: &Block, flight: &Flight, faults: usize) {
        self.runs += 1;
        self.through_text += u64::from(matches!(flight.level, Level::Text(_)));
        self.steps += flight.steps;
        self.kills += flight.kills;
        for happening in flight.pair.history() {
            if let What::Struck { fault } = happening.what {
                *self.struck.entry(fault).or_default() += 1;
            }
        }
        for (fault, times) in flight.judgement.excuses() {
            *self.excuses.entry(fault).or_default() += u64::from(times);
        }
        let end = match &flight.outcome {
            Some(Outcome::Completed(_)) => "completed".to_owned(),
            Some(Outcome::Halted(halt)) => halt.code.clone(),
            None => "ENDLESS".to_owned(),
        };
        let mut charges: Vec<String> = flight
            .judgement
            .violations
            .iter()
            .map(|found| format!("{} {}", found.role, found.finding))
            .collect();
        if faults == 0 {
            self.quiet += 1;
            if end != "completed" {
                charges.push(format!("ended {end} without a fault"));
            }
        }
        if matches!(end.as_str(), "ENDLESS" | "unexpected" | "journal-failed") {
            charges.push(format!("ended {end}"));
        }
        self.ends.entry(end).or_default().count(seed);
        let mut rules: Vec<&str> = charges.iter().map(|charge| rule_of(charge)).collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            self.broken.entry(rule.to_owned()).or_default().count(seed);
        }
        if !charges.is_empty() {
            self.guilty += 1;
            if self.told.len() < TOLD {
                self.told.push(format!("seed {seed} ({}): {}", block.name, charges.join("; ")));
            }
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.runs += other.runs;
        self.through_text += other.through_text;
        self.steps += other.steps;
        self.kills += other.kills;
        self.quiet += other.quiet;
        self.guilty += other.guilty;
        for (end, seen) in other.ends {
            self.ends.entry(end).or_default().add(seen);
        }
        for (fault, count) in other.struck {
            *self.struck.entry(fault).or_default() += count;
        }
        for (fault, count) in other.excuses {
            *self.excuses.entry(fault).or_default() += count;
        }
        for (rule, seen) in other.broken {
            self.broken.entry(rule).or_default().add(seen);
        }
        self.told.extend(other.told);
    }

    pub(crate) fn is_innocent(&self) -> bool {
        self.guilty == 0
    }

    pub(crate) fn told(&self, took: Duration, workers: u64) -> String {
        let mut text = String::new();
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX).max(1);
        let _ = writeln!(
            text,
            "{} runs in {millis} ms on {workers} threads: {} a second and thread; {} through text; \
             {} steps a run; {} without a fault; killed {} times",
            self.runs,
            self.runs * 1_000 / millis / workers,
            self.through_text,
            self.steps / self.runs.max(1),
            self.quiet,
            self.kills
        );
        let _ = writeln!(text, "ends:");
        for (end, Seen { times, seeds }) in &self.ends {
            let _ = writeln!(text, "  {times} {end}, as in {seeds:?}");
        }
        let _ = writeln!(text, "faults that struck: {:?}", self.struck);
        let never: Vec<_> = FaultKind::ALL.iter().filter(|kind| !self.struck.contains_key(kind)).collect();
        let _ = writeln!(text, "never struck: {never:?}");
        let _ = writeln!(text, "harms excused, by fault: {:?}", self.excuses);
        let _ = write!(text, "runs with a violation: {}", self.guilty);
        for (rule, Seen { times, seeds }) in &self.broken {
            let _ = write!(text, "\n  {times} {rule}, as in {seeds:?}");
        }
        for told in &self.told {
            let _ = write!(text, "\n  {told}");
        }
        text
    }
}
