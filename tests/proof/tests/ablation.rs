//! Each guard taken away, and what comes of it: `make ablate`, or `make ablate GUARD=G3` for one.
//!
//! The table is that of the formal model which the guards come from, made of what this exploration finds. A row names the guards that are off, the
//! case with its budget of faults, and what has to come of it; where that differs from that model, why. The judge is the one
//! that finds nothing with every guard in its place, in the very same cases.
#![cfg(asaf_ablation)]
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "it takes two threads, says how long, and is told the guard"
)]
#![expect(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use std::fmt;
use std::sync::Mutex;
use std::time::Instant;

use asa_failover_core::decide::ablation::{Guard, without};
use asa_failover_core::goal::{OnDrift, Procedure};
use asa_failover_core::unit::Role;
use asa_failover_proof::explore::case::{Case, Choice, Staged, Topology};
use asa_failover_proof::explore::found::Found;
use asa_failover_proof::explore::monitor::Rule;
use asa_failover_proof::explore::plain::{self, Verdict};
use asa_failover_proof::explore::search::Search;

/// States of any one case, far above what these have.
const MOST: usize = 20_000_000;

/// What comes of a run without a guard.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Result {
    /// A harm that nothing excuses.
    Harm(Rule),
    /// From some states a pair that does nothing more is waited for without end.
    EndlessWait,
    /// No run completes, not even where all goes well: there it halts for the reason of this code.
    NeverCompletes(&'static str),
    /// The same, and the units run different releases by then.
    HalfWay(&'static str),
    /// Every state was visited, and nothing of all that was found.
    Nothing,
}

impl fmt::Display for Result {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Harm(rule) => rule.fmt(f),
            Self::EndlessWait => f.write_str("a wait without end"),
            Self::NeverCompletes(code) => write!(f, "never completes: {code}"),
            Self::HalfWay(code) => write!(f, "never completes: {code}, on different releases"),
            Self::Nothing => f.write_str("nothing"),
        }
    }
}

/// Guards that are off, and what is expected of that.
struct Row {
    off: &'static [Guard],
    choice: Choice,
    faults: u8,
    expected: Result,
    /// Why this is not what the formal model found; empty where it is.
    differs: &'static str,
}

const fn row(off: &'static [Guard], choice: Choice, faults: u8, expected: Result) -> Row {
    Row { off, choice, faults, expected, differs: "" }
}

impl Row {
    const fn since(self, differs: &'static str) -> Self {
        Self { differs, ..self }
    }
}

const HARDENED: Choice = Choice::new(Topology::Standby, Procedure::Hardened);
const PUBLISHED: Choice = Choice::new(Topology::Standby, Procedure::Published);
const ADAPTING: Choice = Choice { on_drift: OnDrift::Adapt, ..HARDENED };
const BOTH_ACTIVE: Choice = Choice::new(Topology::Active, Procedure::Hardened);
const BOTH_ACTIVE_PUBLISHED: Choice = Choice::new(Topology::Active, Procedure::Published);
const UNSAVED: Choice = Choice { staged: Staged::Unsaved, ..HARDENED };
/// The primary reboots second.
const BAD_IMAGE: Choice = Choice { staged: Staged::BadImage(Role::Primary), ..HARDENED };
const SLOW_RECORDS: Choice = Choice { stalls: true, ..HARDENED };
/// Preempt moves the group later than a pair is called ready.
const PREEMPT: Choice = Choice { preempt_polls: 3, ..Choice::new(Topology::PreemptOne, Procedure::Hardened) };
const PREEMPT_BOTH: Choice =
    Choice { preempt_polls: 3, ..Choice::new(Topology::PreemptBoth, Procedure::Published) };

const LOST: &str = "a split brain needs the link down, which the unit that is read again shows; a crash of the mate does it too";
const GIVEN: &str =
    "the groups are moved by the unit that gives them: without the link they are lost, not doubled";
const REBOOTS: &str = "what rests on the standing of the unit that is active is the reload of its mate";

