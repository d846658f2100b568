//! One unit as hardware, software and configuration; what it believes of its mate.
//!
//! A chassis decides nothing: `failover` moves it, the commands read it.

use std::time::Duration;

use super::clock::Date;
use super::fault::{CopyRefusal, Cut, Loss};
use super::flash::FlashFile;
use super::health::{Ailment, Module, Port};
use super::mismatch::Mismatch;
use super::spec::{PromptStyle, Spec};
use super::texts::{self, Text};
use crate::text::Text as Printed;
use crate::unit::{GroupId, Role, Standing};
use crate::version::AsaVersion;

/// One box.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of one box")]
pub(super) struct Chassis {
    pub(super) serial: String,
    pub(super) version: AsaVersion,
    /// Name of the running image file.
    pub(super) image: String,
    pub(super) power: Power,
    /// Uptime is `aged` plus the time since `up_since`.
    pub(super) up_since: Duration,
    pub(super) aged: Duration,
    /// Grows with every boot and crash: what was planned for an earlier life is void.
    pub(super) life: u32,
    /// Grows with every new synchronisation.
    pub(super) sync: u32,
    pub(super) groups: Vec<Here>,
    pub(super) view: View,
    pub(super) running: Config,
    pub(super) startup: Config,
    /// What the mate sent at the start of a configuration sync.
    pub(super) incoming: Option<Config>,
    /// Changed since it was last saved.
    pub(super) modified: bool,
    /// When it was last changed since this unit started.
    pub(super) touched: Option<Duration>,
    pub(super) flash: Vec<FlashFile>,
    pub(super) flash_size: u64,
    /// A reload was accepted and the shutdown follows.
    pub(super) shutting: bool,
    pub(super) reload_at: Option<Duration>,
    /// Booted since it was last ready: preempt may follow.
    pub(super) fresh: bool,
    /// When it last became ready, if it ever did since the start.
    pub(super) ready_since: Option<Duration>,
    /// Why it synchronises, or did last.
    pub(super) sync_reason: &'static Text,
    pub(super) synced: Synced,
    /// Contexts whose configuration has unsaved changes, by their index.
    pub(super) changed: Vec<usize>,
    /// Since when somebody pages through the configuration on its console, and holds it.
    pub(super) paged: Option<Duration>,
    /// When the configuration that it takes began to come.
    pub(super) taking_since: Duration,
    /// Asks about anonymous error reporting when it is configured first.
    pub(super) call_home: bool,
    /// Its SSH host key: equal numbers are equal keys.
    pub(super) host_key: u32,
    pub(super) table: Vec<Row>,
    pub(super) failures: Failures,
    /// Its interfaces, in the order of the spec.
    pub(super) ports: Vec<Port>,
    pub(super) module: Module,
    /// Groups for which it has failed, each with what it failed by.
    pub(super) ailing: Vec<(GroupId, Ailment)>,
    pub(super) ills: Ills,
}

/// Whether the unit runs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Power {
    Down,
    /// Software runs, the mate is looked for.
    Negotiating,
    Up,
}

/// A group on this unit.
#[derive(Clone, Debug)]
pub(super) struct Here {
    pub(super) id: GroupId,
    pub(super) standing: Standing,
    /// When the standing last changed; before the start: that long ago.
    pub(super) changed: Moment,
    /// The same as it is printed.
    pub(super) changed_at: Printed,
    /// Active before `changed`.
    pub(super) served: Duration,
}

/// A virtual time, which may lie before the start.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Moment {
    Ago(Duration),
    At(Duration),
}

impl Moment {
    /// As `show failover` prints it, where the clock showed so many seconds after 1970-01-01 at the start.
    pub(super) fn printed(self, clock: u64) -> Printed {
        Date::of(match self {
            Self::At(at) => clock + at.as_secs(),
            Self::Ago(ago) => clock.saturating_sub(ago.as_secs()),
        })
        .failover()
        .into()
    }
}

