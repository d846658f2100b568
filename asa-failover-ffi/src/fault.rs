//! Faults of a simulated pair, as a struct of C.

use std::time::Duration;

use asa_failover_core::twin::{Fault, When};

use asa_failover_core::unit::Standing;

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
    /// The unit gets no further than the standing that `text` names from now on: `Negotiation`, `Cold Standby`,
    /// `App Sync`, `Sync Config`, `Sync File System` or `Bulk Sync`.
    StuckIn = 10,
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
    /// The unit prints `text`, and a line end, on every terminal.
    Notice = 20,
    /// The failover link goes down, and every ready unit takes its mate's groups: both are active.
    SplitBrain = 21,
    /// Preempt brings `group` home now, where it is configured and the home is ready.
    Preempt = 22,
    /// The next reboot of the unit takes the second bootable image instead of the first.
    ReturnsOld = 23,
    /// The next configuration the unit receives makes no progress: it reboots after a minute.
    RebootsAgain = 24,
    /// Someone holds the configuration of the unit during its next synchronisation: it reloads itself
    /// after five minutes.
    SyncLocked = 25,
    /// When the unit joins its mate next, the two find that they differ in what `text` names and switch
    /// failover off: `version`, `licence`, `mode`, `chassis`, `card` or `service-module`. With `interfaces` it
    /// stays on, and no synchronisation comes to its end.
    Mismatched = 26,
    /// The next copy onto the unit is refused; `text`: `timed-out`, `no-file` or `not-enough-space`.
    CopyRefused = 27,
    /// The next save on the unit is done and said without `[OK]`.
    SaveUnconfirmed = 28,
    /// The next `write memory` on the unit asks whether to overwrite what is there.
    SaveAsks = 29,
    /// What the mate saves next does not reach the startup configuration of the unit.
    SaveNotReplicated = 30,
    /// After `count` more bytes to one session of the unit, that session is cut; `text`: `reset` or `hang`.
    CutAfter = 31,
    /// The reply to the next line typed on the unit is lost, and the session with it; `text`: `before` the
    /// line arrives, or `after` it was carried out.
    LoseReply = 32,
    /// The unit prints `text`, and a line end, on a session after `count` more bytes to it.
    NoticeIn = 33,
    /// The pager is on again in every session of the unit.
    PagerOn = 34,
    /// `count` of the five sessions of the unit are held by others from now on.
    SessionsTaken = 35,
    /// Someone gives the pair the host name `text`, on the unit's console.
    PromptBecomes = 36,
    /// The running configuration of the unit counts as changed since it was saved.
    Modified = 37,
    /// The unit comes back from its next reboot with failover off, whatever its configuration says.
    StaysOff = 38,
    /// From its next reboot on, another box with the serial number `text` and an SSH host key of its own
    /// stands in the unit's place.
    Replaced = 39,
    /// Something befalls an interface of the unit, until it is mended; `text`: its name, behind it a blank and
    /// `no-link`, `shut-down` or `no-traffic`: `inside no-link`, `ctx1/inside no-link` for that of one context.
    InterfaceDown = 40,
    /// The interface `text` of the unit is well again.
    InterfaceUp = 41,
    /// The service module of the unit answers no more, over reboots as well.
    ModuleDown = 42,
    /// The service module of the unit starts again.
    ModuleUp = 43,
}
entering!(asaf_fault_kind: Crash, FailoverLinkDown, FailoverLinkUp, StateLinkDown, StateLinkUp,
    SpontaneousFailover, SessionLoss, NeverReturns, ReturnsFailed, StuckIn, CopyAborts, FlashFull,
    CorruptCopy, SaveFails, AuthorizationFails, ScheduledReload, Silent, Heard, Console,
    Notice, SplitBrain, Preempt, ReturnsOld, RebootsAgain, SyncLocked, Mismatched, CopyRefused,
    SaveUnconfirmed, SaveAsks, SaveNotReplicated, CutAfter, LoseReply, NoticeIn, PagerOn, SessionsTaken,
    PromptBecomes, Modified, StaysOff, Replaced, InterfaceDown, InterfaceUp, ModuleDown, ModuleUp);

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
    /// A number of bytes or of sessions.
    pub count: u32,
    /// The delay of a scheduled reload.
    pub after_ms: u64,
    /// The line or its beginning, or a word that the kind names.
    pub text: asaf_str,
    /// When it strikes, as JSON, where that is no time: `{"typed": {"head": "failover reload"}}`,
    /// `{"stands": {"role": "Secondary", "standing": "Bulk Sync", "after_ms": 500}}` or
    /// `{"read": {"role": "Primary", "nth": 3}}`. Empty: at `at_ms`.
    pub when: asaf_str,
}

