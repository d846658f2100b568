//! `show context` and `show context detail`: the contexts of a unit.
//!
//! The short form is a table, whose head says which columns it has: releases differ in `Class` and
//! `Mode`. An interface list goes on below its row. The detailed form has a block a context, and says
//! neither which context is the administrative one nor how many there are.

mod detail;
mod table;

use serde::{Deserialize, Serialize};

use super::walk::Walk;
use super::words::words;
use super::{ParseError, Reading};

/// What `show context` or `show context detail` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Contexts {
    /// The contexts, in the order printed.
    pub contexts: Vec<Context>,
    /// The count below the table; `None` in the detailed form, which has none.
    pub total: Option<u64>,
}

/// A context.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Context {
    /// Its name.
    pub name: String,
    /// Whether it is the administrative context; `None` in the detailed form, which does not say.
    pub admin: Option<bool>,
    /// Whether it is ready; the detailed form alone says it.
    pub state: Option<ContextState>,
    /// Its resource class.
    pub class: Option<String>,
    /// Its interfaces, ranges as printed; in the detailed form by their hardware names.
    pub interfaces: Vec<String>,
    /// Whether it has more than are printed.
    pub more_interfaces: bool,
    /// Its interfaces as the context names them; the detailed form alone says it.
    pub mapped_interfaces: Option<Vec<String>>,
    /// Routed or transparent; not in the detailed form.
    pub mode: Option<FirewallMode>,
    /// Where its configuration is kept.
    pub config_url: Option<String>,
    /// Flags of the detailed form, as printed.
    pub flags: Option<String>,
    /// Its number in the detailed form.
    pub id: Option<u64>,
    /// Its failover group. The detailed form prints none for a context that joined no group, which is
    /// then in group 1.
    pub failover_group: Option<u64>,
}

/// Whether a context is ready.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ContextState {
    /// `has been created`
    Created,
    /// `is a system resource`
    SystemResource,
    /// Any other words, as printed: `has been created, but not initialized`.
    Other(String),
}

words!(ContextState: Created = "has been created", SystemResource = "is a system resource");

/// How a context forwards.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FirewallMode {
    /// `Routed`
    Routed,
    /// `Transparent`
    Transparent,
    /// Any other word, as printed.
    Other(String),
}

words!(FirewallMode: Routed = "Routed", Transparent = "Transparent");

const HEAD: &str = "Context Name ... URL, or Context \"NAME\", STATE";

/// Reads the output of `show context` or `show context detail`, with a context's name or without.
///
/// The lines it knows, form by form:
///
/// ```text
/// Context Name      Class      Interfaces           Mode         URL
/// *admin            default    Vlan1000,Vlan1001,   Routed       disk0:/admin.cfg
///                              Vlan1002
/// Total active Security Contexts: 1
/// ```
///
/// ```text
/// Context "customer-a", has been created
///   Desc: gold
///   Config URL: disk0:/customer-a.cfg
///   Real Interfaces: Ethernet1/1.200-201, Ethernet1/2,
///      Ethernet1/3
///   Mapped Interfaces: inside, outside, dmz
///   Real IPS Sensors: vs0
///   Mapped IPS Sensors: a
///   Class: default, Flags: 0x00000811, ID: 2
///   Failover group: 2
/// ```
///
/// Both forms are known from captures; a table may lack `Class` and `Mode`. `Desc:` is remembered.
///
/// # Errors
///
/// [`ParseError`] where neither a table nor a block is printed, where a row or a known line is
/// malformed, and where the device refused the command.
pub fn context(text: &str) -> Result<Reading<Contexts>, ParseError> {
    let mut walk = Walk::new("show context", text)?;
    let mut read = Read::default();
    let mut detail = detail::Detail::default();
    while let Some(line) = walk.line()? {
        // A list may be open above, and a row is known by little: what is no output is so first.
        if walk.noise(line)? {
            continue;
        }
        walk.without_fact(detail.states_no_fact(line.text));
        let claimed = if let Some(columns) = table::head(line.text) {
            line.put(&mut read.columns, "Context Name", columns)?;
            true
        } else if detail.take(&line, &mut read.contexts)? {
            true
        } else if let Some(columns) = read.columns {
            table::take(&line, columns, &mut read)?
        } else {
            false
        };
        if !claimed {
            walk.unclaimed(line)?;
        }
    }
    if read.columns.is_none() && read.contexts.is_empty() {
        return Err(walk.missing(HEAD));
    }
    walk.reading(Contexts { contexts: read.contexts, total: read.total })
}

/// The output as far as it was read.
#[derive(Default)]
struct Read {
    columns: Option<table::Columns>,
    /// The last row's list ends in a comma.
    open: bool,
    contexts: Vec<Context>,
    total: Option<u64>,
}

/// `Vlan1000,Vlan1001`, `Ethernet1/1, Ethernet1/1.3344-3345`: the names of a list, and whether it ends
/// in dots.
fn names(text: &str) -> (Vec<String>, bool) {
    let text = text.trim_ascii();
    let (text, more) = text.strip_suffix("...").map_or((text, false), |text| (text, true));
    let names = text.split(',').map(str::trim_ascii).filter(|name| !name.is_empty());
    (names.map(str::to_owned).collect(), more)
}
