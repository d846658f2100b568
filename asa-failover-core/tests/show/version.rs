//! `show version`

use asa_failover_core::show::{Product, Space, version};
use serde_json::json;

use crate::{capture, error, facts, json, unread};

const SOFTWARE: &str = "Cisco Adaptive Security Appliance Software Version 9.16(4)57 \n";

#[test]
fn a_unit_of_8_4_is_read() {
    assert_eq!(
        json(version, capture!("show-version-asa5520-8.4")),
        json!({
            "product": "asa", "version": "8.4(1)", "space": null, "asdm": "6.4(1)", "platform_os": null,
            "image": "disk0:/asa841-k8.bin", "config_at_boot": "startup-config", "hostname": "fw",
            "uptime_seconds": 270_000, "failover_cluster_uptime_seconds": 1_058_400, "hardware": "ASA5520",
            "model_id": null, "serial": "JMX0000000A", "ram_mb": 512, "licensed_failover": "Active/Active",
            "config_register": "0x1 (will be 0x41 at next reload)",
            "config_modified": "Configuration last modified by enable_15 at 15:23:22.339 UTC Fri Oct 30 2015",
        })
    );
}

#[test]
fn the_register_of_the_next_reload_is_told_from_the_present_one() {
    let register = |text: &str| {
        let facts = facts(version, &format!("{SOFTWARE}Configuration register is {text}\n"));
        facts.config_register_next().map(str::to_owned)
    };
    assert_eq!(register("0x1 (will be 0x41 at next reload)").unwrap(), "0x41");
    assert_eq!(register("0x1").unwrap(), "0x1");
    assert_eq!(facts(version, SOFTWARE).config_register_next(), None);
}

#[test]
fn a_virtual_unit_of_9_16_in_the_system_space_is_read() {
    let facts = facts(version, capture!("show-version-asav-9.16"));
    assert_eq!((facts.product, facts.space), (Product::Asa, Some(Space::System)));
    assert_eq!(facts.platform_os.as_deref(), Some("SSP Operating System Version 2.10(1.162)"));
    assert_eq!(facts.image.as_deref(), Some("boot:/asa9-16-4-57-smp-k8.bin"));
    assert_eq!((facts.model_id.as_deref(), facts.ram_mb), (Some("ASAv10"), Some(2048)));
    assert_eq!(facts.licensed_failover.as_deref(), Some("Active/Standby"));
    assert_eq!(facts.config_register, None);
    assert_eq!(
        facts.config_modified.as_deref(),
        Some("Configuration has not been modified since last system restart.")
    );
    let day = 86_400;
    assert_eq!(facts.uptime_range(), Some((462 * day, 464 * day)));
}

#[test]
fn other_products_are_told_apart() {
    for (text, product, release) in [
        ("Cisco PIX Security Appliance Software Version 7.2(4)", Product::Pix, "7.2(4)"),
        ("FWSM Firewall Version 3.1(1) <context>", Product::Fwsm, "3.1(1)"),
        (
            "-----------[ fw ]-----------\nModel : Cisco Firepower 2110 Threat Defense (77) Version 6.8.0 (Build 1751)\n\
             UUID : 00000000-0000-0000-0000-000000000000\n----------------------------",
            Product::Ftd,
            "6.8.0 (Build 1751)",
        ),
    ] {
        let facts = facts(version, text);
        assert_eq!((facts.product, facts.version.as_str()), (product, release));
    }
}

#[test]
fn the_pairs_uptime_is_not_the_units() {
    let facts = facts(version, &format!("{SOFTWARE}failover cluster up 6 years 67 days\n"));
    assert_eq!((facts.uptime_range(), facts.hostname), (None, None));
    assert_eq!(facts.failover_cluster_uptime_seconds, Some(195_004_800));
}

#[test]
fn a_hexadecimal_form_is_no_part_of_the_serial_number() {
    let facts = facts(version, &format!("{SOFTWARE}Serial Number: 807243559 (0x301d8ce7)\n"));
    assert_eq!(facts.serial.unwrap().as_str(), "807243559");
}

#[test]
fn an_unknown_line_is_kept() {
    let text = format!("{SOFTWARE}The Running Activation Key is not valid, using default settings:\n");
    assert_eq!(unread(version, &text), ["The Running Activation Key is not valid, using default settings:"]);
}

#[test]
fn a_malformed_line_is_an_error_with_its_place() {
    for (line, message, span) in [
        (
            "fw up 3 fortnights",
            "line 2: expected years, days, hours, mins or secs, found \"3 fortnights\"",
            "3 fortnights",
        ),
        (
            "fw up 3 hours 2 days",
            "line 2: expected years, days, hours, mins or secs, found \"3 hours 2 days\"",
            "3 hours 2 days",
        ),
        ("Model Id:", "line 2: expected a model, found the end of the line", ""),
        ("Hardware: , 2048 MB RAM", "line 2: expected a model, found \" , 2048 MB RAM\"", " , 2048 MB RAM"),
        ("Serial Number:", "line 2: expected a serial number, found the end of the line", ""),
        (
            "System image file is disk0:/a",
            "line 2: expected a file in quotes, found \"disk0:/a\"",
            "disk0:/a",
        ),
        ("Device Manager Version 7.18(1) beta", "line 2: expected a release, found \" beta\"", " beta"),
        (
            "Cisco Adaptive Security Appliance Software Version 9.16(4)67",
            "line 2: expected `Cisco Adaptive Security Appliance Software Version VERSION` only once, found \
             \"Cisco Adaptive Security Appliance Software Version 9.16(4)67\"",
            "Cisco Adaptive Security Appliance Software Version 9.16(4)67",
        ),
    ] {
        let text = format!("{SOFTWARE}{line}\n");
        assert_eq!(error(version, &text), (format!("show version, {message}"), span));
    }
}

#[test]
fn without_a_release_nothing_is_read() {
    let message = "show version, line 1: expected the line \
                   `Cisco Adaptive Security Appliance Software Version VERSION`, found the end of the output";
    assert_eq!(error(version, "fw up 17 secs\n"), (message.to_owned(), ""));
}
