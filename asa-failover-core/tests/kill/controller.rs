//! The controller: the shipped loop, sessions and journal file, on a pair at the other end of two pipes.

use std::cell::{Cell, RefCell};
use std::io::{self, Stdin, Stdout, stdin, stdout};
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::command::{Command, Effect};
use asa_failover_core::compat::Compat;
use asa_failover_core::drive::{Clock, Unattended, drive};
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::link::{Endpoint, Refused, SessionId, Via};
use asa_failover_core::plan::Plan;
use asa_failover_core::run::Run;
use asa_failover_core::session::Login;
use asa_failover_core::store::{Disk, Files, Holder, Journal, JournalError};
use asa_failover_core::transport::{
    Bytes, Connect, Exchange, NotOpened, Received, Terminals, Transport, Within, Written,
};

use crate::wire::{Answer, Orders, Said, What, bytes, hear, is_active, tell, text};

/// Waits in a row of which one is a step to be killed at.
const WAITS: u32 = 12;

/// The two pipes.
struct Ends {
    from: Stdin,
    to: Stdout,
    now: Duration,
    waits: u32,
}

#[derive(Clone)]
struct Pipe {
    ends: Rc<RefCell<Ends>>,
    /// Whether the line in flight changes the pair.
    sending: Rc<Cell<bool>>,
}

impl Pipe {
    fn say(&self, said: &Said) {
        tell(&mut self.ends.borrow_mut().to, said).unwrap();
    }

    fn ask(&self, said: &Said) -> What {
        self.say(said);
        let mut ends = self.ends.borrow_mut();
        let answer: Answer = hear(&mut ends.from.lock()).unwrap();
        ends.now = answer.now;
        answer.what
    }

    /// Says where it is, and goes on once it is told to.
    fn at(&self, step: &str) {
        self.ends.borrow_mut().waits = 0;
        self.ask(&Said::At(step.to_owned()));
    }
}

impl Bytes for Pipe {
    type Handle = usize;

    fn now(&self) -> Duration {
        self.ends.borrow().now
    }

    fn address(&self, endpoint: Endpoint) -> String {
        endpoint.to_string()
    }

    fn open(&mut self, endpoint: Endpoint, until: Duration) -> Result<usize, NotOpened> {
        match self.ask(&Said::Open { active: is_active(endpoint), until }) {
            What::Opened(line) => Ok(line),
            What::Refused(why) => Err(Refused::Unreachable { address: endpoint.to_string(), why }.into()),
            other => panic!("{other:?}"),
        }
    }

    fn write(&mut self, line: &mut usize, typed: &[u8], _until: Duration) -> Written {
        let write = |bytes: &[u8]| self.say(&Said::Write { line: *line, bytes: text(bytes) });
        if !self.sending.get() {
            write(typed);
        } else if typed.iter().any(|byte| *byte == b'\r' || *byte == b'\n') {
            self.at("before enter");
            write(typed);
            self.at("after enter");
        } else {
            let (head, tail) = typed.split_at(typed.len() / 2);
            write(head);
            self.at("in a line");
            write(tail);
        }
        Written::All
    }

    fn read(&mut self, line: &mut usize, until: Duration) -> Received {
        match self.ask(&Said::Read { line: *line, until }) {
            What::Bytes(received) => Received::Bytes(bytes(&received)),
            What::Closed => Received::Closed,
            _ => Received::Nothing,
        }
    }

    fn close(&mut self, line: usize) {
        self.say(&Said::Close { line });
    }
}

/// Sessions that say when they are about to send what changes the pair.
struct Sessions {
    terminals: Terminals<Pipe>,
    pipe: Pipe,
}

impl Transport for Sessions {
    fn connect(&mut self, endpoint: Endpoint, within: Duration) -> Connect {
        self.terminals.connect(endpoint, within)
    }

