//! A yes crosses nothing that rules it out, and says all that it asks for.

use asa_failover_core::compat::{Basis, Compat, GuidelineKind, VerdictKind};
use proptest::prelude::*;

use crate::questions::questions;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn a_yes_crosses_no_unconditional_row_and_lists_every_condition(question in questions()) {
        let verdict = question.ask(Compat::bundled());
        let listed: Vec<&str> = verdict.conditions.iter().map(|condition| condition.id.as_str()).collect();
        let unconditional =
            verdict.guidelines.iter().find(|row| row.kind == GuidelineKind::Unconditional);
        if verdict.is_hitless() {
            prop_assert_eq!(unconditional, None, "{}", verdict);
        }
        if matches!(verdict.kind, VerdictKind::NotHitless(_)) {
            prop_assert!(unconditional.is_some(), "{}", verdict);
        }
        // What stands in the way of a way is said with the way, whether it interrupts or not.
        let met = verdict.guidelines.iter().filter(|row| row.kind == GuidelineKind::Condition);
        for row in met.filter(|_| !verdict.path.is_empty()) {
            let id = if row.basis == Basis::Memory { format!("remembered.{}", row.id) } else { row.id.clone() };
            let place = listed.iter().position(|listed| *listed == id);
            prop_assert!(place.is_some(), "{} is not among {:?}: {}", id, listed, verdict);
            let condition = &verdict.conditions[place.unwrap()];
            prop_assert_eq!((condition.basis, condition.lockout), (row.basis, row.lockout));
            prop_assert_eq!((&condition.command, condition.fact), (&row.command, row.fact));
        }
        for condition in &verdict.conditions {
            let remembered = condition.id.starts_with("remembered.");
            prop_assert_eq!(remembered, condition.basis == Basis::Memory, "{}", condition.id);
            let of_row = verdict.guidelines.iter().any(|row| condition.id.trim_start_matches("remembered.") == row.id);
            let of_trains = ["remembered.branches.", "remembered.releases."];
            prop_assert!(of_row || of_trains.iter().any(|prefix| condition.id.starts_with(prefix)), "{}", condition.id);
        }
        prop_assert!(verdict.conditions.is_sorted_by_key(|condition| !condition.lockout), "{:?}", listed);
    }
}
