//! Whether another choice of command would have spared the pair an excused harm.
//!
//! A fault between the final reads and the line meets a pair that the line was not meant for any more. There the
//! choice of command decides: `failover active` obeys nobody on a dead unit, `no failover active` is refused by a
//! unit that asks its mate first, `failover reload-standby` is not delivered over a lost link. A fault behind the
//! line hits a pair that is already on its way, whatever the line was; and a unit that turns active, or that an
//! operator reloads, just before its mate is told to reboot, is met by any line that reboots it.

use asa_failover_core::twin::oracle::{Finding, Rule};
use asa_failover_core::twin::{FaultKind, Happening, Via, What};
use asa_failover_core::unit::Role;

/// Whether something was lost, and not only a rule of what is looked at when.
pub(crate) fn is_harm(finding: &Finding) -> bool {
    let lost = ["no state", "went down"].iter().any(|how| finding.how.contains(how));
    matches!(finding.rule, Rule::Gap | Rule::Double) || lost
}

fn ours(happening: &Happening) -> Option<(Role, &str)> {
    match &happening.what {
        What::Typed { line, via, .. } if *via != Via::Console => Some((happening.role, line)),
        _ => None,
    }
}

/// Whether another line than the last one of ours that disrupts avoids what came of a fault of this kind, in a
/// history that ends with the harm: it struck between the final reads and the line, and the line was not the one that
/// bears such a fault best.
pub(crate) fn is_avoidable(history: &[Happening], fault: FaultKind) -> bool {
    let disrupts = |line: &str| {
        line == "reload" || line.contains("failover active") || line.contains("failover reload-standby")
    };
    let Some(line) =
        history.iter().rposition(|happening| ours(happening).is_some_and(|(_, line)| disrupts(line)))
    else {
        return false;
    };
    let moves = history.get(line).and_then(ours).is_some_and(|(_, line)| line.contains("failover active"));
    if !moves && !matches!(fault, FaultKind::FailoverLinkDown | FaultKind::SplitBrain) {
        return false;
    }
    let before = history.get(..line).unwrap_or_default();
    let read = |role| before.iter().rposition(|happening| ours(happening) == Some((role, "show failover")));
    let first = Role::BOTH.into_iter().filter_map(read).min().unwrap_or_default();
    let struck = |happening: &Happening| match happening.what {
        What::Struck { fault } => Some(fault),
        _ => None,
    };
    let since = || before.iter().skip(first).filter_map(struck);
    // What struck as well, with it or behind the line, is reason enough for the harm.
    let behind = history.get(line..).unwrap_or_default().iter().filter_map(struck);
    since().any(|of| of == fault) && !since().filter(|of| *of != fault).chain(behind).any(takes_down)
}

/// Whether a fault by itself takes a unit or a link out of service, or a group from its unit.
const fn takes_down(fault: FaultKind) -> bool {
    matches!(
        fault,
        FaultKind::Crash
            | FaultKind::FailoverLinkDown
            | FaultKind::SplitBrain
            | FaultKind::SpontaneousFailover
            | FaultKind::RebootsAgain
            | FaultKind::SyncLocked
            | FaultKind::ScheduledReload
            | FaultKind::InterfaceDown
            | FaultKind::ModuleDown
            | FaultKind::Console
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use asa_failover_core::twin::{Address, Fault, Pair, Spec};
    use asa_failover_core::version::AsaVersion;

    use super::*;

    /// Whether a fault on the console counts as avoidable where these struck between the reads and the line, and behind.
    fn avoidable(between: &[Fault], behind: &[Fault]) -> bool {
        let mut pair = Pair::new(Spec::active_standby("ASA5525", AsaVersion::new(9, 8, 4, 0)), 1);
        let until = Duration::from_secs(60);
        for address in [Address::Standby, Address::Active] {
            let session = pair.glance_open(address).expect("a session");
            pair.glance(session, "show failover", until);
        }
        for fault in between {
            pair.inject(fault.clone());
        }
        let session = pair.glance_open(Address::Active).expect("a session");
        pair.glance(session, "no failover active", until);
        for fault in behind {
            pair.inject(fault.clone());
        }
        is_avoidable(pair.history(), FaultKind::Console)
    }

    #[test]
    fn a_harm_is_avoidable_where_no_other_fault_came_with_its_own() {
        let console = || Fault::Console(Role::Primary, "clear configure failover".to_owned());
        let crash = || Fault::Crash(Role::Secondary);
        let notice = || Fault::Notice(Role::Secondary, "notice".to_owned());
        assert!(avoidable(&[console()], &[]));
        assert!(avoidable(&[console(), notice()], &[notice()]));
        assert!(!avoidable(&[], &[console()]));
        assert!(!avoidable(&[console(), crash()], &[]));
        assert!(!avoidable(&[console()], &[crash()]));
    }
}
