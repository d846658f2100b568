//! The closed set of lines we may type on a unit: effect, mode, and the questions each may be asked.
//!
//! One function renders a command, every argument is a validated type, and nothing outside this
//! file makes a line. `write standby`, `write erase`, `delete` and `failover reset` are not here,
//! so they are never sent.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::flash::{DiskFile, FetchUrl};
use crate::link::Via;
use crate::unit::GroupId;

/// A line that may be typed.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Command {
    /// `show version`
    ShowVersion,
    /// `show failover`
    ShowFailover,
    /// `show failover state`
    ShowFailoverState,
    /// `show mode`
    ShowMode,
    /// `show running-config boot`
    ShowRunningBoot,
    /// `show startup-config | include boot system`
    ShowStartupBoot,
    /// `show bootvar`
    ShowBootvar,
    /// `dir disk0:/`
    Dir {
        /// The file system: 0 for `disk0:/`.
        disk: u8,
    },
    /// `verify /sha-512 disk0:/X`
    Verify {
        /// Which digest the unit computes.
        algorithm: Algorithm,
        /// The file it is computed of.
        file: DiskFile,
    },
    /// `show running-config failover`
    ShowRunningFailover,
    /// `show reload`
    ShowReload,
    /// `show conn count`
    ShowConnCount,
    /// `changeto system`
    ChangetoSystem,
    /// `configure terminal`
    ConfigureTerminal,
    /// `failover group N`, which leads from configuration mode to the settings of a group that is there.
    FailoverGroup(GroupId),
    /// `end`
    End,
    /// `copy /noconfirm URL disk0:/X`
    Copy {
        /// Where the unit fetches the file from.
        from: FetchUrl,
        /// Where it is written to.
        to: DiskFile,
    },
    /// `boot system disk0:/X`, appended to the boot list.
    BootSystem(DiskFile),
    /// `no boot system disk0:/X`
    NoBootSystem(DiskFile),
    /// `no preempt`, in the settings of a group. It carries what it takes away, so that whoever goes on from
    /// its record knows what to put back.
    NoPreempt {
        /// The group.
        group: GroupId,
        /// The delay in seconds that it takes away; 0: `preempt` with no delay.
        was_s: u32,
    },
    /// `preempt`, with its delay where there is one, in the settings of a group.
    Preempt {
        /// The group.
        group: GroupId,
        /// The delay in seconds; 0: none.
        delay_s: u32,
    },
    /// `write memory`
    WriteMemory,
    /// `write memory all /noconfirm`, in the system execution space.
    WriteMemoryAll,
    /// `failover reload-standby`
    ReloadStandby,
    /// `reload`, on the unit itself.
    Reload,
    /// `no failover active`, with `group N` for one group.
    NoFailoverActive(GroupId),
    /// `failover active`, with `group N` for one group.
    FailoverActive(GroupId),
    /// `failover active` in Active/Active: every group comes here.
    FailoverActiveAll,
    /// `no failover active` in Active/Active: every group goes to the mate.
    NoFailoverActiveAll,
}

/// What a command does to the pair.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_enums, reason = "the four degrees of harm are the whole scale")]
pub enum Effect {
    /// Prints something.
    Reads,
    /// Changes the session it is typed in, nothing on the unit.
    Moves,
    /// Changes configuration or flash; forwarding is untouched.
    Changes,
    /// Moves a standing or reboots a unit.
    Disrupts,
}

/// The level of the command line.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "the command line has these levels; every other submode counts as configuration"
)]
pub enum Mode {
    /// User EXEC, a prompt that ends in `>`.
    User,
    /// Privileged EXEC, `#`.
    Privileged,
    /// Configuration or one of its submodes, `(config)#`, `(config-if)#`.
    Config,
    /// The settings of a failover group, `(config-fover-group)#`. Which group, no prompt says.
    Group,
}

/// The digest a unit can compute of a file.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "a unit offers these two")]
pub enum Algorithm {
    /// `verify /sha-512`
    Sha512,
    /// `verify /md5`
    Md5,
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sha512 => "SHA-512",
            Self::Md5 => "MD5",
        })
    }
}

/// A question that a command may be asked, and what is typed then, once.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Permitted {
    /// Words of the question, as the unit prints them.
    pub question: &'static str,
    /// What is typed.
    pub answer: Answer,
}

