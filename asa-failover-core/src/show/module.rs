//! `show module`: the cards and software modules of a unit, gathered from several tables.
//!
//! A row is cut where the rule of dashes above it says. Blanks in front of it may be lost; where those
//! between its columns are lost too, nothing tells the columns apart, and that is an error. A table of a
//! head that is not known is kept as unread, with all its rows.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::token::squeezed;
use super::walk::{Line, Walk};
use super::{Expected, ParseError, Reading};

/// What `show module` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Modules {
    /// The modules, in the order of the first table.
    pub modules: Vec<SlotModule>,
}

/// A module. A text is as printed, also where its column cuts it; it is `None` where the module has no
/// row in that table or the column is blank.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SlotModule {
    /// Its slot: `0`, `1`, `sfr`.
    pub slot: String,
    /// What it is, in words.
    pub card_type: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// Its serial number.
    pub serial: Option<String>,
    /// The first of its MAC addresses.
    pub mac_first: Option<String>,
    /// The last of its MAC addresses.
    pub mac_last: Option<String>,
    /// The version of its hardware.
    pub hw_version: Option<String>,
    /// The version of its firmware.
    pub fw_version: Option<String>,
    /// The version of its software.
    pub sw_version: Option<String>,
    /// The application on it.
    pub application: Option<String>,
    /// What that application does.
    pub application_status: Option<String>,
    /// The version of that application.
    pub application_version: Option<String>,
    /// What the module does.
    pub status: Option<ModuleStatus>,
    /// What its data plane does.
    pub data_plane_status: Option<ModuleStatus>,
    /// Whether it suits the unit.
    pub compatibility: Option<String>,
    /// The licence for it.
    pub license: Option<String>,
    /// Whether that licence is enabled.
    pub license_status: Option<String>,
    /// How long that licence lasts.
    pub license_time_remaining: Option<String>,
}

/// What a module or its data plane does.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ModuleStatus {
    /// `Up Sys`: the unit itself.
    UpSys,
    /// `Up`
    Up,
    /// `Down`
    Down,
    /// `Init`
    Init,
    /// `Recover`
    Recover,
    /// `Shutting Down`
    ShuttingDown,
    /// `Unresponsive`
    Unresponsive,
    /// `Not Present`
    NotPresent,
    /// `Not Applicable`
    NotApplicable,
    /// Any other words, as printed.
    Other(String),
}

super::words::words!(
    ModuleStatus: UpSys = "Up Sys",
    Up = "Up",
    Down = "Down",
    Init = "Init",
    Recover = "Recover",
    ShuttingDown = "Shutting Down",
    Unresponsive = "Unresponsive",
    NotPresent = "Not Present",
    NotApplicable = "Not Applicable",
);

const FIRST: &str = "Mod Card Type Model Serial No.";

/// A table, known by its head.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Table {
    Cards,
    Addresses,
    Applications,
    Status,
    Licences,
    /// One whose head is not known.
    Strange,
}

/// Reads the output of `show module`.
///
/// The lines it knows:
///
/// ```text
/// Mod  Card Type                                    Model              Serial No.
/// ---- -------------------------------------------- ------------------ -----------
///    1 ASA 5516-X with FirePOWER services, 8GE, AC, ASA5516            JAD000000A1
///  sfr FirePOWER Services Software Module           ASA5516            JAD000000A1
/// Mod  MAC Address Range                 Hw Version   Fw Version   Sw Version
/// ---- --------------------------------- ------------ ------------ ---------------
///    1 70b3.1700.0001 to 70b3.1700.0009  2.2          1.1.14       9.16(4)57
/// Mod  SSM Application Name           Status           SSM Application Version
/// ---- ------------------------------ ---------------- --------------------------
///  sfr ASA FirePOWER                  Up               6.2.3-83
/// Mod  Status             Data Plane Status     Compatibility
/// ---- ------------------ --------------------- -------------
///    1 Up Sys             Not Applicable
/// Mod  License Name   License Status  Time Remaining
/// ---- -------------- --------------- ---------------
///  sfr FirePOWER      Disabled        perpetual
/// ```
///
/// Known from captures of 8.6 and 9.0.
///
/// # Errors
///
/// [`ParseError`] where the first table is missing or a known one comes twice, where a row does not stand
/// in its columns, and where the device refused the command.
pub fn module(text: &str) -> Result<Reading<Modules>, ParseError> {
    let mut walk = Walk::new("show module", text)?;
    let mut modules = Vec::<SlotModule>::new();
    let mut places = HashMap::new();
    let mut met = Vec::new();
    let mut columns: Option<(Table, Vec<usize>)> = None;
    while let Some(line) = walk.line()? {
        if let Some(table) = head(line.text) {
            if table == Table::Strange {
                walk.keep(line);
            } else if met.contains(&table) {
                return Err(line.error(Expected::Once("a table of this head"), line.text));
            } else {
                met.push(table);
            }
            columns = Some((table, Vec::new()));
            continue;
        }
        let Some((table, widths)) = &mut columns else {
            walk.unclaimed(line)?;
            continue;
        };
        if widths.is_empty() && is_rule(line.text) {
            *widths = line.text.split_ascii_whitespace().map(str::len).collect();
            if widths.len() != table.columns().unwrap_or(widths.len()) {
                return Err(line.error(Expected::Phrase("a rule of dashes under each column"), line.text));
            }
        } else if walk.noise(line)? {
            // Between two rows.
        } else if *table == Table::Strange || widths.is_empty() {
            walk.unclaimed(line)?;
        } else {
            let (slot, cells) = row(&line, widths, table.filled())?;
            let at = places.get(slot).copied();
            match (at.and_then(|at: usize| modules.get_mut(at)), *table == Table::Cards) {
                (None, true) => {
                    let mut module = SlotModule { slot: slot.to_owned(), ..SlotModule::default() };
                    module.fill(*table, cells);
                    places.insert(slot, modules.len());
                    modules.push(module);
                }
                (Some(module), false) => module.fill(*table, cells),
                (Some(_), true) => return Err(line.error(Expected::Once("a row of this slot"), line.text)),
                (None, false) => walk.keep(line),
            }
        }
    }
    if modules.is_empty() {
        return Err(walk.missing(FIRST));
    }
    walk.reading(Modules { modules })
}

