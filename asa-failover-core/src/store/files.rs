//! `Files`: the journal, its lock and its beginnings as files of one folder.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is the one file of the core that touches the file system"
)]

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use rustix::io::Errno;
use tempfile::NamedTempFile;

use super::{Disk, Holder, JournalError};
use crate::run::Record;
use crate::run::record::decode;

/// A journal as a file, with its lock beside it.
#[derive(Debug)]
pub struct Files {
    path: PathBuf,
    lock: Option<File>,
    /// Who we are to the file system.
    user: Option<u32>,
    fresh: Option<NamedTempFile>,
    file: Option<File>,
}

impl Files {
    /// The journal of this name. Nothing is touched yet.
    pub fn at(path: impl AsRef<Path>) -> Self {
        Self { path: path.as_ref().to_owned(), lock: None, user: None, fresh: None, file: None }
    }

    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = OsString::from(self.path.as_os_str());
        name.push(ending);
        name.into()
    }

    fn io(&self, why: io::Error) -> JournalError {
        JournalError::Io { path: self.path.clone(), why }
    }

    fn unwritable(&self, why: &io::Error) -> JournalError {
        JournalError::Folder { path: self.path.clone(), why: plain(why) }
    }

    /// A file that is no journal yet. It goes away unless it is given the journal's name; what a killed
    /// process left of one is taken away first.
    fn begin(&self) -> io::Result<NamedTempFile> {
        let Some(name) = self.path.file_name() else { return Err(io::ErrorKind::InvalidInput.into()) };
        let left = match fs::remove_file(self.beside(".new")) {
            Err(why) if why.kind() != io::ErrorKind::NotFound => Err(why),
            _ => Ok(()),
        };
        left?;
        tempfile::Builder::new().prefix(name).suffix(".new").rand_bytes(0).tempfile_in(folder_of(&self.path))
    }

    /// Who holds a journal whose lock was taken away under its run: all that is left is who began it.
    fn began_by(file: &mut File) -> Holder {
        let mut text = Vec::new();
        let read = file.read_to_end(&mut text).ok();
        let first = text.split_inclusive(|byte| *byte == b'\n').next().filter(|_| read.is_some());
        let records = first.and_then(|line| decode(line).ok()).map(|(records, ..)| records.records);
        match records.as_deref() {
            Some([Record::Header { owner, .. }]) => Holder::named(owner.clone()),
            _ => Holder::named(String::new()),
        }
    }
}

impl Disk for Files {
    fn path(&self) -> &Path {
        &self.path
    }

