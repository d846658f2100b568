//! Plans an upgrade from captures of a real pair: prints findings, verdict and plan, or every reason why not.
//!
//! `cargo run --example plan -- FOLDER --target '9.8(4)48' --image disk0:/asa984-48-smp-k8.bin`

#![expect(clippy::disallowed_methods, reason = "reading the captures is what this program does")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use asa_failover_core::AsaVersion;
use asa_failover_core::check::Finding;
use asa_failover_core::compat::Compat;
use asa_failover_core::flash::{DiskFile, FetchUrl};
use asa_failover_core::goal::{Digest, Goal, Image, Policy, Procedure};
use asa_failover_core::link::Reach;
use asa_failover_core::pair::{Captures, Pair};
use asa_failover_core::plan::plan;
use clap::{CommandFactory as _, Parser, ValueEnum, error::ErrorKind};

/// Plans an upgrade from captures of a real pair: prints findings, verdict and plan, or every reason why not.
///
/// FOLDER holds the output of each unit, one file a command, in primary/ and secondary/. A file is named
/// after its command, with dashes: show-version.txt, show-failover.txt, show-failover-state.txt,
/// show-mode.txt, show-running-config-boot.txt, show-startup-config.txt (its boot lines are enough),
/// show-bootvar.txt, dir.txt, show-running-config-failover.txt, show-reload.txt, show-conn-count.txt, and
/// verify-NAME.txt for each file whose digest was computed. Exit code 1: there is no plan.
#[derive(Parser)]
#[command(name = "plan")]
struct Options {
    /// Captures of the pair.
    folder: PathBuf,
    /// The release both units shall run, 9.8(4)48.
    #[arg(long)]
    target: AsaVersion,
    /// Image of the target or of a stop, disk0:/...
    #[arg(long)]
    image: Vec<DiskFile>,
    /// Its published SHA-512.
    #[arg(long)]
    sha512: Vec<Digest>,
    /// Its published MD5.
    #[arg(long)]
    md5: Vec<Digest>,
    /// Its size in bytes.
    #[arg(long)]
    size: Vec<u64>,
    /// Where a unit that lacks it fetches it from.
    #[arg(long)]
    url: Vec<FetchUrl>,
    /// A release to stop at, oldest first.
    #[arg(long)]
    stop: Vec<AsaVersion>,
    /// Id of a condition that is accepted.
    #[arg(long)]
    accept: Vec<String>,
    /// Which addresses of the pair will be reachable.
    #[arg(long, value_enum, default_value_t = Addresses::BothAddresses)]
    reach: Addresses,
    /// Which commands carry the upgrade out.
    #[arg(long, value_enum, default_value_t = Commands::Hardened)]
    procedure: Commands,
}

#[derive(Clone, Copy, ValueEnum)]
enum Addresses {
    BothAddresses,
    ActiveOnly,
}

#[derive(Clone, Copy, ValueEnum)]
enum Commands {
    Hardened,
    Published,
}

const COMMANDS: [&str; 11] = [
    "show version",
    "show failover",
    "show failover state",
    "show mode",
    "show running-config boot",
    "show startup-config",
    "show bootvar",
    "dir",
    "show running-config failover",
    "show reload",
    "show conn count",
];

/// The output of one unit by the command that printed it.
fn captures(folder: &Path) -> Captures {
    let mut found = Captures::new();
    let entries = fs::read_dir(folder).inspect_err(|why| eprintln!("{}: {why}", folder.display()));
    let files = entries.into_iter().flatten().flatten().map(|entry| entry.path());
    for path in files.filter(|path| path.extension().is_some_and(|extension| extension == "txt")) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let known = COMMANDS.into_iter().find(|command| command.replace(' ', "-") == stem);
        let command = if stem.starts_with("verify") {
            format!("verify {stem}")
        } else if let Some(command) = known {
            command.to_owned()
        } else {
            eprintln!("{}: left out, no reader for it", path.display());
            continue;
        };
        match fs::read(&path) {
            Ok(text) => _ = found.insert(command, String::from_utf8_lossy(&text).into_owned()),
            Err(why) => eprintln!("{}: left out: {why}", path.display()),
        }
    }
    found
}

impl Options {
    /// The images, each with the digest and size that stand at its place.
    fn images(&self) -> Result<Vec<Image>, clap::Error> {
        let given = [
            ("sha512", self.sha512.len()),
            ("md5", self.md5.len()),
            ("size", self.size.len()),
            ("url", self.url.len()),
        ];
        for (name, count) in given {
            if count != 0 && count != self.image.len() {
                let why = format!("--{name} is given once for each --image, or not at all");
                return Err(Self::command().error(ErrorKind::WrongNumberOfValues, why));
            }
        }
        let image = |(at, file): (usize, &DiskFile)| {
            let mut image = Image::new(file.clone());
            image.sha512 = self.sha512.get(at).cloned();
            image.md5 = self.md5.get(at).cloned();
            image.size = self.size.get(at).copied();
            image.from = self.url.get(at).cloned();
            image
        };
        Ok(self.image.iter().enumerate().map(image).collect())
    }

    fn policy(&self) -> Policy {
        let reach = match self.reach {
            Addresses::BothAddresses => Reach::BothAddresses,
            Addresses::ActiveOnly => Reach::ActiveOnly,
        };
        let procedure = match self.procedure {
            Commands::Hardened => Procedure::Hardened,
            Commands::Published => Procedure::Published,
        };
        Policy::default().with_reach(reach).with_procedure(procedure)
    }
}

fn show(findings: &[Finding]) {
    println!("findings:");
    for finding in findings {
        println!("  {}", finding.to_string().replace('\n', "\n    "));
    }
}

fn main() -> ExitCode {
    let options = Options::parse();
    let images = options.images().unwrap_or_else(|wrong| wrong.exit());
    let [primary, secondary] = ["primary", "secondary"].map(|unit| captures(&options.folder.join(unit)));
    let pair = match Pair::from_captures(&primary, &secondary) {
        Ok(pair) => pair,
        Err(wrong) => {
            println!("no plan:");
            for problem in wrong.problems {
                println!("  {problem}");
            }
            return ExitCode::FAILURE;
        }
    };
    let mut goal = images.into_iter().fold(Goal::new(options.target), Goal::with_image);
    goal.stops.clone_from(&options.stop);
    goal.accepted.extend(options.accept.iter().cloned());
    match plan(&pair, &goal, Compat::bundled(), &options.policy()) {
        Ok(plan) => {
            show(plan.findings());
            println!("\nverdict:\n  {}\n", plan.verdict().to_string().replace('\n', "\n  "));
            print!("{}", plan.to_markdown());
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            show(&refusal.findings);
            println!("\nno plan: {} of these findings block", refusal.blocking().count());
            ExitCode::FAILURE
        }
    }
}
