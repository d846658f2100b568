//! Chance that follows from a seed: the same seed gives the same numbers, on every machine and for ever.

use std::time::Duration;

/// Numbers that look like chance, from a seed alone (splitmix64).
///
/// ```
/// use asa_failover_core::twin::Chance;
///
/// let (mut one, mut other) = (Chance::new(7), Chance::new(7));
/// assert_eq!(one.below(1_000), other.below(1_000));
/// ```
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The chance of this seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 on, below this bound; 0 where the bound is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    /// Yes, once in so many times.
    pub fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }

    /// One of these choices, each as likely as any other.
    ///
    /// # Panics
    /// Where there is no choice.
    pub fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        let at = usize::try_from(self.below(choices.len() as u64)).unwrap_or_default();
        #[expect(clippy::indexing_slicing, reason = "below the length of what is not empty")]
        choices[at].clone()
    }

    /// A time within the bounds, to the millisecond.
    pub(super) fn between(&mut self, (low, high): (Duration, Duration)) -> Duration {
        let span = high.saturating_sub(low).as_millis().try_into().unwrap_or(u64::MAX);
        low + Duration::from_millis(self.below(span.saturating_add(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Histories hang on them: other numbers would be other runs of the same seeds.
    #[test]
    fn the_numbers_of_a_seed_never_change() {
        let mut chance = Chance::new(1);
        assert_eq!([(); 3].map(|()| chance.below(1_000)), [465, 519, 590]);
        assert_eq!(chance.of(&["a", "b", "c"]), "c");
        assert_eq!(chance.below(0), 0);
    }

    #[test]
    fn every_choice_comes_and_none_but_these() {
        let mut chance = Chance::new(3);
        let mut seen = [0; 4];
        for _ in 0..400 {
            seen[chance.of(&[0_usize, 1, 2, 3])] += 1;
        }
        assert!(seen.iter().all(|times| (60..140).contains(times)), "{seen:?}");
        let once = (0..1_000).filter(|_| chance.one_in(10)).count();
        assert!((60..140).contains(&once), "{once}");
    }
}
