//! `rehearse`: a plan on the simulated pair, with its history and what the oracle makes of it.

use std::time::Duration;

use asa_failover_core as core;
use asa_failover_core::run::Answer;
use asa_failover_core::twin::{self, Doubt, Fault, Settings, When};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::outcome::Outcome;
use crate::pair::Pair;
use crate::plan::Plan;
use crate::value::{from_python, to_python, word};
use crate::watch::Watcher;

/// Rehearses a plan on a simulated pair, in virtual time: an hour passes in a moment.
///
/// Args:
///     plan: the plan.
///     pair: the pair whose shape the simulated one has; that of the plan by default.
///     seed: what is left to chance on the simulated pair follows from it.
///     faults: what goes wrong, as ``(when, fault)``. When is a number of seconds, or an occasion:
///         ``{"typed": {"head": "failover reload"}}``, ``{"stands": {"role": "Secondary", "standing":
///         "Bulk Sync"}}``, ``{"read": {"role": "Primary", "nth": 3}}``; the first two take ``nth`` and
///         ``after_ms``, and ``typed`` a ``role``. A fault is a word or a dictionary of one entry:
///         ``"failover-link-down"``, ``"failover-link-up"``, ``"state-link-down"``, ``"state-link-up"``,
///         ``"split-brain"``; ``{"spontaneous-failover": GROUP}``, ``{"preempt": GROUP}``; of a unit, as in
///         ``{"crash": "Primary"}``: ``crash``, ``session-loss``, ``never-returns``, ``returns-failed``,
///         ``returns-old``, ``stays-off``, ``reboots-again``, ``sync-locked``, ``copy-aborts``, ``flash-full``,
///         ``corrupt-copy``, ``save-fails``, ``save-unconfirmed``, ``save-asks``, ``save-not-replicated``,
///         ``silent``, ``heard``, ``pager-on``, ``modified``; ``{"authorization-fails": LINE}``; of a unit
///         and one thing more, as in ``{"console": [UNIT, LINE]}``: ``stuck-in`` a standing
///         that it passes on its way back (``Negotiation``, ``Cold Standby``, ``App Sync``, ``Sync Config``,
///         ``Sync File System``, ``Bulk Sync``),
///         ``mismatched`` in ``version``, ``licence``, ``mode``, ``chassis``, ``card``,
///         ``service-module`` or ``interfaces``, ``copy-refused`` for ``timed-out``, ``no-file`` or ``not-enough-space``,
///         ``replaced`` by a serial number, ``scheduled-reload`` in so many seconds, ``lose-reply`` ``before`` or ``after``, ``notice``,
///         ``sessions-taken``, ``prompt-becomes`` and ``console``; ``{"cut-after": [UNIT, BYTES, "reset"]}``
///         (or ``hang``) and ``{"notice-in": [UNIT, BYTES, TEXT]}``; ``{"interface-down": [UNIT, NAME,
///         "no-link"]}`` (or ``shut-down``, ``no-traffic``) and ``{"interface-up": [UNIT, NAME]}``, of which
///         NAME is ``inside``, or ``ctx1/inside`` for that of one context alone; ``module-down`` and
///         ``module-up`` of a unit.
///     doubts: readings of what Cisco's texts leave open, as dictionaries of one entry:
///         ``role-when-not-ready`` (``refuse``, ``confirm``, ``ignore``, ``accept-and-drop``), ``already-there``
///         (``silence``, ``error``), ``reload-standby-on-owner`` (``refuse``, ``ignore``, ``reload``),
///         ``reload-noconfirm`` (``drops``, ``saves``), ``preempt-after-move`` (``stays``, ``returns``),
///         ``link-loss`` (``both-stay``, ``standby-claims``), ``after-mismatch`` (``pseudo-standby``,
///         ``active``), ``session-end`` (``close``, ``hang``), ``delete-replicates`` (true or false),
///         ``wording`` (``believed``, ``other``), ``standby-warns`` (``configuration``, ``everything``),
///         ``crlf`` (``one``, ``two``), ``refused-as`` (``anyone``, ``enable15``), ``host-keys``
///         (``stay``, ``follow-sync``), ``claim-when-not-ready`` (as ``role-when-not-ready``, of ``failover
///         active`` alone), ``mac-state`` (``set``, ``updated-first``) and ``config-states`` (``few``, ``all``).
///     on_event: called with a :class:`Progress` after every step of the run.
///     on_question: called with a :class:`Question` at each pause; true goes on. Without it, the
///         rehearsal goes on.
///     on_probe: called between the switch and the second reload, as often as the policy's ``probe_s`` says;
///         see :func:`run`. Without it, traffic is well.
///     settings: what the simulated pair has beside what was read of the real one, each left as it is where
///         it is left out: ``module`` (the service module's name), ``monitor`` (every session is shown the
///         log), ``call_home``, ``banner`` (lines), ``hostname``, ``prompt`` (``plain``,
///         ``hostname-priority-state``), ``landing`` (``user-exec``, ``enable-unset``, ``privileged``),
///         ``connections``, ``modified``, ``clock`` (seconds since 1970), ``round_trip_ms``, ``unmonitored``
///         (interfaces), ``modified_contexts``, ``scheduled_reload_ms`` and ``host_keys`` (by unit), and
///         ``timings``: ``boot_ms``, ``hold_ms``, ``negotiation_ms``, ``cold_ms``, ``app_sync_ms``,
///         ``sync_config_ms``, ``bulk_sync_ms``, ``copy_rate`` (bytes a second), ``verify_ms``, ``save_ms``,
///         ``module_ms``, ``module_dies_ms``, ``interface_down_ms``, ``interface_silence_ms``,
///         ``interface_tests_ms``, and ``shutdown_ms`` and ``switch_ms``, each the shortest and the longest
///         time.
///
/// Raises:
///     ValueError: a fault, a reading or a setting is none, or does not fit the pair.
#[pyfunction]
#[pyo3(
    signature = (plan, pair=None, seed=1, faults=Vec::new(), doubts=Vec::new(), on_event=None, on_question=None, on_probe=None, settings=None),
    text_signature = "(plan, pair=None, seed=1, faults=(), doubts=(), on_event=None, on_question=None, on_probe=None, settings=None)"
)]
#[expect(clippy::too_many_arguments, reason = "in Python each is a keyword")]
pub(crate) fn rehearse<'py>(
    py: Python<'py>,
    plan: &Bound<'py, Plan>,
    pair: Option<&Bound<'py, Pair>>,
    seed: u64,
    faults: Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)>,
    doubts: Vec<Bound<'py, PyAny>>,
    on_event: Option<Py<PyAny>>,
    on_question: Option<Py<PyAny>>,
    on_probe: Option<Py<PyAny>>,
    settings: Option<Bound<'py, PyAny>>,
) -> Result<Bound<'py, Rehearsal>, Error> {
    let faults: Vec<(When, Fault)> = faults
        .iter()
        .enumerate()
        .map(|(at, (when, fault))| {
            Ok((occasion(when).map_err(|why| none("faults", at, when, &why))?, part("faults", at, fault)?))
        })
        .collect::<PyResult<_>>()?;
    let doubts: Vec<Doubt> =
        doubts.iter().enumerate().map(|(at, doubt)| part("doubts", at, doubt)).collect::<PyResult<_>>()?;
    let settings = settings.as_ref().map(from_python).transpose();
    let mut settings: Settings = settings
        .map_err(|why| PyValueError::new_err(format!("settings: {}", why.value(py))))?
        .unwrap_or_default();
    settings.doubts.extend(doubts);
    let plan = &plan.get().inner;
    let pair = pair.map_or_else(|| plan.pair(), |pair| &pair.get().inner);
    let mut watcher = Watcher::new(on_event, on_question, on_probe, None, Answer::Go);
    let rehearsal =
        py.detach(|| core::rehearse::rehearse_with(plan, pair, &settings, seed, &faults, &mut watcher));
    watcher.raised()?;
    let rehearsal = rehearsal.map_err(|why| PyValueError::new_err(why.to_string()))?;
    let core::rehearse::Rehearsal { outcome, history, oracle, judgement, lines, unstruck, .. } = rehearsal;
    let lines = lines.into_iter().map(|(role, line)| (role.to_string(), line)).collect();
    let init = PyClassInitializer::from(Outcome::from(outcome));
    Ok(Bound::new(py, init.add_subclass(Rehearsal { history, oracle, judgement, lines, unstruck }))?)
}

