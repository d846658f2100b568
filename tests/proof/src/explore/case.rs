//! What is explored: a pair, a plan for it, and how it starts.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use asa_failover_core::compat::Compat;
use asa_failover_core::decide::{Build, Flash, Sight};
use asa_failover_core::goal::{Digest, Goal, Image, OnDrift, Pause, Policy, Preempt, Procedure};
use asa_failover_core::link::Reach;
use asa_failover_core::live;
use asa_failover_core::plan::{Plan, plan};
use asa_failover_core::session::Login;
use asa_failover_core::transport::Terminals;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::twin::{self, Spec};
use asa_failover_core::unit::{GroupId, Role};
use asa_failover_core::version::AsaVersion;

use super::world::{GROUPS, Power, Seat, Stand, Unit, Uptime, World};

/// The release that the pair starts from.
const OLD: AsaVersion = AsaVersion::new(9, 8, 4, 0);
/// The release that both units shall run.
const NEW: AsaVersion = AsaVersion::new(9, 8, 4, 48);

/// Which groups there are, and which of them preempt takes to their preferred unit.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Topology {
    /// Active/Standby.
    Standby,
    /// Active/Active, two groups, without preempt.
    Active,
    /// Active/Active, with preempt on the group of the secondary.
    PreemptOne,
    /// Active/Active, with preempt on both groups.
    PreemptBoth,
}

impl Topology {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Standby, Self::Active, Self::PreemptOne, Self::PreemptBoth];
}

impl fmt::Display for Topology {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Standby => "A/S",
            Self::Active => "A/A",
            Self::PreemptOne => "A/A preempt on one",
            Self::PreemptBoth => "A/A preempt on both",
        })
    }
}

/// What of the staging is done when the exploration begins.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a case has one of these")]
pub enum Staged {
    /// All of it.
    Wholly,
    /// The boot list is set on both units, and saved on neither.
    Unsaved,
    /// The image of this unit went bad since the plan was made.
    BadImage(Role),
}

/// What a pair and its plan are asked to be.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "a case is made of these")]
#[expect(clippy::struct_excessive_bools, reason = "each is chosen for itself")]
pub struct Choice {
    /// Which groups there are.
    pub topology: Topology,
    /// Which commands.
    pub procedure: Procedure,
    /// What happens when the pair changed without a command of ours.
    pub on_drift: OnDrift,
    /// Whether a unit refuses to give its groups to a mate that is not ready. If not, it gives them up, and nobody
    /// has them: the harmful reading, since no source tells.
    pub refuses: bool,
    /// Polls within which preempt moves a group, at most three.
    pub preempt_polls: u8,
    /// Whether the run waits for preempt, or takes it out of the running configuration and puts it back.
    pub preempt: Preempt,
    /// What of the staging is done.
    pub staged: Staged,
    /// Whether it may take a poll until an intent is durable, by a fault.
    pub stalls: bool,
    /// Whether the run asks before the first switch and before the second reload of a hop whether to go on, and between
    /// these a probe whether traffic is well.
    pub pauses: bool,
    /// At which addresses the pair is reached.
    pub reach: Reach,
    /// Whether a boot is waited for without end, which no policy that is shipped does: the search has to notice.
    pub endless: bool,
}

