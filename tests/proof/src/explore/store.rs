//! Every state that was visited, in as few bytes as it takes: the order they were met in is their number.

use hashbrown::HashTable;
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::next::State;
use super::runs::Node;
use super::world::EXCUSES_AT;

/// No state.
pub(super) const NONE: u32 = u32::MAX;

/// Bits of what excuses a harm.
pub(super) const EXCUSES: u64 = 0b1111 << EXCUSES_AT;
/// How many these are.
const EXCUSE_BITS: u32 = EXCUSES.count_ones();

/// States by number: eight bytes each and eight to thirteen for the table that finds them, and four more for as long as a
/// journal tells them apart.
#[derive(Debug, Default)]
pub(super) struct Store {
    /// The pair less what excuses a harm, which stands in many states the same.
    pairs: IndexSet<u64, FxBuildHasher>,
    /// Beside each other, as they are asked for together.
    halves: Vec<Half>,
    /// As many as there were before journals stopped to matter.
    journals: Vec<u32>,
    blind: bool,
    table: HashTable<u32>,
}

/// A state but for its journal.
#[derive(Clone, Copy, Debug)]
struct Half {
    /// The number of the pair, and what excuses a harm.
    place: u32,
    node: Node,
}

/// What a state is told apart by.
#[derive(Clone, Copy, Debug)]
struct Key {
    place: u32,
    node: Node,
    journal: Node,
}

impl Key {
    const fn pair(self) -> u32 {
        self.place >> EXCUSE_BITS
    }

    /// Well mixed bits: the table takes the highest and the lowest.
    fn hash(self) -> u64 {
        const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
        let wide = u64::from(self.pair()) << 32 | u64::from(self.node.0);
        let mixed = (wide ^ u64::from(self.journal.0).wrapping_mul(ODD).rotate_left(24)).wrapping_mul(ODD);
        (mixed ^ mixed >> 32).wrapping_mul(ODD)
    }

    /// Whether whatever comes of the other comes of this one too, and is excused no more.
    fn covers(self, other: Self) -> bool {
        self.pair() == other.pair()
            && self.place & !other.place == 0
            && self.node == other.node
            && self.journal == other.journal
    }
}

impl Store {
    pub(super) fn len(&self) -> usize {
        self.halves.len()
    }

    /// How many states of the pair there are among them, apart from what excuses a harm.
    pub(super) fn pairs(&self) -> usize {
        self.pairs.len()
    }

    /// Whether journals do not matter any more.
    pub(super) const fn is_blind(&self) -> bool {
        self.blind
    }

    /// From now on states that differ in their journals alone are one.
    pub(super) fn forget_journals(&mut self) {
        self.blind = true;
        self.table = HashTable::new();
        for at in 0..u32::try_from(self.halves.len()).unwrap_or(NONE) {
            let Some(key) = self.key(at) else { return };
            self.entry(key, at);
        }
    }

    /// No more states are looked for: what finds them takes the most memory but for them.
    pub(super) fn forget_where(&mut self) {
        self.table = HashTable::new();
    }

    pub(super) fn get(&self, at: u32) -> Option<State> {
        let at = at as usize;
        let Half { place, node } = *self.halves.get(at)?;
        let pair = self.pairs.get_index((place >> EXCUSE_BITS) as usize)?;
        let world = pair | u64::from(place) << EXCUSES_AT & EXCUSES;
        let journal = self.journals.get(at).copied().unwrap_or(NONE);
        Some(State { world, node, journal: Node(journal) })
    }

    /// The number of a state, or of one that covers it, and whether it is new.
    pub(super) fn number(&mut self, state: &State) -> (u32, bool) {
        let (pair, _) = self.pairs.insert_full(state.world & !EXCUSES);
        let excuses = u32::try_from((state.world & EXCUSES) >> EXCUSES_AT).unwrap_or(NONE);
        let place = u32::try_from(pair).unwrap_or(NONE) << EXCUSE_BITS | excuses;
        let journal = if self.blind { Node::NONE } else { state.journal };
        let key = Key { place, node: state.node, journal };
        let new = u32::try_from(self.halves.len()).unwrap_or(NONE);
        let at = self.entry(key, new);
        if at == new {
            self.halves.push(Half { place, node: state.node });
            if !self.blind {
                self.journals.push(state.journal.0);
            }
        }
        (at, at == new)
    }

    fn key(&self, at: u32) -> Option<Key> {
        let at = at as usize;
        let journal = self.journals.get(at).copied().filter(|_| !self.blind).unwrap_or(NONE);
        let Half { place, node } = *self.halves.get(at)?;
        Some(Key { place, node, journal: Node(journal) })
    }

    /// The number of the state that covers this one, or the new one from now on.
    fn entry(&mut self, key: Key, new: u32) -> u32 {
        let mut table = std::mem::take(&mut self.table);
        let covers = |at: &u32| self.key(*at).is_some_and(|known| known.covers(key));
        let hash = |at: &u32| self.key(*at).map_or(0, Key::hash);
        let at = *table.entry(key.hash(), covers, hash).or_insert(new).get();
        self.table = table;
        at
    }
}
