//! What may come next in a state of the product: the pair moves, the run gets its answer, a fault strikes.

use asa_failover_core::command::Command;
use asa_failover_core::link::Endpoint;
use asa_failover_core::unit::Role;

use super::lines::Answer;
use super::monitor::{self, Finding};
use super::moves::Move;
use super::pairs::Moved;
use super::runs::{Act, Node};
use super::search::Search;
use super::world::{Seat, World, seat};

/// One state: exact, but for what no decision rests on.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) struct State {
    pub(super) world: u64,
    pub(super) node: Node,
    /// [`Node::NONE`] where nobody will read it any more.
    pub(super) journal: Node,
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
    /// Nobody answers for a poll.
    Passes,
    /// The controller dies and is started again, after the line arrived or before.
    Dies { arrived: bool },
}

impl Deed {
    /// Whether it costs one of the budget.
    pub(super) const fn is_fault(self) -> bool {
        match self {
            Self::Moves(what) => what.is_fault(),
            Self::Answers(_) | Self::Passes => false,
            Self::Loses { .. } | Self::Stalls | Self::Dies { .. } => true,
        }
    }
}

/// Which successors are asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Ways {
    /// Those that cost nothing.
    Free,
    /// Of these, what the run is told: nothing else happens.
    Answers,
    /// Those that cost a fault.
    Faults,
    /// Both.
    All,
}

impl Ways {
    /// Whether what happens by itself is asked for.
    const fn free(self) -> bool {
        matches!(self, Self::Free | Self::All)
    }

    const fn answers(self) -> bool {
        matches!(self, Self::Free | Self::Answers | Self::All)
    }

    const fn faults(self) -> bool {
        matches!(self, Self::Faults | Self::All)
    }
}

/// How much time the controller leaves the pair.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Time {
    /// As much as there is between two lines.
    None,
    /// As much as anything takes.
    All,
}

/// A successor of a state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Next {
    pub(super) deed: Deed,
    pub(super) state: State,
    pub(super) finding: Option<Finding>,
}

