//! The shipped `Run`, stepped once for each pair of an essence and an answer.
//!
//! Few different runs stand in very many states of the pair, so each step is kept: where the time is
//! told relative to now and nothing is left in a run that no decision rests on, a step is a function.

use std::fmt;
use std::hash::Hash;
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::command::{Command, Effect, Mode};
use asa_failover_core::decide::{Effected, Memory, Observed};
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::link::{Endpoint, Refused, SessionId, Via};
use asa_failover_core::run::{self, Action, Event, Outcome, Parts, Record, Records, Run, Talk};
use asa_failover_core::session::{Prompt, prompt};
use rustc_hash::FxHashMap;

use super::case::Case;
use super::lines::{Answer, Line};
use super::patience::Patience;
use super::pool::Pool;
use super::steps::Steps;

/// What a run asks for, apart from times.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "an exploration performs each of these")]
pub enum Act {
    /// Open a session at this address.
    Connect(Endpoint),
    /// Type a line that changes nothing on a unit, to be carried out there or by the mate.
    Read(Endpoint, Via, Command),
    /// Type a line that changes something.
    Change(Endpoint, Line),
    /// Sleep for so many milliseconds.
    Sleep(u64),
    /// Make an intent durable, where that may take long.
    Record,
    /// Ask the operator whether to go on.
    Ask,
    /// Find out whether traffic is well on the new release.
    Probe,
    /// The run is complete.
    Completed,
    /// The run halted, for the reason of this code.
    Halted(String),
}

impl Act {
    /// How long a run that asks for this is told of nothing. Its readings grow old meanwhile, so that runs which sleep
    /// are one where they are alike as they wake.
    const fn lasts_ms(&self) -> u64 {
        if let Self::Sleep(ms) = self { *ms } else { 0 }
    }
}

/// How long a pause lasts that is not over at once: longer than any wait.
const PAUSE: Duration = Duration::from_secs(100);

/// How the end of a complete run is called.
pub(super) const COMPLETED: &str = "completed";

/// A run that waits for an answer, by its number.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Node(pub(super) u32);

impl Node {
    /// No run: the journal of a controller that does not die any more.
    pub(super) const NONE: Self = Self(u32::MAX);
}

/// Where a step of a run leads to, and the number of what it puts on record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) to: Node,
    pub(super) records: u32,
}

/// What a run is, by the numbers of its parts.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
struct Known {
    observed: [u32; 2],
    memory: u32,
    talk: u32,
    patience: u32,
    act: u32,
}

/// Whether runs lose patience.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Temper {
    /// They do, as they are shipped.
    AsShipped,
    /// None ever does: each goes on as if it waited, tried a line, lost calm and was resumed for the first time.
    Patient,
}

/// The session at an address: there is one at a time.
pub const fn session(endpoint: Endpoint) -> SessionId {
    SessionId(match endpoint {
        Endpoint::Active => 1,
        Endpoint::Standby => 2,
    })
}

/// All runs met so far.
#[derive(Debug)]
pub struct Runs<'a> {
    case: &'a Case,
    blank: Run,
    prompt: Prompt,
    now: Elapsed,
    observed: Pool<Observed>,
    memories: Pool<Memory>,
    talks: Pool<Talk>,
    acts: Pool<Rc<Act>>,
    patience: Pool<Patience>,
    nodes: Pool<Known>,
    temper: Temper,
    steps: Steps,
    /// The run that was met last, whole: it is often the next to take a step.
    last: Option<(Node, Parts)>,
    batches: Pool<Vec<Record>>,
    /// The records of a journal, by the run that a resume of it leads to.
    journals: FxHashMap<Node, Rc<Vec<Record>>>,
    written: FxHashMap<(Node, u32), Node>,
}

impl<'a> Runs<'a> {
    /// No run yet.
    ///
    /// # Errors
    ///
    /// The form of a prompt is not known any more.
    pub(super) fn new(case: &'a Case, temper: Temper) -> Result<Self, String> {
        let mut patience = Pool::new();
        patience.number(&Patience::default());
        let blank = Run::new(&case.plan);
        let (_, now) = blank.clone().into_essence(Elapsed::ZERO);
        Ok(Self {
            blank,
            case,
            prompt: prompt("fw# ").ok_or("no prompt")?,
            now,
            observed: Pool::new(),
            memories: Pool::new(),
            talks: Pool::new(),
            acts: Pool::new(),
            patience,
            nodes: Pool::new(),
            temper,
            steps: Steps::default(),
            last: None,
            batches: Pool::new(),
            journals: FxHashMap::default(),
            written: FxHashMap::default(),
        })
    }

    /// The run at its beginning, and its journal.
    pub fn start(&mut self) -> (Node, Node) {
        let mut run = self.blank.clone();
        let action = run.step(self.now, Event::Start);
        let (node, records) = self.settle(run, self.now, action, Known::default());
        (node, self.journal(&[], records))
    }

