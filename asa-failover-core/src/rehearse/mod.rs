//! A plan rehearsed on the simulated pair, in the real pair's own shape.
//!
//! The controller that runs here is the one that runs on a real pair; only transport and clock are
//! simulated. The judgement is the oracle's, which shares no code with the controller.

pub mod glance;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use serde::Serialize;
use thiserror::Error;

use crate::check::booted_file;
use crate::decide::{Question, Stop};
use crate::drive::{Clock, Forgetful, Keeper, Operator, drive};
use crate::elapsed::Elapsed;
use crate::goal::{OnDrift, Pause};
use crate::image::ImageName;
use crate::pair::{Pair, Unit};
use crate::plan::Plan;
use crate::run::{Action, Answer, Event, Outcome, Records, Run};
use crate::session::Login;
use crate::show::{FileKind, Side};
use crate::transport::Terminals;
use crate::transport::memory::Memory;
use crate::twin::{
    self, Claim, ContextSpec, Fault, FaultError, FaultKind, FlashFile, GroupSpec, Happening, InterfaceSpec,
    Judgement, Orders, Report, Settings, SettingsError, Spec, When,
};
use crate::unit::{GroupId, Role, Standing};
use crate::version::AsaVersion;

/// How a rehearsal went.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Rehearsal {
    /// How the run ended.
    pub outcome: Outcome,
    /// Everything that happened on the simulated pair.
    pub history: Vec<Happening>,
    /// What the oracle makes of it.
    pub oracle: Report,
    /// What the oracle holds against the run.
    pub judgement: Judgement,
    /// The state-changing lines that the units carried out, in order.
    pub lines: Vec<(Role, String)>,
    /// The kinds of fault that were to strike, of which none did anything: their time did not come, or they
    /// found nothing to break.
    pub unstruck: Vec<FaultKind>,
}

/// Why a plan cannot be rehearsed as it is asked.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum RehearsalError {
    /// A setting does not fit the pair.
    #[error("settings: {0}")]
    Settings(#[from] SettingsError),
    /// A fault cannot befall the pair.
    #[error("faults[{at}]: {why}")]
    Fault {
        /// Which of the faults, counted from 0.
        at: usize,
        /// Why not.
        why: FaultError,
    },
}

/// Rehearses a plan on a simulated pair of its own shape, with these faults. The plan of a way back is
/// rehearsed from where it turns round: the simulated pair is brought there first, without a fault, and the
/// faults count from then. Its lines and its judgement are those of the way back; history and oracle's report are of the whole.
///
/// # Errors
///
/// Where a fault cannot befall the pair: a rehearsal without it would look like one that withstood it.
pub fn rehearse(
    plan: &Plan,
    seed: u64,
    faults: &[(When, Fault)],
    operator: &mut dyn Operator,
) -> Result<Rehearsal, RehearsalError> {
    rehearse_with(plan, plan.pair(), &Settings::default(), seed, faults, operator)
}

/// As [`rehearse`], on a simulated pair of another shape (the pair as it was read later, say) and with these
/// settings.
///
/// # Errors
///
/// Where a setting does not fit the pair, or a fault cannot befall it.
pub fn rehearse_with(
    plan: &Plan,
    pair: &Pair,
    settings: &Settings,
    seed: u64,
    faults: &[(When, Fault)],
    operator: &mut dyn Operator,
) -> Result<Rehearsal, RehearsalError> {
    let mut spec = spec_of(pair);
    settings.apply(&mut spec)?;
    for (at, (when, fault)) in faults.iter().enumerate() {
        spec.fits(when, fault).map_err(|why| RehearsalError::Fault { at, why })?;
    }
    Ok(rehearse_in(plan, spec, seed, faults, operator))
}

