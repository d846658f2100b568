//! `Pair`: both units as observed.

use std::collections::BTreeMap;

use asa_failover_core::pair;
use pyo3::prelude::*;

use crate::error::Error;
use crate::value::to_python;

/// Both units of a pair as they were read: the facts a plan rests on.
#[pyclass(frozen, eq, hash, module = "asa_failover")]
#[derive(Clone, Eq, Hash, PartialEq)]
pub(crate) struct Pair {
    pub(crate) inner: pair::Pair,
}

#[pymethods]
impl Pair {
    /// Reads what was captured on each unit.
    ///
    /// Args:
    ///     primary: the output of the primary unit by the command that printed it; ``show version`` and
    ///         ``show failover`` at least, the checks name what else a plan needs.
    ///     secondary: likewise of the secondary unit.
    ///
    /// Raises:
    ///     ParseError: everything that stands in the way, in ``problems``.
    #[staticmethod]
    fn from_captures(
        py: Python<'_>,
        primary: BTreeMap<String, String>,
        secondary: BTreeMap<String, String>,
    ) -> Result<Self, Error> {
        Ok(Self { inner: py.detach(|| pair::Pair::from_captures(&primary, &secondary))? })
    }

    /// Whether the pair runs multiple context mode.
    #[getter]
    fn is_multiple(&self) -> bool {
        self.inner.is_multiple()
    }

    /// All facts of both units as plain values.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner)
    }

    fn __repr__(&self) -> String {
        let [primary, secondary] = [&self.inner.primary, &self.inner.secondary]
            .map(|unit| format!("{} {} {}", unit.role, unit.serial, unit.version.value.version));
        format!("<Pair {primary}, {secondary}>")
    }
}
