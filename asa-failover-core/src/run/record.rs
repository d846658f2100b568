//! Records of a run: what the devices cannot tell, and how each is written and read back.
//!
//! A journal is one line a record: a CRC-32C, then JSON with the record's number, the hash of the
//! line before, and the record. Only a torn *last* line may be dropped. What it lost is either an
//! intent that was never sent (sending waits for its `Recorded`) or an outcome that is read again.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::Report;
use crate::decide::{Awaited, Brief, Effected, Heard, Observed, Open, Reason};
use crate::goal::Pause;
use crate::unit::{GroupId, Role, Serial, Standing};
use crate::version::AsaVersion;

/// The version of the journal's form.
pub const SCHEMA: u32 = 2;

/// One record.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Record {
    /// Whose journal it is. Durable before anything is sent.
    Header {
        /// The version of the journal's form.
        schema: u32,
        /// The version of this library.
        tool: String,
        /// The hash of the plan.
        plan: String,
        /// The serial numbers of the pair, the primary's first.
        serials: Vec<Serial>,
        /// Who runs it.
        owner: String,
    },
    /// What was planned: stops, images and digests, owners, policy, and the pair as the plan found it.
    Plan {
        /// What every decision rests on.
        brief: Box<Brief>,
    },
    /// The pair as the run found it, before its first intent.
    Baseline {
        /// Both units, the primary first.
        units: Vec<BaselineUnit>,
    },
    /// A state-changing line is about to be sent.
    Intent {
        /// The command and where it goes.
        intent: Open,
        /// A hash of the observations that the guards looked at.
        evidence: String,
        /// How old the readings of the primary and the secondary were.
        ages_ms: [u64; 2],
    },
    /// What came back on it. Its absence after a crash means "maybe sent".
    Sent {
        /// The number of the intent.
        seq: u64,
        /// What came back.
        heard: Heard,
    },
    /// The command was seen to take effect: the target of a reload was down, or a group had moved. Should all
    /// be as before later, somebody undid it.
    Begun {
        /// The number of the intent.
        seq: u64,
    },
    /// What became of it, by readings.
    Result {
        /// The number of the intent.
        seq: u64,
        /// What became of it.
        effect: Effected,
    },
    /// Time spent waiting.
    Waited {
        /// What for.
        awaited: Awaited,
        /// Milliseconds.
        ms: u64,
    },
    /// The operator said go.
    Passed {
        /// The hop.
        hop: usize,
        /// The pause.
        pause: Pause,
    },
    /// The run went on from this journal.
    Resumed {
        /// The how-manieth time.
        times: u32,
    },
    /// The run halted.
    Halt {
        /// Why.
        reason: Reason,
    },
    /// The goal was reached.
    Done {
        /// What was reached, and what changed on the way.
        report: Box<Report>,
    },
}

/// A unit as the run found it.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BaselineUnit {
    /// The unit.
    pub unit: Role,
    /// Its release.
    pub version: Option<AsaVersion>,
    /// Its uptime in seconds, at least and at most.
    pub uptime: Option<(u64, u64)>,
    /// Its standing in each group.
    pub standings: Vec<(GroupId, Standing)>,
}

/// The records of a journal, in order.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Records {
    /// The records.
    pub records: Vec<Record>,
    /// Whether a torn last line was dropped.
    pub torn: bool,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Line {
    seq: u64,
    prev: String,
    when: String,
    record: Record,
}

/// A place in the chain: the number and the hash that the next line takes up.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Link {
    seq: u64,
    prev: String,
}

impl Default for Link {
    fn default() -> Self {
        Self { seq: 1, prev: String::new() }
    }
}

impl Link {
    /// Writes a record as the next line, and moves on. `when` is wall-clock text, for people only.
    ///
    /// # Errors
    ///
    /// The record cannot be written as JSON.
    pub fn encode(&mut self, record: &Record, when: &str) -> Result<String, serde_json::Error> {
        let line =
            Line { seq: self.seq, prev: self.prev.clone(), when: when.to_owned(), record: record.clone() };
        let json = serde_json::to_string(&line)?;
        let text = format!("{} {json}\n", checksum(json.as_bytes()));
        self.seq += 1;
        self.prev = hash(json.as_bytes());
        Ok(text)
    }
}

/// Reads a journal, and where to write on. The length says how much of the text holds: a torn last
/// line is behind it.
///
/// # Errors
///
/// A line other than the last is damaged, or the chain is broken.
pub fn decode(text: &[u8]) -> Result<(Records, Link, usize), Damaged> {
    let (lines, good) = whole_lines(text)?;
    let mut records = Records { records: Vec::with_capacity(lines.len()), torn: good < text.len() };
    let mut link = Link::default();
    for (number, line) in lines.into_iter().enumerate() {
        let damaged = |what| Damaged { line: number + 1, what };
        if let (0, Some(form)) = (number, form(line))
            && form != SCHEMA
        {
            return Err(damaged(Damage::Form(form)));
        }
        let read: Line = serde_json::from_slice(line).map_err(|_| damaged(Damage::Record))?;
        if read.seq != link.seq || read.prev != link.prev {
            return Err(damaged(Damage::Chain));
        }
        link = Link { seq: read.seq + 1, prev: hash(line) };
        records.records.push(read.record);
    }
    Ok((records, link, good))
}

