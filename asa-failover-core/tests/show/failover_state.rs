//! `show failover state`

use asa_failover_core::show::failover_state;
use serde_json::json;

use crate::{capture, error, json, unread};

const PAIR: &str = "This host  -   Primary\n     Active         None\n\
                    Other host -   Secondary\n     Standby Ready  None\n";

#[test]
fn both_units_and_why_they_last_failed_are_read() {
    assert_eq!(
        json(failover_state, capture!("show-failover-state-asa-9.8")),
        json!({
            "this_host": {
                "role": "Primary", "state": "Active", "last_failure_reason": "Ifc Failure",
                "last_failure_at": "07:14:34 UTC Oct 10 2023",
                "failed_interfaces": ["ctx1 inside: Failed", "ctx1 outside: Failed"],
            },
            "other_host": {
                "role": "Secondary", "state": "Standby Ready", "last_failure_reason": null,
                "last_failure_at": null, "failed_interfaces": [],
            },
            "configuration_state": ["Sync Done", "Sync Done - STANDBY"],
            "communication_state": ["Mac set"],
            "groups": null,
        })
    );
}

#[test]
fn active_active_is_read_by_group_from_flattened_columns() {
    let json = json(failover_state, capture!("show-failover-state-aa-9.1"));
    assert_eq!(
        json["this_host"],
        json!({"role": "Secondary", "state": null, "last_failure_reason": null, "last_failure_at": null,
               "failed_interfaces": null})
    );
    assert_eq!(
        json["groups"]["1"]["this_host"],
        json!({"state": "Failed", "last_failure_reason": "Backplane Failure",
               "last_failure_at": "03:42:29 UTC Apr 17 2009", "failed_interfaces": []})
    );
    assert_eq!(json["groups"]["2"]["this_host"]["state"], "Standby Ready");
    assert_eq!(json["groups"]["2"]["other_host"]["state"], "Active");
}

#[test]
fn an_unknown_state_is_kept_where_the_columns_tell_it_apart() {
    let text = PAIR.replace("Standby Ready  None", "Standby Almost  Comm Failure");
    let json = json(failover_state, &text);
    assert_eq!(json["other_host"]["state"], "Standby Almost");
    assert_eq!(json["other_host"]["last_failure_reason"], "Comm Failure");
}

#[test]
fn an_unknown_line_is_kept() {
    let text = format!("Link quality good\n{PAIR}seen twice\n====Peer State===\n");
    assert_eq!(unread(failover_state, &text), ["Link quality good", "seen twice", "====Peer State==="]);
}

#[test]
fn prompts_and_notices_are_no_lines_of_a_section() {
    let text = format!(
        "fw# sh fail st\n{PAIR}====Configuration State===\n\tSync Done\nEnd Configuration Replication to mate\n\
         ====Communication State===\n\tMac set\nfw# \n"
    );
    let json = json(failover_state, &text);
    assert_eq!(json["configuration_state"], json!(["Sync Done"]));
    assert_eq!(json["communication_state"], json!(["Mac set"]));
}

#[test]
fn what_follows_a_prompt_is_no_line_of_a_section() {
    let text = format!("{PAIR}====Communication State===\n\tMac set\nfw# \nFailover LAN became OK\n");
    let reading = failover_state(&text).unwrap();
    assert_eq!(reading.value.communication_state, ["Mac set"]);
    assert_eq!(unread(failover_state, &text), ["Failover LAN became OK"]);
}

#[test]
fn what_is_malformed_missing_or_printed_twice_is_an_error() {
    for (text, message) in [
        (
            PAIR.replace("Active         None", "Asleep"),
            "line 2: expected a state, the reason of the last failure, and its time, found \"Asleep\"",
        ),
        (PAIR.replace("Primary", "Spare"), "line 1: expected Primary or Secondary, found \"Spare\""),
        (
            PAIR.replace("     Standby Ready  None\n", ""),
            "line 3: expected the line `STATE  REASON  DATE`, found the end of the output",
        ),
        (
            PAIR.replace("Other host", "This host"),
            "line 3: expected `This host  -   ROLE` only once, found \"This host -   Secondary\"",
        ),
        (
            "This host - Primary\nActive None\n".to_owned(),
            "line 2: expected the line `Other host -   ROLE`, found the end of the output",
        ),
        (
            "This host - Primary\nGroup 1 Active None\nOther host - Secondary\nFailed None\n".to_owned(),
            "line 4: expected the line `Group N STATE  REASON  DATE`, found \"Failed None\"",
        ),
        (
            "This host - Primary\nGroup 1 Active None\nGroup 1 Failed None\n".to_owned(),
            "line 3: expected `Group N STATE` only once, found \"Group 1 Failed None\"",
        ),
    ] {
        assert_eq!(error(failover_state, &text).0, format!("show failover state, {message}"));
    }
}
