//! What the parts of a unit do to its standing: interfaces without link or traffic, a dead service module.
//!
//! The policy is the default: one monitored interface that failed is enough, if the same interface of the
//! mate is well ("both units failing the tests do not count"). An active unit gives way to a mate that is
//! ready and to no other; without the failover link nothing moves. What is well again brings the unit back
//! as standby, and no role with it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Pair;
use super::clock::Event;
use super::fault::FaultKind;
use super::history::{Cause, Via};
use super::line::{Level, Place};
use super::spec::InterfaceSpec;
use super::texts::{self, Text};
use crate::unit::{GroupId, Role, Standing};

/// For how long an interface waits for the hello of its mate's after it was mended: two polls.
const SETTLES: Duration = Duration::from_secs(10);
/// For how long an interface that failed is shown as one that still waits: the last polls.
const FAILED_LATELY: Duration = Duration::from_secs(60);

/// What ails an interface of a unit.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum InterfaceFault {
    /// Its port has no link.
    NoLink,
    /// Somebody shuts it down in the running configuration, which its mate takes over from an active unit.
    ShutDown,
    /// Its link is up and nothing comes in: it is tested, and fails.
    NoTraffic,
}

/// An interface of one unit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Port {
    /// What ails its cable, or what comes in by it, and since when.
    ill: Option<(InterfaceFault, Duration)>,
    /// Since when it is shut down.
    shut: Option<Duration>,
    /// When it was last well again.
    mended: Option<Duration>,
}

/// What a unit makes of an interface of its own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum PortState {
    Normal,
    /// No hello of the mate's same interface.
    Waiting,
    Testing,
    /// The tests failed: within the last polls, or longer ago.
    Failed {
        lately: bool,
    },
    LinkDown,
    NoLink,
}

/// A service module.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Module {
    /// It started with its unit.
    #[default]
    WithUnit,
    /// It does not answer since then.
    Dead(Duration),
    /// It was started again then.
    Restarted(Duration),
}

/// How a service module is shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ModuleState {
    Up,
    Starting,
    Unresponsive,
}

/// Why a unit has failed for a group.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Ailment {
    /// By this interface.
    Interface(usize),
    Module,
}

impl Port {
    /// Whether it is well, as far as the unit itself knows.
    const fn is_well(self) -> bool {
        self.ill.is_none() && self.shut.is_none()
    }
}

impl Pair {
    /// Something befalls an interface of a unit: `inside`, or `ctx1/inside` for that of one context alone.
    pub(super) fn interface_fails(&mut self, role: Role, name: &str, how: InterfaceFault) {
        let now = self.now;
        let named = self.interfaces_named(name);
        let fresh: Vec<_> = named.into_iter().filter(|index| self.port(role, *index).is_well()).collect();
        if fresh.is_empty() {
            return;
        }
        self.struck(role, FaultKind::InterfaceDown);
        if how == InterfaceFault::ShutDown {
            return self.shut_down_interfaces(role, &fresh, true);
        }
        let timings = &self.spec.timings;
        let (tests, over) = (timings.interface_silence, timings.interface_silence + timings.interface_tests);
        for index in fresh {
            if let Some(port) = self.unit_mut(role).ports.get_mut(index) {
                port.ill = Some((how, now));
            }
            if how == InterfaceFault::NoLink {
                self.link_lost(role, index);
            } else {
                for (at, is_over) in [(tests, false), (over, true)] {
                    self.queue.plan(now + at, Event::Tested { role, index, since: now, is_over });
                }
            }
        }
    }

    /// An interface of a unit is well again.
    pub(super) fn interface_mended(&mut self, role: Role, name: &str) {
        let now = self.now;
        let named = self.interfaces_named(name);
        let ill: Vec<_> = named.into_iter().filter(|index| !self.port(role, *index).is_well()).collect();
        if ill.is_empty() {
            return;
        }
        self.struck(role, FaultKind::InterfaceUp);
        for index in &ill {
            if let Some(port) = self.unit_mut(role).ports.get_mut(*index)
                && port.ill.take().is_some()
            {
                port.mended = Some(now);
                self.log_interface(role, *index, &texts::IFC_LINK_UP);
            }
        }
        let shut: Vec<_> =
            ill.into_iter().filter(|index| self.unit(role).running.shut.contains(index)).collect();
        if !shut.is_empty() {
            self.shut_down_interfaces(role, &shut, false);
        }
        self.queue.plan(now + SETTLES, Event::Health);
    }

    /// `shutdown`, or `no shutdown`, on interfaces of a unit, as any line of the configuration.
    fn shut_down_interfaces(&mut self, role: Role, interfaces: &[usize], down: bool) {
        let place = Place { role, level: Level::Config, via: Via::Console, ..Place::console(role) };
        let replicates = self.replicates(&place);
        for of in [Some(role), replicates.then_some(role.mate())].into_iter().flatten() {
            let before = self.unit(of).running.clone();
            let shut = &mut self.unit_mut(of).running.shut;
            shut.retain(|index| !interfaces.contains(index));
            if down {
                shut.extend(interfaces);
                shut.sort_unstable();
            }
            self.took(of, &before);
        }
    }

