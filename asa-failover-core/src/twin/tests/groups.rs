//! The settings of a failover group: the way in and out, what is repeated on the mate, what preempt does then.

use super::{Client, OLD};
use crate::twin::oracle::OffenceKind;
use crate::twin::{Address, Cause, GlanceAt, PreemptAfterMove, Shown, Spec};
use crate::unit::{GroupId, Role};

const TWO: GroupId = GroupId::new(2);

fn led(spec: Spec) -> Client {
    let mut client = Client::at(spec, Address::Active);
    client.say("changeto system");
    client
}

fn spec() -> Spec {
    Spec::active_active("ASA5525", OLD).with_preempt(TWO, 60)
}

#[test]
fn the_prompt_tells_of_the_settings_of_a_group_and_not_of_which() {
    let mut client = led(spec());
    assert_eq!(client.say("configure terminal"), "configure terminal\nfw/pri/act(config)# ");
    for group in ["failover group 1", "failover group 2"] {
        assert_eq!(client.say(group), format!("{group}\nfw/pri/act(config-fover-group)# "));
    }
    assert_eq!(client.say("exit"), "exit\nfw/pri/act(config)# ");
    // Outside of them, and of a group that is not there, the lines are none.
    assert!(client.say("no preempt").contains("Invalid input"));
    assert!(client.say("failover group 3").contains("Invalid input"));
    client.say("failover group 2");
    assert_eq!(client.say("end"), "end\nfw/pri/act# ");
    let mut pair = client.pair;
    let session = pair.glance_open(Address::Active).unwrap();
    let mut at = |line: &str| match pair.glance(session, line, std::time::Duration::from_secs(60)) {
        crate::twin::Glance::Shown { shown: Shown::Text(_), at } => at,
        other => panic!("{line}: {other:?}"),
    };
    at("changeto system");
    let ways = ["configure terminal", "failover group 2", "end"].map(at);
    assert_eq!(ways, [GlanceAt::Config, GlanceAt::Group, GlanceAt::Privileged]);
}

#[test]
fn preempt_is_removed_and_restored_on_both_units() {
    let mut client = led(spec());
    let preempt = |client: &mut Client| {
        ["", "failover exec mate "].map(|via| {
            let text = client.say(&format!("{via}show running-config failover"));
            text.lines().find(|line| line.contains("preempt")).map(str::to_owned)
        })
    };
    let has = |line: &str| Some(format!("  {line}"));
    for (line, shown) in [
        ("no preempt", None),
        ("preempt 90", has("preempt 90")),
        ("no preempt 90", None),
        ("preempt", has("preempt")),
        ("preempt 1201", has("preempt")),
    ] {
        client.say("configure terminal");
        client.say("failover group 2");
        client.say(line);
        client.say("end");
        assert_eq!(preempt(&mut client), [shown.clone(), shown], "{line}");
    }
    // What is not saved is in the startup configuration still.
    assert!(client.say("show startup-config").contains("  preempt 60\n"));
}

/// Where preempt undoes a move it also acts on being configured, after its delay; removed, it does nothing.
#[test]
fn preempt_that_is_configured_later_may_take_its_group_home() {
    for (moves, expected) in
        [(PreemptAfterMove::Stays, vec![]), (PreemptAfterMove::Returns, vec![Cause::Preempt])]
    {
        let mut spec = Spec::active_active("ASA5525", OLD).with_active(TWO, Role::Primary);
        spec.preempt_after_move = moves;
        let mut client = led(spec);
        for line in ["configure terminal", "failover group 2", "preempt 20", "no preempt", "end"] {
            client.say(line);
        }
        client.wait(60.0);
        assert!(client.pair.report().gaps.is_empty(), "{moves:?}: removed in time");
        for line in ["configure terminal", "failover group 2", "preempt 20", "end"] {
            client.say(line);
        }
        client.wait(60.0);
        let causes: Vec<_> = client.pair.report().gaps.iter().map(|gap| gap.cause).collect();
        assert_eq!(causes, expected, "{moves:?}");
    }
}

/// Its lines belong on the unit that leads, the one that leads into a group included.
#[test]
fn a_group_is_configured_on_the_unit_that_leads() {
    for (address, offends) in [(Address::Active, false), (Address::Standby, true)] {
        let mut client = Client::at(spec(), address);
        for line in ["changeto system", "configure terminal", "failover group 2", "no preempt"] {
            client.say(line);
        }
        let offences: Vec<_> =
            client.pair.report().offences.into_iter().map(|offence| offence.kind).collect();
        let wrong = ["failover group 2", "no preempt"].map(|line| OffenceKind::WrongUnit(line.to_owned()));
        assert_eq!(offences, if offends { wrong.to_vec() } else { Vec::new() });
        let lines: Vec<_> = client.pair.state_changing_lines().into_iter().map(|(_, line)| line).collect();
        assert_eq!(lines, ["failover group 2", "no preempt"]);
    }
}
