//! `Compat`: the tables, those compiled in or with a site's own rows over them.

use std::ops::Deref;
use std::path::PathBuf;
use std::str;
use std::sync::Arc;

use asa_failover_core::compat;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::asdm::{Asdm, AsdmSteps};
use crate::error::Error;
use crate::guideline::{Guideline, Source};
use crate::model::Model;
use crate::verdict::Verdict;
use crate::version::{Release, releases};

/// Tables; `None` are those compiled in.
#[derive(Clone)]
pub(crate) struct Tables(Option<Arc<compat::Compat>>);

impl Deref for Tables {
    type Target = compat::Compat;

    fn deref(&self) -> &compat::Compat {
        self.0.as_deref().unwrap_or_else(|| compat::Compat::bundled())
    }
}

/// The tables: which release may follow which without downtime, each row with its source.
///
/// Args:
///     overlay: a file with a site's own rows over those compiled in, in UTF-8; :meth:`overlaid` says what
///         stands in it.
///
/// Raises:
///     OSError: the file cannot be read.
///     ParseError: it is no UTF-8, or a row does not read or contradicts the tables.
///
/// >>> from asa_failover import Compat
/// >>> verdict = Compat().between("7.0(4)", "7.2(1)", model="ASA5520")
/// >>> verdict.kind, verdict.stops, verdict.rule
/// ('needs_stops', [AsaVersion('7.1(2)')], 'strict.minor.next')
#[pyclass(frozen, module = "asa_failover")]
pub(crate) struct Compat {
    inner: Tables,
}

#[pymethods]
impl Compat {
    #[new]
    #[pyo3(signature = (*, overlay=None))]
    fn new(py: Python<'_>, overlay: Option<PathBuf>) -> Result<Self, Error> {
        let bundled = Self { inner: Tables(None) };
        let Some(overlay) = overlay else { return Ok(bundled) };
        let name = overlay.display().to_string();
        // Python reads it, so that what goes wrong is Python's own exception.
        let read = py.import("pathlib")?.getattr("Path")?.call1((overlay,))?.call_method0("read_bytes")?;
        let bytes = read.cast::<PyBytes>().map_err(PyErr::from)?.as_bytes();
        let text = str::from_utf8(bytes).map_err(|why| {
            Error::Text(format!("{name}: expected UTF-8, found something else at byte {}", why.valid_up_to()))
        })?;
        bundled.overlaid(&name, text)
    }

    /// These tables with a site's own rows over them; the tables themselves stay as they are.
    ///
    /// ``text`` is CSV with the columns ``action``, ``versions``, ``models`` and ``text``. ``forbid``: no pair
    /// goes to that build, train or range (``>=9.18.0, <9.20.0``), for the reason in ``text``. ``release``:
    /// there is such a build. ``stop``: the way through its train stops at that build. ``models`` are names or
    /// families, apart by ``;``; empty means all. Verdicts name the row by ``name`` and line.
    ///
    /// Args:
    ///     name: what verdicts and errors call the rows.
    ///     text: the rows.
    ///
    /// Raises:
    ///     ParseError: a row does not read or contradicts the tables; ``line`` says which.
    ///
    /// >>> from asa_failover import Compat
    /// >>> site = "action,versions,models,text\nforbid,9.16(4)57,,it drops our VPN users\n"
    /// >>> verdict = Compat().overlaid("site.csv", site).between("9.8(4)", "9.16(4)57", model="ASA5516")
    /// >>> verdict.kind, verdict.reason.text, verdict.sources
    /// ('refused', 'this site forbids 9.16(4)57: it drops our VPN users', ['site.csv line 2'])
    #[pyo3(signature = (name, text))]
    fn overlaid(&self, name: &str, text: &str) -> Result<Self, Error> {
        let overlaid = self.inner.overlaid(name, text)?;
        Ok(Self { inner: Tables(Some(Arc::new(overlaid))) })
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
        self.inner.asdm_jump(frm.0, to.0).map(|why| why.text.to_string())
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
        self.inner.model(name).map(|model| Model::of(&self.inner, model))
    }

    /// Every model of the tables.
    fn models(&self) -> Vec<Model> {
        self.inner.models().map(|model| Model::of(&self.inner, model)).collect()
    }

    /// Every published guideline of the tables: first what may lock the operator out.
    fn guidelines(&self) -> Vec<Guideline> {
        self.inner.guidelines().cloned().map(Guideline::from).collect()
    }

    /// What stands behind a source key; ``None`` where the tables have no such source.
    ///
    /// Args:
    ///     key: as rules, conditions and guidelines name it.
    ///
    /// >>> from asa_failover import Compat
    /// >>> Compat().source("mig83").kind
    /// 'vendor'
    #[pyo3(signature = (key))]
    fn source(&self, key: &str) -> Option<Source> {
        self.inner.source(key).cloned().map(Source::from)
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
pub(crate) fn tables(compat: Option<&Bound<'_, Compat>>) -> Tables {
    compat.map_or(Tables(None), |compat| compat.get().inner.clone())
}
