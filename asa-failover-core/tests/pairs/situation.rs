//! What a decision looks at, put together from a simulated pair and changed one fact at a time.

use std::cell::RefCell;
use std::rc::Rc;

use asa_failover_core::command::Command;
use asa_failover_core::decide::{
    Awaited, Brief, Build, Checked, Decision, Flash, Memory, Observed, Reason, Send, Sight, derive,
};
use asa_failover_core::elapsed::{At, Elapsed};
use asa_failover_core::goal::{Goal, Policy};
use asa_failover_core::plan::Plan;
use asa_failover_core::twin::{self, Spec};
use asa_failover_core::unit::{GroupId, Role, Standing};

use super::{image, planned, v};

pub(crate) const OLD: &str = "9.8(4)";
pub(crate) const NEW: &str = "9.8(4)48";

/// Everything that a decision looks at.
#[derive(Clone)]
pub(crate) struct Situation {
    pub(crate) brief: Brief,
    pub(crate) observed: [Observed; 2],
    pub(crate) memory: Memory,
    pub(crate) now: Elapsed,
}

impl Situation {
    /// A staged and saved pair, read just now, and calm for a minute.
    pub(crate) fn of(spec: Spec, policy: &Policy) -> Self {
        let goal = Goal::new(v(NEW)).with_image(image(&spec, v(NEW)));
        let pair = Rc::new(RefCell::new(twin::Pair::new(spec, 1)));
        let plan: Plan = planned(&pair, &goal, policy);
        let brief = plan.brief().clone();
        let image = &brief.stops.last().unwrap().image;
        let now = Elapsed::from_secs(60);
        let observed = Role::BOTH.map(|role| {
            let unit = plan.pair().unit(role);
            let mut seen = Observed::default();
            let flash = Flash::of(unit.listing(0).unwrap());
            let mut checked = Checked::default();
            checked.size = flash.size(&image.file);
            checked.digest.clone_from(&image.sha512);
            seen.sight = Some(At::new(now, Sight::of(&unit.failover).into()));
            seen.build = Some(At::new(now, Build::of(&unit.version.value)));
            seen.digests.insert(image.file.clone(), At::new(now, checked));
            seen.flash.insert(0, At::new(now, flash));
            let boot = |list: &[String]| Some(At::new(now, list.to_vec().into()));
            seen.running_boot = boot(&unit.running_boot.as_ref().unwrap().system);
            seen.startup_boot = boot(&unit.startup_boot.as_ref().unwrap().system);
            let preempt = brief.groups.iter().map(|(id, group)| (*id, group.preempt));
            seen.running_preempt = Some(At::new(now, preempt.collect()));
            seen.reload_scheduled = Some(At::new(now, false));
            seen.connections = Some(At::new(now, 1_000));
            seen
        });
        let mut situation = Self { memory: Memory::new(&brief), brief, observed, now };
        situation.calm();
        situation
    }

    /// The pair is seen as it is now for a minute.
    pub(crate) fn calm(&mut self) {
        for second in (0..=60).step_by(5) {
            let at = Elapsed::from_secs(second);
            let mut then = self.observed.clone();
            for unit in &mut then {
                unit.sight.as_mut().unwrap().at = at;
            }
            self.memory.saw(&self.brief, &then, at);
        }
    }

    pub(crate) fn unit(&mut self, role: Role) -> &mut Observed {
        let [primary, secondary] = &mut self.observed;
        if role == Role::Primary { primary } else { secondary }
    }

    pub(crate) fn sight(&mut self, role: Role) -> &mut Sight {
        &mut self.unit(role).sight.as_mut().unwrap().value
    }

    pub(crate) fn stand(&mut self, role: Role, group: GroupId, standing: &Standing) {
        self.sight(role).groups.get_mut(&group).unwrap().own = standing.clone();
        self.sight(role.mate()).groups.get_mut(&group).unwrap().mate = standing.clone();
    }

    pub(crate) fn runs(&mut self, role: Role, version: &str) {
        self.unit(role).build.as_mut().unwrap().value.version = Some(v(version));
        self.memory.versions.insert(role, v(version));
    }

    /// A group has this preempt, on both units and in the plan.
    pub(crate) fn prefers(&mut self, group: GroupId, preempt: Option<(Role, u32)>) {
        self.brief.groups.get_mut(&group).unwrap().preempt = preempt;
        for unit in &mut self.observed {
            let read = &mut unit.running_preempt.as_mut().unwrap().value;
            read.insert(group, preempt);
        }
    }

    pub(crate) fn decide(&self) -> Decision {
        derive(&self.brief, &self.observed, &self.memory, self.now)
    }
}

/// Active/Standby with its new boot list saved: the next command is the first reload.
pub(crate) fn before_first_reload() -> Situation {
    saved(Spec::active_standby("ASA5525", v(OLD)))
}

/// Active/Active, every group on the primary: the next command is the first reload.
pub(crate) fn gathered() -> Situation {
    saved(Spec::active_active("ASA5525", v(OLD)).with_active(GroupId::new(2), Role::Primary))
}

fn saved(spec: Spec) -> Situation {
    let mut spec = spec.with_staged(v(NEW));
    let file = spec.image(v(NEW));
    for role in Role::BOTH {
        let unit = spec.unit_mut(role);
        unit.running_boot.insert(0, file.name.clone());
        unit.startup_boot.insert(0, file.name.clone());
    }
    Situation::of(spec, &Policy::default())
}

/// The secondary runs the new release: the next command is the switch to it.
pub(crate) fn before_switch() -> Situation {
    let mut situation = before_first_reload();
    situation.runs(Role::Secondary, NEW);
    situation
}

#[track_caller]
pub(crate) fn sends(situation: &Situation, unit: Role, command: &Command) -> Send {
    match situation.decide() {
        Decision::Send(send) if send.unit == unit && send.command == *command => send,
        other => panic!("{other:?}"),
    }
}

/// Changes one fact of a situation in which a command is sent; returns what is decided then.
#[track_caller]
pub(crate) fn but(start: fn() -> Situation, change: impl FnOnce(&mut Situation)) -> Decision {
    let mut situation = start();
    assert!(matches!(situation.decide(), Decision::Send(_)), "{:?}", situation.decide());
    change(&mut situation);
    situation.decide()
}

#[track_caller]
pub(crate) fn waits(decision: &Decision, awaited: Awaited, text: &str) {
    let Decision::Wait { awaited: found, why, .. } = decision else { panic!("{decision:?}") };
    assert_eq!(*found, awaited, "{why}");
    assert!(why.contains(text), "{why}");
}

#[track_caller]
pub(crate) fn halts(decision: Decision) -> Reason {
    let Decision::Halt(reason) = decision else { panic!("{decision:?}") };
    reason
}