    /// The interfaces of a unit are what its running configuration says.
    pub(super) fn ports_follow(&mut self, role: Role) {
        let now = self.now;
        let mut changed = Vec::new();
        let unit = self.unit_mut(role);
        for (index, port) in unit.ports.iter_mut().enumerate() {
            let is_shut = unit.running.shut.contains(&index);
            if is_shut != port.shut.is_some() {
                port.shut = is_shut.then_some(now);
                port.mended = (!is_shut).then_some(now);
                changed.push((index, is_shut));
            }
        }
        for (index, is_shut) in changed {
            if is_shut {
                self.link_lost(role, index);
            } else {
                self.log_interface(role, index, &texts::IFC_LINK_UP);
                self.queue.plan(now + SETTLES, Event::Health);
            }
        }
    }

    fn link_lost(&mut self, role: Role, index: usize) {
        self.log_interface(role, index, &texts::IFC_LINK_DOWN);
        self.queue.plan(self.now + self.spec.timings.interface_down, Event::Health);
    }

    /// An interface heard nothing for so long that it is tested, or the tests are over.
    pub(super) fn tested(&mut self, role: Role, index: usize, since: Duration, is_over: bool) {
        if self.port(role, index).ill != Some((InterfaceFault::NoTraffic, since)) {
            return;
        }
        if is_over {
            self.log_interface(role, index, &texts::IFC_TEST_FAILED);
            self.judge_health();
        } else {
            self.log_interface(role, index, &texts::LOST_ON);
            self.log_interface(role.mate(), index, &texts::LOST_ON);
            self.log_interface(role, index, &texts::IFC_TESTING);
        }
    }

    /// The service module of a unit dies, or is started again.
    pub(super) fn module_turns(&mut self, role: Role, dies: bool) {
        let now = self.now;
        let dead = matches!(self.unit(role).module, Module::Dead(_));
        if self.spec.module.is_none() || dead == dies {
            return;
        }
        self.struck(role, if dies { FaultKind::ModuleDown } else { FaultKind::ModuleUp });
        let timings = &self.spec.timings;
        let (module, at) = if dies {
            (Module::Dead(now), timings.module_dies)
        } else {
            (Module::Restarted(now), timings.module)
        };
        self.unit_mut(role).module = module;
        self.queue.plan(now + at, Event::Health);
    }

    /// How the service module of a unit is shown.
    pub(super) fn module_state(&self, of: Role) -> ModuleState {
        let starts = self.spec.timings.module;
        let unit = self.unit(of);
        match unit.module {
            Module::Dead(_) => ModuleState::Unresponsive,
            Module::Restarted(at) if self.now < at + starts => ModuleState::Starting,
            _ if unit.uptime(self.now) < starts => ModuleState::Starting,
            Module::WithUnit | Module::Restarted(_) => ModuleState::Up,
        }
    }

    /// What a unit makes of an interface of its own.
    pub(super) fn port_state(&self, of: Role, index: usize) -> PortState {
        let port = self.port(of, index);
        let timings = &self.spec.timings;
        match port.ill {
            _ if port.shut.is_some() => PortState::LinkDown,
            Some((InterfaceFault::NoTraffic, since)) => {
                let silent = self.now.saturating_sub(since);
                let over = timings.interface_silence + timings.interface_tests;
                if silent < timings.interface_silence {
                    PortState::Waiting
                } else if silent < over {
                    PortState::Testing
                } else {
                    PortState::Failed { lately: silent < over + FAILED_LATELY }
                }
            }
            Some(_) => PortState::NoLink,
            None => {
                let settles = port.mended.is_some_and(|at| self.now < at + SETTLES);
                let heard = self.port(of.mate(), index).is_well();
                if settles || !heard { PortState::Waiting } else { PortState::Normal }
            }
        }
    }

    fn port(&self, of: Role, index: usize) -> Port {
        self.unit(of).ports.get(index).copied().unwrap_or_default()
    }

    /// Whether an interface has been out of order for long enough to count.
    fn counts(&self, of: Role, index: usize) -> bool {
        let timings = &self.spec.timings;
        let port = self.port(of, index);
        let due = match (port.shut, port.ill) {
            (Some(since), _) | (None, Some((InterfaceFault::NoLink | InterfaceFault::ShutDown, since))) => {
                since + timings.interface_down
            }
            (None, Some((InterfaceFault::NoTraffic, since))) => {
                since + timings.interface_silence + timings.interface_tests
            }
            (None, None) => return false,
        };
        self.now >= due
    }

