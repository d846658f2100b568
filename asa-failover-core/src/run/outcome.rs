//! How a run ends, and what it says then.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Run;
use super::advice::{Advice, Advised, Ground};
use crate::decide::{Back, Reason, millis, pair_of, preempt_to_remove, preempt_told};
use crate::elapsed::Elapsed;
use crate::unit::{GroupId, Role, Standing};
use crate::version::AsaVersion;

/// The end of a run.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "a run ends in one of two ways")]
pub enum Outcome {
    /// The goal is reached and proven on both units.
    Completed(Box<Report>),
    /// The run stopped before its goal. It sends nothing more and rolls nothing back.
    Halted(Box<Halt>),
}

/// What was reached.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Both units' releases, the primary's first.
    pub versions: Vec<(Role, Option<AsaVersion>)>,
    /// Who forwards each group.
    pub forwarders: Vec<Forwarder>,
    /// How long this run took, in milliseconds.
    pub took_ms: u64,
    /// What is otherwise than the plan found it, beside the release.
    pub differences: Vec<String>,
}

/// Who is active for a group, by the units' own words.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Forwarder {
    /// The group.
    pub group: GroupId,
    /// The unit, if exactly one says so.
    pub unit: Option<Role>,
    /// Whether the mate says that it is Standby Ready.
    pub redundant: bool,
}

/// Why a run stopped, on what evidence, and what is safe now.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Halt {
    /// Why.
    pub reason: Reason,
    /// A code for programs, [`Reason::code`].
    pub code: String,
    /// What was last read of each unit, with its age.
    pub evidence: Vec<Evidence>,
    /// Who forwards each group, as far as that is known.
    pub forwarders: Vec<Forwarder>,
    /// A command whose outcome is not known.
    pub open: Option<String>,
    /// What is true now, a sentence each: who forwards, what each unit runs and starts with next, what is not
    /// known. What is said of a unit was read of it, and carries the age of that reading.
    pub now: Vec<String>,
    /// What an operator can safely do next, and what not.
    pub safe: String,
    /// The lines for that, in order: those that only read come first.
    pub commands: Vec<Advised>,
    /// The way back, where going back is still free and the pair was whole in the last readings: the plan
    /// that [`Plan::way_back`](crate::plan::Plan::way_back) makes of it.
    pub back: Option<Back>,
}

/// The last reading of a unit.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Evidence {
    /// The unit.
    pub unit: Role,
    /// What it said, or why it could not be read.
    pub text: String,
    /// How old that is, in milliseconds; `None` if it was never read.
    pub age_ms: Option<u64>,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Completed(report) => {
                write!(f, "Completed in {}", Elapsed::from_millis(report.took_ms))?;
                for (unit, version) in &report.versions {
                    write!(
                        f,
                        "\n  {unit} runs {}",
                        version.map_or_else(|| "an unknown release".to_owned(), |v| v.to_string())
                    )?;
                }
                forwarders(f, &report.forwarders)?;
                report.differences.iter().try_for_each(|difference| write!(f, "\n  changed: {difference}"))
            }
            Self::Halted(halt) => {
                write!(f, "Halted: {}", halt.reason)?;
                halt.now.iter().try_for_each(|now| write!(f, "\n  {now}"))?;
                write!(f, "\n  next: {}", halt.safe)?;
                for Advised { unit, line, changes } in &halt.commands {
                    write!(f, "\n    {unit}: {line}{}", if *changes { "  (changes something)" } else { "" })?;
                }
                if let Some(Back { hop, to, lines, .. }) = &halt.back {
                    write!(
                        f,
                        "\n  way back from hop {hop} to {to}, guarded and with a journal of its own only as a plan:"
                    )?;
                    lines.iter().try_for_each(|(unit, line)| write!(f, "\n    {unit}: {line}"))?;
                }
                Ok(())
            }
        }
    }
}

fn forwarders(f: &mut fmt::Formatter<'_>, forwarders: &[Forwarder]) -> fmt::Result {
    for forwarder in forwarders {
        let unit = forwarder.unit.map_or_else(|| "no one unit".to_owned(), |unit| unit.to_string());
        let mate = if forwarder.redundant { "mate Standby Ready" } else { "NO redundancy known" };
        write!(f, "\n  {} is forwarded by {unit}, {mate}", forwarder.group)?;
    }
    Ok(())
}

