//! Each rule with a history that breaks it and one, almost the same, that does not.

mod drift;
mod slow;

use std::time::Duration;

use super::super::{Address, Cause, Claim, FaultKind, Happening, Via, What};
use super::{Judgement, Orders, Rule, judge};
use crate::unit::{GroupId, Role, Standing};
use crate::version::AsaVersion;

const OLD: AsaVersion = AsaVersion::new(9, 8, 4, 0);
const NEW: AsaVersion = AsaVersion::new(9, 8, 4, 48);
const PRI: Role = Role::Primary;
const SEC: Role = Role::Secondary;
const UNIT: GroupId = GroupId::UNIT;

fn orders() -> Orders {
    let stops = vec![(OLD, "old.bin".to_owned()), (NEW, "new.bin".to_owned())];
    let mut orders = Orders::new(stops, vec![(UNIT, PRI)], boot());
    orders.deadline = Duration::from_secs(3_600);
    orders
}

fn boot() -> Vec<String> {
    ["new.bin", "old.bin"].map(str::to_owned).to_vec()
}

/// A history as it is told.
#[derive(Clone)]
struct Story {
    told: Vec<Happening>,
    at: Duration,
    orders: Orders,
}

impl Story {
    /// An Active/Standby pair on the old release, staged, the primary active.
    fn new() -> Self {
        let mut story = Self { told: Vec::new(), at: Duration::ZERO, orders: orders() };
        for (role, standing) in [(PRI, Standing::Active), (SEC, Standing::StandbyReady)] {
            story.what(role, What::Began { group: UNIT, standing });
            story.what(role, What::Runs { version: OLD, boot: boot() });
        }
        story.what(PRI, What::Claimed(Claim::Started));
        story
    }

    fn what(&mut self, role: Role, what: What) -> &mut Self {
        self.told.push(Happening { at: self.at, role, what });
        self
    }

    fn pass(&mut self, seconds: u64) -> &mut Self {
        self.at += Duration::from_secs(seconds);
        self
    }

    fn line(&mut self, role: Role, line: &str, via: Via) -> &mut Self {
        let (line, serial) = (line.to_owned(), String::new());
        self.what(role, What::Typed { line, via, serial })
    }

    fn typed(&mut self, role: Role, line: &str) -> &mut Self {
        self.line(role, line, Via::Session(Address::Active))
    }

    fn console(&mut self, role: Role, line: &str) -> &mut Self {
        self.struck(FaultKind::Console).line(role, line, Via::Console)
    }

    /// Looks at both units, and at what they boot.
    fn reads(&mut self) -> &mut Self {
        self.reads_boot(PRI).reads_boot(SEC).asks().looks()
    }

    fn looks(&mut self) -> &mut Self {
        self.typed(PRI, "show failover").typed(SEC, "show failover")
    }

    fn reads_boot(&mut self, role: Role) -> &mut Self {
        self.typed(role, "dir disk0:/").typed(role, "show startup-config | include boot system")
    }

    fn struck(&mut self, fault: FaultKind) -> &mut Self {
        self.what(PRI, What::Struck { fault })
    }

    fn stands(&mut self, role: Role, from: Standing, to: Standing, cause: Cause) -> &mut Self {
        self.what(role, What::Standing { group: UNIT, from, to, cause })
    }

    /// The unit goes down.
    fn down(&mut self, role: Role, cause: Cause) -> &mut Self {
        self.what(role, What::Down { cause });
        self.stands(role, Standing::StandbyReady, Standing::Disabled, cause)
    }

    /// The unit comes up and is ready half a minute later.
    fn up(&mut self, role: Role, version: AsaVersion) -> &mut Self {
        self.pass(300).what(role, What::Up { version });
        self.stands(role, Standing::Disabled, Standing::Negotiation, Cause::Boot).pass(30);
        self.stands(role, Standing::BulkSync, Standing::StandbyReady, Cause::Boot)
    }

    /// Three looks in half a minute.
    fn settles(&mut self) -> &mut Self {
        for _ in 0..3 {
            self.pass(11).reads();
        }
        self
    }

    /// A reload of the mate, its boot, and looks enough.
    fn reload(&mut self, from: Role, version: AsaVersion) -> &mut Self {
        self.typed(from, "failover reload-standby").goes(from.mate()).up(from.mate(), version).settles()
    }

    fn goes(&mut self, role: Role) -> &mut Self {
        self.what(role, What::ReloadRequested { cause: Cause::ReloadStandby });
        self.pass(2).down(role, Cause::ReloadStandby)
    }

