//! A log

use asa_failover_core::show::{self, Facts, log};
use serde_json::json;

use crate::{error, json, unread};

const LOG: &str = "Nov 26 2026 10:00:00 fw1 : %ASA-1-104001:  (Secondary) Switching to ACTIVE - HELLO not heard from mate.\r\n\
    <166>:Nov 26 10:00:01 UTC: %ASA-ha-1-104002: (Primary_group_1)  Switching to STANDBY  - Other unit wants me Standby. \n\
    %ASA-6-302014: Teardown TCP connection 1 for outside:198.51.100.9/443\n\
    2026-11-26T10:00:02Z fw2 : %FTD-6-720012: (VPN-Secondary) Failed to update IPsec failover runtime data\n\
    %PIX-1-101001: (Primary) Failover cable OK.\n";

#[test]
fn failover_messages_are_facts_and_other_messages_are_not() {
    assert_eq!(
        json(log, LOG),
        json!({"messages": [
            {"severity": 1, "id": 104_001, "unit": "Secondary",
             "text": "Switching to ACTIVE - HELLO not heard from mate.", "at": "Nov 26 2026 10:00:00"},
            {"severity": 1, "id": 104_002, "unit": "Primary_group_1",
             "text": "Switching to STANDBY - Other unit wants me Standby.", "at": "Nov 26 10:00:01 UTC"},
            {"severity": 6, "id": 720_012, "unit": "VPN-Secondary",
             "text": "Failed to update IPsec failover runtime data", "at": "2026-11-26T10:00:02Z"},
            {"severity": 1, "id": 101_001, "unit": "Primary", "text": "Failover cable OK.", "at": null},
        ]})
    );
    assert_eq!(json(log, "%ASA-6-302014: Teardown\n"), json!({"messages": []}));
    let Facts::Log(named) = show::parse("syslog", LOG).unwrap().value else { panic!("another reader") };
    assert_eq!(named, log(LOG).unwrap().value);
}

#[test]
fn a_message_quoted_in_a_text_is_none_and_a_strange_line_refuses_nothing() {
    let strange = [
        "Nov 26 10:00:00 web1 sshd[7]: banner %ASA-1-104001: (Primary) Switching to ACTIVE",
        "web1 sudo: Command authorization failed",
        "ERROR: disk full",
        "see %ASA-1-104001: (Primary) Switching to ACTIVE",
    ];
    let text = format!("fw# show logging\n{LOG}{}\nfw# ", strange.join("\n"));
    assert_eq!(unread(log, &text), strange);
}

#[test]
fn a_text_without_a_message_is_an_error() {
    assert_eq!(
        error(log, "Failover On\n\n").0,
        "syslog, line 2: expected the line `%ASA-1-104001: ...`, found the end of the output"
    );
}
