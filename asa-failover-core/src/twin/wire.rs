//! What a session is sent, and how it ends: bytes on the wire, notices, prompts, cuts.

use std::fmt::Write as _;
use std::time::Duration;

use super::clock::Event;
use super::doubt::SessionEnd;
use super::fault::{Cut, FaultKind};
use super::line::{Input, Level, Place};
use super::spec::PromptStyle;
use super::texts::{self, Text};
use super::{LineId, Pair};
use crate::unit::{Role, Standing};

/// A text with the line ends of a terminal.
fn on_the_wire(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() + 8);
    for part in text.split_inclusive('\n') {
        match part.strip_suffix('\n') {
            Some(whole) => {
                bytes.extend_from_slice(whole.as_bytes());
                bytes.extend_from_slice(b"\r\n");
            }
            None => bytes.extend_from_slice(part.as_bytes()),
        }
    }
    bytes
}

fn count(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

impl Pair {
    pub(super) fn emit_prompt(&mut self, id: LineId) {
        let prompt = self.prompt(&self.place(id));
        if let Some(line) = self.lines.get_mut(&id) {
            line.place.indent = prompt.len();
        }
        self.emit(id, &format!("\r{prompt}"));
    }

    pub(super) fn emit(&mut self, id: LineId, text: &str) {
        let Some(role) = self.lines.get(&id).map(|line| line.place.role) else { return };
        if !self.speaks(id) || self.unit(role).ills.silent {
            if let Some(line) = self.lines.get_mut(&id).filter(|line| line.mute) {
                line.cut_short = true;
            }
            return;
        }
        let mut bytes = on_the_wire(text);
        if let Some(notice) = self.due_notice(role, &mut bytes) {
            bytes = notice;
        }
        let whole = bytes.len();
        let cut = self.due_cut(role, &mut bytes);
        let Some(line) = self.lines.get_mut(&id) else { return };
        line.cut_short = bytes.len() < whole;
        line.out.append(&mut bytes);
        if let Some(how) = cut {
            line.mute = true;
            line.input = Input::Line;
            line.open = how == Cut::Hang;
        }
    }

    /// These bytes with the notice that a fault puts between them.
    fn due_notice(&mut self, role: Role, bytes: &mut Vec<u8>) -> Option<Vec<u8>> {
        let (left, notice) = self.unit_mut(role).ills.notice_in.take()?;
        let at = usize::try_from(left).unwrap_or(usize::MAX);
        if bytes.len() < at {
            self.unit_mut(role).ills.notice_in = Some((left - count(bytes), notice));
            return None;
        }
        self.struck(role, FaultKind::NoticeIn);
        let rest = bytes.split_off(at);
        Some([std::mem::take(bytes), on_the_wire(&format!("\n{notice}\n")), rest].concat())
    }

    /// How a fault cuts the session at these bytes, of which it leaves what still comes.
    fn due_cut(&mut self, role: Role, bytes: &mut Vec<u8>) -> Option<Cut> {
        let (left, how) = self.unit_mut(role).ills.cut_after.take()?;
        let at = usize::try_from(left).unwrap_or(usize::MAX);
        if bytes.len() < at {
            self.unit_mut(role).ills.cut_after = Some((left - count(bytes), how));
            return None;
        }
        self.struck(role, FaultKind::CutAfter);
        bytes.truncate(at);
        Some(how)
    }

    /// A text of the table on a session.
    pub(super) fn emit_text(&mut self, id: LineId, text: &Text) {
        let text = self.worded(text, &[]);
        self.emit(id, &text);
    }

    /// Whether the unit still says something on a session.
    pub(super) fn speaks(&self, id: LineId) -> bool {
        self.lines.get(&id).is_some_and(|line| line.open && !line.mute)
    }

    pub(super) fn set_pager(&mut self, id: LineId, lines: usize) {
        if let Some(line) = self.lines.get_mut(&id) {
            line.place.pager = lines;
        }
    }

    /// A text in the wording of this pair.
    pub(super) fn worded(&self, text: &Text, words: &[&str]) -> String {
        text.with(self.spec.wording, words)
    }

    /// A notice of the table on every terminal of a unit.
    pub(super) fn notify(&mut self, role: Role, text: &Text) {
        let text = self.worded(text, &[]);
        self.announce(role, &text);
    }

    /// A message of the log, where sessions are shown it.
    pub(super) fn log(&mut self, role: Role, text: &Text, words: &[&str]) {
        if self.spec.monitor {
            let unit = role.to_string();
            let words: Vec<&str> = [unit.as_str()].into_iter().chain(words.iter().copied()).collect();
            let text = self.worded(text, &words);
            self.announce(role, &text);
        }
    }

    /// A notice on every terminal of a unit, on a fresh line, without a prompt behind it. The session that
    /// brought it about has its prompt first.
    pub(super) fn announce(&mut self, role: Role, text: &str) {
        for id in self.lines_of(role) {
            match &mut self.speaking {
                Some((speaker, notices)) if *speaker == id => {
                    notices.push('\n');
                    notices.push_str(text);
                }
                _ => {
                    self.emit(id, "\n");
                    self.emit(id, text);
                }
            }
        }
    }

    pub(super) fn lines_of(&self, role: Role) -> Vec<LineId> {
        self.lines
            .iter()
            .filter(|(_, line)| line.open && line.place.role == role)
            .map(|(id, _)| *id)
            .collect()
    }

    /// Every session of a unit is lost.
    pub(super) fn end_sessions(&mut self, role: Role) {
        for id in self.lines_of(role) {
            self.end_session(id);
        }
    }

    /// Sessions whose address is elsewhere now are lost.
    pub(super) fn drop_moved_sessions(&mut self) {
        let moved: Vec<_> = self
            .lines
            .iter()
            .filter(|(_, line)| line.open && !self.holds(line.place.role, line.address))
            .map(|(id, _)| *id)
            .collect();
        for id in moved {
            self.end_session(id);
        }
    }

    pub(super) fn end_session(&mut self, id: LineId) {
        let Some(line) = self.lines.get_mut(&id) else { return };
        if std::mem::replace(&mut line.mute, true) {
            return;
        }
        line.input = Input::Line;
        if self.spec.session_end == SessionEnd::Close {
            let bounds = (Duration::from_millis(100), Duration::from_secs(1));
            let at = self.now + self.chance.between(bounds);
            self.queue.plan(at, Event::Close(id));
        }
    }

    /// The prompt at a place, its blank included.
    pub(super) fn prompt(&self, place: &Place) -> String {
        let unit = self.unit(place.role);
        let mut text = unit.running.hostname.clone();
        let context = place.context.and_then(|index| self.spec.contexts.get(index));
        if unit.running.prompt == PromptStyle::HostnamePriorityState {
            let group = context.map_or_else(|| self.lead(), |context| context.group);
            let state = match unit.standing(group) {
                Standing::Active => "act".to_owned(),
                Standing::Negotiation => self.worded(&texts::NEGOTIATES, &[]),
                _ => "stby".to_owned(),
            };
            let off = if unit.running.failover { "" } else { "NoFailover" };
            let priority = if place.role == Role::Primary { "pri" } else { "sec" };
            let _ = write!(text, "/{priority}/{state}{off}");
        }
        if let Some(context) = context {
            let _ = write!(text, "/{}", context.name);
        }
        text.push_str(match place.level {
            Level::User => "> ",
            Level::Privileged => "# ",
            Level::Config => "(config)# ",
            Level::Group(_) => "(config-fover-group)# ",
        });
        text
    }
}
