//! `dir`: the files on flash, and how much room is left.

use nom::Parser;
use nom::bytes::complete::tag;
use nom::character::complete::{char, digit1};
use nom::combinator::{map, opt, recognize, rest, verify};
use nom::error::context;
use nom::sequence::{delimited, preceded, terminated};
use serde::{Deserialize, Serialize};

use super::token::{Parsed, blanks, number, squeezed, word};
use super::walk::Walk;
use super::{ParseError, Reading};

/// What `dir` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Dir {
    /// What `Directory of` names: `disk0:/`.
    pub filesystem: String,
    /// The files and folders, in the order printed.
    pub files: Vec<FlashFile>,
    /// Bytes of the whole file system.
    pub total_bytes: Option<u64>,
    /// Bytes that are free.
    pub free_bytes: Option<u64>,
}

impl Dir {
    /// Whether this is the whole of a file system, by its number: 0 for `disk0:/`, which `flash:/` is too. A
    /// listing of another one, of a folder or of a single file says nothing of it.
    pub fn is_of_disk(&self, disk: u8) -> bool {
        self.filesystem == format!("disk{disk}:/") || disk == 0 && self.filesystem == "flash:/"
    }
}

/// A file or folder on flash.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FlashFile {
    /// Its name, without the file system.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was written, as printed: `19:39:56 Nov 03 2015`.
    pub modified: Option<String>,
    /// File or folder.
    pub kind: FileKind,
}

/// Whether a row of `dir` is a file or a folder.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "the flags of a row start with d or they do not")]
pub enum FileKind {
    /// A file.
    File,
    /// A folder.
    Dir,
}

const DIRECTORY: &str = "Directory of disk0:/";

/// Reads the output of `dir`, of a file system, a folder or one file.
///
/// The lines it knows:
///
/// ```text
/// Directory of disk0:/
/// 97     -rwx  74369568     19:39:56 Nov 03 2015  asa951-lfbff-k8.spa
/// 11     drwx  4096         19:40:02 Nov 03 2015  log
/// 2 file(s) total size: 74373664 bytes
/// 7859437568 bytes total (4417200128 bytes free/56% free)
/// ```
///
/// Known from captures of 9.x; the older totals are from texts that show them.
///
/// # Errors
///
/// [`ParseError`] where `Directory of` is missing or printed twice, where a row or the totals are
/// malformed, and where the device refused the command: for a file that is not there it prints
/// `%Error opening`, and nothing is read.
pub fn dir(text: &str) -> Result<Reading<Dir>, ParseError> {
    let mut walk = Walk::new("dir", text)?;
    let (mut filesystem, mut totals, mut files) = (None, None, Vec::new());
    while let Some(line) = walk.line()? {
        let text = line.text;
        if let Some(rest) = text.strip_prefix("Directory of ") {
            line.put(&mut filesystem, DIRECTORY, rest.trim_ascii_start().to_owned())?;
        } else if is_row(text) {
            files.push(line.all(text, "a file: index, flags, size, date and name", file)?);
        } else if text.contains(" bytes total (") {
            let bytes = line.form(text, "N bytes total (N bytes free)", bytes)?;
            line.put(&mut totals, "N bytes total (N bytes free)", bytes)?;
        } else if !walk.without_fact(is_sum(text)) {
            walk.unclaimed(line)?;
        }
    }
    let filesystem = filesystem.ok_or_else(|| walk.missing(DIRECTORY))?;
    let (total_bytes, free_bytes) = totals.unzip();
    walk.reading(Dir { filesystem, files, total_bytes, free_bytes })
}

/// A row starts with a number and flags: `97     -rwx`, `11     drwx`.
fn is_row(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace();
    words.next().is_some_and(|index| index.bytes().all(|b| b.is_ascii_digit()))
        && words.next().is_some_and(|flags| flags.len() == 4 && flags.starts_with(['-', 'd']))
}

/// `12 file(s) total size: 74373664 bytes`: what the rows above say in sum.
fn is_sum(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.split_once(" file(s) total size: ")
        .is_some_and(|(count, size)| digits(count) && size.strip_suffix(" bytes").is_some_and(digits))
}

/// `120    -rwx  74369568     19:39:56 Nov 03 2015  asa951-lfbff-k8.spa`
fn file(i: &str) -> Parsed<'_, FlashFile> {
    let flags =
        map(
            terminated(word, blanks),
            |flags| {
                if flags.starts_with('d') { FileKind::Dir } else { FileKind::File }
            },
        );
    let (i, kind) = preceded((digit1, blanks), flags).parse(i)?;
    let (i, size) = terminated(number, blanks).parse(i)?;
    let (i, modified) = opt(terminated(recognize(date), blanks)).parse(i)?;
    let (i, name) = context("a date or a file name", verify(rest, is_name)).parse(i)?;
    Ok((i, FlashFile { name: name.to_owned(), size, modified: modified.map(squeezed), kind }))
}

/// No name has a colon: what has one is a date that is not whole.
fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(':')
}

/// `19:39:56 Nov 03 2015`
fn date(i: &str) -> Parsed<'_, ()> {
    let time = (digit1, char(':'), digit1, char(':'), digit1);
    let month = verify(word, |month: &str| month.len() == 3);
    map((time, blanks, month, blanks, digit1, blanks, verify(digit1, |year: &str| year.len() == 4)), |_| ())
        .parse(i)
}

/// `7859437568 bytes total (4417200128 bytes free)`, `... bytes free/52% free)`
fn bytes(i: &str) -> Parsed<'_, (u64, u64)> {
    let percent = delimited(char('/'), digit1, tag("% free"));
    (
        terminated(number, tag(" bytes total (")),
        terminated(number, (tag(" bytes free"), opt(percent), char(')'))),
    )
        .parse(i)
}
