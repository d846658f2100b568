//! `show context`, `show context detail`, `show running-config context`

use asa_failover_core::show::{ContextState, FirewallMode, context, running_context};
use serde_json::json;

use crate::{capture, error, facts, json, unread};

#[test]
fn the_table_of_7_0_is_read() {
    let read = facts(context, capture!("show-context-asa5520-7.0"));
    assert_eq!(read.total, Some(3));
    let rows: Vec<_> =
        read.contexts.iter().map(|row| (row.name.as_str(), row.admin, row.interfaces.len())).collect();
    assert_eq!(
        rows,
        [("admin", Some(true), 2), ("customer-a", Some(false), 2), ("customer-b", Some(false), 0)]
    );
    assert!(read.contexts.iter().all(|row| row.class.is_none() && row.mode.is_none()));
    assert_eq!(read.contexts[1].interfaces, ["GigabitEthernet0/1.200", "GigabitEthernet0/1.201"]);
    assert_eq!(read.contexts[2].config_url.as_deref(), Some("disk0:/customer-b.cfg"));
}

#[test]
fn the_table_of_9_8_is_read() {
    let read = json(context, capture!("show-context-asa5585-9.8"));
    let row = |name: &str,
               admin: bool,
               class: &str,
               interfaces: &[&str],
               more: bool,
               mode: &str,
               url: Option<&str>| {
        json!({"name": name, "admin": admin, "state": null, "class": class, "interfaces": interfaces,
               "more_interfaces": more, "mapped_interfaces": null, "mode": mode, "config_url": url,
               "flags": null, "id": null, "failover_group": null})
    };
    let long = ["Vlan10", "Vlan20", "Vlan30", "Vlan40"];
    assert_eq!(
        read,
        json!({"total": 4, "contexts": [
            row("admin", true, "default", &["Management0/0"], false, "Routed", Some("disk0:/admin.cfg")),
            row("customer-a", false, "gold", &["Gi0/1.200", "Gi0/1.201"], false, "Transparent",
                Some("disk0:/customer-a.cfg")),
            row("a-context-with-a-very-long-name", false, "default", &long, true, "Routed",
                Some("ftp://198.51.100.9/long.cfg")),
            row("empty", false, "default", &[], false, "Routed", None),
        ]})
    );
}

#[test]
fn the_detailed_form_is_read() {
    let read = facts(context, capture!("show-context-detail-fpr2130-9.8"));
    let [system, admin, a, b, null] = read.contexts.as_slice() else { panic!("{read:?}") };
    assert_eq!(read.total, None);
    assert_eq!((system.state.as_ref(), system.admin), (Some(&ContextState::SystemResource), None));
    assert_eq!((system.interfaces.len(), system.mapped_interfaces.as_ref().unwrap().len()), (0, 7));
    assert_eq!(admin.mapped_interfaces.as_ref().unwrap(), &["outside", "mgmt"]);
    assert_eq!((admin.id, admin.flags.as_deref()), (Some(1), Some("0x00000813")));
    assert_eq!(admin.failover_group, None, "a context that joined no group");
    assert_eq!((a.failover_group, a.class.as_deref()), (Some(2), Some("gold")));
    assert_eq!(a.interfaces, ["Ethernet1/1.200-201"]);
    assert_eq!(b.state, Some(ContextState::Other("has been created, but not initialized".to_owned())));
    assert_eq!(b.interfaces, ["Vlan10", "20", "30"]);
    assert_eq!((null.config_url.as_deref(), null.id), (Some("... null ..."), Some(507)));
}

