//! No text panics, and every error points into the text.

use asa_failover_core::show;
use proptest::prelude::*;

use crate::capture;

const COMMANDS: [&str; 41] = [
    "dir",
    "show arp",
    "show asdm image",
    "show bgp summary",
    "show bootvar",
    "show checksum",
    "show clock",
    "show conn count",
    "show context",
    "show cpu usage",
    "show crypto key mypubkey rsa",
    "show curpriv",
    "show failover",
    "show failover descriptor",
    "show failover exec mate",
    "show failover history",
    "show failover history details",
    "show failover interface",
    "show failover state",
    "show failover statistics",
    "show interface ip brief",
    "show inventory",
    "show license summary",
    "show memory",
    "show mode",
    "show module",
    "show ospf neighbor",
    "show reload",
    "show route summary",
    "show running-config boot",
    "show running-config context",
    "show running-config failover",
    "show running-config monitor-interface",
    "show running-config ssh",
    "show startup-config",
    "show startup-config errors",
    "show version",
    "show vpn-sessiondb summary",
    "show xlate count",
    "syslog",
    "verify",
];

/// Pieces of real lines, so that the rules are reached and then disappointed.
const PIECES: [&str; 115] = [
    "Failover On",
    "Failover unit ",
    "Failover LAN Interface: ",
    "This host: Primary",
    " - Active",
    "Other host: ",
    "Group ",
    "1",
    " State: ",
    "slot ",
    "0: ASA hw/sw rev (",
    "N/A/",
    ") status (",
    "Interface ",
    "(192.0.2.1/): ",
    "Active time: ",
    "Link : ",
    "Stateful Obj",
    "Recv Q: ",
    "Version: Ours ",
    ", Mate ",
    "This host  -   Primary",
    "====Configuration State===",
    "Security context mode: ",
    "boot system ",
    "BOOT variable = ",
    "Directory of ",
    "97 -rwx 12 ",
    "19:39:56 Nov 03 2015 ",
    " bytes total (",
    "verify /MD5 (",
    ") = ",
    "Verified (",
    "failover ",
    "lan unit ",
    "polltime ",
    "interface ip ",
    "group ",
    "preempt ",
    "Cisco Adaptive Security Appliance Software Version ",
    "9.16(4)57",
    " up ",
    "3 days ",
    "Hardware:",
    ", ",
    "Serial Number:",
    " in use, ",
    "preserve-connection: ",
    "From State                 To State                   Reason\n",
    "Group ",
    "16:43:08 UTC Aug 8 2017\n",
    "Standby Ready          ",
    "===PEER-HISTORY===",
    "interface folink ",
    "My IP Address : ",
    "Context Name      Class                Interfaces           Mode         URL\n",
    "*admin ",
    "Vlan1,",
    "Context \"",
    "\", has been created\n",
    "Real Interfaces: ",
    "Class: default, Flags: ",
    "context ",
    "allocate-interface ",
    "Name: \"",
    "\", DESCR: \"",
    "PID: ",
    ", VID: , SN: ",
    "Mod Status             Data Plane Status     Compatibility\n",
    "--- ------------------ --------------------- -------------\n",
    "Mod Card Type                                    Model              Serial No.\n",
    "--- -------------------------------------------- ------------------ -----------\n",
    "VPN Session Summary\n",
    "Tunnels Summary\n",
    " :  12",
    "Totals : ",
    "Device Manager image file, ",
    "%ASA-1-104001: ",
    "15:48:33.799 UTC Wed Aug 16 2017",
    "CPU utilization for 5 seconds = ",
    "Free memory: ",
    " bytes (",
    "Username : ",
    "Cryptochecksum: ",
    "Interface IP-Address OK? Method Status Protocol\n",
    " YES CONFIG ",
    "outside 192.0.2.1 0050.5600.0001 ",
    "Neighbor ID Pri State Dead Time Address Interface\n",
    "192.0.2.1 1 FULL/DR 0:00:07 ",
    "BGP router identifier ",
    "Neighbor V AS MsgRcvd MsgSent TblVer InQ OutQ Up/Down State/PfxRcd\n",
    "192.0.2.1 4 65101 1 1 1 0 0 ",
    "Route Source Networks Subnets Replicates Overhead Memory (bytes)\n",
    "connected 1 2 3 4 ",
    "Smart Licensing is ",
    "License Usage:\n",
    "Registration:\n",
    "Key pair was generated at: ",
    "Modulus Size (bits): ",
    "*** Output from config line ",
    "tx:",
    "outside send: ",
    " unit Failover EXEC is at ",
    "ssh ",
    "monitor-interface ",
    "(Primary) ",
    "<--- More --->",
    "fw# ",
    "\r",
    "\n",
    "\t",
    "  ",
    "\u{8}",
    "Ωé",
    "99999999999999999999",
];

