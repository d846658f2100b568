//! What a unit says of itself: clock, load, memory, login, checksum, licence, keys, errors of its start.

use asa_failover_core::show::{
    LicenseStatus, checksum, clock, cpu_usage, crypto_keys, curpriv, license_summary, memory, startup_errors,
};
use serde_json::json;

use crate::{error, facts, json, unread};

#[test]
fn the_clock_is_read_as_text() {
    assert_eq!(
        json(clock, "fw# show clock\r\n15:48:33.799 UTC Wed Aug 16 2017\r\nfw# "),
        json!({"now": "15:48:33.799 UTC Wed Aug 16 2017", "source": null})
    );
    let detail = "09:01:02 CEST  Sun Apr 5 2026\nTime source is NTP\n\
                  Summer time starts 02:00:00 CET Sun Mar 29 2026\nSummer time ends 03:00:00 CEST Sun Oct 25 2026\n";
    assert_eq!(json(clock, detail), json!({"now": "09:01:02 CEST Sun Apr 5 2026", "source": "NTP"}));
    assert_eq!(unread(clock, "09:01:02 UTC Sun Apr 5 2026\nNTP is off\n"), ["NTP is off"]);
}

#[test]
fn load_and_memory_are_read() {
    assert_eq!(
        json(cpu_usage, "CPU utilization for 5 seconds = 12%; 1 minute: 9%; 5 minutes: 100%\n"),
        json!({"five_seconds": 12, "one_minute": 9, "five_minutes": 100})
    );
    let text = "Free memory:        5318377472 bytes (34%)\nUsed memory:       10255417344 bytes (66%)\n\
                -------------     ------------------\nTotal memory:      15573794816 bytes (100%)\n\n\
                Note: Free memory is the free system memory. Additional memory may\n      be available from pools.\n";
    let facts = json!({"free_bytes": 5_318_377_472_u64, "used_bytes": 10_255_417_344_u64,
                       "total_bytes": 15_573_794_816_u64});
    assert_eq!(json(memory, text), facts);
    assert_eq!(json(memory, &text.replace('\n', "\r\n").replace("    ", "\t")), facts);
    assert_eq!(unread(memory, &format!("Swap: none\n{text}")), ["Swap: none"]);
}

#[test]
fn the_login_is_read() {
    assert_eq!(
        json(curpriv, "Username : enable_15\nCurrent privilege level : 15\nCurrent Mode/s : P_PRIV P_CONF\n"),
        json!({"username": "enable_15", "level": 15, "modes": ["P_PRIV", "P_CONF"]})
    );
}

#[test]
fn the_checksum_is_read() {
    assert_eq!(
        json(checksum, "Cryptochecksum: ce770b8f 9a7ce38e  fc682db4 81d2bf45 \n"),
        json!({"checksum": "ce770b8f 9a7ce38e fc682db4 81d2bf45"})
    );
}

const LICENSE: &str = "\nSmart Licensing is ENABLED\n\nRegistration:\n  Status: REGISTERED\n  \
    Virtual Account: LAB\n  Export-Controlled Functionality: Allowed\n  Last Renewal Attempt: None\n  \
    Next Renewal Attempt: Feb 04 16:37:40 2027 UTC\n\nLicense Authorization: \n  \
    Status: OUT OF COMPLIANCE on Aug 08 17:08:45 2026 UTC\n  \
    Last Communication Attempt: SUCCESS on Aug 08 17:08:45 2026 UTC\n\nLicense Usage:\n  \
    License                 Entitlement tag               Count Status\n  \
    -----------------------------------------------------------------------------\n  \
    Firepower 2100 ASA Standard (FIREPOWER_2100_ASA_STANDARD)  1 AUTHORIZED\n  \
    Strong Encryption (3DES/AES)  (STRONG_ENCRYPTION)          2 WAITING FOR IT\n";

#[test]
fn the_licence_is_read() {
    let read = facts(license_summary, LICENSE);
    assert_eq!(read.enabled, Some(true));
    assert_eq!(read.registration, Some(LicenseStatus::Registered));
    assert_eq!(read.authorization, Some(LicenseStatus::OutOfCompliance));
    assert_eq!(read.export_controlled.as_deref(), Some("Allowed"));
    assert_eq!(read.usage[0].license, "Firepower 2100 ASA Standard (FIREPOWER_2100_ASA_STANDARD)");
    assert_eq!(
        (read.usage[1].count, &read.usage[1].status),
        (2, &LicenseStatus::Other("WAITING FOR IT".to_owned()))
    );
    assert_eq!(
        unread(
            license_summary,
            "Smart Licensing is DISABLED\nStatus: REGISTERED\nRegistration:\n  Colour: blue\n"
        ),
        ["Status: REGISTERED", "  Colour: blue"],
        "a state outside of its block is nobody's"
    );
}

