//! Breadth-first search over the product of run, pair and journal.

use std::collections::BTreeMap;
use std::fmt;

use asa_failover_core::command::Command;
use asa_failover_core::unit::Role;
use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::case::Case;
use super::lines::{Answer, shows};
use super::monitor::{self, Finding, Rule};
use super::moves::Move;
use super::runs::{Act, Node, Runs};
use super::world::{Seat, World, seat};

/// One state: exact, but for what no decision rests on.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) struct State {
    pub(super) world: u64,
    pub(super) node: Node,
    pub(super) journal: Node,
    /// Faults that may still come.
    pub(super) left: u8,
}

/// What leads from one state to the next.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Deed {
    /// The pair moves.
    Moves(Move),
    /// The run gets its answer.
    Answers(Answer),
    /// The session is lost over the line, which arrived or did not.
    Loses { answer: Answer, arrived: bool },
    /// It takes a poll until the intent is durable.
    Stalls,
    /// The controller dies and is started again, after the line arrived or before.
    Dies { arrived: bool },
}

/// A successor of a state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Next {
    pub(super) deed: Deed,
    pub(super) state: State,
    pub(super) finding: Option<Finding>,
}

/// A rule that was broken, and nothing excuses it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Violation {
    /// How often.
    pub times: u64,
    /// How many transitions lead to the first time: no way is shorter.
    pub moves: usize,
    /// That way.
    pub way: Vec<String>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Found {
    /// States.
    pub states: usize,
    /// Transitions between them.
    pub transitions: u64,
    /// Runs, observations of a unit, memories, talks, steps and journals.
    pub sizes: [usize; 6],
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
    /// How the run ends from each state if all goes well from there on.
    pub kind: BTreeMap<String, u64>,
    /// How the run ends if all goes well from the start on, with the way there unless it is complete.
    pub well: (String, Vec<String>),
    /// Whether the units run different releases then.
    pub half_way: bool,
    /// A way to a state from which standings move for ever although all goes well, and on from there.
    pub endless: Vec<String>,
    /// The longest shortest way to a state.
    pub depth: usize,
    /// Whether every state was visited.
    pub is_whole: bool,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [runs, observed, memories, talks, steps, journals] = self.sizes;
        write!(
            f,
            "{} states{}, {} transitions, depth {}; {runs} runs ({observed} observations, {memories} memories, {talks} \
             talks), {steps} steps of them, {journals} journals",
            self.states,
            if self.is_whole { "" } else { " AND MORE" },
            self.transitions,
            self.depth,
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
            write!(f, "\n  VIOLATION {rule} ({times} times), shortest way:\n    {}", way.join("\n    "))?;
        }
        Ok(())
    }
}

/// An exploration of one case.
#[derive(Debug)]
pub struct Search<'a> {
    pub(super) case: &'a Case,
    pub(super) runs: Runs<'a>,
    /// Every state, with the one it was first reached from.
    states: IndexMap<State, u32, FxBuildHasher>,
    /// The successor of each state in which nothing happens that need not.
    quiet: Vec<u32>,
    /// The successor of each state in which all goes well.
    kind: Vec<u32>,
}

/// No successor: the run has ended.
const END: u32 = u32::MAX;

impl<'a> Search<'a> {
    /// Nothing explored yet.
    ///
    /// # Errors
    ///
    /// See [`Runs::new`].
    pub fn new(case: &'a Case) -> Result<Self, String> {
        Ok(Self {
            case,
            runs: Runs::new(case)?,
            states: IndexMap::default(),
            quiet: Vec::new(),
            kind: Vec::new(),
        })
    }

