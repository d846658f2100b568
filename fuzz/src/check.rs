//! The laws that a reader keeps with any text, by target: what the fuzzer searches for a breach of,
//! and what the inputs kept are checked against on the stable compiler.
//!
//! Time is not measured: a fuzzed program runs at another pace than a built one. One input in 4,096 is
//! read blown up to a mebibyte instead, whole or one line of it, so that a reader whose time grows
//! with the square of the text needs longer than the fuzzer waits for an input. What costs more than
//! the reading itself, the way through JSON, one input in 16 takes.

use std::fmt::Debug;
use std::str::FromStr;

use asa_failover_core::image::ImageName;
use asa_failover_core::show::{self, Expected, ParseError, ReadError, Reading, Unread};
use asa_failover_core::version::{AsaVersion, Train};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A reader, and the laws it keeps.
pub struct Target {
    /// The reader's name in `show`, and the fuzz target's.
    pub name: &'static str,
    laws: fn(&str),
}

macro_rules! readers {
    ($($reader:ident)+) => {
        [$(Target { name: stringify!($reader), laws: |text| of_reader(show::$reader, text) }),+]
    };
}

/// One target for each reader.
pub const READERS: [Target; 41] = readers!(
    arp asdm_image bgp_summary bootvar checksum clock conn_count context cpu_usage crypto_keys curpriv dir
    failover failover_descriptor failover_exec failover_history failover_history_details failover_interface
    failover_state failover_statistics interface_ip_brief inventory license_summary log memory mode module
    ospf_neighbor reload route_summary running_boot running_context running_failover
    running_monitor_interface running_ssh startup_boot startup_errors verify version vpn_sessiondb
    xlate_count
);

/// What is no reader of one command.
pub const OTHERS: [Target; 4] = [
    Target { name: "any_command", laws: any_command },
    Target { name: "asa_version", laws: asa_version },
    Target { name: "image_name", laws: image_name },
    Target { name: "transcript", laws: transcript },
];

/// Checks what a target makes of an input, in which damaged UTF-8 is replaced.
///
/// # Panics
///
/// Where a law is broken.
pub fn check(name: &str, input: &[u8]) {
    let target = READERS.iter().chain(&OTHERS).find(|target| target.name == name);
    let Some(target) = target else { panic!("no target {name:?}") };
    (target.laws)(&String::from_utf8_lossy(input));
}

fn of_reader<T>(read: fn(&str) -> Result<Reading<T>, ParseError>, text: &str)
where
    T: Debug + DeserializeOwned + PartialEq + Serialize,
{
    match read(text) {
        Ok(reading) => {
            are_lines_in_order(text, &reading.unread);
            if one_in(16, text) {
                let json = serde_json::to_string(&reading).expect("facts are JSON");
                let back: Reading<T> = serde_json::from_str(&json).expect("what was written is read");
                assert_eq!(back, reading, "facts survive JSON");
            }
        }
        Err(error) => points_into(text, &error),
    }
    if let Some(text) = blown_up(text) {
        match read(&text) {
            Ok(reading) => are_lines_in_order(&text, &reading.unread),
            Err(error) => points_into(&text, &error),
        }
    }
}

/// The lines unread are lines of the text, each at its number, in order and none twice.
fn are_lines_in_order(text: &str, unread: &[Unread]) {
    let mut lines = text.split('\n');
    let mut last = 0;
    for Unread { line, text, .. } in unread {
        assert!(*line > last, "line {line} comes behind line {last}");
        assert_eq!(lines.nth(line - last - 1), Some(text.as_str()), "line {line}");
        last = *line;
    }
}

/// What is missing is missing at the end of the whole output.
fn points_into(text: &str, error: &ParseError) {
    points_into_piece(text, error);
    let is_missing = error.line < line_of(text, error);
    assert!(!is_missing || error.span.start == text.len(), "{:?} is not the end: {error}", error.span);
}

/// An error's bytes are there, whole characters, and in the line it names; what is missing stands behind the
/// last line that was its command's.
fn points_into_piece(text: &str, error: &ParseError) {
    let bytes = text.get(error.span.clone());
    let Some(bytes) = bytes else { panic!("{:?} are no bytes of the text: {error}", error.span) };
    let counted = matches!(error.expected, Expected::Within(_));
    assert!(counted || bytes.starts_with(&error.found), "{bytes:?} stands there: {error}");
    let line = line_of(text, error);
    let begins = text.get(..error.span.start).is_some_and(|before| before.ends_with('\n'));
    let is_missing = error.span.is_empty() && begins && error.line + 1 == line;
    assert!(error.line == line || is_missing, "it stands in line {line}: {error}");
    let message = error.to_string();
    assert!(message.starts_with(error.command), "{message}");
}

