//! `View`: everything a decision may look at, and the questions it asks of it.
//!
//! A question whose answer is not there, or too old, ends the decision with the reading that would
//! give it, or with a wait where the unit cannot be read: `Err` carries that decision.

use std::cell::OnceCell;
use std::time::Duration;

use super::ablation::{guarded, guarded_age, unguarded};
use super::brief::Brief;
use super::guard::Unsettled;
use super::memory::{Awaited, Memory, millis};
use super::observed::{Build, Flash, Observed, Preempts, Sight};
use super::{Decision, Reason, Send, deadline, guard, pair_of};
use crate::command::{Algorithm, Command, Effect};
use crate::elapsed::{At, Elapsed};
use crate::flash::DiskFile;
use crate::goal::Digest;
use crate::link::{Reach, Via};
use crate::unit::{GroupId, Role};

/// How often a command without effect is tried, and how often one whose effect somebody undid is repeated.
const TRIES: u32 = 2;

/// `Err` is a decision too: the one that has to come first.
pub(super) type Step = Result<Decision, Decision>;

pub(super) struct View<'a> {
    pub(super) brief: &'a Brief,
    pub(super) observed: &'a [Observed; 2],
    pub(super) memory: &'a Memory,
    pub(super) now: Elapsed,
    /// Whether the pair is settled: asked several times on the way to a decision, and found out once.
    settled: OnceCell<Result<(), Unsettled>>,
}

impl<'a> View<'a> {
    pub(super) const fn new(
        brief: &'a Brief,
        observed: &'a [Observed; 2],
        memory: &'a Memory,
        now: Elapsed,
    ) -> Self {
        Self { brief, observed, memory, now, settled: OnceCell::new() }
    }

