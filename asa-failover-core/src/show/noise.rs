//! What stands on a terminal beside a command's output: prompts, the echoed command, the unit's
//! own notices, and the sentences by which it refuses a command.
//!
//! Only whole known forms are noise. A notice in any other words is kept as unread.

/// A line that is no part of the output.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Noise {
    /// A prompt and nothing behind it.
    Prompt,
    /// A prompt with a command behind it.
    Command,
    /// The command's echo without a prompt; only in front of the output.
    Echo,
    /// A notice that leaves the unit as it is.
    Harmless,
    /// A notice that the unit's standing turns while it prints, or that it goes down: what a host
    /// block says around it may be half old and half new.
    Turning,
    /// The device refuses the command.
    Refusal,
}

const HARMLESS: [&str; 14] = [
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
    "Crashinfo is NOT enabled on Full Distribution Environment",
    "ERROR: Password recovery was not changed, unable to access",
    "the configuration register.",
    "WARNING: Failover enabled but standby IP address is not configured for this interface.",
];

const TURNING: [&str; 9] = [
    "Switching to Active",
    "Switching to Standby",
    "***",
    "*** --- START GRACEFUL SHUTDOWN ---",
    "*** --- SHUTDOWN NOW ---",
    "*** --- SHUTDOWN ABORTED ---",
    "*** Message to all terminals:",
    "***   requested by active unit",
    "Process shutdown finished",
];

/// What the line is, where it is no part of `command`'s output.
pub(super) fn of(text: &str, command: &str) -> Option<Noise> {
    let known = |list: &[&str]| list.iter().any(|known| text.eq_ignore_ascii_case(known));
    if known(&HARMLESS) || banner(text) {
        Some(Noise::Harmless)
    } else if known(&TURNING) || syslog(text) || shutdown_in(text) {
        Some(Noise::Turning)
    } else if refusal(text) {
        Some(Noise::Refusal)
    } else if let Some(typed) = prompt(text) {
        Some(if typed.is_empty() { Noise::Prompt } else { Noise::Command })
    } else if echo(text, command) {
        Some(Noise::Echo)
    } else {
        None
    }
}

/// Whether a notice says that a unit's standing turns, or that it goes down. Of the unit's messages that is
/// one of failover itself, 101001 to 105999.
pub(super) fn turns(text: &str) -> bool {
    let known = TURNING.iter().any(|known| text.eq_ignore_ascii_case(known));
    let of_failover = |text: &str| text.split('-').nth(2).is_some_and(|id| id.starts_with("10"));
    known || shutdown_in(text) || (syslog(text) && of_failover(text))
}

/// A prompt and what was typed behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prompted<'t> {
    /// The prompt, without a blank behind it: `fw/pri/act(config)#`.
    pub(super) prompt: &'t str,
    /// `fw/pri/act`
    pub(super) label: &'t str,
    /// `config`
    pub(super) mode: Option<&'t str>,
    /// It ends in `#`.
    pub(super) privileged: bool,
    /// `show failover`
    pub(super) typed: &'t str,
}

/// `fw/pri/act(config)# show failover`: what was typed behind the prompt.
pub(super) fn prompt(text: &str) -> Option<&str> {
    prompted(text).map(|prompted| prompted.typed)
}

/// `fw/pri/act(config)# show failover`, in its parts.
pub(super) fn prompted(text: &str) -> Option<Prompted<'_>> {
    let at = text.find(['#', '>'])?;
    let (head, end) = text.split_at(at);
    let (prompt, typed) = text.split_at(at + 1);
    let (label, mode) = match head.split_once('(') {
        Some((label, mode)) => {
            let mode = mode.strip_suffix(')')?;
            if !mode.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
                return None;
            }
            (label, Some(mode))
        }
        None => (head, None),
    };
    let labelled = label.starts_with(|c: char| c.is_ascii_alphanumeric())
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'/'));
    let privileged = end.starts_with('#');
    let apart = typed.is_empty()
        || typed.starts_with(' ')
        || (privileged && typed.starts_with(|c: char| c.is_ascii_alphabetic()));
    (labelled && apart).then(|| Prompted { prompt, label, mode, privileged, typed: typed.trim_ascii() })
}

/// The command as typed: abbreviated or not, with any arguments, or sent to another unit.
fn echo(text: &str, command: &str) -> bool {
    let sent_on = text.starts_with("failover exec ");
    let mut typed = text.split_ascii_whitespace().skip(if sent_on { 3 } else { 0 });
    command
        .split(' ')
        .all(|word| typed.next().is_some_and(|typed| typed.len() > 1 && word.starts_with(typed)))
}

/// `%ASA-1-104002: (Primary) Switching to STANDBY - Other unit wants me Standby.`
fn syslog(text: &str) -> bool {
    let Some(message) = text.strip_prefix('%') else { return false };
    let mut parts = message.splitn(3, '-');
    let (Some("ASA" | "PIX" | "FWSM" | "FTD"), Some(severity), Some(rest)) =
        (parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    digits(severity, 1) && rest.split_once(": ").is_some_and(|(id, _)| digits(id, 6))
}

/// `************WARNING****WARNING****WARNING********************************`, and between two of
/// them `Mate version 9.5(2) is not identical with ours 9.2(2)4`
fn banner(text: &str) -> bool {
    let stars =
        text.len() > 20 && text.starts_with("***") && text.replace("WARNING", "").bytes().all(|b| b == b'*');
    stars
        || text
            .strip_prefix("Mate version ")
            .is_some_and(|rest| rest.contains(" is not identical with ours "))
}

/// `*** --- SHUTDOWN in 0:05:00 ---`
fn shutdown_in(text: &str) -> bool {
    text.strip_prefix("*** --- SHUTDOWN in ")
        .and_then(|rest| rest.strip_suffix(" ---"))
        .is_some_and(|time| time.bytes().all(|b| b.is_ascii_digit() || b == b':'))
}

/// `ERROR: % Invalid input detected at '^' marker.`, `%Error opening disk0:/x (No such file or directory)`
fn refusal(text: &str) -> bool {
    text.starts_with("ERROR: ")
        || text.starts_with("%Error ")
        || text.starts_with("% ")
        || text.contains("Command authorization failed")
        || text.starts_with("Command not valid ")
        || text.starts_with("This unit is in syncing state")
        || text.starts_with("Command Ignored, configuration in progress")
}
