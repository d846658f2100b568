//! The walk over the lines of a captured text: limits, remains of the pager, places.

use super::error::{Expected, Limit, ParseError};
use super::noise::{self, Noise};
use super::terminal;
use super::token::{Broken, Parsed};
use super::{Block, Lines, Reading, Unread};

const MORE: &str = "<--- More --->";

/// A line that has something on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    command: &'static str,
    number: usize,
    /// Where `raw` starts in the captured text.
    start: usize,
    /// As captured, without its end.
    raw: &'t str,
    /// Without blanks around it and without what the pager left in front.
    pub(super) text: &'t str,
}

impl<'t> Line<'t> {
    /// An error at `rest`, the part of this line from the place that is wrong to its end.
    pub(super) fn error(&self, expected: Expected, rest: &str) -> ParseError {
        let end = self.end();
        ParseError {
            command: self.command,
            line: self.number,
            span: end - rest.len().min(end)..end,
            expected,
            found: rest.chars().take(200).collect(),
        }
    }

    /// Where the text ends in the captured text.
    fn end(&self) -> usize {
        self.at() + self.text.len()
    }

    /// Where the text begins in the captured text.
    pub(super) fn at(&self) -> usize {
        // What is cut off behind it never ends as a text does, so the last one found is it.
        self.start + self.raw.rfind(self.text).unwrap_or_default()
    }

    /// Where the next line begins in the captured text; one too far behind the last.
    pub(super) const fn next(&self) -> usize {
        self.start + self.raw.len() + 1
    }

    /// Its number, from 1.
    pub(super) const fn number(&self) -> usize {
        self.number
    }

    /// Where the line begins in the captured text; behind the pager's prompt, where the text does.
    pub(super) fn begin(&self) -> usize {
        if self.raw.trim_ascii_start().starts_with(MORE) { self.at() } else { self.start }
    }

    /// An error at the first character that prints nothing. It shows nothing else of the line.
    pub(super) fn strange(&self) -> Option<ParseError> {
        let (at, c) = terminal::strange(self.text)?;
        let start = self.at() + at;
        Some(ParseError {
            command: self.command,
            line: self.number,
            span: start..start + c.len_utf8(),
            expected: Expected::Phrase("a line without characters that print nothing"),
            found: c.to_string(),
        })
    }

    /// Reads `rest`, the end of this line, to its last byte.
    pub(super) fn all<T>(
        &self,
        rest: &'t str,
        expected: &'static str,
        parser: impl FnOnce(&'t str) -> Parsed<'t, T>,
    ) -> Result<T, ParseError> {
        self.read(rest, Expected::Phrase(expected), parser)
    }

    /// Reads `rest`, the end of this line, to its last byte, as far as it has this form.
    pub(super) fn form<T>(
        &self,
        rest: &'t str,
        form: &'static str,
        parser: impl FnOnce(&'t str) -> Parsed<'t, T>,
    ) -> Result<T, ParseError> {
        self.read(rest, Expected::Form(form), parser)
    }

    fn read<T>(
        &self,
        rest: &'t str,
        expected: Expected,
        parser: impl FnOnce(&'t str) -> Parsed<'t, T>,
    ) -> Result<T, ParseError> {
        let broken =
            |broken: Broken<'t>| self.error(broken.expected.map_or(expected, Expected::Phrase), broken.at);
        match parser(rest) {
            Ok(("", value)) => Ok(value),
            Ok((left, _)) => Err(broken(Broken { at: left, expected: None })),
            Err(nom::Err::Error(error) | nom::Err::Failure(error)) => Err(broken(error)),
            Err(nom::Err::Incomplete(_)) => Err(broken(Broken { at: rest, expected: None })),
        }
    }

    /// How many blanks stand in front of the text, behind what the pager left there.
    pub(super) fn indent(&self) -> usize {
        let front = self.raw.get(..self.at() - self.start).unwrap_or_default();
        front.len() - front.trim_end_matches([' ', '\t']).len()
    }

    /// Puts the value of a line that comes once into its place.
    pub(super) fn put<T>(
        &self,
        slot: &mut Option<T>,
        name: &'static str,
        value: T,
    ) -> Result<(), ParseError> {
        if slot.is_some() {
            return Err(self.error(Expected::Once(name), self.text));
        }
        *slot = Some(value);
        Ok(())
    }
}

/// What becomes of lines that no rule claims.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Unclaimed {
    /// They are kept in [`Reading::unread`].
    Kept,
    /// They are dropped: they may hold secrets.
    Dropped,
}

/// What becomes of a line with characters inside that print nothing or stand for damage.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Strange {
    /// No rule claims it.
    Unclaimed,
    /// It is handed out like any other: what is not claimed is dropped.
    Taken,
    /// It is an error that shows nothing of it: it may hold a secret.
    Refused,
}

/// A line without blanks and what the pager left in front, and whether it left anything. The first line of a text may
/// begin with the mark of its encoding.
fn shown(raw: &str, is_first: bool) -> (&str, bool) {
    let mut text = terminal::trimmed(raw);
    if is_first {
        text = text.trim_start_matches('\u{feff}').trim_ascii_start();
    }
    let mut paged = false;
    while text.starts_with('<')
        && let Some(rest) = text.strip_prefix(MORE)
    {
        text = rest.trim_start_matches(['\r', ' ', '\t', '\u{8}']);
        paged = true;
    }
    (text, paged)
}

/// The lines of a captured text, and what was not understood of them.
#[derive(Debug)]
pub(super) struct Walk<'t> {
    command: &'static str,
    text: &'t str,
    at: usize,
    number: usize,
    /// Lines handed out and not taken back.
    claimed: usize,
    /// Of these, lines that a rule knows and that state no fact.
    known: usize,
    /// Of these, lines that were kept as unread all the same.
    kept: usize,
    /// Lines beside the output: prompts, echoes, notices, remains of the pager, and dropped ones.
    beside: usize,
    unclaimed: Unclaimed,
    strange: Strange,
    /// Whether a strange line has the form of one of a host's lines, and blocks wherever it stands.
    of_a_host: fn(&str) -> bool,
    /// Whether any line may be a strange one.
    may_be_strange: bool,
    /// The pager's last prompt, as long as nothing of the output came behind it.
    paged: Option<Line<'t>>,
    /// A prompt came behind the pager's: the rest never comes.
    left: bool,
    /// Another command's echo was met: what follows is not this output.
    ended: bool,
    /// The part of the output that the lines now stand in.
    pub(super) block: Block,
    unread: Vec<Unread>,
}

