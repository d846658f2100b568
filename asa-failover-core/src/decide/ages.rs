//! Which ages a decision tells apart: the same state, with every age beyond those taken as the first beyond.
//!
//! An age matters as long as a question is still to be answered otherwise when time goes on. Each field
//! has questions of its own ("at most a poll old", "t_quiet has passed"), so each saturates at an age of
//! its own. Where a question compares two times, their order is kept.

use super::brief::Brief;
use super::memory::{Awaited, Calm, GAP_POLLS, Memory, Waiting, millis};
use super::observed::{Build, Observed, set_times};
use super::open::Open;
use super::preempt::{self, young};
use super::view::View;
use super::{pair_of, pair_of_mut};
use crate::command::Command;
use crate::elapsed::{At, Elapsed};
use crate::goal::{Policy, Preempt};
use crate::unit::Role;

/// Milliseconds of a wait after which its time is put on record.
pub(super) const NOTE_AFTER_MS: u64 = 60_000;

/// The age at which a value stays that no question asks the age of.
const UNASKED: u64 = 0;

/// How finely the uptimes of units are told.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Uptimes {
    /// To the second: an uptime grows with the age of its reading.
    Exact,
    /// In hours: the age of a reading is nothing beside them.
    InHours,
}

/// Takes every age that no decision tells from a smaller one as that one. Nothing is ever `never_ms`
/// old: a question that asks for so much asks for nothing.
pub(crate) fn saturate(
    brief: &Brief,
    observed: &mut [Observed; 2],
    memory: &mut Memory,
    now: Elapsed,
    never_ms: u64,
    uptimes: Uptimes,
) {
    let ages = Ages { brief, now, never_ms, uptimes };
    let order =
        Role::BOTH.map(|role| Order::of(pair_of(observed, role), pair_of(observed, role.mate()), memory));
    for role in Role::BOTH {
        ages.unit(role, pair_of_mut(observed, role), memory);
    }
    for (role, order) in Role::BOTH.into_iter().zip(order) {
        let silent = pair_of(observed, role.mate()).silent.as_ref().map(|silent| silent.at);
        if let Some(silent) = silent.filter(|_| !order.sight_since_silent) {
            ages.put_before(&mut pair_of_mut(observed, role).sight, silent);
        }
    }
    if let Some(calm) = &mut memory.calm {
        ages.calm(calm, observed, order);
    }
    if let Some(open) = &mut memory.intent {
        if let Some(listened) = &mut memory.listened {
            ages.clamp(listened, ages.patience_ms(&open.command));
        }
        ages.open(open, observed, order);
    }
    ages.waits(observed, memory);
    ages.moves(observed, memory);
}

/// Which readings of a unit came after the calm began, after the open command, and after its mate fell silent.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is the order of another two times")]
struct Order {
    build_in_calm: bool,
    reload_in_calm: bool,
    build_since_open: bool,
    /// The sight came after the mate was last found silent.
    sight_since_silent: bool,
    /// The end asks whether a reload was found scheduled in the calm, and only behind the last save, which ends every
    /// calm before it: no calm from before that save lasts until then.
    asks_reload: bool,
}

impl Order {
    fn of(unit: &Observed, mate: &Observed, memory: &Memory) -> Self {
        let began = memory.calm.map(|calm| calm.since);
        let opened = memory.intent.as_ref().map(|open| open.at);
        let build = unit.build.as_ref().map(|build| build.at);
        let reload = unit.reload_scheduled.as_ref().map(|reload| reload.at);
        Self {
            build_in_calm: build >= began,
            reload_in_calm: memory.saved && reload >= began,
            build_since_open: build >= opened,
            sight_since_silent: unit.sight.as_ref().map(|sight| sight.at)
                >= mate.silent.as_ref().map(|silent| silent.at),
            asks_reload: memory.saved,
        }
    }
}

struct Ages<'a> {
    brief: &'a Brief,
    now: Elapsed,
    never_ms: u64,
    uptimes: Uptimes,
}

