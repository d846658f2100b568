//! SSH to the pair's addresses, by libssh2.
//!
//! Every step has a deadline and none blocks: the library is never left to wait by itself. A host
//! key is compared with `known_hosts` before anything that needs authentication exists, and there
//! is no mode that accepts an unknown one. A connection that is given up is shut down hard, since
//! the unit behind it may be rebooting.
//!
//! Names are looked up by the system, which has no deadline of ours: give addresses where that
//! matters. Secrets are wiped when they are dropped; the copies that the library makes of a password
//! or key while it logs in are out of reach.

mod algorithms;
mod attempts;
mod channel;
mod connection;
#[cfg(test)]
mod floor;
mod known_hosts;
mod offers;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

use self::channel::Channels;
use super::{Connect, Exchange, Terminals, Transport, Within};
use crate::command::Command;
use crate::link::{Endpoint, SessionId, Via};
use crate::session::{Login, Patience, Trouble};

pub use algorithms::AlgorithmProfile;

/// Sessions to a pair over SSH.
pub struct Ssh {
    terminals: Terminals<Channels>,
}

/// Where the pair is and how to log in.
///
/// ```
/// use asa_failover_core::link::Endpoint;
/// use asa_failover_core::transport::ssh::{AlgorithmProfile, Credentials, Ssh, SshSettings};
///
/// let login = Credentials::password("operator", "not written down".into());
/// let settings = SshSettings::new("/home/operator/.ssh/known_hosts", login)
///     .with_address(Endpoint::Active, "192.0.2.1", 22)
///     .with_address(Endpoint::Standby, "192.0.2.2", 22)
///     .with_algorithms(AlgorithmProfile::Legacy);
/// let transport = Ssh::new(settings);
/// # drop(transport);
/// ```
#[derive(Clone, Debug)]
pub struct SshSettings {
    addresses: BTreeMap<Endpoint, (String, u16)>,
    known_hosts: PathBuf,
    credentials: Credentials,
    fallback: Option<Credentials>,
    enable: Option<SecretString>,
    algorithms: AlgorithmProfile,
    patience: Patience,
}

/// A user and what proves it.
#[derive(Clone, Debug)]
pub struct Credentials {
    user: String,
    password: Option<SecretString>,
    key: Option<KeyFile>,
}

/// A private key in a file, in OpenSSH or PEM form.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct KeyFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it is encrypted with, if it is.
    pub passphrase: Option<SecretString>,
}

impl Credentials {
    /// A user with a password.
    pub fn password(user: &str, password: SecretString) -> Self {
        Self { user: user.to_owned(), password: Some(password), key: None }
    }

    /// A user with a key.
    pub fn key(user: &str, path: impl Into<PathBuf>, passphrase: Option<SecretString>) -> Self {
        let key = KeyFile { path: path.into(), passphrase };
        Self { user: user.to_owned(), password: None, key: Some(key) }
    }

    /// And a password, for when the key is not accepted.
    pub fn or_password(mut self, password: SecretString) -> Self {
        self.password = Some(password);
        self
    }
}

impl SshSettings {
    /// Host keys as in this `known_hosts` file, and a login.
    pub fn new(known_hosts: impl Into<PathBuf>, credentials: Credentials) -> Self {
        Self {
            addresses: BTreeMap::new(),
            known_hosts: known_hosts.into(),
            credentials,
            fallback: None,
            enable: None,
            algorithms: AlgorithmProfile::default(),
            patience: Patience::default(),
        }
    }

    /// The host (name or address) and port of an endpoint. An endpoint without one is refused.
    pub fn with_address(mut self, endpoint: Endpoint, host: &str, port: u16) -> Self {
        self.addresses.insert(endpoint, (host.to_owned(), port));
        self
    }

    /// A second login, tried only when the first is refused: while the authentication server is
    /// unreachable, a unit knows the users of its LOCAL database only.
    pub fn with_fallback(mut self, credentials: Credentials) -> Self {
        self.fallback = Some(credentials);
        self
    }

    /// The password for `enable`.
    pub fn with_enable(mut self, secret: SecretString) -> Self {
        self.enable = Some(secret);
        self
    }

    /// Which algorithms are offered.
    pub fn with_algorithms(mut self, profile: AlgorithmProfile) -> Self {
        self.algorithms = profile;
        self
    }

    /// How long a line must be silent before a conclusion is drawn.
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }
}

impl Ssh {
    /// A transport that has not connected yet; nothing is read or opened here.
    pub fn new(mut settings: SshSettings) -> Self {
        let login = Login { enable: settings.enable.take() };
        let patience = settings.patience;
        Self { terminals: Terminals::new(Channels::new(settings), login).with_patience(patience) }
    }

    /// The version of the SSH library that is linked in.
    pub const fn library() -> &'static str {
        concat!("libssh2 ", env!("ASAF_LIBSSH2"))
    }

    /// Why the last session was given up, where [`Exchange::TimedOut`] says less.
    pub fn last_trouble(&self) -> Option<&Trouble> {
        self.terminals.last_trouble()
    }

    /// Drops every open session. The logins refused lately stay counted.
    pub fn close_all(&mut self) {
        self.terminals.close_all();
    }

    /// Sessions that are open.
    pub fn open_sessions(&self) -> usize {
        self.terminals.open_sessions()
    }
}

impl Transport for Ssh {
    fn connect(&mut self, endpoint: Endpoint, within: Duration) -> Connect {
        self.terminals.connect(endpoint, within)
    }

    fn exchange(&mut self, session: SessionId, via: Via, command: &Command, within: Within) -> Exchange {
        self.terminals.exchange(session, via, command, within)
    }

    fn close(&mut self, session: SessionId) {
        self.terminals.close(session);
    }
}

#[cfg(test)]
mod tests;
