//! `Brief`: what a decision rests on beside observations. Fixed when the plan is made.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::observed::{Health, StateLink};
use crate::command::Algorithm;
use crate::flash::DiskFile;
use crate::goal::{Image, Pause, Policy};
use crate::text::Text;
use crate::unit::{GroupId, Role, Serial};
use crate::version::AsaVersion;

/// The goal, the way to it and the pair as it was found: everything that does not change in a run.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Brief {
    /// The release to start from and every stop up to the target.
    pub stops: Vec<Stop>,
    /// Both units by serial number.
    pub serials: BTreeMap<Role, Serial>,
    /// The failover groups; Active/Standby has the one that covers the unit.
    pub groups: BTreeMap<GroupId, Group>,
    /// Whether the pair runs multiple context mode: work is done in the system execution space.
    pub multiple: bool,
    /// The groups whose preempt is already out of the running configuration, with the delay in seconds that it
    /// had: of a way back, those from which the plan that it turns from has removed it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub removed: BTreeMap<GroupId, u32>,
    /// The release of each unit as found.
    pub versions: BTreeMap<Role, AsaVersion>,
    /// The running boot list as found on the unit that leads; `None` where it was not read.
    pub running_boot: Option<Vec<String>>,
    /// The boot list in the startup configuration of each unit, as found.
    pub startup_boot: BTreeMap<Role, Vec<String>>,
    /// The state link as found.
    pub state_link: StateLink,
    /// The interfaces of each unit as found.
    pub interfaces: BTreeMap<Role, BTreeMap<Text, Health>>,
    /// The service modules of each unit as found.
    pub modules: BTreeMap<Role, BTreeMap<Text, bool>>,
    /// Seconds that a reload typically takes until the unit is Standby Ready again, by its model. For the
    /// change window and for naming a unit that takes longer; never a deadline.
    pub reload_s: u64,
    /// The ways back from each pause, as long as going back is free.
    pub backs: Vec<Back>,
    /// What the caller accepted, by id.
    pub accepted: BTreeSet<String>,
    /// How carefully.
    pub policy: Policy,
}

/// A release on the way.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Stop {
    /// The release.
    pub version: AsaVersion,
    /// Its image; of the first stop, the file the pair boots now.
    pub image: Image,
    /// Which digest a unit computes *before* it runs this stop. `None`: it cannot, and the caller
    /// accepted `image.hash.unavailable` or gave no digest and accepted `image.digest.none`.
    pub check: Option<Algorithm>,
}

/// The way back from a pause, as it was planned.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Back {
    /// The hop, from 1.
    pub hop: usize,
    /// The point at which it turns round.
    pub pause: Pause,
    /// The release it leads back to.
    pub to: AsaVersion,
    /// Its state-changing lines, in order, each with the unit that runs it.
    pub lines: Vec<(Role, String)>,
}

/// A failover group and its way home.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Group {
    /// Who was active for it when the plan was made.
    pub found: Role,
    /// Who shall be active for it in the end.
    pub owner: Role,
    /// The unit it prefers, and the delay in seconds after which preempt takes it there.
    pub preempt: Option<(Role, u32)>,
}

/// Whether a unit prints these files and no others, in this order.
pub(crate) fn are_printed(files: &[&DiskFile], list: &[String]) -> bool {
    files.len() == list.len() && files.iter().zip(list).all(|(file, text)| file.is_printed(text))
}

impl Brief {
    /// The place of a release on the way.
    pub(crate) fn rung(&self, version: AsaVersion) -> Option<usize> {
        self.stops.iter().position(|stop| stop.version == version)
    }

    /// The last stop.
    pub(crate) fn summit(&self) -> usize {
        self.stops.len().saturating_sub(1)
    }

    /// The boot list a unit shall have before it is reloaded to `rung`: new first, old second.
    pub(crate) fn boot_list(&self, rung: usize) -> Vec<&DiskFile> {
        let of = |at: usize| self.stops.get(at).map(|stop| &stop.image.file);
        let (new, old) = (of(rung), rung.checked_sub(1).and_then(of));
        new.into_iter().chain(old.filter(|old| Some(*old) != new)).collect()
    }

    /// The way back from this pause, if there is one.
    pub(crate) fn back(&self, hop: usize, pause: Pause) -> Option<&Back> {
        self.backs.iter().find(|back| (back.hop, back.pause) == (hop, pause))
    }

    /// The role of a serial number, if it belongs to the pair.
    pub(crate) fn role(&self, serial: &Serial) -> Option<Role> {
        Role::BOTH.into_iter().find(|role| self.serials.get(role) == Some(serial))
    }

    /// The group that the addresses and the configuration follow: the unit, or group 1.
    pub(crate) fn leading_group(&self) -> GroupId {
        self.groups.keys().next().copied().unwrap_or(GroupId::UNIT)
    }

    /// Whether the pair is Active/Active.
    pub(crate) fn is_active_active(&self) -> bool {
        !self.groups.contains_key(&GroupId::UNIT)
    }

    /// How long a reboot may take.
    pub(crate) fn boot_s(&self) -> u64 {
        // The chassis is a row of its own; whatever stands beside it is a service module.
        if self.modules.values().any(|modules| modules.len() > 1) {
            self.policy.boot_with_module_s
        } else {
            self.policy.boot_s
        }
    }
}
