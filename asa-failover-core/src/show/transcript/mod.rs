//! A console log, cut at its prompts: what was typed, and what came.
//!
//! A log does not say which of its lines are prompts: a banner, a file that was printed and a note in
//! a configuration can hold `fw# show failover` as well. A line is taken for a prompt if it has the
//! form of one and its hostname is the only one in the log, or stands in another prompt too; so a
//! lookalike of another name, once in the log, stays in the output it stands in. What comes between
//! `Logoff` and `Type help or '?'` is a login's banner and holds no prompt. A banner that repeats the
//! unit's own prompt cannot be told from it: what was read from a log is as good as the log.
//!
//! The readers end an output at whatever has the form of a prompt with a command, known name or not,
//! so a piece that is too long is never read as more than the one output.
//!
//! `rommon` and other prompts before the system runs have no source and are no prompts here: what is
//! typed there stays in the piece it stands in.

mod command;
mod prompt;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

pub use prompt::{Prompt, PromptMode, PromptState};

use prompt::Label;

use super::noise::{self, Noise, Prompted};
use super::walk::{Line, Walk};
use super::{Expected, Facts, ParseError, ReadError, Reading, terminal};

/// A console log in pieces.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Transcript<'t> {
    /// The pieces, in the order of the log. They cover it: each begins where the last one ends.
    pub pieces: Vec<Piece<'t>>,
}

/// A prompt, what was typed there, and everything up to the next prompt.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Piece<'t> {
    /// The prompt; `None` for what stands in front of the first one.
    pub prompt: Option<Prompt>,
    /// What was typed, as the screen showed it after corrections; empty for Enter alone and for what
    /// stands in front of the first prompt. What is typed at `Password:` is never typed at a prompt.
    pub typed: String,
    /// The command in full, where a reader knows it and the abbreviation leaves no doubt: each word is
    /// a keyword or the beginning, of two letters or more, of just one that the readers' commands have
    /// there. A unit would have refused what is ambiguous among all of its commands.
    pub command: Option<String>,
    /// The line of the log that the prompt stands in, from 1.
    pub line: usize,
    /// The whole piece, its prompt included, in bytes of the log.
    pub span: Range<usize>,
    /// What came, without the line of the prompt: notices, questions and their answers included.
    pub output: Cow<'t, str>,
    /// The line of the log that the output begins in.
    pub output_line: usize,
    /// Where the output begins, in bytes of the log; it ends where the piece does.
    pub output_start: usize,
}

/// Cuts a console log into pieces: a prompt, what was typed there, what came.
///
/// The text is taken as it was logged, of one session or of several, with banners, notices and remains
/// of the pager; nothing of it is lost. A log without a prompt is one piece.
///
/// ```
/// use asa_failover_core::show::{self, Facts};
///
/// let log = "fw/pri/act# sh mode\r\nSecurity context mode: single\r\nfw/pri/act# ";
/// let pieces = show::transcript(log)?.pieces;
/// assert_eq!(pieces[0].command.as_deref(), Some("show mode"));
/// assert!(matches!(pieces[0].read()?.value, Facts::Mode(_)));
/// # Ok::<(), show::ReadError>(())
/// ```
///
/// # Errors
///
/// [`ParseError`] for a log beyond the limits of a reader.
pub fn transcript(text: &str) -> Result<Transcript<'_>, ParseError> {
    let mut walk = Walk::dropping("transcript", text)?;
    let (mut echoes, mut logged_off) = (Vec::new(), None);
    while let Some(line) = walk.line()? {
        if let Some(echo) = Echo::of(&line) {
            echoes.push(echo);
        } else if line.text == "Logoff" {
            logged_off = Some(echoes.len());
        } else if line.text.starts_with("Type help or '?' for a list of available commands")
            && let Some(before) = logged_off.take()
        {
            echoes.truncate(before);
        }
    }
    let mut times = HashMap::<Option<&str>, usize>::new();
    for echo in &echoes {
        *times.entry(echo.name).or_default() += 1;
    }
    if times.len() > 1 {
        echoes.retain(|echo| times.get(&echo.name).is_some_and(|times| *times > 1));
    }
    let mut pieces = Vec::with_capacity(echoes.len() + 1);
    let first = echoes.first().map_or(text.len(), |echo| echo.begin);
    if first > 0 {
        pieces.push(Piece::before(text, first));
    }
    let ends = echoes.iter().skip(1).map(|echo| echo.begin).chain([text.len()]);
    pieces.extend(echoes.iter().zip(ends).map(|(echo, end)| echo.piece(text, end)));
    Ok(Transcript { pieces })
}

