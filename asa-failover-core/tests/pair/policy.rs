//! What the policy promises beside the guards: a deadline for each phase, patience where something heals by
//! itself, symptoms long before a deadline, and a change window that nothing outlasts.
#![expect(clippy::unwrap_used, reason = "what a test starts from is there, or the test has failed")]

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use crate::pairs::{fetching, goal, plan_of, planned, read, v};
use asa_failover_core::compat::Compat;
use asa_failover_core::decide::{Awaited, Reason, Symptom};
use asa_failover_core::drive::{Forgetful, Operator, Unattended};
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::goal::{OnDrift, Policy};
use asa_failover_core::link::{Endpoint, Reach, Refused};
use asa_failover_core::plan::{Plan, plan};
use asa_failover_core::rehearse::{Rehearsal, VirtualClock, rehearse, rehearse_on};
use asa_failover_core::run::{Action, Answer, Event, Halt, Outcome, Records, Run};
use asa_failover_core::session::Login;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::transport::{Connect, Exchange, Terminals, Transport, Within};
use asa_failover_core::twin::{self, Fault, Spec, What, When};
use asa_failover_core::unit::{Role, Standing};
use asa_failover_core::{decide, drive::Clock};

fn spec() -> Spec {
    Spec::active_standby("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"))
}

#[track_caller]
fn halt(outcome: &Outcome) -> &Halt {
    let Outcome::Halted(halt) = outcome else { panic!("{outcome}") };
    halt
}

/// Sees every symptom that a run names.
#[derive(Default)]
struct Doctor {
    seen: Vec<(Elapsed, Symptom, String)>,
}

impl Operator for Doctor {
    fn ask(&mut self, _: &decide::Question) -> Answer {
        Answer::Go
    }

    fn saw(&mut self, at: Elapsed, _: &Event, _: &Action, run: &Run) {
        let progress = run.progress(at);
        let text = progress.to_string();
        if let Some(symptom) = progress.symptom {
            self.seen.push((at, symptom, text));
        }
    }
}

fn diagnosed(policy: &Policy, fault: Fault) -> (Rehearsal, Doctor) {
    let mut doctor = Doctor::default();
    let rehearsal =
        rehearse(&plan_of(spec(), policy), 1, &[(When::At(Duration::ZERO), fault)], &mut doctor).unwrap();
    (rehearsal, doctor)
}

/// A unit that hangs in one phase has that phase's time, and the halt names the phase.
#[test]
fn each_phase_has_a_deadline_of_its_own() {
    let mut policy = Policy::default();
    (policy.sync_config_s, policy.boot_s) = (700, 600);
    let unit = Role::Secondary;
    let cases = [
        (
            Fault::StuckIn(unit, Standing::SyncConfig),
            Awaited::Config(unit),
            700,
            "Secondary did not synchronise its configuration",
        ),
        (Fault::NeverReturns(unit), Awaited::Boot(unit), 600, "Secondary did not come back"),
    ];
    for (fault, awaited, secs, text) in cases {
        let (rehearsal, _) = diagnosed(&policy, fault);
        let reason = &halt(&rehearsal.outcome).reason;
        assert!(
            matches!(reason, Reason::Deadline { awaited: found, deadline_s, .. } if *found == awaited && *deadline_s == secs),
            "{reason}"
        );
        assert!(reason.to_string().starts_with(&format!("{text} within {secs} s")), "{reason}");
        assert!(rehearsal.oracle.is_clean(), "{}", rehearsal.oracle);
    }
}

/// What hangs is named soon after it takes longer than usual, with what it means and what to look at.
#[test]
fn a_stuck_state_is_named_long_before_its_deadline() {
    let unit = Role::Secondary;
    let cases = [
        (
            Fault::StuckIn(unit, Standing::SyncConfig),
            Awaited::Config(unit),
            300,
            "show startup-config errors",
        ),
        (Fault::NeverReturns(unit), Awaited::Boot(unit), 372, "show version"),
        (Fault::ReturnsFailed(unit), Awaited::Sync(unit), 75, "show failover interface"),
    ];
    for (fault, awaited, typical_s, line) in cases {
        let (rehearsal, doctor) = diagnosed(&Policy::default(), fault);
        let end = match &halt(&rehearsal.outcome).reason {
            Reason::Deadline { deadline_s, .. } => *deadline_s,
            other => panic!("{other}"),
        };
        let (_, symptom, text) = doctor.seen.first().unwrap();
        assert_eq!((symptom.awaited, symptom.typical_s), (awaited, typical_s));
        assert!(symptom.waited_s <= typical_s + 70 && symptom.waited_s < end, "{symptom:?}");
        assert!(symptom.look.contains(&(unit, line.to_owned())), "{:?}", symptom.look);
        assert!(text.contains(symptom.meaning), "{text}");
    }
    let mut doctor = Doctor::default();
    let rehearsal = rehearse(&plan_of(spec(), &Policy::default()), 1, &[], &mut doctor).unwrap();
    assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
    assert!(doctor.seen.is_empty(), "an upgrade without a fault has no symptom: {:?}", doctor.seen);
}

