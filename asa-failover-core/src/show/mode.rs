//! `show mode`: single or multiple context.

use serde::{Deserialize, Serialize};

/// What `show mode` says.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Mode {
    /// Whether the unit is divided into contexts.
    pub mode: SecurityMode,
}

/// Whether a unit is divided into contexts.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "a unit has one context or several")]
pub enum SecurityMode {
    /// One context, the unit itself.
    Single,
    /// Several contexts, beside the system execution space.
    Multiple,
}
