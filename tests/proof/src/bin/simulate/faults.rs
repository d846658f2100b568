//! Faults of every kind, each where it may do something.

use std::time::Duration;

use asa_failover_core::twin::{
    Chance, CopyRefusal, Cut, Fault, FaultKind, InterfaceFault, InterfaceSpec, Loss, Mismatch, Spec, When,
};
use asa_failover_core::unit::{Role, Standing};

use crate::draw::Block;

/// From three faults on, each kind that this pair can have as likely as any other.
pub(crate) fn faults(block: &Block, chance: &mut Chance) -> Vec<(When, Fault)> {
    let kinds: Vec<FaultKind> = FaultKind::ALL.iter().copied().filter(|kind| befits(block, *kind)).collect();
    let count = 3 + chance.below(3);
    (0..count).flat_map(|_| incident(block, chance.of(&kinds), chance)).collect()
}

/// Whether a fault of this kind can do something on such a pair.
fn befits(block: &Block, kind: FaultKind) -> bool {
    match kind {
        FaultKind::Preempt => block.spec.groups.iter().any(|group| group.preempt.is_some()),
        FaultKind::ModuleDown | FaultKind::ModuleUp => block.spec.module.is_some(),
        kind => !copies(kind) || block.fetched,
    }
}

/// Whether a kind strikes at a copy.
pub(crate) const fn copies(kind: FaultKind) -> bool {
    matches!(
        kind,
        FaultKind::CopyAborts | FaultKind::CopyRefused | FaultKind::CorruptCopy | FaultKind::FlashFull
    )
}

/// A fault with its occasion. What ends another one comes after that.
fn incident(block: &Block, kind: FaultKind, chance: &mut Chance) -> Vec<(When, Fault)> {
    let role = chance.of(&Role::BOTH);
    let begins = match kind {
        FaultKind::Heard => FaultKind::Silent,
        FaultKind::FailoverLinkUp => FaultKind::FailoverLinkDown,
        FaultKind::StateLinkUp => FaultKind::StateLinkDown,
        FaultKind::InterfaceUp => FaultKind::InterfaceDown,
        FaultKind::ModuleUp => FaultKind::ModuleDown,
        kind => kind,
    };
    let first = fault(&block.spec, begins, role, chance);
    let when = match &first {
        Fault::Preempt(group) => {
            let of = block.spec.groups.iter().find(|of| of.id == *group);
            let role = of.map_or(role, |of| of.home);
            let after = millis(chance, 30_000);
            When::Stands { role, standing: Standing::StandbyReady, nth: 1, after }
        }
        _ if copies(kind) => {
            let after = if kind == FaultKind::FlashFull { millis(chance, 60_000) } else { Duration::ZERO };
            When::Typed { role: Some(role), head: "copy".to_owned(), nth: 1, after }
        }
        _ => when(chance),
    };
    if begins == kind {
        return vec![(when, first)];
    }
    let last = match &first {
        Fault::InterfaceDown(role, name, _) => Fault::InterfaceUp(*role, name.clone()),
        _ => fault(&block.spec, kind, role, chance),
    };
    let when = timed(when, chance);
    let lasts = Duration::from_millis(1) + millis(chance, 60_000);
    vec![(when.clone(), first), (later(when, lasts), last)]
}

/// So long after an occasion.
pub(crate) fn later(when: When, by: Duration) -> When {
    match when {
        When::At(at) => When::At(at + by),
        When::Typed { role, head, nth, after } => When::Typed { role, head, nth, after: after + by },
        When::Stands { role, standing, nth, after } => {
            When::Stands { role, standing, nth, after: after + by }
        }
        when => when,
    }
}

/// An occasion that something can come after by the clock: of a reading there is nothing but the next one.
pub(crate) fn timed(when: When, chance: &mut Chance) -> When {
    match when {
        When::Read { .. } => When::At(millis(chance, 900_000)),
        when => when,
    }
}

pub(crate) fn millis(chance: &mut Chance, bound: u64) -> Duration {
    Duration::from_millis(chance.below(bound))
}

pub(crate) fn when(chance: &mut Chance) -> When {
    let role = chance.of(&Role::BOTH);
    let nth = 1 + u32::try_from(chance.below(3)).unwrap_or_default();
    let after = if chance.one_in(2) { Duration::ZERO } else { millis(chance, 4_000) };
    match chance.below(4) {
        0 => When::At(millis(chance, 900_000)),
        1 => {
            let heads = [
                "failover reload",
                "no failover active",
                "failover active",
                "write memory",
                "boot",
                "reload",
            ];
            When::Typed { role: None, head: chance.of(&heads).to_owned(), nth: nth.min(2), after }
        }
        2 => {
            let standings = [
                Standing::Disabled,
                Standing::Negotiation,
                Standing::ColdStandby,
                Standing::SyncConfig,
                Standing::BulkSync,
                Standing::StandbyReady,
                Standing::Active,
            ];
            When::Stands { role, standing: chance.of(&standings), nth: nth.min(2), after }
        }
        _ => When::Read { role, nth: nth + u32::try_from(chance.below(40)).unwrap_or_default() },
    }
}

