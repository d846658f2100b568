//! The warden: holds the pair, serves it to a controller in another process, and kills that when its
//! time has come.

use std::cell::RefCell;
use std::io::{BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::link::Endpoint;
use asa_failover_core::run::Outcome;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::transport::{Bytes, NotOpened, Received};
use asa_failover_core::twin::LineId;

use crate::pairs::bench::Bench;
use crate::wire::{Answer, Orders, Said, What, bytes, hear, tell, text};

/// What becomes of a controller.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fate {
    Lives,
    /// It is killed at this of its steps, from 1.
    DiesAt(usize),
}

pub(crate) struct Warden<'a> {
    bench: &'a Bench,
    journal: String,
    steps: RefCell<Vec<String>>,
}

/// A folder for a journal. What was written outlives a process whether or not it reached a platter, so
/// that the fastest place will do.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

impl<'a> Warden<'a> {
    pub(crate) fn new(bench: &'a Bench, journal: &Path) -> Self {
        let journal = journal.to_str().unwrap().to_owned();
        Self { bench, journal, steps: RefCell::new(Vec::new()) }
    }

    /// The steps that the last controller came to, in order.
    pub(crate) fn steps(&self) -> Vec<String> {
        self.steps.borrow().clone()
    }

    /// Runs a controller. `Ok`: it was killed at this step; `Err`: it came to an end first.
    pub(crate) fn run(&self, fate: Fate) -> Result<String, Outcome> {
        self.steps.borrow_mut().clear();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["controller", "--exact", "--ignored", "--nocapture"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut from = BufReader::new(child.stdout.take().unwrap());
        let mut lines = Lines { memory: Memory::new(Rc::clone(&self.bench.pair)), open: Vec::new() };
        let ended = self.serve(&mut child, &mut from, &mut lines, fate);
        // A process that is gone leaves its connections closed.
        lines.close_all();
        child.wait().unwrap();
        ended
    }

    fn serve(
        &self,
        child: &mut Child,
        from: &mut BufReader<ChildStdout>,
        lines: &mut Lines,
        fate: Fate,
    ) -> Result<String, Outcome> {
        let mut to = child.stdin.take().unwrap();
        let plan = self.bench.plan.to_json();
        let now = lines.memory.now();
        tell(&mut to, &Orders { plan, journal: self.journal.clone(), now }).unwrap();
        loop {
            let said: Said = hear(from).expect("the controller ends with an outcome");
            match said {
                Said::At(step) => {
                    self.steps.borrow_mut().push(step.clone());
                    if matches!(fate, Fate::DiesAt(at) if at == self.steps.borrow().len()) {
                        child.kill().unwrap();
                        return Ok(step);
                    }
                    lines.answer(&mut to, What::Done);
                }
                Said::Ended(outcome) => return Err(*outcome),
                Said::Sleep { until } => {
                    self.bench.pair.borrow_mut().advance_to(until);
                    lines.answer(&mut to, What::Done);
                }
                said => lines.serve(&mut to, said),
            }
        }
    }
}

/// The connections of one controller.
struct Lines {
    memory: Memory,
    open: Vec<Option<LineId>>,
}

impl Lines {
    fn answer(&self, to: &mut impl Write, what: What) {
        tell(to, &Answer { now: self.memory.now(), what }).unwrap();
    }

    fn serve(&mut self, to: &mut impl Write, said: Said) {
        let far = Duration::MAX;
        match said {
            Said::Open { active, until } => {
                let endpoint = if active { Endpoint::Active } else { Endpoint::Standby };
                let what = match self.memory.open(endpoint, until) {
                    Ok(line) => {
                        self.open.push(Some(line));
                        What::Opened(self.open.len() - 1)
                    }
                    Err(NotOpened::Refused(why)) => What::Refused(why.to_string()),
                    Err(NotOpened::TimedOut) => What::Closed,
                };
                self.answer(to, what);
            }
            Said::Write { line, bytes: typed } => {
                if let Some(line) = self.open.get_mut(line).and_then(Option::as_mut) {
                    self.memory.write(line, &bytes(&typed), far);
                }
            }
            Said::Read { line, until } => {
                let what = match self.open.get_mut(line).and_then(Option::as_mut) {
                    Some(line) => match self.memory.read(line, until) {
                        Received::Bytes(bytes) => What::Bytes(text(&bytes)),
                        Received::Nothing => What::Done,
                        Received::Closed => What::Closed,
                    },
                    None => What::Closed,
                };
                self.answer(to, what);
            }
            Said::Close { line } => {
                if let Some(line) = self.open.get_mut(line).and_then(Option::take) {
                    self.memory.close(line);
                }
            }
            Said::At(_) | Said::Sleep { .. } | Said::Ended(_) => {}
        }
    }

    fn close_all(&mut self) {
        for line in self.open.drain(..).flatten() {
            self.memory.close(line);
        }
    }
}
