//! What went wrong: a status from every function that can fail, and the detail as a handle.

use std::ops::Range;

use asa_failover_core::compat::{ParseRuleSetError, TableError};
use asa_failover_core::flash::ParseFlashError;
use asa_failover_core::goal::ParseDigestError;
use asa_failover_core::image::ParseImageError;
use asa_failover_core::live;
use asa_failover_core::pair::PairError;
use asa_failover_core::plan::{PlanJsonError, Refusal};
use asa_failover_core::run::record::Damaged;
use asa_failover_core::show;
use asa_failover_core::store::JournalError;
use asa_failover_core::version::ParseVersionError;

use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::text::asaf_str;

/// How a function ended. A number is never given another meaning.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_status {
    /// Done; the results stand in the out arguments.
    Ok = 0,
    /// An argument is NULL (or not aligned) that must not be.
    NullArgument = 1,
    /// A handle is of another kind, was freed, or was never one.
    BadHandle = 2,
    /// Another thread is using the handle.
    Busy = 3,
    /// A text is not UTF-8.
    BadText = 4,
    /// A number stands for nothing, or an options struct has another size than this library knows.
    BadValue = 5,
    /// What was asked for is not there: an index too high, a version that a name does not tell.
    Absent = 6,
    /// A text is no ASA version.
    BadVersion = 10,
    /// A text is no image name, no file on flash, no address or no digest.
    BadImage = 11,
    /// No reader knows the command.
    NoReader = 12,
    /// The reader of the command does not take the text; line and span say where.
    Unreadable = 13,
    /// The captures do not make a pair.
    BadPair = 14,
    /// The text is no goal as JSON.
    BadGoal = 15,
    /// The text is no policy as JSON.
    BadPolicy = 16,
    /// There is no plan: something that was found blocks it.
    Refused = 17,
    /// The text is no plan, or planning again gives another one.
    BadPlan = 18,
    /// The journal cannot be used.
    Journal = 19,
    /// The live pair could not be read.
    ReadFailed = 20,
    /// A text is no finished prompt of a privileged session.
    BadPrompt = 21,
    /// A table does not read, or contradicts the ones below it; the line says where.
    BadTable = 22,
    /// No fact of the reading has this path, or an index in it is too high.
    NoFact = 23,
    /// The output does not state the fact: it is `null` in the JSON, or the path leads through one that is.
    NotStated = 24,
    /// The fact is of another kind than was asked for, or the reading is of another command.
    OtherKind = 25,
    /// A bug of this library. The handles of the call may be of no more use, others are.
    Panic = 99,
}

/// Why a function failed, in detail.
pub struct asaf_error {
    _opaque: [u8; 0],
}
handle!(asaf_error, Failure);

/// Why a call ends without its result.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Failure {
    pub(crate) status: asaf_status,
    pub(crate) message: String,
    line: usize,
    span: Range<usize>,
}

impl Failure {
    pub(crate) fn new(status: asaf_status, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), line: 0, span: 0..0 }
    }

    pub(crate) fn null(argument: &str) -> Self {
        Self::new(asaf_status::NullArgument, format!("{argument}: expected a pointer, found NULL"))
    }

    pub(crate) fn stale(argument: &str, kind: &str) -> Self {
        let message = format!("{argument}: expected a handle of {kind}, found none that is in use");
        Self::new(asaf_status::BadHandle, message)
    }

    pub(crate) fn wrong_handle(argument: &str, kind: &str, found: &str) -> Self {
        let message = format!("{argument}: expected a handle of {kind}, found one of {found}");
        Self::new(asaf_status::BadHandle, message)
    }

    pub(crate) fn busy() -> Self {
        Self::new(asaf_status::Busy, "another thread is using this handle")
    }

    /// The text itself is not repeated: it may be a password.
    pub(crate) fn utf8(argument: &str, at: usize) -> Self {
        let message = format!("{argument}: expected UTF-8, found something else at byte {at}");
        Self { span: at..at + 1, ..Self::new(asaf_status::BadText, message) }
    }

    pub(crate) fn value(argument: &str, expected: &str) -> Self {
        Self::new(asaf_status::BadValue, format!("{argument}: expected {expected}"))
    }

    pub(crate) fn absent(what: impl Into<String>) -> Self {
        Self::new(asaf_status::Absent, what)
    }

    pub(crate) fn index(what: &str, index: usize, count: usize) -> Self {
        Self::absent(format!("index: expected one of {count} {what}, found {index}"))
    }

    pub(crate) fn panicked() -> Self {
        let message = "a bug of this library: a panic was caught; nothing more is known";
        Self::new(asaf_status::Panic, message)
    }
}

