//! The terminal against dialogs: what it types, when, and what it makes of what it sees.

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::command::{Command, Mode};
use crate::flash::{DiskFile, FetchUrl};
use crate::link::Via;
use crate::unit::GroupId;

const GREETING: &str = concat!(
    "User admin logged in to fw\r\n",
    "Logins over the last 1 days: 2.  Last login: 03:49:07 UTC May 29 2022 from 192.0.2.10\r\n",
    "Failed logins since the last login: 0.  \r\n",
    "Type help or '?' for a list of available commands.\r\n",
);

/// A terminal and what came out of it.
struct Bench {
    terminal: Terminal,
    piece: usize,
    typed: String,
}

impl Bench {
    fn new(secret: Option<&str>, piece: usize) -> Self {
        let login = Login { enable: secret.map(Into::into) };
        Self { terminal: Terminal::login(login, Patience::default()), piece, typed: String::new() }
    }

    /// A session at `fw/pri/act# `.
    fn standing() -> Self {
        let mut bench = Self::new(None, 1000);
        bench.plays(&[
            ("fw/pri/act# ", "\r"),
            ("\r\n\rfw/pri/act# ", "terminal pager 0"),
            ("terminal pager 0", "\r"),
            ("\r\n\rfw/pri/act# ", ""),
        ]);
        assert!(matches!(bench.terminal.poll(), Some(Happened::Ready(_))));
        bench
    }

    /// The unit shows, stays silent, and the terminal types. An echo needs no silence.
    #[track_caller]
    fn plays(&mut self, turns: &[(&str, &str)]) {
        for (shown, typed) in turns {
            assert_eq!(self.shows(shown), *typed, "after {shown:?}");
        }
    }

    fn shows(&mut self, text: &str) -> String {
        for piece in text.as_bytes().chunks(self.piece) {
            self.terminal.feed(piece);
        }
        let mut typed = self.terminal.take_output();
        if typed.is_empty() && self.terminal.wake_after().is_some() {
            self.terminal.wake();
            typed = self.terminal.take_output();
        }
        let typed = String::from_utf8(typed).unwrap();
        self.typed.push_str(&typed);
        typed
    }

    #[track_caller]
    fn sends(&mut self, command: &Command, via: Via) {
        self.terminal.send(command, via).unwrap();
        let line = command.line(via);
        assert_eq!(String::from_utf8(self.terminal.take_output()).unwrap(), line);
        assert_eq!(self.shows(&line), "\r", "Enter comes after the echo");
    }

