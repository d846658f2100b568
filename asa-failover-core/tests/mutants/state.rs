//! The same question to `show failover state`: its two states are whole known rows, each below its
//! own host, or nobody takes them for a pair that is ready.

use asa_failover_core::show;
use asa_failover_core::unit::Standing;

use crate::Tally;
use crate::dice::Dice;
use crate::grammar;
use crate::outputs::STATES;

const REASONS: [&str; 4] = [
    "None",
    "Ifc Failure              07:14:34 UTC Oct 10 2023",
    "Comm Failure             03:41:12 UTC Apr 17 2009",
    "Backplane Failure        03:42:29 UTC Apr 17 2009",
];

/// An output of Active/Standby: three in four of a pair that is ready.
pub(crate) fn output(dice: &mut Dice) -> String {
    let roles = dice.pick(&[["Primary", "Secondary"], ["Secondary", "Primary"]]);
    let ready = dice.pick(&[["Active", "Standby Ready"], ["Standby Ready", "Active"]]);
    let states = if dice.once_in(4) { [dice.pick(&STATES), dice.pick(&STATES)] } else { ready };
    let mut text = "\n               State          Last Failure Reason      Date/Time\n".to_owned();
    for (side, name) in ["This host  -   ", "Other host -   "].into_iter().enumerate() {
        let reason = dice.pick(&REASONS);
        text = format!("{text}{name}{}\n               {:<14} {reason}\n", roles[side], states[side]);
        if reason.starts_with("Ifc") {
            text += "                              ctx1 inside: Failed\n";
        }
    }
    text += "\n====Configuration State===\n\tSync Done\n\tSync Done - STANDBY\n";
    text + "====Communication State===\n\tMac set\n"
}

/// A false "ready", and why the strict reading refuses it.
pub(crate) fn false_ready(text: &str, tally: &mut Tally) -> Option<String> {
    tally.made += 1;
    let Ok(reading) = show::failover_state(text) else {
        tally.refused += 1;
        return None;
    };
    tally.read += 1;
    // No line of this output is free text, so a consumer takes none with a line not understood.
    if !reading.unread.is_empty() {
        return None;
    }
    let state = &reading.value;
    let read = [state.this_host.state.clone()?, state.other_host.state.clone()?];
    if !matches!(
        read,
        [Standing::Active, Standing::StandbyReady] | [Standing::StandbyReady, Standing::Active]
    ) {
        return None;
    }
    tally.ready += 1;
    let read = read.map(|word| word.to_string());
    match strict(text) {
        Ok(strict) if strict == read => None,
        other => Some(format!("read as {read:?}, by the grammar {other:?}")),
    }
}

/// `This host`, its row, `Other host`, its row, each once and in this order.
fn strict(text: &str) -> Result<[String; 2], String> {
    let mut found: Vec<String> = Vec::new();
    let mut hosts = 0;
    for line in text.split('\n').map(grammar::unpaged) {
        let named = ["This host", "Other host"].iter().position(|name| line.starts_with(name));
        if let Some(side) = named {
            if side != hosts || found.len() != hosts {
                return Err(format!("a host out of its place: {line:?}"));
            }
            hosts += 1;
        } else if line.starts_with("State ") && line.contains("Last Failure Reason") {
            // The head, which stands where it stands.
        } else if line.starts_with("====") {
            if hosts > 0 {
                break;
            }
        } else if hosts > found.len() {
            let columns = line.split_once("  ").or_else(|| line.split_once('\t'));
            // A copy may have lost the blanks between the columns; the state is still in front.
            let row = columns.filter(|(state, _)| STATES.contains(state)).or_else(|| flattened(line));
            let (state, reason) = row.or(columns).unwrap_or((line, ""));
            let words: Vec<_> = state.split_whitespace().collect();
            if line.is_empty() || notice(line) {
                continue;
            }
            if reason.trim().is_empty() || line.contains(char::is_control) && !line.contains('\t') {
                return Err(format!("no row: {line:?}"));
            }
            found.push(words.join(" "));
        }
    }
    found.try_into().map_err(|found| format!("states: {found:?}"))
}

fn flattened(line: &str) -> Option<(&str, &str)> {
    ["Standby Ready ", "Active "]
        .iter()
        .find_map(|state| line.strip_prefix(state).map(|reason| (state.trim_end(), reason)))
}

/// What is no row wherever it stands: a prompt, a log line, a notice.
fn notice(line: &str) -> bool {
    line.starts_with("%ASA-")
        || grammar::prompt(line).is_some()
        || line.starts_with("Switching to")
        || line.starts_with("Detected an Active mate")
}
