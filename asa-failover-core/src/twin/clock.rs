//! Virtual time: the queue of what will happen by itself, and dates as devices print them.

use std::collections::BTreeMap;
use std::time::Duration;

use super::LineId;
use super::fault::{Fault, FaultKind};
use super::history::Cause;
use super::texts::Text;
use crate::unit::{GroupId, Role};

/// Something that will happen by itself. `life`, `sync` and `silence` void it when the unit moved on.
#[derive(Clone, Debug)]
pub(super) enum Event {
    Fault(Fault),
    HoldExpired {
        role: Role,
        life: u32,
        silence: u32,
    },
    TakeOver {
        role: Role,
        life: u32,
        group: GroupId,
        cause: Cause,
        /// What the unit says of it.
        reason: &'static Text,
    },
    /// `turn` voids it: the group had an active unit meanwhile.
    Elect {
        group: GroupId,
        giver: Role,
        turn: u32,
    },
    /// `by`: the fault that brings it about.
    Shutdown {
        role: Role,
        life: u32,
        cause: Cause,
        by: Option<FaultKind>,
    },
    Boot {
        role: Role,
        life: u32,
    },
    Negotiated {
        role: Role,
        life: u32,
    },
    Synced {
        role: Role,
        life: u32,
        sync: u32,
    },
    Preempt {
        role: Role,
        life: u32,
        group: GroupId,
    },
    ReloadDue {
        role: Role,
        life: u32,
        at: Duration,
    },
    /// The units are judged by what is wrong with them.
    Health,
    /// An interface that hears nothing since then is tested, or was.
    Tested {
        role: Role,
        index: usize,
        since: Duration,
        is_over: bool,
    },
    Close(LineId),
    Progress(LineId),
}

/// Events in order of time, then of planning.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    events: BTreeMap<(Duration, u64), Event>,
    planned: u64,
}

impl Queue {
    pub(super) fn plan(&mut self, at: Duration, event: Event) {
        self.planned += 1;
        self.events.insert((at, self.planned), event);
    }

    pub(super) fn next(&self) -> Option<Duration> {
        self.events.first_key_value().map(|((at, _), _)| *at)
    }

    /// The first event that is due by `until`, with its time.
    pub(super) fn due(&mut self, until: Duration) -> Option<(Duration, Event)> {
        let first = self.events.first_entry().filter(|entry| entry.key().0 <= until)?;
        let ((at, _), event) = first.remove_entry();
        Some((at, event))
    }
}

const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A moment of the calendar, in UTC.
pub(super) struct Date {
    seconds: u64,
    year: u64,
    month: &'static str,
    day: u64,
}

impl Date {
    /// The date so many seconds after 1970-01-01, by the usual era arithmetic.
    pub(super) fn of(seconds: u64) -> Self {
        let shifted = seconds / 86_400 + 719_468;
        let (era, of_era) = (shifted / 146_097, shifted % 146_097);
        let years = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * years + years / 4 - years / 100);
        let from_march = (5 * of_year + 2) / 153;
        let january = from_march >= 10;
        let index = if january { from_march - 10 } else { from_march + 2 };
        let month = usize::try_from(index).ok().and_then(|index| MONTHS.get(index)).copied();
        Self {
            seconds,
            year: years + era * 400 + u64::from(january),
            month: month.unwrap_or_default(),
            day: of_year - (153 * from_march + 2) / 5 + 1,
        }
    }

    fn time(&self) -> String {
        let of_day = self.seconds % 86_400;
        format!("{:02}:{:02}:{:02}", of_day / 3_600, of_day / 60 % 60, of_day % 60)
    }

    fn weekday(&self) -> &'static str {
        let index = usize::try_from(self.seconds / 86_400 % 7).unwrap_or_default();
        DAYS.get(index).copied().unwrap_or_default()
    }

    /// `10:21:05 UTC Apr 20 2024`
    pub(super) fn failover(&self) -> String {
        format!("{} UTC {} {} {}", self.time(), self.month, self.day, self.year)
    }

    /// `16:05:17.109 UTC Thu Jun 13 2024`
    pub(super) fn version(&self) -> String {
        format!("{}.109 UTC {} {} {} {}", self.time(), self.weekday(), self.month, self.day, self.year)
    }

    /// `10:20:00 UTC Sat Apr 20 2024`
    pub(super) fn reload(&self) -> String {
        format!("{} UTC {} {} {} {}", self.time(), self.weekday(), self.month, self.day, self.year)
    }

    /// `06:43:00 Jun 30 2018`
    pub(super) fn dir(&self) -> String {
        format!("{} {} {:02} {}", self.time(), self.month, self.day, self.year)
    }
}

/// The two largest units of an age, as `show version` prints them: `5 mins 33 secs`.
pub(super) fn age(seconds: u64) -> String {
    let (units, limits): ([(u64, &str); 5], _) =
        ([(31_536_000, "year"), (86_400, "day"), (3_600, "hour"), (60, "min"), (1, "sec")], seconds);
    let mut rest = limits;
    let mut parts = Vec::new();
    for (size, name) in units {
        let count = rest / size;
        rest %= size;
        if count > 0 || !parts.is_empty() || size == 1 {
            parts.push((count, name));
        }
    }
    let said = |&(count, name): &(u64, &str)| format!("{count} {name}{}", if count == 1 { "" } else { "s" });
    let largest: Vec<_> =
        parts.iter().take(2).filter(|(count, _)| *count > 0 || parts.len() == 1).map(said).collect();
    largest.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_on_a_device() {
        assert_eq!(Date::of(1_713_607_200).failover(), "10:00:00 UTC Apr 20 2024");
        assert_eq!(Date::of(1_709_164_800).version(), "00:00:00.109 UTC Thu Feb 29 2024");
        assert_eq!(Date::of(1_530_340_980).dir(), "06:43:00 Jun 30 2018");
    }

    #[test]
    fn an_age_is_told_in_its_two_largest_units() {
        let cases = [
            (17, "17 secs"),
            (0, "0 secs"),
            (333, "5 mins 33 secs"),
            (61, "1 min 1 sec"),
            (5 * 3_600 + 18 * 60 + 5, "5 hours 18 mins"),
            (86_400 + 12 * 3_600, "1 day 12 hours"),
            (31_536_000 + 97 * 86_400, "1 year 97 days"),
        ];
        for (seconds, text) in cases {
            assert_eq!(age(seconds), text);
        }
    }
}
