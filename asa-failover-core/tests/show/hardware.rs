//! `show inventory`, `show module`

use asa_failover_core::show::{ModuleStatus, inventory, module};
use serde_json::json;

use crate::{capture, error, facts, json, unread};

#[test]
fn the_parts_of_a_unit_are_read() {
    assert_eq!(
        json(inventory, capture!("show-inventory-fpr1140-9.16")),
        json!({"items": [
            {"name": "Chassis", "descr": "Firepower 1140 Appliance, Desktop, 8 GE, 1 MGMT", "pid": "FPR-1140",
             "vid": "V01", "serial": "JAD000000A1"},
            {"name": "Storage Device 1", "descr": "Model Number: 200 GB, \"fast\"", "pid": "N/A", "vid": "N/A",
             "serial": null},
            {"name": "power supply 1", "descr": null, "pid": null, "vid": null, "serial": "JAD000000P1"},
        ]})
    );
    let text =
        "NAME: \"Chassis\", DESCR: \"x\"\nPID: A, VID: B, SN: C\nslot 2 is empty\nPID: A, VID: B, SN: D\n";
    assert_eq!(unread(inventory, text), ["slot 2 is empty", "PID: A, VID: B, SN: D"]);
}

#[test]
fn the_modules_of_8_2_are_read() {
    let read = facts(module, capture!("show-module-asa5510-8.2"));
    let [unit, csc] = read.modules.as_slice() else { panic!("{read:?}") };
    assert_eq!((unit.slot.as_str(), unit.serial.as_deref()), ("0", Some("JAD000000A1")));
    assert_eq!(unit.status, Some(ModuleStatus::UpSys));
    assert_eq!(csc.card_type.as_deref(), Some("ASA 5500 Series Content Security Services Mo"));
    assert_eq!(csc.sw_version.as_deref(), Some("CSC SSM 6.3.1172.0"), "the last column runs to the end");
    assert_eq!(
        (csc.mac_first.as_deref(), csc.mac_last.as_deref()),
        (Some("0019.e800.0001"), Some("0019.e800.0001"))
    );
    assert_eq!(csc.status, Some(ModuleStatus::ShuttingDown));
    assert_eq!(csc.data_plane_status, Some(ModuleStatus::Other("Lost its way".to_owned())));
    assert_eq!(csc.compatibility.as_deref(), Some("Compatible"));
    assert_eq!((csc.license.as_deref(), csc.application_status.as_deref()), (None, Some("Down")));
}

#[test]
fn the_modules_of_9_16_are_read() {
    let text = capture!("show-module-asa5516-9.16");
    let read = json(module, text);
    assert_eq!(
        read["modules"][1],
        json!({"slot": "sfr", "card_type": "Unknown", "model": "N/A", "serial": "JAD000000A1",
               "mac_first": "70b3.1700.000a", "mac_last": "70b3.1700.000a", "hw_version": "N/A",
               "fw_version": "N/A", "sw_version": null, "application": "Unknown",
               "application_status": "No Image Present", "application_version": "Not Applicable",
               "status": "Unresponsive", "data_plane_status": "Not Applicable", "compatibility": null,
               "license": "FirePOWER", "license_status": "Disabled", "license_time_remaining": "perpetual"})
    );
    let flat: Vec<_> = text.lines().map(|line| format!("   {}", line.trim())).collect();
    assert_eq!(json(module, &flat.join("\r\n")), read, "without its indentation");
}