    /// Why a unit is worse than its mate for a group.
    pub(super) fn ailment(&self, of: Role, group: GroupId) -> Option<Ailment> {
        let dead = |of: Role| matches!(self.unit(of).module, Module::Dead(since) if self.now >= since + self.spec.timings.module_dies);
        let fails = |(index, interface): (usize, &InterfaceSpec)| {
            let concerned = interface.monitored && self.group_of(interface) == group;
            (concerned && self.counts(of, index) && !self.counts(of.mate(), index)).then_some(index)
        };
        let mut interfaces = self.spec.interfaces.iter().enumerate();
        let interface = interfaces.find_map(fails).map(Ailment::Interface);
        interface.or_else(|| (dead(of) && !dead(of.mate())).then_some(Ailment::Module))
    }

    /// Both units are judged by their interfaces and their modules.
    pub(super) fn judge_health(&mut self) {
        for role in Role::BOTH {
            if !self.unit(role).is_up() || !self.unit(role).running.failover {
                continue;
            }
            for group in self.unit(role).group_ids() {
                self.judge_group(role, group);
            }
        }
    }

    /// As [`Self::judge_health`], as soon as what happens now has happened.
    pub(super) fn plan_judgement(&mut self) {
        let ails = |unit: &super::chassis::Chassis| {
            !unit.ailing.is_empty()
                || matches!(unit.module, Module::Dead(_))
                || unit.ports.iter().any(|port| !port.is_well())
        };
        if self.units.iter().any(ails) {
            self.queue.plan(self.now, Event::Health);
        }
    }

    fn judge_group(&mut self, role: Role, group: GroupId) {
        let mate = role.mate();
        let heard = self.unit(role).view.hears && self.links.failover;
        let standing = self.unit(role).standing(group).clone();
        match (self.ailment(role, group), standing) {
            (Some(ailment), Standing::StandbyReady) if heard && self.unit(mate).is_active(group) => {
                self.fail(role, group, ailment);
            }
            (Some(ailment), Standing::Active) if heard && self.is_ready(mate, group) => {
                self.fail(role, group, ailment);
                let at = self.now + self.chance.between(self.spec.timings.switch);
                let life = self.unit(mate).life;
                let reason = ailment.reason();
                let cause = Cause::Fault;
                self.queue.plan(at, Event::TakeOver { role: mate, life, group, cause, reason });
                self.plan_election(group, role);
            }
            (None, Standing::Failed) if self.unit(role).ailing.iter().any(|(of, _)| *of == group) => {
                self.recover(role, group);
            }
            _ => {}
        }
    }

    fn fail(&mut self, role: Role, group: GroupId, ailment: Ailment) {
        self.struck(role, ailment.kind());
        self.unit_mut(role).ailing.push((group, ailment));
        self.set_standing_for(role, group, Standing::Failed, Cause::Fault, ailment.reason());
        match ailment {
            Ailment::Interface(index) => {
                self.log(role.mate(), &texts::MATES_IFC_FAILED, &[&index.to_string()]);
            }
            Ailment::Module => self.log(role.mate(), &texts::MATES_MODULE_FAILED, &[]),
        }
    }

    pub(super) fn recover(&mut self, role: Role, group: GroupId) {
        let ailing = &mut self.unit_mut(role).ailing;
        let at = ailing.iter().position(|(of, _)| *of == group);
        let Some((_, ailment)) = at.map(|at| ailing.remove(at)) else { return };
        self.set_standing_for(role, group, Standing::StandbyReady, Cause::Fault, ailment.reason());
        if let Ailment::Interface(index) = ailment {
            self.log(role.mate(), &texts::MATES_IFC_WELL, &[&index.to_string()]);
        }
        if self.unit(role.mate()).is_active(group) && self.unit(role).view.hears {
            // A mate that ails itself has somebody to give way to now.
            self.queue.plan(self.now, Event::Health);
        } else {
            self.plan_election(group, role);
        }
    }

    /// The group that an interface belongs to.
    pub(super) fn group_of(&self, interface: &InterfaceSpec) -> GroupId {
        let context = interface.context.as_ref();
        let mut contexts = self.spec.contexts.iter();
        let context = contexts.find(|known| context == Some(&known.name));
        context.map_or_else(|| self.lead(), |known| known.group)
    }

    fn interfaces_named(&self, name: &str) -> Vec<usize> {
        let interfaces = self.spec.interfaces.iter().enumerate();
        interfaces.filter(|(_, interface)| interface.is(name)).map(|(index, _)| index).collect()
    }

    /// A message of the log about a monitored interface.
    fn log_interface(&mut self, role: Role, index: usize, text: &Text) {
        let interface = self.spec.interfaces.get(index).filter(|interface| interface.monitored);
        if let Some(name) = interface.map(|interface| interface.name.clone()) {
            self.log(role, text, &[&name]);
        }
    }
}

impl Ailment {
    const fn kind(self) -> FaultKind {
        match self {
            Self::Interface(_) => FaultKind::InterfaceDown,
            Self::Module => FaultKind::ModuleDown,
        }
    }

    const fn reason(self) -> &'static Text {
        match self {
            Self::Interface(_) => &texts::INTERFACE,
            Self::Module => &texts::MODULE,
        }
    }
}
