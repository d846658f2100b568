//! Who watches a run: the callbacks `on_event` and `on_question`, Ctrl-C, and a stop flag.

use asa_failover_core::decide;
use asa_failover_core::drive::Operator;
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::run::{self, Action, Answer, Event};
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::intern;
use pyo3::prelude::*;

use crate::value::{to_python, word};

/// Where a run stands: what is awaited, since when, and where each unit is.
#[pyclass(frozen, eq, str = "{inner}", module = "asa_failover")]
#[derive(PartialEq)]
pub(crate) struct Progress {
    pub(crate) inner: run::Progress,
}

#[pymethods]
impl Progress {
    /// Milliseconds since the run began.
    #[getter]
    const fn at_ms(&self) -> u64 {
        self.inner.at.as_millis()
    }

    /// The command that is under way, as it is typed.
    #[getter]
    fn command(&self) -> Option<&str> {
        self.inner.command.as_deref()
    }

    /// The unit that runs it, ``Primary`` or ``Secondary``; none while nobody knows yet which unit answers there.
    #[getter]
    fn unit(&self) -> Option<String> {
        self.inner.unit.map(|unit| unit.to_string())
    }

    /// What stands in the way of what is awaited.
    #[getter]
    fn why(&self) -> Option<&str> {
        self.inner.why.as_deref()
    }

    /// What it mostly means, where it takes longer than it typically does: ``awaited``, ``waited_s``,
    /// ``typical_s``, ``meaning``, and in ``look`` the lines that tell more, each behind its unit.
    #[getter]
    fn symptom<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.inner.symptom.as_ref().map(|symptom| to_python(py, symptom)).transpose()
    }

    /// How long it has been awaited, in milliseconds.
    #[getter]
    fn waited_ms(&self) -> Option<u64> {
        let (_, since) = self.inner.awaited?;
        Some(self.inner.at.as_millis().saturating_sub(since.as_millis()))
    }

    /// Everything as plain values: ``at``, ``command``, ``unit``, ``awaited``, ``why``, ``symptom`` and ``units``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner)
    }

    fn __repr__(&self) -> String {
        format!("<Progress {}>", self.inner)
    }
}

/// A question to the operator: whether the run shall go on at a point that the policy names.
#[pyclass(frozen, eq, hash, module = "asa_failover")]
#[derive(Clone, Eq, Hash, PartialEq)]
pub(crate) struct Question {
    pub(crate) inner: decide::Question,
}

#[pymethods]
impl Question {
    /// The hop, from 1.
    #[getter]
    const fn hop(&self) -> usize {
        self.inner.hop
    }

    /// ``before-switch`` or ``before-second-reload``.
    #[getter]
    fn pause(&self) -> String {
        word(&self.inner.pause)
    }

    /// The state-changing lines of the way back from here, in order, each behind the unit that runs it:
    /// :meth:`Plan.way_back`.
    #[getter]
    fn back(&self) -> Vec<(String, String)> {
        self.inner.back.iter().map(|(unit, line)| (unit.to_string(), line.clone())).collect()
    }

    fn __repr__(&self) -> String {
        format!("<Question {} of hop {}>", self.pause(), self.inner.hop)
    }
}

/// The operator of a run in Python. What a callback raises stops the run in good order first.
pub(crate) struct Watcher {
    on_event: Option<Py<PyAny>>,
    on_question: Option<Py<PyAny>>,
    on_probe: Option<Py<PyAny>>,
    stop: Option<Py<PyAny>>,
    unasked: Answer,
    ending: Ending,
}

/// Whether the run shall stop, and what is raised once it has.
#[derive(Default)]
struct Ending {
    wanted: bool,
    raised: Option<PyErr>,
}

impl Ending {
    /// Ctrl-C asks for a stop; any other exception does too, and is raised in the end.
    fn note(&mut self, py: Python<'_>, error: PyErr) {
        self.wanted = true;
        if !error.is_instance_of::<PyKeyboardInterrupt>(py) && self.raised.is_none() {
            self.raised = Some(error);
        }
    }
}

impl Watcher {
    /// Watches with these callbacks; `unasked` is the word where there is none to ask or to probe.
    pub(crate) fn new(
        on_event: Option<Py<PyAny>>,
        on_question: Option<Py<PyAny>>,
        on_probe: Option<Py<PyAny>>,
        stop: Option<Py<PyAny>>,
        unasked: Answer,
    ) -> Self {
        Self { on_event, on_question, on_probe, stop, unasked, ending: Ending::default() }
    }

    /// What a callback raised, once the run has ended.
    pub(crate) fn raised(self) -> PyResult<()> {
        self.ending.raised.map_or(Ok(()), Err)
    }
}

impl Operator for Watcher {
    fn ask(&mut self, question: &decide::Question) -> Answer {
        let Self { on_question: Some(ask), ending, .. } = self else { return self.unasked };
        let question = Question { inner: question.clone() };
        Python::attach(|py| match ask.call1(py, (question,)).and_then(|word| word.is_truthy(py)) {
            Ok(true) => Answer::Go,
            Ok(false) => Answer::Halt,
            Err(error) => {
                ending.note(py, error);
                Answer::Halt
            }
        })
    }

    /// `None` and true are well, false and a text are not. What raises is not well either.
    fn probe(&mut self) -> Result<(), String> {
        let Self { on_probe: Some(probe), ending, .. } = self else {
            return match self.unasked {
                Answer::Go => Ok(()),
                Answer::Halt => Err("there is no on_probe to ask".to_owned()),
            };
        };
        Python::attach(|py| {
            let word = |word: Bound<'_, PyAny>| {
                if word.is_none() {
                    return Ok(Ok(()));
                }
                match word.extract::<String>() {
                    Ok(why) => Ok(Err(why)),
                    Err(_) if word.is_truthy()? => Ok(Ok(())),
                    Err(_) => Ok(Err("the probe says no".to_owned())),
                }
            };
            probe.bind(py).call0().and_then(word).unwrap_or_else(|error: PyErr| {
                let why = format!("the probe raised {error}");
                ending.note(py, error);
                Err(why)
            })
        })
    }

    fn saw(&mut self, at: Elapsed, _: &Event, _: &Action, run: &run::Run) {
        let Self { on_event: Some(tell), ending, .. } = self else { return };
        let progress = Progress { inner: run.progress(at) };
        Python::attach(|py| {
            if let Err(error) = tell.call1(py, (progress,)) {
                ending.note(py, error);
            }
        });
    }

    fn wants_stop(&mut self) -> bool {
        let Self { stop, ending, .. } = self;
        Python::attach(|py| {
            if let Err(error) = py.check_signals() {
                ending.note(py, error);
            }
            let asked = stop.as_ref().map_or(Ok(false), |stop| {
                stop.call_method0(py, intern!(py, "is_set")).and_then(|set| set.is_truthy(py))
            });
            match asked {
                Ok(asked) => ending.wanted |= asked,
                Err(error) => ending.note(py, error),
            }
        });
        ending.wanted
    }
}
