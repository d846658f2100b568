//! What a unit says of the network around it: interfaces, ARP, translations, routing.

use asa_failover_core::show::{
    BgpState, LineStatus, OspfState, arp, bgp_summary, interface_ip_brief, ospf_neighbor, route_summary,
    xlate_count,
};
use serde_json::json;

use crate::{error, facts, json, unread};

#[test]
fn interfaces_are_read() {
    let text = "fw# show interface ip brief\r\n\
                Interface                  IP-Address      OK? Method  Status                Protocol\r\n\
                GigabitEthernet0/0         192.0.2.1       YES CONFIG  up                    up  \r\n\
                GigabitEthernet0/1         unassigned      YES unset   administratively down down\r\n\
                GigabitEthernet0/2         unassigned      YES unset   admin down            down\r\n\
                Port-channel1.300          198.51.100.1    NO DHCP deleted up\r\n";
    let read = facts(interface_ip_brief, text);
    let states: Vec<_> = read.interfaces.iter().map(|row| (&row.status, &row.protocol)).collect();
    assert_eq!(
        states,
        [
            (&LineStatus::Up, &LineStatus::Up),
            (&LineStatus::AdministrativelyDown, &LineStatus::Down),
            (&LineStatus::AdminDown, &LineStatus::Down),
            (&LineStatus::Other("deleted".to_owned()), &LineStatus::Up),
        ]
    );
    assert_eq!(
        json(interface_ip_brief, text)["interfaces"][1],
        json!({"name": "GigabitEthernet0/1", "ip": null, "method": "unset", "status": "administratively down",
               "protocol": "down"})
    );
    assert_eq!(unread(interface_ip_brief, &format!("{text}Vlan1 is hidden\n")), ["Vlan1 is hidden"]);
}

#[test]
fn arp_entries_are_read() {
    let text = "\toutside 192.0.2.9 0050.5600.0001 2\r\n\toutside 192.0.2.10 0050.5600.0002 -\r\n\
                \tdmz 192.0.2.11 0050.5600.0003 alias\r\n";
    assert_eq!(
        json(arp, text),
        json!({"entries": [
            {"interface": "outside", "ip": "192.0.2.9", "mac": "0050.5600.0001", "age_seconds": 2, "mark": null},
            {"interface": "outside", "ip": "192.0.2.10", "mac": "0050.5600.0002", "age_seconds": null, "mark": "-"},
            {"interface": "dmz", "ip": "192.0.2.11", "mac": "0050.5600.0003", "age_seconds": null, "mark": "alias"},
        ]})
    );
    assert_eq!(json(arp, "\n"), json!({"entries": []}));
    assert_eq!(unread(arp, "outside 192.0.2.9 incomplete\n"), ["outside 192.0.2.9 incomplete"]);
}

#[test]
fn translations_are_counted() {
    assert_eq!(json(xlate_count, "943 in use, 7120 most used\n"), json!({"in_use": 943, "most_used": 7120}));
}

#[test]
fn ospf_neighbors_are_read() {
    let head = "Neighbor ID     Pri   State           Dead Time   Address         Interface\n";
    let text = format!(
        "\n\n{head}192.0.2.9         0   FULL/  -        0:00:07    192.0.2.9       outside\n\
         192.0.2.10        1   2WAY/DROTHER    0:00:30    192.0.2.10      inside\n\n{head}\
         192.0.2.11        1   STUCK/DR        00:00:07   192.0.2.11      dmz\n"
    );
    let read = facts(ospf_neighbor, &text);
    let rows: Vec<_> = read.neighbors.iter().map(|row| (row.state.clone(), row.role.as_str())).collect();
    assert_eq!(
        rows,
        [
            (OspfState::Full, "-"),
            (OspfState::TwoWay, "DROTHER"),
            (OspfState::Other("STUCK".to_owned()), "DR")
        ]
    );
    assert_eq!(read.neighbors[1].interface, "inside");
    assert_eq!(json(ospf_neighbor, "fw# show ospf neighbor\r\n"), json!({"neighbors": []}));
    assert_eq!(
        unread(ospf_neighbor, "192.0.2.9 1 FULL/DR 0:00:07 192.0.2.9 inside\n").len(),
        1,
        "without a head"
    );
}

const BGP: &str = "BGP router identifier 192.0.2.1, local AS number 65101\n\
    BGP table version is 9, main routing table version 9\n8 network entries using 1600 bytes of memory\n\
    BGP using 4000 total bytes of memory\nBGP activity 8/0 prefixes, 8/0 paths, scan interval 60 secs\n\n\
    Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd\n";

