//! Rehearsals: a plan on a simulated pair of the real one's shape, in virtual time.

use std::ffi::c_void;
use std::slice;
use std::time::Duration;

use asa_failover_core::rehearse::{Rehearsal, rehearse};
use asa_failover_core::twin::{Cause, Fault};

use crate::goal::group_of;
use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::options::{self, Sizing};
use crate::outcome::{Ended, asaf_outcome};
use crate::pair::asaf_role;
use crate::plan::asaf_plan;
use crate::status::{Entering as _, Failure, asaf_error, asaf_status, entering};
use crate::text::asaf_str;
use crate::watch::{Watcher, asaf_on_progress, asaf_on_question, asaf_stop};

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
    unsafe fn fault(&self) -> Result<(Duration, Fault), Failure> {
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

/// How to rehearse.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_rehearse_options {
    /// `sizeof(asaf_rehearse_options)`
    pub size: usize,
    /// What the simulated pair's chances are drawn from; the same seed gives the same rehearsal.
    pub seed: u64,
    /// What goes wrong; NULL when `fault_count` is 0.
    pub faults: *const asaf_fault,
    /// How many faults there are.
    pub fault_count: usize,
    /// Who watches.
    pub on_progress: asaf_on_progress,
    /// Who answers at a pause.
    pub on_question: asaf_on_question,
    /// What both are given.
    pub user: *mut c_void,
    /// What stops the run; may be NULL.
    pub stop: *const asaf_stop,
}

// SAFETY: `repr(C)`, begins with `size`, and has numbers, raw pointers and functions that may be NULL.
unsafe impl Sizing for asaf_rehearse_options {
    const NAME: &'static str = "asaf_rehearse_options";
}

impl asaf_rehearse_options {
    /// # Safety
    ///
    /// `fault_count` faults and their texts are readable.
    unsafe fn faults(&self) -> Result<Vec<(Duration, Fault)>, Failure> {
        if self.fault_count == 0 {
            return Ok(Vec::new());
        }
        if self.faults.is_null() || !self.faults.is_aligned() {
            return Err(Failure::null("options.faults"));
        }
        if self.fault_count > isize::MAX.unsigned_abs() / size_of::<asaf_fault>() {
            return Err(Failure::value("options.fault_count", "a count that memory can hold"));
        }
        // SAFETY: not NULL, of a length that memory can have, and readable as promised.
        let faults = unsafe { slice::from_raw_parts(self.faults, self.fault_count) };
        // SAFETY: their texts are readable, as promised.
        faults.iter().map(|fault| unsafe { fault.fault() }).collect()
    }
}

/// A rehearsal with its rendering.
pub(crate) struct Rehearsed {
    rehearsal: Rehearsal,
    oracle: String,
}

/// How a rehearsal went.
pub struct asaf_rehearsal {
    _opaque: [u8; 0],
}
handle!(asaf_rehearsal, Rehearsed);

/// A time in which no unit forwarded a group.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_gap {
    /// The group; 0 is the unit of an Active/Standby pair.
    pub group: u32,
    /// Who forwarded before.
    pub before: asaf_role,
    /// Who forwards after it; `ASAF_ROLE_NONE`: it is not over.
    pub after: asaf_role,
    /// When it began, in virtual milliseconds.
    pub began_ms: u64,
    /// How long it lasted, or lasts.
    pub length_ms: u64,
    /// Whether it is the unavoidable gap of a commanded switch or of preempt.
    pub expected: bool,
    /// Whether it began with an injected fault.
    pub by_fault: bool,
}

/// A state-changing line that a unit of the simulated pair carried out.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_line {
    /// The unit.
    pub role: asaf_role,
    /// The line.
    pub text: asaf_str,
}

