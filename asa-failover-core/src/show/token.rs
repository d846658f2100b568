//! The leaves that the readers share: blanks, words, numbers, durations, and the error they give.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till1, take_while, take_while1};
use nom::character::complete::u64;
use nom::combinator::{map_opt, opt};
use nom::error::{ContextError, ErrorKind, ParseError, context};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

use crate::unit::Role;

/// What a leaf gives: what is left, and the value.
pub(super) type Parsed<'t, T> = IResult<&'t str, T, Broken<'t>>;

/// Where a line is malformed, and what was expected there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Broken<'t> {
    /// From the wrong place to the end of the line.
    pub(super) at: &'t str,
    /// What would have been right, as far as a leaf knows.
    pub(super) expected: Option<&'static str>,
}

impl<'t> ParseError<&'t str> for Broken<'t> {
    fn from_error_kind(at: &'t str, _: ErrorKind) -> Self {
        Self { at, expected: None }
    }

    fn append(_: &'t str, _: ErrorKind, other: Self) -> Self {
        other
    }
}

impl<'t> ContextError<&'t str> for Broken<'t> {
    /// The innermost description stays, with the start of the value it describes.
    fn add_context(at: &'t str, expected: &'static str, other: Self) -> Self {
        if other.expected.is_some() { other } else { Self { at, expected: Some(expected) } }
    }
}

const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

/// Blanks or none.
pub(super) fn space(i: &str) -> Parsed<'_, &str> {
    take_while(is_blank).parse(i)
}

/// At least one blank.
pub(super) fn blanks(i: &str) -> Parsed<'_, &str> {
    take_while1(is_blank).parse(i)
}

/// Everything up to a blank.
pub(super) fn word(i: &str) -> Parsed<'_, &str> {
    take_till1(is_blank).parse(i)
}

/// A whole number.
pub(super) fn number(i: &str) -> Parsed<'_, u64> {
    u64.parse(i)
}

/// A whole number of this type, behind blanks.
pub(super) fn column(i: &str) -> Parsed<'_, u64> {
    preceded(blanks, number).parse(i)
}

/// `Primary`, `secondary`
pub(super) fn role(i: &str) -> Parsed<'_, Role> {
    context("Primary or Secondary", map_opt(word, |word| word.parse().ok())).parse(i)
}

/// `1 seconds`, `300 milliseconds`, as milliseconds.
pub(super) fn duration_ms(i: &str) -> Parsed<'_, u64> {
    let unit = alt((tag("milliseconds"), tag("seconds"), tag("second")));
    let timed = (terminated(number, blanks), unit);
    context(
        "a number of seconds or milliseconds",
        map_opt(
            timed,
            |(count, unit)| if unit == "milliseconds" { Some(count) } else { count.checked_mul(1000) },
        ),
    )
    .parse(i)
}

/// `msec 300`, `15`, as milliseconds: the configuration's form.
pub(super) fn configured_ms(i: &str) -> Parsed<'_, u64> {
    let timed = (opt(terminated(tag("msec"), blanks)), number);
    context(
        "seconds, or msec and milliseconds",
        map_opt(timed, |(msec, count)| if msec.is_some() { Some(count) } else { count.checked_mul(1000) }),
    )
    .parse(i)
}

/// A text as the facts have it: trimmed, a run of blanks counted as one.
pub(super) fn squeezed(text: &str) -> String {
    let text = text.trim_ascii();
    let mut before = b'x';
    let plain = text.bytes().all(|byte| {
        let doubled = byte == b' ' && before == b' ';
        before = byte;
        byte != b'\t' && !doubled
    });
    if plain {
        return text.to_owned();
    }
    text.split_ascii_whitespace().fold(String::with_capacity(text.len()), |mut squeezed, word| {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
        squeezed
    })
}

/// `07:14:34`
pub(super) fn is_time(word: &str) -> bool {
    let mut parts = word.split(':');
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    parts.by_ref().take(3).filter(|part| digits(part)).count() == 3 && parts.next().is_none()
}

/// The cells of a row that two blanks or a tab keep apart.
pub(super) fn columns(text: &str) -> impl Iterator<Item = &str> {
    text.split("  ").flat_map(|cell| cell.split('\t')).map(str::trim_ascii).filter(|cell| !cell.is_empty())
}