fn rehearse_in(
    plan: &Plan,
    mut spec: Spec,
    seed: u64,
    faults: &[(When, Fault)],
    operator: &mut dyn Operator,
) -> Rehearsal {
    for stop in &plan.brief().stops {
        offer(&mut spec, stop.version, &stop.image);
    }
    let (Some(forward), Some(turn)) = (plan.up_to_the_turn(), plan.turns_at()) else {
        spec.faults.extend(faults.iter().cloned());
        let pair = twin::Pair::new(spec, seed);
        return rehearse_on(plan, pair, Records::default(), &mut Forgetful, operator);
    };
    let pair = twin::Pair::new(spec, seed);
    let (_, mut pair) = carried_out(&forward, pair, Records::default(), &mut Forgetful, &mut Turning(turn));
    let before = pair.state_changing_lines().len();
    let now = pair.now();
    for (when, fault) in faults {
        let when = match when {
            When::At(at) => When::At(now.saturating_add(*at)),
            when => when.clone(),
        };
        pair.foresee_when(when, fault.clone());
    }
    let mut rehearsal = rehearse_on(plan, pair, Records::default(), &mut Forgetful, operator);
    rehearsal.lines.drain(..before.min(rehearsal.lines.len()));
    // By the orders of a way back the way to its turn would be judged as if it led to the old release.
    let Judgement { violations, excused, .. } = &mut rehearsal.judgement;
    violations.retain(|found| found.at >= now);
    excused.retain(|found| found.at >= now);
    rehearsal
}

/// Says go up to the point at which a way back begins.
struct Turning((usize, Pause));

impl Operator for Turning {
    fn ask(&mut self, question: &Question) -> Answer {
        if (question.hop, question.pause) == self.0 { Answer::Halt } else { Answer::Go }
    }

    fn saw(&mut self, _: Elapsed, _: &Event, _: &Action, _: &Run) {}
}

/// Runs a plan on this simulated pair, in its virtual time.
pub fn rehearse_on(
    plan: &Plan,
    pair: twin::Pair,
    records: Records,
    keeper: &mut dyn Keeper,
    operator: &mut dyn Operator,
) -> Rehearsal {
    let (outcome, pair) = carried_out(plan, pair, records, keeper, operator);
    let lines = pair.state_changing_lines().into_iter().map(|(role, line)| (role, line.to_owned())).collect();
    let judgement = pair.judgement(&orders_of(plan, &pair));
    let unstruck = pair.unstruck();
    Rehearsal { outcome, history: pair.history().to_vec(), oracle: pair.report(), judgement, lines, unstruck }
}

fn carried_out(
    plan: &Plan,
    pair: twin::Pair,
    records: Records,
    keeper: &mut dyn Keeper,
    operator: &mut dyn Operator,
) -> (Outcome, twin::Pair) {
    let pair = Rc::new(RefCell::new(pair));
    let mut transport = Terminals::new(Memory::new(Rc::clone(&pair)), Login::default());
    let mut clock = VirtualClock::new(Rc::clone(&pair));
    let mut run = Run::new(plan);
    let begins = if records.records.is_empty() { Claim::Started } else { Claim::Resumed };
    pair.borrow_mut().claimed(begins);
    let outcome = drive(&mut run, records, &mut transport, &mut clock, keeper, operator);
    pair.borrow_mut().claimed(claim_of(&outcome));
    let pair = pair.borrow().clone();
    (outcome, pair)
}

/// What the end of a run says of it.
pub fn claim_of(outcome: &Outcome) -> Claim {
    match outcome {
        Outcome::Completed(_) => Claim::Completed,
        Outcome::Halted(halt) => Claim::Halted { code: halt.code.clone() },
    }
}

