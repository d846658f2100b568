//! What a run makes of preempt that it took away: what a unit says of it, and how long that is of now.

use std::time::Duration;

use super::super::advice::tests::{AT, active_standby, planned, v};
use super::super::*;
use super::reload;
use crate::decide::{Heard, Removed};
use crate::goal::{Policy, Preempt};
use crate::link::Reach;
use crate::twin::Spec;
use crate::unit::GroupId;

/// Preempt that was removed, and is being removed once more, is told once: with the delay that it had at first.
#[test]
fn preempt_that_is_removed_twice_is_told_once() {
    let mut run = active_standby();
    let two = GroupId::new(2);
    let command = Command::NoPreempt { group: two, was_s: 45 };
    run.memory.intent = Some(Open::new(7, &Send { command, ..reload() }, &run.observed, AT));
    let told = |run: &Run| {
        let now = run.halted(AT, Reason::Stopped).now;
        now.into_iter().filter(|now| now.starts_with("the run of this journal took")).collect::<Vec<_>>()
    };
    let text = |delay: &str| {
        [format!(
            "the run of this journal took {delay} of group 2 out of the running configuration, or may have, and did not save since"
        )]
    };
    assert_eq!(told(&run), text("preempt 45"));
    run.memory.removed.insert(two, Removed { delay_s: 60, seen: true });
    assert_eq!(told(&run), text("preempt 60"));
}

/// A pair whose second group prefers the secondary, with its preempt removed.
fn without_preempt() -> Run {
    let spec = Spec::active_active("ASA5525", v("9.8(4)")).with_preempt(GroupId::new(2), 30);
    let policy = Policy::default().with_preempt(Preempt::Remove);
    let mut run = Run::new(&planned(&policy, spec.with_staged(v("9.8(4)48"))));
    run.memory.removed.insert(GroupId::new(2), Removed { delay_s: 30, seen: true });
    run
}

/// What the primary is read to have of preempt of group 2; since when that may take the group home.
fn reads(run: &mut Run, at: Elapsed, delay: Option<u32>) -> Option<Elapsed> {
    let delay = delay.map(|delay_s| (Role::Secondary, delay_s));
    let said = Said::RunningPreempt([(GroupId::new(1), None), (GroupId::new(2), delay)].into());
    run.observe(Role::Primary, &Command::ShowRunningFailover, at, said).unwrap();
    run.memory.back.get(&Role::Secondary).copied()
}

/// Once it was seen to be gone, one unit that has it again is enough for its time to begin anew.
#[test]
fn preempt_that_is_there_again_on_one_unit_begins_anew() {
    let two = GroupId::new(2);
    let mut run = without_preempt();
    assert_eq!(reads(&mut run, AT, None), None);
    assert_eq!(reads(&mut run, AT, Some(30)), Some(AT));
    // It is there still, and moved nothing: there is nothing to begin anew.
    let later = AT.after(Duration::from_secs(30));
    assert_eq!(reads(&mut run, later, Some(30)), Some(AT));
    assert_eq!(reads(&mut run, later, None), Some(AT));
    assert_eq!(reads(&mut run, later, Some(30)), Some(later));
    // A line that is not known to have taken it away explains that it is there.
    let mut run = without_preempt();
    run.memory.removed.get_mut(&two).unwrap().seen = false;
    assert_eq!(reads(&mut run, AT, Some(30)), None);
}

/// Nothing of ours took away what is there from the beginning, nor what somebody else took away for a while.
#[test]
fn preempt_that_somebody_else_took_away_begins_anew_where_it_is_back() {
    let mut run = without_preempt();
    run.memory.removed.clear();
    assert_eq!(reads(&mut run, AT, Some(30)), None);
    assert_eq!(reads(&mut run, AT, None), None);
    let later = AT.after(Duration::from_secs(30));
    assert_eq!(reads(&mut run, later, Some(30)), Some(later));
    // An answer without a group is none.
    let lacks = Said::RunningPreempt([(GroupId::new(1), None)].into());
    let why = run.observe(Role::Primary, &Command::ShowRunningFailover, later, lacks);
    assert_eq!(why, Err("group 2 is not in the answer".to_owned()));
}

/// Preempt that is not what the plan found is believed where two answers in a row say so, and waits from then on.
#[test]
fn another_preempt_is_believed_where_it_is_said_twice() {
    let mut run = without_preempt();
    run.memory.removed.clear();
    let mut says = |delay_s| {
        let said = [(GroupId::new(1), None), (GroupId::new(2), Some((Role::Secondary, delay_s)))];
        let (at, unit, said) = (Endpoint::Active, Role::Primary, Said::RunningPreempt(said.into()));
        run.take_reading(at, unit, Via::Direct, &Command::ShowRunningFailover, AT, said);
        let [primary, _] = &run.observed;
        (primary.running_preempt.is_some(), run.memory.back.contains_key(&Role::Secondary))
    };
    assert_eq!(says(30), (true, false), "as the plan found it");
    assert_eq!(says(9), (false, false));
    assert_eq!(says(8), (false, false), "not what was said before");
    assert_eq!(says(30), (true, false));
    assert_eq!(says(8), (false, false), "something else came between");
    assert_eq!(says(8), (true, true));
}

