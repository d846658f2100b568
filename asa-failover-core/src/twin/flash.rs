//! Files on the flash of a simulated unit, or at a URL.

use std::fmt::Write;

use sha2::{Digest, Sha512};

use crate::version::AsaVersion;

/// A file, known by what a device can say of it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct FlashFile {
    /// Name without its folder.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-512 in hexadecimal.
    pub sha512: String,
    /// MD5 in hexadecimal.
    pub md5: String,
    /// The release inside; none for a file that is no ASA image.
    pub image: Option<AsaVersion>,
    /// Whether it boots; meaningless for a file that is no image.
    pub sound: bool,
}

impl FlashFile {
    /// A sound image. Size and digests follow from the release, so copies of it agree.
    pub fn image(name: &str, version: AsaVersion) -> Self {
        let hash = hex(&format!("image {version}"));
        let size = 82_593_792 + u64::from(version.interim) * 4_096 + u64::from(version.minor) * 1_048_576;
        Self { image: Some(version), ..Self::of(name, size, &hash) }
    }

    /// A file that is no image.
    pub fn other(name: &str, size: u64) -> Self {
        Self::of(name, size, &hex(&format!("file {name} {size}")))
    }

    /// The same file, damaged: other digests, and it does not boot.
    pub fn corrupted(&self) -> Self {
        let hash = hex(&format!("damaged {}", self.sha512));
        Self { image: self.image, sound: false, ..Self::of(&self.name, self.size, &hash) }
    }

    fn of(name: &str, size: u64, hash: &str) -> Self {
        Self {
            name: name.to_owned(),
            size,
            sha512: hash.to_owned(),
            md5: hash.chars().rev().take(32).collect(),
            image: None,
            sound: true,
        }
    }
}

fn hex(text: &str) -> String {
    Sha512::digest(text.as_bytes()).iter().fold(String::new(), |mut all, byte| {
        let _ = write!(all, "{byte:02x}");
        all
    })
}