    fn steps_down(&mut self, giver: Role, cause: Cause) -> &mut Self {
        self.stands(giver, Standing::Active, Standing::StandbyReady, cause);
        self.what(giver, What::ForwardingEnded { group: UNIT, cause })
    }

    fn takes(&mut self, taker: Role, cause: Cause) -> &mut Self {
        self.stands(taker, Standing::ActiveConfigApplied, Standing::Active, cause);
        self.what(taker, What::ForwardingBegan { group: UNIT, cause })
    }

    /// The role goes to the mate within a second.
    fn moves(&mut self, giver: Role, cause: Cause) -> &mut Self {
        self.steps_down(giver, cause).pass(1).takes(giver.mate(), cause)
    }

    fn switch(&mut self, giver: Role) -> &mut Self {
        self.typed(giver, "no failover active").moves(giver, Cause::CommandedSwitch).pass(5).reads()
    }

    /// A whole upgrade without a blemish.
    fn upgrade(&mut self) -> &mut Self {
        self.reads().reload(PRI, NEW).switch(PRI).reload(SEC, NEW).switch(SEC)
    }

    /// Asks both units whether a reload is scheduled.
    fn asks(&mut self) -> &mut Self {
        self.typed(PRI, "show reload").typed(SEC, "show reload")
    }

    fn completed(&mut self) -> &mut Self {
        self.what(PRI, What::Claimed(Claim::Completed))
    }

    fn halted(&mut self) -> &mut Self {
        self.what(PRI, What::Claimed(Claim::Halted { code: "deadline".to_owned() }))
    }

    fn judged(&self) -> Judgement {
        judge(&self.told, self.at, &self.orders)
    }

    fn rules(&self) -> Vec<Rule> {
        self.judged().violations.iter().map(|found| found.finding.rule).collect()
    }

    #[track_caller]
    fn breaks(&self, rule: Rule) {
        assert!(self.rules().contains(&rule), "{rule:?} is not among {}", self.judged());
        assert!(!self.judged().is_innocent());
    }

    #[track_caller]
    fn keeps_but_for_excuses(&self) {
        assert!(self.judged().is_innocent() && !self.judged().excused.is_empty(), "{}", self.judged());
    }

    #[track_caller]
    fn keeps_all(&self) {
        assert!(self.judged().is_innocent() && self.judged().excused.is_empty(), "{}", self.judged());
    }
}

fn story(tell: impl FnOnce(&mut Story) -> &mut Story) -> Story {
    let mut story = Story::new();
    tell(&mut story);
    story.halted();
    story
}

#[test]
fn a_whole_upgrade_breaks_no_rule() {
    let mut whole = Story::new();
    whole.upgrade().asks().completed();
    whole.keeps_all();
}

#[test]
fn i1_the_role_goes_to_a_ready_unit_that_was_seen_so() {
    story(|told| told.reads().switch(PRI)).keeps_all();
    story(|told| {
        told.stands(SEC, Standing::StandbyReady, Standing::ColdStandby, Cause::Resync);
        told.reads().typed(PRI, "no failover active")
    })
    .breaks(Rule::Switch);
    story(|told| told.reads().pass(3).switch(PRI)).breaks(Rule::Switch);
    story(|told| told.reads().typed(SEC, "no failover active")).breaks(Rule::Switch);
    story(|told| {
        told.reads().typed(PRI, "no failover active").steps_down(PRI, Cause::CommandedSwitch);
        let cause = Cause::CommandedSwitch;
        told.what(SEC, What::StateLost { group: UNIT, cause, taken_in: Standing::BulkSync })
    })
    .breaks(Rule::Switch);
}

#[test]
fn i2_only_a_standby_unit_goes_down() {
    story(|told| told.reads().reload(PRI, NEW)).keeps_all();
    story(|told| told.reads().typed(PRI, "reload")).breaks(Rule::Reload);
    story(|told| told.reads().pass(3).typed(PRI, "failover reload-standby")).breaks(Rule::Reload);
    // It became active between the line and the shutdown.
    let late = |fault: Option<FaultKind>| {
        story(|told| {
            told.reads().typed(PRI, "failover reload-standby");
            told.what(SEC, What::ReloadRequested { cause: Cause::ReloadStandby });
            if let Some(fault) = fault {
                told.struck(fault).steps_down(PRI, Cause::Fault);
            }
            told.takes(SEC, Cause::Fault).pass(2).down(SEC, Cause::ReloadStandby)
        })
    };
    late(None).breaks(Rule::Reload);
    assert!(late(Some(FaultKind::SpontaneousFailover)).judged().is_innocent());
    // Somebody else's reload of an active unit is none of ours.
    story(|told| {
        told.reads().console(PRI, "reload").what(PRI, What::ReloadRequested { cause: Cause::Reload });
        told.pass(2).down(PRI, Cause::Reload)
    })
    .keeps_all();
}

