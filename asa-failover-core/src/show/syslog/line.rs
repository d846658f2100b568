//! One line of a log, in its parts.

use nom::Parser;
use nom::character::complete::space1;
use nom::sequence::terminated;

use super::form::{self, Form};
use super::header::{self, Header};
use crate::unit::{GroupId, Role};

/// The parts of a line that carries a message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Parts<'t> {
    /// What stands in front.
    pub(crate) header: Header<'t>,
    /// The head of the message.
    pub(crate) form: Form<'t>,
    /// The words in parentheses behind it.
    pub(crate) unit: Option<&'t str>,
    /// The unit that these words name.
    pub(crate) role: Option<Role>,
    /// The failover group that these words name.
    pub(crate) group: Option<GroupId>,
    /// The rest of the line.
    pub(crate) text: &'t str,
}

/// The parts of a line, or the rest of it from where it is no message.
pub(crate) fn parts(line: &str) -> Result<Parts<'_>, &str> {
    let (rest, header) = header::header(line).ok_or(line)?;
    let (behind, form) = form::form
        .parse(rest)
        .or_else(|_| terminated(form::bare, (space1, header::fields)).parse(rest))
        .map_err(|_| rest)?;
    let behind = behind.trim_ascii_start();
    let (text, unit) = form::unit(behind).map_or((behind, None), |(text, unit)| (text, Some(unit)));
    let (role, group) = unit.map_or((None, None), form::named);
    Ok(Parts { header, form, unit, role, group, text })
}
