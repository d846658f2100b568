//! The twenty traps that every tool for an upgrade falls into, from our side. How the simulated pair lays
//! each stands in the test of the same name, `twin::tests::trap_list`.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::command::Command;
use asa_failover_core::compat::Compat;
use asa_failover_core::goal::{Goal, Policy};
use asa_failover_core::link::{Endpoint, Reach, Via};
use asa_failover_core::plan::plan;
use asa_failover_core::rehearse::Rehearsal;
use asa_failover_core::run::Outcome;
use asa_failover_core::session::Login;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::transport::{Connect, Exchange, Terminals, Transport};
use asa_failover_core::twin::{
    Fault, Happening, Loss, Pair, PromptStyle, SessionEnd, Spec, Timings, What, When,
};
use asa_failover_core::unit::{Role, Standing};

use super::pairs::{image, upgrade, v};
use super::{goal, procedures, staged, typed};

fn with_groups() -> Spec {
    Spec::active_active("ASA5525", v("9.8(4)")).with_staged(v("9.8(4)48"))
}

/// The plan is carried out line by line, and nobody is harmed.
#[track_caller]
fn well(spec: Spec, policy: &Policy) -> Rehearsal {
    let goal = goal(&spec);
    let (plan, rehearsal) = upgrade(spec, 5, &goal, policy);
    assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
    assert!(rehearsal.judgement.is_innocent(), "{}", rehearsal.judgement);
    assert_eq!(rehearsal.lines, plan.lines());
    rehearsal
}

/// Whatever the end is, nobody is harmed by us.
#[track_caller]
fn innocent(mut spec: Spec, when: When, fault: Fault) -> Rehearsal {
    spec.faults.push((when, fault));
    let goal = goal(&spec);
    let (_, rehearsal) = upgrade(spec, 5, &goal, &Policy::default());
    assert!(rehearsal.judgement.is_innocent(), "{}: {}", rehearsal.outcome, rehearsal.judgement);
    rehearsal
}

fn lines(history: &[Happening], of: impl Fn(&str) -> bool) -> Vec<(Role, String)> {
    let line = |happening: &Happening| match &happening.what {
        What::Typed { line, .. } if of(line) => Some((happening.role, line.clone())),
        _ => None,
    };
    history.iter().filter_map(line).collect()
}

/// A prompt after the line that reloads proves nothing: nothing disruptive is typed before the unit was down
/// and is back.
#[test]
fn trap_01_a_prompt_is_no_reload() {
    for policy in procedures() {
        let mut spec = staged();
        spec.timings.shutdown = (Duration::from_secs(20), Duration::from_secs(25));
        let rehearsal = well(spec, &policy);
        assert_eq!(rehearsal.oracle.reboots, [1, 1]);
        let mut going = false;
        for happening in &rehearsal.history {
            match &happening.what {
                What::ReloadRequested { .. } => going = true,
                What::Standing { to: Standing::StandbyReady, .. } => going = false,
                What::Typed { line, .. } if going => {
                    let command = line.strip_prefix("failover exec mate ").unwrap_or(line);
                    let reads = ["show", "changeto", "terminal", "enable", "dir", "verify"];
                    assert!(
                        reads.iter().any(|head| command.starts_with(head)),
                        "{line} while a unit reloads"
                    );
                }
                _ => {}
            }
        }
    }
}

/// A silent line whose reply is lost is judged by what the unit does: never a second reload.
#[test]
fn trap_02_silence_is_neither_yes_nor_no() {
    for loss in [Loss::Before, Loss::After] {
        let when = When::typed("failover reload-standby");
        let rehearsal = innocent(staged(), when, Fault::LoseReply(Role::Primary, loss));
        assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
        assert_eq!(rehearsal.oracle.reboots, [1, 1], "{loss:?}");
    }
}

#[test]
fn trap_03_ready_is_not_believed_for_as_long_as_it_may_be_stale() {
    for policy in procedures() {
        for hold in [1, 15, 45] {
            let mut spec = staged();
            spec.timings.hold = Duration::from_secs(hold);
            well(spec, &policy);
        }
    }
}

#[test]
fn trap_04_a_session_that_ends_or_hangs_at_the_switch_is_replaced() {
    for policy in procedures() {
        for end in [SessionEnd::Close, SessionEnd::Hang] {
            let mut spec = staged();
            spec.session_end = end;
            well(spec, &policy);
        }
    }
}

