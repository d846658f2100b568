//! From what a reader read to what a decision asks.

use std::collections::BTreeMap;

use super::observed::{Build, Flash, Health, Sight, Standings, StateLink};
use crate::flash::DiskFile;
use crate::goal::Digest;
use crate::show::{self, Block, InterfaceStatus, Monitoring, Reading, Side};
use crate::unit::GroupId;

impl Sight {
    /// What `show failover` of a unit means for the guards.
    pub fn of(reading: &Reading<show::Failover>) -> Self {
        let failover = &reading.value;
        let groups = failover.group_ids().into_iter().filter_map(|group| {
            let own = failover.standing(Side::This, group)?.clone();
            let mate = failover.standing(Side::Other, group)?.clone();
            Some((group, Standings { own, mate }))
        });
        let own_interfaces = failover.interfaces.iter().filter(|interface| interface.host == Side::This);
        let role = failover.this_host.as_ref().map(|host| host.role);
        Self {
            enabled: failover.enabled,
            // The header and the host line must agree on who is speaking.
            role: role.filter(|role| failover.unit.is_none_or(|unit| unit == *role)),
            lan_up: failover.lan_link.as_ref().is_some_and(|link| link.status == "up"),
            state_link: match &failover.state_link {
                None => StateLink::Absent,
                Some(link) if link.status == "up" => StateLink::Up,
                Some(_) => StateLink::Down,
            },
            groups: groups.collect(),
            versions: failover
                .versions
                .as_ref()
                .map(|versions| (versions.ours.to_string(), versions.mate.as_ref().map(ToString::to_string))),
            serials: failover
                .serials
                .as_ref()
                .map(|serials| (serials.ours.to_string(), serials.mate.as_ref().map(ToString::to_string))),
            garbled: reading.unread.iter().any(|line| line.block == Block::Host),
            interfaces: worst(
                own_interfaces.map(|interface| (full_name(interface), health(interface))),
                Ord::max,
            ),
            modules: worst(modules(failover), |one, other| one && other),
            state_errors: failover
                .statistics
                .iter()
                .map(|row| row.xerr.saturating_add(row.rerr))
                .fold(0, u64::saturating_add),
            http_replication: failover.http_replication,
        }
    }
}

/// A row that is printed twice counts as the worse of the two.
fn worst<T: Copy>(rows: impl Iterator<Item = (String, T)>, of: impl Fn(T, T) -> T) -> BTreeMap<String, T> {
    let mut worst = BTreeMap::new();
    for (name, value) in rows {
        worst.entry(name).and_modify(|known| *known = of(*known, value)).or_insert(value);
    }
    worst
}

fn modules(failover: &show::Failover) -> impl Iterator<Item = (String, bool)> {
    let own = failover.modules.iter().filter(|module| module.host == Side::This);
    own.filter_map(|module| {
        Some((format!("{} {}", module.slot, module.model.as_ref()?), is_up(&module.status)))
    })
}

fn full_name(interface: &show::Interface) -> String {
    match &interface.context {
        Some(context) => format!("{context}/{}", interface.name),
        None => interface.name.to_string(),
    }
}

fn health(interface: &show::Interface) -> Health {
    match (&interface.status, &interface.monitoring) {
        (InterfaceStatus::Normal, None | Some(Monitoring::Monitored | Monitoring::NotMonitored)) => {
            Health::Normal
        }
        (InterfaceStatus::Normal, Some(Monitoring::Waiting)) => Health::Waiting,
        _ => Health::Other,
    }
}

fn is_up(status: &str) -> bool {
    matches!(status, "Up Sys" | "Up/Up")
}

impl Build {
    /// What `show version` of a unit means for the guards.
    pub fn of(version: &show::Version) -> Self {
        Self {
            version: version.version.value().copied(),
            serial: version.serial.as_ref().and_then(|serial| serial.value().cloned()),
            uptime: version.uptime_range(),
            register_good: version.config_register_next().is_none_or(reads_startup),
            in_user_context: version.space == Some(show::Space::Context),
        }
    }
}

/// Bit 6 of the register makes a unit ignore its startup configuration: it comes up with no failover.
fn reads_startup(register: &str) -> bool {
    register
        .strip_prefix("0x")
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .is_some_and(|register| register & 0x40 == 0 && register & 0xf != 0)
}

impl Flash {
    /// What `dir` of a unit means for the guards.
    pub fn of(dir: &show::Dir) -> Self {
        let files = dir.files.iter().filter(|file| file.kind == show::FileKind::File);
        Self { files: files.map(|file| (file.name.clone(), file.size)).collect(), free: dir.free_bytes }
    }
}

/// The digest that `verify` printed, if it is one.
pub(crate) fn digest_of(verify: &show::Verify) -> Option<Digest> {
    verify.digest.as_ref()?.parse().ok()
}

/// Boot entries in one spelling: `flash:/X` is `disk0:/X`. What is no file on flash stays as it is.
pub(crate) fn boot_entries(entries: &[String]) -> Vec<String> {
    let spelled =
        |entry: &String| entry.parse::<DiskFile>().map_or_else(|_| entry.clone(), |file| file.to_string());
    entries.iter().map(spelled).collect()
}

/// Each failover group with the delay of its preempt in seconds, if it has one; 0: `preempt` alone.
///
/// # Errors
///
/// A delay that no unit takes is none.
pub(crate) fn preempts(running: &show::RunningFailover) -> Result<BTreeMap<GroupId, Option<u32>>, String> {
    let of = |group: &show::GroupConfig| {
        let delay_s = u32::try_from(group.preempt_delay_seconds.unwrap_or(0));
        let delay_s =
            delay_s.map_err(|_| format!("the preempt delay of {} is out of range", group.number))?;
        Ok((group.number, group.preempt.then_some(delay_s)))
    };
    running.groups.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A good row behind a bad one of the same name does not hide it.
    #[test]
    fn a_row_that_is_printed_twice_counts_as_the_worse() {
        let text = "Failover On \n\
            Failover unit Primary\n\
            Failover LAN Interface: folink GigabitEthernet0/7 (up)\n\
            \x20       This host: Primary - Active \n\
            \x20               Active time: 34 (sec)\n\
            \x20               slot 1: SFR5525 hw/sw rev (N/A/5.3.1-152) status (Down/Up)\n\
            \x20               slot 1: SFR5525 hw/sw rev (N/A/5.3.1-152) status (Up/Up)\n\
            \x20                 Interface inside (192.0.2.1): Failed (Waiting)\n\
            \x20                 Interface inside (192.0.2.1): Normal (Monitored)\n\
            \x20       Other host: Secondary - Standby Ready \n\
            \x20               Active time: 0 (sec)\n";
        let sight = Sight::of(&show::failover(text).unwrap());
        assert_eq!(sight.interfaces.get("inside"), Some(&Health::Other));
        assert_eq!(sight.modules.get("1 SFR5525"), Some(&false));
    }
}
