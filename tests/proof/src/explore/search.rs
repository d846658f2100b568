//! The search over the product of run, pair and journal: in layers of faults, each breadth first.
//!
//! # How it goes
//!
//! A state is the pair, the run and the journal. How many faults may still come is no part of it: what may happen with
//! fewer left may happen with more left, and neither the judge nor a chain of successors asks. So the states
//! that take no fault come first, then those that one fault leads to, and so on, and each is met with the most left that it
//! is ever met with. A layer begins when the one before is closed under all that costs nothing, so that no state
//! is taken for one of more faults than it takes. Within a layer the states stand by the length of their
//! way: a counterexample is one with the fewest faults and, among these, a shortest.
//!
//! # What is covered
//!
//! Two things in a state only ever end it earlier, or excuse more: the patience of the run and of the one that its
//! journal leads to (the module `patience` says what that is), and the faults that the judge remembers. So runs keep all
//! their patience. And a fault sets what excuses a harm, a reading and a sleep clear it, and nothing else asks for it: a state
//! is not explored where one was met before that is the same but for less of these. Whatever rule is broken from it on is
//! broken from that one on too, and excused no more.
//!
//! # The last layer
//!
//! Behind the last fault the controller does not die any more, so that nobody reads its journal: states that differ
//! in that alone are one there, and one with those of the earlier layers. And where exactly one thing
//! may happen, which costs nothing and brings nothing about, it is not kept which state that was: the search goes on to
//! the first state where there is a choice, a sleep, a line that changes something or an end. What is judged is
//! judged all the same, and a chain that leads through such a state to an end, or to none, leads there from the states on both
//! sides of it. (In the earlier layers a fault may strike in each of them, so that they are states like all others.)

use rustc_hash::FxHashMap;

use super::case::Case;
use super::chains::{self, along};
use super::circles::Follow;
use super::column::Column;
use super::found::{Found, Violation};
use super::monitor::{self, Finding, Rule};
use super::next::{Deed, Next, State, Ways};
use super::pairs::Pairs;
use super::recent::Recent;
use super::runs::{Act, COMPLETED, Node, Runs, Temper};
use super::store::{EXCUSES, NONE, Store};
use super::world::World;

/// States in a row without a choice, after which one is kept all the same: these may go round in a circle.
const LONGEST: u32 = 1_000;

/// States between two words on how far it is.
const TOLD_EVERY: usize = 20_000_000;

/// An exploration of one case.
#[derive(Debug)]
pub struct Search<'a> {
    pub(super) case: &'a Case,
    pub(super) runs: Runs<'a>,
    pub(super) pairs: Pairs,
    /// Those that lose patience, where the others wait in a circle.
    pub(super) shipped: Option<Runs<'a>>,
    states: Store,
    recent: Recent,
    /// The state that each was first reached from.
    parents: Column,
    /// The successor of each state in which nothing happens that need not.
    quiet: Column,
    /// The successor of each state in which all goes well.
    kind: Column,
    /// Successors, for as long as a state is looked at, and for as long as is looked for one without a choice.
    next: Vec<Next>,
    only: Vec<Next>,
    /// Told of every layer that is closed, and of every so many states: how many faults these took, and how many there are.
    pub told: fn(u8, usize),
}

/// How far an exploration may go.
#[derive(Clone, Copy, Debug)]
struct Limits {
    faults: u8,
    states: usize,
    sought: Option<Rule>,
}

impl<'a> Search<'a> {
    /// Nothing explored yet.
    ///
    /// # Errors
    ///
    /// The form of a prompt is not known any more.
    pub fn new(case: &'a Case) -> Result<Self, String> {
        Self::of(case, Temper::Patient)
    }

    /// The same with runs that lose patience, or do not.
    pub(super) fn of(case: &'a Case, temper: Temper) -> Result<Self, String> {
        Ok(Self {
            case,
            runs: Runs::new(case, temper)?,
            pairs: Pairs::default(),
            shipped: None,
            states: Store::default(),
            recent: Recent::new(),
            parents: Column::default(),
            quiet: Column::default(),
            kind: Column::default(),
            next: Vec::new(),
            only: Vec::new(),
            told: |_, _| (),
        })
    }

    /// Where everything begins.
    pub(super) fn start(&mut self) -> State {
        let (node, journal) = self.runs.start();
        State { world: self.case.start().pack(), node, journal }
    }

    /// Visits every state with at most so many faults on the way, and at most so many states.
    pub fn explore(&mut self, faults: u8, most: usize) -> Found {
        self.visit(Limits { faults, states: most, sought: None })
    }

    /// The same up to the first harm of this kind that nothing excuses.
    pub fn explore_until(&mut self, rule: Rule, faults: u8, most: usize) -> Found {
        self.visit(Limits { faults, states: most, sought: Some(rule) })
    }

    fn visit(&mut self, limits: Limits) -> Found {
        let mut found = Found::default();
        found.is_whole = self.layers(limits, &mut found);
        found.states = self.states.len();
        found.pairs = self.states.pairs();
        found.sizes = self.runs.sizes();
        if found.is_whole {
            self.states.forget_where();
            self.judge_chains(&mut found);
        }
        found
    }

