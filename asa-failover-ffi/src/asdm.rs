//! ASDM: which one goes with an ASA release, and which to stage along a way.

use std::slice;

use asa_failover_core::AsaVersion;
use asa_failover_core::compat::{Asdm, AsdmFit, AsdmSteps};

use crate::compat::{Tables, asaf_compat};
use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::status::{Failure, asaf_error, asaf_status};
use crate::text::asaf_str;
use crate::verdict::asaf_verdict;
use crate::version::asaf_version;

/// Whether an ASDM manages an ASA release. None of it stops an upgrade.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_asdm_fit {
    /// Another answer than this header knows: not a yes.
    Other = 0,
    /// It does.
    Works = 1,
    /// It is older than a minimum: a warning, never a block.
    TooOld = 2,
    /// No row with a source carries either answer.
    Unknown = 3,
}

/// An answer with its renderings.
pub(crate) struct Told<T> {
    inner: T,
    text: String,
    json: String,
}

impl<T: ToString> Told<T> {
    fn of(inner: T, json: impl FnOnce(&T) -> serde_json::Result<String>) -> Result<Self, Failure> {
        // Every key of an answer is text, so this cannot fail.
        let json = json(&inner).map_err(|_| Failure::panicked())?;
        Ok(Self { text: inner.to_string(), json, inner })
    }
}

/// What is known of ASDM for one ASA release.
pub struct asaf_asdm {
    _opaque: [u8; 0],
}
handle!(asaf_asdm, Told<Asdm>);

/// ASDM along a way of ASA releases.
pub struct asaf_asdm_steps {
    _opaque: [u8; 0],
}
handle!(asaf_asdm_steps, Told<AsdmSteps>);

/// A release as an argument; all zero is none.
fn given(version: asaf_version) -> Option<AsaVersion> {
    (version != asaf_version::default()).then(|| version.into())
}

/// Which ASDM goes with an ASA release, and whether the `present` one (all zero: not known) still
/// manages it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_compat_asdm(
    compat: *const asaf_compat,
    target: asaf_version,
    present: asaf_version,
    out: *mut *mut asaf_asdm,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        out.give(Told::of(Tables::of(compat)?.asdm(target.into(), given(present)), serde_json::to_string)?);
        Ok(())
    })
}

/// Whether the present ASDM manages the release; `ASAF_STATUS_ABSENT` where none was given.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_asdm_read_fit(asdm: *const asaf_asdm, out: *mut asaf_asdm_fit) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(match handle::borrow(asdm, "asdm")?.inner.fit {
            None => return Err(Failure::absent("no present ASDM was given")),
            Some(AsdmFit::Works) => asaf_asdm_fit::Works,
            Some(AsdmFit::TooOld) => asaf_asdm_fit::TooOld,
            Some(AsdmFit::Unknown) => asaf_asdm_fit::Unknown,
            Some(_) => asaf_asdm_fit::Other,
        });
        Ok(())
    })
}

/// The highest minimum that was found, and whether it is only remembered; `ASAF_STATUS_ABSENT` where
/// there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_asdm_minimum(
    asdm: *const asaf_asdm,
    out: *mut asaf_version,
    remembered: *mut bool,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: both are NULL or writable, by the caller's contract.
        let (out, remembered) = unsafe { (Out::at(out, "out")?, Out::at(remembered, "remembered")?) };
        let asdm = handle::borrow(asdm, "asdm")?;
        let least = asdm.inner.minimum().ok_or_else(|| Failure::absent("no minimum is known"))?;
        out.put(least.version.into());
        remembered.put(least.is_remembered());
        Ok(())
    })
}

/// The companion train by its major and minor; `ASAF_STATUS_ABSENT` where the tables have none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_asdm_companion(
    asdm: *const asaf_asdm,
    major: *mut u16,
    minor: *mut u16,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: both are NULL or writable, by the caller's contract.
        let (major, minor) = unsafe { (Out::at(major, "major")?, Out::at(minor, "minor")?) };
        let asdm = handle::borrow(asdm, "asdm")?;
        let companion = asdm.inner.companion.as_ref();
        let train = companion.ok_or_else(|| Failure::absent("the tables have no companion"))?.train;
        major.put(train.major);
        minor.put(train.minor);
        Ok(())
    })
}

/// The least ASDM to stage; `ASAF_STATUS_ABSENT` where the present one stays, or none is known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_asdm_stage(asdm: *const asaf_asdm, out: *mut asaf_version) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let asdm = handle::borrow(asdm, "asdm")?;
        let stage = asdm.inner.stage.ok_or_else(|| Failure::absent("no ASDM has to be staged"))?;
        out.put(stage.into());
        Ok(())
    })
}

/// How many file names the ASDM to stage has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_asdm_image_count(asdm: *const asaf_asdm, out: *mut usize) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(asdm, "asdm")?.inner.images.len());
        Ok(())
    })
}

