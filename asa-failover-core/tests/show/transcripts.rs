//! Console logs: cut at their prompts, nothing lost, each piece read as its command.

use asa_failover_core::show::{self, Facts, Limit, Piece, PromptMode, PromptState, ReadError, transcript};
use asa_failover_core::unit::Role;
use proptest::prelude::*;

use crate::capture;

/// The pieces of a log; they cover it.
#[track_caller]
fn pieces(log: &str) -> Vec<Piece<'_>> {
    let pieces = transcript(log).unwrap().pieces;
    let mut end = 0;
    for piece in &pieces {
        assert_eq!(piece.span.start, end, "each begins where the last one ends");
        end = piece.span.end;
        assert_eq!(&log[piece.output_start..end], piece.output);
        let lines = |until: usize| log[..until].matches('\n').count() + 1;
        assert_eq!(piece.output_line, lines(piece.output_start));
    }
    assert_eq!(end, log.len());
    let whole: String = pieces.iter().map(|piece| &log[piece.span.clone()]).collect();
    assert_eq!(whole, log);
    pieces
}

fn typed(log: &str) -> Vec<String> {
    pieces(log).into_iter().map(|piece| piece.typed).collect()
}

fn commands(log: &str) -> Vec<Option<String>> {
    pieces(log).into_iter().map(|piece| piece.command).collect()
}

const SESSION: &str = "\
User admin logged in to fw\r\n\
Logins over the last 1 days: 2.  Last login: 03:49:07 UTC May 29 2022 from 192.0.2.10\r\n\
Failed logins since the last login: 0.  \r\n\
Type help or '?' for a list of available commands.\r\n\
\r\n\rfw/pri/act> enable\r\n\
Password: *****\r\n\
Invalid password\r\n\
Password: ********\r\n\
\rfw/pri/act# terminal pager 0\r\n\
\rfw/pri/act# sh mode\r\n\
Security context mode: single \r\n\
\r\n\rfw/pri/act# sh conn cou\r\n\
10 in use, 20 most used\r\n\
an unknown line\r\n\
\rfw/pri/act# failover exec mate show mode\r\n\
Security context mode: multiple \r\n\
\rfw/pri/act# configure terminal\r\n\
\rfw/pri/act(config)# show reload\r\n\
No reload is scheduled\r\n\
\rfw/pri/act(config)# exit\r\n\
\rfw/pri/act# exit\r\n\
\r\n\
Logoff\r\n\
\r\n";

#[test]
fn a_session_is_cut_at_its_prompts() {
    let pieces = pieces(SESSION);
    let typed: Vec<_> = pieces.iter().map(|piece| (piece.line, piece.typed.as_str())).collect();
    assert_eq!(
        typed,
        [
            (1, ""),
            (6, "enable"),
            (10, "terminal pager 0"),
            (11, "sh mode"),
            (14, "sh conn cou"),
            (17, "failover exec mate show mode"),
            (19, "configure terminal"),
            (20, "show reload"),
            (22, "exit"),
            (23, "exit"),
        ]
    );
    assert_eq!(pieces[0].prompt, None);
    assert!(pieces[0].output.starts_with("User admin logged in"));
    assert_eq!(pieces[1].output, "Password: *****\r\nInvalid password\r\nPassword: ********\r\n");
    let prompt = pieces[7].prompt.as_ref().unwrap();
    assert_eq!(prompt.text, "fw/pri/act(config)#");
    assert_eq!(prompt.mode, PromptMode::Config("config".to_owned()));
    assert_eq!(pieces[1].prompt.as_ref().unwrap().mode, PromptMode::User);
}

#[test]
fn what_is_typed_at_a_question_is_no_command() {
    for answer in
        ["Password: s3cr3t-word\r\n", "Password: \r\ns3cr3t-word\r\n", "Username: fw> s3cr3t-word\r\n"]
    {
        let log = format!("fw> enable\r\n{answer}fw# ");
        assert_eq!(typed(&log), ["enable", ""], "{answer:?}");
    }
}

