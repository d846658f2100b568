//! A transport on which now and then an exchange goes wrong: before or after the line arrived.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::command::Command;
use asa_failover_core::link::{Endpoint, Refused, SessionId, Via};
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::transport::{Connect, Exchange, Terminals, Transport, Within};
use asa_failover_core::twin::{self, Chance};

/// The longest that a line is late, in milliseconds.
pub(crate) const LATE: u64 = 1_500;

pub(crate) struct Shaky<'a> {
    pub(crate) sessions: Terminals<Memory>,
    pub(crate) pair: Rc<RefCell<twin::Pair>>,
    pub(crate) chance: &'a mut Chance,
    pub(crate) mishap_in: Option<u64>,
    pub(crate) mishaps: u64,
}

impl Shaky<'_> {
    fn pass(&self, most: Duration) {
        let later = self.pair.borrow().now() + most;
        self.pair.borrow_mut().advance_to(later);
    }

    fn lose(&mut self, session: SessionId, how: Exchange) -> Exchange {
        self.sessions.close(session);
        how
    }
}

impl Transport for Shaky<'_> {
    fn connect(&mut self, endpoint: Endpoint, within: Duration) -> Connect {
        if self.mishap_in.is_some_and(|bound| self.chance.one_in(bound)) {
            self.mishaps += 1;
            let (address, why) = (endpoint.to_string(), "connection refused".to_owned());
            return Connect::Refused(Refused::Unreachable { address, why });
        }
        self.sessions.connect(endpoint, within)
    }

    fn exchange(&mut self, session: SessionId, via: Via, command: &Command, within: Within) -> Exchange {
        let is_mishap = self.mishap_in.is_some_and(|bound| self.chance.one_in(bound));
        if !is_mishap {
            return self.sessions.exchange(session, via, command, within);
        }
        self.mishaps += 1;
        match self.chance.below(7) {
            0 => self.lose(session, Exchange::Dropped),
            1 => {
                self.sessions.exchange(session, via, command, within);
                self.lose(session, Exchange::Dropped)
            }
            2 => {
                self.pass(within.reply);
                self.lose(session, Exchange::TimedOut)
            }
            3 => {
                self.sessions.exchange(session, via, command, within);
                self.pass(within.reply);
                self.lose(session, Exchange::TimedOut)
            }
            4 => {
                // The line arrives late: what it rested on may have changed by then.
                let late = Duration::from_millis(self.chance.below(LATE));
                self.pass(late);
                self.sessions.exchange(session, via, command, within)
            }
            _ => match self.sessions.exchange(session, via, command, within) {
                Exchange::Replied { output, prompt } => {
                    let output = damaged(self.chance, &output);
                    Exchange::Replied { output, prompt }
                }
                other => other,
            },
        }
    }

    fn close(&mut self, session: SessionId) {
        self.sessions.close(session);
    }
}

/// A reply that lost something, or got something on top.
fn damaged(chance: &mut Chance, output: &str) -> String {
    let lines: Vec<&str> = output.split_inclusive('\n').collect();
    let at = usize::try_from(chance.below(lines.len() as u64 + 1)).unwrap();
    match chance.below(6) {
        0 => String::new(),
        1 => lines[..at].concat(),
        2 => lines[at..].concat(),
        3 => {
            let cut = usize::try_from(chance.below(output.len() as u64 + 1)).unwrap();
            output.chars().take(cut).collect()
        }
        4 => [lines[..at].concat(), "\u{fffd}\u{0}#\u{1b}[2J garbage\n".to_owned(), lines[at..].concat()]
            .concat(),
        _ => "ERROR: % Invalid input detected at '^' marker.\n".to_owned(),
    }
}
