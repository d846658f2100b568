//! Plays recorded transcripts, for tests and rehearsals of a dialog.
//!
//! A transcript is the text of a terminal, as an operator would copy it. What follows a prompt on
//! its line is what the client is expected to type; all else is shown. Further marks:
//!
//! | in the transcript | meaning |
//! | --- | --- |
//! | `# ...` in the first lines | a comment |
//! | `<Enter>` alone | Enter is expected |
//! | `QUESTION<text>`, `QUESTION<Enter>` | the question is shown, the text or Enter is expected |
//! | `Password: ` and any stars | a secret is expected: any line, echoed as stars |
//! | `(connection lost)` | the connection ends |
//!
//! Characters are echoed. Enter at a prompt brings the prompt again. A line that is not the
//! expected one ends the connection and is kept in [`Script::differences`].

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use super::{Bytes, NotOpened, Received, Written};
use crate::link::{Endpoint, Refused};
use crate::session::prompt;

/// Recorded dialogs, one for each connection that is opened at an address, in their order.
#[derive(Clone, Debug, Default)]
pub struct Script {
    dialogs: BTreeMap<Endpoint, VecDeque<VecDeque<Step>>>,
    piece: Option<usize>,
    now: Duration,
    differences: Vec<Difference>,
}

/// A line that was typed where the transcript has another.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Difference {
    /// The line of the transcript.
    pub expected: String,
    /// The line that was typed.
    pub typed: String,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Step {
    Show(String),
    Prompt(String),
    Line(String),
    Secret,
    Lost,
}

/// A connection that plays one transcript.
#[derive(Debug)]
pub struct Playing {
    steps: VecDeque<Step>,
    typed: String,
    prompt: String,
    pending: Vec<u8>,
    lost: bool,
}

impl Script {
    /// A script in which no address answers.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next connection to `endpoint` plays this transcript.
    pub fn with(mut self, endpoint: Endpoint, transcript: &str) -> Self {
        self.dialogs.entry(endpoint).or_default().push_back(steps(transcript));
        self
    }

    /// What is shown comes in pieces of at most so many bytes.
    pub fn in_pieces_of(mut self, bytes: usize) -> Self {
        self.piece = Some(bytes.max(1));
        self
    }

    /// The lines that were typed differently, from all connections.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }
}

fn steps(transcript: &str) -> VecDeque<Step> {
    let mut steps = VecDeque::new();
    for line in transcript.lines().skip_while(|line| line.starts_with("# ")) {
        if line == "(connection lost)" {
            steps.push_back(Step::Lost);
        } else if line == "<Enter>" {
            steps.push_back(Step::Line(String::new()));
        } else if line.strip_prefix("Password: ").is_some_and(|rest| rest.bytes().all(|b| b == b'*')) {
            steps.extend([Step::Show("Password: ".to_owned()), Step::Secret]);
        } else if let Some((shown, typed)) = at_prompt(line) {
            steps.push_back(Step::Prompt(shown.to_owned()));
            if !typed.is_empty() {
                steps.push_back(Step::Line(typed.to_owned()));
            }
        } else if let Some((question, typed)) = answered(line) {
            steps.push_back(Step::Show(question.to_owned()));
            steps.push_back(Step::Line(if typed == "Enter" { String::new() } else { typed.to_owned() }));
        } else {
            steps.push_back(Step::Show(format!("{line}\r\n")));
        }
    }
    steps
}

/// `fw/pri/act# show mode`: the prompt with its blank, and the rest.
fn at_prompt(line: &str) -> Option<(&str, &str)> {
    let end = line.find(['#', '>'])? + 1;
    let (head, rest) = line.split_at_checked(end)?;
    prompt(head)?;
    let blank = usize::from(rest.starts_with(' '));
    line.split_at_checked(end + blank)
}

/// `Proceed with reload? [confirm] <Enter>`
fn answered(line: &str) -> Option<(&str, &str)> {
    line.strip_suffix('>')?.rsplit_once('<')
}

impl Playing {
    /// Shows everything up to the next line that the client has to type.
    fn play(&mut self) {
        loop {
            match self.steps.front() {
                Some(Step::Show(text)) => self.pending.extend_from_slice(text.as_bytes()),
                Some(Step::Prompt(text)) => {
                    self.pending.extend_from_slice(text.as_bytes());
                    self.prompt.clone_from(text);
                    // A prompt that nothing is typed at is followed by a notice on a new line.
                    if matches!(self.steps.get(1), Some(Step::Show(_))) {
                        self.pending.extend_from_slice(b"\r\n");
                    }
                }
                Some(Step::Lost) => self.lost = true,
                Some(Step::Line(_) | Step::Secret) | None => return,
            }
            self.steps.pop_front();
        }
    }

