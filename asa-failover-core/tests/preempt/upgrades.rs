//! Whole upgrades without a fault: what was configured is configured again, and nothing moved by itself.

use asa_failover_core::drive::Forgetful;
use asa_failover_core::goal::{Goal, Policy, Procedure};
use asa_failover_core::link::Reach;
use asa_failover_core::run::{Outcome, Records};
use asa_failover_core::twin::{Cause, PreemptAfterMove, Spec};
use asa_failover_core::unit::Role;

use super::pairs::bench::Bench;
use super::pairs::{image, v};
use super::{ONE, TWO, configured, everywhere, never_saved_without, policy, spec};

/// Completed by the lines of the plan, with the configuration as it was; returns how often preempt moved a group.
#[track_caller]
fn restores(bench: &Bench, context: &str) -> usize {
    let before = configured(&bench.pair.borrow());
    let outcome = bench.run(Records::default(), &mut Forgetful);
    let Outcome::Completed(report) = &outcome else {
        panic!("{context}: {}\n{outcome}", bench.plan.to_markdown())
    };
    assert_eq!(report.differences, [""; 0], "{context}");
    assert_eq!(bench.lines(), bench.plan.lines(), "{context}");
    let pair = bench.pair.borrow();
    assert_eq!(configured(&pair), before, "{context}");
    never_saved_without(&bench.lines(), context);
    let report = pair.report();
    assert!(report.is_clean(), "{context}: {report}");
    report.gaps.iter().filter(|gap| gap.cause == Cause::Preempt).count()
}

#[test]
fn preempt_is_as_it_was_in_every_way() {
    for reach in [Reach::BothAddresses, Reach::ActiveOnly] {
        for delays in [[None, Some(60)], [Some(45), Some(0)], [Some(0), None], [Some(1_200), Some(30)]] {
            for active in [[Role::Primary, Role::Secondary], [Role::Secondary, Role::Secondary]] {
                for moves in [PreemptAfterMove::Stays, PreemptAfterMove::Returns] {
                    if moves == PreemptAfterMove::Returns
                        && active == [Role::Secondary; 2]
                        && delays[0].is_some()
                    {
                        // Where preempt returns a group at any time, none with preempt is away from its home.
                        continue;
                    }
                    let mut spec = spec(delays);
                    for (group, role) in [ONE, TWO].into_iter().zip(active) {
                        spec = spec.with_active(group, role);
                    }
                    spec.preempt_after_move = moves;
                    let bench = Bench::staged(spec, &policy().with_reach(reach));
                    let context = format!("{reach:?}, {delays:?}, {active:?}, {moves:?}");
                    let moved = restores(&bench, &context);
                    println!("{context}: moved {moved} times");
                }
            }
        }
    }
}
