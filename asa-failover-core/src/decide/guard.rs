//! The guards that every state-changing line passes: what a settled pair is, and what each command needs.
//!
//! All of it is evidence from the units' own words. Whatever is absent or not understood fails.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::ablation::guarded;
use super::brief::Brief;
use super::observed::{Health, Observed, Sight, Standings, StateLink};
use super::pair_of;
use crate::text::Text;
use crate::unit::{GroupId, Role, Standing};

/// Why a pair is not settled.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Unsettled {
    /// A unit was not read.
    Unseen(Role),
    /// A unit says that failover is off.
    FailoverOff(Role),
    /// Lines of the state were not understood.
    Garbled(Role),
    /// A session answers for another role than its serial number has.
    RoleDiffers(Role),
    /// A unit does not show the failover link up.
    LinkDown(Role),
    /// A unit does not show the state link as it was found.
    StateLink(Role),
    /// A unit shows other groups than the plan knows.
    Groups(Role),
    /// No unit is active for a group.
    NoActive(GroupId),
    /// Both units are active for a group.
    BothActive(GroupId),
    /// The unit that is not active for a group is not Standby Ready.
    NotReady(GroupId, Role, Standing),
    /// A unit displays its mate otherwise than the mate describes itself.
    Disagree(GroupId, Role),
    /// An interface that was Normal is not.
    Interface(Role, String),
    /// A service module that was up is not.
    Module(Role, String),
}

impl fmt::Display for Unsettled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unseen(role) => write!(f, "{role} was not read"),
            Self::FailoverOff(role) => write!(f, "failover is off on {role}"),
            Self::Garbled(role) => write!(f, "lines in the state blocks of {role} are not understood"),
            Self::RoleDiffers(role) => write!(f, "{role} does not call itself {role}"),
            Self::LinkDown(role) => write!(f, "{role} does not show the failover link up"),
            Self::StateLink(role) => write!(f, "{role} does not show the state link as it was found"),
            Self::Groups(role) => write!(f, "{role} shows other failover groups than the plan knows"),
            Self::NoActive(group) => write!(f, "no unit is active for {group}"),
            Self::BothActive(group) => write!(f, "both units are active for {group}"),
            Self::NotReady(group, role, standing) => write!(f, "{role} is {standing} for {group}"),
            Self::Disagree(group, role) => {
                write!(f, "{role} displays its mate otherwise than the mate itself for {group}")
            }
            Self::Interface(role, name) => write!(f, "interface {name} of {role} was Normal and is not now"),
            Self::Module(role, name) => write!(f, "module {name} of {role} was up and is not now"),
        }
    }
}

/// Whether exactly one unit is active for each group, its mate Standby Ready, links up, and both agree
/// (I4, and the state that I1, I2 and I7 start from).
pub(crate) fn settled(brief: &Brief, observed: &[Observed; 2]) -> Result<(), Unsettled> {
    let seen = |role| sight(observed, role).ok_or(Unsettled::Unseen(role));
    for role in Role::BOTH {
        unit_sound(brief, role, seen(role)?)?;
    }
    for group in brief.groups.keys() {
        group_settled(observed, *group)?;
    }
    Role::BOTH.into_iter().try_for_each(|role| healthy(brief, role, seen(role)?))
}

/// Whether the pair is settled as far as one unit can say.
pub(crate) fn is_whole(brief: &Brief, sight: &Sight) -> bool {
    let pairs = |standings: &Standings| {
        let of = [&standings.own, &standings.mate];
        of.contains(&&Standing::Active) && of.contains(&&Standing::StandbyReady)
    };
    sight.role.is_some_and(|role| {
        unit_sound(brief, role, sight).is_ok()
            && sight.groups.values().all(pairs)
            && healthy(brief, role, sight).is_ok()
    })
}

fn sight(observed: &[Observed; 2], role: Role) -> Option<&Sight> {
    pair_of(observed, role).sight.as_ref().map(|sight| &*sight.value)
}

fn unit_sound(brief: &Brief, role: Role, sight: &Sight) -> Result<(), Unsettled> {
    if !sight.enabled {
        return Err(Unsettled::FailoverOff(role));
    }
    if sight.garbled {
        return Err(Unsettled::Garbled(role));
    }
    let serial = brief.serials.get(&role).map(crate::unit::Serial::as_str);
    let own_serial = sight.serials.as_ref().map(|(ours, _)| ours.as_str());
    let is_itself = sight.role == Some(role) && own_serial.is_none_or(|own| Some(own) == serial);
    if !guarded!(Identity, is_itself) {
        return Err(Unsettled::RoleDiffers(role));
    }
    if !guarded!(Links, sight.lan_up) {
        return Err(Unsettled::LinkDown(role));
    }
    let state_link = sight.state_link == brief.state_link && sight.state_link != StateLink::Down;
    if !guarded!(Links, state_link) {
        return Err(Unsettled::StateLink(role));
    }
    if !sight.groups.keys().eq(brief.groups.keys()) {
        return Err(Unsettled::Groups(role));
    }
    Ok(())
}