#[test]
fn a_virtual_unit_has_no_versions_of_hardware_and_firmware() {
    let text = "Mod  Card Type                                    Model              Serial No. \n\
                ---- -------------------------------------------- ------------------ -----------\n   \
                   0 ASAv Adaptive Security Virtual Appliance     ASAv               9A0000000A1\n\n\
                Mod  MAC Address Range                 Hw Version   Fw Version   Sw Version     \n\
                ---- --------------------------------- ------------ ------------ ---------------\n   \
                   0 5000.0001.0000 to 5000.0001.0009                            9.16(4)57\n";
    let read = facts(module, text);
    let [unit] = read.modules.as_slice() else { panic!("{read:?}") };
    assert_eq!((unit.hw_version.as_deref(), unit.fw_version.as_deref()), (None, None));
    assert_eq!((unit.model.as_deref(), unit.sw_version.as_deref()), (Some("ASAv"), Some("9.16(4)57")));
    let collapsed = text.replace("0009                            9.16", "0009 9.16");
    assert_eq!(
        error(module, &collapsed).0,
        "show module, line 7: expected cells under the rules of dashes, found \"5000.0001.0000 to 5000.0001.0009 \
         9.16(4)57\""
    );
}

#[test]
fn a_table_or_a_slot_that_is_not_known_is_kept() {
    let text = "Mod Card Type                                    Model              Serial No. \n\
                --- -------------------------------------------- ------------------ -----------\n  \
                  0 ASA 5510 Adaptive Security Appliance         ASA5510            JAD000000A1\n\
                Mod Colour\n--- ------\n  0 blue\n\
                Mod Status             Data Plane Status     Compatibility\n\
                --- ------------------ --------------------- -------------\n  9 Up                 Up\n";
    assert_eq!(
        unread(module, text),
        ["Mod Colour", "  0 blue", "  9 Up                 Up"].map(str::to_owned)
    );
}

#[test]
fn what_is_malformed_missing_or_printed_twice_is_an_error() {
    let item = "Name: \"Chassis\", DESCR: \"x\"\n";
    for (text, message) in [
        (
            "ok\n".to_owned(),
            "line 1: expected the line `Name: \"NAME\", DESCR: \"TEXT\"`, found the end of the output",
        ),
        (
            item.to_owned(),
            "line 1: expected the line `PID: ID, VID: ID, SN: NUMBER`, found the end of the output",
        ),
        (
            format!("{item}{item}"),
            "line 2: expected `Name: \"NAME\", DESCR: \"TEXT\"` only once, found \"Name: \\\"Chassis\\\", DESCR: \
             \\\"x\\\"\"",
        ),
        ("Name: Chassis\n".to_owned(), "line 1: expected a name in quotes, found \"Chassis\""),
        ("Name: \"Chassis\", DESCR: \"x\n".to_owned(), "line 1: expected a text in quotes, found \"\\\"x\""),
        (format!("{item}PID: A, VID: B\n"), "line 2: expected `, SN:`, found the end of the line"),
    ] {
        assert_eq!(error(inventory, &text).0, format!("show inventory, {message}"));
    }
    let head = "Mod Status             Data Plane Status     Compatibility\n\
                --- ------------------ --------------------- -------------\n";
    let cards = "Mod Card Type                                    Model              Serial No. \n\
                 --- -------------------------------------------- ------------------ -----------\n";
    let row = "  0 ASA 5510 Adaptive Security Appliance         ASA5510            JAD000000A1\n";
    for (text, message) in [
        (
            "no modules\n".to_owned(),
            "line 1: expected the line `Mod Card Type Model Serial No.`, found the end of the output".to_owned(),
        ),
        (
            format!("{head}{head}"),
            "line 3: expected `a table of this head` only once, found \"Mod Status             Data Plane Status     \
             Compatibility\""
                .to_owned(),
        ),
        (
            format!("{cards}{row}{row}"),
            format!("line 4: expected `a row of this slot` only once, found {:?}", row.trim_ascii()),
        ),
        (
            format!("{cards}0 ASA 5510 Adaptive Security Appliance ASA5510 JAD000000A1\n"),
            "line 3: expected cells under the rules of dashes, found the end of the line".to_owned(),
        ),
        (
            format!("{cards}0 An appliance of a model with a long long name ASA5510 JAD000000A1\n"),
            "line 3: expected cells under the rules of dashes, found \"An appliance of a model with a long long name \
             ASA5510 JAD000000A1\""
                .to_owned(),
        ),
    ] {
        assert_eq!(error(module, &text).0, format!("show module, {message}"));
    }
}
