//! What passes through a unit and what it knows of its neighbours: connections, sessions, interfaces, routes, its log.

use super::facts::facts;

facts! {
    /// What passes through a unit, and its neighbours.
    mod "traffic";

    /// What ``show conn count`` says.
    ConnCount {
        /// Connections now.
        in_use,
        /// The most since the unit booted or the counter was cleared.
        most_used,
        /// The preserve-connection line; ``None`` where it is absent.
        preserve_connection,
    }

    /// Connections that Snort preserves.
    PreserveConnection {
        /// Enabled now.
        enabled,
        /// In effect now.
        in_effect,
        /// The most that were enabled.
        most_enabled,
        /// The most that were in effect.
        most_in_effect,
    }

    /// What ``show xlate count`` says.
    XlateCount {
        /// Translations now.
        in_use,
        /// The most since the unit booted or the counter was cleared.
        most_used,
    }

    /// What ``show vpn-sessiondb summary`` says. Where there are no sessions, nothing but that is known.
    VpnSessions {
        /// The kinds of sessions, in the order printed.
        sessions,
        /// ``Total Active and Inactive``, as printed.
        total_active_and_inactive,
        /// ``Total Cumulative``, as printed.
        total_cumulative,
        /// How many sessions the device takes.
        capacity,
        /// The load, in percent of that.
        load_percent,
        /// The kinds of tunnels, in the order printed.
        tunnels,
        /// Their totals as printed; ``None`` without a tunnels summary.
        tunnel_totals,
    }

    /// A kind of sessions.
    VpnSession {
        /// Its name: ``AnyConnect Client``.
        r#type,
        /// The kind that it is a part of, by its indentation; ``None`` for a kind of its own, and where a copy
        /// lost the blanks that would say.
        parent,
        /// Sessions now.
        active,
        /// Sessions since the unit booted.
        cumulative,
        /// The most at one time.
        peak,
        /// Sessions that rest; ``None`` where the column is blank.
        inactive,
    }

    /// A kind of tunnels.
    VpnTunnel {
        /// Its name: ``DTLS-Tunnel``.
        r#type,
        /// Tunnels now.
        active,
        /// Tunnels since the unit booted.
        cumulative,
        /// The most at one time.
        peak,
    }

    /// The totals of the tunnels.
    VpnTunnelTotals {
        /// Tunnels now.
        active,
        /// Tunnels since the unit booted.
        cumulative,
    }

    /// What ``show interface ip brief`` says.
    InterfaceBrief {
        /// The interfaces, in the order printed.
        interfaces,
    }

    /// An interface.
    BriefInterface {
        /// Its hardware name.
        name,
        /// Its address; ``None`` for ``unassigned``.
        ip,
        /// Where the address comes from, as printed: ``CONFIG``, ``DHCP``, ``unset``.
        method,
        /// Whether the interface is up.
        status,
        /// Whether its line protocol is up.
        protocol,
    }

    /// What ``show arp`` says.
    Arp {
        /// The entries, in the order printed; empty where there are none.
        entries,
    }

    /// An entry.
    ArpEntry {
        /// The interface name.
        interface,
        /// The address, as printed.
        ip,
        /// The hardware address: ``0050.5600.0001``.
        mac,
        /// Its age in seconds; ``None`` for an entry that does not age.
        age_seconds,
        /// What is printed in the place of an age: ``-`` for a static entry, ``alias`` for one that the unit
        /// answers for.
        mark,
    }

    /// What ``show route summary`` says.
    RouteSummary {
        /// Where the routes come from, in the order printed.
        sources,
        /// All networks, as printed.
        total_networks,
        /// All subnets, as printed.
        total_subnets,
    }

    /// A source of routes.
    RouteSource {
        /// Its name: ``connected``, ``static``, ``ospf 1``.
        source,
        /// Networks.
        networks,
        /// Subnets; ``None`` where the column is blank.
        subnets,
    }

    /// What ``show ospf neighbor`` says.
    OspfNeighbors {
        /// The neighbors, in the order printed; empty where there are none.
        neighbors,
    }

    /// A neighbor.
    OspfNeighbor {
        /// Its router id.
        id,
        /// Its priority.
        priority,
        /// How far the two are.
        state,
        /// Its role on the network, as printed: ``DR``, ``BDR``, ``DROTHER``, ``-``.
        role,
        /// Time until it counts as gone, as printed.
        dead_time,
        /// Its address.
        address,
        /// The interface name it is behind.
        interface,
    }

    /// What ``show bgp summary`` says.
    BgpSummary {
        /// The unit's router id.
        router_id,
        /// The unit's own system, as printed: ``65101``, ``1.10``.
        local_as,
        /// The neighbors, in the order printed.
        neighbors,
    }

    /// A neighbor.
    BgpNeighbor {
        /// Its address.
        address,
        /// Its system, as printed.
        remote_as,
        /// Messages from it.
        received,
        /// Messages to it.
        sent,
        /// How long it has been in its state, as printed: ``4w6d``, ``never``.
        up_down,
        /// Its state, where the last column has one: a count of prefixes stands for an established session.
        state,
        /// How many prefixes it sent; ``None`` unless established.
        prefixes,
    }

    /// What a log says of failover.
    Log {
        /// The failover messages, in the order printed.
        messages,
    }

    /// A failover message of a log.
    LogMessage {
        /// The severity of this line, 0 to 7, which an administrator may have changed.
        severity,
        /// The six digits that name the message.
        id,
        /// The words in parentheses behind the id: ``Primary``, ``VPN-Secondary``, ``Primary_group_1``.
        unit,
        /// The rest of the line.
        text,
        /// The date and time in front, as printed.
        at,
    }
}
