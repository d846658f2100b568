//! The readers on 8 MiB of text that no device prints: how long they take, and whether twice the text takes twice the
//! time.
//!
//! `bench-hostile CAPTURE...` prints rows, tab-separated: `hostile`, the kind of text, the command whose reader took
//! longest over it, seconds, how much longer it took over twice the text (`-` where it takes under 5 ms), and
//! whether it was `read` or `refused`. Each capture's own lines are one kind more: one of them, repeated with other
//! numbers below a whole output.
#![expect(clippy::disallowed_methods, reason = "a bench reads its captures")]

mod kinds;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use asa_failover_bench::spent;
use asa_failover_core::show::{self, Limit};

use crate::kinds::Kind;

/// Every command that has a reader.
const COMMANDS: [&str; 41] = [
    "dir",
    "show arp",
    "show asdm image",
    "show bgp summary",
    "show bootvar",
    "show checksum",
    "show clock",
    "show conn count",
    "show context",
    "show cpu usage",
    "show crypto key mypubkey",
    "show curpriv",
    "show failover",
    "show failover descriptor",
    "show failover exec mate",
    "show failover history",
    "show failover history details",
    "show failover interface",
    "show failover state",
    "show failover statistics",
    "show interface ip brief",
    "show inventory",
    "show license summary",
    "show memory",
    "show mode",
    "show module",
    "show ospf neighbor",
    "show reload",
    "show route summary",
    "show running-config boot",
    "show running-config context",
    "show running-config failover",
    "show running-config monitor-interface",
    "show running-config ssh",
    "show startup-config",
    "show startup-config errors",
    "show version",
    "show vpn-sessiondb",
    "show xlate count",
    "syslog",
    "verify",
];

fn main() {
    for kind in kinds::all() {
        let texts = Texts::of(&kind);
        texts.measure(&kind, "show failover");
        if let Some(slowest) = COMMANDS.into_iter().max_by_key(|command| once(command, &texts.whole).0)
            && slowest != "show failover"
        {
            texts.measure(&kind, slowest);
        }
    }
    let captures: Vec<String> = std::env::args().skip(1).collect();
    for (command, output) in largest(&captures) {
        let kinds = kinds::own_lines(&output).into_iter();
        let timed = kinds.map(|kind| (once(command, &Texts::of(&kind).whole).0, kind));
        if let Some((_, slowest)) = timed.max_by_key(|(took, _)| *took) {
            Texts::of(&slowest).measure(&slowest, command);
        }
    }
}

/// A kind of text in three sizes.
struct Texts {
    /// As many bytes as a reader takes, however many lines that is.
    whole: String,
    /// As much as a reader looks at to its end: within the limit of lines too.
    double: String,
    half: String,
}

impl Texts {
    fn of(kind: &Kind) -> Self {
        let double = kind.text(Limit::Text.value(), Limit::Lines.value() - 1_000);
        let half = kind.text(double.len() / 2, usize::MAX);
        Self { whole: kind.text(Limit::Text.value(), usize::MAX), double, half }
    }

    /// Prints what a reader takes over it: the shortest of several calls.
    fn measure(&self, kind: &Kind, command: &str) {
        let (mut whole, mut half, mut double) = (Duration::MAX, Duration::MAX, Duration::MAX);
        let mut read = false;
        for _ in 0..5 {
            let (took, ok) = once(command, &self.whole);
            (whole, read) = (whole.min(took), ok);
            half = half.min(once(command, &self.half).0);
            double = double.min(once(command, &self.double).0);
        }
        // What takes less is the clock's and the allocator's as much as the reader's.
        let growth = if double < Duration::from_millis(5) {
            "-".to_owned()
        } else {
            format!("{:.2}", double.as_secs_f64() / half.as_secs_f64())
        };
        let outcome = if read { "read" } else { "refused" };
        let took = whole.max(double).as_secs_f64();
        println!("hostile\t{}\t{command}\t{took:.4}\t{growth}\t{outcome}", kind.name);
    }
}

/// How long one call takes, with dropping what it made, and whether the text is read.
fn once(command: &str, text: &str) -> (Duration, bool) {
    spent(|| match black_box(show::parse(command, black_box(text))) {
        Ok(_) => true,
        Err(show::ReadError::UnknownCommand { command }) => panic!("there is no reader of {command}"),
        Err(_) => false,
    })
}

/// The largest capture of each command, by the name of its file or folder.
fn largest(captures: &[String]) -> Vec<(&'static str, String)> {
    let mut commands = COMMANDS;
    commands.sort_by_key(|command| std::cmp::Reverse(command.len()));
    let command_of = |path: &str| {
        let path = Path::new(path);
        let names = [path.parent()?.file_name()?.to_str()?, path.file_stem()?.to_str()?];
        commands.into_iter().find(|command| {
            let dashed = command.replace(' ', "-");
            names.iter().any(|name| {
                name.strip_prefix(&dashed).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            })
        })
    };
    let texts = captures.iter().filter_map(|path| Some((command_of(path)?, fs::read_to_string(path).ok()?)));
    let mut texts: Vec<(&str, String)> =
        texts.filter(|(command, text)| show::parse(command, text).is_ok()).collect();
    texts.sort_by_key(|(command, text)| (*command, std::cmp::Reverse(text.len())));
    texts.dedup_by_key(|(command, _)| *command);
    texts
}
