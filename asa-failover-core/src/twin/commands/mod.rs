//! What a unit does with a line that was typed, and what it says.

mod config;
mod files;
mod filter;
mod grammar;
mod roles;
mod save;
mod show_config;
mod show_failover;
mod show_history;
mod show_version;
mod space;

use std::time::Duration;

use super::doubt::{RefusedAs, StandbyWarns, Wording};
use super::fault::{FaultKind, Occasion};
use super::flash::FlashFile;
use super::history::{Via, What};
use super::line::{Level, Place};
use super::texts::Text;
use super::{Pair, Role, texts};
use show_config::boot_lines;

use crate::unit::Standing;
use grammar::{Parsed, Space, Verb, Wrong};

/// What a unit answers.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) text: String,
    pub(super) then: Then,
}

/// What follows the text of an answer.
#[derive(Clone, Debug)]
pub(super) enum Then {
    Prompt,
    /// The prompt comes first, then the text.
    PromptFirst,
    Ask(Question),
    Enable,
    Login,
    Work(Work),
    Bye,
    /// The last word of the line is wrong after all.
    Invalid,
    /// The line did not arrive.
    Lost,
}

/// Something that takes time and occupies the session.
#[derive(Clone, Debug)]
pub(super) struct Work {
    pub(super) steps: u32,
    pub(super) pace: Duration,
    /// Shown after every step.
    pub(super) mark: &'static str,
    pub(super) finish: Finish,
}

/// What is done, and said, when the time has passed.
#[derive(Clone, Debug)]
pub(super) enum Finish {
    Say(String),
    Copy { role: Role, url: String, name: String, took: Duration },
    Verify { role: Role, name: String, algorithm: Algorithm, submitted: Option<String> },
}

/// A hash that `verify` computes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Algorithm {
    Md5,
    Sha512,
    /// The one inside the image.
    Embedded,
}

/// A question that waits for an answer.
#[derive(Clone, Debug)]
pub(super) enum Question {
    /// `space`: whose changes, in multiple mode; `next`: the context that is asked about after it.
    SaveBeforeReload {
        role: Role,
        after: Option<Duration>,
        space: Option<String>,
        next: usize,
    },
    Reload {
        role: Role,
        after: Option<Duration>,
    },
    Copy {
        role: Role,
        url: String,
        name: String,
        asked: Asked,
    },
    Delete {
        role: Role,
        name: String,
        sure: bool,
        both: bool,
    },
    SaveSource {
        role: Role,
    },
    Overwrite {
        role: Role,
        with_ok: bool,
        all: bool,
    },
    Syncing {
        place: Place,
        line: String,
    },
    CallHome {
        role: Role,
    },
}

/// How far the dialog of a copy is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Asked {
    Host,
    User,
    Source,
    Target,
    Overwrite,
    Stranger,
}

impl Reply {
    pub(super) fn prompt() -> Self {
        Self::text("")
    }

    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), then: Then::Prompt }
    }

    pub(super) fn ask(question: Question) -> Self {
        Self { text: String::new(), then: Then::Ask(question) }
    }

    pub(super) fn lost() -> Self {
        Self { text: String::new(), then: Then::Lost }
    }

    pub(super) fn invalid() -> Self {
        Self { text: String::new(), then: Then::Invalid }
    }

    fn work(text: impl Into<String>, work: Work) -> Self {
        Self { text: text.into(), then: Then::Work(work) }
    }
}

impl Question {
    /// Whether one key answers it.
    pub(super) const fn is_single_key(&self) -> bool {
        matches!(
            self,
            Self::Reload { .. }
                | Self::Overwrite { .. }
                | Self::Copy { asked: Asked::Overwrite, .. }
                | Self::Delete { sure: true, .. }
        )
    }

