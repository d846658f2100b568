//! The lines a unit understands, with their abbreviations, and where a wrong one goes wrong.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::super::line::Level;
use crate::unit::GroupId;

/// What a line asks for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Verb {
    Enable,
    Disable,
    Login,
    Exit,
    Logout,
    End,
    Pager,
    PagerOff,
    Width,
    ConfigureTerminal,
    ChangetoSystem,
    ChangetoContext,
    ShowPager,
    ShowCurpriv,
    ShowHostname,
    ShowTerminal,
    ShowVersion,
    ShowInventory,
    ShowMode,
    ShowContext,
    ShowFailover,
    ShowFailoverState,
    ShowFailoverHistory,
    ShowFailoverGroup,
    ShowMonitorInterface,
    ShowRunningConfig,
    ShowBoot,
    ShowConfigFailover,
    ShowStartup,
    ShowBootvar,
    ShowAsdm,
    ShowReload,
    ShowConn,
    ShowChecksum,
    Dir,
    Verify,
    Reload,
    ReloadCancel,
    Save,
    SaveAll,
    WriteStandby,
    CopySave,
    Copy,
    CopyToRunning,
    Delete,
    FailoverExec,
    ReloadStandby,
    Claim,
    GiveUp,
    FailoverReset,
    Boot,
    NoBoot,
    ClearBoot,
    Asdm,
    Hostname,
    FailoverOn,
    FailoverOff,
    ClearFailover,
    NoObjectGroup,
    ConfigUrl,
    Group,
    Preempt,
    NoPreempt,
    HomePrimary,
    HomeSecondary,
}

/// Space in which a line is valid in multiple mode.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Space {
    Any,
    System,
    /// Single mode, or a context.
    Context,
}

/// A line that was understood.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Parsed<'a> {
    pub(super) verb: Verb,
    pub(super) space: Space,
    pub(super) level: Level,
    /// What stands in the places of `<...>`, and the words of `[...]` that were given.
    pub(super) words: Vec<&'a str>,
}

/// Why a line was not understood.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Wrong {
    /// Byte where the first wrong word begins.
    At(usize),
    /// Byte where a word begins that is the head of several.
    Ambiguous(usize),
    Incomplete,
}

use Space::{Any, Context, System};
const U: Level = Level::User;
const P: Level = Level::Privileged;
const C: Level = Level::Config;
const G: Level = Level::Group(GroupId::UNIT);

