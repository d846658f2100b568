//! The run as a machine: it takes any event in any state, ends once and for all, can be replayed, and
//! depends on ages alone, never on the time of day.
#![cfg(feature = "twin")]
#![expect(clippy::indexing_slicing, reason = "what a test starts from is there, or the test has failed")]

mod late;
mod replies;
mod sessions;

#[path = "../pairs/mod.rs"]
mod pairs;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::command::{Command, Mode};
use asa_failover_core::decide::Reason;
use asa_failover_core::drive::Clock;
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::goal::{Goal, OnDrift, Pause, Policy, Preempt, Procedure};
use asa_failover_core::link::{Endpoint, Reach, Refused, SessionId};
use asa_failover_core::plan::Plan;
use asa_failover_core::rehearse::VirtualClock;
use asa_failover_core::run::{Action, Answer, Event, Outcome, Record, Records, Run, Said};
use asa_failover_core::session::Login;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::transport::{Connect, Exchange, Terminals, Transport, Within};
use asa_failover_core::twin::{self, Fault, Spec};
use asa_failover_core::unit::{GroupId, Role};
use pairs::{image, planned, v};
use proptest::prelude::*;

/// A pair on which everything is quick, and a policy whose intervals a run outlasts.
fn scene(way: u8, window_s: Option<u64>) -> (Rc<RefCell<twin::Pair>>, Plan) {
    let (old, new) = (v("9.8(4)"), v("9.8(4)48"));
    let mut spec = if way & 1 == 0 {
        Spec::active_standby("ASA5525", old)
    } else {
        Spec::active_active("ASA5525", old).with_preempt(GroupId::new(2), 10)
    };
    spec = spec.with_staged(new);
    spec.timings.boot = Duration::from_secs(20);
    let mut policy = Policy::default().with_pause(Pause::BeforeSwitch);
    match way >> 1 & 3 {
        0 => {}
        1 => policy = policy.with_reach(Reach::ActiveOnly),
        2 => policy = policy.with_procedure(Procedure::Published),
        _ => policy = policy.with_on_drift(OnDrift::Adapt),
    }
    if way & 16 != 0 && policy.procedure == Procedure::Hardened {
        policy = policy.with_preempt(Preempt::Remove);
    }
    (policy.slow_read_s, policy.staged_read_s) = (40, 10);
    (policy.boot_s, policy.sync_s, policy.copy_s, policy.silence_s) = (90, 90, 60, 60);
    (policy.sync_config_s, policy.bulk_sync_s) = (90, 90);
    (policy.t_quiet_s, policy.soak_s, policy.preempt_s, policy.switch_s) = (10, 20, 20, 20);
    policy.window_s = window_s;
    if way & 8 != 0 {
        // The intervals that an exploration goes by: a poll is the only time that passes.
        (policy.poll_s, policy.w_ms) = (1, 500);
        (policy.slow_read_s, policy.staged_read_s) = (u64::MAX, u64::MAX);
        (policy.ready_polls, policy.ready_for_s, policy.t_quiet_s) = (2, 1, 30);
        (policy.soak_s, policy.switch_s, policy.connect_s, policy.reply_s) = (1, 1, 0, 0);
    }
    let goal = Goal::new(new).with_image(image(&spec, new));
    let pair = Rc::new(RefCell::new(twin::Pair::new(spec, 5)));
    let plan = planned(&pair, &goal, &policy);
    (pair, plan)
}

struct World {
    transport: Terminals<Memory>,
    clock: VirtualClock,
    records: Vec<Record>,
    /// How long the operator thinks.
    thought: Duration,
}

impl World {
    fn new(pair: &Rc<RefCell<twin::Pair>>) -> Self {
        Self {
            transport: Terminals::new(Memory::new(Rc::clone(pair)), Login::default()),
            clock: VirtualClock::new(Rc::clone(pair)),
            records: Vec::new(),
            thought: Duration::ZERO,
        }
    }