    pub(super) fn text(&self, wording: Wording) -> String {
        let (text, word) = match self {
            Self::SaveBeforeReload { space: None, .. } => (&texts::SAVE, ""),
            Self::SaveBeforeReload { space: Some(space), .. } => (&texts::SAVE_ONE, space.as_str()),
            Self::Reload { .. } => (&texts::RELOAD, ""),
            Self::Copy { url, name, asked, .. } => match asked {
                Asked::Host => (&texts::REMOTE_HOST, files::host(url)),
                Asked::User => (&texts::SOURCE_USER, files::user(url)),
                Asked::Source => (&texts::SOURCE_FILE, files::last_part(url)),
                Asked::Target => (&texts::TARGET_FILE, name.as_str()),
                Asked::Overwrite => (&texts::OVERWRITE_FILE, ""),
                Asked::Stranger => (&texts::STRANGE_SERVER, files::host(url)),
            },
            Self::Delete { name, sure: false, .. } => (&texts::DELETE_FILE, name.as_str()),
            Self::Delete { name, .. } => (&texts::DELETE_SURELY, name.as_str()),
            Self::SaveSource { .. } => (&texts::SAVE_SOURCE, ""),
            Self::Overwrite { .. } => (&texts::OVERWRITE_CONFIG, ""),
            Self::Syncing { .. } => (&texts::IN_SYNC, ""),
            Self::CallHome { .. } => (&texts::CALL_HOME, ""),
        };
        text.with(wording, &[word])
    }
}

/// What `?` shows behind this much of a line, if anything fits there. Nobody has its layout on record.
pub(super) fn help(level: Level, line: &str) -> Option<String> {
    let words = grammar::help(level, line);
    let lines = words.iter().flat_map(|word| ["  ", word.as_str(), "\n"]);
    (!words.is_empty()).then(|| lines.collect())
}

impl Pair {
    /// Carries out a line that was typed at a place.
    pub(super) fn run_line(&mut self, place: &mut Place, typed: &str) -> Reply {
        let line = typed.trim();
        if line.is_empty() {
            return Reply::prompt();
        }
        if place.via != Via::Console {
            self.meet(Occasion::Typed(place.role, line));
            if self.is_lost(place) {
                self.note_lost(place, line);
                return Reply::lost();
            }
        }
        let offset = place.indent + typed.len() - typed.trim_start().len();
        let wording = self.spec.wording;
        let caret = |text: &Text, at: usize| text.with(wording, &[" ".repeat(offset + at).as_str(), line]);
        let (command, filter) = filter::split(line);
        let parsed = match grammar::parse(place.level, command) {
            Ok(parsed) => parsed,
            Err(wrong) => {
                self.note_typed(place, line);
                let mut text = match wrong {
                    Wrong::At(0) => caret(&texts::UNKNOWN, 0),
                    Wrong::At(at) => caret(&texts::INVALID, at),
                    Wrong::Ambiguous(at) => caret(&texts::AMBIGUOUS, at),
                    Wrong::Incomplete => self.worded(&texts::INCOMPLETE, &[]),
                };
                if place.level == Level::User && self.is_refused(place, line) {
                    text.push_str(&self.worded(&texts::REFUSED, &[]));
                }
                return Reply::text(text);
            }
        };
        if !(parsed.verb == Verb::FailoverExec && self.reaches(place, &parsed)) {
            self.note_typed(place, line);
        }
        let in_system_space = self.spec.is_multiple() && place.context.is_none();
        if !in_system_space && self.is_refused(place, line) {
            self.struck(place.role, FaultKind::AuthorizationFails);
            return Reply::text(self.worded(&texts::REFUSED, &[]));
        }
        if in_system_space && parsed.space == Space::Context {
            return Reply::text(caret(&texts::INVALID, 0));
        }
        if place.context.is_some() && parsed.space == Space::System {
            return Reply::text(self.worded(&texts::WRONG_SPACE, &[]));
        }
        let configures = matches!(parsed.level, Level::Config | Level::Group(_))
            && !matches!(parsed.verb, Verb::End | Verb::Pager | Verb::PagerOff | Verb::ShowFailover);
        if parsed.verb == Verb::ConfigUrl && self.sends_config(place.role) {
            return Reply::text(self.worded(&texts::URL_IN_SYNC, &[]));
        }
        if configures && *self.unit(place.role).standing(self.lead()) == Standing::SyncConfig {
            return Reply::text(self.worded(&texts::RECEIVES, &[]));
        }
        if let Some(question) = self.sync_question(place, configures, line) {
            return Reply::ask(question);
        }
        let mut reply = self.carry_out(place, &parsed);
        if parsed.verb == Verb::ShowFailover {
            self.meet(Occasion::Answered(place.role));
        }
        if let Some(filter) = filter {
            reply.text = filter.apply(&reply.text);
        }
        if matches!(reply.then, Then::Invalid) {
            let at = command.rfind(' ').map_or(0, |blank| blank + 1);
            return Reply::text(caret(&texts::INVALID, at));
        }
        if self.warns(&parsed) {
            reply.text.insert_str(0, &self.standby_warning(place.role));
        }
        reply
    }

