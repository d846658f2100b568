//! The judge: what an effect did to the pair, and whether the controller is to blame. It knows the world and
//! no decision.
//!
//! A harm is excused only if a fault came after the final reads began: since the older of the two last
//! readings of `show failover` that the line rests on. A reading from before a sleep is none of them: what was
//! not read again since then is no excuse. Nothing excuses a line that reaches another unit than it was meant for,
//! since a session dies with the address it was opened at.

use std::fmt;

use asa_failover_core::unit::Role;

use super::world::{EXCUSES_AT, GROUPS, Stand, World, index};

/// What the controller must never bring about. The numbers are those of the formal model which the guards come from.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Rule {
    /// P1: a group loses its last forwarder by our reload.
    LostByReload,
    /// P2: a group loses its last forwarder by our switch.
    LostBySwitch,
    /// P3: a unit that is not ready takes over by our switch, or state is lost since its link is down.
    NotReady,
    /// P4: both units are active for a group by our switch.
    SplitBrain,
    /// P5: our reload takes down a unit that is active for a group.
    ReloadedActive,
    /// P6: a unit that runs the target is reloaded by us.
    ReloadedOnTarget,
    /// P7: a line that changes something reaches another unit than it was meant for.
    WrongUnit,
    /// A save while preempt is removed: after a start the pair would be without it.
    SavedWithout,
    /// P8: the run says that it is complete, and it is not.
    FalseCompletion,
    /// I6: a unit carries out a second reload of ours.
    ReloadedTwice,
    /// I5: a disruptive line goes out while a reload of ours is still to be carried out.
    TwoOutstanding,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LostByReload => "P1 a group lost its last forwarder by our reload",
            Self::LostBySwitch => "P2 a group lost its last forwarder by our switch",
            Self::NotReady => "P3 a unit that is not ready took over by our switch",
            Self::SplitBrain => "P4 both units are active by our switch",
            Self::ReloadedActive => "P5 a unit that is active for a group was reloaded by us",
            Self::ReloadedOnTarget => "P6 a unit that runs the target was reloaded by us",
            Self::WrongUnit => "P7 a line reached another unit than it was meant for",
            Self::SavedWithout => "the configuration was saved without the preempt that the plan found",
            Self::FalseCompletion => "P8 the run says complete and it is not",
            Self::ReloadedTwice => "I6 a unit carried out a second reload of ours",
            Self::TwoOutstanding => "I5 a disruptive line while a reload of ours is outstanding",
        })
    }
}

/// A rule that was broken.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct Finding {
    /// Which.
    pub rule: Rule,
    /// Whether a fault after the final reads began explains it.
    pub excused: bool,
}

/// A fault strikes: whatever rests on readings from before it is excused.
pub fn struck(world: &mut World) {
    world.dirty = [true; 2];
    for unit in &mut world.units {
        if let Some(pending) = &mut unit.pending {
            pending.excused = true;
        }
    }
}

/// `show failover` of this unit was read, in the bits of a world.
pub(super) fn read(bits: u64, role: Role) -> u64 {
    bits & !(1 << EXCUSES_AT << index(role))
}

/// The controller slept: whatever a line rests on is read after that, and not before a fault that came earlier.
pub const fn slept(world: &mut World) {
    world.dirty = [false; 2];
}

/// Whether a fault came since the older of the two last readings.
pub fn is_excused(world: &World) -> bool {
    world.dirty.contains(&true)
}

fn active(world: &World, group: usize) -> usize {
    world.units.iter().filter(|unit| unit.own.get(group) == Some(&Stand::Active)).count()
}

/// A line that configures something is about to reach this unit, which it is meant for or not.
pub fn configured(meant: Role, reached: Role) -> Option<Finding> {
    (meant != reached).then_some(Finding { rule: Rule::WrongUnit, excused: false })
}

