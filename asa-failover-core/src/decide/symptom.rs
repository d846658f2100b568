//! What a wait that takes longer than usual mostly means, and what to look at, long before its deadline.
//!
//! Typical times are those of the unit states as published and measured; where there is no source for
//! one, it is the upper end of what was observed. A symptom decides nothing.

use serde::Serialize;

use super::brief::Brief;
use super::memory::Awaited;
use super::observed::Observed;
use super::pair_of;
use crate::command::Command;
use crate::unit::{Role, Standing};

/// A wait that takes longer than it typically does.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Symptom {
    /// What is waited for.
    pub awaited: Awaited,
    /// For how long, in seconds, with what earlier runs of the journal waited.
    pub waited_s: u64,
    /// How long it typically takes at most, in seconds.
    pub typical_s: u64,
    /// What it mostly means.
    pub meaning: &'static str,
    /// What to look at: the unit, and a line that only reads.
    pub look: Vec<(Role, String)>,
}

const STATE: &str = "show failover state";
const HISTORY: &str = "show failover history";
const INTERFACES: &str = "show failover interface";

/// The symptom, if the wait has outlasted its typical time and there is one to name.
pub(crate) fn symptom(
    brief: &Brief,
    observed: &[Observed; 2],
    awaited: Awaited,
    waited_ms: u64,
) -> Option<Symptom> {
    let unit = concerned(brief, observed, awaited);
    let (typical_s, meaning, look) = match awaited {
        Awaited::Answer(_) => (
            60,
            "the way to its management address, its authentication server, or no session left of the few that a unit gives",
            vec![(unit.mate(), Command::ShowFailover.to_string()), (unit, "show ssh sessions".to_owned())],
        ),
        Awaited::Boot(_) => (
            brief.reload_s,
            "it asks something on its console, checks its flash, or fell into its boot monitor for want of an image; or it is up and its management interface is not",
            vec![(unit.mate(), STATE.to_owned()), (unit, Command::ShowVersion.to_string())],
        ),
        Awaited::Config(_) => (
            300,
            "a large configuration, lines that the other release does not take, or a failover link that loses; a unit without progress for a minute restarts by itself",
            vec![
                (unit, STATE.to_owned()),
                (unit, "show startup-config errors".to_owned()),
                (unit.mate(), HISTORY.to_owned()),
            ],
        ),
        Awaited::Bulk(_) => (
            120,
            "many connections, or a state link that is too narrow or loses; see whether its counters move and its errors grow",
            vec![
                (unit.mate(), Command::ShowFailover.to_string()),
                (unit.mate(), Command::ShowConnCount.to_string()),
            ],
        ),
        Awaited::Module(_) => (
            900,
            "the service module starts more slowly than its unit, or is dead",
            vec![(unit, "show module".to_owned()), (unit.mate(), Command::ShowFailover.to_string())],
        ),
        Awaited::Settled | Awaited::Sync(_) => standing(observed, unit)?,
        Awaited::Quiet => (
            60,
            "the reload was not taken, or the unit is slow to go down: it saves or closes first",
            vec![(unit, Command::ShowVersion.to_string()), (unit, HISTORY.to_owned())],
        ),
        Awaited::Switch => (
            10,
            "the unit did not take the switch, or gave the standing back at once",
            vec![(unit, HISTORY.to_owned()), (unit.mate(), HISTORY.to_owned())],
        ),
        Awaited::CaughtUp => (
            60,
            "the state link does not carry the connections: its counters do not move, or its errors grow",
            vec![
                (unit, Command::ShowFailover.to_string()),
                (unit, Command::ShowConnCount.to_string()),
                (unit.mate(), Command::ShowConnCount.to_string()),
            ],
        ),
        Awaited::Copy(_) => (
            210,
            "a slow way to the server, or a copy that stopped",
            vec![(unit, Command::Dir { disk: 0 }.to_string())],
        ),
        // These take the time that the policy gives them.
        Awaited::Ready | Awaited::Preempt(_) | Awaited::Soak => return None,
    };
    (waited_ms > typical_s.saturating_mul(1000)).then_some(Symptom {
        awaited,
        waited_s: waited_ms / 1000,
        typical_s,
        meaning,
        look,
    })
}

/// The unit that a wait is about: the one it names, or the one that does not forward.
fn concerned(brief: &Brief, observed: &[Observed; 2], awaited: Awaited) -> Role {
    match awaited {
        Awaited::Answer(unit)
        | Awaited::Boot(unit)
        | Awaited::Sync(unit)
        | Awaited::Config(unit)
        | Awaited::Bulk(unit)
        | Awaited::Module(unit)
        | Awaited::Copy(unit) => unit,
        _ => super::active(observed, brief.leading_group()).map_or(Role::Secondary, Role::mate),
    }
}

/// Typical seconds, what more of them usually means, and the lines that show it.
type Meant = (u64, &'static str, Vec<(Role, String)>);

/// By the word of the unit for itself, as last read.
fn standing(observed: &[Observed; 2], unit: Role) -> Option<Meant> {
    let sight = &pair_of(observed, unit).sight.as_ref()?.value;
    if !sight.enabled {
        return Some((
            0,
            "failover is off: another release, licence, mode or hardware than its mate's, or somebody switched it off",
            vec![(unit, HISTORY.to_owned()), (unit, STATE.to_owned())],
        ));
    }
    let both = |line: &str| vec![(unit, line.to_owned()), (unit.mate(), line.to_owned())];
    let waits = sight.groups.values().map(|standings| &standings.own);
    waits
        .filter_map(|own| match own {
            Standing::Disabled => Some((
                0,
                "failover is off: another release, licence, mode or hardware than its mate's, or somebody switched it off",
                both(HISTORY),
            )),
            Standing::Negotiation | Standing::NotDetected => {
                Some((15, "it does not hear its mate on the failover link", both(INTERFACES)))
            }
            Standing::ColdStandby | Standing::AppSync => Some((
                60,
                "it found its mate, and synchronisation does not begin",
                both(HISTORY),
            )),
            Standing::Failed => Some((
                75,
                "monitored interfaces or a module of it are not healthy",
                both(INTERFACES),
            )),
            _ => None,
        })
        .max_by_key(|(typical_s, ..)| *typical_s)
}
