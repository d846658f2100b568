//! `Run` without any IO: events in, one action out, for callers with a transport of their own.

use std::sync::{Mutex, PoisonError};

use asa_failover_core::command;
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::link::{Endpoint, Refused, SessionId, Via};
use asa_failover_core::run::{self, Record, Records};
use asa_failover_core::session::prompt;
use pyo3::prelude::*;

use crate::error::Error;
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::value::{from_python, to_python, word};
use crate::watch::{Progress, Question};

/// An upgrade under way, sans-IO: it is told what happened and says what to do next.
///
/// Every action is answered by exactly one event. A ``record`` action must be made durable before it is
/// answered by :meth:`Event.recorded`: nothing is sent before that.
///
/// Args:
///     plan: the plan.
///     owner: who runs it, for the records.
#[pyclass(frozen, module = "asa_failover")]
pub(crate) struct Run {
    inner: Mutex<run::Run>,
}

#[pymethods]
impl Run {
    #[new]
    #[pyo3(signature = (plan, *, owner=""))]
    fn new(plan: &Bound<'_, Plan>, owner: &str) -> Self {
        Self { inner: Mutex::new(run::Run::new(&plan.get().inner).with_owner(owner)) }
    }

    /// Takes in what happened and says what to do next.
    ///
    /// Args:
    ///     elapsed_ms: milliseconds since the run began, on a clock that never goes back.
    ///     event: what became of the last action.
    #[pyo3(signature = (elapsed_ms, event, /))]
    fn step(&self, elapsed_ms: u64, event: &Bound<'_, Event>) -> Action {
        let event = event.get().inner.clone();
        let action = self.with(|run| run.step(Elapsed::from_millis(elapsed_ms), event));
        Action { inner: action }
    }

    /// Where the run stands.
    ///
    /// Args:
    ///     elapsed_ms: milliseconds since the run began.
    #[pyo3(signature = (elapsed_ms, /))]
    fn progress(&self, elapsed_ms: u64) -> Progress {
        Progress { inner: self.with(|run| run.progress(Elapsed::from_millis(elapsed_ms))) }
    }

    #[expect(clippy::unused_self, reason = "Python asks the object")]
    const fn __repr__(&self) -> &'static str {
        "<Run>"
    }
}

impl Run {
    /// The run, alone. `step` is total, so a lock that a panic left holds a run in good order.
    fn with<T>(&self, act: impl FnOnce(&mut run::Run) -> T) -> T {
        act(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What a run asks for. Attributes that do not belong to its ``kind`` are ``None``.
#[pyclass(frozen, eq, module = "asa_failover")]
#[derive(PartialEq)]
pub(crate) struct Action {
    inner: run::Action,
}

#[pymethods]
impl Action {
    /// ``connect``, ``send``, ``record``, ``sleep``, ``ask``, ``probe`` or ``finish``.
    #[getter]
    const fn kind(&self) -> &'static str {
        match self.inner {
            run::Action::Connect { .. } => "connect",
            run::Action::Send { .. } => "send",
            run::Action::Record(_) => "record",
            run::Action::Sleep { .. } => "sleep",
            run::Action::Ask(_) => "ask",
            run::Action::Probe { .. } => "probe",
            run::Action::Finish(_) => "finish",
        }
    }

    /// Of ``connect``, where to: ``active`` or ``standby``.
    #[getter]
    fn endpoint(&self) -> Option<String> {
        match &self.inner {
            run::Action::Connect { endpoint, .. } => Some(word(endpoint)),
            _ => None,
        }
    }

    /// Of ``connect``, ``send``, ``probe`` and ``sleep``: give up, or wake, at this time of the run in milliseconds.
    #[getter]
    const fn by_ms(&self) -> Option<u64> {
        match self.inner {
            run::Action::Connect { by, .. }
            | run::Action::Send { by, .. }
            | run::Action::Probe { by }
            | run::Action::Sleep { until: by } => Some(by.as_millis()),
            _ => None,
        }
    }

    /// Of ``send`` with a line that changes something: run it before this time of the run in milliseconds, or not at all.
    /// What it was decided on grows old: where Enter would go out later, the session is given up.
    #[getter]
    fn enter_by_ms(&self) -> Option<u64> {
        match self.inner {
            run::Action::Send { enter_by, .. } => enter_by.map(Elapsed::as_millis),
            _ => None,
        }
    }

    /// Of ``send``, the number of the session.
    #[getter]
    const fn session(&self) -> Option<u32> {
        match self.inner {
            run::Action::Send { session, .. } => Some(session.0),
            _ => None,
        }
    }

    /// Of ``send``, the line to type, without its end.
    #[getter]
    fn line(&self) -> Option<String> {
        self.command().map(|(command, via)| command.line(via))
    }

    /// Of ``send``, what the line does: ``reads``, ``moves`` the session, ``changes`` configuration or
    /// flash, ``disrupts``.
    #[getter]
    fn effect(&self) -> Option<&'static str> {
        self.command().map(|(command, _)| match command.effect() {
            command::Effect::Reads => "reads",
            command::Effect::Moves => "moves",
            command::Effect::Changes => "changes",
            command::Effect::Disrupts => "disrupts",
        })
    }

    /// Of ``send``, the questions that may be answered, each with what is typed then, once. Any other
    /// question is left unanswered and told by :meth:`Event.questioned`.
    #[getter]
    fn permitted(&self) -> Option<Vec<(&'static str, String)>> {
        let (command, _) = self.command()?;
        let typed = |answer| match answer {
            command::Answer::Line(text) => format!("{text}\r"),
            command::Answer::Key(key) => String::from(key),
        };
        Some(
            command
                .permitted()
                .iter()
                .map(|permitted| (permitted.question, typed(permitted.answer)))
                .collect(),
        )
    }

    /// Of ``record``, what to make durable, as plain values.
    #[getter]
    fn record<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        match &self.inner {
            run::Action::Record(record) => to_python(py, record).map(Some),
            _ => Ok(None),
        }
    }

