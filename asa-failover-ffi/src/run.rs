//! A run, sans-IO: the caller brings sessions, journal and clock.

use std::sync::Mutex;

use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::run::record::{self, Link};
use asa_failover_core::run::{Outcome, Run};

use crate::action::{Lent, asaf_action, asaf_permitted};
use crate::event::asaf_event;
use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::options;
use crate::outcome::{Ended, asaf_outcome};
use crate::plan::asaf_plan;
use crate::status::{Failure, asaf_error, asaf_status};
use crate::text::{asaf_str, asaf_text};

/// A run with its place in the journal and what it lent last.
pub(crate) struct Driven {
    run: Run,
    link: Link,
    lent: Lent,
    outcome: Option<Outcome>,
}

/// An upgrade under way, driven by the caller.
pub struct asaf_run {
    _opaque: [u8; 0],
}
handle!(asaf_run, Mutex<Driven>);

/// A run of this plan, not yet started. `owner` names who runs it, for the journal; it may be empty.
/// The plan stays the caller's and may be freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_run_new(
    plan: *const asaf_plan,
    owner: asaf_str,
    out: *mut *mut asaf_run,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `owner` is readable and `out` is NULL or writable, by the caller's contract.
        let (out, owner) = unsafe { (Out::handle(out)?, owner.read("owner")?) };
        let run = Run::new(&handle::borrow(plan, "plan")?.plan).with_owner(owner);
        out.give(Mutex::new(Driven { run, link: Link::default(), lent: Lent::default(), outcome: None }));
        Ok(())
    })
}

/// Tells the run what happened, and what to do next.
///
/// `at_ms` is the time since the run began, on a clock that never goes back; it begins at 0 again
/// where a journal is resumed. Every action is answered by exactly one event, and
/// `ASAF_EVENT_KIND_STOP` may stand in for any. An event that cannot be read (a status other than
/// `ASAF_STATUS_OK`) leaves the run as it was. An event that does not fit what the run asked for ends
/// it in a halt. Only one thread may step a run at a time; a second one is told
/// `ASAF_STATUS_BUSY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_run_step(
    run: *mut asaf_run,
    at_ms: u64,
    event: *const asaf_event,
    out: *mut asaf_action,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `event` and its texts are readable and `out` is NULL or writable, by the contract.
        let (out, (event, resumed)) =
            unsafe { (Out::at(out, "out")?, options::read(event, "event")?.event()?) };
        let driven = handle::borrow(run, "run")?;
        let mut driven = handle::exclusive(&driven)?;
        let Driven { run, link, lent, outcome } = &mut *driven;
        if let Some(resumed) = resumed {
            *link = resumed;
        }
        let at = Elapsed::from_millis(at_ms);
        let (action, end) = lent.action(at, run.step(at, event), link)?;
        if end.is_some() {
            *outcome = end;
        }
        out.put(action);
        Ok(())
    })
}

/// A question that the command of the last action permits, from index 0. Any other is left
/// unanswered, and told to the run as `ASAF_EVENT_KIND_QUESTIONED`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_run_permitted(
    run: *const asaf_run,
    index: usize,
    out: *mut asaf_permitted,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let driven = handle::borrow(run, "run")?;
        let driven = handle::exclusive(&driven)?;
        let permitted = &driven.lent.permitted;
        let (question, typed) =
            permitted.get(index).ok_or_else(|| Failure::index("questions", index, permitted.len()))?;
        out.put(asaf_permitted { question: asaf_str::lend(question), typed: asaf_str::lend(typed) });
        Ok(())
    })
}

/// Where the run stands, in a line: both units, and what is awaited since when. The caller frees the
/// text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_run_progress(
    run: *const asaf_run,
    at_ms: u64,
    out: *mut *mut asaf_text,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        let driven = handle::borrow(run, "run")?;
        let driven = handle::exclusive(&driven)?;
        out.give(driven.run.progress(Elapsed::from_millis(at_ms)).to_string());
        Ok(())
    })
}

/// How the run ended, once it did; `ASAF_STATUS_ABSENT` before. The caller frees the outcome.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_run_outcome(
    run: *const asaf_run,
    out: *mut *mut asaf_outcome,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        let driven = handle::borrow(run, "run")?;
        let outcome = handle::exclusive(&driven)?.outcome.clone();
        let outcome = outcome.ok_or_else(|| Failure::absent("the run has not ended"))?;
        out.give(Ended::new(outcome)?);
        Ok(())
    })
}

/// Frees a run. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_run_free(run: *mut asaf_run) -> asaf_status {
    guard(Detail::NONE, || handle::release(run))
}

/// How many bytes of a journal hold: all of it, or all but a last line that was torn when it was
/// written. Cut the journal there before anything is appended. Any other damage is
/// `ASAF_STATUS_JOURNAL`: keep the journal, read the pair and make a new plan with a new one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_journal_length(
    journal: asaf_str,
    out: *mut usize,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `journal` is readable and `out` is NULL or writable, by the caller's contract.
        let (out, journal) = unsafe { (Out::at(out, "out")?, journal.read("journal")?) };
        let (_, _, good) = record::decode(journal.as_bytes())?;
        out.put(good);
        Ok(())
    })
}
