//! From facts, goal and verdict to the brief that every decision rests on.

use std::collections::BTreeMap;

use super::durations;
use crate::check::{Finding, Severity, booted_file, image_of};
use crate::compat::Verdict;
use crate::decide::{Brief, Group, Sight, Stop, boot_entries};
use crate::goal::{Goal, Image, Policy};
use crate::pair::{Pair, Unit};
use crate::show::Side;
use crate::unit::{Role, Standing};

/// The brief, or the finding that stands in its way. `check` has named these before: what is
/// missed here is a gap between the two, and it refuses rather than guesses.
pub(super) fn brief(pair: &Pair, goal: &Goal, policy: &Policy, verdict: &Verdict) -> Result<Brief, Finding> {
    let gap = |text: &str| Finding {
        id: "plan.gap".to_owned(),
        severity: Severity::Block,
        unit: None,
        text: text.to_owned(),
        command: None,
        acceptable: false,
    };
    let old =
        pair.units().min_by_key(|unit| unit.version.value.version.value().copied()).unwrap_or(&pair.primary);
    let first = booted_file(old).ok_or_else(|| gap("the running image is not known"))?;
    let mut stops = vec![Stop { version: verdict.from, image: Image::new(first), check: None }];
    for hop in &verdict.path {
        let image = image_of(goal, hop.to).ok_or_else(|| gap("a stop has no image"))?.clone();
        let check = crate::check::algorithm(hop.from).filter(|best| image.digest(*best).is_some());
        stops.push(Stop { version: hop.to, image, check });
    }
    let sights = [Sight::of(&pair.primary.failover), Sight::of(&pair.secondary.failover)];
    let [primary, secondary] = &sights;
    Ok(Brief {
        stops,
        serials: pair.units().map(|unit| (unit.role, unit.serial.clone())).collect(),
        groups: groups(pair, goal).ok_or_else(|| gap("a group has no active unit"))?,
        multiple: pair.is_multiple(),
        removed: BTreeMap::new(),
        versions: pair
            .units()
            .filter_map(|unit| Some((unit.role, *unit.version.value.version.value()?)))
            .collect(),
        running_boot: leader(pair)
            .and_then(|unit| unit.running_boot.as_ref())
            .map(|boot| boot_entries(&boot.system)),
        startup_boot: pair
            .units()
            .filter_map(|unit| Some((unit.role, boot_entries(&unit.startup_boot.as_ref()?.system))))
            .collect(),
        state_link: primary.state_link,
        interfaces: BTreeMap::from([
            (Role::Primary, primary.interfaces.clone()),
            (Role::Secondary, secondary.interfaces.clone()),
        ]),
        modules: BTreeMap::from([
            (Role::Primary, primary.modules.clone()),
            (Role::Secondary, secondary.modules.clone()),
        ]),
        reload_s: durations::reload_s(pair.primary.version.value.hardware.as_deref()),
        backs: Vec::new(),
        accepted: goal.accepted.clone(),
        policy: policy.clone(),
    })
}

/// The unit that is active for the first group.
fn leader(pair: &Pair) -> Option<&Unit> {
    let first = pair.primary.failover.value.group_ids().into_iter().next()?;
    pair.units().find(|unit| unit.failover.value.standing(Side::This, first) == Some(&Standing::Active))
}

fn groups(pair: &Pair, goal: &Goal) -> Option<BTreeMap<crate::unit::GroupId, Group>> {
    let is_active =
        |unit: &Unit, group| unit.failover.value.standing(Side::This, group) == Some(&Standing::Active);
    let running = pair.primary.running_failover.as_ref();
    let ids = pair.primary.failover.value.group_ids();
    ids.into_iter()
        .map(|id| {
            let found = pair.units().find(|unit| is_active(unit, id))?.role;
            let config = running.and_then(|running| running.groups.iter().find(|config| config.number == id));
            let preempt = config.filter(|config| config.preempt).map(|config| {
                (
                    config.role.unwrap_or(Role::Primary),
                    config.preempt_delay_seconds.unwrap_or(0).try_into().unwrap_or(u32::MAX),
                )
            });
            let owner = goal.owners.get(&id).copied().unwrap_or(found);
            Some((id, Group { found, owner, preempt }))
        })
        .collect()
}
