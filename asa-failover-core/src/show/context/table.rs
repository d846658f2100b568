//! The table of `show context`.

use nom::Parser;
use nom::bytes::complete::{tag, tag_no_case};
use nom::combinator::opt;
use nom::sequence::{preceded, terminated};

use super::{Context, FirewallMode, Read, names};
use crate::show::token::{Parsed, number, space};
use crate::show::walk::Line;
use crate::show::{Expected, ParseError};

/// Which columns the table has beside name, interfaces and URL.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    class: bool,
    mode: bool,
}

/// `Context Name      Class                Interfaces           Mode         URL`
pub(super) fn head(text: &str) -> Option<Columns> {
    let words: Vec<_> = text.split_ascii_whitespace().collect();
    match words.as_slice() {
        ["Context", "Name", "Class", "Interfaces", "Mode", "URL"] => {
            Some(Columns { class: true, mode: true })
        }
        ["Context", "Name", "Class", "Interfaces", "URL"] => Some(Columns { class: true, mode: false }),
        ["Context", "Name", "Interfaces", "Mode", "URL"] => Some(Columns { class: false, mode: true }),
        ["Context", "Name", "Interfaces", "URL"] => Some(Columns { class: false, mode: false }),
        _ => None,
    }
}

const ROW: &str = "a context in the columns of the table's head";
const TOTAL: &str = "Total active Security Contexts: N";

/// A row, the rest of its interfaces, or the total.
pub(super) fn take(line: &Line<'_>, columns: Columns, read: &mut Read) -> Result<bool, ParseError> {
    let text = line.text;
    if text.get(..12).is_some_and(|head| head.eq_ignore_ascii_case("total active")) {
        line.put(&mut read.total, TOTAL, line.form(text, TOTAL, total)?)?;
        return Ok(true);
    }
    if read.total.is_some() {
        return Ok(false);
    }
    let words: Vec<_> = text.split_ascii_whitespace().collect();
    if let [word] = words.as_slice() {
        // A row is never one word: this is the rest of the list above. Where there is a mode, the list
        // has commas; older tables have one name a line.
        let goes_on = read.open || (!columns.mode && word.ends_with(|c: char| c.is_ascii_digit()));
        let above = read.contexts.last_mut().filter(|context| !context.interfaces.is_empty());
        let Some(context) = above.filter(|_| goes_on && is_list(word)) else { return Ok(false) };
        let (names, more) = names(word);
        context.interfaces.extend(names);
        context.more_interfaces = more;
        read.open = word.ends_with(',');
        return Ok(true);
    }
    match row(&words, columns) {
        Some((context, open)) => {
            read.contexts.push(context);
            read.open = open;
        }
        None if !is_row(&words) => return Ok(false),
        None => return Err(line.error(Expected::Phrase(ROW), text)),
    }
    Ok(true)
}

/// Names of interfaces, as against a URL or a prompt.
fn is_list(word: &str) -> bool {
    let word = word.trim_end_matches("...");
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | ','))
}

fn is_name(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// What ends in a URL is meant as a row.
fn is_row(words: &[&str]) -> bool {
    words.last().is_some_and(|last| last.contains(":/"))
}

/// `*admin            default              Vlan1000,Vlan1001,   Routed       disk0:/admin.cfg`, and whether
/// its list goes on below.
fn row(words: &[&str], columns: Columns) -> Option<(Context, bool)> {
    let (name, mut rest) = words.split_first()?;
    let (admin, name) = name.strip_prefix('*').map_or((false, *name), |name| (true, name));
    let mut context = Context { name: name.to_owned(), admin: Some(admin), ..Context::default() };
    if columns.class {
        let (class, behind) = rest.split_first()?;
        context.class = Some((*class).to_owned());
        rest = behind;
    }
    if let Some((url, before)) = rest.split_last().filter(|(url, _)| url.contains(':')) {
        context.config_url = Some((*url).to_owned());
        rest = before;
    }
    if columns.mode {
        let (mode, before) = rest.split_last()?;
        context.mode = Some(FirewallMode::of(mode));
        rest = before;
    }
    // Without a URL it takes a mode that is known to make a row.
    let known = matches!(context.mode, Some(FirewallMode::Routed | FirewallMode::Transparent));
    if !(known || context.config_url.is_some()) || !is_name(name) || !rest.iter().all(|word| is_list(word)) {
        return None;
    }
    (context.interfaces, context.more_interfaces) = names(&rest.concat());
    Some((context, rest.last().is_some_and(|word| word.ends_with(','))))
}

/// `Total active Security Contexts: 3`
fn total(i: &str) -> Parsed<'_, u64> {
    let words =
        (tag_no_case("total active"), opt(tag_no_case(" security")), tag_no_case(" contexts:"), space);
    terminated(preceded(words, number), opt(tag("."))).parse(i)
}
