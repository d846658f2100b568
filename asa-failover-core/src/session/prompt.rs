//! Prompts: `fw/pri/act(config)# `.
//!
//! Only the form is known here: `LABEL[(SUBMODE)]END` and one blank. Whether a text that has the
//! form *is* a prompt is for the terminal to find out.

use std::fmt;

use crate::command::Mode;

/// A finished prompt.
///
/// The label is what an operator chose it to be and proves nothing about the unit: `fw/pri/act` may
/// be the label before a switch that has already happened.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Prompt {
    /// What stands before the mode: `fw/pri/act`.
    pub label: String,
    /// The level of the command line.
    pub mode: Mode,
}

/// The longest label: host name (63), domain and context names, priority and state.
const LABEL: usize = 200;

/// The submode of a failover group.
const GROUP: &str = "config-fover-group";

/// What `state` and `priority` print in a label. They say nothing of which label it is.
const CHANGING: [&str; 9] =
    ["pri", "sec", "act", "stby", "nego", "actNoFailover", "stbyNoFailover", "active", "standby"];

/// Reads a prompt: the whole text must be one, with or without its blank.
///
/// ```
/// use asa_failover_core::command::Mode;
/// use asa_failover_core::session::prompt;
///
/// let read = prompt("fw/pri/act(config-if)# ").expect("a prompt");
/// assert_eq!((read.label.as_str(), read.mode), ("fw/pri/act", Mode::Config));
/// assert!(prompt("Switching to Active").is_none());
/// ```
pub fn prompt(text: &str) -> Option<Prompt> {
    let text = text.strip_suffix(' ').unwrap_or(text);
    let (head, mode) = match text.strip_suffix('#') {
        Some(head) => (head, Mode::Privileged),
        None => (text.strip_suffix('>')?, Mode::User),
    };
    let (label, mode) = match head.strip_suffix(')') {
        Some(head) => {
            let (label, submode) = head.split_once('(')?;
            let config = submode == "config" || submode.starts_with("config-");
            let plain = submode.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
            if !config || !plain || mode != Mode::Privileged {
                return None;
            }
            (label, if submode == GROUP { Mode::Group } else { Mode::Config })
        }
        None => (head, mode),
    };
    let fits = (1..=LABEL).contains(&label.len())
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b"._/-".contains(&b))
        && label.bytes().any(|b| b.is_ascii_alphanumeric());
    fits.then(|| Prompt { label: label.to_owned(), mode })
}

impl Prompt {
    /// Whether a label may have become this one within a session: by a switch or by `changeto`.
    ///
    /// Some word other than the changing ones must have stayed, or there is none in either.
    pub(super) fn follows(&self, earlier: &Self) -> bool {
        let lasting = |label: &'_ str| -> Vec<String> {
            label.split('/').filter(|word| !CHANGING.contains(word)).map(str::to_owned).collect()
        };
        let (before, now) = (lasting(&earlier.label), lasting(&self.label));
        before.is_empty() && now.is_empty() || now.iter().any(|word| before.contains(word))
    }
}

impl fmt::Display for Prompt {
    /// The label and the sign of the level; of configuration submodes only that of a group is kept.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = match self.mode {
            Mode::User => ">",
            Mode::Privileged => "#",
            Mode::Config => "(config)#",
            Mode::Group => "(config-fover-group)#",
        };
        write!(f, "{}{end}", self.label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_of_every_form() {
        let table = [
            ("ciscoasa> ", "ciscoasa", Mode::User),
            ("ciscoasa# ", "ciscoasa", Mode::Privileged),
            ("ciscoasa#", "ciscoasa", Mode::Privileged),
            ("ciscoasa/admin# ", "ciscoasa/admin", Mode::Privileged),
            ("fw/sec/stby# ", "fw/sec/stby", Mode::Privileged),
            ("fw/pri/act> ", "fw/pri/act", Mode::User),
            ("pri/act/asa-1# ", "pri/act/asa-1", Mode::Privileged),
            ("fw-01.example.com/act/ctx1# ", "fw-01.example.com/act/ctx1", Mode::Privileged),
            ("fw/sec/actNoFailover# ", "fw/sec/actNoFailover", Mode::Privileged),
            ("fw/pri/act(config)# ", "fw/pri/act", Mode::Config),
            ("fw/pri/act(config-fover-group)# ", "fw/pri/act", Mode::Group),
            ("fw/ctx_2(config-ca-trustpoint)# ", "fw/ctx_2", Mode::Config),
        ];
        for (text, label, mode) in table {
            assert_eq!(prompt(text), Some(Prompt { label: label.to_owned(), mode }), "{text:?}");
        }
    }

    #[test]
    fn what_only_looks_like_a_prompt_is_none() {
        let long = format!("{}# ", "a".repeat(201));
        for text in [
            "",
            "# ",
            "> ",
            "/# ",
            "fw",
            "fw/pri/act#  ",
            "fw/pri/act# show version",
            " fw# ",
            "fw two# ",
            "fw(config)> ",
            "fw(rommon)# ",
            "fw(configure)# ",
            "(config)# ",
            "####",
            "<--- More --->",
            "rommon #1> ",
            "-----> ",
            "Proceed with reload? [confirm] ",
            "Password: ",
            long.as_str(),
        ] {
            assert_eq!(prompt(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_label_follows_from_another_by_its_lasting_words() {
        let follows = |now: &str, earlier: &str| {
            let of = |label: &str| Prompt { label: label.to_owned(), mode: Mode::Privileged };
            of(now).follows(&of(earlier))
        };
        assert!(follows("fw/pri/stby", "fw/pri/act"));
        assert!(follows("fw", "fw/admin"));
        assert!(follows("stby", "act"));
        assert!(!follows("mail/pri/act", "fw/pri/act"));
        assert!(!follows("fw", "act"));
    }
}
