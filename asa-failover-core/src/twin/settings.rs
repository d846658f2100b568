//! What a rehearsal may ask of its simulated pair beside what was read of the real one, as plain data.
//!
//! A [`Spec`] is made from an observed pair; [`Settings`] change what no reading shows: how long things
//! take, whether a service module is there, which interfaces nobody monitors, what the pair asks and logs.
//! What is left out stays as it was.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Deserializer};
use thiserror::Error;

use super::doubt::Doubt;
use super::spec::{ContextSpec, InterfaceSpec, Landing, PromptStyle, Spec};
use super::timing::Timings;
use crate::unit::Role;

/// Settings of a simulated pair. Times are whole milliseconds in JSON.
///
/// ```
/// use asa_failover_core::twin::{Settings, Spec};
///
/// let settings: Settings =
///     serde_json::from_str(r#"{"module": "SFR5525", "timings": {"boot_ms": 600000}, "monitor": true}"#)?;
/// let mut spec = Spec::active_standby("ASA5525", "9.8(4)".parse()?);
/// settings.apply(&mut spec)?;
/// assert_eq!((spec.module.as_deref(), spec.timings.boot.as_secs()), (Some("SFR5525"), 600));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Readings of what Cisco's texts leave open.
    pub doubts: Vec<Doubt>,
    /// [`Spec::module`]
    pub module: Option<String>,
    /// [`Spec::monitor`]
    pub monitor: Option<bool>,
    /// [`Spec::call_home`]
    pub call_home: Option<bool>,
    /// [`Spec::banner`]
    pub banner: Option<Vec<String>>,
    /// [`Spec::hostname`]
    pub hostname: Option<String>,
    /// [`Spec::prompt`]
    pub prompt: Option<PromptStyle>,
    /// [`Spec::landing`]
    pub landing: Option<Landing>,
    /// [`Spec::connections`]
    pub connections: Option<u32>,
    /// [`Spec::modified`]
    pub modified: Option<bool>,
    /// [`Spec::clock`]
    pub clock: Option<u64>,
    /// [`Spec::round_trip`]
    #[serde(rename = "round_trip_ms", deserialize_with = "milliseconds")]
    pub round_trip: Option<Duration>,
    /// Interfaces that nobody monitors, `inside` or `ctx1/inside`.
    pub unmonitored: Vec<String>,
    /// Contexts with unsaved changes.
    pub modified_contexts: Vec<String>,
    /// Reloads that someone has scheduled, each on a unit, at a virtual time.
    #[serde(rename = "scheduled_reload_ms", deserialize_with = "times")]
    pub scheduled_reload: BTreeMap<Role, Duration>,
    /// Which SSH host key a unit has: equal numbers are equal keys.
    pub host_keys: BTreeMap<Role, u32>,
    /// How long things take.
    pub timings: TimingSettings,
}

/// A setting that does not fit the pair.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum SettingsError {
    /// No interface has this name.
    #[error("the pair has no interface {0}")]
    Interface(String),
    /// No context has this name.
    #[error("the pair has no context {0}")]
    Context(String),
    /// A span whose shortest length is longer than its longest.
    #[error("{0}: the shortest time is longer than the longest")]
    Span(&'static str),
    /// A rate of nothing: no copy would end.
    #[error("copy_rate: a copy needs at least one byte a second")]
    Rate,
}

/// The settings of [`Timings`], each under its name.
macro_rules! timings {
    ($($name:ident $json:literal),* $(,)?) => {
        /// How long things take, where it is not the usual time of the model. In JSON each bears its unit:
        /// `boot_ms`; `shutdown_ms` and `switch_ms` are the shortest and the longest time, `[200, 1500]`.
        #[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
        #[serde(default, deny_unknown_fields)]
        #[non_exhaustive]
        pub struct TimingSettings {
            $(
                #[doc = concat!("[`Timings::", stringify!($name), "`]")]
                #[serde(rename = $json, deserialize_with = "milliseconds")]
                pub $name: Option<Duration>,
            )*
            /// [`Timings::copy_rate`]
            pub copy_rate: Option<u64>,
            /// [`Timings::shutdown`]
            #[serde(rename = "shutdown_ms", deserialize_with = "span")]
            pub shutdown: Option<(Duration, Duration)>,
            /// [`Timings::switch`]
            #[serde(rename = "switch_ms", deserialize_with = "span")]
            pub switch: Option<(Duration, Duration)>,
        }

        impl TimingSettings {
            fn apply(&self, timings: &mut Timings) -> Result<(), SettingsError> {
                $(set(&mut timings.$name, self.$name);)*
                if self.copy_rate == Some(0) {
                    return Err(SettingsError::Rate);
                }
                set(&mut timings.copy_rate, self.copy_rate);
                for (name, span, of) in [
                    ("shutdown_ms", self.shutdown, &mut timings.shutdown),
                    ("switch_ms", self.switch, &mut timings.switch),
                ] {
                    if span.is_some_and(|(shortest, longest)| shortest > longest) {
                        return Err(SettingsError::Span(name));
                    }
                    set(of, span);
                }
                Ok(())
            }
        }
    };
}

