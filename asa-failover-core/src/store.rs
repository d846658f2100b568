//! The journal file: created whole or not at all, locked, appended durably, read back strictly.
//!
//! Assumed of the disk: what `fsync` returned for survives, and a rename is all or nothing. A torn
//! last line is dropped; any other damage refuses to resume.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is the one file of the core that touches the file system"
)]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use tempfile::NamedTempFile;
use thiserror::Error;

use crate::drive::Keeper;
use crate::run::record::{Damaged, Link, decode};
use crate::run::{Record, Records};

/// Room that must be there before a run begins: more than any run writes.
const ROOM: usize = 1 << 20;

/// The journal of one run, locked for this process.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: Option<File>,
    fresh: Option<NamedTempFile>,
    link: Link,
    failed: bool,
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
        let path = path.as_ref().to_owned();
        let here = |why| JournalError::Io { path: path.clone(), why };
        let folder = folder_of(&path);
        // A file of ours in that folder shows that it can be written, that there is room, and who we are.
        let unwritable = |why: io::Error| JournalError::Folder { path: path.clone(), why };
        fs::metadata(&folder).map_err(unwritable)?;
        // The kind alone: the message would name a file of ours that nobody asked for.
        let mut probe = NamedTempFile::new_in(&folder).map_err(|why| unwritable(why.kind().into()))?;
        probe.write_all(&vec![0; ROOM]).and_then(|()| probe.as_file().sync_all()).map_err(here)?;
        match fs::symlink_metadata(&path) {
            Err(why) if why.kind() == io::ErrorKind::NotFound => {
                probe
                    .as_file()
                    .set_len(0)
                    .and_then(|()| probe.as_file_mut().seek(SeekFrom::Start(0)))
                    .map_err(here)?;
                lock(probe.as_file(), &path)?;
                let journal =
                    Self { path, file: None, fresh: Some(probe), link: Link::default(), failed: false };
                Ok((journal, Records::default()))
            }
            Err(why) => Err(here(why)),
            Ok(meta) => {
                let owner = probe.as_file().metadata().map_err(here)?.uid();
                if !meta.is_file() || meta.uid() != owner {
                    return Err(JournalError::NotOurs { path });
                }
                Self::resume(path)
            }
        }
    }

    fn resume(path: PathBuf) -> Result<(Self, Records), JournalError> {
        let here = |why| JournalError::Io { path: path.clone(), why };
        let mut file =
            OpenOptions::new().read(true).write(true).custom_flags(O_NOFOLLOW).open(&path).map_err(here)?;
        lock(&file, &path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(here)?;
        let (records, link, good) =
            decode(&text).map_err(|damage| JournalError::Damaged { path: path.clone(), damage })?;
        if records.torn {
            file.set_len(good as u64).and_then(|()| file.sync_all()).map_err(here)?;
        }
        file.seek(SeekFrom::End(0)).map_err(here)?;
        Ok((Self { path, file: Some(file), fresh: None, link, failed: false }, records))
    }

    fn append(&mut self, record: &Record) -> Result<(), String> {
        if self.failed {
            return Err("an earlier write failed".to_owned());
        }
        let line = self.link.encode(record, &wall_clock()).map_err(|why| why.to_string())?;
        let written = match (&mut self.file, self.fresh.take()) {
            (Some(file), _) => still_there(file, &self.path).and_then(|()| {
                file.write_all(line.as_bytes()).and_then(|()| file.sync_data()).map_err(|why| why.to_string())
            }),
            (None, Some(mut fresh)) => fresh
                .write_all(line.as_bytes())
                .and_then(|()| fresh.as_file().sync_all())
                .map_err(|why| why.to_string())
                .and_then(|()| fresh.persist_noclobber(&self.path).map_err(|why| why.to_string()))
                .and_then(|file| sync_folder(&self.path).map(|()| self.file = Some(file))),
            (None, None) => Err("the journal is closed".to_owned()),
        };
        self.failed = written.is_err();
        written.map_err(|why| format!("{}: {why}", self.path.display()))
    }
}

impl Keeper for Journal {
    fn keep(&mut self, record: &Record) -> Result<(), String> {
        self.append(record)
    }
}

