//! A run without what no decision rests on: texts, numbers that only name things, words that are told apart by nobody.
//!
//! An exploration of everything that may happen keeps one run for all that differ in these alone. What
//! they do is the same; what they *say* of it (the text of a halt, its evidence) is not.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::super::links::Links;
use super::super::{Doing, Run};
use crate::decide::ablation::{guarded, guarded_age};
use crate::decide::{
    Brief, Heard, Memory, Observed, Sight, Standings, StateLink, Uptimes, pair_of, pair_of_mut,
};
use crate::elapsed::Elapsed;
use crate::unit::{GroupId, Role, Standing};

/// Seconds of an hour, in which uptimes are told.
const HOUR_S: u64 = 3_600;

/// What of a run changes in its steps, in parts that many runs have in common.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "a run is put together of these and nothing else")]
pub struct Parts {
    /// Both units as last observed.
    pub observed: [Observed; 2],
    /// What the devices cannot tell.
    pub memory: Memory,
    /// Sessions, and what the last action asked for.
    pub talk: Talk,
}

/// Sessions, and what the last action of a run asked for.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Talk {
    links: Links,
    doing: Doing,
    next_seq: u64,
    baseline: bool,
}

impl Run {
    /// The canonical form of a run that waits for the answer to a connection, a line, a sleep or a
    /// question, less what no decision rests on, and the time it stands at.
    ///
    /// It takes the decisions of the run for ever, where uptimes are told in hours (the age of a reading is
    /// nothing beside them, nor is the time that a reload is open), and where fewer than a hundred lines in
    /// a row lead to nothing: the count of these is left out.
    pub fn into_essence(self, at: Elapsed) -> (Self, Elapsed) {
        let (mut run, now) = self.reduced(at, Uptimes::InHours);
        let most_ms = run.brief.policy.t_quiet_s.saturating_mul(1000);
        // That a unit is down may be in a sight that is too old for all else: it is found out when the run is told next.
        let open = run.memory.intent.as_ref().filter(|open| !open.begun);
        let down = open.filter(|open| open.reloads(open.target) && open.shows_down(&run.observed));
        let unheard_by = down.map(|open| open.target.mate());
        for role in Role::BOTH {
            let unit = pair_of_mut(&mut run.observed, role);
            bare(unit, &run.brief, now, unheard_by == Some(role), run.baseline);
        }
        remember(&mut run.memory, &run.brief);
        if let Some(open) = &mut run.memory.intent {
            let oldest = Elapsed::from_millis(now.as_millis().saturating_sub(most_ms));
            let build = pair_of(&run.observed, open.target).build.as_ref().map(|build| build.at);
            let oldest = build.filter(|at| *at >= open.at).map_or(oldest, |at| at.min(oldest));
            open.at = open.at.max(oldest);
        }
        run.links.forget_reasons();
        (run.why, run.in_vain, run.stale, run.next_seq) = (None, 0, 0, 1);
        (run, now)
    }

    /// Takes a run apart. What is not among the parts is the same in every run of its plan, but for the
    /// end and what is still to be recorded, which a run that waits for an answer has not.
    pub fn split(self) -> Parts {
        let talk =
            Talk { links: self.links, doing: self.doing, next_seq: self.next_seq, baseline: self.baseline };
        Parts { observed: self.observed, memory: self.memory, talk }
    }

    /// The run of the same plan that has these parts.
    pub fn with_parts(&self, parts: Parts) -> Self {
        let Parts { observed, memory, talk } = parts;
        Self {
            plan: Arc::clone(&self.plan),
            brief: Arc::clone(&self.brief),
            owner: self.owner.clone(),
            observed,
            memory,
            links: talk.links,
            doing: talk.doing,
            pending: VecDeque::new(),
            next_seq: talk.next_seq,
            baseline: talk.baseline,
            why: None,
            in_vain: 0,
            stale: 0,
            end: None,
        }
    }
}

