//! Sessions and the units behind them: which line may go where.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Said;
use crate::command::{Command, Mode};
use crate::decide::{Brief, Build, Observed, pair_of};
use crate::elapsed::{At, Elapsed};
use crate::link::{Endpoint, Reach, SessionId, Via};
use crate::unit::{GroupId, Role, Standing};

/// The sessions that stand, at most one an address.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Links {
    sessions: BTreeMap<Endpoint, Session>,
    /// When an address last gave no session, or one to a unit we already talk to, and why.
    vain: BTreeMap<Endpoint, At<String>>,
    /// What a unit, if it is known which, last answered to a command at an address, where that was not believed: without an
    /// uptime, which goes on.
    doubted: BTreeMap<Asked, Said>,
}

/// A session and what was found out in it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
struct Session {
    id: SessionId,
    mode: Mode,
    /// The group whose settings it stands in.
    group: Option<GroupId>,
    /// Whether it stands in the system space, where the pair has contexts.
    in_system: bool,
    /// The unit by the serial number that `show version` printed in this session.
    built: Option<Role>,
    /// The unit once `show failover` in this session confirmed the role.
    unit: Option<Role>,
    /// Whether the mate gave its serial number through this session.
    knows_mate: bool,
}

/// Who was asked what: the address, the unit where it is known, and the command.
pub(super) type Asked = (Endpoint, Option<Role>, Command);

/// How a line gets to a unit.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Route {
    /// Over this session, which stands.
    Through { endpoint: Endpoint, session: SessionId, via: Via },
    /// Something comes first.
    First(First),
}

/// What a route needs before a line can go over it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum First {
    /// The session has to say first who it is.
    Identify { endpoint: Endpoint, session: SessionId, command: Command },
    /// A session has to be opened first.
    Connect(Endpoint),
    /// Not at the moment.
    Silent(String),
}

impl Links {
    pub(super) fn route(&self, brief: &Brief, observed: &[Observed; 2], unit: Role, now: Elapsed) -> Route {
        if let Some(first) = self.identify(brief) {
            return Route::First(first);
        }
        if let Some((endpoint, session)) = self.sessions.iter().find(|(_, it)| it.unit == Some(unit)) {
            return Route::Through { endpoint: *endpoint, session: session.id, via: Via::Direct };
        }
        match brief.policy.reach {
            Reach::ActiveOnly => match self.sessions.iter().next() {
                Some((endpoint, session)) => {
                    Route::Through { endpoint: *endpoint, session: session.id, via: Via::Mate }
                }
                None => Route::First(self.connect(brief, Endpoint::Active, now)),
            },
            Reach::BothAddresses => {
                let active =
                    pair_of(observed, unit).standing(brief.leading_group()) == Some(&Standing::Active);
                let likely = if active { Endpoint::Active } else { Endpoint::Standby };
                // An address where the mate is talked to is left alone, unless both are. Addresses move,
                // so one that was tried in vain just now gives way to the other.
                let free = |endpoint: &Endpoint| !self.sessions.contains_key(endpoint);
                let mut candidates = [likely, likely.other()].into_iter().filter(free);
                let first = candidates.next().unwrap_or(likely);
                Route::First(match self.connect(brief, first, now) {
                    First::Silent(why) => candidates
                        .map(|other| self.connect(brief, other, now))
                        .find(|first| matches!(first, First::Connect(_)))
                        .unwrap_or(First::Silent(why)),
                    first => first,
                })
            }
        }
    }

    fn connect(&self, brief: &Brief, endpoint: Endpoint, now: Elapsed) -> First {
        match self.vain.get(&endpoint) {
            Some(vain) if vain.age(now) < brief.policy.poll() => First::Silent(vain.value.clone()),
            _ => First::Connect(endpoint),
        }
    }

    /// The next line of a session that has not said yet who it is.
    fn identify(&self, brief: &Brief) -> Option<First> {
        let (endpoint, session) = self.sessions.iter().find(|(_, session)| session.unit.is_none())?;
        let command = if matches!(session.mode, Mode::Config | Mode::Group) {
            Command::End
        } else if brief.multiple && !session.in_system {
            Command::ChangetoSystem
        } else if session.built.is_none() {
            Command::ShowVersion
        } else {
            Command::ShowFailover
        };
        Some(First::Identify { endpoint: *endpoint, session: session.id, command })
    }

    pub(super) fn opened(&mut self, endpoint: Endpoint, id: SessionId, mode: Mode) {
        self.vain.remove(&endpoint);
        let session =
            Session { id, mode, group: None, in_system: false, built: None, unit: None, knows_mate: false };
        self.sessions.insert(endpoint, session);
    }

