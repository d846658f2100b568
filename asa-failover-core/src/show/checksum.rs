//! `show checksum`: the checksum of the configuration.

use serde::{Deserialize, Serialize};

use super::walk::Walk;
use super::{Expected, ParseError, Reading};

/// What `show checksum` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Checksum {
    /// Four words of eight hexadecimal digits, one blank apart.
    pub checksum: String,
}

const LINE: &str = "Cryptochecksum: HEX HEX HEX HEX";

/// Reads the output of `show checksum`.
///
/// The lines it knows:
///
/// ```text
/// Cryptochecksum: ce770b8f 9a7ce38e fc682db4 81d2bf45
/// ```
///
/// Known from captures, which show the line below a save as well.
///
/// # Errors
///
/// [`ParseError`] where the line is missing, malformed or printed twice, and where the device refused the
/// command.
pub fn checksum(text: &str) -> Result<Reading<Checksum>, ParseError> {
    let mut walk = Walk::new("show checksum", text)?;
    let mut checksum = None;
    while let Some(line) = walk.line()? {
        let Some(digits) = line.text.strip_prefix("Cryptochecksum:") else {
            walk.unclaimed(line)?;
            continue;
        };
        let words: Vec<_> = digits.split_ascii_whitespace().collect();
        let word = |word: &&str| word.len() == 8 && word.bytes().all(|b| b.is_ascii_hexdigit());
        if words.len() != 4 || !words.iter().all(word) {
            let expected = Expected::Phrase("four words of eight hexadecimal digits");
            return Err(line.error(expected, digits.trim_ascii_start()));
        }
        line.put(&mut checksum, LINE, words.join(" "))?;
    }
    let checksum = checksum.ok_or_else(|| walk.missing(LINE))?;
    walk.reading(Checksum { checksum })
}
