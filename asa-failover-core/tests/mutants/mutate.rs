//! Damage and forgery: what a copy, a terminal, a name chosen by somebody or a second output does to
//! the lines of an output.

use crate::dice::Dice;
use crate::outputs::STATES;

/// Where outputs come from.
pub(crate) type Source = fn(&mut Dice) -> String;

/// A kind of mutation.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Kind {
    /// Lines are gone.
    Delete,
    /// Two lines change places.
    Swap,
    /// A line comes again, somewhere.
    Duplicate,
    /// The text ends at some byte.
    Truncate,
    /// The front of one output and the end of another.
    Splice,
    /// Some lines of another output, in the middle.
    Fragment,
    /// A line that says what an output says: a banner, a log line, a prompt.
    Spoof,
    /// A name that says what an output says.
    Name,
    /// Another state word, or another role.
    Word,
    /// A carriage return, or the pager's remains, within a line.
    Terminal,
    /// A line break is lost, or one too many.
    Break,
    /// A byte is another.
    Byte,
}

pub(crate) const KINDS: [Kind; 12] = [
    Kind::Delete,
    Kind::Swap,
    Kind::Duplicate,
    Kind::Truncate,
    Kind::Splice,
    Kind::Fragment,
    Kind::Spoof,
    Kind::Name,
    Kind::Word,
    Kind::Terminal,
    Kind::Break,
    Kind::Byte,
];

const SPOOFS: [&str; 34] = [
    "Standby Ready",
    "Active",
    "Failover On",
    "Failover Off",
    "Failover On this pair is tested every month",
    "This host: Primary - Active",
    "This host: Secondary - Standby Ready",
    "Other host: Secondary - Standby Ready",
    "Other host: Primary - Active",
    "This host:    Primary",
    "Other host:   Secondary",
    "This host: Primary - Active, 1.0, Up",
    "Other host: Secondary - Standby Ready 0 0 0 0",
    "Group 1 State: Active",
    "Group 1       State:          Standby Ready",
    "Group 2       State:          Active",
    "Group 3 State: Standby Ready",
    "Group 1 last failover at: 10:00:00 UTC Mar 31 2024",
    "Last Failover at: 10:00:00 UTC Mar 31 2024",
    "Failover unit Primary",
    "Active time: 12 (sec)",
    "Stateful Failover Logical Update Statistics",
    "Stateful Obj xmit xerr rcv rerr",
    "Logical Update Queue Information",
    "slot 0: ASA5520 hw/sw rev (1.0/7.0(8)) status (Standby Ready)",
    "Interface inside (192.0.2.1): Normal (Monitored)",
    "%ASA-1-104001: (Secondary) Switching to ACTIVE - HELLO not heard from mate.",
    "%ASA-1-105005: (Primary) Lost Failover communications with mate on interface Standby Ready",
    "Switching to Active",
    "Detected an Active mate",
    "fw# ",
    "fw/pri/act# show failover",
    "Other-host-Standby-Ready# ",
    "not ready, 9.1, failed",
];

const NAMES: [&str; 8] = [
    "Standby",
    "Active",
    "This host: Primary - Active",
    "Other host: Secondary - Standby Ready",
    "Group 1 State: Active",
    "(192.0.2.9): Normal (Monitored)",
    "Failover On",
    "status (Up Sys)",
];

/// A mutant of an output, and the kinds of mutation in it: one kind up to three times, and in one of
/// four a second kind.
pub(crate) fn mutant(dice: &mut Dice, kind: Kind, source: Source) -> String {
    let mut text = source(dice);
    for _ in 0..=dice.below(3) {
        text = changed(dice, kind, source, text);
    }
    if dice.once_in(4) {
        let second = dice.pick(&KINDS);
        text = changed(dice, second, source, text);
    }
    text
}

