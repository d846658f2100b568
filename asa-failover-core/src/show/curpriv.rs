//! `show curpriv`: who is logged in, and at which level.

use serde::{Deserialize, Serialize};

use super::token::{number, squeezed};
use super::walk::Walk;
use super::{ParseError, Reading};

/// What `show curpriv` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Curpriv {
    /// The user; after a change of context it is `enable_15`, whoever logged in.
    pub username: String,
    /// The privilege level, 0 to 15.
    pub level: u64,
    /// The modes, as printed: `P_PRIV`, `P_CONF`.
    pub modes: Vec<String>,
}

const USER: &str = "Username : NAME";
const LEVEL: &str = "Current privilege level : N";
const MODE: &str = "Current Mode/s : MODE";

/// Reads the output of `show curpriv`.
///
/// The lines it knows:
///
/// ```text
/// Username : enable_15
/// Current privilege level : 15
/// Current Mode/s : P_PRIV P_CONF
/// ```
///
/// Known from captures: clients send the command at each login.
///
/// # Errors
///
/// [`ParseError`] where one of the three lines is missing, malformed or printed twice, and where the
/// device refused the command.
pub fn curpriv(text: &str) -> Result<Reading<Curpriv>, ParseError> {
    let mut walk = Walk::new("show curpriv", text)?;
    let (mut username, mut level, mut modes) = (None, None, None);
    while let Some(line) = walk.line()? {
        let Some((key, value)) = line.text.split_once(':') else {
            walk.unclaimed(line)?;
            continue;
        };
        let value = value.trim_ascii();
        match squeezed(key).as_str() {
            "Username" => line.put(&mut username, USER, value.to_owned())?,
            "Current privilege level" => line.put(&mut level, LEVEL, line.all(value, "a level", number)?)?,
            "Current Mode/s" => {
                let words = value.split_ascii_whitespace().map(str::to_owned).collect();
                line.put(&mut modes, MODE, words)?;
            }
            _ => walk.unclaimed(line)?,
        }
    }
    let username = username.ok_or_else(|| walk.missing(USER))?;
    let level = level.ok_or_else(|| walk.missing(LEVEL))?;
    let modes = modes.ok_or_else(|| walk.missing(MODE))?;
    walk.reading(Curpriv { username, level, modes })
}