/// A line that has the form of a prompt, with or without something typed behind it.
struct Echo<'t> {
    prompted: Prompted<'t>,
    name: Option<&'t str>,
    line: usize,
    begin: usize,
    /// Where the output begins.
    output: usize,
}

impl<'t> Echo<'t> {
    fn of(line: &Line<'t>) -> Option<Self> {
        let mut prompted = noise::prompted(line.text)?;
        let is_typed = |c: char| c.is_ascii_alphabetic() || matches!(c, '?' | '!' | '$');
        let mut output = line.next();
        let notice = matches!(noise::of(prompted.typed, ""), Some(Noise::Harmless | Noise::Turning));
        if notice {
            // It came behind a finished prompt, in the same line.
            output = line.at() + line.text.len() - prompted.typed.len();
            prompted.typed = "";
        } else if !prompted.typed.is_empty() && !prompted.typed.starts_with(is_typed) {
            return None;
        }
        let name = Label::of(prompted.label).hostname;
        Some(Self { prompted, name, line: line.number(), begin: line.begin(), output })
    }

    fn piece(&self, text: &'t str, end: usize) -> Piece<'t> {
        let typed = self.typed();
        let start = self.output.min(end);
        // A log may end where something was typed, and then there is no other line.
        let is_ended = text.get(..start).is_some_and(|before| before.ends_with('\n'));
        Piece {
            prompt: Some(Prompt::of(&self.prompted)),
            command: command::full(&typed),
            typed: typed.into_owned(),
            line: self.line,
            span: self.begin..end,
            output: Cow::Borrowed(text.get(start..end).unwrap_or_default()),
            output_line: self.line + usize::from(is_ended),
            output_start: start,
        }
    }

    /// What the screen showed behind the prompt.
    fn typed(&self) -> Cow<'t, str> {
        let Prompted { prompt, typed, .. } = self.prompted;
        if terminal::strange(typed).is_none() {
            return Cow::Borrowed(typed);
        }
        let shown = terminal::shown(&format!("{prompt} {typed}"));
        let behind = shown.as_deref().and_then(|shown| shown.strip_prefix(prompt));
        behind.map_or(Cow::Borrowed(typed), |typed| Cow::Owned(typed.trim_ascii().to_owned()))
    }
}

impl<'t> Piece<'t> {
    /// What stands in front of the first prompt.
    fn before(text: &'t str, end: usize) -> Self {
        Self {
            prompt: None,
            typed: String::new(),
            command: None,
            line: 1,
            span: 0..end,
            output: Cow::Borrowed(text.get(..end).unwrap_or_default()),
            output_line: 1,
            output_start: 0,
        }
    }

    /// What the output says, by the reader of its command. Lines and spans count in the log.
    ///
    /// # Errors
    ///
    /// As [`super::parse`] gives them; [`ReadError::UnknownCommand`] for a piece without a command in
    /// full, and [`ParseError`] where the facts stand behind what may be another prompt: they are not of
    /// this command, and may be of another unit.
    pub fn read(&self) -> Result<Reading<Facts>, ReadError> {
        let Some(command) = &self.command else {
            // Its first word: what follows may be a password.
            let first = self.typed.split_ascii_whitespace().next().unwrap_or_default();
            return Err(ReadError::UnknownCommand { command: first.to_owned() });
        };
        let lines = self.output_line - 1;
        match self.own(command) {
            Ok(mut reading) => {
                for unread in &mut reading.unread {
                    unread.line += lines;
                }
                Ok(reading)
            }
            Err(ReadError::Parse(mut why)) => {
                why.line += lines;
                why.span = why.span.start + self.output_start..why.span.end + self.output_start;
                Err(why.into())
            }
            Err(why) => Err(why),
        }
    }

    /// What the output says in front of whatever has the form of a prompt with something typed. A reader takes
    /// the first such line for the echo of its command, and the echo is no part of the output.
    fn own(&self, command: &str) -> Result<Reading<Facts>, ReadError> {
        const OWN: &str = "the facts in front of another prompt";
        let whole = super::parse(command, &self.output)?;
        if !self.output.contains(['#', '>']) {
            return Ok(whole);
        }
        let mut walk = Walk::dropping("transcript", &self.output)?;
        while let Some(line) = walk.line()? {
            if noise::prompt(line.text).is_some_and(|typed| !typed.is_empty()) {
                let before = super::parse(command, self.output.get(..line.begin()).unwrap_or_default())?;
                if before.value != whole.value {
                    return Err(line.error(Expected::Phrase(OWN), line.text).into());
                }
                break;
            }
        }
        Ok(whole)
    }

    /// The piece with a copy of its output, to be kept without the log.
    pub fn into_owned(self) -> Piece<'static> {
        Piece { output: Cow::Owned(self.output.into_owned()), ..self }
    }
}
