//! Writing the startup configuration.

use std::fmt::Write;
use std::time::Duration;

use super::super::fault::FaultKind;
use super::super::history::What;
use super::super::{Pair, texts};
use super::{Finish, Question, Reply, Work};
use crate::unit::{Role, Standing};

impl Pair {
    /// `write memory [all]`, `copy running-config startup-config`: done at once, said when it took its time,
    /// so that a session lost meanwhile leaves it done.
    pub(super) fn save(&mut self, role: Role, with_ok: bool, all: bool) -> Reply {
        if std::mem::take(&mut self.unit_mut(role).ills.save_asks) {
            self.struck(role, FaultKind::SaveAsks);
            return Reply::ask(Question::Overwrite { role, with_ok, all });
        }
        self.save_now(role, with_ok, all)
    }

    fn save_now(&mut self, role: Role, with_ok: bool, all: bool) -> Reply {
        let head = if with_ok { "Building configuration...\n" } else { "" };
        let pace = self.spec.timings.save;
        let text = self.saved(role, with_ok, all);
        Reply::work(head, Work { steps: 1, pace, mark: "", finish: Finish::Say(text) })
    }

    pub(super) fn answered_overwrite(&mut self, role: Role, with_ok: bool, all: bool, answer: &str) -> Reply {
        if answer.is_empty() || answer.eq_ignore_ascii_case("y") {
            self.save_now(role, with_ok, all)
        } else {
            Reply::prompt()
        }
    }

    /// Saves, and says so; on the active unit the standby saves as well.
    pub(super) fn saved(&mut self, role: Role, with_ok: bool, all: bool) -> String {
        if self.unit(role).ills.save_fails {
            self.struck(role, FaultKind::SaveFails);
            return self.worded(&texts::NO_SAVE, &[]);
        }
        self.write_startup(role);
        let mate = role.mate();
        let synced = !matches!(
            self.unit(mate).standing(self.lead()),
            Standing::ColdStandby
                | Standing::AppSync
                | Standing::SyncConfig
                | Standing::SyncFileSystem
                | Standing::Failed
        );
        let replicates = self.unit(role).is_active(self.lead()) && self.unit(role).running.failover;
        if replicates && self.unit(role).view.hears && synced {
            let ills = &mut self.unit_mut(mate).ills;
            if ills.save_fails {
                self.struck(mate, FaultKind::SaveFails);
            } else if std::mem::take(&mut ills.save_not_replicated) {
                self.struck(mate, FaultKind::SaveNotReplicated);
            } else {
                self.write_startup(mate);
            }
        }
        let unconfirmed = with_ok && std::mem::take(&mut self.unit_mut(role).ills.save_unconfirmed);
        if unconfirmed {
            self.struck(role, FaultKind::SaveUnconfirmed);
        }
        let ok = if with_ok && !unconfirmed { "[OK]\n" } else { "" };
        if all {
            self.unit_mut(role).changed.clear();
            if replicates {
                self.unit_mut(mate).changed.clear();
            }
        }
        let names = if all { self.spec.contexts.as_slice() } else { &[] };
        let mut text = self.saved_lines(role, 8_009, ok);
        for (index, context) in names.iter().enumerate() {
            let _ = writeln!(text, "Building configuration for context {}", context.name);
            text.push_str(&self.saved_lines(role, 4_211 + index * 17, ok));
        }
        text
    }

    /// What is said of one configuration that was written.
    pub(super) fn saved_lines(&self, role: Role, bytes: usize, ok: &str) -> String {
        let took = copy_time(bytes, self.spec.timings.save);
        format!("Cryptochecksum: {} \n\n{took}\n{ok}", self.checksum(role))
    }

    fn write_startup(&mut self, role: Role) {
        let unit = self.unit_mut(role);
        unit.startup = unit.running.clone();
        unit.modified = false;
        let boot = unit.startup.boot.clone();
        self.note(role, What::Saved { boot });
    }
}

/// `N bytes copied in 0.290 secs`: with a rate from one second on.
pub(super) fn copy_time(bytes: impl TryInto<u64>, took: Duration) -> String {
    let bytes = bytes.try_into().unwrap_or(u64::MAX);
    let rate = bytes.checked_div(took.as_secs()).map_or(String::new(), |rate| format!(" ({rate} bytes/sec)"));
    format!("{bytes} bytes copied in {}.{:02}0 secs{rate}", took.as_secs(), took.subsec_millis() / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_told_from_one_second_on() {
        assert_eq!(copy_time(8_009_u64, Duration::from_millis(290)), "8009 bytes copied in 0.290 secs");
        assert_eq!(
            copy_time(111_505_136_u64, Duration::from_millis(211_300)),
            "111505136 bytes copied in 211.300 secs (528460 bytes/sec)"
        );
    }
}
