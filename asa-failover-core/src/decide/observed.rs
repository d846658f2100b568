//! What was seen of a unit, in its own words, each part with the time it was asked for.
//!
//! Nothing here comes from a unit's display of its mate unless the name says so. What could not be
//! read is absent, and what is absent satisfies no guard.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::elapsed::{At, Elapsed};
use crate::flash::DiskFile;
use crate::goal::Digest;
use crate::shared::Shared;
use crate::text::Text;
use crate::unit::{GroupId, Role, Serial, Standing};
use crate::version::AsaVersion;

/// What a unit shows of preempt: each group, with the unit it prefers and the delay in seconds if it has preempt; 0:
/// `preempt` alone.
pub type Preempts = BTreeMap<GroupId, Option<(Role, u32)>>;

/// One unit as last observed.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Observed {
    /// `show failover`, reduced to what the guards ask.
    pub sight: Option<At<Shared<Sight>>>,
    /// `show version`
    pub build: Option<At<Build>>,
    /// `dir`, by the number of the disk.
    pub flash: Shared<BTreeMap<u8, At<Flash>>>,
    /// `verify`, by file.
    pub digests: Shared<BTreeMap<DiskFile, At<Checked>>>,
    /// `show running-config boot`
    pub running_boot: Option<At<Shared<Vec<String>>>>,
    /// `show running-config failover`: each group, with the unit it prefers and the delay in seconds of its preempt if it
    /// has one. Read of a pair with groups.
    pub running_preempt: Option<At<Shared<Preempts>>>,
    /// Whether a session with the unit was lost, or the unit gave no answer, since `running_preempt` was read: it may have
    /// started meanwhile, and taken the configuration of its mate.
    pub preempt_doubted: bool,
    /// The boot lines of `show startup-config`.
    pub startup_boot: Option<At<Shared<Vec<String>>>>,
    /// `show reload`: whether somebody scheduled one.
    pub reload_scheduled: Option<At<bool>>,
    /// `show conn count`: connections in use.
    pub connections: Option<At<u64>>,
    /// When the unit could last not be read, and why. Cleared by the next reading.
    pub silent: Option<At<String>>,
}

/// The state of failover as one unit prints it.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a line of its own on the unit")]
pub struct Sight {
    /// Whether failover is on.
    pub enabled: bool,
    /// The role of the unit that printed this.
    pub role: Option<Role>,
    /// Whether the failover link is up.
    pub lan_up: bool,
    /// The state link.
    pub state_link: StateLink,
    /// Per group: this unit's own standing, and the mate's as this unit displays it.
    pub groups: BTreeMap<GroupId, Standings>,
    /// Own serial number and the mate's as displayed.
    pub serials: Option<(Text, Option<Text>)>,
    /// Whether lines inside the host, group or interface blocks were not understood.
    pub garbled: bool,
    /// Own monitored interfaces.
    pub interfaces: BTreeMap<Text, Health>,
    /// Own service modules: whether each is up.
    pub modules: BTreeMap<Text, bool>,
    /// Errors of the state link, all rows together: a growing sum means that state is lost.
    pub state_errors: u64,
    /// Whether HTTP connections are replicated too.
    pub http_replication: bool,
}

/// Two views on one group from one unit.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "a group has an own and a displayed standing, and a time")]
pub struct Standings {
    /// This unit's own standing.
    pub own: Standing,
    /// The mate's standing as this unit displays it; it lags by up to the hold time.
    pub mate: Standing,
    /// When the own standing last changed, as printed (`Last Failover at:`), where it is. It is compared with
    /// itself and never computed with: another text tells of a move that no look fell into.
    pub changed: Option<Text>,
}

/// The stateful failover link.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum StateLink {
    /// Configured and up.
    Up,
    /// Configured and not up.
    Down,
    /// Not configured: every session drops at a switch.
    Absent,
}

/// What a monitored interface looks like.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Health {
    /// `Normal`, and nothing is missing.
    Normal,
    /// `Normal (Waiting)`: no hello from the mate's interface yet.
    Waiting,
    /// Anything else.
    Other,
}

/// `show version`, reduced to what the guards ask.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Build {
    /// The running release; `None` where its text is not understood.
    pub version: Option<AsaVersion>,
    /// The serial number of the unit that printed this.
    pub serial: Option<Serial>,
    /// Seconds since the start of the software: at least and at most, as the printed units allow.
    pub uptime: Option<(u64, u64)>,
    /// Whether the configuration register reads the startup configuration at the next start.
    pub register_good: bool,
    /// Whether the text names a user context instead of the system space.
    pub in_user_context: bool,
}

