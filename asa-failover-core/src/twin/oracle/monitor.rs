//! Reads a history as it grows and knows no time: who forwards, what a line of ours met, who did it.
//!
//! A line is ours if it came on a session or by `failover exec`; what is typed on a console is somebody
//! else's. The final reads of a line are the last `show failover` of each unit before it. A fault that
//! struck after the older of the two excuses what comes of the line, and nothing else does.

use std::collections::BTreeSet;

use super::super::fault::FaultKind;
use super::super::history::{Cause, Claim, Via, What};
use super::Orders;
use super::group::{Gap, Group, Hand, index};
use super::lines::{self, Act};
use super::rules::{Finding, Rule, disturbs, starts_anew};
use crate::unit::{GroupId, Role, Standing};
use crate::version::AsaVersion;

/// What is known of a pair from its history so far. Equal monitors judge the rest alike.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Monitor {
    units: [Unit; 2],
    groups: Vec<Group>,
    failover_link: bool,
    state_link: bool,
    /// The first fault since the final reads of the last line of ours that disrupts.
    excuse: Option<FaultKind>,
    /// The unit that our reload has under way.
    reloading: Option<Role>,
    /// Who saved last.
    saves: Hand,
    /// The unit that our last reload was meant for, while nothing came of it and no group moved.
    aimed: Option<Role>,
}

/// A unit as its history shows it.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each told by another happening")]
struct Unit {
    version: Option<AsaVersion>,
    saved: Option<Vec<String>>,
    /// Files that did not arrive whole, or were deleted.
    unfit: BTreeSet<String>,
    /// Who told it to go down.
    told: Hand,
    /// It came up again since our reload.
    returned: bool,
    /// What it ran when our last reload took effect.
    reloaded_from: Option<AsaVersion>,
    /// It was read since the last line of ours that disrupts.
    read: bool,
    /// Looks at it since it became ready.
    looks: u32,
    /// The first fault since it was last read.
    struck: Option<FaultKind>,
    /// Failover is off on it: it shows of no group where it is.
    off: bool,
    /// A reload was scheduled since its `show reload`.
    scheduled: bool,
    reload_due: bool,
    /// The time of that reload has come: no reading shows it any more.
    reload_begun: bool,
    /// A file was deleted by somebody else since its `dir`.
    deleted: bool,
    /// Its startup configuration was saved by somebody else since it was read.
    saved_over: bool,
}

impl Default for Monitor {
    fn default() -> Self {
        Self {
            units: [Unit::default(), Unit::default()],
            groups: Vec::new(),
            failover_link: true,
            state_link: true,
            excuse: None,
            reloading: None,
            saves: Hand::Nobody,
            aimed: None,
        }
    }
}

impl Monitor {
    fn unit(&self, role: Role) -> &Unit {
        let [primary, secondary] = &self.units;
        if index(role) == 0 { primary } else { secondary }
    }

    fn unit_mut(&mut self, role: Role) -> &mut Unit {
        let [primary, secondary] = &mut self.units;
        if index(role) == 0 { primary } else { secondary }
    }

