//! Events in: what each means for what the run was doing. Whatever does not fit halts.

use super::reading::Heeded;
use super::{Action, Answer, Doing, Event, Record, Run, Said};
use crate::command::{Command, Mode};
use crate::decide::ablation::unguarded;
use crate::decide::{Heard, Reason, awaits_restart, pair_of_mut};
use crate::elapsed::{At, Elapsed};
use crate::link::{Endpoint, Reach, Refused, SessionId, Via};
use crate::unit::Role;

impl Run {
    /// Takes an event in. Some events are answered at once.
    pub(super) fn absorb(&mut self, at: Elapsed, event: Event) -> Option<Action> {
        let doing = std::mem::replace(&mut self.doing, Doing::Nothing);
        match (doing, event) {
            (Doing::Recording | Doing::Intending { .. }, Event::RecordFailed(why)) => {
                return Some(self.halt(at, Reason::JournalFailed(why)));
            }
            (_, Event::Stop) => return Some(self.halt(at, Reason::Stopped)),
            (Doing::Sending { .. }, Event::NotSent) => return Some(self.not_sent(at)),
            (Doing::Nothing, Event::Start) => self.begin_journal(),
            (Doing::Nothing, Event::Resume(records)) => return self.resume(at, &records),
            (Doing::Connecting { endpoint }, Event::Connected { session, prompt }) => {
                self.links.opened(endpoint, session, prompt.mode);
                unguarded!(
                    SameSession,
                    if let Some(action) = self.type_again(at, endpoint) {
                        return Some(action);
                    }
                );
                unguarded!(Identity, self.believe_address(endpoint));
            }
            (Doing::Connecting { endpoint }, Event::Refused { why, .. }) => {
                unguarded!(SameSession, self.heard_nothing(at));
                return self.refused(at, endpoint, &why);
            }
            (Doing::Connecting { endpoint }, Event::TimedOut) => {
                self.links.in_vain(endpoint, at, format!("the {endpoint} does not answer"));
            }
            (Doing::Typing { endpoint, unit, command, .. }, event) if self.is_of(endpoint, &event) => {
                let why = match event {
                    Event::Questioned { question, .. } => {
                        format!("{command} was answered by the question {question:?}")
                    }
                    Event::TimedOut => format!("{command} was not answered in time"),
                    _ => over(&command),
                };
                self.lost(at, endpoint, unit, &why);
            }
            (Doing::Sending { endpoint }, event) if self.is_of(endpoint, &event) => {
                unguarded!(
                    SameSession,
                    if matches!(event, Event::Dropped { .. }) {
                        return Some(self.reconnect(at, endpoint));
                    }
                );
                self.lose(endpoint);
                let heard = match event {
                    Event::Questioned { question, .. } => Heard::Question(question),
                    _ => Heard::Nothing,
                };
                self.heard(at, heard);
            }
            (Doing::Intending { send, endpoint, open }, Event::Recorded) => {
                return Some(self.intended(at, &send, endpoint, open));
            }
            (Doing::Recording, Event::Recorded) | (Doing::Sleeping, Event::TimedOut) => {}
            (Doing::Asking(question), Event::Answered(Answer::Go)) => {
                self.memory.passed.insert((question.hop, question.pause));
                self.pending.push_back(Record::Passed { hop: question.hop, pause: question.pause });
            }
            (Doing::Probing, Event::Probed(Ok(()))) => self.memory.probed = Some(at),
            (Doing::Probing, Event::Probed(Err(why))) => self.memory.unhealthy = Some(why),
            (Doing::Probing, Event::TimedOut) => {
                self.memory.unhealthy = Some("the probe did not end in time".to_owned());
            }
            (Doing::Asking(_), Event::Answered(Answer::Halt)) => {
                return Some(self.halt(at, Reason::Declined));
            }
            (doing, event) => return Some(self.unexpected(at, event.name(), &doing)),
        }
        None
    }

    /// Takes the reply of a line in.
    pub(super) fn absorb_said(
        &mut self,
        at: Elapsed,
        session: SessionId,
        said: Said,
        mode: Mode,
    ) -> Option<Action> {
        let doing = std::mem::replace(&mut self.doing, Doing::Nothing);
        match doing {
            Doing::Typing { endpoint, unit, via, command, asked }
                if self.links.session(endpoint) == Some(session) =>
            {
                self.replied(at, endpoint, unit, via, &command, asked, said, mode)
            }
            Doing::Sending { endpoint } if self.links.session(endpoint) == Some(session) => {
                self.links.set_mode(endpoint, mode);
                self.heard(at, if let Said::Line(heard) = said { heard } else { Heard::Nothing });
                None
            }
            doing => Some(self.unexpected(at, "Replied", &doing)),
        }
    }

    /// The line whose reply is awaited.
    pub(super) fn awaited_line(&self) -> Option<&Command> {
        match &self.doing {
            Doing::Typing { command, .. } => Some(command),
            Doing::Sending { .. } => self.memory.intent.as_ref().map(|open| &open.command),
            _ => None,
        }
    }

    fn unexpected(&mut self, at: Elapsed, event: &str, doing: &Doing) -> Action {
        let reason = Reason::Unexpected { event: event.to_owned(), doing: doing.name().to_owned() };
        self.halt(at, reason)
    }

    /// Whether an event answers the line that was typed in the session at this address.
    fn is_of(&self, endpoint: Endpoint, event: &Event) -> bool {
        match event.session() {
            Some(session) => self.links.session(endpoint) == Some(session),
            None => *event == Event::TimedOut,
        }
    }

