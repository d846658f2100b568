//! The session of a line: how it gets among the settings of a group and out again, and that no line is typed
//! where it does not belong.

use std::ops::RangeInclusive;
use std::rc::Rc;

use asa_failover_core::command::{Command, Mode};
use asa_failover_core::drive::{Clock, Forgetful, Unattended, drive};
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::link::{Endpoint, SessionId, Via};
use asa_failover_core::rehearse::VirtualClock;
use asa_failover_core::run::{Outcome, Records, Run};
use asa_failover_core::session::Login;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::transport::{Connect, Exchange, Terminals, Transport, Within};
use asa_failover_core::twin::What;
use asa_failover_core::unit::Role;

use super::bench;
use super::pairs::bench::Bench;

/// Every line that was typed on the primary from its first `configure terminal` behind the save on.
fn typed(bench: &Bench) -> Vec<String> {
    let pair = bench.pair.borrow();
    let lines = pair.history().iter().filter(|happening| happening.role == Role::Primary);
    let lines = lines.filter_map(|happening| match &happening.what {
        What::Typed { line, .. } => Some(line.clone()),
        _ => None,
    });
    let moves = |line: &String| {
        [
            "configure terminal",
            "failover group ",
            "no preempt",
            "preempt",
            "end",
            "show running-config failover",
        ]
        .iter()
        .any(|head| line.starts_with(head))
    };
    lines.skip_while(|line| !line.starts_with("write memory")).filter(moves).collect()
}

/// One group at a time, left before anything is read.
#[test]
fn a_session_leaves_the_settings_of_a_group_before_it_reads() {
    let bench = bench();
    let outcome = bench.run(Records::default(), &mut Forgetful);
    assert!(matches!(outcome, Outcome::Completed(_)), "{outcome}");
    let lines = typed(&bench);
    for (group, line) in [("1", "no preempt"), ("2", "no preempt"), ("1", "preempt 45"), ("2", "preempt")] {
        let group = format!("failover group {group}");
        let way = ["configure terminal", group.as_str(), line, "end", "show running-config failover"];
        assert!(lines.windows(way.len()).any(|typed| typed == way), "{way:?} in {lines:?}");
    }
}

/// Sessions of which one does something else than it is told at `failover group N`.
struct Astray {
    terminals: Terminals<Memory>,
    /// Whether it stays in configuration mode instead of going among the settings.
    stays: bool,
    /// The lines of a group that were typed.
    typed: Vec<String>,
}

impl Transport for Astray {
    fn connect(&mut self, endpoint: Endpoint, within: std::time::Duration) -> Connect {
        self.terminals.connect(endpoint, within)
    }

    fn exchange(&mut self, session: SessionId, via: Via, command: &Command, within: Within) -> Exchange {
        if matches!(command, Command::NoPreempt { .. } | Command::Preempt { .. }) {
            self.typed.push(command.to_string());
        }
        let exchange = self.terminals.exchange(session, via, command, within);
        match exchange {
            Exchange::Replied { output, mut prompt }
                if matches!(command, Command::FailoverGroup(_)) && self.stays =>
            {
                prompt.mode = Mode::Config;
                Exchange::Replied { output, prompt }
            }
            exchange => exchange,
        }
    }

    fn close(&mut self, session: SessionId) {
        self.terminals.close(session);
    }
}

/// A unit that does not show the settings of a group gets none of their lines; nothing disrupts then either.
#[test]
fn a_line_of_a_group_is_typed_among_its_settings_only() {
    for stays in [false, true] {
        let bench = bench();
        let terminals = Terminals::new(Memory::new(Rc::clone(&bench.pair)), Login::default());
        let mut astray = Astray { terminals, stays, typed: Vec::new() };
        let mut clock = VirtualClock::new(Rc::clone(&bench.pair));
        let mut run = Run::new(&bench.plan);
        let outcome =
            drive(&mut run, Records::default(), &mut astray, &mut clock, &mut Forgetful, &mut Unattended);
        if stays {
            let Outcome::Halted(halt) = &outcome else { panic!("{outcome}") };
            println!("{outcome}");
            assert!(matches!(halt.code.as_str(), "deadline" | "too-slow"), "{outcome}");
            assert_eq!(astray.typed, [""; 0]);
            assert!(clock.now() > Elapsed::ZERO);
            assert!(
                bench.lines().iter().all(|(_, line)| !line.contains("reload") && !line.contains("active"))
            );
        } else {
            assert!(matches!(outcome, Outcome::Completed(_)), "{outcome}");
            assert_eq!(astray.typed, ["no preempt", "no preempt", "preempt 45", "preempt"]);
        }
    }
}

