//! What stands in front of a message: priority, time and host, by the unit itself, a relay, or both.
//!
//! The grammar is closed. A word that could be part of another program's text ends it, so that a
//! message quoted inside a text is never taken for one.

use std::net::Ipv6Addr;

use nom::branch::alt;
use nom::bytes::complete::{is_not, tag, tag_no_case, take_till1, take_while, take_while_m_n, take_while1};
use nom::character::complete::{alpha1, anychar, char, u8};
use nom::combinator::{eof, map_opt, opt, recognize, value, verify};
use nom::multi::{many0_count, many1_count};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::stamp::{iso, stamp};

/// What the header says, each as printed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Header<'t> {
    pub(crate) pri: Option<u8>,
    pub(crate) at: Option<&'t str>,
    pub(crate) host: Option<&'t str>,
}

const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

fn space(i: &str) -> IResult<&str, &str> {
    take_while(is_blank).parse(i)
}

pub(super) fn blanks(i: &str) -> IResult<&str, &str> {
    take_while1(is_blank).parse(i)
}

/// `<166>`: facility times eight and severity, at most 191.
fn pri(i: &str) -> IResult<&str, u8> {
    delimited(char('<'), verify(u8, |pri| *pri <= 191), char('>')).parse(i)
}

/// The header of a line, and what is left behind it. Where the time or host of the unit itself stands
/// behind that of a relay, the unit's counts.
pub(super) fn header(line: &str) -> Option<(&str, Header<'_>)> {
    let (i, pri) = preceded(space, opt(terminated(pri, space))).parse(line).ok()?;
    let whole = Header { pri, ..Header::default() };
    if i.starts_with('%') {
        return Some((i, whole));
    }
    if pri.is_some()
        && let Ok((i, (at, host))) = rfc5424(i)
    {
        return Some((i, Header { pri, at, host }));
    }
    let (i, first) = segment(i).ok()?;
    let whole = Header { at: first.at, host: first.host.filter(|host| is_host(host)), ..whole };
    // A word alone, and one that a colon follows, may be anybody's text.
    let marked = pri.is_some() || first.at.is_some() || first.end == End::Apart;
    if i.starts_with('%') {
        return marked.then_some((i, whole));
    }
    let (i, second) = segment(i).ok()?;
    let tag = second.end != End::Apart && second.host.is_some_and(is_tag) && whole.host.is_some();
    let its_own = second.at.is_some() || second.end == End::Apart || tag;
    if !i.starts_with('%') || !its_own || !(marked || second.at.is_some()) {
        return None;
    }
    let host = second.host.filter(|host| !tag && is_host(host));
    Some((i, Header { at: second.at.or(whole.at), host: host.or(whole.host), ..whole }))
}

/// How a segment of the header ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum End {
    /// Without a colon.
    Open,
    /// `fw1:`
    Close,
    /// `fw1 :`, as the unit itself ends its header; also EMBLEM's colon in front, and one behind a time.
    Apart,
}

/// One writer's part of the header.
struct Segment<'t> {
    at: Option<&'t str>,
    host: Option<&'t str>,
    end: End,
}

/// `Nov 26 2026 10:00:00 fw1 : `, `Nov 26 10:00:00 192.0.2.1 `, `:Nov 26 10:00:00 UTC: `, `fw1 : `
fn segment(i: &str) -> IResult<&str, Segment<'_>> {
    let (i, emblem) = terminated(opt(char(':')), space).parse(i)?;
    let (i, at) = opt(stamp).parse(i)?;
    if at.is_some() {
        let (behind, colon) = terminated(opt(char(':')), space).parse(i)?;
        if colon.is_some() || behind.starts_with('%') {
            return Ok((behind, Segment { at, host: None, end: End::Apart }));
        }
    }
    if emblem.is_some() && i.starts_with('%') {
        return Ok((i, Segment { at, host: None, end: End::Apart }));
    }
    let (i, _) = preceded(space, opt(terminated(facility, blanks))).parse(i)?;
    let word = take_till1(|c| is_blank(c) || c == '%');
    let (i, word) = verify(word, |word: &str| {
        let host = word.strip_suffix(':').unwrap_or(word);
        is_host(host) || is_tag(host)
    })
    .parse(i)?;
    let (i, apart) = (space, opt(char(':'))).parse(i).map(|(i, (_, colon))| (i, colon.is_some()))?;
    let (i, _) = space.parse(i)?;
    let (host, close) = word.strip_suffix(':').map_or((word, false), |host| (host, true));
    let end = match (close, apart) {
        (true, _) => End::Close,
        (false, true) => End::Apart,
        (false, false) => End::Open,
    };
    Ok((i, Segment { at, host: Some(host), end }))
}

