//! What a simulated pair is at virtual time zero.
//!
//! A [`Spec`] is plain data: models, releases, flash, boot lists, groups, addresses, timings and the
//! readings of what Cisco's texts leave open. It holds no behaviour and knows nothing of terminals.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

use super::doubt::{
    AfterMismatch, AlreadyThere, ConfigStates, Crlf, HostKeys, LinkLoss, MacState, PreemptAfterMove,
    RefusedAs, ReloadNoconfirm, ReloadStandbyOnOwner, RoleWhenNotReady, SessionEnd, StandbyWarns, Wording,
};
use super::fault::{Fault, When};
use super::flash::FlashFile;
use super::timing::Timings;
use crate::unit::{GroupId, Role};
use crate::version::AsaVersion;

/// Everything about a pair at the start.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of one pair")]
#[non_exhaustive]
pub struct Spec {
    /// Model as `show version` prints it: `ASA5525`.
    pub model: String,
    /// Host name, the same on both units.
    pub hostname: String,
    /// How the prompt is composed.
    pub prompt: PromptStyle,
    /// Banner lines shown before the first prompt.
    pub banner: Vec<String>,
    /// Enable secret; none means that Enter is enough.
    pub enable_secret: Option<String>,
    /// Where a login lands.
    pub landing: Landing,
    /// The primary, then the secondary.
    pub units: [UnitSpec; 2],
    /// One group [`GroupId::UNIT`] in Active/Standby, groups 1 and 2 in Active/Active.
    pub groups: Vec<GroupSpec>,
    /// Contexts of multiple mode, the admin context first; empty in single mode.
    pub contexts: Vec<ContextSpec>,
    /// Files that `copy` finds at a URL.
    pub remote: BTreeMap<String, FlashFile>,
    /// Whether a state link is configured.
    pub stateful: bool,
    /// Name and port of the failover link.
    pub failover_link: String,
    /// Name and port of the state link.
    pub state_link: String,
    /// The service module of each unit as `show failover` names it: `SFR5525`. None: there is none.
    pub module: Option<String>,
    /// Data interfaces, with the context they are in (multiple mode).
    pub interfaces: Vec<InterfaceSpec>,
    /// How long things take.
    pub timings: Timings,
    /// Connections in use on the active unit.
    pub connections: u32,
    /// Whether the running configuration has unsaved changes.
    pub modified: bool,
    /// What a role command does while the taker is not ready.
    pub role_when_not_ready: RoleWhenNotReady,
    /// What `failover active` does then, where that is another thing; none: what both do.
    pub claim_when_not_ready: Option<RoleWhenNotReady>,
    /// What `failover reload-standby` does while the mate owns a group.
    pub reload_standby_on_owner: ReloadStandbyOnOwner,
    /// What a role command says on a unit that is what it asks for already.
    pub already_there: AlreadyThere,
    /// What `reload noconfirm` does with unsaved changes.
    pub reload_noconfirm: ReloadNoconfirm,
    /// Whether preempt undoes a commanded move.
    pub preempt_after_move: PreemptAfterMove,
    /// What a standby unit does while the failover link is down.
    pub link_loss: LinkLoss,
    /// What a unit is that joined a mate it cannot be a pair with.
    pub after_mismatch: AfterMismatch,
    /// How a session ends when its address moves away.
    pub session_end: SessionEnd,
    /// Whether `delete` on the active unit reaches the standby.
    pub delete_replicates: bool,
    /// Which words a text has that is on no record.
    pub wording: Wording,
    /// Before which commands a standby unit warns that it does not replicate.
    pub standby_warns: StandbyWarns,
    /// For how many Enters a carriage return with a line feed counts.
    pub crlf: Crlf,
    /// Whom command authorization refuses a line.
    pub refused_as: RefusedAs,
    /// Whether the SSH host key goes to the standby with a configuration sync.
    pub host_keys: HostKeys,
    /// What `show failover state` says of the MAC addresses of a unit that has just become active.
    pub mac_state: MacState,
    /// Which words `show failover state` has for a configuration on its way.
    pub config_states: ConfigStates,
    /// Whether every session is shown the log of failover, as after `terminal monitor`.
    pub monitor: bool,
    /// Whether the first way into configuration mode is asked about anonymous error reporting.
    pub call_home: bool,
    /// The ASDM image of the configuration, if any.
    pub asdm_image: Option<String>,
    /// Seconds since 1970-01-01 UTC at virtual time zero, for the dates that the units print.
    pub clock: u64,
    /// How long a line and its answer are on their way.
    pub round_trip: Duration,
    /// Faults, and when each strikes.
    pub faults: Vec<(When, Fault)>,
}

