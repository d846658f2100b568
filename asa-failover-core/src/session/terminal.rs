//! The dialog with one unit: login, enable, pager, then one command at a time.
//!
//! Nothing is decided on a half-read line: a prompt or a question counts when the line stays
//! silent behind it. So it makes no difference how the bytes were cut on their way.

use std::fmt;
use std::time::Duration;

use secrecy::ExposeSecret;

use super::echo::{self, Echo};
use super::prompt::{Prompt, prompt};
use super::question;
use super::report::{Happened, Login, NotSent, Patience, Trouble};
use super::screen::Screen;
use crate::command::{Answer, Command, Mode, Permitted};
use crate::link::Via;

const ENTER: &[u8] = b"\r";
const PAGER: &str = "terminal pager 0";
/// Banners may end like a prompt; after so many that were none, it is no login.
const ENTERS: u8 = 5;
/// The longest line the closed set of commands makes is far below.
const LONGEST: usize = 500;

enum Phase {
    /// Before the first prompt that is known to be one.
    Greeting {
        enters: u8,
    },
    /// The line is written, its echo is awaited, Enter is not sent.
    Typing(Task),
    /// Enter is sent.
    Running(Task),
    /// The enable password is typed.
    Secret,
    Standing,
    Over,
}

/// A line on its way, and what it is for.
struct Task {
    line: String,
    purpose: Purpose,
    /// Questions not asked so far.
    permitted: Vec<Permitted>,
    /// How many finished lines there are when the echo is one of them.
    echoed: usize,
    /// The line that a question was answered on.
    answered: Option<usize>,
    nudge: Nudge,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Nudge {
    /// No prompt may come before Enter: the command moves a standing, or a notice hid the prompt.
    Due,
    /// Not before a prompt was seen.
    AfterPrompt,
    Sent,
    /// Enter may be an answer: the command may be asked back what nobody here may answer.
    Never,
}

enum Purpose {
    Enable,
    /// Switches the pager off: for the login, or after `changeto` whose output waits here.
    Pager(Option<String>),
    Caller {
        changes_context: bool,
    },
}

/// What is to be done if the line stays silent.
enum Conclusion {
    Accept(Prompt),
    /// Send Enter, and see whether the same prompt comes again.
    Confirm(Prompt),
    Nudge,
    Answer(Permitted),
    Ask,
    Quit,
    TypeSecret,
    EnterLine,
    Fail(Trouble),
}

/// A terminal on one unit.
pub struct Terminal {
    login: Login,
    patience: Patience,
    screen: Screen,
    phase: Phase,
    prompt: Option<Prompt>,
    /// A prompt that Enter was sent at, and the finished lines there were then.
    confirming: Option<(Prompt, usize)>,
    output: Vec<u8>,
    happened: Option<Happened>,
}

impl Terminal {
    /// A terminal whose device is about to greet.
    pub fn login(login: Login, patience: Patience) -> Self {
        Self {
            login,
            patience,
            screen: Screen::default(),
            phase: Phase::Greeting { enters: 0 },
            prompt: None,
            confirming: None,
            output: Vec::new(),
            happened: None,
        }
    }

    /// Takes in what the unit sent.
    pub fn feed(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.screen.feed(byte);
            if let Some(limit) = self.screen.exceeded() {
                return self.fail(Trouble::TooMuch(limit));
            }
            match &self.phase {
                Phase::Typing(task)
                    if echo::is_whole(&task.line, self.screen.lines(), &self.screen.current()) =>
                {
                    self.enter_line();
                }
                Phase::Running(_) if byte == b'\n' => self.look_for_prompt(),
                _ => {}
            }
        }
    }

