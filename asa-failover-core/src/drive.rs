//! The loop: performs the actions of a run on a transport, a journal and a clock.
//!
//! It decides nothing. What a lost session means, whether to wait and when to stop are decisions,
//! and those live in [`crate::run::Run`].

use std::collections::BTreeMap;
use std::time::Duration;

use crate::decide::Question;
use crate::elapsed::Elapsed;
use crate::link::{Endpoint, Refused, SessionId};
use crate::run::{Action, Answer, Event, Outcome, Record, Records, Run};
use crate::transport::{Connect, Exchange, Transport, Within};

/// Tells a run the time, and lets it pass.
pub trait Clock {
    /// Time since the run began, on a clock that never goes back.
    fn now(&self) -> Elapsed;

    /// Lets time pass until then. It may return earlier: the loop looks at the time again.
    fn sleep(&mut self, until: Elapsed);

    /// How long a span of the run is on the transport's clock; they differ only in a simulation.
    fn real(&self, span: Duration) -> Duration {
        span
    }
}

/// Makes records durable.
pub trait Keeper {
    /// Makes this record durable.
    ///
    /// # Errors
    ///
    /// It is not durable, and why. The run then halts: a failed write is final.
    fn keep(&mut self, record: &Record) -> Result<(), String>;
}

/// Who watches a run and answers for it.
pub trait Operator {
    /// The word at a pause.
    fn ask(&mut self, question: &Question) -> Answer;

    /// Whether traffic is well on the new release: asked between the switch and the second reload, where the
    /// policy has `probe_s`. Going back is free there, so that a probe in doubt does well to refuse.
    ///
    /// # Errors
    ///
    /// It is not, and why. The run halts.
    fn probe(&mut self) -> Result<(), String> {
        Ok(())
    }

    /// Sees every event, the action it led to, and the run after it.
    fn saw(&mut self, at: Elapsed, event: &Event, action: &Action, run: &Run);

    /// Whether the run shall stop in good order, before its next line.
    fn wants_stop(&mut self) -> bool {
        false
    }
}

/// An operator that watches nothing and says go at every pause.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "it holds nothing")]
pub struct Unattended;

impl Operator for Unattended {
    fn ask(&mut self, _: &Question) -> Answer {
        Answer::Go
    }

    fn saw(&mut self, _: Elapsed, _: &Event, _: &Action, _: &Run) {}
}

/// A keeper that keeps nothing: for rehearsals.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "it holds nothing")]
pub struct Forgetful;

impl Keeper for Forgetful {
    fn keep(&mut self, _: &Record) -> Result<(), String> {
        Ok(())
    }
}

impl Within {
    /// What is left of the times that a run gives for a line.
    pub fn left(now: Elapsed, by: Elapsed, enter_by: Option<Elapsed>) -> Self {
        Self { reply: by.since(now), enter: enter_by.map(|by| by.since(now)) }
    }
}

/// Drives a run to its end. With records of an earlier run of the same journal it goes on from them.
pub fn drive<T: Transport + ?Sized>(
    run: &mut Run,
    records: Records,
    transport: &mut T,
    clock: &mut dyn Clock,
    keeper: &mut dyn Keeper,
    operator: &mut dyn Operator,
) -> Outcome {
    let mut event = if records.records.is_empty() { Event::Start } else { Event::Resume(records) };
    let unfit = transport.abilities().shortfall(|id| run.accepts(id));
    // A unit has few sessions to give: one that is replaced is given back.
    let mut sessions: BTreeMap<Endpoint, SessionId> = BTreeMap::new();
    let mut stops = false;
    loop {
        let at = clock.now();
        let mut action = run.step(at, event.clone());
        operator.saw(at, &event, &action, run);
        // A record is written even then: an intent that is on record and was not sent is harmless,
        // an end that is not on record is not.
        if !matches!(action, Action::Record(_) | Action::Finish(_)) {
            stops |= operator.wants_stop();
            let is_late = matches!(action, Action::Send { enter_by: Some(by), .. } if clock.now() >= by);
            // That a line which is on record was not typed goes to the record too.
            let instead = match action {
                Action::Send { enter_by: Some(_), .. } if stops || is_late => Some(Event::NotSent),
                _ => stops.then_some(Event::Stop),
            };
            if let Some(instead) = instead {
                action = run.step(clock.now(), instead.clone());
                operator.saw(at, &instead, &action, run);
            }
        }
        event = match action {
            Action::Finish(outcome) => return outcome,
            Action::Record(record) => match keeper.keep(&record) {
                Ok(()) => Event::Recorded,
                Err(why) => Event::RecordFailed(why),
            },
            Action::Connect { endpoint, by } => {
                if let Some(why) = &unfit {
                    event = Event::Refused { endpoint, why: Refused::Setup(why.clone()) };
                    continue;
                }
                if let Some(left) = sessions.remove(&endpoint) {
                    transport.close(left);
                }
                let within = clock.real(by.since(clock.now()));
                match transport.connect(endpoint, within) {
                    Connect::Opened { session, prompt } => {
                        sessions.insert(endpoint, session);
                        Event::Connected { session, prompt }
                    }
                    Connect::Refused(why) => Event::Refused { endpoint, why },
                    Connect::TimedOut => Event::TimedOut,
                }
            }
            Action::Send { session, via, command, by, enter_by } => {
                // The machine may have slept since these times were set.
                let left = Within::left(clock.now(), by, enter_by);
                let within =
                    Within { reply: clock.real(left.reply), enter: left.enter.map(|left| clock.real(left)) };
                match transport.exchange(session, via, &command, within) {
                    Exchange::Replied { output, prompt } => Event::Replied { session, output, prompt },
                    Exchange::Asked { question } => Event::Questioned { session, question },
                    Exchange::Dropped => Event::Dropped { session },
                    Exchange::TimedOut => Event::TimedOut,
                }
            }
            Action::Sleep { until } => {
                while clock.now() < until && !stops {
                    clock.sleep(until);
                    stops |= operator.wants_stop();
                }
                Event::TimedOut
            }
            Action::Ask(question) => Event::Answered(operator.ask(&question)),
            Action::Probe { .. } => Event::Probed(operator.probe()),
        };
    }
}
