//! Readings: the facts of one command's output, and what was not understood of it.

use std::sync::OnceLock;

use asa_failover_core::show::{self, Block, Facts, Lines, Reading};
use serde_json::Value;

use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::status::{Failure, asaf_error, asaf_status};
use crate::text::asaf_str;

/// The facts of an output and its unread lines. What not every caller wants is made when it is asked for.
pub(crate) struct Read {
    reading: Reading<Facts>,
    plain: OnceLock<Value>,
    json: OnceLock<String>,
}

impl Read {
    pub(crate) const fn facts(&self) -> &Facts {
        &self.reading.value
    }

    /// The facts as plain values: what paths lead through.
    pub(crate) fn plain(&self) -> &Value {
        self.plain.get_or_init(|| self.reading.value.to_json())
    }

    fn json(&self) -> &str {
        self.json.get_or_init(|| self.plain().to_string())
    }
}

impl From<Reading<Facts>> for Read {
    fn from(reading: Reading<Facts>) -> Self {
        Self { reading, plain: OnceLock::new(), json: OnceLock::new() }
    }
}

/// What one command's output says.
pub struct asaf_reading {
    _opaque: [u8; 0],
}
handle!(asaf_reading, Read);

/// The part of an output that a line stands in.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_block {
    /// A finding, not a block.
    Elsewhere = 0,
    /// In the host, group or interface part of `show failover`: it blocks a guard.
    Host = 1,
}

/// What became of the lines of a text: each that has something on it is counted once.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_lines {
    /// Lines that a rule claimed: they state facts, or head or rule off those that do.
    pub claimed: usize,
    /// Lines that are known and left out on purpose: prompts, notices, lines that state no fact.
    pub ignored: usize,
    /// Lines that `asaf_reading_unread` gives.
    pub unread: usize,
}

/// A line that no rule claimed.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_unread {
    /// Its number in the captured text, from 1.
    pub line: usize,
    /// The part of the output it stands in.
    pub block: asaf_block,
    /// The line as captured, without its end.
    pub text: asaf_str,
}

/// Reads the output of a command that is named in full: `show failover`, `show version`, `dir`, ...
///
/// The text is taken as it comes off a terminal. A byte that is no UTF-8 is damage: its line is
/// unread, and spans count in the text with U+FFFD in its place. `ASAF_STATUS_NO_READER` says that
/// no reader knows the command, `ASAF_STATUS_UNREADABLE` that its reader does not take the text; the
/// error then has line and span.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_parse(
    command: asaf_str,
    text: asaf_str,
    out: *mut *mut asaf_reading,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: both texts are readable and `out` is NULL or writable, by the caller's contract.
        let (out, command, text) =
            unsafe { (Out::handle(out)?, command.read("command")?, text.read_captured("text")?) };
        out.give(show::parse(command, &text)?.into());
        Ok(())
    })
}

/// The facts as JSON: every key is there, with `null` or `[]` for what the output does not state. It is
/// made when it is first asked for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_reading_json(reading: *const asaf_reading, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(handle::borrow(reading, "reading")?.json()));
        Ok(())
    })
}

/// What became of every line of the text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_reading_lines(
    reading: *const asaf_reading,
    out: *mut asaf_lines,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let Lines { claimed, ignored, unread, .. } = handle::borrow(reading, "reading")?.reading.lines;
        out.put(asaf_lines { claimed, ignored, unread });
        Ok(())
    })
}

/// How many lines no rule claimed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_reading_unread_count(
    reading: *const asaf_reading,
    out: *mut usize,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(reading, "reading")?.reading.unread.len());
        Ok(())
    })
}

/// A line that no rule claimed, in the order printed, from index 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_reading_unread(
    reading: *const asaf_reading,
    index: usize,
    out: *mut asaf_unread,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let read = handle::borrow(reading, "reading")?;
        let lines = &read.reading.unread;
        let unread = lines.get(index).ok_or_else(|| Failure::index("unread lines", index, lines.len()))?;
        let block = match unread.block {
            Block::Host => asaf_block::Host,
            _ => asaf_block::Elsewhere,
        };
        out.put(asaf_unread { line: unread.line, block, text: asaf_str::lend(&unread.text) });
        Ok(())
    })
}

/// Frees a reading. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_reading_free(reading: *mut asaf_reading) -> asaf_status {
    guard(Detail::NONE, || handle::release(reading))
}