    /// What a simulated pair makes of an action.
    fn perform(&mut self, action: &Action) -> Event {
        match action {
            Action::Connect { endpoint, by } => {
                match self.transport.connect(*endpoint, by.since(self.clock.now())) {
                    Connect::Opened { session, prompt } => Event::Connected { session, prompt },
                    Connect::Refused(why) => Event::Refused { endpoint: *endpoint, why },
                    Connect::TimedOut => Event::TimedOut,
                }
            }
            Action::Send { session, via, command, by, enter_by } => {
                let session = *session;
                match self.transport.exchange(
                    session,
                    *via,
                    command,
                    Within::left(self.clock.now(), *by, *enter_by),
                ) {
                    Exchange::Replied { output, prompt } => Event::Replied { session, output, prompt },
                    Exchange::Asked { question } => Event::Questioned { session, question },
                    Exchange::Dropped => Event::Dropped { session },
                    Exchange::TimedOut => Event::TimedOut,
                }
            }
            Action::Record(record) => {
                self.records.push(record.clone());
                Event::Recorded
            }
            Action::Sleep { until } => {
                self.clock.sleep(*until);
                Event::TimedOut
            }
            Action::Probe { .. } => Event::Probed(Ok(())),
            Action::Ask(_) => {
                let until = self.clock.now().after(self.thought);
                self.clock.sleep(until);
                Event::Answered(Answer::Go)
            }
            Action::Finish(_) => Event::Stop,
        }
    }
}

/// An action with its times told from now on.
fn shape(action: &Action, at: Elapsed) -> String {
    match action {
        Action::Connect { endpoint, by } => format!("connect {endpoint} {:?}", by.since(at)),
        Action::Send { session, via, command, by, enter_by } => {
            format!("{session:?} {} {:?}", command.line(*via), Within::left(at, *by, *enter_by))
        }
        Action::Sleep { until } => format!("sleep {:?}", until.since(at)),
        Action::Record(Record::Intent { intent, evidence, ages_ms }) => {
            let mut intent = intent.clone();
            let age = at.since(intent.at);
            intent.at = Elapsed::ZERO;
            format!("intent {intent:?} {age:?} {evidence} {ages_ms:?}")
        }
        Action::Record(Record::Done { report }) => {
            format!("done {:?} {:?}", report.versions, report.forwarders)
        }
        Action::Finish(Outcome::Completed(report)) => {
            format!("{:?} {:?}", report.versions, report.forwarders)
        }
        Action::Record(Record::Halt { reason }) => why(reason),
        Action::Finish(Outcome::Halted(halt)) => {
            let texts: Vec<&str> = halt.evidence.iter().map(|evidence| evidence.text.as_str()).collect();
            format!("{} {:?} {:?} {texts:?}", why(&halt.reason), halt.forwarders, halt.open)
        }
        other => format!("{other:?}"),
    }
}

/// The end of a window is a time of day too.
fn why(reason: &Reason) -> String {
    if let Reason::WindowOver(_) = reason { reason.code().to_owned() } else { format!("{reason:?}") }
}

/// What an action does, without the texts that stand in it.
fn deed(action: &Action, at: Elapsed) -> String {
    match action {
        Action::Connect { .. }
        | Action::Probe { .. }
        | Action::Send { .. }
        | Action::Sleep { .. }
        | Action::Ask(_) => shape(action, at),
        Action::Record(Record::Intent { intent, .. }) => format!("intent {} {}", intent.unit, intent.command),
        Action::Record(Record::Sent { heard, .. }) => format!("sent {:?}", std::mem::discriminant(heard)),
        Action::Record(Record::Result { effect, .. }) => format!("result {effect:?}"),
        Action::Record(Record::Halt { reason }) => reason.code().to_owned(),
        Action::Record(record) => format!("{:?}", std::mem::discriminant(record)),
        Action::Finish(Outcome::Halted(halt)) => halt.code.clone(),
        Action::Finish(Outcome::Completed(_)) => "completed".to_owned(),
    }
}

/// An event that fits or does not.
fn any_event(kind: u8, number: u32, records: &[Record], like: Event) -> Event {
    let session = SessionId(number % 4);
    let text = ["", "garbage", "ERROR: % Invalid input detected at '^' marker.", "Failover On \n"]
        [number as usize % 4];
    match kind % 12 {
        0 => Event::Start,
        1 => {
            let mut known = Records::default();
            let some = records.len().min(number as usize % 12);
            known.records.extend_from_slice(&records[..some]);
            Event::Resume(known)
        }
        2 => Event::Dropped { session },
        3 => Event::TimedOut,
        4 => Event::Recorded,
        5 => Event::RecordFailed("disk full".to_owned()),
        6 => Event::Answered(if number & 1 == 0 { Answer::Go } else { Answer::Halt }),
        7 => Event::Questioned { session, question: "Save? [Y]es/[N]o:".to_owned() },
        8 => Event::Refused {
            endpoint: Endpoint::Active,
            why: Refused::Unreachable { address: "192.0.2.1".to_owned(), why: "no route".to_owned() },
        },
        9 => match like {
            Event::Replied { session, prompt, .. } => {
                Event::Replied { session, output: text.to_owned(), prompt }
            }
            other => other,
        },
        10 => Event::Stop,
        _ => like,
    }
}

