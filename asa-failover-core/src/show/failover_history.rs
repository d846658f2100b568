//! `show failover history` and `show failover history details`: which states a unit and its groups went
//! through, and why.
//!
//! Active/Active has one table in order of time with a `Group` column, in which group 0 is the unit
//! itself. The oldest entries fall out of the table and a reload clears it, so it may begin anywhere.
//! How `details` marks the peer's part is known from memory only, not from a capture: whatever line
//! speaks of a peer's history opens it, and nothing below such a line is ever taken for the unit's own.

use std::ops::ControlFlow;

use nom::Parser;
use nom::character::complete::u8;
use nom::combinator::{map, rest};
use nom::error::context;
use nom::sequence::terminated;
use serde::{Deserialize, Serialize};

use super::token::{Parsed, blanks, columns, is_time, squeezed};
use super::walk::{Line, Walk};
use super::words::words;
use super::{Expected, ParseError, Reading};
use crate::unit::{GroupId, Standing};

/// What `show failover history` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FailoverHistory {
    /// The changes, in the order printed, the oldest first.
    pub entries: Vec<HistoryEntry>,
}

/// What `show failover history details` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FailoverHistoryDetails {
    /// The changes of the unit that printed, the oldest first.
    pub entries: Vec<HistoryEntry>,
    /// The changes of its peer; empty where none is printed.
    pub peer_entries: Vec<HistoryEntry>,
}

/// One change of state.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct HistoryEntry {
    /// When, as printed: `16:43:08 UTC Aug 8 2017`.
    pub at: String,
    /// The group, 0 for the unit itself; `None` in Active/Standby.
    pub group: Option<GroupId>,
    /// The state before.
    pub from: Standing,
    /// The state after.
    pub to: Standing,
    /// Why; `None` where the column is blank.
    pub reason: Option<SwitchReason>,
}

/// Why a state changed, in the unit's words.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SwitchReason {
    /// `No Error`
    NoError,
    /// `Failover state check`
    StateCheck,
    /// `No Active unit found`: it started alone, or its peer is gone.
    NoActiveUnit,
    /// `Detected an Active mate`
    ActiveMate,
    /// `Set by the config command`: somebody typed it on this unit.
    ConfigCommand,
    /// `Other unit wants me Active`
    WantedActive,
    /// `Other unit wants me Standby`
    WantedStandby,
    /// `HELLO not heard from mate`
    HelloNotHeard,
    /// `Interface check`
    InterfaceCheck,
    /// `Configuration mismatch`: `write standby` on the active unit, among others.
    ConfigurationMismatch,
    /// Any other words, as printed.
    Other(String),
}

words!(
    SwitchReason: NoError = "No Error",
    StateCheck = "Failover state check",
    NoActiveUnit = "No Active unit found",
    ActiveMate = "Detected an Active mate",
    ConfigCommand = "Set by the config command",
    WantedActive = "Other unit wants me Active",
    WantedStandby = "Other unit wants me Standby",
    HelloNotHeard = "HELLO not heard from mate",
    InterfaceCheck = "Interface check",
    ConfigurationMismatch = "Configuration mismatch",
);

const HEADER: &str = "From State  To State  Reason";
const ROW: &str = "a state, the next state and a reason";
const ROW_LINE: &str = "FROM STATE  TO STATE  REASON";

