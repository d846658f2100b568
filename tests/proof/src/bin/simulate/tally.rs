//! The figures of a campaign, and what of them does not do.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::Duration;

use asa_failover_core::goal::Procedure;
use asa_failover_core::run::Outcome;
use asa_failover_core::twin::{FaultKind, What};

use crate::ages::Ages;
use crate::choice::{is_avoidable, is_harm};
use crate::draw::{Block, Lot};
use crate::fly::{Flight, Level};

/// Violations that are told in full.
const TOLD: usize = 12;
/// Seeds that are told of each rule and of each end.
const SEEDS: usize = 6;
/// Of a thousand runs with recoverable faults only, how many have to complete.
const COMPLETES: u64 = 990;
/// Of a million runs, how many each kind of fault has to strike in.
const STRIKES: u64 = 1_000;

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
    recoverable: u64,
    recovered: u64,
    /// What runs cost at either level: values, then text.
    cost: [Duration; 2],
    /// By end, how many runs had it and the seeds of some.
    ends: BTreeMap<String, Seen>,
    /// The ends of runs with recoverable faults that did not complete.
    unrecovered: BTreeMap<String, Seen>,
    /// In how many runs a kind of fault did something.
    struck: BTreeMap<FaultKind, u64>,
    excuses: BTreeMap<FaultKind, u64>,
    /// Harms that a fault excuses, of the hardened procedure on pairs that refuse what they are not ready for, and
    /// whether another choice of command avoids them.
    hardened: BTreeMap<(bool, FaultKind, &'static str), Seen>,
    ages: Ages,
    longest_move: Duration,
    guilty: u64,
    /// By rule, how many runs broke it and the seeds of some.
    broken: BTreeMap<String, Seen>,
    told: Vec<String>,
}

/// What runs cost by.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Dear {
    Values,
    Text,
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

fn add_seen<K: Ord>(all: &mut BTreeMap<K, Seen>, other: BTreeMap<K, Seen>) {
    for (key, seen) in other {
        all.entry(key).or_default().add(seen);
    }
}

impl Tally {
    /// What runs of a level cost.
    pub(crate) fn took(&mut self, level: Dear, cost: Duration) {
        let [values, text] = &mut self.cost;
        *(if level == Dear::Text { text } else { values }) += cost;
    }

    pub(crate) fn count(&mut self, seed: u64, block: &Block, flight: &Flight) {
        self.runs += 1;
        self.through_text += u64::from(matches!(flight.level, Level::Text(_)));
        self.steps += flight.steps;
        self.kills += flight.kills;
        let struck: BTreeSet<FaultKind> = flight
            .pair
            .history()
            .iter()
            .filter_map(|happening| match happening.what {
                What::Struck { fault } => Some(fault),
                _ => None,
            })
            .collect();
        for fault in struck {
            *self.struck.entry(fault).or_default() += 1;
        }
        self.count_judgement(seed, block, flight);
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
        let completes = end == "completed";
        match flight.lot {
            Lot::Quiet => {
                self.quiet += 1;
                if !completes {
                    charges.push(format!("ended {end} without a fault"));
                }
            }
            Lot::Recoverable => {
                self.recoverable += 1;
                self.recovered += u64::from(completes);
                if !completes {
                    self.unrecovered.entry(end.clone()).or_default().count(seed);
                }
            }
            Lot::Any => {}
        }
        if matches!(end.as_str(), "ENDLESS" | "unexpected" | "journal-failed") {
            charges.push(format!("ended {end}"));
        }
        self.ends.entry(end).or_default().count(seed);
        self.charge(seed, block, &charges);
    }

    fn count_judgement(&mut self, seed: u64, block: &Block, flight: &Flight) {
        let judgement = &flight.judgement;
        for (fault, times) in judgement.excuses() {
            *self.excuses.entry(fault).or_default() += u64::from(times);
        }
        if flight.refuses && block.plan.policy().procedure == Procedure::Hardened {
            for found in judgement.excused.iter().filter(|found| is_harm(&found.finding)) {
                let Some(fault) = found.finding.excuse else { continue };
                let history = flight.pair.history();
                let until = history.partition_point(|happening| happening.at <= found.at);
                let avoidable = is_avoidable(history.get(..until).unwrap_or_default(), fault);
                self.hardened.entry((avoidable, fault, found.finding.how)).or_default().count(seed);
            }
        }
        if flight.round_trip == Ages::ROUND_TRIP {
            self.ages.take(&judgement.ages);
        }
        if judgement.excused.is_empty() {
            self.longest_move = judgement.moves.iter().copied().fold(self.longest_move, Duration::max);
        }
    }

