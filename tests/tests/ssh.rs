//! SSH against a real server: login by password and key, host keys, both addresses, moved addresses.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
#![expect(clippy::disallowed_types, reason = "the tests measure time and write known_hosts files")]

use std::io::Write as _;
use std::time::{Duration, Instant};

use asa_failover_core::command::Command;
use asa_failover_core::link::{Endpoint, Refused, SessionId, Via};
use asa_failover_core::transport::ssh::{AlgorithmProfile, Credentials, Ssh, SshSettings};
use asa_failover_core::transport::{Connect, Exchange, Transport};
use asa_failover_core::twin::{Fault, Pair, Spec};
use asa_failover_core::unit::{GroupId, Role};
use asa_failover_tests::server::{Era, Server, ServerHandle};
use russh::MethodKind;
use russh::keys::key::safe_rng;
use russh::keys::ssh_key::LineEnding;
use russh::keys::{Algorithm, PrivateKey};
use tempfile::NamedTempFile;

const LONG: Duration = Duration::from_secs(20);
const PASSWORD: &str = "login-secret";
const ENABLE: &str = "enable-secret";

fn pair() -> Pair {
    let mut spec = Spec::active_standby("ASA5525", "9.8(4)".parse().unwrap());
    spec.enable_secret = Some(ENABLE.to_owned());
    Pair::new(spec, 1)
}

fn file(text: &str) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

fn settings(server: &ServerHandle, known_hosts: &NamedTempFile, login: Credentials) -> SshSettings {
    SshSettings::new(known_hosts.path(), login)
        .with_enable(ENABLE.into())
        .with_address(Endpoint::Active, "127.0.0.1", server.active_port)
        .with_address(Endpoint::Standby, "127.0.0.1", server.standby_port)
}

fn password(text: &str) -> Credentials {
    Credentials::password("operator", text.into())
}

