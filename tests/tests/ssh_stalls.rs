//! A connection that stalls or is cut at any byte costs no more than its deadline.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
#![expect(clippy::disallowed_types, reason = "a proxy in the way of the test's connection")]
#![expect(clippy::disallowed_methods, reason = "the proxy works beside the client under test")]

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use asa_failover_core::link::Endpoint;
use asa_failover_core::transport::ssh::{Credentials, Ssh, SshSettings};
use asa_failover_core::transport::{Connect, Transport};
use asa_failover_core::twin::{Pair, Spec};
use asa_failover_tests::server::Server;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Then {
    Stall,
    Cut,
}

/// A port that leads to `target` and passes on so many bytes of what the unit says.
fn proxy(target: u16, bytes: usize, then: Then) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (client, _) = listener.accept().unwrap();
        // One connection: whoever asks again finds the unit down.
        drop(listener);
        let unit = TcpStream::connect(("127.0.0.1", target)).unwrap();
        let (mut from_client, mut to_unit) = (client.try_clone().unwrap(), unit.try_clone().unwrap());
        let upstream = thread::spawn(move || {
            let _ = std::io::copy(&mut from_client, &mut to_unit);
            let _ = to_unit.shutdown(Shutdown::Both);
        });
        let mut to_client = client;
        let mut said = unit.take(u64::try_from(bytes).unwrap());
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = said.read(&mut buffer) {
            if to_client.write_all(buffer.get(..count).unwrap()).is_err() {
                break;
            }
        }
        if then == Then::Cut {
            let _ = to_client.shutdown(Shutdown::Both);
        }
        // A stalled connection stays open until the client gives it up.
        let _ = upstream.join();
    });
    port
}

#[test]
fn wherever_a_login_stalls_or_is_cut_it_ends_in_time() {
    let spec = Spec::active_standby("ASA5525", "9.8(4)".parse().unwrap());
    let server = Server::start(Pair::new(spec, 1), 1);
    let key = server.known_hosts_lines();
    let key = key.lines().next().unwrap().split_once(' ').unwrap().1.to_owned();
    let within = Duration::from_millis(250);
    let (mut timed_out, mut refused) = (0, 0);
    for bytes in [0, 1, 10, 20, 200, 700, 1000, 1300, 1400, 1500, 1600, 1700, 1800, 2000] {
        for then in [Then::Stall, Then::Cut] {
            let port = proxy(server.active_port, bytes, then);
            let mut known = tempfile::NamedTempFile::new().unwrap();
            writeln!(known, "[127.0.0.1]:{port} {key}").unwrap();
            let login = Credentials::password("operator", "login-secret".into());
            let settings =
                SshSettings::new(known.path(), login).with_address(Endpoint::Active, "127.0.0.1", port);
            let before = Instant::now();
            let mut ssh = Ssh::new(settings);
            match (ssh.connect(Endpoint::Active, within), then) {
                (Connect::TimedOut, Then::Stall) => timed_out += 1,
                (Connect::Refused(why), Then::Cut) => {
                    assert!(why.is_curable_by_waiting(), "{bytes} {why}");
                    refused += 1;
                }
                (Connect::Opened { .. }, _) if bytes > 1000 => {}
                (other, _) => panic!("{bytes} bytes, {then:?}: {other:?}"),
            }
            drop(ssh);
            let took = before.elapsed();
            assert!(took < within + Duration::from_millis(500), "{bytes} bytes, {then:?}: {took:?}");
        }
    }
    assert!(timed_out >= 8 && refused >= 8, "{timed_out} {refused}");
}
