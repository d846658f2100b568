//! What a halted run tells its operator: what is true now, what is safe next, and the lines for it.
//!
//! It knows the brief, what was last read and what the run remembers. It decides nothing, and it says
//! nothing of a unit that the unit did not say itself: every such statement carries the age of its
//! reading, and a line that disrupts is named only where the pair was whole in that reading.

mod lines;
#[cfg(all(test, feature = "twin"))]
pub(super) mod tests;

use serde::{Deserialize, Serialize};

use crate::command::{Command, Effect};
use crate::decide::{Awaited, Back, Brief, Memory, Observed, Reason, active, pair_of, settled};
use crate::elapsed::{At, Elapsed};
use crate::goal::Pause;
use crate::link::Via;
use crate::unit::{GroupId, Role, Standing};

/// A line for the operator to type.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Advised {
    /// The unit it is typed on, in its own session or on its console.
    pub unit: Role,
    /// The line.
    pub line: String,
    /// Whether it changes something. Such a line is typed only when what `safe` says first holds.
    pub changes: bool,
}

/// What a halt says beside its reason.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Advice {
    pub(super) now: Vec<String>,
    pub(super) safe: String,
    pub(super) commands: Vec<Advised>,
    pub(super) back: Option<Back>,
}

/// All that an advice rests on.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) brief: &'a Brief,
    pub(super) observed: &'a [Observed; 2],
    pub(super) memory: &'a Memory,
    pub(super) at: Elapsed,
}

