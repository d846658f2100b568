//! Staging: image, boot list and save, proven on each unit before anything reboots (I8).

use super::ablation::unguarded;
use super::brief::{Stop, are_printed};
use super::memory::Awaited;
use super::view::View;
use super::{Decision, Reason, Send, hop, preempt};
use crate::command::Command;
use crate::flash::DiskFile;
use crate::goal::OnDrift;
use crate::link::Via;
use crate::unit::Role;
use crate::version::AsaVersion;

/// `Ok` once both units are proven to boot the release of this rung; else what is to be done first.
pub(super) fn ready(view: &View<'_>, rung: usize) -> Result<(), Decision> {
    for role in Role::BOTH {
        let build = view.build(role, view.brief.policy.slow(), Awaited::Answer(role))?;
        if !build.value.register_good {
            return Err(Decision::Halt(Reason::Register(role)));
        }
        view.no_reload_scheduled(role, view.brief.policy.slow())?;
    }
    preempt::unchanged(view)?;
    for role in Role::BOTH {
        image(view, rung, role)?;
    }
    let want = view.brief.boot_list(rung);
    running(view, rung, &want)?;
    saved(view, rung, &want)
}

/// `Ok` where all that a reload of this unit rests on was read a moment ago: what somebody else changes on it
/// once it is [`ready`] would be booted, and not what was proven.
pub(super) fn still(view: &View<'_>, rung: usize, target: Role) -> Result<(), Decision> {
    let most = view.brief.policy.staged();
    view.flash(target, &stop(view, rung, target)?.image.file, most)?;
    view.startup_boot(target, most)?;
    view.build(target, most, Awaited::Answer(target)).map(drop)
}

/// The release of a rung and its image. There is no way on to where none is.
fn stop<'a>(view: &View<'a>, rung: usize, role: Role) -> Result<&'a Stop, Decision> {
    view.brief.stops.get(rung).ok_or_else(|| hop::off_the_way(view, role))
}

/// The image is on the unit's flash, of the published size and digest.
fn image(view: &View<'_>, rung: usize, role: Role) -> Result<(), Decision> {
    unguarded!(Image, return Ok(()));
    let stop = stop(view, rung, role)?;
    let image = &stop.image;
    let file = &image.file;
    let flash = view.flash(role, file, view.brief.policy.slow())?;
    let Some(size) = flash.size(file) else {
        let Some(from) = &image.from else {
            return Err(Decision::Halt(Reason::ImageMissing { unit: role, file: file.to_string() }));
        };
        // A tenth to spare; without a published size the unit's own check of the space has to do.
        let needed = image.size.map_or(0, |size| size.saturating_add(size / 10));
        if let Some(free) = flash.free
            && free < needed
        {
            return Err(Decision::Halt(Reason::FlashFull {
                unit: role,
                file: file.to_string(),
                free,
                needed,
            }));
        }
        let command = Command::Copy { from: from.clone(), to: file.clone() };
        let via = copy_via(view, role)?;
        return Err(settle(view.send(Send { rung, unit: role, via, target: role, command })));
    };
    let differs = |expected: String, found: String| {
        Decision::Halt(Reason::ImageDiffers { unit: role, file: file.to_string(), expected, found })
    };
    if let Some(published) = image.size
        && published != size
    {
        return Err(differs(format!("{published} bytes"), format!("{size} bytes")));
    }
    let Some((algorithm, published)) =
        stop.check.and_then(|algorithm| Some((algorithm, image.digest(algorithm)?)))
    else {
        return whole(view, rung, role);
    };
    match view.digest(role, published.algorithm(), file, size)? {
        Some(found) if found == published => Ok(()),
        Some(found) => Err(differs(format!("{algorithm} {published}"), format!("{algorithm} {found}"))),
        None => Err(differs(format!("{algorithm} {published}"), "no digest in the answer".to_owned())),
    }
}

