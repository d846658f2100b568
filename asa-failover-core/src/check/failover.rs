//! The state of failover, and whether the two units are one pair.

use std::collections::BTreeMap;

use super::Findings;
use crate::decide::{Sight, StateLink, preempts};
use crate::goal::{Goal, Policy, Preempt, Procedure};
use crate::pair::{Pair, Unit};
use crate::show::{Block, InterfaceStatus, Side};
use crate::unit::{GroupId, Role, Standing};

const FAILOVER: Option<&str> = Some("show failover");
const VERSION: Option<&str> = Some("show version");
const MODE: Option<&str> = Some("show mode");

/// Something of a unit that both must have alike.
type Pick = fn(&Unit) -> Option<String>;

/// Two different units of one kind, each captured from itself.
pub(super) fn units(pair: &Pair, findings: &mut Findings<'_>) {
    if pair.primary.serial == pair.secondary.serial {
        let text = format!(
            "both captures are of the unit with serial number {}; capture each unit from itself",
            pair.primary.serial
        );
        findings.block("pair.serials", None, text, VERSION);
    }
    for unit in pair.units() {
        let mate = pair.unit(unit.role.mate());
        if let Some(serials) = &unit.failover.value.serials {
            let displayed = serials.mate.as_ref().map(ToString::to_string);
            if serials.ours.as_str() != unit.serial.as_str()
                || displayed.as_deref() != Some(mate.serial.as_str())
            {
                let text = format!(
                    "show failover names {} and mate {}, show version of the units names {} and {}",
                    serials.ours,
                    displayed.as_deref().unwrap_or("Unknown"),
                    unit.serial,
                    mate.serial
                );
                findings.block("pair.serials", Some(unit.role), text, FAILOVER);
            }
        }
        missing(unit, findings);
    }
    let differ = |pick: Pick| match (pick(&pair.primary), pick(&pair.secondary)) {
        (Some(primary), Some(secondary)) if primary != secondary => {
            Some(format!("{primary} and {secondary}"))
        }
        _ => None,
    };
    if let Some(models) = differ(|unit| unit.version.value.hardware.clone()) {
        findings.block("pair.hardware", None, format!("the units have different models: {models}"), VERSION);
    }
    if let Some(modes) = differ(|unit| unit.mode.map(|mode| format!("{:?}", mode.mode).to_lowercase())) {
        findings.block("pair.mode", None, format!("the units have different context modes: {modes}"), MODE);
    }
    if let Some(sizes) = differ(|unit| unit.version.value.ram_mb.map(|mb| format!("{mb} MB"))) {
        findings.condition("pair.memory", None, format!("the units have different memory: {sizes}"), VERSION);
    }
}

/// What a plan cannot do without, beside `show version` and `show failover`.
fn missing(unit: &Unit, findings: &mut Findings<'_>) {
    let needed = [
        ("show mode", unit.mode.is_none()),
        ("show running-config boot", unit.running_boot.is_none()),
        ("show startup-config | include boot system", unit.startup_boot.is_none()),
        ("dir", unit.flash.is_empty()),
        ("show running-config failover", unit.running_failover.is_none()),
        ("show reload", unit.reload.is_none()),
    ];
    for (command, missing) in needed {
        if missing {
            let text = format!("no capture of {command}; without it a plan would guess");
            findings.block("pair.capture", Some(unit.role), text, Some(command));
        }
    }
}

/// Exactly one unit active for each group, the mate Standby Ready, links up, both views alike.
pub(super) fn state(pair: &Pair, findings: &mut Findings<'_>) {
    for unit in pair.units() {
        let failover = &unit.failover.value;
        if !failover.enabled {
            findings.block(
                "failover.off",
                Some(unit.role),
                "failover is off; nothing would take over",
                FAILOVER,
            );
            continue;
        }
        let sight = Sight::of(&unit.failover);
        if !sight.lan_up {
            let status = failover.lan_link.as_ref().map_or("not configured", |link| link.status.as_str());
            findings.block(
                "failover.link",
                Some(unit.role),
                format!("the failover link is {status}, expected up"),
                FAILOVER,
            );
        }
        match sight.state_link {
            StateLink::Up => {}
            StateLink::Absent => findings.condition(
                "failover.state-link.absent",
                Some(unit.role),
                "no state link is configured: every connection drops at each switch",
                FAILOVER,
            ),
            StateLink::Down => {
                findings.block("failover.state-link", Some(unit.role), "the state link is not up", FAILOVER);
            }
        }
        unread(unit, findings);
        interfaces(unit, findings);
        if let Some(reload) = unit.reload.as_ref().filter(|reload| reload.scheduled) {
            let text =
                format!("a reload is scheduled: {}", reload.text.as_deref().unwrap_or("no time printed"));
            findings.block("reload.scheduled", Some(unit.role), text, Some("show reload"));
        }
    }
    if pair.units().all(|unit| unit.failover.value.enabled) {
        groups(pair, findings);
    }
}

fn unread(unit: &Unit, findings: &mut Findings<'_>) {
    for line in &unit.failover.unread {
        let text = format!("line {} is not understood: {:?}", line.line, line.text);
        match line.block {
            Block::Host => findings.block("failover.unread", Some(unit.role), text, FAILOVER),
            Block::Elsewhere => findings.note("failover.unread", Some(unit.role), text, FAILOVER),
        }
    }
}

