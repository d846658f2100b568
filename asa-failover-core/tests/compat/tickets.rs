//! Verdicts as they are pasted into a change ticket: from, to, the rule in words, the source with its
//! title and basis, and what to do next. One snapshot a question, reviewed as a reader would.

use asa_failover_core::compat::{Compat, RuleSet};

/// Name of the snapshot, from, to, model, rules.
const QUESTIONS: [(&str, &str, &str, &str, RuleSet); 32] = [
    ("maintenance_of_the_founding_text", "7.0(1)", "7.0(4)", "ASA5520", RuleSet::Strict),
    ("minor_of_the_founding_text", "7.0(8)", "7.1(2)", "ASA5520", RuleSet::Auto),
    ("stops_of_the_founding_text", "7.0(8)", "7.2(5)", "ASA5520", RuleSet::Auto),
    ("major_of_the_founding_text", "7.2(5)", "8.0(5)", "ASA5520", RuleSet::Auto),
    ("interim", "9.8(4)", "9.8(4)48", "ASA5525", RuleSet::Auto),
    ("direct", "9.8(4)", "9.12(4)", "ASA5525", RuleSet::Auto),
    ("direct_by_the_strict_rules", "9.8(4)", "9.12(4)", "ASA5525", RuleSet::Strict),
    ("conditions_of_9_16", "9.12(4)", "9.16(4)57", "ASA5516", RuleSet::Auto),
    ("over_8_3", "8.2(5)", "8.4(7)", "ASA5510", RuleSet::Auto),
    ("long_way", "7.2(5)", "9.1(7)32", "ASA5520", RuleSet::Auto),
    ("longest_way", "7.0(8)", "9.1(7)32", "ASA5540", RuleSet::Strict),
    ("alternative_of_the_path_table", "8.4(7)", "9.1(7)32", "ASA5510", RuleSet::Auto),
    ("path_table", "8.4(7)", "9.1(7)32", "ASA5510", RuleSet::Current),
    ("exception_in_a_train", "8.4(5)", "8.4(6)", "ASA5520", RuleSet::Auto),
    ("exception_on_the_only_way", "9.1(1)", "9.1(5)", "ASA5525", RuleSet::Auto),
    ("interim_of_an_exception", "9.1(3)", "9.1(3)4", "ASA5525", RuleSet::Auto),
    ("withdrawn", "9.6(2)", "9.6(3)", "ASA5525", RuleSet::Auto),
    ("never_published", "9.20(2)", "9.22(1)", "ASAv", RuleSet::Auto),
    ("no_such_train", "9.10(1)", "9.11(1)", "", RuleSet::Auto),
    ("beyond_the_tables", "9.24(1)", "10.0(1)", "ASAv", RuleSet::Auto),
    ("last_release_of_the_model", "9.12(4)", "9.16(4)", "ASA5525", RuleSet::Auto),
    ("first_release_of_the_model", "9.8(4)", "9.10(1)", "FPR-1150", RuleSet::Auto),
    ("never_ran_it", "8.4(7)", "9.1(7)", "ASA5516", RuleSet::Auto),
    ("unknown_model", "9.8(4)", "9.12(4)", "ASA5599", RuleSet::Auto),
    ("one_boot_entry", "9.14(4)", "9.18(4)", "FPR-1150", RuleSet::Auto),
    ("chassis", "9.12(4)", "9.16(4)", "FPR4K-SM-44", RuleSet::Auto),
    ("stateless", "9.1(7)32", "9.2(4)33", "ASA5505", RuleSet::Auto),
    ("back_in_the_train", "9.8(4)48", "9.8(4)", "ASA5525", RuleSet::Auto),
    ("back_over_trains", "9.12(4)", "9.8(4)", "ASA5525", RuleSet::Auto),
    ("back_over_8_3", "8.4(7)", "8.2(5)", "ASA5520", RuleSet::Auto),
    ("same", "9.8(4)", "9.8(4)", "ASA5525", RuleSet::Auto),
    ("pre_release", "7.1(2)", "7.2(0)55", "ASA5520", RuleSet::Auto),
];

#[test]
fn a_verdict_fits_into_a_change_ticket() {
    for (name, from, to, model, rules) in QUESTIONS {
        let model = Some(model).filter(|model| !model.is_empty());
        let verdict = Compat::bundled().between(from.parse().unwrap(), to.parse().unwrap(), model, rules);
        let ticket = verdict.to_string();
        assert!(ticket.starts_with(&format!("{from} to {to} (")), "{ticket}");
        assert!(ticket.lines().count() <= 3, "{ticket}");
        if let Some(source) = verdict.cited.first() {
            assert!(ticket.contains(&source.title) && ticket.contains(&source.key), "{ticket}");
        }
        if from != to {
            assert!(ticket.contains("\nNext: "), "{ticket}");
            assert!(ticket.contains(&verdict.basis().unwrap().to_string()), "{ticket}");
        }
        insta::assert_snapshot!(name, ticket);
    }
}