    /// How many runs, memories, steps and journals there are.
    pub fn sizes(&self) -> [usize; 4] {
        [self.nodes.len(), self.memories.len(), self.steps.len(), self.journals.len()]
    }

    /// What a run asks for.
    pub fn act(&self, node: Node) -> Rc<Act> {
        Rc::clone(self.asked(node))
    }

    fn asked(&self, node: Node) -> &Rc<Act> {
        self.acts.get(self.steps.act(node))
    }

    /// How a run has ended, if it has: complete, or by the code of its halt.
    pub(super) fn end(&self, node: Node) -> Option<String> {
        match &**self.asked(node) {
            Act::Completed => Some(COMPLETED.to_owned()),
            Act::Halted(code) => Some(code.clone()),
            _ => None,
        }
    }

    /// Every step that was taken, by the run and its answer.
    pub(super) fn answered(&self) -> Vec<(Node, Answer)> {
        self.steps.iter().map(|(node, answer, _)| (node, answer)).collect()
    }

    /// Every patience that was met.
    pub(super) fn patiences(&self) -> impl Iterator<Item = &Patience> {
        self.patience.iter()
    }

    /// The patience of a run.
    pub(super) fn patience_of(&self, node: Node) -> &Patience {
        self.patience.get(self.known(node).patience)
    }

    /// The same run with another patience.
    pub(super) fn with_patience(&mut self, node: Node, patience: &Patience) -> Node {
        let known = Known { patience: self.patience.number(patience), ..*self.known(node) };
        self.numbered(&known)
    }

    /// The same run with all its patience.
    pub(super) fn patient(&mut self, node: Node) -> Node {
        self.with_patience(node, &Patience::default())
    }

    /// A run of another exploration of the same case.
    pub(super) fn adopted(&mut self, other: &Runs<'_>, node: Node) -> Node {
        let known = other.known(node);
        let known = Known {
            observed: known.observed.map(|unit| self.observed.number(other.observed.get(unit))),
            memory: self.memories.number(other.memories.get(known.memory)),
            talk: self.talks.number(other.talks.get(known.talk)),
            patience: self.patience.number(other.patience.get(known.patience)),
            act: self.acts.number(&other.act(node)),
        };
        self.numbered(&known)
    }

    fn numbered(&mut self, known: &Known) -> Node {
        let node = Node(self.nodes.number(known));
        self.steps.begin(node, known.act);
        node
    }

    fn known(&self, node: Node) -> &Known {
        self.nodes.get(node.0)
    }

    /// All that a run remembers.
    fn memory(&self, node: Node) -> Memory {
        let mut memory = self.memories.get(self.known(node).memory).clone();
        self.patience_of(node).give_back(&mut memory);
        memory
    }

    /// Every step that was taken, from one run to the next.
    pub(super) fn ways(&self) -> impl Iterator<Item = (Node, Node)> {
        self.steps.iter().map(|(from, _, step)| (from, step.to))
    }

    /// What a run asks for, and what it remembers.
    pub(super) fn told(&self, node: Node) -> (&Act, Memory) {
        (self.acts.get(self.known(node).act), self.memory(node))
    }

    /// What of the essence of a run, which waits for an answer or has ended, is not as it is here.
    pub(super) fn parted(&self, node: Node, run: &Run, at: Elapsed) -> Option<String> {
        fn differ<T: fmt::Debug + PartialEq>(known: &T, found: &T) -> Option<String> {
            (known != found).then(|| format!("{known:?}\nand not\n{found:?}"))
        }
        let known = self.known(node);
        if matches!(**self.acts.get(known.act), Act::Completed | Act::Halted(_)) {
            return None;
        }
        let told = at.after(Duration::from_millis(self.acts.get(known.act).lasts_ms()));
        let Parts { observed: [primary, secondary], memory, talk } = run.clone().into_essence(told).0.split();
        let [known_primary, known_secondary] = known.observed;
        differ(self.observed.get(known_primary), &primary)
            .or_else(|| differ(self.observed.get(known_secondary), &secondary))
            .or_else(|| differ(&self.memory(node), &memory))
            .or_else(|| differ(self.talks.get(known.talk), &talk))
    }

    /// The step of a run on an answer, with its journal.
    pub fn step(&mut self, node: Node, journal: Node, answer: Answer) -> (Node, Node) {
        let step = self.steps.get(node, answer).unwrap_or_else(|| {
            let step = self.taken(node, answer);
            self.steps.insert(node, answer, step);
            step
        });
        (step.to, self.append(journal, step.records))
    }

    /// The run that goes on from a journal after the controller died, and its journal.
    pub fn resumed(&mut self, journal: Node) -> (Node, Node) {
        // A journal is known by the run that a resume leads to; that the resume is on record is one more.
        let again = self.batches.number(&vec![Record::Resumed { times: 0 }]);
        (journal, self.append(journal, again))
    }