/// Reads the output of `show failover history`.
///
/// ```
/// use asa_failover_core::show::{self, SwitchReason};
/// use asa_failover_core::unit::Standing;
///
/// let text = "\
/// ==========================================================================
/// From State                 To State                   Reason
/// ==========================================================================
/// 12:34:21 UTC Jun 12 2024
/// Standby Ready              Just Active                Set by the config command
/// ";
/// let history = show::failover_history(text)?.value;
/// assert_eq!(history.entries[0].to, Standing::JustActive);
/// assert_eq!(history.entries[0].reason, Some(SwitchReason::ConfigCommand));
/// # Ok::<(), show::ParseError>(())
/// ```
///
/// The lines it knows, form by form:
///
/// ```text
/// ==========================================================================
/// From State                 To State                   Reason
/// ==========================================================================
/// 16:43:08 UTC Aug 8 2017
/// Standby Ready              Just Active                Set by the config command
/// ==========================================================================
/// ```
///
/// ```text
/// ==========================================================================
/// Group     From State                 To State                   Reason
/// ==========================================================================
/// 16:43:08 UTC Aug 8 2017
///     2     Active                     Standby Ready              Other unit wants me Standby
/// ==========================================================================
/// ```
///
/// Known from a capture of Active/Active, and from texts that show Active/Standby.
///
/// # Errors
///
/// [`ParseError`] where the table's head is missing or printed twice, where a time has no row or a row
/// is malformed, and where the device refused the command.
pub fn failover_history(text: &str) -> Result<Reading<FailoverHistory>, ParseError> {
    let mut walk = Walk::new("show failover history", text)?;
    let mut own = Table::default();
    let end = own.fill(&mut walk)?;
    if let ControlFlow::Break(line) = end {
        walk.keep(line);
        while let Some(line) = walk.line()? {
            walk.unclaimed(line)?;
        }
    }
    let entries = own.entries(|line| walk.missing(line))?;
    walk.reading(FailoverHistory { entries })
}

/// Reads the output of `show failover history details`.
///
/// The lines it knows:
///
/// ```text
/// ==========================================================================
/// From State                 To State                   Reason
/// ==========================================================================
/// 16:43:08 UTC Aug 8 2017
/// Standby Ready              Just Active                Set by the config command
/// ==========================PEER-HISTORY====================================
/// From State                 To State                   Reason
/// ==========================================================================
/// 16:43:09 UTC Aug 8 2017
/// Active                     Standby Ready              Other unit wants me Standby
/// ==========================================================================
/// ```
///
/// The unit's table is that of [`failover_history`]; the line that opens the peer's is remembered.
///
/// # Errors
///
/// [`ParseError`] as [`failover_history`] gives it, for the unit's table and for its peer's.
pub fn failover_history_details(text: &str) -> Result<Reading<FailoverHistoryDetails>, ParseError> {
    let mut walk = Walk::new("show failover history details", text)?;
    let (mut own, mut peer) = (Table::default(), Table::default());
    let mut end = own.fill(&mut walk)?;
    let entries = own.entries(|line| match &end {
        ControlFlow::Break(peer) => peer.error(Expected::Line(line), peer.text),
        ControlFlow::Continue(()) => walk.missing(line),
    })?;
    while end.is_break() {
        end = peer.fill(&mut walk)?;
    }
    if peer.at.is_some() {
        return Err(walk.missing(ROW_LINE));
    }
    walk.reading(FailoverHistoryDetails { entries, peer_entries: peer.rows })
}

/// A table as far as it was read.
#[derive(Default)]
struct Table {
    /// Whether it has a `Group` column, once its head was met.
    grouped: Option<bool>,
    /// The time that the next row belongs to.
    at: Option<String>,
    rows: Vec<HistoryEntry>,
}

