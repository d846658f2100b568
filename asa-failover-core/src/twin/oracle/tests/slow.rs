//! What is read seldom: what a unit boots, and whether a reload of it is scheduled.

use super::super::super::{Cause, Claim, FaultKind, What};
use super::super::Rule;
use super::{PRI, SEC, Story, story};

#[test]
fn i8_what_a_unit_boots_is_read_a_moment_before_it_is_reloaded() {
    let read_for = |seconds: u64| {
        story(|told| told.reads_boot(SEC).pass(seconds).looks().typed(PRI, "failover reload-standby"))
    };
    read_for(30).keeps_all();
    read_for(31).breaks(Rule::Staged);
    let one = |line: &str| {
        story(|told| told.typed(SEC, line).reads_boot(PRI).looks().typed(PRI, "failover reload-standby"))
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
            told.pass(5).looks().typed(PRI, "failover reload-standby")
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
