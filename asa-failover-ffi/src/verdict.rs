//! Verdicts: may a pair go from one release to another without downtime.

use asa_failover_core::AsaVersion;
use asa_failover_core::compat::{Verdict, VerdictKind};

use crate::guard::{Detail, Out, guard};
use crate::guideline::{asaf_basis, asaf_condition, asaf_guideline, asaf_reason};
use crate::handle::{self, handle};
use crate::status::{Failure, asaf_status};
use crate::text::asaf_str;
use crate::version::asaf_version;

/// The answer in one word.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_verdict_kind {
    /// Another one than this header knows: not a yes.
    Other = 0,
    /// The release wanted is the one that runs.
    Same = 1,
    /// One hop, without downtime.
    Hitless = 2,
    /// Without downtime over stops.
    NeedsStops = 3,
    /// The way exists, but at least one hop of it interrupts traffic.
    NotHitless = 4,
    /// No: this must not be done.
    Refused = 5,
    /// The release wanted is older than the one that runs.
    Downgrade = 6,
    /// The tables do not carry an answer.
    Unknown = 7,
}

/// A verdict with its renderings.
pub(crate) struct Judged {
    pub(crate) verdict: Verdict,
    text: String,
    json: String,
    stops: Vec<AsaVersion>,
}

impl Judged {
    pub(crate) fn of(verdict: Verdict) -> Result<Self, Failure> {
        // Every key of a verdict is text, so this cannot fail.
        let json = serde_json::to_string(&verdict).map_err(|_| Failure::panicked())?;
        let (text, stops) = (verdict.to_string(), verdict.stops().collect());
        Ok(Self { verdict, text, json, stops })
    }
}

/// A verdict.
pub struct asaf_verdict {
    _opaque: [u8; 0],
}
handle!(asaf_verdict, Judged);

/// The answer in one word.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_verdict_read_kind(
    verdict: *const asaf_verdict,
    out: *mut asaf_verdict_kind,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(match handle::borrow(verdict, "verdict")?.verdict.kind {
            VerdictKind::Same => asaf_verdict_kind::Same,
            VerdictKind::Hitless(_) => asaf_verdict_kind::Hitless,
            VerdictKind::NeedsStops => asaf_verdict_kind::NeedsStops,
            VerdictKind::NotHitless(_) => asaf_verdict_kind::NotHitless,
            VerdictKind::Refused(_) => asaf_verdict_kind::Refused,
            VerdictKind::Downgrade(_) => asaf_verdict_kind::Downgrade,
            VerdictKind::Unknown(_) => asaf_verdict_kind::Unknown,
            _ => asaf_verdict_kind::Other,
        });
        Ok(())
    })
}

/// Whether every hop of the path keeps traffic flowing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_verdict_is_hitless(
    verdict: *const asaf_verdict,
    out: *mut bool,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(verdict, "verdict")?.verdict.is_hitless());
        Ok(())
    })
}

/// The verdict as the two or three lines that go into a change ticket.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_verdict_text(verdict: *const asaf_verdict, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(verdict, "verdict")?.text));
        Ok(())
    })
}

/// The verdict as JSON: path, rules, sources, conditions, guidelines, notes, and the answers of the models
/// where none was named.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_verdict_json(verdict: *const asaf_verdict, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(verdict, "verdict")?.json));
        Ok(())
    })
}

/// The id of the rule or table row that decided; empty where none was needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_verdict_rule(verdict: *const asaf_verdict, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend_some(handle::borrow(verdict, "verdict")?.verdict.rule()));
        Ok(())
    })
}

/// How many releases there are to stop at.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_verdict_stop_count(
    verdict: *const asaf_verdict,
    out: *mut usize,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(verdict, "verdict")?.stops.len());
        Ok(())
    })
}

/// A release to stop at, in the order of the way, from index 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_verdict_stop(
    verdict: *const asaf_verdict,
    index: usize,
    out: *mut asaf_version,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let judged = handle::borrow(verdict, "verdict")?;
        let stop =
            judged.stops.get(index).ok_or_else(|| Failure::index("stops", index, judged.stops.len()))?;
        out.put((*stop).into());
        Ok(())
    })
}

/// Why the answer is no plain yes; `ASAF_STATUS_ABSENT` where it is one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_verdict_reason(
    verdict: *const asaf_verdict,
    out: *mut asaf_reason,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let judged = handle::borrow(verdict, "verdict")?;
        let reason = judged.verdict.reason();
        out.put(asaf_reason::lend(reason.ok_or_else(|| Failure::absent("the verdict needs no reason"))?));
        Ok(())
    })
}

/// What the answer rests on at its weakest place, conditions included; `ASAF_STATUS_ABSENT` where it
/// rests on nothing, for nothing is to be done.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_verdict_read_basis(
    verdict: *const asaf_verdict,
    out: *mut asaf_basis,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let basis = handle::borrow(verdict, "verdict")?.verdict.basis();
        out.put(basis.ok_or_else(|| Failure::absent("the verdict rests on nothing"))?.into());
        Ok(())
    })
}

/// How many conditions there are: what must hold, or be accepted, before anyone acts on the answer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_verdict_condition_count(
    verdict: *const asaf_verdict,
    out: *mut usize,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(verdict, "verdict")?.verdict.conditions.len());
        Ok(())
    })
}

/// One condition, from index 0: first what may lock the operator out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_verdict_condition(
    verdict: *const asaf_verdict,
    index: usize,
    out: *mut asaf_condition,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let judged = handle::borrow(verdict, "verdict")?;
        let conditions = &judged.verdict.conditions;
        let missing = || Failure::index("conditions", index, conditions.len());
        out.put(asaf_condition::lend(conditions.get(index).ok_or_else(missing)?));
        Ok(())
    })
}

/// How many published guidelines the way meets, conditions among them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_verdict_guideline_count(
    verdict: *const asaf_verdict,
    out: *mut usize,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(verdict, "verdict")?.verdict.guidelines.len());
        Ok(())
    })
}

/// One guideline, from index 0: first what may lock the operator out, then what speaks of these
/// releases, then what holds of every upgrade.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_verdict_guideline(
    verdict: *const asaf_verdict,
    index: usize,
    out: *mut asaf_guideline,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let judged = handle::borrow(verdict, "verdict")?;
        let guidelines = &judged.verdict.guidelines;
        let missing = || Failure::index("guidelines", index, guidelines.len());
        out.put(asaf_guideline::lend(guidelines.get(index).ok_or_else(missing)?));
        Ok(())
    })
}

/// Frees a verdict. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_verdict_free(verdict: *mut asaf_verdict) -> asaf_status {
    guard(Detail::NONE, || handle::release(verdict))
}
