//! `show conn count`: how many connections a unit carries.

use serde::{Deserialize, Serialize};

/// What `show conn count` says.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ConnCount {
    /// Connections now.
    pub in_use: u64,
    /// The most since the unit booted or the counter was cleared.
    pub most_used: u64,
    /// The preserve-connection line; `None` where it is absent.
    pub preserve_connection: Option<PreserveConnection>,
}

/// Connections that Snort preserves.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PreserveConnection {
    /// Enabled now.
    pub enabled: u64,
    /// In effect now.
    pub in_effect: u64,
    /// The most that were enabled.
    pub most_enabled: u64,
    /// The most that were in effect.
    pub most_in_effect: u64,
}
