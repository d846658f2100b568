//! What a run asks for, as a struct of C.

use asa_failover_core::command::{Answer, Command, Effect, Mode};
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::goal::Pause;
use asa_failover_core::run::record::Link;
use asa_failover_core::run::{Action, Outcome};

use crate::event::asaf_endpoint;
use crate::status::{Entering as _, Failure, entering};
use crate::text::asaf_str;

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
    /// Find out whether traffic is well on the new release, until `by_ms`: `ASAF_EVENT_KIND_PROBED`.
    Probe = 7,
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
    /// Configuration, `(config)#`.
    Config = 2,
    /// The settings of a failover group, `(config-fover-group)#`. The run leads there with a line of its own.
    Group = 3,
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

entering!(asaf_pause: BeforeSwitch, BeforeSecondReload);

/// A pause by its number.
pub(crate) fn pause_of(pause: u32) -> Result<Pause, Failure> {
    match asaf_pause::checked(pause, "pause")? {
        asaf_pause::BeforeSecondReload => Ok(Pause::BeforeSecondReload),
        asaf_pause::Other | asaf_pause::BeforeSwitch => Ok(Pause::BeforeSwitch),
    }
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
    /// Of a line that changes something: run it before that, in milliseconds since the run began, or not at all. What it was
    /// decided on grows old: where Enter would go out later, the session is given up. `UINT64_MAX` of every other line.
    pub enter_by_ms: u64,
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
            enter_by_ms: u64::MAX,
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
            Action::Send { session, via, command, by, enter_by } => {
                self.line = command.line(via);
                self.permitted = permitted(&command);
                lent.session = session.0;
                lent.by_ms = by.as_millis();
                lent.enter_by_ms = enter_by.map_or(u64::MAX, Elapsed::as_millis);
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
            Action::Sleep { until: by } | Action::Probe { by } => lent.by_ms = by.as_millis(),
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
        Action::Probe { .. } => asaf_action_kind::Probe,
        Action::Finish(_) => asaf_action_kind::Finish,
    }
}

fn permitted(command: &Command) -> Vec<(&'static str, String)> {
    let typed = |answer| match answer {
        Answer::Line(text) => format!("{text}\r"),
        Answer::Key(key) => key.to_string(),
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
        Mode::Group => asaf_mode::Group,
        Mode::User | Mode::Privileged => asaf_mode::Privileged,
    }
}