impl Search<'_> {
    /// What may come next, of these.
    pub(super) fn successors(&mut self, state: &State, ways: Ways, next: &mut Vec<Next>) {
        let act = self.runs.act(state.node);
        match &*act {
            Act::Completed | Act::Halted(_) => return,
            Act::Sleep(_) => {
                self.moves(state, ways, next, Time::All, |_| true);
                if ways.answers()
                    && let Some(world) = self.case.poll(&World::unpack(state.world))
                {
                    self.answer(state, world.pack(), Answer::Woken, next);
                }
            }
            Act::Record => {
                self.moves(state, ways, next, Time::None, |_| true);
                if ways.answers() {
                    self.answer(state, state.world, Answer::Recorded, next);
                }
                if ways.faults()
                    && let Some(world) = self.case.poll(&World::unpack(state.world))
                {
                    let (node, journal) = self.runs.step(state.node, state.journal, Answer::RecordedLate);
                    let state = State { world: world.pack(), node, journal };
                    next.push(Next { deed: Deed::Stalls, state, finding: None });
                }
            }
            Act::Connect(endpoint) => self.connects(state, *endpoint, ways, next),
            Act::Ask | Act::Probe => self.pauses(state, ways, next),
            Act::Read(endpoint, via, command) => {
                let world = World::unpack(state.world);
                let Some(reached) = self.case.reached(&world, *endpoint) else {
                    return self.dropped(state, ways, next);
                };
                let reader = self.case.read_of(&world, reached, *via);
                let role = reader.unwrap_or_else(|| reached.mate());
                let mut read = state.world;
                if *command == Command::ShowFailover {
                    self.moves(state, ways, next, Time::None, |moved| moved.is_shown(role));
                    if reader.is_some() {
                        read = monitor::read(read, role);
                    }
                }
                if ways.answers() {
                    let answer =
                        reader.map_or(Answer::NoMate, |role| self.case.answer(&world, role, command));
                    self.answer(state, read, answer, next);
                }
                if ways.faults() {
                    let lost = seated(world, seat(*endpoint), Seat::None);
                    self.lose(state, &lost, Answer::Dropped, false, next);
                }
            }
            Act::Change(endpoint, line) => {
                self.moves(state, ways, next, Time::None, |_| true);
                let mut world = World::unpack(state.world);
                let Some(role) = self.case.reached(&world, *endpoint) else {
                    return self.dropped(state, ways, next);
                };
                if matches!(line.command, Command::ReloadStandby | Command::Reload) {
                    world.age();
                }
                let (after, answer, finding) = self.case.obey(&world, role, line);
                let first = next.len();
                if ways.answers() {
                    self.answer(state, after.pack(), answer, next);
                }
                if ways.faults() {
                    for (world, arrived) in [(after, true), (world, false)] {
                        let lost = seated(world, seat(*endpoint), Seat::None);
                        self.lose(state, &lost, Answer::Dropped, arrived, next);
                    }
                    self.die(state, after, true, next);
                }
                for next in next.iter_mut().skip(first) {
                    let arrived = !matches!(
                        next.deed,
                        Deed::Loses { arrived: false, .. } | Deed::Dies { arrived: false }
                    );
                    next.finding = finding.filter(|_| arrived);
                }
            }
        }
        if ways.faults() {
            self.die(state, World::unpack(state.world), false, next);
        }
    }

    fn connects(&mut self, state: &State, endpoint: Endpoint, ways: Ways, next: &mut Vec<Next>) {
        let world = World::unpack(state.world);
        let place = seat(endpoint);
        let owns = Role::BOTH.map(|role| world.owners(endpoint).any(|owner| owner == role));
        let answers = owns.contains(&true);
        if !answers && ways.answers() {
            self.answer(state, state.world, Answer::Refused, next);
        }
        for (role, _) in Role::BOTH.into_iter().zip(owns).filter(|(_, owns)| *owns && ways.answers()) {
            self.answer(state, seated(world, place, Seat::on(role)).pack(), Answer::Connected, next);
        }
        if answers && ways.faults() {
            self.lose(state, &seated(world, place, Seat::None), Answer::Refused, false, next);
        }
    }

    /// The operator or the probe answers at once, or so late that everything has had its time.
    fn pauses(&mut self, state: &State, ways: Ways, next: &mut Vec<Next>) {
        let world = World::unpack(state.world);
        self.moves(state, ways, next, if world.paused { Time::All } else { Time::None }, |_| true);
        if !ways.answers() {
            return;
        }
        let later = self.case.poll(&world);
        if !world.paused {
            self.answer(state, state.world, Answer::Go, next);
        } else if let Some(later) = later {
            self.answer(state, World { paused: false, ..later }.pack(), Answer::GoLate, next);
        }
        if let Some(later) =
            later.map(|later| World { paused: true, ..later }).filter(|later| *later != world)
        {
            let state = State { world: later.pack(), ..*state };
            next.push(Next { deed: Deed::Passes, state, finding: None });
        }
    }

    /// What happens by itself in this time, of what it tells.
    fn moves(
        &mut self,
        state: &State,
        ways: Ways,
        next: &mut Vec<Next>,
        time: Time,
        tells: impl Fn(&Moved) -> bool,
    ) {
        let mut take = |moved: &[Moved]| {
            next.extend(moved.iter().filter(|moved| tells(moved)).map(|moved| Next {
                deed: Deed::Moves(moved.what),
                state: State { world: moved.world, ..*state },
                finding: moved.finding,
            }));
        };
        // What is quick comes first, and what costs nothing.
        for slow in [false, true].into_iter().filter(|slow| !slow || time == Time::All) {
            for by_fault in [false, true] {
                if if by_fault { ways.faults() } else { ways.free() } {
                    let [quick, slowly] = self.pairs.moves(self.case, state.world, by_fault);
                    take(if slow { slowly } else { quick });
                }
            }
        }
    }

    fn answer(&mut self, state: &State, world: u64, answer: Answer, next: &mut Vec<Next>) {
        let (node, journal) = self.runs.step(state.node, state.journal, answer);
        let state = State { world, node, journal };
        next.push(Next { deed: Deed::Answers(answer), state, finding: None });
    }

    /// The session was gone before the line was typed.
    fn dropped(&mut self, state: &State, ways: Ways, next: &mut Vec<Next>) {
        if ways.answers() {
            self.answer(state, state.world, Answer::Dropped, next);
        }
    }

    fn lose(&mut self, state: &State, world: &World, answer: Answer, arrived: bool, next: &mut Vec<Next>) {
        let (node, journal) = self.runs.step(state.node, state.journal, answer);
        let state = State { world: world.pack(), node, journal };
        next.push(Next { deed: Deed::Loses { answer, arrived }, state, finding: None });
    }

    fn die(&mut self, state: &State, mut world: World, arrived: bool, next: &mut Vec<Next>) {
        let (node, journal) = self.runs.resumed(state.journal);
        world.lapse();
        let state = State { world: world.pack(), node, journal };
        next.push(Next { deed: Deed::Dies { arrived }, state, finding: None });
    }
}

/// The world with another session at an address.
fn seated(mut world: World, place: usize, seat: Seat) -> World {
    if let Some(at) = world.seats.get_mut(place) {
        *at = seat;
    }
    world
}
