//! `show failover`, by release and mode.

use std::fmt::Write;
use std::time::Duration;

use super::super::Pair;
use super::super::health::{ModuleState, PortState};
use super::super::line::Place;
use super::super::spec::InterfaceSpec;
use crate::unit::{GroupId, Role, Standing};
use crate::version::AsaVersion;

/// Rows of the statistics, each with the first release that has it.
const STATISTICS: [(&str, (u16, u16)); 28] = [
    ("General", (7, 0)),
    ("sys cmd", (7, 0)),
    ("up time", (7, 0)),
    ("RPC services", (7, 0)),
    ("TCP conn", (7, 0)),
    ("UDP conn", (7, 0)),
    ("ARP tbl", (7, 0)),
    ("Xlate_Timeout", (7, 0)),
    ("IPv6 ND tbl", (8, 4)),
    ("VPN IKEv1 SA", (8, 4)),
    ("VPN IKEv1 P2", (8, 4)),
    ("VPN IKEv2 SA", (8, 4)),
    ("VPN IKEv2 P2", (8, 4)),
    ("VPN CTCP upd", (7, 0)),
    ("VPN SDI upd", (7, 0)),
    ("VPN DHCP upd", (7, 0)),
    ("SIP Session", (7, 0)),
    ("SIP Tx", (9, 0)),
    ("SIP Pinhole", (9, 0)),
    ("Route Session", (8, 4)),
    ("Router ID", (9, 0)),
    ("User-Identity", (8, 4)),
    ("CTS SGTNAME", (9, 0)),
    ("CTS PAC", (9, 0)),
    ("TrustSec-SXP", (9, 0)),
    ("IPv6 Route", (9, 0)),
    ("STS Table", (9, 0)),
    ("Umbrella Device-ID", (9, 12)),
];

/// The width of a statistic's name.
const COLUMN: &str = "                ";
const HEADINGS: &str = "xmit       xerr       rcv        rerr      \n";
const NOTHING: &str = "0          0          0          0         \n";

impl Pair {
    pub(super) fn show_failover(&self, place: &Place) -> String {
        let role = place.role;
        let unit = self.unit(role);
        let train = (unit.version.major, unit.version.minor);
        let mut text = String::new();
        text.push_str(match (unit.running.failover, unit.is_active(self.lead())) {
            (true, _) => "Failover On \n",
            (false, true) => "Failover Off \n",
            (false, false) => "Failover Off (pseudo-Standby)\n",
        });
        if train < (8, 0) {
            text.push_str("Cable status: N/A - LAN-based failover enabled\n");
        }
        let link = match self.links.failover {
            _ if !unit.running.lan => "not Configured".to_owned(),
            true => format!("{} (up)", self.spec.failover_link),
            false => format!("{} (Failed - No Switchover)", self.spec.failover_link),
        };
        let _ = writeln!(text, "Failover unit {role}\nFailover LAN Interface: {link}");
        if train >= (9, 5) {
            text.push_str("Reconnect timeout 0:00:00\n");
        }
        let hold = self.spec.timings.hold.as_secs();
        let _ = writeln!(text, "Unit Poll frequency 1 seconds, holdtime {hold} seconds");
        let timings = &self.spec.timings;
        let seconds = (timings.interface_silence + timings.interface_tests).as_secs();
        let interface_hold =
            if train == (7, 0) { String::new() } else { format!(", holdtime {seconds} seconds") };
        let monitored = self.spec.interfaces.iter().filter(|interface| interface.monitored).count();
        let _ = writeln!(
            text,
            "Interface Poll frequency 5 seconds{interface_hold}\nInterface Policy 1\n\
             Monitored Interfaces {monitored} of 160 maximum"
        );
        if train >= (9, 0) {
            text.push_str("MAC Address Move Notification Interval not set\n");
        }
        if !unit.running.failover {
            return text;
        }
        let grouped = self.lead() != GroupId::UNIT;
        if train > (7, 0) || !grouped {
            let mate =
                self.mate_version(role).map_or_else(|| "Unknown".to_owned(), |version| version.to_string());
            let _ = writeln!(text, "Version: Ours {}, Mate {mate}", unit.version);
        }
        if unit.version >= AsaVersion::new(9, 6, 0, 0) {
            let mate = match self.mate_version(role) {
                Some(_) => self.unit(role.mate()).serial.as_str(),
                None => "Unknown",
            };
            let _ = writeln!(text, "Serial Number: Ours {}, Mate {mate}", unit.serial);
        }
        let shown = self.shown_groups(place);
        self.hosts(&mut text, role, &shown, place);
        if place.context.is_none() && self.spec.stateful {
            self.statistics(&mut text, train, grouped);
        } else if place.context.is_none() {
            text.push_str("\nStateful Failover Logical Update Statistics\n\tLink : Unconfigured.\n");
        }
        text
    }