/// A number of seconds, or an occasion.
fn occasion(when: &Bound<'_, PyAny>) -> PyResult<When> {
    match when.extract::<f64>() {
        Ok(at) => {
            let at = Duration::try_from_secs_f64(at).map_err(|why| PyValueError::new_err(why.to_string()))?;
            Ok(When::At(at))
        }
        Err(_) => from_python(when),
    }
}

/// A value of a list, which is named by its place where it is none.
fn part<T: DeserializeOwned>(list: &str, at: usize, value: &Bound<'_, PyAny>) -> PyResult<T> {
    from_python(value).map_err(|why| none(list, at, value, &why))
}

fn none(list: &str, at: usize, value: &Bound<'_, PyAny>, why: &PyErr) -> PyErr {
    let why = why.value(value.py());
    let help = "help(asa_failover.rehearse) names each with what it takes";
    PyValueError::new_err(format!("{list}[{at}]: {value:?} is none: {why}; {help}"))
}

/// How a rehearsal went: an outcome, with what happened on the simulated pair.
#[pyclass(frozen, extends = Outcome, module = "asa_failover")]
pub(crate) struct Rehearsal {
    history: Vec<twin::Happening>,
    oracle: twin::Report,
    judgement: twin::Judgement,
    lines: Vec<(String, String)>,
    unstruck: Vec<twin::FaultKind>,
}