/// A piece, or any text.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(&PIECES[..]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

/// What a reader makes of a text points into that text.
fn points_into(command: &str, text: &str) -> Result<(), TestCaseError> {
    match show::parse(command, text) {
        Ok(reading) => {
            for unread in &reading.unread {
                let line = text.split('\n').nth(unread.line - 1).unwrap();
                prop_assert_eq!(line, &unread.text);
            }
        }
        Err(show::ReadError::Parse(error)) => {
            prop_assert!(text.get(error.span.clone()).is_some(), "{error:?}");
            let found = text.get(error.span.clone()).unwrap();
            prop_assert!(found.starts_with(&error.found), "{error:?} at {found:?}");
            let line = text.bytes().take(error.span.start).filter(|b| *b == b'\n').count() + 1;
            prop_assert!(error.line == line || found.is_empty(), "{error:?} stands in line {line}");
        }
        Err(error) => prop_assert!(false, "{error}"),
    }
    Ok(())
}

/// Outputs of several eras, to be damaged.
const CAPTURES: [(&str, &str); 14] = [
    ("show context", capture!("show-context-asa5520-7.0")),
    ("show context", capture!("show-context-asa5585-9.8")),
    ("show context detail", capture!("show-context-detail-fpr2130-9.8")),
    ("show failover", capture!("show-failover-fpr2130-aa-9.8")),
    ("show failover history", capture!("show-failover-history-asa5516-9.16")),
    ("show failover history", capture!("show-failover-history-fpr2130-aa-9.8")),
    ("show failover history details", capture!("show-failover-history-details-9.16")),
    ("show failover state", capture!("show-failover-state-aa-9.1")),
    ("show inventory", capture!("show-inventory-fpr1140-9.16")),
    ("show module", capture!("show-module-asa5510-8.2")),
    ("show module", capture!("show-module-asa5516-9.16")),
    ("show running-config context", capture!("show-running-config-context-aa-9.8")),
    ("show version", capture!("show-version-asav-9.16")),
    ("show vpn-sessiondb summary", capture!("show-vpn-sessiondb-asa5525-9.12")),
];

/// One damage to the lines of a text; numbers count round.
#[derive(Clone, Debug)]
enum Damage {
    Drop(usize),
    Repeat(usize),
    Swap(usize, usize),
    Cut(usize, usize),
    Flatten(usize),
    Insert(usize, String),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<u16>().prop_map(usize::from);
    prop_oneof![
        at.clone().prop_map(Damage::Drop),
        at.clone().prop_map(Damage::Repeat),
        (at.clone(), at.clone()).prop_map(|(a, b)| Damage::Swap(a, b)),
        (at.clone(), at.clone()).prop_map(|(a, b)| Damage::Cut(a, b)),
        at.clone().prop_map(Damage::Flatten),
        (at, piece()).prop_map(|(at, piece)| Damage::Insert(at, piece)),
    ]
}

fn change(lines: &mut [String], at: usize, by: impl Fn(&str) -> String) {
    if let Some(line) = lines.get_mut(at) {
        *line = by(line);
    }
}

fn damaged(text: &str, damages: &[Damage]) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    for damage in damages {
        let count = lines.len().max(1);
        match damage {
            Damage::Drop(at) if lines.len() > 1 => drop(lines.remove(at % count)),
            Damage::Drop(_) => {}
            Damage::Repeat(at) => {
                let line = lines.get(at % count).cloned().unwrap_or_default();
                lines.insert(at % count, line);
            }
            Damage::Swap(a, b) => lines.swap(a % count, b % count),
            Damage::Cut(at, end) => {
                change(&mut lines, at % count, |line| line.chars().take(end % (line.len() + 1)).collect());
            }
            Damage::Flatten(at) => change(&mut lines, at % count, |line| {
                line.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
            }),
            Damage::Insert(at, piece) => change(&mut lines, at % count, |line| format!("{line}{piece}")),
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn no_text_panics_and_spans_lie_within_it(pieces in prop::collection::vec(piece(), 0..60)) {
        let text = pieces.concat();
        for command in COMMANDS {
            points_into(command, &text)?;
        }
    }

    #[test]
    fn no_damaged_output_panics_and_spans_lie_within_it(
        (command, text) in prop::sample::select(&CAPTURES[..]),
        damages in prop::collection::vec(damage(), 1..12),
    ) {
        points_into(command, &damaged(text, &damages))?;
    }
}