    /// Where everything begins.
    /// Every run that was met.
    pub const fn runs(&self) -> &Runs<'a> {
        &self.runs
    }

    pub(super) fn start(&mut self, faults: u8) -> State {
        let (node, journal) = self.runs.start();
        State { world: self.case.start().pack(), node, journal, left: faults }
    }

    /// Visits every state with at most so many faults on the way, and at most so many states.
    pub fn explore(&mut self, faults: u8, most: usize) -> Found {
        self.visit(faults, most, None)
    }

    /// The same up to the first harm of this kind that nothing excuses.
    pub fn explore_until(&mut self, rule: Rule, faults: u8, most: usize) -> Found {
        self.visit(faults, most, Some(rule))
    }

    fn visit(&mut self, faults: u8, most: usize, sought: Option<Rule>) -> Found {
        let start = self.start(faults);
        self.states.insert(start, END);
        let mut found = Found::default();
        let mut next = Vec::new();
        let mut at = 0;
        while let Some((state, _)) = self.states.get_index(at) {
            let state = *state;
            next.clear();
            self.successors(&state, &mut next);
            if let Some(finding) = self.ended(&state, &mut found) {
                self.note(&mut found, finding, at, None);
            }
            let parent = u32::try_from(at).unwrap_or(END);
            let (mut quiet, mut kind) = (END, END);
            for step in &next {
                found.transitions += 1;
                if let Some(finding) = step.finding {
                    self.note(&mut found, finding, at, Some(step.deed));
                }
                let entry = self.states.entry(step.state);
                let index = u32::try_from(entry.index()).unwrap_or(END);
                entry.or_insert(parent);
                match step.deed {
                    Deed::Answers(_) if step.state.left == state.left => {
                        quiet = index;
                        if kind == END {
                            kind = index;
                        }
                    }
                    // What is due comes, before a sleep ends.
                    Deed::Moves(Move::ShutsDown(_) | Move::Preempts(_)) if quiet == END => {
                        quiet = index;
                        if kind == END {
                            kind = index;
                        }
                    }
                    Deed::Moves(what) if kind == END && !what.is_fault() => kind = index,
                    _ => {}
                }
            }
            self.quiet.push(quiet);
            self.kind.push(kind);
            at += 1;
            if self.states.len() > most || sought.is_some_and(|rule| found.violations.contains_key(&rule)) {
                break;
            }
        }
        found.is_whole = at == self.states.len();
        found.states = self.states.len();
        found.sizes = self.runs.sizes();
        found.depth = self.depth();
        if found.is_whole {
            let quiet = self.ends(&self.quiet);
            found.stuck = quiet.iter().filter(|end| end.is_none()).count();
            if let Some(first) = quiet.iter().position(Option::is_none) {
                let first = u32::try_from(first).unwrap_or(END);
                found.stuck_after = self.way(first).len() + along(&self.quiet, first).len() - 2;
            }
            let ends = self.ends(&self.kind);
            let well = ends.first().copied().flatten();
            found.well = (self.name_of(well), Vec::new());
            found.half_way =
                well.and_then(|at| self.states.get_index(at as usize)).is_some_and(|(state, _)| {
                    let [primary, secondary] = World::unpack(state.world).units;
                    primary.new != secondary.new
                });
            if found.well.0 != "completed" {
                found.well.1 = self.well(0);
            }
            if let Some(first) = ends.iter().position(Option::is_none) {
                let first = u32::try_from(first).unwrap_or(END);
                let way = self.way(first);
                found.endless = self.tell(&way, None);
                found.endless.extend(self.well(first));
            }
            for end in ends {
                *found.kind.entry(self.name_of(end)).or_default() += 1;
            }
        }
        found
    }

    /// The way from a state on which all goes well, up to the first state that it comes to again.
    fn well(&mut self, from: u32) -> Vec<String> {
        let way: Vec<State> = along(&self.kind, from)
            .into_iter()
            .filter_map(|at| self.states.get_index(at as usize).map(|(state, _)| *state))
            .collect();
        self.tell(&way, None)
    }

    /// The end of the run that each state leads to along these successors, if it leads to any.
    fn ends(&self, next: &[u32]) -> Vec<Option<u32>> {
        let is_end = |end: &u32| {
            let state = self.states.get_index(*end as usize);
            state.is_some_and(|(state, _)| {
                matches!(self.runs.act(state.node), Act::Completed | Act::Halted(_))
            })
        };
        chains(next).into_iter().map(|end| end.filter(is_end)).collect()
    }

    fn name_of(&self, end: Option<u32>) -> String {
        let state = end.and_then(|end| self.states.get_index(end as usize));
        match state.map(|(state, _)| self.runs.act(state.node)) {
            Some(Act::Completed) => "completed".to_owned(),
            Some(Act::Halted(code)) => code.clone(),
            _ => "no end".to_owned(),
        }
    }

    fn depth(&self) -> usize {
        let last = self.states.len().checked_sub(1).and_then(|last| u32::try_from(last).ok());
        last.map_or(0, |last| self.way(last).len())
    }

    /// The states that lead to one, itself last.
    fn way(&self, to: u32) -> Vec<State> {
        let mut way = Vec::new();
        let mut at = to;
        while let Some((state, parent)) = self.states.get_index(at as usize) {
            way.push(*state);
            at = *parent;
        }
        way.reverse();
        way
    }

    fn note(&mut self, found: &mut Found, finding: Finding, at: usize, deed: Option<Deed>) {
        if finding.excused {
            *found.excused.entry(finding.rule.to_string()).or_default() += 1;
        } else if let Some(violation) = found.violations.get_mut(&finding.rule) {
            violation.times += 1;
        } else {
            let way = self.way(u32::try_from(at).unwrap_or(END));
            let moves = way.len() - usize::from(deed.is_none());
            found.violations.insert(finding.rule, Violation { times: 1, moves, way: self.tell(&way, deed) });
        }
    }

    fn ended(&self, state: &State, found: &mut Found) -> Option<Finding> {
        let name = match self.runs.act(state.node) {
            Act::Completed => "completed",
            Act::Halted(code) => code,
            _ => return None,
        };
        *found.ends.entry(name.to_owned()).or_default() += 1;
        let world = World::unpack(state.world);
        if name == "completed" {
            monitor::completed(&world, self.case.owners, self.case.groups)
        } else {
            None
        }
    }

    /// Everything that may come next.
    pub(super) fn successors(&mut self, state: &State, next: &mut Vec<Next>) {
        let world = World::unpack(state.world);
        match self.runs.act(state.node).clone() {
            Act::Completed | Act::Halted(_) => return,
            Act::Sleep(_) => self.sleeps(state, &world, next),
            Act::Record => {
                self.moves(state, &world, next, |_| true);
                self.answer(state, &world, Answer::Recorded, next);
                if let (Some(left), Some(world)) = (state.left.checked_sub(1), self.case.poll(&world)) {
                    let (node, journal) = self.runs.step(state.node, state.journal, Answer::RecordedLate);
                    let state = State { world: world.pack(), node, journal, left };
                    next.push(Next { deed: Deed::Stalls, state, finding: None });
                }
            }
            Act::Connect(endpoint) => {
                let owners: Vec<Role> = world.owners(endpoint).collect();
                for owner in &owners {
                    let mut world = world;
                    put(&mut world, seat(endpoint), Seat::on(*owner));
                    self.answer(state, &world, Answer::Connected, next);
                }
                if owners.is_empty() {
                    self.answer(state, &world, Answer::Refused, next);
                } else {
                    let mut world = world;
                    put(&mut world, seat(endpoint), Seat::None);
                    self.lose(state, &world, Answer::Refused, false, next);
                }
            }
            Act::Read(endpoint, command) => {
                let Some(role) = self.case.reached(&world, endpoint) else {
                    return self.answer(state, &world, Answer::Dropped, next);
                };
                let mut read = world;
                if command == Command::ShowFailover {
                    self.moves(state, &world, next, |after| shows(&world, after, role));
                    monitor::read(&mut read, role);
                }
                let answer = self.case.answer(&world, role, &command);
                self.answer(state, &read, answer, next);
                let mut lost = world;
                put(&mut lost, seat(endpoint), Seat::None);
                self.lose(state, &lost, Answer::Dropped, false, next);
            }
            Act::Change(endpoint, line) => {
                self.moves(state, &world, next, |_| true);
                let Some(role) = self.case.reached(&world, endpoint) else {
                    return self.answer(state, &world, Answer::Dropped, next);
                };
                let mut world = world;
                if matches!(line.command, Command::ReloadStandby | Command::Reload) {
                    world.age();
                }
                let (after, answer, finding) = self.case.obey(&world, role, &line);
                let first = next.len();
                self.answer(state, &after, answer, next);
                for (world, arrived) in [(after, true), (world, false)] {
                    let mut lost = world;
                    put(&mut lost, seat(endpoint), Seat::None);
                    self.lose(state, &lost, Answer::Dropped, arrived, next);
                }
                self.die(state, &after, true, next);
                for next in next.iter_mut().skip(first) {
                    let arrived = !matches!(
                        next.deed,
                        Deed::Loses { arrived: false, .. } | Deed::Dies { arrived: false }
                    );
                    next.finding = finding.filter(|_| arrived);
                }
            }
        }
        self.die(state, &world, false, next);
    }

    fn sleeps(&mut self, state: &State, world: &World, next: &mut Vec<Next>) {
        self.moves(state, world, next, |_| true);
        let case = self.case;
        let mut slow = Vec::new();
        case.slow_moves(|what| slow.push(what));
        if state.left > 0 {
            case.slow_faults(|what| slow.push(what));
        }
        for what in slow {
            self.moved(state, world, what, next, |_| true);
        }
        if let Some(world) = case.poll(world) {
            self.answer(state, &world, Answer::Woken, next);
        }
    }

    fn moves(&self, state: &State, world: &World, next: &mut Vec<Next>, tells: impl Fn(&World) -> bool) {
        self.case.role_moves(world, |what| self.moved(state, world, what, next, &tells));
        if state.left > 0 {
            self.case.faults(|what| self.moved(state, world, what, next, &tells));
        }
    }

    fn moved(
        &self,
        state: &State,
        world: &World,
        what: Move,
        next: &mut Vec<Next>,
        tells: impl Fn(&World) -> bool,
    ) {
        let Some((world, finding)) = self.case.after(world, what) else { return };
        if !tells(&world) {
            return;
        }
        let left = state.left - u8::from(what.is_fault());
        next.push(Next {
            deed: Deed::Moves(what),
            state: State { world: world.pack(), left, ..*state },
            finding,
        });
    }

    fn answer(&mut self, state: &State, world: &World, answer: Answer, next: &mut Vec<Next>) {
        let (node, journal) = self.runs.step(state.node, state.journal, answer);
        let state = State { world: world.pack(), node, journal, left: state.left };
        next.push(Next { deed: Deed::Answers(answer), state, finding: None });
    }

    fn lose(&mut self, state: &State, world: &World, answer: Answer, arrived: bool, next: &mut Vec<Next>) {
        let Some(left) = state.left.checked_sub(1) else { return };
        let (node, journal) = self.runs.step(state.node, state.journal, answer);
        let state = State { world: world.pack(), node, journal, left };
        next.push(Next { deed: Deed::Loses { answer, arrived }, state, finding: None });
    }

    fn die(&mut self, state: &State, world: &World, arrived: bool, next: &mut Vec<Next>) {
        let Some(left) = state.left.checked_sub(1) else { return };
        let (node, journal) = self.runs.resumed(state.journal);
        let mut world = *world;
        world.lapse();
        let state = State { world: world.pack(), node, journal, left };
        next.push(Next { deed: Deed::Dies { arrived }, state, finding: None });
    }
}