/// `sh|ow`: `sh` is enough. `<x>`: one word. `<x...>`: all the rest, at least one word.
static LINES: [(Level, Space, &str, Verb); 94] = [
    (U, Any, "en|able", Verb::Enable),
    (U, Any, "logi|n", Verb::Login),
    (U, Any, "ex|it", Verb::Exit),
    (U, Any, "q|uit", Verb::Exit),
    (U, Any, "logo|ut", Verb::Logout),
    (U, Any, "sh|ow ve|rsion", Verb::ShowVersion),
    (U, Any, "sh|ow curp|riv", Verb::ShowCurpriv),
    (U, Any, "sh|ow checks|um", Verb::ShowChecksum),
    (P, Any, "disa|ble", Verb::Disable),
    (P, Any, "te|rminal pa|ger l|ines <n>", Verb::Pager),
    (P, Any, "te|rminal pa|ger <n>", Verb::Pager),
    (P, Any, "no te|rminal pa|ger", Verb::PagerOff),
    (P, Any, "conf|igure t|erminal", Verb::ConfigureTerminal),
    (P, Any, "ch|angeto s|ystem", Verb::ChangetoSystem),
    (P, Any, "ch|angeto c|ontext <name>", Verb::ChangetoContext),
    (P, Any, "sh|ow pa|ger", Verb::ShowPager),
    (P, Any, "sh|ow hos|tname", Verb::ShowHostname),
    (P, Any, "sh|ow te|rminal", Verb::ShowTerminal),
    (P, Any, "sh|ow inv|entory", Verb::ShowInventory),
    (P, Any, "sh|ow mod|e", Verb::ShowMode),
    (P, Any, "sh|ow cont|ext", Verb::ShowContext),
    (P, Any, "sh|ow fa|ilover", Verb::ShowFailover),
    (P, Any, "sh|ow fa|ilover s|tate", Verb::ShowFailoverState),
    (P, Any, "sh|ow fa|ilover h|istory", Verb::ShowFailoverHistory),
    (P, System, "sh|ow fa|ilover g|roup <n>", Verb::ShowFailoverGroup),
    (P, Context, "sh|ow mon|itor-interface", Verb::ShowMonitorInterface),
    (P, Any, "sh|ow ru|nning-config", Verb::ShowRunningConfig),
    (P, System, "sh|ow ru|nning-config boot", Verb::ShowBoot),
    (P, System, "sh|ow ru|nning-config boot s|ystem", Verb::ShowBoot),
    (P, System, "sh|ow ru|nning-config fa|ilover", Verb::ShowConfigFailover),
    (P, Any, "sh|ow st|artup-config", Verb::ShowStartup),
    (P, System, "sh|ow bootv|ar", Verb::ShowBootvar),
    (P, Any, "sh|ow asdm im|age", Verb::ShowAsdm),
    (P, System, "sh|ow rel|oad", Verb::ShowReload),
    (P, Context, "sh|ow conn c|ount", Verb::ShowConn),
    (P, Any, "dir", Verb::Dir),
    (P, Any, "dir <path>", Verb::Dir),
    (P, System, "ver|ify <file>", Verb::Verify),
    (P, System, "ver|ify <algorithm> <file>", Verb::Verify),
    (P, System, "ver|ify <algorithm> <file> <hash>", Verb::Verify),
    (P, System, "rel|oad", Verb::Reload),
    (P, System, "rel|oad c|ancel", Verb::ReloadCancel),
    (P, System, "rel|oad in <minutes>", Verb::Reload),
    (P, System, "rel|oad in <minutes> <noconfirm>", Verb::Reload),
    (P, System, "rel|oad <how>", Verb::Reload),
    (P, System, "rel|oad <how> <noconfirm>", Verb::Reload),
    (P, Any, "wr|ite", Verb::Save),
    (P, Any, "wr|ite m|emory", Verb::Save),
    (P, System, "wr|ite m|emory all", Verb::SaveAll),
    (P, System, "wr|ite m|emory all /noc|onfirm", Verb::SaveAll),
    (P, System, "wr|ite s|tandby", Verb::WriteStandby),
    (P, Any, "copy ru|nning-config st|artup-config", Verb::CopySave),
    (P, Any, "copy /noc|onfirm ru|nning-config st|artup-config", Verb::CopySave),
    (P, System, "copy <source> ru|nning-config", Verb::CopyToRunning),
    (P, System, "copy /noc|onfirm <source> ru|nning-config", Verb::CopyToRunning),
    (P, System, "copy <source> <target>", Verb::Copy),
    (P, System, "copy <noconfirm> <source> <target>", Verb::Copy),
    (P, System, "del|ete <file>", Verb::Delete),
    (P, System, "del|ete <option> <file>", Verb::Delete),
    (P, System, "del|ete <option> <option> <file>", Verb::Delete),
    (P, Any, "fa|ilover exec <unit> <line...>", Verb::FailoverExec),
    (P, System, "fa|ilover reload|-standby", Verb::ReloadStandby),
    (P, System, "fa|ilover act|ive", Verb::Claim),
    (P, System, "fa|ilover act|ive g|roup <n>", Verb::Claim),
    (P, System, "no fa|ilover act|ive", Verb::GiveUp),
    (P, System, "no fa|ilover act|ive g|roup <n>", Verb::GiveUp),
    (P, System, "fa|ilover reset", Verb::FailoverReset),
    (P, System, "fa|ilover reset g|roup <n>", Verb::FailoverReset),
    (C, Any, "end", Verb::End),
    (C, Any, "te|rminal w|idth <n>", Verb::Width),
    (C, System, "boot s|ystem <file>", Verb::Boot),
    (C, System, "no boot s|ystem <file>", Verb::NoBoot),
    (C, System, "no boot s|ystem", Verb::ClearBoot),
    (C, System, "cl|ear c|onfigure boot", Verb::ClearBoot),
    (C, System, "cl|ear c|onfigure boot s|ystem", Verb::ClearBoot),
    (C, Any, "asdm im|age <file>", Verb::Asdm),
    (C, Any, "hostn|ame <name>", Verb::Hostname),
    (C, Any, "pa|ger <n>", Verb::Pager),
    (C, Any, "pa|ger l|ines <n>", Verb::Pager),
    (C, Any, "no pa|ger", Verb::PagerOff),
    (C, System, "fa|ilover", Verb::FailoverOn),
    (C, System, "no fa|ilover", Verb::FailoverOff),
    (C, System, "cl|ear c|onfigure fa|ilover", Verb::ClearFailover),
    (C, System, "config-u|rl <url>", Verb::ConfigUrl),
    (C, Context, "no object-g|roup <kind> <name>", Verb::NoObjectGroup),
    (C, System, "fa|ilover g|roup <n>", Verb::Group),
    (C, Any, "do sh|ow fa|ilover", Verb::ShowFailover),
    (G, System, "pree|mpt", Verb::Preempt),
    (G, System, "pree|mpt <delay>", Verb::Preempt),
    (G, System, "no pree|mpt", Verb::NoPreempt),
    (G, System, "no pree|mpt <delay>", Verb::NoPreempt),
    (G, System, "pri|mary", Verb::HomePrimary),
    (G, System, "sec|ondary", Verb::HomeSecondary),
    (U, Any, "sh|ow rel|oad", Verb::ShowReload),
];

