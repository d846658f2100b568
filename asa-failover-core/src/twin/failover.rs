//! How standings move: hellos and their loss, takeovers, role commands, preempt, links.
//!
//! Every change of a standing passes through `set_standing`, which keeps the history honest: no unit
//! forwards a group, and none ceases to, without a word in it.

use std::time::Duration;

use super::chassis::{Failure, Here, Moment, Row, Seen};
use super::clock::Event;
use super::doubt::{LinkLoss, PreemptAfterMove, RoleWhenNotReady};
use super::fault::Occasion;
use super::health::Ailment;
use super::history::{Cause, What};
use super::texts::{self, Text};
use super::{Address, Pair};
use crate::unit::{GroupId, Role, Standing};

/// What became of a role command.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum RoleChange {
    Done,
    /// The unit is what the command asks for.
    Already,
    Ignored,
    Refused,
}

/// What a unit passes on its way to being active.
pub(super) const TAKING_OVER: [Standing; 5] = [
    Standing::JustActive,
    Standing::ActiveDrain,
    Standing::ActiveApplyingConfig,
    Standing::ActiveConfigApplied,
    Standing::Active,
];

/// So many turns within so long are a pair that flaps.
const FLAPS: usize = 4;
const FLAPS_WITHIN: Duration = Duration::from_secs(60);

impl Pair {
    /// The group that the addresses of the pair follow.
    pub(super) fn lead(&self) -> GroupId {
        self.spec.groups.first().map_or(GroupId::UNIT, |group| group.id)
    }

    pub(super) fn set_standing(&mut self, role: Role, group: GroupId, to: Standing, cause: Cause) {
        let reason = reason(cause, &to);
        self.set_standing_for(role, group, to, cause, reason);
    }

    /// As [`Self::set_standing`], for a reason of its own.
    pub(super) fn set_standing_for(
        &mut self,
        role: Role,
        group: GroupId,
        to: Standing,
        cause: Cause,
        reason: &'static Text,
    ) {
        let (now, clock) = (self.now, self.spec.clock);
        let lead = self.lead();
        let unit = self.unit_mut(role);
        let mirrored = group == lead && lead != GroupId::UNIT && unit.fresh;
        let Some(here) = unit.groups.iter_mut().find(|here| here.id == group) else { return };
        if here.standing == to {
            return;
        }
        let from = std::mem::replace(&mut here.standing, to.clone());
        if from == Standing::Failed {
            unit.ailing.retain(|(of, _)| *of != group);
        }
        let (was, is) = (from == Standing::Active, to == Standing::Active);
        if was {
            let since = match here.changed {
                Moment::Ago(ago) => ago + now,
                Moment::At(at) => now.saturating_sub(at),
            };
            here.served += since;
        }
        here.changed = Moment::At(now);
        here.changed_at = here.changed.printed(clock);
        // The configuration is that of the system space, which is where the first group is.
        unit.synced.as_active |= is && group == lead;
        unit.synced.as_standby |= to == Standing::StandbyReady && group == lead;
        let heard = unit.view.hears;
        if to == Standing::Failed {
            let failure = match self.ailment(role, group) {
                Some(Ailment::Interface(index)) => Failure::Interface(now, Some(index)),
                Some(Ailment::Module) => Failure::Module(now),
                None => Failure::Interface(now, None),
            };
            self.unit_mut(role).failures.own = Some(failure);
            if heard {
                self.unit_mut(role.mate()).failures.mate = Some(failure);
            }
        }
        let row = Row { at: now, group, from: from.clone(), to: to.clone(), reason };
        let unit = self.unit_mut(role);
        if mirrored {
            // The unit itself is group 0; what it does beyond its boot is on no record.
            unit.remember(Row { group: GroupId::UNIT, ..row.clone() });
        }
        unit.remember(row);
        self.log_standing(role, &from, &to, cause, reason);
        let reached = to.clone();
        self.note(role, What::Standing { group, from, to, cause });
        if is {
            *self.turns.entry(group).or_default() += 1;
            self.flaps(group);
            self.note(role, What::ForwardingBegan { group, cause });
        } else if was {
            self.note(role, What::ForwardingEnded { group, cause });
        }
        if group == self.lead() && (is || was) {
            self.drop_moved_sessions();
        }
        self.meet(Occasion::Stands(role, &reached));
    }

