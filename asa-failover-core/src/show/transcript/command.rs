//! The command that was typed, in full.

use crate::show::{ReadError, parse};

/// The commands that have a reader, as far as their words are keywords.
const COMMANDS: [&str; 56] = [
    "dir",
    "show arp",
    "show asdm image",
    "show bgp summary",
    "show bootvar",
    "show checksum",
    "show clock",
    "show clock detail",
    "show conn count",
    "show context",
    "show context detail",
    "show cpu",
    "show cpu usage",
    "show crypto key mypubkey",
    "show crypto key mypubkey all",
    "show crypto key mypubkey ec",
    "show crypto key mypubkey ecdsa",
    "show crypto key mypubkey eddsa",
    "show crypto key mypubkey rsa",
    "show curpriv",
    "show failover",
    "show failover descriptor",
    "show failover details",
    "show failover exec active",
    "show failover exec mate",
    "show failover exec standby",
    "show failover history",
    "show failover history details",
    "show failover interface",
    "show failover state",
    "show failover statistics",
    "show interface ip brief",
    "show inventory",
    "show license summary",
    "show memory",
    "show mode",
    "show module",
    "show module all",
    "show ospf neighbor",
    "show reload",
    "show route summary",
    "show running-config boot",
    "show running-config boot system",
    "show running-config context",
    "show running-config failover",
    "show running-config monitor-interface",
    "show running-config ssh",
    "show startup-config",
    "show startup-config errors",
    "show startup-config | grep boot",
    "show startup-config | include boot",
    "show version",
    "show vpn-sessiondb",
    "show vpn-sessiondb summary",
    "show xlate count",
    "verify",
];

/// The units that `failover exec` sends a command to.
const SENT_ON: [&str; 3] = ["failover exec active", "failover exec mate", "failover exec standby"];

/// Behind these an argument is no keyword, and leaves the output's form as it is.
const WITH_ARGUMENTS: [&str; 5] = [
    "dir",
    "show context detail",
    "show startup-config | grep boot",
    "show startup-config | include boot",
    "verify",
];

/// The command in full, as [`super::super::parse`] takes it. Each word is read as a unit reads it: one
/// that is a keyword is that keyword, else it begins exactly one; with fewer than two letters it could
/// begin any command of the unit's many others. `None` for a command that no reader knows.
pub(super) fn full(typed: &str) -> Option<String> {
    let words: Vec<&str> = typed.split_ascii_whitespace().collect();
    let (sent_on, behind) = longest(&SENT_ON, &words);
    let full = if SENT_ON.contains(&sent_on.as_str()) {
        format!("{sent_on} {}", one(behind)?)
    } else {
        one(&words)?
    };
    // Which arguments a reader takes is known there alone.
    let is_read = !matches!(parse(&full, ""), Err(ReadError::UnknownCommand { .. }));
    is_read.then_some(full)
}

fn one(words: &[&str]) -> Option<String> {
    let (command, arguments) = longest(&COMMANDS, words);
    if !COMMANDS.contains(&command.as_str()) {
        return None;
    }
    if arguments.is_empty() {
        return Some(command);
    }
    let taken = WITH_ARGUMENTS.contains(&command.as_str()) && !arguments.contains(&"|");
    taken.then(|| format!("{command} {}", arguments.join(" ")))
}

/// The keywords that these words begin with, in full, and what is left of the words.
fn longest<'w, 't>(commands: &[&'static str], words: &'w [&'t str]) -> (String, &'w [&'t str]) {
    let mut path = String::new();
    let mut rest = words;
    while let [word, behind @ ..] = rest {
        let next = commands.iter().filter_map(|command| {
            let further = command.strip_prefix(path.as_str())?;
            let further = if path.is_empty() { further } else { further.strip_prefix(' ')? };
            further.split(' ').next()
        });
        let Some(keyword) = keyword(next, word) else { break };
        if !path.is_empty() {
            path.push(' ');
        }
        path.push_str(keyword);
        rest = behind;
    }
    (path, rest)
}

/// The one of these keywords that a word stands for.
fn keyword<'k>(keywords: impl Iterator<Item = &'k str>, word: &str) -> Option<&'k str> {
    let mut begun = None;
    for keyword in keywords.filter(|keyword| keyword.starts_with(word)) {
        if keyword == word {
            return Some(keyword);
        }
        match begun {
            Some(other) if other != keyword => begun = Some(""),
            _ => begun = Some(keyword),
        }
    }
    begun.filter(|keyword| !keyword.is_empty() && word.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_reader() {
        for command in COMMANDS {
            let unknown = matches!(parse(command, ""), Err(ReadError::UnknownCommand { .. }));
            assert!(!unknown, "{command}");
            assert_eq!(full(command).as_deref(), Some(command));
        }
    }

    #[test]
    fn an_abbreviation_is_one_command_or_none() {
        for (typed, command) in [
            ("sh fail", Some("show failover")),
            ("sh  failover  hist det", Some("show failover history details")),
            ("show fail stat", None),
            ("sh ver", Some("show version")),
            ("sh run fail", Some("show running-config failover")),
            ("sh run boot sys", Some("show running-config boot system")),
            ("sh start | inc boot system", Some("show startup-config | include boot system")),
            ("sh start | begin boot", None),
            ("sh run", None),
            ("sh mod", None),
            ("sh mode", Some("show mode")),
            ("sh int ip br", Some("show interface ip brief")),
            ("sh cont det a", Some("show context detail a")),
            ("sh cont det a b", None),
            ("dir disk0:/", Some("dir disk0:/")),
            ("dir | include bin", None),
            ("verify /sha-512 disk0:/x", Some("verify /sha-512 disk0:/x")),
            (
                "verify 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
                Some("verify 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16"),
            ),
            ("verify 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17", None),
            ("fail exec mate sh ver", Some("failover exec mate show version")),
            ("failover exec mate", None),
            ("failover exec mate write memory", None),
            ("sh fail group 1", None),
            ("show failover | include host", None),
            ("s f", None),
            ("", None),
        ] {
            assert_eq!(full(typed).as_deref(), command, "{typed:?}");
        }
    }
}