    /// Of ``ask``, the question.
    #[getter]
    fn question(&self) -> Option<Question> {
        match &self.inner {
            run::Action::Ask(question) => Some(Question { inner: question.clone() }),
            _ => None,
        }
    }

    /// Of ``finish``, the outcome.
    #[getter]
    fn outcome(&self) -> Option<Outcome> {
        match &self.inner {
            run::Action::Finish(outcome) => Some(outcome.clone().into()),
            _ => None,
        }
    }

    fn __repr__(&self) -> String {
        let detail = self.endpoint().or_else(|| self.line()).unwrap_or_default();
        format!("<Action {}>", format!("{} {detail}", self.kind()).trim_end())
    }
}

impl Action {
    const fn command(&self) -> Option<(&command::Command, Via)> {
        match &self.inner {
            run::Action::Send { command, via, .. } => Some((command, *via)),
            _ => None,
        }
    }
}

/// What became of an action; made by one of its static methods.
#[pyclass(frozen, eq, module = "asa_failover")]
#[derive(PartialEq)]
pub(crate) struct Event {
    inner: run::Event,
}

#[pymethods]
impl Event {
    /// The run begins.
    #[staticmethod]
    const fn start() -> Self {
        Self { inner: run::Event::Start }
    }

    /// The run goes on from the records of an earlier one, in order.
    ///
    /// Raises:
    ///     ValueError: a record is none.
    #[staticmethod]
    fn resume(records: Vec<Bound<'_, PyAny>>) -> PyResult<Self> {
        let mut earlier = Records::default();
        earlier.records = records.iter().map(from_python::<Record>).collect::<PyResult<_>>()?;
        Ok(Self { inner: run::Event::Resume(earlier) })
    }

    /// A session stands.
    ///
    /// Args:
    ///     session: a number of the caller's choice that was never used before in this run.
    ///     prompt: the prompt it stands at, ``fw/pri/act#``.
    ///
    /// Raises:
    ///     ParseError: the prompt is none.
    #[staticmethod]
    fn connected(session: u32, prompt: &str) -> Result<Self, Error> {
        let prompt = finished(prompt)?;
        Ok(Self { inner: run::Event::Connected { session: SessionId(session), prompt } })
    }

