//! A run by itself: what it remembers, names and leaves out, where no pair would lead it there in a test.
#![expect(clippy::unwrap_used, reason = "what a test starts from is there, or the test has failed")]

mod preempt;

use std::fmt::{self, Write as _};
use std::sync::Arc;
use std::time::Duration;

use super::advice::tests::{AT, active_standby, planned, ready};
use super::links::Links;
use super::*;
use crate::decide::{Awaited, Calm, Effected, Heard, Tried, Waiting};
use crate::drive::Operator;
use crate::elapsed::At;
use crate::goal::{Pause, Policy};
use crate::link::{Reach, Refused};
use crate::rehearse::rehearse;
use crate::session::prompt;
use crate::unit::{GroupId, Standing};

fn reload() -> Send {
    let (unit, target) = (Role::Primary, Role::Secondary);
    Send { rung: 1, unit, via: Via::Direct, target, command: Command::ReloadStandby }
}

/// A line that is decided on while no session stands waits for one: nothing is made durable for it yet.
#[test]
fn a_line_without_a_session_opens_one_first() {
    let mut run = active_standby();
    let action = run.intend(AT, reload());
    assert!(matches!(action, Action::Connect { endpoint: Endpoint::Active, .. }), "{action:?}");
}

/// A halt names an event as the code does, and what was being done in words.
#[test]
fn events_and_deeds_have_names() {
    let session = SessionId(1);
    let prompt = prompt("fw/pri/act# ").unwrap();
    let why = Refused::Setup("no key".to_owned());
    for event in [
        Event::Start,
        Event::Resume(Records::default()),
        Event::Connected { session, prompt: prompt.clone() },
        Event::Refused { endpoint: Endpoint::Active, why },
        Event::Replied { session, output: String::new(), prompt },
        Event::Questioned { session, question: String::new() },
        Event::Dropped { session },
        Event::TimedOut,
        Event::Recorded,
        Event::RecordFailed(String::new()),
        Event::Answered(Answer::Go),
        Event::Probed(Ok(())),
        Event::NotSent,
        Event::Stop,
    ] {
        let code = format!("{event:?}");
        assert_eq!(Some(event.name()), code.split(|c: char| !c.is_alphabetic()).next());
    }
    let endpoint = Endpoint::Active;
    let open = Open::new(1, &reload(), &active_standby().observed, AT);
    let question = Question { hop: 1, pause: Pause::BeforeSwitch, back: Vec::new() };
    let (unit, via, command) = (None, Via::Direct, Command::ShowVersion);
    for (doing, name) in [
        (Doing::Nothing, "doing nothing"),
        (Doing::Connecting { endpoint }, "connecting"),
        (Doing::Typing { endpoint, unit, via, command, asked: AT }, "waiting for a reply"),
        (Doing::Intending { send: reload(), endpoint, open }, "recording an intent"),
        (Doing::Sending { endpoint }, "waiting for the reply of a state-changing line"),
        (Doing::Recording, "recording"),
        (Doing::Sleeping, "sleeping"),
        (Doing::Asking(question), "asking the operator"),
        (Doing::Probing, "waiting for the health probe"),
    ] {
        assert_eq!(doing.name(), name);
    }
}

/// The journal says who runs it.
#[test]
fn the_owner_is_in_the_header() {
    let plan = planned(&Policy::default(), ready());
    let owner = |run: Run| match run.clone().step(Elapsed::ZERO, Event::Start) {
        Action::Record(Record::Header { owner, .. }) => owner,
        other => panic!("{other:?}"),
    };
    assert_eq!(owner(Run::new(&plan).with_owner("ops@jump-1")), "ops@jump-1");
    assert_eq!(owner(Run::new(&plan)), "");
}

/// Takes so many bytes, and no text that does not fit.
struct Narrow {
    room: usize,
    text: String,
}

impl fmt::Write for Narrow {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.room = self.room.checked_sub(text.len()).ok_or(fmt::Error)?;
        self.text.push_str(text);
        Ok(())
    }
}

