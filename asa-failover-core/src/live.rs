//! Reading a live pair: a dry run that sends nothing but `show`, `dir` and, if asked, `verify`.

use std::time::Duration;

use thiserror::Error;

use crate::command::{Algorithm, Command};
use crate::compat::abilities;
use crate::flash::DiskFile;
use crate::link::{Endpoint, Reach, Refused, SessionId, Via};
use crate::pair::{Captures, Pair, PairError};
use crate::show;
use crate::transport::{Connect, Exchange, Transport};
use crate::unit::Role;
use crate::version::AsaVersion;

/// How long a login or a reply may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long the digest of an image may take.
const VERIFY_PATIENCE: Duration = Duration::from_secs(600);

/// Reads both units and makes a pair of what they say.
///
/// With [`Reach::ActiveOnly`] the mate is read through `failover exec mate`. `verify` names files
/// whose digest each unit shall compute, which takes half a minute each; where a unit has no
/// `verify`, it is left out.
///
/// # Errors
///
/// An address refuses, a session is lost, or what the units say makes no pair.
pub fn read<T: Transport + ?Sized>(
    transport: &mut T,
    reach: Reach,
    verify: &[DiskFile],
) -> Result<Pair, ReadError> {
    read_scaled(transport, reach, verify, 1)
}

/// As [`read`], from a simulated pair whose time passes so many times faster.
///
/// # Errors
///
/// As [`read`].
pub fn read_scaled<T: Transport + ?Sized>(
    transport: &mut T,
    reach: Reach,
    verify: &[DiskFile],
    scale: u32,
) -> Result<Pair, ReadError> {
    // A login takes real time, however fast the simulated pair's time passes.
    let patience = (PATIENCE / scale.max(1)).max(Duration::from_secs(5));
    let mut reader = Reader { transport, verify, patience, multiple: false };
    let first = reader.session(Endpoint::Active)?;
    let (one, captured) = reader.unit(first, Via::Direct)?;
    let (other, mate) = match reach {
        Reach::ActiveOnly => reader.unit(first, Via::Mate)?,
        Reach::BothAddresses => {
            let second = reader.session(Endpoint::Standby)?;
            reader.unit(second, Via::Direct)?
        }
    };
    if one == other {
        return Err(ReadError::SameUnit { role: one });
    }
    let (primary, secondary) = if one == Role::Primary { (captured, mate) } else { (mate, captured) };
    Ok(Pair::from_captures(&primary, &secondary)?)
}

struct Reader<'a, T: ?Sized> {
    transport: &'a mut T,
    verify: &'a [DiskFile],
    patience: Duration,
    multiple: bool,
}

impl<T: Transport + ?Sized> Reader<'_, T> {
    fn session(&mut self, endpoint: Endpoint) -> Result<SessionId, ReadError> {
        match self.transport.connect(endpoint, self.patience) {
            Connect::Opened { session, .. } => Ok(session),
            Connect::Refused(why) => Err(ReadError::Refused { endpoint, why }),
            Connect::TimedOut => Err(ReadError::NoAnswer { endpoint }),
        }
    }

    fn ask(&mut self, session: SessionId, via: Via, command: &Command) -> Result<String, ReadError> {
        let patience =
            if matches!(command, Command::Verify { .. }) { VERIFY_PATIENCE } else { self.patience };
        match self.transport.exchange(session, via, command, patience.into()) {
            Exchange::Replied { output, .. } => Ok(output),
            Exchange::Asked { question } => Err(ReadError::Asked { line: command.line(via), question }),
            Exchange::Dropped | Exchange::TimedOut => Err(ReadError::Lost { line: command.line(via) }),
        }
    }

    /// Everything a plan asks of one unit.
    fn unit(&mut self, session: SessionId, via: Via) -> Result<(Role, Captures), ReadError> {
        let mut captures = Captures::new();
        let mode = self.ask(session, via, &Command::ShowMode)?;
        if via == Via::Direct {
            self.multiple =
                show::mode(&mode).is_ok_and(|reading| reading.value.mode == show::SecurityMode::Multiple);
            if self.multiple {
                self.ask(session, via, &Command::ChangetoSystem)?;
            }
        }
        captures.insert(Command::ShowMode.to_string(), mode);
        let version = self.ask(session, via, &Command::ShowVersion)?;
        let release = show::version(&version).ok().and_then(|reading| reading.value.version.value().copied());
        captures.insert(Command::ShowVersion.to_string(), version);
        let failover = self.ask(session, via, &Command::ShowFailover)?;
        let role = show::failover(&failover).ok().and_then(|reading| {
            reading.value.this_host.as_ref().map(|host| host.role).or(reading.value.unit)
        });
        captures.insert(Command::ShowFailover.to_string(), failover);
        for command in self.rest(release) {
            let text = self.ask(session, via, &command)?;
            captures.insert(command.to_string(), text);
        }
        let role = role.ok_or_else(|| ReadError::NoRole { line: Command::ShowFailover.line(via) })?;
        Ok((role, captures))
    }

    fn rest(&self, release: Option<AsaVersion>) -> Vec<Command> {
        let mut commands = vec![
            Command::ShowFailoverState,
            Command::ShowRunningBoot,
            Command::ShowStartupBoot,
            Command::Dir { disk: 0 },
            Command::ShowRunningFailover,
            Command::ShowReload,
        ];
        if !self.multiple {
            commands.push(Command::ShowConnCount);
        }
        let algorithm = match release {
            Some(release) if abilities::sha512_available(release) => Some(Algorithm::Sha512),
            Some(release) if abilities::verify_available(release) => Some(Algorithm::Md5),
            _ => None,
        };
        if let Some(algorithm) = algorithm {
            commands.push(Command::ShowBootvar);
            commands.extend(self.verify.iter().map(|file| Command::Verify { algorithm, file: file.clone() }));
        }
        commands
    }
}

/// Why a live pair could not be read.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ReadError {
    /// An address gave no session.
    #[error("{endpoint}: {why}")]
    Refused {
        /// The address.
        endpoint: Endpoint,
        /// Why not.
        why: Refused,
    },
    /// An address did not answer in time.
    #[error("{endpoint}: no answer in time")]
    NoAnswer {
        /// The address.
        endpoint: Endpoint,
    },
    /// A session was lost, or did not answer in time.
    #[error("the session was lost over {line}")]
    Lost {
        /// The line that was typed.
        line: String,
    },
    /// A unit asked a question that nobody may answer.
    #[error("{line} was answered by the question {question:?}")]
    Asked {
        /// The line that was typed.
        line: String,
        /// The question.
        question: String,
    },
    /// A unit does not say whether it is primary or secondary.
    #[error("the answer to {line} does not say which unit it is")]
    NoRole {
        /// The line that was typed.
        line: String,
    },
    /// Both addresses lead to one unit.
    #[error("both addresses lead to {role}; are they the active and the standby address?")]
    SameUnit {
        /// The unit that answers at both.
        role: Role,
    },
    /// What the units say makes no pair.
    #[error(transparent)]
    Pair(#[from] PairError),
}
