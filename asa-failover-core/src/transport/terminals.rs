//! Sessions over any byte connection: one [`Terminal`] each, with deadlines.

use std::collections::BTreeMap;
use std::time::Duration;

use secrecy::zeroize::Zeroize;

use super::{Bytes, Connect, Exchange, NotOpened, Received, Transport, Within, Written};
use crate::command::{Command, Effect};
use crate::link::{Endpoint, Refused, SessionId, Via};
use crate::session::{Happened, Login, Patience, Terminal, Trouble};

/// A [`Transport`] over a byte connection.
///
/// Sessions are numbered and a number is never used again. A session that is lost, that timed out
/// or that was asked a question is given up; none is ever opened by itself. So is one in which a line is not shown before
/// the time that there is for its Enter is over: it was typed, and Enter is not sent; nor is the answer to what a unit asks
/// later than that behind a line that disrupts.
pub struct Terminals<B: Bytes> {
    bytes: B,
    login: Login,
    patience: Patience,
    sessions: BTreeMap<SessionId, Open<B::Handle>>,
    opened: u32,
    trouble: Option<Trouble>,
}

struct Open<H> {
    handle: H,
    terminal: Terminal,
}

/// How a dialog ended.
enum End {
    Happened(Happened),
    Closed,
    TimedOut,
    /// The line was not shown in time, and is not run.
    NotShown,
    /// The question behind a line came too late, and is not answered.
    NotAnswered,
}

/// Until when a dialog may go on, on the clock of the connection.
#[derive(Clone, Copy)]
struct Until {
    over: Duration,
    enter: Option<Duration>,
    answer: Option<Duration>,
}

impl Until {
    const fn over(over: Duration) -> Self {
        Self { over, enter: None, answer: None }
    }
}

impl<B: Bytes> Terminals<B> {
    /// Sessions over `bytes`, each logged in with `login`.
    pub fn new(bytes: B, login: Login) -> Self {
        Self {
            bytes,
            login,
            patience: Patience::default(),
            sessions: BTreeMap::new(),
            opened: 0,
            trouble: None,
        }
    }

    /// With other lengths of silence, for slow or scaled connections.
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// The connection below.
    pub fn bytes(&self) -> &B {
        &self.bytes
    }

    /// Why the last session was given up, where [`Exchange::TimedOut`] says less: an echo that
    /// differed, a reply too large. For the operator's log.
    pub fn last_trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// Sessions that are open.
    pub fn open_sessions(&self) -> usize {
        self.sessions.len()
    }

    /// Drops every open session, so that none stays behind on a unit.
    pub fn close_all(&mut self) {
        for open in std::mem::take(&mut self.sessions).into_values() {
            self.bytes.close(open.handle);
        }
    }

    /// Moves bytes until something happened or the time is over: of the dialog, or of what would make the unit act.
    fn converse(bytes: &mut B, open: &mut Open<B::Handle>, until: Until) -> End {
        let Open { handle, terminal } = open;
        let mut act_by = None;
        loop {
            let mut output = terminal.take_output();
            if !output.is_empty() {
                let written = bytes.write(handle, &output, until.over.min(act_by.unwrap_or(until.over)));
                output.zeroize();
                match written {
                    Written::All => {}
                    Written::Closed => return End::Closed,
                    Written::TimedOut => return End::TimedOut,
                }
            }
            if let Some(happened) = terminal.poll() {
                return End::Happened(happened);
            }
            let now = bytes.now();
            if now >= until.over {
                return End::TimedOut;
            }
            let wake = terminal.wake_after().map(|after| now.saturating_add(after));
            let is_typing = terminal.is_typing();
            act_by = if is_typing { until.enter } else { until.answer.filter(|_| terminal.is_to_answer()) };
            let next = [wake, act_by].into_iter().flatten().fold(until.over, Duration::min);
            let received = bytes.read(handle, next);
            // Asked behind the reading: the machine may have slept over it.
            if act_by.is_some_and(|by| bytes.now() >= by) {
                return if is_typing { End::NotShown } else { End::NotAnswered };
            }
            match received {
                Received::Bytes(received) => terminal.feed(&received),
                Received::Closed => return End::Closed,
                Received::Nothing if wake == Some(next) => terminal.wake(),
                Received::Nothing => {}
            }
        }
    }
}