impl asaf_fault {
    /// What it stands for; `name` is what an error calls it.
    ///
    /// # Safety
    ///
    /// Its text is readable.
    pub(crate) unsafe fn fault(&self, name: &str) -> Result<(When, Fault), Failure> {
        let field = |field: &str| format!("{name}.{field}");
        let unfit = |why: &serde_json::Error| unfit(&field("text"), why);
        let role = || asaf_role::read(self.role, &field("role"));
        // SAFETY: as promised to this function; an unused text is not read.
        let text = || unsafe { self.text.read(&field("text")) }.map(str::to_owned);
        // A word of a closed list, by the name it has in JSON.
        macro_rules! word {
            () => {
                serde_json::from_value(serde_json::Value::String(text()?)).map_err(|why| unfit(&why))?
            };
        }
        let fault = match asaf_fault_kind::checked(self.kind, &field("kind"))? {
            asaf_fault_kind::Crash => Fault::Crash(role()?),
            asaf_fault_kind::FailoverLinkDown => Fault::FailoverLinkDown,
            asaf_fault_kind::FailoverLinkUp => Fault::FailoverLinkUp,
            asaf_fault_kind::StateLinkDown => Fault::StateLinkDown,
            asaf_fault_kind::StateLinkUp => Fault::StateLinkUp,
            asaf_fault_kind::SpontaneousFailover => Fault::SpontaneousFailover(group_of(self.group)?),
            asaf_fault_kind::SessionLoss => Fault::SessionLoss(role()?),
            asaf_fault_kind::NeverReturns => Fault::NeverReturns(role()?),
            asaf_fault_kind::ReturnsFailed => Fault::ReturnsFailed(role()?),
            asaf_fault_kind::StuckIn => Fault::StuckIn(role()?, Standing::of(&text()?)),
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
            asaf_fault_kind::Notice => Fault::Notice(role()?, text()?),
            asaf_fault_kind::SplitBrain => Fault::SplitBrain,
            asaf_fault_kind::Preempt => Fault::Preempt(group_of(self.group)?),
            asaf_fault_kind::ReturnsOld => Fault::ReturnsOld(role()?),
            asaf_fault_kind::RebootsAgain => Fault::RebootsAgain(role()?),
            asaf_fault_kind::SyncLocked => Fault::SyncLocked(role()?),
            asaf_fault_kind::Mismatched => Fault::Mismatched(role()?, word!()),
            asaf_fault_kind::CopyRefused => Fault::CopyRefused(role()?, word!()),
            asaf_fault_kind::SaveUnconfirmed => Fault::SaveUnconfirmed(role()?),
            asaf_fault_kind::SaveAsks => Fault::SaveAsks(role()?),
            asaf_fault_kind::SaveNotReplicated => Fault::SaveNotReplicated(role()?),
            asaf_fault_kind::CutAfter => Fault::CutAfter(role()?, self.count, word!()),
            asaf_fault_kind::LoseReply => Fault::LoseReply(role()?, word!()),
            asaf_fault_kind::NoticeIn => Fault::NoticeIn(role()?, self.count, text()?),
            asaf_fault_kind::PagerOn => Fault::PagerOn(role()?),
            asaf_fault_kind::SessionsTaken => {
                let count =
                    u8::try_from(self.count).map_err(|_| Failure::value(&field("count"), "at most 5"))?;
                Fault::SessionsTaken(role()?, count)
            }
            asaf_fault_kind::PromptBecomes => Fault::PromptBecomes(role()?, text()?),
            asaf_fault_kind::Modified => Fault::Modified(role()?),
            asaf_fault_kind::StaysOff => Fault::StaysOff(role()?),
            asaf_fault_kind::Replaced => Fault::Replaced(role()?, text()?),
            asaf_fault_kind::InterfaceDown => {
                let text = text()?;
                let (name, how) = text.split_once(' ').unwrap_or((text.as_str(), ""));
                let how = serde_json::from_value(how.into()).map_err(|why| unfit(&why))?;
                Fault::InterfaceDown(role()?, name.to_owned(), how)
            }
            asaf_fault_kind::InterfaceUp => Fault::InterfaceUp(role()?, text()?),
            asaf_fault_kind::ModuleDown => Fault::ModuleDown(role()?),
            asaf_fault_kind::ModuleUp => Fault::ModuleUp(role()?),
        };
        // SAFETY: as promised to this function.
        let when = unsafe { self.when.read(&field("when")) }?;
        if when.is_empty() {
            return Ok((When::At(Duration::from_millis(self.at_ms)), fault));
        }
        let when = serde_json::from_str(when)
            .map_err(|why| Failure::value(&field("when"), &format!("an occasion as JSON ({why})")))?;
        Ok((when, fault))
    }
}

/// A word that stands in no closed list of its kind.
fn unfit(name: &str, why: &serde_json::Error) -> Failure {
    Failure::value(name, &format!("a word that fits the kind ({why})"))
}