/// What a unit believes of its mate.
#[derive(Clone, Debug)]
pub(super) struct View {
    /// Hellos arrive now.
    pub(super) hears: bool,
    /// What was last heard before the silence; none: nothing since this unit started.
    pub(super) last: Option<Seen>,
    /// The hold time has passed without a hello.
    pub(super) failed: bool,
    /// Grows with every silence.
    pub(super) silence: u32,
}

/// The mate as last heard.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) version: AsaVersion,
    pub(super) groups: Vec<(GroupId, Standing, Duration)>,
}

/// The part of the configuration that an upgrade meets.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Config {
    pub(super) hostname: String,
    pub(super) prompt: PromptStyle,
    pub(super) boot: Vec<String>,
    pub(super) asdm: Option<String>,
    pub(super) groups: Vec<GroupConfig>,
    pub(super) failover: bool,
    /// A failover link is configured.
    pub(super) lan: bool,
    pub(super) width: u16,
    /// Interfaces that are shut down, by their index.
    pub(super) shut: Vec<usize>,
}

/// `failover group N`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct GroupConfig {
    pub(super) id: GroupId,
    pub(super) home: Role,
    pub(super) preempt: Option<u32>,
}

/// A row of `show failover history`.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) at: Duration,
    pub(super) group: GroupId,
    pub(super) from: Standing,
    pub(super) to: Standing,
    pub(super) reason: &'static Text,
}

/// When this unit and its mate last failed, in this unit's words.
#[derive(Clone, Debug, Default)]
pub(super) struct Failures {
    pub(super) own: Option<Failure>,
    pub(super) mate: Option<Failure>,
}

/// How a unit failed, and when.
#[derive(Clone, Copy, Debug)]
pub(super) enum Failure {
    /// It was not heard for the hold time.
    Silent(Duration),
    /// Its interfaces were worse than the mate's: this one, where it is known.
    Interface(Duration, Option<usize>),
    /// Its service module was dead.
    Module(Duration),
}

/// What the unit says of its configuration: it keeps saying what once came to its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Synced {
    /// It was active since it started.
    pub(super) as_active: bool,
    /// It was ready as standby since it started.
    pub(super) as_standby: bool,
    /// What its mate sent last was what it had.
    pub(super) skipped: bool,
}

/// Faults that wait for their occasion.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches, each set by one fault")]
pub(super) struct Ills {
    pub(super) never_returns: bool,
    pub(super) returns_failed: bool,
    pub(super) returns_old: bool,
    pub(super) stays_off: bool,
    pub(super) replaced: Option<String>,
    pub(super) stuck_in: Option<Standing>,
    pub(super) reboots_again: bool,
    /// It has fewer interfaces than its mate.
    pub(super) lacks_interfaces: bool,
    pub(super) sync_locked: bool,
    pub(super) mismatched: Option<Mismatch>,
    pub(super) copy_aborts: bool,
    pub(super) copy_refused: Option<CopyRefusal>,
    pub(super) flash_full: bool,
    pub(super) corrupt_copy: bool,
    pub(super) save_fails: bool,
    pub(super) save_unconfirmed: bool,
    pub(super) save_asks: bool,
    pub(super) save_not_replicated: bool,
    pub(super) silent: bool,
    /// Bytes that sessions still get before one is cut.
    pub(super) cut_after: Option<(u32, Cut)>,
    /// Bytes that sessions still get before one gets this text.
    pub(super) notice_in: Option<(u32, String)>,
    pub(super) lose_reply: Option<Loss>,
    pub(super) sessions_taken: u8,
}

