//! The judgement of a whole history: the monitor's findings, and those that need the time.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::super::fault::FaultKind;
use super::super::history::{Cause, Claim, Happening, Via, What, milliseconds};
use super::lines::{self, Act};
use super::monitor::Monitor;
use super::rules::{Finding, Rule, starts_anew};
use crate::unit::{GroupId, Role};
use crate::version::AsaVersion;

/// What a run was told to do, as far as its history can be held to it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Orders {
    /// The release to start from and every stop up to the target, each with the name of its image.
    pub stops: Vec<(AsaVersion, String)>,
    /// Images that no unit can verify, which the caller accepted.
    pub unverified: Vec<String>,
    /// Who shall be active for each group at the end.
    pub owners: Vec<(GroupId, Role)>,
    /// Which unit preempt brings a group to, where it is configured.
    pub prefers: Vec<(GroupId, Role)>,
    /// The boot list of both startup configurations at the end.
    pub boot: Vec<String>,
    /// Whether the run goes on after the pair changed by itself.
    pub adapts: bool,
    /// How often a unit that was reloaded is looked at before it is relied upon.
    pub looks: u32,
    /// For how long it is ready before it is relied upon.
    pub ready_for: Duration,
    /// The oldest that a final read is when a line arrives.
    pub age: Duration,
    /// The oldest that what a unit boots was read when a reload of it arrives.
    pub staged: Duration,
    /// The oldest that a scheduled reload was asked for when the run completes.
    pub slow: Duration,
    /// The longest that a commanded move leaves a group without a forwarder.
    pub switch: Duration,
    /// When the run has ended.
    pub deadline: Duration,
}

impl Orders {
    /// Orders for a way over these stops. Everything else is as strict as the design has it.
    pub const fn new(
        stops: Vec<(AsaVersion, String)>,
        owners: Vec<(GroupId, Role)>,
        boot: Vec<String>,
    ) -> Self {
        Self {
            stops,
            unverified: Vec::new(),
            owners,
            boot,
            prefers: Vec::new(),
            adapts: false,
            looks: 3,
            ready_for: Duration::from_secs(30),
            age: Duration::from_secs(2),
            staged: Duration::from_secs(30),
            slow: Duration::from_secs(300),
            switch: Duration::from_millis(1_500),
            deadline: Duration::MAX,
        }
    }

    /// The release at the end of the way.
    pub fn target(&self) -> Option<AsaVersion> {
        self.stops.last().map(|(version, _)| *version)
    }

    /// The image of the stop after a release.
    pub(super) fn after(&self, version: Option<AsaVersion>) -> Option<&String> {
        let at = self.stops.iter().position(|(stop, _)| Some(*stop) == version)?;
        self.stops.get(at + 1).map(|(_, image)| image)
    }
}

/// A finding with its time and place.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Found {
    /// When.
    #[serde(rename = "at_ms", serialize_with = "milliseconds")]
    pub at: Duration,
    /// On which unit.
    pub role: Role,
    /// What.
    #[serde(flatten)]
    pub finding: Finding,
}

/// What the oracle holds against a run.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Judgement {
    /// Rules that were broken, and nothing excuses it.
    pub violations: Vec<Found>,
    /// Rules that were broken after a fault that no look could show.
    pub excused: Vec<Found>,
    /// For each line of ours that disrupts, how old the older of its two final reads was when it arrived.
    #[serde(skip)]
    pub ages: Vec<Duration>,
    /// For how long each move of ours left a group without a forwarder.
    #[serde(skip)]
    pub moves: Vec<Duration>,
}

impl Judgement {
    /// Whether no rule was broken without an excuse.
    pub fn is_innocent(&self) -> bool {
        self.violations.is_empty()
    }

    /// How often each kind of fault excused something.
    pub fn excuses(&self) -> BTreeMap<FaultKind, u32> {
        let mut counts = BTreeMap::new();
        for fault in self.excused.iter().filter_map(|found| found.finding.excuse) {
            *counts.entry(fault).or_default() += 1;
        }
        counts
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} violations, {} excused", self.violations.len(), self.excused.len())?;
        for Found { at, role, finding } in self.violations.iter().chain(&self.excused) {
            writeln!(f, "{role} at {}.{:03} s: {finding}", at.as_secs(), at.subsec_millis())?;
        }
        Ok(())
    }
}

