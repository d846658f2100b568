//! How a unit is reached: addresses, sessions, and why a connection is refused.
//!
//! An address is where we connect to; which unit answers there is found out in each session and
//! never assumed, since active and standby addresses move with the standing.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An address we connect to, by the standing whose address it is configured to be.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "a pair has two management addresses")]
pub enum Endpoint {
    /// The address of the active unit (of group 1 in Active/Active).
    Active,
    /// The address of the standby unit.
    Standby,
}

impl Endpoint {
    /// The other address of the pair.
    pub const fn other(self) -> Self {
        match self {
            Self::Active => Self::Standby,
            Self::Standby => Self::Active,
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Active => "active address",
            Self::Standby => "standby address",
        })
    }
}

/// Which addresses of the pair the caller can reach.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "either the mate has an address of its own or it has not")]
pub enum Reach {
    /// Active and standby address: each unit is read in a session of its own.
    #[default]
    BothAddresses,
    /// The active address only: the mate is read through `failover exec mate` (8.0 and later).
    ActiveOnly,
}

/// One login on one unit. A session is never re-established: a new connection is a new session.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "a number and nothing else")]
pub struct SessionId(pub u32);

/// How a line reaches the unit it is meant for.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "on the unit itself, or through its mate")]
pub enum Via {
    /// Typed in a session on the unit itself.
    Direct,
    /// Typed on its mate behind `failover exec mate`.
    Mate,
}

/// Why no session came about.
#[derive(Clone, Debug, Eq, Error, Hash, PartialEq)]
#[non_exhaustive]
pub enum Refused {
    /// Nothing answers, or the connection broke before the login was done. Waiting may cure it.
    #[error("{address}: {why}")]
    Unreachable {
        /// The address that was tried.
        address: String,
        /// What the network said.
        why: String,
    },
    /// The unit's host key is not in the `known_hosts` file. No password was sent.
    #[error("{address}: host key {fingerprint} is not known; compare it on the console and add it to {file}")]
    HostKeyUnknown {
        /// The address that was tried.
        address: String,
        /// `SHA256:...` as `ssh-keygen -lf` prints it.
        fingerprint: String,
        /// The `known_hosts` file that was read.
        file: String,
    },
    /// The unit's host key differs from the one known. No password was sent.
    #[error(
        "{address}: host key changed to {fingerprint}, {file} line {line} has another; find out why before you change it"
    )]
    HostKeyChanged {
        /// The address that was tried.
        address: String,
        /// `SHA256:...` of the key that was offered.
        fingerprint: String,
        /// The `known_hosts` file that was read.
        file: String,
        /// The line of the key it should have been, from 1.
        line: usize,
    },
    /// The unit's host key is marked `@revoked`. No password was sent.
    #[error("{address}: host key {fingerprint} is revoked by {file}")]
    HostKeyRevoked {
        /// The address that was tried.
        address: String,
        /// `SHA256:...` of the key that was offered.
        fingerprint: String,
        /// The `known_hosts` file that was read.
        file: String,
    },
    /// User name, password or key was not accepted.
    #[error("{address}: login of {user} refused; check user name and password (or key)")]
    Authentication {
        /// The address that was tried.
        address: String,
        /// The user name.
        user: String,
    },
    /// The unit offers no way to log in that we have. No password was sent.
    #[error("{address}: {user} may log in by {offered} only, which is not set up here")]
    AuthenticationMethod {
        /// The address that was tried.
        address: String,
        /// The user name.
        user: String,
        /// What the unit offers: `publickey`, `keyboard-interactive`, ...
        offered: String,
    },
    /// Logins were refused so often that another might lock the account. Nothing was sent.
    #[error(
        "{address}: {refused} logins were refused within 10 minutes; none is tried for {wait_s} s, lest accounts be locked"
    )]
    AttemptsSpent {
        /// The address that was to be tried.
        address: String,
        /// How many were refused.
        refused: usize,
        /// Seconds until the oldest of them no longer counts.
        wait_s: u64,
    },
    /// No algorithm in common, by what the unit itself says. No password was sent.
    #[error("{address}: no common {what}, the unit offers {offered}; {advice}")]
    Algorithms {
        /// The address that was tried.
        address: String,
        /// What could not be agreed on: `key exchange`, `host key`, `cipher`, `MAC`.
        what: &'static str,
        /// What the unit offers.
        offered: String,
        /// The way out: the legacy profile, or what this build lacks.
        advice: String,
    },
    /// The login did not reach a privileged prompt.
    #[error("{address}: no privileged prompt: {why}")]
    Privilege {
        /// The address that was tried.
        address: String,
        /// What the unit answered, or what is missing.
        why: String,
    },
    /// The setting up of the connection failed on our side: a file that cannot be read, a key that is broken.
    #[error("{0}")]
    Setup(String),
}

impl Refused {
    /// Whether trying again later may help. Only an address that does not answer is worth a wait.
    pub const fn is_curable_by_waiting(&self) -> bool {
        matches!(self, Self::Unreachable { .. })
    }
}
