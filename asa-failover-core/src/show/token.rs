//! The leaves that the readers share: blanks, words, numbers, durations, and the error they give.

use std::borrow::Cow;

use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::combinator::{map_opt, opt};
use nom::error::{ContextError, ErrorKind, ParseError, context};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

use crate::text::Text;
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

/// A blank or a tab.
pub(super) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// The bytes in front for which `take` holds, and the rest. Bytes, since every reader spends its time here,
/// and a text is cut beside ASCII only.
fn span(i: &str, take: impl Fn(u8) -> bool) -> (&str, &str) {
    let length = i.as_bytes().iter().position(|byte| !take(*byte)).unwrap_or(i.len());
    i.split_at_checked(length).unwrap_or((i, ""))
}

/// What stands on both sides of the first such byte, which is ASCII.
pub(super) fn cut(text: &str, at: u8) -> Option<(&str, &str)> {
    let before = text.bytes().position(|byte| byte == at)?;
    Some((text.get(..before)?, text.get(before + 1..)?))
}

/// Blanks or none.
#[expect(clippy::unnecessary_wraps, reason = "a leaf among others, which may fail")]
pub(super) fn space(i: &str) -> Parsed<'_, &str> {
    let (blanks, rest) = span(i, is_blank);
    Ok((rest, blanks))
}

/// At least one blank.
pub(super) fn blanks(i: &str) -> Parsed<'_, &str> {
    some(i, span(i, is_blank))
}

/// Everything up to a blank.
pub(super) fn word(i: &str) -> Parsed<'_, &str> {
    some(i, span(i, |byte| !is_blank(byte)))
}

/// Everything up to this byte, which is ASCII and has to come.
pub(super) fn until(end: u8) -> impl Fn(&str) -> Parsed<'_, &str> {
    move |i| {
        let (taken, rest) = span(i, |byte| byte != end);
        some(i, if rest.is_empty() { ("", i) } else { (taken, rest) })
    }
}

/// What was taken, unless it is nothing.
fn some<'t>(i: &'t str, (taken, rest): (&'t str, &'t str)) -> Parsed<'t, &'t str> {
    if taken.is_empty() { Err(nom::Err::Error(Broken { at: i, expected: None })) } else { Ok((rest, taken)) }
}

/// What stands in front of the first parenthesis that follows `words`, without these, and what stands behind it.
pub(super) fn before_parenthesis<'t>(text: &'t str, words: &str) -> Option<(&'t str, &'t str)> {
    memchr::memchr_iter(b'(', text.as_bytes()).find_map(|at| {
        let (before, parenthesis) = text.split_at_checked(at)?;
        Some((before.strip_suffix(words)?, parenthesis.strip_prefix('(')?))
    })
}

/// A whole number.
pub(super) fn number(i: &str) -> Parsed<'_, u64> {
    let (digits, rest) = span(i, |byte| byte.is_ascii_digit());
    match digits.parse() {
        Ok(number) => Ok((rest, number)),
        Err(_) => Err(nom::Err::Error(Broken { at: i, expected: None })),
    }
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
pub(super) fn text(text: &str) -> Text {
    let text = text.trim_ascii();
    if is_squeezed(text) { text.into() } else { joined(text).into() }
}

/// The same, to be changed further.
pub(super) fn squeezed(text: &str) -> String {
    words(text).into_owned()
}

/// The same, to be looked at: most texts are so already.
pub(super) fn words(text: &str) -> Cow<'_, str> {
    let text = text.trim_ascii();
    if is_squeezed(text) { Cow::Borrowed(text) } else { Cow::Owned(joined(text)) }
}

/// The words of a text with one blank between them.
#[cold]
fn joined(text: &str) -> String {
    text.split_ascii_whitespace().fold(String::with_capacity(text.len()), |mut joined, word| {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
        joined
    })
}

/// Whether no blank follows another, and there is no tab. Most bytes are letters, told by one comparison.
fn is_squeezed(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [byte, behind @ ..] = rest {
        let blank = *byte <= b' ' && is_blank(*byte);
        if blank && (*byte == b'\t' || behind.first() == Some(&b' ')) {
            return false;
        }
        rest = behind;
    }
    true
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
