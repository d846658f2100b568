//! What is read seldom: what a unit boots, and whether a reload of it is scheduled.

use super::super::super::{Cause, Claim, FaultKind, What};
use super::super::Rule;
use super::{NEW, PRI, SEC, Story, UNIT, story};
use crate::unit::{Role, Standing};

#[test]
fn i8_what_a_unit_boots_is_read_a_moment_before_it_is_reloaded() {
    let read_for = |seconds: u64| {
        story(|told| told.reads_boot(SEC).pass(seconds).asks().looks().typed(PRI, "failover reload-standby"))
    };
    read_for(30).keeps_all();
    read_for(31).breaks(Rule::Staged);
    let one = |line: &str| {
        story(|told| {
            told.typed(SEC, line).reads_boot(PRI).asks().looks().typed(PRI, "failover reload-standby")
        })
    };
    one("dir disk0:/").breaks(Rule::Staged);
    one("show startup-config | include boot system").breaks(Rule::Staged);
}

#[test]
fn i8_what_somebody_else_changes_is_excused_until_it_could_be_read() {
    let deleted = || What::FileDeleted { name: "new.bin".to_owned() };
    let saved = || What::Saved { boot: vec!["old.bin".to_owned()] };
    let reloads = |tell: &dyn Fn(&mut Story)| {
        story(|told| {
            tell(told);
            told.pass(5).asks().looks().typed(PRI, "failover reload-standby")
        })
    };
    reloads(&|told| _ = told.reads_boot(SEC).what(SEC, deleted())).keeps_but_for_excuses();
    reloads(&|told| _ = told.reads_boot(SEC).what(SEC, deleted()).typed(SEC, "dir disk0:/"))
        .breaks(Rule::Staged);
    let console = |told: &mut Story| _ = told.reads_boot(SEC).console(PRI, "wr").what(SEC, saved());
    reloads(&console).keeps_but_for_excuses();
    reloads(&|told| {
        console(told);
        told.typed(SEC, "show startup-config | include boot system");
    })
    .breaks(Rule::Staged);
    // It excuses that alone, and no save of ours.
    reloads(&|told| {
        told.what(SEC, deleted());
        console(told);
    })
    .breaks(Rule::Staged);
    reloads(&|told| _ = told.reads_boot(SEC).typed(PRI, "write memory").what(SEC, saved()))
        .breaks(Rule::Staged);
}

/// Once its time has come no reading shows a scheduled reload any more.
#[test]
fn i15_a_scheduled_reload_that_has_begun_is_known_to_whom_it_was_told_before() {
    let begins = |told: &mut Story| {
        told.what(PRI, What::ReloadRequested { cause: Cause::ScheduledReload });
    };
    let ends = |tell: &dyn Fn(&mut Story)| {
        let mut told = Story::new();
        told.upgrade().struck(FaultKind::ScheduledReload).pass(5);
        tell(&mut told);
        told.asks().completed();
        told
    };
    let dies = |told: &mut Story| {
        told.what(PRI, What::Claimed(Claim::Killed)).what(PRI, What::Claimed(Claim::Resumed));
    };
    ends(&|_| {}).breaks(Rule::Completion);
    ends(&begins).keeps_all();
    ends(&|told| begins(told.asks())).breaks(Rule::Completion);
    // Who goes on knows nothing of it any more, unless it is still to come.
    ends(&|told| dies(told.asks())).breaks(Rule::Completion);
    ends(&|told| {
        dies(told.asks());
        begins(told);
    })
    .keeps_all();
    ends(&|told| {
        begins(told.asks());
        dies(told);
    })
    .keeps_all();
}

/// It is a fault from its beginning until the unit is down, whoever looks at the pair meanwhile.
#[test]
fn a_scheduled_reload_that_nobody_was_told_of_excuses_until_its_unit_is_down() {
    let begins = |asked: bool| {
        story(|told| {
            told.reads().what(PRI, What::Struck { fault: FaultKind::ScheduledReload }).pass(20);
            if asked {
                told.asks();
            }
            told.what(PRI, What::ReloadRequested { cause: Cause::ScheduledReload });
            told.pass(1).reads().typed(PRI, "failover reload-standby");
            told.what(SEC, What::ReloadRequested { cause: Cause::ReloadStandby }).pass(1);
            told.down(PRI, Cause::ScheduledReload).takes(SEC, Cause::HelloLost);
            told.pass(1).down(SEC, Cause::ReloadStandby)
        })
    };
    begins(false).keeps_but_for_excuses();
    begins(true).breaks(Rule::Reload);
}

#[test]
fn i5_nothing_disrupts_before_both_units_were_asked_for_a_scheduled_reload() {
    let asked = |line: &str, seconds: u64, roles: &[Role]| {
        story(|told| {
            for role in roles {
                told.typed(*role, "show reload");
            }
            told.pass(seconds).reads_boot(SEC).looks().typed(PRI, line)
        })
    };
    for line in ["failover reload-standby", "no failover active"] {
        asked(line, 30, &[PRI, SEC]).keeps_all();
        asked(line, 31, &[PRI, SEC]).breaks(Rule::OneOutstanding);
        asked(line, 0, &[PRI]).breaks(Rule::OneOutstanding);
        asked(line, 0, &[SEC]).breaks(Rule::OneOutstanding);
    }
}

/// A unit that was told to reload over a link that was down goes on; that it loses its power later is another matter.
#[test]
fn a_reload_that_was_never_carried_out_takes_no_unit_down() {
    let falls = |cause: Cause| {
        story(|told| {
            told.reads().typed(PRI, "failover reload-standby").pass(60);
            told.what(PRI, What::ForwardingEnded { group: UNIT, cause: Cause::Fault })
                .takes(SEC, Cause::Fault);
            told.down(SEC, cause)
        })
    };
    falls(Cause::Fault).keeps_all();
    falls(Cause::ReloadStandby).breaks(Rule::Reload);
}

/// I7 asks for looks: what fails and is well again between two of them has been ready in both.
#[test]
fn i7_a_failure_counts_where_a_look_shows_it() {
    let fails = |seen: bool| {
        story(|told| {
            told.reads().reload(PRI, NEW).stands(SEC, Standing::StandbyReady, Standing::Failed, Cause::Fault);
            if seen {
                told.pass(1).reads();
            }
            told.pass(1).stands(SEC, Standing::Failed, Standing::StandbyReady, Cause::Fault);
            told.pass(8).reads().switch(PRI)
        })
    };
    fails(false).keeps_all();
    fails(true).breaks(Rule::Evidence);
}
