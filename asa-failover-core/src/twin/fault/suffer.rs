//! What a fault does when it strikes.
//!
//! A fault that does something now is noted before what it does. One that waits for its occasion (a
//! reboot, a copy, a save) is noted at that occasion, by whoever carries it out.

use std::time::Duration;

use super::super::clock::Event;
use super::super::commands::Then;
use super::super::history::{Cause, Via, What};
use super::super::line::Place;
use super::super::{LineId, Pair};
use super::trigger::Occasion;
use super::{Fault, FaultKind, Loss};
use crate::unit::{GroupId, Role, Standing};

/// Lines of the pager when it comes back by itself.
const PAGER: usize = 24;

impl Pair {
    /// A fault did something, on this unit.
    pub(in super::super) fn struck(&mut self, role: Role, fault: FaultKind) {
        self.note(role, What::Struck { fault });
    }

    /// Something happened that a fault may wait for.
    pub(in super::super) fn meet(&mut self, occasion: Occasion<'_>) {
        if self.watches.is_empty() {
            return;
        }
        let mut due = Vec::new();
        self.watches.retain_mut(|watch| {
            let met = watch.meets(occasion);
            let waits = met.is_none();
            due.extend(met);
            waits
        });
        for (after, fault) in due {
            if after.is_zero() && matches!(occasion, Occasion::Typed(..)) {
                self.suffer(fault);
            } else {
                self.queue.plan(self.now + after, Event::Fault(fault));
            }
        }
    }

    /// Whether a fault took away the session whose line is about to be carried out, or its unit.
    pub(in super::super) fn is_lost(&self, place: &Place) -> bool {
        let unit = self.unit(place.role);
        let cut = self.speaking.as_ref().is_some_and(|(id, _)| !self.speaks(*id));
        let before = unit.ills.lose_reply == Some(Loss::Before) && matches!(place.via, Via::Session(_));
        !unit.is_up() || cut || before
    }

    pub(in super::super) fn suffer(&mut self, fault: Fault) {
        let kind = fault.kind();
        match fault {
            Fault::Crash(role) => {
                if self.unit(role).is_running() {
                    self.struck(role, kind);
                    self.go_down(role, Cause::Fault);
                }
            }
            Fault::FailoverLinkDown | Fault::FailoverLinkUp => {
                let up = fault == Fault::FailoverLinkUp;
                if self.links.failover != up {
                    self.struck(Role::Primary, kind);
                    self.failover_link(up);
                }
            }
            Fault::StateLinkDown | Fault::StateLinkUp => {
                let up = fault == Fault::StateLinkUp;
                if self.links.state != up {
                    self.struck(Role::Primary, kind);
                    self.links.carried = self.links.carried(self.now).0;
                    self.links.turned = self.now;
                    self.links.state = up;
                    self.note(Role::Primary, What::StateLink(up));
                }
            }
            Fault::SpontaneousFailover(group) => {
                let giver = Role::BOTH.into_iter().find(|role| self.unit(*role).is_active(group));
                if let Some(giver) = giver.filter(|giver| self.is_ready(giver.mate(), group)) {
                    self.struck(giver, kind);
                    self.switch(group, giver, Cause::Fault, None);
                }
            }
            Fault::SplitBrain => self.split(kind),
            Fault::Preempt(group) => {
                let home = self.spec.groups.iter().find(|of| of.id == group).map(|of| of.home);
                if let Some(home) = home.filter(|home| self.may_preempt(*home, group)) {
                    self.struck(home, kind);
                    self.preempt(home, group);
                }
            }
            Fault::AuthorizationFails(head) => self.refused.push(head),
            Fault::ScheduledReload(role, after) => {
                if self.unit(role).is_up() {
                    self.struck(role, kind);
                    self.schedule_reload(role, self.now + after);
                }
            }
            Fault::Silent(role) | Fault::Heard(role) => {
                let silent = kind == FaultKind::Silent;
                if std::mem::replace(&mut self.unit_mut(role).ills.silent, silent) != silent {
                    self.struck(role, kind);
                }
            }
            Fault::Modified(role) => {
                let now = self.now;
                let unit = self.unit_mut(role);
                unit.touched = Some(now);
                if !std::mem::replace(&mut unit.modified, true) {
                    self.struck(role, kind);
                }
            }
            Fault::PromptBecomes(role, name) => self.at_console(role, &format!("hostname {name}"), kind),
            Fault::Console(role, line) => self.at_console(role, &line, kind),
            Fault::SessionLoss(role) => {
                let lines = self.lines_of(role);
                self.strike_lines(role, kind, lines, Self::end_session);
            }
            Fault::Notice(role, text) => {
                let lines = self.lines_of(role);
                self.strike_lines(role, kind, lines, |_, _| {});
                self.announce(role, &format!("{text}\n"));
            }
            Fault::PagerOn(role) => {
                let lines = self.lines_of(role);
                self.strike_lines(role, kind, lines, |pair, id| pair.set_pager(id, PAGER));
            }
            Fault::InterfaceDown(role, name, how) => self.interface_fails(role, &name, how),
            Fault::InterfaceUp(role, name) => self.interface_mended(role, &name),
            Fault::ModuleDown(role) | Fault::ModuleUp(role) => {
                self.module_turns(role, kind == FaultKind::ModuleDown);
            }
            waits => self.sicken(waits),
        }
    }

