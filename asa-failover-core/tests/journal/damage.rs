//! Every bit of a journal turned, and journals that are of another pair, plan or form.

use asa_failover_core::goal::Policy;
use asa_failover_core::run::record::{Damage, Link, decode};
use asa_failover_core::run::{Outcome, Record};
use asa_failover_core::store::Journal;
use asa_failover_core::twin::Spec;
use asa_failover_core::unit::Role;

use crate::pairs::bench::Bench;
use crate::pairs::v;
use crate::platter::{Drive, whole};

/// The line of a journal that a byte belongs to, from 1.
fn line_of(text: &[u8], at: usize) -> usize {
    text[..at].split(|byte| *byte == b'\n').count()
}

#[test]
fn a_bit_that_turned_anywhere_is_refused_with_its_line() {
    let (text, _) = whole(&Bench::active_standby());
    let mut turned = 0;
    for at in 0..text.len() {
        for bit in 0..8 {
            let mut damaged = text.clone();
            damaged[at] ^= 1 << bit;
            // A newline that turned joins two lines, one that appeared parts one: in the first of them it
            // shows either way.
            let line = line_of(&text, at);
            // What stands behind the damaged line and the next is not looked at; the test need not either.
            let end = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(line);
            let end = end.map_or(text.len(), |(end, _)| end + 1);
            let Err(why) = decode(&damaged[..end]) else { panic!("bit {bit} of byte {at} was not noticed") };
            assert_eq!((why.line, why.what), (line, Damage::Checksum), "bit {bit} of byte {at}");
            turned += 1;
        }
    }
    println!("{turned} bits turned in {} lines", line_of(&text, text.len() - 1));
}

#[test]
fn a_bit_that_turned_in_the_file_is_a_journal_that_is_not_gone_on_from() {
    let bench = Bench::active_standby();
    let (mut text, _) = whole(&bench);
    let middle = text.len() / 2;
    text[middle] ^= 4;
    let line = line_of(&text, middle);
    let rest = bench.again();
    assert_eq!(
        Drive::holding(Some(text)).run(&rest).unwrap_err().to_string(),
        format!(
            "journal fw1.journal: journal line {line}: its checksum does not fit its text; keep the file, \
             read the pair and make a new plan with a new journal"
        )
    );
    assert!(rest.lines().is_empty());
}

/// A line of another journal has the number that belongs there, and another line before it.
#[test]
fn a_line_of_another_journal_in_its_place_is_refused() {
    let journal = |times: u32| {
        let mut link = Link::default();
        [times, times + 1].map(|times| link.encode(&Record::Resumed { times }, "").unwrap())
    };
    let ([first, second], [_, other]) = (journal(1), journal(7));
    assert_eq!(decode((first.clone() + &second).as_bytes()).unwrap().0.records.len(), 2);
    let why = decode((first + &other).as_bytes()).unwrap_err();
    assert_eq!(why.to_string(), "journal line 2: it does not follow the line before it");
}

#[test]
fn a_line_taken_out_put_in_or_moved_is_refused() {
    let (text, _) = whole(&Bench::active_standby());
    let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
    for at in 0..lines.len() - 1 {
        let mut out = lines.clone();
        out.remove(at);
        let mut twice = lines.clone();
        twice.insert(at, lines[at]);
        let mut moved = lines.clone();
        moved.swap(at, at + 1);
        for (changed, line) in [(out, at + 1), (twice, at + 2), (moved, at + 1)] {
            let why = decode(&changed.concat()).unwrap_err();
            assert_eq!(
                why.to_string(),
                format!("journal line {line}: it does not follow the line before it")
            );
        }
    }
}

#[test]
fn a_journal_of_an_older_form_is_refused_by_its_version() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fw1.journal");
    let kept = include_bytes!("../journals/form-1.journal");
    std::fs::write(&path, kept).unwrap();
    assert_eq!(
        Journal::open(&path).unwrap_err().to_string(),
        format!(
            "journal {}: journal line 1: its form is version 1, this is version 2; keep the file, read the \
             pair and make a new plan with a new journal",
            path.display()
        )
    );
    assert_eq!(std::fs::read(&path).unwrap(), kept, "it is kept as it is");
}

#[test]
fn a_journal_of_another_pair_is_refused_and_left_alone() {
    let (text, _) = whole(&Bench::active_standby());
    let mut spec = Spec::active_standby("ASA5525", v("9.8(4)"));
    for (role, serial) in [(Role::Primary, "JAD000000B1"), (Role::Secondary, "JAD000000B2")] {
        spec.unit_mut(role).serial = serial.to_owned();
    }
    let other = Bench::staged(spec, &Policy::default());
    let drive = Drive::holding(Some(text.clone()));
    let Outcome::Halted(halt) = drive.run(&other).unwrap() else { panic!("went on from another pair's") };
    assert_eq!(halt.code, "journal-differs");
    let why = "the journal does not belong to this plan: it is of plan ";
    assert!(halt.reason.to_string().starts_with(why), "{}", halt.reason);
    assert!(other.lines().is_empty(), "nothing was sent");
    assert_eq!(drive.0.borrow().text(), Some(text), "nothing was written into it");
}
