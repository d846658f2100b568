//! How a run ended. A halt is an outcome, not an error.

use asa_failover_core::run::Outcome;

use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::status::{Failure, asaf_status};
use crate::text::asaf_str;

/// How a run ended.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_outcome_kind {
    /// The goal is reached and proven on both units.
    Completed = 1,
    /// The run stopped before its goal. It sends nothing more and rolls nothing back.
    Halted = 2,
}

/// An outcome with its renderings.
pub(crate) struct Ended {
    outcome: Outcome,
    text: String,
    json: String,
}

impl Ended {
    pub(crate) fn new(outcome: Outcome) -> Result<Self, Failure> {
        // Every key of an outcome is text, so this cannot fail.
        let json = serde_json::to_string(&outcome).map_err(|_| Failure::panicked())?;
        Ok(Self { text: outcome.to_string(), json, outcome })
    }
}

/// The end of a run.
pub struct asaf_outcome {
    _opaque: [u8; 0],
}
handle!(asaf_outcome, Ended);

/// Whether the goal was reached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_outcome_read_kind(
    outcome: *const asaf_outcome,
    out: *mut asaf_outcome_kind,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(match handle::borrow(outcome, "outcome")?.outcome {
            Outcome::Completed(_) => asaf_outcome_kind::Completed,
            Outcome::Halted(_) => asaf_outcome_kind::Halted,
        });
        Ok(())
    })
}

/// `completed`, or a stable code of why the run halted: `stopped`, `deadline`, `image-differs`, ...
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_outcome_code(outcome: *const asaf_outcome, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(match &handle::borrow(outcome, "outcome")?.outcome {
            Outcome::Completed(_) => asaf_str::lend("completed"),
            Outcome::Halted(halt) => asaf_str::lend(&halt.code),
        });
        Ok(())
    })
}

/// The outcome for people. Of a halt: why, what is true now, what is safe next, and the lines for that.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_outcome_text(outcome: *const asaf_outcome, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(outcome, "outcome")?.text));
        Ok(())
    })
}

/// The outcome as JSON. Below `halted` stand `reason`, `code`, `now`, `safe` and `commands`, each command with
/// its `unit`, its `line` and whether it `changes` something; and `evidence`, `forwarders` and `open`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_outcome_json(outcome: *const asaf_outcome, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(outcome, "outcome")?.json));
        Ok(())
    })
}

/// Frees an outcome. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_outcome_free(outcome: *mut asaf_outcome) -> asaf_status {
    guard(Detail::NONE, || handle::release(outcome))
}