/// A name or an address.
fn is_host(word: &str) -> bool {
    let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/');
    if word.contains(':') {
        word.parse::<Ipv6Addr>().is_ok()
    } else {
        word.len() <= 255 && word.starts_with(|c: char| c.is_ascii_alphanumeric()) && word.chars().all(named)
    }
}

/// `asa`, `CiscoASA[999]`, `cisco-asa`: the name that a relay gives to the sending program. Any other
/// program's text is not ours.
fn is_tag(word: &str) -> bool {
    let name = match word.split_once('[') {
        Some((name, process)) if process.ends_with(']') => name,
        Some(_) => return false,
        None => word,
    };
    let ours = ["asa", "pix", "fwsm", "ftd", "cisco", "ciscoasa"];
    name.split(['-', '_']).all(|part| ours.iter().any(|ours| part.eq_ignore_ascii_case(ours)))
}

/// `Local4.Alert`: facility and severity in words, as some collectors write them into a file.
fn facility(i: &str) -> IResult<&str, &str> {
    const LEVELS: &str = " emerg alert crit critical err error warn warning notice info debug ";
    let number = verify(take_while_m_n(1, 1, |c: char| c.is_ascii_digit()), |digit: &str| digit < "8");
    let level = verify(alpha1, |level: &str| LEVELS.contains(&format!(" {} ", level.to_ascii_lowercase())));
    recognize((tag_no_case("local"), number, char('.'), level)).parse(i)
}

/// `1 2026-11-26T10:00:00Z fw1 asa - - - `: the header of RFC 5424, up to the text. Some relays make
/// the head of the message the name of the program, `fw1 %ASA-1-104001 - - - `; what is left then
/// begins with that head.
fn rfc5424(i: &str) -> IResult<&str, (Option<&str>, Option<&str>)> {
    let at = alt((value(None, char('-')), iso.map(Some)));
    let host = map_opt(take_till1(is_blank), |word| match word {
        "-" => Some(None),
        word => is_host(word).then_some(Some(word)),
    });
    let (i, (at, host)) =
        preceded((tag("1"), blanks), (terminated(at, blanks), terminated(host, blanks))).parse(i)?;
    if i.starts_with('%') {
        return Ok((i, (at, host)));
    }
    let program = verify(take_till1(is_blank), |word: &str| word == "-" || is_tag(word));
    let (i, _) = (program, blanks, fields).parse(i)?;
    let (i, _) = (opt(char('\u{feff}')), space, opt(char(':')), space).parse(i)?;
    Ok((i, (at, host)))
}

/// `- - - `: process, kind of message and structured data of RFC 5424.
pub(super) fn fields(i: &str) -> IResult<&str, ()> {
    let word = |i| take_till1(is_blank).parse(i);
    let escaped = alt((is_not("\\\""), recognize(preceded(char('\\'), anychar))));
    let quoted = recognize(delimited(char('"'), many0_count(escaped), char('"')));
    let element = delimited(char('['), many0_count(alt((is_not("\"]"), quoted))), char(']'));
    let data = alt((value((), char('-')), value((), many1_count(element))));
    value((), (word, blanks, word, blanks, data, alt((blanks, eof)))).parse(i)
}
