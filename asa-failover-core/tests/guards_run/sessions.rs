//! What a session is led to say before a line goes over it, and where it is left alone.

use std::time::Duration;

use asa_failover_core::command::{Command, Mode};
use asa_failover_core::drive::Clock;
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::link::SessionId;
use asa_failover_core::run::{Action, Event, Outcome, Record, Run, Said};
use asa_failover_core::session::prompt;

use super::{World, scene};

/// Among the settings of a group a young look at the pair is taken where the session stands, and the line follows.
#[test]
fn a_look_is_taken_among_the_settings_of_a_group() {
    let (pair, plan) = scene(1 | 16, None);
    let mut world = World::new(&pair);
    let mut run = Run::new(&plan);
    let mut action = run.step(Elapsed::ZERO, Event::Start);
    while !matches!(&action, Action::Send { command: Command::FailoverGroup(_), .. }) {
        let event = world.perform(&action);
        action = run.step(world.clock.now(), event);
    }
    let Action::Send { session: there, .. } = action else { panic!("{action:?}") };
    let event = world.perform(&action);
    let later = world.clock.now().after(Duration::from_secs(3));
    world.clock.sleep(later);
    action = run.step(world.clock.now(), event);
    let mut looks = Vec::new();
    while let Action::Send { session, command, .. } = &action {
        assert_eq!(
            *command,
            Command::ShowFailover,
            "nothing else is typed there, and the session is not left"
        );
        looks.push(*session);
        let event = world.perform(&action);
        action = run.step(world.clock.now(), event);
    }
    assert!(looks.len() == 2 && looks.contains(&there), "{looks:?}, {there:?}");
    let Action::Record(Record::Intent { intent, .. }) = &action else { panic!("{action:?}") };
    assert!(matches!(intent.command, Command::NoPreempt { .. }), "{}", intent.command);
    let sent = run.step(world.clock.now(), Event::Recorded);
    assert!(matches!(&sent, Action::Send { session, .. } if *session == there), "{sent:?}");
}

/// The run of a pair whose first session has just opened at this prompt.
fn opened(text: &str) -> (World, Run, Action) {
    let (pair, plan) = scene(0, None);
    let mut world = World::new(&pair);
    let mut run = Run::new(&plan);
    let mut action = run.step(Elapsed::ZERO, Event::Start);
    while !matches!(action, Action::Connect { .. }) {
        let event = world.perform(&action);
        action = run.step(world.clock.now(), event);
    }
    let opened = Event::Connected { session: SessionId(1), prompt: prompt(text).unwrap() };
    let action = run.step(world.clock.now(), opened);
    (world, run, action)
}

/// A session that opens in the middle of a configuration is led out of it, and then asked who it is.
#[test]
fn a_session_is_led_out_of_a_configuration() {
    let (world, mut run, action) = opened("fw/pri/act(config)# ");
    assert!(matches!(action, Action::Send { command: Command::End, .. }), "{action:?}");
    let (session, output) = (SessionId(1), String::new());
    let event = Event::Replied { session, output, prompt: prompt("fw/pri/act# ").unwrap() };
    let action = run.step(world.clock.now(), event);
    let Action::Send { session, command, .. } = action else { panic!("{action:?}") };
    assert_eq!((session, command), (SessionId(1), Command::ShowVersion));
}

/// Without a serial number nobody knows which unit answers, so that no line goes there; and not for ever.
#[test]
fn a_session_without_a_serial_number_is_not_used() {
    let (mut world, mut run, mut action) = opened("fw/pri/act# ");
    let mut asked = 0;
    let halt = loop {
        if let Action::Finish(outcome) = action {
            let Outcome::Halted(halt) = outcome else { panic!("{outcome}") };
            break halt;
        }
        let event = match (&action, asked) {
            // The first session is not one of the simulated pair.
            (Action::Send { .. }, 0) => {
                let (_, said) = said_without_serial(&world);
                asked += 1;
                action = run.step_said(world.clock.now(), SessionId(1), said, Mode::Privileged);
                continue;
            }
            _ => world.perform(&action),
        };
        let at = world.clock.now();
        action = match (&action, event) {
            (Action::Send { command, .. }, Event::Replied { session, .. }) => {
                assert_eq!(*command, Command::ShowVersion, "nothing else is asked of a unit without a name");
                asked += 1;
                let (mode, said) = said_without_serial(&world);
                run.step_said(at, session, said, mode)
            }
            (_, event) => run.step(at, event),
        };
    };
    assert!(asked > 2, "{asked}");
    let why = "show version: no serial number, so this is not the system execution space";
    assert!(halt.reason.to_string().ends_with(why), "{}", halt.reason);
    assert_eq!(halt.code, "deadline");
}

fn said_without_serial(_: &World) -> (Mode, Said) {
    let text = "Cisco Adaptive Security Appliance Software Version 9.8(4)\n\
        \n\
        fw up 40 days 3 hours\n\
        \n\
        Hardware:   ASA5525, 8192 MB RAM, CPU Lynnfield 2393 MHz, 1 CPU (4 cores)\n\
        \n\
        Configuration register is 0x1\n";
    (Mode::Privileged, Said::of(&Command::ShowVersion, text))
}
