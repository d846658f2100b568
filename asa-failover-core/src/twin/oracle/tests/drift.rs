//! I23: what tells that a group moved by itself, and what only looks so.

use super::*;

/// The group goes by another hand's doing.
fn strays(told: &mut Story, giver: Role) -> &mut Story {
    told.struck(FaultKind::SpontaneousFailover).moves(giver, Cause::Fault)
}

/// A line of ours that disrupts, a minute later and well looked at.
fn goes_on(told: &mut Story, lead: Role) -> &mut Story {
    told.pass(60).reads().typed(lead, "failover reload-standby")
}

fn lost(told: &mut Story, line: &str) {
    told.what(PRI, What::LineLost { line: line.to_owned(), via: Via::Session(Address::Active) });
}

#[test]
fn i23_nothing_disrupts_after_a_group_moved_by_itself_unless_the_plan_adapts() {
    let moved = |cause: Cause| {
        let mut told = Story::new();
        told.reads().struck(FaultKind::SpontaneousFailover).moves(PRI, cause);
        goes_on(&mut told, SEC).halted();
        told
    };
    moved(Cause::Fault).breaks(Rule::Drift);
    let mut adapts = moved(Cause::Fault);
    adapts.orders.adapts = true;
    adapts.keeps_all();
    // Preempt brings it only where it was configured when the orders were given.
    moved(Cause::Preempt).breaks(Rule::Drift);
    let mut prefers = moved(Cause::Preempt);
    prefers.orders.prefers = vec![(UNIT, SEC)];
    prefers.keeps_all();
}

/// Our line moves the group; this follows on the taker; then the group comes back, and the line is typed again.
fn back(then: &[What]) -> Story {
    story(|told| {
        told.reads().typed(PRI, "no failover active").moves(PRI, Cause::CommandedSwitch);
        for what in then {
            told.what(SEC, what.clone());
        }
        strays(told, SEC).pass(60).reads();
        told.typed(PRI, "no failover active").moves(PRI, Cause::CommandedSwitch)
    })
}

fn look() -> What {
    let via = Via::Session(Address::Active);
    What::Typed { line: "show failover".to_owned(), via, serial: String::new() }
}

/// There and back between two looks is no move that could be seen; a look between them shows it.
#[test]
fn what_came_back_before_it_was_looked_at_is_where_it_was() {
    let look = look();
    back(&[]).keeps_all();
    back(std::slice::from_ref(&look)).breaks(Rule::Drift);
    // Whoever asked never had the answer, or it was refused, or a notice came between its lines.
    back(&[look.clone(), What::AnswerLost]).keeps_all();
    back(&[look.clone(), What::Struck { fault: FaultKind::AuthorizationFails }]).keeps_all();
    back(&[look.clone(), What::Struck { fault: FaultKind::NoticeIn }]).keeps_all();
    back(&[look.clone(), What::Struck { fault: FaultKind::PromptBecomes }]).breaks(Rule::Drift);
    // It died with the answer in its hands; with the next look it had taken it in.
    let dies = [What::Claimed(Claim::Killed), What::Claimed(Claim::Resumed)];
    back(&[std::slice::from_ref(&look), &dies[..]].concat()).keeps_all();
    back(&[&[look.clone(), look], &dies[..]].concat()).breaks(Rule::Drift);
}

/// A unit whose failover is off shows of no group where it is.
#[test]
fn a_unit_with_failover_off_shows_no_group() {
    back(&[What::Failover(false), look()]).keeps_all();
    back(&[What::Failover(false), What::Failover(true), look()]).breaks(Rule::Drift);
    back(&[What::Failover(false), What::Up { version: NEW }, look()]).breaks(Rule::Drift);
}

