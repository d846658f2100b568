//! Simulated pairs, read and planned for, as the upgrade tests start from them.
#![expect(clippy::unwrap_used, reason = "what a test starts from is there, or the test has failed")]
#![allow(dead_code, reason = "each test takes of it what it needs")]

pub(crate) mod bench;
pub(crate) mod situation;

use std::cell::RefCell;
use std::rc::Rc;

use asa_failover_core::compat::Compat;
use asa_failover_core::drive::{Forgetful, Unattended};
use asa_failover_core::goal::{Goal, Image, Policy};
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

pub(crate) fn v(text: &str) -> AsaVersion {
    text.parse().unwrap()
}

/// The image of a release as the simulated pair has it, as a goal names it.
pub(crate) fn image(spec: &Spec, version: AsaVersion) -> Image {
    let file: FlashFile = spec.image(version);
    let image = Image::new(format!("disk0:/{}", file.name).parse().unwrap()).with_size(file.size);
    image.with_digest(file.sha512.parse().unwrap()).with_digest(file.md5.parse().unwrap())
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

/// Reads, plans and runs.
pub(crate) fn upgrade(spec: Spec, seed: u64, goal: &Goal, policy: &Policy) -> (Plan, Rehearsal) {
    let pair = Rc::new(RefCell::new(twin::Pair::new(spec, seed)));
    let plan = planned(&pair, goal, policy);
    let pair = pair.borrow().clone();
    let rehearsal = rehearse_on(&plan, pair, Records::default(), &mut Forgetful, &mut Unattended);
    (plan, rehearsal)
}