/// A line of the grammar, taken apart once.
struct Pattern {
    lowest: Level,
    space: Space,
    verb: Verb,
    parts: Vec<Part>,
}

/// A part of a pattern.
enum Part {
    /// Any head of the whole that is at least this long.
    Keyword {
        head: &'static str,
        tail: &'static str,
    },
    Word,
    Rest,
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let pattern = |(lowest, space, text, verb): &(Level, Space, &'static str, Verb)| Pattern {
        lowest: *lowest,
        space: *space,
        verb: *verb,
        parts: text.split(' ').map(Part::of).collect(),
    };
    LINES.iter().map(pattern).collect()
});

impl Part {
    fn of(text: &'static str) -> Self {
        if text.ends_with("...>") {
            Self::Rest
        } else if text.starts_with('<') {
            Self::Word
        } else {
            let (head, tail) = keyword(text);
            Self::Keyword { head, tail }
        }
    }
}

impl Pattern {
    /// The first letter: every pattern begins with a keyword.
    fn initial(&self) -> Option<u8> {
        match self.parts.first() {
            Some(Part::Keyword { head, .. }) => head.bytes().next(),
            _ => None,
        }
    }
}

fn rank(level: Level) -> u8 {
    match level {
        Level::User => 0,
        Level::Privileged => 1,
        Level::Config => 2,
        Level::Group(_) => 3,
    }
}

/// Understands a line at a level.
pub(super) fn parse(level: Level, line: &str) -> Result<Parsed<'_>, Wrong> {
    let tokens = tokens(line);
    let mut deepest = 0;
    let mut incomplete = false;
    let mut short = None;
    let head = tokens.first().and_then(|(_, token)| token.bytes().next());
    for pattern in PATTERNS.iter() {
        // A first word that does not fit tells nothing more.
        if rank(level) < rank(pattern.lowest) || pattern.initial() != head {
            continue;
        }
        let mut words = Vec::new();
        let mut given = tokens.iter().enumerate();
        let mut fits = true;
        for (matched, part) in pattern.parts.iter().enumerate() {
            let Some((at, (offset, token))) = given.next() else {
                incomplete |= matched > 0;
                fits = false;
                break;
            };
            match part {
                Part::Rest => {
                    words.push(line.get(*offset..).unwrap_or_default().trim_end());
                    given.by_ref().for_each(drop);
                }
                Part::Word => words.push(token),
                Part::Keyword { head, tail } if is_head(token, head, tail) => {}
                Part::Keyword { head, .. } => {
                    deepest = deepest.max(at);
                    if head.starts_with(token) {
                        short = short.max(Some(at));
                    }
                    fits = false;
                    break;
                }
            }
        }
        match given.next() {
            Some((at, _)) if fits => deepest = deepest.max(at),
            _ if fits => {
                let Pattern { verb, space, lowest, .. } = *pattern;
                return Ok(Parsed { verb, space, level: lowest, words });
            }
            _ => {}
        }
    }
    match tokens.get(deepest) {
        Some((offset, _)) if !incomplete && short == Some(deepest) => Err(Wrong::Ambiguous(*offset)),
        Some((offset, _)) if !incomplete => Err(Wrong::At(*offset)),
        _ => Err(Wrong::Incomplete),
    }
}

