//! Moving between modes and execution spaces, and what belongs to a session.

use super::super::doubt::Wording;
use super::super::line::{Level, Place};
use super::super::{Pair, texts};
use super::grammar::Verb;
use super::{Reply, Then};
use crate::unit::Role;

/// `exit`, `logout`, `end`, `disable`.
pub(super) fn leave(place: &mut Place, verb: Verb) -> Reply {
    let level = match (verb, place.level) {
        (Verb::Disable, _) => Level::User,
        (Verb::End, _) | (Verb::Exit, Level::Config) => Level::Privileged,
        (Verb::Exit, Level::Group(_)) => Level::Config,
        _ => return Reply { text: texts::LOGOFF.with(Wording::Believed, &[]), then: Then::Bye },
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

/// `show curpriv`
pub(super) fn show_curpriv(place: &Place) -> Reply {
    let user = if place.is_enable_15 { "enable_15" } else { "admin" };
    let (level, mode) = match place.level {
        Level::User => (1, "P_UNPR"),
        Level::Privileged => (15, "P_PRIV"),
        Level::Config | Level::Group(_) => (15, "P_PRIV P_CONF"),
    };
    Reply::text(format!("Username : {user}\nCurrent privilege level : {level}\nCurrent Mode/s : {mode}\n"))
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
                return Reply::text(self.worded(&texts::NO_CONTEXT, &[name]));
            };
            // The pager is a setting of the session in one context.
            place.pager = 24;
            Some(index)
        };
        place.context = context;
        place.is_enable_15 = true;
        place.level = place.level.min(Level::Config);
        Reply::prompt()
    }

    /// What a standby unit says when it is configured.
    pub(super) fn standby_warning(&self, role: Role) -> String {
        let unit = self.unit(role);
        if unit.running.failover && !unit.is_active(self.lead()) {
            self.worded(&texts::STANDBY_WARNING, &[])
        } else {
            String::new()
        }
    }
}
