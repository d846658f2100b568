//! A state-changing line: intent durable, guards looked at again, then sent (I11, I3).

use std::time::Duration;

use super::links::Route;
use super::{Action, Doing, MOST_STALE, Record, Run};
use crate::command::{Command, Mode};
use crate::decide::ablation::guarded;
use crate::decide::{Decision, Effected, Open, Reason, Send, derive, forget, millis, pair_of};
use crate::elapsed::Elapsed;
use crate::link::{Endpoint, Via};
use crate::unit::{GroupId, Role};

/// How long after the decision a line that changes something may still be run.
const ENTER_WITHIN: Duration = Duration::from_secs(2);

impl Run {
    /// Brings the session to the right mode, then asks for the intent to be made durable.
    pub(super) fn intend(&mut self, at: Elapsed, send: Send) -> Action {
        let typed_on = match send.via {
            Via::Direct => send.unit,
            Via::Mate => send.unit.mate(),
        };
        let (endpoint, session) = match self.links.route(&self.brief, &self.observed, typed_on, at) {
            Route::Through { endpoint, session, via: Via::Direct } => (endpoint, session),
            Route::Through { .. } => {
                return self.halt(at, Reason::NoSession(format!("no session on {typed_on} itself")));
            }
            Route::First(first) => return self.open(at, typed_on, first),
        };
        if send.via == Via::Mate && !self.links.knows_mate(endpoint) {
            return self.type_line(at, endpoint, session, Some(send.unit), Via::Mate, Command::ShowVersion);
        }
        let stands_in = self.links.group(endpoint);
        if let Some(move_there) = to_mode(&send.command, self.mode(endpoint), stands_in) {
            return self.type_line(at, endpoint, session, Some(typed_on), Via::Direct, move_there);
        }
        let open = Open::new(self.next_seq, &send, &self.observed, at);
        self.next_seq += 1;
        let ages_ms = Role::BOTH.map(|role| {
            pair_of(&self.observed, role).sight.as_ref().map_or(0, |sight| millis(sight.age(at)))
        });
        let evidence = super::record::fingerprint(&self.observed);
        let record = Record::Intent { intent: open.clone(), evidence, ages_ms };
        self.doing = Doing::Intending { send, endpoint, open };
        Action::Record(record)
    }

    /// The intent is durable. What it rested on is looked at once more, now that time has passed.
    pub(super) fn intended(&mut self, at: Elapsed, send: &Send, endpoint: Endpoint, open: Open) -> Action {
        let stands = guarded!(
            Window,
            derive(&self.brief, &self.observed, &self.memory, at) == Decision::Send(send.clone())
        );
        let Some(session) = self.links.session(endpoint).filter(|_| stands) else {
            return self.too_late(at, open.seq);
        };
        let open = Open { at, ..open };
        self.memory.begin(open);
        forget(&mut self.observed, send);
        self.why = None;
        self.in_vain = 0;
        self.doing = Doing::Sending { endpoint };
        let by = at.after(self.patience(&send.command));
        let enter_by = Some(at.after(ENTER_WITHIN));
        Action::Send { session, via: send.via, command: send.command.clone(), by, enter_by }
    }

    /// The line of the open intent was not typed: that goes to the record, so that nobody looks for its effect.
    pub(super) fn not_sent(&mut self, at: Elapsed) -> Action {
        let seq = self.memory.intent.as_ref().map_or(0, |open| open.seq);
        self.memory.resolve(&self.brief, Effected::NotSent, at);
        self.too_late(at, seq)
    }

    /// What an intent rested on was old before its line could be typed. It is decided anew, but not for ever.
    fn too_late(&mut self, at: Elapsed, seq: u64) -> Action {
        self.pending.push_back(Record::Result { seq, effect: Effected::NotSent });
        self.stale += 1;
        if self.stale > MOST_STALE {
            return self.halt(at, Reason::TooLate(self.stale));
        }
        self.next(at)
    }
}

/// The line that brings a session nearer to the mode that a command is typed at; `None`: it is there.
/// `stands_in` is the group among whose settings it stands, if we led it there.
fn to_mode(command: &Command, mode: Mode, stands_in: Option<GroupId>) -> Option<Command> {
    match (command.mode(), mode, command.group()) {
        (Mode::Config, Mode::Config, _) | (Mode::Privileged, Mode::Privileged, _) => None,
        (Mode::Group, Mode::Group, group) if stands_in == group => None,
        (Mode::Group, Mode::Config, Some(group)) => Some(Command::FailoverGroup(group)),
        (Mode::Config | Mode::Group, Mode::Privileged, _) => Some(Command::ConfigureTerminal),
        _ => Some(Command::End),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: GroupId = GroupId::new(1);
    const TWO: GroupId = GroupId::new(2);

    /// A line of a group is typed among the settings of that group and of no other, nor where nobody led to.
    #[test]
    fn a_session_is_led_to_where_a_line_belongs() {
        let preempt = Command::Preempt { group: TWO, delay_s: 30 };
        let boot = Command::BootSystem("disk0:/a.bin".parse().unwrap());
        let (enter, configure) = (Command::FailoverGroup(TWO), Command::ConfigureTerminal);
        for (command, mode, stands_in, line) in [
            (&preempt, Mode::Privileged, None, Some(configure.clone())),
            (&preempt, Mode::Config, None, Some(enter)),
            (&preempt, Mode::Group, Some(TWO), None),
            (&preempt, Mode::Group, Some(ONE), Some(Command::End)),
            (&preempt, Mode::Group, None, Some(Command::End)),
            (&boot, Mode::Privileged, None, Some(configure)),
            (&boot, Mode::Config, None, None),
            (&boot, Mode::Group, Some(TWO), Some(Command::End)),
            (&Command::WriteMemory, Mode::Privileged, None, None),
            (&Command::WriteMemory, Mode::Config, None, Some(Command::End)),
            (&Command::WriteMemory, Mode::Group, Some(ONE), Some(Command::End)),
        ] {
            assert_eq!(to_mode(command, mode, stands_in), line, "{command} at {mode:?} {stands_in:?}");
        }
    }
}
