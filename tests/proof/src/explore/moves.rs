//! What happens by itself: standings that move, boots that end, and faults, each of which costs one of the budget.

use std::fmt;

use asa_failover_core::goal::Preempt;
use asa_failover_core::link::Reach;
use asa_failover_core::unit::Role;

use super::case::Case;
use super::monitor::{self, Finding};
use super::world::{GROUPS, Power, Stand, Unit, World};

/// Something that happens without a line of the controller.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Move {
    /// A unit carries out the reload it accepted.
    ShutsDown(Role),
    /// The hold time of a mate that is not heard any more ends.
    HoldEnds(Role),
    /// A unit takes over every group that it is ready for and that nobody is active for.
    TakesOver(Role),
    /// Of two active units that hear each other again the secondary gives up.
    Heals,
    /// Preempt moves a group home.
    Preempts(usize),
    /// The failover link is repaired.
    LanUp,
    /// The state link is repaired.
    StateUp,
    /// A unit has booted; the release is what it is set to or, by a fault, the old one.
    Boots(Role, bool),
    /// A unit that looks for an active mate finds one, or becomes active.
    Negotiates(Role),
    /// A unit ends its synchronisation, with the configuration of its mate.
    GetsReady(Role),
    /// The same, and keeps the preempt of its startup configuration, which its mate has not: no source tells.
    GetsReadyApart(Role),
    /// A unit goes down.
    Crashes(Role),
    /// A unit that is down stays so.
    Dies(Role),
    /// The failover link goes down.
    LanDown,
    /// The state link goes down.
    StateDown,
    /// A unit takes a group over without cause; its mate is ready again at once, or has to synchronise.
    Spontaneous(Role, usize, bool),
    /// A unit that is ready synchronises anew.
    Resynchronises(Role),
    /// An operator reloads a unit: it goes down at once, and hands over.
    Reloaded(Role),
}

impl Move {
    /// Whether it is a fault.
    pub const fn is_fault(self) -> bool {
        matches!(
            self,
            Self::Boots(_, false)
                | Self::Crashes(_)
                | Self::Dies(_)
                | Self::LanDown
                | Self::StateDown
                | Self::Spontaneous(..)
                | Self::Resynchronises(_)
                | Self::Reloaded(_)
        )
    }
}

impl Move {
    /// Whether a sleep does not end before it has come about.
    pub(super) const fn is_due(self) -> bool {
        matches!(self, Self::ShutsDown(_) | Self::Preempts(_))
    }
}

impl fmt::Display for Move {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_fault() {
            f.write_str("FAULT ")?;
        }
        match self {
            Self::ShutsDown(role) => write!(f, "{role} shuts down to reload"),
            Self::HoldEnds(role) => write!(f, "{role} displays its mate as Failed"),
            Self::TakesOver(role) => write!(f, "{role} takes over"),
            Self::Heals => f.write_str("the secondary gives up being active too"),
            Self::Preempts(group) => write!(f, "preempt moves group {} home", group + 1),
            Self::LanUp => f.write_str("the failover link is up again"),
            Self::StateUp => f.write_str("the state link is up again"),
            Self::Boots(role, true) => write!(f, "{role} has booted what it is set to"),
            Self::Boots(role, false) => write!(f, "{role} has booted the old release"),
            Self::Negotiates(role) => write!(f, "{role} ends its negotiation"),
            Self::GetsReady(role) => write!(f, "{role} gets Standby Ready"),
            Self::GetsReadyApart(role) => write!(f, "{role} gets Standby Ready and keeps its preempt"),
            Self::Crashes(role) => write!(f, "{role} crashes"),
            Self::Dies(role) => write!(f, "{role} does not come back"),
            Self::LanDown => f.write_str("the failover link goes down"),
            Self::StateDown => f.write_str("the state link goes down"),
            Self::Spontaneous(role, group, ready) => {
                let mate = if *ready { "ready" } else { "synchronising" };
                write!(f, "{role} takes group {} over, its mate is {mate}", group + 1)
            }
            Self::Resynchronises(role) => write!(f, "{role} synchronises anew"),
            Self::Reloaded(role) => write!(f, "an operator reloads {role}"),
        }
    }
}