impl Table {
    /// Reads to the end of the text, or up to the line that opens a peer's history.
    fn fill<'t>(&mut self, walk: &mut Walk<'t>) -> Result<ControlFlow<Line<'t>>, ParseError> {
        while let Some(line) = walk.line()? {
            let text = line.text;
            if opens_peer(text) {
                return Ok(ControlFlow::Break(line));
            }
            if is_rule(text) {
                continue;
            }
            if let Some(grouped) = head(text) {
                line.put(&mut self.grouped, HEADER, grouped)?;
            } else if self.at.is_none() && self.grouped.is_some() && is_date(text) {
                self.at = Some(squeezed(text));
            } else if self.at.is_none() {
                walk.unclaimed(line)?;
            } else if !walk.noise(line)?
                && let Some(at) = self.at.take()
            {
                self.rows.push(row(&line, at, self.grouped == Some(true))?);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The rows, once all were read.
    fn entries(
        &mut self,
        missing: impl Fn(&'static str) -> ParseError,
    ) -> Result<Vec<HistoryEntry>, ParseError> {
        if self.grouped.is_none() {
            return Err(missing(HEADER));
        }
        if self.at.is_some() {
            return Err(missing(ROW_LINE));
        }
        Ok(std::mem::take(&mut self.rows))
    }
}

/// `==========================================================================`
fn is_rule(text: &str) -> bool {
    text.len() >= 10 && text.bytes().all(|b| b == b'=')
}

/// `===========================PEER-HISTORY===================================`,
/// `PEER History Collected at 16:43:08 UTC Aug 8 2024`
fn opens_peer(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let words = text.trim_matches(|c: char| c == '=' || c.is_ascii_whitespace());
    words.starts_with("peer") && words.contains("history")
}

/// `From State                 To State                   Reason`, with `Group` in front or without.
fn head(text: &str) -> Option<bool> {
    match squeezed(text).as_str() {
        "From State To State Reason" => Some(false),
        "Group From State To State Reason" => Some(true),
        _ => None,
    }
}

/// `16:43:08 UTC Aug 8 2017`
fn is_date(text: &str) -> bool {
    let words: Vec<_> = text.split_ascii_whitespace().collect();
    let year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    matches!(words.as_slice(), [time, _, .., last] if is_time(time) && year(last)) && words.len() <= 6
}

/// `Standby Ready              Just Active                Set by the config command`; in Active/Active
/// `    2     Active                     Standby Ready              Other unit wants me Standby`
fn row(line: &Line<'_>, at: String, grouped: bool) -> Result<HistoryEntry, ParseError> {
    let (group, text) = if grouped {
        line.all(line.text, ROW, numbered).map(|(group, text)| (Some(group), text))?
    } else {
        (None, line.text)
    };
    let states = by_place(text).or_else(|| by_words(text)).or_else(|| by_blanks(text));
    let (from, to, reason) = states.ok_or_else(|| line.error(Expected::Phrase(ROW), text))?;
    Ok(HistoryEntry {
        at,
        group,
        from,
        to,
        reason: (!reason.is_empty()).then(|| SwitchReason::of(&squeezed(reason))),
    })
}

/// `2     Active ...`
fn numbered(i: &str) -> Parsed<'_, (GroupId, &str)> {
    let number = context("a group's number", map(u8, GroupId::new));
    (terminated(number, blanks), rest).parse(i)
}

type States<'t> = (Standing, Standing, &'t str);

/// A row in its columns, 27 characters each, whatever the words say.
fn by_place(text: &str) -> Option<States<'_>> {
    let column = |from: usize, to: usize| {
        let cell = text.get(from..to.min(text.len()))?;
        (!cell.starts_with(' ') && (to >= text.len() || cell.ends_with(' '))).then(|| cell.trim_ascii_end())
    };
    let (from, to, reason) = (column(0, 27)?, column(27, 54)?, column(54, usize::MAX)?);
    let apart = |cell: &str| !cell.is_empty() && !cell.contains("  ") && !cell.contains('\t');
    (apart(from) && apart(to) && !reason.is_empty()).then(|| (Standing::of(from), Standing::of(to), reason))
}

/// A row whose columns a copy has lost: each state is the longest that is known.
fn by_words(text: &str) -> Option<States<'_>> {
    let (from, behind) = longest(text)?;
    let (to, behind) = longest(behind)?;
    Some((from, to, behind))
}

/// The longest state in front of a text, and what stands behind it.
fn longest(text: &str) -> Option<(Standing, &str)> {
    let ends = text.char_indices().filter(|(_, c)| c.is_ascii_whitespace()).map(|(at, _)| at);
    let state = |at: usize| {
        let (state, behind) = text.split_at_checked(at)?;
        let state = Standing::of(&squeezed(state));
        (!matches!(state, Standing::Other(_))).then(|| (state, behind.trim_ascii_start()))
    };
    ends.chain([text.len()]).take_while(|at| *at <= 64).filter_map(state).last()
}

/// A row with states that are not known, told apart by the blanks between them.
fn by_blanks(text: &str) -> Option<States<'_>> {
    let mut cells = columns(text);
    let (from, to, reason) = (cells.next()?, cells.next()?, cells.next()?);
    cells.next().is_none().then(|| (Standing::of(from), Standing::of(to), reason))
}
