//! What a unit offers: the names in its first key exchange packet, which goes in the clear.
//!
//! The library gives one error for a unit that shares no algorithm with us and for one that goes
//! down in the middle of a handshake. Waiting cures only the second, so the first is said on the
//! evidence of the unit's own lists, read over a connection that never gets further.
#![expect(clippy::disallowed_types, reason = "this is the transport: it owns the socket and its deadlines")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Instant;

/// Lists of algorithm names, in the order of RFC 4253, section 7.1.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Offers {
    pub(super) kex: Vec<String>,
    pub(super) host_key: Vec<String>,
    pub(super) cipher: Vec<String>,
    pub(super) mac: Vec<String>,
}

const GREETING: &[u8] = b"SSH-2.0-asa-failover\r\n";
/// The largest packet that every implementation has to take, and some lines before it.
const LIMIT: usize = 64 * 1024;
const KEXINIT: u8 = 20;

/// Asks for the lists. `None`: the unit did not get as far as to say them.
pub(super) fn ask(mut tcp: TcpStream, until: Instant) -> Option<Offers> {
    tcp.write_all(GREETING).ok()?;
    let mut said = Vec::new();
    let mut buffer = [0; 4096];
    while said.len() < LIMIT {
        let left = until.saturating_duration_since(Instant::now());
        // A timeout of zero is an error, and the end of ours.
        tcp.set_read_timeout(Some(left)).ok()?;
        let count = tcp.read(&mut buffer).ok().filter(|count| *count > 0)?;
        said.extend_from_slice(buffer.get(..count)?);
        if let Some(packet) = first_packet(&said) {
            return lists(packet);
        }
    }
    None
}

/// The payload of the first packet behind the line `SSH-...`, once it is complete.
fn first_packet(said: &[u8]) -> Option<&[u8]> {
    let mut rest = said;
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let (line, after) = rest.split_at_checked(end + 1)?;
        rest = after;
        if line.starts_with(b"SSH-") {
            break;
        }
    }
    let (length, rest) = number(rest)?;
    let packet = rest.get(..length)?;
    let (padding, payload) = packet.split_first()?;
    payload.get(..payload.len().checked_sub(usize::from(*padding))?)
}

fn lists(payload: &[u8]) -> Option<Offers> {
    let (kind, rest) = payload.split_first()?;
    let mut rest = rest.get(16..).filter(|_| *kind == KEXINIT)?;
    let mut list = || -> Option<Vec<String>> {
        let (length, after) = number(rest)?;
        let (text, after) = after.split_at_checked(length)?;
        rest = after;
        let plain = |name: &&str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
        Some(std::str::from_utf8(text).ok()?.split(',').filter(plain).map(str::to_owned).collect())
    };
    let (kex, host_key) = (list()?, list()?);
    let (cipher, _, mac) = (list()?, list()?, list()?);
    Some(Offers { kex, host_key, cipher, mac })
}

fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    Some((usize::try_from(u32::from_be_bytes(*number)).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(lists: &[&str]) -> Vec<u8> {
        let mut payload = vec![KEXINIT];
        payload.extend_from_slice(&[7; 16]);
        for list in lists {
            payload.extend_from_slice(&u32::try_from(list.len()).unwrap().to_be_bytes());
            payload.extend_from_slice(list.as_bytes());
        }
        let mut said = b"a line before\r\nSSH-2.0-Cisco-1.25\r\n".to_vec();
        said.extend_from_slice(&u32::try_from(payload.len() + 5).unwrap().to_be_bytes());
        said.push(4);
        said.extend_from_slice(&payload);
        said.extend_from_slice(&[0; 4]);
        said
    }

    #[test]
    fn lists_are_read_from_a_whole_packet_only() {
        let lists_said = ["group1,group14", "ssh-rsa", "aes128-cbc,3des-cbc", "aes128-ctr", "hmac-sha1"];
        let said = packet(&lists_said);
        for cut in 0..said.len() {
            assert_eq!(first_packet(&said[..cut]), None, "{cut}");
        }
        let offers = lists(first_packet(&said).unwrap()).unwrap();
        assert_eq!(offers.kex, ["group1", "group14"]);
        assert_eq!(offers.host_key, ["ssh-rsa"]);
        assert_eq!(offers.cipher, ["aes128-cbc", "3des-cbc"]);
        assert_eq!(offers.mac, ["hmac-sha1"]);
    }

    #[test]
    fn what_is_no_such_packet_gives_no_lists() {
        let said = packet(&["group1", "ssh-rsa"]);
        assert_eq!(lists(first_packet(&said).unwrap()), None);
        assert_eq!(first_packet(b"SSH-2.0-x\r\n\xff\xff\xff\xff\x04"), None);
        assert_eq!(first_packet(b"SSH-2.0-x\r\n\x00\x00\x00\x01\x04"), None);
        assert_eq!(lists(&[]), None);
        assert_eq!(lists(&[21; 200]), None);
    }
}
