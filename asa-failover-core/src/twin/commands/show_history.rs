//! `show failover state` and `show failover history`.

use std::fmt::Write;
use std::time::Duration;

use super::super::Pair;
use super::super::chassis::{Failure, Moment};
use super::super::clock::Date;
use super::super::doubt::{ConfigStates, MacState};
use super::super::texts;
use crate::unit::{GroupId, Role, Standing};

/// For how long MAC addresses that moved are new.
const MAC_SETTLES: Duration = Duration::from_secs(5);

impl Pair {
    pub(super) fn show_failover_state(&self, role: Role) -> String {
        let failures = &self.unit(role).failures;
        let mut text = "\n               State          Last Failure Reason      Date/Time\n".to_owned();
        for (who, of, failed) in
            [("This host  -", role, failures.own), ("Other host -", role.mate(), failures.mate)]
        {
            let _ = writeln!(text, "{who}   {of}");
            for group in self.unit(role).group_ids() {
                let standing = if of == role {
                    self.unit(role).standing(group).clone()
                } else {
                    self.seen_standing(role, group)
                };
                let (reason, date) = match failed {
                    Some(Failure::Silent(at)) => ("Comm Failure".to_owned(), self.date(at).failover()),
                    Some(Failure::Interface(at, _)) => ("Ifc Failure".to_owned(), self.date(at).failover()),
                    Some(Failure::Module(at)) => {
                        (self.worded(&texts::BY_MODULE, &[]), self.date(at).failover())
                    }
                    None => ("None".to_owned(), String::new()),
                };
                let label = match group {
                    GroupId::UNIT => String::new(),
                    group => format!("    Group {}", group.number()),
                };
                let line = format!("{label:<15}{standing:<15}{reason:<25}{date}");
                let _ = writeln!(text, "{}", line.trim_end());
                if let Some(Failure::Interface(_, index)) = failed {
                    text.push_str(&self.failed_interface(index, group));
                }
            }
        }
        text.push_str("\n====Configuration State===\n");
        let synced = self.unit(role).synced;
        if synced.as_active || self.sends_config(role) {
            let word = if self.sends_config(role) { "Config Syncing" } else { "Sync Done" };
            let _ = writeln!(text, "\t{word}");
        }
        let all = self.spec.config_states == ConfigStates::All;
        let receives = match self.unit(role).standing(self.lead()) {
            Standing::ColdStandby | Standing::AppSync => Some("Sync Required"),
            Standing::SyncConfig if self.names_every_state(role) => Some("Interface Config Syncing"),
            Standing::SyncConfig => Some("Config Syncing"),
            Standing::SyncFileSystem | Standing::BulkSync if all => Some("Config Sync Ready"),
            Standing::SyncFileSystem | Standing::BulkSync | Standing::StandbyReady if synced.skipped => {
                Some("Sync Skipped")
            }
            Standing::SyncFileSystem | Standing::BulkSync => Some("Sync Done"),
            _ if synced.as_standby => Some("Sync Done"),
            _ => None,
        };
        if let Some(word) = receives {
            let _ = writeln!(text, "\t{word} - STANDBY");
        }
        let mac = if self.mac_is_new(role) { "Updated Mac" } else { "Mac set" };
        let _ = writeln!(text, "====Communication State===\n\t{mac}\n");
        text
    }

    /// Whether a configuration is in the second half of its way, and that has a name of its own.
    fn names_every_state(&self, role: Role) -> bool {
        let half = self.unit(role).taking_since + self.spec.timings.sync_config / 2;
        self.spec.config_states == ConfigStates::All && self.now >= half
    }

    /// Whether a unit that has just become active is still telling its MAC addresses.
    fn mac_is_new(&self, role: Role) -> bool {
        let lead = self.lead();
        let here = self.unit(role).groups.iter().find(|here| here.id == lead);
        let changed = here.filter(|here| here.standing == Standing::Active).map(|here| here.changed);
        let new = matches!(changed, Some(Moment::At(at)) if self.now < at + MAC_SETTLES);
        new && self.spec.mac_state == MacState::UpdatedFirst
    }

    /// The line below a group of the interface that its unit last failed by; where none is known, the first.
    fn failed_interface(&self, index: Option<usize>, group: GroupId) -> String {
        let mut monitored = self.spec.interfaces.iter().filter(|interface| interface.monitored);
        let interface = match index {
            Some(index) => self.spec.interfaces.get(index),
            None => monitored.next(),
        };
        let Some(interface) = interface.filter(|interface| self.group_of(interface) == group) else {
            return String::new();
        };
        let context = interface.context.as_ref().map_or_else(String::new, |context| format!("{context} "));
        format!("{:30}{context}{}: Failed\n", "", interface.name)
    }

    pub(super) fn show_failover_history(&self, role: Role) -> String {
        let bar = "=".repeat(74);
        let grouped = self.lead() != GroupId::UNIT;
        let head = if grouped { "Group     " } else { "" };
        let mut text = format!("{bar}\n{head}{:<27}{:<27}Reason\n{bar}\n", "From State", "To State");
        for row in &self.unit(role).table {
            let number = if grouped { format!("    {:<6}", row.group.number()) } else { String::new() };
            let date = Date::of(self.spec.clock + row.at.as_secs()).failover();
            let _ = write!(
                text,
                "{date}\n{number}{:<27}{:<27}{}\n\n",
                row.from,
                row.to,
                self.worded(row.reason, &[])
            );
        }
        let _ = writeln!(text, "{bar}");
        text
    }

    pub(super) fn show_conn(&self, role: Role) -> String {
        let unit = self.unit(role);
        let ready = unit
            .group_ids()
            .iter()
            .any(|group| matches!(unit.standing(*group), Standing::Active | Standing::StandbyReady));
        let serves = unit.group_ids().iter().any(|group| unit.is_active(*group));
        let used = match (ready, self.spec.stateful && self.links.state) {
            (false, _) => 0,
            (true, false) if !serves => 0,
            _ => self.spec.connections,
        };
        format!("{used} in use, {} most used\n", self.spec.connections.saturating_mul(3))
    }

    /// A checksum that follows from the configuration alone.
    pub(super) fn checksum(&self, role: Role) -> String {
        let config = &self.unit(role).running;
        let seed = format!("{config:?}");
        let mut words = [0x811c_9dc5_u32, 0x0100_0193, 0x9e37_79b9, 0x85eb_ca6b];
        for byte in seed.bytes() {
            for word in &mut words {
                *word = (*word ^ u32::from(byte)).wrapping_mul(0x0100_0193).rotate_left(5);
            }
        }
        words.map(|word| format!("{word:08x}")).join(" ")
    }
}
