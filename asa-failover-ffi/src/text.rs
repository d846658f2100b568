//! Text over the boundary: pointer and length, UTF-8, no terminator.

use std::borrow::Cow;
use std::ffi::{CStr, c_char};
use std::{ptr, slice, str};

use asa_failover_core::show;

use crate::guard::{Detail, Out, guard, guard_value};
use crate::handle::{self, handle};
use crate::status::{Failure, asaf_status};

/// A piece of UTF-8 text: not terminated, and not owned by whoever holds it.
///
/// As an argument: readable for the call; `data` may be NULL when `len` is 0. As a result: readable
/// until the handle it came from is freed (or until what the function's text says).
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_str {
    /// The first byte.
    pub data: *const c_char,
    /// How many bytes.
    pub len: usize,
}

impl asaf_str {
    pub(crate) const NONE: Self = Self { data: ptr::null(), len: 0 };

    /// Lends a text that lives on in a handle.
    pub(crate) const fn lend(text: &str) -> Self {
        Self { data: text.as_ptr().cast(), len: text.len() }
    }

    pub(crate) fn lend_some(text: Option<&str>) -> Self {
        text.map_or(Self::NONE, Self::lend)
    }

    /// The text of an argument.
    ///
    /// # Safety
    ///
    /// `data` is NULL or `len` bytes can be read from it for the whole of `'a`.
    pub(crate) unsafe fn read<'a>(self, argument: &str) -> Result<&'a str, Failure> {
        // SAFETY: as promised to this function.
        let bytes = unsafe { self.bytes(argument) }?;
        str::from_utf8(bytes).map_err(|why| Failure::utf8(argument, why.valid_up_to()))
    }

    /// The text of an argument that a device printed: what is no UTF-8 becomes U+FFFD.
    ///
    /// # Safety
    ///
    /// As of [`Self::read`].
    pub(crate) unsafe fn read_captured<'a>(self, argument: &str) -> Result<Cow<'a, str>, Failure> {
        // SAFETY: as promised to this function.
        unsafe { self.bytes(argument) }.map(show::text_of)
    }

    /// # Safety
    ///
    /// As of [`Self::read`].
    unsafe fn bytes<'a>(self, argument: &str) -> Result<&'a [u8], Failure> {
        if self.len == 0 {
            return Ok(&[]);
        }
        if self.data.is_null() {
            return Err(Failure::null(argument));
        }
        if self.len > isize::MAX.unsigned_abs() {
            return Err(Failure::value(argument, "a length that memory can have"));
        }
        // SAFETY: not NULL, of a length that memory can have, and readable as promised.
        Ok(unsafe { slice::from_raw_parts(self.data.cast::<u8>(), self.len) })
    }

    /// The text of an argument, `None` if it is empty.
    ///
    /// # Safety
    ///
    /// As of [`Self::read`].
    pub(crate) unsafe fn read_some<'a>(self, argument: &str) -> Result<Option<&'a str>, Failure> {
        // SAFETY: as promised to this function.
        let text = unsafe { self.read(argument) }?;
        Ok(Some(text).filter(|text| !text.is_empty()))
    }
}

/// A text of C, terminated by NUL, as `asaf_str`; NULL gives the empty text. The terminator stays
/// where it is, and `text` has to live as long as the result is used.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_str_of(text: *const c_char) -> asaf_str {
    guard_value(asaf_str::NONE, || {
        if text.is_null() {
            return asaf_str::NONE;
        }
        // SAFETY: not NULL, and terminated by the caller's contract.
        let text = unsafe { CStr::from_ptr(text) };
        asaf_str { data: text.as_ptr(), len: text.count_bytes() }
    })
}

/// A text that the library made for the caller.
pub struct asaf_text {
    _opaque: [u8; 0],
}
handle!(asaf_text, String);

/// The text, readable until the handle is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_text_str(text: *const asaf_text, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(text, "text")?));
        Ok(())
    })
}

/// Frees a text. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_text_free(text: *mut asaf_text) -> asaf_status {
    guard(Detail::NONE, || handle::release(text))
}