#[test]
fn bgp_neighbors_are_read() {
    let text = format!(
        "{BGP}192.0.2.9       4        65101 961788  961836         9    0    0 4w6d     5       \n\
         192.0.2.10      4        65102       0       0         1    0    0 never    Active\n\
         2001:db8::9     4        1.10       10      10         1    0    0 00:01:02 Idle (Admin)\n"
    );
    let read = facts(bgp_summary, &text);
    assert_eq!((read.router_id.as_str(), read.local_as.as_str()), ("192.0.2.1", "65101"));
    let rows: Vec<_> = read.neighbors.iter().map(|row| (row.state.clone(), row.prefixes)).collect();
    assert_eq!(
        rows,
        [
            (BgpState::Established, Some(5)),
            (BgpState::Active, None),
            (BgpState::Other("Idle (Admin)".to_owned()), None)
        ]
    );
    assert_eq!(unread(bgp_summary, &format!("{BGP}Dynamic neighbors: 4\n")), ["Dynamic neighbors: 4"]);
}

const ROUTES: &str = "IP routing table maximum-paths is 3\n\
    Route Source    Networks    Subnets     Replicates  Overhead    Memory (bytes)\n";

#[test]
fn routes_are_counted() {
    let text = format!(
        "{ROUTES}connected       0           24          0           1920        7104\n\
         ospf 100        12          487         0           39920       144860\n  \
         Intra-area: 312 Inter-area: 145 External-1: 30 External-2: 0\n  NSSA External-1: 0 NSSA External-2: 0\n\
         internal        9                                               1040\n\
         Total           21          511         0           41840       153004\n"
    );
    assert_eq!(
        json(route_summary, &text),
        json!({"total_networks": 21, "total_subnets": 511, "sources": [
            {"source": "connected", "networks": 0, "subnets": 24},
            {"source": "ospf 100", "networks": 12, "subnets": 487},
            {"source": "internal", "networks": 9, "subnets": null},
        ]})
    );
    assert_eq!(unread(route_summary, &format!("{text}Removing Queue Size 0\n")), ["Removing Queue Size 0"]);
}

#[test]
fn what_is_malformed_missing_or_printed_twice_is_an_error() {
    let brief = "Interface IP-Address OK? Method Status Protocol";
    let row = "name, address, YES or NO, method, status and protocol";
    let ospf = "Neighbor ID Pri State Dead Time Address Interface\n";
    for ((message, _), expected) in [
        (
            error(interface_ip_brief, "up\n"),
            format!("show interface ip brief, line 1: expected the line `{brief}`, found the end of the output"),
        ),
        (
            error(interface_ip_brief, &format!("{brief}\nGi0/0 192.0.2.1 YES CONFIG up\n")),
            format!("show interface ip brief, line 2: expected {row}, found \"Gi0/0 192.0.2.1 YES CONFIG up\""),
        ),
        (
            error(arp, "outside 192.0.2.9 0050.5600.0001 old\n"),
            "show arp, line 1: expected an interface, an address, a hardware address and an age, found \"outside \
             192.0.2.9 0050.5600.0001 old\""
                .to_owned(),
        ),
        (
            error(xlate_count, "none\n"),
            "show xlate count, line 1: expected the line `N in use, N most used`, found the end of the output"
                .to_owned(),
        ),
        (
            error(ospf_neighbor, &format!("{ospf}192.0.2.9 1 FULL 0:00:07 192.0.2.9 inside\n")),
            "show ospf neighbor, line 2: expected id, priority, state, dead time, address and interface, found \
             \"192.0.2.9 1 FULL 0:00:07 192.0.2.9 inside\""
                .to_owned(),
        ),
        (
            error(bgp_summary, "% BGP not active\n"),
            "show bgp summary, line 1: expected the command's output, found \"% BGP not active\"".to_owned(),
        ),
        (
            error(bgp_summary, "BGP router identifier 192.0.2.1\n"),
            "show bgp summary, line 1: expected a router id and a system, found the end of the line".to_owned(),
        ),
        (
            error(bgp_summary, &format!("{BGP}192.0.2.9 4 65101 1 1 9 0 0 4w6d Established\n")),
            "show bgp summary, line 8: expected a neighbor in the columns of the table's head, found \"192.0.2.9 4 \
             65101 1 1 9 0 0 4w6d Established\""
                .to_owned(),
        ),
        (
            error(route_summary, ROUTES),
            "show route summary, line 2: expected the line `Total N N N N N`, found the end of the output".to_owned(),
        ),
        (
            error(route_summary, &format!("{ROUTES}static 1 2 3\n")),
            "show route summary, line 3: expected a source and five numbers, found \"static 1 2 3\"".to_owned(),
        ),
    ] {
        assert_eq!(message, expected);
    }
}
