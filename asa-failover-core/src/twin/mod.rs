//! The simulated pair: two units with virtual time that speak text as a device does.
//!
//! A [`Pair`] is told the time and never asks for it; equal specs and seeds give equal histories. It
//! knows what a client sees (terminals, dialogs, formats by release) and what a pair does (boots,
//! standings, replication, addresses that move). It shares no code with the readers or the controller.

mod boot;
mod chance;
mod chassis;
mod clock;
mod commands;
mod dial;
pub mod doubt;
mod failover;
pub mod fault;
pub mod flash;
pub mod glance;
pub mod health;
pub mod history;
mod line;
pub mod mismatch;
pub mod oracle;
pub mod settings;
pub mod spec;
mod texts;
pub mod timing;
mod wire;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::Serialize;
use thiserror::Error;

pub use chance::Chance;
use chassis::Chassis;
use clock::{Date, Event, Queue};
pub use doubt::{
    AfterMismatch, AlreadyThere, ConfigStates, Crlf, Doubt, HostKeys, LinkLoss, MacState, PreemptAfterMove,
    RefusedAs, ReloadNoconfirm, ReloadStandbyOnOwner, RoleWhenNotReady, SessionEnd, StandbyWarns, Wording,
};
pub use fault::{CopyRefusal, Cut, Fault, FaultError, FaultKind, Loss, When};
pub use flash::FlashFile;
pub use glance::{Glance, GlanceAt, Shown, ShownFailover, ShownGroup, ShownInterface};
pub use health::InterfaceFault;
pub use history::{Cause, Claim, Happening, Via, What};
use line::Line;
pub use mismatch::Mismatch;
pub use oracle::{Judgement, Orders, Report};
pub use settings::{Settings, SettingsError, TimingSettings};
pub use spec::{ContextSpec, GroupSpec, InterfaceSpec, Landing, PromptStyle, Spec, UnitSpec, image_name};
pub use timing::Timings;

use crate::unit::{GroupId, Role};

/// A management address of the pair.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "a pair has two addresses")]
pub enum Address {
    /// Follows the unit that is active (for group 1 in Active/Active).
    Active,
    /// Follows the other unit.
    Standby,
}

/// A session to a unit.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct LineId(u32);

/// Why a connection was not made.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum NoAnswer {
    /// No unit answers at the address now.
    #[error("no unit answers at the address")]
    Timeout,
    /// Five sessions are open on the unit already.
    #[error("the unit has five sessions already")]
    SessionLimit,
    /// A session takes longer to come about than it was given.
    #[error("no session came about in time")]
    Late,
}

/// What came from a session since the last read.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Received {
    /// The bytes, as they are on the wire.
    pub bytes: Vec<u8>,
    /// Whether more may come.
    pub open: bool,
}

/// Two simulated units.
#[derive(Clone, Debug)]
pub struct Pair {
    spec: Spec,
    names: glance::Names,
    now: Duration,
    chance: Chance,
    queue: Queue,
    units: [Chassis; 2],
    links: Links,
    lines: BTreeMap<LineId, Line>,
    opened: u32,
    /// The session whose line is carried out, and the notices that wait for its prompt.
    speaking: Option<(LineId, String)>,
    refused: Vec<String>,
    /// How often a unit became active for a group.
    turns: BTreeMap<GroupId, u32>,
    /// When groups became active lately.
    flips: Vec<(GroupId, Duration)>,
    /// Faults that wait for their occasion.
    watches: Vec<fault::Watch>,
    /// The faults that were asked for.
    asked: Vec<FaultKind>,
    /// The fault that types on a console.
    acting: Option<FaultKind>,
    history: Vec<Happening>,
}

/// Whether the two links between the units carry.
#[derive(Clone, Copy, Debug)]
struct Links {
    failover: bool,
    state: bool,
    /// When the state link last went up or down, and how long it had carried until then.
    turned: Duration,
    carried: Duration,
}

