//! `Memory`: what the devices cannot tell, folded from records and observations. Never a step index.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::ablation::guarded_age;
use super::ages::NOTE_AFTER_MS;
use super::brief::Brief;
use super::guard;
use super::observed::{Observed, Preempts, Sight};
use super::open::Open;
use super::pair_of;
use super::preempt::young;
use crate::command::Command;
use crate::elapsed::{At, Elapsed};
use crate::goal::{OnDrift, Pause};
use crate::shared::Shared;
use crate::text::Text;
use crate::unit::{GroupId, Role, Standing};
use crate::version::AsaVersion;

/// Polls without a look after which calm has to be proven anew: in more of them a unit may have lost its
/// readiness and got it back.
pub(super) const GAP_POLLS: u32 = 2;

/// What a run remembers between two decisions.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Memory {
    /// The state-changing command whose outcome is not known yet.
    pub intent: Option<Open>,
    /// When the answer to it came, or was given up, where that is later than it was sent: up to then it may have been on
    /// its way.
    pub listened: Option<Elapsed>,
    /// How often each command was tried, per unit and hop.
    pub tries: BTreeMap<(usize, Role, Command), Tried>,
    /// Reloads of ours that took effect, per hop and unit: at most one each.
    pub reloads: BTreeSet<(usize, Role)>,
    /// The release that each unit is expected to run: as found, or as our reloads made it.
    pub versions: Shared<BTreeMap<Role, AsaVersion>>,
    /// The running boot list as found, changed by our own lines only.
    pub boot: Option<Shared<Vec<String>>>,
    /// The boot list in the startup configuration of each unit, as found or as we saved it.
    pub startup: Shared<BTreeMap<Role, Vec<String>>>,
    /// The groups whose preempt this run took out of the running configuration, or may have, and has not put
    /// back yet.
    pub removed: BTreeMap<GroupId, Removed>,
    /// The groups whose preempt somebody else put back meanwhile.
    pub put_back: BTreeSet<GroupId>,
    /// Where each group is expected to be active, and since when. Moved by our own switches and by
    /// preempt; by anything else only where the policy adapts.
    pub homes: BTreeMap<GroupId, At<Role>>,
    /// When each unit was last seen not to be ready, or to have come back from a reload.
    pub back: BTreeMap<Role, Elapsed>,
    /// When both units were last looked at together.
    pub looked: Option<Elapsed>,
    /// The pair seen settled, without a gap, since then and so many times.
    pub calm: Option<Calm>,
    /// How often the calm was lost again while we waited for it.
    pub flaps: u32,
    /// The state-link errors of each unit when last seen.
    pub errors: Shared<BTreeMap<Role, u64>>,
    /// When each unit last changed its standing in each group, as it printed it when last seen.
    pub changed: BTreeMap<(Role, GroupId), Text>,
    /// When a group was last seen to have moved, by a switch of ours, by preempt or by somebody else.
    pub switched: Option<Elapsed>,
    /// When the caller's health probe last said that traffic is well on the new release.
    pub probed: Option<Elapsed>,
    /// What the caller's health probe found wrong.
    pub unhealthy: Option<String>,
    /// What is waited for, since when, and how much of its deadline earlier runs have spent.
    pub waiting: Option<Waiting>,
    /// Milliseconds spent on each wait since the last progress, other than in the wait in progress.
    pub spent: BTreeMap<Awaited, u64>,
    /// The pauses the operator has answered, per hop.
    pub passed: BTreeSet<(usize, Pause)>,
    /// Whether the configuration was saved after the last hop.
    pub saved: bool,
    /// How often the journal was resumed.
    pub resumes: u32,
    /// Milliseconds that earlier runs of the journal took, as far as their records tell.
    pub before_ms: u64,
}

/// A command that was tried.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Tried {
    /// How often it had no effect.
    pub times: u32,
    /// How often it took effect.
    pub took_effect: u32,
    /// What was heard the last time it had none.
    pub heard: String,
}

/// Preempt that a run took out of the running configuration.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Removed {
    /// The delay in seconds that it had; 0: `preempt` alone.
    pub delay_s: u32,
    /// Whether it was seen to be gone on both units. Otherwise it may be there still.
    pub seen: bool,
}