/// Both units are asked before the role moves, each for itself.
#[test]
fn trap_05_the_taker_is_asked_itself() {
    let rehearsal = well(staged(), &Policy::default());
    let (switched, _) = typed(&rehearsal.history, "no failover active")[0];
    let asked = typed(&rehearsal.history, "show failover");
    for role in Role::BOTH {
        let last = asked.iter().filter(|(at, of)| *of == role && *at <= switched).map(|(at, _)| *at).max();
        assert!(
            last.is_some_and(|at| switched.saturating_sub(at) <= Duration::from_secs(5)),
            "{role} was asked at {last:?}"
        );
    }
}

/// The file must be on the unit that boots it: without one there, nothing reloads.
#[test]
fn trap_06_an_image_is_looked_for_on_each_unit() {
    let mut spec = staged();
    let goal = goal(&spec);
    spec.unit_mut(Role::Secondary).flash.retain(|file| file.image != Some(v("9.8(4)48")));
    let pair = Rc::new(RefCell::new(Pair::new(spec, 5)));
    let facts = super::pairs::read(&pair, Reach::default());
    let refusal = plan(&facts, &goal, Compat::bundled(), &Policy::default()).unwrap_err().to_string();
    assert!(refusal.contains("asa984-48-smp-k8.bin") && refusal.contains("Secondary"), "{refusal}");
    // Nor where somebody deletes one that was verified already: it is looked for again before the reload.
    let gone = Fault::Console(Role::Secondary, "delete /noconfirm disk0:/asa984-48-smp-k8.bin".to_owned());
    let mut spec = staged();
    spec.faults.push((When::typed("write memory"), gone));
    let (_, rehearsal) = upgrade(spec, 5, &goal, &Policy::default());
    let Outcome::Halted(halt) = &rehearsal.outcome else { panic!("{}", rehearsal.outcome) };
    assert_eq!(
        halt.reason.to_string(),
        "disk0:/asa984-48-smp-k8.bin is not on the flash of Secondary, and no address to fetch it from is given"
    );
    assert_eq!((rehearsal.oracle.reboots, rehearsal.oracle.gaps.len()), ([0, 0], 0));
}

/// The new image stands first in the list that boots, whatever stood there.
#[test]
fn trap_07_the_new_image_is_put_first() {
    let mut spec = staged();
    for role in Role::BOTH {
        let unit = spec.unit_mut(role);
        unit.running_boot.push("older.bin".to_owned());
        unit.startup_boot.clone_from(&unit.running_boot);
    }
    let rehearsal = well(spec, &Policy::default());
    for role in Role::BOTH {
        let saved = rehearsal.history.iter().rev().find_map(|happening| match &happening.what {
            What::Saved { boot } if happening.role == role => Some(boot.clone()),
            _ => None,
        });
        let saved = saved.expect("it was saved");
        assert_eq!(saved.first().map(String::as_str), Some("asa984-48-smp-k8.bin"), "{saved:?}");
        assert!(saved.len() <= 4, "{saved:?}");
    }
}

/// Nothing is typed that changes the configuration beside the boot list, so no question about saving is ours.
#[test]
fn trap_08_no_line_of_ours_dirties_the_configuration() {
    for policy in procedures() {
        let rehearsal = well(staged(), &policy);
        assert_eq!(lines(&rehearsal.history, |line| line.contains("width")), []);
        assert_eq!(lines(&rehearsal.history, |line| line.starts_with("pager")), []);
    }
}

/// A question about saving is answered by nobody of ours: what was changed is somebody's.
#[test]
fn trap_09_the_question_about_saving_is_left_to_whoever_changed_it() {
    for policy in procedures() {
        for spec in [staged(), with_groups()] {
            let changed = Fault::Modified(Role::Secondary);
            let mut dirty = spec.clone();
            dirty.faults.push((When::stands(Role::Secondary, Standing::StandbyReady), changed.clone()));
            dirty.faults.push((When::typed("reload"), Fault::Modified(Role::Primary)));
            for context in &mut dirty.contexts {
                context.modified = true;
            }
            let goal = goal(&dirty);
            let (_, rehearsal) = upgrade(dirty, 5, &goal, &policy);
            assert!(rehearsal.judgement.is_innocent(), "{}: {}", rehearsal.outcome, rehearsal.judgement);
            let answered = rehearsal.history.iter().any(|happening| {
                matches!(&happening.what, What::Answered { question, .. } if question.contains("Save?"))
            });
            assert!(!answered, "{}", rehearsal.outcome);
        }
    }
}