/// Changes of a standing in all groups of a unit.
fn each(case: &Case, stands: &mut [Stand; GROUPS], change: impl Fn(usize, Stand) -> Option<Stand>) -> bool {
    let mut any = false;
    for (group, stand) in stands.iter_mut().enumerate().take(case.groups) {
        if let Some(new) = change(group, *stand) {
            *stand = new;
            any = true;
        }
    }
    any
}

impl Case {
    /// Moves of standings, addresses and links: what may happen between any two lines.
    pub fn role_moves(&self, world: &World, mut found: impl FnMut(Move)) {
        for role in Role::BOTH {
            found(Move::ShutsDown(role));
            found(Move::HoldEnds(role));
            found(Move::TakesOver(role));
        }
        found(Move::Heals);
        for group in 0..self.groups {
            if self.preempt.get(group).copied().flatten().is_some() {
                found(Move::Preempts(group));
            }
        }
        if !world.lan {
            found(Move::LanUp);
        }
        if !world.state {
            found(Move::StateUp);
        }
    }

    /// Boots and synchronisation: what goes on while the controller sleeps.
    pub fn slow_moves(&self, mut found: impl FnMut(Move)) {
        for role in Role::BOTH {
            found(Move::Boots(role, true));
            found(Move::Negotiates(role));
            found(Move::GetsReady(role));
            if self.choice.preempt == Preempt::Remove {
                found(Move::GetsReadyApart(role));
            }
        }
    }

    /// Faults.
    pub fn faults(&self, mut found: impl FnMut(Move)) {
        for role in Role::BOTH {
            found(Move::Crashes(role));
            found(Move::Resynchronises(role));
            found(Move::Reloaded(role));
            for group in 0..self.groups {
                found(Move::Spontaneous(role, group, true));
                found(Move::Spontaneous(role, group, false));
            }
        }
        found(Move::LanDown);
        found(Move::StateDown);
    }

    /// Faults that can only strike while the controller sleeps.
    pub fn slow_faults(&self, mut found: impl FnMut(Move)) {
        for role in Role::BOTH {
            found(Move::Boots(role, false));
            found(Move::Dies(role));
        }
    }

    /// The world after a move, and what it broke; `None` if the move cannot happen or changes nothing.
    pub fn after(&self, world: &World, what: Move) -> Option<(World, Option<Finding>)> {
        let mut next = *world;
        if what.is_fault() {
            monitor::struck(&mut next);
        }
        let moved = match what {
            Move::ShutsDown(role) => {
                let pending = world.unit(role).pending?;
                let (mut next, _) = self.shut_down(*world, role);
                let unit = next.unit_mut(role);
                unit.reloads = (unit.reloads + 1).min(2);
                return Some((next, monitor::reloaded(world, &next, role, pending.excused, self.groups)));
            }
            Move::Reloaded(role) => {
                let up = world.unit(role).is_up();
                return up.then(|| self.shut_down(next, role));
            }
            Move::HoldEnds(role) => {
                let heard = world.lan && world.unit(role.mate()).is_up();
                let unit = next.unit_mut(role);
                unit.is_up()
                    && !heard
                    && each(self, &mut unit.mate, |_, stand| {
                        (stand != Stand::Failed).then_some(Stand::Failed)
                    })
            }
            Move::TakesOver(role) => self.take_over(world, &mut next, role),
            Move::Heals => {
                let both_up = world.lan && world.units.iter().all(Unit::is_up);
                let [primary, secondary] = &mut next.units;
                both_up
                    && each(self, &mut secondary.own, |group, stand| {
                        (stand == Stand::Active && primary.own.get(group) == Some(&Stand::Active))
                            .then_some(Stand::Syncing)
                    })
            }
            Move::Preempts(group) => self.preempts(world, &mut next, group),
            Move::LanUp => !std::mem::replace(&mut next.lan, true),
            Move::StateUp => !std::mem::replace(&mut next.state, true),
            Move::Boots(role, new) => self.boots(world, &mut next, role, new),
            Move::Negotiates(role) => self.negotiates(world, &mut next, role),
            Move::GetsReady(role) => {
                let is_ready = self.gets_ready(world, &mut next, role);
                next.unit_mut(role).kept = world.unit(role.mate()).kept;
                is_ready
            }
            Move::GetsReadyApart(role) => {
                world.unit(role).kept != world.unit(role.mate()).kept
                    && self.gets_ready(world, &mut next, role)
            }
            Move::Crashes(role) => {
                let unit = next.unit_mut(role);
                std::mem::replace(&mut unit.power, self.down()) == Power::Up
            }
            Move::Dies(role) => {
                let unit = next.unit_mut(role);
                matches!(std::mem::replace(&mut unit.power, Power::Dead), Power::Down | Power::Falls)
            }
            Move::LanDown => std::mem::replace(&mut next.lan, false),
            Move::StateDown => std::mem::replace(&mut next.state, false),
            Move::Spontaneous(role, group, ready) => {
                let of = |role: Role| world.unit(role).own.get(group).copied();
                let can =
                    world.lan && of(role) == Some(Stand::Ready) && of(role.mate()) == Some(Stand::Active);
                let other = if ready { Stand::Ready } else { Stand::Resyncing };
                can && set(next.unit_mut(role), group, Stand::Active)
                    && set(next.unit_mut(role.mate()), group, other)
            }
            Move::Resynchronises(role) => {
                let has_mate = world.unit(role.mate()).is_up() && world.lan;
                has_mate
                    && each(self, &mut next.unit_mut(role).own, |_, stand| {
                        (stand == Stand::Ready).then_some(Stand::Resyncing)
                    })
            }
        };
        if !moved {
            return None;
        }
        next.settle();
        self.arm(world, &mut next);
        (next != *world).then_some((next, None))
    }

