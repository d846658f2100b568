//! Every ordered pair of known releases, each class of models, each rule set: what `between` answers is what
//! a search of its own finds in the published rules, hop by hop and as a whole.
//!
//! `make sweep` asks all of it. A run of the tests asks a tenth: every tenth release as the one that
//! runs, another one for each class. `ASA_FAILOVER_SWEEP=tenth:7` says which, `ASA_FAILOVER_SWEEP=all` asks
//! everything; CI takes the tenth that the commit says, so that ten commits ask all.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test starts from is there, or the test has failed"
)]

mod oracle;
mod tables;

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fmt, io, iter, thread};

use asa_failover_core::AsaVersion;
use asa_failover_core::compat::{Compat, RuleSet, Verdict, VerdictKind};
use oracle::{Edge, Expected, Oracle};
use tables::{Model, Tables};

const TENTHS: usize = 10;
/// Without a word from outside.
const TENTH: usize = 3;
/// So many faults of a class are told, then the next class is taken.
const TOLD: usize = 5;

/// How much is asked.
#[derive(Clone, Copy, Debug)]
enum Share {
    All,
    Tenth(usize),
}

impl Share {
    #[expect(clippy::disallowed_methods, reason = "how much is swept, the caller says")]
    fn asked() -> Self {
        match std::env::var("ASA_FAILOVER_SWEEP").as_deref() {
            Err(_) => Self::Tenth(TENTH),
            Ok("all") => Self::All,
            Ok(text) => {
                let number = text.strip_prefix("tenth:").and_then(|number| number.parse().ok());
                let number = number.filter(|number| *number < TENTHS);
                Self::Tenth(
                    number.unwrap_or_else(|| panic!("expected all or tenth:0 to tenth:9, found {text:?}")),
                )
            }
        }
    }

    fn has(self, class: usize, from: usize) -> bool {
        match self {
            Self::All => true,
            Self::Tenth(tenth) => (class + from) % TENTHS == tenth,
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all of it"),
            Self::Tenth(tenth) => write!(f, "tenth {tenth} of 0 to 9"),
        }
    }
}

/// One class under one rule set, with what its hops said when asked alone.
struct Sweep<'t> {
    name: &'t str,
    rules: RuleSet,
    oracle: Oracle<'t>,
    /// By hop: whether it interrupts, or what is wrong with it.
    alone: HashMap<(AsaVersion, AsaVersion), Result<bool, String>>,
}

impl<'t> Sweep<'t> {
    fn new(tables: &'t Tables, name: &'t str, model: &'t Model, rules: RuleSet) -> Self {
        Self { name, rules, oracle: Oracle::new(tables, name, model, rules), alone: HashMap::new() }
    }

    fn ask(&self, from: AsaVersion, to: AsaVersion) -> Verdict {
        let mut verdict = Compat::bundled().between(from, to, Some(self.name), self.rules);
        leave_platform_out(&mut verdict);
        verdict
    }

    /// Whether a hop is a legal one when nothing else is asked, and interrupts.
    fn alone(&mut self, from: AsaVersion, to: AsaVersion) -> Result<bool, String> {
        if let Some(known) = self.alone.get(&(from, to)) {
            return known.clone();
        }
        let verdict = self.ask(from, to);
        let said = match (&verdict.kind, self.oracle.hop(from, to), verdict.path.len()) {
            (VerdictKind::Hitless(_), Edge::Clean, 1) => Ok(false),
            (VerdictKind::NotHitless(_), Edge::Interrupting, 1) => Ok(true),
            (_, edge, _) => Err(format!("a hop asked alone, which is {edge:?}: {verdict}")),
        };
        self.alone.insert((from, to), said.clone());
        said
    }

