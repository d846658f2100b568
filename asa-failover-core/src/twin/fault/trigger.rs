//! When a fault strikes: at a time, or at something that happens on the pair.

use std::time::Duration;

use serde::{Deserialize, Deserializer};

use super::Fault;
use crate::unit::{Role, Standing};

/// When a fault strikes.
///
/// Reads from JSON as `{"at_ms": 12000}`, `{"typed": {"head": "failover reload", "nth": 2}}`,
/// `{"stands": {"role": "Secondary", "standing": "Bulk Sync"}}` or
/// `{"read": {"role": "Primary", "nth": 3}}`. `nth` is 1 and `after_ms` 0 where they are left out.
///
/// ```
/// use asa_failover_core::twin::When;
///
/// let when: When = serde_json::from_str(r#"{"typed": {"head": "failover reload"}}"#)?;
/// assert_eq!(when, When::typed("failover reload"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum When {
    /// At this virtual time; in whole milliseconds in JSON.
    #[serde(rename = "at_ms", deserialize_with = "milliseconds")]
    At(Duration),
    /// When a line is typed: before it is carried out where nothing is waited for, which loses the line
    /// if the fault ends the session or the unit.
    Typed {
        /// The unit that would carry it out; none: either.
        #[serde(default)]
        role: Option<Role>,
        /// How the line begins.
        head: String,
        /// At the so many-th such line from now, counted from 1.
        #[serde(default = "first")]
        nth: u32,
        /// How long after it.
        #[serde(default, rename = "after_ms", deserialize_with = "milliseconds")]
        after: Duration,
    },
    /// When a unit reaches a standing, for any group.
    Stands {
        /// The unit.
        role: Role,
        /// The standing.
        standing: Standing,
        /// The so many-th time from now, counted from 1.
        #[serde(default = "first")]
        nth: u32,
        /// How long after it.
        #[serde(default, rename = "after_ms", deserialize_with = "milliseconds")]
        after: Duration,
    },
    /// When a unit has answered `show failover`.
    Read {
        /// The unit.
        role: Role,
        /// The so many-th time from now, counted from 1.
        #[serde(default = "first")]
        nth: u32,
    },
}

impl When {
    /// When a line with this head is next typed on either unit, before it is carried out.
    pub fn typed(head: &str) -> Self {
        Self::Typed { role: None, head: head.to_owned(), nth: 1, after: Duration::ZERO }
    }

    /// As soon as time passes after a unit next reached a standing.
    pub const fn stands(role: Role, standing: Standing) -> Self {
        Self::Stands { role, standing, nth: 1, after: Duration::ZERO }
    }
}

const fn first() -> u32 {
    1
}

fn milliseconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    u64::deserialize(deserializer).map(Duration::from_millis)
}

/// A fault that waits for its occasion.
#[derive(Clone, Debug)]
pub(in super::super) struct Watch {
    when: When,
    left: u32,
    fault: Fault,
}

/// Something that happened which a fault may wait for.
#[derive(Clone, Copy, Debug)]
pub(in super::super) enum Occasion<'a> {
    Typed(Role, &'a str),
    Stands(Role, &'a Standing),
    Answered(Role),
}

impl From<Duration> for When {
    fn from(at: Duration) -> Self {
        Self::At(at)
    }
}

impl Watch {
    pub(in super::super) fn new(when: When, fault: Fault) -> Self {
        let left = match &when {
            When::At(_) => 1,
            When::Typed { nth, .. } | When::Stands { nth, .. } | When::Read { nth, .. } => *nth.max(&1),
        };
        Self { when, left, fault }
    }

    /// Counts an occasion; at the one it waited for, the fault and how long it still waits.
    pub(in super::super) fn meets(&mut self, occasion: Occasion<'_>) -> Option<(Duration, Fault)> {
        let after = match (&self.when, occasion) {
            (When::Typed { role, head, after, .. }, Occasion::Typed(on, line))
                if role.is_none_or(|role| role == on) && line.starts_with(head.as_str()) =>
            {
                *after
            }
            (When::Stands { role, standing, after, .. }, Occasion::Stands(of, is))
                if *role == of && standing == is =>
            {
                *after
            }
            (When::Read { role, .. }, Occasion::Answered(of)) if *role == of => Duration::ZERO,
            _ => return None,
        };
        self.left = self.left.saturating_sub(1);
        (self.left == 0).then(|| (after, self.fault.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_occasion_reads_from_json_with_what_is_left_out() {
        let cases = [
            (r#"{"at_ms": 12500}"#, When::At(Duration::from_millis(12_500))),
            (r#"{"typed": {"head": "write memory"}}"#, When::typed("write memory")),
            (
                r#"{"typed": {"role": "Primary", "head": "failover", "nth": 2, "after_ms": 300}}"#,
                When::Typed {
                    role: Some(Role::Primary),
                    head: "failover".to_owned(),
                    nth: 2,
                    after: Duration::from_millis(300),
                },
            ),
            (
                r#"{"stands": {"role": "Secondary", "standing": "Bulk Sync"}}"#,
                When::stands(Role::Secondary, Standing::BulkSync),
            ),
            (r#"{"read": {"role": "Primary", "nth": 3}}"#, When::Read { role: Role::Primary, nth: 3 }),
        ];
        for (text, when) in cases {
            assert_eq!(serde_json::from_str::<When>(text).unwrap(), when, "{text}");
        }
        let wrong = serde_json::from_str::<When>(r#"{"someday": 1}"#).unwrap_err();
        assert!(wrong.to_string().contains("unknown variant `someday`"), "{wrong}");
    }
}