/// A settled pair, seen again and again.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Calm {
    /// When it was first seen settled.
    pub since: Elapsed,
    /// When it was last seen settled.
    pub last: Elapsed,
    /// How often: a poll apart, and once more where that makes it long enough.
    pub polls: u32,
}

impl Calm {
    /// When it has lasted for as long as a pair has to be ready.
    pub(crate) fn long_enough(&self, brief: &Brief) -> Elapsed {
        self.since.after(Duration::from_secs(brief.policy.ready_for_s))
    }
}

/// A wait in progress.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Waiting {
    /// What for.
    pub awaited: Awaited,
    /// Since when in this run.
    pub since: Elapsed,
    /// Up to when the time was put on record.
    pub noted: Elapsed,
    /// When it was last decided to go on waiting.
    pub last: Elapsed,
}

/// What is waited for. Each has a deadline, and reaching it halts the run.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Awaited {
    /// A unit that does not answer.
    Answer(Role),
    /// The pair to be settled: one active, the mate Standby Ready, links up, in every group.
    Settled,
    /// The pair to stay settled for a while.
    Ready,
    /// A reloaded unit to come back.
    Boot(Role),
    /// A unit that came back to synchronise.
    Sync(Role),
    /// A unit to synchronise its configuration.
    Config(Role),
    /// A unit to synchronise its state: connections, translations, VPN.
    Bulk(Role),
    /// A service module that was up to be up again.
    Module(Role),
    /// A sent reload to show, or not.
    Quiet,
    /// A switch to show on both units.
    Switch,
    /// Preempt to move a group to its preferred unit.
    Preempt(GroupId),
    /// The mate's connections to match the active unit's.
    CaughtUp,
    /// The soak between the switch and the second reload.
    Soak,
    /// A copy whose reply was lost.
    Copy(Role),
}

impl Memory {
    /// The memory at the beginning of a run: the groups are where the plan found them.
    pub fn new(brief: &Brief) -> Self {
        let homes =
            brief.groups.iter().map(|(id, group)| (*id, At::new(Elapsed::ZERO, group.found))).collect();
        Self {
            homes,
            versions: brief.versions.clone().into(),
            boot: brief.running_boot.clone().map(Shared::from),
            startup: brief.startup_boot.clone().into(),
            removed: brief
                .removed
                .iter()
                .map(|(id, delay_s)| (*id, Removed { delay_s: *delay_s, seen: true }))
                .collect(),
            ..Self::default()
        }
    }

    /// Takes in what was just seen: where the groups are, whether the pair is settled, whether state is lost.
    pub fn saw(&mut self, brief: &Brief, observed: &[Observed; 2], now: Elapsed) {
        if let Some(open) = &mut self.intent {
            open.begun |= open.shows(&self.homes, observed);
        }
        self.note_preempt(brief, observed, now);
        let asked: Vec<(Role, &Sight)> = Role::BOTH
            .into_iter()
            .filter_map(|role| {
                let unit = pair_of(observed, role);
                let most = guarded_age!(unit, brief.policy.w());
                let sight = unit.sight.as_ref().filter(|sight| sight.age(now) <= most)?;
                Some((role, &*sight.value))
            })
            .collect();
        if asked.len() < Role::BOTH.len() {
            // A mate that is down answers nobody; then the other unit's word has to do for what ends a calm.
            if asked.iter().any(|(_, sight)| !guard::is_whole(brief, sight)) {
                self.note_unsettled(&asked, now);
            }
            return;
        }
        self.note_look(brief, now);
        let changed = self.note_changes(&asked, now);
        let errors_grew = self.note_errors(&asked);
        if guard::settled(brief, observed).is_ok() && !errors_grew {
            self.calm = self.calm.filter(|_| !changed);
            self.note_calm(brief, observed, now);
            self.note_homes(brief, observed, now);
        } else {
            self.note_unsettled(&asked, now);
        }
    }

    fn note_unsettled(&mut self, asked: &[(Role, &Sight)], now: Elapsed) {
        self.note_unready(asked, now);
        if self.calm.is_some_and(|calm| calm.polls > 1) {
            self.flaps += 1;
        }
        self.calm = None;
    }

    /// Behind a look that was missed a unit may have lost its readiness and got it back, so that preempt begins anew.
    fn note_look(&mut self, brief: &Brief, now: Elapsed) {
        let missed = brief.policy.poll() * 2;
        if self.looked.is_some_and(|looked| now.since(looked) >= missed) {
            self.back.extend(Role::BOTH.map(|role| (role, now)));
        }
        self.looked = Some(now);
    }

