//! The Python binding of asa-failover: handles and conversions only.
//!
//! What Python sees is named in `python/asa_failover/__init__.py`, and typed by the stubs in `python/asa_failover/_core`.
#![forbid(unsafe_code)]
#![expect(clippy::needless_pass_by_value, reason = "pyo3 hands arguments over by value")]
#![expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "a method of a Python class takes its object by reference"
)]
#![expect(clippy::doc_link_with_quotes, reason = "the examples are Python")]

mod asdm;
mod compat;
mod error;
mod finding;
mod goal;
mod guideline;
mod live;
mod model;
mod outcome;
mod pair;
mod plan;
mod rehearse;
mod run;
mod show;
mod syslog;
mod transcript;
mod value;
mod verdict;
mod version;
mod watch;

/// The native half of `asa_failover`.
#[pyo3::pymodule]
mod _core {
    use pyo3::prelude::*;

    /// The version of this package.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name that Python's packages use")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_export]
    use crate::asdm::{Asdm, AsdmStep, AsdmSteps};
    #[pymodule_export]
    use crate::compat::Compat;
    #[pymodule_export]
    use crate::finding::{Finding, check};
    #[pymodule_export]
    use crate::goal::{Goal, Image, Policy};
    #[pymodule_export]
    use crate::guideline::{Condition, Guideline, Reason, Source};
    #[pymodule_export]
    use crate::live::{Ssh, read, run};
    #[pymodule_export]
    use crate::model::Model;
    #[pymodule_export]
    use crate::outcome::Outcome;
    #[pymodule_export]
    use crate::pair::Pair;
    #[pymodule_export]
    use crate::plan::{Plan, Step, plan};
    #[pymodule_export]
    use crate::rehearse::{Judgement, Oracle, Rehearsal, rehearse};
    #[pymodule_export]
    use crate::run::{Action, Event, Run};
    #[pymodule_export]
    use crate::show::failover::classes as failover;
    #[pymodule_export]
    use crate::show::readings;
    #[pymodule_export]
    use crate::show::traffic::classes as traffic;
    #[pymodule_export]
    use crate::show::unit::classes as unit;
    #[pymodule_export]
    use crate::syslog::{SyslogEntry, SyslogMessage};
    #[pymodule_export]
    use crate::transcript::{Piece, transcript};
    #[pymodule_export]
    use crate::verdict::{Alternative, ByModel, Hop, Skip, Verdict};
    #[pymodule_export]
    use crate::version::{AsaVersion, ImageName, Train};
    #[pymodule_export]
    use crate::watch::{Progress, Question};

    /// Lets Python import from the modules inside of this one.
    #[pymodule_init]
    fn init(core: &Bound<'_, PyModule>) -> PyResult<()> {
        let modules = core.py().import("sys")?.getattr("modules")?;
        for inner in ["failover", "readings", "traffic", "unit"] {
            let (module, name) = (core.getattr(inner)?, format!("asa_failover._core.{inner}"));
            module.setattr("__name__", &name)?;
            modules.set_item(name, module)?;
        }
        Ok(())
    }
}
