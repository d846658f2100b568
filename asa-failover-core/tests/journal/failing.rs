//! A disk that fails, or fills up, in mid-run: the run halts before it sends anything that is not on
//! record, says so, and goes on once there is room.

use asa_failover_core::drive::Keeper;
use asa_failover_core::run::{Outcome, Record, Records};
use asa_failover_core::store::JournalError;

use crate::pairs::bench::Bench;
use crate::platter::{Drive, Mishap};

const READ_ONLY: (i32, &str) = (30, "Read-only file system (os error 30)");
const FULL: (i32, &str) = (28, "No space left on device (os error 28)");
const BROKEN: (i32, &str) = (5, "Input/output error (os error 5)");

#[test]
fn a_disk_that_fails_at_any_call_halts_the_run_before_its_next_line() {
    let bench = Bench::active_standby();
    let whole = Drive::default();
    whole.run(&bench.again()).unwrap();
    let calls = whole.0.borrow().calls.clone();
    let mut failed = 0;
    // The last record says that the goal is reached: it decides nothing any more.
    for (at, name) in calls.iter().enumerate().take(calls.len() - 2) {
        // What each of them may fail with.
        let errors: &[(i32, &str)] = match *name {
            "write" | "make room" | "create" => &[FULL],
            "sync" | "load" => &[BROKEN],
            _ => &[READ_ONLY, BROKEN],
        };
        for (number, said) in errors {
            let broken = bench.again();
            let drive = Drive::default().with_mishap(at + 1, Mishap::Error(*number));
            let context = format!("call {}, {name}, {said}", at + 1);
            match drive.run(&broken) {
                Err(JournalError::Io { why, .. }) if why.to_string() == *said => {
                    assert!(["lock", "sign", "make room", "load"].contains(name), "{context}");
                    assert!(broken.lines().is_empty(), "{context}");
                }
                Err(other) => panic!("{context}: {other}"),
                Ok(Outcome::Halted(halt)) => {
                    let reason = format!("the journal cannot be written: fw1.journal: {said}");
                    assert_eq!((halt.code.as_str(), halt.reason.to_string()), ("journal-failed", reason));
                    let next =
                        "make room or rights for the journal, then run the same plan with the same journal";
                    assert!(halt.safe.contains(next), "{context}: {}", halt.safe);
                    let calls = drive.0.borrow().calls.clone();
                    assert_eq!(calls.len(), at + 1, "{context}: nothing is written after it: {calls:?}");
                }
                Ok(completed) => panic!("{context}: {completed}"),
            }
            // There is room again, on what is left of the file.
            let left = drive.0.borrow().text();
            let outcome = Drive::holding(left).run(&broken).unwrap_or_else(|why| panic!("{context}: {why}"));
            broken.flawless(&outcome, &context);
            failed += 1;
        }
    }
    println!("{failed} failures of the disk");
}

/// What was sent is on record: as many lines as there are intents durable, and none beyond.
#[test]
fn nothing_goes_out_that_is_not_on_record() {
    let bench = Bench::active_standby();
    for full_after in 1..40 {
        let rest = bench.again();
        let mut full = Filling { left: full_after, intents: 0 };
        let Outcome::Halted(_) = rest.run(Records::default(), &mut full) else {
            continue;
        };
        let sent = rest.lines().len();
        assert!(sent <= full.intents, "{sent} lines of {} intents", full.intents);
    }
}

/// A keeper with room for so many records.
struct Filling {
    left: usize,
    intents: usize,
}

impl Keeper for Filling {
    fn keep(&mut self, record: &Record) -> Result<(), String> {
        if self.left == 0 {
            return Err(FULL.1.to_owned());
        }
        self.left -= 1;
        self.intents += usize::from(matches!(record, Record::Intent { .. }));
        Ok(())
    }
}
