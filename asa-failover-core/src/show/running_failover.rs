//! `show running-config failover`: roles, links and preempt as configured.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::u8;
use nom::combinator::{map, opt, rest, verify};
use nom::error::context;
use nom::sequence::{preceded, terminated};
use serde::{Deserialize, Serialize};

use super::token::{Parsed, blanks, configured_ms, number, role, word};
use super::walk::{Line, Walk};
use super::{ParseError, Reading};
use crate::unit::{GroupId, Role};

/// What `show running-config failover` says. A failover key is never a fact.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RunningFailover {
    /// `failover` or `no failover`; `None` for a filtered output with neither.
    pub enabled: Option<bool>,
    /// The role of the unit that printed.
    pub unit: Option<Role>,
    /// The failover link.
    pub lan_link: Option<LinkPort>,
    /// The state link.
    pub state_link: Option<LinkPort>,
    /// Milliseconds between two hellos on the failover link; `None` for the default.
    pub unit_poll_ms: Option<u64>,
    /// Milliseconds without a hello after which the mate counts as failed.
    pub unit_hold_ms: Option<u64>,
    /// Milliseconds between two hellos on a monitored interface; `None` for the default.
    pub interface_poll_ms: Option<u64>,
    /// Milliseconds without a hello after which an interface counts as failed.
    pub interface_hold_ms: Option<u64>,
    /// The addresses of the links, in the order printed.
    pub interface_ips: Vec<InterfaceIp>,
    /// Whether HTTP connections are replicated; `None` for a filtered output.
    pub http_replication: Option<bool>,
    /// Whether a failover key is configured; `None` for a filtered output.
    pub key_configured: Option<bool>,
    /// The failover groups, in the order printed; empty in Active/Standby.
    pub groups: Vec<GroupConfig>,
}

/// A link as configured.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LinkPort {
    /// The interface name.
    pub name: String,
    /// The hardware port; `None` for a state link that shares the failover link and names no port.
    pub port: Option<String>,
}

/// The addresses of a link.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InterfaceIp {
    /// The link's interface name.
    pub name: String,
    /// The primary unit's address; an IPv6 address with its prefix length.
    pub active: String,
    /// The IPv4 mask; `None` for IPv6.
    pub mask: Option<String>,
    /// The secondary unit's address.
    pub standby: Option<String>,
}

/// A failover group as configured.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GroupConfig {
    /// The group's number.
    pub number: GroupId,
    /// The unit it prefers; `None` where no line says so, which is the primary.
    pub role: Option<Role>,
    /// Whether the group returns to that unit by itself once the unit is ready.
    pub preempt: bool,
    /// Seconds that it waits before it does; `None` for no delay.
    pub preempt_delay_seconds: Option<u64>,
}

/// Reads the output of `show running-config failover`.
///
/// No line is needed. A failover key is claimed and forgotten: it is in no fact, no unread line and
/// no error. A line with damage or with characters that print nothing is therefore an error: it may be
/// the one with the key.
///
/// The lines it knows:
///
/// ```text
/// failover
/// failover lan unit primary
/// failover lan interface folink GigabitEthernet0/2
/// failover lan enable
/// failover polltime unit msec 300 holdtime msec 900
/// failover polltime interface 5 holdtime 25
/// failover interface-policy 1
/// failover key *****
/// failover replication http
/// failover link state GigabitEthernet0/3
/// failover interface ip folink 192.0.2.1 255.255.255.252 standby 192.0.2.2
/// failover interface ip state 2001:db8::1/64 standby 2001:db8::2
/// failover group 1
///   primary
///   preempt 60
///   polltime interface 5 holdtime 25
/// ```
///
/// Known from captures; the lines are the commands as they are typed.
///
/// # Errors
///
/// [`ParseError`] where a known line is malformed or a single one printed twice, and where the
/// device refused the command.
pub fn running_failover(text: &str) -> Result<Reading<RunningFailover>, ParseError> {
    let mut walk = Walk::guarding("show running-config failover", text)?;
    let mut facts = RunningFailover::default();
    let (mut unit_timers, mut interface_timers) = (None, None);
    let (mut http, mut key, mut in_group) = (false, false, false);
    while let Some(line) = walk.line()? {
        if line.text == "failover" || line.text == "no failover" {
            line.put(&mut facts.enabled, "failover or no failover", line.text == "failover")?;
            continue;
        }
        let Some(rest) = line.text.strip_prefix("failover ").map(str::trim_ascii_start) else {
            let group = if in_group { facts.groups.last_mut() } else { None };
            let claimed = group.map_or(Ok(false), |group| in_group_block(&line, group))?;
            if !claimed && !walk.without_fact(in_group && is_group_setting(line.text)) {
                walk.unclaimed(line)?;
            }
            continue;
        };
        in_group = false;
        let (first, behind) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
        let behind = behind.trim_ascii_start();
        match first {
            "key" | "ipsec" => key = true,
            "group" => {
                let number = line.all(behind, "a group's number", group_number)?;
                facts.groups.push(GroupConfig {
                    number,
                    role: None,
                    preempt: false,
                    preempt_delay_seconds: None,
                });
                in_group = true;
            }
            "link" => {
                line.put(
                    &mut facts.state_link,
                    "failover link",
                    line.all(behind, "a name and a port", link)?,
                )?;
            }
            "polltime" => match line.all(behind, "a poll time", timers)? {
                (Watched::Unit, timers) => line.put(&mut unit_timers, "failover polltime unit", timers)?,
                (Watched::Interface, timers) => {
                    line.put(&mut interface_timers, "failover polltime interface", timers)?;
                }
            },
            "replication" if behind == "http" => http = true,
            "replication" if walk.without_fact(behind.starts_with("rate ")) => {}
            "lan" => {
                if let Some(rest) = behind.strip_prefix("unit ") {
                    let role = line.all(rest.trim_ascii_start(), "a role", role)?;
                    line.put(&mut facts.unit, "failover lan unit", role)?;
                } else if let Some(rest) = behind.strip_prefix("interface ") {
                    let link = line.all(rest.trim_ascii_start(), "a name and a port", link)?;
                    line.put(&mut facts.lan_link, "failover lan interface", link)?;
                } else if !walk.without_fact(behind == "enable") {
                    walk.unclaimed(line)?;
                }
            }
            "interface" => match behind.strip_prefix("ip ") {
                Some(rest) => {
                    let row = line.all(rest.trim_ascii_start(), "a link's addresses", addresses)?;
                    facts.interface_ips.push(row);
                }
                None => walk.unclaimed(line)?,
            },
            "interface-policy" | "mac" | "timeout" | "wait-disable" | "standby" | "health-check" => {
                walk.without_fact(true);
            }
            _ => walk.unclaimed(line)?,
        }
    }
    (facts.unit_poll_ms, facts.unit_hold_ms) = unit_timers.unwrap_or_default();
    (facts.interface_poll_ms, facts.interface_hold_ms) = interface_timers.unwrap_or_default();
    if facts.enabled.is_some() {
        (facts.http_replication, facts.key_configured) = (Some(http), Some(key));
    }
    walk.reading(facts)
}