timings! {
    boot "boot_ms",
    hold "hold_ms",
    negotiation "negotiation_ms",
    cold "cold_ms",
    app_sync "app_sync_ms",
    sync_config "sync_config_ms",
    bulk_sync "bulk_sync_ms",
    verify "verify_ms",
    save "save_ms",
    module "module_ms",
    module_dies "module_dies_ms",
    interface_down "interface_down_ms",
    interface_silence "interface_silence_ms",
    interface_tests "interface_tests_ms",
}

impl Settings {
    /// Gives the pair these settings.
    ///
    /// # Errors
    ///
    /// Where one names what the pair has not, or can be no time.
    pub fn apply(&self, spec: &mut Spec) -> Result<(), SettingsError> {
        for doubt in &self.doubts {
            *spec = spec.clone().with_doubt(*doubt);
        }
        if self.module.is_some() {
            spec.module.clone_from(&self.module);
        }
        set(&mut spec.monitor, self.monitor);
        set(&mut spec.call_home, self.call_home);
        set(&mut spec.banner, self.banner.clone());
        set(&mut spec.hostname, self.hostname.clone());
        set(&mut spec.prompt, self.prompt);
        set(&mut spec.landing, self.landing);
        set(&mut spec.connections, self.connections);
        set(&mut spec.modified, self.modified);
        set(&mut spec.clock, self.clock);
        set(&mut spec.round_trip, self.round_trip);
        for name in &self.unmonitored {
            let named: Vec<_> = spec.interfaces.iter_mut().filter(|interface| interface.is(name)).collect();
            if named.is_empty() {
                return Err(SettingsError::Interface(name.clone()));
            }
            for InterfaceSpec { monitored, .. } in named {
                *monitored = false;
            }
        }
        for name in &self.modified_contexts {
            let context = spec.contexts.iter_mut().find(|context| context.name == *name);
            let Some(ContextSpec { modified, .. }) = context else {
                return Err(SettingsError::Context(name.clone()));
            };
            *modified = true;
        }
        for (role, at) in &self.scheduled_reload {
            spec.unit_mut(*role).scheduled_reload = Some(*at);
        }
        for (role, key) in &self.host_keys {
            spec.unit_mut(*role).host_key = *key;
        }
        self.timings.apply(&mut spec.timings)
    }
}

fn set<T>(of: &mut T, to: Option<T>) {
    if let Some(to) = to {
        *of = to;
    }
}

fn milliseconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    Ok(Option::<u64>::deserialize(deserializer)?.map(Duration::from_millis))
}

fn span<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<(Duration, Duration)>, D::Error> {
    let bounds = Option::<[u64; 2]>::deserialize(deserializer)?;
    Ok(bounds.map(|[shortest, longest]| (Duration::from_millis(shortest), Duration::from_millis(longest))))
}