/// Rehearses a plan on a simulated pair of its own shape, in virtual time. NULL options: no faults,
/// seed 0, nobody watches. The plan stays the caller's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_rehearse(
    plan: *const asaf_plan,
    options: *const asaf_rehearse_options,
    out: *mut *mut asaf_rehearsal,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        let planned = handle::borrow(plan, "plan")?;
        let (seed, faults, watch) = if options.is_null() {
            // SAFETY: there is no function to call.
            (0, Vec::new(), unsafe { Watcher::new(&planned, None, None, std::ptr::null_mut(), std::ptr::null()) }?)
        } else {
            // SAFETY: the options and what they point to are readable, by the caller's contract.
            let options = unsafe { options::read(options, "options") }?;
            let asaf_rehearse_options { seed, on_progress, on_question, user, stop, .. } = options;
            // SAFETY: as above, and the functions may be called with `user`.
            unsafe {
                (seed, options.faults()?, Watcher::new(&planned, on_progress, on_question, user, stop)?)
            }
        };
        let mut watch = watch;
        let rehearsal = rehearse(&planned.plan, seed, &faults, &mut watch);
        out.give(Rehearsed { oracle: rehearsal.oracle.to_string(), rehearsal });
        Ok(())
    })
}

/// How the run ended. The caller frees the outcome.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_rehearsal_outcome(
    rehearsal: *const asaf_rehearsal,
    out: *mut *mut asaf_outcome,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        let rehearsed = handle::borrow(rehearsal, "rehearsal")?;
        out.give(Ended::new(rehearsed.rehearsal.outcome.clone())?);
        Ok(())
    })
}

/// Whether every group was forwarded by exactly one unit at every moment but for the switches, and
/// nothing was done that must not be: the judgement of an oracle that shares no code with the run.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_rehearsal_is_clean(
    rehearsal: *const asaf_rehearsal,
    out: *mut bool,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(rehearsal, "rehearsal")?.rehearsal.oracle.is_clean());
        Ok(())
    })
}

/// Whether the run did nothing that must not be done, and every gap was a switch or began with a fault.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_rehearsal_is_blameless(
    rehearsal: *const asaf_rehearsal,
    out: *mut bool,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(rehearsal, "rehearsal")?.rehearsal.oracle.is_blameless());
        Ok(())
    })
}

/// What the oracle found, for people.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_rehearsal_oracle(
    rehearsal: *const asaf_rehearsal,
    out: *mut asaf_str,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(rehearsal, "rehearsal")?.oracle));
        Ok(())
    })
}

/// How many times a group was without a forwarder.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_rehearsal_gap_count(
    rehearsal: *const asaf_rehearsal,
    out: *mut usize,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(rehearsal, "rehearsal")?.rehearsal.oracle.gaps.len());
        Ok(())
    })
}

/// A time without a forwarder, from index 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_rehearsal_gap(
    rehearsal: *const asaf_rehearsal,
    index: usize,
    out: *mut asaf_gap,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let rehearsed = handle::borrow(rehearsal, "rehearsal")?;
        let gaps = &rehearsed.rehearsal.oracle.gaps;
        let gap = gaps.get(index).ok_or_else(|| Failure::index("gaps", index, gaps.len()))?;
        let millis = |span: Duration| u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        out.put(asaf_gap {
            group: gap.group.number().into(),
            before: gap.before.into(),
            after: asaf_role::of(gap.after),
            began_ms: millis(gap.began),
            length_ms: millis(gap.length),
            expected: gap.is_expected(),
            by_fault: gap.cause == Cause::Fault,
        });
        Ok(())
    })
}

/// How many state-changing lines the units carried out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_rehearsal_line_count(
    rehearsal: *const asaf_rehearsal,
    out: *mut usize,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(rehearsal, "rehearsal")?.rehearsal.lines.len());
        Ok(())
    })
}

/// A state-changing line, in order, from index 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_rehearsal_line(
    rehearsal: *const asaf_rehearsal,
    index: usize,
    out: *mut asaf_line,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let rehearsed = handle::borrow(rehearsal, "rehearsal")?;
        let lines = &rehearsed.rehearsal.lines;
        let (role, line) = lines.get(index).ok_or_else(|| Failure::index("lines", index, lines.len()))?;
        out.put(asaf_line { role: (*role).into(), text: asaf_str::lend(line) });
        Ok(())
    })
}

/// Frees a rehearsal. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_rehearsal_free(rehearsal: *mut asaf_rehearsal) -> asaf_status {
    guard(Detail::NONE, || handle::release(rehearsal))
}
