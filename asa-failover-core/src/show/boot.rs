//! What a unit boots next: `show running-config boot`, the boot lines of `show startup-config`,
//! and `show bootvar`.

use serde::{Deserialize, Serialize};

/// What `show running-config boot` says.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RunningBoot {
    /// The images, in the order they are tried.
    pub system: Vec<String>,
    /// The file of `boot config`; `None` for the startup configuration.
    pub config: Option<String>,
}

/// The boot lines of `show startup-config`: what the unit boots if it reloads now.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StartupBoot {
    /// The images, in the order they are tried.
    pub system: Vec<String>,
}

/// What `show bootvar` says. A list is `None` where the variable is empty or absent.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Bootvar {
    /// The images of the startup configuration, in the order they are tried.
    pub boot: Option<Vec<String>>,
    /// The images of the running configuration, in the order they are tried.
    pub current_boot: Option<Vec<String>>,
    /// The configuration file by the startup configuration.
    pub config_file: Option<String>,
    /// The configuration file by the running configuration.
    pub current_config_file: Option<String>,
}