/// When the soak of a fault-free rehearsal begins.
fn in_the_soak(plan: &Plan) -> Duration {
    let quiet = rehearse(plan, 1, &[], &mut Unattended).unwrap();
    let switched = quiet.history.iter().find_map(|happening| match &happening.what {
        What::Typed { line, .. } if line == "no failover active" => Some(happening.at),
        _ => None,
    });
    switched.unwrap() + Duration::from_secs(20)
}

/// A standby that restarts by itself while nothing of ours is open has the time of a boot, not of a
/// silence: it heals, and the run completes. A unit that is silent and well has the time of a silence.
#[test]
fn a_standby_that_restarts_by_itself_is_waited_for() {
    for reach in [Reach::BothAddresses, Reach::ActiveOnly] {
        let (spec, goal) = fetching();
        let pair = Rc::new(RefCell::new(twin::Pair::new(spec, 1)));
        let plan = planned(&pair, &goal, &Policy::default().with_reach(reach));
        assert!(plan.policy().silence_s < plan.brief().reload_s);
        // While the primary fetches its image, for three and a half minutes; the secondary is next.
        let at = Duration::from_secs(100);
        let crashed =
            rehearse(&plan, 1, &[(When::At(at), Fault::Crash(Role::Secondary))], &mut Unattended).unwrap();
        assert!(matches!(crashed.outcome, Outcome::Completed(_)), "{reach:?}: {}", crashed.outcome);
        assert_eq!(crashed.lines, plan.lines());
        assert!(crashed.oracle.is_blameless(), "{}", crashed.oracle);
    }
    let plan = plan_of(spec(), &Policy::default());
    let at = in_the_soak(&plan);
    let silent =
        rehearse(&plan, 1, &[(When::At(at), Fault::Silent(Role::Primary))], &mut Unattended).unwrap();
    let reason = &halt(&silent.outcome).reason;
    assert!(
        matches!(reason, Reason::Deadline { awaited: Awaited::Answer(Role::Primary), deadline_s: 300, .. }),
        "{reason}"
    );
}

/// A unit that restarted by itself may refuse a login for a while, as one that we reloaded may; a unit
/// that its mate shows well may not.
#[test]
fn a_login_that_fails_on_a_unit_on_its_way_up_is_tried_again() {
    // Both boot lists name the new release by then, so that it comes back with that: drift, to be adapted to.
    let plan = plan_of(spec(), &Policy::default().with_on_drift(OnDrift::Adapt));
    let at = in_the_soak(&plan);
    let cases = [(Fault::Crash(Role::Primary), 3, true), (Fault::SessionLoss(Role::Primary), 1, false)];
    for (fault, refusals, completes) in cases {
        let mut twin = spec();
        twin.faults.push((When::At(at), fault));
        let pair = Rc::new(RefCell::new(twin::Pair::new(twin, 1)));
        let mut transport = Terminals::new(Memory::new(Rc::clone(&pair)), Login::default());
        let mut clock = VirtualClock::new(pair);
        let (mut run, mut event, mut refused) = (Run::new(&plan), Event::Start, 0);
        let outcome = loop {
            event = match run.step(clock.now(), event) {
                Action::Finish(outcome) => break outcome,
                Action::Connect { endpoint: Endpoint::Standby, by }
                    if clock.now() > Elapsed::ZERO.after(at) && refused < refusals =>
                {
                    let action = Action::Connect { endpoint: Endpoint::Standby, by };
                    match performed(&action, &mut transport, &mut clock) {
                        Event::Connected { .. } => {
                            refused += 1;
                            let address = "192.0.2.2".to_owned();
                            let why = Refused::Authentication { address, user: "ops".to_owned() };
                            Event::Refused { endpoint: Endpoint::Standby, why }
                        }
                        other => other,
                    }
                }
                action => performed(&action, &mut transport, &mut clock),
            };
        };
        assert_eq!(refused, refusals);
        if completes {
            assert!(matches!(outcome, Outcome::Completed(_)), "{outcome}");
        } else {
            assert_eq!(halt(&outcome).code, "no-session", "{outcome}");
        }
    }
}

