//! What a unit says on a reading and does on a line that changes something.

use std::hash::{Hash, Hasher};

use asa_failover_core::command::Command;
use asa_failover_core::decide::{Heard, Standings, StateLink};
use asa_failover_core::link::{Endpoint, Via};
use asa_failover_core::run::Said;
use asa_failover_core::unit::{Role, Standing};

use super::case::Case;
use super::monitor::{self, Finding};
use super::moves::set;
use super::world::{GROUPS, Pending, Stand, Uptime, World};

/// What becomes of an action, in few words: the same words are the same answer.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_enums, reason = "the model has these")]
pub enum Answer {
    /// A session stands.
    Connected,
    /// No session came about.
    Refused,
    /// The session is gone.
    Dropped,
    /// The sleep is over.
    Woken,
    /// `show failover`
    Sight {
        /// The unit that prints it.
        role: Role,
        /// Its own standings.
        own: [Stand; GROUPS],
        /// What it displays of its mate.
        mate: [Stand; GROUPS],
        /// The failover link and the state link.
        links: [bool; 2],
    },
    /// `show version`
    Build {
        /// The unit that prints it.
        role: Role,
        /// Whether it runs the new release.
        new: bool,
        /// How long it has been up.
        uptime: Uptime,
    },
    /// Which groups have the preempt that the plan found in them.
    Preempts([bool; GROUPS]),
    /// A reading that never changes, while the unit is staged.
    Fixed,
    /// The startup configuration has the old release first.
    Unsaved,
    /// The image is not what it should be.
    BadImage,
    /// The intent is durable at once.
    Recorded,
    /// It is so a poll later.
    RecordedLate,
    /// The operator goes on at once, or a probe says at once that traffic is well.
    Go,
    /// The same after so long that nothing is left to wait for.
    GoLate,
    /// The mate was to say it, and does not answer.
    NoMate,
    /// A prompt and no error.
    Prompt,
    /// An error.
    Error,
}

/// In one word, since a step is looked for by its answer at every transition.
impl Hash for Answer {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let stands = |stands: &[Stand; GROUPS]| {
            stands.iter().fold(0, |word, stand| word << 3 | u32::from(*stand as u8))
        };
        state.write_u32(match self {
            Self::Sight { role, own, mate, links: [lan, link] } => {
                let rest = u32::from(*role == Role::Secondary) | u32::from(*lan) << 1 | u32::from(*link) << 2;
                1 | rest << 5 | stands(own) << 8 | stands(mate) << 14
            }
            Self::Build { role, new, uptime } => {
                2 | (u32::from(*role == Role::Secondary)
                    | u32::from(*new) << 1
                    | u32::from(*uptime as u8) << 2)
                    << 5
            }
            Self::Preempts([first, second]) => 0b1_0001 | u32::from(*first) << 5 | u32::from(*second) << 6,
            Self::Connected => 3,
            Self::Refused => 4,
            Self::Dropped => 5,
            Self::Woken => 6,
            Self::Fixed => 7,
            Self::Unsaved => 8,
            Self::BadImage => 9,
            Self::Recorded => 10,
            Self::RecordedLate => 11,
            Self::Go => 12,
            Self::GoLate => 13,
            Self::NoMate => 14,
            Self::Prompt => 15,
            Self::Error => 16,
        });
    }
}

/// A line that changes something, and the unit it is meant for.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Line {
    /// The command.
    pub command: Command,
    /// The unit that shall run it.
    pub unit: Role,
}

/// Seconds that a unit has been up, at least and at most. Beside the long ones the age of a reading is nothing, so
/// they are told in hours.
const fn seconds(uptime: Uptime) -> (u64, u64) {
    match uptime {
        Uptime::Old => (1_000_000, 2_000_000),
        Uptime::Aged => (4_000, 6_000),
        Uptime::Fresh => (0, 0),
        Uptime::Vague => (0, 5_400),
    }
}

/// The word that a unit prints. Which phase of a synchronisation it names chooses one of the deadlines, which are all
/// one poll here: it is the first.
pub fn word(stand: Stand) -> Standing {
    match stand {
        Stand::Failed => Standing::Failed,
        Stand::Negotiation => Standing::Negotiation,
        Stand::Syncing | Stand::Resyncing => Standing::ColdStandby,
        Stand::Ready => Standing::StandbyReady,
        Stand::Active => Standing::Active,
    }
}

