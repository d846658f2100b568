//! Preempt: as the plan found it, or taken out of the running configuration while units reboot and put back before
//! every save.
//!
//! G12 waits for preempt as the plan found it. So it is read before anything is sent, on both units of a pair with groups,
//! and again within `staged` before one reboots and before a group is moved: what differs is drift. A group that did not
//! have it, or prefers the other unit, or has a longer delay, would not be waited for long enough, which ends the run also
//! where it adapts.
//!
//! With preempt a group moves to the unit it prefers by itself once that is back, in the middle of a plan. Where
//! the policy says so the run removes it first, group by group, and restores it with its delay:
//!
//! - **Removed** once a hop, behind the save of its boot list and before anything of it disrupts, on the unit
//!   that leads (the configuration of the system execution space is repeated from there).
//! - **Restored** before every save of ours, and so before the last one. [`stage::save`](super::stage) is the
//!   only way to a save and passes here, so that no save is sent while preempt is removed: the startup
//!   configuration of both units has it at any time, and a pair that loses its power, or whose controller is
//!   gone for good, has it again after a start. Between two hops it is there for the time of a save.
//!   The price: `reload` on a unit itself asks to save what is not saved, and is never answered. The published
//!   procedure types it, so that a plan of it with preempt to remove is refused.
//! - **Believed** by a reading of both units (`show running-config failover`), never by the reply.
//! - **Remembered** in the record of the line that removes it, with the delay that was found; a line that had
//!   no effect counts as if it had, until both units show the preempt. Whoever goes on from the journal
//!   restores it. Whoever has no journal cannot know: there the preempt that the plan found is missing, which
//!   is drift, and a plan made anew finds no preempt at all.
//! - **Guarded all the same.** A unit that starts reads its startup configuration first, so that preempt counts as
//!   configured for G12 as long as the plan lasts, and what somebody else puts back, on one unit or on both, counts from
//!   then on anew.
//! - **Not fought over.** Who restores it by hand meanwhile keeps it up to the end of the hop, and the report
//!   says so. Whatever else differs from what the plan found is drift.

use std::time::Duration;

use super::brief::Brief;
use super::memory::{Awaited, Memory};
use super::view::View;
use super::{Decision, Reason, Send, stage};
use crate::command::Command;
use crate::elapsed::Elapsed;
use crate::goal::{OnDrift, Policy, Preempt};
use crate::link::Via;
use crate::unit::{GroupId, Role};

/// The groups whose preempt the policy has removed, with its delay in seconds as the plan found it.
pub(crate) fn configured(brief: &Brief) -> impl Iterator<Item = (GroupId, u32)> {
    let removes = brief.policy.preempt == Preempt::Remove;
    let groups = brief.groups.iter().filter(move |_| removes);
    groups.filter_map(|(id, group)| Some((*id, group.preempt?.1)))
}

/// Nobody but this run changed preempt. Asked before anything is sent; a pair without groups has none.
pub(super) fn unchanged(view: &View<'_>) -> Result<(), Decision> {
    if !view.brief.is_active_active() {
        return Ok(());
    }
    view.brief.groups.keys().try_for_each(|group| shown(view, *group).map(drop))
}

/// `Ok` once no group has preempt any more in this hop, or has had it taken away once; else the line for it.
pub(super) fn take_out(view: &View<'_>, rung: usize) -> Result<(), Decision> {
    for (group, _) in configured(view.brief) {
        let shown = shown(view, group)?;
        let Some(was_s) = shown.into_iter().flatten().next() else { continue };
        let removed = view.memory.removed.get(&group);
        if !was_taken_out(view, rung, group) {
            // What a line left on one unit alone has the delay that it had before.
            let was_s = removed.map_or(was_s, |removed| removed.delay_s);
            return Err(line(view, rung, Command::NoPreempt { group, was_s }));
        }
    }
    Ok(())
}

/// `Ok` once every group has the preempt that this run removed again, with its delay; else the line for it.
pub(super) fn put_back(view: &View<'_>, rung: usize) -> Result<(), Decision> {
    for (group, _) in configured(view.brief) {
        let shown = shown(view, group)?;
        let Some(removed) = view.memory.removed.get(&group) else { continue };
        if shown != [Some(removed.delay_s); 2] {
            return Err(line(view, rung, Command::Preempt { group, delay_s: removed.delay_s }));
        }
        // Somebody put it back, if that is what both units say now: one that synchronised since has what its mate has.
        view.sights(|_| Awaited::Settled)?;
        view.settled(Awaited::Settled)?;
        Role::BOTH.into_iter().try_for_each(|role| view.preempt_now(role))?;
    }
    Ok(())
}