/// An end that cannot be written to its last line is not written, and says so.
#[test]
fn an_end_is_told_whole_or_not_at_all() {
    let run = active_standby();
    let mut unread = run.clone();
    unread.observed = Default::default();
    Arc::make_mut(&mut unread.brief).groups.get_mut(&GroupId::UNIT).unwrap().owner = Role::Secondary;
    for (outcome, last) in [
        (Outcome::Halted(Box::new(run.halted(AT, Reason::Stopped))), "way back from hop 1 to 9.8(4)"),
        (Outcome::Completed(Box::new(run.report(AT))), "the pair is forwarded by Primary"),
        (Outcome::Completed(Box::new(unread.report(AT))), "changed: the pair was active on Primary"),
    ] {
        let whole = outcome.to_string();
        assert!(whole.contains(last), "{whole}");
        for room in 0..whole.len() {
            let mut narrow = Narrow { room, text: String::new() };
            assert!(write!(narrow, "{outcome}").is_err(), "{room}: {}", narrow.text);
            assert!(whole.starts_with(&narrow.text), "{}", narrow.text);
        }
        let mut enough = Narrow { room: whole.len(), text: String::new() };
        assert_eq!((write!(enough, "{outcome}"), enough.text), (Ok(()), whole));
    }
}

/// What is found out in a session that is gone is found out of none.
#[test]
fn nothing_is_known_of_a_session_that_is_gone() {
    let told = |links: &mut Links| {
        for endpoint in [Endpoint::Active, Endpoint::Standby] {
            links.set_mode(endpoint, Mode::Config);
            links.entered_group(endpoint, GroupId::new(2));
            links.entered_system(endpoint);
            links.set_built(endpoint, Role::Primary);
            links.set_unit(endpoint, Role::Primary);
            links.set_knows_mate(endpoint);
        }
    };
    let mut links = Links::default();
    told(&mut links);
    assert_eq!(links, Links::default());
    links.opened(Endpoint::Active, SessionId(1), Mode::Privileged);
    told(&mut links);
    assert_eq!(links.session(Endpoint::Standby), None);
    assert_eq!((links.unit(Endpoint::Active), links.unit(Endpoint::Standby)), (Some(Role::Primary), None));
}

/// Where one address is all there is, a line that leads is typed on the unit that leads, and on no other.
#[test]
fn a_line_of_its_own_is_not_typed_on_the_mate() {
    let mut run = active_standby();
    Arc::make_mut(&mut run.brief).policy.reach = Reach::ActiveOnly;
    run.links.opened(Endpoint::Active, SessionId(1), Mode::Privileged);
    run.links.set_built(Endpoint::Active, Role::Primary);
    run.links.set_unit(Endpoint::Active, Role::Primary);
    let save = |unit| Send { unit, target: unit, command: Command::WriteMemory, ..reload() };
    let refused = run.clone().intend(AT, save(Role::Secondary));
    let reason = Reason::NoSession("no session on Secondary itself".to_owned());
    assert_eq!(refused, Action::Record(Record::Halt { reason }));
    let taken = run.intend(AT, save(Role::Primary));
    assert!(matches!(&taken, Action::Record(Record::Intent { intent, .. }) if intent.unit == Role::Primary));
}

/// Keeps the run, and what it was told, up to the first action of a kind.
struct Kept {
    is_it: fn(&Action) -> bool,
    told: Vec<(Elapsed, Event)>,
    did: Vec<Action>,
    run: Option<Run>,
}

impl Kept {
    fn up_to(policy: &Policy, is_it: fn(&Action) -> bool) -> (Plan, Elapsed, Self) {
        let plan = planned(policy, ready());
        let mut kept = Self { is_it, told: Vec::new(), did: Vec::new(), run: None };
        let _ = rehearse(&plan, 1, &[], &mut kept);
        let at = kept.told.last().unwrap().0;
        (plan, at, kept)
    }
}

impl Operator for Kept {
    fn ask(&mut self, _: &Question) -> Answer {
        Answer::Go
    }

    fn saw(&mut self, at: Elapsed, event: &Event, action: &Action, run: &Run) {
        if self.run.is_none() {
            self.told.push((at, event.clone()));
            self.did.push(action.clone());
            self.run = (self.is_it)(action).then(|| run.clone());
        }
    }
}

/// A probe that is asked for again and again is counted as a line is.
#[test]
fn probes_without_end_halt() {
    let policy = Policy { probe_s: Some(20), ..Policy::default() };
    let (_, at, kept) = Kept::up_to(&policy, |action| matches!(action, Action::Probe { .. }));
    let run = kept.run.unwrap();
    for (before, halts) in [(MOST_IN_VAIN - 1, false), (MOST_IN_VAIN, true)] {
        let mut run = run.clone();
        run.in_vain = before;
        let expected = if halts {
            Action::Record(Record::Halt { reason: Reason::TooSlow(MOST_IN_VAIN) })
        } else {
            Action::Probe { by: at.after(Duration::from_secs(policy.reply_s)) }
        };
        assert_eq!(run.next(at), expected);
    }
}