    /// A unit that went down. One that has a session of its own loses it with that; one that is read through its mate
    /// is down at a look at least, since a boot takes longer than a poll.
    const fn down(&self) -> Power {
        match self.choice.reach {
            Reach::BothAddresses => Power::Down,
            Reach::ActiveOnly => Power::Falls,
        }
    }

    /// A unit that shuts down hands over to a mate that is ready and hears it.
    fn shut_down(&self, world: World, role: Role) -> (World, Option<Finding>) {
        let unit = *world.unit(role);
        let mut next = world;
        if world.lan {
            each(self, &mut next.unit_mut(role.mate()).own, |group, stand| {
                let hands_over = unit.own.get(group) == Some(&Stand::Active) && stand == Stand::Ready;
                hands_over.then_some(Stand::Active)
            });
        }
        next.unit_mut(role).power = self.down();
        next.settle();
        self.arm(&world, &mut next);
        (next, None)
    }

    /// A unit that is ready takes over where nobody is active that it would hear of.
    fn take_over(&self, world: &World, next: &mut World, role: Role) -> bool {
        let mate = *world.unit(role.mate());
        let unit = next.unit_mut(role);
        let shown = unit.mate;
        unit.is_up()
            && each(self, &mut unit.own, |group, stand| {
                let held = shown.get(group) == Some(&Stand::Failed);
                let of_mate = mate.own.get(group).copied();
                let alone = !mate.is_up() && held;
                let elects = mate.is_up() && world.lan && of_mate != Some(Stand::Active);
                let takes = match stand {
                    Stand::Ready => alone || elects,
                    Stand::Syncing | Stand::Resyncing => alone,
                    _ => false,
                };
                takes.then_some(Stand::Active)
            })
    }

    fn boots(&self, world: &World, next: &mut World, role: Role, new: bool) -> bool {
        let mate = world.unit(role.mate());
        let noticed =
            !mate.is_up() || mate.mate.iter().take(self.groups).all(|stand| *stand == Stand::Failed);
        let unit = next.unit_mut(role);
        if unit.power != Power::Down || !noticed {
            return false;
        }
        (unit.power, unit.new) = (Power::Up, new && unit.saved && self.has_image(role));
        // No save is sent while preempt is removed, or the judge says so: the startup configuration has it.
        unit.kept = [true; GROUPS];
        unit.own = [Stand::Failed; GROUPS];
        each(self, &mut unit.own, |_, _| Some(Stand::Negotiation))
    }