/// A file name of the ASDM to stage, from index 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_asdm_image(
    asdm: *const asaf_asdm,
    index: usize,
    out: *mut asaf_str,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let asdm = handle::borrow(asdm, "asdm")?;
        let images = &asdm.inner.images;
        let image = images.get(index).ok_or_else(|| Failure::index("images", index, images.len()))?;
        out.put(asaf_str::lend(image.as_str()));
        Ok(())
    })
}

/// The answer as the lines that go into a change ticket.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_asdm_text(asdm: *const asaf_asdm, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(asdm, "asdm")?.text));
        Ok(())
    })
}

/// The answer as JSON, with the rows and sources it rests on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_asdm_json(asdm: *const asaf_asdm, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(asdm, "asdm")?.json));
        Ok(())
    })
}

/// Frees an answer. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_asdm_free(asdm: *mut asaf_asdm) -> asaf_status {
    guard(Detail::NONE, || handle::release(asdm))
}

/// Which ASDM to stage along a way of `count` ASA releases, which begins with the one after `from`.
/// `path` may be NULL when `count` is 0; `present` is the ASDM that is there (all zero: not known).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_compat_asdm_steps(
    compat: *const asaf_compat,
    from: asaf_version,
    path: *const asaf_version,
    count: usize,
    present: asaf_version,
    out: *mut *mut asaf_asdm_steps,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        let path = match (count, path.is_null() || !path.is_aligned()) {
            (0, _) => Vec::new(),
            (_, true) => return Err(Failure::null("path")),
            (_, false) if count > isize::MAX.unsigned_abs() / size_of::<asaf_version>() => {
                return Err(Failure::value("count", "a count that memory can have"));
            }
            // SAFETY: not NULL, of a length that memory can have, and readable by the caller's contract.
            (_, false) => unsafe { slice::from_raw_parts(path, count) }.to_vec(),
        };
        let path: Vec<AsaVersion> = path.into_iter().map(AsaVersion::from).collect();
        out.give(Told::of(
            Tables::of(compat)?.asdm_steps(from.into(), &path, given(present)),
            serde_json::to_string,
        )?);
        Ok(())
    })
}

/// Which ASDM to stage along the way of a verdict; without a way there are no steps.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_compat_asdm_for(
    compat: *const asaf_compat,
    verdict: *const asaf_verdict,
    present: asaf_version,
    out: *mut *mut asaf_asdm_steps,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        let judged = handle::borrow(verdict, "verdict")?;
        out.give(Told::of(
            Tables::of(compat)?.asdm_for(&judged.verdict, given(present)),
            serde_json::to_string,
        )?);
        Ok(())
    })
}

/// Whether ASDM may go from one of its releases to another in one go.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_compat_asdm_may_step(
    compat: *const asaf_compat,
    from: asaf_version,
    to: asaf_version,
    out: *mut bool,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(Tables::of(compat)?.asdm_jump(from.into(), to.into()).is_none());
        Ok(())
    })
}

/// Whether no hop of the way breaks ASDM by its order.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_asdm_steps_is_in_order(
    steps: *const asaf_asdm_steps,
    out: *mut bool,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(steps, "steps")?.inner.is_in_order());
        Ok(())
    })
}

/// How many hops there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_asdm_steps_count(
    steps: *const asaf_asdm_steps,
    out: *mut usize,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(steps, "steps")?.inner.steps.len());
        Ok(())
    })
}

/// The ASA release after a hop, from index 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_asdm_steps_to(
    steps: *const asaf_asdm_steps,
    index: usize,
    out: *mut asaf_version,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let told = handle::borrow(steps, "steps")?;
        let hops = &told.inner.steps;
        let hop = hops.get(index).ok_or_else(|| Failure::index("hops", index, hops.len()))?;
        out.put(hop.to.into());
        Ok(())
    })
}

/// An ASDM to stage at a hop, both from index 0; `ASAF_STATUS_ABSENT` ends them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_asdm_steps_stage(
    steps: *const asaf_asdm_steps,
    index: usize,
    nth: usize,
    out: *mut asaf_version,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let told = handle::borrow(steps, "steps")?;
        let hops = &told.inner.steps;
        let hop = hops.get(index).ok_or_else(|| Failure::index("hops", index, hops.len()))?;
        let stage = hop.stage.get(nth);
        out.put((*stage.ok_or_else(|| Failure::index("releases to stage", nth, hop.stage.len()))?).into());
        Ok(())
    })
}

/// The steps as the lines that go into a change ticket.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_asdm_steps_text(
    steps: *const asaf_asdm_steps,
    out: *mut asaf_str,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(steps, "steps")?.text));
        Ok(())
    })
}

/// The steps as JSON, with what stands against each hop.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_asdm_steps_json(
    steps: *const asaf_asdm_steps,
    out: *mut asaf_str,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(steps, "steps")?.json));
        Ok(())
    })
}

/// Frees steps. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_asdm_steps_free(steps: *mut asaf_asdm_steps) -> asaf_status {
    guard(Detail::NONE, || handle::release(steps))
}
