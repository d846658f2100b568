//! The two boxes of a pair: `Role`, `Standing`, `GroupId` and `Serial`.
//!
//! A role is configured and never changes in an upgrade; a standing is what a unit is right now.
//! They are two types so that "the primary" and "the active unit" can never be taken for each other.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::text::Text;
use crate::version::as_text;

/// Which box a unit is by configuration (`failover lan unit primary`).
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[expect(clippy::exhaustive_enums, reason = "a pair has two units")]
pub enum Role {
    /// `Primary`
    Primary,
    /// `Secondary`
    Secondary,
}

impl Role {
    /// Both roles, the primary first.
    pub const BOTH: [Self; 2] = [Self::Primary, Self::Secondary];

    /// The role of the other unit.
    pub const fn mate(self) -> Self {
        match self {
            Self::Primary => Self::Secondary,
            Self::Secondary => Self::Primary,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Primary => "Primary",
            Self::Secondary => "Secondary",
        })
    }
}

impl FromStr for Role {
    type Err = ParseUnitError;

    /// Reads the word in either case: `Primary` of `show failover`, `primary` of the configuration.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.eq_ignore_ascii_case("primary") {
            Ok(Self::Primary)
        } else if text.eq_ignore_ascii_case("secondary") {
            Ok(Self::Secondary)
        } else {
            Err(ParseUnitError { expected: "Primary or Secondary", found: text.to_owned() })
        }
    }
}

/// What a unit, or one of its failover groups, is right now: the state word of `show failover`.
///
/// A word that is not known is kept in [`Standing::Other`] and satisfies no guard.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Standing {
    /// `Disabled`: failover is off on this unit.
    Disabled,
    /// `Not Detected`: the peer was never heard since this unit started.
    NotDetected,
    /// `Negotiation`: looking for an active peer.
    Negotiation,
    /// `Cold Standby`: an active peer was found, nothing is synchronised yet.
    ColdStandby,
    /// `App Sync`: application layer synchronisation on Firepower platforms.
    AppSync,
    /// `Sync Config`: the active unit sends its running configuration.
    SyncConfig,
    /// `Sync File System`
    SyncFileSystem,
    /// `Bulk Sync`: connections and other state are copied to the standby.
    BulkSync,
    /// `Standby Ready`: synchronised and able to take over.
    StandbyReady,
    /// `Just Active`: a takeover begins.
    JustActive,
    /// `Active Drain`
    ActiveDrain,
    /// `Active Applying Config`
    ActiveApplyingConfig,
    /// `Active Config Applied`
    ActiveConfigApplied,
    /// `Active`: passes traffic and owns the active addresses.
    Active,
    /// `Failed`
    Failed,
    /// Any other word, as printed.
    Other(String),
}

impl Standing {
    const WORDS: [(Self, &'static str); 15] = [
        (Self::Disabled, "Disabled"),
        (Self::NotDetected, "Not Detected"),
        (Self::Negotiation, "Negotiation"),
        (Self::ColdStandby, "Cold Standby"),
        (Self::AppSync, "App Sync"),
        (Self::SyncConfig, "Sync Config"),
        (Self::SyncFileSystem, "Sync File System"),
        (Self::BulkSync, "Bulk Sync"),
        (Self::StandbyReady, "Standby Ready"),
        (Self::JustActive, "Just Active"),
        (Self::ActiveDrain, "Active Drain"),
        (Self::ActiveApplyingConfig, "Active Applying Config"),
        (Self::ActiveConfigApplied, "Active Config Applied"),
        (Self::Active, "Active"),
        (Self::Failed, "Failed"),
    ];

    /// Reads a state word; any text is one, at worst an unknown one.
    pub fn of(word: &str) -> Self {
        Self::WORDS
            .iter()
            .find(|(_, text)| *text == word)
            .map_or_else(|| Self::Other(word.to_owned()), |(standing, _)| standing.clone())
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Self::Other(word) => word,
            known => Self::WORDS.iter().find(|(standing, _)| standing == known).map_or("", |(_, text)| *text),
        };
        f.pad(word)
    }
}

impl Serialize for Standing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Standing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|word| Self::of(&word))
    }
}

/// A failover group. Active/Standby is one group that covers the unit, [`GroupId::UNIT`].
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct GroupId(u8);

impl GroupId {
    /// The whole unit of an Active/Standby pair (and the unit itself in a history table).
    pub const UNIT: Self = Self(0);

    /// A failover group by the number the device gives it; 0 is the unit itself.
    pub const fn new(number: u8) -> Self {
        Self(number)
    }

    /// The number the device gives this group.
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl fmt::Display for GroupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::UNIT => f.pad("the pair"),
            Self(number) => f.pad(&format!("group {number}")),
        }
    }
}

/// A chassis or virtual machine, by the serial number that `show version` and `show failover` print.
///
/// Two units share name, configuration and often the SSH host key; only this tells them apart.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Serial(Text);

impl Serial {
    /// The serial number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Serial {
    type Err = ParseUnitError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            Ok(Self(text.into()))
        } else {
            Err(ParseUnitError { expected: "a serial number of letters and digits", found: text.to_owned() })
        }
    }
}

impl fmt::Display for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

as_text!(Serial);

/// Why a text does not name a unit.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("expected {expected}, found {found:?}")]
pub struct ParseUnitError {
    expected: &'static str,
    found: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_word_survives_the_round_trip() {
        for (standing, word) in Standing::WORDS {
            assert_eq!(Standing::of(word), standing);
            assert_eq!(standing.to_string(), word);
        }
    }

    #[test]
    fn an_unknown_word_is_kept_and_is_nothing_else() {
        let word = Standing::of("Standby Ready?");
        assert_eq!(word, Standing::Other("Standby Ready?".to_owned()));
        assert_ne!(word, Standing::StandbyReady);
    }

    #[test]
    fn a_serial_has_no_blank_or_control_character() {
        for text in ["", "JMX 1", "JMX\n1", "JMX1?"] {
            assert!(text.parse::<Serial>().is_err(), "{text:?}");
        }
    }
}