    /// A group that becomes active here and there within a moment is logged as one that flaps.
    fn flaps(&mut self, group: GroupId) {
        let now = self.now;
        self.flips.retain(|(_, at)| now < *at + FLAPS_WITHIN);
        self.flips.push((group, now));
        if self.flips.iter().filter(|(of, _)| *of == group).count() >= FLAPS {
            self.flips.clear();
            for role in Role::BOTH {
                self.log(role, &texts::FLAPPING, &[]);
            }
        }
    }

    fn log_standing(
        &mut self,
        role: Role,
        from: &Standing,
        to: &Standing,
        cause: Cause,
        reason: &'static Text,
    ) {
        if !self.spec.monitor {
            return;
        }
        let commanded = cause == Cause::CommandedSwitch && *to == Standing::Active;
        let gives = *from == Standing::Active && matches!(to, Standing::StandbyReady | Standing::ColdStandby);
        let why = match reason {
            reason if commanded && *reason != texts::BY_COMMAND => &texts::WANTED_ACTIVE,
            reason => reason,
        };
        let why = self.worded(why, &[]);
        if *to == Standing::Active {
            self.log(role, &texts::TO_ACTIVE, &[&why]);
        } else if gives {
            self.log(role, &texts::TO_STANDBY, &[&why]);
        } else if *to == Standing::Failed {
            self.log(role, &texts::TO_FAILED, &[]);
        } else if *from == Standing::Failed && *to != Standing::Disabled {
            self.log(role, &texts::TO_OK, &[]);
        }
    }

    /// The unit becomes active for a group, whatever it was.
    pub(super) fn take_over(&mut self, role: Role, group: GroupId, cause: Cause) {
        self.take_over_for(role, group, cause, reason(cause, &Standing::Active));
    }

    /// As [`Self::take_over`], for a reason of its own.
    pub(super) fn take_over_for(&mut self, role: Role, group: GroupId, cause: Cause, reason: &'static Text) {
        let standing = self.unit(role).standing(group).clone();
        if matches!(standing, Standing::Active | Standing::Failed | Standing::Disabled) {
            return;
        }
        let lost = !matches!(standing, Standing::StandbyReady | Standing::Negotiation | Standing::JustActive);
        if lost {
            self.note(role, What::StateLost { group, cause, taken_in: standing });
            self.unit_mut(role).sync += 1;
        }
        for to in TAKING_OVER {
            self.set_standing_for(role, group, to, cause, reason);
        }
        self.notify(role, &texts::NOW_ACTIVE);
        if cause == Cause::CommandedSwitch && self.spec.preempt_after_move == PreemptAfterMove::Returns {
            self.plan_homecoming(role.mate(), Some(group));
        }
        let unfinished: Vec<_> = self.unit(role).group_ids();
        if lost {
            for other in unfinished {
                let synced =
                    matches!(self.unit(role).standing(other), Standing::Active | Standing::StandbyReady);
                if !synced {
                    self.set_standing(role, other, Standing::ColdStandby, Cause::Resync);
                    self.begin_sync(role, &texts::OTHER_CONFIG);
                }
            }
        }
    }

