//! The head of a message, `%ASA-1-104001: `, and the unit named behind it.

use nom::branch::alt;
use nom::bytes::complete::{is_not, tag, take_while_m_n};
use nom::character::complete::char;
use nom::combinator::{map_opt, rest, value};
use nom::sequence::{delimited, preceded, separated_pair, terminated};
use nom::{IResult, Parser};

use crate::show::Product;
use crate::unit::{GroupId, Role};

/// What the head of a message says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Form<'t> {
    pub(crate) product: Product,
    pub(crate) class: Option<&'t str>,
    pub(crate) severity: u8,
    pub(crate) id: u32,
}

/// A head is never longer: product, class, severity, id.
const LONGEST: usize = 64;

const fn in_head(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// `%ASA-1-104001:`
pub(super) fn form(i: &str) -> IResult<&str, Form<'_>> {
    terminated(bare, char(':')).parse(i)
}

/// `%ASA-1-104001`, `%ASA-session-6-302014`, `%ASA--4-733100`: EMBLEM puts the class in between,
/// which may be empty.
pub(super) fn bare(i: &str) -> IResult<&str, Form<'_>> {
    preceded(char('%'), map_opt(take_while_m_n(1, LONGEST, in_head), of_head)).parse(i)
}

fn of_head(head: &str) -> Option<Form<'_>> {
    let (_, (product, behind)) = separated_pair(product, char('-'), rest).parse(head).ok()?;
    let mut parts = behind.rsplitn(3, '-');
    let (id, severity, class) = (parts.next()?, parts.next()?, parts.next());
    let class = class.filter(|class| !class.is_empty());
    let is_class = |class: &str| {
        class.starts_with(|c: char| c.is_ascii_lowercase())
            && class.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
    };
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let known = digits(id, 6) && !id.starts_with('0') && digits(severity, 1) && class.is_none_or(is_class);
    let severity = severity.parse().ok().filter(|severity| *severity <= 7)?;
    known.then_some(Form { product, class, severity, id: id.parse().ok()? })
}

fn product(i: &str) -> IResult<&str, Product> {
    alt((
        value(Product::Asa, tag("ASA")),
        value(Product::Pix, tag("PIX")),
        value(Product::Fwsm, tag("FWSM")),
        value(Product::Ftd, tag("FTD")),
    ))
    .parse(i)
}

/// `(Primary) `, `(VPN-Secondary) `, `(Primary_group_1) `: the words in parentheses.
pub(super) fn unit(i: &str) -> IResult<&str, &str> {
    let words = map_opt(is_not("()"), |words: &str| {
        Some(words.trim_ascii()).filter(|words| (1..=LONGEST).contains(&words.len()))
    });
    delimited(char('('), words, char(')')).parse(i)
}

/// Which unit and which group these words name, if any: a template's `Primary|Secondary` names none.
pub(super) fn named(words: &str) -> (Option<Role>, Option<GroupId>) {
    let words = ["VPN-", "WebVPN-"].into_iter().find_map(|part| words.strip_prefix(part)).unwrap_or(words);
    let (role, group) = match words.split_once("_group_") {
        Some((role, number)) => match number.parse() {
            Ok(number @ 1..=2) => (role, Some(GroupId::new(number))),
            _ => return (None, None),
        },
        None => (words, None),
    };
    role.parse().map_or((None, None), |role| (Some(role), group))
}
