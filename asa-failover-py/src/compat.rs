//! `Compat` and its verdicts.

use asa_failover_core::compat;
use pyo3::prelude::*;

use crate::asdm::{Asdm, AsdmSteps};
use crate::error::Error;
use crate::model::Model;
use crate::value::{to_python, word};
use crate::version::{AsaVersion, Release, releases};

/// The compiled-in tables: which release may follow which without downtime, each row with its source.
///
/// >>> from asa_failover import Compat
/// >>> verdict = Compat().between("7.0(4)", "7.2(1)", model="ASA5520")
/// >>> verdict.kind, verdict.stops, verdict.rule
/// ('needs_stops', [AsaVersion('7.1(2)')], 'strict.minor.next')
#[pyclass(frozen, module = "asa_failover")]
pub(crate) struct Compat {
    inner: &'static compat::Compat,
}

#[pymethods]
impl Compat {
    #[new]
    fn new() -> Self {
        Self { inner: compat::Compat::bundled() }
    }

    /// May a pair go from one release to another without downtime, and over which stops.
    ///
    /// Args:
    ///     frm: the release that runs.
    ///     to: the release that is wanted.
    ///     model: the model as people type it or as ``show version`` prints it. What the platform runs
    ///         is not judged without it.
    ///     rules: ``auto``, ``strict`` or ``current``.
    ///     stops: releases to stop at, oldest first.
    ///
    /// Raises:
    ///     ParseError: a release or the name of the rule set is no such.
    #[pyo3(signature = (frm, to, model=None, rules="auto", stops=Vec::new()), text_signature = "($self, frm, to, model=None, rules='auto', stops=())")]
    fn between(
        &self,
        frm: Release,
        to: Release,
        model: Option<&str>,
        rules: &str,
        stops: Vec<Release>,
    ) -> Result<Verdict, Error> {
        let rules = rules.parse().map_err(Error::text)?;
        Ok(self.inner.between_over(frm.0, to.0, &releases(stops), model, rules).into())
    }

    /// Which ASDM goes with an ASA release, and whether the present one still manages it.
    ///
    /// Args:
    ///     target: the ASA release.
    ///     present: the ASDM that is there.
    ///
    /// Raises:
    ///     ParseError: one of them is no release.
    ///
    /// >>> from asa_failover import Compat
    /// >>> asdm = Compat().asdm("9.18(4)", present="7.16(1)")
    /// >>> asdm.fit, asdm.stage, asdm.images
    /// ('too_old', AsaVersion('7.18(1)152'), [ImageName('asdm-7181-152.bin')])
    #[pyo3(signature = (target, present=None))]
    fn asdm(&self, target: Release, present: Option<Release>) -> Asdm {
        self.inner.asdm(target.0, present.map(|present| present.0)).into()
    }

    /// Which ASDM to stage at each hop of a way of ASA releases.
    ///
    /// Args:
    ///     frm: the ASA release that runs.
    ///     path: the releases after it, in order.
    ///     present: the ASDM that is there.
    ///
    /// Raises:
    ///     ParseError: one of them is no release.
    ///
    /// >>> from asa_failover import Compat
    /// >>> steps = Compat().asdm_steps("7.0(8)", ["7.1(2)", "7.2(5)"], present="5.0(9)")
    /// >>> [step.stage for step in steps.steps]
    /// [[AsaVersion('5.1(1)')], [AsaVersion('5.2(1)')]]
    #[pyo3(signature = (frm, path, present=None))]
    fn asdm_steps(&self, frm: Release, path: Vec<Release>, present: Option<Release>) -> AsdmSteps {
        self.inner.asdm_steps(frm.0, &releases(path), present.map(|present| present.0)).into()
    }

    /// Which ASDM to stage along the way of a verdict; without a way there are no steps.
    ///
    /// Args:
    ///     verdict: the verdict.
    ///     present: the ASDM that is there.
    ///
    /// Raises:
    ///     ParseError: ``present`` is no release.
    #[pyo3(signature = (verdict, present=None))]
    fn asdm_for(&self, verdict: &Verdict, present: Option<Release>) -> AsdmSteps {
        self.inner.asdm_for(&verdict.inner, present.map(|present| present.0)).into()
    }

    /// Why ASDM may not go from one of its releases to another in one go; ``None`` where it may.
    ///
    /// Args:
    ///     frm: the ASDM that is there.
    ///     to: the ASDM that is wanted.
    ///
    /// Raises:
    ///     ParseError: one of them is no release.
    #[pyo3(signature = (frm, to))]
    fn asdm_jump(&self, frm: Release, to: Release) -> Option<String> {
        self.inner.asdm_jump(frm.0, to.0).map(|why| why.text)
    }

    /// The model by a name that people type or ``show version`` prints; ``None`` where it is not in
    /// the tables.
    ///
    /// Args:
    ///     name: ``ASA 5525-X``, ``asa5525``, ``FPR-2130``.
    ///
    /// >>> from asa_failover import Compat
    /// >>> model = Compat().model("ASA5505")
    /// >>> model.name, model.stateful, model.runs("9.8(4)")["answer"]
    /// ('ASA 5505', 'no', 'outside')
    #[pyo3(signature = (name))]
    fn model(&self, name: &str) -> Option<Model> {
        self.inner.model(name).map(|model| Model::of(self.inner, model))
    }

