//! Replies, answers and refusals that a run does not go by: each is met at the line that it answers.

use std::time::Duration;

use asa_failover_core::command::{Command, Mode};
use asa_failover_core::decide::{Build, Heard, Reason};
use asa_failover_core::drive::Clock;
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::link::{Endpoint, SessionId};
use asa_failover_core::run::{Action, Event, Halt, Outcome, Record, Records, Run, Said};
use asa_failover_core::session::prompt;
use asa_failover_core::unit::Role;

use super::sessions::opened;
use super::{World, scene, up_to};

/// The run of a pair up to the n-th line of this kind, which is performed, and what it says.
fn answered(way: u8, command: &Command, nth: usize) -> (World, Run, SessionId, Said) {
    let (pair, plan) = scene(way, None);
    let mut world = World::new(&pair);
    let mut run = Run::new(&plan);
    let mut event = Event::Start;
    let mut met = 0;
    loop {
        let action = run.step(world.clock.now(), event);
        event = world.perform(&action);
        if let (Action::Send { command: typed, .. }, Event::Replied { session, output, .. }) =
            (&action, &event)
            && typed == command
        {
            met += 1;
            if met == nth {
                let (session, said) = (*session, Said::of(command, output));
                return (world, run, session, said);
            }
        }
    }
}

/// How the run ends where every further `show version` says something else.
#[track_caller]
fn halted(world: &mut World, run: &mut Run, action: Action, change: impl Fn(&mut Build)) -> Box<Halt> {
    let mut action = action;
    for _ in 0..2_000 {
        if let Action::Finish(outcome) = action {
            let Outcome::Halted(halt) = outcome else { panic!("{outcome}") };
            return halt;
        }
        let event = world.perform(&action);
        let at = world.clock.now();
        action = match (&action, &event) {
            (
                Action::Send { command: Command::ShowVersion, .. },
                Event::Replied { session, output, prompt },
            ) => {
                let Said::Version(mut build) = Said::of(&Command::ShowVersion, output) else {
                    panic!("{output}")
                };
                change(&mut build);
                run.step_said(at, *session, Said::Version(build), prompt.mode)
            }
            _ => run.step(at, event),
        };
    }
    panic!("no end: {action:?}")
}

/// I3: a unit that answers with the serial number of another, in a session that was identified.
#[test]
fn a_known_unit_with_another_serial_number_halts_or_is_read_again() {
    let (mut world, mut run, session, said) = answered(0, &Command::ShowVersion, 3);
    let Said::Version(mut build) = said else { panic!("{said:?}") };
    let strange = |build: &mut Build| build.serial = Some("JAD000000Z9".parse().unwrap());
    strange(&mut build);
    let action = run.step_said(world.clock.now(), session, Said::Version(build), Mode::Privileged);
    assert!(!matches!(action, Action::Record(Record::Halt { .. })), "it is asked for once more: {action:?}");
    let doubted = run.progress(world.clock.now()).units.iter().filter(|unit| unit.version.is_none()).count();
    assert_eq!(doubted, 1, "nothing goes by what it said before: {}", run.progress(world.clock.now()));
    let halt = halted(&mut world, &mut run, action, strange);
    assert_eq!(halt.reason, Reason::WrongUnit("JAD000000Z9".parse().unwrap()));

    // Of the mate, or of none: the session stands elsewhere than it did, and the reading is none.
    for of_mate in [true, false] {
        let (mut world, mut run, session, said) = answered(0, &Command::ShowVersion, 3);
        let Said::Version(mut build) = said else { panic!("{said:?}") };
        let (_, _, _, first) = answered(0, &Command::ShowVersion, 1);
        let (_, _, _, second) = answered(0, &Command::ShowVersion, 2);
        let serials = [first, second].map(|said| match said {
            Said::Version(build) => build.serial,
            other => panic!("{other:?}"),
        });
        let other = serials.into_iter().find(|serial| *serial != build.serial).unwrap();
        build.serial = if of_mate { other } else { None };
        let at = world.clock.now();
        let action = run.step_said(at, session, Said::Version(build), Mode::Privileged);
        assert!(!matches!(action, Action::Record(Record::Halt { .. })), "{action:?}");
        let now = run.progress(at);
        assert!(now.units.iter().any(|unit| !unit.answers), "{now}");
        let event = world.perform(&action);
        let _ = run.step(world.clock.now(), event);
    }
}

