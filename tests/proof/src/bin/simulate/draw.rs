//! What a seed stands for: of its block the shape of the pair and the plan, of itself all the rest.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::compat::Compat;
use asa_failover_core::goal::{Goal, Image, OnDrift, Policy, Preempt, Procedure};
use asa_failover_core::link::Reach;
use asa_failover_core::live;
use asa_failover_core::plan::{Plan, plan};
use asa_failover_core::session::Login;
use asa_failover_core::transport::Terminals;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::twin::{
    Chance, Doubt, Fault, GroupSpec, Pair, PreemptAfterMove, RoleWhenNotReady, Spec, When,
};
use asa_failover_core::unit::{GroupId, Role};
use asa_failover_core::version::AsaVersion;

use crate::{faults, recoverable};

/// The chance of a seed, or of a block.
pub(crate) const fn chance(seed: u64) -> Chance {
    Chance::new(seed.wrapping_mul(0x5851_F42D_4C95_7F2D))
}

/// Models with the releases of their ways; each way is one that the guides allow.
const WAYS: [(&str, &[&str]); 7] = [
    ("ASA5525", &["9.8(4)", "9.8(4)48"]),
    ("ASA5525", &["9.8(4)", "9.12(4)"]),
    ("ASA5525", &["9.12(4)", "9.14(4)"]),
    ("ASA5525", &["9.1(7)4", "9.8(4)"]),
    ("ASA5520", &["8.2(5)", "8.4(7)"]),
    ("ASA5520", &["7.2(5)", "8.2(5)"]),
    ("ASA5520", &["7.0(8)", "7.1(2)", "7.2(5)"]),
];

/// Pairs of one shape with one plan.
pub(crate) struct Block {
    pub(crate) name: String,
    pub(crate) plan: Plan,
    pub(crate) spec: Spec,
    /// Whether the images are fetched, not staged.
    pub(crate) fetched: bool,
}

/// What a run has to bear.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Lot {
    /// Nothing goes wrong.
    Quiet,
    /// What the controller gets over by itself.
    Recoverable,
    /// Anything.
    Any,
}

/// A run to be.
pub(crate) struct Scene {
    pub(crate) lot: Lot,
    pub(crate) pair: Pair,
    pub(crate) round_trip: Duration,
    /// Whether the pair refuses a move to a unit that does not say that it is ready.
    pub(crate) refuses: bool,
    pub(crate) faults: Vec<(When, Fault)>,
    /// Steps after which the program that drives the run dies.
    pub(crate) deaths: Vec<u64>,
}

fn version(text: &str) -> AsaVersion {
    text.parse().unwrap_or(AsaVersion::new(0, 0, 0, 0))
}

fn image(spec: &Spec, version: AsaVersion, from: bool) -> (Image, String) {
    let file = spec.image(version);
    let url = format!("tftp://198.51.100.10/{}", file.name);
    let disk = format!("disk0:/{}", file.name).parse().expect("the name of an image is a file");
    let mut image = Image::new(disk).with_size(file.size);
    for digest in [&file.sha512, &file.md5] {
        image = image.with_digest(digest.parse().expect("the simulated pair's digest is one"));
    }
    if from {
        image = image.with_source(url.parse().expect("an address"));
    }
    (image, url)
}

impl Block {
    /// The shape and the plan of a block. Where the planner refuses a way, the next one is taken.
    pub(crate) fn new(number: u64) -> Self {
        Self::polled(number, None)
    }

    /// The same, looked at every so many seconds.
    pub(crate) fn polled(number: u64, poll_s: Option<u64>) -> Self {
        let mut chance = chance(number ^ 0xB10C);
        loop {
            if let Some(block) = Self::drawn(&mut chance, poll_s) {
                return block;
            }
        }
    }

    fn drawn(chance: &mut Chance, poll_s: Option<u64>) -> Option<Self> {
        let (model, way) = chance.of(&WAYS);
        let stops: Vec<AsaVersion> = way.iter().map(|text| version(text)).collect();
        let (old, target) = (*stops.first()?, *stops.last()?);
        let mut spec = if chance.one_in(2) || old < version("8.0(2)") {
            Spec::active_standby(model, old).with_active(GroupId::UNIT, chance.of(&Role::BOTH))
        } else {
            let mut spec = Spec::active_active(model, old);
            for group in [1, 2].map(GroupId::new) {
                spec = spec.with_active(group, chance.of(&Role::BOTH));
                if chance.one_in(3) {
                    spec = spec.with_preempt(group, chance.of(&[0, 20, 45, 100]));
                }
            }
            spec
        };
        spec.stateful = !chance.one_in(8);
        spec.module = chance.one_in(4).then(|| "SFR5525".to_owned());
        // Up before its unit is ready: the wait for it is no time of the controller.
        spec.timings.module = Duration::from_secs(40);
        let fetched = chance.one_in(3);
        let mut goal = Goal::new(target).with_accepted("image.hash.unavailable");
        goal.stops = stops.get(1..stops.len() - 1)?.to_vec();
        for stop in stops.iter().skip(1) {
            let (of, url) = image(&spec, *stop, fetched);
            spec = if fetched {
                let file = spec.image(*stop);
                spec.with_remote(&url, file)
            } else {
                spec.with_staged(*stop)
            };
            goal = goal.with_image(of);
        }
        let mut policy = policy(chance);
        policy.poll_s = poll_s.unwrap_or(policy.poll_s);
        let pair = Rc::new(RefCell::new(Pair::new(spec.clone(), 1)));
        let mut transport = Terminals::new(Memory::new(pair), Login::default());
        let facts = live::read(&mut transport, policy.reach, &[]).ok()?;
        let plan = plan(&facts, &goal, Compat::bundled(), &policy).ok()?;
        let name = format!(
            "{model} {} groups {:?}, {}, {:?} {:?} {:?}",
            way.join(" to "),
            spec.groups
                .iter()
                .map(|group| (group.id.number(), group.active, group.preempt))
                .collect::<Vec<_>>(),
            if fetched { "fetched" } else { "staged" },
            policy.procedure,
            policy.reach,
            policy.on_drift
        );
        Some(Self { name, plan, spec, fetched })
    }

