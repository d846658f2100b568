//! What a terminal shows: lines, and the unfinished one that the cursor is on.
//!
//! Carriage returns and backspaces move the cursor and later text overwrites, as on a screen. What
//! the text means is not known here; how much of it is taken in is limited.

use std::borrow::Cow;
use std::fmt;

/// A limit on what one command may print.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "input has these three dimensions")]
pub enum Limit {
    /// 8 MiB in all.
    Bytes,
    /// 200,000 lines.
    Lines,
    /// 16 KiB on one line.
    Line,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Bytes => "more than 8 MiB",
            Self::Lines => "more than 200,000 lines",
            Self::Line => "a line of more than 16 KiB",
        })
    }
}

const BYTES: usize = 8 * 1024 * 1024;
const LINES: usize = 200_000;
const LINE: usize = 16 * 1024;

/// `copy` and `verify` print marks for minutes without a line end. Runs are kept up to this length.
const MARKS: usize = 64;

#[derive(Default)]
pub(super) struct Screen {
    lines: Vec<String>,
    cells: Vec<u8>,
    cursor: usize,
    marks: usize,
    bytes: usize,
    exceeded: Option<Limit>,
}

impl Screen {
    pub(super) fn feed(&mut self, byte: u8) {
        self.bytes += 1;
        if self.bytes > BYTES {
            self.exceeded = Some(Limit::Bytes);
        }
        if self.exceeded.is_some() {
            return;
        }
        match byte {
            b'\n' => {
                self.lines.push(self.current().into_owned());
                self.start_line();
                if self.lines.len() > LINES {
                    self.exceeded = Some(Limit::Lines);
                }
            }
            b'\r' => self.cursor = 0,
            0x08 => self.cursor = self.cursor.saturating_sub(1),
            0x00 | 0x07 => {}
            byte => self.put(byte),
        }
    }

    fn put(&mut self, byte: u8) {
        let repeated = matches!(byte, b'!' | b'.' | b'#') && self.cells.last() == Some(&byte);
        self.marks = if repeated { self.marks + 1 } else { 0 };
        if self.marks >= MARKS && self.cursor == self.cells.len() {
            return;
        }
        match self.cells.get_mut(self.cursor) {
            Some(cell) => *cell = byte,
            None => self.cells.push(byte),
        }
        self.cursor += 1;
        if self.cells.len() > LINE {
            self.exceeded = Some(Limit::Line);
        }
    }

    fn start_line(&mut self) {
        self.cells.clear();
        self.cursor = 0;
        self.marks = 0;
    }

    /// The line the cursor is on.
    pub(super) fn current(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.cells)
    }

    /// Whether the cursor stands behind everything on its line, as it does where input is awaited.
    pub(super) fn is_at_end(&self) -> bool {
        self.cursor >= self.cells.len()
    }

    /// The finished lines since the last [`Self::restart`].
    pub(super) fn lines(&self) -> &[String] {
        &self.lines
    }

    pub(super) fn exceeded(&self) -> Option<Limit> {
        self.exceeded
    }

    /// Forgets the finished lines and what they counted. The unfinished line stays.
    pub(super) fn restart(&mut self) {
        self.lines.clear();
        self.bytes = self.cells.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Screen {
        let mut screen = Screen::default();
        text.bytes().for_each(|byte| screen.feed(byte));
        screen
    }

    #[test]
    fn later_text_overwrites() {
        let screen = shown("<--- More --->\r              \rnext page line\r\n\rfw# sho\x08\x08HO\x07");
        assert_eq!(screen.lines(), ["next page line"]);
        assert_eq!(screen.current(), "fw# sHO");
    }

    #[test]
    fn progress_marks_never_fill_a_line() {
        let screen = shown(&format!("copying {}", "!".repeat(100_000)));
        assert_eq!(screen.exceeded(), None);
        assert!(screen.current().len() < 100);
    }

    #[test]
    fn input_is_limited() {
        assert_eq!(shown(&"x".repeat(LINE)).exceeded(), None);
        assert_eq!(shown(&"x".repeat(LINE + 1)).exceeded(), Some(Limit::Line));
        assert_eq!(shown(&"\n".repeat(LINES)).exceeded(), None);
        assert_eq!(shown(&"\n".repeat(LINES + 1)).exceeded(), Some(Limit::Lines));
        assert_eq!(shown(&"x\r".repeat(BYTES / 2)).exceeded(), None);
        assert_eq!(shown(&"x\r".repeat(BYTES / 2 + 1)).exceeded(), Some(Limit::Bytes));
    }
}