    pub(super) const fn of(&self, role: Role) -> &'a Observed {
        pair_of(self.observed, role)
    }

    /// The value, if it is young enough and the unit has answered since; otherwise its reading, or a
    /// wait for the unit to answer. A unit that is silent now is not known by what it said before.
    fn fresh<T>(
        &self,
        role: Role,
        value: Option<&'a At<T>>,
        most: Duration,
        command: Command,
        awaited: Awaited,
    ) -> Result<&'a T, Decision> {
        match value {
            Some(value) if value.age(self.now) <= most && self.of(role).silent.is_none() => Ok(&value.value),
            _ => Err(self.read(role, command, awaited)),
        }
    }

    /// Reads now, or waits where the unit was silent a moment ago.
    fn read(&self, role: Role, command: Command, awaited: Awaited) -> Decision {
        match &self.of(role).silent {
            Some(silent) if silent.age(self.now) < self.brief.policy.poll() => {
                self.silence(role, awaited, &silent.value)
            }
            _ => Decision::Read { unit: role, command },
        }
    }

    /// The unit's own view of the pair, at most this old.
    pub(super) fn sight(&self, role: Role, most: Duration, awaited: Awaited) -> Result<&'a Sight, Decision> {
        let unit = self.of(role);
        let sight = unit.sight.as_ref();
        Ok(self.fresh(role, sight, guarded_age!(unit, most), Command::ShowFailover, awaited)?)
    }

    /// Both units' views, at most one poll old. `awaited` says what a silent unit is waited for with.
    pub(super) fn sights(&self, awaited: impl Fn(Role) -> Awaited) -> Result<(), Decision> {
        // A wake-up comes a poll after the wait began, so "less than a poll" means "since then".
        let most = self.brief.policy.poll().saturating_sub(Duration::from_millis(1));
        for role in Role::BOTH {
            self.sight(role, most, awaited(role))?;
        }
        Ok(())
    }

    /// `show version` of a unit, at most this old.
    pub(super) fn build(
        &self,
        role: Role,
        most: Duration,
        awaited: Awaited,
    ) -> Result<&'a At<Build>, Decision> {
        let build = self.of(role).build.as_ref();
        self.fresh(role, build, most, Command::ShowVersion, awaited)?;
        build.ok_or_else(|| self.read(role, Command::ShowVersion, awaited))
    }

    pub(super) fn flash(&self, role: Role, file: &DiskFile, most: Duration) -> Result<&'a Flash, Decision> {
        let command = Command::Dir { disk: file.disk_number() };
        self.fresh(role, self.of(role).flash.get(&file.disk_number()), most, command, Awaited::Answer(role))
    }

    /// The digest of a file that has this size now.
    pub(super) fn digest(
        &self,
        role: Role,
        algorithm: Algorithm,
        file: &DiskFile,
        size: u64,
    ) -> Result<&'a Option<Digest>, Decision> {
        let known = self.of(role).digests.get(file).filter(|known| known.value.size == Some(size));
        let command = Command::Verify { algorithm, file: file.clone() };
        let checked = self.fresh(role, known, Duration::MAX, command, Awaited::Answer(role))?;
        Ok(&checked.digest)
    }

    pub(super) fn running_boot(&self, role: Role) -> Result<&'a Vec<String>, Decision> {
        let list = self.of(role).running_boot.as_ref();
        let most = self.brief.policy.slow();
        Ok(self.fresh(role, list, most, Command::ShowRunningBoot, Awaited::Answer(role))?)
    }

    /// Each group of a unit, with the unit it prefers and the delay of its preempt, if it has one.
    pub(super) fn running_preempt(&self, role: Role, most: Duration) -> Result<&'a Preempts, Decision> {
        let groups = self.of(role).running_preempt.as_ref();
        Ok(self.fresh(role, groups, most, Command::ShowRunningFailover, Awaited::Answer(role))?)
    }

    /// `Ok` where what a unit was read to have of preempt is of now.
    pub(super) fn preempt_now(&self, role: Role) -> Result<(), Decision> {
        let read = self.memory.preempt_now(self.brief, self.observed, role, self.now);
        self.fresh(role, read, Duration::MAX, Command::ShowRunningFailover, Awaited::Answer(role)).map(drop)
    }

    pub(super) fn startup_boot(&self, role: Role, most: Duration) -> Result<&'a Vec<String>, Decision> {
        let list = self.of(role).startup_boot.as_ref();
        Ok(self.fresh(role, list, most, Command::ShowStartupBoot, Awaited::Answer(role))?)
    }

    /// Halts where somebody scheduled a reload of this unit.
    pub(super) fn no_reload_scheduled(&self, role: Role, most: Duration) -> Result<(), Decision> {
        let scheduled = self.of(role).reload_scheduled.as_ref();
        if *self.fresh(role, scheduled, most, Command::ShowReload, Awaited::Answer(role))? {
            return Err(Decision::Halt(Reason::ReloadScheduled(role)));
        }
        Ok(())
    }

    /// The same of both units, a moment ago. Asked while the pair gets ready too, and not only then: once its
    /// time has come no reading shows a scheduled reload, and the unit goes down seconds later.
    pub(super) fn no_reload_soon(&self) -> Result<(), Decision> {
        Role::BOTH.into_iter().try_for_each(|role| self.no_reload_scheduled(role, self.brief.policy.staged()))
    }

    pub(super) fn connections(&self, role: Role) -> Result<u64, Decision> {
        let most = self.brief.policy.poll() * 2;
        let count = self.of(role).connections.as_ref();
        self.fresh(role, count, most, Command::ShowConnCount, Awaited::CaughtUp).copied()
    }

    /// Waits, or halts where the wait has reached its deadline.
    pub(super) fn wait(&self, awaited: Awaited, why: impl Into<String>) -> Decision {
        let why = why.into();
        let deadline_s = self.deadline_s(awaited);
        let waited_ms = self.memory.waited(self.brief, awaited, self.now);
        let in_time = guarded!(Deadlines, waited_ms < deadline_s.saturating_mul(1000));
        if !in_time {
            return Decision::Halt(Reason::Deadline { awaited, deadline_s, why });
        }
        Decision::Wait { awaited, until: self.now.after(self.brief.policy.poll()), why }
    }

    /// Whether the pair is settled, and why not.
    pub(super) fn is_settled(&self) -> &Result<(), Unsettled> {
        self.settled.get_or_init(|| guard::settled(self.brief, self.observed))
    }

    /// Waits until the pair is settled.
    pub(super) fn settled(&self, awaited: Awaited) -> Result<(), Decision> {
        let Err(why) = self.is_settled() else { return Ok(()) };
        if self.memory.flaps > self.brief.policy.flaps {
            return Err(Decision::Halt(Reason::Flaps { times: self.memory.flaps, why: why.to_string() }));
        }
        Err(self.wait(deadline::phase(why, awaited), why.to_string()))
    }

    /// `show version` of a unit, read since the pair is calm: no reboot lies behind it.
    pub(super) fn build_in_calm(&self, role: Role) -> Result<&'a At<Build>, Decision> {
        self.build(role, self.calm_for(), Awaited::Answer(role))
    }

    /// For how long the pair has been calm.
    pub(super) fn calm_for(&self) -> Duration {
        self.memory.calm.map_or(Duration::ZERO, |calm| self.now.since(calm.since))
    }

    /// Waits until the pair was seen settled often and long enough, and both units said since what
    /// they run.
    pub(super) fn ready(&self) -> Result<(), Decision> {
        self.settled(Awaited::Settled)?;
        if self.memory.is_ready(self.brief, self.now) {
            for role in Role::BOTH {
                self.build_in_calm(role)?;
            }
            return Ok(());
        }
        Err(self.wait_for_calm())
    }

    /// The next look at a pair that is settled, and not for long enough yet: a poll from now, or as soon as the
    /// time is up.
    fn wait_for_calm(&self) -> Decision {
        let polls = self.memory.calm.map_or(0, |calm| calm.polls);
        let wait = self.wait(Awaited::Ready, format!("good readings in a row so far: {polls}"));
        let (Decision::Wait { awaited, until, why }, Some(calm)) = (&wait, self.memory.calm) else {
            return wait;
        };
        let due = calm.long_enough(self.brief);
        if calm.last >= due || *until <= due {
            return wait;
        }
        if self.now < due {
            return Decision::Wait { awaited: *awaited, until: due, why: why.clone() };
        }
        let most = self.now.since(due).min(self.brief.policy.w());
        let read_since = |role| self.sight(role, most, Awaited::Answer(role)).map(drop);
        Role::BOTH.into_iter().try_for_each(read_since).err().unwrap_or(wait)
    }

    /// The unit that addresses and configuration follow.
    pub(super) fn lead(&self) -> Result<Role, Decision> {
        let group = self.brief.leading_group();
        guard::active(self.observed, group)
            .ok_or_else(|| self.wait(Awaited::Settled, format!("no one unit is active for {group}")))
    }

    /// How a line gets to a unit: typed there, or behind `failover exec mate` on the leading unit.
    pub(super) fn via(&self, unit: Role) -> Result<Via, Decision> {
        Ok(if self.brief.policy.reach == Reach::BothAddresses || unit == self.lead()? {
            Via::Direct
        } else {
            Via::Mate
        })
    }

    /// Seconds after which preempt has moved a group, or will not.
    pub(super) fn preempt_s(&self, group: GroupId) -> u64 {
        let delay_s =
            self.brief.groups.get(&group).and_then(|group| group.preempt).map_or(0, |(_, delay)| delay);
        u64::from(delay_s).saturating_add(self.brief.policy.preempt_s)
    }

    /// Whether preempt may still move this group to its preferred unit by itself (I9): it prefers
    /// that unit, is not there, and the unit came back, or the group moved, not long enough ago.
    fn preempt_pending(&self, group: GroupId) -> Option<Role> {
        let (home, _) = self.brief.groups.get(&group)?.preempt?;
        if guard::active(self.observed, group) == Some(home) {
            return None;
        }
        let left_home = match self.memory.homes.get(&group) {
            Some(known) if known.value != home => known.at,
            // It was at home when it was last looked at: it has only just left.
            _ => self.now,
        };
        let came_back = self.memory.back.get(&home).copied().unwrap_or(Elapsed::ZERO);
        let started = self.of(home).build.as_ref().map_or(Elapsed::ZERO, At::started_by);
        let since = left_home.max(came_back).max(started);
        (millis(self.now.since(since)) < self.preempt_s(group).saturating_mul(1000)).then_some(home)
    }

    /// Waits while preempt may move any group by itself: nothing disrupts while something else is under way (I5).
    pub(super) fn unpreempted(&self) -> Result<(), Decision> {
        unguarded!(PreemptSettled, return Ok(()));
        for group in self.brief.groups.keys() {
            if let Some(home) = self.preempt_pending(*group) {
                let why = format!("preempt may move {group} to {home} by itself");
                return Err(self.wait(Awaited::Preempt(*group), why));
            }
        }
        Ok(())
    }

    /// Sends a state-changing command, if every guard holds on readings at most W old.
    pub(super) fn send(&self, send: Send) -> Step {
        let key = (send.rung, send.unit, send.command.clone());
        if let Some(tried) = self.memory.tries.get(&key) {
            let (unit, command) = (send.unit, send.command.told(Via::Direct));
            if tried.times >= TRIES {
                return Err(Decision::Halt(Reason::NoEffect { unit, command, heard: tried.heard.clone() }));
            }
            if tried.took_effect >= TRIES {
                return Err(Decision::Halt(Reason::Undone { unit, command, times: tried.took_effect }));
            }
        }
        self.young()?;
        self.settled(Awaited::Settled)?;
        if send.command.effect() == Effect::Disrupts {
            self.unpreempted()?;
        }
        self.window(&send)?;
        if !self.holds(&send) {
            return Err(self.wait(Awaited::Settled, format!("a guard of {} does not hold", send.command)));
        }
        Ok(Decision::Send(send))
    }

    /// Both units' views, at most W old.
    pub(super) fn young(&self) -> Result<(), Decision> {
        unguarded!(Window, return Ok(()));
        for role in Role::BOTH {
            self.sight(role, self.brief.policy.w(), Awaited::Answer(role))?;
        }
        Ok(())
    }

    /// The guard of each command, on its own (I1, I2); what is common to all stands in `send`.
    pub(super) fn holds(&self, send: &Send) -> bool {
        let observed = self.observed;
        let all = |taker| {
            self.brief.groups.keys().all(|group| {
                guard::active(observed, *group) == Some(taker) || guard::may_switch(observed, *group, taker)
            })
        };
        match &send.command {
            Command::NoFailoverActive(group) => guard::may_switch(observed, *group, send.unit.mate()),
            Command::FailoverActive(group) => guard::may_switch(observed, *group, send.unit),
            Command::NoFailoverActiveAll => all(send.unit.mate()),
            Command::FailoverActiveAll => all(send.unit),
            Command::ReloadStandby => {
                send.target == send.unit.mate() && guard::may_reload(self.brief, observed, send.target)
            }
            Command::Reload => {
                send.target == send.unit && guard::may_reload(self.brief, observed, send.target)
            }
            _ => true,
        }
    }
}
