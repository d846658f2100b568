//! Refuses to build SSH on any libssh2 but the bundled one, and on one below the known fixes.
#![expect(clippy::disallowed_methods, reason = "a build script reads files; the bans are on the library")]

#[path = "src/transport/ssh/floor.rs"]
mod floor;

use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/transport/ssh/floor.rs");
    println!("cargo::rerun-if-env-changed=LIBSSH2_SYS_USE_PKG_CONFIG");
    if env::var_os("CARGO_FEATURE_SSH").is_none() {
        return;
    }
    match bundled() {
        Ok(version) => println!("cargo::rustc-env=ASAF_LIBSSH2={version}"),
        Err(why) => println!("cargo::error={why}"),
    }
}

/// The version of the bundled library, from the header that it is compiled with.
fn bundled() -> Result<String, String> {
    if env::var_os("LIBSSH2_SYS_USE_PKG_CONFIG").is_some() {
        let why = "LIBSSH2_SYS_USE_PKG_CONFIG selects a libssh2 of the system, which may lack the fix of \
                   CVE-2026-55200 (code execution before authentication); unset it to build the bundled one";
        return Err(why.to_owned());
    }
    // Only the bundled build names its root.
    let Some(root) = env::var_os("DEP_SSH2_ROOT") else {
        return Err("libssh2 is not the bundled one; feature `ssh` is built with no other".to_owned());
    };
    let header = Path::new(&root).join("include/libssh2.h");
    let text = fs::read_to_string(&header).map_err(|why| format!("{}: {why}", header.display()))?;
    let version =
        floor::version_in(&text).ok_or_else(|| format!("{}: no LIBSSH2_VERSION in it", header.display()))?;
    floor::check(version)?;
    Ok(version.to_owned())
}
