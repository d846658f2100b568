//! Who watches a run that the library drives: progress, questions, and the flag that stops it.

use std::ffi::c_void;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use asa_failover_core::decide::Question;
use asa_failover_core::drive::Operator;
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::run::{Action, Answer, Event, Run, UnitProgress};
use asa_failover_core::unit::{GroupId, Role};

use crate::action::{asaf_action_kind, asaf_pause, kind_of};
use crate::event::answer_of;
use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::pair::asaf_role;
use crate::plan::Planned;
use crate::rehearse::asaf_line;
use crate::status::{Failure, asaf_error, asaf_status};
use crate::text::asaf_str;
use crate::version::asaf_version;

/// A flag that stops runs in good order, before their next line. Any thread may set it.
pub struct asaf_stop {
    _opaque: [u8; 0],
}
handle!(asaf_stop, Arc<AtomicBool>);

/// A flag that is not set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_stop_new(out: *mut *mut asaf_stop, error: *mut *mut asaf_error) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        unsafe { Out::handle(out) }?.give(Arc::default());
        Ok(())
    })
}

/// Sets the flag, from any thread, for every run that was given it. It takes a lock, so do not call
/// it in a signal handler.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_stop_set(stop: *const asaf_stop) -> asaf_status {
    guard(Detail::NONE, || {
        handle::borrow(stop, "stop")?.store(true, Ordering::Relaxed);
        Ok(())
    })
}

/// Frees a flag. NULL is ignored. A run that was given it goes on with what it was last.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_stop_free(stop: *mut asaf_stop) -> asaf_status {
    guard(Detail::NONE, || handle::release(stop))
}

/// Where a unit is, as last read.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_unit_progress {
    /// Whether it can be read at the moment.
    pub answers: bool,
    /// Its release; all zero where it was not read.
    pub version: asaf_version,
    /// Its standing, as last read: `Standby Ready`; in Active/Active of each group: `group 1 Active,
    /// group 2 Standby Ready`.
    pub standing: asaf_str,
}

/// Where a run stands. Readable during the callback only, its texts too.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_progress {
    /// Milliseconds since the run began.
    pub at_ms: u64,
    /// What the run does next.
    pub action: asaf_action_kind,
    /// All of it in a line.
    pub text: asaf_str,
    /// The command that is under way, if any.
    pub command: asaf_str,
    /// The unit that runs it; `ASAF_ROLE_NONE` where there is none, or nobody knows yet which unit answers.
    pub unit: asaf_role,
    /// What stands in the way of what is awaited, if anything is.
    pub why: asaf_str,
    /// What it mostly means, where it takes longer than it typically does; else empty.
    pub symptom: asaf_str,
    /// Since when something is awaited; where nothing is, `at_ms`.
    pub since_ms: u64,
    /// The primary unit.
    pub primary: asaf_unit_progress,
    /// The secondary unit.
    pub secondary: asaf_unit_progress,
}

/// A question to the operator. Readable during the callback only.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_question {
    /// The hop, from 1.
    pub hop: usize,
    /// The point at which the run waits.
    pub pause: asaf_pause,
    /// The state-changing lines of the way back from here, in order: `asaf_plan_way_back`.
    pub back: *const asaf_line,
    /// How many there are.
    pub back_count: usize,
}

/// Called on the thread of the run, after each of its decisions. It may call functions of this
/// library; it must return, without an exception and without `longjmp`. NULL: nobody watches.
pub type asaf_on_progress = Option<unsafe extern "C" fn(user: *mut c_void, progress: *const asaf_progress)>;

/// Called on the thread of the run where the policy has a pause; gives an `asaf_answer`, and any other
/// number halts. The rules of `asaf_on_progress` hold. It must not be NULL where the policy pauses.
pub type asaf_on_question =
    Option<unsafe extern "C" fn(user: *mut c_void, question: *const asaf_question) -> u32>;

/// Called on the thread of the run between the switch and the second reload, as often as the policy's
/// `probe_s` says; true: traffic is well on the new release. Where it is not, the run halts with what was put
/// into `why`, which must stay readable until the run has ended. The rules of `asaf_on_progress` hold. It
/// must not be NULL where the policy has `probe_s`.
pub type asaf_on_probe = Option<unsafe extern "C" fn(user: *mut c_void, why: *mut asaf_str) -> bool>;

