//! Walks at random: the run itself, with its texts and its own time, beside the essence that the exploration goes by.

use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::run::{Event, Record, Records, Run};
use asa_failover_core::session::prompt;
use asa_failover_core::twin::Chance;

use super::case::Case;
use super::lines::Answer;
use super::next::{Deed, Next, Ways};
use super::runs::{Temper, perform, until_act};
use super::search::Search;
use super::world::World;

/// How far a walk went.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Walked {
    /// Answers that the run took.
    pub answers: u32,
    /// Times that the controller died and went on from its journal.
    pub deaths: u32,
    /// Ends of a run.
    pub ends: u32,
}

/// Goes on from the start by chance, again and again. At each step the run that was never reduced asks for
/// the same as its essence, and both have the same essence afterwards.
///
/// # Errors
///
/// Where they part, with the way there.
pub fn walk(case: &Case, seed: u64, walks: u32, faults: u8) -> Result<Walked, String> {
    let mut search = Search::of(case, Temper::AsShipped)?;
    let prompt = prompt("fw# ").ok_or("no prompt")?;
    let mut chance = Chance::new(seed);
    let mut walked = Walked::default();
    let mut next: Vec<Next> = Vec::new();
    for _ in 0..walks {
        let mut state = search.start();
        let mut left = faults;
        let mut way = vec![state];
        let mut records: Vec<Record> = Vec::new();
        let mut now = Elapsed::ZERO;
        let mut run = Run::new(&case.plan);
        let action = run.step(now, Event::Start);
        let mut act = until_act(&mut run, now, action, case.choice.stalls, |record| records.push(record));
        loop {
            let parted = search.runs.parted(state.node, &run, now);
            if *search.runs.act(state.node) != act || parted.is_some() {
                let told = search.tell(&way, None).join("\n    ");
                let parted = parted.unwrap_or_default();
                return Err(format!("at {now} the run asks for {act:?}\n    {told}\n{parted}"));
            }
            next.clear();
            let ways = if left > 0 { Ways::All } else { Ways::Free };
            search.successors(&state, ways, &mut next);
            let choice = usize::try_from(chance.below(next.len() as u64)).unwrap_or_default();
            let Some(step) = next.get(choice) else {
                walked.ends += 1;
                break;
            };
            left -= u8::from(step.deed.is_fault());
            let answer = match step.deed {
                Deed::Moves(_) | Deed::Passes => None,
                Deed::Answers(answer) | Deed::Loses { answer, .. } => Some(answer),
                Deed::Stalls => Some(Answer::RecordedLate),
                Deed::Dies { .. } => {
                    walked.deaths += 1;
                    let mut known = Records::default();
                    known.records.clone_from(&records);
                    run = Run::new(&case.plan);
                    let action = run.step(now, Event::Resume(known));
                    act = until_act(&mut run, now, action, case.choice.stalls, |record| records.push(record));
                    None
                }
            };
            if let Some(answer) = answer {
                walked.answers += 1;
                let (at, action) = perform(case, &prompt, &mut run, now, &act, answer);
                now = at;
                act = until_act(&mut run, now, action, case.choice.stalls, |record| records.push(record));
            }
            state = step.state;
            debug_assert_eq!(World::unpack(state.world).pack(), state.world, "a world is its bits");
            way.push(state);
        }
    }
    Ok(walked)
}
