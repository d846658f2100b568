//! Names the shared library by its ABI, so that a program never starts with another one.

use std::env;

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script by the environment what it builds for"
)]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/version.rs");
    let abi = include_str!("src/version.rs")
        .lines()
        .find_map(|line| line.strip_prefix("pub const ASAF_ABI_VERSION: u32 = ")?.strip_suffix(';'));
    let system = env::var_os("CARGO_CFG_TARGET_OS").unwrap_or_default();
    match (abi, system.to_str()) {
        (None, _) => println!("cargo::error=src/version.rs names no ASAF_ABI_VERSION"),
        (Some(abi), Some("linux" | "freebsd" | "netbsd" | "openbsd")) => {
            println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libasa_failover.so.{abi}");
        }
        (Some(_), _) => {}
    }
}
