//! The times that stand in front of a message, as text: they are checked, not computed with.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{char, u8};
use nom::combinator::{eof, opt, peek, recognize, value, verify};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

use super::header::blanks;

/// A time as the unit or a relay prints it, with its zone where one is printed.
pub(super) fn stamp(i: &str) -> IResult<&str, &str> {
    terminated(recognize(alt((value((), iso), value((), (bsd, opt(zone)))))), peek(apart)).parse(i)
}

/// What may stand behind a time.
fn apart(i: &str) -> IResult<&str, &str> {
    alt((tag(":"), tag(" "), tag("\t"), eof)).parse(i)
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
pub(super) fn iso(i: &str) -> IResult<&str, &str> {
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
    let name = take_while_m_n(3, 11, |c: char| c.is_ascii_uppercase() || c == '/');
    let name = verify(name, |name: &str| name.split('/').all(|part| (3..=5).contains(&part.len())));
    let known = alt((tag("UTC"), tag("GMT")));
    preceded(blanks, alt((terminated(name, peek(tag(":"))), terminated(known, peek(blanks))))).parse(i)
}

fn digits(count: usize) -> impl Fn(&str) -> IResult<&str, &str> {
    move |i| take_while_m_n(count, count, |c: char| c.is_ascii_digit()).parse(i)
}

/// Two digits up to this number.
fn two(most: u8) -> impl Fn(&str) -> IResult<&str, &str> {
    move |i| verify(digits(2), |text: &str| text.parse::<u8>().is_ok_and(|number| number <= most)).parse(i)
}