/// One unit at the start.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct UnitSpec {
    /// Serial number as `show version` prints it.
    pub serial: String,
    /// The release that runs.
    pub version: AsaVersion,
    /// Name of the file that runs, without its folder.
    pub image: String,
    /// Time since the last boot.
    pub uptime: Duration,
    /// Files on disk0.
    pub flash: Vec<FlashFile>,
    /// Size of disk0 in bytes.
    pub flash_size: u64,
    /// `boot system` entries of the running configuration: file names without their folder.
    pub running_boot: Vec<String>,
    /// `boot system` entries of the startup configuration.
    pub startup_boot: Vec<String>,
    /// A reload scheduled by someone, at this virtual time.
    pub scheduled_reload: Option<Duration>,
    /// Which SSH host key it has: equal numbers are equal keys.
    pub host_key: u32,
}

/// One failover group.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct GroupSpec {
    /// Its number.
    pub id: GroupId,
    /// Which unit is active for it at the start.
    pub active: Role,
    /// The unit it prefers.
    pub home: Role,
    /// `preempt` with its delay in seconds; none: no preempt.
    pub preempt: Option<u32>,
}

/// One context of multiple mode.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct ContextSpec {
    /// Its name.
    pub name: String,
    /// The group it joins.
    pub group: GroupId,
    /// Whether its running configuration has unsaved changes.
    pub modified: bool,
}

/// One data interface.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct InterfaceSpec {
    /// The context it is in; none in single mode.
    pub context: Option<String>,
    /// `nameif`.
    pub name: String,
    /// Address of the active and of the standby unit.
    pub addresses: [String; 2],
    /// Whether failover monitors it.
    pub monitored: bool,
}

/// How the prompt is composed.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PromptStyle {
    /// `fw# `, or `fw/ctx1# ` in a context.
    Plain,
    /// `fw/pri/act# `: `prompt hostname priority state`.
    HostnamePriorityState,
}

/// Where a login lands.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Landing {
    /// At `>`: `enable` follows.
    UserExec,
    /// At `>`, and `enable` first asks for a new enable password, as a fresh unit of 9.12 or later does.
    EnableUnset,
    /// At `#`: auto-enable.
    Privileged,
}

