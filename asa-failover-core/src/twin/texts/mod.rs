//! Every error, notice and question that a unit prints, in one place, with where its words are from.
//!
//! `Captured` is a terminal session of a real unit; `Guide` Cisco's configuration guide or command
//! reference; a number Cisco's syslog guide; `Driver` what Cisco's own automation waits for; `Family` a
//! device of another line with the same code; `Nowhere` that no source at hand has the words. What nobody
//! has on record is in the table in two wordings, of which [`Wording`] takes one: nothing may rest on
//! either. What shows a state (`show failover` and the like) is laid out where its command is.

/// Texts by name; their tests want a list of them.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* pub(in super::super) const $name: Text = $text;)*

        #[cfg(test)]
        pub(super) const ALL: &[(&str, Text)] = &[$((stringify!($name), $name)),*];
    };
}

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
        #[cfg(test)]
        said::note(self);
        let places = ["{0}", "{1}", "{2}"].into_iter().zip(words);
        places.fold(form.to_owned(), |text, (place, word)| text.replace(place, word))
    }
}

/// Which texts a test brought about, heard by a session or not.
#[cfg(test)]
pub(super) mod said {
    use std::cell::RefCell;

    use super::Text;

    thread_local! {
        static SAID: RefCell<Vec<Text>> = const { RefCell::new(Vec::new()) };
    }

    pub(super) fn note(text: &Text) {
        SAID.with_borrow_mut(|said| {
            if !said.contains(text) {
                said.push(*text);
            }
        });
    }

    /// The names of the texts that nothing on this thread brought about.
    pub(in super::super) fn missing() -> Vec<&'static str> {
        let lists = [super::errors::ALL, super::notices::ALL, super::questions::ALL, super::reasons::ALL];
        let all = lists.into_iter().chain([super::syslogs::ALL]).flatten();
        SAID.with_borrow(|said| all.filter(|(_, text)| !said.contains(text)).map(|(name, _)| *name).collect())
    }
}
