//! Guidelines, conditions and reasons: what a verdict asks of the operator, and what each rests on.

use asa_failover_core::compat::{Basis, Condition, Fact, Guideline, GuidelineKind, Reason};

use crate::text::asaf_str;

/// What a row, a rule or an answer rests on.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_basis {
    /// Something this header does not know: no more than memory.
    Other = 0,
    /// A text of the vendor, or a scan of one.
    Vendor = 1,
    /// Somebody's dated copy of a vendor text.
    Copy = 2,
    /// Read off firmware files, devices or registries of record.
    Measured = 3,
    /// Computed from other rows.
    Derived = 4,
    /// A site's own row.
    Site = 5,
    /// Remembered, with no source found: it adds caution and never permits.
    Memory = 6,
}

impl From<Basis> for asaf_basis {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::Vendor => Self::Vendor,
            Basis::Copy => Self::Copy,
            Basis::Measured => Self::Measured,
            Basis::Derived => Self::Derived,
            Basis::Site => Self::Site,
            Basis::Memory => Self::Memory,
            _ => Self::Other,
        }
    }
}

/// What a guideline does to a plan.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_guideline_kind {
    /// Another one than this header knows.
    Other = 0,
    /// The verdict is no yes.
    Unconditional = 1,
    /// A plan is refused until a fact of the pair meets it or the goal accepts its id.
    Condition = 2,
    /// The plan and its controller check it always.
    Procedure = 3,
    /// Worth knowing.
    Note = 4,
}

/// A fact of a pair that meets a condition; its number stands beside it.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_fact_kind {
    /// This library has no reader for one: the condition has to be accepted.
    None = 0,
    /// Both units have at least so many MiB of memory, and less than the bound where one is given.
    RamMib = 1,
    /// Both units have been up for less than so many days.
    UptimeDays = 2,
    /// Another one than this header knows.
    Other = 99,
}

/// The kind of a fact, its number and the bound above it.
fn parts(fact: Option<Fact>) -> (asaf_fact_kind, u32, u32) {
    match fact {
        None => (asaf_fact_kind::None, 0, 0),
        Some(Fact::RamMib { least, below }) => (asaf_fact_kind::RamMib, least, below.unwrap_or(0)),
        Some(Fact::UptimeDays(limit)) => (asaf_fact_kind::UptimeDays, limit, 0),
        Some(_) => (asaf_fact_kind::Other, 0, 0),
    }
}

/// Something that must hold, or be accepted by its id in a goal. Its sources are in the JSON.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_condition {
    /// What it rests on.
    pub basis: asaf_basis,
    /// Whether the step may lock the operator out of the device.
    pub lockout: bool,
    /// The fact of a pair that meets it.
    pub fact: asaf_fact_kind,
    /// The number of that fact, 0 without one.
    pub fact_value: u32,
    /// The memory has to stay below this many MiB; 0 where there is no such bound.
    pub fact_below: u32,
    /// The id by which a goal accepts it: `migration.8.3`, `remembered.releases.8.6`.
    pub id: asaf_str,
    /// What is so, in one sentence.
    pub text: asaf_str,
    /// What to do about it, in one sentence.
    pub action: asaf_str,
    /// The command that shows whether it is met; may be empty.
    pub command: asaf_str,
}

impl asaf_condition {
    pub(crate) fn lend(condition: &Condition) -> Self {
        let (fact, fact_value, fact_below) = parts(condition.fact);
        Self {
            basis: condition.basis.into(),
            lockout: condition.lockout,
            fact,
            fact_value,
            fact_below,
            id: asaf_str::lend(&condition.id),
            text: asaf_str::lend(&condition.text),
            action: asaf_str::lend(&condition.action),
            command: asaf_str::lend_some(condition.command.as_deref()),
        }
    }
}

/// A published guideline. What checks it and its sources are in the JSON.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_guideline {
    /// What it does to a plan.
    pub kind: asaf_guideline_kind,
    /// What it rests on.
    pub basis: asaf_basis,
    /// Whether the step may lock the operator out of the device.
    pub lockout: bool,
    /// Whether it speaks of every hop rather than of some releases.
    pub general: bool,
    /// Whether it speaks of single releases to go to, from wherever.
    pub of_target: bool,
    /// The fact that meets a condition.
    pub fact: asaf_fact_kind,
    /// The number of that fact, 0 without one.
    pub fact_value: u32,
    /// The memory has to stay below this many MiB; 0 where there is no such bound.
    pub fact_below: u32,
    /// A stable id: `rsa-keys.9.16`, `exception.CSCug88962`.
    pub id: asaf_str,
    /// What it is about, in a few words.
    pub topic: asaf_str,
    /// What is so, in one sentence.
    pub text: asaf_str,
    /// What to do, in one sentence; empty where there is nothing to do.
    pub action: asaf_str,
    /// The command that shows whether a condition is met; may be empty.
    pub command: asaf_str,
}

impl asaf_guideline {
    pub(crate) fn lend(guideline: &Guideline) -> Self {
        let (fact, fact_value, fact_below) = parts(guideline.fact);
        Self {
            kind: match guideline.kind {
                GuidelineKind::Unconditional => asaf_guideline_kind::Unconditional,
                GuidelineKind::Condition => asaf_guideline_kind::Condition,
                GuidelineKind::Procedure => asaf_guideline_kind::Procedure,
                GuidelineKind::Note => asaf_guideline_kind::Note,
                _ => asaf_guideline_kind::Other,
            },
            basis: guideline.basis.into(),
            lockout: guideline.lockout,
            general: guideline.general,
            of_target: guideline.of_target,
            fact,
            fact_value,
            fact_below,
            id: asaf_str::lend(&guideline.id),
            topic: asaf_str::lend(&guideline.topic),
            text: asaf_str::lend(&guideline.text),
            action: asaf_str::lend(&guideline.action),
            command: asaf_str::lend_some(guideline.command.as_deref()),
        }
    }
}

/// Why an answer is no plain yes. Its sources are in the JSON.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_reason {
    /// What it rests on.
    pub basis: asaf_basis,
    /// Rule or row: `exception.CSCug88962`, `model.last`.
    pub id: asaf_str,
    /// One sentence.
    pub text: asaf_str,
    /// What to do next, in one sentence.
    pub action: asaf_str,
}

impl asaf_reason {
    pub(crate) fn lend(reason: &Reason) -> Self {
        Self {
            basis: reason.basis.into(),
            id: asaf_str::lend(&reason.id),
            text: asaf_str::lend(&reason.text),
            action: asaf_str::lend(&reason.action),
        }
    }
}
