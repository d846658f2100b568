//! How long each wait may take, which phase a unit that is not ready yet is in, and whether what a line
//! begins can still finish in the change window.
//!
//! Every wait ends. A phase has a deadline of its own, so that a unit that hangs in one is not given the
//! time of the others too, and neither a retry nor a resume makes one longer.

use super::guard::{Unsettled, active};
use super::memory::{Awaited, Memory, millis};
use super::observed::Observed;
use super::preempt::configured;
use super::view::View;
use super::{Decision, Reason, Send};
use crate::command::{Command, Effect};
use crate::elapsed::Elapsed;
use crate::unit::{Role, Standing};

/// Seconds until a switch shows on both units, typically: it takes effect at once, and a few looks show it.
const SWITCH_S: u64 = 10;

/// Seconds of the save that ends the last hop, typically.
const SAVE_S: u64 = 5;

/// Seconds until preempt of a group is restored, typically.
const PREEMPT_S: u64 = 2;

impl View<'_> {
    /// Seconds after which a wait is over. No retry and no resume makes it longer.
    pub(super) fn deadline_s(&self, awaited: Awaited) -> u64 {
        let policy = &self.brief.policy;
        match awaited {
            Awaited::Answer(_) => policy.silence_s,
            Awaited::Settled | Awaited::Sync(_) | Awaited::CaughtUp => policy.sync_s,
            Awaited::Config(_) => policy.sync_config_s,
            Awaited::Bulk(_) => policy.bulk_sync_s,
            Awaited::Module(_) => policy.module_s,
            Awaited::Ready => policy.ready_for_s.saturating_mul(4).max(policy.silence_s),
            Awaited::Boot(_) => self.brief.boot_s(),
            // A unit that still answers after t_quiet is proven not to be reloading only once it is
            // settled too; one that is going down stops answering, and Boot takes over.
            Awaited::Quiet => policy.t_quiet_s.saturating_add(policy.silence_s),
            Awaited::Switch => policy.switch_s.saturating_add(policy.silence_s),
            // These end by themselves, at a time that is known when they begin.
            Awaited::Preempt(group) => self.preempt_s(group).saturating_add(policy.sync_s),
            Awaited::Soak => policy.soak_s.saturating_add(policy.silence_s),
            Awaited::Copy(_) => policy.copy_s.saturating_add(policy.silence_s),
        }
    }

    /// The wait for a unit that does not answer. A unit has no address of its own while it starts and takes
    /// its configuration, so its mate is asked which phase it is in: one that the mate has lost restarts, and
    /// has the time of a boot. It is asked again each time the unit was found silent. The mate's display chooses
    /// a deadline and no more; that the unit is back and ready it says itself.
    pub(super) fn silence(&self, role: Role, awaited: Awaited, why: &str) -> Decision {
        if ![Awaited::Answer(role), Awaited::Boot(role), Awaited::Sync(role)].contains(&awaited) {
            return self.wait(awaited, why);
        }
        let mate = self.of(role.mate());
        let since = self.of(role).silent.as_ref().map(|silent| silent.at);
        match &mate.silent {
            Some(silent) if silent.age(self.now) < self.brief.policy.poll() => {
                return self.wait(awaited, why);
            }
            None if mate.sight.as_ref().map(|sight| sight.at) >= since => {}
            _ => return Decision::Read { unit: role.mate(), command: Command::ShowFailover },
        }
        let mut phases = displayed(mate).filter_map(|standing| match standing {
            Standing::Failed | Standing::NotDetected => Some(Awaited::Boot(role)),
            standing => syncing(standing, role),
        });
        self.wait(phases.next().unwrap_or(awaited), why)
    }

    /// Nothing disruptive begins behind the end of the window, nor what cannot finish before it: a line needs
    /// the time until the pair is whole again. That a hop begins with the time for all of it, so that none
    /// is left half way, is asked before anything of it.
    pub(super) fn window(&self, send: &Send) -> Result<(), Decision> {
        if send.command.effect() != Effect::Disrupts {
            return Ok(());
        }
        let ready_s = self.brief.policy.ready_for_s;
        self.fits(match &send.command {
            Command::ReloadStandby | Command::Reload => self.brief.reload_s.saturating_add(ready_s),
            _ => SWITCH_S.saturating_add(ready_s),
        })
    }

    /// How many groups have to leave the secondary before it reboots first; none where it has them all.
    fn astray(&self) -> u64 {
        let groups = self.brief.groups.keys();
        let there = groups.filter(|group| active(self.observed, **group) == Some(Role::Secondary)).count();
        let all = there == self.brief.groups.len();
        if all { 0 } else { u64::try_from(there).unwrap_or(u64::MAX) }
    }

    /// Halts where less than these seconds are left of the window.
    pub(super) fn fits(&self, needs_s: u64) -> Result<(), Decision> {
        let Some(window_s) = self.brief.policy.window_s else { return Ok(()) };
        let now = self.now.after(std::time::Duration::from_millis(self.memory.before_ms));
        let end = Elapsed::from_secs(window_s);
        if now >= end {
            return Err(Decision::Halt(Reason::WindowOver(window_s)));
        }
        let left = end.since(now);
        if millis(left) < needs_s.saturating_mul(1000) {
            return Err(Decision::Halt(Reason::WindowShort { needs_s, left_s: left.as_secs() }));
        }
        Ok(())
    }

    /// Seconds that a hop typically takes from its first disruptive line on: both reloads, the switches,
    /// the soak, what preempt may take, and after the last one the way home.
    pub(super) fn hop_s(&self, rung: usize) -> u64 {
        let policy = &self.brief.policy;
        let groups = u64::try_from(self.brief.groups.len()).unwrap_or(u64::MAX);
        let home = u64::from(rung >= self.brief.summit());
        let switches = groups.saturating_mul(1 + home).saturating_add(self.astray());
        let preempt_s = self
            .brief
            .groups
            .iter()
            .filter(|(_, group)| group.preempt.is_some())
            .map(|(id, _)| self.preempt_s(*id));
        let removed = u64::try_from(configured(self.brief).count()).unwrap_or(u64::MAX);
        let each = |times: u64, secs: u64| times.saturating_mul(secs);
        [
            each(2, self.brief.reload_s.saturating_add(policy.ready_for_s)),
            each(switches, SWITCH_S.saturating_add(policy.ready_for_s)),
            each(2, preempt_s.max().unwrap_or(0)),
            policy.soak_s,
            each(home, SAVE_S.saturating_add(each(removed, PREEMPT_S))),
        ]
        .into_iter()
        .fold(0, u64::saturating_add)
    }
}