/// `Mod  Card Type                                    Model              Serial No.`
fn head(text: &str) -> Option<Table> {
    let words = squeezed(text);
    Some(match words.strip_prefix("Mod ")? {
        "Card Type Model Serial No." => Table::Cards,
        "MAC Address Range Hw Version Fw Version Sw Version" => Table::Addresses,
        "SSM Application Name Status SSM Application Version" => Table::Applications,
        "Status Data Plane Status Compatibility" => Table::Status,
        "License Name License Status Time Remaining" => Table::Licences,
        _ => Table::Strange,
    })
}

/// `---- -------------------------------------------- ------------------ -----------`
fn is_rule(text: &str) -> bool {
    text.starts_with("---") && text.bytes().all(|b| matches!(b, b'-' | b' '))
}

/// ` sfr FirePOWER Services Software Module           ASA5516            JAD000000A1`: the slot, and what
/// stands under each further rule. So many columns are never blank.
fn row<'t>(line: &Line<'t>, widths: &[usize], filled: usize) -> Result<(&'t str, Vec<&'t str>), ParseError> {
    let broken = |at| line.error(Expected::Phrase("cells under the rules of dashes"), at);
    // The slot stands to the right of its column, one blank from the next: what is lost in front of it
    // does not matter.
    let (slot, mut rest) = line.text.split_once([' ', '\t']).ok_or_else(|| broken(line.text))?;
    let (_, widths) = widths.split_first().ok_or_else(|| broken(line.text))?;
    let mut cells = Vec::with_capacity(widths.len());
    for (at, width) in widths.iter().enumerate() {
        let last = at + 1 == widths.len();
        let (cell, behind) = if last || rest.len() <= *width {
            (rest, "")
        } else {
            let (cell, behind) = rest.split_at_checked(*width).ok_or_else(|| broken(rest))?;
            (cell, behind.strip_prefix(' ').ok_or_else(|| broken(rest))?)
        };
        let text = cell.trim_ascii_end();
        // A cell begins where its rule does, or it is blank: else a word of its neighbour is cut.
        if text.starts_with([' ', '\t']) || (at < filled && text.is_empty()) {
            return Err(broken(rest));
        }
        cells.push(text);
        rest = behind;
    }
    Ok((slot, cells))
}

impl Table {
    /// How many columns it has, the slot's included.
    const fn columns(self) -> Option<usize> {
        match self {
            Self::Cards | Self::Applications | Self::Status | Self::Licences => Some(4),
            Self::Addresses => Some(5),
            Self::Strange => None,
        }
    }

    /// How many columns, behind the slot, every row fills, if only with `N/A`. Less means that a copy lost
    /// the blanks and that a cell ends where a column does by chance.
    const fn filled(self) -> usize {
        match self {
            Self::Cards | Self::Licences => 3,
            Self::Applications | Self::Status => 2,
            // A virtual unit has no versions of hardware and firmware; addresses are all of one length.
            Self::Addresses => 1,
            Self::Strange => 0,
        }
    }
}

impl SlotModule {
    /// Puts the cells of a row into their places.
    fn fill(&mut self, table: Table, cells: Vec<&str>) {
        let mut cells = cells.into_iter().map(|cell| Some(squeezed(cell)).filter(|cell| !cell.is_empty()));
        let mut next = || cells.next().flatten();
        let status = |words: Option<String>| words.map(|words| ModuleStatus::of(&words));
        match table {
            Table::Cards => (self.card_type, self.model, self.serial) = (next(), next(), next()),
            Table::Addresses => {
                let range = next();
                let ends = range.as_deref().and_then(|range| range.split_once(" to "));
                let owned = ends.map(|(first, last)| (first.to_owned(), last.to_owned()));
                (self.mac_first, self.mac_last) = match owned {
                    Some((first, last)) => (Some(first), Some(last)),
                    None => (range, None),
                };
                (self.hw_version, self.fw_version, self.sw_version) = (next(), next(), next());
            }
            Table::Applications => {
                (self.application, self.application_status, self.application_version) =
                    (next(), next(), next());
            }
            Table::Status => {
                (self.status, self.data_plane_status, self.compatibility) =
                    (status(next()), status(next()), next());
            }
            Table::Licences => {
                (self.license, self.license_status, self.license_time_remaining) = (next(), next(), next());
            }
            Table::Strange => {}
        }
    }
}