    fn negotiates(&self, world: &World, next: &mut World, role: Role) -> bool {
        let mate = *world.unit(role.mate());
        let heard = world.lan && mate.is_up();
        let unit = next.unit_mut(role);
        unit.is_up()
            && each(self, &mut unit.own, |group, stand| {
                if stand != Stand::Negotiation {
                    return None;
                }
                match mate.own.get(group) {
                    Some(Stand::Active) if heard => Some(Stand::Syncing),
                    // A mate that is ready is about to be active.
                    Some(Stand::Ready) if heard => None,
                    _ => Some(Stand::Active),
                }
            })
    }

    fn gets_ready(&self, world: &World, next: &mut World, role: Role) -> bool {
        let mate = *world.unit(role.mate());
        let synchronises = world.lan && mate.is_up();
        let unit = next.unit_mut(role);
        unit.is_up()
            && each(self, &mut unit.own, |group, stand| {
                let has_active = synchronises && mate.own.get(group) == Some(&Stand::Active);
                (stand == Stand::Syncing && has_active).then_some(Stand::Ready)
            })
    }

    fn preempts(&self, world: &World, next: &mut World, group: usize) -> bool {
        let Some(home) = self.preempt.get(group).copied().flatten() else { return false };
        let of = |role: Role| world.unit(role).own.get(group).copied();
        let can = world.armed.get(group).is_some_and(|armed| *armed > 0)
            && world.lan
            && of(home) == Some(Stand::Ready)
            && of(home.mate()) == Some(Stand::Active);
        can && set(next.unit_mut(home), group, Stand::Active)
            && set(next.unit_mut(home.mate()), group, Stand::Ready)
    }

    /// Preempt begins to wait when the preferred unit gets ready beside an active mate, after a boot or a
    /// recovery; not by a move of the group from a unit that stays ready. It ends when it is not ready. A unit that
    /// booted has the preempt of its startup configuration up to there, whatever its mate has.
    pub(super) fn arm(&self, before: &World, next: &mut World) {
        for group in 0..self.groups {
            let Some(home) = self.preempt.get(group).copied().flatten() else { continue };
            let of = |world: &World, role: Role| world.unit(role).own.get(group).copied();
            let waits = |world: &World| {
                of(world, home) == Some(Stand::Ready) && of(world, home.mate()) == Some(Stand::Active)
            };
            let was = of(before, home);
            let Some(armed) = next.armed.get(group).copied() else { continue };
            let has_it = before.unit(home).kept.get(group) == Some(&true);
            let begins = has_it && waits(next) && !waits(before) && was == Some(Stand::Syncing);
            let armed = match (waits(next), begins) {
                (false, _) => 0,
                (true, true) => armed.max(1),
                (true, false) => armed,
            };
            if let Some(place) = next.armed.get_mut(group) {
                *place = armed;
            }
        }
    }

    /// Preempt is configured: it begins to wait as if the preferred unit had just become ready.
    pub(super) fn arm_anew(&self, next: &mut World, group: usize) {
        let Some(home) = self.preempt.get(group).copied().flatten() else { return };
        let of = |role: Role| next.unit(role).own.get(group).copied();
        let waits = of(home) == Some(Stand::Ready) && of(home.mate()) == Some(Stand::Active);
        if let Some(armed) = next.armed.get_mut(group).filter(|_| waits) {
            *armed = 1;
        }
    }

    /// The world after a poll; `None` while something is due that has not happened.
    pub fn poll(&self, world: &World) -> Option<World> {
        let mut next = *world;
        monitor::slept(&mut next);
        for unit in &mut next.units {
            if let Some(pending) = &mut unit.pending {
                if pending.polls >= 1 {
                    return None;
                }
                pending.polls += 1;
            }
            unit.own = unit.own.map(Stand::seen);
            if unit.power == Power::Falls {
                unit.power = Power::Down;
            }
        }
        for armed in &mut next.armed {
            match *armed {
                0 => {}
                polls if polls < self.choice.preempt_polls => *armed += 1,
                _ if world.lan => return None,
                _ => *armed = 0,
            }
        }
        Some(next)
    }
}

/// Sets a standing of a running unit.
pub fn set(unit: &mut Unit, group: usize, stand: Stand) -> bool {
    match unit.own.get_mut(group) {
        Some(own) => {
            *own = stand;
            true
        }
        None => false,
    }
}
