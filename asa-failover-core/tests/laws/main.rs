//! What holds of every release number, every answer and every site's rows, drawn at random.
#![expect(clippy::unwrap_used, reason = "what a test starts from is there, or the test has failed")]

mod overlay;
mod questions;
mod verdict;
mod version;
