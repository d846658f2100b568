//! Where a chain of successors leads to: an end, or a circle.

use rustc_hash::FxHashSet;

use super::store::NONE;

/// A chain of successors, up to its end or the first state that it comes to again.
pub(super) fn along(next: &[u32], from: u32) -> Vec<u32> {
    let (mut way, mut seen, mut at) = (Vec::new(), FxHashSet::default(), from);
    while at != NONE && seen.insert(at) {
        way.push(at);
        at = next.get(at as usize).copied().unwrap_or(NONE);
    }
    way
}

/// How each chain of successors ends, in small numbers. Asked for once for each end: a state that none follows, or one of
/// the circle that a chain goes round in.
pub(super) fn ends(next: &[u32], mut end_of: impl FnMut(u32) -> u32) -> Vec<u32> {
    /// On the way, whose end is not known yet.
    const OPEN: u32 = NONE - 1;
    /// Not come to yet.
    const NEW: u32 = NONE - 2;
    let mut ends = vec![NEW; next.len()];
    let mut path = Vec::new();
    for first in 0..next.len() {
        let mut at = u32::try_from(first).unwrap_or(NONE);
        let end = loop {
            match ends.get(at as usize).copied() {
                Some(NEW) => {
                    path.push(at);
                    if let Some(end) = ends.get_mut(at as usize) {
                        *end = OPEN;
                    }
                    match next.get(at as usize).copied() {
                        Some(NONE) | None => break end_of(at),
                        Some(next) => at = next,
                    }
                }
                Some(OPEN) | None => break end_of(at),
                Some(end) => break end,
            }
        };
        for at in path.drain(..) {
            if let Some(place) = ends.get_mut(at as usize) {
                *place = end;
            }
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_ends_where_nothing_follows_or_in_a_circle() {
        // 0 -> 1 -> 2, 3 -> 1; 4 -> 5 -> 4, 6 -> 4; 7.
        let next = [1, 2, NONE, 1, 5, 4, 4, NONE];
        let mut asked = Vec::new();
        let mut named = |end| {
            asked.push(end);
            end + 10
        };
        assert_eq!(ends(&next, &mut named), [12, 12, 12, 12, 14, 14, 14, 17]);
        assert_eq!(asked, [2, 4, 7], "each end once");
        assert_eq!(along(&next, 3), [3, 1, 2]);
        assert_eq!(along(&next, 6), [6, 4, 5]);
    }
}
