//! The whole way over real SSH: read, plan, run. Short boots, and a clock that runs at the pair's pace.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests keep files, and what they start from is there"
)]

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use asa_failover_core::clock::SystemClock;
use asa_failover_core::compat::Compat;
use asa_failover_core::drive::{Operator, drive};
use asa_failover_core::goal::{Goal, Image, Policy, Procedure};
use asa_failover_core::link::{Endpoint, Reach};
use asa_failover_core::live;
use asa_failover_core::plan::{Plan, plan};
use asa_failover_core::run::{Action, Answer, Event, Outcome, Run};
use asa_failover_core::store::Journal;
use asa_failover_core::transport::ssh::{Credentials, Ssh, SshSettings};
use asa_failover_core::twin::{Fault, HostKeys, Pair, SessionEnd, Spec};
use asa_failover_core::unit::{GroupId, Role};
use asa_failover_core::{decide, elapsed};
use asa_failover_tests::server::{Server, ServerHandle};

const SCALE: u32 = 40;
const ENABLE: &str = "canary-enable-secret";

struct Watch(Arc<Mutex<String>>);

impl Operator for Watch {
    fn ask(&mut self, _: &decide::Question) -> Answer {
        Answer::Go
    }

    fn saw(&mut self, at: elapsed::Elapsed, event: &Event, action: &Action, run: &Run) {
        if let Ok(mut log) = self.0.lock() {
            // Writing to a text cannot fail.
            let _ = writeln!(log, "{at} {event:?} -> {action:?} {}", run.progress(at));
        }
    }
}

fn spec(active_active: bool) -> Spec {
    let (from, to) = ("9.8(4)".parse().unwrap(), "9.8(4)48".parse().unwrap());
    let mut spec = if active_active {
        Spec::active_active("ASA5525", from).with_preempt(GroupId::new(2), 5)
    } else {
        Spec::active_standby("ASA5525", from)
    };
    spec.timings.boot = Duration::from_secs(40);
    spec.with_staged(to).with_enable_secret(ENABLE)
}

fn goal(spec: &Spec) -> Goal {
    let target = "9.8(4)48".parse().unwrap();
    let file = spec.image(target);
    let image = Image::new(format!("disk0:/{}", file.name).parse().unwrap()).with_size(file.size);
    Goal::new(target).with_image(image.with_digest(file.sha512.parse().unwrap()))
}

fn ssh(server: &ServerHandle, folder: &tempfile::TempDir, reach: Reach) -> Ssh {
    let known_hosts = folder.path().join("known_hosts");
    std::fs::write(&known_hosts, server.known_hosts_lines()).unwrap();
    let login = Credentials::password("operator", "login-secret".into());
    let mut settings = SshSettings::new(known_hosts, login)
        .with_address(Endpoint::Active, "127.0.0.1", server.active_port)
        .with_enable(ENABLE.into());
    if reach == Reach::BothAddresses {
        settings = settings.with_address(Endpoint::Standby, "127.0.0.1", server.standby_port);
    }
    Ssh::new(settings)
}

/// A run that was read for, planned and driven to its end, with all that was seen on the way.
struct Driven {
    plan: Plan,
    outcome: Outcome,
    log: String,
    journal: String,
    server: ServerHandle,
}

/// Reads, plans and runs. The fault strikes once the plan is made.
fn driven(spec: Spec, policy: &Policy, fault: Option<Fault>) -> Driven {
    let goal = goal(&spec);
    let server = Server::start(Pair::new(spec, 3), SCALE);
    let folder = tempfile::tempdir().unwrap();
    let mut transport = ssh(&server, &folder, policy.reach);
    let facts = live::read_scaled(&mut transport, policy.reach, &[], SCALE).unwrap();
    let plan: Plan = plan(&facts, &goal, Compat::bundled(), policy).unwrap();
    if let Some(fault) = fault {
        server.pair().lock().unwrap().inject(fault);
    }
    let path = folder.path().join("pair.journal");
    let (mut journal, records) = Journal::open(path.clone()).unwrap();
    let log = Arc::new(Mutex::new(String::new()));
    let mut clock = SystemClock::scaled(SCALE);
    let mut run = Run::new(&plan);
    let outcome =
        drive(&mut run, records, &mut transport, &mut clock, &mut journal, &mut Watch(Arc::clone(&log)));
    let log = log.lock().unwrap().clone();
    Driven { plan, outcome, log, journal: std::fs::read_to_string(path).unwrap(), server }
}