impl<'t> Walk<'t> {
    pub(super) fn new(command: &'static str, text: &'t str) -> Result<Self, ParseError> {
        let mut walk = Self {
            command,
            text,
            at: 0,
            number: 0,
            claimed: 0,
            known: 0,
            kept: 0,
            beside: 0,
            unclaimed: Unclaimed::Kept,
            strange: Strange::Unclaimed,
            of_a_host: |_| false,
            may_be_strange: false,
            paged: None,
            left: false,
            ended: false,
            block: Block::Elsewhere,
            unread: Vec::new(),
        };
        if text.len() > Limit::Text.value() {
            return Err(walk.beyond(Limit::Text, 0..text.len(), text.len()));
        }
        walk.may_be_strange = terminal::may_be_strange(text);
        Ok(walk)
    }

    pub(super) fn dropping(command: &'static str, text: &'t str) -> Result<Self, ParseError> {
        let (unclaimed, strange) = (Unclaimed::Dropped, Strange::Taken);
        Self::new(command, text).map(|walk| Self { unclaimed, strange, ..walk })
    }

    /// A walk in which a strange line of this form blocks.
    pub(super) fn blocking(self, of_a_host: fn(&str) -> bool) -> Self {
        Self { of_a_host, ..self }
    }

    /// A walk over lines one of which holds a secret: what hides which one it is, is an error.
    pub(super) fn guarding(command: &'static str, text: &'t str) -> Result<Self, ParseError> {
        Self::new(command, text).map(|walk| Self { strange: Strange::Refused, ..walk })
    }

    #[cold]
    fn beyond(&self, limit: Limit, span: std::ops::Range<usize>, found: usize) -> ParseError {
        ParseError {
            command: self.command,
            line: self.number.max(1),
            span,
            expected: Expected::Within(limit),
            found: found.to_string(),
        }
    }