/// What becomes of the text of an answer.
type Damage = fn(&str) -> String;

/// Sessions in which some answers to a line lack something, or have something else in its place.
struct Damaging {
    terminals: Terminals<Memory>,
    line: &'static str,
    /// How many answers there were, and which of them are damaged.
    answers: u32,
    damaged: RangeInclusive<u32>,
    damage: Damage,
}

impl Transport for Damaging {
    fn connect(&mut self, endpoint: Endpoint, within: std::time::Duration) -> Connect {
        self.terminals.connect(endpoint, within)
    }

    fn exchange(&mut self, session: SessionId, via: Via, command: &Command, within: Within) -> Exchange {
        let exchange = self.terminals.exchange(session, via, command, within);
        match exchange {
            Exchange::Replied { output, prompt } if command.to_string() == self.line => {
                self.answers += 1;
                let is_damaged = self.damaged.contains(&self.answers);
                Exchange::Replied { output: if is_damaged { (self.damage)(&output) } else { output }, prompt }
            }
            exchange => exchange,
        }
    }

    fn close(&mut self, session: SessionId) {
        self.terminals.close(session);
    }
}

/// How the run ends where these answers to a line are damaged, the first one being 1.
fn answers(line: &'static str, damaged: RangeInclusive<u32>, damage: Damage) -> Outcome {
    let bench = bench();
    let terminals = Terminals::new(Memory::new(Rc::clone(&bench.pair)), Login::default());
    let mut transport = Damaging { terminals, line, answers: 0, damaged, damage };
    let mut clock = VirtualClock::new(Rc::clone(&bench.pair));
    let mut run = Run::new(&bench.plan);
    drive(&mut run, Records::default(), &mut transport, &mut clock, &mut Forgetful, &mut Unattended)
}

/// Not "it has no preempt": the group is not there.
#[test]
fn an_answer_that_lacks_a_group_says_nothing_of_it() {
    let lacks = |text: &str| {
        let at = text.find("failover group 2").unwrap();
        text.get(..at).unwrap().to_owned()
    };
    let outcome = answers("show running-config failover", 1..=1, lacks);
    assert!(matches!(outcome, Outcome::Completed(_)), "{outcome}");
}

/// A notice inside a line hides a file; one that is gone is missed in two listings in a row.
#[test]
fn a_file_that_was_there_is_gone_where_two_listings_lack_it() {
    let hides = |text: &str| text.replace("asa984-48-smp-k8.bin", "asa984-48-s");
    for (first, last, completes) in [(3, 3, true), (3, 4, false), (1, 2, false)] {
        let outcome = answers("dir disk0:/", first..=last, hides);
        match &outcome {
            Outcome::Completed(_) => assert!(completes, "{first} to {last}: {outcome}"),
            Outcome::Halted(halt) => assert!(!completes && halt.code == "image-missing", "{outcome}"),
        }
    }
}

/// A notice inside a line makes another serial number, release or register of it.
#[test]
fn an_answer_that_would_end_the_run_is_asked_for_once_more() {
    let cases: [(&str, Damage); 3] = [
        ("wrong-unit", |text| text.replace("JAD000000", "JAD0500")),
        ("off-the-way", |text| text.replace("Software Version 9.8(4)", "Software Version 9.1(4)")),
        ("register", |text| text.replace("register is 0x1", "register is 0x41")),
    ];
    for (code, damage) in cases {
        let outcome = answers("show version", 1..=1, damage);
        assert!(matches!(outcome, Outcome::Completed(_)), "{code}: {outcome}");
        let outcome = answers("show version", 1..=u32::MAX, damage);
        let Outcome::Halted(halt) = &outcome else { panic!("{code}: {outcome}") };
        assert_eq!(halt.code, code, "{outcome}");
    }
}
