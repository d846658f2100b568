//! `show failover`

use asa_failover_core::show::{self, Block, Side, failover};
use asa_failover_core::unit::{GroupId, Role, Standing};
use serde_json::json;

use crate::{capture, error, facts, json};

const PAIR: &str = "Failover On\nThis host: Primary - Active\nOther host: Secondary - Standby Ready\n";

#[test]
fn a_pair_in_the_middle_of_an_upgrade_is_read() {
    let facts = facts(failover, capture!("show-failover-asa5516-9.16"));
    assert!(facts.enabled && facts.http_replication);
    assert_eq!(facts.unit, Some(Role::Primary));
    let versions = facts.versions.clone().unwrap();
    assert!(versions.ours.value() < versions.mate.unwrap().value());
    assert_eq!(facts.serials.clone().unwrap().ours.value().unwrap().as_str(), "JAD000000A1");
    assert_eq!(facts.group_ids(), [GroupId::UNIT]);
    assert_eq!(facts.standing(Side::This, GroupId::UNIT), Some(&Standing::Active));
    assert_eq!(facts.standing(Side::Other, GroupId::UNIT), Some(&Standing::BulkSync));
    assert_eq!(facts.standing(Side::Other, GroupId::new(1)), None);
    assert_eq!(facts.host(Side::Other).unwrap().role, Role::Secondary);
}

#[test]
fn the_facts_have_their_shape_in_json() {
    let json = json(failover, capture!("show-failover-asa5516-9.16"));
    assert_eq!(json["lan_link"], json!({"name": "FO", "port": "Port-channel1", "status": "up"}));
    assert_eq!(json["state_link"], json!({"name": "STATE", "port": "GigabitEthernet1/8", "status": "up"}));
    assert_eq!(json["monitored_interfaces"], json!({"count": 2, "limit": 160}));
    assert_eq!(
        json["this_host"],
        json!({"role": "Primary", "state": "Active", "active_seconds": 19_157_465})
    );
    assert_eq!(json["groups"], json!(null));
    assert_eq!(
        json["interfaces"][0],
        json!({"host": "this", "context": null, "name": "outside", "ip": "203.0.113.1", "ipv6": "2001:db8::1",
               "status": "Normal", "monitoring": "monitored"})
    );
    assert_eq!(json["interfaces"][3]["monitoring"], "not-monitored");
    assert_eq!(
        json["modules"][3],
        json!({"host": "other", "slot": 2, "model": "SFR5516", "hw_rev": "N/A", "sw_rev": null, "status": "Init/Up"})
    );
    assert_eq!(
        json["applications"],
        json!([{"host": "this", "slot": 2, "name": "ASA FirePOWER", "version": "6.2.3-83", "status": "Up",
                "monitoring": "monitored"}])
    );
    assert_eq!(
        json["statistics"][0],
        json!({"name": "General", "xmit": 22_111_809_051_u64, "xerr": 0, "rcv": 4_156_242, "rerr": 70})
    );
    assert_eq!(json["statistics"][4]["name"], "Umbrella Device-ID");
    assert_eq!(
        json["queues"],
        json!({"recv": {"cur": 0, "max": 12, "total": 336}, "xmit": {"cur": 0, "max": 29, "total": 300}})
    );
}

#[test]
fn an_old_pair_is_read() {
    let facts = json(failover, capture!("show-failover-asa5510-7.2"));
    assert_eq!(facts["unit_poll_ms"], 500);
    assert_eq!(facts["unit_hold_ms"], 15_000);
    assert_eq!(facts["interface_poll_ms"], 15_000);
    assert_eq!(facts["interface_hold_ms"], json!(null));
    assert_eq!(facts["interface_policy"], "50%");
    assert_eq!(facts["state_link"], json!(null));
    assert_eq!(facts["serials"], json!(null));
    assert_eq!(facts["queues"], json!(null));
    assert_eq!(facts["interfaces"][1]["status"], "Link Down");
    assert_eq!(facts["interfaces"][1]["monitoring"], "waiting");
    assert_eq!(
        facts["modules"][1],
        json!({"host": "this", "slot": 1, "model": null, "hw_rev": null, "sw_rev": null, "status": "empty"})
    );
}

