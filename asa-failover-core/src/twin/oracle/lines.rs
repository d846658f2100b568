//! What a line that was typed would do, read anew from its text.

use crate::unit::GroupId;

/// What a line would do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Act {
    /// `show failover`, in full: what a unit says of both.
    ReadsBoth,
    /// `show reload`
    ReadsReload,
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

/// What a line would do on the unit that carries it out.
pub(super) fn act(line: &str) -> Act {
    let line = line.trim();
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
    fn a_line_is_known_by_its_words() {
        let cases = [
            ("show failover", Act::ReadsBoth),
            ("show failover state", Act::Harmless),
            ("show reload", Act::ReadsReload),
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
