//! The facts of a reading, of whatever command.

use std::sync::Arc;

use asa_failover_core::show;
use pyo3::prelude::*;

use super::failover::{
    Failover, FailoverDescriptor, FailoverExec, FailoverHistory, FailoverHistoryDetails, FailoverInterface,
    FailoverState, FailoverStatistics, RunningFailover, RunningMonitorInterface,
};
use super::traffic::{
    Arp, BgpSummary, ConnCount, InterfaceBrief, Log, OspfNeighbors, RouteSummary, VpnSessions, XlateCount,
};
use super::unit::{
    AsdmImage, Bootvar, Checksum, Clock, Contexts, CpuUsage, CryptoKeys, Curpriv, Dir, Inventory,
    LicenseSummary, Memory, Mode, Modules, Reload, RunningBoot, RunningContext, RunningSsh, StartupBoot,
    StartupErrors, Verify, Version,
};
use crate::value::to_python;

/// Holds the facts of each command in the struct of the core, to be shared with objects of its class.
macro_rules! held {
    ($($class:ident),+ $(,)?) => {
        /// The facts of one output.
        #[derive(Eq, Hash, PartialEq)]
        pub(super) enum Held {
            $($class(Arc<show::$class>),)+
        }

        impl Held {
            /// Takes facts; `None` for those of a command that the core learned and this package did not.
            pub(super) fn of(facts: show::Facts) -> Option<Self> {
                match facts {
                    $(show::Facts::$class(facts) => Some(Self::$class(facts.into())),)+
                    _ => None,
                }
            }

            /// The facts as an object of their class.
            pub(super) fn give<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                match self {
                    $(Self::$class(facts) => Ok(Bound::new(py, $class::from(Arc::clone(facts)))?.into_any()),)+
                }
            }

            /// The facts as plain values.
            pub(super) fn to_python<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                match self {
                    $(Self::$class(facts) => to_python(py, &**facts),)+
                }
            }

            /// The name of their class.
            pub(super) const fn class(&self) -> &'static str {
                match self {
                    $(Self::$class(_) => stringify!($class),)+
                }
            }
        }
    };
}

held!(
    Failover,
    FailoverState,
    Version,
    Mode,
    RunningBoot,
    StartupBoot,
    Bootvar,
    Dir,
    Verify,
    RunningFailover,
    Reload,
    ConnCount,
    FailoverHistory,
    FailoverHistoryDetails,
    FailoverInterface,
    Contexts,
    RunningContext,
    Inventory,
    Modules,
    VpnSessions,
    AsdmImage,
    Arp,
    BgpSummary,
    Checksum,
    Clock,
    CpuUsage,
    CryptoKeys,
    Curpriv,
    FailoverDescriptor,
    FailoverExec,
    FailoverStatistics,
    InterfaceBrief,
    LicenseSummary,
    Memory,
    OspfNeighbors,
    RouteSummary,
    RunningMonitorInterface,
    RunningSsh,
    StartupErrors,
    XlateCount,
    Log,
);
