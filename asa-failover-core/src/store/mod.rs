//! The journal file: created whole or not at all, locked, appended durably, read back strictly.
//!
//! Assumed of the disk: what `fsync` returned for survives, and a rename is all or nothing. A torn
//! last line is dropped; any other damage refuses to resume. Beside the journal stands `NAME.lock`
//! while a run holds it, which tells another one who that is; and `NAME.new` until its first record
//! is durable. What a [`Disk`] does with all that is its own; this module decides only in what order.

mod disk;
mod error;
mod files;
mod holder;

use std::path::Path;

pub use disk::Disk;
pub use error::JournalError;
pub use files::Files;
pub use holder::Holder;

use crate::drive::Keeper;
use crate::run::record::{Link, decode};
use crate::run::{Record, Records};

/// Room that must be there before a run begins: more than any run writes.
const ROOM: usize = 1 << 20;

/// The journal of one run, locked for this process.
#[derive(Debug)]
pub struct Journal<D: Disk = Files> {
    disk: D,
    link: Link,
    stage: Stage,
}

/// How far a journal is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stage {
    /// It appears under its name with its first record.
    New,
    Open,
    /// A write failed, which is final: what is on the disk is not known any more.
    Failed,
}

impl Journal {
    /// Opens a journal to go on from, or prepares a new one. The records are empty for a new one.
    ///
    /// A new file appears under its name only with its first record in it.
    ///
    /// # Errors
    ///
    /// The folder cannot be written or has no room, the file is damaged or is no plain file of this
    /// user, or another run holds it.
    pub fn open(path: impl AsRef<Path>) -> Result<(Self, Records), JournalError> {
        Self::open_for(path, "")
    }

    /// As [`Self::open`], and tells any other run that comes for it who holds it: a user and a host, say.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub fn open_for(path: impl AsRef<Path>, owner: &str) -> Result<(Self, Records), JournalError> {
        Self::open_on(Files::at(path), owner)
    }
}

impl<D: Disk> Journal<D> {
    /// As [`Journal::open_for`], on a disk of the caller's.
    ///
    /// # Errors
    ///
    /// As [`Journal::open`].
    pub fn open_on(mut disk: D, owner: &str) -> Result<(Self, Records), JournalError> {
        disk.lock()?;
        disk.sign(&Holder::this_process(owner))?;
        disk.make_room(ROOM)?;
        let Some(text) = disk.load()? else {
            return Ok((Self { disk, link: Link::default(), stage: Stage::New }, Records::default()));
        };
        let (records, link, good) = match decode(&text) {
            Ok(read) => read,
            Err(damage) => return Err(JournalError::Damaged { path: disk.path().to_owned(), damage }),
        };
        // A journal appears with its first record, so that one without any has lost them.
        if records.records.is_empty() {
            return Err(JournalError::Empty { path: disk.path().to_owned() });
        }
        if records.torn {
            let cut = disk.cut(good as u64).and_then(|()| disk.sync());
            cut.map_err(|why| JournalError::Io { path: disk.path().to_owned(), why })?;
        }
        Ok((Self { disk, link, stage: Stage::Open }, records))
    }

    fn append(&mut self, record: &Record) -> Result<(), String> {
        let line = self.link.encode(record, &wall_clock()).map_err(|why| why.to_string())?;
        let stage = std::mem::replace(&mut self.stage, Stage::Failed);
        let disk = &mut self.disk;
        let written = match stage {
            Stage::Failed => return Err("an earlier write failed".to_owned()),
            Stage::Open => disk.write(line.as_bytes()).and_then(|()| disk.sync()),
            Stage::New => disk
                .create()
                .and_then(|()| disk.write(line.as_bytes()))
                .and_then(|()| disk.sync())
                .and_then(|()| disk.rename())
                .and_then(|()| disk.sync_folder()),
        };
        written.map_err(|why| format!("{}: {why}", disk.path().display()))?;
        self.stage = Stage::Open;
        Ok(())
    }
}

impl<D: Disk> Keeper for Journal<D> {
    fn keep(&mut self, record: &Record) -> Result<(), String> {
        self.append(record)
    }
}

/// Seconds since 1970 in UTC, for people who read the journal. No decision looks at it.
#[expect(clippy::disallowed_types, reason = "no decision looks at it")]
fn wall_clock() -> String {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map(|since| format!("@{}", since.as_secs()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
