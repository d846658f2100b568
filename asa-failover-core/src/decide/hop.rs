//! From one release to the next: which unit reboots, when the standing moves, and how the way ends.

use std::cmp::Ordering;

use super::ablation::guarded;
use super::memory::{Awaited, millis};
use super::view::{Step, View};
use super::{Decision, Question, Reason, Send, finish, guard, preempt, stage};
use crate::command::Command;
use crate::elapsed::Elapsed;
use crate::goal::{OnDrift, Pause, Procedure};
use crate::unit::{GroupId, Role};

/// The next step while no command is open.
pub(super) fn next(view: &View<'_>) -> Step {
    let policy = &view.brief.policy;
    for role in Role::BOTH {
        view.build(role, policy.slow(), Awaited::Answer(role))?;
    }
    view.sights(Awaited::Answer)?;
    let (primary, secondary) = (rung(view, Role::Primary)?, rung(view, Role::Secondary)?);
    release_moved(view)?;
    view.settled(Awaited::Settled)?;
    moved_unasked(view)?;
    let low = primary.min(secondary);
    if low == view.brief.summit() {
        return finish::next(view);
    }
    let aim = low + 1;
    if primary.abs_diff(secondary) > 1 {
        let ahead = if primary > secondary { Role::Primary } else { Role::Secondary };
        return Err(off_the_way(view, ahead));
    }
    for (role, rung) in [(Role::Primary, primary), (Role::Secondary, secondary)] {
        once(view, aim, role, rung)?;
    }
    if primary == secondary {
        view.fits(view.hop_s(aim))?;
    }
    stage::ready(view, aim)?;
    preempt::take_out(view, aim)?;
    match primary.cmp(&secondary) {
        Ordering::Equal => first_reload(view, aim),
        Ordering::Less => second_reload(view, aim, Role::Primary),
        Ordering::Greater => second_reload(view, aim, Role::Secondary),
    }
}

/// A unit that was reloaded in this hop and is below its end again would have to be reloaded twice (I7). No hop
/// that cannot end takes a unit out of service or moves a group first.
fn once(view: &View<'_>, aim: usize, unit: Role, rung: usize) -> Result<(), Decision> {
    let is_first = guarded!(OneReload, rung >= aim || !view.memory.reloads.contains(&(aim, unit)));
    if is_first { Ok(()) } else { Err(Decision::Halt(Reason::ReloadedAlready(unit))) }
}

/// How far a unit is on the way.
fn rung(view: &View<'_>, role: Role) -> Result<usize, Decision> {
    view.of(role)
        .version()
        .and_then(|version| view.brief.rung(version))
        .ok_or_else(|| off_the_way(view, role))
}

pub(super) fn off_the_way(view: &View<'_>, unit: Role) -> Decision {
    let found = view
        .of(unit)
        .version()
        .map_or_else(|| "a release that is not understood".to_owned(), |v| v.to_string());
    Decision::Halt(Reason::OffTheWay { unit, found })
}

/// Each unit runs what the plan found, or what our reload brought it to (I23).
fn release_moved(view: &View<'_>) -> Result<(), Decision> {
    if view.brief.policy.on_drift == OnDrift::Adapt {
        return Ok(());
    }
    for unit in Role::BOTH {
        if let (Some(expected), Some(found)) =
            (view.memory.versions.get(&unit).copied(), view.of(unit).version())
            && expected != found
        {
            return Err(Decision::Halt(Reason::ReleaseMoved { unit, expected, found }));
        }
    }
    Ok(())
}

/// Every group is where our switches and preempt explain (I23).
fn moved_unasked(view: &View<'_>) -> Result<(), Decision> {
    if view.brief.policy.on_drift == OnDrift::Adapt {
        return Ok(());
    }
    for group in view.brief.groups.keys() {
        let active = guard::active(view.observed, *group);
        if let (Some(to), Some(home)) = (active, view.memory.homes.get(group))
            && to != home.value
            && view.brief.groups.get(group).and_then(|group| group.preempt).is_none_or(|(home, _)| home != to)
        {
            return Err(Decision::Halt(Reason::MovedUnasked { group: *group, to }));
        }
    }
    Ok(())
}

/// Both units on the old release: one keeps every group while the other reboots.
fn first_reload(view: &View<'_>, aim: usize) -> Step {
    let keeper = keeper(view)?;
    if let Some(group) =
        view.brief.groups.keys().find(|group| guard::active(view.observed, **group) != Some(keeper))
    {
        return match view.brief.policy.procedure {
            Procedure::Published => switch(view, aim, keeper, keeper, Command::FailoverActiveAll),
            Procedure::Hardened => give(view, aim, *group, keeper),
        };
    }
    reload(view, aim, keeper.mate(), Which::First)
}