/// `Ok` where both units were asked for it a moment ago: what somebody makes of it by hand is seen before a unit reboots or
/// a group moves.
pub(super) fn still(view: &View<'_>) -> Result<(), Decision> {
    if !view.brief.is_active_active() {
        return Ok(());
    }
    Role::BOTH
        .into_iter()
        .try_for_each(|role| view.running_preempt(role, view.brief.policy.staged()).map(drop))
}

/// Whether preempt of a group was put back on this rung already.
pub(super) fn is_putting_back(view: &View<'_>, rung: usize) -> bool {
    let tries = &view.memory.tries;
    tries.keys().any(|(of, _, command)| *of == rung && matches!(command, Command::Preempt { .. }))
}

/// The longest age of the readings that a line rests on: two polls, or the time of a few lines.
pub(super) fn young(policy: &Policy) -> Duration {
    (policy.poll() * 2).max(Duration::from_secs(10))
}

/// Since when a group is away that prefers this unit, the first of them; none: all are where they prefer to be.
pub(super) fn left(brief: &Brief, memory: &Memory, home: Role) -> Option<Elapsed> {
    let is_preferred =
        |id: &GroupId| brief.groups.get(id).and_then(|group| group.preempt).is_some_and(|(of, _)| of == home);
    let away = memory.homes.iter().filter(|(id, known)| known.value != home && is_preferred(id));
    away.map(|(_, known)| known.at).min()
}

/// Since when preempt may move a group to this unit, as far as is remembered.
pub(super) fn since(brief: &Brief, memory: &Memory, home: Role) -> Option<Elapsed> {
    left(brief, memory, home).map(|left| memory.back.get(&home).copied().unwrap_or(left).max(left))
}

/// The delay of a group's preempt on each unit, the leading one first: as the plan found it, or as a line of
/// ours left it (I23).
fn shown(view: &View<'_>, group: GroupId) -> Result<[Option<u32>; 2], Decision> {
    let planned = view.brief.groups.get(&group).and_then(|group| group.preempt);
    let ours = view.memory.removed.contains_key(&group);
    let lead = view.lead()?;
    let mut delays = [None; 2];
    for (unit, delay_s) in [lead, lead.mate()].into_iter().zip(&mut delays) {
        let groups = view.running_preempt(unit, view.brief.policy.slow())?;
        let shown = groups.get(&group).copied().flatten();
        let fits = if ours || view.brief.policy.on_drift == OnDrift::Adapt {
            is_waited_for(planned, shown)
        } else {
            shown == planned
        };
        if !fits {
            let (expected, found) = (told(planned, shown), told(shown, planned));
            return Err(Decision::Halt(Reason::PreemptMoved { unit, group, expected, found }));
        }
        *delay_s = shown.map(|(_, delay_s)| delay_s);
    }
    Ok(delays)
}

/// Whether who waits for what is planned waits for what is shown, too.
fn is_waited_for(planned: Option<(Role, u32)>, shown: Option<(Role, u32)>) -> bool {
    shown.is_none_or(|(home, delay_s)| planned.is_some_and(|(of, most_s)| of == home && delay_s <= most_s))
}

/// Preempt of a group in its lines as they are typed, of which the unit that it prefers is one where another has another.
pub(crate) fn told(preempt: Option<(Role, u32)>, other: Option<(Role, u32)>) -> String {
    let line = spelled(preempt.map(|(_, delay_s)| delay_s));
    match (preempt, other) {
        (Some((home, _)), Some((of, _))) if home != of => {
            format!("{}, {line}", home.to_string().to_ascii_lowercase())
        }
        _ => line,
    }
}

/// The line that a group has, as it is typed.
pub(crate) fn spelled(delay_s: Option<u32>) -> String {
    let group = GroupId::UNIT;
    match delay_s {
        Some(delay_s) => Command::Preempt { group, delay_s }.to_string(),
        None => Command::NoPreempt { group, was_s: 0 }.to_string(),
    }
}

/// Whether a line of ours took it away in this hop.
fn was_taken_out(view: &View<'_>, rung: usize, group: GroupId) -> bool {
    view.memory.tries.iter().any(|((of, _, command), tried)| {
        let is_it = matches!(command, Command::NoPreempt { group: of, .. } if *of == group);
        *of == rung && is_it && tried.took_effect > 0
    })
}

/// A line, on readings of both units that are young: what it takes away is what it puts back.
fn line(view: &View<'_>, rung: usize, command: Command) -> Decision {
    for role in Role::BOTH {
        if let Err(read) = view.running_preempt(role, young(&view.brief.policy)) {
            return read;
        }
    }
    let send = view
        .lead()
        .and_then(|lead| view.send(Send { rung, unit: lead, via: Via::Direct, target: lead, command }));
    stage::settle(send)
}