    /// Whether this was answered so the last time too, and not believed.
    pub(super) fn says_again(&mut self, asked: Asked, said: Said) -> bool {
        let said = match said {
            Said::Version(build) => Said::Version(Build { uptime: None, ..build }),
            said => said,
        };
        self.doubted.insert(asked, said.clone()) == Some(said)
    }

    pub(super) fn believed(&mut self, asked: &Asked) {
        self.doubted.remove(asked);
    }

    pub(super) fn in_vain(&mut self, endpoint: Endpoint, now: Elapsed, why: String) {
        self.vain.insert(endpoint, At::new(now, why));
    }

    /// A session is gone, with everything that was found out in it.
    pub(super) fn lost(&mut self, endpoint: Endpoint) {
        self.sessions.remove(&endpoint);
    }

    pub(super) fn all_lost(&mut self) {
        self.sessions.clear();
        self.vain.clear();
    }

    pub(super) fn unit_lost(&mut self, unit: Role) {
        self.sessions.retain(|_, session| session.unit != Some(unit));
        for session in self.sessions.values_mut() {
            session.knows_mate = false;
        }
    }

    /// The unit at the other end of the session at this address, once that is known.
    pub(super) fn unit(&self, endpoint: Endpoint) -> Option<Role> {
        self.sessions.get(&endpoint).and_then(|session| session.unit)
    }

    /// The other address, if a session there is on this unit too.
    pub(super) fn twice(&self, endpoint: Endpoint, unit: Role) -> bool {
        self.sessions.get(&endpoint.other()).is_some_and(|session| session.unit == Some(unit))
    }

    pub(super) fn session(&self, endpoint: Endpoint) -> Option<SessionId> {
        self.sessions.get(&endpoint).map(|session| session.id)
    }

    pub(super) fn mode(&self, endpoint: Endpoint) -> Mode {
        self.sessions.get(&endpoint).map_or(Mode::User, |session| session.mode)
    }

    pub(super) fn set_mode(&mut self, endpoint: Endpoint, mode: Mode) {
        if let Some(session) = self.sessions.get_mut(&endpoint) {
            session.mode = mode;
            session.group = session.group.filter(|_| mode == Mode::Group);
        }
    }

    /// The group whose settings the session at this address stands in, if we led it there.
    pub(super) fn group(&self, endpoint: Endpoint) -> Option<GroupId> {
        self.sessions.get(&endpoint).and_then(|session| session.group)
    }

    pub(super) fn entered_group(&mut self, endpoint: Endpoint, group: GroupId) {
        if let Some(session) = self.sessions.get_mut(&endpoint) {
            session.group = Some(group);
        }
    }

    pub(super) fn entered_system(&mut self, endpoint: Endpoint) {
        if let Some(session) = self.sessions.get_mut(&endpoint) {
            session.in_system = true;
        }
    }

    pub(super) fn built(&self, endpoint: Endpoint) -> Option<Role> {
        self.sessions.get(&endpoint).and_then(|session| session.built)
    }

    pub(super) fn set_built(&mut self, endpoint: Endpoint, unit: Role) {
        if let Some(session) = self.sessions.get_mut(&endpoint) {
            session.built = Some(unit);
        }
    }

    pub(super) fn set_unit(&mut self, endpoint: Endpoint, unit: Role) {
        if let Some(session) = self.sessions.get_mut(&endpoint) {
            session.unit = Some(unit);
        }
    }

    pub(super) fn knows_mate(&self, endpoint: Endpoint) -> bool {
        self.sessions.get(&endpoint).is_some_and(|session| session.knows_mate)
    }

    pub(super) fn set_knows_mate(&mut self, endpoint: Endpoint) {
        if let Some(session) = self.sessions.get_mut(&endpoint) {
            session.knows_mate = true;
        }
    }

    /// An address that was tried in vain longer ago than this may be tried again, as any other.
    pub(super) fn forget_vain(&mut self, now: Elapsed, most: Duration) {
        self.vain.retain(|_, vain| vain.age(now) < most);
    }

    /// Leaves out why an address was tried in vain, which nothing rests on.
    pub(super) fn forget_reasons(&mut self) {
        self.vain.values_mut().for_each(|vain| vain.value.clear());
    }

    /// Every time in here, for ages that are told relative to now.
    pub(super) fn shift(&mut self, shift: &impl Fn(Elapsed) -> Elapsed) {
        for vain in self.vain.values_mut() {
            vain.at = shift(vain.at);
        }
    }
}
