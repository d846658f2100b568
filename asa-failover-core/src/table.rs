//! CSV in, rows out: every cell that does not read is named by file, line and column.

use std::fmt::Display;
use std::str::FromStr;

use csv::{ErrorKind, Position, ReaderBuilder, StringRecord, Trim};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as WordError;
use thiserror::Error;

/// What is wrong with a table, and where.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{file}, line {line}, column {column}: {problem}")]
#[non_exhaustive]
pub struct TableError {
    /// The table: `models.csv`.
    pub file: String,
    /// The line, from 1; the header is line 1.
    pub line: u64,
    /// The column by its header, or `-` where the whole line is meant.
    pub column: String,
    /// What was expected and what was found.
    pub problem: String,
}

/// One line of a table.
pub(crate) struct Row<'t> {
    file: &'t str,
    line: u64,
    headers: &'t StringRecord,
    record: StringRecord,
}

/// Reads a table row by row; the first row that does not read is the error.
pub(crate) fn read<T>(
    file: &str,
    text: &str,
    row: impl FnMut(&Row<'_>) -> Result<T, TableError>,
) -> Result<Vec<T>, TableError> {
    read_with(file, text, &[], row)
}

/// Reads a table that has to have these columns, even where it has no rows.
pub(crate) fn read_with<T>(
    file: &str,
    text: &str,
    columns: &[&str],
    mut row: impl FnMut(&Row<'_>) -> Result<T, TableError>,
) -> Result<Vec<T>, TableError> {
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
    let broken = |error: &csv::Error, line: u64| TableError {
        file: file.to_owned(),
        line,
        column: "-".to_owned(),
        problem: match error.kind() {
            // It says the place in its own count of lines.
            ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("expected {expected_len} cells as in the header, found {len}")
            }
            _ => error.to_string(),
        },
    };
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| broken(&error, 1))?.clone();
    let head = Row { file, line: 1, headers: &headers, record: headers.clone() };
    for column in columns {
        if !headers.iter().any(|header| header == *column) {
            let found = headers.iter().collect::<Vec<_>>().join(",");
            return Err(head.error(column, format!("expected this column, found the header {found:?}")));
        }
    }
    if let Some((place, twice)) = headers
        .iter()
        .enumerate()
        .find(|(place, name)| headers.iter().take(*place).any(|other| other == *name))
    {
        return Err(
            head.error(twice, format!("expected each column once, found it again as column {}", place + 1))
        );
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error, error.position().map_or(1, |at| lines.of(at))))?;
        let line = record.position().map_or(0, |at| lines.of(at));
        let row_of = Row { file, line, headers: &headers, record };
        // A quote that stays open takes the rows behind it in.
        if let Some(place) = row_of.record.iter().position(|cell| cell.contains(['\n', '\r'])) {
            let column = headers.get(place).unwrap_or("-");
            return Err(row_of
                .error(column, "expected a cell of one line, found a line break: is a quote left open?"));
        }
        rows.push(row(&row_of)?);
    }
    Ok(rows)
}

/// Counts lines as an editor does. The reader's own count is short where lines end as spreadsheets write them
/// or stand empty, for a row begins where the one before ended.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of a row, later rows later.
    fn of(&mut self, row: &Position) -> u64 {
        let begun = usize::try_from(row.byte()).unwrap_or(usize::MAX);
        while let Some(byte) = self.text.get(self.at)
            && (self.at < begun || matches!(byte, b'\n' | b'\r'))
        {
            self.at += 1;
            let ends = *byte == b'\n' || *byte == b'\r' && self.text.get(self.at) != Some(&b'\n');
            self.line += u64::from(ends);
        }
        self.line
    }
}

impl Row<'_> {
    /// The cell as text; empty cells are text too.
    pub(crate) fn text(&self, column: &str) -> Result<&str, TableError> {
        self.headers
            .iter()
            .position(|header| header == column)
            .and_then(|index| self.record.get(index))
            .ok_or_else(|| self.error(column, "expected this column, found none"))
    }

    /// The cell as a value that reads itself.
    pub(crate) fn parse<T: FromStr<Err: Display>>(&self, column: &str) -> Result<T, TableError> {
        self.text(column)?.parse().map_err(|error| self.error(column, error))
    }

    /// The cell as such a value, `None` where it is empty.
    pub(crate) fn optional<T: FromStr<Err: Display>>(&self, column: &str) -> Result<Option<T>, TableError> {
        if self.text(column)?.is_empty() { Ok(None) } else { self.parse(column).map(Some) }
    }

    /// The cell as one word of a closed set.
    pub(crate) fn word<'de, T: Deserialize<'de>>(&self, column: &str) -> Result<T, TableError> {
        let word = self.text(column)?.to_owned();
        T::deserialize(word.into_deserializer()).map_err(|error: WordError| self.error(column, error))
    }

    /// The words of a cell, which stand apart by `;`.
    pub(crate) fn list(&self, column: &str) -> Result<Vec<String>, TableError> {
        Ok(self
            .text(column)?
            .split(';')
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect())
    }

    /// The keys of the row's sources, of which there must be one.
    pub(crate) fn sources(&self, column: &str) -> Result<Vec<String>, TableError> {
        let keys = self.list(column)?;
        if keys.is_empty() { Err(self.error(column, "expected a source key, found none")) } else { Ok(keys) }
    }

    /// The line it stands on, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// An error about one cell of this row.
    pub(crate) fn error(&self, column: &str, problem: impl Display) -> TableError {
        TableError {
            file: self.file.to_owned(),
            line: self.line,
            column: column.to_owned(),
            problem: problem.to_string(),
        }
    }
}
