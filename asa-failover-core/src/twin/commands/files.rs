//! Files: `dir`, `copy`, `verify`, `delete`.

use std::fmt::Write;
use std::time::Duration;

use super::super::fault::{CopyRefusal, FaultKind};
use super::super::history::{Via, What};
use super::super::line::Place;
use super::super::{Pair, texts};
use super::grammar::abbreviates;
use super::save::copy_time;
use super::{Algorithm, Asked, Finish, Question, Reply, Work};
use crate::unit::Role;
use crate::version::AsaVersion;

const MARK: &str = "!!!!!!!!";
/// How often a copy shows that it goes on.
const PACE: Duration = Duration::from_secs(10);

/// The name of a file, whatever its path looks like: `disk0:/X`, `flash:X`, `X`.
pub(super) fn name_of(path: &str) -> &str {
    let path = path.strip_prefix("disk0:").or_else(|| path.strip_prefix("flash:")).unwrap_or(path);
    path.trim_start_matches('/')
}

pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    host.rsplit('@').next().unwrap_or_default()
}

/// The user of a URL; the one who logged in where it names none.
pub(super) fn user(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let login =
        rest.split('/').next().and_then(|place| place.split_once('@')).map_or("admin", |(login, _)| login);
    login.split(':').next().unwrap_or_default()
}

fn knows_users(url: &str) -> bool {
    url.starts_with("ftp://") || url.starts_with("scp://")
}

/// Whether the server behind a URL has a key that the unit has not seen.
fn is_strange(url: &str) -> bool {
    url.starts_with("scp://")
}

/// Enter, or `y`.
fn is_yes(answer: &str) -> bool {
    answer.is_empty() || answer.eq_ignore_ascii_case("y")
}

