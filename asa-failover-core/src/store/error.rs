//! Why a journal cannot be used.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::Holder;
use crate::run::record::Damaged;

/// Why a journal cannot be used. Nothing was sent then.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The file cannot be read or written.
    #[error("journal {}: {why}", path.display())]
    Io {
        /// The journal's path.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// Its folder is not there, or cannot be written.
    #[error("journal {}: its folder cannot be written: {why}", path.display())]
    Folder {
        /// The journal's path.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// Another run holds it.
    #[error("journal {}: another run holds it ({holder}); a pair has one run at a time", path.display())]
    Locked {
        /// The journal's path.
        path: PathBuf,
        /// Which run.
        holder: Holder,
    },
    /// It is a link, a folder, or a file of another user.
    #[error("journal {}: expected a plain file of this user", path.display())]
    NotOurs {
        /// The path of the journal, or of the lock beside it.
        path: PathBuf,
    },
    /// The file is there, and not one whole record in it.
    #[error("journal {}: it holds no whole record; if no run began with it remove it, else read the pair and make a new plan with a new journal", path.display())]
    Empty {
        /// The journal's path.
        path: PathBuf,
    },
    /// It is damaged before its last line, or of another form.
    #[error("journal {}: {damage}; keep the file, read the pair and make a new plan with a new journal", path.display())]
    Damaged {
        /// The journal's path.
        path: PathBuf,
        /// Where and how.
        damage: Damaged,
    },
}