fn group_settled(observed: &[Observed; 2], group: GroupId) -> Result<(), Unsettled> {
    let of = |role| {
        sight(observed, role).and_then(|sight| sight.groups.get(&group)).ok_or(Unsettled::Groups(role))
    };
    let (primary, secondary) = (of(Role::Primary)?, of(Role::Secondary)?);
    let standby = match (&primary.own, &secondary.own) {
        (Standing::Active, Standing::Active) => return Err(Unsettled::BothActive(group)),
        (Standing::Active, _) => Role::Secondary,
        (_, Standing::Active) => Role::Primary,
        _ => return Err(Unsettled::NoActive(group)),
    };
    let own = &of(standby)?.own;
    if *own != Standing::StandbyReady {
        return Err(Unsettled::NotReady(group, standby, own.clone()));
    }
    if primary.mate != secondary.own {
        return Err(Unsettled::Disagree(group, Role::Primary));
    }
    if secondary.mate != primary.own {
        return Err(Unsettled::Disagree(group, Role::Secondary));
    }
    Ok(())
}

/// What was good when the plan was made must be good again; what was not is no news.
fn healthy(brief: &Brief, role: Role, sight: &Sight) -> Result<(), Unsettled> {
    if let Some(name) = lost(brief.interfaces.get(&role), &sight.interfaces, Health::Normal) {
        return Err(Unsettled::Interface(role, name.to_string()));
    }
    if let Some(name) = lost(brief.modules.get(&role), &sight.modules, true) {
        return Err(Unsettled::Module(role, name.to_string()));
    }
    Ok(())
}

/// The first name of what was good before, and is not now. Both stand in the order of their names: one walk over them
/// together tells, where a look at every poll would search for each.
fn lost<'a, T: Copy + PartialEq>(
    before: Option<&'a BTreeMap<Text, T>>,
    now: &BTreeMap<Text, T>,
    good: T,
) -> Option<&'a Text> {
    let mut now = now.iter();
    let mut was_good = before.into_iter().flatten().filter(|(_, was)| **was == good).map(|(name, _)| name);
    was_good.find(|name| now.by_ref().find(|(other, _)| other == name).is_none_or(|(_, is)| *is != good))
}

/// The unit that is active for a group by its own words, if exactly one is.
pub(crate) fn active(observed: &[Observed; 2], group: GroupId) -> Option<Role> {
    let is = |role| pair_of(observed, role).standing(group) == Some(&Standing::Active);
    match (is(Role::Primary), is(Role::Secondary)) {
        (true, false) => Some(Role::Primary),
        (false, true) => Some(Role::Secondary),
        _ => None,
    }
}

/// I1: the taker is Standby Ready for the group in its own words, the giver Active.
pub(crate) fn may_switch(observed: &[Observed; 2], group: GroupId, taker: Role) -> bool {
    pair_of(observed, taker).standing(group) == Some(&Standing::StandbyReady)
        && pair_of(observed, taker.mate()).standing(group) == Some(&Standing::Active)
}

/// I2: the unit to reload is Standby Ready for every group, its mate Active for every group.
pub(crate) fn may_reload(brief: &Brief, observed: &[Observed; 2], target: Role) -> bool {
    brief.groups.keys().all(|group| may_switch(observed, *group, target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_lost_that_was_good_and_is_not_or_is_gone() {
        let rows = |rows: &[(&str, bool)]| -> BTreeMap<Text, bool> {
            rows.iter().map(|(name, good)| (Text::from(*name), *good)).collect()
        };
        let before = rows(&[("b", true), ("d", false), ("f", true)]);
        for (now, expected) in [
            (&[("b", true), ("d", false), ("f", true)][..], None),
            // What is new, and what was bad, may be anything.
            (
                &[
                    ("a", false),
                    ("b", true),
                    ("c", false),
                    ("d", true),
                    ("e", false),
                    ("f", true),
                    ("g", false),
                ],
                None,
            ),
            (&[("b", true), ("f", true)], None),
            (&[("b", false), ("d", false), ("f", true)], Some("b")),
            (&[("b", true), ("d", false), ("f", false)], Some("f")),
            (&[("a", true), ("c", true), ("d", true), ("f", true)], Some("b")),
            (&[("b", true), ("e", true), ("g", true)], Some("f")),
            (&[("b", true)], Some("f")),
            (&[], Some("b")),
        ] {
            let found = lost(Some(&before), &rows(now), true).map(Text::as_str);
            assert_eq!(found, expected, "{now:?}");
        }
        assert_eq!(lost(None, &before, true), None, "of a unit that nothing was found on nothing is lost");
    }
}
