//! `Step`: one line of a plan.

use serde::Serialize;

use crate::unit::Role;
use crate::version::AsaVersion;

/// What a step is for.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Phase {
    /// Bring the image to a unit, or prove that it is the published one.
    Stage,
    /// Put the boot list in order, save it, prove the save.
    Boot,
    /// Reboot a unit that carries nothing.
    Reload,
    /// Move the active standing.
    Switch,
    /// Take preempt out of the configuration, or put it back.
    Preempt,
    /// Wait for the pair.
    Await,
    /// Wait for the operator.
    Pause,
    /// Save and prove the end.
    Finish,
}

/// One step of a plan.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Step {
    /// Its number, from 1.
    pub number: usize,
    /// What it is for.
    pub phase: Phase,
    /// The release the hop leads to; `None` on the way home after the last hop.
    pub hop: Option<AsaVersion>,
    /// The unit that runs the command; `None` for a wait.
    pub unit: Option<Role>,
    /// The command as the unit runs it; `None` for a wait.
    pub command: Option<String>,
    /// What is typed, with `failover exec mate` in front where it goes through the mate.
    pub typed: Option<String>,
    /// Whether the command changes the state of the pair, or leads to the settings in which the next one does.
    pub changes: bool,
    /// What happens, and what is expected to be seen.
    pub expect: String,
    /// Seconds it typically takes.
    pub typical_s: u64,
    /// Seconds after which the run halts instead of waiting longer.
    pub worst_s: u64,
}

impl Step {
    /// The line of a step that changes the state of the pair, with the unit that runs it.
    pub(super) fn line(&self) -> Option<(Role, String)> {
        Some((self.unit?, self.command.clone().filter(|_| self.changes)?))
    }
}
