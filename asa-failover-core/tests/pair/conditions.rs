//! Conditions of a verdict against what a pair shows: met by a fact, or left to be accepted.

use std::cell::RefCell;
use std::rc::Rc;

use crate::pairs::{read, v};
use asa_failover_core::check::{Finding, Severity, check};
use asa_failover_core::compat::Compat;
use asa_failover_core::goal::{Goal, Policy};
use asa_failover_core::link::Reach;
use asa_failover_core::pair::Pair;
use asa_failover_core::twin::{self, Spec};

fn pair(model: &str, release: &str) -> Pair {
    let spec = Spec::active_standby(model, v(release));
    read(&Rc::new(RefCell::new(twin::Pair::new(spec, 1))), Reach::BothAddresses)
}

fn found(pair: &Pair, goal: &Goal, id: &str) -> Vec<Finding> {
    let findings = check(pair, goal, Compat::bundled(), &Policy::default());
    findings.into_iter().filter(|finding| finding.id == id).collect()
}

/// 8.3 needs 2048 MB on a 5520, and with 4096 MB the unit restarts for ever.
#[test]
fn memory_meets_its_condition_within_bounds_on_both_units() {
    let id = "memory.8.3.asa5520-5540";
    let goal = Goal::new(v("8.3(2)"));
    for (primary, secondary, met) in [
        (Some(2048), Some(2048), true),
        (Some(4095), Some(2048), true),
        (Some(4096), Some(2048), false),
        (Some(2048), Some(2047), false),
        (Some(2048), None, false),
    ] {
        let mut pair = pair("ASA5520", "8.2(5)");
        (pair.primary.version.value.ram_mb, pair.secondary.version.value.ram_mb) = (primary, secondary);
        let (blocking, notes) = (found(&pair, &goal, id), found(&pair, &goal, "version.condition"));
        assert_eq!(blocking.is_empty(), met, "{primary:?} {secondary:?}: {blocking:?}");
        let said = notes.iter().any(|note| note.text.starts_with(&format!("{id} is met: ")));
        assert_eq!(said, met, "{primary:?} {secondary:?}: {notes:?}");
    }
}

/// A platform that drops every connection is no yes, and may be upgraded by whoever accepts that.
#[test]
fn the_loss_of_a_platform_without_state_has_to_be_accepted() {
    let (pair, id) = (pair("ASA5505", "9.1(7)32"), "failover.stateless");
    let goal = Goal::new(v("9.2(4)33"));
    let [finding] = found(&pair, &goal, id).try_into().expect("one finding");
    assert_eq!((finding.severity, finding.acceptable), (Severity::Block, true));
    assert!(found(&pair, &goal, "version.verdict").is_empty());
    // An exception on the way is not covered by that.
    let (pair, goal) = (self::pair("ASA5505", "9.1(1)"), Goal::new(v("9.1(5)")));
    let [finding] = found(&pair, &goal, "version.verdict").try_into().expect("one finding");
    assert_eq!((finding.severity, finding.acceptable), (Severity::Block, false));
}