    /// Every model of the tables.
    fn models(&self) -> Vec<Model> {
        self.inner.models().map(|model| Model::of(self.inner, model)).collect()
    }

    /// SHA-256 over all tables: names the knowledge that an answer rests on.
    #[getter]
    fn table_hash(&self) -> &str {
        self.inner.table_hash()
    }

    fn __repr__(&self) -> String {
        format!("<Compat {}>", self.inner.table_hash().get(..16).unwrap_or_default())
    }
}

/// The tables that are asked for, or those compiled in.
pub(crate) fn tables(compat: Option<&Bound<'_, Compat>>) -> &'static compat::Compat {
    compat.map_or_else(compat::Compat::bundled, |compat| compat.get().inner)
}

/// The answer for one pair of releases, with everything it rests on.
#[pyclass(frozen, eq, hash, str = "{inner}", module = "asa_failover")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct Verdict {
    inner: compat::Verdict,
}

#[pymethods]
impl Verdict {
    /// ``same``, ``hitless``, ``needs_stops``, ``not_hitless``, ``refused``, ``downgrade`` or ``unknown``.
    #[getter]
    fn kind(&self) -> String {
        let kind = serde_json::to_value(&self.inner.kind).unwrap_or_default();
        kind.get("kind").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
    }

    /// Whether every hop of the path keeps traffic flowing.
    #[getter]
    fn is_hitless(&self) -> bool {
        self.inner.is_hitless()
    }

    /// Why it is not a plain yes.
    #[getter]
    fn reason(&self) -> Option<&str> {
        self.inner.reason().map(|reason| reason.text.as_str())
    }

    /// The hops in order; empty where there is no way, or none is needed.
    #[getter]
    fn path(&self) -> Vec<Hop> {
        self.inner.path.iter().map(Hop::from).collect()
    }

    /// The releases between the one that runs and the one wanted.
    #[getter]
    fn stops(&self) -> Vec<AsaVersion> {
        self.inner.stops().map(AsaVersion::from).collect()
    }

    /// The rule or row that decided.
    #[getter]
    fn rule(&self) -> Option<&str> {
        self.inner.rule()
    }

    /// The keys of all sources that the answer rests on.
    #[getter]
    fn sources(&self) -> Vec<&str> {
        self.inner.sources()
    }

    /// What must hold, or be accepted by its id in a goal, before anyone acts on this answer.
    #[getter]
    fn conditions(&self) -> Vec<Condition> {
        self.inner.conditions.iter().map(Condition::from).collect()
    }

    /// What a reader should know of the way and nothing depends on; ``notes`` in :meth:`to_dict`.
    #[getter]
    fn guidelines(&self) -> Vec<&str> {
        self.inner.notes.iter().map(String::as_str).collect()
    }

    /// The whole answer as plain values; its ``schema`` names the form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner)
    }

    fn __repr__(&self) -> String {
        format!("<Verdict {} to {}: {}>", self.inner.from, self.inner.to, self.kind())
    }
}

impl From<compat::Verdict> for Verdict {
    fn from(inner: compat::Verdict) -> Self {
        Self { inner }
    }
}

/// One step of a path: one release to the next, both units.
#[pyclass(frozen, eq, get_all, module = "asa_failover")]
#[derive(Clone, PartialEq)]
pub(crate) struct Hop {
    /// The release before the hop.
    frm: AsaVersion,
    /// The release after it.
    to: AsaVersion,
    /// ``maintenance``, ``minor``, ``major`` or ``direct``.
    kind: String,
    /// The rule that allows it.
    rule: String,
    /// The rule set that judged it: ``strict`` or ``current``.
    rules: String,
    /// Why this hop interrupts traffic, where it does.
    interrupts: Option<String>,
    /// Keys of the sources of the rule.
    sources: Vec<String>,
    /// What the rule rests on.
    basis: String,
}

#[pymethods]
impl Hop {
    fn __repr__(&self) -> String {
        format!("<Hop {} to {}, {}>", self.frm.inner, self.to.inner, self.rule)
    }
}

impl From<&compat::Hop> for Hop {
    fn from(hop: &compat::Hop) -> Self {
        Self {
            frm: hop.from.into(),
            to: hop.to.into(),
            kind: word(&hop.kind),
            rule: hop.rule.clone(),
            rules: word(&hop.rules),
            interrupts: hop.interrupts.as_ref().map(|why| why.text.clone()),
            sources: hop.sources.clone(),
            basis: word(&hop.basis),
        }
    }
}

/// Something that must hold, or be accepted by its id.
#[pyclass(frozen, eq, get_all, module = "asa_failover")]
#[derive(Clone, PartialEq)]
pub(crate) struct Condition {
    /// The id by which a goal accepts it.
    id: String,
    /// One sentence.
    text: String,
    /// What it rests on.
    basis: String,
    /// Keys of its sources.
    sources: Vec<String>,
}

#[pymethods]
impl Condition {
    fn __repr__(&self) -> String {
        format!("<Condition {}: {}>", self.id, self.text)
    }
}

impl From<&compat::Condition> for Condition {
    fn from(condition: &compat::Condition) -> Self {
        Self {
            id: condition.id.clone(),
            text: condition.text.clone(),
            basis: word(&condition.basis),
            sources: condition.sources.clone(),
        }
    }
}
