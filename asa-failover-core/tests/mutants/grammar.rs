//! The strict grammar of `show failover`: what an output must be, line by line, before anybody may
//! take the pair in it as ready. It shares nothing with the reader and is deliberately tight:
//! `Failover On`, then `This host` and its block, then `Other host` and its block, each once and in
//! this order, in a block nothing but whole known lines, and behind the blocks no line of a block.
//!
//! It is wider in these places, none of which can change what a unit is said to be: the settings in
//! front may come in any order and may be missing; lines in front of, between the settings, and
//! behind the blocks may be any text that is no line of a block (a banner, a notice, a new row); the
//! text may end anywhere behind the `Other host` line, for captures are cut by their owners, and
//! that an answer is whole is known from the prompt behind it; the lines in a block may be missing
//! or be in another order; names, addresses, revisions and the states of interfaces and modules may
//! be any text that prints, for a guard takes an interface as well only where it is `Normal` and
//! nothing else; and a role may be in either case. None of it makes one unit's block another's.

use std::collections::BTreeMap;

/// What a strict reading takes from an output: per group (0 for the unit) the words of both hosts.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Pair {
    pub(crate) roles: [String; 2],
    pub(crate) states: BTreeMap<u8, [String; 2]>,
}

/// Why an output is refused.
pub(crate) type Refused = String;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Part {
    Front,
    Settings,
    Host(usize),
    Tail,
}

/// Reads an output, or says which line may not stand there.
pub(crate) fn read(text: &str) -> Result<Pair, Refused> {
    // Telnet fills with a NUL behind a carriage return (RFC 854); within a line the carriage return still counts.
    let text = &text.replace("\r\0", "\r");
    let mut part = Part::Front;
    let mut unit = None;
    let mut roles: [Option<String>; 2] = [None, None];
    let mut states = BTreeMap::<u8, [Option<String>; 2]>::new();
    let mut settings: Vec<&str> = Vec::new();
    let mut prompted = false;
    let count = text.matches('\n').count();
    for (number, raw) in text.split('\n').enumerate() {
        let refused = |why: &str| Err(format!("line {}, {why}: {raw:?}", number + 1));
        let line = unpaged(raw);
        if line.is_empty() {
            continue;
        }
        if let Some(typed) = prompt(line) {
            if part == Part::Tail || (part != Part::Front && !typed.is_empty()) {
                break;
            }
            prompted |= part != Part::Front;
            continue;
        }
        if prompted {
            return refused("a line behind the prompt");
        }
        if let Some((side, role, state)) = host(line) {
            match (part, side) {
                (Part::Settings, 0) | (Part::Host(0), 1) => {}
                _ => return refused("a host out of its place"),
            }
            if line.contains(['\r', '\u{8}']) || number == count {
                return refused("a host line that is not whole");
            }
            part = Part::Host(side);
            roles[side] = Some(role.to_owned());
            if let Some(state) = state {
                states.entry(0).or_default()[side] = Some(one_blank(state));
            }
            continue;
        }
        let row = part == Part::Tail && is_row(line);
        if ["This host", "Other host", "This context"].iter().any(|name| line.starts_with(name)) && !row {
            return refused("no host line in full");
        }
        match part {
            Part::Front => {
                if is_on(line) {
                    part = Part::Settings;
                } else if is_off(line) || of_a_block(line) {
                    return refused("not in front");
                }
            }
            // What stands behind the words of a setting is any text, and one that has lost its words none.
            Part::Settings => {
                let setting = SETTINGS.into_iter().find(|known| shown(line) && line.starts_with(known));
                if let Some(setting) = setting {
                    if settings.contains(&setting) {
                        return refused("a setting twice");
                    }
                    settings.push(setting);
                    if setting == SETTINGS[0] {
                        unit = Some(line[setting.len()..].trim().to_ascii_lowercase());
                    }
                } else if is_on(line) || is_off(line) || of_a_block(line) {
                    return refused("not among the settings");
                }
            }
            Part::Host(side) => {
                if TAIL.iter().any(|head| line.starts_with(head)) {
                    if side == 0 {
                        return refused("statistics before the mate");
                    }
                    part = Part::Tail;
                } else if let Some((group, state)) = group(line) {
                    let slot = &mut states.entry(group).or_default()[side];
                    if slot.is_some() || number == count {
                        return refused("a group twice, or not whole");
                    }
                    *slot = Some(one_blank(state));
                } else if !in_block(line) {
                    return refused("no line of a block");
                }
            }
            Part::Tail => {
                if is_on(line) || is_off(line) || (of_a_block(line) && !is_row(line)) {
                    return refused("not behind the blocks");
                }
            }
        }
    }
    pair(&roles, unit.as_deref(), states)
}

