//! What is wanted, and how carefully: `Goal`, `Image`, and `Policy` with the one table of defaults.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::command::Algorithm;
use crate::flash::{DiskFile, FetchUrl};
use crate::link::Reach;
use crate::unit::{GroupId, Role};
use crate::version::{AsaVersion, as_text};

/// What is wanted of a pair.
///
/// ```
/// use asa_failover_core::goal::{Goal, Image};
///
/// let image = Image::new("disk0:/asa984-48-smp-k8.bin".parse()?).with_size(110_000_000);
/// let goal = Goal::new("9.8(4)48".parse()?).with_image(image).with_accepted("image.digest.none");
/// assert_eq!(goal.target.to_string(), "9.8(4)48");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Goal {
    /// The release both units shall run.
    pub target: AsaVersion,
    /// Releases to stop at on the way, in order. Empty: the path search chooses.
    pub stops: Vec<AsaVersion>,
    /// The image of each stop and of the target.
    pub images: Vec<Image>,
    /// Who shall be active for each group in the end. A group that is not named: who is now.
    pub owners: BTreeMap<GroupId, Role>,
    /// Ids of findings and conditions that the caller knows of and accepts.
    pub accepted: BTreeSet<String>,
}

impl Goal {
    /// A goal of this release, with no image yet.
    pub const fn new(target: AsaVersion) -> Self {
        Self {
            target,
            stops: Vec::new(),
            images: Vec::new(),
            owners: BTreeMap::new(),
            accepted: BTreeSet::new(),
        }
    }

    /// Names the image of the target or of a stop; its release is read from its file name.
    pub fn with_image(mut self, image: Image) -> Self {
        self.images.push(image);
        self
    }

    /// Pins a release to stop at; call it in the order of the way.
    pub fn with_stop(mut self, stop: AsaVersion) -> Self {
        self.stops.push(stop);
        self
    }

    /// Says who shall be active for a group in the end.
    pub fn with_owner(mut self, group: GroupId, role: Role) -> Self {
        self.owners.insert(group, role);
        self
    }

    /// Accepts a finding or a condition by its id.
    pub fn with_accepted(mut self, id: impl Into<String>) -> Self {
        self.accepted.insert(id.into());
        self
    }
}

/// An image file: where it stands on flash, what it must be, and where a unit may fetch it from.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Image {
    /// The file on the flash of each unit.
    pub file: DiskFile,
    /// Its size in bytes, as published.
    pub size: Option<u64>,
    /// Its published SHA-512.
    pub sha512: Option<Digest>,
    /// Its published MD5, where the release offers nothing better.
    pub md5: Option<Digest>,
    /// Where a unit that lacks it fetches it from. `None`: it must be on flash already.
    pub from: Option<FetchUrl>,
}

impl Image {
    /// An image by its place on flash, of which nothing else is known yet.
    pub const fn new(file: DiskFile) -> Self {
        Self { file, size: None, sha512: None, md5: None, from: None }
    }

    /// States its size in bytes.
    pub const fn with_size(mut self, size: u64) -> Self {
        self.size = Some(size);
        self
    }

    /// States its digest; SHA-512 and MD5 are told apart by their length.
    pub fn with_digest(mut self, digest: Digest) -> Self {
        match digest.algorithm() {
            Algorithm::Sha512 => self.sha512 = Some(digest),
            Algorithm::Md5 => self.md5 = Some(digest),
        }
        self
    }

    /// States where a unit fetches it from.
    pub fn with_source(mut self, from: FetchUrl) -> Self {
        self.from = Some(from);
        self
    }

    /// The published digest that a unit which can compute `best` is held to.
    pub fn digest(&self, best: Algorithm) -> Option<&Digest> {
        match best {
            Algorithm::Sha512 => self.sha512.as_ref().or(self.md5.as_ref()),
            Algorithm::Md5 => self.md5.as_ref(),
        }
    }
}

/// A SHA-512 or MD5 digest in lower-case hexadecimal digits.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Digest(String);

