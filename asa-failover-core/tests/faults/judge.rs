//! The judgement of a run: the oracle's, and what a run that nobody disturbed owes.

use std::time::Duration;

use asa_failover_core::rehearse::orders_of;
use asa_failover_core::run::Outcome;

use crate::journey::{Ended, Journey};
use crate::scene::Scene;
use crate::shaky::LATE;

#[derive(Default)]
pub(crate) struct Verdict {
    pub(crate) charges: Vec<String>,
    pub(crate) excused: u64,
}

pub(crate) fn judge(scene: &Scene, journey: &Journey) -> Verdict {
    let mut verdict = Verdict::default();
    let mut orders = orders_of(&scene.plan, &journey.pair);
    orders.age += Duration::from_millis(LATE);
    let judgement = journey.pair.judgement(&orders);
    verdict.excused = judgement.excused.len() as u64;
    for found in &judgement.violations {
        verdict.charges.push(format!("{} at {:?}: {}", found.role, found.at, found.finding));
    }
    if let Ended::Outcome(Outcome::Halted(halt)) = &journey.ended {
        let is_quiet = scene.faults.is_empty() && scene.mishap_in.is_none();
        // Where preempt undoes every move, some groups have no way to where they shall be.
        let is_undone = scene.preempt_returns && matches!(halt.code.as_str(), "undone" | "no-effect");
        if is_quiet && !is_undone {
            verdict.charges.push(format!("halted without a fault: {}", halt.reason));
        }
        if halt.code == "unexpected" || halt.code == "journal-failed" {
            verdict.charges.push(format!("halted by its own fault: {}", halt.reason));
        }
    }
    verdict
}
