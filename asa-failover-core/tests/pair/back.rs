//! The way back, carried out: from each pause of a hop both units end on the release that it came from, in
//! every way of addressing and procedure, with the lines of its plan and no others.
#![expect(clippy::unwrap_used, reason = "what a test starts from is there, or the test has failed")]

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use crate::pairs::{WAYS, image, plan_of, planned, policy, v};
use asa_failover_core::compat::Compat;
use asa_failover_core::decide::Question;
use asa_failover_core::drive::{Operator, Unattended};
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::goal::{Goal, Pause, Policy};
use asa_failover_core::plan::{Plan, PlanJsonError};
use asa_failover_core::rehearse::{Rehearsal, rehearse};
use asa_failover_core::run::{Action, Answer, Event, Outcome, Run};
use asa_failover_core::twin::{self, Fault, Spec, What, When};
use asa_failover_core::unit::{GroupId, Role};

const PAUSES: [Pause; 2] = [Pause::BeforeSwitch, Pause::BeforeSecondReload];

/// Completed, clean, on the old release, the old image first, and nothing but the lines of the plan.
#[track_caller]
fn leads_back(back: &Plan, rehearsal: &Rehearsal, to: &str) {
    let Outcome::Completed(report) = &rehearsal.outcome else {
        panic!("{}\n{}", back.to_markdown(), rehearsal.outcome)
    };
    assert_eq!(report.versions, Role::BOTH.map(|role| (role, Some(v(to)))));
    assert!(rehearsal.oracle.is_clean(), "{}", rehearsal.oracle);
    assert!(rehearsal.judgement.is_innocent(), "{:#?}", rehearsal.judgement);
    assert_eq!(rehearsal.lines, back.lines());
    assert_eq!(rehearsal.oracle.reboots.iter().sum::<u32>() % 2, 0, "the unit that went ahead came back");
    for (group, standing) in &back.brief().groups {
        let forwarder = report.forwarders.iter().find(|forwarder| forwarder.group == *group).unwrap();
        assert_eq!((forwarder.unit, forwarder.redundant), (Some(standing.owner), true));
    }
    let old = back.brief().stops.last().unwrap().image.file.name().to_owned();
    for role in Role::BOTH {
        let saved = rehearsal.history.iter().rev().find_map(|happening| match &happening.what {
            What::Saved { boot } if happening.role == role => boot.first(),
            _ => None,
        });
        assert_eq!(saved, Some(&old), "{role} starts with the old image");
    }
}

#[test]
fn active_standby_goes_back_from_each_pause() {
    for way in WAYS {
        for active in Role::BOTH {
            let spec = Spec::active_standby("ASA5525", v("9.8(4)"))
                .with_staged(v("9.8(4)48"))
                .with_active(GroupId::UNIT, active);
            let plan = plan_of(spec, &policy(way));
            for pause in PAUSES {
                let back = plan.way_back(1, pause).unwrap();
                let rehearsal = rehearse(&back, 3, &[], &mut Unattended).unwrap();
                leads_back(&back, &rehearsal, "9.8(4)");
                let switches =
                    back.lines().iter().filter(|(_, line)| line.contains("failover active")).count();
                assert_eq!(switches, usize::from(pause == Pause::BeforeSecondReload), "{:?}", back.lines());
            }
        }
    }
}

#[test]
fn active_active_goes_back_from_each_pause() {
    for way in WAYS {
        for homes in [[Role::Primary, Role::Secondary], [Role::Secondary, Role::Secondary]] {
            for preempt in [None, Some(60)] {
                let [first, second] = homes;
                let mut spec = Spec::active_active("ASA5525", v("9.8(4)"))
                    .with_staged(v("9.8(4)48"))
                    .with_active(GroupId::new(1), first)
                    .with_active(GroupId::new(2), second);
                if let Some(delay) = preempt {
                    spec = spec.with_preempt(GroupId::new(2), delay);
                }
                let plan = plan_of(spec, &policy(way));
                for back in plan.brief().backs.clone() {
                    let back = plan.way_back(back.hop, back.pause).unwrap();
                    let rehearsal = rehearse(&back, 3, &[], &mut Unattended).unwrap();
                    println!("{way:?}, groups on {homes:?}, preempt {preempt:?}: {:?}", back.turns_at());
                    leads_back(&back, &rehearsal, "9.8(4)");
                }
                assert_eq!(plan.brief().backs.len(), 2, "{way:?}, {homes:?}, {preempt:?}");
            }
        }
    }
}

/// Each hop has its own way back, to the release that it came from.
#[test]
fn each_hop_has_its_own_way_back() {
    let spec = Spec::active_standby("ASA5520", v("7.0(8)")).with_staged(v("7.1(2)")).with_staged(v("7.2(5)"));
    let goal = Goal::new(v("7.2(5)"))
        .with_image(image(&spec, v("7.1(2)")))
        .with_image(image(&spec, v("7.2(5)")))
        .with_accepted("image.hash.unavailable");
    let plan = planned(&Rc::new(RefCell::new(twin::Pair::new(spec, 1))), &goal, &Policy::default());
    for (hop, to) in [(1, "7.0(8)"), (2, "7.1(2)")] {
        for pause in PAUSES {
            let back = plan.way_back(hop, pause).unwrap();
            leads_back(&back, &rehearse(&back, 1, &[], &mut Unattended).unwrap(), to);
        }
    }
    let refusal = plan.way_back(3, Pause::BeforeSwitch).unwrap_err();
    assert!(
        refusal.to_string().contains("the plan does not come by the point before the switch of hop 3"),
        "{refusal}"
    );
}