    /// The step of a run on an answer, taken by the run itself.
    pub(super) fn taken(&mut self, node: Node, answer: Answer) -> Step {
        let known = *self.known(node);
        let act = Rc::clone(self.acts.get(known.act));
        let parts = match self.last.take() {
            Some((last, parts)) if last == node => parts,
            _ => Parts {
                observed: known.observed.map(|unit| self.observed.get(unit).clone()),
                memory: self.memory(node),
                talk: self.talks.get(known.talk).clone(),
            },
        };
        let mut run = self.blank.with_parts(parts);
        // It is kept as it is when it is told of something, so that it fell asleep before.
        let began = Elapsed::from_millis(self.now.as_millis().saturating_sub(act.lasts_ms()));
        let (at, action) = perform(self.case, &self.prompt, &mut run, began, &act, answer);
        let (to, records) = self.settle(run, at, action, known);
        let records = self.batches.number(&records);
        Step { to, records }
    }

    /// Makes durable what a run asks for, up to the next action that needs the pair. Most of a run is as it was before.
    fn settle(&mut self, mut run: Run, at: Elapsed, action: Action, before: Known) -> (Node, Vec<Record>) {
        let mut records = Vec::new();
        let stalls = self.case.choice.stalls;
        let act = until_act(&mut run, at, action, stalls, |record| records.extend(bare(record)));
        let act = self.acts.number(&Rc::new(act));
        if matches!(**self.acts.get(act), Act::Completed | Act::Halted(_)) {
            return (self.numbered(&Known { act, ..Known::default() }), records);
        }
        let (run, _) = run.into_essence(at.after(Duration::from_millis(self.acts.get(act).lasts_ms())));
        let mut parts = run.split();
        let mut patience = Patience::taken_from(&mut parts.memory);
        if self.temper == Temper::Patient {
            patience = Patience::default();
        }
        let [primary, secondary] = &parts.observed;
        let [likely_primary, likely_secondary] = before.observed;
        let known = Known {
            observed: [
                self.observed.number_near(likely_primary, primary),
                self.observed.number_near(likely_secondary, secondary),
            ],
            memory: self.memories.number_near(before.memory, &parts.memory),
            talk: self.talks.number(&parts.talk),
            patience: self.patience.number_near(before.patience, &patience),
            act,
        };
        let node = self.numbered(&known);
        patience.give_back(&mut parts.memory);
        self.last = Some((node, parts));
        (node, records)
    }

    /// A journal by what a resume makes of it: journals from which runs go on alike are one.
    fn journal(&mut self, records: &[Record], more: Vec<Record>) -> Node {
        let records = thinned(records, more);
        let mut all = Records::default();
        all.records.extend_from_slice(&records);
        let mut run = self.blank.clone();
        let action = run.step(self.now, Event::Resume(all));
        let (node, _) = self.settle(run, self.now, action, Known::default());
        self.journals.entry(node).or_insert_with(|| Rc::new(records));
        node
    }

    fn append(&mut self, journal: Node, batch: u32) -> Node {
        if journal == Node::NONE || self.batches.get(batch).is_empty() {
            return journal;
        }
        if let Some(node) = self.written.get(&(journal, batch)) {
            return *node;
        }
        let more = self.batches.get(batch).clone();
        let records = self.journals.get(&journal).cloned().unwrap_or_default();
        let node = self.journal(&records, more);
        self.written.insert((journal, batch), node);
        node
    }
}

/// Gives a run the answer to what it asked for.
pub(super) fn perform(
    case: &Case,
    prompt: &Prompt,
    run: &mut Run,
    now: Elapsed,
    act: &Act,
    answer: Answer,
) -> (Elapsed, Action) {
    let (endpoint, command) = match act {
        Act::Connect(endpoint) => (*endpoint, None),
        Act::Read(endpoint, _, command) => (*endpoint, Some(command)),
        Act::Change(endpoint, line) => (*endpoint, Some(&line.command)),
        Act::Sleep(_) | Act::Record | Act::Ask | Act::Probe | Act::Completed | Act::Halted(_) => {
            (Endpoint::Active, None)
        }
    };
    let session = session(endpoint);
    let event = match (answer, act) {
        (Answer::Woken, Act::Sleep(ms)) => {
            let at = now.after(Duration::from_millis(*ms));
            return (at, run.step(at, Event::TimedOut));
        }
        (Answer::Recorded, _) => Event::Recorded,
        (Answer::RecordedLate, _) => {
            let at = now.after(Duration::from_secs(case.plan.brief().policy.poll_s));
            return (at, run.step(at, Event::Recorded));
        }
        (Answer::Go, _) => goes_on(act),
        (Answer::GoLate, _) => {
            let at = now.after(PAUSE);
            return (at, run.step(at, goes_on(act)));
        }
        (Answer::Connected, _) => Event::Connected { session, prompt: prompt.clone() },
        (Answer::Refused, _) => {
            let (address, why) = (endpoint.to_string(), "no route to host".to_owned());
            Event::Refused { endpoint, why: Refused::Unreachable { address, why } }
        }
        (Answer::Dropped | Answer::Woken, _) => Event::Dropped { session },
        (said, _) => {
            let command = command.unwrap_or(&Command::ShowFailover);
            // A line leaves the session where it is typed, but for those that move it.
            let mode = match command {
                Command::ConfigureTerminal => Mode::Config,
                Command::FailoverGroup(_) => Mode::Group,
                Command::End => Mode::Privileged,
                _ => run.mode(endpoint),
            };
            return (now, run.step_said(now, session, case.said(said, command), mode));
        }
    };
    (now, run.step(now, event))
}

