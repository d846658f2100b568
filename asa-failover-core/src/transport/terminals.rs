//! Sessions over any byte connection: one [`Terminal`] each, with deadlines.

use std::collections::BTreeMap;
use std::time::Duration;

use secrecy::zeroize::Zeroize;

use super::{Bytes, Connect, Exchange, NotOpened, Received, Transport, Within, Written};
use crate::command::Command;
use crate::link::{Endpoint, Refused, SessionId, Via};
use crate::session::{Happened, Login, Patience, Terminal, Trouble};

/// A [`Transport`] over a byte connection.
///
/// Sessions are numbered and a number is never used again. A session that is lost, that timed out
/// or that was asked a question is given up; none is ever opened by itself. So is one in which a line is not shown before
/// the time that there is for its Enter is over: it was typed, and Enter is not sent.
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

    /// Moves bytes until something happened or the time is over, or a line that is typed was not shown by `enter_by`.
    fn converse(
        bytes: &mut B,
        open: &mut Open<B::Handle>,
        deadline: Duration,
        enter_by: Option<Duration>,
    ) -> End {
        let Open { handle, terminal } = open;
        loop {
            let mut output = terminal.take_output();
            if !output.is_empty() {
                let written = bytes.write(handle, &output, deadline);
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
            if now >= deadline {
                return End::TimedOut;
            }
            let wake = terminal.wake_after().map(|after| now.saturating_add(after));
            let enter_by = enter_by.filter(|_| terminal.is_typing());
            let until = [wake, enter_by].into_iter().flatten().fold(deadline, Duration::min);
            let received = bytes.read(handle, until);
            // Asked behind the reading: the machine may have slept over it.
            if enter_by.is_some_and(|by| bytes.now() >= by) {
                return End::NotShown;
            }
            match received {
                Received::Bytes(received) => terminal.feed(&received),
                Received::Closed => return End::Closed,
                Received::Nothing if wake == Some(until) => terminal.wake(),
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
        let ended = Self::converse(&mut self.bytes, &mut open, deadline, None);
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
            End::Happened(Happened::Replied { .. }) | End::TimedOut | End::NotShown => Connect::TimedOut,
        };
        self.bytes.close(open.handle);
        refused
    }

    fn exchange(&mut self, session: SessionId, via: Via, command: &Command, within: Within) -> Exchange {
        self.trouble = None;
        let Some(mut open) = self.sessions.remove(&session) else { return Exchange::Dropped };
        let now = self.bytes.now();
        let deadline = now.saturating_add(within.reply);
        let enter_by = within.enter.map(|within| now.saturating_add(within));
        if open.terminal.send(command, via).is_err() {
            self.bytes.close(open.handle);
            return Exchange::TimedOut;
        }
        let given_up = match Self::converse(&mut self.bytes, &mut open, deadline, enter_by) {
            End::Happened(Happened::Replied { output, prompt }) => {
                self.sessions.insert(session, open);
                return Exchange::Replied { output, prompt };
            }
            End::Happened(Happened::Asked { question }) => Exchange::Asked { question },
            End::Happened(Happened::Failed(trouble)) => {
                self.trouble = Some(trouble);
                Exchange::TimedOut
            }
            End::NotShown => {
                self.trouble = Some(Trouble::NotShown { typed: command.line(via) });
                Exchange::TimedOut
            }
            End::Happened(Happened::Ready(_)) | End::TimedOut => Exchange::TimedOut,
            End::Closed => Exchange::Dropped,
        };
        self.bytes.close(open.handle);
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
