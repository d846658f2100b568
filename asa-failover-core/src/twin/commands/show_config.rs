//! Parts of the running and the startup configuration.

use std::fmt::Write;

use super::super::Pair;
use super::super::chassis::Config;
use super::super::line::Place;
use super::super::spec::InterfaceSpec;
use crate::unit::{GroupId, Role};

/// `boot system disk0:/X`, one line an entry.
pub(super) fn boot_lines(boot: &[String]) -> String {
    boot.iter().fold(String::new(), |mut text, name| {
        let _ = writeln!(text, "boot system disk0:/{name}");
        text
    })
}

impl Pair {
    pub(super) fn show_running_config(&self, place: &Place) -> String {
        let unit = self.unit(place.role);
        self.configuration(place, &unit.running, ": Saved\n:\n")
    }

    pub(super) fn show_startup(&self, place: &Place) -> String {
        let unit = self.unit(place.role);
        let head = format!(": Saved\n: Written by enable_15 at {}\n!\n", self.date(self.now).version());
        self.configuration(place, &unit.startup, &head)
    }

    fn configuration(&self, place: &Place, config: &Config, head: &str) -> String {
        let version = self.unit(place.role).version;
        let system = if self.spec.is_multiple() && place.context.is_none() { " <system>" } else { "" };
        let mut text = format!("{head}ASA Version {version}{system}\n!\nhostname {}\n", config.hostname);
        if place.context.is_none() {
            text.push_str(&boot_lines(&config.boot));
            text.push_str(&self.failover_lines(place.role, config));
        }
        if let Some(asdm) = config.asdm.as_ref().filter(|_| place.context.is_none()) {
            let _ = writeln!(text, "asdm image disk0:/{asdm}");
        }
        let context = place.context.and_then(|index| self.spec.contexts.get(index));
        for index in &config.shut {
            let interface = self.spec.interfaces.get(*index);
            let here = interface.filter(|of| of.context.as_ref() == context.map(|context| &context.name));
            if let Some(InterfaceSpec { name, .. }) = here {
                let _ = writeln!(text, "!\ninterface GigabitEthernet0/{index}\n shutdown\n nameif {name}\n!");
            }
        }
        if config.width != 80 {
            let _ = writeln!(text, "terminal width {}", config.width);
        }
        let _ = writeln!(text, "Cryptochecksum:{}\n: end", self.checksum(place.role).replace(' ', ""));
        text
    }

    fn failover_lines(&self, role: Role, config: &Config) -> String {
        let on = if config.failover { "failover" } else { "no failover" };
        if !config.lan {
            return format!("{on}\n");
        }
        let unit = role.to_string().to_ascii_lowercase();
        let mut text =
            format!("{on}\nfailover lan unit {unit}\nfailover lan interface {}\n", self.spec.failover_link);
        if self.spec.stateful {
            let _ = writeln!(text, "failover link {}", self.spec.state_link);
        }
        let name = self.spec.failover_link.split(' ').next().unwrap_or_default();
        let _ =
            writeln!(text, "failover interface ip {name} 198.51.100.1 255.255.255.252 standby 198.51.100.2");
        for group in config.groups.iter().filter(|group| group.id != GroupId::UNIT) {
            let _ = writeln!(text, "failover group {}", group.id.number());
            if group.home == Role::Secondary {
                text.push_str("  secondary\n");
            }
            match group.preempt {
                None => {}
                Some(0) => text.push_str("  preempt\n"),
                Some(delay) => {
                    let _ = writeln!(text, "  preempt {delay}");
                }
            }
        }
        text
    }

    pub(super) fn show_config_failover(&self, role: Role) -> String {
        self.failover_lines(role, &self.unit(role).running)
    }

    pub(super) fn show_bootvar(&self, role: Role) -> String {
        let unit = self.unit(role);
        let list =
            |boot: &[String]| boot.iter().map(|name| format!("disk0:/{name}")).collect::<Vec<_>>().join(";");
        format!(
            "\nBOOT variable = {}\nCurrent BOOT variable = {}\nCONFIG_FILE variable = \n\
             Current CONFIG_FILE variable = \n",
            list(&unit.startup.boot),
            list(&unit.running.boot)
        )
    }

    pub(super) fn show_asdm(&self, role: Role) -> String {
        match &self.unit(role).running.asdm {
            Some(name) => format!("Device Manager image file, disk0:/{name}\n"),
            None => "Device Manager image file not set\n".to_owned(),
        }
    }
}
