//! One run from its start to its end, over the deaths of the program that drives it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::command::{Answer as Typed, Command};
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::link::{Endpoint, Refused, SessionId, Via};
use asa_failover_core::plan::Plan;
use asa_failover_core::rehearse::glance::{mode, said};
use asa_failover_core::rehearse::{claim_of, orders_of};
use asa_failover_core::run::{Action, Answer, Event, Outcome, Record, Records, Run};
use asa_failover_core::session::{Login, Prompt, prompt};
use asa_failover_core::transport::memory::{Memory, Packets};
use asa_failover_core::transport::{Connect, Exchange, Terminals, Transport, Within};
use asa_failover_core::twin::{Address, Chance, Claim, Glance, Judgement, LineId, NoAnswer, Pair};

use crate::draw::{Lot, Scene};

/// Steps after which a run counts as endless.
const MOST_STEPS: u64 = 20_000;

/// Whether a run sees values or text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Level {
    Glance,
    Text(u64),
}

/// How it went.
pub(crate) struct Flight {
    /// None: it did not end.
    pub(crate) outcome: Option<Outcome>,
    pub(crate) pair: Pair,
    pub(crate) judgement: Judgement,
    pub(crate) steps: u64,
    pub(crate) kills: u64,
    pub(crate) level: Level,
    pub(crate) lot: Lot,
    pub(crate) round_trip: Duration,
    /// Whether the pair refuses a move to a unit that is not ready.
    pub(crate) refuses: bool,
}

impl fmt::Display for Flight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for happening in self.pair.history() {
            let (seconds, millis) = (happening.at.as_secs(), happening.at.subsec_millis());
            writeln!(f, "{seconds:6}.{millis:03} {:<9} {:?}", happening.role, happening.what)?;
        }
        match &self.outcome {
            Some(outcome) => writeln!(f, "{outcome}")?,
            None => writeln!(f, "no end after {MOST_STEPS} steps")?,
        }
        writeln!(
            f,
            "deaths of the controller: {}; faults that did nothing: {:?}",
            self.kills,
            self.pair.unstruck()
        )?;
        write!(f, "{}", self.judgement)
    }
}

/// The sessions of a run at either level.
struct Wire {
    pair: Rc<RefCell<Pair>>,
    terminals: Option<Terminals<Memory>>,
    lines: BTreeMap<SessionId, LineId>,
    opened: u32,
    /// The prompt of a glance, whose label proves nothing.
    prompt: Prompt,
}

pub(crate) fn fly(plan: &Plan, scene: Scene, level: Level, chance: &mut Chance) -> Flight {
    let pair = Rc::new(RefCell::new(scene.pair));
    let mut records: Vec<Record> = Vec::new();
    let (mut steps, mut kills) = (0, 0);
    let mut outcome = None;
    for death in scene.deaths.iter().copied().map(Some).chain([None]) {
        let terminals = match level {
            Level::Glance => None,
            Level::Text(seed) => {
                let memory = Memory::new(Rc::clone(&pair)).with_packets(Packets::Seeded(seed));
                Some(Terminals::new(memory, Login::default()))
            }
        };
        let prompt = prompt("fw# ").expect("a prompt");
        let mut wire = Wire { pair: Rc::clone(&pair), terminals, lines: BTreeMap::new(), opened: 0, prompt };
        let claim = if records.is_empty() { Claim::Started } else { Claim::Resumed };
        pair.borrow_mut().claimed(claim);
        let (ended, count) = leg(plan, &mut records, &mut wire, death, chance);
        steps += count;
        let ended = match ended {
            Leg::Ended(end) => {
                outcome = end;
                break;
            }
            died @ Leg::Died { .. } => died,
        };
        kills += 1;
        wire.close_all();
        let mut pair = pair.borrow_mut();
        if let (Leg::Died { untyped: true }, Some(Record::Intent { intent, .. })) = (ended, records.last()) {
            let (unit, line) = (intent.unit, intent.command.to_string());
            pair.claimed(Claim::Intended { unit, line });
        }
        pair.claimed(Claim::Killed);
        let away = chance.of(&[0, 500, 3_000, 20_000, 100_000]);
        let until = pair.now() + Duration::from_millis(chance.below(away + 1));
        pair.advance_to(until);
    }
    let mut pair = Rc::try_unwrap(pair).map_or_else(|held| held.borrow().clone(), RefCell::into_inner);
    if let Some(outcome) = &outcome {
        pair.claimed(claim_of(outcome));
    }
    let judgement = pair.judgement(&orders_of(plan, &pair));
    let Scene { lot, round_trip, refuses, .. } = scene;
    Flight { outcome, pair, judgement, steps, kills, level, lot, round_trip, refuses }
}

enum Leg {
    /// None: it did not end.
    Ended(Option<Outcome>),
    /// Untyped: the last thing that it wrote down was not done.
    Died { untyped: bool },
}

