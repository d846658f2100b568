//! What the commands of failover say: `show failover` and those beside it, and their configuration.

use asa_failover_core::unit::GroupId;
use pyo3::prelude::*;

use super::facts::{Fact, Side, facts};
use crate::value::word;

facts! {
    /// What the commands of failover say.
    mod "failover";

    /// What ``show failover`` says.
    Failover {
        /// ``Failover On`` or ``Failover Off``, whatever follows it.
        enabled,
        /// The role of the unit that printed.
        unit,
        /// The failover link; ``None`` where it is not configured.
        lan_link,
        /// The ``Link :`` line of the statistics; ``None`` without stateful failover.
        state_link,
        /// Milliseconds between two hellos on the failover link.
        unit_poll_ms,
        /// Milliseconds without a hello after which the mate counts as failed.
        unit_hold_ms,
        /// Milliseconds between two hellos on a monitored interface.
        interface_poll_ms,
        /// Milliseconds without a hello after which an interface counts as failed.
        interface_hold_ms,
        /// How many interfaces must fail for a failover: ``1``, ``25%``.
        interface_policy,
        /// How many interfaces are monitored.
        monitored_interfaces,
        /// Whether ``failover replication http`` is printed.
        http_replication,
        /// The release of each unit.
        versions,
        /// The serial number of each unit.
        serials,
        /// When this unit's standing last changed, as printed; Active/Active has it per group.
        last_failover,
        /// The unit that printed.
        this_host,
        /// Its mate.
        other_host,
        /// The failover groups; ``None`` in Active/Standby.
        groups,
        /// The monitored interfaces of both units, in the order printed.
        interfaces,
        /// The modules of both units, in the order printed.
        modules,
        /// The applications on those modules, in the order printed.
        applications,
        /// The rows of the ``Stateful Obj`` table, in the order printed.
        statistics,
        /// The logical update queues; ``None`` where that table is not shown.
        queues,
    } + {
        /// The block of one unit, ``this`` or ``other``.
        fn host<'py>(&self, py: Python<'py>, side: Side) -> PyResult<Bound<'py, PyAny>> {
            self.0.host(side.0).map_or_else(|| Ok(py.None().into_bound(py)), |host| host.give(py))
        }

        /// The groups of the pair, in order: ``0``, the unit itself, alone in Active/Standby.
        fn group_ids<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
            self.0.group_ids().give(py)
        }

        /// What one unit, ``this`` or ``other``, is for a group; ``None`` where the output does not say so.
        ///
        /// In Active/Standby only ``0``, the unit itself, is a group, in Active/Active only the others.
        #[pyo3(signature = (side, group=0))]
        fn standing(&self, side: Side, group: u8) -> Option<String> {
            self.0.standing(side.0, GroupId::new(group)).map(word)
        }
    }

    /// A failover or state link.
    Link {
        /// The interface name.
        name,
        /// The hardware port.
        port,
        /// The words in parentheses: ``up``, ``down``, ``administratively down``.
        status,
    }

    /// ``Monitored Interfaces 3 of 1049 maximum``
    MonitoredInterfaces {
        /// How many are monitored.
        count,
        /// How many could be.
        limit,
    }

    /// The release of each unit.
    Versions {
        /// Of the unit that printed.
        ours,
        /// Of its mate; ``None`` for ``Unknown``.
        mate,
    }

    /// The serial number of each unit.
    Serials {
        /// Of the unit that printed.
        ours,
        /// Of its mate; ``None`` for ``Unknown``.
        mate,
    }

    /// A unit: the ``This host`` or ``Other host`` line and the active time below it.
    Host {
        /// Which box it is by configuration.
        role,
        /// What it is right now; ``None`` in Active/Active, where each group has its own.
        state,
        /// Seconds for which it was active; ``None`` in Active/Active.
        active_seconds,
    }

    /// A failover group on both units.
    Group {
        /// When the group last changed its unit, as printed.
        last_failover,
        /// The group on the unit that printed.
        this_host,
        /// The group on its mate.
        other_host,
    } + {
        /// The group on one unit, ``this`` or ``other``.
        fn host<'py>(&self, py: Python<'py>, side: Side) -> PyResult<Bound<'py, PyAny>> {
            self.0.host(side.0).give(py)
        }
    }

    /// A failover group on one unit; both ``None`` where that unit's block does not name the group.
    GroupHost {
        /// What the unit is for this group right now.
        state,
        /// Seconds for which the unit was active for this group.
        active_seconds,
    }

    /// A monitored interface of one unit.
    Interface {
        /// Whose interface it is.
        host,
        /// The context in front of ``Interface``; ``None`` without one.
        context,
        /// The interface name.
        name,
        /// The IPv4 address, as printed.
        ip,
        /// The IPv6 address, as printed.
        ipv6,
        /// Its state: ``Normal``, ``Link Down``, ``No Link``, ``Failed``, ``Unknown``, ``Testing``, ``No Traffic``.
        status,
        /// The word in the trailing parentheses; ``None`` where none is printed.
        monitoring,
    }

    /// A module of one unit: a ``slot`` line.
    Module {
        /// Whose module it is.
        host,
        /// The slot's number. A slot may be printed twice.
        slot,
        /// The module's name; ``None`` for an empty slot.
        model,
        /// The hardware revision.
        hw_rev,
        /// The software revision.
        sw_rev,
        /// Its state: ``Up Sys``, ``Up/Up``, ``empty``.
        status,
    }

    /// An application on a module: ``ASA FirePOWER, 5.4.1-211, Up, (Monitored)``.
    Application {
        /// Whose module it runs on.
        host,
        /// The slot of that module.
        slot,
        /// The application's name.
        name,
        /// Its version.
        version,
        /// Its state: ``Up``.
        status,
        /// The word in the trailing parentheses; ``None`` where none is printed.
        monitoring,
    }

    /// A row of the ``Stateful Obj`` table.
    Statistic {
        /// What is counted: ``TCP conn``.
        name,
        /// Sent to the mate.
        xmit,
        /// Not sent, for an error.
        xerr,
        /// Received from the mate.
        rcv,
        /// Received with an error.
        rerr,
    }

    /// The logical update queues.
    Queues {
        /// ``Recv Q``
        recv,
        /// ``Xmit Q``
        xmit,
    }

    /// The length of a queue.
    Queue {
        /// Now.
        cur,
        /// At its longest.
        max,
        /// Everything that went through.
        total,
    }

    /// What ``show failover state`` says.
    FailoverState {
        /// The unit that printed.
        this_host,
        /// Its mate.
        other_host,
        /// The lines of the configuration state: ``Sync Done``. They are history, the last one is now.
        configuration_state,
        /// The lines of the communication state: ``Mac set``.
        communication_state,
        /// The failover groups; ``None`` in Active/Standby.
        groups,
    }

    /// A unit; in Active/Active all but its role is ``None``, since each group has its own.
    UnitState {
        /// Which box it is by configuration.
        role,
        /// What it is right now.
        state,
        /// Why it last failed; ``None`` for ``None``. It stays after recovery.
        last_failure_reason,
        /// When it last failed, as printed.
        last_failure_at,
        /// The interfaces that failed then, as printed: ``PROM inside: Failed``.
        failed_interfaces,
    }

    /// A failover group on both units.
    GroupState {
        /// The group on the unit that printed.
        this_host,
        /// The group on its mate.
        other_host,
    }

    /// A failover group on one unit; the state is ``None`` where that unit does not name the group.
    GroupUnitState {
        /// What the unit is for this group right now.
        state,
        /// Why the group last failed there; ``None`` for ``None``.
        last_failure_reason,
        /// When it last failed there, as printed.
        last_failure_at,
        /// The interfaces that failed then, as printed.
        failed_interfaces,
    }

    /// What ``show failover history`` says.
    FailoverHistory {
        /// The changes, in the order printed, the oldest first.
        entries,
    }

    /// What ``show failover history details`` says.
    FailoverHistoryDetails {
        /// The changes of the unit that printed, the oldest first.
        entries,
        /// The changes of its peer; empty where none is printed.
        peer_entries,
    }

    /// One change of state.
    HistoryEntry {
        /// When, as printed: ``16:43:08 UTC Aug 8 2017``.
        at,
        /// The group, 0 for the unit itself; ``None`` in Active/Standby.
        group,
        /// The state before.
        from as frm,
        /// The state after.
        to,
        /// Why; ``None`` where the column is blank.
        reason,
    }

    /// What ``show failover interface`` says.
    FailoverInterface {
        /// The links, in the order printed.
        links,
    }

    /// The addresses of a link.
    LinkAddresses {
        /// The interface name.
        name,
        /// The hardware port; ``None`` where none is printed.
        port,
        /// The address configured for the link, as printed with its mask or prefix length.
        system_ip,
        /// The address of the unit that printed.
        my_ip,
        /// The address of its peer.
        other_ip,
    }

    /// What ``show failover descriptor`` says.
    FailoverDescriptor {
        /// The interfaces, in the order printed.
        interfaces,
    }

    /// The two numbers of an interface.
    InterfaceDescriptor {
        /// The interface name.
        name,
        /// The number sent to the peer, in hexadecimal digits.
        send,
        /// The number that the peer sends.
        receive,
    }

    /// What ``show failover exec`` says.
    FailoverExec {
        /// The unit, by what it is now, as printed: ``Active``, ``Standby``.
        unit,
        /// The mode.
        mode,
    }

    /// What ``show failover statistics`` says.
    FailoverStatistics {
        /// Packets sent.
        tx,
        /// Packets received.
        rx,
    }

    /// What ``show running-config failover`` says. A failover key is never a fact.
    RunningFailover {
        /// ``failover`` or ``no failover``; ``None`` for a filtered output with neither.
        enabled,
        /// The role of the unit that printed.
        unit,
        /// The failover link.
        lan_link,
        /// The state link.
        state_link,
        /// Milliseconds between two hellos on the failover link; ``None`` for the default.
        unit_poll_ms,
        /// Milliseconds without a hello after which the mate counts as failed.
        unit_hold_ms,
        /// Milliseconds between two hellos on a monitored interface; ``None`` for the default.
        interface_poll_ms,
        /// Milliseconds without a hello after which an interface counts as failed.
        interface_hold_ms,
        /// The addresses of the links, in the order printed.
        interface_ips,
        /// Whether HTTP connections are replicated; ``None`` for a filtered output.
        http_replication,
        /// Whether a failover key is configured; ``None`` for a filtered output.
        key_configured,
        /// The failover groups, in the order printed; empty in Active/Standby.
        groups,
    }

    /// A link as configured.
    LinkPort {
        /// The interface name.
        name,
        /// The hardware port; ``None`` for a state link that shares the failover link and names no port.
        port,
    }

    /// The addresses of a link.
    InterfaceIp {
        /// The link's interface name.
        name,
        /// The primary unit's address; an IPv6 address with its prefix length.
        active,
        /// The IPv4 mask; ``None`` for IPv6.
        mask,
        /// The secondary unit's address.
        standby,
    }

    /// A failover group as configured.
    GroupConfig {
        /// The group's number.
        number,
        /// The unit it prefers; ``None`` where no line says so, which is the primary.
        role,
        /// Whether the group returns to that unit by itself once the unit is ready.
        preempt,
        /// Seconds that it waits before it does; ``None`` for no delay.
        preempt_delay_seconds,
    }

    /// What ``show running-config monitor-interface`` says. An interface without a line has the default:
    /// a physical one is watched, a subinterface is not.
    RunningMonitorInterface {
        /// The interfaces, in the order printed.
        interfaces,
        /// Whether the service module is watched; ``None`` for the default.
        service_module,
    }

    /// An interface.
    MonitorConfig {
        /// The interface name.
        name,
        /// ``True`` for ``monitor-interface``, ``False`` for ``no monitor-interface``.
        monitored,
    }
}
