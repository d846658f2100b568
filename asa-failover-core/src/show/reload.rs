//! `show reload`: whether somebody has a reload scheduled.

use serde::{Deserialize, Serialize};

use super::token::squeezed;
use super::walk::Walk;
use super::{ParseError, Reading};

/// What `show reload` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reload {
    /// Whether a reload is scheduled.
    pub scheduled: bool,
    /// The line that says when, as printed; `None` where none is scheduled.
    pub text: Option<String>,
}

const LINE: &str = "No reload is scheduled. or Reload scheduled ...";

/// Reads the output of `show reload`.
///
/// The lines it knows, form by form:
///
/// ```text
/// No reload is scheduled.
/// ```
///
/// ```text
/// Reload scheduled for 10:20:00 UTC Sat April 20 (in 12 hours and 4 minutes)
/// ```
///
/// The line of a scheduled reload is known from a lab's tests of 9.8, the other one is remembered.
///
/// # Errors
///
/// [`ParseError`] where neither line or both are printed, and where the device refused the command.
pub fn reload(text: &str) -> Result<Reading<Reload>, ParseError> {
    let mut walk = Walk::new("show reload", text)?;
    let mut reload = None;
    while let Some(line) = walk.line()? {
        if line.text == "No reload is scheduled." {
            line.put(&mut reload, LINE, Reload { scheduled: false, text: None })?;
        } else if line.text.starts_with("Reload scheduled ") {
            line.put(&mut reload, LINE, Reload { scheduled: true, text: Some(squeezed(line.text)) })?;
        } else {
            walk.unclaimed(line)?;
        }
    }
    let reload = reload.ok_or_else(|| walk.missing(LINE))?;
    walk.reading(reload)
}
