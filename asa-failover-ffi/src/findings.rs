//! Findings: everything that is wrong with a pair or a goal, all at once.

use asa_failover_core::check::{self, Finding, Severity};

use crate::compat::{Tables, asaf_compat};
use crate::goal::asaf_goal;
use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::pair::{asaf_pair, asaf_role};
use crate::policy::{asaf_policy, policy_of};
use crate::status::{Failure, asaf_error, asaf_status};
use crate::text::asaf_str;

/// How much a finding weighs.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_severity {
    /// There is no plan while this stands.
    Block = 1,
    /// Somebody should know.
    Warn = 2,
    /// For the record.
    Note = 3,
}

/// One finding.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_finding {
    /// How much it weighs.
    pub severity: asaf_severity,
    /// The unit it was found on; `ASAF_ROLE_NONE` for the pair or the goal.
    pub role: asaf_role,
    /// Whether a goal may accept it by its id.
    pub acceptable: bool,
    /// A stable id: `failover.off`, `image.hash.unavailable`.
    pub id: asaf_str,
    /// What was found, what was expected, and what to do.
    pub text: asaf_str,
    /// The command whose output shows it; may be empty.
    pub command: asaf_str,
}

/// Findings with their renderings.
pub(crate) struct Found {
    findings: Vec<Finding>,
    text: String,
    json: String,
}

impl Found {
    pub(crate) fn new(findings: Vec<Finding>) -> Result<Self, Failure> {
        let text: Vec<String> = findings.iter().map(ToString::to_string).collect();
        // Every key of a finding is text, so this cannot fail.
        let json = serde_json::to_string(&findings).map_err(|_| Failure::panicked())?;
        Ok(Self { findings, text: text.join("\n"), json })
    }
}

/// What was found, in the order of the checks.
pub struct asaf_findings {
    _opaque: [u8; 0],
}
handle!(asaf_findings, Found);

/// Checks a pair against a goal. Nothing is left out because of an earlier finding. A NULL
/// `compat` are the tables compiled in, a NULL policy is the default one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_check(
    pair: *const asaf_pair,
    goal: *const asaf_goal,
    compat: *const asaf_compat,
    policy: *const asaf_policy,
    out: *mut *mut asaf_findings,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        let (pair, compat, policy) = (handle::borrow(pair, "pair")?, Tables::of(compat)?, policy_of(policy)?);
        let goal = handle::borrow(goal, "goal")?;
        let goal = handle::exclusive(&goal)?.clone();
        out.give(Found::new(check::check(&pair, &goal, &compat, &policy))?);
        Ok(())
    })
}

/// How many findings there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_findings_count(findings: *const asaf_findings, out: *mut usize) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(findings, "findings")?.findings.len());
        Ok(())
    })
}

/// One finding, from index 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_findings_get(
    findings: *const asaf_findings,
    index: usize,
    out: *mut asaf_finding,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let found = handle::borrow(findings, "findings")?;
        let count = found.findings.len();
        let finding = found.findings.get(index).ok_or_else(|| Failure::index("findings", index, count))?;
        out.put(asaf_finding {
            severity: match finding.severity {
                Severity::Block => asaf_severity::Block,
                Severity::Warn => asaf_severity::Warn,
                Severity::Note => asaf_severity::Note,
            },
            role: asaf_role::of(finding.unit),
            acceptable: finding.acceptable,
            id: asaf_str::lend(&finding.id),
            text: asaf_str::lend(&finding.text),
            command: asaf_str::lend_some(finding.command.as_deref()),
        });
        Ok(())
    })
}

/// The findings for people, a line each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_findings_text(
    findings: *const asaf_findings,
    out: *mut asaf_str,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(findings, "findings")?.text));
        Ok(())
    })
}

/// The findings as a JSON array.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_findings_json(
    findings: *const asaf_findings,
    out: *mut asaf_str,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(findings, "findings")?.json));
        Ok(())
    })
}

/// Frees findings. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_findings_free(findings: *mut asaf_findings) -> asaf_status {
    guard(Detail::NONE, || handle::release(findings))
}
