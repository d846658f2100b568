//! JSON values as Python's own, and back: the one way in which facts become `dict`s.

use std::fmt::{self, Write};

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};

/// Anything of the core as `dict`, `list`, `str`, `int`, `bool` or `None`.
pub(crate) fn to_python<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    let value = serde_json::to_value(value).map_err(|why| PyValueError::new_err(why.to_string()))?;
    of_json(py, &value)
}

/// A JSON value as Python's own.
pub(crate) fn of_json<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Bool(truth) => PyBool::new(py, *truth).to_owned().into_any(),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => number.into_pyobject(py)?.into_any(),
            (None, Some(number)) => number.into_pyobject(py)?.into_any(),
            (None, None) => number.as_f64().into_pyobject(py)?,
        },
        Value::String(text) => PyString::new(py, text).into_any(),
        Value::Array(items) => {
            let list = PyList::empty(py);
            for item in items {
                list.append(of_json(py, item)?)?;
            }
            list.into_any()
        }
        Value::Object(entries) => {
            let dict = PyDict::new(py);
            for (key, item) in entries {
                dict.set_item(key, of_json(py, item)?)?;
            }
            dict.into_any()
        }
    })
}

/// A Python value as something of the core. What does not fit is named by serde.
pub(crate) fn from_python<T: DeserializeOwned>(value: &Bound<'_, PyAny>) -> PyResult<T> {
    serde_json::from_value(to_json(value)?).map_err(|why| PyValueError::new_err(why.to_string()))
}

/// A Python value as JSON: `None`, `bool`, numbers, `str`, mappings with `str` keys, and iterables.
pub(crate) fn to_json(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    if value.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(truth) = value.cast::<PyBool>() {
        return Ok(Value::Bool(truth.is_true()));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Value::String(text.to_string()));
    }
    if value.is_instance_of::<PyInt>() {
        let number = value.extract::<u64>().map(Number::from);
        let number = number.or_else(|_| value.extract::<i64>().map(Number::from))?;
        return Ok(Value::Number(number));
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        let number = Number::from_f64(number.value());
        return number.map(Value::Number).ok_or_else(|| PyValueError::new_err("expected a finite number"));
    }
    if let Ok(mapping) = value.cast::<PyMapping>() {
        let mut entries = Map::new();
        for entry in mapping.items()?.iter() {
            let (key, item): (String, Bound<'_, PyAny>) = entry.extract()?;
            entries.insert(key, to_json(&item)?);
        }
        return Ok(Value::Object(entries));
    }
    match value.try_iter() {
        Ok(items) => items.map(|item| to_json(&item?)).collect::<PyResult<_>>().map(Value::Array),
        Err(_) => Err(PyTypeError::new_err(format!(
            "expected a value as JSON has them, found {}",
            value.get_type().name()?
        ))),
    }
}

/// The word of a value that is written as text: `"needs-stops"`, `"Primary"`; nothing for any other value.
pub(crate) fn word(value: &impl Serialize) -> String {
    struct Word<'a, T>(&'a T);
    impl<T: Serialize> fmt::Display for Word<'_, T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.serialize(f)
        }
    }
    let mut word = String::new();
    match write!(word, "{}", Word(value)) {
        Ok(()) => word,
        Err(fmt::Error) => String::new(),
    }
}
