//! The controller of a demonstration: a process of its own, so that it can be killed.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use asa_failover_core::clock::SystemClock;
use asa_failover_core::compat::Compat;
use asa_failover_core::drive::drive;
use asa_failover_core::plan::Plan;
use asa_failover_core::run::{Outcome, Run};
use asa_failover_core::store::Journal;

use super::watcher::Watcher;
use super::{Failure, ssh};
use crate::server::Era;

/// What a controller is told on its command line.
#[derive(clap::Args, Debug)]
pub struct Controller {
    /// The plan, as JSON.
    #[arg(long)]
    plan: PathBuf,
    /// The journal to write, or to go on from.
    #[arg(long)]
    journal: PathBuf,
    /// Host keys.
    #[arg(long)]
    known_hosts: PathBuf,
    /// The port of the active address on loopback.
    #[arg(long)]
    active_port: u16,
    /// The port of the standby address on loopback.
    #[arg(long)]
    standby_port: u16,
    /// How many times faster than ours the pair's time runs.
    #[arg(long, default_value_t = 1)]
    scale: u32,
    /// Offer the algorithms of old code.
    #[arg(long)]
    legacy: bool,
}

/// Carries a plan out, from its beginning or from its journal; Ctrl-C halts in good order.
///
/// # Errors
///
/// The plan does not hold any more, or the journal cannot be used.
pub fn control(with: &Controller) -> Result<ExitCode, Failure> {
    let plan = Plan::from_json(&std::fs::read_to_string(&with.plan)?, Compat::bundled())?;
    let (mut journal, records) = Journal::open_for(&with.journal, "demonstration")?;
    let stop = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&stop))?;
    let era = if with.legacy { Era::Legacy } else { Era::Modern };
    let mut transport = ssh(&with.known_hosts, (with.active_port, with.standby_port), era);
    let mut clock = SystemClock::scaled(with.scale);
    let mut run = Run::new(&plan).with_owner("demonstration");
    let mut watcher = Watcher::new(stop);
    let outcome = drive(&mut run, records, &mut transport, &mut clock, &mut journal, &mut watcher);
    watcher.end();
    println!("\nOutcome\n-------\n{outcome}");
    Ok(if matches!(outcome, Outcome::Completed(_)) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
