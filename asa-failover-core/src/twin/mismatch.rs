//! Two units that find, when they meet, that they cannot be a pair: failover is switched off.
//!
//! That failover goes off is documented for each difference; which of the two units says so, and what
//! the one that joins is afterwards, is not. [`AfterMismatch`] holds both readings.

use serde::{Deserialize, Serialize};

use super::Pair;
use super::doubt::AfterMismatch;
use super::history::{Cause, What};
use super::texts::{self, Text};
use crate::unit::{Role, Standing};

/// In what two units differ.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Mismatch {
    /// Releases that cannot be a pair (105040).
    Version,
    /// Licensed features (105045).
    Licence,
    /// Single and multiple context mode (105044).
    Mode,
    /// The chassis (105046).
    Chassis,
    /// A card in a slot (105047).
    Card,
    /// The service module (105048).
    ServiceModule,
    /// The number of interfaces (103008): failover stays on, and no synchronisation comes to its end.
    Interfaces,
}

impl Mismatch {
    /// What the units print, if anything.
    const fn notice(self) -> Option<&'static Text> {
        Some(match self {
            Self::Version => &texts::STRANGE_VERSION,
            Self::Licence => &texts::STRANGE_LICENCE,
            Self::Mode => &texts::STRANGE_MODE,
            Self::Chassis => &texts::STRANGE_CHASSIS,
            Self::Card => &texts::STRANGE_CARD,
            Self::ServiceModule => &texts::STRANGE_MODULE,
            Self::Interfaces => return None,
        })
    }

    /// Under which number they log it, and what they log.
    const fn logged(self) -> Option<(&'static str, &'static Text)> {
        Some(match self {
            Self::Version => ("105040", &texts::STRANGE_VERSION),
            Self::Licence => ("105045", &texts::LOGS_STRANGE_LICENCE),
            Self::Mode => ("105044", &texts::STRANGE_MODE),
            Self::Chassis => ("105046", &texts::STRANGE_CHASSIS),
            Self::Card => ("105047", &texts::STRANGE_CARD),
            Self::ServiceModule => ("105048", &texts::STRANGE_MODULE),
            Self::Interfaces => return None,
        })
    }
}

impl Pair {
    /// A unit that joins and its mate switch failover off, for any difference but that of interfaces.
    pub(super) fn part(&mut self, role: Role, mismatch: Mismatch) {
        self.note(role, What::Parted { mismatch });
        for of in [role.mate(), role] {
            if mismatch == Mismatch::Version {
                let [mates, own] = [of.mate(), of].map(|role| self.unit(role).version.to_string());
                let words = [mates.as_str(), own.as_str()];
                let notice = self.worded(&texts::STRANGE_RELEASE, &words);
                self.announce(of, &notice);
                self.log(of, &texts::LOGS_STRANGE_RELEASE, &words);
            }
            if let Some(notice) = mismatch.notice() {
                self.notify(of, notice);
            }
            if let Some((number, logged)) = mismatch.logged() {
                let logged = self.worded(logged, &[]);
                self.log(of, &texts::DIFFERS, &[number, &logged]);
            }
            self.log(of, &texts::DISABLING, &[]);
            let now = self.now;
            let unit = self.unit_mut(of);
            unit.running.failover = false;
            unit.modified = true;
            unit.touched = Some(now);
            self.note(of, What::Failover(false));
        }
        for group in self.unit(role).group_ids() {
            match self.spec.after_mismatch {
                AfterMismatch::PseudoStandby => {
                    let reason = &texts::STATE_CHECK;
                    self.set_standing_for(role, group, Standing::Disabled, Cause::Fault, reason);
                }
                AfterMismatch::Active => self.take_over(role, group, Cause::Fault),
            }
        }
    }
}