    fn lock(&mut self) -> Result<(), JournalError> {
        let name = self.beside(".lock");
        loop {
            let opened = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .mode(0o600)
                .custom_flags(NO_FOLLOW)
                .open(&name);
            let mut lock = match opened {
                Ok(lock) => lock,
                Err(why) if is_foreign(&name, &why) => return Err(JournalError::NotOurs { path: name }),
                Err(why) => return Err(self.unwritable(&why)),
            };
            if !lock.metadata().is_ok_and(|meta| meta.is_file()) {
                return Err(JournalError::NotOurs { path: name });
            }
            match lock.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let mut text = String::new();
                    let holder = lock.read_to_string(&mut text).ok();
                    let holder = holder.and_then(|_| serde_json::from_str(&text).ok());
                    let holder = holder.unwrap_or_else(|| Holder::named(String::new()));
                    return Err(JournalError::Locked { path: self.path.clone(), holder });
                }
                Err(TryLockError::Error(why)) => return Err(self.io(why)),
            }
            // The run before us takes its lock away at its end: what we hold then has no name any more.
            if is_named(&lock, &name) {
                self.lock = Some(lock);
                return Ok(());
            }
        }
    }

    fn sign(&mut self, holder: &Holder) -> Result<(), JournalError> {
        let text = serde_json::to_string(holder).map_err(|why| self.io(why.into()))?;
        let signed = match &mut self.lock {
            Some(lock) => lock.set_len(0).and_then(|()| lock.write_all(text.as_bytes())),
            None => Ok(()),
        };
        signed.map_err(|why| self.io(why))
    }

    fn make_room(&mut self, bytes: usize) -> Result<(), JournalError> {
        let mut probe = self.begin().map_err(|why| self.unwritable(&why))?;
        let made = probe.write_all(&vec![0; bytes]).and_then(|()| probe.as_file().sync_all());
        made.map_err(|why| self.io(why))?;
        // A file of ours in that folder tells who we are.
        self.user = Some(probe.as_file().metadata().map_err(|why| self.io(why))?.uid());
        Ok(())
    }

    fn load(&mut self) -> Result<Option<Vec<u8>>, JournalError> {
        let meta = match fs::symlink_metadata(&self.path) {
            Ok(meta) => meta,
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(why) => return Err(self.io(why)),
        };
        if !meta.is_file() || Some(meta.uid()) != self.user {
            return Err(JournalError::NotOurs { path: self.path.clone() });
        }
        let opened = OpenOptions::new().read(true).write(true).custom_flags(NO_FOLLOW).open(&self.path);
        let mut file = opened.map_err(|why| self.io(why))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = Self::began_by(&mut file);
                return Err(JournalError::Locked { path: self.path.clone(), holder });
            }
            Err(TryLockError::Error(why)) => return Err(self.io(why)),
        }
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(|why| self.io(why))?;
        self.file = Some(file);
        Ok(Some(text))
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        let Some(file) = &mut self.file else { return Err(closed()) };
        file.set_len(length)?;
        file.seek(SeekFrom::End(0)).map(|_| ())
    }

    fn create(&mut self) -> io::Result<()> {
        let fresh = self.begin()?;
        // The journal is locked too: a lock that somebody takes away leaves this one.
        fresh.as_file().try_lock().map_err(|why| io::Error::other(why.to_string()))?;
        self.fresh = Some(fresh);
        Ok(())
    }

    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        match (&mut self.fresh, &mut self.file) {
            (Some(fresh), _) => fresh.write_all(line),
            // The lock is on the file that we hold; if the name leads to another one, we hold nothing.
            (None, Some(file)) if !is_named(file, &self.path) => {
                Err(io::Error::other("the file was removed or replaced under the run"))
            }
            (None, Some(file)) => file.write_all(line),
            (None, None) => Err(closed()),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        match (&self.fresh, &self.file) {
            (Some(fresh), _) => fresh.as_file().sync_all(),
            (None, Some(file)) => file.sync_data(),
            (None, None) => Err(closed()),
        }
    }

    fn rename(&mut self) -> io::Result<()> {
        let Some(fresh) = self.fresh.take() else { return Err(closed()) };
        let file = fresh.persist_noclobber(&self.path).map_err(|why| why.error)?;
        self.file = Some(file);
        Ok(())
    }

    fn sync_folder(&mut self) -> io::Result<()> {
        File::open(folder_of(&self.path))?.sync_all()
    }
}

impl Drop for Files {
    /// The lock goes with the run. It is taken away while it is held, so that it is never another's.
    fn drop(&mut self) {
        let name = self.beside(".lock");
        if let Some(lock) = &self.lock
            && is_named(lock, &name)
        {
            // If it stays behind, it does so unlocked, and the next run takes it over.
            fs::remove_file(&name).ok();
        }
    }
}

/// A link in place of the file is not followed; its number is another on another machine.
const NO_FOLLOW: i32 = OFlags::NOFOLLOW.bits().cast_signed();

/// Whether this name leads to the file that we hold.
fn is_named(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(ours), Ok(named)) => (ours.dev(), ours.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

/// Whether what has this name is what keeps us from opening it: a link, a folder, a file of another user.
fn is_foreign(path: &Path, why: &io::Error) -> bool {
    fs::symlink_metadata(path)
        .is_ok_and(|meta| !meta.is_file() || why.kind() == io::ErrorKind::PermissionDenied)
}

fn closed() -> io::Error {
    io::Error::other("the journal is closed")
}

/// What the system said, without the name of a file of ours that nobody asked for.
fn plain(why: &io::Error) -> io::Error {
    match why.kind() {
        io::ErrorKind::NotFound => Errno::NOENT.into(),
        io::ErrorKind::PermissionDenied => Errno::ACCESS.into(),
        io::ErrorKind::NotADirectory => Errno::NOTDIR.into(),
        io::ErrorKind::StorageFull => Errno::NOSPC.into(),
        io::ErrorKind::ReadOnlyFilesystem => Errno::ROFS.into(),
        kind => kind.into(),
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}