impl Links {
    /// How long the state link has carried, and how long it has not.
    fn carried(&self, now: Duration) -> (Duration, Duration) {
        let since = if self.state { now.saturating_sub(self.turned) } else { Duration::ZERO };
        let carried = self.carried + since;
        (carried, now.saturating_sub(carried))
    }
}

impl Pair {
    /// A pair at virtual time zero. Equal specs and seeds give equal pairs.
    pub fn new(spec: Spec, seed: u64) -> Self {
        let mut pair = Self {
            units: Role::BOTH.map(|role| Chassis::new(&spec, role)),
            names: glance::Names::of(&spec),
            now: Duration::ZERO,
            chance: Chance::new(seed),
            queue: Queue::default(),
            links: Links { failover: true, state: true, turned: Duration::ZERO, carried: Duration::ZERO },
            lines: BTreeMap::new(),
            opened: 0,
            speaking: None,
            refused: Vec::new(),
            turns: BTreeMap::new(),
            flips: Vec::new(),
            watches: Vec::new(),
            asked: Vec::new(),
            acting: None,
            history: Vec::new(),
            spec,
        };
        for role in Role::BOTH {
            for here in pair.unit(role).groups.clone() {
                pair.note(role, What::Began { group: here.id, standing: here.standing });
            }
            let unit = pair.unit(role);
            let (version, boot) = (unit.version, unit.startup.boot.clone());
            pair.note(role, What::Runs { version, boot });
            if let Some(at) = pair.spec.unit(role).scheduled_reload {
                pair.schedule_reload(role, at);
            }
        }
        for (when, fault) in pair.spec.faults.clone() {
            pair.foresee_when(when, fault);
        }
        pair
    }

    /// Virtual time since the start.
    pub const fn now(&self) -> Duration {
        self.now
    }

    /// Lets time pass until `at`; a time in the past changes nothing.
    pub fn advance_to(&mut self, at: Duration) {
        while let Some((due, event)) = self.queue.due(at) {
            self.now = self.now.max(due);
            self.happen(event);
        }
        self.now = self.now.max(at);
    }

    /// When something will happen by itself next, if anything will.
    pub fn next_wake(&self) -> Option<Duration> {
        self.queue.next()
    }

    /// Opens a session to the unit that has this address now.
    ///
    /// # Errors
    /// When no unit has the address, or the unit has no session left.
    pub fn connect(&mut self, address: Address) -> Result<LineId, NoAnswer> {
        self.open_line(address)
    }

    /// Types bytes on a session. On a session that ended they are lost.
    pub fn write(&mut self, line: LineId, bytes: &[u8]) {
        self.type_bytes(line, bytes);
    }

    /// Takes what came from a session since the last read.
    pub fn read(&mut self, line: LineId) -> Received {
        self.take_bytes(line)
    }

    /// Ends a session without a word; what it had not read is lost.
    pub fn hang_up(&mut self, line: LineId) {
        self.forget_line(line);
    }

    /// Lets something go wrong now.
    pub fn inject(&mut self, fault: Fault) {
        self.asked.push(fault.kind());
        self.happen(Event::Fault(fault));
    }

    /// Lets something go wrong at this time, or now if that is past.
    pub fn foresee(&mut self, at: Duration, fault: Fault) {
        self.foresee_when(When::At(at), fault);
    }

    /// Lets something go wrong at a time, or at something that happens first.
    pub fn foresee_when(&mut self, when: When, fault: Fault) {
        self.asked.push(fault.kind());
        match when {
            When::At(at) => self.foresee_at(at, fault),
            when => self.watches.push(fault::Watch::new(when, fault)),
        }
    }

    /// The kinds of fault that were asked for, of which none has done anything so far.
    pub fn unstruck(&self) -> Vec<FaultKind> {
        let struck = |kind: FaultKind| self.history.iter().any(|of| of.what == What::Struck { fault: kind });
        let kinds: BTreeSet<FaultKind> = self.asked.iter().copied().collect();
        kinds.into_iter().filter(|kind| !struck(*kind)).collect()
    }

    /// How long a line and its answer are on their way.
    pub fn round_trip(&self) -> Duration {
        self.spec.round_trip
    }