pub(super) fn last_part(url: &str) -> &str {
    let path = url.split(';').next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

impl Pair {
    pub(super) fn dir(&self, role: Role, path: &str) -> Reply {
        let unit = self.unit(role);
        let name = name_of(path);
        let files: Vec<_> = unit.flash.iter().filter(|file| name.is_empty() || file.name == name).collect();
        if files.is_empty() && !name.is_empty() {
            return Reply::text(self.worded(&texts::NO_FILE, &[name]));
        }
        let mut text = format!("\nDirectory of disk0:/{name}\n\n");
        for (index, file) in files.iter().enumerate() {
            let date = self.date(Duration::ZERO).dir();
            let _ = writeln!(text, "{:<6} -rwx  {:<12} {date}  {}", index + 97, file.size, file.name);
        }
        text.push('\n');
        let (total, free) = (unit.flash_size, unit.free());
        let modern = unit.version >= AsaVersion::new(9, 8, 0, 0);
        if modern && name.is_empty() {
            let size: u64 = files.iter().map(|file| file.size).sum();
            let _ = writeln!(text, "{} file(s) total size: {size} bytes", files.len());
        }
        let percent = if modern { format!("/{}% free", free * 100 / total.max(1)) } else { String::new() };
        let free = if modern { format!("{free} bytes free{percent}") } else { format!("{free} bytes free") };
        let _ = writeln!(text, "{total} bytes total ({free})");
        Reply::text(text)
    }

    /// `copy [/noconfirm] URL disk0:/X`
    pub(super) fn copy(&mut self, place: &Place, words: &[&str]) -> Reply {
        let (silent, source, target) = match *words {
            [option, source, target] if abbreviates(option, "/noc|onfirm") => (true, source, target),
            [source, target] => (false, source, target),
            _ => return Reply::invalid(),
        };
        if !source.contains("://") || !(target.starts_with("disk0:") || target.starts_with("flash:")) {
            return Reply::text(self.worded(&texts::BAD_NAME, &[]));
        }
        let name = match name_of(target) {
            "" => last_part(source),
            name => name,
        };
        if silent {
            return self.start_copy(place.role, source, name);
        }
        let (url, name) = (source.to_owned(), name.to_owned());
        Reply::ask(Question::Copy { role: place.role, url, name, asked: Asked::Host })
    }

    /// `copy disk0:/X running-config`; what the file holds is nothing that an upgrade meets.
    pub(super) fn copy_to_running(&mut self, role: Role, source: &str) -> Reply {
        if self.sends_config(role) {
            return Reply::text(self.worded(&texts::COPY_IN_SYNC, &[]));
        }
        let Some(size) = self.on_flash(role, source).map(|file| file.size) else {
            return Reply::text(self.worded(&texts::NO_FILE, &[name_of(source)]));
        };
        let now = self.now;
        let unit = self.unit_mut(role);
        unit.modified = true;
        unit.touched = Some(now);
        let took = copy_time(size, self.spec.timings.save);
        Reply::text(format!("Cryptochecksum: {} \n\n{took}\n", self.checksum(role)))
    }

    pub(super) fn answered_copy(
        &mut self,
        role: Role,
        url: &str,
        name: &str,
        asked: Asked,
        answer: &str,
    ) -> Reply {
        let ask = |name: &str, asked| {
            Reply::ask(Question::Copy { role, url: url.to_owned(), name: name.to_owned(), asked })
        };
        match asked {
            Asked::Host if knows_users(url) => ask(name, Asked::User),
            Asked::Host | Asked::User => ask(name, Asked::Source),
            Asked::Source => ask(name, Asked::Target),
            Asked::Target => {
                let name = if answer.is_empty() { name } else { name_of(answer) };
                if self.unit(role).file(name).is_some() {
                    ask(name, Asked::Overwrite)
                } else if is_strange(url) {
                    ask(name, Asked::Stranger)
                } else {
                    self.start_copy(role, url, name)
                }
            }
            Asked::Overwrite if is_strange(url) && is_yes(answer) => ask(name, Asked::Stranger),
            Asked::Overwrite if is_yes(answer) => self.start_copy(role, url, name),
            Asked::Stranger if answer.eq_ignore_ascii_case("yes") => self.start_copy(role, url, name),
            Asked::Overwrite | Asked::Stranger => Reply::prompt(),
        }
    }

    fn start_copy(&mut self, role: Role, url: &str, name: &str) -> Reply {
        let text = format!("\nAccessing {url}...\n");
        if let Some(how) = self.unit_mut(role).ills.copy_refused.take() {
            self.struck(role, FaultKind::CopyRefused);
            let why = match how {
                CopyRefusal::TimedOut => &texts::SERVER_SILENT,
                CopyRefusal::NoFile => &texts::SERVER_WITHOUT,
                CopyRefusal::NotEnoughSpace => &texts::NOT_ENOUGH_SPACE,
            };
            return Reply::text(format!("{text}\n{}", self.worded(why, &[url])));
        }
        let Some(file) = self.spec.remote.get(url) else {
            let why = self.worded(&texts::SERVER_WITHOUT, &[url]);
            return Reply::text(format!("{text}\n{why}"));
        };
        let seconds = file.size / self.spec.timings.copy_rate.max(1);
        let took =
            Duration::from_secs(seconds) + self.chance.between((Duration::ZERO, Duration::from_secs(1)));
        let steps = u32::try_from(took.as_secs() / PACE.as_secs()).unwrap_or(u32::MAX).max(1);
        let finish = Finish::Copy { role, url: url.to_owned(), name: name.to_owned(), took };
        Reply::work(text, Work { steps, pace: took / steps, mark: MARK, finish })
    }

    pub(super) fn copied(&mut self, role: Role, url: &str, name: &str, took: Duration) -> String {
        let Some(remote) = self.spec.remote.get(url) else { return String::new() };
        let mut file = remote.clone();
        name.clone_into(&mut file.name);
        let writing = format!("\nWriting file disk0:/{name}...\n");
        let unit = self.unit_mut(role);
        let aborts = std::mem::take(&mut unit.ills.copy_aborts);
        if !unit.is_up() || aborts {
            if aborts {
                self.struck(role, FaultKind::CopyAborts);
            }
            return format!("\n{}", self.worded(&texts::SERVER_CEASED, &[url]));
        }
        unit.flash.retain(|old| old.name != name);
        if file.size > unit.free() {
            if unit.ills.flash_full {
                self.struck(role, FaultKind::FlashFull);
            }
            return format!("{writing}{}", self.worded(&texts::NO_SPACE_LEFT, &[name]));
        }
        if std::mem::take(&mut unit.ills.corrupt_copy) {
            file = file.corrupted();
            self.struck(role, FaultKind::CorruptCopy);
        }
        let (size, sound) = (file.size, file.sound);
        self.unit_mut(role).flash.push(file);
        self.note(role, What::FileCopied { name: name.to_owned(), sound });
        format!("{writing}{MARK}\n{}\n", copy_time(size, took))
    }

    /// `verify [/md5 | /sha-512] FILE [HASH]`
    pub(super) fn verify(&mut self, role: Role, words: &[&str]) -> Reply {
        let version = self.unit(role).version;
        let (option, rest) = match words.split_first() {
            Some((option, rest)) if option.starts_with('/') => (*option, rest),
            _ => ("", words),
        };
        let algorithm = match option {
            "" => Algorithm::Embedded,
            "/md5" => Algorithm::Md5,
            "/sha-512" if version.major >= 9 => Algorithm::Sha512,
            _ => return Reply::invalid(),
        };
        let &[path, ref hash @ ..] = rest else { return Reply::invalid() };
        if version < AsaVersion::new(7, 2, 1, 0) {
            return Reply::invalid();
        }
        let name = name_of(path);
        if self.on_flash(role, path).is_none() {
            return Reply::text(self.worded(&texts::NO_FILE, &[name]));
        }
        let submitted = hash.first().map(|hash| (*hash).to_owned());
        let pace = self.spec.timings.verify / 4;
        let finish = Finish::Verify { role, name: name.to_owned(), algorithm, submitted };
        Reply::work("", Work { steps: 4, pace, mark: "................", finish })
    }

    pub(super) fn verified(
        &self,
        role: Role,
        name: &str,
        algorithm: Algorithm,
        submitted: Option<&str>,
    ) -> String {
        let Some(file) = self.on_flash(role, name) else {
            return self.worded(&texts::NOT_READ, &[name]);
        };
        let (label, hash) = match algorithm {
            Algorithm::Md5 => ("MD5", &file.md5),
            Algorithm::Sha512 => ("SHA-512", &file.sha512),
            Algorithm::Embedded if file.sound => {
                return format!(
                    "Done!\nEmbedded Hash SHA-512: {0}\nComputed Hash SHA-512: {0}\n",
                    file.sha512
                );
            }
            Algorithm::Embedded => return format!("Done!\n{}", self.worded(&texts::OTHER_HASH, &[name])),
        };
        match submitted {
            None => format!("Done!\nverify /{label} (disk0:/{name}) = {hash}\n"),
            Some(submitted) if submitted.eq_ignore_ascii_case(hash) => {
                format!("Done!\nVerified (disk0:/{name}) = {hash}\n")
            }
            Some(submitted) => format!(
                "Done!\n{}Computed signature  = {hash}\nSubmitted signature = {submitted}\n",
                self.worded(&texts::OTHER_HASH, &[name])
            ),
        }
    }

    /// `delete [/noconfirm] [/replicate] FILE`
    pub(super) fn delete(&mut self, place: &Place, words: &[&str]) -> Reply {
        let Some((path, options)) = words.split_last() else { return Reply::invalid() };
        let has = |option: &str| options.iter().any(|word| abbreviates(word, option));
        let active = self.unit(place.role).is_active(self.lead());
        let both = has("/rep|licate") || (self.spec.delete_replicates && active);
        let name = name_of(path).to_owned();
        if has("/noc|onfirm") || place.via == Via::MateExec {
            return self.delete_now(place.role, &name, both);
        }
        Reply::ask(Question::Delete { role: place.role, name, sure: false, both })
    }

    pub(super) fn answered_delete(
        &mut self,
        role: Role,
        name: &str,
        sure: bool,
        both: bool,
        answer: &str,
    ) -> Reply {
        if !sure {
            let name = if answer.is_empty() { name } else { name_of(answer) }.to_owned();
            return Reply::ask(Question::Delete { role, name, sure: true, both });
        }
        if is_yes(answer) { self.delete_now(role, name, both) } else { Reply::prompt() }
    }

    fn delete_now(&mut self, role: Role, name: &str, both: bool) -> Reply {
        if self.unit(role).file(name).is_none() {
            return Reply::text(self.worded(&texts::NOT_DELETED, &[name]));
        }
        let mate = (both && self.unit(role).view.hears).then_some(role.mate());
        for role in [Some(role), mate].into_iter().flatten() {
            self.unit_mut(role).flash.retain(|file| file.name != name);
            self.note(role, What::FileDeleted { name: name.to_owned() });
        }
        Reply::prompt()
    }
}
