//! Replies to readings: put where they belong, and never believed of the wrong unit.

use super::{Run, Said};
use crate::command::Command;
use crate::decide::ablation::{guarded, unguarded};
use crate::decide::{Build, Checked, Heard, Preempts, Reason, pair_of, pair_of_mut};
use crate::elapsed::{At, Elapsed};
use crate::flash::DiskFile;
use crate::goal::Digest;
use crate::link::{Endpoint, Via};
use crate::unit::Role;

/// Why an answer that would end the run is not believed yet.
const ONCE_MORE: &str = "an answer that would end the run, so that it is asked for once more";

/// What became of a reply.
pub(super) enum Heeded {
    /// It is an observation now.
    Taken,
    /// It is none, and why.
    Not(String),
    /// It says that nothing more may be done.
    Halt(Reason),
}

impl Run {
    /// A reply of a session that has not said yet who it is.
    pub(super) fn take_identity(
        &mut self,
        endpoint: Endpoint,
        command: &Command,
        asked: Elapsed,
        said: Said,
    ) -> Heeded {
        match (command, said, self.links.built(endpoint)) {
            (Command::ChangetoSystem, Said::Line(Heard::Prompt), _) => {
                self.links.entered_system(endpoint);
                Heeded::Taken
            }
            (Command::ChangetoSystem, Said::Line(other), _) => Heeded::Not(other.to_string()),
            (Command::ShowVersion, Said::Version(build), _) => {
                let Some(serial) = &build.serial else {
                    return Heeded::Not(
                        "no serial number, so this is not the system execution space".to_owned(),
                    );
                };
                if !self.is_believed(endpoint, None, command, asked, &Said::Version(build.clone())) {
                    return Heeded::Not(ONCE_MORE.to_owned());
                }
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
            (Command::ShowFailover, said, Some(unit)) => {
                let heeded = self.take_reading(endpoint, unit, Via::Direct, command, asked, said);
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
                        self.lose(endpoint.other());
                        self.links.in_vain(endpoint, asked, format!("{unit} answers at both addresses"));
                    }
                    self.links.set_unit(endpoint, unit);
                }
                heeded
            }
            (_, Said::Line(_), _) => Heeded::Taken,
            (_, said, _) => Heeded::Not(said.why_not()),
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
        said: Said,
    ) -> Heeded {
        if !self.is_believed(endpoint, Some(unit), command, asked, &said) {
            return Heeded::Not(ONCE_MORE.to_owned());
        }
        match self.observe(unit, command, asked, said) {
            Ok(()) => {}
            Err(why) => return Heeded::Not(why),
        }
        if *command == Command::ShowVersion {
            let expected = self.brief.serials.get(&unit).cloned();
            let seen = pair_of_mut(&mut self.observed, unit);
            let found = seen.build.as_ref().and_then(|build| build.value.serial.clone());
            let is_its_own = found == expected;
            if !guarded!(Identity, is_its_own) {
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

    /// Whether an answer is believed. One that would end the run, or that our lines do not explain, is where two in a row
    /// say it: a notice inside a line makes another serial number, release or digest of it.
    fn is_believed(
        &mut self,
        endpoint: Endpoint,
        unit: Option<Role>,
        command: &Command,
        asked: Elapsed,
        said: &Said,
    ) -> bool {
        let is_expected = match (said, unit, command) {
            (Said::Version(build), _, _) => self.is_on_the_way(build),
            (Said::RunningPreempt(groups), Some(unit), _) => self.is_expected(unit, groups),
            (Said::Verify(digest), _, Command::Verify { file, .. }) => {
                self.is_published(file, digest.as_ref())
            }
            _ => return true,
        };
        let question = (endpoint, unit, command.clone());
        if is_expected {
            self.links.believed(&question);
            return true;
        }
        // What it said before is doubted too, or another question might still go by it; and what an answer shows that
        // says it once more may begin now.
        if let Some(seen) = unit.map(|unit| pair_of_mut(&mut self.observed, unit)) {
            match said {
                Said::Version(_) => seen.build = None,
                Said::RunningPreempt(_) => seen.running_preempt = None,
                // No digest was known of the file as it is now, or nobody had asked.
                _ => {}
            }
        }
        if !self.links.says_again(question.clone(), said.clone()) {
            return false;
        }
        if let Said::RunningPreempt(groups) = said {
            self.links.believed(&question);
            for group in groups.keys() {
                self.memory.may_preempt(&self.brief, *group, asked);
            }
        }
        true
    }

    /// Whether a unit of the pair runs a release of the plan, and answers where our commands belong.
    fn is_on_the_way(&self, build: &Build) -> bool {
        let is_ours = build.serial.as_ref().is_some_and(|serial| self.brief.role(serial).is_some());
        let on_the_way = build.version.is_some_and(|version| self.brief.rung(version).is_some());
        is_ours && on_the_way && build.register_good && !build.in_user_context
    }

    /// Whether this is what was published of an image of the plan.
    fn is_published(&self, file: &DiskFile, digest: Option<&Digest>) -> bool {
        digest.is_some_and(|digest| {
            let mut images =
                self.brief.stops.iter().map(|stop| &stop.image).filter(|image| image.file == *file);
            images.any(|image| image.digest(digest.algorithm()) == Some(digest))
        })
    }

    /// Whether a unit may be believed at once that these groups have preempt so: as the plan found it, as our lines leave
    /// it, or as it said before.
    fn is_expected(&self, unit: Role, groups: &Preempts) -> bool {
        let before = pair_of(&self.observed, unit).running_preempt.as_ref();
        let open = self.memory.intent.as_ref().and_then(|open| open.command.preempt_of());
        before.is_some_and(|before| *before.value == *groups)
            || self.brief.groups.iter().all(|(id, group)| {
                let shown = groups.get(id).copied().flatten();
                let is_gone = shown.is_none() && self.memory.removed.contains_key(id);
                shown == group.preempt || is_gone || open == Some(*id)
            })
    }

    pub(super) fn observe(
        &mut self,
        unit: Role,
        command: &Command,
        asked: Elapsed,
        said: Said,
    ) -> Result<(), String> {
        let seen = pair_of_mut(&mut self.observed, unit);
        match (command, said) {
            (Command::ShowFailover, Said::Failover(sight)) => {
                // A reading of the mate that came from this unit after all is no reading of it.
                let is_its_own = sight.role.is_none_or(|role| role == unit);
                if !guarded!(Identity, is_its_own) {
                    return Err(format!("the answer is not of {unit}"));
                }
                seen.sight = Some(At::new(asked, sight));
                unguarded!(OwnWords, self.believe_display(unit));
            }
            (Command::ShowVersion, Said::Version(build)) => seen.build = Some(At::new(asked, build)),
            (Command::Dir { disk }, Said::Dir(flash)) => {
                // A notice inside a line hides a file, so that one is gone where two listings in a row lack it.
                let before = seen.flash.remove(disk);
                let is_gone = |name: &&String| !flash.files.contains_key(*name);
                if let Some(name) = before.iter().flat_map(|at| at.value.files.keys()).find(is_gone) {
                    return Err(format!("{name} is not listed any more, so that it is asked for once more"));
                }
                seen.flash.insert(*disk, At::new(asked, flash));
            }
            (Command::ShowRunningBoot, Said::RunningBoot(list)) => {
                seen.running_boot = Some(At::new(asked, list.into()));
            }
            (Command::ShowRunningFailover, Said::RunningPreempt(groups)) => {
                if let Some(group) = self.brief.groups.keys().find(|group| !groups.contains_key(group)) {
                    return Err(format!("{group} is not in the answer"));
                }
                let before = seen.running_preempt.as_ref().map(|read| &*read.value);
                self.memory.read_preempt(&self.brief, before, &groups, asked);
                seen.running_preempt = Some(At::new(asked, groups.into()));
                seen.preempt_doubted = false;
            }
            (Command::ShowStartupBoot, Said::StartupBoot(list)) => {
                seen.startup_boot = Some(At::new(asked, list.into()));
            }
            (Command::ShowReload, Said::Reload(scheduled)) => {
                seen.reload_scheduled = Some(At::new(asked, scheduled));
            }
            (Command::ShowConnCount, Said::Connections(count)) => {
                seen.connections = Some(At::new(asked, count));
            }
            (Command::Verify { file, .. }, Said::Verify(digest)) => {
                let checked = Checked { size: seen.size(file), digest };
                seen.digests.insert(file.clone(), At::new(asked, checked));
            }
            (_, Said::Line(_)) => {}
            (_, said) => return Err(said.why_not()),
        }
        Ok(())
    }
}

impl Said {
    /// Why this is no observation.
    fn why_not(self) -> String {
        match self {
            Self::Unread(why) => why,
            _ => "the answer is one to another command".to_owned(),
        }
    }
}