/// Runs that were told the same at other times of day have one canonical form, whatever they wait for.
#[test]
fn a_run_is_as_old_at_any_time_of_day() {
    let recording = |action: &Action| matches!(action, Action::Record(Record::Intent { .. }));
    let typing = |action: &Action| matches!(action, Action::Send { command: Command::Dir { .. }, .. });
    let sleeping = |action: &Action| matches!(action, Action::Sleep { .. });
    let later = |at: Elapsed| at.after(Duration::from_secs(1_000));
    for (is_it, name) in [
        (recording as fn(&Action) -> bool, "recording an intent"),
        (typing, "waiting for a reply"),
        (sleeping, "sleeping"),
    ] {
        let (plan, at, kept) = Kept::up_to(&Policy::default(), is_it);
        let run = kept.run.unwrap();
        assert_eq!(run.doing.name(), name);
        let mut other = Run::new(&plan);
        for (at, event) in &kept.told {
            let _ = other.step(later(*at), event.clone());
        }
        assert_ne!(run.observed, other.observed);
        assert_eq!(run.canonical(at), other.canonical(later(at)));
        assert_eq!(Run::replay(&plan, &kept.told), kept.did);
    }
}

/// What lies ahead of a clock that went back stays as far ahead.
#[test]
fn what_lies_ahead_stays_ahead() {
    let mut run = active_standby();
    for unit in &mut run.observed {
        unit.sight.as_mut().unwrap().at = AT.after(Duration::from_secs(20));
    }
    let (form, now) = run.canonical(AT);
    for unit in &form.observed {
        assert_eq!(unit.sight.as_ref().unwrap().at, now.after(Duration::from_secs(20)));
    }
    assert_eq!(form.canonical(now), (form, now));
}

/// A unit that was not read is not read in the canonical form either, also where its mate is silent.
#[test]
fn what_was_not_read_stays_unread() {
    let mut run = active_standby();
    let [primary, secondary] = &mut run.observed;
    primary.sight = None;
    secondary.silent = Some(At::new(AT, "no answer".to_owned()));
    let (form, now) = run.canonical(AT);
    let [primary, secondary] = &form.observed;
    assert_eq!(primary.sight, None);
    assert_eq!(secondary.silent.as_ref().map(|silent| silent.at), Some(now));
}

/// Decisions know a few standings and phases apart, and no texts: an essence has no others.
#[test]
fn an_essence_holds_what_decisions_tell_apart() {
    for (standing, class) in [
        (Standing::Active, Standing::Active),
        (Standing::StandbyReady, Standing::StandbyReady),
        (Standing::BulkSync, Standing::BulkSync),
        (Standing::SyncConfig, Standing::SyncConfig),
        (Standing::SyncFileSystem, Standing::SyncConfig),
        (Standing::Failed, Standing::Failed),
        (Standing::NotDetected, Standing::Failed),
        (Standing::ColdStandby, Standing::Negotiation),
        (Standing::Disabled, Standing::Negotiation),
    ] {
        let mut run = active_standby();
        for unit in &mut run.observed {
            let standings = unit.sight.as_mut().unwrap().value.groups.get_mut(&GroupId::UNIT).unwrap();
            (standings.own, standings.mate) = (standing.clone(), standing.clone());
        }
        let (bare, _) = run.into_essence(AT);
        for unit in &bare.observed {
            let standings = unit.sight.as_ref().unwrap().value.groups.get(&GroupId::UNIT).unwrap();
            assert_eq!((&standings.own, &standings.mate), (&class, &class), "{standing}");
        }
    }
    for (heard, bare) in [
        (Heard::Prompt, Heard::Prompt),
        (Heard::Nothing, Heard::Nothing),
        (Heard::Error("no [OK]".to_owned()), Heard::Error(String::new())),
        (Heard::Question("Save?".to_owned()), Heard::Question(String::new())),
    ] {
        let mut run = active_standby();
        let mut open = Open::new(7, &reload(), &run.observed, AT);
        (open.command, open.heard) = (Command::WriteMemory, Some(heard));
        run.memory.intent = Some(open);
        run.memory.unhealthy = Some("no answer from 203.0.113.10".to_owned());
        let tried = Tried { times: 1, heard: "a prompt, no error, and no effect".to_owned(), took_effect: 0 };
        run.memory.tries.insert((1, Role::Primary, Command::ReloadStandby), tried);
        let (run, _) = run.into_essence(AT);
        let open = run.memory.intent.unwrap();
        assert_eq!((open.seq, open.heard), (0, Some(bare)));
        assert_eq!(run.memory.unhealthy, Some(String::new()), "that traffic is not well is known still");
        assert!(run.memory.tries.values().all(|tried| (tried.times, tried.heard.as_str()) == (1, "")));
    }
    // What became of these is read of the units, whatever was answered.
    for command in [Command::ReloadStandby, Command::Reload, Command::NoFailoverActiveAll] {
        let mut run = active_standby();
        let mut open = Open::new(7, &reload(), &run.observed, AT);
        (open.command, open.heard) = (command, Some(Heard::Prompt));
        run.memory.intent = Some(open);
        let (run, _) = run.into_essence(AT);
        assert_eq!(run.memory.intent.unwrap().heard, None);
    }
}