/// Without a digest, and without a size, nothing tells a whole file from a part of one: a copy that
/// was not seen to end is not believed.
fn whole(view: &View<'_>, rung: usize, role: Role) -> Result<(), Decision> {
    let Some(image) = view.brief.stops.get(rung).map(|stop| &stop.image).filter(|image| image.size.is_none())
    else {
        return Ok(());
    };
    let Some(from) = &image.from else { return Ok(()) };
    let command = Command::Copy { from: from.clone(), to: image.file.clone() };
    match view.memory.tries.get(&(rung, role, command.clone())) {
        Some(tried) if tried.times > 0 && tried.took_effect == 0 => {
            let command = command.to_string();
            Err(Decision::Halt(Reason::NoEffect { unit: role, command, heard: tried.heard.clone() }))
        }
        _ => Ok(()),
    }
}

/// The mate fetches its image through `failover exec mate`, where both releases have it.
fn copy_via(view: &View<'_>, role: Role) -> Result<Via, Decision> {
    let has_exec = Role::BOTH.into_iter().all(|role| view.of(role).version().is_some_and(has_failover_exec));
    Ok(if has_exec && role != view.lead()? { Via::Mate } else { Via::Direct })
}

/// `failover exec` came with 8.0 (asa-cli reference, `failover exec`).
pub(crate) const fn has_failover_exec(version: AsaVersion) -> bool {
    version.major >= 8
}

/// The running boot list is the wanted one. A new entry is appended by the device, so whatever
/// stands in the way of the order is removed first, one line at a time.
fn running(view: &View<'_>, rung: usize, want: &[&DiskFile]) -> Result<(), Decision> {
    let lead = view.lead()?;
    let list = view.running_boot(lead)?;
    if let Some(expected) = &view.memory.boot
        && *list != **expected
    {
        boot_list_moved(view, lead, expected, list)?;
    }
    let common = list.iter().zip(want).take_while(|(have, want)| want.is_printed(have)).count();
    let line = if let Some(surplus) = list.get(common) {
        Command::NoBootSystem(entry(lead, surplus)?)
    } else if let Some(next) = want.get(common) {
        Command::BootSystem((*next).clone())
    } else {
        return Ok(());
    };
    Err(settle(view.send(Send { rung, unit: lead, via: Via::Direct, target: lead, command: line })))
}

fn entry(unit: Role, text: &str) -> Result<DiskFile, Decision> {
    text.parse().map_err(|_| Decision::Halt(Reason::ForeignBootEntry { unit, entry: text.to_owned() }))
}

/// The *startup* configuration of each unit has the wanted boot list.
fn saved(view: &View<'_>, rung: usize, want: &[&DiskFile]) -> Result<(), Decision> {
    unguarded!(SavedBootEntry, return Ok(()));
    let mut all_saved = true;
    for role in Role::BOTH {
        let list = view.startup_boot(role, view.brief.policy.slow())?;
        // A save that is not proven on both units may still have reached this one.
        if let Some(expected) = view.memory.startup.get(&role)
            && list != expected
            && Some(list) != view.memory.boot.as_deref()
        {
            boot_list_moved(view, role, expected, list)?;
        }
        all_saved &= are_printed(want, list);
    }
    if all_saved { Ok(()) } else { Err(settle(save(view, rung))) }
}

/// A boot list is what it was, but for our own lines (I23).
fn boot_list_moved(
    view: &View<'_>,
    unit: Role,
    expected: &[String],
    found: &[String],
) -> Result<(), Decision> {
    if view.brief.policy.on_drift == OnDrift::Adapt {
        return Ok(());
    }
    let (expected, found) = (expected.join(", "), found.join(", "));
    Err(Decision::Halt(Reason::BootListMoved { unit, expected, found }))
}

/// Saves the configuration on the unit that leads; the device repeats it on the mate. There is no other way
/// to a save, so that none is sent while preempt is removed.
pub(super) fn save(view: &View<'_>, rung: usize) -> super::view::Step {
    preempt::put_back(view, rung)?;
    let lead = view.lead()?;
    let command = if view.brief.multiple { Command::WriteMemoryAll } else { Command::WriteMemory };
    view.send(Send { rung, unit: lead, via: Via::Direct, target: lead, command })
}

pub(super) fn settle(step: super::view::Step) -> Decision {
    match step {
        Ok(decision) | Err(decision) => decision,
    }
}
