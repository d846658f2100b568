//! Configuration lines, and their replication from the active unit to its mate.

use super::super::chassis::{Config, Row};
use super::super::clock::Event;
use super::super::doubt::PreemptAfterMove;
use super::super::failover::TAKING_OVER;
use super::super::history::{Cause, Via, What};
use super::super::line::{Level, Place};
use super::super::{Pair, texts};
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
        if self.replicates(place) && !matches!(reply.then, super::Then::Invalid) {
            let mut there = Place { role: role.mate(), level: group, via: Via::MateExec, ..place.clone() };
            let _ = self.configure_here(&mut there, parsed);
        }
        reply
    }

    /// Whether a line of the configuration that is typed here reaches the mate.
    pub(in super::super) fn replicates(&self, place: &Place) -> bool {
        let unit = self.unit(place.role);
        let receives = matches!(
            self.unit(place.role.mate()).standing(self.lead()),
            Standing::StandbyReady | Standing::BulkSync | Standing::Active
        );
        receives && unit.is_active(self.lead()) && unit.view.hears && place.via != Via::MateExec
    }

    /// A configuration line on one unit alone.
    pub(super) fn configure_here(&mut self, place: &mut Place, parsed: &Parsed<'_>) -> Reply {
        let role = place.role;
        let word = parsed.words.last().copied().unwrap_or_default();
        let before = self.unit(role).running.clone();
        let wording = self.spec.wording;
        let config = &mut self.unit_mut(role).running;
        let mut text = String::new();
        match (parsed.verb, place.level) {
            (Verb::Boot, _) => {
                if word.starts_with("flash:") {
                    text = texts::CONVERTED.with(wording, &[word, name_of(word)]);
                }
                let name = name_of(word).to_owned();
                if config.boot.len() >= BOOT_ENTRIES {
                    return Reply::text(texts::FOUR_ENTRIES.with(wording, &[]));
                }
                if !config.boot.contains(&name) {
                    config.boot.push(name);
                }
                if self.on_flash(role, word).is_none() {
                    text.push_str(&texts::NO_SUCH_IMAGE.with(wording, &[name_of(word)]));
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
            (Verb::Preempt | Verb::NoPreempt | Verb::HomePrimary | Verb::HomeSecondary, Level::Group(id)) => {
                let delay = if word.is_empty() { Ok(0) } else { word.parse() };
                let Some(group) = config.groups.iter_mut().find(|group| group.id == id) else {
                    return Reply::invalid();
                };
                match (parsed.verb, delay) {
                    (Verb::Preempt, Ok(delay @ 0..=1_200)) => group.preempt = Some(delay),
                    (Verb::Preempt, _) => return Reply::invalid(),
                    (Verb::NoPreempt, _) => group.preempt = None,
                    (Verb::HomePrimary, _) => group.home = Role::Primary,
                    _ => group.home = Role::Secondary,
                }
                if self.spec.preempt_after_move == PreemptAfterMove::Returns {
                    self.plan_homecoming(role, Some(id));
                }
            }
            (Verb::FailoverOn, _) if !config.lan => {
                return Reply::text(texts::NO_LINK.with(wording, &[]));
            }
            (Verb::FailoverOn, _) => config.failover = true,
            (Verb::FailoverOff, _) => config.failover = false,
            (Verb::ClearFailover, _) => (config.failover, config.lan) = (false, false),
            (Verb::NoObjectGroup, _) => return Reply::text(texts::NO_OBJECT_GROUP.with(wording, &[word])),
            // Where a context's configuration lies is not simulated, only when the line is not taken.
            (Verb::ConfigUrl, _) if self.spec.is_multiple() => {}
            _ => return Reply::invalid(),
        }
        self.took(role, &before);
        Reply::text(text)
    }

    /// Failover was switched on or off on a unit. Off, it keeps what it is and says that it is nothing; on, it
    /// looks for its mate again.
    fn failover_turned(&mut self, role: Role, is_on: bool) {
        let at = self.now;
        for group in self.unit(role).group_ids() {
            let reason = &texts::BY_COMMAND;
            let is_active = self.unit(role).is_active(group);
            if is_on && !is_active {
                self.set_standing_for(role, group, Standing::Negotiation, Cause::Resync, reason);
                if let Some(row) = self.unit_mut(role).table.last_mut() {
                    row.from = Standing::Disabled;
                }
                continue;
            }
            let (from, to) = if is_on {
                (Standing::Disabled, Standing::Negotiation)
            } else {
                (self.unit(role).standing(group).clone(), Standing::Disabled)
            };
            self.unit_mut(role).remember(Row { at, group, from, to, reason });
        }
        if !is_on {
            self.log(role, &texts::DISABLING, &[]);
        } else if self.unit(role).is_active(self.lead()) {
            for group in self.unit(role).group_ids() {
                let mut from = Standing::Negotiation;
                for to in TAKING_OVER {
                    let row = Row { at, group, from, to: to.clone(), reason: &texts::NOBODY_ACTIVE };
                    self.unit_mut(role).remember(row);
                    from = to;
                }
            }
        } else {
            let life = self.unit(role).life;
            self.queue.plan(at + self.spec.timings.negotiation, Event::Negotiated { role, life });
        }
    }

    pub(in super::super) fn took(&mut self, role: Role, before: &Config) {
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
        self.ports_follow(role);
        let is_on = self.unit(role).running.failover;
        if is_on != before.failover {
            self.note(role, What::Failover(is_on));
            self.failover_turned(role, is_on);
        }
        let meet = Role::BOTH.map(|role| self.unit(role)).iter().all(|of| of.running.failover && of.is_up());
        if meet && !before.failover && self.links.failover {
            self.hear();
        }
    }
}
