//! The lines of `show failover`, one grammar each. What is given is the rest of the line behind the
//! words that named it.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{char, u8, u32};
use nom::combinator::{fail, map, opt, rest, verify};
use nom::error::context;
use nom::sequence::{delimited, preceded, separated_pair, terminated};

use super::{
    Application, Host, Interface, InterfaceStatus, Link, Module, MonitoredInterfaces, Monitoring, Queue,
    Side, Statistic,
};
use crate::show::token::{
    self, Parsed, before_parenthesis, blanks, column, cut, duration_ms, number, role, space, until, word,
};
use crate::text::Text;
use crate::unit::{GroupId, Standing};

/// `folink GigabitEthernet0/2 (up)`, `not Configured`, `Unconfigured.`; `N/A - Serial-based failover
/// enabled` where a cable is the link (from memory: it gives no link).
pub(super) fn link(i: &str) -> Parsed<'_, Option<Link>> {
    // Most units have one, and no name is tried against three sentences for nothing.
    if i.starts_with(['n', 'U', 'N']) {
        let none =
            alt((tag("not Configured"), tag("Unconfigured"), tag("N/A - Serial-based failover enabled")));
        let said: Parsed<'_, _> = (none, opt(char('.'))).parse(i);
        if let Ok((rest, _)) = said {
            return Ok((rest, None));
        }
    }
    let port = verify(until(b'('), |port: &str| !port.trim_ascii().is_empty());
    let status = delimited(char('('), until(b')'), char(')'));
    let link = (terminated(word, blanks), port, status);
    map(link, |(name, port, status)| {
        Some(Link { name: name.into(), port: token::text(port), status: token::text(status) })
    })
    .parse(i)
}

/// `1 seconds, holdtime 15 seconds`; releases before 7.2 print no hold time for interfaces.
pub(super) fn poll_and_hold(i: &str) -> Parsed<'_, (u64, Option<u64>)> {
    (duration_ms, opt(preceded((tag(","), blanks, tag("holdtime"), blanks), duration_ms))).parse(i)
}

/// `3 of 1049 maximum`
pub(super) fn monitored(i: &str) -> Parsed<'_, MonitoredInterfaces> {
    let counts = separated_pair(u32, (blanks, tag("of"), blanks), u32);
    map(terminated(counts, (blanks, tag("maximum"))), |(count, limit)| MonitoredInterfaces { count, limit })
        .parse(i)
}

/// `Ours 9.16(4)67, Mate 9.16(4)67`; no mate for `Unknown`.
pub(super) fn ours_and_mate(i: &str) -> Parsed<'_, (&str, Option<&str>)> {
    let ours = delimited((tag("Ours"), blanks), until(b','), tag(","));
    let mate = preceded((blanks, tag("Mate"), blanks), rest);
    let mate = verify(mate, |mate: &str| !mate.is_empty());
    map((ours, mate), |(ours, mate)| (ours.trim_ascii(), (mate != "Unknown").then_some(mate))).parse(i)
}

/// `Primary - Active`, and `Primary` alone in Active/Active.
pub(super) fn host(i: &str) -> Parsed<'_, Host> {
    let state =
        preceded((blanks, char('-'), blanks), context("a state", verify(rest, |s: &str| !s.is_empty())));
    map((role, opt(state)), |(role, state)| Host { role, state: state.map(standing), active_seconds: None })
        .parse(i)
}

/// A state's words, with one blank between them.
pub(super) fn standing(words: &str) -> Standing {
    Standing::of(&token::words(words))
}

/// `2896 (sec)`
pub(super) fn active_seconds(i: &str) -> Parsed<'_, u64> {
    terminated(number, opt((space, tag("(sec)")))).parse(i)
}

/// What a `Group` line says.
pub(super) enum GroupLine<'t> {
    /// `Group 1 last failover at: 13:40:18 UTC Dec 9 2004`
    LastFailover(&'t str),
    /// `Group 1       State:          Active`
    State(&'t str),
}

/// ` 1 last failover at: 13:40:18 UTC Dec 9 2004`, ` 1   State:   Active`
pub(super) fn group(i: &str) -> Parsed<'_, (GroupId, GroupLine<'_>)> {
    let number = context("a group's number", verify(u8, |number| *number > 0));
    let text = || preceded(space, verify(rest, |text: &str| !text.is_empty()));
    let said = alt((
        map(preceded(tag("last failover at:"), text()), GroupLine::LastFailover),
        map(preceded(tag("State:"), text()), GroupLine::State),
    ));
    let said = context("`last failover at:` and a time, or `State:` and a state", said);
    (map(delimited(blanks, number, blanks), GroupId::new), said).parse(i)
}

