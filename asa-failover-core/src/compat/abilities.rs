//! What a release can be asked to do for an upgrade, and since when.
//!
//! These are facts about commands, not about compatibility. Where one is only remembered, a device
//! that does not know the command answers with an error, and nothing rests on the command having worked.

use super::source::Basis;
use crate::AsaVersion;

/// Since which release a command is there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Since {
    /// The first release that has it.
    pub release: AsaVersion,
    /// What that rests on.
    pub basis: Basis,
    /// Keys of its sources.
    pub sources: &'static [&'static str],
}

impl Since {
    /// Whether this release has the command.
    pub fn has(&self, version: AsaVersion) -> bool {
        version >= self.release
    }
}

/// `failover exec mate`. The vendor's command reference and guides describe it for 8.x and later; the
/// release that introduced it was not found, and 8.0(2) is the first 8.0 release known.
pub const FAILOVER_EXEC: Since = Since {
    release: AsaVersion::new(8, 0, 2, 0),
    basis: Basis::Memory,
    sources: &["cg84-foexec", "cmdref-fafd", "unverified-memory"],
};

/// `verify` and `verify /md5`.
pub const VERIFY: Since = Since {
    release: AsaVersion::new(7, 2, 1, 0),
    basis: Basis::Memory,
    sources: &["verify-thread", "unverified-memory"],
};

/// `verify /sha-512`: seen on 9.1(5). On older releases only MD5 is used.
pub const VERIFY_SHA512: Since = Since {
    release: AsaVersion::new(9, 1, 5, 0),
    basis: Basis::Measured,
    sources: &["asa-integrity", "asa-forensic"],
};

/// Whether `failover exec mate` may be used. In a mixed pair both releases must have it.
///
/// ```
/// use asa_failover_core::AsaVersion;
/// use asa_failover_core::compat::abilities::exec_mate_available;
///
/// assert!(exec_mate_available(AsaVersion::new(9, 8, 4, 0)));
/// assert!(!exec_mate_available(AsaVersion::new(7, 2, 5, 0)));
/// ```
pub fn exec_mate_available(version: AsaVersion) -> bool {
    FAILOVER_EXEC.has(version)
}

/// Whether a file can be hashed on the device at all.
///
/// ```
/// use asa_failover_core::AsaVersion;
/// use asa_failover_core::compat::abilities::verify_available;
///
/// assert!(!verify_available(AsaVersion::new(7, 0, 8, 0)));
/// assert!(verify_available(AsaVersion::new(7, 2, 1, 0)));
/// ```
pub fn verify_available(version: AsaVersion) -> bool {
    VERIFY.has(version)
}

/// Whether a file can be hashed with SHA-512 on the device.
///
/// ```
/// use asa_failover_core::AsaVersion;
/// use asa_failover_core::compat::abilities::sha512_available;
///
/// assert!(!sha512_available(AsaVersion::new(8, 4, 7, 0)));
/// assert!(sha512_available(AsaVersion::new(9, 1, 5, 0)));
/// ```
pub fn sha512_available(version: AsaVersion) -> bool {
    VERIFY_SHA512.has(version)
}