impl<B: Bytes> Transport for Terminals<B> {
    fn connect(&mut self, endpoint: Endpoint, within: Duration) -> Connect {
        self.trouble = None;
        let deadline = self.bytes.now().saturating_add(within);
        let handle = match self.bytes.open(endpoint, deadline) {
            Ok(handle) => handle,
            Err(NotOpened::Refused(why)) => return Connect::Refused(why),
            Err(NotOpened::TimedOut) => return Connect::TimedOut,
        };
        let terminal = Terminal::login(self.login.clone(), self.patience);
        let mut open = Open { handle, terminal };
        let ended = Self::converse(&mut self.bytes, &mut open, Until::over(deadline));
        let address = self.bytes.address(endpoint);
        let refused = match ended {
            End::Happened(Happened::Ready(prompt)) => {
                self.opened += 1;
                let session = SessionId(self.opened);
                self.sessions.insert(session, open);
                return Connect::Opened { session, prompt };
            }
            End::Happened(Happened::Failed(trouble)) => {
                let why = trouble.to_string();
                self.trouble = Some(trouble);
                Connect::Refused(Refused::Privilege { address, why })
            }
            End::Happened(Happened::Asked { question }) => {
                Connect::Refused(Refused::Privilege { address, why: format!("the unit asks {question:?}") })
            }
            End::Closed => {
                let why = "closed by the unit before a prompt came".to_owned();
                Connect::Refused(Refused::Unreachable { address, why })
            }
            End::Happened(Happened::Replied { .. }) | End::TimedOut | End::NotShown | End::NotAnswered => {
                Connect::TimedOut
            }
        };
        self.bytes.close(open.handle);
        refused
    }

    fn exchange(&mut self, session: SessionId, via: Via, command: &Command, within: Within) -> Exchange {
        self.trouble = None;
        let Some(mut open) = self.sessions.remove(&session) else { return Exchange::Dropped };
        let now = self.bytes.now();
        let enter = within.enter.map(|within| now.saturating_add(within));
        // The answer is what makes a unit act where it asks.
        let answer = enter.filter(|_| command.effect() == Effect::Disrupts);
        let until = Until { over: now.saturating_add(within.reply), enter, answer };
        if open.terminal.send(command, via).is_err() {
            self.bytes.close(open.handle);
            return Exchange::TimedOut;
        }
        let given_up = match Self::converse(&mut self.bytes, &mut open, until) {
            End::Happened(Happened::Replied { output, prompt }) => {
                self.sessions.insert(session, open);
                return Exchange::Replied { output, prompt };
            }
            // A notice may look like a question, and come while Enter is still on its way.
            End::Happened(Happened::Asked { question }) => Exchange::Asked { question },
            End::Happened(Happened::Failed(trouble)) => {
                self.trouble = Some(trouble);
                Exchange::TimedOut
            }
            End::NotShown => {
                self.trouble = Some(Trouble::NotShown { typed: command.line(via) });
                Exchange::TimedOut
            }
            End::NotAnswered => {
                self.trouble = Some(Trouble::NotAnswered { typed: command.line(via) });
                Exchange::TimedOut
            }
            End::Happened(Happened::Ready(_)) | End::TimedOut => Exchange::TimedOut,
            End::Closed => Exchange::Dropped,
        };
        self.bytes.abandon(open.handle);
        given_up
    }

    fn close(&mut self, session: SessionId) {
        if let Some(open) = self.sessions.remove(&session) {
            self.bytes.close(open.handle);
        }
    }
}

impl<B: Bytes> Drop for Terminals<B> {
    fn drop(&mut self) {
        self.close_all();
    }
}
