//! A simulated pair behind a real SSH server.
//!
//! Two loopback ports stand for the pair's two addresses. Whichever unit has an address at the
//! moment answers at its port, and a session whose address moves away ends as the pair ends it. The
//! pair's time runs with the real one, as many times faster as the scale says.
#![expect(clippy::disallowed_types, reason = "a test server listens, and its clock drives the pair's")]

mod client;
mod clock;
mod keys;

use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use asa_failover_core::twin::{Address, Pair};
use russh::keys::key::safe_rng;
use russh::keys::{Algorithm, HashAlg, PrivateKey, PublicKey};
use russh::{MethodKind, MethodSet, Preferred, cipher, kex, mac, server::Config};
use tokio::sync::{Notify, watch};

use self::clock::Clock;
use self::keys::Keys;

/// A server that has not started.
pub struct Server {
    pair: Pair,
    scale: u32,
    user: String,
    password: String,
    authorized: Option<PublicKey>,
    methods: Vec<MethodKind>,
    era: Era,
}

/// Which algorithms the units offer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Era {
    /// `diffie-hellman-group1-sha1`, `ssh-rsa`, `aes128-cbc` and `3des-cbc`, `hmac-sha1`.
    Legacy,
    /// Today's, with an Ed25519 host key.
    Modern,
}

/// A running server; it stops when this is dropped.
pub struct ServerHandle {
    /// The port of the active address.
    pub active_port: u16,
    /// The port of the standby address.
    pub standby_port: u16,
    host_keys: [PublicKey; 2],
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

/// What the connections have in common.
struct Shared {
    pair: Arc<Mutex<Pair>>,
    clock: Clock,
    /// Something was typed, or a session began.
    typed: Notify,
    lines: Mutex<Vec<client::Line>>,
    user: String,
    password: String,
    authorized: Option<PublicKey>,
    /// What the clients called themselves.
    greetings: Mutex<Vec<String>>,
}

impl Server {
    /// Serves `pair`, whose time runs `scale` times as fast as the real one.
    ///
    /// The login is `operator` with password `login-secret`.
    pub fn new(pair: Pair, scale: u32) -> Self {
        Self {
            pair,
            scale,
            user: "operator".to_owned(),
            password: "login-secret".to_owned(),
            authorized: None,
            methods: vec![MethodKind::Password, MethodKind::PublicKey],
            era: Era::Modern,
        }
    }

    /// Starts with the settings of [`Self::new`].
    ///
    /// # Panics
    ///
    /// When loopback cannot be listened on.
    pub fn start(pair: Pair, scale: u32) -> ServerHandle {
        Self::new(pair, scale).run()
    }

    /// With another login.
    pub fn with_login(mut self, user: &str, password: &str) -> Self {
        user.clone_into(&mut self.user);
        password.clone_into(&mut self.password);
        self
    }

    /// This key logs the user in, too.
    pub fn with_key(mut self, key: PublicKey) -> Self {
        self.authorized = Some(key);
        self
    }

    /// Only these ways to log in are offered.
    pub fn with_methods(mut self, methods: &[MethodKind]) -> Self {
        self.methods = methods.to_vec();
        self
    }

    /// The algorithms of old or of present code.
    pub fn with_era(mut self, era: Era) -> Self {
        self.era = era;
        self
    }

