//! What may happen to a pair by itself, found once: few different pairs stand in very many states.

use asa_failover_core::unit::Role;
use hashbrown::HashTable;

use super::case::Case;
use super::lines::shows;
use super::monitor::Finding;
use super::moves::Move;
use super::world::{World, index};

/// The moves of each pair that was asked for, each pair with what excuses a harm: a fault sets that, and a harm asks for it.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    table: HashTable<Pair>,
    /// Those of one pair beside each other.
    moved: Vec<Moved>,
}

/// A pair, by its bits, and where its moves stand.
#[derive(Clone, Copy, Debug)]
struct Pair {
    world: u64,
    free: Option<Places>,
    /// What faults do is not asked for behind the last of them.
    faults: Option<Places>,
}

/// Where moves begin, where the slow ones do, which only a sleep leaves time for, and where they end.
#[derive(Clone, Copy, Debug)]
struct Places([u32; 3]);

/// A move that can happen and changes something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moved {
    pub(super) world: u64,
    pub(super) what: Move,
    pub(super) finding: Option<Finding>,
    /// Whether a reading of a unit tells that it has happened.
    shown: [bool; 2],
}

impl Pairs {
    /// What happens at no cost, or by a fault: between any two lines, and, where the controller sleeps, in that time.
    pub(super) fn moves(&mut self, case: &Case, bits: u64, by_fault: bool) -> [&[Moved]; 2] {
        let new = Pair { world: bits, free: None, faults: None };
        let entry = self.table.entry(hash(bits), |pair| pair.world == bits, |pair| hash(pair.world));
        let mut entry = entry.or_insert(new);
        let pair = entry.get_mut();
        let places = if by_fault { &mut pair.faults } else { &mut pair.free };
        let Places([begin, slow, end]) = match *places {
            Some(places) => places,
            None => *places.insert(found(case, bits, by_fault, &mut self.moved)),
        };
        let of = |from: u32, to: u32| self.moved.get(from as usize..to as usize).unwrap_or_default();
        [of(begin, slow), of(slow, end)]
    }
}

fn found(case: &Case, bits: u64, by_fault: bool, moved: &mut Vec<Moved>) -> Places {
    let before = World::unpack(bits);
    let place = |moved: &Vec<Moved>| u32::try_from(moved.len()).unwrap_or(u32::MAX);
    let add = |what: Move, moved: &mut Vec<Moved>| {
        if let Some((after, finding)) = case.after(&before, what) {
            let shown = Role::BOTH.map(|role| shows(&before, &after, role));
            moved.push(Moved { world: after.pack(), what, finding, shown });
        }
    };
    let begin = place(moved);
    if by_fault {
        case.faults(|what| add(what, moved));
    } else {
        case.role_moves(&before, |what| add(what, moved));
    }
    let slow = place(moved);
    if by_fault {
        case.slow_faults(|what| add(what, moved));
    } else {
        case.slow_moves(|what| add(what, moved));
    }
    Places([begin, slow, place(moved)])
}

impl Moved {
    /// Whether a reading of this unit tells that it has happened.
    pub(super) fn is_shown(&self, role: Role) -> bool {
        self.shown.get(index(role)) == Some(&true)
    }
}

/// Well mixed bits: the table takes the highest and the lowest.
fn hash(bits: u64) -> u64 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mixed = (bits ^ bits >> 32).wrapping_mul(ODD);
    (mixed ^ mixed >> 32).wrapping_mul(ODD)
}
