//! Which algorithms are offered: today's, or those of old ASA code as well.
//!
//! Compiled in is not offered: what ASA code up to about 9.9 needs is offered only where a profile
//! says so, and never as a second try after a refusal.

use ssh2::{MethodType, Session};

use super::offers::Offers;

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

    /// Where a unit that offers this shares nothing with us, and the way out.
    pub(super) fn mismatch(self, session: &Session, offers: &Offers) -> Option<Mismatch> {
        let table = [
            ("key exchange", MethodType::Kex, KEX, KEX_LEGACY, &offers.kex),
            ("host key", MethodType::HostKey, HOST_KEY, HOST_KEY_LEGACY, &offers.host_key),
            ("cipher", MethodType::CryptSc, CIPHER, CIPHER_LEGACY, &offers.cipher),
            ("MAC", MethodType::MacSc, MAC, MAC_LEGACY, &offers.mac),
        ];
        for (what, kind, modern, legacy, theirs) in table {
            let supported = session.supported_algs(kind).unwrap_or_default();
            let offers = |name: &&&str| theirs.iter().any(|theirs| theirs == **name);
            let ours = self.offered(modern, legacy);
            if ours.iter().filter(|name| supported.contains(name)).any(|name| offers(&name)) {
                // Such a cipher needs no MAC of its own.
                let authenticates = |name: &String| name.contains("gcm") || name.contains("poly1305");
                if what == "cipher" && theirs.iter().any(authenticates) {
                    return None;
                }
                continue;
            }
            let lacking: Vec<&str> = ours.iter().filter(offers).copied().collect();
            let advice = if !lacking.is_empty() {
                let lacking = lacking.join(", ");
                format!(
                    "this build lacks {lacking}: build it with the CFLAGS that the README names for old devices"
                )
            } else if self == Self::Modern && legacy.iter().any(|name| offers(&name)) {
                "a device this old needs the legacy profile".to_owned()
            } else {
                "no profile has that".to_owned()
            };
            let offered = theirs.iter().take(8).map(String::as_str).collect::<Vec<_>>().join(", ");
            return Some(Mismatch { what, offered, advice });
        }
        None
    }
}

/// Nothing in common.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Mismatch {
    pub(super) what: &'static str,
    /// What the unit offers.
    pub(super) offered: String,
    pub(super) advice: String,
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
    }

    #[test]
    fn a_mismatch_names_what_the_unit_offers_and_the_way_out() {
        let session = Session::new().unwrap();
        let offers = |kex: &str, host_key: &str, cipher: &str, mac: &str| Offers {
            kex: vec![kex.to_owned()],
            host_key: vec![host_key.to_owned()],
            cipher: vec![cipher.to_owned()],
            mac: vec![mac.to_owned()],
        };
        let says = |profile: AlgorithmProfile, offers: &Offers| {
            profile.mismatch(&session, offers).map(|found| (found.what, found.offered, found.advice))
        };
        let legacy = "a device this old needs the legacy profile";
        let (old, new) = (AlgorithmProfile::Legacy, AlgorithmProfile::Modern);
        let unit = offers("diffie-hellman-group1-sha1", "ssh-rsa", "3des-cbc", "hmac-sha1");
        assert_eq!(says(old, &unit), None);
        let found = ("key exchange", "diffie-hellman-group1-sha1".to_owned(), legacy.to_owned());
        assert_eq!(says(new, &unit), Some(found));
        let unit = offers("curve25519-sha256", "ssh-rsa", "aes128-ctr", "hmac-sha1");
        assert_eq!(says(new, &unit), Some(("host key", "ssh-rsa".to_owned(), legacy.to_owned())));
        let unit = offers("curve25519-sha256", "rsa-sha2-256", "aes128-ctr", "hmac-sha1");
        assert_eq!(says(new, &unit), Some(("MAC", "hmac-sha1".to_owned(), legacy.to_owned())));
        let unit = offers("curve25519-sha256", "rsa-sha2-256", "aes256-gcm@openssh.com", "hmac-sha1");
        assert_eq!(says(new, &unit), None);
        let unit = offers("sntrup761x25519-sha512", "ssh-rsa", "aes128-ctr", "hmac-sha1");
        let found = ("key exchange", "sntrup761x25519-sha512".to_owned(), "no profile has that".to_owned());
        assert_eq!(says(old, &unit), Some(found));
    }

    #[test]
    fn an_rsa_key_is_asked_for_under_each_of_its_names() {
        assert_eq!(
            ["rsa-sha2-512", "ssh-rsa", "ssh-ed25519"].map(key_type),
            ["ssh-rsa", "ssh-rsa", "ssh-ed25519"]
        );
    }
}
