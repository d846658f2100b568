//! What a session is led to say before a line goes over it, and where it is left alone.

use std::time::Duration;

use asa_failover_core::command::{Command, Mode};
use asa_failover_core::drive::Clock;
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::link::{Endpoint, SessionId};
use asa_failover_core::run::{Action, Event, Record, Run, Said};
use asa_failover_core::session::{Prompt, prompt};

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
pub(crate) fn opened(prompt: Prompt) -> (World, Run, Action) {
    let (pair, plan) = scene(0, None);
    let mut world = World::new(&pair);
    let mut run = Run::new(&plan);
    let mut action = run.step(Elapsed::ZERO, Event::Start);
    while !matches!(action, Action::Connect { .. }) {
        let event = world.perform(&action);
        action = run.step(world.clock.now(), event);
    }
    let opened = Event::Connected { session: SessionId(1), prompt };
    let action = run.step(world.clock.now(), opened);
    (world, run, action)
}

/// A session that opens in the middle of a configuration is led out of it, and then asked who it is.
#[test]
fn a_session_is_led_out_of_a_configuration() {
    let (world, mut run, action) = opened(prompt("fw/pri/act(config)# ").unwrap());
    assert!(matches!(action, Action::Send { command: Command::End, .. }), "{action:?}");
    let (session, output) = (SessionId(1), String::new());
    let event = Event::Replied { session, output, prompt: prompt("fw/pri/act# ").unwrap() };
    let action = run.step(world.clock.now(), event);
    let Action::Send { session, command, .. } = action else { panic!("{action:?}") };
    assert_eq!((session, command), (SessionId(1), Command::ShowVersion));
}

/// Without a serial number nobody knows which unit answers, so that no line goes there: the other address is tried,
/// and then both are left alone for a while.
#[test]
fn a_session_without_a_serial_number_is_not_used() {
    let (world, mut run, action) = opened(prompt("fw/pri/act# ").unwrap());
    let Action::Send { session, command: Command::ShowVersion, .. } = action else { panic!("{action:?}") };
    let text = "Cisco Adaptive Security Appliance Software Version 9.8(4)\n\
        \n\
        fw up 40 days 3 hours\n\
        \n\
        Hardware:   ASA5525, 8192 MB RAM, CPU Lynnfield 2393 MHz, 1 CPU (4 cores)\n\
        \n\
        Configuration register is 0x1\n";
    let said = Said::of(&Command::ShowVersion, text);
    assert!(matches!(&said, Said::Version(build) if build.serial.is_none()), "{said:?}");
    let at = world.clock.now();
    let other = run.step_said(at, session, said, Mode::Privileged);
    assert!(matches!(other, Action::Connect { endpoint: Endpoint::Active, .. }), "{other:?}");
    let rests = run.step(at, Event::TimedOut);
    assert!(matches!(rests, Action::Sleep { .. }), "{rests:?}");
    let why = "show version: no serial number, so this is not the system execution space";
    let progress = run.progress(at);
    assert_eq!(progress.why.as_deref(), Some(why));
    assert!(progress.units.iter().all(|unit| unit.version.is_none()), "{progress}");
}
