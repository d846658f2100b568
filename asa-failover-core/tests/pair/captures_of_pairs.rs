//! The captures of whole pairs that the C and Python suites start from are what the simulated pair
//! prints. `BLESS=1` writes them anew.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "captures are files, and one that is missing fails the test"
)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::command::Command;
use asa_failover_core::flash::DiskFile;
use asa_failover_core::link::{Endpoint, Reach, SessionId, Via};
use asa_failover_core::live;
use asa_failover_core::session::Login;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::transport::{Connect, Exchange, Terminals, Transport, Within};
use asa_failover_core::twin::{self, Spec};
use asa_failover_core::unit::{GroupId, Role};
use asa_failover_core::version::AsaVersion;

/// Keeps what each session printed, by the name of the file it is written to.
struct Recording<T> {
    transport: T,
    printed: BTreeMap<SessionId, BTreeMap<String, String>>,
}

impl<T: Transport> Transport for Recording<T> {
    fn connect(&mut self, endpoint: Endpoint, within: Duration) -> Connect {
        self.transport.connect(endpoint, within)
    }

    fn exchange(&mut self, session: SessionId, via: Via, command: &Command, within: Within) -> Exchange {
        let exchange = self.transport.exchange(session, via, command, within);
        if let (Exchange::Replied { output, .. }, Some(name)) = (&exchange, file_name(command)) {
            self.printed.entry(session).or_default().insert(name, output.clone());
        }
        exchange
    }

    fn close(&mut self, session: SessionId) {
        self.transport.close(session);
    }
}

fn file_name(command: &Command) -> Option<String> {
    match command {
        Command::ChangetoSystem => None,
        Command::ShowStartupBoot => Some("show-startup-config.txt".to_owned()),
        Command::Dir { .. } => Some("dir.txt".to_owned()),
        Command::Verify { file, .. } => Some(format!("verify-{}.txt", file.name())),
        shown => Some(format!("{}.txt", shown.to_string().replace(' ', "-"))),
    }
}

fn v(text: &str) -> AsaVersion {
    text.parse().unwrap()
}

/// The pairs by the name of their folder, each with the releases staged on it.
fn pairs() -> Vec<(&'static str, Spec, Vec<AsaVersion>)> {
    let staged = |spec: Spec, releases: &[&str]| {
        let releases: Vec<AsaVersion> = releases.iter().map(|release| v(release)).collect();
        let spec = releases.iter().fold(spec, |spec, release| spec.with_staged(*release));
        (spec, releases)
    };
    let (single, single_staged) = staged(Spec::active_standby("ASA5525", v("9.8(4)")), &["9.8(4)48"]);
    let contexts = Spec::active_active("ASA5525", v("9.8(4)")).with_preempt(GroupId::new(2), 30);
    let (contexts, contexts_staged) = staged(contexts, &["9.8(4)48"]);
    let (old, old_staged) = staged(Spec::active_standby("ASA5520", v("7.0(8)")), &["7.1(2)", "7.2(5)"]);
    vec![
        ("asa5525-9.8.4", single, single_staged),
        ("asa5525-aa-9.8.4", contexts, contexts_staged),
        ("asa5520-7.0.8", old, old_staged),
    ]
}

/// What both units print to a dry run, by unit and file.
fn printed(spec: Spec, staged: &[AsaVersion]) -> Vec<(Role, BTreeMap<String, String>)> {
    let verify: Vec<DiskFile> = staged
        .iter()
        .map(|release| format!("disk0:/{}", spec.image(*release).name).parse().unwrap())
        .collect();
    let pair = Rc::new(RefCell::new(twin::Pair::new(spec, 1)));
    let transport = Terminals::new(Memory::new(pair), Login::default());
    let mut recording = Recording { transport, printed: BTreeMap::new() };
    live::read(&mut recording, Reach::BothAddresses, &verify).unwrap();
    // The primary is active, and the active address is connected to first.
    Role::BOTH.into_iter().zip(recording.printed.into_values()).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/captures")
}

#[test]
fn captures_are_what_the_simulated_pair_prints() {
    for (name, spec, staged) in pairs() {
        for (role, files) in printed(spec, &staged) {
            let folder = folder().join(name).join(role.to_string().to_lowercase());
            if std::env::var_os("BLESS").is_some() {
                fs::create_dir_all(&folder).unwrap();
                for (file, text) in &files {
                    fs::write(folder.join(file), text).unwrap();
                }
            }
            let kept: Vec<String> = fs::read_dir(&folder)
                .unwrap_or_else(|why| panic!("{}: {why}; BLESS=1 writes it", folder.display()))
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            assert!(kept.iter().all(|file| files.contains_key(file)), "{}: {kept:?}", folder.display());
            for (file, text) in files {
                let path = folder.join(file);
                let kept = fs::read_to_string(&path).unwrap_or_default();
                assert_eq!(kept, text, "{} differs; BLESS=1 writes it anew", path.display());
            }
        }
    }
}
