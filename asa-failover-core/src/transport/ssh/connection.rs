//! From a TCP connection to a shell, in types that allow one order only.
//!
//! [`Unverified`] has no way to authenticate; [`Verified`] comes from it by comparing the host key.
#![expect(clippy::disallowed_types, reason = "this is the transport: it owns the socket and its deadlines")]

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

use libssh2_sys as raw;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::net::sockopt::set_socket_linger;
#[cfg(any(target_os = "linux", target_os = "android"))]
use rustix::net::sockopt::set_tcp_user_timeout;
use secrecy::{ExposeSecret, SecretString};
use ssh2::{BlockDirections, Channel, ErrorCode, ExtendedData, Session};

use super::algorithms::{AlgorithmProfile, Mismatch};
use super::known_hosts::{KnownHosts, Verdict, fingerprint};
use super::offers;
use crate::link::Refused;
use crate::transport::{NotOpened, Received, Written};

/// The library has been seen to want nothing from the socket and still not be done.
const GLANCE: Duration = Duration::from_millis(50);

/// A socket and the library's session on it.
struct Link {
    address: String,
    tcp: TcpStream,
    session: Session,
}

/// Why a step of the library did not succeed.
enum Stopped {
    TimedOut,
    Failed(ssh2::Error),
}

impl Link {
    /// Repeats a step until it no longer asks to be called again.
    fn finish<T>(
        &self,
        until: Instant,
        mut step: impl FnMut() -> Result<T, ssh2::Error>,
    ) -> Result<T, Stopped> {
        loop {
            match step() {
                Ok(value) => return Ok(value),
                Err(why) if why.code() == ErrorCode::Session(raw::LIBSSH2_ERROR_EAGAIN) => {}
                Err(why) => return Err(Stopped::Failed(why)),
            }
            if !self.wait(until) {
                return Err(Stopped::TimedOut);
            }
        }
    }

    /// Waits until the socket can be used, or a moment. `false`: the time is over.
    fn wait(&self, until: Instant) -> bool {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return false;
        }
        let outbound =
            matches!(self.session.block_directions(), BlockDirections::Outbound | BlockDirections::Both);
        let flags = if outbound { PollFlags::IN | PollFlags::OUT } else { PollFlags::IN };
        let timeout = Timespec::try_from(left.min(GLANCE)).ok();
        // An interrupted wait is a short one: the step is tried again and the time looked at.
        let _ = poll(&mut [PollFd::new(&self.tcp, flags)], timeout.as_ref());
        true
    }

    fn unreachable(&self, why: &str) -> Refused {
        Refused::Unreachable { address: self.address.clone(), why: why.to_owned() }
    }
}

impl Drop for Link {
    /// Ends the socket first, so that nothing the library does on its way out can wait for a unit.
    fn drop(&mut self) {
        self.session.set_blocking(false);
        let _ = self.tcp.shutdown(Shutdown::Both);
    }
}

/// Connects, trying each address a name stands for.
pub(super) fn dial(address: &str, host: &str, port: u16, until: Instant) -> Result<TcpStream, NotOpened> {
    let unreachable = |why: String| Refused::Unreachable { address: address.to_owned(), why };
    let addresses = (host, port).to_socket_addrs().map_err(|why| unreachable(said(&why)))?;
    let mut refused = unreachable("the name stands for no address".to_owned());
    for socket in addresses {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(NotOpened::TimedOut);
        }
        match TcpStream::connect_timeout(&socket, left) {
            Ok(tcp) => {
                forget_unsent(&tcp).map_err(|why| unreachable(said(&why)))?;
                return Ok(tcp);
            }
            Err(why) => refused = unreachable(said(&why)),
        }
    }
    Err(refused.into())
}

/// How long what was sent may stay without an answer of the unit's network: shorter than a reply is waited for, and than a
/// line is given to show its effect.
#[cfg(any(target_os = "linux", target_os = "android"))]
const UNSENT: Duration = Duration::from_secs(20);

/// A line must not arrive after it was given up: what the unit has not confirmed by then is sent no more, whether the
/// connection was ended meanwhile or not. Systems other than Linux go on for as long as they please.
fn forget_unsent(tcp: &TcpStream) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    set_tcp_user_timeout(tcp, u32::try_from(UNSENT.as_millis()).unwrap_or(u32::MAX))?;
    Ok(())
}

/// Ends a connection so that, once it is dropped, it is reset, and its queue is thrown away instead of sent. An idle one is
/// closed in order: a unit that misses the reset keeps its session, of which it has few.
pub(super) fn give_up(tcp: &TcpStream) {
    // Without it the queue is sent like that of any other, for as long as `UNSENT` lets it.
    let _ = set_socket_linger(tcp, Some(Duration::ZERO));
    let _ = tcp.shutdown(Shutdown::Both);
}

