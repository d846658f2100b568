//! `Disk`: every single thing that a journal does to where it is kept, one call each.

use std::io;
use std::path::Path;

use super::{Holder, JournalError};

/// Where the lines of one journal are kept: [`super::Files`], or what stands in its place to see every
/// write, to fail it, or to keep the lines elsewhere.
///
/// A call returns once what it says has been done, so that whoever ends the process between two calls
/// knows what is on the disk.
pub trait Disk {
    /// The name of the journal, for messages.
    fn path(&self) -> &Path;

    /// Takes hold of the journal, for as long as this value lives.
    ///
    /// # Errors
    ///
    /// Another run holds it, or its folder cannot be written.
    fn lock(&mut self) -> Result<(), JournalError>;

    /// Says who holds it, for any other run that comes for it.
    ///
    /// # Errors
    ///
    /// It cannot be written down.
    fn sign(&mut self, holder: &Holder) -> Result<(), JournalError>;

    /// Shows that there is room for so many bytes.
    ///
    /// # Errors
    ///
    /// There is none, or the folder cannot be written.
    fn make_room(&mut self, bytes: usize) -> Result<(), JournalError>;

    /// The journal as it stands, to be appended to from now on; `None` if there is none yet.
    ///
    /// # Errors
    ///
    /// It cannot be read, another run holds it, or it is no plain file of this user.
    fn load(&mut self) -> Result<Option<Vec<u8>>, JournalError>;

    /// Takes away what stands behind this length.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn cut(&mut self, length: u64) -> io::Result<()>;

    /// Begins a new journal, which has no name yet.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn create(&mut self) -> io::Result<()>;

    /// Writes a line at the end, all of it. It need not survive yet.
    ///
    /// # Errors
    ///
    /// What the system says; or the journal was removed or replaced since it was opened.
    fn write(&mut self, line: &[u8]) -> io::Result<()>;

    /// Makes everything that was written survive.
    ///
    /// # Errors
    ///
    /// What the system says. What survives is then not known.
    fn sync(&mut self) -> io::Result<()>;

    /// Gives a new journal its name, unless something has that name already.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn rename(&mut self) -> io::Result<()>;

    /// Makes the name survive.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn sync_folder(&mut self) -> io::Result<()>;
}
