//! The readers: good captures of several eras, and what each answers to text that is not right.
#![expect(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

mod boot;
mod contexts;
mod dir;
mod documented;
mod failover;
mod failover_history;
mod failover_parts;
mod failover_state;
mod foreign;
mod hardware;
mod log;
mod network;
mod properties;
mod running_failover;
mod small;
mod terminal;
mod transcripts;
mod unit;
mod verify;
mod version;
mod vpn_sessiondb;

use std::fmt::Debug;

use asa_failover_core::show::{ParseError, Reading};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A capture of our own.
macro_rules! capture {
    ($name:literal) => {
        include_str!(concat!("../captures/", $name, ".txt"))
    };
}
use capture;

/// The facts of a text that is read without a line left over; they survive their JSON.
#[track_caller]
fn facts<T>(reader: fn(&str) -> Result<Reading<T>, ParseError>, text: &str) -> T
where
    T: Debug + DeserializeOwned + PartialEq + Serialize,
{
    let reading = reader(text).unwrap();
    assert_eq!(reading.unread, [], "every line is understood");
    let json: Value = serde_json::to_value(&reading.value).unwrap();
    assert_eq!(serde_json::from_value::<T>(json).unwrap(), reading.value, "facts survive their JSON");
    reading.value
}

/// The JSON of the facts of a text.
#[track_caller]
fn json<T>(reader: fn(&str) -> Result<Reading<T>, ParseError>, text: &str) -> Value
where
    T: Debug + DeserializeOwned + PartialEq + Serialize,
{
    serde_json::to_value(facts(reader, text)).unwrap()
}

/// The lines left over.
#[track_caller]
fn unread<T: Debug>(reader: fn(&str) -> Result<Reading<T>, ParseError>, text: &str) -> Vec<String> {
    reader(text).unwrap().unread.into_iter().map(|unread| unread.text).collect()
}

/// The error's message, and the text at its span.
#[track_caller]
fn error<T: Debug>(reader: fn(&str) -> Result<Reading<T>, ParseError>, text: &str) -> (String, &str) {
    let error = reader(text).unwrap_err();
    (error.to_string(), text.get(error.span).unwrap())
}
