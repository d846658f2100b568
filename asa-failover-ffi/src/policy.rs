//! How carefully: the intervals, deadlines and choices of a run.

use asa_failover_core::goal::Policy;

use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::status::{Failure, asaf_error, asaf_status, json};
use crate::text::{asaf_str, asaf_text};

/// Every interval, deadline and choice of a run.
pub struct asaf_policy {
    _opaque: [u8; 0],
}
handle!(asaf_policy, Policy);

/// A policy from JSON; what the text does not name has its default, so `{}` (or the empty text) is
/// the default policy. `asaf_policy_to_json` of it shows every field with its unit in the name.
/// `{"reach":"active-only"}` plans for a pair of which only the active address is reachable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_policy_from_json(
    text: asaf_str,
    out: *mut *mut asaf_policy,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `text` is readable and `out` is NULL or writable, by the caller's contract.
        let (out, text) = unsafe { (Out::handle(out)?, text.read_some("text")?) };
        let policy: Policy =
            serde_json::from_str(text.unwrap_or("{}")).map_err(json(asaf_status::BadPolicy, "a policy"))?;
        out.give(policy);
        Ok(())
    })
}

/// The policy as JSON, every field named. The caller frees the text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_policy_to_json(
    policy: *const asaf_policy,
    out: *mut *mut asaf_text,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        let policy = handle::borrow(policy, "policy")?;
        // Every key of a policy is text, so this cannot fail.
        out.give(serde_json::to_string(&*policy).map_err(|_| Failure::panicked())?);
        Ok(())
    })
}

/// Frees a policy. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_policy_free(policy: *mut asaf_policy) -> asaf_status {
    guard(Detail::NONE, || handle::release(policy))
}

/// The policy of a handle, the default one where it is NULL.
pub(crate) fn policy_of(policy: *const asaf_policy) -> Result<Policy, Failure> {
    if policy.is_null() {
        return Ok(Policy::default());
    }
    Ok(handle::borrow(policy, "policy")?.as_ref().clone())
}