/// Both hosts, of one role each, and every group on both.
fn pair(
    roles: &[Option<String>; 2],
    unit: Option<&str>,
    states: BTreeMap<u8, [Option<String>; 2]>,
) -> Result<Pair, Refused> {
    let [Some(this), Some(other)] = roles.clone() else {
        return Err("a host is missing".to_owned());
    };
    if this == other || unit.is_some_and(|unit| unit != this.to_ascii_lowercase()) {
        return Err(format!("roles: {this} and {other}"));
    }
    if states.contains_key(&0) && states.len() > 1 {
        return Err("a state of the unit beside those of groups".to_owned());
    }
    let mut whole = BTreeMap::new();
    for (group, both) in states {
        let [Some(this), Some(other)] = both else { return Err(format!("group {group} is on one host")) };
        whole.insert(group, [this, other]);
    }
    if whole.is_empty() {
        return Err("no states".to_owned());
    }
    Ok(Pair { roles: [this, other], states: whole })
}

const SETTINGS: [&str; 11] = [
    "Failover unit",
    "Failover LAN Interface:",
    "Unit Poll frequency ",
    "Interface Poll frequency ",
    "Interface Policy ",
    "Monitored Interfaces ",
    "Version:",
    "Serial Number:",
    "Last Failover at:",
    "Group 1 last failover at:",
    "Group 2 last failover at:",
];

/// What the lines behind the blocks begin with, where the heading of them all is lost.
const TAIL: [&str; 4] = [
    "Stateful Failover Logical Update Statistics",
    "Stateful Obj",
    "Link :",
    "Logical Update Queue Information",
];

const STATES: [&str; 15] = [
    "Disabled",
    "Not Detected",
    "Negotiation",
    "Cold Standby",
    "App Sync",
    "Sync Config",
    "Sync File System",
    "Bulk Sync",
    "Standby Ready",
    "Just Active",
    "Active Drain",
    "Active Applying Config",
    "Active Config Applied",
    "Active",
    "Failed",
];

/// Notices that a unit prints between two lines, and that say nothing of how it stands.
const NOTICES: [&str; 10] = [
    "Beginning configuration replication: Sending to mate.",
    "Beginning configuration replication from mate.",
    "End Configuration Replication to mate",
    "End Configuration Replication to mate.",
    "End configuration replication from mate.",
    "Detected an Active mate",
    "State check detected an Active mate",
    "**** WARNING ****",
    "Configuration Replication is NOT performed from Standby unit to Active unit.",
    "Configurations are no longer synchronized.",
];

/// Without blanks around it and what a pager erased: its prompt, blanks, and where the cursor went.
pub(crate) fn unpaged(raw: &str) -> &str {
    let mut line = raw.trim_matches([' ', '\t', '\r', '\u{feff}']);
    while let Some(rest) = line.strip_prefix("<--- More --->") {
        line = rest.trim_start_matches([' ', '\t', '\r', '\u{8}']);
    }
    line
}

