//! How often a login may be refused before no further one is tried.
//!
//! Accounts are locked after a few wrong passwords, and a locked account in the middle of an
//! upgrade leaves nobody who could end it.

use std::collections::VecDeque;
use std::time::Duration;

const REFUSED: usize = 3;
const WITHIN: Duration = Duration::from_secs(600);

/// The logins refused lately.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    refused: VecDeque<Duration>,
}

/// Too many logins were refused.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Spent {
    pub(super) refused: usize,
    pub(super) wait: Duration,
}

impl Attempts {
    /// Whether another login may be tried now.
    pub(super) fn allow(&mut self, now: Duration) -> Result<(), Spent> {
        self.refused.retain(|at| now.saturating_sub(*at) < WITHIN);
        match self.refused.front() {
            Some(oldest) if self.refused.len() >= REFUSED => {
                let wait = WITHIN.saturating_sub(now.saturating_sub(*oldest));
                Err(Spent { refused: self.refused.len(), wait })
            }
            _ => Ok(()),
        }
    }

    pub(super) fn refused(&mut self, now: Duration) {
        self.refused.push_back(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_refusals_in_ten_minutes_are_the_end() {
        let at = Duration::from_secs;
        let mut attempts = Attempts::default();
        for second in [0, 100, 200] {
            assert_eq!(attempts.allow(at(second)), Ok(()));
            attempts.refused(at(second));
        }
        assert_eq!(attempts.allow(at(599)), Err(Spent { refused: 3, wait: at(1) }));
        assert_eq!(attempts.allow(at(600)), Ok(()));
        attempts.refused(at(600));
        assert_eq!(attempts.allow(at(601)), Err(Spent { refused: 3, wait: at(99) }));
    }
}
