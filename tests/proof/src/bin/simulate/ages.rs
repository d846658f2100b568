//! How old the older of the two final reads is when a line that disrupts arrives at its unit.

use std::fmt;
use std::time::Duration;

/// The width of a bar.
const BAR: u64 = 100;
/// Of a thousand lines, how many rest on reads that are young enough.
const YOUNG: u64 = 999;

/// A histogram, over the runs with one round trip.
#[derive(Default)]
pub(crate) struct Ages {
    bars: Vec<u64>,
}

impl Ages {
    /// The round trip of the runs that are counted.
    pub(crate) const ROUND_TRIP: Duration = Duration::from_millis(150);
    /// What the design asks for.
    const MOST: Duration = Duration::from_secs(2);

    pub(crate) fn take(&mut self, ages: &[Duration]) {
        for age in ages {
            let millis = u64::try_from(age.as_millis()).unwrap_or(u64::MAX);
            // The bar ends with the age it is named after.
            let bar = usize::try_from(millis.div_ceil(BAR)).unwrap_or(usize::MAX).min(100);
            if self.bars.len() <= bar {
                self.bars.resize(bar + 1, 0);
            }
            if let Some(count) = self.bars.get_mut(bar) {
                *count += 1;
            }
        }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.bars.resize(self.bars.len().max(other.bars.len()), 0);
        for (all, count) in self.bars.iter_mut().zip(&other.bars) {
            *all += count;
        }
    }

    /// The age that so many of a thousand lines do not exceed.
    fn at(&self, per_mille: u64) -> Duration {
        let total: u64 = self.bars.iter().sum();
        let mut passed = 0;
        let mut age = Duration::ZERO;
        for (count, bar) in self.bars.iter().zip(0_u64..) {
            passed += count;
            age = Duration::from_millis(bar * BAR);
            if passed * 1_000 >= total * per_mille {
                break;
            }
        }
        age
    }

    pub(crate) fn failure(&self) -> Option<String> {
        let age = self.at(YOUNG);
        let old = format!("one of a thousand lines rests on reads that are {} ms old", age.as_millis());
        (age > Self::MOST).then_some(old)
    }
}

impl fmt::Display for Ages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total: u64 = self.bars.iter().sum();
        let [half, most, young] = [500, 990, YOUNG].map(|share| self.at(share).as_millis());
        writeln!(
            f,
            "oldest final read at {} ms round trip, {total} lines: half up to {half} ms, 99 % up to {most} ms, \
             99.9 % up to {young} ms",
            Self::ROUND_TRIP.as_millis()
        )?;
        for (count, bar) in self.bars.iter().zip(0_u64..).filter(|(count, _)| **count > 0) {
            writeln!(f, "  {count:>8} up to {} ms", bar * BAR)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_old_read_of_a_thousand_is_borne_and_two_are_not() {
        let mut ages = Ages::default();
        ages.take(&[Duration::from_millis(1_200); 999]);
        ages.take(&[Duration::from_millis(2_001)]);
        assert_eq!((ages.at(500), ages.failure()), (Duration::from_millis(1_200), None));
        let mut more = Ages::default();
        more.take(&[Duration::from_millis(2_001)]);
        ages.add(&more);
        let told = "one of a thousand lines rests on reads that are 2100 ms old";
        assert_eq!(ages.failure().as_deref(), Some(told));
    }
}