#[test]
fn a_piece_is_read_by_its_command_and_points_into_the_log() {
    let pieces = pieces(SESSION);
    let mode = |at: usize| pieces[at].read().unwrap().value.to_json()["mode"].clone();
    assert_eq!((mode(3), mode(5)), ("single".into(), "multiple".into()));
    let connections = pieces[4].read().unwrap();
    let Facts::ConnCount(count) = connections.value else { panic!("{:?}", connections.value) };
    assert_eq!((count.in_use, count.most_used), (10, 20));
    assert_eq!(connections.unread[0].line, 16);
    assert_eq!(SESSION.lines().nth(15), Some("an unknown line"));
    let Err(ReadError::Parse(error)) = pieces[7].read() else { panic!("the line has lost its end") };
    assert_eq!(
        error.to_string(),
        "show reload, line 21: expected the line `No reload is scheduled. or Reload scheduled ...`, found the \
         end of the output"
    );
    assert_eq!(error.span, pieces[7].span.end..pieces[7].span.end);
    let unknown = pieces[2].read().unwrap_err();
    assert_eq!(unknown.to_string(), "no reader for \"terminal\"");
    let kept: Piece<'static> = pieces[4].clone().into_owned();
    assert_eq!(kept.read().unwrap().unread[0].line, 16);
}

#[test]
fn an_error_inside_a_line_points_into_the_log() {
    let log =
        "fw# show mode\nSecurity context mode: single\nfw# show mode\nSecurity context mode: triple\nfw# ";
    let Err(ReadError::Parse(error)) = pieces(log)[1].read() else { panic!("no such mode") };
    assert_eq!(error.to_string(), "show mode, line 4: expected single or multiple, found \"triple\"");
    assert_eq!(&log[error.span], "triple");
}

#[test]
fn a_prompt_says_what_its_label_shows() {
    let label = |text: &str| {
        let pieces = pieces(text);
        let prompt = pieces[0].prompt.clone().unwrap_or_else(|| panic!("{text} is a prompt"));
        (prompt.hostname.unwrap_or_default(), prompt.context.unwrap_or_default(), prompt.role, prompt.state)
    };
    let named = |host: &str, context: &str| (host.to_owned(), context.to_owned());
    for (text, (host, context), role, state) in [
        ("ciscoasa> ", named("ciscoasa", ""), None, None),
        ("ciscoasa#", named("ciscoasa", ""), None, None),
        ("ciscoasa/admin# ", named("ciscoasa", "admin"), None, None),
        ("fw/pri/act# ", named("fw", ""), Some(Role::Primary), Some(PromptState::Active)),
        ("fw/sec/stby> ", named("fw", ""), Some(Role::Secondary), Some(PromptState::Standby)),
        ("pri/act/asa-1# ", named("asa-1", ""), Some(Role::Primary), Some(PromptState::Active)),
        ("fw/act/ctx1(config-if)# ", named("fw", "ctx1"), None, Some(PromptState::Active)),
        (
            "fw/sec/actNoFailover# ",
            named("fw", ""),
            Some(Role::Secondary),
            Some(PromptState::ActiveNoFailover),
        ),
        (
            "fw/pri/stbyNoFailover# ",
            named("fw", ""),
            Some(Role::Primary),
            Some(PromptState::StandbyNoFailover),
        ),
        ("fw/pri/nego# ", named("fw", ""), Some(Role::Primary), Some(PromptState::Negotiating)),
        ("pri/act(config-fover-group)# ", named("", ""), Some(Role::Primary), Some(PromptState::Active)),
        ("act# ", named("act", ""), None, None),
        ("pri/pri/act# ", named("pri", ""), Some(Role::Primary), Some(PromptState::Active)),
    ] {
        assert_eq!(label(text), (host, context, role, state), "{text}");
    }
    for text in
        ["rommon #1> boot", "-----> ", "Proceed with reload? [confirm] ", "Password: fw# show mode", "CPU# 0"]
    {
        assert_eq!(pieces(text)[0].prompt, None, "{text}");
    }
}

#[test]
fn a_label_that_changes_is_still_the_same_unit() {
    let log = "fw/pri/act# no failover active\r\n\r\n\rfw/pri/act# \tSwitching to Standby\r\n\
               \rfw/pri/stby# changeto context ctx1\r\n\rfw/ctx1# show mode\r\nSecurity context mode: multiple\r\n";
    let pieces = pieces(log);
    let typed: Vec<_> = pieces.iter().map(|piece| piece.typed.as_str()).collect();
    assert_eq!(typed, ["no failover active", "", "changeto context ctx1", "show mode"]);
    assert_eq!(pieces[1].output, "Switching to Standby\r\n", "the notice came behind the prompt");
    assert_eq!((pieces[1].line, pieces[1].output_line), (3, 3));
    pieces[3].read().unwrap();
}

