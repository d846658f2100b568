//! Wrong input is answered: each wrong thing has its own message, and there is no plan.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use crate::pairs::{fetching, goal, image, planned, read, upgrade, v};
use asa_failover_core::check::Severity;
use asa_failover_core::command::Command;
use asa_failover_core::compat::Compat;
use asa_failover_core::drive::{Forgetful, Unattended, drive};
use asa_failover_core::goal::{Digest, Goal, Image, Policy, Procedure};
use asa_failover_core::link::{Endpoint, Reach, SessionId, Via};
use asa_failover_core::pair::Pair;
use asa_failover_core::plan::{Plan, PlanJsonError, plan};
use asa_failover_core::rehearse::VirtualClock;
use asa_failover_core::run::{Outcome, Records, Run};
use asa_failover_core::session::Login;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::transport::{
    Abilities, Connect, EchoCheck, Exchange, Loss, Terminals, Transport, Within,
};
use asa_failover_core::twin::{self, Fault, Spec};
use asa_failover_core::unit::{GroupId, Role};
use asa_failover_core::version::AsaVersion;

fn standby() -> Spec {
    Spec::active_standby("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"))
}

fn facts(spec: Spec) -> Pair {
    read(&Rc::new(RefCell::new(twin::Pair::new(spec, 1))), Reach::BothAddresses)
}

/// Everything that blocks, as the operator reads it.
#[track_caller]
fn refused_by(pair: &Pair, goal: &Goal, policy: &Policy) -> Vec<String> {
    let refusal = plan(pair, goal, Compat::bundled(), policy).expect_err("there is a plan");
    refusal.blocking().map(ToString::to_string).collect()
}

#[track_caller]
fn refused(spec: Spec, goal: &Goal) -> Vec<String> {
    refused_by(&facts(spec), goal, &Policy::default())
}

#[test]
fn unknown_version_text() {
    let error = "9.8(4".parse::<AsaVersion>().unwrap_err().to_string();
    assert_eq!(error, "expected an ASA version such as 9.16(4)57, found \"9.8(4\"");
}

#[test]
fn an_image_of_another_platform() {
    let spec = standby();
    let mut goal = Goal::new(v("9.8(4)48"));
    goal.images = vec![
        Image::new("disk0:/asa984-48-lfbff-k8.SPA".parse().unwrap())
            .with_digest("0".repeat(128).parse().unwrap()),
    ];
    let all = refused(spec, &goal);
    let platform = all.iter().find(|text| text.contains("image.platform")).unwrap();
    assert!(
        platform.starts_with("BLOCK image.platform: disk0:/asa984-48-lfbff-k8.SPA does not fit ASA 5525-X: "),
        "{platform}"
    );
    // Never only the first finding: the file is missing on both units too.
    assert_eq!(all.iter().filter(|text| text.contains("image.absent")).count(), 2, "{all:?}");
}

#[test]
fn a_file_that_the_standby_lacks() {
    let mut spec = standby();
    spec.unit_mut(Role::Secondary).flash.pop();
    let goal = goal(&spec);
    assert_eq!(
        refused(spec, &goal),
        [
            "BLOCK image.absent: Secondary: disk0:/asa984-48-smp-k8.bin is not on flash; copy it there, or give an address to fetch it from [dir]"
        ]
    );
}

#[test]
fn a_flash_that_is_full() {
    let (mut spec, goal) = fetching();
    for role in Role::BOTH {
        spec.unit_mut(role).flash_size = 120_000_000;
    }
    let all = refused(spec, &goal);
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(
        all[0].starts_with("BLOCK flash.full: Primary: ")
            && all[0].ends_with("are needed to fetch disk0:/asa984-48-smp-k8.bin; make room [dir]"),
        "{all:?}"
    );
}

#[test]
fn an_image_of_the_wrong_size() {
    let spec = standby();
    let mut goal = goal(&spec);
    goal.images[0].size = Some(1);
    let all = refused(spec, &goal);
    assert!(all[0].starts_with("BLOCK image.size: Primary: disk0:/asa984-48-smp-k8.bin has "), "{all:?}");
    assert!(all[0].contains("bytes, the published image has 1; replace the file"), "{all:?}");
}

