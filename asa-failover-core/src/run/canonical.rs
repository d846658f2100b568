//! Equality of runs up to the time of day: ages relative to now, and saturated.
//!
//! Two runs with the same canonical form answer the same events with the same actions, times
//! shifted. An exploration of all event orders visits each canonical form once.

use std::sync::Arc;

use super::{Doing, Run};
use crate::elapsed::{At, Elapsed};

/// Where "now" lies in every canonical form.
const NOW: Elapsed = Elapsed::from_secs(1_000_000_000);

impl Run {
    /// The canonical form of a run at this time, and the time it stands at.
    ///
    /// Ages beyond the longest interval that any decision asks for are taken as that interval.
    pub fn canonical(&self, at: Elapsed) -> (Self, Elapsed) {
        let horizon_ms = self.horizon_s().saturating_mul(1000);
        let shift = |then: Elapsed| {
            if then > at {
                return NOW.after(then.since(at));
            }
            let age = crate::decide::millis(at.since(then)).min(horizon_ms);
            Elapsed::from_millis(NOW.as_millis() - age)
        };
        let mut run = self.clone();
        for unit in &mut run.observed {
            unit.shift(&shift);
        }
        run.memory.shift(&shift);
        run.links.shift(&shift);
        match &mut run.doing {
            Doing::Typing { asked, .. } => *asked = shift(*asked),
            Doing::Intending { open, .. } => open.at = shift(open.at),
            _ => {}
        }
        if let Some(window_s) = run.brief.policy.window_s {
            // What is left of the window is an age too, turned round.
            let mut brief = (*run.brief).clone();
            let end = Elapsed::from_secs(window_s);
            let end = if end > at { NOW.after(end.since(at)) } else { NOW };
            brief.policy.window_s = Some(end.as_millis() / 1000);
            run.brief = Arc::new(brief);
        }
        (run, NOW)
    }

    /// Seconds beyond which no decision tells one age from another.
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
            policy.boot_s,
            policy.boot_with_module_s,
            policy.sync_s,
            policy.copy_s,
            policy.switch_s.saturating_add(policy.silence_s),
            policy.t_quiet_s.saturating_mul(10),
            policy.t_quiet_s.saturating_add(policy.silence_s),
            policy.ready_for_s.saturating_mul(4).max(policy.silence_s),
            policy.soak_s,
            policy.poll_s.saturating_mul(4),
            policy.preempt_s.saturating_add(preempt.unwrap_or(0)),
        ]
        .into_iter()
        .max()
        .unwrap_or(0)
        .saturating_add(1)
    }
}

impl<T> At<T> {
    pub(crate) fn shift(&mut self, shift: &impl Fn(Elapsed) -> Elapsed) {
        self.at = shift(self.at);
    }
}
