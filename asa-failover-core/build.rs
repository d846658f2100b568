//! Refuses to build SSH on any libssh2 but the bundled one, and on one below the known fixes, and says where that one is
//! compiled without what old devices need.
#![expect(clippy::disallowed_methods, reason = "a build script reads files; the bans are on the library")]

#[path = "src/transport/ssh/floor.rs"]
mod floor;

use std::{env, fs, path::Path};

/// What switches on, in the bundled library, the algorithms that ASA code up to about 9.9 offers.
const OLD: [&str; 6] = [
    "LIBSSH2_RSA_SHA1_ENABLE",
    "LIBSSH2_KEX_SHA1_ENABLE",
    "LIBSSH2_HMAC_SHA1_ENABLE",
    "LIBSSH2_3DES_ENABLE",
    "LIBSSH2_DSA_ENABLE",
    "LIBSSH2_MD5_ENABLE",
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/transport/ssh/floor.rs");
    println!("cargo::rerun-if-env-changed=LIBSSH2_SYS_USE_PKG_CONFIG");
    if env::var_os("CARGO_FEATURE_SSH").is_none() {
        return;
    }
    if let Some(why) = lacking() {
        println!("cargo::warning={why}");
    }
    match bundled() {
        Ok(version) => println!("cargo::rustc-env=ASAF_LIBSSH2={version}"),
        Err(why) => println!("cargo::error={why}"),
    }
}

/// Where the C flags, which the bundled library was compiled with as well, leave out what old devices need.
fn lacking() -> Option<String> {
    let target = env::var("TARGET").unwrap_or_default();
    let names = ["CFLAGS", "TARGET_CFLAGS", "HOST_CFLAGS"].map(str::to_owned);
    let of_target = [format!("CFLAGS_{target}"), format!("CFLAGS_{}", target.replace('-', "_"))];
    let mut flags = String::new();
    for name in names.iter().chain(&of_target) {
        println!("cargo::rerun-if-env-changed={name}");
        flags.push_str(&env::var(name).unwrap_or_default());
        flags.push(' ');
    }
    let needed = OLD.map(|name| format!("-D{name}"));
    let has = |flag: &String| flags.split_whitespace().any(|set| set == flag || set == format!("{flag}=1"));
    if needed.iter().all(has) {
        return None;
    }
    Some(format!(
        "this build cannot log in to devices that offer only old SSH algorithms (ASA code up to about 9.9): build it \
         with CFLAGS=\"{}\", say under [env] in .cargo/config.toml",
        needed.join(" ")
    ))
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