/// Where a group is when a run begins is what both units say; one of them alone may be wrong about it.
#[test]
fn where_a_group_was_found_is_said_by_both_units() {
    let looked_at = |units: &[Role]| {
        story(|told| {
            strays(told, PRI).pass(1);
            for unit in units {
                told.typed(*unit, "show failover");
            }
            goes_on(strays(told, SEC), PRI)
        })
    };
    looked_at(&[]).keeps_all();
    looked_at(&[SEC]).keeps_all();
    looked_at(&[PRI]).keeps_all();
    looked_at(&[SEC, PRI]).breaks(Rule::Drift);
}

#[test]
fn an_answer_that_was_lost_is_no_look() {
    let look = |told: &mut Story, heard: bool| {
        told.reads();
        if !heard {
            told.what(SEC, What::AnswerLost);
        }
    };
    for (heard, rules) in [(true, vec![]), (false, vec![Rule::Unknown, Rule::Reload])] {
        let told = story(|told| {
            look(told, heard);
            told.typed(PRI, "failover reload-standby")
        });
        assert_eq!(told.rules(), rules, "{heard}");
    }
    // What a dead run looked at is none of its successor's looks.
    story(|told| {
        told.reads().what(PRI, What::Claimed(Claim::Killed)).what(PRI, What::Claimed(Claim::Resumed));
        told.typed(PRI, "failover reload-standby")
    })
    .breaks(Rule::Unknown);
}

/// For whoever typed the line there is no telling whose move it was, as long as it goes where the line asked.
#[test]
fn a_move_that_our_line_asked_for_is_taken_for_ours() {
    let asked = |line: &str| {
        story(|told| {
            lost(told.reads(), line);
            goes_on(strays(told.pass(20), PRI), SEC)
        })
    };
    asked("no failover active").keeps_all();
    asked("failover exec mate failover active").keeps_all();
    asked("failover active").breaks(Rule::Drift);
    asked("failover reload-standby").breaks(Rule::Drift);
    asked("no failover active group 2").breaks(Rule::Drift);
    // The taker failed at that moment, the giver had to take it back, and then it went there all the same.
    let goes_back_to = |lead: Role| {
        story(|told| {
            told.reads().struck(FaultKind::Crash).typed(PRI, "no failover active");
            told.steps_down(PRI, Cause::CommandedSwitch).pass(15).takes(lead, Cause::HelloLost);
            goes_on(strays(told.pass(60).reads(), lead), lead.mate())
        })
    };
    goes_back_to(PRI).keeps_but_for_excuses();
    goes_back_to(SEC).breaks(Rule::Drift);
    // The group was on its way there already when the line came.
    story(|told| {
        told.reads().struck(FaultKind::SpontaneousFailover).steps_down(PRI, Cause::Fault);
        told.typed(PRI, "no failover active").what(PRI, What::RoleCommandIgnored).pass(1);
        goes_on(told.takes(SEC, Cause::Fault), SEC)
    })
    .keeps_but_for_excuses();
    // It had arrived, and then the line was lost.
    story(|told| {
        lost(strays(told.reads(), PRI), "no failover active");
        goes_on(told, SEC)
    })
    .keeps_all();
    story(|told| {
        lost(strays(told.reads(), PRI).reads(), "no failover active");
        goes_on(told, SEC)
    })
    .breaks(Rule::Drift);
}

#[test]
fn another_line_of_ours_ends_what_the_last_one_asked_for() {
    let then = |line: &str| {
        story(|told| {
            lost(told.reads(), "no failover active");
            told.pass(60).reads().typed(PRI, line);
            goes_on(strays(told.pass(20), PRI), SEC)
        })
    };
    then("show reload").keeps_all();
    then("write memory").breaks(Rule::Drift);
}

/// A line that was written down and died with the run may have been typed, as far as its successor knows.
#[test]
fn a_line_that_a_run_died_with_counts_as_asked() {
    let dies = |unit: Role| {
        story(|told| {
            let line = "no failover active".to_owned();
            told.reads().what(PRI, What::Claimed(Claim::Intended { unit, line }));
            told.what(PRI, What::Claimed(Claim::Killed));
            strays(told.pass(20), PRI).what(PRI, What::Claimed(Claim::Resumed));
            goes_on(told, SEC)
        })
    };
    dies(PRI).keeps_all();
    dies(SEC).breaks(Rule::Drift);
}

