//! The judgement of a run by what happened on the units: every harm is charged to a command of ours,
//! to a fault, or to a fault that came after the last look and before the effect (the excused ones).
//!
//! It reads the history and shares no code with the controller.

use std::collections::BTreeMap;
use std::time::Duration;

use asa_failover_core::run::Outcome;
use asa_failover_core::twin::oracle::OffenceKind;
use asa_failover_core::twin::{Cause, Fault, Happening, Via, What};
use asa_failover_core::unit::{GroupId, Role, Standing};
use asa_failover_core::version::AsaVersion;

use crate::journey::{Ended, Journey};
use crate::scene::Scene;

/// The oldest that a reading may be when a command takes effect: W, the way of the line to the unit,
/// and the longest notice that a unit gives before it goes down.
const BLIND: Duration = Duration::from_millis(2_000 + 2_500);

#[derive(Default)]
pub(crate) struct Verdict {
    pub(crate) charges: Vec<String>,
    pub(crate) excused: u64,
}

impl Verdict {
    fn charge(&mut self, is_excused: bool, what: String) {
        if is_excused {
            self.excused += 1;
        } else {
            self.charges.push(what);
        }
    }
}

pub(crate) fn judge(scene: &Scene, journey: &Journey) -> Verdict {
    let mut verdict = Verdict::default();
    // What happened by itself between these two times, or shortly before the first.
    let struck = |from: Duration, to: Duration| {
        scene.faults.iter().any(|(at, _)| *at + BLIND >= from && *at <= to)
            || journey.pair.history().iter().any(|happening| {
                happening.at + BLIND >= from && happening.at <= to && comes_by_itself(&happening.what)
            })
    };
    offences(journey, &struck, &mut verdict);
    gaps(scene, journey, &struck, &mut verdict);
    reloads(scene, journey, &struck, &mut verdict);
    match &journey.ended {
        Ended::Endless => verdict.charges.push("the run does not end".to_owned()),
        Ended::Outcome(Outcome::Completed(_)) => completed(scene, journey, &struck, &mut verdict),
        Ended::Outcome(Outcome::Halted(halt)) => {
            let is_quiet = scene.faults.is_empty() && scene.mishap_in.is_none();
            // Where preempt undoes every move, some groups have no way to where they shall be.
            let is_undone = scene.preempt_returns && matches!(halt.code.as_str(), "undone" | "no-effect");
            if is_quiet && !is_undone {
                verdict.charges.push(format!("halted without a fault: {}", halt.reason));
            }
            if halt.code == "unexpected" || halt.code == "journal-failed" {
                verdict.charges.push(format!("halted by its own fault: {}", halt.reason));
            }
        }
    }
    verdict
}

/// Late consequences of faults: a scheduled reload, an election, a console line.
fn comes_by_itself(what: &What) -> bool {
    matches!(
        what,
        What::Down { cause: Cause::Fault | Cause::ScheduledReload }
            | What::ReloadRequested { cause: Cause::ScheduledReload }
            | What::Standing {
                cause: Cause::Fault
                    | Cause::HelloLost
                    | Cause::NoActiveUnit
                    | Cause::Resync
                    | Cause::SplitBrainHealed,
                ..
            }
            | What::Typed { via: Via::Console, .. }
    )
}

fn offences(journey: &Journey, struck: &impl Fn(Duration, Duration) -> bool, verdict: &mut Verdict) {
    for offence in journey.pair.report().offences {
        let at = offence.at;
        let what = format!("{} at {:.3} s: {:?}", offence.role, at.as_secs_f64(), offence.kind);
        let is_excused = match &offence.kind {
            OffenceKind::ActiveUnitWentDown(Cause::ScheduledReload) => continue,
            OffenceKind::ActiveUnitWentDown(_) if !is_ours(journey.pair.history(), offence.role, at) => {
                continue;
            }
            // Taking over in the middle of a synchronisation is ours only where we commanded it.
            OffenceKind::StateLost(group) if !commanded(journey.pair.history(), offence.role, *group, at) => {
                continue;
            }
            OffenceKind::RoleCommandWithoutEffect if by_console(journey.pair.history(), offence.role, at) => {
                continue;
            }
            _ => struck(at, at),
        };
        verdict.charge(is_excused, what);
    }
}

/// The last line before a time that could have brought this unit down: ours, or somebody else's.
fn is_ours(history: &[Happening], role: Role, at: Duration) -> bool {
    let before = history.iter().rev().skip_while(|happening| happening.at > at);
    let mut lines = before.filter_map(|happening| match &happening.what {
        What::Typed { line, via, .. } => {
            let hits = (line.starts_with("failover reload-standby") && happening.role == role.mate())
                || (line.starts_with("reload") && happening.role == role);
            hits.then_some(*via != Via::Console)
        }
        _ => None,
    });
    lines.next().unwrap_or(false)
}