fn one_blank(words: &str) -> String {
    words.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `fw/pri/act(config)# show failover`: what was typed.
pub(crate) fn prompt(line: &str) -> Option<&str> {
    let at = line.find(['#', '>'])?;
    let (head, typed) = (&line[..at], &line[at + 1..]);
    let (name, mode) = head.split_once('(').map_or((head, None), |(name, mode)| (name, Some(mode)));
    let of = |text: &str, more: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    let named = of(name, "._/-") && name.as_bytes()[0].is_ascii_alphanumeric();
    let moded = mode.is_none_or(|mode| mode.strip_suffix(')').is_some_and(|mode| of(mode, "-")));
    // A command may follow `#` at once, as in a transcript that lost the blank.
    let letter = line[at..].starts_with('#') && typed.starts_with(|c: char| c.is_ascii_alphabetic());
    (named && moded && (typed.is_empty() || typed.starts_with(' ') || letter)).then(|| typed.trim())
}

fn is_on(line: &str) -> bool {
    switched(line).is_some_and(|word| word == "On")
}

fn is_off(line: &str) -> bool {
    switched(line).is_some_and(|word| word == "Off")
}

/// `Failover On`, `Failover Off (pseudo-Standby)`: the word, behind which only something in parentheses
/// may stand.
fn switched(line: &str) -> Option<String> {
    let (words, more) = line.split_once('(').unwrap_or((line, ")"));
    let whole = more.ends_with(')') && more.matches([')', '(']).count() == 1;
    one_blank(words).strip_prefix("Failover ").filter(|_| whole).map(str::to_owned)
}

/// A row of the statistics, whatever its name: four numbers behind it.
fn is_row(line: &str) -> bool {
    let words: Vec<_> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
    words.len() > 4 && words[words.len() - 4..].iter().all(|word| digits(word))
}

/// `This host: Primary - Active`, `Other host:   Secondary`
fn host(line: &str) -> Option<(usize, &str, Option<&str>)> {
    let (side, rest) = match (line.strip_prefix("This host:"), line.strip_prefix("Other host:")) {
        (Some(rest), _) => (0, rest),
        (_, Some(rest)) => (1, rest),
        _ => return None,
    };
    let rest = rest.trim_matches([' ', '\t']);
    let (role, state) = match rest.split_once([' ', '\t']) {
        Some((role, state)) => (role, Some(state.trim_start().strip_prefix('-')?.strip_prefix([' ', '\t'])?)),
        None => (rest, None),
    };
    let known = |state: &str| STATES.contains(&one_blank(state).as_str());
    let role = ["Primary", "Secondary"].into_iter().find(|known| known.eq_ignore_ascii_case(role))?;
    state.is_none_or(known).then_some((side, role, state))
}

/// `Group 1       State:          Active`
fn group(line: &str) -> Option<(u8, &str)> {
    let rest = line.strip_prefix("Group")?.strip_prefix([' ', '\t'])?.trim_start();
    let (number, rest) = rest.split_once([' ', '\t'])?;
    let state = rest.trim_start().strip_prefix("State:")?;
    let number = ["1", "2"].iter().position(|known| *known == number)? + 1;
    STATES.contains(&one_blank(state).as_str()).then(|| (u8::try_from(number).unwrap(), state))
}

/// A line that only a block has, in full or damaged: it may not stand outside of one.
fn of_a_block(line: &str) -> bool {
    let group = line.strip_prefix("Group ").is_some_and(|rest| rest.contains("State:"));
    group || line.starts_with("Active time:") || module(line) || interface(line)
}

fn in_block(line: &str) -> bool {
    active_time(line)
        || module(line)
        || interface(line)
        || application(line)
        || poll_count(line)
        || NOTICES.contains(&line)
        || stars(line)
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `Active time: 1728000 (sec)`
fn active_time(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("Active time:") else { return false };
    let rest = rest.trim_start_matches([' ', '\t']);
    digits(rest) || rest.strip_suffix("(sec)").is_some_and(|count| digits(count.trim_end()))
}

/// Any text, of characters that print.
fn shown(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_control() && c != '\t')
}

/// `slot 0: ASA5525 hw/sw rev (1.0/9.8(4)) status (Up Sys)`, `slot 1: empty`
fn module(line: &str) -> bool {
    let parts = || {
        let (slot, rest) = line.strip_prefix("slot")?.strip_prefix([' ', '\t'])?.split_once(':')?;
        let slot = slot.trim_start();
        let rest = rest.trim_start_matches([' ', '\t']);
        let (name, rest) = match rest.split_once(" hw/sw rev (") {
            Some(split) => split,
            None if rest == "empty" => return Some(digits(slot)),
            None => rest.split_once(" rev (")?,
        };
        let (revisions, status) = rest.split_once("status (")?;
        let (revisions, status) = (revisions.trim_end().strip_suffix(')')?, status.strip_suffix(')')?);
        Some(digits(slot) && shown(name) && (revisions.is_empty() || shown(revisions)) && shown(status))
    };
    parts().unwrap_or(false)
}

/// `ctx1 Interface outside (203.0.113.1/2001:db8::1): Normal (Monitored)`, and any other words behind the
/// address: to a guard only an interface that is `Normal` and nothing else is well.
fn interface(line: &str) -> bool {
    let parts = || {
        let owned = || {
            let (context, rest) = line.split_once([' ', '\t'])?;
            rest.trim_start().strip_prefix("Interface").filter(|_| shown(context))
        };
        let rest = line.strip_prefix("Interface").or_else(owned)?;
        let (name, rest) = rest.strip_prefix([' ', '\t'])?.trim_start().split_once([' ', '\t'])?;
        let (address, rest) = rest.trim_start().strip_prefix('(')?.split_once("):")?;
        Some(shown(name) && (address.is_empty() || shown(address)) && shown(rest.trim_matches([' ', '\t'])))
    };
    parts().unwrap_or(false)
}

/// `ASA FirePOWER, 6.2.3-83, Up, (Monitored)`
fn application(line: &str) -> bool {
    let parts: Vec<_> = line.split(',').map(str::trim).collect();
    let [name, version, status] = parts[..3.min(parts.len())] else { return false };
    let word = match parts[3..] {
        [] => true,
        [word] => word.strip_prefix('(').and_then(|word| word.strip_suffix(')')).is_some_and(shown),
        _ => false,
    };
    let started = version.bytes().next().is_some_and(|b| b.is_ascii_digit()) || version == "N/A";
    shown(name) && !name.contains(':') && started && shown(version) && shown(status) && word
}

/// `peer disk poll success:18962 miss:0`
fn poll_count(line: &str) -> bool {
    let Some((who, counts)) = line.split_once(" poll success:") else { return false };
    let who = ["snort", "disk"].contains(&who.strip_prefix("peer ").unwrap_or(who));
    who && counts.split_once(" miss:").is_some_and(|(hit, miss)| digits(hit) && digits(miss))
}

/// `************WARNING****WARNING****`
fn stars(line: &str) -> bool {
    line.len() > 20 && line.starts_with("***") && line.replace("WARNING", "").bytes().all(|b| b == b'*')
}
