//! What the controller and its warden tell each other: one line of JSON each.

use std::io::{BufRead, Write};
use std::time::Duration;

use asa_failover_core::link::Endpoint;
use asa_failover_core::run::Outcome;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What the controller is to do.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Orders {
    pub(crate) plan: String,
    pub(crate) journal: String,
    pub(crate) now: Duration,
}

/// What the controller says. All but a write and a close are answered.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) enum Said {
    /// It is about to take this step, or has taken it.
    At(String),
    Open {
        active: bool,
        until: Duration,
    },
    Write {
        line: usize,
        bytes: String,
    },
    Read {
        line: usize,
        until: Duration,
    },
    Close {
        line: usize,
    },
    Sleep {
        until: Duration,
    },
    Ended(Box<Outcome>),
}

/// What it is answered, with the pair's time.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Answer {
    pub(crate) now: Duration,
    pub(crate) what: What,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) enum What {
    Done,
    Opened(usize),
    Refused(String),
    Bytes(String),
    Closed,
}

pub(crate) const fn is_active(endpoint: Endpoint) -> bool {
    matches!(endpoint, Endpoint::Active)
}

/// Bytes as text, one character each.
pub(crate) fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

pub(crate) fn bytes(text: &str) -> Vec<u8> {
    text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect()
}

pub(crate) fn tell(to: &mut impl Write, message: &impl Serialize) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(message).unwrap();
    line.push(b'\n');
    to.write_all(&line)?;
    to.flush()
}

/// The next message; `None`: the other side is gone. What the test harness prints around it is skipped.
pub(crate) fn hear<T: DeserializeOwned>(from: &mut impl BufRead) -> Option<T> {
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(message) = line.find('{').and_then(|start| serde_json::from_str(&line[start..]).ok()) {
            return Some(message);
        }
    }
}
