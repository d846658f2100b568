//! `show running-config monitor-interface`: which interfaces failover watches, as configured. The lines are
//! the commands as they are typed.

use serde::{Deserialize, Serialize};

use super::walk::Walk;
use super::{ParseError, Reading};

/// What `show running-config monitor-interface` says. An interface without a line has the default:
/// a physical one is watched, a subinterface is not.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RunningMonitorInterface {
    /// The interfaces, in the order printed.
    pub interfaces: Vec<MonitorConfig>,
    /// Whether the service module is watched; `None` for the default.
    pub service_module: Option<bool>,
}

/// An interface.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MonitorConfig {
    /// The interface name.
    pub name: String,
    /// `true` for `monitor-interface`, `false` for `no monitor-interface`.
    pub monitored: bool,
}

/// Reads the output of `show running-config monitor-interface`.
///
/// No line is needed.
///
/// The lines it knows:
///
/// ```text
/// monitor-interface inside
/// no monitor-interface management
/// monitor-interface service-module
/// ```
///
/// The lines are the commands as they are typed; no capture was at hand.
///
/// # Errors
///
/// [`ParseError`] where the line of the service module is printed twice, and where the device refused the
/// command.
pub fn running_monitor_interface(text: &str) -> Result<Reading<RunningMonitorInterface>, ParseError> {
    let mut walk = Walk::new("show running-config monitor-interface", text)?;
    let mut facts = RunningMonitorInterface::default();
    while let Some(line) = walk.line()? {
        let words: Vec<_> = line.text.split_ascii_whitespace().collect();
        let (monitored, name) = match words.as_slice() {
            ["monitor-interface", name] => (true, *name),
            ["no", "monitor-interface", name] => (false, *name),
            _ => {
                walk.unclaimed(line)?;
                continue;
            }
        };
        if name == "service-module" {
            line.put(&mut facts.service_module, "monitor-interface service-module", monitored)?;
        } else {
            facts.interfaces.push(MonitorConfig { name: name.to_owned(), monitored });
        }
    }
    walk.reading(facts)
}
