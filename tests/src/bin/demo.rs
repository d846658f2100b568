//! `demo as|aa|hops`: see `make demo`.

use std::process::ExitCode;

use asa_failover_tests::demo::{Controller, Scene, control, show};
use clap::{Parser, Subcommand};

/// Upgrades a simulated failover pair over SSH.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Show a scene.
    Show {
        /// Which pair.
        scene: Scene,
        /// A finding or condition that is known and accepted, by its id.
        #[arg(long)]
        accept: Vec<String>,
    },
    /// Be the controller of a scene: what `show` starts, kills and starts again.
    Control(Controller),
}

fn main() -> ExitCode {
    let done = match Cli::parse().what {
        What::Show { scene, accept } => show(scene, &accept),
        What::Control(with) => control(&with),
    };
    done.unwrap_or_else(|failure| {
        eprintln!("{failure}");
        ExitCode::FAILURE
    })
}
