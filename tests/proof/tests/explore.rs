//! Every order of events with so many faults: no harm that nothing excuses, and no state without an end.
//!
//! The cases of a budget go over two threads. `make explore FAULTS=n` asks for more.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "it takes two threads, and says how long"
)]
#![expect(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use std::sync::Mutex;
use std::time::Instant;

use asa_failover_core::goal::{OnDrift, Preempt, Procedure};
use asa_failover_core::link::Reach;
use asa_failover_proof::explore::case::{Case, Choice, Staged, Topology};
use asa_failover_proof::explore::found::Found;
use asa_failover_proof::explore::outlast;
use asa_failover_proof::explore::plain::{self, Verdict};
use asa_failover_proof::explore::search::Search;
use asa_failover_proof::explore::walk::walk;

/// As `make explore` has it: a fifth of the time of a search is spent on small pieces of memory.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// States of any one case, far above what these have.
const MOST: usize = 40_000_000;

fn explored(choice: Choice, faults: u8) -> Found {
    let began = Instant::now();
    let case = Case::new(choice).unwrap();
    let found = Search::new(&case).unwrap().explore(faults, MOST);
    println!("{choice}, {faults} faults, {:.1} s: {found}", began.elapsed().as_secs_f64());
    found
}

/// Does this to each of these, on two threads.
fn each<T: Send>(these: impl IntoIterator<Item = T>, what: impl Fn(T) + Sync) {
    let left = Mutex::new(these.into_iter().collect::<Vec<T>>());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let next = left.lock().unwrap().pop();
                    let Some(this) = next else { break };
                    what(this);
                }
            });
        }
    });
}

/// Explores these; what is not as it should be, by case.
fn all(cases: Vec<(Choice, u8)>) -> Vec<String> {
    let wrong = Mutex::new(Vec::new());
    each(cases, |(choice, faults)| {
        let found = explored(choice, faults);
        let good =
            found.is_whole && found.violations.is_empty() && found.stuck == 0 && found.well.0 == "completed";
        if !good {
            wrong.lock().unwrap().push(format!("{choice}: {found}"));
        }
    });
    wrong.into_inner().unwrap()
}

/// Every topology with both procedures.
fn everywhere() -> impl Iterator<Item = Choice> {
    Topology::ALL
        .into_iter()
        .flat_map(|topology| PROCEDURES.map(|procedure| Choice::new(topology, procedure)))
}

const PROCEDURES: [Procedure; 2] = [Procedure::Hardened, Procedure::Published];