    /// The groups that a place sees: a user context its own, the system space all.
    fn shown_groups(&self, place: &Place) -> Vec<GroupId> {
        match place.context.and_then(|index| self.spec.contexts.get(index)) {
            Some(context) => vec![context.group],
            None => self.unit(place.role).group_ids(),
        }
    }

    /// The mate's release, if it was heard since this unit started.
    pub(in super::super) fn mate_version(&self, role: Role) -> Option<AsaVersion> {
        let view = &self.unit(role).view;
        if view.hears {
            return Some(self.unit(role.mate()).version);
        }
        view.last.as_ref().map(|seen| seen.version)
    }

    /// When the standing of a group last changed on this unit, as it prints it.
    fn changed(&self, role: Role, group: GroupId) -> &str {
        let here = self.unit(role).groups.iter().find(|here| here.id == group);
        here.map_or("", |here| &here.changed_at)
    }

    fn hosts(&self, text: &mut String, role: Role, groups: &[GroupId], place: &Place) {
        let grouped = self.lead() != GroupId::UNIT;
        for group in groups {
            let changed = self.changed(role, *group);
            let _ = if grouped {
                writeln!(text, "Group {} last failover at: {changed}", group.number())
            } else {
                writeln!(text, "Last Failover at: {changed}")
            };
        }
        for (who, of) in [("This host:", role), ("Other host:", role.mate())] {
            let own = of == role;
            let standing = |group| {
                if own { self.unit(role).standing(group).clone() } else { self.seen_standing(role, group) }
            };
            let seconds = |group| self.shown_active_time(role, own, group).as_secs();
            if grouped {
                let _ = writeln!(text, "\n  {who:<14}{of}");
                for group in groups {
                    let _ = writeln!(
                        text,
                        "  Group {:<8}State:          {}\n                Active time:    {} (sec)",
                        group.number(),
                        standing(*group),
                        seconds(*group)
                    );
                }
                text.push('\n');
            } else {
                for group in groups {
                    let _ = writeln!(
                        text,
                        "        {who} {of} - {} \n                Active time: {} (sec)",
                        standing(*group),
                        seconds(*group)
                    );
                }
            }
            self.slots(text, role, own, place, grouped);
        }
    }

    fn shown_active_time(&self, role: Role, own: bool, group: GroupId) -> Duration {
        let view = &self.unit(role).view;
        match &view.last {
            _ if own => self.unit(role).active_time(group, self.now),
            _ if view.hears => self.unit(role.mate()).active_time(group, self.now),
            None => Duration::ZERO,
            Some(seen) => seen
                .groups
                .iter()
                .find(|(id, ..)| *id == group)
                .map_or(Duration::ZERO, |(_, _, served)| *served),
        }
    }

