//! One client: TCP, SSH, and the line on a unit behind it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use asa_failover_core::twin::{Address, LineId, Pair};
use russh::server::{Auth, ChannelOpenHandle, Handle, Handler, Msg, Session, VerifiedPublicKey};
use russh::{Channel, ChannelId, Disconnect, Pty};
use tokio::net::TcpListener;
use tokio::time::timeout;

use super::Shared;
use super::keys::Keys;

/// How often the pair is looked at when nobody types.
const GLANCE: Duration = Duration::from_millis(1);

/// A line on a unit, and the channel that shows it once there is one.
pub(super) struct Line {
    id: LineId,
    shown: Option<(ChannelId, Handle)>,
}

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// The pair, with its time brought up to now.
    fn pair(&self) -> MutexGuard<'_, Pair> {
        let mut pair = locked(&self.pair);
        pair.advance_to(self.clock.now());
        pair
    }
}

/// Takes connections at an address. Where no unit answers, they end before a word was said.
pub(super) async fn accept(shared: Arc<Shared>, keys: Arc<Keys>, address: Address, listener: TcpListener) {
    while let Ok((tcp, _)) = listener.accept().await {
        let shown = {
            let mut pair = shared.pair();
            let key = pair.host_key(address);
            pair.connect(address).ok().zip(key)
        };
        let Some((line, key)) = shown else { continue };
        let (_, config) = keys.of(key);
        if config.nodelay && tcp.set_nodelay(true).is_err() {
            continue;
        }
        locked(&shared.lines).push(Line { id: line, shown: None });
        let client = Client { shared: Arc::clone(&shared), line };
        tokio::spawn(async move {
            // A client that breaks off is no fault of the server; its line ends with it.
            if let Ok(session) = russh::server::run_stream(config, tcp, client).await {
                let _ = session.await;
            }
        });
    }
}

/// Carries what the units print to their clients, in order, and ends what the pair has ended.
pub(super) async fn carry(shared: Arc<Shared>) {
    loop {
        let _ = timeout(GLANCE, shared.typed.notified()).await;
        for (shown, bytes, open) in printed(&shared) {
            let Some((channel, handle)) = shown else { continue };
            if !bytes.is_empty() {
                let _ = handle.data(channel, bytes).await;
            }
            if !open {
                let _ = handle.disconnect(Disconnect::ByApplication, String::new(), String::new()).await;
            }
        }
    }
}

type Shown = Option<(ChannelId, Handle)>;

/// What each line has printed, and whether it is still open. Lines that are not are forgotten.
fn printed(shared: &Shared) -> Vec<(Shown, Vec<u8>, bool)> {
    let mut pair = shared.pair();
    let mut printed = Vec::new();
    locked(&shared.lines).retain(|line| {
        if line.shown.is_none() {
            return true;
        }
        let received = pair.read(line.id);
        if !received.bytes.is_empty() || !received.open {
            printed.push((line.shown.clone(), received.bytes, received.open));
        }
        received.open
    });
    printed
}

struct Client {
    shared: Arc<Shared>,
    line: LineId,
}

impl Drop for Client {
    fn drop(&mut self) {
        self.shared.pair().hang_up(self.line);
        locked(&self.shared.lines).retain(|line| line.id != self.line);
    }
}

impl Handler for Client {
    type Error = russh::Error;

    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, russh::Error> {
        let right = user == self.shared.user && password == self.shared.password;
        Ok(if right { Auth::Accept } else { Auth::reject() })
    }

    async fn auth_publickey(&mut self, user: &str, key: VerifiedPublicKey<'_>) -> Result<Auth, russh::Error> {
        let known = self.shared.authorized.as_ref().map(russh::keys::PublicKey::key_data);
        let right = user == self.shared.user && known == Some(key.public_key.key_data());
        Ok(if right { Auth::Accept } else { Auth::reject() })
    }

    async fn channel_open_session(
        &mut self,
        _channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        session: &mut Session,
    ) -> Result<(), russh::Error> {
        let greeting = String::from_utf8_lossy(session.remote_sshid()).into_owned();
        locked(&self.shared.greetings).push(greeting);
        reply.accept().await;
        Ok(())
    }

    async fn pty_request(
        &mut self,
        channel: ChannelId,
        _term: &str,
        _columns: u32,
        _rows: u32,
        _width: u32,
        _height: u32,
        _modes: &[(Pty, u32)],
        session: &mut Session,
    ) -> Result<(), russh::Error> {
        session.channel_success(channel)
    }

    async fn shell_request(&mut self, channel: ChannelId, session: &mut Session) -> Result<(), russh::Error> {
        session.channel_success(channel)?;
        for line in locked(&self.shared.lines).iter_mut().filter(|line| line.id == self.line) {
            line.shown = Some((channel, session.handle()));
        }
        self.shared.typed.notify_one();
        Ok(())
    }

    async fn data(
        &mut self,
        _channel: ChannelId,
        data: &[u8],
        _session: &mut Session,
    ) -> Result<(), russh::Error> {
        self.shared.pair().write(self.line, data);
        self.shared.typed.notify_one();
        Ok(())
    }
}
