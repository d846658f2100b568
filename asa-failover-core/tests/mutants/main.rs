//! No damaged or forged `show failover` is read as a pair that is ready.
//!
//! Mutants are made of outputs of every era, by damage and by forgery. Wherever the reader gives a
//! pair that a guard would take as ready, a strict grammar written apart has to accept the text too,
//! and find the same units in the same states. Harmless changes have to be read on.
//!
//! Each mutant follows from the seed and its number. `ASA_FAILOVER_MUTANTS=1000000` makes so many,
//! `ASA_FAILOVER_SEED=7` other ones.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test starts from is there, or the test has failed"
)]

mod benign;
mod dice;
mod grammar;
mod mutate;
mod outputs;
mod state;

use std::collections::BTreeMap;
use std::fmt;

use asa_failover_core::show::{self, Failover, Reading, Side};
use asa_failover_core::unit::{GroupId, Standing};
use dice::Dice;

/// Mutants of a run of the tests. A campaign makes more.
const MUTANTS: u64 = 20_000;

const SEED: u64 = 0x5eed;

#[expect(clippy::disallowed_methods, reason = "how long a campaign is, the caller says")]
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

/// What a consumer of the reading takes as a pair that is ready: failover on, the unit that speaks
/// known, nothing in the host blocks that was not understood, and in every group one unit Active and
/// its mate Standby Ready.
fn ready(reading: &Reading<Failover>) -> Option<grammar::Pair> {
    let failover = &reading.value;
    let [this, other] = [failover.host(Side::This)?, failover.host(Side::Other)?];
    let garbled = reading.unread_in_host_blocks().next().is_some();
    if !failover.enabled || garbled || failover.unit.is_some_and(|unit| unit != this.role) {
        return None;
    }
    let mut states = BTreeMap::new();
    for group in failover.group_ids() {
        let both = Side::BOTH.map(|side| failover.standing(side, group));
        match both {
            [Some(Standing::Active), Some(Standing::StandbyReady)]
            | [Some(Standing::StandbyReady), Some(Standing::Active)] => {
                states.insert(group.number(), both.map(|word| word.unwrap().to_string()));
            }
            _ => return None,
        }
    }
    Some(grammar::Pair { roles: [this.role.to_string(), other.role.to_string()], states })
}

#[derive(Clone, Copy, Default)]
struct Tally {
    made: u64,
    refused: u64,
    read: u64,
    ready: u64,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { made, refused, read, ready } = self;
        write!(f, "{made:>9} made {refused:>9} refused {read:>9} read {ready:>9} of them ready")
    }
}

/// A false "ready": what was read from a text, and what the grammar says of it.
fn false_ready(text: &str, tally: &mut Tally) -> Option<String> {
    tally.made += 1;
    let Ok(reading) = show::failover(text) else {
        tally.refused += 1;
        return None;
    };
    tally.read += 1;
    let read = ready(&reading)?;
    tally.ready += 1;
    match grammar::read(text) {
        Ok(strict) if strict == read => None,
        Ok(strict) => Some(format!("read as {read:?}, by the grammar {strict:?}")),
        Err(why) => Some(format!("read as {read:?}, refused by the grammar: {why}")),
    }
}

#[test]
fn no_mutant_is_read_as_ready_that_the_grammar_refuses() {
    let count = number("ASA_FAILOVER_MUTANTS").unwrap_or(MUTANTS);
    let seed = number("ASA_FAILOVER_SEED").unwrap_or(SEED);
    let mut tallies = BTreeMap::<_, Tally>::new();
    let mut guilty = Vec::new();
    for mutant in 0..count {
        let kind = mutate::KINDS[usize::try_from(mutant).unwrap() % mutate::KINDS.len()];
        let mut dice = Dice::new(seed.wrapping_mul(0x0001_0000_0001).wrapping_add(mutant));
        let text = mutate::mutant(&mut dice, kind, outputs::output);
        if let Some(why) = false_ready(&text, tallies.entry(kind).or_default()) {
            guilty.push(format!("mutant {mutant}, {kind:?}: {why}\n{text}"));
        }
    }
    println!("{count} mutants of seed {seed}");
    for (kind, tally) in &tallies {
        println!("{:<10}{tally}", format!("{kind:?}"));
    }
    assert!(
        guilty.is_empty(),
        "{} false, of seed {seed}; the first:\n{}",
        guilty.len(),
        guilty.iter().take(5).map(String::as_str).collect::<Vec<_>>().join("\n----\n")
    );
    for (kind, tally) in &tallies {
        assert!(tally.ready > 0, "no {kind:?} is read as ready, so that none was put to the question");
    }
}

/// The same of `show failover state`, of which a tenth as many are made.
#[test]
fn no_mutant_of_the_state_is_read_as_ready_that_the_grammar_refuses() {
    let count = number("ASA_FAILOVER_MUTANTS").unwrap_or(MUTANTS) / 10;
    let seed = number("ASA_FAILOVER_SEED").unwrap_or(SEED);
    let mut tally = Tally::default();
    let mut guilty = Vec::new();
    for mutant in 0..count {
        let mut dice = Dice::new(seed.wrapping_mul(0x0001_0000_0003).wrapping_add(mutant));
        let kind = dice.pick(&mutate::KINDS);
        let text = mutate::mutant(&mut dice, kind, state::output);
        if let Some(why) = state::false_ready(&text, &mut tally) {
            guilty.push(format!("mutant {mutant}, {kind:?}: {why}\n{text}"));
        }
    }
    println!("{count} mutants of `show failover state`, seed {seed}: {tally}");
    assert!(
        guilty.is_empty(),
        "{} false; the first:\n{}",
        guilty.len(),
        guilty[..guilty.len().min(40)].join("\n----\n")
    );
    assert!(tally.ready > count / 10, "few are put to the question: {tally}");
}

#[test]
fn harmless_changes_are_read_with_the_same_standings() {
    let seed = number("ASA_FAILOVER_SEED").unwrap_or(SEED);
    let mut dice = Dice::new(seed);
    for number in 0..10_000 {
        let text = outputs::ready(&mut dice);
        let before = ready(&show::failover(&text).unwrap());
        assert!(before.is_some(), "not ready to begin with:\n{text}");
        let mut after = text;
        for _ in 0..=dice.below(3) {
            let kind = dice.pick(&benign::KINDS);
            after = benign::changed(&mut dice, kind, &after);
        }
        let reading = show::failover(&after).unwrap_or_else(|why| panic!("change {number}: {why}\n{after}"));
        assert_eq!(ready(&reading), before, "change {number}:\n{after}");
    }
}

#[test]
fn every_output_made_is_read_as_the_grammar_reads_it() {
    let mut dice = Dice::new(SEED);
    for _ in 0..500 {
        let text = outputs::ready(&mut dice);
        let strict = grammar::read(&text).unwrap_or_else(|why| panic!("{why}\n{text}"));
        assert_eq!(ready(&show::failover(&text).unwrap()), Some(strict), "{text}");
    }
}

#[test]
fn a_group_of_an_active_standby_pair_is_the_unit() {
    let pair = grammar::read(outputs::CAPTURES[3]).unwrap();
    assert_eq!(pair.roles, ["Primary", "Secondary"]);
    assert_eq!(pair.states[&GroupId::UNIT.number()], ["Active", "Standby Ready"]);
}