impl Spec {
    /// A single mode Active/Standby pair, the primary active.
    ///
    /// ```
    /// use asa_failover_core::twin::{Address, Pair, Spec};
    ///
    /// let mut pair = Pair::new(Spec::active_standby("ASA5525", "9.8(4)".parse()?), 1);
    /// let line = pair.connect(Address::Active)?;
    /// pair.write(line, b"enable\r\r");
    /// assert!(pair.read(line).bytes.ends_with(b"fw/pri/act# "));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn active_standby(model: &str, version: AsaVersion) -> Self {
        let unit = |serial: &str| {
            let image = image_name(model, version);
            UnitSpec {
                serial: serial.to_owned(),
                version,
                flash: vec![FlashFile::image(&image, version), FlashFile::other("asdm-7181.bin", 26_970_456)],
                flash_size: 7_859_437_568,
                running_boot: vec![image.clone()],
                startup_boot: vec![image.clone()],
                image,
                uptime: Duration::from_secs(40 * 86_400),
                scheduled_reload: None,
                host_key: 1,
            }
        };
        Self {
            model: model.to_owned(),
            hostname: "fw".to_owned(),
            prompt: PromptStyle::HostnamePriorityState,
            banner: Vec::new(),
            enable_secret: None,
            landing: Landing::UserExec,
            units: [unit("JAD000000A1"), unit("JAD000000A2")],
            groups: vec![GroupSpec::new(GroupId::UNIT, Role::Primary)],
            contexts: Vec::new(),
            remote: BTreeMap::new(),
            stateful: true,
            failover_link: "folink GigabitEthernet0/3".to_owned(),
            state_link: "statelink GigabitEthernet0/4".to_owned(),
            module: None,
            interfaces: vec![
                InterfaceSpec::new(None, "outside", ["203.0.113.1", "203.0.113.2"]),
                InterfaceSpec::new(None, "inside", ["192.0.2.1", "192.0.2.2"]),
            ],
            timings: Timings::of(model),
            connections: 1_482,
            modified: false,
            role_when_not_ready: RoleWhenNotReady::AcceptAndDrop,
            claim_when_not_ready: None,
            already_there: AlreadyThere::Silence,
            reload_noconfirm: ReloadNoconfirm::Drops,
            reload_standby_on_owner: ReloadStandbyOnOwner::Reload,
            preempt_after_move: PreemptAfterMove::Stays,
            link_loss: LinkLoss::BothStay,
            after_mismatch: AfterMismatch::PseudoStandby,
            session_end: SessionEnd::Close,
            delete_replicates: false,
            wording: Wording::Believed,
            standby_warns: StandbyWarns::Configuration,
            crlf: Crlf::One,
            refused_as: RefusedAs::Anyone,
            host_keys: HostKeys::FollowSync,
            mac_state: MacState::Set,
            config_states: ConfigStates::Few,
            monitor: false,
            call_home: false,
            asdm_image: Some("asdm-7181.bin".to_owned()),
            clock: 1_713_607_200,
            round_trip: Duration::ZERO,
            faults: Vec::new(),
        }
    }

    /// A multiple mode Active/Active pair: group 1 (admin, ctx1) at home on the primary, group 2
    /// (ctx2) on the secondary, each active at home, no preempt.
    pub fn active_active(model: &str, version: AsaVersion) -> Self {
        let context = |name: &str, group| ContextSpec::new(name, GroupId::new(group));
        Self {
            groups: vec![
                GroupSpec::new(GroupId::new(1), Role::Primary),
                GroupSpec::new(GroupId::new(2), Role::Secondary),
            ],
            contexts: vec![context("admin", 1), context("ctx1", 1), context("ctx2", 2)],
            interfaces: vec![
                InterfaceSpec::new(Some("admin"), "mgmt", ["192.0.2.11", "192.0.2.12"]),
                InterfaceSpec::new(Some("ctx1"), "outside", ["203.0.113.1", "203.0.113.2"]),
                InterfaceSpec::new(Some("ctx2"), "outside", ["203.0.113.33", "203.0.113.34"]),
            ],
            ..Self::active_standby(model, version)
        }
    }

    /// The image of a release for this model, as its maker names it.
    pub fn image(&self, version: AsaVersion) -> FlashFile {
        FlashFile::image(&image_name(&self.model, version), version)
    }

    /// The same pair with `version`'s image on the flash of both units.
    pub fn with_staged(mut self, version: AsaVersion) -> Self {
        let file = self.image(version);
        for unit in &mut self.units {
            unit.flash.push(file.clone());
        }
        self
    }

    /// The same pair with a file that `copy` finds at `url`.
    pub fn with_remote(mut self, url: &str, file: FlashFile) -> Self {
        self.remote.insert(url.to_owned(), file);
        self
    }

    /// The same pair with this enable secret.
    pub fn with_enable_secret(mut self, secret: &str) -> Self {
        self.enable_secret = Some(secret.to_owned());
        self
    }

    /// The same pair with `role` active for `group` at the start.
    pub fn with_active(mut self, group: GroupId, role: Role) -> Self {
        for of in self.groups.iter_mut().filter(|of| of.id == group) {
            of.active = role;
        }
        self
    }

    /// The same pair with `preempt DELAY` on `group`.
    pub fn with_preempt(mut self, group: GroupId, delay: u32) -> Self {
        for of in self.groups.iter_mut().filter(|of| of.id == group) {
            of.preempt = Some(delay);
        }
        self
    }

    /// The same pair with one more fault, at a virtual time.
    pub fn with_fault(mut self, at: Duration, fault: Fault) -> Self {
        self.faults.push((When::At(at), fault));
        self
    }

    /// The unit of this role.
    pub fn unit(&self, role: Role) -> &UnitSpec {
        let [primary, secondary] = &self.units;
        if role == Role::Primary { primary } else { secondary }
    }

    /// The unit of this role, to change it.
    pub fn unit_mut(&mut self, role: Role) -> &mut UnitSpec {
        let [primary, secondary] = &mut self.units;
        if role == Role::Primary { primary } else { secondary }
    }

    /// Whether the pair is in multiple context mode.
    pub fn is_multiple(&self) -> bool {
        !self.contexts.is_empty()
    }

    /// The slot of the chassis and its hardware revision.
    pub(super) fn slot(&self) -> (u8, &'static str) {
        match self.model.as_str() {
            "ASAv" => (0, ""),
            "ASA5506" | "ASA5508" | "ASA5516" => (1, "3.1"),
            _ => (0, "1.0"),
        }
    }
}

