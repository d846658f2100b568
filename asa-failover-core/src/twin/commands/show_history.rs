//! `show failover state` and `show failover history`.

use std::fmt::Write;

use super::super::Pair;
use super::super::chassis::Failure;
use super::super::clock::Date;
use crate::unit::{GroupId, Role, Standing};

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
                    Some(Failure::Silent(at)) => ("Comm Failure", self.date(at).failover()),
                    Some(Failure::Interface(at)) => ("Ifc Failure", self.date(at).failover()),
                    None => ("None", String::new()),
                };
                let label = match group {
                    GroupId::UNIT => String::new(),
                    group => format!("    Group {}", group.number()),
                };
                let line = format!("{label:<15}{standing:<15}{reason:<25}{date}");
                let _ = writeln!(text, "{}", line.trim_end());
            }
        }
        text.push_str("\n====Configuration State===\n");
        let synced = self.unit(role).synced;
        if synced.as_active || self.sends_config(role) {
            let word = if self.sends_config(role) { "Config Syncing" } else { "Sync Done" };
            let _ = writeln!(text, "\t{word}");
        }
        let receives = match self.unit(role).standing(self.lead()) {
            Standing::ColdStandby | Standing::AppSync => Some("Sync Required"),
            Standing::SyncConfig => Some("Config Syncing"),
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
        text.push_str("====Communication State===\n\tMac set\n\n");
        text
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