/// The unit that keeps traffic while its mate reboots: the active one, or in Active/Active the
/// primary (TechNote 111867), unless the secondary already has every group.
fn keeper(view: &View<'_>) -> Result<Role, Decision> {
    if !view.brief.is_active_active() {
        return view.lead();
    }
    let secondary_has_all =
        view.brief.groups.keys().all(|group| guard::active(view.observed, *group) == Some(Role::Secondary));
    Ok(if secondary_has_all { Role::Secondary } else { Role::Primary })
}

/// One unit on the new release: every group moves to it, then the old one reboots.
fn second_reload(view: &View<'_>, aim: usize, old: Role) -> Step {
    let new = old.mate();
    for group in view.brief.groups.keys() {
        if guard::active(view.observed, *group) == Some(new) {
            continue;
        }
        // What preempt is about to move needs no word of the operator's.
        view.unpreempted()?;
        pause(view, aim, Pause::BeforeSwitch)?;
        return match view.brief.policy.procedure {
            Procedure::Published if view.brief.is_active_active() => {
                switch(view, aim, old, new, Command::NoFailoverActiveAll)
            }
            _ => give(view, aim, *group, new),
        };
    }
    healthy(view)?;
    if let Some(switched) = view.memory.switched {
        let until = switched.after(std::time::Duration::from_secs(view.brief.policy.soak_s));
        if view.now < until {
            return Err(soak(view, until));
        }
    }
    pause(view, aim, Pause::BeforeSecondReload)?;
    reload(view, aim, old, Which::Second)
}

/// The caller's word that traffic is well on the new release, as young as the policy wants it. Where it is
/// not, the run halts: up to the second reload going back is free.
fn healthy(view: &View<'_>) -> Result<(), Decision> {
    let Some(every_s) = view.brief.policy.probe_s else { return Ok(()) };
    if let Some(why) = &view.memory.unhealthy {
        return Err(Decision::Halt(Reason::Unhealthy(why.clone())));
    }
    // A probe is worth at least a poll, or the readings of the reload would never catch up with it.
    let most = std::time::Duration::from_secs(every_s).max(view.brief.policy.poll());
    match view.memory.probed {
        Some(probed) if view.now.since(probed) < most => Ok(()),
        _ => Err(Decision::Probe),
    }
}

/// Waits out the soak, looking at the pair meanwhile.
fn soak(view: &View<'_>, until: Elapsed) -> Decision {
    let left = millis(until.since(view.now)).div_ceil(1000);
    let until = until.min(view.now.after(view.brief.policy.poll()));
    Decision::Wait {
        awaited: Awaited::Soak,
        until,
        why: format!("the new release forwards; {left} s of the soak left"),
    }
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Which {
    First,
    Second,
}

/// Reboots a unit that is Standby Ready for every group.
fn reload(view: &View<'_>, aim: usize, target: Role, which: Which) -> Step {
    view.unpreempted()?;
    view.no_reload_soon()?;
    view.ready()?;
    stage::still(view, aim, target)?;
    preempt::still(view)?;
    let keeper = target.mate();
    let (unit, command) = match (view.brief.policy.procedure, which) {
        (Procedure::Published, Which::Second) => (target, Command::Reload),
        _ => (keeper, Command::ReloadStandby),
    };
    let via = view.via(unit)?;
    view.send(Send { rung: aim, unit, via, target, command })
}

/// `no failover active` on the giver.
pub(super) fn give(view: &View<'_>, rung: usize, group: GroupId, taker: Role) -> Step {
    switch(view, rung, taker.mate(), taker, Command::NoFailoverActive(group))
}

/// Moves standing to a unit that is ready and has caught up.
pub(super) fn switch(view: &View<'_>, rung: usize, unit: Role, taker: Role, command: Command) -> Step {
    view.no_reload_soon()?;
    view.ready()?;
    caught_up(view, taker)?;
    preempt::still(view)?;
    let via = view.via(unit)?;
    view.send(Send { rung, unit, via, target: taker, command })
}

/// The mate carries the connections of the active unit, where both can be counted. The error
/// counters of the state link are part of what "ready" means already.
fn caught_up(view: &View<'_>, taker: Role) -> Result<(), Decision> {
    let countable = !view.brief.multiple
        && view.of(taker.mate()).sight.as_ref().is_some_and(|sight| sight.value.http_replication);
    if !countable || view.brief.state_link == super::StateLink::Absent {
        return Ok(());
    }
    let (theirs, ours) = (view.connections(taker)?, view.connections(taker.mate())?);
    if theirs.saturating_mul(100) >= ours.saturating_mul(view.brief.policy.caught_up_percent) {
        return Ok(());
    }
    Err(view.wait(Awaited::CaughtUp, format!("{taker} carries {theirs} of {ours} connections")))
}

fn pause(view: &View<'_>, hop: usize, pause: Pause) -> Result<(), Decision> {
    if view.brief.policy.pauses.contains(&pause) && !view.memory.passed.contains(&(hop, pause)) {
        view.ready()?;
        let back = view.brief.back(hop, pause).map(|back| back.lines.clone()).unwrap_or_default();
        return Err(Decision::Ask(Question { hop, pause, back }));
    }
    Ok(())
}
