//! How long things take on a simulated pair, in virtual time.

use std::time::Duration;

/// How long things take. The defaults are those of a small configuration.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Timings {
    /// From power-off to the start of negotiation.
    pub boot: Duration,
    /// From the last hello to the judgement that the mate failed.
    pub hold: Duration,
    /// In Negotiation.
    pub negotiation: Duration,
    /// In Cold Standby.
    pub cold: Duration,
    /// In App Sync; zero: the unit passes no such standing.
    pub app_sync: Duration,
    /// In Sync Config.
    pub sync_config: Duration,
    /// In Bulk Sync.
    pub bulk_sync: Duration,
    /// Bytes a second of `copy`.
    pub copy_rate: u64,
    /// For `verify` of one file.
    pub verify: Duration,
    /// Shortest and longest time from the acceptance of a reload to the shutdown.
    pub shutdown: (Duration, Duration),
    /// Shortest and longest length of a commanded switch.
    pub switch: (Duration, Duration),
    /// For `write memory`.
    pub save: Duration,
    /// From the start of the software until the service module is up, where there is one.
    pub module: Duration,
    /// From the death of a service module until its unit has failed.
    pub module_dies: Duration,
    /// From the loss of a link until the interface counts as failed.
    pub interface_down: Duration,
    /// From the last hello on an interface until it is tested. That it is within the hold time is on record,
    /// when in it is not.
    pub interface_silence: Duration,
    /// The tests of an interface; with the silence before them they are the hold time.
    pub interface_tests: Duration,
}

impl Timings {
    /// The usual times of a model (`ASA5525`); unknown models boot like a 5500-X.
    pub fn of(model: &str) -> Self {
        let boot = match model {
            "ASAv" => 90,
            "ASA5505" | "ASA5510" | "ASA5520" | "ASA5540" | "ASA5550" => 240,
            "ASA5506" | "ASA5508" | "ASA5516" => 390,
            "ASA5585" => 480,
            model if model.starts_with("FPR") => 690,
            _ => 330,
        };
        Self {
            boot: Duration::from_secs(boot),
            hold: Duration::from_secs(15),
            negotiation: Duration::from_secs(7),
            cold: Duration::from_secs(2),
            app_sync: Duration::ZERO,
            sync_config: Duration::from_secs(24),
            bulk_sync: Duration::from_secs(16),
            copy_rate: 528_460,
            verify: Duration::from_secs(20),
            shutdown: (Duration::from_secs(1), Duration::from_secs(3)),
            switch: (Duration::from_millis(200), Duration::from_millis(1_500)),
            save: Duration::from_millis(290),
            module: Duration::from_secs(420),
            module_dies: Duration::from_secs(2),
            interface_down: Duration::from_secs(5),
            interface_silence: Duration::from_secs(13),
            interface_tests: Duration::from_secs(12),
        }
    }
}