    /// Starts the server on a thread of its own.
    ///
    /// # Panics
    ///
    /// When loopback cannot be listened on.
    pub fn run(self) -> ServerHandle {
        let keys = Arc::new(Keys::new(self.era, self.methods));
        let host_keys = [Address::Active, Address::Standby]
            .map(|address| keys.of(self.pair.host_key(address).unwrap_or_default()).0);
        let shared = Arc::new(Shared {
            clock: Clock::start(self.pair.now(), self.scale),
            pair: Arc::new(Mutex::new(self.pair)),
            typed: Notify::new(),
            lines: Mutex::new(Vec::new()),
            user: self.user,
            password: self.password,
            authorized: self.authorized,
            greetings: Mutex::new(Vec::new()),
        });
        let listeners = [Address::Active, Address::Standby].map(|address| {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a loopback port");
            listener.set_nonblocking(true).expect("a loopback port");
            (address, listener)
        });
        let [active_port, standby_port] =
            [&listeners[0].1, &listeners[1].1].map(|l| l.local_addr().expect("a loopback port").port());
        let (stop, stopped) = watch::channel(false);
        let serving = Arc::clone(&shared);
        #[expect(clippy::disallowed_methods, reason = "the server must run beside the client under test")]
        let thread = std::thread::spawn(move || serve(&serving, &keys, listeners, stopped));
        ServerHandle { active_port, standby_port, host_keys, shared, stop, thread: Some(thread) }
    }
}

fn serve(
    shared: &Arc<Shared>,
    keys: &Arc<Keys>,
    listeners: [(Address, TcpListener); 2],
    mut stopped: watch::Receiver<bool>,
) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        for (address, listener) in listeners {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a loopback port");
            tokio::spawn(client::accept(Arc::clone(shared), Arc::clone(keys), address, listener));
        }
        tokio::spawn(client::carry(Arc::clone(shared)));
        // An error means that the handle is gone, which ends the server as well.
        let _ = stopped.wait_for(|stop| *stop).await;
    });
    runtime.shutdown_timeout(Duration::from_millis(100));
}

impl Era {
    fn host_key(self) -> PrivateKey {
        let algorithm = match self {
            Self::Legacy => Algorithm::Rsa { hash: None },
            Self::Modern => Algorithm::Ed25519,
        };
        PrivateKey::random(&mut safe_rng(), algorithm).expect("a key")
    }

    fn config(self, host_key: PrivateKey, methods: &[MethodKind]) -> Config {
        let preferred = match self {
            Self::Modern => Preferred::default(),
            Self::Legacy => Preferred {
                kex: vec![kex::DH_G1_SHA1].into(),
                key: vec![Algorithm::Rsa { hash: None }].into(),
                cipher: vec![cipher::AES_128_CBC, cipher::TRIPLE_DES_CBC].into(),
                mac: vec![mac::HMAC_SHA1].into(),
                ..Preferred::default()
            },
        };
        Config {
            server_id: russh::SshId::Standard("SSH-2.0-Cisco-1.25".into()),
            methods: MethodSet::from(methods),
            auth_rejection_time: Duration::from_millis(10),
            auth_rejection_time_initial: Some(Duration::ZERO),
            keys: vec![host_key],
            preferred,
            inactivity_timeout: None,
            nodelay: true,
            ..Config::default()
        }
    }
}

impl ServerHandle {
    /// The pair, to look at and to let things go wrong on.
    pub fn pair(&self) -> Arc<Mutex<Pair>> {
        Arc::clone(&self.shared.pair)
    }

    /// The lines of a `known_hosts` file that has for each port the key that was there at the start.
    pub fn known_hosts_lines(&self) -> String {
        let [active, standby] = &self.host_keys;
        self.lines([active, standby])
    }

    /// The same with another key.
    pub fn known_hosts_lines_with(&self, key: &PublicKey) -> String {
        self.lines([key, key])
    }

    fn lines(&self, keys: [&PublicKey; 2]) -> String {
        let line = |(port, key): (u16, &PublicKey)| {
            format!("[127.0.0.1]:{port} {}\n", key.to_openssh().unwrap_or_default())
        };
        [self.active_port, self.standby_port].into_iter().zip(keys).map(line).collect()
    }

    /// `SHA256:...` of the host key that was at the active address at the start.
    pub fn fingerprint(&self) -> String {
        let [active, _] = &self.host_keys;
        active.fingerprint(HashAlg::Sha256).to_string()
    }

    /// What the clients that opened a channel called themselves: `SSH-2.0-...`.
    pub fn greetings(&self) -> Vec<String> {
        client::locked(&self.shared.greetings).clone()
    }

    /// Connections that a unit serves now.
    pub fn open_lines(&self) -> usize {
        client::locked(&self.shared.lines).len()
    }

    /// Stops the server and waits for its end.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for ServerHandle {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
