//! `show vpn-sessiondb summary`: how many VPN sessions a unit carries.
//!
//! The form of 8.4 and later, with a `VPN Session Summary` and, where there are tunnels, a `Tunnels
//! Summary`. The form of 8.0 to 8.3 (`Sessions:`, `License Information:`) is not known from a capture
//! and is an error. A section under another title is kept as unread, with all its rows: it is never
//! counted among these.

use nom::Parser;
use nom::bytes::complete::{tag, take_till1};
use nom::character::complete::char;
use nom::combinator::opt;
use nom::error::context;
use nom::sequence::{delimited, preceded, terminated};
use serde::{Deserialize, Serialize};

use super::token::{Parsed, number, space, squeezed};
use super::walk::Walk;
use super::{ParseError, Reading};

/// What `show vpn-sessiondb summary` says. Where there are no sessions, nothing but that is known.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VpnSessions {
    /// The kinds of sessions, in the order printed.
    pub sessions: Vec<VpnSession>,
    /// `Total Active and Inactive`, as printed.
    pub total_active_and_inactive: Option<u64>,
    /// `Total Cumulative`, as printed.
    pub total_cumulative: Option<u64>,
    /// How many sessions the device takes.
    pub capacity: Option<u64>,
    /// The load, in percent of that.
    pub load_percent: Option<u64>,
    /// The kinds of tunnels, in the order printed.
    pub tunnels: Vec<VpnTunnel>,
    /// Their totals as printed; `None` without a tunnels summary.
    pub tunnel_totals: Option<VpnTunnelTotals>,
}

/// A kind of sessions.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VpnSession {
    /// Its name: `AnyConnect Client`.
    pub r#type: String,
    /// The kind that it is a part of, by its indentation; `None` for a kind of its own, and where a copy
    /// lost the blanks that would say.
    pub parent: Option<String>,
    /// Sessions now.
    pub active: u64,
    /// Sessions since the unit booted.
    pub cumulative: u64,
    /// The most at one time.
    pub peak: u64,
    /// Sessions that rest; `None` where the column is blank.
    pub inactive: Option<u64>,
}

/// A kind of tunnels.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VpnTunnel {
    /// Its name: `DTLS-Tunnel`.
    pub r#type: String,
    /// Tunnels now.
    pub active: u64,
    /// Tunnels since the unit booted.
    pub cumulative: u64,
    /// The most at one time.
    pub peak: u64,
}

/// The totals of the tunnels.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VpnTunnelTotals {
    /// Tunnels now.
    pub active: u64,
    /// Tunnels since the unit booted.
    pub cumulative: u64,
}

const SUMMARY: &str = "VPN Session Summary, or No sessions to display.";

/// Under which title the rows stand.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Section {
    Sessions,
    Tunnels,
    Strange,
}

