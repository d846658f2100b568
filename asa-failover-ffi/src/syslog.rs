//! Syslog messages: one line of a log, and what is known of its id.

use asa_failover_core::show::{Product, ReadError};
use asa_failover_core::syslog::{self, Entry, Message, PlannerUse};

use crate::guard::{Detail, Out, guard};
use crate::guideline::asaf_basis;
use crate::handle::{self, handle};
use crate::pair::asaf_role;
use crate::status::{Failure, asaf_error, asaf_status};
use crate::text::asaf_str;

/// The software that names itself in a message.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_product {
    /// Another one than this header knows.
    Other = 0,
    /// `%ASA-`
    Asa = 1,
    /// `%PIX-`
    Pix = 2,
    /// `%FWSM-`
    Fwsm = 3,
    /// `%FTD-`
    Ftd = 4,
}

impl asaf_product {
    const fn of(product: Product) -> Self {
        match product {
            Product::Asa => Self::Asa,
            Product::Pix => Self::Pix,
            Product::Fwsm => Self::Fwsm,
            Product::Ftd => Self::Ftd,
            _ => Self::Other,
        }
    }
}

/// What a message is to whoever follows an upgrade.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_planner_use {
    /// Not known: nothing is said about this message.
    None = 0,
    /// It comes in an upgrade that goes well, at its time; at another time it needs a look.
    ExpectedMarker = 1,
    /// Nothing depends on it.
    Information = 2,
    /// Somebody should look before the next step.
    Warning = 3,
    /// Nothing more should be changed before it is understood.
    Abort = 4,
}

impl asaf_planner_use {
    const fn of(entry: &Entry) -> Self {
        match entry.planner_use {
            PlannerUse::ExpectedMarker => Self::ExpectedMarker,
            PlannerUse::Information => Self::Information,
            PlannerUse::Warning => Self::Warning,
            PlannerUse::Abort => Self::Abort,
            _ => Self::None,
        }
    }
}

/// What a line says. Texts are empty where the line does not state them.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_syslog_message {
    /// The six digits that name the message.
    pub id: u32,
    /// The severity of this line, 0 to 7.
    pub severity: u32,
    /// The software that names itself.
    pub product: asaf_product,
    /// The priority of the syslog protocol, 0 to 191; -1 where there is none.
    pub pri: i32,
    /// The unit that is named; `ASAF_ROLE_NONE` where none is.
    pub role: asaf_role,
    /// The failover group that is named; 0 where none is.
    pub group: u32,
    /// What the message is to an upgrade; `ASAF_PLANNER_USE_NONE` where its id is not known.
    pub planner_use: asaf_planner_use,
    /// The time in front, as printed.
    pub at: asaf_str,
    /// The name or address in front.
    pub host: asaf_str,
    /// The class, which the EMBLEM form prints.
    pub message_class: asaf_str,
    /// The words in parentheses behind the id.
    pub unit: asaf_str,
    /// The rest of the line.
    pub text: asaf_str,
    /// What happened; empty where the id is not known.
    pub meaning: asaf_str,
    /// What to do; empty where the id is not known.
    pub advice: asaf_str,
}

/// What is known of a message by its id. Its texts are part of the library and stay readable.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_syslog_entry {
    /// The six digits that name it.
    pub id: u32,
    /// Its severity in the current guide.
    pub severity: u32,
    /// Its severity in the oldest text, where that is another one; -1 where it is not.
    pub older_severity: i32,
    /// What it is to an upgrade.
    pub planner_use: asaf_planner_use,
    /// What severity, wording and meaning rest on.
    pub basis: asaf_basis,
    /// The part of the device it concerns.
    pub message_class: asaf_str,
    /// Its text as a guide prints it, with names for what varies.
    pub wording: asaf_str,
    /// What happened, in sentences.
    pub meaning: asaf_str,
    /// What to do, in sentences.
    pub advice: asaf_str,
    /// How many sources it has; see `asaf_syslog_known_source`.
    pub source_count: usize,
}

/// A message with its renderings.
pub(crate) struct Line {
    message: Message,
    text: String,
    json: String,
}

/// One line of a log that is a message of a firewall.
pub struct asaf_syslog {
    _opaque: [u8; 0],
}
handle!(asaf_syslog, Line);

