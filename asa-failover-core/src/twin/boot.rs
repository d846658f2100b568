//! How a unit goes down, comes up and joins its mate.

use std::time::Duration;

use super::Pair;
use super::chassis::{Power, Row, Synced, View};
use super::clock::Event;
use super::doubt::HostKeys;
use super::failover::TAKING_OVER;
use super::fault::FaultKind;
use super::history::{Cause, What};
use super::mismatch::Mismatch;
use super::spec::InterfaceSpec;
use super::texts::{self, Text};
use crate::unit::{GroupId, Role, Standing};
use crate::version::AsaVersion;

/// A synchronisation without progress ends in a reboot after this time (105022).
const NO_PROGRESS: Duration = Duration::from_secs(60);
/// So does one whose configuration somebody else holds (105021).
const LOCKED: Duration = Duration::from_secs(300);
/// So does any that is not done after this time (105022).
const NO_END: Duration = Duration::from_secs(6 * 3_600);
/// How long after the unit itself its groups become active where it stands alone.
const AFTER_UNIT: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(3)];
/// How often it looks whether they still do.
const LOOKS_AGAIN: Duration = Duration::from_secs(5);

impl Pair {
    /// A reload was accepted: the shutdown follows in a moment. A second request changes nothing.
    pub(super) fn request_reload(&mut self, role: Role, cause: Cause) {
        if self.unit(role).shutting || self.unit(role).power == Power::Down {
            return;
        }
        self.note(role, What::ReloadRequested { cause });
        let at = self.now + self.chance.between(self.spec.timings.shutdown);
        let unit = self.unit_mut(role);
        unit.shutting = true;
        unit.reload_at = None;
        let life = unit.life;
        self.queue.plan(at, Event::Shutdown { role, life, cause, by: self.acting });
    }

    /// Someone asked for a reload at a later time.
    pub(super) fn schedule_reload(&mut self, role: Role, at: Duration) {
        let unit = self.unit_mut(role);
        unit.reload_at = Some(at);
        let life = unit.life;
        self.queue.plan(at, Event::ReloadDue { role, life, at });
    }

    pub(super) fn shut_down(&mut self, role: Role, cause: Cause) {
        let by_mate = cause == Cause::ReloadStandby;
        self.notify(role, if by_mate { &texts::DOWN_BY_MATE } else { &texts::DOWN });
        self.go_down(role, cause);
    }

    /// The unit loses power or software. A mate that was told takes over at once; else after the hold time.
    pub(super) fn go_down(&mut self, role: Role, cause: Cause) {
        if self.unit(role).power == Power::Down {
            return;
        }
        let mate = role.mate();
        let told = cause != Cause::Fault && self.unit(mate).is_up() && self.unit(mate).view.hears;
        self.lose_hello(mate);
        self.note(role, What::Down { cause });
        self.unit_mut(role).power = Power::Down;
        for group in self.unit(role).group_ids() {
            let forwarded = self.unit(role).is_active(group);
            self.set_standing(role, group, Standing::Disabled, cause);
            if forwarded && told && *self.unit(mate).standing(group) == Standing::StandbyReady {
                let at = self.now + self.chance.between(self.spec.timings.switch);
                let life = self.unit(mate).life;
                let reason = &texts::TAKES_OVER;
                self.queue.plan(at, Event::TakeOver { role: mate, life, group, cause, reason });
            }
        }
        self.end_sessions(role);
        let boot = self.spec.timings.boot;
        let at = self.now + self.chance.between((boot * 9 / 10, boot * 11 / 10));
        let unit = self.unit_mut(role);
        unit.life += 1;
        unit.sync += 1;
        unit.shutting = false;
        unit.reload_at = None;
        unit.table.clear();
        unit.ailing.clear();
        unit.view = View { hears: false, last: None, failed: false, silence: unit.view.silence + 1 };
        let life = unit.life;
        if unit.ills.never_returns {
            self.struck(role, FaultKind::NeverReturns);
        } else {
            self.queue.plan(at, Event::Boot { role, life });
        }
    }

