//! `show running-config ssh`: who may log in by SSH, and by which algorithms.
//!
//! The lines are the commands as they are typed; those of the ciphers, the kind of the host key and the
//! CiscoSSH stack are remembered, not from a capture.

use serde::{Deserialize, Serialize};

use super::token::{number, squeezed};
use super::walk::Walk;
use super::{ParseError, Reading};

/// What `show running-config ssh` says. What no line says is `None`, which is the release's default.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RunningSsh {
    /// Who may log in, in the order printed.
    pub allowed: Vec<SshAllowed>,
    /// Minutes after which an idle session is closed.
    pub timeout_minutes: Option<u64>,
    /// The versions of the protocol, as printed: `2`.
    pub version: Option<String>,
    /// The group of the key exchange: `dh-group14-sha256`.
    pub key_exchange_group: Option<String>,
    /// The kind of the host key: `rsa`, `ecdsa`.
    pub host_key: Option<String>,
    /// The ciphers, as printed: `high`, `custom "aes256-ctr"`.
    pub cipher_encryption: Option<String>,
    /// The integrity algorithms, as printed.
    pub cipher_integrity: Option<String>,
    /// Whether files may be copied to the unit by SCP.
    pub scopy: Option<bool>,
    /// Whether the unit checks the host keys of servers that it copies from.
    pub strict_host_key_check: Option<bool>,
    /// Whether the CiscoSSH stack runs in place of the unit's own.
    pub ciscossh_stack: Option<bool>,
}

/// Who may log in.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SshAllowed {
    /// The address; an IPv6 one with its prefix length.
    pub address: String,
    /// The IPv4 mask; `None` for IPv6.
    pub mask: Option<String>,
    /// The interface name.
    pub interface: String,
}

/// Reads the output of `show running-config ssh`.
///
/// No line is needed.
///
/// The lines it knows:
///
/// ```text
/// ssh stricthostkeycheck
/// ssh 192.0.2.0 255.255.255.0 inside
/// ssh 2001:db8::/64 inside
/// ssh timeout 5
/// ssh version 2
/// ssh key-exchange group dh-group14-sha256
/// ssh key-exchange hostkey ecdsa
/// ssh cipher encryption custom "aes256-ctr"
/// ssh cipher integrity high
/// no ssh scopy enable
/// ssh stack ciscossh
/// ```
///
/// Known from captures of configurations as far as the module says.
///
/// # Errors
///
/// [`ParseError`] where a number is none or a single line is printed twice, and where the device refused
/// the command.
pub fn running_ssh(text: &str) -> Result<Reading<RunningSsh>, ParseError> {
    let mut walk = Walk::new("show running-config ssh", text)?;
    let mut facts = RunningSsh::default();
    while let Some(line) = walk.line()? {
        let words: Vec<_> = line.text.split_ascii_whitespace().collect();
        let rest = |count: usize| squeezed(&words.get(count..).unwrap_or_default().join(" "));
        match words.as_slice() {
            ["ssh", "timeout", minutes] => {
                let minutes = line.all(minutes, "a number of minutes", number)?;
                line.put(&mut facts.timeout_minutes, "ssh timeout", minutes)?;
            }
            ["ssh", "version", ..] => line.put(&mut facts.version, "ssh version", rest(2))?,
            ["ssh", "key-exchange", "group", ..] => {
                line.put(&mut facts.key_exchange_group, "ssh key-exchange group", rest(3))?;
            }
            ["ssh", "key-exchange", "hostkey", ..] => {
                line.put(&mut facts.host_key, "ssh key-exchange hostkey", rest(3))?;
            }
            ["ssh", "cipher", "encryption", ..] => {
                line.put(&mut facts.cipher_encryption, "ssh cipher encryption", rest(3))?;
            }
            ["ssh", "cipher", "integrity", ..] => {
                line.put(&mut facts.cipher_integrity, "ssh cipher integrity", rest(3))?;
            }
            ["ssh", "scopy", "enable"] | ["no", "ssh", "scopy", "enable"] => {
                line.put(&mut facts.scopy, "ssh scopy enable", words.len() == 3)?;
            }
            ["ssh", "stricthostkeycheck"] | ["no", "ssh", "stricthostkeycheck"] => {
                line.put(&mut facts.strict_host_key_check, "ssh stricthostkeycheck", words.len() == 2)?;
            }
            ["ssh", "stack", "ciscossh"] | ["no", "ssh", "stack", "ciscossh"] => {
                line.put(&mut facts.ciscossh_stack, "ssh stack ciscossh", words.len() == 3)?;
            }
            ["ssh", address, mask, interface] if is_address(address) && is_address(mask) => {
                facts.allowed.push(allowed(address, Some(mask), interface));
            }
            ["ssh", address, interface] if is_network(address) => {
                facts.allowed.push(allowed(address, None, interface));
            }
            _ => walk.unclaimed(line)?,
        }
    }
    walk.reading(facts)
}

fn allowed(address: &str, mask: Option<&str>, interface: &str) -> SshAllowed {
    SshAllowed { address: address.to_owned(), mask: mask.map(str::to_owned), interface: interface.to_owned() }
}

/// `192.0.2.0`
fn is_address(word: &str) -> bool {
    word.parse::<std::net::Ipv4Addr>().is_ok()
}

/// `2001:db8::/64`
fn is_network(word: &str) -> bool {
    word.split_once('/').is_some_and(|(address, _)| address.parse::<std::net::Ipv6Addr>().is_ok())
}
