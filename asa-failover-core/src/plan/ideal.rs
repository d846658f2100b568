//! The ideal pair: does at once, or after its typical time, what it is told. For unrolling a plan.

use std::collections::BTreeMap;

use crate::command::Command;
use crate::decide::{
    Brief, Build, Checked, Flash, Group, Observed, Send, Sight, Standings, StateLink, boot_entries,
    pair_of_mut,
};
use crate::elapsed::{At, Elapsed};
use crate::flash::DiskFile;
use crate::pair::Pair;
use crate::unit::{GroupId, Role, Standing};
use crate::version::AsaVersion;

#[derive(Clone)]
pub(super) struct Ideal {
    units: BTreeMap<Role, Unit>,
    active: BTreeMap<GroupId, Role>,
    /// Delays of preempt in the running configuration, in seconds.
    preempt: BTreeMap<GroupId, u32>,
    /// When it was last looked at.
    now: Elapsed,
    /// Groups that preempt is going to move, and when.
    preempting: Vec<(Elapsed, GroupId, Role)>,
    http_replication: bool,
}

#[derive(Clone)]
struct Unit {
    version: Option<AsaVersion>,
    /// Seconds of uptime at the beginning of the plan, and when it rebooted since.
    uptime_s: u64,
    rebooted: Option<Elapsed>,
    /// By the number of the file system.
    flash: BTreeMap<u8, Flash>,
    running_boot: Vec<String>,
    startup_boot: Vec<String>,
}

impl Unit {
    /// Seconds since its software started.
    fn uptime(&self, now: Elapsed) -> u64 {
        match self.rebooted {
            Some(at) => now.since(at).as_secs(),
            None => self.uptime_s.saturating_add(now.as_millis() / 1000),
        }
    }
}

impl Ideal {
    pub(super) fn new(brief: &Brief, pair: &Pair) -> Self {
        let units = pair.units().map(|unit| {
            let boot = |list: Option<&Vec<String>>| list.map(|list| boot_entries(list)).unwrap_or_default();
            let ideal = Unit {
                version: unit.version.value.version.value().copied(),
                uptime_s: unit.version.value.uptime_seconds.unwrap_or(86_400),
                rebooted: None,
                flash: (0..=1).filter_map(|disk| Some((disk, Flash::of(unit.listing(disk)?)))).collect(),
                running_boot: boot(unit.running_boot.as_ref().map(|boot| &boot.system)),
                startup_boot: boot(unit.startup_boot.as_ref().map(|boot| &boot.system)),
            };
            (unit.role, ideal)
        });
        Self {
            units: units.collect(),
            active: brief.groups.iter().map(|(id, group)| (*id, group.found)).collect(),
            preempt: brief.groups.iter().filter_map(|(id, group)| Some((*id, group.preempt?.1))).collect(),
            now: Elapsed::ZERO,
            preempting: Vec::new(),
            http_replication: pair.primary.failover.value.http_replication,
        }
    }

    /// The same pair with time beginning anew: a plan for it begins at zero.
    pub(super) fn standing_still(&self) -> Self {
        let mut still = self.clone();
        for unit in still.units.values_mut() {
            unit.uptime_s = unit.uptime(self.now);
            unit.rebooted = None;
        }
        still.preempting.clear();
        still.now = Elapsed::ZERO;
        still
    }

    /// What a unit runs.
    pub(super) fn version(&self, role: Role) -> Option<AsaVersion> {
        self.units.get(&role)?.version
    }

    /// The boot list of the running configuration of a unit.
    pub(super) fn running_boot(&self, role: Role) -> Option<&Vec<String>> {
        Some(&self.units.get(&role)?.running_boot)
    }

    /// The boot list of the startup configuration of a unit.
    pub(super) fn startup_boot(&self, role: Role) -> Option<&Vec<String>> {
        Some(&self.units.get(&role)?.startup_boot)
    }

    /// Who is active for a group.
    pub(super) fn active(&self, group: GroupId) -> Option<Role> {
        self.active.get(&group).copied()
    }

    /// The delay of a group's preempt in the running configuration, if it has one.
    pub(super) fn preempt_of(&self, group: GroupId) -> Option<u32> {
        self.preempt.get(&group).copied()
    }

    /// The size of a file that both units list alike.
    pub(super) fn size(&self, file: &DiskFile) -> Option<u64> {
        let mut sizes = self.units.values().map(|unit| unit.flash.get(&file.disk_number())?.size(file));
        let first = sizes.next()??;
        sizes.all(|size| size == Some(first)).then_some(first)
    }