impl Ground<'_> {
    pub(super) fn advice(&self, reason: &Reason) -> Advice {
        Advice {
            now: self.now(),
            safe: self.safe(reason),
            commands: lines::lines(self, reason),
            back: self.back(reason).cloned(),
        }
    }

    /// The way back, where it begins from what was read last: the pair whole, one unit ahead by a hop, and
    /// all groups on one unit. What somebody else changed is on no way of ours.
    fn back(&self, reason: &Reason) -> Option<&Back> {
        let changed = matches!(
            reason,
            Reason::OffTheWay { .. }
                | Reason::MovedUnasked { .. }
                | Reason::ReleaseMoved { .. }
                | Reason::BootListMoved { .. }
                | Reason::PreemptMoved { .. }
                | Reason::WrongUnit(_)
                | Reason::Undone { .. }
        );
        if changed || self.memory.intent.is_some() || !self.is_whole() {
            return None;
        }
        let rung = |unit| pair_of(self.observed, unit).version().and_then(|version| self.brief.rung(version));
        let (primary, secondary) = (rung(Role::Primary)?, rung(Role::Secondary)?);
        let ahead = if primary > secondary { Role::Primary } else { Role::Secondary };
        if primary.abs_diff(secondary) != 1 {
            return None;
        }
        let mut all_active = self.brief.groups.keys().map(|group| active(self.observed, *group));
        let first = all_active.next()??;
        if !all_active.all(|unit| unit == Some(first)) {
            return None;
        }
        let pause = if first == ahead { Pause::BeforeSecondReload } else { Pause::BeforeSwitch };
        self.brief.back(primary.max(secondary), pause)
    }

    /// Whether both units answered when they were last looked at, and the pair was settled then.
    pub(super) fn is_whole(&self) -> bool {
        self.observed.iter().all(|unit| unit.silent.is_none()) && settled(self.brief, self.observed).is_ok()
    }

    fn now(&self) -> Vec<String> {
        let mut now: Vec<String> = self.brief.groups.keys().map(|group| self.forwarding(*group)).collect();
        now.extend(Role::BOTH.map(|unit| self.unit(unit)));
        now.extend(self.side_by_side());
        now.extend(Role::BOTH.map(|unit| self.boots(unit)));
        now.extend(self.unsaved());
        now.extend(self.removed().map(|(group, delay_s)| {
            let line = Command::Preempt { group, delay_s };
            format!("the run of this journal took {line} of {group} out of the running configuration, or may have, and did not save since")
        }));
        if let Some(open) = &self.memory.intent {
            now.push(format!(
                "the outcome of {} on {} is not known; it is not sent again",
                open.command.told(open.via),
                open.unit
            ));
        }
        now.push("nothing more is sent, and nothing is rolled back".to_owned());
        now
    }

    fn forwarding(&self, group: GroupId) -> String {
        let Some(unit) = active(self.observed, group) else {
            return format!("no one unit is known to forward {group}");
        };
        let mate = unit.mate();
        let seen = pair_of(self.observed, mate);
        let standing = match seen.standing(group) {
            _ if seen.silent.is_some() => "does not answer, so there is no redundancy known".to_owned(),
            None => "was not read, so there is no redundancy known".to_owned(),
            Some(Standing::StandbyReady) => "is Standby Ready".to_owned(),
            Some(other) => format!("is {other}, so there is no redundancy"),
        };
        format!("{unit} forwards {group}; {mate} {standing}")
    }

    fn unit(&self, unit: Role) -> String {
        let seen = pair_of(self.observed, unit);
        let was = seen.sight.as_ref().map(|sight| {
            let standings = sight.value.groups.iter().map(|(group, standings)| match *group {
                GroupId::UNIT => standings.own.to_string(),
                group => format!("{} for {group}", standings.own),
            });
            let version = seen.version().map_or_else(String::new, |version| format!("runs {version}, "));
            let standings: Vec<String> = standings.collect();
            format!("{version}is {} (read {} s ago)", standings.join(" and "), self.age_s(sight))
        });
        match (&seen.silent, was) {
            (None, Some(was)) => format!("{unit} {was}"),
            (None, None) => format!("{unit} was not read since the last command"),
            (Some(silent), was) => {
                let before = was.map_or_else(String::new, |was| format!("; before that: {was}"));
                format!("{unit} could not be read {} s ago: {}{before}", self.age_s(silent), silent.value)
            }
        }
    }

    const fn age_s<T>(&self, at: &At<T>) -> u64 {
        at.age(self.at).as_secs()
    }

    /// Two releases hold a failover pair together for an upgrade, and are not meant to last.
    fn side_by_side(&self) -> Option<String> {
        let [primary, secondary] = Role::BOTH.map(|unit| pair_of(self.observed, unit).version());
        let (primary, secondary) = (primary?, secondary?);
        (primary != secondary).then(|| {
            format!(
                "Primary runs {primary} and Secondary {secondary}: side by side for an upgrade only, not to be left so"
            )
        })
    }

    /// What a unit would start with, should it lose its power now.
    fn boots(&self, unit: Role) -> String {
        let saving = self.memory.intent.as_ref().is_some_and(|open| open.command.saves());
        let read = pair_of(self.observed, unit).startup_boot.as_ref();
        let (list, of) = match (read, self.memory.startup.get(&unit)) {
            (Some(read), _) => (&*read.value, format!("read {} s ago", self.age_s(read))),
            (None, Some(known)) if !saving => (known, "as found, or as this run saved it".to_owned()),
            _ => return format!("what {unit} starts with next was not read"),
        };
        match list.first() {
            Some(first) => format!("{unit} starts with {first} next (startup configuration {of})"),
            None => format!("{unit} starts with the first image on its flash next (no boot entry, {of})"),
        }
    }

    /// A boot list that is not saved is lost with the next start.
    fn unsaved(&self) -> Option<String> {
        let list = self.memory.boot.as_deref()?;
        let differs = self.memory.startup.values().any(|startup| startup != list);
        (differs && self.memory.intent.as_ref().is_none_or(|open| !open.command.saves())).then(|| {
            format!("the boot list of the running configuration is {}, and not saved", list.join(", "))
        })
    }

    /// The groups whose preempt this run removed, or may have, with the delay in seconds that it had.
    fn removed(&self) -> impl Iterator<Item = (GroupId, u32)> {
        let known = self.memory.removed.iter().map(|(group, removed)| (*group, removed.delay_s));
        let open = self.memory.intent.as_ref().and_then(|open| match &open.command {
            Command::NoPreempt { group, was_s } if !self.memory.removed.contains_key(group) => {
                Some((*group, *was_s))
            }
            _ => None,
        });
        known.chain(open)
    }

    /// The unit that is active for the group that the configuration follows, as last read or else as last known.
    fn lead(&self) -> Role {
        let group = self.brief.leading_group();
        let known = self.memory.homes.get(&group).map_or(Role::Primary, |home| home.value);
        active(self.observed, group).unwrap_or(known)
    }

    /// Nobody but a run of the same plan with the same journal knows of preempt that is removed, and where that run halts
    /// again nobody at all.
    fn unrestored(&self, reason: &Reason) -> Option<String> {
        let groups: Vec<String> = self.removed().map(|(group, _)| group.to_string()).collect();
        if groups.is_empty() {
            return None;
        }
        let halts_again = matches!(
            reason,
            Reason::JournalDiffers(_)
                | Reason::TooManyResumes(_)
                | Reason::WindowOver(_)
                | Reason::WindowShort { .. }
        );
        let (groups, lead) = (groups.join(" and "), self.brief.leading_group());
        let who = if halts_again {
            format!("no run of this plan with this journal restores preempt of {groups}: restore it")
        } else {
            format!(
                "only this plan with this journal, or its way back, restores preempt of {groups}; in any other case restore it"
            )
        };
        Some(format!(
            "{who} with the lines below on the unit that is active for {lead}, before anything is saved or planned anew, and while no reload is open or scheduled, since it may move a group at once"
        ))
    }

    fn safe(&self, reason: &Reason) -> String {
        let mut safe = Vec::new();
        if let Some(open) = &self.memory.intent {
            let told = open.command.told(Via::Direct);
            safe.push(format!("do not type {told} again: it may have taken effect, or still do"));
        }
        for unit in Role::BOTH {
            let alone: Vec<String> = self.carried_alone(unit).map(|group| group.to_string()).collect();
            if !alone.is_empty() {
                safe.push(format!(
                    "do not reload, switch or disconnect {unit}: nothing else is known to forward {}",
                    alone.join(" and ")
                ));
            }
        }
        for group in self.brief.groups.keys() {
            if active(self.observed, *group).is_none() {
                safe.push(format!("find out first which unit forwards {group}, on both consoles"));
            }
        }
        if self.is_whole() && !self.is_disrupting() {
            safe.push(
                "the pair was whole when it was last read, so nothing has to be done at once".to_owned(),
            );
        }
        safe.push(on(reason).to_owned());
        safe.extend(self.unrestored(reason));
        if let Some(Back { hop, to, .. }) = self.back(reason) {
            safe.push(format!("or go back to {to}, which is free up to the second reload of hop {hop}"));
        }
        safe.join("; ")
    }

    /// Whether a command is open that moves a standing or reboots a unit.
    fn is_disrupting(&self) -> bool {
        self.memory.intent.as_ref().is_some_and(|open| open.command.effect() == Effect::Disrupts)
    }

    /// The groups that this unit forwards and its mate is not known to be ready for.
    fn carried_alone(&self, unit: Role) -> impl Iterator<Item = GroupId> {
        let mate = pair_of(self.observed, unit.mate());
        self.brief.groups.keys().copied().filter(move |group| {
            active(self.observed, *group) == Some(unit)
                && (mate.silent.is_some() || mate.standing(*group) != Some(&Standing::StandbyReady))
        })
    }
}

