//! Failover commands and reloads.

use std::time::Duration;

use super::super::clock::Event;
use super::super::doubt::{AlreadyThere, ReloadNoconfirm, ReloadStandbyOnOwner};
use super::super::failover::RoleChange;
use super::super::health::Ailment;
use super::super::history::{Cause, Via};
use super::super::line::{Level, Place};
use super::super::{Pair, texts};
use super::grammar::{Parsed, Verb, abbreviates, parse};
use super::{Question, Reply, Then};
use crate::unit::{GroupId, Role, Standing};

impl Pair {
    fn groups_named(&self, words: &[&str]) -> Option<Vec<GroupId>> {
        let all = self.unit(Role::Primary).group_ids();
        match words.first() {
            None => Some(all),
            Some(word) => {
                let group = GroupId::new(word.parse().ok()?);
                all.contains(&group).then(|| vec![group])
            }
        }
    }

    /// `[no] failover active [group N]`
    pub(super) fn role_command(&mut self, place: &Place, claims: bool, words: &[&str]) -> Reply {
        let role = place.role;
        let Some(groups) = self.groups_named(words) else { return Reply::invalid() };
        let change = if claims { self.claim(role, &groups) } else { self.give_up(role, &groups) };
        match change {
            RoleChange::Refused => Reply::text(self.worded(&texts::NOT_READY, &[])),
            RoleChange::Already if self.spec.already_there == AlreadyThere::Error => {
                Reply::text(self.worded(&texts::ALREADY, &[]))
            }
            RoleChange::Already | RoleChange::Ignored | RoleChange::Done => Reply::prompt(),
        }
    }

    pub(super) fn failover_reset(&mut self, role: Role, words: &[&str]) -> Reply {
        let Some(groups) = self.groups_named(words) else { return Reply::invalid() };
        for of in [role, role.mate()] {
            let failed = groups.iter().any(|group| *self.unit(of).standing(*group) == Standing::Failed);
            if failed && (of == role || self.unit(role).view.hears) {
                self.reset(of, &groups);
            }
        }
        Reply::prompt()
    }

    /// What failed by an interface or a module is standby again, and fails again if that is still so; a unit
    /// that came back as Failed joins its mate anew.
    fn reset(&mut self, of: Role, groups: &[GroupId]) {
        let failed = |pair: &Self, group: &GroupId| *pair.unit(of).standing(*group) == Standing::Failed;
        if self.unit(of).ailing.is_empty() {
            for group in groups.iter().filter(|group| failed(self, group)).copied().collect::<Vec<_>>() {
                self.set_standing(of, group, Standing::ColdStandby, Cause::Resync);
            }
            return self.begin_sync(of, &texts::ACTIVE_MATE);
        }
        for group in groups.iter().filter(|group| failed(self, group)).copied().collect::<Vec<_>>() {
            self.recover(of, group);
        }
        let again = self.now + self.spec.timings.interface_down;
        self.queue.plan(again, Event::Health);
    }

    pub(super) fn reload_standby(&mut self, role: Role) -> Reply {
        let mate = role.mate();
        let reachable = self.unit(role).view.hears && self.unit(mate).is_up();
        let groups = self.unit(role).group_ids();
        let commands = groups.iter().any(|group| self.unit(role).is_active(*group));
        if !self.unit(role).running.failover {
            return Reply::text(self.worded(&texts::FAILOVER_IS_OFF, &[]));
        }
        if !reachable || !commands {
            return Reply::prompt();
        }
        let owns = groups.iter().any(|group| self.unit(mate).is_active(*group));
        match self.spec.reload_standby_on_owner {
            ReloadStandbyOnOwner::Refuse if owns => {
                return Reply::text(self.worded(&texts::OWNS_A_GROUP, &[]));
            }
            ReloadStandbyOnOwner::Ignore if owns => {}
            _ => self.request_reload(mate, Cause::ReloadStandby),
        }
        Reply::prompt()
    }

    pub(super) fn write_standby(&mut self, role: Role) -> Reply {
        let mate = role.mate();
        if !self.unit(role).view.hears || !self.unit(role).is_active(self.lead()) {
            return Reply::text(format!(
                "Building configuration...\n{}",
                self.worded(&texts::NO_RESYNC, &[])
            ));
        }
        for group in self.unit(mate).group_ids() {
            if !self.unit(mate).is_active(group) {
                self.set_standing(mate, group, Standing::ColdStandby, Cause::Resync);
            }
        }
        self.begin_sync(mate, &texts::OTHER_CONFIG);
        Reply::text("Building configuration...\n[OK]\n")
    }

