//! `show version`: release, image, uptime, hardware and serial number of one unit.

mod read;
mod uptime;

use serde::{Deserialize, Serialize};

use super::Printed;
use crate::unit::Serial;
use crate::version::AsaVersion;

pub use read::version;

/// What `show version` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Version {
    /// The software.
    pub product: Product,
    /// Its release.
    pub version: Printed<AsaVersion>,
    /// Where it was printed; `None` in single mode.
    pub space: Option<Space>,
    /// The release of ASDM in use.
    pub asdm: Option<Printed<AsaVersion>>,
    /// The line of the operating system beneath, as printed.
    pub platform_os: Option<String>,
    /// The image that was booted.
    pub image: Option<String>,
    /// The configuration file at boot: `startup-config`.
    pub config_at_boot: Option<String>,
    /// The host name. Both units of a pair have the same.
    pub hostname: Option<String>,
    /// Seconds since the unit booted, as far as they are printed; see [`Version::uptime_range`].
    pub uptime_seconds: Option<u64>,
    /// Seconds since the pair formed. It survives a reboot of one unit and says nothing of this one.
    pub failover_cluster_uptime_seconds: Option<u64>,
    /// The model, up to the first comma of the `Hardware:` line: `ASA5525`.
    pub hardware: Option<String>,
    /// The `Model Id:` of a virtual appliance: `ASAv10`.
    pub model_id: Option<String>,
    /// The serial number; a user context prints none.
    pub serial: Option<Printed<Serial>>,
    /// Memory in MB, of the `Hardware:` line.
    pub ram_mb: Option<u64>,
    /// What the unit's own licence allows: `Active/Active`, `Active/Standby`, `Disabled`.
    pub licensed_failover: Option<String>,
    /// The text after `Configuration register is`: `0x1`, or `0x1 (will be 0x41 at next reload)`.
    pub config_register: Option<String>,
    /// The line that says who last changed the configuration, as printed.
    pub config_modified: Option<String>,
}

/// The software on a unit.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Product {
    /// `Cisco Adaptive Security Appliance Software`
    Asa,
    /// `Cisco PIX Security Appliance Software`, before 7.0 `Cisco PIX Firewall`
    Pix,
    /// `FWSM Firewall`
    Fwsm,
    /// `Firepower Threat Defense`
    Ftd,
}

/// Where in multiple mode a command was typed.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "the device has these two")]
pub enum Space {
    /// `<system>`: the system execution space.
    System,
    /// `<context>`: a context, the admin context included.
    Context,
}

impl Version {
    /// The least and the most seconds for which the unit can be up, by the uptime it prints.
    ///
    /// A unit prints the two largest units of time only: `1 day 12 hours` is anything up to
    /// `1 day 13 hours`. A reboot is proven by an upper bound that is younger than the command, not
    /// by the number itself. `None` where no uptime is printed.
    pub fn uptime_range(&self) -> Option<(u64, u64)> {
        self.uptime_seconds.map(uptime::range)
    }

    /// The register that counts at the next reload: `0x41` of `0x1 (will be 0x41 at next reload)`,
    /// else the present one. With 0x41 a unit ignores its startup configuration and comes up
    /// without failover.
    pub fn config_register_next(&self) -> Option<&str> {
        let text = self.config_register.as_deref()?;
        let next = text.split_once("(will be ").map(|(_, next)| next);
        next.unwrap_or(text).split_ascii_whitespace().next()
    }
}
