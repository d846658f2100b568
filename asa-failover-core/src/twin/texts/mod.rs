//! Every error, notice and question that a unit prints, in one place, with where its words are from.
//!
//! `Captured` is a terminal session of a real unit; `Guide` Cisco's configuration guide or command
//! reference; a number Cisco's syslog guide; `Driver` what Cisco's own automation waits for; `Family` a
//! device of another line with the same code; `Nowhere` that no source at hand has the words. What nobody
//! has on record is in the table in two wordings, of which [`Wording`] takes one: nothing may rest on
//! either. What shows a state (`show failover` and the like) is laid out where its command is.

mod errors;
mod notices;
mod questions;
mod reasons;
mod syslogs;

pub(super) use errors::*;
pub(super) use notices::*;
pub(super) use questions::*;
pub(super) use reasons::*;
pub(super) use syslogs::*;

use super::doubt::Wording;

/// One text. `{0}` to `{2}` stand where the occasion has a word.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Text {
    words: &'static str,
    other: &'static str,
}

impl Text {
    /// A text whose words are on record.
    const fn sure(words: &'static str) -> Self {
        Self { words, other: words }
    }

    /// A text whose words are not, and others in their place.
    const fn believed(words: &'static str, other: &'static str) -> Self {
        Self { words, other }
    }

    /// The text in this wording, with the words of the occasion.
    pub(super) fn with(&self, wording: Wording, words: &[&str]) -> String {
        let form = match wording {
            Wording::Believed => self.words,
            Wording::Other => self.other,
        };
        let places = ["{0}", "{1}", "{2}"].into_iter().zip(words);
        places.fold(form.to_owned(), |text, (place, word)| text.replace(place, word))
    }
}
