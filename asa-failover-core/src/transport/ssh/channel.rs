//! Shells on the pair's addresses as a byte connection: credentials, and how often they are tried.
#![expect(
    clippy::disallowed_types,
    reason = "this is the transport: its clock is the one that deadlines run on"
)]
#![expect(clippy::disallowed_methods, reason = "known_hosts and private keys are files")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use secrecy::SecretString;

use super::attempts::Attempts;
use super::connection::{Authentication, Shell, Unverified, Verified, dial};
use super::known_hosts::KnownHosts;
use super::{Credentials, SshSettings};
use crate::link::{Endpoint, Refused};
use crate::machine;
use crate::transport::{Bytes, NotOpened, Received, Written};

pub(super) struct Channels {
    settings: SshSettings,
    started: Duration,
    attempts: BTreeMap<Which, Attempts>,
}

/// Which login; each is bounded by itself, or a refused first one would shut out the second.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
enum Which {
    First,
    Fallback,
}

impl Channels {
    pub(super) fn new(settings: SshSettings) -> Self {
        Self { settings, started: machine::time(), attempts: BTreeMap::new() }
    }

    fn at(&self, time: Duration) -> Instant {
        // A deadline beyond what the clock can say is no deadline: a year.
        let year = Duration::from_secs(365 * 24 * 3600);
        let now = Instant::now();
        now.checked_add(time.saturating_sub(self.now())).unwrap_or_else(|| now + year)
    }

    /// One connection, one user.
    fn shell(
        &mut self,
        (host, port): &(String, u16),
        known: &KnownHosts,
        which: Which,
        until: Instant,
    ) -> Result<Shell, NotOpened> {
        let login = match (which, &self.settings.fallback) {
            (Which::Fallback, Some(fallback)) => fallback.clone(),
            _ => self.settings.credentials.clone(),
        };
        let address = format!("{host}:{port}");
        let key = login.key.as_ref().map(|key| read(&key.path).map(SecretString::from)).transpose()?;
        self.allow(which, &address)?;
        let tcp = dial(&address, host, *port, until)?;
        let types = known.key_types(host, *port);
        let unverified =
            Unverified::handshake(address.clone(), tcp, self.settings.algorithms, &types, until)?;
        let file = self.settings.known_hosts.display().to_string();
        let verified = unverified.verify(known, host, *port, &file)?;
        let authenticated = authenticate(&verified, &address, &login, key.as_ref(), until);
        if matches!(authenticated, Err(NotOpened::Refused(Refused::Authentication { .. }))) {
            let now = self.now();
            self.attempts.entry(which).or_default().refused(now);
        }
        authenticated?;
        verified.shell(until)
    }

    fn allow(&mut self, which: Which, address: &str) -> Result<(), Refused> {
        let now = self.now();
        self.attempts.entry(which).or_default().allow(now).map_err(|spent| Refused::AttemptsSpent {
            address: address.to_owned(),
            refused: spent.refused,
            wait_s: spent.wait.as_secs().max(1),
        })
    }
}

/// The key first, then the password, each once.
fn authenticate(
    verified: &Verified,
    address: &str,
    login: &Credentials,
    key: Option<&SecretString>,
    until: Instant,
) -> Result<(), NotOpened> {
    let (address, user) = (address.to_owned(), login.user.clone());
    let mut ended = Vec::new();
    if let (Some(file), Some(key)) = (&login.key, key) {
        ended.push(verified.key(&user, key, file.passphrase.as_ref(), until)?);
        if matches!(ended.last(), Some(Authentication::KeyUnreadable)) {
            let why = format!("{}: not a private key, or its passphrase is wrong", file.path.display());
            return Err(Refused::Setup(why).into());
        }
    }
    if let Some(password) = &login.password
        && !matches!(ended.last(), Some(Authentication::Done))
    {
        ended.push(verified.password(&user, password, until)?);
    }
    Err(match ended.pop() {
        Some(Authentication::Done) => return Ok(()),
        Some(Authentication::NotOffered(offered)) if ended.is_empty() => {
            Refused::AuthenticationMethod { address, user, offered }
        }
        _ => Refused::Authentication { address, user },
    }
    .into())
}

fn read(path: &Path) -> Result<String, Refused> {
    std::fs::read_to_string(path).map_err(|why| {
        let why = match why.kind() {
            std::io::ErrorKind::NotFound => "no such file".to_owned(),
            std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            std::io::ErrorKind::InvalidData => "not a text file".to_owned(),
            _ => why.to_string(),
        };
        Refused::Setup(format!("{}: {why}", path.display()))
    })
}

impl Bytes for Channels {
    type Handle = Shell;

    fn now(&self) -> Duration {
        machine::time().saturating_sub(self.started)
    }

    fn address(&self, endpoint: Endpoint) -> String {
        match self.settings.addresses.get(&endpoint) {
            Some((host, port)) => format!("{host}:{port}"),
            None => endpoint.to_string(),
        }
    }

    fn open(&mut self, endpoint: Endpoint, until: Duration) -> Result<Shell, NotOpened> {
        let until = self.at(until);
        let target = self.settings.addresses.get(&endpoint).cloned();
        let target =
            target.ok_or_else(|| Refused::Setup(format!("the {endpoint} of the pair is not set")))?;
        let file = &self.settings.known_hosts;
        let text = read(file).map_err(|why| {
            Refused::Setup(format!(
                "{why}; the host keys of both units have to be in it, each compared on its console"
            ))
        })?;
        let known =
            KnownHosts::parse(&text).map_err(|why| Refused::Setup(format!("{}: {why}", file.display())))?;
        match self.shell(&target, &known, Which::First, until) {
            Err(NotOpened::Refused(Refused::Authentication { .. } | Refused::AttemptsSpent { .. }))
                if self.settings.fallback.is_some() =>
            {
                self.shell(&target, &known, Which::Fallback, until)
            }
            decided => decided,
        }
    }

    fn write(&mut self, handle: &mut Shell, bytes: &[u8], until: Duration) -> Written {
        handle.write(bytes, self.at(until))
    }

    fn read(&mut self, handle: &mut Shell, until: Duration) -> Received {
        handle.read(self.at(until))
    }

    fn close(&mut self, handle: Shell) {
        handle.hang_up();
    }

    fn abandon(&mut self, handle: Shell) {
        handle.abandon();
    }
}