/// The words that may come next, or that the last one may be the head of.
pub(super) fn help(level: Level, line: &str) -> BTreeSet<String> {
    let mut words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
    let partial = if line.ends_with(' ') { "" } else { words.pop().unwrap_or_default() };
    let fits = |part: &str, word: &str| part.starts_with('<') || abbreviates(word, part);
    let next = |(lowest, _, pattern, _): &(Level, Space, &str, Verb)| {
        let mut parts = pattern.split(' ');
        let leads = words.iter().all(|word| parts.next().is_some_and(|part| fits(part, word)));
        if rank(level) < rank(*lowest) || !leads {
            return None;
        }
        match parts.next() {
            None => partial.is_empty().then(|| "<cr>".to_owned()),
            Some(part) if part.starts_with('<') => Some("WORD".to_owned()),
            Some(part) => Some(part.replace('|', "")).filter(|word| word.starts_with(partial)),
        }
    };
    LINES.iter().filter_map(next).collect()
}

/// The words of a line with the byte where each begins.
fn tokens(line: &str) -> Vec<(usize, &str)> {
    line.split(' ')
        .scan(0, |offset, word| {
            let at = *offset;
            *offset += word.len() + 1;
            Some((at, word))
        })
        .filter(|(_, word)| !word.is_empty())
        .collect()
}

/// Whether a word is a keyword or a long enough head of it: `sh` for `sh|ow`.
pub(super) fn abbreviates(word: &str, keyword: &str) -> bool {
    let (head, tail) = self::keyword(keyword);
    is_head(word, head, tail)
}

/// What has to be typed of a keyword, and what may be left out.
fn keyword(text: &str) -> (&str, &str) {
    text.split_once('|').unwrap_or((text, ""))
}

fn is_head(word: &str, head: &str, tail: &str) -> bool {
    word.strip_prefix(head).is_some_and(|rest| tail.starts_with(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_understood() {
        let cases = [
            ("sh fail", Verb::ShowFailover),
            ("conf t", Verb::ConfigureTerminal),
            ("config term", Verb::ConfigureTerminal),
            ("wr", Verb::Save),
            ("wr mem", Verb::Save),
            ("sh run boot", Verb::ShowBoot),
            ("terminal pager lines 0", Verb::Pager),
            ("failover active group 2", Verb::Claim),
            ("copy run start", Verb::CopySave),
        ];
        for (line, verb) in cases {
            assert_eq!(parse(Level::Privileged, line).map(|parsed| parsed.verb), Ok(verb), "{line}");
        }
    }

    #[test]
    fn help_names_what_comes_next() {
        let help = |line| help(Level::Privileged, line).into_iter().collect::<Vec<_>>();
        assert_eq!(help("sh fail "), ["<cr>", "group", "history", "state"]);
        assert_eq!(help("failover re"), ["reload-standby", "reset"]);
        assert_eq!(help("changeto context "), ["WORD"]);
        assert_eq!(help("show bogus "), Vec::<String>::new());
    }

    #[test]
    fn the_first_wrong_word_is_found() {
        assert_eq!(parse(Level::Privileged, "show bogus"), Err(Wrong::At(5)));
        assert_eq!(parse(Level::User, "terminal pager 0"), Err(Wrong::At(0)));
        assert_eq!(parse(Level::Privileged, "boot system disk0:/x"), Err(Wrong::At(0)));
        assert_eq!(parse(Level::Privileged, "show running-config boot system x"), Err(Wrong::At(32)));
        assert_eq!(parse(Level::Privileged, "failover exec mate"), Err(Wrong::Incomplete));
        assert_eq!(parse(Level::Privileged, "sh r"), Err(Wrong::Ambiguous(3)));
    }

    #[test]
    fn the_rest_of_a_line_stays_as_typed() {
        let parsed = parse(Level::Privileged, "failover exec mate show version | include (a|b)").unwrap();
        assert_eq!(parsed.words, ["mate", "show version | include (a|b)"]);
    }
}