/// The run up to the first line of this kind, which is not performed.
fn up_to(command: &Command) -> (World, Run, SessionId) {
    let (pair, plan) = scene(0, None);
    let mut world = World::new(&pair);
    let mut run = Run::new(&plan);
    let mut event = Event::Start;
    loop {
        match run.step(world.clock.now(), event) {
            Action::Send { session, command: typed, .. } if typed == *command => {
                return (world, run, session);
            }
            action => event = world.perform(&action),
        }
    }
}

/// A unit that does not answer is waited for as long as its phase may take, which its mate is asked.
#[track_caller]
fn is_waited_for(world: &mut World, run: &mut Run, action: &Action) {
    assert!(matches!(action, Action::Send { command: Command::ShowFailover, .. }), "{action:?}");
    let event = world.perform(action);
    let now = world.clock.now();
    assert_eq!(run.step(now, event), Action::Sleep { until: now.after(Duration::from_secs(5)) });
}

/// The session is lost between the last reading and the command, and none can be had: the readings are
/// still young, but of a unit that is silent now.
#[test]
fn a_unit_that_is_lost_just_before_a_command_is_waited_for() {
    let (mut world, mut run, session) = up_to(&Command::ConfigureTerminal);
    let now = world.clock.now();
    let mut action = run.step(now, Event::Dropped { session });
    for _ in 0..4 {
        let Action::Connect { endpoint, .. } = action else { break };
        let (address, why) = ("192.0.2.1".to_owned(), "connection refused".to_owned());
        action = run.step(now, Event::Refused { endpoint, why: Refused::Unreachable { address, why } });
    }
    is_waited_for(&mut world, &mut run, &action);
}

/// A unit that does not let us into configuration mode is asked again, but not for ever.
#[test]
fn a_mode_that_cannot_be_entered_ends_the_run() {
    let (mut world, mut run, session) = up_to(&Command::ConfigureTerminal);
    let refusal = |session| Event::Replied {
        session,
        output: "ERROR: Command authorization failed\n".to_owned(),
        prompt: asa_failover_core::session::prompt("fw/pri/act# ").unwrap(),
    };
    let mut event = refusal(session);
    let mut refused = 1;
    let halt = loop {
        match run.step(world.clock.now(), event) {
            Action::Finish(Outcome::Halted(halt)) => break halt,
            Action::Send { session, command: Command::ConfigureTerminal, .. } => {
                refused += 1;
                event = refusal(session);
            }
            action => event = world.perform(&action),
        }
    };
    assert_eq!(halt.code, "deadline", "{}", halt.reason);
    assert!((3..=20).contains(&refused), "asked {refused} times in a minute");
    assert_eq!(halt.open, None);
}

/// What decided the end is not undone by the record of it, nor by a stop that comes too late.
#[test]
fn the_end_stands_whether_or_not_it_can_be_recorded() {
    for late in [Event::RecordFailed("disk full".to_owned()), Event::Stop] {
        let (world, mut run, _) = up_to(&Command::ConfigureTerminal);
        let action = run.step(world.clock.now(), Event::Stop);
        assert!(matches!(&action, Action::Record(Record::Halt { .. })), "{action:?}");
        let Action::Finish(Outcome::Halted(halt)) = run.step(world.clock.now(), late) else {
            panic!("no end")
        };
        assert_eq!(halt.reason, Reason::Stopped);
    }
}