/// `outside (203.0.113.1): Normal (Waiting)`, behind `Interface`; what stands in parentheses is an
/// address, an IPv6 address, or both with a `/` between.
pub(super) fn interface<'t>(i: &'t str, host: Side, owner: Option<&str>) -> Parsed<'t, Interface> {
    let (i, name) = preceded(blanks, word).parse(i)?;
    let (i, address) = delimited((space, char('(')), until(b')'), (char(')'), char(':'), space)).parse(i)?;
    let (i, state) = context("an interface state", verify(rest, is_state)).parse(i)?;
    let (status, monitoring) = trailing_word(state);
    let (ip, ipv6) = if address.bytes().any(|byte| matches!(byte, b'/' | b':')) {
        cut(address, b'/').unwrap_or(("", address))
    } else {
        (address, "")
    };
    let printed = |text: &str| (!text.is_empty()).then(|| text.trim_ascii().into());
    let row = Interface {
        host,
        context: owner.map(Text::from),
        name: name.into(),
        ip: printed(ip),
        ipv6: printed(ipv6),
        status: InterfaceStatus::printed(status),
        monitoring: monitoring.map(Monitoring::of),
    };
    Ok((i, row))
}

/// Words, and parentheses that are closed: one that is not has lost its end.
fn is_state(text: &str) -> bool {
    let open = |byte| i32::from(byte == b'(') - i32::from(byte == b')');
    !text.is_empty() && text.bytes().map(open).sum::<i32>() == 0
}

/// `Normal (Waiting)`, `Up, (Monitored)`: what stands before the parentheses at the end, and in them.
fn trailing_word(text: &str) -> (&str, Option<&str>) {
    let split = || text.strip_suffix(')')?.rsplit_once('(');
    split()
        .filter(|(before, _)| !before.trim_ascii().is_empty())
        .map_or((text, None), |(before, word)| (before, Some(word)))
}

/// ` 0: ASA5525 hw/sw rev (1.0/9.2(2)4) status (Up Sys)`, ` 1: snort rev (1.0)  status (up)`,
/// ` 1: empty`, behind `slot`.
pub(super) fn module(i: &str, host: Side) -> Parsed<'_, Module> {
    let (i, slot) = delimited(blanks, u32, (char(':'), space)).parse(i)?;
    if let (i, Some(status)) = opt(tag("empty")).parse(i)? {
        let status = status.into();
        return Ok((i, Module { host, slot, model: None, hw_rev: None, sw_rev: None, status }));
    }
    let named = |words| before_parenthesis(i, words).filter(|(model, _)| !model.is_empty());
    let (both, one) = (named(" hw/sw rev "), || named(" rev "));
    let Some((model, revisions)) = both.or_else(one) else {
        return context("a module and its revision", fail()).parse(i);
    };
    let Some((revision, i)) = before_parenthesis(revisions, "status ") else {
        return context("revisions and a status in parentheses", fail()).parse(revisions);
    };
    let (i, status) = terminated(until(b')'), char(')')).parse(i)?;
    let Some(revision) = revision.trim_ascii_end().strip_suffix(')') else {
        return context("revisions in parentheses", fail()).parse(revisions);
    };
    let (hw_rev, sw_rev) = if both.is_some() { two_parts(revision) } else { ("", revision) };
    let printed = |text: &str| (!text.is_empty()).then(|| token::text(text));
    let module = Module {
        host,
        slot,
        model: Some(token::text(model)),
        hw_rev: printed(hw_rev),
        sw_rev: printed(sw_rev),
        status: token::text(status),
    };
    Ok((i, module))
}

/// `1.0/9.2(2)4`, `N/A/5.3.1-152`, `/9.12(2)`: an `N/A` is one part.
fn two_parts(revision: &str) -> (&str, &str) {
    match revision.strip_prefix("N/A") {
        Some(rest) => ("N/A", rest.strip_prefix('/').unwrap_or(rest)),
        None => revision.split_once('/').unwrap_or((revision, "")),
    }
}

/// `ASA FirePOWER, 5.4.1-211, Up, (Monitored)`, under a module. Other words between commas are no version,
/// and may say that the unit is not well.
pub(super) fn application(text: &str, host: Side, slot: u32) -> Option<Application> {
    let mut parts = text.split(',').map(str::trim_ascii);
    let (name, version, status) = (parts.next()?, parts.next()?, parts.next()?);
    let monitoring = parts.next();
    let word = match monitoring {
        Some(word) => Some(word.strip_prefix('(')?.strip_suffix(')')?),
        None => None,
    };
    let numbered = version == "N/A" || version.starts_with(|c: char| c.is_ascii_digit());
    let whole = parts.next().is_none()
        && numbered
        && !name.contains([':', '#', '>'])
        && ![name, status].contains(&"");
    whole.then(|| Application {
        host,
        slot,
        name: token::text(name),
        version: token::text(version),
        status: token::text(status),
        monitoring: word.map(Monitoring::of),
    })
}