    /// Goes through the layers; whether every state was visited.
    fn layers(&mut self, limits: Limits, found: &mut Found) -> bool {
        let start = self.start();
        // Where in the layer before the states of each depth begin, and where it ends.
        let mut before: Vec<usize> = Vec::new();
        let mut next_told = TOLD_EVERY;
        for used in 0..=limits.faults {
            if used == limits.faults {
                self.states.forget_journals();
            }
            let mut levels = vec![self.states.len()];
            if used == 0 {
                self.reached(start, NONE);
            }
            for depth in 0.. {
                let began = levels.last().copied().unwrap_or_default();
                let reached = self.states.len();
                levels.push(reached);
                let faulty = before.get(depth).copied().zip(before.get(depth + 1).copied());
                if began == reached && faulty.is_none() {
                    break;
                }
                found.depth = found.depth.max(depth);
                let free = (began..reached).map(|at| (at, Ways::Free));
                let faulty = faulty.into_iter().flat_map(|(from, to)| from..to).map(|at| (at, Ways::Faults));
                for (at, ways) in free.chain(faulty) {
                    self.expand(u32::try_from(at).unwrap_or(NONE), ways, found);
                    let sought = limits.sought.is_some_and(|rule| found.violations.contains_key(&rule));
                    if sought || self.states.len() > limits.states {
                        return false;
                    }
                    if self.states.len() >= next_told {
                        next_told += TOLD_EVERY;
                        (self.told)(used, self.states.len());
                    }
                }
            }
            (self.told)(used, self.states.len());
            found.layers.push(self.states.len() - levels.first().copied().unwrap_or_default());
            before = levels;
        }
        true
    }

    /// Takes in what follows a state; of the ways that cost nothing also the one on which it goes on by itself.
    fn expand(&mut self, at: u32, ways: Ways, found: &mut Found) {
        let Some(state) = self.states.get(at) else { return };
        let mut next = std::mem::take(&mut self.next);
        next.clear();
        self.successors(&state, ways, &mut next);
        if ways == Ways::Free
            && let Some(finding) = self.ended(&state, found)
        {
            self.note(found, finding, at, None);
        }
        let followed = [Follow::Quiet, Follow::Kind].map(|follow| follow.choice(&next));
        let mut follows = [NONE; 2];
        for (place, step) in next.iter().enumerate() {
            found.transitions += 1;
            if let Some(finding) = step.finding {
                self.note(found, finding, at, Some(step.deed));
            }
            let index = self.reached(step.state, at);
            for (follows, _) in follows.iter_mut().zip(followed).filter(|(_, chosen)| *chosen == Some(place))
            {
                *follows = index;
            }
        }
        self.next = next;
        if ways == Ways::Free {
            let [quiet, kind] = follows;
            self.quiet.push(quiet);
            self.kind.push(kind);
        }
    }

    /// The number of a state that was reached from another, or of the one that it leads to without a choice.
    fn reached(&mut self, mut state: State, from: u32) -> u32 {
        let blind = self.states.is_blind();
        if blind {
            state.journal = Node::NONE;
        }
        let reached = state;
        if let Some(index) = self.recent.get(&reached) {
            return index;
        }
        for _ in 0..if blind { LONGEST } else { 0 } {
            let Some(next) = self.only(&state) else { break };
            state = next;
        }
        let (index, is_new) = self.states.number(&state);
        if is_new {
            self.parents.push(from);
        }
        self.recent.put(reached, index);
        index
    }

    /// The state that follows where there is no choice, no poll passes, and there is nothing to be judged.
    fn only(&mut self, state: &State) -> Option<State> {
        if !matches!(*self.runs.act(state.node), Act::Connect(_) | Act::Read(..) | Act::Record) {
            return None;
        }
        let mut next = std::mem::take(&mut self.only);
        next.clear();
        self.successors(state, Ways::Free, &mut next);
        let only = match next.as_slice() {
            [Next { deed: Deed::Answers(_), state, finding: None }] => Some(*state),
            _ => None,
        };
        self.only = next;
        only
    }

