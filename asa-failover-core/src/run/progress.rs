//! Where a run stands, for people who watch it.

use std::fmt;

use serde::Serialize;

use super::{Doing, Run};
use crate::decide::{Awaited, Symptom, Waiting, pair_of, symptom};
use crate::elapsed::Elapsed;
use crate::unit::{GroupId, Role, Standing};
use crate::version::AsaVersion;

/// What is awaited, since when, and where each unit is.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Progress {
    /// When this was so.
    pub at: Elapsed,
    /// The command that is under way, if any.
    pub command: Option<String>,
    /// The unit that runs it; none while nobody knows yet which unit answers there.
    pub unit: Option<Role>,
    /// What is awaited, since when.
    pub awaited: Option<(Awaited, Elapsed)>,
    /// What stands in the way of it.
    pub why: Option<String>,
    /// What it mostly means, where it takes longer than it typically does.
    pub symptom: Option<Symptom>,
    /// Both units, the primary first.
    pub units: [UnitProgress; 2],
}

/// Where a unit is.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UnitProgress {
    /// The unit.
    pub unit: Role,
    /// Its release, as last read.
    pub version: Option<AsaVersion>,
    /// Its standing in each group, as last read.
    pub standings: Vec<(GroupId, Standing)>,
    /// Whether it can be read at the moment.
    pub answers: bool,
}

impl Run {
    /// Where the run stands.
    pub fn progress(&self, at: Elapsed) -> Progress {
        let (command, unit) = match (&self.doing, &self.memory.intent) {
            (Doing::Intending { send, .. }, _) => (Some(send.command.told(send.via)), Some(send.unit)),
            (Doing::Typing { command, via, unit, .. }, _) => (Some(command.line(*via)), *unit),
            (_, Some(open)) => (Some(open.command.told(open.via)), Some(open.unit)),
            (_, None) => (None, None),
        };
        let units = Role::BOTH.map(|role| {
            let seen = pair_of(&self.observed, role);
            let groups = seen.sight.iter().flat_map(|sight| &sight.value.groups);
            UnitProgress {
                unit: role,
                version: seen.version(),
                standings: groups.map(|(group, standings)| (*group, standings.own.clone())).collect(),
                answers: seen.silent.is_none(),
            }
        });
        let awaited = self.memory.waiting.map(|waiting| (waiting.awaited, waiting.since));
        let symptom = self.memory.waiting.and_then(|Waiting { awaited, .. }| {
            let waited_ms = self.memory.waited(&self.brief, awaited, at);
            symptom(&self.brief, &self.observed, awaited, waited_ms)
        });
        Progress { at, command, unit, awaited, why: self.why.clone(), symptom, units }
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.at)?;
        for unit in &self.units {
            let version = unit.version.map_or_else(|| "?".to_owned(), |version| version.to_string());
            let standings: Vec<String> = unit
                .standings
                .iter()
                .map(|(group, standing)| match *group {
                    GroupId::UNIT => standing.to_string(),
                    group => format!("{}:{standing}", group.number()),
                })
                .collect();
            let standing = match (unit.answers, standings.is_empty()) {
                (false, _) => "no answer".to_owned(),
                (true, true) => "not read".to_owned(),
                (true, false) => standings.join(" "),
            };
            write!(f, "  {} {version} {standing}", unit.unit)?;
        }
        match (&self.why, self.awaited) {
            (Some(why), Some((_, since))) => {
                write!(f, "  waiting {} s: {why}", self.at.since(since).as_secs())?;
                self.symptom.as_ref().map_or(Ok(()), |symptom| {
                    write!(
                        f,
                        " (typically {} s at most; it mostly means: {})",
                        symptom.typical_s, symptom.meaning
                    )
                })
            }
            _ => match (&self.command, self.unit) {
                (Some(command), Some(unit)) => write!(f, "  {unit}: {command}"),
                (Some(command), None) => write!(f, "  {command}"),
                (None, _) => Ok(()),
            },
        }
    }
}
