//! How lines get to a unit and replies come back.
//!
//! A transport opens sessions and exchanges one line for one reply. It decides nothing: a lost
//! session, a refused login and a time-out are told to the run, which knows what they mean.

use std::time::Duration;

use crate::command::Command;
use crate::link::{Endpoint, Refused, SessionId, Via};
use crate::session::Prompt;

/// Opens sessions on the pair's addresses and exchanges commands for replies.
pub trait Transport {
    /// Opens a session: connected, logged in, enabled, pager off.
    fn connect(&mut self, endpoint: Endpoint, within: Duration) -> Connect;

    /// Types one command and waits for its reply, the next finished prompt.
    fn exchange(&mut self, session: SessionId, via: Via, command: &Command, within: Duration) -> Exchange;

    /// Gives a session up. The connection is dropped, not closed politely: the unit may be rebooting.
    fn close(&mut self, session: SessionId);
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
