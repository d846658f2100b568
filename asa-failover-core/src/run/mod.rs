//! The run: events in, one action out. Total, pure, and the same in a test as on a real pair.
//!
//! [`Run::step`] takes in what happened, asks [`crate::decide::derive`] what comes next, and turns
//! that into an [`Action`]. It keeps sessions apart from units: a line is sent only in a session
//! whose unit was identified in that session, and a state-changing line only after its intent is
//! durable and every guard was looked at again.

mod absorb;
mod action;
mod advice;
mod canonical;
mod intent;
mod links;
mod outcome;
mod progress;
mod reading;
pub mod record;
mod resume;
mod said;
#[cfg(all(test, feature = "twin"))]
mod tests;
#[cfg(asaf_ablation)]
mod unguarded;

use std::collections::VecDeque;
use std::sync::Arc;

pub use action::{Action, Answer, Event};
pub use advice::Advised;
pub use canonical::{Parts, Talk};
pub use outcome::{Evidence, Forwarder, Halt, Outcome, Report};
pub use progress::{Progress, UnitProgress};
pub use record::{Record, Records};
pub use said::Said;

use crate::command::{Command, Mode};
use crate::decide::{Brief, Decision, Memory, Observed, Open, Question, Reason, Send, derive, pair_of};
use crate::elapsed::Elapsed;
use crate::link::{Endpoint, SessionId, Via};
use crate::plan::Plan;
use crate::unit::Role;
use links::{First, Links, Route};

/// Lines and connections in a row that change nothing and lead to no decision. A run that never
/// waits would otherwise never end.
const MOST_IN_VAIN: u32 = 100;

/// Intents in a row that may grow stale before their lines are typed.
const MOST_STALE: u32 = 20;

/// An upgrade under way.
///
/// ```
/// # use asa_failover_core::run::{Action, Event, Run};
/// # fn drive(run: &mut Run) {
/// use asa_failover_core::elapsed::Elapsed;
///
/// let action = run.step(Elapsed::ZERO, Event::Start);
/// assert!(matches!(action, Action::Record(_))); // the header, before anything is sent
/// # }
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Run {
    plan: Arc<str>,
    brief: Arc<Brief>,
    owner: String,
    observed: [Observed; 2],
    memory: Memory,
    links: Links,
    doing: Doing,
    pending: VecDeque<Record>,
    next_seq: u64,
    baseline: bool,
    why: Option<String>,
    /// Lines and connections since the last decision that was more than another reading.
    in_vain: u32,
    /// Intents in a row that were not sent, since what they rested on was too old by then.
    stale: u32,
    /// The end, once it is decided. What happens from then on changes nothing more.
    end: Option<End>,
}

/// How a run ends. What there is to say of it is found out when it is said: nothing that it rests on changes any more.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
enum End {
    Completed(Elapsed),
    Halted(Elapsed, Reason),
}

/// What the last action asked for.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
enum Doing {
    Nothing,
    Connecting {
        endpoint: Endpoint,
    },
    /// A reading, or a line that moves the session only.
    Typing {
        endpoint: Endpoint,
        unit: Option<Role>,
        via: Via,
        command: Command,
        asked: Elapsed,
    },
    /// The intent is being made durable.
    Intending {
        send: Send,
        endpoint: Endpoint,
        open: Open,
    },
    /// The state-changing line is out.
    Sending {
        endpoint: Endpoint,
    },
    Recording,
    Sleeping,
    Asking(Question),
    Probing,
}

impl Run {
    /// A run of this plan, not yet started.
    pub fn new(plan: &Plan) -> Self {
        let brief = plan.brief().clone();
        Self {
            plan: plan.id().into(),
            memory: Memory::new(&brief),
            brief: Arc::new(brief),
            owner: String::new(),
            observed: [Observed::default(), Observed::default()],
            links: Links::default(),
            doing: Doing::Nothing,
            pending: VecDeque::new(),
            next_seq: 1,
            baseline: false,
            why: None,
            in_vain: 0,
            stale: 0,
            end: None,
        }
    }

    /// Names who runs it, for the journal: a user and a host, say.
    pub fn with_owner(mut self, owner: impl Into<String>) -> Self {
        self.owner = owner.into();
        self
    }

    /// Whether the goal of this run accepts a condition, by its id.
    pub fn accepts(&self, id: &str) -> bool {
        self.brief.accepted.contains(id)
    }

