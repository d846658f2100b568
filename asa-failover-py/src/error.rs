//! Every error of the core as a Python exception: one enum, one match.

use std::io;
use std::path::PathBuf;

use asa_failover_core::compat::TableError;
use asa_failover_core::live;
use asa_failover_core::pair::{CaptureProblem, PairError};
use asa_failover_core::plan::{PlanJsonError, Refusal};
use asa_failover_core::show;
use asa_failover_core::store;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::finding::Finding;

pyo3::import_exception!(asa_failover._errors, JournalError);
pyo3::import_exception!(asa_failover._errors, ParseError);
pyo3::import_exception!(asa_failover._errors, Refused);
pyo3::import_exception!(asa_failover._errors, TransportError);

/// What goes wrong in this binding, by the exception it becomes.
#[derive(Debug)]
pub(crate) enum Error {
    /// A text that is not what it has to be, without a place in an output.
    Text(String),
    /// A table that does not read, or contradicts the ones below it.
    Table(TableError),
    /// An output that no reader takes.
    Output(show::ReadError),
    /// Captures that make no pair.
    Captures(PairError),
    /// No plan.
    Refused(Refusal),
    /// A journal that cannot be used.
    Journal { message: String, path: Option<PathBuf>, errno: Option<i32> },
    /// A pair that cannot be read.
    Transport(String),
    /// An exception of Python's own.
    Python(PyErr),
}

impl Error {
    /// A text that is not what it has to be.
    pub(crate) fn text(why: impl ToString) -> Self {
        Self::Text(why.to_string())
    }

    /// The exception, with its attributes.
    fn exception(self, py: Python<'_>) -> PyResult<PyErr> {
        let with = PyDict::new(py);
        let (class, message) = match self {
            Self::Python(error) => return Ok(error),
            Self::Text(message) => (py.get_type::<ParseError>(), message),
            Self::Table(why) => {
                with.set_item("line", why.line)?;
                (py.get_type::<ParseError>(), why.to_string())
            }
            Self::Output(why) => {
                place(&why, &with)?;
                (py.get_type::<ParseError>(), why.to_string())
            }
            Self::Captures(why) => {
                let problems: Vec<String> = why.problems.iter().map(ToString::to_string).collect();
                if let [CaptureProblem::Unreadable { why, .. }] = why.problems.as_slice() {
                    place(why, &with)?;
                }
                with.set_item("problems", problems)?;
                (py.get_type::<ParseError>(), why.to_string())
            }
            Self::Refused(refusal) => {
                let message = refusal.to_string();
                let findings: Vec<Finding> = refusal.findings.into_iter().map(Finding::from).collect();
                with.set_item("findings", findings)?;
                (py.get_type::<Refused>(), message)
            }
            Self::Journal { message, path, errno } => {
                with.set_item("path", path.map(|path| path.display().to_string()))?;
                with.set_item("errno", errno)?;
                (py.get_type::<JournalError>(), message)
            }
            Self::Transport(message) => (py.get_type::<TransportError>(), message),
        };
        Ok(PyErr::from_value(class.call((message,), Some(&with))?))
    }
}

/// Command, line and span of an output that is not taken.
fn place(why: &show::ReadError, with: &Bound<'_, PyDict>) -> PyResult<()> {
    with.set_item("command", why.command())?;
    if let show::ReadError::Parse(why) = why {
        with.set_item("line", why.line)?;
        with.set_item("span", (why.span.start, why.span.end))?;
    }
    Ok(())
}

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        Python::attach(|py| error.exception(py).unwrap_or_else(|error| error))
    }
}

impl From<PyErr> for Error {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

impl From<TableError> for Error {
    fn from(why: TableError) -> Self {
        Self::Table(why)
    }
}

impl From<show::ReadError> for Error {
    fn from(why: show::ReadError) -> Self {
        Self::Output(why)
    }
}

impl From<show::ParseError> for Error {
    fn from(why: show::ParseError) -> Self {
        Self::Output(why.into())
    }
}

impl From<PairError> for Error {
    fn from(why: PairError) -> Self {
        Self::Captures(why)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<PlanJsonError> for Error {
    fn from(why: PlanJsonError) -> Self {
        match why {
            PlanJsonError::Refused(refusal) => Self::Refused(refusal),
            text => Self::text(text),
        }
    }
}

impl From<live::ReadError> for Error {
    fn from(why: live::ReadError) -> Self {
        match why {
            live::ReadError::Pair(why) => Self::Captures(why),
            lost => Self::Transport(lost.to_string()),
        }
    }
}

impl From<store::JournalError> for Error {
    fn from(why: store::JournalError) -> Self {
        let message = why.to_string();
        let (path, errno) = match why {
            store::JournalError::Io { path, why } | store::JournalError::Folder { path, why } => {
                (Some(path), errno(&why))
            }
            store::JournalError::Locked { path, .. }
            | store::JournalError::NotOurs { path }
            | store::JournalError::Empty { path }
            | store::JournalError::Damaged { path, .. } => (Some(path), None),
            _ => (None, None),
        };
        Self::Journal { message, path, errno }
    }
}

/// The system's number of an error. One that had a path added to it has lost it, but not its kind.
fn errno(why: &io::Error) -> Option<i32> {
    why.raw_os_error().or_else(|| match why.kind() {
        io::ErrorKind::NotFound => Some(2),
        io::ErrorKind::PermissionDenied => Some(13),
        io::ErrorKind::NotADirectory => Some(20),
        io::ErrorKind::StorageFull => Some(28),
        io::ErrorKind::ReadOnlyFilesystem => Some(30),
        _ => None,
    })
}