    fn enter(&mut self) -> Option<Difference> {
        self.pending.extend_from_slice(b"\r\n");
        let typed = std::mem::take(&mut self.typed);
        match self.steps.front() {
            Some(Step::Line(expected)) if *expected != typed => {
                if typed.is_empty() {
                    self.pending.extend_from_slice(self.prompt.as_bytes());
                    return None;
                }
                self.lost = true;
                return Some(Difference { expected: expected.clone(), typed });
            }
            Some(_) => {
                self.steps.pop_front();
                self.play();
            }
            None => self.pending.extend_from_slice(self.prompt.as_bytes()),
        }
        None
    }
}

impl Bytes for Script {
    type Handle = Playing;

    fn now(&self) -> Duration {
        self.now
    }

    fn address(&self, endpoint: Endpoint) -> String {
        endpoint.to_string()
    }

    fn open(&mut self, endpoint: Endpoint, _until: Duration) -> Result<Playing, NotOpened> {
        let steps = self.dialogs.get_mut(&endpoint).and_then(VecDeque::pop_front).ok_or_else(|| {
            let why = "the script has no further connection".to_owned();
            Refused::Unreachable { address: endpoint.to_string(), why }
        })?;
        let (typed, prompt) = (String::new(), String::new());
        let mut playing = Playing { steps, typed, prompt, pending: Vec::new(), lost: false };
        playing.play();
        Ok(playing)
    }

    fn write(&mut self, handle: &mut Playing, bytes: &[u8], _until: Duration) -> Written {
        for &byte in bytes {
            if handle.lost {
                return Written::Closed;
            }
            let key = matches!(handle.steps.front(), Some(Step::Line(line)) if line.len() == 1)
                && handle.typed.is_empty();
            match (byte, handle.steps.front()) {
                (b'\r', _) => self.differences.extend(handle.enter()),
                (_, Some(Step::Secret)) => handle.pending.push(b'*'),
                (byte, _) => {
                    handle.pending.push(byte);
                    handle.typed.push(char::from(byte));
                    if key {
                        self.differences.extend(handle.enter());
                    }
                }
            }
        }
        Written::All
    }

    fn read(&mut self, handle: &mut Playing, until: Duration) -> Received {
        if handle.pending.is_empty() {
            if handle.lost {
                return Received::Closed;
            }
            self.now = self.now.max(until);
            return Received::Nothing;
        }
        let piece = self.piece.unwrap_or(usize::MAX).min(handle.pending.len());
        Received::Bytes(handle.pending.drain(..piece).collect())
    }

    fn close(&mut self, _handle: Playing) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transcript_is_taken_apart_at_prompts_and_answers() {
        let read = steps(concat!(
            "# shape: reload\n",
            "fw/pri/stby# reload\n",
            "Proceed with reload? [confirm] <Enter>\n",
            "fw/pri/stby# \n",
            "*** --- SHUTDOWN NOW ---\n",
            "(connection lost)\n",
        ));
        let expected = [
            Step::Prompt("fw/pri/stby# ".to_owned()),
            Step::Line("reload".to_owned()),
            Step::Show("Proceed with reload? [confirm] ".to_owned()),
            Step::Line(String::new()),
            Step::Prompt("fw/pri/stby# ".to_owned()),
            Step::Show("*** --- SHUTDOWN NOW ---\r\n".to_owned()),
            Step::Lost,
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn another_line_than_the_expected_ends_the_connection() {
        let mut script = Script::new().with(Endpoint::Active, "fw# show mode\nfw# \n");
        let mut playing = script.open(Endpoint::Active, Duration::ZERO).unwrap();
        assert_eq!(script.write(&mut playing, b"show modes\r", Duration::ZERO), Written::All);
        let Received::Bytes(shown) = script.read(&mut playing, Duration::ZERO) else {
            panic!("nothing shown")
        };
        assert_eq!(String::from_utf8(shown).unwrap(), "fw# show modes\r\n");
        assert_eq!(script.read(&mut playing, Duration::ZERO), Received::Closed);
        let difference = Difference { expected: "show mode".to_owned(), typed: "show modes".to_owned() };
        assert_eq!(script.differences(), [difference]);
    }
}