/// A policy with which every run would halt, or one good reading would be enough, makes no plan.
#[test]
fn a_figure_that_no_run_keeps_to_is_refused() {
    let pair = Rc::new(RefCell::new(twin::Pair::new(spec(), 1)));
    let facts = read(&pair, Reach::BothAddresses);
    let blocking = |json: &str| -> Vec<(String, String)> {
        let policy: Policy = serde_json::from_str(json).unwrap();
        match plan(&facts, &goal(&spec()), Compat::bundled(), &policy) {
            Ok(_) => Vec::new(),
            Err(refusal) => {
                refusal.blocking().map(|finding| (finding.id.clone(), finding.text.clone())).collect()
            }
        }
    };
    for (json, text) in [
        (r#"{"w_ms": 0}"#, "w_ms: expected 1 to 5000, found 0"),
        (r#"{"w_ms": 5001}"#, "w_ms: expected 1 to 5000, found 5001"),
        (r#"{"ready_polls": 1}"#, "ready_polls: expected at least 2, found 1"),
        (r#"{"ready_for_s": 0}"#, "ready_for_s: expected at least 1, found 0"),
        (r#"{"caught_up_percent": 101}"#, "caught_up_percent: expected 0 to 100, found 101"),
        (r#"{"boot_s": 0}"#, "boot_s: expected at least 1, found 0"),
        (r#"{"probe_s": 0}"#, "probe_s: expected at least 1, found 0"),
    ] {
        assert_eq!(blocking(json), [("policy.figure".to_owned(), text.to_owned())]);
    }
    // Every figure of nothing is refused, but for those that mean something.
    let zeros = ["soak_s", "preempt_s", "reply_s", "connect_s", "caught_up_percent", "flaps", "resumes"];
    let policy = serde_json::to_value(Policy::default()).unwrap();
    for (field, value) in policy.as_object().unwrap() {
        if value.is_number() {
            let found = blocking(&format!(r#"{{"{field}": 0}}"#));
            assert_eq!(found.is_empty(), zeros.contains(&field.as_str()), "{field}: {found:?}");
        }
    }
    for json in [
        r#"{"w_ms": 5000}"#,
        r#"{"ready_polls": 2, "ready_for_s": 1}"#,
        r#"{"caught_up_percent": 0, "soak_s": 0}"#,
    ] {
        assert_eq!(blocking(json), [], "{json}");
    }
}

/// A plan that does not fit into the window is none; one that fits typically is one.
#[test]
fn a_plan_fits_into_its_window() {
    let pair = Rc::new(RefCell::new(twin::Pair::new(spec(), 1)));
    let facts = read(&pair, Reach::BothAddresses);
    let mut policy = Policy::default();
    let whole = plan_of(spec(), &policy).typical_s();
    for (window_s, fits) in
        [(0, false), (60, false), (whole / 2, false), (whole - 120, false), (whole + 120, true)]
    {
        policy.window_s = Some(window_s);
        match plan(&facts, &goal(&spec()), Compat::bundled(), &policy) {
            Ok(_) => assert!(fits, "{window_s} of {whole} s"),
            Err(refusal) => {
                assert!(!fits, "{window_s} of {whole} s: {refusal}");
                let ids: Vec<&str> = refusal.blocking().map(|finding| finding.id.as_str()).collect();
                assert_eq!(ids, ["goal.window"], "{refusal}");
            }
        }
    }
}

/// A hop is begun only with time for all of it; what then takes longer halts before the next line that
/// could not finish, and says what is left.
#[test]
fn nothing_begins_that_cannot_finish_in_the_window() {
    let mut policy = Policy::default();
    let whole = plan_of(spec(), &policy).typical_s();
    policy.window_s = Some(whole + 120);
    let plan = plan_of(spec(), &policy);
    for (boot_s, lines) in [(330, "completes"), (700, "no second reload"), (330 + 250, "no second reload")] {
        let mut slow = spec();
        slow.timings.boot = Duration::from_secs(boot_s);
        let pair = twin::Pair::new(slow, 1);
        let rehearsal = rehearse_on(&plan, pair, Records::default(), &mut Forgetful, &mut Unattended);
        let reloads = rehearsal.lines.iter().filter(|(_, line)| line == "failover reload-standby").count();
        if lines == "completes" {
            assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
            continue;
        }
        let halt = halt(&rehearsal.outcome);
        assert!(
            matches!(halt.reason, Reason::WindowShort { needs_s: 402, left_s } if left_s < 402),
            "{boot_s} s: {}",
            halt.reason
        );
        assert_eq!(reloads, 1);
        assert!(halt.safe.contains("the pair was whole"), "{}", halt.safe);
        assert!(halt.safe.contains("for the next window"), "{}", halt.safe);
    }
    // It took so long before the first reload that the hop is not begun: nothing is half done.
    let mut twin = spec();
    twin.faults.push((When::At(Duration::from_secs(10)), Fault::Silent(Role::Secondary)));
    twin.faults.push((When::At(Duration::from_secs(250)), Fault::Heard(Role::Secondary)));
    let rehearsal =
        rehearse_on(&plan, twin::Pair::new(twin, 1), Records::default(), &mut Forgetful, &mut Unattended);
    assert_eq!(halt(&rehearsal.outcome).code, "window-short", "{}", rehearsal.outcome);
    assert!(
        rehearsal.lines.iter().all(|(_, line)| line != "failover reload-standby"),
        "{:?}",
        rehearsal.lines
    );
}

/// An active unit that restarts by itself moves the standing: that is drift, and adapting is a choice.
#[test]
fn an_active_unit_that_restarts_by_itself_is_drift() {
    for (on_drift, completes) in [(OnDrift::Halt, false), (OnDrift::Adapt, true)] {
        let plan = plan_of(spec(), &Policy::default().with_on_drift(on_drift));
        let at = in_the_soak(&plan);
        let crashed =
            rehearse(&plan, 1, &[(When::At(at), Fault::Crash(Role::Secondary))], &mut Unattended).unwrap();
        if completes {
            assert!(matches!(crashed.outcome, Outcome::Completed(_)), "{}", crashed.outcome);
        } else {
            assert_eq!(halt(&crashed.outcome).code, "moved-unasked", "{}", crashed.outcome);
        }
    }
}

/// Answers every probe but one, and says when each was asked.
struct Prober {
    now: Elapsed,
    asked: Vec<Elapsed>,
    refuse: Option<usize>,
}

impl Operator for Prober {
    fn ask(&mut self, _: &decide::Question) -> Answer {
        Answer::Go
    }

    fn probe(&mut self) -> Result<(), String> {
        self.asked.push(self.now);
        if self.refuse == Some(self.asked.len()) {
            Err("no answer from 203.0.113.10".to_owned())
        } else {
            Ok(())
        }
    }

    fn saw(&mut self, at: Elapsed, _: &Event, _: &Action, _: &Run) {
        self.now = at;
    }
}

/// Between the switch and the second reload the caller is asked as often as the policy says, and the last
/// word is young; one refusal halts where the way back is free, and it leads back.
#[test]
fn the_callers_probes_decide_whether_the_second_reload_comes() {
    let mut policy = Policy::default();
    (policy.soak_s, policy.probe_s) = (300, Some(30));
    let plan = plan_of(spec(), &policy);
    let shown = plan.steps().iter().filter(|step| step.expect.contains("health probe")).count();
    assert_eq!(shown, 1, "the plan says that it probes");
    let mut prober = Prober { now: Elapsed::ZERO, asked: Vec::new(), refuse: None };
    let rehearsal = rehearse(&plan, 1, &[], &mut prober).unwrap();
    assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
    assert_eq!(rehearsal.lines, plan.lines());
    let typed = |wanted: &str, nth: usize| {
        let mut lines = rehearsal.history.iter().filter_map(|happening| match &happening.what {
            What::Typed { line, .. } if line == wanted => Some(Elapsed::ZERO.after(happening.at)),
            _ => None,
        });
        lines.nth(nth).unwrap()
    };
    let (switch, reload) = (typed("no failover active", 0), typed("failover reload-standby", 1));
    let (first, last) = (*prober.asked.first().unwrap(), *prober.asked.last().unwrap());
    assert!(switch < first && last < reload && reload.since(last) <= Duration::from_secs(31));
    assert!((10..=12).contains(&prober.asked.len()), "{:?}", prober.asked);

    for refuse in [1, 5] {
        let mut prober = Prober { now: Elapsed::ZERO, asked: Vec::new(), refuse: Some(refuse) };
        let rehearsal = rehearse(&plan, 1, &[], &mut prober).unwrap();
        let halt = halt(&rehearsal.outcome);
        assert_eq!(halt.reason, Reason::Unhealthy("no answer from 203.0.113.10".to_owned()));
        assert_eq!(prober.asked.len(), refuse);
        let back = halt.back.as_ref().unwrap();
        let way = plan.way_back(back.hop, back.pause).unwrap();
        assert_eq!(back.lines, way.lines());
        assert_eq!(rehearsal.lines.iter().filter(|(_, line)| line == "failover reload-standby").count(), 1);
        // The way back asks too: the release it leads to has to be well as well.
        let mut prober = Prober { now: Elapsed::ZERO, asked: Vec::new(), refuse: None };
        let rehearsal = rehearse(&way, 1, &[], &mut prober).unwrap();
        assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
        assert!(prober.asked.len() > 5);
    }
}

/// A probe that does not end in time is not well, and an answer that nobody asked for is none.
#[test]
fn a_probe_that_does_not_end_is_not_well() {
    let mut policy = Policy::default();
    policy.probe_s = Some(30);
    let plan = plan_of(spec(), &policy);
    for (event, code) in [(Event::TimedOut, "unhealthy"), (Event::Recorded, "unexpected")] {
        let pair = Rc::new(RefCell::new(twin::Pair::new(spec(), 1)));
        let mut transport = Terminals::new(Memory::new(Rc::clone(&pair)), Login::default());
        let mut clock = VirtualClock::new(pair);
        let (mut run, mut next) = (Run::new(&plan), Event::Start);
        let outcome = loop {
            next = match run.step(clock.now(), next) {
                Action::Finish(outcome) => break outcome,
                Action::Probe { by } => {
                    assert_eq!(by.since(clock.now()), Duration::from_secs(30));
                    event.clone()
                }
                action => performed(&action, &mut transport, &mut clock),
            };
        };
        assert_eq!(halt(&outcome).code, code, "{outcome}");
    }
    let mut run = Run::new(&plan);
    let _ = run.step(Elapsed::ZERO, Event::Start);
    let Action::Record(_) = run.step(Elapsed::ZERO, Event::Probed(Ok(()))) else { panic!("no end") };
    let Action::Finish(outcome) = run.step(Elapsed::ZERO, Event::Recorded) else { panic!("no end") };
    assert_eq!(halt(&outcome).code, "unexpected");
}

/// What a simulated pair makes of an action.
fn performed(action: &Action, transport: &mut Terminals<Memory>, clock: &mut VirtualClock) -> Event {
    match action {
        Action::Record(_) => Event::Recorded,
        Action::Sleep { until } => {
            clock.sleep(*until);
            Event::TimedOut
        }
        Action::Connect { endpoint, by } => match transport.connect(*endpoint, by.since(clock.now())) {
            Connect::Opened { session, prompt } => Event::Connected { session, prompt },
            Connect::Refused(why) => Event::Refused { endpoint: *endpoint, why },
            Connect::TimedOut => Event::TimedOut,
        },
        Action::Send { session, via, command, by, enter_by } => {
            match transport.exchange(*session, *via, command, Within::left(clock.now(), *by, *enter_by)) {
                Exchange::Replied { output, prompt } => Event::Replied { session: *session, output, prompt },
                Exchange::Asked { question } => Event::Questioned { session: *session, question },
                Exchange::Dropped => Event::Dropped { session: *session },
                Exchange::TimedOut => Event::TimedOut,
            }
        }
        Action::Ask(_) => Event::Answered(Answer::Go),
        Action::Probe { .. } => Event::Probed(Ok(())),
        Action::Finish(_) => Event::Stop,
    }
}

/// In Active/Active the switches that gather the groups count as long as they are to come.
#[test]
fn a_hop_of_active_active_fits_as_well() {
    let spec = || Spec::active_active("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"));
    let mut policy = Policy::default();
    let goal = goal(&spec());
    let whole = planned(&Rc::new(RefCell::new(twin::Pair::new(spec(), 1))), &goal, &policy).typical_s();
    policy.window_s = Some(whole + 120);
    let plan = planned(&Rc::new(RefCell::new(twin::Pair::new(spec(), 1))), &goal, &policy);
    let rehearsal = rehearse(&plan, 1, &[], &mut Unattended).unwrap();
    assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
    assert!(rehearsal.history.last().unwrap().at < Duration::from_secs(whole + 120));
}
