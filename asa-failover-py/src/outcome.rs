//! `Outcome`: how a run ended. A halt is an outcome, never an exception.

use asa_failover_core::run;
use pyo3::prelude::*;

use crate::value::to_python;

/// How a run ended: completed, or halted with its reason, its evidence, what is true now and what is safe next.
#[pyclass(frozen, subclass, str = "{inner}", module = "asa_failover")]
pub(crate) struct Outcome {
    inner: run::Outcome,
}

impl Outcome {
    fn halt(&self) -> Option<&run::Halt> {
        match &self.inner {
            run::Outcome::Halted(halt) => Some(halt),
            run::Outcome::Completed(_) => None,
        }
    }
}

#[pymethods]
impl Outcome {
    /// ``completed`` or ``halted``.
    #[getter]
    const fn kind(&self) -> &'static str {
        match self.inner {
            run::Outcome::Completed(_) => "completed",
            run::Outcome::Halted(_) => "halted",
        }
    }

    /// Of a halt, a code for programs: ``deadline``, ``image-differs``, ``no-session``, ...
    #[getter]
    fn code(&self) -> Option<&str> {
        self.halt().map(|halt| halt.code.as_str())
    }

    /// Of a halt, why.
    #[getter]
    fn reason(&self) -> Option<String> {
        self.halt().map(|halt| halt.reason.to_string())
    }

    /// Of a halt, what is true now, a sentence each.
    #[getter]
    fn now(&self) -> Option<Vec<String>> {
        self.halt().map(|halt| halt.now.clone())
    }

    /// Of a halt, what an operator can safely do next, and what not.
    #[getter]
    fn safe(&self) -> Option<&str> {
        self.halt().map(|halt| halt.safe.as_str())
    }

    /// Of a halt, the lines for that, each behind its unit, in order: those that only read come first.
    #[getter]
    fn commands(&self) -> Option<Vec<(String, String)>> {
        let commands = &self.halt()?.commands;
        Some(commands.iter().map(|line| (line.unit.to_string(), line.line.clone())).collect())
    }

    /// Of a halt, the lines of the way back, each behind the unit that runs it, where going back is free:
    /// :meth:`Plan.way_back`.
    #[getter]
    fn back(&self) -> Option<Vec<(String, String)>> {
        let back = self.halt()?.back.as_ref()?;
        Some(back.lines.iter().map(|(unit, line)| (unit.to_string(), line.clone())).collect())
    }

    /// Everything as plain values, below ``completed`` or ``halted``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner)
    }

    fn __repr__(&self) -> String {
        let first = self.inner.to_string();
        format!("<Outcome {}>", first.lines().next().unwrap_or_default())
    }
}

impl From<run::Outcome> for Outcome {
    fn from(inner: run::Outcome) -> Self {
        Self { inner }
    }
}