    /// `reload [in N] [noconfirm | save-config | quick]`
    pub(super) fn reload(&mut self, place: &Place, words: &[&str]) -> Reply {
        let role = place.role;
        let mut after = None;
        let mut confirmed = false;
        let mut quick = false;
        for word in words {
            if let Ok(minutes) = word.parse::<u64>() {
                after = Some(Duration::from_secs(minutes * 60));
            } else if abbreviates(word, "noc|onfirm") {
                confirmed = true;
            } else if abbreviates(word, "save|-config") {
                self.saved(role, false, false);
            } else if abbreviates(word, "q|uick") {
                quick = true;
            } else {
                return Reply::invalid();
            }
        }
        if confirmed && self.spec.reload_noconfirm == ReloadNoconfirm::Saves && self.unit(role).modified {
            self.saved(role, false, false);
        }
        if confirmed || (place.via == Via::MateExec && quick) {
            return self.accept_reload(role, after);
        }
        if place.via == Via::MateExec {
            return Reply::prompt();
        }
        if self.unit(role).modified {
            let space = self.spec.is_multiple().then(|| "System".to_owned());
            return Reply::ask(Question::SaveBeforeReload { role, after, space, next: 0 });
        }
        self.ask_of_context(role, after, 0, String::new())
    }

    /// The question of the first context, from this one on, that has unsaved changes; else whether to reload.
    fn ask_of_context(&self, role: Role, after: Option<Duration>, from: usize, text: String) -> Reply {
        let changed = self.unit(role).changed.iter().find(|index| **index >= from);
        let context = changed.and_then(|index| Some((*index, self.spec.contexts.get(*index)?)));
        let question = match context {
            Some((index, context)) => {
                let space = Some(context.name.clone());
                Question::SaveBeforeReload { role, after, space, next: index + 1 }
            }
            None => Question::Reload { role, after },
        };
        Reply { text, then: Then::Ask(question) }
    }

    /// `y` saves what was asked about, `s` everything; a context is asked about after another.
    pub(super) fn answered_save(
        &mut self,
        role: Role,
        after: Option<Duration>,
        space: Option<&str>,
        next: usize,
        answer: &str,
    ) -> Reply {
        let is_system = next == 0;
        match answer.chars().next().map(|first| first.to_ascii_lowercase()) {
            Some('s') => {
                let text = self.saved(role, false, false);
                self.unit_mut(role).changed.clear();
                self.ask_of_context(role, after, 0, text)
            }
            Some('y') if is_system => {
                let text = self.saved(role, false, false);
                self.ask_of_context(role, after, next, text)
            }
            Some('y') => {
                self.unit_mut(role).changed.retain(|index| index + 1 != next);
                let text = self.saved_lines(role, 4_211, "");
                self.ask_of_context(role, after, next, text)
            }
            Some('n') => self.ask_of_context(role, after, next, String::new()),
            Some('c') => Reply::prompt(),
            _ => {
                let space = space.map(str::to_owned);
                Reply::ask(Question::SaveBeforeReload { role, after, space, next })
            }
        }
    }

    pub(super) fn answered_reload(&mut self, role: Role, after: Option<Duration>, answer: &str) -> Reply {
        if answer.is_empty() || answer.eq_ignore_ascii_case("y") {
            self.accept_reload(role, after)
        } else {
            Reply::prompt()
        }
    }

    fn accept_reload(&mut self, role: Role, after: Option<Duration>) -> Reply {
        let Some(after) = after else {
            self.request_reload(role, Cause::Reload);
            return Reply::prompt();
        };
        self.schedule_reload(role, self.now + after);
        let seconds = after.as_secs();
        let span = format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
        Reply { text: self.worded(&texts::DOWN_LATER, &[&span]), then: Then::PromptFirst }
    }

    pub(super) fn reload_cancel(&mut self, role: Role) -> Reply {
        if self.unit_mut(role).reload_at.take().is_none() {
            return Reply::text(self.worded(&texts::NO_RELOAD, &[]));
        }
        Reply::text(self.worded(&texts::DOWN_CANCELLED, &[]))
    }