impl Chassis {
    pub(super) fn new(spec: &Spec, role: Role) -> Self {
        let unit = spec.unit(role);
        let config = |boot: &[String]| Config {
            hostname: spec.hostname.clone(),
            prompt: spec.prompt,
            boot: boot.to_vec(),
            asdm: spec.asdm_image.clone(),
            groups: spec
                .groups
                .iter()
                .map(|group| GroupConfig { id: group.id, home: group.home, preempt: group.preempt })
                .collect(),
            failover: true,
            lan: true,
            width: 80,
            shut: Vec::new(),
        };
        let (running, startup) = (config(&unit.running_boot), config(&unit.startup_boot));
        Self {
            serial: unit.serial.clone(),
            version: unit.version,
            image: unit.image.clone(),
            power: Power::Up,
            up_since: Duration::ZERO,
            aged: unit.uptime,
            life: 0,
            sync: 0,
            groups: spec
                .groups
                .iter()
                .map(|group| Here {
                    id: group.id,
                    standing: if group.active == role { Standing::Active } else { Standing::StandbyReady },
                    changed: Moment::Ago(unit.uptime / 2),
                    changed_at: Moment::Ago(unit.uptime / 2).printed(spec.clock),
                    served: Duration::ZERO,
                })
                .collect(),
            view: View { hears: true, last: None, failed: false, silence: 0 },
            modified: spec.modified || running != startup,
            touched: (spec.modified || running != startup).then_some(Duration::ZERO),
            running,
            startup,
            incoming: None,
            flash: unit.flash.clone(),
            flash_size: unit.flash_size,
            shutting: false,
            reload_at: None,
            fresh: false,
            ready_since: None,
            sync_reason: &texts::ACTIVE_MATE,
            synced: Synced {
                as_active: spec.groups.first().is_some_and(|lead| lead.active == role),
                as_standby: spec.groups.first().is_some_and(|lead| lead.active != role),
                skipped: false,
            },
            changed: spec
                .contexts
                .iter()
                .enumerate()
                .filter_map(|(index, context)| context.modified.then_some(index))
                .collect(),
            paged: None,
            taking_since: Duration::ZERO,
            call_home: spec.call_home,
            host_key: unit.host_key,
            table: Vec::new(),
            failures: Failures::default(),
            ports: vec![Port::default(); spec.interfaces.len()],
            module: Module::default(),
            ailing: Vec::new(),
            ills: Ills::default(),
        }
    }

    /// A row of the history, which holds sixty.
    pub(super) fn remember(&mut self, row: Row) {
        self.table.push(row);
        if self.table.len() > 60 {
            self.table.remove(0);
        }
    }

    pub(super) fn standing(&self, group: GroupId) -> &Standing {
        self.groups.iter().find(|here| here.id == group).map_or(&Standing::Disabled, |here| &here.standing)
    }

    pub(super) fn is_active(&self, group: GroupId) -> bool {
        *self.standing(group) == Standing::Active
    }

    pub(super) fn is_up(&self) -> bool {
        self.power == Power::Up
    }

    /// Whether it has power: it runs, or looks for its mate.
    pub(super) fn is_running(&self) -> bool {
        self.power != Power::Down
    }

    pub(super) fn group_ids(&self) -> Vec<GroupId> {
        self.groups.iter().map(|here| here.id).collect()
    }

    pub(super) fn uptime(&self, now: Duration) -> Duration {
        self.aged + now.saturating_sub(self.up_since)
    }

    pub(super) fn active_time(&self, group: GroupId, now: Duration) -> Duration {
        self.groups.iter().find(|here| here.id == group).map_or(Duration::ZERO, |here| {
            let since = match here.changed {
                _ if here.standing != Standing::Active => Duration::ZERO,
                Moment::Ago(ago) => ago + now,
                Moment::At(at) => now.saturating_sub(at),
            };
            here.served + since
        })
    }

    pub(super) fn file(&self, name: &str) -> Option<&FlashFile> {
        self.flash.iter().find(|file| file.name == name)
    }

    pub(super) fn free(&self) -> u64 {
        if self.ills.flash_full {
            return 0;
        }
        self.flash_size.saturating_sub(self.flash.iter().map(|file| file.size).sum())
    }

    /// The files that the next boot may run, in order: the sound entries of the startup boot list, then
    /// the sound images on flash.
    pub(super) fn bootable(&self) -> Vec<(String, AsaVersion)> {
        let bootable =
            |file: &FlashFile| file.image.filter(|_| file.sound).map(|version| (file.name.clone(), version));
        let listed = self.startup.boot.iter().filter_map(|name| self.file(name));
        listed.chain(&self.flash).filter_map(bootable).collect()
    }
}
