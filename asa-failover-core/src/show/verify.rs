//! `verify`: the digest of an image that the unit itself computes.

use nom::Parser;
use nom::bytes::complete::{tag, take_until1};
use nom::combinator::rest;
use nom::sequence::{preceded, terminated};
use serde::{Deserialize, Serialize};

use super::token::{Parsed, space, squeezed};
use super::walk::{Line, Walk};
use super::{ParseError, Reading};

/// What `verify` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Verify {
    /// The digest's algorithm as the output names it: `SHA-512`. What only the echoed command
    /// says is no fact.
    pub algorithm: Option<String>,
    /// The file, as the output names it.
    pub file: String,
    /// The digest that the unit computed, its hexadecimal digits in one piece.
    pub digest: Option<String>,
    /// What came of it.
    pub result: Verification,
}

/// What came of a `verify`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "a digest is only printed, or it matches, or it does not")]
pub enum Verification {
    /// The digest is printed and was compared with nothing.
    Computed,
    /// The digest is the one that was given.
    Verified,
    /// The digest is another one.
    Failed,
}

const RESULT: &str = "verify /SHA-512 (FILE) = DIGEST";

/// Reads the output of `verify /sha-512` or `verify /md5`, with a digest to compare or without.
///
/// A digest that is not whole (a copy may cut it) is no fact; its line is kept as unread.
///
/// The lines it knows, form by form:
///
/// ```text
/// !!!!!!!!!!!!!!!!Done!
/// verify /MD5 (disk0:/asa982-smp-k8.bin) = 00112233445566778899aabbccddeeff
/// ```
///
/// ```text
/// Verified (disk0:/asa982-smp-k8.bin) = 00112233445566778899aabbccddeeff
/// ```
///
/// ```text
/// %Error verifying disk0:/asa982-smp-k8.bin
/// Computed signature  = 00112233445566778899aabbccddeeff
/// Submitted signature = ffeeddccbbaa99887766554433221100
/// ```
///
/// The forms with SHA-512 are known from captures, `%Error verifying` and `Computed signature` from texts on
/// MD5.
///
/// # Errors
///
/// [`ParseError`] where no result is printed or two are, where one is malformed, and where the
/// device refused the command.
pub fn verify(text: &str) -> Result<Reading<Verify>, ParseError> {
    let mut walk = Walk::new("verify", text)?;
    let mut found = None;
    let mut digits: Option<(Line<'_>, String)> = None;
    while let Some(line) = walk.line()? {
        let text = line.text;
        if let Some(rest) = text.strip_prefix("verify /").filter(|rest| rest.contains(") = ")) {
            let (algorithm, file, digest) = line.form(rest, RESULT, computed)?;
            let algorithm = Some(algorithm.to_owned());
            line.put(&mut found, RESULT, (algorithm, file.to_owned(), Verification::Computed))?;
            digits = Some((line, joined(digest)));
        } else if let Some(rest) = text.strip_prefix("Verified (") {
            let (file, digest) = line.form(rest, "Verified (FILE) = DIGEST", verified)?;
            line.put(&mut found, RESULT, (None, file.to_owned(), Verification::Verified))?;
            digits = Some((line, joined(digest)));
        } else if let Some(file) = text.strip_prefix("%Error verifying ") {
            line.put(&mut found, RESULT, (None, squeezed(file), Verification::Failed))?;
        } else if let Some(behind) = text.strip_prefix("Computed signature") {
            let digest =
                line.all(behind, "`=` and a digest", |i| preceded((space, tag("="), space), rest).parse(i))?;
            line.put(&mut digits, "Computed signature", (line, joined(digest)))?;
        } else if !walk.without_fact(text.starts_with("Submitted signature") || is_progress(text)) {
            let [.., most] = lengths(found.as_ref().and_then(|(algorithm, ..)| algorithm.as_deref()));
            match &mut digits {
                Some((_, digits)) if digits.len() < most && is_hex(text) => digits.push_str(text),
                _ => walk.unclaimed(line)?,
            }
        }
    }
    let (algorithm, file, result) = found.ok_or_else(|| walk.missing(RESULT))?;
    let lengths = lengths(algorithm.as_deref());
    let digest = match digits {
        Some((_, digest)) if is_hex(&digest) && lengths.contains(&digest.len()) => Some(digest),
        Some((line, _)) => {
            walk.keep(line);
            None
        }
        None => None,
    };
    walk.reading(Verify { algorithm, file, digest, result })
}

/// `SHA-512 (disk0:/x.bin) = 0123...`
fn computed(i: &str) -> Parsed<'_, (&str, &str, &str)> {
    let algorithm = terminated(take_until1(" ("), tag(" ("));
    (algorithm, terminated(take_until1(") = "), tag(") = ")), rest).parse(i)
}

/// `disk0:/x.bin) = 0123...`
fn verified(i: &str) -> Parsed<'_, (&str, &str)> {
    (terminated(take_until1(") = "), tag(") = ")), rest).parse(i)
}

/// The digits of a digest that a copy broke into pieces.
fn joined(digits: &str) -> String {
    digits.split_ascii_whitespace().collect()
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The digits that a digest has at least and at most. The first line of a SHA-512 that is broken at 80 columns
/// may have just as many as an MD5.
fn lengths(algorithm: Option<&str>) -> [usize; 2] {
    const MD5: usize = 32;
    const SHA_512: usize = 128;
    match algorithm {
        Some(name) if name.eq_ignore_ascii_case("MD5") => [MD5, MD5],
        Some(name) if name.eq_ignore_ascii_case("SHA-512") => [SHA_512, SHA_512],
        _ => [MD5, SHA_512],
    }
}

/// `!!!!!!!!Done!`, `....`
fn is_progress(text: &str) -> bool {
    text.strip_suffix("Done!").unwrap_or(text).bytes().all(|b| matches!(b, b'.' | b'!'))
}
