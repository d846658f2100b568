#![expect(clippy::unwrap_used, reason = "what a test starts from is there, or the test has failed")]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use super::super::{Halt, Outcome, Run};
use crate::command::{Command, Effect};
use crate::compat::Compat;
use crate::decide::{Awaited, Build, Health, Heard, Open, Reason, Sight, boot_entries, pair_of, pair_of_mut};
use crate::elapsed::{At, Elapsed};
use crate::goal::{Goal, Image, Policy};
use crate::link::{Reach, Via};
use crate::live;
use crate::plan::{Plan, plan};
use crate::session::Login;
use crate::transport::Terminals;
use crate::transport::memory::Memory;
use crate::twin::{self, Spec};
use crate::unit::{GroupId, Role, Standing};
use crate::version::AsaVersion;

pub(in crate::run) const AT: Elapsed = Elapsed::from_secs(900);

pub(in crate::run) fn v(text: &str) -> AsaVersion {
    text.parse().unwrap()
}

/// The plan of a pair to 9.8(4)48.
pub(in crate::run) fn planned(policy: &Policy, spec: Spec) -> Plan {
    let file = spec.image(v("9.8(4)48"));
    let image = Image::new(format!("disk0:/{}", file.name).parse().unwrap())
        .with_size(file.size)
        .with_digest(file.sha512.parse().unwrap())
        .with_source("tftp://198.51.100.10/asa984-48-smp-k8.bin".parse().unwrap());
    let goal = Goal::new(v("9.8(4)48")).with_image(image);
    let pair = Rc::new(RefCell::new(twin::Pair::new(spec, 1)));
    let mut transport = Terminals::new(Memory::new(pair), Login::default());
    let facts = live::read(&mut transport, Reach::BothAddresses, &[]).unwrap();
    plan(&facts, &goal, Compat::bundled(), policy).unwrap()
}

/// A run that has read both units: the pair whole, and the secondary on the new release.
fn run(spec: Spec) -> Run {
    let plan = planned(&Policy::default(), spec);
    let mut run = Run::new(&plan);
    for role in Role::BOTH {
        let unit = plan.pair().unit(role);
        let seen = pair_of_mut(&mut run.observed, role);
        seen.sight = Some(At::new(Elapsed::from_secs(898), Sight::of(&unit.failover).into()));
        seen.build = Some(At::new(Elapsed::from_secs(880), Build::of(&unit.version.value)));
        let boot = boot_entries(&unit.startup_boot.as_ref().unwrap().system);
        seen.startup_boot = Some(At::new(Elapsed::from_secs(870), boot.into()));
    }
    let [_, secondary] = &mut run.observed;
    secondary.build.as_mut().unwrap().value.version = Some(v("9.8(4)48"));
    run
}

/// An Active/Standby pair that has the image of the new release on both units.
pub(in crate::run) fn ready() -> Spec {
    Spec::active_standby("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"))
}

pub(in crate::run) fn active_standby() -> Run {
    run(ready())
}

fn halted(run: &Run, reason: Reason) -> Halt {
    run.halted(AT, reason)
}

fn text(halt: Halt) -> String {
    Outcome::Halted(Box::new(halt)).to_string()
}

