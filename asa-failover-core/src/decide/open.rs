//! `Open`: the state-changing command whose outcome is not known yet, and what shows that it takes effect.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::observed::{Observed, Sight};
use super::{Send, pair_of};
use crate::command::Command;
use crate::elapsed::{At, Elapsed};
use crate::link::Via;
use crate::shared::Shared;
use crate::unit::{GroupId, Role, Standing};
use crate::version::AsaVersion;

/// A command whose intent is durable and whose outcome is not known yet.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Open {
    /// The number of its record.
    pub seq: u64,
    /// The hop it belongs to: the rung it leads to.
    pub rung: usize,
    /// The unit that runs it.
    pub unit: Role,
    /// How it reaches that unit.
    pub via: Via,
    /// The unit it takes effect on: the mate, for `failover reload-standby`.
    pub target: Role,
    /// The command.
    pub command: Command,
    /// When it was decided; the beginning, after a resume.
    pub at: Elapsed,
    /// The release that the target ran.
    pub version: Option<AsaVersion>,
    /// The uptime of the target then, in seconds, at least and at most.
    pub uptime: Option<(u64, u64)>,
    /// The uptime of its mate then.
    pub mate_uptime: Option<(u64, u64)>,
    /// Whether it was carried over from an earlier run of the journal.
    pub resumed: bool,
    /// What the unit answered, once it has.
    pub heard: Option<Heard>,
    /// Whether it was seen to take effect since: the target of a reload down, a group of a switch moved. If
    /// all is as before later, somebody undid it.
    pub begun: bool,
}

impl Open {
    /// Of a switch, the group that it moves, all of them where it names none, and the unit that takes it.
    pub(super) const fn moves(&self) -> Option<(Option<GroupId>, Role)> {
        match &self.command {
            Command::NoFailoverActive(group) => Some((Some(*group), self.unit.mate())),
            Command::FailoverActive(group) => Some((Some(*group), self.unit)),
            Command::NoFailoverActiveAll => Some((None, self.unit.mate())),
            Command::FailoverActiveAll => Some((None, self.unit)),
            _ => None,
        }
    }

    /// Whether it reloads this unit.
    pub(crate) fn reloads(&self, unit: Role) -> bool {
        matches!(self.command, Command::ReloadStandby | Command::Reload) && self.target == unit
    }

    /// Whether what the unit answers decides anything. What becomes of a reload and of a switch is read of the units alone.
    pub(crate) const fn heeds_answer(&self) -> bool {
        !matches!(self.command, Command::ReloadStandby | Command::Reload) && self.moves().is_none()
    }

    /// Whether a unit shows, in its own words since, that it takes effect.
    pub(super) fn shows(&self, homes: &BTreeMap<GroupId, At<Role>>, observed: &[Observed; 2]) -> bool {
        if matches!(self.command, Command::ReloadStandby | Command::Reload) {
            return self.shows_down(observed);
        }
        let Some((group, taker)) = self.moves() else { return false };
        let says = |role, id: GroupId| {
            let sight = pair_of(observed, role).sight.as_ref().filter(|sight| sight.at >= self.at)?;
            sight.value.groups.get(&id).map(|standings| &standings.own)
        };
        homes.iter().filter(|(id, home)| home.value != taker && group.is_none_or(|group| group == **id)).any(
            |(id, _)| {
                says(taker, *id) == Some(&Standing::Active)
                    || says(taker.mate(), *id) == Some(&Standing::StandbyReady)
            },
        )
    }

    /// A unit that was told to reload is down when it does not answer and its mate, asked since, does not
    /// hear it either.
    pub(crate) fn shows_down(&self, observed: &[Observed; 2]) -> bool {
        let (unit, mate) = (pair_of(observed, self.target), pair_of(observed, self.target.mate()));
        let Some(silent) = &unit.silent else { return false };
        let unheard = |sight: &At<Shared<Sight>>| {
            let mut shown = sight.value.groups.values().map(|standings| &standings.mate);
            sight.at >= self.at.max(silent.at)
                && shown.any(|shown| matches!(shown, Standing::Failed | Standing::NotDetected))
        };
        mate.sight.as_ref().is_some_and(unheard)
    }

    /// A command that is about to be sent, with what its target was last seen to be.
    pub fn new(seq: u64, send: &Send, observed: &[Observed; 2], at: Elapsed) -> Self {
        let build = pair_of(observed, send.target).build.as_ref();
        let mate = pair_of(observed, send.target.mate()).build.as_ref();
        Self {
            seq,
            rung: send.rung,
            unit: send.unit,
            via: send.via,
            target: send.target,
            command: send.command.clone(),
            at,
            version: build.and_then(|build| build.value.version),
            uptime: build.and_then(|build| build.uptime_at(at)),
            mate_uptime: mate.and_then(|mate| mate.uptime_at(at)),
            resumed: false,
            heard: None,
            begun: false,
        }
    }
}

/// What came back on a command.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Heard {
    /// A finished prompt, and nothing that reads like an error.
    Prompt,
    /// A finished prompt after a line that reads like an error.
    Error(String),
    /// A question that is not answered.
    Question(String),
    /// Nothing: the session was lost or the reply did not come in time.
    Nothing,
}

impl fmt::Display for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prompt => f.write_str("a prompt, no error, and no effect"),
            Self::Error(text) => write!(f, "{text:?}"),
            Self::Question(text) => write!(f, "the question {text:?}, which is not answered"),
            Self::Nothing => f.write_str("the reply was lost"),
        }
    }
}
