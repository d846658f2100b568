//! A yes crosses nothing that rules it out, and says all that it asks for.

use asa_failover_core::compat::{Basis, Compat, GuidelineKind, VerdictKind};
use proptest::prelude::*;

use crate::questions::{Question, names, questions};

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
            let of_trains = ["remembered.gaps.", "remembered.releases."];
            prop_assert!(of_row || of_trains.iter().any(|prefix| condition.id.starts_with(prefix)), "{}", condition.id);
        }
        prop_assert!(verdict.conditions.is_sorted_by_key(|condition| !condition.lockout), "{:?}", listed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Who names no model gets a yes only where it is one of every model that can be meant.
    #[test]
    fn a_yes_without_a_model_is_one_of_every_model(question in questions()) {
        let compat = Compat::bundled();
        let unnamed = Question { model: None, ..question }.ask(compat);
        if !unnamed.is_hitless() {
            return Ok(());
        }
        for model in names() {
            let named = Question { model: Some(model), ..question.clone() }.ask(compat);
            let cannot_be_meant = ["model.running", "model.no-failover", "model.failover"];
            if named.rule().is_some_and(|rule| cannot_be_meant.contains(&rule)) {
                continue;
            }
            prop_assert!(named.is_hitless() && named.stops().eq(unnamed.stops()), "{}\n{}", unnamed, named);
            for condition in &named.conditions {
                let asked = unnamed.conditions.iter().any(|other| other.id == condition.id);
                prop_assert!(asked, "{} is asked of {}: {}", condition.id, model, unnamed);
            }
            for row in &named.guidelines {
                prop_assert!(unnamed.guidelines.iter().any(|other| other.id == row.id), "{} for {}", row.id, model);
            }
        }
    }
}