    /// Answers a reading.
    pub(super) fn read(
        &mut self,
        brief: &Brief,
        role: Role,
        command: &Command,
        observed: &mut [Observed; 2],
        now: Elapsed,
    ) {
        self.preempt(now);
        let Some(unit) = self.units.get(&role) else { return };
        let seen = pair_of_mut(observed, role);
        seen.silent = None;
        match command {
            Command::ShowFailover => seen.sight = Some(At::new(now, self.sight(brief, role).into())),
            Command::ShowVersion => seen.build = Some(At::new(now, Self::build(brief, role, unit, now))),
            Command::Dir { disk } => {
                let flash = unit.flash.get(disk).cloned().unwrap_or_default();
                seen.flash.insert(*disk, At::new(now, flash));
            }
            Command::ShowRunningBoot => {
                seen.running_boot = Some(At::new(now, unit.running_boot.clone().into()));
            }
            Command::ShowStartupBoot => {
                seen.startup_boot = Some(At::new(now, unit.startup_boot.clone().into()));
            }
            Command::ShowRunningFailover => {
                let shown = |(id, group): (&GroupId, &Group)| {
                    let home = group.preempt.map_or(Role::Primary, |(home, _)| home);
                    (*id, self.preempt_of(*id).map(|delay_s| (home, delay_s)))
                };
                seen.running_preempt = Some(At::new(now, brief.groups.iter().map(shown).collect()));
            }
            Command::ShowReload => seen.reload_scheduled = Some(At::new(now, false)),
            Command::ShowConnCount => seen.connections = Some(At::new(now, 0)),
            Command::Verify { algorithm, file } => {
                let image = brief.stops.iter().map(|stop| &stop.image).find(|image| image.file == *file);
                let digest = image.and_then(|image| image.digest(*algorithm)).cloned();
                let checked = Checked {
                    size: unit.flash.get(&file.disk_number()).and_then(|flash| flash.size(file)),
                    digest,
                };
                seen.digests.insert(file.clone(), At::new(now, checked));
            }
            _ => {}
        }
    }

    fn sight(&self, brief: &Brief, role: Role) -> Sight {
        let standing = |group: &GroupId, role: Role| {
            if self.active.get(group) == Some(&role) { Standing::Active } else { Standing::StandbyReady }
        };
        let groups = brief.groups.keys().map(|group| {
            let (own, mate) = (standing(group, role), standing(group, role.mate()));
            (*group, Standings { own, mate, changed: None })
        });
        Sight {
            enabled: true,
            role: Some(role),
            lan_up: true,
            state_link: brief.state_link,
            groups: groups.collect(),
            serials: None,
            garbled: false,
            interfaces: brief.interfaces.get(&role).cloned().unwrap_or_default(),
            modules: brief.modules.get(&role).cloned().unwrap_or_default(),
            state_errors: 0,
            http_replication: self.http_replication && brief.state_link == StateLink::Up,
        }
    }

    fn build(brief: &Brief, role: Role, unit: &Unit, now: Elapsed) -> Build {
        let uptime = unit.uptime(now);
        Build {
            version: unit.version,
            serial: brief.serials.get(&role).cloned(),
            uptime: Some((uptime, uptime)),
            register_good: true,
            in_user_context: false,
        }
    }

    /// Carries a command out.
    pub(super) fn obey(&mut self, brief: &Brief, send: &Send, now: Elapsed) {
        match &send.command {
            Command::Copy { to, .. } => {
                let size =
                    brief.stops.iter().find(|stop| stop.image.file == *to).and_then(|stop| stop.image.size);
                if let Some(unit) = self.units.get_mut(&send.unit) {
                    let flash = unit.flash.entry(to.disk_number()).or_default();
                    flash.files.insert(to.path().to_owned(), size.unwrap_or(0));
                }
            }
            Command::BootSystem(file) => self.each(|unit| unit.running_boot.push(file.to_string())),
            Command::NoBootSystem(file) => {
                self.each(|unit| unit.running_boot.retain(|entry| *entry != file.to_string()));
            }
            Command::NoPreempt { group, .. } => {
                self.preempt.remove(group);
            }
            Command::Preempt { group, delay_s } => {
                self.preempt.insert(*group, *delay_s);
            }
            Command::WriteMemory | Command::WriteMemoryAll => {
                self.each(|unit| unit.startup_boot = unit.running_boot.clone());
            }
            Command::ReloadStandby | Command::Reload => self.reload(brief, send, now),
            Command::NoFailoverActive(group) => {
                self.active.insert(*group, send.unit.mate());
            }
            Command::FailoverActive(group) => {
                self.active.insert(*group, send.unit);
            }
            Command::NoFailoverActiveAll => self.all(send.unit.mate()),
            Command::FailoverActiveAll => self.all(send.unit),
            _ => {}
        }
    }

    fn each(&mut self, change: impl Fn(&mut Unit)) {
        self.units.values_mut().for_each(change);
    }

    fn all(&mut self, role: Role) {
        self.active.values_mut().for_each(|active| *active = role);
    }

    fn reload(&mut self, brief: &Brief, send: &Send, now: Elapsed) {
        let version = brief.stops.get(send.rung).map(|stop| stop.version);
        let back = now.after(std::time::Duration::from_secs(brief.reload_s));
        if let Some(unit) = self.units.get_mut(&send.target) {
            unit.version = version;
            unit.rebooted = Some(now);
        }
        for (id, group) in &brief.groups {
            if let (Some((home, _)), Some(delay_s)) = (group.preempt, self.preempt_of(*id))
                && home == send.target
                && self.active.get(id) != Some(&home)
            {
                self.preempting.push((back.after(std::time::Duration::from_secs(delay_s.into())), *id, home));
            }
        }
    }

    fn preempt(&mut self, now: Elapsed) {
        self.now = now;
        let (due, later) = std::mem::take(&mut self.preempting).into_iter().partition(|(at, ..)| *at <= now);
        self.preempting = later;
        let due: Vec<(Elapsed, GroupId, Role)> = due;
        for (_, group, home) in due.into_iter().filter(|(_, group, _)| self.preempt.contains_key(group)) {
            self.active.insert(group, home);
        }
    }
}