/// With three faults, which takes most of the time of all of this: the longest cases are begun with.
#[test]
fn no_order_of_events_brings_harm_that_nothing_excuses() {
    let wrong = all(everywhere().map(|choice| (choice, 3)).collect());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A run that goes on from an unexpected change has more ways to go wrong than one that halts, and a unit that
/// refuses to give up its groups fewer than one that obeys.
#[test]
fn nor_where_the_run_adapts_or_the_units_refuse() {
    let adapts = Topology::ALL.into_iter().flat_map(|topology| {
        PROCEDURES.map(|procedure| Choice { on_drift: OnDrift::Adapt, ..Choice::new(topology, procedure) })
    });
    let refuses = Topology::ALL
        .into_iter()
        .map(|topology| Choice { refuses: true, ..Choice::new(topology, Procedure::Hardened) });
    let wrong = all(adapts.chain(refuses).map(|choice| (choice, 1)).collect());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The boot list is still to be saved, preempt takes longer than a pair is looked at, the record of an intent takes a poll.
#[test]
fn nor_where_something_is_still_to_be_done_or_takes_longer() {
    let standby = Choice::new(Topology::Standby, Procedure::Hardened);
    let preempt = Choice::new(Topology::PreemptOne, Procedure::Hardened);
    let wrong = all(vec![
        (Choice { staged: Staged::Unsaved, ..standby }, 1),
        (Choice { preempt_polls: 3, ..preempt }, 1),
        (Choice { stalls: true, ..standby }, 1),
    ]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// An operator is asked, and lets the run wait for as long as he likes.
#[test]
fn nor_where_the_operator_is_asked() {
    let pauses = [(Topology::Standby, 2), (Topology::Active, 1), (Topology::PreemptOne, 1)].into_iter();
    let choices = pauses.flat_map(|(topology, faults)| {
        PROCEDURES.map(|procedure| (Choice { pauses: true, ..Choice::new(topology, procedure) }, faults))
    });
    let wrong = all(choices.collect());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The standby has no address that the controller may use: it is read through its mate.
#[test]
fn nor_where_the_mate_is_read_through_the_active_unit() {
    let choice = Choice { reach: Reach::ActiveOnly, ..Choice::new(Topology::Standby, Procedure::Hardened) };
    let wrong = all(vec![(choice, 2), (Choice { pauses: true, ..choice }, 1)]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Preempt is taken out of the running configuration while units reboot, and put back before it is saved.
#[test]
fn nor_where_preempt_is_removed() {
    let removes =
        |topology| Choice { preempt: Preempt::Remove, ..Choice::new(topology, Procedure::Hardened) };
    let slow = Choice { preempt_polls: 3, ..removes(Topology::PreemptOne) };
    let wrong = all(vec![(removes(Topology::PreemptBoth), 1), (removes(Topology::PreemptOne), 1), (slow, 1)]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A unit that never comes back, and a run that waits for it without end: only a search that asks a run for its end,
/// wherever nothing comes any more, can tell.
#[test]
fn a_wait_without_end_is_found() {
    let choice = Choice { endless: true, ..Choice::new(Topology::Standby, Procedure::Hardened) };
    let found = explored(choice, 1);
    assert!(found.stuck > 0 && found.violations.is_empty(), "{found}");
    let found = explored(Choice { endless: false, ..choice }, 1);
    assert_eq!(found.stuck, 0, "{found}");
}

/// What the exploration steps is the run itself: a run with its texts and its own time takes the same
/// decisions for ever, through deaths and resumes.
#[test]
fn an_essence_takes_the_decisions_of_its_run() {
    let standby = Choice::new(Topology::Standby, Procedure::Hardened);
    let pauses = Choice { pauses: true, ..standby };
    let one_address = Choice { reach: Reach::ActiveOnly, ..standby };
    let removes =
        Choice { preempt: Preempt::Remove, ..Choice::new(Topology::PreemptBoth, Procedure::Hardened) };
    each(everywhere().chain([pauses, one_address, removes]), |choice| {
        let case = Case::new(choice).unwrap();
        let walked = walk(&case, 1, 2_000, 3).unwrap_or_else(|why| panic!("{choice}: {why}"));
        assert_eq!(walked.ends, 2_000);
        assert!(walked.answers > 30_000 && walked.deaths > 500, "{choice}: too little was met: {walked:?}");
    });
}

/// Ends of a run whose patience is over.
const IMPATIENT: [&str; 5] = ["deadline", "flaps", "no-effect", "undone", "too-many-resumes"];

/// States that are not told apart, not kept or not met again are worth nothing to the judge: where every state is apart
/// and each is visited, the same can happen.
#[test]
fn a_plain_search_comes_to_the_same_verdict() {
    each(everywhere(), |choice| {
        let case = Case::new(choice).unwrap();
        let found = Search::new(&case).unwrap().explore(1, MOST);
        let (verdict, states) = plain::explore(&case, 1).unwrap();
        assert!(states > found.states * 2, "{choice}: {states}, {found}");
        assert!(verdict.harms.len() > 3, "too little can happen to tell: {verdict:?}");
        let mut reduced = Verdict::from(&found);
        assert!(reduced.ends.is_subset(&verdict.ends), "{choice}: {verdict:?}\n{found}");
        assert!(
            verdict.ends.difference(&reduced.ends).all(|end| IMPATIENT.contains(&end.as_str())),
            "{choice}: {verdict:?}\n{found}"
        );
        reduced.ends.clone_from(&verdict.ends);
        assert_eq!(reduced, verdict, "{choice}");
    });
}

/// What a run has less patience for it halts at, and does nothing else that one with more does not do too.
#[test]
fn a_run_with_less_patience_only_halts_earlier() {
    let choices = [
        Choice::new(Topology::Standby, Procedure::Published),
        Choice::new(Topology::PreemptOne, Procedure::Hardened),
    ];
    each(choices, |choice| {
        let case = Case::new(choice).unwrap();
        let asked = outlast::compare(&case, 1).unwrap_or_else(|why| panic!("{choice}: {why}"));
        println!("{choice}: {asked:?}");
        assert!(asked.alike > 100_000 && asked.halted > 10_000 && asked.journals > 10_000, "{asked:?}");
    });
}