impl Case {
    /// What a unit says on a reading.
    pub fn answer(&self, world: &World, role: Role, command: &Command) -> Answer {
        let unit = world.unit(role);
        match command {
            Command::ShowFailover => {
                Answer::Sight { role, own: unit.own, mate: unit.mate, links: [world.lan, world.state] }
            }
            Command::ShowVersion => Answer::Build { role, new: unit.new, uptime: unit.uptime },
            Command::ShowStartupBoot if !unit.saved => Answer::Unsaved,
            Command::Verify { .. } if !self.has_image(role) => Answer::BadImage,
            Command::ShowRunningFailover => Answer::Preempts(unit.kept),
            Command::ChangetoSystem
            | Command::ConfigureTerminal
            | Command::FailoverGroup(_)
            | Command::End => Answer::Prompt,
            _ => Answer::Fixed,
        }
    }

    /// The same in the words of the core.
    pub fn said(&self, answer: Answer, command: &Command) -> Said {
        match (answer, command) {
            (Answer::Sight { role, own, mate, links: [lan, state] }, _) => {
                let [primary, secondary] = &self.sights;
                let mut sight = if role == Role::Primary { primary } else { secondary }.clone();
                sight.lan_up = lan;
                sight.state_link = if state { StateLink::Up } else { StateLink::Down };
                for ((id, own), mate) in self.ids.iter().zip(own).zip(mate) {
                    sight.groups.insert(*id, Standings { own: word(own), mate: word(mate), changed: None });
                }
                Said::Failover(sight.into())
            }
            (Answer::Build { role, new, uptime }, _) => {
                let [primary, secondary] = &self.builds;
                let mut build = if role == Role::Primary { primary } else { secondary }.clone();
                build.version = Some(if new { self.new } else { self.old });
                build.uptime = Some(seconds(uptime));
                Said::Version(build)
            }
            (Answer::Preempts(kept), _) => {
                let groups = self.plan.brief().groups.iter().zip(kept);
                Said::RunningPreempt(
                    groups.map(|((id, group), kept)| (*id, group.preempt.filter(|_| kept))).collect(),
                )
            }
            (Answer::Fixed, Command::Dir { .. }) => Said::Dir(self.flash.clone()),
            (Answer::Fixed, Command::Verify { .. }) => Said::Verify(self.digest.clone()),
            (Answer::Fixed, Command::ShowRunningBoot) => Said::RunningBoot(self.boot.clone()),
            (Answer::Fixed, Command::ShowStartupBoot) => Said::StartupBoot(self.boot.clone()),
            (Answer::Unsaved, _) => Said::StartupBoot(self.unsaved.clone()),
            (Answer::BadImage, _) => Said::Verify(None),
            (Answer::Fixed, Command::ShowReload) => Said::Reload(false),
            (Answer::NoMate, _) => Said::Unread("the mate does not answer".to_owned()),
            (Answer::Prompt, _) => Said::Line(Heard::Prompt),
            (Answer::Error, _) => Said::Line(Heard::Error("ERROR: refused".to_owned())),
            (other, command) => Said::Unread(format!("{other:?} is no answer to {command}")),
        }
    }

    /// The unit in whose session a line is typed at this address.
    pub fn reached(&self, world: &World, endpoint: Endpoint) -> Option<Role> {
        let [active, standby] = world.seats;
        let seat = if endpoint == Endpoint::Active { active } else { standby };
        seat.unit().filter(|role| world.unit(*role).is_up())
    }

    /// The unit that carries a reading out which is typed on this one; the mate does if they hear each other.
    pub fn read_of(&self, world: &World, reached: Role, via: Via) -> Option<Role> {
        match via {
            Via::Direct => Some(reached),
            Via::Mate => (world.lan && world.unit(reached.mate()).is_up()).then(|| reached.mate()),
        }
    }

