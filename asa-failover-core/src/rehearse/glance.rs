//! What a glance at the simulated pair says, in the words of a reading.

use crate::command::{Command, Mode};
use crate::decide::{Build, Flash, Health, Sight, Standings, StateLink};
use crate::run::Said;
use crate::twin::{GlanceAt, Shown, ShownFailover, ShownGroup, ShownInterface};
use crate::unit::Serial;

/// What a unit said to a command: the same as a reader makes of the text that it prints.
pub fn said(command: &Command, shown: Shown) -> Said {
    match shown {
        Shown::Failover(failover) => Said::Failover(sight(failover).into()),
        Shown::Version { version, serial, uptime } => Said::Version(Build {
            version: Some(version),
            serial: serial.parse::<Serial>().ok(),
            uptime: Some(printed(uptime)),
            register_good: true,
            in_user_context: false,
        }),
        Shown::Files { files, free } => {
            Said::Dir(Flash { files: files.into_iter().collect(), free: Some(free) })
        }
        Shown::Boot(list) if *command == Command::ShowStartupBoot => Said::StartupBoot(list),
        Shown::Boot(list) => Said::RunningBoot(list),
        Shown::Preempt(groups) => Said::RunningPreempt(groups.into_iter().collect()),
        Shown::Reload(scheduled) => Said::Reload(scheduled),
        Shown::Text(text) => Said::of(command, &text),
    }
}

/// The level at which a unit waits.
pub const fn mode(at: GlanceAt) -> Mode {
    match at {
        GlanceAt::User => Mode::User,
        GlanceAt::Privileged => Mode::Privileged,
        GlanceAt::Config => Mode::Config,
        GlanceAt::Group => Mode::Group,
    }
}

/// The bounds of an age in seconds, of which the two largest units are printed, without one that is zero.
fn printed(seconds: u64) -> (u64, u64) {
    const UNITS: [u64; 5] = [31_536_000, 86_400, 3_600, 60, 1];
    let largest = UNITS.iter().position(|unit| seconds >= *unit).unwrap_or(UNITS.len() - 1);
    let shown = UNITS.iter().skip(largest).take(2);
    let finest = shown.clone().next_back().copied().unwrap_or(1);
    let least = seconds - seconds % finest;
    let step = shown.copied().find(|unit| least.is_multiple_of(*unit)).unwrap_or(1);
    // Each year may be a day longer.
    (least, least.saturating_add(step).saturating_add(least / 31_536_000 * 86_400))
}

fn sight(failover: ShownFailover) -> Sight {
    let groups = failover
        .groups
        .into_iter()
        .map(|ShownGroup { id, own, mate, changed }| (id, Standings { own, mate, changed: Some(changed) }));
    let interfaces = failover.interfaces.into_iter().map(|(name, shown)| {
        let health = match shown {
            ShownInterface::Normal => Health::Normal,
            ShownInterface::Waiting => Health::Waiting,
            ShownInterface::Failed => Health::Other,
        };
        (name, health)
    });
    Sight {
        enabled: failover.enabled,
        // Where failover is off there is no line of the host.
        role: failover.enabled.then_some(failover.role),
        lan_up: failover.failover_link,
        state_link: match failover.state_link {
            None => StateLink::Absent,
            Some(true) => StateLink::Up,
            Some(false) => StateLink::Down,
        },
        groups: groups.collect(),
        serials: failover.serials,
        garbled: false,
        interfaces: interfaces.collect(),
        modules: failover.modules.into_iter().collect(),
        state_errors: failover.lost,
        http_replication: false,
    }
}