/// One of each, and each wait.
fn reasons() -> Vec<Reason> {
    let unit = Role::Secondary;
    let file = "disk0:/asa984-48-smp-k8.bin".to_owned();
    let mut reasons = vec![
        Reason::Stopped,
        Reason::JournalFailed("no space left on device".to_owned()),
        Reason::TooLate(20),
        Reason::TooManyResumes(5),
        Reason::JournalDiffers("it has no header".to_owned()),
        Reason::NoSession("host key SHA256:abc is not known".to_owned()),
        Reason::WrongUnit("JAD000000A9".parse().unwrap()),
        Reason::WrongSpace(unit),
        Reason::Flaps { times: 4, why: "Secondary is Bulk Sync for the pair".to_owned() },
        Reason::OffTheWay { unit, found: "9.9(2)".to_owned() },
        Reason::MovedUnasked { group: GroupId::UNIT, to: unit },
        Reason::ReleaseMoved { unit, expected: v("9.8(4)"), found: v("9.8(4)48") },
        Reason::BootListMoved { unit, expected: file.clone(), found: "disk0:/other.bin".to_owned() },
        Reason::PreemptMoved {
            unit,
            group: GroupId::new(2),
            expected: "preempt 60".to_owned(),
            found: "no preempt".to_owned(),
        },
        Reason::StillOld { unit, version: v("9.8(4)") },
        Reason::ReloadedAlready(unit),
        Reason::Undone { unit, command: "no failover active".to_owned(), times: 2 },
        Reason::TooSlow(100),
        Reason::ImageMissing { unit, file: file.clone() },
        Reason::ImageDiffers {
            unit,
            file: file.clone(),
            expected: "110 bytes".to_owned(),
            found: "90 bytes".to_owned(),
        },
        Reason::FlashFull { unit, file, free: 90, needed: 121 },
        Reason::Register(unit),
        Reason::ForeignBootEntry { unit: Role::Primary, entry: "tftp://198.51.100.10/asa.bin".to_owned() },
        Reason::ReloadScheduled(unit),
        Reason::Unhealthy("no answer from 203.0.113.10".to_owned()),
        Reason::WindowOver(3_600),
        Reason::WindowShort { needs_s: 1_100, left_s: 900 },
        Reason::Declined,
        Reason::Unexpected { event: "Recorded".to_owned(), doing: "sleeping".to_owned() },
    ];
    let commands = ["boot system disk0:/a.bin", "write memory", "failover reload-standby"];
    reasons.extend(commands.map(|command| Reason::NoEffect {
        unit: Role::Primary,
        command: command.to_owned(),
        heard: "a prompt, no error, and no effect".to_owned(),
    }));
    let waits = [
        Awaited::Answer(unit),
        Awaited::Settled,
        Awaited::Ready,
        Awaited::Boot(unit),
        Awaited::Sync(unit),
        Awaited::Config(unit),
        Awaited::Bulk(unit),
        Awaited::Module(unit),
        Awaited::Quiet,
        Awaited::Switch,
        Awaited::Preempt(GroupId::new(2)),
        Awaited::CaughtUp,
        Awaited::Soak,
        Awaited::Copy(unit),
    ];
    reasons.extend(waits.map(|awaited| Reason::Deadline {
        awaited,
        deadline_s: 300,
        why: "no answer".to_owned(),
    }));
    reasons
}

#[test]
fn every_halt_says_what_is_true_what_is_safe_and_the_lines_for_it() {
    let run = active_standby();
    let mut codes = BTreeSet::new();
    let mut all = String::new();
    for reason in reasons() {
        codes.insert(reason.code());
        let halt = halted(&run, reason);
        assert!(halt.now.iter().any(|now| now == "Primary forwards the pair; Secondary is Standby Ready"));
        assert!(!halt.safe.is_empty());
        assert!(Role::BOTH.iter().all(|unit| {
            halt.commands.iter().any(|line| line.unit == *unit && line.line == "show failover")
        }));
        let first_change = halt.commands.iter().position(|line| line.changes).unwrap_or(usize::MAX);
        let last_reading = halt.commands.iter().rposition(|line| !line.changes).unwrap();
        assert!(last_reading < first_change, "readings come first: {:?}", halt.commands);
        all.push_str(&text(halt));
        all.push_str("\n\n");
    }
    let known: BTreeSet<&str> = include_str!("../../decide/halt.rs")
        .split("pub const fn code")
        .nth(1)
        .unwrap()
        .split('"')
        .skip(1)
        .step_by(2)
        .collect();
    assert_eq!(codes, known, "a reason is left out");
    insta::with_settings!({ snapshot_path => "../../../tests/snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("halts", all);
    });
}

/// A unit that alone forwards is named, and nothing that disrupts is.
#[test]
fn a_unit_that_forwards_alone_is_not_to_be_touched() {
    let mut run = active_standby();
    let [_, secondary] = &mut run.observed;
    secondary.silent =
        Some(At::new(Elapsed::from_secs(899), "the standby address does not answer".to_owned()));
    for reason in reasons() {
        let halt = halted(&run, reason);
        assert!(
            halt.now.contains(
                &"Primary forwards the pair; Secondary does not answer, so there is no redundancy known"
                    .to_owned()
            ),
            "{:?}",
            halt.now
        );
        let alone = "do not reload, switch or disconnect Primary: nothing else is known to forward the pair";
        assert!(halt.safe.contains(alone), "{}", halt.safe);
        assert!(!halt.safe.contains("was whole"), "{}", halt.safe);
        for line in &halt.commands {
            let disrupts = ["failover reload-standby", "no failover active", "reload", "failover active"];
            assert!(!disrupts.contains(&line.line.as_str()), "{line:?}");
        }
    }
    let told = halted(&run, Reason::Stopped).now.join("\n");
    assert!(
        told.contains(
            "Secondary could not be read 1 s ago: the standby address does not answer; \
             before that: runs 9.8(4)48, is Standby Ready (read 2 s ago)"
        ),
        "{told}"
    );
}

