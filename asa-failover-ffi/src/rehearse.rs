//! Rehearsals: a plan on a simulated pair of the real one's shape, in virtual time.

use std::ffi::c_void;
use std::slice;
use std::time::Duration;

use asa_failover_core::rehearse::{Rehearsal, RehearsalError, rehearse_with};
use asa_failover_core::twin::{Cause, Doubt, Fault, Settings, When};

use crate::fault::asaf_fault;
use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::options::{self, Sizing};
use crate::outcome::{Ended, asaf_outcome};
use crate::pair::asaf_role;
use crate::plan::asaf_plan;
use crate::status::{Failure, asaf_error, asaf_status};
use crate::text::asaf_str;
use crate::watch::{Watcher, asaf_on_probe, asaf_on_progress, asaf_on_question, asaf_stop};

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
    /// Who says whether traffic is well on the new release; given `user` as well.
    pub on_probe: asaf_on_probe,
    /// Readings of what Cisco's texts leave open, as a JSON list: `[{"link-loss": "standby-claims"},
    /// {"wording": "other"}]`. Empty: the simulated pair's own.
    pub doubts: asaf_str,
    /// What the simulated pair has beside what was read of the real one, as JSON. Empty: nothing. All of it:
    /// `module` (the service module's name), `monitor` (every session is shown the log), `call_home`,
    /// `banner` (lines), `hostname`, `prompt` (`plain`, `hostname-priority-state`), `landing` (`user-exec`,
    /// `enable-unset`, `privileged`), `connections`, `modified`, `clock` (seconds since 1970),
    /// `round_trip_ms`, `unmonitored` (interfaces), `modified_contexts`, `scheduled_reload_ms` and
    /// `host_keys` (by unit), `doubts`, and `timings`: `boot_ms`, `hold_ms`, `negotiation_ms`, `cold_ms`,
    /// `app_sync_ms`, `sync_config_ms`, `bulk_sync_ms`, `copy_rate` (bytes a second), `verify_ms`, `save_ms`,
    /// `module_ms`, `module_dies_ms`, `interface_down_ms`, `interface_silence_ms`, `interface_tests_ms`, and
    /// `shutdown_ms` and `switch_ms`, each the shortest and the longest time: `{"module": "SFR5525",
    /// "timings": {"boot_ms": 600000, "switch_ms": [200, 1500]}}`.
    pub settings: asaf_str,
}

// SAFETY: `repr(C)`, begins with `size`, and has numbers, raw pointers and functions that may be NULL.
unsafe impl Sizing for asaf_rehearse_options {
    const NAME: &'static str = "asaf_rehearse_options";
}

impl asaf_rehearse_options {
    /// # Safety
    ///
    /// `fault_count` faults and their texts are readable.
    unsafe fn faults(&self) -> Result<Vec<(When, Fault)>, Failure> {
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
        let read =
            |(at, fault): (usize, &asaf_fault)| unsafe { fault.fault(&format!("options.faults[{at}]")) };
        faults.iter().enumerate().map(read).collect()
    }

    /// # Safety
    ///
    /// The texts of `doubts` and `settings` are readable.
    unsafe fn settings(&self) -> Result<Settings, Failure> {
        let unfit = |argument: &str, what: &str, why: serde_json::Error| {
            Failure::value(argument, &format!("{what} as JSON ({why})"))
        };
        // SAFETY: as promised to this function.
        let (doubts, settings) =
            unsafe { (self.doubts.read("options.doubts")?, self.settings.read("options.settings")?) };
        let mut read = match settings {
            "" => Settings::default(),
            text => serde_json::from_str(text).map_err(|why| unfit("options.settings", "settings", why))?,
        };
        if !doubts.is_empty() {
            let doubts: Vec<Doubt> = serde_json::from_str(doubts)
                .map_err(|why| unfit("options.doubts", "a list of readings", why))?;
            read.doubts.extend(doubts);
        }
        Ok(read)
    }
}

/// What the pair cannot have, or cannot suffer.
fn unfit(why: &RehearsalError) -> Failure {
    match why {
        RehearsalError::Settings(why) => {
            Failure::value("options.settings", &format!("settings that fit the pair ({why})"))
        }
        RehearsalError::Fault { at, why } => Failure::value(
            &format!("options.faults[{at}]"),
            &format!("a fault that can befall the pair ({why})"),
        ),
        _ => Failure::value("options", &why.to_string()),
    }
}

/// A rehearsal with its rendering.
pub(crate) struct Rehearsed {
    rehearsal: Rehearsal,
    oracle: String,
    judgement: String,
    json: String,
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

/// A state-changing line, and the unit that runs it.
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
/// seed 0, nobody watches. The plan of a way back is rehearsed from where it turns round, and faults count
/// from then. The plan stays the caller's.
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
        let (seed, faults, settings, watch) = if options.is_null() {
            // SAFETY: there is no function to call.
            (0, Vec::new(), Settings::default(), unsafe {
                Watcher::new(&planned, None, None, None, std::ptr::null_mut(), std::ptr::null())
            }?)
        } else {
            // SAFETY: the options and what they point to are readable, by the caller's contract.
            let options = unsafe { options::read(options, "options") }?;
            let asaf_rehearse_options { seed, on_progress, on_question, on_probe, user, stop, .. } = options;
            // SAFETY: as above, and the functions may be called with `user`.
            unsafe {
                (
                    seed,
                    options.faults()?,
                    options.settings()?,
                    Watcher::new(&planned, on_progress, on_question, on_probe, user, stop)?,
                )
            }
        };
        let mut watch = watch;
        let rehearsal =
            rehearse_with(&planned.plan, planned.plan.pair(), &settings, seed, &faults, &mut watch)
                .map_err(|why| unfit(&why))?;
        let json = serde_json::to_string(&rehearsal).map_err(|_| Failure::panicked())?;
        let (oracle, judgement) = (rehearsal.oracle.to_string(), rehearsal.judgement.to_string());
        out.give(Rehearsed { rehearsal, oracle, judgement, json });
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

/// Whether the run broke no rule of its own without the excuse of a fault that no look could show.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_rehearsal_is_innocent(
    rehearsal: *const asaf_rehearsal,
    out: *mut bool,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(rehearsal, "rehearsal")?.rehearsal.judgement.is_innocent());
        Ok(())
    })
}

/// What the oracle holds against the run, for people.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_rehearsal_judgement(
    rehearsal: *const asaf_rehearsal,
    out: *mut asaf_str,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(rehearsal, "rehearsal")?.judgement));
        Ok(())
    })
}

/// Everything as JSON: `outcome`, `history` (each with `at_ms`, `role` and `what`), `oracle` (`gaps`,
/// `doubles`, `offences`, `reboots`), `judgement` (`violations`, `excused`), `lines`, and `unstruck`: the kinds
/// of fault that were to strike, of which none did anything.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_rehearsal_json(
    rehearsal: *const asaf_rehearsal,
    out: *mut asaf_str,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(rehearsal, "rehearsal")?.json));
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