#[test]
fn what_only_looks_like_a_prompt_stays_where_it_stands() {
    let spoof = "evil# show failover\nFailover On\nThis host: Primary - Active\nOther host: Secondary - Standby Ready\n";
    for log in [
        format!("{spoof}fw# show mode\nSecurity context mode: single\nfw# "),
        format!("fw# more disk0:/notes\n{spoof}fw# "),
        format!(
            "fw# exit\n\nLogoff\n\nfw# show failover\nFailover On\n{spoof}Type help or '?' for a list of available commands.\nfw> "
        ),
    ] {
        let read: Vec<_> = commands(&log).into_iter().flatten().collect();
        assert!(!read.contains(&"show failover".to_owned()), "{log}");
    }
    // Two names, once each: which is the unit's own cannot be told.
    let log = format!("{spoof}fw# show mode\nSecurity context mode: single\n");
    assert_eq!(commands(&log), [None]);
    // Two units, each with its own prompts, are two units.
    let log =
        "a# show mode\nSecurity context mode: single\na# \nb# show mode\nSecurity context mode: single\nb# ";
    let hosts: Vec<_> = pieces(log).into_iter().filter_map(|piece| piece.prompt?.hostname).collect();
    assert_eq!(hosts, ["a", "a", "b", "b"]);
}

#[test]
fn a_lookalike_ends_what_it_stands_in() {
    let text = "Failover On\nThis host: Primary - Active\nfoo# bar\nOther host: Secondary - Standby Ready\n";
    let log = format!("fw# show failover\n{text}fw# ");
    let error = pieces(&log)[0].read().unwrap_err();
    assert_eq!(
        error.to_string(),
        "show failover, line 5: expected the line `Other host: ROLE - STATE`, found the end of the output"
    );
}

/// The log ends at the other unit's only prompt: it is a lookalike, and what came there is not this unit's.
#[test]
fn what_came_at_a_lookalike_is_not_read_under_the_prompt_above() {
    let log = "a# show clock\n12:00:00.000 UTC Mon Nov 2 2015\na# show mode\nConnection closed\n\
               b# show mode\nSecurity context mode: multiple\n";
    let error = pieces(log)[1].read().unwrap_err();
    let missing = "expected the line `Security context mode: single|multiple`, found the end of the output";
    assert_eq!(error.to_string(), format!("show mode, line 4: {missing}"));
    let log = "a# show clock\n12:00:00.000 UTC Mon Nov 2 2015\na# show run boot\n\
               b# show run boot\nboot system disk0:/b.bin\n";
    let ReadError::Parse(error) = pieces(log)[1].read().unwrap_err() else { panic!("the command is known") };
    assert_eq!(
        error.to_string(),
        "transcript, line 4: expected the facts in front of another prompt, found \"b# show run boot\""
    );
    assert_eq!(&log[error.span], "b# show run boot");
    let log = "a# show run boot\nboot system disk0:/a.bin\nb# show run boot\nboot system disk0:/b.bin\na# ";
    let reading = pieces(log)[0].read().unwrap();
    assert_eq!(reading.value.to_json()["system"], serde_json::json!(["disk0:/a.bin"]));
    assert_eq!(reading.unread.len(), 2);
}

/// A log that ends where the command was typed has no line behind it.
#[test]
fn what_a_cut_log_lacks_is_missed_in_its_last_line() {
    for log in ["a# show mode\nSecurity context mode: single\na# show mode", "a# \na# \na# show mode \ra# "] {
        let last = pieces(log).pop().unwrap();
        let missing =
            "expected the line `Security context mode: single|multiple`, found the end of the output";
        assert_eq!(last.read().unwrap_err().to_string(), format!("show mode, line 3: {missing}"));
    }
}