#[test]
fn active_active_is_read_by_group() {
    let facts = facts(failover, capture!("show-failover-fpr2130-aa-9.8"));
    let [one, two] = [1, 2].map(GroupId::new);
    assert_eq!(facts.group_ids(), [one, two]);
    assert_eq!(facts.standing(Side::This, one), Some(&Standing::Active));
    assert_eq!(facts.standing(Side::This, two), Some(&Standing::StandbyReady));
    assert_eq!(facts.standing(Side::Other, two), Some(&Standing::Active));
    assert_eq!(facts.standing(Side::This, GroupId::UNIT), None);
    let json = json(failover, capture!("show-failover-fpr2130-aa-9.8"));
    assert_eq!(json["this_host"], json!({"role": "Primary", "state": null, "active_seconds": null}));
    assert_eq!(
        json["groups"]["2"],
        json!({"last_failover": "13:40:06 UTC Apr 20 2024",
               "this_host": {"state": "Standby Ready", "active_seconds": 0},
               "other_host": {"state": "Active", "active_seconds": 3322}})
    );
    assert_eq!(json["interfaces"][1]["context"], "ctx2");
    assert_eq!(json["interfaces"][1]["ipv6"], "fe80::200:5eff:fe00:5302");
}

#[test]
fn flattened_indentation_changes_nothing() {
    for text in [
        capture!("show-failover-asa5516-9.16"),
        capture!("show-failover-fpr2130-aa-9.8"),
        capture!("show-failover-asa5510-7.2"),
    ] {
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let flat: Vec<_> = text.lines().map(words).collect();
        assert_eq!(facts(failover, &flat.join("\n")), facts(failover, text));
    }
}

#[test]
fn failover_off_needs_no_hosts() {
    let off =
        facts(failover, "Failover Off \nFailover unit Secondary\nFailover LAN Interface: not Configured\n");
    assert_eq!((off.enabled, off.unit, off.lan_link), (false, Some(Role::Secondary), None));
    let pseudo = facts(failover, "Failover Off (pseudo-Standby)\nThis host: Secondary - Disabled\n");
    assert_eq!(pseudo.standing(Side::This, GroupId::UNIT), Some(&Standing::Disabled));
    assert_eq!(pseudo.standing(Side::Other, GroupId::UNIT), None);
}

#[test]
fn a_mate_that_was_never_heard_has_no_release_and_no_serial() {
    let facts = facts(
        failover,
        &format!(
            "Version: Ours 9.12(2), Mate Unknown\nSerial Number: Ours 9A0000000A1, Mate Unknown\n{PAIR}"
        ),
    );
    assert_eq!(facts.versions.unwrap().mate, None);
    assert_eq!(facts.serials.unwrap().mate, None);
}

#[test]
fn what_is_no_release_and_no_state_is_kept_as_printed() {
    let facts = facts(
        failover,
        "Failover On\nVersion: Ours 9.12(2)beta, Mate 9.12(2)\nThis host: Primary - Active Resting\n\
         Other host: Secondary - standby ready\n",
    );
    let ours = facts.versions.clone().unwrap().ours;
    assert_eq!((ours.as_str(), ours.value()), ("9.12(2)beta", None));
    let other = |word: &str| Standing::Other(word.to_owned());
    assert_eq!(facts.standing(Side::This, GroupId::UNIT), Some(&other("Active Resting")));
    assert_eq!(facts.standing(Side::Other, GroupId::UNIT), Some(&other("standby ready")));
}

#[test]
fn an_unknown_line_is_kept_and_said_to_stand_in_a_host_block() {
    let text = "Failover On\nFailover quorum met\nThis host: Primary - Active\n\tPower supply 2: failed\n\
                Other host: Secondary - Standby Ready\n\n\tConfiguration differs\n\
                Stateful Failover Logical Update Statistics\nReplication paused\n";
    let reading = failover(text).unwrap();
    let lines: Vec<_> =
        reading.unread.iter().map(|unread| (unread.line, unread.text.as_str(), unread.block)).collect();
    assert_eq!(
        lines,
        [
            (2, "Failover quorum met", Block::Elsewhere),
            (4, "\tPower supply 2: failed", Block::Host),
            (7, "\tConfiguration differs", Block::Host),
            (9, "Replication paused", Block::Elsewhere),
        ]
    );
    let blocking: Vec<_> = reading.unread_in_host_blocks().map(|unread| unread.line).collect();
    assert_eq!(blocking, [4, 7]);
}