/// The wait for a pair that is not settled: for the phase that the unit is in, where it is in one.
pub(super) fn phase(why: &Unsettled, otherwise: Awaited) -> Awaited {
    match why {
        Unsettled::NotReady(_, role, standing) => syncing(standing, *role).unwrap_or(otherwise),
        Unsettled::Module(role, _) => Awaited::Module(*role),
        _ => otherwise,
    }
}

/// The phase of synchronisation that a standing names.
const fn syncing(standing: &Standing, role: Role) -> Option<Awaited> {
    match standing {
        Standing::SyncConfig | Standing::SyncFileSystem => Some(Awaited::Config(role)),
        Standing::BulkSync => Some(Awaited::Bulk(role)),
        _ => None,
    }
}

/// The standings that a unit displays of its mate.
fn displayed(seen: &Observed) -> impl Iterator<Item = &Standing> {
    seen.sight.iter().flat_map(|sight| sight.value.groups.values()).map(|standings| &standings.mate)
}

/// Whether a unit is waited for that is on its way up, after a reload of ours or a restart of its own.
pub(crate) fn awaits_restart(memory: &Memory) -> bool {
    memory.waiting.is_some_and(|waiting| {
        matches!(waiting.awaited, Awaited::Boot(_) | Awaited::Sync(_) | Awaited::Config(_) | Awaited::Bulk(_))
    })
}