/// `O_NOFOLLOW` of Linux, and of the BSDs: a link in place of the file is not followed.
const O_NOFOLLOW: i32 = if cfg!(target_os = "linux") { 0o400_000 } else { 0x100 };

fn lock(file: &File, path: &Path) -> Result<(), JournalError> {
    file.try_lock().map_err(|why| match why {
        TryLockError::WouldBlock => JournalError::Locked { path: path.to_owned() },
        TryLockError::Error(why) => JournalError::Io { path: path.to_owned(), why },
    })
}

/// The lock is on the file that we hold; if the name leads to another one, we hold nothing.
fn still_there(file: &File, path: &Path) -> Result<(), String> {
    let (ours, named) = (file.metadata(), fs::symlink_metadata(path));
    match (ours, named) {
        (Ok(ours), Ok(named)) if (ours.dev(), ours.ino()) == (named.dev(), named.ino()) => Ok(()),
        _ => Err("the file was removed or replaced under the run".to_owned()),
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn sync_folder(path: &Path) -> Result<(), String> {
    File::open(folder_of(path)).and_then(|folder| folder.sync_all()).map_err(|why| why.to_string())
}

/// Seconds since 1970 in UTC, for people who read the journal. No decision looks at it.
fn wall_clock() -> String {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map(|since| format!("@{}", since.as_secs()))
        .unwrap_or_default()
}

/// Why a journal cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The file or its folder cannot be read or written.
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
    #[error("journal {}: another run holds it; a pair has one run at a time", path.display())]
    Locked {
        /// The journal's path.
        path: PathBuf,
    },
    /// It is a link, a folder, or a file of another user.
    #[error("journal {}: expected a plain file of this user", path.display())]
    NotOurs {
        /// The journal's path.
        path: PathBuf,
    },
    /// It is damaged before its last line.
    #[error("journal {}: {damage}; keep the file, read the pair and make a new plan with a new journal", path.display())]
    Damaged {
        /// The journal's path.
        path: PathBuf,
        /// Where and how.
        damage: Damaged,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resumed(times: u32) -> Record {
        Record::Resumed { times }
    }

    #[test]
    fn what_was_kept_is_read_back_and_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fw1.journal");
        let (mut journal, records) = Journal::open(&path).unwrap();
        assert!(records.records.is_empty() && !path.exists(), "a new journal appears with its first record");
        journal.keep(&resumed(1)).unwrap();
        drop(journal);
        let (mut journal, records) = Journal::open(&path).unwrap();
        assert_eq!(records.records, [resumed(1)]);
        journal.keep(&resumed(2)).unwrap();
        drop(journal);
        let text = fs::read(&path).unwrap();
        fs::write(&path, &text[..text.len() - 3]).unwrap();
        let (_, records) = Journal::open(&path).unwrap();
        assert_eq!((records.records.as_slice(), records.torn), ([resumed(1)].as_slice(), true));
    }

    #[test]
    fn one_run_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fw1.journal");
        let (mut journal, _) = Journal::open(&path).unwrap();
        journal.keep(&resumed(1)).unwrap();
        let second = Journal::open(&path).unwrap_err().to_string();
        assert!(second.ends_with("another run holds it; a pair has one run at a time"), "{second}");
    }

    #[test]
    fn a_file_that_was_taken_away_is_noticed_before_the_next_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fw1.journal");
        let (mut journal, _) = Journal::open(&path).unwrap();
        journal.keep(&resumed(1)).unwrap();
        fs::remove_file(&path).unwrap();
        let why = journal.keep(&resumed(2)).unwrap_err();
        assert!(why.ends_with("the file was removed or replaced under the run"), "{why}");
        assert!(journal.keep(&resumed(3)).is_err(), "a failed write is final");
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let why = Journal::open("/nonexistent/fw1.journal").unwrap_err().to_string();
        assert_eq!(
            why,
            "journal /nonexistent/fw1.journal: its folder cannot be written: No such file or directory (os error 2)"
        );
    }

    #[test]
    fn a_link_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fw1.journal");
        std::os::unix::fs::symlink("/dev/null", &path).unwrap();
        let why = Journal::open(&path).unwrap_err().to_string();
        assert!(why.ends_with("expected a plain file of this user"), "{why}");
    }
}
