//! What a unit boots next: `show running-config boot`, the boot lines of `show startup-config`,
//! and `show bootvar`.

use nom::Parser;
use nom::sequence::preceded;
use serde::{Deserialize, Serialize};

use super::terminal;
use super::token::{blanks, word};
use super::walk::{Line, Walk};
use super::{ParseError, Reading};

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

/// Reads the output of `show running-config boot`, or of `show running-config boot system`.
///
/// No line is needed: a unit without boot lines prints none, and boots the first image on flash.
///
/// The lines it knows:
///
/// ```text
/// boot system disk0:/asa9-16-4-57-smp-k8.bin
/// boot config disk0:/other-config.cfg
/// ```
///
/// The lines are the commands as they are typed; captures of upgrades show them.
///
/// # Errors
///
/// [`ParseError`] where a boot line is malformed, and where the device refused the command.
pub fn running_boot(text: &str) -> Result<Reading<RunningBoot>, ParseError> {
    let mut walk = Walk::new("show running-config boot", text)?;
    let mut boot = RunningBoot::default();
    while let Some(line) = walk.line()? {
        if let Some(rest) = line.text.strip_prefix("boot system") {
            boot.system.push(file(&line, rest)?);
        } else if let Some(rest) = line.text.strip_prefix("boot config") {
            line.put(&mut boot.config, "boot config FILE", file(&line, rest)?)?;
        } else {
            walk.unclaimed(line)?;
        }
    }
    walk.reading(boot)
}

/// Reads the boot lines of `show startup-config`, of the whole configuration or of its lines that
/// `| include boot system` lets through.
///
/// No other line is kept as unread: a configuration holds secrets. No line is needed either, since
/// a filtered configuration without boot lines is empty: the list is empty then, and satisfies
/// nothing that asks for an image.
///
/// The lines it knows:
///
/// ```text
/// boot system disk0:/asa9-16-4-57-smp-k8.bin
/// ```
///
/// The line is the command as it is typed; captures of upgrades show it.
///
/// # Errors
///
/// [`ParseError`] where a boot line is malformed or holds damage or characters that print nothing, its
/// first words included, and where the device refused the command.
pub fn startup_boot(text: &str) -> Result<Reading<StartupBoot>, ParseError> {
    let mut walk = Walk::dropping("show startup-config", text)?;
    let mut boot = StartupBoot::default();
    while let Some(line) = walk.line()? {
        if let Some(damage) = line.strange().filter(|_| may_be_boot_line(line.text)) {
            return Err(damage);
        }
        if let Some(rest) = line.text.strip_prefix(SYSTEM) {
            boot.system.push(file(&line, rest)?);
        } else if !walk.without_fact(line.text.starts_with("banner ")) {
            walk.unclaimed(line)?;
        }
    }
    walk.reading(boot)
}

const SYSTEM: &str = "boot system";

/// Whether a line with a character that prints nothing or stands for damage is a boot line as far as it is
/// whole. A list that lacks it would say that the unit boots the next entry.
fn may_be_boot_line(text: &str) -> bool {
    let whole = terminal::strange(text).map_or(text, |(at, _)| text.split_at(at).0);
    SYSTEM.starts_with(whole) || whole.starts_with(SYSTEM)
}

/// The file behind `boot system` or `boot config`.
fn file<'t>(line: &Line<'t>, rest: &'t str) -> Result<String, ParseError> {
    line.all(rest, "a blank and one file name", |i| preceded(blanks, word).parse(i)).map(str::to_owned)
}

const VARIABLE: &str = "BOOT variable = ...";

/// Reads the output of `show bootvar`.
///
/// The lines it knows:
///
/// ```text
/// BOOT variable = disk0:/asa9-12-4-37-smp-k8.bin
/// Current BOOT variable = disk0:/asa9-16-4-smp-k8.bin;disk0:/asa9-12-4-37-smp-k8.bin
/// CONFIG_FILE variable =
/// Current CONFIG_FILE variable =
/// ```
///
/// Known from a capture of 9.6 and from texts on 8.x.
///
/// # Errors
///
/// [`ParseError`] where none of its lines is printed or one is printed twice, and where the device
/// refused the command.
pub fn bootvar(text: &str) -> Result<Reading<Bootvar>, ParseError> {
    let mut walk = Walk::new("show bootvar", text)?;
    let (mut boot, mut current_boot, mut config_file, mut current_config_file) = (None, None, None, None);
    while let Some(line) = walk.line()? {
        let (slot, name, value) = match line.text.split_once(" variable =") {
            Some(("BOOT", value)) => (&mut boot, "BOOT variable", value),
            Some(("Current BOOT", value)) => (&mut current_boot, "Current BOOT variable", value),
            Some(("CONFIG_FILE", value)) => (&mut config_file, "CONFIG_FILE variable", value),
            Some(("Current CONFIG_FILE", value)) => {
                (&mut current_config_file, "Current CONFIG_FILE variable", value)
            }
            _ => {
                walk.unclaimed(line)?;
                continue;
            }
        };
        line.put(slot, name, value.trim_ascii())?;
    }
    if [boot, current_boot, config_file, current_config_file].iter().all(Option::is_none) {
        return Err(walk.missing(VARIABLE));
    }
    let stated = |value: Option<&str>| value.filter(|value| !value.is_empty()).map(str::to_owned);
    walk.reading(Bootvar {
        boot: list(boot),
        current_boot: list(current_boot),
        config_file: stated(config_file),
        current_config_file: stated(current_config_file),
    })
}

/// `disk0:/asa9-16-4-smp-k8.bin;disk0:/asa9-12-4-37-smp-k8.bin`
fn list(value: Option<&str>) -> Option<Vec<String>> {
    let files: Vec<_> =
        value?.split(';').map(str::trim_ascii).filter(|file| !file.is_empty()).map(str::to_owned).collect();
    (!files.is_empty()).then_some(files)
}