/// The line had arrived, and then the unit died that had taken the group: it is home, and our line still asks for it.
#[test]
fn a_line_that_a_run_died_with_does_not_move_a_group_twice() {
    story(|told| {
        let line = "no failover active".to_owned();
        told.reads().struck(FaultKind::Crash).typed(PRI, &line).moves(PRI, Cause::CommandedSwitch);
        told.what(PRI, What::Claimed(Claim::Intended { unit: PRI, line }));
        told.what(PRI, What::Claimed(Claim::Killed));
        strays(told.pass(2), SEC).what(PRI, What::Claimed(Claim::Resumed));
        told.pass(60).reads().switch(PRI)
    })
    .keeps_all();
}

/// A group is found where a pair that is whole has it: what moves until then is what the run comes to find.
#[test]
fn a_group_is_found_once_its_mate_is_ready() {
    let found = |mate: Standing| {
        story(|told| {
            told.stands(SEC, Standing::StandbyReady, mate, Cause::Boot).looks();
            goes_on(told.struck(FaultKind::Crash).moves(PRI, Cause::HelloLost), SEC)
        })
    };
    found(Standing::BulkSync).keeps_all();
    found(Standing::StandbyReady).breaks(Rule::Drift);
}

#[test]
fn who_repeats_our_line_while_it_is_under_way_takes_no_part_in_it() {
    let repeated = |under_way: bool| {
        story(|told| {
            told.reads();
            if under_way {
                told.typed(PRI, "no failover active").steps_down(PRI, Cause::CommandedSwitch);
            }
            told.console(PRI, "no failover active");
            if !under_way {
                told.steps_down(PRI, Cause::CommandedSwitch);
            }
            goes_on(told.pass(1).takes(SEC, Cause::CommandedSwitch), SEC)
        })
    };
    repeated(true).keeps_all();
    repeated(false).breaks(Rule::Drift);
}

/// Both were active for a moment; who stays is who had it.
#[test]
fn a_group_that_two_had_is_where_it_stays() {
    let heals = |ours: bool| {
        story(|told| {
            told.reads();
            if ours {
                lost(told.struck(FaultKind::SplitBrain).takes(SEC, Cause::Fault), "no failover active");
            } else {
                told.struck(FaultKind::SplitBrain).takes(SEC, Cause::Fault);
            }
            goes_on(told.pass(60).steps_down(PRI, Cause::SplitBrainHealed), SEC)
        })
    };
    heals(true).keeps_all();
    heals(false).breaks(Rule::Drift);
    // Our line made the other one step down.
    story(|told| {
        told.reads().struck(FaultKind::SplitBrain).takes(SEC, Cause::Fault).typed(PRI, "no failover active");
        goes_on(told.steps_down(PRI, Cause::CommandedSwitch), SEC)
    })
    .keeps_but_for_excuses();
    // Both had it behind our line, the one that had it before kept it, and then it went where our line asked it to be.
    let heals_to = |giver: Role| {
        story(|told| {
            told.reads().typed(PRI, "no failover active").moves(PRI, Cause::CommandedSwitch);
            told.struck(FaultKind::SplitBrain).takes(PRI, Cause::Fault).pass(60).reads();
            told.steps_down(SEC, Cause::SplitBrainHealed).pass(60);
            goes_on(strays(told, giver), giver.mate())
        })
    };
    heals_to(PRI).keeps_all();
    // It was moved by us, then two had it, and it is where we moved it.
    story(|told| {
        told.reads().typed(PRI, "no failover active").moves(PRI, Cause::CommandedSwitch);
        told.struck(FaultKind::SplitBrain).takes(PRI, Cause::Fault);
        goes_on(told.pass(60).steps_down(PRI, Cause::SplitBrainHealed), SEC)
    })
    .keeps_all();
}
