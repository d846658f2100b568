//! The blocks of `show context detail`.

use nom::Parser;
use nom::bytes::complete::{tag, take_till1, take_until1};
use nom::combinator::rest;
use nom::error::context;
use nom::sequence::{delimited, preceded};

use super::{Context, ContextState, names};
use crate::show::ParseError;
use crate::show::token::{Parsed, number, space, squeezed};
use crate::show::walk::Line;

/// A list that the line above left open with a comma.
#[derive(Clone, Copy)]
enum List {
    Real,
    Mapped,
    /// Of sensors, which are no fact.
    Sensors,
}

/// What the lines above opened.
#[derive(Default)]
pub(super) struct Detail {
    inside: bool,
    /// The block's real interfaces were met.
    real: Option<()>,
    open: Option<List>,
}

impl Detail {
    /// Whether a line of a block, or of a list that is open, states no fact: what the administrator wrote
    /// about the context, and its sensors.
    pub(super) fn states_no_fact(&self, text: &str) -> bool {
        let key = || text.split_once(':').map(|(key, _)| key);
        let known =
            || matches!(key(), Some("Desc" | "Description" | "Real IPS Sensors" | "Mapped IPS Sensors"));
        self.inside
            && !text.starts_with("Context ")
            && match self.open {
                Some(list) => matches!(list, List::Sensors),
                None => known(),
            }
    }

    /// Takes a line of a block, and says whether it is one.
    pub(super) fn take(&mut self, line: &Line<'_>, contexts: &mut Vec<Context>) -> Result<bool, ParseError> {
        let text = line.text;
        if let Some(behind) = text.strip_prefix("Context \"") {
            let (name, state) = line.all(behind, "a name in quotes and a state", title)?;
            let state = Some(ContextState::of(&squeezed(state)));
            contexts.push(Context { name: name.to_owned(), state, ..Context::default() });
            *self = Self { inside: true, ..Self::default() };
            return Ok(true);
        }
        let Some(block) = contexts.last_mut().filter(|_| self.inside) else { return Ok(false) };
        if let Some(list) = self.open.take() {
            self.list(list, text, block);
            return Ok(true);
        }
        let Some((key, value)) = text.split_once(':') else { return Ok(false) };
        match key {
            "Config URL" => line.put(&mut block.config_url, "Config URL", value.trim_ascii().to_owned())?,
            "Real Interfaces" => {
                line.put(&mut self.real, "Real Interfaces", ())?;
                self.list(List::Real, value, block);
            }
            "Mapped Interfaces" => {
                line.put(&mut block.mapped_interfaces, "Mapped Interfaces", Vec::new())?;
                self.list(List::Mapped, value, block);
            }
            "Real IPS Sensors" | "Mapped IPS Sensors" => self.list(List::Sensors, value, block),
            "Class" => {
                let (class, flags, id) = line.form(value.trim_ascii_start(), CLASS, class)?;
                line.put(&mut block.class, "Class", class.to_owned())?;
                (block.flags, block.id) = (Some(flags.to_owned()), Some(id));
            }
            "Failover group" => {
                let group = line.all(value.trim_ascii_start(), "a group's number", number)?;
                line.put(&mut block.failover_group, "Failover group", group)?;
            }
            "Desc" | "Description" => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn list(&mut self, list: List, text: &str, block: &mut Context) {
        let (names, more) = names(text);
        match list {
            List::Real => {
                block.interfaces.extend(names);
                block.more_interfaces |= more;
            }
            List::Mapped => block.mapped_interfaces.get_or_insert_default().extend(names),
            List::Sensors => {}
        }
        self.open = text.trim_ascii_end().ends_with(',').then_some(list);
    }
}

const CLASS: &str = "NAME, Flags: 0xN, ID: N";

/// `admin", has been created`
fn title(i: &str) -> Parsed<'_, (&str, &str)> {
    let name = context("a name and a quote", take_until1("\""));
    let state = context("a state", preceded((tag("\","), space), rest));
    (name, state).parse(i)
}

/// `default, Flags: 0x00000811, ID: 2`
fn class(i: &str) -> Parsed<'_, (&str, &str, u64)> {
    let part = |i| take_till1(|c| c == ',').parse(i);
    let flags = delimited((tag(","), space, tag("Flags:"), space), part, (tag(","), space));
    (part, flags, preceded((tag("ID:"), space), number)).parse(i)
}