/// What is typed at a question.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a question takes a line or a single key")]
pub enum Answer {
    /// This text and Enter.
    Line(&'static str),
    /// This key and nothing behind it.
    Key(char),
}

impl Command {
    /// Whether it writes the startup configuration.
    pub(crate) const fn saves(&self) -> bool {
        matches!(self, Self::WriteMemory | Self::WriteMemoryAll)
    }

    /// The group whose preempt it configures, one way or the other.
    pub(crate) const fn preempt_of(&self) -> Option<GroupId> {
        match self {
            Self::NoPreempt { group, .. } | Self::Preempt { group, .. } => Some(*group),
            _ => None,
        }
    }

    /// What the command does to the pair.
    pub const fn effect(&self) -> Effect {
        match self {
            Self::ShowVersion
            | Self::ShowFailover
            | Self::ShowFailoverState
            | Self::ShowMode
            | Self::ShowRunningBoot
            | Self::ShowStartupBoot
            | Self::ShowBootvar
            | Self::Dir { .. }
            | Self::Verify { .. }
            | Self::ShowRunningFailover
            | Self::ShowReload
            | Self::ShowConnCount => Effect::Reads,
            Self::ChangetoSystem | Self::ConfigureTerminal | Self::FailoverGroup(_) | Self::End => {
                Effect::Moves
            }
            Self::Copy { .. }
            | Self::BootSystem(_)
            | Self::NoBootSystem(_)
            | Self::NoPreempt { .. }
            | Self::Preempt { .. }
            | Self::WriteMemory
            | Self::WriteMemoryAll => Effect::Changes,
            Self::ReloadStandby
            | Self::Reload
            | Self::NoFailoverActive(_)
            | Self::FailoverActive(_)
            | Self::FailoverActiveAll
            | Self::NoFailoverActiveAll => Effect::Disrupts,
        }
    }

    /// The level a command that changes something is typed at. Reads work at `#` and in configuration mode.
    pub const fn mode(&self) -> Mode {
        match self {
            Self::BootSystem(_) | Self::NoBootSystem(_) | Self::FailoverGroup(_) => Mode::Config,
            Self::NoPreempt { .. } | Self::Preempt { .. } => Mode::Group,
            _ => Mode::Privileged,
        }
    }

    /// The group whose settings it is typed in.
    pub(crate) const fn group(&self) -> Option<GroupId> {
        match self {
            Self::NoPreempt { group, .. } | Self::Preempt { group, .. } => Some(*group),
            _ => None,
        }
    }

    /// The line as [`Command::line`] has it, and the group whose settings it is typed in, which it does not say.
    pub(crate) fn told(&self, via: Via) -> String {
        match self.group() {
            Some(group) => format!("{} (in failover {group})", self.line(via)),
            None => self.line(via),
        }
    }

    /// The line without its terminator, as typed in a session on the unit or on its mate.
    pub fn line(&self, via: Via) -> String {
        match via {
            Via::Direct => self.to_string(),
            Via::Mate => format!("failover exec mate {self}"),
        }
    }

