//! Outputs as a device prints them: our captures, and made ones of every era, topology and state.

use crate::dice::Dice;

/// Captures of both topologies, releases 7.0 to 9.16.
pub(crate) const CAPTURES: [&str; 9] = [
    include_str!("../captures/show-failover-asa5510-7.2.txt"),
    include_str!("../captures/show-failover-asa5516-9.16.txt"),
    include_str!("../captures/show-failover-fpr2130-aa-9.8.txt"),
    include_str!("../../../tests/captures/asa5520-7.0.8/primary/show-failover.txt"),
    include_str!("../../../tests/captures/asa5520-7.0.8/secondary/show-failover.txt"),
    include_str!("../../../tests/captures/asa5525-9.8.4/primary/show-failover.txt"),
    include_str!("../../../tests/captures/asa5525-9.8.4/secondary/show-failover.txt"),
    include_str!("../../../tests/captures/asa5525-aa-9.8.4/primary/show-failover.txt"),
    include_str!("../../../tests/captures/asa5525-aa-9.8.4/secondary/show-failover.txt"),
];

/// The capture whose mate is not ready.
const BULK_SYNC: usize = 1;

pub(crate) const STATES: [&str; 16] = [
    "Disabled",
    "Not Detected",
    "Negotiation",
    "Cold Standby",
    "App Sync",
    "Sync Config",
    "Sync File System",
    "Bulk Sync",
    "Just Active",
    "Active Drain",
    "Active Applying Config",
    "Active Config Applied",
    "Failed",
    "Standby Ready (not in sync)",
    "Active",
    "Standby Ready",
];

const ROWS: [&str; 10] = [
    "General",
    "sys cmd",
    "up time",
    "RPC services",
    "TCP conn",
    "UDP conn",
    "ARP tbl",
    "VPN IKEv2 P2",
    "Umbrella Device-ID",
    "Xlate_Timeout",
];

#[derive(Clone, Copy)]
struct Era {
    release: &'static str,
    model: &'static str,
    slot: usize,
    /// `Reconnect timeout`, serial numbers and the words behind an interface's state came later.
    late: bool,
}

const ERAS: [Era; 6] = [
    Era { release: "7.0(8)", model: "ASA5520", slot: 0, late: false },
    Era { release: "7.2(4)", model: "ASA5510", slot: 0, late: false },
    Era { release: "8.4(7)30", model: "ASA5550", slot: 0, late: true },
    Era { release: "9.1(7)32", model: "ASA5585-SSP-20", slot: 0, late: true },
    Era { release: "9.12(4)67", model: "FPR-2130", slot: 0, late: true },
    Era { release: "9.16(4)57", model: "ASA5516", slot: 1, late: true },
];

/// A capture or a made output. Of the made ones three in four say that the pair is ready.
pub(crate) fn output(dice: &mut Dice) -> String {
    if dice.once_in(4) { dice.pick(&CAPTURES).to_owned() } else { made(dice) }
}

/// An output whose pair is ready.
pub(crate) fn ready(dice: &mut Dice) -> String {
    if dice.once_in(4) {
        let at = dice.below(CAPTURES.len());
        return CAPTURES[if at == BULK_SYNC { 0 } else { at }].to_owned();
    }
    let groups = 1 + dice.below(2);
    let aa = dice.once_in(2);
    made_of(dice, aa.then_some(groups), true)
}

fn made(dice: &mut Dice) -> String {
    let groups = 1 + dice.below(2);
    let (aa, ready) = (dice.once_in(2), !dice.once_in(4));
    made_of(dice, aa.then_some(groups), ready)
}

fn made_of(dice: &mut Dice, groups: Option<usize>, ready: bool) -> String {
    let era = dice.pick(&ERAS);
    let roles = dice.pick(&[["Primary", "Secondary"], ["Secondary", "Primary"]]);
    let mut states = Vec::new();
    for _ in 0..groups.unwrap_or(1) {
        let both = dice.pick(&[["Active", "Standby Ready"], ["Standby Ready", "Active"]]);
        states.push(if ready { both } else { [dice.pick(&STATES), dice.pick(&STATES)] });
    }
    let end = if dice.once_in(3) { "\r\n" } else { "\n" };
    let mut lines = settings(dice, era, roles[0], groups);
    for (side, name) in ["This host:", "Other host:"].into_iter().enumerate() {
        if groups.is_some() {
            lines.push(format!("  {name:<13} {}", roles[side]));
            for (group, both) in states.iter().enumerate() {
                lines.push(format!("  Group {}       State:          {}", group + 1, both[side]));
                lines.push(format!("                Active time:    {} (sec)", dice.below(1 << 20)));
            }
            lines.push(String::new());
        } else {
            lines.push(format!("        {name} {} - {} ", roles[side], states[0][side]));
            lines.push(format!("                Active time: {} (sec)", dice.below(1 << 20)));
        }
        block(dice, era, side, groups.is_some(), &mut lines);
    }
    tail(dice, &mut lines);
    let text = lines.join(end) + end;
    match dice.below(4) {
        0 => format!("fw/act# show failover{end}{text}fw/act# "),
        1 => format!("show failover{end}{text}"),
        _ => text,
    }
}