/// ` secondary`, ` preempt 60`, below `failover group 2`.
fn in_group_block(line: &Line<'_>, group: &mut GroupConfig) -> Result<bool, ParseError> {
    let (first, behind) = line.text.split_once([' ', '\t']).unwrap_or((line.text, ""));
    match first {
        "primary" | "secondary" if behind.is_empty() => {
            let role = line.all(line.text, "a role", role)?;
            line.put(&mut group.role, "primary or secondary", role)?;
        }
        "preempt" => {
            let delay = |i| opt(number).parse(i);
            let mut preempt = group.preempt.then_some(());
            line.put(&mut preempt, "preempt", ())?;
            group.preempt = true;
            group.preempt_delay_seconds = line.all(behind.trim_ascii_start(), "seconds", delay)?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// ` interface-policy 50%`: a setting of a group that is no fact.
fn is_group_setting(text: &str) -> bool {
    let first = text.split([' ', '\t']).next();
    matches!(first, Some("replication" | "interface-policy" | "mac" | "polltime"))
}

fn group_number(i: &str) -> Parsed<'_, GroupId> {
    context("a group's number", map(verify(u8, |number| *number > 0), GroupId::new)).parse(i)
}

/// `folink GigabitEthernet0/2`
fn link(i: &str) -> Parsed<'_, LinkPort> {
    let named = (context("an interface name", word), opt(preceded(blanks, rest)));
    map(named, |(name, port)| LinkPort { name: name.to_owned(), port: port.map(str::to_owned) }).parse(i)
}

/// What a poll time watches.
#[derive(Clone, Copy)]
enum Watched {
    Unit,
    Interface,
}

/// A poll and a hold time, in milliseconds.
type Timers = (Option<u64>, Option<u64>);

/// `unit msec 300 holdtime msec 900`, `interface 5 holdtime 25`, `15`: without a word it is the unit.
fn timers(i: &str) -> Parsed<'_, (Watched, Timers)> {
    let watched = opt(terminated(alt((tag("unit"), tag("interface"))), blanks));
    let hold = opt(preceded((blanks, tag("holdtime"), blanks), configured_ms));
    map((watched, configured_ms, hold), |(watched, poll, hold)| {
        let watched = if watched == Some("interface") { Watched::Interface } else { Watched::Unit };
        (watched, (Some(poll), hold))
    })
    .parse(i)
}

/// `folink 192.0.2.1 255.255.255.252 standby 192.0.2.2`, `folink 2001:db8::1/64 standby 2001:db8::2`
fn addresses(i: &str) -> Parsed<'_, InterfaceIp> {
    let (i, name) = terminated(word, blanks).parse(i)?;
    let (i, active) = context("an address", word).parse(i)?;
    let (i, mask) = opt(preceded(blanks, verify(word, |mask: &str| mask != "standby"))).parse(i)?;
    let (i, standby) = opt(preceded((blanks, tag("standby"), blanks), word)).parse(i)?;
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let row = InterfaceIp {
        name: name.to_owned(),
        active: active.to_owned(),
        mask: owned(mask),
        standby: owned(standby),
    };
    Ok((i, row))
}
