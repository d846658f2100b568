//! textfsm-rs: `bench-textfsm-rs TEMPLATE FILE...` prints the rows of the bench. The template is compiled once.

use std::hint::black_box;
use std::process::ExitCode;

use textfsm_rs::TextFSM;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((template, files)) = arguments.split_first() else {
        eprintln!("usage: bench-textfsm-rs TEMPLATE FILE...");
        return ExitCode::from(2);
    };
    let mut fsm = TextFSM::from_file(template).unwrap_or_else(|why| panic!("{template}: {why}"));
    asa_failover_bench::rows(files, |text| {
        fsm.reset();
        black_box(fsm.parse_string(text, None)).is_ok_and(|records| !records.is_empty())
    });
    ExitCode::SUCCESS
}
