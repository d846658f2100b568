//! The states of a run and what leads from one to the next, as an exploration met them.
//!
//! A run has no state machine written down anywhere: its next command is a function of what both units
//! say. What is drawn here is what came of that function in every order of events, with each run shrunk
//! to three questions: how many units of the hop have been reloaded, which kind of command is open, and
//! whether it waits.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use asa_failover_core::command::Command;
use asa_failover_core::decide::{Awaited, Memory};

use super::runs::{Act, Runs};

/// What a run does, as far as the diagram tells.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Doing {
    Looks,
    Waits,
    Reloads,
    Switches,
    Saves,
    Completed,
    Halted,
}

/// What a state is headed by, by the reloads that took effect.
const TITLES: [&str; 3] = ["no unit reloaded", "one unit reloaded", "both units reloaded"];

/// A state of the diagram: reloads that took effect, and what the run does.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Station {
    reloads: usize,
    doing: Doing,
}

impl Station {
    fn of(act: &Act, memory: &Memory) -> Self {
        let doing = match act {
            Act::Completed => Doing::Completed,
            Act::Halted(_) => Doing::Halted,
            _ => match &memory.intent {
                Some(open) if is_reload(&open.command) => Doing::Reloads,
                Some(open) if is_save(&open.command) => Doing::Saves,
                Some(_) => Doing::Switches,
                None if matches!(act, Act::Sleep(_)) => Doing::Waits,
                None => Doing::Looks,
            },
        };
        let over = matches!(doing, Doing::Completed | Doing::Halted);
        Self { reloads: if over { 0 } else { memory.reloads.len() }, doing }
    }

    fn name(self) -> String {
        let doing = match self.doing {
            Doing::Looks => "looks",
            Doing::Waits => "waits",
            Doing::Reloads => "reloads",
            Doing::Switches => "switches",
            Doing::Saves => "saves",
            Doing::Completed => return "Completed".to_owned(),
            Doing::Halted => return "Halted".to_owned(),
        };
        format!("{doing}{}", self.reloads)
    }

    const fn text(self) -> &'static str {
        match self.doing {
            Doing::Looks => "reads both units, and decides",
            Doing::Waits => "waits, then looks again",
            Doing::Reloads => "a reload is open: reads until its outcome is known",
            Doing::Switches => "a switch is open: reads until its outcome is known",
            Doing::Saves => "a save is open: reads until its outcome is known",
            Doing::Completed | Doing::Halted => "",
        }
    }
}

const fn is_reload(command: &Command) -> bool {
    matches!(command, Command::ReloadStandby | Command::Reload)
}

const fn is_save(command: &Command) -> bool {
    matches!(command, Command::WriteMemory | Command::WriteMemoryAll)
}

/// What was met, of as many explorations as are [taken in](Diagram::take).
#[derive(Clone, Debug, Default)]
pub struct Diagram {
    ways: BTreeMap<(Station, Station), BTreeSet<String>>,
    awaited: BTreeMap<Station, BTreeSet<&'static str>>,
    halts: BTreeMap<String, BTreeSet<Station>>,
}

impl Diagram {
    /// Takes in every run that an exploration met.
    pub fn take(&mut self, runs: &Runs<'_>) {
        for (from, to) in runs.ways() {
            let [(act, memory), (next, after)] = [from, to].map(|node| runs.told(node));
            let (station, reached) = (Station::of(act, &memory), Station::of(next, &after));
            if let (Doing::Waits, Some(waiting)) = (station.doing, &memory.waiting) {
                self.awaited.entry(station).or_default().insert(word(waiting.awaited));
            }
            if let Act::Halted(code) = next {
                self.halts.entry(code.clone()).or_default().insert(station);
            }
            if station != reached {
                let label = match (&after.intent, next) {
                    (Some(open), _) if memory.intent.is_none() => typed(&open.command),
                    _ => String::new(),
                };
                self.ways.entry((station, reached)).or_default().insert(label);
            }
        }
    }

    /// As a diagram in the language of Mermaid, in a fence, and a table of the halts.
    pub fn to_markdown(&self) -> String {
        let mut text = String::from("```mermaid\nstateDiagram-v2\n    [*] --> looks0\n");
        let stations: BTreeSet<Station> = self.ways.keys().flat_map(|(from, to)| [*from, *to]).collect();
        for (reloads, title) in TITLES.into_iter().enumerate() {
            let _ = writeln!(text, "    state \"{title}\" as after{reloads} {{");
            for station in stations.iter().filter(|station| station.reloads == reloads) {
                if !station.text().is_empty() {
                    let _ = writeln!(text, "        state \"{}\" as {}", station.text(), station.name());
                }
            }
            text.push_str("    }\n");
        }
        for ((from, to), labels) in self.ways.iter().filter(|((_, to), _)| to.doing != Doing::Halted) {
            let _ = write!(text, "    {} --> {}", from.name(), to.name());
            let labels: Vec<&str> =
                labels.iter().map(String::as_str).filter(|label| !label.is_empty()).collect();
            if !labels.is_empty() {
                let _ = write!(text, " : {}", labels.join(", "));
            }
            text.push('\n');
        }
        for reloads in 0..TITLES.len() {
            let _ = writeln!(text, "    after{reloads} --> Halted");
        }
        text.push_str("    Completed --> [*]\n    Halted --> [*]\n```\n\n");
        text.push_str("| it waits | for |\n| --- | --- |\n");
        for (station, words) in &self.awaited {
            let words: Vec<&str> = words.iter().copied().collect();
            let title = TITLES.get(station.reloads).unwrap_or(&"more than there are");
            let _ = writeln!(text, "| with {title} | {} |", words.join(", "));
        }
        text.push_str("\n| it halts | from |\n| --- | --- |\n");
        for (code, from) in &self.halts {
            let from: Vec<String> = from.iter().map(|station| format!("`{}`", station.name())).collect();
            let _ = writeln!(text, "| `{code}` | {} |", from.join(", "));
        }
        text
    }
}

/// The line as it is typed, whatever the group.
fn typed(command: &Command) -> String {
    let line = command.to_string();
    line.split(" group ").next().unwrap_or(&line).to_owned()
}

const fn word(awaited: Awaited) -> &'static str {
    match awaited {
        Awaited::Answer(_) => "an answer",
        Awaited::Settled => "a settled pair",
        Awaited::Ready => "a pair that stays ready",
        Awaited::Boot(_) => "a boot",
        Awaited::Sync(_) | Awaited::Config(_) | Awaited::Bulk(_) => "a synchronisation",
        Awaited::Module(_) => "a service module",
        Awaited::Quiet => "a reload to show",
        Awaited::Switch => "a switch to show",
        Awaited::Preempt(_) => "preempt",
        Awaited::CaughtUp => "the connections",
        Awaited::Soak => "the soak",
        _ => "a copy",
    }
}
