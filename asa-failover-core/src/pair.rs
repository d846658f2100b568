//! Both units as observed: the facts a plan rests on.

use std::collections::{BTreeMap, HashMap};
use std::mem::{self, Discriminant};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::show::{self, Facts, Reading};
use crate::unit::{Role, Serial};

/// Output of one unit by the command that printed it: `"show failover"` to its text.
pub type Captures = BTreeMap<String, String>;

/// One unit, by what it printed of itself.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Unit {
    /// Which box it is.
    pub role: Role,
    /// Its serial number.
    pub serial: Serial,
    /// `show version`
    pub version: Reading<show::Version>,
    /// `show failover`
    pub failover: Reading<show::Failover>,
    /// `show failover state`
    pub failover_state: Option<show::FailoverState>,
    /// `show mode`
    pub mode: Option<show::Mode>,
    /// `show running-config boot`
    pub running_boot: Option<show::RunningBoot>,
    /// The boot lines of `show startup-config`.
    pub startup_boot: Option<show::StartupBoot>,
    /// `show bootvar`
    pub bootvar: Option<show::Bootvar>,
    /// Every `dir`; [`listing`](Self::listing) is that of one file system.
    pub flash: Vec<show::Dir>,
    /// Every `verify`.
    pub verified: Vec<show::Verify>,
    /// `show running-config failover`
    pub running_failover: Option<show::RunningFailover>,
    /// `show reload`
    pub reload: Option<show::Reload>,
    /// `show conn count`
    pub connections: Option<show::ConnCount>,
}

/// Both units of a pair.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Pair {
    /// The primary unit.
    pub primary: Unit,
    /// The secondary unit.
    pub secondary: Unit,
}

impl Pair {
    /// Reads what was captured on each unit.
    ///
    /// # Errors
    ///
    /// Everything that stands in the way at once: captures that cannot be read, captures of another
    /// unit than they are given for, `show version` or `show failover` missing.
    pub fn from_captures(primary: &Captures, secondary: &Captures) -> Result<Self, PairError> {
        let mut problems = Vec::new();
        let mut unit = |role, captures| Unit::from_captures(role, captures, &mut problems);
        let (primary, secondary) = (unit(Role::Primary, primary), unit(Role::Secondary, secondary));
        match (primary, secondary) {
            (Some(primary), Some(secondary)) if problems.is_empty() => Ok(Self { primary, secondary }),
            _ => Err(PairError { problems }),
        }
    }

    /// One of the two units.
    pub const fn unit(&self, role: Role) -> &Unit {
        match role {
            Role::Primary => &self.primary,
            Role::Secondary => &self.secondary,
        }
    }

    /// Both units, the primary first.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        [&self.primary, &self.secondary].into_iter()
    }

    /// Whether the pair runs multiple context mode.
    pub fn is_multiple(&self) -> bool {
        self.units().any(|unit| unit.mode.is_some_and(|mode| mode.mode == show::SecurityMode::Multiple))
    }
}

impl Unit {
    /// What `dir` lists of a file system, by its number: 0 for `disk0:/`, which `flash:/` is too. `None`
    /// where only another file system, a folder or a single file was listed, which says nothing of it.
    pub fn listing(&self, disk: u8) -> Option<&show::Dir> {
        self.flash.iter().find(|dir| dir.is_of_disk(disk))
    }

    fn from_captures(role: Role, captures: &Captures, problems: &mut Vec<CaptureProblem>) -> Option<Self> {
        let mut read = Read::default();
        let mut taken = HashMap::new();
        for (command, text) in captures {
            match read.take(command, text) {
                Ok(facts) => {
                    let (first, other) = (taken.entry(facts).or_insert(command), command);
                    if sent_on(first) != sent_on(other) {
                        let (first, other) = (first.clone(), other.clone());
                        problems.push(CaptureProblem::TwoUnits { unit: role, first, other });
                    }
                }
                Err(why) => problems.push(CaptureProblem::Unreadable { unit: role, why }),
            }
        }
        for (command, missing) in
            [("show version", read.version.is_none()), ("show failover", read.failover.is_none())]
        {
            let failed = |p: &CaptureProblem| matches!(p, CaptureProblem::Unreadable { unit, why } if *unit == role && why.command() == command);
            if missing && !problems.iter().any(failed) {
                problems.push(CaptureProblem::Missing { unit: role, command });
            }
        }
        let (version, failover) = (read.version?, read.failover?);
        let Some(serial) = version.value.serial.as_ref().and_then(|serial| serial.value().cloned()) else {
            problems.push(CaptureProblem::NoSerial { unit: role });
            return None;
        };
        if let Some(host) = &failover.value.this_host
            && host.role != role
        {
            problems.push(CaptureProblem::OtherUnit { unit: role, found: host.role });
        }
        Some(Self {
            role,
            serial,
            version,
            failover,
            failover_state: read.failover_state,
            mode: read.mode,
            running_boot: read.running_boot,
            startup_boot: read.startup_boot,
            bootvar: read.bootvar,
            flash: read.flash,
            verified: read.verified,
            running_failover: read.running_failover,
            reload: read.reload,
            connections: read.connections,
        })
    }
}