impl From<show::ReadError> for Failure {
    fn from(why: show::ReadError) -> Self {
        match &why {
            show::ReadError::Parse(parse) => Self {
                line: parse.line,
                span: parse.span.clone(),
                ..Self::new(asaf_status::Unreadable, why.to_string())
            },
            _ => Self::new(asaf_status::NoReader, why.to_string()),
        }
    }
}

impl From<PlanJsonError> for Failure {
    fn from(why: PlanJsonError) -> Self {
        let status = match &why {
            PlanJsonError::Refused(_) => asaf_status::Refused,
            _ => asaf_status::BadPlan,
        };
        Self::new(status, why.to_string())
    }
}

impl From<Damaged> for Failure {
    fn from(why: Damaged) -> Self {
        Self { line: why.line, ..Self::new(asaf_status::Journal, why.to_string()) }
    }
}

impl From<TableError> for Failure {
    fn from(why: TableError) -> Self {
        let line = usize::try_from(why.line).unwrap_or_default();
        Self { line, ..Self::new(asaf_status::BadTable, why.to_string()) }
    }
}

macro_rules! failures {
    ($($error:ty => $status:ident),+ $(,)?) => {$(
        impl From<$error> for Failure {
            fn from(why: $error) -> Self {
                Self::new(asaf_status::$status, why.to_string())
            }
        }
    )+};
}
failures! {
    ParseVersionError => BadVersion,
    ParseImageError => BadImage,
    ParseFlashError => BadImage,
    ParseDigestError => BadImage,
    ParseRuleSetError => BadValue,
    PairError => BadPair,
    Refusal => Refused,
    JournalError => Journal,
    live::ReadError => ReadFailed,
}

/// Text that is to be JSON of a known form, and is not.
pub(crate) fn json(status: asaf_status, expected: &str) -> impl FnOnce(serde_json::Error) -> Failure {
    move |why: serde_json::Error| Failure {
        line: why.line(),
        ..Failure::new(status, format!("expected {expected} as JSON: {why}"))
    }
}

/// An enum that comes in as a number and is checked.
pub(crate) trait Entering: Copy + Sized + 'static {
    const ALL: &'static [(u32, Self)];
    const EXPECTED: &'static str;

    fn checked(value: u32, argument: &str) -> Result<Self, Failure> {
        let found = Self::ALL.iter().find(|(number, _)| *number == value);
        found
            .map(|(_, value)| *value)
            .ok_or_else(|| Failure::value(argument, &format!("a value of {}, found {value}", Self::EXPECTED)))
    }
}

/// Says which variants of an enum of the header may come in.
macro_rules! entering {
    ($name:ident: $($variant:ident),+) => {
        impl $crate::status::Entering for $name {
            const ALL: &'static [(u32, Self)] = &[$((Self::$variant as u32, Self::$variant)),+];
            const EXPECTED: &'static str = stringify!($name);
        }
    };
}
pub(crate) use entering;

fn of<T>(
    error: *const asaf_error,
    out: Result<Out<T>, Failure>,
    value: impl FnOnce(&Failure) -> T,
) -> Result<(), Failure> {
    let out = out?;
    let failure = handle::borrow(error, "error")?;
    out.put(value(&failure));
    Ok(())
}

/// The status that the failed function returned.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_error_status(error: *const asaf_error, out: *mut asaf_status) -> asaf_status {
    // SAFETY: `out` is NULL or writable, by the caller's contract.
    guard(Detail::NONE, || of(error, unsafe { Out::at(out, "out") }, |failure| failure.status))
}

/// What was expected and what was found, for people.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_error_message(error: *const asaf_error, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        of(error, unsafe { Out::at(out, "out") }, |failure| asaf_str::lend(&failure.message))
    })
}

/// The line of the text that was read, from 1; 0 where the failure has no such place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_error_line(error: *const asaf_error, out: *mut usize) -> asaf_status {
    // SAFETY: `out` is NULL or writable, by the caller's contract.
    guard(Detail::NONE, || of(error, unsafe { Out::at(out, "out") }, |failure| failure.line))
}

/// The bytes of the text that was read: the first, and the one behind the last. Both 0 where the
/// failure has no such place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_error_span(
    error: *const asaf_error,
    out_start: *mut usize,
    out_end: *mut usize,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: both are NULL or writable, by the caller's contract.
        let (start, end) = unsafe { (Out::at(out_start, "out_start")?, Out::at(out_end, "out_end")?) };
        let failure = handle::borrow(error, "error")?;
        start.put(failure.span.start);
        end.put(failure.span.end);
        Ok(())
    })
}

/// Frees an error. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_error_free(error: *mut asaf_error) -> asaf_status {
    guard(Detail::NONE, || handle::release(error))
}