/// At a pause the operator sees the lines of the way back, and a halt there names them too.
#[test]
fn the_operator_sees_the_way_back() {
    struct Asked(Vec<Question>);
    impl Operator for Asked {
        fn ask(&mut self, question: &Question) -> Answer {
            self.0.push(question.clone());
            if self.0.len() == 2 { Answer::Halt } else { Answer::Go }
        }

        fn saw(&mut self, _: Elapsed, _: &Event, _: &Action, _: &Run) {}
    }
    let spec = Spec::active_standby("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"));
    let plan = plan_of(spec, &PAUSES.into_iter().fold(Policy::default(), Policy::with_pause));
    let mut asked = Asked(Vec::new());
    let rehearsal = rehearse(&plan, 1, &[], &mut asked).unwrap();
    let ways = PAUSES.map(|pause| plan.way_back(1, pause).unwrap());
    let shown: Vec<_> = asked.0.iter().map(|question| question.back.clone()).collect();
    assert_eq!(shown, ways.each_ref().map(Plan::lines));
    let Outcome::Halted(halt) = &rehearsal.outcome else { panic!("{}", rehearsal.outcome) };
    let back = halt.back.as_ref().unwrap();
    assert_eq!((back.hop, back.pause, back.to), (1, Pause::BeforeSecondReload, v("9.8(4)")));
    assert_eq!(back.lines, ways[1].lines());
    assert!(
        halt.safe.contains("or go back to 9.8(4), which is free up to the second reload of hop 1"),
        "{}",
        halt.safe
    );
    // Where nothing is ahead there is nothing to go back from.
    let early = rehearse(
        &plan,
        1,
        &[(When::At(Duration::from_secs(2)), Fault::SaveFails(Role::Primary))],
        &mut Unattended,
    )
    .unwrap();
    let Outcome::Halted(halt) = &early.outcome else { panic!("{}", early.outcome) };
    assert_eq!(halt.back, None);
}

/// A way back is guarded as any other run: a unit that never returns ends it in a halt without harm.
#[test]
fn a_way_back_is_guarded() {
    let spec = Spec::active_standby("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"));
    let plan = plan_of(spec, &Policy::default());
    for pause in PAUSES {
        let back = plan.way_back(1, pause).unwrap();
        let faults = [(When::At(Duration::from_secs(1)), Fault::NeverReturns(Role::Secondary))];
        let rehearsal = rehearse(&back, 1, &faults, &mut Unattended).unwrap();
        let Outcome::Halted(halt) = &rehearsal.outcome else { panic!("{}", rehearsal.outcome) };
        assert_eq!(halt.code, "deadline");
        assert!(rehearsal.oracle.is_blameless(), "{}", rehearsal.oracle);
    }
}

/// Its text says what it is, and its JSON is read back by planning both ways again.
#[test]
fn a_way_back_is_written_and_read_back() {
    let spec = Spec::active_standby("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"));
    let plan = plan_of(spec, &Policy::default());
    let forward = plan.to_markdown();
    assert!(forward.contains("### To 9.8(4), before the switch of the hop to 9.8(4)48\n"), "{forward}");
    assert!(
        forward.contains("### To 9.8(4), between the switch and the second reload of the hop to 9.8(4)48\n"),
        "{forward}"
    );
    assert!(forward.contains("After the second reload no plan goes back"), "{forward}");
    let back = plan.way_back(1, Pause::BeforeSecondReload).unwrap();
    for (number, (unit, line)) in (1..).zip(back.lines()) {
        assert!(forward.contains(&format!("| {number} | {unit} | `{line}` |")), "{forward}");
    }
    let text = back.to_markdown();
    assert!(text.starts_with("# Way back of "), "{text}");
    assert!(
        text.contains("for the point between the switch and the second reload of hop 1, and for no other"),
        "{text}"
    );
    assert!(text.contains("Secondary: ASA5525, serial") && text.contains("runs 9.8(4)48"), "{text}");
    assert!(text.contains("way-back.configuration"), "{text}");
    assert!(!text.contains("## Way back\n"), "{text}");

    let again = Plan::from_json(&back.to_json(), Compat::bundled()).unwrap();
    assert_eq!((again.id(), again.turns_at()), (back.id(), Some((1, Pause::BeforeSecondReload))));
    assert_eq!(again.steps(), back.steps());
    let other = back.to_json().replace("\"before-second-reload\"", "\"before-switch\"");
    assert!(matches!(Plan::from_json(&other, Compat::bundled()), Err(PlanJsonError::Differs { .. })));
    let none = back.way_back(1, Pause::BeforeSwitch).unwrap_err().to_string();
    assert!(none.contains("a way back has none of its own"), "{none}");
}