#[test]
fn keys_are_read_without_the_key() {
    let text = "Key pair was generated at: 21:24:03 UTC Jun 27 2018\nKey name: <Default-RSA-Key>\n \
                Usage: General Purpose Key\n Modulus Size (bits): 2048\n Storage: config\n Key Data:\n\n  \
                30820122 300d0609 2a864886 f70d0101\n  0203 010001\n\
                Key pair was generated at: 21:24:04 UTC Jun 27 2025\nKey name: ssh\nKey type: ECDSA KEYS\n \
                Key Size (bits): 384\n";
    assert_eq!(
        json(crypto_keys, text),
        json!({"keys": [
            {"generated_at": "21:24:03 UTC Jun 27 2018", "name": "<Default-RSA-Key>", "type": null,
             "usage": "General Purpose Key", "bits": 2048},
            {"generated_at": "21:24:04 UTC Jun 27 2025", "name": "ssh", "type": "ECDSA KEYS", "usage": null,
             "bits": 384},
        ]})
    );
    assert_eq!(json(crypto_keys, "fw# show crypto key mypubkey rsa\r\nfw# "), json!({"keys": []}));
    assert_eq!(unread(crypto_keys, "30820122 300d0609\n"), ["30820122 300d0609"]);
}

#[test]
fn errors_of_the_start_are_read_with_the_line_they_are_about() {
    let text = "fw# show startup-config errors\nReading from flash...\n!! heartbeat failure\n failover can not be enabled. \n\
                *** Output from config line 153, \"failover\"\nERROR: exists, first remove\n\
                *** Output from config line 207, context 'a', \"  config-url disk0:/insi...\"\n\
                *** Output from config line 300, \"failover key s3cr3t\"\nCreating context 'b'... Done. (3)\n";
    assert_eq!(
        json(startup_errors, text),
        json!({"reports": [
            {"config_line": 153, "context": null, "command": "failover",
             "said": ["!! heartbeat failure", "failover can not be enabled."]},
            {"config_line": 207, "context": "a", "command": "config-url disk0:/insi...",
             "said": ["ERROR: exists, first remove"]},
            {"config_line": 300, "context": null, "command": "failover key", "said": []},
        ], "rest": ["Creating context 'b'... Done. (3)"]})
    );
    assert!(startup_errors("ERROR: % Invalid input detected at '^' marker.\n").unwrap_err().is_refusal());
}

#[test]
fn what_is_malformed_missing_or_printed_twice_is_an_error() {
    let line = |found: &str, expected: &str| format!("line 1: expected {expected}, found {found}");
    let never = |expected: &str| line("the end of the output", &format!("the line `{expected}`"));
    let form = |found: &str, form: &str| line(found, &format!("the form `{form}`"));
    let cpu = "CPU utilization for 5 seconds = N%; 1 minute: N%; 5 minutes: N%";
    for ((message, _), command, expected) in [
        (error(clock, "noon\n"), "show clock", never("HH:MM:SS.MMM ZONE DAY MON DD YYYY")),
        (error(cpu_usage, "busy\n"), "show cpu usage", never(cpu)),
        (
            error(cpu_usage, "CPU utilization for 5 seconds = some%\n"),
            "show cpu usage",
            form("\"some%\"", cpu),
        ),
        (error(memory, "Free memory: 1 bytes (1%)\n"), "show memory", never("Used memory: N bytes (N%)")),
        (error(memory, "Free memory: lots\n"), "show memory", line("\"lots\"", "a number of bytes")),
        (error(curpriv, "Username : a\n"), "show curpriv", never("Current privilege level : N")),
        (error(curpriv, "Current privilege level : high\n"), "show curpriv", line("\"high\"", "a level")),
        (error(checksum, "none\n"), "show checksum", never("Cryptochecksum: HEX HEX HEX HEX")),
        (
            error(checksum, "Cryptochecksum: ce770b8f 9a7ce38e fc682db4\n"),
            "show checksum",
            line("\"ce770b8f 9a7ce38e fc682db4\"", "four words of eight hexadecimal digits"),
        ),
        (error(license_summary, "no\n"), "show license summary", never("Smart Licensing is ENABLED")),
        (
            error(license_summary, "Smart Licensing is ON\n"),
            "show license summary",
            line("\"ON\"", "ENABLED or DISABLED"),
        ),
        (
            error(startup_errors, "all is well\n"),
            "show startup-config errors",
            never("*** Output from config line N, \"TEXT\""),
        ),
        (
            error(startup_errors, "*** Output from config line x\n"),
            "show startup-config errors",
            form("\"x\"", "*** Output from config line N, \"TEXT\""),
        ),
    ] {
        assert_eq!(message, format!("{command}, {expected}"));
    }
    let key = "Key pair was generated at: now\n";
    assert_eq!(
        error(crypto_keys, &format!("{key}Modulus Size (bits): big\n")).0,
        "show crypto key mypubkey, line 2: expected a number of bits, found \"big\""
    );
    assert_eq!(
        error(crypto_keys, &format!("{key}Key name: a\nKey name: b\n")).0,
        "show crypto key mypubkey, line 3: expected `Key name` only once, found \"Key name: b\""
    );
}
