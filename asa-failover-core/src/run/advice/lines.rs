//! The lines that a halt names: for each reason what to look at, on which unit, and what mends it.
//!
//! Lines that only read come first. None of these is ever sent by a run.

use super::{Advised, Ground};
use crate::command::Command;
use crate::decide::{Awaited, Reason, Stop};
use crate::flash::DiskFile;
use crate::unit::Role;

const HISTORY: &str = "show failover history";
const STATE: &str = "show failover state";
const BOOTVAR: &str = "show bootvar";

/// The lines for this reason: readings first, then what changes something.
pub(super) fn lines(ground: &Ground<'_>, reason: &Reason) -> Vec<Advised> {
    let mut lines = Lines { ground, reads: Vec::new(), changes: Vec::new() };
    for unit in Role::BOTH {
        lines.read(unit, &Command::ShowFailover);
    }
    lines.open();
    // Preempt may move a group at once: not onto a unit that is about to reload. And no save goes before it.
    if matches!(reason, Reason::ReloadScheduled(_)) {
        lines.reason(reason);
        lines.preempt();
    } else {
        lines.preempt();
        lines.reason(reason);
    }
    lines.done()
}

struct Lines<'a> {
    ground: &'a Ground<'a>,
    reads: Vec<(Role, String)>,
    changes: Vec<(Role, String)>,
}