    /// The next line that has something on it.
    #[expect(
        clippy::inline_always,
        reason = "a reader gets its lines without copies so, and asks for them in one place"
    )]
    #[inline(always)]
    pub(super) fn line(&mut self) -> Result<Option<Line<'t>>, ParseError> {
        while let Some(rest) = self.text.get(self.at..).filter(|rest| !rest.is_empty()) {
            let (command, start) = (self.command, self.at);
            let raw = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest, |end| rest.split_at(end).0);
            self.at = self.text.len().min(start + raw.len() + 1);
            self.number += 1;
            let number = self.number;
            if number > Limit::Lines.value() {
                return Err(self.beyond(Limit::Lines, start..start + raw.len(), number));
            }
            if raw.len() > Limit::Line.value() {
                return Err(self.beyond(Limit::Line, start..start + raw.len(), raw.len()));
            }
            let (text, paged) = shown(raw, start == 0);
            let line = || Line { command, number, start, raw, text };
            if paged || self.paged.is_some() {
                self.page(line(), paged);
            }
            if text.is_empty() {
                self.beside += usize::from(!raw.trim_ascii().is_empty());
                continue;
            }
            if self.ended {
                self.put_aside(line());
                continue;
            }
            self.claimed += 1;
            if self.may_be_strange && self.withheld(line())? {
                continue;
            }
            return Ok(Some(line()));
        }
        Ok(None)
    }

    /// Says whether a line is a strange one that no rule may claim, and takes it back then.
    #[cold]
    fn withheld(&mut self, line: Line<'t>) -> Result<bool, ParseError> {
        if self.strange == Strange::Taken {
            return Ok(false);
        }
        let Some(error) = line.strange() else { return Ok(false) };
        // A notice is known by its words, and one with damage in it has lost them.
        let notice = matches!(noise::of(line.text, self.command), Some(Noise::Harmless | Noise::Turning));
        if notice || !self.noise(line)? {
            if self.strange == Strange::Refused {
                return Err(error);
            }
            self.claimed -= 1;
            let block = self.block;
            if (self.of_a_host)(line.text) {
                self.block = Block::Host;
            }
            self.put_aside(line);
            self.block = block;
        }
        Ok(true)
    }

    /// Follows the pager: whether it was left, and whether the output goes on behind it.
    #[cold]
    fn page(&mut self, line: Line<'t>, paged: bool) {
        if self.ended {
            return;
        }
        let prompt = noise::prompt(line.text).is_some();
        if paged && (line.text.is_empty() || prompt) {
            self.paged = Some(line);
        } else if !line.text.is_empty() && !prompt && !self.left {
            self.paged = None;
        }
        // In front of the output they are remains of another one.
        let begun = self.claimed > 0 || (self.unclaimed == Unclaimed::Dropped && self.beside > 0);
        self.left |= prompt && begun;
    }

    /// Takes back a line that no rule claims: dropped where it is a prompt, an echo or a notice,
    /// an error where it refuses the command, else unread.
    pub(super) fn unclaimed(&mut self, line: Line<'t>) -> Result<(), ParseError> {
        if !self.noise(line)? {
            self.claimed -= 1;
            self.put_aside(line);
        }
        Ok(())
    }

    /// Says whether the line just handed out is known and states no fact, and counts it then.
    pub(super) fn without_fact(&mut self, known: bool) -> bool {
        self.known += usize::from(known);
        known
    }

    /// Takes back a line that is no part of the output, and says whether it was one: a prompt, an
    /// echo or a notice.
    pub(super) fn noise(&mut self, line: Line<'t>) -> Result<bool, ParseError> {
        let first = self.claimed == 1;
        let noise = match noise::of(line.text, self.command) {
            Some(Noise::Refusal) => return Err(line.error(Expected::Output, line.text)),
            Some(Noise::Command) if !first => {
                self.ended = true;
                self.block = Block::Elsewhere;
                self.claimed -= 1;
                self.put_aside(line);
                return Ok(true);
            }
            Some(Noise::Echo) => first,
            Some(Noise::Turning) => self.block != Block::Host,
            Some(Noise::Prompt | Noise::Command | Noise::Harmless) => true,
            None => false,
        };
        self.claimed -= usize::from(noise);
        self.beside += usize::from(noise);
        Ok(noise)
    }

    /// Keeps a line that the rules know in another place or form as unread.
    pub(super) fn keep(&mut self, line: Line<'t>) {
        self.kept += 1;
        self.put_aside(line);
    }

    /// Whether a line is among those kept as unread.
    pub(super) fn has_kept(&self, line: &Line<'t>) -> bool {
        self.unread.iter().any(|unread| unread.line == line.number)
    }

    fn put_aside(&mut self, line: Line<'t>) {
        if self.unclaimed == Unclaimed::Kept {
            self.unread.push(Unread { line: line.number, text: line.raw.to_owned(), block: self.block });
        } else {
            self.beside += 1;
        }
    }

    /// How many lines there may be from this one on, the one handed out last, if all are as long as it: room for so
    /// many is made once, where a list that doubles would be copied again and again.
    #[cold]
    pub(super) fn as_many_as(&self, line: &Line<'t>) -> usize {
        let behind = (self.text.len() - self.at) / (line.raw.len() + 1);
        1 + behind.min(Limit::Lines.value() - line.number)
    }

    /// Whether the text ends within the line handed out last: it may have been cut off there.
    pub(super) fn is_cut(&self) -> bool {
        self.at == self.text.len() && !self.text.ends_with('\n')
    }

    /// A needed line never came; where the pager was left, for that reason.
    pub(super) fn missing(&self, line: &'static str) -> ParseError {
        if let Some(left) = self.paged {
            return left.error(Expected::Rest, "");
        }
        ParseError {
            command: self.command,
            line: self.number.max(1),
            span: self.text.len()..self.text.len(),
            expected: Expected::Line(line),
            found: String::new(),
        }
    }

    /// The reading, once every line was walked.
    pub(super) fn reading<T>(mut self, value: T) -> Result<Reading<T>, ParseError> {
        if let Some(line) = self.paged {
            return Err(line.error(Expected::Rest, ""));
        }
        self.unread.sort_by_key(|unread| unread.line);
        let lines = Lines {
            claimed: self.claimed.saturating_sub(self.known + self.kept),
            ignored: self.beside + self.known,
            unread: self.unread.len(),
        };
        Ok(Reading { value, unread: self.unread, lines })
    }
}
