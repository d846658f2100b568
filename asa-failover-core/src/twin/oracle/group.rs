//! A failover group as its history shows it: who has it, and whose doing that is.

use super::Orders;
use crate::unit::{GroupId, Role, Standing};

/// A failover group as its history shows it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Group {
    pub(super) id: GroupId,
    pub(super) standings: [Standing; 2],
    /// Where it was first seen with a mate that is ready, by both units, or where our moves put it.
    pub(super) expected: Option<Role>,
    /// Where it was before a move of ours whose taker was not looked at yet.
    pub(super) before: Option<Role>,
    /// Who told it to move.
    pub(super) told: Hand,
    /// Where the last line of ours that changes something asked it to go. Whoever typed it cannot tell a
    /// move there by another hand from its own, whether or not the line arrived and found something to move.
    pub(super) asked: Option<Role>,
    pub(super) gap: Gap,
}

/// Whether nobody forwards a group.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Gap {
    None,
    /// Not by a move of ours.
    NotOurs,
    /// A move of ours is under way to this unit.
    Ours(Role),
}

/// Who did something.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub(super) enum Hand {
    #[default]
    Nobody,
    Ours,
    Other,
}

pub(super) const fn index(role: Role) -> usize {
    match role {
        Role::Primary => 0,
        Role::Secondary => 1,
    }
}

impl Group {
    pub(super) const fn new(id: GroupId) -> Self {
        Self {
            id,
            standings: [Standing::Disabled, Standing::Disabled],
            expected: None,
            before: None,
            told: Hand::Nobody,
            asked: None,
            gap: Gap::None,
        }
    }

    /// Somebody tells it to move there.
    pub(super) fn tell(&mut self, taker: Role, hand: Hand) {
        // Who tells a group that is on its way to go where it goes has no part in it.
        if !(hand == Hand::Other && self.gap == Gap::Ours(taker)) {
            self.told = hand;
        }
    }

    /// A line of ours that changes something asks for it there, or for nothing of it. `moved`: a fault struck
    /// since the final reads.
    pub(super) fn ask(&mut self, taker: Option<Role>, moved: bool) {
        let there = taker.is_some() && self.forwarder() == taker;
        self.asked = taker.filter(|_| !there);
        if there && moved && self.expected != taker {
            // It went there between the final reads and the line.
            self.before = std::mem::replace(&mut self.expected, taker);
        }
    }

    pub(super) fn standing(&self, role: Role) -> &Standing {
        let [primary, secondary] = &self.standings;
        if index(role) == 0 { primary } else { secondary }
    }

    pub(super) fn set(&mut self, role: Role, to: &Standing) {
        let [primary, secondary] = &mut self.standings;
        *(if index(role) == 0 { primary } else { secondary }) = to.clone();
    }

    pub(super) fn is_active(&self, role: Role) -> bool {
        *self.standing(role) == Standing::Active
    }

    pub(super) fn is_ready(&self, role: Role) -> bool {
        *self.standing(role) == Standing::StandbyReady
    }

    /// Whether it is neither where it was found, nor where our moves put it or preempt brings it.
    pub(super) fn has_drifted(&self, orders: &Orders) -> bool {
        let (Some(is), Some(expected)) = (self.forwarder(), self.expected) else { return false };
        is != expected && !orders.prefers.contains(&(self.id, is))
    }

    /// The one unit that is active for it, where its mate is ready: what moves until then is no move of a pair that
    /// anybody could have found.
    pub(super) fn settled(&self) -> Option<Role> {
        self.forwarder().filter(|role| self.is_ready(role.mate()))
    }

    pub(super) fn forwarder(&self) -> Option<Role> {
        match Role::BOTH.map(|role| self.is_active(role)) {
            [true, false] => Some(Role::Primary),
            [false, true] => Some(Role::Secondary),
            _ => None,
        }
    }
}
