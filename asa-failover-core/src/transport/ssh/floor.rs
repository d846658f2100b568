//! The oldest libssh2 that may be linked. Shared with the build script, which applies it.
//!
//! The library is linked statically from the sources that come with its crate, so the version of
//! the header is the version that runs. 1.11.2 is the first with CVE-2026-55200 and CVE-2026-55199
//! fixed; the crate version that `Cargo.toml` asks for bundles a snapshot with both.

/// Major, minor, patch.
const FLOOR: [u32; 3] = [1, 11, 2];

/// `#define LIBSSH2_VERSION "1.11.2_DEV"` of the header.
pub(crate) fn version_in(header: &str) -> Option<&str> {
    let line = header.lines().find_map(|line| line.strip_prefix("#define LIBSSH2_VERSION "))?;
    Some(line.trim().trim_matches('"'))
}

/// Refuses a version below the floor, and one that cannot be read.
pub(crate) fn check(version: &str) -> Result<(), String> {
    let plain = version.split(|c: char| !c.is_ascii_digit() && c != '.').next().unwrap_or_default();
    let parts: Option<Vec<u32>> = plain.split('.').map(|part| part.parse().ok()).collect();
    match parts {
        Some(parts) if parts.len() == FLOOR.len() && parts.as_slice() >= FLOOR.as_slice() => Ok(()),
        _ => Err(format!("libssh2 {version} is older than 1.11.2, which fixed CVE-2026-55200")),
    }
}
