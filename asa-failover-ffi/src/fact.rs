//! Any fact of a reading by its path: the keys of its JSON, as a JSON pointer (RFC 6901).

use serde_json::Value;

use crate::guard::{Detail, Out, guard};
use crate::handle;
use crate::show::asaf_reading;
use crate::status::{Failure, asaf_error, asaf_status};
use crate::text::asaf_str;

/// Follows a path. A step that leads through `null` ends there: what lies behind is not stated.
fn at<'a>(facts: &'a Value, path: &str) -> Result<&'a Value, Failure> {
    let steps = match path.strip_prefix('/') {
        Some(steps) => Some(steps),
        None if path.is_empty() => None,
        None => return Err(Failure::value("path", "a JSON pointer such as /this_host/state")),
    };
    let mut fact = facts;
    for step in steps.into_iter().flat_map(|steps| steps.split('/')) {
        let next = match fact {
            Value::Null => return Err(not_stated(path)),
            Value::Object(facts) => facts.get(&step.replace("~1", "/").replace("~0", "~")),
            Value::Array(rows) => step.parse::<usize>().ok().and_then(|index| rows.get(index)),
            _ => None,
        };
        let none = || Failure::new(asaf_status::NoFact, format!("path: there is no fact {path}"));
        fact = next.ok_or_else(none)?;
    }
    Ok(fact)
}

fn not_stated(path: &str) -> Failure {
    Failure::new(asaf_status::NotStated, format!("path: the output does not state {path}"))
}

/// Gives a fact to the caller, if it is of the kind that `pick` takes.
fn give<T>(
    reading: *const asaf_reading,
    path: Result<&str, Failure>,
    out: Result<Out<T>, Failure>,
    expected: &str,
    pick: impl FnOnce(&Value) -> Option<T>,
) -> Result<(), Failure> {
    let (out, path) = (out?, path?);
    let read = handle::borrow(reading, "reading")?;
    match at(read.plain(), path)? {
        Value::Null => Err(not_stated(path)),
        fact => {
            let kind = match fact {
                Value::Null => "null",
                Value::Bool(_) => "a flag",
                Value::Number(_) => "a number",
                Value::String(_) => "a text",
                Value::Array(_) => "a list",
                Value::Object(_) => "an object",
            };
            let other = || {
                let message = format!("path: expected {expected} at {path}, found {kind}");
                Failure::new(asaf_status::OtherKind, message)
            };
            out.put(pick(fact).ok_or_else(other)?);
            Ok(())
        }
    }
}

/// A fact that is a text, by the path of its keys: `/this_host/state`, `/interfaces/0/name`. Roles,
/// standings, versions and addresses are texts, as the device prints them.
///
/// `ASAF_STATUS_NO_FACT` says that there is no such path, `ASAF_STATUS_NOT_STATED` that the output does
/// not state the fact, `ASAF_STATUS_OTHER_KIND` that it is no text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_reading_text(
    reading: *const asaf_reading,
    path: asaf_str,
    out: *mut asaf_str,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `path` is readable and `out` is NULL or writable, by the caller's contract.
        let (path, out) = unsafe { (path.read("path"), Out::at(out, "out")) };
        give(reading, path, out, "a text", |fact| fact.as_str().map(asaf_str::lend))
    })
}

/// A fact that is a number, by the path of its keys: `/unit_poll_ms`, `/statistics/0/xmit`; otherwise
/// as `asaf_reading_text`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_reading_number(
    reading: *const asaf_reading,
    path: asaf_str,
    out: *mut u64,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `path` is readable and `out` is NULL or writable, by the caller's contract.
        let (path, out) = unsafe { (path.read("path"), Out::at(out, "out")) };
        give(reading, path, out, "a number", Value::as_u64)
    })
}

/// A fact that is yes or no, by the path of its keys: `/enabled`; otherwise as `asaf_reading_text`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_reading_flag(
    reading: *const asaf_reading,
    path: asaf_str,
    out: *mut bool,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `path` is readable and `out` is NULL or writable, by the caller's contract.
        let (path, out) = unsafe { (path.read("path"), Out::at(out, "out")) };
        give(reading, path, out, "a flag", Value::as_bool)
    })
}

/// How many rows a list has, by the path of its keys: `/interfaces`, `/messages`. Their paths go on from
/// index 0: `/interfaces/0/name`. Otherwise as `asaf_reading_text`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_reading_count(
    reading: *const asaf_reading,
    path: asaf_str,
    out: *mut usize,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `path` is readable and `out` is NULL or writable, by the caller's contract.
        let (path, out) = unsafe { (path.read("path"), Out::at(out, "out")) };
        give(reading, path, out, "a list", |fact| fact.as_array().map(Vec::len))
    })
}
