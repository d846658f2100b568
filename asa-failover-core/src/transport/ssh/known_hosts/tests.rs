//! The matcher by a table, and against `ssh-keygen -F`.

use std::fmt::Write as _;
use std::process::Command;

use super::*;

/// A key in wire form: its type, and bytes that make it this one.
fn key(key_type: &str, seed: u8) -> Vec<u8> {
    let mut key = u32::try_from(key_type.len()).unwrap().to_be_bytes().to_vec();
    key.extend_from_slice(key_type.as_bytes());
    key.extend_from_slice(&32_u32.to_be_bytes());
    key.extend_from_slice(&[seed; 32]);
    key
}

fn line(names: &str, key_type: &str, seed: u8) -> String {
    format!("{names} {key_type} {}", STANDARD.encode(key(key_type, seed)))
}

fn hashed(name: &str, salt: &[u8; 20]) -> String {
    let mut mac = <Hmac<Sha1> as Mac>::new_from_slice(salt).unwrap();
    mac.update(name.as_bytes());
    format!("|1|{}|{}", STANDARD.encode(salt), STANDARD.encode(mac.finalize().into_bytes()))
}

const ED: &str = "ssh-ed25519";
const RSA: &str = "ssh-rsa";

#[track_caller]
fn says(lines: &[String], host: &str, port: u16, shown: &[u8], verdict: Verdict) {
    let known = KnownHosts::parse(&lines.join("\n")).unwrap();
    assert_eq!(known.check(host, port, shown), verdict, "{lines:#?}");
}

#[test]
fn names_and_ports() {
    let file = [
        line("fw1.example.net,192.0.2.1", ED, 1),
        line("[fw1.example.net]:2222", ED, 2),
        line("*.site.example,!fw9.site.example", ED, 3),
        line("fw?", ED, 4),
        line(&hashed("198.51.100.7", &[7; 20]), ED, 5),
        line(&hashed("[198.51.100.7]:2200", &[8; 20]), ED, 6),
    ];
    let table = [
        ("fw1.example.net", 22, 1, Verdict::Known { line: 1 }),
        ("FW1.Example.NET", 22, 1, Verdict::Known { line: 1 }),
        ("192.0.2.1", 22, 1, Verdict::Known { line: 1 }),
        ("192.0.2.1", 2222, 1, Verdict::Unknown),
        ("fw1.example.net", 2222, 2, Verdict::Known { line: 2 }),
        ("fw1.example.net", 2222, 1, Verdict::Changed { line: 2 }),
        ("a.site.example", 22, 3, Verdict::Known { line: 3 }),
        ("fw9.site.example", 22, 3, Verdict::Unknown),
        ("fw2", 22, 4, Verdict::Known { line: 4 }),
        ("fw22", 22, 4, Verdict::Unknown),
        ("198.51.100.7", 22, 5, Verdict::Known { line: 5 }),
        ("198.51.100.7", 22, 6, Verdict::Changed { line: 5 }),
        ("198.51.100.7", 2200, 6, Verdict::Known { line: 6 }),
        ("198.51.100.8", 22, 5, Verdict::Unknown),
    ];
    for (host, port, seed, verdict) in table {
        says(&file, host, port, &key(ED, seed), verdict);
    }
}

#[test]
fn a_key_of_another_type_is_unknown_and_of_the_same_type_is_changed() {
    let file = [line("fw", RSA, 1), line("fw", ED, 2), line("fw", ED, 3)];
    says(&file, "fw", 22, &key(ED, 3), Verdict::Known { line: 3 });
    says(&file, "fw", 22, &key(ED, 1), Verdict::Changed { line: 2 });
    says(&file, "fw", 22, &key(RSA, 2), Verdict::Changed { line: 1 });
    says(&file, "fw", 22, &key("ecdsa-sha2-nistp256", 1), Verdict::Unknown);
    assert_eq!(KnownHosts::parse(&file.join("\n")).unwrap().key_types("fw", 22), [RSA, ED, ED]);
}

#[test]
fn a_revoked_key_is_refused_whatever_else_is_said() {
    let file = [line("fw", ED, 1), format!("@revoked {}", line("*", ED, 1))];
    says(&file, "fw", 22, &key(ED, 1), Verdict::Revoked);
    says(&file, "fw", 22, &key(ED, 2), Verdict::Changed { line: 1 });
    let elsewhere = [line("fw", ED, 1), format!("@revoked {}", line("other", ED, 1))];
    says(&elsewhere, "fw", 22, &key(ED, 1), Verdict::Known { line: 1 });
}

#[test]
fn a_marked_line_is_never_a_match() {
    for mark in ["@cert-authority", "@something-new"] {
        let file = [format!("{mark} {}", line("fw", ED, 1))];
        says(&file, "fw", 22, &key(ED, 1), Verdict::Unknown);
        says(&file, "fw", 22, &key(ED, 2), Verdict::Unknown);
    }
}