/// The digest is computed in the run, by each unit, before anything is changed.
#[test]
fn a_digest_that_differs_halts_before_any_change() {
    let spec = standby();
    let mut goal = goal(&spec);
    let wrong: Digest = "ab".repeat(64).parse().unwrap();
    goal.images[0].sha512 = Some(wrong.clone());
    let (_, rehearsal) = upgrade(spec, 1, &goal, &Policy::default());
    let Outcome::Halted(halt) = &rehearsal.outcome else { panic!("{}", rehearsal.outcome) };
    assert_eq!(halt.code, "image-differs");
    let text = halt.reason.to_string();
    assert!(
        text.starts_with("disk0:/asa984-48-smp-k8.bin on Primary is not the published image: SHA-512 "),
        "{text}"
    );
    assert!(text.ends_with(&format!("expected SHA-512 {wrong}")), "{text}");
    assert!(rehearsal.lines.is_empty(), "{:?}", rehearsal.lines);
    assert!(rehearsal.oracle.is_clean());
}

/// A copy that the network damaged without a word is found by its digest.
#[test]
fn a_damaged_copy_halts_before_any_reload() {
    let (spec, goal) = fetching();
    let spec = spec.with_fault(Duration::ZERO, Fault::CorruptCopy(Role::Secondary));
    let (_, rehearsal) = upgrade(spec, 1, &goal, &Policy::default());
    let Outcome::Halted(halt) = &rehearsal.outcome else { panic!("{}", rehearsal.outcome) };
    assert_eq!(halt.code, "image-differs");
    assert!(halt.reason.to_string().contains("on Secondary"), "{}", halt.reason);
    assert_eq!(rehearsal.oracle.reboots, [0, 0]);
}

#[test]
fn failover_that_is_off() {
    let pair = Rc::new(RefCell::new(twin::Pair::new(standby(), 1)));
    pair.borrow_mut().inject(Fault::Console(Role::Primary, "no failover".to_owned()));
    let later = pair.borrow().now() + Duration::from_secs(30);
    pair.borrow_mut().advance_to(later);
    let facts = read(&pair, Reach::BothAddresses);
    let all = refused_by(&facts, &goal(&standby()), &Policy::default());
    assert!(
        all.contains(
            &"BLOCK failover.off: Primary: failover is off; nothing would take over [show failover]"
                .to_owned()
        ),
        "{all:?}"
    );
}

/// The mate does not answer, so it is read through what was captured before; its state says Failed.
#[test]
fn a_mate_that_failed() {
    let spec = standby();
    let mut facts = facts(spec);
    let failed = asa_failover_core::unit::Standing::Failed;
    facts.secondary.failover.value.this_host.as_mut().unwrap().state = Some(failed.clone());
    facts.primary.failover.value.other_host.as_mut().unwrap().state = Some(failed);
    assert_eq!(
        refused_by(&facts, &goal(&standby()), &Policy::default()),
        [
            "BLOCK failover.standing: Primary is Active and Secondary is Failed for the pair, expected one Active and one Standby Ready [show failover]"
        ]
    );
}

/// Units that are not alike are named with both values; memory alone may be accepted.
#[test]
fn units_that_differ() {
    let mut facts = facts(standby());
    facts.secondary.version.value.hardware = Some("ASA5545".to_owned());
    facts.secondary.version.value.ram_mb = Some(12_288);
    facts.primary.version.value.ram_mb = Some(8_192);
    let all = refused_by(&facts, &goal(&standby()), &Policy::default());
    assert_eq!(
        all,
        [
            "BLOCK pair.hardware: the units have different models: ASA5525 and ASA5545 [show version]",
            "BLOCK pair.memory: the units have different memory: 8192 MB and 12288 MB [show version] (may be accepted as pair.memory)",
        ]
    );
}

/// Both folders hold the captures of one unit: the easiest mistake there is.
#[test]
fn one_unit_captured_twice() {
    let mut facts = facts(standby());
    facts.secondary.serial = facts.primary.serial.clone();
    let all = refused_by(&facts, &goal(&standby()), &Policy::default());
    assert_eq!(
        all[0],
        "BLOCK pair.serials: both captures are of the unit with serial number JAD000000A1; capture each unit from itself [show version]"
    );
}

#[test]
fn a_target_that_runs_already() {
    let spec = standby();
    let goal = Goal::new(v("9.8(4)"));
    assert_eq!(
        refused(spec, &goal),
        ["BLOCK target.same: both units run 9.8(4) already; there is nothing to do [show version]"]
    );
}

