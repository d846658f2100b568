//! Faults of a simulated pair, as a struct of C.

use std::time::Duration;

use asa_failover_core::twin::Fault;

use crate::goal::group_of;
use crate::pair::asaf_role;
use crate::status::{Entering as _, Failure, entering};
use crate::text::asaf_str;

/// What goes wrong on a simulated pair, on purpose.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_fault_kind {
    /// The unit loses power and boots again.
    Crash = 1,
    /// The failover link goes down.
    FailoverLinkDown = 2,
    /// The failover link comes back.
    FailoverLinkUp = 3,
    /// The state link goes down.
    StateLinkDown = 4,
    /// The state link comes back.
    StateLinkUp = 5,
    /// The standby unit takes `group` over by itself, if it is ready.
    SpontaneousFailover = 6,
    /// Every open session to the unit is cut.
    SessionLoss = 7,
    /// The unit does not come back from its next reboot.
    NeverReturns = 8,
    /// The unit comes back from its next reboot as Failed, and stays so.
    ReturnsFailed = 9,
    /// The unit stays in Sync Config after its next reboot.
    StuckInSync = 10,
    /// The next copy onto the unit stops half-way.
    CopyAborts = 11,
    /// No space is left on the flash of the unit.
    FlashFull = 12,
    /// The next copy onto the unit is damaged without a word.
    CorruptCopy = 13,
    /// `write memory` fails on the unit from now on.
    SaveFails = 14,
    /// Lines that begin with `text` are refused by command authorization from now on.
    AuthorizationFails = 15,
    /// Someone schedules a reload of the unit, `after_ms` after this fault.
    ScheduledReload = 16,
    /// The unit sends no byte on any session from now on; it works otherwise.
    Silent = 17,
    /// The unit sends bytes again.
    Heard = 18,
    /// Someone types `text` on the unit's console, in configuration mode.
    Console = 19,
}
entering!(asaf_fault_kind: Crash, FailoverLinkDown, FailoverLinkUp, StateLinkDown, StateLinkUp,
    SpontaneousFailover, SessionLoss, NeverReturns, ReturnsFailed, StuckInSync, CopyAborts, FlashFull,
    CorruptCopy, SaveFails, AuthorizationFails, ScheduledReload, Silent, Heard, Console);

/// A fault and its time. Fields that its kind does not name are not looked at.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_fault {
    /// Virtual time, in milliseconds since the rehearsal began.
    pub at_ms: u64,
    /// An `asaf_fault_kind`.
    pub kind: u32,
    /// The unit, an `asaf_role`.
    pub role: u32,
    /// The group: 0 (the unit), 1 or 2.
    pub group: u32,
    /// The delay of a scheduled reload.
    pub after_ms: u64,
    /// The line, or its beginning.
    pub text: asaf_str,
}

impl asaf_fault {
    /// # Safety
    ///
    /// Its text is readable.
    pub(crate) unsafe fn fault(&self) -> Result<(Duration, Fault), Failure> {
        let role = || asaf_role::read(self.role, "fault.role");
        // SAFETY: as promised to this function; an unused text is not read.
        let text = || unsafe { self.text.read("fault.text") }.map(str::to_owned);
        let fault = match asaf_fault_kind::checked(self.kind, "fault.kind")? {
            asaf_fault_kind::Crash => Fault::Crash(role()?),
            asaf_fault_kind::FailoverLinkDown => Fault::FailoverLinkDown,
            asaf_fault_kind::FailoverLinkUp => Fault::FailoverLinkUp,
            asaf_fault_kind::StateLinkDown => Fault::StateLinkDown,
            asaf_fault_kind::StateLinkUp => Fault::StateLinkUp,
            asaf_fault_kind::SpontaneousFailover => Fault::SpontaneousFailover(group_of(self.group)?),
            asaf_fault_kind::SessionLoss => Fault::SessionLoss(role()?),
            asaf_fault_kind::NeverReturns => Fault::NeverReturns(role()?),
            asaf_fault_kind::ReturnsFailed => Fault::ReturnsFailed(role()?),
            asaf_fault_kind::StuckInSync => Fault::StuckInSync(role()?),
            asaf_fault_kind::CopyAborts => Fault::CopyAborts(role()?),
            asaf_fault_kind::FlashFull => Fault::FlashFull(role()?),
            asaf_fault_kind::CorruptCopy => Fault::CorruptCopy(role()?),
            asaf_fault_kind::SaveFails => Fault::SaveFails(role()?),
            asaf_fault_kind::AuthorizationFails => Fault::AuthorizationFails(text()?),
            asaf_fault_kind::ScheduledReload => {
                Fault::ScheduledReload(role()?, Duration::from_millis(self.after_ms))
            }
            asaf_fault_kind::Silent => Fault::Silent(role()?),
            asaf_fault_kind::Heard => Fault::Heard(role()?),
            asaf_fault_kind::Console => Fault::Console(role()?, text()?),
        };
        Ok((Duration::from_millis(self.at_ms), fault))
    }
}
