//! What comes between a decision and its line: time, a machine that sleeps, a stop. What was not typed is not looked for.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::command::{Command, Effect};
use asa_failover_core::decide::{Effected, Question, Reason};
use asa_failover_core::drive::{Clock, Keeper, Operator, drive};
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::link::{Endpoint, SessionId, Via};
use asa_failover_core::rehearse::VirtualClock;
use asa_failover_core::run::{Action, Answer, Event, Outcome, Record, Records, Run};
use asa_failover_core::session::Login;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::transport::{Connect, Exchange, Terminals, Transport, Within};
use asa_failover_core::twin;

use super::{scene, up_to};

/// How much of its time is left for the Enter of each line, as it is typed.
struct Watched {
    terminals: Terminals<Memory>,
    left: Vec<(Command, Option<Duration>)>,
}

impl Transport for Watched {
    fn connect(&mut self, endpoint: Endpoint, within: Duration) -> Connect {
        self.terminals.connect(endpoint, within)
    }

    fn exchange(&mut self, session: SessionId, via: Via, command: &Command, within: Within) -> Exchange {
        self.left.push((command.clone(), within.enter));
        self.terminals.exchange(session, via, command, within)
    }

    fn close(&mut self, session: SessionId) {
        self.terminals.close(session);
    }
}

/// The machine sleeps for so long, once, behind the decision to send the first line that disrupts.
struct Sleeper {
    pair: Rc<RefCell<twin::Pair>>,
    left: Option<Duration>,
}

impl Operator for Sleeper {
    fn ask(&mut self, _: &Question) -> Answer {
        Answer::Go
    }

    fn saw(&mut self, _: Elapsed, _: &Event, action: &Action, _: &Run) {
        if let Action::Send { command, .. } = action
            && command.effect() == Effect::Disrupts
            && let Some(sleep) = self.left.take()
        {
            let mut pair = self.pair.borrow_mut();
            let until = pair.now() + sleep;
            pair.advance_to(until);
        }
    }
}

/// The results that were recorded.
struct Results(Vec<Effected>);

impl Keeper for Results {
    fn keep(&mut self, record: &Record) -> Result<(), String> {
        if let Record::Result { effect, .. } = record {
            self.0.push(*effect);
        }
        Ok(())
    }
}

/// A line is run within two seconds of the decision, whatever the machine does in between; a reading has no such haste.
#[test]
fn a_line_that_was_decided_before_the_machine_slept_is_not_typed() {
    for sleep in [Duration::ZERO, Duration::from_millis(1_900), Duration::from_secs(40)] {
        let (pair, plan) = scene(0, None);
        let terminals = Terminals::new(Memory::new(Rc::clone(&pair)), Login::default());
        let mut watched = Watched { terminals, left: Vec::new() };
        let mut sleeper = Sleeper { pair: Rc::clone(&pair), left: Some(sleep) };
        let mut clock = VirtualClock::new(Rc::clone(&pair));
        let mut results = Results(Vec::new());
        let mut run = Run::new(&plan);
        let outcome =
            drive(&mut run, Records::default(), &mut watched, &mut clock, &mut results, &mut sleeper);
        assert!(matches!(outcome, Outcome::Completed(_)), "{sleep:?}: {outcome}");
        for (command, left) in &watched.left {
            let changes = matches!(command.effect(), Effect::Changes | Effect::Disrupts);
            assert_eq!(left.is_some(), changes, "{command}");
        }
        let disrupts = |(command, _): &&(Command, _)| command.effect() == Effect::Disrupts;
        let left: Vec<_> = watched.left.iter().filter(disrupts).filter_map(|(_, left)| *left).collect();
        let two = Duration::from_secs(2);
        // Two reloads, a switch and the switch back: what was too late was decided anew.
        let slept = sleep > two;
        assert_eq!(left, [if slept { two } else { two.saturating_sub(sleep) }, two, two, two]);
        let not_sent = results.0.iter().filter(|effect| **effect == Effected::NotSent).count();
        assert_eq!(not_sent, usize::from(slept));
    }
}

/// The records of a run up to its end.
fn rest(run: &mut Run, now: Elapsed, mut action: Action) -> (Vec<Record>, Outcome) {
    let mut records = Vec::new();
    loop {
        match action {
            Action::Record(record) => records.push(record),
            Action::Finish(outcome) => return (records, outcome),
            other => panic!("{other:?}"),
        }
        action = run.step(now, Event::Recorded);
    }
}