/// What the network said, without the number of the error.
fn said(why: &io::Error) -> String {
    match why.kind() {
        io::ErrorKind::ConnectionRefused => "connection refused".to_owned(),
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => "no answer".to_owned(),
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => "no route to it".to_owned(),
        _ => why.to_string(),
    }
}

/// Keys are exchanged; whose key it is is not known.
pub(super) struct Unverified {
    link: Link,
}

/// The host key is the one that is on file.
pub(super) struct Verified {
    link: Link,
}

/// What became of one authentication.
pub(super) enum Authentication {
    Done,
    Refused,
    /// Not by this method: the unit offers others.
    NotOffered(String),
    /// The private key cannot be read, or its passphrase is wrong. Nothing was sent.
    KeyUnreadable,
}

impl Unverified {
    pub(super) fn handshake(
        address: String,
        tcp: TcpStream,
        profile: AlgorithmProfile,
        known_types: &[&str],
        until: Instant,
    ) -> Result<Self, NotOpened> {
        let setup = |what: &str| Refused::Setup(format!("{address}: {what}"));
        tcp.set_nodelay(true)
            .and_then(|()| tcp.set_nonblocking(true))
            .map_err(|why| setup(&why.to_string()))?;
        let unit = tcp.peer_addr().map_err(|why| setup(&why.to_string()))?;
        let lent = tcp.try_clone().map_err(|why| setup(&why.to_string()))?;
        let mut session = Session::new().map_err(|why| setup(why.message()))?;
        session.set_blocking(false);
        session.set_tcp_stream(lent);
        profile.apply(&session, known_types).map_err(|why| setup(why.message()))?;
        let link = Link { address, tcp, session: session.clone() };
        match link.finish(until, || session.handshake()) {
            Ok(()) => Ok(Self { link }),
            Err(Stopped::TimedOut) => Err(NotOpened::TimedOut),
            Err(Stopped::Failed(why)) => {
                let broke_off = link.unreachable(&broken_off(why.message()));
                let nothing_in_common = ErrorCode::Session(raw::LIBSSH2_ERROR_KEX_FAILURE);
                let mismatch = (why.code() == nothing_in_common)
                    .then(|| until.saturating_duration_since(Instant::now()))
                    .and_then(|left| TcpStream::connect_timeout(&unit, left).ok())
                    .and_then(|tcp| offers::ask(tcp, until))
                    .and_then(|offers| profile.mismatch(&link.session, &offers));
                Err(match mismatch {
                    Some(Mismatch { what, offered, advice }) => {
                        Refused::Algorithms { address: link.address.clone(), what, offered, advice }
                    }
                    None => broke_off,
                }
                .into())
            }
        }
    }

    /// Compares the host key. The only way to authentication.
    pub(super) fn verify(
        self,
        known: &KnownHosts,
        host: &str,
        port: u16,
        file: &str,
    ) -> Result<Verified, Refused> {
        let address = self.link.address.clone();
        let Some((key, _)) = self.link.session.host_key() else {
            return Err(Refused::Setup(format!("{address}: the unit showed no host key")));
        };
        let (fingerprint, file) = (fingerprint(key), file.to_owned());
        match known.check(host, port, key) {
            Verdict::Known { .. } => Ok(Verified { link: self.link }),
            Verdict::Unknown => Err(Refused::HostKeyUnknown { address, fingerprint, file }),
            Verdict::Changed { line } => Err(Refused::HostKeyChanged { address, fingerprint, file, line }),
            Verdict::Revoked => Err(Refused::HostKeyRevoked { address, fingerprint, file }),
        }
    }
}

/// A unit that boots takes the connection and says nothing: that is no fault of any key exchange.
fn broken_off(why: &str) -> String {
    if why.contains("banner") {
        "no SSH server answers there yet".to_owned()
    } else {
        format!("key exchange broke off: {why}")
    }
}

impl Verified {
    pub(super) fn password(
        &self,
        user: &str,
        password: &SecretString,
        until: Instant,
    ) -> Result<Authentication, NotOpened> {
        if let Some(decided) = self.offers(user, "password", until)? {
            return Ok(decided);
        }
        let session = &self.link.session;
        let ended = self.link.finish(until, || session.userauth_password(user, password.expose_secret()));
        self.authenticated(ended)
    }

