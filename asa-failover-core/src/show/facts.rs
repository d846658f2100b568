//! Facts of any command, for callers that know it by name only.

use serde::Serialize;

use super::{
    Bootvar, ConnCount, Dir, Failover, FailoverState, Mode, Reload, RunningBoot, RunningFailover,
    StartupBoot, Verify, Version,
};

/// What some command says.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Facts {
    /// `show failover`
    Failover(Failover),
    /// `show failover state`
    FailoverState(FailoverState),
    /// `show version`
    Version(Version),
    /// `show mode`
    Mode(Mode),
    /// `show running-config boot`
    RunningBoot(RunningBoot),
    /// `show startup-config`, its boot lines
    StartupBoot(StartupBoot),
    /// `show bootvar`
    Bootvar(Bootvar),
    /// `dir`
    Dir(Dir),
    /// `verify`
    Verify(Verify),
    /// `show running-config failover`
    RunningFailover(RunningFailover),
    /// `show reload`
    Reload(Reload),
    /// `show conn count`
    ConnCount(ConnCount),
}
