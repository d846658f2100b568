//! A glance at the simulated pair says what its text says, at any moment of its life.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends at what it did not expect")]

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::command::Command;
use asa_failover_core::link::{Endpoint, Via};
use asa_failover_core::rehearse::glance::said;
use asa_failover_core::run::Said;
use asa_failover_core::session::Login;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::transport::{Connect, Exchange, Terminals, Transport};
use asa_failover_core::twin::{Address, Doubt, Fault, Glance, InterfaceFault, Mismatch, Pair, Spec};
use asa_failover_core::unit::{GroupId, Role, Standing};

const LONG: Duration = Duration::from_secs(900);

const READINGS: [Command; 8] = [
    Command::ShowFailover,
    Command::ShowVersion,
    Command::ShowReload,
    Command::ShowRunningBoot,
    Command::ShowStartupBoot,
    Command::ShowRunningFailover,
    Command::Dir { disk: 0 },
    Command::ShowMode,
];

/// The lines that bring a session to each level at which a reading is asked for.
fn ways(multiple: bool) -> Vec<Vec<Command>> {
    let space = multiple.then_some(Command::ChangetoSystem);
    let lines = [Command::ConfigureTerminal, Command::FailoverGroup(GroupId::new(1))];
    let deepest = if multiple { 2 } else { 1 };
    (0..=deepest).map(|level| space.iter().chain(lines.iter().take(level)).cloned().collect()).collect()
}

/// What the text says; none where there is no session or no answer.
fn by_text(pair: &Pair, endpoint: Endpoint, via: Via, command: &Command, way: &[Command]) -> Option<Said> {
    let pair = Rc::new(RefCell::new(pair.clone()));
    let mut sessions = Terminals::new(Memory::new(pair), Login::default());
    let Connect::Opened { session, .. } = sessions.connect(endpoint, LONG) else { return None };
    for line in way {
        sessions.exchange(session, Via::Direct, line, LONG.into());
    }
    match sessions.exchange(session, via, command, LONG.into()) {
        Exchange::Replied { output, .. } => Some(Said::of(command, &output)),
        _ => None,
    }
}

fn by_glance(pair: &Pair, endpoint: Endpoint, via: Via, command: &Command, way: &[Command]) -> Option<Said> {
    let mut pair = pair.clone();
    let address = if endpoint == Endpoint::Active { Address::Active } else { Address::Standby };
    let session = pair.glance_open(address).ok()?;
    let until = pair.now() + LONG;
    for line in way {
        // A unit that sends its configuration asks whether to go on without its mate.
        if let Glance::Asked(_) = pair.glance(session, &line.line(Via::Direct), until) {
            pair.glance_answer(session, "no", until);
        }
    }
    match pair.glance(session, &command.line(via), until) {
        Glance::Shown { shown, .. } => Some(said(command, shown)),
        _ => None,
    }
}

#[track_caller]
fn agree(pair: &Pair, multiple: bool, met: &mut usize) {
    let ways = ways(multiple);
    for endpoint in [Endpoint::Active, Endpoint::Standby] {
        for via in [Via::Direct, Via::Mate] {
            for command in &READINGS {
                for way in &ways {
                    let text = by_text(pair, endpoint, via, command, way);
                    let glance = by_glance(pair, endpoint, via, command, way);
                    assert_eq!(glance, text, "{command} {via:?} at {endpoint:?} and {:?}", pair.now());
                    *met += usize::from(text.is_some_and(|said| !matches!(said, Said::Unread(_))));
                }
            }
        }
    }
}

fn specs() -> Vec<(Spec, bool)> {
    let mut specs = Vec::new();
    for version in ["7.0(8)", "7.2(5)", "8.4(7)", "9.1(7)", "9.8(4)", "9.16(4)"] {
        let version = version.parse().unwrap();
        specs.push((Spec::active_standby("ASA5525", version), false));
        specs.push((Spec::active_active("ASA5525", version).with_preempt(GroupId::new(2), 30), true));
    }
    specs[0].0.stateful = false;
    for (at, (spec, _)) in specs.iter_mut().enumerate() {
        // Uptimes of every magnitude.
        let ages = [40, 600, 4_000, 7_200, 90_000, 172_800, 40_000_000];
        spec.units[0].uptime = Duration::from_secs(ages[at % ages.len()]);
        spec.units[1].uptime = Duration::from_secs(ages[(at + 3) % ages.len()]);
        spec.interfaces[0].monitored = at % 2 == 0;
        let standby = if at % 4 == 1 { "0.0.0.0" } else { "192.0.2.2" };
        standby.clone_into(&mut spec.interfaces[1].addresses[1]);
        spec.module = (at % 3 == 0).then(|| "SFR5525".to_owned());
        let readings = Doubt::READINGS.len();
        let [one, other] = [at * 5, at * 7 + 3].map(|nth| Doubt::READINGS[nth % readings]);
        *spec = spec.clone().with_doubt(one).with_doubt(other);
    }
    specs
}