/// The operator of a run, by the callbacks of C.
pub(crate) struct Watcher {
    on_progress: asaf_on_progress,
    on_question: asaf_on_question,
    on_probe: asaf_on_probe,
    user: *mut c_void,
    stop: Option<Arc<AtomicBool>>,
}

impl Watcher {
    /// # Safety
    ///
    /// The functions may be called with `user` on this thread until the function returns.
    pub(crate) unsafe fn new(
        planned: &Planned,
        on_progress: asaf_on_progress,
        on_question: asaf_on_question,
        on_probe: asaf_on_probe,
        user: *mut c_void,
        stop: *const asaf_stop,
    ) -> Result<Self, Failure> {
        if on_question.is_none() && !planned.plan.policy().pauses.is_empty() {
            return Err(Failure::value("options.on_question", "a function, since the policy has pauses"));
        }
        if on_probe.is_none() && planned.plan.policy().probe_s.is_some() {
            return Err(Failure::value("options.on_probe", "a function, since the policy has probe_s"));
        }
        let stop =
            if stop.is_null() { None } else { Some(Arc::clone(&*handle::borrow(stop, "options.stop")?)) };
        Ok(Self { on_progress, on_question, on_probe, user, stop })
    }
}

fn standing(unit: &UnitProgress) -> String {
    let standings = unit.standings.iter().map(|(group, standing)| match *group {
        GroupId::UNIT => standing.to_string(),
        group => format!("{group} {standing}"),
    });
    standings.collect::<Vec<_>>().join(", ")
}

impl Operator for Watcher {
    fn ask(&mut self, question: &Question) -> Answer {
        let Some(on_question) = self.on_question else { return Answer::Halt };
        let line =
            |(role, line): &(Role, String)| asaf_line { role: (*role).into(), text: asaf_str::lend(line) };
        let back: Vec<asaf_line> = question.back.iter().map(line).collect();
        let asked = asaf_question {
            hop: question.hop,
            pause: question.pause.into(),
            back: back.as_ptr(),
            back_count: back.len(),
        };
        // SAFETY: `new` was promised that it may be called with `user`.
        let answer = unsafe { on_question(self.user, &raw const asked) };
        answer_of(answer).unwrap_or(Answer::Halt)
    }

    fn probe(&mut self) -> Result<(), String> {
        let refused = || "the probe says no".to_owned();
        let Some(on_probe) = self.on_probe else { return Err(refused()) };
        let mut why = asaf_str::NONE;
        // SAFETY: `new` was promised that it may be called with `user`.
        if unsafe { on_probe(self.user, &raw mut why) } {
            return Ok(());
        }
        // SAFETY: what the function put there is readable, by its contract.
        let why = unsafe { why.read_some("why") };
        Err(why.ok().flatten().map_or_else(refused, str::to_owned))
    }

    fn saw(&mut self, at: Elapsed, _: &Event, action: &Action, run: &Run) {
        let Some(on_progress) = self.on_progress else { return };
        let progress = run.progress(at);
        let (text, standings) = (progress.to_string(), progress.units.each_ref().map(standing));
        let [primary, secondary] = &progress.units;
        let [of_primary, of_secondary] = &standings;
        let unit = |unit: &UnitProgress, standing: &str| asaf_unit_progress {
            answers: unit.answers,
            version: unit.version.map(Into::into).unwrap_or_default(),
            standing: asaf_str::lend(standing),
        };
        let lent = asaf_progress {
            at_ms: at.as_millis(),
            action: kind_of(action),
            text: asaf_str::lend(&text),
            command: asaf_str::lend_some(progress.command.as_deref()),
            unit: progress.unit.map_or(asaf_role::None, Into::into),
            why: asaf_str::lend_some(progress.why.as_deref()),
            symptom: asaf_str::lend_some(progress.symptom.as_ref().map(|symptom| symptom.meaning)),
            since_ms: progress.awaited.map_or(at, |(_, since)| since).as_millis(),
            primary: unit(primary, of_primary),
            secondary: unit(secondary, of_secondary),
        };
        // SAFETY: `new` was promised that it may be called with `user`; `lent` lives through the call.
        unsafe { on_progress(self.user, &raw const lent) };
    }

    fn wants_stop(&mut self) -> bool {
        self.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed))
    }
}