impl Choice {
    /// A pair whose units do not refuse, and a run that halts on drift. Preempt takes no longer than a pair that is
    /// settled is looked at before it is called ready.
    pub const fn new(topology: Topology, procedure: Procedure) -> Self {
        Self {
            topology,
            procedure,
            on_drift: OnDrift::Halt,
            refuses: false,
            preempt_polls: 2,
            preempt: Preempt::Wait,
            staged: Staged::Wholly,
            stalls: false,
            pauses: false,
            reach: Reach::BothAddresses,
            endless: false,
        }
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.topology, self.procedure)?;
        if self.on_drift == OnDrift::Adapt {
            f.write_str(" adapting")?;
        }
        if self.refuses {
            f.write_str(" refusing")?;
        }
        if self.preempt_polls != 2 {
            write!(f, " preempt within {} polls", self.preempt_polls)?;
        }
        if self.preempt == Preempt::Remove {
            f.write_str(" removing preempt")?;
        }
        match self.staged {
            Staged::Wholly => {}
            Staged::Unsaved => f.write_str(" unsaved")?,
            Staged::BadImage(role) => write!(f, " bad image on {role}")?,
        }
        if self.stalls {
            f.write_str(" slow records")?;
        }
        if self.pauses {
            f.write_str(" with pauses")?;
        }
        if self.reach == Reach::ActiveOnly {
            f.write_str(" reached at one address")?;
        }
        if self.endless {
            f.write_str(" waiting without end")?;
        }
        Ok(())
    }
}

/// A pair, its plan, and what its units print that never changes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Case {
    /// What was asked for.
    pub choice: Choice,
    /// The plan.
    pub plan: Plan,
    /// How many groups there are.
    pub groups: usize,
    /// The unit that preempt takes a group to.
    pub preempt: [Option<Role>; GROUPS],
    /// Who shall be active for each group in the end.
    pub owners: [Role; GROUPS],
    pub(super) ids: Vec<GroupId>,
    pub(super) sights: [Sight; 2],
    pub(super) builds: [Build; 2],
    pub(super) flash: Flash,
    pub(super) digest: Option<Digest>,
    pub(super) boot: Vec<String>,
    pub(super) unsaved: Vec<String>,
    pub(super) new: AsaVersion,
    pub(super) old: AsaVersion,
}

/// A century of polls.
const ENDLESS_S: u64 = 3_155_760_000;

/// Time in polls of a second: see the module that explores.
fn policy(choice: Choice) -> Policy {
    let mut policy = Policy::default()
        .with_procedure(choice.procedure)
        .with_on_drift(choice.on_drift)
        .with_preempt(choice.preempt);
    policy.reach = choice.reach;
    if choice.pauses {
        policy = policy.with_pause(Pause::BeforeSwitch).with_pause(Pause::BeforeSecondReload);
        policy.probe_s = Some(1);
    }
    (policy.poll_s, policy.w_ms) = (1, 500);
    (policy.slow_read_s, policy.staged_read_s) = (u64::MAX, u64::MAX);
    (policy.ready_polls, policy.ready_for_s, policy.t_quiet_s) = (2, 1, 2);
    (policy.soak_s, policy.switch_s, policy.preempt_s) = (1, 1, u64::from(choice.preempt_polls));
    (policy.connect_s, policy.reply_s) = (0, 0);
    // Where the addresses move home by themselves, a session dies while a boot is waited for.
    // Where the mate is read through the active unit, a boot takes longer than a poll.
    let longer = choice.topology == Topology::PreemptBoth || choice.reach == Reach::ActiveOnly;
    let boot_s = match choice {
        Choice { endless: true, .. } => ENDLESS_S,
        _ if longer => 2,
        _ => 1,
    };
    (policy.boot_s, policy.boot_with_module_s, policy.sync_s, policy.silence_s) = (boot_s, boot_s, 1, 1);
    (policy.sync_config_s, policy.bulk_sync_s, policy.module_s) = (1, 1, 1);
    (policy.flaps, policy.resumes) = (1, 9);
    policy
}

