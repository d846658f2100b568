//! Simulated pairs, read and planned for, as the upgrade tests start from them.
#![expect(clippy::unwrap_used, reason = "what a test starts from is there, or the test has failed")]
#![allow(dead_code, reason = "each test takes of it what it needs")]

pub(crate) mod bench;
pub(crate) mod situation;

use std::cell::RefCell;
use std::rc::Rc;

use asa_failover_core::compat::Compat;
use asa_failover_core::drive::{Forgetful, Unattended};
use asa_failover_core::goal::{Goal, Image, Policy, Procedure};
use asa_failover_core::link::Reach;
use asa_failover_core::live;
use asa_failover_core::pair::Pair;
use asa_failover_core::plan::{Plan, plan};
use asa_failover_core::rehearse::{Rehearsal, rehearse_on};
use asa_failover_core::run::Records;
use asa_failover_core::session::Login;
use asa_failover_core::transport::Terminals;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::twin::{self, FlashFile, Spec};
use asa_failover_core::version::AsaVersion;

/// Each way of addressing and procedure that there is. The published one needs both addresses.
pub(crate) const WAYS: [(Procedure, Reach); 3] = [
    (Procedure::Hardened, Reach::BothAddresses),
    (Procedure::Hardened, Reach::ActiveOnly),
    (Procedure::Published, Reach::BothAddresses),
];

/// Where the image of 9.8(4)48 is fetched from.
pub(crate) const URL: &str = "tftp://198.51.100.10/asa984-48-smp-k8.bin";

pub(crate) fn v(text: &str) -> AsaVersion {
    text.parse().unwrap()
}

/// The image of a release as the simulated pair has it, as a goal names it.
pub(crate) fn image(spec: &Spec, version: AsaVersion) -> Image {
    let file: FlashFile = spec.image(version);
    let image = Image::new(format!("disk0:/{}", file.name).parse().unwrap()).with_size(file.size);
    image.with_digest(file.sha512.parse().unwrap()).with_digest(file.md5.parse().unwrap())
}

/// To 9.8(4)48, with its image.
pub(crate) fn goal(spec: &Spec) -> Goal {
    Goal::new(v("9.8(4)48")).with_image(image(spec, v("9.8(4)48")))
}

/// A pair on 9.8(4) of which each unit fetches the image of 9.8(4)48 itself, and its goal.
pub(crate) fn fetching() -> (Spec, Goal) {
    let spec = Spec::active_standby("ASA5525", v("9.8(4)"));
    let file = spec.image(v("9.8(4)48"));
    let image = image(&spec, v("9.8(4)48")).with_source(URL.parse().unwrap());
    (spec.with_remote(URL, file), Goal::new(v("9.8(4)48")).with_image(image))
}

pub(crate) fn policy((procedure, reach): (Procedure, Reach)) -> Policy {
    Policy::default().with_procedure(procedure).with_reach(reach)
}

/// Reads a simulated pair as a live one.
pub(crate) fn read(pair: &Rc<RefCell<twin::Pair>>, reach: Reach) -> Pair {
    let mut transport = Terminals::new(Memory::new(Rc::clone(pair)), Login::default());
    live::read(&mut transport, reach, &[]).unwrap()
}

/// Plans for a simulated pair as it stands.
pub(crate) fn planned(pair: &Rc<RefCell<twin::Pair>>, goal: &Goal, policy: &Policy) -> Plan {
    let facts = read(pair, policy.reach);
    plan(&facts, goal, Compat::bundled(), policy).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// Plans for a pair to 9.8(4)48.
pub(crate) fn plan_of(spec: Spec, policy: &Policy) -> Plan {
    let goal = goal(&spec);
    planned(&Rc::new(RefCell::new(twin::Pair::new(spec, 1))), &goal, policy)
}

/// Reads, plans and runs.
pub(crate) fn upgrade(spec: Spec, seed: u64, goal: &Goal, policy: &Policy) -> (Plan, Rehearsal) {
    let pair = Rc::new(RefCell::new(twin::Pair::new(spec, seed)));
    let plan = planned(&pair, goal, policy);
    let pair = pair.borrow().clone();
    let rehearsal = rehearse_on(&plan, pair, Records::default(), &mut Forgetful, &mut Unattended);
    (plan, rehearsal)
}
