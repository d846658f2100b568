//! What a new session takes over the network, before the unit at its other end says a word.

use std::time::Duration;

use super::{Address, NoAnswer, Pair};
use crate::unit::Role;

/// When an address is asked, from the beginning: TCP sends its first segment once more if nobody answers it within a second
/// (RFC 6298, section 2).
const ASKED: [Duration; 2] = [Duration::ZERO, Duration::from_secs(1)];
/// How long an address without a unit is asked before it counts as unreachable.
const UNANSWERED: Duration = Duration::from_secs(3);
/// Round trips of a new session: transport, versions, keys, login, channel and shell.
const HANDSHAKE: u32 = 8;

impl Pair {
    /// Lets the time pass that a new session to an address takes over the network, until this time at the latest, as whoever
    /// comes from there does before [`connect`](Self::connect).
    ///
    /// # Errors
    /// When no unit answers at the address, or not in time.
    ///
    /// ```
    /// use std::time::Duration;
    /// use asa_failover_core::twin::{Address, NoAnswer, Pair, Spec};
    ///
    /// let mut spec = Spec::active_standby("ASA5525", "9.8(4)".parse()?);
    /// spec.round_trip = Duration::from_millis(150);
    /// let mut pair = Pair::new(spec, 1);
    /// let soon = Duration::from_millis(900);
    /// assert_eq!(pair.dial(Address::Active, soon), Err(NoAnswer::Late));
    /// assert_eq!(pair.dial(Address::Active, Duration::from_secs(30)), Ok(()));
    /// assert_eq!(pair.now(), soon + Duration::from_millis(1_200));
    /// let line = pair.connect(Address::Active)?;
    /// # let _ = line;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn dial(&mut self, address: Address, until: Duration) -> Result<(), NoAnswer> {
        let began = self.now;
        for asked in ASKED {
            self.advance_to(began.saturating_add(asked).min(until));
            if self.reached(address).is_none() {
                continue;
            }
            let there = self.now.saturating_add(self.spec.round_trip * HANDSHAKE);
            self.advance_to(there.min(until));
            if there > until {
                return Err(NoAnswer::Late);
            }
            if self.reached(address).is_some() {
                return Ok(());
            }
        }
        let unanswered = began.saturating_add(UNANSWERED);
        self.advance_to(unanswered.min(until));
        Err(if unanswered > until { NoAnswer::Late } else { NoAnswer::Timeout })
    }

    /// The unit that answers at an address now.
    pub(super) fn reached(&self, address: Address) -> Option<Role> {
        self.unit_at(address).filter(|role| !self.unit(*role).ills.silent)
    }
}
