//! Models: what they run, which image they boot and how, what their failover can do.

use asa_failover_core::compat::{Ability, BootProcedure, Driven, Model, Runs, Suits};

use crate::compat::{Tables, asaf_compat};
use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::status::{Failure, asaf_error, asaf_status};
use crate::text::{asaf_str, asaf_text};
use crate::version::{asaf_image_name, asaf_version};

/// How a unit is told what to boot.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_boot_procedure {
    /// Not known, or another one than this header knows.
    Unknown = 0,
    /// Up to four `boot system` lines, tried in order: the procedure a plan drives.
    BootList = 1,
    /// One `boot system` line that unpacks a bundle.
    SingleBootEntry = 2,
    /// The chassis (FXOS) installs the image.
    Chassis = 3,
}

/// Whether a model can do something.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_ability {
    /// Not known.
    Unknown = 0,
    /// Yes.
    Yes = 1,
    /// Yes, with a licence (Security Plus).
    Licensed = 2,
    /// No.
    No = 3,
}

/// An answer about a model; the text beside it says why.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_model_answer {
    /// The tables do not say, or it depends on what a model does not tell.
    Unknown = 0,
    /// Yes. Of a release: inside of what the model is known to run, which is no promise.
    Yes = 1,
    /// No.
    No = 2,
}

impl From<Ability> for asaf_ability {
    fn from(ability: Ability) -> Self {
        match ability {
            Ability::Yes => Self::Yes,
            Ability::Licensed => Self::Licensed,
            Ability::No => Self::No,
            _ => Self::Unknown,
        }
    }
}

/// A model with its renderings.
pub(crate) struct Known {
    model: Model,
    compat: Tables,
    text: String,
    json: String,
}

impl Known {
    fn of(model: &Model, compat: &Tables) -> Result<Self, Failure> {
        // Every key of a model is text, so this cannot fail.
        let json = serde_json::to_string(model).map_err(|_| Failure::panicked())?;
        Ok(Self { model: model.clone(), compat: compat.clone(), text: model.to_string(), json })
    }
}

/// A model of the tables.
pub struct asaf_model {
    _opaque: [u8; 0],
}
handle!(asaf_model, Known);

/// The model by a name that people type (`ASA 5525-X`) or that `show version` prints (`ASA5525`);
/// `ASAF_STATUS_ABSENT` where the tables have none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_compat_model(
    compat: *const asaf_compat,
    name: asaf_str,
    out: *mut *mut asaf_model,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `name` is readable and `out` is NULL or writable, by the caller's contract.
        let (out, name) = unsafe { (Out::handle(out)?, name.read("name")?) };
        let tables = Tables::of(compat)?;
        let missing = || Failure::absent(format!("the tables have no model {name:?}"));
        out.give(Known::of(tables.model(name).ok_or_else(missing)?, &tables)?);
        Ok(())
    })
}

/// How many models the tables have.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_compat_model_count(compat: *const asaf_compat, out: *mut usize) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(Tables::of(compat)?.models().count());
        Ok(())
    })
}

/// A model of the tables, from index 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_compat_model_at(
    compat: *const asaf_compat,
    index: usize,
    out: *mut *mut asaf_model,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        let tables = Tables::of(compat)?;
        let models: Vec<&Model> = tables.models().collect();
        let missing = || Failure::index("models", index, models.len());
        out.give(Known::of(models.get(index).ok_or_else(missing)?, &tables)?);
        Ok(())
    })
}

/// The name people use: `ASA 5525-X`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_model_name(model: *const asaf_model, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(model, "model")?.model.name));
        Ok(())
    })
}

/// The family that shares trains and images.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_model_family(model: *const asaf_model, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(model, "model")?.model.family));
        Ok(())
    })
}

