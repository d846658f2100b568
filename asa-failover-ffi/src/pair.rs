//! Captures of both units, and the pair that they make.

use std::sync::Mutex;

use asa_failover_core::pair::{Captures, Pair};
use asa_failover_core::unit::Role;

use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::status::{Entering as _, Failure, asaf_error, asaf_status, entering};
use crate::text::{asaf_str, asaf_text};

/// Which box of the pair, by its configuration.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_role {
    /// No one unit: both, or none.
    None = 0,
    /// The primary unit.
    Primary = 1,
    /// The secondary unit.
    Secondary = 2,
}
entering!(asaf_role: Primary, Secondary);

impl From<Role> for asaf_role {
    fn from(role: Role) -> Self {
        match role {
            Role::Primary => Self::Primary,
            Role::Secondary => Self::Secondary,
        }
    }
}

impl asaf_role {
    pub(crate) fn of(role: Option<Role>) -> Self {
        role.map_or(Self::None, Self::from)
    }

    /// The unit of a number that came in.
    pub(crate) fn read(value: u32, argument: &str) -> Result<Role, Failure> {
        Ok(match Self::checked(value, argument)? {
            Self::Secondary => Role::Secondary,
            Self::None | Self::Primary => Role::Primary,
        })
    }
}

/// What was captured on the primary and on the secondary unit.
#[derive(Default)]
pub(crate) struct Captured {
    primary: Captures,
    secondary: Captures,
}

/// Captures of both units, being gathered.
pub struct asaf_captures {
    _opaque: [u8; 0],
}
handle!(asaf_captures, Mutex<Captured>);

/// Begins to gather captures.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_captures_new(
    out: *mut *mut asaf_captures,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        unsafe { Out::handle(out) }?.give(Mutex::default());
        Ok(())
    })
}

/// Adds the output of one command on one unit; it takes the place of an earlier one of that command.
/// `role` is an `asaf_role`. The text is copied, and read in `asaf_pair_new`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_captures_add(
    captures: *mut asaf_captures,
    role: u32,
    command: asaf_str,
    text: asaf_str,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: both texts are readable, by the caller's contract.
        let (command, text) = unsafe { (command.read("command")?, text.read("text")?) };
        let role = asaf_role::read(role, "role")?;
        let gathered = handle::borrow(captures, "captures")?;
        let mut gathered = handle::exclusive(&gathered)?;
        let unit = match role {
            Role::Primary => &mut gathered.primary,
            Role::Secondary => &mut gathered.secondary,
        };
        unit.insert(command.to_owned(), text.to_owned());
        Ok(())
    })
}

/// Frees captures. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_captures_free(captures: *mut asaf_captures) -> asaf_status {
    guard(Detail::NONE, || handle::release(captures))
}

/// Both units as observed: the facts a plan rests on.
pub struct asaf_pair {
    _opaque: [u8; 0],
}
handle!(asaf_pair, Pair);

/// Reads captures of both units. The message of `ASAF_STATUS_BAD_PAIR` names everything that stands
/// in the way, a line each. The captures stay the caller's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_pair_new(
    captures: *const asaf_captures,
    out: *mut *mut asaf_pair,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        let gathered = handle::borrow(captures, "captures")?;
        let gathered = handle::exclusive(&gathered)?;
        out.give(Pair::from_captures(&gathered.primary, &gathered.secondary)?);
        Ok(())
    })
}

/// The facts of both units as JSON. The caller frees the text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_pair_to_json(
    pair: *const asaf_pair,
    out: *mut *mut asaf_text,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        let pair = handle::borrow(pair, "pair")?;
        // Every key of the facts is text, so this cannot fail.
        out.give(serde_json::to_string(&*pair).map_err(|_| Failure::panicked())?);
        Ok(())
    })
}

/// Frees a pair. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_pair_free(pair: *mut asaf_pair) -> asaf_status {
    guard(Detail::NONE, || handle::release(pair))
}
