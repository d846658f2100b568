//! The pair as the exploration knows it: as little as decides who forwards.

use asa_failover_core::link::Endpoint;
use asa_failover_core::unit::Role;

/// The most groups a pair has.
pub const GROUPS: usize = 2;

/// What a unit is in a group, as far as anything tells it apart.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[repr(u8)]
#[expect(clippy::exhaustive_enums, reason = "the model has these")]
pub enum Stand {
    /// Down, or displayed as such by a mate that has heard nothing for its hold time.
    Failed,
    /// Up again and looking for an active mate.
    Negotiation,
    /// On its way to Standby Ready: Cold Standby to Bulk Sync.
    Syncing,
    /// Since less than a poll it synchronises anew, which takes longer than one.
    Resyncing,
    /// Standby Ready.
    Ready,
    /// Active.
    Active,
}

impl Stand {
    const ALL: [Self; 6] =
        [Self::Failed, Self::Negotiation, Self::Syncing, Self::Resyncing, Self::Ready, Self::Active];

    /// As anybody sees it.
    pub const fn seen(self) -> Self {
        match self {
            Self::Resyncing => Self::Syncing,
            other => other,
        }
    }
}

/// Whether a unit runs.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[repr(u8)]
#[expect(clippy::exhaustive_enums, reason = "the model has these")]
pub enum Power {
    /// It runs.
    Up,
    /// It is down and boots.
    Down,
    /// It does not come back.
    Dead,
    /// It went down since the last poll, where a boot takes longer than one.
    Falls,
}

impl Power {
    const ALL: [Self; 4] = [Self::Up, Self::Down, Self::Dead, Self::Falls];
}

/// How long a unit has been up, as far as a decision can tell.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[repr(u8)]
#[expect(clippy::exhaustive_enums, reason = "the model has these")]
pub enum Uptime {
    /// Since before the run.
    Old,
    /// Since before the last reload that the controller typed.
    Aged,
    /// Since that: for less time than has passed.
    Fresh,
    /// Since that, but the controller has died meanwhile: for how long nobody knows.
    Vague,
}

impl Uptime {
    const ALL: [Self; 4] = [Self::Old, Self::Aged, Self::Fresh, Self::Vague];
}

/// A reload that a line of the controller asked a unit for, and that it has not begun.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Pending {
    /// Polls since it was accepted: none or one.
    pub polls: u8,
    /// Whether a fault came since the readings that the line rests on.
    pub excused: bool,
}

/// One unit.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Unit {
    /// Whether it runs.
    pub power: Power,
    /// A reload of ours that it will carry out.
    pub pending: Option<Pending>,
    /// Whether it runs the new release.
    pub new: bool,
    /// Whether its startup configuration has the new release first.
    pub saved: bool,
    /// How long it has been up.
    pub uptime: Uptime,
    /// Its standing in each group.
    pub own: [Stand; GROUPS],
    /// What it displays of its mate.
    pub mate: [Stand; GROUPS],
    /// Reloads of ours that it has carried out.
    pub reloads: u8,
    /// Whether its running configuration has the preempt that the plan found in a group.
    pub kept: [bool; GROUPS],
}

impl Unit {
    /// Whether it runs.
    pub const fn is_up(&self) -> bool {
        matches!(self.power, Power::Up)
    }
}

/// Where a session of the controller stands.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[repr(u8)]
#[expect(clippy::exhaustive_enums, reason = "the model has these")]
pub enum Seat {
    /// There is none, or it died.
    None,
    /// On the primary.
    Primary,
    /// On the secondary.
    Secondary,
}

impl Seat {
    const ALL: [Self; 3] = [Self::None, Self::Primary, Self::Secondary];

    /// A session on this unit.
    pub const fn on(role: Role) -> Self {
        match role {
            Role::Primary => Self::Primary,
            Role::Secondary => Self::Secondary,
        }
    }

    /// The unit, if there is a session.
    pub const fn unit(self) -> Option<Role> {
        match self {
            Self::None => None,
            Self::Primary => Some(Role::Primary),
            Self::Secondary => Some(Role::Secondary),
        }
    }
}

/// The pair, and what the monitor keeps of the past.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct World {
    /// The primary and the secondary.
    pub units: [Unit; 2],
    /// Whether the failover link is up.
    pub lan: bool,
    /// Whether the state link is up.
    pub state: bool,
    /// Polls since preempt began to wait in a group, from 1; 0 where it does not wait.
    pub armed: [u8; GROUPS],
    /// The sessions at the active and at the standby address.
    pub seats: [Seat; 2],
    /// Whether the operator lets the run wait for long.
    pub paused: bool,
    /// Whether a fault came since `show failover` was last read of each unit.
    pub dirty: [bool; 2],
}

/// The place of a role in a pair of values.
pub const fn index(role: Role) -> usize {
    match role {
        Role::Primary => 0,
        Role::Secondary => 1,
    }
}

/// The place of an address in a pair of values.
pub const fn seat(endpoint: Endpoint) -> usize {
    match endpoint {
        Endpoint::Active => 0,
        Endpoint::Standby => 1,
    }
}

/// Where in its bits that begins which the judge alone asks for: what excuses a harm.
pub(super) const EXCUSES_AT: u32 = 59;

/// Bits in, bits out, lowest first.
struct Bits(u64, u32);

impl Bits {
    fn put(&mut self, value: u8, width: u32) {
        self.0 |= u64::from(value) << self.1;
        self.1 += width;
    }

    fn take(&mut self, width: u32) -> u8 {
        let value = self.0 >> self.1 & ((1 << width) - 1);
        self.1 += width;
        value.try_into().unwrap_or(u8::MAX)
    }