#[test]
fn a_unit_with_a_state_of_its_own_beside_groups_is_not_understood() {
    let text = "Failover On\nThis host: Primary - Failed\nGroup 1 State: Active\nOther host: Secondary\n\
                Group 1 State: Standby Ready\n";
    let reading = failover(text).unwrap();
    assert_eq!(reading.value.host(Side::This).unwrap().state, None);
    assert_eq!(reading.unread_in_host_blocks().map(|unread| unread.line).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_group_that_one_host_does_not_name_has_no_standing_there() {
    let text = "Failover On\nThis host: Primary\nGroup 1 State: Active\nOther host: Secondary\n";
    let facts = facts(failover, text);
    assert_eq!(facts.standing(Side::This, GroupId::new(1)), Some(&Standing::Active));
    assert_eq!(facts.standing(Side::Other, GroupId::new(1)), None);
}

#[test]
fn a_malformed_setting_is_an_error_with_its_place() {
    for (line, message, span) in [
        ("Failover unit Tertiary", "line 2: expected Primary or Secondary, found \"Tertiary\"", "Tertiary"),
        (
            "Failover LAN Interface: fo",
            "line 2: expected a link, or `not Configured`, found the end of the line",
            "",
        ),
        (
            "Unit Poll frequency soon",
            "line 2: expected a number of seconds or milliseconds, found \"soon\"",
            "soon",
        ),
        ("Monitored Interfaces many", "line 2: expected the form `N of N maximum`, found \"many\"", "many"),
        (
            "Version: Ours 9.1(1)",
            "line 2: expected `Ours` and `Mate` with a version each, found \"9.1(1)\"",
            "9.1(1)",
        ),
    ] {
        let text = PAIR.replacen('\n', &format!("\n{line}\r\n"), 1);
        assert_eq!(error(failover, &text), (format!("show failover, {message}"), span), "{line}");
    }
}

#[test]
fn a_malformed_line_is_an_error_with_its_place() {
    let table = [
        (
            "Active time: long (sec)",
            "line 4: expected a number of seconds, found \"long (sec)\"",
            "long (sec)",
        ),
        (
            "slot 0: ASA5516 status (Up)",
            "line 4: expected a module and its revision, found \"ASA5516 status (Up)\"",
            "ASA5516 status (Up)",
        ),
        (
            "  Interface inside (192.0.2.2): Normal (Moni",
            "line 4: expected an interface state, found \"Normal (Moni\"",
            "Normal (Moni",
        ),
        (
            "  Interface inside (192.0.2.2):  ",
            "line 4: expected an interface state, found the end of the line",
            "",
        ),
        (
            "Group 1 State:",
            "line 4: expected `last failover at:` and a time, or `State:` and a state, found \"State:\"",
            "State:",
        ),
        (
            "Group 0 State: Active",
            "line 4: expected a group's number, found \"0 State: Active\"",
            "0 State: Active",
        ),
        (
            "This host: Primary - Standby Ready",
            "line 4: expected `This host: ROLE - STATE` only once, found \"This host: Primary - Standby Ready\"",
            "This host: Primary - Standby Ready",
        ),
        (
            "Failover Off",
            "line 4: expected `Failover On|Off` only once, found \"Failover Off\"",
            "Failover Off",
        ),
        (
            "This context: Active",
            "line 4: expected `This host` and `Other host`, as the system execution space prints them, found \"This context: Active\"",
            "This context: Active",
        ),
    ];
    for (line, message, span) in table {
        let text = format!("{PAIR}{line}\r\nConfiguration in sync\r\n");
        assert_eq!(error(failover, &text), (format!("show failover, {message}"), span), "{line}");
    }
    let statistics = format!("{PAIR}Stateful Obj xmit xerr rcv rerr\nGeneral 1 2 3\n");
    let message = "show failover, line 5: expected a name and four numbers, found the end of the line";
    assert_eq!(error(failover, &statistics), (message.to_owned(), ""));
}

#[test]
fn a_needed_line_that_never_came_is_an_error() {
    let end = "found the end of the output";
    for (text, line) in [
        ("", "Failover On|Off"),
        ("Failover unit Primary\nReconnect timeout 0:00:00\n", "Failover On|Off"),
        ("Failover On\nFailover unit Primary\n", "This host: ROLE - STATE"),
        ("Failover On\nThis host: Secondary - Active\n", "Other host: ROLE - STATE"),
    ] {
        let lines = text.lines().count().max(1);
        let message = format!("show failover, line {lines}: expected the line `{line}`, {end}");
        assert_eq!(error(failover, text), (message, ""));
    }
}

#[test]
fn a_host_stands_where_a_release_prints_it_or_is_an_error() {
    for (text, message, span) in [
        (
            "This host: Primary - Active\nFailover On\nOther host: Secondary - Standby Ready\n",
            "line 1: expected the line `Failover On|Off`, found \"This host: Primary - Active\"",
            "This host: Primary - Active",
        ),
        (
            "Failover On\nOther host: Secondary - Standby Ready\nThis host: Primary - Active\n",
            "line 2: expected the line `This host: ROLE - STATE`, found \"Other host: Secondary - Standby Ready\"",
            "Other host: Secondary - Standby Ready",
        ),
        (
            "Failover On\nThis host: Primary - Active\nStateful Obj xmit xerr rcv rerr\n\
             Other host: Secondary - Standby Ready\n",
            "line 4: expected the line `This host: ROLE - STATE`, found \"Other host: Secondary - Standby Ready\"",
            "Other host: Secondary - Standby Ready",
        ),
        (
            "Failover On\nThis host: Secondary - Standby Ready\nOther host: Primary - Active",
            "line 3: expected a line end behind the state, found \"Other host: Primary - Active\"",
            "Other host: Primary - Active",
        ),
        (
            "Failover On\nThis host: Secondary\nGroup 1 State: Standby Ready\nOther host: Primary\n\
             Group 1 State: Active",
            "line 5: expected a line end behind the state, found \"Group 1 State: Active\"",
            "Group 1 State: Active",
        ),
    ] {
        assert_eq!(error(failover, text), (format!("show failover, {message}"), span), "{text}");
    }
}

/// A line out of its place may be all that is left of another output, and blocks as one that is not
/// understood.
#[test]
fn a_line_of_a_block_outside_of_one_and_a_setting_inside_are_not_understood() {
    let blocking = |text: &str| -> Vec<String> {
        failover(text).unwrap().unread_in_host_blocks().map(|unread| unread.text.clone()).collect()
    };
    for line in [
        "Active time: 12 (sec)",
        "slot 0: ASA5520 hw/sw rev (1.0/7.0(8)) status (Up Sys)",
        "ctx1 Interface inside (192.0.2.1): Failed (Waiting)",
    ] {
        assert_eq!(blocking(&PAIR.replacen('\n', &format!("\n{line}\n"), 1)), [line], "among the settings");
        assert_eq!(blocking(&format!("{PAIR}Stateful Obj xmit xerr rcv rerr\n{line}\n")), [line], "behind");
    }
    for line in [
        "Version: Ours 7.0(8), Mate 7.0(8)",
        "Group 1 last failover at: 10:00:00 UTC Mar 31 2024",
        "Failover On this pair is tested every month",
        "Interface\rmonitoring is off",
    ] {
        assert_eq!(blocking(&format!("{PAIR}{line}\n")), [line], "in a block");
    }
    assert_eq!(
        blocking(&format!("{PAIR}slot 1: empty\nnot ready, not now, failed\n")),
        ["not ready, not now, failed"]
    );
    let one_role = PAIR.replace("Other host: Secondary", "Other host: Primary");
    assert_eq!(blocking(&one_role).len(), 1, "two units of one role");
    // A host line says no state beside groups, so that there are two reasons to keep this one.
    let grouped =
        one_role.replace("This host: Primary - Active", "This host: Primary\nGroup 1 State: Active");
    assert_eq!(blocking(&grouped), ["Other host: Primary - Standby Ready"]);
}

#[test]
fn what_follows_a_prompt_is_not_this_output() {
    let text = format!("{PAIR}fw# \nInterface inside (192.0.2.1): Normal\nStateful Obj xmit xerr rcv rerr\n");
    let reading = failover(&text).unwrap();
    assert_eq!(reading.value.interfaces, []);
    assert_eq!(reading.unread_in_host_blocks().map(|unread| unread.line).collect::<Vec<_>>(), [5, 6]);
    for prompted in ["fw/act#   Interface inside (192.0.2.1): Normal", "fw#ASA FirePOWER, 6.2.3-83, Up"] {
        let reading = failover(&format!("{PAIR}slot 1: empty\n{prompted}\n")).unwrap();
        assert_eq!((reading.value.interfaces.len(), reading.value.applications.len()), (0, 0), "{prompted}");
    }
    let (message, _) = error(
        failover,
        "Failover On\nThis host: Primary - Active\nfw# \nOther host: Secondary - Standby Ready\n",
    );
    let missing = "expected the line `Other host: ROLE - STATE`, found the end of the output";
    assert_eq!(message, format!("show failover, line 4: {missing}"));
}

/// Which of five numbers is which cannot be told: the name may end in one, a release may have a column more.
#[test]
fn a_row_of_five_numbers_is_kept_and_refuses_nothing() {
    let text = format!("{PAIR}Stateful Obj xmit xerr rcv rerr\nZone 7 1 2 3 4\nGeneral 1 2 3 4\n");
    let reading = failover(&text).unwrap();
    assert_eq!(reading.value.statistics.len(), 1);
    assert_eq!(reading.unread.iter().map(|unread| &*unread.text).collect::<Vec<_>>(), ["Zone 7 1 2 3 4"]);
}

#[test]
fn hosts_of_another_unit_than_the_settings_block_a_guard() {
    let text = |unit: &str| {
        format!(
            "Failover On\nFailover unit {unit}\nThis host: Secondary - Active\n\
             Other host: Primary - Standby Ready\n"
        )
    };
    facts(failover, &text("Secondary"));
    let reading = failover(&text("Primary")).unwrap();
    let blocking: Vec<_> = reading.unread_in_host_blocks().map(|unread| unread.text.as_str()).collect();
    assert_eq!(blocking, ["This host: Secondary - Active"]);
}

#[test]
fn what_a_filter_let_through_is_an_error() {
    for echo in ["fw/pri/act# show failover | include On|host", "sh failover | exclude Interface"] {
        let text = format!("{echo}\n{PAIR}");
        let (message, typed) = error(failover, &text);
        assert_eq!(typed, echo.trim_start_matches("fw/pri/act# "));
        let expected = "show failover, line 1: expected the command without a filter";
        assert_eq!(message, format!("{expected}, found {typed:?}"));
    }
}

#[test]
fn a_second_output_behind_the_first_is_an_error() {
    let twice = [capture!("show-failover-asa5516-9.16"), capture!("show-failover-asa5516-9.16")].concat();
    let (message, _) = error(failover, &twice);
    assert_eq!(
        message,
        "show failover, line 41: expected `Failover On|Off` only once, found \"Failover On\""
    );
}

#[test]
fn details_are_read_by_the_same_reader() {
    let text = format!(
        "{PAIR}\t\tslot 1: snort rev (1.0)  status (up)\n\t\tpeer snort poll success:18962 miss:0\n\
         \t\tslot 2: diskstatus rev (1.0)  status (up)\n\n\t\tpeer disk poll success:18962 miss:0\n"
    );
    let reading = show::parse("show failover details", &text).unwrap();
    assert_eq!(reading.unread, []);
    assert_eq!(
        reading.value.to_json()["modules"][0],
        json!({"host": "other", "slot": 1, "model": "snort", "hw_rev": null, "sw_rev": "1.0", "status": "up"})
    );
}