const TABLE: &[Row] = &[
    row(&[Guard::Identity], HARDENED, 0, Result::Harm(Rule::WrongUnit)),
    row(&[Guard::Identity], BOTH_ACTIVE, 1, Result::Harm(Rule::WrongUnit)),
    row(&[Guard::SameSession], HARDENED, 1, Result::Harm(Rule::WrongUnit)),
    row(&[Guard::SameSession], BOTH_ACTIVE, 1, Result::Harm(Rule::WrongUnit)),
    row(&[Guard::SameSession], ADAPTING, 1, Result::Harm(Rule::TwoOutstanding)),
    row(&[Guard::MateReread], HARDENED, 1, Result::Harm(Rule::LostBySwitch)).since(LOST),
    row(&[Guard::MateReread], HARDENED, 1, Result::Harm(Rule::ReloadedOnTarget)),
    row(&[Guard::MateReread], BOTH_ACTIVE, 1, Result::Harm(Rule::LostBySwitch)).since(LOST),
    row(&[Guard::MateReread], BOTH_ACTIVE, 1, Result::Harm(Rule::ReloadedOnTarget)),
    row(&[Guard::OwnReread], PUBLISHED, 1, Result::Harm(Rule::LostByReload)).since(REBOOTS),
    row(&[Guard::OwnReread], BOTH_ACTIVE_PUBLISHED, 1, Result::Harm(Rule::LostByReload)),
    row(&[Guard::OwnReread], HARDENED, 2, Result::Harm(Rule::FalseCompletion)).since(
        "every disruptive line of this procedure is typed on the unit that is active, where it is void if the unit is not",
    ),
    row(&[Guard::OwnWords], HARDENED, 1, Result::Harm(Rule::LostBySwitch)),
    row(&[Guard::OwnWords], HARDENED, 2, Result::Harm(Rule::FalseCompletion)),
    row(&[Guard::SavedBootEntry], UNSAVED, 0, Result::NeverCompletes("still-old")),
    row(&[Guard::Image], BAD_IMAGE, 0, Result::HalfWay("still-old")),
    row(&[Guard::Links], PUBLISHED, 1, Result::Harm(Rule::SplitBrain)),
    row(&[Guard::Links], BOTH_ACTIVE_PUBLISHED, 1, Result::Harm(Rule::SplitBrain)),
    row(&[Guard::Links], HARDENED, 1, Result::Harm(Rule::FalseCompletion)),
    row(&[Guard::Links], BOTH_ACTIVE, 1, Result::Harm(Rule::LostBySwitch)).since(GIVEN),
    row(&[Guard::OneOutstanding], HARDENED, 0, Result::Harm(Rule::TwoOutstanding)),
    row(&[Guard::OneOutstanding], ADAPTING, 2, Result::Harm(Rule::LostByReload)),
    row(&[Guard::NeverResent], HARDENED, 1, Result::Harm(Rule::TwoOutstanding)),
    row(&[Guard::NeverResent], ADAPTING, 2, Result::Harm(Rule::LostByReload)),
    row(&[Guard::OneReload], HARDENED, 0, Result::Nothing),
    row(&[Guard::OneReload], HARDENED, 1, Result::Harm(Rule::ReloadedTwice)).since(
        "a unit may come back on the old release though all was saved: the formal model has no such fault",
    ),
    row(&[Guard::OneReload, Guard::SavedBootEntry], UNSAVED, 0, Result::Harm(Rule::ReloadedTwice)),
    row(&[Guard::OneReload, Guard::Image], BAD_IMAGE, 0, Result::Harm(Rule::ReloadedTwice)),
    row(&[Guard::PreemptSettled], PREEMPT, 1, Result::Harm(Rule::ReloadedActive)),
    row(&[Guard::PreemptSettled], PREEMPT_BOTH, 1, Result::Harm(Rule::ReloadedActive)),
    row(&[Guard::Deadlines], HARDENED, 1, Result::EndlessWait),
    row(&[Guard::Deadlines], BOTH_ACTIVE, 1, Result::EndlessWait),
    // Lines take no time here, so that W alone shows nothing: it takes a record that is slow.
    row(&[Guard::Window], HARDENED, 2, Result::Nothing),
    row(&[Guard::Window], SLOW_RECORDS, 2, Result::Harm(Rule::LostBySwitch)).since(
        "the judge of the formal model excuses any fault since the readings; this one those of a moment, so that W is more than exposure",
    ),
];

/// What came of a row.
struct Told {
    result: Result,
    moves: usize,
    found: Found,
    seconds: f64,
}

impl Row {
    fn told(&self) -> Told {
        let began = Instant::now();
        let case = Case::new(self.choice).unwrap();
        let found = without(self.off, || {
            let mut search = Search::new(&case).unwrap();
            match self.expected {
                Result::Harm(rule) => search.explore_until(rule, self.faults, MOST),
                _ => search.explore(self.faults, MOST),
            }
        });
        let sought = match self.expected {
            Result::Harm(rule) => found.violations.get(&rule).map(|violation| (rule, violation)),
            _ => found.violations.iter().next().map(|(rule, violation)| (*rule, violation)),
        };
        let (result, moves) = match sought {
            Some((rule, violation)) => (Result::Harm(rule), violation.moves),
            None if found.stuck > 0 => (Result::EndlessWait, found.stuck_after),
            None if found.is_whole && !found.ends.contains_key("completed") => {
                let (code, way) = &found.well;
                let code = found.ends.keys().find(|end| *end == code).cloned().unwrap_or_default().leak();
                (if found.half_way { Result::HalfWay(code) } else { Result::NeverCompletes(code) }, way.len())
            }
            None => (Result::Nothing, found.depth),
        };
        Told { result, moves, found, seconds: began.elapsed().as_secs_f64() }
    }

