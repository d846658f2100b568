//! What a run adds to the device's own time, without a fault and with polls of a second.
//!
//! The pair is busy by our doing while a unit that we reloaded boots and synchronises, until its interfaces
//! are no longer shown as waiting; while a group moves; and while a line that takes time is carried out. In
//! between the policy asks for waits, the longest of which is half a minute here: one before each line, and
//! one more behind a reload, which is proven by them. What is more than that is the run's own.

use std::fmt;
use std::time::Duration;

use asa_failover_core::run::Outcome;
use asa_failover_core::twin::{Claim, Happening, Via, What};
use asa_failover_core::unit::{Role, Standing};

use crate::draw::{self, Block};
use crate::fly::{Level, fly};

/// Blocks that are looked at, from the first one on.
const BLOCKS: u64 = 48;
/// For how long interfaces are shown as waiting once a unit is ready.
const SETTLES: Duration = Duration::from_secs(10);
/// Of ten thousand seconds of the device's own, how many any of the runs may add.
const MOST: u128 = 100;

/// What was measured.
#[derive(Debug, Default)]
pub(crate) struct Overhead {
    runs: u64,
    own: Duration,
    added: Duration,
    /// The worst run: what it added of ten thousand, and its block.
    worst: (u128, u64),
    /// Blocks whose run did not complete.
    failed: Vec<u64>,
}

impl Overhead {
    /// Flies one run of each block whose groups stay where they are put.
    pub(crate) fn measured() -> Self {
        let mut all = Self::default();
        for number in 0..BLOCKS {
            let block = Block::polled(number, Some(1));
            if block.spec.groups.iter().any(|group| group.preempt.is_some()) {
                continue;
            }
            let flight = fly(&block.plan, block.calm(number), Level::Glance, &mut draw::chance(number));
            if !matches!(flight.outcome, Some(Outcome::Completed(_))) {
                all.failed.push(number);
                continue;
            }
            let policy = block.plan.policy();
            let wait = Duration::from_secs(policy.ready_for_s.max(policy.soak_s));
            let (own, added) = shares(&busy(flight.pair.history()), wait);
            all.runs += 1;
            all.own += own;
            all.added += added;
            all.worst = all.worst.max((share(added, own), number));
        }
        all
    }

    pub(crate) fn failure(&self) -> Option<String> {
        let (worst, block) = self.worst;
        let slow = format!("the run of block {block} adds {} to the device's own time", percent(worst));
        let failed = format!("runs without a fault did not complete, of blocks {:?}", self.failed);
        if self.failed.is_empty() { (worst > MOST).then_some(slow) } else { Some(failed) }
    }
}

impl fmt::Display for Overhead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (worst, block) = self.worst;
        write!(
            f,
            "{} runs without a fault, polls of a second: {} s are the device's own, {} s ({}) are added to them \
             and to the waits of the policy; at worst {}, in block {block}",
            self.runs,
            self.own.as_secs(),
            self.added.as_secs(),
            percent(share(self.added, self.own)),
            percent(worst)
        )
    }
}

/// How many of ten thousand a part is, rounded up.
fn share(part: Duration, whole: Duration) -> u128 {
    (part.as_millis() * 10_000).div_ceil(whole.as_millis().max(1))
}

fn percent(share: u128) -> String {
    format!("{}.{:02} %", share / 100, share % 100)
}

/// A time in which the pair is busy by our doing, with how many waits the policy asks for behind it.
type Busy = (Duration, Duration, u32);

/// What is the device's own of these times, and what between them is more than the waits.
fn shares(busy: &[Busy], wait: Duration) -> (Duration, Duration) {
    let mut own = Duration::ZERO;
    let mut added = Duration::ZERO;
    let (mut free, mut waits) = (Duration::ZERO, 1);
    for (from, to, then) in busy.iter().copied() {
        added += from.saturating_sub(free).saturating_sub(wait * waits);
        own += to.saturating_sub(from.max(free));
        if to >= free {
            (free, waits) = (to, then);
        }
    }
    (own, added)
}

/// The times in which the pair is busy by our doing, by their beginning; the last one is the end, and empty.
fn busy(history: &[Happening]) -> Vec<Busy> {
    let mut spans = Vec::new();
    let (mut reloading, mut moving, mut working): (Option<(Role, Duration)>, _, _) = (None, None, None);
    for Happening { at, role, what, .. } in history {
        match what {
            What::Typed { line, via, .. } if *via != Via::Console => {
                if let Some(began) = working.take() {
                    spans.push((began, *at, 1));
                }
                match line.as_str() {
                    "failover reload-standby" => reloading = Some((role.mate(), *at)),
                    "reload" => reloading = Some((*role, *at)),
                    line if line.contains("failover active") => moving = Some(*at),
                    line if ["copy", "verify", "write"].iter().any(|head| line.starts_with(head)) => {
                        working = Some(*at);
                    }
                    _ => {}
                }
            }
            What::Standing { to: Standing::StandbyReady, .. } => {
                if let Some((_, began)) = reloading.take_if(|(of, _)| of == role) {
                    spans.push((began, *at + SETTLES, 2));
                }
            }
            What::ForwardingBegan { .. } => spans.extend(moving.take().map(|began| (began, *at, 1))),
            What::Claimed(Claim::Completed) => spans.push((*at, *at, 1)),
            _ => {}
        }
    }
    spans.sort_unstable();
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_adds_what_is_more_than_the_waits() {
        // The second begins while the first lasts; before the first and after the last there are waits too.
        let busy = [(31, 400, 2), (390, 402, 1), (440, 500, 2), (560, 560, 1)];
        let busy = busy.map(|(from, to, waits)| (Duration::from_secs(from), Duration::from_secs(to), waits));
        let (own, added) = shares(&busy, Duration::from_secs(30));
        assert_eq!((own.as_secs(), added.as_secs()), (369 + 2 + 60, 1 + 8));
        assert_eq!(share(added, own), 209);
        let slow = Overhead { runs: 1, own, added, worst: (209, 0), failed: Vec::new() };
        assert_eq!(
            slow.failure().as_deref(),
            Some("the run of block 0 adds 2.09 % to the device's own time")
        );
        assert_eq!(Overhead { worst: (MOST, 0), ..slow }.failure(), None);
    }
}