/// The line that an error's bytes begin in.
fn line_of(text: &str, error: &ParseError) -> usize {
    text.get(..error.span.start).unwrap_or_default().matches('\n').count() + 1
}

/// Whether a text is one of those that are looked at closer: the same ones in every run.
fn one_in(count: u64, text: &str) -> bool {
    (hash(text) >> 24).is_multiple_of(count)
}

fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// One text in 4,096, as a mebibyte: itself or one of its lines again and again.
fn blown_up(text: &str) -> Option<String> {
    const SIZE: usize = 1 << 20;
    if text.is_empty() || !one_in(4096, text) {
        return None;
    }
    let hash = hash(text);
    if hash.is_multiple_of(4) {
        return Some(text.repeat(SIZE / text.len() + 1));
    }
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    let chosen = usize::try_from((hash >> 40) % u64::try_from(lines.len()).ok()?).ok()?;
    let (before, rest) = lines.split_at_checked(chosen)?;
    let (line, behind) = rest.split_first()?;
    let line = format!("{}\n", line.trim_end_matches('\n'));
    Some([before.concat(), line.repeat(SIZE / line.len() + 1), behind.concat()].concat())
}

/// The first line of the input is the command, the others what it printed.
fn any_command(input: &str) {
    let (command, text) = input.split_once('\n').unwrap_or((input, ""));
    let read = show::parse(command, text);
    match &read {
        Ok(reading) => {
            are_lines_in_order(text, &reading.unread);
            let json = serde_json::to_string(&reading.value).expect("facts are JSON");
            let value = serde_json::from_str::<serde_json::Value>(&json).expect("what was written is read");
            assert_eq!(value, reading.value.to_json(), "facts survive JSON");
        }
        Err(ReadError::Parse(error)) => points_into(text, error),
        Err(ReadError::UnknownCommand { command: named }) => assert_eq!(named, command),
        Err(other) => panic!("an error of no known kind: {other}"),
    }
    let sent_on = command.split_ascii_whitespace().next() == Some("failover");
    if !sent_on && !matches!(read, Err(ReadError::UnknownCommand { .. })) {
        assert_eq!(show::parse(&format!("failover exec mate {command}"), text), read, "as the mate's reply");
    }
}

fn asa_version(text: &str) {
    prints_as_it_reads::<AsaVersion>(text);
    prints_as_it_reads::<Train>(text);
}

fn image_name(text: &str) {
    prints_as_it_reads::<ImageName>(text);
    if let Ok(image) = text.parse::<ImageName>() {
        let again = image.as_str().parse::<ImageName>().expect("a name without its file system is a name");
        assert_eq!((again.family(), again.reading()), (image.family(), image.reading()), "{text:?}");
        assert_eq!(again.as_str(), image.as_str(), "as it was written");
    }
}

/// The pieces of a log cover it, and what is read of one has its place in the log.
fn transcript(log: &str) {
    let pieces = match show::transcript(log) {
        Ok(transcript) => transcript.pieces,
        Err(error) => return points_into(log, &error),
    };
    let mut end = 0;
    for piece in &pieces {
        assert_eq!(piece.span.start, end, "a piece begins where the last one ends");
        end = piece.span.end;
        let before = log.get(..piece.span.start).expect("whole characters");
        assert_eq!(piece.line, before.matches('\n').count() + 1, "its prompt stands in its line");
        assert_eq!(log.get(piece.output_start..end), Some(&*piece.output), "its output stands in the log");
        match piece.read() {
            Ok(reading) => {
                for unread in reading.unread {
                    let line = log.split('\n').nth(unread.line - 1).expect("a line of the log");
                    assert!(line.ends_with(&unread.text), "line {}: {:?}", unread.line, unread.text);
                }
            }
            Err(ReadError::Parse(error)) => points_into_piece(log, &error),
            Err(ReadError::UnknownCommand { command }) => {
                assert!(piece.typed.trim_ascii_start().starts_with(&command), "{:?}", piece.typed);
            }
            Err(other) => panic!("an error of no known kind: {other}"),
        }
    }
    assert_eq!(end, log.len(), "the pieces cover the log");
}

/// What was read, printed and read again is the same.
fn prints_as_it_reads<T: Debug + FromStr<Err: Debug> + PartialEq + ToString>(text: &str) {
    if let Ok(value) = text.parse::<T>() {
        assert_eq!(value.to_string().parse::<T>().expect("what prints is read"), value, "{text:?}");
    }
}
