//! Lines that are none of ours, lines that only quote one, and lines made to hurt.

use asa_failover_core::syslog;
use proptest::prelude::*;

use super::message;

#[track_caller]
fn refused(line: &str) -> String {
    syslog::parse(line).expect_err(line).to_string()
}

#[test]
fn a_quoted_message_is_not_one() {
    for line in [
        "see %ASA-1-104001: (Primary) Switching to ACTIVE",
        "see: %ASA-1-104001: (Primary) Switching to ACTIVE",
        "the banner : %ASA-1-104001: (Primary) Switching to ACTIVE",
        "<161>the login banner : %ASA-1-104001: (Primary) Switching to ACTIVE",
        "Nov 26 10:00:00 web1 sshd[7]: %ASA-1-104001: (Primary) Switching to ACTIVE",
        "Nov 26 10:00:00 web1 login: %ASA-1-104001: (Primary) Switching to ACTIVE",
        "Nov 26 10:00:00 web1 says %ASA-1-104001: (Primary) Switching to ACTIVE",
        "Nov 26 10:00:00 web1 kernel: text %ASA-1-104001: (Primary) Switching to ACTIVE",
        "Nov 26 10:00:00 \"%ASA-1-104001: (Primary) Switching to ACTIVE\"",
        "<34>1 2026-11-26T10:00:00Z web1 sshd 7 - - %ASA-1-104001: (Primary) Switching to ACTIVE",
        "<34>1 2026-11-26T10:00:00Z fw1 asa - - [a b=\"] %ASA-1-104001: (Primary) Switching to ACTIVE",
        "fw1/pri/act# %ASA-1-104001: (Primary) Switching to ACTIVE",
        "fw1(config)# %ASA-1-104001: (Primary) Switching to ACTIVE",
        "fw1> %ASA-1-104001: (Primary) Switching to ACTIVE",
        "User 'x' executed the 'banner motd %ASA-1-104001: (Primary) Switching to ACTIVE' command.",
    ] {
        let said = refused(line);
        assert!(
            said.starts_with("syslog, line 1: expected a message such as %ASA-1-104001: with "),
            "{said}"
        );
    }
}

#[test]
fn the_first_message_of_a_line_counts() {
    let executed = message(
        "<165>Nov 26 2026 10:00:00 fw1 : %ASA-5-111008: User 'x' executed the 'banner motd %ASA-1-104001: \
         (Primary) Switching to ACTIVE' command.",
    );
    assert_eq!((executed.severity, executed.id, executed.role), (5, 111_008, None));
    assert!(executed.entry.is_none() && executed.text.contains("%ASA-1-104001: (Primary)"));
    let twice = message("%ASA-1-104003: %ASA-1-104004: (Primary) Switching to OK.");
    assert_eq!((twice.id, twice.unit.as_deref()), (104_003, None));
}

#[test]
fn what_is_almost_a_message_is_none() {
    for line in [
        "",
        "   \r\n",
        "%",
        "%ASA",
        "%ASA-",
        "%ASA-1-104001",
        "%ASA-1-104001 (Primary)",
        "ASA-1-104001: (Primary)",
        "%asa-1-104001: (Primary)",
        "%IDS-1-104001: (Primary)",
        "%SYS-5-CONFIG_I: Configured from console by vty0",
        "%LINK-3-UPDOWN: Interface Gi0/1, changed state to up",
        "%ASA-8-104001: x",
        "%ASA-12-104001: x",
        "%ASA-1-10400: x",
        "%ASA-1-1040011: x",
        "%ASA-1-004001: x",
        "%ASA-1-10400a: x",
        "%ASA-1-\u{661}04001: x",
        "%ASA-HA-1-104001: x",
        "%ASA-h a-1-104001: x",
        "%ASA------7-609001452: x",
        "%ASA-1 -104001: x",
        "<192>%ASA-1-104001: x",
        "<256>%ASA-1-104001: x",
        "<-1>%ASA-1-104001: x",
        "<161%ASA-1-104001: x",
        "<161><162>%ASA-1-104001: x",
        "Nov 32 10:00:00 fw1 : %ASA-1-104001: x",
        "Nov 26 24:00:00 fw1 : %ASA-1-104001: x",
        "Nox 26 10:00:00 fw1 : %ASA-1-104001: x",
        "2026-13-26T10:00:00Z fw1 : %ASA-1-104001: x",
        "Nov 26 10:00:00x fw1 : %ASA-1-104001: x",
        "Nov 26 10:00:00 f\u{e4}w : %ASA-1-104001: x",
        "Nov 26 10:00:00 a:b : %ASA-1-104001: x",
    ] {
        refused(line);
    }
}