/// `snort poll success:18962 miss:0`, `peer disk poll success:18962 miss:0`: `details` counts how often
/// a module answered.
pub(super) fn is_poll_count(text: &str) -> bool {
    let module = text.strip_prefix("peer ").unwrap_or(text);
    let behind = module.strip_prefix("snort").or_else(|| module.strip_prefix("disk"));
    behind.is_some_and(|counts| counts.starts_with(" poll success:"))
}

/// `TCP conn        13524250579 0          214505     0`: a name of words, then four numbers.
///
/// `None` for any other line, and for a number that does not fit: [`statistic`] says what is wrong with it.
/// Most lines of the output are such rows, and their end is what has a form.
pub(super) fn whole_statistic(text: &str) -> Option<Statistic> {
    let (before, rerr) = count_at_end(text.as_bytes())?;
    let (before, rcv) = count_at_end(before)?;
    let (before, xerr) = count_at_end(before)?;
    let (name, xmit) = count_at_end(before)?;
    if matches!(name, [.., b'0'..=b'9']) && count_at_end(name).is_some() {
        return None;
    }
    Some(Statistic { name: token::text(text.get(..name.len())?), xmit, xerr, rcv, rerr })
}

/// The number behind the last blank, where it fits, and what stands before the blanks.
fn count_at_end(text: &[u8]) -> Option<(&[u8], u64)> {
    let (mut rest, mut count, mut place) = (text, 0_u64, 1_u64);
    while let [before @ .., digit @ b'0'..=b'9'] = rest {
        count = count.wrapping_add(u64::from(digit - b'0').wrapping_mul(place));
        place = place.wrapping_mul(10);
        rest = before;
    }
    // Nineteen digits always fit.
    let fits = (1..20).contains(&(text.len() - rest.len()));
    let before = without_blanks_at_end(rest);
    (fits && before.len() < rest.len()).then_some((before, count))
}

/// Cuts off blanks and tabs. Between columns there are many blanks, so that eight bytes are looked at together.
fn without_blanks_at_end(mut text: &[u8]) -> &[u8] {
    while let Some((before, last)) = text.split_last_chunk() {
        let others = u64::from_le_bytes(*last) ^ u64::from_le_bytes([b' '; 8]);
        if others != 0 {
            let blanks = (others.leading_zeros() / u8::BITS) as usize;
            text = text.get(..text.len() - blanks).unwrap_or_default();
            break;
        }
        text = before;
    }
    while let [shorter @ .., b' ' | b'\t'] = text {
        text = shorter;
    }
    text
}

/// What is wrong with a row of the statistics; `None` for a line with fewer than two numbers at its end, or
/// more than four: it is no row known.
pub(super) fn statistic(text: &str) -> Option<Parsed<'_, Statistic>> {
    let (mut name, mut numbers) = (text, 0_usize);
    while let Some((before, _)) = digits_at_end(name) {
        name = before;
        numbers += 1;
    }
    let columns = text.get(name.len()..).filter(|_| (2..=4).contains(&numbers))?;
    let mut row = map((column, column, column, column), |(xmit, xerr, rcv, rerr)| Statistic {
        name: token::text(name),
        xmit,
        xerr,
        rcv,
        rerr,
    });
    Some(row.parse(columns))
}

/// The digits behind the last blank of a text, where there is nothing else, and what stands before them.
fn digits_at_end(text: &str) -> Option<(&str, &str)> {
    let blank = text.bytes().rposition(|byte| !byte.is_ascii_digit())?;
    let (before, digits) = text.split_at_checked(blank + 1)?;
    let is_number = !digits.is_empty() && matches!(text.as_bytes().get(blank), Some(b' ' | b'\t'));
    is_number.then(|| (before.trim_ascii_end(), digits))
}

/// Whether a line has the form of those that name a host or stand below one, whole or not: `Other host: Prim`,
/// `Active time: 0 (sec)`, `slot 1: empty`, `ctx1 Interface outside (203.0.113.1): Normal`.
pub(super) fn is_of_a_host(text: &str) -> bool {
    let interface = text.find("Interface").and_then(|at| text.get(at..));
    ["This host", "Other host", "Active time:"].iter().any(|form| text.starts_with(form))
        || text.strip_prefix("slot ").is_some_and(|rest| rest.contains(':'))
        || text.strip_prefix("Group ").is_some_and(|rest| rest.contains("State:"))
        || interface.is_some_and(|rest| rest.contains("):"))
}

/// ` 0 1 1895`, behind `Recv Q:` or `Xmit Q:`.
pub(super) fn queue(i: &str) -> Parsed<'_, Queue> {
    map((preceded(space, number), column, column), |(cur, max, total)| Queue { cur, max, total }).parse(i)
}
