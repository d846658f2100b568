//! `show running-config failover`

use asa_failover_core::show::running_failover;
use serde_json::json;

use crate::{capture, error, json, unread};

#[test]
fn an_active_active_pair_is_read() {
    assert_eq!(
        json(running_failover, capture!("show-running-config-failover-aa-9.8")),
        json!({
            "enabled": true, "unit": "Primary",
            "lan_link": {"name": "folink", "port": "Ethernet1/12"},
            "state_link": {"name": "folink", "port": "Ethernet1/12"},
            "unit_poll_ms": 300, "unit_hold_ms": 900, "interface_poll_ms": 5000, "interface_hold_ms": 25_000,
            "interface_ips": [
                {"name": "folink", "active": "192.0.2.1", "mask": "255.255.255.252", "standby": "192.0.2.2"},
                {"name": "statelink", "active": "2001:db8::1/64", "mask": null, "standby": "2001:db8::2"},
            ],
            "http_replication": true, "key_configured": true,
            "groups": [
                {"number": 1, "role": null, "preempt": true, "preempt_delay_seconds": null},
                {"number": 2, "role": "Secondary", "preempt": true, "preempt_delay_seconds": 60},
            ],
        })
    );
}

#[test]
fn a_unit_with_failover_off_is_read() {
    let json = json(running_failover, capture!("show-running-config-failover-asa5510-7.2"));
    assert_eq!(json["enabled"], false);
    assert_eq!((&json["http_replication"], &json["key_configured"]), (&json!(false), &json!(false)));
    assert_eq!((&json["unit_poll_ms"], &json["unit_hold_ms"]), (&json!(15_000), &json!(null)));
    assert_eq!(json["groups"], json!([]));
}

#[test]
fn a_filtered_output_says_nothing_of_what_it_may_hide() {
    let json = json(running_failover, "fw# show run | grep primary\nfailover lan unit primary\n");
    assert_eq!(json["unit"], "Primary");
    for key in ["enabled", "http_replication", "key_configured"] {
        assert_eq!(json[key], json!(null), "{key}");
    }
}

#[test]
fn a_key_is_never_repeated() {
    let text = "failover\nfailover key hunter2\nfailover ipsec pre-shared-key hunter2\n";
    let reading = running_failover(text).unwrap();
    assert_eq!((reading.value.key_configured, reading.unread.len()), (Some(true), 0));
    assert!(!format!("{reading:?}").contains("hunter2"));
}

#[test]
fn an_unknown_line_is_kept() {
    let text = "failover\nfailover quorum 2\nfailover group 1\n  weight 5\nfailover lan speed 10\nfailover replication all\n";
    assert_eq!(
        unread(running_failover, text),
        ["failover quorum 2", "  weight 5", "failover lan speed 10", "failover replication all"]
    );
}

#[test]
fn what_is_malformed_or_printed_twice_is_an_error() {
    for (text, message) in [
        (
            "failover\nno failover\n",
            "line 2: expected `failover or no failover` only once, found \"no failover\"",
        ),
        ("failover lan unit spare\n", "line 1: expected Primary or Secondary, found \"spare\""),
        (
            "failover polltime unit often\n",
            "line 1: expected seconds, or msec and milliseconds, found \"often\"",
        ),
        ("failover group none\n", "line 1: expected a group's number, found \"none\""),
        ("failover group 1\n preempt soon\n", "line 2: expected seconds, found \"soon\""),
        (
            "failover group 1\n preempt\n preempt 5\n",
            "line 3: expected `preempt` only once, found \"preempt 5\"",
        ),
        ("failover interface ip folink\n", "line 1: expected a link's addresses, found the end of the line"),
    ] {
        assert_eq!(error(running_failover, text).0, format!("show running-config failover, {message}"));
    }
}
