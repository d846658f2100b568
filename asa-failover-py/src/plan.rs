//! `plan`, `Plan` and its steps.

use std::hash::{Hash, Hasher};

use asa_failover_core as core;
use pyo3::prelude::*;

use crate::compat::{Compat, tables};
use crate::error::Error;
use crate::finding::Finding;
use crate::goal::{Goal, Policy, policy as chosen};
use crate::pair::Pair;
use crate::value::{from_python, to_python, word};
use crate::verdict::Verdict;
use crate::version::AsaVersion;

/// Plans an upgrade. Nothing is sent to any device.
///
/// Args:
///     pair: both units as read.
///     goal: what is wanted.
///     compat: the tables, those compiled in by default.
///     policy: how carefully, the defaults by default.
///
/// Raises:
///     Refused: the checks found something that blocks; ``findings`` holds everything found.
#[pyfunction]
#[pyo3(signature = (pair, goal, compat=None, policy=None))]
pub(crate) fn plan(
    py: Python<'_>,
    pair: &Bound<'_, Pair>,
    goal: &Bound<'_, Goal>,
    compat: Option<&Bound<'_, Compat>>,
    policy: Option<&Bound<'_, Policy>>,
) -> Result<Plan, Error> {
    let (pair, goal, compat, policy) = (&pair.get().inner, &goal.get().inner, tables(compat), chosen(policy));
    Ok(Plan { inner: py.detach(|| core::plan::plan(pair, goal, &compat, &policy))? })
}

/// An upgrade that passed every check. There is no way to make one but :func:`plan` and
/// :meth:`from_json`, which plans again: holding one proves that the checks were made. Plans are equal
/// where their ids are.
#[pyclass(frozen, eq, hash, module = "asa_failover")]
pub(crate) struct Plan {
    pub(crate) inner: core::plan::Plan,
}

impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        self.inner.id() == other.inner.id()
    }
}

impl Hash for Plan {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.inner.id().hash(state);
    }
}

#[pymethods]
impl Plan {
    /// Plans again from the facts, goal and policy in a text of :meth:`to_json`, and compares.
    ///
    /// Args:
    ///     text: the plan as JSON.
    ///     compat: the tables, those compiled in by default.
    ///
    /// Raises:
    ///     ParseError: the text is no plan of this schema, or planning again gives another plan.
    ///     Refused: the checks refuse now.
    #[staticmethod]
    #[pyo3(signature = (text, compat=None))]
    fn from_json(py: Python<'_>, text: &str, compat: Option<&Bound<'_, Compat>>) -> Result<Self, Error> {
        let compat = tables(compat);
        Ok(Self { inner: py.detach(|| core::plan::Plan::from_json(text, &compat))? })
    }

    /// The hash that names this plan.
    #[getter]
    fn id(&self) -> &str {
        self.inner.id()
    }

    /// The facts it rests on.
    #[getter]
    fn pair(&self) -> Pair {
        Pair { inner: self.inner.pair().clone() }
    }

    /// What is wanted.
    #[getter]
    fn goal(&self) -> Goal {
        Goal { inner: self.inner.goal().clone() }
    }

    /// How carefully.
    #[getter]
    fn policy(&self) -> Policy {
        Policy { inner: self.inner.policy().clone() }
    }

    /// Why the way is allowed.
    #[getter]
    fn verdict(&self) -> Verdict {
        self.inner.verdict().clone().into()
    }

    /// The findings that do not block: warnings, notes, and what was accepted.
    #[getter]
    fn findings(&self) -> Vec<Finding> {
        self.inner.findings().iter().cloned().map(Finding::from).collect()
    }

    /// The steps, in order.
    #[getter]
    fn steps(&self) -> Vec<Step> {
        self.inner.steps().iter().map(Step::from).collect()
    }

    /// The state-changing lines, in order, each behind the unit that runs it.
    #[getter]
    fn lines(&self) -> Vec<(String, String)> {
        self.inner.lines().into_iter().map(|(role, line)| (role.to_string(), line)).collect()
    }

