//! A disk in memory that keeps over a loss of power what was synced, and no more for sure.

use std::cell::RefCell;
use std::io;
use std::path::Path;
use std::rc::Rc;

use asa_failover_core::drive::Keeper;
use asa_failover_core::run::{Outcome, Record, Records};
use asa_failover_core::store::{Disk, Holder, Journal, JournalError};

use crate::pairs::bench::Bench;

/// A file: what surely survives, and what stands behind it in the memory above the disk.
#[derive(Clone, Debug, Default)]
struct Sheet {
    synced: Vec<u8>,
    written: Vec<u8>,
    /// What it was before it was cut, until that is synced.
    uncut: Option<Vec<u8>>,
}

impl Sheet {
    fn now(&self) -> Vec<u8> {
        [self.synced.as_slice(), &self.written].concat()
    }

    /// Everything that may be found of it after a loss of power: any prefix of what was written last.
    fn after_loss(&self) -> Vec<Vec<u8>> {
        let prefixes =
            (0..=self.written.len()).map(|end| [self.synced.as_slice(), &self.written[..end]].concat());
        prefixes.chain(self.uncut.clone()).collect()
    }
}

/// What goes wrong at one of the calls.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Mishap {
    /// The power goes before the call did anything.
    Power,
    /// The call fails with this number of the system's; a write does so half-way.
    Error(i32),
}

#[derive(Debug, Default)]
pub(crate) struct Platter {
    fresh: Option<Sheet>,
    named: Option<Sheet>,
    /// Whether the folder is synced, so that the name survives.
    name_survives: bool,
    /// Every call in order, by name.
    pub(crate) calls: Vec<&'static str>,
    pub(crate) mishap: Option<(usize, Mishap)>,
}

impl Platter {
    /// The calls by name, up to here.
    fn call(&mut self, name: &'static str) -> io::Result<()> {
        self.calls.push(name);
        match self.mishap {
            Some((at, Mishap::Power)) if at <= self.calls.len() => Err(io::Error::other("the power is gone")),
            Some((at, Mishap::Error(number))) if at == self.calls.len() => {
                Err(io::Error::from_raw_os_error(number))
            }
            _ => Ok(()),
        }
    }

    fn sheet(&mut self) -> &mut Sheet {
        self.fresh.as_mut().or(self.named.as_mut()).unwrap()
    }

    /// The journal as a process sees it that did not lose power.
    pub(crate) fn text(&self) -> Option<Vec<u8>> {
        self.named.as_ref().map(Sheet::now)
    }

    /// Everything that may be found under the journal's name after a loss of power; `None`: no such file.
    pub(crate) fn after_loss(&self) -> Vec<Option<Vec<u8>>> {
        let mut found: Vec<_> = self.named.iter().flat_map(Sheet::after_loss).map(Some).collect();
        if !self.name_survives {
            found.push(None);
        }
        found
    }

    /// A disk that holds this journal.
    pub(crate) fn holding(text: Option<Vec<u8>>) -> Self {
        let named = text.map(|synced| Sheet { synced, ..Sheet::default() });
        Self { name_survives: named.is_some(), named, ..Self::default() }
    }
}

/// The platter, to be looked at while a journal writes on it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drive(pub(crate) Rc<RefCell<Platter>>);

impl Drive {
    pub(crate) fn holding(text: Option<Vec<u8>>) -> Self {
        Self(Rc::new(RefCell::new(Platter::holding(text))))
    }

    pub(crate) fn with_mishap(self, at: usize, mishap: Mishap) -> Self {
        self.0.borrow_mut().mishap = Some((at, mishap));
        self
    }

    /// Runs the plan with the journal on this disk, if it opens.
    pub(crate) fn run(&self, bench: &Bench) -> Result<Outcome, JournalError> {
        let (mut journal, records) = Journal::open_on(self.clone(), "test")?;
        Ok(bench.run(records, &mut journal))
    }

    fn call(&self, name: &'static str) -> Result<(), JournalError> {
        let called = self.0.borrow_mut().call(name);
        called.map_err(|why| JournalError::Io { path: self.path().to_owned(), why })
    }
}

impl Disk for Drive {
    fn path(&self) -> &Path {
        Path::new("fw1.journal")
    }

    fn lock(&mut self) -> Result<(), JournalError> {
        self.call("lock")
    }

    fn sign(&mut self, _: &Holder) -> Result<(), JournalError> {
        self.call("sign")
    }

    fn make_room(&mut self, _: usize) -> Result<(), JournalError> {
        self.call("make room")
    }

    fn load(&mut self) -> Result<Option<Vec<u8>>, JournalError> {
        self.call("load")?;
        Ok(self.0.borrow().text())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        let mut platter = self.0.borrow_mut();
        platter.call("cut")?;
        let sheet = platter.sheet();
        sheet.uncut = Some(sheet.now());
        sheet.synced.truncate(length.try_into().unwrap());
        sheet.written.clear();
        Ok(())
    }

    fn create(&mut self) -> io::Result<()> {
        let mut platter = self.0.borrow_mut();
        platter.call("create")?;
        platter.fresh = Some(Sheet::default());
        Ok(())
    }

    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        let mut platter = self.0.borrow_mut();
        let called = platter.call("write");
        let written = match &called {
            Ok(()) => line,
            // The power went before it began; a full disk is noticed half-way.
            Err(why) if why.raw_os_error().is_none() => &[],
            Err(_) => &line[..line.len() / 2],
        };
        platter.sheet().written.extend(written);
        called
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut platter = self.0.borrow_mut();
        platter.call("sync")?;
        let sheet = platter.sheet();
        sheet.synced = sheet.now();
        sheet.written.clear();
        sheet.uncut = None;
        Ok(())
    }

    fn rename(&mut self) -> io::Result<()> {
        let mut platter = self.0.borrow_mut();
        platter.call("rename")?;
        platter.named = platter.fresh.take();
        Ok(())
    }

    fn sync_folder(&mut self) -> io::Result<()> {
        let mut platter = self.0.borrow_mut();
        platter.call("sync folder")?;
        platter.name_survives = true;
        Ok(())
    }
}

/// A keeper that only remembers: what a run that nothing befalls puts on record.
#[derive(Default)]
pub(crate) struct Remembered(pub(crate) Vec<Record>);

impl Keeper for Remembered {
    fn keep(&mut self, record: &Record) -> Result<(), String> {
        self.0.push(record.clone());
        Ok(())
    }
}

/// The whole journal of a run that nothing befalls, and its records.
pub(crate) fn whole(bench: &Bench) -> (Vec<u8>, Vec<Record>) {
    let drive = Drive::default();
    let outcome = drive.run(&bench.again()).unwrap();
    assert!(matches!(outcome, Outcome::Completed(_)), "{outcome}");
    let mut remembered = Remembered::default();
    bench.again().run(Records::default(), &mut remembered);
    let text = drive.0.borrow().text().unwrap();
    (text, remembered.0)
}
