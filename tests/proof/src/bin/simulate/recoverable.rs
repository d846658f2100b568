//! What the controller has to get over by itself, and why each is among it.

use std::time::Duration;

use asa_failover_core::goal::{OnDrift, Procedure};
use asa_failover_core::twin::{Chance, CopyRefusal, Cut, Fault, FaultKind, Loss, When};
use asa_failover_core::unit::{Role, Standing};

use crate::draw::Block;
use crate::faults::{bytes, copies, later, millis, notice, timed, when};

/// Kinds of faults after which a run still has to complete, under the condition that is told with each. A
/// kind that is missing here leaves a pair that a person has to look at: a unit that does not come back or
/// not as it should, a configuration that somebody else changes, a full or broken flash, a refused command.
pub(crate) const RECOVERABLE: &[(FaultKind, &str)] = &[
    (
        FaultKind::FailoverLinkDown,
        "on a pair that is ready, and back within the hold time: no unit takes over",
    ),
    (FaultKind::StateLinkDown, "it is back before the wait for the pair to settle is over"),
    (FaultKind::SessionLoss, "a new session is opened, and the unit says again who it is"),
    (FaultKind::Silent, "it is heard again before the wait for an answer is over"),
    (FaultKind::LoseReply, "what became of the line is read"),
    (FaultKind::CutAfter, "the same"),
    (FaultKind::Notice, "it stands between the lines of an answer and is none of them"),
    (FaultKind::NoticeIn, "what it damaged is read again"),
    (FaultKind::PagerOn, "a new session switches it off"),
    (FaultKind::SessionsTaken, "three of five at most: two are enough"),
    (FaultKind::PromptBecomes, "nothing asks whether to save, as `reload` of the published procedure does"),
    (FaultKind::Modified, "the same"),
    (FaultKind::CopyAborts, "once: a copy is tried twice"),
    (FaultKind::CopyRefused, "once, and not for want of space"),
    (FaultKind::SaveUnconfirmed, "the startup configuration tells"),
    (FaultKind::SaveAsks, "the question is one that is answered"),
    (FaultKind::SaveNotReplicated, "the other startup configuration tells, and a save is tried twice"),
    (FaultKind::RebootsAgain, "the second time it is back before the wait for it is over"),
    (
        FaultKind::Crash,
        "of a unit that is Standby Ready for everything, and the plan adapts to what it boots",
    ),
    (FaultKind::Preempt, "it is in the plan"),
    (FaultKind::SpontaneousFailover, "the plan adapts to it"),
    (FaultKind::Console, "`write standby`: the pair synchronises and is what it was"),
];

/// Three faults of different kinds, all recoverable on such a pair; one at most of a family.
pub(crate) fn faults(block: &Block, hold: Duration, chance: &mut Chance) -> Vec<(When, Fault)> {
    let mut kinds: Vec<FaultKind> =
        RECOVERABLE.iter().map(|(kind, _)| *kind).filter(|kind| is_open(block, *kind)).collect();
    let mut faults = Vec::new();
    for _ in 0..3 {
        let kind = chance.of(&kinds);
        kinds.retain(|other| *other != kind && (family(*other) == 0 || family(*other) != family(kind)));
        faults.extend(incident(block, kind, hold, chance));
    }
    faults
}

/// Kinds that are too much for a run together: what is tried twice fails once, a unit is down once in the
/// wait for it, and a group is moved by one hand. 0: of no family.
const fn family(kind: FaultKind) -> u8 {
    match kind {
        kind if copies(kind) => 1,
        FaultKind::SaveUnconfirmed | FaultKind::SaveAsks | FaultKind::SaveNotReplicated => 2,
        FaultKind::Crash | FaultKind::RebootsAgain => 3,
        FaultKind::Preempt | FaultKind::SpontaneousFailover => 4,
        _ => 0,
    }
}

/// Whether the condition of a kind can be kept on such a pair.
fn is_open(block: &Block, kind: FaultKind) -> bool {
    let policy = block.plan.policy();
    match kind {
        FaultKind::PromptBecomes | FaultKind::Modified => policy.procedure == Procedure::Hardened,
        FaultKind::CopyAborts | FaultKind::CopyRefused => block.fetched,
        FaultKind::Crash => block.spec.groups.len() == 1 && policy.on_drift == OnDrift::Adapt,
        FaultKind::Preempt => block.spec.groups.iter().any(|group| group.preempt.is_some()),
        FaultKind::SpontaneousFailover => policy.on_drift == OnDrift::Adapt,
        _ => true,
    }
}

