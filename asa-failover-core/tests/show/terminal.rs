//! Output as it comes off a terminal: echo, prompts, pager, notices, refusals, limits.

use asa_failover_core::show::{
    self, Expected, Limit, failover, mode, reload, running_boot, running_failover, startup_boot, text_of,
    version,
};

use crate::{capture, error, facts, unread};

#[test]
fn echo_and_prompts_are_no_part_of_the_output() {
    for text in [
        "show mode\r\nSecurity context mode: multiple \r\nfw/pri/act# ",
        "\r\n\rfw/pri/act# show mode\r\r\nSecurity context mode: multiple \r\n\r\n\rfw/pri/act(config-fover-group)# ",
        "fw01.example.com/ctx-1> sh mode\nSecurity context mode: multiple\nfw01.example.com/ctx-1>",
        "failover exec mate show mode\nSecurity context mode: multiple\n",
        "        FW_A# sh mod\n        Security context mode: multiple\n",
        "\u{feff}Security context mode: multiple",
    ] {
        facts(mode, text);
    }
}

#[test]
fn what_the_pager_leaves_behind_is_cut_off() {
    let lines: Vec<_> = capture!("show-failover-asa5516-9.16").lines().collect();
    let paged: Vec<_> = lines.chunks(7).map(|page| page.join("\r\n")).collect();
    for erased in ["\r              \r", "\u{8} \u{8}\u{8} \u{8}", "\r\n"] {
        let text = paged.join(&format!("\r\n<--- More --->{erased}"));
        assert_eq!(
            facts(failover, &text),
            facts(failover, capture!("show-failover-asa5516-9.16")),
            "{erased:?}"
        );
    }
}

#[test]
fn output_that_the_pager_still_holds_is_an_error() {
    let message =
        "show mode, line 2: expected the rest of the output behind the pager, found the end of the output";
    for end in ["<--- More --->", "<--- More --->\r              \r\n", "<--- More --->\r\nfw# \r\n"] {
        let text = format!("Security context mode: single\r\n{end}");
        assert_eq!(error(mode, &text).0, message, "{end:?}");
    }
}

#[test]
fn an_output_that_the_pager_was_left_in_is_not_whole_whatever_came_next() {
    let message = "expected the rest of the output behind the pager, found the end of the output";
    for next in
        ["\r\nfw# show clock\r\n", "\r              \rfw# show clock\r\n", "\r\nfw# \r\nfw# show clock\r\n"]
    {
        let next = format!("<--- More --->{next}12:00:00.000 UTC Mon Nov 2 2015\r\nfw# ");
        let text = format!("boot system disk0:/a.bin\r\n{next}");
        assert_eq!(
            error(startup_boot, &text).0,
            format!("show startup-config, line 2: {message}"),
            "{next:?}"
        );
        let text = format!("Security context mode: single\r\n{next}");
        assert_eq!(error(mode, &text).0, format!("show mode, line 2: {message}"), "{next:?}");
    }
    let text = "Security context mode: single\r\nfw# show version\r\n<--- More --->\r\nfw# ";
    facts(mode, "<--- More --->\r\nfw# show mode\r\nSecurity context mode: single\r\n");
    assert_eq!(unread(mode, text).len(), 2, "the pager held another output");
}

#[test]
fn notices_between_the_lines_are_no_part_of_the_output() {
    let notices = "Beginning configuration replication: Sending to mate.\r\n\
         End Configuration Replication to mate\r\n\
         \tDetected an Active mate\r\n\
         ************WARNING****WARNING****WARNING********************************\r\n   \
         Mate version 9.16(4)67 is not identical with ours 9.16(4)57\r\n\
         ************WARNING****WARNING****WARNING********************************\r\n\
         **** WARNING ****\r\n\
         \tConfiguration Replication is NOT performed from Standby unit to Active unit.\r\n\
         \tConfigurations are no longer synchronized.\r\n";
    let text = capture!("show-failover-asa5516-9.16");
    for place in ["Failover On", "                Active time", "        Other host", "        Stateful Obj"]
    {
        let noisy = text.replace(place, &format!("{notices}{place}"));
        assert_ne!(noisy, text);
        assert_eq!(facts(failover, &noisy), facts(failover, text), "before {place}");
    }
}