/// What an operator can safely do, by why the run stopped.
const fn on(reason: &Reason) -> &'static str {
    match reason {
        Reason::Stopped | Reason::Declined => {
            "to go on, run the same plan with the same journal; it begins with what it finds"
        }
        Reason::Unhealthy(_) => {
            "find out what the probe found; if traffic is well after all, run the same plan with the same journal, which probes again"
        }
        Reason::WindowOver(_) | Reason::WindowShort { .. } => {
            "for the next window, read the pair and make a new plan with a new journal; it begins with what it finds"
        }
        Reason::JournalFailed(_) => {
            "make room or rights for the journal, then run the same plan with the same journal"
        }
        Reason::TooLate(_) => {
            "put the journal on a disk that writes at once, and take load off this machine; then run the same plan with the same journal"
        }
        Reason::TooManyResumes(_) | Reason::JournalDiffers(_) => {
            "read the pair and make a new plan with a new journal; it begins with what it finds"
        }
        Reason::NoSession(_) => {
            "mend what the reason names; if that is not enough, log in by hand at the same address as the same user, and see what refuses; then run the same plan with the same journal"
        }
        Reason::WrongUnit(_) => {
            "compare the serial numbers of both units with those of the plan; a unit that was replaced needs a new plan"
        }
        Reason::WrongSpace(_) => {
            "let the login end in the admin context or the system execution space, then run the same plan with the same journal"
        }
        Reason::Deadline { awaited, .. } => on_deadline(*awaited),
        Reason::Flaps { .. } => {
            "do not switch or reload until each unit shows the mate Standby Ready and stays so; then run the same plan with the same journal"
        }
        Reason::OffTheWay { .. } => {
            "find out what started the unit with that release, then read the pair and make a new plan"
        }
        Reason::MovedUnasked { .. } | Reason::ReleaseMoved { .. } | Reason::BootListMoved { .. } => {
            "find out who or what changed the pair; then read it and make a new plan, which begins with what it finds"
        }
        Reason::PreemptMoved { .. } => {
            "find out who or what changed preempt: if it shall be as the plan found it, restore it with the lines below while no reload is open or scheduled, since it may move a group at once, and run the same plan with the same journal; else read the pair and make a new plan, which takes what it finds for what shall be"
        }
        Reason::StillOld { .. } => {
            "see what the unit is told to start with and whether that image is whole; then read the pair and make a new plan"
        }
        Reason::ReloadedAlready(_) => {
            "find out why the unit is on the old release after its reload; then read the pair and make a new plan"
        }
        Reason::NoEffect { .. } => {
            "only while each unit shows the mate Standby Ready, type the command by hand and read its answer; then read the pair and make a new plan"
        }
        Reason::Undone { .. } => {
            "find out what undoes it, preempt or a person; no unit is down for it; then read the pair and make a new plan, which can remove preempt for its time"
        }
        Reason::TooSlow(_) => {
            "look at the load of the units and the way to them; w_ms may be up to 5000, and staged_read_s longer, in a new plan"
        }
        Reason::ImageMissing { .. } => {
            "put the published image on the flash of that unit and verify it; then run the same plan with the same journal"
        }
        Reason::ImageDiffers { .. } => {
            "copy the published image again and verify it; then run the same plan with the same journal"
        }
        Reason::FlashFull { .. } => {
            "remove files from the flash of that unit that no boot list names; then run the same plan with the same journal"
        }
        Reason::ForeignBootEntry { .. } => {
            "remove the entry by hand and save; then read the pair and make a new plan"
        }
        Reason::Register(_) => {
            "set the register so that the unit reads its startup configuration; then run the same plan with the same journal"
        }
        Reason::ReloadScheduled(_) => {
            "ask who scheduled it, and cancel it or wait for it; then run the same plan with the same journal"
        }
        Reason::Unexpected { .. } => {
            "this is a fault of the program that drives the run; run the same plan with the same journal from another one"
        }
    }
}

const fn on_deadline(awaited: Awaited) -> &'static str {
    match awaited {
        Awaited::Answer(_) => {
            "look at the unit on its console, and at the way to it; once both answer and show each other ready, run the same plan with the same journal"
        }
        Awaited::Boot(_) | Awaited::Quiet => {
            "look at the unit on its console; do not switch or reload its mate; once it is Standby Ready, run the same plan with the same journal"
        }
        Awaited::Copy(_) => {
            "see whether the copy still runs; once the file is whole, or gone, run the same plan with the same journal"
        }
        Awaited::CaughtUp => {
            "do not switch until the mate carries the connections; then run the same plan with the same journal"
        }
        _ => {
            "do not switch or reload until each unit shows the mate Standby Ready; then run the same plan with the same journal"
        }
    }
}
