//! The walk over the lines of a captured text: limits, remains of the pager, places.

use super::error::{Expected, Limit, ParseError};
use super::noise::{self, Noise};
use super::token::{Broken, Parsed};
use super::{Block, Reading, Unread};

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
        let end = self.start + self.raw.trim_ascii_end().len();
        ParseError {
            command: self.command,
            line: self.number,
            span: end - rest.len().min(end)..end,
            expected,
            found: rest.chars().take(200).collect(),
        }
    }

    /// Reads `rest`, the end of this line, to its last byte.
    pub(super) fn all<T>(
        &self,
        rest: &'t str,
        expected: &'static str,
        parser: impl FnOnce(&'t str) -> Parsed<'t, T>,
    ) -> Result<T, ParseError> {
        let broken =
            |broken: Broken<'t>| self.error(Expected::Phrase(broken.expected.unwrap_or(expected)), broken.at);
        match parser(rest) {
            Ok(("", value)) => Ok(value),
            Ok((left, _)) => Err(broken(Broken { at: left, expected: None })),
            Err(nom::Err::Error(error) | nom::Err::Failure(error)) => Err(broken(error)),
            Err(nom::Err::Incomplete(_)) => Err(broken(Broken { at: rest, expected: None })),
        }
    }

    /// How many blanks stand in front of the text, behind what the pager left there.
    pub(super) fn indent(&self) -> usize {
        let front = self.raw.trim_ascii_end().strip_suffix(self.text).unwrap_or_default();
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

/// The lines of a captured text, and what was not understood of them.
#[derive(Debug)]
pub(super) struct Walk<'t> {
    command: &'static str,
    text: &'t str,
    at: usize,
    number: usize,
    /// Lines handed out and not taken back.
    claimed: usize,
    unclaimed: Unclaimed,
    /// The pager's last prompt, as long as nothing came behind it.
    paged: Option<Line<'t>>,
    /// Another command's echo was met: what follows is not this output.
    ended: bool,
    /// The part of the output that the lines now stand in.
    pub(super) block: Block,
    unread: Vec<Unread>,
}

impl<'t> Walk<'t> {
    pub(super) fn new(command: &'static str, text: &'t str) -> Result<Self, ParseError> {
        let walk = Self {
            command,
            text,
            at: 0,
            number: 0,
            claimed: 0,
            unclaimed: Unclaimed::Kept,
            paged: None,
            ended: false,
            block: Block::Elsewhere,
            unread: Vec::new(),
        };
        if text.len() > Limit::Text.value() {
            return Err(walk.beyond(Limit::Text, 0..text.len(), text.len()));
        }
        Ok(walk)
    }

    pub(super) fn dropping(command: &'static str, text: &'t str) -> Result<Self, ParseError> {
        Self::new(command, text).map(|walk| Self { unclaimed: Unclaimed::Dropped, ..walk })
    }

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
    pub(super) fn line(&mut self) -> Result<Option<Line<'t>>, ParseError> {
        while let Some(rest) = self.text.get(self.at..).filter(|rest| !rest.is_empty()) {
            let (raw, length) = memchr::memchr(b'\n', rest.as_bytes()).map_or((rest, rest.len()), |end| {
                let (raw, _) = rest.split_at(end);
                (raw, end + 1)
            });
            let line = self.cut(raw);
            let span = self.at..self.at + raw.len();
            self.at += length;
            self.number += 1;
            if self.number > Limit::Lines.value() {
                return Err(self.beyond(Limit::Lines, span, self.number));
            }
            if raw.len() > Limit::Line.value() {
                return Err(self.beyond(Limit::Line, span, raw.len()));
            }
            if line.text.is_empty() {
                continue;
            }
            if self.ended {
                self.keep(line);
                continue;
            }
            self.claimed += 1;
            return Ok(Some(line));
        }
        Ok(None)
    }

    /// Cuts off blanks and what the pager left in front.
    fn cut(&mut self, raw: &'t str) -> Line<'t> {
        let mut text = raw.trim_ascii();
        if self.at == 0 {
            text = text.trim_start_matches('\u{feff}').trim_ascii_start();
        }
        let mut paged = false;
        while let Some(rest) = text.strip_prefix(MORE) {
            text = rest.trim_start_matches(['\r', ' ', '\t', '\u{8}']);
            paged = true;
        }
        let line = Line { command: self.command, number: self.number + 1, start: self.at, raw, text };
        if paged || self.paged.is_some() {
            if !text.is_empty() && noise::prompt(text).is_none() {
                self.paged = None;
            } else if paged {
                self.paged = Some(line);
            }
        }
        line
    }

    /// Takes back a line that no rule claims: dropped where it is a prompt, an echo or a notice,
    /// an error where it refuses the command, else unread.
    pub(super) fn unclaimed(&mut self, line: Line<'t>) -> Result<(), ParseError> {
        if !self.noise(line)? {
            self.claimed -= 1;
            self.keep(line);
        }
        Ok(())
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
                self.keep(line);
                true
            }
            Some(Noise::Echo) => first,
            Some(Noise::Turning) => self.block != Block::Host,
            Some(Noise::Prompt | Noise::Command | Noise::Harmless) => true,
            None => false,
        };
        self.claimed -= usize::from(noise);
        Ok(noise)
    }

    /// Keeps a line that the rules know in another place or form as unread.
    pub(super) fn keep(&mut self, line: Line<'t>) {
        if self.unclaimed == Unclaimed::Kept {
            self.unread.push(Unread { line: line.number, text: line.raw.to_owned(), block: self.block });
        }
    }

    /// Whether the text ends within the line handed out last: it may have been cut off there.
    pub(super) fn is_cut(&self) -> bool {
        self.at == self.text.len() && !self.text.ends_with('\n')
    }

    /// A needed line never came.
    pub(super) fn missing(&self, line: &'static str) -> ParseError {
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
        Ok(Reading { value, unread: self.unread })
    }
}
