//! Both units run the target: the groups go home, the configuration is saved, and the end is proven.

use super::memory::Awaited;
use super::view::{Step, View};
use super::{Decision, guard, hop, preempt, stage};
use crate::command::Command;
use crate::goal::Procedure;
use crate::unit::Role;

/// The next step of the way home, or [`Decision::Complete`].
pub(super) fn next(view: &View<'_>) -> Step {
    let summit = view.brief.summit();
    let home = summit + 1;
    stage::ready(view, summit)?;
    // What is begun is ended before a group that it moved is given a thought.
    if preempt::is_putting_back(view, home) {
        preempt::put_back(view, home)?;
    }
    view.unpreempted()?;
    for (id, group) in &view.brief.groups {
        if guard::active(view.observed, *id) == Some(group.owner) {
            continue;
        }
        return match view.brief.policy.procedure {
            Procedure::Published => {
                hop::switch(view, home, group.owner, group.owner, Command::FailoverActive(*id))
            }
            Procedure::Hardened => hop::give(view, home, *id, group.owner),
        };
    }
    if !view.memory.saved {
        return stage::save(view, home);
    }
    // What was removed behind that save, for a unit that fell back, is not left so.
    preempt::put_back(view, home)?;
    view.ready()?;
    // The last word belongs to readings that are young, on both units (I15).
    for role in Role::BOTH {
        view.no_reload_scheduled(role, view.calm_for().min(view.brief.policy.slow()))?;
    }
    view.young()?;
    view.settled(Awaited::Settled)?;
    Ok(Decision::Complete)
}