    /// Takes in what happened and says what to do next.
    ///
    /// Every action is answered by exactly one event; [`Event::Stop`] may stand in for any answer but that to a
    /// record, and says that the action was not performed. After [`Action::Finish`] the answer to anything is
    /// the same again.
    pub fn step(&mut self, at: Elapsed, event: Event) -> Action {
        match event {
            Event::Replied { session, output, prompt } => {
                let said = match self.awaited_line() {
                    Some(command) => Said::of(command, &output),
                    None => Said::Unread(String::new()),
                };
                self.step_said(at, session, said, prompt.mode)
            }
            event => {
                if self.end.is_some() && matches!(event, Event::RecordFailed(_)) {
                    self.pending.clear();
                }
                self.taken(at, |run| run.absorb(at, event))
            }
        }
    }

    /// Takes something in, looks at what is known now, and decides.
    fn taken(&mut self, at: Elapsed, absorb: impl FnOnce(&mut Self) -> Option<Action>) -> Action {
        if let Some(end) = &self.end {
            // Whether its records became durable does not change it any more.
            return self
                .pending
                .pop_front()
                .map_or_else(|| Action::Finish(self.outcome(end)), Action::Record);
        }
        if let Some(action) = absorb(self) {
            return action;
        }
        let knew = self.memory.saw_begun();
        self.memory.saw(&self.brief, &self.observed, at);
        self.note_begun(knew);
        self.next(at)
    }

