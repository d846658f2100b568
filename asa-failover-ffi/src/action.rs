//! What a run asks for and what it is told, as structs of C.

use asa_failover_core::command::{Answer as Typed, Command, Effect, Mode};
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::goal::Pause;
use asa_failover_core::link::{Endpoint, Refused, SessionId};
use asa_failover_core::run::record::Link;
use asa_failover_core::run::{Action, Answer, Event, Outcome, record};
use asa_failover_core::session::prompt;

use crate::options::Sizing;
use crate::status::{Entering as _, Failure, asaf_status, entering};
use crate::text::asaf_str;

/// What happened.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_event_kind {
    /// The run begins. No other field counts.
    Start = 1,
    /// The run goes on: `text` is its journal, every line of it.
    Resume = 2,
    /// A session stands: `session`, and in `prompt` the prompt it stands at.
    Connected = 3,
    /// No session came about: `endpoint`, `refusal`, and why in `text`.
    Refused = 4,
    /// The unit answered: `session`, the output in `text`, and the prompt after it in `prompt`.
    Replied = 5,
    /// The unit asked what the command does not permit: `session`, the question in `text`. Nothing
    /// was answered, and the session was given up.
    Questioned = 6,
    /// The session is gone: `session`.
    Dropped = 7,
    /// What was asked for did not happen in time, or a sleep is over.
    TimedOut = 8,
    /// The record is durable.
    Recorded = 9,
    /// The record is not durable, and why in `text`.
    RecordFailed = 10,
    /// The operator's word: `answer`.
    Answered = 11,
    /// Stop in good order; the last action was not performed.
    Stop = 12,
}
entering!(asaf_event_kind: Start, Resume, Connected, Refused, Replied, Questioned, Dropped, TimedOut,
    Recorded, RecordFailed, Answered, Stop);

/// An address of the pair, by the standing whose address it is configured to be.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_endpoint {
    /// None.
    None = 0,
    /// The address of the active unit (of group 1 in Active/Active).
    Active = 1,
    /// The address of the standby unit.
    Standby = 2,
}
entering!(asaf_endpoint: Active, Standby);

impl From<Endpoint> for asaf_endpoint {
    fn from(endpoint: Endpoint) -> Self {
        match endpoint {
            Endpoint::Active => Self::Active,
            Endpoint::Standby => Self::Standby,
        }
    }
}

/// Whether trying again later may help.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_refusal {
    /// Nothing answers, or the connection broke before the login was done.
    Unreachable = 1,
    /// Host key, login, privilege: waiting does not cure it, and the run halts.
    Final = 2,
}
entering!(asaf_refusal: Unreachable, Final);

/// The operator's word.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_answer {
    /// Go on.
    Go = 1,
    /// Halt here.
    Halt = 2,
}
entering!(asaf_answer: Go, Halt);

/// An event. Fields that its kind does not name are not looked at.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_event {
    /// `sizeof(asaf_event)`
    pub size: usize,
    /// An `asaf_event_kind`.
    pub kind: u32,
    /// A number that the caller chose for the session and uses for no other one.
    pub session: u32,
    /// An `asaf_endpoint`.
    pub endpoint: u32,
    /// An `asaf_refusal`.
    pub refusal: u32,
    /// An `asaf_answer`.
    pub answer: u32,
    /// Output, question, journal, or why.
    pub text: asaf_str,
    /// The prompt a session stands at: `fw/pri/act# `.
    pub prompt: asaf_str,
}

// SAFETY: `repr(C)`, begins with `size`, and has numbers and raw pointers only.
unsafe impl Sizing for asaf_event {
    const NAME: &'static str = "asaf_event";
}