#[test]
fn a_pair_nobody_is_known_to_forward_is_looked_at_first() {
    let mut run = active_standby();
    run.observed = Default::default();
    let halt = halted(&run, Reason::Stopped);
    assert!(halt.now.contains(&"no one unit is known to forward the pair".to_owned()), "{:?}", halt.now);
    assert!(halt.now.contains(&"Secondary was not read since the last command".to_owned()), "{:?}", halt.now);
    assert!(
        halt.safe.starts_with("find out first which unit forwards the pair, on both consoles"),
        "{}",
        halt.safe
    );
    let mut run = active_standby();
    for unit in &mut run.observed {
        for standings in unit.sight.as_mut().unwrap().value.groups.values_mut() {
            standings.own = Standing::Active;
        }
    }
    let halt = halted(&run, Reason::Stopped);
    assert!(halt.now.contains(&"no one unit is known to forward the pair".to_owned()), "{:?}", halt.now);
}

/// What is open is read, and not typed again: each kind of command by its own reading.
#[test]
fn an_open_command_is_read_and_not_repeated() {
    let file = || "disk0:/asa984-48-smp-k8.bin".parse().unwrap();
    let from = "tftp://198.51.100.10/asa984-48-smp-k8.bin".parse().unwrap();
    let open = [
        (Command::ReloadStandby, Role::Secondary, "show version"),
        (Command::NoFailoverActive(GroupId::UNIT), Role::Primary, "show failover history"),
        (Command::BootSystem(file()), Role::Primary, "show running-config boot"),
        (Command::WriteMemory, Role::Secondary, "show startup-config | include boot system"),
        (Command::Copy { from, to: file() }, Role::Primary, "dir disk0:/"),
        (
            Command::NoPreempt { group: GroupId::new(2), was_s: 60 },
            Role::Secondary,
            "show running-config failover",
        ),
    ];
    for (command, unit, line) in open {
        let mut run = active_standby();
        let typed = command.told(Via::Direct);
        let disrupts = command.effect() == Effect::Disrupts;
        let saves = command.saves();
        for unit in &mut run.observed {
            unit.startup_boot = None;
        }
        run.memory.intent = Some(Open {
            seq: 3,
            rung: 1,
            unit: Role::Primary,
            via: Via::Direct,
            target: Role::Secondary,
            command,
            at: Elapsed::from_secs(890),
            version: pair_of(&run.observed, Role::Secondary).version(),
            uptime: None,
            mate_uptime: None,
            resumed: false,
            begun: false,
            heard: Some(Heard::Nothing),
        });
        let halt = halted(&run, Reason::Stopped);
        let unknown = format!("the outcome of {typed} on Primary is not known; it is not sent again");
        assert!(halt.now.contains(&unknown), "{:?}", halt.now);
        assert!(halt.safe.starts_with(&format!("do not type {typed} again")), "{}", halt.safe);
        assert_eq!(halt.safe.contains("the pair was whole"), !disrupts, "{typed}: {}", halt.safe);
        assert!(
            halt.commands.iter().any(|read| read.unit == unit && read.line == line),
            "{:?}",
            halt.commands
        );
        let unread = halt.now.contains(&"what Primary starts with next was not read".to_owned());
        assert_eq!(unread, saves, "{typed}: {:?}", halt.now);
    }
}

/// A boot list that is in the running configuration alone does not outlive a start.
#[test]
fn a_boot_list_that_is_not_saved_is_told() {
    let mut run = active_standby();
    run.memory.boot =
        Some(vec!["disk0:/asa984-48-smp-k8.bin".to_owned(), "disk0:/old.bin".to_owned()].into());
    let halt = halted(&run, Reason::Stopped);
    let told = "the boot list of the running configuration is disk0:/asa984-48-smp-k8.bin, disk0:/old.bin, and not saved";
    assert!(halt.now.contains(&told.to_owned()), "{:?}", halt.now);
}

/// In multiple context mode every line belongs into the system execution space.
#[test]
fn lines_of_a_pair_with_contexts_begin_in_the_system_space() {
    let run = run(Spec::active_active("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48")));
    let halt = halted(&run, Reason::Register(Role::Secondary));
    let lines: Vec<String> =
        halt.commands.iter().map(|line| format!("{} {}", line.unit, line.line)).collect();
    assert_eq!(
        lines,
        [
            "Primary changeto system",
            "Primary show failover",
            "Secondary changeto system",
            "Secondary show failover",
            "Secondary show version",
            "Secondary configure terminal",
            "Secondary config-register 0x1",
            "Secondary end",
            "Secondary write memory all /noconfirm",
        ]
    );
    let told = halt.now.join("\n");
    assert!(told.contains("Primary forwards group 1; Secondary is Standby Ready"), "{told}");
    assert!(told.contains("is Active for group 1 and Standby Ready for group 2"), "{told}");
}

