//! What became of the open command: read, never guessed, never sent again on a guess (I10).

use std::time::Duration;

use super::ablation::unguarded;
use super::brief::are_printed;
use super::memory::{Awaited, Effected, millis};
use super::open::{Heard, Open};
use super::restart::{self, Restart};
use super::view::{Step, View};
use super::{Decision, Reason, guard};
use crate::command::Command;
use crate::flash::DiskFile;
use crate::link::Via;
use crate::unit::{GroupId, Role, Standing};

/// Resolves the open command, or reads and waits for what resolves it.
pub(super) fn outcome(view: &View<'_>, open: &Open) -> Step {
    unguarded!(
        NeverResent,
        if open.resumed || open.heard == Some(Heard::Nothing) {
            return Ok(effected(false));
        }
    );
    if let Some((group, taker)) = open.moves() {
        let groups = group.map_or_else(|| view.brief.groups.keys().copied().collect(), |group| vec![group]);
        return switch(view, open, &groups, taker);
    }
    match &open.command {
        Command::ReloadStandby | Command::Reload => reload(view, open),
        Command::BootSystem(file) => boot_entry(view, open, file, true),
        Command::NoBootSystem(file) => boot_entry(view, open, file, false),
        Command::WriteMemory | Command::WriteMemoryAll => save(view, open),
        Command::Copy { to, .. } => copy(view, open, to),
        Command::NoPreempt { group, .. } => preempt(view, open, *group, None),
        Command::Preempt { group, delay_s } => preempt(view, open, *group, Some(*delay_s)),
        _ => Ok(Decision::Resolve(Effected::No)),
    }
}

const fn effected(yes: bool) -> Decision {
    Decision::Resolve(if yes { Effected::Yes } else { Effected::No })
}

fn boot_entry(view: &View<'_>, open: &Open, file: &DiskFile, added: bool) -> Step {
    let list = view.running_boot(open.unit)?;
    Ok(effected(list.iter().any(|text| file.is_printed(text)) == added))
}

/// Both startup configurations hold the boot list. A reply that was lost proves nothing by itself.
fn save(view: &View<'_>, open: &Open) -> Step {
    let want = view.brief.boot_list(open.rung.min(view.brief.summit()));
    let most = view.brief.policy.poll();
    for role in Role::BOTH {
        if !are_printed(&want, view.startup_boot(role, most)?) {
            if patience_left(view, open) {
                return Err(
                    view.wait(Awaited::Answer(role), format!("{role} has not saved the boot list yet"))
                );
            }
            return Ok(effected(false));
        }
    }
    // The boot list may have been right before, so that only the unit's own word tells of this save.
    Ok(effected(open.rung <= view.brief.summit() || open.heard == Some(Heard::Prompt)))
}

/// Both units show preempt of the group as the line leaves it: the active unit repeats the line on its mate.
fn preempt(view: &View<'_>, open: &Open, group: GroupId, want: Option<u32>) -> Step {
    for role in Role::BOTH {
        let shown = view.running_preempt(role, view.brief.policy.poll())?;
        if shown.get(&group).map(|shown| shown.map(|(_, delay_s)| delay_s)) != Some(want) {
            if patience_left(view, open) {
                let why = format!("{role} does not show {} yet", open.command.told(Via::Direct));
                return Err(view.wait(Awaited::Answer(role), why));
            }
            return Ok(effected(false));
        }
    }
    Ok(effected(true))
}

/// A copy is done when the whole file is there. Without a finished reply it may still be running, and
/// without a published size a file that is there may be a part of itself.
fn copy(view: &View<'_>, open: &Open, file: &DiskFile) -> Step {
    let size = view.flash(open.unit, file, view.brief.policy.poll())?.size(file);
    let published = view.brief.stops.get(open.rung).and_then(|stop| stop.image.size);
    let is_whole = published.is_some() && size == published;
    match &open.heard {
        Some(Heard::Prompt) => Ok(effected(is_whole || (size.is_some() && published.is_none()))),
        Some(Heard::Error(_) | Heard::Question(_)) => Ok(effected(is_whole)),
        Some(Heard::Nothing) | None if is_whole => Ok(effected(true)),
        Some(Heard::Nothing) | None => {
            let policy = &view.brief.policy;
            let patience_s = if size.is_none() { policy.t_quiet_s } else { policy.copy_s };
            if millis(since(view, open)) < patience_s.saturating_mul(1000) {
                let why = "the reply of the copy was lost; looking at the flash";
                return Err(view.wait(Awaited::Copy(open.unit), why));
            }
            Ok(effected(false))
        }
    }
}