impl Lines<'_> {
    fn read(&mut self, unit: Role, line: &impl ToString) {
        let line = (unit, line.to_string());
        if !self.reads.contains(&line) {
            self.reads.push(line);
        }
    }

    fn read_both(&mut self, line: &impl ToString) {
        for unit in Role::BOTH {
            self.read(unit, line);
        }
    }

    fn change(&mut self, unit: Role, line: &impl ToString) {
        self.changes.push((unit, line.to_string()));
    }

    /// A line of the configuration, and the save without which it is gone with the next start.
    fn configure(&mut self, unit: Role, line: &impl ToString) {
        self.change(unit, &Command::ConfigureTerminal);
        self.change(unit, line);
        self.change(unit, &Command::End);
        let save = if self.ground.brief.multiple { Command::WriteMemoryAll } else { Command::WriteMemory };
        self.change(unit, &save);
    }

    /// In multiple context mode all of them belong into the system execution space.
    fn done(self) -> Vec<Advised> {
        let mut done = Vec::new();
        let mut moved = Vec::new();
        let all = self.reads.into_iter().map(|line| (line, false));
        for ((unit, line), changes) in all.chain(self.changes.into_iter().map(|line| (line, true))) {
            if self.ground.brief.multiple && !moved.contains(&unit) {
                moved.push(unit);
                let line = Command::ChangetoSystem.to_string();
                done.push(Advised { unit, line, changes: false });
            }
            done.push(Advised { unit, line, changes });
        }
        done
    }

    /// What tells the outcome of the open command.
    fn open(&mut self) {
        let Some(open) = &self.ground.memory.intent else { return };
        match &open.command {
            Command::ReloadStandby | Command::Reload => self.read(open.target, &Command::ShowVersion),
            Command::Copy { to, .. } => self.read(open.unit, &Command::Dir { disk: to.disk_number() }),
            Command::BootSystem(_) | Command::NoBootSystem(_) => {
                self.read(open.unit, &Command::ShowRunningBoot);
            }
            Command::NoPreempt { .. } | Command::Preempt { .. } => {
                self.read_both(&Command::ShowRunningFailover);
            }
            command if command.saves() => self.read_both(&Command::ShowStartupBoot),
            _ => self.read_both(&HISTORY),
        }
    }

    /// What puts preempt back that is removed, or may be, on the unit whose configuration is repeated. It is in
    /// the startup configuration already, so that nothing is to be saved.
    fn preempt(&mut self) {
        let removed: Vec<_> = self.ground.removed().collect();
        if removed.is_empty() {
            return;
        }
        self.read_both(&Command::ShowRunningFailover);
        let lead = self.ground.lead();
        self.change(lead, &Command::ConfigureTerminal);
        for (group, delay_s) in removed {
            self.change(lead, &Command::FailoverGroup(group));
            self.change(lead, &Command::Preempt { group, delay_s });
        }
        self.change(lead, &Command::End);
    }

    fn reason(&mut self, reason: &Reason) {
        match reason {
            Reason::Stopped
            | Reason::Declined
            | Reason::WindowOver(_)
            | Reason::WindowShort { .. }
            | Reason::JournalFailed(_)
            | Reason::TooLate(_)
            | Reason::Unexpected { .. } => {}
            Reason::JournalDiffers(_)
            | Reason::TooManyResumes(_)
            | Reason::NoSession(_)
            | Reason::WrongUnit(_) => self.read_both(&Command::ShowVersion),
            Reason::WrongSpace(unit) => self.read(*unit, &Command::ShowMode),
            Reason::Deadline { awaited, .. } => self.deadline(*awaited),
            Reason::Flaps { .. } => {
                self.read_both(&STATE);
                self.read_both(&HISTORY);
            }
            Reason::MovedUnasked { .. } | Reason::Undone { .. } => {
                self.read_both(&HISTORY);
                self.read_both(&Command::ShowRunningFailover);
            }
            Reason::OffTheWay { unit, .. }
            | Reason::ReleaseMoved { unit, .. }
            | Reason::StillOld { unit, .. }
            | Reason::ReloadedAlready(unit) => {
                self.read(*unit, &Command::ShowVersion);
                self.read(*unit, &BOOTVAR);
                self.read(*unit, &Command::ShowStartupBoot);
                self.read(*unit, &Command::Dir { disk: 0 });
            }
            Reason::BootListMoved { unit, .. } => {
                self.read(*unit, &Command::ShowRunningBoot);
                self.read(*unit, &Command::ShowStartupBoot);
            }
            Reason::PreemptMoved { group, expected, .. } => {
                self.read_both(&Command::ShowRunningFailover);
                // What this run removed is restored in any case.
                if self.ground.removed().any(|(removed, _)| removed == *group) {
                    return;
                }
                let lead = self.ground.lead();
                self.change(lead, &Command::ConfigureTerminal);
                self.change(lead, &Command::FailoverGroup(*group));
                for line in expected.split(", ") {
                    self.change(lead, &line);
                }
                self.change(lead, &Command::End);
            }
            Reason::NoEffect { unit, command, .. } => self.no_effect(*unit, command),
            Reason::Unhealthy(_) => self.read_both(&Command::ShowConnCount),
            Reason::TooSlow(_) => self.read_both(&"show cpu usage"),
            Reason::ImageMissing { unit, file } | Reason::FlashFull { unit, file, .. } => {
                self.image(*unit, file);
            }
            Reason::ImageDiffers { unit, file, .. } => {
                self.image(*unit, file);
                if let Some(stop) = self.stop(file)
                    && let Some(from) = stop.image.from.clone()
                {
                    self.change(*unit, &Command::Copy { from, to: stop.image.file.clone() });
                }
            }
            Reason::ForeignBootEntry { unit, entry } => {
                self.read(*unit, &Command::ShowRunningBoot);
                self.configure(*unit, &format!("no boot system {entry}"));
            }
            Reason::Register(unit) => {
                self.read(*unit, &Command::ShowVersion);
                self.configure(*unit, &"config-register 0x1");
            }
            Reason::ReloadScheduled(unit) => {
                self.read(*unit, &Command::ShowReload);
                self.change(*unit, &"reload cancel");
            }
        }
    }

    fn deadline(&mut self, awaited: Awaited) {
        match awaited {
            Awaited::Answer(unit) | Awaited::Boot(unit) => {
                self.read(unit, &Command::ShowVersion);
                self.read(unit, &BOOTVAR);
                self.read(unit.mate(), &STATE);
                self.read(unit.mate(), &HISTORY);
            }
            Awaited::Quiet => {
                self.read_both(&Command::ShowVersion);
                self.read_both(&HISTORY);
            }
            Awaited::Copy(unit) => self.read(unit, &Command::Dir { disk: 0 }),
            Awaited::CaughtUp => self.read_both(&Command::ShowConnCount),
            Awaited::Preempt(_) => {
                self.read_both(&HISTORY);
                self.read_both(&Command::ShowRunningFailover);
            }
            Awaited::Module(unit) => {
                self.read(unit, &"show module");
                self.read_both(&HISTORY);
            }
            Awaited::Config(unit) => {
                self.read_both(&STATE);
                self.read_both(&HISTORY);
                self.read(unit, &"show startup-config errors");
            }
            Awaited::Bulk(_) => {
                self.read_both(&Command::ShowConnCount);
                self.read_both(&HISTORY);
            }
            Awaited::Settled | Awaited::Ready | Awaited::Sync(_) | Awaited::Switch | Awaited::Soak => {
                self.read_both(&STATE);
                self.read_both(&HISTORY);
            }
        }
    }

    /// A command that does nothing is looked into; one that disrupts is named only for a whole pair.
    fn no_effect(&mut self, unit: Role, command: &str) {
        if command.starts_with("preempt") || command.starts_with("no preempt") {
            self.read_both(&Command::ShowRunningFailover);
            return;
        }
        let is_boot = command.starts_with("boot system") || command.starts_with("no boot system");
        if is_boot {
            self.read(unit, &Command::ShowRunningBoot);
            self.configure(unit, &command);
            return;
        }
        let is_quiet = command.starts_with("copy ") || command.starts_with("write memory");
        if is_quiet {
            self.read(unit, &Command::Dir { disk: 0 });
            self.read_both(&Command::ShowStartupBoot);
        } else {
            self.read_both(&HISTORY);
        }
        if is_quiet || self.ground.is_whole() {
            self.change(unit, &command);
        }
    }

    fn image(&mut self, unit: Role, file: &str) {
        let disk = file.parse::<DiskFile>().map_or(0, |file| file.disk_number());
        self.read(unit, &Command::Dir { disk });
        self.read(unit, &Command::ShowStartupBoot);
        if let Some((algorithm, file)) =
            self.stop(file).and_then(|stop| Some((stop.check?, stop.image.file.clone())))
        {
            self.read(unit, &Command::Verify { algorithm, file });
        }
    }

    /// The stop whose image this is.
    fn stop(&self, file: &str) -> Option<&Stop> {
        self.ground.brief.stops.iter().find(|stop| stop.image.file.to_string() == file)
    }
}