/// That a unit is down is found out when the run is told next, of a look that may be too old for all else by then.
#[test]
fn an_old_look_says_too_that_a_unit_is_down() {
    let mut run = active_standby();
    let [primary, secondary] = &mut run.observed;
    let sight = primary.sight.as_mut().unwrap();
    sight.value.groups.get_mut(&GroupId::UNIT).unwrap().mate = Standing::Failed;
    let looked = sight.at;
    secondary.silent = Some(At::new(looked, "the standby address does not answer".to_owned()));
    let open = Open::new(7, &reload(), &run.observed, looked);
    let undone = Open { begun: true, ..open.clone() };
    let other = Open { command: Command::NoFailoverActiveAll, ..open.clone() };
    for (open, mate) in [
        (Some(open), Standing::Failed),
        (Some(undone), Standing::Negotiation),
        (Some(other), Standing::Negotiation),
        (None, Standing::Negotiation),
    ] {
        run.memory.intent = open;
        let (bare, now) = run.clone().into_essence(AT.after(Duration::from_secs(9)));
        let of = |unit: &Observed| {
            unit.sight.as_ref().unwrap().value.groups.get(&GroupId::UNIT).unwrap().mate.clone()
        };
        assert_eq!(bare.observed.each_ref().map(of), [mate, Standing::Negotiation]);
        assert_eq!(bare.clone().into_essence(now), (bare, now));
    }
}

/// A look that is too old for every guard says where its unit is likely to be met, and nothing else.
#[test]
fn an_old_look_says_who_leads_alone() {
    let mut run = active_standby();
    run.memory.calm = Some(Calm { since: Elapsed::ZERO, last: AT, polls: 99 });
    let [primary, secondary] = &mut run.observed;
    secondary.silent = Some(At::new(AT, "the standby address does not answer".to_owned()));
    primary.silent = secondary.silent.clone();
    // Both were looked at two seconds before, which is young, and five after that, which is not.
    for (seconds, is_old) in [(0, false), (3, true)] {
        let (bare, now) = run.clone().into_essence(AT.after(Duration::from_secs(seconds)));
        for (unit, own) in bare.observed.iter().zip([Standing::Active, Standing::Negotiation]) {
            let sight = &unit.sight.as_ref().unwrap().value;
            assert_eq!((sight.garbled, sight.enabled, sight.lan_up), (is_old, !is_old, !is_old));
            let standings = sight.groups.get(&GroupId::UNIT).unwrap();
            if is_old {
                assert_eq!((&standings.own, &standings.mate), (&own, &Standing::Negotiation));
                assert_eq!(sight.groups.len(), 1);
            }
            assert_eq!(unit.silent.as_ref().unwrap().value, "");
        }
        assert_eq!(bare.memory.calm.unwrap().polls, run.brief.policy.ready_polls);
        assert_eq!(bare.clone().into_essence(now), (bare, now));
    }
    let [primary, _] = &mut run.observed;
    primary.sight = None;
    let (bare, _) = run.into_essence(AT);
    assert_eq!(bare.observed.map(|unit| unit.sight.is_some()), [false, true]);
}