impl asaf_event {
    /// The event, and for one that resumes where its journal goes on.
    ///
    /// # Safety
    ///
    /// Every text of it is readable.
    pub(crate) unsafe fn event(&self) -> Result<(Event, Option<Link>), Failure> {
        // SAFETY: as promised to this function; an unused text may hold anything and is not read.
        let text = || unsafe { self.text.read("event.text") };
        let session = SessionId(self.session);
        let event = match asaf_event_kind::checked(self.kind, "event.kind")? {
            asaf_event_kind::Start => Event::Start,
            asaf_event_kind::Resume => {
                let (records, link, _) = record::decode(text()?.as_bytes())?;
                let event = if records.records.is_empty() { Event::Start } else { Event::Resume(records) };
                return Ok((event, Some(link)));
            }
            asaf_event_kind::Connected => {
                // SAFETY: as promised to this function.
                Event::Connected { session, prompt: unsafe { self.prompt() }? }
            }
            asaf_event_kind::Refused => {
                let endpoint = match asaf_endpoint::checked(self.endpoint, "event.endpoint")? {
                    asaf_endpoint::Standby => Endpoint::Standby,
                    asaf_endpoint::None | asaf_endpoint::Active => Endpoint::Active,
                };
                let why = text()?.to_owned();
                let why = match asaf_refusal::checked(self.refusal, "event.refusal")? {
                    asaf_refusal::Unreachable => Refused::Unreachable { address: endpoint.to_string(), why },
                    asaf_refusal::Final => Refused::Setup(why),
                };
                Event::Refused { endpoint, why }
            }
            asaf_event_kind::Replied => {
                // SAFETY: as promised to this function.
                let prompt = unsafe { self.prompt() }?;
                Event::Replied { session, output: text()?.to_owned(), prompt }
            }
            asaf_event_kind::Questioned => Event::Questioned { session, question: text()?.to_owned() },
            asaf_event_kind::Dropped => Event::Dropped { session },
            asaf_event_kind::TimedOut => Event::TimedOut,
            asaf_event_kind::Recorded => Event::Recorded,
            asaf_event_kind::RecordFailed => Event::RecordFailed(text()?.to_owned()),
            asaf_event_kind::Answered => Event::Answered(answer_of(self.answer)?),
            asaf_event_kind::Stop => Event::Stop,
        };
        Ok((event, None))
    }

    /// # Safety
    ///
    /// The prompt is readable.
    unsafe fn prompt(&self) -> Result<asa_failover_core::session::Prompt, Failure> {
        // SAFETY: as promised to this function.
        let text = unsafe { self.prompt.read("event.prompt") }?;
        prompt(text).ok_or_else(|| {
            let message = format!("event.prompt: expected a prompt such as \"fw/pri/act# \", found {text:?}");
            Failure::new(asaf_status::BadPrompt, message)
        })
    }
}

pub(crate) fn answer_of(answer: u32) -> Result<Answer, Failure> {
    Ok(match asaf_answer::checked(answer, "event.answer")? {
        asaf_answer::Go => Answer::Go,
        asaf_answer::Halt => Answer::Halt,
    })
}

/// What to do next.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_action_kind {
    /// Open a session at `endpoint` until `by_ms`; one that stands there is given up first.
    Connect = 1,
    /// Type `line` in `session` and wait for its reply until `by_ms`; the session is lost with that.
    Send = 2,
    /// Make `record` durable at the end of the journal. Nothing is sent before that.
    Record = 3,
    /// Wait until `by_ms`.
    Sleep = 4,
    /// The operator decides: `hop`, `pause`.
    Ask = 5,
    /// The end, and again for ever: `asaf_run_outcome`.
    Finish = 6,
}

/// What a command does to the pair.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_effect {
    /// No command.
    None = 0,
    /// Prints something.
    Reads = 1,
    /// Changes the session it is typed in, nothing on the unit.
    Moves = 2,
    /// Changes configuration or flash; forwarding is untouched.
    Changes = 3,
    /// Moves a standing or reboots a unit.
    Disrupts = 4,
}

/// The level that a state-changing command is typed at.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_mode {
    /// No command.
    None = 0,
    /// Privileged EXEC, `#`.
    Privileged = 1,
    /// Configuration or one of its submodes.
    Config = 2,
}

/// The point at which a run waits for the operator.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_pause {
    /// Another one than this header knows, or none.
    Other = 0,
    /// One unit runs the new release, nothing has moved to it yet.
    BeforeSwitch = 1,
    /// The new release forwards, the other unit still runs the old one.
    BeforeSecondReload = 2,
}

impl From<Pause> for asaf_pause {
    fn from(pause: Pause) -> Self {
        match pause {
            Pause::BeforeSwitch => Self::BeforeSwitch,
            Pause::BeforeSecondReload => Self::BeforeSecondReload,
            _ => Self::Other,
        }
    }
}

