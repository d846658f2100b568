//! `fw up 55 days 9 hours`: how long a unit is up, as far as it says.
//!
//! A unit prints the two largest units of time only, so a reading is an interval: seconds in the
//! first hour, minutes in the first day, hours in the first year, days from then on.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::combinator::{map_opt, opt, value, verify};
use nom::error::context;
use nom::multi::separated_list1;
use nom::sequence::terminated;

use crate::show::token::{Parsed, blanks, number};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const YEAR: u64 = 365 * DAY;

/// `55 days 9 hours`, as seconds.
pub(super) fn duration(i: &str) -> Parsed<'_, u64> {
    let unit = alt((
        value(YEAR, tag("year")),
        value(DAY, tag("day")),
        value(HOUR, tag("hour")),
        value(MINUTE, tag("min")),
        value(1, tag("sec")),
    ));
    let part = (terminated(number, blanks), terminated(unit, opt(tag("s"))));
    let falling = |parts: &Vec<(u64, u64)>| parts.is_sorted_by(|(_, larger), (_, smaller)| larger > smaller);
    let sum = |parts: Vec<(u64, u64)>| {
        parts.into_iter().try_fold(0_u64, |sum, (count, unit)| sum.checked_add(count.checked_mul(unit)?))
    };
    context("years, days, hours, mins or secs", map_opt(verify(separated_list1(blanks, part), falling), sum))
        .parse(i)
}

/// The least and the most seconds that a printed uptime can stand for.
///
/// A smaller unit of zero may be left out, so a whole number of the larger one is taken as exact to
/// the larger one only. Whether a unit counts leap days in its years is not known: each year may be
/// a day longer.
pub(super) fn range(seconds: u64) -> (u64, u64) {
    let steps: &[u64] = match seconds {
        YEAR.. => &[YEAR, DAY],
        DAY.. => &[DAY, HOUR],
        HOUR.. => &[HOUR, MINUTE],
        MINUTE.. => &[MINUTE, 1],
        _ => &[1],
    };
    let step = steps.iter().copied().find(|step| seconds.is_multiple_of(*step)).unwrap_or(1);
    (seconds, seconds.saturating_add(step).saturating_add(seconds / YEAR * DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_magnitude_is_read() {
        for (text, seconds) in [
            ("17 secs", 17),
            ("5 mins 33 secs", 333),
            ("5 mins 0 secs", 300),
            ("5 hours 18 mins", 19_080),
            ("1 day 12 hours", 129_600),
            ("1 year 97 days", 39_916_800),
            ("6 years 67 days", 195_004_800),
        ] {
            assert_eq!(duration(text).unwrap(), ("", seconds), "{text}");
        }
        for text in
            ["", "days", "5", "5 weeks", "5 hours 2 days", "5 days 2 days", "999999999999999999 years"]
        {
            assert!(duration(text).map_or(true, |(left, _)| !left.is_empty()), "{text}");
        }
    }

    #[test]
    fn an_uptime_is_as_exact_as_it_is_printed() {
        for (seconds, most) in [
            (0, 1),
            (17, 18),
            (333, 334),
            (300, 360),
            (5 * HOUR + 18 * MINUTE, 5 * HOUR + 19 * MINUTE),
            (5 * HOUR, 6 * HOUR),
            (DAY + 12 * HOUR, DAY + 13 * HOUR),
            (2 * DAY, 3 * DAY),
            (YEAR + 97 * DAY, YEAR + 99 * DAY),
        ] {
            assert_eq!(range(seconds), (seconds, most), "{seconds}");
        }
    }
}