#[pymethods]
impl Rehearsal {
    /// Everything that happened, in order: ``at_ms``, ``role`` and ``what``, as plain values.
    #[getter]
    fn history<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.history)
    }

    /// What the oracle makes of it. It shares no code with the controller.
    #[getter]
    fn oracle(&self) -> Oracle {
        Oracle { inner: self.oracle.clone() }
    }

    /// What the oracle holds against the run.
    #[getter]
    fn judgement(&self) -> Judgement {
        Judgement { inner: self.judgement.clone() }
    }

    /// The state-changing lines that the units carried out, in order, each behind its unit.
    #[getter]
    fn lines(&self) -> Vec<(String, String)> {
        self.lines.clone()
    }

    /// The kinds of fault that were to strike, of which none did anything: their time did not come, or they
    /// found nothing to break. A rehearsal that went well says nothing of them.
    #[getter]
    fn unstruck(&self) -> Vec<String> {
        self.unstruck.iter().map(word).collect()
    }
}

/// What the oracle holds against a run: the rules that it broke, each with its time and its unit.
#[pyclass(frozen, eq, str = "{inner}", module = "asa_failover")]
#[derive(PartialEq)]
pub(crate) struct Judgement {
    inner: twin::Judgement,
}

#[pymethods]
impl Judgement {
    /// Whether no rule was broken, but for those that a fault excuses which no look could show.
    #[getter]
    fn is_innocent(&self) -> bool {
        self.inner.is_innocent()
    }

    /// How often each kind of fault excused something.
    #[getter]
    fn excuses<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner.excuses())
    }

    /// Everything as plain values: ``violations`` and ``excused``, each with ``at_ms``, ``role``, ``rule``,
    /// ``how`` and ``excuse``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner)
    }

    fn __repr__(&self) -> String {
        format!("<Judgement {}>", self.inner.to_string().lines().next().unwrap_or_default())
    }
}

/// What the oracle found: who forwarded each group when, and what must not have been done.
#[pyclass(frozen, eq, str = "{inner}", module = "asa_failover")]
#[derive(PartialEq)]
pub(crate) struct Oracle {
    inner: twin::Report,
}

#[pymethods]
impl Oracle {
    /// Whether every group was forwarded by exactly one unit at every moment but for the switches, and
    /// nothing was done on a wrong unit.
    #[getter]
    fn is_clean(&self) -> bool {
        self.inner.is_clean()
    }

    /// As ``is_clean``, where a gap that began with an injected fault does not count.
    #[getter]
    fn is_blameless(&self) -> bool {
        self.inner.is_blameless()
    }

    /// Everything as plain values: ``gaps``, ``doubles``, ``offences`` and ``reboots``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner)
    }

    fn __repr__(&self) -> String {
        let first = self.inner.to_string();
        format!("<Oracle {}>", first.lines().next().unwrap_or_default())
    }
}
