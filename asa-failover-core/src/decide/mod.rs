//! The next command, or wait, or halt: pure, total, and the same for the plan and the run.
//!
//! [`derive()`] looks at what both units said of themselves, at the goal, and at the little that no
//! device can tell. It never sees a step counter, so it goes on from whatever it finds.

#[cfg(asaf_ablation)]
pub mod ablation;
#[cfg(not(asaf_ablation))]
pub(crate) mod ablation;
mod ages;
mod brief;
mod deadline;
mod finish;
mod guard;
mod halt;
mod hop;
mod memory;
mod observed;
mod open;
mod preempt;
mod restart;
mod settle;
mod sight;
mod stage;
mod symptom;
#[cfg(all(test, feature = "twin"))]
mod tests;
mod view;

pub(crate) use ages::{Uptimes, saturate};
pub use brief::{Back, Brief, Group, Stop};
pub(crate) use deadline::awaits_restart;
pub use guard::Unsettled;
pub(crate) use guard::{active, settled};
pub use halt::Reason;
pub(crate) use memory::millis;
pub use memory::{Awaited, Calm, Effected, Memory, Removed, Tried, Waiting};
use observed::Forget;
pub use observed::{Build, Checked, Flash, Health, Observed, Preempts, Sight, Standings, StateLink};
pub use open::{Heard, Open};
pub(crate) use preempt::{configured as preempt_to_remove, spelled as preempt_spelled, told as preempt_told};
pub(crate) use sight::{boot_entries, digest_of, preempts};
pub(crate) use stage::has_failover_exec;
pub use symptom::Symptom;
pub(crate) use symptom::symptom;

use serde::{Deserialize, Serialize};

use ablation::unguarded;

use crate::command::Command;
use crate::elapsed::Elapsed;
use crate::goal::Pause;
use crate::link::Via;
use crate::unit::Role;
use view::View;

/// What to do next.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Decision {
    /// Read this of this unit.
    Read {
        /// The unit.
        unit: Role,
        /// The command.
        command: Command,
    },
    /// Send this state-changing command: every guard holds on what is known now.
    Send(Send),
    /// The open command took effect, or is proven not to have.
    Resolve(Effected),
    /// Look again later.
    Wait {
        /// What for.
        awaited: Awaited,
        /// When to look again.
        until: Elapsed,
        /// What stands in the way.
        why: String,
    },
    /// The operator has the word.
    Ask(Question),
    /// The caller says whether traffic is well on the new release.
    Probe,
    /// Stop.
    Halt(Reason),
    /// The goal is reached and proven on both units.
    Complete,
}

/// A state-changing command and where it is typed.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Send {
    /// The hop it belongs to: the rung it leads to; one above the last for the way home.
    pub rung: usize,
    /// The unit that runs it.
    pub unit: Role,
    /// Typed on that unit, or on its mate behind `failover exec mate`.
    pub via: Via,
    /// The unit it takes effect on.
    pub target: Role,
    /// The command.
    pub command: Command,
}

/// A question to the operator.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Question {
    /// The hop, from 1.
    pub hop: usize,
    /// The point at which the run waits.
    pub pause: Pause,
    /// The way back from here: its state-changing lines, in order, each with the unit that runs it.
    pub back: Vec<(Role, String)>,
}

/// The next step from here.
pub fn derive(brief: &Brief, observed: &[Observed; 2], memory: &Memory, now: Elapsed) -> Decision {
    let view = View::new(brief, observed, memory, now);
    let decided = match &memory.intent {
        Some(open) => {
            unguarded!(
                OneOutstanding,
                if let Ok(next @ Decision::Send(_))
                | Err(next @ (Decision::Send(_) | Decision::Read { .. })) = hop::next(&view)
                {
                    return next;
                }
            );
            settle::outcome(&view, open)
        }
        None => hop::next(&view),
    };
    match decided {
        Ok(decision) | Err(decision) => decision,
    }
}

/// One unit of the two.
pub(crate) const fn pair_of(observed: &[Observed; 2], role: Role) -> &Observed {
    let [primary, secondary] = observed;
    match role {
        Role::Primary => primary,
        Role::Secondary => secondary,
    }
}

/// One unit of the two, to be written to.
pub(crate) const fn pair_of_mut(observed: &mut [Observed; 2], role: Role) -> &mut Observed {
    let [primary, secondary] = observed;
    match role {
        Role::Primary => primary,
        Role::Secondary => secondary,
    }
}

/// What a command of ours may have changed is read again before it is believed.
pub(crate) fn forget(observed: &mut [Observed; 2], send: &Send) {
    for role in Role::BOTH {
        let unit = pair_of_mut(observed, role);
        match &send.command {
            Command::BootSystem(_) | Command::NoBootSystem(_) => unit.forget(Forget::RunningBoot),
            Command::WriteMemory | Command::WriteMemoryAll => unit.forget(Forget::StartupBoot),
            Command::NoPreempt { .. } | Command::Preempt { .. } => unit.forget(Forget::RunningPreempt),
            Command::Copy { to, .. } if role == send.unit => unit.forget(Forget::Flash(to.clone())),
            Command::ReloadStandby | Command::Reload if role == send.target => {
                unit.forget(Forget::Everything);
            }
            Command::ReloadStandby
            | Command::Reload
            | Command::NoFailoverActive(_)
            | Command::FailoverActive(_)
            | Command::NoFailoverActiveAll
            | Command::FailoverActiveAll => unit.forget(Forget::Standing),
            _ => {}
        }
    }
}
