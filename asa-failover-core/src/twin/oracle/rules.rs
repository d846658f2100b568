//! The rules that a history can break, and what was found of one.
//!
//! They bear the numbers of the invariants of the design. I11 to I13, I16, I19 to I22 and I24 are not
//! among them: a device sees nothing of a journal, a lock, a parser, a secret or a clock of ours.

use std::fmt;

use serde::Serialize;

use super::super::fault::FaultKind;
use crate::unit::Standing;

/// A rule.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Rule {
    /// I1: the standing moves only to a unit that is ready, seen so a moment ago.
    Switch,
    /// I2: only a unit that is Standby Ready for everything goes down, seen so a moment ago.
    Reload,
    /// I3: a line is typed on the unit that it is meant for.
    Identity,
    /// I4: both links are up and every group has one active unit when a line disrupts.
    Links,
    /// I5: nothing disrupts while something else is under way.
    OneOutstanding,
    /// I6: no unit on the target is reloaded, and none twice from the same release.
    Once,
    /// I7: a unit that was reloaded is believed only on another release, and after looks enough.
    Evidence,
    /// I8: a unit that is reloaded has the image of its next release, and boots it first.
    Staged,
    /// I10: both units are looked at after a line that disrupts, before the next one.
    Unknown,
    /// I14: a run ends, and in time.
    End,
    /// I15: "completed" is true.
    Completion,
    /// I17: only lines of the closed list are typed.
    ClosedSet,
    /// I18: only questions that are expected are answered, and as they must be.
    Questions,
    /// I23: nothing disrupts after the pair changed by itself, unless the plan adapts.
    Drift,
    /// I25: a line is not tried again on the other unit.
    NoWidening,
    /// A move of ours left a group without a forwarder.
    Gap,
    /// A move of ours gave a group two forwarders.
    Double,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 17] = [
        Self::Switch,
        Self::Reload,
        Self::Identity,
        Self::Links,
        Self::OneOutstanding,
        Self::Once,
        Self::Evidence,
        Self::Staged,
        Self::Unknown,
        Self::End,
        Self::Completion,
        Self::ClosedSet,
        Self::Questions,
        Self::Drift,
        Self::NoWidening,
        Self::Gap,
        Self::Double,
    ];

    /// The invariant of the design.
    pub const fn invariant(self) -> &'static str {
        match self {
            Self::Switch => "I1",
            Self::Reload | Self::Gap => "I2",
            Self::Identity => "I3",
            Self::Links | Self::Double => "I4",
            Self::OneOutstanding => "I5",
            Self::Once => "I6",
            Self::Evidence => "I7",
            Self::Staged => "I8",
            Self::Unknown => "I10",
            Self::End => "I14",
            Self::Completion => "I15",
            Self::ClosedSet => "I17",
            Self::Questions => "I18",
            Self::Drift => "I23",
            Self::NoWidening => "I25",
        }
    }
}

/// A rule that was broken.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// Which.
    pub rule: Rule,
    /// How.
    pub how: &'static str,
    /// The fault that struck after the final reads began, so that no look could show it.
    pub excuse: Option<FaultKind>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule.invariant(), self.how)?;
        match self.excuse {
            Some(fault) => write!(f, " (excused: {fault:?})"),
            None => Ok(()),
        }
    }
}

/// Whether a unit in this standing is not ready, and not about to be active either.
pub(super) const fn is_unready(standing: &Standing) -> bool {
    !matches!(
        standing,
        Standing::StandbyReady
            | Standing::JustActive
            | Standing::ActiveDrain
            | Standing::ActiveApplyingConfig
            | Standing::ActiveConfigApplied
            | Standing::Active
    )
}

/// Whether a unit in this standing begins anew to be ready for long enough. One that fails its mate's test and passes
/// the next one between two looks has shown itself ready in both.
pub(super) fn starts_anew(standing: &Standing) -> bool {
    is_unready(standing) && *standing != Standing::Failed
}

/// Whether a fault moves a standing, a unit or a link, so that it may excuse what came of a line. One
/// that loses a reply, changes a text or spoils a file never does.
pub(super) const fn disturbs(fault: FaultKind) -> bool {
    matches!(
        fault,
        FaultKind::Crash
            | FaultKind::FailoverLinkDown
            | FaultKind::FailoverLinkUp
            | FaultKind::StateLinkDown
            | FaultKind::StateLinkUp
            | FaultKind::SpontaneousFailover
            | FaultKind::SplitBrain
            | FaultKind::Preempt
            | FaultKind::RebootsAgain
            | FaultKind::SyncLocked
            | FaultKind::Mismatched
            | FaultKind::Console
            | FaultKind::InterfaceDown
            | FaultKind::InterfaceUp
            | FaultKind::ModuleDown
            | FaultKind::ModuleUp
    )
}