    /// How each run ends from which state on, if it does.
    fn judge_chains(&mut self, found: &mut Found) {
        let mut names = Names::default();
        let mut known = Circles::default();
        let quiet = self.quiet.all();
        let ends = chains::ends(&quiet, |end| {
            let is_circle = quiet.get(end as usize) != Some(&NONE);
            found.circles += usize::from(is_circle);
            self.end_of(end, is_circle, Follow::Quiet, &mut known, &mut names)
        });
        found.stuck = ends.iter().filter(|end| **end == ENDLESS).count();
        if let Some(first) = first_without_end(&ends) {
            let round = along(&quiet, first);
            let way = self.way(first);
            found.stuck_after = way.len() + self.filled(&round).len() - 2;
        }
        // There are as many as states, and only one column is asked at a time.
        drop((quiet, ends));
        known.clear();
        let next = self.kind.all();
        let ends = chains::ends(&next, |end| {
            let is_circle = next.get(end as usize) != Some(&NONE);
            self.end_of(end, is_circle, Follow::Kind, &mut known, &mut names)
        });
        found.well = (names.told(ends.first().copied().unwrap_or(ENDLESS)), Vec::new());
        let well = along(&next, 0).last().and_then(|end| self.states.get(*end));
        found.half_way = well.is_some_and(|state| {
            let [primary, secondary] = World::unpack(state.world).units;
            primary.new != secondary.new
        });
        if found.well.0 != COMPLETED {
            found.well.1 = self.well(&next, 0);
        }
        if let Some(first) = first_without_end(&ends) {
            let way = self.way(first);
            found.endless = self.tell(&way, None);
            found.endless.extend(self.well(&next, first));
        }
        let mut counts = FxHashMap::<u32, u64>::default();
        for end in ends {
            *counts.entry(end).or_default() += 1;
        }
        found.kind = counts.into_iter().map(|(end, count)| (names.told(end), count)).collect();
    }

    /// How the run ends in this state, or in the circle that it belongs to. What a circle is waited out for asks neither for
    /// the journal nor for what excuses a harm: states that differ in these alone end alike.
    fn end_of(
        &mut self,
        end: u32,
        is_circle: bool,
        follow: Follow,
        known: &mut Circles,
        names: &mut Names,
    ) -> u32 {
        let Some(state) = self.states.get(end) else { return ENDLESS };
        if !is_circle {
            return names.number(self.runs.end(state.node));
        }
        let key = (state.world & !EXCUSES, state.node);
        if let Some(end) = known.get(&key) {
            return *end;
        }
        let end = names.number(self.waited_out(state, follow));
        known.insert(key, end);
        end
    }

    /// The way from a state on which all goes well, up to the first state that it comes to again.
    fn well(&mut self, next: &[u32], from: u32) -> Vec<String> {
        let way = along(next, from);
        let way = self.filled(&way);
        self.tell(&way, None)
    }

    /// The states that lead to one, itself last.
    fn way(&mut self, to: u32) -> Vec<State> {
        let mut way = along(&self.parents.all(), to);
        way.reverse();
        self.filled(&way)
    }

    /// These states, with those between them that were not kept.
    fn filled(&mut self, way: &[u32]) -> Vec<State> {
        let mut filled: Vec<State> = Vec::new();
        let mut next = Vec::new();
        for to in way.iter().filter_map(|at| self.states.get(*at)).collect::<Vec<_>>() {
            if let Some(from) = filled.last().copied() {
                next.clear();
                self.successors(&from, Ways::All, &mut next);
                let between = next.iter().find_map(|step| self.between(step.state, to));
                filled.extend(between.into_iter().flatten());
            }
            filled.push(to);
        }
        filled
    }

    /// The states without a choice from one on up to another, if it leads there.
    fn between(&mut self, mut from: State, to: State) -> Option<Vec<State>> {
        let mut between = Vec::new();
        for _ in 0..=LONGEST {
            if to.journal == Node::NONE {
                from.journal = Node::NONE;
            }
            if from == to {
                return Some(between);
            }
            between.push(from);
            from = self.only(&from).filter(|_| to.journal == Node::NONE)?;
        }
        None
    }

    fn note(&mut self, found: &mut Found, finding: Finding, at: u32, deed: Option<Deed>) {
        if finding.excused {
            *found.excused.entry(finding.rule.to_string()).or_default() += 1;
        } else if let Some(violation) = found.violations.get_mut(&finding.rule) {
            violation.times += 1;
        } else {
            let way = self.way(at);
            let moves = way.len() - usize::from(deed.is_none());
            found.violations.insert(finding.rule, Violation { times: 1, moves, way: self.tell(&way, deed) });
        }
    }

    fn ended(&self, state: &State, found: &mut Found) -> Option<Finding> {
        let name = self.runs.end(state.node)?;
        let completed = name == COMPLETED;
        *found.ends.entry(name).or_default() += 1;
        let world = World::unpack(state.world);
        completed.then(|| monitor::completed(&world, self.case.owners, self.case.groups)).flatten()
    }
}

/// The number of the end of a run that has none.
const ENDLESS: u32 = 0;

/// How circles end, by the pair and the run of a state in them.
type Circles = FxHashMap<(u64, Node), u32>;

/// The ends of runs by numbers, from 1.
#[derive(Debug, Default)]
struct Names(Vec<String>);

impl Names {
    fn number(&mut self, name: Option<String>) -> u32 {
        let Some(name) = name else { return ENDLESS };
        let place = self.0.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.0.push(name);
            self.0.len() - 1
        });
        u32::try_from(place + 1).unwrap_or(ENDLESS)
    }

    fn told(&self, number: u32) -> String {
        let place = (number as usize).checked_sub(1);
        place.and_then(|place| self.0.get(place)).cloned().unwrap_or_else(|| "no end".to_owned())
    }
}

fn first_without_end(ends: &[u32]) -> Option<u32> {
    ends.iter().position(|end| *end == ENDLESS).and_then(|first| u32::try_from(first).ok())
}
