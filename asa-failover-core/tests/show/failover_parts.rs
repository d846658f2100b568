//! `show failover statistics`, `descriptor` and `exec`; `show running-config ssh` and `monitor-interface`

use asa_failover_core::show::{
    self, ExecMode, Facts, failover_descriptor, failover_exec, failover_statistics,
    running_monitor_interface, running_ssh,
};
use serde_json::json;

use crate::{error, facts, json, unread};

#[test]
fn packets_of_the_failover_link_are_counted() {
    let text = "fw# show failover statistics\r\n\ttx:320652\r\n\trx:5000000000\r\n";
    assert_eq!(json(failover_statistics, text), json!({"tx": 320_652, "rx": 5_000_000_000_u64}));
    let newer = format!("{text}Unknown version count for Fover ctl client: 0\r\n");
    assert_eq!(unread(failover_statistics, &newer), ["Unknown version count for Fover ctl client: 0\r"]);
}

#[test]
fn descriptors_are_read() {
    assert_eq!(
        json(failover_descriptor, "outside send: 2000200ffff0000 receive: 2000200ffff0001\n"),
        json!({"interfaces": [{"name": "outside", "send": "2000200ffff0000", "receive": "2000200ffff0001"}]})
    );
}

#[test]
fn the_mode_of_failover_exec_is_read() {
    let read = facts(failover_exec, "Standby unit Failover EXEC is at interface sub-command mode\n");
    assert_eq!(
        (read.unit.as_str(), read.mode),
        ("Standby", ExecMode::Other("interface sub-command mode".to_owned()))
    );
    let read = facts(failover_exec, "Active unit Failover EXEC is at config mode\n");
    assert_eq!(read.mode, ExecMode::Config);
}

#[test]
fn a_reply_of_another_unit_is_read_as_the_command_that_was_sent() {
    let text = "fw/pri/act# failover exec mate show mode\r\nSecurity context mode: single\r\nfw/pri/act# ";
    for unit in ["mate", "active", "standby"] {
        let reading = show::parse(&format!("failover exec {unit} show mode"), text).unwrap();
        assert!(matches!(reading.value, Facts::Mode(_)), "{unit}");
        assert_eq!(reading.unread, []);
    }
    assert!(show::parse("failover exec somebody show mode", text).is_err());
}

#[test]
fn who_may_log_in_is_read() {
    let text = "ssh scopy enable\nssh stricthostkeycheck\nssh 192.0.2.0 255.255.255.0 inside\n\
                ssh 2001:db8::/64 inside\nssh timeout 60\nssh version 2\nssh cipher encryption custom \"aes256-ctr\"\n\
                ssh key-exchange group dh-group14-sha256\nssh key-exchange hostkey ecdsa\nno ssh stack ciscossh\n";
    assert_eq!(
        json(running_ssh, text),
        json!({
            "allowed": [{"address": "192.0.2.0", "mask": "255.255.255.0", "interface": "inside"},
                        {"address": "2001:db8::/64", "mask": null, "interface": "inside"}],
            "timeout_minutes": 60, "version": "2", "key_exchange_group": "dh-group14-sha256", "host_key": "ecdsa",
            "cipher_encryption": "custom \"aes256-ctr\"", "cipher_integrity": null, "scopy": true,
            "strict_host_key_check": true, "ciscossh_stack": false,
        })
    );
    assert_eq!(
        unread(running_ssh, "ssh colour blue\nno ssh version 1\n"),
        ["ssh colour blue", "no ssh version 1"]
    );
}

#[test]
fn what_failover_watches_is_read() {
    let text = "no monitor-interface mgmt\nmonitor-interface dmz \nno monitor-interface service-module \n";
    assert_eq!(
        json(running_monitor_interface, text),
        json!({"interfaces": [{"name": "mgmt", "monitored": false}, {"name": "dmz", "monitored": true}],
               "service_module": false})
    );
    assert_eq!(unread(running_monitor_interface, "monitor-interface a b\n"), ["monitor-interface a b"]);
}

#[test]
fn what_is_malformed_missing_or_printed_twice_is_an_error() {
    for ((message, _), expected) in [
        (
            error(failover_statistics, "tx:1\n"),
            "show failover statistics, line 1: expected the line `rx:N`, found the end of the output",
        ),
        (
            error(failover_statistics, "tx:many\n"),
            "show failover statistics, line 1: expected a number of packets, found \"many\"",
        ),
        (
            error(failover_descriptor, "none\n"),
            "show failover descriptor, line 1: expected the line `NAME send: HEX receive: HEX`, found the end of the \
             output",
        ),
        (
            error(failover_descriptor, "outside send: 20\n"),
            "show failover descriptor, line 1: expected the form `NAME send: HEX receive: HEX`, found \"outside send: 20\"",
        ),
        (
            error(failover_exec, "config mode\n"),
            "show failover exec, line 1: expected the line `UNIT unit Failover EXEC is at MODE`, found the end of the \
             output",
        ),
        (
            error(running_ssh, "ssh timeout soon\n"),
            "show running-config ssh, line 1: expected a number of minutes, found \"soon\"",
        ),
        (
            error(running_ssh, "ssh version 2\nssh version 1\n"),
            "show running-config ssh, line 2: expected `ssh version` only once, found \"ssh version 1\"",
        ),
        (
            error(
                running_monitor_interface,
                "monitor-interface service-module\nno monitor-interface service-module\n",
            ),
            "show running-config monitor-interface, line 2: expected `monitor-interface service-module` only once, \
             found \"no monitor-interface service-module\"",
        ),
    ] {
        assert_eq!(message, expected);
    }
}
