//! The simulated pair, tested from outside: bytes in, bytes out, and its history.

mod dial;
mod dialogs;
mod error_list;
mod faults;
mod groups;
mod health;
mod manners;
mod notices;
mod roles;
mod state_list;
mod texts;
mod trap_list;
mod traps;
mod upgrades;

use std::time::Duration;

use super::{Address, LineId, Pair, Spec};
use crate::unit::Role;
use crate::version::AsaVersion;

pub(super) const OLD: AsaVersion = AsaVersion::new(9, 8, 4, 0);
pub(super) const NEW: AsaVersion = AsaVersion::new(9, 8, 4, 48);

/// A client that types without looking, as scripts do.
pub(super) struct Client {
    pub(super) pair: Pair,
    pub(super) line: Option<LineId>,
}

impl Client {
    pub(super) fn of(spec: Spec) -> Self {
        Self { pair: Pair::new(spec, 7), line: None }
    }

    pub(super) fn at(spec: Spec, address: Address) -> Self {
        let mut client = Self::of(spec);
        client.login(address);
        client
    }

    /// Connects, enables, and switches the pager off.
    pub(super) fn login(&mut self, address: Address) {
        let line = self.pair.connect(address).expect("a unit answers");
        self.line = Some(line);
        self.pair.read(line);
        self.pair.write(line, b"enable\r\r");
        self.pair.read(line);
        self.say("terminal pager 0");
    }

    /// Types one line and gives back all that came, without the carriage returns.
    pub(super) fn say(&mut self, line: &str) -> String {
        self.type_raw(&format!("{line}\r"))
    }

    pub(super) fn type_raw(&mut self, keys: &str) -> String {
        let line = self.line.expect("logged in");
        self.pair.write(line, keys.as_bytes());
        self.heard()
    }

    pub(super) fn heard(&mut self) -> String {
        let line = self.line.expect("logged in");
        String::from_utf8(self.pair.read(line).bytes).expect("text").replace('\r', "")
    }

    pub(super) fn is_open(&mut self) -> bool {
        let line = self.line.expect("logged in");
        self.pair.read(line).open
    }

    /// Lets time pass and gives back what came meanwhile.
    pub(super) fn wait(&mut self, seconds: f64) -> String {
        self.pair.advance_to(self.pair.now() + Duration::from_secs_f64(seconds));
        self.heard()
    }

    /// Lets time pass while no session is open.
    pub(super) fn pass(&mut self, seconds: u64) {
        self.pair.advance_to(self.pair.now() + Duration::from_secs(seconds));
    }

    /// Polls until `show failover` contains a text, for at most an hour.
    pub(super) fn wait_for(&mut self, text: &str) {
        for _ in 0..720 {
            if self.say("show failover").contains(text) {
                return;
            }
            self.wait(5.0);
        }
        panic!("{text:?} never came:\n{}", self.say("show failover"));
    }

    pub(super) fn active(&self) -> Option<Role> {
        self.pair.who_has(Address::Active)
    }
}

pub(super) fn standby() -> Spec {
    Spec::active_standby("ASA5525", OLD)
}