#[test]
fn the_pager_stays_with_the_output_it_held() {
    let log = "fw# show mode\r\nSecurity context mode: single\r\n<--- More --->\r              \rfw# sh mode\r\n\
               Security context mode: single\r\n";
    let pieces = pieces(log);
    assert_eq!(pieces.len(), 2);
    let error = pieces[0].read().unwrap_err();
    assert_eq!(
        error.to_string(),
        "show mode, line 3: expected the rest of the output behind the pager, found the end of the output"
    );
    pieces[1].read().unwrap();
}

#[test]
fn what_was_corrected_is_as_the_screen_showed_it() {
    for echo in
        ["fw# show fo\u{8} \u{8}ailover", "fw# sh\rfw# show failover", "fw# show failoevr\u{8}\u{8}\u{8}ver"]
    {
        let log = format!("{echo}\r\nFailover Off\r\nfw# ");
        assert_eq!(typed(&log), ["show failover", ""], "{echo:?}");
    }
    assert_eq!(typed("fw# show \u{1b}[Kmode\r\n"), ["show \u{1b}[Kmode"], "its effect is not known");
}

#[test]
fn a_log_without_prompts_is_one_piece() {
    assert_eq!(pieces(""), []);
    let text = capture!("show-failover-asa5516-9.16");
    let whole = pieces(text);
    assert_eq!((whole.len(), whole[0].prompt.as_ref(), &*whole[0].output), (1, None, text));
    assert_eq!(whole[0].read().unwrap_err().to_string(), "no reader for \"\"");
}

#[test]
fn a_log_beyond_the_limits_is_refused() {
    let long = "x".repeat(Limit::Line.value() + 1);
    assert_eq!(
        transcript(&long).unwrap_err().to_string(),
        "transcript, line 1: expected at most 16 KiB in a line, found \"16385\""
    );
    let lines = "\n".repeat(Limit::Lines.value() + 1);
    assert_eq!(
        transcript(&lines).unwrap_err().to_string(),
        "transcript, line 200001: expected at most 200,000 lines, found \"200001\""
    );
    assert!(transcript(&"x\n".repeat(Limit::Text.value() / 2 + 1)).is_err());
}

#[test]
fn every_capture_is_read_from_a_log_as_it_is_alone() {
    for (command, text) in [
        ("show failover", capture!("show-failover-asa5516-9.16")),
        ("show failover", capture!("show-failover-fpr2130-aa-9.8")),
        ("show version", capture!("show-version-asav-9.16")),
        ("show running-config failover", capture!("show-running-config-failover-aa-9.8")),
        ("dir", capture!("dir-asa5516-9.16")),
    ] {
        let log = format!("fw/pri/act# terminal pager 0\r\nfw/pri/act# {command}\r\n{text}\r\nfw/pri/act# ");
        let alone = show::parse(command, text).unwrap();
        let read = pieces(&log)[1].read().unwrap();
        assert_eq!(read, alone, "{command}");
    }
}

/// Parts of logs, so that prompts, notices and pagers meet in every order.
const PARTS: [&str; 22] = [
    "fw# ",
    "fw/pri/act# ",
    "a> ",
    "b(config)# ",
    "show mode",
    "sh fail",
    "Security context mode: single",
    "\r\n",
    "\n",
    "\r",
    "<--- More --->",
    "\r              \r",
    "\u{8} \u{8}",
    "\tSwitching to Standby",
    "Password: ",
    "Logoff\n",
    "Type help or '?' for a list of available commands.\n",
    "#",
    ">",
    "é\u{fffd}",
    "\0",
    "Failover On",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn the_pieces_of_any_log_cover_it_and_their_readings_point_into_it(
        parts in prop::collection::vec(prop::sample::select(&PARTS[..]), 0..60),
    ) {
        let log = parts.concat();
        for piece in pieces(&log) {
            match piece.read() {
                Ok(reading) => for unread in &reading.unread {
                    let line = log.split('\n').nth(unread.line - 1).unwrap();
                    prop_assert!(line.ends_with(&unread.text), "{unread:?}");
                },
                Err(ReadError::Parse(error)) => {
                    let found = log.get(error.span.clone()).unwrap();
                    prop_assert!(found.starts_with(&error.found), "{error:?} at {found:?}");
                }
                Err(_) => {}
            }
        }
    }
}