/// Reads the output of `show vpn-sessiondb summary`, or of `show vpn-sessiondb`.
///
/// The lines it knows, form by form:
///
/// ```text
/// VPN Session Summary
///                                Active : Cumulative : Peak Concur : Inactive
/// AnyConnect Client            :     38 :     330351 :         442 :        0
///   SSL/TLS/DTLS               :     38 :     330351 :         442 :        0
/// Site-to-Site VPN             :      2 :         17 :           2
/// Total Active and Inactive    :     40             Total Cumulative : 330368
/// Device Total VPN Capacity    :    750
/// Device Load                  :     5%
/// Tunnels Summary
///                                Active : Cumulative : Peak Concurrent
/// DTLS-Tunnel                  :     37 :    2227003 :             386
/// Totals                       :     37 :    2227003
/// ```
///
/// ```text
/// No sessions to display.
/// ```
///
/// Known from captures.
///
/// # Errors
///
/// [`ParseError`] where neither the summary nor `No sessions to display.` is printed, where a row or a
/// total is malformed or a total printed twice, and where the device refused the command.
pub fn vpn_sessiondb(text: &str) -> Result<Reading<VpnSessions>, ParseError> {
    let mut walk = Walk::new("show vpn-sessiondb summary", text)?;
    let mut facts = VpnSessions::default();
    let (mut summary, mut section, mut indent, mut parent) = (None, Section::Strange, 0, None);
    while let Some(line) = walk.line()? {
        let text = line.text;
        if text.bytes().all(|b| b == b'-') {
            continue;
        }
        match text {
            "VPN Session Summary" | "No sessions to display." => {
                line.put(&mut summary, SUMMARY, ())?;
                section = if text.starts_with("VPN") { Section::Sessions } else { Section::Strange };
                continue;
            }
            "Tunnels Summary" => {
                section = Section::Tunnels;
                continue;
            }
            _ => {}
        }
        if walk.noise(line)? {
            continue;
        }
        let Some((name, numbers)) = text.split_once(':').filter(|_| section != Section::Strange) else {
            // Another title, or a line below one.
            section = Section::Strange;
            walk.unclaimed(line)?;
            continue;
        };
        let is_row = numbers.matches(':').count() >= 2;
        match (squeezed(name).as_str(), section) {
            ("Active", _) if numbers.trim_ascii_start().starts_with("Cumulative") => {}
            ("Total Active and Inactive", Section::Sessions) => {
                let (all, cumulative) = line.form(numbers.trim_ascii_start(), TOTALS, totals)?;
                line.put(&mut facts.total_active_and_inactive, "Total Active and Inactive", all)?;
                facts.total_cumulative = Some(cumulative);
            }
            ("Device Total VPN Capacity", Section::Sessions) => {
                let capacity = line.all(numbers.trim_ascii_start(), "a number", number)?;
                line.put(&mut facts.capacity, "Device Total VPN Capacity", capacity)?;
            }
            ("Device Load", Section::Sessions) => {
                let load = line.all(numbers.trim_ascii_start(), "a number and %", |i| {
                    terminated(number, char('%')).parse(i)
                })?;
                line.put(&mut facts.load_percent, "Device Load", load)?;
            }
            ("Totals", Section::Tunnels) => {
                let (active, cumulative) =
                    line.all(numbers.trim_ascii_start(), "two numbers", |i| (number, next).parse(i))?;
                line.put(&mut facts.tunnel_totals, "Totals", VpnTunnelTotals { active, cumulative })?;
            }
            _ if !is_row => walk.unclaimed(line)?,
            (_, Section::Tunnels) => facts.tunnels.push(line.all(text, "three numbers", tunnel)?),
            _ => {
                if facts.sessions.is_empty() {
                    indent = line.indent();
                }
                let mut session = line.all(line.text, "a name and three or four numbers", session)?;
                if line.indent() > indent {
                    session.parent.clone_from(&parent);
                } else {
                    parent = Some(session.r#type.clone());
                }
                facts.sessions.push(session);
            }
        }
    }
    if summary.is_none() {
        return Err(walk.missing(SUMMARY));
    }
    walk.reading(facts)
}

/// `AnyConnect Client            :     38 :     330351 :         442 :        0`, and as a part of it, further in,
/// `  SSL/TLS/DTLS               :     38 :     330351 :         442 :        0`
fn session(i: &str) -> Parsed<'_, VpnSession> {
    let (i, (r#type, active, cumulative, peak)) = row(i)?;
    let (i, inactive) = opt(next).parse(i)?;
    Ok((i, VpnSession { r#type, parent: None, active, cumulative, peak, inactive }))
}

/// `DTLS-Tunnel                  :     37 :    2227003 :             386`
fn tunnel(i: &str) -> Parsed<'_, VpnTunnel> {
    let (i, (r#type, active, cumulative, peak)) = row(i)?;
    Ok((i, VpnTunnel { r#type, active, cumulative, peak }))
}

fn row(i: &str) -> Parsed<'_, (String, u64, u64, u64)> {
    let (i, name) = context("a name", take_till1(|c| c == ':')).parse(i)?;
    let (i, (active, cumulative, peak)) = (next, next, next).parse(i)?;
    Ok((i, (squeezed(name), active, cumulative, peak)))
}

/// ` :     330351`
fn next(i: &str) -> Parsed<'_, u64> {
    preceded((space, char(':'), space), context("a number", number)).parse(i)
}

const TOTALS: &str = "N  Total Cumulative : N";

/// `38             Total Cumulative : 331391`
fn totals(i: &str) -> Parsed<'_, (u64, u64)> {
    let cumulative = delimited((space, tag("Total Cumulative"), space, char(':'), space), number, space);
    (number, cumulative).parse(i)
}
