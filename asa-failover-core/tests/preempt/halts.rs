//! A halt while preempt is removed says so, and names the lines that restore it, on the right unit.

use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::decide::Question;
use asa_failover_core::drive::{Forgetful, Operator, drive};
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::goal::Pause;
use asa_failover_core::rehearse::VirtualClock;
use asa_failover_core::run::{Action, Answer, Event, Halt, Outcome, Records, Run};
use asa_failover_core::session::Login;
use asa_failover_core::transport::Terminals;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::twin::{Fault, When};
use asa_failover_core::unit::Role;

use super::pairs::bench::Bench;
use super::{by_hand, configured, policy, spec};

/// Says go at each pause before this one.
struct HaltsAt(Pause);

impl Operator for HaltsAt {
    fn ask(&mut self, question: &Question) -> Answer {
        if question.pause == self.0 { Answer::Halt } else { Answer::Go }
    }

    fn saw(&mut self, _: Elapsed, _: &Event, _: &Action, _: &Run) {}
}

fn halted(bench: &Bench, operator: &mut dyn Operator) -> Box<Halt> {
    let mut transport = Terminals::new(Memory::new(Rc::clone(&bench.pair)), Login::default());
    let mut clock = VirtualClock::new(Rc::clone(&bench.pair));
    let mut run = Run::new(&bench.plan);
    match drive(&mut run, Records::default(), &mut transport, &mut clock, &mut Forgetful, operator) {
        Outcome::Halted(halt) => halt,
        outcome @ Outcome::Completed(_) => panic!("{outcome}"),
    }
}

fn restoring(halt: &Halt) -> Vec<String> {
    halt.commands
        .iter()
        .filter(|line| line.changes)
        .map(|line| format!("{} {}", line.unit, line.line))
        .collect()
}

#[test]
fn the_lines_of_a_halt_restore_it() {
    // Behind the switch the secondary is the one whose configuration is repeated.
    for (pause, unit) in [(Pause::BeforeSwitch, "Primary"), (Pause::BeforeSecondReload, "Secondary")] {
        let bench = Bench::staged(spec([Some(45), Some(0)]), &policy().with_pause(pause));
        let before = configured(&bench.pair.borrow());
        let halt = halted(&bench, &mut HaltsAt(pause));
        assert_eq!(halt.code, "declined");
        let lines =
            ["configure terminal", "failover group 1", "preempt 45", "failover group 2", "preempt", "end"];
        assert_eq!(restoring(&halt), lines.map(|line| format!("{unit} {line}")));
        for told in [
            "the run of this journal took preempt 45 of group 1 out of the running configuration, or may have, and did not save since",
            "the run of this journal took preempt of group 2 out of the running configuration, or may have, and did not save since",
        ] {
            assert!(halt.now.iter().any(|now| now == told), "{:?}", halt.now);
        }
        assert!(
            halt.safe.contains("only this plan with this journal, or its way back, restores preempt of group 1 and group 2; in any other case restore it with the lines below on the unit that is active for group 1, before anything is saved or planned anew, and while no reload is open or scheduled, since it may move a group at once"),
            "{}",
            halt.safe
        );
        // Typed as they stand they do what they say, on both units, with nothing to be saved.
        let lines: Vec<&str> =
            halt.commands.iter().filter(|line| line.changes).map(|line| line.line.as_str()).collect();
        assert_ne!(configured(&bench.pair.borrow()), before);
        by_hand(&mut bench.pair.borrow_mut(), &lines);
        assert_eq!(configured(&bench.pair.borrow()), before);
    }
}

/// Before it is removed, and once it is restored, there is nothing to say.
#[test]
fn a_halt_with_preempt_in_place_names_no_lines_for_it() {
    struct StopsBefore(&'static str, bool);
    impl Operator for StopsBefore {
        fn ask(&mut self, _: &Question) -> Answer {
            Answer::Go
        }

        fn saw(&mut self, _: Elapsed, _: &Event, action: &Action, _: &Run) {
            self.1 |= matches!(action, Action::Send { command, .. } if command.to_string() == self.0);
        }

        fn wants_stop(&mut self) -> bool {
            self.1
        }
    }
    for line in ["show startup-config | include boot system", "failover group 1"] {
        let bench = Bench::staged(spec([Some(45), Some(0)]), &policy());
        let halt = halted(&bench, &mut StopsBefore(line, false));
        assert_eq!(halt.code, "stopped");
        assert_eq!(restoring(&halt), [""; 0], "before {line}");
        assert!(!halt.safe.contains("preempt"), "{}", halt.safe);
    }
    // A line that is out, and not heard of, may have removed it.
    let bench = Bench::staged(spec([Some(45), Some(0)]), &policy());
    let halt = halted(&bench, &mut StopsBefore("show running-config failover", false));
    assert_eq!(restoring(&halt), [""; 0], "nothing is out yet");
    let mut bench = Bench::staged(spec([None, Some(30)]), &policy());
    bench = bench.again();
    let silent = [Role::Primary, Role::Secondary].map(Fault::Silent);
    for fault in silent {
        bench.pair.borrow_mut().foresee_when(When::typed("no preempt"), fault);
    }
    let halt = halted(&bench, &mut HaltsAt(Pause::BeforeSwitch));
    assert_eq!(
        (halt.code.as_str(), halt.open.as_deref()),
        ("deadline", Some("no preempt (in failover group 2) on Primary"))
    );
    let lines = ["configure terminal", "failover group 2", "preempt 30", "end"];
    assert_eq!(restoring(&halt), lines.map(|line| format!("Primary {line}")));
    assert!(halt.safe.starts_with("do not type no preempt (in failover group 2) again"), "{}", halt.safe);
}

/// A line that is lost each time is tried twice, and nothing disrupts then.
#[test]
fn a_line_without_effect_halts_before_anything_disrupts() {
    let bench = Bench::staged(spec([None, Some(30)]), &policy());
    for nth in [1, 2] {
        let when = When::Typed { role: None, head: "no preempt".to_owned(), nth, after: Duration::ZERO };
        bench.pair.borrow_mut().foresee_when(when, Fault::SessionLoss(Role::Primary));
    }
    let before = configured(&bench.pair.borrow());
    let halt = halted(&bench, &mut HaltsAt(Pause::BeforeSwitch));
    let reason = "no preempt (in failover group 2) on Primary had no effect: the reply was lost";
    assert_eq!((halt.code.as_str(), halt.reason.to_string().as_str()), ("no-effect", reason));
    assert_eq!(configured(&bench.pair.borrow()), before);
    assert!(bench.lines().iter().all(|(_, line)| !line.contains("active") && !line.contains("reload")));
    // It was lost once, and is not again.
    let bench = Bench::staged(spec([None, Some(30)]), &policy());
    bench.pair.borrow_mut().foresee_when(When::typed("no preempt"), Fault::SessionLoss(Role::Primary));
    bench.pair.borrow_mut().foresee_when(When::typed("preempt 30"), Fault::SessionLoss(Role::Primary));
    let outcome = bench.run(Records::default(), &mut Forgetful);
    let Outcome::Completed(report) = &outcome else { panic!("{outcome}") };
    assert_eq!(report.differences, [""; 0]);
    assert_eq!(configured(&bench.pair.borrow()), before);
}
