//! `Verdict`, with its hops, the hops it refuses, and the answers of the models.

use asa_failover_core::compat;
use pyo3::prelude::*;

use crate::guideline::{Condition, Guideline, Reason, Source};
use crate::value::{to_python, word};
use crate::version::AsaVersion;

/// The answer for one pair of releases, with everything it rests on.
///
/// ``str()`` gives the two or three lines that go into a change ticket.
#[pyclass(frozen, eq, hash, str = "{inner}", module = "asa_failover")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) inner: compat::Verdict,
}

#[pymethods]
impl Verdict {
    /// The release that runs now.
    #[getter]
    fn frm(&self) -> AsaVersion {
        self.inner.from.into()
    }

    /// The release that is wanted.
    #[getter]
    fn to(&self) -> AsaVersion {
        self.inner.to.into()
    }

    /// The model as the tables name it, or as it was asked for where they do not know it.
    #[getter]
    fn model(&self) -> Option<&str> {
        self.inner.model.as_deref()
    }

    /// The rule set that was asked for; each hop names the one that judged it.
    #[getter]
    fn rules(&self) -> String {
        self.inner.rules.to_string()
    }

    /// ``same``, ``hitless``, ``needs_stops``, ``not_hitless``, ``refused``, ``downgrade`` or ``unknown``.
    #[getter]
    fn kind(&self) -> &str {
        self.inner.kind.name()
    }

    /// Whether every hop of the path keeps traffic flowing.
    #[getter]
    fn is_hitless(&self) -> bool {
        self.inner.is_hitless()
    }

    /// Why it is not a plain yes, and what to do next; ``None`` where it is one, and beside a way back that the
    /// maintenance rule covers.
    #[getter]
    fn reason(&self) -> Option<Reason> {
        self.inner.reason().map(Reason::from)
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

    /// Why no stop may be left out: the hops that a shorter path would need.
    #[getter]
    fn skips(&self) -> Vec<Skip> {
        self.inner.skips.iter().cloned().map(Skip::from).collect()
    }

    /// A shorter way that another published text allows.
    #[getter]
    fn alternative(&self) -> Option<Alternative> {
        self.inner.alternative.clone().map(Alternative::from)
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

    /// Those sources themselves, as far as the tables have them.
    #[getter]
    fn cited(&self) -> Vec<Source> {
        self.inner.cited.iter().map(Source::from).collect()
    }

    /// What the answer rests on at its weakest place, conditions included: ``vendor``, ``copy``, ``measured``,
    /// ``derived``, ``site`` or ``memory``.
    #[getter]
    fn basis(&self) -> Option<String> {
        self.inner.basis().as_ref().map(word)
    }

    /// What must hold, or be accepted by its id in a goal, before anyone acts on this answer.
    #[getter]
    fn conditions(&self) -> Vec<Condition> {
        self.inner.conditions.iter().map(Condition::from).collect()
    }

    /// The published guidelines that the hops meet, conditions among them: first what may lock the operator
    /// out, then what speaks of these releases, then what holds of every upgrade.
    #[getter]
    fn guidelines(&self) -> Vec<Guideline> {
        self.inner.guidelines.iter().map(Guideline::from).collect()
    }

    /// The answers of the models, where none was named and they differ.
    #[getter]
    fn by_model(&self) -> Vec<ByModel> {
        self.inner.by_model.iter().cloned().map(ByModel::from).collect()
    }

    /// What a reader should know and nothing depends on.
    #[getter]
    fn notes(&self) -> Vec<&str> {
        self.inner.notes.iter().map(String::as_str).collect()
    }

    /// How the model is told what to boot, as :attr:`Model.boot` says it: whether a step is allowed and
    /// whether a plan can drive it are two answers.
    #[getter]
    fn boot(&self) -> Option<String> {
        self.inner.boot.as_ref().map(word)
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
#[pyclass(frozen, eq, hash, module = "asa_failover")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct Hop {
    inner: compat::Hop,
}

#[pymethods]
impl Hop {
    /// The release before the hop.
    #[getter]
    fn frm(&self) -> AsaVersion {
        self.inner.from.into()
    }

    /// The release after it: a stop, or the release wanted.
    #[getter]
    fn to(&self) -> AsaVersion {
        self.inner.to.into()
    }

    /// ``maintenance``, ``minor``, ``major`` or ``direct``.
    #[getter]
    fn kind(&self) -> String {
        self.inner.kind.to_string()
    }

    /// The rule that allows it.
    #[getter]
    fn rule(&self) -> &str {
        &self.inner.rule
    }

    /// What the rule says, in one sentence.
    #[getter]
    fn text(&self) -> &str {
        &self.inner.text
    }

    /// The rule set that judged it: ``strict`` or ``current``.
    #[getter]
    fn rules(&self) -> String {
        self.inner.rules.to_string()
    }

    /// Why this hop interrupts traffic, where it does.
    #[getter]
    fn interrupts(&self) -> Option<Reason> {
        self.inner.interrupts.as_ref().map(Reason::from)
    }

    /// Keys of the sources of the rule.
    #[getter]
    fn sources(&self) -> Vec<&str> {
        self.inner.sources.iter().map(String::as_str).collect()
    }

    /// What the rule rests on.
    #[getter]
    fn basis(&self) -> String {
        word(&self.inner.basis)
    }

    /// What weakens the rule, where something does: one excerpt, a dated copy.
    #[getter]
    fn caveat(&self) -> Option<&str> {
        self.inner.caveat.as_deref()
    }

    fn __repr__(&self) -> String {
        format!("<Hop {} to {}, {}>", self.inner.from, self.inner.to, self.inner.rule)
    }
}

impl From<&compat::Hop> for Hop {
    fn from(inner: &compat::Hop) -> Self {
        Self { inner: inner.clone() }
    }
}

/// A hop that is not allowed, and so a stop is needed.
#[pyclass(frozen, eq, hash, module = "asa_failover")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct Skip {
    inner: compat::Skip,
}

#[pymethods]
impl Skip {
    /// The release before the hop that is not allowed.
    #[getter]
    fn frm(&self) -> AsaVersion {
        self.inner.from.into()
    }

    /// The release after it.
    #[getter]
    fn to(&self) -> AsaVersion {
        self.inner.to.into()
    }

    /// Why not.
    #[getter]
    fn why(&self) -> Reason {
        Reason::from(&self.inner.why)
    }

    fn __repr__(&self) -> String {
        format!("<Skip {} to {}: {}>", self.inner.from, self.inner.to, self.inner.why.text)
    }
}

impl From<compat::Skip> for Skip {
    fn from(inner: compat::Skip) -> Self {
        Self { inner }
    }
}

/// A shorter way by another rule set than the one that judged.
#[pyclass(frozen, eq, hash, module = "asa_failover")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct Alternative {
    inner: compat::Alternative,
}

#[pymethods]
impl Alternative {
    /// The rule set to ask for.
    #[getter]
    fn rules(&self) -> String {
        self.inner.rules.to_string()
    }