#[test]
fn i3_a_unit_that_does_not_lead_is_not_configured() {
    story(|told| told.reads().typed(PRI, "boot system disk0:/new.bin")).keeps_all();
    story(|told| told.reads().typed(SEC, "boot system disk0:/new.bin")).breaks(Rule::Identity);
    story(|told| told.console(SEC, "boot system disk0:/new.bin")).keeps_all();
}

#[test]
fn i4_both_links_are_up_and_one_unit_is_active() {
    for link in [What::FailoverLink(false), What::StateLink(false)] {
        story(|told| told.what(PRI, link.clone()).reads().typed(PRI, "no failover active"))
            .breaks(Rule::Links);
    }
    story(|told| told.takes(SEC, Cause::Fault).reads().typed(PRI, "failover reload-standby"))
        .breaks(Rule::Links);
    story(|told| told.what(PRI, What::StateLink(false)).what(PRI, What::StateLink(true)).reads().switch(PRI))
        .keeps_all();
}

#[test]
fn i5_one_thing_is_under_way() {
    let mut both = Story::new();
    both.reads().typed(PRI, "failover reload-standby").goes(SEC).reads();
    both.typed(PRI, "failover reload-standby").halted();
    both.breaks(Rule::OneOutstanding);
    story(|told| {
        told.reads().typed(PRI, "no failover active").steps_down(PRI, Cause::CommandedSwitch).reads();
        told.typed(SEC, "failover active")
    })
    .breaks(Rule::OneOutstanding);
    // A line that had no effect is not under way.
    story(|told| told.reads().typed(PRI, "failover reload-standby").pass(60).reads().reload(PRI, NEW))
        .keeps_all();
}

#[test]
fn i6_a_unit_is_reloaded_once_and_not_on_the_target() {
    story(|told| told.reads().reload(PRI, NEW).typed(PRI, "failover reload-standby")).breaks(Rule::Once);
    story(|told| told.reads().reload(PRI, OLD).typed(PRI, "failover reload-standby")).breaks(Rule::Once);
    let mut hops = Story::new();
    hops.orders.stops.insert(0, (AsaVersion::new(9, 6, 4, 0), "eldest.bin".to_owned()));
    hops.what(SEC, What::Runs { version: AsaVersion::new(9, 6, 4, 0), boot: vec!["old.bin".to_owned()] });
    hops.reads().reload(PRI, OLD).what(SEC, What::Saved { boot: boot() });
    hops.typed(PRI, "failover reload-standby").halted();
    hops.keeps_all();
}

#[test]
fn i7_a_reloaded_unit_is_believed_after_looks_enough_and_on_another_release() {
    let back = |version: AsaVersion, looks: u64, apart: u64| {
        story(|told| {
            told.reads().typed(PRI, "failover reload-standby").goes(SEC).up(SEC, version);
            for _ in 0..looks {
                told.pass(apart).reads();
            }
            told.switch(PRI)
        })
    };
    back(NEW, 3, 11).keeps_all();
    back(OLD, 3, 11).breaks(Rule::Evidence);
    back(NEW, 2, 20).breaks(Rule::Evidence);
    back(NEW, 3, 5).breaks(Rule::Evidence);
    // A unit that was active and steps down was ready all the time.
    story(|told| told.reads().reload(PRI, NEW).switch(PRI).switch(SEC).switch(PRI)).keeps_all();
}

#[test]
fn i8_a_unit_boots_the_next_release_first_before_it_is_reloaded() {
    let saved = |boot: &[&str]| What::Saved { boot: boot.iter().map(|name| (*name).to_owned()).collect() };
    story(|told| {
        told.what(SEC, saved(&["old.bin", "new.bin"])).reads().typed(PRI, "failover reload-standby")
    })
    .breaks(Rule::Staged);
    let copied = |sound| What::FileCopied { name: "new.bin".to_owned(), sound };
    story(|told| told.what(SEC, copied(false)).reads().reload(PRI, NEW)).breaks(Rule::Staged);
    story(|told| told.what(SEC, copied(false)).what(SEC, copied(true)).reads().reload(PRI, NEW)).keeps_all();
    story(|told| {
        told.orders.unverified = vec!["new.bin".to_owned()];
        told.what(SEC, copied(false)).reads().reload(PRI, NEW)
    })
    .keeps_all();
    let deleted = What::FileDeleted { name: "new.bin".to_owned() };
    story(|told| told.what(SEC, deleted.clone()).reads().reload(PRI, NEW)).breaks(Rule::Staged);
    story(|told| told.what(PRI, deleted).reads().reload(PRI, NEW)).keeps_all();
}