/// The plan is carried out line by line, and no secret is in what it leaves behind.
#[track_caller]
fn upgrade(spec: Spec, policy: &Policy) {
    let Driven { plan, outcome, log, journal, server } = driven(spec, policy, None);
    assert!(matches!(outcome, Outcome::Completed(_)), "{outcome}\n{log}");
    let pair = server.pair();
    let pair = pair.lock().unwrap();
    assert!(pair.report().is_clean(), "{}\n{log}", pair.report());
    let lines: Vec<_> =
        pair.state_changing_lines().into_iter().map(|(role, line)| (role, line.to_owned())).collect();
    assert_eq!(lines, plan.lines(), "{log}");
    for (sink, text) in [("log", &log), ("journal", &journal), ("plan", &plan.to_json())] {
        assert!(!text.contains(ENABLE) && !text.contains("login-secret"), "a secret is in the {sink}");
    }
    println!("{}", pair.report());
}

/// A run that halts behind the first reload, for the host key at the standby address.
#[track_caller]
fn halts_for_a_host_key(spec: Spec, fault: Option<Fault>) {
    let policy = Policy::default().with_reach(Reach::BothAddresses);
    let Driven { outcome, log, server, .. } = driven(spec, &policy, fault);
    let Outcome::Halted(halt) = &outcome else { panic!("{outcome}\n{log}") };
    let reason = halt.reason.to_string();
    assert_eq!(halt.code, "no-session", "{reason}");
    let shown = format!("127.0.0.1:{}: host key changed to SHA256:", server.standby_port);
    assert!(reason.contains(&shown), "{reason}");
    assert!(reason.ends_with("line 2 has another; find out why before you change it"), "{reason}");
    let pair = server.pair();
    let pair = pair.lock().unwrap();
    assert_eq!((pair.report().reboots, pair.report().gaps.len()), ([0, 1], 0), "{}", pair.report());
}

/// A box that was replaced while it reloaded shows a host key of its own. Nothing is typed on it.
#[test]
fn a_unit_that_was_replaced_during_its_reload_halts_the_run_by_its_host_key() {
    let mut spec = spec(false);
    spec.host_keys = HostKeys::Stay;
    halts_for_a_host_key(spec, Some(Fault::Replaced(Role::Secondary, "JAD000000A9".to_owned())));
}

/// The key at the standby address may change across the very reboot that an upgrade makes: a new key was made
/// on the active unit, and the standby has it with its next synchronisation. The run halts and names it.
#[test]
fn a_host_key_that_changed_with_a_reload_halts_the_run_and_is_named() {
    let mut spec = spec(false);
    spec.unit_mut(Role::Secondary).host_key = 7;
    halts_for_a_host_key(spec, None);
}

#[test]
fn active_standby_by_its_active_address_alone() {
    upgrade(spec(false), &Policy::default().with_reach(Reach::ActiveOnly));
}

#[test]
fn active_standby_by_the_published_commands_with_sessions_that_hang() {
    let mut spec = spec(false);
    spec.session_end = SessionEnd::Hang;
    upgrade(spec, &Policy::default().with_procedure(Procedure::Published));
}

#[test]
fn active_active_by_its_active_address_alone() {
    upgrade(spec(true), &Policy::default().with_reach(Reach::ActiveOnly));
}