    /// The slot line and the interfaces of a host, as `role` shows them.
    fn slots(&self, text: &mut String, role: Role, own: bool, place: &Place, grouped: bool) {
        let of = if own { role } else { role.mate() };
        let gone = !own && self.is_gone(role);
        let version = if own { Some(self.unit(role).version) } else { self.mate_version(role) };
        let (slot_indent, interface_indent) =
            if grouped { ("\t\t", "\t\t  ") } else { ("                ", "                  ") };
        if let Some(version) = version.filter(|_| !gone && place.context.is_none()) {
            let (slot, hardware) = self.spec.slot();
            let model = &self.spec.model;
            let _ = writeln!(
                text,
                "{slot_indent}slot {slot}: {model} hw/sw rev ({hardware}/{version}) status (Up Sys)"
            );
        }
        self.interfaces(text, role, own, place, interface_indent);
        if let Some(module) = self.spec.module.as_ref().filter(|_| !gone && place.context.is_none()) {
            let slot = self.spec.slot().0 + 1;
            let (software, status) = match self.module_state(of) {
                ModuleState::Up => ("5.3.1-152", "Up/Up"),
                ModuleState::Starting => ("", "Init/Up"),
                ModuleState::Unresponsive => ("", "Unresponsive/Up"),
            };
            let _ = writeln!(
                text,
                "{slot_indent}slot {slot}: {module} hw/sw rev (N/A/{software}) status ({status})"
            );
            if !software.is_empty() {
                let monitored = self.unit(role).version >= AsaVersion::new(9, 5, 0, 0);
                let suffix = if monitored { ", (Monitored)" } else { "" };
                let _ = writeln!(text, "{interface_indent}ASA FirePOWER, {software}, Up{suffix}");
            }
        }
    }

    /// The interface lines of a host, as `role` shows them.
    fn interfaces(&self, text: &mut String, role: Role, own: bool, place: &Place, indent: &str) {
        let of = if own { role } else { role.mate() };
        let gone = !own && self.is_gone(role);
        let context = place.context.and_then(|index| self.spec.contexts.get(index));
        let interfaces = self.spec.interfaces.iter().enumerate().filter(|(_, interface)| {
            context.is_none_or(|context| interface.context.as_ref() == Some(&context.name))
        });
        for (index, interface) in interfaces {
            let prefix = match &interface.context {
                Some(name) if context.is_none() => format!("{name} "),
                _ => String::new(),
            };
            let address = self.address_of(of, interface);
            let state = self.interface_state(role, of, gone, index, interface);
            let _ = writeln!(text, "{indent}{prefix}Interface {} ({address}): {state}", interface.name);
        }
    }

    /// Whether a unit knows its mate no longer, or not yet.
    fn is_gone(&self, role: Role) -> bool {
        let view = &self.unit(role).view;
        !view.hears && (view.failed || view.last.is_none())
    }

    /// Whether a unit that came back as Failed has failed by this interface: by the first that is monitored.
    pub(in super::super) fn fails_by(&self, of: Role, interface: &InterfaceSpec) -> bool {
        let first = self.spec.interfaces.iter().find(|interface| interface.monitored);
        let unit = self.unit(of);
        let failed = *unit.standing(self.lead()) == Standing::Failed;
        first == Some(interface) && failed && unit.ailing.is_empty()
    }

