//! `Ssh`, `read` and `run`: the real pair.

use std::path::PathBuf;
use std::sync::{Mutex, TryLockError};

use asa_failover_core::clock::SystemClock;
use asa_failover_core::drive::drive;
use asa_failover_core::flash::DiskFile;
use asa_failover_core::link::{Endpoint, Reach};
use asa_failover_core::live;
use asa_failover_core::run::{Answer, Run};
use asa_failover_core::store::Journal;
use asa_failover_core::transport::ssh::{self, AlgorithmProfile, Credentials, SshSettings};
use pyo3::prelude::*;
use secrecy::SecretString;

use crate::error::Error;
use crate::outcome::Outcome;
use crate::pair::Pair;
use crate::plan::Plan;
use crate::watch::Watcher;

/// How the pair is reached. Nothing is opened until it is used, and nothing stays open afterwards.
///
/// Host keys are compared with ``known_hosts`` before any password is sent; there is no way to accept
/// an unknown one. After three refused logins within ten minutes none is tried, lest the account be
/// locked.
///
/// Args:
///     addresses: the active address, and the standby address where it is reachable: ``host`` or
///         ``host:port``.
///     user: who logs in.
///     password: the password, also for when the key is not accepted.
///     key: a private key file in OpenSSH or PEM form.
///     passphrase: what the key is encrypted with.
///     known_hosts: the file with the host keys.
///     enable: the password for ``enable``.
///     fallback_user: a second user, tried only when the first is refused: one of the units' LOCAL
///         database, for while the authentication server is unreachable.
///     fallback_password: its password.
///     legacy: offer the algorithms of ASA code up to about 9.9 as well.
///
/// Raises:
///     ParseError: an address is none, or there are not one or two of them.
///     ValueError: there is neither password nor key.
#[pyclass(frozen, module = "asa_failover")]
pub(crate) struct Ssh {
    transport: Mutex<ssh::Ssh>,
    addresses: Vec<String>,
    user: String,
}

#[pymethods]
impl Ssh {
    #[new]
    #[pyo3(signature = (addresses, *, user, password=None, key=None, passphrase=None, known_hosts=None, enable=None, fallback_user=None, fallback_password=None, legacy=false))]
    #[expect(clippy::too_many_arguments, reason = "in Python each is a keyword")]
    fn new(
        py: Python<'_>,
        addresses: Vec<String>,
        user: String,
        password: Option<String>,
        key: Option<PathBuf>,
        passphrase: Option<String>,
        known_hosts: Option<PathBuf>,
        enable: Option<String>,
        fallback_user: Option<&str>,
        fallback_password: Option<String>,
        legacy: bool,
    ) -> Result<Self, Error> {
        let secret = |text: String| SecretString::from(text);
        let login = match (key, password.map(secret)) {
            (Some(key), password) => {
                let login = Credentials::key(&user, home(py, key)?, passphrase.map(secret));
                password.into_iter().fold(login, Credentials::or_password)
            }
            (None, Some(password)) => Credentials::password(&user, password),
            (None, None) => return Err(Error::text("expected a password or a key to log in with")),
        };
        let known_hosts = home(py, known_hosts.unwrap_or_else(|| "~/.ssh/known_hosts".into()))?;
        let mut settings = SshSettings::new(known_hosts, login);
        if !matches!(addresses.len(), 1 | 2) {
            let found = addresses.len();
            return Err(Error::text(format!(
                "expected the active and perhaps the standby address, found {found}"
            )));
        }
        for (endpoint, address) in [Endpoint::Active, Endpoint::Standby].into_iter().zip(&addresses) {
            let (host, port) = host_and_port(address)?;
            settings = settings.with_address(endpoint, host, port);
        }
        if let Some(enable) = enable {
            settings = settings.with_enable(secret(enable));
        }
        match (fallback_user, fallback_password) {
            (Some(user), Some(password)) => {
                settings = settings.with_fallback(Credentials::password(user, secret(password)));
            }
            (None, None) => {}
            _ => return Err(Error::text("expected both fallback_user and fallback_password, found one")),
        }
        if legacy {
            settings = settings.with_algorithms(AlgorithmProfile::Legacy);
        }
        Ok(Self { transport: Mutex::new(ssh::Ssh::new(settings)), addresses, user })
    }

    fn __repr__(&self) -> String {
        format!("<Ssh {}@{}>", self.user, self.addresses.join(", "))
    }
}

impl Ssh {
    const fn reach(&self) -> Reach {
        if self.addresses.len() == 1 { Reach::ActiveOnly } else { Reach::BothAddresses }
    }

    /// Does something over this transport, alone, and leaves no session behind.
    fn alone<T>(&self, act: impl FnOnce(&mut ssh::Ssh) -> T) -> Result<T, Error> {
        let mut transport = match self.transport.try_lock() {
            Ok(transport) => transport,
            // A panic left it: its sessions are dropped with the next line.
            Err(TryLockError::Poisoned(left)) => left.into_inner(),
            Err(TryLockError::WouldBlock) => {
                return Err(Error::Transport("this Ssh is in use by another read or run".to_owned()));
            }
        };
        transport.close_all();
        let done = act(&mut transport);
        transport.close_all();
        Ok(done)
    }
}

