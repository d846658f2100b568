//! `Guideline`, `Condition`, `Reason` and `Source`: what an answer asks for, and what that rests on.

use std::sync::Arc;

use asa_failover_core::compat;
use pyo3::prelude::*;

use crate::value::word;

/// A published guideline: what is so on a hop, and what to do about it.
#[pyclass(frozen, eq, hash, module = "asa_failover")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct Guideline {
    inner: Arc<compat::Guideline>,
}

#[pymethods]
impl Guideline {
    /// A stable id: ``rsa-keys.9.16``, ``exception.CSCug88962``.
    #[getter]
    fn id(&self) -> &str {
        &self.inner.id
    }

    /// What it does to a plan: ``unconditional``, ``condition``, ``procedure`` or ``note``.
    #[getter]
    fn kind(&self) -> String {
        word(&self.inner.kind)
    }

    /// Whether the step may lock the operator out of the device.
    #[getter]
    fn lockout(&self) -> bool {
        self.inner.lockout
    }

    /// Whether it speaks of every hop rather than of some releases.
    #[getter]
    fn general(&self) -> bool {
        self.inner.general
    }

    /// Whether it speaks of single releases to go to, from wherever.
    #[getter]
    fn of_target(&self) -> bool {
        self.inner.of_target
    }

    /// What it is about, in a few words.
    #[getter]
    fn topic(&self) -> &str {
        &self.inner.topic
    }

    /// What is so, in one sentence.
    #[getter]
    fn text(&self) -> &str {
        &self.inner.text
    }

    /// What to do, in one sentence; empty where there is nothing to do.
    #[getter]
    fn action(&self) -> &str {
        &self.inner.action
    }

    /// The command that shows whether a condition is met.
    #[getter]
    fn command(&self) -> Option<&str> {
        self.inner.command.as_deref()
    }

    /// The fact that meets a condition, ``ram-mib>=1024``; ``None`` where it has to be accepted.
    #[getter]
    fn fact(&self) -> Option<String> {
        self.inner.fact.map(|fact| fact.to_string())
    }

    /// The findings and guards that check a procedure.
    #[getter]
    fn checks(&self) -> Vec<&str> {
        self.inner.checks.iter().map(String::as_str).collect()
    }

    /// What it rests on: ``vendor``, ``copy``, ``measured``, ``derived``, ``site`` or ``memory``.
    #[getter]
    fn basis(&self) -> String {
        word(&self.inner.basis)
    }

    /// Keys of its sources.
    #[getter]
    fn sources(&self) -> Vec<&str> {
        self.inner.sources.iter().map(String::as_str).collect()
    }

    fn __repr__(&self) -> String {
        format!("<Guideline {}: {}>", self.inner.id, self.inner.text)
    }
}

impl From<compat::Guideline> for Guideline {
    fn from(inner: compat::Guideline) -> Self {
        Self { inner: Arc::new(inner) }
    }
}

impl From<&Arc<compat::Guideline>> for Guideline {
    fn from(inner: &Arc<compat::Guideline>) -> Self {
        Self { inner: Arc::clone(inner) }
    }
}

/// Something that must hold, or be accepted by its id.
#[pyclass(frozen, eq, hash, module = "asa_failover")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct Condition {
    inner: compat::Condition,
}

#[pymethods]
impl Condition {
    /// The id by which a goal accepts it.
    #[getter]
    fn id(&self) -> &str {
        &self.inner.id
    }

    /// What is so, in one sentence.
    #[getter]
    fn text(&self) -> &str {
        &self.inner.text
    }

    /// What to do about it, in one sentence.
    #[getter]
    fn action(&self) -> &str {
        &self.inner.action
    }

    /// Whether the step may lock the operator out of the device.
    #[getter]
    fn lockout(&self) -> bool {
        self.inner.lockout
    }

    /// The command that shows whether it is met.
    #[getter]
    fn command(&self) -> Option<&str> {
        self.inner.command.as_deref()
    }

    /// The fact of a pair that meets it, ``ram-mib>=1024``; ``None`` where it has to be accepted.
    #[getter]
    fn fact(&self) -> Option<String> {
        self.inner.fact.map(|fact| fact.to_string())
    }

    /// What it rests on.
    #[getter]
    fn basis(&self) -> String {
        word(&self.inner.basis)
    }

    /// Keys of its sources.
    #[getter]
    fn sources(&self) -> Vec<&str> {
        self.inner.sources.iter().map(String::as_str).collect()
    }

    fn __repr__(&self) -> String {
        format!("<Condition {}: {}>", self.inner.id, self.inner.text)
    }
}

impl From<&compat::Condition> for Condition {
    fn from(inner: &compat::Condition) -> Self {
        Self { inner: inner.clone() }
    }
}

/// Why something is so. ``str()`` gives its sentence.
#[pyclass(frozen, eq, hash, module = "asa_failover")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct Reason {
    inner: compat::Reason,
}

#[pymethods]
impl Reason {
    /// Rule or row: ``strict.minor.next``, ``exception.CSCug88962``, ``model.last``.
    #[getter]
    fn id(&self) -> &str {
        &self.inner.id
    }

    /// One sentence.
    #[getter]
    fn text(&self) -> &str {
        &self.inner.text
    }

    /// What to do next, in one sentence.
    #[getter]
    fn action(&self) -> &str {
        &self.inner.action
    }

    /// What it rests on.
    #[getter]
    fn basis(&self) -> String {
        word(&self.inner.basis)
    }

    /// Keys of its sources.
    #[getter]
    fn sources(&self) -> Vec<&str> {
        self.inner.sources.iter().map(String::as_str).collect()
    }

    fn __str__(&self) -> &str {
        &self.inner.text
    }

    fn __repr__(&self) -> String {
        format!("<Reason {}: {}>", self.inner.id, self.inner.text)
    }
}

impl From<&compat::Reason> for Reason {
    fn from(inner: &compat::Reason) -> Self {
        Self { inner: inner.clone() }
    }
}

/// A source that rows name by its key.
#[pyclass(frozen, eq, hash, module = "asa_failover")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct Source {
    inner: Arc<compat::Source>,
}

#[pymethods]
impl Source {
    /// The key that rows use: ``seed-111867``.
    #[getter]
    fn key(&self) -> &str {
        &self.inner.key
    }

    /// Title and section.
    #[getter]
    fn title(&self) -> &str {
        &self.inner.title
    }

    /// Address; empty where the source is not public under one.
    #[getter]
    fn url(&self) -> &str {
        &self.inner.url
    }

    /// What kind of source it is: ``vendor``, ``third-party copy``, ``site``, ...
    #[getter]
    fn kind(&self) -> &str {
        &self.inner.kind
    }

    /// How far it is trusted, in words.
    #[getter]
    fn trust(&self) -> &str {
        &self.inner.trust
    }

    fn __repr__(&self) -> String {
        format!("<Source {}: {}>", self.inner.key, self.inner.title)
    }
}

impl From<compat::Source> for Source {
    fn from(inner: compat::Source) -> Self {
        Self { inner: Arc::new(inner) }
    }
}

impl From<&Arc<compat::Source>> for Source {
    fn from(inner: &Arc<compat::Source>) -> Self {
        Self { inner: Arc::clone(inner) }
    }
}
