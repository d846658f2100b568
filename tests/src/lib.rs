//! What crosses crates: the twin behind a real SSH server, the demonstrations, end-to-end tests and faults.
#![forbid(unsafe_code)]

pub mod demo;
pub mod server;