    /// Moves a group from the giver to the taker: the giver steps down at once, the taker follows.
    /// The unit that was told says so; the other says that it was wanted.
    pub(super) fn switch(&mut self, group: GroupId, giver: Role, cause: Cause, told: Option<Role>) {
        let taker = giver.mate();
        let of = |role: Role, wanted: &'static Text, to: &Standing| match told {
            Some(told) if told == role => &texts::BY_COMMAND,
            Some(_) => wanted,
            None => reason(cause, to),
        };
        let parting = of(giver, &texts::GIVES_WAY, &Standing::StandbyReady);
        let reason = of(taker, &texts::TAKES_OVER, &Standing::Active);
        self.set_standing_for(giver, group, Standing::StandbyReady, cause, parting);
        self.notify(giver, &texts::NOW_STANDBY);
        // With failover off nobody hears of it.
        if !self.unit(giver).running.failover {
            return;
        }
        self.plan_election(group, giver);
        if self.unit(giver).view.hears && self.unit(taker).is_up() {
            let at = self.now + self.chance.between(self.spec.timings.switch);
            let life = self.unit(taker).life;
            self.queue.plan(at, Event::TakeOver { role: taker, life, group, cause, reason });
        }
    }

    pub(super) fn plan_election(&mut self, group: GroupId, giver: Role) {
        let turn = self.turns.get(&group).copied().unwrap_or(0);
        // A taker that is on its way is not missed before it could have come.
        let missed = self.spec.timings.hold.max(self.spec.timings.switch.1 * 2);
        self.queue.plan(self.now + missed, Event::Elect { group, giver, turn });
    }

    /// Nobody was active for a group for the hold time: a ready unit takes it back, else any that runs.
    pub(super) fn elect(&mut self, group: GroupId, giver: Role, turn: u32) {
        // Whoever was active meanwhile, and left it again, began another hold time.
        let passed = self.turns.get(&group).is_some_and(|now| *now != turn);
        let order = [giver, giver.mate()];
        if passed || order.iter().any(|role| self.unit(*role).is_active(group)) {
            return;
        }
        let ready = |role: &&Role| *self.unit(**role).standing(group) == Standing::StandbyReady;
        let able = |role: &&Role| {
            let unit = self.unit(**role);
            unit.is_up() && !matches!(unit.standing(group), Standing::Failed | Standing::Disabled)
        };
        if let Some(role) = order.iter().find(ready).or_else(|| order.iter().find(able)).copied() {
            self.take_over(role, group, Cause::NoActiveUnit);
        }
    }

    /// `no failover active` typed on this unit.
    pub(super) fn give_up(&mut self, role: Role, groups: &[GroupId]) -> RoleChange {
        let mine: Vec<_> = groups.iter().copied().filter(|group| self.unit(role).is_active(*group)).collect();
        if mine.is_empty() {
            self.note(role, What::RoleCommandIgnored);
            return RoleChange::Already;
        }
        let off = !self.unit(role).running.failover;
        let reading = self.spec.role_when_not_ready;
        let answers = reading != RoleWhenNotReady::Confirm || self.unit(role).view.hears;
        let seen = |group: &GroupId| self.seen_standing(role, *group) == Standing::StandbyReady;
        let ready = off || (answers && mine.iter().all(seen));
        if let Some(answer) = self.unready_answer(role, ready, reading) {
            return answer;
        }
        for group in mine {
            self.switch(group, role, Cause::CommandedSwitch, Some(role));
        }
        RoleChange::Done
    }

    /// `failover active` typed on this unit.
    pub(super) fn claim(&mut self, role: Role, groups: &[GroupId]) -> RoleChange {
        let theirs: Vec<_> =
            groups.iter().copied().filter(|group| !self.unit(role).is_active(*group)).collect();
        let failed = theirs.iter().any(|group| *self.unit(role).standing(*group) == Standing::Failed);
        if failed {
            self.log(role, &texts::CANNOT_BE_ACTIVE, &[]);
        }
        if theirs.is_empty() || failed {
            self.note(role, What::RoleCommandIgnored);
            return if failed { RoleChange::Ignored } else { RoleChange::Already };
        }
        let ready = theirs.iter().all(|group| *self.unit(role).standing(*group) == Standing::StandbyReady);
        let reading = self.spec.claim_when_not_ready.unwrap_or(self.spec.role_when_not_ready);
        if let Some(answer) = self.unready_answer(role, ready, reading) {
            return answer;
        }
        for group in theirs {
            let heard = self.unit(role).view.hears && self.unit(role).running.failover;
            if heard && self.unit(role.mate()).is_active(group) {
                self.switch(group, role.mate(), Cause::CommandedSwitch, Some(role));
            } else {
                self.take_over_for(role, group, Cause::CommandedSwitch, &texts::BY_COMMAND);
            }
        }
        RoleChange::Done
    }

    fn unready_answer(&mut self, role: Role, ready: bool, reading: RoleWhenNotReady) -> Option<RoleChange> {
        match reading {
            _ if ready => None,
            RoleWhenNotReady::AcceptAndDrop => None,
            RoleWhenNotReady::Ignore => {
                self.note(role, What::RoleCommandIgnored);
                Some(RoleChange::Ignored)
            }
            RoleWhenNotReady::Refuse | RoleWhenNotReady::Confirm => {
                self.note(role, What::RoleCommandIgnored);
                Some(RoleChange::Refused)
            }
        }
    }

    /// The standing of the mate for a group as this unit shows it: stale within the hold time.
    pub(super) fn seen_standing(&self, role: Role, group: GroupId) -> Standing {
        let view = &self.unit(role).view;
        if view.hears {
            return self.unit(role.mate()).standing(group).clone();
        }
        match &view.last {
            _ if view.failed => Standing::Failed,
            None => Standing::NotDetected,
            Some(seen) => seen
                .groups
                .iter()
                .find(|(id, ..)| *id == group)
                .map_or(Standing::NotDetected, |(_, standing, _)| standing.clone()),
        }
    }

    /// Hellos from the mate cease; what was last heard stays on display for the hold time.
    pub(super) fn lose_hello(&mut self, role: Role) {
        let now = self.now;
        let mate = self.unit(role.mate());
        let seen = Seen {
            version: mate.version,
            groups: mate
                .groups
                .iter()
                .map(|here| (here.id, here.standing.clone(), mate.active_time(here.id, now)))
                .collect(),
        };
        let hold = self.spec.timings.hold;
        let unit = self.unit_mut(role);
        if !unit.view.hears {
            return;
        }
        unit.view.hears = false;
        unit.view.last = Some(seen);
        unit.view.silence += 1;
        let (life, silence) = (unit.life, unit.view.silence);
        self.queue.plan(now + hold, Event::HoldExpired { role, life, silence });
    }

    pub(super) fn hold_expired(&mut self, role: Role) {
        let now = self.now;
        let unit = self.unit_mut(role);
        if !unit.is_up() {
            return;
        }
        unit.view.failed = true;
        unit.failures.mate = Some(Failure::Silent(now));
        self.log_silence(role);
        let stays = !self.links.failover && self.spec.link_loss == LinkLoss::BothStay;
        if stays || !self.unit(role).running.failover {
            return;
        }
        for group in self.unit(role).group_ids() {
            self.take_over(role, group, Cause::HelloLost);
        }
    }

    /// The mate is declared down.
    fn log_silence(&mut self, role: Role) {
        if !self.spec.monitor {
            return;
        }
        let lead = self.lead();
        let taking = self.unit(role).view.last.as_ref().is_some_and(|seen| {
            seen.groups.iter().any(|(id, standing, _)| *id == lead && *standing == Standing::SyncConfig)
        });
        self.log(role, &texts::NO_RESPONSE, &[if taking { "5" } else { "1" }]);
        for interface in self.spec.interfaces.clone().into_iter().filter(|interface| interface.monitored) {
            self.log(role, &texts::LOST_ON, &[&interface.name]);
        }
    }

    /// Two running units hear each other (again).
    pub(super) fn hear(&mut self) {
        for role in Role::BOTH {
            // What one had to say of the other's failure, the other keeps of itself.
            let told = self.unit(role.mate()).failures.mate;
            let unit = self.unit_mut(role);
            unit.failures.own = told.or(unit.failures.own);
            let view = &mut unit.view;
            view.hears = true;
            view.failed = false;
        }
        let loser = Role::Secondary;
        let mut torn = false;
        for group in self.unit(loser).group_ids() {
            match Role::BOTH.map(|role| self.unit(role).is_active(group)) {
                [true, true] => {
                    torn = true;
                    self.set_standing(loser, group, Standing::ColdStandby, Cause::SplitBrainHealed);
                }
                [false, false] => self.plan_election(group, Role::Primary),
                _ => {}
            }
        }
        if torn {
            self.notify(loser, &texts::NOW_STANDBY);
            self.begin_sync(loser, &texts::ACTIVE_MATE);
        }
        for role in Role::BOTH {
            self.sync_again(role);
        }
        self.plan_judgement();
    }

    /// A synchronisation that the link cut short begins anew.
    fn sync_again(&mut self, role: Role) {
        let cut = |here: &Here| {
            matches!(
                here.standing,
                Standing::AppSync | Standing::SyncConfig | Standing::SyncFileSystem | Standing::BulkSync
            )
        };
        let unit = self.unit(role);
        let cold = unit.groups.iter().any(|here| here.standing == Standing::ColdStandby);
        let cut: Vec<_> = unit.groups.iter().filter(|here| cut(here)).map(|here| here.id).collect();
        if cut.is_empty() && !cold {
            return;
        }
        for group in cut {
            self.set_standing(role, group, Standing::ColdStandby, Cause::Resync);
        }
        self.begin_sync(role, &texts::ACTIVE_MATE);
    }

    pub(super) fn failover_link(&mut self, up: bool) {
        if self.links.failover == up {
            return;
        }
        self.links.failover = up;
        self.note(Role::Primary, What::FailoverLink(up));
        for role in Role::BOTH.into_iter().filter(|role| self.unit(*role).is_up()).collect::<Vec<_>>() {
            self.log(role, if up { &texts::LINK_UP } else { &texts::LINK_DOWN }, &[]);
            if up {
                self.notify(role, &texts::LINK_IS_BACK);
            }
        }
        if !up {
            for role in Role::BOTH.into_iter().filter(|role| self.unit(*role).is_up()).collect::<Vec<_>>() {
                self.lose_hello(role);
            }
            return;
        }
        match Role::BOTH.map(|role| self.unit(role).is_up()) {
            [true, true] => self.hear(),
            [primary, _] => {
                let role = if primary { Role::Primary } else { Role::Secondary };
                let (life, silence) = (self.unit(role).life, self.unit(role).view.silence);
                let at = self.now + self.spec.timings.hold;
                self.queue.plan(at, Event::HoldExpired { role, life, silence });
            }
        }
    }

    /// Plans the return of the groups that prefer this unit, or of one of them.
    pub(super) fn plan_homecoming(&mut self, role: Role, only: Option<GroupId>) {
        let unit = self.unit(role);
        let life = unit.life;
        let homecoming: Vec<_> = unit
            .running
            .groups
            .iter()
            .filter(|group| group.home == role && only.is_none_or(|only| only == group.id))
            .filter_map(|group| group.preempt.map(|delay| (group.id, delay)))
            .collect();
        for (group, delay) in homecoming {
            let at = self.now + Duration::from_secs(u64::from(delay.max(1)));
            self.queue.plan(at, Event::Preempt { role, life, group });
        }
    }

    /// A group goes home, if its home is ready, prefers it and does not have it.
    pub(super) fn preempt(&mut self, role: Role, group: GroupId) {
        if self.may_preempt(role, group) {
            self.switch(group, role.mate(), Cause::Preempt, None);
        }
    }

    pub(super) fn may_preempt(&self, role: Role, group: GroupId) -> bool {
        let wanted = self
            .unit(role)
            .running
            .groups
            .iter()
            .any(|config| config.id == group && config.home == role && config.preempt.is_some());
        let heard = self.unit(role).view.hears && self.unit(role.mate()).is_active(group);
        wanted && self.is_ready(role, group) && heard && self.unit(role).running.failover
    }

    /// The unit at an address now, if exactly one is.
    pub(super) fn unit_at(&self, address: Address) -> Option<Role> {
        let mut there = Role::BOTH.into_iter().filter(|role| self.holds(*role, address));
        let first = there.next();
        match address {
            Address::Active => first,
            Address::Standby => first.filter(|_| there.next().is_none()),
        }
    }

    /// Whether a unit may answer at an address.
    pub(super) fn holds(&self, role: Role, address: Address) -> bool {
        let unit = self.unit(role);
        let active = unit.is_active(self.lead());
        let deaf = matches!(unit.standing(self.lead()), Standing::SyncConfig | Standing::SyncFileSystem);
        unit.is_up()
            && match address {
                Address::Active => active,
                Address::Standby => !active && !deaf,
            }
    }

    /// Whether interfaces are shown as Waiting: without a mate, and for a moment after one became ready.
    pub(super) fn shows_waiting(&self, role: Role) -> bool {
        let settled = Duration::from_secs(10);
        let recent = |role| self.unit(role).ready_since.is_some_and(|since| self.now < since + settled);
        !self.unit(role).view.hears || Role::BOTH.into_iter().any(recent)
    }
}

fn reason(cause: Cause, to: &Standing) -> &'static Text {
    match (cause, to) {
        (Cause::Preempt | Cause::SplitBrainHealed, Standing::StandbyReady) => &texts::GIVES_WAY,
        (Cause::CommandedSwitch, Standing::StandbyReady) | (Cause::Preempt, _) => &texts::BY_COMMAND,
        (Cause::HelloLost, _) => &texts::NO_HELLO,
        (Cause::NoActiveUnit, _) => &texts::NOBODY_ACTIVE,
        (Cause::Boot | Cause::SplitBrainHealed, Standing::Negotiation) => &texts::NO_ERROR,
        (Cause::Boot, Standing::Failed) | (Cause::Fault, _) => &texts::INTERFACE,
        (Cause::Boot | Cause::SplitBrainHealed, _) => &texts::ACTIVE_MATE,
        (Cause::Resync, _) => &texts::OTHER_CONFIG,
        (Cause::CommandedSwitch | Cause::Reload | Cause::ReloadStandby | Cause::ScheduledReload, _) => {
            &texts::TAKES_OVER
        }
    }
}
