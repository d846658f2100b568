//! Output of PIX, FWSM and FTD: named for what it is, or read as the same form, never as a good ASA.

use asa_failover_core::show::{Monitoring, Product, Side, failover, mode, version};
use asa_failover_core::unit::{GroupId, Standing};

use crate::{error, facts, unread};

#[test]
fn show_version_names_the_product() {
    for (text, product, release) in [
        (
            "Cisco PIX Firewall Version 6.3(5)\nCisco PIX Device Manager Version 3.0(4)\n",
            Product::Pix,
            "6.3(5)",
        ),
        ("Cisco PIX Security Appliance Software Version 8.0(4) \n", Product::Pix, "8.0(4)"),
        ("FWSM Firewall Version 4.1(5) <system>\nDevice Manager Version 6.2(3)F\n", Product::Fwsm, "4.1(5)"),
        (
            "-----[ fw ]-----\nModel : Cisco Firepower 2110 Threat Defense (77) Version 7.2.4 (Build 165)\n",
            Product::Ftd,
            "7.2.4 (Build 165)",
        ),
    ] {
        let read = facts(version, text);
        assert_eq!((read.product, read.version.as_str()), (product, release));
    }
}

#[test]
fn a_pix_before_seven_keeps_its_own_lines_unread() {
    let text = "Cisco PIX Firewall Version 6.1(1)\n\npix-501 up 40 days 23 hours\n\n\
                Hardware:   PIX-501, 16 MB RAM, CPU Am5x86 133 MHz\n0: ethernet0: address is 0000.5e00.5301, irq 9\n\n\
                Licensed Features:\nFailover:\tDisabled\n\nSerial Number: 806245458 (0x300e5452)\n";
    assert_eq!(
        unread(version, text),
        ["0: ethernet0: address is 0000.5e00.5301, irq 9", "Licensed Features:", "Failover:\tDisabled"]
    );
    let read = version(text).unwrap().value;
    assert_eq!((read.product, read.hardware.as_deref()), (Product::Pix, Some("PIX-501")));
    assert_eq!(read.licensed_failover, None, "its table is not the one of later releases");
}

#[test]
fn a_release_line_in_other_words_is_no_asa() {
    for head in [
        "Cisco Secure FWSM Firewall Version 2.3(4)",
        "Cisco IOS Software, C2900 Software, Version 15.1(4)M",
        "Cisco Adaptive Security Appliance Version 9.1(2)",
    ] {
        let (message, _) = error(version, head);
        assert_eq!(
            message,
            "show version, line 1: expected the line `Cisco Adaptive Security Appliance Software Version VERSION`, \
             found the end of the output"
        );
    }
}

#[test]
fn a_pix_before_seven_has_no_unit_that_is_ready() {
    let text = "Failover On\nCable status: Normal\nReconnect timeout 0:00:00\nPoll frequency 15 seconds\n        \
                This host: Primary - Active \n                Active time: 6930 (sec)\n                \
                Interface outside (192.0.2.1): Normal \n        Other host: Secondary - Standby \n                \
                Active time: 15 (sec)\n";
    let reading = failover(text).unwrap();
    let lines: Vec<_> = reading.unread.iter().map(|unread| unread.text.as_str()).collect();
    assert_eq!(lines, ["Poll frequency 15 seconds"]);
    let standing = reading.value.standing(Side::Other, GroupId::UNIT);
    assert_eq!(standing, Some(&Standing::Other("Standby".to_owned())));
}

#[test]
fn a_services_module_prints_the_same_form_with_words_of_its_own() {
    let text = "Failover On\nFailover unit Secondary\nFailover LAN Interface: folink Vlan 150 (up)\n\
                Unit Poll frequency 1 seconds, holdtime 15 seconds\n        This host: Secondary - Active\n                \
                admin Interface inside (192.0.2.1): Normal (Autostate Down)\n        \
                Other host: Primary - Learn\n";
    let read = facts(failover, text);
    assert_eq!(read.interfaces[0].monitoring, Some(Monitoring::Other("autostate down".to_owned())));
    assert_eq!(read.standing(Side::Other, GroupId::UNIT), Some(&Standing::Other("Learn".to_owned())));
    assert_eq!(
        error(mode, "Firewall mode: multiple\nThe flash mode is the SAME as the running mode.\n").0,
        "show mode, line 2: expected the line `Security context mode: single|multiple`, found the end of the output"
    );
}
