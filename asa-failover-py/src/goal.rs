//! `Image`, `Goal` and `Policy`: what is wanted, and how carefully.

use std::collections::BTreeMap;

use asa_failover_core::command::Algorithm;
use asa_failover_core::goal;
use asa_failover_core::unit::{GroupId, Role};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error::Error;
use crate::value::{from_python, to_json, to_python};
use crate::version::{AsaVersion, Release, releases};

/// An image file: where it stands on flash, what it must be, and where a unit may fetch it from.
///
/// Args:
///     file: the file on the flash of each unit, ``disk0:/asa984-48-smp-k8.bin``.
///     sha512: its published SHA-512.
///     md5: its published MD5, for releases that offer nothing better.
///     size: its size in bytes, as published.
///     url: where a unit that lacks it fetches it from, without user name and password:
///         ``tftp://198.51.100.10/asa984-48-smp-k8.bin``, ``;int=NAME`` may follow. Without it the
///         image has to be on flash already.
///
/// Raises:
///     ParseError: the file, a digest or the address is none.
///
/// >>> from asa_failover import Image
/// >>> Image("flash:/asa984-48-smp-k8.bin", size=110_000_000).to_dict()["file"]
/// 'disk0:/asa984-48-smp-k8.bin'
#[pyclass(frozen, eq, hash, module = "asa_failover")]
#[derive(Clone, Eq, Hash, PartialEq)]
pub(crate) struct Image {
    inner: goal::Image,
}

#[pymethods]
impl Image {
    #[new]
    #[pyo3(signature = (file, *, sha512=None, md5=None, size=None, url=None))]
    fn new(
        file: &str,
        sha512: Option<&str>,
        md5: Option<&str>,
        size: Option<u64>,
        url: Option<&str>,
    ) -> Result<Self, Error> {
        let mut inner = goal::Image::new(file.parse().map_err(Error::text)?);
        for (algorithm, text) in [(Algorithm::Sha512, sha512), (Algorithm::Md5, md5)] {
            let Some(text) = text else { continue };
            let digest: goal::Digest = text.parse().map_err(Error::text)?;
            if digest.algorithm() != algorithm {
                let found = digest.algorithm();
                return Err(Error::text(format!("expected {algorithm} digits, found those of {found}")));
            }
            inner = inner.with_digest(digest);
        }
        if let Some(size) = size {
            inner = inner.with_size(size);
        }
        if let Some(url) = url {
            inner = inner.with_source(url.parse().map_err(Error::text)?);
        }
        Ok(Self { inner })
    }

    /// The image as plain values.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner)
    }

    fn __repr__(&self) -> String {
        format!("<Image {}>", self.inner.file)
    }
}

/// What is wanted of a pair.
///
/// Args:
///     target: the release both units shall run.
///     images: the image of the target and of each stop; its release is read from its name.
///     stops: releases to stop at on the way, oldest first. Without any the path search chooses.
///     owners: who shall be active for a group in the end: ``{1: "Primary", 2: "Secondary"}``, group 0
///         in Active/Standby. A group that is not named stays with who has it now.
///     accept: ids of findings and conditions that are known and accepted.
///
/// Raises:
///     ParseError: a release or a role is none.
///
/// >>> from asa_failover import Goal, Image
/// >>> goal = Goal("9.8(4)48", images=[Image("disk0:/asa984-48-smp-k8.bin")])
/// >>> goal.target
/// AsaVersion('9.8(4)48')
#[pyclass(frozen, eq, hash, module = "asa_failover")]
#[derive(Clone, Eq, Hash, PartialEq)]
pub(crate) struct Goal {
    pub(crate) inner: goal::Goal,
}

#[pymethods]
impl Goal {
    #[new]
    #[pyo3(
        signature = (target, *, images=Vec::new(), stops=Vec::new(), owners=BTreeMap::new(), accept=Vec::new()),
        text_signature = "(target, *, images=(), stops=(), owners={}, accept=())"
    )]
    fn new(
        target: Release,
        images: Vec<Bound<'_, Image>>,
        stops: Vec<Release>,
        owners: BTreeMap<u8, String>,
        accept: Vec<String>,
    ) -> Result<Self, Error> {
        let mut inner = goal::Goal::new(target.0);
        inner.images = images.iter().map(|image| image.get().inner.clone()).collect();
        inner.stops = releases(stops);
        inner.accepted = accept.into_iter().collect();
        for (group, role) in owners {
            let role: Role = role.parse().map_err(Error::text)?;
            inner.owners.insert(GroupId::new(group), role);
        }
        Ok(Self { inner })
    }

    /// The release both units shall run.
    #[getter]
    fn target(&self) -> AsaVersion {
        self.inner.target.into()
    }

    /// The goal as plain values.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner)
    }

    fn __repr__(&self) -> String {
        format!("<Goal {}>", self.inner.target)
    }
}

