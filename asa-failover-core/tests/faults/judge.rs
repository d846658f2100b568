//! The judgement of a run: the oracle's, and what a run that nobody disturbed owes.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::goal::Preempt;
use asa_failover_core::link::Reach;
use asa_failover_core::live;
use asa_failover_core::pair::Pair;
use asa_failover_core::rehearse::orders_of;
use asa_failover_core::run::Outcome;
use asa_failover_core::session::Login;
use asa_failover_core::transport::Terminals;
use asa_failover_core::transport::memory::Memory;

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
    if let Ended::Outcome(Outcome::Completed(report)) = &journey.ended {
        let removes = scene.plan.policy().preempt == Preempt::Remove;
        let is_told = report.differences.iter().any(|text| text.contains("preempt"));
        let mut transport =
            Terminals::new(Memory::new(Rc::new(RefCell::new(journey.pair.clone()))), Login::default());
        // Where a unit does not answer nothing can be told.
        let found = live::read(&mut transport, Reach::BothAddresses, &[]).ok();
        let unlike = found.iter().flat_map(Pair::units).any(|unit| {
            let before = scene.plan.pair().unit(unit.role).running_failover.as_ref().map(|of| &of.groups);
            unit.running_failover.as_ref().map(|of| &of.groups) != before
        });
        if removes && unlike && !is_told {
            verdict.charges.push("completed, and preempt is not as it was".to_owned());
        }
    }
    verdict
}