    #[track_caller]
    fn replied(&mut self, output: &str, label: &str) {
        match self.terminal.poll() {
            Some(Happened::Replied { output: found, prompt }) => {
                assert_eq!((found.as_str(), prompt.label.as_str()), (output, label));
            }
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn failed(&mut self, message: &str) {
        match self.terminal.poll() {
            Some(Happened::Failed(trouble)) => assert_eq!(trouble.to_string(), message),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_login_enables_once_and_switches_the_pager_off() {
    let mut bench = Bench::new(Some("canary-1"), 1000);
    bench.plays(&[
        (GREETING, "\r"),
        ("\r\n\rfw/pri/act> ", "\r"),
        ("\r\n\rfw/pri/act> ", "enable"),
        ("enable", "\r"),
        ("\r\nPassword: ", "canary-1\r"),
        ("********\r\n\rfw/pri/act# ", "terminal pager 0"),
        ("terminal pager 0", "\r"),
        ("\r\n\rfw/pri/act# ", ""),
    ]);
    let Some(Happened::Ready(prompt)) = bench.terminal.poll() else { panic!("not ready") };
    assert_eq!((prompt.label.as_str(), prompt.mode), ("fw/pri/act", Mode::Privileged));
    assert!(!bench.typed.contains("conf") && !bench.typed.contains("width"), "{}", bench.typed);
}

#[test]
fn without_a_secret_enter_is_typed() {
    let mut bench = Bench::new(None, 1000);
    bench.plays(&[
        ("fw> ", "\r"),
        ("\r\nfw> ", "enable"),
        ("enable", "\r"),
        ("\r\nPassword: ", "\r"),
        ("\r\nfw# ", "terminal pager 0"),
    ]);
}

#[test]
fn a_prompt_in_a_banner_is_found_out_by_enter() {
    let mut bench = Bench::new(Some("canary-2"), 1000);
    bench.plays(&[
        // The banner's lines end like prompts; the last of them has come without its line end so far.
        ("Property of Example Ltd#\r\nnobody> \r\nasa# ", "\r"),
        ("\r\nauthorised use only\r\nfw/pri/act> ", "\r"),
        ("\r\nfw/pri/act> ", "enable"),
    ]);
    assert!(!bench.typed.contains("canary"));
}

#[test]
fn a_password_is_typed_at_the_password_prompt_only() {
    for shown in [
        "\r\nYour Password: ",
        "\r\n%ASA-6-605005: Login permitted. Password: x",
        "\r\nPassword:  ",
        "\r\n Password: ",
        "\r\nPassword: secret\r\n",
        "\r\nPassword: \r\nfw> Password: ",
    ] {
        let mut bench = Bench::new(Some("canary-3"), 1000);
        bench.plays(&[("fw> ", "\r"), ("\r\nfw> ", "enable"), ("enable", "\r"), (shown, "")]);
    }
}

#[test]
fn a_wrong_enable_password_is_tried_once() {
    let mut bench = Bench::new(Some("wrong"), 1000);
    bench.plays(&[
        ("fw> ", "\r"),
        ("\r\nfw> ", "enable"),
        ("enable", "\r"),
        ("\r\nPassword: ", "wrong\r"),
        ("*****\r\nInvalid password\r\nPassword: ", ""),
    ]);
    bench.failed("the enable password was not accepted");
    bench.plays(&[("Password: ", ""), ("\r\nAccess denied.\r\nfw> ", "")]);
    assert_eq!(bench.typed.matches("wrong").count(), 1);
}

#[test]
fn a_unit_that_wants_a_new_enable_password_gets_none() {
    let mut bench = Bench::new(Some("canary-4"), 1000);
    bench.plays(&[
        ("fw> ", "\r"),
        ("\r\nfw> ", "enable"),
        ("enable", "\r"),
        ("\r\nThe enable password is not set.  Please set it now.\r\nEnter  Password: ", ""),
    ]);
    bench.failed("the unit wants a new enable password; set one on the console first");
    assert!(!bench.typed.contains("canary"));
}

#[test]
fn enable_or_pager_may_be_refused_by_command_authorization() {
    let mut bench = Bench::new(Some("canary-5"), 1000);
    bench.plays(&[
        ("fw> ", "\r"),
        ("\r\nfw> ", "enable"),
        ("enable", "\r"),
        ("\r\nERROR: Command authorization failed\r\nfw> ", ""),
    ]);
    bench.failed("enable was answered \"ERROR: Command authorization failed\"");

    let mut bench = Bench::new(None, 1000);
    bench.plays(&[
        ("fw# ", "\r"),
        ("\r\nfw# ", "terminal pager 0"),
        ("terminal pager 0", "\r"),
        ("\r\n  ^\r\nERROR: % Invalid input detected at '^' marker.\r\nfw# ", ""),
    ]);
    bench.failed("terminal pager 0 was answered \"ERROR: % Invalid input detected at '^' marker.\"");
}

#[test]
fn a_line_that_arrived_differently_never_runs() {
    let mut bench = Bench::standing();
    bench.terminal.send(&Command::NoFailoverActive(GroupId::UNIT), Via::Direct).unwrap();
    assert_eq!(bench.terminal.take_output(), b"no failover active");
    bench.plays(&[("no failover", ""), ("x", "")]);
    bench.failed(
        "typed \"no failover active\", the unit shows \"fw/pri/act# no failoverx\"; Enter was not sent",
    );
    bench.plays(&[(" active", "")]);
}

#[test]
fn half_an_echo_is_waited_for() {
    let mut bench = Bench::standing();
    bench.terminal.send(&Command::NoFailoverActive(GroupId::UNIT), Via::Direct).unwrap();
    bench.terminal.take_output();
    bench.terminal.feed(b"no failover");
    assert_eq!(bench.terminal.wake_after(), None, "no silence makes it complete");
    bench.plays(&[(" active", "\r")]);
}

#[test]
fn a_cut_echo_is_compared_as_far_as_it_goes() {
    let file: DiskFile = "disk0:/asa9-16-4-smp-k8.bin".parse().unwrap();
    let from: FetchUrl = "tftp://198.51.100.10/asa9-16-4-smp-k8.bin".parse().unwrap();
    let command = Command::Copy { from, to: file };
    for (cut_at, scrolled, runs) in [(60, false, true), (30, true, true), (60, false, false)] {
        let mut bench = Bench::standing();
        bench.terminal.send(&command, Via::Mate).unwrap();
        let line = String::from_utf8(bench.terminal.take_output()).unwrap();
        let shown = if scrolled {
            // The line is redrawn from the left with its head hidden.
            let back = "\x08".repeat(cut_at);
            format!("{}{back}${}", &line[..cut_at], &line[line.len() - cut_at + 1..])
        } else {
            format!("{}$", &line[..cut_at])
        };
        let shown = if runs { shown } else { shown.replace("mate", "mute") };
        assert_eq!(bench.shows(&shown), if runs { "\r" } else { "" }, "{shown}");
        assert_eq!(bench.terminal.poll().is_none(), runs, "{shown}");
    }
}

#[test]
fn a_reply_is_what_stands_between_echo_and_prompt() {
    let mut bench = Bench::standing();
    bench.sends(&Command::ShowMode, Via::Direct);
    bench.plays(&[("\r\nSecurity context mode: single \r\n\r", ""), ("fw/pri", ""), ("/act# ", "")]);
    bench.replied("Security context mode: single \n", "fw/pri/act");
}

#[test]
fn a_notice_behind_a_prompt_is_no_part_of_the_next_reply() {
    let mut bench = Bench::standing();
    bench.shows("\r\nBeginning configuration replication: Sending to mate.\r\nEnd Configuration");
    bench.shows(" Replication to mate\r\n");
    bench.sends(&Command::ShowMode, Via::Direct);
    bench.plays(&[("\r\nSecurity context mode: single \r\nfw/pri/act# ", "")]);
    bench.replied("Security context mode: single \n", "fw/pri/act");
}

#[test]
fn a_prompt_hidden_by_a_notice_is_asked_for_with_one_enter() {
    let mut bench = Bench::standing();
    bench.sends(&Command::ShowMode, Via::Direct);
    let shown = "\r\nSecurity context mode: single \r\nfw/pri/act# \r\nFailover LAN became OK\r\n";
    bench.plays(&[(shown, "\r"), ("\r\nfw/pri/act# ", "")]);
    let output = "Security context mode: single \nfw/pri/act# \nFailover LAN became OK\n\n";
    bench.replied(output, "fw/pri/act");
}

#[test]
fn a_takeover_brings_no_prompt_before_enter() {
    let mut bench = Bench::standing();
    bench.sends(&Command::FailoverActive(GroupId::UNIT), Via::Direct);
    bench.terminal.feed(b"\r\n\r\n\tSwitching to Active\r\n");
    assert_eq!(bench.terminal.wake_after(), Some(Duration::from_millis(500)));
    bench.plays(&[("", "\r"), ("", ""), ("\r\nfw/pri/stby# ", "")]);
    bench.replied("\n\tSwitching to Active\n\n", "fw/pri/stby");
}

#[test]
fn the_label_flips_in_an_open_session() {
    let mut bench = Bench::standing();
    bench.sends(&Command::NoFailoverActive(GroupId::UNIT), Via::Direct);
    bench.plays(&[("\r\n\r\nfw/pri/act# ", "")]);
    bench.replied("\n", "fw/pri/act");
    bench.shows("\r\n\tSwitching to Standby\r\n");
    bench.sends(&Command::ShowFailoverState, Via::Direct);
    bench.plays(&[("\r\nThis host  -   Primary\r\nfw/pri/stby# ", "")]);
    bench.replied("This host  -   Primary\n", "fw/pri/stby");
}

#[test]
fn silence_without_a_prompt_is_no_end() {
    let mut bench = Bench::standing();
    bench.sends(&Command::ShowVersion, Via::Direct);
    bench.terminal.feed(b"\r\nCisco Adaptive Security Appliance Software Version 9.8(4)\r\n");
    assert_eq!(bench.terminal.wake_after(), None);
    bench.terminal.feed(b"Compiled on ");
    assert_eq!(bench.terminal.wake_after(), None);
}

#[test]
fn a_stranger_s_prompt_is_confirmed_by_enter() {
    let mut bench = Bench::standing();
    bench.sends(&Command::ShowVersion, Via::Direct);
    bench.plays(&[("\r\nmail# ", "\r"), ("is not a prompt\r\nfw/pri/act# ", "")]);
    bench.replied("mail# is not a prompt\n", "fw/pri/act");

    bench.sends(&Command::End, Via::Direct);
    bench.plays(&[("\r\nrenamed# ", "\r"), ("\r\nrenamed# ", "")]);
    bench.replied("renamed# \n", "renamed");
}

#[test]
fn the_pager_is_switched_off_again_in_another_context() {
    let mut bench = Bench::standing();
    bench.sends(&Command::ChangetoSystem, Via::Direct);
    bench.plays(&[("\r\nfw# ", "terminal pager 0"), ("terminal pager 0", "\r"), ("\r\nfw# ", "")]);
    bench.replied("", "fw");
}

#[test]
fn a_permitted_question_is_answered_once() {
    let mut bench = Bench::standing();
    bench.sends(&Command::Reload, Via::Direct);
    bench.terminal.feed(b"\r\nProceed with reload? ");
    bench.plays(&[("[confirm] ", "\r")]);
    assert_eq!(bench.terminal.wake_after(), None, "the same line is not asked twice");
    bench.plays(&[("\r\nProceed with reload? [confirm] ", "")]);
    let question = "Proceed with reload? [confirm]".to_owned();
    assert_eq!(bench.terminal.poll(), Some(Happened::Asked { question }));
}

#[test]
fn any_other_question_is_left_unanswered() {
    for question in [
        "System config has been modified. Save? [Y]es/[N]o:",
        "Do you want to over write? [confirm]",
        "Are you sure you want to continue connecting (yes/no)?",
    ] {
        let mut bench = Bench::standing();
        bench.sends(&Command::Reload, Via::Direct);
        bench.plays(&[(&format!("\r\n{question} "), "")]);
        assert_eq!(bench.terminal.poll(), Some(Happened::Asked { question: question.to_owned() }));
        bench.plays(&[("\r\n", ""), ("fw/pri/act# ", "")]);
        assert_eq!(bench.terminal.send(&Command::ShowMode, Via::Direct), Err(NotSent::NotStanding));
    }
}

/// Enter that only looks would be the answer, where the question is still on its way.
#[test]
fn a_reload_gets_no_enter_but_on_its_own_question() {
    for shown in ["\r\nmail# ", "\r\nfw/pri/act# \r\nFailover LAN became OK\r\n"] {
        let mut bench = Bench::standing();
        bench.sends(&Command::Reload, Via::Direct);
        bench.terminal.feed(shown.as_bytes());
        assert_eq!((bench.terminal.wake_after(), bench.terminal.poll()), (None, None), "{shown:?}");
        bench.plays(&[("\r\nProceed with reload? [confirm] ", "\r"), ("\r\nfw/pri/act# ", "")]);
        assert!(matches!(bench.terminal.poll(), Some(Happened::Replied { .. })), "{shown:?}");
    }
}

/// What is typed next would be the answer.
#[test]
fn a_question_of_a_reload_stays_one_behind_a_notice_that_looks_like_the_prompt() {
    let question = "System config has been modified. Save? [Y]es/[N]o:";
    for notice in ["fw/pri/act# ", "fw/pri/act# \r\n", "mail# ", "Failover LAN became OK\r\n"] {
        let mut bench = Bench::standing();
        bench.sends(&Command::Reload, Via::Direct);
        bench.plays(&[(&format!("\r\n{question}\r\n{notice}"), "")]);
        let asked = Happened::Asked { question: question.to_owned() };
        assert_eq!(bench.terminal.poll(), Some(asked), "{notice:?}");
    }
}

#[test]
fn the_question_of_a_sync_is_answered_no_wherever_its_words_stand() {
    let file: DiskFile = "disk0:/asa9-16-4-smp-k8.bin".parse().unwrap();
    let words = "WARNING: Configuration syncing is in progress";
    for shown in [format!("{words}, continue? (yes/no) "), format!("{words}.\r\nContinue? [yes/no]: ")] {
        let mut bench = Bench::standing();
        bench.sends(&Command::BootSystem(file.clone()), Via::Direct);
        bench.plays(&[(&format!("\r\n{shown}"), "no\r"), ("no\r\nfw/pri/act(config)# ", "")]);
        assert!(matches!(bench.terminal.poll(), Some(Happened::Replied { .. })));
    }
    let mut bench = Bench::standing();
    bench.sends(&Command::BootSystem(file), Via::Direct);
    bench.plays(&[(&format!("\r\n{words}\r\nSave? [Y]es/[N]o:"), "")]);
    assert!(matches!(bench.terminal.poll(), Some(Happened::Asked { .. })));
}

#[test]
fn a_pager_is_quit_and_its_reply_is_no_reply() {
    let mut bench = Bench::standing();
    bench.sends(&Command::ShowVersion, Via::Direct);
    bench.plays(&[("\r\nCisco Adaptive\r\n<--- More --->", "q"), ("\r              \rfw/pri/act# ", "")]);
    bench.failed("reply stopped at <--- More --->, the pager is on again");
    assert_eq!(bench.terminal.poll(), None);
}

#[test]
fn a_flood_is_cut_off() {
    let mut bench = Bench::standing();
    bench.sends(&Command::ShowVersion, Via::Direct);
    bench.plays(&[(&format!("\r\n{}", "x".repeat(17 * 1024)), "")]);
    bench.failed("reply has a line of more than 16 KiB");
}

/// Line by line, so that anything that looks back at all lines would take minutes.
#[test]
fn the_largest_reply_is_taken_in_linear_time() {
    let mut bench = Bench::standing();
    bench.sends(&Command::ShowVersion, Via::Direct);
    bench.shows("\r\n");
    for _ in 0..150_000 {
        bench.terminal.feed(b"a line of a very long reply\r\n");
        assert_eq!(bench.terminal.wake_after(), None);
    }
    bench.shows("fw/pri/act# ");
    let Some(Happened::Replied { output, .. }) = bench.terminal.poll() else { panic!("no reply") };
    assert_eq!(output.lines().count(), 150_000);
}

#[test]
fn a_flood_instead_of_an_echo_is_cut_off_as_well() {
    let mut bench = Bench::standing();
    bench.terminal.send(&Command::ShowVersion, Via::Direct).unwrap();
    bench.terminal.take_output();
    bench.plays(&[(&"no echo\r\n".repeat(200_001), "")]);
    bench.failed("reply has more than 200,000 lines");
}

#[test]
fn a_secret_is_in_no_debug_text() {
    let mut bench = Bench::new(Some("canary-6"), 1000);
    bench.shows("fw> ");
    bench.shows("\r\nfw> ");
    bench.shows("enable");
    bench.terminal.feed(b"\r\nPassword: ");
    bench.terminal.wake();
    let shown = format!("{:?} {:?}", bench.terminal, Login::with_enable("canary-6".into()));
    assert!(!shown.contains("canary"), "{shown}");
    assert_eq!(bench.terminal.take_output(), b"canary-6\r");
}

/// What a unit, or someone who wants the password, may print.
const FRAGMENTS: [&str; 16] = [
    "fw> ",
    "fw# ",
    "\r\n",
    "\r",
    "Password: ",
    "Password:",
    "Enter  Password: ",
    "enable",
    "terminal pager 0",
    "Invalid password",
    "ERROR: ",
    "(config)# ",
    "<--- More --->",
    "Save? [Y]es/[N]o:",
    "\x08",
    "\u{1b}[2J",
];

proptest! {
    /// The password is typed once at most, at its own prompt, behind an `enable` that was echoed.
    #[test]
    fn no_text_gets_the_password_but_the_password_prompt(
        stage in 0..=3_usize,
        picks in prop::collection::vec((0..FRAGMENTS.len(), any::<bool>()), 0..60),
    ) {
        let mut bench = Bench::new(Some("canary-7"), 1000);
        let mut shown = String::new();
        for text in ["fw> ", "\r\nfw> ", "enable"].iter().take(stage) {
            shown.push_str(text);
            bench.shows(text);
        }
        for (pick, silent) in picks {
            shown.push_str(FRAGMENTS[pick]);
            bench.terminal.feed(FRAGMENTS[pick].as_bytes());
            if silent {
                bench.terminal.wake();
            }
            let typed = String::from_utf8(bench.terminal.take_output()).unwrap();
            if typed.contains("canary") {
                prop_assert_eq!(&typed, "canary-7\r");
                let line = shown.rsplit(['\n', '\r']).next().unwrap();
                prop_assert!(line == "Password: " || line == "Password:" || line.contains('\x08'), "{}", line);
                prop_assert!(bench.typed.contains("enable\r"), "{}", bench.typed);
                prop_assert!(!bench.typed.contains("canary"), "typed twice");
            }
            bench.typed.push_str(&typed);
            let reported = format!("{:?}", bench.terminal.poll());
            prop_assert!(!reported.contains("canary"), "{}", reported);
        }
    }

    /// However the bytes were cut on their way, the same is typed and reported.
    #[test]
    fn pieces_of_any_size_make_no_difference(piece in 1_usize..20) {
        let dialog = |piece: usize| {
            let mut bench = Bench::new(Some("secret"), piece);
            let mut happened = Vec::new();
            for shown in [
                GREETING,
                "\r\n\rbanner# \r\n\rfw/pri/act> ",
                "\r\n\rfw/pri/act> ",
                "enable",
                "\r\nPassword: ",
                "******\r\n\rfw/pri/act# ",
                "terminal pager 0",
                "\r\n\rfw/pri/act# ",
            ] {
                bench.shows(shown);
                happened.extend(bench.terminal.poll());
            }
            bench.sends(&Command::ShowFailover, Via::Direct);
            bench.shows("\r\nFailover On \r\nfw/pri/act# is text\r\n\ttab\x08\x08xy\r\n\rfw/pri/stby# ");
            happened.extend(bench.terminal.poll());
            (bench.typed, format!("{happened:?}"))
        };
        let whole = dialog(10_000);
        prop_assert!(whole.1.contains("fw/pri/stby"), "{}", whole.1);
        prop_assert_eq!(dialog(piece), whole);
    }
}