    /// Preempt that is there on both units although we took it away was put back by somebody else, or never
    /// left. From now on it may take its group home.
    fn note_preempt(&mut self, brief: &Brief, observed: &[Observed; 2], now: Elapsed) {
        let there = |group| {
            Role::BOTH.into_iter().all(|role| {
                let groups = self.preempt_now(brief, observed, role, now);
                groups.is_some_and(|read| read.value.get(&group).copied().flatten().is_some())
            })
        };
        let back: Vec<GroupId> = self.removed.keys().copied().filter(|group| there(*group)).collect();
        for group in back {
            let by_us = matches!(&self.intent, Some(Open { command: Command::Preempt { group: of, .. }, .. }) if *of == group);
            let seen = self.removed.remove(&group).is_some_and(|removed| removed.seen);
            if seen && !by_us {
                self.put_back.insert(group);
            }
            self.may_preempt(brief, group, now);
        }
    }

    /// What a unit was read to have of preempt, where that is of now: young, and not from before it was last not ready, nor
    /// from before a session with it was lost. A unit that synchronises takes the configuration of its mate.
    pub(crate) fn preempt_now<'o>(
        &self,
        brief: &Brief,
        observed: &'o [Observed; 2],
        role: Role,
        now: Elapsed,
    ) -> Option<&'o At<Shared<Preempts>>> {
        let unit = pair_of(observed, role);
        let read = unit.running_preempt.as_ref().filter(|_| !unit.preempt_doubted)?;
        let since = self.back.get(&role).is_none_or(|back| read.at >= *back);
        (since && read.age(now) <= young(&brief.policy)).then_some(read)
    }

    /// Takes in which groups a unit was read to have preempt in, before and now: what was seen to be gone and is there
    /// again may take its group home, also where the mate does not have it.
    pub(crate) fn read_preempt(
        &mut self,
        brief: &Brief,
        before: Option<&Preempts>,
        groups: &Preempts,
        now: Elapsed,
    ) {
        let has = |groups: &Preempts, group: &GroupId| groups.get(group).is_some_and(Option::is_some);
        let again = |group: &&GroupId| {
            // What the run took away is gone once that was seen; all else once a reading lacked it.
            let was_gone = self.removed.get(group).map_or_else(|| before.is_some(), |removed| removed.seen);
            was_gone && has(groups, group) && !before.is_some_and(|before| has(before, group))
        };
        let again: Vec<GroupId> = brief.groups.keys().filter(again).copied().collect();
        for group in again {
            self.may_preempt(brief, group, now);
        }
    }

    /// As if the unit that a group prefers had just come back.
    pub(crate) fn may_preempt(&mut self, brief: &Brief, group: GroupId, now: Elapsed) {
        if let Some((home, _)) = brief.groups.get(&group).and_then(|group| group.preempt) {
            self.back.insert(home, now);
        }
    }

    /// Whether the open command was seen to take effect.
    pub(crate) fn saw_begun(&self) -> bool {
        self.intent.as_ref().is_some_and(|open| open.begun)
    }

    /// A unit that is on its way up may be about to take its groups home.
    fn note_unready(&mut self, asked: &[(Role, &Sight)], now: Elapsed) {
        for (role, sight) in asked {
            let mut own = sight.groups.values().map(|standings| &standings.own);
            if own.any(|own| !matches!(own, Standing::Active | Standing::StandbyReady)) {
                self.back.insert(*role, now);
            }
        }
    }

    /// A unit that changed since it was last seen, whatever it is by now: between two looks a group may have gone and
    /// come back, or readiness, and preempt begins anew with each.
    fn note_changes(&mut self, asked: &[(Role, &Sight)], now: Elapsed) -> bool {
        let mut any = false;
        for (role, sight) in asked {
            for (group, standings) in &sight.groups {
                let known = self.changed.get(&(*role, *group));
                if known == standings.changed.as_ref() {
                    continue;
                }
                // What was printed before and is not now may have changed as well.
                if known.is_some() {
                    any = true;
                    self.back.insert(*role, now);
                }
                if let Some(changed) = &standings.changed {
                    self.changed.insert((*role, *group), changed.clone());
                }
            }
        }
        any
    }

    fn note_errors(&mut self, asked: &[(Role, &Sight)]) -> bool {
        let mut grew = false;
        for (role, sight) in asked {
            let errors = sight.state_errors;
            let before = self.errors.get(role).copied();
            grew |= before.is_some_and(|before| errors > before);
            if before != Some(errors) {
                self.errors.insert(*role, errors);
            }
        }
        grew
    }

    /// A reading counts once a poll, and where it is the first that makes the calm long enough; a gap of several
    /// polls starts the count again.
    fn note_calm(&mut self, brief: &Brief, observed: &[Observed; 2], now: Elapsed) {
        let poll = brief.policy.poll();
        let read = observed.iter().filter_map(|unit| unit.sight.as_ref()).map(|sight| sight.at).min();
        let is_due = |calm: &Calm| {
            calm.last < calm.long_enough(brief) && read.is_some_and(|read| read >= calm.long_enough(brief))
        };
        self.calm = Some(match self.calm {
            Some(calm) if now.since(calm.last) < poll && !is_due(&calm) => calm,
            Some(calm) if now.since(calm.last) <= poll * GAP_POLLS => {
                Calm { last: now, polls: calm.polls + 1, ..calm }
            }
            _ => Calm { since: now, last: now, polls: 1 },
        });
    }

    fn note_homes(&mut self, brief: &Brief, observed: &[Observed; 2], now: Elapsed) {
        if self.intent.is_some() {
            return;
        }
        for (id, group) in &brief.groups {
            let is_active = |role: &Role| pair_of(observed, *role).standing(*id) == Some(&Standing::Active);
            let is_new = |role: &Role| self.homes.get(id).is_none_or(|home| home.value != *role);
            let Some(active) = Role::BOTH.into_iter().find(is_active).filter(is_new) else { continue };
            let by_preempt = group.preempt.is_some_and(|(home, _)| home == active);
            if by_preempt || brief.policy.on_drift == OnDrift::Adapt {
                // Whoever moved it: the new release, if it is one, forwards since then, and the pair is calm since.
                self.moved(*id, active, now);
                self.calm = Some(Calm { since: now, last: now, polls: 1 });
            }
        }
    }

    /// Whether the pair was seen settled often enough and long enough, and up to now.
    pub(crate) fn is_ready(&self, brief: &Brief, now: Elapsed) -> bool {
        self.calm.is_some_and(|calm| {
            now.since(calm.last) <= brief.policy.poll() * GAP_POLLS
                && calm.polls >= brief.policy.ready_polls
                && calm.last >= calm.long_enough(brief)
        })
    }

    /// Starts a wait, or goes on with it. The time of a wait that is left for another is kept; the
    /// time of whatever was done between two waits for the same is not. Returns the milliseconds that are to be
    /// put on record now, where they are enough for that.
    pub(crate) fn wait(&mut self, brief: &Brief, awaited: Awaited, now: Elapsed) -> Option<u64> {
        let gap = brief.policy.longest_look();
        let goes_on = self.waiting.filter(|known| known.awaited == awaited && now.since(known.last) <= gap);
        if let Some(left) = self.waiting.filter(|_| goes_on.is_none()) {
            let end = left.last.after(gap).min(now);
            *self.spent.entry(left.awaited).or_default() += millis(end.since(left.since));
        }
        let known = goes_on.unwrap_or(Waiting { awaited, since: now, noted: now, last: now });
        let unnoted_ms = millis(now.since(known.noted));
        let due_ms = (unnoted_ms >= NOTE_AFTER_MS).then_some(unnoted_ms);
        let noted = due_ms.map_or(known.noted, |_| now);
        self.waiting = Some(Waiting { noted, last: now, ..known });
        due_ms
    }

    /// Milliseconds spent on this wait since the last progress.
    pub(crate) fn waited(&self, brief: &Brief, awaited: Awaited, now: Elapsed) -> u64 {
        let gap = brief.policy.longest_look();
        let here = self
            .waiting
            .filter(|waiting| waiting.awaited == awaited)
            .map_or(0, |waiting| millis(waiting.last.after(gap).min(now).since(waiting.since)));
        here.saturating_add(self.spent.get(&awaited).copied().unwrap_or(0))
    }

    /// Every time in here, for ages that are told relative to now.
    pub(crate) fn shift(&mut self, shift: &impl Fn(Elapsed) -> Elapsed) {
        if let Some(open) = &mut self.intent {
            open.at = shift(open.at);
        }
        self.listened = self.listened.map(shift);
        self.homes.values_mut().for_each(|home| home.shift(shift));
        self.back.values_mut().for_each(|back| *back = shift(*back));
        if let Some(calm) = &mut self.calm {
            calm.since = shift(calm.since);
            calm.last = shift(calm.last);
        }
        self.looked = self.looked.map(shift);
        self.switched = self.switched.map(shift);
        self.probed = self.probed.map(shift);
        if let Some(waiting) = &mut self.waiting {
            waiting.since = shift(waiting.since);
            waiting.noted = shift(waiting.noted);
            waiting.last = shift(waiting.last);
        }
    }

    /// A command is on its way: whatever was waited for before it is over, and calm begins anew.
    pub fn begin(&mut self, open: Open) {
        self.intent = Some(open);
        self.listened = None;
        self.calm = None;
        self.waiting = None;
    }

    /// The latest time at which the open command can have begun, as far as anybody here knows.
    pub(super) fn begun_by(&self, open: &Open) -> Elapsed {
        self.listened.unwrap_or(open.at)
    }

    /// Takes in the outcome of the open command.
    pub fn resolve(&mut self, brief: &Brief, effect: Effected, now: Elapsed) {
        let Some(open) = self.intent.take() else { return };
        self.listened = None;
        if effect == Effected::NotSent {
            return;
        }
        if let Command::NoPreempt { group, was_s } = &open.command {
            // What had no effect on both units may have had it on one.
            let removed = self.removed.entry(*group).or_insert(Removed { delay_s: *was_s, seen: false });
            removed.seen |= effect == Effected::Yes;
        }
        // A line that nobody listened to tells nothing of what the unit answers to it; the resumes bound it.
        let quiet = open.command.saves() || open.command.group().is_some();
        let unheard = open.resumed && open.heard.is_none() && quiet;
        if effect == Effected::No && unheard {
            return;
        }
        let tried = self.tries.entry((open.rung, open.unit, open.command.clone())).or_default();
        if effect == Effected::No {
            tried.times += 1;
            tried.heard =
                open.heard.map_or_else(|| "nothing was heard".to_owned(), |heard| heard.to_string());
            return;
        }
        tried.took_effect += 1;
        self.waiting = None;
        self.spent.clear();
        self.calm = None;
        match &open.command {
            Command::ReloadStandby | Command::Reload => {
                self.reloads.insert((open.rung, open.target));
                self.back.insert(open.target, now);
                self.errors.remove(&open.target);
                self.flaps = 0;
                if let Some(stop) = brief.stops.get(open.rung) {
                    self.versions.insert(open.target, stop.version);
                }
            }
            Command::BootSystem(file) => {
                self.boot.iter_mut().for_each(|list| list.push(file.to_string()));
            }
            Command::NoBootSystem(file) => {
                self.boot.iter_mut().for_each(|list| list.retain(|entry| *entry != file.to_string()));
            }
            Command::Preempt { group, .. } => {
                self.removed.remove(group);
                self.may_preempt(brief, *group, now);
            }
            Command::WriteMemory | Command::WriteMemoryAll => {
                self.saved = open.rung > brief.summit();
                self.startup =
                    self.boot.iter().flat_map(|list| Role::BOTH.map(|role| (role, list.to_vec()))).collect();
            }
            _ => {}
        }
        if let Some((group, taker)) = open.moves() {
            for id in brief.groups.keys().filter(|id| group.is_none_or(|group| group == **id)) {
                self.moved(*id, taker, now);
            }
        }
    }

    fn moved(&mut self, group: GroupId, to: Role, now: Elapsed) {
        self.homes.insert(group, At::new(now, to));
        self.switched = Some(now);
        self.probed = None;
    }
}

/// What became of a command.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Effected {
    /// Its effect was seen.
    Yes,
    /// It is proven not to have taken effect.
    No,
    /// It was never sent: what it rested on had changed by the time its intent was durable.
    NotSent,
}

pub(crate) fn millis(span: Duration) -> u64 {
    span.as_millis().try_into().unwrap_or(u64::MAX)
}
