//! The tables: those compiled in, or with a site's own rows over them.

use std::ops::Deref;
use std::sync::Arc;

use asa_failover_core::compat::{Compat, Guideline, RuleSet};

use crate::guard::{Detail, Out, guard};
use crate::guideline::asaf_guideline;
use crate::handle::{self, handle};
use crate::status::{Entering as _, Failure, asaf_error, asaf_status, entering};
use crate::text::asaf_str;
use crate::verdict::{Judged, asaf_verdict};
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

/// Tables; `None` are those compiled in.
#[derive(Clone)]
pub(crate) struct Tables(Option<Arc<Compat>>);

impl Tables {
    /// Those of an argument, NULL for those compiled in.
    pub(crate) fn of(compat: *const asaf_compat) -> Result<Self, Failure> {
        if compat.is_null() {
            return Ok(Self(None));
        }
        Ok((*handle::borrow(compat, "compat")?).clone())
    }
}

impl Deref for Tables {
    type Target = Compat;

    fn deref(&self) -> &Compat {
        self.0.as_deref().unwrap_or_else(|| Compat::bundled())
    }
}

/// The tables that answers rest on. Every function that takes them takes NULL for those compiled in.
pub struct asaf_compat {
    _opaque: [u8; 0],
}
handle!(asaf_compat, Tables);

/// The tables that are compiled in, as a handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_compat_bundled(
    out: *mut *mut asaf_compat,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        out.give(Tables(None));
        Ok(())
    })
}

/// The tables with a site's own rows over them, which `text` has as CSV with the columns `action`
/// (`forbid`, `release`, `stop`), `versions`, `models` and `text`; `compat` itself stays as it is.
///
/// Verdicts and errors speak of the rows by `name` and line. `ASAF_STATUS_BAD_TABLE` names the first cell
/// that does not read or contradicts the tables.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_compat_overlaid(
    compat: *const asaf_compat,
    name: asaf_str,
    text: asaf_str,
    out: *mut *mut asaf_compat,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: both texts are readable and `out` is NULL or writable, by the caller's contract.
        let (out, name, text) = unsafe { (Out::handle(out)?, name.read("name")?, text.read("text")?) };
        out.give(Tables(Some(Arc::new(Tables::of(compat)?.overlaid(name, text)?))));
        Ok(())
    })
}

/// SHA-256 over all tables in hex: names the knowledge that an answer rests on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_compat_table_hash(
    compat: *const asaf_compat,
    out: *mut asaf_str,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(Tables::of(compat)?.table_hash()));
        Ok(())
    })
}

/// How many published guidelines the tables have.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_compat_guideline_count(
    compat: *const asaf_compat,
    out: *mut usize,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(Tables::of(compat)?.guidelines().count());
        Ok(())
    })
}

/// One guideline of the tables, from index 0: first what may lock the operator out. Its texts are lent by
/// `compat`; those of NULL for ever.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_compat_guideline(
    compat: *const asaf_compat,
    index: usize,
    out: *mut asaf_guideline,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let tables = Tables::of(compat)?;
        let guidelines: Vec<&Guideline> = tables.guidelines().collect();
        let missing = || Failure::index("guidelines", index, guidelines.len());
        out.put(asaf_guideline::lend(guidelines.get(index).ok_or_else(missing)?));
        Ok(())
    })
}

/// Judges the way from one release to another on a model (empty: none named). `rules` is an `asaf_rules`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_compat_between(
    compat: *const asaf_compat,
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
        out.give(Judged::of(Tables::of(compat)?.between(from.into(), to.into(), model, rules))?);
        Ok(())
    })
}

/// Frees tables. NULL is ignored. Answers, models and plans that were made by them stay good.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_compat_free(compat: *mut asaf_compat) -> asaf_status {
    guard(Detail::NONE, || handle::release(compat))
}