/// The times that some rules need.
#[derive(Default)]
struct Times {
    read: BTreeMap<Role, Duration>,
    /// When something else of a unit was last read.
    asked: BTreeMap<(Role, Act), Duration>,
    /// Since when a unit that we reloaded is ready for a group, or active for it.
    ready: BTreeMap<(Role, GroupId), Duration>,
    reloaded: BTreeMap<Role, bool>,
    gaps: BTreeMap<GroupId, (Duration, bool)>,
    ages: Vec<Duration>,
    moves: Vec<Duration>,
    ended: Option<Duration>,
}

/// Judges a history up to `now`.
pub fn judge(history: &[Happening], now: Duration, orders: &Orders) -> Judgement {
    let mut monitor = Monitor::default();
    let mut times = Times::default();
    let mut judgement = Judgement::default();
    let mut last = Role::Primary;
    let mut looks = looks(history).into_iter().peekable();
    for (index, Happening { at, role, what }) in history.iter().enumerate() {
        let look = looks.next_if(|(of, _)| *of == index).map(|(_, look)| look);
        if look == Some(Look::Lost) {
            continue;
        }
        let late = times.see(orders, &monitor, *at, *role, what);
        let findings = monitor.see(orders, *role, what);
        if look == Some(Look::Whole) && reads_both(what) {
            monitor.looked(*role);
        }
        let late = late.into_iter().map(|(rule, how)| monitor.found(rule, how));
        for finding in findings.into_iter().chain(late) {
            judgement.hold(*at, *role, finding);
        }
        last = *role;
    }
    if times.ended.is_none_or(|ended| ended > orders.deadline) {
        let finding = Finding { rule: Rule::End, how: "the run did not end in time", excuse: None };
        judgement.hold(now, last, finding);
    }
    judgement.ages = times.ages;
    judgement.moves = times.moves;
    judgement
}

/// What became of a reading.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Look {
    /// Its answer reached a run that lived to take it in.
    Whole,
    /// Its answer may have been damaged, or died with whoever had it.
    Doubtful,
    /// Its answer was refused, or did not reach whoever typed it.
    Lost,
}

/// The readings of a history, each with its index.
fn looks(history: &[Happening]) -> Vec<(usize, Look)> {
    let mut looks: Vec<(usize, Look)> = Vec::new();
    // Whether the last thing that was typed is the last of them, and a notice came into its echo.
    let (mut open, mut noticed) = (false, false);
    for (index, Happening { what, .. }) in history.iter().enumerate() {
        let last = looks.last_mut().filter(|_| open);
        match what {
            What::Typed { line, via, .. } if *via != Via::Console => {
                open = lines::act(line).reads();
                if open {
                    looks.push((index, if noticed { Look::Doubtful } else { Look::Whole }));
                }
                noticed = false;
            }
            What::Struck { fault: FaultKind::NoticeIn } => {
                noticed = true;
                if let Some((_, look @ Look::Whole)) = last {
                    *look = Look::Doubtful;
                }
            }
            What::Claimed(Claim::Killed) => {
                if let Some((_, look @ Look::Whole)) = last {
                    *look = Look::Doubtful;
                }
            }
            What::Struck { fault: FaultKind::AuthorizationFails }
                if last.as_ref().is_some_and(|(of, _)| of + 1 == index) =>
            {
                if let Some((_, look)) = last {
                    *look = Look::Lost;
                }
            }
            What::AnswerLost => {
                if let Some((_, look)) = last {
                    *look = Look::Lost;
                }
            }
            _ => {}
        }
    }
    looks
}

/// Whether a unit was asked what it says of both.
fn reads_both(what: &What) -> bool {
    matches!(what, What::Typed { line, .. } if lines::act(line) == Act::ReadsBoth)
}

impl Judgement {
    fn hold(&mut self, at: Duration, role: Role, finding: Finding) {
        let list = if finding.excuse.is_some() { &mut self.excused } else { &mut self.violations };
        list.push(Found { at, role, finding });
    }
}

