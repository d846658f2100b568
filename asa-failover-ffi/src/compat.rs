//! Verdicts: may a pair go from one release to another without downtime.

use asa_failover_core::AsaVersion;
use asa_failover_core::compat::{Compat, RuleSet, Verdict, VerdictKind};

use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::status::{Entering as _, Failure, asaf_error, asaf_status, entering};
use crate::text::asaf_str;
use crate::version::asaf_version;

/// Which published text a hop is judged by.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_rules {
    /// The rule set published with the target: `STRICT` up to 9.1, `CURRENT` from 9.2 on.
    Auto = 0,
    /// The founding text.
    Strict = 1,
    /// The later guidance.
    Current = 2,
}
entering!(asaf_rules: Auto, Strict, Current);

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

/// A verdict.
pub struct asaf_verdict {
    _opaque: [u8; 0],
}
handle!(asaf_verdict, Judged);

/// Judges the way from one release to another on a model (empty: none named), by the compiled-in
/// tables. `rules` is an `asaf_rules`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_compat_between(
    from: asaf_version,
    to: asaf_version,
    model: asaf_str,
    rules: u32,
    out: *mut *mut asaf_verdict,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `model` is readable and `out` is NULL or writable, by the caller's contract.
        let (out, model) = unsafe { (Out::handle(out)?, model.read_some("model")?) };
        let rules = match asaf_rules::checked(rules, "rules")? {
            asaf_rules::Auto => RuleSet::Auto,
            asaf_rules::Strict => RuleSet::Strict,
            asaf_rules::Current => RuleSet::Current,
        };
        let verdict = Compat::bundled().between(from.into(), to.into(), model, rules);
        // Every key of a verdict is text, so this cannot fail.
        let json = serde_json::to_string(&verdict).map_err(|_| Failure::panicked())?;
        let (text, stops) = (verdict.to_string(), verdict.stops().collect());
        out.give(Judged { verdict, text, json, stops });
        Ok(())
    })
}

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

/// The verdict as JSON: path, rules, sources, conditions, notes.
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

/// Frees a verdict. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_verdict_free(verdict: *mut asaf_verdict) -> asaf_status {
    guard(Detail::NONE, || handle::release(verdict))
}