impl Run {
    fn forwarders(&self) -> Vec<Forwarder> {
        let own = |role, group| pair_of(&self.observed, role).standing(group);
        let of = |group: &GroupId| {
            let mut active =
                Role::BOTH.into_iter().filter(|role| own(*role, *group) == Some(&Standing::Active));
            let unit = active.next().filter(|_| active.next().is_none());
            let redundant =
                unit.is_some_and(|unit| own(unit.mate(), *group) == Some(&Standing::StandbyReady));
            Forwarder { group: *group, unit, redundant }
        };
        self.brief.groups.keys().map(of).collect()
    }

    pub(super) fn report(&self, at: Elapsed) -> Report {
        let versions = Role::BOTH.map(|role| (role, pair_of(&self.observed, role).version()));
        Report {
            versions: versions.into(),
            forwarders: self.forwarders(),
            took_ms: at.as_millis(),
            differences: self.differences(),
        }
    }

    /// What differs from the pair as it was found: owners, preempt where the policy removes it, interfaces and
    /// modules.
    fn differences(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (id, group) in &self.brief.groups {
            if group.owner != group.found {
                found.push(format!("{id} was active on {}, now on {}", group.found, group.owner));
            }
        }
        for (id, _) in preempt_to_remove(&self.brief) {
            if self.memory.put_back.contains(&id) {
                found.push(format!(
                    "preempt of {id} was there again while this run had it removed, by somebody else or by a start of both units"
                ));
            }
        }
        for role in Role::BOTH {
            let read = pair_of(&self.observed, role).running_preempt.as_ref();
            for (id, now) in read.into_iter().flat_map(|read| &*read.value) {
                let was = self.brief.groups.get(id).and_then(|group| group.preempt);
                if *now != was {
                    let (was, now) = (preempt_told(was, *now), preempt_told(*now, was));
                    found.push(format!("{id} had {was} on {role}, now {now}; this run did not change it so"));
                }
            }
        }
        for role in Role::BOTH {
            let Some(sight) = pair_of(&self.observed, role).sight.as_ref().map(|sight| &sight.value) else {
                continue;
            };
            for (name, before) in self.brief.interfaces.get(&role).into_iter().flatten() {
                match sight.interfaces.get(name) {
                    Some(now) if now == before => {}
                    Some(now) => {
                        found.push(format!("interface {name} of {role} was {before:?}, now {now:?}"));
                    }
                    None => found.push(format!("interface {name} of {role} is not shown any more")),
                }
            }
        }
        found
    }

    pub(super) fn halted(&self, at: Elapsed, reason: Reason) -> Halt {
        let evidence = Role::BOTH.map(|unit| {
            let seen = pair_of(&self.observed, unit);
            let silent = seen
                .silent
                .as_ref()
                .map(|silent| (format!("could not be read: {}", silent.value), silent.age(at)));
            let sight = seen.sight.as_ref().map(|sight| {
                let standings =
                    sight.value.groups.iter().map(|(group, standings)| format!("{group} {}", standings.own));
                let version = seen.version().map_or_else(String::new, |version| format!(", runs {version}"));
                (format!("{}{version}", standings.collect::<Vec<_>>().join(", ")), sight.age(at))
            });
            match silent.or(sight) {
                Some((text, age)) => Evidence { unit, text, age_ms: Some(millis(age)) },
                None => {
                    Evidence { unit, text: "was not read since the last command".to_owned(), age_ms: None }
                }
            }
        });
        let ground = Ground { brief: &self.brief, observed: &self.observed, memory: &self.memory, at };
        let Advice { now, safe, commands, back } = ground.advice(&reason);
        Halt {
            code: reason.code().to_owned(),
            now,
            safe,
            commands,
            back,
            reason,
            evidence: evidence.into(),
            forwarders: self.forwarders(),
            open: self
                .memory
                .intent
                .as_ref()
                .map(|open| format!("{} on {}", open.command.told(open.via), open.unit)),
        }
    }
}