/// A resume does not open the change window anew.
#[test]
fn what_earlier_runs_took_counts_against_the_window() {
    for (second, over) in [(1_600, true), (100, false)] {
        let (pair, plan) = scene(0, Some(1_500));
        let mut world = World::new(&pair);
        let mut run = Run::new(&plan);
        let mut event = Event::Start;
        while !world.records.iter().any(|record| matches!(record, Record::Sent { .. })) {
            let action = run.step(world.clock.now(), event);
            event = world.perform(&action);
        }
        let mut records = Records::default();
        records.records.clone_from(&world.records);
        for record in &mut records.records {
            if let Record::Intent { intent, .. } = record {
                intent.at = Elapsed::from_secs(second);
            }
        }
        let mut world = World::new(&pair);
        let mut run = Run::new(&plan);
        let mut event = Event::Resume(records);
        let outcome = loop {
            let action = run.step(world.clock.now(), event);
            if let Action::Finish(outcome) = action {
                break outcome;
            }
            event = world.perform(&action);
        };
        match outcome {
            Outcome::Halted(halt) if over => assert_eq!(halt.reason, Reason::WindowOver(1_500)),
            Outcome::Completed(_) if !over => {}
            other => panic!("{second} s into the window: {other}"),
        }
    }
}

/// A reply, a question or a loss of another session than the one that was asked is nothing to go on with.
#[test]
fn an_event_of_another_session_halts() {
    let strange = SessionId(99);
    let prompt = asa_failover_core::session::prompt("fw/pri/act# ").unwrap();
    for event in [
        Event::Dropped { session: strange },
        Event::Questioned { session: strange, question: "Save?".to_owned() },
        Event::Replied { session: strange, output: String::new(), prompt },
    ] {
        for command in [Command::ShowVersion, Command::WriteMemory] {
            let (world, mut run, _) = up_to(&command);
            let halted = run.step(world.clock.now(), event.clone());
            assert!(matches!(halted, Action::Record(Record::Halt { .. })), "{halted:?}");
            let Action::Finish(Outcome::Halted(halt)) = run.step(world.clock.now(), Event::Recorded) else {
                panic!("{event:?} was taken")
            };
            assert_eq!(halt.code, "unexpected", "{}", halt.reason);
        }
    }
}

/// Whoever has no text takes the same decisions from what the text says.
#[test]
fn a_reply_that_is_read_already_does_the_same() {
    for way in (0..8).chain([17]) {
        let (pair, plan) = scene(way, None);
        let mut world = World::new(&pair);
        let (mut run, mut other) = (Run::new(&plan), Run::new(&plan));
        let mut action = run.step(world.clock.now(), Event::Start);
        assert_eq!(other.step(world.clock.now(), Event::Start), action);
        let mut replies = 0;
        while !matches!(action, Action::Finish(_)) {
            let event = world.perform(&action);
            let at = world.clock.now();
            let same = match (&action, &event) {
                (Action::Send { command, .. }, Event::Replied { session, output, prompt }) => {
                    replies += 1;
                    other.step_said(at, *session, Said::of(command, output), prompt.mode)
                }
                _ => other.step(at, event.clone()),
            };
            action = run.step(at, event);
            assert_eq!(same, action, "at {at}");
        }
        assert!(replies > 100, "only {replies} replies");
    }
}

/// What was not understood, or answers another command, is no observation: the reading is asked for again.
#[test]
fn an_answer_to_another_command_is_no_observation() {
    for said in [Said::Reload(false), Said::Unread("cut short".to_owned())] {
        let (mut world, mut run, session) = up_to(&Command::ShowRunningBoot);
        let now = world.clock.now();
        let action = run.step_said(now, session, said, Mode::Privileged);
        is_waited_for(&mut world, &mut run, &action);
    }
}

/// What another file system holds says nothing of the one that was asked for.
#[test]
fn a_listing_of_another_file_system_is_no_observation() {
    let listing = "Directory of disk1:/\n\n97  -rwx  94371840     06:43:00 Jun 30 2018  asa984-48-smp-k8.bin\n\n\
                   7859437568 bytes total (4417200128 bytes free/56% free)\n";
    let of = |disk| Said::of(&Command::Dir { disk }, listing);
    assert_eq!(of(0), Said::Unread("disk1:/ was listed, and disk0:/ was asked for".to_owned()));
    let Said::Dir(flash) = of(1) else { panic!("{:?}", of(1)) };
    assert_eq!(flash.files["asa984-48-smp-k8.bin"], 94_371_840);
}