/// How carefully: every interval, deadline and choice. Times are in the unit that the name says.
///
/// Args:
///     w_ms: a command is decided only on readings of both units at most this old, up to 5000; Enter follows
///         within 2 s.
///     slow_read_s: version, flash, boot and reload readings are at most this old.
///     staged_read_s: the same where a unit is about to reload on them, or a group to move.
///     t_quiet_s: a reload that shows no effect for so long did not happen.
///     ready_polls: so many good readings, two or more ...
///     ready_for_s: ... over so long make a unit ready.
///     poll_s: between two looks while waiting.
///     soak_s: between the switch and the second reload.
///     probe_s: between two health probes of the caller's, from the switch to the second reload.
///     boot_s: a reloaded unit must answer again.
///     boot_with_module_s: likewise, with a service module.
///     sync_config_s: configuration must be synchronised.
///     bulk_sync_s: state must be synchronised: connections, translations, VPN.
///     module_s: a service module must be up again once its unit is.
///     sync_s: any other wait for a pair that is whole, or a mate that has caught up.
///     copy_s: a copy must end.
///     verify_s: a digest must be there.
///     save_s: a save must end.
///     switch_s: a switch must show on both units.
///     preempt_s: beyond its delay, a preempt that has not moved a group will not.
///     reply_s: any other reply.
///     connect_s: a login.
///     silence_s: a unit that should answer does not.
///     caught_up_percent: connections of the mate against the active unit's before a switch.
///     flaps: so often may a unit lose its readiness while we wait.
///     resumes: so often may a journal be resumed.
///     on_drift: ``halt`` or ``adapt``, when the pair changed without a command of ours.
///     procedure: ``hardened`` or ``published``.
///     preempt: ``wait``, or ``remove``: it is removed while units reboot, and restored before each save.
///     pauses: where the operator is asked: ``before-switch``, ``before-second-reload``.
///     window_s: no disruptive command that cannot finish within so many seconds of the run.
///     reach: ``both-addresses``, or ``active-only``: the mate is read through ``failover exec mate``.
///
/// Raises:
///     TypeError: there is no such field.
///     ValueError: a value does not fit its field.
///
/// >>> from asa_failover import Policy
/// >>> Policy(soak_s=300, reach="active-only").to_dict()["soak_s"]
/// 300
#[pyclass(frozen, eq, hash, module = "asa_failover")]
#[derive(Clone, Default, Eq, Hash, PartialEq)]
pub(crate) struct Policy {
    pub(crate) inner: goal::Policy,
}

#[pymethods]
impl Policy {
    #[new]
    #[pyo3(
        signature = (**fields),
        text_signature = "(*, w_ms=2000, slow_read_s=300, staged_read_s=30, t_quiet_s=60, ready_polls=3, ready_for_s=30, poll_s=5, soak_s=120, probe_s=None, boot_s=1800, boot_with_module_s=2700, sync_config_s=3600, bulk_sync_s=3600, module_s=2700, sync_s=3600, copy_s=3600, verify_s=600, save_s=300, switch_s=60, preempt_s=120, reply_s=30, connect_s=30, silence_s=300, caught_up_percent=80, flaps=3, resumes=5, on_drift='halt', procedure='hardened', preempt='wait', pauses=(), window_s=None, reach='both-addresses')"
    )]
    fn new(fields: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let Some(fields) = fields else { return Ok(Self::default()) };
        let known = to_python(fields.py(), &goal::Policy::default())?;
        for (name, value) in fields {
            if !known.contains(&name)? {
                let name = name.repr()?;
                let why = format!("Policy() got an unexpected keyword argument {name}");
                return Err(PyTypeError::new_err(why));
            }
            let alone = PyDict::new(fields.py());
            alone.set_item(&name, value)?;
            let fits = from_python::<goal::Policy>(&alone);
            fits.map_err(|why| PyValueError::new_err(format!("{name}: {}", why.value(fields.py()))))?;
        }
        Ok(Self { inner: from_python(fields)? })
    }

    /// Every field with its value.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.inner)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (own, usual) = (to_python(py, &self.inner)?, to_json(&to_python(py, &goal::Policy::default())?)?);
        let mut fields = Vec::new();
        for (name, usual) in usual.as_object().into_iter().flatten() {
            let value = own.get_item(name)?;
            if to_json(&value)? != *usual {
                fields.push(format!("{name}={}", value.repr()?));
            }
        }
        Ok(format!("Policy({})", fields.join(", ")))
    }
}

/// The policy that is asked for, or the defaults.
pub(crate) fn policy(given: Option<&Bound<'_, Policy>>) -> goal::Policy {
    given.map(|policy| policy.get().inner.clone()).unwrap_or_default()
}
