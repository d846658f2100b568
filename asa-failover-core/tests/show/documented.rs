//! The lines that a reader's documentation shows are lines that it reads.

#![expect(clippy::disallowed_methods, reason = "a test may read the sources")]

use std::fs;
use std::path::Path;

use asa_failover_core::show;
use serde_json::Value;

/// Every reader's function and the command it is found by.
const READERS: [(&str, &str); 42] = [
    ("arp", "show arp"),
    ("asdm_image", "show asdm image"),
    ("bgp_summary", "show bgp summary"),
    ("bootvar", "show bootvar"),
    ("checksum", "show checksum"),
    ("clock", "show clock"),
    ("conn_count", "show conn count"),
    ("context", "show context"),
    ("cpu_usage", "show cpu usage"),
    ("crypto_keys", "show crypto key mypubkey"),
    ("curpriv", "show curpriv"),
    ("dir", "dir"),
    ("failover", "show failover"),
    ("failover_descriptor", "show failover descriptor"),
    ("failover_exec", "show failover exec mate"),
    ("failover_history", "show failover history"),
    ("failover_history_details", "show failover history details"),
    ("failover_interface", "show failover interface"),
    ("failover_state", "show failover state"),
    ("failover_statistics", "show failover statistics"),
    ("interface_ip_brief", "show interface ip brief"),
    ("inventory", "show inventory"),
    ("license_summary", "show license summary"),
    ("log", "syslog"),
    ("memory", "show memory"),
    ("mode", "show mode"),
    ("module", "show module"),
    ("ospf_neighbor", "show ospf neighbor"),
    ("reload", "show reload"),
    ("route_summary", "show route summary"),
    ("running_boot", "show running-config boot"),
    ("running_context", "show running-config context"),
    ("running_failover", "show running-config failover"),
    ("running_monitor_interface", "show running-config monitor-interface"),
    ("running_ssh", "show running-config ssh"),
    ("startup_boot", "show startup-config"),
    ("startup_errors", "show startup-config errors"),
    ("verify", "verify"),
    ("version", "show version"),
    ("vpn_sessiondb", "show vpn-sessiondb summary"),
    ("xlate_count", "show xlate count"),
    ("transcript", ""),
];

/// The public functions of the readers' sources, each with its documentation.
fn documented(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documented(&path, found);
            continue;
        }
        let mut docs = String::new();
        for line in fs::read_to_string(&path).unwrap().lines() {
            if let Some(text) = line.strip_prefix("///") {
                docs.push_str(text.strip_prefix(' ').unwrap_or(text));
                docs.push('\n');
                continue;
            }
            let name =
                line.strip_prefix("pub fn ").and_then(|rest| rest.split_once("(text: &str) -> Result<"));
            if let Some((name, _)) = name {
                found.push((name.to_owned(), docs.clone()));
            }
            docs.clear();
        }
    }
}

