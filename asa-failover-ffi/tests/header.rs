//! The header in `include/` is what cbindgen makes of the sources; `BLESS=1` rewrites it.
#![expect(clippy::disallowed_methods, reason = "the test reads and rewrites the header")]

use std::path::Path;
use std::{env, fs};

#[test]
fn the_committed_header_is_that_of_the_sources() {
    let krate = Path::new(env!("CARGO_MANIFEST_DIR"));
    let header = krate.join("../include/asa_failover.h");
    let mut made = Vec::new();
    let config = cbindgen::Config::from_file(krate.join("cbindgen.toml")).unwrap();
    cbindgen::generate_with_config(krate, config).unwrap().write(&mut made);
    let made = String::from_utf8(made).unwrap();
    if env::var_os("BLESS").is_some() {
        fs::write(&header, &made).unwrap();
    }
    let committed = fs::read_to_string(&header).unwrap();
    let differs = made.lines().zip(committed.lines()).position(|(made, committed)| made != committed);
    assert!(
        made == committed,
        "include/asa_failover.h differs from line {}; rewrite it with BLESS=1",
        differs.map_or_else(|| made.lines().count().min(committed.lines().count()), |line| line + 1)
    );
}