fn settings(dice: &mut Dice, era: Era, role: &str, groups: Option<usize>) -> Vec<String> {
    let mut lines = vec!["Failover On ".to_owned()];
    let mut line = |text: &str| lines.push(text.to_owned());
    if !era.late {
        line("Cable status: N/A - LAN-based failover enabled");
    }
    line(&format!("Failover unit {role}"));
    line("Failover LAN Interface: folink GigabitEthernet0/3 (up)");
    if era.late {
        line("Reconnect timeout 0:00:00");
    }
    line("Unit Poll frequency 500 milliseconds, holdtime 15 seconds");
    line("Interface Poll frequency 5 seconds, holdtime 25 seconds");
    line("Interface Policy 1");
    line("Monitored Interfaces 2 of 160 maximum");
    if dice.once_in(3) {
        line("failover replication http");
    }
    line(&format!("Version: Ours {0}, Mate {0}", era.release));
    if era.late {
        line("Serial Number: Ours JAD000000A1, Mate JAD000000A2");
    }
    match groups {
        None => line("Last Failover at: 10:00:00 UTC Mar 31 2024"),
        Some(count) => {
            for group in 1..=count {
                line(&format!("Group {group} last failover at: 10:00:00 UTC Mar 31 2024"));
            }
            line("");
        }
    }
    lines
}

fn block(dice: &mut Dice, era: Era, side: usize, contexts: bool, lines: &mut Vec<String>) {
    let Era { release, model, slot, late } = era;
    lines.push(format!("                slot {slot}: {model} hw/sw rev (1.0/{release}) status (Up Sys)"));
    for (number, name) in ["outside", "inside", "dmz"].into_iter().take(1 + dice.below(3)).enumerate() {
        let context = if contexts { ["admin ", "ctx1 ", "ctx2 "][number] } else { "" };
        let address = match dice.below(3) {
            0 if late => format!("203.0.113.{}/2001:db8::{number}", side + 1),
            _ => format!("192.0.2.{}", 10 * number + side + 1),
        };
        let state = dice.pick(&["Normal", "Normal", "Normal", "Link Down", "Failed", "Unknown"]);
        let word = if late { dice.pick(&[" (Monitored)", " (Not-Monitored)", " (Waiting)"]) } else { "" };
        lines.push(format!("                  {context}Interface {name} ({address}): {state}{word}"));
    }
    match dice.below(3) {
        0 => lines.push(format!("                slot {}: empty", slot + 1)),
        1 if late => {
            lines.push(format!(
                "                slot {}: SFR5516 hw/sw rev (N/A/6.2.3-83) status (Up/Up)",
                slot + 1
            ));
            lines.push("                  ASA FirePOWER, 6.2.3-83, Up, (Monitored)".to_owned());
        }
        _ => {}
    }
    lines.push(String::new());
}

fn tail(dice: &mut Dice, lines: &mut Vec<String>) {
    lines.push("Stateful Failover Logical Update Statistics".to_owned());
    if dice.once_in(4) {
        lines.push("        Link : Unconfigured.".to_owned());
        return;
    }
    lines.push("        Link : statelink GigabitEthernet0/4 (up)".to_owned());
    lines.push("        Stateful Obj    xmit       xerr       rcv        rerr      ".to_owned());
    for row in ROWS.iter().take(2 + dice.below(8)) {
        let count = dice.below(1 << 30);
        lines.push(format!("        {row:<15} {count:<11}0          {count:<11}0         "));
    }
    lines.push(String::new());
    lines.push("        Logical Update Queue Information".to_owned());
    lines.push("                        Cur     Max     Total".to_owned());
    lines.push("        Recv Q:         0       12      33082".to_owned());
    lines.push("        Xmit Q:         0       29      33082".to_owned());
}