    /// A unit carries a line out. What it answers, and what that breaks.
    pub fn obey(&self, world: &World, reached: Role, line: &Line) -> (World, Answer, Option<Finding>) {
        let mut next = *world;
        let all = |_: usize| true;
        // What a unit configures and saves, its mate does too.
        let hears = world.lan && world.unit(reached.mate()).is_up();
        let (answer, finding) = match &line.command {
            Command::ReloadStandby => reload(world, &mut next, reached.mate(), world.lan),
            Command::Reload => reload(world, &mut next, reached, true),
            Command::NoFailoverActive(group) => {
                self.give(world, &mut next, reached, |at| self.ids.get(at) == Some(group))
            }
            Command::NoFailoverActiveAll => self.give(world, &mut next, reached, all),
            Command::FailoverActive(group) => {
                self.take(world, &mut next, reached, |at| self.ids.get(at) == Some(group))
            }
            Command::FailoverActiveAll => self.take(world, &mut next, reached, all),
            Command::WriteMemory | Command::WriteMemoryAll => {
                next.unit_mut(reached).saved = true;
                next.unit_mut(reached.mate()).saved |= hears;
                return (next, Answer::Prompt, monitor::saved(world, line.unit, reached));
            }
            Command::NoPreempt { group, .. } | Command::Preempt { group, .. } => {
                let adds = matches!(line.command, Command::Preempt { .. });
                let units = Role::BOTH.into_iter().filter(|role| *role == reached || hears);
                let at = self.ids.iter().position(|id| id == group);
                for role in units {
                    if let Some(kept) = at.and_then(|at| next.unit_mut(role).kept.get_mut(at)) {
                        *kept = adds;
                    }
                }
                if let Some(at) = at.filter(|_| adds) {
                    self.arm_anew(&mut next, at);
                }
                return (next, Answer::Prompt, monitor::configured(line.unit, reached));
            }
            _ => return (next, Answer::Prompt, None),
        };
        let finding = monitor::typed(world, line.unit, reached).or(finding);
        next.settle();
        self.arm(world, &mut next);
        (next, answer, finding)
    }

    /// `no failover active`: the mate takes over if it hears it, ready or not.
    fn give(
        &self,
        world: &World,
        next: &mut World,
        giver: Role,
        of: impl Fn(usize) -> bool,
    ) -> (Answer, Option<Finding>) {
        let mate = world.unit(giver.mate());
        let hears = world.lan && mate.is_up();
        for group in (0..self.groups).filter(|group| of(*group)) {
            let is_active = world.unit(giver).own.get(group) == Some(&Stand::Active);
            let is_ready = hears && mate.own.get(group) == Some(&Stand::Ready);
            if !is_active || (self.choice.refuses && !is_ready) {
                continue;
            }
            set(next.unit_mut(giver), group, Stand::Ready);
            if hears {
                set(next.unit_mut(giver.mate()), group, Stand::Active);
            }
        }
        (Answer::Prompt, monitor::switched(world, next, self.groups))
    }

    /// `failover active`: this unit is active from now on, ready or not; the mate gives way if it hears it.
    fn take(
        &self,
        world: &World,
        next: &mut World,
        taker: Role,
        of: impl Fn(usize) -> bool,
    ) -> (Answer, Option<Finding>) {
        let hears = world.lan && world.unit(taker.mate()).is_up();
        for group in (0..self.groups).filter(|group| of(*group)) {
            let own = world.unit(taker).own.get(group).copied();
            if own == Some(Stand::Active) || (self.choice.refuses && own != Some(Stand::Ready)) {
                continue;
            }
            set(next.unit_mut(taker), group, Stand::Active);
            if hears {
                set(next.unit_mut(taker.mate()), group, Stand::Ready);
            }
        }
        (Answer::Prompt, monitor::switched(world, next, self.groups))
    }
}

/// A unit that runs and hears of it accepts a reload.
fn reload(world: &World, next: &mut World, target: Role, delivered: bool) -> (Answer, Option<Finding>) {
    let unit = next.unit_mut(target);
    if !delivered || !unit.is_up() {
        return (Answer::Prompt, None);
    }
    unit.pending.get_or_insert_with(|| Pending { polls: 0, excused: monitor::is_excused(world) });
    (Answer::Prompt, monitor::accepted(world, target))
}

/// Whether a reading of this unit tells the two worlds apart.
pub(super) fn shows(before: &World, after: &World, role: Role) -> bool {
    let (was, is) = (before.unit(role), after.unit(role));
    (was.own, was.mate, was.power) != (is.own, is.mate, is.power)
        || (before.lan, before.state) != (after.lan, after.state)
        || before.seats != after.seats
}