impl Times {
    fn see(
        &mut self,
        orders: &Orders,
        monitor: &Monitor,
        at: Duration,
        role: Role,
        what: &What,
    ) -> Vec<(Rule, &'static str)> {
        let mut found = Vec::new();
        match what {
            What::Typed { line, via, .. } if *via != Via::Console => match lines::act(line) {
                Act::ReadsBoth => {
                    self.read.insert(role, at);
                    if !monitor.is_whole(role) {
                        self.ready
                            .iter_mut()
                            .filter(|((of, _), _)| *of == role)
                            .for_each(|(_, since)| *since = at);
                    }
                }
                Act::Claims(_) => self.disrupts(orders, at, Rule::Switch, role, &mut found),
                Act::GivesUp(_) => self.disrupts(orders, at, Rule::Switch, role.mate(), &mut found),
                Act::ReloadsMate => self.reloads(orders, at, role.mate(), &mut found),
                Act::Reloads => self.reloads(orders, at, role, &mut found),
                act if act.reads() => {
                    self.asked.insert((role, act), at);
                }
                _ => {}
            },
            What::Standing { group, from, to, .. } => {
                if starts_anew(to) {
                    self.ready.remove(&(role, *group));
                } else if starts_anew(from) {
                    self.ready.insert((role, *group), at);
                }
            }
            What::ReloadRequested { .. } if monitor.is_told_by_us(role) => {
                self.reloaded.insert(role, true);
            }
            What::ForwardingEnded { group, cause } => {
                let ours = *cause == Cause::CommandedSwitch && monitor.is_moved_by_us(*group);
                // Where both forwarded it, nothing is missing.
                if !monitor.forwards(role.mate(), *group) {
                    self.gaps.insert(*group, (at, ours));
                }
            }
            What::ForwardingBegan { group, .. } => {
                if let Some((began, true)) = self.gaps.remove(group) {
                    let lasted = at.saturating_sub(began);
                    self.moves.push(lasted);
                    if lasted > orders.switch {
                        found.push((Rule::Gap, "a move of ours took longer than the device's own"));
                    }
                }
            }
            What::Claimed(Claim::Completed) => {
                self.ended = Some(at);
                if Role::BOTH.iter().any(|role| self.is_old(*role, Act::ReadsReload, at, orders.slow)) {
                    found.push((Rule::Completion, "a unit was not asked whether a reload is scheduled"));
                }
            }
            What::Claimed(Claim::Halted { .. }) => self.ended = Some(at),
            What::Claimed(Claim::Resumed) => {
                self.ended = None;
                self.read.clear();
                self.asked.clear();
            }
            What::Claimed(_) => self.ended = None,
            _ => {}
        }
        found
    }

    /// Whether nobody asked a unit for something within such a time.
    fn is_old(&self, role: Role, act: Act, at: Duration, most: Duration) -> bool {
        self.asked.get(&(role, act)).is_none_or(|asked| at.saturating_sub(*asked) > most)
    }

    fn reloads(
        &mut self,
        orders: &Orders,
        at: Duration,
        target: Role,
        found: &mut Vec<(Rule, &'static str)>,
    ) {
        let staged = [Act::ReadsFlash, Act::ReadsStartup];
        if staged.iter().any(|act| self.is_old(target, *act, at, orders.staged)) {
            found.push((Rule::Staged, "what the unit boots was read too long ago"));
        }
        // The unit that stays is the one that is relied upon.
        self.disrupts(orders, at, Rule::Reload, target.mate(), found);
    }

    fn disrupts(
        &mut self,
        orders: &Orders,
        at: Duration,
        rule: Rule,
        relied_on: Role,
        found: &mut Vec<(Rule, &'static str)>,
    ) {
        let age = |role: Role| self.read.get(&role).map(|read| at.saturating_sub(*read));
        let [primary, secondary] = Role::BOTH.map(age);
        let oldest = primary.zip(secondary).map(|(one, other)| one.max(other));
        if oldest.is_none_or(|oldest| oldest > orders.age) {
            found.push((rule, "a final read is older than it may be"));
        }
        self.ages.extend(oldest);
        if Role::BOTH.iter().any(|role| self.is_old(*role, Act::ReadsReload, at, orders.staged)) {
            found.push((Rule::OneOutstanding, "a unit was not asked whether a reload is scheduled"));
        }
        let since =
            self.ready.iter().filter(|((role, _), _)| *role == relied_on).map(|(_, since)| *since).max();
        let reloaded = self.reloaded.get(&relied_on).copied().unwrap_or(false);
        if reloaded && since.is_some_and(|since| at.saturating_sub(since) < orders.ready_for) {
            found.push((Rule::Evidence, "a unit is relied upon too soon after it became ready"));
        }
    }
}
