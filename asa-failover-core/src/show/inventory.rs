//! `show inventory`: chassis, power supplies, storage and modules with their serial numbers.

use nom::Parser;
use nom::bytes::complete::{tag, tag_no_case, take_till};
use nom::combinator::{map_opt, rest};
use nom::error::context;
use nom::sequence::{delimited, preceded};
use serde::{Deserialize, Serialize};

use super::token::{Parsed, space, squeezed};
use super::walk::{Line, Walk};
use super::{ParseError, Reading};

/// What `show inventory` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Inventory {
    /// The parts, in the order printed.
    pub items: Vec<InventoryItem>,
}

/// A part of the unit. A text is `None` where nothing is printed; `N/A` is kept as printed.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InventoryItem {
    /// Its name: `Chassis`, `power supply 1`.
    pub name: Option<String>,
    /// What it is, in words.
    pub descr: Option<String>,
    /// Its product id: `ASA5516`.
    pub pid: Option<String>,
    /// The version of that product.
    pub vid: Option<String>,
    /// Its serial number.
    pub serial: Option<String>,
}

const ITEM: &str = "Name: \"NAME\", DESCR: \"TEXT\"";
const PRODUCT: &str = "PID: ID, VID: ID, SN: NUMBER";

/// Reads the output of `show inventory`.
///
/// The lines it knows:
///
/// ```text
/// Name: "Chassis", DESCR: "ASA 5516-X with FirePOWER services, 8GE, AC, DES"
/// PID: ASA5516           , VID: V05     , SN: JAD000000A1
/// ```
///
/// Known from captures.
///
/// # Errors
///
/// [`ParseError`] where no part is printed, where a line is malformed or a part has two product lines or
/// none, and where the device refused the command.
pub fn inventory(text: &str) -> Result<Reading<Inventory>, ParseError> {
    let mut walk = Walk::new("show inventory", text)?;
    let mut items = Vec::new();
    // The part whose product line is still to come.
    let mut open = None;
    while let Some(line) = walk.line()? {
        let starts =
            |head: &str| line.text.get(..head.len()).is_some_and(|text| text.eq_ignore_ascii_case(head));
        if starts("Name:") {
            line.put(&mut open, ITEM, line.form(line.text, ITEM, item)?)?;
        } else if starts("PID:") {
            let Some(item) = open.take() else {
                walk.keep(line);
                continue;
            };
            items.push(product(&line, item)?);
        } else {
            walk.unclaimed(line)?;
        }
    }
    if open.is_some() {
        return Err(walk.missing(PRODUCT));
    }
    if items.is_empty() {
        return Err(walk.missing(ITEM));
    }
    walk.reading(Inventory { items })
}

/// `Name: "Chassis", DESCR: "ASA 5516-X with FirePOWER services, 8GE, AC, DES"`
fn item(i: &str) -> Parsed<'_, InventoryItem> {
    let name = delimited(tag("\""), take_till(|c| c == '"'), tag("\""));
    let (i, name) = preceded((tag_no_case("Name:"), space), context("a name in quotes", name)).parse(i)?;
    let quoted = map_opt(rest, |text: &str| text.strip_prefix('"')?.strip_suffix('"'));
    let descr =
        preceded((tag(","), space, tag_no_case("DESCR:"), space), context("a text in quotes", quoted));
    let (i, descr) = context("`, DESCR:` and a text in quotes", descr).parse(i)?;
    Ok((i, InventoryItem { name: stated(name), descr: stated(descr), ..InventoryItem::default() }))
}

/// `PID: ASA5516           , VID: V05     , SN: JAD000000A1`
fn product(line: &Line<'_>, item: InventoryItem) -> Result<InventoryItem, ParseError> {
    let (pid, vid, serial) = line.form(line.text, PRODUCT, |i| {
        let (i, pid) = preceded(tag_no_case("PID:"), take_till(|c| c == ',')).parse(i)?;
        let (i, vid) = context("`, VID:`", preceded((tag(","), space, tag("VID:")), take_till(|c| c == ',')))
            .parse(i)?;
        let (i, serial) = context("`, SN:`", preceded((tag(","), space, tag("SN:")), rest)).parse(i)?;
        Ok((i, (pid, vid, serial)))
    })?;
    Ok(InventoryItem { pid: stated(pid), vid: stated(vid), serial: stated(serial), ..item })
}

fn stated(text: &str) -> Option<String> {
    Some(squeezed(text)).filter(|text| !text.is_empty())
}