#[track_caller]
fn opened(ssh: &mut Ssh, endpoint: Endpoint) -> SessionId {
    match ssh.connect(endpoint, LONG) {
        Connect::Opened { session, .. } => session,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn refused(ssh: &mut Ssh) -> Refused {
    match ssh.connect(Endpoint::Active, LONG) {
        Connect::Refused(why) => why,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn replied(ssh: &mut Ssh, session: SessionId, via: Via, command: &Command) -> String {
    match ssh.exchange(session, via, command, LONG.into()) {
        Exchange::Replied { output, .. } => output,
        other => panic!("{other:?} {:?}", ssh.last_trouble()),
    }
}

#[test]
fn both_units_are_read_over_ssh() {
    let server = Server::start(pair(), 1);
    let known = file(&server.known_hosts_lines());
    let mut ssh = Ssh::new(settings(&server, &known, password(PASSWORD)));
    let active = opened(&mut ssh, Endpoint::Active);
    let standby = opened(&mut ssh, Endpoint::Standby);
    let output = replied(&mut ssh, active, Via::Direct, &Command::ShowFailover);
    assert!(output.contains("This host: Primary - Active"), "{output}");
    let output = replied(&mut ssh, standby, Via::Direct, &Command::ShowFailover);
    assert!(output.contains("This host: Secondary - Standby Ready"), "{output}");
    let output = replied(&mut ssh, active, Via::Mate, &Command::ShowFailover);
    assert!(output.contains("This host: Secondary - Standby Ready"), "{output}");

    let mut times: Vec<Duration> = (0..21)
        .map(|_| {
            let before = Instant::now();
            replied(&mut ssh, active, Via::Direct, &Command::ShowMode);
            before.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!("a reply over loopback: median {:?} of {}", times[10], times.len());

    assert_eq!(server.open_lines(), 2);
    ssh.close(standby);
    drop(ssh);
    let gone = Instant::now() + Duration::from_secs(5);
    while server.open_lines() > 0 && Instant::now() < gone {
        std::thread::yield_now();
    }
    assert_eq!(server.open_lines(), 0, "a dropped session frees its unit");
    let greeting = format!("SSH-2.0-{}", Ssh::library().replacen(' ', "_", 1));
    assert_eq!(server.greetings(), [greeting.clone(), greeting], "the library that runs is the one built");
}

#[test]
fn a_key_logs_in_and_a_wrong_one_does_not() {
    let key = PrivateKey::random(&mut safe_rng(), Algorithm::Ed25519).unwrap();
    let server = Server::new(pair(), 1).with_key(key.public_key().clone()).run();
    let known = file(&server.known_hosts_lines());
    let text = |key: &PrivateKey| key.to_openssh(LineEnding::LF).unwrap().to_string();
    let right = file(&text(&key));
    let mut ssh = Ssh::new(settings(&server, &known, Credentials::key("operator", right.path(), None)));
    opened(&mut ssh, Endpoint::Active);

    let other = file(&text(&PrivateKey::random(&mut safe_rng(), Algorithm::Ed25519).unwrap()));
    let wrong = Credentials::key("operator", other.path(), None);
    let mut ssh = Ssh::new(settings(&server, &known, wrong.clone()));
    let message = "login of operator refused; check user name and password (or key)";
    assert_eq!(refused(&mut ssh).to_string(), format!("127.0.0.1:{}: {message}", server.active_port));
    let mut ssh = Ssh::new(settings(&server, &known, wrong.or_password(PASSWORD.into())));
    opened(&mut ssh, Endpoint::Active);

    let broken = file("not a key\n");
    let mut ssh = Ssh::new(settings(&server, &known, Credentials::key("operator", broken.path(), None)));
    let message = format!("{}: not a private key, or its passphrase is wrong", broken.path().display());
    assert_eq!(refused(&mut ssh).to_string(), message);
}

#[test]
fn a_wrong_password_is_refused_and_after_three_none_is_tried() {
    let server = Server::start(pair(), 1);
    let known = file(&server.known_hosts_lines());
    let mut ssh = Ssh::new(settings(&server, &known, password("canary")));
    let at = format!("127.0.0.1:{}", server.active_port);
    for _ in 0..3 {
        let why = refused(&mut ssh);
        let message = format!("{at}: login of operator refused; check user name and password (or key)");
        assert_eq!(why.to_string(), message);
        assert!(!why.is_curable_by_waiting());
        assert!(!format!("{why:?}").contains("canary"));
    }
    let why = refused(&mut ssh).to_string();
    assert!(why.starts_with(&format!("{at}: 3 logins were refused within 10 minutes")), "{why}");
}

#[test]
fn the_second_login_is_used_as_often_as_the_first_is_refused() {
    let server = Server::start(pair(), 1);
    let known = file(&server.known_hosts_lines());
    let settings = settings(&server, &known, Credentials::password("radius-user", PASSWORD.into()))
        .with_fallback(password(PASSWORD));
    let mut ssh = Ssh::new(settings);
    for _ in 0..5 {
        let session = opened(&mut ssh, Endpoint::Active);
        ssh.close(session);
    }
}

#[test]
fn a_unit_without_the_method_says_what_it_offers() {
    let server = Server::new(pair(), 1).with_methods(&[MethodKind::PublicKey]).run();
    let known = file(&server.known_hosts_lines());
    let mut ssh = Ssh::new(settings(&server, &known, password(PASSWORD)));
    let message = "operator may log in by publickey only, which is not set up here";
    assert_eq!(refused(&mut ssh).to_string(), format!("127.0.0.1:{}: {message}", server.active_port));
}

#[test]
fn no_password_goes_to_a_host_that_is_not_the_one_on_file() {
    let server = Server::start(pair(), 1);
    let at = format!("127.0.0.1:{}", server.active_port);
    let shown = server.fingerprint();
    let other = PrivateKey::random(&mut safe_rng(), Algorithm::Ed25519).unwrap();

    let empty = file("# no keys here\n");
    let changed = file(&server.known_hosts_lines_with(other.public_key()));
    let revoked = file(&format!("{0}@revoked {0}", server.known_hosts_lines()));
    let name = |file: &NamedTempFile| file.path().display().to_string();
    let table = [
        (
            &empty,
            format!(
                "{at}: host key {shown} is not known; compare it on the console and add it to {}",
                name(&empty)
            ),
        ),
        (
            &changed,
            format!(
                "{at}: host key changed to {shown}, {} line 1 has another; find out why before you change it",
                name(&changed)
            ),
        ),
        (&revoked, format!("{at}: host key {shown} is revoked by {}", name(&revoked))),
    ];
    for (known, message) in table {
        let mut ssh = Ssh::new(settings(&server, known, password(PASSWORD)));
        let why = refused(&mut ssh);
        assert_eq!(why.to_string(), message);
        assert!(!why.is_curable_by_waiting());
    }
    assert_eq!(server.greetings(), [""; 0], "no channel was opened");
}

#[test]
fn old_code_is_reached_with_the_legacy_profile_only() {
    let server = Server::new(pair(), 1).with_era(Era::Legacy).run();
    let known = file(&server.known_hosts_lines());
    let settings = settings(&server, &known, password(PASSWORD));
    let why = refused(&mut Ssh::new(settings.clone())).to_string();
    let message = "no common key exchange, the unit offers diffie-hellman-group1-sha1; \
                   a device this old needs the legacy profile";
    assert_eq!(why, format!("127.0.0.1:{}: {message}", server.active_port));
    let mut ssh = Ssh::new(settings.with_algorithms(AlgorithmProfile::Legacy));
    let session = opened(&mut ssh, Endpoint::Active);
    assert!(replied(&mut ssh, session, Via::Direct, &Command::ShowVersion).contains("Version 9.8(4)"));
}

#[test]
fn an_address_follows_the_unit_that_takes_it_over() {
    let server = Server::start(pair(), 60);
    let known = file(&server.known_hosts_lines());
    let mut ssh = Ssh::new(settings(&server, &known, password(PASSWORD)));
    let session = opened(&mut ssh, Endpoint::Active);
    let switch = Command::NoFailoverActive(GroupId::UNIT);
    let ended = ssh.exchange(session, Via::Direct, &switch, LONG.into());
    assert!(matches!(ended, Exchange::Dropped | Exchange::Replied { .. }), "{ended:?}");
    let dead = ssh.exchange(session, Via::Direct, &Command::ShowMode, LONG.into());
    assert_eq!(dead, Exchange::Dropped, "a session does not move with its address");
    let session = opened(&mut ssh, Endpoint::Active);
    let output = replied(&mut ssh, session, Via::Direct, &Command::ShowFailover);
    assert!(output.contains("This host: Secondary - Active"), "{output}");
}

#[test]
fn a_unit_that_falls_silent_costs_the_deadline_and_no_more() {
    let server = Server::start(pair(), 1);
    let known = file(&server.known_hosts_lines());
    let mut ssh = Ssh::new(settings(&server, &known, password(PASSWORD)));
    let session = opened(&mut ssh, Endpoint::Active);
    server.pair().lock().unwrap().inject(Fault::Silent(Role::Primary));
    let before = Instant::now();
    let within = Duration::from_millis(700);
    let silent = ssh.exchange(session, Via::Direct, &Command::ShowMode, within.into());
    assert_eq!(silent, Exchange::TimedOut);
    drop(ssh);
    assert!(before.elapsed() < within + Duration::from_millis(500), "{:?}", before.elapsed());
}

#[test]
fn a_unit_that_reboots_is_gone_and_comes_back() {
    let server = Server::start(pair(), 300);
    let known = file(&server.known_hosts_lines());
    let mut ssh = Ssh::new(settings(&server, &known, password(PASSWORD)));
    let active = opened(&mut ssh, Endpoint::Active);
    let standby = opened(&mut ssh, Endpoint::Standby);
    replied(&mut ssh, active, Via::Direct, &Command::ReloadStandby);
    let deadline = Instant::now() + LONG;
    let mut lost = false;
    while !lost {
        assert!(Instant::now() < deadline, "the session outlived its unit");
        lost = match ssh.exchange(standby, Via::Direct, &Command::ShowMode, LONG.into()) {
            Exchange::Replied { .. } => false,
            Exchange::Dropped => true,
            other => panic!("{other:?}"),
        };
    }
    let mut unreachable = 0;
    let standby = loop {
        assert!(Instant::now() < deadline, "the unit never came back");
        match ssh.connect(Endpoint::Standby, LONG) {
            Connect::Opened { session, .. } => break session,
            Connect::Refused(why) => {
                assert!(why.is_curable_by_waiting(), "{why}");
                unreachable += 1;
            }
            Connect::TimedOut => panic!("an address without a unit answers at once on loopback"),
        }
    };
    assert!(unreachable > 0);
    let output = replied(&mut ssh, standby, Via::Direct, &Command::ShowVersion);
    assert!(output.contains("fw up"), "{output}");
}
