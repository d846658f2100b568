//! The captures of a corpus, where one is at hand: `ASA_FAILOVER_CORPUS` names its folder; without it,
//! `shared/corpus` beside the project is taken.

use std::fs;
use std::path::{Path, PathBuf};

use asa_failover_core::syslog;
use serde_json::{Value, json};

fn corpus() -> PathBuf {
    std::env::var_os("ASA_FAILOVER_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus"), PathBuf::from)
}

#[test]
fn every_message_of_the_corpus_reads_as_expected() {
    let folder = corpus().join("syslog");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("LEFT OUT: no captures of syslogs at {}", folder.display());
        return;
    };
    let (mut captures, mut messages) = (0, 0);
    for capture in entries.map(|entry| entry.unwrap().path()) {
        if capture.extension().is_none_or(|ending| ending != "txt") {
            continue;
        }
        let text = String::from_utf8_lossy(&fs::read(&capture).unwrap()).into_owned();
        let rows: Vec<Value> = text
            .lines()
            .filter_map(|line| syslog::parse(line).ok())
            .map(|message| {
                let facts = message.to_json();
                json!({"severity": facts["severity"], "id": facts["id"], "unit": facts["unit"],
                       "text": facts["text"], "at": facts["at"]})
            })
            .collect();
        let expected = fs::read_to_string(capture.with_extension("expected.json")).unwrap();
        let expected: Value = serde_json::from_str(&expected).unwrap();
        assert_eq!(Value::from(rows.clone()), expected["messages"], "{}", capture.display());
        captures += 1;
        messages += rows.len();
    }
    println!("{captures} captures, {messages} messages right");
    assert!(captures > 0, "{} has captures", folder.display());
}
