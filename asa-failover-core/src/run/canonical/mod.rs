//! Equality of runs up to the time of day: ages relative to now, and saturated.
//!
//! Two runs with the same canonical form answer the same events with the same actions, times
//! shifted. An exploration of all event orders visits each canonical form once.

mod essence;

use std::sync::Arc;
use std::time::Duration;

pub use essence::{Parts, Talk};

use super::{Doing, Run};
use crate::decide::{Uptimes, saturate};
use crate::elapsed::{At, Elapsed};

/// Where "now" lies in every canonical form, but for what is left of the second that a change window counts in.
const NOW_MS: u64 = 1_000_000_000_000;

impl Run {
    /// The canonical form of a run at this time, and the time it stands at.
    ///
    /// Ages beyond the longest interval that any decision asks for are taken as that interval.
    pub fn canonical(&self, at: Elapsed) -> (Self, Elapsed) {
        self.clone().reduced(at, Uptimes::Exact)
    }

    fn reduced(mut self, at: Elapsed, uptimes: Uptimes) -> (Self, Elapsed) {
        let horizon_ms = self.horizon_s().saturating_mul(1000).min(NOW_MS);
        let window_s = self.brief.policy.window_s;
        // The window ends at a whole second, so the place within the second is kept where there is one.
        let spent = at.after(Duration::from_millis(self.memory.before_ms));
        let now = Elapsed::from_millis(NOW_MS + window_s.map_or(0, |_| spent.as_millis() % 1000));
        let shift = |then: Elapsed| {
            if then > at {
                return now.after(then.since(at));
            }
            let age = crate::decide::millis(at.since(then)).min(horizon_ms);
            Elapsed::from_millis(now.as_millis().saturating_sub(age))
        };
        for unit in &mut self.observed {
            unit.shift(&shift);
        }
        self.memory.shift(&shift);
        self.links.shift(&shift);
        match &mut self.doing {
            Doing::Typing { asked, .. } => *asked = shift(*asked),
            Doing::Intending { open, .. } => open.at = shift(open.at),
            _ => {}
        }
        if let Some(window_s) = window_s {
            // What is left of the window is an age too, turned round.
            let mut brief = (*self.brief).clone();
            let end = Elapsed::from_secs(window_s);
            let end = if end > spent { now.after(end.since(spent)) } else { Elapsed::from_millis(NOW_MS) };
            brief.policy.window_s = Some(end.as_millis() / 1000);
            self.memory.before_ms = 0;
            self.brief = Arc::new(brief);
        }
        saturate(&self.brief, &mut self.observed, &mut self.memory, now, horizon_ms, uptimes);
        self.links.forget_vain(now, self.brief.policy.poll());
        (self, now)
    }

    /// Seconds beyond which no decision tells one age from another: more than any interval that is
    /// asked for, and than any two of them one after the other.
    fn horizon_s(&self) -> u64 {
        let policy = &self.brief.policy;
        let preempt = self
            .brief
            .groups
            .values()
            .filter_map(|group| group.preempt)
            .map(|(_, delay)| u64::from(delay))
            .max();
        [
            policy.slow_read_s,
            policy.staged_read_s,
            policy.boot_s,
            policy.boot_with_module_s,
            policy.sync_s,
            policy.sync_config_s,
            policy.bulk_sync_s,
            policy.module_s,
            policy.copy_s,
            policy.switch_s.saturating_add(policy.silence_s),
            policy.t_quiet_s.saturating_mul(10),
            policy.t_quiet_s.saturating_add(policy.silence_s),
            policy.ready_for_s.saturating_mul(4).max(policy.silence_s),
            policy.soak_s,
            policy.probe_s.unwrap_or(0),
            policy.poll_s.saturating_mul(10),
            policy.longest_look().as_secs(),
            policy.preempt_s.saturating_add(preempt.unwrap_or(0)),
        ]
        .into_iter()
        .fold(1, u64::saturating_add)
    }
}

impl<T> At<T> {
    pub(crate) fn shift(&mut self, shift: &impl Fn(Elapsed) -> Elapsed) {
        self.at = shift(self.at);
    }
}