/// How long ago the command was answered or its answer given up, or the resume was that carried it over: what shows no
/// effect is not told by the time at which it was decided, since it may have begun later.
fn since(view: &View<'_>, open: &Open) -> Duration {
    view.now.since(view.memory.begun_by(open))
}

/// Whether that is less than `t_quiet`.
fn patience_left(view: &View<'_>, open: &Open) -> bool {
    since(view, open) < view.brief.policy.t_quiet()
}

/// A reload took effect when the unit runs the new release, was ready long enough, and both agree (I7).
fn reload(view: &View<'_>, open: &Open) -> Step {
    let unit = open.target;
    let most = view.brief.policy.poll().saturating_sub(Duration::from_millis(1));
    // While one unit reboots the other one is all there is: it is looked at first, each time.
    view.sight(unit.mate(), most, Awaited::Boot(unit))?;
    let known = view.of(unit).build.as_ref().filter(|build| build.at >= open.at);
    let aim = view.brief.stops.get(open.rung).map(|stop| stop.version);
    // Once the new release is proven it stays proven; until then each look asks again.
    let build = match known {
        Some(build) if build.value.version == aim => build,
        _ => view.build(unit, most, Awaited::Boot(unit))?,
    };
    if build.value.version == aim && open.version != aim {
        view.sights(|_| Awaited::Sync(unit))?;
        view.settled(Awaited::Sync(unit))?;
        if !view.memory.is_ready(view.brief, view.now) {
            let polls = view.memory.calm.map_or(0, |calm| calm.polls);
            return Err(view.wait(
                Awaited::Ready,
                format!("{unit} is back on the new release; good readings so far: {polls}"),
            ));
        }
        view.build_in_calm(unit)?;
        return Ok(effected(true));
    }
    // Who goes on with a reload has to ask the mate how long ago that was.
    let mate = if open.resumed {
        Some(view.build(unit.mate(), view.brief.policy.slow(), Awaited::Quiet)?)
    } else {
        None
    };
    let restarted = restart::of(open, build, mate, view.now);
    if restarted == Restart::Proven {
        unguarded!(OneReload, return Ok(effected(false)));
        return Err(match build.value.version {
            Some(version) => Decision::Halt(Reason::StillOld { unit, version }),
            None => Decision::Halt(Reason::OffTheWay {
                unit,
                found: "a release that is not understood".to_owned(),
            }),
        });
    }
    if restarted == Restart::Unknown && open.resumed {
        let why = format!("nothing tells whether {unit} restarted since it was told to, before the resume");
        return Err(view.wait(Awaited::Quiet, why));
    }
    view.sights(|_| Awaited::Quiet)?;
    if !patience_left(view, open) && view.is_settled().is_ok() {
        return Ok(effected(false));
    }
    Err(view.wait(Awaited::Quiet, format!("{unit} still answers on the old release")))
}

/// Whether a switch of several groups took effect, and preempt took some of them home again since.
fn taken_back(view: &View<'_>, groups: &[GroupId], taker: Role) -> bool {
    let moved = |group: &GroupId| guard::active(view.observed, *group) == Some(taker);
    let is_home = |group: &GroupId| {
        let preempt = view.brief.groups.get(group).and_then(|group| group.preempt);
        preempt.is_some_and(|(home, _)| home == taker.mate())
    };
    groups.iter().any(moved) && groups.iter().all(|group| moved(group) || is_home(group))
}

/// A switch took effect when the taker is active in its own words and the giver is not.
fn switch(view: &View<'_>, open: &Open, groups: &[GroupId], taker: Role) -> Step {
    view.sights(|_| Awaited::Switch)?;
    let after = |role| view.of(role).sight.as_ref().is_some_and(|sight| sight.at >= open.at);
    let all = |taker: Role| groups.iter().all(|group| guard::active(view.observed, *group) == Some(taker));
    if Role::BOTH.into_iter().all(after) {
        if all(taker) {
            return Ok(effected(true));
        }
        let unmoved = groups.iter().any(|group| {
            guard::active(view.observed, *group) == Some(taker.mate())
                && view.of(taker).standing(*group) == Some(&Standing::StandbyReady)
        });
        let patience = view.brief.policy.switch_s.saturating_mul(1000);
        if unmoved && millis(since(view, open)) >= patience {
            // A switch that was seen, and undone before both units agreed on it, took effect: what undid it is
            // drift, and no reason to move the group again.
            return Ok(effected(open.begun || taken_back(view, groups, taker)));
        }
    }
    let groups: Vec<String> = groups.iter().map(ToString::to_string).collect();
    Err(view
        .wait(Awaited::Switch, format!("{} not active on {taker} for both units yet", groups.join(" and "))))
}
