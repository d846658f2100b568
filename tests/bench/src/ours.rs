//! Our readers from Rust.
//!
//! `bench-ours time WAY COMMAND FILE...` prints the rows of the bench; `bench-ours run WAY COMMAND FILE CALLS` makes that
//! many calls and prints nothing, for a count of their instructions. `WAY` is `direct` for the command's own function,
//! `name` for the reader found by the command's name, `lines` for no reader at all: a walk from line end to line end.
#![expect(clippy::disallowed_methods, reason = "a bench reads its captures")]

use std::hint::black_box;
use std::process::ExitCode;

use asa_failover_core::show;

/// Gives facts of a text, or none; what it made is dropped.
type Call = Box<dyn Fn(&str) -> bool>;

fn kept<T: 'static>(read: fn(&str) -> Result<show::Reading<T>, show::ParseError>) -> Call {
    Box::new(move |text| black_box(read(text)).is_ok())
}

fn call(way: &str, command: &str) -> Option<Call> {
    Some(match (way, command) {
        ("direct", "show failover") => kept(show::failover),
        ("direct", "show failover state") => kept(show::failover_state),
        ("direct", "show version") => kept(show::version),
        ("name", command) => {
            let command = command.to_owned();
            Box::new(move |text| black_box(show::parse(&command, text)).is_ok())
        }
        ("lines", _) => Box::new(|text| {
            let ends = memchr::memchr_iter(b'\n', text.as_bytes());
            ends.map(black_box).count() > 0
        }),
        _ => return None,
    })
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((mode, [way, command, rest @ ..])) =
        arguments.split_first().map(|(mode, rest)| (mode.as_str(), rest))
    else {
        eprintln!("usage: bench-ours time|run direct|name|lines COMMAND FILE...");
        return ExitCode::from(2);
    };
    let Some(call) = call(way, command) else {
        eprintln!("no {way} call reads {command}");
        return ExitCode::from(2);
    };
    match (mode, rest) {
        ("time", files) => asa_failover_bench::rows(files, call),
        ("run", [file, calls]) => {
            let text = std::fs::read_to_string(file).unwrap_or_else(|why| panic!("{file}: {why}"));
            let calls: u32 = calls.parse().unwrap_or_else(|why| panic!("{calls}: {why}"));
            for _ in 0..calls {
                assert!(call(black_box(&text)), "{file} gives no facts");
            }
        }
        _ => return ExitCode::from(2),
    }
    ExitCode::SUCCESS
}
