//! `parse`: output in, a `Reading` out. Facts stay in Rust until they are asked for.

use std::sync::OnceLock;

use asa_failover_core::show;
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use serde_json::Value;

use crate::error::Error;
use crate::value::{of_json, word};

/// Reads the output of a command that is known by name.
///
/// The text is taken as it comes off a terminal: echo, prompts, carriage returns and remains of the
/// pager may be in it.
///
/// Args:
///     command: the command in full, ``show failover``; ``failover exec mate`` may stand in front.
///     text: what the unit printed.
///
/// Returns:
///     The facts, and every line that was not understood.
///
/// Raises:
///     ParseError: no reader knows the command, or a line it needs is missing or malformed.
///
/// >>> import asa_failover
/// >>> reading = asa_failover.parse("show mode", "Security context mode: single\n")
/// >>> reading.value.mode, reading.unread
/// ('single', [])
#[pyfunction]
pub(crate) fn parse(py: Python<'_>, command: &str, text: &str) -> Result<Reading, Error> {
    Reading::with(py, py.detach(|| show::parse(command, text))?)
}

/// Facts of one command's output, and what was not understood of it.
#[pyclass(frozen, module = "asa_failover")]
pub(crate) struct Reading {
    /// What the output says.
    #[pyo3(get)]
    value: Py<Facts>,
    unread: Vec<Unread>,
}

impl Reading {
    pub(crate) fn with(py: Python<'_>, reading: show::Reading<show::Facts>) -> Result<Self, Error> {
        let value = Facts { inner: reading.value, json: OnceLock::new() };
        let unread = reading.unread.into_iter().map(Unread::from).collect();
        Ok(Self { value: Py::new(py, value)?, unread })
    }
}

#[pymethods]
impl Reading {
    /// Every line that no rule claimed, in the order printed.
    #[getter]
    fn unread(&self) -> Vec<Unread> {
        self.unread.clone()
    }

    fn __repr__(&self) -> String {
        format!("<Reading, {} lines unread>", self.unread.len())
    }
}

/// What an output says. Each fact is an attribute; what the output does not state is ``None`` or ``[]``.
#[pyclass(frozen, eq, module = "asa_failover")]
pub(crate) struct Facts {
    inner: show::Facts,
    json: OnceLock<Value>,
}

impl PartialEq for Facts {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

impl Facts {
    fn json(&self) -> &Value {
        self.json.get_or_init(|| self.inner.to_json())
    }
}

#[pymethods]
impl Facts {
    /// All facts as a dictionary of plain values; each call makes a new one.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        of_json(py, self.json())
    }

    fn __getattr__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        match self.json().get(name) {
            Some(fact) => of_json(py, fact),
            None => Err(PyAttributeError::new_err(format!("there is no fact {name:?} in this output"))),
        }
    }

    fn __dir__(&self) -> Vec<String> {
        let facts = self.json().as_object().into_iter().flat_map(|facts| facts.keys().cloned());
        facts.chain(["to_dict".to_owned()]).collect()
    }

    fn __repr__(&self) -> String {
        format!("<Facts {}>", self.json())
    }
}

/// A line that no rule claimed.
#[pyclass(frozen, eq, get_all, module = "asa_failover")]
#[derive(Clone, PartialEq)]
pub(crate) struct Unread {
    /// Its number in the captured text, from 1.
    line: usize,
    /// The line as captured, without its end.
    text: String,
    /// ``host`` in the host, group and interface blocks of ``show failover``, where it blocks a plan;
    /// else ``elsewhere``.
    block: String,
}

#[pymethods]
impl Unread {
    fn __repr__(&self) -> String {
        format!("<Unread line {}: {:?}>", self.line, self.text)
    }
}

impl From<show::Unread> for Unread {
    fn from(unread: show::Unread) -> Self {
        Self { line: unread.line, block: word(&unread.block), text: unread.text }
    }
}
