//! A session to a unit as the wire sees it: echo, width, pager, passwords, questions.

use std::collections::VecDeque;
use std::fmt::Write as _;

use super::clock::Event;
use super::commands::{Question, Reply, Then, Work, help};
use super::doubt::Crlf;
use super::fault::FaultKind;
use super::history::What;
use super::spec::Landing;
use super::{Address, LineId, NoAnswer, Pair, Received, Via, texts};
use crate::unit::{GroupId, Role};

/// Where a command is typed: unit, mode and execution space.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) role: Role,
    pub(super) level: Level,
    /// The user context, by its index; none is the system space, or single mode.
    pub(super) context: Option<usize>,
    pub(super) via: Via,
    pub(super) pager: usize,
    /// Columns that stand before the line, for the caret of an error.
    pub(super) indent: usize,
    /// Came here by `changeto`: whoever logged in is another user since.
    pub(super) is_enable_15: bool,
}

/// Mode of a prompt.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Level {
    User,
    Privileged,
    Config,
    Group(GroupId),
}

#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of a session, each told by another happening"
)]
pub(super) struct Line {
    pub(super) address: Address,
    pub(super) place: Place,
    pub(super) out: Vec<u8>,
    pub(super) open: bool,
    /// The unit no longer speaks on this session.
    pub(super) mute: bool,
    /// Some of what it had to say last was never sent.
    pub(super) cut_short: bool,
    typed: String,
    ahead: VecDeque<u8>,
    after_cr: bool,
    pub(super) input: Input,
}

#[derive(Clone, Debug)]
pub(super) enum Input {
    Line,
    Enable {
        tries: u8,
    },
    /// A new enable password, and its repetition.
    NewSecret {
        first: Option<String>,
    },
    Username,
    Password,
    Ask(Question),
    More(VecDeque<String>),
    Busy(Work),
}

/// Sessions that a unit has.
pub(super) const SESSIONS: u8 = 5;
const MORE: &str = "<--- More --->";
/// Columns that a prompt and its line may fill before the display scrolls.
const SHOWN: usize = 77;

impl Pair {
    pub(super) fn open_line(&mut self, address: Address) -> Result<LineId, NoAnswer> {
        self.advance_to(self.now);
        let role = self.reached(address).ok_or(NoAnswer::Timeout)?;
        let own = self.lines.values().filter(|line| line.open && line.place.role == role).count();
        let taken = usize::from(self.unit(role).ills.sessions_taken);
        let most = usize::from(SESSIONS);
        if own + taken >= most {
            if own < most {
                self.struck(role, FaultKind::SessionsTaken);
            }
            self.log(role, &texts::TOO_MANY, &["outside"]);
            return Err(NoAnswer::SessionLimit);
        }
        self.opened += 1;
        let id = LineId(self.opened);
        let level = match self.spec.landing {
            Landing::UserExec | Landing::EnableUnset => Level::User,
            Landing::Privileged => Level::Privileged,
        };
        let context = self.spec.is_multiple().then_some(0);
        let via = Via::Session(address);
        let place = Place { role, level, context, via, pager: 24, indent: 0, is_enable_15: false };
        let line = Line {
            address,
            place,
            out: Vec::new(),
            open: true,
            mute: false,
            cut_short: false,
            typed: String::new(),
            ahead: VecDeque::new(),
            after_cr: false,
            input: Input::Line,
        };
        self.lines.insert(id, line);
        let mut hello = String::new();
        for banner in &self.spec.banner {
            let _ = writeln!(hello, "{banner}");
        }
        if self.unit(role).version.major >= 9 {
            let host = &self.unit(role).running.hostname;
            let _ = writeln!(
                hello,
                "User admin logged in to {host}\nLogins over the last 1 days: 2.  Last login: {} from 192.0.2.10\n\
                 Failed logins since the last login: 0.  ",
                self.date(self.now).failover()
            );
        }
        hello.push_str(&self.worded(&texts::HELP, &[]));
        self.emit(id, &hello);
        self.emit_prompt(id);
        Ok(id)
    }

