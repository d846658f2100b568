//! The three scenes.

use asa_failover_core::AsaVersion;
use asa_failover_core::goal::Goal;
use asa_failover_core::twin::Spec;
use asa_failover_core::unit::GroupId;
use clap::ValueEnum;

use super::{ENABLE, image};
use crate::server::Era;

/// A pair and what is wanted of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
#[non_exhaustive]
pub enum Scene {
    /// Active/Standby, ASA 5525-X, 9.8(4) to 9.8(4)48.
    As,
    /// Active/Active in multiple context mode with preempt on one group, 9.8(4) to 9.8(4)48.
    Aa,
    /// Active/Standby, ASA 5520, 7.0(8) over 7.1(2) to 7.2(5): no failover exec, no verify.
    Hops,
}

impl Scene {
    /// One line that says what is shown.
    pub const fn title(self) -> &'static str {
        match self {
            Self::As => "Active/Standby, ASA 5525-X, 9.8(4) to 9.8(4)48.",
            Self::Aa => "Active/Active in multiple context mode, preempt on group 2, 9.8(4) to 9.8(4)48.",
            Self::Hops => "Active/Standby, ASA 5520, 7.0(8) over 7.1(2) to 7.2(5).",
        }
    }

    pub(super) const fn scale(self) -> u32 {
        match self {
            Self::As | Self::Aa => 25,
            Self::Hops => 30,
        }
    }

    pub(super) const fn era(self) -> Era {
        match self {
            Self::As | Self::Aa => Era::Modern,
            Self::Hops => Era::Legacy,
        }
    }

    const fn versions(self) -> (AsaVersion, &'static [AsaVersion]) {
        const INTERIM: [AsaVersion; 1] = [AsaVersion::new(9, 8, 4, 48)];
        const HOPS: [AsaVersion; 2] = [AsaVersion::new(7, 1, 2, 0), AsaVersion::new(7, 2, 5, 0)];
        match self {
            Self::As | Self::Aa => (AsaVersion::new(9, 8, 4, 0), &INTERIM),
            Self::Hops => (AsaVersion::new(7, 0, 8, 0), &HOPS),
        }
    }

    pub(super) fn spec(self) -> Spec {
        let (from, stops) = self.versions();
        let spec = match self {
            Self::As => Spec::active_standby("ASA5525", from),
            Self::Aa => Spec::active_active("ASA5525", from).with_preempt(GroupId::new(2), 30),
            Self::Hops => Spec::active_standby("ASA5520", from),
        };
        stops.iter().fold(spec, |spec, stop| spec.with_staged(*stop)).with_enable_secret(ENABLE)
    }

    pub(super) fn goal(self, spec: &Spec) -> Goal {
        let (from, stops) = self.versions();
        let target = stops.last().copied().unwrap_or(from);
        stops.iter().filter_map(|stop| image(spec, *stop).ok()).fold(Goal::new(target), Goal::with_image)
    }
}
