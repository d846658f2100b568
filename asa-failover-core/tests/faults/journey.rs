//! One run from its start to its end, over the deaths of the program that drives it.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::drive::Clock;
use asa_failover_core::rehearse::{VirtualClock, claim_of};
use asa_failover_core::run::{Action, Answer, Event, Outcome, Record, Records, Run};
use asa_failover_core::session::Login;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::transport::{Connect, Exchange, Terminals, Transport, Within};
use asa_failover_core::twin::{self, Chance, Claim};

use crate::scene::Scene;
use crate::shaky::Shaky;

/// Steps after which a run counts as endless.
const MOST_STEPS: u64 = 40_000;

pub(crate) enum Ended {
    Outcome(Outcome),
    Endless,
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outcome(outcome) => write!(f, "{outcome}"),
            Self::Endless => write!(f, "no end after {MOST_STEPS} steps"),
        }
    }
}

pub(crate) struct Journey {
    pub(crate) ended: Ended,
    pub(crate) pair: twin::Pair,
    pub(crate) kills: u32,
    pub(crate) mishaps: u64,
}

impl fmt::Display for Journey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for happening in self.pair.history() {
            writeln!(f, "{:10.3} {:<9} {:?}", happening.at.as_secs_f64(), happening.role, happening.what)?;
        }
        write!(f, "{}\n{}", self.pair.report(), self.ended)
    }
}

pub(crate) fn travel(scene: &Scene) -> Journey {
    let pair = Rc::new(RefCell::new(scene.pair.clone()));
    let mut chance = scene.chance.clone();
    let mut records: Vec<Record> = Vec::new();
    let (mut kills, mut mishaps) = (0, 0);
    for death in scene.deaths.iter().copied().map(Some).chain([None]) {
        let mut transport = Shaky {
            sessions: Terminals::new(Memory::new(Rc::clone(&pair)), Login::default()),
            pair: Rc::clone(&pair),
            chance: &mut chance,
            mishap_in: scene.mishap_in,
            mishaps: 0,
        };
        let ended = leg(scene, &pair, &mut records, &mut transport, death);
        mishaps += transport.mishaps;
        drop(transport);
        if let Some(ended) = ended {
            if let Ended::Outcome(outcome) = &ended {
                pair.borrow_mut().claimed(claim_of(outcome));
            }
            let pair = pair.borrow().clone();
            return Journey { ended, pair, kills, mishaps };
        }
        kills += 1;
        pair.borrow_mut().claimed(Claim::Killed);
        away(&pair, &mut chance);
    }
    unreachable!("the last leg has no death in it")
}

/// The program is away for a while.
fn away(pair: &RefCell<twin::Pair>, chance: &mut Chance) {
    let span = chance.of(&[0, 500, 3_000, 20_000, 100_000, 400_000]);
    let later = pair.borrow().now() + Duration::from_millis(chance.below(span + 1));
    pair.borrow_mut().advance_to(later);
}

/// One life of the program: to the end of the run, or to its death.
fn leg(
    scene: &Scene,
    pair: &Rc<RefCell<twin::Pair>>,
    records: &mut Vec<Record>,
    transport: &mut Shaky<'_>,
    death: Option<u64>,
) -> Option<Ended> {
    let mut run = Run::new(&scene.plan);
    let mut clock = VirtualClock::new(Rc::clone(pair));
    let mut event = if records.is_empty() {
        pair.borrow_mut().claimed(Claim::Started);
        Event::Start
    } else {
        pair.borrow_mut().claimed(Claim::Resumed);
        let mut known = Records::default();
        known.records.clone_from(records);
        Event::Resume(known)
    };
    let mut open = std::collections::BTreeMap::new();
    for step in 0..MOST_STEPS {
        let action = run.step(clock.now(), event);
        let dies = death == Some(step);
        event = match action {
            Action::Finish(outcome) => return Some(Ended::Outcome(outcome)),
            Action::Record(record) => {
                // A death while writing leaves the record whole or torn, and a torn one is none.
                if !dies || transport.chance.one_in(2) {
                    records.push(record);
                }
                Event::Recorded
            }
            Action::Connect { endpoint, by } => {
                if let Some(left) = open.remove(&endpoint) {
                    transport.close(left);
                }
                match transport.connect(endpoint, by.since(clock.now())) {
                    Connect::Opened { session, prompt } => {
                        open.insert(endpoint, session);
                        Event::Connected { session, prompt }
                    }
                    Connect::Refused(why) => Event::Refused { endpoint, why },
                    Connect::TimedOut => Event::TimedOut,
                }
            }
            Action::Send { session, via, command, by, enter_by } => {
                if dies && transport.chance.one_in(2) {
                    return None;
                }
                match transport.exchange(session, via, &command, Within::left(clock.now(), by, enter_by)) {
                    Exchange::Replied { output, prompt } => Event::Replied { session, output, prompt },
                    Exchange::Asked { question } => Event::Questioned { session, question },
                    Exchange::Dropped => Event::Dropped { session },
                    Exchange::TimedOut => Event::TimedOut,
                }
            }
            Action::Sleep { until } => {
                clock.sleep(until);
                Event::TimedOut
            }
            Action::Ask(_) => Event::Answered(Answer::Go),
            Action::Probe { .. } => Event::Probed(Ok(())),
        };
        if dies {
            return None;
        }
    }
    Some(Ended::Endless)
}