    pub(super) fn type_bytes(&mut self, id: LineId, bytes: &[u8]) {
        self.advance_to(self.now);
        match self.lines.get_mut(&id) {
            Some(line) if line.open && !line.mute => {
                line.ahead.extend(bytes);
                self.pump(id);
            }
            Some(line) if line.open => {
                let place = line.place.clone();
                let typed = String::from_utf8_lossy(bytes);
                if !typed.trim().is_empty() {
                    self.note_lost(&place, typed.trim());
                }
            }
            _ => {}
        }
    }

    pub(super) fn take_bytes(&mut self, id: LineId) -> Received {
        self.lines.get_mut(&id).map_or(Received { bytes: Vec::new(), open: false }, |line| Received {
            bytes: std::mem::take(&mut line.out),
            open: line.open,
        })
    }

    pub(super) fn close_line(&mut self, id: LineId) {
        if let Some(line) = self.lines.get_mut(&id) {
            line.open = false;
        }
    }

    /// Handles what was typed until the unit is busy with a line.
    fn pump(&mut self, id: LineId) {
        loop {
            let Some(line) = self.lines.get_mut(&id) else { return };
            if !line.open || line.mute || matches!(line.input, Input::Busy(_)) {
                return;
            }
            let Some(byte) = line.ahead.pop_front() else { return };
            let swallowed = byte == b'\n' && line.after_cr && self.spec.crlf == Crlf::One;
            line.after_cr = byte == b'\r';
            if !swallowed {
                self.key(id, byte);
            }
        }
    }

    fn key(&mut self, id: LineId, byte: u8) {
        let Some(line) = self.lines.get_mut(&id) else { return };
        let enter = byte == b'\r' || byte == b'\n';
        match &mut line.input {
            Input::Busy(_) => {}
            Input::More(rest) => {
                let rest = std::mem::take(rest);
                self.page_key(id, byte, rest);
            }
            Input::Ask(question) if question.is_single_key() => {
                let question = question.clone();
                let answer = if enter { String::new() } else { char::from(byte).to_string() };
                line.input = Input::Line;
                self.emit(id, &format!("{answer}\n"));
                self.answer(id, &question, &answer);
            }
            _ if enter => {
                let typed = std::mem::take(&mut line.typed);
                self.emit(id, "\n");
                self.entered(id, &typed);
            }
            _ if byte == 0x08 || byte == 0x7f => {
                if line.typed.pop().is_some() && line.place.indent + line.typed.len() < SHOWN {
                    self.emit(id, "\u{8} \u{8}");
                }
            }
            _ if byte == 0x15 => {
                line.typed.clear();
                self.emit_prompt(id);
            }
            _ if byte == 0x03 => {
                line.typed.clear();
                line.input = Input::Line;
                self.emit(id, "\n");
                self.emit_prompt(id);
            }
            Input::Line if byte == b'?' => {
                let typed = line.typed.clone();
                let shown = help(line.place.level, &typed);
                let text = shown.unwrap_or_else(|| self.worded(&texts::NO_HELP, &[]));
                self.emit(id, &format!("?\n{text}"));
                self.emit_prompt(id);
                self.emit(id, &typed);
            }
            _ if byte.is_ascii_graphic() || byte == b' ' => {
                line.typed.push(char::from(byte));
                let column = line.place.indent + line.typed.len();
                let stars = self.unit(self.place(id).role).version.major >= 8;
                let Some(line) = self.lines.get(&id) else { return };
                let echo = match line.input {
                    Input::Enable { .. } | Input::NewSecret { .. } | Input::Password if stars => {
                        "*".to_owned()
                    }
                    Input::Enable { .. } | Input::NewSecret { .. } | Input::Password => String::new(),
                    Input::Line if column > SHOWN + 1 => String::new(),
                    Input::Line if column == SHOWN + 1 => "\u{8}$".to_owned(),
                    _ => char::from(byte).to_string(),
                };
                self.emit(id, &echo);
            }
            _ => self.emit(id, "\u{7}"),
        }
    }