fn times<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<Role, Duration>, D::Error> {
    let times = BTreeMap::<Role, u64>::deserialize(deserializer)?;
    Ok(times.into_iter().map(|(role, at)| (role, Duration::from_millis(at))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twin::{GroupId, Wording};

    fn spec() -> Spec {
        Spec::active_active("ASA5525", "9.8(4)".parse().unwrap())
    }

    fn set_by(json: &str) -> Spec {
        let mut spec = spec();
        serde_json::from_str::<Settings>(json).unwrap().apply(&mut spec).unwrap();
        spec
    }

    #[test]
    fn each_setting_changes_what_it_names_and_nothing_else() {
        type Change = fn(&mut Spec);
        assert_eq!(set_by("{}"), spec());
        let cases: [(&str, Change); 16] = [
            (r#"{"doubts": [{"wording": "other"}]}"#, |spec| spec.wording = Wording::Other),
            (r#"{"module": "SFR5525"}"#, |spec| spec.module = Some("SFR5525".to_owned())),
            (r#"{"monitor": true}"#, |spec| spec.monitor = true),
            (r#"{"call_home": true}"#, |spec| spec.call_home = true),
            (r#"{"banner": ["no entry#"]}"#, |spec| spec.banner = vec!["no entry#".to_owned()]),
            (r#"{"hostname": "edge"}"#, |spec| spec.hostname = "edge".to_owned()),
            (r#"{"prompt": "plain"}"#, |spec| spec.prompt = PromptStyle::Plain),
            (r#"{"landing": "privileged"}"#, |spec| spec.landing = Landing::Privileged),
            (r#"{"connections": 7}"#, |spec| spec.connections = 7),
            (r#"{"modified": true}"#, |spec| spec.modified = true),
            (r#"{"clock": 9}"#, |spec| spec.clock = 9),
            (r#"{"round_trip_ms": 150}"#, |spec| spec.round_trip = Duration::from_millis(150)),
            (r#"{"unmonitored": ["ctx2/outside"]}"#, |spec| spec.interfaces[2].monitored = false),
            (r#"{"modified_contexts": ["ctx1"]}"#, |spec| spec.contexts[1].modified = true),
            (r#"{"scheduled_reload_ms": {"Secondary": 5000}}"#, |spec| {
                spec.units[1].scheduled_reload = Some(Duration::from_secs(5));
            }),
            (r#"{"host_keys": {"Primary": 4}}"#, |spec| spec.units[0].host_key = 4),
        ];
        for (json, change) in cases {
            let mut expected = spec();
            change(&mut expected);
            assert_eq!(set_by(json), expected, "{json}");
        }
        // A name without its context is that of each.
        let spec = set_by(r#"{"unmonitored": ["outside"]}"#);
        assert_eq!(spec.interfaces.iter().map(|of| of.monitored).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(spec.groups[1].id, GroupId::new(2));
    }

    /// No time of a pair is without its setting.
    #[test]
    fn every_timing_has_a_setting() {
        let text = include_str!("timing.rs");
        let fields = text.lines().filter_map(|line| line.strip_prefix("    pub ")?.split_once(": "));
        let names: Vec<_> = fields.map(|(name, _)| name).filter(|name| !name.contains('(')).collect();
        assert!(names.len() > 15, "{names:?}");
        for name in names {
            let json = match name {
                "copy_rate" => r#"{"copy_rate": 7}"#.to_owned(),
                "shutdown" | "switch" => format!(r#"{{"{name}_ms": [7, 8]}}"#),
                _ => format!(r#"{{"{name}_ms": 7}}"#),
            };
            let timings = set_by(&format!(r#"{{"timings": {json}}}"#)).timings;
            assert_ne!(timings, spec().timings, "{name}");
            assert!(format!("{timings:?}").contains(&format!("{name}: ")), "{timings:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for (json, text) in [
            (r#"{"unmonitored": ["dmz"]}"#, "the pair has no interface dmz"),
            (r#"{"modified_contexts": ["ctx7"]}"#, "the pair has no context ctx7"),
            (
                r#"{"timings": {"switch_ms": [9, 8]}}"#,
                "switch_ms: the shortest time is longer than the longest",
            ),
            (r#"{"timings": {"copy_rate": 0}}"#, "copy_rate: a copy needs at least one byte a second"),
        ] {
            let settings: Settings = serde_json::from_str(json).unwrap();
            assert_eq!(settings.apply(&mut spec()).unwrap_err().to_string(), text);
        }
        for (json, text) in [
            (r#"{"modul": "SFR5525"}"#, "unknown field `modul`"),
            (r#"{"timings": {"boot_s": 3}}"#, "unknown field `boot_s`"),
            (r#"{"prompt": "loud"}"#, "unknown variant `loud`"),
        ] {
            let why = serde_json::from_str::<Settings>(json).unwrap_err().to_string();
            assert!(why.contains(text), "{why}");
        }
    }
}