    /// The plan of the way back from a pause, as long as going back is free: both units end on the release
    /// that the hop came from. It is for a pair that stands as this plan leaves it there; run it with a
    /// journal of its own.
    ///
    /// Args:
    ///     hop: the hop, from 1.
    ///     pause: ``before-switch`` or ``before-second-reload``.
    ///
    /// Raises:
    ///     Refused: the plan does not come by this point, or is a way back itself.
    ///     ValueError: the pause is none.
    #[pyo3(signature = (hop, pause))]
    fn way_back(&self, py: Python<'_>, hop: usize, pause: &Bound<'_, PyAny>) -> Result<Self, Error> {
        let pause = from_python(pause)?;
        Ok(Self { inner: py.detach(|| self.inner.way_back(hop, pause))? })
    }

    /// Of the plan of a way back, the hop and the pause at which it turns round.
    #[getter]
    fn turns_at(&self) -> Option<(usize, String)> {
        self.inner.turns_at().map(|(hop, pause)| (hop, word(&pause)))
    }

    /// The plan as JSON, to be kept and read back with :meth:`from_json`.
    fn to_json(&self) -> String {
        self.inner.to_json()
    }

    /// The plan as the method of procedure that a change board reads.
    fn to_markdown(&self) -> String {
        self.inner.to_markdown()
    }

    fn __repr__(&self) -> String {
        let id = self.inner.id().get(..16).unwrap_or_default();
        format!("<Plan {id} to {}, {} steps>", self.inner.goal().target, self.inner.steps().len())
    }
}

/// One step of a plan: a command on a unit, or a wait.
#[pyclass(frozen, eq, module = "asa_failover")]
#[derive(Clone, PartialEq)]
pub(crate) struct Step {
    inner: core::plan::Step,
}

#[pymethods]
impl Step {
    /// Its number, from 1.
    #[getter]
    const fn number(&self) -> usize {
        self.inner.number
    }

    /// ``stage``, ``boot``, ``reload``, ``switch``, ``await``, ``pause`` or ``finish``.
    #[getter]
    fn phase(&self) -> String {
        word(&self.inner.phase)
    }

    /// The release the hop leads to; ``None`` on the way home after the last hop.
    #[getter]
    fn hop(&self) -> Option<AsaVersion> {
        self.inner.hop.map(AsaVersion::from)
    }

    /// The unit that runs the command; ``None`` for a wait.
    #[getter]
    fn unit(&self) -> Option<String> {
        self.inner.unit.map(|unit| unit.to_string())
    }

    /// The command as the unit runs it; ``None`` for a wait.
    #[getter]
    fn command(&self) -> Option<&str> {
        self.inner.command.as_deref()
    }

    /// What is typed, with ``failover exec mate`` in front where it goes through the mate.
    #[getter]
    fn typed(&self) -> Option<&str> {
        self.inner.typed.as_deref()
    }

    /// Whether the command changes the state of the pair.
    #[getter]
    const fn changes(&self) -> bool {
        self.inner.changes
    }

    /// What happens, and what is expected to be seen.
    #[getter]
    fn expect(&self) -> &str {
        &self.inner.expect
    }

    /// Seconds it typically takes.
    #[getter]
    const fn typical_s(&self) -> u64 {
        self.inner.typical_s
    }

    /// Seconds after which the run halts instead of waiting longer.
    #[getter]
    const fn worst_s(&self) -> u64 {
        self.inner.worst_s
    }

    /// The step as plain values.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner)
    }

    fn __repr__(&self) -> String {
        let core::plan::Step { number, unit, typed, expect, .. } = &self.inner;
        match (unit, typed) {
            (Some(unit), Some(typed)) => format!("<Step {number}: {typed} on {unit}>"),
            _ => format!("<Step {number}: {expect}>"),
        }
    }
}

impl From<&core::plan::Step> for Step {
    fn from(step: &core::plan::Step) -> Self {
        Self { inner: step.clone() }
    }
}
