//! `show failover history`, `show failover history details`

use asa_failover_core::show::{
    SwitchReason, failover_history as history, failover_history_details as details,
};
use asa_failover_core::unit::{GroupId, Standing};
use serde_json::json;

use crate::{capture, error, facts, json, unread};

#[test]
fn a_takeover_of_7_2_is_read() {
    let read = facts(history, capture!("show-failover-history-asa5510-7.2"));
    let states: Vec<_> = read.entries.iter().map(|entry| entry.to.clone()).collect();
    assert_eq!(
        states,
        [
            Standing::JustActive,
            Standing::ActiveDrain,
            Standing::ActiveApplyingConfig,
            Standing::ActiveConfigApplied,
            Standing::Active
        ]
    );
    assert!(read.entries.iter().all(|entry| entry.reason == Some(SwitchReason::HelloNotHeard)));
    assert!(read.entries.iter().all(|entry| entry.at == "04:11:07 UTC Mar 2 2011" && entry.group.is_none()));
}

#[test]
fn a_unit_that_joins_and_is_synchronised_again_is_read() {
    let read = json(history, capture!("show-failover-history-asa5516-9.16"));
    let entries = read["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 8);
    assert_eq!(
        entries[0],
        json!({"at": "10:21:05 CEST Apr 20 2026", "group": null, "from": "Not Detected", "to": "Negotiation",
               "reason": "No Error"})
    );
    assert_eq!(entries[6]["reason"], "Configuration mismatch due to wr standby in active");
    let read = facts(history, capture!("show-failover-history-asa5516-9.16"));
    assert_eq!(
        read.entries[6].reason,
        Some(SwitchReason::Other("Configuration mismatch due to wr standby in active".to_owned())),
        "a longer text is not the shorter one"
    );
    assert_eq!(read.entries[7].to, Standing::AppSync);
}

#[test]
fn groups_are_told_apart_and_words_not_known_are_kept() {
    let read = facts(history, capture!("show-failover-history-fpr2130-aa-9.8"));
    let groups: Vec<_> = read.entries.iter().map(|entry| entry.group.unwrap()).collect();
    assert_eq!(groups, [0, 1, 2, 2, 2, 1].map(GroupId::new));
    let last = read.entries.last().unwrap();
    assert_eq!(last.to, Standing::Other("Active Handing Over".to_owned()));
    assert_eq!(last.reason, Some(SwitchReason::Other("Asked by the operator in a new release".to_owned())));
}

#[test]
fn columns_that_a_copy_shifted_are_read_by_the_states_that_are_known() {
    let head = "From  State                 To State                   Reason\n12:28:56  UTC Jun 12 2025\n";
    for row in [
        "Active  Config Applied      Active                  HELLO not heard from mate",
        "Active Config Applied Active HELLO not heard from mate",
        "Active Config Applied\tActive\tHELLO not heard from mate",
    ] {
        assert_eq!(
            json(history, &format!("{head}{row}\n"))["entries"],
            json!([{"at": "12:28:56 UTC Jun 12 2025", "group": null, "from": "Active Config Applied",
                    "to": "Active", "reason": "HELLO not heard from mate"}]),
            "{row}"
        );
    }
    let row = "Active  Being Examined  Interface check\n";
    let read = facts(history, &format!("{head}{row}"));
    assert_eq!(read.entries[0].to, Standing::Other("Being Examined".to_owned()));
    let row = "Active Standby Ready\n";
    assert_eq!(facts(history, &format!("{head}{row}")).entries[0].reason, None);
}

#[test]
fn what_the_peer_went_through_is_never_taken_for_the_units_own() {
    let text = capture!("show-failover-history-details-9.16");
    let read = facts(details, text);
    assert_eq!(read.entries.len(), 1);
    assert_eq!(read.entries[0].to, Standing::StandbyReady);
    assert_eq!(read.peer_entries.len(), 2);
    assert_eq!(read.peer_entries[0].to, Standing::JustActive);
    let plain = history(text).unwrap();
    assert_eq!(plain.value.entries, read.entries);
    assert_eq!(plain.unread.len(), 9, "{:?}", plain.unread);
    let alone = facts(details, capture!("show-failover-history-asa5510-7.2"));
    assert_eq!(alone.peer_entries, []);
}

#[test]
fn notices_between_the_lines_are_no_rows() {
    let text = capture!("show-failover-history-asa5516-9.16");
    let noisy =
        text.replace("CEST Apr 20 2026\n", "CEST Apr 20 2026\nEnd Configuration Replication to mate\n");
    assert_ne!(noisy, text);
    assert_eq!(facts(history, &noisy), facts(history, text));
    assert_eq!(unread(history, &format!("{text}5 entries dropped\n")), ["5 entries dropped"]);
}

#[test]
fn what_is_malformed_missing_or_printed_twice_is_an_error() {
    let head = "From State                 To State                   Reason\n";
    let at = "12:34:21 UTC Jun 12 2025\n";
    let line = "`From State  To State  Reason`";
    for (text, message) in [
        ("Failover Off\n".to_owned(), format!("line 1: expected the line {line}, found the end of the output")),
        (
            format!("{head}{head}"),
            format!("line 2: expected {line} only once, found {:?}", head.trim_ascii_end()),
        ),
        (
            format!("{head}{at}"),
            "line 2: expected the line `FROM STATE  TO STATE  REASON`, found the end of the output".to_owned(),
        ),
        (
            format!("{head}{at}{at}"),
            "line 3: expected a state, the next state and a reason, found \"12:34:21 UTC Jun 12 2025\"".to_owned(),
        ),
        (
            format!("{head}{at}Standby Red  Active\n"),
            "line 3: expected a state, the next state and a reason, found \"Standby Red  Active\"".to_owned(),
        ),
        (
            format!("Group     {head}{at}    x     Active                     Failed                     Why\n"),
            "line 3: expected a group's number, found \"x     Active                     Failed                     Why\""
                .to_owned(),
        ),
    ] {
        assert_eq!(error(history, &text).0, format!("show failover history, {message}"));
    }
    assert_eq!(
        error(details, &format!("{head}{at}Active  Failed  Interface check\n===PEER-HISTORY===\n{head}{at}"))
            .0,
        "show failover history details, line 6: expected the line `FROM STATE  TO STATE  REASON`, found the \
         end of the output"
    );
    // The unit's own table ends where its peer's begins, and there it is missed.
    let peer = "===PEER-HISTORY===";
    for (own, line) in
        [("Failover Off\n".to_owned(), line), (format!("{head}{at}"), "`FROM STATE  TO STATE  REASON`")]
    {
        let number = own.lines().count() + 1;
        assert_eq!(
            error(details, &format!("{own}{peer}\n{head}")),
            (
                format!(
                    "show failover history details, line {number}: expected the line {line}, found {peer:?}"
                ),
                peer
            )
        );
    }
}
