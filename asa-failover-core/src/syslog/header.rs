//! What stands in front of a message: priority, time and host, by the unit itself, a relay, or both.
//!
//! The grammar is closed. A word that could be part of another program's text ends it, so that a
//! message quoted inside a text is never taken for one.

use std::net::Ipv6Addr;

use nom::branch::alt;
use nom::bytes::complete::{is_not, tag, take_till1, take_while, take_while_m_n, take_while1};
use nom::character::complete::{anychar, char, u8};
use nom::combinator::{map_opt, opt, peek, recognize, value, verify};
use nom::multi::{many0_count, many1_count};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

/// What the header says, each as printed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Header<'t> {
    pub(super) pri: Option<u8>,
    pub(super) at: Option<&'t str>,
    pub(super) host: Option<&'t str>,
}

const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

fn space(i: &str) -> IResult<&str, &str> {
    take_while(is_blank).parse(i)
}

fn blanks(i: &str) -> IResult<&str, &str> {
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
    let (i, word) = take_till1(|c| is_blank(c) || c == '%').parse(i)?;
    let (i, apart) = (space, opt(char(':'))).parse(i).map(|(i, (_, colon))| (i, colon.is_some()))?;
    let (i, _) = space.parse(i)?;
    let (host, close) = word.strip_suffix(':').map_or((word, false), |host| (host, true));
    if !is_host(host) && !is_tag(host) {
        return Err(nom::Err::Error(nom::error::Error::new(word, nom::error::ErrorKind::Verify)));
    }
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
    let name = word.split_once('[').map_or(word, |(name, _)| name);
    let ours = ["asa", "pix", "fwsm", "ftd", "cisco", "ciscoasa"];
    name.split(['-', '_']).all(|part| ours.iter().any(|ours| part.eq_ignore_ascii_case(ours)))
}

/// `Local4.Alert`: facility and severity in words, as some collectors write them into a file.
fn facility(i: &str) -> IResult<&str, &str> {
    const LEVELS: [&str; 14] = [
        "emerg",
        "emergency",
        "alert",
        "crit",
        "critical",
        "err",
        "error",
        "warning",
        "warn",
        "notice",
        "info",
        "informational",
        "debug",
        "debugging",
    ];
    map_opt(take_till1(is_blank), |word: &str| {
        let (facility, level) = word.split_once('.')?;
        let number = facility.get(..5).filter(|name| name.eq_ignore_ascii_case("local"));
        let local = number.is_some()
            && matches!(facility.get(5..), Some("0" | "1" | "2" | "3" | "4" | "5" | "6" | "7"));
        (local && LEVELS.iter().any(|known| level.eq_ignore_ascii_case(known))).then_some(word)
    })
    .parse(i)
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
    value((), (word, blanks, word, blanks, data, alt((blanks, nom::combinator::eof)))).parse(i)
}

/// A time as the unit or a relay prints it, with its zone where one is printed.
fn stamp(i: &str) -> IResult<&str, &str> {
    terminated(recognize(alt((value((), iso), value((), (bsd, opt(zone)))))), peek(apart)).parse(i)
}

/// What may stand behind a time.
fn apart(i: &str) -> IResult<&str, &str> {
    alt((tag(":"), tag(" "), tag("\t"), nom::combinator::eof)).parse(i)
}

/// `Nov 26 2026 10:00:00`, `Nov  6 10:00:00.123`
fn bsd(i: &str) -> IResult<&str, &str> {
    let month = verify(take_while_m_n(3, 3, |c: char| c.is_ascii_alphabetic()), |month: &str| {
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].contains(&month)
    });
    let day = verify(u8, |day| (1..=31).contains(day));
    recognize((month, blanks, day, blanks, opt(terminated(digits(4), blanks)), clock)).parse(i)
}

/// `2026-11-26T10:00:00Z`, `2026-11-26 10:00:00.123+01:00`
fn iso(i: &str) -> IResult<&str, &str> {
    let date = (digits(4), char('-'), two(12), char('-'), two(31));
    let offset = value((), (alt((char('+'), char('-'))), two(23), opt(char(':')), two(59)));
    let zone = opt(alt((value((), char('Z')), offset)));
    recognize((date, alt((char('T'), char(' '))), clock, zone)).parse(i)
}

/// `10:00:00`, with or without a fraction.
fn clock(i: &str) -> IResult<&str, &str> {
    let fraction = preceded(char('.'), take_while_m_n(1, 9, |c: char| c.is_ascii_digit()));
    recognize((two(23), char(':'), two(59), char(':'), two(60), opt(fraction))).parse(i)
}

/// ` UTC`, ` MSK/MSD` in front of the colon that ends the time; in front of a host, UTC and GMT only.
fn zone(i: &str) -> IResult<&str, &str> {
    let (i, word) =
        preceded(blanks, take_while_m_n(3, 11, |c: char| c.is_ascii_uppercase() || c == '/')).parse(i)?;
    let short = word.split('/').all(|name| (3..=5).contains(&name.len()));
    let known = matches!(word, "UTC" | "GMT") && i.starts_with(is_blank);
    if short && (i.starts_with(':') || known) {
        Ok((i, word))
    } else {
        Err(nom::Err::Error(nom::error::Error::new(i, nom::error::ErrorKind::Verify)))
    }
}

fn digits(count: usize) -> impl Fn(&str) -> IResult<&str, &str> {
    move |i| take_while_m_n(count, count, |c: char| c.is_ascii_digit()).parse(i)
}

/// Two digits up to this number.
fn two(most: u8) -> impl Fn(&str) -> IResult<&str, &str> {
    move |i| verify(digits(2), |text: &str| text.parse::<u8>().is_ok_and(|number| number <= most)).parse(i)
}