#[test]
fn a_downgrade_and_a_leap_are_named_by_the_verdict() {
    let all = refused(standby(), &Goal::new(v("9.1(7)")));
    assert!(
        all.iter().any(|text| text.starts_with("BLOCK version.verdict: ") && text.contains("downgrade")),
        "{all:?}"
    );
    let all = refused(standby(), &Goal::new(v("9.99(1)")));
    assert!(all.iter().any(|text| text.starts_with("BLOCK version.verdict: ")), "{all:?}");
}

#[test]
fn platforms_with_another_boot_procedure() {
    for (model, procedure) in
        [("FPR-1120", "single boot system entry"), ("FPR4K-SM-24", "upgraded by its chassis")]
    {
        let mut facts = facts(Spec::active_standby("ASA5525", v("9.16(4)")));
        for unit in [&mut facts.primary, &mut facts.secondary] {
            unit.version.value.hardware = Some(model.to_owned());
        }
        let all = refused_by(&facts, &Goal::new(v("9.18(4)")), &Policy::default());
        let refusal = all
            .iter()
            .find(|text| text.contains("platform.boot-procedure"))
            .unwrap_or_else(|| panic!("{all:?}"));
        assert!(refusal.contains(procedure) && refusal.contains("manual procedure"), "{refusal}");
    }
}

#[test]
fn one_address_where_the_mate_cannot_be_reached_through_it() {
    let old = Spec::active_standby("ASA5520", v("7.0(8)")).with_staged(v("7.1(2)"));
    let goal =
        Goal::new(v("7.1(2)")).with_image(image(&old, v("7.1(2)"))).with_accepted("image.hash.unavailable");
    let all = refused_by(&facts(old), &goal, &Policy::default().with_reach(Reach::ActiveOnly));
    assert_eq!(
        all,
        [
            "BLOCK reach.failover-exec: 7.0(8) has no failover exec (8.0 and later), so the address of the standby unit is needed too [show version]"
        ]
    );
    let spec = standby();
    let policy = Policy::default().with_reach(Reach::ActiveOnly).with_procedure(Procedure::Published);
    let all = refused_by(&facts(spec), &self::goal(&standby()), &policy);
    assert!(all[0].starts_with("BLOCK reach.published: "), "{all:?}");
}

/// Where only the looks tell of a restart of the mate, they come more often than a unit restarts.
#[test]
fn one_address_where_the_mate_restarts_between_two_looks() {
    let planned = |reach, poll_s| {
        let mut policy = Policy::default().with_reach(reach);
        policy.poll_s = poll_s;
        let told = plan(&facts(standby()), &goal(&standby()), Compat::bundled(), &policy);
        told.map(drop).map_err(|refusal| refusal.blocking().map(ToString::to_string).collect::<Vec<_>>())
    };
    assert_eq!(
        planned(Reach::ActiveOnly, 61),
        Err(vec![
            "BLOCK reach.polls: the standby unit is read through its mate, so that its restart shows in these looks alone; \
             poll_s is 61, at most 60 is shorter than any restart"
                .to_owned()
        ])
    );
    assert_eq!(planned(Reach::ActiveOnly, 60), Ok(()));
    assert_eq!(planned(Reach::BothAddresses, 61), Ok(()));
}

#[test]
fn no_state_link_is_a_condition_that_may_be_accepted() {
    let mut spec = standby();
    spec.stateful = false;
    let goal = goal(&spec);
    let all = refused(spec.clone(), &goal);
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all[0].ends_with("(may be accepted as failover.state-link.absent)"), "{all:?}");
    let (plan, rehearsal) =
        upgrade(spec, 1, &goal.with_accepted("failover.state-link.absent"), &Policy::default());
    assert!(plan.to_markdown().contains("no state link: every connection drops at each switch"));
    assert!(
        plan.findings()
            .iter()
            .any(|finding| finding.severity == Severity::Warn && finding.text.ends_with("(accepted)"))
    );
    assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
}

#[test]
fn an_accepted_id_that_nothing_asked_for_is_said() {
    let spec = standby();
    let goal = goal(&spec).with_accepted("image.hash.unavailabel");
    let plan = plan(&facts(spec), &goal, Compat::bundled(), &Policy::default()).unwrap();
    assert!(plan.findings().iter().any(|finding| finding.id == "goal.accepted"
        && finding.text.starts_with("image.hash.unavailabel is accepted but was not found")));
}