/// What was not typed is on record as that: neither the operator nor a resume looks for it.
#[test]
fn a_line_that_was_not_typed_is_on_record_as_not_sent() {
    let (mut world, mut run, _) = up_to(&Command::ReloadStandby);
    let now = world.clock.now();
    let action = run.step(now, Event::NotSent);
    let Action::Record(result @ Record::Result { effect: Effected::NotSent, .. }) = action else {
        panic!("{action:?}")
    };
    let _ = run.step(now, Event::Recorded);
    let action = run.step(now, Event::Stop);
    let (records, outcome) = rest(&mut run, now, action);
    let Outcome::Halted(halt) = outcome else { panic!("{outcome}") };
    assert_eq!((&halt.reason, &halt.open), (&Reason::Stopped, &None));

    let mut known = Records::default();
    known.records = std::mem::take(&mut world.records);
    known.records.push(result);
    known.records.extend(records);
    let (_, plan) = scene(0, None);
    let mut again = Run::new(&plan);
    let mut action = again.step(now, Event::Resume(known));
    assert_eq!(again.progress(now).command, None, "nothing is open");
    while !matches!(&action, Action::Send { command: Command::ReloadStandby, .. }) {
        assert!(!matches!(action, Action::Finish(_)), "{action:?}");
        let event = world.perform(&action);
        action = again.step(world.clock.now(), event);
    }
}

/// Nobody knows whether whoever stops the run had begun to type: the line stays open, and a resume looks for it.
#[test]
fn a_line_that_a_stop_came_for_may_have_run() {
    let (world, mut run, _) = up_to(&Command::ReloadStandby);
    let action = run.step(world.clock.now(), Event::Stop);
    let (records, outcome) = rest(&mut run, world.clock.now(), action);
    assert!(matches!(&records[..], [Record::Halt { .. }]), "{records:?}");
    let Outcome::Halted(halt) = outcome else { panic!("{outcome}") };
    assert!(halt.open.is_some());
}

/// Who stops the run before a line that disrupts finds it on record as not sent, whether he asks once or goes on asking.
#[test]
fn a_stop_before_a_line_is_on_record() {
    struct Stops {
        now: bool,
        goes_on: bool,
    }
    impl Operator for Stops {
        fn ask(&mut self, _: &Question) -> Answer {
            Answer::Go
        }

        fn saw(&mut self, _: Elapsed, _: &Event, action: &Action, _: &Run) {
            self.now |= matches!(action, Action::Send { command: Command::ReloadStandby, .. });
        }

        fn wants_stop(&mut self) -> bool {
            let now = self.now;
            self.now &= self.goes_on;
            now
        }
    }
    for goes_on in [false, true] {
        let (pair, plan) = scene(0, None);
        let mut terminals = Terminals::new(Memory::new(Rc::clone(&pair)), Login::default());
        let mut clock = VirtualClock::new(Rc::clone(&pair));
        let mut results = Results(Vec::new());
        let mut stops = Stops { now: false, goes_on };
        let mut run = Run::new(&plan);
        let outcome =
            drive(&mut run, Records::default(), &mut terminals, &mut clock, &mut results, &mut stops);
        let Outcome::Halted(halt) = outcome else { panic!("{outcome}") };
        assert_eq!((&halt.reason, &halt.open), (&Reason::Stopped, &None));
        assert_eq!(results.0.last(), Some(&Effected::NotSent));
    }
}

/// Lines that are too late again and again end the run, and a journal that fails then is written to no more.
#[test]
fn a_journal_that_fails_at_the_end_is_left_alone() {
    for fails in [false, true] {
        let (mut world, mut run, _) = up_to(&Command::ReloadStandby);
        let mut late = 1;
        let mut action = run.step(world.clock.now(), Event::NotSent);
        while late < 21 {
            let event = match &action {
                Action::Send { command: Command::ReloadStandby, .. } => {
                    late += 1;
                    Event::NotSent
                }
                action => world.perform(action),
            };
            action = run.step(world.clock.now(), event);
        }
        assert!(matches!(action, Action::Record(Record::Result { .. })), "{action:?}");
        let event = if fails { Event::RecordFailed("disk full".to_owned()) } else { Event::Recorded };
        let action = run.step(world.clock.now(), event);
        let (records, outcome) = rest(&mut run, world.clock.now(), action);
        assert_eq!(records.len(), usize::from(!fails), "{records:?}");
        let Outcome::Halted(halt) = outcome else { panic!("{outcome}") };
        assert_eq!(halt.reason, Reason::TooLate(21));
    }
}

/// A reload that is answered late may have begun as late: only from then on does quiet prove that it did not.
#[test]
fn quiet_is_counted_from_when_the_answer_was_given_up() {
    let after = |answered: Duration| {
        let (mut world, mut run, session) = up_to(&Command::ReloadStandby);
        let sent = world.clock.now();
        world.clock.sleep(sent.after(answered));
        let mut action = run.step(world.clock.now(), Event::Dropped { session });
        loop {
            match &action {
                Action::Record(Record::Result { effect, .. }) => {
                    assert_eq!(*effect, Effected::No);
                    return world.clock.now().since(sent);
                }
                Action::Finish(outcome) => panic!("{outcome}"),
                _ => {}
            }
            let event = world.perform(&action);
            action = run.step(world.clock.now(), event);
        }
    };
    let quiet = Duration::from_secs(10);
    let (at_once, late) = (after(Duration::ZERO), after(Duration::from_secs(8)));
    assert!(at_once >= quiet && at_once < quiet * 2, "{at_once:?}");
    assert!(late >= Duration::from_secs(8) + quiet, "{late:?}");
}
