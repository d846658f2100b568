//! Two units that find, when they meet, that they cannot be a pair: failover is switched off.
//!
//! That failover goes off is documented for each difference; which of the two units says so, and what
//! the one that joins is afterwards, is not. [`AfterMismatch`] holds both readings.

use serde::{Deserialize, Serialize};

use super::Pair;
use super::history::{Cause, What};
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
}

/// What the unit that joins is after failover was switched off. Cisco's texts leave it open.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum AfterMismatch {
    /// It keeps the standby addresses.
    PseudoStandby,
    /// It finds no mate and is active, as its mate is.
    Active,
}

impl Mismatch {
    /// What the units print.
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Version => "Mate failover version is not compatible.\n",
            Self::Licence => {
                "Mate's license (3DES-AES Enabled) is not compatible with my license (3DES-AES Disabled). \
                 Failover will be disabled.\n"
            }
            Self::Mode => "Mate operational mode (Multi) is not compatible with my mode (Single).\n",
            Self::Chassis => "Mate has a different chassis\n",
            Self::Card => "Mate has a SSM-4GE card in slot 1 which is different from my None\n",
            Self::ServiceModule => "Mate's service module (SFR) is different from mine (N/A).\n",
        }
    }
}

impl Pair {
    /// A unit that joins and its mate switch failover off.
    pub(super) fn part(&mut self, role: Role, mismatch: Mismatch) {
        self.note(role, What::Parted { mismatch });
        for of in [role.mate(), role] {
            self.announce(of, mismatch.text());
            let now = self.now;
            let unit = self.unit_mut(of);
            unit.running.failover = false;
            unit.modified = true;
            unit.touched = Some(now);
        }
        for group in self.unit(role).group_ids() {
            match self.spec.after_mismatch {
                AfterMismatch::PseudoStandby => {
                    self.set_standing(role, group, Standing::Disabled, Cause::Fault);
                }
                AfterMismatch::Active => self.take_over(role, group, Cause::Fault),
            }
        }
    }
}
