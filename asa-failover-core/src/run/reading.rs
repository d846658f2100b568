//! Replies to readings: parsed, put where they belong, and never believed of the wrong unit.

use super::Run;
use crate::command::Command;
use crate::decide::{Build, Checked, Flash, Heard, Reason, Sight, boot_entries, digest_of, pair_of_mut};
use crate::elapsed::{At, Elapsed};
use crate::link::{Endpoint, Via};
use crate::show;
use crate::unit::Role;

/// What became of a reply.
pub(super) enum Heeded {
    /// It is an observation now.
    Taken,
    /// It is none, and why.
    Not(String),
    /// It says that nothing more may be done.
    Halt(Reason),
}

impl Heard {
    /// What a finished reply to a state-changing line amounts to.
    pub(super) fn of(output: &str, command: Option<&Command>) -> Self {
        let error = output.lines().map(str::trim).find(|line| {
            line.starts_with("ERROR:")
                || line.starts_with("%Error")
                || line.starts_with("Command not valid ")
                || line.contains("Command authorization failed")
                || line.contains("Configuration syncing is in progress")
        });
        if let Some(error) = error {
            return Self::Error(error.to_owned());
        }
        let saves = matches!(command, Some(Command::WriteMemory | Command::WriteMemoryAll));
        if saves && !output.lines().any(|line| line.trim() == "[OK]") {
            return Self::Error("no [OK] in the answer".to_owned());
        }
        Self::Prompt
    }
}

impl Run {
    /// A reply of a session that has not said yet who it is.
    pub(super) fn take_identity(
        &mut self,
        endpoint: Endpoint,
        command: &Command,
        asked: Elapsed,
        output: &str,
    ) -> Heeded {
        match command {
            Command::ChangetoSystem => match Heard::of(output, None) {
                Heard::Prompt => {
                    self.links.entered_system(endpoint);
                    Heeded::Taken
                }
                other => Heeded::Not(other.to_string()),
            },
            Command::ShowVersion => {
                let build = match show::version(output) {
                    Ok(reading) => Build::of(&reading.value),
                    Err(why) => return Heeded::Not(why.to_string()),
                };
                let Some(serial) = &build.serial else {
                    return Heeded::Not(
                        "no serial number, so this is not the system execution space".to_owned(),
                    );
                };
                let Some(unit) = self.brief.role(serial) else {
                    return Heeded::Halt(Reason::WrongUnit(serial.clone()));
                };
                if build.in_user_context {
                    return Heeded::Halt(Reason::WrongSpace(unit));
                }
                self.links.set_built(endpoint, unit);
                let seen = pair_of_mut(&mut self.observed, unit);
                seen.build = Some(At::new(asked, build));
                seen.silent = None;
                Heeded::Taken
            }
            Command::ShowFailover => {
                let Some(unit) = self.links.built(endpoint) else {
                    return Heeded::Not("no serial number yet".to_owned());
                };
                let heeded = self.take_reading(endpoint, unit, Via::Direct, command, asked, output);
                if matches!(heeded, Heeded::Taken) {
                    let role = pair_of_mut(&mut self.observed, unit)
                        .sight
                        .as_ref()
                        .and_then(|sight| sight.value.role);
                    if role != Some(unit) {
                        return Heeded::Not(format!(
                            "the unit with the serial number of {unit} does not call itself {unit}"
                        ));
                    }
                    if self.links.twice(endpoint, unit) {
                        // The address of the older session has moved on, it may be dead without a word;
                        // if not, the other address is asked again a poll later.
                        self.links.lost(endpoint.other());
                        self.links.in_vain(endpoint, asked, format!("{unit} answers at both addresses"));
                    }
                    self.links.set_unit(endpoint, unit);
                }
                heeded
            }
            _ => Heeded::Taken,
        }
    }

    /// A reply of a unit that is known, in its own session or through its mate.
    pub(super) fn take_reading(
        &mut self,
        endpoint: Endpoint,
        unit: Role,
        via: Via,
        command: &Command,
        asked: Elapsed,
        output: &str,
    ) -> Heeded {
        match self.observe(unit, command, asked, output) {
            Ok(()) => {}
            Err(why) => return Heeded::Not(why),
        }
        if *command == Command::ShowVersion {
            let expected = self.brief.serials.get(&unit).cloned();
            let seen = pair_of_mut(&mut self.observed, unit);
            let found = seen.build.as_ref().and_then(|build| build.value.serial.clone());
            if found != expected {
                seen.build = None;
                return match found {
                    Some(found) if self.brief.role(&found).is_none() => {
                        Heeded::Halt(Reason::WrongUnit(found))
                    }
                    _ => Heeded::Not(format!("the answer is not of {unit}")),
                };
            }
            if via == Via::Mate {
                self.links.set_knows_mate(endpoint);
            }
        }
        pair_of_mut(&mut self.observed, unit).silent = None;
        Heeded::Taken
    }

    fn observe(&mut self, unit: Role, command: &Command, asked: Elapsed, output: &str) -> Result<(), String> {
        let seen = pair_of_mut(&mut self.observed, unit);
        let text = |why: show::ParseError| why.to_string();
        match command {
            Command::ShowFailover => {
                let sight = Sight::of(&show::failover(output).map_err(text)?);
                // A reading of the mate that came from this unit after all is no reading of it.
                if sight.role.is_some_and(|role| role != unit) {
                    return Err(format!("the answer is not of {unit}"));
                }
                seen.sight = Some(At::new(asked, sight));
            }
            Command::ShowVersion => {
                seen.build = Some(At::new(asked, Build::of(&show::version(output).map_err(text)?.value)));
            }
            Command::Dir { disk } => {
                let flash = Flash::of(&show::dir(output).map_err(text)?.value);
                seen.flash.insert(*disk, At::new(asked, flash));
            }
            Command::ShowRunningBoot => {
                let boot = show::running_boot(output).map_err(text)?;
                // A list with lines that are not understood may lack an entry.
                if let Some(line) = boot.unread.first() {
                    return Err(format!("a line that is not understood: {:?}", line.text));
                }
                seen.running_boot = Some(At::new(asked, boot_entries(&boot.value.system)));
            }
            Command::ShowStartupBoot => {
                let boot = show::startup_boot(output).map_err(text)?.value;
                seen.startup_boot = Some(At::new(asked, boot_entries(&boot.system)));
            }
            Command::ShowReload => {
                seen.reload_scheduled =
                    Some(At::new(asked, show::reload(output).map_err(text)?.value.scheduled));
            }
            Command::ShowConnCount => {
                seen.connections = Some(At::new(asked, show::conn_count(output).map_err(text)?.value.in_use));
            }
            Command::Verify { file, .. } => {
                let verify = show::verify(output).map_err(text)?.value;
                let named = verify.file.parse::<crate::flash::DiskFile>().is_ok_and(|named| named == *file);
                let checked = Checked { size: seen.size(file), digest: digest_of(&verify).filter(|_| named) };
                seen.digests.insert(file.clone(), At::new(asked, checked));
            }
            _ => {}
        }
        Ok(())
    }
}
