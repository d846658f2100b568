//! `show route summary`: how many routes a unit has, and from where.
//!
//! The form is that of IOS, whose routing code the ASA is remembered to share; no capture of an ASA was at
//! hand, so nothing may rest on these facts. A line of another form is kept as unread.

use serde::{Deserialize, Serialize};

use super::token::squeezed;
use super::walk::{Line, Walk};
use super::{Expected, ParseError, Reading};

/// What `show route summary` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RouteSummary {
    /// Where the routes come from, in the order printed.
    pub sources: Vec<RouteSource>,
    /// All networks, as printed.
    pub total_networks: u64,
    /// All subnets, as printed.
    pub total_subnets: u64,
}

/// A source of routes.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RouteSource {
    /// Its name: `connected`, `static`, `ospf 1`.
    pub source: String,
    /// Networks.
    pub networks: u64,
    /// Subnets; `None` where the column is blank.
    pub subnets: Option<u64>,
}

const HEAD: &str = "Route Source Networks Subnets Replicates Overhead Memory (bytes)";
const TOTAL: &str = "Total N N N N N";
const ROW: &str = "a source and five numbers";

/// Reads the output of `show route summary`.
///
/// The lines it knows:
///
/// ```text
/// IP routing table maximum-paths is 8
/// Route Source    Networks    Subnets     Replicates  Overhead    Memory (bytes)
/// connected       0           24          0           1920        7104
/// ospf 100        12          487         0           39920       144860
///   Intra-area: 312 Inter-area: 145 External-1: 30 External-2: 0
/// internal        9                                               1040
/// Total           21          511         0           41840       153004
/// ```
///
/// Remembered, as the module says.
///
/// # Errors
///
/// [`ParseError`] where the table's head or its total is missing or printed twice, where a row is
/// malformed, and where the device refused the command.
pub fn route_summary(text: &str) -> Result<Reading<RouteSummary>, ParseError> {
    let mut walk = Walk::new("show route summary", text)?;
    let (mut head, mut total, mut sources) = (None, None, Vec::new());
    while let Some(line) = walk.line()? {
        let text = line.text;
        if walk.noise(line)? || walk.without_fact(text.starts_with("IP routing table ")) {
            continue;
        }
        if squeezed(text) == HEAD {
            line.put(&mut head, HEAD, ())?;
            continue;
        }
        match row(&line).filter(|_| head.is_some() && total.is_none()) {
            Some(Ok((source, networks, Some(subnets)))) if source == "Total" => {
                line.put(&mut total, TOTAL, (networks, subnets))?;
            }
            Some(row) => {
                let (source, networks, subnets) = row?;
                sources.push(RouteSource { source, networks, subnets });
            }
            None if walk.without_fact(head.is_some() && is_part(text)) => {}
            None => walk.unclaimed(line)?,
        }
    }
    if head.is_none() {
        return Err(walk.missing(HEAD));
    }
    let (total_networks, total_subnets) = total.ok_or_else(|| walk.missing(TOTAL))?;
    walk.reading(RouteSummary { sources, total_networks, total_subnets })
}

/// `  Intra-area: 312 Inter-area: 145 External-1: 30 External-2: 0`: how a source's routes are made up.
fn is_part(text: &str) -> bool {
    const KINDS: [&str; 7] =
        ["Intra-area:", "Inter-area:", "External-1:", "External-2:", "External:", "Internal:", "Local:"];
    let mut words = text.split_ascii_whitespace().filter(|word| *word != "NSSA");
    words.all(|word| KINDS.contains(&word) || word.bytes().all(|b| b.is_ascii_digit()))
}

type Row = (String, u64, Option<u64>);

/// `ospf 100        12          487         0           39920       144860`; `internal        9     1040` has
/// no subnets. A row has a name without a colon and numbers to its end; `None` for any other line.
fn row(line: &Line<'_>) -> Option<Result<Row, ParseError>> {
    let broken = || line.error(Expected::Phrase(ROW), line.text);
    let words: Vec<_> = line.text.split_ascii_whitespace().collect();
    let (source, rest) = words.split_first()?;
    if !source.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let numbers: Option<Vec<u64>> = rest.iter().map(|word| word.parse().ok()).collect();
    Some(match numbers?.as_slice() {
        [networks, _memory] if *source == "internal" => Ok(((*source).to_owned(), *networks, None)),
        [networks, subnets, _, _, _] => Ok(((*source).to_owned(), *networks, Some(*subnets))),
        [process, networks, subnets, _, _, _] => {
            Ok((format!("{source} {process}"), *networks, Some(*subnets)))
        }
        _ => Err(broken()),
    })
}