    fn pick<T: Copy>(&mut self, all: &[T], width: u32, other: T) -> T {
        all.get(usize::from(self.take(width))).copied().unwrap_or(other)
    }
}

impl World {
    /// One unit.
    pub fn unit(&self, role: Role) -> &Unit {
        let [primary, secondary] = &self.units;
        if role == Role::Primary { primary } else { secondary }
    }

    /// One unit, to be changed.
    pub fn unit_mut(&mut self, role: Role) -> &mut Unit {
        let [primary, secondary] = &mut self.units;
        if role == Role::Primary { primary } else { secondary }
    }

    /// The world in 64 bits.
    pub fn pack(&self) -> u64 {
        let mut bits = Bits(0, 0);
        for unit in &self.units {
            bits.put(unit.power as u8, 2);
            bits.put(unit.pending.map_or(0, |pending| pending.polls), 1);
            bits.put(u8::from(unit.pending.is_some()), 1);
            for is in [unit.new, unit.saved] {
                bits.put(u8::from(is), 1);
            }
            bits.put(unit.uptime as u8, 2);
            unit.own.iter().chain(&unit.mate).for_each(|stand| bits.put(*stand as u8, 3));
            bits.put(unit.reloads, 2);
            unit.kept.iter().for_each(|kept| bits.put(u8::from(*kept), 1));
        }
        bits.put(u8::from(self.lan), 1);
        bits.put(u8::from(self.state), 1);
        self.armed.iter().for_each(|armed| bits.put(*armed, 2));
        self.seats.iter().for_each(|seat| bits.put(*seat as u8, 2));
        bits.put(u8::from(self.paused), 1);
        debug_assert_eq!(bits.1, EXCUSES_AT, "what excuses a harm comes last");
        self.dirty.iter().for_each(|dirty| bits.put(u8::from(*dirty), 1));
        for unit in &self.units {
            bits.put(u8::from(unit.pending.is_some_and(|pending| pending.excused)), 1);
        }
        bits.0
    }

    /// The world of these bits.
    pub fn unpack(bits: u64) -> Self {
        let mut bits = Bits(bits, 0);
        let mut unit = || {
            let power = bits.pick(&Power::ALL, 2, Power::Dead);
            let (polls, is_pending) = (bits.take(1), bits.take(1) == 1);
            Unit {
                power,
                pending: is_pending.then_some(Pending { polls, excused: false }),
                new: bits.take(1) == 1,
                saved: bits.take(1) == 1,
                uptime: bits.pick(&Uptime::ALL, 2, Uptime::Old),
                own: [(); GROUPS].map(|()| bits.pick(&Stand::ALL, 3, Stand::Failed)),
                mate: [(); GROUPS].map(|()| bits.pick(&Stand::ALL, 3, Stand::Failed)),
                reloads: bits.take(2),
                kept: [(); GROUPS].map(|()| bits.take(1) == 1),
            }
        };
        let units = [unit(), unit()];
        let mut world = Self {
            units,
            lan: bits.take(1) == 1,
            state: bits.take(1) == 1,
            armed: [(); GROUPS].map(|()| bits.take(2)),
            seats: [(); 2].map(|()| bits.pick(&Seat::ALL, 2, Seat::None)),
            paused: bits.take(1) == 1,
            dirty: [(); 2].map(|()| bits.take(1) == 1),
        };
        for unit in &mut world.units {
            let excused = bits.take(1) == 1;
            if let Some(pending) = &mut unit.pending {
                pending.excused = excused;
            }
        }
        world
    }

    /// The controller types a reload: what booted before has been up for longer.
    pub fn age(&mut self) {
        for unit in self.units.iter_mut().filter(|unit| unit.uptime != Uptime::Old) {
            unit.uptime = Uptime::Aged;
        }
        self.settle();
    }

    /// The controller dies: nobody knows for how long, and its sessions end.
    pub fn lapse(&mut self) {
        (self.seats, self.paused) = ([Seat::None; 2], false);
        for unit in self.units.iter_mut().filter(|unit| unit.is_up() && unit.uptime == Uptime::Fresh) {
            unit.uptime = Uptime::Vague;
        }
    }

    /// The units that answer at an address. Both, while both are active.
    pub fn owners(&self, endpoint: Endpoint) -> impl Iterator<Item = Role> {
        let owns = Role::BOTH.map(|role| {
            let unit = self.unit(role);
            let [lead, ..] = unit.own;
            unit.is_up() && (lead == Stand::Active) == (endpoint == Endpoint::Active)
        });
        // Two units that are not active have one standby address between them.
        let standby_twice = endpoint == Endpoint::Standby && owns == [true, true];
        Role::BOTH.into_iter().filter(move |role| owns.get(index(*role)) == Some(&true) && !standby_twice)
    }

    /// What follows at once: hellos between units that hear each other, sessions that die with an address.
    pub fn settle(&mut self) {
        let before = *self;
        for role in Role::BOTH {
            let mate = before.unit(role.mate());
            let heard = before.lan && mate.is_up();
            let unit = self.unit_mut(role);
            if unit.power != Power::Up {
                (unit.own, unit.mate, unit.pending, unit.uptime) =
                    ([Stand::Failed; GROUPS], [Stand::Failed; GROUPS], None, Uptime::Fresh);
            } else if heard {
                unit.mate = mate.own.map(Stand::seen);
            }
        }
        for endpoint in [Endpoint::Active, Endpoint::Standby] {
            let place = seat(endpoint);
            let stands = self.seats.get(place).and_then(|seat| seat.unit());
            if let (Some(unit), Some(seat)) = (stands, self.seats.get(place).copied())
                && seat != Seat::None
                && !self.owners(endpoint).any(|owner| owner == unit)
                && let Some(seat) = self.seats.get_mut(place)
            {
                *seat = Seat::None;
            }
        }
    }
}
