//! A terminal on a unit, sans-IO: bytes in, bytes out.
mod prompt;
pub use prompt::Prompt;
