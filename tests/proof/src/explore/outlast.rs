//! Whether a run that never loses patience (the module `patience` says what that is) does all that the shipped one does, up
//! to where that one halts: asked of the run itself, for every step that an exploration takes.

use std::collections::{BTreeMap, BTreeSet};

use asa_failover_core::decide::Awaited;

use super::case::Case;
use super::lines::Answer;
use super::patience::Patience;
use super::plain;
use super::runs::{Act, Node, Runs, Temper};
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

/// Takes every step of a plain exploration again: with all patience, as it was taken, and with less: each deadline that is
/// waited for spent, each line tried once and thrice more, calm lost more often and more resumes. And of every two runs that
/// were met, alike but for their patience and that of their journals: what they put on record, and what a resume makes of it.
///
/// # Errors
///
/// Where the two part other than by a halt of the one with less patience.
pub fn compare(case: &Case, faults: u8) -> Result<Asked, String> {
    let mut search = Search::of(case, Temper::AsShipped)?;
    let (_, states) = plain::visited(&mut search, faults);
    let runs = &mut search.runs;
    let steps = runs.answered();
    let patiences: Vec<Patience> = runs.patiences().cloned().collect();
    let awaited: BTreeSet<Awaited> = patiences.iter().flat_map(Patience::awaited).collect();
    let mut asked = Asked::default();
    let mut answers: BTreeMap<Node, BTreeSet<Answer>> = BTreeMap::new();
    for (node, answer) in steps {
        let patient = runs.patient(node);
        answers.entry(patient).or_default().insert(answer);
        for less in lessened(runs.patience_of(node), &awaited) {
            let impatient = runs.with_patience(node, &less);
            asked.step(runs, patient, impatient, answer)?;
        }
    }
    let mut alike: BTreeMap<[Node; 2], BTreeSet<[Node; 2]>> = BTreeMap::new();
    for (state, _) in &states {
        let both = [state.node, state.journal];
        alike.entry(both.map(|node| runs.patient(node))).or_default().insert(both);
    }
    let none = BTreeSet::new();
    for ([patient, _], alike) in alike {
        let answers = answers.get(&patient).unwrap_or(&none);
        for (this, that) in alike.iter().flat_map(|this| alike.iter().map(move |that| (*this, *that))) {
            asked.journals(runs, this, that, answers)?;
        }
    }
    Ok(asked)
}

fn lessened(patience: &Patience, awaited: &BTreeSet<Awaited>) -> Vec<Patience> {
    let mut all =
        vec![patience.clone(), patience.tried_more(1), patience.tried_more(3), patience.with_more(2, 5)];
    all.extend(awaited.iter().map(|awaited| patience.spent(*awaited, AGES_MS)));
    all
}

impl Asked {
    fn step(
        &mut self,
        runs: &mut Runs<'_>,
        patient: Node,
        impatient: Node,
        answer: Answer,
    ) -> Result<(), String> {
        let [patient, other] = [patient, impatient].map(|node| runs.taken(node, answer));
        if matches!(*runs.act(other.to), Act::Halted(_)) {
            self.halted += 1;
            return Ok(());
        }
        if runs.patient(patient.to) != runs.patient(other.to) || patient.records != other.records {
            let [this, that] = [patient, other].map(|step| runs.told(step.to));
            return Err(format!("{answer:?} leads to\n{this:?}\nand with less patience to\n{that:?}"));
        }
        self.alike += 1;
        Ok(())
    }

    /// Two runs with their journals that are alike but for patience: they are so for ever, or one of them halts.
    fn journals(
        &mut self,
        runs: &mut Runs<'_>,
        this: [Node; 2],
        that: [Node; 2],
        answers: &BTreeSet<Answer>,
    ) -> Result<(), String> {
        if this == that {
            return Ok(());
        }
        for answer in answers.iter().copied().map(Some).chain([None]) {
            let both = [this, that].map(|[node, journal]| match answer {
                Some(answer) => runs.step(node, journal, answer).into(),
                None => runs.resumed(journal).into(),
            });
            let halts = |[node, _]: [Node; 2]| matches!(*runs.act(node), Act::Halted(_));
            let is_over = both.into_iter().any(halts);
            let [one, other] = both.map(|both| both.map(|node| runs.patient(node)));
            if one != other && !is_over {
                let told = both.map(|[_, journal]| runs.told(journal));
                return Err(format!("behind {answer:?} a resume leads to\n{told:?}"));
            }
            self.journals += 1;
        }
        Ok(())
    }
}