#[test]
fn i10_after_a_line_that_disrupts_both_units_are_looked_at() {
    let twice = |looks: &[Role]| {
        story(|told| {
            told.reads().typed(PRI, "failover reload-standby").pass(1);
            for role in looks {
                told.typed(*role, "show failover");
            }
            told.reload(PRI, NEW)
        })
    };
    twice(&[PRI, SEC]).keeps_all();
    twice(&[PRI]).breaks(Rule::Unknown);
    twice(&[]).breaks(Rule::Unknown);
}

#[test]
fn i14_a_run_ends_in_time() {
    let mut endless = Story::new();
    endless.reads();
    endless.breaks(Rule::End);
    endless.halted();
    endless.keeps_all();
    endless.what(PRI, What::Claimed(Claim::Killed)).what(PRI, What::Claimed(Claim::Resumed));
    endless.breaks(Rule::End);
    story(|told| told.pass(4_000)).breaks(Rule::End);
}

#[test]
fn i15_completed_is_true() {
    let after = |tell: fn(&mut Story) -> &mut Story| {
        let mut told = Story::new();
        tell(told.upgrade().asks()).completed();
        told
    };
    after(|told| told).keeps_all();
    after(|told| told.what(SEC, What::Saved { boot: vec!["old.bin".to_owned()] })).breaks(Rule::Completion);
    after(|told| told.what(PRI, What::FailoverLink(false))).breaks(Rule::Completion);
    after(|told| told.stands(SEC, Standing::StandbyReady, Standing::Failed, Cause::Fault))
        .breaks(Rule::Completion);
    after(|told| told.struck(FaultKind::ScheduledReload).typed(PRI, "show reload")).breaks(Rule::Completion);
    after(|told| told.struck(FaultKind::ScheduledReload)).keeps_all();
    after(|told| told.pass(301)).breaks(Rule::Completion);
    let mut unasked = Story::new();
    unasked.upgrade().pass(301).typed(PRI, "show reload").completed();
    unasked.breaks(Rule::Completion);
    let mut early = Story::new();
    early.reads().asks().completed();
    early.breaks(Rule::Completion);
    let mut fresh = Story::new();
    fresh.upgrade().asks().struck(FaultKind::Crash).stands(
        SEC,
        Standing::StandbyReady,
        Standing::Disabled,
        Cause::Fault,
    );
    fresh.completed();
    assert_eq!((fresh.rules(), fresh.judged().excuses()[&FaultKind::Crash]), (vec![], 1));
}

#[test]
fn i17_only_known_lines_are_typed() {
    story(|told| told.typed(PRI, "copy /noconfirm tftp://192.0.2.9/x disk0:/x")).keeps_all();
    story(|told| told.typed(PRI, "write standby")).breaks(Rule::ClosedSet);
    story(|told| told.console(PRI, "write standby")).keeps_all();
}

#[test]
fn i18_questions_are_answered_as_they_must_be() {
    let asked = |question: &str, answer: &str| {
        let (question, answer) = (question.to_owned(), answer.to_owned());
        story(|told| told.what(PRI, What::Answered { question, answer }))
    };
    let syncing = "WARNING: Configuration syncing is in progress. Do you want to continue? (yes/no):";
    asked(syncing, "no").keeps_all();
    asked(syncing, "yes").breaks(Rule::Questions);
    asked("Proceed with reload? [confirm]", "").keeps_all();
    asked("Proceed with reload? [confirm]", "n").breaks(Rule::Questions);
    asked("System config has been modified. Save? [Y]es/[N]o:", "N").breaks(Rule::Questions);
}