    /// Whether command authorization refuses a line.
    pub(super) fn is_refused(&self, place: &Place, line: &str) -> bool {
        let concerned = self.spec.refused_as == RefusedAs::Anyone || place.is_enable_15;
        concerned && self.refused.iter().any(|head| line.starts_with(head.as_str()))
    }

    /// Whether a standby unit warns before what this line prints.
    fn warns(&self, parsed: &Parsed<'_>) -> bool {
        let configures = matches!(parsed.level, Level::Config | Level::Group(_)) && parsed.verb != Verb::End;
        match self.spec.standby_warns {
            StandbyWarns::Configuration => configures || parsed.verb == Verb::ConfigureTerminal,
            StandbyWarns::Everything => configures || parsed.level == Level::Privileged,
        }
    }

    pub(super) fn note_typed(&mut self, place: &Place, line: &str) {
        let serial = self.unit(place.role).serial.clone();
        self.note(place.role, What::Typed { line: line.to_owned(), via: place.via, serial });
    }

    pub(super) fn note_lost(&mut self, place: &Place, line: &str) {
        self.note(place.role, What::LineLost { line: line.to_owned(), via: place.via });
    }

    fn carry_out(&mut self, place: &mut Place, parsed: &Parsed<'_>) -> Reply {
        let words = parsed.words.as_slice();
        let word = words.last().copied().unwrap_or_default();
        let role = place.role;
        match parsed.verb {
            Verb::Enable if place.level > Level::User => Reply::prompt(),
            Verb::Enable => Reply { text: String::new(), then: Then::Enable },
            Verb::Login => Reply { text: String::new(), then: Then::Login },
            Verb::Disable | Verb::Exit | Verb::Logout | Verb::End => space::leave(place, parsed.verb),
            Verb::Pager | Verb::PagerOff => space::pager(place, word),
            Verb::ConfigureTerminal => {
                place.level = place.level.max(Level::Config);
                if self.unit(role).call_home {
                    return Reply::ask(Question::CallHome { role });
                }
                Reply::prompt()
            }
            Verb::ChangetoSystem | Verb::ChangetoContext => self.changeto(place, parsed.verb, word),
            Verb::ShowPager => Reply::text(match place.pager {
                0 => "no pager\n".to_owned(),
                lines => format!("pager lines {lines}\n"),
            }),
            Verb::ShowCurpriv => space::show_curpriv(place),
            Verb::ShowHostname => Reply::text(format!("{}\n", self.unit(role).running.hostname)),
            Verb::ShowTerminal => Reply::text(format!(
                "\nWidth = {}, no monitor\nterminal interactive\n",
                self.unit(role).running.width
            )),
            Verb::ShowVersion => Reply::text(self.show_version(place)),
            Verb::ShowInventory => Reply::text(self.show_inventory(role)),
            Verb::ShowMode => Reply::text(self.show_mode()),
            Verb::ShowContext => Reply::text(self.show_context()),
            Verb::ShowFailover => Reply::text(self.show_failover(place)),
            Verb::ShowFailoverState => Reply::text(self.show_failover_state(role)),
            Verb::ShowFailoverHistory => Reply::text(self.show_failover_history(role)),
            Verb::ShowFailoverGroup => Reply::text(self.show_failover_group(role, word)),
            Verb::ShowMonitorInterface => Reply::text(self.show_monitor_interface(place)),
            Verb::ShowRunningConfig => {
                if place.via == Via::Console {
                    self.unit_mut(role).paged = Some(self.now);
                }
                Reply::text(self.show_running_config(place))
            }
            Verb::ShowBoot => Reply::text(boot_lines(&self.unit(role).running.boot)),
            Verb::ShowConfigFailover => Reply::text(self.show_config_failover(role)),
            Verb::ShowStartup => Reply::text(self.show_startup(place)),
            Verb::ShowBootvar => Reply::text(self.show_bootvar(role)),
            Verb::ShowAsdm => Reply::text(self.show_asdm(role)),
            Verb::ShowReload => Reply::text(self.show_reload(role)),
            Verb::ShowConn => Reply::text(self.show_conn(role)),
            Verb::ShowChecksum => Reply::text(format!("Cryptochecksum: {} \n", self.checksum(role))),
            Verb::Dir => self.dir(role, words.first().copied().unwrap_or("disk0:")),
            Verb::Verify => self.verify(role, words),
            Verb::Copy => self.copy(place, words),
            Verb::CopyToRunning => self.copy_to_running(role, word),
            Verb::Delete => self.delete(place, words),
            Verb::Save => self.save(role, true, false),
            Verb::SaveAll => self.save(role, true, true),
            Verb::CopySave if place.via == Via::MateExec => self.save(role, false, false),
            Verb::CopySave => Reply::ask(Question::SaveSource { role }),
            Verb::WriteStandby => self.write_standby(role),
            Verb::Reload => self.reload(place, words),
            Verb::ReloadCancel => self.reload_cancel(role),
            Verb::FailoverExec => self.failover_exec(place, words),
            Verb::ReloadStandby => self.reload_standby(role),
            Verb::Claim | Verb::GiveUp => self.role_command(place, parsed.verb == Verb::Claim, words),
            Verb::FailoverReset => self.failover_reset(role, words),
            _ => self.configure(place, parsed),
        }
    }