/// A unit without a boot entry starts with whatever comes first on its flash.
#[test]
fn a_unit_without_a_boot_entry_is_named() {
    let mut run = active_standby();
    let [_, secondary] = &mut run.observed;
    secondary.startup_boot.as_mut().unwrap().value.clear();
    let halt = halted(&run, Reason::Stopped);
    let told = "Secondary starts with the first image on its flash next (no boot entry, read 30 s ago)";
    assert!(halt.now.contains(&told.to_owned()), "{:?}", halt.now);
}

/// A run that completed says what is otherwise than it was found, and only that.
#[test]
fn a_report_names_what_differs() {
    let mut run = active_standby();
    assert_eq!(run.report(AT).differences, Vec::<String>::new());
    let brief = Arc::make_mut(&mut run.brief);
    let before = brief.interfaces.get_mut(&Role::Primary).unwrap();
    let name = before.keys().next().unwrap().clone();
    before.insert(name.clone(), Health::Waiting);
    before.insert("elsewhere".into(), Health::Other);
    brief.groups.get_mut(&GroupId::UNIT).unwrap().owner = Role::Secondary;
    let mut expected = vec![
        "the pair was active on Primary, now on Secondary".to_owned(),
        format!("interface {name} of Primary was Waiting, now Normal"),
        "interface elsewhere of Primary is not shown any more".to_owned(),
    ];
    let mut found = run.report(AT).differences;
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    let completed = Outcome::Completed(Box::new(run.report(AT))).to_string();
    assert!(
        completed.contains("\n  changed: interface elsewhere of Primary is not shown any more"),
        "{completed}"
    );
    // Of a unit that was not read nothing is said.
    run.observed = Default::default();
    let report = run.report(AT);
    assert_eq!(report.differences, ["the pair was active on Primary, now on Secondary"]);
    let completed = Outcome::Completed(Box::new(report)).to_string();
    assert!(completed.contains("\n  Primary runs an unknown release"), "{completed}");
    assert!(completed.contains("is forwarded by no one unit, NO redundancy known"), "{completed}");
}

/// An image that no stop names is looked for, and neither verified nor fetched: nobody said what it should be.
#[test]
fn an_image_of_no_stop_is_looked_for_only() {
    let run = active_standby();
    let unit = Role::Secondary;
    for (name, is_known) in [("asa984-48-smp-k8.bin", true), ("other.bin", false)] {
        let file = format!("disk0:/{name}");
        let (expected, found) = ("110 bytes".to_owned(), "90 bytes".to_owned());
        let reason = Reason::ImageDiffers { unit, file: file.clone(), expected, found };
        let mut lines = halted(&run, reason).commands.into_iter().filter(|line| line.unit == unit);
        let mut next = || lines.next().map(|line| line.line);
        assert_eq!(next().as_deref(), Some("show failover"));
        assert_eq!(next().as_deref(), Some("dir disk0:/"));
        assert_eq!(next().as_deref(), Some("show startup-config | include boot system"));
        if is_known {
            assert_eq!(next(), Some(format!("verify /sha-512 {file}")));
            assert_eq!(next(), Some(format!("copy /noconfirm tftp://198.51.100.10/{name} {file}")));
        }
        assert_eq!(next(), None);
    }
}

/// A line without effect is looked into where it would have had it, and typed again only where that does no harm.
#[test]
fn a_line_without_effect_is_looked_into() {
    let run = active_standby();
    let on_primary = |command: &str| {
        let (command, heard) = (command.to_owned(), "the reply was lost".to_owned());
        let halt = halted(&run, Reason::NoEffect { unit: Role::Primary, command, heard });
        let lines = halt.commands.into_iter().filter(|line| line.unit == Role::Primary).skip(1);
        lines.map(|line| (line.line, line.changes)).collect::<Vec<_>>()
    };
    let of = |lines: &[(&str, bool)]| {
        lines.iter().map(|(line, changes)| ((*line).to_owned(), *changes)).collect::<Vec<_>>()
    };
    for preempt in ["preempt", "preempt 60", "no preempt"] {
        assert_eq!(on_primary(preempt), of(&[("show running-config failover", false)]));
    }
    let startup = ("show startup-config | include boot system", false);
    for quiet in ["copy /noconfirm tftp://198.51.100.10/a.bin disk0:/a.bin", "write memory"] {
        assert_eq!(on_primary(quiet), of(&[("dir disk0:/", false), startup, (quiet, true)]));
    }
    let switch = "no failover active";
    assert_eq!(on_primary(switch), of(&[("show failover history", false), (switch, true)]));
}
