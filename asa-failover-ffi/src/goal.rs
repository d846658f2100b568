//! What is wanted of a pair.

use std::sync::Mutex;

use asa_failover_core::goal::{Digest, Goal, Image};
use asa_failover_core::unit::GroupId;

use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::options::{self, Sizing};
use crate::pair::asaf_role;
use crate::status::{Failure, asaf_error, asaf_status, json};
use crate::text::{asaf_str, asaf_text};
use crate::version::asaf_version;

/// What is wanted: target, images, stops, owners, accepted conditions.
pub struct asaf_goal {
    _opaque: [u8; 0],
}
handle!(asaf_goal, Mutex<Goal>);

/// An image file: where it stands on flash, what it must be, and where a unit may fetch it from.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_image {
    /// `sizeof(asaf_image)`
    pub size: usize,
    /// The file on the flash of each unit: `disk0:/asa984-48-smp-k8.bin`.
    pub file: asaf_str,
    /// Its size in bytes, as published; 0 where it is not stated.
    pub bytes: u64,
    /// Its published SHA-512 in hexadecimal digits; may be empty.
    pub sha512: asaf_str,
    /// Its published MD5 in hexadecimal digits; may be empty.
    pub md5: asaf_str,
    /// The address a unit that lacks it fetches it from, without credentials; empty: it must be on
    /// flash already.
    pub from: asaf_str,
}

// SAFETY: `repr(C)`, begins with `size`, and has numbers and raw pointers only.
unsafe impl Sizing for asaf_image {
    const NAME: &'static str = "asaf_image";
}

impl asaf_image {
    /// # Safety
    ///
    /// Every text of it is readable.
    unsafe fn image(&self) -> Result<Image, Failure> {
        // SAFETY: as promised to this function.
        let (file, sha512, md5, from) = unsafe {
            (
                self.file.read("image.file")?,
                self.sha512.read_some("image.sha512")?,
                self.md5.read_some("image.md5")?,
                self.from.read_some("image.from")?,
            )
        };
        let mut image = Image::new(file.parse()?);
        if self.bytes != 0 {
            image = image.with_size(self.bytes);
        }
        for (digest, length) in [(sha512, 128), (md5, 32)] {
            let Some(digest) = digest else { continue };
            let digest: Digest = digest.parse()?;
            if digest.as_str().len() != length {
                let expected = format!("a digest of {length} digits, found {}", digest.as_str().len());
                return Err(Failure::new(asaf_status::BadImage, format!("image: expected {expected}")));
            }
            image = image.with_digest(digest);
        }
        Ok(match from {
            Some(from) => image.with_source(from.parse()?),
            None => image,
        })
    }
}

/// Changes a goal in its place.
fn change(goal: *mut asaf_goal, how: impl FnOnce(Goal) -> Goal) -> Result<(), Failure> {
    let goal = handle::borrow(goal, "goal")?;
    let mut goal = handle::exclusive(&goal)?;
    let changed = how(goal.clone());
    *goal = changed;
    Ok(())
}

/// A goal of this release, with no image yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_goal_new(
    target: asaf_version,
    out: *mut *mut asaf_goal,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        unsafe { Out::handle(out) }?.give(Mutex::new(Goal::new(target.into())));
        Ok(())
    })
}

/// A goal as `asaf_goal_to_json` writes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_goal_from_json(
    text: asaf_str,
    out: *mut *mut asaf_goal,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `text` is readable and `out` is NULL or writable, by the caller's contract.
        let (out, text) = unsafe { (Out::handle(out)?, text.read("text")?) };
        let goal: Goal = serde_json::from_str(text).map_err(json(asaf_status::BadGoal, "a goal"))?;
        out.give(Mutex::new(goal));
        Ok(())
    })
}

/// Names the image of the target or of a stop; its release is read from its file name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_goal_add_image(
    goal: *mut asaf_goal,
    image: *const asaf_image,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `image` and its texts are readable, by the caller's contract.
        let image = unsafe { options::read(image, "image")?.image()? };
        change(goal, |goal| goal.with_image(image))
    })
}

/// Pins a release to stop at; call it in the order of the way.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_goal_add_stop(
    goal: *mut asaf_goal,
    stop: asaf_version,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || change(goal, |goal| goal.with_stop(stop.into())))
}

/// Says who shall be active for a group in the end: group 0 is the unit of an Active/Standby pair.
/// `role` is an `asaf_role`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_goal_set_owner(
    goal: *mut asaf_goal,
    group: u32,
    role: u32,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        let group = group_of(group)?;
        let role = asaf_role::read(role, "role")?;
        change(goal, |goal| goal.with_owner(group, role))
    })
}

/// Accepts a finding or a condition by its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_goal_accept(
    goal: *mut asaf_goal,
    id: asaf_str,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `id` is readable, by the caller's contract.
        let id = unsafe { id.read("id") }?;
        change(goal, |goal| goal.with_accepted(id))
    })
}

/// The goal as JSON. The caller frees the text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_goal_to_json(
    goal: *const asaf_goal,
    out: *mut *mut asaf_text,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        let goal = handle::borrow(goal, "goal")?;
        let goal = handle::exclusive(&goal)?;
        // Every key of a goal is text or a number, so this cannot fail.
        out.give(serde_json::to_string(&*goal).map_err(|_| Failure::panicked())?);
        Ok(())
    })
}

/// Frees a goal. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_goal_free(goal: *mut asaf_goal) -> asaf_status {
    guard(Detail::NONE, || handle::release(goal))
}

/// A failover group as the header numbers it.
pub(crate) fn group_of(group: u32) -> Result<GroupId, Failure> {
    match u8::try_from(group) {
        Ok(number @ 0..=2) => Ok(GroupId::new(number)),
        _ => Err(Failure::value("group", &format!("0 (the unit), 1 or 2, found {group}"))),
    }
}
