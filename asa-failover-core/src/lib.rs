//! Plans and drives software upgrades of Cisco ASA failover pairs.
#![forbid(unsafe_code)]

pub mod check;
pub mod clock;
pub mod command;
pub mod compat;
pub mod decide;
pub mod drive;
pub mod elapsed;
pub mod flash;
pub mod goal;
pub mod image;
pub mod link;
pub mod live;
pub mod pair;
pub mod plan;
#[cfg(feature = "twin")]
pub mod rehearse;
pub mod run;
pub mod session;
pub mod show;
pub mod store;
pub mod transport;
#[cfg(feature = "twin")]
pub mod twin;
pub mod unit;
pub mod version;

pub use version::{AsaVersion, Train};
