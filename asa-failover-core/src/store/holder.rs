//! Who holds a journal.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The run that holds a journal, as it signed itself.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Holder {
    /// Who runs it, in the caller's words; may be empty.
    pub owner: String,
    /// The process, where it said so.
    pub process: Option<u32>,
}

impl Holder {
    /// This process, in the name of this owner.
    pub fn this_process(owner: &str) -> Self {
        Self { owner: owner.to_owned(), process: Some(std::process::id()) }
    }

    /// Somebody of whom no more is known than this name.
    pub const fn named(owner: String) -> Self {
        Self { owner, process: None }
    }
}

impl fmt::Display for Holder {
    /// The owner's words are somebody else's text: they are quoted, and what is not printable in them is
    /// made visible.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.owner.as_str(), self.process) {
            ("", None) => f.write_str("it gave no name"),
            ("", Some(process)) => write!(f, "process {process}"),
            (owner, None) => write!(f, "{owner:?}"),
            (owner, Some(process)) => write!(f, "{owner:?}, process {process}"),
        }
    }
}
