//! What a unit printed, as an argument: `str`, or the bytes of a file.

use std::borrow::Cow;
use std::ops::Deref;

use asa_failover_core::show;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

/// A captured text. Nothing is copied of a `str`, nor of `bytes` that are UTF-8.
pub(crate) struct Text<'a>(Cow<'a, str>);

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for Text<'a> {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(text) = given.cast::<PyString>() {
            // A `str` may hold halves of surrogates, which are no text: `errors="surrogateescape"`.
            let whole = given.extract::<&'a str>().map(Cow::Borrowed);
            return Ok(Self(whole.unwrap_or_else(|_| text.to_string_lossy().into_owned().into())));
        }
        if given.is_instance_of::<PyBytes>() {
            return Ok(Self(show::text_of(given.extract()?)));
        }
        Err(PyTypeError::new_err(format!("expected str or bytes, found {}", given.get_type().name()?)))
    }
}