    /// The actions of a recorded run: the debugger of this library.
    pub fn replay<'a>(plan: &Plan, events: impl IntoIterator<Item = &'a (Elapsed, Event)>) -> Vec<Action> {
        let mut run = Self::new(plan);
        events.into_iter().map(|(at, event)| run.step(*at, event.clone())).collect()
    }

    /// What goes to the record first, then the decision.
    fn next(&mut self, at: Elapsed) -> Action {
        if let Some(record) = self.pending.pop_front() {
            self.doing = Doing::Recording;
            return Action::Record(record);
        }
        let decision = derive(&self.brief, &self.observed, &self.memory, at);
        match decision {
            Decision::Read { unit, command } => self.read(at, unit, command),
            Decision::Send(send) => self.intend(at, send),
            Decision::Resolve(effect) => {
                let seq = self.memory.intent.as_ref().map_or(0, |open| open.seq);
                self.in_vain = 0;
                self.memory.resolve(&self.brief, effect, at);
                self.pending.push_back(Record::Result { seq, effect });
                self.next(at)
            }
            Decision::Wait { awaited, until, why } => {
                self.in_vain = 0;
                self.why = Some(why);
                // Spent deadlines are on record, so that a resume does not begin them anew.
                if let Some(ms) = self.memory.wait(&self.brief, awaited, at) {
                    self.pending.push_back(Record::Waited { awaited, ms });
                    return self.next(at);
                }
                self.doing = Doing::Sleeping;
                Action::Sleep { until }
            }
            Decision::Ask(question) => {
                self.in_vain = 0;
                self.doing = Doing::Asking(question.clone());
                Action::Ask(question)
            }
            Decision::Probe => {
                if let Some(halted) = self.count(at) {
                    return halted;
                }
                self.doing = Doing::Probing;
                let by = at.after(std::time::Duration::from_secs(self.brief.policy.reply_s));
                Action::Probe { by }
            }
            Decision::Halt(reason) => self.halt(at, reason),
            Decision::Complete => self.end(End::Completed(at)),
        }
    }

    /// That a command was seen to take effect is on record: a resume has nobody else to ask.
    fn note_begun(&mut self, knew: bool) {
        if let Some(open) = &self.memory.intent
            && open.begun
            && !knew
        {
            self.pending.push_back(Record::Begun { seq: open.seq });
        }
    }

    /// Counts a line or a connection that changes nothing; one too many halts.
    fn count(&mut self, at: Elapsed) -> Option<Action> {
        self.in_vain += 1;
        (self.in_vain > MOST_IN_VAIN).then(|| self.halt(at, Reason::TooSlow(MOST_IN_VAIN)))
    }

    pub(super) fn halt(&mut self, at: Elapsed, reason: Reason) -> Action {
        self.end(End::Halted(at, reason))
    }

    /// The end is on record too, behind what became known of a command before it; then it is final.
    fn end(&mut self, end: End) -> Action {
        let tells_of_a_command = |record: &Record| {
            matches!(record, Record::Sent { .. } | Record::Begun { .. } | Record::Result { .. })
        };
        self.pending.retain(tells_of_a_command);
        match &end {
            // There is nowhere to write it, or it is the journal of another run.
            End::Halted(_, Reason::JournalFailed(_) | Reason::JournalDiffers(_)) => self.pending.clear(),
            End::Halted(_, reason) => self.pending.push_back(Record::Halt { reason: reason.clone() }),
            End::Completed(at) => {
                let report = Box::new(self.report(*at));
                self.pending.push_back(Record::Done { report });
            }
        }
        self.doing = Doing::Recording;
        let action =
            self.pending.pop_front().map_or_else(|| Action::Finish(self.outcome(&end)), Action::Record);
        self.end = Some(end);
        action
    }

    fn outcome(&self, end: &End) -> Outcome {
        match end {
            End::Completed(at) => Outcome::Completed(Box::new(self.report(*at))),
            End::Halted(at, reason) => Outcome::Halted(Box::new(self.halted(*at, reason.clone()))),
        }
    }

    /// Reads something of a unit: in its own session, or through its mate.
    fn read(&mut self, at: Elapsed, unit: Role, command: Command) -> Action {
        if !self.baseline && self.both_known() {
            self.baseline = true;
            self.pending.push_back(self.baseline_record());
            return self.next(at);
        }
        match self.links.route(&self.brief, &self.observed, unit, at) {
            // Every command of a higher level works among the settings of a group too. What a line there is
            // waiting for, a young look at the pair, is read there; for all else the session leaves them.
            Route::Through { endpoint, session, .. }
                if self.mode(endpoint) == Mode::Group && command != Command::ShowFailover =>
            {
                let unit = self.links.unit(endpoint);
                self.type_line(at, endpoint, session, unit, Via::Direct, Command::End)
            }
            Route::Through { endpoint, session, via } => {
                // A reading through the mate counts only once the mate said who it is in this session.
                let command = if via == Via::Mate && !self.links.knows_mate(endpoint) {
                    Command::ShowVersion
                } else {
                    command
                };
                self.type_line(at, endpoint, session, Some(unit), via, command)
            }
            Route::First(first) => self.open(at, unit, first),
        }
    }

    /// Whatever a route still needs before a line can go over it.
    fn open(&mut self, at: Elapsed, unit: Role, first: First) -> Action {
        match first {
            First::Identify { endpoint, session, command } => {
                self.type_line(at, endpoint, session, None, Via::Direct, command)
            }
            First::Connect(endpoint) => {
                if let Some(halted) = self.count(at) {
                    return halted;
                }
                self.doing = Doing::Connecting { endpoint };
                let by = at.after(std::time::Duration::from_secs(self.brief.policy.connect_s));
                Action::Connect { endpoint, by }
            }
            First::Silent(why) => {
                crate::decide::pair_of_mut(&mut self.observed, unit).silent =
                    Some(crate::elapsed::At::new(at, why));
                self.next(at)
            }
        }
    }

    /// Types a line that changes nothing but, at most, the session.
    fn type_line(
        &mut self,
        at: Elapsed,
        endpoint: Endpoint,
        session: SessionId,
        unit: Option<Role>,
        via: Via,
        command: Command,
    ) -> Action {
        if let Some(halted) = self.count(at) {
            return halted;
        }
        let by = at.after(self.patience(&command));
        self.doing = Doing::Typing { endpoint, unit, via, command: command.clone(), asked: at };
        Action::Send { session, via, command, by, enter_by: None }
    }

    /// How long the reply of a command may take.
    fn patience(&self, command: &Command) -> std::time::Duration {
        let policy = &self.brief.policy;
        std::time::Duration::from_secs(match command {
            Command::Copy { .. } => policy.copy_s,
            Command::Verify { .. } => policy.verify_s,
            Command::WriteMemory | Command::WriteMemoryAll => policy.save_s,
            _ => policy.reply_s,
        })
    }

    fn both_known(&self) -> bool {
        Role::BOTH.into_iter().all(|role| {
            let unit = pair_of(&self.observed, role);
            unit.sight.is_some() && unit.build.is_some()
        })
    }

    /// The level that the session at an address stands at; [`Mode::User`] where there is none.
    pub fn mode(&self, endpoint: Endpoint) -> Mode {
        self.links.mode(endpoint)
    }
}
