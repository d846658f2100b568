//! `Asdm`, `AsdmSteps` and `AsdmStep`: which ASDM goes with a release, and along a way.

use asa_failover_core::compat;
use pyo3::prelude::*;

use crate::value::{to_python, word};
use crate::version::{AsaVersion, ImageName, Train};

/// What is known of ASDM for one ASA release, and of the one that is there now.
///
/// ``str()`` gives the lines that go into a change ticket.
#[pyclass(frozen, eq, hash, str = "{inner}", module = "asa_failover")]
#[derive(Clone, Eq, Hash, PartialEq)]
pub(crate) struct Asdm {
    inner: compat::Asdm,
}

#[pymethods]
impl Asdm {
    /// The ASA release.
    #[getter]
    fn asa(&self) -> AsaVersion {
        self.inner.asa.into()
    }

    /// The train made together with it; ``None`` where the tables have none.
    #[getter]
    fn companion(&self) -> Option<Train> {
        self.inner.companion.as_ref().map(|companion| companion.train.into())
    }

    /// The highest minimum that was found, remembered ones included.
    #[getter]
    fn minimum(&self) -> Option<AsaVersion> {
        self.inner.minimum().map(|least| least.version.into())
    }

    /// Whether no source was found for that minimum.
    #[getter]
    fn is_remembered(&self) -> bool {
        self.inner.minimum().is_some_and(compat::AsdmMinimum::is_remembered)
    }

    /// The ASDM that was asked about.
    #[getter]
    fn present(&self) -> Option<AsaVersion> {
        self.inner.present.map(AsaVersion::from)
    }

    /// ``works``, ``too_old`` (a warning, never a block) or ``unknown``; ``None`` without a present one.
    #[getter]
    fn fit(&self) -> Option<String> {
        self.inner.fit.as_ref().map(word)
    }

    /// What the fit rests on; rows and sources are in :meth:`to_dict`.
    #[getter]
    fn reasons(&self) -> Vec<&str> {
        self.inner.why.iter().map(|why| why.text.as_str()).collect()
    }

    /// The least ASDM to put there instead; ``None`` where the present one stays, or none is known.
    #[getter]
    fn stage(&self) -> Option<AsaVersion> {
        self.inner.stage.map(AsaVersion::from)
    }

    /// The file names of that ASDM, by the vendor's pattern.
    #[getter]
    fn images(&self) -> Vec<ImageName> {
        self.inner.images.iter().map(ImageName::from).collect()
    }

    /// What the administrator's side needs for it.
    #[getter]
    fn clients(&self) -> Vec<&str> {
        self.inner.clients.iter().map(|client| client.text.as_str()).collect()
    }

    /// The whole answer as plain values; its ``schema`` names the form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner)
    }

    fn __repr__(&self) -> String {
        let fit = self.inner.fit.map_or_else(String::new, |fit| format!(", {fit}"));
        format!("<Asdm for {}{fit}>", self.inner.asa)
    }
}

impl From<compat::Asdm> for Asdm {
    fn from(inner: compat::Asdm) -> Self {
        Self { inner }
    }
}

/// ASDM along a way of ASA releases.
///
/// ``str()`` gives the lines that go into a change ticket.
#[pyclass(frozen, eq, hash, str = "{inner}", module = "asa_failover")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct AsdmSteps {
    inner: compat::AsdmSteps,
}

#[pymethods]
impl AsdmSteps {
    /// The present ASDM with the release that runs now.
    #[getter]
    fn start(&self) -> Asdm {
        self.inner.start.clone().into()
    }

    /// One step for each hop, in order.
    #[getter]
    fn steps(&self) -> Vec<AsdmStep> {
        self.inner.steps.iter().map(|inner| AsdmStep { inner: inner.clone() }).collect()
    }

    /// The present ASDM with the release at the end.
    #[getter]
    fn target(&self) -> Asdm {
        self.inner.target.clone().into()
    }

    /// Whether no hop breaks ASDM by its order.
    #[getter]
    fn is_in_order(&self) -> bool {
        self.inner.is_in_order()
    }

    /// The steps as plain values; their ``schema`` names the form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner)
    }

    fn __repr__(&self) -> String {
        format!("<AsdmSteps {} to {}>", self.inner.from, self.inner.to)
    }
}

impl From<compat::AsdmSteps> for AsdmSteps {
    fn from(inner: compat::AsdmSteps) -> Self {
        Self { inner }
    }
}

/// ASDM at one hop.
#[pyclass(frozen, eq, hash, str = "{inner}", module = "asa_failover")]
#[derive(Clone, Eq, Hash, PartialEq)]
pub(crate) struct AsdmStep {
    inner: compat::AsdmStep,
}

#[pymethods]
impl AsdmStep {
    /// The ASA release before the hop.
    #[getter]
    fn frm(&self) -> AsaVersion {
        self.inner.from.into()
    }

    /// The ASA release after it.
    #[getter]
    fn to(&self) -> AsaVersion {
        self.inner.to.into()
    }

    /// The ASDM in place before the hop, as far as it is known.
    #[getter]
    fn before(&self) -> Option<AsaVersion> {
        self.inner.before.map(AsaVersion::from)
    }

    /// What to stage for the release after the hop, in this order.
    #[getter]
    fn stage(&self) -> Vec<AsaVersion> {
        self.inner.stage.iter().copied().map(AsaVersion::from).collect()
    }

    /// Why ASDM does not survive this hop, whatever is staged.
    #[getter]
    fn jump(&self) -> Option<&str> {
        self.inner.jump.as_ref().map(|why| why.text.as_str())
    }

    /// The ASDM in place before, with the release after.
    #[getter]
    fn asdm(&self) -> Asdm {
        self.inner.asdm.clone().into()
    }

    fn __repr__(&self) -> String {
        format!("<AsdmStep {} to {}: {}>", self.inner.from, self.inner.to, self.inner)
    }
}
