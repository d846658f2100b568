//! `show asdm image`: the file of the device manager.
//!
//! What a unit without such a file prints is not known, so it is an error that the line is missing.

use nom::Parser;
use nom::combinator::{rest, verify};
use serde::{Deserialize, Serialize};

use super::walk::Walk;
use super::{ParseError, Reading};

/// What `show asdm image` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AsdmImage {
    /// The file: `disk0:/asdm-7221.bin`.
    pub image: String,
}

const LINE: &str = "Device Manager image file, FILE";

/// Reads the output of `show asdm image`.
///
/// ```
/// use asa_failover_core::show;
///
/// let reading = show::asdm_image("fw# show asdm image\r\nDevice Manager image file, disk0:/asdm-7221.bin\r\n")?;
/// assert_eq!(reading.value.image, "disk0:/asdm-7221.bin");
/// # Ok::<(), show::ParseError>(())
/// ```
///
/// The lines it knows:
///
/// ```text
/// Device Manager image file, disk0:/asdm-7221.bin
/// ```
///
/// Known from a capture of a virtual unit.
///
/// # Errors
///
/// [`ParseError`] where the line is missing, names no file or is printed twice, and where the device
/// refused the command.
pub fn asdm_image(text: &str) -> Result<Reading<AsdmImage>, ParseError> {
    let mut walk = Walk::new("show asdm image", text)?;
    let mut image = None;
    while let Some(line) = walk.line()? {
        match line.text.strip_prefix("Device Manager image file,") {
            Some(file) => {
                let named =
                    |i| verify(rest, |file: &str| file.contains(":/") && !file.contains(' ')).parse(i);
                let file = line.all(file.trim_ascii_start(), "a file on flash", named)?;
                line.put(&mut image, LINE, file.to_owned())?;
            }
            None => walk.unclaimed(line)?,
        }
    }
    let image = image.ok_or_else(|| walk.missing(LINE))?;
    walk.reading(AsdmImage { image })
}