    /// Goes on after a question was answered.
    pub(super) fn answered(&mut self, place: &Place, question: &Question, answer: &str) -> Reply {
        match question {
            Question::SaveBeforeReload { role, after, space, next } => {
                self.answered_save(*role, *after, space.as_deref(), *next, answer)
            }
            Question::Reload { role, after } => self.answered_reload(*role, *after, answer),
            Question::Copy { role, url, name, asked } => self.answered_copy(*role, url, name, *asked, answer),
            Question::Delete { role, name, sure, both } => {
                self.answered_delete(*role, name, *sure, *both, answer)
            }
            Question::SaveSource { role } => self.save(*role, false, false),
            Question::Overwrite { role, with_ok, all } => {
                self.answered_overwrite(*role, *with_ok, *all, answer)
            }
            Question::Syncing { place: typed, line } => {
                self.answered_syncing(&mut typed.clone(), line, place.level, answer)
            }
            Question::CallHome { role } => {
                // Whoever neither takes nor refuses it is asked again.
                self.unit_mut(*role).call_home = !answer.to_ascii_lowercase().starts_with(['y', 'n']);
                Reply::prompt()
            }
        }
    }

    /// What was waited for is done.
    pub(super) fn finish(&mut self, finish: &Finish) -> String {
        match finish {
            Finish::Say(text) => text.clone(),
            Finish::Copy { role, url, name, took } => self.copied(*role, url, name, *took),
            Finish::Verify { role, name, algorithm, submitted } => {
                self.verified(*role, name, *algorithm, submitted.as_deref())
            }
        }
    }

    /// The file of this name on a unit's flash, by any spelling of its path.
    fn on_flash(&self, role: Role, path: &str) -> Option<&FlashFile> {
        self.unit(role).file(files::name_of(path))
    }
}
