//! What can go wrong on a simulated pair, on purpose: faults, and when they strike.
//!
//! A fault is a value. [`When`] says when it strikes; the history says when it did something
//! ([`What::Struck`](super::What::Struck)), so that what it brought about can be told from what a
//! command did. What follows on the pair is in `suffer`; this module knows no terminal and no standing.

mod fit;
mod suffer;
mod trigger;

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize};

pub use fit::FaultError;
pub use trigger::When;
pub(super) use trigger::{Occasion, Watch};

use super::health::InterfaceFault;
use super::mismatch::Mismatch;
use crate::unit::{GroupId, Role, Standing};

/// One thing that goes wrong.
///
/// Reads from JSON as `"failover-link-down"`, `{"crash": "Primary"}` or
/// `{"console": ["Secondary", "no failover"]}`; spans are whole seconds, groups numbers.
///
/// ```
/// use asa_failover_core::twin::Fault;
/// use asa_failover_core::unit::Role;
///
/// let fault: Fault = serde_json::from_str(r#"{"crash": "Primary"}"#)?;
/// assert_eq!(fault, Fault::Crash(Role::Primary));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Fault {
    /// The unit loses power and boots again.
    Crash(Role),
    /// The failover link goes down.
    FailoverLinkDown,
    /// The failover link comes back.
    FailoverLinkUp,
    /// The state link goes down.
    StateLinkDown,
    /// The state link comes back.
    StateLinkUp,
    /// The standby unit takes this group over by itself, if it is ready.
    SpontaneousFailover(GroupId),
    /// The failover link goes down, and every ready unit takes its mate's groups: both are active.
    SplitBrain,
    /// Preempt brings this group home now, where it is configured and the home is ready.
    Preempt(GroupId),
    /// Every open session to this unit is cut.
    SessionLoss(Role),
    /// The unit does not come back from its next reboot.
    NeverReturns(Role),
    /// The unit comes back from its next reboot as Failed, and stays so.
    ReturnsFailed(Role),
    /// The next reboot of this unit takes the second bootable image instead of the first.
    ReturnsOld(Role),
    /// The unit comes back from its next reboot with failover off, whatever its configuration says.
    StaysOff(Role),
    /// From its next reboot on, another box with this serial number and an SSH host key of its own stands in
    /// the unit's place, with the unit's flash and startup configuration.
    Replaced(Role, String),
    /// The unit gets no further than this standing from now on: `Negotiation`, `Cold Standby`, `App Sync`,
    /// `Sync Config`, `Sync File System` or `Bulk Sync`.
    StuckIn(Role, Standing),
    /// The next configuration this unit receives makes no progress: it reboots after a minute (105022).
    RebootsAgain(Role),
    /// Someone holds the configuration of this unit during its next synchronisation: it reloads itself
    /// after five minutes (105021).
    SyncLocked(Role),
    /// When this unit joins its mate next, the two find that they differ. Failover is switched off, unless
    /// they differ in the number of their interfaces.
    Mismatched(Role, Mismatch),
    /// The next copy onto this unit stops half-way.
    CopyAborts(Role),
    /// The next copy onto this unit is refused.
    CopyRefused(Role, CopyRefusal),
    /// No space is left on the flash of this unit.
    FlashFull(Role),
    /// The next copy onto this unit is damaged without a word.
    CorruptCopy(Role),
    /// `write memory` fails on this unit from now on.
    SaveFails(Role),
    /// The next save on this unit is done and said without `[OK]`.
    SaveUnconfirmed(Role),
    /// The next `write memory` on this unit asks whether to overwrite what is there.
    SaveAsks(Role),
    /// What the mate saves next does not reach the startup configuration of this unit.
    SaveNotReplicated(Role),
    /// Lines that begin with this text are refused by command authorization from now on.
    AuthorizationFails(String),
    /// Someone schedules a reload of this unit, so long after this fault.
    ScheduledReload(Role, #[serde(deserialize_with = "seconds")] Duration),
    /// The unit sends no byte on any session from now on; it works otherwise.
    Silent(Role),
    /// The unit sends bytes again.
    Heard(Role),
    /// After so many more bytes to one session of this unit, that session is cut.
    CutAfter(Role, u32, Cut),
    /// The reply to the next line typed on this unit is lost, and the session with it.
    LoseReply(Role, Loss),
    /// The unit prints this text, and a line end, on every terminal.
    Notice(Role, String),
    /// The unit prints this text, and a line end, on a session after so many more bytes to it.
    NoticeIn(Role, u32, String),
    /// The pager is on again in every session of this unit.
    PagerOn(Role),
    /// So many of the five sessions of this unit are held by others from now on.
    SessionsTaken(Role, u8),
    /// Someone gives the pair this host name, on this unit's console: prompts change under open sessions.
    PromptBecomes(Role, String),
    /// The running configuration of this unit counts as changed since it was saved.
    Modified(Role),
    /// Something befalls an interface of this unit, until it is mended: `inside`, or `ctx1/inside` for that
    /// of one context alone. If it is monitored, and that of the mate is well, the unit fails by it.
    InterfaceDown(Role, String, InterfaceFault),
    /// The interface of this unit is well again, whatever befell it.
    InterfaceUp(Role, String),
    /// The service module of this unit answers no more, over reboots as well.
    ModuleDown(Role),
    /// The service module of this unit starts again.
    ModuleUp(Role),
    /// Someone types a line on this unit's console, in configuration mode of the system space, and
    /// answers questions with Enter. `show running-config` is left at its first page, and held, until the
    /// next line there: a synchronisation waits for it five minutes, and then the unit reloads (105021).
    Console(Role, String),
}

