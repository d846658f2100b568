//! What can go wrong on a simulated pair, on purpose.

use std::time::Duration;

use serde::{Deserialize, Deserializer};

use crate::unit::{GroupId, Role};

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
    /// Every open session to this unit is cut.
    SessionLoss(Role),
    /// The unit does not come back from its next reboot.
    NeverReturns(Role),
    /// The unit comes back from its next reboot as Failed, and stays so.
    ReturnsFailed(Role),
    /// The unit stays in Sync Config after its next reboot.
    StuckInSync(Role),
    /// The next copy onto this unit stops half-way.
    CopyAborts(Role),
    /// No space is left on the flash of this unit.
    FlashFull(Role),
    /// The next copy onto this unit is damaged without a word.
    CorruptCopy(Role),
    /// `write memory` fails on this unit from now on.
    SaveFails(Role),
    /// Lines that begin with this text are refused by command authorization from now on.
    AuthorizationFails(String),
    /// Someone schedules a reload of this unit, so long after this fault.
    ScheduledReload(Role, #[serde(deserialize_with = "seconds")] Duration),
    /// The unit sends no byte on any session from now on; it works otherwise.
    Silent(Role),
    /// The unit sends bytes again.
    Heard(Role),
    /// The unit prints this text, and a line end, on every terminal.
    Notice(Role, String),
    /// Someone types a line on this unit's console, in configuration mode of the system space, and
    /// answers questions with Enter.
    Console(Role, String),
}

fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    u64::deserialize(deserializer).map(Duration::from_secs)
}