fn put(world: &mut World, place: usize, seat: Seat) {
    if let Some(at) = world.seats.get_mut(place) {
        *at = seat;
    }
}

/// A chain of successors, up to its end or the first state that it comes to again.
fn along(next: &[u32], from: u32) -> Vec<u32> {
    let (mut way, mut seen, mut at) = (Vec::new(), FxHashSet::default(), from);
    while at != END && seen.insert(at) {
        way.push(at);
        at = next.get(at as usize).copied().unwrap_or(END);
    }
    way
}

/// Where each chain of successors ends; `None` if it never does.
fn chains(next: &[u32]) -> Vec<Option<u32>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        Now,
        Ends(Option<u32>),
    }
    let mut seen = vec![Seen::No; next.len()];
    let mut path = Vec::new();
    for first in 0..next.len() {
        let mut at = first;
        let end = loop {
            match seen.get(at).copied() {
                Some(Seen::No) => {
                    if let Some(seen) = seen.get_mut(at) {
                        *seen = Seen::Now;
                    }
                    path.push(at);
                    match next.get(at).copied() {
                        Some(END) | None => break u32::try_from(at).ok(),
                        Some(next) => at = next as usize,
                    }
                }
                Some(Seen::Ends(end)) => break end,
                Some(Seen::Now) | None => break None,
            }
        };
        for at in path.drain(..) {
            if let Some(seen) = seen.get_mut(at) {
                *seen = Seen::Ends(end);
            }
        }
    }
    let end = |seen: &Seen| if let Seen::Ends(end) = seen { *end } else { None };
    seen.iter().map(end).collect()
}
