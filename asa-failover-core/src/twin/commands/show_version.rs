//! `show version` and what else names the unit.

use std::fmt::Write;

use super::super::Pair;
use super::super::clock::age;
use super::super::line::Place;
use crate::unit::Role;

impl Pair {
    pub(super) fn show_version(&self, place: &Place) -> String {
        let role = place.role;
        let unit = self.unit(role);
        let virtual_machine = self.spec.model == "ASAv";
        let space = match (self.spec.is_multiple(), place.context) {
            (false, _) => "",
            (true, None) => "<system>",
            (true, Some(_)) => "<context>",
        };
        let mut text = format!(
            "\nCisco Adaptive Security Appliance Software Version {} {space}\nDevice Manager Version 7.18(1)\n\n\
             Compiled on Wed 15-Dec-21 09:02 GMT by builders\n",
            unit.version
        );
        if place.context.is_none() {
            let folder = if virtual_machine { "boot:" } else { "disk0:" };
            let _ = writeln!(text, "System image file is \"{folder}/{}\"", unit.image);
        }
        text.push_str("Config file at boot was \"startup-config\"\n\n");
        let host = &unit.running.hostname;
        let _ = writeln!(text, "{host} up {}", age(unit.uptime(self.now).as_secs()));
        if unit.version.major >= 8 {
            let eldest =
                Role::BOTH.map(|role| self.spec.unit(role).uptime).into_iter().max().unwrap_or_default();
            let _ = writeln!(text, "failover cluster up {}", age((eldest + self.now).as_secs() + 86_400));
        }
        let model = &self.spec.model;
        if virtual_machine {
            text.push_str("\nHardware:   ASAv, 2048 MB RAM, CPU Lynnfield 3695 MHz,\nModel Id:   ASAv10\n\n");
            text.push_str("License mode: Smart Licensing\nASAv Platform License State: Licensed\n\n");
        } else {
            let _ = write!(
                text,
                "\nHardware:   {model}, 8192 MB RAM, CPU Lynnfield 2393 MHz, 1 CPU (4 cores)\n\
                 Internal ATA Compact Flash, 8192MB\nBIOS Flash M25P64 @ 0xfed01000, 16384KB\n\n\
                 \x200: Int: Internal-Data0/0    : address is 0000.5e00.5300, irq 11\n\
                 \x201: Ext: GigabitEthernet0/0  : address is 0000.5e00.5301, irq 5\n\n"
            );
            if place.context.is_none() {
                text.push_str(
                    "Licensed features for this platform:\n\
                     Maximum Physical Interfaces       : Unlimited      perpetual\n\
                     Failover                          : Active/Active  perpetual\n\
                     Security Contexts                 : 10             perpetual\n\n",
                );
            }
        }
        if place.context.is_none() {
            let _ = writeln!(text, "Serial Number: {}", unit.serial);
            if !virtual_machine {
                text.push_str(
                    "Running Permanent Activation Key: 0x00000000 0x00000000 0x00000000 0x00000000 0x00000000 \n\
                     Configuration register is 0x1\n",
                );
            }
        }
        if let Some(touched) = unit.touched {
            let date = self.date(touched).version();
            let _ = writeln!(text, "Configuration last modified by enable_15 at {date}");
        } else {
            text.push_str("Configuration has not been modified since last system restart.\n");
        }
        text
    }

    pub(super) fn show_inventory(&self, role: Role) -> String {
        let model = &self.spec.model;
        format!(
            "Name: \"Chassis\", DESCR: \"{model} chassis\"\nPID: {model}           , VID: V01     , SN: {}\n",
            self.unit(role).serial
        )
    }

    pub(super) fn show_mode(&self) -> String {
        let mode = if self.spec.is_multiple() { "multiple" } else { "single" };
        format!("Security context mode: {mode} \n")
    }

    pub(super) fn show_context(&self) -> String {
        let mut text = "Context Name      Class      Interfaces           Mode         URL\n".to_owned();
        for (index, context) in self.spec.contexts.iter().enumerate() {
            let mark = if index == 0 { '*' } else { ' ' };
            let name = &context.name;
            let vlan = format!("GigabitEthernet0/{index}");
            let _ = writeln!(text, "{mark}{name:<17}default    {vlan:<21}Routed       disk0:/{name}.cfg");
        }
        let _ = writeln!(text, "\nTotal active Security Contexts: {}", self.spec.contexts.len());
        text
    }
}
