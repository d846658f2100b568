//! What a terminal is given, and what it reports.

use std::time::Duration;

use secrecy::SecretString;
use thiserror::Error;

use super::prompt::Prompt;
use super::screen::Limit;

/// What a login needs beyond the connection.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Login {
    /// What is typed at `enable`, once. Without it Enter is typed, which a factory-new unit accepts.
    pub enable: Option<SecretString>,
}

impl Login {
    /// A login with an enable password.
    pub fn with_enable(enable: SecretString) -> Self {
        Self { enable: Some(enable) }
    }
}

/// How long a line must be silent before the terminal draws a conclusion.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "three lengths, and every choice of them is valid")]
pub struct Patience {
    /// Behind a prompt, before it counts as finished.
    pub settle: Duration,
    /// Before a permitted question is answered, a cut echo is taken as complete, and Enter is sent
    /// because no prompt came by itself.
    pub silence: Duration,
    /// Before a session is given up for a question that is not permitted or an echo that differs.
    /// Longer than a lost packet takes to be sent again: half a line may look like a question.
    pub doubt: Duration,
}

impl Default for Patience {
    /// 3 ms, 500 ms and 5 s.
    fn default() -> Self {
        Self {
            settle: Duration::from_millis(3),
            silence: Duration::from_millis(500),
            doubt: Duration::from_secs(5),
        }
    }
}

/// What the terminal reports, in the order it happened.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a transport has to answer each of these")]
pub enum Happened {
    /// Logged in, enabled, pager off.
    Ready(Prompt),
    /// The command in flight came to its end.
    Replied {
        /// The text between the echo and the prompt; lines end in `\n`.
        output: String,
        /// The prompt after it.
        prompt: Prompt,
    },
    /// A question that the command does not permit. Nothing was typed, and nothing will be.
    Asked {
        /// The unfinished line with the question.
        question: String,
    },
    /// The session is of no more use.
    Failed(Trouble),
}

/// Why a session is of no more use.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum Trouble {
    /// The login did not end at a privileged prompt with the pager off.
    #[error("{0}")]
    NoPrivilege(String),
    /// The unit shows something else than was typed. Enter was not sent: the line did not run.
    #[error("typed {typed:?}, the unit shows {shown:?}; Enter was not sent")]
    Echo {
        /// The line as typed.
        typed: String,
        /// The line as shown.
        shown: String,
    },
    /// The unit did not show a line that changes something in time. Enter was not sent: the line did not run.
    #[error("typed {typed:?}, and the unit did not show it in time; Enter was not sent")]
    NotShown {
        /// The line as typed.
        typed: String,
    },
    /// The unit asked later than a line that disrupts may be run. The answer was not sent.
    #[error("typed {typed:?}, and the unit asked too late to be answered")]
    NotAnswered {
        /// The line as typed.
        typed: String,
    },
    /// The reply stopped at a pager that should be off.
    #[error("reply stopped at <--- More --->, the pager is on again")]
    Paged,
    /// A command printed more than any command of ours does.
    #[error("reply has {0}")]
    TooMuch(Limit),
}

/// Why a command was not typed.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum NotSent {
    /// The session does not stand at a prompt.
    #[error("the session does not stand at a prompt")]
    NotStanding,
    /// The line is too long or has a character that would not be text.
    #[error("the line is too long or has a control character or a question mark")]
    Unfit,
}
