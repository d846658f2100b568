//! Whether a run with more patience (the module `patience` says what that is) does all that one with less does, up to
//! where that one halts: asked of the run itself, for every step that an exploration takes.

use std::collections::{BTreeMap, BTreeSet};

use asa_failover_core::decide::Awaited;

use super::case::Case;
use super::lines::Answer;
use super::patience::Patience;
use super::plain;
use super::runs::{Act, Halves, Node, Runs};
use super::search::Search;

/// Milliseconds that no deadline has more of.
const AGES_MS: u64 = 1_000_000_000;

/// How often was asked.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Asked {
    /// Steps that the run with less patience took too.
    pub alike: u64,
    /// Steps at which it halted instead.
    pub halted: u64,
    /// Steps with their journals, of two runs that were both met.
    pub journals: u64,
}

/// Takes every step of a plain exploration again, with less patience: each deadline that is waited for spent, each line tried
/// once and thrice more, calm lost more often and more resumes. And of every two runs that were met, the one with less patience
/// than the other and with a journal of less: what they put on record, and what a resume makes of it.
///
/// # Errors
///
/// Where the two part other than by a halt of the one with less patience.
pub fn compare(case: &Case, faults: u8) -> Result<Asked, String> {
    let mut search = Search::new(case)?;
    let (_, states) = plain::visited(&mut search, faults);
    let runs = &mut search.runs;
    let steps = runs.answered();
    let patiences: Vec<Patience> = runs.patiences().cloned().collect();
    let awaited: BTreeSet<Awaited> = patiences.iter().flat_map(Patience::awaited).collect();
    let mut asked = Asked::default();
    let mut answers: BTreeMap<u32, Vec<Answer>> = BTreeMap::new();
    for (node, answer) in steps {
        answers.entry(runs.halves(node).known).or_default().push(answer);
        for less in lessened(runs.patience_of(node), &awaited) {
            let impatient = runs.with_patience(node, less);
            asked.step(runs, node, impatient, answer)?;
        }
    }
    let mut alike: BTreeMap<[u32; 2], BTreeSet<[u32; 2]>> = BTreeMap::new();
    for (state, _) in &states {
        let known = [state.node, state.journal].map(|node| runs.halves(node).known);
        alike.entry(known).or_default().insert([state.node.0, state.journal.0]);
    }
    for ([known, _], alike) in alike {
        let answers: BTreeSet<Answer> = answers.get(&known).into_iter().flatten().copied().collect();
        for (this, that) in alike.iter().flat_map(|this| alike.iter().map(move |that| (*this, *that))) {
            asked.journals(runs, this.map(Node), that.map(Node), &answers)?;
        }
    }
    Ok(asked)
}

fn lessened(patience: &Patience, awaited: &BTreeSet<Awaited>) -> Vec<Patience> {
    let mut all = vec![patience.tried_more(1), patience.tried_more(3)];
    all.push(patience.with_more(2, 5));
    all.extend(awaited.iter().map(|awaited| patience.spent(*awaited, AGES_MS)));
    all
}

impl Asked {
    fn step(
        &mut self,
        runs: &mut Runs<'_>,
        node: Node,
        impatient: Node,
        answer: Answer,
    ) -> Result<(), String> {
        let [patient, other] = [node, impatient].map(|node| runs.taken(node, answer));
        if matches!(*runs.act(other.to), Act::Halted(_)) {
            self.halted += 1;
            return Ok(());
        }
        let is_covered = covers(runs, runs.halves(patient.to), runs.halves(other.to));
        if !is_covered || patient.records != other.records {
            let [this, that] = [patient, other].map(|step| runs.told(step.to));
            return Err(format!("{answer:?} leads to\n{this:?}\nand with less patience to\n{that:?}"));
        }
        self.alike += 1;
        Ok(())
    }

    /// Two runs with their journals, where the one covers the other: they do so for ever.
    fn journals(
        &mut self,
        runs: &mut Runs<'_>,
        this: [Node; 2],
        that: [Node; 2],
        answers: &BTreeSet<Answer>,
    ) -> Result<(), String> {
        let covered = |runs: &Runs<'_>, this: [Node; 2], that: [Node; 2]| {
            let mut both = this.into_iter().zip(that);
            both.all(|(this, that)| covers(runs, runs.halves(this), runs.halves(that)))
        };
        if this == that || !covered(runs, this, that) {
            return Ok(());
        }
        for answer in answers.iter().copied().map(Some).chain([None]) {
            let [patient, other] = [this, that].map(|[node, journal]| match answer {
                Some(answer) => runs.step(node, journal, answer).into(),
                None => runs.resumed(journal).into(),
            });
            let [node, _]: [Node; 2] = other;
            if !covered(runs, patient, other) && !matches!(*runs.act(node), Act::Halted(_)) {
                let told = [patient, other].map(|[_, journal]| runs.told(journal));
                return Err(format!("behind {answer:?} a resume leads to\n{told:?}"));
            }
            self.journals += 1;
        }
        Ok(())
    }
}

fn covers(runs: &Runs<'_>, this: Halves, that: Halves) -> bool {
    this.known == that.known && runs.outlasts(this.patience, that.patience)
}
