//! `verify`

use asa_failover_core::show::verify;
use serde_json::json;

use crate::{error, json, unread};

const MD5: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn a_computed_digest_is_read() {
    let digest = MD5.repeat(4);
    let (one, two) = digest.split_at(70);
    for digits in [digest.clone(), format!("{one} {two}"), format!("{one}\r\n{two}")] {
        let text = format!(
            "verify /sha-512 disk0:/a.bin\r\n!!!!!!Done!\r\nverify /SHA-512 (disk0:/a.bin) = {digits}\r\n"
        );
        assert_eq!(
            json(verify, &text),
            json!({"algorithm": "SHA-512", "file": "disk0:/a.bin", "digest": digest, "result": "computed"})
        );
    }
    let text = format!("....................Done!\nverify /MD5 (disk0:/a.bin) = {MD5}\n");
    assert_eq!(json(verify, &text)["algorithm"], "MD5");
}

#[test]
fn a_comparison_is_read() {
    let good = format!("fw# verify /md5 disk0:/a.bin {MD5}\n....Done!\nVerified (disk0:/a.bin) = {MD5}\n");
    assert_eq!(
        json(verify, &good),
        json!({"algorithm": null, "file": "disk0:/a.bin", "digest": MD5, "result": "verified"})
    );
    let bad = format!(
        "....Done!\n%Error verifying disk0:/a.bin\nComputed signature  = {MD5}\n\
         Submitted signature = ffffffffffffffffffffffffffffffff\n"
    );
    assert_eq!(
        json(verify, &bad),
        json!({"algorithm": null, "file": "disk0:/a.bin", "digest": MD5, "result": "failed"})
    );
}

/// A terminal of 80 columns leaves as many digits of a SHA-512 in the first line as an MD5 has.
#[test]
fn a_digest_that_is_broken_where_another_would_end_is_read_to_its_end() {
    let digest = MD5.repeat(4);
    let (first, rest) = digest.split_at(32);
    for (head, width) in
        [("verify /SHA-512 (disk0:/asa9-16-4-smp-k8.bin) = ", 80), ("Verified (disk0:/a.bin) = ", 58)]
    {
        assert_eq!(head.len() + first.len(), width);
        let text = format!("{head}{first}\r\n{rest}\r\n");
        assert_eq!(json(verify, &text)["digest"], *digest, "{head}");
    }
    let cut = format!("verify /SHA-512 (disk0:/a.bin) = {first}\r\n");
    assert_eq!(verify(&cut).unwrap().value.digest, None);
}

#[test]
fn a_digest_that_is_not_whole_is_no_fact_and_is_kept() {
    for digits in ["0123", "0123456789abcdef0123456789abcdeg"] {
        let text = format!("verify /MD5 (disk0:/a.bin) = {digits}\nsigned by nobody\n");
        let reading = verify(&text).unwrap();
        assert_eq!(reading.value.digest, None);
        assert_eq!(unread(verify, &text), [text.lines().next().unwrap(), "signed by nobody"]);
    }
}

#[test]
fn what_is_malformed_missing_or_printed_twice_is_an_error() {
    let line = "`verify /SHA-512 (FILE) = DIGEST`";
    for (text, message) in [
        ("....Done!\n", format!("line 1: expected the line {line}, found the end of the output")),
        (
            "Verified (disk0:/a.bin) 0123\n",
            "line 1: expected the form `Verified (FILE) = DIGEST`, found \"disk0:/a.bin) 0123\"".to_owned(),
        ),
        (
            "Verified (a) = 01\n%Error verifying a\n",
            format!("line 2: expected {line} only once, found \"%Error verifying a\""),
        ),
    ] {
        assert_eq!(error(verify, text).0, format!("verify, {message}"));
    }
}