#[test]
fn what_is_no_row_is_kept() {
    let table = "Context Name      Class      Interfaces           Mode         URL\n\
                 *admin            default    Vlan1                Routed       disk0:/admin.cfg\n";
    for line in ["Vlan2", "one two three four", "admin default Vlan1 Forwarding"] {
        assert_eq!(unread(context, &format!("{table}{line}\n")), [line]);
    }
    let read =
        facts(context, &format!("{table}Switching to Standby\nctx1 default Vlan2 Bridged disk0:/1.cfg\n"));
    assert_eq!(read.contexts[1].mode, Some(FirewallMode::Other("Bridged".to_owned())));
    assert_eq!(read.total, None);
    let block = "Context \"a\", has been created\n  Config URL: disk0:/a.cfg\n";
    assert_eq!(unread(context, &format!("{block}  Colour: blue\n")), ["  Colour: blue"]);
}

#[test]
fn contexts_as_configured_are_read() {
    let read = json(running_context, capture!("show-running-config-context-aa-9.8"));
    assert_eq!(
        read,
        json!({"admin_context": "admin", "contexts": [
            {"name": "admin", "class": null, "interfaces": [{"port": "Management0/0", "mapped": null}],
             "config_url": "disk0:/admin.cfg", "failover_group": null},
            {"name": "customer-a", "class": "gold", "interfaces": [
                {"port": "GigabitEthernet0/1.100-GigabitEthernet0/1.103", "mapped": "int1-int4"},
                {"port": "GigabitEthernet0/2", "mapped": "outside"},
                {"port": "GigabitEthernet0/3", "mapped": null}],
             "config_url": "disk0:/customer-a.cfg", "failover_group": 2},
        ]})
    );
    let flat = capture!("show-running-config-context-aa-9.8").replace("\r\n  ", "\n");
    assert_eq!(json(running_context, &flat), read, "without its indentation");
    assert_eq!(unread(running_context, "context a\n  colour blue\n"), ["  colour blue"]);
}

#[test]
fn what_is_malformed_missing_or_printed_twice_is_an_error() {
    let table = "Context Name      Class      Interfaces           Mode         URL\n";
    let block = "Context \"a\", has been created\n";
    let needed = "`Context Name ... URL, or Context \"NAME\", STATE`";
    for (text, message) in [
        ("contexts: none\n".to_owned(), format!("line 1: expected the line {needed}, found the end of the output")),
        (
            format!("{table}{table}"),
            format!("line 2: expected `Context Name` only once, found {:?}", table.trim_ascii_end()),
        ),
        (
            format!("{table}a=b default Vlan1 Routed disk0:/a.cfg\n"),
            "line 2: expected a context in the columns of the table's head, found \"a=b default Vlan1 Routed \
             disk0:/a.cfg\""
                .to_owned(),
        ),
        (
            format!("{table}Total active Security Contexts: many\n"),
            "line 2: expected the form `Total active Security Contexts: N`, found \"many\"".to_owned(),
        ),
        (
            format!("{block}Real Interfaces: a\nReal Interfaces: b\n"),
            "line 3: expected `Real Interfaces` only once, found \"Real Interfaces: b\"".to_owned(),
        ),
        (
            format!("{block}Class: default, ID: 1\n"),
            "line 2: expected the form `NAME, Flags: 0xN, ID: N`, found \"ID: 1\"".to_owned(),
        ),
        (
            format!("{block}Failover group: two\n"),
            "line 2: expected a group's number, found \"two\"".to_owned(),
        ),
    ] {
        assert_eq!(error(context, &text).0, format!("show context, {message}"));
    }
    for (text, message) in [
        ("failover\n", "line 1: expected the line `context NAME`, found the end of the output"),
        ("context a b\n", "line 1: expected one word, found \" b\""),
        (
            "context a\nallocate-interface Gi0/1 in out\n",
            "line 2: expected a port and a name, found \" out\"",
        ),
        (
            "context a\nconfig-url disk0:/a\nconfig-url disk0:/b\n",
            "line 3: expected `config-url URL` only once, found \"config-url disk0:/b\"",
        ),
        ("context a\njoin-failover-group x\n", "line 2: expected a group's number, found \"x\""),
    ] {
        assert_eq!(error(running_context, text).0, format!("show running-config context, {message}"));
    }
}