    fn entered(&mut self, id: LineId, typed: &str) {
        let Some(line) = self.lines.get_mut(&id) else { return };
        match std::mem::replace(&mut line.input, Input::Line) {
            Input::Line => self.run_typed(id, typed),
            Input::Enable { tries } => {
                let right = self.spec.enable_secret.as_deref().unwrap_or_default() == typed;
                if right {
                    self.raise(id);
                } else if tries < 2 {
                    self.set_input(id, Input::Enable { tries: tries + 1 });
                    self.emit_text(id, &texts::BAD_PASSWORD);
                    self.emit_text(id, &texts::PASSWORD);
                    return;
                } else {
                    self.emit_text(id, &texts::BAD_PASSWORD);
                    self.emit_text(id, &texts::ACCESS_DENIED);
                }
                self.emit_prompt(id);
            }
            Input::NewSecret { first: None } => {
                self.set_input(id, Input::NewSecret { first: Some(typed.to_owned()) });
                self.emit_text(id, &texts::REPEAT_PASSWORD);
            }
            Input::NewSecret { first: Some(first) } if first == typed => {
                self.spec.enable_secret = Some(first);
                self.spec.landing = Landing::UserExec;
                self.raise(id);
                self.emit_prompt(id);
            }
            Input::NewSecret { .. } => {
                self.emit_text(id, &texts::PASSWORDS_DIFFER);
                self.emit_text(id, &texts::ENTER_PASSWORD);
                self.set_input(id, Input::NewSecret { first: None });
            }
            Input::Username => {
                self.set_input(id, Input::Password);
                self.emit_text(id, &texts::PASSWORD);
            }
            Input::Password => {
                self.raise(id);
                self.emit_prompt(id);
            }
            Input::Ask(question) => self.answer(id, &question, typed),
            busy @ (Input::More(_) | Input::Busy(_)) => self.set_input(id, busy),
        }
    }

    fn raise(&mut self, id: LineId) {
        if let Some(line) = self.lines.get_mut(&id) {
            line.place.level = line.place.level.max(Level::Privileged);
        }
    }

    fn run_typed(&mut self, id: LineId, typed: &str) {
        let mut place = self.place(id);
        self.speaking = Some((id, String::new()));
        let reply = self.run_line(&mut place, typed);
        let role = place.role;
        if let Some(line) = self.lines.get_mut(&id) {
            line.place = place;
        }
        if !typed.trim().is_empty() && self.unit_mut(role).ills.lose_reply.take().is_some() {
            self.struck(role, FaultKind::LoseReply);
            self.end_session(id);
        }
        let arrived = !matches!(reply.then, Then::Lost);
        self.show_reply(id, reply);
        let cut_short = self.lines.get(&id).is_some_and(|line| line.cut_short) || self.unit(role).ills.silent;
        if arrived && cut_short {
            self.note(role, What::AnswerLost);
        }
        if let Some((id, notices)) = self.speaking.take() {
            self.emit(id, &notices);
        }
    }

    pub(super) fn note_answer(&mut self, role: Role, question: &Question, answer: &str) {
        let what = What::Answered {
            question: question.text(self.spec.wording).trim().to_owned(),
            answer: answer.to_owned(),
        };
        self.note(role, what);
    }

    fn answer(&mut self, id: LineId, question: &Question, answer: &str) {
        let place = self.place(id);
        self.note_answer(place.role, question, answer);
        let reply = self.answered(&place, question, answer.trim());
        self.show_reply(id, reply);
    }