/// Reads one line of a log, wrapped as the unit or a relay does it. `ASAF_STATUS_UNREADABLE` says that
/// it is no message of a firewall; the error then has the span.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_syslog_parse(
    line: asaf_str,
    out: *mut *mut asaf_syslog,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `line` is readable and `out` is NULL or writable, by the caller's contract.
        let (out, line) = unsafe { (Out::handle(out)?, line.read("line")?) };
        let message = syslog::parse(line).map_err(ReadError::from)?;
        out.give(Line { text: message.to_string(), json: message.to_json().to_string(), message });
        Ok(())
    })
}

/// What the line says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_syslog_read(
    message: *const asaf_syslog,
    out: *mut asaf_syslog_message,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let line = handle::borrow(message, "message")?;
        let entry = line.message.entry;
        out.put(asaf_syslog_message {
            id: line.message.id,
            severity: line.message.severity.into(),
            product: asaf_product::of(line.message.product),
            pri: line.message.pri.map_or(-1, i32::from),
            role: asaf_role::of(line.message.role),
            group: line.message.group.map_or(0, |group| group.number().into()),
            planner_use: entry.map_or(asaf_planner_use::None, asaf_planner_use::of),
            at: asaf_str::lend_some(line.message.at.as_deref()),
            host: asaf_str::lend_some(line.message.host.as_deref()),
            message_class: asaf_str::lend_some(line.message.class.as_deref()),
            unit: asaf_str::lend_some(line.message.unit.as_deref()),
            text: asaf_str::lend(&line.message.text),
            meaning: asaf_str::lend_some(entry.map(|entry| entry.meaning.as_str())),
            advice: asaf_str::lend_some(entry.map(|entry| entry.advice.as_str())),
        });
        Ok(())
    })
}

/// The message as the unit words it, without what stood in front.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_syslog_text(message: *const asaf_syslog, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(message, "message")?.text));
        Ok(())
    })
}

/// The message as JSON, with all that is known of its id: every key is there, with `null` for what the
/// line does not state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_syslog_json(message: *const asaf_syslog, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(asaf_str::lend(&handle::borrow(message, "message")?.json));
        Ok(())
    })
}

/// Frees a message. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_syslog_free(message: *mut asaf_syslog) -> asaf_status {
    guard(Detail::NONE, || handle::release(message))
}

fn entry_of(id: u32) -> Result<&'static Entry, Failure> {
    syslog::known(id).ok_or_else(|| Failure::absent(format!("id: nothing is known of {id}")))
}

fn lent(entry: &'static Entry) -> asaf_syslog_entry {
    asaf_syslog_entry {
        id: entry.id,
        severity: entry.severity.into(),
        older_severity: entry.older_severity.map_or(-1, i32::from),
        planner_use: asaf_planner_use::of(entry),
        basis: entry.basis.into(),
        message_class: asaf_str::lend(&entry.class),
        wording: asaf_str::lend(&entry.template),
        meaning: asaf_str::lend(&entry.meaning),
        advice: asaf_str::lend(&entry.advice),
        source_count: entry.sources.len(),
    }
}

/// What is known of the message of this id; `ASAF_STATUS_ABSENT` where nothing is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_syslog_known(id: u32, out: *mut asaf_syslog_entry) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(lent(entry_of(id)?));
        Ok(())
    })
}

/// The key of a source of what is known of this id, from index 0. It stays readable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_syslog_known_source(id: u32, index: usize, out: *mut asaf_str) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let sources = &entry_of(id)?.sources;
        let source = sources.get(index).ok_or_else(|| Failure::index("sources", index, sources.len()))?;
        out.put(asaf_str::lend(source));
        Ok(())
    })
}

/// How many messages something is known of.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_syslog_entry_count(out: *mut usize) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(syslog::entries().len());
        Ok(())
    })
}

/// What is known of one message, lowest id first, from index 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_syslog_entry_at(index: usize, out: *mut asaf_syslog_entry) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let count = syslog::entries().len();
        let entry = syslog::entries().nth(index).ok_or_else(|| Failure::index("entries", index, count))?;
        out.put(lent(entry));
        Ok(())
    })
}