/// A save is about to reach this unit. What it saves is what the controller left there: nothing excuses that.
pub fn saved(world: &World, meant: Role, reached: Role) -> Option<Finding> {
    let lacks = world.unit(reached).kept.contains(&false);
    let without = lacks.then_some(Finding { rule: Rule::SavedWithout, excused: false });
    configured(meant, reached).or(without)
}

/// A disruptive line is about to reach this unit, which it is meant for or not.
pub fn typed(world: &World, meant: Role, reached: Role) -> Option<Finding> {
    let excused = is_excused(world);
    let outstanding = world.units.iter().any(|unit| unit.pending.is_some());
    let two = outstanding.then_some(Finding { rule: Rule::TwoOutstanding, excused });
    configured(meant, reached).or(two)
}

/// A reload of ours was accepted by this unit.
pub fn accepted(world: &World, target: Role) -> Option<Finding> {
    let excused = is_excused(world);
    world.unit(target).new.then_some(Finding { rule: Rule::ReloadedOnTarget, excused })
}

/// A unit carried out a reload of ours.
pub fn reloaded(before: &World, after: &World, role: Role, excused: bool, groups: usize) -> Option<Finding> {
    let unit = before.unit(role);
    let taken_down = (0..groups).find_map(|group| {
        let was_active = unit.own.get(group) == Some(&Stand::Active);
        match (was_active, active(after, group)) {
            (true, 0) => Some(Rule::LostByReload),
            (true, _) => Some(Rule::ReloadedActive),
            _ => None,
        }
    });
    let broken = taken_down.or_else(|| (unit.reloads > 0).then_some(Rule::ReloadedTwice));
    broken.map(|rule| Finding { rule, excused })
}

/// A switch of ours was carried out.
pub fn switched(before: &World, after: &World, groups: usize) -> Option<Finding> {
    let excused = is_excused(before);
    (0..groups.min(GROUPS)).find_map(|group| {
        let gained = |role: Role| {
            let own = |world: &World| world.unit(role).own.get(group).copied();
            (own(after) == Some(Stand::Active) && own(before) != Some(Stand::Active)).then(|| own(before))
        };
        let moved = before.units.iter().zip(&after.units).any(|(b, a)| b.own.get(group) != a.own.get(group));
        if !moved {
            return None;
        }
        let taken = Role::BOTH.into_iter().find_map(gained).flatten();
        let rule = match (active(before, group), active(after, group), taken) {
            (1.., 0, _) => Some(Rule::LostBySwitch),
            (_, 2, _) => Some(Rule::SplitBrain),
            (_, _, Some(stand)) if stand != Stand::Ready || !before.state => Some(Rule::NotReady),
            _ => None,
        };
        rule.map(|rule| Finding { rule, excused })
    })
}

/// The run says that it is complete.
pub fn completed(world: &World, owners: [Role; GROUPS], groups: usize) -> Option<Finding> {
    let homes = owners.iter().take(groups).enumerate().all(|(group, owner)| {
        world.unit(*owner).own.get(group) == Some(&Stand::Active)
            && world.unit(owner.mate()).own.get(group) == Some(&Stand::Ready)
    });
    let units = world.units.iter().all(|unit| unit.new && unit.is_up() && unit.pending.is_none());
    let preempt = world.units.iter().all(|unit| !unit.kept.contains(&false));
    let good = homes && units && world.lan && world.state && preempt;
    (!good).then(|| Finding { rule: Rule::FalseCompletion, excused: is_excused(world) })
}

#[cfg(test)]
mod tests {
    use asa_failover_core::goal::Procedure;

    use super::*;
    use crate::explore::case::{Case, Choice, Topology};

    #[test]
    fn a_reading_of_a_unit_ends_what_excuses_a_harm_to_it() {
        let case = Case::new(Choice::new(Topology::Active, Procedure::Hardened)).unwrap();
        let mut world = case.start();
        struck(&mut world);
        for (role, dirty) in [(Role::Primary, [false, true]), (Role::Secondary, [true, false])] {
            assert_eq!(World::unpack(read(world.pack(), role)), World { dirty, ..world });
        }
    }
}
