//! The demonstrations: a simulated pair behind SSH is read, planned for and upgraded, by a controller
//! that is killed once in the middle and goes on from its journal.

#![expect(
    clippy::disallowed_methods,
    reason = "a demonstration keeps its files in a folder of its own, and waits"
)]

mod controller;
mod scene;
mod watcher;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode};
use std::time::Duration;

use asa_failover_core::compat::Compat;
use asa_failover_core::goal::{Goal, Image, Policy};
use asa_failover_core::link::{Endpoint, Reach};
use asa_failover_core::live;
use asa_failover_core::plan::{Plan, plan};
use asa_failover_core::transport::ssh::{AlgorithmProfile, Credentials, Ssh, SshSettings};
use asa_failover_core::twin::{Pair, What};
use asa_failover_core::unit::Role;

pub use controller::{Controller, control};
pub use scene::Scene;

use crate::server::{Era, Server, ServerHandle};

/// The login of the simulated units.
pub(crate) const LOGIN: (&str, &str) = ("operator", "login-secret");
/// Their enable secret.
pub(crate) const ENABLE: &str = "enable-secret";

/// What goes wrong in a demonstration, as text for the operator.
pub type Failure = Box<dyn std::error::Error>;

/// Shows a scene; the exit code says whether everything went as it shall.
///
/// # Errors
///
/// The pair cannot be read or planned for, or the controller cannot be started.
pub fn show(scene: Scene, accepted: &[String]) -> Result<ExitCode, Failure> {
    let folder = tempfile::tempdir()?;
    let spec = scene.spec();
    let goal = accepted.iter().fold(scene.goal(&spec), |goal: Goal, id| goal.with_accepted(id.clone()));
    let scale = scene.scale();
    let server =
        Server::new(Pair::new(spec, 1), scale).with_login(LOGIN.0, LOGIN.1).with_era(scene.era()).run();
    let stage = Stage::new(folder.path(), &server, scene, scale)?;
    println!(
        "A simulated pair listens on 127.0.0.1:{} (active) and :{} (standby);",
        server.active_port, server.standby_port
    );
    println!("its time runs {scale} times as fast as yours. {}\n", scene.title());

    println!("Reading both units over SSH ...");
    let pair = live::read_scaled(&mut stage.ssh(), Reach::BothAddresses, &[], scale)?;
    let plan = plan(&pair, &goal, Compat::bundled(), &Policy::default())?;
    println!("\nVerdict\n-------\n{}\n", plan.verdict());
    println!("{}", plan.to_markdown());
    std::fs::write(stage.plan(), plan.to_json())?;

    println!("Upgrade\n-------");
    let mut first = stage.controller()?;
    wait_for_first_reload(&server, &mut first)?;
    first.kill()?;
    first.wait()?;
    println!("\n*** the controller was killed; the pair goes on without it ***");
    println!("*** a new controller goes on from the journal ***\n");
    let status = stage.controller()?.wait()?;
    Ok(verdict(&plan, &server, status.success()))
}

/// The middle: one unit went down for its reload, and the controller waits for it.
fn wait_for_first_reload(server: &ServerHandle, controller: &mut Child) -> Result<(), Failure> {
    loop {
        let down = {
            let pair = server.pair();
            let pair = pair.lock().map_err(|_| "the simulated pair broke")?;
            pair.history().iter().any(|happening| matches!(happening.what, What::Down { .. }))
        };
        if down {
            pause(Duration::from_secs(2));
            return Ok(());
        }
        if controller.try_wait()?.is_some() {
            return Err("the controller ended before the first reload".into());
        }
        pause(Duration::from_millis(50));
    }
}

fn pause(span: Duration) {
    std::thread::sleep(span);
}

/// What the oracle saw, which shares no code with the controller.
fn verdict(plan: &Plan, server: &ServerHandle, completed: bool) -> ExitCode {
    let pair = server.pair();
    let Ok(pair) = pair.lock() else { return ExitCode::FAILURE };
    let report = pair.report();
    println!(
        "\nWhat the oracle saw from the pair's own history\n-----------------------------------------------\n{report}"
    );
    let typed: Vec<(Role, String)> =
        pair.state_changing_lines().into_iter().map(|(role, line)| (role, line.to_owned())).collect();
    let as_planned = typed == plan.lines();
    println!(
        "state-changing lines: {} planned, {} typed, {}",
        plan.lines().len(),
        typed.len(),
        if as_planned { "the same, in order" } else { "NOT the same" }
    );
    if completed && report.is_clean() && as_planned { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Files and addresses that the controllers share.
struct Stage<'a> {
    folder: &'a Path,
    scene: Scene,
    scale: u32,
    ports: (u16, u16),
}

impl<'a> Stage<'a> {
    fn new(folder: &'a Path, server: &ServerHandle, scene: Scene, scale: u32) -> Result<Self, Failure> {
        let stage = Self { folder, scene, scale, ports: (server.active_port, server.standby_port) };
        std::fs::write(stage.known_hosts(), server.known_hosts_lines())?;
        Ok(stage)
    }

    fn plan(&self) -> PathBuf {
        self.folder.join("plan.json")
    }

    fn known_hosts(&self) -> PathBuf {
        self.folder.join("known_hosts")
    }

    fn ssh(&self) -> Ssh {
        ssh(&self.known_hosts(), self.ports, self.scene.era())
    }

    fn controller(&self) -> Result<Child, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("control").arg("--plan").arg(self.plan());
        command.arg("--journal").arg(self.folder.join("pair.journal"));
        command.arg("--known-hosts").arg(self.known_hosts());
        command.args([
            "--active-port",
            &self.ports.0.to_string(),
            "--standby-port",
            &self.ports.1.to_string(),
        ]);
        command.args(["--scale", &self.scale.to_string()]);
        if self.scene.era() == Era::Legacy {
            command.arg("--legacy");
        }
        Ok(command.spawn()?)
    }
}

/// A transport to a simulated pair on loopback.
pub(crate) fn ssh(known_hosts: &Path, (active, standby): (u16, u16), era: Era) -> Ssh {
    let profile = if era == Era::Legacy { AlgorithmProfile::Legacy } else { AlgorithmProfile::Modern };
    let settings = SshSettings::new(known_hosts, Credentials::password(LOGIN.0, LOGIN.1.into()))
        .with_address(Endpoint::Active, "127.0.0.1", active)
        .with_address(Endpoint::Standby, "127.0.0.1", standby)
        .with_enable(ENABLE.into())
        .with_algorithms(profile);
    Ssh::new(settings)
}

/// The image of a release as the simulated pair has it, as a goal names it.
pub(crate) fn image(
    spec: &asa_failover_core::twin::Spec,
    version: asa_failover_core::AsaVersion,
) -> Result<Image, Failure> {
    let file = spec.image(version);
    let image = Image::new(format!("disk0:/{}", file.name).parse()?).with_size(file.size);
    Ok(image.with_digest(file.sha512.parse()?).with_digest(file.md5.parse()?))
}