    /// The address of an interface on a unit: it follows the group's standing.
    fn address_of<'a>(&self, of: Role, interface: &'a InterfaceSpec) -> &'a str {
        let [active, standby] = &interface.addresses;
        if self.unit(of).is_active(self.group_of(interface)) { active } else { standby }
    }

    fn interface_state(
        &self,
        role: Role,
        of: Role,
        gone: bool,
        index: usize,
        interface: &InterfaceSpec,
    ) -> &'static str {
        let suffixed = self.unit(role).version >= AsaVersion::new(8, 4, 0, 0);
        let traffic = self.unit(role).version >= AsaVersion::new(9, 20, 0, 0);
        if gone {
            return match self.unit(role).view.last {
                _ if !interface.monitored => "Normal (Not-Monitored)",
                Some(_) => "Unknown (Monitored)",
                None => "Unknown (Waiting)",
            };
        }
        match self.port_state(of, index) {
            PortState::LinkDown if !interface.monitored => "Link Down (Not-Monitored)",
            PortState::NoLink if !interface.monitored => "No Link (Not-Monitored)",
            _ if !interface.monitored => "Normal (Not-Monitored)",
            PortState::LinkDown => "Link Down (Waiting)",
            PortState::NoLink => "No Link (Waiting)",
            PortState::Testing if suffixed => "Testing (Waiting)",
            PortState::Testing => "Testing ",
            PortState::Failed { .. } if traffic => "No Traffic (Waiting)",
            PortState::Failed { lately: true } => "Failed (Waiting)",
            PortState::Failed { lately: false } => "Failed ",
            _ if self.fails_by(of, interface) && traffic => "No Traffic (Waiting)",
            _ if self.fails_by(of, interface) => "Failed (Waiting)",
            _ if self.shows_waiting(role) || interface.hears_nobody() => "Normal (Waiting)",
            PortState::Waiting => "Normal (Waiting)",
            PortState::Normal if suffixed => "Normal (Monitored)",
            PortState::Normal => "Normal ",
        }
    }

    fn statistics(&self, text: &mut String, train: (u16, u16), grouped: bool) {
        let link = if self.links.state { "up" } else { "down" };
        let indent = if grouped { "\t" } else { "        " };
        let _ = writeln!(
            text,
            "\nStateful Failover Logical Update Statistics\n{indent}Link : {} ({link})",
            self.spec.state_link
        );
        let (carried, lost) = self.links.carried(self.now);
        let sent = carried.as_secs() / 2 + 33_082;
        let counted = format!("{sent:<11}{:<11}{sent:<11}0         \n", lost.as_secs() / 2);
        let mut row = |name: &str, counts: &str| {
            text.push_str(indent);
            text.push_str(name);
            match name {
                "General" if grouped => text.push_str("\t\t"),
                _ if grouped => text.push_str(" \t"),
                _ => {
                    let blanks = COLUMN.get(name.len()..).unwrap_or_default();
                    text.push_str(if blanks.is_empty() { " " } else { blanks });
                }
            }
            text.push_str(counts);
        };
        row("Stateful Obj", HEADINGS);
        for (name, since) in STATISTICS {
            if train < (8, 4) && name == "VPN CTCP upd" {
                row("VPN IKE upd", NOTHING);
                row("VPN IPSEC upd", NOTHING);
            }
            if since <= train {
                row(name, if matches!(name, "General" | "TCP conn") { &counted } else { NOTHING });
            }
        }
        let _ = write!(
            text,
            "\n{indent}Logical Update Queue Information\n{indent}                Cur     Max     Total\n\
             {indent}Recv Q:         0       12      {sent}\n{indent}Xmit Q:         0       29      {sent}\n"
        );
    }

    /// What a context, or single mode, shows of its interfaces: nothing with failover off.
    pub(super) fn show_monitor_interface(&self, place: &Place) -> String {
        let role = place.role;
        let mut text = String::new();
        if !self.unit(role).running.failover {
            return text;
        }
        let context = place.context.and_then(|index| self.spec.contexts.get(index));
        let group = context.map_or_else(|| self.lead(), |context| context.group);
        for (who, of) in [("This host:", role), ("Other host:", role.mate())] {
            let own = of == role;
            let standing =
                if own { self.unit(role).standing(group).clone() } else { self.seen_standing(role, group) };
            let _ = writeln!(text, "\t{who} {of} - {standing} ");
            self.interfaces(&mut text, role, own, place, "\t\t");
        }
        text
    }

    pub(super) fn show_failover_group(&self, role: Role, word: &str) -> String {
        let Some(group) = word.parse().ok().map(GroupId::new) else { return String::new() };
        let mut text = format!("Last Failover at: {}\n", self.changed(role, group));
        for (who, of) in [("This host:", role), ("Other host:", role.mate())] {
            let own = of == role;
            let standing: Standing =
                if own { self.unit(role).standing(group).clone() } else { self.seen_standing(role, group) };
            let seconds = self.shown_active_time(role, own, group).as_secs();
            let _ = write!(
                text,
                "\n        {who:<16}{of}\n                        State:          {standing}\n                        \
                 Active time:    {seconds} (sec)\n"
            );
        }
        text
    }
}