/// What a plan tells a run on this simulated pair to do, for the oracle to hold it to.
pub fn orders_of(plan: &Plan, pair: &twin::Pair) -> Orders {
    let (brief, policy) = (plan.brief(), plan.policy());
    let image = |stop: &Stop| (stop.version, stop.image.file.path().to_owned());
    let owners = brief.groups.iter().map(|(id, group)| (*id, group.owner)).collect();
    let boot = brief.stops.iter().rev().map(|stop| stop.image.file.path().to_owned()).take(2).collect();
    let mut orders = Orders::new(brief.stops.iter().map(image).collect(), owners, boot);
    let unverified = brief.stops.iter().filter(|stop| stop.check.is_none());
    orders.unverified = unverified.map(|stop| stop.image.file.path().to_owned()).collect();
    orders.prefers =
        brief.groups.iter().filter_map(|(id, group)| group.preempt.map(|(home, _)| (*id, home))).collect();
    orders.adapts = policy.on_drift == OnDrift::Adapt;
    orders.looks = policy.ready_polls;
    orders.ready_for = Duration::from_secs(policy.ready_for_s);
    // The line is on its way for its echo and once more, and the last look's answer was.
    orders.age = Duration::from_millis(policy.w_ms.min(5_000)) + pair.round_trip() * 2;
    orders.staged = Duration::from_secs(policy.staged_read_s.min(policy.slow_read_s)) + orders.age;
    orders.slow = Duration::from_secs(policy.slow_read_s) + orders.age;
    orders.switch = pair.longest_switch();
    let hop = [policy.boot_s, policy.boot_with_module_s, policy.sync_s, policy.copy_s, policy.verify_s]
        .into_iter()
        .chain([policy.save_s, policy.switch_s, policy.preempt_s, policy.silence_s, policy.soak_s])
        .sum::<u64>();
    let hops = u64::try_from(brief.stops.len()).unwrap_or(u64::MAX);
    let waits = u64::from(policy.flaps.saturating_add(policy.resumes)).saturating_add(2);
    // Every wait of every hop, as often as it may be begun anew, and for each unit.
    orders.deadline = Duration::from_secs(hop.saturating_mul(hops).saturating_mul(waits).saturating_mul(2));
    orders
}

/// The virtual time of a simulated pair.
#[derive(Debug)]
pub struct VirtualClock {
    pair: Rc<RefCell<twin::Pair>>,
    began: Duration,
}

