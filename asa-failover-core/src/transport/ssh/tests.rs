//! What can be seen without a unit: addresses, files, messages. The rest is in the `tests` crate.
#![expect(clippy::disallowed_types, reason = "these tests listen on loopback and write files")]

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use super::*;
use crate::link::Refused;

const SOON: Duration = Duration::from_secs(5);

fn settings(known_hosts: &Path, port: u16) -> SshSettings {
    SshSettings::new(known_hosts, Credentials::password("operator", "canary-4711".into()))
        .with_enable("canary-4712".into())
        .with_address(Endpoint::Active, "127.0.0.1", port)
}

fn refused(settings: SshSettings, endpoint: Endpoint) -> Refused {
    match Ssh::new(settings).connect(endpoint, SOON) {
        Connect::Refused(why) => why,
        other => panic!("{other:?}"),
    }
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

#[test]
fn a_port_that_nobody_listens_on() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let why = refused(settings(file("").path(), port), Endpoint::Active);
    assert_eq!(why.to_string(), format!("127.0.0.1:{port}: connection refused"));
    assert!(why.is_curable_by_waiting());
}

#[test]
fn an_address_that_is_not_set() {
    let why = refused(settings(file("").path(), 22), Endpoint::Standby);
    assert_eq!(why.to_string(), "the standby address of the pair is not set");
}

#[test]
fn files_that_are_not_there_or_not_readable() {
    let missing = Path::new("/nowhere/known_hosts");
    let why = refused(settings(missing, 22), Endpoint::Active);
    assert_eq!(
        why.to_string(),
        "/nowhere/known_hosts: no such file; the host keys of both units have to be in it, each compared on its console"
    );
    assert!(!why.is_curable_by_waiting());

    let broken = file("@revoked fw ssh-rsa\n");
    let why = refused(settings(broken.path(), 22), Endpoint::Active);
    let message = "line 1: @revoked line cannot be read, so no key can be trusted";
    assert_eq!(why.to_string(), format!("{}: {message}", broken.path().display()));

    let empty = file("");
    let key = Credentials::key("operator", "/nowhere/id_rsa", None);
    let settings = SshSettings::new(empty.path(), key).with_address(Endpoint::Active, "127.0.0.1", 1);
    assert_eq!(refused(settings, Endpoint::Active).to_string(), "/nowhere/id_rsa: no such file");
}

/// A listener that takes connections and never says a word.
#[test]
fn a_unit_that_says_nothing_costs_no_more_than_the_deadline() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let empty = file("");
    let mut ssh = Ssh::new(settings(empty.path(), listener.local_addr().unwrap().port()));
    let before = Instant::now();
    assert_eq!(ssh.connect(Endpoint::Active, Duration::from_millis(300)), Connect::TimedOut);
    drop(ssh);
    assert!(before.elapsed() < Duration::from_secs(2), "{:?}", before.elapsed());
}

#[test]
fn no_secret_is_shown() {
    let shown = format!(
        "{:?} {:?}",
        settings(Path::new("known_hosts"), 22).with_fallback(Credentials::key(
            "local",
            "id_rsa",
            Some("canary-4713".into())
        )),
        Credentials::password("operator", "canary-4714".into()),
    );
    assert!(!shown.contains("canary"), "{shown}");
    assert!(shown.contains("operator") && shown.contains("id_rsa"), "{shown}");
}

#[test]
fn the_library_is_at_least_the_one_with_the_fixes() {
    let version = Ssh::library().strip_prefix("libssh2 ").unwrap();
    assert_eq!(floor::check(version), Ok(()));
    for good in ["1.11.2", "1.11.2_DEV", "1.12.0", "2.0.0"] {
        assert_eq!(floor::check(good), Ok(()), "{good}");
    }
    for old in ["1.11.1", "1.11.1_DEV", "1.9.9", "1.11", "", "unknown"] {
        let message = format!("libssh2 {old} is older than 1.11.2, which fixed CVE-2026-55200");
        assert_eq!(floor::check(old), Err(message));
    }
    assert_eq!(floor::version_in("#define X 1\n#define LIBSSH2_VERSION     \"1.2.3\"\n"), Some("1.2.3"));
}

#[test]
fn a_transport_may_move_to_another_thread() {
    fn is_send<T: Send>() {}
    is_send::<Ssh>();
}

/// What a unit has not confirmed must not reach it when nobody waits for it any more.
#[cfg(any(target_os = "linux", target_os = "android"))]
#[test]
fn what_stays_unconfirmed_is_not_sent_for_ever() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (host, port) = ("127.0.0.1", listener.local_addr().unwrap().port());
    let tcp = connection::dial("fw", host, port, Instant::now() + Duration::from_secs(5)).unwrap();
    assert_eq!(rustix::net::sockopt::tcp_user_timeout(&tcp).unwrap(), 20_000);
}

/// A connection that is given up is reset: what was queued in it goes nowhere.
#[test]
fn what_was_given_up_is_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    // So much is written that a part of it has to wait until the other side reads.
    let filled = || {
        let (host, port) = ("127.0.0.1", listener.local_addr().unwrap().port());
        let mut tcp = connection::dial("fw", host, port, Instant::now() + Duration::from_secs(5)).unwrap();
        let unit = listener.accept().unwrap().0;
        tcp.set_nonblocking(true).unwrap();
        let mut written = 0;
        while let Ok(more) = tcp.write(&[b'x'; 4_096]) {
            written += more;
        }
        (tcp, unit, written)
    };
    let read = |mut unit: TcpStream| {
        let mut arrived = Vec::new();
        let ended = unit.read_to_end(&mut arrived).map_err(|why| why.kind());
        (arrived.len(), ended.err())
    };
    let (tcp, unit, written) = filled();
    drop(tcp);
    assert_eq!(read(unit), (written, None), "in order all of it arrives");

    let (tcp, unit, written) = filled();
    connection::give_up(&tcp);
    drop(tcp);
    let (arrived, ended) = read(unit);
    assert!(arrived < written, "{arrived} of {written}");
    assert_eq!(ended, Some(ErrorKind::ConnectionReset));
}