    /// All that happened so far.
    pub fn history(&self) -> &[Happening] {
        &self.history
    }

    /// Whoever drives a run on this pair says how far it is.
    pub fn claimed(&mut self, claim: Claim) {
        self.note(Role::Primary, What::Claimed(claim));
    }

    /// The judgement of the [oracle] over a run that had these orders.
    pub fn judgement(&self, orders: &Orders) -> Judgement {
        oracle::judge(&self.history, self.now, orders)
    }

    /// The longest that a switch takes on this pair.
    pub const fn longest_switch(&self) -> Duration {
        self.spec.timings.switch.1
    }

    /// The judgement of the [oracle] over all that happened so far.
    pub fn report(&self) -> Report {
        oracle::report(&self.history, self.now, self.spec.timings.switch.1)
    }

    /// The lines that changed or could change a unit, in order, with the unit that carried each out:
    /// reads, moves between modes and terminal settings are left out.
    pub fn state_changing_lines(&self) -> Vec<(Role, &str)> {
        oracle::state_changing_lines(&self.history)
    }

    /// The unit that has an address now, as a bystander sees it.
    pub fn who_has(&self, address: Address) -> Option<Role> {
        self.unit_at(address)
    }

    /// The SSH host key of the unit that has an address now; equal numbers are equal keys.
    pub fn host_key(&self, address: Address) -> Option<u32> {
        self.unit_at(address).map(|role| self.unit(role).host_key)
    }

    fn unit(&self, role: Role) -> &Chassis {
        let [primary, secondary] = &self.units;
        if role == Role::Primary { primary } else { secondary }
    }

    fn unit_mut(&mut self, role: Role) -> &mut Chassis {
        let [primary, secondary] = &mut self.units;
        if role == Role::Primary { primary } else { secondary }
    }

    fn note(&mut self, role: Role, what: What) {
        self.history.push(Happening { at: self.now, role, what });
    }

    fn date(&self, at: Duration) -> Date {
        Date::of(self.spec.clock + at.as_secs())
    }

    fn happen(&mut self, event: Event) {
        let lives = |pair: &Self, role: Role, life: u32| pair.unit(role).life == life;
        match event {
            Event::Fault(fault) => self.suffer(fault),
            Event::HoldExpired { role, life, silence } => {
                let view = &self.unit(role).view;
                if lives(self, role, life) && view.silence == silence && !view.hears {
                    self.hold_expired(role);
                }
            }
            Event::TakeOver { role, life, group, cause, reason } if lives(self, role, life) => {
                // The giver may have been told to take it back meanwhile.
                if !(self.unit(role).view.hears && self.unit(role.mate()).is_active(group)) {
                    self.take_over_for(role, group, cause, reason);
                }
            }
            Event::Elect { group, giver, turn } => self.elect(group, giver, turn),
            Event::Shutdown { role, life, cause, by } if lives(self, role, life) => {
                if let Some(fault) = by {
                    self.struck(role, fault);
                }
                self.shut_down(role, cause);
            }
            Event::Boot { role, life } if lives(self, role, life) => self.boot(role),
            Event::Negotiated { role, life } if lives(self, role, life) => self.negotiated(role),
            Event::Synced { role, life, sync } if lives(self, role, life) && self.unit(role).sync == sync => {
                self.synced(role);
            }
            Event::Preempt { role, life, group } if lives(self, role, life) => self.preempt(role, group),
            Event::ReloadDue { role, life, at }
                if lives(self, role, life) && self.unit(role).reload_at == Some(at) =>
            {
                self.request_reload(role, Cause::ScheduledReload);
            }
            Event::Health => self.judge_health(),
            Event::Tested { role, index, since, is_over } => self.tested(role, index, since, is_over),
            Event::Close(line) => self.close_line(line),
            Event::Progress(line) => self.progress(line),
            Event::TakeOver { .. }
            | Event::Shutdown { .. }
            | Event::Boot { .. }
            | Event::Negotiated { .. }
            | Event::Synced { .. }
            | Event::Preempt { .. }
            | Event::ReloadDue { .. } => {}
        }
    }
}
