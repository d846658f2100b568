//! The simulated pair as a byte connection: no socket, virtual time.
//!
//! Waiting costs nothing: a read with nothing there lets the pair's time pass up to its next event.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use super::{Bytes, NotOpened, Received, Written};
use crate::link::{Endpoint, Refused};
use crate::twin::{Address, LineId, Pair};

/// How long an address without a unit is asked before it counts as unreachable.
const UNANSWERED: Duration = Duration::from_secs(3);

/// Connections to a [`Pair`] that others may look at and let time pass for.
#[derive(Clone, Debug)]
pub struct Memory {
    pair: Rc<RefCell<Pair>>,
}

impl Memory {
    /// Connections to this pair.
    pub fn new(pair: Rc<RefCell<Pair>>) -> Self {
        Self { pair }
    }
}

impl Bytes for Memory {
    type Handle = LineId;

    fn now(&self) -> Duration {
        self.pair.borrow().now()
    }

    fn address(&self, endpoint: Endpoint) -> String {
        endpoint.to_string()
    }

    fn open(&mut self, endpoint: Endpoint, until: Duration) -> Result<LineId, NotOpened> {
        let mut pair = self.pair.borrow_mut();
        let address = match endpoint {
            Endpoint::Active => Address::Active,
            Endpoint::Standby => Address::Standby,
        };
        pair.connect(address).map_err(|why| {
            let asked = pair.now().saturating_add(UNANSWERED);
            pair.advance_to(asked.min(until));
            Refused::Unreachable { address: endpoint.to_string(), why: why.to_string() }.into()
        })
    }

    fn write(&mut self, handle: &mut LineId, bytes: &[u8], _until: Duration) -> Written {
        self.pair.borrow_mut().write(*handle, bytes);
        Written::All
    }

    fn read(&mut self, handle: &mut LineId, until: Duration) -> Received {
        let mut pair = self.pair.borrow_mut();
        loop {
            let received = pair.read(*handle);
            if !received.bytes.is_empty() {
                return Received::Bytes(received.bytes);
            }
            if !received.open {
                return Received::Closed;
            }
            let now = pair.now();
            if now >= until {
                return Received::Nothing;
            }
            // An event that is due and leaves nothing to read must not stop the clock.
            let next = pair.next_wake().filter(|next| *next > now).unwrap_or(until);
            pair.advance_to(next.min(until));
        }
    }

    fn close(&mut self, handle: LineId) {
        self.pair.borrow_mut().hang_up(handle);
    }
}