#[test]
fn an_accepted_id_that_may_not_be_accepted_is_said() {
    let goal = Goal::new("9.8(4)48".parse().unwrap()).with_accepted("image.none");
    let refusal = plan(&facts(standby()), &goal, Compat::bundled(), &Policy::default()).unwrap_err();
    let texts: Vec<&str> = refusal.findings.iter().map(|finding| finding.text.as_str()).collect();
    assert!(texts.contains(&"image.none is not an id that may be accepted; the finding stands"), "{texts:?}");
    assert!(texts.contains(&"no image is given for 9.8(4)48, the target"), "{texts:?}");
}

#[test]
fn an_owner_of_a_group_that_is_not_there() {
    let spec = standby();
    let goal = goal(&spec).with_owner(GroupId::new(2), Role::Secondary);
    assert_eq!(
        refused(spec, &goal),
        ["BLOCK goal.owner: the pair has no group 2, which is to go to Secondary [show failover]"]
    );
}

#[test]
fn a_plan_holds_only_as_long_as_planning_again_gives_it() {
    let spec = standby();
    let plan = plan(&facts(spec.clone()), &goal(&spec), Compat::bundled(), &Policy::default()).unwrap();
    let again = Plan::from_json(&plan.to_json(), Compat::bundled()).unwrap();
    assert_eq!((again.id(), again.lines()), (plan.id(), plan.lines()));
    let edited = plan.to_json().replace("\"soak_s\": 120", "\"soak_s\": 0");
    let Err(PlanJsonError::Differs { why, .. }) = Plan::from_json(&edited, Compat::bundled()) else {
        panic!("an edited plan holds")
    };
    assert_eq!(why, "facts, goal, policy or planner");
    let error = Plan::from_json("{\"schema\": 99}", Compat::bundled()).unwrap_err().to_string();
    assert_eq!(error, "expected a plan of schema 1, found 99");
    let error = Plan::from_json("no plan", Compat::bundled()).unwrap_err().to_string();
    assert!(error.starts_with("expected a plan as JSON: "), "{error}");
}

/// A transport of the caller's own, with its shortfalls.
struct Lesser(Terminals<Memory>, Abilities);

impl Transport for Lesser {
    fn connect(&mut self, endpoint: Endpoint, within: Duration) -> Connect {
        self.0.connect(endpoint, within)
    }

    fn exchange(&mut self, session: SessionId, via: Via, command: &Command, within: Within) -> Exchange {
        self.0.exchange(session, via, command, within)
    }

    fn close(&mut self, session: SessionId) {
        self.0.close(session);
    }

    fn abilities(&self) -> Abilities {
        self.1
    }
}

/// Runs over such a transport; how it ended, and how many lines the pair was typed.
fn run_over(abilities: Abilities, accepted: &[&str]) -> (Outcome, usize) {
    let pair = Rc::new(RefCell::new(twin::Pair::new(standby(), 1)));
    let goal = accepted.iter().fold(goal(&standby()), |goal, id| goal.with_accepted(*id));
    let plan = planned(&pair, &goal, &Policy::default());
    let before = pair.borrow().history().len();
    let mut transport = Lesser(Terminals::new(Memory::new(Rc::clone(&pair)), Login::default()), abilities);
    let mut clock = VirtualClock::new(Rc::clone(&pair));
    let mut run = Run::new(&plan);
    let outcome =
        drive(&mut run, Records::default(), &mut transport, &mut clock, &mut Forgetful, &mut Unattended);
    let typed = pair.borrow().history().len() - before;
    (outcome, typed)
}

#[test]
fn a_transport_that_cannot_be_relied_on() {
    let reconnects = Abilities { loss: Loss::Reconnects, ..Abilities::default() };
    let blind = Abilities { echo: EchoCheck::None, ..Abilities::default() };
    for (abilities, accepted, why) in [
        (
            reconnects,
            "transport.loss",
            "the transport reconnects by itself, so a line may reach the other unit",
        ),
        (
            blind,
            "transport.login",
            "the transport does not compare the echo before Enter (may be accepted as transport.echo)",
        ),
    ] {
        let (outcome, typed) = run_over(abilities, &[accepted]);
        let Outcome::Halted(halt) = outcome else { panic!("{outcome}") };
        assert_eq!((halt.reason.to_string(), typed), (format!("no session: {why}"), 0));
    }
    let (outcome, _) = run_over(blind, &["transport.echo"]);
    assert!(matches!(outcome, Outcome::Completed(_)), "{outcome}");
}