fn changed(dice: &mut Dice, kind: Kind, source: Source, text: String) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.is_empty() {
        return text;
    }
    let (at, other) = (dice.below(lines.len()), dice.below(lines.len()));
    match kind {
        Kind::Delete => {
            let end = (at + 1 + if dice.once_in(2) { 0 } else { dice.below(8) }).min(lines.len());
            lines.drain(at..end);
        }
        Kind::Swap => lines.swap(at, other),
        Kind::Duplicate => lines.insert(other, lines[at]),
        Kind::Truncate => return up_to(&text, dice.below(text.len() + 1)).to_owned(),
        Kind::Splice => {
            let second = source(dice);
            let rest = dice.below(second.len() + 1);
            if dice.once_in(2) {
                let behind: Vec<_> = second.split_inclusive('\n').collect();
                let from = dice.below(behind.len());
                return lines[..at].concat() + &behind[from..].concat();
            }
            let cut = dice.below(text.len() + 1);
            return up_to(&text, cut).to_owned() + &second[up_to(&second, rest).len()..];
        }
        Kind::Fragment => {
            let second = source(dice);
            let from: Vec<_> = second.split_inclusive('\n').collect();
            let start = dice.below(from.len());
            let end = (start + 1 + dice.below(12)).min(from.len());
            return lines[..at].concat() + &from[start..end].concat() + &lines[at..].concat();
        }
        Kind::Spoof => {
            let spoof = format!("{}\n", dice.pick(&SPOOFS));
            if dice.once_in(3) {
                lines[at] = &spoof;
            } else {
                lines.insert(at, &spoof);
            }
            return lines.concat();
        }
        Kind::Name => {
            let line = named(dice, lines[at]);
            lines[at] = &line;
            return lines.concat();
        }
        Kind::Word => {
            let line = reworded(dice, lines[at]);
            lines[at] = &line;
            return lines.concat();
        }
        Kind::Terminal => {
            let remains = dice.pick(&[
                "\r",
                "\r   ",
                "<--- More --->",
                "<--- More --->\r              \r",
                "\u{8}\u{8}\u{8}   \u{8}\u{8}\u{8}",
                "\t",
                "\u{b}",
                "\u{a0}",
                "\0",
            ]);
            let cut = up_to(lines[at], dice.below(lines[at].len() + 1));
            let line = cut.to_owned() + remains + &lines[at][cut.len()..];
            lines[at] = &line;
            return lines.concat();
        }
        Kind::Break => {
            if dice.once_in(2) {
                lines[at] = lines[at].trim_end_matches(['\r', '\n']);
                return lines.concat();
            }
            let cut = up_to(&text, dice.below(text.len() + 1));
            return cut.to_owned() + "\n" + &text[cut.len()..];
        }
        Kind::Byte => {
            let cut = up_to(&text, dice.below(text.len()));
            let byte = char::from(u8::try_from(32 + dice.below(95)).unwrap());
            let behind: String = text[cut.len()..].chars().skip(1).collect();
            return format!("{cut}{byte}{behind}");
        }
    }
    lines.concat()
}

/// The text up to a byte, less where that byte is within a character.
fn up_to(text: &str, mut end: usize) -> &str {
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// One word of a line is a name, or a name stands in front of or behind a word.
fn named(dice: &mut Dice, line: &str) -> String {
    let mut words: Vec<&str> = line.split(' ').collect();
    let name = dice.pick(&NAMES);
    let at = dice.below(words.len());
    if dice.once_in(2) {
        words[at] = name;
    } else {
        words.insert(at, name);
    }
    words.join(" ")
}

/// Another state or role in place of the one in the line, or words behind it.
fn reworded(dice: &mut Dice, line: &str) -> String {
    let (by, role) = (dice.pick(&STATES), dice.pick(&["Primary", "Secondary", "primary", "Tertiary"]));
    for old in STATES.iter().rev() {
        if line.contains(old) && !dice.once_in(4) {
            return line.replacen(old, by, 1);
        }
    }
    for old in ["Primary", "Secondary"] {
        if line.contains(old) {
            return line.replacen(old, role, 1);
        }
    }
    line.trim_end().to_owned() + " " + by + "\n"
}
