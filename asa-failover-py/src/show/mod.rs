//! `parse`: output in, a `Reading` out. Facts stay in Rust until they are asked for.

pub(crate) mod failover;
pub(crate) mod text;
pub(crate) mod traffic;
pub(crate) mod unit;

mod facts;
mod held;

use std::hash::{Hash, Hasher};

use asa_failover_core::show::{self, Block};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

use self::held::Held;
use self::text::Text;
use crate::error::Error;
use crate::value::{to_python, word};

/// Outputs in, readings out.
#[pymodule(submodule)]
pub(crate) mod readings {
    #[pymodule_export]
    use super::{Lines, Reading, Unread, parse, parse_many};
}

/// Reads the output of a command that is known by name.
///
/// The text is taken as it comes off a terminal: echo, prompts, carriage returns and remains of the
/// pager may be in it. Damaged ``bytes`` become U+FFFD, and their line is unread. Other threads run meanwhile.
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
pub(crate) fn parse(py: Python<'_>, command: &str, text: Text<'_>) -> Result<Reading, Error> {
    py.detach(|| Reading::of(show::parse(command, &text)?))
}

/// Reads many outputs in one call, while other threads run: the captures of a fleet.
///
/// One output after the other is read, on the thread that calls; a second call on another thread
/// runs beside it. A capture that does not read spoils none of the others.
///
/// Args:
///     captures: pairs of a command and what the unit printed, as :func:`parse` takes them.
///
/// Returns:
///     For each pair, in the same order, its :class:`Reading`, or the :class:`ParseError` that
///     :func:`parse` raises.
///
/// >>> import asa_failover
/// >>> captures = {"show mode": "Security context mode: single\n", "show clock": "?"}
/// >>> [type(read).__name__ for read in asa_failover.parse_many(captures.items())]
/// ['Reading', 'ParseError']
#[pyfunction]
pub(crate) fn parse_many<'py>(
    py: Python<'py>,
    captures: &Bound<'py, PyAny>,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let captures: Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)> =
        captures.try_iter()?.map(|capture| capture?.extract()).collect::<PyResult<_>>()?;
    let texts: Vec<(&str, Text<'_>)> = captures
        .iter()
        .map(|(command, text)| Ok((command.extract()?, text.extract()?)))
        .collect::<PyResult<_>>()?;
    let readings: Vec<Result<Reading, Error>> =
        py.detach(|| texts.iter().map(|(command, text)| Reading::of(show::parse(command, text)?)).collect());
    let give = |reading: Result<Reading, Error>| match reading {
        Ok(reading) => Ok(Bound::new(py, reading)?.into_any()),
        Err(why) => Ok(PyErr::from(why).into_value(py).into_bound(py).into_any()),
    };
    readings.into_iter().map(give).collect()
}

/// Facts of one command's output, and what was not understood of it.
#[pyclass(frozen, eq, hash, generic, module = "asa_failover")]
pub(crate) struct Reading {
    facts: Held,
    unread: Vec<show::Unread>,
    lines: show::Lines,
    value: PyOnceLock<Py<PyAny>>,
}

impl Reading {
    pub(crate) fn of(reading: show::Reading<show::Facts>) -> Result<Self, Error> {
        let show::Reading { value, unread, lines, .. } = reading;
        let facts =
            Held::of(value).ok_or_else(|| Error::text("this package has no class for these facts"))?;
        Ok(Self { facts, unread, lines, value: PyOnceLock::new() })
    }
}

impl PartialEq for Reading {
    fn eq(&self, other: &Self) -> bool {
        self.facts == other.facts && self.unread == other.unread && self.lines == other.lines
    }
}

impl Hash for Reading {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.facts.hash(state);
        self.unread.hash(state);
        self.lines.hash(state);
    }
}

#[pymethods]
impl Reading {
    /// What the output says: an object of the command's class in :mod:`asa_failover.show`.
    #[getter]
    fn value(&self, py: Python<'_>) -> PyResult<&Py<PyAny>> {
        self.value.get_or_try_init(py, || Ok(self.facts.give(py)?.unbind()))
    }

    /// Every line that no rule claimed, in the order printed.
    #[getter]
    fn unread(&self) -> Vec<Unread> {
        self.unread.iter().map(Unread::from).collect()
    }

    /// The lines not understood that stand among a unit's groups, interfaces and modules in
    /// ``show failover``: one of them may be the very line that says that the unit is not ready.
    #[getter]
    fn unread_in_host_blocks(&self) -> Vec<Unread> {
        self.unread.iter().filter(|unread| unread.block == Block::Host).map(Unread::from).collect()
    }

    /// What became of every line.
    #[getter]
    fn lines(&self) -> Lines {
        let show::Lines { claimed, ignored, unread, .. } = self.lines;
        Lines { claimed, ignored, unread }
    }

    /// Facts, unread lines and what became of all as a dictionary of plain values; each call makes a new one.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let reading = PyDict::new(py);
        reading.set_item("value", self.facts.to_python(py)?)?;
        reading.set_item("unread", to_python(py, &self.unread)?)?;
        reading.set_item("lines", to_python(py, &self.lines)?)?;
        Ok(reading)
    }

    fn __repr__(&self) -> String {
        format!("<Reading of {}, {} lines unread>", self.facts.class(), self.unread.len())
    }
}

/// What became of the lines of a captured text: each that has something on it is counted once.
#[pyclass(frozen, eq, hash, get_all, module = "asa_failover")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct Lines {
    /// Lines that a rule claimed: they state facts, or head or rule off those that do.
    claimed: usize,
    /// Lines that are known and left out on purpose: prompts, notices, lines that state no fact.
    ignored: usize,
    /// Lines in :attr:`Reading.unread`.
    unread: usize,
}

#[pymethods]
impl Lines {
    fn __repr__(&self) -> String {
        format!("<Lines: {} claimed, {} ignored, {} unread>", self.claimed, self.ignored, self.unread)
    }
}

/// A line that no rule claimed.
#[pyclass(frozen, eq, hash, get_all, module = "asa_failover")]
#[derive(Eq, Hash, PartialEq)]
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

impl From<&show::Unread> for Unread {
    fn from(unread: &show::Unread) -> Self {
        Self { line: unread.line, block: word(&unread.block), text: unread.text.clone() }
    }
}
