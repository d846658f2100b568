//! A target by its name in `Cargo.toml`; they share this file.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| asa_failover_fuzz::check::check(env!("CARGO_BIN_NAME"), input));
