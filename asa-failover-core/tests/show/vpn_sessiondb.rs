//! `show vpn-sessiondb summary`

use asa_failover_core::show::{VpnSessions, vpn_sessiondb};
use serde_json::json;

use crate::{capture, error, facts, json, unread};

#[test]
fn sessions_and_tunnels_are_read_and_another_section_is_not_counted_among_them() {
    let reading = vpn_sessiondb(capture!("show-vpn-sessiondb-asa5525-9.12")).unwrap();
    let rows: Vec<_> = reading
        .value
        .sessions
        .iter()
        .map(|row| (row.r#type.as_str(), row.parent.as_deref(), row.active, row.inactive))
        .collect();
    assert_eq!(
        rows,
        [
            ("AnyConnect Client", None, 38, Some(4)),
            ("SSL/TLS/DTLS", Some("AnyConnect Client"), 30, Some(4)),
            ("IKEv2 IPsec", Some("AnyConnect Client"), 8, Some(0)),
            ("Site-to-Site VPN", None, 2, None),
            ("IKEv1 IPsec", Some("Site-to-Site VPN"), 2, None),
            ("Load Balancing(Encryption)", None, 0, None),
        ]
    );
    let totals = serde_json::to_value(&reading.value).unwrap();
    assert_eq!(totals["total_active_and_inactive"], 44);
    assert_eq!(totals["total_cumulative"], 330_374);
    assert_eq!((&totals["capacity"], &totals["load_percent"]), (&json!(750), &json!(5)));
    assert_eq!(totals["tunnel_totals"], json!({"active": 40, "cumulative": 5_000_000_017_u64}));
    assert_eq!(
        totals["tunnels"][1],
        json!({"type": "AnyConnect-Parent", "active": 38, "cumulative": 5_000_000_000_u64, "peak": 442})
    );
    assert_eq!(totals["tunnels"].as_array().unwrap().len(), 2);
    let unread: Vec<_> = reading.unread.iter().map(|unread| unread.text.trim_ascii()).collect();
    assert_eq!(
        unread,
        [
            "IPv6 Usage Summary",
            "Active : Cumulative : Peak Concurrent",
            "AnyConnect SSL/TLS/DTLS      :      1 :         10 :               2"
        ]
    );
}

#[test]
fn no_sessions_is_a_fact() {
    assert_eq!(
        facts(vpn_sessiondb, "fw# show vpn-sessiondb summary\r\n No sessions to display.\r\n"),
        VpnSessions::default()
    );
}

#[test]
fn without_indentation_nothing_says_what_is_a_part_of_what() {
    let text = capture!("show-vpn-sessiondb-asa5525-9.12").split("IPv6").next().unwrap();
    let flat: Vec<_> = text.lines().map(str::trim).collect();
    let read = json(vpn_sessiondb, &flat.join("\n"));
    assert!(read["sessions"].as_array().unwrap().iter().all(|row| row["parent"].is_null()), "{read}");
    let shifted: Vec<_> = text.lines().map(|line| format!("\t{line}\r")).collect();
    assert_eq!(json(vpn_sessiondb, &shifted.join("\n")), json(vpn_sessiondb, text));
}

#[test]
fn a_line_in_other_words_is_kept() {
    let text = "VPN Session Summary\nAnyConnect Client : 1 : 2 : 3\nDevice Colour : blue\n";
    assert_eq!(unread(vpn_sessiondb, text), ["Device Colour : blue"]);
}

#[test]
fn what_is_malformed_missing_or_printed_twice_is_an_error() {
    let title = "VPN Session Summary\n";
    for (text, message) in [
        (
            "Sessions:\n".to_owned(),
            "line 1: expected the line `VPN Session Summary, or No sessions to display.`, found the end of the output",
        ),
        (
            format!("{title}No sessions to display.\n"),
            "line 2: expected `VPN Session Summary, or No sessions to display.` only once, found \"No sessions to \
             display.\"",
        ),
        (format!("{title}Clientless : 1 : some : 3\n"), "line 2: expected a number, found \"some : 3\""),
        (
            format!("{title}Clientless : 1 : 2 : 3 : 4 : 5\n"),
            "line 2: expected a name and three or four numbers, found \" : 5\"",
        ),
        (format!("{title}Device Load : 1\n"), "line 2: expected a number and %, found the end of the line"),
        (
            format!("{title}Total Active and Inactive : 1\n"),
            "line 2: expected the form `N  Total Cumulative : N`, found the end of the line",
        ),
    ] {
        assert_eq!(error(vpn_sessiondb, &text).0, format!("show vpn-sessiondb summary, {message}"));
    }
}