#[test]
fn a_notice_that_the_standing_turns_counts_from_the_first_host_on() {
    let text = "Failover On\nThis host: Primary - Active\nOther host: Secondary - Standby Ready\n";
    for notice in [
        "\tSwitching to Standby",
        "*** --- SHUTDOWN NOW ---",
        "*** --- SHUTDOWN in 0:05:00 ---",
        "%ASA-1-104002: (Primary) Switching to STANDBY - Other unit wants me Standby.",
    ] {
        facts(failover, &format!("\r\n{notice}\r\n{text}"));
        let inside = failover(&format!("{text}{notice}\n")).unwrap();
        assert_eq!(inside.unread_in_host_blocks().map(|unread| &*unread.text).collect::<Vec<_>>(), [notice]);
        let statistics = "Stateful Obj xmit xerr rcv rerr\nGeneral 1 0 1 0\n";
        let below = failover(&format!("{text}{statistics}{notice}\nfw# ")).unwrap();
        assert_eq!(below.unread_in_host_blocks().map(|unread| &*unread.text).collect::<Vec<_>>(), [notice]);
        facts(failover, &format!("{text}{statistics}fw# \n{notice}\nfw# "));
    }
    let other = "%ASA-6-302013: Built inbound TCP connection 1 for outside:192.0.2.1/1";
    facts(failover, &format!("{text}Stateful Obj xmit xerr rcv rerr\n{other}\nGeneral 1 0 1 0\n"));
}

#[test]
fn a_notice_in_other_words_is_kept() {
    for notice in [
        "Mate's license (10 Contexts) is not compatible with my license (2 Contexts). Failover will be disabled.",
        "Beginning configuration replication: Sending to nobody.",
        "********",
        "%ASA-1-10400: short",
    ] {
        assert_eq!(unread(mode, &format!("Security context mode: single\n{notice}\n")), [notice]);
    }
}

#[test]
fn what_another_command_printed_is_not_read() {
    let text =
        "fw# show failover\nFailover Off\nfw# show failover\nFailover On\nThis host: Primary - Active\n";
    let reading = failover(text).unwrap();
    assert!(!reading.value.enabled);
    let lines: Vec<_> = reading.unread.iter().map(|unread| unread.line).collect();
    assert_eq!(lines, [3, 4, 5]);
}

#[test]
fn a_nul_is_no_fill_but_where_telnet_sends_it() {
    facts(mode, "\r\n\r\0fw# show mode\r\0\r\nSecurity context mode: single\r\0\r\n\r\0fw# ");
    // A broken file system leaves NULs where words stood: `no failover`.
    assert_eq!(
        error(running_failover, "failover lan unit primary\n\0\0\0failover\n"),
        (
            "show running-config failover, line 2: expected a line without characters that print nothing, found \
             \"\\0\""
                .to_owned(),
            "\0"
        )
    );
    let text = "Failover On\nThis host: Primary - Active\nOther host: Secondary - Standby Ready\0\n";
    assert_eq!(
        error(failover, text).0,
        "show failover, line 3: expected the line `Other host: ROLE - STATE`, found the end of the output"
    );
    assert_eq!(unread(mode, "Security context mode: single\n\0\0\0\0"), ["\0\0\0\0"]);
}

#[test]
fn a_damaged_line_among_a_unit_s_own_blocks_a_guard() {
    let text = "Failover On\nThis host: Primary - Active\nInterface outside (192.0.2.1): Nor\u{fffd}mal\n\
                Other host: Secondary - Standby Ready\n";
    let reading = failover(text).unwrap();
    assert_eq!(reading.value.interfaces, []);
    assert_eq!(reading.unread_in_host_blocks().map(|unread| unread.line).collect::<Vec<_>>(), [3]);
}

#[test]
fn bytes_that_are_no_text_keep_their_lines() {
    let bytes =
        b"Failover On\r\n\xe2\x82\nThis host: Primary - Active\nOther host: Secondary - Standby Ready\xff\n";
    let text = text_of(bytes);
    assert_eq!(text.lines().count(), 4);
    assert_eq!(
        error(failover, &text).0,
        "show failover, line 4: expected the line `Other host: ROLE - STATE`, found the end of the output"
    );
    assert!(matches!(text_of("Zürich".as_bytes()), std::borrow::Cow::Borrowed("Zürich")));
}