fn interfaces(unit: &Unit, findings: &mut Findings<'_>) {
    for interface in unit.failover.value.interfaces.iter().filter(|interface| interface.host == Side::This) {
        let waiting = interface.monitoring.as_ref().is_some_and(|word| word.to_string() == "waiting");
        if interface.status != InterfaceStatus::Normal || waiting {
            let monitoring =
                interface.monitoring.as_ref().map_or_else(String::new, |word| format!(" ({word})"));
            let text = format!(
                "interface {} is {}{monitoring}; it is taken as it was found",
                interface.name, interface.status
            );
            findings.warn("failover.interface", Some(unit.role), text, FAILOVER);
        }
    }
}

fn groups(pair: &Pair, findings: &mut Findings<'_>) {
    let [primary, secondary] = [&pair.primary, &pair.secondary].map(|unit| &unit.failover.value);
    if primary.group_ids() != secondary.group_ids() {
        findings.block("failover.groups", None, "the units show different failover groups", FAILOVER);
        return;
    }
    for group in primary.group_ids() {
        let own = [primary.standing(Side::This, group), secondary.standing(Side::This, group)];
        let text = match own {
            [Some(Standing::Active), Some(Standing::StandbyReady)]
            | [Some(Standing::StandbyReady), Some(Standing::Active)] => {
                views(pair, group, findings);
                continue;
            }
            [Some(Standing::Active), Some(Standing::Active)] => {
                format!("both units are Active for {group}: split brain")
            }
            [first, second] => {
                let word = |standing: Option<&Standing>| {
                    standing.map_or_else(|| "not shown".to_owned(), ToString::to_string)
                };
                format!(
                    "Primary is {} and Secondary is {} for {group}, expected one Active and one Standby Ready",
                    word(first),
                    word(second)
                )
            }
        };
        findings.block("failover.standing", None, text, FAILOVER);
    }
}

fn views(pair: &Pair, group: GroupId, findings: &mut Findings<'_>) {
    for role in Role::BOTH {
        let displayed = pair.unit(role).failover.value.standing(Side::Other, group);
        let own = pair.unit(role.mate()).failover.value.standing(Side::This, group);
        if displayed != own {
            let word = |standing: Option<&Standing>| {
                standing.map_or_else(|| "not shown".to_owned(), ToString::to_string)
            };
            let (displayed, own) = (word(displayed), word(own));
            let text =
                format!("displays its mate as {displayed} for {group}, the mate describes itself as {own}");
            findings.block("failover.views", Some(role), text, FAILOVER);
        }
    }
}

/// Preempt is waited for, or removed and restored, as both units show it. Where `reload` is typed on a unit none is removed
/// meanwhile: that one asks to save what was changed, and is not answered.
fn told(pair: &Pair, policy: &Policy, findings: &mut Findings<'_>) {
    if pair.primary.failover.value.group_ids() == [GroupId::UNIT] {
        return;
    }
    let command = Some("show running-config failover");
    let mut known = Vec::new();
    for unit in pair.units() {
        match unit.running_failover.as_ref().map(preempts) {
            Some(Ok(groups)) => known.push(groups),
            Some(Err(why)) => findings.block("failover.preempt", Some(unit.role), why, command),
            None => {}
        }
    }
    if policy.preempt == Preempt::Remove
        && policy.procedure == Procedure::Published
        && known.iter().flat_map(BTreeMap::values).any(Option::is_some)
    {
        let text = "preempt is to be removed, but the published procedure types reload on a unit, which asks to save the configuration without it; choose the hardened procedure, or let preempt stay";
        findings.block("policy.preempt", None, text, command);
    }
    if let [primary, secondary] = known.as_slice()
        && primary != secondary
    {
        let text = "the units do not show the same preempt, so that nobody knows what moves a group: make them alike first";
        findings.block("failover.preempt", None, text, command);
    }
}

/// Where preempt will move groups by itself, and owners that it would take a group from.
pub(super) fn preempt(pair: &Pair, goal: &Goal, policy: &Policy, findings: &mut Findings<'_>) {
    let removes = policy.preempt == Preempt::Remove;
    told(pair, policy, findings);
    let known = pair.primary.failover.value.group_ids();
    for (group, owner) in &goal.owners {
        if !known.contains(group) {
            findings.block(
                "goal.owner",
                None,
                format!("the pair has no {group}, which is to go to {owner}"),
                FAILOVER,
            );
        }
    }
    let Some(running) = &pair.primary.running_failover else { return };
    for config in running.groups.iter().filter(|config| config.preempt) {
        let home = config.role.unwrap_or(Role::Primary);
        let delay = config.preempt_delay_seconds.unwrap_or(0);
        let command = Some("show running-config failover");
        let text = if removes {
            format!(
                "preempt of {}, to {home} after {delay} s, is removed by the plan and restored",
                config.number
            )
        } else {
            format!("{} moves to {home} by itself {delay} s after {home} is back (preempt)", config.number)
        };
        findings.note("failover.preempt", None, text, command);
        if goal.owners.get(&config.number).is_some_and(|owner| *owner != home) {
            let text = format!(
                "{} is to stay on {}, but preempt takes it to {home} after each boot of {home}",
                config.number,
                home.mate()
            );
            findings.warn("goal.owner", None, text, command);
        }
    }
}
