//! No text panics, and every error points into the text.

use asa_failover_core::show;
use proptest::prelude::*;

const COMMANDS: [&str; 22] = [
    "dir",
    "show asdm image",
    "show bootvar",
    "show conn count",
    "show context",
    "show failover",
    "show failover history",
    "show failover history details",
    "show failover interface",
    "show failover state",
    "show inventory",
    "show mode",
    "show module",
    "show reload",
    "show running-config boot",
    "show running-config context",
    "show running-config failover",
    "show startup-config",
    "show version",
    "show vpn-sessiondb summary",
    "syslog",
    "verify",
];

/// Pieces of real lines, so that the rules are reached and then disappointed.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
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
        "Standby Ready              ",
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
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn no_text_panics_and_spans_lie_within_it(pieces in prop::collection::vec(piece(), 0..60)) {
        let text = pieces.concat();
        for command in COMMANDS {
            match show::parse(command, &text) {
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
        }
    }
}