    /// The loader runs: the startup boot list decides which image.
    pub(super) fn boot(&mut self, role: Role) {
        let now = self.now;
        let unit = self.unit_mut(role);
        let bootable = unit.bootable();
        let old = std::mem::take(&mut unit.ills.returns_old).then(|| bootable.get(1).cloned()).flatten();
        let is_old = old.is_some();
        let Some((image, version)) = old.or_else(|| bootable.into_iter().next()) else {
            self.note(role, What::Dead);
            return;
        };
        if is_old {
            self.struck(role, FaultKind::ReturnsOld);
        }
        let unit = self.unit_mut(role);
        unit.image = image;
        unit.version = version;
        unit.power = Power::Negotiating;
        unit.up_since = now;
        unit.aged = Duration::ZERO;
        unit.running = unit.startup.clone();
        unit.modified = false;
        unit.touched = None;
        unit.fresh = true;
        unit.synced = Synced { as_active: false, as_standby: false, skipped: false };
        unit.changed.clear();
        unit.paged = None;
        let life = unit.life;
        for here in &mut unit.groups {
            here.served = Duration::ZERO;
        }
        self.ports_follow(role);
        self.note(role, What::Up { version });
        if let Some(serial) = self.unit_mut(role).ills.replaced.take() {
            self.struck(role, FaultKind::Replaced);
            let [one, other] = Role::BOTH.map(|role| self.unit(role).host_key);
            let unit = self.unit_mut(role);
            unit.serial = serial;
            unit.host_key = one.max(other) + 1;
        }
        if std::mem::take(&mut self.unit_mut(role).ills.stays_off) {
            self.struck(role, FaultKind::StaysOff);
            self.unit_mut(role).running.failover = false;
        }
        if !self.unit(role).running.failover {
            self.note(role, What::Failover(false));
        }
        for group in self.unit(role).group_ids() {
            let grouped = group != GroupId::UNIT;
            let reason = if grouped { &texts::STATE_CHECK } else { &texts::NO_ERROR };
            self.set_standing_for(role, group, Standing::Negotiation, Cause::Boot, reason);
            if let Some(row) = self.unit_mut(role).table.last_mut().filter(|_| !grouped) {
                row.from = Standing::NotDetected;
            }
        }
        self.queue.plan(now + self.spec.timings.negotiation, Event::Negotiated { role, life });
    }

    /// The unit looked for a mate: it joins the one it found, or is active for everything.
    pub(super) fn negotiated(&mut self, role: Role) {
        if self.is_stuck(role, &Standing::Negotiation) {
            return;
        }
        let mate = role.mate();
        self.unit_mut(role).power = Power::Up;
        let found = self.links.failover && self.unit(mate).is_up() && self.unit(mate).running.failover;
        if !self.unit(role).running.failover || !found {
            return self.stands_alone(role);
        }
        if let Some(mismatch) = self.unit_mut(role).ills.mismatched.take() {
            self.struck(role, FaultKind::Mismatched);
            if mismatch != Mismatch::Interfaces {
                return self.part(role, mismatch);
            }
            self.unit_mut(role).ills.lacks_interfaces = true;
        }
        if self.unit(role).ills.lacks_interfaces {
            for of in Role::BOTH {
                self.log(of, &texts::OTHER_INTERFACES, &["3"]);
            }
        }
        let failed = self.unit(role).ills.returns_failed;
        if failed {
            self.struck(role, FaultKind::ReturnsFailed);
            self.log(role, &texts::REPORTED_UNREADY, &[]);
        }
        let standing = if failed { Standing::Failed } else { Standing::ColdStandby };
        self.hear();
        for group in self.unit(role).group_ids() {
            self.set_standing(role, group, standing.clone(), Cause::Boot);
        }
        self.notify(role, &texts::FOUND_MATE);
        let [ours, theirs] = [self.unit(mate).version, self.unit(role).version].map(|own| own.to_string());
        if ours != theirs {
            for (at, mates, own) in [(mate, &theirs, &ours), (role, &ours, &theirs)] {
                let words = [mates.as_str(), own.as_str()];
                let notice = self.worded(&texts::OTHER_RELEASE, &words);
                self.announce(at, &notice);
                self.log(at, &texts::LOGS_OTHER_RELEASE, &words);
            }
        }
        if !failed {
            self.begin_sync(role, &texts::ACTIVE_MATE);
        }
    }

