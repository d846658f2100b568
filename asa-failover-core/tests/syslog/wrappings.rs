//! One line of each family in every wrapping, and what each part says.

use asa_failover_core::show::Product;
use asa_failover_core::syslog::{self, PlannerUse};
use asa_failover_core::unit::{GroupId, Role};

use super::message;

/// What stands in front, and what it says: priority, time, host.
type Wrapping = (&'static str, Option<u8>, Option<&'static str>, Option<&'static str>);

const WRAPPINGS: [Wrapping; 33] = [
    ("", None, None, None),
    ("\u{feff}", None, None, None),
    ("<166>", Some(166), None, None),
    ("<166>:", Some(166), None, None),
    ("fw1 : ", None, None, Some("fw1")),
    ("192.0.2.1 : ", None, None, Some("192.0.2.1")),
    ("<0>fw1 : ", Some(0), None, Some("fw1")),
    ("<191>fw1: ", Some(191), None, Some("fw1")),
    ("<161>fw1 ", Some(161), None, Some("fw1")),
    ("Nov 26 2026 10:00:00: ", None, Some("Nov 26 2026 10:00:00"), None),
    ("Nov 26 2026 10:00:00 fw1 : ", None, Some("Nov 26 2026 10:00:00"), Some("fw1")),
    ("<161>Nov 26 2026 10:00:00 fw1 : ", Some(161), Some("Nov 26 2026 10:00:00"), Some("fw1")),
    ("<161> Nov 26 2026 10:00:00 192.0.2.1 : ", Some(161), Some("Nov 26 2026 10:00:00"), Some("192.0.2.1")),
    ("Nov 26 10:00:00 fw1 ", None, Some("Nov 26 10:00:00"), Some("fw1")),
    ("Nov  6 10:00:00 fw1 ", None, Some("Nov 6 10:00:00"), Some("fw1")),
    ("Nov 26 10:00:00 fw1: ", None, Some("Nov 26 10:00:00"), Some("fw1")),
    ("Nov 26 10:00:00 2001:db8::1 : ", None, Some("Nov 26 10:00:00"), Some("2001:db8::1")),
    ("Nov 26 10:00:00.123 fw1.example.net : ", None, Some("Nov 26 10:00:00.123"), Some("fw1.example.net")),
    (":Nov 26 10:00:00 UTC: ", None, Some("Nov 26 10:00:00 UTC"), None),
    ("<161>:Nov 26 10:00:00 MSK/MSD: ", Some(161), Some("Nov 26 10:00:00 MSK/MSD"), None),
    ("Nov 26 2026 10:00:00 EDT: ", None, Some("Nov 26 2026 10:00:00 EDT"), None),
    ("Nov 26 2026 10:00:00 UTC fw1 : ", None, Some("Nov 26 2026 10:00:00 UTC"), Some("fw1")),
    ("<161>2026-11-26T10:00:00Z fw1 : ", Some(161), Some("2026-11-26T10:00:00Z"), Some("fw1")),
    ("2026-11-26T10:00:00.5+01:00 fw1 ", None, Some("2026-11-26T10:00:00.5+01:00"), Some("fw1")),
    ("<161>1 2026-11-26T10:00:00Z fw1 - - - - ", Some(161), Some("2026-11-26T10:00:00Z"), Some("fw1")),
    ("<161>1 - - cisco-asa 4120 - [a@1 b=\"\\]\"][c] ", Some(161), None, None),
    (
        "<161>1 2026-11-26T10:00:00Z fw1 asa - - - \u{feff}",
        Some(161),
        Some("2026-11-26T10:00:00Z"),
        Some("fw1"),
    ),
    (
        "Nov 26 10:00:01 192.0.2.1 Nov 26 2026 10:00:00: ",
        None,
        Some("Nov 26 2026 10:00:00"),
        Some("192.0.2.1"),
    ),
    (
        "Nov 26 10:00:01 192.0.2.1 Nov 26 2026 10:00:00 fw1 : ",
        None,
        Some("Nov 26 2026 10:00:00"),
        Some("fw1"),
    ),
    (
        "Nov 26 10:00:01 192.0.2.1 :Nov 26 10:00:00 UTC: ",
        None,
        Some("Nov 26 10:00:00 UTC"),
        Some("192.0.2.1"),
    ),
    ("Nov 26 10:00:01 192.0.2.1 fw1 : ", None, Some("Nov 26 10:00:01"), Some("fw1")),
    ("Nov 26 2026 10:00:00 fw1 CiscoASA[999]: ", None, Some("Nov 26 2026 10:00:00"), Some("fw1")),
    (
        "2026-11-26 10:00:01\tLocal4.Alert\t192.0.2.1\tNov 26 2026 10:00:00: ",
        None,
        Some("Nov 26 2026 10:00:00"),
        Some("192.0.2.1"),
    ),
];

/// A line of each family, with severity, id, unit and the start of its text.
const LINES: [(&str, u8, u32, Option<&str>, &str); 15] = [
    ("%PIX-1-101002: (Primary) Bad failover cable.", 1, 101_002, Some("Primary"), "Bad failover"),
    (
        "%FWSM-1-102001: (Primary) Power failure/System reload other side.",
        1,
        102_001,
        Some("Primary"),
        "Power failure",
    ),
    (
        "%ASA-1-103001: (Secondary) No response from other firewall (reason code = 4).",
        1,
        103_001,
        Some("Secondary"),
        "No response",
    ),
    (
        "%ASA-1-104001: (Secondary) Switching to ACTIVE - mate want me Active",
        1,
        104_001,
        Some("Secondary"),
        "Switching to ACTIVE",
    ),
    (
        "%ASA-ha-1-104002:  (Primary) Switching to STANDBY - state check.",
        1,
        104_002,
        Some("Primary"),
        "Switching to STANDBY",
    ),
    (
        "%ASA-1-105009: (Primary_group_1) Testing on interface outside Passed",
        1,
        105_009,
        Some("Primary_group_1"),
        "Testing on",
    ),
    (
        "%ASA-3-105010: (Primary) Failover message block alloc failed",
        3,
        105_010,
        Some("Primary"),
        "Failover message",
    ),
    (
        "%ASA-5-199001: Reload command executed from Telnet (remote 192.0.2.9).",
        5,
        199_001,
        None,
        "Reload command",
    ),
    (
        "%ASA-3-210005: LU allocate secondary(optional) connection failed for TCP",
        3,
        210_005,
        None,
        "LU allocate secondary(optional)",
    ),
    ("%ASA-6-311002: LU loading standby end", 6, 311_002, None, "LU loading"),
    (
        "%ASA--4-411001: Line protocol on Interface inside, changed state to up",
        4,
        411_001,
        None,
        "Line protocol",
    ),
    (
        "%ASA-1-709004: (Primary) End Configuration Replication (ACT)",
        1,
        709_004,
        Some("Primary"),
        "End Configuration",
    ),
    (
        "%ASA-vpnfo-6-720032: (VPN-Secondary) HA status callback: id=3,seq=200",
        6,
        720_032,
        Some("VPN-Secondary"),
        "HA status",
    ),
    (
        "%ASA-6-721002: (WebVPN-Primary) HA status change: event HA_STATUS_PEER_STATE",
        6,
        721_002,
        Some("WebVPN-Primary"),
        "HA status change",
    ),
    (
        "%ASA-4-769009: UPDATE: Image booted disk0:/asa.bin is different from boot images",
        4,
        769_009,
        None,
        "UPDATE: Image booted",
    ),
];

#[test]
fn a_line_of_each_family_reads_in_every_wrapping() {
    for (head, pri, at, host) in WRAPPINGS {
        for (line, severity, id, unit, text) in LINES {
            for end in ["", "\n", "\r\n", " \r\n\0"] {
                let end = end.trim_end_matches('\0');
                let wrapped = format!("{head}{line}{end}");
                let message = message(&wrapped);
                assert_eq!(
                    (message.pri, message.at.as_deref(), message.host.as_deref()),
                    (pri, at, host),
                    "{wrapped:?}"
                );
                assert_eq!((message.severity, message.id), (severity, id), "{wrapped:?}");
                assert_eq!(message.unit.as_deref(), unit, "{wrapped:?}");
                assert!(
                    message.text.starts_with(text) && !message.text.ends_with(char::is_whitespace),
                    "{wrapped:?}"
                );
                assert_eq!(message.entry.map(|entry| entry.id), Some(id), "{wrapped:?}");
            }
        }
    }
}

#[test]
fn a_relay_may_make_the_head_of_a_message_the_name_of_a_program() {
    let message =
        message("<161>1 2026-11-26T10:00:00Z fw1 %ASA-1-104001 - - - (Primary) Switching to ACTIVE");
    assert_eq!((message.id, message.role), (104_001, Some(Role::Primary)));
    assert_eq!((message.host.as_deref(), message.text.as_str()), (Some("fw1"), "Switching to ACTIVE"));
}

#[test]
fn the_products_are_told_apart() {
    for (name, product) in
        [("ASA", Product::Asa), ("PIX", Product::Pix), ("FWSM", Product::Fwsm), ("FTD", Product::Ftd)]
    {
        let message = message(&format!("%{name}-1-104003: (Secondary) Switching to FAILED."));
        assert_eq!((message.product, message.role), (product, Some(Role::Secondary)));
        let uses = message.entry.map(|entry| entry.planner_use);
        assert_eq!(uses, (product != Product::Ftd).then_some(PlannerUse::Abort), "{name}");
    }
}

#[test]
fn the_words_in_parentheses_name_a_unit_and_a_group() {
    for (words, role, group) in [
        ("Primary", Some(Role::Primary), None),
        ("Secondary", Some(Role::Secondary), None),
        ("VPN-Primary", Some(Role::Primary), None),
        ("WebVPN-Secondary", Some(Role::Secondary), None),
        ("Secondary_group_2", Some(Role::Secondary), Some(GroupId::new(2))),
        ("Primary_group_3", None, None),
        ("Primary_group_", None, None),
        ("Primary|Secondary", None, None),
        ("Primary and Standby", None, None),
        ("failover_unit", None, None),
        ("VPN-unit", None, None),
    ] {
        let message = message(&format!("%ASA-1-105037: ({words}) text"));
        assert_eq!(message.unit.as_deref(), Some(words));
        assert_eq!((message.role, message.group), (role, group), "{words}");
    }
    for text in ["() text", "( ) text", "(Primary text", "Primary) text", "text (Primary)", "((Primary) text"]
    {
        let message = message(&format!("%ASA-1-105037: {text}"));
        assert_eq!((message.unit, message.role, message.text.as_str()), (None, None, text));
    }
}

#[test]
fn the_class_is_that_of_the_emblem_form() {
    for (head, class) in [
        ("%ASA-1-104001:", None),
        ("%ASA--1-104001:", None),
        ("%ASA-ha-1-104001:", Some("ha")),
        ("%ASA-webvpn-fo-1-104001:", Some("webvpn-fo")),
        ("%ASA-ids6-1-104001:", Some("ids6")),
    ] {
        assert_eq!(
            message(&format!("{head} (Primary) Switching to ACTIVE")).class.as_deref(),
            class,
            "{head}"
        );
    }
}

#[test]
fn the_severity_is_that_of_the_line() {
    for severity in 0..=7 {
        let message = message(&format!("%ASA-{severity}-720012: (VPN-Primary) Failed to update"));
        assert_eq!(message.severity, severity);
        assert_eq!(message.entry.map(|entry| (entry.severity, entry.older_severity)), Some((6, Some(5))));
    }
}

#[test]
fn an_unknown_id_is_kept_and_has_no_advice() {
    let message = message("<166>fw1 : %ASA-6-302013: Built inbound TCP connection 1 for outside:192.0.2.7/1");
    assert_eq!((message.severity, message.id, message.entry), (6, 302_013, None));
    assert_eq!(message.text, "Built inbound TCP connection 1 for outside:192.0.2.7/1");
    assert_eq!(message.to_json()["entry"], serde_json::Value::Null);
}

#[test]
fn every_fact_is_a_key_of_the_json_form() {
    let json = message("%ASA-1-104001: (Secondary_group_1) Switching to ACTIVE - state check.").to_json();
    let known = serde_json::to_value(syslog::known(104_001)).unwrap();
    assert_eq!(known["planner_use"], "expected-marker");
    assert_eq!(
        json,
        serde_json::json!({
            "pri": null, "at": null, "host": null, "product": "asa", "class": null, "severity": 1,
            "id": 104_001, "unit": "Secondary_group_1", "role": "Secondary", "group": 1,
            "text": "Switching to ACTIVE - state check.", "entry": known,
        })
    );
}