fn by_console(history: &[Happening], role: Role, at: Duration) -> bool {
    let lines = history.iter().filter(|happening| happening.at == at && happening.role == role);
    lines.into_iter().any(|happening| matches!(happening.what, What::Typed { via: Via::Console, .. }))
}

fn commanded(history: &[Happening], role: Role, of: GroupId, at: Duration) -> bool {
    history.iter().any(|happening| {
        happening.at == at
            && happening.role == role
            && matches!(&happening.what, What::Standing { group, cause: Cause::CommandedSwitch, .. } if *group == of)
    })
}

fn gaps(
    scene: &Scene,
    journey: &Journey,
    struck: &impl Fn(Duration, Duration) -> bool,
    verdict: &mut Verdict,
) {
    let report = journey.pair.report();
    for gap in report.gaps.iter().filter(|gap| !gap.is_expected()) {
        let what = format!(
            "{} has no forwarder for {:?} from {:?} ({:?})",
            gap.group, gap.length, gap.began, gap.cause
        );
        let ours = match gap.cause {
            Cause::CommandedSwitch => !by_console(journey.pair.history(), gap.before, gap.began),
            Cause::Reload | Cause::ReloadStandby => is_ours(journey.pair.history(), gap.before, gap.began),
            _ => false,
        };
        if ours {
            verdict.charge(struck(gap.began, gap.began + gap.length.min(Duration::from_secs(5))), what);
        }
    }
    for double in &report.doubles {
        let torn = scene.faults.iter().any(|(at, fault)| {
            *at <= double.began
                && (matches!(fault, Fault::FailoverLinkDown)
                    || matches!(fault, Fault::Console(_, line) if line == "no failover"))
        });
        verdict.charge(
            torn || struck(double.began, double.began),
            format!("{} has two forwarders from {:?}", double.group, double.began),
        );
    }
}

/// No unit on the target is reloaded, and none twice.
fn reloads(
    scene: &Scene,
    journey: &Journey,
    struck: &impl Fn(Duration, Duration) -> bool,
    verdict: &mut Verdict,
) {
    let target = scene.plan.goal().target;
    let mut runs = versions_at_start(scene);
    let mut times: BTreeMap<Role, u32> = BTreeMap::new();
    for Happening { at, role, what, .. } in journey.pair.history() {
        match what {
            What::Up { version } => {
                runs.insert(*role, *version);
            }
            What::ReloadRequested { cause: Cause::Reload | Cause::ReloadStandby }
                if is_ours(journey.pair.history(), *role, *at) =>
            {
                let count = times.entry(*role).or_default();
                *count += 1;
                if runs.get(role) == Some(&target) {
                    verdict.charge(struck(*at, *at), format!("{role} on the target is reloaded at {at:?}"));
                }
                if *count > 1 {
                    verdict.charges.push(format!("{role} is reloaded {count} times, at {at:?}"));
                }
            }
            _ => {}
        }
    }
}

fn versions_at_start(scene: &Scene) -> BTreeMap<Role, AsaVersion> {
    scene.plan.brief().versions.clone()
}

fn completed(
    scene: &Scene,
    journey: &Journey,
    struck: &impl Fn(Duration, Duration) -> bool,
    verdict: &mut Verdict,
) {
    let end = journey.pair.now();
    let brief = scene.plan.brief();
    let mut versions = versions_at_start(scene);
    let mut standings: BTreeMap<(Role, GroupId), Standing> = BTreeMap::new();
    let mut saved: BTreeMap<Role, Vec<String>> = BTreeMap::new();
    for Happening { role, what, .. } in journey.pair.history() {
        match what {
            What::Up { version } => {
                versions.insert(*role, *version);
            }
            What::Began { group, standing } => {
                standings.insert((*role, *group), standing.clone());
            }
            What::Standing { group, to, .. } => {
                standings.insert((*role, *group), to.clone());
            }
            What::Saved { boot } => {
                saved.insert(*role, boot.clone());
            }
            _ => {}
        }
    }
    let mut wrong = Vec::new();
    let wanted: Vec<String> =
        brief.stops.iter().rev().map(|stop| stop.image.file.path().to_owned()).collect();
    for role in Role::BOTH {
        if versions.get(&role) != Some(&scene.plan.goal().target) {
            wrong.push(format!("{role} runs {:?}", versions.get(&role)));
        }
        if saved.get(&role) != Some(&wanted) {
            wrong.push(format!("{role} has saved the boot list {:?}, not {wanted:?}", saved.get(&role)));
        }
        for (id, group) in &brief.groups {
            let want = if group.owner == role { Standing::Active } else { Standing::StandbyReady };
            let is = standings.get(&(role, *id));
            if is != Some(&want) {
                wrong.push(format!("{role} is {is:?} for {id}, not {want}"));
            }
        }
    }
    for wrong in wrong {
        verdict.charge(struck(end, end), format!("completed, but {wrong}"));
    }
}