/// An old look that says nothing is none, once the baseline is on record.
#[test]
fn an_old_look_that_says_nothing_is_none() {
    let mut run = active_standby();
    for (baseline, seen) in [(false, [true, true]), (true, [true, false])] {
        run.baseline = baseline;
        let (bare, now) = run.clone().into_essence(AT.after(Duration::from_secs(9)));
        assert_eq!(bare.observed.each_ref().map(|unit| unit.sight.is_some()), seen, "the primary leads");
        assert_eq!(bare.clone().into_essence(now), (bare, now));
    }

    // That it does not hear a mate which was told to reload is something.
    let [primary, secondary] = &mut run.observed;
    let sight = secondary.sight.as_mut().unwrap();
    sight.value.groups.get_mut(&GroupId::UNIT).unwrap().mate = Standing::Failed;
    let looked = sight.at;
    primary.silent = Some(At::new(looked, "the active address does not answer".to_owned()));
    let (unit, target) = (Role::Secondary, Role::Primary);
    let send = Send { unit, target, ..reload() };
    run.memory.intent = Some(Open::new(7, &send, &run.observed, looked));
    let (bare, _) = run.into_essence(AT.after(Duration::from_secs(9)));
    assert_eq!(bare.observed.map(|unit| unit.sight.is_some()), [true; 2]);
}

/// What a unit ran and for how long is compared by a reload alone, and of the mate by whoever goes on with it.
#[test]
fn an_essence_holds_uptimes_for_a_reload_alone() {
    let switch = |open: Open| Open { command: Command::NoFailoverActiveAll, ..open };
    let mut run = active_standby();
    let open = Open::new(7, &reload(), &run.observed, AT);
    for (open, [ours, mates]) in [
        (open.clone(), [true, false]),
        (Open { resumed: true, ..open.clone() }, [true, true]),
        (switch(open), [false, false]),
    ] {
        run.memory.intent = Some(open);
        let (bare, now) = run.clone().into_essence(AT.after(Duration::from_secs(1)));
        let open = bare.memory.intent.as_ref().unwrap();
        assert_eq!((open.uptime.is_some(), open.mate_uptime.is_some()), (ours, mates), "{}", open.command);
        assert_eq!(bare.clone().into_essence(now), (bare, now));
    }
}

/// An essence is put together again from its parts, by any run of its plan.
#[test]
fn an_essence_is_its_parts() {
    let typing = |action: &Action| matches!(action, Action::Send { command: Command::Dir { .. }, .. });
    let (plan, at, kept) = Kept::up_to(&Policy::default(), typing);
    let (bare, _) = kept.run.unwrap().into_essence(at);
    let parts = bare.clone().split();
    assert_eq!((&parts.observed, &parts.memory), (&bare.observed, &bare.memory));
    let mut other = Run::new(&plan);
    (other.why, other.in_vain, other.stale) = (Some("no answer".to_owned()), 7, 3);
    other.begin_journal();
    assert_eq!(other.with_parts(parts), bare);
}

/// What is left of a change window is told from any moment on, to the second that it counts in.
#[test]
fn a_window_ends_as_far_from_now() {
    let now_s = 1_000_000_000;
    for (window_s, before_ms, end_s) in
        [(2_000, 0, now_s + 1_100), (2_000, 100_000, now_s + 1_000), (900, 0, now_s)]
    {
        let mut run = active_standby();
        Arc::make_mut(&mut run.brief).policy.window_s = Some(window_s);
        run.memory.before_ms = before_ms;
        let (form, now) = run.canonical(AT.after(Duration::from_millis(250)));
        assert_eq!(now, Elapsed::from_millis(now_s * 1_000 + 250));
        assert_eq!((form.brief.policy.window_s, form.memory.before_ms), (Some(end_s), 0), "{window_s}");
    }
}

/// An address that was tried in vain is left alone for a poll, at any time of day.
#[test]
fn an_address_is_left_alone_for_a_poll() {
    let mut run = active_standby();
    let ago = |seconds: u64| Elapsed::from_millis(AT.as_millis() - seconds * 1_000);
    run.links.in_vain(Endpoint::Active, ago(2), "no route".to_owned());
    run.links.in_vain(Endpoint::Standby, ago(1), "connection refused".to_owned());
    let (form, now) = run.canonical(AT);
    let route = |run: &Run, at: Elapsed, millis: u64| {
        let at = at.after(Duration::from_millis(millis));
        run.links.route(&run.brief, &run.observed, Role::Primary, at)
    };
    for (run, at) in [(&run, AT), (&form, now)] {
        assert_eq!(route(run, at, 2_999), Route::First(First::Silent("no route".to_owned())));
        assert_eq!(route(run, at, 3_000), Route::First(First::Connect(Endpoint::Active)));
    }
}