#[derive(Default)]
struct Read {
    version: Option<Reading<show::Version>>,
    failover: Option<Reading<show::Failover>>,
    failover_state: Option<show::FailoverState>,
    mode: Option<show::Mode>,
    running_boot: Option<show::RunningBoot>,
    startup_boot: Option<show::StartupBoot>,
    bootvar: Option<show::Bootvar>,
    flash: Vec<show::Dir>,
    verified: Vec<show::Verify>,
    running_failover: Option<show::RunningFailover>,
    reload: Option<show::Reload>,
    connections: Option<show::ConnCount>,
}

impl Read {
    /// Takes a capture, and says what kind of facts it has.
    fn take(&mut self, command: &str, text: &str) -> Result<Discriminant<Facts>, show::ReadError> {
        let Reading { value, unread, lines } = show::parse(command, text)?;
        let kind = mem::discriminant(&value);
        match value {
            Facts::Version(value) => self.version = Some(Reading { value, unread, lines }),
            Facts::Failover(value) => {
                self.failover = Some(Reading { value: Arc::unwrap_or_clone(value), unread, lines });
            }
            Facts::FailoverState(value) => self.failover_state = Some(value),
            Facts::Mode(value) => self.mode = Some(value),
            Facts::RunningBoot(value) => self.running_boot = Some(value),
            Facts::StartupBoot(value) => self.startup_boot = Some(value),
            Facts::Bootvar(value) => self.bootvar = Some(value),
            Facts::Dir(value) => self.flash.push(value),
            Facts::Verify(value) => self.verified.push(value),
            Facts::RunningFailover(value) => self.running_failover = Some(value),
            Facts::Reload(value) => self.reload = Some(value),
            Facts::ConnCount(value) => self.connections = Some(value),
            // It reads, and nothing here rests on it.
            _ => {}
        }
        Ok(kind)
    }
}

/// The unit that a command was sent on to: `mate` of `failover exec mate dir`.
fn sent_on(command: &str) -> Option<&str> {
    let mut words = command.split_ascii_whitespace();
    (words.next() == Some("failover") && words.next() == Some("exec")).then(|| words.next()).flatten()
}

/// Why captures do not make a pair: everything at once.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
#[non_exhaustive]
pub struct PairError {
    /// Each problem, in the order met.
    pub problems: Vec<CaptureProblem>,
}

/// One problem of the captures.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum CaptureProblem {
    /// A capture cannot be read.
    #[error("{unit}: {why}")]
    Unreadable {
        /// The unit it was given for.
        unit: Role,
        /// Why not.
        why: show::ReadError,
    },
    /// A capture that nothing can do without is not there.
    #[error("{unit}: no capture of {command}")]
    Missing {
        /// The unit.
        unit: Role,
        /// The command whose output is missing.
        command: &'static str,
    },
    /// `show version` names no serial number: it was taken in a user context.
    #[error("{unit}: show version names no serial number; capture it in the system execution space")]
    NoSerial {
        /// The unit.
        unit: Role,
    },
    /// One unit answered a command itself, and another capture of the same is what a unit said that the
    /// command was sent on to: which of the two is meant cannot be told.
    #[error("{unit}: {first} and {other} may be of two units; leave out the one that is not of {unit}")]
    TwoUnits {
        /// The unit they were given for.
        unit: Role,
        /// The one capture.
        first: String,
        /// The other.
        other: String,
    },
    /// The captures are of the other unit.
    #[error("the captures given for {unit} were taken on {found}")]
    OtherUnit {
        /// The unit they were given for.
        unit: Role,
        /// The unit that printed them.
        found: Role,
    },
}