    /// `key` is the text of the key file.
    pub(super) fn key(
        &self,
        user: &str,
        key: &SecretString,
        passphrase: Option<&SecretString>,
        until: Instant,
    ) -> Result<Authentication, NotOpened> {
        if let Some(decided) = self.offers(user, "publickey", until)? {
            return Ok(decided);
        }
        let session = &self.link.session;
        let passphrase = passphrase.map(ExposeSecret::expose_secret);
        let ended = self
            .link
            .finish(until, || session.userauth_pubkey_memory(user, None, key.expose_secret(), passphrase));
        if let Err(Stopped::Failed(why)) = &ended
            && why.code() == ErrorCode::Session(raw::LIBSSH2_ERROR_FILE)
        {
            return Ok(Authentication::KeyUnreadable);
        }
        self.authenticated(ended)
    }

    /// What the unit lets this user log in by. Asked first, as every client does: after a refusal
    /// some servers no longer name the method that was refused.
    fn offers(&self, user: &str, method: &str, until: Instant) -> Result<Option<Authentication>, NotOpened> {
        let session = &self.link.session;
        let offered = match self.link.finish(until, || session.auth_methods(user)) {
            Ok(_) if session.authenticated() => return Ok(Some(Authentication::Done)),
            Ok(offered) => offered.to_owned(),
            Err(Stopped::TimedOut) => return Err(NotOpened::TimedOut),
            Err(Stopped::Failed(why)) => return Err(self.broke_off(&why)),
        };
        let has = offered.split(',').any(|name| name == method);
        Ok((!has).then_some(Authentication::NotOffered(offered)))
    }

    fn authenticated(&self, ended: Result<(), Stopped>) -> Result<Authentication, NotOpened> {
        match ended {
            Ok(()) if self.link.session.authenticated() => Ok(Authentication::Done),
            Ok(()) => Ok(Authentication::Refused),
            Err(Stopped::TimedOut) => Err(NotOpened::TimedOut),
            Err(Stopped::Failed(why)) => match why.code() {
                ErrorCode::Session(
                    raw::LIBSSH2_ERROR_AUTHENTICATION_FAILED
                    | raw::LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED
                    | raw::LIBSSH2_ERROR_PASSWORD_EXPIRED,
                ) => Ok(Authentication::Refused),
                _ => Err(self.broke_off(&why)),
            },
        }
    }

    fn broke_off(&self, why: &ssh2::Error) -> NotOpened {
        self.link.unreachable(&format!("login broke off: {}", why.message())).into()
    }

    /// Opens a shell on a terminal. Wide, so that a unit that heeds it need not cut echoes.
    pub(super) fn shell(self, until: Instant) -> Result<Shell, NotOpened> {
        let link = &self.link;
        let failed = |stopped| match stopped {
            Stopped::TimedOut => NotOpened::TimedOut,
            Stopped::Failed(why) => link.unreachable(&format!("no shell: {}", why.message())).into(),
        };
        let mut channel = link.finish(until, || link.session.channel_session()).map_err(failed)?;
        let size = Some((511, 24, 0, 0));
        link.finish(until, || channel.request_pty("vt100", None, size)).map_err(failed)?;
        link.finish(until, || channel.shell()).map_err(failed)?;
        link.finish(until, || channel.handle_extended_data(ExtendedData::Merge)).map_err(failed)?;
        Ok(Shell { channel, link: self.link })
    }
}

/// A unit's command line.
pub(super) struct Shell {
    /// Dropped before the link; [`Self::hang_up`] ends the socket before either.
    channel: Channel,
    link: Link,
}

impl Shell {
    pub(super) fn write(&mut self, bytes: &[u8], until: Instant) -> Written {
        let mut left = bytes;
        while !left.is_empty() {
            match self.channel.write(left) {
                Ok(taken) => left = left.get(taken..).unwrap_or_default(),
                Err(why) if why.kind() == io::ErrorKind::WouldBlock => {
                    if !self.link.wait(until) {
                        return Written::TimedOut;
                    }
                }
                Err(_) => return Written::Closed,
            }
        }
        Written::All
    }

    pub(super) fn read(&mut self, until: Instant) -> Received {
        let mut buffer = [0; 16 * 1024];
        loop {
            match self.channel.read(&mut buffer) {
                Ok(0) if self.channel.eof() => return Received::Closed,
                Ok(count) if count > 0 => {
                    return Received::Bytes(buffer.get(..count).unwrap_or_default().to_vec());
                }
                Ok(_) => {}
                Err(why) if why.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => return Received::Closed,
            }
            if !self.link.wait(until) {
                return Received::Nothing;
            }
        }
    }

    pub(super) fn hang_up(self) {
        let _ = self.link.tcp.shutdown(Shutdown::Both);
    }

    /// Hangs up and throws away what is not sent yet.
    pub(super) fn abandon(self) {
        give_up(&self.link.tcp);
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        let _ = self.link.tcp.shutdown(Shutdown::Both);
    }
}