/// What the lines say, and how much of the text they are. No record is read before every line is known
/// to be what was written.
fn whole_lines(text: &[u8]) -> Result<(Vec<&[u8]>, usize), Damaged> {
    let mut lines = Vec::new();
    let mut good = 0;
    for (number, line) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
        match whole(line) {
            Ok(json) => lines.push(json),
            // Without its end a last line was being written when the power went: it says nothing. One whose
            // end is another byte was whole once, and what came of it counts.
            Err(_) if !line.ends_with(b"\n") && !ends_otherwise(line) => break,
            Err(what) => return Err(Damaged { line: number + 1, what }),
        }
        good += line.len();
    }
    Ok((lines, good))
}

/// The version of the form that a header names, whatever else stands in it.
fn form(json: &[u8]) -> Option<u32> {
    let line: serde_json::Value = serde_json::from_slice(json).ok()?;
    line.get("record")?.get("header")?.get("schema")?.as_u64()?.try_into().ok()
}

/// Whether all but the last byte is a whole line without its end.
fn ends_otherwise(line: &[u8]) -> bool {
    line.split_last().is_some_and(|(_, text)| whole(&[text, b"\n"].concat()).is_ok())
}

/// As it is written: there is one way to write it, so that no bit of a line may differ unnoticed.
fn checksum(json: &[u8]) -> String {
    format!("{:08x}", crc32c::crc32c(json))
}

fn whole(line: &[u8]) -> Result<&[u8], Damage> {
    let line = line.strip_suffix(b"\n").ok_or(Damage::Checksum)?;
    let (sum, json) = line.split_at_checked(8).ok_or(Damage::Checksum)?;
    let json = json.strip_prefix(b" ").ok_or(Damage::Checksum)?;
    if checksum(json).as_bytes() == sum { Ok(json) } else { Err(Damage::Checksum) }
}

/// A journal that cannot be resumed from.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("journal line {line}: {what}")]
#[non_exhaustive]
pub struct Damaged {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: Damage,
}

/// What is wrong with a line of a journal.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum Damage {
    /// The checksum does not fit.
    #[error("its checksum does not fit its text")]
    Checksum,
    /// The journal is of another version of this form.
    #[error("its form is version {0}, this is version {SCHEMA}")]
    Form(u32),
    /// The record is not one of this version.
    #[error("it is no record of this version")]
    Record,
    /// It does not follow the line before.
    #[error("it does not follow the line before it")]
    Chain,
}

/// A hash of what both units were seen to be, for the evidence of an intent.
pub(super) fn fingerprint(observed: &[Observed; 2]) -> String {
    let seen: Vec<_> = observed
        .iter()
        .map(|unit| (unit.sight.as_ref().map(|s| &*s.value), unit.build.as_ref().map(|b| &b.value)))
        .collect();
    // Their keys are all text, so that they have a form in JSON.
    hash(&serde_json::to_vec(&seen).unwrap_or_default())
}

fn hash(bytes: &[u8]) -> String {
    head(&Sha256::digest(bytes))
}

/// The first half of a digest, in hexadecimal.
fn head(digest: &[u8]) -> String {
    digest.iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal(records: u32) -> Vec<u8> {
        let mut link = Link::default();
        (1..=records)
            .flat_map(|times| link.encode(&Record::Resumed { times }, "").unwrap().into_bytes())
            .collect()
    }

    #[test]
    fn a_torn_last_line_is_dropped_wherever_it_tears() {
        let whole = journal(3);
        let two = journal(2).len();
        for end in two + 1..whole.len() {
            let (records, _, good) = decode(&whole[..end]).unwrap();
            assert_eq!((records.records.len(), records.torn, good), (2, true, two), "cut at {end}");
        }
    }

    #[test]
    fn damage_anywhere_else_is_refused_with_its_line() {
        let mut text = journal(3);
        text[20] ^= 1;
        assert_eq!(
            decode(&text).unwrap_err().to_string(),
            "journal line 1: its checksum does not fit its text"
        );
        let text = journal(3);
        let first_end = text.iter().position(|b| *b == b'\n').unwrap() + 1;
        assert_eq!(
            decode(&text[first_end..]).unwrap_err().to_string(),
            "journal line 1: it does not follow the line before it"
        );
    }

    #[test]
    fn a_checksum_is_written_in_one_way_only() {
        let text = String::from_utf8(journal(1)).unwrap();
        let (sum, json) = text.split_once(' ').unwrap();
        assert!(sum.contains(|c: char| c.is_ascii_lowercase()), "{sum} has a letter to write large");
        let large = format!("{} {json}", sum.to_uppercase());
        let why = decode(large.as_bytes()).unwrap_err();
        assert_eq!(why.to_string(), "journal line 1: its checksum does not fit its text");
    }

    #[test]
    fn a_journal_of_another_form_is_told_by_its_header() {
        let header = |schema| Record::Header {
            schema,
            tool: String::new(),
            plan: String::new(),
            serials: Vec::new(),
            owner: String::new(),
        };
        let text = |schema| Link::default().encode(&header(schema), "").unwrap();
        assert!(decode(text(SCHEMA).as_bytes()).is_ok());
        // Of a form to come nothing but its version need be understood.
        let other = text(99).replace("\"tool\"", "\"maker\"").split_off(9);
        let other = format!("{} {other}", checksum(other.trim_end().as_bytes()));
        let why = decode(other.as_bytes()).unwrap_err().to_string();
        assert_eq!(why, format!("journal line 1: its form is version 99, this is version {SCHEMA}"));
    }

    #[test]
    fn writing_goes_on_where_reading_ended() {
        let mut text = journal(2);
        let (_, mut link, _) = decode(&text).unwrap();
        text.extend(link.encode(&Record::Resumed { times: 3 }, "").unwrap().into_bytes());
        assert_eq!(text, journal(3));
    }
}