    /// Whether the plan cannot be carried out under a reading: preempt that undoes a move while both units are
    /// up, where the policy leaves it on, or a group is not where it would have gone long ago.
    fn is_against(&self, reading: Doubt) -> bool {
        let stays = self.plan.policy().preempt == Preempt::Wait;
        let undoes = |group: &GroupSpec| group.preempt.is_some() && (stays || group.active != group.home);
        reading == Doubt::PreemptAfterMove(PreemptAfterMove::Returns) && self.spec.groups.iter().any(undoes)
    }

    /// A run on the pair as it is, with the times of a real one and without a fault.
    pub(crate) fn calm(&self, seed: u64) -> Scene {
        let mut spec = self.spec.clone();
        spec.round_trip = Duration::from_millis(20);
        Scene {
            lot: Lot::Quiet,
            round_trip: spec.round_trip,
            refuses: false,
            pair: Pair::new(spec, seed),
            faults: Vec::new(),
            deaths: Vec::new(),
        }
    }

    /// The run of a seed. One in sixteen has no faults, and one in four none but
    /// [recoverable](recoverable::RECOVERABLE) ones.
    pub(crate) fn scene(&self, seed: u64, chance: &mut Chance) -> Scene {
        let mut spec = self.spec.clone();
        spec.timings.boot = Duration::from_secs(60 + chance.below(60));
        spec.timings.hold = chance.of(&[800, 5_000, 15_000, 45_000].map(Duration::from_millis));
        spec.round_trip = chance.of(&[0, 0, 20, 150].map(Duration::from_millis));
        let lot = match seed % 16 {
            0 => Lot::Quiet,
            1 | 5 | 9 | 13 => Lot::Recoverable,
            _ => Lot::Any,
        };
        // Each reading of what the texts leave open, in any order: the last one of a question is the one.
        for _ in 0..2 * Doubt::READINGS.len() {
            let reading = chance.of(Doubt::READINGS);
            if lot == Lot::Any || !self.is_against(reading) {
                spec = spec.with_doubt(reading);
            }
        }
        let faults = match lot {
            Lot::Quiet => Vec::new(),
            Lot::Recoverable => recoverable::faults(self, spec.timings.hold, chance),
            Lot::Any => faults::faults(self, chance),
        };
        let mut deaths = Vec::new();
        if lot != Lot::Quiet {
            for _ in 0..chance.below(6).saturating_sub(3) {
                deaths.push(1 + chance.below(300));
            }
        }
        let round_trip = spec.round_trip;
        let refuses = spec.role_when_not_ready == RoleWhenNotReady::Confirm;
        let mut pair = Pair::new(spec, seed);
        for (when, fault) in &faults {
            pair.foresee_when(when.clone(), fault.clone());
        }
        Scene { lot, pair, round_trip, refuses, faults, deaths }
    }
}

fn policy(chance: &mut Chance) -> Policy {
    let (procedure, reach) = chance.of(&[
        (Procedure::Hardened, Reach::BothAddresses),
        (Procedure::Hardened, Reach::ActiveOnly),
        (Procedure::Published, Reach::BothAddresses),
    ]);
    let mut policy = Policy::default()
        .with_procedure(procedure)
        .with_reach(reach)
        .with_on_drift(chance.of(&[OnDrift::Halt, OnDrift::Adapt]));
    if policy.procedure == Procedure::Hardened && chance.one_in(3) {
        policy = policy.with_preempt(Preempt::Remove);
    }
    // Long enough for these pairs; the longer ones of the default only make a lost cause last.
    policy.boot_s = 400;
    policy.sync_s = 400;
    policy.silence_s = 200;
    policy.copy_s = 400;
    policy.soak_s = 30;
    policy.preempt_s = 60;
    policy.poll_s = chance.of(&[5, 10, 15, 20]);
    policy
}