    fn name(&self) -> String {
        self.off.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
    }
}

/// The rows of the guard that was asked for, or all.
fn rows() -> Vec<&'static Row> {
    let asked = std::env::var("GUARD").unwrap_or_default();
    let all = asked.is_empty();
    TABLE.iter().filter(|row| all || row.off.iter().any(|guard| guard.to_string() == asked)).collect()
}

/// Does this to each of these on two threads. What came of them stands in their order.
fn each<T: Sync, R: Send>(these: &[T], what: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let left = Mutex::new(these.iter().enumerate().collect::<Vec<_>>());
    let done = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let next = left.lock().unwrap().pop();
                    let Some((at, this)) = next else { break };
                    let came = what(this);
                    done.lock().unwrap().push((at, came));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, came)| came).collect()
}

#[test]
fn each_ablation_gives_what_is_expected_of_it() {
    let rows = rows();
    assert!(!rows.is_empty(), "no row is of this guard");
    let told = each(&rows, |row| row.told());
    let alone = rows.len() < TABLE.len();
    let mut wrong = Vec::new();
    println!(
        "{:<10} {:<53} {:>6} {:>6} {:>9} {:>6}  result",
        "without", "case", "faults", "moves", "states", "s"
    );
    for (row, told) in rows.iter().zip(told) {
        let Told { result, moves, found, seconds } = told;
        let (name, choice, faults) = (row.name(), row.choice.to_string(), row.faults);
        let stuck = if found.stuck > 0 { format!(", from {} states", found.stuck) } else { String::new() };
        println!(
            "{name:<10} {choice:<53} {faults:>6} {moves:>6} {:>9} {seconds:>6.1}  {result}{stuck}",
            found.states
        );
        if !row.differs.is_empty() {
            println!("{:>11}not as in the formal model: {}", "", row.differs);
        }
        if alone {
            println!("{found}");
        }
        if result != row.expected || (result == Result::Nothing && !found.is_whole) {
            wrong.push(format!("{name}, {choice}: {} is expected\n{found}", row.expected));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn with_every_guard_in_its_place_the_same_cases_give_nothing() {
    let mut cases: Vec<(Choice, u8)> = Vec::new();
    for row in rows() {
        match cases.iter_mut().find(|(choice, _)| *choice == row.choice) {
            Some((_, faults)) => *faults = row.faults.max(*faults),
            None => cases.push((row.choice, row.faults.max(1))),
        }
    }
    let told = each(&cases, |(choice, faults)| row(&[], *choice, *faults, Result::Nothing).told());
    for ((choice, faults), Told { result, found, .. }) in cases.iter().zip(told) {
        println!("every guard: {choice}, {faults} faults: {result}, {} states", found.states);
        // An image that went bad is found before anything reboots.
        let expected = match choice.staged {
            Staged::BadImage(_) => Result::NeverCompletes("image-differs"),
            _ => Result::Nothing,
        };
        assert_eq!(result, expected, "{choice}: {found}");
        assert!(
            found.is_whole && (expected != Result::Nothing || found.well.0 == "completed"),
            "{choice}: {found}"
        );
    }
}

/// What the search leaves out hides no harm: without a guard too all is found that a search finds which leaves out nothing.
#[test]
fn a_plain_search_finds_nothing_else() {
    let mut cases: Vec<(&[Guard], Choice)> = Vec::new();
    for row in rows().into_iter().filter(|row| row.faults < 2) {
        if !cases.contains(&(row.off, row.choice)) {
            cases.push((row.off, row.choice));
        }
    }
    let verdicts = each(&cases, |(off, choice)| {
        let case = Case::new(*choice).unwrap();
        without(off, || {
            let found = Search::new(&case).unwrap().explore(1, MOST);
            (Verdict::from(&found), plain::explore(&case, 1).unwrap())
        })
    });
    for ((off, choice), (found, (plain, states))) in cases.iter().zip(verdicts) {
        println!("without {off:?}: {choice}: {states} states, {:?}", plain.unexcused);
        assert_eq!(found.unexcused, plain.unexcused, "without {off:?}: {choice}");
        assert_eq!(found.harms, plain.harms, "without {off:?}: {choice}");
        assert_eq!(found.is_stuck, plain.is_stuck, "without {off:?}: {choice}");
    }
}

#[test]
fn every_guard_has_a_row() {
    let missing: Vec<&Guard> =
        Guard::ALL.iter().filter(|guard| !TABLE.iter().any(|row| row.off.contains(guard))).collect();
    assert!(missing.is_empty(), "no row takes away {missing:?}");
}