#[test]
fn what_hides_a_secret_s_line_does_not_show_it() {
    for line in
        ["failover k\u{fffd}y s3cr3t-word", "failo\0ver key s3cr3t-word", "failover key s3cr3t\u{8}-word"]
    {
        let (message, found) = error(running_failover, line);
        assert!(!message.contains("word") && found.chars().count() == 1, "{message}");
    }
    let text = "enable password s3cr3t\u{fffd}word\nboot system disk0:/a.bin\n";
    assert_eq!(facts(startup_boot, text).system, ["disk0:/a.bin"], "the line with the secret is dropped");
}

#[test]
fn what_a_screen_alone_shows_is_not_read() {
    for line in [
        "Security context mode: multiple\rSecurity context mode: single",
        "Security context mode: multiple\u{8}\u{8}",
        "\u{1b}[KSecurity context mode: single",
        "Security context mode:\u{1b}[1m single",
    ] {
        assert_eq!(
            error(mode, line).0,
            "show mode, line 1: expected the line `Security context mode: single|multiple`, found the end of the output"
        );
    }
}

#[test]
fn a_refused_command_is_an_error_that_says_so() {
    for refusal in [
        "ERROR: % Invalid input detected at '^' marker.",
        "ERROR: Command authorization failed",
        "Command authorization failed",
        "Command not valid in current execution space",
        "%Error opening disk0:/nofile.bin (No such file or directory)",
        "% Invalid input detected at '^' marker.",
    ] {
        let text = format!("fw# show something\r\n        ^\r\n{refusal}\r\nfw# ");
        let message =
            |command| format!("{command}, line 3: expected the command's output, found {refusal:?}");
        assert_eq!(error(failover, &text), (message("show failover"), refusal));
        assert_eq!(error(version, &text), (message("show version"), refusal));
        assert_eq!(error(running_boot, &text), (message("show running-config boot"), refusal));
        assert_eq!(error(startup_boot, &text), (message("show startup-config"), refusal));
        assert_eq!(error(show::dir, &text), (message("dir"), refusal));
        assert_eq!(error(show::verify, &text), (message("verify"), refusal));
        assert!(reload(&text).unwrap_err().is_refusal());
    }
    assert!(!reload("").unwrap_err().is_refusal());
    let noise = "ERROR: Password recovery was not changed, unable to access\nthe configuration register.\n";
    facts(mode, &format!("{noise}Security context mode: single\n"));
}

#[test]
fn input_beyond_the_limits_is_refused() {
    let long = "x".repeat(Limit::Line.value() + 1);
    assert_eq!(error(mode, &long).0, "show mode, line 1: expected at most 16 KiB in a line, found \"16385\"");
    assert_eq!(
        error(mode, &"\n".repeat(Limit::Lines.value() + 1)).0,
        "show mode, line 200001: expected at most 200,000 lines, found \"200001\""
    );
    let error = mode(&"\n".repeat(Limit::Text.value() + 1)).unwrap_err();
    assert_eq!(error.expected, Expected::Within(Limit::Text));
}

#[test]
fn a_command_without_a_reader_is_named() {
    for command in [
        "show uauth",
        "show failover | include host",
        "show",
        "",
        "dir | include bin",
        "show startup-config | exclude boot",
    ] {
        let error = show::parse(command, "").unwrap_err();
        assert_eq!(error.to_string(), format!("no reader for {command:?}"));
    }
    let error = show::parse("failover exec mate show mode", "").unwrap_err();
    assert_eq!(
        error.to_string(),
        "show mode, line 1: expected the line `Security context mode: single|multiple`, found the end of the output"
    );
}

#[test]
fn a_damaged_line_that_began_as_a_host_s_blocks_wherever_it_stands() {
    let text = "Failover On\nThis host: Primary - Active\nOther host: Secondary - Standby Ready\nStateful Obj xmit xerr rcv rerr\n";
    for damaged in [
        "This host: Primary - Fai\u{fffd}ed",
        "Other host: Secondary \u{8}- Failed",
        "Group 1  \rState: Failed",
    ] {
        let reading = failover(&format!("{text}{damaged}\n")).unwrap();
        let blocking: Vec<_> = reading.unread_in_host_blocks().map(|unread| &*unread.text).collect();
        assert_eq!(blocking, [damaged]);
        assert_eq!((reading.lines.claimed, reading.lines.ignored, reading.lines.unread), (4, 0, 1));
    }
    let other = failover(&format!("{text}A new\u{8} row\n")).unwrap();
    assert_eq!((other.unread_in_host_blocks().count(), other.lines.claimed, other.lines.unread), (0, 4, 1));
}