/// An action. Its texts are readable until the next `asaf_run_step` of the run, or its end.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_action {
    /// What to do.
    pub kind: asaf_action_kind,
    /// Where to connect to.
    pub endpoint: asaf_endpoint,
    /// Where to type.
    pub session: u32,
    /// What the line does to the pair.
    pub effect: asaf_effect,
    /// The level it is typed at.
    pub mode: asaf_mode,
    /// Milliseconds since the run began.
    pub by_ms: u64,
    /// What is typed, without its end; `failover exec mate` stands in front where it goes through the
    /// mate.
    pub line: asaf_str,
    /// How many questions the command permits: `asaf_run_permitted`.
    pub permitted: usize,
    /// The line to append to the journal, with its end.
    pub record: asaf_str,
    /// The hop a question is about, from 1.
    pub hop: usize,
    /// The point at which the run waits.
    pub pause: asaf_pause,
}

/// A question that a command may be asked, and what is typed then, once.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_permitted {
    /// Words of the question, as the unit prints them.
    pub question: asaf_str,
    /// The keys to be typed, with Enter (a carriage return) where it belongs.
    pub typed: asaf_str,
}

/// The last action of a run, with the texts that the caller was lent.
#[derive(Debug, Default)]
pub(crate) struct Lent {
    line: String,
    record: String,
    pub(crate) permitted: Vec<(&'static str, String)>,
}

impl Lent {
    /// The struct of an action, and its outcome if it is the last one.
    pub(crate) fn action(
        &mut self,
        at: Elapsed,
        action: Action,
        link: &mut Link,
    ) -> Result<(asaf_action, Option<Outcome>), Failure> {
        *self = Self::default();
        let mut lent = asaf_action {
            kind: kind_of(&action),
            endpoint: asaf_endpoint::None,
            session: 0,
            effect: asaf_effect::None,
            mode: asaf_mode::None,
            by_ms: 0,
            line: asaf_str::NONE,
            permitted: 0,
            record: asaf_str::NONE,
            hop: 0,
            pause: asaf_pause::Other,
        };
        match action {
            Action::Connect { endpoint, by } => {
                lent.endpoint = endpoint.into();
                lent.by_ms = by.as_millis();
            }
            Action::Send { session, via, command, by } => {
                self.line = command.line(via);
                self.permitted = permitted(&command);
                lent.session = session.0;
                lent.by_ms = by.as_millis();
                lent.line = asaf_str::lend(&self.line);
                lent.permitted = self.permitted.len();
                lent.effect = effect(&command);
                lent.mode = mode(&command);
            }
            Action::Record(record) => {
                // Every key of a record is text, so this cannot fail.
                self.record = link.encode(&record, &at.to_string()).map_err(|_| Failure::panicked())?;
                lent.record = asaf_str::lend(&self.record);
            }
            Action::Sleep { until } => lent.by_ms = until.as_millis(),
            Action::Ask(question) => {
                lent.hop = question.hop;
                lent.pause = question.pause.into();
            }
            Action::Finish(outcome) => return Ok((lent, Some(outcome))),
        }
        Ok((lent, None))
    }
}

pub(crate) const fn kind_of(action: &Action) -> asaf_action_kind {
    match action {
        Action::Connect { .. } => asaf_action_kind::Connect,
        Action::Send { .. } => asaf_action_kind::Send,
        Action::Record(_) => asaf_action_kind::Record,
        Action::Sleep { .. } => asaf_action_kind::Sleep,
        Action::Ask(_) => asaf_action_kind::Ask,
        Action::Finish(_) => asaf_action_kind::Finish,
    }
}

fn permitted(command: &Command) -> Vec<(&'static str, String)> {
    let typed = |answer| match answer {
        Typed::Line(text) => format!("{text}\r"),
        Typed::Key(key) => key.to_string(),
    };
    command.permitted().iter().map(|permitted| (permitted.question, typed(permitted.answer))).collect()
}

const fn effect(command: &Command) -> asaf_effect {
    match command.effect() {
        Effect::Reads => asaf_effect::Reads,
        Effect::Moves => asaf_effect::Moves,
        Effect::Changes => asaf_effect::Changes,
        Effect::Disrupts => asaf_effect::Disrupts,
    }
}

const fn mode(command: &Command) -> asaf_mode {
    match command.mode() {
        Mode::Config => asaf_mode::Config,
        Mode::User | Mode::Privileged => asaf_mode::Privileged,
    }
}
