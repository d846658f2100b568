//! `show mode`, `show reload`, `show conn count`, `show asdm image`, `show failover interface`

use asa_failover_core::show::{asdm_image, conn_count, failover_interface, mode, reload};
use serde_json::json;

use crate::{error, json, unread};

#[test]
fn the_mode_is_read() {
    assert_eq!(json(mode, "Security context mode: multiple \n"), json!({"mode": "multiple"}));
    assert_eq!(
        json(mode, "fw# show mode\r\nSecurity context mode: single\r\nfw# "),
        json!({"mode": "single"})
    );
    let text = "Security context mode: single\nThe flash mode differs\n";
    assert_eq!(unread(mode, text), ["The flash mode differs"]);
}

#[test]
fn a_scheduled_reload_is_read() {
    let text =
        "fw# show reload\nReload scheduled for 10:20:00 UTC Sat April 20  (in 12 hours and 4 minutes)\n";
    let when = "Reload scheduled for 10:20:00 UTC Sat April 20 (in 12 hours and 4 minutes)";
    assert_eq!(json(reload, text), json!({"scheduled": true, "text": when}));
    assert_eq!(json(reload, "No reload is scheduled.\r\n"), json!({"scheduled": false, "text": null}));
    assert_eq!(unread(reload, "No reload is scheduled.\nReason: tests\n"), ["Reason: tests"]);
}

#[test]
fn connections_are_counted() {
    assert_eq!(
        json(conn_count, "51 in use, 1753679 most used\n"),
        json!({"in_use": 51, "most_used": 1_753_679, "preserve_connection": null})
    );
    let text = "54 in use, 123 most used\nInspect Snort:\n        \
                preserve-connection: 15 enabled, 7 in effect, 62 most enabled, 18 most in effect\n";
    assert_eq!(
        json(conn_count, text)["preserve_connection"],
        json!({"enabled": 15, "in_effect": 7, "most_enabled": 62, "most_in_effect": 18})
    );
    assert_eq!(
        unread(conn_count, "1 in use, 2 most used\nfwd connections: 0 in use, 0 most used\n"),
        ["fwd connections: 0 in use, 0 most used"]
    );
}

#[test]
fn the_device_manager_is_read() {
    assert_eq!(
        json(
            asdm_image,
            "fw# show asdm image\r\nDevice Manager image file, disk0:/asdm-openjre-7181.bin \r\n"
        ),
        json!({"image": "disk0:/asdm-openjre-7181.bin"})
    );
    assert_eq!(unread(asdm_image, "Device Manager image file, disk0:/a.bin\nnot found\n"), ["not found"]);
}

#[test]
fn the_addresses_of_the_links_are_read() {
    let text = "        interface folink GigabitEthernet0/2\n                System IP Address: 192.0.2.1 \
                255.255.255.252\n                My IP Address    : 192.0.2.2\n                Other IP Address : \
                192.0.2.1\n        interface state\n                System IP Address: 2001:db8::1/127\n";
    assert_eq!(
        json(failover_interface, text),
        json!({"links": [
            {"name": "folink", "port": "GigabitEthernet0/2", "system_ip": "192.0.2.1 255.255.255.252",
             "my_ip": "192.0.2.2", "other_ip": "192.0.2.1"},
            {"name": "state", "port": null, "system_ip": "2001:db8::1/127", "my_ip": null, "other_ip": null},
        ]})
    );
    let odd = "My IP Address : 192.0.2.1\ninterface folink Vlan1\nMTU : 1500\n";
    assert_eq!(unread(failover_interface, odd), ["My IP Address : 192.0.2.1", "MTU : 1500"]);
}

#[test]
fn what_is_malformed_missing_or_printed_twice_is_an_error() {
    let mode_line = "`Security context mode: single|multiple`";
    let reload_line = "`No reload is scheduled. or Reload scheduled ...`";
    for ((message, _), expected) in [
        (
            error(mode, "\n"),
            format!("show mode, line 1: expected the line {mode_line}, found the end of the output"),
        ),
        (
            error(mode, "Security context mode: both\n"),
            "show mode, line 1: expected single or multiple, found \"both\"".to_owned(),
        ),
        (
            error(mode, "Security context mode: single\nSecurity context mode: single\n"),
            format!(
                "show mode, line 2: expected {mode_line} only once, found \"Security context mode: single\""
            ),
        ),
        (
            error(reload, "fw# "),
            format!("show reload, line 1: expected the line {reload_line}, found the end of the output"),
        ),
        (
            error(reload, "Reload scheduled for 10:20:00\nNo reload is scheduled.\n"),
            format!(
                "show reload, line 2: expected {reload_line} only once, found \"No reload is scheduled.\""
            ),
        ),
        (
            error(conn_count, "\n\n"),
            "show conn count, line 2: expected the line `N in use, N most used`, found the end of the output"
                .to_owned(),
        ),
        (
            error(conn_count, "5 in use, some most used\n"),
            "show conn count, line 1: expected the form `N in use, N most used`, found \"some most used\"".to_owned(),
        ),
        (
            error(asdm_image, "ASDM image not set\n"),
            "show asdm image, line 1: expected the line `Device Manager image file, FILE`, found the end of the \
             output"
                .to_owned(),
        ),
        (
            error(asdm_image, "Device Manager image file, none\n"),
            "show asdm image, line 1: expected a file on flash, found \"none\"".to_owned(),
        ),
        (
            error(failover_interface, "Failover Off\n"),
            "show failover interface, line 1: expected the line `interface NAME PORT`, found the end of the output"
                .to_owned(),
        ),
        (
            error(failover_interface, "interface a Vlan1\nMy IP Address : none\n"),
            "show failover interface, line 2: expected an address, found \"none\"".to_owned(),
        ),
        (
            error(failover_interface, "interface a Vlan1\nMy IP Address : 192.0.2.1\nMy IP Address : 192.0.2.1\n"),
            "show failover interface, line 3: expected `My IP Address` only once, found \"My IP Address : 192.0.2.1\""
                .to_owned(),
        ),
    ] {
        assert_eq!(message, expected);
    }
}