impl Digest {
    /// Which digest it is, by its length.
    pub const fn algorithm(&self) -> Algorithm {
        if self.0.len() == 32 { Algorithm::Md5 } else { Algorithm::Sha512 }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Digest {
    type Err = ParseDigestError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if matches!(text.len(), 32 | 128) && text.bytes().all(|b| b.is_ascii_hexdigit()) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(ParseDigestError { found: text.to_owned() })
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

as_text!(Digest);

/// Why a text is no digest.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("expected a SHA-512 of 128 or an MD5 of 32 hexadecimal digits, found {found:?}")]
pub struct ParseDigestError {
    found: String,
}

/// Which commands carry the upgrade out. The guards are the same.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Procedure {
    /// `failover reload-standby` for both reboots and `no failover active` for every switch: what
    /// can go wrong there heals by election.
    #[default]
    Hardened,
    /// The commands of Cisco TechNote 111867. It reloads a unit from that unit's own session, so it
    /// needs both addresses.
    Published,
}

/// What happens when the pair changed without a command of ours.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OnDrift {
    /// The run halts and says what changed.
    #[default]
    Halt,
    /// The run goes on from what it finds, as long as every guard holds. Preempt that a group did not have, or to the
    /// other unit, or with a longer delay, ends the run all the same: nobody would wait for it long enough.
    Adapt,
}

/// What becomes of `preempt`, with which a group moves to the unit it prefers by itself once that is back.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Preempt {
    /// It stays. A group moves when it likes to, and is waited for.
    #[default]
    Wait,
    /// It is removed from the running configuration before anything disrupts, and restored with its delay
    /// before anything is saved, so that no group moves by itself and the startup configuration never lacks it.
    Remove,
}

/// A point at which the run waits for the operator's word.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Pause {
    /// One unit runs the new release, nothing has moved to it yet: the last point without any effect on traffic.
    BeforeSwitch,
    /// The new release forwards, the other unit still runs the old one: the cheapest point to go back from.
    BeforeSecondReload,
}