    pub(super) fn show_reload(&self, role: Role) -> String {
        let Some(at) = self.unit(role).reload_at else {
            return self.worded(&texts::NO_RELOAD, &[]);
        };
        let left = at.saturating_sub(self.now).as_secs() / 60;
        format!(
            "Reload scheduled for {} (in {} hours and {} minutes)\n",
            self.date(at).reload(),
            left / 60,
            left % 60
        )
    }

    /// Whether a `failover exec` line is carried out on the other unit.
    pub(super) fn reaches(&self, place: &Place, parsed: &Parsed<'_>) -> bool {
        self.exec_target(place.role, parsed.words.first().copied().unwrap_or_default()).is_some_and(
            |target| target == place.role || (self.unit(place.role).view.hears && !self.has_failed(target)),
        )
    }

    /// Whether a line is passed on to the mate.
    pub(in super::super) fn hears_mate(&self, role: Role) -> bool {
        self.unit(role).view.hears && !self.has_failed(role.mate())
    }

    /// A unit that has failed is out of reach, but for one that failed by its service module.
    fn has_failed(&self, role: Role) -> bool {
        let lead = self.lead();
        let failed = *self.unit(role).standing(lead) == Standing::Failed;
        !self.unit(role).is_up() || (failed && self.ailment(role, lead) != Some(Ailment::Module))
    }

    fn exec_target(&self, role: Role, word: &str) -> Option<Role> {
        let active = Role::BOTH.into_iter().find(|role| self.unit(*role).is_active(self.lead()));
        match word {
            _ if abbreviates(word, "m|ate") => Some(role.mate()),
            _ if abbreviates(word, "a|ctive") => active,
            _ if abbreviates(word, "st|andby") => active.map(Role::mate),
            _ => None,
        }
    }

    /// `failover exec mate LINE`
    pub(super) fn failover_exec(&mut self, place: &Place, words: &[&str]) -> Reply {
        let &[unit, line] = words else { return Reply::invalid() };
        let role = place.role;
        if self.unit(role).version.major < 8 {
            return Reply::invalid();
        }
        let Some(target) = self.exec_target(role, unit) else {
            return Reply::text(self.worded(&texts::UNREACHABLE, &[]));
        };
        if target != role && (!self.unit(role).view.hears || self.has_failed(target)) {
            return Reply::text(self.worded(&texts::UNREACHABLE, &[]));
        }
        let forbidden = [Verb::ChangetoContext, Verb::ChangetoSystem, Verb::FailoverExec, Verb::Enable];
        if parse(Level::Config, line).is_ok_and(|parsed| forbidden.contains(&parsed.verb)) {
            return Reply::text(self.worded(&texts::NOT_FOR_MATE, &[]));
        }
        // Configuration lines need the local session in configuration mode too.
        let level = place.level.max(Level::Privileged).min(Level::Config);
        let mut there =
            Place { role: target, level, via: Via::MateExec, pager: 0, indent: 0, ..place.clone() };
        let reply = self.run_line(&mut there, line);
        match reply.then {
            _ if !self.unit(target).is_up() => Reply::text(self.worded(&texts::UNREACHABLE, &[])),
            Then::Lost | Then::Work(_) => reply,
            // A question cannot be answered from here.
            Then::Ask(_) => Reply::text(self.worded(&texts::ASKS, &[])),
            _ => Reply::text(reply.text),
        }
    }

    /// Whether this unit sends its configuration to its mate.
    pub(super) fn sends_config(&self, role: Role) -> bool {
        let sends = self.unit(role).is_active(self.lead()) && self.unit(role).view.hears;
        sends && *self.unit(role.mate()).standing(self.lead()) == Standing::SyncConfig
    }

    /// Whether a configuration line meets a mate that synchronises: then it is a question.
    pub(super) fn sync_question(&self, place: &Place, configures: bool, line: &str) -> Option<Question> {
        (configures && self.sends_config(place.role) && place.via != Via::MateExec)
            .then(|| Question::Syncing { place: place.clone(), line: line.to_owned() })
    }

    /// The answer to that question: `yes` configures this unit alone.
    pub(super) fn answered_syncing(
        &mut self,
        place: &mut Place,
        line: &str,
        level: Level,
        answer: &str,
    ) -> Reply {
        if !answer.to_ascii_lowercase().starts_with('y') {
            return Reply::prompt();
        }
        self.log(place.role, &texts::NOT_REPLICATED, &[line]);
        place.level = level;
        match parse(level, line) {
            Ok(parsed) => self.configure_here(place, &parsed),
            Err(_) => Reply::invalid(),
        }
    }
}