    /// No session came about.
    ///
    /// Args:
    ///     endpoint: ``active`` or ``standby``.
    ///     why: why not.
    ///     waiting_may_help: whether the address just does not answer; a refused login or host key is
    ///         nothing that waiting cures.
    #[staticmethod]
    #[pyo3(signature = (endpoint, why, *, waiting_may_help))]
    fn refused(endpoint: &Bound<'_, PyAny>, why: String, waiting_may_help: bool) -> PyResult<Self> {
        let endpoint: Endpoint = from_python(endpoint)?;
        let why = if waiting_may_help {
            Refused::Unreachable { address: endpoint.to_string(), why }
        } else {
            Refused::Setup(format!("{endpoint}: {why}"))
        };
        Ok(Self { inner: run::Event::Refused { endpoint, why } })
    }

    /// The unit answered.
    ///
    /// Args:
    ///     session: the session.
    ///     output: what stands between the typed line and the prompt.
    ///     prompt: the prompt after it.
    ///
    /// Raises:
    ///     ParseError: the prompt is none.
    #[staticmethod]
    fn replied(session: u32, output: String, prompt: &str) -> Result<Self, Error> {
        let prompt = finished(prompt)?;
        Ok(Self { inner: run::Event::Replied { session: SessionId(session), output, prompt } })
    }

    /// The unit asked what nobody may answer; the session was given up.
    #[staticmethod]
    const fn questioned(session: u32, question: String) -> Self {
        Self { inner: run::Event::Questioned { session: SessionId(session), question } }
    }

    /// The session is gone.
    #[staticmethod]
    const fn dropped(session: u32) -> Self {
        Self { inner: run::Event::Dropped { session: SessionId(session) } }
    }

    /// What was asked for did not happen in time, or a sleep is over.
    #[staticmethod]
    const fn timed_out() -> Self {
        Self { inner: run::Event::TimedOut }
    }

    /// The record is durable.
    #[staticmethod]
    const fn recorded() -> Self {
        Self { inner: run::Event::Recorded }
    }

    /// The record is not durable, and will not be.
    #[staticmethod]
    const fn record_failed(why: String) -> Self {
        Self { inner: run::Event::RecordFailed(why) }
    }

    /// The operator's word at a pause: true goes on.
    #[staticmethod]
    const fn answered(go: bool) -> Self {
        Self { inner: run::Event::Answered(if go { run::Answer::Go } else { run::Answer::Halt }) }
    }

    /// The health probe has ended: traffic is well on the new release, or why not.
    #[staticmethod]
    #[pyo3(signature = (why=None))]
    fn probed(why: Option<String>) -> Self {
        Self { inner: run::Event::Probed(why.map_or(Ok(()), Err)) }
    }

    /// Nothing of a line that changes something was typed, and nothing will be. Where a byte of it was written nobody knows
    /// whether it ran: that is ``dropped`` or ``timed_out``.
    #[staticmethod]
    const fn not_sent() -> Self {
        Self { inner: run::Event::NotSent }
    }

    /// Stop in good order; the last action was not performed. A record is made durable and answered as that all the same. A
    /// line that changes something counts as one that may have run, where ``not_sent`` was not told first.
    #[staticmethod]
    const fn stop() -> Self {
        Self { inner: run::Event::Stop }
    }

    fn __repr__(&self) -> String {
        let name = match &self.inner {
            run::Event::Start => "start",
            run::Event::Resume(_) => "resume",
            run::Event::Connected { .. } => "connected",
            run::Event::Refused { .. } => "refused",
            run::Event::Replied { .. } => "replied",
            run::Event::Questioned { .. } => "questioned",
            run::Event::Dropped { .. } => "dropped",
            run::Event::TimedOut => "timed_out",
            run::Event::Recorded => "recorded",
            run::Event::RecordFailed(_) => "record_failed",
            run::Event::Answered(_) => "answered",
            run::Event::Probed(_) => "probed",
            run::Event::NotSent => "not_sent",
            run::Event::Stop => "stop",
        };
        format!("<Event {name}>")
    }
}

/// A prompt by its text.
fn finished(text: &str) -> Result<asa_failover_core::session::Prompt, Error> {
    prompt(text).ok_or_else(|| Error::text(format!("expected a prompt such as fw/pri/act#, found {text:?}")))
}