#[test]
fn i25_a_reload_is_not_tried_again_on_the_other_unit() {
    let again = |moves: bool| {
        story(|told| {
            told.orders.adapts = true;
            told.reads()
                .typed(PRI, "failover reload-standby")
                .pass(60)
                .struck(FaultKind::SpontaneousFailover);
            if moves {
                told.moves(PRI, Cause::Fault);
            }
            told.pass(60).reads().typed(SEC, "failover reload-standby")
        })
    };
    // Nor is it where two were active, and one stepped down.
    story(|told| {
        told.orders.adapts = true;
        told.reads()
            .struck(FaultKind::SplitBrain)
            .takes(SEC, Cause::Fault)
            .typed(PRI, "failover reload-standby");
        told.pass(60)
            .steps_down(PRI, Cause::SplitBrainHealed)
            .pass(60)
            .reads()
            .typed(SEC, "failover reload-standby")
    })
    .keeps_but_for_excuses();
    again(false).breaks(Rule::NoWidening);
    again(true).keeps_all();
}

#[test]
fn a_move_of_ours_is_as_short_as_the_device_s_own_and_ends_at_the_taker() {
    let ends = |taker: Role, seconds: u64, cause: Cause| {
        story(|told| {
            told.reads().typed(PRI, "no failover active").steps_down(PRI, Cause::CommandedSwitch);
            told.pass(seconds).takes(taker, cause)
        })
    };
    ends(SEC, 1, Cause::CommandedSwitch).keeps_all();
    ends(SEC, 2, Cause::CommandedSwitch).breaks(Rule::Gap);
    ends(PRI, 15, Cause::NoActiveUnit).breaks(Rule::Gap);
    ends(SEC, 1, Cause::NoActiveUnit).breaks(Rule::Gap);
}

#[test]
fn a_move_of_ours_never_makes_two_units_active() {
    let claim = |by: &str| {
        story(|told| {
            told.reads();
            if by == "ours" {
                told.typed(SEC, "failover active")
            } else {
                told.console(SEC, "failover active")
            };
            told.takes(SEC, Cause::CommandedSwitch)
        })
    };
    claim("ours").breaks(Rule::Double);
    claim("somebody else's").keeps_all();
}

#[test]
fn only_a_fault_after_the_older_of_the_final_reads_excuses_and_only_one_that_disturbs() {
    let gone = |tell: fn(&mut Story) -> &mut Story| {
        story(|told| {
            tell(told).stands(SEC, Standing::StandbyReady, Standing::ColdStandby, Cause::Resync);
            told.typed(PRI, "no failover active")
        })
        .judged()
    };
    let excused = gone(|told| told.reads().struck(FaultKind::Console));
    assert_eq!((excused.is_innocent(), excused.excuses()[&FaultKind::Console]), (true, 1));
    let between =
        gone(|told| told.typed(SEC, "show failover").struck(FaultKind::Crash).typed(PRI, "show failover"));
    assert!(between.is_innocent(), "{between}");
    let before = gone(|told| told.struck(FaultKind::Console).reads());
    assert!(!before.is_innocent() && before.excused.is_empty(), "{before}");
    for harmless in [FaultKind::LoseReply, FaultKind::Notice, FaultKind::SaveFails, FaultKind::SessionLoss] {
        let mut told = Story::new();
        told.reads().struck(harmless);
        told.stands(SEC, Standing::StandbyReady, Standing::ColdStandby, Cause::Resync);
        told.typed(PRI, "no failover active").halted();
        told.breaks(Rule::Switch);
    }
}

#[test]
fn a_scheduled_reload_excuses_only_where_nobody_could_have_read_of_it() {
    let due = |read: bool| {
        story(|told| {
            told.reads().struck(FaultKind::ScheduledReload).pass(20);
            if read {
                told.typed(SEC, "show reload");
            }
            told.looks().what(SEC, What::ReloadRequested { cause: Cause::ScheduledReload });
            told.down(SEC, Cause::ScheduledReload).typed(PRI, "failover reload-standby")
        })
    };
    // It was scheduled on the primary as far as the story tells; the secondary's own is what counts.
    due(false).breaks(Rule::Reload);
    let own = |read: bool| {
        let mut told = due(read);
        for happening in &mut told.told {
            if matches!(happening.what, What::Struck { .. }) {
                happening.role = SEC;
            }
        }
        told
    };
    own(true).breaks(Rule::Reload);
    assert_eq!((own(false).rules(), own(false).judged().excuses()[&FaultKind::ScheduledReload]), (vec![], 1));
}

#[test]
fn every_rule_has_its_test() {
    let source = [include_str!("mod.rs"), include_str!("drift.rs")].concat();
    for rule in Rule::ALL {
        assert!(source.contains(&format!("breaks(Rule::{rule:?})")), "{rule:?}");
    }
}
