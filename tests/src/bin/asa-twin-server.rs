//! A simulated pair behind SSH, for test suites in other languages.
//!
//! Prints one line of JSON (ports, login, enable secret, `known_hosts` lines, the image of the target)
//! and serves until its standard input ends; then it prints what the oracle saw, as JSON too.

use std::io::{Read as _, Write as _, stdin, stdout};
use std::process::ExitCode;

use asa_failover_core::AsaVersion;
use asa_failover_core::twin::{Pair, Spec};
use asa_failover_core::unit::GroupId;
use asa_failover_tests::server::Server;
use clap::Parser;
use serde_json::json;

/// Serves a simulated failover pair on two loopback ports.
#[derive(Parser)]
struct Cli {
    /// The model, as `show version` prints it.
    #[arg(long, default_value = "ASA5525")]
    model: String,
    /// The release that both units run.
    #[arg(long, default_value = "9.8(4)")]
    version: AsaVersion,
    /// Releases whose images are on both flashes.
    #[arg(long)]
    staged: Vec<AsaVersion>,
    /// Active/Active in multiple context mode, with preempt on group 2.
    #[arg(long)]
    active_active: bool,
    /// How many times faster than ours the pair's time runs.
    #[arg(long, default_value_t = 1)]
    scale: u32,
    /// Shorter boots, for tests: seconds.
    #[arg(long)]
    boot: Option<u64>,
    /// The enable secret.
    #[arg(long, default_value = "enable-secret")]
    enable: String,
    /// What decides where it is not decided otherwise.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut spec = if cli.active_active {
        Spec::active_active(&cli.model, cli.version).with_preempt(GroupId::new(2), 30)
    } else {
        Spec::active_standby(&cli.model, cli.version)
    };
    spec = cli
        .staged
        .iter()
        .fold(spec, |spec, version| spec.with_staged(*version))
        .with_enable_secret(&cli.enable);
    if let Some(boot) = cli.boot {
        spec.timings.boot = std::time::Duration::from_secs(boot);
    }
    let images: Vec<_> = cli.staged.iter().map(|version| {
        let file = spec.image(*version);
        json!({"version": version, "file": format!("disk0:/{}", file.name), "size": file.size, "sha512": file.sha512, "md5": file.md5})
    }).collect();
    let server =
        Server::new(Pair::new(spec, cli.seed), cli.scale).with_login("operator", "login-secret").run();
    let said = json!({
        "active_port": server.active_port,
        "standby_port": server.standby_port,
        "user": "operator",
        "password": "login-secret",
        "enable": cli.enable,
        "known_hosts": server.known_hosts_lines(),
        "fingerprint": server.fingerprint(),
        "images": images,
    });
    println!("{said}");
    if stdout().flush().is_err() || stdin().read_to_end(&mut Vec::new()).is_err() {
        return ExitCode::FAILURE;
    }
    let pair = server.pair();
    let Ok(pair) = pair.lock() else { return ExitCode::FAILURE };
    let report = pair.report();
    let lines: Vec<_> =
        pair.state_changing_lines().into_iter().map(|(role, line)| json!([role, line])).collect();
    println!("{}", json!({"clean": report.is_clean(), "report": report, "lines": lines}));
    ExitCode::SUCCESS
}