/// The operator's word that the run may go on, or the probe's that traffic is well.
const fn goes_on(act: &Act) -> Event {
    if matches!(act, Act::Probe) { Event::Probed(Ok(())) } else { Event::Answered(run::Answer::Go) }
}

/// Makes every record durable, up to the next action that needs the pair, or to an intent where these may take long.
pub(super) fn until_act(
    run: &mut Run,
    at: Elapsed,
    mut action: Action,
    stalls: bool,
    mut recorded: impl FnMut(Record),
) -> Act {
    loop {
        return match action {
            // What else it says is asked for by nobody here.
            Action::Record(Record::Halt { reason }) => Act::Halted(reason.code().to_owned()),
            Action::Record(record) => {
                let is_intent = matches!(record, Record::Intent { .. });
                recorded(record);
                if is_intent && stalls {
                    return Act::Record;
                }
                action = run.step(at, Event::Recorded);
                continue;
            }
            Action::Connect { endpoint, .. } => Act::Connect(endpoint),
            Action::Send { session: at, via, command, .. } => {
                let endpoint = [Endpoint::Active, Endpoint::Standby]
                    .into_iter()
                    .find(|endpoint| session(*endpoint) == at)
                    .unwrap_or(Endpoint::Active);
                let changes = matches!(command.effect(), Effect::Changes | Effect::Disrupts);
                match changes.then(|| run.clone().split().memory.intent).flatten() {
                    // No case has a line that changes something through the mate: an end that nobody expects.
                    Some(_) if via == Via::Mate => Act::Halted(format!("types {command} on the mate")),
                    Some(open) => Act::Change(endpoint, Line { command, unit: open.unit }),
                    None => Act::Read(endpoint, via, command),
                }
            }
            Action::Sleep { until } => Act::Sleep(until.since(at).as_millis().try_into().unwrap_or(u64::MAX)),
            Action::Ask(_) => Act::Ask,
            Action::Probe { .. } => Act::Probe,
            Action::Finish(Outcome::Completed(_)) => Act::Completed,
            Action::Finish(Outcome::Halted(halt)) => Act::Halted(halt.code),
        };
    }
}

/// A record without what a resume does not read.
fn bare(record: Record) -> Option<Record> {
    Some(match record {
        Record::Plan { .. } | Record::Halt { .. } | Record::Done { .. } => return None,
        Record::Intent { mut intent, .. } => {
            (intent.seq, intent.at) = (1, Elapsed::ZERO);
            Record::Intent { intent, evidence: String::new(), ages_ms: [0; 2] }
        }
        Record::Sent { heard, .. } => Record::Sent { seq: 1, heard },
        Record::Begun { .. } => Record::Begun { seq: 1 },
        Record::Result { effect, .. } => Record::Result { seq: 1, effect },
        Record::Baseline { .. } => Record::Baseline { units: Vec::new() },
        other => other,
    })
}

/// A journal and more of it, without what is read no more: what became known of a command before its
/// result, an intent that was not sent, and all but the last resume.
fn thinned(records: &[Record], more: Vec<Record>) -> Vec<Record> {
    let mut all = records.to_vec();
    for record in more {
        match record {
            Record::Result { effect, .. } => {
                all.retain(|record| !matches!(record, Record::Sent { .. } | Record::Begun { .. }));
                if effect == Effected::NotSent {
                    if let Some(place) =
                        all.iter().rposition(|record| matches!(record, Record::Intent { .. }))
                    {
                        all.remove(place);
                    }
                    continue;
                }
                all.push(Record::Result { seq: 1, effect });
            }
            Record::Resumed { .. } => {
                let mut times = 1;
                all.retain(|record| match record {
                    Record::Resumed { times: before } => {
                        times = before + 1;
                        false
                    }
                    _ => true,
                });
                all.push(Record::Resumed { times });
            }
            record => all.push(record),
        }
    }
    all
}