    /// The questions that may come while this command runs. Any other is left unanswered.
    pub const fn permitted(&self) -> &'static [Permitted] {
        /// Yes would run the line on the active unit only and leave two boot lists (syslog 709008).
        const SYNCING: &[Permitted] =
            &[Permitted { question: "Configuration syncing is in progress", answer: Answer::Line("no") }];
        match self {
            Self::BootSystem(_)
            | Self::NoBootSystem(_)
            | Self::FailoverGroup(_)
            | Self::NoPreempt { .. }
            | Self::Preempt { .. } => SYNCING,
            Self::Reload => {
                &[Permitted { question: "Proceed with reload? [confirm]", answer: Answer::Key('\r') }]
            }
            Self::WriteMemoryAll => &[Permitted {
                question: "Overwrite the previous NVRAM configuration?[confirm]",
                answer: Answer::Key('y'),
            }],
            _ => &[],
        }
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grouped = |f: &mut fmt::Formatter<'_>, head: &str, group: &GroupId| match *group {
            GroupId::UNIT => f.write_str(head),
            group => write!(f, "{head} group {}", group.number()),
        };
        match self {
            Self::ShowVersion => f.write_str("show version"),
            Self::ShowFailover => f.write_str("show failover"),
            Self::ShowFailoverState => f.write_str("show failover state"),
            Self::ShowMode => f.write_str("show mode"),
            Self::ShowRunningBoot => f.write_str("show running-config boot"),
            Self::ShowStartupBoot => f.write_str("show startup-config | include boot system"),
            Self::ShowBootvar => f.write_str("show bootvar"),
            Self::Dir { disk } => write!(f, "dir disk{disk}:/"),
            Self::Verify { algorithm: Algorithm::Sha512, file } => write!(f, "verify /sha-512 {file}"),
            Self::Verify { algorithm: Algorithm::Md5, file } => write!(f, "verify /md5 {file}"),
            Self::ShowRunningFailover => f.write_str("show running-config failover"),
            Self::ShowReload => f.write_str("show reload"),
            Self::ShowConnCount => f.write_str("show conn count"),
            Self::ChangetoSystem => f.write_str("changeto system"),
            Self::ConfigureTerminal => f.write_str("configure terminal"),
            Self::FailoverGroup(group) => write!(f, "failover group {}", group.number()),
            Self::End => f.write_str("end"),
            Self::Copy { from, to } => write!(f, "copy /noconfirm {from} {to}"),
            Self::BootSystem(file) => write!(f, "boot system {file}"),
            Self::NoBootSystem(file) => write!(f, "no boot system {file}"),
            Self::NoPreempt { .. } => f.write_str("no preempt"),
            Self::Preempt { delay_s: 0, .. } => f.write_str("preempt"),
            Self::Preempt { delay_s, .. } => write!(f, "preempt {delay_s}"),
            Self::WriteMemory => f.write_str("write memory"),
            Self::WriteMemoryAll => f.write_str("write memory all /noconfirm"),
            Self::ReloadStandby => f.write_str("failover reload-standby"),
            Self::Reload => f.write_str("reload"),
            Self::NoFailoverActive(group) => grouped(f, "no failover active", group),
            Self::FailoverActive(group) => grouped(f, "failover active", group),
            Self::FailoverActiveAll => f.write_str("failover active"),
            Self::NoFailoverActiveAll => f.write_str("no failover active"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_what_an_operator_types() {
        let file: DiskFile = "disk0:/asa984-smp-k8.bin".parse().unwrap();
        let lines = [
            (Command::NoFailoverActive(GroupId::UNIT), "no failover active"),
            (Command::NoFailoverActive(GroupId::new(2)), "no failover active group 2"),
            (
                Command::Verify { algorithm: Algorithm::Sha512, file: file.clone() },
                "verify /sha-512 disk0:/asa984-smp-k8.bin",
            ),
            (Command::BootSystem(file), "boot system disk0:/asa984-smp-k8.bin"),
            (Command::FailoverGroup(GroupId::new(2)), "failover group 2"),
            (Command::NoPreempt { group: GroupId::new(2), was_s: 60 }, "no preempt"),
            (Command::Preempt { group: GroupId::new(2), delay_s: 60 }, "preempt 60"),
            (Command::Preempt { group: GroupId::new(1), delay_s: 0 }, "preempt"),
        ];
        for (command, line) in lines {
            assert_eq!(command.line(Via::Direct), line);
            assert_eq!(command.line(Via::Mate), format!("failover exec mate {line}"));
        }
    }

    /// The lines of a group do not name it: what is said of them does.
    #[test]
    fn a_line_of_a_group_is_told_with_its_group() {
        let line = Command::Preempt { group: GroupId::new(2), delay_s: 60 };
        assert_eq!(line.told(Via::Direct), "preempt 60 (in failover group 2)");
        assert_eq!(
            (line.effect(), line.mode(), line.group()),
            (Effect::Changes, Mode::Group, Some(GroupId::new(2)))
        );
        assert_eq!(Command::WriteMemory.told(Via::Direct), "write memory");
    }

    #[test]
    fn a_reload_that_asks_to_save_is_not_answered() {
        let permitted = Command::Reload.permitted();
        assert!(
            permitted
                .iter()
                .all(|p| !"System config has been modified. Save? [Y]es/[N]o:".contains(p.question))
        );
    }
}