/// A fault of a kind.
fn fault(spec: &Spec, kind: FaultKind, role: Role, chance: &mut Chance) -> Fault {
    let group = chance.of(&spec.groups).id;
    match kind {
        FaultKind::Crash => Fault::Crash(role),
        FaultKind::FailoverLinkDown => Fault::FailoverLinkDown,
        FaultKind::FailoverLinkUp => Fault::FailoverLinkUp,
        FaultKind::StateLinkDown => Fault::StateLinkDown,
        FaultKind::StateLinkUp => Fault::StateLinkUp,
        FaultKind::SpontaneousFailover => Fault::SpontaneousFailover(group),
        FaultKind::SplitBrain => Fault::SplitBrain,
        FaultKind::Preempt => {
            let brought: Vec<_> =
                spec.groups.iter().filter(|of| of.preempt.is_some()).map(|of| of.id).collect();
            Fault::Preempt(if brought.is_empty() { group } else { chance.of(&brought) })
        }
        FaultKind::SessionLoss => Fault::SessionLoss(role),
        FaultKind::NeverReturns => Fault::NeverReturns(role),
        FaultKind::ReturnsFailed => Fault::ReturnsFailed(role),
        FaultKind::ReturnsOld => Fault::ReturnsOld(role),
        FaultKind::StaysOff => Fault::StaysOff(role),
        FaultKind::Replaced => Fault::Replaced(role, "JAD000000A9".to_owned()),
        FaultKind::StuckIn => {
            let standings = [Standing::Negotiation, Standing::ColdStandby, Standing::SyncConfig];
            let later = [Standing::SyncFileSystem, Standing::BulkSync];
            Fault::StuckIn(role, chance.of(&[standings.as_slice(), later.as_slice()].concat()))
        }
        FaultKind::RebootsAgain => Fault::RebootsAgain(role),
        FaultKind::SyncLocked => Fault::SyncLocked(role),
        FaultKind::Mismatched => {
            let differences = [
                Mismatch::Version,
                Mismatch::Licence,
                Mismatch::Chassis,
                Mismatch::Card,
                Mismatch::Interfaces,
            ];
            Fault::Mismatched(role, chance.of(&differences))
        }
        FaultKind::CopyAborts => Fault::CopyAborts(role),
        FaultKind::CopyRefused => {
            let ways = [CopyRefusal::TimedOut, CopyRefusal::NoFile, CopyRefusal::NotEnoughSpace];
            Fault::CopyRefused(role, chance.of(&ways))
        }
        FaultKind::FlashFull => Fault::FlashFull(role),
        FaultKind::CorruptCopy => Fault::CorruptCopy(role),
        FaultKind::SaveFails => Fault::SaveFails(role),
        FaultKind::SaveUnconfirmed => Fault::SaveUnconfirmed(role),
        FaultKind::SaveAsks => Fault::SaveAsks(role),
        FaultKind::SaveNotReplicated => Fault::SaveNotReplicated(role),
        FaultKind::AuthorizationFails => {
            let heads =
                ["show failover", "show version", "boot", "write", "failover", "configure", "no ", "dir"];
            Fault::AuthorizationFails(chance.of(&heads).to_owned())
        }
        FaultKind::ScheduledReload => {
            Fault::ScheduledReload(role, Duration::from_secs(1 + chance.below(600)))
        }
        FaultKind::Silent => Fault::Silent(role),
        FaultKind::Heard => Fault::Heard(role),
        FaultKind::CutAfter => Fault::CutAfter(role, bytes(chance), chance.of(&[Cut::Reset, Cut::Hang])),
        FaultKind::LoseReply => Fault::LoseReply(role, chance.of(&[Loss::Before, Loss::After])),
        FaultKind::Notice => Fault::Notice(role, notice(chance)),
        FaultKind::NoticeIn => Fault::NoticeIn(role, bytes(chance), notice(chance)),
        FaultKind::PagerOn => Fault::PagerOn(role),
        FaultKind::SessionsTaken => {
            Fault::SessionsTaken(role, u8::try_from(3 + chance.below(3)).unwrap_or_default())
        }
        FaultKind::PromptBecomes => Fault::PromptBecomes(role, "edge-7".to_owned()),
        FaultKind::Modified => Fault::Modified(role),
        FaultKind::InterfaceDown => {
            let ways = [InterfaceFault::NoLink, InterfaceFault::ShutDown, InterfaceFault::NoTraffic];
            Fault::InterfaceDown(role, interface(spec, chance), chance.of(&ways))
        }
        FaultKind::InterfaceUp => Fault::InterfaceUp(role, interface(spec, chance)),
        FaultKind::ModuleDown => Fault::ModuleDown(role),
        FaultKind::ModuleUp => Fault::ModuleUp(role),
        _ => {
            let lines = [
                "no failover",
                "clear configure failover",
                "failover active",
                "no failover active",
                "failover reload-standby",
                "no boot system",
                "boot system disk0:/another.bin",
                "write memory",
                "write standby",
                "reload",
                "reload in 5",
            ];
            Fault::Console(role, chance.of(&lines).to_owned())
        }
    }
}

/// The name of an interface, with its context.
fn interface(spec: &Spec, chance: &mut Chance) -> String {
    let named = |of: &InterfaceSpec| match &of.context {
        Some(context) => format!("{context}/{}", of.name),
        None => of.name.clone(),
    };
    chance.of(&spec.interfaces.iter().map(named).collect::<Vec<_>>())
}

pub(crate) fn bytes(chance: &mut Chance) -> u32 {
    u32::try_from(chance.below(3_000)).unwrap_or_default()
}

pub(crate) fn notice(chance: &mut Chance) -> String {
    let texts = [
        "%ASA-1-104002: (Primary) Switching to STANDBY - Other unit wants me Standby.",
        "fw/pri/act# ",
        "        This host: Primary - Active ",
        "        Other host: Secondary - Standby Ready ",
        "\tSwitching to Active",
    ];
    chance.of(&texts).to_owned()
}
