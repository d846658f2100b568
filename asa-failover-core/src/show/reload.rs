//! `show reload`: whether somebody has a reload scheduled.

use serde::{Deserialize, Serialize};

/// What `show reload` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reload {
    /// Whether a reload is scheduled.
    pub scheduled: bool,
    /// The line that says when, as printed; `None` where none is scheduled.
    pub text: Option<String>,
}