impl Case {
    /// Reads a simulated pair of this shape, and plans for it.
    ///
    /// # Errors
    ///
    /// Why there is no such plan.
    pub fn new(choice: Choice) -> Result<Self, String> {
        let mut spec = match choice.topology {
            Topology::Standby => Spec::active_standby("ASA5525", OLD),
            Topology::Active => Spec::active_active("ASA5525", OLD),
            Topology::PreemptOne => Spec::active_active("ASA5525", OLD).with_preempt(GroupId::new(2), 0),
            Topology::PreemptBoth => Spec::active_active("ASA5525", OLD)
                .with_preempt(GroupId::new(1), 0)
                .with_preempt(GroupId::new(2), 0),
        }
        .with_staged(NEW);
        let file = spec.image(NEW);
        for role in Role::BOTH {
            let unit = spec.unit_mut(role);
            unit.running_boot.insert(0, file.name.clone());
            if choice.staged != Staged::Unsaved {
                unit.startup_boot.insert(0, file.name.clone());
            }
        }
        let text = |why: &dyn fmt::Display| why.to_string();
        let place = format!("disk0:/{}", file.name).parse().map_err(|why| text(&why))?;
        let digest: Digest = file.sha512.parse().map_err(|why| text(&why))?;
        let image = Image::new(place).with_size(file.size).with_digest(digest.clone());
        let policy = policy(choice);
        let pair = Rc::new(RefCell::new(twin::Pair::new(spec, 1)));
        let mut transport = Terminals::new(Memory::new(pair), Login::default());
        let facts = live::read(&mut transport, policy.reach, &[]).map_err(|why| text(&why))?;
        let goal = Goal::new(NEW).with_image(image);
        let plan = plan(&facts, &goal, Compat::bundled(), &policy).map_err(|why| text(&why))?;
        Self::of(choice, plan, digest)
    }

    fn of(choice: Choice, plan: Plan, digest: Digest) -> Result<Self, String> {
        let brief = plan.brief();
        let facts = plan.pair();
        let mut sights = Role::BOTH.map(|role| Sight::of(&facts.unit(role).failover));
        for sight in &mut sights {
            // Roles are told apart by the host line.
            (sight.serials, sight.http_replication) = (None, false);
        }
        let ids: Vec<GroupId> = brief.groups.keys().copied().collect();
        let mut preempt = [None; GROUPS];
        let mut owners = [Role::Primary; GROUPS];
        for ((group, home), owner) in brief.groups.values().zip(&mut preempt).zip(&mut owners) {
            *home = group.preempt.map(|(home, _)| home);
            *owner = group.owner;
        }
        let mut flash = facts.primary.listing(0).map(Flash::of).ok_or("no listing of the flash")?;
        // No other file is asked for.
        flash.files.retain(|name, _| brief.stops.last().is_some_and(|stop| stop.image.file.path() == name));
        let boot = brief.running_boot.clone().ok_or("no boot list")?;
        let unsaved = boot.iter().skip(1).cloned().collect();
        Ok(Self {
            groups: ids.len(),
            preempt,
            owners,
            builds: Role::BOTH.map(|role| Build::of(&facts.unit(role).version.value)),
            ids,
            sights,
            flash,
            digest: Some(digest),
            boot,
            unsaved,
            new: NEW,
            old: OLD,
            choice,
            plan,
        })
    }

    /// Whether the image of the new release is whole on the flash of a unit.
    pub(super) fn has_image(&self, role: Role) -> bool {
        self.choice.staged != Staged::BadImage(role)
    }

    /// The pair as the plan found it: both units up and settled, each group where it was found.
    pub fn start(&self) -> World {
        let found: Vec<Role> = self.plan.brief().groups.values().map(|group| group.found).collect();
        let units = Role::BOTH.map(|role| {
            let mut own = [Stand::Failed; GROUPS];
            for (stand, found) in own.iter_mut().zip(&found) {
                *stand = if *found == role { Stand::Active } else { Stand::Ready };
            }
            Unit {
                power: Power::Up,
                pending: None,
                new: false,
                saved: self.choice.staged != Staged::Unsaved,
                uptime: Uptime::Old,
                own,
                mate: [Stand::Failed; GROUPS],
                reloads: 0,
                kept: [true; GROUPS],
            }
        });
        let mut world = World {
            units,
            lan: true,
            state: true,
            armed: [0; GROUPS],
            seats: [Seat::None; 2],
            paused: false,
            dirty: [false; 2],
        };
        world.settle();
        world
    }
}