    fn show_reply(&mut self, id: LineId, reply: Reply) {
        match reply.then {
            Then::Prompt | Then::Invalid => {
                let pager = self.place(id).pager;
                if pager > 0 && reply.text.lines().count() >= pager {
                    let lines = reply.text.split_inclusive('\n').map(str::to_owned).collect();
                    self.page(id, lines, pager - 1);
                } else {
                    self.emit(id, &reply.text);
                    self.emit_prompt(id);
                }
            }
            Then::PromptFirst => {
                self.emit_prompt(id);
                self.emit(id, &reply.text);
            }
            Then::Lost => {}
            Then::Ask(question) => {
                self.emit(id, &reply.text);
                self.emit(id, &question.text(self.spec.wording));
                self.set_input(id, Input::Ask(question));
            }
            Then::Enable if self.spec.landing == Landing::EnableUnset => {
                self.emit_text(id, &texts::NEW_PASSWORD);
                self.emit_text(id, &texts::ENTER_PASSWORD);
                self.set_input(id, Input::NewSecret { first: None });
            }
            Then::Enable => {
                self.emit_text(id, &texts::PASSWORD);
                self.set_input(id, Input::Enable { tries: 0 });
            }
            Then::Login => {
                self.emit_text(id, &texts::USERNAME);
                self.set_input(id, Input::Username);
            }
            Then::Work(work) => {
                self.emit(id, &reply.text);
                self.queue.plan(self.now + work.pace, Event::Progress(id));
                self.set_input(id, Input::Busy(work));
            }
            Then::Bye => {
                self.emit(id, &reply.text);
                self.close_line(id);
            }
        }
    }

    /// A step of the work that a session waits for.
    pub(super) fn progress(&mut self, id: LineId) {
        let Some(line) = self.lines.get_mut(&id) else { return };
        let Input::Busy(mut work) = std::mem::replace(&mut line.input, Input::Line) else { return };
        if work.steps > 1 {
            work.steps -= 1;
            let mark = work.mark;
            self.queue.plan(self.now + work.pace, Event::Progress(id));
            self.set_input(id, Input::Busy(work));
            self.emit(id, mark);
            return;
        }
        let text = self.finish(&work.finish);
        self.emit(id, work.mark);
        self.emit(id, &text);
        self.emit_prompt(id);
        self.pump(id);
    }

    fn page(&mut self, id: LineId, mut lines: VecDeque<String>, count: usize) {
        for line in lines.drain(..count.min(lines.len())).collect::<Vec<_>>() {
            self.emit(id, &line);
        }
        if lines.is_empty() {
            self.emit_prompt(id);
        } else {
            self.emit(id, MORE);
            self.set_input(id, Input::More(lines));
        }
    }

    fn page_key(&mut self, id: LineId, byte: u8, rest: VecDeque<String>) {
        self.set_input(id, Input::Line);
        let pager = self.place(id).pager.max(2);
        self.emit(id, "\r              \r");
        match byte {
            b'q' | b'Q' | 0x03 => self.emit_prompt(id),
            b'\r' | b'\n' => self.page(id, rest, 1),
            _ => self.page(id, rest, pager - 1),
        }
    }

    pub(super) fn set_input(&mut self, id: LineId, input: Input) {
        if let Some(line) = self.lines.get_mut(&id) {
            line.input = input;
        }
    }

    pub(super) fn place(&self, id: LineId) -> Place {
        self.lines.get(&id).map_or_else(|| Place::console(Role::Primary), |line| line.place.clone())
    }

    pub(super) fn forget_line(&mut self, id: LineId) {
        let Some(line) = self.lines.remove(&id) else { return };
        if matches!(line.input, Input::More(_)) {
            self.note(line.place.role, What::AnswerLost);
        }
    }
}

impl Place {
    /// The console of a unit, in configuration mode of the system space, where every line is valid.
    pub(super) const fn console(role: Role) -> Self {
        Self {
            role,
            level: Level::Config,
            context: None,
            via: Via::Console,
            pager: 0,
            indent: 0,
            is_enable_15: false,
        }
    }
}
