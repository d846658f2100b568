//! The table: every id, its words, its advice.

use asa_failover_core::compat::Compat;
use asa_failover_core::syslog::{entries, known};

use super::message;

/// How many messages of each family the table has.
const FAMILIES: [(u32, usize); 15] = [
    (101, 5),
    (102, 1),
    (103, 8),
    (104, 7),
    (105, 34),
    (199, 4),
    (210, 11),
    (311, 4),
    (411, 2),
    (612, 2),
    (709, 13),
    (710, 1),
    (720, 73),
    (721, 19),
    (769, 3),
];

#[test]
fn the_table_has_every_message() {
    let ids: Vec<u32> = entries().map(|entry| entry.id).collect();
    assert_eq!((entries().len(), ids.len()), (187, 187));
    assert!(ids.is_sorted_by(|a, b| a < b));
    for (family, count) in FAMILIES {
        let found = ids.iter().filter(|id| **id / 1000 == family).count();
        assert_eq!(found, count, "family {family}");
    }
}

#[test]
fn every_template_reads_as_a_message_of_its_id() {
    for entry in entries() {
        let line = format!("%ASA-{}-{}: {}", entry.severity, entry.id, entry.template);
        let message = message(&line);
        assert_eq!(message.entry, Some(entry), "{line}");
        assert_eq!((message.id, message.severity), (entry.id, entry.severity));
        let words = entry.template.split_once(") ").filter(|_| entry.template.starts_with('('));
        let first = words.map_or(entry.template.as_str(), |(_, words)| words).split(' ').next().unwrap();
        assert!(message.text.starts_with(first), "{line}: {first:?}");
        assert_eq!(message.unit.is_some(), words.is_some(), "{line}");
    }
}

#[test]
fn every_message_has_a_meaning_advice_and_a_source() {
    let compat = Compat::bundled();
    for entry in entries() {
        for text in [&entry.meaning, &entry.advice] {
            let begins = text.starts_with(|c: char| c.is_ascii_uppercase());
            assert!(begins && text.ends_with('.') && text.len() > 12, "{}: {text:?}", entry.id);
        }
        assert!(entry.sources.iter().all(|key| compat.source(key).is_some()), "{entry:?}");
    }
}

#[test]
fn the_message_that_upgrades_are_known_for() {
    let entry = known(720_012).unwrap();
    assert_eq!(
        entry.template,
        "(VPN-unit) Failed to update IPsec failover runtime data on the standby unit."
    );
    assert_eq!(
        entry.meaning,
        "The IPsec tunnel that the update speaks of is already deleted on the standby unit. The message has no \
         effect on the unit or on its VPN. The oldest text has it at severity 5, later ones at 6."
    );
    assert_eq!(
        entry.advice,
        "Informational: no action is needed. The founding text offers two cures: write standby on the active \
         unit, or a release with the fixes of CSCtj58420 and CSCtn56517. Note that write standby forces a full \
         resynchronisation, with the standby in Cold Standby for a while; it is never sent by this library."
    );
    assert_eq!(entry.sources, ["seed-111867", "sys-asa-sev", "qa-117906"]);
}

/// Advice must not send an operator to what undoes the readiness, without saying that it does.
#[test]
fn whoever_is_told_of_write_standby_is_told_what_it_does() {
    let told: Vec<u32> = entries().filter(|e| e.advice.contains("write standby")).map(|e| e.id).collect();
    assert_eq!(told, [105_041, 720_012]);
    for id in told {
        let advice = &known(id).unwrap().advice;
        assert!(advice.contains("full resynchronisation") && advice.contains("this library"), "{advice}");
    }
}

#[test]
fn what_comes_in_every_upgrade_does_not_abort_it() {
    use asa_failover_core::syslog::PlannerUse::{Abort, ExpectedMarker, Information};
    for id in [102_001, 103_001, 104_001, 104_002, 199_002, 709_003, 709_006, 720_023, 720_030] {
        assert_eq!(known(id).unwrap().planner_use, ExpectedMarker, "{id}");
    }
    for id in [103_007, 210_003, 411_001, 411_002, 720_012] {
        assert_eq!(known(id).unwrap().planner_use, Information, "{id}");
    }
    for id in [103_003, 103_006, 104_003, 105_001, 105_032, 105_037, 105_043, 709_007, 769_009] {
        assert_eq!(known(id).unwrap().planner_use, Abort, "{id}");
    }
}

#[test]
fn an_id_that_the_table_lacks_is_not_known() {
    for id in [0, 1, 101_000, 104_005, 302_013, 769_010, 999_999, u32::MAX] {
        assert_eq!(known(id), None, "{id}");
    }
}