fn incident(block: &Block, kind: FaultKind, hold: Duration, chance: &mut Chance) -> Vec<(When, Fault)> {
    let role = chance.of(&Role::BOTH);
    let when = when(chance);
    let one = |fault| vec![(when.clone(), fault)];
    let ready = |role, after| When::Stands { role, standing: Standing::StandbyReady, nth: 1, after };
    let copied = When::Typed { role: Some(role), head: "copy".to_owned(), nth: 1, after: Duration::ZERO };
    match kind {
        FaultKind::FailoverLinkDown => {
            let most = u64::try_from(hold.as_millis()).unwrap_or(u64::MAX);
            let at = ready(role, millis(chance, 4_000));
            let back = later(at.clone(), millis(chance, most.max(1)));
            vec![(at, Fault::FailoverLinkDown), (back, Fault::FailoverLinkUp)]
        }
        FaultKind::StateLinkDown => {
            let at = timed(when, chance);
            let back = later(at.clone(), millis(chance, 60_000));
            vec![(at, Fault::StateLinkDown), (back, Fault::StateLinkUp)]
        }
        FaultKind::SessionLoss => one(Fault::SessionLoss(role)),
        FaultKind::Silent => {
            let at = timed(when, chance);
            let heard = later(at.clone(), millis(chance, 60_000));
            vec![(at, Fault::Silent(role)), (heard, Fault::Heard(role))]
        }
        FaultKind::LoseReply => one(Fault::LoseReply(role, chance.of(&[Loss::Before, Loss::After]))),
        FaultKind::CutAfter => one(Fault::CutAfter(role, bytes(chance), chance.of(&[Cut::Reset, Cut::Hang]))),
        FaultKind::Notice => one(Fault::Notice(role, notice(chance))),
        FaultKind::NoticeIn => one(Fault::NoticeIn(role, bytes(chance), notice(chance))),
        FaultKind::PagerOn => one(Fault::PagerOn(role)),
        FaultKind::SessionsTaken => {
            one(Fault::SessionsTaken(role, u8::try_from(1 + chance.below(3)).unwrap_or_default()))
        }
        FaultKind::PromptBecomes => one(Fault::PromptBecomes(role, "edge-7".to_owned())),
        FaultKind::Modified => one(Fault::Modified(role)),
        FaultKind::CopyAborts => vec![(copied, Fault::CopyAborts(role))],
        FaultKind::CopyRefused => {
            let how = chance.of(&[CopyRefusal::TimedOut, CopyRefusal::NoFile]);
            vec![(copied, Fault::CopyRefused(role, how))]
        }
        FaultKind::SaveUnconfirmed => one(Fault::SaveUnconfirmed(role)),
        FaultKind::SaveAsks => one(Fault::SaveAsks(role)),
        FaultKind::SaveNotReplicated => one(Fault::SaveNotReplicated(role)),
        FaultKind::RebootsAgain => one(Fault::RebootsAgain(role)),
        FaultKind::Crash => vec![(ready(role, Duration::ZERO), Fault::Crash(role))],
        FaultKind::Preempt => {
            let brought: Vec<_> = block.spec.groups.iter().filter(|group| group.preempt.is_some()).collect();
            let group = chance.of(&brought);
            vec![(ready(group.home, millis(chance, 30_000)), Fault::Preempt(group.id))]
        }
        FaultKind::SpontaneousFailover => one(Fault::SpontaneousFailover(chance.of(&block.spec.groups).id)),
        _ => one(Fault::Console(role, "write standby".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_that_is_recoverable_makes_its_own_fault() {
        let block = Block::new(0);
        for (kind, why) in RECOVERABLE {
            assert!(!why.is_empty());
            if *kind == FaultKind::Preempt {
                continue;
            }
            let made = incident(&block, *kind, Duration::from_secs(5), &mut Chance::new(1));
            assert!(made.iter().any(|(_, fault)| fault.kind() == *kind), "{kind:?} made {made:?}");
        }
    }
}