/// A record tells of the command that it names, and of no other.
#[test]
fn a_record_of_another_command_changes_nothing() {
    let plan = planned(&Policy::default(), ready());
    let begun = || {
        let mut run = Run::new(&plan);
        run.begin_journal();
        run.pending
    };
    let pause = Pause::BeforeSecondReload;
    let resumed = |seq: u64, intent: bool| {
        let mut records = Records::default();
        records.records.extend(begun());
        if intent {
            let intent = Open::new(3, &reload(), &active_standby().observed, Elapsed::from_secs(5));
            records.records.push(Record::Intent { intent, evidence: String::new(), ages_ms: [0; 2] });
        }
        records.records.push(Record::Sent { seq, heard: Heard::Prompt });
        records.records.push(Record::Begun { seq });
        records.records.push(Record::Passed { hop: 1, pause });
        let mut run = Run::new(&plan);
        assert_eq!(run.resume(AT, &records), None);
        assert_eq!(run.memory.passed, [(1, pause)].into());
        let known = run.memory.intent.clone().map(|open| (open.seq, open.heard, open.begun));
        records.records.push(Record::Result { seq, effect: Effected::Yes });
        let mut run = Run::new(&plan);
        assert_eq!(run.resume(AT, &records), None);
        (known, run.memory.intent.is_some(), run.memory.reloads.len())
    };
    assert_eq!(resumed(3, true), (Some((3, Some(Heard::Prompt), true)), false, 1));
    for other in [2, 4] {
        assert_eq!(resumed(other, true), (Some((3, None, false)), true, 0));
    }
    assert_eq!(resumed(3, false), (None, false, 0));
}

/// A minute of a wait is put on record as soon as it is over, which is no end of the wait.
#[test]
fn a_wait_is_put_on_record_by_the_minute() {
    let run = active_standby();
    let mut memory = run.memory.clone();
    let awaited = Awaited::Settled;
    let mut wait = |millis: u64| memory.wait(&run.brief, awaited, Elapsed::from_millis(millis));
    let noted: Vec<Option<u64>> = (0..=26).map(|look| wait(look * 5_000)).collect();
    let expected = (0..=26).map(|look| (look == 12 || look == 24).then_some(60_000));
    assert_eq!(noted, expected.collect::<Vec<_>>());
    let at = Elapsed::from_secs;
    let waiting = Waiting { awaited, since: Elapsed::ZERO, noted: at(120), last: at(130) };
    assert_eq!(memory.waiting, Some(waiting), "and it goes on");
}

/// A line that would move the session and is refused is told by what the unit said; one that leaves it elsewhere, by that.
#[test]
fn a_line_that_does_not_move_the_session_is_told_as_what_it_is() {
    let refused = Heard::Error("ERROR: Command authorization failed".to_owned());
    for (heard, why) in [
        (refused, "configure terminal was refused: \"ERROR: Command authorization failed\""),
        (Heard::Prompt, "configure terminal left the session at another prompt than it leads to"),
    ] {
        let mut run = active_standby();
        let (endpoint, session) = (Endpoint::Active, SessionId(1));
        run.links.opened(endpoint, session, Mode::Privileged);
        run.links.set_unit(endpoint, Role::Primary);
        let command = Command::ConfigureTerminal;
        run.doing =
            Doing::Typing { endpoint, unit: Some(Role::Primary), via: Via::Direct, command, asked: AT };
        let _ = run.step_said(AT, session, Said::Line(heard), Mode::Privileged);
        let [primary, _] = &run.observed;
        assert_eq!(primary.silent.as_ref().map(|silent| silent.value.as_str()), Some(why));
        assert_eq!(run.links.session(endpoint), None);
    }
}

/// What is heard of no command goes to no record.
#[test]
fn what_is_heard_is_heard_of_the_open_command() {
    let mut run = active_standby();
    run.heard(AT, Heard::Prompt);
    assert!(run.pending.is_empty(), "{:?}", run.pending);
    run.memory.intent = Some(Open::new(7, &reload(), &run.observed, AT));
    run.heard(AT, Heard::Prompt);
    assert_eq!(run.pending, [Record::Sent { seq: 7, heard: Heard::Prompt }]);
    assert_eq!(run.memory.intent.unwrap().heard, Some(Heard::Prompt));
}