/// How carefully: every interval, deadline and choice, with its default. Times are in the unit the name says.
///
/// | field | default | meaning |
/// | --- | --- | --- |
/// | `w_ms` | 2,000 | a command is decided only on readings of both units at most this old, up to 5,000; Enter follows within 2 s |
/// | `slow_read_s` | 300 | version, flash, boot and reload readings at most this old |
/// | `staged_read_s` | 30 | the same where a unit is about to reload on them, or a group to move |
/// | `t_quiet_s` | 60 | a reload that shows no effect for so long did not happen |
/// | `ready_polls`, `ready_for_s` | 3, 30 | so many good readings (two or more) over so long make a unit ready |
/// | `poll_s` | 5 | between two looks while waiting |
/// | `soak_s` | 120 | between the switch and the second reload |
/// | `probe_s` | none | between two health probes of the caller's, from the switch to the second reload |
/// | `boot_s`, `boot_with_module_s` | 1,800, 2,700 | a reloaded unit must answer again |
/// | `sync_config_s`, `bulk_sync_s` | 3,600, 3,600 | configuration, and state, must be synchronised |
/// | `module_s` | 2,700 | a service module must be up again once its unit is |
/// | `sync_s` | 3,600 | any other wait for a pair that is whole, or a mate that has caught up |
/// | `copy_s`, `verify_s`, `save_s` | 3,600, 600, 300 | replies of `copy`, `verify` and `write memory` |
/// | `switch_s` | 60 | a switch must show on both units |
/// | `preempt_s` | 120 | beyond its delay, a preempt that has not moved a group will not |
/// | `reply_s`, `connect_s` | 30, 30 | any other reply; a login |
/// | `silence_s` | 300 | a unit that should answer does not |
/// | `caught_up_percent` | 80 | connections of the mate against the active unit's before a switch |
/// | `flaps` | 3 | so often may a unit lose its readiness while we wait |
/// | `resumes` | 5 | so often may a journal be resumed |
/// | `on_drift` | halt | the pair changed without a command of ours |
/// | `procedure` | hardened | which commands |
/// | `preempt` | wait | whether preempt is removed while units reboot, and restored |
/// | `pauses` | none | where the operator is asked |
/// | `window_s` | none | no disruptive command that cannot finish within so many seconds of the run |
/// | `reach` | both addresses | which addresses are reachable |
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the table above says each field's meaning once")]
pub struct Policy {
    pub w_ms: u64,
    pub slow_read_s: u64,
    pub staged_read_s: u64,
    pub t_quiet_s: u64,
    pub ready_polls: u32,
    pub ready_for_s: u64,
    pub poll_s: u64,
    pub soak_s: u64,
    pub probe_s: Option<u64>,
    pub boot_s: u64,
    pub boot_with_module_s: u64,
    pub sync_config_s: u64,
    pub bulk_sync_s: u64,
    pub module_s: u64,
    pub sync_s: u64,
    pub copy_s: u64,
    pub verify_s: u64,
    pub save_s: u64,
    pub switch_s: u64,
    pub preempt_s: u64,
    pub reply_s: u64,
    pub connect_s: u64,
    pub silence_s: u64,
    pub caught_up_percent: u64,
    pub flaps: u32,
    pub resumes: u32,
    pub on_drift: OnDrift,
    pub procedure: Procedure,
    pub preempt: Preempt,
    pub pauses: BTreeSet<Pause>,
    pub window_s: Option<u64>,
    pub reach: Reach,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            w_ms: 2_000,
            slow_read_s: 300,
            staged_read_s: 30,
            t_quiet_s: 60,
            ready_polls: 3,
            ready_for_s: 30,
            poll_s: 5,
            soak_s: 120,
            probe_s: None,
            boot_s: 1_800,
            boot_with_module_s: 2_700,
            sync_config_s: 3_600,
            bulk_sync_s: 3_600,
            module_s: 2_700,
            sync_s: 3_600,
            copy_s: 3_600,
            verify_s: 600,
            save_s: 300,
            switch_s: 60,
            preempt_s: 120,
            reply_s: 30,
            connect_s: 30,
            silence_s: 300,
            caught_up_percent: 80,
            flaps: 3,
            resumes: 5,
            on_drift: OnDrift::Halt,
            procedure: Procedure::Hardened,
            preempt: Preempt::Wait,
            pauses: BTreeSet::new(),
            window_s: None,
            reach: Reach::BothAddresses,
        }
    }
}

impl Policy {
    /// The longest age of a short final re-read (`w_ms`), never above the 5 s that the guards allow.
    pub(crate) fn w(&self) -> Duration {
        Duration::from_millis(self.w_ms.min(5_000))
    }

    pub(crate) const fn poll(&self) -> Duration {
        Duration::from_secs(if self.poll_s == 0 { 1 } else { self.poll_s })
    }

    /// The longest time from one look at a unit to the next while waiting: a poll, a login, a reply.
    pub(crate) const fn longest_look(&self) -> Duration {
        Duration::from_secs(self.poll().as_secs().saturating_add(self.connect_s).saturating_add(self.reply_s))
    }

    pub(crate) const fn slow(&self) -> Duration {
        Duration::from_secs(self.slow_read_s)
    }

    /// The longest age of the slow readings that a reload rests on, never above that of any.
    pub(crate) fn staged(&self) -> Duration {
        Duration::from_secs(self.staged_read_s).min(self.slow())
    }

    pub(crate) const fn t_quiet(&self) -> Duration {
        Duration::from_secs(self.t_quiet_s)
    }

    /// Chooses the procedure.
    pub const fn with_procedure(mut self, procedure: Procedure) -> Self {
        self.procedure = procedure;
        self
    }

    /// Chooses what becomes of preempt.
    pub const fn with_preempt(mut self, preempt: Preempt) -> Self {
        self.preempt = preempt;
        self
    }

    /// Says which addresses are reachable.
    pub const fn with_reach(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }

    /// Asks the operator at this point.
    pub fn with_pause(mut self, pause: Pause) -> Self {
        self.pauses.insert(pause);
        self
    }

    /// Chooses what happens when the pair changed without a command of ours.
    pub const fn with_on_drift(mut self, on_drift: OnDrift) -> Self {
        self.on_drift = on_drift;
        self
    }
}
