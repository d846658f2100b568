//! What crosses crates: the twin behind a real SSH server, end-to-end tests and faults.

pub mod server;
