//! The height of bytes: a connection to a unit's command line, already authenticated.

use std::time::Duration;

use crate::link::{Endpoint, Refused};

/// Opens connections and moves bytes. It knows no prompts and never connects by itself.
///
/// Times are points on one monotonic clock, [`Self::now`], whose zero is arbitrary.
pub trait Bytes {
    /// One open connection.
    type Handle;

    /// The present moment.
    fn now(&self) -> Duration;

    /// How an address is called in messages: `fw1.example.net:22`.
    fn address(&self, endpoint: Endpoint) -> String;

    /// Connects and authenticates; the unit's greeting is the first that is read.
    ///
    /// # Errors
    ///
    /// [`NotOpened::Refused`] with the reason, [`NotOpened::TimedOut`] at `until`.
    fn open(&mut self, endpoint: Endpoint, until: Duration) -> Result<Self::Handle, NotOpened>;

    /// Sends bytes, all of them. They may hold a password: they are not to be logged.
    fn write(&mut self, handle: &mut Self::Handle, bytes: &[u8], until: Duration) -> Written;

    /// Waits until something was received, but not beyond `until`.
    fn read(&mut self, handle: &mut Self::Handle, until: Duration) -> Received;

    /// Drops the connection at once. Must not wait for the other side, which may be rebooting.
    fn close(&mut self, handle: Self::Handle);

    /// The same where what was written last may not have arrived, and must not any more: what is still on its way here is
    /// thrown away, if the connection can do that.
    fn abandon(&mut self, handle: Self::Handle) {
        self.close(handle);
    }
}

/// Why no connection came about.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "there is a reason or there was not the time to learn it")]
pub enum NotOpened {
    /// With a reason.
    Refused(Refused),
    /// The time was over first.
    TimedOut,
}

impl From<Refused> for NotOpened {
    fn from(why: Refused) -> Self {
        Self::Refused(why)
    }
}

/// What became of bytes to send.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a caller has to answer each of these")]
pub enum Written {
    /// All are on their way.
    All,
    /// The connection is gone.
    Closed,
    /// The time was over before all were taken.
    TimedOut,
}

/// What was received.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a caller has to answer each of these")]
pub enum Received {
    /// At least one byte.
    Bytes(Vec<u8>),
    /// Nothing until the time was over.
    Nothing,
    /// The connection is gone, and everything that came over it was read.
    Closed,
}
