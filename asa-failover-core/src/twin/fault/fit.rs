//! Whether a fault can befall a pair at all: one that cannot would leave a rehearsal clean, and prove nothing.

use thiserror::Error;

use super::super::line::SESSIONS;
use super::super::spec::Spec;
use super::{Fault, When};
use crate::unit::{GroupId, Standing};

/// The standings that a unit passes on its way back, and may be stuck in.
const PASSED: [Standing; 6] = [
    Standing::Negotiation,
    Standing::ColdStandby,
    Standing::AppSync,
    Standing::SyncConfig,
    Standing::SyncFileSystem,
    Standing::BulkSync,
];

/// Why a fault does not fit a pair, or never comes to its time.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum FaultError {
    /// No interface has this name.
    #[error("the pair has no interface {0}")]
    Interface(String),
    /// It has no such group.
    #[error("the pair has no failover group {}", .0.number())]
    Group(GroupId),
    /// It has no service module.
    #[error("the pair has no service module")]
    Module,
    /// No unit passes this standing while it comes back.
    #[error("no unit is stuck in {0}; expected one of: {passed}", passed = words(&PASSED))]
    Stuck(Standing),
    /// A unit has fewer sessions.
    #[error("a unit has {SESSIONS} sessions, not {0}")]
    Sessions(u8),
    /// No word for a standing.
    #[error("no unit stands in {0}: that is no state of `show failover`")]
    Standing(String),
    /// An occasion before the first.
    #[error("nth: occasions are counted from 1, found 0")]
    Nth,
}

fn words(standings: &[Standing]) -> String {
    standings.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl Spec {
    /// Whether this fault, at this time, can befall such a pair. It need not: a copy that no plan makes does
    /// not abort.
    ///
    /// # Errors
    ///
    /// Where the fault names what the pair has not, or its time never comes.
    ///
    /// ```
    /// use asa_failover_core::twin::{Fault, Spec, When};
    /// use asa_failover_core::unit::Role;
    ///
    /// let spec = Spec::active_standby("ASA5525", "9.8(4)".parse()?);
    /// let why = spec.fits(&When::typed("failover"), &Fault::ModuleDown(Role::Primary)).unwrap_err();
    /// assert_eq!(why.to_string(), "the pair has no service module");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fits(&self, when: &When, fault: &Fault) -> Result<(), FaultError> {
        match when {
            When::Typed { nth: 0, .. } | When::Stands { nth: 0, .. } | When::Read { nth: 0, .. } => {
                return Err(FaultError::Nth);
            }
            When::Stands { standing: Standing::Other(word), .. } => {
                return Err(FaultError::Standing(word.clone()));
            }
            When::At(_) | When::Typed { .. } | When::Stands { .. } | When::Read { .. } => {}
        }
        match fault {
            Fault::InterfaceDown(_, name, _) | Fault::InterfaceUp(_, name)
                if !self.interfaces.iter().any(|interface| interface.is(name)) =>
            {
                Err(FaultError::Interface(name.clone()))
            }
            Fault::SpontaneousFailover(group) | Fault::Preempt(group)
                if !self.groups.iter().any(|of| of.id == *group) =>
            {
                Err(FaultError::Group(*group))
            }
            Fault::ModuleDown(_) | Fault::ModuleUp(_) if self.module.is_none() => Err(FaultError::Module),
            Fault::StuckIn(_, standing) if !PASSED.contains(standing) => {
                Err(FaultError::Stuck(standing.clone()))
            }
            Fault::SessionsTaken(_, count) if *count > SESSIONS => Err(FaultError::Sessions(*count)),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_befall_a_pair_is_named() {
        let single = Spec::active_standby("ASA5525", "9.8(4)".parse().unwrap());
        let groups = Spec::active_active("ASA5525", "9.8(4)".parse().unwrap());
        let stuck = "no unit is stuck in Bulk; expected one of: Negotiation, Cold Standby, App Sync, \
                     Sync Config, Sync File System, Bulk Sync";
        for (spec, fault, text) in [
            (
                &single,
                r#"{"interface-down": ["Primary", "dmz", "no-link"]}"#,
                "the pair has no interface dmz",
            ),
            (&single, r#"{"interface-up": ["Primary", "dmz"]}"#, "the pair has no interface dmz"),
            (&single, r#"{"preempt": 1}"#, "the pair has no failover group 1"),
            (&groups, r#"{"preempt": 0}"#, "the pair has no failover group 0"),
            (&groups, r#"{"spontaneous-failover": 9}"#, "the pair has no failover group 9"),
            (&single, r#"{"module-down": "Primary"}"#, "the pair has no service module"),
            (&single, r#"{"module-up": "Primary"}"#, "the pair has no service module"),
            (&single, r#"{"stuck-in": ["Primary", "Bulk"]}"#, stuck),
            (&single, r#"{"sessions-taken": ["Primary", 6]}"#, "a unit has 5 sessions, not 6"),
        ] {
            let fault: Fault = serde_json::from_str(fault).unwrap();
            assert_eq!(spec.fits(&When::typed("failover"), &fault).unwrap_err().to_string(), text);
        }
        for (when, text) in [
            (r#"{"typed": {"head": "failover", "nth": 0}}"#, "nth: occasions are counted from 1, found 0"),
            (r#"{"read": {"role": "Primary", "nth": 0}}"#, "nth: occasions are counted from 1, found 0"),
            (
                r#"{"stands": {"role": "Primary", "standing": "Bulk"}}"#,
                "no unit stands in Bulk: that is no state of `show failover`",
            ),
        ] {
            let when: When = serde_json::from_str(when).unwrap();
            assert_eq!(single.fits(&when, &Fault::SplitBrain).unwrap_err().to_string(), text);
        }
    }

    #[test]
    fn what_can_befall_it_fits() {
        let mut single = Spec::active_standby("ASA5525", "9.8(4)".parse().unwrap());
        single.module = Some("SFR5525".to_owned());
        let groups = Spec::active_active("ASA5525", "9.8(4)".parse().unwrap());
        for (spec, fault) in [
            (&single, r#"{"spontaneous-failover": 0}"#),
            (&single, r#"{"module-down": "Primary"}"#),
            (&single, r#"{"sessions-taken": ["Primary", 5]}"#),
            (&single, r#"{"stuck-in": ["Secondary", "Bulk Sync"]}"#),
            (&groups, r#"{"preempt": 2}"#),
            (&groups, r#"{"interface-down": ["Primary", "ctx2/outside", "no-link"]}"#),
            (&groups, r#"{"interface-up": ["Primary", "outside"]}"#),
        ] {
            let parsed: Fault = serde_json::from_str(fault).unwrap();
            assert_eq!(
                spec.fits(&When::stands(crate::unit::Role::Primary, Standing::BulkSync), &parsed),
                Ok(()),
                "{fault}"
            );
        }
    }
}
