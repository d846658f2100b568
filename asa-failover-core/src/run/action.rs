//! What a run asks for, and what it is told.

use crate::command::Command;
use crate::decide::Question;
use crate::elapsed::Elapsed;
use crate::link::{Endpoint, Refused, SessionId, Via};
use crate::session::Prompt;

use super::{Outcome, Record, Records};

/// What to do next.
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use = "an action does nothing until the shell performs it"]
#[expect(clippy::exhaustive_enums, reason = "a shell has to perform each of these")]
pub enum Action {
    /// Open a session at this address; one that stands there is given up first.
    Connect {
        /// The address.
        endpoint: Endpoint,
        /// Give up then.
        by: Elapsed,
    },
    /// Type this command and wait for its reply.
    Send {
        /// The session.
        session: SessionId,
        /// As it is, or behind `failover exec mate`.
        via: Via,
        /// The command.
        command: Command,
        /// Give up then; the session is lost with that.
        by: Elapsed,
        /// Of a line that changes something: run it before that, or not at all. What it was decided on grows old, so
        /// that where Enter would go out later, say because the unit shows the line so late, the session is given up.
        enter_by: Option<Elapsed>,
    },
    /// Make this durable. Nothing is sent before [`Event::Recorded`].
    Record(Record),
    /// Wait.
    Sleep {
        /// Until then.
        until: Elapsed,
    },
    /// The operator decides.
    Ask(Question),
    /// Find out whether traffic is well on the new release, in the caller's own way: [`Event::Probed`].
    Probe {
        /// Give up then: [`Event::TimedOut`], which counts as not well.
        by: Elapsed,
    },
    /// The end, and again for ever.
    Finish(Outcome),
}

/// What happened.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a run takes each of these")]
pub enum Event {
    /// The run begins.
    Start,
    /// The run goes on from the records of its journal.
    Resume(Records),
    /// A session stands.
    Connected {
        /// The session.
        session: SessionId,
        /// The prompt it stands at.
        prompt: Prompt,
    },
    /// No session came about.
    Refused {
        /// The address.
        endpoint: Endpoint,
        /// Why not.
        why: Refused,
    },
    /// The unit answered.
    Replied {
        /// The session.
        session: SessionId,
        /// What stands between the typed line and the prompt.
        output: String,
        /// The prompt after it.
        prompt: Prompt,
    },
    /// The unit asked what nobody may answer; the session was given up.
    Questioned {
        /// The session.
        session: SessionId,
        /// The question as printed.
        question: String,
    },
    /// The session is gone.
    Dropped {
        /// The session.
        session: SessionId,
    },
    /// What was asked for did not happen in time, or a sleep is over.
    TimedOut,
    /// The record is durable.
    Recorded,
    /// The record is not durable, and will not be.
    RecordFailed(String),
    /// The operator's word.
    Answered(Answer),
    /// Whether traffic is well on the new release; if not, why not. The run halts then.
    Probed(Result<(), String>),
    /// Nothing of a line that changes something was typed, and nothing will be. Of a line of which a byte was written it is
    /// known to nobody whether it ran: that is [`Event::Dropped`] or [`Event::TimedOut`].
    NotSent,
    /// Stop in good order; the last action was not performed. A record that was asked for is made durable all the same, and
    /// the next action stopped. A line that changes something counts as one that may have run, where [`Event::NotSent`] was
    /// not told first.
    Stop,
}

/// The operator's word at a pause.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "go or stop")]
pub enum Answer {
    /// Go on.
    Go,
    /// Halt here.
    Halt,
}

impl Event {
    /// The session that an event tells of.
    pub(super) const fn session(&self) -> Option<SessionId> {
        match self {
            Self::Questioned { session, .. } | Self::Dropped { session } => Some(*session),
            _ => None,
        }
    }

    /// The name of the event, for messages.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Start => "Start",
            Self::Resume(_) => "Resume",
            Self::Connected { .. } => "Connected",
            Self::Refused { .. } => "Refused",
            Self::Replied { .. } => "Replied",
            Self::Questioned { .. } => "Questioned",
            Self::Dropped { .. } => "Dropped",
            Self::TimedOut => "TimedOut",
            Self::Recorded => "Recorded",
            Self::RecordFailed(_) => "RecordFailed",
            Self::Answered(_) => "Answered",
            Self::Probed(_) => "Probed",
            Self::NotSent => "NotSent",
            Self::Stop => "Stop",
        }
    }
}