/// How a copy is refused.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CopyRefusal {
    /// The server does not answer.
    TimedOut,
    /// The server has no such file.
    NoFile,
    /// There is not enough space, said before anything was written.
    NotEnoughSpace,
}

/// How a session is cut.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Cut {
    /// It is closed.
    Reset,
    /// No further byte comes, for ever.
    Hang,
}

/// Which way a reply is lost.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Loss {
    /// The line does not arrive.
    Before,
    /// The line is carried out.
    After,
}

fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    u64::deserialize(deserializer).map(Duration::from_secs)
}

/// What kind of fault one is, without its unit and its details.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FaultKind {
    /// [`Fault::Crash`]
    Crash,
    /// [`Fault::FailoverLinkDown`]
    FailoverLinkDown,
    /// [`Fault::FailoverLinkUp`]
    FailoverLinkUp,
    /// [`Fault::StateLinkDown`]
    StateLinkDown,
    /// [`Fault::StateLinkUp`]
    StateLinkUp,
    /// [`Fault::SpontaneousFailover`]
    SpontaneousFailover,
    /// [`Fault::SplitBrain`]
    SplitBrain,
    /// [`Fault::Preempt`]
    Preempt,
    /// [`Fault::SessionLoss`]
    SessionLoss,
    /// [`Fault::NeverReturns`]
    NeverReturns,
    /// [`Fault::ReturnsFailed`]
    ReturnsFailed,
    /// [`Fault::ReturnsOld`]
    ReturnsOld,
    /// [`Fault::StaysOff`]
    StaysOff,
    /// [`Fault::Replaced`]
    Replaced,
    /// [`Fault::StuckIn`]
    StuckIn,
    /// [`Fault::RebootsAgain`]
    RebootsAgain,
    /// [`Fault::SyncLocked`]
    SyncLocked,
    /// [`Fault::Mismatched`]
    Mismatched,
    /// [`Fault::CopyAborts`]
    CopyAborts,
    /// [`Fault::CopyRefused`]
    CopyRefused,
    /// [`Fault::FlashFull`]
    FlashFull,
    /// [`Fault::CorruptCopy`]
    CorruptCopy,
    /// [`Fault::SaveFails`]
    SaveFails,
    /// [`Fault::SaveUnconfirmed`]
    SaveUnconfirmed,
    /// [`Fault::SaveAsks`]
    SaveAsks,
    /// [`Fault::SaveNotReplicated`]
    SaveNotReplicated,
    /// [`Fault::AuthorizationFails`]
    AuthorizationFails,
    /// [`Fault::ScheduledReload`]
    ScheduledReload,
    /// [`Fault::Silent`]
    Silent,
    /// [`Fault::Heard`]
    Heard,
    /// [`Fault::CutAfter`]
    CutAfter,
    /// [`Fault::LoseReply`]
    LoseReply,
    /// [`Fault::Notice`]
    Notice,
    /// [`Fault::NoticeIn`]
    NoticeIn,
    /// [`Fault::PagerOn`]
    PagerOn,
    /// [`Fault::SessionsTaken`]
    SessionsTaken,
    /// [`Fault::PromptBecomes`]
    PromptBecomes,
    /// [`Fault::Modified`]
    Modified,
    /// [`Fault::Console`]
    Console,
    /// [`Fault::InterfaceDown`]
    InterfaceDown,
    /// [`Fault::InterfaceUp`]
    InterfaceUp,
    /// [`Fault::ModuleDown`]
    ModuleDown,
    /// [`Fault::ModuleUp`]
    ModuleUp,
}

