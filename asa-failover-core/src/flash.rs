//! Names on a unit's flash, and the addresses a unit may fetch an image from.
//!
//! Both end up in lines that are typed on a firewall, so both are allow-lists: what does not fit
//! is refused, never escaped.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::version::as_text;

/// A file on flash, `disk0:/asa9-16-4-smp-k8.bin`. `flash:/` is read as `disk0:/`, as the device does.
///
/// ```
/// use asa_failover_core::flash::DiskFile;
///
/// let file: DiskFile = "flash:/asa984-smp-k8.bin".parse()?;
/// assert_eq!(file.to_string(), "disk0:/asa984-smp-k8.bin");
/// assert!("disk0:/a b.bin".parse::<DiskFile>().is_err());
/// # Ok::<(), asa_failover_core::flash::ParseFlashError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct DiskFile {
    disk: u8,
    path: String,
}

impl DiskFile {
    /// The file name without its folder: `asa9-16-4-smp-k8.bin`.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The file system the file is on: `disk0:/`.
    pub const fn disk(&self) -> &'static str {
        if self.disk == 1 { "disk1:/" } else { "disk0:/" }
    }

    /// The number of the file system: 0 for `disk0:/`.
    pub const fn disk_number(&self) -> u8 {
        self.disk
    }

    /// The path below the file system: `asa9-16-4-smp-k8.bin`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether a unit prints it like this.
    pub(crate) fn is_printed(&self, text: &str) -> bool {
        text.strip_prefix(self.disk()) == Some(self.path())
    }
}

fn plain(path: &str) -> bool {
    (1..=120).contains(&path.len())
        && path.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-+/".contains(&b))
        && !path.starts_with(['/', '-'])
        && !path.split('/').any(|part| part.is_empty() || part == "..")
}

impl FromStr for DiskFile {
    type Err = ParseFlashError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || ParseFlashError { expected: Expected::File, found: text.to_owned() };
        let (disk, path) = text.split_once(":/").ok_or_else(refused)?;
        let disk = match disk {
            "disk0" | "flash" => 0,
            "disk1" => 1,
            _ => return Err(refused()),
        };
        if plain(path) { Ok(Self { disk, path: path.to_owned() }) } else { Err(refused()) }
    }
}

impl fmt::Display for DiskFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&[self.disk(), self.path()].concat())
    }
}

/// Where the *device* fetches an image from: `tftp://198.51.100.10/asa9-16-4-smp-k8.bin;int=mgmt`.
///
/// tftp, ftp, http or https. Credentials are refused: they would stand in the configuration's
/// history and in every log on the way.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct FetchUrl(String);

impl FetchUrl {
    /// The address as it is typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FetchUrl {
    type Err = ParseFlashError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = |expected| ParseFlashError { expected, found: text.to_owned() };
        let (scheme, rest) = text.split_once("://").ok_or_else(|| refused(Expected::Url))?;
        if rest.contains('@') {
            // What stands before the `@` is likely a password: it is not repeated in the message.
            return Err(ParseFlashError {
                expected: Expected::NoCredentials,
                found: format!("{scheme}://..."),
            });
        }
        let (rest, interface) = match rest.split_once(";int=") {
            Some((rest, interface)) => (rest, Some(interface)),
            None => (rest, None),
        };
        let (host, path) = rest.split_once('/').ok_or_else(|| refused(Expected::Url))?;
        let word = |text: &str, extra: &[u8]| {
            (1..=63).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || extra.contains(&b))
        };
        let known = matches!(scheme, "tftp" | "ftp" | "http" | "https");
        if known && word(host, b".-:[]") && plain(path) && interface.is_none_or(|name| word(name, b"._-")) {
            Ok(Self(text.to_owned()))
        } else {
            Err(refused(Expected::Url))
        }
    }
}

impl fmt::Display for FetchUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

as_text!(DiskFile, FetchUrl);

/// Why a text names no file on flash and no address of one.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("expected {expected}, found {found:?}")]
pub struct ParseFlashError {
    expected: Expected,
    found: String,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Expected {
    File,
    Url,
    NoCredentials,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File => "a file on flash such as disk0:/asa9-16-4-smp-k8.bin, of letters, digits and ._-+/",
            Self::Url => {
                "an address such as tftp://198.51.100.10/asa9-16-4-smp-k8.bin (tftp, ftp, http or https)"
            }
            Self::NoCredentials => "an address without user name and password",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_would_act_on_gets_into_a_line() {
        for text in [
            "disk0:/a?.bin",
            "disk0:/a\r.bin",
            "disk0:/a b",
            "disk0:/",
            "disk0:/../a",
            "disk2:/a",
            "a.bin",
            "disk0:/a|b",
        ] {
            assert!(text.parse::<DiskFile>().is_err(), "{text:?}");
            let url = format!("tftp://198.51.100.10/{}", text.trim_start_matches("disk0:/"));
            assert!(url.parse::<FetchUrl>().is_err() || text == "a.bin", "{url:?}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_repeated() {
        let error = "ftp://user:hunter2@198.51.100.10/a.bin".parse::<FetchUrl>().unwrap_err().to_string();
        assert_eq!(error, "expected an address without user name and password, found \"ftp://...\"");
    }

    #[test]
    fn an_interface_may_be_named() {
        let url: FetchUrl = "tftp://198.51.100.10/img/a.bin;int=mgmt".parse().unwrap();
        assert_eq!(url.to_string(), "tftp://198.51.100.10/img/a.bin;int=mgmt");
    }
}
