//! `AsaVersion`, `Train` and `ImageName`: values, so they compare, hash and pickle.

use asa_failover_core as core;
use core::image::ImageReading;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::Error;
use crate::value::word;

/// One ASA build, ordered as numbers: 9.9 comes before 9.10.
///
/// Reads every spelling of devices, documents and registries, and prints the device's.
///
/// Args:
///     text: ``9.1(7)4``, ``9.1(7.4)``, ``9.1.7.4`` or ``9.1.7``.
///
/// Raises:
///     ParseError: the text is no release number.
///
/// >>> from asa_failover import AsaVersion
/// >>> AsaVersion("9.16(4)7") < AsaVersion("9.16(4)57")
/// True
/// >>> AsaVersion("9.1.7.4")
/// AsaVersion('9.1(7)4')
#[pyclass(frozen, eq, ord, hash, str = "{inner}", module = "asa_failover")]
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct AsaVersion {
    pub(crate) inner: core::AsaVersion,
}

#[pymethods]
impl AsaVersion {
    #[new]
    #[pyo3(signature = (text, /))]
    fn new(text: &str) -> Result<Self, Error> {
        text.parse().map(|inner| Self { inner }).map_err(Error::text)
    }

    /// The 9 of 9.16(4)57.
    #[getter]
    const fn major(&self) -> u16 {
        self.inner.major
    }

    /// The 16 of 9.16(4)57.
    #[getter]
    const fn minor(&self) -> u16 {
        self.inner.minor
    }

    /// The 4 of 9.16(4)57; 0 marks a pre-release build.
    #[getter]
    const fn maintenance(&self) -> u16 {
        self.inner.maintenance
    }

    /// The 57 of 9.16(4)57; 0 for the maintenance release itself.
    #[getter]
    const fn interim(&self) -> u16 {
        self.inner.interim
    }

    /// The train of this build: 9.16 of 9.16(4)57.
    #[getter]
    const fn train(&self) -> Train {
        Train { inner: self.inner.train() }
    }

    fn __repr__(&self) -> String {
        format!("AsaVersion('{}')", self.inner)
    }

    fn __getnewargs__(&self) -> (String,) {
        (self.inner.to_string(),)
    }
}

/// A release train, ``major.minor``: the releases that mix freely by the maintenance rule.
///
/// Args:
///     text: ``9.16``.
///
/// Raises:
///     ParseError: the text is no train.
///
/// >>> from asa_failover import AsaVersion, Train
/// >>> AsaVersion("9.16(4)57").train == Train("9.16")
/// True
#[pyclass(frozen, eq, ord, hash, str = "{inner}", module = "asa_failover")]
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Train {
    inner: core::Train,
}

#[pymethods]
impl Train {
    #[new]
    #[pyo3(signature = (text, /))]
    fn new(text: &str) -> Result<Self, Error> {
        text.parse().map(|inner| Self { inner }).map_err(Error::text)
    }

    /// The 9 of 9.16.
    #[getter]
    const fn major(&self) -> u16 {
        self.inner.major
    }

    /// The 16 of 9.16.
    #[getter]
    const fn minor(&self) -> u16 {
        self.inner.minor
    }

    fn __repr__(&self) -> String {
        format!("Train('{}')", self.inner)
    }

    fn __getnewargs__(&self) -> (String,) {
        (self.inner.to_string(),)
    }
}

/// The file name of an ASA, PIX or ASDM image, compared without case.
///
/// A file name is evidence of intent only: what a unit runs is what ``show version`` prints.
///
/// Args:
///     text: the name, with or without a file system in front.
///
/// Raises:
///     ParseError: the name is none of an image.
///
/// >>> from asa_failover import ImageName
/// >>> image = ImageName("disk0:/asa9-16-4-57-lfbff-k8.SPA")
/// >>> image.version, image.family
/// (AsaVersion('9.16(4)57'), 'asa-lfbff')
/// >>> print(ImageName("asdm-7221.bin").version)
/// None
/// >>> ImageName("asdm-7221.bin").versions
/// [AsaVersion('7.22(1)'), AsaVersion('7.2(2)1')]
#[pyclass(frozen, eq, hash, str = "{inner}", module = "asa_failover")]
#[derive(Clone, Eq, Hash, PartialEq)]
pub(crate) struct ImageName {
    pub(crate) inner: core::image::ImageName,
}

#[pymethods]
impl ImageName {
    #[new]
    #[pyo3(signature = (text, /))]
    fn new(text: &str) -> Result<Self, Error> {
        text.parse().map(|inner| Self { inner }).map_err(Error::text)
    }

    /// The version, ``None`` where two releases fit the name.
    #[getter]
    fn version(&self) -> Option<AsaVersion> {
        self.inner.version().map(AsaVersion::from)
    }

    /// Every release that fits the name: one, or two where its digits leave it open.
    #[getter]
    fn versions(&self) -> Vec<AsaVersion> {
        match self.inner.reading() {
            ImageReading::Undecided { wide, narrow } => vec![wide.into(), narrow.into()],
            _ => self.version().into_iter().collect(),
        }
    }

    /// What the file is made for, and how it is signed: ``asa-smp``, ``asa-lfbff``, ``fp2k``, ...
    #[getter]
    fn family(&self) -> String {
        word(&self.inner.family())
    }

    fn __repr__(&self) -> String {
        format!("ImageName('{}')", self.inner)
    }

    fn __getnewargs__(&self) -> (String,) {
        (self.inner.to_string(),)
    }
}

impl From<core::AsaVersion> for AsaVersion {
    fn from(inner: core::AsaVersion) -> Self {
        Self { inner }
    }
}

impl From<core::Train> for Train {
    fn from(inner: core::Train) -> Self {
        Self { inner }
    }
}

impl From<&core::image::ImageName> for ImageName {
    fn from(inner: &core::image::ImageName) -> Self {
        Self { inner: inner.clone() }
    }
}

/// A release as an argument: an `AsaVersion`, or its text.
pub(crate) struct Release(pub(crate) core::AsaVersion);

impl<'py> FromPyObject<'_, 'py> for Release {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(version) = value.cast::<AsaVersion>() {
            return Ok(Self(version.get().inner));
        }
        let text = value.cast::<PyString>()?.to_cow()?.parse();
        Ok(Self(text.map_err(Error::text)?))
    }
}

/// The releases of arguments.
pub(crate) fn releases(given: Vec<Release>) -> Vec<core::AsaVersion> {
    given.into_iter().map(|release| release.0).collect()
}