impl Ages<'_> {
    const fn policy(&self) -> &Policy {
        &self.brief.policy
    }

    fn poll_ms(&self) -> u64 {
        millis(self.policy().poll())
    }

    fn age(&self, at: Elapsed) -> u64 {
        millis(self.now.since(at))
    }

    fn at(&self, age_ms: u64) -> Elapsed {
        Elapsed::from_millis(self.now.as_millis().saturating_sub(age_ms))
    }

    /// The first age beyond an interval that a reading may be old.
    const fn beyond(&self, most_ms: u64) -> u64 {
        if most_ms >= self.never_ms { UNASKED } else { most_ms.saturating_add(1) }
    }

    /// From this age on a sight serves nothing that asks for its age.
    fn beyond_sight(&self) -> u64 {
        self.beyond(millis(self.policy().w()).max(self.poll_ms().saturating_sub(1)))
    }

    fn clamp(&self, at: &mut Elapsed, most_ms: u64) {
        *at = self.clamped(*at, most_ms);
    }

    fn clamped(&self, at: Elapsed, most_ms: u64) -> Elapsed {
        if self.age(at) > most_ms { self.at(most_ms) } else { at }
    }

    fn clamp_value<T>(&self, value: &mut Option<At<T>>, most_ms: u64) {
        if let Some(value) = value {
            self.clamp(&mut value.at, most_ms);
        }
    }

    /// Makes a reading older than another event, if it is not.
    fn put_before<T>(&self, value: &mut Option<At<T>>, event: Elapsed) {
        if let Some(value) = value
            && value.at >= event
        {
            value.at = self.at(self.age(event).saturating_add(1));
        }
    }

    fn unit(&self, role: Role, unit: &mut Observed, memory: &Memory) {
        let slow = self.beyond(self.policy().slow_read_s.saturating_mul(1000));
        let staged = self.beyond(millis(self.policy().staged()));
        let poll = self.poll_ms();
        let open = memory.intent.as_ref();
        let command = open.map(|open| &open.command);
        self.clamp_value(&mut unit.sight, self.beyond_sight());
        // Where a build is never too old its uptime grows with its age for ever.
        if let Some(build) =
            unit.build.as_mut().filter(|_| slow != UNASKED || self.uptimes == Uptimes::InHours)
        {
            let reloads = open.is_some_and(|open| open.reloads(role));
            if self.uptimes == Uptimes::InHours {
                self.forget_uptime(role, build, memory);
            }
            // A calm may begin, or a command, at this very moment: what was read before it stays older.
            let looked = if reloads { poll } else { 1 };
            let since = self.preempt_since(role, build, memory);
            self.clamp(&mut build.at, slow.max(staged).max(looked).max(since));
        }
        // What a copy or a save may have changed is asked for within a poll; all else within `slow`, and what a
        // reload rests on within `staged` too.
        let copies = matches!(command, Some(Command::Copy { .. }));
        let saves = matches!(command, Some(Command::WriteMemory | Command::WriteMemoryAll));
        let slow_or_staged = slow.max(staged);
        let within_poll =
            |asked: bool| if asked { self.beyond(poll).max(slow_or_staged) } else { slow_or_staged };
        set_times(&mut unit.flash, |at| self.clamped(at, within_poll(copies)));
        set_times(&mut unit.digests, |at| self.clamped(at, UNASKED));
        self.clamp_value(&mut unit.running_boot, slow);
        let young_ms = millis(young(self.policy()));
        let beyond_young = if self.removes(memory) { self.beyond(young_ms) } else { 0 };
        // What is not young is not of now, doubted or not.
        let is_young = unit.running_preempt.as_ref().is_some_and(|read| self.age(read.at) <= young_ms);
        unit.preempt_doubted &= self.removes(memory) && is_young;
        self.clamp_value(&mut unit.running_preempt, slow_or_staged.max(beyond_young));
        self.clamp_value(&mut unit.startup_boot, within_poll(saves));
        // A calm may begin at this very moment: what was read before it stays older.
        self.clamp_value(&mut unit.reload_scheduled, slow_or_staged.max(1));
        self.clamp_value(&mut unit.connections, self.beyond(poll.saturating_mul(2)));
        self.clamp_value(&mut unit.silent, poll);
    }

    /// Whether a line may take preempt away or restore it, or did: only then is asked whether a reading of it is young.
    fn removes(&self, memory: &Memory) -> bool {
        self.policy().preempt == Preempt::Remove || !memory.removed.is_empty()
    }

    /// From which age on a build tells nothing of preempt. It says when the unit started at the latest: before a group left
    /// that prefers it, or before it was seen on its way up for the last time, there is nothing to tell.
    fn preempt_since(&self, role: Role, build: &At<Build>, memory: &Memory) -> u64 {
        let least_ms = build.value.uptime.map_or(0, |(least, _)| least.saturating_mul(1000));
        let since = preempt::since(self.brief, memory, role).map_or(UNASKED, |since| self.age(since));
        self.preempt_ms(role).min(since).saturating_sub(least_ms)
    }

    /// An uptime is compared by a reload: with what it was when the line was typed, which rests on builds that were read in
    /// the calm before it. What was read before the calm is read anew until then. Else it tells of preempt when a unit
    /// started: where that is before all else that may have had a group moved, it may as well have been long ago.
    fn forget_uptime(&self, role: Role, build: &mut At<Build>, memory: &Memory) {
        let reloaded = |role| memory.reloads.contains(&(self.brief.summit(), role));
        let is_read_anew = build.at < memory.calm.map_or(self.now, |calm| calm.since);
        let started = build.started_by();
        let tells = preempt::since(self.brief, memory, role).is_some_and(|since| started > since)
            && self.age(started) < self.preempt_ms(role);
        if (is_read_anew || Role::BOTH.into_iter().all(reloaded))
            && !tells
            && !self.is_compared(role, build, memory)
        {
            build.value.uptime = Some((u64::MAX, u64::MAX));
        }
    }

    /// Whether an open reload may still compare the uptime in this reading: of its target until the new release is proven,
    /// if that was not read too long before it; and of the mate where the run was resumed.
    fn is_compared(&self, role: Role, build: &At<Build>, memory: &Memory) -> bool {
        let Some(open) = memory.intent.as_ref().filter(|open| open.reloads(open.target)) else {
            return false;
        };
        if open.target != role {
            return open.resumed;
        }
        let aim = self.brief.stops.get(open.rung).map(|stop| stop.version);
        let is_proven = build.value.version == aim && open.version != aim;
        !is_proven && (build.at >= open.at || self.age(build.at) < self.poll_ms())
    }

    /// The longest that preempt may take to move a group to this unit.
    fn preempt_ms(&self, role: Role) -> u64 {
        let groups = self.brief.groups.values().filter_map(|group| group.preempt);
        let delays = groups.filter(|(home, _)| *home == role).map(|(_, delay_s)| u64::from(delay_s));
        let most_s = delays.max().map(|delay_s| delay_s.saturating_add(self.policy().preempt_s));
        most_s.map_or(UNASKED, |most_s| most_s.saturating_mul(1000))
    }

    /// What was read since the pair is calm stays so, and what was read before it stays before.
    fn calm(&self, calm: &mut Calm, observed: &mut [Observed; 2], order: [Order; 2]) {
        let span = millis(calm.last.since(calm.since)).min(self.policy().ready_for_s.saturating_mul(1000));
        self.clamp(&mut calm.last, self.beyond(self.poll_ms().saturating_mul(u64::from(GAP_POLLS))));
        let mut since = self.at(self.age(calm.last).saturating_add(span));
        for (unit, order) in observed.iter().zip(order) {
            let build = unit.build.as_ref().filter(|_| order.build_in_calm).map(|build| build.at);
            let reload = unit.reload_scheduled.as_ref().filter(|_| order.reload_in_calm).map(|read| read.at);
            since = [build, reload].into_iter().flatten().fold(since, Elapsed::min);
        }
        calm.since = since;
        for (unit, order) in observed.iter_mut().zip(order) {
            if !order.build_in_calm {
                self.put_before(&mut unit.build, since);
            }
            if order.asks_reload && !order.reload_in_calm {
                self.put_before(&mut unit.reload_scheduled, since);
            }
        }
    }

    /// How long a command may show no effect before that is taken for none.
    const fn patience_ms(&self, command: &Command) -> u64 {
        let policy = self.policy();
        let most_s = match command {
            Command::Copy { .. } if policy.copy_s > policy.t_quiet_s => policy.copy_s,
            Command::NoFailoverActive(_)
            | Command::FailoverActive(_)
            | Command::NoFailoverActiveAll
            | Command::FailoverActiveAll => policy.switch_s,
            _ => policy.t_quiet_s,
        };
        most_s.saturating_mul(1000)
    }

    /// How long a command is open decides up to its patience; a reload is also compared with uptimes,
    /// which no interval bounds.
    fn open(&self, open: &mut Open, observed: &mut [Observed; 2], order: [Order; 2]) {
        if matches!(open.command, Command::ReloadStandby | Command::Reload) {
            let target = pair_of_mut(observed, open.target);
            let [primary, secondary] = order;
            let order = if open.target == Role::Primary { primary } else { secondary };
            if !order.build_since_open {
                self.put_before(&mut target.build, open.at);
            }
            return;
        }
        // A sight since the command stays one: it saturates no later.
        self.clamp(&mut open.at, self.patience_ms(&open.command).max(self.beyond_sight()));
    }

    fn waits(&self, observed: &[Observed; 2], memory: &mut Memory) {
        let deadlines_ms: Vec<(Awaited, u64)> = {
            let view = View::new(self.brief, observed, memory, self.now);
            let waiting = memory.waiting.map(|waiting| waiting.awaited);
            let awaited = memory.spent.keys().copied().chain(waiting);
            awaited.map(|awaited| (awaited, view.deadline_s(awaited).saturating_mul(1000))).collect()
        };
        for (awaited, deadline_ms) in deadlines_ms {
            if let Some(spent) = memory.spent.get_mut(&awaited) {
                *spent = deadline_ms.min(*spent);
            }
            if let Some(waiting) = memory.waiting.as_mut().filter(|waiting| waiting.awaited == awaited) {
                self.waiting(waiting, deadline_ms);
            }
        }
        memory.spent.retain(|_, spent| *spent > 0);
    }

    fn waiting(&self, waiting: &mut Waiting, deadline_ms: u64) {
        let gap_ms = millis(self.policy().longest_look());
        let end = |last: Elapsed| last.after(self.policy().longest_look()).min(self.now);
        let waited_ms = millis(end(waiting.last).since(waiting.since)).min(deadline_ms);
        self.clamp(&mut waiting.last, self.beyond(gap_ms));
        waiting.since = Elapsed::from_millis(end(waiting.last).as_millis().saturating_sub(waited_ms));
        if deadline_ms < NOTE_AFTER_MS {
            // It ends before it is noted.
            waiting.noted = waiting.since;
        }
    }

    fn moves(&self, observed: &[Observed; 2], memory: &mut Memory) {
        memory.switched =
            memory.switched.filter(|at| self.age(*at) < self.policy().soak_s.saturating_mul(1000));
        let preempts = self.brief.groups.values().any(|group| group.preempt.is_some());
        memory.looked = memory.looked.filter(|_| preempts);
        if let Some(looked) = &mut memory.looked {
            self.clamp(looked, self.poll_ms().saturating_mul(2));
        }
        let poll_s = self.policy().poll().as_secs();
        let probe_ms = self.policy().probe_s.map_or(0, |every_s| every_s.max(poll_s).saturating_mul(1000));
        memory.probed = memory.probed.filter(|at| self.age(*at) < probe_ms);
        // What a unit was read to have of preempt before that, and still young, is of now if nothing tells.
        let removes = self.removes(memory);
        let doubts = |role: Role, back: Elapsed| {
            let read = pair_of(observed, role).running_preempt.as_ref();
            removes
                && read
                    .is_some_and(|read| read.at < back && self.age(read.at) <= millis(young(self.policy())))
        };
        let [left_primary, left_secondary] = Role::BOTH.map(|home| preempt::left(self.brief, memory, home));
        let tells = |role: Role, back: Elapsed| {
            let left = if role == Role::Primary { left_primary } else { left_secondary };
            left.is_some_and(|left| back > left) && self.age(back) < self.preempt_ms(role)
        };
        memory.back.retain(|role, at| tells(*role, *at) || doubts(*role, *at));
        for (id, known) in &mut memory.homes {
            let home = self.brief.groups.get(id).and_then(|group| group.preempt).map(|(home, _)| home);
            let away = home.filter(|home| *home != known.value);
            let most_ms = away.map_or(UNASKED, |home| self.preempt_ms(home));
            // Preempt waits for as long again from when its unit came back, if that is later.
            if away.and_then(|home| memory.back.get(&home)).is_some_and(|back| *back > known.at) {
                known.at = self.at(most_ms);
            }
            self.clamp(&mut known.at, most_ms);
        }
        if self.policy().window_s.is_none() {
            memory.before_ms = 0;
        }
    }
}