    /// The unit found no mate: it is active for everything. A pair with groups takes its time: the unit
    /// itself is active first, the groups follow.
    fn stands_alone(&mut self, role: Role) {
        let (at, group) = (self.now, GroupId::UNIT);
        let unit = self.unit_mut(role);
        let (life, boots) = (unit.life, std::mem::take(&mut unit.fresh));
        unit.ready_since = Some(at);
        let groups = unit.group_ids();
        let (cause, reason) = (Cause::NoActiveUnit, &texts::NOBODY_ACTIVE);
        if boots && groups.first() != Some(&GroupId::UNIT) {
            let mut from = Standing::Negotiation;
            for to in TAKING_OVER {
                self.unit_mut(role).remember(Row { at, group, from, to: to.clone(), reason });
                from = to;
            }
            for (group, after) in groups.into_iter().zip(AFTER_UNIT) {
                self.queue.plan(at + after, Event::TakeOver { role, life, group, cause, reason });
            }
        } else {
            for group in groups {
                self.take_over(role, group, cause);
            }
        }
        if !self.unit(role).running.failover && self.unit(role).startup.failover {
            self.notify(role, &texts::STAYS_OFF);
        }
    }

    /// The unit starts a full synchronisation from Cold Standby.
    pub(super) fn begin_sync(&mut self, role: Role, reason: &'static Text) {
        let at = self.now + self.spec.timings.cold;
        let unit = self.unit_mut(role);
        unit.sync += 1;
        unit.sync_reason = reason;
        let (life, sync) = (unit.life, unit.sync);
        self.queue.plan(at, Event::Synced { role, life, sync });
    }

    /// One stage of the synchronisation ended; the next begins.
    pub(super) fn synced(&mut self, role: Role) {
        let groups: Vec<_> = self
            .unit(role)
            .group_ids()
            .into_iter()
            .filter(|group| !self.unit(role).is_active(*group))
            .collect();
        let Some(stage) = groups.first().map(|group| self.unit(role).standing(*group).clone()) else {
            return;
        };
        if !self.unit(role).view.hears {
            return;
        }
        if stage == Standing::SyncConfig && self.takes_too_long(role) {
            return;
        }
        if self.is_stuck(role, &stage) {
            if stage == Standing::SyncConfig {
                let unit = self.unit(role);
                let (at, life, sync) = (unit.taking_since + NO_END, unit.life, unit.sync);
                self.queue.plan(at, Event::Synced { role, life, sync });
            }
            return;
        }
        let cause = Cause::Boot;
        let timings = self.spec.timings.clone();
        let wait = match stage {
            Standing::ColdStandby if !timings.app_sync.is_zero() => {
                self.set_all(role, &groups, &Standing::AppSync, cause);
                timings.app_sync
            }
            Standing::ColdStandby | Standing::AppSync => {
                self.set_all(role, &groups, &Standing::SyncConfig, cause);
                self.notify(role.mate(), &texts::SENDS);
                self.notify(role, &texts::TAKES);
                self.unit_mut(role).incoming = Some(self.unit(role.mate()).running.clone());
                self.unit_mut(role).taking_since = self.now;
                if groups.contains(&self.lead()) {
                    self.end_sessions(role);
                }
                if self.sync_fails(role) {
                    return;
                }
                timings.sync_config.min(NO_END)
            }
            Standing::SyncConfig if self.unit(role).paged.is_some() => {
                if self.gives_up_waiting(role) {
                    return;
                }
                LOOKS_AGAIN
            }
            Standing::SyncConfig => {
                self.receive_config(role);
                self.set_all(role, &groups, &Standing::SyncFileSystem, cause);
                if self.is_stuck(role, &Standing::SyncFileSystem) {
                    return;
                }
                self.set_all(role, &groups, &Standing::BulkSync, cause);
                self.notify(role.mate(), &texts::SENT);
                self.notify(role, &texts::TAKEN);
                timings.bulk_sync
            }
            Standing::BulkSync => {
                self.set_all(role, &groups, &Standing::StandbyReady, cause);
                self.ready(role);
                return;
            }
            _ => return,
        };
        let unit = self.unit(role);
        let (life, sync) = (unit.life, unit.sync);
        self.queue.plan(self.now + wait, Event::Synced { role, life, sync });
    }

    /// Whether a fault keeps the unit in this standing.
    fn is_stuck(&mut self, role: Role, standing: &Standing) -> bool {
        let stuck = self.unit(role).ills.stuck_in.as_ref() == Some(standing);
        if stuck {
            self.struck(role, FaultKind::StuckIn);
        }
        stuck
    }

