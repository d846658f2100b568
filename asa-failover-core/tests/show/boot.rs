//! `show running-config boot`, the boot lines of `show startup-config`, `show bootvar`

use asa_failover_core::show::{bootvar, running_boot, startup_boot};
use serde_json::json;

use crate::{error, json, unread};

#[test]
fn the_boot_list_is_read_in_order() {
    let text =
        "fw# show running-config boot system\r\nboot system disk0:/new.bin\r\nboot system disk0:/old.bin\r\n";
    assert_eq!(
        json(running_boot, text),
        json!({"system": ["disk0:/new.bin", "disk0:/old.bin"], "config": null})
    );
    assert_eq!(
        json(running_boot, "boot config disk0:/run.cfg\n"),
        json!({"system": [], "config": "disk0:/run.cfg"})
    );
    assert_eq!(json(running_boot, ""), json!({"system": [], "config": null}));
    assert_eq!(unread(running_boot, "boot order is fine\n"), ["boot order is fine"]);
}

#[test]
fn the_boot_lines_of_a_startup_configuration_are_read_and_nothing_else_is_kept() {
    let filtered = "show startup-config | include boot system\nboot system disk0:/new.bin\nfw# ";
    assert_eq!(json(startup_boot, filtered), json!({"system": ["disk0:/new.bin"]}));
    let whole = ": Saved\n!\nASA Version 9.16(4)57\nhostname fw\nenable password hunter2 pbkdf2\n\
                 banner motd Command authorization failed\nboot system disk0:/a.bin\nboot system disk0:/b.bin\n\
                 failover key hunter2\nfw# show running-config\nusername u password hunter2\n";
    assert_eq!(json(startup_boot, whole), json!({"system": ["disk0:/a.bin", "disk0:/b.bin"]}));
    assert_eq!(json(startup_boot, "fw# "), json!({"system": []}));
}

/// The lines of a configuration are dropped, and one that is dropped for its damage would be missed.
#[test]
fn a_boot_line_that_is_damaged_is_an_error_and_shows_nothing_else() {
    for (line, found) in [
        ("boot sy\u{fffd}tem disk0:/old.bin", "\u{fffd}"),
        ("\0boot system disk0:/old.bin", "\0"),
        ("boot system disk0:/old.bin\u{8}\u{8}\u{8}new", "\u{8}"),
    ] {
        let text = format!("hostname fw\n{line}\nboot system disk0:/new.bin\n");
        let expected = "expected a line without characters that print nothing";
        let message = format!("show startup-config, line 2: {expected}, found {found:?}");
        assert_eq!(error(startup_boot, &text), (message, found), "{line:?}");
    }
    let text = "banner motd \u{fffd}\nenable password \u{fffd}\nboot system disk0:/new.bin\n";
    assert_eq!(json(startup_boot, text), json!({"system": ["disk0:/new.bin"]}));
}

#[test]
fn a_boot_line_is_one_file() {
    for (line, found) in [("boot system", "the end of the line"), ("boot system a b", "\" b\"")] {
        let message = format!("line 1: expected a blank and one file name, found {found}");
        assert_eq!(error(running_boot, line).0, format!("show running-config boot, {message}"));
        assert_eq!(error(startup_boot, line).0, format!("show startup-config, {message}"));
    }
    let (message, _) = error(running_boot, "boot config a\nboot config b\n");
    assert_eq!(
        message,
        "show running-config boot, line 2: expected `boot config FILE` only once, found \"boot config b\""
    );
}

#[test]
fn the_boot_variables_are_read() {
    let text = "\nBOOT variable = disk0:/old.bin\nCurrent BOOT variable = disk0:/new.bin;disk0:/old.bin\n\
                CONFIG_FILE variable = \nCurrent CONFIG_FILE variable = disk0:/run.cfg\n";
    assert_eq!(
        json(bootvar, text),
        json!({"boot": ["disk0:/old.bin"], "current_boot": ["disk0:/new.bin", "disk0:/old.bin"],
               "config_file": null, "current_config_file": "disk0:/run.cfg"})
    );
    assert_eq!(json(bootvar, "BOOT variable = \n")["boot"], json!(null));
    assert_eq!(unread(bootvar, "BOOT variable = a\nPREV variable = b\n"), ["PREV variable = b"]);
}

#[test]
fn boot_variables_that_are_missing_or_printed_twice_are_an_error() {
    assert_eq!(
        error(bootvar, "fw# show bootvar\n").0,
        "show bootvar, line 1: expected the line `BOOT variable = ...`, found the end of the output"
    );
    assert_eq!(
        error(bootvar, "BOOT variable = a\nBOOT variable = b\n").0,
        "show bootvar, line 2: expected `BOOT variable` only once, found \"BOOT variable = b\""
    );
}
