//! From what a reader read to what a decision asks.

use std::collections::BTreeMap;

use super::observed::{Build, Flash, Health, Preempts, Sight, Standings, StateLink};
use crate::flash::DiskFile;
use crate::goal::Digest;
use crate::show::{self, Block, InterfaceStatus, Monitoring, Reading, Side};
use crate::text::Text;
use crate::unit::Role;

impl Sight {
    /// What `show failover` of a unit means for the guards.
    pub fn of(reading: &Reading<show::Failover>) -> Self {
        let failover = &reading.value;
        let groups = failover.group_ids().into_iter().filter_map(|group| {
            let own = failover.standing(Side::This, group)?.clone();
            let mate = failover.standing(Side::Other, group)?.clone();
            let changed = failover.changed(group).cloned();
            Some((group, Standings { own, mate, changed }))
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
            serials: failover.serials.as_ref().map(|serials| {
                (serials.ours.as_str().into(), serials.mate.as_ref().map(|mate| mate.as_str().into()))
            }),
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
fn worst<T: Copy>(rows: impl Iterator<Item = (Text, T)>, of: impl Fn(T, T) -> T) -> BTreeMap<Text, T> {
    let mut worst = BTreeMap::new();
    for (name, value) in rows {
        worst.entry(name).and_modify(|known| *known = of(*known, value)).or_insert(value);
    }
    worst
}

fn modules(failover: &show::Failover) -> impl Iterator<Item = (Text, bool)> {
    let own = failover.modules.iter().filter(|module| module.host == Side::This);
    own.filter_map(|module| {
        Some((format!("{} {}", module.slot, module.model.as_ref()?).into(), is_up(&module.status)))
    })
}

fn full_name(interface: &show::Interface) -> Text {
    match &interface.context {
        Some(context) => format!("{context}/{}", interface.name).into(),
        None => interface.name.clone(),
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

/// Each failover group with the unit it prefers, the primary where nothing is said of it, and the delay of its preempt in
/// seconds, if it has one; 0: `preempt` alone.
///
/// # Errors
///
/// A delay that no unit takes is none.
pub(crate) fn preempts(running: &show::RunningFailover) -> Result<Preempts, String> {
    let of = |group: &show::GroupConfig| {
        let delay_s = u32::try_from(group.preempt_delay_seconds.unwrap_or(0));
        let delay_s =
            delay_s.map_err(|_| format!("the preempt delay of {} is out of range", group.number))?;
        let home = group.role.unwrap_or(Role::Primary);
        Ok((group.number, group.preempt.then_some((home, delay_s))))
    };
    running.groups.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::GroupId;

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

    /// The pair as one unit prints it, changed in one line.
    fn printed(line: &str, instead: &str) -> Sight {
        let text = "Failover On \n\
            Failover unit Primary\n\
            Failover LAN Interface: folink GigabitEthernet0/7 (up)\n\
            failover replication http\n\
            \x20       This host: Primary - Active \n\
            \x20               Active time: 34 (sec)\n\
            \x20               slot 0: ASA5525 hw/sw rev (1.0/9.8(4)) status (Up Sys)\n\
            \x20               slot 1: SFR5525 hw/sw rev (N/A/5.3.1-152) status (Up/Up)\n\
            \x20                 Interface inside (192.0.2.1): Normal (Monitored)\n\
            \x20       Other host: Secondary - Standby Ready \n\
            \x20               Active time: 0 (sec)\n\
            \x20               slot 1: IPS5525 hw/sw rev (N/A/5.3.1-152) status (Up/Up)\n\
            \x20                 Interface dmz (192.0.2.2): Normal (Monitored)\n\
            \n\
            Stateful Failover Logical Update Statistics\n\
            \tLink : statelink GigabitEthernet0/6 (up)\n\
            \tStateful Obj \txmit       xerr       rcv        rerr      \n\
            \tGeneral\t\t7          2          9          3         \n\
            \tsys cmd  \t7          0          7          1         \n";
        assert!(text.contains(line), "{line}");
        Sight::of(&show::failover(&text.replacen(line, instead, 1)).unwrap())
    }

    /// Of the unit that prints it alone: what it shows of its mate is the mate's to say.
    #[test]
    fn a_unit_speaks_for_itself() {
        let sight = printed("", "");
        assert!(sight.enabled && sight.lan_up && sight.http_replication && !sight.garbled);
        assert_eq!(sight.role, Some(Role::Primary));
        assert_eq!(sight.interfaces.into_iter().collect::<Vec<_>>(), [("inside".into(), Health::Normal)]);
        let modules = [("0 ASA5525".into(), true), ("1 SFR5525".into(), true)];
        assert_eq!(sight.modules.into_iter().collect::<Vec<_>>(), modules);
        assert_eq!(sight.state_errors, 6, "of every row, sent and received");
        // A line that is not understood is a doubt where it stands among the states.
        assert!(printed("34 (sec)", "34 (sec)\n                Something odd: 7").garbled);
        assert!(!printed("Failover On ", "Failover On \nSomething odd: 7").garbled);
        // Who speaks is said twice, and both have to agree.
        assert_eq!(printed("unit Primary", "unit Secondary").role, None);
        assert!(printed("This host: Primary", "This host: Secondary").role.is_none());
    }

    #[test]
    fn a_link_is_up_when_it_says_so() {
        assert_eq!(printed("", "").state_link, StateLink::Up);
        assert_eq!(
            printed("GigabitEthernet0/6 (up)", "GigabitEthernet0/6 (down)").state_link,
            StateLink::Down
        );
        assert!(!printed("GigabitEthernet0/7 (up)", "GigabitEthernet0/7 (down)").lan_up);
        assert!(!printed("GigabitEthernet0/7 (up)", "GigabitEthernet0/7 (Failed)").lan_up);
    }

    /// Normal is what is monitored and hears its mate, or what is not monitored at all.
    #[test]
    fn an_interface_is_as_healthy_as_it_says() {
        let health = |status: &str| {
            let sight = printed("192.0.2.1): Normal (Monitored)", &format!("192.0.2.1): {status}"));
            sight.interfaces.get("inside").copied()
        };
        assert_eq!(health("Normal (Monitored)"), Some(Health::Normal));
        assert_eq!(health("Normal (Not-Monitored)"), Some(Health::Normal));
        assert_eq!(health("Normal (Waiting)"), Some(Health::Waiting));
        assert_eq!(health("Failed (Monitored)"), Some(Health::Other));
        assert_eq!(health("Link Down (Not-Monitored)"), Some(Health::Other));
        assert_eq!(health("No Link (Waiting)"), Some(Health::Other));
    }

    #[test]
    fn a_module_is_up_or_it_is_not() {
        let up = |status: &str| printed("(Up/Up)", status).modules.get("1 SFR5525").copied();
        assert_eq!(up("(Up/Up)"), Some(true));
        assert_eq!(up("(Up/Down)"), Some(false));
        assert_eq!(up("(Unresponsive)"), Some(false));
        let chassis = printed("(Up Sys)", "(Down Sys)").modules.get("0 ASA5525").copied();
        assert_eq!(chassis, Some(false));
    }

    /// Bit 6 leaves the startup configuration unread, and a boot field of 0 stops in the boot monitor.
    #[test]
    fn a_register_reads_the_startup_configuration_or_not() {
        for (register, reads) in [
            ("0x1", true),
            ("0x2", true),
            ("0x2101", true),
            ("0x41", false),
            ("0x2141", false),
            ("0x40", false),
            ("0x0", false),
            ("0x10", false),
            ("1", false),
            ("0xg", false),
            ("", false),
        ] {
            assert_eq!(reads_startup(register), reads, "{register:?}");
        }
    }

    /// `flash:/X` and `disk0:/X` are one file; what is none on flash stays as it is printed.
    #[test]
    fn a_boot_entry_has_one_spelling() {
        let printed = ["flash:/a.bin", "disk0:/a.bin", "disk1:/b.bin", "tftp://192.0.2.9/c.bin"];
        let spelled = ["disk0:/a.bin", "disk0:/a.bin", "disk1:/b.bin", "tftp://192.0.2.9/c.bin"];
        assert_eq!(boot_entries(&printed.map(str::to_owned)), spelled);
    }

    /// A delay that no unit takes is none that could be put back.
    #[test]
    fn preempt_has_a_delay_that_a_unit_takes() {
        let of = |delay: &str| {
            let text =
                format!("failover\nfailover group 1\n  preempt {delay}\nfailover group 2\n  secondary\n");
            preempts(&show::running_failover(&text).unwrap().value)
        };
        let groups = |home, delay_s| {
            BTreeMap::from([(GroupId::new(1), Some((home, delay_s))), (GroupId::new(2), None)])
        };
        assert_eq!(of(""), Ok(groups(Role::Primary, 0)));
        assert_eq!(of("45"), Ok(groups(Role::Primary, 45)));
        assert_eq!(of("45\n  secondary"), Ok(groups(Role::Secondary, 45)));
        assert_eq!(of("4294967296"), Err("the preempt delay of group 1 is out of range".to_owned()));
    }
}