/// A path with `~` resolved, as Python does it.
fn home(py: Python<'_>, path: PathBuf) -> PyResult<PathBuf> {
    py.import("os.path")?.call_method1("expanduser", (path,))?.extract()
}

/// `host`, `host:port`, `[address]` or `[address]:port`; an address of version 6 alone needs no brackets.
fn host_and_port(address: &str) -> Result<(&str, u16), Error> {
    let wrong = || {
        Error::text(format!("expected an address such as 192.0.2.1 or fw.example.com:22, found {address:?}"))
    };
    let (host, port) = match address.strip_prefix('[') {
        Some(rest) => {
            let (host, behind) = rest.split_once(']').ok_or_else(wrong)?;
            (host, if behind.is_empty() { None } else { Some(behind.strip_prefix(':').ok_or_else(wrong)?) })
        }
        None => match address.split_once(':') {
            Some((host, port)) if !port.contains(':') => (host, Some(port)),
            _ => (address, None),
        },
    };
    let port = port.map_or(Ok(22), str::parse).map_err(|_| wrong())?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b".-_:%".contains(&b);
    if host.is_empty() || !host.bytes().all(plain) || port == 0 { Err(wrong()) } else { Ok((host, port)) }
}

/// Reads the live pair: sends nothing but ``show``, ``dir`` and, if asked, ``verify``.
///
/// Args:
///     ssh: how the pair is reached. With one address the mate is read through ``failover exec mate``.
///     verify: files whose digest each unit shall compute, which takes half a minute each.
///     time_scale: for simulated pairs only, whose time passes so many times faster.
///
/// Raises:
///     TransportError: an address refuses, or a session is lost.
///     ParseError: what the units say makes no pair, or a file is none.
#[pyfunction]
#[pyo3(signature = (ssh, verify=Vec::new(), *, time_scale=1), text_signature = "(ssh, verify=(), *, time_scale=1)")]
pub(crate) fn read(
    py: Python<'_>,
    ssh: &Bound<'_, Ssh>,
    verify: Vec<String>,
    time_scale: u32,
) -> Result<Pair, Error> {
    let verify: Vec<DiskFile> =
        verify.iter().map(|file| file.parse().map_err(Error::text)).collect::<Result<_, _>>()?;
    let ssh = ssh.get();
    let pair =
        py.detach(|| ssh.alone(|transport| live::read_scaled(transport, ssh.reach(), &verify, time_scale)))?;
    py.check_signals()?;
    Ok(Pair { inner: pair? })
}

/// Runs a plan on the real pair, or goes on with it from its journal.
///
/// Ctrl-C stops it in good order: after the line that is under way, with an outcome. So does an
/// exception of a callback, which is raised then. Whatever stops it, the same plan with the same
/// journal goes on.
///
/// Args:
///     plan: the plan.
///     transport: how the pair is reached; the plan's policy says whether both addresses are used.
///     journal: the file that makes the run resumable; new, or of an earlier run of the same plan.
///     on_event: called with a :class:`Progress` after every step of the run.
///     on_question: called with a :class:`Question` at each pause that the policy names; true goes on.
///         Without it, the run halts there.
///     on_probe: called without arguments between the switch and the second reload, as often as the policy's
///         ``probe_s`` says: ``None`` or true where traffic is well on the new release, else false or why
///         not. The run halts then, and without it.
///     stop: anything with ``is_set()``, a :class:`threading.Event` say; once set, the run stops in
///         good order.
///     owner: who runs it, for the journal and for any other run that comes for it.
///     time_scale: for simulated pairs only, whose time passes so many times faster.
///
/// Returns:
///     The outcome. A halt is one, and no exception.
///
/// Raises:
///     JournalError: the journal cannot be used; nothing was sent.
#[pyfunction]
#[pyo3(signature = (plan, transport, journal, *, on_event=None, on_question=None, on_probe=None, stop=None, owner="", time_scale=1))]
#[expect(clippy::too_many_arguments, reason = "in Python each is a keyword")]
pub(crate) fn run(
    py: Python<'_>,
    plan: &Bound<'_, Plan>,
    transport: &Bound<'_, Ssh>,
    journal: PathBuf,
    on_event: Option<Py<PyAny>>,
    on_question: Option<Py<PyAny>>,
    on_probe: Option<Py<PyAny>>,
    stop: Option<Py<PyAny>>,
    owner: &str,
    time_scale: u32,
) -> Result<Outcome, Error> {
    let (plan, ssh) = (&plan.get().inner, transport.get());
    let mut watcher = Watcher::new(on_event, on_question, on_probe, stop, Answer::Halt);
    let outcome = py.detach(|| {
        let (mut journal, records) = Journal::open_for(&journal, owner)?;
        let mut run = Run::new(plan).with_owner(owner);
        let mut clock = SystemClock::scaled(time_scale);
        ssh.alone(|transport| drive(&mut run, records, transport, &mut clock, &mut journal, &mut watcher))
    })?;
    watcher.raised()?;
    Ok(outcome.into())
}