    fn charge(&mut self, seed: u64, block: &Block, charges: &[String]) {
        let rules: BTreeSet<&str> = charges.iter().map(|charge| rule_of(charge)).collect();
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
        self.recoverable += other.recoverable;
        self.recovered += other.recovered;
        for (all, cost) in self.cost.iter_mut().zip(other.cost) {
            *all += cost;
        }
        self.guilty += other.guilty;
        add_seen(&mut self.ends, other.ends);
        add_seen(&mut self.unrecovered, other.unrecovered);
        add_seen(&mut self.hardened, other.hardened);
        add_seen(&mut self.broken, other.broken);
        for (fault, count) in other.struck {
            *self.struck.entry(fault).or_default() += count;
        }
        for (fault, count) in other.excuses {
            *self.excuses.entry(fault).or_default() += count;
        }
        self.ages.add(&other.ages);
        self.longest_move = self.longest_move.max(other.longest_move);
        self.told.extend(other.told);
    }

    /// What does not do. Shares are asked of a campaign that is long enough to tell.
    pub(crate) fn failures(&self) -> Vec<String> {
        let mut failures = Vec::new();
        if self.guilty > 0 {
            failures.push(format!("{} runs with a violation", self.guilty));
        }
        if self.recoverable >= 1_000 && self.recovered * 1_000 < self.recoverable * COMPLETES {
            failures.push(format!(
                "of {} runs with recoverable faults only {} completed",
                self.recoverable, self.recovered
            ));
        }
        if self.runs >= 200_000 {
            let least = (self.runs * STRIKES / 1_000_000).min(STRIKES);
            let rare =
                FaultKind::ALL.iter().filter(|kind| self.struck.get(kind).copied().unwrap_or(0) < least);
            failures.extend(rare.map(|kind| format!("{kind:?} struck in fewer than {least} runs")));
        }
        let avoidable: u64 =
            self.hardened.iter().filter(|((avoidable, ..), _)| *avoidable).map(|(_, seen)| seen.times).sum();
        if avoidable > 0 {
            failures.push(format!("{avoidable} harms of the hardened procedure that another command avoids"));
        }
        failures.extend(self.ages.failure());
        failures
    }

    pub(crate) fn told(&self, took: Duration, workers: u64) -> String {
        let mut text = String::new();
        let rate = |runs: u64, cost: Duration| {
            let micros = u64::try_from(cost.as_micros()).unwrap_or(u64::MAX).max(1);
            runs * 1_000_000 / micros
        };
        let [values, through_text] = self.cost;
        let _ = writeln!(
            text,
            "{} runs in {} s on {workers} threads; a core-second: {} with values, {} of {} through sessions; \
             {} steps a run; {} without a fault; killed {} times",
            self.runs,
            took.as_secs(),
            rate(self.runs - self.through_text, values),
            rate(self.through_text, through_text),
            self.through_text,
            self.steps / self.runs.max(1),
            self.quiet,
            self.kills
        );
        list(&mut text, "ends", &self.ends);
        let _ = writeln!(
            text,
            "runs with recoverable faults only: {}, completed {} (of 1,000 or more at least {} in 1,000 have to)",
            self.recoverable, self.recovered, COMPLETES
        );
        list(&mut text, "the others of these", &self.unrecovered);
        let _ = writeln!(text, "runs that a kind of fault struck in: {:?}", self.struck);
        let never: Vec<_> = FaultKind::ALL.iter().filter(|kind| !self.struck.contains_key(kind)).collect();
        let _ = writeln!(text, "never struck: {never:?}");
        let _ = writeln!(text, "harms excused, by fault: {:?}", self.excuses);
        let _ = writeln!(text, "harms excused of the hardened procedure where the pair refuses:");
        for ((avoidable, fault, how), Seen { times, seeds }) in &self.hardened {
            let mark = if *avoidable { "AVOIDABLE " } else { "" };
            let _ = writeln!(text, "  {times} {mark}{fault:?}: {how}, as in {seeds:?}");
        }
        let _ = writeln!(
            text,
            "longest move of ours without a fault in it: {} ms",
            self.longest_move.as_millis()
        );
        let _ = write!(text, "{}", self.ages);
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

fn list(text: &mut String, name: &str, all: &BTreeMap<String, Seen>) {
    let _ = writeln!(text, "{name}:");
    for (what, Seen { times, seeds }) in all {
        let _ = writeln!(text, "  {times} {what}, as in {seeds:?}");
    }
}
