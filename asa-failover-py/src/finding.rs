//! `Finding`, and `check`.

use asa_failover_core as core;
use pyo3::prelude::*;

use crate::compat::{Compat, tables};
use crate::goal::{Goal, Policy, policy as chosen};
use crate::pair::Pair;
use crate::value::{to_python, word};

/// Checks a pair against a goal. Nothing is left out because of an earlier finding.
///
/// Args:
///     pair: both units as read.
///     goal: what is wanted.
///     compat: the tables, those compiled in by default.
///     policy: how carefully, the defaults by default.
///
/// Returns:
///     Everything found, in the order of the checks.
#[pyfunction]
#[pyo3(signature = (pair, goal, compat=None, policy=None))]
pub(crate) fn check(
    py: Python<'_>,
    pair: &Bound<'_, Pair>,
    goal: &Bound<'_, Goal>,
    compat: Option<&Bound<'_, Compat>>,
    policy: Option<&Bound<'_, Policy>>,
) -> Vec<Finding> {
    let (pair, goal, compat, policy) = (&pair.get().inner, &goal.get().inner, tables(compat), chosen(policy));
    let found = py.detach(|| core::check::check(pair, goal, &compat, &policy));
    found.into_iter().map(Finding::from).collect()
}

/// One finding: what was found on which unit, what was expected, and what to do.
#[pyclass(frozen, eq, hash, str = "{inner}", module = "asa_failover")]
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) struct Finding {
    inner: core::check::Finding,
}

#[pymethods]
impl Finding {
    /// A stable id: ``failover.off``, ``image.hash.unavailable``.
    #[getter]
    fn id(&self) -> &str {
        &self.inner.id
    }

    /// ``block``, ``warn`` or ``note``.
    #[getter]
    fn severity(&self) -> String {
        word(&self.inner.severity)
    }

    /// ``Primary`` or ``Secondary``; ``None`` for the pair or the goal.
    #[getter]
    fn unit(&self) -> Option<String> {
        self.inner.unit.map(|unit| unit.to_string())
    }

    /// What was found, what was expected, and what to do.
    #[getter]
    fn text(&self) -> &str {
        &self.inner.text
    }

    /// The command whose output shows it.
    #[getter]
    fn command(&self) -> Option<&str> {
        self.inner.command.as_deref()
    }

    /// Whether a goal may accept it by its id.
    #[getter]
    const fn acceptable(&self) -> bool {
        self.inner.acceptable
    }

    /// The finding as plain values.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner)
    }

    fn __repr__(&self) -> String {
        format!("<Finding {}>", self.inner)
    }
}

impl From<core::check::Finding> for Finding {
    fn from(inner: core::check::Finding) -> Self {
        Self { inner }
    }
}
