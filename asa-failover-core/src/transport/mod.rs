//! How lines get to a unit and replies come back.
//!
//! A transport opens sessions and exchanges one line for one reply. It decides nothing: a lost
//! session, a refused login and a time-out are told to the run, which knows what they mean.
//!
//! Callers may bring their own at two heights: [`Bytes`] (an SSH channel, a console server), on
//! which [`Terminals`] runs the dialog, or [`Transport`] itself (a connection that already knows
//! how to type a command), which then declares in [`Abilities`] what it cannot do.

mod bytes;
#[cfg(feature = "twin")]
pub mod memory;
pub mod script;
#[cfg(feature = "ssh")]
pub mod ssh;
mod terminals;

use std::time::Duration;

use crate::command::Command;
use crate::link::{Endpoint, Refused, SessionId, Via};
use crate::session::Prompt;

pub use bytes::{Bytes, NotOpened, Received, Written};
pub use terminals::Terminals;

/// Opens sessions on the pair's addresses and exchanges commands for replies.
pub trait Transport {
    /// Opens a session: connected, logged in, enabled, pager off.
    fn connect(&mut self, endpoint: Endpoint, within: Duration) -> Connect;

    /// Types one command and waits for its reply, the next finished prompt.
    fn exchange(&mut self, session: SessionId, via: Via, command: &Command, within: Within) -> Exchange;

    /// Gives a session up. The connection is dropped, not closed politely: the unit may be rebooting.
    fn close(&mut self, session: SessionId);

    /// What this transport can be relied on for. Ours can all of it, which is the default; one that
    /// wraps another library has to say where it falls short.
    fn abilities(&self) -> Abilities {
        Abilities::default()
    }
}

/// How long an exchange may take.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "an exchange has these two times")]
pub struct Within {
    /// Up to the reply.
    pub reply: Duration,
    /// Up to Enter, where the line may not be run later: [`Action::Send`](crate::run::Action::Send) says why.
    pub enter: Option<Duration>,
}

/// The reply within that time, and Enter whenever the line is shown: for lines that change nothing.
impl From<Duration> for Within {
    fn from(reply: Duration) -> Self {
        Self { reply, enter: None }
    }
}

/// What rests on a transport. Where one of these is missing, a run refuses the transport, or goes on
/// where the goal accepts the shortfall by its id; see [`Abilities::shortfall`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "a caller's transport has to decide on each of these")]
pub struct Abilities {
    /// Whether the whole echo is compared before the line runs.
    pub echo: EchoCheck,
    /// What happens when a connection is lost.
    pub loss: Loss,
    /// Which questions are answered.
    pub questions: Questions,
    /// Whether a login leaves the configuration alone.
    pub login: LoginManners,
}

/// Whether a line is compared with its echo before Enter.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "it is compared or it is not")]
pub enum EchoCheck {
    /// Compared as far as the unit shows it. A line that arrived cut or mixed never runs.
    BeforeEnter,
    /// Line and Enter go out together: `no failover` may run as the head of `no failover active`.
    None,
}

/// What a transport does when a connection is lost.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "it tells, or it hides the loss")]
pub enum Loss {
    /// It says so, and the session is over.
    Told,
    /// It connects again by itself: a session may then be on the other unit, unnoticed.
    Reconnects,
}

/// Which questions a transport answers.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "it keeps to the permitted ones or it does not")]
pub enum Questions {
    /// Those that the command permits, once each.
    PermittedOnly,
    /// Others as well, or it waits for a prompt that does not come.
    Unknown,
}

/// What a login types.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "it enters configuration mode or it does not")]
pub enum LoginManners {
    /// `enable` and `terminal pager 0`, nothing else.
    LeavesConfiguration,
    /// It sends `terminal width` in configuration mode: the configuration counts as modified, and
    /// `reload` then asks to save.
    TouchesConfiguration,
}

impl Default for Abilities {
    /// Everything: what [`Terminals`] holds.
    fn default() -> Self {
        Self {
            echo: EchoCheck::BeforeEnter,
            loss: Loss::Told,
            questions: Questions::PermittedOnly,
            login: LoginManners::LeavesConfiguration,
        }
    }
}

impl Abilities {
    /// Why no run may rest on a transport like this; `None` where it may.
    ///
    /// `transport.echo`, `transport.questions` and `transport.login` may be accepted by these ids. A
    /// transport that reconnects by itself may not be: a line could reach the other unit.
    pub fn shortfall(&self, accepts: impl Fn(&str) -> bool) -> Option<String> {
        if self.loss == Loss::Reconnects {
            return Some("the transport reconnects by itself, so a line may reach the other unit".to_owned());
        }
        let conditions = [
            (self.echo == EchoCheck::None, "transport.echo", "does not compare the echo before Enter"),
            (
                self.questions == Questions::Unknown,
                "transport.questions",
                "may answer questions that no command permits",
            ),
            (
                self.login == LoginManners::TouchesConfiguration,
                "transport.login",
                "enters configuration mode to log in, so that a reload asks to save",
            ),
        ];
        let missing = conditions.into_iter().find(|(missing, id, _)| *missing && !accepts(id));
        missing.map(|(_, id, text)| format!("the transport {text} (may be accepted as {id})"))
    }
}

/// What became of a connection attempt.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a run has to answer each of these")]
pub enum Connect {
    /// A session stands at a privileged prompt.
    Opened {
        /// The session, to be named in each exchange.
        session: SessionId,
        /// The prompt it stands at.
        prompt: Prompt,
    },
    /// No session came about.
    Refused(Refused),
    /// Nothing was decided in time.
    TimedOut,
}

/// What became of a command.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a run has to answer each of these")]
pub enum Exchange {
    /// The unit answered and stands at a prompt again.
    Replied {
        /// The text between the echoed line and the prompt.
        output: String,
        /// The prompt after it.
        prompt: Prompt,
    },
    /// The unit asked a question that the command does not permit. Nothing was answered, and the
    /// session was given up.
    Asked {
        /// The question as printed.
        question: String,
    },
    /// The session is gone. Whether the command arrived is not known.
    Dropped,
    /// No finished prompt in time; the session was given up. Whether the command arrived is not known.
    TimedOut,
}

#[cfg(test)]
mod tests;