/// One life of the program.
fn leg(
    plan: &Plan,
    records: &mut Vec<Record>,
    wire: &mut Wire,
    death: Option<u64>,
    chance: &mut Chance,
) -> (Leg, u64) {
    let mut run = Run::new(plan);
    let mut sessions: BTreeMap<Endpoint, SessionId> = BTreeMap::new();
    let event = if records.is_empty() {
        Event::Start
    } else {
        let mut known = Records::default();
        known.records.clone_from(records);
        Event::Resume(known)
    };
    let mut action = run.step(wire.now(), event);
    for step in 0..MOST_STEPS {
        let dies = death == Some(step);
        let writes = matches!(action, Action::Record(_));
        action = match action {
            Action::Finish(outcome) => return (Leg::Ended(Some(outcome)), step),
            Action::Record(record) => {
                // A death while writing leaves the record whole or torn, and a torn one is none.
                if !dies || chance.one_in(2) {
                    records.push(record);
                }
                run.step(wire.now(), Event::Recorded)
            }
            Action::Connect { endpoint, by } => {
                if let Some(left) = sessions.remove(&endpoint) {
                    wire.close(left);
                }
                let event = wire.connect(endpoint, by);
                if let Event::Connected { session, .. } = &event {
                    sessions.insert(endpoint, *session);
                }
                run.step(wire.now(), event)
            }
            Action::Send { session, via, command, by, enter_by } => {
                if dies && chance.one_in(2) {
                    return (Leg::Died { untyped: true }, step);
                }
                wire.send(&mut run, session, via, &command, (by, enter_by))
            }
            Action::Sleep { until } => {
                wire.pair.borrow_mut().advance_to(until.since(Elapsed::ZERO));
                run.step(wire.now(), Event::TimedOut)
            }
            Action::Ask(_) => run.step(wire.now(), Event::Answered(Answer::Go)),
            Action::Probe { .. } => run.step(wire.now(), Event::Probed(Ok(()))),
        };
        if dies {
            return (Leg::Died { untyped: writes }, step);
        }
    }
    (Leg::Ended(None), MOST_STEPS)
}

impl Wire {
    fn now(&self) -> Elapsed {
        Elapsed::ZERO.after(self.pair.borrow().now())
    }

    fn close(&mut self, session: SessionId) {
        if let Some(terminals) = &mut self.terminals {
            terminals.close(session);
        } else if let Some(line) = self.lines.remove(&session) {
            self.pair.borrow_mut().hang_up(line);
        }
    }

    fn close_all(&mut self) {
        for (_, line) in std::mem::take(&mut self.lines) {
            self.pair.borrow_mut().hang_up(line);
        }
    }

    fn connect(&mut self, endpoint: Endpoint, by: Elapsed) -> Event {
        let within = by.since(self.now());
        if let Some(terminals) = &mut self.terminals {
            return match terminals.connect(endpoint, within) {
                Connect::Opened { session, prompt } => Event::Connected { session, prompt },
                Connect::Refused(why) => Event::Refused { endpoint, why },
                Connect::TimedOut => Event::TimedOut,
            };
        }
        let mut pair = self.pair.borrow_mut();
        let until = by.since(Elapsed::ZERO);
        let address = if endpoint == Endpoint::Active { Address::Active } else { Address::Standby };
        match pair.dial(address, until).and_then(|()| pair.glance_open(address)) {
            Ok(line) => {
                self.opened += 1;
                let session = SessionId(self.opened);
                self.lines.insert(session, line);
                Event::Connected { session, prompt: self.prompt.clone() }
            }
            Err(NoAnswer::Late) => Event::TimedOut,
            Err(why) => {
                let why = Refused::Unreachable { address: endpoint.to_string(), why: why.to_string() };
                Event::Refused { endpoint, why }
            }
        }
    }

    fn send(
        &mut self,
        run: &mut Run,
        session: SessionId,
        via: Via,
        command: &Command,
        (by, enter_by): (Elapsed, Option<Elapsed>),
    ) -> Action {
        if let Some(terminals) = &mut self.terminals {
            let within = Within::left(Elapsed::ZERO.after(self.pair.borrow().now()), by, enter_by);
            let event = match terminals.exchange(session, via, command, within) {
                Exchange::Replied { output, prompt } => Event::Replied { session, output, prompt },
                Exchange::Asked { question } => Event::Questioned { session, question },
                Exchange::Dropped => Event::Dropped { session },
                Exchange::TimedOut => Event::TimedOut,
            };
            return run.step(self.now(), event);
        }
        let Some(line) = self.lines.get(&session).copied() else {
            return run.step(self.now(), Event::Dropped { session });
        };
        let until = by.since(Elapsed::ZERO);
        let mut glance = self.pair.borrow_mut().glance(line, &command.line(via), until);
        let mut answers = command.permitted().iter();
        while let Glance::Asked(question) = &glance {
            let Some(permitted) = answers.next().filter(|permitted| question.contains(permitted.question))
            else {
                break;
            };
            let answer = match permitted.answer {
                Typed::Line(text) => text.to_owned(),
                Typed::Key('\r') => String::new(),
                Typed::Key(key) => key.to_string(),
            };
            glance = self.pair.borrow_mut().glance_answer(line, &answer, until);
        }
        let event = match glance {
            Glance::Shown { shown, at } => {
                return run.step_said(self.now(), session, said(command, shown), mode(at));
            }
            Glance::Asked(question) => Event::Questioned { session, question },
            Glance::Gone => Event::Dropped { session },
            _ => Event::TimedOut,
        };
        self.close(session);
        run.step(self.now(), event)
    }
}