#[test]
fn a_glance_says_what_the_text_says() {
    let lives: [&[(u64, Fault)]; 6] = [
        &[
            (2, Fault::ReturnsFailed(Role::Secondary)),
            (10, Fault::Console(Role::Primary, "failover reload-standby".to_owned())),
        ],
        &[
            (5, Fault::StateLinkDown),
            (40, Fault::SpontaneousFailover(GroupId::UNIT)),
            (45, Fault::SpontaneousFailover(GroupId::new(1))),
            (60, Fault::Console(Role::Secondary, "write standby".to_owned())),
        ],
        &[(8, Fault::SplitBrain), (200, Fault::FailoverLinkUp)],
        &[
            (1, Fault::InterfaceDown(Role::Primary, "inside".to_owned(), InterfaceFault::NoTraffic)),
            (5, Fault::InterfaceDown(Role::Secondary, "outside".to_owned(), InterfaceFault::NoLink)),
            (6, Fault::ModuleDown(Role::Secondary)),
            (40, Fault::InterfaceUp(Role::Secondary, "outside".to_owned())),
            (60, Fault::InterfaceDown(Role::Primary, "outside".to_owned(), InterfaceFault::ShutDown)),
            (210, Fault::ModuleUp(Role::Secondary)),
            (410, Fault::Console(Role::Secondary, "clear configure failover".to_owned())),
        ],
        &[
            (3, Fault::Mismatched(Role::Secondary, Mismatch::Licence)),
            (9, Fault::Crash(Role::Secondary)),
            (20, Fault::AuthorizationFails("show version".to_owned())),
        ],
        &[
            (2, Fault::StuckIn(Role::Secondary, Standing::BulkSync)),
            (6, Fault::Crash(Role::Secondary)),
            (30, Fault::ScheduledReload(Role::Primary, Duration::from_secs(240))),
            (90, Fault::Console(Role::Primary, "boot system disk0:/another.bin".to_owned())),
        ],
    ];
    let mut met = 0;
    for (at, (spec, multiple)) in specs().into_iter().enumerate() {
        let mut pair = Pair::new(spec, 3);
        for (second, fault) in lives[at % lives.len()] {
            pair.foresee(Duration::from_secs(*second), fault.clone());
        }
        for second in [0, 7, 13, 31, 64, 250, 400, 421, 470, 900] {
            pair.advance_to(Duration::from_secs(second));
            agree(&pair, multiple, &mut met);
        }
    }
    assert!(met > 5_000, "only {met} readings were understood");
}

#[test]
fn a_glance_takes_its_way_and_is_lost_as_a_line_is() {
    let mut spec = Spec::active_standby("ASA5525", "9.8(4)".parse().unwrap());
    spec.round_trip = Duration::from_millis(150);
    let mut pair = Pair::new(spec, 1);
    let session = pair.glance_open(Address::Active).unwrap();
    let until = Duration::from_secs(60);
    assert!(matches!(pair.glance(session, "show failover", until), Glance::Shown { .. }));
    assert_eq!(pair.now(), Duration::from_millis(300));
    pair.inject(Fault::SessionLoss(Role::Primary));
    assert_eq!(pair.glance(session, "show failover", until), Glance::Gone);
    let session = pair.glance_open(Address::Active).unwrap();
    pair.inject(Fault::Silent(Role::Primary));
    assert_eq!(pair.glance(session, "show failover", until), Glance::Silent);
    assert_eq!(pair.now(), until, "it was waited for");
}

#[test]
fn a_glance_at_bytes_meets_what_acts_on_bytes() {
    let pair = Pair::new(Spec::active_standby("ASA5525", "9.8(4)".parse().unwrap()), 1);
    let glance = |fault: Fault| {
        let mut pair = pair.clone();
        let session = pair.glance_open(Address::Active).unwrap();
        pair.inject(fault);
        pair.glance(session, "show mode", Duration::from_secs(60))
    };
    let role = Role::Primary;
    let Glance::Shown { shown, .. } = glance(Fault::NoticeIn(role, 20, "Switching to Standby".to_owned()))
    else {
        panic!("not answered")
    };
    assert!(format!("{shown:?}").contains("Switching to Standby"), "{shown:?}");
    assert_eq!(glance(Fault::CutAfter(role, 12, asa_failover_core::twin::Cut::Reset)), Glance::Gone);
    assert_eq!(glance(Fault::CutAfter(role, 12, asa_failover_core::twin::Cut::Hang)), Glance::Silent);
    let lost = glance(Fault::LoseReply(role, asa_failover_core::twin::Loss::After));
    assert_eq!(lost, Glance::Gone);
}
