//! `Said`: a reply, read. All that a reader makes of the text of a unit is made here.

use crate::command::{Command, Mode};
use crate::decide::{Build, Flash, Heard, Preempts, Sight, boot_entries, digest_of, preempts};
use crate::elapsed::Elapsed;
use crate::flash::DiskFile;
use crate::goal::Digest;
use crate::link::SessionId;
use crate::shared::Shared;
use crate::show;

use super::{Action, Run};

/// What a reply says: what a reader makes of the text of a unit, or what a model of a pair says in its place.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Said {
    /// `show failover`
    Failover(Shared<Sight>),
    /// `show version`
    Version(Build),
    /// `dir`
    Dir(Flash),
    /// `verify`: the digest of the file that was asked for; `None`: the answer held none.
    Verify(Option<Digest>),
    /// `show running-config boot`: the boot list, every line of which was understood.
    RunningBoot(Vec<String>),
    /// `show running-config failover`: each group, with the unit it prefers and the delay in seconds of its preempt if it
    /// has one.
    RunningPreempt(Preempts),
    /// The boot lines of `show startup-config`.
    StartupBoot(Vec<String>),
    /// `show reload`: whether somebody scheduled one.
    Reload(bool),
    /// `show conn count`: connections in use.
    Connections(u64),
    /// A line that moves the session or changes the pair.
    Line(Heard),
    /// A reading that was not understood, and why. It is no observation.
    Unread(String),
}

impl Said {
    /// Reads what stands between the typed line and the prompt.
    pub fn of(command: &Command, output: &str) -> Self {
        Self::read(command, output).unwrap_or_else(Self::Unread)
    }

    fn read(command: &Command, output: &str) -> Result<Self, String> {
        let text = |why: show::ParseError| why.to_string();
        Ok(match command {
            Command::ShowFailover => Self::Failover(Sight::of(&show::failover(output).map_err(text)?).into()),
            Command::ShowVersion => Self::Version(Build::of(&show::version(output).map_err(text)?.value)),
            Command::Dir { disk } => {
                let dir = show::dir(output).map_err(text)?.value;
                if !dir.is_of_disk(*disk) {
                    return Err(format!("{} was listed, and disk{disk}:/ was asked for", dir.filesystem));
                }
                Self::Dir(Flash::of(&dir))
            }
            Command::ShowRunningBoot => {
                let boot = show::running_boot(output).map_err(text)?;
                // A list with lines that are not understood may lack an entry.
                if let Some(line) = boot.unread.first() {
                    return Err(format!("a line that is not understood: {:?}", line.text));
                }
                Self::RunningBoot(boot_entries(&boot.value.system))
            }
            Command::ShowRunningFailover => {
                let running = show::running_failover(output).map_err(text)?;
                // What is not understood may be preempt.
                if let Some(line) = running.unread.iter().find(|line| line.text.contains("preempt")) {
                    return Err(format!("a line that is not understood: {:?}", line.text));
                }
                Self::RunningPreempt(preempts(&running.value)?)
            }
            Command::ShowStartupBoot => {
                Self::StartupBoot(boot_entries(&show::startup_boot(output).map_err(text)?.value.system))
            }
            Command::ShowReload => Self::Reload(show::reload(output).map_err(text)?.value.scheduled),
            Command::ShowConnCount => Self::Connections(show::conn_count(output).map_err(text)?.value.in_use),
            Command::Verify { file, .. } => {
                let verify = show::verify(output).map_err(text)?.value;
                let named = verify.file.parse::<DiskFile>().is_ok_and(|named| named == *file);
                Self::Verify(digest_of(&verify).filter(|_| named))
            }
            line => Self::Line(Heard::of(output, line)),
        })
    }
}

impl Heard {
    /// What a finished reply to a line that is no reading amounts to.
    fn of(output: &str, command: &Command) -> Self {
        let error = output.lines().map(str::trim).find(|line| {
            line.starts_with("ERROR:")
                || line.starts_with("%Error")
                || line.starts_with("Command not valid ")
                || line.contains("Command authorization failed")
                || line.contains("Configuration syncing is in progress")
        });
        if let Some(error) = error {
            return Self::Error(error.to_owned());
        }
        let saves = matches!(command, Command::WriteMemory | Command::WriteMemoryAll);
        if saves && !output.lines().any(|line| line.trim() == "[OK]") {
            return Self::Error("no [OK] in the answer".to_owned());
        }
        Self::Prompt
    }
}

impl Run {
    /// Takes in a reply that was read already, with the level that its prompt stands at: what
    /// [`Run::step`] makes of [`super::Event::Replied`], for those who have no text.
    pub fn step_said(&mut self, at: Elapsed, session: SessionId, said: Said, mode: Mode) -> Action {
        self.taken(at, |run| run.absorb_said(at, session, said, mode))
    }
}