    /// What is to be sent now. It may hold a password: do not log it.
    pub fn take_output(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.output)
    }

    /// What happened since the last call.
    pub fn poll(&mut self) -> Option<Happened> {
        self.happened.take()
    }

    /// Types a command. Ends in [`Happened::Replied`], [`Happened::Asked`] or [`Happened::Failed`].
    ///
    /// # Errors
    ///
    /// [`NotSent`] when the session does not stand at a prompt; nothing is typed then.
    pub fn send(&mut self, command: &Command, via: Via) -> Result<(), NotSent> {
        if !matches!(self.phase, Phase::Standing) {
            return Err(NotSent::NotStanding);
        }
        let line = command.line(via);
        if line.len() > LONGEST || !line.bytes().all(|b| (b' '..=b'~').contains(&b) && b != b'?') {
            return Err(NotSent::Unfit);
        }
        let moves_a_standing = matches!(
            command,
            Command::FailoverActive(_)
                | Command::NoFailoverActive(_)
                | Command::FailoverActiveAll
                | Command::NoFailoverActiveAll
        );
        let changes_context = matches!(command, Command::ChangetoSystem);
        self.type_line(&line, Purpose::Caller { changes_context });
        if let Phase::Typing(task) = &mut self.phase {
            task.permitted = command.permitted().to_vec();
            if moves_a_standing {
                task.nudge = Nudge::Due;
            } else if *command == Command::Reload {
                // Whether to save: the question may stand above what looks like a prompt, or still be on its way.
                task.nudge = Nudge::Never;
            }
        }
        Ok(())
    }

    /// Whether a line is typed, and Enter not sent: it does not run before.
    pub const fn is_typing(&self) -> bool {
        matches!(self.phase, Phase::Typing(_))
    }

    /// Whether a question that may be answered is the last that the unit said: with the answer it acts.
    pub fn is_to_answer(&self) -> bool {
        matches!(self.conclusion(), Some((_, Conclusion::Answer(_))))
    }

    /// Until when silence would mean something: call [`Self::wake`] if nothing was fed for so long.
    pub fn wake_after(&self) -> Option<Duration> {
        self.conclusion().map(|(after, _)| after)
    }

    /// Nothing was fed for [`Self::wake_after`].
    pub fn wake(&mut self) {
        let Some((_, conclusion)) = self.conclusion() else { return };
        match conclusion {
            Conclusion::Accept(prompt) => self.accept(prompt),
            Conclusion::Confirm(prompt) => {
                self.count_enter();
                self.confirming = Some((prompt, self.screen.lines().len()));
                self.output.extend_from_slice(ENTER);
            }
            Conclusion::Nudge => {
                self.count_enter();
                if let Phase::Running(task) = &mut self.phase {
                    task.nudge = Nudge::Sent;
                }
                self.output.extend_from_slice(ENTER);
            }
            Conclusion::Answer(permitted) => self.answer(permitted),
            Conclusion::Ask => {
                let current = self.screen.current();
                let question = self.hidden_question().unwrap_or(&current).trim().to_owned();
                self.phase = Phase::Over;
                self.happened = Some(Happened::Asked { question });
            }
            Conclusion::Quit => {
                self.output.push(b'q');
                self.fail(Trouble::Paged);
            }
            Conclusion::TypeSecret => {
                if let Some(secret) = &self.login.enable {
                    self.output.extend_from_slice(secret.expose_secret().as_bytes());
                }
                self.output.extend_from_slice(ENTER);
                self.screen.restart();
                self.phase = Phase::Secret;
            }
            Conclusion::EnterLine => self.enter_line(),
            Conclusion::Fail(trouble) => self.fail(trouble),
        }
    }

    fn conclusion(&self) -> Option<(Duration, Conclusion)> {
        let Patience { settle, silence, doubt } = self.patience;
        match &self.phase {
            Phase::Greeting { enters } => self.greeted(*enters),
            Phase::Typing(_) => match self.echo()? {
                Echo::Whole | Echo::Cut => Some((silence, Conclusion::EnterLine)),
                Echo::Partial => None,
                Echo::Wrong => Some((doubt, Conclusion::Fail(self.wrong_echo()))),
            },
            Phase::Running(task) => self.replied(task),
            Phase::Secret => self.enabled(settle),
            Phase::Standing | Phase::Over => None,
        }
    }

    fn greeted(&self, enters: u8) -> Option<(Duration, Conclusion)> {
        let Patience { settle, silence, doubt } = self.patience;
        let current = self.screen.current();
        if let Some(seen) = prompt(&current) {
            return match self.confirmed(&seen) {
                Some(true) => Some((settle, Conclusion::Accept(seen))),
                Some(false) => None,
                None if enters < ENTERS => Some((settle, Conclusion::Confirm(seen))),
                None => Some((doubt, no_privilege("the same prompt never came twice"))),
            };
        }
        if question::is_login(&current) {
            return Some((doubt, no_privilege(&format!("the unit asks {:?}", current.trim()))));
        }
        (current.is_empty() && enters == 0).then_some((silence, Conclusion::Nudge))
    }

    fn replied(&self, task: &Task) -> Option<(Duration, Conclusion)> {
        let Patience { settle, silence, doubt } = self.patience;
        let output = self.screen.lines().get(task.echoed..)?;
        let current = self.screen.current();
        if self.hidden_question().is_some() {
            return Some((doubt, Conclusion::Ask));
        }
        if let Some(seen) = prompt(&current) {
            if self.prompt.as_ref().is_some_and(|known| seen.follows(known)) {
                return Some((settle, Conclusion::Accept(seen)));
            }
            return match self.confirmed(&seen) {
                Some(true) => Some((settle, Conclusion::Accept(seen))),
                Some(false) => None,
                None if task.nudge == Nudge::Never => None,
                None => Some((silence, Conclusion::Confirm(seen))),
            };
        }
        if question::is_pager(&current) {
            return Some((settle, Conclusion::Quit));
        }
        if matches!(task.purpose, Purpose::Enable) {
            if question::is_question(&current) && question::is_new_password(output, &current) {
                let why = "the unit wants a new enable password; set one on the console first";
                return Some((settle, no_privilege(why)));
            }
            if question::is_password(&current) && self.screen.is_at_end() {
                return Some((settle, Conclusion::TypeSecret));
            }
        }
        let answered = task.answered == Some(self.screen.lines().len());
        let permitted =
            task.permitted.iter().find(|permitted| question::is_permitted(permitted, output, &current));
        if let Some(permitted) = permitted {
            return Some((silence, Conclusion::Answer(*permitted)));
        }
        if !answered && question::is_question(&current) {
            return Some((doubt, Conclusion::Ask));
        }
        (task.nudge == Nudge::Due && current.is_empty()).then_some((silence, Conclusion::Nudge))
    }

    /// A question that was not answered and stands on a finished line, of a command that may be asked back: what comes
    /// behind it is a notice, whatever it looks like.
    fn hidden_question(&self) -> Option<&str> {
        // A reading is not asked back, and may be long.
        let Phase::Running(task @ Task { nudge: Nudge::Never, .. }) = &self.phase else { return None };
        let mut lines = self.screen.lines().iter().enumerate().skip(task.echoed);
        let is_open =
            |(at, line): &(usize, &String)| task.answered != Some(*at) && question::is_question(line);
        lines.find(is_open).map(|(_, line)| line.as_str())
    }

    fn enabled(&self, settle: Duration) -> Option<(Duration, Conclusion)> {
        let lines = self.screen.lines();
        if lines.is_empty() {
            return None;
        }
        let current = self.screen.current();
        if let Some(seen) = prompt(&current) {
            return Some((settle, Conclusion::Accept(seen)));
        }
        if question::is_question(&current) && question::is_new_password(lines, &current) {
            return Some((
                settle,
                no_privilege("the unit wants a new enable password; set one on the console first"),
            ));
        }
        question::is_password(&current).then(|| (settle, no_privilege(WRONG_PASSWORD)))
    }

    /// Whether Enter at this prompt brought it again; `None` if none was sent at this one.
    fn confirmed(&self, seen: &Prompt) -> Option<bool> {
        let (candidate, lines) = self.confirming.as_ref()?;
        let moved = self.screen.lines().len() > *lines;
        (candidate == seen || !moved).then_some(moved)
    }

    /// A prompt on a finished line: a notice came behind it, and no further one comes by itself.
    fn look_for_prompt(&mut self) {
        let (Phase::Running(task), Some(known)) = (&mut self.phase, &self.prompt) else { return };
        if task.nudge != Nudge::AfterPrompt || self.screen.lines().len() <= task.echoed {
            return;
        }
        let Some(line) = self.screen.lines().last() else { return };
        let with_notice =
            line.strip_prefix(known.to_string().as_str()).is_some_and(|rest| rest.starts_with(' '));
        if with_notice || prompt(line).is_some_and(|seen| seen.follows(known)) {
            task.nudge = Nudge::Due;
        }
    }

    fn echo(&self) -> Option<Echo> {
        let (Phase::Typing(task), Some(known)) = (&self.phase, &self.prompt) else { return None };
        Some(echo::compare(known, &task.line, self.screen.lines(), &self.screen.current()))
    }

    fn wrong_echo(&self) -> Trouble {
        let typed = match &self.phase {
            Phase::Typing(task) => task.line.clone(),
            _ => String::new(),
        };
        Trouble::Echo { typed, shown: excerpt(&self.screen.current()) }
    }

    fn accept(&mut self, seen: Prompt) {
        self.confirming = None;
        self.prompt = Some(seen.clone());
        match std::mem::replace(&mut self.phase, Phase::Standing) {
            Phase::Greeting { .. } => match seen.mode {
                Mode::User => self.type_line("enable", Purpose::Enable),
                Mode::Privileged => self.type_line(PAGER, Purpose::Pager(None)),
                Mode::Config | Mode::Group => {
                    self.fail(not_privileged("the login ended in configuration mode"));
                }
            },
            Phase::Secret => self.accept_enabled(&seen, 0),
            Phase::Running(task) => match task.purpose {
                Purpose::Enable => self.accept_enabled(&seen, task.echoed),
                Purpose::Pager(waiting) => self.accept_pager(seen, task.echoed, waiting),
                Purpose::Caller { changes_context } => {
                    let output = self.output_from(task.echoed);
                    if changes_context && seen.mode == Mode::Privileged {
                        self.type_line(PAGER, Purpose::Pager(Some(output)));
                    } else {
                        self.happened = Some(Happened::Replied { output, prompt: seen });
                    }
                }
            },
            Phase::Typing(_) | Phase::Standing | Phase::Over => {}
        }
    }

    fn accept_enabled(&mut self, seen: &Prompt, from: usize) {
        if seen.mode == Mode::Privileged {
            return self.type_line(PAGER, Purpose::Pager(None));
        }
        let said = self.screen.lines().get(from..).unwrap_or_default();
        let said = said
            .iter()
            .rev()
            .map(|line| line.trim())
            .find(|line| !line.is_empty() && !line.starts_with("Password:"));
        let why = match said {
            Some(line) if line.contains("Invalid password") || line.contains("Access denied") => {
                WRONG_PASSWORD.to_owned()
            }
            Some(line) => format!("enable was answered {:?}", excerpt(line)),
            None => "enable left the session at the user prompt".to_owned(),
        };
        self.fail(not_privileged(&why));
    }

    fn accept_pager(&mut self, seen: Prompt, from: usize, waiting: Option<String>) {
        let output = self.screen.lines().get(from..).unwrap_or_default();
        if let Some(line) = question::refusal(output) {
            let why = format!("{PAGER} was answered {:?}", excerpt(line));
            return self.fail(not_privileged(&why));
        }
        self.happened = Some(match waiting {
            Some(output) => Happened::Replied { output, prompt: seen },
            None => Happened::Ready(seen),
        });
    }

    fn output_from(&self, line: usize) -> String {
        let lines = self.screen.lines().get(line..).unwrap_or_default();
        lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
    }

    fn type_line(&mut self, line: &str, purpose: Purpose) {
        self.screen.restart();
        self.output.extend_from_slice(line.as_bytes());
        self.phase = Phase::Typing(Task {
            line: line.to_owned(),
            purpose,
            permitted: Vec::new(),
            echoed: 0,
            answered: None,
            nudge: Nudge::AfterPrompt,
        });
    }

    fn enter_line(&mut self) {
        match std::mem::replace(&mut self.phase, Phase::Over) {
            Phase::Typing(task) => {
                self.output.extend_from_slice(ENTER);
                self.phase = Phase::Running(Task { echoed: self.screen.lines().len() + 1, ..task });
            }
            other => self.phase = other,
        }
    }

    fn answer(&mut self, permitted: Permitted) {
        let Phase::Running(task) = &mut self.phase else { return };
        task.permitted.retain(|other| *other != permitted);
        task.answered = Some(self.screen.lines().len());
        match permitted.answer {
            Answer::Line(text) => {
                self.output.extend_from_slice(text.as_bytes());
                self.output.extend_from_slice(ENTER);
            }
            Answer::Key(key) => self.output.extend_from_slice(key.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }

    fn count_enter(&mut self) {
        if let Phase::Greeting { enters } = &mut self.phase {
            *enters += 1;
        }
    }

    fn fail(&mut self, trouble: Trouble) {
        if !matches!(self.phase, Phase::Over) {
            self.phase = Phase::Over;
            self.happened = Some(Happened::Failed(trouble));
        }
    }
}

const WRONG_PASSWORD: &str = "the enable password was not accepted";

fn not_privileged(why: &str) -> Trouble {
    Trouble::NoPrivilege(why.to_owned())
}

fn no_privilege(why: &str) -> Conclusion {
    Conclusion::Fail(not_privileged(why))
}

/// Device text for a message: short.
fn excerpt(text: &str) -> String {
    text.trim().chars().take(120).collect()
}

impl fmt::Debug for Terminal {
    /// The phase and the prompt; never what is typed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phase = match &self.phase {
            Phase::Greeting { .. } => "Greeting",
            Phase::Typing(_) => "Typing",
            Phase::Running(_) => "Running",
            Phase::Secret => "Secret",
            Phase::Standing => "Standing",
            Phase::Over => "Over",
        };
        f.debug_struct("Terminal")
            .field("phase", &phase)
            .field("prompt", &self.prompt)
            .finish_non_exhaustive()
    }
}
