//! A run killed at any write of its journal goes on from it to the same end, and nothing that could
//! harm is done twice.
#![cfg(feature = "twin")]
#![expect(clippy::unwrap_used, reason = "what a test starts from is there, or the test has failed")]

mod pairs;

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
use asa_failover_core::unit::GroupId;
use pairs::{image, planned, v};

/// A journal in memory that dies at one of its writes, before or after the line is durable.
struct Mortal {
    text: Vec<u8>,
    link: Link,
    writes: usize,
    dies_at: Option<usize>,
    keeps_last: bool,
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

struct Bench {
    pair: Rc<RefCell<twin::Pair>>,
    plan: Plan,
}

impl Bench {
    fn new(spec: Spec, goal: &Goal) -> Self {
        let pair = Rc::new(RefCell::new(twin::Pair::new(spec, 11)));
        let plan = planned(&pair, goal, &Policy::default());
        Self { pair, plan }
    }

    /// The same pair and plan again, as before the first run.
    fn again(&self) -> Self {
        let pair = self.pair.borrow().clone();
        Self { pair: Rc::new(RefCell::new(pair)), plan: self.plan.clone() }
    }

    fn run(&self, journal: &mut Mortal) -> Outcome {
        let records = if journal.text.is_empty() {
            Records::default()
        } else {
            let (records, link, _) = decode(&journal.text).unwrap();
            journal.link = link;
            records
        };
        let mut transport = Terminals::new(Memory::new(Rc::clone(&self.pair)), Login::default());
        let mut clock = VirtualClock::new(Rc::clone(&self.pair));
        drive(&mut Run::new(&self.plan), records, &mut transport, &mut clock, journal, &mut Unattended)
    }

    /// Kills the first run at this write, lets time pass, and lets a second one go on.
    fn killed_at(&self, write: usize, keeps_last: bool, pause: Duration) -> Mortal {
        let mut journal =
            Mortal { text: Vec::new(), link: Link::default(), writes: 0, dies_at: Some(write), keeps_last };
        let first = self.run(&mut journal);
        let Outcome::Halted(halt) = &first else { panic!("killed at write {write}, but {first}") };
        assert_eq!(halt.code, "journal-failed");
        let later = self.pair.borrow().now() + pause;
        self.pair.borrow_mut().advance_to(later);
        journal.dies_at = None;
        let second = self.run(&mut journal);
        let context = format!("killed at write {write} (kept: {keeps_last}), resumed after {pause:?}");
        assert!(matches!(second, Outcome::Completed(_)), "{context}: {second}");
        let pair = self.pair.borrow();
        let report = pair.report();
        assert!(report.is_clean(), "{context}: {report}");
        assert_eq!(report.reboots, [1, 1], "{context}");
        // Saving twice is no harm; everything else is done once, in the order of the plan.
        let mut lines: Vec<_> =
            pair.state_changing_lines().into_iter().map(|(role, line)| (role, line.to_owned())).collect();
        lines.dedup_by(|one, other| one == other && one.1.starts_with("write memory"));
        assert_eq!(lines, self.plan.lines(), "{context}");
        journal
    }
}

fn every_write(bench: &Bench) {
    let mut whole =
        Mortal { text: Vec::new(), link: Link::default(), writes: 0, dies_at: None, keeps_last: true };
    let outcome = bench.again().run(&mut whole);
    assert!(matches!(outcome, Outcome::Completed(_)), "{outcome}");
    // The last write says that the goal is reached; there is nothing to go on to behind it.
    for write in 1..whole.writes {
        for keeps_last in [false, true] {
            for pause in [Duration::ZERO, Duration::from_secs(900)] {
                bench.again().killed_at(write, keeps_last, pause);
            }
        }
    }
    println!("killed at each of {} writes", whole.writes);
}

#[test]
fn active_standby_goes_on_from_every_write() {
    let spec = Spec::active_standby("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"));
    let goal = Goal::new(v("9.8(4)48")).with_image(image(&spec, v("9.8(4)48")));
    every_write(&Bench::new(spec, &goal));
}

#[test]
fn active_active_goes_on_from_every_write() {
    let spec = Spec::active_active("ASA5525", v("9.8(4)"))
        .with_staged(v("9.8(4)48"))
        .with_preempt(GroupId::new(2), 30);
    let goal = Goal::new(v("9.8(4)48")).with_image(image(&spec, v("9.8(4)48")));
    every_write(&Bench::new(spec, &goal));
}

#[test]
fn a_journal_of_another_plan_is_refused() {
    let spec = Spec::active_standby("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"));
    let goal = Goal::new(v("9.8(4)48")).with_image(image(&spec, v("9.8(4)48")));
    let bench = Bench::new(spec, &goal);
    let other = Bench {
        pair: Rc::clone(&bench.pair),
        plan: planned(
            &bench.pair,
            &goal,
            &Policy::default().with_pause(asa_failover_core::goal::Pause::BeforeSwitch),
        ),
    };
    let mut journal =
        Mortal { text: Vec::new(), link: Link::default(), writes: 0, dies_at: Some(3), keeps_last: true };
    bench.run(&mut journal);
    journal.dies_at = None;
    let Outcome::Halted(halt) = other.run(&mut journal) else { panic!("another plan went on") };
    assert_eq!(halt.code, "journal-differs");
    assert!(bench.pair.borrow().state_changing_lines().is_empty(), "nothing was sent");
}

#[test]
fn a_journal_is_resumed_five_times_and_no_more() {
    let spec = Spec::active_standby("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"));
    let goal = Goal::new(v("9.8(4)48")).with_image(image(&spec, v("9.8(4)48")));
    let bench = Bench::new(spec, &goal);
    let mut journal =
        Mortal { text: Vec::new(), link: Link::default(), writes: 0, dies_at: None, keeps_last: true };
    for _ in 0..6 {
        journal.dies_at = Some(journal.writes + 2);
        bench.run(&mut journal);
    }
    journal.dies_at = None;
    let Outcome::Halted(halt) = bench.run(&mut journal) else { panic!("resumed a sixth time") };
    assert_eq!(halt.reason.to_string(), "the journal was resumed 5 times; read the pair and plan again");
}
