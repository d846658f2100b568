//! Host keys: the `known_hosts` file, read as OpenSSH reads it, with doubt on the side of refusal.
//!
//! Plain, wildcard, negated and hashed names, `[host]:port`, several keys for a host. A key marked
//! `@revoked` is refused whatever else the file says. A line marked `@cert-authority` never counts,
//! since certificates are not checked. A line that cannot be read is no match; a `@revoked` one
//! that cannot be read makes the file unusable.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// A `known_hosts` file.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownHosts {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    /// From 1.
    line: usize,
    mark: Mark,
    names: String,
    key_type: String,
    key: Vec<u8>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Mark {
    None,
    Revoked,
    /// `@cert-authority`, and any that we do not know.
    Other,
}

/// What the file says of a key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Verdict {
    /// It has this key, on this line.
    Known {
        line: usize,
    },
    /// It has no key of this type for the host.
    Unknown,
    /// It has another key of this type for the host, on this line.
    Changed {
        line: usize,
    },
    Revoked,
}

/// A `@revoked` line that cannot be read.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("line {line}: @revoked line cannot be read, so no key can be trusted")]
pub(super) struct UnreadableRevocation {
    pub(super) line: usize,
}

impl KnownHosts {
    pub(super) fn parse(text: &str) -> Result<Self, UnreadableRevocation> {
        let mut entries = Vec::new();
        for (index, text) in text.lines().enumerate() {
            let text = text.trim_matches([' ', '\t', '\r']);
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let line = index + 1;
            match Entry::parse(line, text) {
                Some(entry) => entries.push(entry),
                None if text.starts_with("@revoked") => return Err(UnreadableRevocation { line }),
                None => {}
            }
        }
        Ok(Self { entries })
    }

    /// The verdict on a key that a host has shown. `key` is in SSH's wire form.
    pub(super) fn check(&self, host: &str, port: u16, key: &[u8]) -> Verdict {
        let name = name_of(host, port);
        let Some(key_type) = key_type(key) else { return Verdict::Unknown };
        let here = || self.entries.iter().filter(|entry| entry.names(&name));
        if here().any(|entry| entry.mark == Mark::Revoked && entry.key == key) {
            return Verdict::Revoked;
        }
        let of_type = || here().filter(|entry| entry.mark == Mark::None && entry.key_type == key_type);
        if let Some(entry) = of_type().find(|entry| entry.key == key) {
            return Verdict::Known { line: entry.line };
        }
        of_type().next().map_or(Verdict::Unknown, |entry| Verdict::Changed { line: entry.line })
    }

    /// The types of the keys known for a host, to be asked for first.
    pub(super) fn key_types(&self, host: &str, port: u16) -> Vec<&str> {
        let name = name_of(host, port);
        let usable = |entry: &&Entry| entry.mark == Mark::None && entry.names(&name);
        self.entries.iter().filter(usable).map(|entry| entry.key_type.as_str()).collect()
    }
}

impl Entry {
    /// `[@MARK] NAMES TYPE KEY [COMMENT]`
    fn parse(line: usize, text: &str) -> Option<Self> {
        let mut words = text.split([' ', '\t']).filter(|word| !word.is_empty());
        let first = words.next()?;
        let (mark, names) = match first {
            "@revoked" => (Mark::Revoked, words.next()?),
            marked if marked.starts_with('@') => (Mark::Other, words.next()?),
            names => (Mark::None, names),
        };
        let key_type = words.next()?;
        let key = STANDARD.decode(words.next()?).ok()?;
        // A key that does not say the type that its line says is no key of either.
        (self::key_type(&key) == Some(key_type)).then(|| Self {
            line,
            mark,
            names: names.to_owned(),
            key_type: key_type.to_owned(),
            key,
        })
    }

    fn names(&self, name: &str) -> bool {
        match self.names.strip_prefix("|1|") {
            Some(hashed) => is_hash_of(hashed, name),
            None => matches_list(&self.names, name),
        }
    }
}

/// What a host is called in the file: `[fw.example.net]:2222`, or the plain name on port 22.
fn name_of(host: &str, port: u16) -> String {
    let host = host.to_ascii_lowercase();
    if port == 22 { host } else { format!("[{host}]:{port}") }
}

/// `SALT|HASH`: HMAC-SHA1 of the name, keyed with the salt.
fn is_hash_of(hashed: &str, name: &str) -> bool {
    let decoded = hashed
        .split_once('|')
        .and_then(|(salt, hash)| Some((STANDARD.decode(salt).ok()?, STANDARD.decode(hash).ok()?)));
    let Some((salt, hash)) = decoded else { return false };
    let Ok(mut mac) = <Hmac<Sha1> as Mac>::new_from_slice(&salt) else { return false };
    mac.update(name.as_bytes());
    mac.verify_slice(&hash).is_ok()
}

/// `*.example.net,!fw9.example.net`: a negated pattern that matches rules the whole line out.
fn matches_list(patterns: &str, name: &str) -> bool {
    let mut found = false;
    for pattern in patterns.split(',') {
        let pattern = pattern.to_ascii_lowercase();
        match pattern.strip_prefix('!') {
            Some(not) if matches(not.as_bytes(), name.as_bytes()) => return false,
            Some(_) => {}
            None => found |= matches(pattern.as_bytes(), name.as_bytes()),
        }
    }
    found
}

/// `*` stands for any text and `?` for one character. Quadratic at worst: only the last `*` is retried.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    let (mut p, mut n) = (0, 0);
    let mut retry = None;
    loop {
        match (pattern.get(p), name.get(n)) {
            (Some(b'*'), _) => {
                retry = Some((p + 1, n));
                p += 1;
            }
            (Some(&wanted), Some(&found)) if wanted == b'?' || wanted == found => {
                p += 1;
                n += 1;
            }
            (None, None) => return true,
            _ => match retry {
                Some((star, from)) if from < name.len() => {
                    retry = Some((star, from + 1));
                    (p, n) = (star, from + 1);
                }
                _ => return false,
            },
        }
    }
}

/// The type a key says it has: its first string.
fn key_type(key: &[u8]) -> Option<&str> {
    let (length, rest) = key.split_first_chunk::<4>()?;
    let name = rest.get(..usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    std::str::from_utf8(name).ok()
}

/// `SHA256:...`, as `ssh-keygen -lf` prints it.
pub(super) fn fingerprint(key: &[u8]) -> String {
    format!("SHA256:{}", STANDARD_NO_PAD.encode(Sha256::digest(key)))
}

#[cfg(test)]
mod tests;
