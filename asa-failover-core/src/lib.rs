//! Plans and drives software upgrades of Cisco ASA failover pairs without an outage.
//!
//! ```
//! use asa_failover_core::compat::Compat;
//! use asa_failover_core::goal::{Goal, Image, Policy};
//! use asa_failover_core::{Pair, plan};
//! # fn captured(unit: &str) -> std::io::Result<asa_failover_core::pair::Captures> {
//! #     let files = std::fs::read_dir(format!("../tests/captures/asa5525-9.8.4/{unit}"))?;
//! #     files.map(|file| file.map(|file| file.path())).map(|path| {
//! #         let path = path?;
//! #         if path.to_string_lossy().contains("verify") { return Ok(None); }
//! #         let name = path.file_stem().unwrap_or_default().to_string_lossy().replace('-', " ");
//! #         let command = name.replace("running config", "running-config").replace("startup config", "startup-config");
//! #         Ok(Some((command, std::fs::read_to_string(path)?)))
//! #     }).filter_map(Result::transpose).collect()
//! # }
//! # let sha512 = std::fs::read_to_string("../tests/captures/asa5525-9.8.4/asa984-48-smp-k8.bin.sha512")?;
//!
//! // What each unit printed, by command: {"show failover": "Failover On ...", ...}
//! let pair = Pair::from_captures(&captured("primary")?, &captured("secondary")?)?;
//! let image = Image::new("disk0:/asa984-48-smp-k8.bin".parse()?).with_size(91_179_008);
//! let (compat, policy) = (Compat::bundled(), Policy::default());
//!
//! let goal = Goal::new("9.8(4)48".parse()?).with_image(image.clone());
//! let refusal = plan(&pair, &goal, compat, &policy).unwrap_err();
//! assert!(refusal.to_string().contains("no SHA-512 is given for disk0:/asa984-48-smp-k8.bin"));
//!
//! let goal = Goal::new("9.8(4)48".parse()?).with_image(image.with_digest(sha512.trim().parse()?));
//! let plan = plan(&pair, &goal, compat, &policy)?;
//! let typed: Vec<&str> = plan.steps().iter().filter_map(|step| step.typed.as_deref()).collect();
//! assert_eq!(typed.first(), Some(&"verify /sha-512 disk0:/asa984-48-smp-k8.bin"));
//! assert!(typed.contains(&"failover reload-standby"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The model
//!
//! *Facts* and *knowledge* make a *plan*, and a plan makes a *run*:
//!
//! * [`show`] reads what a unit printed. A [`Pair`] is what both units said of themselves. What a
//!   reader does not understand it keeps, and it satisfies nothing.
//! * [`compat`] knows which release may follow which, on which model, by which published rule. Its
//!   verdict may be *unknown*.
//! * [`plan()`] checks the pair against a [`goal`] and gives a [`Plan`] or every reason why not. The
//!   plan is [`decide::derive()`] unrolled over an ideal pair.
//! * [`Run`] is the same `derive` on the real one: an [`Event`] in, one [`Action`] out, no socket,
//!   no file, no clock. [`drive()`] performs the actions over a [`transport`], with a journal from
//!   [`store`].
//! * [`syslog`] reads a line of a log and says what it means for an upgrade. No guard rests on it.
//! * `twin` is a simulated pair, and `rehearse` runs a plan on it.
//!
//! [`design`] says why it is built like this.
//!
//! # What it does not do
//!
//! * Clusters: units of a cluster have no mate, and every guard here is about one.
//! * FTD: its upgrades belong to its manager, which holds state that no command line shows.
//! * Platforms that their chassis upgrades (FXOS: Firepower 4100/9300, 2100 in platform mode), and
//!   those with one `boot system` entry that unpacks a bundle: their boot procedure is another one and
//!   is not modelled. Plans for them are refused by name.
//! * Going back. A run that halts rolls nothing back; it says what is safe to do next.
//!
//! # Features
//!
//! | feature | default | gives |
//! | --- | --- | --- |
//! | `ssh` | yes | `transport::ssh`, on the libssh2 that comes with `ssh2`; a libssh2 of the system is refused |
//! | `twin` | yes | `twin`, the simulated pair, and `rehearse` |
//!
//! Unix only: the journal is locked and owned as files are there. Rust 1.89 or later.
#![forbid(unsafe_code)]
// What a library has to say goes to its caller.
#![cfg_attr(not(test), warn(clippy::print_stdout, clippy::print_stderr))]

#[cfg(all(asaf_ablation, feature = "ssh"))]
compile_error!("a build that lacks a guard reaches no unit: leave the feature `ssh` out");

pub mod check;
pub mod clock;
pub mod command;
pub mod compat;
pub mod decide;
#[doc = include_str!("../DESIGN.md")]
pub mod design {}
pub mod drive;
pub mod elapsed;
pub mod flash;
pub mod goal;
pub mod image;
pub mod link;
pub mod live;
mod machine;
pub mod pair;
pub mod plan;
#[cfg(feature = "twin")]
pub mod rehearse;
pub mod run;
pub mod session;
pub mod shared;
pub mod show;
pub mod store;
pub mod syslog;
mod table;
pub mod text;
pub mod transport;
#[cfg(feature = "twin")]
pub mod twin;
pub mod unit;
pub mod version;

pub use drive::drive;
pub use pair::Pair;
pub use plan::{Plan, plan};
pub use run::{Action, Event, Run};
pub use version::{AsaVersion, Train};

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