/// The kinds, each with the pattern of its fault.
macro_rules! kinds {
    ($($kind:ident $pattern:tt),* $(,)?) => {
        impl FaultKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind),*];
        }

        impl Fault {
            /// What kind of fault this is.
            pub const fn kind(&self) -> FaultKind {
                match self {
                    $(Self::$kind $pattern => FaultKind::$kind,)*
                }
            }
        }
    };
}

kinds! {
    Crash(..), FailoverLinkDown {}, FailoverLinkUp {}, StateLinkDown {}, StateLinkUp {},
    SpontaneousFailover(..), SplitBrain {}, Preempt(..), SessionLoss(..), NeverReturns(..),
    ReturnsFailed(..), ReturnsOld(..), StaysOff(..), Replaced(..), StuckIn(..), RebootsAgain(..), SyncLocked(..), Mismatched(..),
    CopyAborts(..), CopyRefused(..), FlashFull(..), CorruptCopy(..), SaveFails(..), SaveUnconfirmed(..),
    SaveAsks(..), SaveNotReplicated(..), AuthorizationFails(..), ScheduledReload(..), Silent(..), Heard(..),
    CutAfter(..), LoseReply(..), Notice(..), NoticeIn(..), PagerOn(..), SessionsTaken(..), PromptBecomes(..),
    Modified(..), Console(..), InterfaceDown(..), InterfaceUp(..), ModuleDown(..), ModuleUp(..),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_bears_the_name_of_its_fault_in_json() {
        let faults = [
            r#""failover-link-down""#,
            r#""split-brain""#,
            r#"{"preempt": 1}"#,
            r#"{"returns-old": "Primary"}"#,
            r#"{"stays-off": "Primary"}"#,
            r#"{"replaced": ["Secondary", "JAD000000A9"]}"#,
            r#"{"stuck-in": ["Primary", "Bulk Sync"]}"#,
            r#"{"mismatched": ["Secondary", "licence"]}"#,
            r#"{"copy-refused": ["Primary", "not-enough-space"]}"#,
            r#"{"cut-after": ["Primary", 120, "reset"]}"#,
            r#"{"lose-reply": ["Primary", "before"]}"#,
            r#"{"notice-in": ["Primary", 7, "Switching to Standby"]}"#,
            r#"{"sessions-taken": ["Primary", 5]}"#,
            r#"{"scheduled-reload": ["Primary", 600]}"#,
            r#"{"interface-down": ["Primary", "ctx1/inside", "no-traffic"]}"#,
            r#"{"interface-up": ["Primary", "inside"]}"#,
            r#"{"module-down": "Secondary"}"#,
        ];
        for text in faults {
            let fault: Fault = serde_json::from_str(text).unwrap();
            let kind = serde_json::to_string(&fault.kind()).unwrap();
            assert!(text.contains(&kind), "{text} is of kind {kind}");
        }
    }

    #[test]
    fn every_kind_is_listed_once() {
        let mut kinds = FaultKind::ALL.to_vec();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), FaultKind::ALL.len());
        assert!(kinds.contains(&Fault::Console(Role::Primary, String::new()).kind()));
    }
}