impl VirtualClock {
    /// A run on this pair that begins now.
    pub fn new(pair: Rc<RefCell<twin::Pair>>) -> Self {
        let began = pair.borrow().now();
        Self { pair, began }
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Elapsed {
        Elapsed::ZERO.after(self.pair.borrow().now().saturating_sub(self.began))
    }

    fn sleep(&mut self, until: Elapsed) {
        let until = self.began.saturating_add(until.since(Elapsed::ZERO));
        self.pair.borrow_mut().advance_to(until);
    }
}

/// A simulated pair in the shape of an observed one.
pub fn spec_of(pair: &Pair) -> Spec {
    let version =
        |unit: &Unit| unit.version.value.version.value().copied().unwrap_or(AsaVersion::new(0, 0, 0, 0));
    let model = pair.primary.version.value.hardware.clone().unwrap_or_default();
    let mut spec = Spec::active_standby(&model, version(&pair.primary));
    if let Some(hostname) = &pair.primary.version.value.hostname {
        spec.hostname.clone_from(hostname);
    }
    spec.stateful = pair.primary.failover.value.state_link.is_some();
    spec.module = module(pair);
    spec.connections = active_connections(pair);
    spec.groups = groups(pair);
    spec.interfaces = interfaces(pair);
    spec.contexts = contexts(pair, &spec);
    for unit in pair.units() {
        let of = spec.unit_mut(unit.role);
        unit.serial.as_str().clone_into(&mut of.serial);
        of.version = version(unit);
        of.uptime = Duration::from_secs(unit.version.value.uptime_seconds.unwrap_or(86_400));
        of.flash = flash(unit);
        of.running_boot = names(unit.running_boot.as_ref().map(|boot| boot.system.as_slice()));
        of.startup_boot = names(unit.startup_boot.as_ref().map(|boot| boot.system.as_slice()));
        if let Some(file) = booted_file(unit) {
            file.name().clone_into(&mut of.image);
        }
    }
    spec
}

/// The service module of the pair, as the primary names it.
fn module(pair: &Pair) -> Option<String> {
    let shown = &pair.primary.failover.value.modules;
    let mut own = shown.iter().filter(|module| module.host == Side::This && module.status == "Up/Up");
    own.find_map(|module| module.model.as_ref()).map(ToString::to_string)
}

fn active_connections(pair: &Pair) -> u32 {
    let counts = pair.units().filter_map(|unit| unit.connections.as_ref());
    counts.map(|count| count.in_use).max().unwrap_or(0).try_into().unwrap_or(u32::MAX)
}

fn groups(pair: &Pair) -> Vec<GroupSpec> {
    let config = pair.primary.running_failover.as_ref();
    let of = |id: GroupId| {
        let active = pair
            .units()
            .find(|unit| unit.failover.value.standing(Side::This, id) == Some(&Standing::Active))
            .map_or(Role::Primary, |unit| unit.role);
        let config = config.and_then(|running| running.groups.iter().find(|config| config.number == id));
        let mut group = GroupSpec::new(id, config.and_then(|config| config.role).unwrap_or(Role::Primary));
        group.active = active;
        group.preempt = config
            .filter(|config| config.preempt)
            .map(|config| config.preempt_delay_seconds.unwrap_or(0).try_into().unwrap_or(u32::MAX));
        group
    };
    pair.primary.failover.value.group_ids().into_iter().map(of).collect()
}

fn interfaces(pair: &Pair) -> Vec<InterfaceSpec> {
    let own = |unit: &Unit| -> Vec<(Option<String>, String, String, bool)> {
        let rows = unit.failover.value.interfaces.iter().filter(|row| row.host == Side::This);
        rows.map(|row| {
            let monitored = row.monitoring.as_ref().is_none_or(|word| word.to_string() != "not-monitored");
            (
                row.context.clone().map(String::from),
                row.name.to_string(),
                row.ip.clone().map_or_else(|| "0.0.0.0".to_owned(), String::from),
                monitored,
            )
        })
        .collect()
    };
    let mates = own(&pair.secondary);
    own(&pair.primary)
        .into_iter()
        .map(|(context, name, address, monitored)| {
            let mate = mates.iter().find(|(other, of, ..)| *other == context && *of == name);
            let standby = mate.map_or_else(|| "0.0.0.0".to_owned(), |(_, _, address, _)| address.clone());
            let mut spec = InterfaceSpec::new(context.as_deref(), &name, [&address, &standby]);
            spec.monitored = monitored;
            spec
        })
        .collect()
}

/// The contexts that the interface lists name; which group each joins is not printed there, so the
/// groups are taken in turn.
fn contexts(pair: &Pair, spec: &Spec) -> Vec<ContextSpec> {
    if !pair.is_multiple() {
        return Vec::new();
    }
    let mut names = vec!["admin".to_owned()];
    for interface in &spec.interfaces {
        if let Some(context) = &interface.context
            && !names.contains(context)
        {
            names.push(context.clone());
        }
    }
    let groups: Vec<GroupId> = spec.groups.iter().map(|group| group.id).collect();
    let group = |at: usize| groups.get(at % groups.len().max(1)).copied().unwrap_or(GroupId::UNIT);
    names.iter().enumerate().map(|(at, name)| ContextSpec::new(name, group(at))).collect()
}

fn names(entries: Option<&[String]>) -> Vec<String> {
    let name = |entry: &String| entry.rsplit('/').next().unwrap_or(entry).to_owned();
    entries.unwrap_or_default().iter().map(name).collect()
}

/// Flash as listed; the twin has one file system, `disk0:/`. What a file boots is told by its name, and by `show version` for the running one.
fn flash(unit: &Unit) -> Vec<FlashFile> {
    let running = booted_file(unit);
    let listed =
        unit.listing(0).into_iter().flat_map(|dir| &dir.files).filter(|file| file.kind == FileKind::File);
    listed
        .map(|file| {
            let is_running = running.as_ref().is_some_and(|running| running.name() == file.name);
            let named = file.name.parse::<ImageName>().ok().filter(|name| !name.family().is_asdm());
            let version = if is_running {
                unit.version.value.version.value().copied()
            } else {
                named.and_then(|name| name.version())
            };
            let mut of = version
                .map_or_else(|| FlashFile::other(&file.name, file.size), |v| FlashFile::image(&file.name, v));
            of.size = file.size;
            of
        })
        .collect()
}

/// The image of a stop is what the goal says it is, on flash and behind its address.
fn offer(spec: &mut Spec, version: AsaVersion, image: &crate::goal::Image) {
    let mut file = FlashFile::image(image.file.name(), version);
    if let Some(size) = image.size {
        file.size = size;
    }
    if let Some(digest) = &image.sha512 {
        digest.as_str().clone_into(&mut file.sha512);
    }
    if let Some(digest) = &image.md5 {
        digest.as_str().clone_into(&mut file.md5);
    }
    for role in Role::BOTH {
        for listed in spec.unit_mut(role).flash.iter_mut().filter(|listed| listed.name == file.name) {
            listed.clone_from(&file);
        }
    }
    if let Some(from) = &image.from {
        spec.remote.insert(from.as_str().to_owned(), file);
    }
}