#[test]
fn what_cannot_be_read_matches_nothing() {
    let lies = format!("fw ssh-rsa {}", STANDARD.encode(key(ED, 1)));
    let file = ["", "# fw", "fw", "fw ssh-ed25519", "fw ssh-ed25519 !!!", &lies].map(str::to_owned);
    says(&file, "fw", 22, &key(ED, 1), Verdict::Unknown);
    says(&file, "fw", 22, &[], Verdict::Unknown);
    says(&[format!("\t{}\tcomment\r", line("fw", ED, 1))], "fw", 22, &key(ED, 1), Verdict::Known { line: 1 });
}

#[test]
fn a_revocation_that_cannot_be_read_is_an_error() {
    let text = format!("{}\n@revoked fw ssh-ed25519 broken", line("fw", ED, 1));
    let why = KnownHosts::parse(&text).unwrap_err();
    assert_eq!(why.to_string(), "line 2: @revoked line cannot be read, so no key can be trusted");
}

#[test]
fn wildcards() {
    let table = [
        ("", "", true),
        ("*", "", true),
        ("a*", "a", true),
        ("a*b", "a", false),
        ("*a*b*", "xxaxbxx", true),
        ("*ab", "aab", true),
        ("a?c", "abc", true),
        ("a?c", "ac", false),
        ("192.0.2.*", "192.0.2.77", true),
        ("192.0.2.*", "192.0.3.77", false),
    ];
    for (pattern, name, fits) in table {
        assert_eq!(matches(pattern.as_bytes(), name.as_bytes()), fits, "{pattern} {name}");
    }
}

#[test]
fn the_fingerprint_is_the_one_ssh_keygen_prints() {
    let Some(printed) = ssh_keygen(&line("fw", ED, 9), &["-l"]) else { return };
    assert!(printed.contains(&fingerprint(&key(ED, 9))), "{printed}");
}

/// Runs `ssh-keygen` on a file of this text; `None` when the machine has none.
#[expect(clippy::disallowed_methods, reason = "the oracle is another program")]
fn ssh_keygen(text: &str, arguments: &[&str]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("known_hosts");
    std::io::Write::write_all(&mut tempfile_in(&file), text.as_bytes()).unwrap();
    match Command::new("ssh-keygen").args(arguments).arg("-f").arg(&file).output() {
        Ok(output) => Some(String::from_utf8(output.stdout).unwrap()),
        Err(why) => {
            eprintln!("not compared: no ssh-keygen on this machine ({why})");
            None
        }
    }
}

#[expect(clippy::disallowed_types, reason = "the oracle reads a file")]
fn tempfile_in(path: &std::path::Path) -> std::fs::File {
    std::fs::File::create(path).unwrap()
}

/// Which lines a name is found on, by `ssh-keygen -F`: `# Host NAME found: line N [CA|REVOKED]`.
fn found_by_ssh_keygen(text: &str, name: &str) -> Option<Vec<usize>> {
    let printed = ssh_keygen(text, &["-F", name])?;
    let numbers = printed.lines().filter_map(|line| {
        let (_, after) = line.strip_prefix("# Host ")?.rsplit_once("found: line ")?;
        after.split(' ').next()?.parse().ok()
    });
    Some(numbers.collect())
}

#[test]
fn names_are_found_on_the_lines_where_ssh_keygen_finds_them() {
    let hosts = ["fw1", "fw2.example.net", "192.0.2.1", "a.b.example.net", "[fw1]:2222", "[192.0.2.1]:22022"];
    let shapes = [
        "{}",
        "{},other",
        "other,{}",
        "!{}",
        "*,!{}",
        "!other,{}",
        "f*",
        "*.example.net",
        "fw?",
        "192.0.2.*",
        "[*]:2222",
        "[fw?]:*",
        "*",
        "?*",
        "other",
        "FW1",
        "*w2.*",
        "!fw1,fw*",
        "192.0.?.1,!192.0.2.2",
    ];
    let mut text = String::from("# five hundred lines and more\n\n");
    let mut seed = 0_u8;
    for host in hosts {
        for shape in shapes {
            for mark in ["", "@revoked ", "@cert-authority "] {
                seed = seed.wrapping_add(1);
                writeln!(
                    text,
                    "{mark}{}",
                    line(&shape.replace("{}", host), [ED, RSA][usize::from(seed % 2)], seed)
                )
                .unwrap();
            }
        }
        for round in 0..30_u8 {
            let name = if round % 3 == 0 { "elsewhere" } else { host };
            seed = seed.wrapping_add(1);
            writeln!(text, "{}", line(&hashed(name, &[round; 20]), ED, seed)).unwrap();
        }
    }
    let known = KnownHosts::parse(&text).unwrap();
    assert!(known.entries.len() >= 500, "{}", known.entries.len());
    for host in hosts.iter().chain(&["fw2", "unknown.example.net", "[fw2]:2222", "other"]) {
        let Some(theirs) = found_by_ssh_keygen(&text, host) else { return };
        let ours: Vec<usize> = known.entries.iter().filter(|e| e.names(host)).map(|e| e.line).collect();
        assert_eq!(ours, theirs, "{host}");
    }
}