/// The text blocks of a documentation.
fn shown(docs: &str) -> Vec<&str> {
    docs.split("```text\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// What each reader shows: its command and one of its blocks.
fn every_block() -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    documented(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/show"), &mut found);
    let mut names: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let mut listed = READERS.map(|(name, _)| name).to_vec();
    listed.sort_unstable();
    assert_eq!(names, listed, "each public reader is listed here");
    let mut every = Vec::new();
    for (name, docs) in &found {
        let (_, command) = READERS.iter().find(|(reader, _)| reader == name).unwrap();
        if !command.is_empty() {
            let blocks = shown(docs);
            assert!(!blocks.is_empty(), "{name} shows no line");
            every.extend(blocks.into_iter().map(|block| (*command, block.to_owned())));
        }
    }
    every
}

/// What a text says; every line of it is understood.
#[track_caller]
fn read(command: &str, text: &str) -> Value {
    let reading = show::parse(command, text).unwrap_or_else(|why| panic!("{why}\n{text}"));
    assert_eq!(reading.unread, [], "{command} does not read:\n{text}");
    reading.value.to_json()
}

#[test]
fn every_reader_shows_the_lines_it_knows_and_reads_them() {
    for (command, block) in every_block() {
        read(command, &block);
    }
}

#[test]
fn every_line_shown_is_claimed_for_what_it_says() {
    let mut as_good = Vec::new();
    for (command, block) in every_block() {
        let clean = read(command, &block);
        for line in block.lines().filter(|line| line.bytes().any(|b| b.is_ascii_alphabetic())) {
            let other = block.replacen(line, &format!("Zz{}", line.trim_ascii_start()), 1);
            let unchanged = show::parse(command, &other)
                .is_ok_and(|reading| reading.unread.is_empty() && reading.value.to_json() == clean);
            if unchanged {
                as_good.push(format!("{command}: {line}"));
            }
        }
    }
    assert_eq!(as_good, Vec::<String>::new(), "any other first word is as good to the reader");
}

#[test]
fn how_lines_end_and_what_a_pager_leaves_changes_nothing() {
    for (command, block) in every_block() {
        let clean = read(command, &block);
        for (ending, name) in
            [("\r\n", "CR LF"), (" \t \r\r\n", "blanks"), ("\r\0\n", "telnet's CR NUL"), ("\n\n\r", "LF CR")]
        {
            assert_eq!(read(command, &block.replace('\n', ending)), clean, "{command}: {name}");
        }
        let erasing = format!("<--- More --->{}", "\u{8} \u{8}".repeat(16));
        for erased in ["<--- More --->\r              \r", &erasing, "<--- More --->\r\n"] {
            let lines: Vec<_> = block.lines().collect();
            let paged = lines.join(&format!("\r\n{erased}")) + "\r\n";
            assert_eq!(read(command, &paged), clean, "{command}: {erased:?}");
        }
    }
}

#[test]
fn indentation_in_tabs_changes_nothing_and_lost_indentation_invents_nothing() {
    for (command, block) in every_block() {
        let clean = read(command, &block);
        let with = |front: &str| -> String {
            block
                .lines()
                .map(|line| {
                    let text = line.trim_ascii_start();
                    if text.len() == line.len() { format!("{line}\n") } else { format!("{front}{text}\n") }
                })
                .collect()
        };
        assert_eq!(read(command, &with("\t")), clean, "{command}");
        let mut flat = read(command, &with(""));
        if command == "show vpn-sessiondb summary" {
            // What indentation alone says is not said.
            for (row, clean) in
                flat["sessions"].as_array_mut().unwrap().iter_mut().zip(clean["sessions"].as_array().unwrap())
            {
                assert_eq!(row["parent"], Value::Null);
                row["parent"] = clean["parent"].clone();
            }
        }
        assert_eq!(flat, clean, "{command}");
    }
}

#[test]
fn columns_that_a_copy_has_lost_are_read_right_or_not_at_all() {
    for (command, block) in every_block().into_iter().filter(|(command, _)| !command.contains("vpn")) {
        let squeezed: String = block
            .lines()
            .map(|line| line.split_ascii_whitespace().collect::<Vec<_>>().join(" ") + "\n")
            .collect();
        if let Ok(reading) = show::parse(command, &squeezed)
            && reading.unread.is_empty()
        {
            assert_eq!(reading.value.to_json(), read(command, &block), "{command}");
        }
    }
}

#[test]
fn a_line_with_a_character_that_prints_nothing_inside_is_never_claimed() {
    for (command, block) in every_block() {
        let clean = read(command, &block);
        for (number, line) in block.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
            for strange in ["\0", "\u{8}", "\u{1b}[K", "\r", "\u{fffd}", "\u{85}", "\u{7f}"] {
                let text = line.trim_ascii();
                let middle = (1..text.len()).filter(|at| text.is_char_boundary(*at)).step_by(3);
                for at in middle {
                    let (front, behind) = text.split_at(at);
                    let bent = format!("{front}{strange}{behind}");
                    let mut lines: Vec<_> = block.lines().collect();
                    lines[number] = &bent;
                    let bent_block = lines.join("\n");
                    match show::parse(command, &bent_block) {
                        Err(_) => {}
                        // Its lines may hold secrets, so that none is kept; what is read is as printed.
                        Ok(reading) if command == "show startup-config" => {
                            assert_ne!(reading.value.to_json(), clean, "{bent:?}");
                        }
                        Ok(reading) => {
                            let kept = reading.unread.iter().any(|unread| unread.line == number + 1);
                            assert!(kept, "{command} claims {bent:?}");
                        }
                    }
                }
            }
        }
    }
}