    fn group_mut(&mut self, id: GroupId) -> &mut Group {
        let at = self.groups.iter().position(|group| group.id == id).unwrap_or_else(|| {
            self.groups.push(Group::new(id));
            self.groups.len() - 1
        });
        #[expect(
            clippy::indexing_slicing,
            reason = "the index was found, or is that of the group just added"
        )]
        &mut self.groups[at]
    }

    pub(super) fn found(&self, rule: Rule, how: &'static str) -> Finding {
        Finding { rule, how, excuse: self.excuse }
    }

    /// Whether the last that told a unit to go down was a line of ours.
    pub(super) fn is_told_by_us(&self, role: Role) -> bool {
        self.unit(role).told == Hand::Ours
    }

    /// Whether a unit is ready or active for everything.
    pub(super) fn is_whole(&self, role: Role) -> bool {
        self.groups.iter().all(|group| group.is_ready(role) || group.is_active(role))
    }

    pub(super) fn forwards(&self, role: Role, group: GroupId) -> bool {
        self.groups.iter().any(|of| of.id == group && of.is_active(role))
    }

    /// Whether the last that told a group to move was a line of ours.
    pub(super) fn is_moved_by_us(&self, group: GroupId) -> bool {
        self.groups.iter().any(|of| of.id == group && of.told == Hand::Ours)
    }

    /// The first fault since the older of the last reads of both units. A scheduled reload that nobody was told
    /// of while it could be read is one until its unit is down.
    fn since_reads(&self) -> Option<FaultKind> {
        let [primary, secondary] = &self.units;
        let begun = self.units.iter().any(|unit| unit.reload_begun && unit.scheduled);
        primary.struck.or(secondary.struck).or_else(|| begun.then_some(FaultKind::ScheduledReload))
    }

    /// Takes the next happening, and says which rules it breaks.
    pub(super) fn see(&mut self, orders: &Orders, role: Role, what: &What) -> Vec<Finding> {
        match what {
            What::Began { group, standing } => self.group_mut(*group).set(role, standing),
            What::Runs { version, boot } => {
                let unit = self.unit_mut(role);
                unit.version = Some(*version);
                unit.saved = Some(boot.clone());
            }
            What::Typed { line, via, .. } => return self.typed(orders, role, line, *via),
            What::Standing { group, to, .. } => self.stands(role, *group, to),
            What::ForwardingBegan { group, cause } => return self.began(role, *group, *cause),
            What::ForwardingEnded { group, cause } => self.ended(role, *group, *cause),
            What::StateLost { group, cause, .. } => {
                let ours = self.group_mut(*group).told == Hand::Ours && *cause == Cause::CommandedSwitch;
                if ours {
                    return vec![self.found(Rule::Switch, "the taker had no state of the connections")];
                }
            }
            What::ReloadRequested { cause } => self.requested(role, *cause),
            What::Down { cause } => {
                if *cause == Cause::ScheduledReload {
                    self.comes_due(role);
                }
                return self.down(role, *cause);
            }
            What::Up { version } => {
                let unit = self.unit_mut(role);
                unit.version = Some(*version);
                unit.told = Hand::Nobody;
                unit.returned = true;
                unit.scheduled = false;
                unit.reload_due = false;
                unit.reload_begun = false;
                unit.off = false;
            }
            What::Failover(on) => self.unit_mut(role).off = !on,
            What::Saved { boot } => {
                let over = self.saves == Hand::Other;
                let unit = self.unit_mut(role);
                unit.saved = Some(boot.clone());
                unit.saved_over |= over;
            }
            What::FileCopied { name, sound } => {
                if *sound {
                    self.unit_mut(role).unfit.remove(name);
                } else {
                    self.unit_mut(role).unfit.insert(name.clone());
                }
            }
            What::FileDeleted { name } => {
                let unit = self.unit_mut(role);
                unit.unfit.insert(name.clone());
                unit.deleted = true;
            }
            What::FailoverLink(up) => self.failover_link = *up,
            What::StateLink(up) => self.state_link = *up,
            What::Struck { fault } => self.struck(role, *fault),
            What::Answered { question, answer } => return self.answered(question, answer),
            What::Claimed(Claim::Started) => {
                for group in &mut self.groups {
                    group.expected = None;
                }
                self.forget_looks();
            }
            // Whoever goes on knows nothing but what was written down.
            What::Claimed(Claim::Resumed) => self.forget_looks(),
            What::Claimed(Claim::Intended { unit, line }) => self.asked(*unit, line),
            What::LineLost { line, via } if *via != Via::Console => self.asked(role, line),
            What::Claimed(Claim::Completed) => return self.completed(orders),
            What::Claimed(_)
            | What::Dead
            | What::BootListChanged { .. }
            | What::RoleCommandIgnored
            | What::LineLost { .. }
            | What::AnswerLost
            | What::Parted { .. } => {}
        }
        Vec::new()
    }

    fn struck(&mut self, role: Role, fault: FaultKind) {
        if fault == FaultKind::ScheduledReload {
            let unit = self.unit_mut(role);
            unit.scheduled = true;
            unit.reload_due = true;
        }
        if disturbs(fault) {
            self.disturbed(fault);
        }
    }

    /// A scheduled reload begins, or takes its unit down: a fault where nobody could have read of it.
    fn comes_due(&mut self, role: Role) {
        if self.unit(role).scheduled {
            self.disturbed(FaultKind::ScheduledReload);
        }
    }

    fn disturbed(&mut self, fault: FaultKind) {
        for unit in &mut self.units {
            unit.struck = unit.struck.or(Some(fault));
        }
        self.excuse = self.excuse.or(Some(fault));
    }

    fn typed(&mut self, orders: &Orders, role: Role, line: &str, via: Via) -> Vec<Finding> {
        let act = lines::act(line);
        let hand = if via == Via::Console { Hand::Other } else { Hand::Ours };
        match act {
            Act::Claims(group) => self.told_to_move(group, role, hand),
            Act::GivesUp(group) => self.told_to_move(group, role.mate(), hand),
            Act::ReloadsMate => self.unit_mut(role.mate()).told = hand,
            Act::Reloads => self.unit_mut(role).told = hand,
            _ if lines::saves(line) => self.saves = hand,
            _ => {}
        }
        if hand == Hand::Other {
            return Vec::new();
        }
        self.asked(role, line);
        match act {
            Act::ReadsBoth => {
                let ready = self.is_whole(role);
                let unit = self.unit_mut(role);
                unit.read = true;
                unit.struck = None;
                unit.looks = if ready { unit.looks.saturating_add(1).min(orders.looks) } else { 0 };
                // One unit's word alone tells nobody where a group is.
                if self.units.iter().all(|unit| unit.read) {
                    for group in self.groups.iter_mut().filter(|group| group.expected.is_none()) {
                        group.expected = group.settled();
                    }
                }
                Vec::new()
            }
            Act::ReadsReload => {
                let unit = self.unit_mut(role);
                unit.scheduled &= unit.reload_begun;
                Vec::new()
            }
            Act::ReadsFlash => {
                self.unit_mut(role).deleted = false;
                Vec::new()
            }
            Act::ReadsStartup => {
                self.unit_mut(role).saved_over = false;
                Vec::new()
            }
            Act::Harmless => Vec::new(),
            Act::Changes => {
                let leads = self.groups.first().is_some_and(|group| group.is_active(role));
                if lines::configures(line) && !leads {
                    let excuse = self.since_reads();
                    let how = "configured on a unit that does not lead";
                    return vec![Finding { rule: Rule::Identity, how, excuse }];
                }
                Vec::new()
            }
            Act::Unknown => vec![self.found(Rule::ClosedSet, "a line that is not in the closed list")],
            Act::Claims(_) | Act::GivesUp(_) | Act::ReloadsMate | Act::Reloads => {
                self.disrupts(orders, role, act)
            }
        }
    }

    fn told_to_move(&mut self, only: Option<GroupId>, taker: Role, hand: Hand) {
        for group in self.groups.iter_mut().filter(|group| only.is_none_or(|only| only == group.id)) {
            group.tell(taker, hand);
        }
    }

    fn forget_looks(&mut self) {
        for unit in &mut self.units {
            unit.read = false;
            unit.looks = 0;
            // Nor that a reload was scheduled: who goes on has to ask, and once it has begun in vain.
            unit.reload_due &= !unit.reload_begun;
            unit.scheduled = unit.reload_due || unit.reload_begun;
        }
    }

    /// A unit showed where the groups are, if it shows any, to somebody who lived to make something of it.
    pub(super) fn looked(&mut self, role: Role) {
        if self.unit(role).off {
            return;
        }
        for group in self.groups.iter_mut().filter(|group| group.forwarder() == Some(role)) {
            group.before = None;
        }
    }

    /// Where a line of ours for this unit asks groups to go, whether or not it arrived.
    fn asked(&mut self, role: Role, line: &str) {
        // What could not be passed on to the mate would have been carried out there.
        let (role, line) = match line.strip_prefix("failover exec mate ") {
            Some(line) => (role.mate(), line),
            None => (role, line),
        };
        let (taker, only) = match lines::act(line) {
            Act::Claims(only) => (role, only),
            Act::GivesUp(only) => (role.mate(), only),
            Act::Harmless => return,
            act if act.reads() => return,
            _ => {
                self.groups.iter_mut().for_each(|group| group.asked = None);
                return;
            }
        };
        let moved = self.since_reads().is_some();
        for group in &mut self.groups {
            let named = only.is_none_or(|only| only == group.id);
            group.ask(named.then_some(taker), moved);
        }
    }

    /// A line of ours that disrupts arrived on a unit.
    fn disrupts(&mut self, orders: &Orders, role: Role, act: Act) -> Vec<Finding> {
        self.excuse = self.since_reads();
        let mut found = Vec::new();
        if !self.units.iter().all(|unit| unit.read) {
            found.push((Rule::Unknown, "a unit was not looked at since the last line that disrupts"));
        }
        if !self.failover_link || !self.state_link {
            found.push((Rule::Links, "a link between the units is down"));
        }
        if self.groups.iter().any(|group| group.forwarder().is_none()) {
            found.push((Rule::Links, "a group has no active unit, or two"));
        }
        if self.reloading.is_some() || self.groups.iter().any(|group| group.gap != Gap::None) {
            found.push((Rule::OneOutstanding, "something of ours is under way"));
        }
        if !orders.adapts && self.groups.iter().any(|group| group.has_drifted(orders)) {
            found.push((Rule::Drift, "a group moved by itself"));
        }
        match act {
            Act::ReloadsMate => self.reloads(orders, role.mate(), &mut found),
            Act::Reloads => self.reloads(orders, role, &mut found),
            Act::Claims(only) => self.moves(orders, role.mate(), only, &mut found),
            Act::GivesUp(only) => self.moves(orders, role, only, &mut found),
            _ => {}
        }
        for unit in &mut self.units {
            unit.read = false;
        }
        let staged = match act {
            Act::ReloadsMate => self.unstaged(orders, role.mate()),
            Act::Reloads => self.unstaged(orders, role),
            _ => None,
        };
        found.into_iter().map(|(rule, how)| self.found(rule, how)).chain(staged).collect()
    }

    /// A unit is reloaded that does not boot the next release. What somebody else saved or deleted is excused
    /// if it was not there to be read when the unit was last asked for it.
    fn unstaged(&self, orders: &Orders, target: Role) -> Option<Finding> {
        let unit = self.unit(target);
        let (image, saved) = (orders.after(unit.version)?, unit.saved.as_ref()?);
        let unsaved = saved.first() != Some(image);
        let is_bad = unit.unfit.contains(image) && !orders.unverified.contains(image);
        let unseen = (!unsaved || unit.saved_over) && (!is_bad || unit.deleted);
        (unsaved || is_bad).then(|| Finding {
            excuse: self.excuse.or_else(|| unseen.then_some(FaultKind::Console)),
            ..self.found(Rule::Staged, "its startup configuration does not boot the next release first")
        })
    }

    fn reloads(&mut self, orders: &Orders, target: Role, found: &mut Vec<(Rule, &'static str)>) {
        let safe = self.groups.iter().all(|group| group.is_ready(target) && group.is_active(target.mate()));
        if !safe {
            found
                .push((Rule::Reload, "the unit is not Standby Ready for everything, or its mate not active"));
        }
        let unit = self.unit(target);
        if unit.version.is_some() && unit.version == orders.target() {
            found.push((Rule::Once, "the unit runs the target"));
        }
        if unit.reloaded_from.is_some() && unit.reloaded_from == unit.version {
            found.push((Rule::Once, "it was reloaded from this release before"));
        }
        if self.aimed.is_some_and(|aimed| aimed != target) {
            found.push((Rule::NoWidening, "the reload was meant for the other unit before"));
        }
        self.believed(orders, target.mate(), found);
        self.aimed = Some(target);
    }

    fn moves(
        &mut self,
        orders: &Orders,
        giver: Role,
        only: Option<GroupId>,
        found: &mut Vec<(Rule, &'static str)>,
    ) {
        let taker = giver.mate();
        let moving: Vec<&Group> = self
            .groups
            .iter()
            .filter(|group| only.is_none_or(|only| only == group.id) && group.is_active(giver))
            .collect();
        if moving.is_empty() {
            found.push((Rule::Switch, "the giver has nothing to give"));
        }
        if !moving.iter().all(|group| group.is_ready(taker)) {
            found.push((Rule::Switch, "the taker is not Standby Ready"));
        }
        self.believed(orders, taker, found);
    }

    /// A unit that we reloaded is relied upon.
    fn believed(&self, orders: &Orders, role: Role, found: &mut Vec<(Rule, &'static str)>) {
        let unit = self.unit(role);
        let Some(from) = unit.reloaded_from else { return };
        if unit.version == Some(from) {
            found.push((Rule::Evidence, "a unit is relied upon that came back on its old release"));
        }
        if unit.looks < orders.looks {
            found.push((Rule::Evidence, "a unit is relied upon after too few looks"));
        }
    }

    fn requested(&mut self, role: Role, cause: Cause) {
        let unit = self.unit_mut(role);
        if cause == Cause::ScheduledReload {
            unit.told = Hand::Other;
            unit.reload_begun = true;
            unit.reload_due &= !unit.scheduled;
            return self.comes_due(role);
        }
        if unit.told == Hand::Ours {
            unit.reloaded_from = unit.version;
            unit.returned = false;
            self.reloading = Some(role);
            self.aimed = None;
        }
    }

    fn down(&mut self, role: Role, cause: Cause) -> Vec<Finding> {
        let active = self.groups.iter().any(|group| group.is_active(role));
        // A line that was never carried out takes no unit down that loses its power later.
        if active && self.unit(role).told == Hand::Ours && cause != Cause::Fault {
            return vec![self.found(Rule::Reload, "a unit went down by our reload while it was active")];
        }
        Vec::new()
    }

    fn stands(&mut self, role: Role, group: GroupId, to: &Standing) {
        self.group_mut(group).set(role, to);
        let settled = self.is_whole(role);
        let unit = self.unit_mut(role);
        if starts_anew(to) {
            unit.looks = 0;
        }
        if settled && unit.returned && self.reloading == Some(role) {
            self.reloading = None;
        }
    }

    fn began(&mut self, role: Role, id: GroupId, cause: Cause) -> Vec<Finding> {
        self.aimed = None;
        let group = self.group_mut(id);
        let ours = cause == Cause::CommandedSwitch && group.told == Hand::Ours;
        let two = group.is_active(role.mate());
        let gap = std::mem::replace(&mut group.gap, Gap::None);
        let mut asked = None;
        if ours || group.asked == Some(role) {
            group.before = group.expected.replace(role);
        } else if !two && group.before == Some(role) {
            // It came back before anybody could see that it had gone; our line still asks for it.
            group.expected = Some(role);
            asked = Some(role.mate());
        } else if group.expected == Some(role) {
            // It is where it was, as if the line had found nothing to move.
            asked = group.asked;
        }
        group.told = Hand::Nobody;
        group.asked = asked;
        let mut found = Vec::new();
        if ours && two {
            found.push(self.found(Rule::Double, "both units forward a group after a move of ours"));
        }
        if matches!(gap, Gap::Ours(taker) if !(taker == role && ours)) {
            found.push(self.found(Rule::Gap, "nobody took a group that we moved, until somebody had to"));
        }
        found
    }

    fn ended(&mut self, role: Role, id: GroupId, cause: Cause) {
        self.aimed = None;
        let group = self.group_mut(id);
        let ours = cause == Cause::CommandedSwitch && group.told == Hand::Ours;
        if !group.is_active(role.mate()) {
            group.gap = if ours { Gap::Ours(role.mate()) } else { Gap::NotOurs };
        } else if ours || group.asked == Some(role.mate()) {
            // Both were active for it, and it stays where our line asked it to be.
            group.before = group.expected.replace(role.mate());
        } else if group.before == Some(role.mate()) {
            // It went back before anybody could see that it had come alone; our line still asks for it.
            group.expected = Some(role.mate());
            group.asked = Some(role);
        }
    }

    fn answered(&self, question: &str, answer: &str) -> Vec<Finding> {
        let confirms = |answer: &str| answer.is_empty() || answer.eq_ignore_ascii_case("y");
        let right = if question.contains("Configuration syncing is in progress") {
            answer == "no"
        } else if question.contains("Proceed with reload?")
            || question.contains("Overwrite the previous NVRAM")
        {
            confirms(answer)
        } else {
            false
        };
        if right {
            Vec::new()
        } else {
            vec![self.found(Rule::Questions, "a question was answered that must not be")]
        }
    }

    fn completed(&self, orders: &Orders) -> Vec<Finding> {
        let excuse = self.since_reads();
        let mut found = Vec::new();
        let mut wrong = |how| found.push(Finding { rule: Rule::Completion, how, excuse });
        if self.units.iter().any(|unit| unit.version != orders.target()) {
            wrong("a unit does not run the target");
        }
        if self.units.iter().any(|unit| unit.saved.as_ref() != Some(&orders.boot)) {
            wrong("a unit has another boot list in its startup configuration");
        }
        for (id, owner) in &orders.owners {
            let group = self.groups.iter().find(|group| group.id == *id);
            if !group.is_some_and(|group| group.is_active(*owner) && group.is_ready(owner.mate())) {
                wrong("a group is not at its owner with a mate that is ready");
            }
        }
        if !self.failover_link || !self.state_link {
            wrong("a link between the units is down");
        }
        if self.units.iter().any(|unit| unit.reload_due && !unit.scheduled) {
            wrong("a reload is scheduled");
        }
        found
    }
}
