//! Lines on which a unit waits for an answer, and replies that say no.

use crate::command::Permitted;

/// `<--- More --->`: the pager, which is off in every session of ours.
pub(super) fn is_pager(current: &str) -> bool {
    current.trim() == "<--- More --->"
}

/// Whether an unfinished line that stays as it is waits for an answer.
///
/// `Proceed with reload? [confirm] `, `Address or name of remote host [198.51.100.10]? `,
/// `System config has been modified. Save? [Y]es/[N]o:`, `(yes/no)`.
pub(super) fn is_question(current: &str) -> bool {
    let text = current.trim_end().to_ascii_lowercase();
    text.ends_with(['?', ':', ']']) || text.contains("yes/no") || text.contains("y/n")
}

/// Whether the current line is the permitted question: it has its words, or it is the `yes/no` line
/// right below them (the words behind `Configuration syncing is in progress` are not on record).
pub(super) fn is_permitted(permitted: &Permitted, output: &[String], current: &str) -> bool {
    let above = || output.iter().rev().find(|line| !line.trim().is_empty());
    current.contains(permitted.question)
        || current.to_ascii_lowercase().contains("yes/no")
            && above().is_some_and(|line| line.contains(permitted.question))
}

/// `Password: `, and nothing else on the line.
pub(super) fn is_password(current: &str) -> bool {
    current.strip_suffix(' ').unwrap_or(current) == "Password:"
}

/// 9.12 and later make the first `enable` choose a password: `Enter  Password: `.
pub(super) fn is_new_password(lines: &[String], current: &str) -> bool {
    let asks = current.trim_start().starts_with("Enter") && current.trim_end().ends_with("Password:");
    asks || lines.iter().any(|line| line.contains("enable password is not set"))
}

/// Login on a console rather than over SSH.
pub(super) fn is_login(current: &str) -> bool {
    matches!(current.trim(), "Username:" | "Login:" | "Password:")
}

/// The line by which a unit refuses what was typed, if there is one.
pub(super) fn refusal(output: &[String]) -> Option<&str> {
    let refuses = |line: &&String| {
        line.contains("ERROR:")
            || line.contains("Command authorization failed")
            || line.contains("Command not valid")
            || line.starts_with("%Error")
            || line.starts_with("% ")
    };
    output.iter().find(refuses).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_told_from_progress() {
        for text in [
            "Proceed with reload? [confirm] ",
            "System config has been modified. Save? [Y]es/[N]o:",
            "System config has been modified. Save? [Y]es/[N]o/[S]ave all/[C]ancel:",
            "Address or name of remote host [198.51.100.10]? ",
            "Overwrite the previous NVRAM configuration?[confirm]",
            "Are you sure you want to continue connecting (yes/no)? ",
            "WARNING: Configuration syncing is in progress, yes/no ",
            "Password: ",
        ] {
            assert!(is_question(text), "{text:?}");
        }
        let rate = "82593792 bytes copied in 211.300 secs (391439 bytes/sec)";
        for text in
            ["", "!!!!!!!!", ".........", rate, "Accessing tftp://198.51.100.10/asa.bin...", "fw/pri/act# "]
        {
            assert!(!is_question(text), "{text:?}");
        }
    }

    #[test]
    fn a_refusal_is_found_in_any_line() {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let caret = lines("      ^\nERROR: % Invalid input detected at '^' marker.");
        assert_eq!(refusal(&caret), Some("ERROR: % Invalid input detected at '^' marker."));
        assert_eq!(refusal(&lines("Command authorization failed")), Some("Command authorization failed"));
        assert_eq!(refusal(&lines("\n**** WARNING ****")), None);
    }
}