    /// What is wrong with an answer.
    fn fault(&mut self, verdict: &Verdict, expected: Expected) -> Option<String> {
        let interrupting = verdict.path.iter().filter(|hop| hop.interrupts.is_some()).count();
        let fits = match (&verdict.kind, expected) {
            (VerdictKind::Same, Expected::Same)
            | (VerdictKind::Refused(_), Expected::Refused)
            | (VerdictKind::Unknown(_), Expected::Unknown) => verdict.path.is_empty(),
            (VerdictKind::Downgrade(_), Expected::Downgrade) => return None,
            (VerdictKind::Hitless(_), Expected::Way(cost)) => (cost.interrupting, cost.hops) == (0, 1),
            (VerdictKind::NeedsStops, Expected::Way(cost)) => cost.interrupting == 0 && cost.hops > 1,
            (VerdictKind::NotHitless(_), Expected::Way(cost)) => cost.interrupting > 0,
            _ => false,
        };
        let as_cheap = match expected {
            Expected::Way(cost) => {
                (verdict.path.len(), interrupting) == (cost.hops as usize, cost.interrupting as usize)
            }
            _ => true,
        };
        if !fits || !as_cheap {
            return Some(format!("expected {expected:?}"));
        }
        if let Some(stop) = verdict.stops().find(|stop| !self.oracle.stops_at(*stop)) {
            return Some(format!("{stop} is no stop"));
        }
        let ends = iter::once(verdict.from).chain(verdict.path.iter().map(|hop| hop.to));
        let starts = verdict.path.iter().map(|hop| hop.from).chain(verdict.path.last().map(|_| verdict.to));
        if !verdict.path.is_empty() && !ends.eq(starts) {
            return Some("the hops are no chain".to_owned());
        }
        verdict.path.iter().find_map(|hop| match self.alone(hop.from, hop.to) {
            Ok(interrupts) if interrupts == hop.interrupts.is_some() => None,
            Ok(interrupts) => Some(format!("{} to {} interrupts: {interrupts}", hop.from, hop.to)),
            Err(fault) => Some(fault),
        })
    }

    /// Asks for the ways from one release to every other; how many were asked.
    fn from(&mut self, from: AsaVersion, builds: &[AsaVersion], faults: &mut Vec<String>) -> usize {
        let ways = self.oracle.ways(from);
        for to in builds.iter().copied().filter(|to| *to != from) {
            let verdict = self.ask(from, to);
            let expected = self.oracle.expected(&ways, to);
            if let Some(fault) = self.fault(&verdict, expected) {
                faults.push(format!("{fault}\n  {verdict}"));
            }
            if !from.is_pre_release()
                && !to.is_pre_release()
                && let Some(cheaper) = self.oracle.cheaper(&ways, to)
            {
                faults.push(format!("a cheaper way lies over no stop: {cheaper:?}\n  {verdict}"));
            }
        }
        builds.len() - 1
    }
}

/// A platform that drops every connection at each hop has no better way for that: the releases decide which
/// way is the best one, so they alone are compared.
fn leave_platform_out(verdict: &mut Verdict) {
    const PLATFORM: &str = "failover.stateless";
    let VerdictKind::NotHitless(_) = &verdict.kind else { return };
    if verdict.path.iter().any(|hop| hop.interrupts.as_ref().is_some_and(|why| why.id == PLATFORM)) {
        assert!(verdict.path.iter().all(|hop| hop.interrupts.is_some()), "{verdict}");
    }
    for hop in &mut verdict.path {
        hop.interrupts = hop.interrupts.take().filter(|why| why.id != PLATFORM);
    }
    verdict.kind = match verdict.path.as_slice() {
        hops if hops.iter().any(|hop| hop.interrupts.is_some()) => return,
        [hop] => VerdictKind::Hitless(hop.kind),
        _ => VerdictKind::NeedsStops,
    };
}

#[test]
#[expect(clippy::disallowed_methods, reason = "millions of answers take every core")]
fn every_way_is_legal_inside_of_what_the_model_runs_and_the_shortest() {
    let share = Share::asked();
    let tables = Tables::read();
    let rules = [RuleSet::Strict, RuleSet::Current, RuleSet::Auto];
    let jobs: Vec<(usize, RuleSet)> =
        (0..tables.classes.len()).flat_map(|class| rules.map(|rules| (class, rules))).collect();
    let (next, asked) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let faults = Mutex::new(Vec::new());
    let work = || {
        while let Some((class, rules)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (name, model) = &tables.classes[*class];
            let mut sweep = Sweep::new(&tables, name, model, *rules);
            let mut found = Vec::new();
            for (place, from) in tables.builds.iter().enumerate() {
                if share.has(*class, place) && found.len() < TOLD {
                    asked.fetch_add(sweep.from(*from, &tables.builds, &mut found), Ordering::Relaxed);
                }
            }
            found.truncate(TOLD);
            faults.lock().unwrap().extend(found);
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let asked = asked.into_inner();
    let classes = tables.classes.len();
    // Not `println!`, whose text a run of the tests keeps to itself.
    writeln!(
        io::stdout(),
        "\nsweep: {share}: {asked} questions, pairs of {} builds for {classes} classes of models by 3 rule sets",
        tables.builds.len()
    )
    .unwrap();
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    let builds = tables.builds.len();
    let of_all = classes * rules.len() * builds * (builds - 1);
    match share {
        Share::All => assert_eq!(asked, of_all),
        Share::Tenth(_) => assert!(asked.abs_diff(of_all / TENTHS) < of_all / 500, "{asked} of {of_all}"),
    }
}
