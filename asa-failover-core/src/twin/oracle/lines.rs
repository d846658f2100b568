//! What a line that was typed would do, read anew from its text.

use crate::unit::GroupId;

/// What a line would do.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Act {
    /// `show failover`, in full: what a unit says of both.
    ReadsBoth,
    /// `show reload`
    ReadsReload,
    /// `dir`
    ReadsFlash,
    /// `show startup-config`, its boot lines at least.
    ReadsStartup,
    /// Any other reading, a move between modes, a setting of the terminal.
    Harmless,
    /// Configures, saves, copies.
    Changes,
    /// `failover active`, of one group or of all.
    Claims(Option<GroupId>),
    /// `no failover active`, of one group or of all.
    GivesUp(Option<GroupId>),
    /// `failover reload-standby`
    ReloadsMate,
    /// `reload`
    Reloads,
    /// Anything else: no line of the closed list.
    Unknown,
}

impl Act {
    /// Whether it asks for something that a line of ours, or the end, rests on.
    pub(super) const fn reads(self) -> bool {
        matches!(self, Self::ReadsBoth | Self::ReadsReload | Self::ReadsFlash | Self::ReadsStartup)
    }
}

/// Lines that change nothing: reads, moves between modes, settings of a terminal.
const HARMLESS: [&str; 21] = [
    "show ",
    "sh ",
    "dir",
    "verify",
    "more ",
    "enable",
    "disable",
    "login",
    "exit",
    "quit",
    "logout",
    "end",
    "terminal pager",
    "no terminal pager",
    "terminal monitor",
    "configure terminal",
    "conf t",
    "config t",
    "changeto ",
    "ping ",
    "?",
];

/// Lines that change the configuration or the flash and are meant for the unit that leads.
const CONFIGURES: [&str; 5] = ["boot system ", "no boot system ", "failover group ", "preempt", "no preempt"];

/// Lines that change something and disturb nothing.
const CHANGES: [&str; 3] = ["write memory", "copy /noconfirm ", "copy running-config startup-config"];

/// Whether a line changes nothing.
pub(super) fn is_harmless(line: &str) -> bool {
    HARMLESS.iter().any(|head| line.starts_with(head))
}

/// Whether a line configures what the leading unit replicates.
pub(super) fn configures(line: &str) -> bool {
    CONFIGURES.iter().any(|head| line.starts_with(head))
}

/// Whether a line writes a startup configuration: `write memory`, as short as an operator types it, or a copy.
pub(super) fn saves(line: &str) -> bool {
    let mut words = line.split_whitespace();
    match words.next() {
        Some("copy") => words.any(|word| word == "startup-config"),
        Some(write) if write.len() > 1 && "write".starts_with(write) => {
            words.next().is_none_or(|what| "memory".starts_with(what))
        }
        _ => false,
    }
}

/// What a line would do on the unit that carries it out.
pub(super) fn act(line: &str) -> Act {
    let line = line.trim_ascii();
    let group = |rest: &str| match rest {
        "" => Some(None),
        rest => rest.strip_prefix(" group ")?.parse().ok().map(|number| Some(GroupId::new(number))),
    };
    if let Some(groups) = line.strip_prefix("no failover active").and_then(group) {
        return Act::GivesUp(groups);
    }
    if let Some(groups) = line.strip_prefix("failover active").and_then(group) {
        return Act::Claims(groups);
    }
    match line {
        "show failover" => Act::ReadsBoth,
        "show reload" => Act::ReadsReload,
        "failover reload-standby" => Act::ReloadsMate,
        "reload" => Act::Reloads,
        line if line.starts_with("dir") => Act::ReadsFlash,
        line if line.starts_with("show startup-config") => Act::ReadsStartup,
        // It reached nobody.
        line if line.starts_with("failover exec mate ") => Act::Harmless,
        line if is_harmless(line) => Act::Harmless,
        line if configures(line) || CHANGES.iter().any(|head| line.starts_with(head)) => Act::Changes,
        _ => Act::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_save_is_known_however_short() {
        let saved = ["write memory", "wr", "write mem", "write memory all /noconfirm"];
        assert!(saved.into_iter().chain(["copy /noconfirm running-config startup-config"]).all(saves));
        assert!(!["write standby", "write erase", "copy tftp: disk0:", "w", "show"].into_iter().any(saves));
    }

    #[test]
    fn a_line_is_known_by_its_words() {
        let cases = [
            ("show failover", Act::ReadsBoth),
            ("show failover state", Act::Harmless),
            ("show reload", Act::ReadsReload),
            ("dir disk0:/", Act::ReadsFlash),
            ("show startup-config | include boot system", Act::ReadsStartup),
            ("no failover active", Act::GivesUp(None)),
            ("no failover active group 2", Act::GivesUp(Some(GroupId::new(2)))),
            ("failover active group 1", Act::Claims(Some(GroupId::new(1)))),
            ("failover active gruop 1", Act::Unknown),
            ("failover reload-standby", Act::ReloadsMate),
            ("reload", Act::Reloads),
            ("reload in 5", Act::Unknown),
            ("write memory all /noconfirm", Act::Changes),
            ("boot system disk0:/x.bin", Act::Changes),
            ("failover group 2", Act::Changes),
            ("no preempt", Act::Changes),
            ("no failover", Act::Unknown),
            ("write standby", Act::Unknown),
            ("delete /noconfirm disk0:/x.bin", Act::Unknown),
        ];
        for (line, is) in cases {
            assert_eq!(act(line), is, "{line}");
        }
    }
}