/// A unit that calls itself what its mate is called has not been read.
#[test]
fn a_reading_that_calls_itself_the_mate_is_none() {
    let (world, mut run, session, said) = answered(0, &Command::ShowFailover, 4);
    let Said::Failover(mut sight) = said else { panic!("{said:?}") };
    sight.role = sight.role.map(Role::mate);
    let at = world.clock.now();
    let _ = run.step_said(at, session, Said::Failover(sight), Mode::Privileged);
    assert_eq!(run.progress(at).units.iter().filter(|unit| !unit.answers).count(), 1, "{}", run.progress(at));
}

/// A session in a user context is none of ours, and a way out of it that is refused leads nowhere.
#[test]
fn a_session_in_a_user_context_is_not_used() {
    let (mut world, mut run, session, said) = answered(1, &Command::ShowVersion, 1);
    let Said::Version(mut build) = said else { panic!("{said:?}") };
    let elsewhere = |build: &mut Build| build.in_user_context = true;
    elsewhere(&mut build);
    let action = run.step_said(world.clock.now(), session, Said::Version(build), Mode::Privileged);
    let halt = halted(&mut world, &mut run, action, elsewhere);
    assert_eq!(halt.code, "wrong-space");

    let (world, mut run, session, _) = answered(1, &Command::ChangetoSystem, 1);
    let refused = Said::Line(Heard::Error("Command authorization failed".to_owned()));
    let action = run.step_said(world.clock.now(), session, refused, Mode::Privileged);
    assert!(matches!(action, Action::Connect { endpoint: Endpoint::Active, .. }), "{action:?}");
}

/// A session that fell back to user EXEC, or that opens in the middle of somebody's configuration.
#[test]
fn a_session_at_another_level_is_identified_anew() {
    let (world, mut run, session, said) = answered(0, &Command::ShowFailover, 4);
    let at = world.clock.now();
    let action = run.step_said(at, session, said, Mode::User);
    assert!(!matches!(&action, Action::Send { session: next, .. } if *next == session), "{action:?}");
    assert!(run.progress(at).units.iter().any(|unit| !unit.answers));

    for (text, leaves) in
        [("fw/pri/act(config)# ", true), ("fw/pri/act(config-fover-group)# ", true), ("fw/pri/act# ", false)]
    {
        let (_, _, action) = opened(prompt(text).unwrap());
        let expected = if leaves { Command::End } else { Command::ShowVersion };
        assert!(
            matches!(&action, Action::Send { command, .. } if *command == expected),
            "{text}: {action:?}"
        );
    }
}

/// A notice inside the answer makes another digest of it, or none: what differs is believed where two answers in a row say it.
#[test]
fn a_digest_that_differs_is_computed_once_more() {
    let other = || Some("ab".repeat(64).parse().unwrap());
    for (first, second, halts) in [
        (other(), other(), true),
        (None, None, true),
        (other(), None, false),
        (None, Some("cd".repeat(64).parse().unwrap()), false),
    ] {
        let (pair, plan) = scene(0, None);
        let mut world = World::new(&pair);
        let mut run = Run::new(&plan);
        let mut said = [first.clone(), second.clone()].into_iter();
        let mut action = run.step(world.clock.now(), Event::Start);
        while !matches!(action, Action::Finish(_)) {
            let event = world.perform(&action);
            let at = world.clock.now();
            action = match (&action, &event) {
                (
                    Action::Send { command: Command::Verify { .. }, .. },
                    Event::Replied { session, prompt, .. },
                ) => match said.next() {
                    Some(digest) => run.step_said(at, *session, Said::Verify(digest), prompt.mode),
                    None => run.step(at, event),
                },
                _ => run.step(at, event),
            };
        }
        let halted = matches!(&action, Action::Finish(Outcome::Halted(halt)) if halt.code == "image-differs");
        let completed = matches!(action, Action::Finish(Outcome::Completed(_)));
        assert_eq!((halted, completed), (halts, !halts), "{first:?} {second:?}: {action:?}");
    }
}

