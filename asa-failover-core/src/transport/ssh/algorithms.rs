//! Which algorithms are offered: today's, or those of old ASA code as well.
//!
//! Compiled in is not offered: what ASA code up to about 9.9 needs is offered only where a profile
//! says so, and never as a second try after a refusal.

use ssh2::{MethodType, Session};

/// Which algorithms are offered to a pair.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AlgorithmProfile {
    /// No SHA-1, no CBC, no group 1: ASA code from about 9.10 on.
    #[default]
    Modern,
    /// Those of [`Self::Modern`] first, then `diffie-hellman-group1-sha1`, `ssh-rsa`, `aes-cbc`,
    /// `3des-cbc` and `hmac-sha1`: ASA code from 7.0 to about 9.9.
    Legacy,
}

const KEX: &[&str] = &[
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384",
    "ecdh-sha2-nistp521",
    "diffie-hellman-group16-sha512",
    "diffie-hellman-group18-sha512",
    "diffie-hellman-group14-sha256",
    "diffie-hellman-group-exchange-sha256",
];
const KEX_LEGACY: &[&str] = &["diffie-hellman-group14-sha1", "diffie-hellman-group1-sha1"];
const HOST_KEY: &[&str] = &[
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "rsa-sha2-512",
    "rsa-sha2-256",
];
const HOST_KEY_LEGACY: &[&str] = &["ssh-rsa"];
const CIPHER: &[&str] = &[
    "aes256-gcm@openssh.com",
    "aes128-gcm@openssh.com",
    "chacha20-poly1305@openssh.com",
    "aes256-ctr",
    "aes192-ctr",
    "aes128-ctr",
];
const CIPHER_LEGACY: &[&str] = &["aes256-cbc", "aes192-cbc", "aes128-cbc", "3des-cbc"];
const MAC: &[&str] =
    &["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512"];
const MAC_LEGACY: &[&str] = &["hmac-sha1", "hmac-sha1-96", "hmac-md5", "hmac-md5-96"];

const METHODS: [(MethodType, &[&str], &[&str]); 6] = [
    (MethodType::Kex, KEX, KEX_LEGACY),
    (MethodType::HostKey, HOST_KEY, HOST_KEY_LEGACY),
    (MethodType::CryptCs, CIPHER, CIPHER_LEGACY),
    (MethodType::CryptSc, CIPHER, CIPHER_LEGACY),
    (MethodType::MacCs, MAC, MAC_LEGACY),
    (MethodType::MacSc, MAC, MAC_LEGACY),
];

/// The key type behind a host key algorithm: `rsa-sha2-512` is a way to sign with `ssh-rsa` keys.
fn key_type(algorithm: &str) -> &str {
    if algorithm.starts_with("rsa-sha2-") { "ssh-rsa" } else { algorithm }
}

impl AlgorithmProfile {
    fn offered(self, modern: &[&'static str], legacy: &[&'static str]) -> Vec<&'static str> {
        let legacy = if self == Self::Legacy { legacy } else { &[] };
        modern.iter().chain(legacy).copied().collect()
    }

    /// Sets what `session` offers. Host keys of the types in `known` come first, so that a unit
    /// with several keys shows one that can be compared.
    pub(super) fn apply(self, session: &Session, known: &[&str]) -> Result<(), ssh2::Error> {
        for (kind, modern, legacy) in METHODS {
            let supported = session.supported_algs(kind)?;
            let mut offered = self.offered(modern, legacy);
            offered.retain(|name| supported.contains(name));
            offered.sort_by_key(|name| !known.contains(&key_type(name)));
            session.method_pref(kind, &offered.join(","))?;
        }
        Ok(())
    }

    /// What to do when nothing could be agreed on.
    pub(super) fn advice(self, session: &Session) -> String {
        if self == Self::Modern {
            return "a device this old needs the legacy profile".to_owned();
        }
        let mut lacking = Vec::new();
        for (kind, _, legacy) in METHODS {
            let supported = session.supported_algs(kind).unwrap_or_default();
            lacking.extend(legacy.iter().filter(|name| !supported.contains(name)).copied());
        }
        lacking.dedup();
        if lacking.is_empty() {
            return "the legacy profile was offered already".to_owned();
        }
        format!("this build lacks {}", lacking.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_algorithms_are_offered_by_the_legacy_profile_only() {
        for (_, modern, legacy) in METHODS {
            let offered = AlgorithmProfile::Modern.offered(modern, legacy);
            assert!(
                !offered.iter().any(|name| name.ends_with("sha1") || name.ends_with("cbc")),
                "{offered:?}"
            );
            let both = AlgorithmProfile::Legacy.offered(modern, legacy);
            assert_eq!(both, [modern, legacy].concat());
        }
    }

    #[test]
    fn all_that_is_named_exists_in_this_build() {
        let session = Session::new().unwrap();
        for (kind, modern, legacy) in METHODS {
            let supported = session.supported_algs(kind).unwrap();
            for name in modern.iter().chain(legacy) {
                assert!(supported.contains(name), "{name} is not in {supported:?}");
            }
        }
        assert_eq!(AlgorithmProfile::Legacy.advice(&session), "the legacy profile was offered already");
        assert_eq!(AlgorithmProfile::Modern.advice(&session), "a device this old needs the legacy profile");
    }

    #[test]
    fn an_rsa_key_is_asked_for_under_each_of_its_names() {
        assert_eq!(
            ["rsa-sha2-512", "ssh-rsa", "ssh-ed25519"].map(key_type),
            ["ssh-rsa", "ssh-rsa", "ssh-ed25519"]
        );
    }
}
