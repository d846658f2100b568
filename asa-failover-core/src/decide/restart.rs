//! Whether a unit restarted since a reload of it was ordered: told by uptimes, and by having been seen
//! down. A release proves nothing here: a unit may come back on the old one.

use std::time::Duration;

use super::observed::Build;
use super::open::Open;
use crate::elapsed::{At, Elapsed};

/// Seconds by which two uptimes may drift apart. A reboot makes more than that.
const DRIFT_S: u64 = 60;

/// What is known of a restart.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Restart {
    /// It restarted.
    Proven,
    /// It did not.
    Disproven,
    /// Nothing tells.
    Unknown,
}

/// Whether the target of an open reload restarted since. After a resume nobody knows how long ago that
/// was, but the mate does, if it has not restarted itself: its uptime grew by as much.
pub(super) fn of(open: &Open, unit: &At<Build>, mate: Option<&At<Build>>, now: Elapsed) -> Restart {
    let Some((least, most)) = unit.uptime_at(now) else { return seen(open) };
    if open.uptime.is_some_and(|(before, _)| most < before) {
        return Restart::Proven;
    }
    let here = seconds(now.since(open.at));
    let passed = if open.resumed {
        mate.and_then(|mate| mate.uptime_at(now)).zip(open.mate_uptime).and_then(|(after, before)| {
            (after.1 >= before.0).then(|| (after.0.saturating_sub(before.1).max(here), after.1 - before.0))
        })
    } else {
        Some((here, here.saturating_add(1)))
    };
    // Even without the mate's word: so much has passed since the resume.
    let at_least = passed.map_or(here, |(least, _)| least);
    let grown = open.uptime.map_or(0, |(before, _)| before).saturating_add(at_least);
    if most < at_least || most.saturating_add(DRIFT_S) < grown {
        return Restart::Proven;
    }
    match passed {
        Some((_, passed)) if least > passed => Restart::Disproven,
        _ => seen(open),
    }
}

const fn seen(open: &Open) -> Restart {
    if open.begun { Restart::Proven } else { Restart::Unknown }
}

const fn seconds(span: Duration) -> u64 {
    span.as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Command;
    use crate::decide::Send;
    use crate::decide::observed::Observed;
    use crate::link::Via;
    use crate::unit::Role;

    const DAYS: (u64, u64) = (3_456_000, 3_459_600);

    fn build(uptime: Option<(u64, u64)>) -> At<Build> {
        let build =
            Build { version: None, serial: None, uptime, register_good: true, in_user_context: false };
        At::new(Elapsed::ZERO, build)
    }

    /// The primary was told to reload the secondary at the beginning, and that was carried over.
    fn open(secondary: Option<(u64, u64)>, primary: Option<(u64, u64)>) -> Open {
        let of = |uptime| Observed { build: Some(build(uptime)), ..Observed::default() };
        let send = Send {
            rung: 1,
            unit: Role::Primary,
            via: Via::Direct,
            target: Role::Secondary,
            command: Command::ReloadStandby,
        };
        let open = Open::new(1, &send, &[of(primary), of(secondary)], Elapsed::ZERO);
        Open { resumed: true, ..open }
    }

    #[track_caller]
    fn told(open: &Open, unit: (u64, u64), mate: Option<(u64, u64)>, expected: Restart) {
        assert_eq!(of(open, &build(Some(unit)), Some(&build(mate)), Elapsed::ZERO), expected);
    }

    #[test]
    fn a_shorter_uptime_is_a_restart() {
        told(&open(Some(DAYS), None), (500, 500), None, Restart::Proven);
    }

    #[test]
    fn the_mate_tells_how_long_ago_the_reload_was_ordered() {
        let open = open(Some((300, 300)), Some((900, 900)));
        told(&open, (3_000, 3_060), Some((4_500, 4_560)), Restart::Proven);
        told(&open, (3_900, 3_960), Some((4_500, 4_560)), Restart::Disproven);
    }

    #[test]
    fn a_mate_that_tells_hours_only_proves_nothing_of_minutes() {
        let open = open(Some((300, 300)), Some(DAYS));
        told(&open, (3_000, 3_060), Some(DAYS), Restart::Unknown);
        told(&Open { begun: true, ..open }, (3_000, 3_060), Some(DAYS), Restart::Proven);
    }

    #[test]
    fn a_unit_up_for_longer_than_the_reload_is_old_has_not_restarted() {
        let open = open(Some(DAYS), Some(DAYS));
        told(&open, DAYS, Some((DAYS.0 + 3_600, DAYS.1 + 3_600)), Restart::Disproven);
        told(&Open { begun: true, ..open }, DAYS, Some(DAYS), Restart::Disproven);
    }

    #[test]
    fn a_mate_that_restarted_itself_tells_nothing() {
        let open = open(Some((300, 300)), Some((900, 900)));
        told(&open, (3_900, 3_960), Some((500, 500)), Restart::Unknown);
        told(&open, (3_900, 3_960), None, Restart::Unknown);
    }

    /// Each comparison at its limit. What the uptimes leave open proves nothing.
    #[test]
    fn a_restart_is_proven_or_not_to_the_second() {
        // It was up for 300 s then, and is for at most as long now.
        let known = open(Some((300, 300)), None);
        told(&known, (200, 299), None, Restart::Proven);
        told(&known, (200, 300), None, Restart::Unknown);
        // The mate was up for 900 s and is for 1,500: 600 s have passed.
        let mate = Some((1_500, 1_500));
        let known = open(None, Some((900, 900)));
        told(&known, (0, 599), mate, Restart::Proven);
        told(&known, (0, 600), mate, Restart::Unknown);
        told(&known, (600, 700), mate, Restart::Unknown);
        told(&known, (601, 700), mate, Restart::Disproven);
        // With what it was up for then, less what two clocks may drift apart.
        let known = open(Some((300, 300)), Some((900, 900)));
        told(&known, (500, 839), mate, Restart::Proven);
        told(&known, (500, 840), mate, Restart::Unknown);
        // A mate that tells its uptime in hours tells the passed time no better.
        let hours = open(None, Some((3_600, 7_199)));
        told(&hours, (0, 3_600), Some((7_200, 10_799)), Restart::Unknown);
        told(&hours, (7_199, 7_199), Some((7_200, 10_799)), Restart::Unknown);
        told(&hours, (7_200, 7_200), Some((7_200, 10_799)), Restart::Disproven);
        // The shortest that the mate may be up for now is what it may have been up for then.
        told(&hours, (1, 1), Some((3_600, 3_600)), Restart::Disproven);
        told(&hours, (1, 1), Some((3_599, 3_599)), Restart::Unknown);
    }

    #[test]
    fn within_one_run_the_time_is_known() {
        let open = Open { resumed: false, ..open(Some((300, 300)), None) };
        let later = Elapsed::from_secs(400);
        let at = |uptime| At::new(later, build(Some(uptime)).value);
        assert_eq!(of(&open, &at((20, 20)), None, later), Restart::Proven);
        assert_eq!(of(&open, &at((700, 700)), None, later), Restart::Disproven);
        assert_eq!(of(&open, &At::new(later, build(None).value), None, later), Restart::Unknown);
        // Of a unit whose uptime was not known then, only how long ago that was.
        let open = Open { uptime: None, ..open };
        for (uptime, expected) in [
            (399, Restart::Proven),
            (400, Restart::Unknown),
            (401, Restart::Unknown),
            (402, Restart::Disproven),
        ] {
            assert_eq!(of(&open, &at((uptime, uptime)), None, later), expected, "{uptime}");
        }
    }
}
