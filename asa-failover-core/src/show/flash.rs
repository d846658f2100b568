//! Files on flash: `dir`, and the digest that `verify` computes.

use serde::{Deserialize, Serialize};

/// What `dir` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Dir {
    /// What `Directory of` names: `disk0:/`.
    pub filesystem: String,
    /// The files and folders, in the order printed.
    pub files: Vec<FlashFile>,
    /// Bytes of the whole file system.
    pub total_bytes: Option<u64>,
    /// Bytes that are free.
    pub free_bytes: Option<u64>,
}

/// A file or folder on flash.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FlashFile {
    /// Its name, without the file system.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was written, as printed: `19:39:56 Nov 03 2015`.
    pub modified: Option<String>,
    /// File or folder.
    pub kind: FileKind,
}

/// Whether a row of `dir` is a file or a folder.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "the flags of a row start with d or they do not")]
pub enum FileKind {
    /// A file.
    File,
    /// A folder.
    Dir,
}

/// What `verify` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Verify {
    /// The digest's algorithm as the output names it: `SHA-512`. What only the echoed command
    /// says is no fact.
    pub algorithm: Option<String>,
    /// The file, as the output names it.
    pub file: String,
    /// The digest that the unit computed, its hexadecimal digits in one piece.
    pub digest: Option<String>,
    /// What came of it.
    pub result: Verification,
}

/// What came of a `verify`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "a digest is only printed, or it matches, or it does not")]
pub enum Verification {
    /// The digest is printed and was compared with nothing.
    Computed,
    /// The digest is the one that was given.
    Verified,
    /// The digest is another one.
    Failed,
}
