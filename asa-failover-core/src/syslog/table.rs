//! What is known of each failover message: `data/syslog.csv`, row by row.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::compat::{Basis, TableError};
use crate::table::{Row, read};

/// What is known of one message.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Entry {
    /// The six digits that name it.
    pub id: u32,
    /// Its severity in the current guide, 0 to 7.
    pub severity: u8,
    /// Its severity in the oldest text, where that is another one.
    pub older_severity: Option<u8>,
    /// The part of the device it concerns: `ha`, `vpnfo`, `webvpn-fo`, `sys`, `session`.
    pub class: String,
    /// Its text as a guide prints it, with names for what varies.
    pub template: String,
    /// What happened, in sentences.
    pub meaning: String,
    /// What to do, in sentences; never empty.
    pub advice: String,
    /// What it is to whoever follows an upgrade.
    pub planner_use: PlannerUse,
    /// What severity, template and meaning rest on. The advice is this library's reading of them.
    pub basis: Basis,
    /// The keys of its sources; see [`Compat::source`](crate::compat::Compat::source).
    pub sources: Vec<String>,
}

/// What a message is to whoever follows an upgrade.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PlannerUse {
    /// It comes in an upgrade that goes well, at its time; at another time it needs a look.
    ExpectedMarker,
    /// Nothing depends on it.
    Information,
    /// Somebody should look before the next step.
    Warning,
    /// Nothing more should be changed before it is understood.
    Abort,
}

impl fmt::Display for PlannerUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::ExpectedMarker => "expected marker",
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Abort => "abort",
        })
    }
}

pub(super) const FILE: &str = "syslog.csv";
pub(super) const TEXT: &str = include_str!("../../data/syslog.csv");

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| match rows(TEXT) {
    Ok(entries) => entries,
    Err(error) => panic!("the compiled-in table does not read: {error}"),
});

/// Every message of the table, lowest id first.
///
/// # Panics
///
/// Where the compiled-in table does not read, which a test of this crate excludes.
pub fn entries() -> impl ExactSizeIterator<Item = &'static Entry> {
    ENTRIES.iter()
}

/// What is known of the message of this id.
///
/// ```
/// use asa_failover_core::syslog::{self, PlannerUse};
///
/// let entry = syslog::known(103_006).expect("a failover message");
/// assert_eq!((entry.severity, entry.planner_use), (1, PlannerUse::Abort));
/// assert!(entry.advice.contains("same release"));
/// assert_eq!(syslog::known(302_013), None);
/// ```
///
/// # Panics
///
/// As of [`entries`].
pub fn known(id: u32) -> Option<&'static Entry> {
    ENTRIES.binary_search_by_key(&id, |entry| entry.id).ok().and_then(|place| ENTRIES.get(place))
}

/// The rows of a table, each id above the one before.
pub(super) fn rows(text: &str) -> Result<Vec<Entry>, TableError> {
    let mut last = 0;
    read(FILE, text, |row| {
        let entry = Entry::read(row)?;
        if entry.id <= last {
            return Err(row.error("id", format!("expected an id above {last}, found {}", entry.id)));
        }
        last = entry.id;
        Ok(entry)
    })
}

impl Entry {
    fn read(row: &Row<'_>) -> Result<Self, TableError> {
        let id = row.parse("id")?;
        if !(100_000..=999_999).contains(&id) {
            return Err(row.error("id", format!("expected six digits, found {id}")));
        }
        let level = |column, severity: u8| match severity {
            0..=7 => Ok(severity),
            other => Err(row.error(column, format!("expected a severity of 0 to 7, found {other}"))),
        };
        let sentence = |column| match row.text(column)? {
            text if text.ends_with('.') => Ok(text.to_owned()),
            text => Err(row.error(column, format!("expected sentences, found {text:?}"))),
        };
        let older = row.optional("older_severity")?;
        Ok(Self {
            id,
            severity: level("severity", row.parse("severity")?)?,
            older_severity: older.map(|severity| level("older_severity", severity)).transpose()?,
            class: row.text("class")?.to_owned(),
            template: row.text("template")?.to_owned(),
            meaning: sentence("meaning")?,
            advice: sentence("advice")?,
            planner_use: row.word("planner_use")?,
            basis: row.word("basis")?,
            sources: row.sources("source")?,
        })
    }
}