    /// Whether a fault makes the synchronisation that has begun end in a reboot.
    fn sync_fails(&mut self, role: Role) -> bool {
        let ills = &mut self.unit_mut(role).ills;
        let (fault, after) = if ills.lacks_interfaces {
            self.log(role.mate(), &texts::NAME_NOT_TAKEN, &[]);
            (FaultKind::Mismatched, NO_PROGRESS)
        } else if std::mem::take(&mut ills.reboots_again) {
            (FaultKind::RebootsAgain, NO_PROGRESS)
        } else if std::mem::take(&mut ills.sync_locked) {
            (FaultKind::SyncLocked, LOCKED)
        } else {
            return false;
        };
        self.log_failed_sync(role, fault);
        let life = self.unit(role).life;
        let by = Some(fault);
        self.queue.plan(self.now + after, Event::Shutdown { role, life, cause: Cause::Fault, by });
        true
    }

    /// Whether a synchronisation came to no end within its time: the unit reloads.
    fn takes_too_long(&mut self, role: Role) -> bool {
        let since = self.unit(role).taking_since;
        let too_long = self.now >= since + NO_END;
        if too_long {
            self.log(role, &texts::SYNC_ENDLESS, &[]);
            self.log(role.mate(), &texts::SLOW_SYNC, &[]);
            self.log(role, &texts::REPORTED_UNSYNCED, &[]);
            let stuck = self.unit(role).ills.stuck_in.is_some();
            let by = stuck.then_some(FaultKind::StuckIn);
            let life = self.unit(role).life;
            self.queue.plan(self.now, Event::Shutdown { role, life, cause: Cause::Fault, by });
        }
        too_long
    }

    /// Whether somebody who pages through the configuration has held it for too long: the unit reloads.
    fn gives_up_waiting(&mut self, role: Role) -> bool {
        let unit = self.unit(role);
        let held = unit.paged.map(|since| since.max(unit.taking_since) + LOCKED);
        let gives_up = held.is_some_and(|until| self.now >= until);
        if gives_up {
            self.log_failed_sync(role, FaultKind::SyncLocked);
            let life = self.unit(role).life;
            let by = Some(FaultKind::Console);
            self.queue.plan(self.now, Event::Shutdown { role, life, cause: Cause::Fault, by });
        }
        gives_up
    }

    fn log_failed_sync(&mut self, role: Role, fault: FaultKind) {
        if fault == FaultKind::SyncLocked {
            let space =
                self.spec.contexts.first().map_or("single", |context| context.name.as_str()).to_owned();
            self.log(role, &texts::LOCKED, &[&space]);
        } else {
            self.log(role, &texts::SYNC_TIMEOUT, &[]);
        }
        self.log(role.mate(), &texts::SLOW_SYNC, &[]);
        self.log(role, &texts::REPORTED_UNSYNCED, &[]);
    }

    fn receive_config(&mut self, role: Role) {
        let unit = self.unit_mut(role);
        let Some(config) = unit.incoming.take() else { return };
        let turned = unit.running.failover != config.failover;
        let changed = unit.running.boot != config.boot;
        let since = AsaVersion::new(9, 16, 0, 0);
        unit.synced.skipped = unit.running == config && unit.version >= since;
        unit.running = config;
        unit.modified = unit.running != unit.startup;
        let key = self.unit(role.mate()).host_key;
        if self.spec.host_keys == HostKeys::FollowSync {
            self.unit_mut(role).host_key = key;
        }
        if self.spec.interfaces.iter().any(InterfaceSpec::hears_nobody) {
            self.notify(role, &texts::NO_STANDBY_ADDRESS);
        }
        if self.spec.model == "ASAv" {
            self.notify(role, &texts::NO_CRASHINFO);
            self.notify(role, &texts::NO_RECOVERY);
        }
        self.ports_follow(role);
        if turned {
            let is_on = self.unit(role).running.failover;
            self.note(role, What::Failover(is_on));
        }
        if changed {
            let boot = self.unit(role).running.boot.clone();
            self.note(role, What::BootListChanged { boot });
        }
    }

    fn set_all(&mut self, role: Role, groups: &[GroupId], to: &Standing, cause: Cause) {
        let reason = self.unit(role).sync_reason;
        for group in groups {
            self.set_standing_for(role, *group, to.clone(), cause, reason);
        }
    }

    fn ready(&mut self, role: Role) {
        let now = self.now;
        let unit = self.unit_mut(role);
        unit.ready_since = Some(now);
        if std::mem::take(&mut unit.fresh) {
            self.plan_homecoming(role, None);
        }
        self.plan_judgement();
    }
}
