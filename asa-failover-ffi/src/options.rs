//! Structs of options: each begins with its size, so that it can grow.

use crate::status::Failure;

/// A struct of the header whose first field is `size_t size`.
///
/// # Safety
///
/// It is `repr(C)`, begins with a `usize`, and is valid with every byte 0 and with whatever C may
/// put into its fields: numbers, pointers, and functions that may be NULL.
pub(crate) unsafe trait Sizing {
    const NAME: &'static str;
}

/// Reads a struct of options.
///
/// # Safety
///
/// `options` is NULL, or as many bytes as its `size` says can be read.
pub(crate) unsafe fn read<T: Sizing + Copy>(options: *const T, argument: &'static str) -> Result<T, Failure> {
    if options.is_null() || !options.is_aligned() {
        return Err(Failure::null(argument));
    }
    // SAFETY: not NULL, so its first field can be read.
    let size = unsafe { options.cast::<usize>().read() };
    if size != size_of::<T>() {
        let expected = format!("size to be sizeof({}), {}, found {size}", T::NAME, size_of::<T>());
        return Err(Failure::value(argument, &expected));
    }
    // SAFETY: so many bytes can be read, and whatever C put there is valid, as the trait promises.
    Ok(unsafe { options.read() })
}
