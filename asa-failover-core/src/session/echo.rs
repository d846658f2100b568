//! The echo of a typed line, compared before Enter is sent.
//!
//! A unit echoes each character. A line that is too wide for its terminal is shown cut on the
//! right or scrolled to the left, with a `$` where text is hidden; then only what is visible can be
//! compared. A notice may have taken the prompt away, or have broken the echo in two.

use super::prompt::{Prompt, prompt};

/// How far the echo has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Echo {
    /// The whole line is there, character by character.
    Whole,
    /// As much as fits the width is there, and a `$` for the rest.
    Cut,
    /// What is there fits, more has to come.
    Partial,
    /// Something else is there.
    Wrong,
}

/// A shorter line fits every width that a unit can be set to, so it is never cut.
const NARROWEST: usize = 40;

/// No notice has more lines.
const NOTICE: usize = 16;

/// Compares what the unit shows with what was typed: `finished` lines since the typing began and
/// the `current` one. `known` is the prompt that the session stood at.
pub(super) fn compare(known: &Prompt, typed: &str, finished: &[String], current: &str) -> Echo {
    if is_whole(typed, finished, current) {
        return Echo::Whole;
    }
    match cut(known, typed, current) {
        Some(echo) => echo,
        None if is_partial(known, typed, current) => Echo::Partial,
        None => Echo::Wrong,
    }
}

/// Whether every character of the line is there. Asked at each byte, so it costs next to nothing.
pub(super) fn is_whole(typed: &str, finished: &[String], current: &str) -> bool {
    let in_front = |head: &str| head.is_empty() || prompt(head).is_some();
    current.strip_suffix(typed).is_some_and(in_front) || broken_in_two(typed, finished, current)
}

/// A notice came in the middle: the head stands on an earlier line, the tail on this one.
fn broken_in_two(typed: &str, finished: &[String], current: &str) -> bool {
    let Some(head) = typed.strip_suffix(current).filter(|head| !head.is_empty() && !current.is_empty())
    else {
        return false;
    };
    finished
        .iter()
        .rev()
        .take(NOTICE)
        .any(|line| line.strip_suffix(head).is_some_and(|front| prompt(front).is_some()))
}

fn is_partial(known: &Prompt, typed: &str, current: &str) -> bool {
    let heads = (0..typed.len()).filter_map(|end| typed.get(..end));
    let begun = |head: &str| {
        current.strip_suffix(head).is_some_and(|front| front.is_empty() || prompt(front).is_some())
    };
    heads.into_iter().any(begun) || known.to_string().starts_with(current)
}

/// The forms of a line wider than the terminal: `fw# copy /noconf$`, `fw# $rm tftp://` and `$...$`.
fn cut(known: &Prompt, typed: &str, current: &str) -> Option<Echo> {
    let sign = format!("{known} ");
    if sign.len() + typed.len() < NARROWEST || current.len() < NARROWEST / 2 {
        return None;
    }
    let text = current.strip_prefix(&sign).unwrap_or(current);
    if let Some(scrolled) = text.strip_prefix('$') {
        let (middle, hidden) = match scrolled.strip_suffix('$') {
            Some(middle) => (middle, true),
            None => (scrolled, false),
        };
        let complete = if hidden { typed.contains(middle) } else { typed.ends_with(middle) };
        return match (complete && !middle.is_empty(), typed.contains(middle)) {
            (true, _) => Some(Echo::Cut),
            (false, true) => Some(Echo::Partial),
            (false, false) => None,
        };
    }
    let head = text.strip_suffix('$')?;
    (typed.starts_with(head) && head.len() < typed.len()).then_some(Echo::Cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str =
        "copy /noconfirm tftp://198.51.100.10/asa9-16-4-smp-k8.bin disk0:/asa9-16-4-smp-k8.bin";

    fn echo(typed: &str, finished: &[&str], current: &str) -> Echo {
        let finished: Vec<String> = finished.iter().map(|&line| line.to_owned()).collect();
        compare(&prompt("fw/pri/act# ").unwrap(), typed, &finished, current)
    }

    #[test]
    fn a_line_is_whole_only_with_its_last_character() {
        assert_eq!(echo("no failover active", &[], "fw/pri/act# no failover"), Echo::Partial);
        assert_eq!(echo("no failover active", &[], "fw/pri/act# no failover active"), Echo::Whole);
        assert_eq!(echo("no failover active", &[], "fw/pri/act# no failover activ$"), Echo::Wrong);
        assert_eq!(echo("no failover", &[], "fw/pri/act# no failover active"), Echo::Wrong);
    }

    #[test]
    fn what_was_in_the_line_before_is_noticed() {
        assert_eq!(echo("failover active", &[], "fw/pri/act# no failover active"), Echo::Wrong);
        assert_eq!(echo("show mode", &[], "fw/pri/act# xshow mode"), Echo::Wrong);
        assert_eq!(echo("show mode", &[], "fw/pri/act# shwo mode"), Echo::Wrong);
    }

    #[test]
    fn the_prompt_may_have_changed_or_gone() {
        assert_eq!(echo("show mode", &["fw/pri/act# "], "fw/pri/stby# show mode"), Echo::Whole);
        assert_eq!(echo("show mode", &["\tSwitching to Standby"], "show mode"), Echo::Whole);
        assert_eq!(echo("show mode", &["fw/pri/act# "], ""), Echo::Partial);
    }

    #[test]
    fn a_notice_may_break_the_echo_in_two() {
        let notice = "Beginning configuration replication: Sending to mate.";
        assert_eq!(echo("show mode", &["fw/pri/act# show", notice], " mode"), Echo::Whole);
        assert_eq!(echo("show mode", &["fw/pri/act# show", notice], " mod"), Echo::Wrong);
        assert_eq!(echo("show mode", &["fw/pri/act# no show", notice], " mode"), Echo::Wrong);
    }

    #[test]
    fn a_wide_line_is_compared_as_far_as_it_is_shown() {
        let whole = format!("fw/pri/act# {LONG}");
        let right = format!("{}$", &whole[..76]);
        let left = format!("fw/pri/act# ${}", &LONG[40..]);
        let both = format!("${}$", &LONG[10..60]);
        for shown in [&right, &left, &both] {
            assert_eq!(echo(LONG, &[], shown), Echo::Cut, "{shown}");
        }
        assert_eq!(echo(LONG, &[], &whole), Echo::Whole);
        assert_eq!(echo(LONG, &[], &format!("fw/pri/act# ${}", &LONG[20..60])), Echo::Partial);
        assert_eq!(echo(LONG, &[], &right.replace("198.51", "198.15")), Echo::Wrong);
        assert_eq!(echo(LONG, &[], &left.replace("disk0", "disk1")), Echo::Wrong);
    }
}
