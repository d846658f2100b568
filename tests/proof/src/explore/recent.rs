//! What was reached of late: most states are reached from several others, one soon after the other.

use super::next::State;

/// States that are kept: more than fit into the caches of a processor, and few beside all that there are.
const SLOTS: usize = 1 << 20;

/// The number that each of these states led to. A number that a state has once is its number for ever.
#[derive(Debug)]
pub(super) struct Recent(Vec<Option<(State, u32)>>);

impl Recent {
    pub(super) fn new() -> Self {
        Self(vec![None; SLOTS])
    }

    pub(super) fn get(&self, state: &State) -> Option<u32> {
        let (known, number) = self.0.get(slot(state)).copied().flatten()?;
        (known == *state).then_some(number)
    }

    pub(super) fn put(&mut self, state: State, number: u32) {
        if let Some(place) = self.0.get_mut(slot(&state)) {
            *place = Some((state, number));
        }
    }
}

fn slot(state: &State) -> usize {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let runs = u64::from(state.node.0) << 32 | u64::from(state.journal.0);
    let mixed = (state.world ^ runs.wrapping_mul(ODD).rotate_left(32)).wrapping_mul(ODD);
    usize::try_from(mixed >> 40).unwrap_or(0) % SLOTS
}
