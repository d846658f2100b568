//! What the units of a pair are right now, by `show failover`.

use asa_failover_core::show::{Facts, Failover, Side};
use asa_failover_core::unit::{GroupId, Standing};

use crate::guard::{Detail, Out, guard};
use crate::handle;
use crate::pair::asaf_role;
use crate::show::{Read, asaf_reading};
use crate::status::{Entering as _, Failure, asaf_error, asaf_status, entering};

/// Which of the two units a line of `show failover` speaks of.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a pair has two units")]
pub enum asaf_side {
    /// The unit that printed.
    This = 1,
    /// Its mate.
    Other = 2,
}
entering!(asaf_side: This, Other);

impl From<asaf_side> for Side {
    fn from(side: asaf_side) -> Self {
        match side {
            asaf_side::This => Self::This,
            asaf_side::Other => Self::Other,
        }
    }
}

/// What a unit, or one of its failover groups, is right now: the state word of `show failover`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_standing {
    /// A word that is not known. It satisfies nothing; `asaf_reading_text` gives it as printed.
    Other = 0,
    /// `Disabled`: failover is off on this unit.
    Disabled = 1,
    /// `Not Detected`: the peer was never heard since this unit started.
    NotDetected = 2,
    /// `Negotiation`: looking for an active peer.
    Negotiation = 3,
    /// `Cold Standby`: an active peer was found, nothing is synchronised yet.
    ColdStandby = 4,
    /// `App Sync`: application layer synchronisation on Firepower platforms.
    AppSync = 5,
    /// `Sync Config`: the active unit sends its running configuration.
    SyncConfig = 6,
    /// `Sync File System`
    SyncFileSystem = 7,
    /// `Bulk Sync`: connections and other state are copied to the standby.
    BulkSync = 8,
    /// `Standby Ready`: synchronised and able to take over.
    StandbyReady = 9,
    /// `Just Active`: a takeover begins.
    JustActive = 10,
    /// `Active Drain`
    ActiveDrain = 11,
    /// `Active Applying Config`
    ActiveApplyingConfig = 12,
    /// `Active Config Applied`
    ActiveConfigApplied = 13,
    /// `Active`: passes traffic and owns the active addresses.
    Active = 14,
    /// `Failed`
    Failed = 15,
}

impl From<&Standing> for asaf_standing {
    fn from(standing: &Standing) -> Self {
        match standing {
            Standing::Disabled => Self::Disabled,
            Standing::NotDetected => Self::NotDetected,
            Standing::Negotiation => Self::Negotiation,
            Standing::ColdStandby => Self::ColdStandby,
            Standing::AppSync => Self::AppSync,
            Standing::SyncConfig => Self::SyncConfig,
            Standing::SyncFileSystem => Self::SyncFileSystem,
            Standing::BulkSync => Self::BulkSync,
            Standing::StandbyReady => Self::StandbyReady,
            Standing::JustActive => Self::JustActive,
            Standing::ActiveDrain => Self::ActiveDrain,
            Standing::ActiveApplyingConfig => Self::ActiveApplyingConfig,
            Standing::ActiveConfigApplied => Self::ActiveConfigApplied,
            Standing::Active => Self::Active,
            Standing::Failed => Self::Failed,
            _ => Self::Other,
        }
    }
}

fn failover(read: &Read) -> Result<&Failover, Failure> {
    match read.facts() {
        Facts::Failover(failover) => Ok(failover),
        _ => Err(Failure::new(
            asaf_status::OtherKind,
            "reading: expected one of show failover, found one of another command",
        )),
    }
}

fn not_stated(what: &str) -> Failure {
    Failure::new(asaf_status::NotStated, format!("the output does not state {what}"))
}

/// How many groups the pair of a `show failover` has: one in Active/Standby, which is the unit itself.
/// The reading of another command is answered by `ASAF_STATUS_OTHER_KIND`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_reading_group_count(
    reading: *const asaf_reading,
    out: *mut usize,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(failover(&*handle::borrow(reading, "reading")?)?.group_ids().len());
        Ok(())
    })
}

/// The number of a group, in order, from index 0: 0 is the unit itself, the only group in Active/Standby.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_reading_group(
    reading: *const asaf_reading,
    index: usize,
    out: *mut u8,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let groups = failover(&*handle::borrow(reading, "reading")?)?.group_ids();
        let group = groups.get(index).ok_or_else(|| Failure::index("groups", index, groups.len()))?;
        out.put(group.number());
        Ok(())
    })
}

/// Which box a unit of a `show failover` is by configuration; `side` is an `asaf_side`.
/// `ASAF_STATUS_NOT_STATED` says that the output has no block of that unit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_reading_role(
    reading: *const asaf_reading,
    side: u32,
    out: *mut asaf_role,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let side = asaf_side::checked(side, "side")?;
        let read = handle::borrow(reading, "reading")?;
        let host = failover(&read)?.host(side.into()).ok_or_else(|| not_stated("the role of that unit"))?;
        out.put(host.role.into());
        Ok(())
    })
}

/// What a unit of a `show failover` is for a group right now; `side` is an `asaf_side`, and group 0 the
/// unit itself in Active/Standby.
///
/// `ASAF_STATUS_ABSENT` says that the pair has no such group, `ASAF_STATUS_NOT_STATED` that the output
/// does not say it of that unit. Rest nothing on a reading with unread lines of `ASAF_BLOCK_HOST`: one of
/// them may be the very line that says that the unit is not ready.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_reading_standing(
    reading: *const asaf_reading,
    side: u32,
    group: u8,
    out: *mut asaf_standing,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let side = asaf_side::checked(side, "side")?;
        let read = handle::borrow(reading, "reading")?;
        let (failover, group) = (failover(&read)?, GroupId::new(group));
        if !failover.group_ids().contains(&group) {
            return Err(Failure::absent(format!("group: the pair has no group {}", group.number())));
        }
        let standing = failover.standing(side.into(), group);
        out.put(standing.ok_or_else(|| not_stated("what that unit is"))?.into());
        Ok(())
    })
}