/// A reply that is read as one to another line was not heard at all.
#[test]
fn a_state_changing_line_that_is_answered_by_a_reading_was_not_heard() {
    let (world, mut run, session, _) = answered(0, &Command::WriteMemory, 1);
    let action = run.step_said(world.clock.now(), session, Said::Reload(false), Mode::Privileged);
    assert!(
        matches!(&action, Action::Record(Record::Sent { heard: Heard::Nothing, .. })),
        "what is not heard is looked for on the units: {action:?}"
    );
}

/// Behind the end a reply changes nothing any more, and an event that nobody asked for ends the run by name.
#[test]
fn an_event_that_nobody_asked_for_halts_by_name() {
    let (world, mut run, session) = up_to(&Command::WriteMemory);
    let _ = run.step(world.clock.now(), Event::Stop);
    let _ = run.step(world.clock.now(), Event::Recorded);
    let said = Said::Line(Heard::Prompt);
    let Action::Finish(Outcome::Halted(halt)) =
        run.step_said(world.clock.now(), session, said, Mode::Privileged)
    else {
        panic!("no end")
    };
    assert_eq!(halt.reason, Reason::Stopped);

    let (_, plan) = scene(0, None);
    let mut run = Run::new(&plan);
    let _ = run.step(Elapsed::ZERO, Event::TimedOut);
    let ended = |run: &mut Run| match run.step(Elapsed::ZERO, Event::Recorded) {
        Action::Finish(Outcome::Halted(halt)) => halt.reason.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(ended(&mut run), "unexpected event TimedOut while doing nothing");

    let opened = || Event::Connected { session: SessionId(9), prompt: prompt("fw/pri/act# ").unwrap() };
    let replied = || Event::Replied {
        session: SessionId(9),
        output: String::new(),
        prompt: prompt("fw/pri/act# ").unwrap(),
    };
    for (asks, event, text) in [
        (true, opened(), "unexpected event Connected while asking the operator"),
        (true, replied(), "unexpected event Replied while asking the operator"),
        (false, opened(), "unexpected event Connected while sleeping"),
        (false, replied(), "unexpected event Replied while sleeping"),
    ] {
        let (pair, plan) = scene(0, None);
        let mut world = World::new(&pair);
        let mut run = Run::new(&plan);
        let mut action = run.step(Elapsed::ZERO, Event::Start);
        while !matches!((&action, asks), (Action::Ask(_), true) | (Action::Sleep { .. }, false)) {
            let event = world.perform(&action);
            action = run.step(world.clock.now(), event);
        }
        let _ = run.step(world.clock.now(), event);
        assert_eq!(ended(&mut run), text);
    }
}

/// Readings, or connections, that grow old before the next decision end the run; they do not go on for ever.
#[test]
fn a_run_that_is_too_slow_halts() {
    let (pair, plan) = scene(0, None);
    let mut world = World::new(&pair);
    let mut run = Run::new(&plan);
    let mut event = Event::Start;
    let mut lines = 0;
    let halt = (0..1_000).find_map(|step| {
        let action = run.step(Elapsed::from_secs(step * 60), event.clone());
        lines += u32::from(matches!(action, Action::Send { .. }));
        event = world.perform(&action);
        match action {
            Action::Finish(Outcome::Halted(halt)) => Some(halt),
            _ => None,
        }
    });
    assert_eq!(halt.unwrap().reason, Reason::TooSlow(100));
    assert!(lines <= 102, "{lines} lines");

    let mut run = Run::new(&plan);
    let mut action = run.step(Elapsed::ZERO, Event::Start);
    let mut connections = 0;
    for step in 0..1_000 {
        let event = match action {
            Action::Finish(outcome) => {
                let Outcome::Halted(halt) = outcome else { panic!("{outcome}") };
                assert_eq!(halt.reason, Reason::TooSlow(100));
                assert_eq!(connections, 100);
                return;
            }
            Action::Connect { .. } => {
                connections += 1;
                Event::TimedOut
            }
            Action::Record(_) => Event::Recorded,
            _ => Event::TimedOut,
        };
        action = run.step(Elapsed::from_secs(step * 60), event);
    }
    panic!("it goes on for ever: {action:?}");
}

/// A record that takes longer to write than a reading may be old lets no line out, and not for ever.
#[test]
fn a_journal_that_is_too_slow_halts_and_sends_nothing() {
    let (pair, plan) = scene(0, None);
    let mut world = World::new(&pair);
    let mut run = Run::new(&plan);
    let mut event = Event::Start;
    let mut intents = 0;
    let halt = loop {
        match run.step(world.clock.now(), event) {
            Action::Finish(Outcome::Halted(halt)) => break halt,
            action => {
                event = world.perform(&action);
                if let Action::Record(Record::Intent { .. }) = action {
                    intents += 1;
                    let later = world.clock.now().after(Duration::from_secs(3));
                    world.clock.sleep(later);
                }
            }
        }
    };
    assert_eq!(halt.reason, Reason::TooLate(21));
    assert_eq!(intents, 21);
    assert!(pair.borrow().state_changing_lines().is_empty(), "{:?}", pair.borrow().state_changing_lines());
}

/// Connections are counted where both units can be asked, and the count is an observation.
#[test]
fn connections_are_read_before_a_switch() {
    let (pair, plan) = scene(0, None);
    let mut world = World::new(&pair);
    let mut run = Run::new(&plan);
    let mut action = run.step(Elapsed::ZERO, Event::Start);
    let mut counted = Vec::new();
    while !matches!(action, Action::Finish(_)) {
        let event = world.perform(&action);
        let at = world.clock.now();
        action = match (&action, &event) {
            (Action::Send { command, .. }, Event::Replied { session, output, prompt }) => {
                let said = match Said::of(command, output) {
                    Said::Failover(mut sight) => {
                        sight.http_replication = true;
                        Said::Failover(sight)
                    }
                    Said::Connections(count) => {
                        counted.push(count);
                        Said::Connections(count)
                    }
                    other => other,
                };
                run.step_said(at, *session, said, prompt.mode)
            }
            _ => run.step(at, event),
        };
    }
    assert!(matches!(action, Action::Finish(Outcome::Completed(_))), "{action:?}");
    assert!(counted.len() >= 4, "of both units, for the switch and for the way home: {counted:?}");
}

/// What is not understood in an answer may be what was asked for.
#[test]
fn an_answer_with_lines_that_are_not_understood_is_none() {
    let unread = |command: &Command, output: &str, line: &str| {
        let why = format!("a line that is not understood: {line:?}");
        assert_eq!(Said::of(command, output), Said::Unread(why));
    };
    let boot = "boot system disk0:/asa984-smp-k8.bin\nbooting from somewhere\n";
    unread(&Command::ShowRunningBoot, boot, "booting from somewhere");
    let failover = "failover\nfailover group 1\n  preemption when idle\nfailover group 2\n  secondary\n";
    unread(&Command::ShowRunningFailover, failover, "  preemption when idle");
    assert_eq!(Said::of(&Command::ShowConnCount, "1482 in use, 20132 most used\n"), Said::Connections(1_482));
}

/// The ways in which a unit says no.
#[test]
fn a_refusal_is_heard() {
    for (output, refused) in [
        ("ERROR: % Invalid input detected at '^' marker.", true),
        ("%Error opening tftp://198.51.100.10/a.bin (Timed out)", true),
        ("Command not valid on current active unit", true),
        ("Command authorization failed", true),
        ("  Configuration syncing is in progress, try later", true),
        ("Building configuration...", false),
        ("", false),
    ] {
        let said = Said::of(&Command::ConfigureTerminal, &format!("{output}\n"));
        let heard = if refused { Heard::Error(output.trim().to_owned()) } else { Heard::Prompt };
        assert_eq!(said, Said::Line(heard), "{output}");
    }
    for (output, heard) in [
        ("Building configuration...\n[OK]\n", Heard::Prompt),
        ("Building configuration...\n", Heard::Error("no [OK] in the answer".to_owned())),
    ] {
        assert_eq!(Said::of(&Command::WriteMemory, output), Said::Line(heard.clone()));
        assert_eq!(Said::of(&Command::WriteMemoryAll, output), Said::Line(heard));
    }
}

/// Progress tells each group of a pair that has two.
#[test]
fn progress_tells_each_group() {
    let (world, mut run, session, said) = answered(1, &Command::ShowFailover, 4);
    let _ = run.step_said(world.clock.now(), session, said, Mode::Privileged);
    let told = run.progress(world.clock.now()).to_string();
    assert!(told.contains("Primary 9.8(4) 1:Active 2:Standby Ready"), "{told}");
    assert!(told.contains("Secondary 9.8(4) 1:Standby Ready 2:Active"), "{told}");
}

/// A journal that is not one of this plan, of this pair or of this form is not gone on with, and says why.
#[test]
fn a_journal_that_does_not_fit_is_not_gone_on_with() {
    let (pair, plan) = scene(0, None);
    let mut world = World::new(&pair);
    let mut run = Run::new(&plan);
    let mut event = Event::Start;
    while world.records.len() < 2 {
        let action = run.step(world.clock.now(), event);
        event = world.perform(&action);
    }
    let resumed = |change: &dyn Fn(&mut Vec<Record>)| {
        let mut records = Records::default();
        records.records.clone_from(&world.records);
        change(&mut records.records);
        Run::new(&plan).step(Elapsed::ZERO, Event::Resume(records))
    };
    let why = |action: Action| match action {
        Action::Finish(Outcome::Halted(halt)) => halt.reason.to_string(),
        other => panic!("{other:?}"),
    };
    let differs = "the journal does not belong to this plan: ";
    let form = resumed(&|records| {
        if let Record::Header { schema, .. } = &mut records[0] {
            *schema = 99;
        }
    });
    let form = why(form);
    assert!(form.starts_with(&format!("{differs}its form is version 99, this is version ")), "{form}");
    let pair = resumed(&|records| {
        if let Record::Header { serials, .. } = &mut records[0] {
            serials.reverse();
        }
    });
    assert_eq!(why(pair), format!("{differs}its serial numbers are of another pair"));
    let headless = resumed(&|records| drop(records.remove(0)));
    assert_eq!(why(headless), format!("{differs}it has no header"));
    let grounds = resumed(&|records| {
        if let Record::Plan { brief } = &mut records[1] {
            brief.policy.poll_s += 1;
        }
    });
    let other = "this version of the library decides on other grounds than the one that began it";
    assert_eq!(why(grounds), format!("{differs}{other}"));
    // One that holds nothing yet is begun.
    assert_eq!(resumed(&|records| records.clear()), Run::new(&plan).step(Elapsed::ZERO, Event::Start));
    let goes_on = resumed(&|_| ());
    assert!(matches!(goes_on, Action::Record(Record::Resumed { times: 1 })), "{goes_on:?}");
}
