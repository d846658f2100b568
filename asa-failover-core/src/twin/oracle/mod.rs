//! Judges a history: who forwarded each group when, and what was done that must not be done.
//!
//! It reads the [history](super::history) and nothing else, and shares no code with the controller. A
//! [`Report`] tells what any client did on any pair. A [`Judgement`] holds a run to its [`Orders`]: it
//! tells whose doing a harm was, and excuses one only for a fault that no look could have shown.

mod group;
mod judgement;
mod lines;
mod monitor;
mod rules;

#[cfg(test)]
mod tests;

pub use judgement::{Found, Judgement, Orders, judge};
pub use rules::{Finding, Rule};

use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::history::{Cause, Happening, Via, What, milliseconds};
use crate::unit::{GroupId, Role};

/// A time in which no unit forwarded a group.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Gap {
    /// The group.
    pub group: GroupId,
    /// When it began.
    #[serde(rename = "began_ms", serialize_with = "milliseconds")]
    pub began: Duration,
    /// How long it lasted, or lasts.
    #[serde(rename = "length_ms", serialize_with = "milliseconds")]
    pub length: Duration,
    /// Why it began.
    pub cause: Cause,
    /// Who forwarded before.
    pub before: Role,
    /// Who forwards after it; none: it is not over.
    pub after: Option<Role>,
    /// The longest that a switch of this pair takes.
    #[serde(rename = "switch_ms", serialize_with = "milliseconds")]
    pub switch: Duration,
}

/// A time in which both units forwarded a group.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Double {
    /// The group.
    pub group: GroupId,
    /// When it began.
    #[serde(rename = "began_ms", serialize_with = "milliseconds")]
    pub began: Duration,
    /// How long it lasted, or lasts.
    #[serde(rename = "length_ms", serialize_with = "milliseconds")]
    pub length: Duration,
}

/// Something that was done, or happened, and must not.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Offence {
    /// When.
    #[serde(rename = "at_ms", serialize_with = "milliseconds")]
    pub at: Duration,
    /// On which unit.
    pub role: Role,
    /// What.
    pub kind: OffenceKind,
}

/// What must not be done.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OffenceKind {
    /// A reload was typed on a unit that was active for a group.
    ReloadOfActiveUnit(String),
    /// A unit was told to go down, and did while it was active for a group.
    ActiveUnitWentDown(Cause),
    /// A line for the active unit was typed on one that was active for nothing.
    WrongUnit(String),
    /// A role command changed nothing.
    RoleCommandWithoutEffect,
    /// A unit took a group over before it was synchronised.
    StateLost(GroupId),
    /// A unit found nothing to boot.
    Dead,
}

/// What the oracle found.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Times without a forwarder.
    pub gaps: Vec<Gap>,
    /// Times with two forwarders.
    pub doubles: Vec<Double>,
    /// What must not be done, and was.
    pub offences: Vec<Offence>,
    /// Reboots of the primary and of the secondary.
    pub reboots: [u32; 2],
}

impl Gap {
    /// Whether this is the unavoidable gap of a commanded switch or of preempt.
    pub fn is_expected(&self) -> bool {
        matches!(self.cause, Cause::CommandedSwitch | Cause::Preempt)
            && self.after == Some(self.before.mate())
            && self.length <= self.switch
    }
}

impl Report {
    /// Whether nothing was done that must not be, and every gap was a switch or began with a fault.
    pub fn is_blameless(&self) -> bool {
        self.gaps.iter().all(|gap| gap.is_expected() || gap.cause == Cause::Fault)
            && self.doubles.is_empty()
            && self.offences.is_empty()
    }

    /// Whether every group was forwarded by exactly one unit at every moment but for the switches, and
    /// nothing was done on a wrong unit. The gap after an injected fault counts against it.
    pub fn is_clean(&self) -> bool {
        self.gaps.iter().all(Gap::is_expected) && self.doubles.is_empty() && self.offences.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", if self.is_clean() { "clean" } else { "NOT clean" })?;
        for gap in &self.gaps {
            let Gap { group, began, length, cause, .. } = gap;
            let after = gap.after.map_or_else(|| "nobody".to_owned(), |role| role.to_string());
            let mark = if gap.is_expected() { "" } else { ", UNEXPECTED" };
            writeln!(
                f,
                "{group}: no forwarder for {} ms at {:.1} s, {} to {after} ({cause:?}{mark})",
                length.as_millis(),
                began.as_secs_f64(),
                gap.before
            )?;
        }
        for Double { group, began, length } in &self.doubles {
            writeln!(
                f,
                "{group}: two forwarders for {} ms at {:.1} s",
                length.as_millis(),
                began.as_secs_f64()
            )?;
        }
        for Offence { at, role, kind } in &self.offences {
            writeln!(f, "{role} at {:.1} s: {kind:?}", at.as_secs_f64())?;
        }
        let [primary, secondary] = self.reboots;
        write!(f, "reboots: primary {primary}, secondary {secondary}")
    }
}

/// A group while the history is read.
struct Watch {
    group: GroupId,
    forwards: [bool; 2],
    gap: Option<(Duration, Cause, Role)>,
    double: Option<Duration>,
}

const fn index(role: Role) -> usize {
    match role {
        Role::Primary => 0,
        Role::Secondary => 1,
    }
}

/// Reports a history up to `now`, on a pair whose own switch takes no longer than `switch`.
pub fn report(history: &[Happening], now: Duration, switch: Duration) -> Report {
    let mut report = told(history, now);
    for gap in &mut report.gaps {
        gap.switch = switch;
    }
    report
}

