//! Moving between modes and execution spaces, and what belongs to a session.

use super::super::Pair;
use super::super::line::{Level, Place};
use super::grammar::Verb;
use super::{Reply, Then};
use crate::unit::Role;

const STANDBY_WARNING: &str = "**** WARNING ****\n\tConfiguration Replication is NOT performed from Standby unit \
                               to Active unit.\n\tConfigurations are no longer synchronized.\n";

/// `exit`, `logout`, `end`, `disable`.
pub(super) fn leave(place: &mut Place, verb: Verb) -> Reply {
    let level = match (verb, place.level) {
        (Verb::Disable, _) => Level::User,
        (Verb::End, _) | (Verb::Exit, Level::Config) => Level::Privileged,
        (Verb::Exit, Level::Group(_)) => Level::Config,
        _ => return Reply { text: "\nLogoff\n\n".to_owned(), then: Then::Bye },
    };
    place.level = level;
    Reply::prompt()
}

/// `terminal pager N`; without a number: off.
pub(super) fn pager(place: &mut Place, lines: &str) -> Reply {
    let Ok(lines) = (if lines.is_empty() { "0" } else { lines }).parse() else { return Reply::invalid() };
    place.pager = lines;
    Reply::prompt()
}

impl Pair {
    pub(super) fn changeto(&self, place: &mut Place, verb: Verb, name: &str) -> Reply {
        if !self.spec.is_multiple() {
            return Reply::invalid();
        }
        let context = if verb == Verb::ChangetoSystem {
            None
        } else {
            let Some(index) = self.spec.contexts.iter().position(|context| context.name == name) else {
                return Reply::text(format!("ERROR: '{name}' is not valid\n"));
            };
            // The pager is a setting of the session in one context.
            place.pager = 24;
            Some(index)
        };
        place.context = context;
        place.level = place.level.min(Level::Config);
        Reply::prompt()
    }

    /// What a standby unit says when it is configured.
    pub(super) fn standby_warning(&self, role: Role) -> &'static str {
        let unit = self.unit(role);
        if unit.running.failover && !unit.is_active(self.lead()) { STANDBY_WARNING } else { "" }
    }

    pub(super) fn show_curpriv(&self, place: &Place) -> Reply {
        let user = if place.context.is_none() && self.spec.is_multiple() { "enable_15" } else { "admin" };
        let (level, mode) = match place.level {
            Level::User => (1, "P_UNPR"),
            Level::Privileged => (15, "P_PRIV"),
            Level::Config | Level::Group(_) => (15, "P_PRIV P_CONF"),
        };
        Reply::text(format!(
            "Username : {user}\nCurrent privilege level : {level}\nCurrent Mode/s : {mode}\n"
        ))
    }
}
