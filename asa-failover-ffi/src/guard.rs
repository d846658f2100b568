//! The boundary: no panic crosses it, and every failure leaves as a status with, if wanted, a detail.
//!
//! [`guard`] stands around the whole body of every function of the ABI, getters too; a test of this
//! crate reads the sources and fails on one without it.

use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use crate::handle;
use crate::status::{Failure, asaf_error, asaf_status};

/// Where the caller wants the detail of a failure, if anywhere.
#[derive(Clone, Copy)]
pub(crate) struct Detail(*mut *mut asaf_error);

impl Detail {
    /// The caller asks for none.
    pub(crate) const NONE: Self = Self(ptr::null_mut());

    /// The caller's `error` argument, which is set to NULL.
    ///
    /// # Safety
    ///
    /// `error` is NULL or may be written until the function returns.
    pub(crate) unsafe fn at(error: *mut *mut asaf_error) -> Self {
        if error.is_null() || !error.is_aligned() {
            return Self::NONE;
        }
        // SAFETY: it is not NULL, so it may be written.
        unsafe { error.write(ptr::null_mut()) };
        Self(error)
    }

    fn give(self, failure: Failure) {
        if !self.0.is_null() {
            // SAFETY: `at` was promised that it may be written until the function returns.
            unsafe { self.0.write(handle::give(failure)) };
        }
    }
}

/// Runs the body of a function of the ABI.
pub(crate) fn guard(detail: Detail, body: impl FnOnce() -> Result<(), Failure>) -> asaf_status {
    let ended = catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|payload| {
        // Dropping a payload can panic again.
        mem::forget(payload);
        Err(Failure::panicked())
    });
    match ended {
        Ok(()) => asaf_status::Ok,
        Err(failure) => {
            let status = failure.status;
            // What is lost where even this panics is the detail only.
            if let Err(payload) = catch_unwind(AssertUnwindSafe(|| detail.give(failure))) {
                mem::forget(payload);
            }
            status
        }
    }
}

/// Runs the body of a function that cannot fail; `otherwise` is what it gives where it panics.
pub(crate) fn guard_value<T>(otherwise: T, body: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|payload| {
        mem::forget(payload);
        otherwise
    })
}

/// A place of the caller's that takes a result.
pub(crate) struct Out<T>(*mut T);

impl<T> Out<T> {
    /// The caller's out argument.
    ///
    /// # Safety
    ///
    /// `out` is NULL or may be written until the function returns.
    pub(crate) unsafe fn at(out: *mut T, argument: &'static str) -> Result<Self, Failure> {
        if out.is_null() || !out.is_aligned() { Err(Failure::null(argument)) } else { Ok(Self(out)) }
    }

    pub(crate) fn put(self, value: T) {
        // SAFETY: `at` was promised that it may be written until the function returns.
        unsafe { self.0.write(value) };
    }
}

impl<H: handle::Handle> Out<*mut H> {
    /// The caller's out argument for a handle, which is set to NULL.
    ///
    /// # Safety
    ///
    /// `out` is NULL or may be written until the function returns.
    pub(crate) unsafe fn handle(out: *mut *mut H) -> Result<Self, Failure> {
        // SAFETY: as promised to this function.
        let out = unsafe { Self::at(out, "out") }?;
        // SAFETY: `at` found it fit to be written.
        unsafe { out.0.write(ptr::null_mut()) };
        Ok(out)
    }

    pub(crate) fn give(self, inner: H::Inner) {
        self.put(handle::give(inner));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_status_and_a_detail() {
        let mut error = ptr::null_mut();
        // SAFETY: `error` lives on this stack.
        let detail = unsafe { Detail::at(&raw mut error) };
        let status = guard(detail, || panic!("secret-canary"));
        assert_eq!(status, asaf_status::Panic);
        let failure = handle::borrow(error, "error").unwrap();
        assert_eq!(failure.message, "a bug of this library: a panic was caught; nothing more is known");
        handle::release(error).unwrap();
        assert_eq!(guard_value(7, || panic!("again")), 7);
    }
}
