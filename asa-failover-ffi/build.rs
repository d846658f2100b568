//! Names the shared library by its ABI, so that a program never starts with another one.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/version.rs");
    let abi = include_str!("src/version.rs")
        .lines()
        .find_map(|line| line.strip_prefix("pub const ASAF_ABI_VERSION: u32 = ")?.strip_suffix(';'));
    match (abi, env::var("CARGO_CFG_TARGET_OS").as_deref()) {
        (None, _) => println!("cargo::error=src/version.rs names no ASAF_ABI_VERSION"),
        (Some(abi), Ok("linux" | "freebsd" | "netbsd" | "openbsd")) => {
            println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libasa_failover.so.{abi}");
        }
        (Some(_), _) => {}
    }
}