    /// A refusal that waiting does not cure halts; but a unit that is booting may refuse a login for
    /// a while, since its authentication servers are not reachable yet: after a reload of ours, and after
    /// a restart of its own that its mate displays.
    fn refused(&mut self, at: Elapsed, endpoint: Endpoint, why: &Refused) -> Option<Action> {
        let booting = self
            .memory
            .intent
            .as_ref()
            .is_some_and(|open| matches!(open.command, Command::ReloadStandby | Command::Reload))
            || awaits_restart(&self.memory);
        let login = matches!(why, Refused::Authentication { .. } | Refused::AttemptsSpent { .. });
        let patient = why.is_curable_by_waiting() || (booting && login);
        if !patient {
            return Some(self.halt(at, Reason::NoSession(why.to_string())));
        }
        self.links.in_vain(endpoint, at, why.to_string());
        None
    }

    #[expect(clippy::too_many_arguments, reason = "a reply is judged by all of what was asked")]
    fn replied(
        &mut self,
        at: Elapsed,
        endpoint: Endpoint,
        unit: Option<Role>,
        via: Via,
        command: &Command,
        asked: Elapsed,
        said: Said,
        mode: Mode,
    ) -> Option<Action> {
        if mode == Mode::User {
            // The session fell back to user EXEC: it is not the one that was identified any more.
            self.lost(at, endpoint, unit, &over(command));
            return None;
        }
        self.links.set_mode(endpoint, mode);
        if !arrived(command, mode) {
            // Typed again in the same session it would be refused again, and again.
            let why = match said {
                Said::Line(Heard::Error(said)) => format!("{command} was refused: {said:?}"),
                _ => format!("{command} left the session at another prompt than it leads to"),
            };
            self.lost(at, endpoint, unit, &why);
            return None;
        }
        if let Command::FailoverGroup(group) = command {
            self.links.entered_group(endpoint, *group);
        }
        let heeded = match unit {
            Some(unit) => self.take_reading(endpoint, unit, via, command, asked, said),
            None => self.take_identity(endpoint, command, asked, said),
        };
        match heeded {
            Heeded::Taken => None,
            Heeded::Not(why) => {
                self.silent(at, unit, endpoint, &format!("{}: {why}", command.line(via)));
                None
            }
            Heeded::Halt(reason) => Some(self.halt(at, reason)),
        }
    }

    /// A session was lost over a reading. For a unit that is read through its mate that is a silence too.
    fn lost(&mut self, at: Elapsed, endpoint: Endpoint, unit: Option<Role>, why: &str) {
        if unit.is_some() {
            self.lose(endpoint);
        }
        self.silent(at, unit, endpoint, why);
    }

    /// Nothing is known of a unit since. A session that has not said yet whose it is ends with that.
    fn silent(&mut self, at: Elapsed, unit: Option<Role>, endpoint: Endpoint, why: &str) {
        let why = why.to_owned();
        if let Some(unit) = unit {
            let seen = pair_of_mut(&mut self.observed, unit);
            (seen.silent, seen.preempt_doubted) = (Some(At::new(at, why)), true);
        } else {
            self.lose(endpoint);
            self.links.in_vain(endpoint, at, why);
        }
    }

    /// A session is gone, with everything that was found out in it. Who reads its unit next does not know what the unit went
    /// through meanwhile.
    pub(super) fn lose(&mut self, endpoint: Endpoint) {
        let talks = self.links.unit(endpoint);
        for unit in Role::BOTH {
            // Where one address is all there is, the mate is read over it too.
            let is_read = talks == Some(unit) || self.brief.policy.reach == Reach::ActiveOnly;
            pair_of_mut(&mut self.observed, unit).preempt_doubted |= is_read;
        }
        self.links.lost(endpoint);
    }

    /// What came back on a state-changing line. It goes to the record, and decides nothing by itself.
    pub(super) fn heard(&mut self, at: Elapsed, heard: Heard) {
        if let Some(open) = &mut self.memory.intent {
            open.heard = Some(heard.clone());
            self.memory.listened = Some(at).filter(|at| *at > open.at);
            self.pending.push_back(Record::Sent { seq: open.seq, heard });
            self.stale = 0;
        }
        match self.memory.intent.as_ref().map(|open| (&open.command, open.target)) {
            // The addresses move, so every session is about to die or to stand on the other unit.
            Some((
                Command::NoFailoverActive(_)
                | Command::FailoverActive(_)
                | Command::NoFailoverActiveAll
                | Command::FailoverActiveAll,
                _,
            )) => {
                self.observed.iter_mut().for_each(|unit| unit.preempt_doubted = true);
                self.links.all_lost();
            }
            Some((Command::ReloadStandby | Command::Reload, target)) => {
                pair_of_mut(&mut self.observed, target).preempt_doubted = true;
                self.links.unit_lost(target);
            }
            _ => {}
        }
    }
}

fn over(command: &Command) -> String {
    format!("the session was lost over {command}")
}

/// Whether a line that moves the session brought it where it leads to.
fn arrived(command: &Command, mode: Mode) -> bool {
    match command {
        Command::ConfigureTerminal => mode == Mode::Config,
        Command::FailoverGroup(_) => mode == Mode::Group,
        Command::End => mode == Mode::Privileged,
        _ => true,
    }
}

impl Doing {
    /// What is being done, for messages.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Nothing => "doing nothing",
            Self::Connecting { .. } => "connecting",
            Self::Typing { .. } => "waiting for a reply",
            Self::Intending { .. } => "recording an intent",
            Self::Sending { .. } => "waiting for the reply of a state-changing line",
            Self::Recording => "recording",
            Self::Sleeping => "sleeping",
            Self::Asking(_) => "asking the operator",
            Self::Probing => "waiting for the health probe",
        }
    }
}
