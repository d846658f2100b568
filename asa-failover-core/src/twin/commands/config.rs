//! Configuration lines, and their replication from the active unit to its mate.

use std::fmt::Write;

use super::super::Pair;
use super::super::chassis::Config;
use super::super::history::{Cause, Via, What};
use super::super::line::{Level, Place};
use super::super::spec::PreemptAfterMove;
use super::Reply;
use super::files::name_of;
use super::grammar::{Parsed, Verb};
use crate::unit::{GroupId, Role, Standing};

/// Entries that a boot list holds.
const BOOT_ENTRIES: usize = 4;

impl Pair {
    /// A configuration line: on this unit, and on the mate when this unit is active.
    pub(super) fn configure(&mut self, place: &mut Place, parsed: &Parsed<'_>) -> Reply {
        let role = place.role;
        let group = place.level;
        let reply = self.configure_here(place, parsed);
        let replicates = self.unit(role).is_active(self.lead())
            && self.unit(role).view.hears
            && place.via != Via::MateExec
            && !matches!(reply.then, super::Then::Invalid);
        let receives = matches!(
            self.unit(role.mate()).standing(self.lead()),
            Standing::StandbyReady | Standing::BulkSync | Standing::Active
        );
        if replicates && receives {
            let mut there = Place { role: role.mate(), level: group, via: Via::MateExec, ..place.clone() };
            let _ = self.configure_here(&mut there, parsed);
        }
        reply
    }

    /// A configuration line on one unit alone.
    pub(super) fn configure_here(&mut self, place: &mut Place, parsed: &Parsed<'_>) -> Reply {
        let role = place.role;
        let word = parsed.words.last().copied().unwrap_or_default();
        let before = self.unit(role).running.clone();
        let config = &mut self.unit_mut(role).running;
        let mut text = String::new();
        match (parsed.verb, place.level) {
            (Verb::Boot, _) => {
                if word.starts_with("flash:") {
                    text = format!("INFO: Converting {word} to disk0:/{}\n", name_of(word));
                }
                let name = name_of(word).to_owned();
                if config.boot.len() >= BOOT_ENTRIES {
                    return Reply::text("ERROR: only 4 boot system entries are allowed\n");
                }
                if !config.boot.contains(&name) {
                    config.boot.push(name);
                }
                if self.on_flash(role, word).is_none() {
                    let name = name_of(word);
                    let _ = writeln!(text, "WARNING: BOOT variable added, but unable to find disk0:/{name}");
                }
            }
            (Verb::NoBoot, _) => config.boot.retain(|entry| entry != name_of(word)),
            (Verb::ClearBoot, _) => config.boot.clear(),
            (Verb::Asdm, _) => config.asdm = Some(name_of(word).to_owned()),
            (Verb::Hostname, _) => word.clone_into(&mut config.hostname),
            (Verb::Width, _) => match word.parse() {
                Ok(width @ (0 | 40..=511)) => config.width = width,
                _ => return Reply::invalid(),
            },
            (Verb::Group, _) => {
                let group = word.parse().map(GroupId::new);
                match group {
                    Ok(group) if config.groups.iter().any(|known| known.id == group) => {
                        place.level = Level::Group(group);
                    }
                    _ => return Reply::invalid(),
                }
            }
            (Verb::Preempt | Verb::NoPreempt | Verb::Home, Level::Group(id)) => {
                let delay = if word.is_empty() { Ok(0) } else { word.parse() };
                let Some(group) = config.groups.iter_mut().find(|group| group.id == id) else {
                    return Reply::invalid();
                };
                match (parsed.verb, delay) {
                    (Verb::Preempt, Ok(delay @ 0..=1_200)) => group.preempt = Some(delay),
                    (Verb::Preempt, _) => return Reply::invalid(),
                    (Verb::NoPreempt, _) => group.preempt = None,
                    _ => return Reply::prompt(),
                }
                if self.spec.preempt_after_move == PreemptAfterMove::Returns {
                    self.plan_homecoming(role, Some(id));
                }
            }
            (Verb::FailoverOn, _) => config.failover = true,
            (Verb::FailoverOff, _) => config.failover = false,
            _ => return Reply::invalid(),
        }
        self.took(role, &before);
        Reply::text(text)
    }

    fn took(&mut self, role: Role, before: &Config) {
        let now = self.now;
        let unit = self.unit_mut(role);
        if unit.running == *before {
            return;
        }
        unit.modified = true;
        unit.touched = Some(now);
        if unit.running.boot != before.boot {
            let boot = unit.running.boot.clone();
            self.note(role, What::BootListChanged { boot });
        }
        if self.unit(role).running.failover && !before.failover && !self.unit(role).is_active(self.lead()) {
            for group in self.unit(role).group_ids() {
                self.set_standing(role, group, Standing::ColdStandby, Cause::Resync);
            }
            self.begin_sync(role);
        }
        let both_on = Role::BOTH.into_iter().all(|role| self.unit(role).running.failover);
        if both_on && !before.failover && self.unit(role).view.hears {
            self.hear();
        }
    }
}