    fn exchange(&mut self, session: SessionId, via: Via, command: &Command, within: Within) -> Exchange {
        let changes = !matches!(command.effect(), Effect::Reads | Effect::Moves);
        if changes {
            self.pipe.at("before a line");
        }
        self.pipe.sending.set(changes);
        let exchange = self.terminals.exchange(session, via, command, within);
        self.pipe.sending.set(false);
        exchange
    }

    fn close(&mut self, session: SessionId) {
        self.terminals.close(session);
    }
}

/// The pair's time. Of many waits in a row some are steps to be killed at.
struct Time {
    pipe: Pipe,
    began: Duration,
}

impl Clock for Time {
    fn now(&self) -> Elapsed {
        Elapsed::ZERO.after(self.pipe.now().saturating_sub(self.began))
    }

    fn sleep(&mut self, until: Elapsed) {
        let waits = self.pipe.ends.borrow().waits;
        if waits.is_multiple_of(WAITS) {
            self.pipe.at("waiting");
        }
        self.pipe.ends.borrow_mut().waits = waits + 1;
        self.pipe.ask(&Said::Sleep { until: self.began.saturating_add(until.since(Elapsed::ZERO)) });
    }
}

/// The files of the journal, with every step of them said before it is taken.
struct Announced {
    files: Files,
    pipe: Pipe,
    named: bool,
}

impl Disk for Announced {
    fn path(&self) -> &Path {
        self.files.path()
    }

    fn lock(&mut self) -> Result<(), JournalError> {
        self.pipe.at("before lock");
        self.files.lock()
    }

    fn sign(&mut self, holder: &Holder) -> Result<(), JournalError> {
        self.pipe.at("before sign");
        self.files.sign(holder)
    }

    fn make_room(&mut self, bytes: usize) -> Result<(), JournalError> {
        self.pipe.at("before make room");
        self.files.make_room(bytes)
    }

    fn load(&mut self) -> Result<Option<Vec<u8>>, JournalError> {
        self.pipe.at("before load");
        let text = self.files.load()?;
        self.named = text.is_some();
        Ok(text)
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.pipe.at("before cut");
        self.files.cut(length)
    }

    fn create(&mut self) -> io::Result<()> {
        self.pipe.at("before create");
        self.files.create()
    }

    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        let (head, tail) = line.split_at(line.len() / 2);
        self.pipe.at("before write");
        self.files.write(head)?;
        self.pipe.at("in a write");
        self.files.write(tail)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.pipe.at("before sync");
        self.files.sync()?;
        if self.named {
            self.pipe.at("kept");
        }
        Ok(())
    }

    fn rename(&mut self) -> io::Result<()> {
        self.pipe.at("before rename");
        self.files.rename()
    }

    fn sync_folder(&mut self) -> io::Result<()> {
        self.pipe.at("before sync folder");
        self.files.sync_folder()?;
        self.named = true;
        self.pipe.at("kept");
        Ok(())
    }
}

/// Runs what the orders on standard input say; nothing, if there are none.
pub(crate) fn run() {
    let Some(Orders { plan, journal, now }) = hear(&mut stdin().lock()) else { return };
    let ends = Ends { from: stdin(), to: stdout(), now, waits: 0 };
    let pipe = Pipe { ends: Rc::new(RefCell::new(ends)), sending: Rc::new(Cell::new(false)) };
    let plan = Plan::from_json(&plan, Compat::bundled()).unwrap();
    let disk = Announced { files: Files::at(journal), pipe: pipe.clone(), named: false };
    let (mut journal, records) = Journal::open_on(disk, "controller").unwrap();
    let terminals = Terminals::new(pipe.clone(), Login::default());
    let mut sessions = Sessions { terminals, pipe: pipe.clone() };
    let mut time = Time { pipe: pipe.clone(), began: now };
    let mut run = Run::new(&plan).with_owner("controller");
    let outcome = drive(&mut run, records, &mut sessions, &mut time, &mut journal, &mut Unattended);
    pipe.say(&Said::Ended(Box::new(outcome)));
}