/// A journal of another plan is refused, and nothing is written to it.
#[test]
fn a_foreign_journal_is_left_as_it_is() {
    let (pair, plan) = scene(0, None);
    let (_, other) = scene(0, Some(2_000));
    let mut world = World::new(&pair);
    let mut first = Run::new(&other);
    let header = first.step(Elapsed::ZERO, Event::Start);
    world.perform(&header);
    let mut records = Records::default();
    records.records = world.records;
    let action = Run::new(&plan).step(Elapsed::ZERO, Event::Resume(records));
    let Action::Finish(Outcome::Halted(halt)) = action else { panic!("{action:?}") };
    assert_eq!(halt.code, "journal-differs");
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    /// Any events, at any times, even backwards.
    #[test]
    fn a_run_takes_any_event_and_can_be_replayed(
        way in 0_u8..8,
        odd in prop::collection::vec((1_u32..40, any::<u8>(), any::<u32>()), 1..40),
    ) {
        let (pair, plan) = scene(way, None);
        let mut world = World::new(&pair);
        let mut run = Run::new(&plan);
        let mut told: Vec<(Elapsed, Event)> = Vec::new();
        let mut actions: Vec<Action> = Vec::new();
        let mut event = Event::Start;
        for (usual, kind, number) in odd {
            for _ in 0..usual {
                let at = world.clock.now();
                told.push((at, event.clone()));
                let action = run.step(at, event);
                event = world.perform(&action);
                actions.push(action);
            }
            event = any_event(kind, number, &world.records, event);
            // Between runs of a clock that goes on, now and then one that jumps.
            if kind & 0x80 != 0 {
                let at = Elapsed::from_millis(u64::from(number));
                told.push((at, event.clone()));
                let action = run.step(at, event);
                event = world.perform(&action);
                actions.push(action);
            }
        }
        prop_assert_eq!(&Run::replay(&plan, &told), &actions);
        // What is over stays over, whatever is told.
        if let Some(end) = actions.iter().position(|action| matches!(action, Action::Finish(_))) {
            prop_assert!(actions[end..].iter().all(|action| action == &actions[end]));
        }
        // A stop ends any run behind its own record and what was still to be recorded.
        let mut action = run.step(world.clock.now(), Event::Stop);
        for _ in 0..4 {
            if matches!(action, Action::Record(_)) {
                action = run.step(world.clock.now(), Event::Recorded);
            }
        }
        prop_assert!(matches!(action, Action::Finish(_)), "{:?}", action);
    }

    /// A run and its canonical form answer the same events with the same actions.
    #[test]
    fn the_canonical_form_does_the_same(
        way in 0_u8..32,
        prefix in 1_u32..900,
        window in prop::option::of(1_500_u64..2_500),
        thought in 0_u64..2_500,
        fault in prop::option::of((0_u64..400, 0_u8..5)),
    ) {
        let (pair, plan) = scene(way, window);
        if let Some((second, kind)) = fault {
            let fault = match kind {
                0 => Fault::Crash(Role::Secondary),
                1 => Fault::SpontaneousFailover(GroupId::UNIT),
                2 => Fault::SessionLoss(Role::Primary),
                3 => Fault::FailoverLinkDown,
                _ => Fault::Silent(Role::Secondary),
            };
            pair.borrow_mut().foresee(Duration::from_secs(second), fault);
        }
        let mut world = World::new(&pair);
        world.thought = Duration::from_secs(thought);
        let mut run = Run::new(&plan);
        let mut event = Event::Start;
        for _ in 0..prefix {
            let action = run.step(world.clock.now(), event);
            event = world.perform(&action);
        }
        let parted = world.clock.now();
        let (mut other, base) = run.canonical(parted);
        prop_assert_eq!(other.canonical(base), (other.clone(), base), "a canonical form is its own");
        // Where the run waits for an answer, what no decision rests on can be left out too.
        let waits = !matches!(event, Event::Recorded | Event::Stop);
        let mut bare = waits.then(|| run.clone().into_essence(parted).0);
        if let Some(bare) = &mut bare {
            prop_assert_eq!(bare.clone().into_essence(base), (bare.clone(), base), "an essence is its own");
            *bare = bare.with_parts(bare.clone().split());
        }
        for step in 0..600 {
            let at = world.clock.now();
            let then = base.after(at.since(parted));
            let action = run.step(at, event.clone());
            let same = other.step(then, event.clone());
            prop_assert_eq!(shape(&action, at), shape(&same, then), "step {} after {}", step, prefix);
            if let Some(bare) = &mut bare {
                let same = bare.step(then, event);
                prop_assert_eq!(deed(&action, at), deed(&same, then), "step {} after {}", step, prefix);
            }
            if matches!(action, Action::Finish(_)) {
                break;
            }
            event = world.perform(&action);
        }
    }
}