/// How it is told what to boot, where its modes do not differ.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_model_read_boot(
    model: *const asaf_model,
    out: *mut asaf_boot_procedure,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(match handle::borrow(model, "model")?.model.boot {
            BootProcedure::BootList => asaf_boot_procedure::BootList,
            BootProcedure::SingleBootEntry => asaf_boot_procedure::SingleBootEntry,
            BootProcedure::Chassis => asaf_boot_procedure::Chassis,
            _ => asaf_boot_procedure::Unknown,
        });
        Ok(())
    })
}

/// Whether it does Active/Standby failover, whether connections survive a switchover, and whether it
/// does Active/Active failover.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_model_read_failover(
    model: *const asaf_model,
    active_standby: *mut asaf_ability,
    stateful: *mut asaf_ability,
    active_active: *mut asaf_ability,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: all three are NULL or writable, by the caller's contract.
        let (active_standby, stateful, active_active) = unsafe {
            (
                Out::at(active_standby, "active_standby")?,
                Out::at(stateful, "stateful")?,
                Out::at(active_active, "active_active")?,
            )
        };
        let known = handle::borrow(model, "model")?;
        active_standby.put(known.model.active_standby.into());
        stateful.put(known.model.stateful.into());
        active_active.put(known.model.active_active.into());
        Ok(())
    })
}

/// Whether an image file is made for the model, as its name says, and why. The version is not judged.
/// The caller frees the text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_model_suits(
    model: *const asaf_model,
    image: *const asaf_image_name,
    out: *mut asaf_model_answer,
    why: *mut *mut asaf_text,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: both are NULL or writable, by the caller's contract.
        let (why, out) = unsafe { (Out::handle(why)?, Out::at(out, "out")?) };
        let (known, image) = (handle::borrow(model, "model")?, handle::borrow(image, "image")?);
        let suits = known.model.suits(&image);
        out.put(match suits {
            Suits::Yes => asaf_model_answer::Yes,
            Suits::No(_) => asaf_model_answer::No,
            _ => asaf_model_answer::Unknown,
        });
        why.give(suits.to_string());
        Ok(())
    })
}

/// Whether a release lies inside of what the model is known to run, and why. The caller frees the text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_model_runs(
    model: *const asaf_model,
    release: asaf_version,
    out: *mut asaf_model_answer,
    why: *mut *mut asaf_text,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: both are NULL or writable, by the caller's contract.
        let (why, out) = unsafe { (Out::handle(why)?, Out::at(out, "out")?) };
        let known = handle::borrow(model, "model")?;
        let runs = known.compat.runs_on(&known.model, release.into());
        out.put(match runs {
            Runs::Within(_) => asaf_model_answer::Yes,
            Runs::Outside(_) => asaf_model_answer::No,
            _ => asaf_model_answer::Unknown,
        });
        why.give(runs.to_string());
        Ok(())
    })
}

/// Whether a plan can drive a unit of the model that runs a release, and why. The caller frees the text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_model_driven(
    model: *const asaf_model,
    release: asaf_version,
    out: *mut asaf_model_answer,
    why: *mut *mut asaf_text,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: both are NULL or writable, by the caller's contract.
        let (why, out) = unsafe { (Out::handle(why)?, Out::at(out, "out")?) };
        let driven = handle::borrow(model, "model")?.model.driven(release.into());
        out.put(match driven {
            Driven::Yes => asaf_model_answer::Yes,
            Driven::No(_) => asaf_model_answer::No,
            _ => asaf_model_answer::Unknown,
        });
        why.give(driven.to_string());
        Ok(())
    })
}

/// The model as three lines: releases, image and boot procedure, failover.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_model_text(model: *const asaf_model, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(model, "model")?.text));
        Ok(())
    })
}

/// The model as JSON, with the modes it may run in and its sources.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_model_json(model: *const asaf_model, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(model, "model")?.json));
        Ok(())
    })
}

/// Frees a model. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_model_free(model: *mut asaf_model) -> asaf_status {
    guard(Detail::NONE, || handle::release(model))
}