#[test]
fn an_error_says_where_and_what_stands_there() {
    let error = syslog::parse("Nov 26 10:00:00 fw1 : %ASA-9-104001: x\r\n").unwrap_err();
    assert_eq!((error.command, error.line, error.span.clone()), ("syslog", 1, 22..38));
    assert_eq!(
        error.to_string(),
        "syslog, line 1: expected a message such as %ASA-1-104001: with at most a priority, times and hosts \
         in front of it, found \"%ASA-9-104001: x\""
    );
    assert_eq!(
        refused("%ASA-1-104001: x\n%ASA-1-104003: y"),
        "syslog, line 1: expected one line, found \"%ASA-1-104003: y\""
    );
    let long = format!("%ASA-1-104001: {}", "x".repeat(16 << 10));
    assert_eq!(refused(&long), "syslog, line 1: expected at most 16 KiB in a line, found \"16399\"");
}

/// Every part that could repeat, repeated up to the limit.
#[test]
#[expect(clippy::disallowed_types, reason = "the test is about time")]
fn long_lines_end_soon() {
    let pieces =
        ["<161>", ":", " : ", "fw1 ", "Nov 26 10:00:00 ", "[a", "\\", "]", "(", "%ASA-", "-", "%", "\t"];
    let begun = std::time::Instant::now();
    for piece in pieces {
        for head in ["", "<161>1 - - asa - - ", "Nov 26 10:00:00 fw1 ", "%ASA-1-104001: "] {
            let line = head.to_owned() + &piece.repeat(((16 << 10) - head.len()) / piece.len());
            if let Ok(message) = syslog::parse(&line) {
                assert!(head.starts_with('%'), "{piece:?} behind {head:?}: {}", message.id);
            }
        }
    }
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

/// Pieces of real lines, so that the rules are reached and then disappointed.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "<166>",
        "<",
        ">",
        "1 ",
        "Nov 26 ",
        "2026 ",
        "10:00:00",
        ".5",
        " UTC",
        "2026-11-26",
        "T",
        "Z",
        "+01:00",
        "fw1",
        "192.0.2.1",
        "2001:db8::1",
        " : ",
        ":",
        " ",
        "\t",
        "- ",
        "[a b=\"\\]\"] ",
        "asa ",
        "Local4.Info ",
        "%ASA-",
        "%PIX-",
        "ha-",
        "-",
        "1-",
        "104001",
        "720012",
        "302013",
        ": ",
        "(Primary) ",
        "(VPN-",
        "(",
        ")",
        "_group_1",
        "\r",
        "\n",
        "\u{feff}",
        "\u{1b}[2J",
        "\0",
        "Ωé",
    ]);
    prop_oneof![6 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4096) })]

    #[test]
    fn no_line_panics_and_what_prints_reads_back(
        pieces in prop::collection::vec(piece(), 0..12),
        whole in prop::bool::ANY,
        behind in prop::collection::vec(piece(), 0..8),
    ) {
        let form = if whole { "%ASA-1-104001: " } else { "" };
        let line = pieces.concat() + form + &behind.concat();
        match syslog::parse(&line) {
            Ok(message) => {
                prop_assert!(message.severity <= 7 && (100_000..=999_999).contains(&message.id));
                prop_assert!(line.contains(&message.id.to_string()));
                let printed = message.to_string();
                let again = syslog::parse(&printed);
                let again = again.map_err(|why| TestCaseError::fail(format!("{printed:?}: {why}")))?;
                prop_assert_eq!(again.to_string(), printed);
                prop_assert_eq!(
                    (again.id, again.severity, &again.unit, &again.role, &again.text, again.entry),
                    (message.id, message.severity, &message.unit, &message.role, &message.text, message.entry)
                );
                prop_assert_eq!((again.product, &again.class), (message.product, &message.class));
            }
            Err(error) => {
                let found = line.get(error.span.clone());
                prop_assert!(found.is_some_and(|found| found.starts_with(&error.found)), "{error:?}");
            }
        }
    }
}