    /// A fault that waits on its unit for an occasion.
    fn sicken(&mut self, fault: Fault) {
        match fault {
            Fault::NeverReturns(role) => self.unit_mut(role).ills.never_returns = true,
            Fault::ReturnsFailed(role) => self.unit_mut(role).ills.returns_failed = true,
            Fault::ReturnsOld(role) => self.unit_mut(role).ills.returns_old = true,
            Fault::StaysOff(role) => self.unit_mut(role).ills.stays_off = true,
            Fault::Replaced(role, serial) => self.unit_mut(role).ills.replaced = Some(serial),
            Fault::StuckIn(role, standing) => self.unit_mut(role).ills.stuck_in = Some(standing),
            Fault::RebootsAgain(role) => self.unit_mut(role).ills.reboots_again = true,
            Fault::SyncLocked(role) => self.unit_mut(role).ills.sync_locked = true,
            Fault::Mismatched(role, mismatch) => self.unit_mut(role).ills.mismatched = Some(mismatch),
            Fault::CopyAborts(role) => self.unit_mut(role).ills.copy_aborts = true,
            Fault::CopyRefused(role, how) => self.unit_mut(role).ills.copy_refused = Some(how),
            Fault::FlashFull(role) => self.unit_mut(role).ills.flash_full = true,
            Fault::CorruptCopy(role) => self.unit_mut(role).ills.corrupt_copy = true,
            Fault::SaveFails(role) => self.unit_mut(role).ills.save_fails = true,
            Fault::SaveUnconfirmed(role) => self.unit_mut(role).ills.save_unconfirmed = true,
            Fault::SaveAsks(role) => self.unit_mut(role).ills.save_asks = true,
            Fault::SaveNotReplicated(role) => self.unit_mut(role).ills.save_not_replicated = true,
            Fault::CutAfter(role, bytes, how) => self.unit_mut(role).ills.cut_after = Some((bytes, how)),
            Fault::LoseReply(role, way) => self.unit_mut(role).ills.lose_reply = Some(way),
            Fault::NoticeIn(role, bytes, text) => self.unit_mut(role).ills.notice_in = Some((bytes, text)),
            Fault::SessionsTaken(role, count) => self.unit_mut(role).ills.sessions_taken = count,
            _ => {}
        }
    }

    fn strike_lines(
        &mut self,
        role: Role,
        kind: FaultKind,
        lines: Vec<LineId>,
        act: impl Fn(&mut Self, LineId),
    ) {
        if !lines.is_empty() {
            self.struck(role, kind);
        }
        for id in lines {
            act(self, id);
        }
    }

    pub(in super::super) fn is_ready(&self, role: Role, group: GroupId) -> bool {
        *self.unit(role).standing(group) == Standing::StandbyReady
    }

    /// The units lose each other, and each ready one takes what the other has.
    fn split(&mut self, kind: FaultKind) {
        if !self.links.failover {
            return;
        }
        self.struck(Role::Primary, kind);
        self.failover_link(false);
        for role in Role::BOTH {
            for group in self.unit(role).group_ids() {
                if self.unit(role).is_up() && self.is_ready(role, group) {
                    self.take_over(role, group, Cause::Fault);
                }
            }
        }
    }

    /// A line typed on the console of a unit, with questions answered by Enter. One that Enter does not
    /// answer is left standing.
    fn at_console(&mut self, role: Role, line: &str, kind: FaultKind) {
        if !self.unit(role).is_up() {
            return;
        }
        let before = self.history.len();
        let configs = Role::BOTH.map(|role| (self.unit(role).running.clone(), self.unit(role).reload_at));
        self.acting = Some(kind);
        // Whoever pages through a configuration there holds it until somebody types something else.
        self.unit_mut(role).paged = None;
        let mut place = Place::console(role);
        let mut reply = self.run_line(&mut place, line);
        for _ in 0..8 {
            let Then::Ask(question) = reply.then else { break };
            reply = self.answered(&place, &question, "");
        }
        if let Then::Work(work) = reply.then {
            self.finish(&work.finish);
        }
        self.acting = None;
        let done = self.history.get(before..).unwrap_or_default();
        let acted = done.iter().any(|happening| !matches!(happening.what, What::Typed { .. }));
        let now = Role::BOTH.map(|role| (self.unit(role).running.clone(), self.unit(role).reload_at));
        if acted || now != configs {
            let what = What::Struck { fault: kind };
            self.history.insert(before, super::super::Happening { at: self.now, role, what });
        }
    }

    /// Waits for its occasion, or strikes at its time.
    pub(in super::super) fn foresee_at(&mut self, at: Duration, fault: Fault) {
        self.queue.plan(at.max(self.now), Event::Fault(fault));
    }
}
