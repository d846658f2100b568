//! Plans: the exact, guarded sequence, made before anything is touched.

use asa_failover_core::plan::{Phase, Plan, Step, plan};

use crate::action::pause_of;
use crate::compat::{Tables, asaf_compat};
use crate::findings::{Found, asaf_findings};
use crate::goal::asaf_goal;
use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::pair::{asaf_pair, asaf_role};
use crate::policy::{asaf_policy, policy_of};
use crate::status::{Failure, asaf_error, asaf_status};
use crate::text::asaf_str;
use crate::version::asaf_version;

/// A plan with its renderings.
pub(crate) struct Planned {
    pub(crate) plan: Plan,
    json: String,
    markdown: String,
}

impl Planned {
    fn new(plan: Plan) -> Self {
        Self { json: plan.to_json(), markdown: plan.to_markdown(), plan }
    }
}

/// An upgrade that passed every check.
pub struct asaf_plan {
    _opaque: [u8; 0],
}
handle!(asaf_plan, Planned);

/// What a step is for.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_phase {
    /// Another one than this header knows.
    Other = 0,
    /// Bring the image to a unit, or prove that it is the published one.
    Stage = 1,
    /// Put the boot list in order, save it, prove the save.
    Boot = 2,
    /// Reboot a unit that carries nothing.
    Reload = 3,
    /// Move the active standing.
    Switch = 4,
    /// Wait for the pair.
    Await = 5,
    /// Wait for the operator.
    Pause = 6,
    /// Save and prove the end.
    Finish = 7,
    /// Take preempt out of the configuration, or put it back.
    Preempt = 8,
}

impl From<Phase> for asaf_phase {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Stage => Self::Stage,
            Phase::Boot => Self::Boot,
            Phase::Reload => Self::Reload,
            Phase::Switch => Self::Switch,
            Phase::Await => Self::Await,
            Phase::Pause => Self::Pause,
            Phase::Finish => Self::Finish,
            Phase::Preempt => Self::Preempt,
            _ => Self::Other,
        }
    }
}

/// One step of a plan.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_step {
    /// Its number, from 1.
    pub number: usize,
    /// What it is for.
    pub phase: asaf_phase,
    /// The unit that runs the command; `ASAF_ROLE_NONE` for a wait.
    pub role: asaf_role,
    /// Whether the command changes the state of the pair.
    pub changes: bool,
    /// The release that the hop leads to; all zero on the way home after the last hop.
    pub hop: asaf_version,
    /// The command as the unit runs it; empty for a wait.
    pub command: asaf_str,
    /// What is typed, with `failover exec mate` in front where it goes through the mate.
    pub typed: asaf_str,
    /// What happens, and what is expected to be seen.
    pub expect: asaf_str,
    /// Seconds it typically takes.
    pub typical_s: u64,
    /// Seconds after which the run halts instead of waiting longer.
    pub worst_s: u64,
}

impl asaf_step {
    fn lend(step: &Step) -> Self {
        Self {
            number: step.number,
            phase: step.phase.into(),
            role: asaf_role::of(step.unit),
            changes: step.changes,
            hop: step.hop.map(Into::into).unwrap_or_default(),
            command: asaf_str::lend_some(step.command.as_deref()),
            typed: asaf_str::lend_some(step.typed.as_deref()),
            expect: asaf_str::lend(&step.expect),
            typical_s: step.typical_s,
            worst_s: step.worst_s,
        }
    }
}

/// Plans an upgrade. A NULL `compat` are the tables compiled in, a NULL policy is the default one. All four
/// stay the caller's.
///
/// `ASAF_STATUS_REFUSED` says that there is no plan: the message names every finding that blocks,
/// and `out_findings` has all that were found. `out_findings` may be NULL; it is given with a plan
/// too, then with what does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_plan_new(
    pair: *const asaf_pair,
    goal: *const asaf_goal,
    compat: *const asaf_compat,
    policy: *const asaf_policy,
    out: *mut *mut asaf_plan,
    out_findings: *mut *mut asaf_findings,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: both are NULL or writable, by the caller's contract.
        let (out, out_findings) = unsafe { (Out::handle(out), Out::handle(out_findings).ok()) };
        let out = out?;
        let (pair, compat, policy) = (handle::borrow(pair, "pair")?, Tables::of(compat)?, policy_of(policy)?);
        let goal = handle::borrow(goal, "goal")?;
        let goal = handle::exclusive(&goal)?.clone();
        let planned = plan(&pair, &goal, &compat, &policy);
        if let Some(out_findings) = out_findings {
            let findings = match &planned {
                Ok(plan) => plan.findings(),
                Err(refusal) => &refusal.findings,
            };
            out_findings.give(Found::new(findings.to_vec())?);
        }
        out.give(Planned::new(planned?));
        Ok(())
    })
}

/// Plans again from the facts, goal and policy of a plan as JSON, by the tables it was made by (NULL: those
/// compiled in), and compares. `ASAF_STATUS_BAD_PLAN` says that the text is no plan, or that planning again
/// gives another one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_plan_from_json(
    text: asaf_str,
    compat: *const asaf_compat,
    out: *mut *mut asaf_plan,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `text` is readable and `out` is NULL or writable, by the caller's contract.
        let (out, text) = unsafe { (Out::handle(out)?, text.read("text")?) };
        let compat = Tables::of(compat)?;
        out.give(Planned::new(Plan::from_json(text, &compat)?));
        Ok(())
    })
}

/// The plan of the way back from an `asaf_pause` of a hop (from 1), as long as going back is free: both
/// units end on the release that the hop came from. It is for a pair that stands as the plan leaves it
/// there; run it with a journal of its own. `ASAF_STATUS_REFUSED` says that the plan does not come by this
/// point, or is a way back itself. The plan stays the caller's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_plan_way_back(
    plan: *const asaf_plan,
    hop: usize,
    pause: u32,
    out: *mut *mut asaf_plan,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        let planned = handle::borrow(plan, "plan")?;
        out.give(Planned::new(planned.plan.way_back(hop, pause_of(pause)?)?));
        Ok(())
    })
}

/// The hash that names the plan.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_plan_id(plan: *const asaf_plan, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(handle::borrow(plan, "plan")?.plan.id()));
        Ok(())
    })
}

/// The plan as JSON, with a schema version: facts, goal, policy, verdict, findings, steps, and the ways back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_plan_json(plan: *const asaf_plan, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(plan, "plan")?.json));
        Ok(())
    })
}

/// The plan as the method of procedure that a change board reads, in Markdown.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_plan_markdown(plan: *const asaf_plan, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(plan, "plan")?.markdown));
        Ok(())
    })
}

/// How many steps the plan has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_plan_step_count(plan: *const asaf_plan, out: *mut usize) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(plan, "plan")?.plan.steps().len());
        Ok(())
    })
}

/// A step, in order, from index 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_plan_step(
    plan: *const asaf_plan,
    index: usize,
    out: *mut asaf_step,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let planned = handle::borrow(plan, "plan")?;
        let steps = planned.plan.steps();
        let step = steps.get(index).ok_or_else(|| Failure::index("steps", index, steps.len()))?;
        out.put(asaf_step::lend(step));
        Ok(())
    })
}

/// Frees a plan. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_plan_free(plan: *mut asaf_plan) -> asaf_status {
    guard(Detail::NONE, || handle::release(plan))
}