fn told(history: &[Happening], now: Duration) -> Report {
    let mut report = Report::default();
    let mut watches: Vec<Watch> = Vec::new();
    for Happening { at, role, what } in history {
        match what {
            What::Began { group, standing } => {
                let active = standing.to_string() == "Active";
                watch(&mut watches, *group).set(*role, active);
            }
            What::ForwardingBegan { group, .. } => {
                watch(&mut watches, *group).began(*at, *role, &mut report);
            }
            What::ForwardingEnded { group, cause } => {
                watch(&mut watches, *group).ended(*at, *role, *cause, &mut report);
            }
            What::Typed { line, via, .. } => {
                let active = watches.iter().any(|watch| watch.of(*role));
                let leads = watches.first().is_some_and(|watch| watch.of(*role));
                if let Some(kind) = offence(line, *via, active, leads) {
                    report.offences.push(Offence { at: *at, role: *role, kind });
                }
            }
            What::Down { cause } => {
                if let Some(count) = report.reboots.get_mut(index(*role)) {
                    *count += 1;
                }
                if *cause != Cause::Fault && watches.iter().any(|watch| watch.of(*role)) {
                    let kind = OffenceKind::ActiveUnitWentDown(*cause);
                    report.offences.push(Offence { at: *at, role: *role, kind });
                }
            }
            What::StateLost { group, .. } => {
                let kind = OffenceKind::StateLost(*group);
                report.offences.push(Offence { at: *at, role: *role, kind });
            }
            What::RoleCommandIgnored => {
                let kind = OffenceKind::RoleCommandWithoutEffect;
                report.offences.push(Offence { at: *at, role: *role, kind });
            }
            What::Dead => report.offences.push(Offence { at: *at, role: *role, kind: OffenceKind::Dead }),
            What::Standing { .. }
            | What::ReloadRequested { .. }
            | What::Up { .. }
            | What::Saved { .. }
            | What::BootListChanged { .. }
            | What::FileCopied { .. }
            | What::FileDeleted { .. }
            | What::Failover(_)
            | What::FailoverLink(_)
            | What::Parted { .. }
            | What::Struck { .. }
            | What::LineLost { .. }
            | What::AnswerLost
            | What::Runs { .. }
            | What::Answered { .. }
            | What::Claimed(_)
            | What::StateLink(_) => {}
        }
    }
    for watch in watches {
        watch.close(now, &mut report);
    }
    report
}

fn watch(watches: &mut Vec<Watch>, group: GroupId) -> &mut Watch {
    let at = watches.iter().position(|watch| watch.group == group).unwrap_or_else(|| {
        watches.push(Watch { group, forwards: [false; 2], gap: None, double: None });
        watches.len() - 1
    });
    #[expect(clippy::indexing_slicing, reason = "the index was found, or is that of the watch just added")]
    &mut watches[at]
}

impl Watch {
    fn of(&self, role: Role) -> bool {
        let [primary, secondary] = self.forwards;
        if role == Role::Primary { primary } else { secondary }
    }

    fn set(&mut self, role: Role, forwards: bool) {
        let [primary, secondary] = &mut self.forwards;
        *(if role == Role::Primary { primary } else { secondary }) = forwards;
    }

    fn began(&mut self, at: Duration, role: Role, report: &mut Report) {
        self.set(role, true);
        if let Some((began, cause, before)) = self.gap.take() {
            let length = at.saturating_sub(began);
            report.gaps.push(Gap {
                group: self.group,
                began,
                length,
                cause,
                before,
                after: Some(role),
                switch: Duration::ZERO,
            });
        }
        if self.of(role.mate()) {
            self.double = Some(at);
        }
    }

    fn ended(&mut self, at: Duration, role: Role, cause: Cause, report: &mut Report) {
        self.set(role, false);
        if let Some(began) = self.double.take() {
            report.doubles.push(Double { group: self.group, began, length: at.saturating_sub(began) });
        }
        if !self.of(role.mate()) {
            self.gap = Some((at, cause, role));
        }
    }

    fn close(self, now: Duration, report: &mut Report) {
        let group = self.group;
        if let Some((began, cause, before)) = self.gap {
            let length = now.saturating_sub(began);
            report.gaps.push(Gap {
                group,
                began,
                length,
                cause,
                before,
                after: None,
                switch: Duration::ZERO,
            });
        }
        if let Some(began) = self.double {
            report.doubles.push(Double { group, began, length: now.saturating_sub(began) });
        }
    }
}

/// Whether a line is one that must not be typed on a unit that is active for something, or for the first
/// group (where the system space is configured).
fn offence(line: &str, via: Via, active: bool, leads: bool) -> Option<OffenceKind> {
    if via == Via::Console {
        return None;
    }
    let line = line.trim();
    let reloads = line == "reload" || line.starts_with("reload ");
    let cancels = line.starts_with("reload cancel");
    if reloads && !cancels && active {
        return Some(OffenceKind::ReloadOfActiveUnit(line.to_owned()));
    }
    let configures =
        lines::configures(line) || ["asdm image", "write standby"].iter().any(|head| line.starts_with(head));
    let misplaced = (line.starts_with("failover reload-standby") && !active) || (configures && !leads);
    misplaced.then(|| OffenceKind::WrongUnit(line.to_owned()))
}

/// Lines of the history that changed or could change a unit, in order.
pub fn state_changing_lines(history: &[Happening]) -> Vec<(Role, &str)> {
    history
        .iter()
        .filter_map(|happening| match &happening.what {
            What::Typed { line, via, .. } if *via != Via::Console => Some((happening.role, line.as_str())),
            _ => None,
        })
        .filter(|(_, line)| {
            // A line that could not be passed on to the mate is judged by what it would have been there.
            let line = line.strip_prefix("failover exec mate ").unwrap_or(line);
            !lines::is_harmless(line)
        })
        .collect()
}
