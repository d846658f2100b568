//! Fault-free upgrades on the simulated pair: every one completes, and does what its plan says.

mod pairs;

use asa_failover_core::goal::{Goal, Policy, Procedure};
use asa_failover_core::link::Reach;
use asa_failover_core::run::Outcome;
use asa_failover_core::twin::Spec;
use asa_failover_core::unit::{GroupId, Role};
use asa_failover_core::version::AsaVersion;
use pairs::{image, upgrade};

fn v(text: &str) -> AsaVersion {
    text.parse().unwrap()
}

#[test]
fn active_standby() {
    let spec = Spec::active_standby("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"));
    let goal = Goal::new(v("9.8(4)48")).with_image(image(&spec, v("9.8(4)48")));
    let (plan, rehearsal) = upgrade(spec, 1, &goal, &Policy::default());
    println!("{}", plan.to_markdown());
    println!("{}", rehearsal.outcome);
    println!("{}", rehearsal.oracle);
    for (role, line) in &rehearsal.lines {
        println!("{role} {line}");
    }
    assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
    assert_eq!(rehearsal.lines, plan.lines());
    assert!(rehearsal.oracle.is_clean(), "{}", rehearsal.oracle);
}