impl At<Build> {
    /// The latest time at which the unit can have started its software.
    pub(crate) fn started_by(&self) -> Elapsed {
        let least_ms = self.value.uptime.map_or(0, |(least, _)| least.saturating_mul(1000));
        Elapsed::from_millis(self.at.as_millis().saturating_sub(least_ms))
    }

    /// The uptime in seconds, at least and at most, that it has come to by `now`.
    pub(crate) fn uptime_at(&self, now: Elapsed) -> Option<(u64, u64)> {
        let age = self.age(now);
        let (floor, ceiling) = (age.as_secs(), age.as_millis().div_ceil(1000));
        let ceiling = u64::try_from(ceiling).unwrap_or(u64::MAX);
        self.value.uptime.map(|(least, most)| (least.saturating_add(floor), most.saturating_add(ceiling)))
    }
}

/// `dir`, reduced to files and space.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Flash {
    /// Files by name, with their size in bytes.
    pub files: BTreeMap<String, u64>,
    /// Free bytes of the file system.
    pub free: Option<u64>,
}

/// `verify`: a digest holds as long as the file on flash has the size it was computed of.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Checked {
    /// The size that the file had on flash.
    pub size: Option<u64>,
    /// What the unit computed; `None`: its answer held no digest of this file.
    pub digest: Option<Digest>,
}

impl Flash {
    /// The size of a file in the root of the file system.
    pub fn size(&self, file: &DiskFile) -> Option<u64> {
        self.files.get(file.path()).copied()
    }
}

impl Observed {
    /// The unit's own standing in a group, if it was ever read.
    pub fn standing(&self, group: GroupId) -> Option<&Standing> {
        self.sight.as_ref()?.value.groups.get(&group).map(|standings| &standings.own)
    }

    /// The size of a file, if the disk it is on was read and holds it.
    pub(crate) fn size(&self, file: &DiskFile) -> Option<u64> {
        self.flash.get(&file.disk_number())?.value.size(file)
    }

    /// The running release, if it was read and understood.
    pub fn version(&self) -> Option<AsaVersion> {
        self.build.as_ref()?.value.version
    }

    /// Every time in here, for ages that are told relative to now.
    pub(crate) fn shift(&mut self, shift: &impl Fn(Elapsed) -> Elapsed) {
        fn one<T>(value: &mut Option<At<T>>, shift: &impl Fn(Elapsed) -> Elapsed) {
            if let Some(value) = value {
                value.shift(shift);
            }
        }
        one(&mut self.sight, shift);
        one(&mut self.build, shift);
        one(&mut self.running_boot, shift);
        one(&mut self.running_preempt, shift);
        one(&mut self.startup_boot, shift);
        one(&mut self.reload_scheduled, shift);
        one(&mut self.connections, shift);
        one(&mut self.silent, shift);
        set_times(&mut self.flash, shift);
        set_times(&mut self.digests, shift);
    }

    /// Forgets what a command of ours may have changed, so that it is read again before it is believed.
    pub(crate) fn forget(&mut self, what: Forget) {
        match what {
            Forget::RunningBoot => self.running_boot = None,
            Forget::StartupBoot => self.startup_boot = None,
            Forget::RunningPreempt => self.running_preempt = None,
            Forget::Flash(file) => {
                self.flash.remove(&file.disk_number());
                self.digests.remove(&file);
            }
            Forget::Standing => {
                self.sight = None;
                self.connections = None;
            }
            Forget::Everything => {
                let digests = std::mem::take(&mut self.digests);
                *self = Self { digests, ..Self::default() };
            }
        }
    }
}

/// Gives each of these the time that its own becomes. Where all stay what they are the values stay shared.
pub(crate) fn set_times<K: Clone + Ord, T: Clone>(
    values: &mut Shared<BTreeMap<K, At<T>>>,
    becomes: impl Fn(Elapsed) -> Elapsed,
) {
    if values.values().any(|value| becomes(value.at) != value.at) {
        values.values_mut().for_each(|value| value.at = becomes(value.at));
    }
}

/// What a command of ours may have changed on a unit.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Forget {
    RunningBoot,
    StartupBoot,
    RunningPreempt,
    Flash(DiskFile),
    Standing,
    /// All but the digests: files on flash survive a reboot unchanged.
    Everything,
}
