//! A simulated pair and a plan for it, run as often as a test wants: killed, and gone on with.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::drive::{Keeper, Unattended, drive};
use asa_failover_core::goal::{Goal, Policy};
use asa_failover_core::plan::Plan;
use asa_failover_core::rehearse::VirtualClock;
use asa_failover_core::run::record::{Link, decode};
use asa_failover_core::run::{Outcome, Record, Records, Run};
use asa_failover_core::session::Login;
use asa_failover_core::transport::Terminals;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::twin::{self, Spec};
use asa_failover_core::unit::{GroupId, Role};

use super::{planned, v};

pub(crate) struct Bench {
    pub(crate) pair: Rc<RefCell<twin::Pair>>,
    pub(crate) plan: Plan,
}

impl Bench {
    pub(crate) fn new(spec: Spec, goal: &Goal, policy: &Policy) -> Self {
        let pair = Rc::new(RefCell::new(twin::Pair::new(spec, 11)));
        let plan = planned(&pair, goal, policy);
        Self { pair, plan }
    }

    /// One hop of a pair of this shape, whose image is on flash already.
    pub(crate) fn staged(spec: Spec, policy: &Policy) -> Self {
        let spec = spec.with_staged(v("9.8(4)48"));
        let goal = super::goal(&spec);
        Self::new(spec, &goal, policy)
    }

    pub(crate) fn active_standby() -> Self {
        Self::staged(Spec::active_standby("ASA5525", v("9.8(4)")), &Policy::default())
    }

    pub(crate) fn active_active() -> Self {
        let spec = Spec::active_active("ASA5525", v("9.8(4)")).with_preempt(GroupId::new(2), 30);
        Self::staged(spec, &Policy::default())
    }

    /// The same pair and plan again, as they stand.
    pub(crate) fn again(&self) -> Self {
        let pair = self.pair.borrow().clone();
        Self { pair: Rc::new(RefCell::new(pair)), plan: self.plan.clone() }
    }

    /// Runs the plan, from its beginning or from records.
    pub(crate) fn run(&self, records: Records, keeper: &mut dyn Keeper) -> Outcome {
        let mut transport = Terminals::new(Memory::new(Rc::clone(&self.pair)), Login::default());
        let mut clock = VirtualClock::new(Rc::clone(&self.pair));
        drive(&mut Run::new(&self.plan), records, &mut transport, &mut clock, keeper, &mut Unattended)
    }

    /// Lets the pair's time pass without a controller.
    pub(crate) fn pass(&self, time: Duration) {
        let later = self.pair.borrow().now() + time;
        self.pair.borrow_mut().advance_to(later);
    }

    /// The state-changing lines that the units carried out, in order.
    pub(crate) fn lines(&self) -> Vec<(Role, String)> {
        let pair = self.pair.borrow();
        pair.state_changing_lines().into_iter().map(|(role, line)| (role, line.to_owned())).collect()
    }

    /// It ended as a plan that was killed and gone on with has to: completed, no harm by the oracle's word,
    /// one reboot a unit, and every line of the plan once and in order. Saving twice is no harm, nor is going
    /// twice among the settings of a group.
    #[track_caller]
    pub(crate) fn flawless(&self, outcome: &Outcome, context: &str) {
        assert!(matches!(outcome, Outcome::Completed(_)), "{context}: {outcome}");
        let report = self.pair.borrow().report();
        assert!(report.is_clean(), "{context}: {report}");
        assert_eq!(report.reboots, [1, 1], "{context}");
        let mut lines = self.lines();
        let harmless = |line: &str| line.starts_with("write memory") || line.starts_with("failover group ");
        lines.dedup_by(|one, other| one == other && harmless(&one.1));
        assert_eq!(lines, self.plan.lines(), "{context}");
    }
}

/// A journal in memory that dies at one of its writes, before or after the line is durable.
#[derive(Default)]
pub(crate) struct Mortal {
    pub(crate) text: Vec<u8>,
    pub(crate) link: Link,
    pub(crate) writes: usize,
    pub(crate) dies_at: Option<usize>,
    pub(crate) keeps_last: bool,
}

impl Keeper for Mortal {
    fn keep(&mut self, record: &Record) -> Result<(), String> {
        self.writes += 1;
        let dies = self.dies_at == Some(self.writes);
        if !dies || self.keeps_last {
            self.text.extend(self.link.encode(record, "").unwrap().into_bytes());
        }
        if dies { Err("killed".to_owned()) } else { Ok(()) }
    }
}

impl Mortal {
    /// Runs the plan with what this journal holds.
    pub(crate) fn run(&mut self, bench: &Bench) -> Outcome {
        let records = if self.text.is_empty() {
            Records::default()
        } else {
            let (records, link, _) = decode(&self.text).unwrap();
            self.link = link;
            records
        };
        bench.run(records, self)
    }
}