/// `write standby` is no save. Somebody's own in the midst of the run is waited for.
#[test]
fn trap_10_a_mate_that_synchronises_anew_is_waited_for() {
    let when = When::Stands {
        role: Role::Secondary,
        standing: Standing::StandbyReady,
        nth: 1,
        after: Duration::from_secs(20),
    };
    let rehearsal = innocent(staged(), when, Fault::Console(Role::Primary, "write standby".to_owned()));
    assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
    assert!(rehearsal.oracle.offences.is_empty(), "{}", rehearsal.oracle);
    let ours = rehearsal.lines.iter().any(|(_, line)| line == "write standby");
    assert!(!ours);
}

/// Configuration mode is entered on the active unit alone.
#[test]
fn trap_11_a_standby_is_never_configured() {
    for policy in procedures() {
        for spec in [staged(), with_groups()] {
            let lead = spec.groups[0].id;
            let rehearsal = well(spec, &policy);
            let mut active = None;
            for happening in &rehearsal.history {
                match &happening.what {
                    What::Began { group, standing: Standing::Active } if *group == lead => {
                        active = Some(happening.role);
                    }
                    What::ForwardingBegan { group, .. } if *group == lead => active = Some(happening.role),
                    What::Typed { line, .. } if line == "configure terminal" => {
                        assert_eq!(active, Some(happening.role), "at {:?}", happening.at);
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Whatever notice stands wherever in what a session gets, and with the whole log on the terminal.
#[test]
fn trap_12_notices_are_told_from_answers() {
    for policy in procedures() {
        for mut spec in [staged(), with_groups()] {
            spec.monitor = true;
            well(spec, &policy);
        }
    }
    for bytes in (0..3_000).step_by(487) {
        for role in Role::BOTH {
            let notice = Fault::NoticeIn(role, bytes, "Failover LAN became OK".to_owned());
            innocent(staged(), When::At(Duration::from_secs(20)), notice);
        }
    }
}

#[test]
fn trap_13_a_password_is_typed_without_looking_for_its_echo() {
    for version in ["7.2(5)", "9.8(4)"] {
        let spec = Spec::active_standby("ASA5520", v(version)).with_enable_secret("s3cret");
        let login = Login::with_enable("s3cret".to_owned().into());
        let mut sessions = Terminals::new(Memory::new(Rc::new(RefCell::new(Pair::new(spec, 1)))), login);
        let long = Duration::from_secs(60);
        let Connect::Opened { session, .. } = sessions.connect(Endpoint::Active, long) else {
            panic!("no session on {version}")
        };
        let replied = sessions.exchange(session, Via::Direct, &Command::ShowMode, long.into());
        let Exchange::Replied { output, .. } = replied else { panic!("{replied:?}") };
        assert!(output.contains("Security context mode: single"), "{output}");
    }
}

/// Lines far longer than a terminal is wide reach the unit whole.
#[test]
fn trap_14_a_line_whose_echo_is_cut_is_typed_whole() {
    let url = "tftp://198.51.100.10/images/of/the/firewalls/at/the/edge/of/the/network/asa984-48-smp-k8.bin";
    let mut spec = Spec::active_standby("ASA5525", v("9.8(4)"));
    spec.hostname = "firewall-at-the-edge-of-the-network".to_owned();
    let file = spec.image(v("9.8(4)48"));
    let spec = spec.with_remote(url, file);
    let from = image(&spec, v("9.8(4)48")).with_source(url.parse().unwrap());
    let goal = Goal::new(v("9.8(4)48")).with_image(from);
    let (plan, rehearsal) = upgrade(spec, 5, &goal, &Policy::default());
    assert!(matches!(rehearsal.outcome, Outcome::Completed(_)), "{}", rehearsal.outcome);
    assert_eq!(rehearsal.lines, plan.lines());
    let copied = lines(&rehearsal.history, |line| line.starts_with("copy "));
    assert!(copied.iter().all(|(_, line)| line.contains(url)) && copied.len() == 2, "{copied:?}");
}

#[test]
fn trap_15_a_pair_with_groups_is_led_from_the_system_space() {
    for policy in procedures() {
        let rehearsal = well(with_groups(), &policy);
        let entered = lines(&rehearsal.history, |line| line == "changeto system");
        assert!(entered.len() >= 2, "{entered:?}");
    }
}

/// With failover off on either unit nothing goes on, and the halt says so.
#[test]
fn trap_16_failover_that_is_off_halts_the_run() {
    for role in Role::BOTH {
        let off = Fault::Console(role, "no failover".to_owned());
        let rehearsal = innocent(staged(), When::typed("write memory"), off);
        let Outcome::Halted(halt) = &rehearsal.outcome else { panic!("{}", rehearsal.outcome) };
        assert!(halt.reason.to_string().contains("failover is off"), "{}", halt.reason);
        assert_eq!(rehearsal.oracle.reboots, [0, 0]);
    }
}

/// No configuration is read on a unit that takes one; one who pages there brings about a reboot that the
/// run sees as none of its own.
#[test]
fn trap_17_a_synchronising_unit_is_not_asked_for_its_configuration() {
    for policy in procedures() {
        for spec in [staged(), with_groups()] {
            let lead = spec.groups[0].id;
            let rehearsal = well(spec, &policy);
            let mut taking = [false; 2];
            for happening in &rehearsal.history {
                let unit = &mut taking[usize::from(happening.role == Role::Secondary)];
                match &happening.what {
                    What::Standing { group, to, .. } if *group == lead => *unit = *to == Standing::SyncConfig,
                    What::Typed { line, .. } if *unit => {
                        assert!(!line.starts_with("show running-config"), "{line} at {:?}", happening.at);
                    }
                    _ => {}
                }
            }
        }
    }
    let when = When::stands(Role::Secondary, Standing::SyncConfig);
    let page = Fault::Console(Role::Secondary, "show running-config".to_owned());
    let rehearsal = innocent(staged(), when, page);
    assert_eq!(rehearsal.oracle.reboots[1], 2, "{}", rehearsal.outcome);
}

/// A reboot is known by the unit's own uptime, which the pair's does not hide.
#[test]
fn trap_18_a_reboot_is_seen_beside_the_uptime_of_the_pair() {
    for days in [0, 1, 400] {
        let mut spec = staged();
        for role in Role::BOTH {
            spec.unit_mut(role).uptime = Duration::from_secs(days * 86_400 + 700);
        }
        assert_eq!(well(spec, &Policy::default()).oracle.reboots, [1, 1]);
    }
}

/// Two units of one name and one prompt are told apart by their serial numbers.
#[test]
fn trap_19_two_units_of_one_name_are_told_apart() {
    for policy in procedures() {
        for mut spec in [staged(), with_groups()] {
            spec.prompt = PromptStyle::Plain;
            well(spec, &policy);
        }
    }
}

#[test]
fn trap_20_a_save_is_a_save_with_and_without_a_rate() {
    for millis in [290, 2_400] {
        let mut spec = staged();
        spec.timings.save = Duration::from_millis(millis);
        well(spec, &Policy::default());
    }
}

/// A unit whose service module still starts would fail for it: the second reload waits for the module.
#[test]
fn a_service_module_is_waited_for() {
    let mut spec = staged();
    spec.module = Some("SFR5525".to_owned());
    let up = Timings::of(&spec.model).module;
    for policy in procedures() {
        let rehearsal = well(spec.clone(), &policy);
        let came = rehearsal.history.iter().find(|happening| matches!(happening.what, What::Up { .. }));
        let came = came.expect("a unit rebooted").at;
        let next = rehearsal.history.iter().rev().find_map(|happening| match happening.what {
            What::ReloadRequested { .. } => Some(happening.at),
            _ => None,
        });
        assert!(next.is_some_and(|at| at >= came + up), "up at {came:?}, next reload at {next:?}");
    }
}

/// A question at the way into configuration mode is nobody's whom the run knows: it halts, and asks.
#[test]
fn a_question_about_error_reporting_is_not_answered() {
    let mut spec = staged();
    spec.call_home = true;
    let goal = goal(&spec);
    let (_, rehearsal) = upgrade(spec, 5, &goal, &Policy::default());
    assert!(rehearsal.judgement.is_innocent(), "{}", rehearsal.judgement);
    let Outcome::Halted(halt) = &rehearsal.outcome else { panic!("{}", rehearsal.outcome) };
    assert!(
        halt.reason.to_string().contains("anonymous") || halt.reason.to_string().contains("[A]sk later"),
        "{}",
        halt.reason
    );
    assert_eq!(rehearsal.oracle.reboots, [0, 0]);
}
