//! What an exploration found, told.

use std::collections::BTreeMap;
use std::fmt;

use super::monitor::Rule;

/// A rule that was broken, and nothing excuses it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Violation {
    /// How often.
    pub times: u64,
    /// How many transitions lead to the first time: no way has fewer faults.
    pub moves: usize,
    /// That way.
    pub way: Vec<String>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Found {
    /// States that were kept.
    pub states: usize,
    /// Those among them that take no fault, that take one, and so on.
    pub layers: Vec<usize>,
    /// States of the pair among them, apart from what excuses a harm.
    pub pairs: usize,
    /// Transitions between them.
    pub transitions: u64,
    /// Runs, memories, steps and journals.
    pub sizes: [usize; 4],
    /// How runs end, and in how many states.
    pub ends: BTreeMap<String, u64>,
    /// Harms by rule that a fault after the final reads began explains.
    pub excused: BTreeMap<String, u64>,
    /// Harms that nothing excuses, by rule.
    pub violations: BTreeMap<Rule, Violation>,
    /// States from which a pair that does nothing more is waited for without end.
    pub stuck: usize,
    /// How many transitions lead from the start to the first of these, and on to a state that comes again.
    pub stuck_after: usize,
    /// Circles of states in which a pair that does nothing more is waited for, until the run loses patience.
    pub circles: usize,
    /// How the run ends from each state if all goes well from there on.
    pub kind: BTreeMap<String, u64>,
    /// How the run ends if all goes well from the start on, with the way there unless it is complete.
    pub well: (String, Vec<String>),
    /// Whether the units run different releases then.
    pub half_way: bool,
    /// A way to a state from which standings move for ever although all goes well, and on from there.
    pub endless: Vec<String>,
    /// The longest shortest way to a state, over states that were kept.
    pub depth: usize,
    /// Whether every state was visited.
    pub is_whole: bool,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [runs, memories, steps, journals] = self.sizes;
        write!(
            f,
            "{} states{} {:?}, {} transitions, depth {}; {} pairs, {runs} runs ({memories} memories), {steps} steps \
             of them, {journals} journals, {} circles of waits",
            self.states,
            if self.is_whole { "" } else { " AND MORE" },
            self.layers,
            self.transitions,
            self.depth,
            self.pairs,
            self.circles,
        )?;
        let list = |map: &BTreeMap<String, u64>| {
            map.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
        };
        write!(f, "\n    ends: {}", list(&self.ends))?;
        write!(f, "\n    if all goes well from a state: {}", list(&self.kind))?;
        if !self.excused.is_empty() {
            write!(f, "\n    excused: {}", list(&self.excused))?;
        }
        let unexcused: u64 = self.violations.values().map(|violation| violation.times).sum();
        write!(f, "\n    {unexcused} unexcused, {} stuck", self.stuck)?;
        if !self.endless.is_empty() {
            write!(f, "\n  WITHOUT END although all goes well:\n    {}", self.endless.join("\n    "))?;
        }
        let (end, way) = &self.well;
        if !way.is_empty() {
            write!(f, "\n  NOT COMPLETED although all goes well: {end}\n    {}", way.join("\n    "))?;
        }
        for (rule, Violation { times, way, .. }) in &self.violations {
            write!(
                f,
                "\n  VIOLATION {rule} ({times} times), a way with the fewest faults:\n    {}",
                way.join("\n    ")
            )?;
        }
        Ok(())
    }
}
