//! `show running-config context`: the contexts as configured in the system execution space.

use nom::Parser;
use nom::combinator::{map, opt};
use nom::error::context;
use nom::sequence::preceded;
use serde::{Deserialize, Serialize};

use super::token::{Parsed, blanks, number, word};
use super::walk::{Line, Walk};
use super::{ParseError, Reading};

/// What `show running-config context` says.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RunningContext {
    /// The administrative context; `None` where no line says which it is.
    pub admin_context: Option<String>,
    /// The contexts, in the order printed.
    pub contexts: Vec<ContextConfig>,
}

/// A context as configured.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ContextConfig {
    /// Its name.
    pub name: String,
    /// Its resource class; `None` for the default one.
    pub class: Option<String>,
    /// Its interfaces, in the order printed.
    pub interfaces: Vec<AllocatedInterface>,
    /// Where its configuration is kept.
    pub config_url: Option<String>,
    /// The failover group it joined; `None` where no line says so, which is group 1.
    pub failover_group: Option<u64>,
}

/// An interface, or a range of them, that a context was given.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AllocatedInterface {
    /// The hardware port, a range as printed.
    pub port: String,
    /// The name that the context knows it by; `None` where it is the port's own.
    pub mapped: Option<String>,
}

const CONTEXT: &str = "context NAME";

/// Reads the output of `show running-config context`.
///
/// The lines it knows:
///
/// ```text
/// admin-context admin
/// context customer-a
///   description what the administrator wrote
///   member gold
///   allocate-interface GigabitEthernet0/1.100 inside
///   config-url disk0:/customer-a.cfg
///   join-failover-group 2
/// !
/// ```
///
/// Known from a capture of 9.x; the lines are the commands as they are typed.
///
/// # Errors
///
/// [`ParseError`] where no context is printed, where a known line is malformed or a single one printed
/// twice, and where the device refused the command, as it does in single context mode.
pub fn running_context(text: &str) -> Result<Reading<RunningContext>, ParseError> {
    let mut walk = Walk::new("show running-config context", text)?;
    let mut facts = RunningContext::default();
    while let Some(line) = walk.line()? {
        let (first, behind) = line.text.split_once([' ', '\t']).unwrap_or((line.text, ""));
        let behind = behind.trim_ascii_start();
        match (first, facts.contexts.last_mut()) {
            ("!", _) if walk.without_fact(behind.is_empty()) => {}
            ("admin-context", _) => {
                line.put(&mut facts.admin_context, "admin-context NAME", name(&line, behind)?)?;
            }
            ("context", _) => {
                let name = name(&line, behind)?;
                facts.contexts.push(ContextConfig { name, ..ContextConfig::default() });
            }
            ("member", Some(context)) => {
                line.put(&mut context.class, "member CLASS", name(&line, behind)?)?;
            }
            ("allocate-interface", Some(context)) => {
                context.interfaces.push(line.all(behind, "a port and a name", allocated)?);
            }
            ("config-url", Some(context)) => {
                line.put(&mut context.config_url, "config-url URL", name(&line, behind)?)?;
            }
            ("join-failover-group", Some(context)) => {
                let group = line.all(behind, "a group's number", number)?;
                line.put(&mut context.failover_group, "join-failover-group N", group)?;
            }
            // What the administrator wrote, and what is allocated beside interfaces.
            ("description" | "allocate-ips" | "scansafe" | "storage-url", Some(_)) => {
                walk.without_fact(true);
            }
            _ => walk.unclaimed(line)?,
        }
    }
    if facts.contexts.is_empty() {
        return Err(walk.missing(CONTEXT));
    }
    walk.reading(facts)
}

/// The one word behind a keyword.
fn name<'t>(line: &Line<'t>, behind: &'t str) -> Result<String, ParseError> {
    line.all(behind, "one word", word).map(str::to_owned)
}

/// `GigabitEthernet0/1.100 inside`, `GigabitEthernet0/1.1-GigabitEthernet0/1.3 int1-int3 visible`
fn allocated(i: &str) -> Parsed<'_, AllocatedInterface> {
    let is_view = |word: &str| matches!(word, "visible" | "invisible");
    let port = context("a port", word);
    let (i, (port, second)) = (port, opt(preceded(blanks, word))).parse(i)?;
    let mapped = second.filter(|word| !is_view(word)).map(str::to_owned);
    let view = nom::combinator::verify(word, move |word: &str| is_view(word));
    let (i, ()) = map(opt(preceded(blanks, view)), |_| ()).parse(i)?;
    Ok((i, AllocatedInterface { port: port.to_owned(), mapped }))
}
