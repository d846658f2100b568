//! `Model`: what it runs, which image it boots and how, what its failover can do.

use asa_failover_core::compat;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::compat::Tables;
use crate::error::Error;
use crate::value::{to_python, word};
use crate::version::{AsaVersion, ImageName, Release};

/// One hardware or virtual model of the tables.
///
/// ``str()`` gives three lines: releases, image and boot procedure, failover.
#[pyclass(frozen, eq, str = "{inner}", module = "asa_failover")]
#[derive(PartialEq)]
pub(crate) struct Model {
    inner: compat::Model,
    compat: Tables,
}

impl PartialEq for Tables {
    fn eq(&self, other: &Self) -> bool {
        self.table_hash() == other.table_hash()
    }
}

impl Model {
    pub(crate) fn of(compat: &Tables, model: &compat::Model) -> Self {
        Self { inner: model.clone(), compat: compat.clone() }
    }
}

#[pymethods]
impl Model {
    /// The name people use: ``ASA 5525-X``.
    #[getter]
    fn name(&self) -> &str {
        &self.inner.name
    }

    /// The family that shares trains and images.
    #[getter]
    fn family(&self) -> &str {
        &self.inner.family
    }

    /// The first release it ran.
    #[getter]
    fn first(&self) -> Option<AsaVersion> {
        self.inner.first.map(AsaVersion::from)
    }

    /// The last release it runs, ``9.14(4)``, or its last train, ``9.20``; ``None`` without a known end.
    #[getter]
    fn last(&self) -> Option<String> {
        self.inner.last.map(|last| last.to_string())
    }

    /// The kind of image file it is upgraded with, as :attr:`ImageName.family` says it.
    #[getter]
    fn image(&self) -> Option<String> {
        self.inner.image.as_ref().map(word)
    }

    /// How it is told what to boot: ``boot-list`` (what a plan drives), ``single-boot-entry``,
    /// ``chassis`` or ``unknown``. Modes that differ are in :meth:`to_dict`.
    #[getter]
    fn boot(&self) -> String {
        word(&self.inner.boot)
    }

    /// Active/Standby failover: ``yes``, ``licensed``, ``no`` or ``unknown``.
    #[getter]
    fn active_standby(&self) -> String {
        word(&self.inner.active_standby)
    }

    /// Whether connections survive a switchover.
    #[getter]
    fn stateful(&self) -> String {
        word(&self.inner.stateful)
    }

    /// Active/Active failover.
    #[getter]
    fn active_active(&self) -> String {
        word(&self.inner.active_active)
    }

    /// Whether an image file is made for it, as its name says: ``answer`` (``yes``, ``no``,
    /// ``unknown``) and ``why``.
    ///
    /// Args:
    ///     image: the file name.
    ///
    /// Raises:
    ///     ParseError: the name is none of an image.
    ///
    /// >>> from asa_failover import Compat
    /// >>> Compat().model("ASA5525").suits("asa984-48-smp-k8.bin")
    /// {'answer': 'yes'}
    #[pyo3(signature = (image))]
    fn suits<'py>(&self, py: Python<'py>, image: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let suits = if let Ok(image) = image.cast::<ImageName>() {
            self.inner.suits(&image.get().inner)
        } else {
            let name = image.cast::<PyString>()?.to_cow()?.parse();
            self.inner.suits(&name.map_err(Error::text)?)
        };
        to_python(py, &suits)
    }

    /// Whether a release lies inside of what it is known to run: ``answer`` (``within``, which is no
    /// promise, ``outside``, ``unknown``) and ``why``, with ``id``, ``text``, ``basis`` and ``sources``.
    ///
    /// Args:
    ///     release: the ASA release.
    ///
    /// Raises:
    ///     ParseError: it is no release.
    #[pyo3(signature = (release))]
    fn runs<'py>(&self, py: Python<'py>, release: Release) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.compat.runs_on(&self.inner, release.0))
    }

    /// Whether a plan can drive a unit that runs a release: ``answer`` (``yes``, ``no``, ``depends``)
    /// and ``why``.
    ///
    /// Args:
    ///     release: the ASA release.
    ///
    /// Raises:
    ///     ParseError: it is no release.
    #[pyo3(signature = (release))]
    fn driven<'py>(&self, py: Python<'py>, release: Release) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner.driven(release.0))
    }

    /// The model as plain values, with the modes it may run in and its sources.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner)
    }

    fn __repr__(&self) -> String {
        format!("<Model {}>", self.inner.name)
    }
}