/// A sight that is too old for every guard says no more than which address a unit is likely to have, and whether it
/// hears its mate where a reload of that is open. One that says neither is none: whether there is any is asked once, for the
/// baseline, and the unit is read before anything else is decided by it.
fn bare(unit: &mut Observed, brief: &Brief, now: Elapsed, mate_is_down: bool, baseline: bool) {
    let dead = guarded_age!(
        unit,
        brief.policy.w().max(brief.policy.poll().saturating_sub(Duration::from_millis(1)))
    );
    let lead = brief.leading_group();
    if let Some(sight) = &mut unit.sight {
        if sight.age(now) > dead {
            let leads = sight.value.groups.get(&lead).is_some_and(|group| group.own == Standing::Active);
            let own = if leads { Standing::Active } else { Standing::Negotiation };
            let mate = if mate_is_down { Standing::Failed } else { Standing::Negotiation };
            if baseline && !leads && !mate_is_down {
                unit.sight = None;
            } else {
                let nothing = nothing_but(lead, Standings { own, mate, changed: None });
                if *sight.value != nothing {
                    sight.value = nothing.into();
                }
            }
        } else if sight.value.groups.values().any(|group| !is_class(&group.own) || !is_class(&group.mate)) {
            for group in sight.value.groups.values_mut() {
                (group.own, group.mate) = (class(&group.own), class(&group.mate));
            }
        }
    }
    if let Some(silent) = &mut unit.silent {
        silent.value.clear();
    }
}

fn nothing_but(group: GroupId, standings: Standings) -> Sight {
    Sight {
        enabled: false,
        role: None,
        lan_up: false,
        state_link: StateLink::Down,
        groups: BTreeMap::from([(group, standings)]),
        serials: None,
        garbled: true,
        interfaces: BTreeMap::new(),
        modules: BTreeMap::new(),
        state_errors: 0,
        http_replication: false,
    }
}

/// Guards know three standings: active, ready to be, and any other. Of those the deadlines know the two
/// phases of synchronisation apart, and whether a mate was lost.
fn class(standing: &Standing) -> Standing {
    match standing {
        Standing::Active | Standing::StandbyReady | Standing::BulkSync => standing.clone(),
        Standing::SyncConfig | Standing::SyncFileSystem => Standing::SyncConfig,
        Standing::Failed | Standing::NotDetected => Standing::Failed,
        _ => Standing::Negotiation,
    }
}

/// Whether it is the one that stands for its class.
fn is_class(standing: &Standing) -> bool {
    class(standing) == *standing
}

fn remember(memory: &mut Memory, brief: &Brief) {
    memory.flaps = memory.flaps.min(brief.policy.flaps.saturating_add(1));
    if let Some(why) = &mut memory.unhealthy {
        why.clear();
    }
    memory.tries.values_mut().for_each(|tried| tried.heard.clear());
    if let Some(calm) = &mut memory.calm {
        calm.polls = calm.polls.min(brief.policy.ready_polls.max(2));
    }
    if let Some(open) = &mut memory.intent {
        open.seq = 0;
        // What the units ran and for how long is compared by a reload alone, and of the mate by whoever goes on with it.
        let reloads = Role::BOTH.into_iter().any(|role| open.reloads(role));
        (open.version, open.uptime) = (open.version.filter(|_| reloads), open.uptime.filter(|_| reloads));
        open.mate_uptime = open.mate_uptime.filter(|_| reloads && open.resumed);
        for (least, most) in [&mut open.uptime, &mut open.mate_uptime].into_iter().flatten() {
            (*least, *most) = (*least - *least % HOUR_S, *most - *most % HOUR_S);
        }
        let heeded = guarded!(NeverResent, guarded!(SameSession, open.heeds_answer()));
        open.heard = open.heard.take().filter(|_| heeded);
        if let Some(Heard::Error(text) | Heard::Question(text)) = &mut open.heard {
            text.clear();
        }
    }
}