impl GroupSpec {
    /// A group at home, and active, on `home`, without preempt.
    pub const fn new(id: GroupId, home: Role) -> Self {
        Self { id, active: home, home, preempt: None }
    }
}

impl ContextSpec {
    /// A context that joins `group`.
    pub fn new(name: &str, group: GroupId) -> Self {
        Self { name: name.to_owned(), group, modified: false }
    }
}

impl InterfaceSpec {
    /// Whether this name means it: `inside`, or `ctx1/inside` for that of one context alone.
    pub(super) fn is(&self, name: &str) -> bool {
        match name.split_once('/') {
            Some((context, name)) => self.name == name && self.context.as_deref() == Some(context),
            None => self.name == name,
        }
    }

    /// Whether it waits for ever: without a standby address it never hears its mate.
    pub(super) fn hears_nobody(&self) -> bool {
        let [_, standby] = &self.addresses;
        self.monitored && standby == "0.0.0.0"
    }

    /// A monitored interface with its active and its standby address.
    pub fn new(context: Option<&str>, name: &str, addresses: [&str; 2]) -> Self {
        Self {
            context: context.map(str::to_owned),
            name: name.to_owned(),
            addresses: addresses.map(str::to_owned),
            monitored: true,
        }
    }
}

/// The usual file name of a release on a model: `asa984-48-smp-k8.bin`, `asa9-16-4-lfbff-k8.SPA`.
pub fn image_name(model: &str, version: AsaVersion) -> String {
    let AsaVersion { major, minor, maintenance, interim } = version;
    if let Some(series) = model.strip_prefix("FPR").map(|rest| rest.trim_start_matches('-')) {
        let family = if series.starts_with('1') { "fp1k" } else { "fp2k" };
        let build = if interim == 0 { String::new() } else { format!(".{interim}") };
        return format!("cisco-asa-{family}.{major}.{minor}.{maintenance}{build}.SPA");
    }
    let number = if (major, minor) >= (9, 10) {
        format!("asa{major}-{minor}-{maintenance}")
    } else {
        format!("asa{major}{minor}{maintenance}")
    };
    let build = if interim == 0 { String::new() } else { format!("-{interim}") };
    let family = match model {
        "ASA5506" | "ASA5508" | "ASA5516" => "lfbff-k8.SPA",
        "ASA5505" | "ASA5510" | "ASA5520" | "ASA5540" | "ASA5550" => "k8.bin",
        _ => "smp-k8.bin",
    };
    format!("{number}{build}-{family}")
}