/// Where one address is all there is both units are asked over it: what one says takes nothing of the doubt about the other.
#[test]
fn what_is_doubted_of_a_unit_is_not_undone_by_its_mate() {
    let mut run = without_preempt();
    run.memory.removed.clear();
    let mut says = |unit: Role, via, delay_s| {
        let said = [(GroupId::new(1), None), (GroupId::new(2), Some((Role::Secondary, delay_s)))];
        let said = Said::RunningPreempt(said.into());
        run.take_reading(Endpoint::Active, unit, via, &Command::ShowRunningFailover, AT, said);
        pair_of(&run.observed, unit).running_preempt.is_some()
    };
    let (primary, secondary) = (Role::Primary, Role::Secondary);
    assert!(!says(secondary, Via::Mate, 8));
    assert!(!says(primary, Via::Direct, 8), "the mate said so, not this one");
    assert!(says(primary, Via::Direct, 30), "as the plan found it");
    assert!(says(secondary, Via::Mate, 8), "for the second time");
}

/// Preempt may move a group at once: not onto a unit that is about to reload.
#[test]
fn a_scheduled_reload_is_cancelled_before_preempt_is_restored() {
    let halt = without_preempt().halted(AT, Reason::ReloadScheduled(Role::Secondary));
    let changes: Vec<&str> =
        halt.commands.iter().filter(|line| line.changes).map(|line| line.line.as_str()).collect();
    assert_eq!(changes, ["reload cancel", "configure terminal", "failover group 2", "preempt 30", "end"]);
    let saves = without_preempt().halted(AT, Reason::Register(Role::Secondary));
    let place = |line: &str| saves.commands.iter().position(|advised| advised.line == line).unwrap();
    assert!(place("preempt 30") < place("write memory all /noconfirm"));
}

/// What both units said of preempt, of which the secondary was asked at the standby address.
fn known() -> Run {
    let mut run = without_preempt();
    let said = || Said::RunningPreempt([(GroupId::new(1), None), (GroupId::new(2), None)].into());
    for unit in Role::BOTH {
        run.observe(unit, &Command::ShowRunningFailover, AT, said()).unwrap();
    }
    run.links.opened(Endpoint::Standby, SessionId(1), Mode::Privileged);
    run.links.set_unit(Endpoint::Standby, Role::Secondary);
    assert_eq!(of_now(&run), [true, true]);
    run
}

/// Whether what each unit said of preempt is of now.
fn of_now(run: &Run) -> [bool; 2] {
    Role::BOTH.map(|unit| run.memory.preempt_now(&run.brief, &run.observed, unit, AT).is_some())
}

/// A unit whose session was lost may have started meanwhile, and have the preempt of its mate by now, however young the
/// reading of it is: it is asked again.
#[test]
fn what_a_unit_said_of_preempt_is_of_now_while_its_session_stands() {
    let (endpoint, command) = (Endpoint::Standby, Command::ShowVersion);
    let reading =
        Doing::Typing { endpoint, unit: Some(Role::Secondary), via: Via::Direct, command, asked: AT };
    let lost = |doing: &Doing, event: Event| {
        let mut run = known();
        run.doing = doing.clone();
        assert_eq!(run.absorb(AT, event), None);
        of_now(&run)
    };
    let dropped = || Event::Dropped { session: SessionId(1) };
    let by_one_address = {
        let mut run = known();
        Arc::make_mut(&mut run.brief).policy.reach = Reach::ActiveOnly;
        run.doing = reading.clone();
        run.absorb(AT, dropped());
        of_now(&run)
    };
    assert_eq!(by_one_address, [false, false]);
    assert_eq!(lost(&reading, dropped()), [true, false]);
    assert_eq!(lost(&reading, Event::TimedOut), [true, false]);
    assert_eq!(lost(&Doing::Sending { endpoint }, dropped()), [true, false]);
    // One that is read through its mate has no session of its own that could tell.
    let mut run = known();
    let command = Command::ShowVersion;
    run.doing = Doing::Typing { endpoint, unit: Some(Role::Primary), via: Via::Mate, command, asked: AT };
    let unread = Said::Unread("no answer".to_owned());
    assert_eq!(run.absorb_said(AT, SessionId(1), unread, Mode::Privileged), None);
    assert_eq!(of_now(&run), [false, true]);
    let said = Said::RunningPreempt([(GroupId::new(1), None), (GroupId::new(2), None)].into());
    run.observe(Role::Primary, &Command::ShowRunningFailover, AT, said).unwrap();
    assert_eq!(of_now(&run), [true, true], "it says so itself once more");
}

/// Lines of ours take sessions with them, and start units.
#[test]
fn what_a_unit_said_of_preempt_is_not_of_now_behind_a_line_that_disrupts() {
    let sent = |command: Command| {
        let mut run = known();
        run.memory.intent = Some(Open::new(7, &Send { command, ..reload() }, &run.observed, AT));
        run.heard(AT, Heard::Prompt);
        of_now(&run)
    };
    assert_eq!(sent(Command::ReloadStandby), [true, false]);
    assert_eq!(sent(Command::NoFailoverActiveAll), [false, false]);
    assert_eq!(sent(Command::WriteMemoryAll), [true, true]);
}