    /// Its way.
    #[getter]
    fn path(&self) -> Vec<Hop> {
        self.inner.path.iter().map(Hop::from).collect()
    }

    fn __repr__(&self) -> String {
        format!("<Alternative by the {} rules, {} hops>", self.inner.rules, self.inner.path.len())
    }
}

impl From<compat::Alternative> for Alternative {
    fn from(inner: compat::Alternative) -> Self {
        Self { inner }
    }
}

/// The answer of some models, to a question that named none. ``str()`` gives it in a few words.
#[pyclass(frozen, eq, hash, str = "{inner}", module = "asa_failover")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct ByModel {
    inner: compat::ByModel,
}

#[pymethods]
impl ByModel {
    /// The models, by name.
    #[getter]
    fn models(&self) -> Vec<&str> {
        self.inner.models.iter().map(String::as_str).collect()
    }

    /// Their answer, as :attr:`Verdict.kind` says it.
    #[getter]
    fn kind(&self) -> &str {
        self.inner.kind.name()
    }

    /// Why it is not a plain yes.
    #[getter]
    fn reason(&self) -> Option<Reason> {
        self.inner.kind.reason().map(Reason::from)
    }

    /// Their stops.
    #[getter]
    fn stops(&self) -> Vec<AsaVersion> {
        self.inner.stops.iter().copied().map(AsaVersion::from).collect()
    }

    fn __repr__(&self) -> String {
        format!("<ByModel {}>", self.inner)
    }
}

impl From<compat::ByModel> for ByModel {
    fn from(inner: compat::ByModel) -> Self {
        Self { inner }
    }
}
